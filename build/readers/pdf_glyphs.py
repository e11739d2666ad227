"""What pdfium tells of a single glyph that may mislead: its place, and whether its character is known.

pdfium's box of a glyph with its bearings is wrong by the height of the whole page where a font writes downwards or the
font's size in the file is not the size in which it is printed, and its boxes of drawn (Type 3) glyphs leave out the
matrix of the form they stand in. A glyph's origin and size are right in all of them.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pypdfium2.raw as pdfium_c

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

RISE, FALL = 0.88, 0.12
"""How far a Chinese glyph reaches above and below its base line, in em."""
LARGEST, SMALLEST = 3.0, 0.75
"""A box this many times as high as its glyph's larger side, or lower than this share of it, is looked at closely."""
AGREES = 1.6
"""A box is right if its height and the glyph's em are within this factor."""
EVERY = 8
"""Of Chinese characters one in so many is asked whether it is known: a font knows all of its characters or none."""
INK = 0.05
"""A glyph whose box is smaller than this, in points, prints nothing."""


def unchecked(function: Any, result: type[Any], *arguments: type[Any]) -> Callable[..., Any]:
    """A function of pdfium that is called for every word: without the binding's own check of each argument.

    That check takes several times as long as the call. Pointers must be of the right kind: a page or text page as
    pypdfium2 has it, a place from below to put the answer in.
    """
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_LOOSE = pdfium_c.FS_RECTF()
_LOOSE_AT = ctypes.byref(_LOOSE)
_TIGHT = (ctypes.c_double * 4)()
_SIDES = tuple(ctypes.byref(_TIGHT, ctypes.sizeof(ctypes.c_double) * number) for number in range(4))
_ORIGIN = (ctypes.c_double * 2)()
_ORIGIN_X, _ORIGIN_Y = (ctypes.byref(_ORIGIN, ctypes.sizeof(ctypes.c_double) * number) for number in range(2))

_loose_box = unchecked(pdfium_c.FPDFText_GetLooseCharBox, ctypes.c_int)
_tight_box = unchecked(pdfium_c.FPDFText_GetCharBox, ctypes.c_int)
_origin_of = unchecked(pdfium_c.FPDFText_GetCharOrigin, ctypes.c_int)
_text_object = unchecked(pdfium_c.FPDFText_GetTextObject, ctypes.c_void_p)
_has_no_character = unchecked(pdfium_c.FPDFText_HasUnicodeMapError, ctypes.c_int)
_is_generated = unchecked(pdfium_c.FPDFText_IsGenerated, ctypes.c_int)


# Places ----------------------------------------------------------------------------------------------------------


def glyph_box(text: Any, index: int) -> Box:
    """Left, bottom, right and top of an upright glyph, with its bearings."""
    _loose_box(text, index, _LOOSE_AT)
    loose = _LOOSE.left, _LOOSE.bottom, _LOOSE.right, _LOOSE.top
    _tight_box(text, index, *_SIDES)
    left, right, bottom, top = _TIGHT
    larger, height = max(right - left, top - bottom), loose[3] - loose[1]
    _origin_of(text, index, _ORIGIN_X, _ORIGIN_Y)
    x, y = _ORIGIN[0], _ORIGIN[1]
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


class FormPlaces:
    """Where glyphs are seen on a page with moved forms.

    pdfium's origin and boxes of drawn (Type 3) glyphs lack the form's matrix, but the matrix of their text object has
    it. ``matrices``: of the forms, as they apply on the page.
    """

    def __init__(self, text: Any, matrices: Sequence[Matrix]) -> None:
        self.text = text
        self.matrices = matrices
        self.found: dict[int, Matrix] = {}

    def box(self, index: int) -> Box:
        """The box of an upright glyph where it is seen."""
        item = _text_object(self.text, index) or 0
        if item not in self.found:
            self.found[item] = self._lacking(index) if item else IDENTITY
        return moved(glyph_box(self.text, index), self.found[item])

    def _lacking(self, index: int) -> Matrix:
        """The form's matrix that the places of a text object lack: the one that takes its first glyph to its place."""
        place = pdfium_c.FS_MATRIX()
        if not pdfium_c.FPDFText_GetMatrix(self.text, index, place):
            return IDENTITY
        _origin_of(self.text, index, _ORIGIN_X, _ORIGIN_Y)
        x, y = _ORIGIN[0], _ORIGIN[1]
        em = em_of(self.text, index)

        def distance(matrix: Matrix) -> float:
            a, b, c, d, e, f = matrix
            return math.hypot(x * a + y * c + e - place.e, x * b + y * d + f - place.f)

        best = min((IDENTITY, *self.matrices), key=distance)
        return best if distance(best) < em and distance(IDENTITY) > 2 * em else IDENTITY


def moved(box: Box, matrix: Matrix) -> Box:
    """The box that holds a box's corners where a matrix takes them."""
    if matrix == IDENTITY:
        return box
    a, b, c, d, e, f = matrix
    corners = [(x * a + y * c + e, x * b + y * d + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _around(x: float, y: float, em: float) -> Box:
    return x - em / 2, y - em / 2, x + em / 2, y + em / 2


def advance_of(text: Any, index: int, em: float) -> float:
    """How far the next glyph is set off, as usual for the character."""
    wide = unicodedata.east_asian_width(chr(pdfium_c.FPDFText_GetUnicode(text, index))) in "WF"
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
        yield bool(_has_no_character(text, match.start()))
    for index in range(0, len(whole), EVERY):
        yield is_unknown(text, index, ord(whole[index]))


def is_unknown(text: Any, index: int, code: int) -> bool:
    """Whether a glyph is printed whose character the file does not tell."""
    if _is_generated(text, index):
        return False
    if _has_no_character(text, index) or code < 0x20 or 0x7F <= code < 0xA0:
        return _prints_ink(text, index) and pdfium_c.FPDFText_IsHyphen(text, index) != 1
    return False


def _prints_ink(text: Any, index: int) -> bool:
    _tight_box(text, index, *_SIDES)
    left, right, bottom, top = _TIGHT
    return right - left > INK and top - bottom > INK
