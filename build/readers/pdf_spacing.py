"""Figures set wide (letter-spaced) → one figure each, where lines round the cell and even gaps prove that it is one.

pdfium writes a space into every wide gap, so that ``48213`` set wide reads ``4 8 2 1 3``, which might be five figures.
It is one if it stands alone between two column lines, all its gaps are alike and no figure has such a first digit as 0.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium_c

from .pdf_calls import is_generated
from .pdf_glyphs import glyph_box
from .pdf_places import Box, Ruling

EVEN = 0.06
"""Gaps within one figure, or the steps from digit to digit, differ by at most this many em, …"""
WIDEST = 0.6
"""… and none is wider than this: columns stand further apart."""
ENOUGH = 3
"""So many glyphs with even gaps prove how wide a page sets its figures; fewer count if their gap is the same."""
MOST_IN_CELL = 64
"""So many characters of a cell are looked at."""

_WIDE_FIGURE = re.compile(r"(?<!\S)\d[\d.,]*(?:[ \r\n]+[\d.,]+)+(?!\S)")


@dataclass(frozen=True, slots=True)
class WideFigure:
    """A figure set wide: where it stands in the page's text, its characters, its box, and its gap in em."""

    start: int
    end: int
    text: str
    box: Box
    gap: float


def wide_figures(text: Any, whole: str, frame: Box, verticals: Sequence[Ruling]) -> list[WideFigure]:
    """The figures of a page that are set wide beyond doubt. ``verticals``: its column lines, y from the upper edge."""
    if not verticals:
        return []
    found = [figure for figure in _candidates(text, whole) if _stands_alone(text, figure, frame, verticals)]
    proven = [figure.gap for figure in found if len(figure.text) >= ENOUGH]
    return [figure for figure in found if any(abs(figure.gap - gap) <= EVEN for gap in proven)]


def _candidates(text: Any, whole: str) -> Iterator[WideFigure]:
    for match in _WIDE_FIGURE.finditer(whole):
        places = range(*match.span())
        glyphs = [(at, glyph_box(text, at)) for at in places if not whole[at].isspace()]
        for group in _close_together(glyphs):
            figure = _figure(whole, group) if len(group) > 1 else None
            if figure is not None and _is_untyped(text, whole, figure):
                yield figure


def _close_together(glyphs: Sequence[tuple[int, Box]]) -> list[list[tuple[int, Box]]]:
    """Glyphs parted where a gap is as wide as between columns."""
    groups = [[glyphs[0]]]
    for (_, before), glyph in pairwise(glyphs):
        em = before[3] - before[1]
        if not 0 < glyph[1][0] - before[2] <= WIDEST * em or abs(glyph[1][1] - before[1]) > EVEN * em:
            groups.append([])
        groups[-1].append(glyph)
    return groups


def _figure(whole: str, glyphs: Sequence[tuple[int, Box]]) -> WideFigure | None:
    """The figure that glyphs set at even distances are; None if they are not, or stand side by side as usual."""
    start, end, boxes = glyphs[0][0], glyphs[-1][0] + 1, [box for _, box in glyphs]
    digits = "".join(whole[start:end].split())
    if digits == whole[start:end] or digits[0] == "0":
        return None
    em = max(top - bottom for _, bottom, _, top in boxes)
    gaps = [(second[0] - first[2]) / em for first, second in pairwise(boxes)]
    steps = [(second[0] - first[0]) / em for first, second in pairwise(boxes)]
    if not (_are_even(gaps) or _are_even(steps)):
        return None
    box = boxes[0][0], boxes[0][1], boxes[-1][2], boxes[0][3]
    return WideFigure(start, end, digits, box, sum(gaps) / len(gaps))


def _is_untyped(text: Any, whole: str, figure: WideFigure) -> bool:
    """Whether no space between the digits stands in the file: pdfium writes one where it sees a gap."""
    spaces = [at for at in range(figure.start, figure.end) if whole[at].isspace()]
    return all(is_generated(text, at) == 1 for at in spaces)


def _are_even(distances: Sequence[float]) -> bool:
    return max(distances) - min(distances) <= EVEN


def _stands_alone(text: Any, figure: WideFigure, frame: Box, verticals: Sequence[Ruling]) -> bool:
    """Whether lines stand on both sides of a figure and nothing else between them beside it."""
    x0, y0, x1, y1 = figure.box
    middle = frame[3] - (y0 + y1) / 2
    ats = [ruling.at + frame[0] for ruling in verticals if ruling.start <= middle <= ruling.end]
    before, behind = [at for at in ats if at <= x0], [at for at in ats if at >= x1]
    if not before or not behind or len(before) + len(behind) < len(ats):
        return False
    buffer = (ctypes.c_ushort * MOST_IN_CELL)()
    pdfium_c.FPDFText_GetBoundedText(text, max(before), y1, min(behind), y0, buffer, MOST_IN_CELL)
    shown = bytes(buffer).decode("utf-16-le", "replace").replace("\x00", "")
    return "".join(shown.split()) == figure.text
