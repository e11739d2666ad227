"""One PDF page as pdfium gives it → glyphs and ruling lines, in the direction in which its text is read.

Text objects may stand in the file in any order and any direction: only places on the page count. Places are points
(1/72 inch) from the upper left corner of the page turned so that most of its text runs from left to right; floats are
used for places alone, never for figures.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise, repeat
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ..document import HIDDEN, RAISED, STRUCK, hidden, raised, struck, unread
from .pdf_annotations import NOTHING, Annotations, with_fields
from .pdf_calls import (
    BOX,
    EDGES,
    INK,
    RECT,
    char_angle,
    char_code,
    char_origin,
    draw_mode,
    form_object,
    is_generated,
    loose_box,
    object_kind,
    page_object,
)
from .pdf_fonts import characters_from_fonts
from .pdf_glyphs import FALL, RISE, UNKNOWN, Glyphs, advance_of, em_of, glyph_box, is_unknown, unknown_glyphs
from .pdf_marked import (
    LOWERED,
    Slant,
    crossed_glyphs,
    digits_on_each_other,
    note_marks,
    pieces,
    slashed_figures,
    strikes,
    uneven_digits,
)
from .pdf_places import IDENTITY, Box, Matrix, Ruling, Run, combined, moved
from .pdf_spacing import WideFigure, wide_figures
from .pdf_spoken import spoken_digits
from .pdf_visible import UNSURE, Drawn, Order, Words, bounds_of, hidden_glyphs

__all__ = ["SAME_EDGE", "TOUCH", "Page", "Ruling", "Run", "joined_rulings", "page_of"]

THIN = 2.5
"""A path no thicker than this, in points, is a line: Word's heaviest table border is 6 points, its usual one 0.5."""
SLANT = 0.05
"""Radians by which a glyph may lean off a quarter turn and still be ordinary text; watermarks lean by far more."""
HEAD_DOWN = 2
"""Digits so many quarter turns off the page's direction are head down, or mirrored: 6 looks like 9."""
STEP = 8
"""Of a word every eighth glyph is asked for its place, …"""
NARROW, WIDE, SLIP = 0.45, 1.6, 0.6
"""… which must be this many times the usual width of the characters between, give or take this many em."""
CLIPPED = 1.0
"""A word may reach this many points over a vertical line (side bearings)."""
FORM_DEPTH = 6
"""Forms (content within content) nested deeper than this are not searched for lines."""
PATH_SEGMENTS = 2000
"""A path of more segments than this is a drawing, no table border."""
RECTANGLE = 5
"""So many segments has a rectangle."""
MAX_RULES = 20_000
"""More pieces of lines than this on a page are a drawing, no table."""
SAME_EDGE = 3.0
"""Lines closer than this, in points, are one edge (double borders; sides of neighbouring cells drawn apart)."""
TOUCH = 3.0
"""Lines whose ends are this close meet; a dashed or piecewise line may have gaps of this size."""
PICTURE_SHARE = 0.3
"""A picture that covers this share of a page with next to no text is a scan."""
CELL = (200.0, 60.0)
"""A picture that stands in a cell is smaller than this, across and down, in points."""
GLYPH = 24.0
"""A shape that is a glyph is smaller than this, in points."""
PICTURE, SHAPE = unread("图片"), unread("图形")
"""What stands for a picture, and for a shape that may be a word, in a cell that has nothing else."""
TINY = 1.0
"""Words whose glyphs are lower and narrower than this, in points, cannot be read."""
BESIDE = 1.0
"""Hidden words this many em from a word that is shown are told with it."""

