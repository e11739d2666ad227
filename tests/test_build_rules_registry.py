"""The list of rules: each documented, each able to leave ``holds`` when a figure that it reads changes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from build.checks import ACROSS_YEARS, RULES, YEAR_RULES, check_pair, check_report, consecutive_years
from build.checks.wording import DIFFERENCE, LEFT, RIGHT, SUBJECT, subject_labels
from build.report import Report, Section

from .rule_samples import (
    APPLICATIONS,
    DISCLOSURES,
    HOTLINE,
    REVIEWS,
    STATEMENTS,
    TOWNSHIP,
    across,
    amount,
    checks_of,
    line,
    row,
    sample,
    section,
    status_of,
    statuses,
)


def with_cell(item: str, place: int, value: int) -> Report:
    """The sample with another figure in one cell of section 三 (0 natural persons, 1 businesses, 2 total)."""
    counts = list(APPLICATIONS[item])
    counts[place] = value
    return sample({**APPLICATIONS, item: (counts[0], counts[1], counts[2])})


def with_review(channel: str, place: int, value: int) -> Report:
    """The sample with another figure in one cell of section 四."""
    counts = list(REVIEWS[channel])
    counts[place] = value
    return sample(reviews={**REVIEWS, channel: tuple(counts)})


def with_count(item: str, measure: str, value: int, **changes: Any) -> Report:
    """The sample with another count in section 二."""
    return sample(disclosures={**DISCLOSURES, (item, measure): value}, **changes)


def with_said(kind: str, value: object) -> Report:
    """The sample with another figure in its prose."""
    return sample(
        statements=tuple(
            replace(said, value=type(said.value)(str(value))) if said.kind == kind else said for said in STATEMENTS
        )
    )


def with_line(**figures: Any) -> Report:
    """The sample with other figures of its hotline."""
    return sample(hotline=(line(**{**HOTLINE, **figures}),))


def with_sections(*sections: Section) -> Report:
    """The sample with another text."""
    return sample(sections=sections)


HAN = re.compile("(?![一二三四五六七八])[\u4e00-\u9fff]")
FIVE = "五、存在的主要问题及改进情况"
Mutation = tuple[str, str, Callable[[], Report], str | None]
"""(rule, subject, the changed report, the status that the rule must give then)."""

SHARES = (("咨询", 700, 71), ("求助", 300, 30))
KINDS = (("咨询", 700, None), ("求助", 301, None))
MUTATIONS: tuple[Mutation, ...] = (
    ("R1", "applications-received-total", lambda: with_cell("received", 2, 21), "fails"),
    ("R1", "applications-received-total", lambda: with_cell("brought_forward", 2, 4), "fails"),
    ("R1", "applications-received-total", lambda: with_cell("closed", 2, 22), "fails"),
    ("R1", "applications-received-total", lambda: with_cell("carried_forward", 2, 0), "fails"),
    ("R2", "applications-closed-natural_person", lambda: with_cell("granted", 0, 9), "fails"),
    ("R2", "applications-closed-natural_person", lambda: with_cell("not_processed_repeat", 0, 1), "fails"),
    ("R2", "applications-closed-natural_person", lambda: with_cell("closed", 0, 18), "fails"),
    ("R3", "applications-granted-total", lambda: with_cell("granted", 0, 7), "fails"),
    ("R3", "applications-granted-total", lambda: with_cell("granted", 1, 3), "fails"),
    ("R3", "applications-granted-total", lambda: with_cell("granted", 2, 8), "fails"),
    ("R4", "reviews-reconsideration-total", lambda: with_review("reconsideration", 0, 4), "fails"),
    ("R4", "reviews-reconsideration-total", lambda: with_review("reconsideration", 1, 2), "fails"),
    ("R4", "reviews-reconsideration-total", lambda: with_review("reconsideration", 2, 0), "fails"),
    ("R4", "reviews-reconsideration-total", lambda: with_review("reconsideration", 3, 0), "fails"),
    ("R4", "reviews-reconsideration-total", lambda: with_review("reconsideration", 4, 7), "fails"),
    ("count_unsound", "applications-granted-business", lambda: with_cell("granted", 1, -1), "fails"),
    ("count_unsound", "reviews-lawsuit_direct-pending", lambda: with_review("lawsuit_direct", 3, -1), "fails"),
    ("count_unsound", "disclosures-licence-decisions", lambda: with_count("licence", "decisions", -3), "fails"),
    ("count_unsound", "disclosures-licence-change", lambda: with_count("licence", "change", -3), None),
    (
        "published_within_total", "disclosures-normative_document-public_total",
        lambda: with_count("normative_document", "published", 31), "fails",
    ),
    (
        "published_within_total", "disclosures-normative_document-public_total",
        lambda: with_count("normative_document", "public_total", 4), "fails",
    ),
    (
        "made_not_public", "disclosures-normative_document-made",
        lambda: with_count("normative_document", "made", 31), "explained",
    ),
    (
        "decisions_as_matters", "disclosures-licence-decisions",
        lambda: with_count("licence", "decisions", 42), "explained",
    ),
    ("unit_missing", "disclosures-procurement-amount", lambda: sample(money=amount("230", None)), "fails"),
    (
        "township_rules", "disclosures-government_rule-made",
        lambda: with_count("government_rule", "made", 1, identity=TOWNSHIP), "fails",
    ),
    (
        "section_title", "sections-2",
        lambda: with_sections(*sample().sections[:2], section("四", "四、收到和处理政府信息公开申请情况")), "explained",
    ),
    (
        "plan_year", "sections-0",
        lambda: with_sections(section("五", FIVE, "2020年,我局将继续做好公开。")), "explained",
    ),
    ("problems_empty", "sections-0", lambda: with_sections(section("五", FIVE, " ")), "unknown"),
    ("prose_received", "statements-1", lambda: with_said("applications_received", 26), "fails"),
    ("prose_received", "statements-1", lambda: with_cell("received", 2, 26), "explained"),
    ("prose_brought_forward", "statements-4", lambda: with_said("applications_brought_forward", 4), "fails"),
    ("prose_brought_forward", "statements-4", lambda: with_cell("brought_forward", 2, 5), "explained"),
    ("prose_closed", "statements-5", lambda: with_said("applications_closed", 19), "fails"),
    ("prose_carried_forward", "statements-6", lambda: with_said("applications_carried_forward", 4), "fails"),
    ("prose_outcome", "statements-7", lambda: with_said("applications_granted", 8), "fails"),
    ("prose_outcome", "statements-10", lambda: with_said("applications_withheld", 5), "fails"),
    ("prose_outcomes", "statements-7", lambda: with_said("applications_other", 5), "fails"),
    ("prose_reconsiderations", "statements-15", lambda: with_said("reviews_reconsideration", 7), "fails"),
    ("prose_lawsuits", "statements-16", lambda: with_said("reviews_lawsuit", 7), "fails"),
    ("prose_share", "statements-8", lambda: with_said("applications_granted_share", "43.9"), "fails"),
    ("prose_share", "statements-8", lambda: with_said("applications_granted", 8), "fails"),
    ("prose_growth", "statements-3", lambda: with_said("applications_received_growth", "26"), "fails"),
    ("prose_growth", "statements-3", lambda: with_said("applications_received_change", 5), "fails"),
    ("prose_growth", "statements-3", lambda: with_said("applications_received", 30), "fails"),
    ("prose_completion_rate", "statements-14", lambda: with_said("applications_completion_rate", "92.3"), "unknown"),
    ("prose_completion_rate", "statements-14", lambda: with_cell("closed", 2, 20), "unknown"),
    ("fee_collected", "statements-18", lambda: with_said("information_fee", 600), "unknown"),
    ("hotline_completed", "hotline-1-completed", lambda: with_line(completed=1001), "fails"),
    ("hotline_completed", "hotline-1-completed", lambda: with_line(received=979), "fails"),
    ("hotline_rate", "hotline-1-completion_rate", lambda: with_line(completion_rate="98.2"), "fails"),
    ("hotline_rate", "hotline-1-completion_rate", lambda: with_line(received=1010), "explained"),
    ("hotline_rate", "hotline-1-completion_rate", lambda: with_line(completed=970), "fails"),
    ("hotline_rate", "hotline-1-completion_rate", lambda: with_line(completed=989, completion_rate="98"), "explained"),
    ("hotline_breakdown", "hotline-1-received", lambda: with_line(transferred=601), None),
    ("hotline_breakdown", "hotline-1-breakdown", lambda: with_line(answered_directly=401), "unknown"),
    ("hotline_kinds", "hotline-1-breakdown", lambda: with_line(breakdown=KINDS), "unknown"),
    ("hotline_shares", "hotline-1-breakdown", lambda: with_line(breakdown=SHARES), "unknown"),
)  # fmt: skip
"""What the rule must say of the sample with one figure changed; in the sample itself it holds or has no row."""


@pytest.mark.parametrize(("rule", "subject", "changed", "expected"), MUTATIONS)
def test_a_changed_figure_changes_the_finding(
    rule: str, subject: str, changed: Callable[[], Report], expected: str | None
) -> None:
    assert status_of(changed(), rule, subject) == expected


@pytest.mark.parametrize("rule", sorted({rule for rule, *_ in MUTATIONS}))
def test_an_explanation_is_chinese_in_its_first_line_and_english_in_its_second(rule: str) -> None:
    """But for the numbers of sections, which are Chinese in both."""
    for code, subject, changed, _ in MUTATIONS:
        check = checks_of(changed(), rule).get(subject) if code == rule else None
        if check is not None and check.explanation is not None:
            chinese, english = check.explanation.split("\n")
            assert re.search("[a-z]{3}", chinese) is None and re.search("[\u4e00-\u9fff]", chinese), check
            assert re.search("[\u4e00-\u9fff]", re.sub("[一二三四五六七]", "", english)) is None, check


@pytest.mark.parametrize("rule", sorted({rule for rule, *_ in MUTATIONS}))
def test_every_relation_of_the_sample_holds(rule: str) -> None:
    assert set(statuses(sample(), rule).values()) <= {"holds"}


def test_nothing_in_the_sample_is_unknown_or_odd() -> None:
    assert {check.status for check in check_report(sample())} == {"holds"}


EARLIER = {**DISCLOSURES, ("normative_document", "in_force"): 28}
LATER = {
    **DISCLOSURES,
    ("licence", "previous"): 42,
    ("charge", "previous"): 6,
    ("normative_document", "issued"): 4,
    ("normative_document", "repealed"): 2,
    ("normative_document", "in_force"): 30,
}
FORWARD = {**APPLICATIONS, "brought_forward": (1, 1, 2)}
Years = tuple[dict[str, Any], dict[str, Any]]


def two_years(earlier: dict[str, Any], later: dict[str, Any]) -> tuple[Report, Report]:
    """Reports of one agency for 2020 and 2021."""
    one, other = (
        sample(**{"disclosures": EARLIER, **earlier}),
        sample(**{"disclosures": LATER, "applications": FORWARD, **later}),
    )
    return one, replace(other, id="klmnopqrst", identity=replace(other.identity, year=2021))


def counted(base: dict[tuple[str, str], int | None], item: str, measure: str, number: int) -> dict[str, Any]:
    """Another count of section 二 in one of the two reports."""
    return {"disclosures": {**base, (item, measure): number}}


CARRIED, FORCE = "applications-brought_forward-total", "disclosures-normative_document-in_force"
MATTERS = "disclosures-licence-previous"
YEAR_MUTATIONS: tuple[tuple[str, str, dict[str, Any], dict[str, Any]], ...] = (
    ("years_carried", CARRIED, {"applications": {**APPLICATIONS, "carried_forward": (1, 1, 3)}}, {}),
    ("years_carried", CARRIED, {}, {"applications": {**FORWARD, "brought_forward": (1, 1, 1)}}),
    ("years_in_force", FORCE, counted(EARLIER, "normative_document", "in_force", 9), {}),
    ("years_in_force", FORCE, {}, counted(LATER, "normative_document", "issued", 9)),
    ("years_in_force", FORCE, {}, counted(LATER, "normative_document", "repealed", 9)),
    ("years_in_force", FORCE, {}, counted(LATER, "normative_document", "in_force", 9)),
    ("years_matters", MATTERS, counted(EARLIER, "licence", "previous", 41), {}),
    ("years_matters", MATTERS, counted(EARLIER, "licence", "change", 3), {}),
    ("years_matters", MATTERS, {}, counted(LATER, "licence", "previous", 40)),
)


@pytest.mark.parametrize(("rule", "subject", "earlier", "later"), YEAR_MUTATIONS)
def test_a_changed_figure_fails_across_years(
    rule: str, subject: str, earlier: dict[str, Any], later: dict[str, Any]
) -> None:
    assert across(*two_years({}, {}), rule)[subject].status == "holds"
    assert across(*two_years(earlier, later), rule)[subject].status == "fails"


def test_every_rule_is_broken_by_some_test() -> None:
    broken = {rule for rule, *_ in MUTATIONS} | {rule for rule, *_ in YEAR_MUTATIONS}
    assert broken == {rule.code for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.code))
def test_a_rule_says_what_and_why_in_both_languages(rule: Any) -> None:
    texts = (rule.label_zh, rule.label_en, rule.statement_zh, rule.statement_en, rule.why_zh, rule.why_en, rule.source)
    assert all(texts)
    for statement in (rule.statement_zh, rule.statement_en):
        marks = re.findall(r"{[^}]*}", statement)
        assert marks.count(SUBJECT) == 1
        assert {*marks} <= {SUBJECT, LEFT, RIGHT, DIFFERENCE}
    assert rule.kind in {"form", "within", "prose", "hotline", "across years"}
    assert rule.severity in {"warning", "note"}
    assert (rule.check is None) != (rule.compare is None)
    assert (rule.compare is not None) == (rule.kind == ACROSS_YEARS) == (rule.code in YEAR_RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.code))
def test_each_text_of_a_rule_is_in_its_own_language(rule: Any) -> None:
    chinese = re.compile("[一-鿿]")
    assert all(map(chinese.search, (rule.label_zh, rule.statement_zh, rule.why_zh, rule.source)))
    assert not any(map(chinese.search, (rule.label_en, rule.statement_en, rule.why_en)))
    labels = (rule.label_zh, rule.label_en, rule.why_zh, rule.why_en, rule.source)
    assert not any("{" in text for text in labels)
    assert len(rule.label_en) < len(rule.why_en)


def test_codes_are_unique() -> None:
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes))


def test_a_note_never_fails() -> None:
    notes = {rule.code for rule in RULES if rule.severity == "note"}
    failing = {rule for rule, _, _, expected in MUTATIONS if expected == "fails"}
    assert not notes & failing


def test_no_explanation_accuses() -> None:
    said = [check.explanation or "" for _, _, changed, _ in MUTATIONS for check in check_report(changed())]
    assert not [
        text for text in said for word in ("错误", "虚假", "异常", "造假", "error", "false", "abnormal") if word in text
    ]


def test_what_fails_or_is_explained_says_so_in_both_languages() -> None:
    found = [check for _, _, changed, _ in MUTATIONS for check in check_report(changed())]
    told = [check.explanation or "" for check in found if check.status in {"fails", "explained"}]
    assert {text.count("\n") for text in told} == {1}
    assert not [text for text in told if not HAN.search(text.split("\n")[0]) or HAN.search(text.split("\n")[1])]
    assert {check.explanation for check in found if check.status == "holds"} == {None}


def listed_far() -> Report:
    """The sample with a list of outcomes far beyond its table."""
    far = {"applications_granted": 119, "applications_unavailable": 63}
    return sample(
        statements=tuple(replace(said, value=type(said.value)(far.get(said.kind, said.value))) for said in STATEMENTS)
    )


@pytest.mark.parametrize(
    ("changed", "zh", "en"),
    [
        (listed_far, "口径", "another scope"),
        (lambda: with_said("applications_received", 300), "相差悬殊", "so far from the table"),
        (lambda: with_sections(section("五", FIVE, " ")), "存在的主要问题及改进情况", "problems and improvements"),
        (lambda: with_line(completed=1001, approximate=True), "约数", "approximate"),
        (lambda: with_line(completed=1001, sentence="来电1000个,办结1001件"), "来电人次", "calls or people"),
        (lambda: with_count("government_rule", "published", 1, identity=TOWNSHIP), "上级规章", "higher authority"),
        (lambda: with_count("normative_document", "made", 31), "未公开", "need not be public"),
    ],
)
def test_what_is_left_open_says_why_in_each_language(changed: Callable[[], Report], zh: str, en: str) -> None:
    reasons = [check.explanation for check in check_report(changed()) if check.status not in {"holds", "fails"}]
    told = [reason.split("\n") for reason in reasons if reason is not None]
    assert told
    assert any(zh in chinese and en in english for chinese, english in told)
    assert not [pair for pair in told if not HAN.search(pair[0]) or HAN.search(pair[1])]


def test_a_failure_names_its_cell_in_the_words_of_each_language() -> None:
    found = [check for _, _, changed, _ in MUTATIONS for check in check_report(changed())]
    failing = [check for check in found if check.status == "fails" and check.rule != "prose_outcomes"]
    assert len({check.rule for check in failing}) > 10
    for check in failing:
        chinese, english = (check.explanation or "").split("\n")
        zh, en = subject_labels(check.subject)
        assert zh.rsplit("·", 1)[-1] in chinese, check
        assert en.rsplit(", ", 1)[-1] in english, check


def test_relations_across_years_belong_to_the_later_report_and_no_others_do() -> None:
    earlier, later = two_years({}, {})
    ((first, second),) = consecutive_years([later, earlier])
    assert (first.id, second.id) == (earlier.id, later.id)
    across_years = [*check_pair(first, second)]
    assert {check.report for check in across_years} == {later.id}
    assert {check.rule for check in across_years} == YEAR_RULES
    assert not {check.rule for each in (earlier, later) for check in check_report(each)} & YEAR_RULES


def test_only_the_cell_that_is_below_zero_is_unsound() -> None:
    assert statuses(with_cell("granted", 1, -1), "count_unsound") == {"applications-granted-business": "fails"}
    pending = with_review("lawsuit_direct", 3, -1)
    assert statuses(pending, "count_unsound") == {"reviews-lawsuit_direct-pending": "fails"}


@pytest.mark.parametrize(
    ("subject", "zh", "en"),
    [
        ("hotline-3-completed", "热线与信箱第3条·办结数", "hotline and mailbox figures, row 3, completed"),
        ("hotline-3", "热线与信箱第3条", "hotline and mailbox figures, row 3"),
        ("statements-12", "正文数字第12条", "figure 12 in the prose"),
        ("sections-2", "报告正文第2段", "section 2 of the text"),
        ("nowhere", "nowhere", "nowhere"),
    ],
)
def test_a_fragment_has_a_name_in_both_languages(subject: str, zh: str, en: str) -> None:
    assert subject_labels(subject) == (zh, en)


def test_nothing_is_marked_as_inferred_where_nothing_was() -> None:
    within = [check for _, _, changed, _ in MUTATIONS for check in check_report(changed())]
    years = [
        check
        for rule, _, earlier, later in YEAR_MUTATIONS
        for check in across(*two_years(earlier, later), rule).values()
    ]
    assert [check for check in (*within, *years) if check.on_inferred] == []
    assert not [text for check in (*within, *years) if "推断" in (text := check.explanation or "")]


def test_a_failure_on_an_inferred_cell_is_marked_and_worded_apart() -> None:
    inferred = row("granted", 8, 1, 10, placement="inferred")
    others = tuple(other for other in sample().applications if other.item != "granted")
    report = sample(applications={})
    report = replace(report, applications=(*others, inferred))
    (failure,) = [check for check in check_report(report) if check.subject == "applications-granted-total"]
    assert (failure.status, failure.on_inferred) == ("fails", True)
    assert "推断" in (failure.explanation or "")
    assert "inferred" in (failure.explanation or "")
