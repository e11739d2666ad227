"""Short rows: the search against an exhaustive one, the rule's own examples, and the budget.

``Oracle`` is DESIGN.md's rule written down once more, as plainly as possible: every joint placement is tried.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import comb, prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build import forms
from build.document import Notice
from build.limits import Limits
from build.messages import alike
from build.parse.placement import SearchBudgetError, TableRow, place_short_rows
from build.readers.text import read
from build.reading.reports import Origin, parse
from build.report import Report
from tests.assertions import failing, read_text
from tests.render import Options
from tests.render.figures import Cells, application_items
from tests.samples import report_text, sound_figures

WIDTH = len(forms.APPLICATION_COLUMNS)
LAST = WIDTH - 1
MOST_PLACEMENTS = 3_000
"""Joint placements of a table that the exhaustive search may have to try."""

BUDGET = Limits().search_steps

Placement = dict[str, tuple[int, ...]]
Places = dict[str, tuple[int | None, ...]]


def short(item: str, *values: int) -> TableRow:
    """A row with fewer values than the form has columns."""
    return TableRow(item, None, values)


def whole(item: str, *values: int) -> TableRow:
    """A row with a value in every column."""
    assert len(values) == WIDTH
    return TableRow(item, values)


def natural_only(item: str, count: int) -> TableRow:
    """A whole row where natural persons alone asked."""
    return whole(item, count, 0, 0, 0, 0, 0, count)


# The rule once more ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Oracle:
    """The placement rule of DESIGN.md, by trying everything."""

    rows: Sequence[TableRow]

    @property
    def short_rows(self) -> list[TableRow]:
        return [row for row in self.rows if row.fixed is None and row.values]

    def placements(self) -> list[Placement]:
        """Every joint placement: each short row's values in columns from left to right."""
        choices = [list(itertools.combinations(range(WIDTH), len(row.values))) for row in self.short_rows]
        names = [row.item for row in self.short_rows]
        return [dict(zip(names, chosen, strict=True)) for chosen in itertools.product(*choices)]

    def filled(self, placement: Placement) -> dict[str, list[int]]:
        """The table as the search reads it: a blank is 0."""
        table: dict[str, list[int]] = {}
        for row in self.rows:
            cells = list(row.fixed) if row.fixed is not None else [0] * WIDTH
            for value, column in zip(row.values, placement.get(row.item, ()), strict=False):
                cells[column] = value or 0
            table[row.item] = cells
        return table

    def true_relations(self, placement: Placement) -> int:
        """How many of R1, R2 and R3 hold."""
        table = self.filled(placement)

        def cell(item: str, column: int) -> int:
            return table[item][column] if item in table else 0

        results = [item for item in table if item in forms.RESULT_ITEMS]
        flow = sum(
            cell("received", at) + cell("brought_forward", at) == cell("closed", at) + cell("carried_forward", at)
            for at in range(WIDTH)
        )
        sums = sum(sum(cell(item, at) for item in results) == cell("closed", at) for at in range(WIDTH))
        across = sum(sum(cells[:LAST]) == cells[LAST] for cells in table.values())
        return flow + sums + across

    def optima(self) -> list[Placement]:
        """(a) and (b)."""
        scored = [(self.true_relations(placement), placement) for placement in self.placements()]
        best = max(score for score, _ in scored)
        optima = [placement for score, placement in scored if score == best]
        begun = [placement for placement in optima if all(columns[0] == 0 for columns in placement.values())]
        return begun or optima

    def agreed(self) -> Places:
        """(c): the column on which all remaining optima agree, value by value."""
        optima = self.optima()
        return {
            row.item: tuple(
                next(iter(found)) if len(found := {placement[row.item][at] for placement in optima}) == 1 else None
                for at in range(len(row.values))
            )
            for row in self.short_rows
        }

    def places(self) -> Places:
        """(a) to (e)."""
        return self.like_the_ends(self.like_equal_rows(self.agreed()))

    def like_equal_rows(self, agreed: Places) -> Places:
        """(d)"""
        places = dict(agreed)
        for row in self.short_rows:
            equals = [
                agreed[other.item]
                for other in self.short_rows
                if other is not row and len(other.values) == len(row.values) and any(other.values)
            ]
            usual = set(equals)
            if None in places[row.item] and len(equals) >= 2 and len(usual) == 1 and None not in equals[0]:
                fits = all(mine in (None, theirs) for mine, theirs in zip(places[row.item], equals[0], strict=True))
                places[row.item] = equals[0] if fits else places[row.item]
        return places

    def like_the_ends(self, agreed: Places) -> Places:
        """(e)"""
        filled = [agreed[row.item] for row in self.short_rows if any(row.values)]
        at_ends = sum(columns[0] == 0 and columns[-1] == LAST for columns in filled)
        places = dict(agreed)
        if len(filled) >= 2 and at_ends >= len(filled) - 1:
            for row in self.short_rows:
                columns = places[row.item]
                if not any(row.values) and len(columns) >= 2 and None in columns:
                    places[row.item] = (0, *columns[1:-1], LAST)
        return places


