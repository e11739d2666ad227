"""Rules for percentages: a share, or the value of a rate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from . import lexicon as lex
from .channels import is_behind_a_part
from .growth import COMPARED
from .heads import NO_HEAD, adjoins, coordinated_rates, last_of, numbered, of_one_kind, rate_behind, reached
from .model import COLUMN, ITEM, SHARE, Figure
from .numbers import COUNT
from .point import Outcome, Point, class_before
from .times import ONE_OF_SEVERAL_TIMES, UNSTATED
from .tokens import Token

NO_CHANNEL = "prose.no_channel"
OVER_HUNDRED = "prose.over_hundred"
HUNDRED = Decimal(100)
_RATE_GAP = 8
_UNITS_BEFORE = re.compile(
    r"[\d一二三四五六七八九十两余多][个家](?:成员|承办|责任|县直|市直|区直|镇直)?"
    r"(?:单位|部门|科室|处室|县区|区县|县市区|县|区|乡镇|镇街|镇|乡|街道|村|社区|机关)[^,，、]{0,4}\Z"
)
_UNITS_LENGTH = 16
_OF_SOME = re.compile(
    r"(?:[、和及与][^,，:;、\d]{2,10}率(?:为|达)?\d[\d.]*%){0,3}(?:及?以[上下]|以内)?"
    "的(?:[^,，:;]{0,8}?(?:单位|部门|[县区市州乡镇村]|街道|机关|窗口|处?科?室)|占)"
)
"""按时办结率100%(、满意率98%)的单位有20个, 满意率90%以上的占80%: the rate is not that of all."""
_WITHIN = re.compile(
    r"(?:\d(?:[sS]|秒|分钟|小时|天|个?工作日)内?|(?<![月\d])\d{1,2}日内?|(?<![\d今本近昨前])日"
    rf"|{ONE_OF_SEVERAL_TIMES}(?:办理|办结|答复|回复|处理)?后?)\Z"
)
_CASES = frozenset((lex.OBJECT, lex.WEAK, lex.EACH))
_SOME = frozenset(("foreign", "overdue", "pending"))
_ONE_CLASS = re.compile("(?<![各分两三多几种大])类(?:事项|工单|诉求|问题|案件|办?件|来[电信])?的?$")
_IN_TIME = re.compile(
    "(?:按时|按期|及时|如期|准时|限时|到期|时限内?|期限内?|时间内|应办|到期应)[^,，、;:()和及与率]{0,4}$"
)
"""到期件办结率, 按时回复办结率, 法定期限内答复率: of those due, or in time; never of all."""
_LIMITED = {"completion_rate": "on_time_rate", "reply_rate": "on_time_rate"}
_BEFORE_RATE = 12
_WITHIN_LENGTH = 8
"""15秒接通率 is not the 接通率."""


def with_rate(point: Point) -> Point:
    """Where the rate before the number stands."""
    return point._replace(rate_at=last_of(point.left, lex.RATE))


def share(point: Point) -> Outcome | None:
    """占P%: of the figure directly before, or of the kind that is named."""
    state, last, left = point.state, point.state.last, point.left
    at = last_of(left, lex.SHARE)
    if at <= last_of(left, lex.RATE):
        return None
    heads = [word for word in left[:at] if word.kind in (lex.VERB, lex.KIND, lex.TOPIC, lex.OBJECT)]
    label = point.label(left[:at], left[at].start)
    if not heads and not label and last is not None and not state.unread:
        return _share_of_a_kind(point, last) or Outcome((_share_of(last, point),))
    if heads and label and state.on_line and (state.among or heads[-1].kind == lex.KIND):
        return Outcome((point.figure(ITEM, "", label),))
    return Outcome(reason="prose.share_of_nothing")


def _share_of(last: Figure, point: Point) -> Figure:
    """受理90件,同比下降5%,占15%: of the 90, and no fall."""
    whole, label = replace(last, role=SHARE, falls=False), last.base_label or last.label
    return replace(whole, label=label, number=point.number, clause=point.state.clause, head_clause=last.of)


def _share_of_a_kind(point: Point, last: Figure) -> Outcome | None:
    """受理投诉件90件,占工单总数的15%: the 90 are one kind of all that came, not so 占全市的15%."""
    decision = point.decisions[-1]
    of_area = any(word.kind == lex.SCOPE for word in point.left)
    is_last = bool(decision.figures) and decision.figures[-1] is last
    if of_area or not is_last or last.role != COLUMN or not last.kind_label or point.number.value == HUNDRED:
        return None
    item = replace(last, role=ITEM, column="", label=last.kind_label)
    of_item = replace(item, role=SHARE, number=point.number, clause=point.state.clause, head_clause=last.clause)
    return Outcome((of_item,), before=replace(decision, figures=(*decision.figures[:-1], item)))


def given_rate(point: Point) -> Outcome | None:
    """办结率、满意率分别为99%、98%."""
    if not point.given or point.left[0].kind != lex.RATE:
        return None
    rate = point.left[0]
    named = [word for word in point.clause.tokens if word.end <= rate.end]
    printed = point._replace(left=named, rate_at=last_of(named, lex.RATE))
    return rate_within(printed) or _rated(point, (rate,))


def rate_named_behind(point: Point) -> Outcome | None:
    """98%的办结率."""
    rate = rate_behind(point.token, point.right) if point.rate_at < 0 else None
    return _rated(point, (rate,)) if rate is not None else None


def rate_reached(point: Point) -> Outcome | None:
    """满意率提高3个百分点,达到98%."""
    if point.rate_at >= 0:
        return None
    rate = reached(point.state.pending, point.state.clause - point.state.pending_clause, point.left, lex.RATE)
    return _rated(point, (rate,)) if rate is not None else None


def growth_or_rate(point: Point) -> Outcome | None:
    """增长办结率98%: the one or the other."""
    before = _before_rate(point)
    return Outcome(reason="prose.growth_or_rate") if before.kind == lex.GROWTH else None


def rate_of_some(point: Point) -> Outcome | None:
    """办结率100%的单位有20个, 有3个单位办结率100%."""
    if point.rate_at < 0:
        return None
    start = point.left[point.rate_at].start
    before = point.text[max(point.clause.start, start - _UNITS_LENGTH) : start]
    if _OF_SOME.match(point.text, point.token.end) or _UNITS_BEFORE.search(before):
        return Outcome(reason="prose.rate_of_units")
    return None


def rate_within(point: Point) -> Outcome | None:
    """15秒接通率, 3日办结率, 当日办结率, 二次办结率: within a time of its own, or at one of several."""
    at = point.rate_at
    start = point.left[at].start if at >= 0 else 0
    if at >= 0 and _WITHIN.search(point.text, max(0, start - _WITHIN_LENGTH), start):
        return Outcome(reason="prose.rate_within_time")
    return None


def average_rate(point: Point) -> Outcome | None:
    """高于全市平均办结率98%."""
    before = _before_rate(point)
    if before.kind == lex.SCOPE and "平均" in point.text[before.start : point.token.start]:
        return Outcome(reason=COMPARED)
    return None


def rate_of_a_time(point: Point) -> Outcome | None:
    """第四季度办结率99%: not that of the year, and no period says so."""
    if point.rate_at < 0 or not point.state.time.partial or point.state.time.period != UNSTATED:
        return None
    return Outcome(reason="prose.rate_of_part")


def rate_of_one_kind(point: Point) -> Outcome | None:
    """咨询类办结率99%, 咨询答复满意率99%, 督办件办结率99%: the rate of some of what was counted."""
    at = point.rate_at
    if at < 0:
        return None
    before = [word for word in point.left[:at] if word.kind not in _CASES]
    described = before[-1] if before else NO_HEAD
    last, cases = (
        point.state.last,
        sum(word.end - word.start for word in point.left[:at] if word.start >= described.end),
    )
    words = point.text[described.start : point.left[at].start]
    if last is not None and last.kind_label and last.kind_label in words:
        return None
    adjoins_rate = described is not NO_HEAD and point.left[at].start - described.end - cases <= 1
    some = adjoins_rate and (described.kind == lex.KIND or (described.kind == lex.VERB and described.sense in _SOME))
    some = some or (adjoins_rate and described.sense == "transfer" and _passed_on_some(point))
    some = (
        some
        or of_one_kind(point.left, point.left[at])
        or bool(_ONE_CLASS.search(point.label(point.left[:at], point.left[at].start)))
    )
    return Outcome(reason="prose.rate_of_kind") if some else None


def _passed_on_some(point: Point) -> bool:
    """受理900件,派单300件,派单办结率98%: of the 300; where no others came in, what was passed on is all."""
    last = point.state.last
    told = [figure for decision in point.decisions for figure in decision.figures]
    came = any(figure.column == "received" and last is not None and figure.topic is last.topic for figure in told)
    return came and last is not None and last.column == "transferred"


def rate_of_several(point: Point) -> Outcome | None:
    """甲线310件,乙箱25件,办复率98%: of all those whose numbers no verb bound, or of the last of them."""
    if point.rate_at < 0 or not point.state.on_line:
        return None
    if is_behind_a_part(point) and not any(word.kind == lex.TOPIC for word in point.left):
        return Outcome(reason="prose.channel_or_all", state=point.state._replace(topic=None, last=None))
    words = [word for clause in point.part.clauses for word in clause.tokens if word.kind == lex.TOPIC]
    named: set[Token] = set()
    for decision in reversed(point.decisions):
        if decision.figures or numbered(decision.token).form != COUNT:
            break
        before = [word for word in words if word.end <= decision.token.start]
        named.update((before[-1].inner or before[-1:]) if before else ())
    if len(named) < 2:
        return None
    return Outcome(reason="prose.channel_or_all", state=point.state._replace(topic=None, last=None))


def rate_of_the_class(point: Point) -> Outcome | None:
    """受理物业类诉求300件,办结率98%: of those alone."""
    if point.rate_at < 0 or class_before(point) is None:
        return None
    return Outcome(reason="prose.rate_of_kind")


def rate(point: Point) -> Outcome | None:
    """办结率为98%: all rates of the list that ends before the number."""
    at = point.rate_at
    if at < 0:
        return None
    if point.left[-1].kind != lex.TO and not adjoins(point.left[at:], point.token, _RATE_GAP):
        return Outcome(reason="prose.percentage_too_far")
    return _rated(point, coordinated_rates(point.left, at))


def no_rate(point: Point) -> Outcome | None:
    """What is left: a percentage of nothing that is known."""
    return Outcome(reason="prose.percentage_alone")


def _before_rate(point: Point) -> Token:
    at = point.rate_at
    return point.left[at - 1] if at > 0 else NO_HEAD


def _rated(point: Point, rates: Sequence[Token]) -> Outcome:
    if point.state.domain not in (lex.HOTLINE, lex.APPLICATIONS):
        return Outcome(reason=NO_CHANNEL)
    known = [_in_time(point, rate) for rate in rates if rate.sense != "foreign" and not _is_a_grade(point, rate)]
    if not known:
        return Outcome(reason="prose.rate_without_column")
    if point.number.value > HUNDRED:
        return Outcome(reason=OVER_HUNDRED)
    return Outcome(tuple(_rate_figure(point, rate) for rate in known))


def _is_a_grade(point: Point, rate: Token) -> bool:
    """非常满意率60%,基本满意率38%: each of those who chose that answer."""
    return rate.text.startswith("基本") and "非常满意" in point.text


def _in_time(point: Point, rate: Token) -> Token:
    """The rate as one of those due where the words right before it say so."""
    start = max(point.clause.start, rate.start - _BEFORE_RATE, *(d.token.end for d in point.decisions[-1:]))
    before = point.text[start : rate.start] if rate.sense in _LIMITED else ""
    found = _IN_TIME.search(before)
    if found is None:
        return rate
    return rate._replace(sense=_LIMITED[rate.sense], text=found.group() + rate.text)


def _rate_figure(point: Point, rate: Token) -> Figure:
    applications = point.state.domain == lex.APPLICATIONS
    column = lex.RATE_KINDS.get(rate.sense, rate.sense) if applications else rate.sense
    return point.figure(COLUMN, column, rate.text)
