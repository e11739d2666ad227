"""Years as titles and sentences print them."""

from __future__ import annotations

import re

YEAR = re.compile(
    r"(?P<digits>(?:19|20)\d{2})年?度?|(?P<words>二[〇○零OＯ0]{1}[一二][〇○零OＯ0一二三四五六七八九])年?度?",
    re.IGNORECASE,
)
_CHINESE_DIGITS = str.maketrans("〇○零OoＯ一二三四五六七八九", "000000123456789")


def year_in(text: str) -> int | None:
    match = YEAR.search(text)
    if match is None:
        return None
    return int(match["digits"] or match["words"].translate(_CHINESE_DIGITS))
