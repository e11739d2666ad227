"""A report's figures as values, and strategies that draw them: the truth that a rendered report must give back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from hypothesis import strategies as st

from build import forms

Cells = dict[str, int | None]


@dataclass(frozen=True, slots=True)
class Printed:
    """One cell of section 二: ``text`` as the report prints it, and what it says.

    A blank cell has an empty ``text`` and no figure. ``amount_wan`` is in 万元.
    """

    text: str
    count: int | None = None
    amount_wan: Decimal | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that the tables of one report state; None is a blank cell.

    ``form`` is ``forms.FORM_2019`` or ``forms.FORM_2021``. ``applications``: item → column → count;
    ``disclosures``: (item, measure) → cell; ``reviews``: channel → column → count. ``unit_in_header``: the header of an
    amount states 万元. ``documents_form``: the form of section 二's first sub-table, where it is not ``form``.
    """

    agency: str
    year: int
    form: str
    applications: Mapping[str, Cells]
    disclosures: Mapping[tuple[str, str], Printed]
    reviews: Mapping[str, Cells]
    unit_in_header: bool = False
    documents_form: str | None = None

    def form_of(self, group: str) -> str:
        """The form of the sub-table of section 二 that holds the item group."""
        return self.documents_form or self.form if group == "documents" else self.form


def in_form(item: forms.Item, form: str) -> bool:
    """Whether the form prints the item."""
    return forms.BY_CODE[form].has(item.code)


def result_items(form: str, *, details: bool = True) -> tuple[str, ...]:
    """The result rows of section 三 in order; from 2021 on (六) stands as three rows, or (not ``details``) as one."""
    printed = set(forms.BY_CODE[form].applications)
    if not details:
        printed = printed.difference(forms.OTHER_DETAILS) | {forms.OTHER_ITEM}
    return tuple(item for item in forms.RESULT_ITEMS if item in printed)


def application_items(form: str, *, details: bool = True) -> tuple[str, ...]:
    """The rows of section 三 in order."""
    results = result_items(form, details=details)
    return tuple(
        item.code for item in forms.APPLICATION_ITEMS if item.code in results or item.code not in forms.RESULT_ITEMS
    )


def disclosure_cells(form: str, *, other_document: bool = False) -> tuple[tuple[str, str], ...]:
    """(item, measure) of section 二 in the order of the form; ``other_document``: Hubei's additional row."""
    return tuple(
        (item.code, measure)
        for item in forms.DISCLOSURE_ITEMS
        if in_form(item, form) and (other_document or item.code != "other_document")
        for measure in forms.DISCLOSURE_COLUMNS[form, item.group]
    )


def with_totals(
    parts: Mapping[str, Mapping[str, int]], brought: Mapping[str, int], carried: Mapping[str, int]
) -> dict[str, Cells]:
    """Rows of section 三 that fulfil R1 to R3, from result rows, row 二 and row 四 (column → count, zeros left out)."""
    applicants = [column.code for column in forms.APPLICANTS]
    rows = {item: {name: row.get(name, 0) for name in applicants} for item, row in parts.items()}
    closed = {name: sum(row[name] for row in rows.values()) for name in applicants}
    given = {
        "carried_forward": {name: carried.get(name, 0) for name in applicants},
        "brought_forward": {
            name: min(brought.get(name, 0), closed[name] + carried.get(name, 0)) for name in applicants
        },
    }
    received = {
        name: closed[name] + given["carried_forward"][name] - given["brought_forward"][name] for name in applicants
    }
    every = {**rows, **given, "closed": closed, "received": received}
    return {item: {**row, forms.TOTAL.code: sum(row.values())} for item, row in every.items()}


counts = st.one_of(st.integers(1, 9), st.integers(1, 300), st.integers(1, 9_999_999))
"""Counts of cases: mostly small, some with thousands separators when printed so."""
_COUNTS_AND_ZERO = st.one_of(st.just(0), counts)
_SOME_CELLS = st.dictionaries(st.sampled_from([column.code for column in forms.APPLICANTS]), counts, max_size=3)

# To make a strategy costs more than to draw from it, so each is made once.


@cache
def _some_rows(items: tuple[str, ...]) -> st.SearchStrategy[dict[str, dict[str, int]]]:
    return st.dictionaries(st.sampled_from(items), _SOME_CELLS, max_size=8)


@cache
@st.composite
def applications(draw: st.DrawFn, form: str) -> dict[str, Cells]:
    """Section 三: few cells are not 0, R1 to R3 hold."""
    details = draw(st.booleans())
    results = result_items(form, details=details)
    filled = draw(_some_rows(results))
    rows = with_totals({item: filled.get(item, {}) for item in results}, draw(_SOME_CELLS), draw(_SOME_CELLS))
    return {item: rows[item] for item in application_items(form, details=details)}


