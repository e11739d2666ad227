"""Years as titles and sentences print them, and words that name more than one: 2022-2023学年."""

from __future__ import annotations

import re

YEAR = re.compile(
    r"(?:(?P<digits>(?:19|20)\d{2})|(?P<words>二[〇○零OＯ0]{1}[一二][〇○零OＯ0一二三四五六七八九]))年?度?(?:1[-—–~至到]12月份?|\(1[-—–~至到]12月份?\))?",
    re.IGNORECASE,
)
_CHINESE_DIGITS = str.maketrans("〇○零OoＯ一二三四五六七八九", "000000123456789")

_TO = r"[-—–―~至到/]+"
_ONE = r"(?:19|20)\d{2}"
SEVERAL_YEARS = re.compile(
    rf"{_ONE}年?度?{_TO}(?:{_ONE}(?:学年|年)?度?|\d{{2}}(?:学年|年)度?)|{_ONE}年?度?[、,和与及]{_ONE}年度?|{_ONE}学年度?|"
    r"二[〇○零][一二][〇○零一二三四五六七八九]学年度?|"
    rf"(?:{_ONE}|二[〇○零][一二][〇○零一二三四五六七八九])年?度?"
    rf"(?:[上下]半年|半年度?|前?第?[一二三四1-4]个?季度?|[1-9]{_TO}(?:[2-9]|1[01])月份?)"
)
"""A school year, a stretch of years, or a part of one (2023年上半年): no one year is named."""


def year_in(text: str) -> int | None:
    """The first year in folded words; None where none stands, or where what stands names more than one."""
    match = YEAR.search(text)
    if match is None or SEVERAL_YEARS.search(text) is not None:
        return None
    return int(match["digits"] or match["words"].translate(_CHINESE_DIGITS))
