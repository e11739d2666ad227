"""Which conditions of a style sheet hold on a desktop screen: ``@media`` and ``@supports``; lengths in pixels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import tinycss2

SCREEN_WIDTH, SCREEN_HEIGHT = 1280.0, 800.0
"""Pixels of the screen that the page is looked at on."""

EM = 16.0
"""Pixels of a letter where nothing is said."""

Answer = bool | None
"""Whether a condition holds, None where that is not known."""

# Conditions -------------------------------------------------------------------------------------------------------


def _condition(tokens: Sequence[Any], single: Any) -> Answer:
    """What ``not``, ``and`` and ``or`` make of conditions; ``single`` answers one of them, given its tokens."""
    tokens = [token for token in tokens if token.type not in ("whitespace", "comment")]
    words = [token.lower_value if token.type == "ident" else "" for token in tokens]
    if words[:1] == ["not"]:
        answer = _condition(tokens[1:], single)
        return None if answer is None else not answer
    for joint in ("or", "and"):
        if joint in words:
            at = words.index(joint)
            answers = {_condition(tokens[:at], single), _condition(tokens[at + 1 :], single)}
            decides = joint == "or"
            return decides if decides in answers else None if None in answers else not decides
    if len(tokens) == 1 and tokens[0].type == "() block":
        inner = [token for token in tokens[0].content if token.type not in ("whitespace", "comment")]
        if inner and (inner[0].type in ("() block", "function") or inner[0] == "not" or _is_word(inner[0], "not")):
            return _condition(inner, single)
    alone: Answer = single(tokens)
    return alone


def _is_word(token: Any, word: str) -> bool:
    return bool(token.type == "ident" and token.lower_value == word)


# Media ------------------------------------------------------------------------------------------------------------

_FEATURE = re.compile(r"\(\s*([a-z-]+)\s*(?::\s*([^()]+?))?\s*\)")
_RANGE = re.compile(r"\(\s*(?:([\d.]+[a-z]*)\s*([<>]=?)\s*)?(width|height)\s*(?:([<>]=?)\s*([\d.]+[a-z]*))?\s*\)")
_TYPES = frozenset(("all", "screen"))
_STATED = {
    "orientation": "landscape",
    "prefers-color-scheme": "light",
    "hover": "hover",
    "any-hover": "hover",
    "pointer": "fine",
    "any-pointer": "fine",
    "scripting": "enabled",
    "update": "fast",
    "overflow-block": "scroll",
    "overflow-inline": "scroll",
    "color-gamut": "srgb",
    "display-mode": "browser",
}
_STATED_AS_NONE = {
    "prefers-reduced-motion": "no-preference",
    "prefers-reduced-transparency": "no-preference",
    "prefers-reduced-data": "no-preference",
    "prefers-contrast": "no-preference",
    "forced-colors": "none",
    "inverted-colors": "none",
}
"""Features that are off where they are asked for without a value."""

_SIZES = {
    "width": SCREEN_WIDTH, "height": SCREEN_HEIGHT, "device-width": SCREEN_WIDTH, "device-height": SCREEN_HEIGHT,
    "aspect-ratio": SCREEN_WIDTH / SCREEN_HEIGHT, "device-aspect-ratio": SCREEN_WIDTH / SCREEN_HEIGHT,
    "color": 8.0, "monochrome": 0.0, "color-index": 0.0, "grid": 0.0,
    "resolution": 1.0, "device-pixel-ratio": 1.0,
}  # fmt: skip
_RATIO = re.compile(r"(\d+(?:\.\d+)?)(?:\s*/\s*(\d+(?:\.\d+)?))?")
_DOTS = re.compile(r"(\d*\.?\d+)(dppx|x|dpi|dpcm)")
_PER_DOT = {"dppx": 1.0, "x": 1.0, "dpi": 1 / 96, "dpcm": 2.54 / 96}


@lru_cache(maxsize=1024)
def on_screen(query: str) -> bool:
    """Whether a list of media queries holds on the desktop screen; what is not known holds not."""
    tokens = tinycss2.parse_component_value_list(query.strip(), skip_comments=True)
    if not tokens:
        return True
    return any(_condition(_without_only(part), _medium_holds) is True for part in parted_by_commas(tokens))


def parted_by_commas(tokens: Iterable[Any]) -> list[list[Any]]:
    """The members of a list in a style sheet, as tokens; one without any where nothing stands between two commas."""
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _without_only(tokens: Sequence[Any]) -> Sequence[Any]:
    words = [token for token in tokens if token.type != "whitespace"]
    return words[1:] if words and _is_word(words[0], "only") else words


def _medium_holds(tokens: Sequence[Any]) -> Answer:
    condition = tinycss2.serialize(tokens).lower().strip()
    if not condition.startswith("("):
        return condition in _TYPES
    if span := _RANGE.fullmatch(condition):
        below, under, name, over, above = span.groups()
        size = _SIZES[name]
        return (below is None or _compare(pixels(below), under, size)) and (
            above is None or _compare(size, over, pixels(above))
        )
    feature = _FEATURE.fullmatch(condition)
    return None if feature is None else _feature_holds(feature[1].removeprefix("-webkit-"), (feature[2] or "").strip())


def _feature_holds(name: str, value: str) -> Answer:
    if name in _STATED or name in _STATED_AS_NONE:
        return value == _STATED_AS_NONE.get(name) or (value in ("", _STATED[name]) if name in _STATED else False)
    bound, _, sized = name.partition("-")
    bound, sized = (bound, sized) if bound in ("min", "max") else ("", name)
    if sized not in _SIZES:
        return None
    size, limit = _SIZES[sized], _limit(value)
    if limit is None:
        return size > 0 if not value else None
    return size >= limit if bound == "min" else size <= limit if bound == "max" else abs(size - limit) < 1e-6


def _limit(value: str) -> float | None:
    if ratio := _RATIO.fullmatch(value):
        return float(ratio[1]) / (float(ratio[2] or 1) or 1)
    if dots := _DOTS.fullmatch(value):
        return float(dots[1]) * _PER_DOT[dots[2]]
    return pixels(value)


def _compare(left: float | None, sign: str, right: float | None) -> bool:
    if left is None or right is None:
        return False
    if sign.startswith("<"):
        return left <= right if sign == "<=" else left < right
    return left >= right if sign == ">=" else left > right


# What browsers know -----------------------------------------------------------------------------------------------

_KNOWN = frozenset((
    "animation", "appearance", "aspect-ratio", "backdrop-filter", "background", "background-color", "border-radius",
    "clip-path", "color", "column-count", "contain", "content-visibility", "filter", "flex", "flex-wrap", "float",
    "gap", "grid", "grid-area", "grid-template-areas", "grid-template-columns", "height", "hyphens", "inset", "mask",
    "mask-image", "object-fit", "opacity", "overflow", "padding", "scroll-behavior", "text-decoration", "transform",
    "transition", "width", "will-change", "writing-mode",
))  # fmt: skip
"""Properties that every browser of today knows, whatever else it does not know."""

_DISPLAYS = frozenset((
    "block", "inline", "inline-block", "none", "flex", "inline-flex", "grid", "inline-grid", "table", "table-cell",
    "flow-root", "contents", "list-item",
))  # fmt: skip


def supported(prelude: Sequence[Any]) -> Answer:
    """Whether a condition of ``@supports`` holds in the browsers of today."""
    return _condition(prelude, _is_supported)


def _is_supported(tokens: Sequence[Any]) -> Answer:
    if len(tokens) != 1 or tokens[0].type != "() block":
        return None
    name, _, value = tinycss2.serialize(tokens[0].content).strip().lower().partition(":")
    name, value = name.strip(), value.strip()
    if name.startswith(("-ms-", "-moz-", "-o-")):
        return False
    if name == "display" and not value.startswith("-"):
        return value in _DISPLAYS
    return True if name in _KNOWN or name.startswith(("--", "-webkit-")) else None


# Lengths ----------------------------------------------------------------------------------------------------------

_LENGTH = re.compile(r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,3})?)([a-z]+|%)?\s*")
_UNITS = {
    "px": 1.0, "pt": 4 / 3, "rem": EM, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "q": 2.4 / 2.54, "in": 96.0, "pc": EM,
    "vw": SCREEN_WIDTH / 100, "vh": SCREEN_HEIGHT / 100, "vmin": SCREEN_HEIGHT / 100, "vmax": SCREEN_WIDTH / 100,
    "": 1.0,
}  # fmt: skip
_LETTERS = {"em": 1.0, "ex": 0.5, "ch": 0.5, "ic": 1.0, "cap": 0.7, "lh": 1.2}
"""Units that go with the letter's size."""


def pixels(value: str, em: float = EM, whole: float | None = None) -> float | None:
    """A length in pixels, None if ``value`` is none. ``em``: the letter's size; ``whole``: what 100% is, if known."""
    match = _LENGTH.fullmatch(value)
    if match is None:
        return None
    number, unit = float(match[1]), match[2] or ""
    if unit == "%":
        return None if whole is None else number * whole / 100
    if unit in _LETTERS:
        return number * em * _LETTERS[unit]
    return number * _UNITS[unit] if unit in _UNITS else None
