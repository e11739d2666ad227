"""Rows as a workbook (.xlsx): three sheets, of the rows, of what the columns mean, and of where they come from.

Numbers are numbers, codes and every other text are text and never a formula, NULL is an empty cell. The rows are
written as they are read; a sheet holds 1,048,576 of them, and the bounds of the site may hold fewer cells: what is
left out is said in the file's name, in its last row, on its sheet of sources and in a header of the answer.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter
from datasette.app import Datasette
from datasette.utils.asgi import Request
from xlsxwriter.worksheet import Worksheet

from gongkai_site.citations import day_of_access
from gongkai_site.settings import bounds_of
from gongkai_site.spreadsheet_cells import CELL_CHARACTERS, SHEET_ROWS, as_literal, is_sheet_number
from gongkai_site.texts import Parts, Words, column_texts, words_of

from .addresses import cell_address
from .headings import headings
from .rows import Rows
from .sources import Source, source_of

KIND = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADING_ROWS = 3
LAST_ROW = 1
"""Kept for the words that say where a sheet was cut."""
MOST_LINKS = 5_000
PIECE = 256 * 1024
FOLDER = "gongkai-workbook-"
COLUMN_WIDTH, WIDE = 16, 60


@dataclass(frozen=True)
class Written:
    """What became of the rows: how many stand in the sheet, whether there were more, how many cells were cut."""

    rows: int
    cut: bool
    cells_cut: int


@dataclass(frozen=True)
class WorkbookAnswer:
    """A workbook as Datasette sends a response."""

    file: BinaryIO
    name: str
    written: Written

    async def asgi_send(self, send: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
        """Send the headers, then piece after piece."""
        name = f"{self.name}-first-{self.written.rows}-rows" if self.written.cut else self.name
        headers = [
            (b"content-type", KIND),
            (b"content-disposition", f'attachment; filename="{name}.xlsx"'.encode()),
            (b"x-gongkai-rows", str(self.written.rows).encode()),
        ]
        if self.written.cut:
            headers.append((b"x-gongkai-truncated", b"true"))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        with self.file as file:
            while piece := file.read(PIECE):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


def as_workbook(datasette: Datasette, request: Request, name: str, table: Rows) -> WorkbookAnswer:
    """``table`` as a workbook of as many cells as the site's bounds allow."""
    texts = column_texts(datasette, "gongkai", table.name) if table.name else {}
    source, most = source_of(datasette, request, table), bounds_of(datasette).workbook_cells
    with _folder() as folder:
        path = folder / "rows.xlsx"
        written = write_workbook(path, table, texts, source, words_of(datasette, "workbook"), most)
        file = path.open("rb")  # what is open stays until it is read
    return WorkbookAnswer(file, name, written)


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """A folder of this process; what processes left that were ended at their deadline goes first."""
    for left in Path(tempfile.gettempdir()).glob(f"{FOLDER}*"):
        process = left.name.removeprefix(FOLDER).partition("-")[0]
        if process.isdecimal() and not Path(f"/proc/{process}").exists():
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f"{FOLDER}{os.getpid()}-") as folder:
        yield Path(folder)


def write_workbook(
    path: Path, table: Rows, texts: Mapping[str, Parts], source: Source, said: Words, most_cells: int
) -> Written:
    """Write the workbook at ``path``: ``texts`` are those of the columns, ``said`` the words of the sheets."""
    with xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": str(path.parent)}) as book:
        # Not the second in which it is written: one address has the same bytes all day.
        book.set_properties({"created": datetime.fromisoformat(day_of_access())})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        rows, columns, sources = (book.add_worksheet(said[f"sheet_{name}"].both[:31]) for name in _SHEETS)
        written = _write_rows(rows, table, texts, bold, said, most_rows(len(table.headings), most_cells))
        _write_columns(columns, table, texts, bold, wrapped, said)
        _write_source(sources, source, written, table.cut, bold, wrapped, said)
    return written


_SHEETS = ("rows", "columns", "source")


