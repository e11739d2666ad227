"""Prose against table. Words allow readings, tried in their order; the first that agrees is named.

受理 and 收到 may include what was brought forward, 答复 may leave out what was closed otherwise, the number of lawsuits
may leave out the undecided ones: words decide the quantity. A figure whose words limit it to another scope is not
compared; one that no reading explains ``fails`` only where nothing but the table can be meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .. import forms
from ..report import Statement
from .form import APPLICANT_COLUMNS
from .model import (
    EXPLAINED,
    FAILS,
    HOLDS,
    TOTAL,
    UNKNOWN,
    Cells,
    Facts,
    Finding,
    Side,
    column_side,
    decimal,
    relation_status,
)
from .scope import A_PART, OWN_OFFICE, may_be_own_office, scope_obstacle
from .wording import Sum, Words, both, explain_failure, explain_reading, subject_labels

Numbered = tuple[int, Statement]

FAR_FACTOR = 2
FAR_DIFFERENCE = 10
"""Figures that differ by this factor and by this many cases at least are thought to have different scopes."""
FAR: Words = ("与表中数字相差悬殊，可能口径不同", "it is so far from the table that it may have another scope")


@dataclass(frozen=True, slots=True)
class Reading:
    """What words may mean: figures that add up, less those that do not belong.

    ``plus`` and ``minus`` are rows of section 三 or outcome groups; for section 四 (channel, column) pairs.
    """

    words: Words
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()


RECEIVED = Reading(("本年新收", "received this year"), ("received",))
ON_HAND = Reading(("本年新收 + 上年结转", "received + brought forward"), ("received", "brought_forward"))
DEALT_WITH = Reading(("办理结果总计 + 结转下年度", "closed + carried forward"), ("closed", "carried_forward"))
CLOSED = Reading(("办理结果总计", "all results of the year"), ("closed",))
ANSWERED = Reading(("办理结果总计，不含其他处理", "all results but 3.6, other"), ("closed",), ("other",))
PROCESSED = Reading(
    ("办理结果总计，不含不予处理", "all results but 3.5, not processed"), ("closed",), ("not_processed",)
)
BROUGHT_FORWARD = Reading(("上年结转", "brought forward"), ("brought_forward",))
CARRIED_FORWARD = Reading(("结转下年度", "carried forward"), ("carried_forward",))
DISCLOSED = Reading(("予以公开 + 部分公开", "granted in full + in part"), ("granted", "partly_granted"))


OUTCOMES = {
    outcome.code: Reading((outcome.label_zh, outcome.label_en.lower()), (outcome.code,)) for outcome in forms.OUTCOMES
}

READINGS: dict[str, tuple[Reading, ...]] = {
    "applications_received": (RECEIVED, ON_HAND, CLOSED, DEALT_WITH),
    "applications_received_with_brought_forward": (ON_HAND, DEALT_WITH),
    "applications_handled": (ON_HAND, DEALT_WITH, RECEIVED, CLOSED),
    "applications_dealt_with": (CLOSED, RECEIVED, ON_HAND, DEALT_WITH, ANSWERED),
    "applications_closed": (CLOSED, ANSWERED, PROCESSED, ON_HAND, RECEIVED),
    "applications_brought_forward": (BROUGHT_FORWARD,),
    "applications_carried_forward": (CARRIED_FORWARD,),
    "applications_granted": (OUTCOMES["granted"], DISCLOSED),
    **{f"applications_{code}": (reading,) for code, reading in OUTCOMES.items() if code != "granted"},
    "applications_disclosed": (DISCLOSED,),
}
"""Kind of statement → what its words may mean, the plain meaning first."""

NEW_ONLY = ("新收", "新受理")
"""Words that leave no reading but 本年新收."""

SINGLE_OUTCOME_KINDS = tuple(f"applications_{outcome.code}" for outcome in forms.OUTCOMES)
DISCLOSED_PARTS = frozenset(("applications_granted", "applications_partly_granted"))
OUTCOME_KINDS = (*SINGLE_OUTCOME_KINDS, "applications_disclosed")
BY_APPLICANTS: Words = ("按各类申请人相加", "adding the kinds of applicant")


PART_MARKS = (
    *("网上", "网络", "信函", "书面", "当面", "当场", "邮件", "邮寄", "传真", "平台", "网站", "线上", "在线", "现场"),
    *("自然人", "公民", "企业", "法人", "组织"),
)
"""Words after which a number may be that of one way of asking, or of one kind of applicant."""
ONE_KIND: Words = ("可能只计一种申请方式或一类申请人", "it may count one way of asking or one kind of applicant only")
REASON_MARKS = (
    *("因", "属于", "涉及", "不掌握", "不存在", "国家秘密", "商业秘密", "隐私", "第三方", "内部事务", "过程性", "案卷"),
    *("行政查询", "另行制作", "补正", "信访", "投诉", "重复", "反复", "出版物", "确认"),
)
"""Words of one of the reasons that the form counts in rows of their own."""
ONE_REASON: Words = (
    "可能只是该类结果中的一种情形",
    "it may be one of the reasons that the table counts under this outcome",
)
SUBSTANCE: Words = (
    "同句另列其他办理结果，可能不含在内",
    "other results are listed beside it, so it may count answers in substance only",
)
REPLIES = ("答复", "回复")
AMONG = "其中"
PERIOD_MARKS = ("季度", "上半年", "下半年", "月份", "累计", "历年", "以来", "上年同期", "去年同期")
"""Words after which a number may be that of another time than the report's year."""
OTHER_PERIOD: Words = ("所指时段可能不是本年度", "it may be of another time than the report's year")


