"""Rules for counts of reconsiderations and lawsuits: whose they are, of which instance, how they ended."""

from __future__ import annotations

import re

from . import lexicon as lex
from .heads import adjoins, last_of, numbered, result_behind, verb_behind
from .model import COLUMN
from .point import Outcome, Point
from .requests import is_pieces
from .tokens import Token

_REVIEW_GAP = 6
_NOT_OURS = re.compile(
    "作为(?:行政)?复议机[关构]|以(?:本级|下[级属]|所属|[县市区]直|各)[^,，;:()]{0,16}为被申请人|与(?:政府)?信息公开(?:工作)?无关|[不未]涉及(?:政府)?信息公开|非(?:政府)?信息公开"
)
_SOME_OURS = re.compile(
    "(?:其中|涉及|属于|包括)[^,，;:()\\d]{0,10}信息公开(?:(?!复议|诉讼)[^,，;:()\\d]){0,8}\\d"
    "|其中(?:有)?\\d+[件起宗例](?:(?!复议|诉讼)[^,，;:()\\d]){0,10}信息公开(?!(?:类|方面|工作|案件)?的?(?:行政)?(?:复议|诉讼))"
)
"""行政复议9件,其中涉及政府信息公开的2件, 其中2件为政府信息公开: the 9 are of any kind."""
_OF_ANY_KIND = re.compile(
    "为(?:共同)?(?:被申请人|被告)|(?:办理|审理|审结|代理)(?:的|了|各类)?(?:行政)?(?:复议|诉讼)(?:案|案件)"
)
"""Cases that an organ decides or pleads, for others too, unless disclosure is named beside them."""
_INSTANCES = re.compile("(一审|二审|再审|终审)(?:判决|裁定|法院)?")
_INSTANCE = re.compile(_INSTANCES.pattern + r"\Z")
_REVIEW_UNITS = frozenset(("件", "起", "宗", "例", "件次", "件(次)"))


def review_outcome(point: Point) -> Outcome | None:
    """政府信息公开行政复议维持2件; 一审维持2件 may stand again in 二审维持2件."""
    if point.head is None or point.column is None or point.state.domain != lex.REVIEWS:
        return None
    if point.column and _is_of_one_instance(point, point.head):
        return Outcome(reason="prose.one_instance")
    if point.column == lex.COLUMNS[lex.REVIEWS]["complete"] and _are_more_than_the_reviews(point):
        return Outcome(reason="prose.other_reviews")
    return of_reviews(point, point.head, point.column)


def _are_more_than_the_reviews(point: Point) -> bool:
    """行政复议5件,维持3件,办结80件: the 80 are other cases, unless some were left from the year before."""
    told = [numbered(one.token).value for one in point.decisions if one.clause >= point.state.topic_clause]
    left_over = any(word.sense == "brought_forward" for clause in point.part.clauses for word in clause.tokens)
    return bool(told) and not left_over and point.number.value > sum(told)


def _is_of_one_instance(point: Point, head: Token) -> bool:
    here = _INSTANCE.search(point.text, max(0, head.start - 4), head.start)
    return here is not None and len({instance[1] for instance in _INSTANCES.finditer(point.text)}) > 1


def of_reviews(point: Point, head: Token | None, suffix: str) -> Outcome:
    topic = point.state.topic
    if topic is None or not topic.code or not _is_ours(point, topic):
        return Outcome(reason="prose.other_reviews")
    if not (point.number.unit in _REVIEW_UNITS or is_pieces(point)):
        return Outcome(reason="prose.not_in_cases")
    label = head.text if head is not None and suffix else topic.text
    return Outcome((point.figure(COLUMN, topic.code + suffix, label),))


def _is_ours(point: Point, topic: Token) -> bool:
    """Whether information disclosure has been spoken of before the topic; 行政复议126件 alone are of any kind."""
    of_any_kind = _OF_ANY_KIND.search(point.text) and "信息公开" not in point.text
    of_any_kind = of_any_kind or (_SOME_OURS.search(point.text) and "信息公开" not in _SOME_OURS.sub("", point.text))
    ours = None if of_any_kind or _NOT_OURS.search(point.text) else point.state.setting.ours
    return ours is not None and ours < point.part.folded.offsets[topic.end - 1]


def review_total(point: Point) -> Outcome | None:
    """政府信息公开行政复议3件; of 诉讼1件胜诉、1件败诉 the 1 is not all, and 上年结转行政诉讼2件 are another year's."""
    left, at = point.left, last_of(point.left, lex.TOPIC)
    if at < 0 or left[at].sense != lex.REVIEWS:
        return None
    if any(word.kind == lex.VERB and word.sense in lex.HANDED_ON for word in left[:at]):
        return None
    if not point.given and not adjoins(left[at:], point.token, _REVIEW_GAP):
        return None
    if (result := _result_of_some(point, left[at])) is not None:
        return _counted(of_reviews(point, result, lex.COLUMNS[lex.REVIEWS][result.sense]))
    return None if result_behind(point.token, point.right) else _counted(of_reviews(point, None, ""))


def _result_of_some(point: Point, topic: Token) -> Token | None:
    """行政复议5件,其中3件复议机关驳回申请: the result behind a topic that stands behind its number, where the 3 are
    a part of those that have been counted.
    """
    if topic.start < point.token.end or topic not in point.right:
        return None
    counted = (one for decision in point.decisions for one in decision.figures if one.role == COLUMN)
    if not point.state.of_parts and not any(one.column == topic.code for one in counted):
        return None
    result = verb_behind([word for word in point.right if word is not topic])
    return result if result is not None and result.sense in lex.REVIEW_SENSES else None


def _counted(outcome: Outcome) -> Outcome | None:
    """The outcome if it has figures: where it has none, another rule may."""
    return outcome if outcome.figures else None
