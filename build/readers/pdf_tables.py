"""Ruling lines and runs of a page → tables with merged cells, and tables cut by a page end → one table.

A cell is what lines enclose: two places of the grid belong to one cell where no line parts them. A run belongs to
the cell in which its middle lies; the order of text in the file plays no part.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from ..document import GridCell
from ..errors import ReadError
from ..messages import told
from .pdf_labels import is_value
from .pdf_lines import Line, cell_text, first_word_width, is_wide, lines_of
from .pdf_page import SAME_EDGE, TOUCH, Page, Ruling, Run

COVERED = 0.6
"""A line rules the side of a place if it runs along this share of it."""
PADDING = 12.0
"""Room between text and the sides of a cell, left and right together, at the most (Word: 10.8 points)."""
EDGES_AGREE = 4.0
"""Column edges of a table before and after a page end may differ by this much."""
OVERFLOW = 1.2
"""A line whose middle is at most this many glyph heights below an open cell belongs to it."""
FILLED = 1.6
"""With less room than this many glyph heights below its last line a cell cut by a page end is full."""
MANY_FIGURES = 3
"""So many figures side by side in one cell are figures of several columns."""
MAX_RULES = 400
"""More lines than this on a page, pieces joined, are a drawing, no table."""

_NUMBERED = re.compile(r"[((]?(?:\d+|[一二三四五六七八九十]+)[.、．))]\D")
_FIGURE = re.compile(r"[-+−±]?\d[\d.,]*")


class Patch(NamedTuple):
    """A cell of a table: places [row0, row1) × [column0, column1), and the lines printed in it.

    ``open_top``, ``open_bottom``: at the table's upper or lower end, and no line runs along that side.
    """

    row0: int
    column0: int
    row1: int
    column1: int
    lines: tuple[Line, ...] = ()
    open_top: bool = False
    open_bottom: bool = False

    @property
    def columns(self) -> tuple[int, int]:
        """First column and the one behind the last."""
        return self.column0, self.column1

    @property
    def shown(self) -> str:
        """The text without joining, for comparing."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True)
class Table:
    """A ruled table: x of its column edges, its cells. ``y0`` is of its first page, ``y1`` of its last."""

    xs: tuple[float, ...]
    rows: int
    patches: tuple[Patch, ...]
    y0: float
    y1: float
    page: int
    last_page: int = field(default=-1)

    @cached_property
    def places(self) -> int:
        """Rows × columns."""
        return self.rows * (len(self.xs) - 1)


# Lines → edges ---------------------------------------------------------------------------------------------------


def tables_of(page: Page, number: int, max_places: int) -> tuple[list[Table], list[Run], list[Ruling]]:
    """The ruled tables of a page from top to bottom, the runs outside them, and lines that form no table.

    Raises ReadError ``too_many_cells``.
    """
    if max(len(page.horizontals), len(page.verticals)) > MAX_RULES:
        return [], list(page.runs), []
    horizontals, verticals = list(page.horizontals), list(page.verticals)
    lattices = [_Lattice.of(h, v) for h, v in _components(horizontals, verticals)]
    free = horizontals
    runs: list[Run] = list(page.runs)
    tables: list[Table] = []
    for lattice in lattices:
        if lattice is None or lattice.columns * lattice.rows < 2:
            continue
        if lattice.columns * lattice.rows > max_places:
            raise ReadError(
                "too_many_cells",
                told("readers.page_places", page=number + 1, rows=lattice.rows, columns=lattice.columns),
            )
        inside, outside = _parted(runs, lattice)
        inside, outside = _with_overflow(inside, outside, lattice)
        table = lattice.table(inside, number)
        if _lacks_column_lines(table):
            continue
        runs = outside
        tables.append(table)
        free = [ruling for ruling in free if ruling not in lattice.used]
    return sorted(tables, key=lambda table: table.y0), runs, free


def _lacks_column_lines(table: Table) -> bool:
    """Whether figures of several columns stand in one cell: lines frame the table or part its rows, not its columns."""
    figures = [
        sum(is_value(segment.text) for segment in line.segments)
        for patch in table.patches
        for line in patch.lines
        if len(line.segments) > 1
    ]
    if len(table.xs) == 2:
        return any(figures)
    return max(figures, default=0) >= MANY_FIGURES or sum(count > 1 for count in figures) > 1