# Tables to try -----------------------------------------------------------------------------------------------------

FLOW = ("received", "brought_forward", "closed", "carried_forward")
ITEMS = (*FLOW, "granted", "partly_granted", "withheld_internal", "unavailable_not_held", "other")


def sound_table(draw: st.DrawFn) -> dict[str, list[int]]:
    """A table in which every relation holds, with natural persons, businesses and other organisations."""
    small = st.integers(0, 4)
    results = {item: [draw(small), draw(small), 0, 0, 0, draw(st.integers(0, 1))] for item in ITEMS[4:]}
    closed = [sum(column) for column in zip(*results.values(), strict=True)]
    carried = [draw(small), 0, 0, 0, 0, 0]
    brought = [min(draw(small), closed[0] + carried[0]), 0, 0, 0, 0, 0]
    received = [done + left - before for done, left, before in zip(closed, carried, brought, strict=True)]
    rows = {"received": received, "brought_forward": brought, **results, "closed": closed, "carried_forward": carried}
    return {item: [*row, sum(row)] for item, row in rows.items()}


@st.composite
def tables(draw: st.DrawFn) -> list[TableRow]:
    """A few rows of section 三, some short because their zeros or other cells are gone, some disturbed.

    Counts are small, or multiples of a number: two far apart must not pass for equal.
    """
    unit = draw(st.sampled_from((1, 1, 4096, 8191, 10**7 + 19)))
    table = {item: [unit * value for value in values] for item, values in sound_table(draw).items()}
    kept = draw(st.lists(st.sampled_from(ITEMS), min_size=2, max_size=len(ITEMS), unique=True))
    shortened = draw(st.lists(st.sampled_from(kept), max_size=4, unique=True))
    rows: list[TableRow] = []
    for item in kept:
        values = table[item]
        if draw(st.integers(0, 5)) == 0:
            values[draw(st.integers(0, LAST))] = draw(st.integers(0, 6)) * draw(st.sampled_from((1, unit)))
        rows.append(_short_or_whole(draw, item, values) if item in shortened else whole(item, *values))
    while prod(comb(WIDTH, len(row.values)) for row in rows if row.fixed is None) > MOST_PLACEMENTS:
        at = max(range(len(rows)), key=lambda at: comb(WIDTH, len(rows[at].values)) if rows[at].fixed is None else 0)
        rows[at] = whole(rows[at].item, *table[rows[at].item])
    return rows


def _short_or_whole(draw: st.DrawFn, item: str, values: list[int]) -> TableRow:
    dropped = draw(st.sets(st.integers(0, LAST), min_size=1, max_size=6))
    zeros_only = draw(st.booleans())
    kept = [value for at, value in enumerate(values) if at not in dropped or (zeros_only and value)]
    return TableRow(item, None, tuple(kept)) if len(kept) < WIDTH else whole(item, *values)


@given(rows=tables())
@settings(derandomize=True, deadline=None, max_examples=200)
def test_the_search_agrees_with_trying_everything(rows: list[TableRow]) -> None:
    assert place_short_rows(rows, BUDGET) == Oracle(rows).places()


@given(
    pairs=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=2),
    single=st.integers(0, 3),
    whole_rows=st.booleans(),
)
@settings(derandomize=True, deadline=None, max_examples=40)
def test_pairs_that_may_not_add_up(pairs: list[tuple[int, int]], single: int, whole_rows: bool) -> None:
    rows = [short("granted", *pairs[0]), short("closed", *pairs[1]), short("received", single)]
    rows += [natural_only("partly_granted", 2)] if whole_rows else []
    assert place_short_rows(rows, BUDGET) == Oracle(rows).places()


