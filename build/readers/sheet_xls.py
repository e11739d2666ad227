"""Workbooks of old (.xls), by xlrd."""

from __future__ import annotations

import datetime
import io
import struct
from collections.abc import Iterator
from decimal import Decimal

import xlrd  # type: ignore[import-untyped]
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from ..document import without_signs
from ..errors import ReadError
from ..limits import Limits
from ..messages import told
from . import ole
from .colours import UNKNOWN, WHITE
from .sheet_model import (
    MAX_RECORDS,
    CellPlace,
    Font,
    Look,
    Sheet,
    outside,
    put_number,
    put_text,
    put_unevaluated,
    too_many,
)
from .xls_records import drawings, unevaluated

MAX_RECORDS_READ = 4_000_000
"""Records of an .xls file, of any kind."""

_XLS_UNREADABLE = (
    xlrd.XLRDError,
    xlrd.compdoc.CompDocError,
    AssertionError,
    AttributeError,
    IndexError,
    KeyError,
    TypeError,
    ValueError,
    OverflowError,
    struct.error,
)
_CELL_RECORDS = frozenset(
    {0x0001, 0x0002, 0x0003, 0x0004, 0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x0406}
)
_ROW_RECORDS = {0x00BD: 6, 0x00BE: 2}
"""Records that store several cells of a row, and how many bytes each cell takes."""
_SHEET_BEGINS = frozenset({0x0009, 0x0209, 0x0409, 0x0809})
_MAX_XLS_COLUMN = 256


def xls_sheets(data: bytes, limits: Limits) -> list[Sheet]:
    """The sheets of a workbook in order; ReadError ``damaged``, ``encrypted``, ``too_large``, ``too_many_cells``."""
    if ole.is_ole(data) and ole.kind(data) == "encrypted":
        raise ReadError("encrypted", told("readers.encrypted"))
    stream = ole.stream(data, "Workbook", "Book") if ole.is_ole(data) else data
    if stream is None:
        raise ReadError("damaged", told("readers.no_spreadsheet"))
    _check_records(stream, limits.max_cells)
    try:
        book = xlrd.open_workbook(
            file_contents=stream, formatting_info=True, ragged_rows=True, logfile=io.StringIO(), on_demand=True
        )
        return [_xls_sheet(book, index, stream) for index in range(book.nsheets)]
    except _XLS_UNREADABLE as error:
        if "encrypted" in str(error):
            raise ReadError("encrypted", told("readers.encrypted")) from error
        raise ReadError("damaged", told("readers.spreadsheet_damaged", error=error)) from error


def _check_records(stream: bytes, max_cells: int) -> None:
    """Count the places that the cells of a workbook would take: xlrd fills every row up to its last cell."""
    widths: dict[int, int] = {}
    places = at = 0
    for _ in range(MAX_RECORDS_READ):
        if at + 4 > len(stream):
            return
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind in _SHEET_BEGINS:
            widths = {}
        elif (kind in _CELL_RECORDS or kind in _ROW_RECORDS) and at + 8 <= len(stream):
            row, column = struct.unpack_from("<HH", stream, at + 4)
            last = column + max(size - 6, 0) // _ROW_RECORDS[kind] - 1 if kind in _ROW_RECORDS else column
            if last >= _MAX_XLS_COLUMN:
                raise outside(f"column {last}")
            places += max(0, last + 1 - widths.get(row, 0))
            widths[row] = max(widths.get(row, 0), last + 1)
            if places > MAX_RECORDS * max_cells:
                raise too_many()
        at += 4 + size
    raise ReadError("too_large", told("readers.spreadsheet_records", limit=MAX_RECORDS_READ))