def _components(horizontals: list[Ruling], verticals: list[Ruling]) -> list[tuple[list[Ruling], list[Ruling]]]:
    """Lines that hang together by touching."""
    parent = list(range(len(horizontals) + len(verticals)))
    root = _root_of(parent)
    reaches = [(at, start - TOUCH, end + TOUCH) for at, start, end in verticals]
    for h_index, (y, start, end) in enumerate(horizontals):
        left, right = start - TOUCH, end + TOUCH
        for v_index, (x, top, bottom) in enumerate(reaches, start=len(horizontals)):
            if left <= x <= right and top <= y <= bottom:
                parent[root(h_index)] = root(v_index)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = defaultdict(lambda: ([], []))
    for index, ruling in enumerate([*horizontals, *verticals]):
        groups[root(index)][index >= len(horizontals)].append(ruling)
    return _with_neighbours(list(groups.values()))


def _with_neighbours(groups: list[tuple[list[Ruling], list[Ruling]]]) -> list[tuple[list[Ruling], list[Ruling]]]:
    """Groups of both kinds of lines, with the upright lines that stand as tall beside them and meet none.

    On a page wholly beside a label of many rows no line reaches that label's outer side.
    """
    tables = [(list(h), list(v)) for h, v in groups if h and v]
    reach = [(min(ruling.start for ruling in v), max(ruling.end for ruling in v)) for _, v in tables]
    for line in [ruling for h, v in groups if not h for ruling in v]:
        for (_, v), (top, bottom) in zip(tables, reach, strict=True):
            if abs(line.start - top) <= EDGES_AGREE and abs(line.end - bottom) <= EDGES_AGREE:
                v.append(line)
                break
    return tables


def _root_of(parent: list[int]) -> Callable[[int], int]:
    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    return root


def _parted(runs: list[Run], lattice: _Lattice) -> tuple[list[Run], list[Run]]:
    x0, x1, y0, y1 = lattice.xs[0], lattice.xs[-1], lattice.ys[0], lattice.ys[-1]
    inside: list[Run] = []
    outside: list[Run] = []
    for run in runs:
        _, left, upper, right, lower, _, _ = run
        x, y = (left + right) / 2, (upper + lower) / 2
        (inside if x0 <= x <= x1 and y0 <= y <= y1 else outside).append(run)
    return inside, outside


def _with_overflow(inside: list[Run], outside: list[Run], lattice: _Lattice) -> tuple[list[Run], list[Run]]:
    """Takes in lines right below cells that a page end leaves open: Chromium prints them below the rules' ends."""
    columns, bottom = lattice.open_columns(), lattice.ys[-1]
    taken: set[Run] = set()
    for line in lines_of(run for run in outside if columns and run.y0 + run.y1 > 2 * bottom):
        near = (line.y0 + line.y1) / 2 <= bottom + OVERFLOW * line.em
        if not near or not all(any(x0 <= s.x0 and s.x1 <= x1 for x0, x1 in columns) for s in line.segments):
            break
        taken |= {run for run in outside if line.y0 <= run.y0 and run.y1 <= line.y1}
        bottom = line.y1
    return inside + list(taken), [run for run in outside if run not in taken]