@given(rows=tables(), order=st.randoms(use_true_random=False))
@settings(derandomize=True, deadline=None, max_examples=40)
def test_the_order_of_rows_decides_nothing(rows: list[TableRow], order: object) -> None:
    mixed = list(rows)
    order.shuffle(mixed)  # type: ignore[attr-defined]
    assert place_short_rows(mixed, BUDGET) == place_short_rows(rows, BUDGET)


# The rule's own examples -------------------------------------------------------------------------------------------

BAOSHAN = [
    short("received", 19, 19),
    short("brought_forward", 1, 0),
    short("granted", 2, 2),
    short("partly_granted", 1, 1),
    TableRow("withheld_state_secret"),
    short("unavailable_not_held", 15, 15),
    short("unavailable_needs_creation", 1, 1),
    short("other", 1, 1),
    short("closed", 20, 20),
    short("carried_forward", 0, 0),
]
SANMING = [
    short("received", 3, 0, 0, 3),
    short("brought_forward", 0, 0),
    short("granted", 1, 0, 0, 1),
    short("partly_granted", 0, 0, 0),
    natural_only("withheld_internal", 0),
    natural_only("unavailable_not_held", 2),
    natural_only("closed", 3),
    natural_only("carried_forward", 0),
]


def test_a_pair_that_does_not_add_up_follows_the_table() -> None:
    places = place_short_rows(BAOSHAN, BUDGET)
    assert set(places) == {row.item for row in BAOSHAN if row.values}
    assert set(places.values()) == {(0, LAST)}


def test_zeros_between_natural_persons_and_total_stay_unplaced() -> None:
    assert place_short_rows(SANMING, BUDGET) == {
        "received": (0, None, None, LAST),
        "brought_forward": (0, LAST),
        "granted": (0, None, None, LAST),
        "partly_granted": (0, None, LAST),
    }


def test_rows_without_total_get_no_false_total() -> None:
    details = {"granted": (4, 2, 1), "partly_granted": (3, 1, 0), "unavailable_not_held": (5, 7, 2)}
    closed = whole("closed", 12, 10, 3, 0, 0, 0, 25)
    rows = [
        *(short(item, *values) for item, values in details.items()),
        closed,
        whole("received", *(closed.fixed or ())),
    ]
    places = place_short_rows(rows, BUDGET)
    assert places["granted"] == places["unavailable_not_held"] == (0, 1, 2)
    assert all(LAST not in columns for columns in places.values())


def test_a_lone_row_with_a_lone_value_has_no_column() -> None:
    rows = [short("withheld_internal", 4)]
    assert place_short_rows(rows, BUDGET) == Oracle(rows).places()


def test_a_lone_value_goes_where_the_sums_want_it() -> None:
    rows = [
        whole("received", 0, 4, 0, 0, 0, 0, 4),
        natural_only("brought_forward", 0),
        short("granted", 4, 4),
        whole("closed", 0, 4, 0, 0, 0, 0, 4),
        natural_only("carried_forward", 0),
    ]
    assert place_short_rows(rows, BUDGET)["granted"] == (1, LAST)


@pytest.mark.parametrize("item", ["received", "brought_forward", "closed", "carried_forward"])
def test_what_comes_in_and_goes_out_counts_once_where_that_alone_decides(item: str) -> None:
    """4 requests lack in the second column; in the first it are 8: one row of 4 fills the second, and two the first."""
    if item in {"received", "brought_forward"}:
        others = [whole("granted", 8, 4, 0, 0, 0, 0, 12), whole("closed", 8, 4, 0, 0, 0, 0, 12)]
    else:
        others = [whole("received", 8, 4, 0, 0, 0, 0, 12)]
    if item == "closed":
        others.append(whole("granted", 4, 4, 0, 0, 0, 0, 4))  # fits both columns as well, or as little
    assert place_short_rows([*others, short(item, 4, 4)], BUDGET)[item] == (1, LAST)


def test_all_zero_rows_without_a_pattern_are_not_placed_by_position() -> None:
    rows = [short("granted", 0, 0, 0), natural_only("closed", 0)]
    assert LAST not in place_short_rows(rows, BUDGET)["granted"]


FROM_END_TO_END = [short("received", 3, 0, 3), short("granted", 2, 0, 2), short("closed", 3, 0, 0, 3)]
ELSEWHERE = [short("withheld_internal", 9), short("other", 7)]