def against_table(*kinds: str) -> Callable[[Facts], Iterator[Finding]]:
    """A rule's function: every statement of ``kinds`` against section 三."""

    def check(facts: Facts) -> Iterator[Finding]:
        for kind in kinds:
            for position, statement in facts.statements.get(kind, ()):
                readings = _application_readings(facts, statement)
                doubt = _doubt_of_part(facts, position, statement) or _doubt_of_reply(facts, position, statement)
                yield _finding(facts, position, statement, readings, False, doubt)

    return check


def _doubt_of_part(facts: Facts, position: int, statement: Statement) -> Words | None:
    """收到205件,其中厅本级132件: the 132 are a part of what was stated right before, whatever their scope is called."""
    if AMONG not in statement.sentence:
        return None
    stated = facts.statements.get(statement.kind, ())
    return A_PART if any(at < position and other.value > statement.value for at, other in stated) else None


def _doubt_of_reply(facts: Facts, position: int, statement: Statement) -> Words | None:
    """答复7件,不予受理4件: the 4 are beside the 7, where 其中 would make them a part."""
    if statement.kind != "applications_closed" or not any(word in statement.sentence for word in REPLIES):
        return None
    stated = (numbered for kind in OUTCOME_KINDS for numbered in facts.statements.get(kind, ()))
    beside = next((other for at, other in stated if at == position + 1), None)
    return SUBSTANCE if beside is not None and beside.scope_text == statement.scope_text else None


Candidate = tuple[Words, Side]
"""A reading with the figures that it has in this report's tables."""


def _application_readings(facts: Facts, statement: Statement) -> Iterator[Candidate]:
    readings = READINGS[statement.kind]
    if statement.kind == "applications_received" and any(word in statement.sentence for word in NEW_ONLY):
        readings = readings[:1]
    for reading in readings:
        yield from _both_ways(facts, reading)


def _both_ways(facts: Facts, reading: Reading) -> Iterator[Candidate]:
    """A reading in the 总计 column, and with the kinds of applicant added (where R3 fails, or 总计 is blank)."""
    side = _side(facts, reading, (TOTAL,))
    if side is not None:
        yield reading.words, side
    by_applicants = _side(facts, reading, APPLICANT_COLUMNS)
    if by_applicants is not None and not by_applicants.has_blank:
        zh, en = reading.words
        yield (f"{zh}({BY_APPLICANTS[0]})", f"{en} ({BY_APPLICANTS[1]})"), by_applicants


def _side(facts: Facts, reading: Reading, columns: Sequence[str]) -> Side | None:
    """The figures of a reading; None where what it leaves out is not wholly printed."""
    added = _sum(facts, reading.plus, columns)
    if not reading.minus:
        return added
    left_out = _sum(facts, reading.minus, columns)
    if left_out.has_blank:
        return None
    figures = (*added.figures, -sum(left_out.figures))
    return Side(figures if added.figures else (), added.has_blank, added.inferred or left_out.inferred)


def _sum(facts: Facts, codes: Sequence[str], columns: Sequence[str]) -> Side:
    items = [item for code in codes for item in _items(facts, code)]
    sides = [column_side(facts.applications, items, column) for column in columns]
    filled = [side for side in sides if side.figures] or sides  # a kind of applicant may be blank throughout
    return Side(
        tuple(figure for side in filled for figure in side.figures),
        any(side.has_blank for side in filled),
        any(side.inferred for side in filled),
    )


_GROUPS = {
    outcome.code: tuple(item.code for item in forms.APPLICATION_ITEMS if item.group == outcome.code)
    for outcome in forms.OUTCOMES
}


