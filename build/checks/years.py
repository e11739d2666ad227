"""Relations between an agency's reports of two consecutive years. Scopes change and agencies merge: shown apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import NamedTuple, Protocol, TypeVar

from .. import forms
from ..report import Identity
from .disclosures import DECISION_ITEMS, DOCUMENT_ITEMS
from .model import (
    EXPLAINED,
    FAILS,
    HOLDS,
    UNKNOWN,
    Facts,
    Finding,
    Side,
    column_side,
    decimal,
    relation_status,
)
from .wording import Words, both, explain_failure, subject_labels

MATTER_ITEMS = (*DECISION_ITEMS, "charge")


class Whose(NamedTuple):
    """Whose a report is and of when, as far as the report of the year before is found by it."""

    agency_id: str | None
    agency: str | None
    year: int | None
    scope: str | None
    province: str | None
    city: str | None
    county: str | None


class OfAYear(Protocol):
    """A report, or what stands for it."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def identity(self) -> Identity | Whose:
        """Whose it is and of when."""


Dated = TypeVar("Dated", bound=OfAYear)


def consecutive_years(reports: Iterable[Dated]) -> Iterator[tuple[Dated, Dated]]:
    """(earlier, later) reports of one authority and scope, a year apart; none where two could be meant.

    An authority that the registry knows is one under all its names; any other is one by its name and place.
    """
    named: dict[tuple[str, int], list[Dated]] = defaultdict(list)
    for report in sorted(reports, key=lambda report: report.id):
        authority = report.identity.agency_id or report.identity.agency
        if authority is not None and report.identity.year is not None:
            named[authority, report.identity.year].append(report)
    for (agency, year), later in named.items():
        for report in later:
            earlier = [other for other in named.get((agency, year - 1), ()) if _same_area(other, report)]
            rivals = [other for other in later if earlier and _same_area(earlier[0], other)]
            if len(earlier) == len(rivals) == 1:
                yield earlier[0], report


def _same_area(one: OfAYear, other: OfAYear) -> bool:
    """Whether scope, and place where the registry does not know the authority, do not contradict each other."""
    mine, theirs = one.identity, other.identity
    if not _may_be_one(mine.scope, theirs.scope):
        return False
    return mine.agency_id is not None or all(map(_may_be_one, _place(mine), _place(theirs)))


_place = attrgetter("province", "city", "county")


def _may_be_one(mine: str | None, theirs: str | None) -> bool:
    return mine is None or theirs is None or mine == theirs


def carried_over(before: Facts, after: Facts) -> Iterator[Finding]:
    """四 of the earlier year = 二 of the later, column by column."""
    for column in forms.APPLICATION_COLUMNS:
        yield from _equal(
            before,
            f"applications-brought_forward-{column}",
            column_side(before.applications, ("carried_forward",), column),
            column_side(after.applications, ("brought_forward",), column),
            (("上年报告的结转下年度", "carried forward, earlier report"), ("本年的上年结转", "brought forward")),
        )


def in_force(before: Facts, after: Facts) -> Iterator[Finding]:
    """Form 2021: 现行有效 of the earlier year + 制发 = 现行有效 of the later + 废止."""
    for item in DOCUMENT_ITEMS:
        yield from _equal(
            before,
            f"disclosures-{item}-in_force",
            _counts(before.count(item, "in_force"), after.count(item, "issued")),
            _counts(after.count(item, "in_force"), after.count(item, "repealed")),
            (
                ("上年现行有效 + 本年制发", "in force a year ago + issued"),
                ("现行有效 + 本年废止", "in force + repealed"),
            ),
        )


def matters(before: Facts, after: Facts) -> Iterator[Finding]:
    """Form 2019: 上一年项目数量(Y+1) = 上一年项目数量(Y) + 本年增/减(Y). A decrease may lack its sign."""
    for item in MATTER_ITEMS:
        previous, change = before.count(item, "previous"), before.count(item, "change")
        stated = after.count(item, "previous")
        subject = f"disclosures-{item}-previous"
        if previous is not None and change is not None:
            yield _matters_a_year_later(before, subject, previous, change, stated)
        elif stated is not None:
            yield Finding(subject, UNKNOWN, None, decimal(stated))


def _matters_a_year_later(before: Facts, subject: str, previous: int, change: int, stated: int | None) -> Finding:
    expected = previous + change
    left, right = decimal(expected), decimal(stated)
    if stated is None:
        return Finding(subject, UNKNOWN, left, right)
    if stated == expected:
        return Finding(subject, HOLDS, left, right)
    if change > 0 and stated == previous - change:
        return Finding(subject, EXPLAINED, left, right, False, _unsigned(previous, change))
    return Finding(subject, FAILS, left, right, False, _unequal_matters(before, subject, expected, stated))


def _counts(*counts: int | None) -> Side:
    figures = tuple(count for count in counts if count is not None)
    return Side(figures, len(figures) < len(counts), False)


def _equal(before: Facts, subject: str, left: Side, right: Side, words: tuple[Words, Words]) -> Iterator[Finding]:
    status = relation_status(left, right)
    if status is None:
        return
    on_inferred = left.inferred or right.inferred
    explanation = None
    if status == FAILS:
        explanation = _across(before, subject, (words[0], left.total), (words[1], right.total), on_inferred)
    yield Finding(subject, status, decimal(left.total), decimal(right.total), on_inferred, explanation)


def _across(
    before: Facts, subject: str, left: tuple[Words, object], right: tuple[Words, object], on_inferred: bool
) -> str:
    zh, en = explain_failure(subject_labels(subject), left, right, on_inferred).split("\n")
    report = before.report
    return both(
        f"跨年{zh}上年报告：{report.id}（{report.identity.year}年）；口径调整或机构改革也会如此。",
        f"{en} Earlier report: {report.id} ({report.identity.year}); a change of scope or a merger of agencies "
        "has the same effect.",
    )


def _unequal_matters(before: Facts, subject: str, expected: int, stated: int) -> str:
    words: tuple[Words, Words] = (
        ("上年报告的上一年项目数量 + 增减", "matters + change, earlier report"),
        ("上一年项目数量", "matters in the previous year"),
    )
    return _across(before, subject, (words[0], expected), (words[1], stated), False)


def _unsigned(previous: int, change: int) -> str:
    return both(
        f"上年报告的增减{change}未带符号，按减少读：{previous} - {change} = {previous - change}，与本年所载相符。",
        f"The change of {change} in the earlier report has no sign; read as a decrease, "
        f"{previous} - {change} = {previous - change} agrees.",
    )
