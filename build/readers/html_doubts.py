"""Words in the cells of a web page's tables of which nobody can be sure without looking at the drawn page.

A style sheet may move, turn, cut, blur or cover words, and set them in another order. What a page's design does to its
menus does not matter here; where it is done to the words of a cell, or to a figure within a paragraph, they make no
figure, and that is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

from lxml.etree import _Element as Element

from .html_colours import is_unknown
from .html_declarations import ODD, ODD_PROPERTIES
from .html_looks import CUTS, FAR, ZERO_WITHIN, Look, clipped, is_box
from .html_media import pixels
from .html_transforms import transformed
from .html_words import BLOCKS, TABLE_PARTS, is_figure, words

MOVED = 0.5
"""Of a letter: words that are moved aside by more may stand before those before them, or on them."""

OUT_OF_CELL = 1.25
"""Letters: words that are moved by more may stand in another cell."""

INDENTED = 3.0
"""Letters: a first line begins no farther out, or in where what is too long for it is cut off."""

FAR_IN = 300.0
"""Pixels: what is pushed in by more is not where its cell is."""

TALL, WIDE = 0.8, 0.45
"""Of a letter: what is less high cuts figures; how wide each figure is at least."""

TALLEST_LINE = 0.6
"""Of a letter: in lines less high that are cut at the side, figures are cut."""

Values = Mapping[str, str]

_CELLS = ("td", "th")
_FREE = frozenset(("absolute", "fixed"))
_DIGIT = re.compile(r"\d")


def cell_of(element: Element) -> Element | None:
    """The cell that an element is, or stands in; None where the cell holds tables and lays out the page."""
    cell = element if element.tag in _CELLS else next(element.iterancestors(*_CELLS), None)
    return cell if cell is None or next(cell.iter("table"), None) is None else None


def place_of(element: Element) -> Element | None:
    """The cell that an element is or stands in, or the paragraph where it is a figure of one; None for any other."""
    cell = cell_of(element)
    if cell is not None or element.tag in BLOCKS or not is_figure(words(element)):
        return cell
    return next(element.iterancestors(*BLOCKS), None)


class _Case(NamedTuple):
    """An element in a cell, or a figure in a paragraph (``cell``, too), what is declared of it and of all others, and
    the size of its letters.
    """

    element: Element
    values: Values
    size: float
    cell: Element
    declared: Mapping[Element, Values]

    @property
    def is_alone(self) -> bool:
        """Whether the element holds all the words of its cell."""
        return self.element is self.cell or words(self.element).strip() == words(self.cell).strip()

    @property
    def is_box(self) -> bool:
        """Whether the element has a size and place of its own."""
        return is_box(str(self.element.tag), self.values)

    def length(self, name: str) -> float | None:
        """What is declared of a property, in pixels; None where it is no length."""
        return pixels(self.values.get(name, ""), self.size)


@lru_cache(maxsize=4096)
def may_be_doubtful(declared: tuple[tuple[str, str], ...]) -> bool:
    """Whether what is ``declared``, as (property, value) pairs, may make the words of some cell doubtful."""
    return any(
        value == ODD
        or (name in _SUSPECT and value not in _HARMLESS)
        or (name.startswith("margin") and (value.startswith("-") or len(value) > len("99px")))
        or (name == "position" and value in _FREE)
        or (name == "overflow" and value in CUTS)
        or (name == "direction" and value == "rtl")
        or (name in ("color", "fill") and is_unknown(value))
        for name, value in declared
    )


_SUSPECT = frozenset((
    "transform", "rotate", "scale", "translate", "clip", "clip-path", "float", "left", "right", "top", "bottom",
    "text-indent", "background-image", "content",
))  # fmt: skip
_HARMLESS = frozenset(("none", "auto", "initial", "unset", "0", "0px", "static", "url"))


def is_doubtful(element: Element, look: Look, declared: Mapping[Element, Values]) -> bool:
    """Whether nobody can be sure of the words of an element in a cell, or of a figure in a paragraph, for what is
    ``declared`` of it.
    """
    values = declared[element]
    if element.tag == "tr" and any(values.get(name) == ODD for name in ("flex-direction", "flex-flow")):
        return True
    place = place_of(element)
    if place is None:
        return False
    if any(values.get(name) == ODD for name in ODD_PROPERTIES):
        return True
    case = _Case(element, values, look.size, place, declared)
    return any(found(case) for found in _DOUBTS)


def is_out_of_view(element: Element, values: Values, size: float, declared: Mapping[Element, Values]) -> bool:
    """Whether a block outside of cells is drawn off the screen by its own size, or cut off before most of its lines, or
    whether words there are blurred.
    """
    if values.get("unreadable") == ODD and cell_of(element) is None:
        return True
    overflow = values.get("overflow")
    may_be = overflow in _CUT_OFF or any(name in values for name in _MOVING)
    if not may_be or not is_box(str(element.tag), values) or cell_of(element) is not None:
        return False
    is_table = element.tag in TABLE_PARTS and values.get("display", "table") not in _SIZED
    if overflow in _CUT_OFF and not is_table and _holds_more(element, values, size):
        scrolls = any("scrolls" in declared.get(inner, {}) for inner in element.iter())
        if not scrolls:
            return True
    return _is_moved_off(values)


_CUT_OFF = ("hidden", "clip")
_SIZED = ("block", "inline-block", "flex", "grid")
"""A table that is none of these is as high as its rows, whatever is stated."""
_MOVING = ("transform", "translate", "left", "right", "top")
_AWAY = re.compile(
    r"(?:translate(?:x|y|3d)?\((?:[^(),]{1,12},\s*)?|^(?:\S{1,12}\s+)?)-[1-9]\d{2,}(?:\.\d+)?(?:%|v[wh])"
)
"""translateX(-100%), and -100% of ``left`` or ``top``: by a whole width or height, or that of the screen."""
_UNMOVED = frozenset(("", "0", "0px", "auto", "initial", "unset", "inherit"))
WIDEST_LINE = 1500.0
"""Pixels; no line of a page's words is longer."""


