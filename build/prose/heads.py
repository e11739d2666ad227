"""Which word a number belongs to: pure functions over the tokens on its left and right."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from . import lexicon as lex
from .numbers import Number
from .tokens import Token

NO_HEAD = Token("", 0, 0, "")
"""Stands in the queue of 分别 for every number of a list that does not match its words."""
CHANGED_BY = Token("changed", 0, 0, "")
"""Stands there for every number that says by how much something changed."""
OF_A_KIND = Token("of a kind", 0, 0, "")
"""Stands there for a number whose word is of one kind of case."""
_KIND_GAP = 4

LISTED = frozenset((lex.LIST, lex.JOINT))
NAME_BREAKS = "(,，:;、)"
"""Marks that no name of a kind, an office or a way runs over."""
_MAX_TAIL = 2
"""A line's office may stand between it and 转办: 省长热线办转办."""
QUIET = frozenset((lex.WEAK, lex.REPORTED, lex.EACH, lex.OBJECT, lex.PERIOD))
_CASES = frozenset((lex.OBJECT, lex.KIND))
_TRANSPARENT = frozenset((lex.WEAK, lex.REPORTED, lex.TO, lex.EACH, lex.LIST, lex.PERIOD, lex.OBJECT))


def numbered(token: Token) -> Number:
    """The number of a number token."""
    if token.number is None:
        raise ValueError(f"not a number: {token.text}")
    return token.number


def behind_last_break(text: str, end: int) -> int:
    """Where the words begin that run up to ``end`` without a mark between."""
    return max(text.rfind(mark, 0, end) for mark in NAME_BREAKS) + 1


def last_of(tokens: Sequence[Token], kind: str) -> int:
    """Index of the last token of a kind, -1 if there is none."""
    for index in range(len(tokens) - 1, -1, -1):
        if tokens[index].kind == kind:
            return index
    return -1


def adjoins(tokens: Sequence[Token], number: Token, gap: int = 0) -> bool:
    """Whether only words without meaning stand between the first token and the number, unknown ones up to ``gap``."""
    if any(token.kind not in _TRANSPARENT for token in tokens[1:]):
        return False
    known = sum(token.end - token.start for token in tokens)
    return number.start - tokens[0].start - known <= gap


def until_list(tokens: Sequence[Token]) -> list[Token]:
    """The tokens before the next 、 or 和."""
    end = next((index for index, token in enumerate(tokens) if token.kind in LISTED), len(tokens))
    return list(tokens[:end])


def listed_numbers(right: Sequence[Token]) -> list[Token]:
    """The numbers of a list that goes on behind a number: 300件、298件和2件."""
    numbers = []
    for token in right:
        if token.kind == lex.NUMBER:
            numbers.append(token)
        elif token.kind not in LISTED and token.kind != lex.WEAK:
            break
    return numbers


def respective_heads(left: Sequence[Token], before: int) -> list[Token]:
    """What 分别 refers to: the rates of the clause, else the fees, else the channels before it, else the verbs."""
    for kind in (lex.RATE, lex.FEE):
        heads = [token for token in left if token.kind == kind]
        if heads:
            return heads
    topics = [member for token in left[:before] if token.kind == lex.TOPIC for member in token.inner]
    return topics or [token for token in left if token.kind == lex.VERB]


def of_one_kind(left: Sequence[Token], head: Token) -> bool:
    """Whether the word of a list speaks of one kind of case: 投诉受理量, 咨询答复满意率."""
    own = [token for token in left if token.end <= head.start]
    kind = last_of(own, lex.KIND)
    return kind > max(last_of(own, mark) for mark in LISTED) and head.start - own[kind].end <= _KIND_GAP


