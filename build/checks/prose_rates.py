"""Percentages and growth in prose, recomputed from the numbers that stand in the prose, else from the tables."""

from __future__ import annotations

from collections.abc import Iterator

from ..report import Statement
from .model import HOLDS, TOTAL, UNKNOWN, Facts, Finding
from .rates import Quotient, rate_finding
from .scope import scope_obstacle
from .wording import Words, subject_labels

SHARE, GROWTH, CHANGE = "_share", "_growth", "_change"

APPLICATION_BASES: tuple[tuple[str, Words], ...] = (
    ("applications_closed", ("办结数", "closed")),
    ("applications_received", ("受理数", "received")),
    ("applications_received_with_brought_forward", ("含上年结转的受理数", "received and brought forward")),
    ("applications_handled", ("收办数", "handled")),
    ("applications_dealt_with", ("办理数", "dealt with")),
)
OUTCOME_KINDS = (
    "applications_granted",
    "applications_partly_granted",
    "applications_disclosed",
    "applications_withheld",
    "applications_unavailable",
    "applications_not_processed",
    "applications_other",
)
REVIEW_BASES: tuple[tuple[str, Words], ...] = (
    ("reviews_reconsideration", ("行政复议数", "reconsiderations")),
    ("reviews_lawsuit", ("行政诉讼数", "lawsuits")),
)
ON_HAND_ITEMS = ("received", "brought_forward")
TABLE_BASES: tuple[tuple[str, Words], ...] = (
    ("closed", ("表中办理结果总计", "all results, in the table")),
    ("received", ("表中本年新收", "received, in the table")),
)


def shares(facts: Facts) -> Iterator[Finding]:
    """占…%: an outcome's share of what the prose counts, else of what the table counts."""
    for kind, stated in facts.statements.items():
        if not kind.endswith(SHARE):
            continue
        of = kind.removesuffix(SHARE)
        for position, share in stated:
            subject = f"statements-{position}"
            part = _before(facts, of, position, share)
            in_prose, others = _quotients(facts, of, position, share, part)
            yield rate_finding(
                subject, subject_labels(subject), share.value, [*in_prose, *others], may_fail=bool(in_prose)
            )


def _quotients(
    facts: Facts, of: str, position: int, share: Statement, part: int | None
) -> tuple[list[Quotient], list[Quotient]]:
    """The bases that the prose names, and those that the words may mean besides."""
    if part is None:
        return [], []
    others = (
        *_on_hand_quotients(facts, of, position, share, part),
        *_listed_quotients(facts, of, share, part),
        *_table_quotients(facts, of, share, part),
    )
    return list(_prose_quotients(facts, of, position, share, part)), list(others)


def growth(facts: Facts) -> Iterator[Finding]:
    """比上年增长…%, from this year's number and the change that the prose states beside it."""
    for kind, stated in facts.statements.items():
        if not kind.endswith(GROWTH):
            continue
        of = kind.removesuffix(GROWTH)
        for position, rate in stated:
            subject = f"statements-{position}"
            number = _before(facts, of, position, rate)
            change = _beside(facts, of + CHANGE, position, rate)
            quotients = []
            if number is not None and change is not None and number > change:
                words = ("增减数 ÷ 上年数", "change ÷ last year's number")
                quotients = [Quotient(words, change, number - change)]
            yield rate_finding(subject, subject_labels(subject), rate.value, quotients, may_fail=True)


def completion_rates(facts: Facts) -> Iterator[Finding]:
    """办结率 of requests: closed ÷ received, or ÷ all on hand. It may be of those due, so nothing fails."""
    rows = {item: cells.figures.get(TOTAL) for item, cells in facts.applications.items()}
    closed, received, brought = (rows.get(item) for item in ("closed", "received", "brought_forward"))
    for position, rate in facts.statements.get("applications_completion_rate", ()):
        subject = f"statements-{position}"
        quotients = []
        if scope_obstacle(rate, facts.identity, False) is None and closed is not None:
            if received is not None and brought is not None and received + brought > 0:
                words = ("办理结果总计 ÷ （本年新收 + 上年结转）", "closed ÷ (received + brought forward)")
                quotients.append(Quotient(words, closed, received + brought))
            if received is not None and received > 0:
                quotients.append(Quotient(("办理结果总计 ÷ 本年新收", "closed ÷ received"), closed, received))
        yield rate_finding(subject, subject_labels(subject), rate.value, quotients, may_fail=False)


