"""What the server and its processes apart say to each other: eight bytes of length, then a pickle."""

from __future__ import annotations

import pickle
import socket
import struct
from typing import Any

HEADER = struct.Struct(">Q")
MOST_BYTES = 64 * 1024 * 1024
"""A frame is never longer: bodies go in pieces."""


def frame(value: Any) -> bytes:
    """``value`` as it goes over the line."""
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    return HEADER.pack(len(data)) + data


def send_frame(line: socket.socket, value: Any) -> None:
    """Put ``value`` on the line. Raises OSError where the other end is gone."""
    line.sendall(frame(value))


def read_frame(line: socket.socket) -> Any:
    """The next value on the line; EOFError at its end."""
    (length,) = HEADER.unpack(_exactly(line, HEADER.size))
    return pickle.loads(_exactly(line, length))


def _exactly(line: socket.socket, count: int) -> bytes:
    data = bytearray()
    while len(data) < count:
        more = line.recv(min(count - len(data), 1 << 20))
        if not more:
            raise EOFError
        data += more
    return bytes(data)
