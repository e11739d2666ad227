"""Every relation that figures of a report, or of one agency's reports, should hold: what holds, what does not.

A rule is one entry of ``registry.RULES`` and a small function; ``check_report`` asks every rule that looks at one
report, ``check_years`` every rule that compares an agency's reports of two consecutive years; ``check_pair`` looks at
two such reports.

A region's report is not compared with the sum of its parts: no report says of which organs it is made up, so that
nothing could tell a missing part from a contradiction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..report import Report
from .model import (
    ACROSS_YEARS,
    EXPLAINED,
    FAILS,
    HOLDS,
    UNKNOWN,
    Check,
    Finding,
    Side,
    facts_of,
    relation_status,
)
from .registry import RULES, Rule
from .years import consecutive_years

__all__ = [
    "ACROSS_YEARS",
    "EXPLAINED",
    "FAILS",
    "HOLDS",
    "RULES",
    "UNKNOWN",
    "YEAR_RULES",
    "Check",
    "Finding",
    "Rule",
    "Side",
    "check_pair",
    "check_report",
    "check_years",
    "consecutive_years",
    "relation_status",
]

_REPORT_CHECKS = tuple((rule.code, rule.check) for rule in RULES if rule.check is not None)
_YEAR_CHECKS = tuple((rule.code, rule.compare) for rule in RULES if rule.compare is not None)
YEAR_RULES = frozenset(rule.code for rule in RULES if rule.kind == ACROSS_YEARS)
"""Codes of the rules whose failures are shown and counted apart."""


def check_report(report: Report) -> Iterator[Check]:
    """Every relation within ``report`` that has a figure on either side."""
    facts = facts_of(report)
    for code, check in _REPORT_CHECKS:
        for finding in check(facts):
            yield _as_check(report, code, finding)


def check_years(reports: Sequence[Report]) -> Iterator[Check]:
    """Every relation between two consecutive years of one agency; a check belongs to the later report.

    ``reports`` are current ones, at most one an agency and year.
    """
    for earlier, later in consecutive_years(reports):
        yield from check_pair(earlier, later)


def check_pair(earlier: Report, later: Report) -> Iterator[Check]:
    """Every relation between two reports of one agency, a year apart."""
    before, after = facts_of(earlier), facts_of(later)
    for code, compare in _YEAR_CHECKS:
        for finding in compare(before, after):
            yield _as_check(later, code, finding)


def _as_check(report: Report, rule: str, finding: Finding) -> Check:
    subject, status, left, right, on_inferred, explanation = finding
    return Check(report.id, rule, subject, status, left, right, on_inferred, explanation)
