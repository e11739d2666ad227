"""Spreadsheets (.xlsx, .xls, .ods, .csv) → Document: paragraphs and grids, cells as the sheet shows them.

CSV is read with agate's reader. For .xls and .xlsx the libraries under agate are asked (xlrd, openpyxl's number
formats and dates): agate's own tables keep neither merged cells nor number formats nor what is hidden, and turn a
column of 0 into False. .ods stores the words it shows; they are taken from its XML.

What does not show is left out: hidden sheets, rows and columns (a notice says so), formulas (their last result stands),
comments. What is crossed out, raised, or not to be seen (white letters, a format that shows nothing, cells under a
merged one) is told as such. Rows and columns without any text at the edges of a sheet are trimmed. Dates are written as
in ISO 8601. Where a number format shows something else than the stored number and cannot be followed, a formula's
result is not stored, or a picture lies on an empty cell, a placeholder stands there, so that the cell is not taken for
blank; of numbers and formulas a notice gives the place. A sheet's name stands as a paragraph before its grid, unless it
is the one the program gave. So does what a whole report on one sheet puts between its tables: a row with a single text,
if it stands at the top, behind an empty row, or is a section's title or a sentence. A row with another single text
inside a table stays there: its figures may be blank.
"""

from __future__ import annotations

import csv
import io
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import groupby, product

import agate
from agate.exceptions import FieldSizeLimitError

from ..document import Document, DocumentBuilder, GridCell, Notice, hidden, without_signs
from ..errors import ReadError
from ..limits import Limits
from ..messages import told
from . import ole
from .archive import is_zip
from .encoding import decode
from .package import parts
from .sheet_model import CellPlace, Sheet, is_seen, place_name, put_drawings, room_for, too_many, too_much_text
from .sheet_ods import ods_sheets
from .sheet_xls import xls_sheets
from .sheet_xlsx import xlsx_sheets

MAX_EMPTY = 200
"""Empty rows (or columns) between the first and the last text; where there are more, all empty ones are left out."""
_DEFAULT_NAME = re.compile(r"(sheet|worksheet|工作表|表格?|图表|chart)?\s*[\d_]*\s*(\(\d+\))?", re.IGNORECASE)


def read(data: bytes, limits: Limits) -> tuple[Document, ...]:
    """The document in a spreadsheet file, its kind decided by content.

    ReadError ``encrypted``, ``damaged``, ``too_large``, ``too_many_cells``, ``empty``.
    """
    if len(data) > limits.max_bytes:
        raise ReadError("too_large", told("readers.bytes_more_than", size=len(data), limit=limits.max_bytes))
    format, sheets = _sheets(data, limits)
    builder = DocumentBuilder()
    notices: list[Notice] = []
    left, characters = limits.max_cells, limits.max_bytes
    for sheet in sheets:
        put_drawings(sheet)
        notices.extend(_notices(sheet))
        if sheet.hidden:
            continue
        if not _DEFAULT_NAME.fullmatch(sheet.name.strip()):
            builder.add_paragraph(without_signs(sheet.name))
        for part in sheet_parts(sheet, left):
            if isinstance(part, str):
                builder.add_paragraph(part)
            else:
                left -= len(part)
                characters -= sum(len(cell.text) for cell in part)
                if characters < 0:
                    raise too_much_text(limits.max_bytes)
                builder.add_grid(part)
    document = builder.build(format, notices=notices)
    if not document.blocks:
        raise ReadError("empty", told("readers.sheets_without_text"))
    return (document,)


def _sheets(data: bytes, limits: Limits) -> tuple[str, list[Sheet]]:
    if ole.is_ole(data):
        return "xls", xls_sheets(data, limits)
    if data[:2] in BARE_XLS:
        return "xls", xls_sheets(data, limits)
    if not is_zip(data):
        return "csv", [_csv_sheet(data, limits)]
    package = parts(data, limits)
    if "content.xml" in package:
        return "ods", ods_sheets(package, limits)
    return "xlsx", xlsx_sheets(package, limits)


BARE_XLS = (b"\x09\x08", b"\x09\x04", b"\x09\x02")
"""The first record of a workbook before Excel 97, which needs no container."""

