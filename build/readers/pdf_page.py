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
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise, repeat
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from .pdf_glyphs import (
    FALL,
    IDENTITY,
    RISE,
    Box,
    FormPlaces,
    Matrix,
    em_of,
    glyph_box,
    is_unknown,
    moved,
    unchecked,
    unknown_glyphs,
)
from .pdf_spacing import wide_figures

THIN = 2.5
"""A path no thicker than this, in points, is a line: Word's heaviest table border is 6 points, its usual one 0.5."""
SLANT = 0.05
"""Radians by which a glyph may lean off a quarter turn and still be ordinary text; watermarks lean by far more."""
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


_BOX = (ctypes.c_float * 4)()
"""Where pdfium puts a box: as FS_RECTF (left, top, right, bottom), or four sides in the order they are asked for."""
_SIDES = tuple(ctypes.byref(_BOX, ctypes.sizeof(ctypes.c_float) * number) for number in range(4))
_RECT = _SIDES[0]
_MODE = (ctypes.c_int * 2)()
_FILL, _STROKE = (ctypes.byref(_MODE, ctypes.sizeof(ctypes.c_int) * number) for number in range(2))

_loose_box = unchecked(pdfium_c.FPDFText_GetLooseCharBox, ctypes.c_int)
_char_angle = unchecked(pdfium_c.FPDFText_GetCharAngle, ctypes.c_float)
_char_code = unchecked(pdfium_c.FPDFText_GetUnicode, ctypes.c_uint)
_is_generated = unchecked(pdfium_c.FPDFText_IsGenerated, ctypes.c_int)
_page_object = unchecked(pdfium_c.FPDFPage_GetObject, ctypes.c_void_p)
_form_object = unchecked(pdfium_c.FPDFFormObj_GetObject, ctypes.c_void_p)
_object_kind = unchecked(pdfium_c.FPDFPageObj_GetType, ctypes.c_int, ctypes.c_void_p)
_object_bounds = unchecked(pdfium_c.FPDFPageObj_GetBounds, ctypes.c_int)
_draw_mode = unchecked(pdfium_c.FPDFPath_GetDrawMode, ctypes.c_int)


