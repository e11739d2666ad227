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
import sys
from array import array
from collections.abc import Iterable, Iterator
from itertools import chain
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
WORD_BEYOND_ASCII = re.compile(rf"[^\W_\x00-\x7f{HAN}]")
WORDS = re.compile(f"{WORD}+")
BREAKS = re.compile(rf"\t|\n{BLANK}*\n")
PIECES = re.compile(rf"[{HAN}]+|{WORD}+|\s*(?:{BREAKS.pattern})\s*|\S")
FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ]")
ASCII_WORDS = {full: full - 0xFEE0 for full in range(0xFF10, 0xFF5B) if chr(full).isalnum()}
PLANE_15 = 0xF0000
IN_FORM = "\ue000"
"""Stands before a gram that a section holds only in its title and the forms' tables; no gram begins so."""
NATIVE = f"utf-16-{sys.byteorder[0]}e"
"""Two bytes a character, in the order in which this machine takes them for a number."""
PAIRS_KEPT = 1 << 16
"""So many pairs of characters are remembered with what they yield; a nation's reports hold few more."""

_SMALL_WORDS = bytes(ord(chr(byte).lower()) if byte < 128 and chr(byte).isalnum() else 32 for byte in range(256))
"""ASCII letters and digits in small letters, blanks for all else."""

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
        yield _sign("\n" if kind == BREAK else piece)


def grams_in(text: str) -> set[str]:
    """The grams of ``text``: what ``grams_of`` tells of its pieces, each once.

    Most of a report is Chinese, and says the same again. So every two neighbours are taken at once, as a number,
    and what a pair yields is asked of each but once; that costs half of cutting the text into pieces. Whether words
    need more than a look at ASCII letters, and whether cells are parted, is asked of the pairs too: there are few.
    """
    joined = GAP_IN_HAN.sub("", text)
    units = f"{joined}\n".encode(NATIVE)
    if len(units) != 2 * len(joined) + 2:  # a character beyond the first plane takes two units
        return {gram for piece in set(pieces(joined)) for gram in grams_of(piece)}
    pairs = _pairs(units)
    told = array("I", pairs).tobytes().decode(NATIVE, "surrogatepass")
    if FULL_WIDTH.search(told):
        return grams_in(half_width(joined))
    words = _words(joined, WORD_BEYOND_ASCII.search(told) is None)
    grams = {*chain.from_iterable(map(_GRAMS.__getitem__, pairs)), *words}
    if BREAKS.search(joined):
        grams.add(_sign("\n"))
    return grams


def _words(text: str, ascii_alone: bool) -> Iterable[str]:
    """The words in ``text``, as grams. ``ascii_alone``: no other letter or digit than those of ASCII is in it."""
    if ascii_alone:
        return text.encode("ascii", "replace").translate(_SMALL_WORDS).decode("ascii").split()
    return map(without_case, set(WORDS.findall(text)))


def _pairs(units: bytes) -> set[int]:
    """Every two neighbouring units of 16 bits, as one number of 32."""
    pairs: set[int] = set()
    for start in (0, 2):
        pairs.update(array("I", units[start : start + (len(units) - start) // 4 * 4]))
    return pairs


class _GramsOfPairs(dict[int, tuple[str, ...]]):
    """Two neighbours → what they yield, a word's letters left out: their gram, or that of the first, where a stretch
    ends. It is asked a thousand times a report; which was asked last, as ``lru_cache`` notes, nobody needs to know.
    """

    def __missing__(self, pair: int) -> tuple[str, ...]:
        found = _grams_of_pair(pair)
        if len(self) < PAIRS_KEPT:
            self[pair] = found
        return found


_GRAMS = _GramsOfPairs()


def _grams_of_pair(pair: int) -> tuple[str, ...]:
    both = pair.to_bytes(4, sys.byteorder).decode(NATIVE)
    first, second = both[0], both[1]
    if IN_HAN.match(first):
        return (both,) if IN_HAN.match(second) else (first,)
    return () if first.isspace() or IN_WORD.match(first) else (_sign(first),)


def _sign(sign: str) -> str:
    return chr(PLANE_15 + (ord(sign) & 0xFFFF))