def in_bare_list(number: Token, left: Sequence[Token], right: Sequence[Token]) -> bool:
    """56件、43件: nothing says which is which. Words between, even unknown ones, say so: 不予公开2件、信息不存在6件.

    So does a verb behind the last: 办结40件、6件正在办理.
    """
    bare_behind = len(right) > 1 and right[1].kind == lex.NUMBER and _bare(number, right[0], right[1])
    if bare_behind:
        return not _has_own_verb(right[2:])
    bare_before = len(left) == 1 and left[0].end == number.start and left[0].kind in LISTED
    return bare_before and not _has_own_verb(right)


def _has_own_verb(right: Sequence[Token]) -> bool:
    verb = verb_behind(right)
    return verb is not None and not any(word.kind == lex.EACH and word.start < verb.start for word in right)


def _bare(number: Token, mark: Token, other: Token) -> bool:
    return mark.kind in LISTED and (number.end, mark.end) == (mark.start, other.start)


def rate_behind(number: Token, right: Sequence[Token]) -> Token | None:
    """The rate in 98%的办结率."""
    rest = [word for word in right[:2] if word.kind != lex.WEAK]
    return rest[0] if rest and rest[0].kind == lex.RATE and rest[0].start - number.end <= 1 else None


def coordinated_rates(left: Sequence[Token], at: int) -> list[Token]:
    """办结率、满意率均为100%: all rates of the list that ends at ``at``."""
    rates = [left[at]]
    index = at - 1
    while index > 0 and left[index].kind in LISTED and left[index - 1].kind == lex.RATE:
        rates.insert(0, left[index - 1])
        index -= 2
    if rates[0].sense == "foreign":  # 办结率达标率 is one rate, of no column
        return rates
    if index >= 0 and left[index].kind == lex.RATE and left[index].end == rates[0].start:
        rates.insert(0, left[index])
    return rates


def reached(pending: Token | None, clauses_since: int, left: Sequence[Token], kind: str) -> Token | None:
    """满意率提高3个百分点,达到98%: what 达到 completes is the head of the clause before, ``pending``."""
    if pending is None or clauses_since != 1 or pending.kind != kind:
        return None
    only = all(word.kind in (lex.TO, lex.WEAK, lex.REPORTED) for word in left)
    completes = any("达" in word.text or word.kind == lex.TO for word in left)
    return pending if only and completes else None


def outcome_behind(number: Token, right: Sequence[Token]) -> Token | None:
    """The outcome in 4件为不予公开, where no number of its own follows it."""
    if len(right) < 2 or right[0].text not in ("为", "是") or right[0].start != number.end:
        return None
    verb = right[1] if right[1].sense in lex.OUTCOME_SENSES and right[1].start == right[0].end else None
    own = any(word.kind == lex.NUMBER for word in until_list(right[2:]))
    return None if own else verb


def topic_behind(number: Token, right: Sequence[Token]) -> Token | None:
    """300余件12345热线工单: the channel directly behind the number, where no other number follows it."""
    if not right or right[0].kind != lex.TOPIC or right[0].start - number.end > 1:
        return None
    return right[0] if not any(word.kind == lex.NUMBER for word in until_list(right[1:])) else None


def verb_behind(right: Sequence[Token]) -> Token | None:
    """The verb in 298件已全部办结, where no number of its own follows it."""
    for index, word in enumerate(right):
        if word.kind == lex.VERB:
            own = any(other.kind == lex.NUMBER for other in until_list(right[index + 1 :]))
            return None if own or word.sense == "foreign" else word
        if word.kind not in QUIET:
            break
    return None


def result_behind(number: Token, right: Sequence[Token]) -> bool:
    """Whether a case's result stands right behind its number: of 诉讼1件胜诉、1件败诉 the 1 is not all."""
    if not right or right[0].kind != lex.VERB or right[0].start - number.end > 1:
        return False
    own = any(word.kind == lex.NUMBER for word in until_list(right[1:]))
    return not own and (right[0].sense in lex.REVIEW_SENSES or right[0].text in lex.COURT_RESULTS)


