"""Walks a part from left to right, word by word, and has the grammar decide on every number."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from . import lexicon as lex
from .bars import TOO_LARGE, UNREADABLE
from .clauses import Clause, Part, bracket_clauses
from .grammar import decide
from .growth import COMPARED
from .heads import numbered
from .model import COLUMN, Decision
from .new_and_all import BROUGHT_FORWARD, UNTOLD, with_new_beside_all
from .numbers import COUNT, PERCENT
from .percents import OVER_HUNDRED
from .point import FOREIGN_HEAD, Outcome, Point
from .state import Setting, State, begin_clause, end_clause, first_state, on_topic, state_behind
from .tokens import Token
from .whose import scope_behind

_ABSURD = frozenset((TOO_LARGE, OVER_HUNDRED))
_OURS = frozenset((lex.HOTLINE, lex.APPLICATIONS, lex.REVIEWS, lex.FEES))
_REQUESTS = frozenset(("申请", "申请件"))
_ASKED = ("申请", "提交", "提出", "平台申请", "在线申请", "线上申请")
_CALLS = frozenset(lex.words_of(lex.CALLS))
_LISTED_BEHIND = ("、", "和", "及", "与", "来", "以及")
_NAMING = frozenset((lex.TOPIC, lex.MEDIA, lex.SCOPE, lex.FEE, lex.PERIOD, lex.PROMISE))
_REACHING = ("达到", "达到了")
_GOING_ON = frozenset((lex.VERB, lex.RATE, lex.REPORTED, lex.WEAK, lex.EACH, lex.OBJECT, lex.AMONG))
_LINE_UNITS = frozenset(("件", "件次", "条", "个", "通", "单", "起", "宗", "次", "%"))
_LINE_OBJECTS = ("工单", "诉求", "诉求件", "来电", "话务", "话务量")
_LINE_SENSES = frozenset(lex.COLUMNS[lex.HOTLINE]) - {"finish"}
_SENSES_BEHIND = {lex.APPLICATIONS: frozenset(("complete", "reply", "brought_forward"))}
_OF_ALL_LISTED = frozenset(("complete", "reply"))
_ANSWER_UNITS = frozenset(("件", "份", "宗", "件次"))
"""Requests are answered in these; 回复14条 counts messages."""
_THIS_YEAR = frozenset(("本年", "本年度", "全年", "当年", "年内"))
_ABOUT = re.compile(
    "(?:所|其)?(?:申请人?|诉求|工单|来电|来信|信件|留言|群众反映)?的?(?:公开|信息|诉求)?的?(?:内容|事项|信息|类型|领域|问题)?"
    "(?:主要|大多|多数?|均|基本|重点|大部分|比较)*(?:集中|涉及|围绕|反映|聚焦)"
)
_HEARD_IN_BRACKETS = frozenset((lex.PROMISE, lex.AMONG, lex.PERIOD, lex.VERB))
"""In a bracket a word changes nothing outside it, and names no topic of its own."""


class Walked(NamedTuple):
    """What became of the numbers of a part, in order; ``passed_over`` are those that could be no figure.

    ``state`` holds at the part's end.
    """

    decisions: tuple[Decision, ...]
    passed_over: tuple[Decision, ...]
    state: State


def walk(part: Part, setting: Setting) -> Walked:
    """Every number of a part with what it was taken for, by which rule."""
    walker = _Walker(part, setting)
    for index, clause in enumerate(part.clauses):
        walker.read_clause(index, clause)
    return Walked(with_new_beside_all(part, walker.decisions), tuple(walker.passed_over), walker.state)


def senses_behind(walked: Walked) -> frozenset[str]:
    """The verbs that may go on behind a part: those of a hotline or mailbox, or of answers to the requests, where the
    part's last number is a figure of theirs and they are still the topic; else none.
    """
    state = walked.state
    if state.among and state.domain == lex.APPLICATIONS:
        return _OF_ALL_LISTED if _lists_all(walked) else frozenset()
    counted = [one for one in walked.decisions if one.figures or not (state.on_line and _is_of_percent(one))]
    if not counted or not counted[-1].figures:
        return frozenset()
    return _LINE_SENSES if state.on_line else _SENSES_BEHIND.get("" if state.among else state.domain, frozenset())


def _lists_all(walked: Walked) -> bool:
    """Whether the parts behind 其中 make up all requests that came in: 52件,其中自然人50件、法人2件."""
    counts = [one for one in walked.decisions if numbered(one.token).form == COUNT]
    came = next((at for at, one in enumerate(counts) if any(f.column == lex.RECEIVED for f in one.figures)), None)
    if came is None or any(one.figures for one in counts[came + 1 :]):
        return False
    return sum(numbered(one.token).value for one in counts[came + 1 :]) == numbered(counts[came].token).value


def _is_of_percent(decision: Decision) -> bool:
    """一次性办结率98%: a rate that is none of the form's ends nothing."""
    return numbered(decision.token).form == PERCENT