_MODE = (ctypes.c_int * 2)()
_FILL, _STROKE = (ctypes.byref(_MODE, ctypes.sizeof(ctypes.c_int) * number) for number in range(2))


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page. ``slanted``: text that leans (a watermark), kept out of ``runs``.

    ``picture``: a picture covers much of the page. ``hidden``: its text is printed invisibly, as OCR does below a scan.
    ``glyphs``: how many characters, and ``broken``: how many of them are unknown. ``pictures``: those that a
    cell may hold, each as a run that says what it is. ``forms``: the places of what is drawn as a whole (a form), as
    programs do that print several pages on one sheet. ``from_fonts``: the fonts tell what characters some are.
    """

    width: float
    height: float
    runs: tuple[Run, ...]
    horizontals: tuple[Ruling, ...]
    verticals: tuple[Ruling, ...]
    slanted: str
    picture: bool
    hidden: bool
    glyphs: int
    broken: int
    pictures: tuple[Run, ...] = ()
    forms: tuple[Box, ...] = ()
    from_fonts: bool = False


def page_of(page: pdfium.PdfPage, annotations: Annotations = NOTHING, layers: bool = True) -> Page:
    """Runs and lines of a loaded page; no run reaches over a vertical line.

    What a person does not see of its text, or sees crossed out or raised, is told as such in the runs.
    ``layers``: whether the file may have layers that are switched off.
    """
    frame = _frame(page)
    text = page.get_textpage()
    try:
        return _page(page, text.raw, frame, annotations, layers)
    finally:
        text.close()


def _page(page: pdfium.PdfPage, text: Any, frame: Box, annotations: Annotations, layers: bool) -> Page:
    count = pdfium_c.FPDFText_CountChars(text)
    upright = _Content(_place(0, frame), annotations.own, layers).filled(page)
    found, lines = _marked(page, text, frame, upright, annotations.crossed)
    width, height = frame[2] - frame[0], frame[3] - frame[1]
    if found.turn % 2:
        width, height = height, width
    glyphs = sum(len(run.text) for run in found.runs)
    runs = _with_unseen(found.runs, found.unseen, lines.verticals)
    if annotations.fields:
        place = _place(found.turn, frame)
        runs = with_fields(runs, found.unseen, [(field, place(*field.box)) for field in annotations.fields])
    return Page(
        width,
        height,
        tuple(runs),
        tuple(lines.horizontals),
        tuple(lines.verticals),
        found.slanted,
        lines.picture_area > PICTURE_SHARE * width * height,
        glyphs > 0 and lines.picture_area > 0 and _is_hidden(text, count),
        glyphs,
        found.broken,
        tuple(lines.small_pictures()),
        tuple(lines.forms),
        found.from_fonts,
    )


def _marked(
    page: pdfium.PdfPage, text: Any, frame: Box, upright: _Content, boxes: Sequence[Box]
) -> tuple[_Found, _Content]:
    """The runs with what is hidden, crossed out or raised told apart, and the lines of the page as it is read.

    ``boxes``: what annotations cross out.
    """
    whole = _whole(text)
    told = _told_by_fonts(page, text, whole)
    whole = _with(whole, told)
    places = Glyphs(text, upright.form_matrices, told)
    digits = uneven_digits(text, whole)
    marks = digits.uneven | crossed_glyphs(whole, boxes, places.ink)
    marks |= slashed_figures(whole, upright.slants, places.ink)
    marks |= hidden_glyphs(page, places, whole, frame, upright.drawn)
    marks |= digits_on_each_other(text, digits.close, marks)
    marks |= spoken_digits(upright.drawn, text, whole)
    found = _runs_of(places, whole, frame, upright, marks)
    lines = upright if found.turn == 0 else _Content(_place(found.turn, frame), upright.own).filled(page)
    crossed = strikes(lines.pieces, found.runs, found.starts, lines.verticals, _ink_of(places, found, frame))
    marks = {**crossed.glyphs, **marks}
    wide = [figure for figure in wide_figures(text, whole, frame, upright.verticals) if not _is_marked(figure, marks)]
    if crossed.glyphs or wide:
        lines.without(crossed.lines)
        found = _runs_of(places, whole, frame, upright, marks, wide)
    found.from_fonts = bool(told)
    found.hide_tiny()
    found.tell(note_marks(found.runs, lines.verticals))
    return found, lines


def _is_marked(figure: WideFigure, marks: Mapping[int, str]) -> bool:
    return not marks.keys().isdisjoint(range(figure.start, figure.end))


def _runs_of(
    places: Glyphs,
    whole: str,
    frame: Box,
    upright: _Content,
    marks: Mapping[int, str],
    wide: Sequence[WideFigure] = (),
) -> _Found:
    count = pdfium_c.FPDFText_CountChars(places.text)
    quick = len(whole) == count and not places.matrices
    found = _quick_runs(places, whole, frame, upright.verticals, marks, wide) if quick else None
    return _single_runs(places, count, frame, marks) if found is None else found


def _ink_of(places: Glyphs, found: _Found, frame: Box) -> Callable[[int], Box]:
    """What gives the box of a glyph's ink on the page as it is read."""
    place = _place(found.turn, frame)
    return lambda index: place(*places.ink(index))


