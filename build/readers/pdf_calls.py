"""Functions of pdfium that are called for every word or object of a page, without the binding's check of arguments."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium_c


def unchecked(function: Any, result: type[Any], *arguments: type[Any]) -> Callable[..., Any]:
    """A function of pdfium that is called for every word: without the binding's own check of each argument.

    That check takes several times as long as the call. Pointers must be of the right kind: a page or text page as
    pypdfium2 has it, an object's address, a place from below to put the answer in.
    """
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


BOX = (ctypes.c_float * 4)()
"""Where pdfium puts a box: as FS_RECTF (left, top, right, bottom), or four sides in the order they are asked for."""
SIDES = tuple(ctypes.byref(BOX, ctypes.sizeof(ctypes.c_float) * number) for number in range(4))
RECT = SIDES[0]

COLOUR = (ctypes.c_uint * 4)()
"""Where pdfium puts a colour: red, green, blue and alpha, of 255."""
PARTS = tuple(ctypes.byref(COLOUR, ctypes.sizeof(ctypes.c_uint) * number) for number in range(4))

INK = (ctypes.c_double * 4)()
"""Where pdfium puts the box of a glyph's ink: left, right, bottom, top; or a glyph's origin in the first two."""
EDGES = tuple(ctypes.byref(INK, ctypes.sizeof(ctypes.c_double) * number) for number in range(4))

_ADDRESS = ctypes.c_void_p

loose_box = unchecked(pdfium_c.FPDFText_GetLooseCharBox, ctypes.c_int)
char_angle = unchecked(pdfium_c.FPDFText_GetCharAngle, ctypes.c_float)
char_code = unchecked(pdfium_c.FPDFText_GetUnicode, ctypes.c_uint)
char_ink = unchecked(pdfium_c.FPDFText_GetCharBox, ctypes.c_int)
char_origin = unchecked(pdfium_c.FPDFText_GetCharOrigin, ctypes.c_int)
char_object = unchecked(pdfium_c.FPDFText_GetTextObject, _ADDRESS)
has_no_character = unchecked(pdfium_c.FPDFText_HasUnicodeMapError, ctypes.c_int)
is_generated = unchecked(pdfium_c.FPDFText_IsGenerated, ctypes.c_int)
page_object = unchecked(pdfium_c.FPDFPage_GetObject, _ADDRESS)
form_object = unchecked(pdfium_c.FPDFFormObj_GetObject, _ADDRESS)
object_kind = unchecked(pdfium_c.FPDFPageObj_GetType, ctypes.c_int, _ADDRESS)
draw_mode = unchecked(pdfium_c.FPDFPath_GetDrawMode, ctypes.c_int)
word_bounds = unchecked(pdfium_c.FPDFPageObj_GetBounds, ctypes.c_int, _ADDRESS, *[_ADDRESS] * 4)
render_mode = unchecked(pdfium_c.FPDFTextObj_GetTextRenderMode, ctypes.c_int, _ADDRESS)
fill_colour = unchecked(pdfium_c.FPDFPageObj_GetFillColor, ctypes.c_int, _ADDRESS, *[_ADDRESS] * 4)
count_marks = unchecked(pdfium_c.FPDFPageObj_CountMarks, ctypes.c_int, _ADDRESS)
mark_of = unchecked(pdfium_c.FPDFPageObj_GetMark, _ADDRESS, _ADDRESS, ctypes.c_ulong)
mark_words = unchecked(
    pdfium_c.FPDFPageObjMark_GetParamStringValue, ctypes.c_int, *[_ADDRESS] * 3, ctypes.c_ulong, _ADDRESS
)
has_transparency = unchecked(pdfium_c.FPDFPageObj_HasTransparency, ctypes.c_int, _ADDRESS)
clip_of = unchecked(pdfium_c.FPDFPageObj_GetClipPath, _ADDRESS, _ADDRESS)
clip_paths = unchecked(pdfium_c.FPDFClipPath_CountPaths, ctypes.c_int, _ADDRESS)
clip_segments = unchecked(pdfium_c.FPDFClipPath_CountPathSegments, ctypes.c_int, _ADDRESS, ctypes.c_int)
clip_segment = unchecked(pdfium_c.FPDFClipPath_GetPathSegment, _ADDRESS, _ADDRESS, ctypes.c_int, ctypes.c_int)
segment_point = unchecked(pdfium_c.FPDFPathSegment_GetPoint, ctypes.c_int, _ADDRESS, _ADDRESS, _ADDRESS)
