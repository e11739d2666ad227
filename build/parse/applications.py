"""Section 三: rows → applications, each cell in its column, by header, order, or the sums of the form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from .. import forms
from ..limits import Limits
from ..messages import told
from ..report import ApplicationRow
from .cells import PrintedCell
from .columns import (
    aligned,
    begins_with_total,
    full_row,
    has_columns,
    is_in_disorder,
    may_be_doubled,
    named_columns_of,
    of_narrow_tables,
    windows_of,
)
from .labels import APPLICANT, TOTAL
from .notices import Notices, warn_misread, warn_no_counts
from .placement import SearchBudgetError, TableRow, place_short_rows
from .row_cells import (
    EMPTY,
    INFERRED,
    PRINTED,
    UNPLACED,
    Counts,
    adds_up,
    counts_of,
    covering,
    filled_cells,
    fractions_of,
    kinds_of_rest,
    texts_of,
)
from .tables import APPLICATIONS, Header, Row, Tables
from .values import WORDS_FOR_NONE

FEWEST_GAINSAYING = 3
"""So many rows add up in another order than that of their header before it is not believed; a few may be misprints."""

WIDTH = len(forms.APPLICATION_COLUMNS)

_ALL_COLUMNS = frozenset(forms.APPLICATION_COLUMNS)
_EVERY_PLACE = tuple(range(WIDTH))


def expected_items(found: Collection[str]) -> tuple[str, ...]:
    """The rows of section 三 in the form that the rows found in a document belong to."""
    return ("received", "brought_forward", *forms.result_items(found), "closed", "carried_forward")


def is_row_lost(tables: Tables) -> bool:
    """Whether section 三 lacks a row, or has figures of no known row between its rows: no sum of a column is whole."""
    rows = [row for row in tables.rows if row.table == APPLICATIONS]
    if not {row.code for row in rows}.issuperset(expected_items({row.code for row in rows})):
        return True
    first, last = min(row.start for row in rows), max(row.start for row in rows)
    return any(
        stray.table == APPLICATIONS
        and first < stray.cells[0].start < last
        and any(token.value.number for token in stray.cells)
        for stray in tables.strays
    )


class _Given(NamedTuple):
    """The cells of a row of section 三 and the column of each, None for one that has none.

    ``is_whole``: all columns are there, by the header's grid or in the form's order. A header may name those of a short
    row; where it does not (``columns`` None), only the sums can tell them. A short row is published as such, whatever
    told its columns: they are inferred. ``counts``: of a whole row, the count of cases in each cell.
    """

    cells: Sequence[PrintedCell]
    columns: tuple[int | None, ...] | None
    is_whole: bool
    counts: Sequence[int | None] = ()


def _gainsaid_headers(given: Iterable[tuple[Row, _Given]]) -> frozenset[int]:
    """The headers (``id``) below which more rows add up in another order of their cells than in the one it tells.

    That is the form's, where a heading merged over a place too few moved those behind it above other columns than
    theirs; or one that the total leads, whatever the header says, or where it is lost.
    """
    found: Counter[tuple[int, bool]] = Counter()
    in_turn: dict[int, bool] = {}
    for row, each in given:
        counts = [count for count in each.counts if count is not None]
        if len(counts) < WIDTH:
            continue
        header = id(row.header)
        if header not in in_turn:
            in_turn[header] = _is_in_turn(row.header)
        whole = sum(counts)
        as_told, otherwise = 2 * counts[-1] == whole, 2 * counts[0] == whole
        if not in_turn[header]:
            rightmost = max(zip(each.cells, counts, strict=True), key=lambda pair: pair[0].column or 0)
            otherwise = otherwise or 2 * rightmost[1] == whole
        if as_told != otherwise:
            found[header, as_told] += 1
    return frozenset(
        header
        for (header, as_told), rows in found.items()
        if not as_told and rows > found[header, True] and rows >= FEWEST_GAINSAYING
    )


def _is_in_turn(header: Header) -> bool:
    """Whether the columns that a header names in a grid are in the form's order, as far as they have places."""
    columns = {cell.meaning.code: cell.token.column for cell in header.cells if cell.token.column is not None}
    places = [columns[code] for code in forms.APPLICATION_COLUMNS if code in columns]
    return places == sorted(places)