def goes_on(part: Part, senses: Collection[str]) -> bool:
    """Whether a part behind a semicolon goes on with the topic before it: its first number has a verb of ``senses``
    or a rate of the line and no unknown word before it, and no other thing is named anywhere.
    """
    tokens = part.clauses[0].tokens if part.clauses else ()
    at = next((at for at, token in enumerate(tokens) if token.kind == lex.NUMBER), 0)
    lead = tokens[:at]
    if (
        not lead
        or _names_another(part)
        or not all(token.kind in _GOING_ON or token.text in _REACHING or _is_this_year(token) for token in lead)
    ):
        return False
    covered = sum(token.end - token.start for token in lead)
    if covered < tokens[at].start - part.clauses[0].start or numbered(tokens[at]).unit not in _units(senses):
        return False
    return any(_is_of(senses, token) for token in lead) and all(
        _is_of(senses, token) or token.sense == "finish"  # 完成答复54件
        for token in lead
        if token.kind in (lex.VERB, lex.RATE, lex.OBJECT)
    )


def _names_another(part: Part) -> bool:
    """Whether a part names something else; an office whose share 其中 tells of is none."""
    among = False
    for clause in part.clauses:
        for token in _with_inner(clause.tokens):
            among = among or token.kind == lex.AMONG
            if token.kind in _NAMING and not _is_this_year(token) and not (among and token.kind == lex.SCOPE):
                return True
    return False


def answers_no_more(part: Part, walked: Walked) -> bool:
    """Whether no count of a part is larger than the requests counted before: 收到14件。共办结120件 are of more.

    Behind a full stop a line's figures need its name.
    """
    told = [one.number.value for decision in walked.decisions for one in decision.figures if one.number.form == COUNT]
    numbers = [numbered(token) for clause in part.clauses for token in clause.tokens if token.kind == lex.NUMBER]
    return not walked.state.on_line and all(one.value <= max(told, default=0) for one in numbers if one.form == COUNT)


def _is_this_year(token: Token) -> bool:
    """本年办结30件: a period that is no other than that of the figures before."""
    return token.text in _THIS_YEAR


def _units(senses: Collection[str]) -> Collection[str]:
    return _LINE_UNITS if senses is _LINE_SENSES else _ANSWER_UNITS


def _with_inner(tokens: Sequence[Token]) -> Sequence[Token]:
    return [inner for token in tokens for inner in (token.inner if token.kind == lex.BRACKET else (token,))]


def _is_of(senses: Collection[str], token: Token) -> bool:
    """A verb of ``senses``; of a line also a rate and what only a line counts (工单; a case may be another's)."""
    if token.kind == lex.VERB:
        return token.sense in senses
    if senses is not _LINE_SENSES:
        return False
    return token.text.endswith(_LINE_OBJECTS) if token.kind == lex.OBJECT else _is_rate(token)


def _is_rate(token: Token) -> bool:
    return token.kind == lex.RATE and token.sense != "foreign"


