"""Words that are shown and are no part of a figure: crossed out by a line, raised or lowered as note marks are."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from ..document import HIDDEN, RAISED, STRUCK, without_signs
from .pdf_calls import EDGES, INK, char_angle, char_origin
from .pdf_glyphs import FALL, LEAST_INK, glyph_box, ink_box
from .pdf_places import Box, Ruling, Run
from .pdf_visible import UNSURE

Slant = tuple[float, float, float, float]
"""A line that is neither level nor upright, from one end to the other: x0, y0, x1, y1 in points."""

LOWERED = "lowered"
"""As RAISED, below the base line."""

NEAR_MIDDLE = 0.35
"""A line no further from the middle of a run than this share of its height may cross it out, …"""
THROUGH = (0.2, 0.8)
"""… if it runs through its ink, between these shares of the ink's height: an underline and a cell's edge run below."""
ONE_LINE = 0.8
"""Pieces of a line stand at one height, to this many points, …"""
ONE_REACH = 1.5
"""… and meet, to this many points."""
ENDS = 2.0
"""A line that ends this close to an upright line on both sides may be an edge of a cell, and labels overflow theirs."""
SOME = 0.15
"""Another line crosses out what fills this share of it, unless it is short: …"""
SHORT = 8.0
"""… no longer than this many em."""

SLASHED = 0.6
"""A slanted line crosses a figure out if it runs through this share of its width or height."""

SMALLER = 0.92
"""A note mark is no taller than this share of what it stands beside, …"""
RISEN, SUNK = 0.18, 0.1
"""… and its base line this share of that height higher or lower; …"""
OFF_LINE = 0.25
"""… of the same height, this share off the line."""
FARTHEST = 0.7
"""What stands further off is another line."""
SMALL = 0.75
"""Digits on the line of others and no taller than this share of them may be a note mark, or a part of the number."""
UNREADABLE = 0.12
"""Glyphs of no more than this share of the height beside them cannot be read."""
EVEN = 0.06
"""Digits whose boxes differ by less than this share of their height stand even."""
ON_EACH_OTHER = 0.3
"""Digits that cover this share of the narrower one's width lie on each other, …"""
UNLIKE = 0.3
"""… unless all follow each other alike, to this share of their height, as in a narrow font."""
UPRIGHT = 0.05
"""Radians by which a digit may lean and still stand upright."""
BESIDE = 0.35
"""A note mark stands this many em from its word at the most; it may overlap it as far."""
TOUCHING = 0.12
"""One of the same height stands no further than this many em."""

_FIGURE = frozenset("0123456789.,-%")
_DIGITS = re.compile(r"\S?\d[\d*※#①-⑳\[\]()〔〕()]*")
"""A number with the character before it and marks behind it."""
_NOTE = re.compile(r"[\[((〔【]?(?:注?\d{1,2}(?:[,,、]\d{1,2})*|注|[①-⑳]|[*※#]{1,3}|[a-z])[\]))〕】]?")
_MARK = re.compile(r"[\d*※#①-⑳\[\]()〔〕()]")


# Crossed out -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Strikes:
    """The glyphs that lines cross out, and the pieces of those lines, which rule no table."""

    glyphs: Mapping[int, str]
    lines: frozenset[Ruling]


class _Crossed(NamedTuple):
    """A glyph under a line: its place in the text, its character, and the ends of its ink."""

    at: int
    char: str
    x0: float
    x1: float


def strikes(
    lines: Collection[Ruling],
    runs: Sequence[Run],
    starts: Sequence[int],
    verticals: Sequence[Ruling],
    ink: Callable[[int], Box],
) -> Strikes:
    """What the lines cross out. ``starts``: the index of each run's first glyph; ``ink``: the box of a glyph's ink."""
    rows = _Rows(runs, starts)
    through = {line for line in lines if rows.may_cross(line)}
    glyphs: dict[int, str] = {}
    used: set[Ruling] = set()
    if through:
        for pieces in _whole_lines(lines):
            if through.isdisjoint(pieces):
                continue
            whole = Ruling(pieces[0].at, pieces[0].start, max(piece.end for piece in pieces))
            crossed = [glyph for run in rows.crossed(whole) for glyph in _under(run, whole, ink)]
            if crossed and _is_strike(whole, crossed, verticals, rows.em):
                glyphs |= {glyph.at: STRUCK for glyph in crossed}
                used |= set(pieces)
    return Strikes(glyphs, frozenset(used))


_NUMBER = re.compile(r"\d(?:[\d.,,]*\d)?")


