"""Rows of tables as found → figures in columns, with what could not be given a column said so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from itertools import chain
from typing import NamedTuple

from .. import forms
from ..document import Notice
from ..limits import Limits
from ..messages import Message, told
from ..report import ApplicationRow, DisclosureFigure, ReviewRow, Span
from ..text.fold import fold, has_doubled_glyphs
from .astray import rows_astray
from .cells import PrintedCell
from .labels import APPLICANT, CHANNEL, HEADER, MEASURE, OUTCOME, TOTAL
from .placement import SearchBudgetError, TableRow, place_short_rows
from .tables import APPLICATIONS, DISCLOSURES, REVIEWS, SUBTOTAL, Header, Row, Tables, has_review_header
from .values import (
    BLANK_CELL,
    FIGURE,
    NOT_PLACED,
    TEXT,
    WAN_YUAN,
    WORDS_FOR_NONE,
    Value,
    amount_in_wan_yuan,
    is_note_mark,
    kind_of_cell,
)

_UNIT_IN_LABEL = re.compile(r"\((?:单位[:：]?)?(?P<unit>[亿万千]?元)\)")
_UNIT_STATED = re.compile(r"单位[:：]?(?:亿|万|千)?元")
_COLUMN_KINDS = {
    APPLICATIONS: frozenset({APPLICANT}),
    DISCLOSURES: frozenset({MEASURE}),
    REVIEWS: frozenset({OUTCOME, CHANNEL}),
}
SECTION_NAMES = {
    DISCLOSURES: "parse.section_2",
    APPLICATIONS: "parse.section_3",
    REVIEWS: "parse.section_4",
}
_LABELS = {item.code: item.label_zh for item in (*forms.APPLICATION_ITEMS, *forms.DISCLOSURE_ITEMS)}
FEWEST_TWICE = 2
"""So many rows, and most of a table's, stand twice where two tables do; a single one is a row printed twice."""

FEWEST_GAINSAYING = 3
"""So many rows add up in another order than that of their header before it is not believed; a few may be misprints."""

FEWEST_COLUMN_NAMES = 2
"""So many names of columns make a header where no heading above them is printed."""

EMPTY, PRINTED, INFERRED, UNPLACED = "empty", "printed", "inferred", "unplaced"
MONEY_HEADER_UNITS = ("亿元", "万元", "千元", "元")


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one report's tables, its form, and what to tell the person who publishes.

    ``refused``: tables (and items of section 三) that stand twice with different figures: they are there, and nothing
    of them is published.
    """

    form: str | None
    applications: tuple[ApplicationRow, ...]
    disclosures: tuple[DisclosureFigure, ...]
    reviews: tuple[ReviewRow, ...]
    notices: tuple[Notice, ...]
    refused: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Notices:
    """What was seen on the way. ``scanned``: a program read the figures from pictures."""

    scanned: bool = False
    found: list[Notice] = field(default_factory=list)

    def warn(self, code: str, message: Message, excerpt: str = "") -> None:
        self.found.append(Notice("warning", code, message, excerpt))

    def note(self, code: str, message: Message, excerpt: str = "") -> None:
        self.found.append(Notice("note", code, message, excerpt))


def read_figures(tables: Tables, limits: Limits, fillers_trail: bool = False, scanned: bool = False) -> Figures:
    """Give every cell of ``tables`` its column, by label and header, or by the relations of the form.

    ``fillers_trail``: the document's rows end in the filler of merged cells. ``scanned``: a program read pictures of
    the pages, so that cells may be lost (no short row is placed) or misread (a row counts only if it adds up).
    """
    notices = _Notices(scanned=scanned)
    if scanned:
        limits = replace(limits, search_steps=0)
    _tell_odd_rows(tables.rows, notices)
    astray = rows_astray(tables)
    application_rows, twice = _unique(tables.rows, APPLICATIONS, notices)
    disclosure_rows, twice_disclosed = _unique(tables.rows, DISCLOSURES, notices)
    forms_seen = _forms_of_tables(disclosure_rows)
    measured = _with_measures(disclosure_rows, forms_seen)
    habit = _habit(
        [
            *((row.cells, _WIDTH) for row in application_rows),
            *((row.cells, len(measures)) for row, measures in measured if measures is not None),
        ],
        default=0 if fillers_trail else None,
    )
    row_lost = bool(twice) or _is_row_lost(tables)
    applications = _read_applications(application_rows, habit, limits, notices, row_lost, astray)
    narrow = _of_narrow_tables(measured)
    disclosures = tuple(
        chain.from_iterable(_row_figures(*row, row[0].code in narrow, habit, notices, astray) for row in measured)
    )
    labelled = [*application_rows, *disclosure_rows]
    review_begin = 1 if labelled and all(row.opened for row in labelled) else None
    reviews = _read_reviews([row for row in tables.rows if row.table == REVIEWS], review_begin, notices)
    refused = twice | twice_disclosed | ({REVIEWS} if reviews is None else set())
    _warn_astray([*application_rows, *disclosure_rows], astray, notices)
    for stray in tables.strays:
        notices.warn(
            "cells_without_label",
            told("parse.cells_without_label", before=stray.before),
            " ".join(token.text for token in stray.cells[:20]),
        )
    return Figures(
        _form(forms_seen.values(), applications),
        applications,
        disclosures,
        reviews or (),
        tuple(notices.found),
        frozenset(refused),
    )


# Which rows ------------------------------------------------------------------------------------------------------


def _unique(rows: Iterable[Row], table: str, notices: _Notices) -> tuple[list[Row], set[str]]:
    """One row an item: the first that has figures; and what stands twice with other figures, of which none counts.

    That is single items, or, where it is most of them, the table, of which then no row is given.
    """
    chosen: dict[str, Row] = {}
    twice: dict[str, tuple[Row, Row]] = {}
    for row in _within_table(list(rows), table):
        held = chosen.get(row.code)
        if held is None or (not _has_figures(held) and _has_figures(row) and _is_headed(row) >= _is_headed(held)):
            chosen[row.code] = row
        elif _has_figures(row) and _says(row) != _says(held):
            if _is_headed(row) >= _is_headed(held):
                twice.setdefault(row.code, (held, row))
            else:
                _warn_row_elsewhere(row, notices)
    if 2 * len(twice) > sum(map(_is_more_than_zeros, chosen.values())) and len(twice) >= FEWEST_TWICE:
        _warn_two_tables(table, twice.values(), notices)
        return [], {table}
    for code, pair in twice.items():
        _warn_repeated(*pair, notices)
        del chosen[code]
    return _without_group_row(chosen, notices), set(twice)


def _without_group_row(chosen: dict[str, Row], notices: _Notices) -> list[Row]:
    """The rows without the group's label (六)其他处理 where its details stand below it.

    Figures behind that label are the first detail's, whose own label is lost, as likely as the group's.
    """
    group, details = chosen.get(forms.OTHER_ITEM), [item for item in forms.OTHER_DETAILS if item in chosen]
    if group is None or not details:
        return list(chosen.values())
    if not _has_figures(group):
        del chosen[forms.OTHER_ITEM]
    elif forms.OTHER_DETAILS[0] not in details:
        del chosen[forms.OTHER_ITEM]
        told_row = told("parse.group_or_detail", row=group.label_text, detail=_LABELS[forms.OTHER_DETAILS[0]])
        notices.warn("row_unplaced", told_row, "|".join(_texts(group.cells)))
    return list(chosen.values())


def _is_more_than_zeros(row: Row) -> bool:
    return any(token.value.number for token in row.cells)


def _says(row: Row) -> list[Value]:
    """What a row's cells say, however they are printed; without the empty ones around them."""
    said = [token.value for token in row.cells]
    filled = [at for at, value in enumerate(said) if value.kind != "blank"]
    return said[filled[0] : filled[-1] + 1] if filled else []


