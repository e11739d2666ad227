"""Whose figures a number is of: the scope that a list leaves behind it, and the office whose deed a verb is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from . import lexicon as lex
from .clauses import Clause
from .heads import LISTED, QUIET, behind_last_break, last_of
from .tokens import Token

_OFFICE = re.compile(
    r"[\u4e00-\u9fff]{1,15}(?:[局委厅院镇乡村]|公开办|(?<![代协督催举开承主申网补帮交转经接])办|办事处|管委会|中心|[分支大总]队|公司|街道|社区|单位|部门|机关)\Z|(?:单位|部门|机关)\Z"
)
_VILLAGE = re.compile(r"(?:[各由]|属地|所在|辖区)?(?:(?:行政)?村|社区|村居|村社区|[村居]委会|村\(社区\)|社区\(村\))")
"""Villages and communities never report themselves: what they did is a part of what was done."""
_DESK = re.compile(r"[\u4e00-\u9fff]{0,12}(?:专席|座席|坐席)")
"""A desk of a line, with cases of its own."""
_OFFICE_ENDS = frozenset("局委厅院县镇乡村区办处会心队司道位门关席")
_SECOND_NAME = re.compile(r"\([\u4e00-\u9fff、]{1,8}\)\Z")
_LONGEST_SECOND = 10
"""村(社区), 镇(街道), 住建局(人防办): what a bracket adds to an office's name."""
_AREAS = frozenset(("村", "镇", "乡", "街道", "社区", "县", "区"))
_ORGANS = frozenset(("行政机关", "政府机关", "政府部门", "各行政机关", "国家行政机关", "有关部门", "相关部门"))
"""Organs in general: behind 全市 they are all of its."""
_PASSED_ON = re.compile("转|交|移送|移交")
_WITH_OFFICE = re.compile("^(?:协助|配合|会同|协同|由|经|请)")
_ACTS = frozenset(("receive", "receive_new", "receive_with", "handle", "complete", "reply"))


class Office(NamedTuple):
    """An office that no word of the lexicon names, ``words`` as folded. ``obstacle``: why it is not the one that acts,
    empty if it is.
    """

    words: str
    obstacle: str


class ScopeBehind(NamedTuple):
    """The scope behind a clause; ``open_scope``: no word says that it goes on, ``parts_end``: 其中 does not."""

    scope: str
    open_scope: bool
    parts_end: bool


def acting_office(text: str, head: Token, left: Sequence[Token], since: int) -> Office | None:
    """Whose deed the verb ``head`` is, where it is an office that no word of the lexicon names; None if none did it.

    ``since``: no name begins before it. 某市水务局共收到; 转送市局办理 only says to whom they went.
    """
    if head.sense not in _ACTS:
        return None
    before = [word for word in left if word.end <= head.start]
    stop = head.start
    while before and before[-1].end == stop and before[-1].kind in QUIET:
        stop = before.pop().start
    second = _SECOND_NAME.search(text, max(since, stop - _LONGEST_SECOND), stop)
    end, stop = stop, second.start() if second is not None else stop
    if text[stop - 1 : stop] not in _OFFICE_ENDS:
        return None
    start = max(since, behind_last_break(text, stop), *(word.end for word in before[-1:]))
    named = any(kind.fullmatch(text, start, stop) for kind in (_OFFICE, _VILLAGE, _DESK))
    is_office = named or (second is not None and text[start:stop] in _AREAS)
    if not is_office or text[start:stop] in _ORGANS:
        return None
    if before and before[-1].end == start and before[-1].kind in (lex.SCOPE, lex.VERB, lex.KIND):
        start = before[-1].start
    words = _WITH_OFFICE.sub("", text[start:end])
    return Office(words, _obstacle(words, start, left))


def is_village(office: str) -> bool:
    """Whether an office is a village's or a community's, or all of theirs."""
    return _VILLAGE.fullmatch(office) is not None


def is_desk(office: str) -> bool:
    """Whether an office is one of a line's desks: 12345热线企业专席."""
    return _DESK.fullmatch(office) is not None


def _obstacle(words: str, start: int, left: Sequence[Token]) -> str:
    if _PASSED_ON.match(words) or any(word.start == start and word.kind == lex.VERB for word in left):
        return "prose.passed_on"
    return "prose.several_offices" if any(word.end == start and word.kind in LISTED for word in left[1:]) else ""


def scope_behind(clause: Clause, outer: str, inner: str) -> ScopeBehind | None:
    """其中厅本级30件、所属单位9件: the list divides what was stated, and all of it is spoken of again behind it.

    Behind a single such part the words do not say. ``outer`` is the scope before the clause, ``inner`` the one at its
    end; None where 其中 changed nothing.
    """
    at = last_of(clause.tokens, lex.AMONG)
    if at < 0 or inner == outer:
        return None
    if any(word.kind == lex.VERB for word in clause.tokens[at:]):
        named = any(word.kind == lex.SCOPE and word.text == inner for word in clause.tokens)
        return ScopeBehind(inner, not named, False)
    if sum(word.kind == lex.NUMBER for word in clause.tokens[at:]) > 1:
        return ScopeBehind(outer, False, True)
    return ScopeBehind(inner, True, False)