def _with_unseen(runs: Sequence[Run], unseen: Sequence[Run], verticals: Sequence[Ruling]) -> list[Run]:
    """The runs, each hidden one told with the shown one beside it, or by itself where none is."""
    told = list(runs)
    for piece in unseen:
        number = min(
            (number for number, run in enumerate(runs) if _is_beside(piece, run, verticals)),
            key=lambda number: abs(runs[number].x0 + runs[number].x1 - piece.x0 - piece.x1),
            default=None,
        )
        if number is None:
            told.append(piece)
            continue
        run = told[number]
        before = piece.x0 + piece.x1 < run.x0 + run.x1
        told[number] = run._replace(text=piece.text + run.text if before else run.text + piece.text)
    return told


def _is_beside(piece: Run, run: Run, verticals: Sequence[Ruling]) -> bool:
    middle, reach = (piece.y0 + piece.y1) / 2, BESIDE * (run.y1 - run.y0)
    if not (run.y0 <= middle <= run.y1 and piece.x0 < run.x1 + reach and run.x0 < piece.x1 + reach):
        return False
    low, high = sorted(((piece.x0 + piece.x1) / 2, (run.x0 + run.x1) / 2))
    return not any(low < ruling.at < high and ruling.start <= middle <= ruling.end for ruling in verticals)


def _frame(page: pdfium.PdfPage) -> Box:
    """The visible part of the page in its own coordinates: left, bottom, right, top."""
    rect = pdfium_c.FS_RECTF()
    if not pdfium_c.FPDF_GetPageBoundingBox(page.raw, rect):
        width, height = page.get_size()
        return 0.0, 0.0, width, height
    return rect.left, rect.bottom, rect.right, rect.top


def _place(turn: int, frame: Box) -> Callable[[float, float, float, float], Box]:
    """What takes a box of the page's own coordinates to the turned page: x0, y0, x1, y1 from the upper left."""
    left, bottom, right, top = frame
    return (
        lambda x0, y0, x1, y1: (x0 - left, top - y1, x1 - left, top - y0),
        lambda x0, y0, x1, y1: (y0 - bottom, x0 - left, y1 - bottom, x1 - left),
        lambda x0, y0, x1, y1: (right - x1, y0 - bottom, right - x0, y1 - bottom),
        lambda x0, y0, x1, y1: (top - y1, right - x1, top - y0, right - x0),
    )[turn]


# Text ------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Found:
    """Runs, the index of each one's first glyph, and those that are not seen (``hidden``)."""

    runs: list[Run]
    starts: list[int]
    unseen: list[Run] = field(default_factory=list)
    broken: int = 0
    slanted: str = ""
    turn: int = 0
    from_fonts: bool = False

    def add(self, run: Run, start: int, kind: str | None) -> None:
        """Take in a run, told as what it is."""
        if kind is not None:
            run = run._replace(text=_TOLD[kind](run.text))
        if kind == HIDDEN:
            self.unseen.append(run)
        else:
            self.runs.append(run)
            self.starts.append(start)

    def hide_tiny(self) -> None:
        """Take away the runs too small to be read."""
        tiny = [number for number, run in enumerate(self.runs) if run.y1 - run.y0 < TINY and _is_tiny(run)]
        for number in reversed(tiny):
            self.add(self.runs.pop(number), self.starts.pop(number), HIDDEN)

    def tell(self, kinds: Mapping[int, str]) -> None:
        """Tell runs, by number, as what they are."""
        for number, kind in kinds.items():
            self.runs[number] = self.runs[number]._replace(text=_TOLD[kind](self.runs[number].text))


