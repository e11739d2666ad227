"""From a report's paragraphs to its prose figures; what cannot concern them is never looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..document import Notice
from ..messages import spoken, told
from ..report import HotlineFigure, Statement
from ..text.fold import PINYIN_BEHIND
from ..text.traditional import may_be_traditional, to_simplified
from .clauses import MAX_PART, Part, part_spans, read_part
from .explain import explained
from .hotline import finished, hotline_rows
from .matcher import Walked, answers_no_more, goes_on, senses_behind, walk
from .model import Decision, Figure
from .state import Setting
from .statements import statements_of

_TRIGGER = re.compile(
    r"1\s*2\s*3\s*4\s*5|１２３４５|123\d\d|线(?:(?<=热线)|(?<=专线)|(?<=在线)咨询)|箱(?<=[信邮]箱)|声(?<=[民呼]声)"
    r"|电话(?:咨询|(?<=[询诉报督开班务众听公]电话))|留言|直通车|问政|互动"
    r"|网(?:[上络站]咨询|站[^,，。]{0,10}(?:信件|来信|邮件))|群(?:工系统|众工作)|众来电(?<=公众来电)"
    r"|复议|诉(?:讼|(?<=应诉)|(?<=起诉))|处理(?:费|(?<=其[他它]处理))|收费通知"
    r"|予(?:以公开|(?<=不予))|部分公开|无法提供|结转"
)
"""Every alternative begins with a character, not a set: the search is then four times as fast. It begins with the one
that stands most seldom elsewhere, and looks back for those before it.
"""
_REQUEST = re.compile(r"公开[^,，。]{0,8}申请|依\s*申请|信息申请|申请(?:政府|信息|公开)")
_FIGURE = re.compile(r"[0-9０-９]|百分之|〕[件条起宗封次份个通]|[一二三四五六七八九十百千万两][余多]?[件条起宗封次]")
_OURS = re.compile("信息公开|依申请|公开政府信息")
_AMONG_LENGTH = 16
_AMONG = re.compile(r"其中[^,，;；。:：()（）]{0,14}\Z")
_REVIEWS_BEHIND = re.compile("[^,，;；。:：()（）\\d]{0,6}(?:复议|诉讼|申请)")
_APPLICATIONS = re.compile("信息公开申请|依申请|公开[^,，。]{0,8}申请|申请公开")
_HEADING = re.compile(
    r"\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]?|[①-⑳])?\s*[^\d。：:；;，,（(]{0,12}?"
    r"(?:依申请公开|依法申请公开|信息公开申请)[^\d。：:；;，,（(]{0,10}?\s*(?P<end>[。：:]|$)"
)
_HEAD = 40
_PERIODS = re.compile("年|季度|月")
_FEES = re.compile("信息处理费|收费通知")
_LINES = re.compile(r"1\s*2\s*3\s*4\s*5|热线|专线|信箱|邮箱")
_EXCERPT = 80


@dataclass(frozen=True, slots=True)
class Prose:
    """The prose figures of a report, in the order of its text, and what could not be placed."""

    hotline: tuple[HotlineFigure, ...] = ()
    statements: tuple[Statement, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A part with what became of each of its numbers; ``passed_over`` are those that could be no figure."""

    part: Part
    decisions: tuple[Decision, ...]
    passed_over: tuple[Decision, ...]

    @property
    def figures(self) -> list[Figure]:
        """Every figure that was bound, in order."""
        return [figure for decision in self.decisions for figure in decision.figures]


def read_prose(text: str, stretches: Sequence[tuple[int, int]], year: int | None) -> Prose:
    """The figures that the prose states.

    ``stretches`` are the paragraphs, half-open offsets into ``text``, tables left out. ``year`` is the report's: what
    is said of another year is no figure of this report. Words in traditional characters are matched in simplified
    ones, and given as printed. Time is linear in the length of the text.
    """
    hotline: list[HotlineFigure] = []
    statements: list[Statement] = []
    notices: list[Notice] = []
    for reading in _readings(text, stretches, year):
        if isinstance(reading, Notice):
            notices.append(reading)
            continue
        hotline.extend(finished(row, reading.part, text) for row in hotline_rows(reading.figures, reading.part))
        statements.extend(statements_of(reading.part, reading.figures, text))
        notices.extend(_absurd(reading, text))
    return Prose(tuple(hotline), tuple(statements), tuple(notices))


def explain_prose(text: str, stretches: Sequence[tuple[int, int]], year: int | None) -> Iterator[str]:
    """For every part that was looked at: its words, the tokens of each clause, and what every number was taken for."""
    for reading in _readings(text, stretches, year):
        if isinstance(reading, Notice):
            yield spoken(told("prose.not_read", message=reading.message, excerpt=reading.excerpt))
        else:
            yield from explained(reading.part, (*reading.decisions, *reading.passed_over), text)


def _readings(text: str, stretches: Sequence[tuple[int, int]], year: int | None) -> Iterator[Reading | Notice]:
    headed, printed = False, text
    text = _simplified(printed, stretches)
    for start, end in stretches:
        heading = _HEADING.match(text, start, end) if text.find("申请", start, min(end, start + _HEAD)) >= 0 else None
        headed = headed or heading is not None
        if _may_state(text, start, end) and _speaks(text, start, end, headed):
            readings = _stretch_readings(text, start, end, year, headed)
            yield from readings if text is printed else (_as_printed(reading, printed, text) for reading in readings)
        headed = heading is not None and heading.end() == end


