"""Tables without column lines → grids, where the places of their figures tell the columns beyond doubt.

A figure belongs to a column because it stands under or over that column's other figures, never because it is the
third in its row. Where the columns cannot be told so, the lines stay lines, their cells parted by tabs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from ..document import GridCell
from .pdf_lines import Line, Segment, as_read, glue
from .pdf_page import Rule

MIN_VALUES = 2
"""A table row has at least this many figures …"""
MIN_ROWS = 2
"""… and a table this many such rows."""
MAX_BETWEEN = 3
"""So many lines with fewer figures may stand between two table rows (group labels, labels over several lines)."""
MAX_HEADER = 8
"""So many header lines are looked at."""
APART = 0.5
"""Columns are parted by a gap of this many em that no row's text bridges."""

_VALUE = re.compile(
    r"[((]?[-+−±增减约]?[\d０-９][\d０-９,，.．]*(?:万元|元|件|项|条|宗|个|%)?[))]?(?:[((].*[))])?|[-/—–－／]+"
)
MIN_DIGITS = 3
"""A figure of at least so many glyphs may go on in the next line, …"""
NEXT_LINE = 2.0
"""… which begins at most this many em further down."""
AS_WIDE = 0.3
"""It is as wide as any figure in its column, to this many em, …"""
NEARBY = 8
"""… so many lines up and down."""

_DIGITS = re.compile(r"\d[\d.,]*")
_ANEW = re.compile(r"[((]?(?:\d+|[一二三四五六七八九十]+)[.、．))]")
_PROSE = re.compile(r"[。;；!?！？]")

Interval = tuple[float, float]
Area = Sequence[Rule]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of lines: a table (``cells`` its grid), or lines of text (``cells`` empty)."""

    lines: tuple[Line, ...]
    cells: tuple[GridCell, ...] = field(default=())


def stretches(lines: Sequence[Line], rules: Mapping[int, Area]) -> Iterator[Stretch]:
    """The lines parted into text and tables without column lines. ``rules``: horizontal lines a page."""
    lines = _with_cut_figures_joined(lines)
    at = 0
    for first, end in _blocks(lines):
        start = max(first, at)
        cells = _grid(lines[start:end], rules)
        if cells:
            if start > at:
                yield Stretch(tuple(lines[at:start]))
            yield Stretch(tuple(lines[start:end]), tuple(cells))
            at = end
    if at < len(lines):
        yield Stretch(tuple(lines[at:]))


def is_value(segment: Segment) -> bool:
    """Whether a segment is a figure, or a mark in place of one."""
    return _VALUE.fullmatch(as_read(segment.text)) is not None


def _is_row(line: Line) -> bool:
    return sum(map(is_value, line.segments)) >= MIN_VALUES


def _blocks(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Runs of table rows with the lines between them and header lines: the first line, and the one behind the last."""
    rows = [number for number, line in enumerate(lines) if _is_row(line)]
    runs: list[list[int]] = []
    for number in rows:
        between = lines[runs[-1][-1] + 1 : number] if runs else ()
        if runs and len(between) <= MAX_BETWEEN and not any(map(_is_prose, between)):
            runs[-1].append(number)
        else:
            runs.append([number])
    for run in runs:
        if len(run) >= MIN_ROWS:
            yield _header_start(lines, run), run[-1] + 1


def _is_prose(line: Line) -> bool:
    return len(line.segments) == 1 and _PROSE.search(line.text) is not None


def _header_start(lines: Sequence[Line], run: Sequence[int]) -> int:
    """The first header line: cells side by side, or a word that stands over the figures."""
    first = run[0]
    left = min(segment.x0 for number in run for segment in lines[number].segments if is_value(segment))
    start = first
    for number in range(first - 1, max(first - 1 - MAX_HEADER, -1), -1):
        line = lines[number]
        if line.page != lines[first].page or _PROSE.search(line.text):
            break
        if len(line.segments) == 1 and line.x0 < left - line.em:
            break
        start = number
    return start


# Figures over two lines ------------------------------------------------------------------------------------------


def _with_cut_figures_joined(lines: Sequence[Line]) -> list[Line]:
    """The lines, those as one of which the second may hold the rest of figures that did not fit into the first.

    Such a figure holds both parts with a space between, which is no figure: neither part may be published, and without
    lines round the cells nothing tells whether the parts are one figure.
    """
    joined: list[Line] = []
    for number, line in enumerate(lines):
        at = _last_row(joined) if _has_value(line) else None
        whole = None if at is None else _joined(joined[at], line, lines[max(number - NEARBY, 0) : number + NEARBY])
        if at is None or whole is None:
            joined.append(line)
        else:
            joined[at] = whole
    return joined


