"""When a report was published, and the period of which its figures are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ..document import Document
from ..report import Span
from ..text.near import first_near, holds

_DAY = r"[\s:：|]*(?P<year>(?:19|20)\d{2})\s*[-年/.]\s*(?P<month>\d{1,2})\s*[-月/.]\s*(?P<day>\d{1,2})(?!\d)"
_NO_RANGE = r"(?!\s*日?\s*起?\s*[至到~～—–])"
_PUBLISHED = re.compile(
    r"(?:发\s*布\s*日\s*期|发\s*布\s*时\s*间|公开日期|公开时间|公布日期|公布时间|发表日期|发表时间|信息提供日期)" + _DAY
)
_MADE = re.compile(
    r"(?:(?:发文|生成|成文|更新|添加|上传|录入|编辑)(?:日期|时间)|(?<![\u4e00-\u9fff])(?:时间|日期))" + _DAY + _NO_RANGE
)
_MADE_SIGNS = ("日期", "时间")
_BESIDE = ("来源", "作者", "字体", "字号", "浏览", "阅读", "点击", "访问", "打印", "【")
_LINE_OF_PAGE = re.compile(
    r"(?<![^\n])[\s\[【(（]*(?P<year>20\d{2})\s*[-年/.]\s*(?P<month>\d{1,2})\s*[-月/.]\s*(?P<day>\d{1,2})日?[\])】）]?"
    r"\s*(?:\d{1,2}:\d{2}(?::\d{2})?)?\s*(?:信息来源|文章来源|" + "|".join(_BESIDE) + ")"
)
_BEHIND_SOURCE = re.compile(
    r"(?<![^\n])\s*(?:信息|文章|稿件|内容)?来\s*源\s*[:：]\s*[^\s\d]{2,25}\s+(?P<year>20\d{2})\s*[-年/.]\s*(?P<month>\d{1,2})\s*[-月/.]"
    r"\s*(?P<day>\d{1,2})日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?(?!\d)\s*(?:[【\[(（]?\s*字|浏览|点击|访问|打印|阅读|(?![^\n]))"
)
"""来源:某厅 2025-01-26 09:18 【字体: with nothing else on its line."""

_DATE = re.compile(r"(?P<year>(?:19|20)\d{2})\s*[-年/.]\s*(?P<month>\d{1,2})\s*[-月/.]\s*(?P<day>\d{1,2})\s*日?")

_BELOW_TITLE = re.compile(
    rf"\s*\n\s*(?:[-•·*][^\S\n]+)?[\[【(（]?\s*{_DATE.pattern}\s*[\])】）]?\s*(?:\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?"
    r"(?:[^\S\n]+[\u4e00-\u9fff()（）]{2,20}(?:局|委|厅|办|政府|办公室|委员会|办事处|中心|网))?[^\S\n]*(?![^\n])"
)
"""A line that is nothing but a day, or a minute of it, or that and who published."""

_HOUR = r"(?:\s*\d{1,2}\s*[时点:：]\s*(?:\d{2}\s*分?)?)?"
_TO = r"\s*(?:[(（]含[)）])?\s*(?:起|始|开始)?\s*[,，、]?\s*(?:[-—–－―~～﹣至到]+|截至|截止到?)\s*"
_PERIODS = (
    re.compile(
        rf"(?P<year>20\d{{2}})\s*年\s*(?P<month>\d{{1,2}})\s*月\s*(?P<day>\d{{1,2}})\s*日?{_HOUR}{_TO}"
        r"(?:(?P<year2>20\d{2})\s*年\s*)?(?P<month2>\d{1,2})\s*月\s*(?P<day2>\d{1,2})\s*日"
    ),
    re.compile(
        r"(?P<year>20\d{2})\s*(?P<mark>[./-])\s*(?P<month>\d{1,2})\s*(?P=mark)\s*(?P<day>\d{1,2})"
        rf"(?!\d){_HOUR}{_TO}(?P<year2>20\d{{2}})\s*(?P=mark)\s*(?P<month2>\d{{1,2}})\s*(?P=mark)\s*(?P<day2>\d{{1,2}})(?!\d)"
    ),
)
_SENTENCE_ENDS = re.compile(r"[。;；!！]")
_CERTAIN_SIGN = re.compile(r"统计|期限|所列|报告期|涵盖")
_PERIOD_SIGN = re.compile(r"统计|期限|数据|所列")
_YEAR_SIGN = re.compile(r"期间|时限|涵盖|截止|截至|报告期")
"""Words that make a period of a range only if it is a whole year: 疫情期间 is none."""

SHORTEST_PERIOD = 28
"""Days; what is shorter is an event of the year."""

_CUT_OFF = re.compile(r"(?:统计|数据|核定)[^。\n]{0,20}?(?P<year>20\d{2})\s*年\s*12\s*月\s*31\s*日(?!\s*[至到])")


@dataclass(frozen=True, slots=True)
class Period:
    """A period that the text states, as ISO dates, with its words."""

    start: str
    end: str
    words: str
    span: Span

    @property
    def year(self) -> int | None:
        """The year in which it lies; None where it runs over the end of one."""
        return int(self.end[:4]) if self.start[:4] == self.end[:4] else None


def _iso_date(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def half_width(text: str) -> str:
    """``text`` with half-width digits, of the same length."""
    return text.translate(_HALF_WIDTH) if any(digit in text for digit in "０１２") else text


_HALF_WIDTH = str.maketrans("０１２３４５６７８９．－／", "0123456789.-/")


def find_date(text: str) -> str | None:
    """The first date in ``text``, as ISO date."""
    match = _DATE.search(text)
    return _iso_date(match["year"], match["month"], match["day"]) if match is not None else None


def find_published(document: Document, head: str, title_end: int | None) -> tuple[str | None, str | None]:
    """When the report was published, and what says so: page, head, or signature.

    ``title_end``: where in the document's text its title ends, None where it has none.
    """
    for match, basis in _dates_stated(document, head, title_end):
        if match is not None:
            found = _iso_date(match["year"], match["month"], match["day"])
            if found is not None:
                return found, basis
    return None, None


def _published_on_page(head: str) -> Iterator[re.Match[str] | None]:
    """Dates of a page, those of its publication first; 统计时间 and the like are none."""
    yield _PUBLISHED.search(head)
    yield first_near(_MADE, head, _MADE_SIGNS, len("发文"))
    yield _LINE_OF_PAGE.search(head) if any(holds(head, word) for word in _BESIDE) else None
    yield first_near(_BEHIND_SOURCE, head, ("源",), len("\n 信息来 "))


def _dates_stated(document: Document, head: str, title_end: int | None) -> Iterator[tuple[re.Match[str] | None, str]]:
    yield from ((match, "page") for match in _published_on_page(head))
    yield _DATE.search(document.fact("published") or ""), "head"
    if title_end is not None:
        yield _BELOW_TITLE.match(half_width(document.text), title_end), "head"
    yield _signature(document.text), "signature"


def _signature(text: str) -> re.Match[str] | None:
    """A line near the end that is nothing but a date."""
    for line in reversed(text[-800:].split("\n")):
        match = _DATE.fullmatch(line.strip())
        if match is not None:
            return match
    return None


def find_periods(text: str) -> tuple[Period, ...]:
    """The periods that the text calls those of its figures: one, or several that contradict each other.

    A range of days counts if its own sentence speaks of statistics or data; one whose sentence does so for certain
    (统计期限, 所列) comes before one whose sentence only mentions data.
    """
    found = list(_stated_periods(text, _PERIODS[0])) or list(_stated_periods(text, _PERIODS[1]))
    certain = [period for is_certain, period in found if is_certain]
    kept = certain or [period for _, period in found]
    return tuple({(period.start, period.end): period for period in reversed(kept)}.values())[::-1]


def _stated_periods(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[bool, Period]]:
    """The periods of figures that ``pattern`` finds, each with whether its sentence says so for certain."""
    for match in pattern.finditer(text):
        start = _iso_date(match["year"], match["month"], match["day"])
        end = _iso_date(match["year2"] or match["year"], match["month2"], match["day2"])
        around = _sentence_around(text, match)
        if start and end and _is_period(start, end, around):
            words = " ".join(match.group().split())
            yield _CERTAIN_SIGN.search(around) is not None, Period(start, end, words, match.span())


def _sentence_around(text: str, match: re.Match[str]) -> str:
    before = _SENTENCE_ENDS.split(text[max(0, match.start() - 60) : match.start()])[-1]
    behind = _SENTENCE_ENDS.split(text[match.end() : match.end() + 30])[0]
    return before + behind


def _is_period(start: str, end: str, around: str) -> bool:
    days = (date.fromisoformat(end) - date.fromisoformat(start)).days
    if days < SHORTEST_PERIOD:
        return False
    whole = start.endswith("-01-01") and end == f"{start[:4]}-12-31"
    return _PERIOD_SIGN.search(around) is not None or (whole and _YEAR_SIGN.search(around) is not None)


def find_cut_off(head: str) -> re.Match[str] | None:
    """The last day of a year with which the figures end, as 数据截至2020年12月31日; group ``year``."""
    return _CUT_OFF.search(head)