# Edges → cells ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Lattice:
    """Column edges, row edges and the lines along them."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    along_x: tuple[tuple[Ruling, ...], ...]
    along_y: tuple[tuple[Ruling, ...], ...]
    used: frozenset[Ruling]

    @classmethod
    def of(cls, horizontals: list[Ruling], verticals: list[Ruling]) -> _Lattice | None:
        """The lattice of lines that hang together; None where they enclose nothing.

        A table cut by a page end, or without outer sides, reaches as far as its lines do.
        """
        xs = _edges([ruling.at for ruling in verticals], [end for ruling in horizontals for end in ruling[1:]])
        ys = _edges([ruling.at for ruling in horizontals], [end for ruling in verticals for end in ruling[1:]])
        if len(xs) < 2 or len(ys) < 2:
            return None
        used = frozenset([*horizontals, *verticals])
        return cls(xs, ys, _by_edge(horizontals, ys), _by_edge(verticals, xs), used)

    @property
    def columns(self) -> int:
        """Places in a row."""
        return len(self.xs) - 1

    @property
    def rows(self) -> int:
        """Places in a column."""
        return len(self.ys) - 1

    def open_columns(self) -> list[tuple[float, float]]:
        """Left and right end of the columns without a line at the table's lower end."""
        return [
            (self.xs[column], self.xs[column + 1])
            for column in range(self.columns)
            if not self.ruled_above[self.rows][column]
        ]

    @cached_property
    def ruled_above(self) -> list[list[bool]]:
        """For each edge of a row, and each column, whether a line runs along it there."""
        return [_covered(rulings, self.xs) for rulings in self.along_x]

    @cached_property
    def ruled_left(self) -> list[list[bool]]:
        """For each edge of a column, and each row, whether a line runs along it there."""
        return [_covered(rulings, self.ys) for rulings in self.along_y]

    def table(self, runs: list[Run], page: int) -> Table:
        """The cells with their text."""
        owner = self._owners()
        members: dict[int, list[Run]] = defaultdict(list)
        for run in runs:
            _, x0, y0, x1, y1, _, _ = run
            column, row = _index(self.xs, (x0 + x1) / 2), _index(self.ys, (y0 + y1) / 2)
            members[owner[row][column]].append(run)
        patches = [self._patch(area, members[number], page) for number, area in enumerate(_areas(owner))]
        return Table(self.xs, self.rows, tuple(patches), self.ys[0], self.ys[-1], page, page)

    def _patch(self, area: tuple[int, int, int, int], runs: list[Run], page: int) -> Patch:
        row0, column0, row1, column1 = area
        lines = tuple(lines_of(_levelled(runs), page)) if runs else ()
        open_top = row0 == 0 and self._is_open(0, column0, column1)
        open_bottom = row1 == self.rows and self._is_open(row1, column0, column1)
        return Patch(row0, column0, row1, column1, lines, open_top, open_bottom)

    def _is_open(self, edge: int, column0: int, column1: int) -> bool:
        return not any(self.ruled_above[edge][column0:column1])

    def _owners(self) -> list[list[int]]:
        """For each place the number of its cell, cells numbered in reading order."""
        ruled_above, ruled_left = self.ruled_above, self.ruled_left
        parent = list(range(self.rows * self.columns))
        root = _root_of(parent)
        for row in range(self.rows):
            for column in range(self.columns):
                place = row * self.columns + column
                if row and not ruled_above[row][column]:
                    parent[root(place)] = root(place - self.columns)
                if column and not ruled_left[column][row]:
                    parent[root(place)] = root(place - 1)
        regions = [[root(row * self.columns + column) for column in range(self.columns)] for row in range(self.rows)]
        return _rectangles(regions)


def _edges(lines: list[float], ends: list[float]) -> tuple[float, ...]:
    """Where columns (or rows) begin and end: the lines across, and the outermost ends of the lines along."""
    edges: list[float] = []
    for at in sorted(lines):
        if not edges or at - edges[-1] > SAME_EDGE:
            edges.append(at)
    if not edges:
        return ()
    low, high = min(ends), max(ends)
    before = [low] if low < edges[0] - SAME_EDGE else []
    behind = [high] if high > edges[-1] + SAME_EDGE else []
    return (*before, *edges, *behind)


def _by_edge(rulings: list[Ruling], edges: tuple[float, ...]) -> tuple[tuple[Ruling, ...], ...]:
    found: list[list[Ruling]] = [[] for _ in edges]
    for ruling in rulings:
        found[_nearest(edges, ruling.at)].append(ruling)
    return tuple(map(tuple, found))


def _nearest(edges: tuple[float, ...], at: float) -> int:
    """Which edge is nearest; of two as near the first."""
    behind = bisect_right(edges, at, 1, len(edges) - 1)
    return behind - 1 if at - edges[behind - 1] <= edges[behind] - at else behind


