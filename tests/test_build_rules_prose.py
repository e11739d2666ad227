"""Prose against table: which reading of the words holds, and where no comparison is made."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from build import forms
from build.report import Identity, Statement

from .rule_samples import (
    APPLICATIONS,
    OWN,
    REGION,
    REVIEWS,
    TOWNSHIP,
    checks_of,
    only,
    row,
    sample,
    say,
    section,
    status_of,
    statuses,
)

# In the sample: received 20, brought forward 3, closed 21 (of which 3.6, other, 1), carried forward 2; granted 9,
# partly 2, withheld 4, unavailable 4, not processed 1; reconsiderations 6 (1 pending); lawsuits 4 (1 pending) and 2.


@pytest.mark.parametrize(
    ("kind", "rule", "value", "expected", "reading"),
    [
        ("applications_received", "prose_received", 20, "holds", None),
        ("applications_received", "prose_received", 23, "explained", "received + brought forward"),
        ("applications_received", "prose_received", 21, "explained", "all results of the year"),
        ("applications_received", "prose_received", 22, "fails", None),
        ("applications_received_with_brought_forward", "prose_received", 23, "holds", None),
        ("applications_received_with_brought_forward", "prose_received", 20, "fails", None),
        ("applications_handled", "prose_received", 23, "holds", None),
        ("applications_handled", "prose_received", 20, "explained", "received this year"),
        ("applications_dealt_with", "prose_received", 21, "holds", None),
        ("applications_dealt_with", "prose_received", 20, "explained", "received this year"),
        ("applications_dealt_with", "prose_received", 19, "fails", None),
        ("applications_closed", "prose_closed", 21, "holds", None),
        ("applications_closed", "prose_closed", 20, "explained", "all results but 3.6, other"),
        ("applications_closed", "prose_closed", 18, "fails", None),
        ("applications_brought_forward", "prose_brought_forward", 3, "holds", None),
        ("applications_brought_forward", "prose_brought_forward", 5, "fails", None),
        ("applications_carried_forward", "prose_carried_forward", 2, "holds", None),
        ("applications_carried_forward", "prose_carried_forward", 1, "fails", None),
        ("applications_granted", "prose_outcome", 11, "explained", "granted in full + in part"),
        ("applications_disclosed", "prose_outcome", 11, "holds", None),
        ("applications_disclosed", "prose_outcome", 9, "fails", None),
        ("reviews_reconsideration", "prose_reconsiderations", 5, "explained", "total without those pending"),
        ("reviews_reconsideration_upheld", "prose_reconsiderations", 3, "holds", None),
        ("reviews_reconsideration_corrected", "prose_reconsiderations", 3, "fails", None),
        ("reviews_reconsideration_closed", "prose_reconsiderations", 5, "holds", None),
        ("reviews_lawsuit", "prose_lawsuits", 6, "holds", None),
        ("reviews_lawsuit", "prose_lawsuits", 5, "explained", "total without those pending"),
        ("reviews_lawsuit", "prose_lawsuits", 4, "explained", "lawsuits without prior reconsideration"),
        ("reviews_lawsuit_pending", "prose_lawsuits", 1, "holds", None),
    ],
)
def test_the_reading_that_holds_is_named(kind: str, rule: str, value: int, expected: str, reading: str | None) -> None:
    check = checks_of(only(say(kind, value)), rule)["statements-1"]
    assert (check.status, check.left) == (expected, Decimal(value))
    if reading is not None:
        assert check.right == value
        assert reading in (check.explanation or "")


def test_words_that_mean_new_requests_allow_no_other_reading() -> None:
    new = say("applications_received", 23, sentence="本年新收信息公开申请23件")
    assert statuses(only(new), "prose_received") == {"statements-1": "fails"}


def test_other_words_keep_their_readings_beside_new_requests() -> None:
    dealt = say("applications_handled", 20, sentence="办理本年新收信息公开申请20件")
    assert statuses(only(dealt), "prose_received") == {"statements-1": "explained"}


def test_a_total_that_does_not_add_up_is_read_by_the_kinds_of_applicant() -> None:
    report = only(say("applications_received", 20), applications={**APPLICATIONS, "received": (18, 2, 19)})
    check = checks_of(report, "prose_received")["statements-1"]
    assert check.status == "explained"
    assert "adding the kinds of applicant" in (check.explanation or "")


@pytest.mark.parametrize(
    ("scope", "identity", "compared"),
    [
        (None, OWN, True),
        ("我局", OWN, True),
        ("县财政局", OWN, True),
        ("东明县财政局", OWN, True),
        ("全县", OWN, False),
        ("我县", OWN, False),
        ("县教育局", OWN, False),
        ("财政局", OWN, True),
        ("政局", OWN, False),
        ("县财政局", replace(OWN, agency=None), False),
        ("其中", OWN, False),
        ("全县", REGION, True),
        ("我县", REGION, True),
        ("县政府办公室", REGION, False),
        ("县政府", REGION, False),
        ("本机关", REGION, False),
        ("全省", replace(REGION, scope=None), False),
        ("全镇", TOWNSHIP, True),
        ("全镇", replace(TOWNSHIP, level=None), True),
        ("全镇", REGION, False),
        ("本机关", TOWNSHIP, True),
        ("全省", replace(REGION, level=None), True),
        ("我镇", TOWNSHIP, True),
        ("镇政府", TOWNSHIP, True),
        ("县政府办公室", replace(OWN, agency="东明县人民政府办公室"), True),
        ("县人民政府办公室", replace(OWN, agency="东明县政府办公室"), True),
        ("县政府层面", REGION, False),
    ],
)
def test_scope_words_decide_whether_a_comparison_is_made(scope: str | None, identity: Identity, compared: bool) -> None:
    agreeing = checks_of(only(say("applications_received", 20, scope), identity), "prose_received")["statements-1"]
    assert agreeing.status == ("holds" if compared else "unknown")
    assert (agreeing.right is not None) == compared
    contradicting = only(say("applications_received", 25, scope), identity)
    assert status_of(contradicting, "prose_received", "statements-1") == ("fails" if compared else "unknown")


def test_where_the_total_is_blank_the_outcomes_are_added_with_and_without_those_pending() -> None:
    blank = sample(reviews={"reconsideration": (3, 1, 1, 1, None)})
    for value, words in ((6, "各结果相加"), (5, "已有结果相加")):
        report = replace(blank, statements=(say("reviews_reconsideration", value),))
        check = checks_of(report, "prose_reconsiderations")["statements-1"]
        assert (check.status, check.right) == ("explained", Decimal(value))
        assert words in (check.explanation or "")


def test_a_part_of_the_table_may_stand_behind_among_them() -> None:
    part = say("reviews_reconsideration_upheld", 3, "其中")
    assert statuses(only(part), "prose_reconsiderations") == {"statements-1": "holds"}


def test_a_smaller_figure_in_a_region_report_may_be_that_of_the_own_office() -> None:
    check = checks_of(only(say("applications_received", 7), REGION), "prose_received")["statements-1"]
    assert check.status == "unknown"
    assert "own office" in (check.explanation or "")
    assert status_of(only(say("applications_received", 7), TOWNSHIP), "prose_received", "statements-1") == "unknown"
    assert status_of(only(say("applications_received", 12)), "prose_received", "statements-1") == "fails"
    assert status_of(only(say("applications_received", 12), TOWNSHIP), "prose_received", "statements-1") == "fails"
    assert status_of(only(say("applications_received", 25), REGION), "prose_received", "statements-1") == "fails"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("受理政府信息公开申请16件", "fails"),
        ("通过网络收到政府信息公开申请16件", "unknown"),
        ("收到公民政府信息公开申请16件", "unknown"),
        ("上半年收到政府信息公开申请16件", "unknown"),
        ("开通以来收到政府信息公开申请16件", "unknown"),
    ],
)
def test_words_of_a_part_or_of_another_time_leave_a_difference_open(sentence: str, expected: str) -> None:
    said = say("applications_received", 16, sentence=sentence)
    assert status_of(only(said), "prose_received", "statements-1") == expected


def test_a_figure_far_from_the_table_may_have_another_scope() -> None:
    assert status_of(only(say("applications_received", 300)), "prose_received", "statements-1") == "unknown"


@pytest.mark.parametrize(("value", "expected"), [(19, "unknown"), (22, "fails"), (25, "fails")])
def test_only_what_is_below_every_reading_may_be_that_of_the_own_office(value: int, expected: str) -> None:
    """The table's readings are 20, 21 and 23."""
    said = say("applications_received", value)
    assert status_of(only(said, REGION), "prose_received", "statements-1") == expected


