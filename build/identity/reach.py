"""Whether a report's figures hold those of the offices and areas below its authority, by the report's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator

YES, NO, UNSTATED = "yes", "no", "unstated"

_FIGURES = (
    r"(?:本报告|本年报|年度报告|统计(?:数据|数字|范围|口径|对象)|"
    r"(?:所列|报告|上述|有关|相关|表中|以上|各项)(?:各项|的|中|所列|统计)*(?:数据|数字))"
)
"""What a sentence must speak of: the report or its figures."""
_BELOW = r"(?:所属|下属|下级|所辖|直属|各)[^。;；\n]{0,12}?(?:单位|部门|机构|[乡镇]|街道|县|区|市)"

_HOLDS = re.compile(
    rf"{_FIGURES}[^。;；\n,，]{{0,8}}?[,，]?(?P<not>不|未|均不|均未)?(?:包括|包含|涵盖|含)[^。;；\n]{{0,20}}?{_BELOW}"
)
_COMPILED = re.compile(
    rf"(?:综合|汇总|根据|依据|依照)[^。;；\n]{{0,8}}?{_BELOW}[^。;；\n]{{0,24}}?(?:年度报告|年报|数据|报送|上报)"
    r"[^。;；\n]{0,12}?(?:编制|汇总|形成|而成)"
)
_ONLY_OWN = re.compile(
    rf"{_FIGURES}[^。;；\n]{{0,12}}?(?:仅|只)(?:为|指|限于?|包括|包含|含|统计|反映|涉及)?"
    r"[^。;；\n]{0,6}?(?:本级|本机关|[局委厅办]机关|本[局委厅办])"
)
_OWN_LEVEL = re.compile(r"[(（][省市县区]?(?:本级(?:机关)?|机关本级)[)）]")
_WORDS = ("包括", "含", "涵盖", "汇总", "而成", "综合", "编制", "仅", "本级")
BEFORE, BEHIND = 70, 70
"""Characters around one of the words in which the sentence stands."""


def includes_lower(text: str, printed: str) -> str:
    """``yes``, ``no``, or ``unstated`` where the report does not say, or says both.

    ``printed``: the authority's name; (本级) in it says that those below are left out.
    """
    said = {YES if yes else NO for yes in _statements(text)}
    if _OWN_LEVEL.search(printed):
        said.add(NO)
    return said.pop() if len(said) == 1 else UNSTATED


def _statements(text: str) -> Iterator[bool]:
    seen = 0
    for at in sorted({at for word in _WORDS for at in _places_of(word, text)}):
        if at < seen:
            continue
        seen = at + BEHIND
        window = text[max(0, at - BEFORE) : seen + BEHIND]
        yield from (held["not"] is None for held in _HOLDS.finditer(window))
        if _COMPILED.search(window):
            yield True
        if _ONLY_OWN.search(window):
            yield False


def _places_of(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)
