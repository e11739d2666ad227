"""How the words of an element look, from what is declared of it: seen or not, crossed out, raised."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from tinycss2.color3 import parse_color

from .html_styles import EM, pixels
from .html_words import BLOCKS, HIDDEN, LOWERED, NUDGED_DOWN, NUDGED_UP, RAISED, REVERSED, STRUCK, TABLE_PARTS

FAR = 900.0
"""Pixels; what is set so far to the left of its place, or above it, is off the screen."""

NEARLY = 12 / 255
"""Two colours that differ by no more than this in red, green and blue are one to the eye."""

FAINT = 0.05
"""Words of less opacity are not seen."""

SMALL = 0.9
"""A note mark is set in letters of less than this part of the letters around it …"""

STEP, CLEAR_STEP = 0.1, 0.25
"""… and off the line by so much of a letter; in letters of equal size by the second."""

LEAST_STEP = 0.5
"""Pixels; what is less off the line is on it."""

Colour = tuple[float, float, float]
WHITE, BLACK = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0)

_NAMED_SIZES = {
    "xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0, "xx-large": 32.0,
    "initial": 16.0,
}  # fmt: skip
_RELATIVE_SIZES = {"smaller": 5 / 6, "larger": 1.2}
_AWAY = re.compile(r"translate(?:x|y|3d)?\([^)]*-\d{4,}(?:\.\d+)?px|scale(?:x|y|3d)?\(\s*0(?:\.0+)?\s*[,)]")
_CLIPPED = re.compile(r"inset\(\s*(?:5\d|[6-9]\d|100)(?:\.\d+)?%|circle\(\s*0|rect\(\s*0\s*0\s*0\s*0")
_NUMBER = re.compile(r"-?[\d.]+")
_SHIFTED = {"sup": RAISED, "super": RAISED, "sub": LOWERED}
_OUT_OF_LINE = frozenset(("absolute", "fixed"))


class Look(NamedTuple):
    """What decides how the words of an element are seen.

    ``unseen``: nothing within can be seen. ``invisible``: what is within may be made visible again. ``size``: pixels of
    a letter. ``background``: None where it is a picture, or not known. ``shift``: a sign of ``html_words``, "" where
    the words stand on the line. ``apart``: set elsewhere than the words around it.
    """

    unseen: bool = False
    invisible: bool = False
    size: float = EM
    colour: Colour | None = BLACK
    background: Colour | None = WHITE
    struck: bool = False
    shift: str = ""
    reversed: bool = False
    apart: bool = False

    @property
    def sign(self) -> str:
        """The sign that opens words of this look, "" for plain ones."""
        if self.unseen or self.invisible or self.size <= 1 or _same(self.colour, self.background):
            return HIDDEN
        if self.struck:
            return STRUCK
        return REVERSED if self.reversed else self.shift

    @property
    def is_page_coloured(self) -> bool:
        """Whether the words have the colour of the page, with nothing declared of what is behind them."""
        return self.background is WHITE and _same(self.colour, WHITE)


def colour(value: str) -> tuple[Colour, float] | None:
    """Red, green and blue from 0 to 1, and the opacity; None where ``value`` names no colour."""
    parsed = parse_color(value)
    if parsed is None or isinstance(parsed, str):
        return None
    return (parsed.red, parsed.green, parsed.blue), parsed.alpha


def _same(one: Colour | None, other: Colour | None) -> bool:
    if one is None or other is None:
        return False
    return all(abs(left - right) <= NEARLY for left, right in zip(one, other, strict=True))


def may_be_one(colours: set[str], backgrounds: set[str]) -> bool:
    """Whether any of the text's colours is, to the eye, one of the backgrounds, the page's white among them."""
    texts = [BLACK, *(found[0] for name in colours if (found := colour(name)) is not None)]
    grounds = [WHITE, *(found[0] for name in backgrounds if (found := colour(name)) is not None)]
    clear = any(found is not None and found[1] <= FAINT for found in map(colour, colours))
    return clear or any(_same(text, ground) for text in texts for ground in grounds)


@lru_cache(maxsize=1024)
def look_of(tag: str, declared: tuple[tuple[str, str], ...], around: Look) -> Look:
    """How an element looks, of which (property, value) pairs are ``declared``; ``around``: what it stands in."""
    values = dict(declared)
    size = _size(values.get("font-size", ""), around.size)
    ground = _background(values, around.background)
    ink, clear = _ink(values.get("color", ""), around.colour)
    out_of_line = values.get("position") in _OUT_OF_LINE
    stands_alone = (
        out_of_line or values.get("display", "").startswith("inline-") or values.get("float", "none") != "none"
    )
    struck = "line-through" in values.get("text-decoration-line", "") or (around.struck and not stands_alone)
    return Look(
        unseen=around.unseen or clear or is_unseen(tag, values, size),
        invisible=_invisible(values.get("visibility", ""), around.invisible),
        size=size,
        colour=ink,
        background=ground,
        struck=struck,
        shift=_shift(tag, values, size, around) or around.shift,
        reversed=around.reversed or _is_reversed(values),
        apart=out_of_line,
    )


def _size(value: str, around: float) -> float:
    if not value:
        return around
    if value in _RELATIVE_SIZES:
        return around * _RELATIVE_SIZES[value]
    size = pixels(value, around, around)
    return _NAMED_SIZES.get(value, around) if size is None else size


def _background(values: Mapping[str, str], around: Colour | None) -> Colour | None:
    if values.get("background-image", "none") not in ("none", "initial"):
        return None
    found = colour(values.get("background-color", ""))
    return around if found is None or found[1] < 0.5 else found[0]


def _ink(value: str, around: Colour | None) -> tuple[Colour | None, bool]:
    """The colour of the words, and whether it is none at all."""
    found = colour(value)
    if found is None:
        return around, False
    return found[0], found[1] <= FAINT


def _invisible(value: str, around: bool) -> bool:
    if value in ("hidden", "collapse"):
        return True
    return around and value not in ("visible", "initial")


def _is_reversed(values: Mapping[str, str]) -> bool:
    return values.get("direction") == "rtl" and "override" in values.get("unicode-bidi", "")


def is_unseen(tag: str, values: Mapping[str, str], size: float) -> bool:
    """Whether an element with all it holds is off the screen, cut to nothing or fully transparent."""
    opacity = values.get("opacity")
    if opacity is not None and (value := pixels(opacity, whole=1.0)) is not None and value <= FAINT:
        return True
    if values.get("content-visibility") == "hidden" and tag in BLOCKS:
        return True
    if _AWAY.search(values.get("transform", "")) or _CLIPPED.search(values.get("clip-path", "")):
        return True
    return _is_off_screen(values, size) or _is_cut_to_nothing(tag, values, size)


def _is_off_screen(values: Mapping[str, str], size: float) -> bool:
    sides = ["text-indent", "margin-left", "margin-top"]
    if values.get("position", "static") not in ("static", "initial", "inherit"):
        sides += ["left", "top", "right", "bottom"]
    return any((value := pixels(values.get(side, ""), size)) is not None and value <= -FAR for side in sides)


def _is_cut_to_nothing(tag: str, values: Mapping[str, str], size: float) -> bool:
    out_of_line = values.get("position") in _OUT_OF_LINE
    if out_of_line and values.get("clip", "").startswith("rect("):
        edges = [float(edge) for edge in _NUMBER.findall(values["clip"])]
        if len(edges) == 4 and (edges[2] - edges[0] <= 1 or edges[1] - edges[3] <= 1):
            return True
    if tag in TABLE_PARTS or values.get("overflow") not in ("hidden", "clip"):
        return False
    if not (out_of_line or tag in BLOCKS or values.get("display", "inline") != "inline"):
        return False
    sides = (values.get(side, "") for side in ("width", "height", "max-width", "max-height"))
    return any((value := pixels(side, size)) is not None and value <= 1 for side in sides)


def _shift(tag: str, values: Mapping[str, str], size: float, around: Look) -> str:
    """Whether the words are off the line as a note mark is; the sign of ``html_words`` for that."""
    align = tag if tag in ("sup", "sub") else values.get("vertical-align", "")
    if tag in BLOCKS:
        return ""
    if align in _SHIFTED:
        return _SHIFTED[align]
    up = pixels(align, size, 1.2 * size) or 0.0
    if values.get("position") == "relative":
        up += (pixels(values.get("bottom", ""), size) or 0.0) - (pixels(values.get("top", ""), size) or 0.0)
    is_small = size <= SMALL * around.size
    if abs(up) >= max((STEP if is_small else CLEAR_STEP) * size, LEAST_STEP):
        return NUDGED_UP if up > 0 else NUDGED_DOWN
    return NUDGED_UP if is_small and align in ("top", "text-top") else ""
