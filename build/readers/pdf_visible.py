"""Which glyphs of a page a person does not see, for their colour, mode, size, layer or clip, or what covers them.

Objects that may hide text are looked for first, and most pages have none. Where there is one, pdfium draws the page
twice, with and without the doubtful words: a glyph is seen if it makes a difference. Rendering thus decides over
colours, transparency, layers, clips and covers alike, and over all of them together.
"""

from __future__ import annotations

import ctypes
import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from operator import sub
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ..document import HIDDEN
from .pdf_calls import (
    BOX,
    COLOUR,
    PARTS,
    SIDES,
    char_object,
    clip_of,
    clip_paths,
    clip_segment,
    clip_segments,
    count_marks,
    fill_colour,
    has_transparency,
    mark_of,
    render_mode,
    segment_point,
    word_bounds,
)
from .pdf_glyphs import Glyphs
from .pdf_places import Box, Matrix, moved

UNSURE = "unsure"
"""The kind of digits that are seen in part, so that nobody can be sure of the number."""

DARK = 128
"""A colour of no more light than this, of 255, stands out on paper; on such a ground black does not."""
SOLID = 230
"""A fill of at least this alpha, of 255, stands out."""
SEEN = 32
"""A glyph is seen if it changes some dots of the page by this much, of 255, in one colour."""
LEAST_HEIGHT, LEAST_WIDTH = 0.75, 0.7
"""A digit of which less than this share is seen, down or across, may be another one."""
CUT_OFF = 1.0
"""Of a word that a clip cuts off more points than this lie beyond it: the last glyph of a full line may touch it."""
NEXT_DIGIT = 0.3
"""The next digit's ink would begin within this share of a digit's height."""
SLACK = 2
"""Dots at the edges of a glyph that change too little to be seen."""
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
FILLED_MODES = frozenset(
    [
        pdfium_c.FPDF_TEXTRENDERMODE_FILL,
        pdfium_c.FPDF_TEXTRENDERMODE_FILL_STROKE,
        pdfium_c.FPDF_TEXTRENDERMODE_FILL_CLIP,
        pdfium_c.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP,
    ]
)
UNSEEN_MODES = frozenset([pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP])

_LAYER = "OC"


Order = tuple[int, ...]
"""A place in the order of drawing: an object's number on the page, in its form, in that form's form …"""


class Word(NamedTuple):
    """A text object: its place in the order of drawing, its address, and the matrix from its form to the page."""

    order: Order
    address: int
    matrix: Matrix


class Words(NamedTuple):
    """Text objects side by side on the page, or in one form (``within``: the form's place): numbers and addresses."""

    within: Order
    numbers: Sequence[int]
    addresses: Sequence[int]
    matrix: Matrix

    def word(self, number: int) -> Word:
        """One of them."""
        return Word((*self.within, self.numbers[number]), self.addresses[number], self.matrix)

    def every(self) -> Iterator[Word]:
        """All of them."""
        return map(self.word, range(len(self.numbers)))


class Cover(NamedTuple):
    """What fills an area: a filled path, a picture or a shading. ``dark``: text of any colour may be lost on it."""

    order: Order
    box: Box
    dark: bool
    picture: bool


@dataclass(slots=True)
class Drawn:
    """Text objects and areas of a page. ``layers``: whether the file may have layers that are switched off."""

    layers: bool
    words: list[Words] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)

    def every(self) -> Iterator[Word]:
        """All text objects."""
        for words in self.words:
            yield from words.every()

    def add_cover(self, order: Order, address: int, box: Box, *, picture: bool) -> None:
        """Note an area; of a filled path its colour is asked."""
        plain = not picture and fill_colour(address, *PARTS) and COLOUR[3] >= SOLID
        self.covers.append(Cover(order, box, not plain or _light(*COLOUR) <= DARK, picture))


def _light(red: int, green: int, blue: int, _: int) -> float:
    return 0.3 * red + 0.59 * green + 0.11 * blue


# Words in doubt --------------------------------------------------------------------------------------------------


