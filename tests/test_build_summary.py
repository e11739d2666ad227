"""The outcome groups and the summary row: every result in exactly one group, and why a rate is left out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from build import forms
from build.checks import FAILS, HOLDS, YEAR_RULES, Check, check_report
from build.publish.summary import summarise
from build.reading.sums import outcome_sums
from build.report import HotlineFigure, Identity, Report
from tests.render.figures import Cells
from tests.samples import AGENCY, made_report, sound_figures, sound_report

BOTH_FORMS = pytest.mark.parametrize("form", [forms.FORM_2019, forms.FORM_2021])
FLOW = ("received", "brought_forward", "closed", "carried_forward")
DISCLOSURE_RATES = ("disclosure", "full_disclosure", "substantive_disclosure")


def summary(report: Report) -> dict[str, Any]:
    """The row of ``report_summary``."""
    return dict(summarise(report, check_report(report)).columns)


def sums(report: Report) -> dict[str, dict[str, int | None]]:
    """The rows of ``applications_by_outcome``."""
    return {
        found.outcome: {column: found.get(column) for column in forms.APPLICATION_COLUMNS}
        for found in outcome_sums(report)
    }


def table(form: str = forms.FORM_2019, **totals: int | None) -> dict[str, Cells]:
    """Section 三 where natural persons alone asked: item → count; what is not named is 0; None is a blank row."""
    rows: dict[str, Cells] = {}
    for item in sound_figures(form).applications:
        count = totals.get(item, 0)
        zeros: Cells = dict.fromkeys(forms.APPLICATION_COLUMNS, None if count is None else 0)
        rows[item] = {**zeros, "natural_person": count, "total": count}
    return rows


CLOSED = {"granted": 24, "partly_granted": 6, "withheld_internal": 10, "unavailable_not_held": 5, "closed": 45}
"""Results of 45 requests: 24 granted, 6 in part, 10 withheld, 5 not held."""
SOUND = {**CLOSED, "received": 44, "brought_forward": 3, "carried_forward": 2}


# Groups ------------------------------------------------------------------------------------------------------------


@BOTH_FORMS
def test_every_result_is_in_exactly_one_group(form: str) -> None:
    """One request in one cell of one row: it shows in its group's sum, in its column, and nowhere else."""
    results = [item for item in sound_figures(form).applications if item not in FLOW]
    assert len(results) == (19 if form == forms.FORM_2019 else 21)
    for item in results:
        for column in forms.APPLICATION_COLUMNS:
            rows = table(form)
            rows[item][column] = 1
            ones = [
                (outcome, name)
                for outcome, row in sums(made_report(rows)).items()
                for name, count in row.items()
                if count
            ]
            assert len(ones) == 1, (item, column)
            assert ones[0][1] == column


@BOTH_FORMS
@pytest.mark.parametrize("item", FLOW)
def test_rows_that_are_no_results_are_in_no_group(form: str, item: str) -> None:
    rows = table(form)
    rows[item] = dict.fromkeys(forms.APPLICATION_COLUMNS, 7)
    assert {count for row in sums(made_report(rows)).values() for count in row.values()} == {0}


@pytest.mark.parametrize(
    ("outcome", "items"),
    [
        ("granted", ["granted"]),
        ("partly_granted", ["partly_granted"]),
        (
            "withheld",
            [
                "withheld_state_secret", "withheld_by_other_law", "withheld_security", "withheld_third_party",
                "withheld_internal", "withheld_process", "withheld_enforcement_file", "withheld_statutory_lookup",
            ],
        ),
        ("unavailable", ["unavailable_not_held", "unavailable_needs_creation", "unavailable_unclear"]),
        (
            "not_processed",
            [
                "not_processed_petition", "not_processed_repeat", "not_processed_publication",
                "not_processed_excessive", "not_processed_confirmation",
            ],
        ),
        ("other", ["other_uncorrected", "other_unpaid", "other_rest"]),
    ],
)  # fmt: skip
def test_the_groups_are_those_of_the_form(outcome: str, items: list[str]) -> None:
    rows = table(forms.FORM_2021)
    for power, item in enumerate(items):
        rows[item]["business"] = 2**power
    assert sums(made_report(rows))[outcome]["business"] == 2 ** len(items) - 1