def _simplified(text: str, stretches: Sequence[tuple[int, int]]) -> str:
    """``text`` with its paragraphs in simplified characters, of the same length; itself where none is traditional.

    Pinyin in brackets, which copies in traditional characters have, is as if it were not there.
    """
    if not may_be_traditional(text):
        return text
    parts: list[str] = []
    at = 0
    for start, end in stretches:
        parts.extend((text[at:start], PINYIN_BEHIND.sub(_unseen, to_simplified(text[start:end]))))
        at = end
    return "".join((*parts, text[at:]))


def _unseen(match: re.Match[str]) -> str:
    return "\u200b" * len(match.group())


def _as_printed(reading: Reading | Notice, printed: str, text: str) -> Reading | Notice:
    """What was read in simplified characters, on the words as ``printed``."""
    if isinstance(reading, Notice):
        start = text.find(reading.excerpt)
        return replace(reading, excerpt=printed[start : start + len(reading.excerpt)]) if start >= 0 else reading
    return replace(reading, part=replace(reading.part, folded=reading.part.folded.on(printed)))


def _may_state(text: str, start: int, end: int) -> bool:
    """Whether a number stands there, or the fee of which words may say that there was none."""
    return _FIGURE.search(text, start, end) is not None or text.find("处理费", start, end) >= 0


def _speaks(text: str, start: int, end: int, headed: bool) -> bool:
    """Whether a word of ours stands there; under a heading of 依申请公开 the word 申请 is one."""
    if _TRIGGER.search(text, start, end) is not None:
        return True
    return text.find("申请", start, end) >= 0 and (headed or _REQUEST.search(text, start, end) is not None)


def _stretch_readings(text: str, start: int, end: int, year: int | None, headed: bool) -> Iterator[Reading | Notice]:
    """The parts of one paragraph that have both a word of ours and a figure."""
    applications, fees = (mark.search(text, start, end) for mark in (_APPLICATIONS, _FEES))
    ours = next((match for match in _OURS.finditer(text, start, end) if not _is_of_some(text, start, match)), None)
    lines = _LINES.search(text, start, end) if text.find("众来电", start, end) >= 0 else None
    other_year = partial = False
    spans, read_to = list(part_spans(text, start, end)), start
    for at, (first, last) in enumerate(spans):
        if first < read_to:
            continue
        if not (_may_state(text, first, last) and _speaks(text, first, last, headed)):
            if (other_year or partial) and _PERIODS.search(text, first, last):
                other_year = partial = False
            continue
        if last - first > MAX_PART:
            message = told("prose.sentence_too_long", length=last - first, limit=MAX_PART)
            yield Notice("warning", "prose_unplaced", message, text[first : first + _EXCERPT])
            continue
        first_ours = ours.start() if ours else None
        known = headed or _before(applications, last)
        setting = Setting(year, first_ours, known, _before(fees, last), headed, lines is not None, other_year, partial)
        part, walked = _read_on(text, spans[at:], setting)
        state, read, read_to = walked.state, Reading(part, walked.decisions, walked.passed_over), part.end
        yield read
        other_year = state.time.other_year and state.time.counted
        partial = state.time.partial and any(figure.partial for figure in read.figures)


def _is_of_some(text: str, start: int, match: re.Match[str]) -> bool:
    """行政复议3件,其中政府信息公开类2件;行政诉讼1件: that 其中 names disclosure for some says that the others are of
    anything.
    """
    among = _AMONG.search(text, max(start, match.start() - _AMONG_LENGTH), match.start())
    return among is not None and _REVIEWS_BEHIND.match(text, match.end()) is None


def _read_on(text: str, spans: Sequence[tuple[int, int]], setting: Setting) -> tuple[Part, Walked]:
    """The first of ``spans``, with those behind it in which the figures of its topic go on: behind a semicolon, or
    behind a full stop answers to requests that have been counted.
    """
    first, last = spans[0]
    part = read_part(text, first, last)
    walked = walk(part, setting)
    for start, end in spans[1:]:
        senses = senses_behind(walked)
        if text[last] not in "；;。" or end - first > MAX_PART or not senses:
            break
        behind = read_part(text, start, end)
        if not goes_on(behind, senses) or (text[last] == "。" and not answers_no_more(behind, walked)):
            break
        last = end
        part = read_part(text, first, last)
        walked = walk(part, setting)
    return part, walked


def _before(match: re.Match[str] | None, end: int) -> bool:
    return match is not None and match.start() < end


def _absurd(reading: Reading, text: str) -> Iterator[Notice]:
    for decision in reading.decisions:
        if decision.absurd:
            clause = reading.part.clauses[decision.clause]
            start, end = reading.part.folded.span(clause.start, clause.end)
            message = told("prose.absurd", printed=decision.token.text[:_EXCERPT], reason=told(decision.reason))
            yield Notice("warning", "prose_unplaced", message, text[start:end][:_EXCERPT])
