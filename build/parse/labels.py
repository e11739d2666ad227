"""Printed labels → what they mean in the statutory forms. Words decide, never a number in front of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from .. import forms
from ..text.fold import CACHE_SIZE, fold, fold_label, holds_two_labels, without_numbering

ITEM, GROUP, DISCLOSURE = "item", "group", "disclosure"
MEASURE, APPLICANT, TOTAL, OUTCOME, CHANNEL, HEADER = "measure", "applicant", "total", "outcome", "channel", "header"
ROW_KINDS = frozenset({ITEM, DISCLOSURE})
HEADER_KINDS = frozenset({MEASURE, APPLICANT, TOTAL, OUTCOME, CHANNEL, HEADER})
SHORTEST_PREFIX = 4

ARTICLE_WORD = "第二十条第"
_NUMERALS = tuple("一二三四五六七")
_SHORT_ITEMS = frozenset({"other_rest", "closed"})
"""Rows whose labels, 其他 and 总计, are words of every report."""
_SUM_WORDS = ("合计", "小计", "共计", "总计")
_PART_WORD = "其中"
_NUMERAL = re.compile(r"[一二三四五六七八九十]{1,2}|\d{1,2}")
EDITS_IN_LENGTH = ((12, 3), (8, 2), (4, 1))
"""(length of a label, characters that it may have lost or changed and still be told by its place)."""
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
    for word in forms.HEADER_WORDS:
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
    cores = (core.replace("的", "") for core in fold_label(text))
    found = next((meant for core in cores if (meant := _words().get(core))), ())
    return tuple(meaning for meaning in found if meaning.kind == ITEM)


@lru_cache(maxsize=CACHE_SIZE)
def behind_group(text: str) -> tuple[Meaning, ...]:
    """What a row's label behind that of its group may mean: ``(三)不予公开1.属于国家秘密``; empty if it is none."""
    for core in fold_label(text):
        for word in filter(core.startswith, forms.GROUP_WORDS):
            rest = meanings(core[len(word) :])
            if any(meaning.kind == ITEM for meaning in rest):
                return rest
    return ()


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
    return not _beginnings().isdisjoint(cores)


@cache
def _beginnings() -> frozenset[str]:
    """All with which a label of the forms begins and does not end."""
    return frozenset(word[:length] for word in _words() for length in range(len(word)))


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


@lru_cache(maxsize=CACHE_SIZE)
def is_glossed_label(text: str) -> bool:
    """Whether ``text`` is a label of the forms and a remark of any length in brackets behind it, and nothing else."""
    if not text.endswith((")", "）")) or not meanings(text):
        return False
    core = without_numbering(fold(text))
    depth = 0
    for at, char in enumerate(core):
        depth += (char == "(") - (char == ")")
        if char == ")" and depth == 0:
            return at == len(core) - 1
    return False


@lru_cache(maxsize=CACHE_SIZE)
def is_subtotal(text: str) -> bool:
    """Whether a row's label says that it sums up rows of its table, or is a part of one (合计, 小计, 其中…)."""
    core = next(iter(fold_label(text)), "")
    return core.endswith(_SUM_WORDS) or core.startswith(_PART_WORD)


@lru_cache(maxsize=CACHE_SIZE)
def number_of(text: str) -> str | None:
    """The last numeral of the numbering before a label: 1 of ``(三)1.属于国家秘密``; None where it has none."""
    folded = fold(text)
    numerals = _NUMERAL.findall(folded[: len(folded) - len(without_numbering(folded))])
    return numerals[-1] if numerals else None


@lru_cache(maxsize=CACHE_SIZE)
def damaged_labels(text: str) -> frozenset[str]:
    """The items whose label ``text`` may be with a character or two lost or changed; where it stands must decide.

    None where a digit ends it: no label ends so, and the row's first figure may be printed close behind its label.
    """
    if holds_two_labels(text) or text[-1:].isdecimal():
        return frozenset()
    return frozenset(
        meaning.code
        for core in fold_label(text)
        for word, meant in _words().items()
        if _is_damaged(core, word)
        for meaning in meant
        if meaning.kind in ROW_KINDS
    )


def _is_damaged(core: str, word: str) -> bool:
    most = next((edits for length, edits in EDITS_IN_LENGTH if len(word) >= length), 0)
    return abs(len(core) - len(word)) <= most and core != word and _edits(core, word) <= most


def _edits(one: str, other: str) -> int:
    """How many characters lost, added or changed make ``other`` of ``one`` (Levenshtein)."""
    row = list(range(len(other) + 1))
    for at, char in enumerate(one, 1):
        above, row[0] = row[0], at
        for column, wanted in enumerate(other, 1):
            above, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, above + (char != wanted))
    return row[-1]
