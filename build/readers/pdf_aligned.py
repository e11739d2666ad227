"""Tables without column lines → grids, where the places of their figures tell the columns beyond doubt.

A figure belongs to a column because it stands under or over that column's other figures, never because it is the
third in its row. Where the columns cannot be told so, the lines stay lines, their cells parted by tabs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ..document import GridCell
from .pdf_cut_figures import with_cut_figures_joined
from .pdf_labels import begins_anew, is_value
from .pdf_lines import CELL_GAP, Line, Segment
from .pdf_page import Ruling
from .pdf_rows import CLOSEST, Held, rows_of

MIN_VALUES = 2
"""A table row has at least this many figures …"""
MIN_ROWS = 2
"""… and a table this many such rows."""
MIN_ALONE = 5
"""One row alone is a table if it has so many figures, each under a word of a header."""
MAX_BETWEEN = 3
"""So many lines with fewer figures may stand between two table rows (group labels, labels over several lines)."""
MAX_LABEL_LINES = 40
"""So many lines of labels may stand between them besides (narrow cells print a label in many lines)."""
MAX_HEADER = 14
"""So many header lines are looked at."""
CLOSE = 2.2
"""Lines of one label are at most this many em apart."""
INSIDE = 0.25
"""A text may reach this many em into the next column (side bearings)."""
APART = 0.5
"""Columns are parted by a gap of this many em that no row's text bridges."""

_DIGITS = re.compile(r"[-+\d.,/ ]+$")
_PROSE = re.compile(r"[。;；!?！？]")

Interval = tuple[float, float]
Area = Sequence[Ruling]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of lines: a table (``cells`` its grid), or lines of text (``cells`` empty)."""

    lines: tuple[Line, ...]
    cells: tuple[GridCell, ...] = field(default=())


def stretches(lines: Sequence[Line], rulings: Mapping[int, Area]) -> Iterator[Stretch]:
    """The lines parted into text and tables without column lines. ``rulings``: horizontal lines a page."""
    lines = with_cut_figures_joined(lines)
    at = 0
    for first, end in _blocks(lines):
        start = max(first, at)
        cells = _grid(lines[start:end], rulings)
        if cells:
            if start > at:
                yield Stretch(tuple(lines[at:start]))
            yield Stretch(tuple(lines[start:end]), tuple(cells))
            at = end
    if at < len(lines):
        yield Stretch(tuple(lines[at:]))


def _is_row(line: Line) -> bool:
    return sum(map(_is_figure, line.segments)) >= MIN_VALUES


def _is_figure(segment: Segment) -> bool:
    return is_value(segment.text)


def _blocks(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Runs of table rows with the lines between them and header lines: the first line, and the one behind the last."""
    rows = [number for number, line in enumerate(lines) if _is_row(line)]
    runs: list[list[int]] = []
    left = labels_end = 0.0
    for number in rows:
        here = _first_figure(lines[number])
        between = lines[runs[-1][-1] + 1 : number] if runs else ()
        if runs and here >= labels_end and _go_on(between, max(left, here)):
            runs[-1].append(number)
            left = min(left, here)
        else:
            runs.append([number])
            left, labels_end, between = here, 0.0, ()
        labels_end = max(labels_end, _labels_end([*between, lines[number]], left) - lines[number].em)
    for run in runs:
        if len(run) >= MIN_ROWS or sum(map(_is_figure, lines[run[0]].segments)) >= MIN_ALONE:
            left = min(_first_figure(lines[number]) for number in run)
            yield _header_start(lines, run[0], left), _end(lines, run[-1], left)


def _first_figure(line: Line) -> float:
    return next(segment.x0 for segment in line.segments if _is_figure(segment))


def _go_on(between: Sequence[Line], left: float) -> bool:
    """Whether a table goes on behind lines between two rows: labels in any number of lines, and few lines of others."""
    if any(_is_prose(line) or _is_title(line, left) or _is_header(line, left) for line in between):
        return False
    others = sum(not _is_label(line, left) for line in between)
    return others <= MAX_BETWEEN and len(between) - others <= MAX_LABEL_LINES


def _is_label(line: Line, left: float) -> bool:
    """Whether a line stands wholly to the left of the figures."""
    return line.x1 <= left


def _is_title(line: Line, left: float) -> bool:
    """Whether a line is one text that reaches over the figures: the title of another table."""
    return len(line.segments) == 1 and not _is_label(line, left) and not _is_figure(line.segments[0])


def _is_header(line: Line, left: float) -> bool:
    """Whether words stand side by side over figures: the header of another table."""
    return sum(s.x1 > left and len(s.text) > 1 and not _DIGITS.match(s.text[0]) for s in line.segments) > 1


def _is_prose(line: Line) -> bool:
    return len(line.segments) == 1 and _PROSE.search(line.text) is not None