def _last_row(lines: Sequence[Line]) -> int | None:
    """The last line if it has figures, else the one before: part of a group label may stand between two of a row."""
    for at in range(len(lines) - 1, max(len(lines) - 3, -1), -1):
        if sum(segment.text[0].isdigit() for segment in lines[at].segments) >= MIN_VALUES:
            return at
        if _has_value(lines[at]):
            return None
    return None


def _joined(before: Line, line: Line, nearby: Sequence[Line]) -> Line | None:
    """Both lines as one, None unless every figure of the second may go on one of the first."""
    if before.page != line.page or line.y1 - before.y1 > NEXT_LINE * line.em:
        return None
    rest = [segment for segment in line.segments if is_value(segment)]
    labelled = len(rest) < len(line.segments)
    fewer = len(rest) < len(before.segments) - labelled
    if labelled and (not fewer or _ANEW.match(line.text)):
        return None
    segments = list(before.segments)
    for segment in line.segments:
        over = [at for at, other in enumerate(segments) if _overlaps((other.x0, other.x1), (segment.x0, segment.x1))]
        if len(over) != 1 or (segment in rest and not _may_go_on(segments[over[0]], segment, line.em, nearby)):
            return None
        segments[over[0]] = _with_rest(segments[over[0]], segment, " " if segment in rest else None)
    return before._replace(segments=tuple(segments), y1=line.y1)


def _may_go_on(figure: Segment, rest: Segment, em: float, nearby: Sequence[Line]) -> bool:
    """Whether a figure is one of the widest in its column, and what stands below it is digits."""
    last = figure.text.rsplit(" ", 1)[-1]
    if len(last) < MIN_DIGITS or not _DIGITS.fullmatch(last) or not _DIGITS.fullmatch(rest.text):
        return False
    column = [s for line in nearby for s in line.segments if _is_flush(s, figure, AS_WIDE * em) and is_value(s)]
    widest = max((s.x1 - s.x0 for s in column), default=0.0)
    return figure.x1 - figure.x0 >= widest - AS_WIDE * em


def _is_flush(segment: Segment, other: Segment, slack: float) -> bool:
    """Whether two segments of different lines are set to the same left end, right end or middle."""
    left, right = segment.x0 - other.x0, segment.x1 - other.x1
    return min(abs(left), abs(right), abs(left + right) / 2) <= slack


def _with_rest(segment: Segment, rest: Segment, between: str | None) -> Segment:
    text = segment.text + (glue(segment.text, rest.text) if between is None else between) + rest.text
    return Segment(text, min(segment.x0, rest.x0), max(segment.x1, rest.x1))


# Columns ---------------------------------------------------------------------------------------------------------


def _grid(lines: Sequence[Line], rules: Mapping[int, Area]) -> list[GridCell]:
    """The grid of a block, empty where its columns cannot be told."""
    columns = _columns(lines, [line for line in lines if _is_row(line)])
    if columns is None:
        return []
    cells: list[GridCell] = []
    for number, group in enumerate(_row_groups(lines, rules, columns.every)):
        row = _placed(group, columns)
        if row is None:
            return []
        cells += _row_cells(row, number, len(columns.every))
    return cells


@dataclass(frozen=True, slots=True)
class _Columns:
    """Places of label columns and of figure columns, each from left to right."""

    labels: tuple[Interval, ...]
    figures: tuple[Interval, ...]

    @property
    def every(self) -> tuple[Interval, ...]:
        """All columns."""
        return self.labels + self.figures

    def over(self, segment: Segment) -> range | None:
        """The columns a segment stands in, None if in none."""
        found = [n for n, column in enumerate(self.every) if _overlaps((segment.x0, segment.x1), column)]
        return range(found[0], found[-1] + 1) if found else None


def _columns(lines: Sequence[Line], body: Sequence[Line]) -> _Columns | None:
    """The columns; None where they cannot be told.

    Every figure column must be seen: one row has a figure in each, or a header word stands over each alone.
    """
    em = max(line.em for line in body)
    values = [s for line in lines for s in line.segments if is_value(s)]
    figures = _merged([(s.x0, s.x1) for s in values], APART * em)
    if len(figures) < MIN_VALUES:
        return None
    left = figures[0][0]
    first = next(number for number, line in enumerate(lines) if _is_row(line))
    heads = _merged([(s.x0, s.x1) for line in lines[:first] for s in line.segments if s.x0 >= left - em], 0.0)
    if len(heads) > len(figures):
        figures = _merged([*figures, *heads], 0.0)
    full = any(sum(map(is_value, line.segments)) == len(figures) for line in body)
    headed = all(sum(_overlaps(head, figure) for head in heads) == 1 for figure in figures) and len(heads) == len(
        figures
    )
    if not (full or headed):
        return None
    return _Columns(tuple(_label_columns(lines, left, em)), tuple(figures))