@pytest.mark.parametrize(
    ("filled", "places"),
    [
        pytest.param(FROM_END_TO_END, (0, None, None, None, LAST), id="all do"),
        pytest.param([*FROM_END_TO_END, ELSEWHERE[1]], (0, None, None, None, LAST), id="all but one do"),
        pytest.param([*FROM_END_TO_END, *ELSEWHERE], None, id="all but two do"),
        pytest.param([*FROM_END_TO_END[:1], ELSEWHERE[1]], (0, None, None, None, LAST), id="one of two does"),
        pytest.param(FROM_END_TO_END[:1], None, id="there is only one"),
    ],
)
def test_zeros_take_both_ends_only_where_the_filled_rows_do(
    filled: list[TableRow], places: tuple[int | None, ...] | None
) -> None:
    rows = [*filled, short("partly_granted", 0, 0, 0, 0, 0)]
    begin_and_end = [
        columns[0] == 0 and columns[-1] == LAST
        for item, columns in place_short_rows(rows, BUDGET).items()
        if item != "partly_granted"
    ]
    assert begin_and_end == [row in FROM_END_TO_END for row in filled]
    placed = place_short_rows(rows, BUDGET)["partly_granted"]
    assert placed == (places or (0, None, None, None, None))


def test_zeros_do_not_begin_where_the_filled_rows_only_end_in_the_total() -> None:
    rows = [short("granted", 3, 3), short("partly_granted", 2, 2), whole("closed", 0, 5, 0, 0, 0, 0, 5)]
    assert place_short_rows([*rows, short("other", 0, 0, 0)], BUDGET) == {
        "granted": (1, LAST),
        "partly_granted": (1, LAST),
        "other": (None, None, None),
    }


def test_a_lone_zero_does_not_begin_and_end_a_row() -> None:
    rows = [short("received", 3, 3), short("granted", 3, 3), short("other", 1), short("partly_granted", 0)]
    placed = place_short_rows([*rows, whole("closed", 3, 1, 0, 0, 0, 0, 4)], BUDGET)
    assert placed["received"] == placed["granted"] == (0, LAST)
    assert placed["partly_granted"] == (None,)


@pytest.mark.parametrize(("others", "last"), [(2, LAST), (1, None)])
def test_a_row_follows_two_others_with_as_many_figures_and_not_a_single_one(others: int, last: int | None) -> None:
    """1 0: the 1 is natural persons'; where the 0 stands only the other pairs tell."""
    pairs = [short("granted", 2, 2), short("partly_granted", 3, 3)][:others]
    done = sum(row.values[0] or 0 for row in pairs)
    whole_rows = [natural_only("closed", done), natural_only("received", done - 1), natural_only("carried_forward", 0)]
    places = place_short_rows([*pairs, *whole_rows, short("brought_forward", 1, 0)], BUDGET)
    assert places["brought_forward"] == (0, last)


def test_a_zero_behind_the_one_figure_of_a_row_is_in_no_column_whatever_other_rows_do() -> None:
    rows = [*FROM_END_TO_END, short("other", 1, 0)]
    assert place_short_rows(rows, BUDGET)["other"] == (0, None)


def test_a_table_of_whole_rows_has_nothing_to_place() -> None:
    assert place_short_rows([natural_only("closed", 3), TableRow("granted")], BUDGET) == {}


def test_a_row_that_begins_elsewhere_is_none_of_those_that_have_as_many_figures() -> None:
    """1, 6 and a 0 somewhere behind: what the other rows of three figures count in 科研机构 is no business's."""
    rows = [
        short("granted", 3, 4, 7),
        short("partly_granted", 2, 5, 7),
        short("other", 1, 6, 0),
        whole("closed", 6, 6, 9, 0, 0, 0, 14),
    ]
    assert place_short_rows(rows, BUDGET) == {
        "granted": (0, 2, LAST),
        "partly_granted": (0, 2, LAST),
        "other": (0, 1, None),
    }


def test_a_row_of_which_only_the_beginning_is_open_follows_no_other_rows() -> None:
    rows = [
        short("granted", 2, 2),
        short("partly_granted", 3, 3),
        natural_only("closed", 5),
        TableRow("withheld_internal", None, (0, 0), ((1, 2), (2, 3))),
    ]
    assert place_short_rows(rows, BUDGET) == {
        "granted": (0, LAST),
        "partly_granted": (0, LAST),
        "withheld_internal": (None, None),
    }


RESULTS = forms.result_items(())


