"""What people download first: one row a report with headline figures and rates, and the six outcome groups.

A rate whose denominator is under 30, or that touches a figure which is blank, unplaced or does not add up, is None with
the reason beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from .. import forms
from ..checks import FAILS, HOLDS, YEAR_RULES, Check
from ..checks.hotline import counts_unlike_things
from ..join.authorities import residents
from ..join.corrections import Correction, correction_notes
from ..reading.sums import OutcomeSum, outcome_sums
from ..report import ApplicationRow, HotlineFigure, Report, ReviewRow

SMALLEST_DENOMINATOR = 30
PERCENT_PLACES = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A row of ``report_summary``, by column name."""

    columns: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate in percent with its numerator and denominator, or the reason why there is none."""

    percent: Decimal | None
    reason: str | None
    numerator: int | None
    denominator: int | None

    def columns(self, name: str) -> dict[str, Any]:
        """The columns of ``report_summary`` for the rate called ``name`` (disclosure → disclosure_rate …)."""
        return {
            f"{name}_rate": self.percent,
            f"{name}_rate_reason": self.reason,
            f"{name}_numerator": self.numerator,
            f"{name}_denominator": self.denominator,
        }


def summarise(
    report: Report,
    checks: Iterable[Check],
    corrections: Iterable[Correction] = (),
    sums: Iterable[OutcomeSum] | None = None,
) -> SummaryRow:
    """The row of ``report_summary`` of a current report. ``checks`` and ``corrections`` are the report's own.

    ``sums``: its outcome groups, where they have been added up already.
    """
    own = list(checks)
    statuses = {(check.rule, check.subject): check.status for check in own}
    rows = {row.item: row for row in report.applications}
    outcomes = {outcome.outcome: outcome.get("total") for outcome in (outcome_sums(report) if sums is None else sums)}
    identity = report.identity
    columns: dict[str, Any] = {
        "report": report.id,
        **{name: getattr(identity, name) for name in _OF_IDENTITY},
        "residents": residents(report),
        "form": report.form,
        "source_kind": identity.source_kind,
        "abridged": identity.abridged,
        **{item: rows[item].get("total") for item in ("received", "brought_forward") if item in rows},
        **outcomes,
        **{item: rows[item].get("total") for item in ("closed", "carried_forward") if item in rows},
        **_disclosure_rates(rows, outcomes, statuses),
        **_review_columns(report.reviews, statuses),
        **_hotline_received(report),
        **_failing(own),
        "corrections": correction_notes(corrections),
    }
    return SummaryRow(columns)


def _failing(checks: Iterable[Check]) -> dict[str, int]:
    """How many relations fail: on printed cells, on inferred ones, and, apart from both, across years."""
    failing = [check for check in checks if check.status == FAILS]
    within = [check for check in failing if check.rule not in YEAR_RULES]
    return {
        "failing_printed": sum(not check.on_inferred for check in within),
        "failing_inferred": sum(check.on_inferred for check in within),
        "failing_across_years": len(failing) - len(within),
    }


# Rates -------------------------------------------------------------------------------------------------------------

_OF_IDENTITY = (
    *("agency_id", "agency", "year", "province", "city", "county", "adcode", "level", "scope", "includes_lower"),
)

Statuses = Mapping[tuple[str, str], str]
"""(rule, subject) → status of a report's checks."""


def _rate(numerator: int | None, denominator: int | None, obstacle: str | None) -> Rate:
    if obstacle is not None:
        return Rate(None, obstacle, numerator, denominator)
    if numerator is None or denominator is None:
        return Rate(None, "blank_figure", numerator, denominator)
    if denominator < SMALLEST_DENOMINATOR:
        return Rate(None, "denominator_under_30", numerator, denominator)
    percent = (Decimal(numerator) * 100 / Decimal(denominator)).quantize(PERCENT_PLACES, ROUND_HALF_EVEN)
    return Rate(percent, None, numerator, denominator)


def _disclosure_rates(
    rows: Mapping[str, ApplicationRow], outcomes: Mapping[str, int | None], statuses: Statuses
) -> dict[str, Any]:
    """公开率, by all results closed; by full disclosure only; and, substantive, by what was granted or withheld."""
    granted, partly, withheld = (outcomes.get(code) for code in ("granted", "partly_granted", "withheld"))
    closed = rows["closed"].get("total") if "closed" in rows else None
    obstacle = _total_obstacle(rows, statuses)
    disclosed = _sum(granted, partly)
    return {
        **_rate(disclosed, closed, obstacle).columns("disclosure"),
        **_rate(granted, closed, obstacle).columns("full_disclosure"),
        **_rate(disclosed, _sum(disclosed, _withheld_without_blank(rows, withheld)), obstacle).columns(
            "substantive_disclosure"
        ),
    }


def _sum(*figures: int | None) -> int | None:
    known = [figure for figure in figures if figure is not None]
    return sum(known) if len(known) == len(figures) else None


_RATED_GROUPS = frozenset({"granted", "partly_granted", "withheld"})
_RATED_ITEMS = frozenset({"closed", *(item.code for item in forms.APPLICATION_ITEMS if item.group in _RATED_GROUPS)})
_WITHHELD_ITEMS = tuple(item.code for item in forms.APPLICATION_ITEMS if item.group == "withheld")