def trails(left: Sequence[Token]) -> bool:
    """Whether the words behind the last figure name no other quantity: 均已按时办结."""
    return left[0].kind in QUIET and all(token.kind in QUIET or token.kind == lex.VERB for token in left)


def last_head(left: Sequence[Token]) -> Token | None:
    """The last verb or rate."""
    return next((word for word in reversed(left) if word.kind in (lex.VERB, lex.RATE)), None)


def governing(left: Sequence[Token]) -> Token | None:
    """The verb that governs a number: the nearest, unless that only describes the object of an earlier one.

    办理[市12345转办]案件N件 is 办理; 受理、转办诉求N件 is 转办 (the nearest of two that stand side by side).
    """
    verbs = [index for index, token in enumerate(left) if token.kind == lex.VERB]
    if len(verbs) > 1:
        verbs = [index for index in verbs if left[index].sense != "finish"] or verbs
    group = _side_by_side(left, verbs)
    while len(group) < len(verbs) and _describes(left, verbs[-len(group) - 1], group[0], group[-1]):
        if left[verbs[-len(group) - 1]].sense == "reply" and left[group[-1]].sense in _RESULTS:
            break  # 答复(内容为)予以公开的20份 counts what the answers were
        verbs = verbs[: -len(group)]
        group = _side_by_side(left, verbs)
    return left[verbs[-1]] if verbs else None


_RESULTS = lex.OUTCOME_SENSES - {"carried_forward", "withdrawn", "self_revoked"}


def joint_verbs(left: Sequence[Token]) -> list[Token]:
    """The last verbs that stand side by side before a number: 予以公开、部分公开."""
    verbs = [index for index, token in enumerate(left) if token.kind == lex.VERB]
    return [left[index] for index in _side_by_side(left, verbs)] if verbs else []


def _side_by_side(left: Sequence[Token], verbs: Sequence[int]) -> Sequence[int]:
    """The last verbs that only 、 or 并 separates: 交办、转办."""
    first = len(verbs) - 1
    while first > 0 and _joined(left[verbs[first - 1] : verbs[first] + 1]):
        first -= 1
    return verbs[first:]


def _joined(stretch: Sequence[Token]) -> bool:
    """Whether nothing but 、 or 或(者) stands between the first verb and the last, unknown words neither."""
    between = stretch[1:-1]
    unknown = sum(other.start - one.end for one, other in pairwise(stretch))
    return bool(between) and unknown <= 1 and all(token.kind in LISTED for token in between)


def _describes(left: Sequence[Token], earlier: int, first: int, last: int) -> bool:
    """Whether the verbs from ``first`` to ``last`` belong to the object of the ``earlier`` one, not to the number."""
    before, between = left[first - 1], left[earlier + 1 : first]
    own_object = any(token.kind in _CASES for token in between)
    behind = left[last + 1] if last + 1 < len(left) and left[last + 1].start == left[last].end else NO_HEAD
    if left[last].sense == "foreign" != left[earlier].sense and (behind.text == "的" or _relative(left[last + 1 :])):
        return True
    if before.kind in LISTED or (own_object and any(token.kind in LISTED for token in between)):
        return False
    passed_on = left[first].sense == "transfer"
    gap = left[first].start - before.end
    from_channel = before.kind in (lex.TOPIC, lex.SCOPE) and gap <= (_MAX_TAIL if passed_on else 0)
    if from_channel and passed_on and left[earlier].sense != "transfer":
        return True
    cases = behind.kind in _CASES or (behind.kind == lex.TOPIC and behind.sense == lex.HOTLINE)
    return behind.text == "的" or (cases and (from_channel or (passed_on and not own_object)))


def _relative(behind: Sequence[Token]) -> bool:
    """收到当面提交或邮寄的信息公开申请: 的 right before the topic makes all before it a description."""
    return any(
        one.text == "的" and other.kind == lex.TOPIC and one.end == other.start for one, other in pairwise(behind)
    )