def _in_no_column(row: Row) -> _Given:
    cells = _open_cells(row)
    return _Given(cells, (None,) * len(cells), is_whole=False)


def _give_columns(row: Row, is_narrow: bool, habit: int | None) -> _Given:
    full = None if is_narrow else aligned(row, APPLICANT, forms.APPLICATION_COLUMNS, _by_header_column, habit)
    if full is not None:
        return _Given(full, _EVERY_PLACE, is_whole=True, counts=[token.cases for token in full])
    return _Given(_open_cells(row), _named_columns(row), is_whole=False)


def read_applications(
    rows: Sequence[Row],
    habit: int | None,
    limits: Limits,
    notices: Notices,
    row_lost: bool,
    astray: Collection[int],
) -> tuple[ApplicationRow, ...]:
    """The rows of section 三. ``habit``: where rows begin among fillers; ``row_lost``: no sum of a column is whole."""
    if any(map(begins_with_total, rows)) and not any(map(_shows_total_first, rows)):
        headers: dict[int, Header] = {}
        rows = [_in_order_of_the_form(row, headers) for row in rows]
    narrow = of_narrow_tables([(row, forms.APPLICATION_COLUMNS) for row in rows])
    given = [(row, _give_columns(row, row.code in narrow, habit)) for row in rows]
    gainsaid = _gainsaid_headers(given)
    given = [(row, _in_no_column(row) if id(row.header) in gainsaid else each) for row, each in given]
    placed = _place(given, limits, notices, row_lost or bool(narrow) or bool(astray))
    silent = Notices() if placed is None else notices  # one notice for the table says it all
    unnamed = {row.code: _ALL_COLUMNS.difference(named_columns_of(row.header)) for row in rows if row.code in narrow}
    return tuple(
        _finish(row, UNPLACED, (), [], filled_cells(row.cells))
        if row.start in astray
        else _printed_row(row, each, notices)
        if each.is_whole
        else _short_row(row, each, each.columns or (placed or {}).get(row.code, ()), unnamed.get(row.code, ()), silent)
        for row, each in given
    )


def _is_unread(token: PrintedCell) -> bool:
    """Whether a cell that has its column says something that is no figure, so that no sum holds it; 无 is nothing."""
    return token.cases is None and not token.is_blank and token.text not in WORDS_FOR_NONE


def _by_header_column(row: Row) -> Sequence[PrintedCell] | None:
    """The seven cells below the header's columns in a grid; None where the header does not name them all once.

    Of a header that stands twice, over two halves of a table beside each other, the one over the row's cells counts.
    """
    if not row.cells or row.cells[0].grid is None:
        return None
    by_column = {token.column: token for token in row.cells}
    columns: dict[str, int | None] = {}
    for cell in row.header.cells:
        is_column = cell.meaning.kind in {APPLICANT, TOTAL} and cell.token.grid == row.cells[0].grid
        if not is_column or cell.token.column not in by_column:
            continue
        if columns.setdefault(cell.meaning.code, cell.token.column) != cell.token.column:
            return None
    if set(columns) != set(forms.APPLICATION_COLUMNS):
        return None
    cells = [by_column[columns[code]] for code in forms.APPLICATION_COLUMNS]
    return None if any(token.kind == "value" and token not in cells for token in by_column.values()) else cells


