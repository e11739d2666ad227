"""Full-text search over ``sections``: an FTS5 table of grams, from which any Chinese word can be found.

SQLite's plain tokenizer takes a whole stretch of Chinese for one word. So what is indexed is not the text but its
grams (``grams``), parted by blanks. Letters are found in either case and width. The tokenizer has nothing to do but cut
at blanks: the plain one for ASCII takes half the time of that for Unicode.

The index knows which grams a section holds, not where: places took a tenth of the index's bytes a character and more
time than all else of it. A word of one gram (two characters, a number) is found by the index alone; a longer one has
all its grams where it stands, and in few other sections, which the site tells apart by looking into their text.

The table is contentless: nobody reads grams, and the words stand in ``sections`` already. Its row ids are those of
``sections``, which has no integer key: do not VACUUM the database, that may number its rows anew. The site cuts a
reader's words by the same rule.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

import sqlite_utils

from .grams import grams_in

TABLE, COLUMN = "sections_grams", "text"


def create_index(database: sqlite_utils.Database) -> None:
    """Index the text of every row of ``sections``; the same rows give the same bytes."""
    connection = database.conn
    options = "content='', tokenize='ascii', detail=none"
    connection.execute(f"CREATE VIRTUAL TABLE [{TABLE}] USING fts5([{COLUMN}], {options})")
    texts = connection.execute("SELECT rowid, text FROM sections ORDER BY rowid")
    connection.executemany(
        f"INSERT INTO [{TABLE}] (rowid, [{COLUMN}]) VALUES (?, ?)", ((row, _told(text)) for row, text in texts)
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
    for report in reports:
        rows = connection.execute("SELECT rowid, text FROM sections WHERE report = ? ORDER BY rowid", (report,))
        connection.executemany(statement, [(row, _told(text)) for row, text in rows])


def _told(text: str) -> str:
    """What the index is told of ``text``: each of its grams once, always in the same order."""
    return " ".join(sorted(grams_in(text)))
