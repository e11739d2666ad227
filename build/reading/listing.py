"""A table that a person keeps: a CSV of any encoding and dialect, or the first sheet of an .xlsx; cells as written."""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import ReadError, ToldError
from ..messages import told
from ..readers.archive import is_zip, open_zip
from ..readers.encoding import BIG_5, GB_18030, UTF_8, UTF_16, decode

MAX_BYTES = 64 * 1024 * 1024
MAX_UNPACKED = 256 * 1024 * 1024
"""Bytes that a workbook may unpack to."""
ENCODINGS = (UTF_8, *UTF_16, GB_18030, BIG_5)
"""In which a list may be. What else its bytes may mean is guessed, and a guess would end in somebody's name."""
DELIMITERS = ",;\t|"
"""A comma, or whichever of these the first line has most of."""
_SEPARATOR = re.compile(r"sep=(?P<sign>[,;\t|])\s*", re.IGNORECASE)
"""A first line that tells Excel what stands between the cells."""

Row = tuple[int, Sequence[str]]
"""Its number, as a spreadsheet counts, and its cells without outer blanks."""


class ListingError(ToldError):
    """The file is no table that can be read; the message says what was found and what to do."""


@dataclass(frozen=True, slots=True)
class Listing:
    """``columns`` as the first line names them; ``rows``: (number of the row, column → value without outer blanks).

    Rows are numbered as a spreadsheet does: the line that names the columns is row 1.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]


def read_listing(path: Path) -> Listing:
    """Read a CSV or .xlsx file. Raises ListingError, whose message begins with the path."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_BYTES else b""
        return listing_of(data, size)
    except OSError as error:
        what = told("inputs.list_unreadable", reason=error.strerror)
        raise ListingError(told("inputs.in_file", file=path, what=what)) from error
    except ListingError as error:
        raise ListingError(told("inputs.in_file", file=path, what=error.message)) from error


def listing_of(data: bytes, size: int) -> Listing:
    """The table in ``data``, a CSV or the first sheet of a workbook; ``size``: of the file, where it is not all here.

    Raises ListingError where it cannot be read, is empty, has an unnamed column, one twice, or a row with more cells
    than columns. Rows without any value are left out.
    """
    if size > MAX_BYTES:
        raise ListingError(told("inputs.list_too_large", size=f"{size:,}", most=f"{MAX_BYTES:,}"))
    numbered = ((number, tuple(cells)) for number, cells in (_sheet(data) if is_zip(data) else _csv(data)))
    rows = [(number, cells) for number, cells in numbered if any(cells)]
    if not rows or rows[0][0] != 1:
        raise ListingError(told("inputs.list_empty"))
    names = _names(rows[0][1])
    return Listing(names, tuple(_named(names, row) for row in rows[1:]))


def _names(cells: Sequence[str]) -> tuple[str, ...]:
    """The names of the columns."""
    for at, name in enumerate(cells, 1):
        if not name:
            raise ListingError(told("inputs.list_unnamed", column=at))
        if cells.count(name) > 1:
            raise ListingError(told("inputs.list_column_twice", column=name))
    return tuple(cells)


def _named(names: Sequence[str], row: Row) -> tuple[int, Mapping[str, str]]:
    number, cells = row
    if any(cells[len(names) :]):
        raise ListingError(told("inputs.list_row_too_long", row=number, cells=len(cells), columns=len(names)))
    values = (*cells[: len(names)], *([""] * (len(names) - len(cells))))
    return number, dict(zip(names, values, strict=True))


def _csv(data: bytes) -> Iterator[Row]:
    text = _decoded(data)
    told_by_itself = _SEPARATOR.match(text)
    if told_by_itself is not None:
        text = text[told_by_itself.end() :]
    header = next(iter(text.splitlines()), "")
    delimiter = told_by_itself["sign"] if told_by_itself is not None else max(DELIMITERS, key=header.count)
    from agate import csv as table  # noqa: PLC0415 (agate takes longer to load than a small build lasts)
    from agate.exceptions import FieldSizeLimitError  # noqa: PLC0415

    try:
        for number, cells in enumerate(table.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
            yield number, [cell.strip() for cell in cells]
    except (FieldSizeLimitError, csv.Error) as error:
        raise ListingError(told("inputs.list_endless_cell")) from error


def _decoded(data: bytes) -> str:
    try:
        decoded = decode(data)
    except ReadError as error:
        raise ListingError(told("inputs.list_no_text", reason=error.message)) from error
    if decoded.encoding not in ENCODINGS or decoded.notices:
        raise ListingError(told("inputs.list_encoding"))
    return decoded.text.removeprefix("\ufeff")


def _sheet(data: bytes) -> Iterator[Row]:
    import agate  # noqa: PLC0415
    import agateexcel  # noqa: F401, PLC0415 (adds from_xlsx to agate's tables)

    as_text = agate.TypeTester(types=[agate.Text(cast_nulls=False)])  # 00123 is no number, and `n/a` no blank
    try:
        _refuse_bombs(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # that columns have no names yet: they are checked here
            table = agate.Table.from_xlsx(io.BytesIO(data), header=False, column_types=as_text)
    except ListingError:
        raise
    except Exception as error:
        reason = error.message if isinstance(error, ReadError) else f"{type(error).__name__}: {error}"
        raise ListingError(told("inputs.list_no_workbook", reason=reason)) from error
    for number, row in enumerate(table.rows, 1):
        cells = [(value or "").strip() for value in row]
        while cells and not cells[-1]:  # a workbook goes on to the right where somebody once wrote something
            cells.pop()
        yield number, cells


def _refuse_bombs(data: bytes) -> None:
    with open_zip(data) as opened:
        size = sum(info.file_size for info in opened.infolist())
    if size > MAX_UNPACKED:
        raise ListingError(told("inputs.list_too_large", size=f"{size:,}", most=f"{MAX_UNPACKED:,}"))
