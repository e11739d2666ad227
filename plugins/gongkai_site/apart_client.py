"""The server's side of the process apart: give it a request, take the whole answer, then let the visitor read it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from .apart import APART, READY
from .frames import HEADER, frame, read_frame, send_frame

MEBIBYTE = 1024 * 1024
PIECE = 256 * 1024
KEPT_IN_MEMORY = MEBIBYTE
"""A longer answer waits on the disk for its reader."""
START_SECONDS = 60.0
GRACE_SECONDS = 5.0
"""The kernel ends a child at its deadline; where it does not come to an end, the line is closed so much later."""

DONE, OVERRAN, TOO_LARGE, MEMORY, ENDED, FAILED = "done", "overran", "too_large", "memory", "ended", "failed"


@dataclass(frozen=True)
class Outcome:
    """What became of a request: its answer where ``state`` is DONE, else words for the log."""

    state: str
    status: int = 0
    headers: tuple[tuple[bytes, bytes], ...] = ()
    body: BinaryIO | None = None
    length: int = 0
    words: str = ""


class Apart:
    """One process that has the site loaded, started when it is first needed and again where it ended."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._options = dict(options)
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._closed = False

    def start(self) -> socket.socket:
        """The line to the process, once that has loaded the site. Raises RuntimeError if it did not."""
        with self._lock:
            if self._closed:
                raise RuntimeError("the server is stopping")
            if self._process is not None and self._process.poll() is None and self._control is not None:
                return self._control
            self._end()
            return self._started()

    def _started(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, str(Path(__file__).with_name("apart.py")), str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env={**os.environ, APART: "1"},
            )
        ours.settimeout(START_SECONDS)
        try:
            send_frame(ours, self._options)
            if read_frame(ours) != READY:
                raise EOFError
        except (EOFError, OSError) as error:
            ours.close()
            raise RuntimeError("the process apart could not be started") from error
        self._control = ours
        return ours

    async def ask(
        self,
        scope: Mapping[str, Any],
        seconds: float,
        bounds: Mapping[str, int],
        most_bytes: int,
    ) -> Outcome:
        """The whole answer to a request, or why there is none after at most ``seconds``."""
        try:
            line = await asyncio.to_thread(self._line)
        except (OSError, RuntimeError) as error:
            return Outcome(FAILED, words=str(error))
        with line:
            try:
                async with asyncio.timeout(seconds + GRACE_SECONDS):
                    await asyncio.get_running_loop().sock_sendall(
                        line, frame({"scope": dict(scope), "seconds": seconds, "bounds": dict(bounds)})
                    )
                    outcome = await _collected(line, most_bytes)
            except TimeoutError:
                return Outcome(OVERRAN)
            except OSError as error:
                return Outcome(FAILED, words=str(error))
        return outcome or Outcome(ENDED)

    def _line(self) -> socket.socket:
        """A line of its own for one request."""
        control = self.start()
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(control, [b"+"], [theirs.fileno()])
            except OSError:
                ours.close()
                raise
        ours.setblocking(False)
        return ours

    def _end(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            with contextlib.suppress(OSError):
                self._process.kill()
            self._process.wait()
            self._process = None

    def close(self) -> None:
        """End the process; what it has forked ends at its deadline at the latest."""
        with self._lock:
            self._closed = True
            self._end()


async def _collected(line: socket.socket, most_bytes: int) -> Outcome | None:
    """The answer on ``line``; None if the line ends before the answer does."""
    status, length = 0, 0
    headers: tuple[tuple[bytes, bytes], ...] = ()
    body = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=KEPT_IN_MEMORY))  # noqa: SIM115
    async for message in _messages(line):
        if message["type"] == "http.response.start":
            status = message["status"]
            headers = tuple((bytes(name), bytes(value)) for name, value in message.get("headers", ()))
        elif message["type"] == "http.response.body":
            length += len(message.get("body", b""))
            if length > most_bytes:
                body.close()
                return Outcome(TOO_LARGE)
            body.write(message.get("body", b""))
            if not message.get("more_body"):
                body.seek(0)
                return Outcome(DONE, status, headers, body, length)
        else:
            body.close()
            return Outcome(MEMORY if message["type"] == "apart.memory" else FAILED, words=message.get("error", ""))
    body.close()
    return None


async def _messages(line: socket.socket) -> AsyncIterator[dict[str, Any]]:
    loop, data = asyncio.get_running_loop(), bytearray()
    while more := await loop.sock_recv(line, PIECE):
        data += more
        while len(data) >= HEADER.size:
            end = HEADER.size + HEADER.unpack_from(data)[0]
            if len(data) < end:
                break
            message = pickle.loads(bytes(data[HEADER.size : end]))
            del data[:end]
            yield message


async def pieces(outcome: Outcome) -> AsyncIterator[tuple[bytes, bool]]:
    """The body of an answer piece by piece, each with whether more comes; closes it at the end."""
    body, left = outcome.body, outcome.length
    if body is None:
        return
    with body:
        while True:
            piece = body.read(PIECE)
            left -= len(piece)
            yield piece, left > 0
            if left <= 0:
                return
