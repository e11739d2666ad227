"""Rules for what makes a number no figure: its form, a promise, another year, a part of what was not read."""

from __future__ import annotations

from . import lexicon as lex
from .numbers import COUNT, POINTS
from .point import Outcome, Point
from .state import AIMS

TOO_LARGE = "prose.too_large"
OTHER_YEAR = "prose.other_year"
PUNCTUATION = ",，:;、()"
_FOLLOWERS = frozenset(
    (lex.OBJECT, lex.KIND, lex.VERB, lex.RATE, lex.TOPIC, lex.AMONG, lex.REPORTED, lex.WEAK, lex.EACH, lex.SHARE)
) | {lex.GROWTH, lex.COMPARED, lex.JOINT, lex.BRACKET, lex.INCLUDING, lex.PERIOD}


def no_cases(point: Point) -> Outcome:
    """5个工作日, 3名: nothing that is counted here. Percentage points belong to the growth before them."""
    unread = point.state.unread or point.number.form != POINTS
    return Outcome(state=point.state._replace(unread=unread), passed=True)


def another_noun(point: Point) -> Outcome | None:
    """20个部门, 3次会议: behind such a unit stands another noun."""
    end = point.token.end
    if point.number.unit not in lex.STRICT_UNITS:
        return None
    if end >= len(point.text) or point.text[end] in PUNCTUATION:
        return None
    if point.right and point.right[0].start == end and point.right[0].kind in _FOLLOWERS:
        return None
    return Outcome(state=point.state._replace(unread=True), passed=True)


def too_large(point: Point) -> Outcome:
    """More than anything countable."""
    return Outcome(reason=TOO_LARGE)


def torn(point: Point) -> Outcome:
    """A range, a fraction, digits with a blank between."""
    return Outcome(reason="prose.range")


def with_promise_kept(point: Point) -> Point:
    """A promise holds until a count is reported in a clause without one."""
    state = point.state
    if not (state.promise and point.number.form == COUNT):
        return point
    promised = any(word.kind == lex.PROMISE and word.start < point.token.start for word in point.clause.tokens)
    return point.behind(state._replace(promise=promised))


def promise(point: Point) -> Outcome | None:
    """力争达到98%, 98%的要求."""
    aimed = point.state.promise or any(word.text in AIMS for word in point.right[:2])
    return Outcome(reason="prose.promise") if aimed else None


def with_year_counted(point: Point) -> Point:
    """A figure of another year keeps that year for the clauses behind it."""
    state, time = point.state, point.state.time
    if time.counted == time.other_year:
        return point
    return point.behind(state._replace(time=time._replace(counted=time.other_year)))


def other_year(point: Point) -> Outcome | None:
    """What was in another year is no figure of this report."""
    return Outcome(reason=OTHER_YEAR) if point.state.time.other_year else None


def part_of_unread(point: Point) -> Outcome | None:
    """In a bracket behind a number that gave no figure."""
    return Outcome(reason="prose.part_of_unread") if point.state.of_unread else None


def unclear_part(point: Point) -> Outcome | None:
    """Behind 其中 with one part named: of that part or of all."""
    if not point.state.open_scope or point.state.on_line:
        return None
    return Outcome(reason="prose.part_or_all")