def _warn_repeated(first: Row, second: Row, notices: _Notices) -> None:
    notices.warn(
        "row_repeated",
        told("parse.row_repeated", row=second.label_text),
        " / ".join("|".join(_texts(row.cells)) for row in (first, second)),
    )


def _warn_astray(rows: Iterable[Row], astray: Collection[int], notices: _Notices) -> None:
    for table, section in SECTION_NAMES.items():
        found = [row for row in rows if row.table == table and row.start in astray]
        if found:
            notices.warn(
                "row_unplaced",
                told("parse.rows_astray", section=told(section), rows=len(found), first=found[0].label_text),
                "|".join(_texts(found[0].cells)),
            )


def _warn_row_elsewhere(row: Row, notices: _Notices) -> None:
    notices.warn(
        "row_repeated",
        told("parse.row_elsewhere", row=row.label_text),
        "|".join(_texts(row.cells)),
    )


def _warn_two_tables(table: str, pairs: Iterable[tuple[Row, Row]], notices: _Notices) -> None:
    first, second = next(iter(pairs))
    notices.warn(
        "two_tables",
        told("parse.two_tables", section=told(SECTION_NAMES[table])),
        f"{second.label_text}: " + " / ".join("|".join(_texts(row.cells)) for row in (first, second)),
    )


def _tell_odd_rows(rows: Iterable[Row], notices: _Notices) -> None:
    """Say which rows are none of the form's, and which were told by their place and not by their label."""
    for row in rows:
        if row.code == SUBTOTAL:
            notices.note(
                "subtotal_row",
                told("parse.subtotal_row", row=row.label_text),
                "|".join(_texts(row.cells)),
            )
        elif row.damaged:
            notices.note(
                "label_damaged",
                told("parse.label_damaged", row=row.label_text, item=_LABELS[row.code]),
                row.label_text,
            )


def _within_table(rows: Sequence[Row], table: str) -> list[Row]:
    """The rows of ``table`` from the first below a header to the next table; all where none stands below a header.

    What else looks like a row is a list in the prose: 行政许可 41 件.
    """

    def is_headed_at(at: int) -> bool:
        return rows[at].table == table and _is_headed(rows[at])

    first = next(filter(is_headed_at, range(len(rows))), 0)
    last = next(filter(is_headed_at, reversed(range(len(rows)))), len(rows))
    others = (at for at in range(last, len(rows)) if rows[at].table != table and _is_headed(rows[at]))
    return [row for row in rows[first : next(others, len(rows))] if row.table == table and row.code != SUBTOTAL]


def _is_headed(row: Row) -> bool:
    """Whether a row stands below its table's header; one column's name (其他, 总计) may be a word of the prose."""
    words = {(cell.meaning.kind, cell.meaning.code) for cell in row.header.cells}
    own = {code for kind, code in words if kind in _COLUMN_KINDS[row.table]}
    return len(own) >= FEWEST_COLUMN_NAMES or any(kind == HEADER for kind, _ in words)


def _has_figures(row: Row | None) -> bool:
    return row is not None and any(token.kind == "value" for token in row.cells)


def _texts(tokens: Iterable[PrintedCell]) -> list[str]:
    return [token.text for token in tokens]


# Windows: fillers of merged cells around a row ---------------------------------------------------------------------


def _windows(cells: Sequence[PrintedCell], width: int) -> list[int]:
    """Where a run of ``width`` cells can begin so that only empty cells are left outside it."""
    return [
        at
        for at in range(len(cells) - width + 1)
        if not any(token.text for token in (*cells[:at], *cells[at + width :]))
    ]


def _habit(rows: Iterable[tuple[Sequence[PrintedCell], int]], default: int | None) -> int | None:
    """Where those (cells, width) rows begin that leave no doubt; None if they differ, ``default`` if none tells."""
    begins = {windows[0] for cells, width in rows if len(cells) > width and len(windows := _windows(cells, width)) == 1}
    if not begins:
        return default
    return begins.pop() if len(begins) == 1 else None


