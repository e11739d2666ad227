"""The files of a release that hold rows: CSV, the workbook of the summary, the database packed."""

from __future__ import annotations

import csv
import gzip
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import xlsxwriter

from ...messages import spoken, told
from ..cells import BYTE_ORDER_MARK, CELL_CHARACTERS, SHEET_ROWS, as_literal, harmless, is_sheet_number
from .content import Both, Content, Holding, ReleaseError, Write, rows_of

PIECE = 1024 * 1024
GZIP_LEVEL = 6
SUMMARY = "report_summary"
FIRST_DAY = date(1980, 1, 1)
"""The day of a workbook whose data have none: the first that its format can tell."""


@contextmanager
def csv_file(holding: Holding, folder: Path, excel: bool = False) -> Iterator[Write]:
    """What writes rows of ``holding`` into its CSV in ``folder``.

    It is plain UTF-8, or for Excel: with a byte order mark, and no text in it that is a formula there.
    """
    guarded: Callable[[Any], Any] = harmless if excel else as_literal
    with (folder / f"{holding.name}.csv").open("w", encoding="utf-8", newline="") as file:
        if excel:
            file.write(BYTE_ORDER_MARK)
        writer = csv.writer(file)
        writer.writerow([column.name for column in holding.columns])
        yield lambda rows: writer.writerows([map(guarded, row) for row in rows])


def pack_database(database: Path, folder: Path) -> None:
    """The database as .gz and .zst, without time or name in them. Raises ReleaseError where it changes meanwhile."""
    import pyarrow  # noqa: PLC0415 (optional)

    before = database.stat()
    with database.open("rb") as file, (folder / "gongkai.db.gz").open("wb") as packed:
        with gzip.GzipFile("", "wb", GZIP_LEVEL, packed, mtime=0) as written:
            shutil.copyfileobj(file, written, PIECE)
        file.seek(0)
        with pyarrow.output_stream(str(folder / "gongkai.db.zst"), compression="zstd") as written:
            shutil.copyfileobj(file, written, PIECE)
    after = database.stat()
    if (before.st_ino, before.st_size, before.st_mtime_ns) != (after.st_ino, after.st_size, after.st_mtime_ns):
        raise ReleaseError(spoken(told("release.written_meanwhile", path=database)))


def write_workbook(connection: sqlite3.Connection, content: Content, holding: Holding, path: Path) -> None:
    """The rows of ``holding`` as a workbook: the rows, what the columns mean, where they come from."""
    with xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": str(path.parent)}) as book:
        book.set_properties({"title": holding.title.joined(" / "), "created": _created(content)})
        bold = book.add_format({"bold": True})
        rows, columns, source = (
            book.add_worksheet(content.words("workbook", f"sheet_{name}").joined()) for name in _SHEETS
        )
        _write_rows(connection, holding, rows, bold)
        heads = [content.words("workbook", f"column_{name}").joined() for name in _MEANT]
        _write_lines(columns, [heads, *map(_meant, holding.columns)], bold)
        _write_lines(source, _source(content, holding), bold)
        columns.freeze_panes(1, 1)


_SHEETS = ("rows", "columns", "source")
_MEANT = ("code", "zh", "en", "unit_zh", "unit_en", "meaning_zh", "meaning_en", "null_zh", "null_en")
HEADING_ROWS = 3


def _created(content: Content) -> datetime:
    day = date.fromisoformat(content.release["date"]) if content.release["date"] else FIRST_DAY
    return datetime(day.year, day.month, day.day, tzinfo=UTC).replace(tzinfo=None)


def _write_rows(connection: sqlite3.Connection, holding: Holding, sheet: Any, bold: Any) -> None:
    """Chinese names, English names and codes of the columns, and every row. Raises ReleaseError for too many."""
    if holding.rows > SHEET_ROWS - HEADING_ROWS:
        raise ReleaseError(spoken(told("release.too_many_rows", name=holding.name, rows=holding.rows, most=SHEET_ROWS)))
    names = [(column.title.zh, column.title.en, column.name) for column in holding.columns]
    for line, words in enumerate(zip(*names, strict=True)):
        for place, word in enumerate(words):
            sheet.write_string(line, place, word, bold)
    for line, row in enumerate(chain.from_iterable(rows_of(connection, holding)), HEADING_ROWS):
        _write_cells(sheet, line, row)
    sheet.freeze_panes(HEADING_ROWS, 0)
    sheet.autofilter(HEADING_ROWS - 1, 0, HEADING_ROWS - 1 + holding.rows, len(names) - 1)


def _write_cells(sheet: Any, line: int, row: Iterable[Any]) -> None:
    for place, cell in enumerate(row):
        if is_sheet_number(cell):
            sheet.write_number(line, place, cell)
        elif cell is not None:
            sheet.write_string(line, place, str(as_literal(cell))[:CELL_CHARACTERS])


def _meant(column: Any) -> list[str]:
    texts: tuple[Both, ...] = (column.title, column.unit, column.meaning, column.null)
    return [column.name, *(words for text in texts for words in text)]


def _source(content: Content, holding: Holding) -> list[list[str]]:
    """Lines of name and words."""

    def named(name: str, words: str) -> list[str]:
        return [content.words("workbook", f"of_{name}").joined(), words]

    return [
        named("title", holding.title.joined(" / ")),
        named("description", holding.description.joined()),
        named("source", content.said("source").joined(" / ")),
        named("version", content.version),
        named("rows", f"{holding.rows:,}"),
        named("licence", content.said("licence_terms").joined()),
        named("blank", content.words("workbook", "blanks_are").joined()),
        named("standard_zh", content.said("citation").zh),
        named("apa_en", content.said("citation").en),
    ]


def _write_lines(sheet: Any, lines: Iterable[list[str]], bold: Any) -> None:
    for line, words in enumerate(lines):
        for place, word in enumerate(words):
            sheet.write_string(line, place, word[:CELL_CHARACTERS], bold if line == 0 or place == 0 else None)
    sheet.set_column(0, 10, 24)
