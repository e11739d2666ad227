"""Binds every number of a part to the nearest verb, rate or topic in its own clause, or says why it is left.

The order of the rules is the grammar: what makes a number no figure (promise, another year, another thing counted)
comes first, then what its form allows (a percentage is a rate, a share or growth; a count has a verb, an item, growth).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from . import lexicon as lex
from .clauses import Clause, Part, bracket_clauses
from .context import AIMS, Context, Setting
from .heads import (
    LISTED,
    NO_HEAD,
    QUIET,
    adjoins,
    coordinated_rates,
    governing,
    in_bare_list,
    joint_verbs,
    last_head,
    last_of,
    listed_numbers,
    numbered,
    outcome_behind,
    rate_behind,
    respective_heads,
    result_behind,
    topic_behind,
    trails,
    until_list,
    verb_behind,
)
from .model import COLUMN, GROWTH, ITEM, SHARE, Decision, Figure
from .numbers import BARE, BROKEN, COUNT, HUGE, MONEY, OTHER, PERCENT, POINTS, Number
from .tokens import Token

Outcome = tuple[tuple[Figure, ...], str]
"""Figures, or none and the reason."""

HUNDRED = Decimal(100)
MAX_LABEL = 20
_RATE_GAP, _REVIEW_GAP = 8, 6
_LABEL_EDGES = re.compile(
    r"^(?:[的共是了已、,，:占]|有(?!效)|为(?!民)|达(?!标)|计(?!划)|约(?!谈))+|[的共有为达计是约了已、,，:占]+$"
)
_LABEL_BREAKS = "(,，:;、)"
_CLASS = re.compile("[^各分两三多几]类|^涉[^及事案]|疫情")
_PUNCTUATION = ",，:;、()"
_SUMS = frozenset(("共", "共计", "合计", "总计", "合计为", "总计为"))
_NOT_OURS = re.compile("与(?:政府)?信息公开(?:工作)?无关|[不未]涉及(?:政府)?信息公开|非(?:政府)?信息公开")
_ON_DISCLOSURE = re.compile("(?:有关|涉及|关于|因|涉)?(?:政府)?信息公开(?:工作)?(?:引起|引发)?(?:方面|类)?的?")
_WITHIN = re.compile(r"\d(?:[sS]|秒|分钟|小时|天|个?工作日)内?\Z")
_WITHIN_LENGTH = 8
"""15秒接通率 is not the 接通率."""
_OFFICE = re.compile(
    r"[\u4e00-\u9fff]{1,15}(?:[局委厅院镇乡村]|办事处|管委会|中心|[分支大总]队|公司|街道|单位|部门|机关)\Z|(?:单位|部门|机关)\Z"
)
_NOT_YEARLY = ("环比", "年均")
_OFFICE_ENDS = frozenset("局委厅院镇乡村处会心队司道位门关")
_ORGANS = frozenset(("行政机关", "政府机关", "政府部门", "各行政机关", "国家行政机关", "有关部门", "相关部门"))
"""Organs in general: behind 全市 they are all of its."""
_PASSED_ON = re.compile("转|交|移送|移交")
_WITH_OFFICE = re.compile("^(?:协助|配合|会同|协同|由|经|请)")
_REQUESTS = frozenset(("申请", "申请件"))
_ACTS = frozenset(("receive", "receive_new", "receive_with", "handle", "complete", "reply"))
_ONE_MANNER = re.compile(f"(?<![、和及或与])(?:{'|'.join(lex.MANNERS)})(?:渠道|方式|途径|窗口)?\\Z")
_BY_ONE_WAY = re.compile(r"(?:通过|经由|利用|以)(?P<way>[^,，:;(]{2,20})\Z")
_A_WAY = re.compile(f"{'|'.join(lex.MANNERS)}|网站|平台|系统|邮箱|窗口|渠道|方式|途径|表单")
_SEVERAL_WAYS = re.compile("[多各等、和及或与]")
"""通过邮寄方式受理6件 is one way of asking; 通过网站、邮寄等方式受理 is all that was received."""
_NO_REQUEST = re.compile("(?:政府)?(?:信息|文件|公文)(?!公开|申请)")
"""不予公开政府信息900条 sorts an agency's papers, it answers no requests."""
_OF_SOME = re.compile("的[^,，:;]{0,8}?(?:单位|部门|[县区市州乡镇村]|街道|机关|窗口|处?科?室)")
"""按时办结率100%的单位有20个: the rate is not that of all."""
_MANNER_LENGTH = 8
_ONLINE_OFFICE = re.compile("(?:依申请公开|信息公开申请)(?:受理)?(?:平台|系统|栏目|专栏|窗口|邮箱|渠道|模块)\\Z")
_BRACKETED = re.compile(r"\([^()]*\)")
_QUIET_SUBJECTS = frozenset((lex.COMPARED, lex.WEAK, lex.REPORTED, lex.PERIOD, lex.EACH, lex.TO, lex.SINCE))
_ARRIVED = frozenset(("received", lex.RECEIVED, lex.WITH_BROUGHT_FORWARD))
_FOLLOWERS = frozenset(
    (lex.OBJECT, lex.KIND, lex.VERB, lex.RATE, lex.TOPIC, lex.AMONG, lex.REPORTED, lex.WEAK, lex.EACH, lex.SHARE)
) | {lex.GROWTH, lex.COMPARED, lex.JOINT, lex.BRACKET, lex.INCLUDING, lex.PERIOD}
_RESULTS = {lex.APPLICATIONS: lex.OUTCOME_SENSES, lex.REVIEWS: lex.REVIEW_SENSES}
_NO_FIGURES = frozenset((OTHER, BARE, POINTS))
_APPLICATION_UNITS = frozenset(("件", "条", "份", "宗", "起", "项", "例", "封", "件次", "件(次)"))
_ITEMS = "项"
"""Behind another unit these are the questions that the requests ask."""
_REVIEW_UNITS = frozenset(("件", "起", "宗", "例", "件次", "件(次)"))

