"""Runs → printed lines, and lines → text: by places on the page alone, never by the order in the file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from ..document import shown_words, unread
from .pdf_places import Run

SAME_LINE = 0.5
"""Glyphs whose middles are at most this share of a glyph's height apart stand on one line."""
WORD_GAP = 0.35
"""A gap of this many em is a space, …"""
WIDE_GAP = 0.8
"""… between two Chinese glyphs one of this many (justified lines are set wide) …"""
TOLD_GAP = 0.08
"""… and with white space in the file one of this many."""
COLUMN_GAP = 1.2
"""A gap of this many em parts two cells of a line, one that justifying never makes."""
MANY_GAPS = 3
"""A line with so many gaps that justifying hardly makes is a row of a table."""
CELL_GAP = 0.7
"""Within a table's row a gap of this many em parts two cells: labels are not set wide."""
FIGURE_GAP = 0.6
"""Between two figures a gap of this many em does: a space within a figure is never so wide."""
DOUBLED = 0.3
"""The same glyph again within this share of its width is one glyph printed twice (a printer's bold)."""

ON_EACH_OTHER = 0.4
"""Figures that begin this many em before the end of others are printed on them: nobody can be sure of either."""
LEAST_STEP = 0.25
"""Digits that follow each other by less than this share of a glyph's height, which in some fonts is a third more than
an em, lie on each other. Those of narrow fonts follow by 0.28 at least."""


class Segment(NamedTuple):
    """A run of text on a line without a wide gap. ``gaps``: spaces that may part two cells: place, left, right."""

    text: str
    x0: float
    x1: float
    gaps: tuple[tuple[int, float, float], ...] = ()

    def parts(self, least: float = 0.0) -> list[Segment]:
        """The texts between its gaps of at least this many points: in a table's row each may be a cell."""
        wide = [gap for gap in self.gaps if gap[2] - gap[1] >= least]
        starts = [(0, self.x0), *((at + 1, right) for at, _, right in wide)]
        ends = [*((at, left) for at, left, _ in wide), (len(self.text), self.x1)]
        return [
            Segment(
                self.text[start:end], x0, x1, tuple((at - start, a, b) for at, a, b in self.gaps if start < at < end)
            )
            for (start, x0), (end, x1) in zip(starts, ends, strict=True)
        ]


class Line(NamedTuple):
    """A printed line: its segments from left to right. ``em``: the height of its glyphs. ``page`` counts from 0."""

    segments: tuple[Segment, ...]
    y0: float
    y1: float
    em: float
    page: int = 0

    @property
    def text(self) -> str:
        """Its segments, parted by tabs."""
        segments = self.segments
        return segments[0].text if len(segments) == 1 else "\t".join([segment.text for segment in segments])

    @property
    def x0(self) -> float:
        """Left end of the text."""
        return self.segments[0].x0

    @property
    def x1(self) -> float:
        """Right end of the text."""
        return self.segments[-1].x1


def lines_of(runs: Iterable[Run], page: int = 0) -> list[Line]:
    """The lines that runs stand on, from top to bottom."""
    rows: list[list[Run]] = []
    middle = reach = 0.0
    for run in sorted(runs, key=lambda run: run.y0 + run.y1):
        _, _, y0, _, y1, _, _ = run
        centre, height = (y0 + y1) / 2, y1 - y0
        if rows and centre - middle <= SAME_LINE * max(reach, height):
            rows[-1].append(run)
            if height <= reach:
                continue
        else:
            rows.append([run])
        middle, reach = centre, height
    return [_line(row, page) for row in rows]


