"""Section 二, odd texts and unsound counts: what fails, what is only said, and what blanks leave open."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from build.checks import check_years
from build.report import Identity, Report, Section

from .rule_samples import (
    OWN,
    REGION,
    TOWNSHIP,
    across,
    amount,
    checks_of,
    count,
    row,
    sample,
    section,
    status_of,
    statuses,
)

NORMATIVE = "disclosures-normative_document-public_total"


@pytest.mark.parametrize(
    ("published", "total", "expected"),
    [(5, 5, "holds"), (6, 5, "fails"), (None, 5, "unknown"), (5, None, "unknown"), (None, None, None)],
)
def test_what_is_newly_published_is_public(published: int | None, total: int | None, expected: str | None) -> None:
    counts = {("normative_document", "published"): published, ("normative_document", "public_total"): total}
    assert status_of(sample(disclosures=counts), "published_within_total", NORMATIVE) == expected


@pytest.mark.parametrize(
    ("made", "published", "total", "expected"),
    [
        (21, 18, 20, "explained"),
        (21, 20, 20, "explained"),
        (20, 18, 20, None),
        (21, None, 20, "unknown"),
        (21, 21, 20, "unknown"),
        (22, 21, 20, "unknown"),
        (21, 21, 21, None),
    ],
)
def test_more_made_than_public_is_said_and_never_fails(
    made: int, published: int | None, total: int, expected: str | None
) -> None:
    counts = {
        ("normative_document", "made"): made,
        ("normative_document", "published"): published,
        ("normative_document", "public_total"): total,
    }
    found = checks_of(sample(disclosures=counts), "made_not_public").get("disclosures-normative_document-made")
    assert (found and found.status) == expected
    if found is not None:
        chinese, english = (found.explanation or "").split("\n")
        assert ("possible" in english) == ("即可成立" in chinese) == (expected == "explained")
        assert ("不足以说明原因" in chinese) == (expected == "unknown")


@pytest.mark.parametrize(
    ("previous", "change", "decisions", "expected"),
    [
        (232, 64, 296, "explained"),
        (232, -2, 230, "explained"),
        (232, 64, 19754, None),
        (0, 0, 0, None),
        (3, 1, 4, None),
        (232, None, 232, None),
        (None, 64, 64, None),
        (232, 64, None, None),
        (6, 4, 10, "explained"),
        (6, 3, 9, None),
    ],
)
def test_decisions_that_equal_the_matters_are_said(
    previous: int | None, change: int | None, decisions: int | None, expected: str | None
) -> None:
    counts = {("penalty", "previous"): previous, ("penalty", "change"): change, ("penalty", "decisions"): decisions}
    found = status_of(sample(disclosures=counts), "decisions_as_matters", "disclosures-penalty-decisions")
    assert found == expected


@pytest.mark.parametrize(
    ("printed", "wan", "expected"),
    [("230", None, "fails"), ("230万元", "230", "holds"), ("0", "0", "holds"), ("", None, None), ("无", None, None)],
)
def test_an_amount_states_its_unit(printed: str, wan: str | None, expected: str | None) -> None:
    report = sample(money=amount(printed, wan))
    assert status_of(report, "unit_missing", "disclosures-procurement-amount") == expected


@pytest.mark.parametrize(
    ("identity", "measure", "expected"),
    [
        (TOWNSHIP, "made", "fails"),
        (TOWNSHIP, "published", "unknown"),
        (TOWNSHIP, "public_total", "unknown"),
        (REGION, "made", None),
        (OWN, "made", None),
    ],
)
def test_only_a_township_that_makes_rules_fails(identity: Identity, measure: str, expected: str | None) -> None:
    report = sample(disclosures={("government_rule", measure): 2}, identity=identity)
    assert status_of(report, "township_rules", f"disclosures-government_rule-{measure}") == expected


@pytest.mark.parametrize(("number", "expected"), [(2, "fails"), (0, "holds")])
def test_a_township_s_rules_are_held_against_none(number: int, expected: str) -> None:
    report = sample(disclosures={("government_rule", "made"): number}, identity=TOWNSHIP)
    check = checks_of(report, "township_rules")["disclosures-government_rule-made"]
    assert (check.status, check.left, check.right) == (expected, Decimal(number), Decimal(0))
    assert check.on_inferred is False


def test_a_fraction_where_a_count_belongs_fails() -> None:
    fraction = row("granted", None, None, 3, printed=("2.5", "3"), fractions=(("natural_person", Decimal("2.5")),))
    report = replace(sample(), applications=(fraction,))
    assert statuses(report, "count_unsound") == {"applications-granted-natural_person": "fails"}


def test_a_fraction_of_section_two_fails_where_a_count_belongs() -> None:
    for number, expected in (("2.5", "fails"), ("3", None)):
        figure = replace(count("licence", "decisions", None), number=Decimal(number), printed=number)
        for placement, found in (("printed", expected), ("unplaced", None)):
            report = replace(sample(), disclosures=(replace(figure, placement=placement),))
            assert status_of(report, "count_unsound", "disclosures-licence-decisions") == found


def test_an_amount_hides_no_unsound_count_behind_it() -> None:
    figures = (amount("230.5万元", "230.5"), count("licence", "decisions", -1), count("penalty", "decisions", -2))
    found = statuses(replace(sample(), disclosures=figures), "count_unsound")
    assert found == {f"disclosures-{item}-decisions": "fails" for item in ("licence", "penalty")}


def test_an_amount_may_be_a_fraction_and_states_its_unit_only_where_it_has_a_place() -> None:
    assert statuses(sample(money=amount("230.5万元", "230.5")), "count_unsound") == {}
    unplaced = replace(amount("230", None), placement="unplaced")
    assert statuses(sample(money=unplaced), "unit_missing") == {}


# Odd texts ---------------------------------------------------------------------------------------------------------


def of(*sections: Section, year: int | None = 2020) -> Report:
    """A report with these sections."""
    return sample(sections=sections, identity=replace(OWN, year=year))


THREE = section("三", "三、收到和处理政府信息公开申请情况")
FOUR = section("四", "四、政府信息公开行政复议、行政诉讼情况")


def test_a_borrowed_title_is_said() -> None:
    borrowed = section("四", "四、收到和处理政府信息公开申请情况")
    assert statuses(of(THREE, borrowed), "section_title") == {"sections-1": "explained"}


@pytest.mark.parametrize("number", ["七", None])
def test_a_title_that_stands_again_borrows_none_where_its_number_is_no_section_s(number: str | None) -> None:
    again = section(number, f"{number or ''}、收到和处理政府信息公开申请情况")
    assert statuses(of(THREE, again), "section_title") == {}


def test_a_section_that_any_title_may_stand_over_borrows_none() -> None:
    """一、总体情况 has no words of its own: agencies call it by many names."""
    assert statuses(of(section("一", "一、收到和处理政府信息公开申请情况"), THREE), "section_title") == {}


def test_a_title_is_not_borrowed_where_the_section_s_own_stands_elsewhere() -> None:
    again = section("四", "四、收到和处理政府信息公开申请情况")
    own = section("五", "五、政府信息公开行政复议、行政诉讼情况")
    assert "sections-1" not in statuses(of(THREE, again, own), "section_title")


def test_titles_in_shifted_numbers_are_no_oddity() -> None:
    shifted = section("四", "四、收到和处理政府信息公开申请情况")
    reviews = section("五", "五、政府信息公开行政复议、行政诉讼情况")
    assert statuses(of(section("三", "三、平台建设情况"), shifted, reviews), "section_title") == {}
    assert statuses(of(THREE, FOUR), "section_title") == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020年,我县将严格按照部署推进公开。", "explained"),
        ("问题仍有不少。\n2020年我局将继续改进。", "explained"),
        ("2021年,我县将严格按照部署推进公开。", None),
        ("2020年,我县将政务公开纳入考核。", None),
        ("2020年的公开取得成效,今后将进一步改进。", None),
        ("根据2020年要点,我县将继续改进。", None),
    ],
)
def test_a_plan_for_a_year_that_is_over_is_said(text: str, expected: str | None) -> None:
    report = of(section("五", "五、存在的主要问题及改进情况", text))
    assert status_of(report, "plan_year", "sections-0") == expected


def test_a_report_without_a_year_has_no_plan_for_a_wrong_one() -> None:
    report = of(section("五", "五、存在的主要问题及改进情况", "2020年,我县将继续改进。"), year=None)
    assert statuses(report, "plan_year") == {}


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ("", "unknown"),
        (" \n ", "unknown"),
        ("无。", "unknown"),
        ("甲" * 5, "unknown"),
        ("甲" * 6, None),
        ("甲" * 30, None),
        ("." * 193 + "甲" * 6, None),
        ("." * 194 + "甲" * 6, "unknown"),
    ],
)
def test_an_empty_section_on_problems_is_said(below: str, expected: str | None) -> None:
    report = of(section("五", "五、存在的主要问题及改进情况", below))
    assert status_of(report, "problems_empty", "sections-0") == expected


@pytest.mark.parametrize("title", ["一、总体情况", "三、收到和处理政府信息公开申请情况", None])
def test_only_the_section_on_problems_is_read_for_plans_and_for_being_empty(title: str | None) -> None:
    number = title[:1] if title else None
    planning = of(section(number, title, "2020年,我县将严格按照部署推进公开。"))
    assert statuses(planning, "plan_year") == {}
    assert statuses(of(section(number, title, "")), "problems_empty") == {}


def test_a_plan_behind_another_section_is_found_with_its_position() -> None:
    problems = section("五", "五、存在的主要问题及改进情况", "2021年,我县将继续改进。\n2020年,我县将继续改进。")
    check = checks_of(of(THREE, FOUR, problems), "plan_year")["sections-2"]
    assert (check.left, check.right) == (Decimal(2020), Decimal(2021))
    for words in (check.explanation or "").split("\n"):
        assert "2020" in words and "2021" in words and "2022" not in words
    assert statuses(of(THREE, replace(problems, text=problems.title or "")), "problems_empty") == {
        "sections-1": "unknown"
    }


# Across years ------------------------------------------------------------------------------------------------------


def next_year(report: Report, **identity: Any) -> Report:
    """The same report a year later."""
    return replace(report, id="klmnopqrst", identity=replace(report.identity, year=2021, **identity))


def test_a_decrease_without_its_sign_is_explained() -> None:
    earlier = sample(disclosures={("licence", "previous"): 40, ("licence", "change"): 3})
    later = next_year(sample(disclosures={("licence", "previous"): 37}))
    check = across(earlier, later, "years_matters")["disclosures-licence-previous"]
    assert check.status == "explained"
    chinese, english = (check.explanation or "").split("\n")
    assert "未带符号" in chinese and "40 - 3 = 37" in chinese
    assert "has no sign" in english and "40 - 3 = 37" in english


@pytest.mark.parametrize(
    ("previous", "change", "next_previous", "expected"),
    [
        (40, 3, 43, "holds"),
        (40, 3, 37, "explained"),
        (40, -3, 43, "fails"),
        (40, -3, 37, "holds"),
        (40, 3, 36, "fails"),
        (40, 0, 41, "fails"),
        (0, 3, 3, "holds"),
    ],
)
def test_only_an_unsigned_change_is_read_as_a_decrease(
    previous: int, change: int, next_previous: int, expected: str
) -> None:
    earlier = sample(disclosures={("licence", "previous"): previous, ("licence", "change"): change})
    later = next_year(sample(disclosures={("licence", "previous"): next_previous}))
    check = across(earlier, later, "years_matters")["disclosures-licence-previous"]
    assert check.status == expected
    assert (check.left, check.right) == (Decimal(previous + change), Decimal(next_previous))
    assert (check.explanation is None) == (expected == "holds")


def test_reports_between_which_nothing_decides_are_not_compared() -> None:
    """Two reports of one year that may be the same area's: either could be the one that is meant."""
    earlier = sample()
    rival = replace(earlier, id="aaaaaaaaaa")
    later = next_year(sample())
    second = replace(later, id="zzzzzzzzzz")
    assert list(check_years([earlier, later]))
    assert not list(check_years([earlier, rival, later]))
    assert not list(check_years([earlier, later, second]))


