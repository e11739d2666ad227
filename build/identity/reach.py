"""Whether a report's figures hold those of the offices and areas below its authority, by the report's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..text.near import holds, places_of

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
_OWN_LEVEL = re.compile(
    r"[(（][省市县区]?(?:本级(?:机关)?|机关本级)[)）]|(?<=[局厅署会])(?:机关|本级)$|(?<=[省市县区州盟旗府])[省市县区州盟旗]?本级$"
)


@dataclass(frozen=True, slots=True)
class _Kind:
    """One way to say it: words that stand in every such sentence, and what stands at most so far before them.

    ``signs``: any of ``before``.
    """

    words: tuple[str, ...]
    before: tuple[str, ...]
    signs: re.Pattern[str]
    reach: int
    pattern: re.Pattern[str]


_FIGURE_WORDS = ("报告", "年报", "数据", "数字", "统计")
_ABOUT_FIGURES = re.compile("报告|年报|数[据字]|统计")
_COMPILED_OF = ("年度报告", "年报", "数据", "报送", "上报")
_KINDS = (
    _Kind(("包括", "含", "涵盖"), _FIGURE_WORDS, _ABOUT_FIGURES, 24, _HOLDS),
    _Kind(("编制", "汇总", "形成", "而成"), _COMPILED_OF, re.compile("|".join(_COMPILED_OF)), 24, _COMPILED),
    _Kind(("仅", "只"), _FIGURE_WORDS, _ABOUT_FIGURES, 24, _ONLY_OWN),
)
LONGEST_SENTENCE = 80
"""Characters before and behind such a word in which the sentence stands."""


def includes_lower(text: str, printed: str) -> str:
    """``yes``, ``no``, or ``unstated`` where the report does not say, or says both.

    ``printed``: the authority's name; (本级) in it says that those below are left out.
    """
    said = {YES if yes else NO for yes in _statements(text)}
    if _OWN_LEVEL.search(printed):
        said.add(NO)
    return said.pop() if len(said) == 1 else UNSTATED


def _statements(text: str) -> Iterator[bool]:
    """Whether those below are held, by each sentence that says so."""
    for kind in (kind for kind in _KINDS if any(holds(text, word) for word in kind.before)):
        for at in places_of(kind.words, text):
            if kind.signs.search(text, max(0, at - kind.reach), at) is not None:
                window = text[max(0, at - LONGEST_SENTENCE) : at + LONGEST_SENTENCE]
                yield from (_is_held(kind, found) for found in kind.pattern.finditer(window))


def _is_held(kind: _Kind, found: re.Match[str]) -> bool:
    return kind.pattern is _COMPILED or (kind.pattern is _HOLDS and found["not"] is None)
