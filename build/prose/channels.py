"""Rules for counts of a channel (12345): its sums, who worked on its cases, whence they came, and their kinds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from . import lexicon as lex
from .heads import LISTED, NO_HEAD, QUIET, behind_last_break, last_of, numbered
from .model import COLUMN, ITEM, Decision, Figure
from .numbers import COUNT
from .point import FOREIGN_HEAD, Outcome, Point
from .tokens import Token
from .ways import ONE_WAY, divides_the_line, one_way_entry
from .whose import is_desk, is_village

_CALLS = frozenset(lex.words_of(lex.CALLS))
_SOME_OFFICES = re.compile("各(?:乡镇|镇街|镇|街道)|[市县区]直|下属|所属|直属|派出")


def sum_of_channels(point: Point) -> Outcome | None:
    """办理甲箱来信90件和乙线工单共计700件: the 700 may hold the 90; 甲线、网格上报等共700件 are of both.

    So are a rate behind it, and what was done.
    """
    last, left = point.state.last, point.left
    if point.state.on_line and _is_one_of_a_list(left):
        return Outcome(reason="prose.channel_or_all", state=point.state._replace(topic=None, last=None))
    if not point.state.on_line or last is None or last.clause != point.state.clause or not left:
        return None
    if left[0].kind == lex.JOINT and left[-1].text in lex.SUMS and left[-1].end == point.token.start:
        return Outcome(reason="prose.channel_or_all")
    return None


def _is_one_of_a_list(left: Sequence[Token]) -> bool:
    """Whether a channel stands in a list with what no word of the lexicon names, all before one number."""
    at = last_of(left, lex.TOPIC)
    if at < 0 or left[at].sense != lex.HOTLINE or len(left[at].inner) > 1:
        return False
    after, before = (left[at + 1] if at + 1 < len(left) else NO_HEAD), (left[at - 1] if at > 1 else NO_HEAD)
    goes_on = after.kind == lex.LIST and after.start == left[at].end
    listed = before.kind == lex.LIST or (before.kind == lex.JOINT and left[at - 2].kind == lex.OBJECT)
    return goes_on or (listed and before.end == left[at].start)


def each_of_several(point: Point) -> Outcome | None:
    """甲箱和乙线各受理50件: of each, not of both together."""
    topic = point.state.topic
    if topic is None or len(topic.inner) < 2 or point.head is None or point.given:
        return None
    each = any(point.text.endswith(("各", "各自"), 0, end) for end in (point.head.start, point.token.start))
    return Outcome(reason="prose.each_of_several") if each else None


def visits(point: Point) -> Outcome | None:
    """受理咨询电话90次,接待来访30人次: who came in person called no line, and what follows may be of either."""
    state, head = point.state, point.head
    if head is None or not state.on_line or not head.text.endswith("接待"):
        return None
    if any(word.kind == lex.TOPIC and word.start >= head.end for word in point.left):
        return None
    at_a_counter = _AT_A_COUNTER.search(point.text, 0, head.start + head.text.index("接待"))
    if at_a_counter is None and _IN_PERSON.search(point.text, head.end, point.token.start) is None:
        return None
    return Outcome(reason=FOREIGN_HEAD, state=state._replace(topic=None, last=None))


_AT_A_COUNTER = re.compile(r"(?:窗口|大厅|柜台|上门|面对面)(?:共|累计)?\Z")
_IN_PERSON = re.compile("来访(?!来[电信])|上门|到访|来人")


def office_on_line(point: Point) -> Outcome | None:
    """受理12345工单90件,县水务局办结8件: what one office did is an entry of the line's breakdown, and so is what all
    those of one kind did (县直部门办结8件), villages (村办理8件) and desks of the line (企业专席受理8件).

    What follows is then of that office too, until a channel is named again; behind villages it may be of all.
    """
    state = point.state
    some = _offices_of_a_kind(point)
    doer = point.office.words if point.office is not None else some
    below = is_village(doer) or is_desk(doer)
    if not doer or not state.on_line or (not below and any(word.kind == lex.TOPIC for word in point.left)):
        return None
    if state.last is None:
        return Outcome(reason="prose.several_offices", state=state._replace(topic=None)) if some or below else None
    entry, label = one_way_entry(point), point.label()
    if entry.figures and point.head is not None and doer not in label:
        entry = Outcome((point.figure(ITEM, "", doer + label),))
    return entry if is_village(doer) else entry._replace(state=state._replace(topic=None))


def _offices_of_a_kind(point: Point) -> str:
    """各镇, 县直部门: a scope that is some of those who work on a line's cases; empty if it is none, or all of them."""
    before = [word for word in point.left if point.head is not None and word.end <= point.head.start]
    doer = next((word for word in reversed(before) if word.kind not in QUIET), NO_HEAD)
    return doer.text if doer.kind == lex.SCOPE and _SOME_OFFICES.search(doer.text) else ""


