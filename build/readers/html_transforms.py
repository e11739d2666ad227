"""What ``transform`` and its like do to an element: nothing, something odd, or so much that it is not seen."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from .html_declarations import ODD
from .html_media import pixels

GONE = "gone"

FAR = 900.0
"""Pixels; what is moved so far to the left or upwards is off the screen."""

NEAR = 3.0
"""Pixels; what is moved no farther stays where it is."""

SMALLEST_SCALE, LEAST_SCALE = 0.05, 0.5
"""What is made smaller than the first is not seen; of what is made smaller than the second nobody can be sure."""

_FUNCTION = re.compile(r"([\w]+)\(([^()]*)\)")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,3})?")
_DEGREES = {"deg": 1.0, "grad": 0.9, "rad": 180 / math.pi, "turn": 360.0, "": 1.0}
_NONE = frozenset(("", "none", "initial", "unset", "inherit", "revert"))


def transformed(values: Mapping[str, str], size: float) -> str:
    """GONE, ODD, or "" where nothing happens. ``size``: pixels of a letter."""
    found = set()
    transform = values.get("transform", "")
    if transform not in _NONE:
        functions = _FUNCTION.findall(transform)
        found |= {_effect(name, re.split(r"[\s,]+", stated.strip()), size) for name, stated in functions}
        if not functions or "(" in _FUNCTION.sub("", transform):
            found.add(ODD)
    for name in ("scale", "rotate", "translate"):
        stated = values.get(name, "")
        if stated not in _NONE:
            found.add(_effect(name, stated.split(), size))
    return GONE if GONE in found else ODD if ODD in found else ""


def _effect(name: str, stated: Sequence[str], size: float) -> str:
    if name.startswith("translate"):
        return "" if name == "translatez" else _moved(name, stated, size)
    if name.startswith("scale"):
        return "" if name == "scalez" else _scaled([_number(part) for part in stated])
    if name.startswith(("rotate", "skew")):
        return _turned(name, stated)
    if name == "matrix":
        return _by_matrix([_number(part) for part in stated])
    return "" if name == "perspective" and len(stated) == 1 else ODD


def _number(text: str) -> float:
    """A number or a share; not a number where it is neither."""
    if text.endswith("%") and _NUMBER.fullmatch(text[:-1]):
        return float(text[:-1]) / 100
    return float(text) if _NUMBER.fullmatch(text) else math.nan


def _moved(name: str, stated: Sequence[str], size: float) -> str:
    moves = [0.0 if part in ("0%", "-0%") else pixels(part, size) for part in stated[:2]]
    if any(move is not None and move <= -FAR for move in moves):
        return GONE
    return ODD if any(move is None or abs(move) > NEAR for move in moves) else ""


def _scaled(factors: Sequence[float]) -> str:
    seen = factors[:2]
    if any(abs(factor) <= SMALLEST_SCALE for factor in seen):
        return GONE
    return "" if all(factor >= LEAST_SCALE for factor in seen) else ODD


def _turned(name: str, stated: Sequence[str]) -> str:
    angles = [_angle(part) for part in stated]
    known = [angle for angle in angles if angle is not None]
    if not known:
        return ODD
    tilts = name in ("rotatex", "rotatey") or stated[0] in ("x", "y")
    if tilts and any(abs(math.cos(math.radians(angle))) <= SMALLEST_SCALE for angle in known):
        return GONE
    if name.startswith("skew") and any(abs(math.cos(math.radians(angle))) <= SMALLEST_SCALE for angle in known):
        return GONE
    return "" if all(angle % 360 == 0 for angle in known) and len(known) == len(angles) else ODD


def _angle(text: str) -> float | None:
    match = _NUMBER.match(text)
    unit = text[match.end() :] if match else None
    return float(match[0]) * _DEGREES[unit] if match and unit in _DEGREES else None


def _by_matrix(numbers: Sequence[float]) -> str:
    if len(numbers) != 6 or any(map(math.isnan, numbers)):
        return ODD
    a, b, c, d, across, down = numbers
    if abs(a * d - b * c) <= SMALLEST_SCALE**2:
        return GONE
    is_plain = b == c == 0 and a >= LEAST_SCALE and d >= LEAST_SCALE
    return "" if is_plain and max(abs(across), abs(down)) <= NEAR else ODD