@pytest.mark.parametrize(("value", "expected"), [(110, "fails"), (57, "fails"), (45, "fails"), (300, "unknown")])
def test_a_figure_near_to_one_of_the_readings_is_not_far(value: int, expected: str) -> None:
    """With 80 brought forward the table's readings are 20 and 100, and 21 and 23."""
    table = {**APPLICATIONS, "brought_forward": (79, 1, 80)}
    said = say("applications_received", value)
    assert status_of(only(said, applications=table), "prose_received", "statements-1") == expected


@pytest.mark.parametrize(
    ("stated", "table", "expected"),
    [
        (20, 10, "unknown"),
        (19, 10, "fails"),
        (18, 9, "fails"),
        (10, 20, "unknown"),
        (39, 20, "fails"),
        (40, 20, "unknown"),
    ],
)
def test_far_is_twice_as_many_and_ten_more(stated: int, table: int, expected: str) -> None:
    carried = {**APPLICATIONS, "carried_forward": (table, 0, table)}
    said = only(say("applications_carried_forward", stated), applications=carried)
    assert status_of(said, "prose_carried_forward", "statements-1") == expected


@pytest.mark.parametrize(
    ("value", "sentence", "expected"),
    [
        (3, "无法提供3件", "fails"),
        (3, "因信息不存在无法提供3件", "unknown"),
        (3, "本机关不掌握无法提供3件", "unknown"),
        (5, "因信息不存在无法提供5件", "fails"),
    ],
)
def test_one_reason_may_be_less_than_its_outcome_but_not_more(value: int, sentence: str, expected: str) -> None:
    said = say("applications_unavailable", value, sentence=sentence)
    assert status_of(only(said), "prose_outcome", "statements-1") == expected


@pytest.mark.parametrize(
    ("sentence", "scope", "expected"),
    [("答复17件", None, "unknown"), ("答复17件", "其中", "fails"), ("办结17件", None, "fails")],
)
def test_answers_may_leave_out_the_results_listed_beside_them(sentence: str, scope: str | None, expected: str) -> None:
    answered = say("applications_closed", 17, sentence=sentence)
    beside = say("applications_not_processed", 1, scope, sentence="不予处理1件", at=10)
    report = sample(identity=OWN, statements=(answered, beside))
    assert status_of(report, "prose_closed", "statements-1") == expected


@pytest.mark.parametrize(
    ("whole", "sentence", "expected"),
    [
        (20, "其中局本级14件", "unknown"),
        (20, "局本级14件", "fails"),
        (12, "其中局本级14件", "fails"),
        (14, "其中局本级14件", "fails"),
    ],
)
def test_a_part_of_what_was_stated_before_is_not_held_against_the_table(
    whole: int, sentence: str, expected: str
) -> None:
    stated = say("applications_received", whole, "本局")
    part = say("applications_received", 14, "本级", sentence=sentence, at=10)
    report = sample(identity=OWN, statements=(stated, part))
    assert status_of(report, "prose_received", "statements-2") == expected