def to_whom(point: Point) -> Outcome | None:
    """受理1560件,其中交办至各村900件、县直部门660件: what some of those got to whom cases were passed on."""
    state, head = point.state, point.head
    if head is None or point.column is None or not (state.on_line and state.among and head.sense == "transfer"):
        return None
    to = _TO_WHOM.match(point.text, head.end, point.token.start)
    return one_way_entry(point) if to is not None and not _TO_ALL.search(to.group()) else None


_TO_WHOM = re.compile(r"(?:至|到|给|由)[^,，:;\d]{2,16}\Z")
_TO_ALL = re.compile("相关|有关|各[级有部单地成承责]|承办|责任|成员|职能|主办")


def from_whom(point: Point) -> Outcome | None:
    """收到工单60件,其中市级下派50件: whence a part of them came."""
    state, head, left = point.state, point.head, point.left
    if head is None or point.column is None or not (state.on_line and state.among and head.sense == "transfer"):
        return None
    at = next((index for index, word in enumerate(left) if word is head), 0)
    if at == 0 or left[at - 1].kind != lex.SCOPE or left[at - 1].end != head.start:
        return None
    within = point.behind(state._replace(scope=state.last.scope if state.last else ""))
    return one_way_entry(within)._replace(state=within.state)


def of_all_lines(point: Point) -> Outcome | None:
    """甲线受理90件,乙箱受理60件,共办结149件: of both, where only the second is the topic.

    So 受理甲线工单90件、微信20条,办结109件, where nobody says what the 20 are.
    """
    state, head = point.state, point.head
    if not state.on_line or head is None or point.column is None or any(word.kind == lex.TOPIC for word in point.left):
        return None
    if is_behind_a_part(point):
        return Outcome(reason="prose.channel_or_all", state=state._replace(topic=None, last=None))
    told = [one for decision in point.decisions for one in decision.figures if one.role == COLUMN]
    counts = [one for one in told if one.domain == lex.HOTLINE and one.number.form == COUNT]
    others = [one for one in counts if one.topic is not state.topic]
    if not (others or _another_is_listed(point)) or any(one.column == point.column for one in others):
        return None
    own = [one.number.value for one in counts if one.topic is state.topic]
    summed = any(word.text in lex.SUMS for word in point.left)
    if not own or not (summed or point.number.value > max(own)):
        return None
    return Outcome(reason="prose.channel_or_all", state=state._replace(topic=None, last=None))


def _another_is_listed(point: Point) -> bool:
    """Whether the last number, of nothing that is known, stands in a list (、) behind one that is counted."""
    before, last = (None, None, *point.decisions)[-2:]
    if before is None or last is None or last.figures or not before.figures or numbered(last.token).form != COUNT:
        return False
    return point.text.startswith(_LISTED_WITH, before.token.end)


_LISTED_WITH = ("、", "和", "及", "与")