def _named_columns(row: Row) -> tuple[int | None, ...] | None:
    """The column of each of a short row's cells as the header of its grid names them (a table with fewer columns).

    None for a cell below no such column, or merged over several: no blanks were dropped where the row has a cell below
    every column. None altogether where nothing can be told from a header.
    """
    cells = _open_cells(row)
    if not cells or cells[0].grid is None or _has_no_known_order(row):
        return None
    above = [cell for cell in row.header.cells if cell.token.grid == cells[0].grid]
    headed = {
        (cell.token.column, cell.token.column_span): cell.meaning.code
        for cell in above
        if cell.meaning.kind in {APPLICANT, TOTAL}
    }
    if not headed:
        return (None,) * len(cells) if len(cells) == 1 and not _names_applicants(row.header) else None
    label = row.label[-1].column
    if label is None or any(column is None or column <= label for column, _ in headed):
        return None
    if len(set(headed.values())) < len(headed) or any(covering(cells, column) is None for column, _ in headed):
        return None
    codes = [headed.get((cell.column, cell.column_span)) for cell in cells]
    return tuple(None if code is None else forms.APPLICATION_COLUMNS.index(code) for code in codes)


def _names_applicants(header: Header) -> bool:
    return any(cell.meaning.kind == APPLICANT for cell in header.cells)


def _place(
    rows: Sequence[tuple[Row, _Given]], limits: Limits, notices: Notices, is_part: bool
) -> dict[str, tuple[int | None, ...]] | None:
    """The columns of the short rows' cells; None if the search had to be given up.

    ``is_part``: rows or columns of the table are lost, so that no sum is whole.
    """
    if all(given.columns is not None for _, given in rows):
        return {}  # no row is short, as in most tables: nothing is sought
    table = [found for row, given in rows if (found := _table_row(row, given)) is not None]
    unread = any(_is_unread(token) for _, given in rows if given.is_whole for token in given.cells)
    if is_part or unread or len(table) < len(rows):
        limits = replace(limits, search_steps=0)
    try:
        return place_short_rows(table, limits.search_steps)
    except SearchBudgetError:
        _warn_no_search(limits, notices)
        return None


def _warn_no_search(limits: Limits, notices: Notices) -> None:
    if limits.search_steps:
        notices.warn("placement_search_too_long", told("parse.search_too_long", steps=limits.search_steps))
    else:
        notices.warn("short_rows_not_placed", told("parse.no_search"))


def _table_row(row: Row, given: _Given) -> TableRow | None:
    """A row as the search sees it; None where it has figures that no column can be sought for."""
    if given.columns is not None:
        counts = {column: token.cases for token, column in zip(given.cells, given.columns, strict=True)}
        return TableRow(row.code, tuple(counts.get(column) or 0 for column in range(WIDTH)))
    if not filled_cells(row.cells):
        return TableRow(row.code, (0,) * WIDTH)
    values = [token.value for token in given.cells]
    choices = _begins(row, given.cells) if given.cells else ()
    known = all(value.kind == "blank" or (value.count is not None and value.count >= 0) for value in values)
    if choices == () or not known or _has_no_known_order(row) or not _is_in_turn(row.header):
        return None
    return TableRow(row.code, None, tuple(value.count for value in values), choices)


def _has_no_known_order(row: Row) -> bool:
    in_disorder = not has_columns(row) and is_in_disorder(row, APPLICANT, forms.APPLICATION_COLUMNS)
    return may_be_doubled(row) or begins_with_total(row) or in_disorder


def _shows_total_first(row: Row) -> bool:
    """Whether the first of seven figures is the sum of the others, and the last is not."""
    if len(row.cells) != WIDTH:
        return False
    counts = [token.value.count or 0 for token in row.cells]
    return 2 * counts[0] == sum(counts) != 2 * counts[-1]


def _in_order_of_the_form(row: Row, headers: dict[int, Header]) -> Row:
    """``row`` without the word 总计 in its header, where that stands first in a text that was flattened in disorder.

    ``headers``: those that were made so far (by ``id`` of what they were made of), for the rows below one share it.
    """
    if not begins_with_total(row):
        return row
    kept = [cell for cell in row.header.cells if cell.meaning.kind != TOTAL]
    return replace(row, header=headers.setdefault(id(row.header), replace(row.header, cells=kept)))


