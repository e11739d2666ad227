"""Full-text search over ``sections``: an FTS5 table of grams, from which any Chinese word can be found.

SQLite's plain tokenizer takes a whole stretch of Chinese for one word. So what is indexed is not the text but its
grams (``grams``), parted by blanks. Letters are found in either case and width. The tokenizer has nothing to do but cut
at blanks: the plain one for ASCII takes half the time of that for Unicode.

The index knows which grams a section holds, not where: places took a tenth of the index's bytes a character and more
time than all else of it. A word of one gram (two characters, a number) is found by the index alone; a longer one has
all its grams where it stands, and in few other sections, which the site tells apart by looking into their text.

A gram that a section holds only in its title and the forms' tables is told with a sign before it (``IN_FORM``): so the
index alone tells where a word of one gram stands in what the authority wrote itself.

The table is contentless: nobody reads grams, and the words stand in ``sections`` already. Its row ids are those of
``sections``, which has no integer key: do not VACUUM the database, that may number its rows anew. The site cuts a
reader's words by the same rule.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import chain
from pathlib import Path

from .grams import IN_FORM, IN_HAN, IN_WORD, WORD, grams_in
from .outside_tables import stretches_outside

TABLE, COLUMN = "sections_grams", "text"
APART = "apart"
"""The name of the file in which an index was made, while it is copied."""

Section = tuple[int, str, int, str | None, str | None]
"""The row id of a section, its text, where that begins in its report, its title, and where its tables stand."""
_SECTIONS = "SELECT rowid, text, text_start, title, table_spans FROM sections"


def create_index(connection: sqlite3.Connection, sections: Iterable[Section]) -> None:
    """Index ``sections``; the same give the same bytes."""
    _create_table(connection)
    connection.executemany(_TELL, _told_of_each(sections))
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
    connection.execute(f"INSERT INTO [{TABLE}] ([{TABLE}], rank) VALUES ('hashsize', {_HELD})")


_HELD = 8 << 20
"""Bytes of grams that are gathered before they are written: fewer pieces, of which less has to be put together."""


def sections_from(connection: sqlite3.Connection, first: int = 0) -> Iterable[Section]:
    """The sections of a database whose row ids are ``first`` or more, in the order of these."""
    return connection.execute(f"{_SECTIONS} WHERE rowid >= ? ORDER BY rowid", (first,))


def index_of(connection: sqlite3.Connection, reports: Collection[str]) -> None:
    """Index the sections of ``reports``, which have just been written."""
    _tell(connection, _TELL, reports)


def unindex(connection: sqlite3.Connection, reports: Collection[str]) -> None:
    """Take the sections of ``reports``, which are about to go, out of the index."""
    delete = f"INSERT INTO [{TABLE}] ([{TABLE}], rowid, [{COLUMN}]) VALUES ('delete', ?, ?)"
    _tell(connection, delete, reports)


def _tell(connection: sqlite3.Connection, statement: str, reports: Collection[str]) -> None:
    for report in reports:
        rows = connection.execute(f"{_SECTIONS} WHERE report = ? ORDER BY rowid", (report,))
        connection.executemany(statement, [*_told_of_each(rows)])


def _told_of_each(sections: Iterable[Section]) -> Iterator[tuple[int, str]]:
    for row, text, start, title, tables in sections:
        yield row, _told(text, start, title, tables)


def _told(text: str, start: int, title: str | None, tables: str | None) -> str:
    """What the index is told of a section: each of its grams once, always in the same order."""
    outside = stretches_outside(text, start, title, tables)
    begin = outside[0][0]
    own = grams_in(_APART.join([text[first:last] for first, last in outside]) if begin or tables else text)
    if tables or _is_in_word(text, begin):
        grams = grams_in(text)
        own -= {gram for gram in own - grams if not IN_HAN.fullmatch(gram)}
    else:  # most of a report is prose, whose grams need not be told twice
        grams = _grams_of_title(text[: _end_of_first_gram(text, begin)] if begin else "")
    return " ".join(chain(sorted(own), sorted([IN_FORM + gram for gram in grams - own])))


_APART = "\n\n"
"""No gram reaches across it."""
_grams_of_title = lru_cache(maxsize=1 << 12)(grams_in)
"""Sections of different reports have the same titles."""


def _is_in_word(text: str, place: int) -> bool:
    """Whether letters or digits stand on both sides of ``place``."""
    return place > 0 and IN_WORD.match(text, place - 1) is not None and IN_WORD.match(text, place) is not None


def _end_of_first_gram(text: str, place: int) -> int:
    """Up to where behind ``place`` a gram may go that begins before it: a character, or a word."""
    found = _FIRST_GRAM.match(text, place)
    return found.end() if found else place


_FIRST_GRAM = re.compile(rf"\s*(?:{WORD}+|\S)")
