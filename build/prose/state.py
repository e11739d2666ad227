"""What holds at a point of a part, word by word: topic, scope, time, promise, parts, and the figure before.

Every value is frozen: a word, a clause or a number gives the state that follows from the one before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from . import lexicon as lex
from .clauses import Clause
from .heads import last_head, last_of, trails
from .model import Figure
from .times import UNTIMED, Time, compares_with_last_year, time_behind
from .tokens import Token

AIMS = frozenset(("要求", "规定", "目标", "承诺"))
"""Words that make a rule of what stands before them, and of what follows unless 按照 precedes."""
_SYSTEMS = frozenset(lex.words_of(lex.OTHER_SYSTEMS))
_NEVER, _ALWAYS = -2, 1_000_000
_HANDED_ON = {
    ("brought_forward", -1): "brought_forward",  # 上年结转: out of that year
    ("carried_forward", 0): "brought_forward",  # 结转至: into that year
    ("carried_forward", 1): "carried_forward",
}
"""The sense of a verb and how far its year is from the report's → what it is in this report."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known from outside the part.

    ``year``: the report's year, None if unknown. ``ours``: where the paragraph first speaks of information disclosure,
    None if nowhere (a reconsideration before that is not ours). ``applications``: it has named applications.
    ``fees``: it names the fee. ``headed``: the paragraph is headed 依申请公开, so that 申请 can be no other.
    ``lines``: it names a hotline or a mailbox. ``other_year``, ``partial``: the sentence before counted what was of
    another year, or of another stretch of time.
    """

    year: int | None
    ours: int | None
    applications: bool
    fees: bool
    headed: bool = False
    lines: bool = False
    other_year: bool = False
    partial: bool = False


class State(NamedTuple):
    """Where the reading of a part stands; ``*_clause`` are the indexes of the clauses where things were said.

    ``compared``: the word of the clause that says with what it compares. ``carry`` is the verb of a list that goes on,
    ``pending`` a head that has had no number yet, ``queue`` the heads that 分别 leaves to be bound. ``unread``: a
    number that gave no figure stands behind ``last``, so that a share or growth without words of its own is not of
    ``last``. ``of_unread``: inside a bracket behind such a number. ``open_scope``: 其中 named a part without a verb, so
    that what follows may be of the part or of all. ``with_brought_forward``: the count is of rows 一 and 二 together.
    """

    setting: Setting
    time: Time = UNTIMED
    clause: int = 0
    topic: Token | None = None
    topic_clause: int = _NEVER
    scope: str = ""
    open_scope: bool = False
    compared: Token | None = None
    promise: bool = False
    among: bool = False
    among_clause: int = _NEVER
    bracket: bool = False
    last: Figure | None = None
    unread: bool = False
    of_unread: bool = False
    carry: Token | None = None
    carry_clause: int = _NEVER
    pending: Token | None = None
    pending_clause: int = _NEVER
    queue: tuple[Token, ...] = ()
    with_brought_forward: bool = False

    @property
    def domain(self) -> str:
        """Of what the figures speak now; empty if nothing has been named."""
        return self.topic.sense if self.topic is not None else ""

    @property
    def on_line(self) -> bool:
        """Whether a hotline, mailbox or message board is the topic."""
        return self.domain == lex.HOTLINE

    @property
    def of_parts(self) -> bool:
        """Whether parts of the figure before are told: behind 其中, or in a bracket."""
        return self.among or self.bracket

    def column(self, verb: Token) -> str | None:
        """What a verb means in the current domain; None where it means nothing there, or names a year that decides."""
        return lex.COLUMNS.get(self.domain, {}).get(self.sense(verb))

    def sense(self, verb: Token) -> str:
        """结转至2023年 is row 四 in the report of 2022, row 二 in that of 2023, and neither in any other."""
        if verb.year is None:
            return verb.sense
        if self.setting.year is None:
            return ""
        return _HANDED_ON.get((verb.sense, verb.year - self.setting.year), "")

    def compares_with_last_year(self) -> bool:
        """Whether growth in this clause is, as far as the words say, over the year before the report's."""
        return compares_with_last_year(self.compared, self.setting.year)


def first_state(setting: Setting) -> State:
    """Before the first word of a part."""
    time = Time(other_year=setting.other_year, counted=setting.other_year, partial=setting.partial)
    return State(setting, time)


# Words --------------------------------------------------------------------------------------------------------------


def state_behind(state: State, token: Token, left: Sequence[Token]) -> State:
    """The state behind a word that is no number; ``left`` is what stands before it since the last number."""
    noted = _NOTES.get(token.kind)
    return state if noted is None else noted(state, token, left)