def test_answers_may_leave_out_what_was_not_processed() -> None:
    without = {**APPLICATIONS, "not_processed_repeat": (2, 1, 3), "closed": (19, 4, 23)}
    check = checks_of(only(say("applications_closed", 19), applications=without), "prose_closed")["statements-1"]
    assert (check.status, check.right) == ("explained", Decimal(19))
    assert "not processed" in (check.explanation or "")


@pytest.mark.parametrize(
    ("sentence", "title", "expected"),
    [
        ("因信息公开引起的行政复议8件", "一、总体情况", "fails"),
        ("办理行政复议8件", "一、总体情况", "unknown"),
        ("办理行政复议8件", "四、政府信息公开行政复议、行政诉讼情况", "fails"),
    ],
)
def test_reconsiderations_of_all_kinds_are_not_held_against_the_table(sentence: str, title: str, expected: str) -> None:
    report = only(say("reviews_reconsideration", 8, sentence=sentence), sections=(section("一", title),))
    assert status_of(report, "prose_reconsiderations", "statements-1") == expected


# Blanks ------------------------------------------------------------------------------------------------------------


def test_a_table_that_is_not_there_leaves_prose_unknown() -> None:
    report = only(say("applications_received", 20), applications={}, reviews={})
    assert checks_of(report, "prose_received")["statements-1"].right is None
    assert statuses(report, "prose_received") == {"statements-1": "unknown"}
    assert statuses(only(say("reviews_lawsuit", 1), reviews={}), "prose_lawsuits") == {"statements-1": "unknown"}


@pytest.mark.parametrize(("value", "expected"), [(4, "holds"), (7, "unknown"), (3, "fails")])
def test_a_blank_in_a_group_may_be_any_number(value: int, expected: str) -> None:
    blanked = {**APPLICATIONS, "withheld_internal": (0, 0, None)}
    report = only(say("applications_withheld", value), applications=blanked)
    # By applicants the group adds up to 4 as well, so that only the total column is open.
    assert status_of(report, "prose_outcome", "statements-1") == expected


@pytest.mark.parametrize(("upheld", "expected"), [(2, "holds"), (4, "unknown"), (1, "unknown")])
def test_a_blank_channel_may_hold_any_number(upheld: int, expected: str) -> None:
    blanked = {**REVIEWS, "lawsuit_after_reconsideration": (None,) * 5}
    report = only(say("reviews_lawsuit_upheld", upheld), reviews=blanked)
    assert status_of(report, "prose_lawsuits", "statements-1") == expected


def test_a_blank_total_leaves_the_prose_to_the_kinds_of_applicant() -> None:
    report = only(say("applications_received", 20), applications={**APPLICATIONS, "received": (18, 2, None)})
    assert statuses(report, "prose_received") == {"statements-1": "explained"}


def test_kinds_of_applicant_that_are_all_blank_leave_nothing_open() -> None:
    total = replace(row("carried_forward", None, None, 2), cells=(("total", 2),))
    report = replace(only(say("applications_carried_forward", 3)), applications=(total,))
    assert statuses(report, "prose_carried_forward") == {"statements-1": "fails"}


@pytest.mark.parametrize(("other", "expected"), [((1, 0, 1), "explained"), ((None, None, None), "fails")])
def test_what_is_left_out_of_a_reading_must_be_printed(other: tuple[int | None, ...], expected: str) -> None:
    """20 answers are the 21 results without the 1 of 3.6, other: not where the row 3.6 is blank."""
    table = {**APPLICATIONS, "other": (other[0], other[1], other[2]), "received": (9, 1, 9)}
    answered = only(say("applications_closed", 20), applications={**table, "not_processed_petition": (0, 0, 0)})
    assert status_of(answered, "prose_closed", "statements-1") == expected


@pytest.mark.parametrize(("pending", "expected"), [(0, "holds"), (None, "explained")])
def test_decided_reviews_are_told_only_where_those_pending_are_printed(pending: int | None, expected: str) -> None:
    table = {**REVIEWS, "reconsideration": (3, 1, 1, pending, 6)}
    said = say("reviews_reconsideration_closed", 6)
    assert status_of(only(said, reviews=table), "prose_reconsiderations", "statements-1") == expected


def test_decided_lawsuits_are_told_only_where_those_pending_are_printed_in_both_channels() -> None:
    """6 lawsuits less the 1 pending after reconsideration are 5, but who knows how many more are pending."""
    for pending, expected in ((0, "explained"), (None, "unknown")):
        table = {**REVIEWS, "lawsuit_direct": (2, 0, 1, pending, 4), "lawsuit_after_reconsideration": (0, 0, 0, 1, 2)}
        said = say("reviews_lawsuit", 5)
        assert status_of(only(said, reviews=table), "prose_lawsuits", "statements-1") == expected


def test_another_reading_on_inferred_cells_says_so_in_both_languages() -> None:
    inferred = replace(row("brought_forward", 2, 1, 3), placement="inferred")
    report = only(say("applications_received", 23))
    rows = tuple(inferred if one.item == "brought_forward" else one for one in report.applications)
    told = {}
    for name, changed in {"printed": report, "inferred": replace(report, applications=rows)}.items():
        check = checks_of(changed, "prose_received")["statements-1"]
        assert (check.status, check.on_inferred) == ("explained", name == "inferred")
        told[name] = [("推断" in line, "inferred" in line) for line in (check.explanation or "").split("\n")]
    assert told == {"printed": [(False, False)] * 2, "inferred": [(True, False), (False, True)]}


def test_a_sum_of_applicants_is_on_inferred_cells_where_one_of_its_rows_is() -> None:
    """23 are 20 and 3; the 3 of the inferred row were all natural persons."""
    inferred = replace(row("brought_forward", 3, None, None), cells=(("natural_person", 3),), placement="inferred")
    whole = row("received", 18, 2, None)
    report = replace(only(say("applications_received", 23)), applications=(whole, inferred))
    assert not checks_of(report, "prose_received")["statements-1"].on_inferred
    filled = replace(row("brought_forward", 3, 0, None), placement="inferred")
    report = replace(report, applications=(whole, filled))
    check = checks_of(report, "prose_received")["statements-1"]
    assert (check.status, check.on_inferred) == ("explained", True)