class Run(NamedTuple):
    """Characters printed side by side without a gap (one at least), and the place they take.

    ``spaced``: white space stands before them in the file. ``turn``: quarter turns by which they lie against the page's
    reading direction, 0 for nearly every run.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    spaced: bool
    turn: int = 0


class Rule(NamedTuple):
    """A ruling line: ``at`` is its y (horizontal) or x (vertical), ``start`` and ``end`` its reach along the other."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page. ``slanted``: text that leans (a watermark), kept out of ``runs``.

    ``picture``: a picture covers much of the page. ``hidden``: its text is printed invisibly, as OCR does below a scan.
    ``glyphs``: how many characters, and ``broken``: how many of them are unknown. ``forms``: the places of what is
    drawn as a whole (a form), as programs do that print several pages on one sheet.
    """

    width: float
    height: float
    runs: tuple[Run, ...]
    horizontals: tuple[Rule, ...]
    verticals: tuple[Rule, ...]
    slanted: str
    picture: bool
    hidden: bool
    glyphs: int
    broken: int
    forms: tuple[Box, ...] = ()


def page_of(page: pdfium.PdfPage) -> Page:
    """Runs and lines of a loaded page; no run reaches over a vertical line."""
    frame = _frame(page)
    text = page.get_textpage()
    try:
        return _page(page, text.raw, frame)
    finally:
        text.close()


def _page(page: pdfium.PdfPage, text: Any, frame: Box) -> Page:
    count = pdfium_c.FPDFText_CountChars(text)
    upright = _upright_lines(page, frame)
    found = None if upright.form_matrices else _quick_runs(text, count, frame, upright.verticals)
    if found is None:
        found = _single_runs(text, count, frame, upright.form_matrices)
    lines = upright if found.turn == 0 else _Content(_place(found.turn, frame)).filled(page)
    width, height = frame[2] - frame[0], frame[3] - frame[1]
    if found.turn % 2:
        width, height = height, width
    glyphs = sum(len(run.text) for run in found.runs)
    return Page(
        width,
        height,
        tuple(found.runs),
        tuple(lines.horizontals),
        tuple(lines.verticals),
        found.slanted,
        lines.picture_area > PICTURE_SHARE * width * height,
        glyphs > 0 and lines.picture_area > 0 and _is_hidden(text, count),
        glyphs,
        found.broken,
        tuple(lines.forms),
    )


def _upright_lines(page: pdfium.PdfPage, frame: Box) -> _Content:
    return _Content(_place(0, frame)).filled(page)


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
    runs: list[Run]
    broken: int = 0
    slanted: str = ""
    turn: int = 0


_SPACES = frozenset([*range(0x21), 0x7F, *range(0x80, 0xA1), 0x2028, 0x2029, 0x3000, 0xFEFF, *range(0x2000, 0x2010)])
"""White space, control characters and marks without width; the gap on the page tells what they are worth."""
_WORD = re.compile("[^" + "".join(map(re.escape, map(chr, sorted(_SPACES)))) + "]+")
_UNKNOWN = 0xFFFD
_BROKEN = re.compile("[\ud800-\uf8ff\ufffd-\uffff]")


def _is_broken(code: int) -> bool:
    """A glyph whose character is unknown: private use, half a pair, replacement, or no character at all."""
    return 0xD800 <= code <= 0xF8FF or 0xFFFD <= code <= 0xFFFF or code >= 0xF0000


def _quick_runs(text: Any, count: int, frame: Box, verticals: Sequence[Rule]) -> _Found | None:
    """The text word by word, asking pdfium for the places of a few glyphs a word.

    A word is taken as it is if those glyphs stand where a straight run of its characters has them, and no vertical line
    crosses it; else glyph by glyph. None where the page has turned text, or characters that pdfium counts otherwise.
    """
    buffer = (ctypes.c_ushort * (count + 1))()
    if pdfium_c.FPDFText_GetText(text, 0, count, buffer) != count + 1:
        return None
    whole = bytes(memoryview(buffer)[:count]).decode("utf-16-le", "surrogatepass")
    if len(whole) != count:
        return None
    unknown = unknown_glyphs(text, whole)
    if unknown:
        whole = "".join([chr(_UNKNOWN) if index in unknown else char for index, char in enumerate(whole)])
    ats = [rule.at for rule in verticals]
    runs: list[Run] = []
    for wide in wide_figures(text, whole, frame, verticals):
        runs.append(_run(wide.text, wide.box, True, frame))
        whole = whole[: wide.start] + " " * (wide.end - wide.start) + whole[wide.end :]
    for match in _WORD.finditer(whole):
        start = match.start()
        word = match[0]
        if whole[start - 1] == "\n" and start not in unknown and _char_code(text, start) != ord(word[0]):
            return None
        box = _straight_box(text, start, word)
        if (box is None or len(word) == 1) and abs(_char_angle(text, start)) > SLANT:
            return None
        spaced = start > 0 and _is_spaced(text, start, whole[start - 2], word[0])
        run = None if box is None else _run(word, box, spaced, frame)
        if run is None or (verticals and len(word) > 1 and _is_crossed(run, verticals, ats)):
            runs += _glyph_runs(text, start, word, spaced, frame)
        else:
            runs.append(run)
    width, height = frame[2] - frame[0], frame[3] - frame[1]
    runs = [run for run in runs if 0 <= run[1] + run[3] <= 2 * width and 0 <= run[2] + run[4] <= 2 * height]
    broken = len(_BROKEN.findall(whole))
    if broken:
        runs = [run._replace(text=_BROKEN.sub(chr(_UNKNOWN), run.text)) for run in runs]
    return _Found(runs, broken)


def _is_spaced(text: Any, start: int, before: str, first: str) -> bool:
    """Whether the file has white space before a word; between digits what pdfium takes for a space is one as well.

    Else figures of two narrow columns, nearly touching, would become one.
    """
    if before.isdigit() and first.isdigit():
        return True
    return before.isascii() == first.isascii() and not _is_generated(text, start - 1)


def _is_crossed(run: Run, verticals: Sequence[Rule], ats: Sequence[float]) -> bool:
    """Whether a vertical line stands between the ends of a run (``ats``: where the lines stand, in rising order)."""
    first, last = bisect_right(ats, run.x0 + CLIPPED), bisect_left(ats, run.x1 - CLIPPED)
    if first >= last:
        return False
    middle = (run.y0 + run.y1) / 2
    return any(rule.start <= middle <= rule.end for rule in verticals[first:last])


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
        _loose_box(text, start + index, _RECT)
        x0, y1, right, y0 = _BOX[:]
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


def _single_runs(text: Any, count: int, frame: Box, form_matrices: Sequence[Matrix]) -> _Found:
    """Every glyph by itself, whichever way it lies; the direction most glyphs run in becomes the page's."""
    boxes: list[tuple[str, Box, bool, int]] = []
    slanted: list[str] = []
    broken, spaced, apart, before = 0, False, False, ""
    upright_box = FormPlaces(text, form_matrices).box if form_matrices else partial(glyph_box, text)
    for index in range(count):
        code = _char_code(text, index)
        if is_unknown(text, index, code):
            code = _UNKNOWN
        if code in _SPACES:
            apart, spaced = True, spaced or not _is_generated(text, index)
            continue
        if _is_broken(code):
            broken, code = broken + 1, _UNKNOWN
        angle = _char_angle(text, index)
        clockwise = round(angle / (math.pi / 2))
        if abs(angle - clockwise * math.pi / 2) > SLANT:
            slanted.append(chr(code))
            continue
        turn = -clockwise % 4
        char = chr(code)
        spaced = spaced or (apart and before.isdigit() and char.isdigit())
        boxes.append((char, _nominal_box(text, index, char, turn) if turn else upright_box(index), spaced, turn))
        spaced, apart, before = False, False, char
    turns = Counter(turn for _, _, _, turn in boxes)
    main = max(turns, key=lambda turn: (turns[turn], -turn), default=0)
    place = _place(main, frame)
    runs = [Run(char, *place(*box), gap, (turn - main) % 4) for char, box, gap, turn in boxes if _is_within(box, frame)]
    return _Found(runs, broken, "".join(slanted), main)


