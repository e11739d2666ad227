"""Hotline figures against one another: cut rates, other bases, brackets that belong elsewhere, approximations."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from .rule_samples import checks_of, line, sample, statuses


def hotline_statuses(rule: str, **figures: Any) -> dict[str, str]:
    """Subject → status, for a report with one statement about a hotline; nothing in prose has an inferred column."""
    checks = checks_of(sample(hotline=(line(**figures),)), rule)
    assert not any(check.on_inferred or "推断" in (check.explanation or "") for check in checks.values())
    return {subject: check.status for subject, check in checks.items()}


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({"received": 100, "completed": 100}, "holds"),
        ({"received": 100, "completed": 101}, "fails"),
        ({"received": 100, "completed": 101, "sentence": "含上年结转事项"}, "explained"),
        ({"received": 100, "completed": 99, "sentence": "含上年结转事项"}, "holds"),
        ({"received": 100, "completed": 99, "sentence": "接待来访100批次，办结99件"}, "holds"),
        ({"received": 100, "sentence": "含上年结转事项"}, "unknown"),
        ({"received": 100, "completed": 101, "approximate": True}, "unknown"),
        ({"received": 100, "completed": 99, "approximate": True}, "unknown"),
        ({"received": 100}, "unknown"),
        ({"completed": 100}, "unknown"),
    ],
)
def test_completed_is_within_received(figures: dict[str, Any], expected: str) -> None:
    assert hotline_statuses("hotline_completed", **figures) == {"hotline-1-completed": expected}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("接待来访90批次，办结95件", "unknown"),
        ("接待来访90批次，办结95人次", "fails"),
        ("受理90件，办结95件", "fails"),
        ("受理90条，办结95件", "fails"),
    ],
)
def test_calls_and_cases_are_no_parts_of_each_other(sentence: str, expected: str) -> None:
    figures: dict[str, Any] = {"received": 90, "completed": 95, "completion_rate": "99", "sentence": sentence}
    assert hotline_statuses("hotline_completed", **figures) == {"hotline-1-completed": expected}
    assert hotline_statuses("hotline_rate", **figures) == {"hotline-1-completion_rate": expected}


def test_no_counts_give_no_row() -> None:
    assert hotline_statuses("hotline_completed", satisfaction_rate="99") == {}


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        ("99.885", "holds"),
        ("99.88", "holds"),
        ("99.884", "explained"),
        ("99.89", "fails"),
        ("99.9", "holds"),
        ("99.8", "explained"),
        ("99", "explained"),
        ("100", "holds"),
        ("99.7", "fails"),
        ("99.90", "fails"),
        ("100.0", "fails"),
    ],
)
def test_a_rate_agrees_to_half_a_unit_of_its_last_place_or_was_cut(rate: str, expected: str) -> None:
    # 19080 ÷ 19102 = 99.88483…
    found = hotline_statuses("hotline_rate", received=19102, completed=19080, completion_rate=rate)
    assert found == {"hotline-1-completion_rate": expected}


def test_a_cut_rate_shows_both_figures() -> None:
    report = sample(hotline=(line(received=19102, completed=19080, completion_rate="99.8"),))
    check = checks_of(report, "hotline_rate")["hotline-1-completion_rate"]
    assert (check.left, check.right) == (Decimal("99.885"), Decimal("99.8"))
    assert "99.9%" in (check.explanation or "")
    assert "办结数 ÷ 受理数" in (check.explanation or "")
    assert "completed ÷ received" in (check.explanation or "")


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({"received": 100, "completed": 90, "transferred": 95, "completion_rate": "94.7"}, "explained"),
        ({"received": 100, "completed": 60, "answered_directly": 38, "completion_rate": "98"}, "explained"),
        ({"received": 100, "completed": 90, "pending": 5, "completion_rate": "94.7"}, "explained"),
        ({"transferred": 100, "completed": 90, "completion_rate": "90"}, "holds"),
        ({"transferred": 100, "completed": 90, "completion_rate": "95"}, "unknown"),
        ({"received": 100, "completion_rate": "95"}, "unknown"),
        ({"received": 100, "completed": 90, "completion_rate": "95", "approximate": True}, "unknown"),
        ({"received": 0, "completed": 0, "completion_rate": "100"}, "unknown"),
    ],
)
def test_a_completion_rate_by_another_base_is_explained(figures: dict[str, Any], expected: str) -> None:
    assert hotline_statuses("hotline_rate", **figures) == {"hotline-1-completion_rate": expected}


def test_no_column_of_prose_is_inferred() -> None:
    rough = sample(hotline=(line(received=100, completed=90, completion_rate="95", approximate=True),))
    (check,) = checks_of(rough, "hotline_rate").values()
    assert (check.status, check.on_inferred) == ("unknown", False)


def test_every_rate_beside_rough_counts_is_unknown() -> None:
    rates = {"completion_rate": "95", "reply_rate": "97"}
    assert hotline_statuses("hotline_rate", received=100, completed=90, approximate=True, **rates) == {
        "hotline-1-completion_rate": "unknown",
        "hotline-1-reply_rate": "unknown",
    }


@pytest.mark.parametrize(
    ("figures", "subject", "expected"),
    [
        ({"transferred": 200, "completed": 200, "reply_rate": "100"}, "reply_rate", "holds"),
        ({"transferred": 200, "completed": 190, "reply_rate": "100"}, "reply_rate", "unknown"),
        ({"received": 200, "answered_directly": 150, "direct_rate": "75"}, "direct_rate", "holds"),
        ({"received": 200, "answered_directly": 150, "direct_rate": "80"}, "direct_rate", "unknown"),
    ],
)
def test_rates_with_an_open_base_never_fail(figures: dict[str, Any], subject: str, expected: str) -> None:
    assert hotline_statuses("hotline_rate", **figures) == {f"hotline-1-{subject}": expected}


BEHIND_COMPLETED = "受理1000件,办结980件(交办600件、直接答复400件)"
BEHIND_RECEIVED = "受理1000件(交办600件、直接答复400件),办结980件"


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({"received": 1000, "sentence": BEHIND_RECEIVED}, {"hotline-1-received": "holds"}),
        ({"completed": 1000}, {"hotline-1-completed": "holds"}),
        ({"received": 1000, "completed": 980, "sentence": BEHIND_RECEIVED}, {"hotline-1-received": "holds"}),
        ({"received": 1000, "completed": 980, "sentence": BEHIND_COMPLETED}, {"hotline-1-completed": "explained"}),
        (
            {"received": 1000, "completed": 980, "sentence": BEHIND_COMPLETED.replace("(", "(").replace(")", ")")},
            {"hotline-1-completed": "explained"},
        ),
        (
            {"received": 1000, "completed": 980, "sentence": "受理1000件,办结980件(交办600件、退回20件)"},
            {"hotline-1-received": "holds"},
        ),
        (
            {"received": 1000, "completed": 1000, "sentence": BEHIND_COMPLETED.replace("980", "1000")},
            {"hotline-1-received": "holds"},
        ),
        ({"handled": 1000, "completed": 980, "sentence": BEHIND_COMPLETED}, {"hotline-1-handled": "holds"}),
        ({"received": 1100, "completed": 1000}, {"hotline-1-completed": "holds"}),
        ({"received": 1100, "completed": 1050}, {"hotline-1-breakdown": "unknown"}),
        ({"received": 1000, "approximate": True}, {"hotline-1-breakdown": "unknown"}),
    ],
)
def test_a_breakdown_says_which_figure_it_adds_up_to(figures: dict[str, Any], expected: dict[str, str]) -> None:
    assert hotline_statuses("hotline_breakdown", transferred=600, answered_directly=400, **figures) == expected


def test_a_bracket_of_the_other_figure_shows_both_sums() -> None:
    figures = line(received=1000, completed=980, transferred=600, answered_directly=400, sentence=BEHIND_COMPLETED)
    check = checks_of(sample(hotline=(figures,)), "hotline_breakdown")["hotline-1-completed"]
    assert (check.left, check.right, check.on_inferred) == (Decimal(1000), Decimal(980), False)
    chinese, english = (check.explanation or "").split("\n")
    assert all("1000" in text and "980" in text for text in (chinese, english))


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ((("咨询", 70, None), ("求助", 30, None)), {"hotline-1-received": "holds"}),
        ((("咨询", 60, None), ("求助", 30, None)), {"hotline-1-completed": "holds"}),
        ((("咨询", 60, None), ("求助", 20, None)), {"hotline-1-breakdown": "unknown"}),
        ((("咨询", 60, None),), {}),
    ],
)
def test_kinds_of_case_add_up_to_received_or_completed(kinds: Any, expected: dict[str, str]) -> None:
    assert hotline_statuses("hotline_kinds", received=100, completed=90, breakdown=kinds) == expected


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ((("咨询", 70, 70), ("求助", 20, 20)), "holds"),
        ((("咨询", 70, 77.8), ("求助", 20, 22.2)), "holds"),
        ((("咨询", 70, 70), ("求助", 20, 25)), "unknown"),
    ],
)
def test_shares_of_kinds_have_one_base(kinds: Any, expected: str) -> None:
    assert hotline_statuses("hotline_shares", received=100, breakdown=kinds) == {"hotline-1-breakdown": expected}


def test_shares_of_nothing_are_unknown() -> None:
    kinds: Any = (("咨询", 0, 0), ("求助", 0, 0))
    assert hotline_statuses("hotline_shares", breakdown=kinds) == {"hotline-1-breakdown": "unknown"}
    one: Any = (("咨询", 1, 100), ("求助", 0, 0))
    assert hotline_statuses("hotline_shares", breakdown=one) == {"hotline-1-breakdown": "holds"}


def test_a_share_is_told_of_the_first_kind_that_has_one() -> None:
    kinds: Any = (("咨询", 60, None), ("求助", 30, 30), ("投诉", 10, 10))
    check = checks_of(sample(hotline=(line(received=100, breakdown=kinds),)), "hotline_shares")["hotline-1-breakdown"]
    assert (check.status, check.left, check.right) == ("holds", Decimal(30), Decimal(30))
    assert hotline_statuses("hotline_shares", received=5, breakdown=(("咨询", 1, 20),)) == {
        "hotline-1-breakdown": "holds"
    }


def test_a_share_without_a_count_is_not_recomputed() -> None:
    kinds: Any = (("咨询", None, 70), ("求助", 30, 30))
    check = checks_of(sample(hotline=(line(received=100, breakdown=kinds),)), "hotline_shares")["hotline-1-breakdown"]
    assert (check.status, check.left, check.right) == ("holds", Decimal(30), Decimal(30))


def test_approximate_shares_are_unknown() -> None:
    kinds: Any = (("咨询", 70, 70), ("求助", 30, 30))
    found = hotline_statuses("hotline_shares", received=100, breakdown=kinds, approximate=True)
    assert found == {"hotline-1-breakdown": "unknown"}


def test_a_rate_by_a_sum_names_the_whole_sum() -> None:
    report = sample(hotline=(line(received=100, completed=60, answered_directly=38, completion_rate="98"),))
    check = checks_of(report, "hotline_rate")["hotline-1-completion_rate"]
    assert "(办结数 + 直接答复数) ÷ 受理数:98 ÷ 100 = 98%" in (check.explanation or "")
    assert "(completed + answered directly) ÷ received: 98 ÷ 100 = 98%" in (check.explanation or "")


SHARED: Any = (("咨询", 70, 70), ("求助", 30, 30))


@pytest.mark.parametrize(
    "rule", ["hotline_completed", "hotline_rate", "hotline_breakdown", "hotline_kinds", "hotline_shares"]
)
def test_a_statement_that_says_nothing_to_a_rule_hides_none_behind_it(rule: str) -> None:
    silent = line(satisfaction_rate="99")
    telling = line(
        received=100, completed=90, completion_rate="90", transferred=60, answered_directly=40, breakdown=SHARED
    )
    found = statuses(sample(hotline=(silent, telling)), rule)
    assert found and all(subject.startswith("hotline-2-") for subject in found)
    assert set(found.values()) == {"holds"}


def test_positions_are_those_of_the_table() -> None:
    report = sample(hotline=(line(received=2, completed=1), line(received=1, completed=2)))
    assert statuses(report, "hotline_completed") == {"hotline-1-completed": "holds", "hotline-2-completed": "fails"}