def _items(facts: Facts, code: str) -> Sequence[str]:
    if code not in _GROUPS:
        return (code,)
    return [item for item in _GROUPS[code] if item in facts.results]


# Section 四 --------------------------------------------------------------------------------------------------------

RECONSIDERATION = ("reconsideration",)
LAWSUITS = ("lawsuit_direct", "lawsuit_after_reconsideration")
CHANNELS: dict[str, tuple[tuple[Words, tuple[str, ...]], ...]] = {
    "reviews_reconsideration": ((("行政复议", "reconsiderations"), RECONSIDERATION),),
    "reviews_lawsuit": (
        (("两类诉讼", "both kinds of lawsuit"), LAWSUITS),
        (("未经复议直接起诉", "lawsuits without prior reconsideration"), LAWSUITS[:1]),
        (("复议后起诉", "lawsuits after reconsideration"), LAWSUITS[1:]),
    ),
}
_ALL_OUTCOMES = tuple(column.code for column in forms.REVIEW_OUTCOMES)
_COUNTED: Reading = Reading(("总计", "total"), (TOTAL,))
_DECIDED: Reading = Reading(("总计，不含尚未审结", "total without those pending"), (TOTAL,), ("pending",))
_ADDED: Reading = Reading(("各结果相加", "the outcomes added"), _ALL_OUTCOMES)
_ADDED_DECIDED: Reading = Reading(("已有结果相加", "the decided outcomes added"), _ALL_OUTCOMES[:-1])
REVIEW_READINGS: dict[str, tuple[Reading, ...]] = {
    "": (_COUNTED, _DECIDED, _ADDED, _ADDED_DECIDED),
    "_closed": (_DECIDED, _ADDED_DECIDED, _COUNTED),
    **{
        f"_{column.code}": (Reading((column.label_zh, column.label_en.lower()), (column.code,)),)
        for column in forms.REVIEW_OUTCOMES
    },
}
"""What follows the channel in a statement's kind → what its words may mean."""
ON_DISCLOSURE = "公开"
"""Without this word, a number of reconsiderations may be that of all an agency had, whatever they were about."""
OF_ALL_KINDS: Words = (
    "文字未说明是否仅指政府信息公开案件",
    "it does not say that only cases on disclosure are counted",
)


def reviews_against_table(channel: str) -> Callable[[Facts], Iterator[Finding]]:
    """A rule's function: every statement on ``channel`` against section 四."""

    def check(facts: Facts) -> Iterator[Finding]:
        for suffix, readings in REVIEW_READINGS.items():
            for position, statement in facts.statements.get(channel + suffix, ()):
                sides = _review_sides(facts.reviews, CHANNELS[channel], readings)
                doubt = _doubt_of_result(facts, statement, suffix) or _doubt(facts, statement)
                yield _finding(facts, position, statement, sides, bool(suffix), doubt)

    return check


def _review_sides(
    rows: Mapping[str, Cells], channels: Sequence[tuple[Words, tuple[str, ...]]], readings: Sequence[Reading]
) -> Iterator[Candidate]:
    for (zh, en), names in channels:
        for reading in readings:
            side = _review_side(rows, names, reading)
            if side is not None:
                yield (f"{zh}{reading.words[0]}", f"{en}, {reading.words[1]}"), side


def _review_side(rows: Mapping[str, Cells], names: Sequence[str], reading: Reading) -> Side | None:
    sides = [column_side(rows, names, column) for column in reading.plus]
    left_out = [column_side(rows, names, column) for column in reading.minus]
    if any(side.has_blank for side in left_out):
        return None
    figures = tuple(figure for side in sides for figure in side.figures)
    if figures:
        figures = (*figures, -sum(sum(side.figures) for side in left_out))
    every = (*sides, *left_out)
    return Side(figures, any(side.has_blank for side in sides), any(side.inferred for side in every))


ONE_RESULT = ("驳回", "撤销", "确认违法", "责令", "撤诉", "撤回", "终止")
"""Words of a single kind of decision; the table's outcomes hold several of them."""
ONE_INSTANCE = ("一审", "二审", "再审")
ONE_OF_SEVERAL: Words = (
    "可能只是该项结果中的一种情形或一个审级",
    "it may be one kind of decision, or one instance, among those the table counts",
)