def crossed_glyphs(whole: str, boxes: Sequence[Box], ink: Callable[[int], Box]) -> dict[int, str]:
    """The glyphs whose middle lies in boxes (on the page, from below) that annotations cross out."""
    found: dict[int, str] = {}
    for at in range(len(whole) if boxes else 0):
        left, bottom, right, top = ink(at)
        x, y = (left + right) / 2, (bottom + top) / 2
        if not whole[at].isspace() and any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in boxes):
            found[at] = STRUCK
    return found


def slashed_figures(whole: str, slants: Sequence[Slant], ink: Callable[[int], Box]) -> dict[int, str]:
    """The glyphs of figures through which, or through one digit of which, a slanted line is drawn.

    Lines and ink are on the page, from below.
    """
    found: dict[int, str] = {}
    for match in _NUMBER.finditer(whole) if slants else ():
        glyphs = range(*match.span())
        boxes = [ink(index) for index in glyphs]
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        boxes.append((min(lefts), min(bottoms), max(rights), max(tops)))
        if any(_runs_through(line, box) for line in slants for box in boxes):
            found |= dict.fromkeys(glyphs, STRUCK)
    return found


def _runs_through(line: Slant, box: Box) -> bool:
    """Whether what lies of a line in a box goes by its middle, from side to side or from top to bottom."""
    x0, y0, x1, y1 = line
    left, bottom, right, top = box
    if right <= left or top <= bottom:
        return False
    ends = _share(x0, x1, left, right), _share(y0, y1, bottom, top)
    start, end = max(0.0, *(first for first, _ in ends)), min(1.0, *(last for _, last in ends))
    across, upwards = (end - start) * abs(x1 - x0) / (right - left), (end - start) * abs(y1 - y0) / (top - bottom)
    middle = (start + end) / 2
    x, y = (x0 + middle * (x1 - x0) - left) / (right - left), (y0 + middle * (y1 - y0) - bottom) / (top - bottom)
    return max(across, upwards) >= SLASHED and all(THROUGH[0] <= share <= THROUGH[1] for share in (x, y))


def _share(start: float, end: float, low: float, high: float) -> tuple[float, float]:
    """From which share of its length to which a line stays between two sides."""
    first, last = sorted(((low - start) / (end - start), (high - start) / (end - start)))
    return first, last


class _Rows:
    """Runs by the height at which they stand."""

    def __init__(self, runs: Sequence[Run], starts: Sequence[int]) -> None:
        self.rows = sorted(
            ((run, start) for run, start in zip(runs, starts, strict=True) if not _is_told(run)),
            key=lambda row: row[0].y0 + row[0].y1,
        )
        self.middles = [(run.y0 + run.y1) / 2 for run, _ in self.rows]
        self.em = max((run.y1 - run.y0 for run in runs), default=0.0)

    def may_cross(self, line: Ruling) -> bool:
        """Whether a line runs near the middle of any run."""
        return next(self.crossed(line), None) is not None

    def crossed(self, line: Ruling) -> Iterator[tuple[Run, int]]:
        """The runs near whose middle a line runs."""
        at, start, end = line
        reach = NEAR_MIDDLE * self.em
        for row in self.rows[bisect_left(self.middles, at - reach) : bisect_right(self.middles, at + reach)]:
            run = row[0]
            near = abs((run.y0 + run.y1) / 2 - at) <= NEAR_MIDDLE * (run.y1 - run.y0)
            if near and run.x0 < end and run.x1 > start and not _is_told(run):
                yield row


def _is_told(run: Run) -> bool:
    """Whether a run is told as raised already."""
    return without_signs(run.text) != run.text


def _whole_lines(pieces: Iterable[Ruling]) -> Iterator[list[Ruling]]:
    """The pieces of each line, from left to right."""
    levels: list[list[Ruling]] = []
    for piece in sorted(set(pieces)):
        if levels and piece.at - levels[-1][0].at <= ONE_LINE:
            levels[-1].append(piece)
        else:
            levels.append([piece])
    for level in levels:
        line: list[Ruling] = []
        reach = 0.0
        for piece in sorted(level, key=lambda piece: piece.start):
            if line and piece.start - reach > ONE_REACH:
                yield line
                line = []
            reach = max(reach, piece.end) if line else piece.end
            line.append(piece)
        yield line


def _under(row: tuple[Run, int], line: Ruling, ink: Callable[[int], Box]) -> list[_Crossed]:
    """The glyphs of a run that a line crosses out, none where it runs above or below the middle of their ink."""
    run, start = row
    boxes = [(start + number, ink(start + number)) for number in range(len(run.text))]
    under = [(index, box) for index, box in boxes if line.start <= (box[0] + box[2]) / 2 <= line.end]
    if not under:
        return []
    top, bottom = min(box[1] for _, box in boxes), max(box[3] for _, box in boxes)
    low, high = THROUGH
    if bottom <= top or not low <= (bottom - line.at) / (bottom - top) <= high:
        return []
    return [_Crossed(index, run.text[index - start], box[0], box[2]) for index, box in under]