def _is_tiny(run: Run) -> bool:
    """Whether the glyphs are as narrow as they are low: 一 is low, and may stand in a box of its ink."""
    return run.x1 - run.x0 < TINY * len(run.text)


_TOLD: dict[str, Callable[[str], str]] = {
    STRUCK: struck,
    RAISED: raised,
    LOWERED: lambda text: raised(text, lowered=True),
    HIDDEN: hidden,
    UNSURE: lambda _: unread("不能确定"),
}


_SPACES = frozenset([*range(0x21), 0x7F, *range(0x80, 0xA1), 0x2028, 0x2029, 0x3000, 0xFEFF, *range(0x2000, 0x2010)])
"""White space, control characters and marks without width; the gap on the page tells what they are worth."""
_WORD = re.compile("[^" + "".join(map(re.escape, map(chr, sorted(_SPACES)))) + "]+")
_UNTOLD = re.compile(chr(UNKNOWN))
_BROKEN = re.compile("[\ud800-\uf8ff\ufffd-\uffff]")


def _is_broken(code: int) -> bool:
    """A glyph whose character is unknown: private use, half a pair, replacement, or no character at all."""
    return 0xD800 <= code <= 0xF8FF or 0xFFFD <= code <= 0xFFFF or code >= 0xF0000


def _whole(text: Any) -> str:
    """The text of a page, each glyph that stands for no character as U+FFFD; "" where pdfium counts otherwise."""
    count = pdfium_c.FPDFText_CountChars(text)
    buffer = (ctypes.c_ushort * (count + 1))()
    if pdfium_c.FPDFText_GetText(text, 0, count, buffer) != count + 1:
        return ""
    whole = bytes(memoryview(buffer)[:count]).decode("utf-16-le", "surrogatepass")
    return _with(whole, dict.fromkeys(unknown_glyphs(text, whole), chr(UNKNOWN))) if len(whole) == count else ""


def _told_by_fonts(page: pdfium.PdfPage, text: Any, whole: str) -> dict[int, str]:
    """The characters that the file does not tell, but its fonts do, by glyph."""
    unknown = [match.start() for match in _UNTOLD.finditer(whole)]
    if not whole:
        count = pdfium_c.FPDFText_CountChars(text)
        unknown = [index for index in range(count) if is_unknown(text, index, char_code(text, index))]
    return characters_from_fonts(page.pdf.raw, text, unknown) if unknown else {}


def _with(whole: str, told: Mapping[int, str]) -> str:
    """The text of a page with what stands for some of its glyphs."""
    return "".join([told.get(index, char) for index, char in enumerate(whole)]) if told else whole


def _quick_runs(
    places: Glyphs,
    whole: str,
    frame: Box,
    verticals: Sequence[Ruling],
    marks: Mapping[int, str],
    wide: Sequence[WideFigure],
) -> _Found | None:
    """The text word by word, asking pdfium for the places of a few glyphs a word.

    A word is taken as it is if those glyphs stand where a straight run of its characters has them, no vertical line
    crosses it, and none of its glyphs is marked; else glyph by glyph. None where the page has turned text.
    """
    text = places.text
    ats = [ruling.at for ruling in verticals]
    found = _Found([], [])
    for figure in wide:
        found.add(_run(figure.text, figure.box, True, frame), figure.start, None)
        whole = whole[: figure.start] + " " * (figure.end - figure.start) + whole[figure.end :]
    for match in _WORD.finditer(whole):
        start = match.start()
        word = match[0]
        if whole[start - 1] == "\n" and ord(word[0]) not in (UNKNOWN, places.code(start)):
            return None
        box = _straight_box(text, start, word)
        if (box is None or len(word) == 1) and abs(char_angle(text, start)) > SLANT:
            return None
        spaced = start > 0 and _is_spaced(text, start, whole[start - 2], word[0])
        run = None if box is None else _run(word, box, spaced, frame)
        if marks and any(index in marks for index in range(start, match.end())):
            _add_pieces(found, text, start, word, spaced, frame, marks)
        elif run is None or (verticals and len(word) > 1 and _is_crossed(run, verticals, ats)):
            found.runs += _glyph_runs(text, start, word, spaced, frame)
            found.starts += range(start, match.end())
        else:
            found.runs.append(run)
            found.starts.append(start)
    _keep_within(found, frame)
    found.broken = len(_BROKEN.findall(whole))
    if found.broken:
        found.runs = [run._replace(text=_BROKEN.sub(chr(UNKNOWN), run.text)) for run in found.runs]
    return found