def _covered(rulings: Sequence[Ruling], edges: tuple[float, ...]) -> list[bool]:
    return [_is_covered(rulings, start, end) for start, end in pairwise(edges)]


def _is_covered(rulings: Sequence[Ruling], start: float, end: float) -> bool:
    covered = 0.0
    for _, first, last in rulings:
        if first < end and last > start:
            covered += (last if last < end else end) - (first if first > start else start)
    return covered >= COVERED * (end - start)


def _index(edges: tuple[float, ...], at: float) -> int:
    return bisect_right(edges, at, 1, len(edges) - 1) - 1


def _rectangles(regions: list[list[int]]) -> list[list[int]]:
    """Regions cut into rectangles, numbered in reading order; a region that is one already stays whole."""
    rows, columns = len(regions), len(regions[0])
    owner = [[-1] * columns for _ in range(rows)]
    number = 0
    for row in range(rows):
        for column in range(columns):
            if owner[row][column] >= 0:
                continue
            region = regions[row][column]
            end = column
            while end < columns and regions[row][end] == region and owner[row][end] < 0:
                end += 1
            bottom = row
            across, numbers = [region] * (end - column), [number] * (end - column)
            while bottom < rows and regions[bottom][column:end] == across:
                owner[bottom][column:end] = numbers
                bottom += 1
            number += 1
    return owner


def _areas(owner: list[list[int]]) -> list[tuple[int, int, int, int]]:
    """For each cell number its first row and column, and those behind its last."""
    areas: dict[int, tuple[int, int, int, int]] = {}
    for row, numbers in enumerate(owner):
        for column, number in enumerate(numbers):
            row0, column0, _, column1 = areas.get(number, (row, column, 0, 0))
            areas[number] = (row0, column0, row + 1, max(column1, column + 1))
    return [areas[number] for number in sorted(areas)]


def _levelled(runs: list[Run]) -> list[Run]:
    """Runs of a cell turned so that they run from left to right, if most of them lie on their side."""
    turned = [run for run in runs if run.turn]
    if not turned or len(turned) * 2 <= len(runs) or len({run.turn for run in turned}) > 1:
        return runs
    return [_TURNED_BACK[run.turn](run) for run in turned]


_TURNED_BACK: dict[int, Callable[[Run], Run]] = {
    1: lambda g: g._replace(x0=-g.y1, x1=-g.y0, y0=g.x0, y1=g.x1),
    2: lambda g: g._replace(x0=-g.x1, x1=-g.x0, y0=-g.y1, y1=-g.y0),
    3: lambda g: g._replace(x0=g.y0, x1=g.y1, y0=-g.x1, y1=-g.x0),
}


# Tables cut by page ends -----------------------------------------------------------------------------------------


def continued(first: Table, second: Table) -> Table | None:
    """One table of the two sides of a page end; None where their columns do not agree.

    A row that is open below and above is one row that the page end cuts. A label beside several rows goes on where its
    side is open, or where it stands blank again after the page end. Header rows printed again are left out.
    """
    xs = _common_edges(first.xs, second.xs)
    if xs is None:
        return None
    above, below = _on_edges(first, xs), _on_edges(second, xs)
    repeated = _repeated_rows(above, below)
    below = _without_rows(below, repeated)
    if not below.patches:
        return replace(above, y1=second.y1, last_page=second.last_page)
    sides = _Sides(above, below, repeated > 0)
    cut = sides.are_one_row()
    shift = above.rows - 1 if cut else above.rows
    moved = [_moved(p, shift) for p in below.patches]
    tops = {p.columns: p for p in moved if p.row0 == shift}
    blank = _blank_labels(tops.values())
    patches: list[Patch] = []
    for patch in above.patches:
        other = tops.get(patch.columns) if patch.row1 == above.rows else None
        if other is not None and (cut or sides.go_on(patch, other) or (other.columns in blank and _is_label(patch))):
            patches.append(
                patch._replace(row1=other.row1, lines=patch.lines + other.lines, open_bottom=other.open_bottom)
            )
            moved.remove(other)
        else:
            patches.append(patch)
    return replace(above, rows=shift + below.rows, patches=(*patches, *moved), y1=second.y1, last_page=second.last_page)


