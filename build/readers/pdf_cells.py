"""Words and cells that show nothing to read: pictures in cells that would be blank, hidden words by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..document import shown_words
from .pdf_lines import Line, Segment
from .pdf_places import Run
from .pdf_tables import Patch, Table

NEAR = 3.0
"""Words that are crossed out stand this many em from those in place of them."""


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
