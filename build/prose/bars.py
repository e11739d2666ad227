"""Rules for what makes a number no figure: its form, a promise, another year, a part of what was not read."""

from __future__ import annotations

import re

from . import lexicon as lex
from .numbers import COUNT, PERCENT, POINTS
from .point import Outcome, Point
from .state import AIMS

TOO_LARGE = "prose.too_large"
UNREADABLE = "prose.unreadable"
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


def unreadable(point: Point) -> Outcome:
    """3〔图片〕2件: a part of it cannot be read in the document."""
    return Outcome(reason=UNREADABLE)


def with_promise_kept(point: Point) -> Point:
    """A promise holds until a count is reported in a clause without one."""
    state = point.state
    if not (state.promise and point.number.form == COUNT):
        return point
    promised = any(word.kind == lex.PROMISE and word.start < point.token.start for word in point.clause.tokens)
    return point.behind(state._replace(promise=promised))


def promise(point: Point) -> Outcome | None:
    """力争达到98%, 98%的要求, 办结率达到98%、满意率90%的目标."""
    aimed = point.state.promise or any(word.text in AIMS for word in point.right[:2]) or _is_aimed_at(point)
    return Outcome(reason="prose.promise") if aimed else None


def _is_aimed_at(point: Point) -> bool:
    """Whether a rate stands in a list of rates that 的目标 or 的考核指标 ends."""
    if point.number.form != PERCENT or not any(word in point.text for word in _AIMED_WORDS):
        return False
    return _AIMED.match(point.text, point.token.end) is not None


_AIMED_WORDS = ("目标", "指标", "任务", "要求", "承诺", "标准")
_BOUND = "(?:及?以[上下]|左右)?"
_AIMED = re.compile(
    rf"{_BOUND}(?:[、和及与]|以及){{0,1}}(?:[^,，、;:()\d和及与优高超于]{{0,10}}[率度][^,，、;:()\d优高超于]{{0,4}}\d[\d.]*%{_BOUND}"
    rf"(?:[、和及与]|以及)?){{0,4}}的(?:[^,，、;:()\d]{{0,6}}?)(?:{'|'.join(_AIMED_WORDS)})"
)


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
