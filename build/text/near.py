"""Patterns that are slow over a whole text, looked for only near a word without which they cannot match."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator


def holds(text: str, words: str) -> bool:
    """Whether ``words`` stand in ``text``; each character is looked for first: one alone is found far faster."""
    for character in words:
        if character not in text:
            return False
    return words in text


def places_of(words: Iterable[str], text: str) -> list[int]:
    """Where any of ``words`` begins in ``text``, in the order of the text."""
    return sorted(at for word in words if holds(text, word) for at in _places(word, text))


def _places(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def first_near(pattern: re.Pattern[str], text: str, signs: Iterable[str], before: int) -> re.Match[str] | None:
    """What ``pattern.search(text)`` finds, if every match begins at most ``before`` characters before a sign."""
    found = (
        pattern.match(text, at) for start, sign in _stretches(text, signs, before) for at in range(start, sign + 1)
    )
    return next(filter(None, found), None)


def first_up_to(pattern: re.Pattern[str], text: str, signs: re.Pattern[str], before: int) -> re.Match[str] | None:
    """The same for a pattern that ends with one of ``signs``."""
    found = (pattern.search(text, max(sign.start() - before, 0), sign.end()) for sign in signs.finditer(text))
    return next(filter(None, found), None)


def _stretches(text: str, signs: Iterable[str], before: int) -> Iterator[tuple[int, int]]:
    """From ``before`` characters before each sign to where it begins; no place twice."""
    behind = 0
    for at in places_of(signs, text):
        yield max(behind, at - before), at
        behind = at + 1
