"""Full-text search over ``sections``: an FTS5 table of grams, from which any Chinese word can be found.

SQLite's plain tokenizer takes a whole stretch of Chinese for one word. So what is indexed is not the text but its
grams (``grams``), parted by blanks. Letters are found in either case and width, everything else exactly. The
tokenizer has nothing to do but cut at blanks: the plain one for ASCII takes half the time of that for Unicode.

The table is contentless: nobody reads grams, and the words stand in ``sections`` already. Its row ids are those of
``sections``, which has no integer key: do not VACUUM the database, that may number its rows anew. The site cuts a
reader's words by the same rule.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

import sqlite_utils

from .grams import grams_of, pieces

TABLE, COLUMN = "sections_grams", "text"

LONGEST_KEPT = 12
"""Pieces of at most so many characters come again and again; what was made of them is kept."""


def create_index(database: sqlite_utils.Database) -> None:
    """Index the text of every row of ``sections``; the same rows give the same bytes."""
    connection = database.conn
    connection.execute(f"CREATE VIRTUAL TABLE [{TABLE}] USING fts5([{COLUMN}], content='', tokenize='ascii')")
    texts = connection.execute("SELECT rowid, text FROM sections ORDER BY rowid")
    known = _Known()
    connection.executemany(
        f"INSERT INTO [{TABLE}] (rowid, [{COLUMN}]) VALUES (?, ?)", ((row, _grams(text, known)) for row, text in texts)
    )
    connection.execute(f"INSERT INTO [{TABLE}] ([{TABLE}]) VALUES ('optimize')")


def index_of(connection: sqlite3.Connection, reports: Collection[str]) -> None:
    """Index the sections of ``reports``, which have just been written."""
    _tell(connection, f"INSERT INTO [{TABLE}] (rowid, [{COLUMN}]) VALUES (?, ?)", reports)


def unindex(connection: sqlite3.Connection, reports: Collection[str]) -> None:
    """Take the sections of ``reports``, which are about to go, out of the index."""
    delete = f"INSERT INTO [{TABLE}] ([{TABLE}], rowid, [{COLUMN}]) VALUES ('delete', ?, ?)"
    _tell(connection, delete, reports)


def _tell(connection: sqlite3.Connection, statement: str, reports: Collection[str]) -> None:
    known = _Known()
    for report in reports:
        rows = connection.execute("SELECT rowid, text FROM sections WHERE report = ? ORDER BY rowid", (report,))
        connection.executemany(statement, [(row, _grams(text, known)) for row, text in rows])


def grams(text: str) -> list[str]:
    """The grams of ``text`` in reading order."""
    joined = _grams(text, _Known())
    return joined.split(" ") if joined else []


class _Known(dict[str, str]):
    """Piece → its grams, parted by blanks."""

    def __missing__(self, piece: str) -> str:
        found = " ".join(grams_of(piece))
        if len(piece) <= LONGEST_KEPT:
            self[piece] = found
        return found


def _grams(text: str, known: _Known) -> str:
    return " ".join(map(known.__getitem__, pieces(text)))
