"""Which glyphs of a page a person does not see, for their colour, mode, size, layer or clip, or what covers them.

Objects that may hide text are looked for first, and most pages have none. Where there is one, pdfium draws the page
twice, with and without the doubtful words: a glyph is seen if it makes a difference. Rendering thus decides over
colours, transparency, layers, clips and covers alike, and over all of them together.
"""

from __future__ import annotations

import ctypes
import math
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import sub
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ..document import HIDDEN
from .pdf_calls import (
    BOX,
    COLOUR,
    EDGES,
    INK,
    PARTS,
    SIDES,
    char_ink,
    char_object,
    clip_of,
    clip_paths,
    clip_segment,
    clip_segments,
    count_marks,
    fill_colour,
    is_see_through,
    render_mode,
    segment_point,
    word_bounds,
)
from .pdf_places import Box, Matrix, moved

DARK = 128
"""A colour of no more light than this, of 255, stands out on paper; on such a ground black does not."""
SOLID = 230
"""A fill of at least this alpha, of 255, stands out."""
SEEN = 32
"""A glyph is seen if it changes some dots of the page by this much, of 255, in one colour."""
FAINT, FIRM = 96, 160
"""Digits that change the page by no more than FAINT are no part of a number whose other digits change it by FIRM.

Chromium prints white text in a grey that changes it by 84.
"""
SCALE = 2.0
"""Dots a point in which glyphs are looked at."""
MAX_DOTS = 8_000_000
"""A larger part of a page is looked at in fewer dots."""
MAX_APART = 100
"""So many words that lie on other doubtful words are looked at one by one."""
MAX_PAIRS = 200_000
"""With more pairs of words and covers than this all words are doubtful."""
SCAN_SHARE = 0.3
"""A picture that covers this share of a page shows the words that stand under it."""
UNSEEN_MODES = frozenset([pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP])

_LAYER = "OC"


class Word(NamedTuple):
    """A text object: its place in the order of drawing, its address, and the matrix from its form to the page.

    ``doubtful``: it stands in a form (which may be switched off as a whole) or in a layer.
    """

    order: int
    address: int
    matrix: Matrix
    doubtful: bool


class Cover(NamedTuple):
    """What fills an area: a filled path, a picture or a shading. ``dark``: text of any colour may be lost on it."""

    order: int
    box: Box
    dark: bool
    picture: bool


@dataclass(slots=True)
class Drawn:
    """Text objects and areas of a page, in the order of drawing."""

    words: list[Word] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)
    order: int = 0

    def add_word(self, address: int, matrix: Matrix, doubtful: bool) -> None:
        """Note a text object."""
        self.order += 1
        self.words.append(Word(self.order, address, matrix, doubtful))

    def add_cover(self, address: int, box: Box, *, picture: bool) -> None:
        """Note an area; of a filled path its colour is asked."""
        self.order += 1
        plain = not picture and fill_colour(address, *PARTS) and COLOUR[3] >= SOLID
        self.covers.append(Cover(self.order, box, not plain or _light() <= DARK, picture))


def _light() -> float:
    red, green, blue, _ = COLOUR[:]
    return float(0.3 * red + 0.59 * green + 0.11 * blue)


def has_layer(address: int) -> bool:
    """Whether an object stands in content that a layer may switch off."""
    return any(_mark_name(address, number) == _LAYER for number in range(count_marks(address)))


def _mark_name(address: int, number: int) -> str:
    item = ctypes.cast(address, pdfium_c.FPDF_PAGEOBJECT)
    mark = pdfium_c.FPDFPageObj_GetMark(item, number)
    buffer = (ctypes.c_ushort * 16)()
    length = ctypes.c_ulong()
    if not pdfium_c.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), length):
        return ""
    return bytes(buffer)[: max(length.value - 2, 0)].decode("utf-16-le", "replace")


# Words in doubt --------------------------------------------------------------------------------------------------


def _doubtful(drawn: Drawn) -> dict[int, Word]:
    """The text objects that may not be seen, by address; none on most pages."""
    found = {word.address: word for word in drawn.words if _is_doubtful(word)}
    return found | {word.address: word for word in _beside_covers(drawn)}


