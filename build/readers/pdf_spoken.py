"""Digits that a file has read out in the place of words that it prints (ActualText): nobody sees those."""

from __future__ import annotations

import ctypes
from itertools import chain, repeat
from typing import Any

from .pdf_calls import char_object, count_marks, mark_of, mark_words
from .pdf_visible import UNSURE, Drawn

_KEY = b"ActualText"


def spoken_digits(drawn: Drawn, text: Any, whole: str) -> dict[int, str]:
    """The digits, by glyph, of words for which the file names other words; none on most pages.

    pdfium tells of such words what the file names, not what it prints (ISO 32000-2, 14.9.4). Text objects share their
    marks, so few are asked.
    """
    addresses = list(chain.from_iterable(words.addresses for words in drawn.words))
    counts = list(map(count_marks, addresses))
    named: set[int] = set()
    for depth in range(max(counts, default=0)):
        marks = list(map(mark_of, addresses, repeat(depth)))
        naming = {mark for mark in set(marks) if mark and _names_words(mark)}
        if naming:
            named |= {address for address, mark in zip(addresses, marks, strict=True) if mark in naming}
    if not named:
        return {}
    digits = (index for index, char in enumerate(whole) if char.isdecimal())
    return {index: UNSURE for index in digits if char_object(text, index) in named}


def _names_words(mark: int) -> bool:
    return bool(mark_words(mark, _KEY, None, 0, _LENGTH))


_LENGTH = ctypes.byref(ctypes.c_ulong())