# Outcomes ----------------------------------------------------------------------------------------------------------


def listed(*values: int) -> tuple[Statement, ...]:
    """The six outcomes as one list."""
    kinds = ("granted", "partly_granted", "withheld", "unavailable", "not_processed", "other")
    return tuple(say(f"applications_{kind}", value) for kind, value in zip(kinds, values, strict=False))


def test_outcomes_far_beyond_the_table_are_unknown_and_say_so() -> None:
    report = sample(statements=listed(119, 16, 16, 63, 7, 4))
    (total,) = checks_of(report, "prose_outcomes").values()
    assert (total.status, total.left, total.right) == ("unknown", Decimal(225), Decimal(21))
    chinese, english = (total.explanation or "").split("\n")
    assert "225" in chinese and "相差悬殊" in chinese
    assert "225" in english and "another scope" in english
    assert set(statuses(report, "prose_outcome").values()) == {"unknown"}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((9, 2, 4, 4, 1, 1), "holds"),
        ((9, 2, 4, 4, 1, 3), "explained"),
        ((9, 2, 4, 4, 1, 5), "fails"),
        ((9, 2, 4), "unknown"),
        ((9, 1), "unknown"),
    ],
)
def test_outcomes_listed_add_up_to_the_table(values: tuple[int, ...], expected: str) -> None:
    assert statuses(sample(statements=listed(*values)), "prose_outcomes") == {"statements-1": expected}


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(listed(12, 0, 30), id="more than the table has"),
        pytest.param(listed(1, 0, 3, 0, 2, 0), id="every outcome, and far less than the table has"),
    ],
)
def test_a_list_far_from_the_table_leaves_each_of_its_outcomes_open(said: tuple[Statement, ...]) -> None:
    """Each for itself they fail: 12 for 9 granted, 3 for 4 withheld."""
    found = statuses(sample(statements=said), "prose_outcome")
    assert set(found.values()) <= {"unknown", "holds"}
    for at, one in enumerate(said, 1):
        if one.value not in {0, 30}:
            assert found[f"statements-{at}"] == "unknown"
            assert status_of(only(one), "prose_outcome", "statements-1") == "fails"


def test_a_second_list_is_added_for_itself() -> None:
    report = sample(statements=(*listed(9, 2, 4, 4, 1, 1), *listed(9, 2, 4, 4, 1, 1)))
    assert statuses(report, "prose_outcomes") == {"statements-1": "holds", "statements-7": "holds"}


@pytest.mark.parametrize(
    ("scope", "expected"), [("全县", {"statements-3": "fails"}), (None, {"statements-1": "fails"})]
)
def test_outcomes_of_another_scope_begin_another_list(scope: str | None, expected: dict[str, str]) -> None:
    """The table has 21 results; of the second list alone 26 are stated."""
    first = (say("applications_granted", 2, scope), say("applications_partly_granted", 1, scope))
    second = (say("applications_withheld", 22), say("applications_unavailable", 4))
    assert statuses(sample(identity=OWN, statements=(*first, *second)), "prose_outcomes") == expected


def test_a_list_of_another_scope_is_not_added_against_the_table() -> None:
    others = tuple(replace(said, scope_text="全县") for said in listed(30, 5))
    assert statuses(sample(statements=others), "prose_outcomes") == {}


# Percentages -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "expected"),
    [("90", "holds"), ("90.0", "holds"), ("90.00", "holds"), ("91", "fails"), ("90.1", "fails")],
)
def test_a_share_is_recomputed_from_the_prose(share: str, expected: str) -> None:
    said = (
        say("applications_closed", 20),
        say("applications_granted", 18),
        say("applications_granted_share", share, unit="%"),
    )
    assert statuses(sample(statements=said), "prose_share") == {"statements-3": expected}


@pytest.mark.parametrize(
    ("whole", "part", "share", "expected"),
    [
        (16, 1, "6.2", "holds"),
        (16, 1, "6.3", "holds"),
        (16, 1, "6.1", "fails"),
        (16, 1, "6.4", "fails"),
        (8, 1, "12", "holds"),
        (8, 1, "13", "holds"),
        (8, 1, "12.5", "holds"),
        (1000, 126, "13", "holds"),
        (1000, 126, "12", "explained"),
        (1000, 124, "13", "fails"),
        (1000, 130, "12", "fails"),
        (1000, 129, "12", "explained"),
        (1000, 6, "0", "explained"),
        (1000, 10, "0", "fails"),
    ],
)
def test_a_rate_agrees_to_half_a_unit_of_its_last_place(whole: int, part: int, share: str, expected: str) -> None:
    said = (
        say("applications_closed", whole),
        say("applications_granted", part),
        say("applications_granted_share", share, unit="%"),
    )
    assert statuses(sample(statements=said), "prose_share") == {"statements-3": expected}


def test_a_share_that_was_cut_is_explained() -> None:
    said = (say("reviews_reconsideration", 3), say("reviews_reconsideration_upheld", 2))
    rounded = (*said, say("reviews_reconsideration_upheld_share", "66.7", unit="%"))
    cut = (*said, say("reviews_reconsideration_upheld_share", "66.6", unit="%"))
    assert statuses(sample(statements=rounded), "prose_share") == {"statements-3": "holds"}
    assert statuses(sample(statements=cut), "prose_share") == {"statements-3": "explained"}


@pytest.mark.parametrize(
    ("whole", "part", "expected"),
    [(None, "其中", "holds"), ("其中", None, "holds"), ("全县", "全县", "holds"), ("全县", None, "unknown")],
)
def test_a_share_is_of_figures_of_its_own_scope(whole: str | None, part: str | None, expected: str) -> None:
    said = (
        say("applications_closed", 40, whole),
        say("applications_granted", 18, part),
        say("applications_granted_share", "45", part, unit="%"),
    )
    assert statuses(sample(statements=said), "prose_share") == {"statements-3": expected}


