"""What copies and sites print about a document beside its words: where it stands, when it was copied, whose site it is.

Read from text and from the source of web pages alike, tags and white space between a label and its value passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from ..text.near import holds

BEFORE = 6
"""Characters before a word by which a fact is found that may belong to it."""

MOST_PLACES = 50
"""A word that stands more often than this in a document is looked at no further."""

_GAP = r"(?:\s|&nbsp;|<(?!a\b)[^<>]{0,200}>){0,10}"
_COLON = rf"{_GAP}[:：|]?{_GAP}"
_LINK = r"(?:<a\b[^<>]{0,300}?href\s*=\s*[\"']?|\[[^\]\n]{0,80}\]\(\s*|<)?"
_ADDRESS = r"(https?://[\w-]+(?:\.[\w-]+)+[^\s\"'<>()（）〔〕【】，。；|]{0,500})"
_PLACES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔贵滇云藏陕秦甘陇青宁新"

_PRINTED: tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...] = (
    (
        "printed_url",
        ("原文", "来源"),
        re.compile(rf"(?:原文(?:链接|地址|网址)|来源(?:链接|网址|地址))(?:地址)?{_COLON}{_LINK}{_ADDRESS}", re.I),
    ),
    (
        "printed_url",
        ("来源",),
        re.compile(rf"来源[ \t]*[:：|][^\n<]{{0,40}}?(?:<(?!a\b)[^<>]{{0,200}}>){{0,5}}{_LINK}{_ADDRESS}", re.I),
    ),
    ("site_code", ("网站标识码",), re.compile(rf"网站标识码{_COLON}([0-9A-Za-z]{{10}})(?![0-9A-Za-z])")),
    ("icp", ("P备", "p备"), re.compile(rf"([{_PLACES}]\s?ICP备\s?\d{{5,10}}号(?:-\d{{1,3}})?)", re.I)),
)
"""The fact, words of which one stands wherever it is printed, and how it is printed with its label."""


def printed_facts(text: str) -> Iterator[tuple[str, str]]:
    """(name, value) pairs that ``text``, a page's source or plain text, prints under a label; the first of each."""
    for name, signs, pattern in _PRINTED:
        starts = (start for sign in signs for at in _places(text, sign) for start in range(max(at - BEFORE, 0), at + 1))
        found = (pattern.match(text, start) for start in starts)
        if (match := next(filter(None, found), None)) is not None:
            yield name, re.sub(r"\s+", "", match[1])


def _places(text: str, sign: str) -> Iterator[int]:
    """Where ``sign`` stands in ``text``, the first MOST_PLACES of them.

    One character is found far faster than two, and a Chinese one far more seldom than those of a page's source.
    """
    if not holds(text, sign):
        return
    before = next(at for at, character in enumerate(sign) if not character.isascii())
    at, left = text.find(sign[before], before), MOST_PLACES
    while at >= 0 and left:
        if text.startswith(sign, at - before):
            left -= 1
            yield at - before
        at = text.find(sign[before], at + 1)


def with_host(facts: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """``facts``, each once, with the host of the first address among them as ``host``, unless one is stated."""
    stated = [(name, _host(value) if name == "host" else value) for name, value in facts]
    address = next((value for name, value in facts if name in ("source_url", "printed_url")), "")
    if not any(name == "host" for name, _ in stated):
        stated.append(("host", _host(address)))
    return tuple(dict.fromkeys((name, value) for name, value in stated if value))


def _host(address: str) -> str:
    """The host in an address, with or without ``http://``; "" if there is none."""
    try:
        return urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
