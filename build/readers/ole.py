"""The container of old binary Office files (OLE compound file): which program's file it is."""

from __future__ import annotations

import io
import struct

import olefile  # type: ignore[import-untyped]

from ..errors import ReadError
from ..messages import told

SIGN = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_STREAMS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)
_UNREADABLE = (OSError, ValueError, IndexError, KeyError, TypeError, struct.error, MemoryError)
_WORD_SIGN = 0xA5EC
_WORD_ENCRYPTED = 0x0100


def is_ole(data: bytes) -> bool:
    """Whether ``data`` begins as an OLE compound file does."""
    return data.startswith(SIGN)


def kind(data: bytes) -> str:
    """``encrypted`` (by a password), ``doc``, ``xls``, ``ppt``, or ``unknown``; ReadError ``damaged``."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as opened:
            found = next((name for stream, name in _STREAMS if opened.exists(stream)), "unknown")
            return "encrypted" if found == "doc" and _word_is_encrypted(opened) else found
    except _UNREADABLE as error:
        raise ReadError("damaged", told("readers.office_damaged", error=error)) from error


def stream(data: bytes, *names: str) -> bytes | None:
    """The bytes of the first stream of these names, None if there is none; ReadError ``damaged``."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as opened:
            found = next((name for name in names if opened.exists(name)), None)
            return None if found is None else opened.openstream(found).read()
    except _UNREADABLE as error:
        raise ReadError("damaged", told("readers.office_damaged", error=error)) from error


def _word_is_encrypted(opened: olefile.OleFileIO) -> bool:
    head = opened.openstream("WordDocument").read(12)
    sign, flags = struct.unpack_from("<H8xH", head)
    return sign == _WORD_SIGN and bool(flags & _WORD_ENCRYPTED)
