"""Which rows count: one an item, of its own table, where a document prints some twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .. import forms
from ..messages import told
from .labels import APPLICANT, CHANNEL, HEADER, MEASURE, OUTCOME
from .notices import Notices, warn_repeated, warn_two_tables
from .row_cells import has_figures, said_by, texts_of
from .tables import APPLICATIONS, DISCLOSURES, REVIEWS, SUBTOTAL, Row

_COLUMN_KINDS = {
    APPLICATIONS: frozenset({APPLICANT}),
    DISCLOSURES: frozenset({MEASURE}),
    REVIEWS: frozenset({OUTCOME, CHANNEL}),
}

_LABELS = {item.code: item.label_zh for item in (*forms.APPLICATION_ITEMS, *forms.DISCLOSURE_ITEMS)}

FEWEST_TWICE = 2
"""So many rows, and most of a table's, stand twice where two tables do; a single one is a row printed twice."""

FEWEST_OUTSIDE = 8
"""So many different rows are part of a table, and no list in the prose."""

FEWEST_COLUMN_NAMES = 2
"""So many names of columns make a header where no heading above them is printed."""


def one_row_an_item(rows: Iterable[Row], table: str, notices: Notices) -> tuple[list[Row], set[str]]:
    """One row an item: the first that has figures; and what stands twice with other figures, of which none counts.

    That is single items, or, where it is most of them, the table, of which then no row is given.
    """
    chosen: dict[str, Row] = {}
    twice: dict[str, tuple[Row, Row]] = {}
    printed = list(rows)
    within = _within_table(printed, table)
    _tell_rows_outside(printed, within, table, notices)
    for row in within:
        held = chosen.get(row.code)
        if held is None or (not has_figures(held) and has_figures(row) and _is_headed(row) >= _is_headed(held)):
            chosen[row.code] = row
        elif has_figures(row) and said_by(row) != said_by(held):
            if _is_headed(row) >= _is_headed(held):
                twice.setdefault(row.code, (held, row))
            else:
                _warn_row_elsewhere(row, notices)
    if len(twice) >= FEWEST_TWICE and 2 * len(twice) > sum(map(_is_more_than_zeros, chosen.values())):
        warn_two_tables(table, twice.values(), notices)
        return [], {table}
    for code, pair in twice.items():
        warn_repeated(*pair, notices)
        del chosen[code]
    return _without_group_row(chosen, notices), set(twice)


def _tell_rows_outside(rows: Sequence[Row], within: Sequence[Row], table: str, notices: Notices) -> None:
    """Say which rows of requests stand outside the table, where they are too many for a list in the prose.

    So stands the one column that a page cuts off from the others.
    """
    if table != APPLICATIONS:
        return
    own = [row for row in rows if row.table == table and row.code != SUBTOTAL]
    if len(own) - len(within) < FEWEST_OUTSIDE:
        return
    kept = set(map(id, within))
    outside = [row for row in own if id(row) not in kept]
    told_rows = [row for row in outside if has_figures(row)]
    if len({row.code for row in told_rows}) >= FEWEST_OUTSIDE:
        for row in told_rows:
            _warn_row_elsewhere(row, notices)


def _without_group_row(chosen: dict[str, Row], notices: Notices) -> list[Row]:
    """The rows without the group's label (六)其他处理 where its details stand below it.

    Figures behind that label are the first detail's, whose own label is lost, as likely as the group's.
    """
    group, details = chosen.get(forms.OTHER_ITEM), [item for item in forms.OTHER_DETAILS if item in chosen]
    if group is None or not details:
        return list(chosen.values())
    if not has_figures(group):
        del chosen[forms.OTHER_ITEM]
    elif forms.OTHER_DETAILS[0] not in details:
        del chosen[forms.OTHER_ITEM]
        told_row = told("parse.group_or_detail", row=group.label_text, detail=_LABELS[forms.OTHER_DETAILS[0]])
        notices.warn("row_unplaced", told_row, "|".join(texts_of(group.cells)))
    return list(chosen.values())


def _is_more_than_zeros(row: Row) -> bool:
    return any(token.value.number for token in row.cells)


def _warn_row_elsewhere(row: Row, notices: Notices) -> None:
    notices.warn(
        "row_repeated",
        told("parse.row_elsewhere", row=row.label_text),
        "|".join(texts_of(row.cells)),
    )


def tell_odd_rows(rows: Iterable[Row], notices: Notices) -> None:
    """Say which rows are none of the form's, and which were told by their place and not by their label."""
    for row in rows:
        if row.code == SUBTOTAL:
            notices.note(
                "subtotal_row",
                told("parse.subtotal_row", row=row.label_text),
                "|".join(texts_of(row.cells)),
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
