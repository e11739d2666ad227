"""Rules for money: the fees that an authority took, what they were not, and notices of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import lexicon as lex
from .model import COLUMN
from .numbers import MONEY
from .point import FOREIGN_HEAD, Outcome, Point
from .state import on_topic
from .tokens import Token

_WAIVED = frozenset(lex.words_of(lex.WAIVED))
_BY_PIECE = re.compile("[/每][件页张份]")
_BARE_SUM = re.compile("金额(?:共|共计|合计|总计)?为?")
_STATEMENT = 16
"""So many characters hold 信息处理费收取情况:共收取."""
_STATED_FEE = re.compile(r"处理费(?:收取|收费)情况:(?:共?收取)?\Z")


def fee(point: Point) -> Outcome | None:
    """信息处理费300元."""
    if point.number.form != MONEY:
        return None
    heads = [word for word in point.left if word.kind == lex.FEE]
    if _is_tariff(point) or _is_of_another_verb(point.left, heads):
        return Outcome(reason=FOREIGN_HEAD)
    topic = point.state.topic
    named = heads or _is_sum_of_fees(point)
    if topic is None or topic.sense != lex.FEES or not named or topic.code == lex.FEE_NOTICES:
        return Outcome(reason="prose.no_fee")
    return Outcome((point.figure(COLUMN, topic.code, heads[-1].text if heads else topic.text),))


def _is_sum_of_fees(point: Point) -> bool:
    """收取信息处理费3笔,共计(金额)300元: the sum of what a clause before named, where none has been said yet."""
    state, number = point.state, point.token.start
    near = state.clause - state.topic_clause <= 1 and (state.last is None or state.last.domain != lex.FEES)
    summed = bool(point.left) and all(word.text in lex.SUMS for word in point.left)
    stated = _BARE_SUM.fullmatch(point.text, point.clause.start, number) or _STATED_FEE.search(
        point.text, max(0, number - _STATEMENT), number
    )
    return near and (summed or stated is not None)


def _is_tariff(point: Point) -> bool:
    """信息处理费每件100元, 信息处理费0.5元/页: what one of them costs, or would."""
    by_piece = any(word.kind == lex.AVERAGE for word in point.left)
    head = next((word.end for word in reversed(point.left) if word.kind == lex.FEE), point.token.start)
    return (
        by_piece
        or "标准" in point.text[head : point.token.start]
        or _BY_PIECE.match(point.text, point.token.end) is not None
    )


def _is_of_another_verb(left: Sequence[Token], heads: Sequence[Token]) -> bool:
    """减免信息处理费300元; in 提供政府信息收取信息处理费300元 the fee has a verb of its own."""
    foreign = [word for word in left if word.kind == lex.VERB and word.sense == "foreign"]
    if not foreign or any(word.text in _WAIVED for word in foreign):
        return bool(foreign)
    head = heads[-1] if heads else None
    return head is None or "收" not in head.text or head.start - foreign[-1].end <= 1


def no_fee(point: Point) -> Outcome | None:
    """未收取信息处理费: the words state none, which is 0."""
    token = point.token
    if token.sense != lex.FEES:
        return None
    state = on_topic(point.state, Token(lex.TOPIC, token.start, token.end, token.text, lex.FEES, lex.FEE_COLLECTED))
    return Outcome((point.behind(state).figure(COLUMN, lex.FEE_COLLECTED, token.text),), state=state)


def fee_notices(point: Point) -> Outcome | None:
    """发出收费通知3件; a channel that is named behind them has no notices."""
    heads = [word for word in point.left if word.kind == lex.FEE]
    if not heads or heads[-1].sense != lex.FEE_NOTICES or not point.state.setting.fees or point.state.on_line:
        return None
    return Outcome((point.figure(COLUMN, lex.FEE_NOTICES, heads[-1].text),))