@BOTH_FORMS
def test_the_groups_of_a_sound_report_add_up_to_all_results(form: str) -> None:
    figures = sound_figures(form)
    found = sums(sound_report(form))
    assert list(found) == [outcome.code for outcome in forms.OUTCOMES]
    for column in forms.APPLICATION_COLUMNS:
        assert sum(row[column] or 0 for row in found.values()) == figures.applications["closed"][column]


def test_a_group_whose_cells_are_all_blank_is_null() -> None:
    rows = table(forms.FORM_2019, unavailable_not_held=None, unavailable_needs_creation=None, unavailable_unclear=None)
    assert sums(made_report(rows))["unavailable"] == dict.fromkeys(forms.APPLICATION_COLUMNS)


def test_a_blank_among_figures_is_left_out_of_the_sum() -> None:
    rows = table(forms.FORM_2019, unavailable_not_held=4, unavailable_unclear=None)
    assert sums(made_report(rows))["unavailable"]["natural_person"] == 4


def test_a_group_with_an_unplaced_row_is_null() -> None:
    rows = table(forms.FORM_2019, unavailable_not_held=4, unavailable_unclear=None)
    found = sums(made_report(rows, unplaced={"unavailable_unclear": ("3",)}))
    assert found["unavailable"] == dict.fromkeys(forms.APPLICATION_COLUMNS)
    assert found["granted"] == dict.fromkeys(forms.APPLICATION_COLUMNS, 0)


@pytest.mark.parametrize("loose", [("3",), ("0", "0")])
def test_a_group_is_null_where_a_row_without_columns_holds_no_more_than_zeros(loose: tuple[str, ...]) -> None:
    rows = table(forms.FORM_2019, unavailable_not_held=4, unavailable_unclear=None)
    found = sums(made_report(rows, unplaced={"unavailable_unclear": loose}))
    assert found["unavailable"] == dict.fromkeys(forms.APPLICATION_COLUMNS)


@pytest.mark.parametrize(("loose", "expected"), [(("0", "0"), 4), (("3",), None), (("0", "3"), None), (("约3",), None)])
def test_what_is_unplaced_leaves_the_columns_open_unless_it_is_zero(
    loose: tuple[str, ...], expected: int | None
) -> None:
    rows = table(forms.FORM_2019, unavailable_not_held=4)
    rows["unavailable_unclear"] = {**dict.fromkeys(forms.APPLICATION_COLUMNS), "total": 3}
    found = sums(made_report(rows, unplaced={"unavailable_unclear": loose}))["unavailable"]
    assert (found["natural_person"], found["total"]) == (expected, 7)


def test_a_report_without_section_three_has_no_groups() -> None:
    assert outcome_sums(made_report(reviews=sound_figures().reviews)) == ()


# Rates -------------------------------------------------------------------------------------------------------------


def test_disclosure_rates_by_three_definitions() -> None:
    row = summary(made_report(table(forms.FORM_2019, **SOUND)))
    assert [
        (row[f"{name}_rate"], row[f"{name}_rate_reason"], row[f"{name}_numerator"], row[f"{name}_denominator"])
        for name in DISCLOSURE_RATES
    ] == [
        (Decimal("66.67"), None, 30, 45),
        (Decimal("53.33"), None, 24, 45),
        (Decimal("75.00"), None, 30, 40),
    ]


def reasons(row: dict[str, Any]) -> set[str | None]:
    """Why a report's disclosure rates are left out; the rates themselves must then be NULL."""
    for name in DISCLOSURE_RATES:
        assert (row[f"{name}_rate"] is None) == (row[f"{name}_rate_reason"] is not None)
    return {row[f"{name}_rate_reason"] for name in DISCLOSURE_RATES}


def test_no_table_no_rate() -> None:
    assert reasons(summary(made_report())) == {"no_table"}


