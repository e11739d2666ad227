"""Rows into a table, and a table's rows made those that they are to be."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any

from .schema import Table

Values = Sequence[Any]
"""A row: a value for every column, those of the primary key first."""
Key = tuple[Any, ...]


def insert(connection: sqlite3.Connection, table: Table, rows: Iterable[Values]) -> None:
    """Insert ``rows`` in their order."""
    marks = ", ".join("?" * len(table.columns))
    connection.executemany(f"INSERT INTO [{table.name}] VALUES ({marks})", rows)


def bring_up_to_date(connection: sqlite3.Connection, table: Table, rows: Iterable[Values]) -> list[Key]:
    """Make the rows of ``table`` these, which come in the order of its primary key; only what differs is written.

    Gives the keys of the rows that differed.
    """
    differing = [*_differing(connection, table, rows)]
    keys = [key for key, _ in differing]
    which = " AND ".join(f"[{column}] = ?" for column in table.primary_key)
    connection.executemany(f"DELETE FROM [{table.name}] WHERE {which}", keys)
    insert(connection, table, (row for _, row in differing if row is not None))
    return keys


def _differing(
    connection: sqlite3.Connection, table: Table, rows: Iterable[Values]
) -> Iterator[tuple[Key, Values | None]]:
    """Keys whose row is another one than in the table, with the row; None where there is none any more.

    Neither side is held: authorities are as many as the reports of a year.
    """
    width = len(table.primary_key)
    stored = connection.execute(f"SELECT * FROM [{table.name}] ORDER BY {', '.join(table.primary_key)}")
    there = ((row[:width], 0, row) for row in stored)
    here = ((tuple(row[:width]), 1, tuple(row)) for row in rows)
    for key, found in groupby(merge(there, here, key=itemgetter(0, 1)), key=itemgetter(0)):
        sides = {side: row for _, side, row in found}
        if sides.get(0) != sides.get(1):
            yield key, sides.get(1)