def _is_strike(line: Ruling, crossed: Sequence[_Crossed], verticals: Sequence[Ruling], em: float) -> bool:
    """Whether a line through glyphs crosses them out, and is no edge of a table's cells."""
    at, start, end = line
    across = [ruling.at for ruling in verticals if ruling.start - ENDS <= at <= ruling.end + ENDS]
    inner = [x for x in across if start + ENDS < x < end - ENDS]
    if inner:
        return len({bisect_left(inner, (glyph.x0 + glyph.x1) / 2) for glyph in crossed}) > 1
    if all(any(abs(x - tip) <= ENDS for x in across) for tip in (start, end)):
        return all(glyph.char in _FIGURE for glyph in crossed)
    filled = (max(glyph.x1 for glyph in crossed) - min(glyph.x0 for glyph in crossed)) / (end - start)
    return filled >= SOME or end - start <= SHORT * em


# Raised and lowered ----------------------------------------------------------------------------------------------


class Digits(NamedTuple):
    """What is told of numbers: the glyphs that are raised or lowered, and the digits of those with too little room."""

    uneven: dict[int, str]
    close: list[Sequence[int]]


def uneven_digits(text: Any, whole: str) -> Digits:
    """The digits that stand smaller and higher, or lower, than others of what the file gives as one number, or much
    smaller on its line; and all those of numbers whose digits have less room than they need.
    """
    found = Digits({}, [])
    for number in _DIGITS.finditer(whole):
        begins = _begins_a_word(whole, number)
        if len(number[0]) == 1 and not begins:
            continue
        end = number.end() + begins
        first, last = [glyph_box(text, index) for index in (number.start(), end - 1)]
        even, close = _are_even(first, last), not begins and _is_close(number[0], first, last)
        if (even and not close) or abs(char_angle(text, number.start())) >= UPRIGHT:
            continue
        glyphs = range(number.start(), number.end())
        if not even:
            found.uneven.update(_raised_or_lowered(text, whole, range(number.start(), end)))
        if close:
            found.close.append(glyphs if number[0][0].isdigit() else glyphs[1:])
    return found


def _begins_a_word(whole: str, number: re.Match[str]) -> bool:
    """Whether a number begins what the file gives as a line or word, which goes on behind it: a raised one may."""
    start, end = number.span()
    return (start == 0 or whole[start - 1].isspace()) and end < len(whole) and not whole[end].isspace()


def digits_on_each_other(text: Any, close: Iterable[Sequence[int]], marks: Mapping[int, str]) -> dict[int, str]:
    """The digits of numbers that are printed on each other: nobody can be sure of them. ``marks``: what is told of
    glyphs already; of a number that has such a one nothing more is.
    """
    found: dict[int, str] = {}
    for digits in close:
        if marks.keys().isdisjoint(digits) and _lie_on_each_other(text, digits):
            found |= dict.fromkeys(digits, UNSURE)
    return found


def _is_close(number: str, first: Box, last: Box) -> bool:
    """Whether the digits of a number, behind the character before it, have less room than as many side by side take."""
    digits = number if number[0].isdigit() else number[1:]
    start, width = first[0] if digits is number else first[2], last[2] - last[0]
    return digits.isdecimal() and last[2] - start < (len(digits) - ON_EACH_OTHER) * width


def _lie_on_each_other(text: Any, digits: Sequence[int]) -> bool:
    """Whether the ink of a digit covers the next, though others of the number stand further apart or there are none."""
    inks = [ink_box(text, index) for index in digits]
    steps = [after[0] - before[0] for before, after in pairwise(inks)]
    tallest = max(top - bottom for _, bottom, _, top in inks)
    if len(steps) > 1 and max(steps) - min(steps) <= UNLIKE * tallest:
        return False
    return any(_covers(before, after) for before, after in pairwise(inks))


def _covers(one: Box, other: Box) -> bool:
    """Whether a glyph's ink lies on that of the next, on one line with it."""
    across, up = (
        (min(one[end], other[end]) - max(one[start], other[start]))
        / max(min(one[end] - one[start], other[end] - other[start]), LEAST_INK)
        for start, end in ((0, 2), (1, 3))
    )
    return up > 1 / 2 and across > ON_EACH_OTHER


