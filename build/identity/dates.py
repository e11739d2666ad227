"""When a report was published, and the period of which its figures are."""

from __future__ import annotations

import re
from datetime import date

from ..document import Document

_DAY = r"[\s:：|]*(?P<year>(?:19|20)\d{2})\s*[-年/.]\s*(?P<month>\d{1,2})\s*[-月/.]\s*(?P<day>\d{1,2})(?!\d)"
_NO_RANGE = r"(?!\s*日?\s*起?\s*[至到~～—–])"
_PUBLISHED = (
    re.compile(
        r"(?:发\s*布\s*日\s*期|发\s*布\s*时\s*间|公开日期|公开时间|公布日期|公布时间|发表时间|信息提供日期)" + _DAY
    ),
    re.compile(
        r"(?:发文日期|生成日期|成文日期|更新时间|更新日期|添加时间|添加日期|(?<![\u4e00-\u9fff])(?:时间|日期))"
        + _DAY
        + _NO_RANGE
    ),
    re.compile(
        r"(?<![^\n])[\s\[【(（]*(?P<year>20\d{2})\s*[-年/.]\s*(?P<month>\d{1,2})\s*[-月/.]\s*(?P<day>\d{1,2})日?[\])】）]?"
        r"\s*(?:\d{1,2}:\d{2}(?::\d{2})?)?\s*(?:来源|信息来源|文章来源|作者|字体|字号|浏览|阅读|点击|访问|打印|【)"
    ),
)
"""Dates of a page, those of its publication first; 统计时间 and the like are none."""

_DATE = re.compile(r"(?P<year>(?:19|20)\d{2})\s*[-年/.]\s*(?P<month>\d{1,2})\s*[-月/.]\s*(?P<day>\d{1,2})\s*日?")
_PERIOD = re.compile(
    r"(?P<year>20\d{2})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日?\s*(?:起)?\s*(?:[-—–－~～至到]+)\s*"
    r"(?:(?P<year2>20\d{2})\s*年)?\s*(?P<month2>\d{1,2})\s*月\s*(?P<day2>\d{1,2})\s*日"
)
_PERIOD_SIGN = re.compile(r"统计|期限|数据|所列")
_YEAR_SIGN = re.compile(r"期间|时限|涵盖|截止|截至")
"""Words that make a period of a range only if it is a whole year: 疫情期间 is none."""

CUT_OFF = re.compile(r"(?:统计|数据|核定)[^。\n]{0,20}?(?P<year>20\d{2})\s*年\s*12\s*月\s*31\s*日(?!\s*[至到])")


def _iso_date(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def find_published(document: Document, head: str) -> tuple[str | None, str | None]:
    stated = _DATE.search(document.fact("published") or "")
    for match, basis in (
        *((pattern.search(head), "page") for pattern in _PUBLISHED),
        (stated, "head"),
        (_signature(document.text), "signature"),
    ):
        if match is not None:
            found = _iso_date(match["year"], match["month"], match["day"])
            if found is not None:
                return found, basis
    return None, None


def _signature(text: str) -> re.Match[str] | None:
    """A line near the end that is nothing but a date."""
    for line in reversed(text[-800:].split("\n")):
        match = _DATE.fullmatch(line.strip())
        if match is not None:
            return match
    return None


def find_period(text: str) -> tuple[str, str] | None:
    for match in _PERIOD.finditer(text):
        around = text[max(0, match.start() - 60) : match.end() + 30]
        start = _iso_date(match["year"], match["month"], match["day"])
        end = _iso_date(match["year2"] or match["year"], match["month2"], match["day2"])
        if start and end and start < end and (_PERIOD_SIGN.search(around) or _is_stated_year(start, end, around)):
            return start, end
    return None


def _is_stated_year(start: str, end: str, around: str) -> bool:
    whole = start.endswith("-01-01") and end == f"{start[:4]}-12-31"
    return whole and _YEAR_SIGN.search(around) is not None
