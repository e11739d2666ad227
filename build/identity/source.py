"""Where a copy of a report came from, as the copy prints it, and whether that is the authority's own place."""

from __future__ import annotations

import re

from ..text.fold import fold
from .dates import find_date
from .fields import HEAD
from .names import agency_kind

MIRROR_WORDS = ("官网", "投注网", "Baidu")
"""One of them stands in every sign of a mirror: looking for the words first is cheap."""
MIRROR_SIGNS = re.compile(
    r"(?:体育(?!局|总局|和|旅游|中心|事业)|娱乐|博彩|棋牌)[^\s。]{0,8}官网|投注网|(?:^|\n)\s*Baidu\s*\n\s*map",
    re.IGNORECASE,
)

_FOOT = 1500
"""Characters at the end in which a copy says where it came from."""

_LABEL = (
    r"(?:原文(?:链接|地址|网址|出处)?|原始(?:链接|地址|网址)|来\s*源(?:链接|网址|地址|网站)?|(?:信息|文章|数据|本文)来源|"
    r"(?:文章|本文|页面|网页|采集)(?:链接|地址|网址)|URL)"
)
_ADDRESS = re.compile(
    rf"{_LABEL}\s*[:：|]\s*[^\n:：]{{0,40}}?(?P<url>https?://[\w.-]+\.[A-Za-z]{{2,}}(?::\d+)?[\w./?%&=#~+@!$;-]*)",
    re.IGNORECASE,
)
_RETRIEVAL_WORDS = ("采集", "抓取", "爬取", "下载", "获取", "检索", "存档", "归档")
_TIME_WORDS = ("时间", "日期")
_RETRIEVED = re.compile(
    rf"(?:{'|'.join(_RETRIEVAL_WORDS)})(?:{'|'.join(_TIME_WORDS)})\s*[:：|]?\s*(?P<when>[^\n]{{6,24}})"
)

_ARCHIVES = frozenset({"web.archive.org", "archive.org", "archive.today", "archive.ph"})
_CENTRAL_PORTAL = frozenset({"gov.cn", "www.gov.cn"})
"""The State Council's portal, which shows other authorities' reports as well."""
_SCHOOL = re.compile(r"(?:大学|学院|学校|党校|中学|小学|幼儿园)$")


def printed_source(text: str) -> tuple[str, tuple[int, int]] | None:
    """The address from which the copy says it was taken, and where it stands; the report's own links are none."""
    if "http" not in text:
        return None
    match = _ADDRESS.search(text, 0, HEAD) or _ADDRESS.search(text, max(0, len(text) - _FOOT))
    return (match["url"].rstrip(".;,"), match.span()) if match is not None else None


def printed_retrieval(text: str) -> str | None:
    """The day on which the copy says it was taken, as ISO date."""
    told = [when for when in _TIME_WORDS if when in text]
    if not any(f"{word}{when}" in text for when in told for word in _RETRIEVAL_WORDS):
        return None
    match = _RETRIEVED.search(text, 0, HEAD) or _RETRIEVED.search(text, max(0, len(text) - _FOOT))
    return find_date(match["when"]) if match is not None else None


def source_kind_of(url: str | None, text: str, agency: str | None = None) -> str:
    """``official``, ``archive``, ``mirror`` or ``unknown``, by the host of the address and signs of a hijacked copy.

    ``official``: the host is a government's site, and not the State Council's portal unless the report is the State
    Council's; or a school's site, for a school. Whether the site of an enterprise is its own cannot be told.
    """
    host = re.sub(r"^https?://([^/:]+).*$", r"\1", url).lower() if url else ""
    name = fold(agency or "")
    if host in _CENTRAL_PORTAL:
        return "official" if name.startswith("国务院") else "mirror"
    if host.endswith((".gov.cn", ".gov.mo", ".gov.hk")):
        return "official"
    if host.endswith(".edu.cn") and _SCHOOL.search(name):
        return "official"
    if host in _ARCHIVES:
        return "archive"
    if host and agency_kind(name or None) == "other":
        return "unknown"
    return "mirror" if host or has_mirror_signs(text) else "unknown"


def has_mirror_signs(text: str) -> bool:
    """Whether the text holds what hijacked copies of sites leave behind."""
    return any(word in text for word in MIRROR_WORDS) and MIRROR_SIGNS.search(text) is not None