KEEP = "the start of a change"
FOREIGN_HEAD = "counts something else"
COMPARED = "compared with, not reported"
NO_CHANNEL = "no channel named"
TOO_LARGE = "more than can be counted"
OVER_HUNDRED = "a rate over 100%"
_ABSURD = frozenset((TOO_LARGE, OVER_HUNDRED))


class Matcher:
    """Reads one part from left to right."""

    def __init__(self, part: Part, setting: Setting) -> None:
        self.part = part
        self.text = part.folded.text
        self.context = Context(
            setting,
            other_year=setting.other_year,
            other_year_counted=setting.other_year,
            partial=setting.partial,
        )
        self.decisions: list[Decision] = []

    def read(self) -> list[Decision]:
        """Every number that could be a figure, with what it was taken for."""
        for index, clause in enumerate(self.part.clauses):
            after_period = index > 0 and self.part.clauses[index - 1].is_period
            reported = any(token.kind == lex.REPORTED or token.sense == "cumulative" for token in clause.tokens)
            self.context.begin_clause(index, after_period, reported)
            scope = self.context.scope
            self._close_clause(self._read_tokens(clause))
            self._close_scopes(clause, scope)
        return self.decisions

    # Clauses ------------------------------------------------------------------------------------------------------

    def _read_tokens(self, clause: Clause) -> list[Token]:
        """Take in a clause; what is returned stands behind its last number."""
        left: list[Token] = []
        for index, token in enumerate(clause.tokens):
            if token.kind == lex.NUMBER and self._number(token, left, clause.tokens[index + 1 :]):
                left = []
                continue
            if token.kind == lex.BRACKET:
                self._read_bracket(token)
                continue
            self._note(token, left)
            left.append(token)
        return left

    def _note(self, token: Token, left: Sequence[Token]) -> None:
        """In a bracket a word changes nothing outside it, and names no topic of its own."""
        if self.context.bracket and token.kind not in (lex.PROMISE, lex.AMONG, lex.PERIOD, lex.VERB):
            return
        self._imply_heading(token, left)
        including = self.context.bracket or any(before.kind in (lex.INCLUDING, lex.AMONG) for before in left)
        including = including or self._beside_new()
        including = including and all(before.kind != lex.EXCLUDING for before in left)
        if token.kind == lex.VERB and including and self.context.sense(token) == "brought_forward":
            self._include_brought_forward()
        self.context.note(token, left)

    def _imply_heading(self, token: Token, left: Sequence[Token]) -> None:
        """(二)依申请公开。全年收到申请14件: the heading says which 申请."""
        context = self.context
        if not (context.setting.headed and context.topic is None and token.kind == lex.OBJECT and left):
            return
        if token.text in _REQUESTS and left[-1].end == token.start and left[-1].kind in (lex.VERB, lex.WEAK):
            context.note_topic(Token(lex.TOPIC, token.start, token.start, "", lex.APPLICATIONS))

    def _beside_new(self) -> bool:
        """受理40件,其中新收37件,上年结转3件: both are parts of the 40."""
        last = self.context.last
        return self.context.among and last is not None and last.sense == "receive_new"

    def _read_bracket(self, bracket: Token) -> None:
        """A bracket belongs to the figure before it."""
        outside = replace(self.context)
        last = self.decisions[-1] if self.decisions else None
        self.context.bracket = True
        self.context.of_unread = last is not None and not last.figures and last.token.end == bracket.start
        for clause in bracket_clauses(bracket, self.text):
            self._read_tokens(clause)
        outside.includes_brought_forward = self.context.includes_brought_forward
        self.context = outside

    def _close_clause(self, left: Sequence[Token]) -> None:
        """A head that got no number stands between the last figure and whatever follows."""
        head = last_head(left)
        if head is not None:
            self.context.pending, self.context.pending_clause = head, self.context.clause
            if not trails(left):
                self.context.last = None

    def _close_scopes(self, clause: Clause, outer: str) -> None:
        """其中厅本级30件、所属单位9件: the list divides what was stated, and all of it is spoken of again behind it.

        Behind a single such part the words do not say.
        """
        context, at = self.context, last_of(clause.tokens, lex.AMONG)
        if at < 0 or context.scope == outer:
            return
        named = any(word.kind == lex.SCOPE and word.text == context.scope for word in clause.tokens)
        if any(word.kind == lex.VERB for word in clause.tokens[at:]):
            context.open_scope = not named
            return
        if sum(word.kind == lex.NUMBER for word in clause.tokens[at:]) > 1:
            context.scope, context.among = outer, False
        else:
            context.open_scope = True

    def _include_brought_forward(self) -> None:
        """受理22件(含上年结转2件): the 22 are rows 一 and 二 together; in 受理22件,办结24件(含…) only the 24 are."""
        for index in range(len(self.decisions) - 1, -1, -1):
            figures = self.decisions[index].figures
            if not figures or figures[0].role != COLUMN or figures[0].sense == "receive_new":
                continue
            if figures[0].column != lex.RECEIVED or figures[0].sense != "receive":
                return
            changed = tuple(replace(figure, column=lex.WITH_BROUGHT_FORWARD) for figure in figures)
            self.decisions[index] = replace(self.decisions[index], figures=changed)
            break
        self.context.includes_brought_forward = True

    # Numbers ------------------------------------------------------------------------------------------------------

    def _number(self, token: Token, left: Sequence[Token], right: Sequence[Token]) -> bool:
        """Decide on one number; False where it is no end of a stretch of words (5个工作日, 26个领域)."""
        number = numbered(token)
        if number.form in _NO_FIGURES or self._counts_another_thing(token, number, right):
            self.context.unread = self.context.unread or number.form != POINTS
            return False
        figures, reason = self._outcome(token, number, left, right)
        if reason == KEEP:
            return False
        absurd = reason in _ABSURD and self.context.on_line
        self.decisions.append(Decision(token, self.context.clause, figures, reason, absurd))
        self._follow(figures, reason)
        return True

    def _follow(self, figures: tuple[Figure, ...], reason: str) -> None:
        """What a decision means for the numbers after it: another thing counted ends a topic that had no figure."""
        context = self.context
        if reason == FOREIGN_HEAD:
            if context.on_line and context.last is None:
                context.topic = None
            context.last = None
        if figures:
            context.last = figures[-1]
            if context.last.column == "applications_brought_forward" and context.among_clause == context.clause:
                context.among = False
        if reason != COMPARED:
            context.unread = not figures

    def _counts_another_thing(self, token: Token, number: Number, right: Sequence[Token]) -> bool:
        """20个部门, 3次会议: behind such a unit stands another noun."""
        if number.form != COUNT or number.unit not in lex.STRICT_UNITS:
            return False
        if token.end >= len(self.text) or self.text[token.end] in _PUNCTUATION:
            return False
        return not (right and right[0].start == token.end and right[0].kind in _FOLLOWERS)

    def _outcome(self, token: Token, number: Number, left: Sequence[Token], right: Sequence[Token]) -> Outcome:
        if number.form in (BROKEN, HUGE):
            return (), TOO_LARGE if number.form == HUGE else "a range, or digits torn apart"
        if reason := self._no_figure(token, number, right):
            return (), reason
        if self.context.queue or self._respectively(token, left, right):
            return self._from_queue(token, number)
        if in_bare_list(token, left, right):
            return (), "one of a list of numbers without words"
        return self._bound(token, number, left, right)

    def _no_figure(self, token: Token, number: Number, right: Sequence[Token]) -> str:
        """A promise holds until a count is reported in a clause without one."""
        context = self.context
        if context.promise and number.form == COUNT:
            tokens = self.part.clauses[context.clause].tokens
            context.promise = any(word.kind == lex.PROMISE and word.start < token.start for word in tokens)
        if context.promise or any(word.text in AIMS for word in right[:2]):
            return "a promise or a rule"
        context.other_year_counted = context.other_year
        if context.other_year:
            return "of another year"
        if context.of_unread:
            return "a part of a number that gave no figure"
        unclear = context.open_scope and not context.on_line
        return "of the part named before or of all, the words do not say" if unclear else ""

    def _bound(self, token: Token, number: Number, left: Sequence[Token], right: Sequence[Token]) -> Outcome:
        if self._begins_change(number, left, right):
            return (), KEEP
        grown = last_of(left, lex.GROWTH)
        if grown >= 0 and adjoins(left[grown:], token):
            return self._growth(token, left, grown)
        heads = max(last_of(left, kind) for kind in (lex.VERB, lex.TO, lex.RATE))
        if last_of(left, lex.COMPARED) > heads:
            return (), COMPARED
        if number.form == PERCENT:
            return self._percent(token, left, right)
        return self._money(token, left) if number.form == MONEY else self._count(token, left, right)

    def _begins_change(self, number: Number, left: Sequence[Token], right: Sequence[Token]) -> bool:
        """由90%提升到95%; in 由中心直接答复400件 the word only says who did it."""
        begun = last_of(left, lex.FROM)
        done = number.form == COUNT and last_of(left, lex.VERB) > begun and last_of(right, lex.TO) < 0
        return begun > last_of(left, lex.TO) and not done

    def _figure(self, token: Token, role: str, column: str, label: str, left: Sequence[Token], **more: Any) -> Figure:
        context = self.context
        values: dict[str, Any] = {
            "topic_clause": context.topic_clause,
            "each": any(word.kind == lex.EACH for word in left),
            "named": any(word.kind in (lex.TOPIC, lex.FEE) for word in left),
            "among": context.among or context.bracket,
            "limited": context.among,
            "partial": context.partial,
            **more,
        }
        return Figure(
            context.domain,
            context.topic,
            role,
            column,
            label,
            numbered(token),
            context.clause,
            scope=context.scope,
            period=context.period,
            **values,
        )

    # 分别 ---------------------------------------------------------------------------------------------------------

    def _respectively(self, token: Token, left: Sequence[Token], right: Sequence[Token]) -> bool:
        """分别: as many heads as numbers, bound in order; else none of them is."""
        at = last_of(left, lex.RESPECTIVELY)
        if at < 0:
            return False
        numbers = 1 + len(listed_numbers(right))
        heads = respective_heads(left, at)
        self.context.queue = heads if len(heads) == numbers else [NO_HEAD] * numbers
        verb = governing(left)
        if verb is not None:
            self.context.carry, self.context.carry_clause = verb, self.context.clause
        return True

    def _from_queue(self, token: Token, number: Number) -> Outcome:
        head = self.context.queue.pop(0)
        if head is NO_HEAD:
            return (), "分别 with unlike numbers of words and figures"
        if head.kind == lex.RATE:
            return self._rated(token, (head,), (head,))
        if head.kind == lex.VERB:
            return self._counted(token, head, (head,))
        self.context.note(head, ())
        if head.sense == lex.REVIEWS:
            return self._review(token, None, "", (head,))
        if head.kind == lex.FEE and number.form == MONEY:
            return self._money(token, (head,))
        return self._headless(token, (head,), ())

    # Percentages --------------------------------------------------------------------------------------------------

    def _percent(self, token: Token, left: Sequence[Token], right: Sequence[Token]) -> Outcome:
        share, at = last_of(left, lex.SHARE), last_of(left, lex.RATE)
        if share > at:
            return self._share(token, left, share)
        if at < 0:
            rate = rate_behind(token, right) or self._reached(left, lex.RATE)
            return self._rated(token, (rate,), left) if rate is not None else ((), "a percentage without a rate")
        reason = self._no_rate(token, left, at)
        return ((), reason) if reason else self._rated(token, coordinated_rates(left, at), left)

    def _no_rate(self, token: Token, left: Sequence[Token], at: int) -> str:
        """Why a percentage is not that of the rate before it, empty if it is."""
        before = left[at - 1] if at else NO_HEAD
        if before.kind == lex.GROWTH:
            return "growth or rate, the words do not say"
        if _OF_SOME.match(self.text, token.end):
            return "a rate that some units reached"
        if _WITHIN.search(self.text, max(0, left[at].start - _WITHIN_LENGTH), left[at].start):
            return "a rate within a time of its own"
        if before.kind == lex.SCOPE and "平均" in self.text[before.start : token.start]:
            return COMPARED
        if left[-1].kind != lex.TO and not adjoins(left[at:], token, _RATE_GAP):
            return "a percentage too far from its rate"
        return ""

    def _rated(self, token: Token, rates: Sequence[Token], left: Sequence[Token]) -> Outcome:
        if self.context.domain not in (lex.HOTLINE, lex.APPLICATIONS):
            return (), NO_CHANNEL
        known = [rate for rate in rates if rate.sense != "foreign"]
        if not known:
            return (), "a rate that has no column"
        if numbered(token).value > HUNDRED:
            return (), OVER_HUNDRED
        return tuple(self._rate_figure(token, rate, left) for rate in known), ""

    def _rate_figure(self, token: Token, rate: Token, left: Sequence[Token]) -> Figure:
        applications = self.context.domain == lex.APPLICATIONS
        column = lex.RATE_KINDS.get(rate.sense, rate.sense) if applications else rate.sense
        return self._figure(token, COLUMN, column, rate.text, left)

    def _reached(self, left: Sequence[Token], kind: str) -> Token | None:
        """满意率提高3个百分点,达到98%: what 达到 completes is the head of the clause before."""
        context = self.context
        if context.pending is None or context.pending_clause != context.clause - 1 or context.pending.kind != kind:
            return None
        only = all(word.kind in (lex.TO, lex.WEAK, lex.REPORTED) for word in left)
        reached = any("达" in word.text or word.kind == lex.TO for word in left)
        return context.pending if only and reached else None

    def _growth(self, token: Token, left: Sequence[Token], at: int) -> Outcome:
        """同比增长P%: of the head before it in the clause, else of the figure before."""
        context, word = self.context, left[at]
        head = last_head(left[:at])
        context.pending, context.pending_clause = head, context.clause
        base = self._base_of_growth(head, left[:at], word.start)
        if base is None:
            return (), "growth of nothing that was read"
        yearly = not word.text.startswith(_NOT_YEARLY) and context.compares_with_last_year()
        if not context.on_line and not yearly:
            return (), "growth over another time than the last year"
        column, label, clause = base
        start = left[at - 1].start if at and left[at - 1].kind == lex.COMPARED else word.start
        printed = label + _BRACKETED.sub("", self.text[start : word.end])
        falls = word.sense == "down"
        more = {"falls": falls, "head_clause": clause, "base_label": label}
        return (self._figure(token, GROWTH, column, printed, left, **more),), ""

    def _base_of_growth(self, head: Token | None, before: Sequence[Token], end: int) -> tuple[str, str, int] | None:
        """Column, words and clause of what grew; None if that is no figure of ours."""
        last = self.context.last
        if head is None:
            if last is None or self.context.unread or not self._is_subject(last, before, end):
                return None
            return last.column or last.label, last.base_label or last.label, last.clause
        column = head.sense if head.kind == lex.RATE else self.context.column(head)
        if column is None or head.sense == "foreign" or not self.context.domain:
            return None
        return column, head.text, self.context.clause

    def _is_subject(self, last: Figure, before: Sequence[Token], end: int) -> bool:
        """Whether the words before 增长 name nothing but the figure before: 申请量 is what was received, no other."""
        quiet = _QUIET_SUBJECTS | ({lex.OBJECT} if last.column in _ARRIVED else frozenset())
        start = max([self.part.clauses[self.context.clause].start, *(d.token.end for d in self.decisions[-1:])])
        words = sum(word.end - word.start for word in before if word.start >= start)
        stretch = _BRACKETED.sub("", self.text[start:end]).strip(_PUNCTUATION)
        return len(stretch) <= words and all(word.kind in quiet for word in before)

    def _share(self, token: Token, left: Sequence[Token], at: int) -> Outcome:
        """占P%: of the figure directly before, or of the kind that is named."""
        context, last = self.context, self.context.last
        heads = [word for word in left[:at] if word.kind in (lex.VERB, lex.KIND, lex.TOPIC, lex.OBJECT)]
        label = self._label(left[:at], left[at].start)
        if not heads and not label and last is not None and not context.unread:
            share = replace(last, role=SHARE, number=numbered(token), clause=context.clause, head_clause=last.clause)
            return (share,), ""
        if heads and label and context.on_line and (context.among or heads[-1].kind == lex.KIND):
            return (self._figure(token, ITEM, "", label, left),), ""
        return (), "a share of nothing that was read"

    # Money and counts ---------------------------------------------------------------------------------------------

    def _money(self, token: Token, left: Sequence[Token]) -> Outcome:
        heads = [word for word in left if word.kind == lex.FEE]
        if any(word.kind == lex.VERB and word.sense == "foreign" for word in left):
            return (), FOREIGN_HEAD
        if self.context.domain != lex.FEES or not heads or heads[-1].sense == lex.FEE_NOTICES:
            return (), "money, but no fee"
        return (self._figure(token, COLUMN, heads[-1].sense, heads[-1].text, left),), ""

    def _count(self, token: Token, left: Sequence[Token], right: Sequence[Token]) -> Outcome:
        context = self.context
        behind = topic_behind(token, right) or self._review_behind(token, right)
        if behind is not None:
            context.note_topic(behind)
            left = (*left, behind)
        if last_of(left, lex.AVERAGE) >= 0:
            return self._averaged(token, left)
        if self._sums_up(token, left):
            return (), "of the last channel or of all, the words do not say"
        outcome = outcome_behind(token, right) if context.domain == lex.APPLICATIONS else None
        if outcome is not None:
            return self._counted(token, outcome, (outcome,))
        head = governing(left) or self._reached(left, lex.VERB)
        if head is None or self._behind_its_number(left) or self._only_describes(left):
            return self._headless(token, left, right)
        if head.sense != "foreign":
            context.carry, context.carry_clause = head, context.clause
        return self._counted(token, head, left, right)

    def _review_behind(self, token: Token, right: Sequence[Token]) -> Token | None:
        """1起政府信息公开行政复议案件: the review that the case is, where no other number follows it."""
        topic = next((word for word in right[:3] if word.kind == lex.TOPIC), None)
        if topic is None or topic.sense != lex.REVIEWS or any(word.kind == lex.NUMBER for word in until_list(right)):
            return None
        return topic if _ON_DISCLOSURE.fullmatch(self.text, token.end, topic.start) else None

    def _sums_up(self, token: Token, left: Sequence[Token]) -> bool:
        """办理甲箱来信90件和乙线工单共计700件: the 700 may hold the 90."""
        last, word = self.context.last, left[-1] if left else None
        if not self.context.on_line or last is None or last.clause != self.context.clause or word is None:
            return False
        return left[0].kind == lex.JOINT and word.text in _SUMS and word.end == token.start

    def _behind_its_number(self, left: Sequence[Token]) -> bool:
        """2件维持、1件撤销: 维持 belongs to the number before it."""
        last = self.decisions[-1].token.end if self.decisions else None
        apart = last is not None and 0 <= left[0].start - last <= 1
        first = next((word for word in left if word.kind not in QUIET), left[-1])
        return apart and first.kind == lex.VERB and left[-1].kind in LISTED

    def _only_describes(self, left: Sequence[Token]) -> bool:
        """办理甲线300件、乙线转办件20件: 转办 says where the cases came from, as it would behind 办理 itself."""
        context = self.context
        if context.carry is None:
            return False
        here = context.carry_clause == context.clause and left[0].kind == lex.LIST
        if here and len(left) > 2 and left[1].kind == lex.VERB and left[2].text != "件":
            return False
        if not here and not self._passed_on(left):
            return False
        return governing((context.carry, *left[here:])) is context.carry

    def _passed_on(self, left: Sequence[Token]) -> bool:
        """办理甲线300件,乙线转办件20件: the same in the clause behind, if it names whose cases they are."""
        context, verb = self.context, governing(left)
        whose = left[0].kind in (lex.TOPIC, lex.SCOPE) and context.carry_clause == context.clause - 1
        whose = whose and left[0].start == self.part.clauses[context.clause].start
        return whose and verb is not None and verb.sense == "transfer"

    def _averaged(self, token: Token, left: Sequence[Token]) -> Outcome:
        first = next(word for word in left if word.kind == lex.AVERAGE)
        if not self.context.on_line:
            return (), "a figure per day or person"
        return (self._figure(token, ITEM, "", self._cleaned(first.start, token.start), left),), ""

    def _counted(self, token: Token, head: Token, left: Sequence[Token], right: Sequence[Token] = ()) -> Outcome:
        if head.sense == "foreign":
            return (), FOREIGN_HEAD
        self._imply_applications(head, token, left)
        by_office = self._of_office(token, head, left)
        if by_office is not None:
            return by_office
        outcomes = self._joint_outcomes(left)
        column = lex.DISCLOSED if outcomes == lex.DISCLOSED_SENSES else self.context.column(head)
        if column is None and self.context.domain == lex.REVIEWS:
            return self._headless(token, left, right)
        if column is None:
            return (), f"{head.text} has no meaning here" if self.context.topic else NO_CHANNEL
        reason = self._no_outcome(head, column, outcomes) or self._unfit(token, left, right)
        return ((), reason) if reason else self._meant(token, head, column, left)

    def _no_outcome(self, head: Token, column: str, outcomes: frozenset[str]) -> str:
        """Why an outcome is not that of so many requests; empty if it is, or the verb is no outcome."""
        if column != lex.DISCLOSED and len(outcomes) > 1:
            return "several outcomes under one number"
        information = self.context.domain == lex.APPLICATIONS and _NO_REQUEST.match(self.text, head.end)
        return "information, no requests" if information and outcomes else ""

    def _meant(self, token: Token, head: Token, column: str, left: Sequence[Token]) -> Outcome:
        if self.context.domain == lex.REVIEWS:
            return self._review(token, head, column, left)
        if self._from_whom(head, left):
            self.context.scope = self.context.last.scope if self.context.last else ""
            return self._one_way(token, head, left)
        if self._of_one_way(head, left):
            return self._one_way(token, head, left)
        return (self._column_figure(token, head, column, left),), ""

    def _office(self, head: Token, left: Sequence[Token]) -> tuple[str, int]:
        """Whose deed the verb is, where it is an office that no word of the lexicon names, and where its name begins.

        某市水务局共收到; 转送市局办理 only says to whom they went, and begins with 转送.
        """
        before = [word for word in left if word.end <= head.start]
        stop = head.start
        while before and before[-1].end == stop and before[-1].kind in QUIET:
            stop = before.pop().start
        if self.text[stop - 1 : stop] not in _OFFICE_ENDS:
            return "", stop
        edges = [self.text.rfind(mark, 0, stop) + 1 for mark in _LABEL_BREAKS]
        edges.extend(word.end for word in before[-1:])
        edges.extend(decision.token.end for decision in self.decisions[-1:])
        start = max(edges)
        if not _OFFICE.fullmatch(self.text, start, stop) or self.text[start:stop] in _ORGANS:
            return "", start
        if before and before[-1].end == start and before[-1].kind in (lex.SCOPE, lex.VERB, lex.KIND):
            start = before[-1].start
        return _WITH_OFFICE.sub("", self.text[start:stop]), start

    def _of_office(self, token: Token, head: Token, left: Sequence[Token]) -> Outcome | None:
        """What an office did: of requests it is the scope, of a hotline an entry of the breakdown; None if none did it.

        What follows on the hotline is then of that office too, until a channel is named again.
        """
        context = self.context
        if head.sense not in _ACTS or context.bracket or context.domain not in (lex.APPLICATIONS, lex.HOTLINE):
            return None
        office, start = self._office(head, left)
        if not office:
            return None
        if context.domain == lex.APPLICATIONS:
            return self._scoped(office, start, head, left)
        if context.last is None or any(word.kind == lex.TOPIC for word in left):
            return None
        outcome = self._one_way(token, head, left)
        context.topic = None
        return outcome

    def _scoped(self, office: str, start: int, head: Token, left: Sequence[Token]) -> Outcome | None:
        """The office as scope of what follows; an outcome without figures where it is not the one that acts."""
        if _PASSED_ON.match(office) or any(word.start == start and word.kind == lex.VERB for word in left):
            return (), "passed on to another office"
        if any(word.end == start and word.kind in LISTED for word in left[1:]):
            return (), "of several offices together"
        self.context.note_scope(head._replace(text=office), left)
        return None

    def _of_one_way(self, head: Token, left: Sequence[Token]) -> bool:
        """网上受理60件, 书面答复2件 behind other figures: what one way brought in, or answered."""
        if not self.context.on_line and head.sense in ("receive", "receive_new"):
            return self._came_one_way(head, left)
        if not self.text.endswith(lex.MANNERS, 0, head.start) or any(word.kind == lex.TOPIC for word in left):
            return False
        if self.context.on_line and self.text.endswith("人工", 0, head.start) and self.context.last is None:
            return False
        if self.context.on_line:
            return head.sense == "receive" and self.context.clause > self.context.topic_clause
        return head.sense == "reply" and (self.context.among or self.context.last is not None)

    def _came_one_way(self, head: Token, left: Sequence[Token]) -> bool:
        """线下收到9件, 通过邮寄收到6件, 收到网上申请8件: not 通过网站、信函等渠道."""
        by = _BY_ONE_WAY.search(self.text, self.part.clauses[self.context.clause].start, head.start)
        if by is not None and _A_WAY.search(by["way"]) and not _SEVERAL_WAYS.search(by["way"]):
            return True
        if _ONLINE_OFFICE.search(self.text, max(0, head.start - MAX_LABEL), head.start):
            return True
        requests = (word for word in left if word.start >= head.end and "申请" in word.text)
        behind = [decision.token.end + 1 for decision in self.decisions[-1:]]
        return any(
            _ONE_MANNER.search(self.text[max(0, word.start - _MANNER_LENGTH, *behind) : word.start])
            for word in (head, *requests)
        )

    def _one_way(self, token: Token, head: Token, left: Sequence[Token]) -> Outcome:
        """An entry of the breakdown of the channel that has had figures; else nothing says of which it is."""
        last, label = self.context.last, self._label(left, token.start)
        if not self.context.on_line or last is None or last.topic is not self.context.topic or not label:
            return (), "one way of several"
        return (self._figure(token, ITEM, "", label, left),), ""

    def _from_whom(self, head: Token, left: Sequence[Token]) -> bool:
        """收到工单60件,其中市级下派50件: whence a part of them came."""
        at = next((index for index, word in enumerate(left) if word is head), 0)
        passed_on = self.context.on_line and self.context.among and head.sense == "transfer"
        return passed_on and at > 0 and left[at - 1].kind == lex.SCOPE and left[at - 1].end == head.start

    def _unfit(self, token: Token, left: Sequence[Token], right: Sequence[Token]) -> str:
        if self.context.domain == lex.APPLICATIONS:
            unit, last = numbered(token).unit, self.context.last
            if unit not in _APPLICATION_UNITS or (unit == _ITEMS and last is not None and last.number.unit != _ITEMS):
                return "not counted in applications"
        return "" if self._near_topic(left, right) else "the channel is too far away"

    def _joint_outcomes(self, left: Sequence[Token]) -> frozenset[str]:
        """The outcomes that stand side by side before a number: 予以公开或部分公开59件 are both together."""
        senses = {self.context.sense(word) for word in joint_verbs(left)}
        return _RESULTS.get(self.context.domain, frozenset()) & senses

    def _column_figure(self, token: Token, head: Token, column: str, left: Sequence[Token]) -> Figure:
        if column == lex.RECEIVED and head.sense == "receive" and self.context.includes_brought_forward:
            column = lex.WITH_BROUGHT_FORWARD
        kind = self._kind_label(head, token, left) if self.context.on_line else ""
        phrase = self._label(left, token.start)
        among = self.context.among or self.context.bracket
        if kind and (among or _CLASS.search(kind)):
            arrived = column in ("received", lex.RECEIVED)
            return self._figure(token, ITEM, "", kind if arrived else head.text + kind, left)
        return self._figure(token, COLUMN, column, head.text, left, sense=head.sense, kind_label=kind, phrase=phrase)

    def _imply_applications(
        self, head: Token, token: Token, left: Sequence[Token], right: Sequence[Token] = ()
    ) -> None:
        """予以公开5件 after a sentence on applications needs no topic of its own."""
        context = self.context
        free = context.topic is None or (context.domain == lex.FOREIGN and context.topic_clause != context.clause)
        known = context.setting.applications and head.sense in lex.OUTCOME_SENSES
        behind = [head, *(word for word in left if word.start >= head.end)]
        near = right[0] is head and token.end == head.start if right else adjoins(behind, token)
        if free and known and near:
            context.topic = Token(lex.TOPIC, head.start, head.start, "", lex.APPLICATIONS)
            context.topic_clause = context.clause

    def _near_topic(self, left: Sequence[Token], right: Sequence[Token]) -> bool:
        """Whether the channel still holds: a figure of it stands between, or the thing counted is named here.

        The outcomes of applications are the statute's words: they need no more naming.
        """
        context = self.context
        if context.last is not None or context.clause - context.topic_clause <= 1:
            return True
        results = _RESULTS.get(context.domain, frozenset())
        if any(word.sense in results for word in (*left, *right[:2])):
            return True
        return any(word.kind in (lex.OBJECT, lex.KIND, lex.REPORTED) for word in (*left, *right[:1]))

    def _review(self, token: Token, head: Token | None, suffix: str, left: Sequence[Token]) -> Outcome:
        topic = self.context.topic
        if topic is None or not topic.code or not self._is_ours(topic):
            return (), "reconsiderations or lawsuits of another kind"
        if numbered(token).unit not in _REVIEW_UNITS:
            return (), "not counted in cases"
        label = head.text if head is not None and suffix else topic.text
        return (self._figure(token, COLUMN, topic.code + suffix, label, left),), ""

    def _is_ours(self, topic: Token) -> bool:
        """Whether information disclosure has been spoken of before the topic; 行政复议126件 alone are of any kind."""
        ours = None if _NOT_OURS.search(self.text) else self.context.setting.ours
        return ours is not None and ours < self.part.folded.offsets[topic.start]

    # Counts without a verb of their own ---------------------------------------------------------------------------

    def _headless(self, token: Token, left: Sequence[Token], right: Sequence[Token]) -> Outcome:
        for attempt in (self._fee_notices, self._review_total, self._in_list, self._before_verb, self._item):
            figures = attempt(token, left, right)
            if figures:
                return figures, ""
        return (), "no verb in the clause"

    def _fee_notices(self, token: Token, left: Sequence[Token], right: Sequence[Token]) -> tuple[Figure, ...]:
        heads = [word for word in left if word.kind == lex.FEE]
        if not heads or heads[-1].sense != lex.FEE_NOTICES or not self.context.setting.fees:
            return ()
        return (self._figure(token, COLUMN, lex.FEE_NOTICES, heads[-1].text, left),)

    def _review_total(self, token: Token, left: Sequence[Token], right: Sequence[Token]) -> tuple[Figure, ...]:
        at = last_of(left, lex.TOPIC)
        if at < 0 or left[at].sense != lex.REVIEWS or not adjoins(left[at:], token, _REVIEW_GAP):
            return ()
        if result_behind(token, right):
            return ()
        return self._review(token, None, "", left)[0]

    def _in_list(self, token: Token, left: Sequence[Token], right: Sequence[Token]) -> tuple[Figure, ...]:
        """受理甲线3000件、乙线200件: the verb of a list holds for every channel (or scope) in it."""
        context = self.context
        if context.carry is None or context.clause - context.carry_clause > 1:
            return ()
        named = context.on_line and any(word.kind == lex.TOPIC and word.sense == lex.HOTLINE for word in left)
        if named and self._came_from(context.carry, left):
            context.topic = None
            return ()
        scoped = last_of(left, lex.SCOPE) >= 0 and last_of(left, lex.AMONG) >= 0
        column = context.column(context.carry)
        if not (named or scoped) or not column:
            return ()
        first = min(context.topic_clause, context.carry_clause)
        context.carry_clause = context.clause
        verb = context.carry
        phrase = self._label(left, token.start)
        more = {"sense": verb.sense, "carried": True, "topic_clause": first, "phrase": phrase}
        return (self._figure(token, COLUMN, column, verb.text, left, **more),)

    def _came_from(self, verb: Token, left: Sequence[Token]) -> bool:
        """省长信箱转派23件,市长信箱41件: a 转派 behind its channel says whence the cases came, and opens no list."""
        if verb.sense != "transfer" or any(word.kind == lex.VERB for word in left):
            return False
        clause = next((one for one in self.part.clauses if one.start <= verb.start < one.end), None)
        return clause is not None and any(word.kind == lex.TOPIC and word.end <= verb.start for word in clause.tokens)

    def _before_verb(self, token: Token, left: Sequence[Token], right: Sequence[Token]) -> tuple[Figure, ...]:
        """2件正在办理, 其中298件已办结."""
        verb = verb_behind(right)
        if verb is None:
            return ()
        self._imply_applications(verb, token, (), right)
        column = self.context.column(verb)
        if not column or not self._near_topic(left, right):
            return ()
        if self.context.domain == lex.REVIEWS:
            return self._review(token, verb, column, left)[0] if verb.sense in lex.REVIEW_SENSES else ()
        return (self._column_figure(token, verb, column, left),)

    def _item(self, token: Token, left: Sequence[Token], right: Sequence[Token]) -> tuple[Figure, ...]:
        """求助类3000件: a kind of case, in a breakdown or listed beside another kind."""
        context = self.context
        if not context.on_line or any(word.kind in (lex.TOPIC, lex.MEDIA, lex.RATE) for word in left):
            return ()
        if context.last is None or context.last.carried:
            return ()
        label = self._label(left, token.start)
        kinds = last_of(left, lex.KIND) >= 0 or label.endswith("类")
        among = context.among or context.bracket
        if not label or not (kinds or among):
            return ()
        if not among and context.last.kind_label:
            self._demote_last()
        return (self._figure(token, ITEM, "", label, left),)

    def _demote_last(self) -> None:
        """受理咨询200件、投诉100件: the 200 are not all that was received, but the first of the kinds."""
        decision = self.decisions[-1]
        if decision.figures and decision.figures[-1] is self.context.last:
            figure = decision.figures[-1]
            item = replace(figure, role=ITEM, column="", label=figure.kind_label)
            self.decisions[-1] = replace(decision, figures=(*decision.figures[:-1], item))

    # Words for a breakdown ----------------------------------------------------------------------------------------

    def _cleaned(self, start: int, end: int) -> str:
        label = _LABEL_EDGES.sub("", self.text[start:end])
        return label if len(label) <= MAX_LABEL and not any(character.isdigit() for character in label) else ""

    def _label(self, left: Sequence[Token], end: int) -> str:
        """The words between the last break and ``end``, without fillers; empty if that is no name of a kind."""
        edges = [max(self.text.rfind(mark, 0, end) for mark in _LABEL_BREAKS) + 1]
        edges.append(self.part.clauses[self.context.clause].start)
        edges.extend(word.end for word in left if word.kind in (lex.AMONG, lex.SORTED, lex.NUMBER))
        edges.extend(decision.token.end for decision in self.decisions[-1:] if decision.token.end <= end)
        return self._cleaned(max(edges), end)

    def _kind_label(self, head: Token, token: Token, left: Sequence[Token]) -> str:
        """咨询 in 受理咨询200件, where that kind is all that was counted; empty for 诉求, or for several kinds."""
        between = [word for word in left if word.start >= head.end]
        words = self._cleaned(head.end, token.start)
        if not words or any(word.kind in LISTED for word in between):
            return ""
        last = next((word for word in reversed(between) if word.kind in (lex.OBJECT, lex.KIND)), None)
        return words if _CLASS.search(words) or (last is not None and last.kind == lex.KIND) else ""
