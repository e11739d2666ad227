"""What a finished database holds, and what it says of itself: each table and view that is given away, and its rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from ...messages import spoken, told
from .. import schema, views
from ..descriptions import DATABASE, Descriptions, descriptions

DATE = "DATE"
"""A TEXT of the database that is a day; beside INTEGER, REAL and TEXT."""
AT_A_TIME = 2_000
"""Rows that are held at once."""
Write = Callable[[Sequence[tuple[Any, ...]]], None]
"""What takes some rows, in the order of their columns, and writes them into a file."""
NEEDED = frozenset({"columns", "codes", "release"})


class ReleaseError(ValueError):
    """A release cannot be made of what was given; the message says why, and what to do."""


class Both(NamedTuple):
    """A text in both languages; empty where there is none."""

    zh: str
    en: str

    def joined(self, between: str = " ") -> str:
        """Both, the Chinese first; one alone where they are the same or one is missing."""
        return between.join(dict.fromkeys(text for text in self if text))


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``kind`` is INTEGER, REAL, TEXT or DATE; ``null``: what a missing value means.

    ``required``: it is never missing. ``code_list``: of table ``codes``, None where its values are no codes.
    """

    name: str
    kind: str
    required: bool
    title: Both
    meaning: Both
    unit: Both
    null: Both
    code_list: str | None


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key: values of ``column`` stand in ``target_column`` of ``target``."""

    column: str
    target: str
    target_column: str


@dataclass(frozen=True, slots=True)
class Holding:
    """A table or view: its columns in order, the key that tells its rows apart and sorts them, how many."""

    name: str
    is_view: bool
    title: Both
    description: Both
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Content:
    """A database: ``release`` is its row of that table, ``first_year`` and ``last_year`` of its reports, if any."""

    holdings: tuple[Holding, ...]
    release: Mapping[str, str | None]
    first_year: int | None
    last_year: int | None
    texts: Descriptions

    @property
    def version(self) -> str:
        """Which release of the data this is."""
        return self.release["version"] or ""

    def said(self, name: str) -> Both:
        """A text of table ``release`` in both languages."""
        return _told(self.release, name)

    def words(self, group: str, name: str) -> Both:
        """Words of metadata.yml's pages."""
        words = ((self.texts.content.get("plugins") or {}).get("page-words") or {}).get(group) or {}
        return _both(words.get(name))


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The database as it is now, to be read only; a build that puts another in its place does not change it."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        yield connection


def content_of(connection: sqlite3.Connection, texts: Descriptions | None = None) -> Content:
    """All that ``connection`` holds. Raises ReleaseError where it is no database of a build that describes itself."""
    try:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    except sqlite3.DatabaseError as error:
        raise ReleaseError(spoken(told("release.unreadable", error=error))) from None
    if missing := NEEDED - names:
        raise ReleaseError(spoken(told("release.no_table", names=", ".join(sorted(missing)))))
    said = texts or descriptions()
    columns = _described_columns(connection)
    first, last = connection.execute("SELECT min(year), max(year) FROM reports WHERE current = 1").fetchone()
    holdings = tuple(
        _holding(connection, name, own, view, columns, said) for name, own, view in _published() if name in names
    )
    return Content(holdings, _release(connection), first, last, said)


def rows_of(connection: sqlite3.Connection, holding: Holding) -> Iterator[Sequence[tuple[Any, ...]]]:
    """The rows of ``holding``, some at a time, sorted by its key."""
    names = ", ".join(f"[{column.name}]" for column in holding.columns)
    order = ", ".join(f"[{name}]" for name in holding.key)
    found = connection.execute(f"SELECT {names} FROM [{holding.name}] ORDER BY {order}")
    while rows := found.fetchmany(AT_A_TIME):
        yield rows


def _published() -> Iterator[tuple[str, schema.Table, bool]]:
    """Names of tables and views, with the table that has their key, and whether it is a view."""
    tables = {table.name: table for table in schema.TABLES}
    for table in schema.TABLES:
        yield table.name, table, False
    for view in views.VIEWS:
        yield view.name, tables[view.of], True


def _release(connection: sqlite3.Connection) -> Mapping[str, str | None]:
    found = connection.execute("SELECT * FROM release")
    row = found.fetchone()
    if row is None:
        raise ReleaseError(spoken(told("release.empty")))
    return dict(zip([column[0] for column in found.description], row, strict=True))


Described = Mapping[tuple[str, str], Mapping[str, str | None]]


def _described_columns(connection: sqlite3.Connection) -> Described:
    found = connection.execute("SELECT * FROM columns")
    names = [column[0] for column in found.description]
    rows = (dict(zip(names, row, strict=True)) for row in found)
    return {(row["table_name"], row["column_name"]): row for row in rows}


def _holding(
    connection: sqlite3.Connection, name: str, own: schema.Table, view: bool, described: Described, texts: Descriptions
) -> Holding:
    about = (texts.content["described"][DATABASE]["tables"] or {}).get(name) or {}
    (rows,) = connection.execute(f"SELECT count(*) FROM [{name}]").fetchone()
    columns = tuple(
        _column(own, column, declared, described.get((name, column)) or {})
        for _, column, declared, *_ in connection.execute(f"PRAGMA table_info([{name}])")
    )
    held = {column.name for column in columns}
    references = (Reference(column, *target) for column, target in own.foreign_keys.items() if column in held)
    title, description = _both(about.get("title")), _both(about.get("description"))
    return Holding(name, view, title, description, columns, own.primary_key, tuple(references), rows)


def _column(own: schema.Table, name: str, declared: str, told: Mapping[str, str | None]) -> Column:
    kind = declared or schema.TEXT  # what a view puts together is text
    if (own.name, name) in schema.DATES:
        kind = DATE
    required = name in own.primary_key or (name in own.not_null and kind != schema.TEXT)
    title, meaning, unit, null = (_told(told, part) for part in ("title", "meaning", "unit", "null"))
    return Column(name, kind, required, title, meaning, unit, null, told.get("code_list"))


def _told(row: Mapping[str, str | None], name: str) -> Both:
    """A text of a row that has a column for each language."""
    return Both(row.get(f"{name}_zh") or "", row.get(f"{name}_en") or "")


def _both(text: Mapping[str, str] | None) -> Both:
    return Both((text or {}).get("zh") or "", (text or {}).get("en") or "")
