"""What a search asks of every section that it finds, in a narrow table beside the search index.

Which report a section belongs to, and what a search is narrowed and counted by. Rows of ``sections`` and ``reports``
are long, and to open one of each for every section found takes ten times as long. Both tables are referred to by their
row ids, as by the index: do not VACUUM the database.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from .search_index import TABLE

FACTS = f"{TABLE}_reports"
"""Its name begins as the index's does, so that it is taken for a part of it wherever tables are listed."""

_TABLE = (
    f"CREATE TABLE [{FACTS}] (section INTEGER PRIMARY KEY, report INTEGER NOT NULL, current INTEGER NOT NULL,"
    " year INTEGER, province TEXT, number TEXT) STRICT"
)
"""``section`` and ``report`` are the row ids of ``sections`` and ``reports``; all else stands in these tables, too."""
_TELL = (
    f"INSERT INTO [{FACTS}] SELECT s.rowid, r.rowid, r.current, r.year, r.province, s.number"
    " FROM sections s CROSS JOIN reports r ON r.id = s.report"
)


def write_facts(connection: sqlite3.Connection) -> None:
    """The facts of all sections."""
    connection.execute(_TABLE)
    connection.execute(f"{_TELL} ORDER BY s.rowid")


def add_facts(connection: sqlite3.Connection, reports: Collection[str]) -> None:
    """The facts of the sections of ``reports``, which have just been written."""
    connection.executemany(f"{_TELL} WHERE s.report = ? ORDER BY s.rowid", [(report,) for report in reports])


def take_facts(connection: sqlite3.Connection, reports: Collection[str]) -> None:
    """Take away the facts of the sections of ``reports``, which are about to go."""
    chosen = "section IN (SELECT rowid FROM sections WHERE report = ?)"
    connection.executemany(f"DELETE FROM [{FACTS}] WHERE {chosen}", [(report,) for report in reports])
