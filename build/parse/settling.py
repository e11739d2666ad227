"""Rows whose label alone does not say what they are: sub-totals, and labels that lost or changed a character or two.

Such a row is what its number, its group and its neighbours leave: never what its label is merely like. What they do not
decide stays without a label.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence

from .. import forms
from ..text.fold import fold
from .cells import PrintedCell
from .labels import damaged_labels, number_of
from .tables import APPLICATIONS, DAMAGED, DISCLOSURES, SUBTOTAL, Row, StrayCells, Tables

CLOSED, FIRST, LAST = "closed", "received", "carried_forward"
_NUMBER_OF_CLOSED = "七"
_ORDER: dict[str, tuple[str, ...]] = {
    APPLICATIONS: tuple(item.code for item in forms.APPLICATION_ITEMS),
    DISCLOSURES: tuple(item.code for item in forms.DISCLOSURE_ITEMS),
}
_ITEMS = {item.code: item for item in (*forms.APPLICATION_ITEMS, *forms.DISCLOSURE_ITEMS)}


def settle_rows(tables: Tables) -> Tables:
    """``tables`` with every row named, a sub-total (code ``SUBTOTAL``), or, if nothing decides, cells without label."""
    rows = list(tables.rows)
    _settle_totals(rows, tables.strays)
    _settle_damaged(rows)
    unnamed = [row for row in rows if row.code == DAMAGED]
    lost = [StrayCells(row.table, row.label_text, cells) for row in unnamed if (cells := _values(row))]
    strays = sorted((*tables.strays, *lost), key=lambda stray: stray.cells[0].start)
    return Tables(tuple(row for row in rows if row.code != DAMAGED), tuple(strays), tables.used)


def _values(row: Row) -> tuple[PrintedCell, ...]:
    return tuple(token for token in row.cells if token.kind == "value")


# 合计 and 总计 -----------------------------------------------------------------------------------------------------


def _settle_totals(rows: Sequence[Row], strays: Sequence[StrayCells]) -> None:
    found = [row for row in rows if row.table == APPLICATIONS and row.cells]
    for at, row in enumerate(found):
        if row.code == CLOSED and not _is_closed(found, at, strays):
            row.code = SUBTOTAL


def _is_closed(rows: Sequence[Row], at: int, strays: Sequence[StrayCells]) -> bool:
    """Whether a row 总计 or 合计 is (七)总计: it has that number, or stands behind all results and no other total.

    Cells of a row that is not known, right before or behind it, may be the total as well.
    """
    if _NUMBER_OF_CLOSED in fold(rows[at].label_text):
        return True
    above, below = _same_table(rows, at)
    if any(_may_be_result(row) for row in below) or any(row.code == CLOSED for row in above):
        return False
    begin, end = above[-1].end if above else rows[at].end, below[0].start if below else rows[at].end
    if any(begin <= stray.cells[0].start < end for stray in strays):
        return False
    if any(row.code in {forms.OTHER_ITEM, *forms.OTHER_DETAILS} for row in above):
        return True
    return bool(below) and below[0].code == LAST and fold(rows[at].label_text).endswith("总计")


def _same_table(rows: Sequence[Row], at: int) -> tuple[Sequence[Row], Sequence[Row]]:
    """The rows of the same table above and below a row; a table begins at 本年新收."""
    edges = (0, *(number for number, row in enumerate(rows) if row.code == FIRST), len(rows))
    behind = bisect(edges, at)
    return rows[edges[behind - 1] : at], rows[at + 1 : edges[behind]]


def _may_be_result(row: Row) -> bool:
    if row.code == DAMAGED:
        return damaged_labels(row.label_text) != {LAST}
    return row.code == CLOSED or row.code in forms.RESULT_ITEMS


# Damaged labels ----------------------------------------------------------------------------------------------------


def _settle_damaged(rows: Sequence[Row]) -> None:
    """Name damaged rows one after another: a row that is named is a neighbour of the next."""
    for row in rows:
        if row.code == DAMAGED:
            code = _item_here(row, [other for other in rows if other.table == row.table and other.code != SUBTOTAL])
            if code is not None:
                row.code, row.damaged = code, True


def _item_here(row: Row, rows: Sequence[Row]) -> str | None:
    """The one item that number, group and neighbours leave for a damaged row of ``rows``; None if there is not one."""
    known = [other for other in rows if other.code != DAMAGED]
    found = {other.code for other in known}
    before = next((other.code for other in reversed(known) if other.start < row.start), None)
    behind = next((other.code for other in known if other.start > row.start), None)
    order = _ORDER[row.table]
    low = order.index(before) if before in order else -1
    high = order.index(behind) if behind in order else len(order)
    number = number_of(row.label_text)
    alike = damaged_labels(row.label_text)
    left = [
        code
        for code in order[low + 1 : high]
        if code in alike and code not in found and (number is None or number_of(_own_label(code)) in {None, number})
    ]
    if len(left) != 1:
        return None
    (item,) = left
    expected = (None, *_expected(row.table, item, found), None)
    at = expected.index(item)
    beside = expected[at - 1] == before, expected[at + 1] == behind
    decided = any(beside) if number is not None and number_of(_own_label(item)) == number else all(beside)
    return item if decided else None


def _own_label(code: str) -> str:
    """An item's label without those of its groups: 1.属于国家秘密."""
    return _ITEMS[code].label_zh.split(" ")[-1].removeprefix("三、")


def _expected(table: str, code: str, found: Iterable[str]) -> Iterator[str]:
    """The items that a table with ``code`` and the rows ``found`` has, in the order of its form."""
    here = {code, *found}
    if table == DISCLOSURES:
        yield from (item for item in _ORDER[table] if item in here or item in forms.IN_EVERY_FORM)
        return
    results = forms.result_items(here)
    yield from (item for item in _ORDER[table] if item in results or item not in forms.RESULT_ITEMS)
