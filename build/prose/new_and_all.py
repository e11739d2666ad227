"""What newly came in beside all that was dealt with: 受理59件,新收47件,上年结转12件.

Both verbs count what came in, so that each number would stand as the whole of it. Only the sum says what the first is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import takewhile

from . import lexicon as lex
from .clauses import Part
from .heads import numbered
from .model import COLUMN, ITEM, Decision, Figure

BROUGHT_FORWARD = lex.COLUMNS[lex.APPLICATIONS]["brought_forward"]
UNTOLD = "prose.part_or_all"


def with_new_beside_all(part: Part, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """The decisions of ``part``, those on what came in as the numbers beside them say."""
    return _on_lines(part, _requests(decisions))


def _requests(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """受理59件,新收47件,上年结转12件: the 59 are rows 一 and 二 together; where no sum says so they are no figure, and
    what they grew by is none in any case.
    """
    new = next((one.figures[0] for one in decisions if _came(one, "receive_new")), None)
    every = next((at for at, one in enumerate(decisions) if _came(one, "receive")), None)
    if new is None or every is None:
        return tuple(decisions)
    total = decisions[every].figures[0]
    rest = total.number.value - new.number.value
    if total.scope != new.scope or rest <= 0:
        return tuple(decisions)
    told = {one.number.value for decision in decisions for one in decision.figures if one.column == BROUGHT_FORWARD}
    kept = (replace(total, column=lex.WITH_BROUGHT_FORWARD),) if rest in told else ()
    read = _replaced(decisions, every, kept)
    return tuple(_unread_if_handed_on(one, rest) for one in read)


def _replaced(decisions: Sequence[Decision], at: int, kept: tuple[Figure, ...]) -> tuple[Decision, ...]:
    """The decisions with other figures in the place of one; what that one grew by, right behind it, is none."""
    grown = list(takewhile(_is_no_count, decisions[at + 1 :]))
    unread = [replace(one, figures=(), reason=UNTOLD) for one in grown]
    alone = replace(decisions[at], figures=kept, reason="" if kept else UNTOLD)
    return (*decisions[:at], alone, *unread, *decisions[at + 1 + len(grown) :])


def _unread_if_handed_on(decision: Decision, rest: Decimal) -> Decision:
    """受理18件(新收16件,结转2件): the 2 make up the 18, so that a 结转 without its year is not that into the next."""
    if not any(one.label in _WITHOUT_A_YEAR and one.number.value == rest for one in decision.figures):
        return decision
    return replace(decision, figures=(), reason=UNTOLD)


_WITHOUT_A_YEAR = frozenset(("结转", "顺延"))


def _is_no_count(decision: Decision) -> bool:
    return bool(decision.figures) and all(one.role != COLUMN for one in decision.figures)


def _came(decision: Decision, sense: str) -> bool:
    """Whether a decision's figure is what came in, by a verb of ``sense``."""
    return any((one.column, one.sense) == (lex.RECEIVED, sense) for one in decision.figures)


# Hotlines and mailboxes ----------------------------------------------------------------------------------------------


def _on_lines(part: Part, decisions: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """The same of a line: where the sum says so the new ones are a part of all, or all, else they alone are
    what came in.
    """
    for at, decision in enumerate(decisions):
        new = decision.figures[0] if _came_by_line(decision, "receive_new") else None
        every = None if new is None else _all_of(new, decisions)
        if new is None or every is None:
            continue
        rest = decisions[every].figures[0].number.value - new.number.value
        if rest == 0 or _is_left_over(part, decisions, rest):
            entry = replace(decision, figures=(replace(new, role=ITEM, column="", label=new.label),))
            return (*decisions[:at], entry, *decisions[at + 1 :])
        return _replaced(decisions, every, ())
    return decisions


def _came_by_line(decision: Decision, sense: str) -> bool:
    """Whether a decision's first figure is what came in by a line, and is told to be no part of another."""
    first = decision.figures[0] if decision.figures else None
    if first is None or first.domain != lex.HOTLINE or first.among:
        return False
    return (first.role, first.column, first.sense) == (COLUMN, "received", sense)


def _all_of(new: Figure, decisions: Sequence[Decision]) -> int | None:
    """Which decision counts all that came in by the line of ``new``, in the same unit and time."""
    for at, decision in enumerate(decisions):
        if not _came_by_line(decision, "receive"):
            continue
        every = decision.figures[0]
        alike = every.topic is new.topic or (every.topic and new.topic and every.topic.text == new.topic.text)
        same = (every.scope, every.period, every.number.unit) == (new.scope, new.period, new.number.unit)
        if alike and same:
            return at
    return None


def _is_left_over(part: Part, decisions: Sequence[Decision], rest: Decimal) -> bool:
    """Whether so many are told to have been left from the year before."""
    words = (word for clause in part.clauses for token in clause.tokens for word in (token.inner or (token,)))
    counted = any(numbered(one.token).value == rest for one in decisions if not one.figures)
    return counted and any(word.sense == "brought_forward" for word in words)
