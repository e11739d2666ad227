"""What xlrd passes by in a workbook of old: formulas that were never computed, pictures over cells ([MS-XLS] 2.4)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from .sheet_model import BOX, PICTURE, CellPlace, Drawing

_FORMULA, _DRAWING, _OBJECT, _BEGIN, _END = 0x0006, 0x00EC, 0x005D, 0x0809, 0x000A
_EMPTY_TEXT = b"\x03"
"""How the result of a formula begins that is no text at all."""
_TEXT_IN_FORMULA = 0x17
"""The token of a text written in a formula: one that names a text may well show none."""
_FORMULA_HEAD = 22
_ANCHOR = b"\x00\x00\x10\xf0\x12\x00\x00\x00"
"""How the place of a drawing on a sheet begins ([MS-ODRAW] 2.2.46, OfficeArtClientAnchorSheet), 18 bytes follow."""
_WHAT = {5: PICTURE, 6: BOX, 8: PICTURE}
"""Kinds of objects: a chart, a box with words, a picture."""


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of the sheet whose first one stands at ``at``, without those of charts within it."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == _BEGIN:
            depth += 1
        elif kind == _END:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def unevaluated(stream: bytes, at: int) -> Iterator[CellPlace]:
    """Where formulas stand that were never computed: they store an empty text, and could not have given one."""
    for kind, record in _records(stream, at):
        computed = kind != _FORMULA or record[12:14] != b"\xff\xff" or record[6:7] != _EMPTY_TEXT
        if not computed and _TEXT_IN_FORMULA not in record[_FORMULA_HEAD:]:
            yield _place(record)


def _place(record: bytes) -> CellPlace:
    row, column = struct.unpack_from("<HH", record)
    return row, column


def drawings(stream: bytes, at: int) -> Iterator[Drawing]:
    """Pictures and boxes of a sheet and where they lie, in the order in which they are stored."""
    anchor: bytes | None = None
    for kind, record in _records(stream, at):
        if kind == _DRAWING and (found := record.rfind(_ANCHOR)) >= 0:
            anchor = record[found + len(_ANCHOR) :]
        elif kind == _OBJECT and len(record) >= 6 and anchor is not None:
            what = _WHAT.get(struct.unpack_from("<H", record, 4)[0])
            if what is not None and len(anchor) >= 18:
                _, left, dx, top, dy, right, dx_end, bottom, dy_end = struct.unpack_from("<9H", anchor)
                yield Drawing(what, left + dx / 1024, top + dy / 256, right + dx_end / 1024, bottom + dy_end / 256)
            anchor = None
