"""The tables of a web page: which are grids of cells and which only lay the page out, and where each cell stands.

Rule. A table with at most one cell a row is no table at all: what it holds belongs to whatever is around it. Of tables
within tables, that one is a grid whose own cells hold the most figures (then, the most short texts); the tables around
it lay out the page, those within it are words of its cells. A table whose cells hold prose and hardly a figure,
or a single row without figures, lays out the page too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element as Element

from ..document import GridCell, shown_words
from ..errors import ReadError
from ..messages import told
from .html_words import cell_text, lines_of

LARGEST_ROW_SPAN = 65_534
LARGEST_COLUMN_SPAN = 1_000
"""The bounds that the HTML standard sets."""

LONGEST_CELL = 400
"""Characters; a longer cell is prose."""

SHORT_CELL = 60
FEW_FIGURES = 4
"""With fewer figures than this, a table that holds prose lays out the page."""

_FIGURE = re.compile(
    r"(?:[+\-−–—增减]?\s*\d[\d,，.]*\s*(?:%|[万千亿]?元|[件项个条次])?\s*(?:[(（].*)?)|[/\\\-–—]+", re.S
)
_INTEGER = re.compile(r"\s*\+?(\d{1,9})")
_ROW = "tr"
_CELLS = ("td", "th")
_AROUND_ROWS = ("table", "thead", "tbody", "tfoot")
_stray_words = etree.XPath(
    "(. | tr | thead | tbody | tfoot | thead/tr | tbody/tr | tfoot/tr)/text()[normalize-space()]"
    " | *[not(self::tr or self::td or self::th or .//td or .//th)]//text()[normalize-space()]",
    smart_strings=False,
)


@dataclass(slots=True)
class Row:
    """A row as the page writes it: the texts of its cells, and of some cells more, by their number in the row.

    ``spans``: ``rowspan`` and ``colspan`` as stated. ``holders``: the element of a cell that holds tables, whose words
    are read only once the grid is known to be one.
    """

    group: int
    texts: list[str] = field(default_factory=list)
    spans: dict[int, tuple[str | None, str | None]] = field(default_factory=dict)
    holders: dict[int, Element] = field(default_factory=dict)


@dataclass(eq=False, slots=True)
class Table:
    """A table as the page writes it: rows of cells, each row with the number of its row group.

    ``group``: the element of the last of them. ``holders``: cells with a table in them. ``figures`` and ``short``: its
    own cells with a figure, and with a short text; ``best``: those two of the best table within it. ``longest``: the
    characters of its longest cell, if that is no short text.
    """

    element: Element
    outer: Table | None
    rows: list[Row] = field(default_factory=list)
    group: Element | None = None
    holders: set[Element] = field(default_factory=set)
    has_tables: bool = False
    figures: int = 0
    short: int = 0
    longest: int = 0
    best: tuple[int, int] = (0, 0)

    @property
    def score(self) -> tuple[int, int]:
        """What decides between tables within each other."""
        return self.figures, self.short

    @property
    def is_single_column(self) -> bool:
        """At most one cell a row."""
        return all(len(row.texts) <= 1 for row in self.rows)

    @property
    def is_grid(self) -> bool:
        """Whether the table is a grid of cells; see the rule above."""
        if self.is_single_column or self.score <= self.best:
            return False
        if self.longest > LONGEST_CELL and self.figures < FEW_FIGURES:
            return False
        return self.figures > 0 or sum(1 for row in self.rows if row.texts) > 1


@dataclass(slots=True)
class Tables:
    """All tables of a page, and how many cells were read so far, and places laid out."""

    max_cells: int
    by_element: dict[Element, Table] = field(default_factory=dict)
    cells: int = 0
    places: int = 0

    def grid(self, table: Table) -> tuple[GridCell, ...]:
        """The cells of ``table`` at their places; counts them towards ``max_cells`` of the whole page."""
        cells, columns = _placed(table, self.max_cells)
        self.places += len(table.rows) * columns
        _refuse_too_many(self.places, self.max_cells)
        return cells


def find_tables(root: Element, max_cells: int) -> Tables:
    """Every table under ``root`` with what decides whether it is a grid. Raises ReadError ``too_many_cells``."""
    tables = Tables(max_cells)
    for element in root.iter("table"):
        tables.by_element[element] = _found(element, tables)
        _refuse_too_many(len(tables.by_element), max_cells)
    for table in tables.by_element.values():
        _read_rows(table, tables)
    for table in reversed(tables.by_element.values()):
        _tell_outer(table)
    return tables


def _found(element: Element, tables: Tables) -> Table:
    """The table that ``element`` is, with the table around it, whose cells between the two hold it."""
    between: list[Element] = []
    for around in element.iterancestors("table", "td", "th"):
        if around.tag == "table":
            outer = tables.by_element[around]
            outer.holders.update(between)
            outer.has_tables = True
            return Table(element, outer)
        between.append(around)
    return Table(element, None)


def _own_parts(table: Table) -> Iterator[Element]:
    """Rows and cells of ``table``, without those of the tables within it."""
    return _parts_around_tables(table) if table.has_tables else table.element.iter(_ROW, *_CELLS)


def _parts_around_tables(table: Table) -> Iterator[Element]:
    walker = etree.iterwalk(table.element, events=("start",), tag=("table", _ROW, *_CELLS))
    for _, part in walker:
        if part.tag != "table":
            yield part
        elif part is not table.element:
            walker.skip_subtree()


def _read_rows(table: Table, tables: Tables) -> None:
    """The rows of ``table``; cells outside any row, side by side, are one."""
    holders, allowed = table.holders, tables.max_cells
    element: Element | None = None
    row = Row(0)
    count, short, figures = tables.cells, 0, 0
    for part in _own_parts(table):
        if part.tag == _ROW:
            element, row = part, _opened(table, part)
            _refuse_too_many(count, allowed)
            continue
        if part.getparent() is not element and (around := next(part.iterancestors(_ROW, *_AROUND_ROWS))) is not element:
            element, row = around, _opened(table, around)
        count += 1
        rows, columns = part.get("rowspan"), part.get("colspan")
        if rows is not None or columns is not None:
            row.spans[len(row.texts)] = rows, columns
        if part in holders:
            row.holders[len(row.texts)] = part
            row.texts.append("")
            continue
        text = cell_text(part)
        row.texts.append(text)
        if len(text) > SHORT_CELL:
            table.longest = max(table.longest, len(text))
        elif text.isdecimal():
            short += 1
            figures += 1
        elif bare := (shown_words(text) if not text.isascii() else text).strip():
            short += 1
            figures += _FIGURE.fullmatch(bare) is not None
    _refuse_too_many(count, allowed)
    tables.cells, table.short, table.figures = count, short, figures


def _opened(table: Table, element: Element) -> Row:
    """A new row, without cells yet: ``element``, or what is in it besides rows."""
    group = element
    if element.tag == _ROW:
        around = element.getparent()
        is_group = around is not None and around.tag in _AROUND_ROWS
        group = around if around is not None and is_group else next(element.iterancestors(*_AROUND_ROWS))
    number = table.rows[-1].group if table.rows else 0
    row = Row(number + (group is not table.group))
    table.group = group
    table.rows.append(row)
    return row


def _tell_outer(table: Table) -> None:
    """Tell the table around ``table`` what is in it."""
    outer = table.outer
    if outer is None:
        return
    if table.is_single_column:
        outer.figures += table.figures
        outer.short += table.short
        outer.longest = max(outer.longest, table.longest)
        outer.best = max(outer.best, table.best)
    else:
        outer.best = max(outer.best, table.best, table.score)


def words_outside_cells(table: Element) -> list[str]:
    """The caption of a table and words that stand between its cells; a browser shows them above it."""
    found = _stray_words(table)
    texts = [str(text) for text in found] if isinstance(found, list) else []
    return [line for text in texts for line in lines_of(text)]


# Where each cell stands ------------------------------------------------------------------------------------------


def _placed(table: Table, max_cells: int) -> tuple[tuple[GridCell, ...], int]:
    """The cells of ``table`` at their places, and how many columns there are.

    Spans are expanded as the HTML standard does ("forming a table"): a row span ends with its row group; columns in
    which no cell begins are cut off at the right; cells never overlap: a column span ends before a place that is taken.
    Raises ReadError ``too_many_cells`` before any place is laid out.
    """
    ends = _group_ends(table.rows)
    taken: dict[int, int] = {}
    cells: list[GridCell] = []
    wide: list[int] = []
    covered = columns = 0
    for number, row in enumerate(table.rows):
        column = 0
        if not row.spans and not row.holders:
            for text in row.texts:
                while taken.get(column, 0) > number:
                    column += 1
                cells.append(GridCell(text, number, column))
                column += 1
            columns = max(columns, column)
            covered += len(row.texts)
            _refuse_too_many(covered, max_cells)
            continue
        for place, text in enumerate(row.texts):
            while taken.get(column, 0) > number:
                column += 1
            shown = cell_text(row.holders[place]) if place in row.holders else text
            if column >= columns:
                columns = column + 1
            if place not in row.spans:
                cells.append(GridCell(shown, number, column))
                column += 1
                covered += 1
                continue
            row_span, column_span = _spans(row.spans[place], ends[number] - number, shown)
            covered += row_span * column_span
            _refuse_too_many(covered, max_cells)
            width = _cover(taken, range(column, column + column_span), number, number + row_span)
            if width > 1:
                wide.append(len(cells))
            cells.append(GridCell(shown, number, column, row_span, width))
            column += column_span
        _refuse_too_many(covered, max_cells)
    for index in wide:
        cell = cells[index]
        cells[index] = cell._replace(column_span=min(cell.column_span, columns - cell.column))
    return tuple(cells), columns


def _cover(taken: dict[int, int], columns: range, row: int, end: int) -> int:
    """Mark the places of a cell; how many columns it really covers."""
    for width, column in enumerate(columns):
        if taken.get(column, 0) > row:
            return width
        taken[column] = end
    return len(columns)


def _group_ends(rows: Sequence[Row]) -> list[int]:
    """For each row, the first row that is no longer in its group."""
    ends = list(range(1, len(rows) + 1))
    for row in range(len(rows) - 2, -1, -1):
        if rows[row].group == rows[row + 1].group:
            ends[row] = ends[row + 1]
    return ends


def _spans(stated: tuple[str | None, str | None], rows_left: int, text: str) -> tuple[int, int]:
    """Row and column span of a cell; a row span of 0 reaches to the end of the row group."""
    rows, columns = map(_stated, stated)
    if rows > LARGEST_ROW_SPAN:
        raise ReadError("too_many_cells", told("readers.row_span", rows=rows, limit=LARGEST_ROW_SPAN), text[:40])
    return min(rows or rows_left, rows_left), min(max(columns, 1), LARGEST_COLUMN_SPAN)


def _stated(value: str | None) -> int:
    match = _INTEGER.match(value) if value else None
    return int(match[1]) if match else 1


def _refuse_too_many(places: int, max_cells: int) -> None:
    if places > max_cells:
        raise ReadError("too_many_cells", told("readers.page_cells", limit=max_cells))