@pytest.mark.parametrize(
    ("pairs", "placed"),
    [
        pytest.param([(1, 2)] * 5, True, id="none of five"),
        pytest.param([(1, 2)] * 6, False, id="none of six"),
        pytest.param([(1, 2)] * 4 + [(3, 3)] * 2, False, id="two of six"),
        pytest.param([(1, 2)] * 3 + [(3, 3)] * 3, True, id="half of six"),
    ],
)
def test_many_totals_of_which_most_do_not_add_up_are_none(pairs: list[tuple[int, int]], placed: bool) -> None:
    """The sums of the columns leave one place for each figure, and yet the last is not the total of the first."""
    rows = [short(item, *pair) for item, pair in zip(RESULTS, pairs, strict=False)]
    closed = whole("closed", sum(first for first, _ in pairs), 0, 0, 0, 0, 0, sum(last for _, last in pairs))
    expected = (0, LAST) if placed else (None, None)
    assert set(place_short_rows([*rows, closed], BUDGET).values()) == {expected}


def test_many_rows_that_end_before_the_total_are_placed_though_none_adds_up() -> None:
    rows = [short(item, 1, 2) for item in RESULTS[:6]]
    assert set(place_short_rows([*rows, whole("closed", 6, 12, 0, 0, 0, 0, 18)], BUDGET).values()) == {(0, 1)}


@pytest.mark.parametrize(
    ("figures", "closed", "columns"),
    [
        pytest.param((1, 1, 0), (6, 0, 0, 0, 0, 6, 0), (None, None, None), id="a total of 0"),
        pytest.param((2, 0, 2), (12, 0, 0, 0, 0, 0, 12), (0, None, LAST), id="a 0 among the parts"),
    ],
)
def test_a_zero_is_nothing_in_a_total_or_a_part_of_it(
    figures: tuple[int, ...], closed: tuple[int, ...], columns: tuple[int | None, ...]
) -> None:
    rows = [short(item, *figures) for item in RESULTS[:6]]
    assert set(place_short_rows([*rows, whole("closed", *closed)], BUDGET).values()) == {columns}


# The budget --------------------------------------------------------------------------------------------------------


def test_the_search_stops_at_its_budget() -> None:
    with pytest.raises(SearchBudgetError):
        place_short_rows(SANMING, 1)


@pytest.mark.parametrize("pair", [(4, 4), (3, 5)], ids=["that adds up", "that cannot"])
@pytest.mark.parametrize(("budget", "enough"), [(6, True), (5, False)])
def test_each_way_to_place_a_row_is_a_step_of_the_search(budget: int, enough: bool, pair: tuple[int, int]) -> None:
    """Of two figures the first stands in the first column, the second in one of six behind it.

    Placements that break no relation are not tried where the row breaks one in all of them.
    """
    done = (pair[0], 0, 0, 0, 0, 0, pair[1])
    rows = [short("granted", *pair), whole("closed", *done), whole("received", *done)]
    if enough:
        assert place_short_rows(rows, budget) == {"granted": (0, LAST)}
    else:
        with pytest.raises(SearchBudgetError):
            place_short_rows(rows, budget)


def test_rows_of_zeros_need_no_search() -> None:
    rows = [short("granted", 0, 0), natural_only("closed", 0)]
    assert place_short_rows(rows, 0) == {"granted": (0, None)}


def without_zeros(rows: Mapping[str, Cells]) -> dict[str, Cells]:
    """The rows with every 0 blank."""
    return {item: {column: count or None for column, count in row.items()} for item, row in rows.items()}


def sparse_report() -> str:
    """A report whose section 三 has a few figures, the zeros dropped."""
    zeros: Cells = dict.fromkeys(forms.APPLICATION_COLUMNS, 0)
    counts = {"received": 9, "granted": 5, "withheld_internal": 1, "unavailable_unclear": 3, "closed": 9}
    table = {
        item: {**zeros, "natural_person": counts.get(item, 0), "total": counts.get(item, 0)}
        for item in application_items(forms.FORM_2019)
    }
    figures = sound_figures()
    changed = type(figures)(
        figures.agency, figures.year, figures.form, without_zeros(table), figures.disclosures, figures.reviews
    )
    return report_text(figures=changed, options=Options(blank="dropped"))


def test_past_the_budget_rows_are_unplaced_and_a_problem_says_so() -> None:
    report = read_text(sparse_report(), Limits(search_steps=1))
    rows = {row.item: row for row in report.applications}
    assert (rows["granted"].placement, rows["granted"].cells, rows["granted"].unplaced) == ("unplaced", (), ("5", "5"))
    assert rows["granted"].printed == ("5", "5")
    assert rows["withheld_security"].placement == "empty"
    (problem,) = (problem for problem in report.problems if problem.code == "placement_search_too_long")
    assert problem.severity == "warning"
    assert failing(report) == set()


