"""How the words of an element look, from what is declared of it: seen or not, crossed out, raised."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from .html_colours import BARELY, BLACK, FAINT, NEARLY, WHITE, Colour, blended, colour, distance
from .html_declarations import ODD
from .html_media import EM, pixels
from .html_transforms import GONE, transformed
from .html_words import BLOCKS, DOUBTFUL, HIDDEN, LOWERED, NUDGED_DOWN, NUDGED_UP, RAISED, REVERSED, STRUCK, TABLE_PARTS

FAR = 900.0
"""Pixels; what is set so far to the left of its place, or above it, is off the screen."""

SMALLEST = 5.0
"""Pixels; of smaller letters nobody can be sure."""

SMALL = 0.9
"""A note mark is set in letters of less than this part of the letters around it …"""

STEP, CLEAR_STEP = 0.1, 0.25
"""… and off the line by so much of a letter; in letters of equal size by the second."""

LEAST_STEP = 0.5
"""Pixels; what is less off the line is on it."""

_NAMED_SIZES = {
    "xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0, "xx-large": 32.0,
    "xxx-large": 48.0, "initial": 16.0,
}  # fmt: skip
_RELATIVE_SIZES = {"smaller": 5 / 6, "larger": 1.2}
_SIDES_CLIPPED = re.compile(r"inset\(\s*([^()]*?)\s*(?:\bround\b[^()]*)?\)")
_CLIPPED = re.compile(
    r"(?:circle|ellipse)\(\s*0(?:px|%)?(?:\s+0(?:px|%)?)?\s*(?:at[^()]*)?\)|rect\(\s*0\s+0\s+0\s+0\s*\)"
    r"|xywh\(\s*[\w%.]+\s+[\w%.]+\s+0(?:px|%)?\s+0(?:px|%)?\s*\)"
    r"|polygon\(\s*([^,()]+?)\s*(?:,\s*\1\s*)*\)"
)
_NUMBER = re.compile(r"-?[\d.]+")
ZERO_WITHIN = re.compile(r"\(.*(?<![\w.#])0(?:\.0*)?(?![\d.])")
_SHIFTED = {"sup": RAISED, "super": RAISED, "sub": LOWERED}
_OUT_OF_LINE = frozenset(("absolute", "fixed"))
_KEEP = frozenset(("", "inherit", "unset", "revert", "revert-layer", "currentcolor"))
CUTS = frozenset(("hidden", "clip", "auto", "scroll"))
"""Values of ``overflow`` by which an element shows no more than its own size holds."""


class Look(NamedTuple):
    """What decides how the words of an element are seen.

    ``unseen``: nothing within can be seen. ``invisible``: what is within may be made visible again. ``size``: pixels of
    a letter. ``background``: None where it is a picture, or not known. ``alpha``: the opacity of the words' colour;
    ``opacity``: that of all that they stand in. ``filled``: the colour is one that ``color`` does not change.
    ``outlined``: words without a colour of their own may show by a shadow or an outline. ``doubtful``: nobody can be
    sure what is seen. ``shift``: a sign of ``html_words``, "" where the words stand on the line. ``apart``: set
    elsewhere than the words around it.
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
    alpha: float = 1.0
    opacity: float = 1.0
    filled: bool = False
    outlined: bool = False
    doubtful: bool = False

    @property
    def sign(self) -> str:
        """The sign that opens words of this look, "" for plain ones."""
        if self.unseen or self.invisible or self.size <= 1:
            return HIDDEN
        contrast = _contrast(self.colour, self.background, self.alpha * self.opacity)
        if contrast <= NEARLY:
            return DOUBTFUL if self.outlined else HIDDEN
        if self.doubtful or contrast <= BARELY or self.size < SMALLEST:
            return DOUBTFUL
        if self.struck:
            return STRUCK
        return REVERSED if self.reversed else self.shift

    @property
    def is_page_coloured(self) -> bool:
        """Whether the words have the colour of the page, with nothing declared of what is behind them."""
        return self.background is WHITE and _contrast(self.colour, WHITE, self.alpha) <= NEARLY and self.alpha > FAINT


@lru_cache(maxsize=1024)
def _contrast(ink: Colour | None, ground: Colour | None, alpha: float) -> float:
    """By how much words stand out: from 0 (not at all) to 1; 1 where a colour is not known."""
    if alpha <= FAINT:
        return 0.0
    if ink is None or ground is None:
        return 1.0 if alpha > 3 * FAINT else BARELY
    return distance(blended(ink, ground, alpha), ground)


@lru_cache(maxsize=1024)
def look_of(tag: str, declared: tuple[tuple[str, str], ...], around: Look) -> Look:
    """How an element looks, of which (property, value) pairs are ``declared``; ``around``: what it stands in."""
    values = dict(declared)
    size = _size(values.get("font-size", ""), around.size)
    if (zoom := pixels(values.get("zoom", ""), whole=1.0)) is not None and zoom > 0:
        size *= zoom
    out_of_line = values.get("position") in _OUT_OF_LINE
    stands_alone = (
        out_of_line or values.get("display", "").startswith("inline-") or values.get("float", "none") != "none"
    )
    struck = "line-through" in values.get("text-decoration-line", "") or (around.struck and not stands_alone)
    inked = _inked(values, around)
    return inked._replace(
        unseen=around.unseen or is_unseen(tag, values, size),
        invisible=_invisible(values.get("visibility", ""), around.invisible),
        size=size,
        background=_background(values, around.background, inked.colour),
        struck=struck,
        shift=_shift(tag, values, size, around) or around.shift,
        reversed=around.reversed or _is_reversed(values),
        apart=out_of_line,
        opacity=around.opacity * _opacity(values),
        outlined=values.get("outlined") == ODD or (around.outlined and "outlined" not in values),
    )


