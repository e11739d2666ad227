"""Stated percentages against those that the stated numbers give, to the last printed place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from .model import EXPLAINED, FAILS, HOLDS, UNKNOWN, Finding
from .wording import Words, both, failure

SHOWN_PLACES = Decimal("0.001")
"""To how many places a recomputed rate is published in ``checks``; compared is the exact fraction."""
LONGEST_RATE = 12
"""More digits than this no rate is printed with; what has more is not compared."""


@dataclass(frozen=True, slots=True)
class Quotient:
    """One way to come to a rate: part ÷ whole, and the words that name it."""

    words: Words
    part: int
    whole: int

    @property
    def percent(self) -> Decimal:
        """The rate as ``checks`` shows it."""
        return (Decimal(self.part) * 100 / Decimal(self.whole)).quantize(SHOWN_PLACES, ROUND_HALF_EVEN)


def agrees(stated: Decimal, quotient: Quotient) -> bool:
    """Whether the quotient is within half a unit of the last printed place of ``stated``."""
    return abs(stated * quotient.whole - 100 * quotient.part) * 2 <= _unit(stated) * quotient.whole


def is_cut(stated: Decimal, quotient: Quotient) -> bool:
    """Whether ``stated`` is the quotient cut off behind its last printed place, not rounded."""
    excess = 100 * quotient.part - stated * quotient.whole
    away_from_zero = excess if stated >= 0 else -excess
    return 0 <= away_from_zero < _unit(stated) * quotient.whole


def _unit(stated: Decimal) -> Decimal:
    exponent = stated.as_tuple().exponent
    return Decimal(1).scaleb(min(0, exponent)) if isinstance(exponent, int) else Decimal(0)


def rate_finding(subject: str, about: Words, stated: Decimal, quotients: Sequence[Quotient], may_fail: bool) -> Finding:
    """The stated rate by its plain quotient, the first of ``quotients``; else by another, named; else it fails.

    ``may_fail`` False: where no quotient agrees the words may mean another one, and nothing is known.
    """
    if not quotients or len(stated.as_tuple().digits) > LONGEST_RATE:
        return Finding(subject, UNKNOWN, None, stated)
    plain = quotients[0]
    fitting = next((quotient for quotient in quotients if agrees(stated, quotient)), None)
    if fitting is plain:
        return Finding(subject, HOLDS, plain.percent, stated)
    if fitting is not None:
        return Finding(subject, EXPLAINED, fitting.percent, stated, False, _other(about, stated, fitting))
    if is_cut(stated, plain):
        return Finding(subject, EXPLAINED, plain.percent, stated, False, _cut(about, stated, plain))
    if not may_fail:
        return Finding(subject, UNKNOWN, plain.percent, stated)
    return Finding(subject, FAILS, plain.percent, stated, False, _failure(about, stated, plain))


def _sum_in_words(quotient: Quotient) -> Words:
    arithmetic = f"{quotient.part} ÷ {quotient.whole} = {quotient.percent.normalize():f}%"
    return f"{quotient.words[0]}:{arithmetic}", f"{quotient.words[1]}: {arithmetic}"


def _cut(about: Words, stated: Decimal, quotient: Quotient) -> str:
    zh, en = _sum_in_words(quotient)
    rounded = (Decimal(quotient.part) * 100 / Decimal(quotient.whole)).quantize(_unit(stated), ROUND_HALF_EVEN)
    return both(
        f"{about[0]}印作{stated}%；{zh}，四舍五入为{rounded}%，所印系截去尾数。",
        f"{about[1]} is printed as {stated}%; {en}, which rounds to {rounded}%: the printed rate was cut, not rounded.",
    )


def _other(about: Words, stated: Decimal, quotient: Quotient) -> str:
    zh, en = _sum_in_words(quotient)
    return both(f"{about[0]}印作{stated}%，与另一算法相符：{zh}。", f"{about[1]}, {stated}%, agrees when read as {en}.")


def _failure(about: Words, stated: Decimal, quotient: Quotient) -> str:
    zh, en = _sum_in_words(quotient)
    return failure(about, f"印作{stated}%；{zh}。", f"{stated}% is printed; {en}.")
