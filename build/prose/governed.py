"""What governs a count: the topic and the verb that the words round it give it, and how far they reach."""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import lexicon as lex
from .heads import (
    LISTED,
    NO_HEAD,
    QUIET,
    adjoins,
    governing,
    joint_verbs,
    last_head,
    numbered,
    outcome_behind,
    reached,
    topic_behind,
    until_list,
)
from .numbers import APPLICATION_UNITS
from .point import Outcome, Point
from .state import State, in_scope, on_topic
from .tokens import Token
from .ways import ONE_WAY, follows_one_way
from .whose import Office, acting_office

_ON_DISCLOSURE = re.compile("(?:有关|涉及|关于|因|涉)?(?:政府)?信息公开(?:工作)?(?:引起|引发)?(?:方面|类)?的?")


def with_topic_behind(point: Point) -> Point:
    """300余件12345热线工单, 1起政府信息公开行政复议案件: the topic directly behind the number is its own."""
    topic = topic_behind(point.token, point.right) or _review_behind(point) or _request_behind(point)
    if topic is None:
        return point
    return point._replace(state=on_topic(point.state, topic), left=(*point.left, topic))


def _review_behind(point: Point) -> Token | None:
    topic = next((word for word in point.right[:3] if word.kind == lex.TOPIC), None)
    if topic is None or topic.sense != lex.REVIEWS:
        return None
    if any(word.kind == lex.NUMBER for word in until_list(point.right)):
        return None
    return topic if _ON_DISCLOSURE.fullmatch(point.text, point.token.end, topic.start) else None


def _request_behind(point: Point) -> Token | None:
    """收到70件申请 under a heading 依申请公开."""
    state, behind = point.state, point.right[0] if point.right else NO_HEAD
    if not state.setting.headed or state.topic is not None or behind.text != "申请":
        return None
    if behind.start != point.token.end or point.text[behind.end : behind.end + 1] in ("表", "书", "人"):
        return None
    head = last_head(point.left)
    if head is None or head.sense not in lex.ARRIVALS:
        return None
    return Token(lex.TOPIC, behind.start, behind.start, "", lex.APPLICATIONS)


def with_head(point: Point) -> Point:
    """The verb that governs the number, what it means here, and whose deed it is; the list goes on with that verb."""
    state = point.state
    outcome = outcome_behind(point.token, point.right) if state.domain == lex.APPLICATIONS else None
    if outcome is not None:
        return _headed(point._replace(left=(outcome,), right=()), outcome)
    since = state.clause - state.pending_clause
    head = governing(point.left) or reached(state.pending, since, point.left, lex.VERB)
    if head is None or _behind_its_number(point) or _only_describes(point):
        return point
    if head.sense != "foreign" and not point.given:
        point = point.behind(state._replace(carry=head, carry_clause=state.clause))
    return _headed(point, head)


def _headed(point: Point, head: Token) -> Point:
    if head.sense == "foreign":
        return point._replace(head=head)
    state = of_applications(point, head, adjoins(_from(head, point.left), point.token))
    last_end = max((decision.token.end for decision in point.decisions[-1:]), default=0)
    by_office = state.domain in (lex.APPLICATIONS, lex.HOTLINE)
    office = acting_office(point.text, head, point.left, last_end) if by_office else None
    if state.domain == lex.APPLICATIONS and (obstacle := _not_of_all(point, head)):
        office = Office("", obstacle)
    if office is not None and not office.obstacle and state.domain == lex.APPLICATIONS:
        state = in_scope(state, head._replace(text=office.words))
    results = lex.RESULT_SENSES.get(state.domain, frozenset())
    outcomes = frozenset(state.sense(word) for word in joint_verbs(point.left)) & results
    column = lex.DISCLOSED if outcomes == lex.DISCLOSED_SENSES else state.column(head)
    return point._replace(state=state, head=head, column=column, outcomes=outcomes, office=office)


def _not_of_all(point: Point, head: Token) -> str:
    """Why what ``head`` counts was not done with the requests in general; empty if it may have been.

    告知通过其他途径办理3件: what the applicant was told to do; 上年结转办结2件, 办结上年结转申请3件: what was done with
    those left over; 按无法提供答复9件: one outcome's.
    """
    if head.sense not in _DONE:
        return ""
    since = max([point.clause.start, *(decision.token.end for decision in point.decisions[-1:])])
    if _TOLD_TO.search(point.text, since, head.start):
        return "prose.passed_on"
    if head.sense != "receive" and _THOSE_LEFT_OVER.fullmatch(point.text, head.end, point.token.start):
        return "prose.some_requests"
    if head.sense in _ANSWERED and _AS_AN_OUTCOME.search(point.text, since, head.start):
        return "prose.some_requests"
    before = [word for word in point.left if word.end <= head.start and word.kind not in (*QUIET, lex.TOPIC)]
    of_last_year = bool(before) and point.state.sense(before[-1]) == "brought_forward"
    listed = len(before) > 1 and before[-2].kind in (*LISTED, lex.INCLUDING)
    return "prose.some_requests" if of_last_year and not listed else ""


