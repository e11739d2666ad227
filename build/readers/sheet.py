"""Spreadsheets (.xlsx, .xls, .ods, .csv) → Document: paragraphs and grids, cells as the sheet shows them.

CSV is read with agate's reader. For .xls and .xlsx the libraries under agate are asked (xlrd, openpyxl's number
formats and dates): agate's own tables keep neither merged cells nor number formats nor what is hidden, and turn a
column of 0 into False. .ods stores the words it shows; they are taken from its XML.

What does not show is left out: hidden sheets, rows and columns (a notice says so), formulas (their last result stands),
comments. Rows and columns without any text at the edges of a sheet are trimmed. Dates are written as in ISO 8601. Where
a number format shows something else than the stored number and cannot be followed, the cell is left blank and a notice
gives the number. A sheet's name stands as a paragraph before its grid, unless it is the one the program gave. So does
what a whole report on one sheet puts between its tables: a row with a single text, if it stands at the top, behind an
empty row, or is a section's title or a sentence. A row with another single text inside a table stays there: its figures
may be blank.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import struct
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from itertools import chain

import agate
import xlrd  # type: ignore[import-untyped]
from agate.exceptions import FieldSizeLimitError
from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.cell import column_index_from_string
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel
from openpyxl.utils.escape import unescape

from ..document import Document, DocumentBuilder, GridCell, Notice
from ..errors import ReadError
from ..limits import Limits
from . import ole
from .archive import is_zip
from .encoding import decode
from .number_format import plain, shown
from .package import Parts, parsed, parts, related, relations

MAX_RECORDS = 5
"""Cells a file may store, empty ones included, as a multiple of ``Limits.max_cells``."""
MAX_RECORDS_READ = 4_000_000
"""Records of an .xls file, of any kind."""
MAX_EMPTY = 200
"""Empty rows (or columns) between the first and the last text; where there are more, all empty ones are left out."""
MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
"""Rows and columns of the largest sheet that any program writes."""

_DEFAULT_NAME = re.compile(r"(sheet|worksheet|工作表|表格?|图表|chart)?\s*[\d_]*\s*(\(\d+\))?", re.IGNORECASE)
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")


@dataclass
class Sheet:
    """One sheet as stored: (row, column) → text shown, from 0; merged ranges (row, column, row span, column span)."""

    name: str
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False
    unshown: list[str] = field(default_factory=list)
    """Numbers whose format could not be followed: place, number, format."""
    unevaluated: list[str] = field(default_factory=list)
    """Places of formulas whose result is not stored."""


def read(data: bytes, limits: Limits) -> tuple[Document, ...]:
    """The document in a spreadsheet file, its kind decided by content.

    ReadError ``encrypted``, ``damaged``, ``too_large``, ``too_many_cells``, ``empty``.
    """
    if len(data) > limits.max_bytes:
        raise ReadError("too_large", f"{len(data)} bytes, more than the limit of {limits.max_bytes}")
    format, sheets = _sheets(data, limits)
    builder = DocumentBuilder()
    notices: list[Notice] = []
    left, characters = limits.max_cells, limits.max_bytes
    for sheet in sheets:
        notices.extend(_notices(sheet))
        if sheet.hidden:
            continue
        if not _DEFAULT_NAME.fullmatch(sheet.name.strip()):
            builder.add_paragraph(sheet.name)
        for part in sheet_parts(sheet, left):
            if isinstance(part, str):
                builder.add_paragraph(part)
            else:
                left -= len(part)
                characters -= sum(len(cell.text) for cell in part)
                if characters < 0:
                    raise _too_much_text(limits.max_bytes)
                builder.add_grid(part)
    document = builder.build(format, notices=notices)
    if not document.blocks:
        raise ReadError("empty", "no sheet of the file shows any text; supply the report again")
    return (document,)


def _sheets(data: bytes, limits: Limits) -> tuple[str, list[Sheet]]:
    if ole.is_ole(data):
        return "xls", _xls_sheets(data, limits)
    if data[:2] in _BARE_XLS:
        return "xls", _xls_sheets(data, limits)
    if not is_zip(data):
        return "csv", [_csv_sheet(data, limits)]
    package = parts(data, limits)
    if "content.xml" in package:
        return "ods", _ods_sheets(package, limits)
    return "xlsx", _xlsx_sheets(package, limits)


_BARE_XLS = (b"\x09\x08", b"\x09\x04", b"\x09\x02")
"""The first record of a workbook before Excel 97, which needs no container."""


def _too_many() -> ReadError:
    message = "tables with more cells than the limit (--max-cells); delete what is empty or raise it"
    return ReadError("too_many_cells", message)


def _too_much_text(limit: int) -> ReadError:
    """A text may be stored once and stand in any number of cells."""
    return ReadError("too_large", f"its cells show more than {limit} characters; supply the report alone")


def _outside(what: str) -> ReadError:
    return ReadError("damaged", "a cell lies outside of any sheet; save the file again", what)


@dataclass
class _Room:
    """How many cells, empty ones included, the sheets of a file may still store, all together."""

    left: int

    def take(self, count: int) -> None:
        """Take up ``count`` of them. Raises ReadError ``too_many_cells``."""
        self.left -= count
        if self.left < 0:
            raise _too_many()


def _room(limits: Limits) -> _Room:
    return _Room(MAX_RECORDS * limits.max_cells)


# From a sheet to its grid ----------------------------------------------------------------------------------------


def _notices(sheet: Sheet) -> Iterator[Notice]:
    if sheet.hidden:
        if any(text.strip() for text in sheet.texts.values()):
            yield Notice("warning", "hidden_sheet", "a hidden sheet is left out; show it if it belongs", sheet.name)
        return
    if any((row in sheet.hidden_rows or column in sheet.hidden_columns) for row, column in sheet.texts):
        yield Notice(
            "warning", "hidden_cells", "hidden rows or columns are left out; show them if they belong", sheet.name
        )
    if sheet.unshown:
        message = "numbers whose format could not be followed are left blank; give the cells an ordinary number format"
        yield Notice("warning", "number_format", message, "; ".join(sheet.unshown[:5]))
    if sheet.unevaluated:
        message = "formulas without a stored result are left blank; open the file in a spreadsheet program and save it"
        yield Notice("warning", "formula_without_result", message, "; ".join(sheet.unevaluated[:5]))


def sheet_parts(sheet: Sheet, max_cells: int) -> Iterator[str | list[GridCell]]:
    """What shows of ``sheet``: paragraphs and grids, empty cells included; ReadError ``too_many_cells``."""
    filled = _filled(sheet)
    tied = _tied_rows(sheet, max(filled, default=-1))
    table: list[int] = []
    at_edge = True
    for row in _rows_shown(sheet, filled):
        columns = filled.get(row, [])
        text = sheet.texts[row, columns[0]] if len(columns) == 1 and row not in tied else ""
        is_heading = _HEADING.match(text) is not None
        if text and (at_edge or is_heading or _SENTENCE_END in text):
            yield from _tables(sheet, table, filled, max_cells)
            table = []
            at_edge = at_edge or is_heading
            yield text
        else:
            table.append(row)
            at_edge = not columns and row not in tied
    yield from _tables(sheet, table, filled, max_cells)


_SENTENCE_END = "。"
_HEADING = re.compile(r"\s*[一二三四五六]、\s*(?!本年|上年|结转).*(?:情况|事项|概述)\s*$")
"""The title of a section; a row of section 三 is numbered like one."""


def _filled(sheet: Sheet) -> dict[int, list[int]]:
    """Rows that show a text, and in which columns."""
    filled: dict[int, list[int]] = {}
    for (row, column), text in sorted(sheet.texts.items()):
        if text.strip() and row not in sheet.hidden_rows and column not in sheet.hidden_columns:
            filled.setdefault(row, []).append(column)
    return filled


def _tied_rows(sheet: Sheet, last: int) -> set[int]:
    """Rows, up to ``last``, that a merged range ties to another one: they belong to a table even if empty."""
    tied: set[int] = set()
    reached = 0
    for row, _, height, _ in sorted(sheet.merged):
        if height > 1:
            end = min(row + height, last + 1)
            tied.update(range(max(row, reached), end))
            reached = max(reached, end)
    return tied


def _rows_shown(sheet: Sheet, filled: dict[int, list[int]]) -> list[int]:
    """The rows from the first text to the last, without hidden ones."""
    return [row for row in _spanned(filled) if row not in sheet.hidden_rows]


def _spanned(used: Collection[int]) -> Sequence[int]:
    """All numbers from the least to the greatest; without those between where a stray cell lies too far away."""
    if not used:
        return []
    whole = range(min(used), max(used) + 1)
    return sorted(used) if len(whole) - len(used) > MAX_EMPTY else whole


def _tables(sheet: Sheet, rows: list[int], filled: dict[int, list[int]], max_cells: int) -> Iterator[list[GridCell]]:
    """The grid of these rows, without empty rows and columns at its edges; none if all are empty."""
    kept = [at for at, row in enumerate(rows) if row in filled]
    if not kept:
        return
    rows = rows[kept[0] : kept[-1] + 1]
    used = {column for row in rows for column in filled.get(row, [])}
    columns = [column for column in _spanned(used) if column not in sheet.hidden_columns]
    if len(rows) * len(columns) > max_cells:
        raise _too_many()
    yield _grid_cells(sheet, rows, columns)


def _grid_cells(sheet: Sheet, rows: list[int], columns: list[int]) -> list[GridCell]:
    spans, covered = _merged_places(sheet, rows, columns)
    cells = []
    for row_at, row in enumerate(rows):
        for column_at, column in enumerate(columns):
            if (row_at, column_at) not in covered:
                anchor, height, width = spans.get((row_at, column_at), ((row, column), 1, 1))
                cells.append(GridCell(sheet.texts.get(anchor, ""), row_at, column_at, height, width))
    return cells


_Place = tuple[int, int]


def _merged_places(
    sheet: Sheet, rows: list[int], columns: list[int]
) -> tuple[dict[_Place, tuple[_Place, int, int]], set[_Place]]:
    """Where merged ranges begin in the grid → (place of their text, row span, column span); and the places covered."""
    spans: dict[_Place, tuple[_Place, int, int]] = {}
    covered: set[_Place] = set()
    area = 0
    for row, column, height, width in sheet.merged:
        in_rows, in_columns = _within(rows, row, height), _within(columns, column, width)
        area += len(in_rows) * len(in_columns)
        if area > len(rows) * len(columns):
            raise ReadError("damaged", "merged cells overlap each other; save the file again", sheet.name)
        if in_rows and in_columns:
            first = (in_rows[0], in_columns[0])
            spans[first] = ((row, column), len(in_rows), len(in_columns))
            covered.update((at, beside) for at in in_rows for beside in in_columns if (at, beside) != first)
    return spans, covered


def _within(kept: list[int], first: int, count: int) -> range:
    """Which of the ``kept`` rows (or columns), by their place in the grid, lie in a merged range."""
    return range(bisect_left(kept, first), bisect_left(kept, first + count))


# Values ----------------------------------------------------------------------------------------------------------


def _put_number(sheet: Sheet, place: _Place, number: Decimal, code: str, epoch: datetime.datetime) -> None:
    """Write ``number`` into ``sheet`` as its format ``code`` shows it."""
    text = _date(number, epoch) if is_date_format(code) else shown(number, code)
    if text is None:
        sheet.unshown.append(f"{_place_name(place)} {plain(number)} [{code}]")
    else:
        sheet.texts[place] = text


def _date(number: Decimal, epoch: datetime.datetime) -> str | None:
    try:
        moment = from_excel(float(number), epoch)
    except (OverflowError, ValueError):
        return None
    if isinstance(moment, datetime.datetime):
        midnight = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
        return moment.date().isoformat() if midnight else moment.isoformat(" ", "seconds")
    return str(moment)


def _place_name(place: _Place) -> str:
    row, column = place
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 309 else None


# .xlsx -----------------------------------------------------------------------------------------------------------

_LOCAL_FORMATS = {
    **dict.fromkeys((5, 6, 37, 38), "#,##0;-#,##0"),
    **dict.fromkeys((7, 8, 39, 40), "#,##0.00;-#,##0.00"),
    **dict.fromkeys((41, 42), '#,##0;-#,##0;"-"'),
    **dict.fromkeys((43, 44), '#,##0.00;-#,##0.00;"-"'),
    **dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy-mm-dd"),
}
"""Formats by number whose look depends on the country: money (shown here without its sign) and Chinese dates."""
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ON = frozenset({"1", "true", "on"})


@dataclass(frozen=True, slots=True)
class _Workbook:
    """What the sheets of an .xlsx file share."""

    formats: dict[int, str]
    epoch: datetime.datetime
    strings: list[str]
    room: _Room


def _xlsx_sheets(package: Parts, limits: Limits) -> list[Sheet]:
    main = related(package, "").get("officeDocument", "xl/workbook.xml")
    root = parsed(package, main)
    if root.tag != f"{_S}workbook":
        raise ReadError("damaged", "the file holds no spreadsheet", main)
    shared = related(package, main)
    mac = root.find(f"{_S}workbookPr")
    epoch = CALENDAR_MAC_1904 if mac is not None and mac.get("date1904") in _ON else CALENDAR_WINDOWS_1900
    formats = _formats(package, shared.get("styles", ""))
    strings = _strings(package, shared.get("sharedStrings", ""))
    workbook = _Workbook(formats, epoch, strings, _room(limits))
    targets = {key: target for key, kind, target in relations(package, main) if kind == "worksheet"}
    return [
        _xlsx_sheet(package, targets[entry.get(_RELATION_ID, "")], entry, workbook)
        for entry in root.iter(f"{_S}sheet")
        if entry.get(_RELATION_ID, "") in targets
    ]


def _formats(package: Parts, name: str) -> dict[int, str]:
    """Number formats by the index that cells carry."""
    if name not in package:
        return {}
    root = parsed(package, name)
    own = {_whole(found.get("numFmtId")): found.get("formatCode", "") for found in root.iter(f"{_S}numFmt")}
    known = {**BUILTIN_FORMATS, **_LOCAL_FORMATS, **own}
    styles = root.find(f"{_S}cellXfs")
    kept = [] if styles is None else styles.findall(f"{_S}xf")
    numbers = [_whole(style.get("numFmtId")) for style in kept]
    return {index: known.get(number, "General") for index, number in enumerate(numbers)}


def _strings(package: Parts, name: str) -> list[str]:
    if name not in package:
        return []
    return [_rich_text(item) for item in parsed(package, name).iter(f"{_S}si")]


def _rich_text(item: etree._Element) -> str:
    """The text of a shared or inline string, without the pronunciation that may stand beside it."""
    found = chain(item.findall(f"{_S}t"), item.findall(f"{_S}r/{_S}t"))
    return _unescaped("".join(text.text or "" for text in found))


def _unescaped(text: str) -> str:
    """``_x4E00_`` is a character by its number; half of one that needs two is none."""
    written = str(unescape(text)) if "_x" in text else text
    return written if written.isascii() else written.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _xlsx_sheet(package: Parts, part: str, entry: etree._Element, workbook: _Workbook) -> Sheet:
    sheet = Sheet(entry.get("name", ""), hidden=entry.get("state", "visible") != "visible")
    root = parsed(package, part)
    row_at = -1
    for row in root.iter(f"{_S}row"):
        row_at = _whole(row.get("r"), row_at + 2) - 1
        if row.get("hidden") in _ON:
            sheet.hidden_rows.add(row_at)
        workbook.room.take(len(row))
        _xlsx_row(sheet, row, row_at, workbook)
    sheet.hidden_columns.update(chain.from_iterable(_hidden_columns(root, part)))
    sheet.merged.extend(_range(found.get("ref", "")) for found in root.iter(f"{_S}mergeCell"))
    return sheet


def _hidden_columns(root: etree._Element, part: str) -> Iterator[range]:
    left = MAX_COLUMN
    for column in root.iter(f"{_S}col"):
        if column.get("hidden") in _ON:
            hidden = range(max(0, _whole(column.get("min")) - 1), min(_whole(column.get("max")), MAX_COLUMN))
            left -= len(hidden)
            if left < 0:
                raise ReadError("damaged", "columns are described more than once; save the file again", part)
            yield hidden


def _xlsx_row(sheet: Sheet, row: etree._Element, row_at: int, workbook: _Workbook) -> None:
    column_at = -1
    for cell in row.iter(f"{_S}c"):
        reference = cell.get("r")
        column_at = column_at + 1 if reference is None else _place(reference)[1]
        if not (0 <= row_at < MAX_ROW and 0 <= column_at < MAX_COLUMN):
            raise _outside(reference or "")
        _xlsx_cell(sheet, cell, (row_at, column_at), workbook)


def _xlsx_cell(sheet: Sheet, cell: etree._Element, place: _Place, workbook: _Workbook) -> None:
    kind, stored = cell.get("t", "n"), cell.findtext(f"{_S}v")
    if kind == "inlineStr":
        inline = cell.find(f"{_S}is")
        sheet.texts[place] = "" if inline is None else _rich_text(inline)
    elif stored is None or not stored.strip():
        if cell.find(f"{_S}f") is not None and kind != "str":
            sheet.unevaluated.append(_place_name(place))
    elif kind == "n" and (number := _number(stored.strip())) is not None:
        code = workbook.formats.get(_whole(cell.get("s")), "General")
        _put_number(sheet, place, number, code, workbook.epoch)
    elif kind == "s":
        sheet.texts[place] = _shared(workbook.strings, stored)
    else:
        sheet.texts[place] = _TRUTH.get(stored, stored) if kind == "b" else _unescaped(stored)


_TRUTH = {"0": "FALSE", "1": "TRUE"}


def _shared(strings: list[str], index: str) -> str:
    number = _whole(index.strip(), -1)
    if not 0 <= number < len(strings):
        raise ReadError("damaged", "a cell names a text that the file does not hold; save the file again", index)
    return strings[number]


def _range(reference: str) -> tuple[int, int, int, int]:
    first, _, last = reference.partition(":")
    (top, left), (bottom, right) = _place(first), _place(last or first)
    return top, left, bottom - top + 1, right - left + 1


def _place(reference: str) -> _Place:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise ReadError("damaged", "a cell's name cannot be read; save the file again", reference[:40])
    return int(match[2]) - 1, column_index_from_string(match[1]) - 1


def _whole(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 10 else otherwise


# .xls ------------------------------------------------------------------------------------------------------------

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


def _xls_sheets(data: bytes, limits: Limits) -> list[Sheet]:
    if ole.is_ole(data) and ole.kind(data) == "encrypted":
        raise ReadError("encrypted", "the file is protected by a password; save it without one")
    stream = ole.stream(data, "Workbook", "Book") if ole.is_ole(data) else data
    if stream is None:
        raise ReadError("damaged", "the file holds no spreadsheet")
    _check_records(stream, limits.max_cells)
    try:
        book = xlrd.open_workbook(
            file_contents=stream, formatting_info=True, ragged_rows=True, logfile=io.StringIO(), on_demand=True
        )
        return [_xls_sheet(book, index) for index in range(book.nsheets)]
    except _XLS_UNREADABLE as error:
        if "encrypted" in str(error):
            raise ReadError("encrypted", "the file is protected by a password; save it without one") from error
        raise ReadError(
            "damaged", f"a damaged spreadsheet ({error}); open it in its program and save it again"
        ) from error


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
                raise _outside(f"column {last}")
            places += max(0, last + 1 - widths.get(row, 0))
            widths[row] = max(widths.get(row, 0), last + 1)
            if places > MAX_RECORDS * max_cells:
                raise _too_many()
        at += 4 + size
    raise ReadError("too_large", f"a spreadsheet of more than {MAX_RECORDS_READ} records; split it")


def _xls_sheet(book: xlrd.Book, index: int) -> Sheet:
    stored = book.sheet_by_index(index)
    sheet = Sheet(stored.name, hidden=stored.visibility != 0)
    sheet.hidden_rows = {row for row, info in stored.rowinfo_map.items() if info.hidden}
    sheet.hidden_columns = {column for column, info in stored.colinfo_map.items() if info.hidden}
    for top, bottom, left, right in stored.merged_cells:
        sheet.merged.append((top, left, bottom - top, right - left))
    epoch = CALENDAR_MAC_1904 if book.datemode else CALENDAR_WINDOWS_1900
    for row in range(stored.nrows):
        for column, cell in enumerate(stored.row(row)):
            _xls_cell(sheet, book, cell, (row, column), epoch)
    book.unload_sheet(index)
    return sheet


def _xls_cell(sheet: Sheet, book: xlrd.Book, cell: xlrd.sheet.Cell, place: _Place, epoch: datetime.datetime) -> None:
    if cell.ctype in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}:
        known = book.format_map.get(book.xf_list[cell.xf_index].format_key)
        code = known.format_str if known is not None else "General"
        code = "yyyy-mm-dd" if cell.ctype == xlrd.XL_CELL_DATE and not is_date_format(code) else code
        _put_number(sheet, place, Decimal(repr(cell.value)), code, epoch)
    elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
        sheet.texts[place] = "TRUE" if cell.value else "FALSE"
    elif cell.ctype == xlrd.XL_CELL_ERROR:
        sheet.texts[place] = xlrd.error_text_from_code.get(cell.value, "#ERROR!")
    elif cell.ctype == xlrd.XL_CELL_TEXT:
        sheet.texts[place] = cell.value


# .csv ------------------------------------------------------------------------------------------------------------

DELIMITERS = (",", ";", "\t")
_SAMPLE_ROWS, _LEAST_ROWS = 200, 4


def _csv_sheet(data: bytes, limits: Limits) -> Sheet:
    text = decode(data).text
    sheet = Sheet("")
    room = _room(limits)
    for row_at, row in enumerate(_csv_rows(text, _delimiter(text))):
        room.take(len(row))
        sheet.texts.update({(row_at, column): value for column, value in enumerate(row) if value})
    return sheet


def looks_like_csv(text: str) -> bool:
    """Whether ``text`` is a table of separated values: nearly all its first rows are cut, most into as many cells."""
    sample = _sample(text)
    delimiter = _delimiter(text)
    cut, alike = _cut(sample, delimiter)
    with suppress(ReadError):  # quotes that never close: no table of separated values
        rows = sum(1 for row in _csv_rows(sample, delimiter) if any(cell.strip() for cell in row))
        return delimiter != "\t" and rows >= _LEAST_ROWS and cut >= 0.8 * rows and alike >= 0.6 * rows
    return False


def _sample(text: str) -> str:
    return "\n".join(text.split("\n", _SAMPLE_ROWS)[:_SAMPLE_ROWS])


def _csv_rows(text: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from agate.csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except (csv.Error, FieldSizeLimitError) as error:
        raise ReadError("damaged", f"no table of separated values ({error}); check its quotes") from error


def _delimiter(text: str) -> str:
    """The delimiter that cuts most rows into more than one cell, the first of these among equals."""
    sample = _sample(text)
    return max(DELIMITERS, key=lambda delimiter: _cut(sample, delimiter))


def _cut(sample: str, delimiter: str) -> tuple[int, int]:
    """How many rows a delimiter cuts, and how many of them into equally many cells."""
    with suppress(ReadError):
        widths = [len(row) for row in _csv_rows(sample, delimiter) if len(row) > 1]
        return len(widths), max(Counter(widths).values(), default=0)
    return 0, 0


# .ods ------------------------------------------------------------------------------------------------------------

_OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _TEXT, _OFFICE, _STYLE = (f"{{{_OPEN_DOCUMENT}{name}:1.0}}" for name in ("table", "text", "office", "style"))
_MAX_SPACES = 1000


def _ods_sheets(package: Parts, limits: Limits) -> list[Sheet]:
    if b"encryption-data" in (package.read("META-INF/manifest.xml") or b""):
        raise ReadError("encrypted", "the file is protected by a password; save it without one")
    root = parsed(package, "content.xml")
    book = root.find(f"{_OFFICE}body/{_OFFICE}spreadsheet")
    if book is None:
        raise ReadError("damaged", "the file holds no spreadsheet", "content.xml")
    hidden = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        if any(found.get(f"{_TABLE}display") == "false" for found in style)
    }
    room = _room(limits)
    return [_ods_sheet(table, hidden, room) for table in book.findall(f"{_TABLE}table")]


def _ods_sheet(table: etree._Element, hidden_styles: set[str | None], room: _Room) -> Sheet:
    name, style = table.get(f"{_TABLE}name", ""), table.get(f"{_TABLE}style-name")
    sheet = Sheet(name, hidden=style is not None and style in hidden_styles)
    column_at = 0
    for column in table.iter(f"{_TABLE}table-column"):
        count = _repeated(column, "columns")
        if _invisible(column):
            sheet.hidden_columns.update(range(column_at, min(column_at + count, MAX_COLUMN)))
        column_at += count
    row_at = 0
    for row in table.iter(f"{_TABLE}table-row"):
        count = _repeated(row, "rows")
        if _invisible(row):
            sheet.hidden_rows.update(range(row_at, min(row_at + count, MAX_ROW)))
        _ods_row(sheet, row, range(row_at, row_at + count), room)
        row_at += count
    return sheet


def _ods_row(sheet: Sheet, row: etree._Element, places: range, room: _Room) -> None:
    """A row, written once for all the rows it stands for if it holds any text."""
    column_at = 0
    for cell in row:
        if cell.tag not in _ODS_CELLS:
            continue
        count = _repeated(cell, "columns")
        if cell.tag == _ODS_CELLS[0]:
            _ods_cell(sheet, cell, places, range(column_at, column_at + count), room)
        column_at += count


_ODS_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def _ods_cell(sheet: Sheet, cell: etree._Element, rows: range, columns: range, room: _Room) -> None:
    height = _whole(cell.get(f"{_TABLE}number-rows-spanned"), 1)
    width = _whole(cell.get(f"{_TABLE}number-columns-spanned"), 1)
    if height > 1 or width > 1:
        sheet.merged.append((rows[0], columns[0], height, width))
    text = _ods_text(cell)
    if text:
        if rows.stop > MAX_ROW or columns.stop > MAX_COLUMN:
            raise _outside(_place_name((rows[-1], columns[-1])))
        room.take(len(rows) * len(columns))
        sheet.texts.update({(row, column): text for row in rows for column in columns})
    elif cell.get(f"{_TABLE}formula") is not None and cell.get(f"{_OFFICE}value-type") is None:
        sheet.unevaluated.append(_place_name((rows[0], columns[0])))


def _ods_text(cell: etree._Element) -> str:
    """The words a cell shows; the stored value where the program that made the file wrote no words."""
    lines = ["".join(_ods_words(line)) for line in cell.findall(f"{_TEXT}p")]
    stored = next((cell.get(f"{_OFFICE}{name}") for name in _ODS_VALUES if cell.get(f"{_OFFICE}{name}")), "")
    return "\n".join(lines) if lines else stored or ""


_ODS_VALUES = ("string-value", "date-value", "time-value", "boolean-value", "value")


def _ods_words(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag in _ODS_SPACES:
            yield _ODS_SPACES[child.tag] * min(_whole(child.get(f"{_TEXT}c"), 1), _MAX_SPACES)
        elif child.tag in _ODS_WRAPPERS:
            yield from _ods_words(child)
        yield child.tail or ""


_ODS_SPACES = {f"{_TEXT}s": " ", f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_ODS_WRAPPERS = frozenset({f"{_TEXT}span", f"{_TEXT}a"})


def _repeated(element: etree._Element, what: str) -> int:
    return max(1, _whole(element.get(f"{_TABLE}number-{what}-repeated"), 1))


def _invisible(element: etree._Element) -> bool:
    return element.get(f"{_TABLE}visibility", "visible") != "visible"
