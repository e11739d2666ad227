"""Sentences about relations that do not hold, in Chinese and English: 勾稽不符, "does not add up as printed".

A relation that does not hold may be the agency's slip, the copy's, or ours: nothing here accuses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from . import forms


@dataclass(frozen=True, slots=True)
class Sum:
    """The printed figures of one side of a relation."""

    figures: tuple[int, ...]

    def __str__(self) -> str:
        """The arithmetic in figures: ``19 + 0 = 19``, or the one figure; zeros are left out of a long sum."""
        shown = self.figures if len(self.figures) <= 4 else _without_zeros(self.figures)
        if len(shown) == 1 and shown[0] == sum(self.figures):
            return str(shown[0])
        return f"{' + '.join(map(str, shown))} = {sum(self.figures)}"


def _without_zeros(figures: Sequence[int]) -> tuple[int, ...]:
    return tuple(figure for figure in figures if figure) or (0,)


_SIDES = {
    "R1": (
        ("本年新收 + 上年结转", "办理结果总计 + 结转下年度"),
        ("received + brought forward", "closed + carried forward"),
    ),
    "R2": (("各项办理结果", "(七)总计"), ("the results", "row 3.7, all results")),
    "R3": (("自然人 + 各类组织", "总计"), ("natural persons + organisations", "total")),
    "R4": (("维持 + 纠正 + 其他 + 未审结", "总计"), ("upheld + corrected + other + pending", "total")),
}
INFERRED_ZH = "其中有单元格的列位系推断(原文空格已丢失),也可能是推断有误。"
INFERRED_EN = "The column of some of these figures was inferred (blanks were lost); the inference itself may be wrong."


@cache
def _subjects() -> dict[str, tuple[str, str]]:
    return {code: (zh, en) for code, zh, en in forms.check_subjects()}


def subject_labels(subject: str) -> tuple[str, str]:
    """Chinese and English name of a fragment of the report page; the fragment itself if it has none."""
    return _subjects().get(subject, (subject, subject))


def explain_failure(rule: str, subject: str, left: Sum, right: Sum, on_inferred: bool) -> str:
    """What does not add up, with the arithmetic, Chinese then English, separated by a line feed."""
    zh, en = subject_labels(subject)
    if rule in {"R1", "R2"}:
        zh, en = zh.rsplit("·", 1)[-1], en.rsplit(", ", 1)[-1]
    (left_zh, right_zh), (left_en, right_en) = _SIDES[rule]
    ending_zh = INFERRED_ZH if on_inferred else ""
    ending_en = f" {INFERRED_EN}" if on_inferred else ""
    return (
        f"勾稽不符({zh}):{left_zh}:{left};{right_zh}:{right}。{ending_zh}\n"
        f"Does not add up as printed ({en}): {left_en}: {left}; {right_en}: {right}.{ending_en}"
    )


def explain_missing_unit(subject: str, printed: str) -> str:
    """That an amount is printed without a unit, so that it cannot be published in 万元."""
    zh, en = subject_labels(subject)
    return (
        f"{zh}印作“{printed}”,单元格与表头均未注明单位,无法判断是元还是万元,故金额留空。\n"
        f"{en} is printed as “{printed}”; neither the cell nor the header states a unit (yuan or 10,000 yuan), "
        "so the amount is left blank."
    )
