"""Colours as Word files and spreadsheets state them: whether a letter can be told from what lies behind it."""

from __future__ import annotations

import re

WHITE = "FFFFFF"
"""A page that nothing colours."""

UNKNOWN = "?"
"""A colour that is there and not known (a pattern, a picture, a shade): no letter counts as hidden on it."""

NEAREST_SEEN = 8
"""Steps of 255, in red, green or blue, by which letters differ from their background if anybody can see them."""

NEAREST_SURE = 36
"""The same steps, by which letters differ from their background if everybody can be sure of them."""

_HEX = re.compile(r"[0-9A-Fa-f]{6}")


def alike(letters: str, background: str, nearest: int = NEAREST_SEEN) -> bool:
    """Whether letters of one colour cannot be seen on the other; both as RRGGBB, else never.

    ``nearest``: steps up to which two colours are one.
    """
    if letters == background:
        return letters != UNKNOWN
    if not (_HEX.fullmatch(letters) and _HEX.fullmatch(background)):
        return False
    return all(abs(one - other) <= nearest for one, other in zip(_parts(letters), _parts(background), strict=True))


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (0, 2, 4))


def tinted(colour: str, tint: float) -> str:
    """A theme's colour made lighter (``tint`` up to 1) or darker (down to -1), as ECMA-376 part 1, 18.8.3 says.

    By the lightness of each part, which is exact for grey, white and black and near enough for the others.
    """
    if not tint or not _HEX.fullmatch(colour):
        return colour
    tint = max(-1.0, min(1.0, tint))
    parts = (part * (1 + tint) if tint < 0 else part + (255 - part) * tint for part in _parts(colour))
    return "".join(f"{round(part):02X}" for part in parts)