def test_a_share_and_a_growth_are_of_what_was_stated_before_them() -> None:
    """占90%,另有3件…: the number that stands behind a share is not its part."""
    closed, behind = say("applications_closed", 20), say("applications_granted", 3, at=20)
    said = (closed, say("applications_granted", 18), say("applications_granted_share", "90", unit="%", at=10), behind)
    assert statuses(sample(statements=said), "prose_share") == {"statements-3": "holds"}
    grown = (
        say("applications_received", 30),
        say("applications_received_change", 10),
        say("applications_received_growth", "50", unit="%", at=10),
        say("applications_received", 40, at=20),
    )
    assert statuses(sample(statements=grown), "prose_growth") == {"statements-3": "holds"}


def test_a_share_of_something_unstated_is_unknown() -> None:
    alone = (say("applications_granted_share", "10", unit="%"),)
    assert statuses(sample(statements=alone), "prose_share") == {"statements-1": "unknown"}


@pytest.mark.parametrize(("scope", "expected"), [(None, "explained"), ("全县", "unknown")])
def test_a_share_of_another_scope_is_not_recomputed_from_the_table(scope: str | None, expected: str) -> None:
    """9 of the table's 21 results are 42.9 %."""
    said = (
        say("applications_granted", 9, scope),
        say("applications_granted_share", "42.9", scope, unit="%"),
    )
    assert statuses(sample(identity=OWN, statements=said), "prose_share") == {"statements-2": expected}


def test_a_share_may_be_of_all_on_hand() -> None:
    said = (say("applications_received", 40), say("applications_brought_forward", 10), say("applications_granted", 10))
    report = sample(statements=(*said, say("applications_granted_share", "20", unit="%")))
    (check,) = checks_of(report, "prose_share").values()
    assert (check.subject, check.status) == ("statements-4", "explained")
    chinese, english = (check.explanation or "").split("\n")
    assert "20%" in chinese and re.search("[a-z]", chinese) is None
    assert "20%" in english and "received and brought forward" in english


@pytest.mark.parametrize("kind", ["applications_received", "applications_brought_forward"])
def test_one_of_two_parts_of_what_was_on_hand_is_no_base(kind: str) -> None:
    said = (say(kind, 10), say("applications_granted", 5), say("applications_granted_share", "40", unit="%"))
    found = checks_of(sample(applications={}, statements=said), "prose_share")["statements-3"]
    assert "brought forward" not in (found.explanation or "")
    if kind == "applications_brought_forward":
        half = (*said[:2], say("applications_granted_share", "50", unit="%"))
        assert statuses(sample(applications={}, statements=half), "prose_share") == {"statements-3": "unknown"}


@pytest.mark.parametrize(("brought_forward", "granted", "share"), [(10, 5, 50), (1, 1, 100)])
def test_none_received_leaves_a_share_of_what_was_brought_forward(
    brought_forward: int, granted: int, share: int
) -> None:
    said = (
        say("applications_received", 0),
        say("applications_brought_forward", brought_forward),
        say("applications_granted", granted),
        say("applications_granted_share", share, unit="%"),
    )
    found = checks_of(sample(statements=said), "prose_share")
    assert [(check.status, check.left) for check in found.values()] == [("holds", Decimal(share))]


def test_a_share_may_be_of_the_outcomes_that_the_prose_lists() -> None:
    said = (
        say("applications_received", 40),
        say("applications_granted", 10),
        say("applications_withheld", 10),
        say("applications_granted_share", "50", unit="%"),
    )
    (check,) = checks_of(sample(statements=said), "prose_share").values()
    assert (check.status, check.left) == ("explained", Decimal(50))
    assert "outcomes listed" in (check.explanation or "")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("信息公开案件7件", "fails"),
        ("信息公开案件7件,驳回2件", "fails"),
        ("信息公开案件一审7件", "unknown"),
    ],
)
def test_a_result_named_beside_all_cases_leaves_them_all_cases(sentence: str, expected: str) -> None:
    """Of the cases of one instance the table may count more; a part beside the whole takes nothing from it."""
    report = sample(statements=(say("reviews_lawsuit", 7, sentence=sentence),))
    assert statuses(report, "prose_lawsuits") == {"statements-1": expected}


def test_a_list_that_may_leave_out_some_refutes_no_share() -> None:
    said = (
        say("applications_received", 40, "全县"),
        say("applications_granted", 10),
        say("applications_withheld", 5),
        say("applications_granted_share", "25", unit="%"),
    )
    assert statuses(sample(statements=said), "prose_share") == {"statements-4": "unknown"}


def test_a_share_far_behind_its_number_is_not_held_against_it() -> None:
    said = (
        say("applications_closed", 20),
        say("applications_granted", 18),
        say("applications_granted_share", "50", unit="%", at=900),
    )
    assert statuses(sample(statements=said), "prose_share") == {"statements-3": "unknown"}


@pytest.mark.parametrize(
    ("number", "change", "growth", "expected"),
    [
        (120, 20, "20", "holds"),
        (120, 20, "16.7", "fails"),
        (80, -20, "-20", "holds"),
        (80, -20, "-25", "fails"),
        (20, -4, "-16.6", "explained"),
        (20, -4, "-16.7", "holds"),
        (20, 20, "100", "unknown"),
        (3, 2, "200", "holds"),
        (1, 0, "0", "holds"),
        (0, -5, "-100", "holds"),
    ],
)
def test_growth_is_the_change_over_last_years_number(number: int, change: int, growth: str, expected: str) -> None:
    said = (
        say("applications_received", number),
        say("applications_received_change", change),
        say("applications_received_growth", growth, unit="%"),
    )
    assert statuses(sample(statements=said), "prose_growth") == {"statements-3": expected}