def test_a_denominator_under_30_gives_no_rate() -> None:
    few = {"received": 29, "granted": 29, "closed": 29}
    row = summary(made_report(table(forms.FORM_2019, **few)))
    assert reasons(row) == {"denominator_under_30"}
    assert (row["disclosure_numerator"], row["disclosure_denominator"]) == (29, 29)
    enough = {"received": 30, "granted": 30, "closed": 30}
    assert reasons(summary(made_report(table(forms.FORM_2019, **enough)))) == {None}


@pytest.mark.parametrize(
    ("totals", "expected"),
    [
        ({**SOUND, "received": 50}, ("R1_fails", 30, 40)),
        ({"received": 29, "granted": 20, "withheld_internal": 9, "closed": 29}, ("denominator_under_30", 20, 29)),
        ({**SOUND, "withheld_process": None}, ("blank_figure", 30, None)),
    ],
)
def test_a_rate_that_is_left_out_tells_what_it_would_be_of(
    totals: dict[str, int | None], expected: tuple[str, int, int | None]
) -> None:
    row = summary(made_report(table(forms.FORM_2019, **totals)))
    name = "substantive_disclosure"
    assert tuple(row[f"{name}_{part}"] for part in ("rate_reason", "numerator", "denominator")) == expected


def test_results_that_do_not_add_up_give_no_rate() -> None:
    totals = {**SOUND, "closed": 46, "received": 45}
    assert reasons(summary(made_report(table(forms.FORM_2019, **totals)))) == {"R2_does_not_hold"}


def test_results_that_cannot_be_checked_give_no_rate() -> None:
    rows = table(forms.FORM_2019, **{**SOUND, "granted": None})
    assert reasons(summary(made_report(rows))) == {"R2_does_not_hold"}


def test_intake_that_does_not_add_up_gives_no_rate() -> None:
    assert reasons(summary(made_report(table(forms.FORM_2019, **{**SOUND, "received": 50})))) == {"R1_fails"}


def test_a_row_that_does_not_add_up_gives_no_rate() -> None:
    rows = table(forms.FORM_2019, **SOUND)
    rows["granted"]["natural_person"] = 23
    rows["closed"]["natural_person"] = 44
    assert "R3_fails" in reasons(summary(made_report(rows)))


def test_a_row_that_takes_no_part_in_a_rate_does_not_keep_it_away() -> None:
    rows = table(forms.FORM_2019, **SOUND)
    rows["not_processed_repeat"]["natural_person"] = 23
    rows["carried_forward"]["business"] = 2
    assert reasons(summary(made_report(rows))) == {None}


def test_an_unplaced_row_gives_no_rate() -> None:
    rows = table(forms.FORM_2019, **{**SOUND, "withheld_internal": None, "closed": 35, "received": 34})
    report = made_report(rows, unplaced={"withheld_internal": ("10",)})
    assert reasons(summary(report)) <= {"unplaced_figure", "R2_does_not_hold"}
    assert None not in reasons(summary(report))


def test_a_blank_ground_for_withholding_is_not_read_as_zero() -> None:
    """All results hold with the blank (L = R, a blank on one side), but the substantive rate would rest on it."""
    row = summary(made_report(table(forms.FORM_2019, **{**SOUND, "withheld_process": None})))
    assert row["disclosure_rate"] == Decimal("66.67")
    assert (row["substantive_disclosure_rate"], row["substantive_disclosure_rate_reason"]) == (None, "blank_figure")


def test_blank_totals_give_no_rate() -> None:
    rows = table(forms.FORM_2019, **SOUND)
    for row in rows.values():
        row["total"] = None
    assert None not in reasons(summary(made_report(rows)))


CHANNELS = {
    "reconsideration": ("reconsiderations", "reconsideration_correction"),
    "lawsuit_direct": ("lawsuits_direct", "lawsuit_direct_correction"),
    "lawsuit_after_reconsideration": ("lawsuits_after_reconsideration", "lawsuit_after_reconsideration_correction"),
}


def correction(cells: Cells, channel: str = "reconsideration") -> tuple[Any, Any, Any, Any]:
    """Rate, reason, numerator, denominator of one channel."""
    row = summary(made_report(reviews={channel: cells}))
    _, name = CHANNELS[channel]
    return tuple(row[f"{name}_{part}"] for part in ("rate", "rate_reason", "numerator", "denominator"))


