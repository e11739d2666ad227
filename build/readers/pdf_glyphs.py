"""What pdfium tells of a single glyph that may mislead: its place, and whether its character is known.

pdfium's box of a glyph with its bearings is wrong by the height of the whole page where a font writes downwards or the
font's size in the file is not the size in which it is printed, and its boxes of drawn (Type 3) glyphs leave out the
matrix of the form they stand in. A glyph's origin and size are right in all of them.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pypdfium2.raw as pdfium_c

from .pdf_calls import (
    BOX,
    EDGES,
    INK,
    RECT,
    char_code,
    char_ink,
    char_object,
    char_origin,
    has_no_character,
    is_generated,
    loose_box,
    render_mode,
)
from .pdf_places import IDENTITY, Box, Matrix, moved

RISE, FALL = 0.88, 0.12
"""How far a Chinese glyph reaches above and below its base line, in em."""
LARGEST, SMALLEST = 3.0, 0.75
"""A box this many times as high as its glyph's larger side, or lower than this share of it, is looked at closely."""
AGREES = 1.6
"""A box is right if its height and the glyph's em are within this factor."""
EVERY = 8
"""Of Chinese characters one in so many is asked whether it is known: a font knows all of its characters or none."""
UNKNOWN = 0xFFFD
"""Stands for a glyph that stands for no character."""
LEAST_INK = 0.05
"""A glyph whose box is smaller than this, in points, prints nothing."""


# Places ----------------------------------------------------------------------------------------------------------


def glyph_box(text: Any, index: int) -> Box:
    """Left, bottom, right and top of an upright glyph, with its bearings."""
    loose_box(text, index, RECT)
    x0, y1, x1, y0 = BOX[:]
    loose = x0, y0, x1, y1
    left, bottom, right, top = ink_box(text, index)
    larger, height = max(right - left, top - bottom), y1 - y0
    x, y = _origin(text, index)
    near = loose[0] - height <= x <= loose[2] + height and loose[1] - height <= y <= loose[3] + height
    if near and SMALLEST * larger <= height <= LARGEST * larger:
        return loose
    em = em_of(text, index)
    if near and em / AGREES <= height <= em * AGREES:
        return loose
    inside = abs((left + right) / 2 - x) <= 2 * em and abs((bottom + top) / 2 - y) <= 2 * em
    if inside and larger > 0:
        return _around((left + right) / 2, (bottom + top) / 2, max(larger, em))
    return x, y - FALL * em, x + advance_of(text, index, em), y + RISE * em


def ink_box(text: Any, index: int) -> Box:
    """Left, bottom, right and top of what a glyph prints."""
    char_ink(text, index, *EDGES)
    left, right, bottom, top = INK[:]
    return left, bottom, right, top


def _origin(text: Any, index: int) -> tuple[float, float]:
    char_origin(text, index, EDGES[0], EDGES[1])
    return INK[0], INK[1]


class Glyphs:
    """What the glyphs of a page stand for, and where they are seen, also on a page with moved forms.

    pdfium's origin and boxes of drawn (Type 3) glyphs lack the form's matrix, but the matrix of their text object has
    it. ``matrices``: of the forms, as they apply on the page; none on most pages. ``told``: the characters that the
    file does not tell, but its fonts do.
    """

    def __init__(self, text: Any, matrices: Sequence[Matrix], told: Mapping[int, str]) -> None:
        self.text = text
        self.matrices = matrices
        self.told = told
        self.found: dict[int, Matrix] = {}

    def code(self, index: int) -> int:
        """The code point that a glyph stands for, U+FFFD if nothing tells it."""
        if index in self.told:
            return ord(self.told[index])
        code: int = char_code(self.text, index)
        return UNKNOWN if is_unknown(self.text, index, code) else code

    def box(self, index: int) -> Box:
        """The box of an upright glyph with its bearings."""
        return moved(glyph_box(self.text, index), self._lacking(index))

    def ink(self, index: int) -> Box:
        """The box of what a glyph prints."""
        return moved(ink_box(self.text, index), self._lacking(index))

    def _lacking(self, index: int) -> Matrix:
        """The form's matrix that the places of a glyph lack."""
        item = (char_object(self.text, index) or 0) if self.matrices else 0
        if item not in self.found:
            self.found[item] = self._nearest(index) if item else IDENTITY
        return self.found[item]

    def _nearest(self, index: int) -> Matrix:
        """The form's matrix that takes a text object's first glyph to its place."""
        place = pdfium_c.FS_MATRIX()
        if not pdfium_c.FPDFText_GetMatrix(self.text, index, place):
            return IDENTITY
        x, y = _origin(self.text, index)
        em = em_of(self.text, index)

        def distance(matrix: Matrix) -> float:
            a, b, c, d, e, f = matrix
            return math.hypot(x * a + y * c + e - place.e, x * b + y * d + f - place.f)

        best = min((IDENTITY, *self.matrices), key=distance)
        return best if distance(best) < em and distance(IDENTITY) > 2 * em else IDENTITY


def _around(x: float, y: float, em: float) -> Box:
    return x - em / 2, y - em / 2, x + em / 2, y + em / 2


def advance_of(text: Any, index: int, em: float) -> float:
    """How far the next glyph is set off, as usual for the character."""
    wide = unicodedata.east_asian_width(chr(char_code(text, index))) in "WF"
    return em if wide else em / 2


def em_of(text: Any, index: int) -> float:
    """The size in which a glyph is printed: its font's size, scaled as the text is."""
    matrix = pdfium_c.FS_MATRIX()
    scale = math.hypot(matrix.a, matrix.b) if pdfium_c.FPDFText_GetMatrix(text, index, matrix) else 1.0
    return float(pdfium_c.FPDFText_GetFontSize(text, index)) * scale


# Characters ------------------------------------------------------------------------------------------------------

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_NO_CHINESE = re.compile("[^\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\\s\x00-\x1f\x7f-\x9f]")


def unknown_glyphs(text: Any, whole: str) -> frozenset[int]:
    """Which glyphs of a page stand for no character: the font has no table of them, or one that names glyph numbers.

    ``whole``: the page's text as pdfium gives it. A control character that prints ink is no character.
    """
    if not any(_suspects(text, whole)):
        return frozenset()
    return frozenset(index for index in range(len(whole)) if is_unknown(text, index, ord(whole[index])))


def _suspects(text: Any, whole: str) -> Iterator[bool]:
    for match in _CONTROL.finditer(whole):
        yield is_unknown(text, match.start(), ord(match[0]))
    for match in _NO_CHINESE.finditer(whole):
        yield bool(has_no_character(text, match.start()))
    for index in range(0, len(whole), EVERY):
        yield is_unknown(text, index, ord(whole[index]))


def is_unknown(text: Any, index: int, code: int) -> bool:
    """Whether a glyph is printed whose character the file does not tell."""
    if is_generated(text, index):
        return False
    if has_no_character(text, index) or code < 0x20 or 0x7F <= code < 0xA0:
        return _prints_ink(text, index) and pdfium_c.FPDFText_IsHyphen(text, index) != 1
    return False


def _prints_ink(text: Any, index: int) -> bool:
    """Whether a glyph has an outline and is not invisible, as the text is that programs set below a scan."""
    left, bottom, right, top = ink_box(text, index)
    if right - left <= LEAST_INK or top - bottom <= LEAST_INK:
        return False
    return bool(render_mode(char_object(text, index)) != pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE)