def _is_doubtful(word: Word) -> bool:
    address = word.address
    if word.doubtful or render_mode(address) != pdfium_c.FPDF_TEXTRENDERMODE_FILL or is_see_through(address):
        return True
    if not fill_colour(address, *PARTS) or COLOUR[3] < SOLID or _light() > DARK:
        return True
    return (count_marks(address) > 0 and has_layer(address)) or _is_clipped(word)


def _is_clipped(word: Word) -> bool:
    """Whether a text object reaches over the box of its clip (of a clip that is no box, over any part of it)."""
    clip = clip_of(word.address)
    paths = clip_paths(clip)
    if paths <= 0:
        return False
    left, bottom, right, top = _bounds(word.address)
    return any(
        left < x0 or right > x1 or bottom < y0 or top > y1
        for x0, y0, x1, y1 in (_clip_box(clip, path) for path in range(paths))
    )


def _clip_box(clip: int, path: int) -> Box:
    """The box between the first and the third corner of a clip; an empty one where it has fewer."""
    if clip_segments(clip, path) <= 2:
        return math.inf, math.inf, -math.inf, -math.inf
    segment_point(clip_segment(clip, path, 0), SIDES[0], SIDES[1])
    segment_point(clip_segment(clip, path, 2), SIDES[2], SIDES[3])
    x0, y0, x1, y1 = BOX[:]
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _bounds(address: int) -> Box:
    word_bounds(address, *SIDES)
    left, bottom, right, top = BOX[:]
    return left, bottom, right, top


def _beside_covers(drawn: Drawn) -> Iterable[Word]:
    """Words on which something is drawn later, or which stand on something dark."""
    if not drawn.words:
        return ()
    first = drawn.words[0].order
    covers = [cover for cover in drawn.covers if cover.dark or cover.order > first]
    if not covers:
        return ()
    if len(covers) * len(drawn.words) > MAX_PAIRS:
        return drawn.words
    placed = sorted(
        ((word, moved(_bounds(word.address), word.matrix)) for word in drawn.words), key=lambda item: item[1][1]
    )
    bottoms = [box[1] for _, box in placed]
    tallest = max(box[3] - box[1] for _, box in placed)
    return [
        word
        for cover in covers
        for word, box in placed[bisect_left(bottoms, cover.box[1] - tallest) : bisect_right(bottoms, cover.box[3])]
        if (cover.dark or cover.order > word.order) and _meet(box, cover.box)
    ]


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


# Glyphs that are not seen ----------------------------------------------------------------------------------------


class _Glyph(NamedTuple):
    """A glyph of a doubtful word: its place in the text, its character, its ink's box (left, bottom, right, top)."""

    at: int
    char: str
    box: Box
    word: Word


def hidden_glyphs(page: pdfium.PdfPage, text: Any, whole: str, frame: Box, drawn: Drawn) -> dict[int, str]:
    """The glyphs that a person does not see, by index in ``whole``.

    Words in the invisible mode, or below a picture, are seen where a large picture shows them: a scan that OCR was put
    under.
    """
    doubtful = _doubtful(drawn)
    if not doubtful:
        return {}
    glyphs = [glyph for glyph in _glyphs(text, whole, doubtful) if not _is_scanned(glyph, drawn.covers, frame)]
    changes = _changes(page, [glyph for glyph in glyphs if _is_in(glyph.box, frame)])
    unseen = [glyph for glyph in glyphs if changes.get(glyph.at, SEEN) < SEEN]
    again: set[int] = set()
    if 0 < len(unseen) * len(drawn.words) <= MAX_PAIRS:
        told = list(_glyphs(text, whole, {word.address: word for word in drawn.words}))
        again = _printed_again(page, told, unseen, drawn)
    return dict.fromkeys({glyph.at for glyph in unseen} - again | _faint(whole, changes), HIDDEN)


def _printed_again(page: pdfium.PdfPage, told: Sequence[_Glyph], unseen: Sequence[_Glyph], drawn: Drawn) -> set[int]:
    """Glyphs that are not seen where the very same glyph is printed once more.

    Of a glyph that is printed twice on one place pdfium tells the first alone. So the second is where a later word
    makes ink and none of the glyphs (``told``) that pdfium tells of that word stands.
    """
    pairs: dict[Word, list[_Glyph]] = defaultdict(list)
    for word in drawn.words:
        box = moved(_bounds(word.address), word.matrix)
        for glyph in unseen:
            if glyph.word.order < word.order and _is_in(glyph.box, box):
                pairs[word].append(glyph)
    again: set[int] = set()
    for word, glyphs in list(pairs.items())[:MAX_APART]:
        own = [other.box for other in told if other.word.address == word.address]
        free = [glyph._replace(word=word) for glyph in glyphs if not any(_meet(glyph.box, box) for box in own)]
        if free:
            again |= {at for at, change in _changes_alone(page, free).items() if change >= SEEN}
    _set_active({word.address for word in pairs}, True)
    return again