def _label_columns(lines: Sequence[Line], left: float, em: float) -> list[Interval]:
    """Places of the labels left of the figures: several columns where lines have several labels side by side."""
    rows = [[s for s in line.segments if s.x1 <= left and not is_value(s)] for line in lines]
    several = [(s.x0, s.x1) for row in rows if len(row) > 1 for s in row]
    every = [(s.x0, s.x1) for row in rows for s in row]
    if not every:
        return []
    return _merged(several, APART * em) or [(min(x0 for x0, _ in every), max(x1 for _, x1 in every))]


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


def _row_groups(lines: Sequence[Line], rules: Mapping[int, Area], columns: Sequence[Interval]) -> list[list[Line]]:
    """Lines that make up one row: what stands between two horizontal lines, or figures beside a label of two lines."""
    bands = [list(group) for _, group in groupby(lines, key=lambda line: _band(line, rules, columns))]
    if len(bands) > MIN_ROWS and all(sum(_has_value(line) for line in band) <= 1 for band in bands):
        return bands
    return _beside(lines)


def _has_value(line: Line) -> bool:
    return any(map(is_value, line.segments))


def _band(line: Line, rules: Mapping[int, Area], columns: Sequence[Interval]) -> tuple[int, int]:
    middle = (line.y0 + line.y1) / 2
    width = columns[-1][1] - columns[0][0]
    above = sum(
        rule.at < middle and min(rule.end, columns[-1][1]) - max(rule.start, columns[0][0]) > 0.8 * width
        for rule in rules.get(line.page, ())
    )
    return line.page, above


def _beside(lines: Sequence[Line]) -> list[list[Line]]:
    """Each line a row, but a label of two lines with figures half way between them is one."""
    groups: list[list[Line]] = []
    at = 0
    while at < len(lines):
        three = lines[at : at + 3]
        if len(three) == 3 and _is_half_way(*three):
            groups.append(list(three))
            at += 3
        else:
            groups.append([lines[at]])
            at += 1
    return groups


def _is_half_way(upper: Line, middle: Line, lower: Line) -> bool:
    labels = not _has_value(upper) and not _has_value(lower) and len(upper.segments) == len(lower.segments) == 1
    figures = all(map(is_value, middle.segments))
    return labels and figures and upper.y1 > middle.y0 and middle.y1 > lower.y0 and upper.page == lower.page


@dataclass(slots=True)
class _Held:
    """What stands in some columns of a row: first and last column, the text so far, the line its end stands on."""

    first: int
    last: int
    text: str
    line: int

    def take(self, other: _Held) -> None:
        """Join what stands in some of the same columns."""
        self.text += (" " if self.line == other.line else glue(self.text, other.text)) + other.text
        self.first, self.last, self.line = min(self.first, other.first), max(self.last, other.last), other.line


def _placed(group: Sequence[Line], columns: _Columns) -> list[_Held] | None:
    """The segments of a row by the columns they stand in.

    Labels in one place are joined, and so are words of a header. None where figures compete for a place, or one stands
    in no column or in several.
    """
    header = not any(map(_has_value, group))
    row: list[_Held] = []
    for number, line in enumerate(group):
        for segment in line.segments:
            over = columns.over(segment)
            if over is None:
                return None
            held = _Held(over[0], over[-1], segment.text, number)
            labels = held.last < len(columns.labels)
            if is_value(segment) and len(over) > 1 and not labels:
                return None
            for other in [other for other in row if other.first <= held.last and held.first <= other.last]:
                if not header and not (labels and other.last < len(columns.labels)):
                    return None
                row.remove(other)
                other.take(held)
                held = other
            row.append(held)
    return row


def _row_cells(row: Sequence[_Held], number: int, columns: int) -> list[GridCell]:
    """The cells of a row, a blank one where nothing stands."""
    taken = {column for held in row for column in range(held.first, held.last + 1)}
    cells = [GridCell(held.text, number, held.first, 1, held.last - held.first + 1) for held in row]
    return cells + [GridCell("", number, column) for column in range(columns) if column not in taken]
