"""Figures that a page sets in letters of two sizes: a small one right behind another may be a note mark."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element as Element

from .html_media import EM, pixels
from .html_words import CLOSE, DOUBTFUL

SMALLER = 0.84
"""Letters of no more than this part of the size beside them, as ``small`` makes them, are set small."""
_PARTS = {"small": 5 / 6, "big": 1.2, "smaller": 5 / 6, "larger": 1.2}
"""Tags and words by which a size is a part of the size around."""
_FONT_SIZES = {"1": 10.0, "2": 13.0, "3": 16.0, "4": 18.0, "5": 24.0, "6": 32.0, "7": 48.0}
"""Pixels of ``<font size>``."""
_STATED = re.compile(r"(?:\A|;)\s*font-size\s*:\s*([^;!]+)", re.I)
_TAG_WITHIN = re.compile(rb"\d(?:</?(?:span|font|small|big|b|i|u|a|em|strong|o:p)\b[^<>]*>)+\d", re.I)


def doubt_small_figures(root: Element, source: bytes, inline: Collection[str]) -> None:
    """Mark as doubtful the digits that are set much smaller than those right before or behind them.

    ``source`` is the page before parsing, ``inline`` are the tags that begin no line. Style sheets are not asked.
    """
    if _TAG_WITHIN.search(source) is None:
        return
    before: _Text | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag not in inline:
            before = None
        here = _Text(element, event == "start")
        if not here.words:
            continue
        if before is not None and here.words[0].isdecimal():
            small = _smaller_of(before.holder, here.holder)
            if small is before.holder:
                before.put(_LAST.sub(_doubted, before.words))
            elif small is here.holder:
                here.put(_FIRST.sub(_doubted, here.words))
        before = here if here.words[-1].isdecimal() else None


class _Text(NamedTuple):
    """A piece of text: what stands first in an element, or behind it."""

    element: Element
    within: bool

    @property
    def words(self) -> str:
        """The text as it stands in the tree."""
        return (self.element.text if self.within else self.element.tail) or ""

    @property
    def holder(self) -> Element | None:
        """The element whose letters the text has."""
        return self.element if self.within else self.element.getparent()

    def put(self, words: str) -> None:
        """Set other words in the place of these."""
        if self.within:
            self.element.text = words
        else:
            self.element.tail = words


_FIRST, _LAST = re.compile(r"\A\d+"), re.compile(r"\d+\Z")


def _doubted(figure: re.Match[str]) -> str:
    return f"{DOUBTFUL}{figure.group()}{CLOSE}"


def _smaller_of(one: Element | None, other: Element | None) -> Element | None:
    """Which of two elements has the smaller letters by far; None for neither, and where nothing tells."""
    if one is None or other is None:
        return None
    (share, size), (other_share, other_size) = _size_of(one), _size_of(other)
    if (size is None) != (other_size is None):
        return None
    ratio = share * (size or EM) / (other_share * (other_size or EM))
    if ratio <= SMALLER:
        return one
    return other if ratio * SMALLER >= 1 else None


def _size_of(element: Element) -> tuple[float, float | None]:
    """Which part the letters are of the size that is stated nearest around, and that size in pixels, if any is."""
    share, at = 1.0, element
    while True:
        stated = _STATED.search(at.get("style") or "")
        value = stated[1].strip().lower() if stated else ""
        part = _PARTS.get(value) or _part(value)
        share *= part or (1.0 if value else _PARTS.get(str(at.tag), 1.0))
        size = _FONT_SIZES.get(at.get("size") or "") if at.tag == "font" and not value else pixels(value)
        if size is not None and part is None:
            return share, size
        around = at.getparent()
        if around is None:
            return share, None
        at = around


def _part(value: str) -> float | None:
    """Which part of the size around 60% and .6em are; None for a size of its own."""
    return pixels(value, 1.0, 1.0) if value.endswith(("%", "em")) and not value.endswith("rem") else None
