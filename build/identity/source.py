"""Where a copy of a report came from."""

from __future__ import annotations

import re

MIRROR_WORDS = ("官网", "投注网", "Baidu")
"""One of them stands in every sign of a mirror: looking for the words first is cheap."""
MIRROR_SIGNS = re.compile(
    r"(?:体育(?!局|总局|和|旅游|中心|事业)|娱乐|博彩|棋牌)[^\s。]{0,8}官网|投注网|(?:^|\n)\s*Baidu\s*\n\s*map",
    re.IGNORECASE,
)


def source_kind_of(url: str | None, text: str) -> str:
    """``official``, ``archive``, ``mirror`` or ``unknown``, by the host of the address and signs of a hijacked copy."""
    host = re.sub(r"^https?://([^/:]+).*$", r"\1", url) if url else ""
    if host.endswith((".gov.cn", ".gov.mo", ".gov.hk")) or host == "gov.cn":
        return "official"
    if host in {"web.archive.org", "archive.org", "archive.today", "archive.ph"}:
        return "archive"
    return "mirror" if host or _has_mirror_signs(text) else "unknown"


def _has_mirror_signs(text: str) -> bool:
    return any(word in text for word in MIRROR_WORDS) and MIRROR_SIGNS.search(text) is not None