class _Walker:
    """The state at the point that the walk has reached, and the decisions so far."""

    def __init__(self, part: Part, setting: Setting) -> None:
        self.part = part
        self.state = first_state(setting)
        self.decisions: list[Decision] = []
        self.passed_over: list[Decision] = []

    def read_clause(self, index: int, clause: Clause) -> None:
        after_period = index > 0 and self.part.clauses[index - 1].is_period
        self.state = begin_clause(self.state, index, clause, after_period)
        if self.state.domain == lex.APPLICATIONS and self.part.folded.text[clause.start - 1 : clause.start] == ";":
            self.state = self.state._replace(among=False)  # 其中自然人50件、法人2件;答复45件
        outer = self.state.scope
        if self._describes(clause):
            return
        left = self._read_tokens(clause)
        self.state = end_clause(self.state, left)
        behind = scope_behind(clause, outer, self.state.scope)
        if behind is not None:
            among = self.state.among and not behind.parts_end
            self.state = self.state._replace(scope=behind.scope, open_scope=behind.open_scope, among=among)

    def _describes(self, clause: Clause) -> bool:
        """申请内容主要集中在更新改造、行政执法等方面: what cases were about, whatever its words mean elsewhere."""
        if self.state.last is None or _ABOUT.match(self.part.folded.text, clause.start, clause.end) is None:
            return False
        tokens = _with_inner(clause.tokens)
        ours = (lex.NUMBER, lex.MEDIA, lex.FEE, lex.RATE)
        return not any(word.kind in ours or (word.kind == lex.TOPIC and word.sense != lex.FOREIGN) for word in tokens)

    def _read_tokens(self, clause: Clause) -> list[Token]:
        """Take in a clause; what is returned stands behind its last number."""
        left: list[Token] = []
        for index, token in enumerate(clause.tokens):
            if token.kind == lex.NUMBER and self._read_number(token, left, clause.tokens[index + 1 :]):
                left = []
                continue
            if token.kind == lex.BRACKET:
                self._read_bracket(token)
                continue
            if not self.state.bracket or token.kind in _HEARD_IN_BRACKETS:
                self._read_word(token, left)
            left.append(token)
        return left

    def _read_bracket(self, bracket: Token) -> None:
        """A bracket belongs to the figure before it."""
        outside = self.state
        last = self.decisions[-1] if self.decisions else None
        of_unread = last is not None and not last.figures and last.token.end == bracket.start
        first = len(self.decisions)
        if of_unread and _divides_by_channel(outside, bracket):
            self.state = outside._replace(among=True, among_clause=outside.clause)
        else:
            self.state = outside._replace(bracket=True, of_unread=of_unread)
        for clause in bracket_clauses(bracket, self.part.folded.text):
            self._read_tokens(clause)
        included = self.state.with_brought_forward
        if included and not outside.with_brought_forward and _only_lists(bracket):
            included = self._weigh_brought_forward(first)
        self.state = outside._replace(with_brought_forward=included)

    def _read_word(self, token: Token, left: Sequence[Token]) -> None:
        if self._is_way_of_asking(token):
            return
        if token.kind == lex.OBJECT and self.state.topic is None:
            topic = _implied_topic(self.state, token, left, self.part.folded.text)
            self.state = self.state if topic is None else on_topic(self.state, topic)
        elif token.kind == lex.VERB and _includes_brought_forward(self.state, token, left) and not self._adds(left):
            self._include_brought_forward()
        self.state = state_behind(self.state, token, left)

    def _is_way_of_asking(self, token: Token) -> bool:
        """收到申请12件,其中通过政府网站申请9件: a website through which some were made; what follows is of requests."""
        ours = token.kind == lex.MEDIA and self.state.domain == lex.APPLICATIONS and self.state.among
        return ours and self.part.folded.text.startswith(_ASKED, token.end)

    def _adds(self, left: Sequence[Token]) -> bool:
        """受理37件,另有上年结转3件: the 3 come on top of the 37."""
        return any(word.text in lex.ON_TOP for word in (*left, *self.part.clauses[self.state.clause].tokens))

    def _include_brought_forward(self) -> None:
        """受理22件(含上年结转2件): the 22 are rows 一 and 二 together; in 受理22件,办结24件(含…) only the 24 are."""
        for index in range(len(self.decisions) - 1, -1, -1):
            figures = self.decisions[index].figures
            if not figures or figures[0].role != COLUMN or figures[0].sense == "receive_new":
                continue
            if figures[0].column == BROUGHT_FORWARD:  # 其中2件为上年结转: the number stands before its verb
                continue
            if figures[0].column != lex.RECEIVED or figures[0].sense != "receive":
                return
            received = replace(figures[0], column=lex.WITH_BROUGHT_FORWARD)
            self.decisions[index] = replace(self.decisions[index], figures=(received, *figures[1:]))
            break
        self.state = self.state._replace(with_brought_forward=True)

    def _weigh_brought_forward(self, first: int) -> bool:
        """受理40件(上年结转3件,结转下年度5件,答复38件): the 40 are without the 3 where the sums say so; they are no
        figure where these say neither. ``first``: the bracket's first decision.
        """
        at = next((at for at in range(first - 1, -1, -1) if _counts_both(self.decisions[at])), None)
        if at is None:
            return True
        total = self.decisions[at].figures[0]
        figures = [figure for decision in self.decisions[first:] for figure in decision.figures]
        told = {figure.column: figure.number.value for figure in figures}
        left, done = (told.get(lex.COLUMNS[lex.APPLICATIONS][sense]) for sense in ("carried_forward", "complete"))
        if left is None or done is None or left + done == total.number.value:
            return True
        alone = left + done == total.number.value + told.get(BROUGHT_FORWARD, 0)
        kept = (replace(total, column=lex.RECEIVED),) if alone else ()
        self.decisions[at] = replace(self.decisions[at], figures=kept, reason="" if alone else UNTOLD)
        return False

    def _read_number(self, token: Token, left: Sequence[Token], right: Sequence[Token]) -> bool:
        """Decide on one number; False where it is no end of a stretch of words (5个工作日, 26个领域)."""
        text = self.part.folded.text
        point = Point(self.part, self.state, self.decisions, token, left, right, numbered(token), text)
        rule, outcome, self.state = decide(point)
        if outcome.passed:
            self.passed_over.append(Decision(token, self.state.clause, (), "prose.passed_over", rule))
            return False
        if outcome.before is not None:
            self.decisions[-1] = outcome.before
        absurd = (outcome.reason in _ABSURD and self.state.on_line) or (
            outcome.reason == UNREADABLE and self.state.domain in _OURS
        )
        self.decisions.append(Decision(token, self.state.clause, outcome.figures, outcome.reason, rule, absurd))
        self.state = _behind_number(self.state, outcome)
        return True