def _doubtful(drawn: Drawn) -> dict[int, Word]:
    """The text objects that may not be seen, by address; none on most pages.

    Those in forms always may: a form may be switched off as a whole. Those of the page itself may on which something is
    drawn later, or which stand on something dark.
    """
    found: dict[int, Word] = {}
    for words in drawn.words:
        numbers = range(len(words.numbers)) if words.within else _doubted(words.addresses, drawn.layers)
        found |= {words.addresses[number]: words.word(number) for number in numbers}
        first = (words.numbers[0],)
        covers = [cover for cover in drawn.covers if cover.dark or cover.order > first]
        if covers and not words.within:
            found |= {words.addresses[number]: words.word(number) for number in _beside(words, covers)}
    return found


def _doubted(addresses: Sequence[int], layers: bool) -> set[int]:
    """Which of some text objects (by number) may not be seen for their mode, colour, mask, layer or clip."""
    numbers = {number for number, mode in enumerate(map(render_mode, addresses)) if mode not in FILLED_MODES}
    numbers |= {number for number, clear in enumerate(map(has_transparency, addresses)) if clear}
    numbers |= _pale(addresses)
    if layers:
        numbers |= _layered(addresses)
    clips = list(map(clip_of, addresses))
    clipped = enumerate(map(clip_paths, clips))
    return numbers | {
        number for number, paths in clipped if paths > 0 and _is_cut(addresses[number], clips[number], paths)
    }


def _pale(addresses: Sequence[int]) -> set[int]:
    """Those whose colour may not stand out on paper. All colours are asked for at once, and few are different."""
    count = len(addresses)
    colours = (ctypes.c_uint * (4 * count))()
    size = ctypes.sizeof(ctypes.c_uint)
    first = ctypes.addressof(colours)
    slots = [range(first + size * part, first + 4 * size * count, 4 * size) for part in range(4)]
    known = list(map(fill_colour, addresses, *slots))
    found = memoryview(bytes(colours))
    each = [bytes(found[at : at + 4 * size]) for at in range(0, 4 * size * count, 4 * size)]
    pale = {colour for colour in set(each) if not _is_firm(*memoryview(colour).cast("I"))}
    if not pale and all(known):
        return set()
    return {number for number, colour in enumerate(each) if colour in pale or not known[number]}


def _is_firm(red: int, green: int, blue: int, alpha: int) -> bool:
    return alpha >= SOLID and _light(red, green, blue, alpha) <= DARK


def _layered(addresses: Sequence[int]) -> set[int]:
    """Those in content that a layer may switch off. Text objects share their marks, so few names are asked for."""
    counts = list(map(count_marks, addresses))
    found: set[int] = set()
    for depth in range(max(counts, default=0)):
        marks = list(map(mark_of, addresses, repeat(depth)))
        layers = {mark for mark in set(marks) if mark and _mark_name(mark) == _LAYER}
        found |= {number for number, mark in enumerate(marks) if mark in layers}
    return found


def _mark_name(address: int) -> str:
    mark = ctypes.cast(address, pdfium_c.FPDF_PAGEOBJECTMARK)
    buffer = (ctypes.c_ushort * 16)()
    length = ctypes.c_ulong()
    if not pdfium_c.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), length):
        return ""
    return bytes(buffer)[: max(length.value - 2, 0)].decode("utf-16-le", "replace")


def _is_cut(address: int, clip: int, paths: int) -> bool:
    """Whether a text object reaches over the box of its clip (of a clip that is no box, over any part of it)."""
    left, bottom, right, top = bounds_of(address)
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


def bounds_of(address: Any) -> Box:
    """Left, bottom, right and top of an object (or its address), in the coordinates of what holds it."""
    word_bounds(address, *SIDES)
    left, bottom, right, top = BOX[:]
    return left, bottom, right, top


def _beside(words: Words, covers: Sequence[Cover]) -> Collection[int]:
    """Which of the words (by number) lie under or on covers."""
    count = len(words.numbers)
    if len(covers) * count > MAX_PAIRS:
        return range(count)
    lefts, lowers, rights, uppers = _all_bounds(words.addresses)
    upwards = sorted(range(count), key=lowers.__getitem__)
    ends = [lowers[number] for number in upwards]
    tallest = max(upper - lower for lower, upper in zip(lowers, uppers, strict=True))
    found: set[int] = set()
    for order, (x0, y0, x1, y1), dark, _ in covers:
        before = count if dark else bisect_left(words.numbers, order[0])
        for number in upwards[bisect_left(ends, y0 - tallest) : bisect_left(ends, y1)]:
            if number < before and uppers[number] > y0 and lefts[number] < x1 and rights[number] > x0:
                found.add(number)
    return found


