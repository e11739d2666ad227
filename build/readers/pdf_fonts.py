"""Characters of glyphs for which a PDF names none, from the tables of the fonts that the file carries.

A TrueType font in a file may still hold its own table (``cmap``) of which glyph, by number, stands for which character.
pdfium gives the code that such a glyph has in the file. That this code is the glyph's number is proven, not assumed:
the file's font must draw each of its codes dot for dot as the font alone draws the glyph of that number, and the glyph
must stand on the page in the size that its outline has. One code that differs, and nothing is taken from that font.
A table that lies about its own glyphs cannot be told from one that does not.
"""

from __future__ import annotations

import ctypes
import io
import logging
import re
import struct
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from unicodedata import decomposition

import pypdfium2.raw as pdfium_c
from fontTools.ttLib import TTFont, TTLibError

from .pdf_calls import char_code, char_object, has_no_character
from .pdf_glyphs import ink_box

MAX_FONT = 16 * 1024 * 1024
"""A font of more bytes than this is not looked into."""
DRAWN = 48.0
"""Dots an em in which glyphs are compared."""
SLACK = 0.02
"""So far, in em, a glyph's size on the page may be off that of its outline (pdfium rounds, and hints)."""
MISTAKABLE = "0123456789OoQDlI|BSZ〇"
"""A digit that the font draws just like another of these is not told: nothing on the page says which it is."""

_TRUETYPE = (b"\x00\x01\x00\x00", b"true")
_BMP_TABLES = frozenset([0, 4, 6])
"""The formats of character tables that are looked into; every font with Chinese or Latin characters has one."""
_BROKEN_FONT = (TTLibError, struct.error, LookupError, ValueError, TypeError, AttributeError, AssertionError)
_FORM = re.compile("[0-9A-F]|<compat>")
"""How a character stands in the Unicode tables that is but a form of another."""
_RIGHT_TO_LEFT = frozenset({"R", "AL"})

logging.getLogger("fontTools").setLevel(logging.CRITICAL)  # what a broken font lacks is told as a problem

Drawing = tuple[int, int, bytes]
"""Width and height in dots, and the dots."""


@dataclass(frozen=True, slots=True)
class _Program:
    """What a font says of its glyphs, by number: their characters, and the width and height of their outlines in em."""

    characters: Mapping[int, str]
    sizes: Mapping[int, tuple[float, float]]


def characters_from_fonts(document: Any, text: Any, unknown: Collection[int]) -> dict[int, str]:
    """Character by glyph of a text page, for those of the ``unknown`` glyphs whose font proves to tell it.

    ``document``: pdfium's handle of the file.
    """
    told: dict[int, str] = {}
    if any(unicodedata.bidirectional(chr(char_code(text, index))) in _RIGHT_TO_LEFT for index in unknown):
        return told  # pdfium turns such a text round, and brackets in it
    for font, codes in _codes_by_font(text, unknown):
        data = _embedded(font)
        program = _program(data) if data else None
        if data is None or program is None or not all(_fits(text, index, program, codes[index]) for index in codes):
            continue
        characters = _proven(document, font, data, program, frozenset(codes.values()))
        told |= {index: characters[code] for index, code in codes.items() if code in characters}
    return told


def _codes_by_font(text: Any, unknown: Iterable[int]) -> Iterator[tuple[Any, dict[int, int]]]:
    """Each font with the glyphs that are printed in it, and their codes in the file."""
    fonts: dict[int, Any] = {}
    codes: dict[int, dict[int, int]] = defaultdict(dict)
    for index in unknown:
        item = char_object(text, index)
        font = pdfium_c.FPDFTextObj_GetFont(ctypes.cast(item, pdfium_c.FPDF_PAGEOBJECT)) if item else None
        if not font or not has_no_character(text, index):
            continue
        address = ctypes.cast(font, ctypes.c_void_p).value or 0
        fonts[address] = font
        codes[address][index] = char_code(text, index)
    for address, font in fonts.items():
        yield font, codes[address]


def _embedded(font: Any) -> bytes | None:
    """The font program that the file holds, None where it holds none."""
    if pdfium_c.FPDFFont_GetIsEmbedded(font) != 1:
        return None
    size = ctypes.c_size_t()
    if not pdfium_c.FPDFFont_GetFontData(font, None, 0, size) or not 0 < size.value <= MAX_FONT:
        return None
    buffer = (ctypes.c_uint8 * size.value)()
    return bytes(buffer) if pdfium_c.FPDFFont_GetFontData(font, buffer, size.value, size) else None


# The font's own table --------------------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def _program(data: bytes) -> _Program | None:
    """What a TrueType font says of its glyphs; None where it is of another kind, broken, or says nothing."""
    if not data.startswith(_TRUETYPE):
        return None
    try:
        font = TTFont(io.BytesIO(data), lazy=True)
        names = [str(number) for number in range(font["maxp"].numGlyphs)]
        font.setGlyphOrder(names)
        characters = _characters(font)
        return _Program(characters, _sizes(font, len(names))) if characters else None
    except _BROKEN_FONT:
        return None