def _are_even(one: Box, other: Box) -> bool:
    slack = EVEN * abs(one[3] - one[1])
    return abs(one[1] - other[1]) <= slack and abs(one[3] - other[3]) <= slack


def _raised_or_lowered(text: Any, whole: str, places: Sequence[int]) -> dict[int, str]:
    boxes = [glyph_box(text, index) for index in places]
    sizes: list[tuple[float, float]] = []
    for index, box in zip(places, boxes, strict=True):
        char_origin(text, index, EDGES[0], EDGES[1])
        sizes.append((abs(box[3] - box[1]), INK[1]))
    tallest = max(height for height, _ in sizes)
    if any(abs(after[0] - before[2]) > BESIDE * tallest for before, after in pairwise(boxes)):
        return {}
    lines = Counter(round(line, 1) for height, line in sizes if height >= (1 - EVEN) * tallest)
    base = lines.most_common(1)[0][0]
    kinds = [_kind(height / tallest, (line - base) / tallest) if tallest else None for height, line in sizes]
    found = {index: kind for index, kind in zip(places, kinds, strict=True) if kind and _MARK.match(whole, index)}
    digits = {index: height for index, (height, _) in zip(places, sizes, strict=True) if whole[index].isdigit()}
    small = SMALL * max(digits.values())
    return {**{index: UNSURE for index, height in digits.items() if height <= small}, **found}


def _kind(size: float, shift: float) -> str | None:
    """What a glyph is beside another: ``size`` of the other's height, its base line ``shift`` of it higher."""
    if abs(shift) > FARTHEST:
        return None
    if size < UNREADABLE:
        return HIDDEN
    smaller = size <= SMALLER
    if shift >= (RISEN if smaller else OFF_LINE):
        return RAISED
    return LOWERED if shift <= -(SUNK if smaller else OFF_LINE) else None


def note_marks(runs: Sequence[Run], verticals: Sequence[Ruling]) -> dict[int, str]:
    """Which runs (by number) are note marks: right beside another run and off its line, smaller or as tall."""
    found: dict[int, str] = {}
    for (left, one), (right, other) in _neighbours(runs):
        mark, number, base = (other, right, one) if _is_smaller(other, one) else (one, left, other)
        kind = _kind_beside(mark, base)
        if kind and not any(_parts(ruling, one, other) for ruling in verticals):
            found[number] = kind
    return found


def _is_smaller(one: Run, other: Run) -> bool:
    """Whether a run is less tall than another, or of the same height and no longer."""
    if abs(_height(one) - _height(other)) <= EVEN * _height(other):
        return len(one.text) <= len(other.text)
    return _height(one) < _height(other)


def _height(run: Run) -> float:
    return run.y1 - run.y0


def _neighbours(runs: Sequence[Run]) -> Iterator[tuple[tuple[int, Run], tuple[int, Run]]]:
    """Runs beside each other of which one may be a note mark, the left one first."""
    lefts = sorted((run.x0, number) for number, run in enumerate(runs))
    starts = [x0 for x0, _ in lefts]
    for number, run in enumerate(runs):
        reach = BESIDE * _height(run)
        for _, other in lefts[bisect_left(starts, run.x1 - reach) : bisect_right(starts, run.x1 + reach)]:
            beside = runs[other]
            if other != number and beside.y0 < run.y1 and run.y0 < beside.y1:
                yield (number, run), (other, beside)


def _kind_beside(mark: Run, base: Run) -> str | None:
    if mark.turn or base.turn or not _NOTE.fullmatch(mark.text) or not _height(base) or _is_told(base):
        return None
    size = _height(mark) / _height(base)
    shift = (base.y1 - FALL * _height(base)) - (mark.y1 - FALL * _height(mark))
    touching = min(abs(mark.x0 - base.x1), abs(base.x0 - mark.x1)) <= TOUCHING * _height(base)
    return _kind(size, shift / _height(base)) if size <= SMALLER or touching else None


def _parts(ruling: Ruling, one: Run, other: Run) -> bool:
    """Whether an upright line stands between two runs."""
    middle = (max(one.y0, other.y0) + min(one.y1, other.y1)) / 2
    return (one.x0 + one.x1) / 2 < ruling.at < (other.x0 + other.x1) / 2 and ruling.start <= middle <= ruling.end


def pieces(kinds: Sequence[str | None]) -> Iterator[tuple[int, int, str | None]]:
    """Runs of one kind: first place, the one behind the last, and the kind."""
    cuts = [0, *(at for at, (one, other) in enumerate(pairwise(kinds), start=1) if one != other), len(kinds)]
    for start, end in pairwise(cuts):
        yield start, end, kinds[start]
