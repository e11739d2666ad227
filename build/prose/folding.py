"""Folding of one sentence for matching, with the way back to the text it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code != 0xFF0C}
_LOOKALIKES = {
    "﹪": "%",
    "．": ".",
    "【": "(",
    "】": ")",
    "—": "-",
    "–": "-",
    "－": "-",
    "～": "~",
    "∶": ":",
    "︰": ":",
    "﹐": "，",
}
FOLDED: dict[int, int | str] = {**_FULL_WIDTH, **{ord(mark): plain for mark, plain in _LOOKALIKES.items()}}
"""Full-width forms → half-width, one character for one. ， stays: inside a number only a half-width comma separates."""

_UNSEEN = "\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad"
"""Characters that leave no mark and no gap on a page."""
_DROPPED = re.compile(rf"[\s{_UNSEEN}“”‘’\"'「」『』*_]+")
_ALL_UNSEEN = re.compile(f"[{_UNSEEN}]+")
_QUOTES = {"“": "”", "‘": "’", '"': '"', "「": "」", "『": "』", "'": "'"}
_CLOSING = frozenset(_QUOTES.values())
_QUOTED_NEXT = re.compile(r"[”’」』]\s*[“‘「『]|\"\s*\"")
_WORDLIKE = re.compile(r"[0-9A-Za-z.]")


@dataclass(frozen=True, slots=True)
class Folded:
    """A stretch of the report's text without white space and quotes, full-width characters made half-width.

    ``offsets[i]`` is the position in the whole text of the folded character ``i``. ``converted``: the text is in
    simplified characters, ``source`` in traditional ones.
    """

    text: str
    offsets: list[int]
    source: str
    converted: bool = False

    def on(self, source: str) -> Folded:
        """The same words on the text in traditional characters from which they were converted."""
        return replace(self, source=source, converted=True)

    def in_print(self, words: str) -> str:
        """Folded words in the characters in which they are printed."""
        if not self.converted:
            return words
        printed = {plain: self.source[at] for plain, at in zip(self.text, self.offsets, strict=True) if plain.isalpha()}
        return "".join([printed.get(character, character) for character in words])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the folded characters ``start:end`` stand in the whole text."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def printed(self, start: int, end: int) -> str:
        """Those characters as printed, with the quotes that belong to them."""
        first, last = self.quoted_span(start, end)
        return self.source[first:last]

    def quoted_span(self, start: int, end: int) -> tuple[int, int]:
        """Where they stand in the whole text, a quote that opens or closes at their edge included."""
        first, last = self.span(start, end)
        words = self.source[first:last]
        depth, closes_first = _quoting(words)
        opens = closes_first and self.source[first - 1 : first] in _QUOTES
        closes = depth > 0 and self.source[last : last + 1] in _CLOSING
        return first - opens, last + closes


def fold_stretch(source: str, start: int, end: int) -> Folded:
    """Fold ``source[start:end]``. A blank between two digits or letters stays, as one blank: 3 0 is not 30; what
    is not seen parts nothing. “12345”“12315” is a list, each in its quotes: 12345、12315.
    """
    stretch = source[start:end].translate(FOLDED)
    if not _DROPPED.search(stretch):
        return Folded(stretch, list(range(start, end)), source)
    parts: list[str] = []
    offsets: list[int] = []
    at = 0
    for gap in _DROPPED.finditer(stretch):
        parts.append(stretch[at : gap.start()])
        offsets.extend(range(start + at, start + gap.start()))
        if _separates(stretch, gap):
            quoted = _QUOTED_NEXT.search(gap.group())
            parts.append("、" if quoted is not None else " ")
            offsets.append(start + gap.start() + (quoted.start() if quoted is not None else 0))
        at = gap.end()
    parts.append(stretch[at:])
    offsets.extend(range(start + at, end))
    return Folded("".join(parts), offsets, source)


def _quoting(words: str) -> tuple[int, bool]:
    """Quotes left open at the end of ``words``, and whether one is closed that was opened before."""
    depth, closes_first = 0, False
    for character in words:
        if character in _CLOSING and (depth or character not in _QUOTES):
            closes_first = closes_first or depth == 0
            depth = max(0, depth - 1)
        elif character in _QUOTES:
            depth += 1
    return depth, closes_first


def _separates(stretch: str, gap: re.Match[str]) -> bool:
    if _ALL_UNSEEN.fullmatch(gap.group()):
        return False
    before, behind = stretch[gap.start() - 1 : gap.start()], stretch[gap.end() : gap.end() + 1]
    return bool(gap.start() and _WORDLIKE.match(before) and _WORDLIKE.match(behind))
