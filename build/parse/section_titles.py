"""Lines that begin a section of the report, or a sub-table of section two: no part of what stands above them."""

from __future__ import annotations

import re
from functools import lru_cache

from .. import forms
from ..text.fold import CACHE_SIZE, fold, fold_label
from .labels import ARTICLE_WORD, is_row_label, meanings

LONGEST_TITLE = 45

_NUMBER = re.compile(r"^\(?(?P<number>[一二三四五六七八九十])(?:[、.,:)]|(?=[^一二三四五六七八九十项]))")
_TITLE_SIGNS = tuple(sign for section in forms.SECTIONS for sign in section.signs)
_REVIEW_SIGNS = ("行政复议", "行政诉讼")
_WHOLE_TITLES = frozenset(fold_label(section.title[0])[0] for section in forms.SECTIONS)


@lru_cache(maxsize=CACHE_SIZE)
def read_title(text: str) -> tuple[str | None, bool] | None:
    """The number of a section's title and whether it speaks of reviews; None if ``text`` is no such title."""
    folded = fold(text)
    match = _NUMBER.match(folded) if not folded.startswith("(") else None
    if match is None and not any(core in _WHOLE_TITLES for core in fold_label(text)):
        return None
    is_rest = match is not None and match["number"] in "五六七" and folded[match.end() :] in forms.REST_TITLES
    if not is_rest and (is_row_label(text) or not any(sign in folded for sign in _TITLE_SIGNS)):
        return None
    return match["number"] if match is not None else None, all(sign in folded for sign in _REVIEW_SIGNS)


def begins_anew(text: str) -> bool:
    """Whether a line is a section's title, or the article of the law (第二十条第(六)项) above a sub-table."""
    if len(text) > LONGEST_TITLE:
        return False
    return any(meaning.code == ARTICLE_WORD for meaning in meanings(text)) or read_title(text) is not None
