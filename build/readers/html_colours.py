"""Colours of web pages: what they are, and whether words of one can be seen on another."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from tinycss2.color5 import parse_color

NEARLY = 12 / 255
"""Two colours that differ by no more than this in red, green and blue are one to the eye."""

BARELY = 36 / 255
"""Words that differ from what is behind them by no more than this are hardly there: nobody can be sure of a digit."""

FAINT = 0.05
"""Words of less opacity are not seen."""

Colour = tuple[float, float, float]
WHITE, BLACK = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0)

_SYSTEM = {"canvas": WHITE, "window": WHITE, "field": WHITE, "canvastext": BLACK, "windowtext": BLACK,
           "fieldtext": BLACK, "initial": BLACK}  # fmt: skip
_LINEAR = {
    "xyz-d50": ((3.1339, -1.6169, -0.4906), (-0.9788, 1.9161, 0.0335), (0.0719, -0.2290, 1.4052)),
    "xyz-d65": ((3.2406, -1.5372, -0.4986), (-0.9689, 1.8758, 0.0415), (0.0557, -0.2040, 1.0570)),
}
"""CIE XYZ → linear sRGB (IEC 61966-2-1; of the white point D50, adapted after Bradford)."""
_BY_LIGHT = {"lab": "xyz-d50", "lch": "xyz-d50", "oklab": "xyz-d65", "oklch": "xyz-d65"}


@lru_cache(maxsize=4096)
def colour(value: str) -> tuple[Colour, float] | None:
    """Red, green and blue from 0 to 1, and the opacity; None where ``value`` names no colour that is known."""
    if value in _SYSTEM:
        return _SYSTEM[value], 1.0
    try:
        parsed = parse_color(value)
    except (ValueError, TypeError, ArithmeticError, NotImplementedError, AttributeError, IndexError):
        return None
    if parsed is None or isinstance(parsed, str):
        return None
    found = _red_green_blue(parsed)
    return None if found is None else (found, float(parsed.alpha))


def _red_green_blue(parsed: Any) -> Colour | None:
    space = parsed.space
    if space in ("hsl", "hwb"):
        parsed = parsed.to("srgb")
    elif space in _BY_LIGHT:
        return _of_light(parsed.to(_BY_LIGHT[space]), _BY_LIGHT[space])
    elif space in ("xyz", *_LINEAR):
        return _of_light(parsed, "xyz-d65" if space == "xyz" else space)
    elif space not in ("srgb", "display-p3"):
        return None
    red, green, blue = (min(1.0, max(0.0, part or 0.0)) for part in parsed.coordinates)
    return red, green, blue


def _of_light(parsed: Any, space: str) -> Colour:
    linear = [sum(share * (part or 0.0) for share, part in zip(row, parsed.coordinates, strict=True))
              for row in _LINEAR[space]]  # fmt: skip
    red, green, blue = (
        min(1.0, max(0.0, 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055)) for part in linear
    )
    return red, green, blue


def attribute_colour(value: str) -> str:
    """A colour as ``bgcolor`` and the like state it, as style sheets do: browsers make one of any text.

    HTML standard, "rules for parsing a legacy colour value".
    """
    text = value.strip().lower()
    if text in ("", "transparent"):
        return ""
    if _SHORT.fullmatch(text) or (text.isalpha() and colour(text) is not None):
        return text
    digits = "".join(character if character in "0123456789abcdef" else "0" for character in text.removeprefix("#"))
    digits = digits[:128] or "0"
    length = -(-len(digits) // 3)
    parts = [digits.ljust(3 * length, "0")[at : at + length][-8:] for at in (0, length, 2 * length)]
    while len(parts[0]) > 2 and all(part.startswith("0") for part in parts):
        parts = [part[1:] for part in parts]
    return "#" + "".join(part[:2].rjust(2, "0") for part in parts)


_SHORT = re.compile("#[0-9a-f]{3}")


def is_unknown(value: str) -> bool:
    """Whether ``value`` makes a colour in a way that is not known here (``color-mix()``, the system's own colours)."""
    return value not in _PLAIN_WORDS and colour(value) is None and ("(" in value or value in _SYSTEM_UNKNOWN)


_PLAIN_WORDS = frozenset(("", "inherit", "unset", "revert", "revert-layer", "currentcolor"))
_SYSTEM_UNKNOWN = frozenset((
    "buttonface", "buttontext", "highlight", "highlighttext", "selecteditem", "selecteditemtext", "graytext", "mark",
    "marktext", "accentcolor", "accentcolortext", "linktext", "visitedtext", "activetext", "threedface", "menu",
    "infobackground", "scrollbar", "background", "buttonborder", "threedhighlight", "appworkspace",
))  # fmt: skip
"""Words for colours that each system has of its own."""


def blended(ink: Colour, ground: Colour, alpha: float) -> Colour:
    """The colour that words of so much opacity have on ``ground``."""
    red, green, blue = (alpha * one + (1 - alpha) * other for one, other in zip(ink, ground, strict=True))
    return red, green, blue


def distance(one: Colour, other: Colour) -> float:
    """The greatest difference in red, green or blue."""
    return max(abs(left - right) for left, right in zip(one, other, strict=True))


def may_be_one(colours: set[str], backgrounds: set[str]) -> bool:
    """Whether any of the text's colours may be, to the eye, one of the backgrounds, the page's white among them."""
    if "currentcolor" in backgrounds or any(is_unknown(name) or "var(" in name for name in (*colours, *backgrounds)):
        return True
    inks = [found for name in colours if (found := colour(name)) is not None]
    if any(alpha <= BARELY for _, alpha in inks):
        return True
    texts = {BLACK, *(ink for ink, _ in inks)}
    grounds = {WHITE, *(found[0] for name in backgrounds if (found := colour(name)) is not None)}
    return any(distance(text, ground) <= BARELY for text in texts for ground in grounds)
