"""What holds at a point of a part, word by word: topic, scope, period, promise, breakdown, the figure before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from . import lexicon as lex
from .heads import last_of
from .model import Figure
from .tokens import Token

UNSTATED = "unstated"
_FIRM_PERIODS = ("year", "to_date", "month")
_RUNNING = ("累计", "累计共")
_PARTIAL = frozenset(("part", "month", "months", "years", "cumulative"))
_PERIODS = {"part": UNSTATED, "months": "to_date", "years": "cumulative"}
"""How a period is published whose words mean more than the column can say."""
_OTHER_BASES = frozenset(
    f"{word}{base}" for word in ("较", "比", "与", "同") for base in ("前年", "往年", "往年相比", "上月", "上季度")
) | {"环比"}
AIMS = frozenset(("要求", "规定", "目标", "承诺"))
"""Words that make a rule of what stands before them, and of what follows unless 按照 precedes."""
_NEVER, _ALWAYS = -2, 1_000_000


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known from outside the part.

    ``year``: the report's year, None if unknown. ``ours``: where the paragraph first speaks of information disclosure,
    None if nowhere (a reconsideration before that is not ours). ``applications``: it has named applications.
    ``fees``: it names the fee. ``headed``: the paragraph is headed 依申请公开, so that 申请 can be no other.
    ``other_year``, ``partial``: the sentence before counted what was of another year, or of another stretch of time.
    """

    year: int | None
    ours: int | None
    applications: bool
    fees: bool
    headed: bool = False
    other_year: bool = False
    partial: bool = False