# From a sheet to its grid ----------------------------------------------------------------------------------------


def _notices(sheet: Sheet) -> Iterator[Notice]:
    if sheet.hidden:
        if any(is_seen(text) for text in sheet.texts.values()):
            yield Notice("warning", "hidden_sheet", told("readers.hidden_sheet"), sheet.name)
        return
    if any((row in sheet.hidden_rows or column in sheet.hidden_columns) for row, column in sheet.texts):
        yield Notice("warning", "hidden_cells", told("readers.hidden_cells"), sheet.name)
    if sheet.unshown:
        message = told("readers.number_format")
        yield Notice("warning", "number_format", message, "; ".join(sheet.unshown[:5]))
    if sheet.unevaluated:
        message = told("readers.formula_without_result")
        yield Notice("warning", "formula_without_result", message, "; ".join(sheet.unevaluated[:5]))
    rows_seen = {row for (row, _), text in sheet.texts.items() if is_seen(text)}
    alone = [place_name(place) for place in _unseen(sheet) if place[0] not in rows_seen]
    if alone:
        message = told("readers.rows_without_words")
        yield Notice("note", "hidden_text", message, "; ".join(alone[:5]))
    if sheet.zeros_unshown:
        message = told("readers.zeros_unshown")
        yield Notice("note", "hidden_text", message, "; ".join(sheet.zeros_unshown[:5]))
    if sheet.perhaps_unshown:
        message = told("readers.conditional_format")
        yield Notice("warning", "conditional_format", message, "; ".join(sheet.perhaps_unshown[:5]))


def sheet_parts(sheet: Sheet, max_cells: int) -> Iterator[str | list[GridCell]]:
    """What shows of ``sheet``: paragraphs and grids, empty cells included; ReadError ``too_many_cells``."""
    filled = _filled(sheet)
    beside = {row for row, _ in _unseen(sheet)}
    tied = _tied_rows(sheet, max(filled, default=-1))
    table: list[int] = []
    at_edge = True
    for row in _rows_shown(sheet, filled):
        columns = filled.get(row, [])
        text = sheet.texts[row, columns[0]] if len(columns) == 1 and row not in tied else ""
        is_heading = _HEADING.match(text) is not None
        if text and ((at_edge and row not in beside) or is_heading or _SENTENCE_END in text):
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
        if is_seen(text) and _shows(sheet, (row, column)):
            filled.setdefault(row, []).append(column)
    return filled


def _unseen(sheet: Sheet) -> list[CellPlace]:
    """Cells of rows and columns that show which hold a text and show nothing of it."""
    return [
        place
        for place, text in sheet.texts.items()
        if text and not text.isascii() and not is_seen(text) and _shows(sheet, place)
    ]


def _shows(sheet: Sheet, place: CellPlace) -> bool:
    return place[0] not in sheet.hidden_rows and place[1] not in sheet.hidden_columns


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
        raise too_many()
    yield _grid_cells(sheet, rows, columns)


def _grid_cells(sheet: Sheet, rows: list[int], columns: list[int]) -> list[GridCell]:
    spans, covered = _merged_places(sheet, rows, columns)
    cells = []
    for row_at, row in enumerate(rows):
        for column_at, column in enumerate(columns):
            if (row_at, column_at) not in covered:
                anchor, height, width = spans.get((row_at, column_at), ((row, column), 1, 1))
                covers = product(rows[row_at : row_at + height], columns[column_at : column_at + width])
                text = sheet.texts.get(anchor, "") + (_beneath(sheet, covers, anchor) if height * width > 1 else "")
                cells.append(GridCell(text, row_at, column_at, height, width))
    return cells


def _beneath(sheet: Sheet, places: Iterable[CellPlace], corner: CellPlace) -> str:
    """The texts of cells that a merged one covers, as hidden ones."""
    texts = (without_signs(sheet.texts[place]) for place in places if place != corner and place in sheet.texts)
    return "".join(hidden(text) for text in texts)


