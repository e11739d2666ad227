"""Rules for counts of requests: which are of all of them, by which offices, and what are papers instead."""

from __future__ import annotations

import re
from dataclasses import replace

from . import lexicon as lex
from .heads import NO_HEAD, behind_last_break
from .numbers import APPLICATION_UNITS
from .point import FOREIGN_HEAD, Outcome, Point
from .ways import are_some

_NO_REQUEST = re.compile("(?:政府)?(?:信息|文件|公文)(?!公开|申请)")
"""不予公开政府信息900条 sorts an agency's papers, it answers no requests."""
_SORTED_BY = re.compile("公文|文件|发文|属性|主动公开(?:类|的|信息|政府信息)*[0-9]")
_SORTED_AS_ON_REQUEST = re.compile("依申请公开(?:类|的|信息|政府信息|文件|公文)*[0-9]")
_HELPED = re.compile("(?:协助|配合)(?!下|的|开展|做好|完成)")
_ITEMS = "项"
"""Behind another unit these are the questions that the requests ask."""


def some_requests(point: Point) -> Outcome | None:
    """受理涉及征地的政府信息公开申请12件: some of the requests, as is what follows until a topic is named."""
    if not are_some(point):
        return None
    setting = replace(point.state.setting, applications=False)
    return Outcome(reason="prose.some_requests", state=point.state._replace(topic=None, last=None, setting=setting))


def requests_on_line(point: Point) -> Outcome | None:
    """接听咨询电话56个,受理申请8件: requests of which the paragraph speaks, none of the line's cases."""
    state = point.state
    if not (state.on_line and state.setting.applications):
        return None
    if not any(word.kind == lex.OBJECT and word.text == "申请" for word in point.left):
        return None
    return Outcome(reason=FOREIGN_HEAD, state=state._replace(topic=None, last=None))


def office_apart(point: Point) -> Outcome | None:
    """转市水务局办理3件, 甲局、乙局受理5件, 协助市政府答复2件: not the office whose report this is, or not it alone."""
    office, head = point.office, point.head
    if head is None or point.state.domain != lex.APPLICATIONS:
        return None
    if office is not None and office.obstacle:
        return Outcome(reason=office.obstacle)
    helped = _HELPED.search(point.text, max(point.clause.start, behind_last_break(point.text, head.start)), head.start)
    return Outcome(reason="prose.several_offices") if helped is not None else None


def several_outcomes(point: Point) -> Outcome | None:
    """不予公开、无法提供5件: both together; only 予以公开 and 部分公开 have a kind of their own."""
    if point.column in (None, lex.DISCLOSED) or len(point.outcomes) <= 1:
        return None
    return Outcome(reason="prose.several_outcomes")


def no_requests(point: Point) -> Outcome | None:
    """不予公开政府信息900条 sorts papers; 收到申请9次, 涉及3项 counts no requests."""
    state, unit = point.state, point.number.unit
    if point.head is None or point.column is None or state.domain != lex.APPLICATIONS:
        return None
    if point.outcomes and (_NO_REQUEST.match(point.text, point.head.end) or _sorts_papers(point)):
        return Outcome(reason="prose.information")
    questions = unit == _ITEMS and state.last is not None and state.last.number.unit != _ITEMS
    if not (unit in APPLICATION_UNITS or is_pieces(point)) or questions:
        return Outcome(reason="prose.not_in_applications")
    return None


def is_pieces(point: Point) -> bool:
    """新收信息公开申请3个, 不予公开2个: right behind what is counted; 信息公开申请受理点3个 are others."""
    named = point.left[-1] if point.left else NO_HEAD
    counted = named.kind == lex.TOPIC or named.text == "申请" or point.state.sense(named) in lex.OUTCOME_SENSES
    return point.number.unit == "个" and counted and named.end == point.token.start


def _sorts_papers(point: Point) -> bool:
    """制发公文90件,其中主动公开50件、依申请公开30件、不予公开10件: how papers may be made public.

    With another outcome beside it 不予公开10件 is one, too.
    """
    told = {word.sense for clause in point.part.clauses for word in clause.tokens} & lex.OUTCOME_SENSES
    if told != {"withheld"}:
        return False
    return all(sorts.search(point.text) for sorts in (_SORTED_AS_ON_REQUEST, _SORTED_BY))


def opened_alone(point: Point) -> Outcome | None:
    """公开30件 with no other outcome beside it may be anything that was made public."""
    if point.head is None or point.head.sense != "opened" or point.column is None:
        return None
    others = lex.OUTCOME_SENSES - {"carried_forward"}
    if any(word.sense in others for clause in point.part.clauses for word in clause.tokens):
        return None
    return Outcome(reason="prose.made_public")
