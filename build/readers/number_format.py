"""Spreadsheet number formats: what a cell shows for the number it stores (ECMA-376 part 1, 18.8.31).

Figures are published as printed, so a stored 0.9567 in a percent cell is ``96%`` and a stored 3.0 is ``3``. All
arithmetic is Decimal, on the fifteen digits that a spreadsheet shows at most.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

MAX_PLACES = 60
"""Places that a format may give a number; spreadsheet programs allow 30 behind the point."""

_FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|!(?P<bang>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"\s*(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\s*")
_PLAIN_SIGNS = frozenset("+-()（）:：%￥¥$€£ ,，.。、/^&~{}<>='\u00a0")
_OWN_KINDS = {"%": "percent", "@": "general"}
_COMPARISONS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}


@dataclass(frozen=True, slots=True)
class _Section:
    """One section of a format: (kind, text) tokens in order, the condition it is for, and whether it can be shown."""

    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None
    shown: bool


def plain(value: Decimal) -> str:
    """``value`` without a format: no exponent, no zeros behind the last digit."""
    rounded = _FIFTEEN.plus(value)
    text = format(rounded, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def shown(value: Decimal, code: str) -> str | None:
    """What a cell of number format ``code`` shows for ``value``; None where the format scales or cannot be followed.

    A number must not be published a thousandth of what the page shows, so a format that is not understood yields None.
    So does one that shows a negative number as its opposite, in another colour at most (``0;[Red]0``).
    """
    sections = _sections(code)
    index = _chosen(sections, value)
    if index is None:
        return None
    section = sections[index]
    if not section.shown:
        return None
    # A section of its own for negative numbers shows no sign but those it spells out.
    signless = index == 1 and not any(other.condition for other in sections)
    if not signless:
        return _rendered(section, value)
    text = _rendered(section, abs(value))
    return None if value < 0 and text == _rendered(sections[0], abs(value)) and _counts(text) else text


_WHITE = re.compile(r"\[\s*(?:white|白色?|color\s*2|颜色\s*2)\s*\]", re.IGNORECASE)


def is_white(value: Decimal, code: str) -> bool:
    """Whether a cell of number format ``code`` shows ``value`` in white letters (``[White]0``)."""
    if "[" not in code or not _WHITE.search(code):
        return False
    parts = _split(code)
    index = _chosen(_sections(code), value)
    return index is not None and _WHITE.search(parts[index]) is not None


def shows_text(code: str) -> bool:
    """Whether a cell of number format ``code`` shows a text: not where a fourth section, that of texts, is empty."""
    sections = _sections(code)
    return len(sections) < 4 or bool(sections[3].tokens)


def _counts(text: str) -> bool:
    return any(character in "123456789" for character in text)


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    return tuple(_section(part) for part in _split(code or "General"))


def _split(code: str) -> list[str]:
    """The sections of a format; a semicolon in quotes or behind a backslash does not part them."""
    parts, start = [], 0
    for match in _TOKEN.finditer(code):
        if match["other"] == ";":
            parts.append(code[start : match.start()])
            start = match.end()
    return [*parts, code[start:]]


def _section(code: str) -> _Section:
    tokens: list[tuple[str, str]] = []
    condition = None
    understood = True
    for match in _TOKEN.finditer(code):
        kind, text = match.lastgroup or "", match[match.lastgroup] if match.lastgroup else ""
        if kind == "bracket":
            found = _CONDITION.fullmatch(text or "")
            condition = (found[1], Decimal(found[2])) if found else condition
        elif kind == "other":
            understood = understood and (text in _PLAIN_SIGNS or text in "%@" or not text.isascii())
            tokens.append((_OWN_KINDS.get(text, "text"), text))
        elif kind in {"digits", "general"}:
            tokens.append((kind, text))
        elif kind and (text or kind != "currency"):
            tokens.append(("text", text or ""))
    # A section that states a colour or a language alone ([Red]) shows a number in some way; an empty one shows none.
    understood = understood and (bool(tokens) or not code.strip() or condition is not None)
    return _Section(tuple(tokens), condition, understood and _followable(tokens))


def _followable(tokens: list[tuple[str, str]]) -> bool:
    """At most one number, none divided by a thousand (a comma at its end), and none that no program would show."""
    numbers = [text for kind, text in tokens if kind in {"digits", "general"}]
    scaled = any(text.partition(".")[0].endswith(",") or "," in text.partition(".")[2] for text in numbers)
    after = [tokens[at + 1] for at, (kind, _) in enumerate(tokens[:-1]) if kind == "digits"]
    sane = all(len(text) <= MAX_PLACES for text in numbers) and tokens.count(("percent", "%")) <= 1
    return len(numbers) <= 1 and not scaled and sane and ("text", ",") not in after


def _chosen(sections: tuple[_Section, ...], value: Decimal) -> int | None:
    """Which section is for ``value``: by its condition, else positive; negative; zero."""
    numeric = sections[:3]
    if any(section.condition for section in numeric):
        return _by_condition(numeric, value)
    if value < 0 and len(numeric) > 1:
        return 1
    return 2 if value == 0 and len(numeric) > 2 else 0


def _by_condition(sections: tuple[_Section, ...], value: Decimal) -> int | None:
    for index, section in enumerate(sections):
        if section.condition is None:
            return index
        sign, limit = section.condition
        if _COMPARISONS[sign](value, limit):
            return index
    return None


def _rendered(section: _Section, value: Decimal) -> str:
    percents = sum(kind == "percent" for kind, _ in section.tokens)
    scaled = value * 100**percents
    texts = []
    for kind, text in section.tokens:
        if kind == "digits":
            texts.append(_digits(abs(scaled), text))
        elif kind == "general":
            texts.append(plain(abs(scaled)))
        else:
            texts.append("%" if kind == "percent" else text)
    joined = "".join(texts).strip()
    return f"-{joined}" if scaled < 0 and _counts(joined) else joined


def _digits(value: Decimal, places: str) -> str:
    """``value`` (not negative) by placeholders such as ``#,##0.00``."""
    whole, point, fraction = places.partition(".")
    decimals = len(fraction)
    rounded = _FIFTEEN.plus(value).quantize(
        Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP, context=Context(prec=400)
    )
    before, _, behind = format(rounded, "f").partition(".")
    while behind and fraction[len(behind) - 1] in "#?" and behind.endswith("0"):
        behind = behind[:-1]
    before = before.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole:
        before = _grouped(before)
    return before + (point if behind or (point and "0" in fraction) else "") + behind


def _grouped(digits: str) -> str:
    head = len(digits) % 3
    groups = [digits[:head], *(digits[at : at + 3] for at in range(head, len(digits), 3))]
    return ",".join(group for group in groups if group)
