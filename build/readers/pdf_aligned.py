"""Tables without column lines → grids, where the places of their figures tell the columns beyond doubt.

A figure belongs to a column because it stands under or over that column's other figures, never because it is the
third in its row. Where the columns cannot be told so, the lines stay lines, their cells parted by tabs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from ..document import GridCell
from .pdf_lines import Line, Segment, glue
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
    return _VALUE.fullmatch(segment.text) is not None


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


# Columns ---------------------------------------------------------------------------------------------------------


def _grid(lines: Sequence[Line], rules: Mapping[int, Area]) -> list[GridCell]:
    """The grid of a block, empty where its columns cannot be told."""
    body = [line for line in lines if _is_row(line)]
    columns = _columns(lines, body)
    if columns is None:
        return []
    rows: list[dict[Interval, list[Segment]]] = []
    for group in _row_groups(lines, rules, columns):
        row = _placed(group, columns)
        if row is None:
            return []
        rows.append(row)
    return _cells(rows, columns)


def _columns(lines: Sequence[Line], body: Sequence[Line]) -> list[Interval] | None:
    """Places of label columns and of figure columns, from left to right.

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
    labels = _label_columns(lines, left, em)
    return [*labels, *figures]


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


def _placed(group: Sequence[Line], columns: Sequence[Interval]) -> dict[Interval, list[Segment]] | None:
    """Segments of a row by the columns they stand in (first, last); None where two compete for a place."""
    row: dict[Interval, list[Segment]] = {}
    for line in group:
        taken: set[int] = set()
        for segment in line.segments:
            over = [n for n, column in enumerate(columns) if _overlaps((segment.x0, segment.x1), column)]
            if not over or taken & set(over) or (is_value(segment) and len(over) > 1):
                return None
            taken |= set(over)
            row.setdefault((over[0], over[-1]), []).append(segment)
    spans = sorted(row)
    clash = any(first[1] >= second[0] for first, second in pairwise(spans))
    return None if clash else row


def _cells(rows: Sequence[dict[Interval, list[Segment]]], columns: Sequence[Interval]) -> list[GridCell]:
    cells: list[GridCell] = []
    for number, row in enumerate(rows):
        covered: set[int] = set()
        for (first, last), segments in row.items():
            cells.append(GridCell(_text(segments), number, int(first), 1, int(last) - int(first) + 1))
            covered |= set(range(int(first), int(last) + 1))
        cells += [GridCell("", number, column) for column in range(len(columns)) if column not in covered]
    return cells


def _text(segments: Sequence[Segment]) -> str:
    text = segments[0].text
    for segment in segments[1:]:
        text += glue(text, segment.text) + segment.text
    return text