def _open_cells(row: Row) -> Sequence[PrintedCell]:
    """The cells of a row whose columns are open, without the empty ones around them if there are more than columns.

    None at all where the row is longer than the form, or wholly blank.
    """
    filled = [at for at, token in enumerate(row.cells) if not token.is_blank]
    if not filled:
        return ()
    if len(row.cells) <= WIDTH:
        return row.cells
    return row.cells[filled[0] : filled[-1] + 1] if filled[-1] - filled[0] < WIDTH else ()


def _begins(row: Row, cells: Sequence[PrintedCell]) -> tuple[tuple[int, ...], ...] | None:
    """The columns that the cells can have where only the row's beginning is open; None where blanks were dropped."""
    if len(row.cells) <= WIDTH:
        return None
    first = row.cells.index(cells[0])
    return tuple(tuple(range(first - at, first - at + len(cells))) for at in windows_of(row.cells, WIDTH))


def _short_row(
    row: Row, given: _Given, columns: Sequence[int | None], unnamed: Collection[str], notices: Notices
) -> ApplicationRow:
    """``unnamed``: columns that its table does not have, as where a page's edge cuts it off: nothing is blank there."""
    filled = filled_cells(row.cells)
    if not filled:
        return _finish(row, EMPTY, (), [], [], unnamed=unnamed)
    placed = dict(zip(given.cells, columns, strict=False))
    pairs = [(token, placed.get(token)) for token in filled]
    cells = [(forms.APPLICATION_COLUMNS[column], token) for token, column in pairs if column is not None]
    unplaced = [token for token, column in pairs if column is None]
    if not cells:
        _warn_unplaced(row, notices)
    return _finish(row, INFERRED if cells else UNPLACED, counts_of(cells), cells, unplaced, unnamed=unnamed)


def _warn_unplaced(row: Row, notices: Notices) -> None:
    why = "parse.undecided"
    if begins_with_total(row):
        why = "parse.total_first"
    elif is_in_disorder(row, APPLICANT, forms.APPLICATION_COLUMNS):
        why = "parse.other_order"
    elif full_row(row.cells, WIDTH, None) is not None:
        why = "parse.sums_gainsay_header"
    notices.warn(
        "row_unplaced",
        told("parse.row_unplaced", row=row.label_text, cells=len(row.cells), columns=WIDTH, why=told(why)),
        "|".join(texts_of(row.cells)),
    )


def _printed_row(row: Row, given: _Given, notices: Notices) -> ApplicationRow:
    full = given.cells
    if notices.scanned and not adds_up(full):
        warn_misread(row.label_text, full, notices)
        return _finish(row, UNPLACED, (), [], filled_cells(full), full)
    cells = list(zip(forms.APPLICATION_COLUMNS, full, strict=True))
    if None in given.counts or not "".join(texts_of(full)).isdecimal():
        warn_no_counts(row.label_text, full, notices)
    told_of = zip(forms.APPLICATION_COLUMNS, given.counts, strict=True)
    counts = tuple([(name, count) for name, count in told_of if count is not None])
    placement = EMPTY if not counts and all(token.is_blank for token in full) else PRINTED
    return _finish(row, placement, counts, cells, [], full)


def _finish(
    row: Row,
    placement: str,
    counts: Counts,
    cells: Sequence[tuple[str, PrintedCell]],
    unplaced: Sequence[PrintedCell],
    printed: Sequence[PrintedCell] | None = None,
    unnamed: Collection[str] = (),
) -> ApplicationRow:
    """``counts``: those that stand in ``cells``, the cells that have a column."""
    return ApplicationRow(
        row.code,
        counts,
        placement,
        tuple(texts_of(row.cells if printed is None else printed)),
        tuple(texts_of(unplaced)),
        (row.start, row.end),
        tuple([(name, (token.start, token.end)) for name, token in cells if token.text]),
        kinds_of_rest(forms.APPLICATION_COLUMNS, counts, cells, placement == UNPLACED or bool(unplaced), unnamed),
        tuple([token.value.count for token in unplaced]),
        fractions_of(counts, cells),
    )
