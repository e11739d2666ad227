"""Full-text search over ``sections``: an FTS5 table of grams, from which any Chinese word can be found.

SQLite's plain tokenizer takes a whole stretch of Chinese for one word. So what is indexed is not the text but its
grams, parted by blanks:

- a stretch of Chinese characters: every two neighbours, and its last character alone (信访件: 信访 访件 件), so that
  a word is a phrase of grams and a single character the beginning of one;
- a run of letters and digits: one gram, a whole word (12345 is not found in 123456, nor IP in IPv6);
- any other visible character: one gram of its own, moved into Private Use Plane 15, where the tokenizer lets it stand.

Blanks and one line feed between two pieces are nothing (页面文字 is often cut into lines, and 2020 年 printed apart);
a tab or an empty line parts cells and paragraphs, and is a gram of its own, so that no phrase reaches across.
Letters are found in either case and width, everything else exactly.

The table is contentless: nobody reads grams, and the words stand in ``sections`` already. Its row ids are those of
``sections``, which has no integer key: do not VACUUM the database, that may number its rows anew. The plugin
``search_grams`` cuts a reader's words in the same way; a test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import add

import sqlite_utils

TABLE, COLUMN = "sections_grams", "text"

HAN = "\u3005\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Characters written without blanks between words: Chinese characters, 々, 〇 and kana."""
BLANK = r"[^\S\n\t]"
GAP = rf"(?:{BLANK}+\n?{BLANK}*|\n{BLANK}*)"
GAP_IN_HAN = re.compile(rf"(?<=[{HAN}]){GAP}(?=[{HAN}])")
IN_HAN = re.compile(f"[{HAN}]")
IN_WORD = re.compile(rf"[^\W_{HAN}]")
PIECES = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+|\s*(?:\t|\n{BLANK}*\n)\s*|\S")
"""A stretch of Chinese, a word, what parts cells or paragraphs, any other visible character."""
FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ]")
ASCII_WORDS = {full: full - 0xFEE0 for full in range(0xFF10, 0xFF5B) if chr(full).isalnum()}
PLANE_15 = 0xF0000


LONGEST_KEPT = 12
"""Pieces of at most so many characters come again and again; what was made of them is kept."""


def create_index(database: sqlite_utils.Database) -> None:
    """Index the text of every row of ``sections``; the same rows give the same bytes."""
    connection = database.conn
    connection.execute(f"CREATE VIRTUAL TABLE [{TABLE}] USING fts5([{COLUMN}], content='', tokenize='unicode61')")
    texts = connection.execute("SELECT rowid, text FROM sections ORDER BY rowid")
    known = _Known()
    connection.executemany(
        f"INSERT INTO [{TABLE}] (rowid, [{COLUMN}]) VALUES (?, ?)", ((row, _grams(text, known)) for row, text in texts)
    )
    connection.execute(f"INSERT INTO [{TABLE}] ([{TABLE}]) VALUES ('optimize')")


def grams(text: str) -> list[str]:
    """The grams of ``text`` in reading order."""
    joined = _grams(text, _Known())
    return joined.split(" ") if joined else []


class _Known(dict[str, str]):
    """Piece → its grams, parted by blanks."""

    def __missing__(self, piece: str) -> str:
        found = " ".join(_grams_of(piece))
        if len(piece) <= LONGEST_KEPT:
            self[piece] = found
        return found


def _grams(text: str, known: _Known) -> str:
    half_width = text.translate(ASCII_WORDS) if FULL_WIDTH.search(text) else text
    return " ".join(map(known.__getitem__, PIECES.findall(GAP_IN_HAN.sub("", half_width))))


def _grams_of(piece: str) -> Iterator[str]:
    first = piece[0]
    if IN_HAN.match(first):
        yield from map(add, piece, piece[1:])
        yield piece[-1]
    elif IN_WORD.match(first):
        yield piece
    else:
        yield chr(PLANE_15 + (ord(first if len(piece) == 1 and not first.isspace() else "\n") & 0xFFFF))