@cache
@st.composite
def reviews(draw: st.DrawFn) -> dict[str, Cells]:
    """Section 四: three channels, R4 holds."""
    result: dict[str, Cells] = {}
    for channel in forms.REVIEW_CHANNELS:
        outcomes = {column.code: draw(_COUNTS_AND_ZERO) for column in forms.REVIEW_OUTCOMES}
        result[channel.code] = {**outcomes, forms.TOTAL.code: sum(outcomes.values())}
    return result


Which = Callable[[Mapping[str, Cells], str, str], bool]
"""Of rows, an item and a column: whether that cell is meant."""


@cache
def _cells_to_blank(items: tuple[str, ...], columns: tuple[str, ...]) -> st.SearchStrategy[Which]:
    column = st.sampled_from(columns)
    return st.one_of(
        st.just(lambda _rows, _item, _column: False),
        st.just(lambda rows, item, name: rows[item][name] == 0),
        column.map(lambda lost: lambda _rows, _item, name: name == lost),
        st.sets(st.tuples(st.sampled_from(items), column), max_size=12).map(
            lambda lost: lambda _rows, item, name: (item, name) in lost
        ),
    )


@st.composite
def blanked(draw: st.DrawFn, rows: dict[str, Cells]) -> dict[str, Cells]:
    """The rows with some cells blank: none, every 0, one column, or any."""
    blank = draw(_cells_to_blank(tuple(rows), tuple(next(iter(rows.values())))))
    return {item: {name: None if blank(rows, item, name) else row[name] for name in row} for item, row in rows.items()}


@cache
def _changes(items: tuple[str, ...], columns: tuple[str, ...]) -> st.SearchStrategy[dict[tuple[str, str], int]]:
    return st.dictionaries(st.tuples(st.sampled_from(items), st.sampled_from(columns)), counts, max_size=4)


@st.composite
def disturbed(draw: st.DrawFn, rows: dict[str, Cells]) -> dict[str, Cells]:
    """The rows with some cells changed, so that totals no longer add up."""
    changes = draw(_changes(tuple(rows), tuple(next(iter(rows.values())))))
    return {item: {name: changes.get((item, name), row[name]) for name in row} for item, row in rows.items()}


def _plain(count: int) -> Printed:
    return Printed(str(count), count)


def _signed(count: int) -> st.SearchStrategy[Printed]:
    up = [Printed(f"{sign}{count}", count) for sign in ("", "+", "增", "增加")]
    down = [Printed(f"{sign}{count}", -count) for sign in ("-", "减", "减少")]
    return st.sampled_from(up + down)


def _noted(count: int) -> Printed:
    return Printed(f"{count}(2019年起)", count, note="2019年起")


def _amounts(*, unit_in_header: bool) -> st.SearchStrategy[Printed]:
    """Money in 万元, in 元, with a lost bracket, with the unit in the header or nowhere; 0 needs no unit."""
    wan = st.decimals(min_value=Decimal("0.01"), max_value=10**8, places=2, allow_nan=False, allow_infinity=False)
    bare = wan.map(lambda value: Printed(f"{value}", amount_wan=value if unit_in_header else None))
    stated = [
        wan.map(lambda value: Printed(f"{value}万元", amount_wan=value)),
        wan.map(lambda value: Printed(f"{value}(万元", amount_wan=value)),
        st.integers(1, 10**9).map(lambda yuan: Printed(f"{yuan}元", amount_wan=Decimal(yuan) / 10_000)),
    ]
    return st.one_of(bare, st.just(Printed("0", amount_wan=Decimal(0))), *([] if unit_in_header else stated))


@cache
def _cell(measure: str, *, unit_in_header: bool) -> st.SearchStrategy[Printed]:
    plain = _COUNTS_AND_ZERO.map(_plain)
    kinds = {
        "amount": _amounts(unit_in_header=unit_in_header),
        "change": st.one_of(plain, counts.flatmap(_signed)),
        "public_total": st.one_of(plain, counts.map(_noted)),
    }
    return st.one_of(kinds.get(measure, plain), st.just(Printed("")))


@cache
@st.composite
def figures(draw: st.DrawFn, form: str | None = None) -> Figures:
    """Figures of a report in either form: totals that hold or fail, blanks, zeros, large numbers, signs, units."""
    form = form or draw(st.sampled_from((forms.FORM_2019, forms.FORM_2021)))
    unit_in_header = form == forms.FORM_2021 or draw(st.booleans())
    tables = [draw(applications(form)), draw(reviews())]
    if draw(st.booleans()):
        tables = [draw(disturbed(table)) for table in tables]
    tables = [draw(blanked(table)) for table in tables]
    cells = disclosure_cells(form, other_document=draw(st.booleans()))
    return Figures(
        agency=draw(st.sampled_from(("东明县人民政府", "临川市教育局", "云山区人民政府办公室"))),
        year=draw(st.integers(2019, 2020) if form == forms.FORM_2019 else st.integers(2021, 2024)),
        form=form,
        applications=tables[0],
        disclosures={cell: draw(_cell(cell[1], unit_in_header=unit_in_header)) for cell in cells},
        reviews=tables[1],
        unit_in_header=unit_in_header,
    )