def _doubt_of_result(facts: Facts, statement: Statement, suffix: str) -> Words | None:
    """驳回5件,维持4件: each may be a part of what the table counts as 结果维持; so may the cases of one instance."""
    words = (*ONE_INSTANCE, *ONE_RESULT) if suffix else ONE_INSTANCE
    same = [other.sentence for _, other in facts.statements.get(statement.kind, ())]
    return ONE_OF_SEVERAL if any(word in sentence for sentence in same for word in words) else None


def _doubt(facts: Facts, statement: Statement) -> Words | None:
    if ON_DISCLOSURE in statement.sentence:
        return None
    section = next((part for part in reversed(facts.report.sections) if part.text_start <= statement.span[0]), None)
    titled = section is not None and section.title is not None and "复议" in section.title
    return None if titled else OF_ALL_KINDS


# Outcomes ----------------------------------------------------------------------------------------------------------


def outcomes_against_table(facts: Facts) -> Iterator[Finding]:
    """Each outcome that the prose states against its rows; in doubt where their sum is far from the table's."""
    closed = column_side(facts.applications, ("closed",), TOTAL)
    for group in _outcome_lists(facts):
        total = sum(int(statement.value) for _, statement in group)
        whole = _kinds_of(group).issuperset(SINGLE_OUTCOME_KINDS) or total > sum(closed.figures)
        doubt = FAR if closed.figures and whole and is_far(total, sum(closed.figures)) else None
        for position, statement in group:
            open_to = doubt or _doubt_of_reason(facts, statement)
            yield _finding(facts, position, statement, _application_readings(facts, statement), True, open_to)


def _doubt_of_reason(facts: Facts, statement: Statement) -> Words | None:
    """因信息不存在无法提供1件: no more than one row of the outcome, so it may be less than their sum."""
    rows = [item for kind in _kinds(statement) for item in _items(facts, kind.removeprefix("applications_"))]
    table = column_side(facts.applications, rows, TOTAL)
    limited = any(mark in statement.sentence for mark in REASON_MARKS)
    return ONE_REASON if limited and statement.value < sum(table.figures) else None


def _kinds_of(group: Sequence[Numbered]) -> set[str]:
    """The outcomes that a list states; 予以公开或部分公开 states two of them."""
    return set().union(*(_kinds(statement) for _, statement in group))


def _kinds(statement: Statement) -> frozenset[str]:
    return DISCLOSED_PARTS if statement.kind == "applications_disclosed" else frozenset((statement.kind,))


def outcome_lists_against_total(facts: Facts) -> Iterator[Finding]:
    """The outcomes that the prose lists, added, against 三(七): a list may leave out some, but not hold more."""
    for group in _outcome_lists(facts):
        position, first = group[0]
        if len(group) < 2 or scope_obstacle(first, facts.identity, True) is not None:
            continue
        yield _list_finding(facts, f"statements-{position}", tuple(int(statement.value) for _, statement in group))


_LIST_READINGS = (CLOSED, DEALT_WITH, RECEIVED, ON_HAND)


def _list_finding(facts: Facts, subject: str, figures: tuple[int, ...]) -> Finding:
    candidates = [candidate for reading in _LIST_READINGS for candidate in _both_ways(facts, reading)]
    stated = Side(figures, False, False)
    total, (words, table) = sum(figures), candidates[0]
    left, right = Decimal(total), decimal(table.total)
    for at, (other, side) in enumerate(candidates):
        if relation_status(stated, side) == HOLDS:
            explanation = explain_reading(LISTED, total, words, other, side.inferred) if at else None
            return Finding(subject, EXPLAINED if at else HOLDS, left, decimal(side.total), side.inferred, explanation)
    if table.has_blank or total < sum(table.figures):
        return Finding(subject, UNKNOWN, left, right, table.inferred)
    if is_far(total, sum(table.figures)):
        return Finding(subject, UNKNOWN, left, right, table.inferred, _far_list(figures, sum(table.figures)))
    explanation = explain_failure(LISTED, (ADDED, Sum(figures)), (words, table.total), table.inferred)
    return Finding(subject, FAILS, left, right, table.inferred, explanation)


LISTED: Words = ("正文所列各项结果", "the outcomes listed in the prose")
ADDED: Words = ("相加", "added")


def _far_list(figures: tuple[int, ...], table: int) -> str:
    return both(
        f"正文所列各项结果相加为{Sum(figures)}，表中办理结果总计为{table}，{FAR[0]}，无法核对。",
        f"The outcomes listed in the prose add up to {Sum(figures)}, the table's results to {table}: "
        f"{FAR[1]}, so neither can be checked by the other.",
    )