@dataclass
class Context:
    """The state of reading one part; ``*_clause`` are the indexes of the clauses where things were said.

    ``carry`` is the verb of a list that goes on, ``pending`` a head that has had no number yet, ``queue`` the heads
    that 分别 leaves to be bound. ``unread``: a number that gave no figure stands behind ``last``, so that a share or
    growth without words of its own is not of ``last``. ``of_unread``: inside a bracket behind such a number.
    ``open_scope``: 其中 named a part without a verb, so that what follows may be of the part or of all.
    ``partial``: the period is a part of the year, or several years. ``compared``: the word of the clause that says
    with what it compares. ``includes_brought_forward``: the count is of rows 一 and 二 together.
    """

    setting: Setting
    clause: int = 0
    topic: Token | None = None
    topic_clause: int = _NEVER
    scope: str = ""
    period: str = UNSTATED
    other_year: bool = False
    other_year_counted: bool = False
    partial: bool = False
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
    includes_brought_forward: bool = False
    open_scope: bool = False
    queue: list[Token] = field(default_factory=list)

    @property
    def domain(self) -> str:
        """Of what the figures speak now; empty if nothing has been named."""
        return self.topic.sense if self.topic is not None else ""

    @property
    def on_line(self) -> bool:
        """Whether a hotline, mailbox or message board is the topic."""
        return self.domain == lex.HOTLINE

    def column(self, verb: Token) -> str | None:
        """What a verb means in the current domain; None where it means nothing there, or names a year that decides."""
        return lex.COLUMNS.get(self.domain, {}).get(self.sense(verb))

    def sense(self, verb: Token) -> str:
        """结转至2023年 is row 四 in the report of 2022, row 二 in that of 2023, and neither in any other."""
        if verb.year is None:
            return verb.sense
        if self.setting.year is None:
            return ""
        later = verb.year - self.setting.year
        return _HANDED_ON.get((verb.sense, later), "")

    def note(self, token: Token, left: Sequence[Token]) -> None:
        """Take in a word that is no number; ``left`` is what stands before it since the last number."""
        noted = _NOTES.get(token.kind)
        if noted is not None:
            noted(self, token, left)

    def note_topic(self, token: Token, left: Sequence[Token] = ()) -> None:
        """A new topic; a 其中 of an earlier clause does not reach it."""
        self.topic, self.topic_clause = token, self.clause
        if self.among_clause < self.clause:
            self.among = False

    def note_media(self, token: Token, left: Sequence[Token]) -> None:
        """A website named beside a channel in the same clause does not replace it."""
        if self.topic_clause != self.clause:
            self.note_topic(token, left)

    def note_fee(self, token: Token, left: Sequence[Token]) -> None:
        """总金额 is a fee only where the fee is spoken of."""
        if self.setting.fees:
            self.note_topic(token._replace(kind=lex.TOPIC, sense=lex.FEES, code=token.sense), left)

    def note_scope(self, token: Token, left: Sequence[Token]) -> None:
        """Whose figures follow; ``text`` is as folded."""
        self.scope, self.open_scope = token.text, False

    def note_period(self, token: Token, left: Sequence[Token]) -> None:
        """The period of what follows; 累计 gives way to a year that is already stated."""
        sense = self._period_sense(token, bool(left) and left[-1].kind == lex.SINCE)
        compared = bool(left) and left[-1].kind == lex.COMPARED
        if compared or last_of(left, lex.FROM) > last_of(left, lex.TO):
            return
        if token.text in _RUNNING and (self.period in _FIRM_PERIODS or self.other_year or self.partial):
            return
        self.other_year, self.other_year_counted = sense == "other_year", False
        self.partial = self._is_partial(token, sense)
        self.period = UNSTATED if self.other_year else _PERIODS.get(sense, sense)

    def _is_partial(self, token: Token, sense: str) -> bool:
        """上半年, 近三年: the year's number is another; 累计 alone may well be the year's."""
        if token.sense == "day":
            return self.partial and sense != "to_date"
        return sense in _PARTIAL and token.text not in _RUNNING

    def _period_sense(self, token: Token, since: bool) -> str:
        year, sense = self.setting.year, token.sense
        foreign = None not in (year, token.year) and token.year != year
        if since:
            return "to_date"
        if sense == "since":
            return "cumulative" if foreign else "year"
        if sense == "years":
            return sense
        if foreign or sense == "other_year":
            return "other_year"
        return self.period if sense == "day" else sense

    def note_compared(self, token: Token, left: Sequence[Token]) -> None:
        """比2020年, 环比: with what the growth of this clause compares."""
        self.compared = token

    def compares_with_last_year(self) -> bool:
        """Whether growth in this clause is, as far as the words say, over the year before the report's."""
        word, year = self.compared, self.setting.year
        if word is None:
            return True
        return not (word.text in _OTHER_BASES or (None not in (year, word.year) and word.year != (year or 0) - 1))

    def note_promise(self, token: Token, left: Sequence[Token]) -> None:
        """确保, 力争: what follows is no figure; 按照…要求 only says how the work was done."""
        according = token.text in AIMS and last_of(left, lex.ACCORDING) >= 0
        self.promise = self.promise or not according

    def note_among(self, token: Token, left: Sequence[Token]) -> None:
        """其中: parts of the figure before follow."""
        self.among, self.among_clause = True, self.clause

    def note_sorted(self, token: Token, left: Sequence[Token]) -> None:
        """按办件性质分: kinds follow, to the end of the part."""
        self.among, self.among_clause = True, _ALWAYS

    def begin_clause(self, index: int, after_period: bool, reported: bool) -> None:
        """A new clause: another year lasts while figures follow it, a promise until 共 or 已 report."""
        self.clause = index
        self.other_year = self.other_year and (after_period or self.other_year_counted)
        self.other_year_counted = self.other_year_counted and self.other_year
        self.compared = None
        self.promise = self.promise and not reported
        self.queue = []


_HANDED_ON = {
    ("brought_forward", -1): "brought_forward",  # 上年结转: out of that year
    ("carried_forward", 0): "brought_forward",  # 结转至: into that year
    ("carried_forward", 1): "carried_forward",
}
"""The sense of a verb and how far its year is from the report's → what it is in this report."""

_NOTES: dict[str, Callable[[Context, Token, Sequence[Token]], None]] = {
    lex.TOPIC: Context.note_topic,
    lex.MEDIA: Context.note_media,
    lex.FEE: Context.note_fee,
    lex.SCOPE: Context.note_scope,
    lex.PERIOD: Context.note_period,
    lex.PROMISE: Context.note_promise,
    lex.COMPARED: Context.note_compared,
    lex.AMONG: Context.note_among,
    lex.SORTED: Context.note_sorted,
}