def _total_obstacle(rows: Mapping[str, ApplicationRow], statuses: Statuses) -> str | None:
    """Why the 总计 column of a table may not carry a rate: a relation it takes part in, or a row without columns."""
    if not rows:
        return "no_table"
    if statuses.get(("R2", "applications-closed-total")) != HOLDS:
        return "R2_does_not_hold"
    if statuses.get(("R1", "applications-received-total")) == FAILS:
        return "R1_fails"
    touched = [row for item, row in rows.items() if item in _RATED_ITEMS]
    if any(row.placement == "unplaced" for row in touched):
        return "unplaced_figure"
    if any(statuses.get(("R3", f"applications-{row.item}-total")) == FAILS for row in touched):
        return "R3_fails"
    return None


def _withheld_without_blank(rows: Mapping[str, ApplicationRow], withheld: int | None) -> int | None:
    """The sum of 不予公开, None if one of its rows is blank: a rate may not rest on a blank read as 0."""
    complete = all(item in rows and rows[item].get("total") is not None for item in _WITHHELD_ITEMS)
    return withheld if complete else None


def _review_columns(reviews: Sequence[ReviewRow], statuses: Statuses) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    rows = {row.channel: row for row in reviews}
    for channel, count_name, rate_name in (
        ("reconsideration", "reconsiderations", "reconsideration_correction"),
        ("lawsuit_direct", "lawsuits_direct", "lawsuit_direct_correction"),
        ("lawsuit_after_reconsideration", "lawsuits_after_reconsideration", "lawsuit_after_reconsideration_correction"),
    ):
        row = rows.get(channel)
        columns[count_name] = row.get("total") if row else None
        columns.update(_correction_rate(row, channel, statuses).columns(rate_name))
    return columns


def _correction_rate(row: ReviewRow | None, channel: str, statuses: Statuses) -> Rate:
    """纠正率 = corrected / (total − pending)."""
    if row is None:
        return Rate(None, "no_table", None, None)
    total, pending = row.get("total"), row.get("pending")
    decided = total - pending if total is not None and pending is not None else None
    obstacle = "R4_fails" if statuses.get(("R4", f"reviews-{channel}-total")) == FAILS else None
    if row.unplaced:
        obstacle = "unplaced_figure"
    return _rate(row.get("corrected"), decided, obstacle)


# Hotline -----------------------------------------------------------------------------------------------------------

_CASE_UNITS = frozenset(("件", "件次", "件(次)", "单", "条", "宗", "起", "例", None))
"""Units in which cases are counted; 个, 通 and 次 are calls, 人次 people. None: no count has a unit."""
_OWNERS_OF = {
    "province": frozenset(("self", "unstated", "province")),
    "prefecture": frozenset(("self", "unstated", "city")),
}
"""Level of the authority → owners of a line that may be its own; at other levels only ``self`` and ``unstated``."""
_OWN = frozenset(("self", "unstated"))
_WHOLE_AREAS = (("province", re.compile("全省|省级|省本级")), ("prefecture", re.compile("全市|市级|市本级")))
"""Areas that words name, and the level from which downwards they are another's."""
_LEVELS = ("national", "province", "prefecture", "county", "township")


def _hotline_received(report: Report) -> dict[str, Any]:
    """Cases that the authority's own 12345 line received in the whole year, where the report states one such figure.

    ``approximate``: its statement holds an approximate figure; ``reason``: a code that says why there is no figure.
    """
    stated = [row for row in report.hotline if row.channel == "hotline_12345" and row.received is not None]
    obstacles = [_received_obstacle(row, report.identity.level) for row in stated]
    fitting = [row for row, obstacle in zip(stated, obstacles, strict=True) if obstacle is None]
    received = {row.received for row in fitting}
    if len(received) != 1:
        reason = "stated_differently" if fitting else next(iter(obstacles), "not_stated")
        return _received_columns(None, None, reason)
    return _received_columns(received.pop(), int(all(row.approximate for row in fitting)), None)


def _received_columns(received: int | None, approximate: int | None, reason: str | None) -> dict[str, Any]:
    return {
        "hotline_received": received,
        "hotline_received_approximate": approximate,
        "hotline_received_reason": reason,
    }


def _received_obstacle(row: HotlineFigure, level: str | None) -> str | None:
    """Why a statement's number is not what the authority's own line received in the whole year; None if it is."""
    if row.period != "year":
        return "period_not_stated" if row.period == "unstated" else "not_of_the_whole_year"
    if row.owner not in _OWNERS_OF.get(level or "", _OWN) or _names_wider_area(row.sentence, level):
        return "line_of_another_authority"
    if row.unit not in _CASE_UNITS or counts_unlike_things(row):
        return "not_in_cases"
    return None


def _names_wider_area(sentence: str, level: str | None) -> bool:
    """全市 in the report of a county, or of an authority of unknown level, may be the city above it."""
    own = _LEVELS.index(level) if level in _LEVELS else len(_LEVELS)
    return any(own > _LEVELS.index(above) and words.search(sentence) for above, words in _WHOLE_AREAS)
