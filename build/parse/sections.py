"""The report's text cut into its sections, as numbered and titled in print; together they are the whole text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .. import forms
from ..report import Section
from ..text.fold import CACHE_SIZE, fold, fold_label
from .cells import PrintedCell
from .labels import is_row_label

LONGEST_HEADING = 45

_NUMBER = re.compile(r"^\(?(?P<number>[一二三四五六七八九十])(?:[、.,:)]|(?=[^一二三四五六七八九十项]))")
_TITLE_SIGNS = tuple(sign for section in forms.SECTIONS for sign in section.signs)
_REVIEW_SIGNS = ("行政复议", "行政诉讼")
_WHOLE_TITLES = frozenset(fold_label(section.title[0])[0] for section in forms.SECTIONS)


@dataclass(frozen=True, slots=True)
class SectionHeading:
    """Where a section begins, with its number and title as printed."""

    start: int
    number: str | None
    title: str
    about_reviews: bool


def find_headings(cells: Sequence[PrintedCell]) -> tuple[SectionHeading, ...]:
    """The section headings among ``cells`` (paragraphs of their own, in no table)."""
    lines = [cell for cell in cells if cell.kind == "text" and cell.grid is None and len(cell.text) <= LONGEST_HEADING]
    return tuple(
        [
            SectionHeading(line.start, read[0], line.text, read[1])
            for line in lines
            if (read := _read_heading(line.text)) is not None
        ]
    )


@lru_cache(maxsize=CACHE_SIZE)
def _read_heading(text: str) -> tuple[str | None, bool] | None:
    """The number of a section's title and whether it speaks of reviews; None if ``text`` is no such title."""
    folded = fold(text)
    match = _NUMBER.match(folded) if not folded.startswith("(") else None
    if match is None and not any(core in _WHOLE_TITLES for core in fold_label(text)):
        return None
    is_rest = match is not None and match["number"] in "五六七" and folded[match.end() :] in forms.REST_TITLES
    if not is_rest and (is_row_label(text) or not any(sign in folded for sign in _TITLE_SIGNS)):
        return None
    return match["number"] if match is not None else None, all(sign in folded for sign in _REVIEW_SIGNS)


def cut_sections(text: str, headings: Sequence[SectionHeading]) -> tuple[Section, ...]:
    """``text`` cut at ``headings``; what stands before the first is a section without number and title."""
    return tuple(_cut(text, headings))


def _cut(text: str, headings: Sequence[SectionHeading]) -> Iterator[Section]:
    ends = [heading.start for heading in headings] + [len(text)]
    if ends[0] > 0:
        yield Section(None, None, text[: ends[0]], 0)
    for heading, end in zip(headings, ends[1:], strict=True):
        yield Section(heading.number, heading.title, text[heading.start : end], heading.start)
