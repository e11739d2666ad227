"""Relations among the figures that one statement gives of a hotline or mailbox. Approximate figures prove nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..report import HotlineFigure
from .model import EXPLAINED, FAILS, HOLDS, UNKNOWN, Facts, Finding, bound_status, decimal
from .rates import Quotient, agrees, rate_finding
from .wording import HOTLINE_COLUMNS, Words, both, explain_failure, subject_labels

EARLIER_CASES = ("结转", "上年", "去年", "往年", "历年", "累计", "存量", "遗留")
"""Words that let cases of earlier years be among those completed."""


def completed_within_received(facts: Facts) -> Iterator[Finding]:
    """办结 ≤ 受理, unless the words let cases of earlier years be among those completed."""
    for position, figure in facts.hotline:
        status = bound_status(figure.completed, figure.received)
        if status is None:
            continue
        subject, explanation = f"hotline-{position}-completed", None
        left, right = decimal(figure.completed), decimal(figure.received)
        if figure.approximate:
            status, explanation = UNKNOWN, _explain_approximate(subject)
        elif status == FAILS and counts_unlike_things(figure):
            status, explanation = UNKNOWN, _explain_unlike_counts(subject)
        elif status == FAILS and any(word in figure.sentence for word in EARLIER_CASES):
            status, explanation = EXPLAINED, _earlier_cases(subject, figure)
        elif status == FAILS:
            columns = HOTLINE_COLUMNS
            explanation = explain_failure(
                subject_labels(subject),
                (columns["completed"], figure.completed),
                (columns["received"], figure.received),
                False,
            )
        yield Finding(subject, status, left, right, False, explanation)


def counts_unlike_things(figure: HotlineFigure) -> bool:
    """Whether the sentence counts calls and cases: 来电3000个,办结200件 are not parts of each other."""
    units = set(_COUNTED_IN.findall(figure.sentence))
    return bool(units & CALL_UNITS) and bool(units - CALL_UNITS)


CALL_UNITS = frozenset(("个", "通", "次", "人次", "批次", "人"))
_COUNTED_IN = re.compile(r"\d[余多万]*\s*(件次|人次|批次|[件个通次条封单宗起人])")


def _explain_unlike_counts(subject: str) -> str:
    zh, en = subject_labels(subject)
    return both(
        f"{zh}:文字兼计来电人次与办件,无法核对。",
        f"{en}: the words count calls or people as well as cases, so the figures cannot be compared.",
    )


def _explain_approximate(subject: str) -> str:
    zh, en = subject_labels(subject)
    return both(f"{zh}:所印为约数,无法核对。", f"{en}: the figures are approximate and cannot be checked.")


def _earlier_cases(subject: str, figure: HotlineFigure) -> str:
    zh, en = subject_labels(subject)
    return both(
        f"{zh}:办结{figure.completed}多于受理{figure.received};按文字,办结数可含以前年度的事项。",
        f"{en}: {figure.completed} completed, {figure.received} received; "
        "by its words, cases of earlier years may be among those completed.",
    )


# Rates -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RateOf:
    """How a rate may be recomputed: quotients of columns, sums of them on either side, the plain one first.

    ``may_fail``: the words leave no other base than these, where the plain quotient can be computed.
    """

    column: str
    quotients: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    may_fail: bool = False


RATES: tuple[RateOf, ...] = (
    RateOf(
        "completion_rate",
        (
            (("completed",), ("received",)),
            (("completed", "answered_directly"), ("received",)),
            (("completed",), ("transferred",)),
            (("completed",), ("handled",)),
            (("completed",), ("transferred", "answered_directly")),
            (("completed",), ("completed", "pending")),
        ),
        may_fail=True,
    ),
    RateOf(
        "reply_rate",
        (
            (("handled",), ("received",)),
            (("completed",), ("received",)),
            (("completed",), ("transferred",)),
            (("handled",), ("transferred",)),
            (("completed",), ("handled",)),
        ),
    ),
    RateOf(
        "direct_rate",
        (
            (("answered_directly",), ("received",)),
            (("answered_directly",), ("completed",)),
            (("answered_directly",), ("handled",)),
        ),
    ),
)


def rates(facts: Facts) -> Iterator[Finding]:
    """办结率, 办复率 and 直接答复率 from the counts stated with them."""
    for position, figure in facts.hotline:
        for rate in RATES:
            stated: Decimal | None = getattr(figure, rate.column)
            if stated is None:
                continue
            subject = f"hotline-{position}-{rate.column}"
            if figure.approximate:
                yield Finding(subject, UNKNOWN, None, stated, False, _explain_approximate(subject))
                continue
            quotients = [quotient for pair in rate.quotients if (quotient := _quotient(figure, *pair)) is not None]
            plain = _quotient(figure, *rate.quotients[0]) is not None
            may_fail = rate.may_fail and plain and not counts_unlike_things(figure)
            yield rate_finding(subject, subject_labels(subject), stated, quotients, may_fail)


def _quotient(figure: HotlineFigure, part: Sequence[str], whole: Sequence[str]) -> Quotient | None:
    parts = [getattr(figure, name) for name in part]
    wholes = [getattr(figure, name) for name in whole]
    if None in parts or None in wholes or sum(wholes) <= 0:
        return None
    (part_zh, part_en), (whole_zh, whole_en) = _added(part), _added(whole)
    return Quotient((f"{part_zh} ÷ {whole_zh}", f"{part_en} ÷ {whole_en}"), sum(parts), sum(wholes))


def _added(columns: Sequence[str]) -> Words:
    zh, en = zip(*(HOTLINE_COLUMNS[column] for column in columns), strict=True)
    if len(columns) == 1:
        return zh[0], en[0]
    return f"({' + '.join(zh)})", f"({' + '.join(en)})"


# Breakdowns --------------------------------------------------------------------------------------------------------

_BRACKETS = str.maketrans("\uff08\uff09\uff0c\uff1b", "(),;")

WHOLES = ("received", "completed", "handled")


def breakdown_by_way(facts: Facts) -> Iterator[Finding]:
    """转办 + 直接答复 = 受理 or 办结: the subject says which; a bracket behind 办结 whose sum is 受理 is explained."""
    for position, figure in facts.hotline:
        if figure.transferred is None or figure.answered_directly is None:
            continue
        parts = (figure.transferred, figure.answered_directly)
        yield _breakdown_finding(position, figure, parts)


def breakdown_by_kind(facts: Facts) -> Iterator[Finding]:
    """The counts of a breakdown, added, = 受理, 办结 or 办理. What does not agree is unknown."""
    for position, figure in facts.hotline:
        counts = tuple(count for entry in _entries(figure) if isinstance(count := entry.get("count"), int))
        if len(counts) > 1:
            yield _breakdown_finding(position, figure, counts)


def _breakdown_finding(position: int, figure: HotlineFigure, parts: tuple[int, ...]) -> Finding:
    added = Decimal(sum(parts))
    if figure.approximate:
        subject = f"hotline-{position}-breakdown"
        return Finding(subject, UNKNOWN, added, None, False, _explain_approximate(subject))
    whole = next((column for column in WHOLES if getattr(figure, column) == sum(parts)), None)
    if whole is None:
        stated = next((value for column in WHOLES if (value := getattr(figure, column)) is not None), None)
        return Finding(f"hotline-{position}-breakdown", UNKNOWN, added, decimal(stated))
    completed = figure.completed
    if whole == "received" and completed is not None and completed != sum(parts) and _bracketed(figure, parts):
        subject = f"hotline-{position}-completed"
        return Finding(
            subject, EXPLAINED, added, Decimal(completed), False, _other_whole(subject, sum(parts), completed)
        )
    return Finding(f"hotline-{position}-{whole}", HOLDS, added, Decimal(sum(parts)))


def _bracketed(figure: HotlineFigure, parts: Sequence[int]) -> bool:
    """Whether the parts stand in a bracket right behind the number completed."""
    plain = figure.sentence.translate(_BRACKETS)
    found = re.search(rf"{figure.completed}[^\d,。;(]{{0,4}}\((?P<inside>[^)]*)", plain)
    return found is not None and all(str(part) in found["inside"] for part in parts)


def _other_whole(subject: str, added: int, completed: int) -> str:
    zh, en = subject_labels(subject)
    return both(
        f"{zh}:所附分项相加为{added},等于受理数,不等于办结数{completed};分项应是就受理而言。",
        f"{en}: the parts in the bracket add up to {added}, the number received, not the {completed} completed "
        "that they stand behind.",
    )


def breakdown_shares(facts: Facts) -> Iterator[Finding]:
    """占…% in a breakdown, from the counts beside: all entries by one base, else unknown."""
    for position, figure in facts.hotline:
        pairs = list(_counted_shares(figure))
        if not pairs:
            continue
        subject = f"hotline-{position}-breakdown"
        count, percent = pairs[0]
        bases = [base for column in WHOLES if (base := getattr(figure, column))]
        bases.append(sum(number for number, _ in pairs))
        fitting = next((base for base in bases if base > 0 and _all_agree(pairs, base)), None)
        if figure.approximate or fitting is None:
            yield Finding(subject, UNKNOWN, None, percent)
        else:
            yield Finding(subject, HOLDS, Quotient(("", ""), count, fitting).percent, percent)


def _counted_shares(figure: HotlineFigure) -> Iterator[tuple[int, Decimal]]:
    for entry in _entries(figure):
        count, percent = entry.get("count"), entry.get("percent")
        if isinstance(count, int) and isinstance(percent, int | Decimal):
            yield count, Decimal(percent)


def _all_agree(pairs: Sequence[tuple[int, Decimal]], base: int) -> bool:
    return all(agrees(percent, Quotient(("", ""), count, base)) for count, percent in pairs)


def _entries(figure: HotlineFigure) -> list[dict[str, Any]]:
    if figure.breakdown is None:
        return []
    entries: list[dict[str, Any]] = json.loads(figure.breakdown, parse_float=Decimal)
    return entries
