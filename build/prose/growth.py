"""Rules for change: where it begins, by how much it grew, and what is only compared with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import lexicon as lex
from .bars import PUNCTUATION
from .heads import LISTED, NO_HEAD, adjoins, last_head, last_of
from .model import GROWTH, Figure
from .numbers import COUNT
from .point import Outcome, Point
from .tokens import Token

COMPARED = "prose.compared"
BRACKETED = re.compile(r"\([^()]*\)")
_NOT_YEARLY = ("环比", "年均")
_QUIET_SUBJECTS = frozenset((lex.COMPARED, lex.WEAK, lex.REPORTED, lex.PERIOD, lex.EACH, lex.TO, lex.SINCE))
_HEADS = frozenset((lex.VERB, lex.TO, lex.RATE))
_ARRIVED = frozenset(("received", lex.RECEIVED, lex.WITH_BROUGHT_FORWARD))


def change_begins(point: Point) -> Outcome | None:
    """由90%提升到95%; in 由中心直接答复400件 the word only says who did it."""
    begun = last_of(point.left, lex.FROM)
    if begun <= last_of(point.left, lex.TO):
        return None
    done = point.number.form == COUNT and last_of(point.left, lex.VERB) > begun and last_of(point.right, lex.TO) < 0
    return None if done else Outcome(passed=True)


def growth(point: Point) -> Outcome | None:
    """同比增长P%: of the head before it in the clause, else of the figure before."""
    left, at = point.left, last_of(point.left, lex.GROWTH)
    if at < 0 or not adjoins(left[at:], point.token):
        return None
    head, word = last_head(left[:at]), left[at]
    state = point.state._replace(pending=head, pending_clause=point.state.clause)
    if head is None and _is_first_of_several(point):
        return Outcome(reason="prose.changes_of_several", state=state)
    base = _base(point, head, left[:at], word.start)
    if base is None:
        return Outcome(reason="prose.growth_of_nothing", state=state)
    yearly = not word.text.startswith(_NOT_YEARLY) and state.compares_with_last_year()
    if not state.on_line and not yearly:
        return Outcome(reason="prose.growth_of_other_time", state=state)
    return Outcome((_grown(point, at, base),), state=state)


def _is_first_of_several(point: Point) -> bool:
    """6件、3件,同比下降40%、增长50%: each is of another figure than the last."""
    listed, behind = (*point.right[:2], NO_HEAD, NO_HEAD)[:2]
    return listed.kind in LISTED and listed.end == behind.start and behind.kind in (lex.GROWTH, lex.NUMBER)


def _grown(point: Point, at: int, base: tuple[str, str, int]) -> Figure:
    column, label, clause = base
    left, word = point.left, point.left[at]
    start = left[at - 1].start if at and left[at - 1].kind == lex.COMPARED else word.start
    printed = label + BRACKETED.sub("", point.text[start : word.end])
    return point.figure(GROWTH, column, printed, falls=word.sense == "down", head_clause=clause, base_label=label)


def _base(point: Point, head: Token | None, before: Sequence[Token], end: int) -> tuple[str, str, int] | None:
    """Column, words and clause of what grew; None if that is no figure of ours."""
    state, last = point.state, point.state.last
    if head is None:
        if last is None or state.unread or not _is_subject(point, last, before, end):
            return None
        return last.column or last.label, last.base_label or last.label, last.of
    column = head.sense if head.kind == lex.RATE else state.column(head)
    if column is None or head.sense == "foreign" or not state.domain:
        return None
    return column, head.text, state.clause


def _is_subject(point: Point, last: Figure, before: Sequence[Token], end: int) -> bool:
    """Whether the words before 增长 name nothing but the figure before: 申请量 is what was received, no other."""
    quiet = _QUIET_SUBJECTS | ({lex.OBJECT} if last.column in _ARRIVED else frozenset())
    start = max(point.clause.start, *(decision.token.end for decision in point.decisions[-1:]))
    words = sum(word.end - word.start for word in before if word.start >= start)
    stretch = BRACKETED.sub("", point.text[start:end]).strip(PUNCTUATION)
    return len(stretch) <= words and all(word.kind in quiet for word in before)


def compared_with(point: Point) -> Outcome | None:
    """比上年的300件: behind a word of comparison, with no verb or rate of its own."""
    at = last_of(point.left, lex.COMPARED)
    if at < 0 or any(word.kind in _HEADS for word in point.left[at:]):
        return None
    return Outcome(reason=COMPARED)