@pytest.mark.parametrize(
    ("number", "change", "growth", "expected"),
    [(0, 100, 205, "holds"), (0, 100, 206, "unknown"), (100, 0, 205, "holds"), (100, 0, 206, "unknown")],
)
def test_growth_belongs_to_figures_at_most_200_characters_before_it(
    number: int, change: int, growth: int, expected: str
) -> None:
    """Each figure is five characters long; given is where it begins."""
    said = (
        say("applications_received", 120, at=number),
        say("applications_received_change", 20, at=change),
        say("applications_received_growth", "20", unit="%", at=growth),
    )
    assert statuses(sample(statements=said), "prose_growth") == {"statements-3": expected}


@pytest.mark.parametrize(("between", "expected"), [(0, "holds"), (1, "holds"), (2, "unknown")])
def test_at_most_one_figure_stands_between_a_growth_and_its_change(between: int, expected: str) -> None:
    others = (say("applications_brought_forward", 3), say("applications_carried_forward", 2))[:between]
    said = (
        say("applications_received", 120),
        say("applications_received_change", 20),
        *others,
        say("applications_received_growth", "20", unit="%"),
    )
    assert statuses(sample(statements=said), "prose_growth") == {f"statements-{3 + between}": expected}


def test_growth_belongs_to_the_nearest_change_and_the_last_number() -> None:
    said = (
        say("applications_received", 50),
        say("applications_received_change", 40),
        say("applications_received", 120),
        say("applications_received_change", 20),
        say("applications_received_growth", "20", unit="%"),
    )
    assert statuses(sample(statements=said), "prose_growth") == {"statements-5": "holds"}


def test_of_two_changes_beside_a_growth_the_nearer_is_its_own() -> None:
    said = (
        say("applications_received", 120),
        say("applications_received_change", 40),
        say("applications_received_change", 20),
        say("applications_received_growth", "20", unit="%"),
    )
    assert statuses(sample(statements=said), "prose_growth") == {"statements-4": "holds"}


@pytest.mark.parametrize(("scope", "expected"), [(None, "holds"), ("其中", "holds"), ("省本级", "unknown")])
def test_a_change_of_another_scope_is_none_of_a_growth(scope: str | None, expected: str) -> None:
    said = (
        say("applications_received", 120),
        say("applications_received_change", 20, scope),
        say("applications_received_growth", "20", unit="%"),
    )
    assert statuses(sample(statements=said), "prose_growth") == {"statements-3": expected}


def test_growth_without_the_change_is_unknown() -> None:
    said = (say("applications_received", 20), say("applications_received_growth", 25, unit="%"))
    assert statuses(sample(statements=said), "prose_growth") == {"statements-2": "unknown"}


def test_a_completion_rate_of_new_requests_is_explained() -> None:
    rate = say("applications_completion_rate", "105", unit="%")
    assert statuses(only(rate), "prose_completion_rate") == {"statements-1": "explained"}


@pytest.mark.parametrize(
    ("received", "brought", "closed", "rate", "expected"),
    [
        (1, 1, 1, "50", "holds"),
        (1, 1, 1, "100", "explained"),
        (0, 2, 2, "100", "holds"),
        (0, 1, 1, "100", "holds"),
        (1, 0, 1, "100", "holds"),
        (0, 0, 0, "100", "unknown"),
        (1, None, 1, "100", "holds"),
        (None, 1, 1, "100", "unknown"),
        (1, 1, None, "100", "unknown"),
    ],
)
def test_a_completion_rate_is_of_all_on_hand_or_of_what_came_in(
    received: int | None, brought: int | None, closed: int | None, rate: str, expected: str
) -> None:
    totals = {"received": received, "brought_forward": brought, "closed": closed}
    table = {**APPLICATIONS, **{item: (0, 0, total) for item, total in totals.items()}}
    report = only(say("applications_completion_rate", rate, unit="%"), applications=table)
    assert statuses(report, "prose_completion_rate") == {"statements-1": expected}


def test_fees_of_different_units_are_not_compared() -> None:
    said = (say("information_fee_billed", 1, unit="万元"), say("information_fee", 300, unit="元"))
    assert statuses(sample(statements=said), "fee_collected") == {}


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        (("信息公开案件维持2件",), "fails"),
        (("信息公开案件驳回2件",), "unknown"),
        (("信息公开案件驳回2件", "信息公开案件维持1件"), "unknown"),
        (("信息公开案件一审维持2件",), "unknown"),
    ],
)
def test_one_kind_of_decision_may_be_a_part_of_the_outcome(sentences: tuple[str, ...], expected: str) -> None:
    stated = tuple(
        say("reviews_reconsideration_upheld", 2 - at, sentence=words, at=10 * at) for at, words in enumerate(sentences)
    )
    found = statuses(sample(statements=stated), "prose_reconsiderations")
    assert found == {f"statements-{at}": expected for at in range(1, len(sentences) + 1)}


def test_a_number_of_one_instance_is_not_that_of_all_lawsuits() -> None:
    first = say("reviews_lawsuit", 5 + 4, sentence="信息公开诉讼案件9件，一审")
    assert statuses(only(first), "prose_lawsuits") == {"statements-1": "unknown"}


def test_granted_and_partly_granted_together_are_not_added_to_either() -> None:
    stated = (say("applications_disclosed", 11), say("applications_partly_granted", 2), say("applications_withheld", 4))
    found = statuses(sample(statements=stated), "prose_outcomes")
    assert "fails" not in found.values()
    assert found == {"statements-2": "unknown"}