def review(
    upheld: int | None, corrected: int | None, other: int | None, pending: int | None, total: int | None
) -> Cells:
    """A channel's row."""
    return dict(zip(forms.REVIEW_COLUMNS, (upheld, corrected, other, pending, total), strict=True))


@pytest.mark.parametrize("channel", CHANNELS)
def test_correction_rates_leave_pending_cases_out(channel: str) -> None:
    assert correction(review(30, 10, 0, 5, 45), channel) == (Decimal("25.00"), None, 10, 40)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        pytest.param(review(20, 5, 4, 5, 34), "denominator_under_30", id="29 decided"),
        pytest.param(review(30, 10, 0, 5, 44), "R4_fails", id="does not add up"),
        pytest.param(review(30, None, 0, 5, 45), "blank_figure", id="corrections blank"),
        pytest.param(review(30, 10, 0, None, 45), "blank_figure", id="pending blank"),
        pytest.param(review(30, 10, 0, 5, None), "blank_figure", id="total blank"),
    ],
)
def test_why_a_correction_rate_is_left_out(cells: Cells, reason: str) -> None:
    assert correction(cells)[:2] == (None, reason)


def test_unplaced_review_figures_give_no_rate() -> None:
    report = made_report(reviews={"reconsideration": review(30, 10, 0, 5, 45)}, unplaced={"reconsideration": ("3",)})
    row = summary(report)
    assert (row["reconsideration_correction_rate"], row["reconsideration_correction_rate_reason"]) == (
        None,
        "unplaced_figure",
    )


def test_a_missing_channel_has_no_rate() -> None:
    row = summary(made_report(reviews={"reconsideration": review(30, 10, 0, 5, 45)}))
    assert (row["lawsuits_direct"], row["lawsuit_direct_correction_rate_reason"]) == (None, "no_table")


# The row -----------------------------------------------------------------------------------------------------------


def test_headline_figures_are_the_printed_totals() -> None:
    figures = sound_figures()
    row = summary(sound_report())
    for item in FLOW:
        assert row[item] == figures.applications[item]["total"]
    assert row["granted"] == figures.applications["granted"]["total"]
    for channel, (count, _) in CHANNELS.items():
        assert row[count] == figures.reviews[channel]["total"]


def test_a_blank_total_stays_null_in_the_summary() -> None:
    row = summary(made_report(table(forms.FORM_2019, **{**SOUND, "carried_forward": None})))
    assert row["carried_forward"] is None
    assert row["received"] == 44


def test_failing_checks_on_printed_and_on_inferred_cells_are_counted_apart() -> None:
    reviews = {channel: review(1, 1, 1, 1, 5) for channel in CHANNELS}
    row = summary(made_report(reviews=reviews, inferred=("lawsuit_direct",)))
    assert (row["failing_printed"], row["failing_inferred"]) == (2, 1)


def test_what_fails_across_years_is_counted_apart_and_what_does_not_fail_nowhere() -> None:
    year, *_ = sorted(YEAR_RULES)
    report = sound_report()
    checks = [
        Check(report.id, rule, f"x-{number}", status, Decimal(1), Decimal(2), False)
        for number, (rule, status) in enumerate([(year, FAILS), (year, FAILS), (year, HOLDS), ("R1", FAILS)])
    ]
    row = summarise(report, checks).columns
    assert dict(row)["failing_across_years"] == 2
    assert dict(row)["failing_printed"] == 1


def hotline(received: int | None, period: str = "year", channel: str = "hotline_12345", **more: Any) -> HotlineFigure:
    """One statement about a hotline."""
    owner, sentence = more.pop("owner", "unstated"), more.pop("sentence", "")
    return HotlineFigure(channel, "12345", owner, period, sentence, (0, 0), received=received, **more)


def hotline_columns(level: str | None, *statements: HotlineFigure) -> tuple[int | None, int | None, str | None]:
    """What a report of an authority of ``level`` has in the three columns."""
    row = summary(replace(made_report(identity=Identity(level=level)), hotline=statements))
    return row["hotline_received"], row["hotline_received_approximate"], row["hotline_received_reason"]


