"""Section 二: rows → disclosures, one a measure of the sub-table."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial

from .. import forms
from ..messages import told
from ..report import DisclosureFigure
from ..text.fold import fold
from .cells import PrintedCell
from .columns import Measured, aligned, is_in_disorder, windows_of
from .labels import MEASURE
from .notices import Notices, tell_note_mark, warn_no_counts
from .row_cells import EMPTY, PRINTED, UNPLACED, covering, texts_of
from .tables import Row
from .values import (
    BLANK_CELL,
    FIGURE,
    NOT_PLACED,
    TEXT,
    WAN_YUAN,
    Value,
    amount_in_wan_yuan,
    is_note_mark,
    kind_of_cell,
)

_UNIT_IN_LABEL = re.compile(r"\((?:单位[:：]?)?(?P<unit>[亿万千]?元)\)")

_UNIT_STATED = re.compile(r"单位[:：]?(?:人民币)?(?P<unit>[十百千万亿美港欧日英澳加韩]*元)")
_UNIT_BEHIND = re.compile(r"(?P<unit>[十百千万亿美港欧日英澳加韩]*元)")
"""A unit of money in a header, whatever it is: 百元 and 万美元 are other units than 元."""


def forms_of_tables(rows: Iterable[Row]) -> dict[str, str | None]:
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
    signs, header = {form.code: form.signs.get(group, ()) for form in forms.FORMS}, row.header.text
    seen = {code: found for code, words in signs.items() if (found := {word for word in words if word in header})}
    if not seen:
        having = frozenset(form.code for form in forms.FORMS if group in form.measures)
        return having if len(having) == 1 else frozenset()
    best = [code for code, found in seen.items() if not any(found < other for other in seen.values())]
    if any(seen[code] != seen[best[0]] for code in best):
        return frozenset()
    fewest = min(len(signs[code]) for code in best)
    return frozenset(code for code in best if len(signs[code]) == fewest)


def with_measures(rows: Sequence[Row], forms_seen: Mapping[str, str | None]) -> list[Measured]:
    """Each row with the columns of its sub-table."""
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
        if where == group and windows_of(row.cells, len(measures))
    }
    return possible.pop() if len(possible) == 1 and len(row.cells) == forms.MOST_MEASURES[group] else None


def row_figures(
    row: Row,
    measures: tuple[str, ...] | None,
    is_narrow: bool,
    habit: int | None,
    notices: Notices,
    astray: Collection[int],
) -> Iterator[DisclosureFigure]:
    """The figures of a row of section 二, one a measure; none where its columns are unknown."""
    if measures is None:
        texts = "|".join(texts_of(row.cells))
        notices.warn("measures_unknown", told("parse.measures_unknown", row=row.label_text), texts)
        return
    by_header = partial(_by_measure_column, measures=measures)
    is_astray = row.start in astray
    cells = None if is_narrow or is_astray else aligned(row, MEASURE, measures, by_header, habit)
    if cells is None:
        filled = [token for token in row.cells if token.text]
        placement, kind = (UNPLACED, NOT_PLACED) if filled or is_astray else (EMPTY, BLANK_CELL)
        if filled and not is_astray:
            _warn_disclosure_row(row, measures, notices)
        printed = "|".join(texts_of(row.cells)) if filled else ""
        for measure in measures:
            span = (row.start, row.end)
            yield DisclosureFigure(row.code, measure, None, None, placement, printed, None, span, kind=kind)
        return
    for measure, token in zip(measures, cells, strict=True):
        yield _figure(row, measure, token, notices)


def _warn_disclosure_row(row: Row, measures: Sequence[str], notices: Notices) -> None:
    in_disorder = is_in_disorder(row, MEASURE, measures)
    why = told("parse.order_differs") if in_disorder else told("parse.header_columns", columns=len(measures))
    notices.warn(
        "row_unplaced",
        told("parse.disclosure_row_unplaced", row=row.label_text, cells=len(row.cells), why=why),
        "|".join(texts_of(row.cells)),
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
    found = (covering(row.cells, column) for column in headings)
    return list(dict.fromkeys(token for token in found if token is not None))


def _figure(row: Row, measure: str, token: PrintedCell, notices: Notices) -> DisclosureFigure:
    value = TEXT if measure == "amount" and _follows_a_dash(token) else token.value
    signed = measure == "change"
    amount = _amount(row, value) if measure == "amount" else None
    count = value.count if signed else token.cases if measure != "amount" else None
    if measure != "amount":
        warn_no_counts(row.label_text, [token], notices, signed)
    elif is_note_mark(value.note):
        tell_note_mark(row.label_text, token, notices)
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
    """An amount in 万元, by the unit of its cell, its header or its row's label; None where the last two differ, or
    state a unit that is none of ``WAN_YUAN``.

    A header states the unit behind its amount column, else for the whole sub-table (单位:万元). 0 needs no unit.
    """
    header = row.header.text
    _, amount, behind = header.rpartition("金额")
    in_header = (amount and _UNIT_BEHIND.search(behind)) or _UNIT_STATED.search(header)
    in_label = _UNIT_IN_LABEL.search(fold(row.label_text))
    units = {found["unit"] for found in (in_header, in_label) if found}
    if value.unit not in WAN_YUAN and (len(units) > 1 or not units <= WAN_YUAN.keys()):
        return Decimal(0) if value.number == 0 else None
    return amount_in_wan_yuan(value, next(iter(units), None))
