"""Which columns a row has: by the grid of its header, else by their order where there are as many."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from .. import forms
from ..text.fold import CACHE_SIZE, has_doubled_glyphs
from .cells import PrintedCell
from .labels import TOTAL
from .row_cells import reach_of
from .tables import Header, Row


def windows_of(cells: Sequence[PrintedCell], width: int) -> list[int]:
    """Where a run of ``width`` cells can begin so that only empty cells are left outside it."""
    return [
        at
        for at in range(len(cells) - width + 1)
        if not any(token.text for token in (*cells[:at], *cells[at + width :]))
    ]


def habit_of(rows: Iterable[tuple[Sequence[PrintedCell], int]], default: int | None) -> int | None:
    """Where those (cells, width) rows begin that leave no doubt; None if they differ, ``default`` if none tells."""
    windows = (windows_of(cells, width) for cells, width in rows if len(cells) > width)
    begins = {found[0] for found in windows if len(found) == 1}
    if not begins:
        return default
    return begins.pop() if len(begins) == 1 else None


def full_row(cells: Sequence[PrintedCell], width: int, habit: int | None) -> Sequence[PrintedCell] | None:
    """The ``width`` cells of a row, without fillers around them; None if the row has not just one such run."""
    if len(cells) == width:  # as nearly every row: nothing is looked for
        return cells
    windows = windows_of(cells, width)
    if len(windows) == 1:
        return cells[windows[0] : windows[0] + width]
    if habit in windows and any(token.text for token in cells):
        return cells[habit : habit + width]
    return None


Measured = tuple[Row, tuple[str, ...] | None]
"""A row and the columns of its table; None where neither header nor form tells them."""


def of_narrow_tables(rows: Sequence[Measured]) -> frozenset[str]:
    """Rows, by code, of tables that may print fewer columns than the form: the header names only some of them.

    No row below it reaches over more; a blank cell beside its figures may be the filler of a line.
    """
    headers = {id(row.header): row.header for row, _ in rows}
    names = {header: named_columns_of(headers[header]) for header in headers}
    some_named = [
        (row, named)
        for row, columns in rows
        if columns is not None and 0 < (named := len(names[id(row.header)].intersection(columns))) < len(columns)
    ]
    if not some_named:  # as in nearly every report
        return frozenset()
    reach: dict[int, int] = {}
    for row, _ in rows:
        reach[id(row.header)] = max(reach.get(id(row.header), 0), reach_of(row.cells))
    return frozenset(row.code for row, named in some_named if reach[id(row.header)] <= named)


def named_columns_of(header: Header) -> set[str]:
    """The columns that a header names, also in pieces: 商业 and 企业 on two lines."""
    words = header.text
    pieces = {code for code, sign in _CUT_NAMES.items() if sign in words}
    return pieces.union(cell.meaning.code for cell in header.cells)


_CUT_NAMES = {
    "business": "商业",
    "research_institution": "科研",
    "public_welfare_org": "公益",
    "legal_service_org": "法律",
}
"""Columns whose names are printed over two lines → the piece that no other has."""


def aligned(
    row: Row,
    kind: str,
    columns: Sequence[str],
    by_header: Callable[[Row], Sequence[PrintedCell] | None],
    habit: int | None,
) -> Sequence[PrintedCell] | None:
    """One cell a column: by the header's columns in a grid, else by their order if there are as many, in the form's.

    None where neither tells, or the figures may be printed with every digit twice.
    """
    if may_be_doubled(row) or begins_with_total(row):
        return None
    cells = by_header(row)
    if cells is not None:
        return cells
    return None if is_in_disorder(row, kind, columns) else full_row(row.cells, len(columns), habit)


def has_columns(row: Row) -> bool:
    """Whether the row stands in one grid with its header, so that columns are told by their places."""
    grid = row.cells[0].grid if row.cells else None
    return grid is not None and any(cell.token.grid == grid for cell in row.header.cells)


def is_in_disorder(row: Row, kind: str, columns: Sequence[str]) -> bool:
    """Whether the header names ``columns`` in another order than the form has them: then order tells nothing.

    总计 in a column before all of them is such an order; in a text it may come first of a header in the form's order.
    """
    named = [cell for cell in row.header.cells if cell.meaning.kind == kind]
    if has_columns(row):
        named = [cell for cell in named if cell.meaning.code in columns]
        named.sort(key=lambda cell: cell.token.column or 0)
        totals = [cell.token.column or 0 for cell in row.header.cells if cell.meaning.kind == TOTAL]
        if named and totals and max(totals) < (named[0].token.column or 0):
            return True
    return not _in_order(tuple([cell.meaning.code for cell in named]), tuple(columns))


@lru_cache(maxsize=CACHE_SIZE)
def _in_order(codes: tuple[str, ...], columns: tuple[str, ...]) -> bool:
    """Whether those of ``codes`` that are ``columns`` first come in their order: headers say the same everywhere."""
    order = [columns.index(code) for code in dict.fromkeys(codes) if code in columns]
    return order == sorted(order)


def begins_with_total(row: Row) -> bool:
    """Whether 总计 comes before 自然人 in a header of text: then the columns are not in the form's order."""
    first = forms.APPLICATION_COLUMNS[0]
    begun = False
    for cell in row.header.cells:
        if cell.meaning.code == first:
            return begun and not has_columns(row)
        begun = begun or cell.meaning.kind == TOTAL
    return False


_DOUBLED = re.compile(r"(?:(\d)\1)+")


def may_be_doubled(row: Row) -> bool:
    """Whether a row whose label is printed with every glyph twice has figures that may be so too (1199 for 19)."""
    if not any(has_doubled_glyphs(token.text) for token in row.label):
        return False
    filled = [token.text for token in row.cells if not token.is_blank]
    return bool(filled) and all(_DOUBLED.fullmatch(text) for text in filled)