def _glyphs(text: Any, whole: str, doubtful: Mapping[int, Word]) -> Iterator[_Glyph]:
    for index, char in enumerate(whole):
        word = None if char.isspace() else doubtful.get(char_object(text, index) or 0)
        if word is not None and _can_be_drawn(word.address, char):
            char_ink(text, index, *EDGES)
            left, right, bottom, top = INK[:]
            yield _Glyph(index, char, (left, bottom, right, top), word)


def _can_be_drawn(address: int, char: str) -> bool:
    """Whether pdfium has the shape of a glyph anywhere: it has those of Latin ones, others where the file has them."""
    if char.isascii() or render_mode(address) in UNSEEN_MODES:
        return True
    font = pdfium_c.FPDFTextObj_GetFont(ctypes.cast(address, pdfium_c.FPDF_PAGEOBJECT))
    return bool(pdfium_c.FPDFFont_GetIsEmbedded(font) == 1)


def _is_in(box: Box, frame: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return frame[0] <= x <= frame[2] and frame[1] <= y <= frame[3]


def _is_scanned(glyph: _Glyph, covers: Sequence[Cover], frame: Box) -> bool:
    """Whether a large picture shows a word: one that is invisible itself, or was drawn before it."""
    size = (frame[2] - frame[0]) * (frame[3] - frame[1])
    unseen = render_mode(glyph.word.address) in UNSEEN_MODES
    return any(
        (unseen or cover.order > glyph.word.order)
        and (cover.box[2] - cover.box[0]) * (cover.box[3] - cover.box[1]) > SCAN_SHARE * size
        and _is_in(glyph.box, cover.box)
        for cover in covers
        if cover.picture
    )


def _faint(whole: str, changes: Mapping[int, int]) -> set[int]:
    """Faint digits of a number that has firm ones; what is not in doubt is firm."""
    if not any(SEEN <= change <= FAINT for change in changes.values()):
        return set()
    faint: set[int] = set()
    for number in _NUMBER.finditer(whole):
        places = range(number.start(), number.end())
        pale = {index for index in places if changes.get(index, FIRM) <= FAINT}
        if any(changes.get(index, FIRM) >= FIRM for index in places):
            faint |= pale
    return faint


_NUMBER = re.compile(r"\d[\d.,]*")


# What words change on the page -----------------------------------------------------------------------------------


def _changes(page: pdfium.PdfPage, glyphs: Sequence[_Glyph]) -> dict[int, int]:
    """By how much each glyph changes the page, of 255: the difference between the page with and without the words."""
    if not glyphs:
        return {}
    view = _View(page, [glyph.box for glyph in glyphs])
    shown = view.dots()
    words = {glyph.word.address for glyph in glyphs}
    _set_active(words, False)
    bare = view.dots()
    _set_active(words, True)
    changes = {glyph.at: view.change(glyph.box, shown, bare) for glyph in glyphs}
    for members in _on_others(glyphs, changes):
        changes |= _changes_alone(page, members)
    _set_active(words, True)
    return changes


def _set_active(addresses: Iterable[int], active: bool) -> None:
    for address in addresses:
        pdfium_c.FPDFPageObj_SetIsActive(ctypes.cast(address, pdfium_c.FPDF_PAGEOBJECT), active)


def _on_others(glyphs: Sequence[_Glyph], changes: Mapping[int, int]) -> list[list[_Glyph]]:
    """The glyphs of each word that lies on another doubtful word, in the order of drawing."""
    places: dict[tuple[int, int], list[_Glyph]] = defaultdict(list)
    for glyph in glyphs:
        places[_shelf(glyph.box)].append(glyph)
    words: dict[Word, list[_Glyph]] = defaultdict(list)
    for glyph in glyphs:
        words[glyph.word].append(glyph)
    apart = {
        one.word
        for (column, row), here in places.items()
        for one in here
        if changes[one.at] >= SEEN
        for x in (column - 1, column, column + 1)
        for y in (row - 1, row, row + 1)
        for other in places.get((x, y), ())
        if other.word is not one.word and _is_in(other.box, one.box)
    }
    partners = {other.word for word in apart for one in words[word] for other in _near(one, places)}
    return [words[word] for word in sorted(apart | partners)[:MAX_APART]]


def _near(glyph: _Glyph, places: Mapping[tuple[int, int], Sequence[_Glyph]]) -> Iterator[_Glyph]:
    column, row = _shelf(glyph.box)
    for x in (column - 1, column, column + 1):
        for y in (row - 1, row, row + 1):
            yield from (other for other in places.get((x, y), ()) if _is_in(other.box, glyph.box))


_SHELF = 12.0


def _shelf(box: Box) -> tuple[int, int]:
    return int((box[0] + box[2]) / 2 / _SHELF), int((box[1] + box[3]) / 2 / _SHELF)


def _changes_alone(page: pdfium.PdfPage, glyphs: Sequence[_Glyph]) -> dict[int, int]:
    """What one word changes while the others are there; a word that is not seen stays away, so that its double is."""
    view = _View(page, [glyph.box for glyph in glyphs])
    address = {glyphs[0].word.address}
    shown = view.dots()
    _set_active(address, False)
    bare = view.dots()
    changes = {glyph.at: view.change(glyph.box, shown, bare) for glyph in glyphs}
    if any(change >= SEEN for change in changes.values()):
        _set_active(address, True)
    return changes


class _View:
    """A part of a page, large enough for some boxes, that pdfium draws."""

    def __init__(self, page: pdfium.PdfPage, boxes: Sequence[Box]) -> None:
        self.page = page
        width, height = page.get_size()
        scale = SCALE
        self.size = max(1, round(width * scale)), max(1, round(height * scale))
        while True:
            corners = [self._dot(x, y) for box in boxes for x in (box[0], box[2]) for y in (box[1], box[3])]
            x0, x1 = _reach((x for x, _ in corners), self.size[0])
            y0, y1 = _reach((y for _, y in corners), self.size[1])
            if (x1 - x0) * (y1 - y0) <= MAX_DOTS:
                break
            self.size = max(1, self.size[0] // 2), max(1, self.size[1] // 2)
        self.left, self.top, self.right, self.bottom = x0, y0, x1, y1

    def _dot(self, x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium_c.FPDF_PageToDevice(self.page.raw, 0, 0, *self.size, 0, x, y, across, down)
        return across.value, down.value

    def dots(self) -> list[bytes]:
        """The part as it is drawn now: rows of dots, four bytes each."""
        width, height = self.right - self.left, self.bottom - self.top
        bitmap = pdfium.PdfBitmap.new_native(width, height, pdfium_c.FPDFBitmap_BGRx)
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        pdfium_c.FPDF_RenderPageBitmap(bitmap.raw, self.page.raw, -self.left, -self.top, *self.size, 0, 0)
        drawn, stride = bytes(bitmap.buffer), bitmap.stride
        bitmap.close()
        return [drawn[row * stride : row * stride + 4 * width] for row in range(height)]

    def change(self, box: Box, shown: Sequence[bytes], bare: Sequence[bytes]) -> int:
        """The greatest difference between two drawings within a box."""
        corners = [self._dot(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
        x0, x1 = min(x for x, _ in corners) - self.left, max(x for x, _ in corners) - self.left
        y0, y1 = min(y for _, y in corners) - self.top, max(y for _, y in corners) - self.top
        most = 0
        for row in range(max(y0, 0), min(y1 + 1, len(shown))):
            one, other = shown[row][4 * max(x0, 0) : 4 * x1 + 4], bare[row][4 * max(x0, 0) : 4 * x1 + 4]
            if one != other:
                most = max(most, *map(abs, map(sub, one, other)))
                if most >= FIRM:
                    break
        return most


def _reach(places: Iterable[int], size: int) -> tuple[int, int]:
    """First place and the one behind the last, at least one, none of them off the page."""
    found = list(places)
    low = min(max(min(found) - 1, 0), size - 1)
    return low, max(min(max(found) + 2, size), low + 1)
