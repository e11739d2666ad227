"""Ways of asking and answering: what came in by one of them, or was answered in one manner, is a part of all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import lexicon as lex
from .heads import behind_last_break, last_of
from .model import ITEM
from .point import MAX_LABEL, Outcome, Point
from .tokens import Token

ONE_WAY = "prose.one_way"
_ONE_MANNER = re.compile(f"(?<![、和及或与])(?:{'|'.join(lex.MANNERS)})(?:渠道|方式|途径|窗口)?\\Z")
_BY_ONE_WAY = re.compile(r"(?:(?P<by>通过|经由|利用|借助|依托|运用|以)|[在从经])(?P<way>[^,，:;(]{2,20})\Z")
_PLACES = "网站|平台|邮箱|窗口|专区|专栏|栏目|体验区|大厅|查阅点|受理点"
_A_WAY = re.compile(f"{_PLACES}|{'|'.join(lex.MANNERS)}|系统|渠道|方式|途径|表单")
_AT_A_PLACE = re.compile(f"(?:{_PLACES})[上中里内处共]{{0,2}}\\Z")
"""在网站收到 names one way as 通过网站收到 does; 在全系统收到 does not, for there that is all authorities of a kind."""
_REQUESTS_OF_ONE_WAY = re.compile(
    rf"(?<![、和及或与])(?:{'|'.join(lex.MANNERS)})(?:渠道|方式)?(?:提出的?|的)?申请(?:中|的|共)?\Z"
)
_COUNTED_OF_ONE_WAY = re.compile(
    rf"(?<![、和及或与])(?:{'|'.join(lex.MANNERS)})(?:渠道|方式)?(?:提出的?|的)?(?:(?:政府)?信息公开)?申请(?:共|有)?\d"
)
"""信函申请予以公开2件; 信函申请4件,予以公开2件: what became of some."""
_SEVERAL_WAYS = re.compile("[多各等、和及或与]")
"""通过邮寄方式受理6件 is one way of asking; 通过网站、邮寄等方式受理 is all that was received."""
_CLASS = re.compile("自然人|法人[或和及]其他组织|商业企业|科研机构|社会公益组织|法律服务机构")
_ONE_CLASS = re.compile(f"(?<![、和及或与])(?:{_CLASS.pattern})(?![、和及或与])")
_COUNTED_OF_ONE_CLASS = re.compile(
    r"(?:(?<![、和及或与])|(?<=[件宗条][、和及]))"
    r"(公民|个人|群众|自然人|法人|企业|律师|单位|组织|媒体)(?:提[出交]的?|的)?(?:(?:政府)?信息公开)?申请(?:共|有)?(?=(\d))"
)
"""公民政府信息公开申请7件, 法人申请2件: each counts those of one class where the other stands beside it."""
_OF_ONE_CLASS = frozenset(("receive", "receive_new", "complete", "reply"))
_SOME = re.compile(
    "(?:涉及|关于)(?![我本全各该的部多等]|其[他它]).{2}|[^各多个](?:方面|领域)|[^各分两三多几]类|同一|重复(?!处理)|疑难|不属于(?!主动公开)|转[来办交送]的?\\Z"
)
"""What makes requests some of all: 涉及征地的, 规划类, 同一申请人提出的, 不属于本机关职责的, 上级转来的."""
_FACE_TO_FACE = ("当面", "面对面")
_MANNER_LENGTH = 8
_BY_ITSELF = re.compile("(?:直接|自行)[受收]")
_ONLINE_OFFICE = re.compile("(?:依申请公开|信息公开申请)(?:受理)?(?:平台|系统|栏目|专栏|窗口|邮箱|渠道|模块)\\Z")
_BY_A_SITE = re.compile("[^和及或与等]{0,12}(?:网站|网上平台|邮箱|信箱|窗口)共?")
"""县政府网站受理12件, as if the site were an office."""


def is_of_one_class(point: Point, head: Token) -> bool:
    """收到自然人申请12件,收到商业企业申请3件: requests of one class of applicants, where another class, or 其中, stands
    beside them; 共收到自然人申请3件 alone may be all.
    """
    if point.state.domain != lex.APPLICATIONS or head.sense not in _OF_ONE_CLASS:
        return False
    if point.text.count("申请") > 1:
        counted = [(found[1], found.start(2)) for found in _COUNTED_OF_ONE_CLASS.finditer(point.text)]
        if len({one for one, _ in counted}) > 1 and point.token.start in [at for _, at in counted]:
            return True
    start = max(point.clause.start, *(decision.token.end for decision in point.decisions[-1:]), 0)
    if len(set(_ONE_CLASS.findall(point.text, start, point.token.start))) != 1:
        return False
    return point.state.among or len(set(_CLASS.findall(point.text))) > 1


def are_some(point: Point) -> bool:
    """受理涉及征地的政府信息公开申请12件: the words between verb and topic choose some of the requests."""
    topic = next((word for word in reversed(point.left) if word.kind == lex.TOPIC), None)
    if topic is None:
        return _are_of_one_kind(point)
    if topic.sense != lex.APPLICATIONS:
        return False
    last = (decision.token.end for decision in point.decisions[-1:])
    start = max(behind_last_break(point.text, topic.start), point.clause.start, *last)
    return _SOME.search(point.text, start, topic.start) is not None


def _are_of_one_kind(point: Point) -> bool:
    """处理重复申请1件, 办结疑难案件1件: what stands between a verb and 申请 or 案件 chooses some of the requests."""
    left = point.left
    at = last_of(left, lex.VERB)
    if point.state.domain != lex.APPLICATIONS or at < 0 or left[-1].kind != lex.OBJECT:
        return False
    left_over = left[at].sense in ("brought_forward", "carried_forward") and at > 0 and left[at - 1].kind == lex.VERB
    return left_over or _SOME.search(point.text, left[at].end, left[-1].start) is not None


def follows_one_way(point: Point) -> bool:
    """信函申请4件,予以公开2件: a number before it counts requests that came by one way."""
    return any(
        _COUNTED_OF_ONE_WAY.search(point.text, max(0, one.token.start - MAX_LABEL), one.token.start + 1)
        for one in point.decisions
    )


def is_outcome_of_one_way(point: Point, head: Token) -> bool:
    """信函申请予以公开2件: what became of the requests that came by one way."""
    if head.sense not in lex.OUTCOME_SENSES:
        return False
    since = max(point.clause.start, head.start - MAX_LABEL)
    return _REQUESTS_OF_ONE_WAY.search(point.text, since, head.start) is not None


def is_one_way(point: Point, head: Token) -> bool:
    """网上受理60件, 书面答复2件 behind other figures: what one way brought in, or answered."""
    state, text = point.state, point.text
    if not state.on_line and head.sense in ("receive", "receive_new"):
        return _came_one_way(point, head)
    if not state.on_line and _was_answered_one_way(point, head):
        return True
    if not text.endswith(lex.MANNERS, 0, head.start) or any(word.kind == lex.TOPIC for word in point.left):
        return False
    if state.on_line and text.endswith("人工", 0, head.start) and state.last is None:
        return False
    if head.sense == "reply":
        of_the_topic = not state.on_line or (state.last is not None and state.last.topic is state.topic)
        return of_the_topic and (state.among or state.last is not None)
    told = state.last is not None and state.last.topic is state.topic and state.last.column == "received"
    return state.on_line and head.sense == "receive" and (told or state.clause > state.topic_clause)


def _was_answered_one_way(point: Point, head: Token) -> bool:
    if head.sense == "publish_reply":
        return _ANSWERED_OTHERWISE.search(point.text, point.token.end) is not None
    return head.sense in ("handle", "reply", "complete") and _by_one_way(point.text, point, head)


_ANSWERED_OTHERWISE = re.compile(rf"(?:{'|'.join(lex.MANNERS)})(?:答复|回复|反馈)的?\d")
"""公开答复30件,书面答复15件: then the first were answered in one way, too."""


def _by_one_way(text: str, point: Point, head: Token) -> bool:
    """通过门户网站收到6件, 通过门户网站办理并答复6件, 在公开专区收到6件."""
    by = _BY_ONE_WAY.search(text, point.clause.start, head.start)
    if by is None or _SEVERAL_WAYS.search(by["way"]):
        return False
    return (_A_WAY if by["by"] else _AT_A_PLACE).search(by["way"]) is not None


def _came_one_way(point: Point, head: Token) -> bool:
    """线下收到9件, 通过邮寄收到6件, 收到网上申请8件: not 通过网站、信函等渠道.

    So 直接受理9件 beside a number of those that others passed on.
    """
    text = point.text
    if _by_one_way(text, point, head):
        return True
    if point.decisions and _BY_ITSELF.search(text, max(0, head.start - len("直接")), head.end + 1):
        return True
    if _ONLINE_OFFICE.search(text, max(0, head.start - MAX_LABEL), head.start):
        return True
    start = max(point.clause.start, behind_last_break(text, head.start))
    if text[start - 1 : start] != "、" and _BY_A_SITE.fullmatch(text, start, head.start):
        return True
    requests: Sequence[Token] = [word for word in point.left if word.start >= head.end and "申请" in word.text]
    behind = [decision.token.end + 1 for decision in point.decisions[-1:]]
    return any(
        _ONE_MANNER.search(text[max(0, word.start - _MANNER_LENGTH, *behind) : word.start])
        for word in (head, *requests)
    )


def one_way_entry(point: Point) -> Outcome:
    """An entry of the breakdown of the channel that has had figures; else nothing says of which it is."""
    state, label = point.state, point.label()
    if not state.on_line or state.last is None or state.last.topic is not state.topic or not label:
        return Outcome(reason=ONE_WAY)
    if label.startswith(_FACE_TO_FACE) and not divides_the_line(point):
        return Outcome(reason=ONE_WAY, state=state._replace(topic=None, last=None))
    return Outcome((point.figure(ITEM, "", label),))


def divides_the_line(point: Point) -> bool:
    """Whether 其中 or a bracket behind the channel's name says that what follows are parts of its figure."""
    line = point.state.topic
    if line is None or point.state.bracket:
        return line is not None
    behind = [
        word for clause in point.part.clauses for word in clause.tokens if line.end <= word.start < point.token.start
    ]
    return any(word.kind in (lex.AMONG, lex.INCLUDING) and word.text not in lex.ON_TOP for word in behind)