def most_rows(columns: int, most_cells: int) -> int:
    """How many rows of so many columns a workbook of ``most_cells`` holds."""
    return min(SHEET_ROWS - HEADING_ROWS - LAST_ROW, most_cells // max(columns, 1))


def _write_rows(
    sheet: Worksheet, table: Rows, texts: Mapping[str, Parts], bold: Any, said: Words, most: int
) -> Written:
    names = [headings(texts, code) for code in table.headings]
    for place, words in enumerate(([zh for zh, _ in names], [en for _, en in names], table.headings)):
        for column, word in enumerate(words):
            sheet.write_string(place, column, word, bold)
    rows = iter(table.rows)
    count = cells_cut = 0
    linked = {place for place, code in enumerate(table.headings) if code.endswith("_url") and code != "source_url"}
    links = iter(range(MOST_LINKS))
    for count, row in enumerate(islice(rows, most), 1):
        cells_cut += _write_row(sheet, count + HEADING_ROWS - 1, row, linked, links, said)
    cut = table.cut or next(rows, None) is not None
    if cut:
        sheet.write_string(count + HEADING_ROWS, 0, said["cut"].both.format(rows=f"{count:,}"), bold)
    sheet.set_column(0, max(len(names) - 1, 0), COLUMN_WIDTH)
    sheet.freeze_panes(HEADING_ROWS, 0)
    if names:
        sheet.autofilter(HEADING_ROWS - 1, 0, HEADING_ROWS - 1 + count, len(names) - 1)
    return Written(count, cut, cells_cut)


def _write_row(
    sheet: Worksheet, place: int, row: Sequence[Any], linked: set[int], links: Iterator[int], said: Words
) -> int:
    """How many of its cells had to be cut."""
    cells_cut = 0
    for column, cell in enumerate(row):
        if cell is None:
            continue
        if is_sheet_number(cell):
            sheet.write_number(place, column, cell)
            continue
        text = str(as_literal(cell))
        if len(text) > CELL_CHARACTERS:
            behind = said["cell_cut"].both
            text, cells_cut = text[: CELL_CHARACTERS - len(behind)] + behind, cells_cut + 1
        if column in linked and text.startswith("http") and next(links, None) is not None:
            sheet.write_url(place, column, text)
        else:
            sheet.write_string(place, column, text)
    return cells_cut


def _write_columns(
    sheet: Worksheet, table: Rows, texts: Mapping[str, Parts], bold: Any, wrapped: Any, said: Words
) -> None:
    """What each column means: its code, and name, unit, meaning, blank in both languages, and its cells' addresses."""
    _write_line(sheet, 0, [said[f"column_{name}"].both for name in _MEANT], bold)
    for place, code in enumerate(table.headings, 1):
        parts = texts.get(code, {})
        meant = [
            code,
            *headings(texts, code),
            parts.get("unit_zh"),
            parts.get("unit_en"),
            *(_meaning(parts, language) for language in ("zh", "en")),
            parts.get("null_zh"),
            parts.get("null_en"),
            cell_address(table.name, code),
        ]
        _write_line(sheet, place, meant, wrapped)
    sheet.set_column(0, len(_MEANT) - 1, COLUMN_WIDTH)
    sheet.set_column(5, 6, WIDE)
    sheet.freeze_panes(1, 1)


_MEANT = ("code", "zh", "en", "unit_zh", "unit_en", "meaning_zh", "meaning_en", "null_zh", "null_en", "address")


def _meaning(parts: Parts, language: str) -> str:
    comma = "，" if language == "zh" else ", "
    return comma.join(parts[key] for name in ("", "qualifier_", "more_") if (key := f"{name}{language}") in parts)


def _write_source(
    sheet: Worksheet, source: Source, written: Written, cut_before: bool, bold: Any, wrapped: Any, said: Words
) -> None:
    """Where the rows come from, and whether they are all."""
    how = "is_cut" if written.cut else "is_whole"
    lines: list[tuple[str, str]] = [*source.lines, (said["of_rows"].both, f"{written.rows:,}"),
                                    (said["of_whole"].both, said[how].both)]  # fmt: skip
    if written.cells_cut:
        lines.append((said["of_cells_cut"].both, f"{written.cells_cut:,}"))
    lines += source.citations
    for place, (name, text) in enumerate(lines):
        sheet.write_string(place, 0, name, bold)
        sheet.write_string(place, 1, text[:CELL_CHARACTERS], wrapped)
    sheet.set_column(0, 0, 2 * COLUMN_WIDTH)
    sheet.set_column(1, 1, 2 * WIDE)


def _write_line(sheet: Worksheet, place: int, cells: Iterable[str | None], form: Any) -> None:
    for column, cell in enumerate(cells):
        if cell:
            sheet.write_string(place, column, cell, form)