def is_behind_a_part(point: Point) -> bool:
    """平台受理900件,其中12345热线700件、网站200件,办结率98%: of all that the platform took in, or of the line's share.

    The line is named behind 其中 alone, and what it is a share of was no figure of any channel.
    """
    topic, clause = point.state.topic, point.state.topic_clause
    if topic is None or not 0 <= clause < point.state.clause or point.state.bracket:
        return False
    words = point.part.clauses[clause].tokens
    if not any(word.kind == lex.AMONG and word.end <= topic.start for word in words):
        return False
    before = [decision for decision in point.decisions if decision.token.end <= topic.start]
    return bool(before) and not any(one.topic is not None for one in before[-1].figures)


def calls(point: Point) -> Outcome | None:
    """公众来电3000余条: calls that came, with no verb."""
    topic = point.state.topic
    if topic is None or topic.text not in _CALLS or not point.left or point.left[-1].text != topic.text:
        return None
    if point.left[-1].end != point.token.start:
        return None
    return Outcome((point.figure(COLUMN, "received", topic.text, sense="receive"),))


def other_system(point: Point) -> Outcome | None:
    """受理12345热线520件,民意快线平台46件: what came through a system that no word of the lexicon names.

    A rate behind it, or what was done, may be of either.
    """
    state, left = point.state, point.left
    if not state.on_line or state.of_parts:
        return None
    if any(
        word.kind not in QUIET and word.kind != lex.KIND
        for word in left[1 if left[:1] and left[0].kind in LISTED else 0 :]
    ):
        return None
    since = max(point.clause.start, behind_last_break(point.text, point.token.start))
    named = _SYSTEM.match(point.text, since, point.token.start)
    if named is None or _OWN_SYSTEM.match(named["name"]):
        return None
    return Outcome(reason=FOREIGN_HEAD, state=state._replace(topic=None, last=None))


_SYSTEM = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,10}?)(?:平台|系统|信箱|邮箱|专栏|栏目|网)")
_OWN_SYSTEM = re.compile(
    "该|[本此]平|热线|网络|互联|电话|语音|人工|线上|线下|网上|移动|手机|统一|受理|工单|话务|呼叫|其中|微信|短信|自助"
)
"""Ways in, and what one may call the line itself."""


def kind_of_case(point: Point) -> Outcome | None:
    """求助类3000件: a kind of case, in a breakdown or listed beside another kind."""
    state = point.state
    if not state.on_line or any(word.kind in (lex.TOPIC, lex.MEDIA, lex.RATE) for word in point.left):
        return None
    if state.last is None or state.last.carried:
        return None
    label = point.label()
    kinds = last_of(point.left, lex.KIND) >= 0 or label.endswith("类") or _is_another_way(label, state.last)
    if not label or not (kinds or state.of_parts):
        return None
    if _came_in_person(point, label):
        return Outcome(reason=ONE_WAY, state=state._replace(topic=None, last=None))
    alike = (state.last.kind_label in lex.MANNERS) == (label in lex.MANNERS)
    demoted = not state.of_parts and bool(state.last.kind_label) and alike
    before = _first_of_kinds(point, state.last) if demoted else None
    return Outcome((point.figure(ITEM, "", label),), before=before)


def _came_in_person(point: Point, label: str) -> bool:
    """咨询电话接听90次,当面咨询30次: no part of the calls, unless 其中 or a bracket behind the line says so."""
    return _FACE_TO_FACE.fullmatch(label) is not None and not divides_the_line(point)


_FACE_TO_FACE = re.compile("(?:当面|现场|面对面|窗口|柜台|上门)(?:咨询|求助|投诉|反映|问询|来访)?类?")


def _is_another_way(label: str, last: Figure) -> bool:
    """来电90件、来信20件: beside one way of asking another."""
    return label in lex.MANNERS and last.kind_label in lex.MANNERS and label != last.kind_label


def _first_of_kinds(point: Point, last: Figure) -> Decision | None:
    """受理咨询200件、投诉100件: the 200 are not all that was received, but the first of the kinds."""
    decision = point.decisions[-1]
    if not decision.figures or decision.figures[-1] is not last:
        return None
    item = replace(last, role=ITEM, column="", label=last.kind_label)
    return replace(decision, figures=(*decision.figures[:-1], item))
