"""The form's own relations: the rule for blanks, and that each check fails when a figure it reads is changed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from build import forms
from build.checks import Check, check_report
from build.checks.wording import Sum
from build.report import DisclosureFigure, Report
from tests.assertions import FORM_RULES, Relation, accuses, failing, form_checks, read_text, status_by_definition
from tests.render.figures import Cells
from tests.samples import made_report, number_in, report_text, sound_figures, sound_report

APPLICANTS = tuple(column.code for column in forms.APPLICANTS)
OUTCOMES = tuple(column.code for column in forms.REVIEW_OUTCOMES)
BOTH_FORMS = pytest.mark.parametrize("form", [forms.FORM_2019, forms.FORM_2021])


def checks(report: Report) -> dict[Relation, Check]:
    """Every check of a report; no relation is checked twice."""
    found = form_checks(report)
    named = {(check.rule, check.subject): check for check in found}
    assert len(named) == len(found)
    return named


def status(report: Report, rule: str, subject: str) -> str | None:
    """How one relation stands; None if there is no row for it."""
    check = checks(report).get((rule, subject))
    return check.status if check else None


# Blanks ------------------------------------------------------------------------------------------------------------

INTAKE, OUTCOME = ("received", "brought_forward"), ("closed", "carried_forward")


def flow_report(left: tuple[int | None, ...], right: tuple[int | None, ...]) -> Report:
    """A report of rows 一, 二, 三(七), 四 with figures in 自然人 alone."""
    counts = dict(zip((*INTAKE, *OUTCOME), (*left, *right), strict=True))
    return made_report({item: {"natural_person": count} for item, count in counts.items()})


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param((None, None), (None, None), None, id="both sides wholly blank: no row"),
        pytest.param((None, None), (4, 1), "unknown", id="no figure left"),
        pytest.param((4, 1), (None, None), "unknown", id="no figure right"),
        pytest.param((4, 1), (3, 2), "holds", id="equal, all printed"),
        pytest.param((5, None), (3, 2), "holds", id="equal, blank left"),
        pytest.param((4, 1), (5, None), "holds", id="equal, blank right"),
        pytest.param((5, None), (None, 5), "unknown", id="equal, blanks on both sides"),
        pytest.param((6, 1), (3, 2), "fails", id="left larger, all printed"),
        pytest.param((7, None), (3, 2), "fails", id="left larger, blank left only"),
        pytest.param((6, 1), (5, None), "unknown", id="left larger, blank right can make it up"),
        pytest.param((7, None), (5, None), "unknown", id="left larger, blanks on both sides"),
        pytest.param((1, 1), (3, 2), "fails", id="right larger, all printed"),
        pytest.param((2, None), (3, 2), "unknown", id="right larger, blank left can make it up"),
        pytest.param((1, 1), (5, None), "fails", id="right larger, blank right only"),
        pytest.param((2, None), (None, 5), "unknown", id="right larger, blanks on both sides"),
        pytest.param((0, 0), (0, 0), "holds", id="a printed 0 is a figure"),
        pytest.param((0, None), (0, 0), "holds", id="0 and a blank against 0"),
        pytest.param((None, None), (0, 0), "unknown", id="blank is not 0"),
    ],
)
def test_the_rule_for_blanks(left: tuple[int | None, ...], right: tuple[int | None, ...], expected: str | None) -> None:
    assert status_by_definition(left, right) == expected
    assert status(flow_report(left, right), "R1", "applications-received-natural_person") == expected


def test_every_combination_of_figures_and_blanks_stands_as_defined() -> None:
    values = (None, 0, 2, 5)
    subject = "applications-received-natural_person"
    for cells in itertools.product(values, repeat=4):
        expected = status_by_definition(cells[:2], cells[2:])
        assert status(flow_report(cells[:2], cells[2:]), "R1", subject) == expected, cells


def test_every_combination_in_a_review_row_stands_as_defined() -> None:
    for cells in itertools.product((None, 0, 3), repeat=5):
        row = dict(zip(forms.REVIEW_COLUMNS, cells, strict=True))
        expected = status_by_definition(cells[:4], cells[4:])
        found = status(made_report(reviews={"lawsuit_direct": row}), "R4", "reviews-lawsuit_direct-total")
        assert found == expected, cells


def test_every_combination_in_a_row_of_applicants_stands_as_defined() -> None:
    others = dict.fromkeys(APPLICANTS, 0)
    for cells in itertools.product((None, 0, 3), repeat=4):
        row: Cells = {**others, **dict(zip((*APPLICANTS[1:4], "total"), cells, strict=True))}
        sides = ([row[column] for column in APPLICANTS], [row["total"]])
        found = status(made_report({"granted": row}), "R3", "applications-granted-total")
        assert found == status_by_definition(*sides), cells


@pytest.mark.parametrize(("total", "expected"), [(4, "holds"), (9, "unknown"), (3, "fails"), (None, "unknown")])
def test_a_blank_beside_unplaced_figures_may_be_any_number(total: int | None, expected: str) -> None:
    row: Cells = {**dict.fromkeys(forms.APPLICATION_COLUMNS), "natural_person": 3, "total": total}
    report = made_report({"received": row}, unplaced={"received": ("1",)})
    assert status(report, "R3", "applications-received-total") == expected


def test_an_unplaced_zero_is_a_figure_of_its_row() -> None:
    report = made_report({"received": dict.fromkeys(forms.APPLICATION_COLUMNS)}, unplaced={"received": ("0",)})
    assert status(report, "R3", "applications-received-total") == "unknown"


def test_an_unplaced_figure_below_zero_is_no_count_of_its_row() -> None:
    """With -2 among the applicants 5 would be 3."""
    cells: Cells = {**dict.fromkeys(forms.APPLICATION_COLUMNS, 0), "natural_person": 5, "total": 5}
    report = made_report({"received": cells})
    for loose, expected in ((-2, "holds"), (2, "fails"), (None, "holds")):
        (row,) = report.applications
        told = replace(report, applications=(replace(row, loose=(loose,)),))
        assert status(told, "R3", "applications-received-total") == expected


def test_a_blank_is_no_negative_number() -> None:
    assert status(flow_report((3, 0), (5, None)), "R1", "applications-received-natural_person") == "fails"


def test_a_missing_row_counts_as_blank() -> None:
    whole: dict[str, Cells] = {
        "received": {"natural_person": 5},
        "closed": {"natural_person": 5},
        "carried_forward": {"natural_person": 1},
    }
    assert status(made_report(whole), "R1", "applications-received-natural_person") == "unknown"


def test_unplaced_figures_of_a_row_take_part_in_its_sum() -> None:
    row: Cells = {**dict.fromkeys(forms.APPLICATION_COLUMNS), "natural_person": 3, "total": 5}
    subject = "applications-received-total"
    loose = made_report({"received": row}, unplaced={"received": ("1", "1")})
    assert status(loose, "R3", subject) == "holds"
    assert checks(loose)["R3", subject].left == 5
    too_many = made_report({"received": row}, unplaced={"received": ("1", "2")})
    assert status(too_many, "R3", subject) == "fails"


def test_a_report_without_tables_has_no_checks() -> None:
    assert checks(made_report()) == {}


def test_wholly_blank_rows_have_no_checks() -> None:
    blank: Cells = dict.fromkeys(forms.APPLICATION_COLUMNS)
    nothing: Cells = dict.fromkeys(forms.REVIEW_COLUMNS)
    assert checks(made_report({"received": blank, "closed": blank}, {"reconsideration": nothing})) == {}


# Mutation ----------------------------------------------------------------------------------------------------------


def application_relations(item: str, column: str) -> set[Relation]:
    """The relations that read one cell of section 三."""
    reading = {("R3", f"applications-{item}-total")}
    if item in (*INTAKE, *OUTCOME):
        reading.add(("R1", f"applications-received-{column}"))
    if item == "closed" or item in forms.RESULT_ITEMS:
        reading.add(("R2", f"applications-closed-{column}"))
    return reading


def changed_applications(form: str, by: int) -> Iterator[tuple[str, str, Report]]:
    """A sound report with one cell of section 三 changed, for every cell."""
    figures = sound_figures(form)
    for item, row in figures.applications.items():
        for column, count in row.items():
            assert count is not None
            table = {**figures.applications, item: {**row, column: count + by}}
            yield item, column, made_report(table, figures.reviews)


@BOTH_FORMS
def test_a_sound_report_fails_nothing(form: str) -> None:
    found = checks(sound_report(form))
    assert {check.status for check in found.values()} == {"holds"}
    rows = 23 if form == forms.FORM_2019 else 25
    rules = [rule for rule, _ in found]
    assert {rule: rules.count(rule) for rule in set(rules)} == {"R1": 7, "R2": 7, "R3": rows, "R4": 3}


@BOTH_FORMS
@pytest.mark.parametrize("by", [1, -1, 1000])
def test_a_changed_figure_of_section_three_fails_every_relation_that_reads_it_and_no_other(form: str, by: int) -> None:
    for item, column, report in changed_applications(form, by):
        assert failing(report) == application_relations(item, column), (item, column)


@pytest.mark.parametrize("by", [1, -1])
def test_a_changed_figure_of_section_four_fails_its_channel(by: int) -> None:
    figures = sound_figures()
    for channel, row in figures.reviews.items():
        for column, count in row.items():
            assert count is not None
            reviews = {**figures.reviews, channel: {**row, column: count + by}}
            assert failing(made_report(figures.applications, reviews)) == {("R4", f"reviews-{channel}-total")}


@BOTH_FORMS
def test_a_figure_changed_in_the_text_fails_as_well(form: str) -> None:
    text = report_text(figures=sound_figures(form))
    closed = sound_figures(form).applications["closed"]["natural_person"]
    changed = text.replace(f"(七)总计\n\n{closed}\n", f"(七)总计\n\n{closed}1\n")
    assert changed != text
    assert failing(read_text(text)) == set()
    assert failing(read_text(changed)) == application_relations("closed", "natural_person")


def test_form_2021_with_a_single_row_of_other_handling_adds_up() -> None:
    figures = sound_figures(forms.FORM_2021)
    details = [figures.applications[item] for item in forms.OTHER_DETAILS]
    single: Cells = {column: sum(row[column] or 0 for row in details) for column in forms.APPLICATION_COLUMNS}
    rows = {item: row for item, row in figures.applications.items() if item not in forms.OTHER_DETAILS}
    assert failing(made_report({**rows, "other": single})) == set()
    one_more: Cells = {**single, "business": (single["business"] or 0) + 1}
    assert failing(made_report({**rows, "other": one_more})) == application_relations("other", "business")


def test_the_sides_are_the_sums_of_the_printed_figures() -> None:
    check = checks(flow_report((5, 2), (6, None)))["R1", "applications-received-natural_person"]
    assert (check.left, check.right, check.difference) == (Decimal(7), Decimal(6), Decimal(1))
    one_sided = checks(flow_report((None, None), (6, None)))["R1", "applications-received-natural_person"]
    assert (one_sided.left, one_sided.right, one_sided.difference) == (None, Decimal(6), None)
    other_side = checks(flow_report((6, None), (None, None)))["R1", "applications-received-natural_person"]
    assert (other_side.left, other_side.right, other_side.difference) == (Decimal(6), None, None)


# Inferred cells ----------------------------------------------------------------------------------------------------


def test_checks_on_inferred_cells_are_marked_and_only_those() -> None:
    figures = sound_figures()
    report = made_report(figures.applications, figures.reviews, inferred=("granted", "lawsuit_direct"))
    marked = {relation for relation, check in checks(report).items() if check.on_inferred}
    assert marked == {
        ("R3", "applications-granted-total"),
        *(("R2", f"applications-closed-{column}") for column in forms.APPLICATION_COLUMNS),
        ("R4", "reviews-lawsuit_direct-total"),
    }


def test_an_inferred_row_marks_every_relation_that_reads_it_and_no_other() -> None:
    figures = sound_figures()
    for item in figures.applications:
        found = checks(made_report(figures.applications, figures.reviews, inferred=(item,)))
        reading = set().union(*(application_relations(item, column) for column in forms.APPLICATION_COLUMNS))
        assert {relation for relation, check in found.items() if check.on_inferred} == reading, item


def test_a_blank_of_an_inferred_row_takes_no_part() -> None:
    row: Cells = {**dict.fromkeys(forms.APPLICATION_COLUMNS), "natural_person": 4, "total": 4}
    zeros: Cells = dict.fromkeys(forms.APPLICATION_COLUMNS, 0)
    rows = {"received": row, "brought_forward": zeros, "closed": zeros, "carried_forward": zeros}
    found = checks(made_report(rows, inferred=("received",)))
    assert found["R1", "applications-received-natural_person"].on_inferred
    assert not found["R1", "applications-received-business"].on_inferred


# Units of money ----------------------------------------------------------------------------------------------------

AMOUNT = ("unit_missing", "disclosures-procurement-amount")


def amount(printed: str, wan: Decimal | None) -> DisclosureFigure:
    """The amount of section 二, form 2019."""
    return DisclosureFigure("procurement", "amount", None, wan, "printed", printed, None, (0, 0), number_in(printed))


@pytest.mark.parametrize(
    ("printed", "wan", "expected"),
    [
        ("241800", None, "fails"),
        ("241800元", Decimal("24.18"), "holds"),
        ("230", Decimal(230), "holds"),
        ("0", Decimal(0), "holds"),
        ("", None, None),
        ("/", None, None),
    ],
)
def test_money_must_state_its_unit(printed: str, wan: Decimal | None, expected: str | None) -> None:
    assert status(made_report(disclosures=[amount(printed, wan)]), *AMOUNT) == expected


def test_taking_the_unit_away_from_a_report_fails_the_check() -> None:
    text = report_text()
    (figure,) = (figure for figure in read_text(text).disclosures if figure.measure == "amount")
    assert status(read_text(text), *AMOUNT) == "holds"
    bare = read_text(text.replace(figure.printed, figure.printed.removesuffix("万元")))
    assert failing(bare) == {AMOUNT}
    (unread,) = (figure for figure in bare.disclosures if figure.measure == "amount")
    assert (unread.amount_wan, unread.printed) == (None, figure.printed.removesuffix("万元"))
    assert (unread.number, unread.kind) == (Decimal(unread.printed), "words")


def test_a_count_needs_no_unit() -> None:
    count = DisclosureFigure("licence", "decisions", 5, None, "printed", "5", None, (0, 0))
    assert checks(made_report(disclosures=[count])) == {}


# Wording -----------------------------------------------------------------------------------------------------------


def failing_reports() -> Iterator[Report]:
    """Reports where, together, every relation of the form fails, on printed and on inferred cells."""
    figures = sound_figures(forms.FORM_2021)
    columns = list(forms.APPLICATION_COLUMNS)
    applications: dict[str, Cells] = {
        item: {column: (row[column] or 0) + (1 + at) * line for at, column in enumerate(columns)}
        for line, (item, row) in enumerate(figures.applications.items(), start=1)
    }
    reviews = {channel: {**row, "total": (row["total"] or 0) + 1} for channel, row in figures.reviews.items()}
    broken = made_report(applications, reviews, [amount("241800", None)])
    yield broken
    yield made_report(applications, reviews, inferred=(*applications, *reviews))


def explanations() -> list[str]:
    """What is said of every failing relation."""
    return [check.explanation or "" for report in failing_reports() for check in form_checks(report)]


def test_the_reports_that_try_the_wording_fail_every_rule() -> None:
    failed = {rule for report in failing_reports() for rule, _ in failing(report)}
    assert failed == FORM_RULES


def test_no_wording_accuses() -> None:
    assert [text for text in explanations() if accuses(text)] == []


def test_only_a_relation_that_fails_is_explained() -> None:
    for report in (*failing_reports(), sound_report(), flow_report((5, None), (None, 5))):
        for check in form_checks(report):
            assert (check.explanation is not None) == (check.status == "fails"), check


def test_an_explanation_gives_both_figures_in_both_languages() -> None:
    for report in failing_reports():
        for check in form_checks(report):
            if check.status != "fails" or check.rule == "unit_missing":
                continue
            chinese, english = (check.explanation or "").split("\n")
            assert "勾稽不符" in chinese
            assert "does not add up as printed" in english.lower()
            for language in (chinese, english):
                assert {str(check.left), str(check.right)} <= set(re.findall(r"\d+", language)), check


@pytest.mark.parametrize(
    ("figures", "arithmetic"),
    [
        ((20,), "20"),
        ((19, 0), "19 + 0 = 19"),
        ((1, 2, 3, 4), "1 + 2 + 3 + 4 = 10"),
        ((1, 0, 0, 2), "1 + 0 + 0 + 2 = 3"),
        ((1, 0, 0, 0, 2), "1 + 2 = 3"),
        ((0, 0, 0, 0, 7), "7"),
        ((0, 0, 0, 0, 0), "0"),
        ((0, 0), "0 + 0 = 0"),
    ],
)
def test_a_sum_is_written_as_its_arithmetic(figures: tuple[int, ...], arithmetic: str) -> None:
    assert str(Sum(figures)) == arithmetic


def test_failures_on_inferred_cells_say_that_the_inference_may_be_mistaken() -> None:
    printed, inferred = failing_reports()
    for report, expected in ((printed, False), (inferred, True)):
        for check in form_checks(report):
            if check.status == "fails" and check.rule != "unit_missing":
                assert ("推断" in (check.explanation or "")) == expected
                assert ("inferred" in (check.explanation or "")) == expected


def test_every_subject_has_a_name_in_both_languages() -> None:
    named = {code for code, zh, en in forms.check_subjects() if zh and en}
    for report in (*failing_reports(), sound_report(forms.FORM_2019), sound_report(forms.FORM_2021)):
        assert {subject for _, subject in checks(report)} <= named


def test_checks_belong_to_their_report() -> None:
    report = replace(sound_report(), id="another")
    assert {check.report for check in check_report(report)} == {"another"}