@pytest.mark.parametrize("separate", ["applications_granted", "applications_partly_granted"])
def test_a_share_of_the_outcomes_listed_counts_none_of_them_twice(separate: str) -> None:
    """11 granted or partly granted, of them 6 of one kind: with the 10 withheld the list has 16, not 27."""
    said = (
        say("applications_disclosed", 11),
        say(separate, 6),
        say("applications_withheld", 10),
        say("applications_withheld_share", "62.5", unit="%"),
    )
    (check,) = checks_of(sample(applications={}, statements=said), "prose_share").values()
    assert (check.status, check.left) == ("holds", Decimal("62.500"))


@pytest.mark.parametrize(("scope", "expected"), [(None, "explained"), ("全县", "fails")])
def test_outcomes_of_another_scope_are_not_in_the_list_that_a_share_is_of(scope: str | None, expected: str) -> None:
    """10 are half of the 20 listed; of the 40 received they are a quarter."""
    said = (
        say("applications_received", 40),
        say("applications_granted", 10),
        say("applications_withheld", 10, scope),
        say("applications_granted_share", "50", unit="%"),
    )
    assert statuses(sample(applications={}, statements=said), "prose_share") == {"statements-4": expected}


def test_an_outcome_is_no_share_of_itself_alone() -> None:
    granted = (say("applications_received", 40), say("applications_granted", 10))
    report = sample(applications={}, statements=(*granted, say("applications_granted_share", "100", unit="%")))
    assert statuses(report, "prose_share") == {"statements-3": "fails"}


def test_what_is_left_open_is_on_inferred_cells_where_one_of_its_readings_is() -> None:
    inferred = replace(row("brought_forward", None, None, 3), placement="inferred")
    blank = replace(row("received", None, None, None), cells=())
    report = replace(only(say("applications_received", 22)), applications=(blank, inferred))
    (check,) = checks_of(report, "prose_received").values()
    assert (check.status, check.on_inferred) == ("unknown", True)


@pytest.mark.parametrize(
    ("at", "title", "expected"),
    [
        (2, "四、政府信息公开行政复议、行政诉讼情况", "fails"),
        (3, "四、政府信息公开行政复议、行政诉讼情况", "unknown"),
        (7, "四、政府信息公开行政复议、行政诉讼情况", "unknown"),
        (2, None, "unknown"),
    ],
)
def test_reconsiderations_are_on_disclosure_where_their_own_section_says_so(
    at: int, title: str | None, expected: str
) -> None:
    """The words are characters 2 to 7 of the text; ``at``: where the section of this title begins."""
    sections = (section(None, None), replace(section("四", title), text_start=at))
    said = say("reviews_reconsideration", 8, sentence="办理行政复议8件", at=2)
    (check,) = checks_of(only(said, sections=sections), "prose_reconsiderations").values()
    assert check.status == expected
    assert ("未说明是否仅指政府信息公开案件" in (check.explanation or "")) == (expected == "unknown")


@pytest.mark.parametrize(("scope", "zh", "en"), [("全县", "（限定语：全县）", "(its words: 全县)"), (None, "", "")])
def test_what_is_not_compared_names_the_words_that_limit_it_where_there_are_some(
    scope: str | None, zh: str, en: str
) -> None:
    check = checks_of(only(say("applications_received", 300, scope)), "prose_received")["statements-1"]
    chinese, english = (check.explanation or "").split("\n")
    assert f"300{zh}未与表格比对" in chinese
    assert f"300{' ' + en if en else ''} cannot be compared" in english


def test_nothing_answered_is_not_read_out_of_rows_that_are_not_there() -> None:
    """Without the row of all results there is nothing to take the 0 of 3.6 from."""
    report = only(say("applications_closed", 0), applications={"other": (0, 0, 0), "not_processed_repeat": (0, 0, 0)})
    assert statuses(report, "prose_closed") == {"statements-1": "unknown"}


@pytest.mark.parametrize(("share", "expected"), [("33.3333333333", "holds"), ("33.33333333333", "unknown")])
def test_a_rate_of_more_than_twelve_digits_is_not_compared(share: str, expected: str) -> None:
    said = (say("applications_closed", 3), say("applications_granted", 1))
    report = sample(statements=(*said, say("applications_granted_share", share, unit="%")))
    assert statuses(report, "prose_share") == {"statements-3": expected}


@pytest.mark.parametrize("outcome", forms.OUTCOMES, ids=lambda outcome: str(outcome.code))
def test_an_outcome_that_fails_is_held_against_its_own_rows_by_their_name(outcome: forms.Channel) -> None:
    report = sample(statements=(say(f"applications_{outcome.code}", 6),))
    chinese, english = (checks_of(report, "prose_outcome")["statements-1"].explanation or "").split("\n")
    assert outcome.label_zh in chinese
    assert outcome.label_en.lower() in english


def test_a_kind_of_applicant_that_is_blank_throughout_leaves_nothing_open() -> None:
    """18 and 2 are 20, where five columns and the total are blank."""
    received = replace(row("received", None, None, None), cells=(("natural_person", 18), ("business", 2)))
    report = replace(only(say("applications_received", 20)), applications=(received,))
    assert statuses(report, "prose_received") == {"statements-1": "explained"}


@pytest.mark.parametrize(("granted", "applications", "expected"), [(0, APPLICATIONS, "holds"), (0, {}, "unknown")])
def test_nothing_on_hand_is_no_base(
    granted: int, applications: dict[str, tuple[int | None, int | None, int | None]], expected: str
) -> None:
    said = (
        say("applications_received", 0),
        say("applications_brought_forward", 0),
        say("applications_granted", granted),
        say("applications_granted_share", 0, unit="%"),
    )
    assert statuses(sample(applications=applications, statements=said), "prose_share") == {"statements-4": expected}


@pytest.mark.parametrize("share", ["50", "9.5"])
def test_a_share_of_reconsiderations_is_none_of_the_lawsuits_beside_them_or_of_the_requests(share: str) -> None:
    """2 are half of the 4 lawsuits, and 9.5 % of the table's 21 results."""
    said = (
        say("reviews_lawsuit", 4),
        say("reviews_reconsideration_upheld", 2),
        say("reviews_reconsideration_upheld_share", share, unit="%"),
    )
    assert statuses(sample(statements=said), "prose_share") == {"statements-3": "unknown"}


