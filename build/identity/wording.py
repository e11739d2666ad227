"""Words as printed beside the same words folded for matching: what is found in the one is published from the other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..text.fold import CACHE_SIZE, compact, without_pinyin
from ..text.traditional import to_simplified


@dataclass(frozen=True, slots=True)
class Wording:
    """``printed``: words without white space and quotes, as they stand; ``folded``: the same in simplified characters.

    Both have the same length, so that a place in the one is a place in the other. Simplified forms are for matching
    alone: 乾县 folds to 干县, and is published as 乾县.
    """

    printed: str
    folded: str

    def __len__(self) -> int:
        return len(self.folded)

    def __add__(self, other: Wording) -> Wording:
        return Wording(self.printed + other.printed, self.folded + other.folded)

    def cut(self, start: int, end: int | None = None) -> Wording:
        """The words from ``start`` to ``end``."""
        return Wording(self.printed[start:end], self.folded[start:end])

    def without(self, pattern: re.Pattern[str]) -> Wording:
        """The words without the stretches that ``pattern`` finds in the folded ones."""
        found = [match.span() for match in pattern.finditer(self.folded) if match.group()]
        if not found:
            return self
        starts = [0, *(end for _, end in found)]
        ends = [*(start for start, _ in found), len(self.folded)]
        pieces = [self.cut(start, end) for start, end in zip(starts, ends, strict=True)]
        return Wording("".join(piece.printed for piece in pieces), "".join(piece.folded for piece in pieces))


@lru_cache(maxsize=CACHE_SIZE)
def wording(text: str) -> Wording:
    """``text`` without white space, quotes and the pinyin of altered copies, as printed and folded."""
    printed = without_pinyin(compact(text))
    return Wording(printed, to_simplified(printed))
