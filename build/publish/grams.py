"""The grams by which text is found: one rule for the index that the build makes and for a reader's words on the site.

The site loads this very file under a name of its own (``gongkai_site.grams``), so it needs nothing but Python. A text
is cut into pieces, a piece into grams:

- a stretch of Chinese characters: every two neighbours, and its last character alone (信访件: 信访 访件 件), so that
  a word is a phrase of grams and a single character the beginning of one;
- a run of letters and digits: one gram, a whole word (12345 is not found in 123456, nor IP in IPv6), in small letters;
- any other visible character: one gram of its own, moved into Private Use Plane 15, where a tokenizer lets it stand.

Blanks and one line feed between two pieces are nothing (页面文字 is often cut into lines, and 2020 年 printed apart);
a tab or an empty line parts cells and paragraphs, and is a gram of its own, so that no phrase reaches across.
Full-width letters and digits count as half-width ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import add
from unicodedata import combining, normalize

HAN = "\u3005\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Characters written without blanks between words: Chinese characters, 々, 〇 and kana."""
BLANK = r"[^\S\n\t]"
GAP = rf"(?:{BLANK}+\n?{BLANK}*|\n{BLANK}*)"
GAP_IN_HAN = re.compile(rf"[^\S\t](?<=[{HAN}].)(?:(?<=\n){BLANK}*|(?<!\n){BLANK}*\n?{BLANK}*)(?=[{HAN}])", re.DOTALL)
"""GAP between two such characters; a blank is looked for first, since few characters are one."""
IN_HAN = re.compile(f"[{HAN}]")
WORD = rf"[^\W_{HAN}]"
"""A letter or digit of a word, as a pattern."""
IN_WORD = re.compile(WORD)
PIECES = re.compile(rf"[{HAN}]+|{WORD}+|\s*(?:\t|\n{BLANK}*\n)\s*|\S")
FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ]")
ASCII_WORDS = {full: full - 0xFEE0 for full in range(0xFF10, 0xFF5B) if chr(full).isalnum()}
PLANE_15 = 0xF0000

CHINESE, LETTERS, BREAK, MARK = "chinese", "letters", "break", "mark"
"""Kinds of piece: a stretch of Chinese, a word, what parts cells or paragraphs, any other visible character."""


def half_width(text: str) -> str:
    """``text`` with full-width letters and digits in half width; as long as before."""
    return text.translate(ASCII_WORDS) if FULL_WIDTH.search(text) else text


def without_case(word: str) -> str:
    """``word`` in small letters, without marks above or below them: Café is found as cafe."""
    small = word.lower()
    return small if small.isascii() else "".join(c for c in normalize("NFD", small) if not combining(c))


def pieces(text: str) -> list[str]:
    """``text`` cut where grams begin and end, without what is nothing between them."""
    return PIECES.findall(GAP_IN_HAN.sub("", half_width(text)))


def kind_of(piece: str) -> str:
    """CHINESE, LETTERS, BREAK or MARK."""
    first = piece[0]
    if IN_HAN.match(first):
        return CHINESE
    if IN_WORD.match(first):
        return LETTERS
    return BREAK if first.isspace() else MARK


def grams_of(piece: str) -> Iterator[str]:
    """The grams of one piece in reading order."""
    kind = kind_of(piece)
    if kind == CHINESE:
        yield from map(add, piece, piece[1:])
        yield piece[-1]
    elif kind == LETTERS:
        yield without_case(piece)
    else:
        yield chr(PLANE_15 + (ord("\n" if kind == BREAK else piece) & 0xFFFF))