def _all_bounds(addresses: Sequence[int]) -> list[list[float]]:
    """Left, lower, right and upper ends of text objects."""
    count = len(addresses)
    sides = [(ctypes.c_float * count)() for _ in range(4)]
    size = ctypes.sizeof(ctypes.c_float)
    slots = [range(ctypes.addressof(side), ctypes.addressof(side) + size * count, size) for side in sides]
    list(map(word_bounds, addresses, *slots))
    return [side[:] for side in sides]


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


# Glyphs that are not seen ----------------------------------------------------------------------------------------


class _Glyph(NamedTuple):
    """A glyph of a doubtful word: its place in the text, its character, its ink's box (left, bottom, right, top)."""

    at: int
    char: str
    box: Box
    word: Word


def hidden_glyphs(page: pdfium.PdfPage, places: Glyphs, whole: str, frame: Box, drawn: Drawn) -> dict[int, str]:
    """The glyphs that a person does not see (HIDDEN), and digits of which only a part is seen (UNSURE), by index.

    Words in the invisible mode, or below a picture, are seen where a large picture shows them: a scan that OCR was put
    under.
    """
    doubtful = _doubtful(drawn)
    if not doubtful:
        return {}
    glyphs = [
        glyph
        for glyph in _glyphs(places, whole, doubtful)
        if _is_placed(glyph) and not _is_scanned(glyph, drawn.covers, frame)
    ]
    cut: set[int] = set()
    changes = _changes(page, [glyph for glyph in glyphs if _is_in(glyph.box, frame)], cut)
    unseen = [glyph for glyph in glyphs if changes.get(glyph.at, SEEN) < SEEN]
    again: set[int] = set()
    if unseen:
        words = {word.address: word for word in drawn.every()}
        if len(unseen) * len(words) <= MAX_PAIRS:
            again = _printed_again(page, list(_glyphs(places, whole, words)), unseen, words.values())
    hidden = ({glyph.at for glyph in unseen} - again) | _faint(whole, changes)
    cut |= _at_cut_edges(places, whole, doubtful.values())
    unsure = _cut_numbers(whole, cut - hidden)
    return {**dict.fromkeys(hidden - unsure, HIDDEN), **dict.fromkeys(unsure, UNSURE)}


def _at_cut_edges(places: Glyphs, whole: str, doubtful: Iterable[Word]) -> set[int]:
    """The last digits of numbers that end where a clip cuts other words off: more digits may not be drawn at all.

    So does a browser print what is wider than its page: glyphs beyond the edge are left out. A number within a line of
    prose goes on in the next line.
    """
    edges = {edge for word in doubtful if (edge := _cut_edge(word)) is not None}
    if not edges:
        return set()
    found: set[int] = set()
    for number in _NUMBER.finditer(whole):
        if number.start() and not whole[number.start() - 1].isspace():
            continue
        left, bottom, right, top = places.ink(number.end() - 1)
        reach = right + NEXT_DIGIT * (top - bottom)
        if any(left < edge < reach and low <= (bottom + top) / 2 <= high for low, edge, high in edges):
            found.add(number.end() - 1)
    return found


def _cut_edge(word: Word) -> tuple[float, float, float] | None:
    """Lower end, place and upper end of the right edge of a clip that a word reaches over; None if over none."""
    clip, (left, _, right, _) = clip_of(word.address), bounds_of(word.address)
    boxes = [_clip_box(clip, path) for path in range(max(clip_paths(clip), 0))]
    cutting = [box for box in boxes if left < box[2] < right - CUT_OFF]
    if not cutting:
        return None
    _, low, edge, high = moved(min(cutting, key=lambda box: box[2]), word.matrix)
    return low, edge, high