def test_reports_of_two_areas_of_one_name_are_compared_each_with_its_own() -> None:
    one, other = (sample(identity=replace(OWN, city=city)) for city in ("甲市", "乙市"))
    other = replace(other, id="bbbbbbbbbb")
    later = [replace(next_year(report), id=f"{report.id[0] * 9}2") for report in (one, other)]
    found = {check.report: check.explanation for check in check_years([one, other, *later]) if check.status == "fails"}
    assert sorted(found) == sorted(report.id for report in later)
    assert one.id in (found[later[0].id] or "")
    assert other.id in (found[later[1].id] or "")


@pytest.mark.parametrize(
    ("previous", "change", "stated", "expected"),
    [
        (None, 3, 37, "unknown"),
        (40, None, 37, "unknown"),
        (40, 3, None, "unknown"),
        (None, None, 37, "unknown"),
        (None, 3, None, None),
        (40, None, None, None),
    ],
)
def test_matters_with_a_blank_are_unknown(
    previous: int | None, change: int | None, stated: int | None, expected: str | None
) -> None:
    earlier = sample(disclosures={("licence", "previous"): previous, ("licence", "change"): change})
    later = next_year(sample(disclosures={("licence", "previous"): stated}))
    check = across(earlier, later, "years_matters").get("disclosures-licence-previous")
    assert (check and check.status) == expected


