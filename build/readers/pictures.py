"""Pictures that stand in a line of words: one in the place of digits must not be lost, and is told as what it is."""

from __future__ import annotations

import re

from ..document import unread

PICTURE = "\ufdea"
"""Stands for something that is shown and is no text, in a cell or a line; a character that is none in any text."""

_IN_FIGURE = re.compile(
    rf"(?<=[^\s{PICTURE}]){PICTURE}+(?!\d{{4}}\s*[-/.年]\s*\d)(?!\d{{4}}年)(?=[\d万亿千百余多件条个起封宗次份通%％元])"
)
"""Behind words, and before digits that are no day, or before what stands behind a number."""


def told_in_figures(line: str) -> str:
    """A line with pictures: one that stands within a figure or in its place is told, others show no part of one."""
    return _IN_FIGURE.sub(unread("图片"), line).replace(PICTURE, "") if PICTURE in line else line
