"""A table that a person keeps: a CSV of any encoding and dialect, or the first sheet of an .xlsx; cells as written."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import agate
import agateexcel  # noqa: F401 (adds from_xlsx to agate's tables)
from agate.exceptions import FieldSizeLimitError

from ..errors import ReadError, ToldError
from ..messages import told
from ..readers.encoding import decode

MAX_BYTES = 64 * 1024 * 1024
SHEETS = (".xlsx",)
DELIMITERS = ",;\t|"
"""A comma, or whichever of these the first line has most of."""


class ListingError(ToldError):
    """The file is no table that can be read; the message says what was found and what to do."""


@dataclass(frozen=True, slots=True)
class Listing:
    """``columns`` as the first line names them; ``rows``: (line in the file, column → value without outer blanks)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]


def read_listing(path: Path) -> Listing:
    """Read a ``.csv`` or ``.xlsx``.

    Raises ListingError where it cannot be read, is empty, has an unnamed column, one twice, or a row with more cells
    than columns. Rows without any value are left out.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise ListingError(told("reading.list_too_large", path=path, size=size, limit=MAX_BYTES))
        table = _sheet(path) if path.suffix.lower() in SHEETS else _csv(path)
    except OSError as error:
        raise ListingError(told("reading.list_unreadable", path=path, reason=error.strerror)) from error
    return Listing(tuple(table.column_names), tuple(_rows(table)))


def _rows(table: agate.Table) -> Iterator[tuple[int, Mapping[str, str]]]:
    for number, row in enumerate(table.rows, 2):
        values = {name: (value or "").strip() for name, value in zip(table.column_names, row, strict=True)}
        if any(values.values()):
            yield number, values


def _as_text() -> agate.TypeTester:
    """Every cell as it is written: 00123 is no number, and `n/a` no blank."""
    return agate.TypeTester(types=[agate.Text(cast_nulls=False)])


def _csv(path: Path) -> agate.Table:
    try:
        text = decode(path.read_bytes()).text.removeprefix("\ufeff")
    except ReadError as error:
        raise ListingError(told("reading.list_trouble", path=path, message=error.message)) from error
    header = next(iter(text.splitlines()), "")
    if not header.strip():
        raise ListingError(told("reading.list_empty", path=path))
    delimiter = max(DELIMITERS, key=header.count)
    names = [name.strip() for name in next(agate.csv.reader(io.StringIO(header), delimiter=delimiter))]
    _check_names(path, names)
    rows = io.StringIO(text, newline="")
    try:
        table = agate.Table.from_csv(rows, column_types=_as_text(), delimiter=delimiter)
    except FieldSizeLimitError as error:
        raise ListingError(told("reading.list_endless_cell", path=path)) from error
    except ValueError as error:
        raise ListingError(told("reading.list_long_row", path=path, error=error)) from error
    return table.rename(column_names=names)


def _sheet(path: Path) -> agate.Table:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore", RuntimeWarning
            )  # that columns have no names yet: their line is checked here
            bare = agate.Table.from_xlsx(str(path), header=False, column_types=_as_text())
    except Exception as error:
        raise ListingError(
            told("reading.list_no_workbook", path=path, kind=type(error).__name__, error=error)
        ) from error
    if not bare.rows:
        raise ListingError(told("reading.list_empty", path=path))
    names = [(value or "").strip() for value in bare.rows[0]]
    while names and not names[-1]:
        names.pop()
    _check_names(path, names)
    rows = [[(value or "") for value in row][: len(names)] for row in bare.rows[1:]]
    return agate.Table(rows, names, [agate.Text(cast_nulls=False)] * len(names))


def _check_names(path: Path, names: list[str]) -> None:
    for at, name in enumerate(names, 1):
        if not name:
            raise ListingError(told("reading.list_unnamed_column", path=path, column=at))
        if names.count(name) > 1:
            raise ListingError(told("reading.list_column_twice", path=path, name=name))