def _full_row(cells: Sequence[PrintedCell], width: int, habit: int | None) -> Sequence[PrintedCell] | None:
    """The ``width`` cells of a row, without fillers around them; None if the row has not just one such run."""
    if len(cells) == width:  # as nearly every row: nothing is looked for
        return cells
    windows = _windows(cells, width)
    if len(windows) == 1:
        return cells[windows[0] : windows[0] + width]
    if habit in windows and any(token.text for token in cells):
        return cells[habit : habit + width]
    return None


# Section 三 --------------------------------------------------------------------------------------------------------

_WIDTH = len(forms.APPLICATION_COLUMNS)
_ALL_COLUMNS = frozenset(forms.APPLICATION_COLUMNS)


def expected_items(found: Collection[str]) -> tuple[str, ...]:
    """The rows of section 三 in the form that the rows found in a document belong to."""
    return ("received", "brought_forward", *forms.result_items(found), "closed", "carried_forward")


def _is_row_lost(tables: Tables) -> bool:
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


Measured = tuple[Row, tuple[str, ...] | None]
"""A row and the columns of its table; None where neither header nor form tells them."""


class _Given(NamedTuple):
    """The cells of a row of section 三 and the column of each, None for one that has none.

    ``is_whole``: all columns are there, by the header's grid or in the form's order. A header may name those of a short
    row; where it does not (``columns`` None), only the sums can tell them. A short row is published as such, whatever
    told its columns: they are inferred.
    """

    cells: Sequence[PrintedCell]
    columns: tuple[int | None, ...] | None
    is_whole: bool