def test_what_is_stated_later_is_not_what_a_part_was_taken_of() -> None:
    part = say("applications_received", 14, "本级", sentence="其中局本级14件")
    whole = say("applications_received", 20, "本局", at=10)
    report = sample(identity=OWN, statements=(part, whole))
    assert status_of(report, "prose_received", "statements-1") == "fails"


RESULT = say("applications_not_processed", 1, sentence="不予处理1件", at=10)


@pytest.mark.parametrize(
    ("kind", "rule", "others"),
    [
        ("applications_closed", "prose_closed", ()),
        ("applications_closed", "prose_closed", (say("applications_carried_forward", 2), RESULT)),
        ("applications_received", "prose_received", (RESULT,)),
    ],
)
def test_only_answers_with_results_right_behind_them_may_leave_those_out(
    kind: str, rule: str, others: tuple[Statement, ...]
) -> None:
    """17 answers stand alone, or with another figure between; 17 received are no answers."""
    report = sample(statements=(say(kind, 17, sentence="答复17件"), *others))
    assert status_of(report, rule, "statements-1") == "fails"


@pytest.mark.parametrize("item", ["closed", "other"])
def test_a_difference_is_on_inferred_cells_where_either_of_its_rows_is(item: str) -> None:
    """20 answers are the 21 results less the 1 of 3.6."""
    report = only(say("applications_closed", 20), applications={**APPLICATIONS, "received": (9, 1, 10)})
    rows = tuple(
        replace(each, placement="inferred" if each.item == item else "printed") for each in report.applications
    )
    check = checks_of(replace(report, applications=rows), "prose_closed")["statements-1"]
    assert (check.status, check.right, check.on_inferred) == ("explained", Decimal(20), True)


@pytest.mark.parametrize(("petition", "expected"), [((0, 0, 0), "explained"), ((None, None, None), "fails")])
def test_what_is_left_out_must_be_printed_in_each_of_its_rows(petition: tuple[int | None, ...], expected: str) -> None:
    """20 are the 23 results less the 3 not processed, unless petitions, which are of those too, are blank."""
    table = {
        **APPLICATIONS,
        "received": (9, 1, 10),
        "not_processed_repeat": (2, 1, 3),
        "not_processed_petition": (petition[0], petition[1], petition[2]),
        "closed": (19, 4, 23),
    }
    report = only(say("applications_closed", 20), applications=table)
    assert statuses(report, "prose_closed") == {"statements-1": expected}


def test_a_completion_rate_of_another_scope_is_not_recomputed() -> None:
    for scope, expected in ((None, "holds"), ("全县", "unknown")):
        report = only(say("applications_completion_rate", "91.3", scope, unit="%"))
        assert statuses(report, "prose_completion_rate") == {"statements-1": expected}


def test_outcomes_are_not_far_from_a_total_that_is_blank() -> None:
    report = only(say("applications_granted", 12), applications={**APPLICATIONS, "closed": (None, None, None)})
    assert statuses(report, "prose_outcome") == {"statements-1": "fails"}


def test_a_list_is_held_against_no_total_that_is_not_there() -> None:
    for figures in ((2, 1), (20, 10)):
        (check,) = checks_of(sample(applications={}, statements=listed(*figures)), "prose_outcomes").values()
        assert (check.status, check.right, check.explanation) == ("unknown", None, None)


def test_reconsiderations_of_a_report_without_sections_may_be_of_all_kinds() -> None:
    report = only(say("reviews_reconsideration", 8, sentence="办理行政复议8件"), sections=())
    assert statuses(report, "prose_reconsiderations") == {"statements-1": "unknown"}


def test_a_number_that_is_not_whole_is_none_of_the_table() -> None:
    check = checks_of(only(say("applications_received", "20.5")), "prose_received")["statements-1"]
    assert (check.status, check.left, check.right) == ("unknown", Decimal("20.5"), None)


@pytest.mark.parametrize(("collected", "expected"), [(500, "holds"), (501, "unknown")])
def test_fees_collected_are_at_most_those_billed(collected: int, expected: str) -> None:
    said = (say("information_fee_billed", 500, unit="元"), say("information_fee", collected, unit="元"))
    assert statuses(sample(statements=said), "fee_collected") == {"statements-2": expected}


def test_what_fails_is_on_inferred_cells_where_one_of_its_readings_is() -> None:
    """22 are neither the 20 received nor the 23 on hand, of which 3 were inferred."""
    report = only(say("applications_received", 22))
    rows = tuple(
        replace(each, placement="inferred") if each.item == "brought_forward" else each for each in report.applications
    )
    check = checks_of(replace(report, applications=rows), "prose_received")["statements-1"]
    assert (check.status, check.on_inferred) == ("fails", True)


def test_outcomes_added_are_on_inferred_cells_where_one_column_is() -> None:
    """The inferred row has no cases corrected and no total; with the other one 6 are added."""
    table = {**REVIEWS, "lawsuit_direct": (2, None, 1, 1, None)}
    report = only(say("reviews_lawsuit", 6), reviews=table)
    rows = tuple(
        replace(each, placement="inferred") if each.channel == "lawsuit_direct" else each for each in report.reviews
    )
    check = checks_of(replace(report, reviews=rows), "prose_lawsuits")["statements-1"]
    assert (check.status, check.right, check.on_inferred) == ("explained", Decimal(6), True)


def test_no_reconsiderations_are_a_share_of_nothing() -> None:
    said = (
        say("reviews_reconsideration_upheld", 0),
        say("reviews_reconsideration_upheld_share", 0, unit="%"),
    )
    assert statuses(sample(statements=said), "prose_share") == {"statements-2": "unknown"}
