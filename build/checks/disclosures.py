"""Relations within section 二, 主动公开政府信息情况."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from .model import EXPLAINED, FAILS, HOLDS, UNKNOWN, Facts, Finding, bound_status, decimal
from .wording import both, explain_failure, explain_missing_unit, failure, subject_labels

DOCUMENT_ITEMS = ("government_rule", "normative_document", "other_document")
DECISION_ITEMS = ("licence", "other_service", "penalty", "compulsion")
FEWEST_MATTERS = 10
"""Below this many matters, decisions may equal them by chance."""

MADE_BY_TOWNSHIP = ("made", "issued", "repealed", "in_force")
PUBLISHED_BY_TOWNSHIP = ("published", "public_total")


def published_within_total(facts: Facts) -> Iterator[Finding]:
    """本年新公开 ≤ 对外公开总数量: what is newly public is public."""
    for item in DOCUMENT_ITEMS:
        published, total = facts.count(item, "published"), facts.count(item, "public_total")
        status = bound_status(published, total)
        if status is None:
            continue
        subject = f"disclosures-{item}-public_total"
        explanation = None
        if status == FAILS:
            words = (("本年新公开数量", "newly published"), published), (("对外公开总数量", "public in total"), total)
            explanation = explain_failure(subject_labels(subject), *words, False)
        yield Finding(subject, status, decimal(published), decimal(total), False, explanation)


def made_but_not_public(facts: Facts) -> Iterator[Finding]:
    """本年新制作 > 对外公开总数量: possible, since what is made need not be disclosed; never a failure."""
    for item in DOCUMENT_ITEMS:
        made, total = facts.count(item, "made"), facts.count(item, "public_total")
        if made is None or total is None or made <= total:
            continue
        published = facts.count(item, "published")
        allowed = published is not None and published <= total
        explanation = both(
            f"本年新制作{made}件多于对外公开总数量{total}件"
            + (
                f"；本年新公开{published}件，其余新制作的未公开即可成立。"
                if allowed
                else "；本年新公开数量不足以说明原因。"
            ),
            f"{made} newly made, {total} public in total"
            + (f": possible, since {published} were published and the rest need not be public." if allowed else "."),
        )
        status = EXPLAINED if allowed else UNKNOWN
        yield Finding(f"disclosures-{item}-made", status, decimal(made), decimal(total), False, explanation)


def decisions_written_as_matters(facts: Facts) -> Iterator[Finding]:
    """处理决定数量 = 上一年项目数量 + 本年增/减: the number of matters may have been written for that of decisions."""
    for item in DECISION_ITEMS:
        previous, change, decisions = (facts.count(item, name) for name in ("previous", "change", "decisions"))
        if previous is None or change is None:
            continue
        matters_now = previous + change
        if decisions != matters_now or matters_now < FEWEST_MATTERS:
            continue
        explanation = both(
            f"处理决定数量{decisions}恰等于上一年项目数量{previous}加本年增减{change}：所填可能是事项数，不是决定件数。",
            f"The {decisions} decisions equal the previous matters {previous} plus the change {change}: "
            "the number of matters may have been entered in place of the number of decisions.",
        )
        subject = f"disclosures-{item}-decisions"
        yield Finding(subject, EXPLAINED, decimal(decisions), decimal(matters_now), False, explanation)


def unit_missing(facts: Facts) -> Iterator[Finding]:
    """An amount of money whose unit neither cell nor header states; 0 needs none."""
    for (item, measure), figure in facts.disclosures.items():
        if measure != "amount" or figure.placement != "printed":
            continue
        if figure.number is None:
            continue
        subject = f"disclosures-{item}-{measure}"
        missing = figure.amount_wan is None
        explanation = explain_missing_unit(subject, figure.printed) if missing else None
        yield Finding(subject, FAILS if missing else HOLDS, figure.number, None, False, explanation)


def township_with_rules(facts: Facts) -> Iterator[Finding]:
    """A township's report with 规章, which townships cannot make (立法法, 2023, art. 93; before, art. 82)."""
    if facts.identity.level != "township":
        return
    for measure in (*MADE_BY_TOWNSHIP, *PUBLISHED_BY_TOWNSHIP):
        count = facts.count("government_rule", measure)
        if count is None:
            continue
        subject = f"disclosures-government_rule-{measure}"
        status, explanation = _township_rule(subject, measure, count)
        yield Finding(subject, status, Decimal(count), Decimal(0), False, explanation)


def _township_rule(subject: str, measure: str, count: int) -> tuple[str, str | None]:
    if count == 0:
        return HOLDS, None
    zh, en = subject_labels(subject)
    if measure in PUBLISHED_BY_TOWNSHIP:
        return UNKNOWN, both(
            f"乡镇无权制定规章；{zh}印作{count}，可能是所公开的上级规章。",
            f"A township cannot make government rules; the {count} printed ({en}) may be rules of a higher authority.",
        )
    return FAILS, failure(
        (zh, en),
        f"印作{count}，而乡镇无权制定规章，应为0。",
        f"{count} is printed; townships cannot make government rules.",
    )
