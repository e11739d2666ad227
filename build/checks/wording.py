"""What is said of relations in Chinese and English; of one that fails: 勾稽不符, "does not add up as printed".

A relation that does not hold may be the agency's slip, the copy's, or ours: nothing here accuses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from .. import forms

Words = tuple[str, str]
"""Something said in Chinese and in English."""


@dataclass(frozen=True, slots=True)
class Sum:
    """The printed figures of one side of a relation."""

    figures: tuple[int, ...]

    def __str__(self) -> str:
        """The arithmetic in figures: ``19 + 0 = 19``, or the one figure; zeros are left out of a long sum."""
        shown = self.figures if len(self.figures) <= 4 else _without_zeros(self.figures)
        if len(shown) == 1:
            return str(shown[0])
        return f"{' + '.join(map(str, shown))} = {sum(self.figures)}"


def _without_zeros(figures: Sequence[int]) -> tuple[int, ...]:
    return tuple(figure for figure in figures if figure) or (0,)


FAILED: Words = ("勾稽不符", "Does not add up as printed")
"""What is said of figures that do not agree as they are printed."""

SUBJECT, LEFT, RIGHT, DIFFERENCE = "{subject}", "{left}", "{right}", "{difference}"
"""Where a relation's statement, which is kept once for all reports, takes a check's subject and figures."""

INFERRED_ZH = "其中有单元格的列位系推断（原文空格已丢失），也可能是推断有误。"
INFERRED_EN = "The column of some of these figures was inferred (blanks were lost); the inference itself may be wrong."

HOTLINE_COLUMNS: dict[str, Words] = {
    "received": ("受理数", "received"),
    "transferred": ("转办数", "transferred"),
    "answered_directly": ("直接答复数", "answered directly"),
    "handled": ("办理数", "handled"),
    "completed": ("办结数", "completed"),
    "pending": ("未办结数", "pending"),
    "completion_rate": ("办结率", "completion rate"),
    "reply_rate": ("办复率", "reply rate"),
    "direct_rate": ("直接答复率", "rate of direct answers"),
    "breakdown": ("分项", "breakdown"),
}
_FRAGMENTS: tuple[tuple[re.Pattern[str], Words], ...] = (
    (re.compile(r"hotline-(\d+)(?:-(\w+))?"), ("热线与信箱第{}条", "hotline and mailbox figures, row {}")),
    (re.compile(r"statements-(\d+)"), ("正文数字第{}条", "figure {} in the prose")),
    (re.compile(r"sections-(\d+)"), ("报告正文第{}段", "section {} of the text")),
)


def both(zh: str, en: str, on_inferred: bool = False) -> str:
    """A text of two lines, Chinese then English, as ``checks.explanation`` keeps it.

    ``on_inferred``: the figures rest on a column that was inferred, which is then said behind it.
    """
    return f"{zh}{INFERRED_ZH}\n{en} {INFERRED_EN}" if on_inferred else f"{zh}\n{en}"


@cache
def _subjects() -> dict[str, Words]:
    return {code: (zh, en) for code, zh, en in forms.check_subjects()}


def subject_labels(subject: str) -> Words:
    """Chinese and English name of a fragment of the report page; the fragment itself if it has none."""
    return _subjects().get(subject) or _row_labels(subject) or (subject, subject)


def _row_labels(subject: str) -> Words | None:
    for pattern, (zh, en) in _FRAGMENTS:
        match = pattern.fullmatch(subject)
        if match is None:
            continue
        column = HOTLINE_COLUMNS.get(match[2]) if pattern.groups > 1 else None
        row = (zh.format(match[1]), en.format(match[1]))
        return row if column is None else (f"{row[0]}·{column[0]}", f"{row[1]}, {column[1]}")
    return None


Amount = tuple[Words, object]
"""What a side of a relation is called, and its figure or sum."""


def explain_failure(about: Words, left: Amount, right: Amount, on_inferred: bool) -> str:
    """What does not add up, with the arithmetic, Chinese then English, separated by a line feed."""
    (left_words, left_sum), (right_words, right_sum) = left, right
    return failure(
        about,
        f"{left_words[0]}：{left_sum}；{right_words[0]}：{right_sum}。",
        f"{left_words[1]}: {left_sum}; {right_words[1]}: {right_sum}.",
        on_inferred,
    )


def failure(about: Words, zh: str, en: str, on_inferred: bool = False) -> str:
    """That ``about`` does not add up as printed: ``zh`` and ``en`` say how, each a whole sentence."""
    return both(f"{FAILED[0]}（{about[0]}）：{zh}", f"{FAILED[1]} ({about[1]}): {en}", on_inferred)


def explain_reading(about: Words, stated: object, expected: Words, reading: Words, on_inferred: bool) -> str:
    """That a stated figure is not the expected one but another, which the words allow."""
    return both(
        f"{about[0]}：{stated}与“{expected[0]}”不同，与“{reading[0]}”相符。",
        f"{about[1]}: {stated} is not “{expected[1]}” but agrees with “{reading[1]}”.",
        on_inferred,
    )


def explain_missing_unit(subject: str, printed: str) -> str:
    """That an amount is printed without a unit that tells how many 万元 it is."""
    zh, en = subject_labels(subject)
    return both(
        f"{zh}印作“{printed}”，单元格与表头均未注明元、千元、万元或亿元，无法换算，故金额留空。",
        f"{en} is printed as “{printed}”; neither the cell nor the header states one unit of those converted (yuan, "
        "thousands, tens of thousands or hundreds of millions of yuan), so the amount is left blank.",
    )
