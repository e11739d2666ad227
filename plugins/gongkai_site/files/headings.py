"""The short name of a column, from what metadata.yml says of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

EXPLAINED = re.compile(r"\s*[，：；（,:;(]\s*")
LABEL = "_label"


def heading(parts: Mapping[str, str] | None, language: str, code: str) -> str:
    """The name of a column in ``language``: what stands before the first comma, colon or bracket; else its code."""
    words = (parts or {}).get(language, "")
    return EXPLAINED.split(words, maxsplit=1)[0] or code


def headings(columns: Mapping[str, Mapping[str, str]], code: str) -> tuple[str, str]:
    """The Chinese and the English name of the column ``code``; one that holds labels is named for its neighbour."""
    if code not in columns and code.endswith(LABEL) and code.removesuffix(LABEL) in columns:
        parts = columns[code.removesuffix(LABEL)]
        neighbour = code.removesuffix(LABEL)
        return f"{heading(parts, 'zh', neighbour)}（名称）", f"{heading(parts, 'en', neighbour)} (name)"
    return heading(columns.get(code), "zh", code), heading(columns.get(code), "en", code)
