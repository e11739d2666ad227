"""Printed labels → what they mean in the statutory forms. Words decide, never a number in front of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from .. import forms
from ..text.fold import CACHE_SIZE, fold_label

ITEM, GROUP, DISCLOSURE = "item", "group", "disclosure"
MEASURE, APPLICANT, TOTAL, OUTCOME, CHANNEL, HEADER = "measure", "applicant", "total", "outcome", "channel", "header"
ROW_KINDS = frozenset({ITEM, DISCLOSURE})
HEADER_KINDS = frozenset({MEASURE, APPLICANT, TOTAL, OUTCOME, CHANNEL, HEADER})
SHORTEST_PREFIX = 4

HEADER_WORDS = ("信息内容", "申请人情况", "法人或其他组织", "行政诉讼")
ARTICLE_WORD = "第二十条第"
REMARK_WORD = "本列数据的勾稽关系"
_NUMERALS = tuple("一二三四五六七")
_SHORT_ITEMS = frozenset({"other_rest", "closed"})
"""Rows whose labels, 其他 and 总计, are words of every report."""
_UNIT = re.compile(r"(?:单位)?(?:[亿万千]?元|[件项个])$")
_ARTICLE = re.compile(r"第(?:二十|20)条第?[一二三四五六七八九十\d]{1,2}项?(?:单位[亿万千]?元)?")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a label may be: a kind (item, group, disclosure, measure, …) and the code in that kind."""

    kind: str
    code: str


@cache
def _words() -> dict[str, tuple[Meaning, ...]]:
    table: dict[str, list[Meaning]] = {}

    def add(word: str, kind: str, code: str) -> None:
        table.setdefault(word, []).append(Meaning(kind, code))

    for kind, things in (
        (ITEM, forms.APPLICATION_ITEMS),
        (DISCLOSURE, forms.DISCLOSURE_ITEMS),
        (MEASURE, forms.MEASURES),
        (APPLICANT, forms.APPLICANTS),
        (TOTAL, (forms.TOTAL,)),
        (OUTCOME, forms.REVIEW_OUTCOMES),
        (CHANNEL, forms.REVIEW_CHANNELS),
    ):
        for thing in things:
            for word in thing.words:
                add(word, kind, thing.code)
    for word, code in forms.GROUP_WORDS.items():
        add(word, GROUP, code)
    for word in HEADER_WORDS:
        add(word, HEADER, word)
    return {word: tuple(meanings) for word, meanings in table.items()}


@lru_cache(maxsize=CACHE_SIZE)
def meanings(text: str) -> tuple[Meaning, ...]:
    """Everything that ``text`` as a whole label may mean; empty if it is no label of the forms."""
    words = _words()
    for core in fold_label(text):
        found = words.get(core)
        if found:
            return found
        if _ARTICLE.fullmatch(core):
            return (Meaning(HEADER, ARTICLE_WORD),)
    return _item_without_particle(text) or _measure_with_unit(text) or _row_behind_bare_number(text)


def _row_behind_bare_number(text: str) -> tuple[Meaning, ...]:
    """The row or group of section 三 behind a numeral that nothing sets apart from it: 三本年度办理结果."""
    cores = (core[1:] for core in fold_label(text) if core.startswith(_NUMERALS))
    found = next((meant for core in cores if (meant := _words().get(core))), ())
    return tuple(meaning for meaning in found if meaning.kind in {ITEM, GROUP} and meaning.code not in _SHORT_ITEMS)


def _measure_with_unit(text: str) -> tuple[Meaning, ...]:
    """The column of section 二 that a heading with a unit behind it names: 采购总金额/万元."""
    cores = (core[: unit.start()] for core in fold_label(text) if (unit := _UNIT.search(core)) is not None)
    found = next((meant for core in cores if (meant := _words().get(core))), ())
    return tuple(meaning for meaning in found if meaning.kind == MEASURE)


def _item_without_particle(text: str) -> tuple[Meaning, ...]:
    """The row of section 三 that a label with 的 more than the form's has: 属于国家秘密的."""
    cores = (core.replace("的", "") for core in fold_label(text) if "的" in core)
    found = next((meant for core in cores if (meant := _words().get(core))), ())
    return tuple(meaning for meaning in found if meaning.kind == ITEM)


def is_header_remark(text: str) -> bool:
    """Whether ``text`` is the form's own remark on the arithmetic, which stands in the header of section 三."""
    return any(core.startswith(REMARK_WORD) for core in fold_label(text.lstrip("(（ ")))


@lru_cache(maxsize=CACHE_SIZE)
def group_and_label(text: str) -> tuple[Meaning, tuple[Meaning, ...]] | None:
    """A group's label glued to a row's, as in ``(三)不予公开1.属于国家秘密``: both meanings, None if it is not that."""
    for core in fold_label(text):
        for word, group in forms.GROUP_WORDS.items():
            if core.startswith(word) and len(core) > len(word):
                rest = meanings(core[len(word) :])
                if any(meaning.kind == ITEM for meaning in rest):
                    return Meaning(GROUP, group), rest
    return None


@lru_cache(maxsize=CACHE_SIZE)
def prefix_of(text: str) -> Meaning | None:
    """The one row label that begins with ``text`` (a label cut by a line end); None if there is none or several."""
    found: set[Meaning] = set()
    for core in fold_label(text):
        if len(core) >= SHORTEST_PREFIX:
            for word, meant in _words().items():
                if word.startswith(core):
                    found.update(meaning for meaning in meant if meaning.kind in ROW_KINDS)
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=CACHE_SIZE)
def may_go_on(text: str) -> bool:
    """Whether words behind ``text`` could make a longer label of it: numbering alone, or a label's beginning."""
    cores = fold_label(text)
    if not cores or "(" in text or "（" in text:
        return True
    return any(word.startswith(core) and word != core for core in cores for word in _words())


@lru_cache(maxsize=CACHE_SIZE)
def is_row_label(text: str) -> bool:
    """Whether ``text`` labels a row or a group of rows, or is the beginning of such a label."""
    return prefix_of(text) is not None or any(
        meaning.kind in ROW_KINDS or meaning.kind == GROUP for meaning in meanings(text)
    )


@lru_cache(maxsize=CACHE_SIZE)
def is_label_end(text: str) -> bool:
    """Whether ``text`` is the end of a row label (what a line break cut off), so that it says nothing by itself."""
    return any(
        len(core) >= 2
        and any(
            word.endswith(core) and word != core and any(meaning.kind in ROW_KINDS for meaning in meant)
            for word, meant in _words().items()
        )
        for core in fold_label(text)
    )