def _divides_by_channel(state: State, bracket: Token) -> bool:
    """办理群众诉求650件(12345热线600件、网民留言50件): only the words in the bracket name channels."""
    named = next((word for word in bracket.inner if word.kind not in (lex.AMONG, lex.INCLUDING)), None)
    of_a_verb = state.topic is None and state.carry is not None and state.carry_clause == state.clause
    return of_a_verb and named is not None and named.kind == lex.TOPIC and named.sense == lex.HOTLINE


def _only_lists(bracket: Token) -> bool:
    """Whether a bracket that names requests brought forward says nothing of their being in the number before it.

    (上年结转2件) alone does; beside what was carried forward they may come on top.
    """
    said = any(word.kind in (lex.INCLUDING, lex.AMONG) for word in bracket.inner)
    return not said and any(word.sense == "carried_forward" for word in bracket.inner)


def _counts_both(decision: Decision) -> bool:
    return any(figure.column == lex.WITH_BROUGHT_FORWARD for figure in decision.figures)


def _implied_topic(state: State, token: Token, left: Sequence[Token], text: str) -> Token | None:
    """Of what figures are where only a thing counted is named, no topic: requests, or calls to the agency."""
    if _means_request(state, token, left):
        return Token(lex.TOPIC, token.start, token.start, "", lex.APPLICATIONS)
    if _means_calls(state, token, text):
        return token._replace(kind=lex.TOPIC, sense=lex.HOTLINE, code="agency_phone")
    return None


def _means_request(state: State, token: Token, left: Sequence[Token]) -> bool:
    """(二)依申请公开。全年收到申请14件: the heading says which 申请."""
    if not (state.setting.headed and left):
        return False
    return token.text in _REQUESTS and left[-1].end == token.start and left[-1].kind in (lex.VERB, lex.WEAK)


def _means_calls(state: State, token: Token, text: str) -> bool:
    """公众来电3000条 where no line has been named: calls to the agency's telephone; 来电、来信 are not told apart."""
    if token.text not in _CALLS or state.setting.lines:
        return False
    return not text.startswith(_LISTED_BEHIND, token.end)


def _includes_brought_forward(state: State, token: Token, left: Sequence[Token]) -> bool:
    """受理40件,其中新收37件,上年结转3件: both are parts of the 40; 受理40件,其中3件为上年结转."""
    if state.sense(token) != "brought_forward" or any(before.kind == lex.EXCLUDING for before in left):
        return False
    beside_new = state.among and state.last is not None and state.last.sense == "receive_new"
    counted = state.last is not None and state.last.column == BROUGHT_FORWARD
    counted_among = counted and state.among_clause == state.clause
    named = any(before.kind in (lex.INCLUDING, lex.AMONG) for before in left)
    return state.bracket or beside_new or counted_among or named


def _behind_number(state: State, outcome: Outcome) -> State:
    """What a decision means for the numbers after it: another thing counted ends a topic that had no figure."""
    if outcome.reason == FOREIGN_HEAD:
        topic = None if state.on_line and state.last is None else state.topic
        state = state._replace(topic=topic, last=None)
    if outcome.figures:
        last = outcome.figures[-1]
        brought = last.column == BROUGHT_FORWARD and state.among_clause == state.clause
        state = state._replace(last=last, among=state.among and not brought)
    if outcome.reason == COMPARED:
        return state
    return state._replace(unread=not outcome.figures)
