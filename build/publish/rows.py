"""Rows into a table, and a table's rows made those that they are to be."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from .schema import REAL, Table

Row = Mapping[str, Any]
"""A row by the names of its columns; one that is left out is NULL."""
Values = Sequence[Any]
"""A row: a value for every column, those of the primary key first."""
Key = tuple[Any, ...]


def insert(connection: sqlite3.Connection, table: Table, rows: Iterable[Values]) -> None:
    """Insert ``rows`` in their order."""
    marks = ", ".join("?" * len(table.columns))
    connection.executemany(f"INSERT INTO [{table.name}] VALUES ({marks})", rows)


def insert_rows(connection: sqlite3.Connection, table: Table, rows: Iterable[Row]) -> None:
    """Insert ``rows`` in their order."""
    insert(connection, table, as_stored(table, rows))


def insert_instead(connection: sqlite3.Connection, table: Table, names: Iterable[str], rows: Iterable[Values]) -> None:
    """Insert ``rows``, all of those whose keys begin with one of ``names``; what stands there of these goes."""
    which = f"DELETE FROM [{table.name}] WHERE [{table.primary_key[0]}] = ?"
    connection.executemany(which, ((name,) for name in names))
    insert(connection, table, rows)


def as_stored(table: Table, rows: Iterable[Row]) -> Iterator[list[Any]]:
    """The plain values of ``rows`` in the order of the table's columns."""
    names = list(table.columns)
    reals = [at for at, kind in enumerate(table.columns.values()) if kind == REAL]
    values = ([*map(row.get, names)] for row in rows)
    return (_with_floats(row, reals) for row in values) if reals else values


def _with_floats(values: list[Any], reals: Sequence[int]) -> list[Any]:
    """``values``, those at ``reals`` as floats: SQLite has no decimals."""
    for at in reals:
        value = values[at]
        if isinstance(value, Decimal):
            values[at] = float(value)
    return values


def bring_up_to_date(
    connection: sqlite3.Connection, table: Table, rows: Iterable[Values], among: Collection[str] | None = None
) -> list[Key]:
    """Make the rows of ``table`` these, which come in the order of its primary key; only what differs is written.

    ``among``: the first values of the keys whose rows may differ, of which ``rows`` are all; None: any. Gives the keys
    of the rows that differed.
    """
    width = len(table.primary_key)
    there = ((row[:width], row) for row in _stored(connection, table, among))
    here = ((tuple(row[:width]), tuple(row)) for row in rows)
    differing = [(key, row) for key, _, row in differences(there, here)]
    keys = [key for key, _ in differing]
    which = " AND ".join(f"[{column}] = ?" for column in table.primary_key)
    connection.executemany(f"DELETE FROM [{table.name}] WHERE {which}", keys)
    insert(connection, table, (row for _, row in differing if row is not None))
    return keys


def _stored(connection: sqlite3.Connection, table: Table, among: Collection[str] | None) -> Iterator[tuple[Any, ...]]:
    sql, order = f"SELECT * FROM [{table.name}]", f" ORDER BY {', '.join(table.primary_key)}"
    if among is None:
        return connection.execute(sql + order)
    where = f" WHERE [{table.primary_key[0]}] IN (SELECT value FROM json_each(?))"
    return connection.execute(sql + where + order, (json.dumps([*among]),))


Name = TypeVar("Name", str, Key)
Value = TypeVar("Value")


def differences(
    old: Iterator[tuple[Name, Value]], new: Iterator[tuple[Name, Value]]
) -> Iterator[tuple[Name, Value | None, Value | None]]:
    """(name, old value, new value) of the names that have another value in ``new`` than in ``old``, None for none.

    Both come in the order of their names, which are all others; neither is held: there may be as many as reports.
    """
    before, after = next(old, None), next(new, None)
    while before is not None or after is not None:
        if before == after:
            before, after = next(old, None), next(new, None)
        elif after is None or (before is not None and before[0] < after[0]):
            assert before is not None
            yield before[0], before[1], None
            before = next(old, None)
        elif before is None or after[0] < before[0]:
            yield after[0], None, after[1]
            after = next(new, None)
        else:
            yield before[0], before[1], after[1]
            before, after = next(old, None), next(new, None)