def _outcome_lists(facts: Facts) -> Iterator[list[Numbered]]:
    """The outcomes as stated one after another; one stated again, or of another scope, begins a new list."""
    stated = sorted(
        ((position, statement) for kind in OUTCOME_KINDS for position, statement in facts.statements.get(kind, ())),
        key=lambda numbered: numbered[0],
    )
    group: list[Numbered] = []
    for position, statement in stated:
        if group and (statement.scope_text != group[-1][1].scope_text or _kinds(statement) & _kinds_of(group)):
            yield group
            group = []
        group.append((position, statement))
    if group:
        yield group


# The comparison ----------------------------------------------------------------------------------------------------


def _finding(
    facts: Facts,
    position: int,
    statement: Statement,
    candidates: Iterable[Candidate],
    part_of_table: bool,
    doubt: Words | None = None,
) -> Finding:
    """The first reading that agrees, by name; else ``unknown`` where there is room for doubt, else ``fails``.

    ``candidates``: one at least.
    """
    subject = f"statements-{position}"
    obstacle = scope_obstacle(statement, facts.identity, part_of_table)
    if obstacle is not None or statement.value != statement.value.to_integral_value():
        return Finding(subject, UNKNOWN, statement.value, None, False, _not_compared(subject, statement, obstacle))
    stated = Side((int(statement.value),), False, False)
    readings: list[Candidate] = []
    open_question = False
    for candidate in candidates:
        readings.append(candidate)
        status = relation_status(stated, candidate[1])
        if status == HOLDS:
            return _agreement(subject, statement, readings)
        open_question = open_question or status == UNKNOWN
    if open_question:
        table = decimal(readings[0][1].total)
        on_inferred = any(side.inferred for _, side in readings)
        return Finding(subject, UNKNOWN, statement.value, table, on_inferred, _not_compared(subject, statement, doubt))
    return _disagreement(facts, subject, statement, readings, doubt)


def _agreement(subject: str, statement: Statement, readings: Sequence[Candidate]) -> Finding:
    """``readings`` as far as they were tried: the last one agrees, the first is the plain one."""
    words, side = readings[-1]
    table = decimal(side.total)
    if len(readings) == 1:
        return Finding(subject, HOLDS, statement.value, table, side.inferred)
    about = subject_labels(subject)
    explanation = explain_reading(about, statement.value, readings[0][0], words, side.inferred)
    return Finding(subject, EXPLAINED, statement.value, table, side.inferred, explanation)


def _disagreement(
    facts: Facts, subject: str, statement: Statement, readings: Sequence[Candidate], doubt: Words | None
) -> Finding:
    words, side = readings[0]
    nearest = [sum(reading.figures) for _, reading in readings]
    obstacle = doubt or _marked_doubt(statement) or _distance(facts, int(statement.value), nearest)
    on_inferred = any(reading.inferred for _, reading in readings)
    if obstacle is not None:
        explanation = _not_compared(subject, statement, obstacle)
        return Finding(subject, UNKNOWN, statement.value, decimal(side.total), on_inferred, explanation)
    stated: Words = ("正文所述", "stated in the prose")
    explanation = explain_failure(subject_labels(subject), (stated, statement.value), (words, side.total), on_inferred)
    return Finding(subject, FAILS, statement.value, decimal(side.total), on_inferred, explanation)


def _marked_doubt(statement: Statement) -> Words | None:
    if any(mark in statement.sentence for mark in PERIOD_MARKS):
        return OTHER_PERIOD
    return ONE_KIND if any(mark in statement.sentence for mark in PART_MARKS) else None


def _distance(facts: Facts, stated: int, table: Sequence[int]) -> Words | None:
    """Why a disagreement may be one of scope: the table's figure is far away, or counts a whole area."""
    if may_be_own_office(facts.identity) and all(stated < figure for figure in table):
        return OWN_OFFICE
    return FAR if all(is_far(stated, figure) for figure in table) else None


def is_far(one: int, other: int) -> bool:
    """Whether two counts are so far apart that they are thought to count different things."""
    smaller, larger = sorted((one, other))
    return larger - smaller >= FAR_DIFFERENCE and larger >= FAR_FACTOR * smaller


def _not_compared(subject: str, statement: Statement, obstacle: Words | None) -> str | None:
    if obstacle is None:
        return None
    zh, en = subject_labels(subject)
    limit_zh = f"（限定语：{statement.scope_text}）" if statement.scope_text else ""
    limit_en = f" (its words: {statement.scope_text})" if statement.scope_text else ""
    return both(
        f"{zh}：{statement.value}{limit_zh}未与表格比对：{obstacle[0]}。",
        f"{en}: {statement.value}{limit_en} cannot be compared with the table: {obstacle[1]}.",
    )
