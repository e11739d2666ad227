"""What a stretch of printed text is in a table: a figure, or a label that begins with a number of its own."""

from __future__ import annotations

import re

from .pdf_lines import as_read

_VALUE = re.compile(
    r"[(\uff08]?[-+−±增减约]?[\d\uff10-\uff19][\d\uff10-\uff19,\uff0c.\uff0e]*(?:万元|元|件|项|条|宗|个|%)?[)\uff09]?"
    r"(?:[(\uff08].*[)\uff09])?|[-/—–\uff0d\uff0f]+"
)
_NUMBER = r"(?:\d+|[一二三四五六七八九十]+)"
_ANEW = re.compile(rf"[(\uff08]{_NUMBER}(?:[)\uff09]|$)|{_NUMBER}[.、\uff0e)\uff09]")


def is_value(text: str) -> bool:
    """Whether a text is a figure, or a mark in place of one."""
    return _VALUE.fullmatch(as_read(text)) is not None


def begins_anew(text: str) -> bool:
    """Whether a text begins with a number of its own, as the labels of rows and groups do."""
    return _ANEW.match(as_read(text)) is not None