def test_blanks_across_years_are_unknown() -> None:
    earlier = sample(disclosures={("licence", "previous"): 40, ("licence", "change"): None})
    later = next_year(sample(disclosures={("licence", "previous"): 37}))
    assert across(earlier, later, "years_matters")["disclosures-licence-previous"].status == "unknown"
    without_table = next_year(sample(applications={}))
    found = across(sample(), without_table, "years_carried")
    assert found["applications-brought_forward-total"].status == "unknown"


@pytest.mark.parametrize(
    "identity", [{"scope": "region"}, {"year": 2022}, {"agency": "西明县财政局"}, {"agency": None}, {"year": None}]
)
def test_only_the_same_agency_scope_and_next_year_are_compared(identity: dict[str, Any]) -> None:
    other = next_year(sample())
    later = replace(other, identity=replace(other.identity, **identity))
    assert across(sample(), later, "years_carried") == {}


def test_places_that_contradict_each_other_are_not_compared() -> None:
    earlier = sample(identity=replace(OWN, city="甲市"))
    assert across(earlier, next_year(sample(), city="乙市"), "years_carried") == {}
    assert across(earlier, next_year(sample()), "years_carried")
    assert across(sample(), next_year(sample(), city="乙市"), "years_carried")


def test_an_authority_that_is_known_is_compared_wherever_its_area_has_come_to_lie() -> None:
    earlier = sample(identity=replace(OWN, agency_id="371728-finance", city="甲市"))
    assert across(earlier, next_year(earlier, city="乙市", agency="东明区财政局"), "years_carried")
    assert across(earlier, next_year(earlier, agency_id="371728-education"), "years_carried") == {}