def _characters(font: TTFont) -> dict[int, str]:
    """Character by glyph number; a glyph of several characters has none, unless they are forms of one."""
    meant: dict[int, set[str]] = defaultdict(set)
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format in _BMP_TABLES:
            for code, name in table.cmap.items():
                if chr(code).isprintable():
                    meant[int(name)].add(chr(code))
    return {number: char for number, chars in meant.items() if (char := _one_of(chars))}


def _one_of(chars: Collection[str]) -> str:
    """The character that all are forms of, "" if there is none: ⼀ is a form of 一, but ² is another sign than 2."""
    if len(chars) > 1:
        chars = {unicodedata.normalize("NFKC", char) if _FORM.match(decomposition(char)) else char for char in chars}
    return min(chars) if len(chars) == 1 else ""


def _sizes(font: TTFont, count: int) -> dict[int, tuple[float, float]]:
    em, places, outlines = font["head"].unitsPerEm, font["loca"], font.reader["glyf"]
    sizes: dict[int, tuple[float, float]] = {}
    for number in range(count):
        if places[number + 1] > places[number]:
            x0, y0, x1, y1 = struct.unpack_from(">4h", outlines, places[number] + 2)
            sizes[number] = (x1 - x0) / em, (y1 - y0) / em
    return sizes


# The proof -------------------------------------------------------------------------------------------------------


def _fits(text: Any, index: int, program: _Program, code: int) -> bool:
    """Whether a glyph stands on the page in the size that the outline of the glyph with that number has."""
    matrix = pdfium_c.FS_MATRIX()
    if code not in program.sizes or not pdfium_c.FPDFText_GetMatrix(text, index, matrix):
        return False
    size = float(pdfium_c.FPDFText_GetFontSize(text, index))
    width, height = program.sizes[code]
    left, bottom, right, top = ink_box(text, index)
    across = size * (abs(matrix.a) * width + abs(matrix.c) * height)
    upwards = size * (abs(matrix.b) * width + abs(matrix.d) * height)
    slack = SLACK * size * max(abs(matrix.a) + abs(matrix.c), abs(matrix.b) + abs(matrix.d))
    return bool(abs(right - left - across) <= slack and abs(top - bottom - upwards) <= slack)


def _proven(document: Any, font: Any, data: bytes, program: _Program, codes: Collection[int]) -> dict[int, str]:
    """Character by code, if every code is drawn as the glyph of that number; those that look like others left out."""
    with _font_alone(data) as (other, alone):
        if not alone or not all(
            _is_same(_drawing(document, font, code), _drawing(other, alone, code)) for code in codes
        ):
            return {}
        looks = {
            number: _drawing(other, alone, number) for number, char in program.characters.items() if char in MISTAKABLE
        }
        told = {code: program.characters[code] for code in codes if code in program.characters}
        return {code: char for code, char in told.items() if not _is_mistakable(code, char, program, looks)}


def _is_mistakable(code: int, char: str, program: _Program, looks: Mapping[int, Drawing | None]) -> bool:
    """Whether the font draws another sign just as it draws this one."""
    return code in looks and any(
        look == looks[code] and program.characters[number] != char for number, look in looks.items()
    )


def _is_same(one: Drawing | None, other: Drawing | None) -> bool:
    return one is not None and one == other and any(one[2])


@contextmanager
def _font_alone(data: bytes) -> Iterator[tuple[Any, Any]]:
    """A document with nothing but the font, in which a glyph's code is its number; the font is None if broken."""
    document = pdfium_c.FPDF_CreateNewDocument()
    buffer = (ctypes.c_uint8 * len(data)).from_buffer_copy(data)
    font = pdfium_c.FPDFText_LoadFont(document, buffer, len(data), pdfium_c.FPDF_FONT_TRUETYPE, True)
    try:
        yield document, font
    finally:
        if font:
            pdfium_c.FPDFFont_Close(font)
        pdfium_c.FPDF_CloseDocument(document)


def _drawing(document: Any, font: Any, code: int) -> Drawing | None:
    """How a font draws a code, None where it draws nothing."""
    item = pdfium_c.FPDFPageObj_CreateTextObj(document, font, DRAWN)
    if not item:
        return None
    try:
        pdfium_c.FPDFText_SetCharcodes(item, (ctypes.c_uint32 * 1)(code), 1)
        bitmap = pdfium_c.FPDFTextObj_GetRenderedBitmap(document, None, item, 1.0)
        return _dots(bitmap) if bitmap else None
    finally:
        pdfium_c.FPDFPageObj_Destroy(item)


def _dots(bitmap: Any) -> Drawing:
    width, height = pdfium_c.FPDFBitmap_GetWidth(bitmap), pdfium_c.FPDFBitmap_GetHeight(bitmap)
    size = pdfium_c.FPDFBitmap_GetStride(bitmap) * height
    dots = ctypes.string_at(pdfium_c.FPDFBitmap_GetBuffer(bitmap), size)
    pdfium_c.FPDFBitmap_Destroy(bitmap)
    return width, height, dots
