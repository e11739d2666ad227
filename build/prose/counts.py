"""Rules for counts of anything: what a number counts by its verb, the words behind it, or the list it stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from . import lexicon as lex
from .bars import OTHER_YEAR
from .governed import near_topic, of_applications
from .growth import COMPARED
from .heads import NO_HEAD, QUIET, last_of, numbered, verb_behind
from .model import COLUMN, ITEM, Figure
from .numbers import COUNT
from .percents import NO_CHANNEL
from .point import FOREIGN_HEAD, Outcome, Point, class_among, class_before, names_class
from .reviews import of_reviews
from .times import ONE_OF_SEVERAL_TIMES, RUNNING
from .tokens import Token
from .ways import ONE_WAY, is_of_one_class, is_one_way, is_outcome_of_one_way, one_way_entry

_MORE_OR_FEWER = re.compile(r"(?<![众最至更大许])[多少]\Z")
_ANSWERS = frozenset(("reply", "complete"))
_ACTS = frozenset(("receive", "receive_new", "receive_with", "handle", "complete", "reply"))


def average(point: Point) -> Outcome | None:
    """日均30件 is an entry of a hotline's breakdown, never what it received."""
    first = next((word for word in point.left if word.kind == lex.AVERAGE), None)
    if first is None:
        return None
    if not point.state.on_line:
        return Outcome(reason="prose.per_day")
    return Outcome((point.figure(ITEM, "", point.cleaned(first.start, point.token.start)),))


def more_than_before(point: Point) -> Outcome | None:
    """比上年多受理5件, 比上年受理多5件: by how many more, or fewer."""
    if point.head is None:
        return None
    ends = (point.head.start, point.token.start) if point.state.compared is not None else (point.head.start,)
    if not any(_MORE_OR_FEWER.search(point.text, max(0, end - 2), end) for end in ends):
        return None
    return Outcome(reason=COMPARED)


def ranked(point: Point) -> Outcome | None:
    """受理量居前三的是水务局300件, 受理诉求较多的镇为临江镇300件: of the first, as are the numbers behind it."""
    state, head = point.state, point.head
    if head is None or point.column is None or (state.of_parts and state.last is not None):
        return None
    if _RANKED.search(point.text, head.end, point.token.start) is None:
        return None
    return Outcome(reason="prose.ranked", state=state._replace(topic=None, last=None, carry=None))


_RANKED = re.compile(
    r"居前|靠前|排名|排前|[位名]列|[位名]居|前[一二三四五六七八九十\d]{1,2}[位名的类项个大]|集中(?:在|于|为)|依次|"
    r"[最较]?[多高大]的(?:是|为|有|[^,，:;\d]{0,8}[是为有:])"
)


def chosen(point: Point) -> Outcome | None:
    """受理的3件诉求入选案例 tells of three of them; 受理的300件诉求均已办结 of all."""
    head, start = point.head, point.token.start
    if (
        head is None
        or point.column is None
        or head.sense not in _ACTS
        or point.text[head.end : start] not in ("的", "了的")
    ):
        return None
    if any(
        word.kind in (lex.EACH, lex.REPORTED) or word.text == "全部"
        for word in point.clause.tokens
        if word.start > start
    ):
        return None
    return Outcome(reason="prose.chosen")


def other_thing(point: Point) -> Outcome | None:
    """督办30件, 培训3次: another thing counted ends a topic that had no figure."""
    if point.head is None or point.head.sense != "foreign":
        return None
    asked = point.state.on_line and point.head.text in _ASKED
    equipped = point.state.on_line and _EQUIPMENT.search(point.text, point.head.end, point.token.start) is not None
    of_the_topic = asked or equipped or (point.state.topic is not None and point.head.text in _RETURNED)
    return Outcome(reason="prose.no_meaning" if of_the_topic else FOREIGN_HEAD)


_ASKED = frozenset(("回访", "满意", "不满意"))
"""Whom a line asked, and what they said, is still of the line: 回访90件,满意88件,满意率97.8%."""
_EQUIPMENT = re.compile("(?:座席|坐席|席位|话务员|接线员|话务人员|专线|中继线|线路)(?:共|共计|达|为)?\\Z")
"""With what a line works is of the line, too: 设立话务座席8个,受理12775件."""
_RETURNED = frozenset(("退件", "退单"))
"""What was sent back is of what came in: 接件900件,退件20件,办结880件."""


def no_meaning(point: Point) -> Outcome | None:
    """维持3件 of requests, 收到30件 of nothing: the verb means nothing there."""
    if point.head is None or point.column is not None or point.state.domain == lex.REVIEWS:
        return None
    if _are_requests_of_one_way(point):
        return Outcome(reason=ONE_WAY)
    return Outcome(reason="prose.no_meaning" if point.state.topic else NO_CHANNEL)


def _are_requests_of_one_way(point: Point) -> bool:
    """信函收到申请5件,予以公开2件 behind a sentence on requests: some of them, and so is what became of these."""
    head = point.head
    if head is None or point.state.topic is not None or not point.state.setting.applications:
        return False
    return head.sense in lex.ARRIVALS and is_one_way(point, head)