def _merged_places(
    sheet: Sheet, rows: list[int], columns: list[int]
) -> tuple[dict[CellPlace, tuple[CellPlace, int, int]], set[CellPlace]]:
    """Where merged ranges begin in the grid → (place of their text, row span, column span); and the places covered."""
    spans: dict[CellPlace, tuple[CellPlace, int, int]] = {}
    covered: set[CellPlace] = set()
    area = 0
    for row, column, height, width in sheet.merged:
        in_rows, in_columns = _within(rows, row, height), _within(columns, column, width)
        area += len(in_rows) * len(in_columns)
        if area > len(rows) * len(columns):
            raise ReadError("damaged", told("readers.merged_overlap"), sheet.name)
        if in_rows and in_columns:
            first = (in_rows[0], in_columns[0])
            spans[first] = ((row, column), len(in_rows), len(in_columns))
            covered.update((at, beside) for at in in_rows for beside in in_columns if (at, beside) != first)
    return spans, covered


def _within(kept: list[int], first: int, count: int) -> range:
    """Which of the ``kept`` rows (or columns), by their place in the grid, lie in a merged range."""
    return range(bisect_left(kept, first), bisect_left(kept, first + count))


# .csv ------------------------------------------------------------------------------------------------------------

DELIMITERS = (",", ";", "\t")
_SAMPLE_ROWS, _LEAST_ROWS = 200, 4
_LEAST_ROWS_OF_COUNTS = 8


def _csv_sheet(data: bytes, limits: Limits) -> Sheet:
    text = decode(data).text
    sheet = Sheet("")
    room = room_for(limits)
    for row_at, row in enumerate(_csv_rows(text, _delimiter(text))):
        room.take(len(row))
        sheet.texts.update({(row_at, column): without_signs(value) for column, value in enumerate(row) if value})
    return sheet


def looks_like_csv(text: str) -> bool:
    """Whether ``text`` is a table of separated values: nearly all its first rows are cut, most into as many cells, all
    told or as those beside them (the tables of a report differ in width); or many are a label and numbers, as where
    the empty cells behind a row's last one are left out.
    """
    sample = _sample(text)
    delimiter = _delimiter(text)
    cut, alike = _cut(sample, delimiter)
    with suppress(ReadError):  # quotes that never close: no table of separated values
        filled = [row for row in _csv_rows(sample, delimiter) if any(cell.strip() for cell in row)]
        rows = len(filled)
        if sum(map(_is_of_counts, filled)) >= _LEAST_ROWS_OF_COUNTS and not any(map(_is_cut_sentence, filled)):
            return delimiter != "\t"
        return delimiter != "\t" and rows >= _LEAST_ROWS and cut >= 0.8 * rows and alike >= 0.6 * rows
    return False


def _is_of_counts(row: Sequence[str]) -> bool:
    return len(row) > _LEAST_ROWS and sum(cell.strip().isdecimal() for cell in row) > _LEAST_ROWS


def _is_cut_sentence(row: Sequence[str]) -> bool:
    """2022年,工作平稳。 is prose of a text whose sentences have such commas."""
    return len(row) > 1 and row[-1].rstrip().endswith("。")


def _sample(text: str) -> str:
    return "\n".join(text.split("\n", _SAMPLE_ROWS)[:_SAMPLE_ROWS])


def _csv_rows(text: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from agate.csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except (csv.Error, FieldSizeLimitError) as error:
        raise ReadError("damaged", told("readers.no_csv", error=error)) from error


def _delimiter(text: str) -> str:
    """The delimiter that cuts most rows into more than one cell, the first of these among equals."""
    sample = _sample(text)
    return max(DELIMITERS, key=lambda delimiter: _cut(sample, delimiter))


def _cut(sample: str, delimiter: str) -> tuple[int, int]:
    """How many rows a delimiter cuts, and how many of them into equally many cells: of one width, or in long runs."""
    with suppress(ReadError):
        widths = [len(row) for row in _csv_rows(sample, delimiter) if len(row) > 1]
        runs = [len(list(run)) for _, run in groupby(widths)]
        in_runs = sum(run for run in runs if run >= _LEAST_ROWS)
        return len(widths), max(in_runs, *Counter(widths).values(), 0)
    return 0, 0