def _xls_sheet(book: xlrd.Book, index: int, stream: bytes) -> Sheet:
    stored = book.sheet_by_index(index)
    sheet = Sheet(without_signs(stored.name), hidden=stored.visibility != 0, show_zeros=bool(stored.show_zero_values))
    sheet.hidden_rows = {row for row, info in stored.rowinfo_map.items() if info.hidden or info.height == 0}
    sheet.hidden_columns = {column for column, info in stored.colinfo_map.items() if info.hidden or info.width == 0}
    for top, bottom, left, right in stored.merged_cells:
        sheet.merged.append((top, left, bottom - top, right - left))
    epoch = CALENDAR_MAC_1904 if book.datemode else CALENDAR_WINDOWS_1900
    looks = _Looks(book)
    empty_results = set(unevaluated(stream, book._sh_abs_posn[index]))
    for row in range(stored.nrows):
        for column, cell in enumerate(stored.row(row)):
            place = (row, column)
            if place in empty_results and not cell.value:
                put_unevaluated(sheet, place)
            else:
                _xls_cell(sheet, cell, place, looks, epoch, stored.rich_text_runlist_map.get(place, ()))
    sheet.drawings.extend(drawings(stream, book._sh_abs_posn[index]))
    book.unload_sheet(index)
    return sheet


class _Looks:
    """How the cells of a workbook look, by the index that they carry."""

    def __init__(self, book: xlrd.Book) -> None:
        self._book = book
        self._known: dict[int, Look] = {}
        self._fonts: dict[int, Font] = {}

    def cell(self, index: int) -> Look:
        """The look of a cell."""
        if index not in self._known:
            stated = self._book.xf_list[index]
            known = self._book.format_map.get(stated.format_key)
            code = known.format_str if known is not None else "General"
            self._known[index] = Look(self.font(stated.font_index), self._fill_colour(stated.background), code)
        return self._known[index]

    def font(self, index: int) -> Font:
        """A font by its index; there is none of index 4, and xlrd counts so too."""
        if index not in self._fonts:
            stated = self._book.font_list[index]
            raised, colour = _RAISED.get(stated.escapement, ""), self._colour(stated.colour_index, "")
            self._fonts[index] = Font(bool(stated.struck_out), raised, colour, stated.height / 20)
        return self._fonts[index]

    def _fill_colour(self, background: xlrd.formatting.XFBackground) -> str:
        if background.fill_pattern == 0:
            return WHITE
        return self._colour(background.pattern_colour_index, UNKNOWN) if background.fill_pattern == 1 else UNKNOWN

    def _colour(self, index: int, otherwise: str) -> str:
        parts = self._book.colour_map.get(index)
        return otherwise if parts is None else "".join(f"{part:02X}" for part in parts)


_RAISED = {1: "superscript", 2: "subscript"}


def _xls_cell(
    sheet: Sheet,
    cell: xlrd.sheet.Cell,
    place: CellPlace,
    looks: _Looks,
    epoch: datetime.datetime,
    parts: list[tuple[int, int]] | tuple[()],
) -> None:
    """Write a cell into ``sheet``; ``parts``: where other fonts begin in its text, and which."""
    if cell.ctype in _EMPTY:
        return
    look = looks.cell(cell.xf_index)
    if cell.ctype in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}:
        if cell.ctype == xlrd.XL_CELL_DATE and not is_date_format(look.code):
            look = look._replace(code="yyyy-mm-dd")
        put_number(sheet, place, Decimal(repr(cell.value)), look, epoch)
    elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
        put_text(sheet, place, [("TRUE" if cell.value else "FALSE", look.font)], look)
    elif cell.ctype == xlrd.XL_CELL_ERROR:
        put_text(sheet, place, [(xlrd.error_text_from_code.get(cell.value, "#ERROR!"), look.font)], look)
    else:
        put_text(sheet, place, _runs(without_signs(cell.value), look.font, parts, looks), look)


_EMPTY = frozenset({xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK})


def _runs(text: str, font: Font, parts: list[tuple[int, int]] | tuple[()], looks: _Looks) -> Iterator[tuple[str, Font]]:
    begin = 0
    for at, index in parts:
        yield text[begin:at], font
        begin, font = at, looks.font(index)
    yield text[begin:], font