def _common_edges(first: tuple[float, ...], second: tuple[float, ...]) -> tuple[float, ...] | None:
    """Edges of both, if the outer sides agree and the edges of one are all among those of the other."""
    if abs(first[0] - second[0]) > EDGES_AGREE or abs(first[-1] - second[-1]) > EDGES_AGREE:
        return None
    more, fewer = (first, second) if len(first) >= len(second) else (second, first)
    if all(min(abs(edge - other) for other in more) <= EDGES_AGREE for edge in fewer):
        return more
    return None


def _on_edges(table: Table, xs: tuple[float, ...]) -> Table:
    """The table with its columns counted by ``xs``."""
    if len(table.xs) == len(xs):
        return table
    at = [min(range(len(xs)), key=lambda index: abs(xs[index] - edge)) for edge in table.xs]
    moved = tuple(p._replace(column0=at[p.column0], column1=at[p.column1]) for p in table.patches)
    return replace(table, xs=xs, patches=moved)


def _repeated_rows(above: Table, below: Table) -> int:
    """How many rows at the top of ``below`` are those of ``above`` printed again (a header holds no figure)."""
    repeated = 0
    for rows in range(1, min(above.rows, below.rows) + 1):
        first, second = _head(above, rows), _head(below, rows)
        if first is None or second is None:
            continue
        texts = "".join(text for *_, text in first)
        if first != second or not texts or any(text.strip().isdecimal() for *_, text in first):
            break
        repeated = rows
    return repeated


def _head(table: Table, rows: int) -> list[tuple[int, int, int, int, str]] | None:
    """Cells of the first rows; None where a cell reaches beyond them."""
    cells = [p for p in table.patches if p.row0 < rows]
    if any(p.row1 > rows for p in cells):
        return None
    return sorted((p.row0, p.column0, p.row1, p.column1, p.shown) for p in cells)


def _moved(patch: Patch, rows: int) -> Patch:
    row0, column0, row1, column1, lines, open_top, open_bottom = patch
    return Patch(row0 + rows, column0, row1 + rows, column1, lines, open_top, open_bottom)


def _without_rows(table: Table, rows: int) -> Table:
    if not rows:
        return table
    left = (p for p in table.patches if p.row0 >= rows)
    moved = tuple(_moved(p, -rows) for p in left)
    return replace(table, rows=table.rows - rows, patches=moved)


class _Sides:
    """The last row before a page end and the first behind it. ``behind_header``: header rows again stand between."""

    def __init__(self, above: Table, below: Table, behind_header: bool) -> None:
        self.above = above
        self.behind_header = behind_header
        last = {p.columns: p for p in above.patches if p.row1 == above.rows}
        first = {p.columns: p for p in below.patches if p.row0 == 0}
        self.pairs = [(patch, first[columns]) for columns, patch in last.items() if columns in first]
        self.alike = last.keys() == first.keys()
        self.unruled = self.alike and all(self._is_open(*pair) for pair in self.pairs)

    def _is_open(self, patch: Patch, other: Patch) -> bool:
        return patch.open_bottom and (other.open_top or self.behind_header)

    def are_one_row(self) -> bool:
        """Whether the page end cuts a row: the same columns on both sides, and every cell of one piece with its other.

        Chromium prints no line at such a place (behind a header printed again the second part always has one above
        it). Word and LibreOffice print one; there some text must be seen to run on. No cell may have text of its own
        on both sides: where a page end takes the line between two rows they stay two.
        """
        texts = [pair for pair in self.pairs if pair[0].lines and pair[1].lines]
        if self.unruled:
            return all(not _begins_anew(other) or self._may_be_cut(patch, other) for patch, other in texts)
        in_row = [patch.row1 - patch.row0 == 1 or other.row1 - other.row0 == 1 for patch, other in texts]
        runs_on = all(_runs_on(patch, other, self.above) or self._may_be_cut(patch, other) for patch, other in texts)
        return self.alike and any(in_row) and runs_on

    def _may_be_cut(self, patch: Patch, other: Patch) -> bool:
        """Whether a figure may go on behind the page end: it is full, and no label begins a row there.

        A label may go on with it. The cell then holds both with a space between, which is no figure: neither may be
        published.
        """
        if any(_is_label(behind) and not self._goes_on_as_text(before, behind) for before, behind in self.pairs):
            return False
        last, first = patch.lines[-1].text, other.lines[0].text
        figures = _FIGURE.fullmatch(last) is not None and _FIGURE.fullmatch(first) is not None
        return figures and _is_full(patch, other, self.above)

    def _goes_on_as_text(self, patch: Patch, other: Patch) -> bool:
        return bool(patch.lines) and _runs_on(patch, other, self.above)

    def go_on(self, patch: Patch, other: Patch) -> bool:
        """Whether two cells of different rows are one: a label beside several rows, or an upright one.

        A side without a line tells so only where other cells have one.
        """
        if patch.lines and other.lines and is_value("".join([line.text for line in other.lines])):
            return False
        if self._is_open(patch, other) and not self.unruled:
            return True
        if not patch.lines:
            return False
        if not other.lines:
            return other.row1 - other.row0 > 1
        upright = len(patch.lines[-1].text) == len(other.lines[0].text) == 1
        spans = max(patch.row1 - patch.row0, other.row1 - other.row0) > 1
        return (upright or spans) and _runs_on(patch, other, self.above)


