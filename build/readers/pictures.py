"""Pictures that stand in a line of words: one in the place of digits must not be lost, and is told as what it is."""

from __future__ import annotations

import re

from ..document import unread

PICTURE = "\ufdea"
"""Stands for something that is shown and is no text, in a cell or a line; a character that is none in any text."""

FIGURE_BEHIND = r"(?:\d[\d,.]*)?(?:[万亿千百余多件条个起封宗次份通%％元]|(?<=\d)(?:\s|\Z))"
"""How words behind a picture begin that stands in the place of digits: with digits and a unit, or with a unit."""
_IN_FIGURE = re.compile(rf"(?<=[^\s{PICTURE}]){PICTURE}+(?={FIGURE_BEHIND})")


def told_in_figures(line: str) -> str:
    """A line with pictures: one that stands within a figure or in its place is told, others show no part of one."""
    return _IN_FIGURE.sub(unread("图片"), line).replace(PICTURE, "") if PICTURE in line else line
