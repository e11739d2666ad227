"""The report's text cut into its sections, as numbered and titled in print; together they are the whole text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..report import Section
from .cells import PrintedCell
from .section_titles import LONGEST_TITLE, read_title


@dataclass(frozen=True, slots=True)
class SectionHeading:
    """Where a section begins, with its number and title as printed."""

    start: int
    number: str | None
    title: str
    about_reviews: bool


def find_headings(cells: Sequence[PrintedCell]) -> tuple[SectionHeading, ...]:
    """The section headings among ``cells`` (paragraphs of their own, in no table)."""
    lines = [cell for cell in cells if cell.kind == "text" and cell.grid is None and len(cell.text) <= LONGEST_TITLE]
    return tuple(
        [
            SectionHeading(line.start, read[0], line.text, read[1])
            for line in lines
            if (read := read_title(line.text)) is not None
        ]
    )


def cut_sections(text: str, headings: Sequence[SectionHeading]) -> tuple[Section, ...]:
    """``text`` cut at ``headings``; what stands before the first is a section without number and title."""
    return tuple(_cut(text, headings))


def _cut(text: str, headings: Sequence[SectionHeading]) -> Iterator[Section]:
    ends = [heading.start for heading in headings] + [len(text)]
    if ends[0] > 0:
        yield Section(None, None, text[: ends[0]], 0)
    for heading, end in zip(headings, ends[1:], strict=True):
        yield Section(heading.number, heading.title, text[heading.start : end], heading.start)