def _blank_labels(row: Iterable[Patch]) -> set[tuple[int, int]]:
    """Columns in which the first row behind a page end is blank for the label before it: those left of its own label.

    With them, where the row has no figure, the rest of a header row. A row that begins with figures has no label: its
    blanks are values (section four).
    """
    ordered = sorted(row, key=lambda patch: patch.column0)
    own = next((number for number, patch in enumerate(ordered) if patch.lines), 0)
    if not _is_label(ordered[own]):
        return set()
    figures = any(any(char.isdecimal() for char in patch.shown) for patch in ordered[own + 1 :])
    taken = ordered[:own] if figures or not own else ordered
    return {patch.columns for patch in taken if not patch.lines}


def _is_label(patch: Patch) -> bool:
    return sum(is_wide(char) and char.isalpha() for char in patch.shown) >= 2


def _begins_anew(patch: Patch) -> bool:
    """Whether a text cannot be the rest of another: a label with a number of its own, or a figure (of any lines)."""
    whole = "".join([line.text for line in patch.lines])
    return _NUMBERED.match(patch.lines[0].text) is not None or _FIGURE.fullmatch(whole) is not None


def _runs_on(patch: Patch, other: Patch, above: Table) -> bool:
    """Whether the text of a cell goes on behind the page end.

    It fills its cell to the page end, its last line is full (or a single glyph, as in upright labels), and what follows
    is neither numbered as a label of its own nor a figure.
    """
    last, first = patch.lines[-1], other.lines[0]
    if _begins_anew(other):
        return False
    upright = len(last.text) == len(first.text) == 1
    return above.y1 - last.y1 < FILLED * last.em and (upright or _is_full(patch, other, above))


def _is_full(patch: Patch, other: Patch, above: Table) -> bool:
    """Whether the next word would not have fitted into the last line of a cell."""
    last, first = patch.lines[-1], other.lines[0]
    room = above.xs[patch.column1] - above.xs[patch.column0] - PADDING
    return last.x1 - last.x0 + first_word_width(first.text, first.em) > room


# Tables → grids --------------------------------------------------------------------------------------------------


def grid_cells(table: Table) -> list[GridCell]:
    """The cells of a table with their text."""
    room = _room(table)
    return [
        GridCell(cell_text(p.lines, room[p.columns]), p.row0, p.column0, p.row1 - p.row0, p.column1 - p.column0)
        for p in table.patches
    ]


def _room(table: Table) -> dict[tuple[int, int], float]:
    """How much text a line of each column can hold: the width within its padding, or the longest line seen."""
    room: dict[tuple[int, int], float] = {}
    for patch in table.patches:
        widths = [line.x1 - line.x0 for line in patch.lines]
        inner = table.xs[patch.column1] - table.xs[patch.column0] - PADDING
        room[patch.columns] = max(room.get(patch.columns, inner), *widths) if widths else room.get(patch.columns, inner)
    return room
