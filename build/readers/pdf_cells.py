"""What shows nothing to read: pictures in cells that would be blank or within figures, hidden words by themselves."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..document import shown_words
from .pdf_lines import Line, Segment
from .pdf_places import Ruling, Run
from .pdf_tables import Patch, Table
from .pictures import FIGURE_BEHIND

NEAR = 3.0
"""Words that are crossed out stand this many em from those in place of them."""

CLOSE = 0.35
"""A picture that stands no more than this many em from a digit may be another digit of its number, …"""
AS_HIGH = (0.4, 2.0)
"""… if it is between these shares of an em high."""
_GOES_ON = re.compile(FIGURE_BEHIND)
_FIGURE = re.compile(r"[\d,.]*\d")


def pictures_in_figures(runs: Sequence[Run], pictures: Sequence[Run], verticals: Sequence[Ruling]) -> Iterator[Run]:
    """Those of ``pictures`` that stand within a figure of a line, in its place, or beside one that stands alone."""
    shown = [run for run in runs if not _is_blank(run)]
    reach = CLOSE * max((run.y1 - run.y0 for run in shown), default=0.0)
    ending, beginning = sorted(shown, key=lambda run: run.x1), sorted(shown, key=lambda run: run.x0)
    ends, begins = [run.x1 for run in ending], [run.x0 for run in beginning]
    for picture in _side_by_side(pictures):
        lefts = ending[bisect_left(ends, picture.x0 - reach) : bisect_right(ends, picture.x0 + reach)]
        rights = beginning[bisect_left(begins, picture.x1 - reach) : bisect_right(begins, picture.x1 + reach)]
        before = [run for run in lefts if _is_close(picture, run, picture.x0 - run.x1, verticals)]
        behind = [run for run in rights if _is_close(picture, run, run.x0 - picture.x1, verticals)]
        goes_on = bool(before) and any(_GOES_ON.match(run.text) for run in behind)
        went_on = bool(behind) and any(run.text[-1:].isdigit() for run in before)
        if goes_on or went_on or any(_FIGURE.fullmatch(run.text) for run in (*before, *behind)):
            yield picture._replace(spaced=False)


def _side_by_side(pictures: Sequence[Run]) -> list[Run]:
    """Pictures, those that touch on one line as one."""
    found: list[Run] = []
    for picture in sorted(pictures, key=lambda run: (run.y0, run.x0)):
        last = found[-1] if found else picture
        touches = abs(picture.x0 - last.x1) <= CLOSE * (last.y1 - last.y0) and last.y0 == picture.y0
        if touches and last.text == picture.text:
            found[-1] = last._replace(x1=picture.x1, y1=max(last.y1, picture.y1))
        else:
            found.append(picture)
    return found


def _is_close(picture: Run, run: Run, gap: float, verticals: Sequence[Ruling]) -> bool:
    """Whether a picture stands right beside a run, about as high, and no upright line between them."""
    em, middle = run.y1 - run.y0, (picture.y0 + picture.y1) / 2
    low, high = AS_HIGH
    if not (abs(gap) <= CLOSE * em and run.y0 <= middle <= run.y1 and low * em <= picture.y1 - picture.y0 <= high * em):
        return False
    left, right = sorted(((picture.x0 + picture.x1) / 2, (run.x0 + run.x1) / 2))
    return not any(left < line.at < right and line.start <= middle <= line.end for line in verticals)


def with_pictures(table: Table, shown: Table) -> Table:
    """The table, a word for a picture in each cell without words; ``shown``: the same with all its pictures."""
    patches = tuple(map(_with_picture, table.patches, shown.patches))
    return table if patches == table.patches else replace(table, patches=patches)


def _with_picture(patch: Patch, shown: Patch) -> Patch:
    if shown_words(patch.shown).strip() or len(shown.lines) == len(patch.lines):
        return patch
    first = next(line for line in shown.lines if line not in patch.lines)
    return patch._replace(lines=(*patch.lines, _one_word(first)))


def _one_word(line: Line) -> Line:
    """A line of pictures side by side as one."""
    word = line.segments[0].text
    end = word.index("〕") + 1
    return line._replace(segments=(Segment(word[:end], line.x0, line.x1),))


def beside_words(runs: Sequence[Run]) -> list[Run]:
    """Runs outside tables, those that show nothing to read told with the one beside them: they make no column.

    Hidden words that stand alone are told with the nearest run, so that they make no line either.
    """
    shown = [run for run in runs if not _is_blank(run)]
    if len(shown) in (0, len(runs)):
        return list(runs)
    told = list(shown)
    for run in runs:
        if _is_blank(run):
            near = [number for number, other in enumerate(shown) if _is_beside(run, other)]
            if near or not shown_words(run.text):
                number = min(near or range(len(shown)), key=lambda number: _distance(shown[number], run))
                before = run.x0 < shown[number].x0
                text = run.text + told[number].text if before else told[number].text + run.text
                told[number] = told[number]._replace(text=text)
            else:
                told.append(run)
    return told


def _is_blank(run: Run) -> bool:
    return not run.text.isascii() and not shown_words(run.text).strip()


def _is_beside(run: Run, other: Run) -> bool:
    """Whether two runs stand side by side on one line."""
    reach, middle = NEAR * (other.y1 - other.y0), (run.y0 + run.y1) / 2
    return other.y0 <= middle <= other.y1 and run.x0 < other.x1 + reach and other.x0 < run.x1 + reach


def _distance(one: Run, other: Run) -> float:
    return abs(one.y0 + one.y1 - other.y0 - other.y1) + abs(one.x0 + one.x1 - other.x0 - other.x1)