@pytest.mark.parametrize(
    ("statements", "received"),
    [
        pytest.param((hotline(500),), 500, id="one statement"),
        pytest.param((hotline(500), hotline(500)), 500, id="said twice"),
        pytest.param((hotline(500, owner="self", unit="件"),), 500, id="its own line"),
        pytest.param(
            (hotline(500), hotline(700, "cumulative"), hotline(900, owner="city")), 500, id="others beside it"
        ),
    ],
)
def test_hotline_cases_received_in_the_year(statements: tuple[HotlineFigure, ...], received: int) -> None:
    assert hotline_columns("county", *statements) == (received, 0, None)


@pytest.mark.parametrize(
    ("statements", "reason"),
    [
        pytest.param((hotline(500), hotline(700)), "stated_differently", id="two figures"),
        pytest.param((hotline(500, "cumulative"),), "not_of_the_whole_year", id="since it began"),
        pytest.param((hotline(500, "to_date"),), "not_of_the_whole_year", id="to date"),
        pytest.param((hotline(500, "month"),), "not_of_the_whole_year", id="a month"),
        pytest.param((hotline(500, "unstated"),), "period_not_stated", id="no period"),
        pytest.param((hotline(500, owner="city"),), "line_of_another_authority", id="the city's line"),
        pytest.param((hotline(500, owner="province"),), "line_of_another_authority", id="the province's line"),
        pytest.param((hotline(500, sentence="全市通过12345受理"),), "line_of_another_authority", id="the whole city"),
        pytest.param((hotline(500, unit="人次"),), "not_in_cases", id="people"),
        pytest.param((hotline(500, unit="个"),), "not_in_cases", id="calls"),
        pytest.param((hotline(500, unit="件", sentence="来电500个，办结200件"),), "not_in_cases", id="calls and cases"),
        pytest.param((hotline(500, channel="leader_mailbox"),), "not_stated", id="a mailbox"),
        pytest.param((hotline(None, completed=400),), "not_stated", id="no number received"),
        pytest.param((), "not_stated", id="none"),
    ],
)
def test_no_hotline_cases_without_a_reason(statements: tuple[HotlineFigure, ...], reason: str) -> None:
    assert hotline_columns("county", *statements) == (None, None, reason)


@pytest.mark.parametrize(
    ("level", "owner", "own"),
    [
        ("prefecture", "city", True),
        ("prefecture", "province", False),
        ("province", "province", True),
        ("province", "city", False),
        ("county", "self", True),
        ("township", "city", False),
        (None, "city", False),
        (None, "unstated", True),
    ],
)
def test_whose_line_is_the_authoritys_own(level: str | None, owner: str, own: bool) -> None:
    received, _, reason = hotline_columns(level, hotline(500, owner=owner))
    assert (received, reason) == ((500, None) if own else (None, "line_of_another_authority"))


@pytest.mark.parametrize(
    ("level", "words", "own"),
    [
        ("prefecture", "全市12345热线受理", True),
        ("prefecture", "全省12345热线受理", False),
        ("province", "全省12345热线受理", True),
        ("county", "全县12345热线受理", True),
        ("township", "市级12345热线受理", False),
        (None, "全市12345热线受理", False),
    ],
)
def test_words_for_a_wider_area_are_of_another_authority(level: str | None, words: str, own: bool) -> None:
    assert (hotline_columns(level, hotline(500, sentence=words))[0] == 500) is own


def test_an_approximate_number_received_is_said_to_be_approximate() -> None:
    about = hotline(12000, approximate=True)
    assert hotline_columns("county", about) == (12000, 1, None)
    assert hotline_columns("county", about, hotline(12000)) == (12000, 0, None)


def test_the_summary_says_whose_report_it_is() -> None:
    identity = Identity(year=2021, agency=AGENCY, province="山东省", level="county", scope="region", abridged=True)
    row = summary(made_report(identity=identity))
    assert [row[name] for name in ("agency", "year", "province", "level", "scope")] == [
        AGENCY,
        2021,
        "山东省",
        "county",
        "region",
    ]
