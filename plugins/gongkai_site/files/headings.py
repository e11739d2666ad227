"""The short names of columns, from what metadata.yml says of them."""

from __future__ import annotations

from collections.abc import Mapping

from ..column_words import heading

LABEL = "_label"


def headings(columns: Mapping[str, Mapping[str, str]], code: str) -> tuple[str, str]:
    """The Chinese and the English name of the column ``code``; one that holds labels is named for its neighbour."""
    if code not in columns and code.endswith(LABEL) and code.removesuffix(LABEL) in columns:
        parts = columns[code.removesuffix(LABEL)]
        neighbour = code.removesuffix(LABEL)
        return f"{heading(parts, 'zh', neighbour)}（名称）", f"{heading(parts, 'en', neighbour)} (name)"
    return heading(columns.get(code), "zh", code), heading(columns.get(code), "en", code)
