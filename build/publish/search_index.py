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
from collections.abc import Collection, Iterable
from pathlib import Path

from .grams import grams_in

TABLE, COLUMN = "sections_grams", "text"
APART = "apart"
"""The name of the file in which an index was made, while it is copied."""

Section = tuple[int, str]
"""The row id of a section, and its text."""


def create_index(connection: sqlite3.Connection, sections: Iterable[Section]) -> None:
    """Index ``sections``; the same give the same bytes."""
    _create_table(connection)
    connection.executemany(_TELL, ((row, _told(text)) for row, text in sections))
    connection.execute(f"INSERT INTO [{TABLE}] ([{TABLE}]) VALUES ('optimize')")


def take_over_index(connection: sqlite3.Connection, made: Path) -> None:
    """Copy the index in the file ``made`` into the database of the sections that were told to it.

    What an index consists of are tables like any other: so do programs that write a database down as SQL copy it.
    """
    connection.commit()  # no file can be attached while a transaction is open
    connection.execute(f"ATTACH ? AS [{APART}]", (f"{made.resolve().as_uri()}?mode=ro",))
    _create_table(connection)
    for part in _PARTS:
        connection.execute(f"DELETE FROM [{TABLE}_{part}]")
        connection.execute(f"INSERT INTO [{TABLE}_{part}] SELECT * FROM [{APART}].[{TABLE}_{part}]")
    connection.commit()
    connection.execute(f"DETACH [{APART}]")


_PARTS = ("data", "idx", "docsize", "config")
"""The tables of which SQLite makes an index that holds no text."""
_TELL = f"INSERT INTO [{TABLE}] (rowid, [{COLUMN}]) VALUES (?, ?)"


def _create_table(connection: sqlite3.Connection) -> None:
    connection.execute(
        f"CREATE VIRTUAL TABLE [{TABLE}] USING fts5([{COLUMN}], content='', tokenize='ascii', detail=none)"
    )


def sections_from(connection: sqlite3.Connection, first: int = 0) -> Iterable[Section]:
    """The sections of a database whose row ids are ``first`` or more, in the order of these."""
    return connection.execute("SELECT rowid, text FROM sections WHERE rowid >= ? ORDER BY rowid", (first,))


def index_of(connection: sqlite3.Connection, reports: Collection[str]) -> None:
    """Index the sections of ``reports``, which have just been written."""
    _tell(connection, _TELL, reports)


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
