"""Traditional characters to simplified ones, for matching only (OpenCC's own mapping)."""

from __future__ import annotations

from functools import cache

import opencc

SIGNS = ("請", "開", "線", "訴", "辦", "結")
"""Characters of which one stands in every text in traditional characters that speaks of disclosure, or of a hotline."""


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def to_simplified(text: str) -> str:
    """``text`` in simplified characters, of the same length: a character that has no single counterpart stays."""
    if text.isascii():
        return text
    if "資訊" in text or "網路" in text:  # gateways that turn pages into traditional characters also choose words
        text = text.replace("資訊", "信息").replace("網路", "网络")
    converted: str = _converter().convert(text)
    return converted if len(converted) == len(text) else text


def may_be_traditional(text: str) -> bool:
    """Whether a text has words in traditional characters; looking for their signs is all that it costs one without."""
    return any(sign in text for sign in SIGNS)