def _cut_numbers(whole: str, cut: set[int]) -> set[int]:
    """All digits of the numbers of which some are cut."""
    if not cut:
        return set()
    numbers = (range(number.start(), number.end()) for number in _NUMBER.finditer(whole))
    return {at for places in numbers if not cut.isdisjoint(places) for at in places}


def _printed_again(
    page: pdfium.PdfPage, told: Sequence[_Glyph], unseen: Sequence[_Glyph], words: Iterable[Word]
) -> set[int]:
    """Glyphs that are not seen where the very same glyph is printed once more.

    Of a glyph that is printed twice on one place pdfium tells the first alone. So the second is where a later word
    makes ink and none of the glyphs (``told``) that pdfium tells of that word stands.
    """
    pairs: dict[Word, list[_Glyph]] = defaultdict(list)
    for word in words:
        box = moved(bounds_of(word.address), word.matrix)
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


def _glyphs(places: Glyphs, whole: str, doubtful: Mapping[int, Word]) -> Iterator[_Glyph]:
    for index, char in enumerate(whole):
        word = None if char.isspace() else doubtful.get(char_object(places.text, index) or 0)
        if word is not None and _can_be_drawn(word.address, char):
            yield _Glyph(index, char, places.ink(index), word)


def _can_be_drawn(address: int, char: str) -> bool:
    """Whether pdfium has the shape of a glyph anywhere: it has those of Latin ones, others where the file has them."""
    if char.isascii() or render_mode(address) in UNSEEN_MODES:
        return True
    font = pdfium_c.FPDFTextObj_GetFont(ctypes.cast(address, pdfium_c.FPDF_PAGEOBJECT))
    return bool(pdfium_c.FPDFFont_GetIsEmbedded(font) == 1)


def _is_in(box: Box, frame: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return frame[0] <= x <= frame[2] and frame[1] <= y <= frame[3]


def _is_placed(glyph: _Glyph) -> bool:
    """Whether pdfium tells a glyph where its word stands: of some forms it tells glyphs without the form's matrix."""
    x0, y0, x1, y1 = moved(bounds_of(glyph.word.address), glyph.word.matrix)
    return _is_in(glyph.box, (x0 - 1, y0 - 1, x1 + 1, y1 + 1))


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


def _changes(page: pdfium.PdfPage, glyphs: Sequence[_Glyph], cut: set[int]) -> dict[int, int]:
    """By how much each glyph changes the page, of 255: the difference between the page with and without the words.

    Adds to ``cut`` the digits of which only a part changes it.
    """
    if not glyphs:
        return {}
    view = _View(page, [glyph.box for glyph in glyphs])
    shown = view.dots()
    words = {glyph.word.address for glyph in glyphs}
    _set_active(words, False)
    bare = view.dots()
    _set_active(words, True)
    changes = {glyph.at: view.change(glyph.box, shown, bare) for glyph in glyphs}
    cut |= {
        glyph.at
        for glyph in glyphs
        if glyph.char.isdecimal() and changes[glyph.at] >= SEEN and view.is_cut(glyph.box, shown, bare)
    }
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

    def is_cut(self, box: Box, shown: Sequence[bytes], bare: Sequence[bytes]) -> bool:
        """Whether less of a box differs between two drawings than a whole digit fills."""
        corners = [self._dot(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
        x0, x1 = min(x for x, _ in corners) - self.left, max(x for x, _ in corners) - self.left
        y0, y1 = min(y for _, y in corners) - self.top, max(y for _, y in corners) - self.top
        rows: set[int] = set()
        columns: set[int] = set()
        for row in range(max(y0, 0), min(y1 + 1, len(shown))):
            one, other = shown[row][4 * max(x0, 0) : 4 * x1 + 4], bare[row][4 * max(x0, 0) : 4 * x1 + 4]
            changed = {
                at // 4 for at, parts in enumerate(zip(one, other, strict=True)) if abs(parts[0] - parts[1]) >= SEEN
            }
            if changed:
                rows.add(row)
                columns |= changed
        tall, wide = y1 - y0 + 1, x1 - x0 + 1
        return len(rows) + SLACK < LEAST_HEIGHT * tall or len(columns) + SLACK < LEAST_WIDTH * wide

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