def _gainsaid_headers(given: Iterable[tuple[Row, _Given]]) -> frozenset[int]:
    """The headers (``id``) below which more rows add up in another order of their cells than in the one it tells.

    That is the form's, where a heading merged over a place too few moved those behind it above other columns than
    theirs; or one that the total leads, whatever the header says, or where it is lost.
    """
    found: dict[int, Counter[bool]] = {}
    in_turn: dict[int, bool] = {}
    for row, each in given:
        counts = [count for token in each.cells if (count := token.cases) is not None] if each.is_whole else []
        if len(counts) < _WIDTH:
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
            found.setdefault(header, Counter())[as_told] += 1
    return frozenset(
        header for header, rows in found.items() if rows[False] > rows[True] and rows[False] >= FEWEST_GAINSAYING
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
    full = None if is_narrow else _aligned(row, APPLICANT, forms.APPLICATION_COLUMNS, _by_header_column, habit)
    if full is not None:
        return _Given(full, tuple(range(_WIDTH)), is_whole=True)
    return _Given(_open_cells(row), _named_columns(row), is_whole=False)


def _of_narrow_tables(rows: Sequence[Measured]) -> frozenset[str]:
    """Rows, by code, of tables that may print fewer columns than the form: the header names only some of them.

    No row below it reaches over more; a blank cell beside its figures may be the filler of a line.
    """
    reach: dict[int, int] = {}
    for row, _ in rows:
        reach[id(row.header)] = max(reach.get(id(row.header), 0), _reach(row.cells))
    return frozenset(
        row.code
        for row, columns in rows
        if columns is not None
        and 0 < (named := len(_named(row.header).intersection(columns))) < len(columns)
        and reach[id(row.header)] <= named
    )


def _named(header: Header) -> set[str]:
    """The columns that a header names, also in pieces: 商业 and 企业 on two lines."""
    pieces = {code for code, sign in _CUT_NAMES.items() if sign in header.text}
    return pieces.union(cell.meaning.code for cell in header.cells)


_CUT_NAMES = {
    "business": "商业",
    "research_institution": "科研",
    "public_welfare_org": "公益",
    "legal_service_org": "法律",
}
"""Columns whose names are printed over two lines → the piece that no other has."""


def _reach(cells: Sequence[PrintedCell]) -> int:
    """How many cells there are from the first to the last that is not blank."""
    filled = [at for at, token in enumerate(cells) if token.text]
    return filled[-1] - filled[0] + 1 if filled else 0


def _aligned(
    row: Row,
    kind: str,
    columns: Sequence[str],
    by_header: Callable[[Row], Sequence[PrintedCell] | None],
    habit: int | None,
) -> Sequence[PrintedCell] | None:
    """One cell a column: by the header's columns in a grid, else by their order if there are as many, in the form's.

    None where neither tells, or the figures may be printed with every digit twice.
    """
    if _may_be_doubled(row) or _begins_with_total(row):
        return None
    cells = by_header(row)
    if cells is not None:
        return cells
    return None if _is_in_disorder(row, kind, columns) else _full_row(row.cells, len(columns), habit)


def _read_applications(
    rows: Sequence[Row],
    habit: int | None,
    limits: Limits,
    notices: _Notices,
    row_lost: bool,
    astray: Collection[int],
) -> tuple[ApplicationRow, ...]:
    if any(map(_begins_with_total, rows)) and not any(map(_shows_total_first, rows)):
        headers: dict[int, Header] = {}
        rows = [_in_order_of_the_form(row, headers) for row in rows]
    narrow = _of_narrow_tables([(row, forms.APPLICATION_COLUMNS) for row in rows])
    given = [(row, _give_columns(row, row.code in narrow, habit)) for row in rows]
    gainsaid = _gainsaid_headers(given)
    given = [(row, _in_no_column(row) if id(row.header) in gainsaid else each) for row, each in given]
    placed = _place(given, limits, notices, row_lost or bool(narrow) or bool(astray))
    silent = _Notices() if placed is None else notices  # one notice for the table says it all
    unnamed = {row.code: _ALL_COLUMNS.difference(_named(row.header)) for row in rows if row.code in narrow}
    return tuple(
        _finish(row, UNPLACED, [], _filled(row.cells))
        if row.start in astray
        else _printed_row(row, each.cells, notices)
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
    if len(set(headed.values())) < len(headed) or any(_covering(cells, column) is None for column, _ in headed):
        return None
    codes = [headed.get((cell.column, cell.column_span)) for cell in cells]
    return tuple(None if code is None else forms.APPLICATION_COLUMNS.index(code) for code in codes)


def _names_applicants(header: Header) -> bool:
    return any(cell.meaning.kind == APPLICANT for cell in header.cells)


def _place(
    rows: Sequence[tuple[Row, _Given]], limits: Limits, notices: _Notices, is_part: bool
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


def _warn_no_search(limits: Limits, notices: _Notices) -> None:
    if limits.search_steps:
        notices.warn("placement_search_too_long", told("parse.search_too_long", steps=limits.search_steps))
    else:
        notices.warn("short_rows_not_placed", told("parse.no_search"))


def _table_row(row: Row, given: _Given) -> TableRow | None:
    """A row as the search sees it; None where it has figures that no column can be sought for."""
    if given.columns is not None:
        counts = {column: token.cases for token, column in zip(given.cells, given.columns, strict=True)}
        return TableRow(row.code, tuple(counts.get(column) or 0 for column in range(_WIDTH)))
    if not _filled(row.cells):
        return TableRow(row.code, (0,) * _WIDTH)
    values = [token.value for token in given.cells]
    choices = _begins(row, given.cells) if given.cells else ()
    known = all(value.kind == "blank" or (value.count is not None and value.count >= 0) for value in values)
    if choices == () or not known or _has_no_known_order(row) or not _is_in_turn(row.header):
        return None
    return TableRow(row.code, None, tuple(value.count for value in values), choices)


def _has_no_known_order(row: Row) -> bool:
    in_disorder = not _has_columns(row) and _is_in_disorder(row, APPLICANT, forms.APPLICATION_COLUMNS)
    return _may_be_doubled(row) or _begins_with_total(row) or in_disorder


def _has_columns(row: Row) -> bool:
    """Whether the row stands in one grid with its header, so that columns are told by their places."""
    grid = row.cells[0].grid if row.cells else None
    return grid is not None and any(cell.token.grid == grid for cell in row.header.cells)


def _is_in_disorder(row: Row, kind: str, columns: Sequence[str]) -> bool:
    """Whether the header names ``columns`` in another order than the form has them: then order tells nothing.

    总计 in a column before all of them is such an order; in a text it may come first of a header in the form's order.
    """
    named = [cell for cell in row.header.cells if cell.meaning.kind == kind and cell.meaning.code in columns]
    if _has_columns(row):
        named.sort(key=lambda cell: cell.token.column or 0)
        totals = [cell.token.column or 0 for cell in row.header.cells if cell.meaning.kind == TOTAL]
        if named and totals and max(totals) < (named[0].token.column or 0):
            return True
    order = [columns.index(code) for code in dict.fromkeys(cell.meaning.code for cell in named)]
    return order != sorted(order)


def _begins_with_total(row: Row) -> bool:
    """Whether 总计 comes before 自然人 in a header of text: then the columns are not in the form's order."""
    if _has_columns(row):
        return False
    has_total = False
    for cell in row.header.cells:
        if cell.meaning.kind == TOTAL:
            has_total = True
        elif cell.meaning.code == forms.APPLICATION_COLUMNS[0]:
            return has_total
    return False


def _shows_total_first(row: Row) -> bool:
    """Whether the first of seven figures is the sum of the others, and the last is not."""
    if len(row.cells) != _WIDTH:
        return False
    counts = [token.value.count or 0 for token in row.cells]
    return 2 * counts[0] == sum(counts) != 2 * counts[-1]


def _in_order_of_the_form(row: Row, headers: dict[int, Header]) -> Row:
    """``row`` without the word 总计 in its header, where that stands first in a text that was flattened in disorder.

    ``headers``: those that were made so far (by ``id`` of what they were made of), for the rows below one share it.
    """
    if not _begins_with_total(row):
        return row
    kept = [cell for cell in row.header.cells if cell.meaning.kind != TOTAL]
    return replace(row, header=headers.setdefault(id(row.header), replace(row.header, cells=kept)))


_DOUBLED = re.compile(r"(?:(\d)\1)+")


def _may_be_doubled(row: Row) -> bool:
    """Whether a row whose label is printed with every glyph twice has figures that may be so too (1199 for 19)."""
    if not any(has_doubled_glyphs(token.text) for token in row.label):
        return False
    filled = [token.text for token in row.cells if not token.is_blank]
    return bool(filled) and all(_DOUBLED.fullmatch(text) for text in filled)


def _open_cells(row: Row) -> Sequence[PrintedCell]:
    """The cells of a row whose columns are open, without the empty ones around them if there are more than columns.

    None at all where the row is longer than the form, or wholly blank.
    """
    filled = [at for at, token in enumerate(row.cells) if not token.is_blank]
    if not filled:
        return ()
    if len(row.cells) <= _WIDTH:
        return row.cells
    return row.cells[filled[0] : filled[-1] + 1] if filled[-1] - filled[0] < _WIDTH else ()


def _begins(row: Row, cells: Sequence[PrintedCell]) -> tuple[tuple[int, ...], ...] | None:
    """The columns that the cells can have where only the row's beginning is open; None where blanks were dropped."""
    if len(row.cells) <= _WIDTH:
        return None
    first = row.cells.index(cells[0])
    return tuple(tuple(range(first - at, first - at + len(cells))) for at in _windows(row.cells, _WIDTH))


def _short_row(
    row: Row, given: _Given, columns: Sequence[int | None], unnamed: Collection[str], notices: _Notices
) -> ApplicationRow:
    """``unnamed``: columns that its table does not have, as where a page's edge cuts it off: nothing is blank there."""
    filled = _filled(row.cells)
    if not filled:
        return _finish(row, EMPTY, [], [], unnamed=unnamed)
    placed = dict(zip(given.cells, columns, strict=False))
    pairs = [(token, placed.get(token)) for token in filled]
    cells = [(forms.APPLICATION_COLUMNS[column], token) for token, column in pairs if column is not None]
    unplaced = [token for token, column in pairs if column is None]
    if not cells:
        _warn_unplaced(row, notices)
    return _finish(row, INFERRED if cells else UNPLACED, cells, unplaced, unnamed=unnamed)


def _filled(cells: Sequence[PrintedCell]) -> list[PrintedCell]:
    return [token for token in cells if not token.is_blank]


def _adds_up(cells: Sequence[PrintedCell]) -> bool:
    """Whether the last of ``cells`` is the sum of the others, blanks being 0."""
    counts = [0 if token.value.kind == "blank" else token.value.count for token in cells]
    known = [count for count in counts if count is not None]
    return len(known) == len(counts) and sum(known[:-1]) == known[-1]


def _warn_misread(label: str, cells: Sequence[PrintedCell], notices: _Notices) -> None:
    notices.warn(
        "row_not_confirmed",
        told("parse.row_not_confirmed", label=label),
        "|".join(_texts(cells)),
    )


def _warn_unplaced(row: Row, notices: _Notices) -> None:
    why = "parse.undecided"
    if _begins_with_total(row):
        why = "parse.total_first"
    elif _is_in_disorder(row, APPLICANT, forms.APPLICATION_COLUMNS):
        why = "parse.other_order"
    elif _full_row(row.cells, _WIDTH, None) is not None:
        why = "parse.sums_gainsay_header"
    notices.warn(
        "row_unplaced",
        told("parse.row_unplaced", row=row.label_text, cells=len(row.cells), columns=_WIDTH, why=told(why)),
        "|".join(_texts(row.cells)),
    )


def _printed_row(row: Row, full: Sequence[PrintedCell], notices: _Notices) -> ApplicationRow:
    if notices.scanned and not _adds_up(full):
        _warn_misread(row.label_text, full, notices)
        return _finish(row, UNPLACED, [], _filled(full), full)
    cells = list(zip(forms.APPLICATION_COLUMNS, full, strict=True))
    _warn_no_counts(row.label_text, full, notices)
    placement = EMPTY if all(token.is_blank for token in full) else PRINTED
    return _finish(row, placement, cells, [], full)


def _warn_no_counts(label: str, tokens: Iterable[PrintedCell], notices: _Notices, signed: bool = False) -> None:
    """Tell of cells where no count of cases stands (``signed``: or no change of a count), and of note marks."""
    for token in tokens:
        value = token.value
        count = value.count if signed else token.cases
        if value.kind != "blank" and count is None:
            notices.warn(
                "no_count",
                told("parse.no_count", label=label, printed=token.text, why=_why_no_count(token)),
                token.text,
            )
        elif is_note_mark(value.note):
            _note_mark(label, token, notices)


def _why_no_count(token: PrintedCell) -> Message | str:
    if token.shared:
        return told("parse.shared_by_rows")
    number = token.value.number
    negative = number is not None and number < 0
    return told("parse.below_zero") if negative else ""


def _note_mark(label: str, token: PrintedCell, notices: _Notices) -> None:
    notices.note(
        "note_mark",
        told("parse.note_mark", label=label, printed=token.text),
        token.text,
    )


def _finish(
    row: Row,
    placement: str,
    cells: Sequence[tuple[str, PrintedCell]],
    unplaced: Sequence[PrintedCell],
    printed: Sequence[PrintedCell] | None = None,
    unnamed: Collection[str] = (),
) -> ApplicationRow:
    counts = _counts(cells)
    return ApplicationRow(
        row.code,
        counts,
        placement,
        tuple(_texts(row.cells if printed is None else printed)),
        tuple(_texts(unplaced)),
        (row.start, row.end),
        tuple([(name, (token.start, token.end)) for name, token in cells if token.text]),
        _kinds(forms.APPLICATION_COLUMNS, counts, cells, placement == UNPLACED or bool(unplaced), unnamed),
        tuple([token.value.count for token in unplaced]),
        _fractions(counts, cells),
    )


_Counts = tuple[tuple[str, int], ...]
"""Columns with the counts that stand in them."""


def _counts(cells: Iterable[tuple[str, PrintedCell]]) -> _Counts:
    return tuple([(name, count) for name, token in cells if (count := token.cases) is not None])


def _fractions(counts: _Counts, cells: Sequence[tuple[str, PrintedCell]]) -> tuple[tuple[str, Decimal], ...]:
    if len(counts) == len(cells):
        return ()
    numbers = ((name, token.value.number) for name, token in cells if token.value.count is None)
    return tuple((name, number) for name, number in numbers if number is not None and number % 1)


def _kinds(
    columns: Sequence[str],
    counts: _Counts,
    cells: Iterable[tuple[str, PrintedCell]],
    is_open: bool,
    unnamed: Collection[str] = (),
) -> tuple[tuple[str, str], ...]:
    """The kind of each column's cell that has no figure: while a value of the row has no column, it is not known.

    ``is_open``: there is such a value, or may be. Nor is that of a column that the table does not have (``unnamed``).
    """
    if len(counts) == len(columns):
        return ()
    placed = dict(cells)

    def kind(column: str) -> str:
        if column in placed:
            return kind_of_cell(placed[column].text)
        return NOT_PLACED if is_open or column in unnamed else BLANK_CELL

    return tuple([(column, kind(column)) for column in columns if column not in placed or placed[column].cases is None])


# Section 二 --------------------------------------------------------------------------------------------------------


def _forms_of_tables(rows: Iterable[Row]) -> dict[str, str | None]:
    """Item → the form of its sub-table; where forms share that table, the one that another sub-table tells."""
    fitting = {row.code: _fitting_forms(row) for row in rows}
    told = {form for forms_here in fitting.values() if len(forms_here) == 1 for form in forms_here}
    return {
        code: next(iter(decided)) if len(decided := here if len(here) == 1 else here & told) == 1 else None
        for code, here in fitting.items()
    }


def _fitting_forms(row: Row) -> frozenset[str]:
    """The forms that a sub-table's header may be of; none if its words tell nothing, or two forms at once.

    A form fits where no other has more of its words in the header, or as many of fewer.
    """
    group = forms.DISCLOSURE_GROUPS[row.code]
    having = frozenset(form.code for form in forms.FORMS if group in form.measures)
    signs = {form.code: frozenset(form.signs.get(group, ())) for form in forms.FORMS}
    seen = {
        code: found for code, words in signs.items() if (found := {word for word in words if word in row.header.text})
    }
    if not seen:
        return having if len(having) == 1 else frozenset()
    best = [code for code, found in seen.items() if not any(found < other for other in seen.values())]
    if any(seen[code] != seen[best[0]] for code in best):
        return frozenset()
    fewest = min(len(signs[code]) for code in best)
    return frozenset(code for code in best if len(signs[code]) == fewest)


def _form(seen: Iterable[str | None], applications: Sequence[ApplicationRow]) -> str | None:
    """``reports.form``: by section 二's headers; section 三's rows decide where there are none, or make it mixed.

    A row that only one form has tells it; one that a form prints and another allows for (其他处理), where nothing else
    does.
    """
    known = {form for form in seen if form is not None}
    rows = {row.item for row in applications}
    fitting = [form for form in forms.FORMS if all(form.has(row) for row in rows)]
    printing = [form for form in fitting if any(row in form.applications for row in rows - forms.PRINTED_IN_EVERY_FORM)]
    if len(fitting) == 1:
        known.add(fitting[0].code)
    elif not known and len(printing) == 1:
        known.add(printing[0].code)
    if len(known) > 1:
        return forms.MIXED
    return known.pop() if known else None


def _with_measures(rows: Sequence[Row], forms_seen: Mapping[str, str | None]) -> list[Measured]:
    known = {form for form in forms_seen.values() if form is not None}
    usual = known.pop() if len(known) == 1 else None
    return [(row, _measures(row, forms_seen[row.code] or usual)) for row in rows]


def _measures(row: Row, form: str | None) -> tuple[str, ...] | None:
    group = forms.DISCLOSURE_GROUPS[row.code]
    if form is not None:
        return forms.DISCLOSURE_COLUMNS.get((form, group))
    if len({token.text for token in row.cells}) == 1:
        return None  # one merged cell, perhaps, that a copy prints in each place
    possible = {
        measures
        for (_, where), measures in forms.DISCLOSURE_COLUMNS.items()
        if where == group and _windows(row.cells, len(measures))
    }
    return possible.pop() if len(possible) == 1 and len(row.cells) == forms.MOST_MEASURES[group] else None


def _row_figures(
    row: Row,
    measures: tuple[str, ...] | None,
    is_narrow: bool,
    habit: int | None,
    notices: _Notices,
    astray: Collection[int],
) -> Iterator[DisclosureFigure]:
    if measures is None:
        texts = "|".join(_texts(row.cells))
        notices.warn("measures_unknown", told("parse.measures_unknown", row=row.label_text), texts)
        return
    by_header = partial(_by_measure_column, measures=measures)
    is_astray = row.start in astray
    cells = None if is_narrow or is_astray else _aligned(row, MEASURE, measures, by_header, habit)
    if cells is None:
        filled = [token for token in row.cells if token.text]
        placement, kind = (UNPLACED, NOT_PLACED) if filled or is_astray else (EMPTY, BLANK_CELL)
        if filled and not is_astray:
            _warn_disclosure_row(row, measures, notices)
        printed = "|".join(_texts(row.cells)) if filled else ""
        for measure in measures:
            span = (row.start, row.end)
            yield DisclosureFigure(row.code, measure, None, None, placement, printed, None, span, kind=kind)
        return
    for measure, token in zip(measures, cells, strict=True):
        yield _figure(row, measure, token, notices)


def _warn_disclosure_row(row: Row, measures: Sequence[str], notices: _Notices) -> None:
    in_disorder = _is_in_disorder(row, MEASURE, measures)
    why = told("parse.order_differs") if in_disorder else told("parse.header_columns", columns=len(measures))
    notices.warn(
        "row_unplaced",
        told("parse.disclosure_row_unplaced", row=row.label_text, cells=len(row.cells), why=why),
        "|".join(_texts(row.cells)),
    )


def _by_measure_column(row: Row, measures: tuple[str, ...]) -> Sequence[PrintedCell] | None:
    """One cell a measure by the header's columns in a grid; None where the header does not name them all."""
    if not row.cells or row.cells[0].grid is None:
        return None
    below = [_below_measure(row, measure) for measure in measures]
    if any(not tokens or len({token.text for token in tokens if token.text}) > 1 for tokens in below):
        return None
    claimed = [token for tokens in below for token in tokens]
    outside = [token for token in row.cells if token not in claimed]
    if len(set(claimed)) < len(claimed) or any(token.text for token in outside):
        return None
    return [next((token for token in tokens if token.text), tokens[0]) for tokens in below]


def _below_measure(row: Row, measure: str) -> list[PrintedCell]:
    """The cells below a measure's heading: several where a copy prints a merged cell in each place that it covers."""
    headings = [
        cell.token.column
        for cell in row.header.cells
        if cell.meaning.code == measure and cell.token.grid == row.cells[0].grid
    ]
    found = (_covering(row.cells, column) for column in headings)
    return list(dict.fromkeys(token for token in found if token is not None))


def _covering(cells: Iterable[PrintedCell], column: int | None) -> PrintedCell | None:
    return next(
        (
            token
            for token in cells
            if column is not None
            and token.column is not None
            and token.column <= column < token.column + token.column_span
        ),
        None,
    )


def _figure(row: Row, measure: str, token: PrintedCell, notices: _Notices) -> DisclosureFigure:
    value = TEXT if measure == "amount" and _follows_a_dash(token) else token.value
    signed = measure == "change"
    amount = _amount(row, value) if measure == "amount" else None
    count = value.count if signed else token.cases if measure != "amount" else None
    if measure != "amount":
        _warn_no_counts(row.label_text, [token], notices, signed)
    elif is_note_mark(value.note):
        _note_mark(row.label_text, token, notices)
    elif value.kind == "text":
        notices.warn(
            "no_amount",
            told("parse.no_amount", row=row.label_text, printed=token.text),
            token.text,
        )
    kind = FIGURE if count is not None or amount is not None else kind_of_cell(token.text)
    span = (token.start, token.end)
    return DisclosureFigure(row.code, measure, count, amount, PRINTED, token.text, value.note, span, value.number, kind)


def _follows_a_dash(token: PrintedCell) -> bool:
    """Whether a sum stands behind a dash, which may be a mark for nothing as well as a minus: no figure."""
    return token.value.number is not None and token.text.lstrip()[:1] in _DASHES


_DASHES = frozenset("—–―")


def _amount(row: Row, value: Value) -> Decimal | None:
    """An amount in 万元, by the unit of its cell, its header or its row's label; None where the last two differ.

    A header states the unit behind its amount column, else for the whole sub-table (单位:万元). 0 needs no unit.
    """
    header = row.header.text
    _, amount, behind = header.rpartition("金额")
    stated = (amount and behind, "".join(_UNIT_STATED.findall(header)))
    in_header = next((unit for words in stated for unit in MONEY_HEADER_UNITS if unit in words), None)
    in_label = _UNIT_IN_LABEL.search(fold(row.label_text))
    units = {in_header, in_label["unit"] if in_label is not None else None} - {None}
    if len(units) > 1 and value.unit not in WAN_YUAN:
        return Decimal(0) if value.number == 0 else None
    return amount_in_wan_yuan(value, next(iter(units), None))


# Section 四 --------------------------------------------------------------------------------------------------------

_ReviewCell = tuple[str, str]
"""A channel and a column of section 四."""

_REVIEW_CELLS: tuple[_ReviewCell, ...] = tuple(
    (channel.code, column) for channel in forms.REVIEW_CHANNELS for column in forms.REVIEW_COLUMNS
)


def _read_reviews(rows: Sequence[Row], begin: int | None, notices: _Notices) -> tuple[ReviewRow, ...] | None:
    """``begin``: where the row begins among its cells if empty cells stand on both sides of it, as far as known.

    None where the section stands twice with different figures.
    """
    candidates = [row for row in rows if has_review_header(row) or _is_borne_out(row)]
    filled = [row for row in candidates if _has_figures(row)]
    parts = [(row, places) for row in filled if (places := _review_cells(row)) and len(places) < len(_REVIEW_CELLS)]
    if parts and len(parts) == len(filled):
        return tuple(_review_parts(parts, notices))
    chosen = (filled or candidates)[:1]
    second = next((row for row in filled[1:] if _says(row) != _says(chosen[0])), None)
    if second is not None:
        _warn_two_tables(REVIEWS, [(chosen[0], second)], notices)
        return None
    return tuple(review for row in chosen for review in _review_rows(row, begin, notices))


def _is_borne_out(row: Row) -> bool:
    """Whether a row below the title of section 四, whose header is lost, is its row: all cells are there and add up.

    Which outcome each of them counts, the sums do not tell; which is the total of each channel, they do.
    """
    if row.code or len(row.cells) != len(_REVIEW_CELLS):
        return False
    return all(channel[-1].cases is not None and _adds_up(channel) for channel in _in_channels(row.cells))


def _in_channels(cells: Sequence[PrintedCell]) -> list[Sequence[PrintedCell]]:
    """The fifteen cells of section 四, five a channel."""
    width = len(forms.REVIEW_COLUMNS)
    return [cells[begin : begin + width] for begin in range(0, len(cells), width)]


def _review_parts(
    parts: Sequence[tuple[Row, Mapping[_ReviewCell, PrintedCell]]], notices: _Notices
) -> Iterator[ReviewRow]:
    """Section 四 as a table, or a row, for each channel: where header and label name the place of every figure."""
    chosen: dict[_ReviewCell, PrintedCell] = {}
    rows: dict[str, Row] = {}
    twice: set[str] = set()
    for row, places in parts:
        for channel_code in dict.fromkeys(code for code, _ in places):
            if channel_code not in rows:
                rows[channel_code] = row
            elif _says(rows[channel_code]) != _says(row) and channel_code not in twice:
                twice.add(channel_code)
                _warn_repeated(rows[channel_code], row, notices)
        chosen = {**places, **chosen}
    chosen = {place: token for place, token in chosen.items() if place[0] not in twice}
    for channel in forms.REVIEW_CHANNELS:
        cells = [
            (column, chosen[place])
            for place in _REVIEW_CELLS
            if place[0] == channel.code and place in chosen
            for column in place[1:]
        ]
        if cells:
            yield _printed_review(channel, cells, notices)


def _printed_review(channel: forms.Channel, cells: Sequence[tuple[str, PrintedCell]], notices: _Notices) -> ReviewRow:
    tokens = [token for _, token in cells]
    if notices.scanned and not _adds_up(tokens):
        _warn_misread(channel.label_zh, tokens, notices)
        return _review_row(channel.code, [], tokens, _filled(tokens), UNPLACED)
    for column, token in cells:
        _warn_no_counts(f"{channel.label_zh}·{column}", [token], notices)
    return _review_row(channel.code, cells, [token for _, token in cells], [], PRINTED)


def _review_rows(row: Row, begin: int | None, notices: _Notices) -> Iterator[ReviewRow]:
    places = _review_cells(row)
    if places is not None and len(places) == len(_REVIEW_CELLS):
        full: Sequence[PrintedCell] | None = [places[place] for place in _REVIEW_CELLS]
    elif _differs_from_form(row.header):
        full = None
    elif has_review_header(row):
        outcomes = sum(cell.meaning.kind in {OUTCOME, TOTAL} for cell in row.header.cells)
        is_narrow = 0 < outcomes < len(_REVIEW_CELLS) and _reach(row.cells) <= outcomes
        full = None if is_narrow else _full_row(row.cells, len(_REVIEW_CELLS), begin)
    else:
        yield from _totals_alone(row, notices)
        return
    if full is None:
        yield from _loose_review_rows(row, notices)
        return
    for channel in forms.REVIEW_CHANNELS:
        cells = [
            (column, token) for (code, column), token in zip(_REVIEW_CELLS, full, strict=True) if code == channel.code
        ]
        yield _printed_review(channel, cells, notices)


def _totals_alone(row: Row, notices: _Notices) -> Iterator[ReviewRow]:
    """Fifteen cells whose header is lost and that add up in all channels: the totals are told, the outcomes are not."""
    _warn_reviews(row, told("parse.header_lost"), notices)
    total = forms.TOTAL.code
    for channel, cells in zip(forms.REVIEW_CHANNELS, _in_channels(row.cells), strict=True):
        yield _review_row(channel.code, [(total, cells[-1])], _filled(cells), _filled(cells[:-1]), INFERRED)


def _loose_review_rows(row: Row, notices: _Notices) -> Iterator[ReviewRow]:
    """Nothing is placed by sums where cells were dropped: several places for the blanks always add up."""
    filled = _filled(row.cells)
    if filled:
        _warn_reviews(row, told("parse.reviews_undecided"), notices)
    span = (row.start, row.end)
    for channel in forms.REVIEW_CHANNELS:
        yield _review_row(channel.code, [], filled, filled, UNPLACED if filled else EMPTY, span)


def _warn_reviews(row: Row, why: Message, notices: _Notices) -> None:
    notices.warn(
        "row_unplaced",
        told("parse.reviews_unplaced", cells=len(row.cells), columns=len(_REVIEW_CELLS), why=why),
        "|".join(_texts(row.cells)),
    )


def _review_cells(row: Row) -> dict[_ReviewCell, PrintedCell] | None:
    """The cells of a row by channel and outcome, as header and row label name them; None if they do not."""
    grid = row.cells[0].grid
    if grid is None:
        return _cells_in_turn(row)
    above = [cell for cell in row.header.cells if cell.token.grid == grid]
    leaves = [(cell.token.column, cell.meaning.code) for cell in above if cell.meaning.kind in {OUTCOME, TOTAL}]
    channels = sorted((cell.token.column or 0, cell.meaning.code) for cell in above if cell.meaning.kind == CHANNEL)
    by_column = {token.column: token for token in row.cells}
    places: dict[_ReviewCell, PrintedCell] = {}
    for column, outcome in leaves:
        begun = [code for start, code in channels if column is not None and start <= column]
        channel = row.code or (begun[-1] if begun else None)
        token = by_column.get(column)
        if channel is None or token is None or places.setdefault((channel, outcome), token) is not token:
            return None
    left_over = [token for token in row.cells if token.text and token not in places.values()]
    named = {channel for channel, _ in places}
    complete = len(places) == len(named) * len(forms.REVIEW_COLUMNS)
    return places if complete and not left_over else None


def _cells_in_turn(row: Row) -> dict[_ReviewCell, PrintedCell] | None:
    """The cells of a part of section 四 as text: header or label name one or two channels, and an outcome a cell."""
    channels = {cell.meaning.code for cell in row.header.cells if cell.meaning.kind == CHANNEL}
    named = {row.code} if row.code else channels
    places = [place for place in _REVIEW_CELLS if place[0] in named]
    outcomes = [cell.meaning.code for cell in row.header.cells if cell.meaning.kind in {OUTCOME, TOTAL}]
    if not len(outcomes) == len(places) == len(row.cells) < len(_REVIEW_CELLS) or _differs_from_form(row.header):
        return None
    in_turn = outcomes == [column for _, column in places]
    return dict(zip(places, row.cells, strict=True)) if in_turn else None


def _differs_from_form(header: Header) -> bool:
    """Whether the header names outcomes or channels in another order than the form has them."""
    outcomes = [cell.meaning.code for cell in header.cells if cell.meaning.kind in {OUTCOME, TOTAL}]
    channels = list(dict.fromkeys(cell.meaning.code for cell in header.cells if cell.meaning.kind == CHANNEL))
    half = outcomes[: len(outcomes) // 2]
    if half * 2 == outcomes:
        outcomes = half  # the header stands twice
    in_form = iter(column for _, column in _REVIEW_CELLS)
    return any(outcome not in in_form for outcome in outcomes) or channels != [
        channel.code for channel in forms.REVIEW_CHANNELS if channel.code in channels
    ]


def _review_row(
    channel: str,
    cells: Sequence[tuple[str, PrintedCell]],
    printed: Sequence[PrintedCell],
    unplaced: Sequence[PrintedCell],
    placement: str,
    span: Span | None = None,
) -> ReviewRow:
    if placement == PRINTED and all(token.is_blank for _, token in cells):
        placement = EMPTY
    counts = _counts(cells)
    return ReviewRow(
        channel,
        counts,
        placement,
        tuple(_texts(printed)),
        tuple(_texts(unplaced)),
        span or (printed[0].start, printed[-1].end),
        tuple([(name, (token.start, token.end)) for name, token in cells if token.text]),
        _kinds(forms.REVIEW_COLUMNS, counts, cells, bool(unplaced)),
        tuple([token.value.count for token in unplaced]),
        _fractions(counts, cells),
    )