def test_reports_of_no_known_authority_are_not_compared_with_each_other() -> None:
    earlier = sample(identity=replace(OWN, agency=None))
    assert across(earlier, next_year(earlier), "years_carried") == {}


def test_matters_that_do_not_add_up_are_told_with_each_side_s_own_figure() -> None:
    earlier = sample(disclosures={("licence", "previous"): 40, ("licence", "change"): 3})
    later = next_year(sample(disclosures={("licence", "previous"): 36}))
    check = across(earlier, later, "years_matters")["disclosures-licence-previous"]
    chinese, english = (check.explanation or "").split("\n")
    assert "上年报告的上一年项目数量 + 增减：43；上一年项目数量：36" in chinese
    assert "matters + change, earlier report: 43; matters in the previous year: 36" in english


def test_a_check_across_years_belongs_to_the_later_report_and_names_the_earlier() -> None:
    later = next_year(sample())
    check = across(sample(), later, "years_carried")["applications-brought_forward-total"]
    assert (check.report, check.status) == (later.id, "fails")
    assert (check.left, check.right) == (Decimal(2), Decimal(3))
    assert "abcdefghij" in (check.explanation or "")


def test_a_failure_across_years_names_each_side_with_its_own_figure() -> None:
    check = across(sample(), next_year(sample()), "years_carried")["applications-brought_forward-total"]
    chinese, english = (check.explanation or "").split("\n")
    assert "上年报告的结转下年度：2；本年的上年结转：3" in chinese
    assert "carried forward, earlier report: 2; brought forward: 3" in english
    assert "（2020年）" in chinese
    assert "(2020)" in english


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [("printed", "printed", False), ("inferred", "printed", True), ("printed", "inferred", True)],
)
def test_an_inferred_cell_in_either_year_marks_the_check(earlier: str, later: str, expected: bool) -> None:
    left, right = row("carried_forward", 1, 1, 2, placement=earlier), row("brought_forward", 2, 1, 3, placement=later)
    before, after = replace(sample(), applications=(left,)), replace(next_year(sample()), applications=(right,))
    check = across(before, after, "years_carried")["applications-brought_forward-total"]
    assert (check.status, check.on_inferred) == ("fails", expected)
    assert ("推断" in (check.explanation or "")) == expected


def test_what_is_blank_in_both_years_has_no_row() -> None:
    assert across(sample(), next_year(sample()), "years_in_force") == {}
    nothing = replace(sample(), applications=(), disclosures=())
    assert not list(check_years([nothing, next_year(nothing)]))


@pytest.mark.parametrize(
    ("before", "issued", "after", "repealed", "expected"),
    [
        (28, 4, 30, 2, "holds"),
        (28, 4, 31, 2, "fails"),
        (None, 4, 30, 2, "unknown"),
        (28, None, 30, 2, "unknown"),
        (40, None, 30, 2, "fails"),
        (28, 4, None, None, "unknown"),
    ],
)
def test_documents_in_force_follow_from_the_year_before(
    before: int | None, issued: int | None, after: int | None, repealed: int | None, expected: str
) -> None:
    document = "normative_document"
    earlier = sample(disclosures={(document, "in_force"): before})
    counts = {(document, "issued"): issued, (document, "in_force"): after, (document, "repealed"): repealed}
    later = next_year(sample(disclosures=counts))
    found = across(earlier, later, "years_in_force")
    assert {subject: check.status for subject, check in found.items()} == {f"disclosures-{document}-in_force": expected}