def _is_within(box: Box, frame: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return frame[0] <= x <= frame[2] and frame[1] <= y <= frame[3]


def _nominal_box(text: Any, index: int, char: str, turn: int) -> Box:
    """The box of a turned glyph from its origin and size (pdfium's own box with bearings is for upright text only)."""
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium_c.FPDFText_GetCharOrigin(text, index, x, y)
    em = em_of(text, index)
    advance = em * (1.0 if unicodedata.east_asian_width(char) in "WF" else 0.5)
    along, up = ((1, 0), (0, 1), (-1, 0), (0, -1))[turn], ((0, 1), (-1, 0), (0, -1), (1, 0))[turn]
    xs = sorted((x.value - FALL * em * up[0], x.value + advance * along[0] + RISE * em * up[0]))
    ys = sorted((y.value - FALL * em * up[1], y.value + advance * along[1] + RISE * em * up[1]))
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
    """Collects lines and the area of pictures from a page's objects, those within forms included."""

    def __init__(self, place: Callable[[float, float, float, float], Box]) -> None:
        self.place = place
        self.horizontals: list[Rule] = []
        self.verticals: list[Rule] = []
        self.picture_area = 0.0
        self.forms: list[Box] = []
        self.form_matrices: list[Matrix] = []

    def filled(self, page: pdfium.PdfPage) -> _Content:
        """With what stands on the page; lines on one edge that meet are one."""
        self._collect(page.raw, pdfium_c.FPDFPage_CountObjects(page.raw), _page_object, IDENTITY, 0)
        if len(self.horizontals) + len(self.verticals) > MAX_RULES:
            self.horizontals, self.verticals = [], []
        self.horizontals, self.verticals = joined_rules(self.horizontals), joined_rules(self.verticals)
        return self

    def _collect(self, holder: Any, count: int, get: Callable[[Any, int], int], matrix: Matrix, depth: int) -> None:
        addresses = list(map(get, repeat(holder), range(count)))
        words = pdfium_c.FPDF_PAGEOBJ_TEXT
        for address, kind in zip(addresses, map(_object_kind, addresses), strict=True):
            if kind == words:
                continue
            item = ctypes.cast(address, pdfium_c.FPDF_PAGEOBJECT)
            if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
                self._add_path(item, matrix)
            elif kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
                x0, y0, x1, y1 = moved(_bounds(item), matrix)
                self.picture_area += (x1 - x0) * (y1 - y0)
            elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < FORM_DEPTH:
                inner = _combined(_matrix(item), matrix)
                if depth == 0:
                    self.forms.append(self.place(*_bounds(item)))
                if inner != IDENTITY:
                    self.form_matrices.append(inner)
                members = pdfium_c.FPDFFormObj_CountObjects(item)
                self._collect(item, members, _form_object, inner, depth + 1)

    def _add_path(self, item: Any, matrix: Matrix) -> None:
        """A thin path is a line; of a thick one the parts are looked at (a frame's sides, many lines in one path)."""
        _draw_mode(item, _FILL, _STROKE)
        fill, stroke = _MODE[:]
        if not (fill or stroke):
            return
        bounds = _bounds(item)
        if min(bounds[2] - bounds[0], bounds[3] - bounds[1]) <= THIN:
            self._add_box(moved(bounds, matrix))
            return
        segments = pdfium_c.FPDFPath_CountSegments(item)
        if segments <= (0 if stroke else RECTANGLE) or segments > PATH_SEGMENTS:
            return  # one filled rectangle is a background; its edge rules nothing
        own = _combined(_matrix(item), matrix)
        for part in _subpaths(item, segments):
            for box in _part_boxes(part, bool(stroke)):
                self._add_box(moved(box, own))

    def _add_box(self, box: Box) -> None:
        x0, y0, x1, y1 = self.place(*box)
        if y1 - y0 <= THIN:
            self.horizontals.append(Rule((y0 + y1) / 2, x0, x1))
        if x1 - x0 <= THIN:
            self.verticals.append(Rule((x0 + x1) / 2, y0, y1))


def _bounds(item: Any) -> Box:
    _object_bounds(item, *_SIDES)
    left, bottom, right, top = _BOX[:]
    return left, bottom, right, top


def _matrix(item: Any) -> Matrix:
    found = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(item, found):
        return IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _combined(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that applies ``inner`` first, then ``outer``."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


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


def joined_rules(rules: Iterable[Rule]) -> list[Rule]:
    """Lines on one edge that meet or overlap, as one line; what is shorter than a glyph is dropped."""
    ordered = sorted(rules)
    joined: list[Rule] = []
    group: list[Rule] = []
    for rule in ordered:
        if group and rule.at - group[0].at > SAME_EDGE:
            joined += _runs(group)
            group = []
        group.append(rule)
    joined += _runs(group)
    return [rule for rule in joined if rule.end - rule.start > TOUCH]


def _runs(group: list[Rule]) -> list[Rule]:
    runs: list[list[Rule]] = []
    reach = 0.0
    for rule in sorted(group, key=lambda rule: rule.start):
        if runs and rule.start - reach <= TOUCH:
            runs[-1].append(rule)
            reach = max(reach, rule.end)
        else:
            runs.append([rule])
            reach = rule.end
    return [Rule(sum(rule.at for rule in run) / len(run), run[0].start, max(rule.end for rule in run)) for run in runs]