def scanned(text: str) -> Report:
    """A report as if a program had read it from pictures of its pages."""
    document = replace(read(text.encode(), Limits())[0], notices=(Notice("warning", "ocr", alike("a scan")),))
    (report,) = parse(document, Origin("scan.pdf", "0" * 64), lambda: "aaaaaaaaaa", Limits())
    return report


def codes(report: Report) -> set[str]:
    return {problem.code for problem in report.problems}


def test_short_rows_that_a_program_read_from_a_scan_are_not_placed() -> None:
    """Which cells lack, the blank ones or those that could not be read, nobody knows."""
    report = scanned(sparse_report())
    assert {row.placement for row in report.applications} == {"unplaced", "empty"}
    assert not [row for row in report.applications if row.cells]
    assert "short_rows_not_placed" in codes(report)


def test_rows_that_a_program_read_from_a_scan_count_only_if_they_add_up() -> None:
    """A border read as a digit makes 16 of 6."""
    figures = sound_figures()
    rows = {**figures.applications, "granted": {**figures.applications["granted"], "total": 137}}
    reviews = {**figures.reviews, "lawsuit_direct": {**figures.reviews["lawsuit_direct"], "upheld": 116}}
    misread = replace(figures, applications=rows, reviews=reviews)
    report = scanned(report_text(figures=misread))
    printed = tuple(str(rows["granted"][column]) for column in forms.APPLICATION_COLUMNS)
    kept = {row.item: row for row in report.applications}
    assert (kept["granted"].placement, kept["granted"].cells, kept["granted"].unplaced) == ("unplaced", (), printed)
    assert dict(kept["partly_granted"].cells) == rows["partly_granted"]
    channels = {row.channel: row for row in report.reviews}
    assert (channels["lawsuit_direct"].placement, channels["lawsuit_direct"].cells) == ("unplaced", ())
    assert dict(channels["reconsideration"].cells) == figures.reviews["reconsideration"]
    assert kept["granted"].printed == printed
    doubted = tuple(str(reviews["lawsuit_direct"][column]) for column in forms.REVIEW_COLUMNS)
    assert (channels["lawsuit_direct"].printed, channels["lawsuit_direct"].unplaced) == (doubted, doubted)
    told = [problem for problem in report.problems if problem.code == "row_not_confirmed"]
    assert [problem.excerpt for problem in told] == ["|".join(printed), "|".join(doubted)]
    assert "予以公开" in told[0].message.zh and "未经复议直接起诉" in told[1].message.zh
    assert "row_not_confirmed" not in codes(read_text(report_text(figures=misread)))


def test_within_the_budget_the_same_rows_are_placed() -> None:
    rows = {row.item: row for row in read_text(sparse_report()).applications}
    assert dict(rows["granted"].cells) == {"natural_person": 5, "total": 5}
    assert rows["granted"].placement == "inferred"


def test_a_row_longer_than_the_form_is_unplaced() -> None:
    text = report_text()
    label = "(一)予以公开\n\n"
    assert label in text
    report = read_text(text.replace(label, f"{label}77\n\n"))
    row = next(row for row in report.applications if row.item == "granted")
    assert (row.placement, row.cells, len(row.unplaced)) == ("unplaced", (), WIDTH + 1)
    assert "row_unplaced" in {problem.code for problem in report.problems}


# Section 四 --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("blanks", range(1, 4))
@pytest.mark.parametrize("channel", [channel.code for channel in forms.REVIEW_CHANNELS])
def test_nothing_of_section_four_is_placed_where_cells_were_dropped(channel: str, blanks: int) -> None:
    """Where the blanks stood nobody knows, even if the sums of one placement hold."""
    figures = sound_figures()
    outcomes = [column.code for column in forms.REVIEW_OUTCOMES]
    row = {**figures.reviews[channel], **dict.fromkeys(outcomes[:blanks])}
    row["total"] = sum(row[name] or 0 for name in outcomes)
    reviews = {**figures.reviews, channel: row}
    report = read_text(report_text(figures=replace(figures, reviews=reviews), options=Options(blank="dropped")))
    assert len(report.reviews) == len(reviews)
    assert not any(found.cells for found in report.reviews)
    assert "row_unplaced" in codes(report)