def _add_pieces(
    found: _Found, text: Any, start: int, word: str, spaced: bool, frame: Box, marks: Mapping[int, str]
) -> None:
    """The glyphs of a word that are not marked, and its marked pieces, each told as what it is."""
    glyphs = _glyph_runs(text, start, word, spaced, frame)
    for first, end, kind in pieces([marks.get(index) for index in range(start, start + len(word))]):
        if kind is None:
            found.runs += glyphs[first:end]
            found.starts += range(start + first, start + end)
            continue
        found.add(glyphs[first]._replace(text=word[first:end], x1=glyphs[end - 1].x1), start + first, kind)


def _keep_within(found: _Found, frame: Box) -> None:
    """Drop the runs whose middle lies outside the page."""
    width, height = frame[2] - frame[0], frame[3] - frame[1]
    kept = [
        (run, start)
        for run, start in zip(found.runs, found.starts, strict=True)
        if 0 <= run[1] + run[3] <= 2 * width and 0 <= run[2] + run[4] <= 2 * height
    ]
    if len(kept) < len(found.runs):
        found.runs, found.starts = [run for run, _ in kept], [start for _, start in kept]


def _is_spaced(text: Any, start: int, before: str, first: str) -> bool:
    """Whether the file has white space before a word; between digits what pdfium takes for a space is one as well.

    Else figures of two narrow columns, nearly touching, would become one.
    """
    if before.isdigit() and first.isdigit():
        return True
    return before.isascii() == first.isascii() and not is_generated(text, start - 1)


def _is_crossed(run: Run, verticals: Sequence[Ruling], ats: Sequence[float]) -> bool:
    """Whether a vertical line stands between the ends of a run (``ats``: where the lines stand, in rising order)."""
    first, last = bisect_right(ats, run.x0 + CLIPPED), bisect_left(ats, run.x1 - CLIPPED)
    if first >= last:
        return False
    middle = (run.y0 + run.y1) / 2
    return any(ruling.start <= middle <= ruling.end for ruling in verticals[first:last])


def _straight_box(text: Any, start: int, word: str) -> Box | None:
    """The box of a word, None unless every glyph asked stands where it must."""
    left, bottom, right, top = glyph_box(text, start)
    if len(word) == 1:
        return left, bottom, right, top
    if top <= bottom:
        return None
    em, middle, last = top - bottom, bottom + top, len(word) - 1
    before, x = 0, left
    while before < last:
        index = min(before + STEP, last)
        loose_box(text, start + index, RECT)
        x0, y1, right, y0 = BOX[:]
        expected = _nominal_width(word[before:index])
        if not NARROW * expected - SLIP < (x0 - x) / em < WIDE * expected + SLIP or abs(y0 + y1 - middle) > em:
            return None
        before, x = index, x0
    return left, bottom, right, top