def one_way(point: Point) -> Outcome | None:
    """网上受理60件: what came in, or was answered, by one way of several.

    What was done with requests that came by one way, 网上受理申请60件,办结58件, is done with those alone where all that
    came have not been counted before.
    """
    if point.head is None or point.column is None:
        return None
    if is_of_one_class(point, point.head):
        return Outcome(reason="prose.one_class")
    if is_outcome_of_one_way(point, point.head):
        return Outcome(reason=ONE_WAY)
    if not is_one_way(point, point.head):
        return None
    entry = one_way_entry(point)
    came = point.state.domain == lex.APPLICATIONS and point.head.sense in lex.ARRIVALS
    if came and _received_before(point) is None:
        return entry._replace(state=point.state._replace(topic=None, last=None))
    return entry


def received_and_closed(point: Point) -> Outcome | None:
    """受理答复34件, 受理并按时答复34件: both, of the same number; 收到回复34件 were replies that came."""
    head, column = point.head, point.column
    if head is None or column is None or head.sense not in _ANSWERS:
        return None
    before = [word for word in point.left if word.end <= head.start]
    received = before[at] if (at := last_of(before, lex.VERB)) >= 0 else NO_HEAD
    between = point.text[received.end : head.start]
    arrived = point.state.column(received) if received.sense in lex.ARRIVALS else None
    if not arrived or _AND_IN_TIME.fullmatch(between) is None or (received.text.endswith("到") and not between):
        return None
    both = _column_figure(point._replace(head=received), received, arrived), _column_figure(point, head, column)
    return Outcome(both)


_AND_IN_TIME = re.compile("|并(?:均|已|全部|都)?(?:按[时期]|及时|如期|依法|规范)?")


def accepted(point: Point) -> Outcome | None:
    """收到申请57件,受理50件: of those that came in, which are more."""
    head, column = point.head, point.column
    if head is None or head.text != "受理" or column not in ("received", *_RECEIVED):
        return None
    if any(word.kind not in QUIET or word.kind == lex.OBJECT for word in point.left if word is not head):
        return None
    came = _received_before(point)
    if came is None or came.topic is not point.state.topic or not came.label.endswith("收到"):
        return None
    return Outcome((point.figure(ITEM, "", head.text),)) if point.number.value < came.number.value else None


def _received_before(point: Point) -> Figure | None:
    """The last number in this part of what came in."""
    told = (one for decision in reversed(point.decisions) for one in decision.figures)
    return next((one for one in told if one.role == COLUMN and one.column in ("received", *_RECEIVED)), None)


_RECEIVED = (lex.RECEIVED, lex.WITH_BROUGHT_FORWARD)


def _may_be_of_some_named(point: Point) -> bool:
    """受理900件,疑难件20件,办结15件: of the 20, which no verb counts; 有效工单890件,办结880件 are of all."""
    last = point.decisions[-1] if point.decisions else None
    spoken_of = point.state.domain in (lex.HOTLINE, lex.APPLICATIONS)
    if not spoken_of or point.state.bracket or last is None or last.figures or last.clause != point.state.clause - 1:
        return False
    named, clause = numbered(last.token), point.part.clauses[last.clause]
    before = [word for word in clause.tokens if word.end <= last.token.start]
    came = point.head is not None and point.head.sense in lex.ARRIVALS
    if came or named.form != COUNT or named.value < point.number.value or any(word.kind in _NAMED for word in before):
        return False
    label = point.text[clause.start : last.token.start]
    return _SOME_CASES.search(label) is not None and _is_counted_before(point)


def _is_counted_before(point: Point) -> bool:
    """Whether a number in this part says what came in, or how many were dealt with."""
    told = (one for decision in point.decisions for one in decision.figures)
    return any(one.role == COLUMN and one.sense in (*lex.ARRIVALS, *_ANSWERS, "handle") for one in told)


_NAMED = frozenset((lex.TOPIC, lex.VERB))
_SOME_CASES = re.compile(
    r"(?:(?<!有效)(?<![撤退])[件的]|[^各分两三多几]类|(?:涉及|疑难|复杂|重点|重大|紧急|热点|重复|历史|批示)[\u4e00-\u9fff]{0,6})\Z"
)


def of_the_class(point: Point) -> Outcome | None:
    """受理物业类诉求300件,办结290件: of those, as may be what 受理900件,其中投诉类300件,办结290件 ends with."""
    if point.head is None or point.column is None:
        return None
    among = class_among(point)
    is_part = (
        class_before(point) is not None
        or _may_be_of_some_named(point)
        or (among is not None and point.number.value <= among.number.value)
    )
    if not is_part or any(word.kind in (lex.TOPIC, lex.AMONG) for word in point.left):
        return None
    if names_class(point.kind_label()):
        return None
    return Outcome(reason="prose.of_one_kind", state=point.state._replace(topic=None, last=None))


def at_one_time(point: Point) -> Outcome | None:
    """一次办结55件, 二次办理35件: some of all, done the first time or again."""
    head = point.head
    if head is None or not _ONE_TIME.search(point.text, max(0, head.start - 3), head.start):
        return None
    return Outcome(reason="prose.of_one_kind")