def _is_moved_off(values: Values) -> bool:
    position = values.get("position")
    free = position in _FREE
    if (free or position == "relative") and _AWAY.match(values.get("left", "")):
        return True
    if free and _AWAY.match(values.get("top", "")):
        return True
    if free and values.get("right") == "100%":
        return True
    is_set = any(values.get(side, "") not in _UNMOVED for side in ("left", "right", "top", "bottom", "margin-left"))
    return not is_set and any(_AWAY.search(values.get(name, "")) for name in ("transform", "translate"))


def _holds_more(element: Element, values: Values, size: float) -> bool:
    """Whether an element holds more rows of tables, or twice as many words, as its stated height has room for."""
    lines = len(words(element)) * size / WIDEST_LINE / 2
    clamp = values.get("line-clamp", "")
    if clamp.isdecimal() and lines > int(clamp) and next(element.iter("table"), None) is None:
        return True
    heights = (pixels(values.get(side, ""), size) for side in ("height", "max-height"))
    height = min((one for one in heights if one is not None), default=None)
    return height is not None and max(sum(1 for _ in element.iter("tr")), lines) * size > height


def moves_others(element: Element, values: Values, size: float) -> bool:
    """Whether an element in a cell draws the words behind it along, far out of the cell."""
    side = (
        "margin-top"
        if is_box(str(element.tag), values) and "inline" not in values.get("display", "")
        else "margin-left"
    )
    is_far = (pixels(values.get(side, ""), size) or 0.0) <= -FAR
    return is_far and element.tag not in _CELLS and values.get("position") not in _FREE


def is_cover(element: Element, values: Values) -> bool:
    """Whether an element in a cell may lie on the words of the cell, or one in a figure on the figure."""
    if values.get("position") not in _FREE or covered_by(element) is None:
        return False
    ground = values.get("background-color", "transparent")
    has_ground = ground not in ("transparent", "initial", "inherit", "unset")
    return has_ground or values.get("background-image", "none") != "none" or "border" in values


def covered_by(element: Element) -> Element | None:
    """The cell on whose words an element may lie, or the figure that it is or stands in; None where there is none."""
    cell = cell_of(element)
    if cell is not None:
        return cell
    around = (element, element.getparent())
    return next((part for part in around if part is not None and place_of(part) is not None), None)


def _is_distorted(case: _Case) -> bool:
    values = case.values
    if clipped(values) == ODD or ("clip" in values and values["clip"] != "auto" and values.get("position") in _FREE):
        return True
    return case.is_box and transformed(values, case.size) == ODD


_SIDES = ("left", "right", "top", "bottom")
_UNSET = frozenset(("auto", "initial", "unset", "inherit", "revert"))