@lru_cache(maxsize=4096)
def _nominal_width(word: str) -> float:
    """How wide characters usually are, in em."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in word)


def _glyph_runs(text: Any, start: int, word: str, spaced: bool, frame: Box) -> list[Run]:
    """The glyphs of a word one by one."""
    return [
        _run(char, glyph_box(text, index), spaced and index == start, frame)
        for index, char in enumerate(word, start=start)
    ]


def _run(word: str, box: Box, spaced: bool, frame: Box) -> Run:
    x0, y0, x1, y1 = box
    left, _, _, top = frame
    return Run(word, x0 - left, top - y1, x1 - left, top - y0, spaced)


def _single_runs(places: Glyphs, count: int, frame: Box, marks: Mapping[int, str]) -> _Found:
    """Every glyph by itself, whichever way it lies; the direction most glyphs run in becomes the page's."""
    boxes: list[tuple[int, str, Box, bool, int]] = []
    slanted: list[str] = []
    broken, spaced, apart, before = 0, False, False, ""
    text = places.text
    for index in range(count):
        code = places.code(index)
        if code in _SPACES:
            apart, spaced = True, spaced or not is_generated(text, index)
            continue
        if _is_broken(code):
            broken, code = broken + 1, UNKNOWN
        angle = char_angle(text, index)
        clockwise = round(angle / (math.pi / 2))
        if abs(angle - clockwise * math.pi / 2) > SLANT:
            slanted.append(chr(code))
            continue
        turn = -clockwise % 4
        char = chr(code)
        spaced = spaced or (apart and before.isdigit() and char.isdigit())
        boxes.append((index, char, _nominal_box(text, index, turn) if turn else places.box(index), spaced, turn))
        spaced, apart, before = False, False, char
    turns = Counter(turn for *_, turn in boxes)
    main = max(turns, key=lambda turn: (turns[turn], -turn), default=0)
    place = _place(main, frame)
    found = _Found([], [], broken=broken, slanted="".join(slanted), turn=main)
    for index, char, box, gap, turn in boxes:
        if _is_within(box, frame):
            kind = UNSURE if abs(turn - main) == HEAD_DOWN and char.isdecimal() else marks.get(index)
            found.add(Run(char, *place(*box), gap, (turn - main) % 4), index, kind)
    return found