def _size(value: str, around: float) -> float:
    if not value:
        return around
    if value in _RELATIVE_SIZES:
        return around * _RELATIVE_SIZES[value]
    size = pixels(value, around, around)
    if size is None:
        return SMALLEST - 1 if ZERO_WITHIN.search(value) else _NAMED_SIZES.get(value, around)
    return size


def _opacity(values: Mapping[str, str]) -> float:
    value = values.get("opacity", "")
    opacity = pixels(value, whole=1.0)
    if opacity is None:
        return 2 * FAINT if ZERO_WITHIN.search(value) else 1.0
    return min(1.0, max(0.0, opacity))


def _background(values: Mapping[str, str], around: Colour | None, ink: Colour | None) -> Colour | None:
    if values.get("background-image", "none") not in ("none", "initial"):
        return None
    if values.get("background-color") == "currentcolor":
        return ink
    found = colour(values.get("background-color", ""))
    if found is None or found[1] <= FAINT:
        return around
    return found[0] if found[1] >= 1 else None if around is None else blended(found[0], around, found[1])


def _inked(values: Mapping[str, str], around: Look) -> Look:
    """The look around with the element's own colour of words."""
    fill = values.get("fill", "")
    if fill in _KEEP and around.filled:
        return around
    value = fill if fill not in _KEEP else values.get("color", "")
    if value in _KEEP:
        return around
    found = colour(value)
    if found is None:
        return around._replace(colour=None) if "(" in value else around
    return around._replace(colour=found[0], alpha=found[1], filled=fill not in _KEEP)


def _invisible(value: str, around: bool) -> bool:
    if value in ("hidden", "collapse"):
        return True
    return around and value not in ("visible", "initial")


def _is_reversed(values: Mapping[str, str]) -> bool:
    return values.get("direction") == "rtl" and "override" in values.get("unicode-bidi", "")


_IN_LINE = frozenset(("", "inline", "contents", "initial", "unset", "ruby"))


def is_box(tag: str, values: Mapping[str, str]) -> bool:
    """Whether an element has a size and place of its own, as words in a line have not."""
    return (
        tag in BLOCKS
        or values.get("display", "") not in _IN_LINE
        or values.get("position") in _OUT_OF_LINE
        or values.get("float", "none") != "none"
    )


def is_unseen(tag: str, values: Mapping[str, str], size: float) -> bool:
    """Whether an element with all it holds is off the screen, cut to nothing or fully transparent."""
    if "opacity" in values and _opacity(values) <= FAINT:
        return True
    if values.get("content-visibility") == "hidden" and is_box(tag, values):
        return True
    if values.get("display") in ("table-column", "table-column-group"):
        return True
    if is_box(tag, values) and transformed(values, size) == GONE:
        return True
    return (
        clipped(values) == GONE
        or pixels(values.get("zoom", ""), whole=1.0) == 0
        or _is_off_screen(tag, values, size)
        or _is_cut_to_nothing(tag, values, size)
    )


def clipped(values: Mapping[str, str]) -> str:
    """What ``clip-path`` does to an element: GONE, ODD, or "" for nothing."""
    value = values.get("clip-path", "none")
    if value in ("none", "initial", "unset", "inherit"):
        return ""
    if _CLIPPED.search(value):
        return GONE
    sides = _SIDES_CLIPPED.fullmatch(value)
    if sides is None:
        return ODD
    shares = [pixels(side.replace("%", "px")) or 0.0 for side in sides[1].split()] or [0.0]
    top, right = shares[0], shares[1 % len(shares)]
    bottom, left = shares[2] if len(shares) > 2 else top, shares[3] if len(shares) > 3 else right
    if "%" in value and (top + bottom >= 100 or left + right >= 100):
        return GONE
    return ODD if any(share > 0 for share in shares) else ""


def _is_off_screen(tag: str, values: Mapping[str, str], size: float) -> bool:
    sides = ["margin-left", "margin-top"]
    if is_box(tag, values):
        sides.append("text-indent")
    if values.get("position", "static") not in ("static", "initial", "inherit"):
        sides += ["left", "top", "right", "bottom"]
    return any((value := pixels(values.get(side, ""), size)) is not None and value <= -FAR for side in sides)


def _is_cut_to_nothing(tag: str, values: Mapping[str, str], size: float) -> bool:
    out_of_line = values.get("position") in _OUT_OF_LINE
    if out_of_line and values.get("clip", "").startswith("rect("):
        edges = [float(edge) for edge in _NUMBER.findall(values["clip"])]
        if len(edges) == 4 and (edges[2] - edges[0] <= 1 or edges[1] - edges[3] <= 1):
            return True
    is_table = tag in TABLE_PARTS and values.get("display") not in ("block", "inline-block", "flex", "grid")
    if is_table or "padding" in values or values.get("overflow") not in CUTS or not is_box(tag, values):
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