_ONE_TIME = re.compile(rf"{ONE_OF_SEVERAL_TIMES}\Z")


def verb(point: Point) -> Outcome | None:
    """受理300件, 办结298件."""
    if point.head is None or point.column is None:
        return None
    return Outcome((_of_all_years(point, _column_figure(point, point.head, point.column)),))


def _of_all_years(point: Point, figure: Figure) -> Figure:
    """2022年受理300件,累计受理5000件: behind the year's own number a larger one of 累计 is that of all years."""
    if figure.role != COLUMN or not any(word.text in RUNNING for word in point.left):
        return figure
    alike = (figure.topic, figure.column, figure.scope, figure.period)
    told = (one for decision in point.decisions for one in decision.figures if one.role == COLUMN)
    own = [one.number.value for one in told if (one.topic, one.column, one.scope, one.period) == alike]
    is_larger = bool(own) and figure.period == "year" and own[-1] < figure.number.value
    return replace(figure, period="cumulative", partial=True) if is_larger else figure


def _column_figure(point: Point, head: Token, column: str) -> Figure:
    if column == lex.RECEIVED and head.sense == "receive" and point.state.with_brought_forward:
        column = lex.WITH_BROUGHT_FORWARD
    kind, phrase = point.kind_label(), point.label()
    if kind and (point.state.of_parts or names_class(kind)):
        arrived = column in ("received", lex.RECEIVED)
        return point.figure(ITEM, "", kind if arrived else head.text + kind)
    return point.figure(COLUMN, column, head.text, sense=head.sense, kind_label=kind, phrase=phrase)


def listed(point: Point) -> Outcome | None:
    """受理甲线3000件、乙线200件: the verb of a list holds for every channel (or scope) in it.

    乙线物业类200件 are one class of the line's cases.
    """
    state, left, carry = point.state, point.left, point.state.carry
    if carry is None or state.clause - state.carry_clause > 1:
        return None
    named = state.on_line and any(word.kind == lex.TOPIC and word.sense == lex.HOTLINE for word in left)
    scoped = last_of(left, lex.SCOPE) >= 0 and last_of(left, lex.AMONG) >= 0
    column = state.column(carry)
    if not (named or scoped) or not column:
        return None
    if named and _has_several_columns(point):
        return Outcome(reason="prose.no_verb")
    of_whom = (word.end for word in left if word.kind in (lex.TOPIC, lex.SCOPE))
    behind = point.cleaned(max(of_whom), point.token.start)
    if names_class(behind):
        return Outcome((point.figure(ITEM, "", behind),), state=state._replace(carry_clause=state.clause))
    first = min(state.topic_clause, state.carry_clause)
    phrase = point.label() or (_channel_named(left) if state.bracket else "")
    more = {"sense": carry.sense, "carried": True, "topic_clause": first, "phrase": phrase}
    figure = point.figure(COLUMN, column, carry.text, **more)
    return Outcome((figure,), state=state._replace(carry_clause=state.clause))


def _channel_named(left: Sequence[Token]) -> str:
    """办理甲线等工单90件(甲线70件,乙线20件): the channels are what the parts are of."""
    at = last_of(left, lex.TOPIC)
    return left[at].text if at >= 0 else ""


def _has_several_columns(point: Point) -> bool:
    """受理甲线90件、办结80件,乙线7件: the 7 came in, or were done."""
    counts = [decision.figures[0] for decision in point.decisions if decision.figures]
    counts = [figure for figure in counts if figure.role == COLUMN and figure.number.form == COUNT]
    return len({figure.column for figure in counts if figure.topic is counts[-1].topic}) > 1


def verb_after(point: Point) -> Outcome | None:
    """2件正在办理, 其中298件已办结; not 2件次年办结."""
    head = verb_behind(point.right)
    if head is None:
        return None
    if _is_done_in_another_year(point, head):
        return Outcome(reason=OTHER_YEAR)
    state = of_applications(point, head, _is_right_behind(point, head))
    column = state.column(head)
    if not column or not near_topic(state, point.left, point.right):
        return None
    within = point._replace(state=state, head=head)
    if state.domain != lex.REVIEWS:
        return Outcome((_column_figure(within, head, column),), state=state)
    outcome = of_reviews(within, head, column) if head.sense in lex.REVIEW_SENSES else Outcome()
    return outcome._replace(state=state) if outcome.figures else None


def _is_right_behind(point: Point, head: Token) -> bool:
    """6件结转下年度, 6件申请结转下年度."""
    between = point.text[point.token.end : head.start]
    return between == "" or (between == "申请" and head.sense in lex.HANDED_ON)


def _is_done_in_another_year(point: Point, head: Token) -> bool:
    """2件次年办结, 2件于2024年1月办结 in the report of 2023."""
    words = [word for word in point.right if word.end <= head.start and word.kind == lex.PERIOD]
    year = point.state.setting.year
    return any(word.sense == "other_year" or (None not in (year, word.year) and word.year != year) for word in words)


def no_verb(point: Point) -> Outcome | None:
    """What is left: a count of nothing that is known."""
    return Outcome(reason="prose.no_verb")