def _header_start(lines: Sequence[Line], first: int, left: float) -> int:
    """The first header line: cells side by side, or a word that stands over the figures.

    Labels between (a remark in several lines) belong to the header if more of it stands above them.
    """
    start = first
    for number in range(first - 1, max(first - 1 - MAX_HEADER, -1), -1):
        line = lines[number]
        if line.page != lines[first].page or _PROSE.search(line.text) or any(map(_is_figure, line.segments)):
            break
        if _is_label(line, left):
            continue
        if len(line.segments) == 1 and (line.x0 < left - line.em or begins_anew(line.text)):
            break
        start = number
    return _label_start(lines, start, left)


def _label_start(lines: Sequence[Line], start: int, left: float) -> int:
    """The first of the label lines right above a line: a centred label begins above its figures."""
    while start and lines[start].page == lines[start - 1].page:
        line, below = lines[start - 1], lines[start]
        if not _is_label(line, left) or _is_prose(line) or below.y0 - line.y0 > CLOSE * line.em:
            break
        start -= 1
    return start


def _end(lines: Sequence[Line], last: int, left: float) -> int:
    """The line behind the last: the last row's label may go on below its figures."""
    end = last + 1
    while end < len(lines):
        line, above = lines[end], lines[end - 1]
        near = line.y0 - above.y0 <= CLOSE * line.em if line.page == above.page else line.page == above.page + 1
        goes_on = near and not begins_anew(line.text) and not _is_prose(line)
        if not goes_on or not _is_label(line, left) or len(line.segments) > 1:
            break
        end += 1
    return end


# Columns ---------------------------------------------------------------------------------------------------------


def _grid(lines: Sequence[Line], rulings: Mapping[int, Area]) -> list[GridCell]:
    """The grid of a block, empty where its columns or rows cannot be told."""
    lines = [_with_cells_apart(line) for line in lines]
    columns = _columns(lines, [line for line in lines if _is_row(line)], _starts(lines, rulings))
    if columns is None:
        return []
    lines = [columns.with_cells_apart(line) for line in lines]
    rows = rows_of(lines, columns, rulings)
    if rows is None:
        return []
    width = len(columns.every)
    return [cell for number, row in enumerate(rows) for cell in _row_cells(row, number, width)]


def _with_cells_apart(line: Line) -> Line:
    """The line with its texts parted at gaps that are wide for a table."""
    least = CELL_GAP * line.em
    if not any(right - left >= least for segment in line.segments for _, left, right in segment.gaps):
        return line
    return line._replace(segments=tuple(part for segment in line.segments for part in segment.parts(least)))


@dataclass(frozen=True, slots=True)
class _Columns:
    """Places of label columns and of figure columns, each from left to right."""

    labels: tuple[Interval, ...]
    figures: tuple[Interval, ...]
    em: float

    @property
    def every(self) -> tuple[Interval, ...]:
        """All columns."""
        return self.labels + self.figures

    def with_cells_apart(self, line: Line) -> Line:
        """The line with texts parted whose parts stand each in a column of its own, as other rows show them."""
        return line._replace(segments=tuple(part for segment in line.segments for part in self._cells(segment)))

    def _cells(self, segment: Segment) -> list[Segment]:
        parts = segment.parts()
        places = [place for part in parts if (place := self.over(part)) is not None]
        apart = len(places) == len(parts) and all(one[-1] < other[0] for one, other in pairwise(places))
        return parts if apart and all(place[0] >= len(self.labels) for place in places[1:]) else [segment]

    def over(self, segment: Segment) -> range | None:
        """The columns a segment stands in, None if in none."""
        inner = min(INSIDE * self.em, (segment.x1 - segment.x0) / 3)
        place = segment.x0 + inner, segment.x1 - inner
        found = [n for n, column in enumerate(self.every) if _overlaps(place, column)]
        return range(found[0], found[-1] + 1) if found else None


def _starts(lines: Sequence[Line], rulings: Mapping[int, Area]) -> list[Interval]:
    """Where the lines that part rows begin and end: beside a label of several rows they begin behind it."""
    reach: dict[int, tuple[float, float]] = {}
    for line in lines:
        top, bottom = reach.get(line.page, (line.y0, line.y1))
        reach[line.page] = min(top, line.y0), max(bottom, line.y1)
    found = [
        ruling for page, (top, bottom) in reach.items() for ruling in rulings.get(page, ()) if top < ruling.at < bottom
    ]
    return [(ruling.start, ruling.end) for ruling in found]