def _line(row: list[Run], page: int) -> Line:
    row.sort(key=_LEFT_END)
    em = sorted([run.y1 - run.y0 for run in row])[len(row) // 2]
    y0, y1 = min([run.y0 for run in row]), max([run.y1 for run in row])
    return Line(tuple(_segments(row, em)), y0, y1, em, page)


_LEFT_END = attrgetter("x0")


def _segments(row: Sequence[Run], em: float) -> Iterator[Segment]:
    last = row[0]
    text, start, end = _text_of(last), last.x0, last.x1
    apart = _apart(row, em)
    gaps: list[tuple[int, float, float]] = []
    for run in row[1:]:
        if run.text == last.text and (run.x0 - last.x0) * len(run.text) < DOUBLED * (run.x1 - run.x0):
            continue
        gap = run.x0 - end
        if gap > (FIGURE_GAP if last.text[-1].isdigit() and run.text[0].isdigit() else apart) * em:
            yield Segment(text, start, end, tuple(gaps))
            text, start, gaps = _text_of(run), run.x0, []
        elif gap > TOLD_GAP * em and _is_space(last, run, gap / em):
            if gap > CELL_GAP * em or run.text[0].isdigit():
                gaps.append((len(text), end, run.x0))
            text += f" {_text_of(run)}"
        elif gap < -ON_EACH_OTHER * em and last.text[-1].isdigit() and run.text[0].isdigit():
            text += f" {run.text}"
        else:
            text += _text_of(run)
        end, last = max(end, run.x1), run
    yield Segment(text, start, end, tuple(gaps))


def _text_of(run: Run) -> str:
    """The text of a run; figures whose digits lie on each other are none."""
    text, x0, y0, x1, y1, _, _ = run
    if not text.isdecimal() or len(text) == 1:
        return text
    return unread("不能确定") if x1 - x0 < LEAST_STEP * len(text) * (y1 - y0) else text


def _apart(row: Sequence[Run], em: float) -> float:
    """How wide a gap between cells is: where many are wide the line is a table's row, which is not justified."""
    wide = sum(run.x0 - last.x1 > WIDE_GAP * em for last, run in pairwise(row))
    return WIDE_GAP if wide >= MANY_GAPS else COLUMN_GAP


def _is_space(last: Run, run: Run, gap: float) -> bool:
    if run.spaced or gap > WIDE_GAP:
        return True
    return gap > WORD_GAP and not (is_wide(last.text[-1]) and is_wide(run.text[0]))


# Lines that belong together --------------------------------------------------------------------------------------

_NUMBER_END = re.compile(r"[\d.,+\-−±%]$")
_NUMBER_START = re.compile(r"[\d.,%]")
_FIRST_WORD = re.compile(
    r"(?:[A-Za-z0-9.,%+\-]+|[((《〈【「『]*.)(?:[“”‘’\"'].?|[,.;:!?)\]，。、；：！？）》〉】」』])*", re.DOTALL
)
"""What no line break parts: a Latin word or figure, or a Chinese glyph, with the signs that cling to it."""


@lru_cache(maxsize=8192)
def is_wide(char: str) -> bool:
    """Whether a character takes a full em (Chinese, and full-width signs); between such no space is written."""
    return unicodedata.east_asian_width(char) in "WF"


def first_word_width(text: str, em: float) -> float:
    """How much room the first word of a line takes: what would have had to fit at the end of the line before."""
    match = _FIRST_WORD.match(text)
    return sum(em if is_wide(char) else em / 2 for char in match[0]) if match else 0.0


def glue(before: str, after: str) -> str:
    """What stands between the text of a line and its continuation: a space between Latin words only."""
    return (
        " " if before[-1:].isascii() and after[:1].isascii() and before[-1:].isalpha() and after[:1].isalpha() else ""
    )


def as_read(text: str) -> str:
    """The words of a run that a person reads, without what is crossed out, raised or hidden at its ends."""
    return text if text.isascii() else shown_words(text).strip()


def cell_text(lines: Sequence[Line], room: float) -> str:
    """The text of a table cell, its lines joined.

    Chinese runs on without a space, and one glyph a line is a word. ``room`` is how much text a line of the cell can
    hold, in points: of two figures on lines of their own the first is continued by the second only if the second
    would not have fitted behind it; else they are two figures, and a space stands between them. So it does between
    figures on two pages, which may be two rows: with a space between them neither is read as a figure.
    """
    text = ""
    for number, line in enumerate(lines):
        shown = " ".join([segment.text for segment in line.segments])
        if number:
            text += _as_next_line(text, shown, lines[number - 1], line, room)
        text += shown
    return text


def _as_next_line(text: str, shown: str, before: Line, line: Line, room: float) -> str:
    text, shown = as_read(text), as_read(shown) or shown
    if not (_NUMBER_END.search(text) and _NUMBER_START.match(shown)):
        return glue(text, shown) if not _NUMBER_END.search(text) or is_wide(shown[0]) else _after_number(text, shown)
    full = before.x1 - before.x0 + first_word_width(shown, line.em) > room
    return "" if full and before.page == line.page else " "


def _after_number(text: str, shown: str) -> str:
    """A sign begins another figure; a bracket or letter goes on."""
    return " " if shown[0] in "+-−±" and text[-1].isdigit() else ""