def on_topic(state: State, token: Token, left: Sequence[Token] = ()) -> State:
    """A new topic; a 其中 of an earlier clause does not reach it."""
    among = state.among and state.among_clause >= state.clause
    return state._replace(topic=token, topic_clause=state.clause, among=among)


def in_scope(state: State, token: Token, left: Sequence[Token] = ()) -> State:
    """Whose figures follow; the scope's words are as folded."""
    return state._replace(scope=token.text, open_scope=False)


def _on_media(state: State, token: Token, left: Sequence[Token]) -> State:
    """A website named beside a channel in the same clause does not replace it; another system behind a figure does."""
    behind = state.last is not None and state.last.clause == state.clause and last_of(left, lex.TOPIC) < 0
    if state.topic_clause == state.clause and not (behind and token.text in _SYSTEMS):
        return state
    return on_topic(state, token)


def _on_fee(state: State, token: Token, left: Sequence[Token]) -> State:
    """总金额 is a fee only where the fee is spoken of."""
    if not state.setting.fees:
        return state
    return on_topic(state, token._replace(kind=lex.TOPIC, sense=lex.FEES, code=_fee_code(state, token, left)))


def _fee_code(state: State, token: Token, left: Sequence[Token]) -> str:
    """What a sum is: in 应收信息处理费 the word before its name says it, of 总金额 what was spoken of last.

    Behind a notice a mere 信息处理费 may be billed or collected: it stays with the notice, which is no sum.
    """
    if token.text not in lex.FEE_NAMES:
        return token.sense
    decisive = (word.sense for word in reversed(left) if word.kind == lex.FEE and word.text not in lex.FEE_NAMES)
    said = next(decisive, None)
    before = said or (state.topic.code if state.topic is not None and state.domain == lex.FEES else "")
    if before not in (lex.FEE_NOTICES, lex.FEE_BILLED):
        return lex.FEE_COLLECTED
    if token.text == lex.FEE_TOTAL or said == lex.FEE_BILLED:
        return lex.FEE_BILLED
    return lex.FEE_NOTICES


def _in_time(state: State, token: Token, left: Sequence[Token]) -> State:
    return state._replace(time=time_behind(state.time, token, left, state.setting.year))


def _compared(state: State, token: Token, left: Sequence[Token]) -> State:
    """比2020年, 环比: with what the growth of this clause compares."""
    return state._replace(compared=token)


def _promised(state: State, token: Token, left: Sequence[Token]) -> State:
    """确保, 力争: what follows is no figure; 按照…要求 only says how the work was done."""
    according = token.text in AIMS and last_of(left, lex.ACCORDING) >= 0
    return state if according else state._replace(promise=True)


def _among(state: State, token: Token, left: Sequence[Token]) -> State:
    """其中: parts of the figure before follow."""
    return state._replace(among=True, among_clause=state.clause)


def _sorted(state: State, token: Token, left: Sequence[Token]) -> State:
    """按办件性质分: kinds follow, to the end of the part."""
    return state._replace(among=True, among_clause=_ALWAYS)


_NOTES: dict[str, Callable[[State, Token, Sequence[Token]], State]] = {
    lex.TOPIC: on_topic,
    lex.MEDIA: _on_media,
    lex.FEE: _on_fee,
    lex.SCOPE: in_scope,
    lex.PERIOD: _in_time,
    lex.PROMISE: _promised,
    lex.COMPARED: _compared,
    lex.AMONG: _among,
    lex.SORTED: _sorted,
}


# Clauses and brackets -----------------------------------------------------------------------------------------------


def begin_clause(state: State, index: int, clause: Clause, after_period: bool) -> State:
    """A new clause: another year lasts while figures follow it, or where it leads the sentence; a promise until 共 or
    已 report.
    """
    time = state.time
    if time.other_year:
        leads = after_period or time.leads
        time = time._replace(other_year=leads or time.counted, leads=leads)
    reported = any(token.kind == lex.REPORTED or token.sense == "cumulative" for token in clause.tokens)
    return state._replace(clause=index, time=time, compared=None, promise=state.promise and not reported, queue=())


def end_clause(state: State, left: Sequence[Token]) -> State:
    """``left`` stands behind the clause's last number: a head in it that got no number stands between the last figure
    and whatever follows.
    """
    head = last_head(left)
    if head is None:
        return state
    last = state.last if trails(left) else None
    return state._replace(pending=head, pending_clause=state.clause, last=last)