def _columns(lines: Sequence[Line], body: Sequence[Line], starts: Sequence[Interval]) -> _Columns | None:
    """The columns; None where they cannot be told.

    Every figure column must be seen: one row has a figure in each, or a header word stands over each alone, as it must
    where there is but one row. ``starts``: ends of the lines between rows.
    """
    em = max(line.em for line in body)
    values = [s for line in lines for s in line.segments if _is_figure(s)]
    figures = _merged([(s.x0, s.x1) for s in values], APART * em)
    first = next(number for number, line in enumerate(lines) if _is_row(line))
    heads = _heads(lines[:first], _labels_end(lines[first:], figures[0][0]))
    if len(heads) > len(figures):
        figures = _merged([*figures, *heads], 0.0)
    full = any(sum(map(_is_figure, line.segments)) == len(figures) for line in body)
    headed = all(sum(_overlaps(head, figure) for head in heads) == 1 for figure in figures) and len(heads) == len(
        figures
    )
    if not headed and (not full or len(body) < MIN_ROWS):
        return None
    left = figures[0][0]
    edges = [start for start, end in starts if end > left]
    return _Columns(tuple(_label_columns(lines, left, em, edges)), tuple(figures), em)


def _labels_end(body: Sequence[Line], left: float) -> float:
    """Where the labels of the rows end: what stands to the right of it in the header stands over figures."""
    return max(
        (s.x1 for line in body for s in line.segments if s.x1 <= left and not _DIGITS.match(s.text)), default=0.0
    )


def _heads(header: Sequence[Line], start: float) -> list[Interval]:
    """Places of the words right over the figures: of a header in several tiers the lowest."""
    lowest: list[Interval] = []
    for line in reversed(header):
        places = [(s.x0, s.x1) for s in line.segments if s.x0 >= start]
        lowest += [p for p in places if len(_merged([q for q in lowest if _overlaps(p, q)], 0.0)) < 2]
    return _merged(lowest, 0.0)


def _label_columns(lines: Sequence[Line], left: float, em: float, ruled: Sequence[float]) -> list[Interval]:
    """Places of the labels left of the figures: parted where lines between rows begin (``ruled``), and gaps are.

    Such a gap stands between several labels on one line.
    """
    rows = [[s for s in line.segments if s.x1 <= left and not _is_figure(s)] for line in lines]
    every = [s for row in rows for s in row]
    if not every:
        return []
    first, last = min(s.x0 for s in every), max(s.x1 for s in every)
    inner = _distinct([at for at in ruled if first + em / 2 < at < last - em / 2], em)
    gaps = list(_label_gaps(lines, rows))
    open_gaps = [(x0, x1) for x0, x1 in gaps if not any(x0 - em < at < x1 + em for at in inner)]
    edges = sorted([*inner, *_edges(open_gaps, em)])
    starts = [first - em, *edges]
    return list(zip(starts, [*edges, left], strict=True))


def _label_gaps(lines: Sequence[Line], rows: Sequence[Sequence[Segment]]) -> Iterator[Interval]:
    """Gaps between labels side by side: on one line, or on lines too close to be lines of one cell."""
    for number, (line, row) in enumerate(zip(lines, rows, strict=True)):
        yield from ((one.x1, other.x0) for one, other in pairwise(row))
        for below, others in zip(lines[number + 1 : number + 3], rows[number + 1 : number + 3], strict=True):
            if below.page == line.page and below.y0 - line.y0 < CLOSEST * line.em:
                pairs = [sorted((one, other), key=lambda s: s.x0) for one in row for other in others]
                yield from ((left.x1, right.x0) for left, right in pairs if left.x1 < right.x0)


def _distinct(places: Sequence[float], em: float) -> list[float]:
    """Places in rising order, those closer than half an em as one."""
    found: list[float] = []
    for at in sorted(places):
        if not found or at - found[-1] > em / 2:
            found.append(at)
    return found


def _edges(gaps: Sequence[Interval], em: float) -> list[float]:
    """The fewest places that lie in every gap, each near the left end of the texts behind it."""
    shared: list[Interval] = []
    for x0, x1 in sorted(gaps, key=lambda gap: gap[1]):
        if shared and x0 < shared[-1][1]:
            shared[-1] = max(shared[-1][0], x0), shared[-1][1]
        else:
            shared.append((x0, x1))
    return [x1 - min(INSIDE * em, (x1 - x0) / 2) for x0, x1 in shared]


def _merged(places: Sequence[Interval], gap: float) -> list[Interval]:
    """Places that overlap or are no further apart than ``gap`` as one, from left to right."""
    merged: list[Interval] = []
    for x0, x1 in sorted(places):
        if merged and x0 - merged[-1][1] <= gap:
            merged[-1] = (merged[-1][0], max(merged[-1][1], x1))
        else:
            merged.append((x0, x1))
    return merged


def _overlaps(first: Interval, second: Interval) -> bool:
    return first[0] < second[1] and second[0] < first[1]


# Rows ------------------------------------------------------------------------------------------------------------


def _row_cells(row: Sequence[Held], number: int, columns: int) -> list[GridCell]:
    """The cells of a row, a blank one where nothing stands."""
    taken = {column for held in row for column in range(held.first, held.last + 1)}
    cells = [GridCell(held.text, number, held.first, 1, held.last - held.first + 1) for held in row]
    return cells + [GridCell("", number, column) for column in range(columns) if column not in taken]
