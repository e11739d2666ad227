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

import sqlite_utils

TABLE, COLUMN = "sections_grams", "text"

HAN = "\u3005\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Characters written without blanks between words: Chinese characters, 々, 〇 and kana."""
BLANK = r"[^\S\n\t]"
GAP = rf"(?:{BLANK}+\n?{BLANK}*|\n{BLANK}*)"
GAP_IN_HAN = re.compile(rf"(?<=[{HAN}]){GAP}(?=[{HAN}])")
PIECE = re.compile(rf"(?P<han>[{HAN}]+)|(?P<word>[^\W_{HAN}]+)|(?P<break>\s*(?:\t|\n{BLANK}*\n)\s*)|(?P<mark>\S)")
ASCII_WORDS = {full: full - 0xFEE0 for full in range(0xFF10, 0xFF5B) if chr(full).isalnum()}
PLANE_15 = 0xF0000


def create_index(database: sqlite_utils.Database) -> None:
    """Index the text of every row of ``sections``; the same rows give the same bytes."""
    connection = database.conn
    connection.execute(f"CREATE VIRTUAL TABLE [{TABLE}] USING fts5([{COLUMN}], content='', tokenize='unicode61')")
    texts = connection.execute("SELECT rowid, text FROM sections ORDER BY rowid")
    connection.executemany(
        f"INSERT INTO [{TABLE}] (rowid, [{COLUMN}]) VALUES (?, ?)",
        ((row, " ".join(grams(text))) for row, text in texts),
    )
    connection.execute(f"INSERT INTO [{TABLE}] ([{TABLE}]) VALUES ('optimize')")


def grams(text: str) -> Iterator[str]:
    """The grams of ``text`` in reading order."""
    joined = GAP_IN_HAN.sub("", text.translate(ASCII_WORDS))
    for piece in PIECE.finditer(joined):
        found = piece[0]
        if piece.lastgroup == "han":
            yield from (found[at : at + 2] for at in range(len(found)))
        elif piece.lastgroup == "word":
            yield found
        else:
            yield chr(PLANE_15 + (ord("\n" if piece.lastgroup == "break" else found) & 0xFFFF))