def _is_moved(case: _Case) -> bool:
    position = case.values.get("position", "static")
    stated = {side: case.values[side] for side in _SIDES if case.values.get(side, "auto") not in _UNSET}
    if not stated or position not in ("absolute", "fixed", "relative", "sticky"):
        return False
    moves = {side: pixels(value, case.size, 0.0 if value in ("0%", "100%") else FAR) for side, value in stated.items()}
    farthest = max(FAR if move is None else abs(move) for move in moves.values())
    if position in _FREE and case.cell.tag not in _CELLS:
        return True
    if position in _FREE:
        return case.is_alone and (position == "fixed" or farthest > NEARBY or not _is_held(case))
    if farthest > OUT_OF_CELL * case.size:
        return True
    aside = max(abs(moves.get("left") or 0.0), abs(moves.get("right") or 0.0))
    return aside > MOVED * case.size and not case.is_alone


NEARBY = 100.0
"""Pixels; what is set no farther from the corner of its own cell is in it."""


def _is_held(case: _Case) -> bool:
    """Whether the sides of an absolute element are counted from its own cell, or from something in it."""
    for around in case.element.iterancestors():
        if case.declared.get(around, {}).get("position", "static") in ("relative", "absolute"):
            return True
        if around is case.cell:
            break
    return False


def _is_shoved(case: _Case) -> bool:
    margins = [pixels(case.values.get(name, ""), case.size, FAR) or 0.0 for name in ("margin-left", "margin-right")]
    aside = OUT_OF_CELL if case.is_alone else MOVED
    if min(margins) < -aside * case.size and case.element is not case.cell:
        return True
    if (case.length("margin-top") or 0.0) < -OUT_OF_CELL * case.size or max(margins) > FAR_IN:
        return True
    indent = pixels(case.values.get("text-indent", ""), case.size, FAR) or 0.0
    far = INDENTED * case.size
    return indent < -far or indent > FAR_IN or (indent > far and case.values.get("overflow") in CUTS)


def _is_cut(case: _Case) -> bool:
    digits = len(_DIGIT.findall(words(case.element))) if case.values.get("overflow") in CUTS and case.is_box else 0
    if not digits:
        return False
    if any(ZERO_WITHIN.search(case.values.get(name, "")) for name in ("width", "height", "max-width", "max-height")):
        return True
    width, height = (_lesser(case.length(f"max-{side}"), case.length(side)) for side in ("width", "height"))
    is_narrow = width is not None and width < WIDE * case.size * digits
    if case.element is case.cell and case.values.get("display", "table-cell") == "table-cell":
        return is_narrow and ((width or 0.0) <= 1 or "width" not in case.values)
    return is_narrow or _is_low(case, height)


def _is_low(case: _Case, height: float | None) -> bool:
    """Whether an element of this height, or its lines, are too low for its words."""
    stated = case.values.get("line-height", "")
    line = pixels(stated, case.size, case.size)
    if line is not None and stated.replace(".", "").isdecimal():
        line *= case.size
    if line is not None and (line < TALLEST_LINE * case.size or (height is not None and line > 2 * height)):
        return True
    padding = pixels(case.values.get("padding-block", "0"), case.size)
    if height is None or padding is None:
        return height is not None
    return height - 2 * padding < TALL * case.size  # the padding may be a part of the height


def _lesser(one: float | None, other: float | None) -> float | None:
    return min((length for length in (one, other) if length is not None), default=None)


def _is_reordered(case: _Case) -> bool:
    """Whether words may stand in another order than in the page's text."""
    element, side = case.element, case.values.get("float", "none")
    if side in ("right", "inline-end", "left", "inline-start") and not case.is_alone:
        return side in ("right", "inline-end") or bool(_before(element, case.cell).strip())
    if case.values.get("direction") != "rtl":
        return False
    return sum(1 for child in element.iterdescendants() if _DIGIT.search(words(child))) > 1


def _before(element: Element, cell: Element) -> str:
    """The words of the cell before an element."""
    found: list[str] = []
    for part in cell.iter():
        if part is element:
            break
        found.append(part.text or "")
    before = element.getprevious()
    return "".join(found) + ((before.tail or "") if before is not None else "")


def _is_drawn_on(case: _Case) -> bool:
    """Whether colours that run into each other lie behind single words: they may make a line through them."""
    image = case.values.get("background-image", "")
    return image == "lined" or (image == "gradient" and case.element.tag not in TABLE_PARTS)


def _is_of_unknown_colour(case: _Case) -> bool:
    return any(is_unknown(case.values.get(name, "")) for name in ("color", "fill"))


def _is_replaced(case: _Case) -> bool:
    return "url(" in case.values.get("content", "")


_DOUBTS: tuple[Callable[[_Case], bool], ...] = (
    _is_distorted, _is_moved, _is_shoved, _is_cut, _is_reordered, _is_drawn_on, _is_replaced, _is_of_unknown_colour,
)  # fmt: skip
