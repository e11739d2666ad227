"""Which figure stands on which side of a relation: the rule's sentence names the left one and the right one.

In the reports here the two differ, so that sides changed over are seen whatever the finding is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from build import forms
from build.report import DisclosureFigure, HotlineFigure, Report

from .rule_samples import APPLICATIONS, REVIEWS, TOWNSHIP, amount, checks_of, line, sample, say

NORMATIVE, PENALTY = "normative_document", "penalty"


def hotline(**figures: Any) -> Report:
    rows: tuple[HotlineFigure, ...] = (line(**figures),)
    return sample(hotline=rows)


def disclosed(item: str, money: DisclosureFigure | None = None, **counts: int) -> Report:
    return sample(disclosures={(item, measure): number for measure, number in counts.items()}, money=money)


def asked(**changed: tuple[int, int, int]) -> Mapping[str, tuple[int | None, int | None, int | None]]:
    return {**APPLICATIONS, **changed}


def listed(*figures: int) -> Report:
    """A report whose prose lists the outcomes, as many as there are figures."""
    said = zip(forms.OUTCOMES, figures, strict=False)
    return sample(statements=tuple(say(f"applications_{outcome.code}", number) for outcome, number in said))


KINDS = (("咨询", 60, None), ("求助", 30, None))
SHARES = (("咨询", 60, 66.67), ("求助", 30, 33.33))
SIDES: dict[str, tuple[str, str, Report, str | None, str | None]] = {
    "R1": ("R1", "applications-received-total", sample(asked(received=(18, 2, 25))), "28", "23"),
    "R2": ("R2", "applications-closed-total", sample(asked(closed=(19, 2, 26))), "21", "26"),
    "R3": ("R3", "applications-received-total", sample(asked(received=(18, 2, 25))), "20", "25"),
    "R4": (
        "R4", "reviews-lawsuit_direct-total", sample(reviews={**REVIEWS, "lawsuit_direct": (2, 0, 1, 1, 9)}), "4", "9",
    ),
    "unsound": (
        "count_unsound", "disclosures-licence-decisions", disclosed("licence", decisions=-3), "-3", None,
    ),
    "published": (
        "published_within_total", f"disclosures-{NORMATIVE}-public_total", disclosed(NORMATIVE, published=6,
        public_total=5), "6", "5",
    ),
    "published, holds": (
        "published_within_total", f"disclosures-{NORMATIVE}-public_total", disclosed(NORMATIVE, published=6,
        public_total=7), "6", "7",
    ),
    "made": (
        "made_not_public", f"disclosures-{NORMATIVE}-made", disclosed(NORMATIVE, made=21, published=18,
        public_total=20), "21", "20",
    ),
    "township": (
        "township_rules", "disclosures-government_rule-made",
        sample(identity=TOWNSHIP, disclosures={("government_rule", "made"): 2}), "2", "0",
    ),
    "money": (
        "unit_missing", "disclosures-procurement-amount", disclosed(NORMATIVE, amount("230", None)), "230", None,
    ),
    "prose": ("prose_received", "statements-1", sample(statements=(say("applications_received", 18),)), "18", "20"),
    "prose, explained": (
        "prose_received", "statements-1", sample(statements=(say("applications_received", 23),)), "23", "23",
    ),
    "outcomes": ("prose_outcomes", "statements-1", listed(9, 2, 4, 4, 1, 6), "26", "21"),
    "outcomes, with those carried forward": ("prose_outcomes", "statements-1", listed(9, 2, 4, 4, 1, 3), "23", "23"),
    "outcomes, a few": ("prose_outcomes", "statements-1", listed(9, 2), "11", "21"),
    "outcomes, far off": ("prose_outcomes", "statements-1", listed(9, 2, 4, 4, 1, 60), "80", "21"),
    "share": (
        "prose_share", "statements-3",
        sample(statements=(say("applications_closed", 21), say("applications_granted", 9),
                           say("applications_granted_share", "50", unit="%"))),
        "42.857", "50",
    ),
    "growth": (
        "prose_growth", "statements-3",
        sample(statements=(say("applications_received", 20), say("applications_received_change", 4),
                           say("applications_received_growth", "30", unit="%"))),
        "25.000", "30",
    ),
    "completion": (
        "prose_completion_rate", "statements-1",
        sample(statements=(say("applications_completion_rate", "80", unit="%"),)), "91.304", "80",
    ),
    "fee": (
        "fee_collected", "statements-2",
        sample(statements=(say("information_fee_billed", 500, unit="元"), say("information_fee", 300, unit="元"))),
        "300", "500",
    ),
    "completed, fails": ("hotline_completed", "hotline-1-completed", hotline(received=90, completed=95), "95", "90"),
    "completed, holds": ("hotline_completed", "hotline-1-completed", hotline(received=90, completed=85), "85", "90"),
    "completed, about": (
        "hotline_completed", "hotline-1-completed", hotline(received=90, completed=85, approximate=True), "85", "90",
    ),
    "rate": (
        "hotline_rate", "hotline-1-completion_rate", hotline(received=200, completed=150, completion_rate="80"),
        "75.000", "80",
    ),
    "rate, about": (
        "hotline_rate", "hotline-1-completion_rate",
        hotline(received=200, completed=150, completion_rate="80", approximate=True), None, "80",
    ),
    "ways": (
        "hotline_breakdown", "hotline-1-breakdown", hotline(received=90, transferred=50, answered_directly=30),
        "80", "90",
    ),
    "ways, about": (
        "hotline_breakdown", "hotline-1-breakdown",
        hotline(received=90, transferred=50, answered_directly=30, approximate=True), "80", None,
    ),
    "ways, in a bracket": (
        "hotline_breakdown", "hotline-1-completed",
        hotline(received=80, completed=70, transferred=50, answered_directly=30, sentence="办结70件(转50件,直接30件)"),
        "80", "70",
    ),
    "kinds": ("hotline_kinds", "hotline-1-breakdown", hotline(received=95, breakdown=KINDS), "90", "95"),
    "shares": ("hotline_shares", "hotline-1-breakdown", hotline(received=90, breakdown=SHARES), "66.667", "66.67"),
    "shares, unlike": ("hotline_shares", "hotline-1-breakdown", hotline(received=500, breakdown=(
        ("咨询", 60, 50), ("求助", 30, 20))), None, "50"),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "subject", "report", "left", "right"), SIDES.values(), ids=SIDES)
def test_each_side_holds_the_figure_that_the_rule_names_there(
    rule: str, subject: str, report: Report, left: str | None, right: str | None
) -> None:
    check = checks_of(report, rule)[subject]
    expected = tuple(None if side is None else Decimal(side) for side in (left, right))
    assert (check.left, check.right) == expected


@pytest.mark.parametrize("rule", ["R1", "R2", "R3", "R4"])
def test_a_failure_tells_the_left_side_first_as_the_rule_does(rule: str) -> None:
    code, subject, report, left, right = SIDES[rule]
    words = checks_of(report, code)[subject].explanation
    assert words is not None
    for language in words.split("\n"):
        numbers = re.findall(r"\d+", language.partition("：")[2] or language.partition(":")[2])
        assert numbers.index(str(left)) < numbers.index(str(right))