def fee_collected(facts: Facts) -> Iterator[Finding]:
    """信息处理费: collected beside billed. What is more may have been billed the year before: no failure."""
    billed = facts.statements.get("information_fee_billed", ())
    for position, fee in facts.statements.get("information_fee", ()):
        asked = next((other.value for _, other in billed if other.unit == fee.unit), None)
        if asked is None:
            continue
        status = HOLDS if fee.value <= asked else UNKNOWN
        yield Finding(f"statements-{position}", status, fee.value, asked)


def _before(facts: Facts, kind: str, position: int, of: Statement) -> int | None:
    """The last number of ``kind`` stated shortly before ``position`` in the same scope."""
    stated = [
        int(statement.value)
        for at, statement in facts.statements.get(kind, ())
        if at < position and _same_scope(statement, of) and of.span[0] - statement.span[1] <= NEAR_CHARACTERS
    ]
    return stated[-1] if stated else None


NEARBY = 2
"""A growth and a change belong together if at most one figure stands between them."""
NEAR_CHARACTERS = 200
"""A share or a growth belongs to a number that ends at most so many characters before it."""


def _beside(facts: Facts, kind: str, position: int, of: Statement) -> int | None:
    stated = [
        (abs(at - position), int(statement.value))
        for at, statement in facts.statements.get(kind, ())
        if abs(at - position) <= NEARBY
        and _same_scope(statement, of)
        and abs(of.span[0] - statement.span[1]) <= NEAR_CHARACTERS
    ]
    return min(stated)[1] if stated else None


def _same_scope(one: Statement, other: Statement) -> bool:
    limits = {None, "其中"}
    return one.scope_text == other.scope_text or {one.scope_text, other.scope_text} <= limits


def _prose_quotients(facts: Facts, of: str, position: int, share: Statement, part: int) -> Iterator[Quotient]:
    bases = (
        APPLICATION_BASES if of in OUTCOME_KINDS else [base for base in REVIEW_BASES if of.startswith(base[0] + "_")]
    )
    for kind, words in bases:
        whole = _before(facts, kind, position, share)
        if whole:
            yield Quotient(_share_of(words), part, whole)


ON_HAND: Words = ("受理数与上年结转数之和", "received and brought forward, added")


def _on_hand_quotients(facts: Facts, of: str, position: int, share: Statement, part: int) -> Iterator[Quotient]:
    if of not in OUTCOME_KINDS:
        return
    kinds = ("applications_received", "applications_brought_forward")
    stated = [_before(facts, kind, position, share) for kind in kinds]
    printed = [cells.figures.get(TOTAL) if (cells := facts.applications.get(item)) else None for item in ON_HAND_ITEMS]
    for numbers in (stated, printed):
        whole = sum(number or 0 for number in numbers)
        if None not in numbers and whole > 0:
            yield Quotient(_share_of(ON_HAND), part, whole)


def _listed_quotients(facts: Facts, of: str, share: Statement, part: int) -> Iterator[Quotient]:
    """By the outcomes that were listed; a list may leave out some, so it proves a share but refutes none."""
    if of not in OUTCOME_KINDS:
        return
    added = _outcomes_added(facts, share)
    if added > part:
        yield Quotient(_share_of(("正文所列各项结果之和", "the outcomes listed, added")), part, added)


def _outcomes_added(facts: Facts, of: Statement) -> int:
    """The outcomes that the prose lists; what 予以公开或部分公开 counts is not added to either of the two."""
    listed = {
        kind: [int(other.value) for _, other in facts.statements.get(kind, ()) if _same_scope(other, of)]
        for kind in OUTCOME_KINDS
    }
    if listed["applications_granted"] or listed["applications_partly_granted"]:
        listed["applications_disclosed"] = []
    return sum(counts[0] for counts in listed.values() if counts)


def _table_quotients(facts: Facts, of: str, share: Statement, part: int) -> Iterator[Quotient]:
    if of not in OUTCOME_KINDS or scope_obstacle(share, facts.identity, True) is not None:
        return
    for item, words in TABLE_BASES:
        cells = facts.applications.get(item)
        whole = None if cells is None else cells.figures.get(TOTAL)
        if whole:
            yield Quotient(_share_of(words), part, whole)


def _share_of(words: Words) -> Words:
    return f"占{words[0]}", f"share of {words[1]}"
