"""Patterns that are slow over a whole text, looked for only near a word without which they cannot match."""

from __future__ import annotations

import re
from collections.abc import Iterator


def first_near(pattern: re.Pattern[str], text: str, signs: re.Pattern[str], before: int) -> re.Match[str] | None:
    """What ``pattern.search(text)`` finds, if every match begins at most ``before`` characters before one of ``signs``.

    ``signs`` should begin with plain characters, so that its places are found fast.
    """
    found = (pattern.match(text, start) for start, _ in _starts(text, signs, before))
    return next(filter(None, found), None)


def first_up_to(pattern: re.Pattern[str], text: str, signs: re.Pattern[str], before: int) -> re.Match[str] | None:
    """The same for a pattern that ends with one of ``signs``."""
    found = (pattern.match(text, start, end) for start, end in _starts(text, signs, before))
    return next(filter(None, found), None)


def _starts(text: str, signs: re.Pattern[str], before: int) -> Iterator[tuple[int, int]]:
    """The places up to ``before`` characters before each sign, once each, with where that sign ends."""
    tried = 0
    for sign in signs.finditer(text):
        start = max(tried, sign.start() - before)
        tried = max(tried, sign.start() + 1)
        for at in range(start, tried):
            yield at, sign.end()