def _is_within(box: Box, frame: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return frame[0] <= x <= frame[2] and frame[1] <= y <= frame[3]


def _nominal_box(text: Any, index: int, turn: int) -> Box:
    """The box of a turned glyph from its origin and size (pdfium's own box with bearings is for upright text only)."""
    char_origin(text, index, EDGES[0], EDGES[1])
    x, y = INK[:2]
    em = em_of(text, index)
    advance = advance_of(text, index, em)
    along, up = ((1, 0), (0, 1), (-1, 0), (0, -1))[turn], ((0, 1), (-1, 0), (0, -1), (1, 0))[turn]
    xs = sorted((x - FALL * em * up[0], x + advance * along[0] + RISE * em * up[0]))
    ys = sorted((y - FALL * em * up[1], y + advance * along[1] + RISE * em * up[1]))
    return xs[0], ys[0], xs[1], ys[1]


def _is_hidden(text: Any, count: int) -> bool:
    """Whether the text is invisible: the first, middle and last glyph are asked."""
    last = count - 1
    return all(_is_invisible(text, index) for index in {0, last // 2, last})


def _is_invisible(text: Any, index: int) -> bool:
    item = pdfium_c.FPDFText_GetTextObject(text, index)
    return not item or pdfium_c.FPDFTextObj_GetTextRenderMode(item) == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE


# Lines -----------------------------------------------------------------------------------------------------------


class _Content:
    """Collects lines, text objects and the areas of pictures from a page's objects, those within forms included.

    ``own``: the objects behind so many, annotations, rule no table.
    """

    def __init__(
        self, place: Callable[[float, float, float, float], Box], own: int | None, layers: bool = True
    ) -> None:
        self.place = place
        self.own = own
        self.pieces: list[Ruling] = []
        self.slants: list[Slant] = []
        self._rulings: list[Ruling] = []
        self._pictures: list[Run] = []
        self.drawn = Drawn(layers)
        self.horizontals: list[Ruling] = []
        self.verticals: list[Ruling] = []
        self.picture_area = 0.0
        self.forms: list[Box] = []
        self.form_matrices: list[Matrix] = []

    def filled(self, page: pdfium.PdfPage) -> _Content:
        """With what stands on the page; lines on one edge that meet are one."""
        count = pdfium_c.FPDFPage_CountObjects(page.raw)
        addresses = list(map(page_object, repeat(page.raw), range(count)))
        self._collect(addresses[: self.own], IDENTITY, ())
        self._rulings, verticals = list(self.horizontals), list(self.verticals)
        if self.own is not None:
            self._collect(addresses[self.own :], IDENTITY, (), self.own)
        self.pieces = self.horizontals
        if len(self.pieces) + len(self.verticals) > MAX_RULES:
            self.pieces, self._rulings, verticals = [], [], []
        self.horizontals, self.verticals = joined_rulings(self._rulings), joined_rulings(verticals)
        return self

    def small_pictures(self) -> list[Run]:
        """Pictures, and shapes as small as glyphs, that no ruling line crosses."""
        return [run for run in self._pictures if not self._is_crossed(run)]

    def _is_crossed(self, run: Run) -> bool:
        x0, x1, y0, y1 = run.x0 + TOUCH, run.x1 - TOUCH, run.y0 + TOUCH, run.y1 - TOUCH
        across = any(y0 < ruling.at < y1 and ruling.start < x1 and ruling.end > x0 for ruling in self.horizontals)
        return across or any(x0 < ruling.at < x1 and ruling.start < y1 and ruling.end > y0 for ruling in self.verticals)

    def _add_picture(self, item: Any, box: Box) -> None:
        """Note a picture that is more than one dot, and of a size that a cell may have."""
        width, height = ctypes.c_uint(), ctypes.c_uint()
        pdfium_c.FPDFImageObj_GetImagePixelSize(item, width, height)
        x0, y0, x1, y1 = self.place(*box)
        if min(width.value, height.value) > 1 and THIN < x1 - x0 < CELL[0] and THIN < y1 - y0 < CELL[1]:
            self._pictures.append(Run(PICTURE, x0, y0, x1, y1, spaced=True))

    def _add_shape(self, box: Box) -> None:
        """Note a dark shape that is no larger than a glyph: words may be drawn so, outline by outline."""
        x0, y0, x1, y1 = self.place(*box)
        if max(x1 - x0, y1 - y0) < GLYPH and self.drawn.covers[-1].dark:
            self._pictures.append(Run(SHAPE, x0, y0, x1, y1, spaced=True))

    def without(self, lines: Collection[Ruling]) -> None:
        """Leave out lines that cross words out."""
        self.horizontals = joined_rulings(piece for piece in self._rulings if piece not in lines)

    def _collect(self, addresses: Sequence[int], matrix: Matrix, within: Order, first: int = 0) -> None:
        """Take in objects of the page, or of a form; they are numbered from ``first``."""
        kinds = list(map(object_kind, addresses))
        texts = [number for number, kind in enumerate(kinds) if kind == pdfium_c.FPDF_PAGEOBJ_TEXT]
        if texts:
            numbers = [first + number for number in texts] if first else texts
            self.drawn.words.append(Words(within, numbers, [addresses[number] for number in texts], matrix))
        for number, kind in enumerate(kinds):
            if kind != pdfium_c.FPDF_PAGEOBJ_TEXT:
                self._add(kind, addresses[number], matrix, (*within, first + number))

    def _add(self, kind: int, address: int, matrix: Matrix, order: Order) -> None:
        item = ctypes.cast(address, pdfium_c.FPDF_PAGEOBJECT)
        if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            self._add_path(item, address, matrix, order)
        elif kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            box = moved(bounds_of(item), matrix)
            self.picture_area += (box[2] - box[0]) * (box[3] - box[1])
            self.drawn.add_cover(order, address, box, picture=True)
            self._add_picture(item, box)
        elif kind == pdfium_c.FPDF_PAGEOBJ_SHADING:
            self.drawn.add_cover(order, address, moved(bounds_of(item), matrix), picture=False)
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and len(order) <= FORM_DEPTH:
            inner = combined(_matrix(item), matrix)
            self._add_form(item, inner, order)
            members = range(pdfium_c.FPDFFormObj_CountObjects(item))
            self._collect(list(map(form_object, repeat(item), members)), inner, order)

    def _add_form(self, item: Any, matrix: Matrix, order: Order) -> None:
        """Note a form of the page's own, and how it is moved on the page."""
        if self.own is not None and order[0] >= self.own:
            return
        if len(order) == 1:
            self.forms.append(self.place(*bounds_of(item)))
        if matrix != IDENTITY:
            self.form_matrices.append(matrix)

    def _add_path(self, item: Any, address: int, matrix: Matrix, order: Order) -> None:
        """A thin path is a line; of a thick one the parts are looked at (a frame's sides, many lines in one path)."""
        draw_mode(item, _FILL, _STROKE)
        fill, stroke = _MODE[:]
        if not (fill or stroke):
            return
        bounds = bounds_of(item)
        if min(bounds[2] - bounds[0], bounds[3] - bounds[1]) <= THIN:
            self._add_box(moved(bounds, matrix))
            return
        if fill:
            self.drawn.add_cover(order, address, moved(bounds, matrix), picture=False)
        segments = pdfium_c.FPDFPath_CountSegments(item)
        if fill and segments > RECTANGLE:
            self._add_shape(moved(bounds, matrix))
        if segments <= (0 if stroke else RECTANGLE) or segments > PATH_SEGMENTS:
            return  # one filled rectangle is a background; its edge rules nothing
        own = combined(_matrix(item), matrix)
        for part in _subpaths(item, segments):
            if stroke and len(part) == 2:
                self._add_slant(part[0], part[1], own)
            for box in _part_boxes(part, bool(stroke)):
                self._add_box(moved(box, own))

    def _add_slant(self, start: Point, end: Point, matrix: Matrix) -> None:
        """Note a line by itself that is neither level nor upright; the sides of a chart's curve are none."""
        (x0, y0, _, _), (x1, y1, _, _) = moved((*start, *start), matrix), moved((*end, *end), matrix)
        if min(abs(x1 - x0), abs(y1 - y0)) > THIN:
            self.slants.append((x0, y0, x1, y1))

    def _add_box(self, box: Box) -> None:
        x0, y0, x1, y1 = self.place(*box)
        if y1 - y0 <= THIN:
            self.horizontals.append(Ruling((y0 + y1) / 2, x0, x1))
        if x1 - x0 <= THIN:
            self.verticals.append(Ruling((x0 + x1) / 2, y0, y1))


def _matrix(item: Any) -> Matrix:
    found = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(item, found):
        return IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


Point = tuple[float, float]


def _subpaths(item: Any, segments: int) -> Iterator[list[Point]]:
    """Straight pieces of a path, each a list of corners; a curve ends a piece."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[Point] = []
    for index in range(segments):
        segment = pdfium_c.FPDFPath_GetPathSegment(item, index)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        if kind != pdfium_c.FPDF_SEGMENT_LINETO:
            yield points
            points = []
        points.append((x.value, y.value))
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    yield points


def _part_boxes(points: Sequence[Point], stroked: bool) -> Iterator[Box]:
    """The lines of a piece: the piece itself where it is thin, else each side where it is stroked."""
    if len(points) < 2:
        return
    whole = _hull(points)
    if min(whole[2] - whole[0], whole[3] - whole[1]) <= THIN:
        yield whole
    elif stroked:
        for pair in pairwise(points):
            side = _hull(pair)
            if min(side[2] - side[0], side[3] - side[1]) <= THIN:
                yield side


def _hull(points: Sequence[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def joined_rulings(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Lines on one edge that meet or overlap, as one line; what is shorter than a glyph is dropped."""
    ordered = sorted(rulings)
    joined: list[Ruling] = []
    group: list[Ruling] = []
    for ruling in ordered:
        if group and ruling.at - group[0].at > SAME_EDGE:
            joined += _runs(group)
            group = []
        group.append(ruling)
    joined += _runs(group)
    return [ruling for ruling in joined if ruling.end - ruling.start > TOUCH]


def _runs(group: list[Ruling]) -> list[Ruling]:
    runs: list[list[Ruling]] = []
    reach = 0.0
    for ruling in sorted(group, key=lambda ruling: ruling.start):
        if runs and ruling.start - reach <= TOUCH:
            runs[-1].append(ruling)
            reach = max(reach, ruling.end)
        else:
            runs.append([ruling])
            reach = ruling.end
    return [
        Ruling(sum(ruling.at for ruling in run) / len(run), run[0].start, max(ruling.end for ruling in run))
        for run in runs
    ]