_ANSWERED = frozenset(("handle", "reply", "complete"))
_AS_AN_OUTCOME = re.compile(
    r"(?:按照?|[以由因])\W?(?:无法提供|[不未]予?[公处][开理]|予以公开|部分公开|其[他它]处理|(?:政府)?信息不存在|(?:本机关)?不掌握"
    r"|非本(?:机关|单位|部门)|不属于|重复申请|信访)[^,，;:、()\d]{0,10}\Z"
)
_THOSE_LEFT_OVER = re.compile(
    r"了?(?:[由从自])?(?:(?:上|去|往|前|20\d\d|以前|上一|以往)年度?)?(?:结转|转结|遗留|顺延|未办结)(?:来|下来|办理)?的?"
    r"(?:(?:政府)?信息公开|依申请公开|信息)?(?:申请|件)?(?:共|共计|计|的)?"
)
_DONE = frozenset(("receive", "handle", "reply", "complete", "finish")) | lex.OUTCOME_SENSES
_TOLD_TO = re.compile(
    "(?:告知|建议|引导|指引)(?!书)[^,，;:并后\\d]{0,16}?(?:通过|经由|向|[到去]|其[他它]|有关|相关|有权|主管)[^,，;:并后\\d]{0,16}\\Z"
)


def _from(head: Token, left: Sequence[Token]) -> Sequence[Token]:
    return [head, *(word for word in left if word.start >= head.end)]


def of_applications(point: Point, head: Token, near: bool) -> State:
    """予以公开5件 after a sentence on applications needs no topic of its own, nor does 上年结转1件 under a heading."""
    state = point.state
    free = state.topic is None or (state.domain == lex.FOREIGN and state.topic_clause != state.clause)
    told = head.sense in lex.OUTCOME_SENSES or (head.sense == "brought_forward" and state.setting.headed)
    if not (free and near and state.setting.applications and told):
        return state
    if _counts_other_cases(point) or any(one.reason == ONE_WAY for one in point.decisions) or follows_one_way(point):
        return state
    topic = Token(lex.TOPIC, head.start, head.start, "", lex.APPLICATIONS)
    return state._replace(topic=topic, topic_clause=state.clause)


def _counts_other_cases(point: Point) -> bool:
    """受理许可事项300件,不予受理40件: the 40 are of the 300; not so behind 召开会议3次, 主动公开300件, 网站公开3件."""
    topic = point.state.topic
    if topic is None or topic.kind == lex.MEDIA or "主动" in topic.text:
        return False
    behind = [one.token for one in point.decisions if one.token.start > topic.start]
    return any(numbered(token).unit in APPLICATION_UNITS for token in behind)


def _behind_its_number(point: Point) -> bool:
    """2件维持、1件撤销: 维持 belongs to the number before it."""
    left = point.left
    last = point.decisions[-1].token.end if point.decisions else None
    apart = last is not None and 0 <= left[0].start - last <= 1
    first = next((word for word in left if word.kind not in QUIET), left[-1])
    return apart and first.kind == lex.VERB and left[-1].kind in LISTED


def _only_describes(point: Point) -> bool:
    """办理甲线300件、乙线转办件20件: 转办 says where the cases came from, as it would behind 办理 itself."""
    state, left = point.state, point.left
    if state.carry is None:
        return False
    here = state.carry_clause == state.clause and left[0].kind == lex.LIST
    if here and len(left) > 2 and left[1].kind == lex.VERB and left[2].text != "件":
        return False
    if not here and not _passed_on(point):
        return False
    return governing((state.carry, *left[here:])) is state.carry


def _passed_on(point: Point) -> bool:
    """办理甲线300件,乙线转办件20件: the same in the clause behind, if it names whose cases they are.

    Behind 受理甲线300件 乙线转办20件 says what was done with them.
    """
    state, left, verb = point.state, point.left, governing(point.left)
    whose = left[0].kind in (lex.TOPIC, lex.SCOPE) and state.carry_clause == state.clause - 1
    if verb is None or state.carry is None or (state.carry.sense in lex.ARRIVALS and verb.end == point.token.start):
        return False
    return whose and left[0].start == point.clause.start and verb.sense == "transfer"


def far_from_topic(point: Point) -> Outcome | None:
    """The channel was named more than a clause ago, and nothing of it has been counted since."""
    if point.head is None or point.column is None or near_topic(point.state, point.left, point.right):
        return None
    return Outcome(reason="prose.channel_too_far")


def near_topic(state: State, left: Sequence[Token], right: Sequence[Token]) -> bool:
    """Whether the channel still holds: a figure of it stands between, or the thing counted is named here.

    The outcomes of applications are the statute's words: they need no more naming.
    """
    if state.last is not None or state.clause - state.topic_clause <= 1:
        return True
    results = lex.RESULT_SENSES.get(state.domain, frozenset())
    if any(word.sense in results for word in (*left, *right[:2])):
        return True
    return any(word.kind in (lex.OBJECT, lex.KIND, lex.REPORTED) for word in (*left, *right[:1]))


def without_whence(point: Point) -> Point:
    """Behind 省长信箱转派23件 the number of 市长信箱41件 is of no channel that one could tell."""
    named = point.state.on_line and any(word.kind == lex.TOPIC and word.sense == lex.HOTLINE for word in point.left)
    return point.behind(point.state._replace(topic=None)) if named and _came_from(point) else point


def _came_from(point: Point) -> bool:
    """省长信箱转派23件,市长信箱41件: a 转派 behind its channel says whence the cases came, and opens no list."""
    carry = point.state.carry
    if carry is None or point.state.clause - point.state.carry_clause > 1:
        return False
    if carry.sense != "transfer" or any(word.kind == lex.VERB for word in point.left):
        return False
    clause = next((one for one in point.part.clauses if one.start <= carry.start < one.end), None)
    return clause is not None and any(word.kind == lex.TOPIC and word.end <= carry.start for word in clause.tokens)
