"""How text looks in a Word file: which of it is struck out, raised, or not to be seen (ECMA-376 part 1, 17.3.2, 17.7).

A run states some of its properties; its character style, its paragraph's style, its table's style and the document's
defaults state others. Properties that a style toggles (crossed out, hidden) are exclusive-or'ed over the kinds of
styles, and settled by the run itself where it speaks of them (17.7.3). Letters in the colour of what lies behind them
are not to be seen: behind a run lies its own shading, its paragraph's, its cell's, its table's, else white paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from docx.oxml.ns import qn
from lxml import etree

from ..document import HIDDEN, STRUCK
from .colours import NEAREST_SURE, UNKNOWN, WHITE, alike

SUPERSCRIPT, SUBSCRIPT = "superscript", "subscript"
"""Kinds of text beside STRUCK and HIDDEN: raised or lowered, and made small."""
NUDGED_UP, NUDGED_DOWN = "nudged up", "nudged down"
"""Moved off the line in full or other size: a note mark beside text that is not, else a way to set a whole cell."""

DOUBTFUL = "doubtful"
"""Seen otherwise than it stands there, or hardly: nobody can be sure of a digit."""

LARGEST_UNSEEN = 3
"""Half points: letters of 1.5 points are no letters to the eye."""
NARROWEST_SEEN = 11
"""Percent of the usual width; letters scaled below are a thin line."""
SMALLEST_SURE, NARROWEST_SURE = 7, 33
"""Half points and percent: of smaller and of narrower letters nobody can be sure."""
CLOSEST = 0.25
"""Of a letter's size: letters that are drawn together by more lie on each other."""
FARTHEST_MOVED = 2
"""Letters' sizes: what is moved up or down by more stands in another row, or is cut off."""
LEAST_MOVED, LEAST_MOVED_SMALL = 4, 2
"""Half points off the line that make a mark of a letter in full size, and of one in a smaller size."""
SMALL = 0.85
"""Of the size of the text around: a smaller letter is small."""
USUAL_SIZE = 20
"""Half points where nothing states a size."""
OFF = frozenset({"0", "false", "off", "none"})

VAL, TYPE = qn("w:val"), qn("w:type")
PPR, RPR, TCPR, NUMBERS = (qn(f"w:{name}") for name in ("pPr", "rPr", "tcPr", "numPr"))
_TBLPR, _TABLE_STYLE, _LOOK, _SHADE = (qn(f"w:{name}") for name in ("tblPr", "tblStyle", "tblLook", "shd"))
_FILL, _COLOR = qn("w:fill"), qn("w:color")
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def value(parent: etree._Element | None, name: str) -> str | None:
    """``w:val`` of the child ``name``, None where either is missing."""
    found = None if parent is None else parent.find(name)
    return None if found is None else found.get(VAL)


def switched(parent: etree._Element | None, name: str) -> bool | None:
    """A property that is switched on by being there; None where it is not there."""
    found = None if parent is None else parent.find(name)
    return None if found is None else _on(found)


def whole(text: str | None) -> int | None:
    """A number as such files write it, None for anything else."""
    digits = (text or "").removeprefix("-")
    return int(text or "") if digits.isdecimal() and digits.isascii() and len(digits) < 10 else None


# What properties state -------------------------------------------------------------------------------------------


class Stated(NamedTuple):
    """What a ``w:rPr`` says of how its text looks; None where it says nothing.

    ``moved`` and ``size`` in half points, ``width`` in percent, ``spacing`` in twentieths of a point; ``colour``,
    ``behind``, ``marked`` (a highlight, which lies over what is ``behind``) and ``filling`` (which counts before
    ``colour``) as RRGGBB, "" for automatic. ``symbols``: whether the font shows signs in place of digits.
    """

    struck: bool | None = None
    struck_twice: bool | None = None
    hidden: bool | None = None
    vertical: str | None = None
    moved: int | None = None
    size: int | None = None
    width: int | None = None
    colour: str | None = None
    behind: str | None = None
    spacing: int | None = None
    symbols: bool | None = None
    marked: str | None = None
    filling: str | None = None


NOTHING = Stated()


def _on(element: etree._Element) -> bool:
    return element.get(VAL, "1") not in OFF


def _number(element: etree._Element) -> int | None:
    return whole(element.get(VAL))


THEMED = "themed"
"""A colour that is the page's by the theme, and another one by what is said for programs without themes."""


def _colour(element: etree._Element) -> str:
    stated = element.get(VAL, "auto")
    if element.get(qn("w:themeColor")) in {"background1", "light1"} and element.get(qn("w:themeShade")) is None:
        return WHITE if stated in {"auto", WHITE} else THEMED
    return "" if stated == "auto" else stated.upper()


def shade(element: etree._Element | None) -> str | None:
    """The colour that a ``w:shd`` lays behind text; "" none, UNKNOWN a pattern, None where nothing is said."""
    if element is None:
        return None
    pattern = element.get(VAL, "clear")
    if pattern == "nil":
        return ""
    colour = element.get(_COLOR if pattern == "solid" else _FILL, "auto")
    if pattern not in {"clear", "solid"}:
        return UNKNOWN
    if colour == "auto":
        theme = element.get(qn("w:themeFill"))
        return WHITE if theme in {"background1", "light1"} and not _is_changed(element) else UNKNOWN if theme else ""
    return colour.upper()


def _is_changed(element: etree._Element) -> bool:
    return any(element.get(qn(f"w:{name}")) is not None for name in ("themeFillShade", "themeFillTint"))


_HIGHLIGHTS = {
    "white": WHITE, "none": "", "black": "000000", "yellow": "FFFF00", "green": "00FF00", "cyan": "00FFFF",
    "magenta": "FF00FF", "blue": "0000FF", "red": "FF0000", "darkBlue": "000080", "darkCyan": "008080",
    "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080",
    "lightGray": "C0C0C0",
}  # fmt: skip
"""ECMA-376 part 1, 17.18.40."""


def _highlight(element: etree._Element) -> str | None:
    return _HIGHLIGHTS.get(element.get(VAL, "none"), UNKNOWN) or None


def _is_hollow(element: etree._Element) -> bool:
    """Letters without a filling, or one that lets everything through."""
    alphas = (whole(alpha.get(f"{_W14}val")) or 0 for alpha in element.iter(f"{_W14}alpha"))
    return element.find(f"{_W14}noFill") is not None or any(alpha >= 95_000 for alpha in alphas)


def _filling(element: etree._Element) -> str | None:
    """The one colour that fills letters, None where it is none or not known."""
    solid = element.find(f"{_W14}solidFill")
    if solid is None or len(solid) != 1:
        return None
    stated = solid[0].get(f"{_W14}val", "")
    if len(solid[0]) == 0 and stated in {"bg1", "lt1"}:
        return WHITE
    return stated.upper() if solid[0].tag == f"{_W14}srgbClr" else None


SYMBOL_FONTS = frozenset({"Wingdings", "Wingdings 2", "Wingdings 3", "Webdings"})


def _shows_symbols(element: etree._Element) -> bool | None:
    font = element.get(qn("w:ascii"))
    return None if font is None else font in SYMBOL_FONTS


def _text_fill(element: etree._Element) -> str | None:
    return HOLLOW if _is_hollow(element) else _filling(element)


HOLLOW = "hollow"
"""Stands for no filling at all."""

_READERS: dict[str, tuple[str, Callable[[etree._Element], object]]] = {
    qn("w:strike"): ("struck", _on),
    qn("w:dstrike"): ("struck_twice", _on),
    qn("w:vanish"): ("hidden", _on),
    qn("w:vertAlign"): ("vertical", lambda element: element.get(VAL)),
    qn("w:position"): ("moved", _number),
    qn("w:sz"): ("size", _number),
    qn("w:w"): ("width", _number),
    qn("w:color"): ("colour", _colour),
    _SHADE: ("behind", shade),
    qn("w:highlight"): ("marked", _highlight),
    qn("w:spacing"): ("spacing", _number),
    qn("w:rFonts"): ("symbols", _shows_symbols),
    f"{_W14}textFill": ("filling", _text_fill),
}


def stated(properties: etree._Element | None) -> Stated:
    """What a ``w:rPr`` (or None) says."""
    if properties is None:
        return NOTHING
    found: dict[str, object] = {}
    for child in properties:
        reader = _READERS.get(child.tag)
        if reader is not None:
            what = reader[1](child)
            if what is not None:
                found[reader[0]] = what
    return Stated(**found) if found else NOTHING  # type: ignore[arg-type]


def over(near: Stated, far: Stated) -> Stated:
    """What ``near`` says, and ``far`` where it says nothing."""
    if near is NOTHING or near == far:
        return far
    if far is NOTHING:
        return near
    return Stated._make(mine if mine is not None else other for mine, other in zip(near, far, strict=True))


# Styles ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style says of numbering (``w:numId``, ``w:ilvl``), of its runs, behind its text and of the height of its
    lines, and its element."""

    element: etree._Element
    parent: str | None = None
    list_id: str | None = None
    level: str | None = None
    runs: Stated = NOTHING
    behind: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class TablePart:
    """What a table's style says of some of its cells: of their text, and of what lies behind it."""

    runs: Stated = NOTHING
    behind: str | None = None


@dataclass(frozen=True, slots=True)
class TableLook:
    """A table's style as it applies to the cells by where they stand; ``on``: what of it the table wants."""

    parts: dict[str, TablePart]
    on: frozenset[str]
    behind: str | None

    def cell(self, row: int, column: int, *, last_row: bool, last_column: bool) -> TablePart:
        """What the style says of a cell; ``row`` and ``column`` count from 0."""
        runs, behind = NOTHING, self.behind
        for name in self._parts_of(row, column, last_row, last_column):
            part = self.parts.get(name)
            if part is not None:
                runs = over(part.runs, runs)
                behind = behind if part.behind is None else part.behind
        return TablePart(runs, behind)

    def _parts_of(self, row: int, column: int, last_row: bool, last_column: bool) -> Iterator[str]:
        """The parts that a cell belongs to, the weakest first (17.7.6)."""
        yield "wholeTable"
        band_row, band_column = row - ("firstRow" in self.on), column - ("firstCol" in self.on)
        if "bandVert" in self.on and band_column >= 0:
            yield f"band{band_column % 2 + 1}Vert"
        if "bandHorz" in self.on and band_row >= 0:
            yield f"band{band_row % 2 + 1}Horz"
        ends = {"firstCol": column == 0, "lastCol": last_column, "firstRow": row == 0, "lastRow": last_row}
        applied = [name for name, true in ends.items() if true and name in self.on]
        yield from applied
        for corner, sides in _CORNERS.items():
            if sides <= set(applied):
                yield corner


_CORNERS = {
    "neCell": {"firstRow", "lastCol"},
    "nwCell": {"firstRow", "firstCol"},
    "seCell": {"lastRow", "lastCol"},
    "swCell": {"lastRow", "firstCol"},
}
_LOOK_BITS = {
    "firstRow": 0x20,
    "lastRow": 0x40,
    "firstCol": 0x80,
    "lastCol": 0x100,
    "bandHorz": 0x200,
    "bandVert": 0x400,
}
_LOOK_NAMES = {"firstCol": "firstColumn", "lastCol": "lastColumn", "bandHorz": "noHBand", "bandVert": "noVBand"}


def _wanted(look: etree._Element | None) -> frozenset[str]:
    """The parts of its style that a ``w:tblLook`` switches on; bands are on unless it says that they are not."""
    bits = int(look.get(VAL, "0"), 16) if look is not None and _is_hex(look.get(VAL, "0")) else 0
    wanted = set()
    for name, bit in _LOOK_BITS.items():
        named = None if look is None else look.get(qn(f"w:{_LOOK_NAMES.get(name, name)}"))
        flag = bool(bits & bit) if named is None else named not in OFF
        if flag != name.startswith("band"):
            wanted.add(name)
    return frozenset(wanted)


def _is_hex(text: str) -> bool:
    return 0 < len(text) <= 8 and all(character in "0123456789abcdefABCDEF" for character in text)


class Around(NamedTuple):
    """What a paragraph stands in: a table's style says ``runs`` of its text, ``behind`` is what lies behind it."""

    runs: Stated = NOTHING
    behind: str = WHITE


PAGE = Around()
"""Around a paragraph that stands in no table."""


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by their id, None standing for the default paragraph style; what holds without any."""

    by_id: dict[str | None, _Style] = field(default_factory=dict)
    defaults: Stated = NOTHING
    _known: dict[tuple[object, ...], object] = field(default_factory=dict)

    def chain(self, style_id: str | None) -> Iterator[tuple[str | None, _Style]]:
        """The style and those it is based on, nearest first."""
        seen: set[str | None] = set()
        while style_id in self.by_id and style_id not in seen:
            seen.add(style_id)
            style = self.by_id[style_id]
            yield style_id, style
            if style.parent is None:
                return
            style_id = style.parent

    def list_styles(self) -> dict[str, str]:
        """Styles that name a list, and its id."""
        return {name: style.list_id for name, style in self.by_id.items() if name is not None and style.list_id}

    def runs(self, style_id: str | None) -> Stated:
        """What a style and those it is based on say of their text."""
        known = self._known.get(("runs", style_id))
        if isinstance(known, Stated):
            return known
        found = NOTHING
        for _, style in reversed(list(self.chain(style_id))):
            found = over(style.runs, found)
        self._known["runs", style_id] = found
        return found

    def behind(self, style_id: str | None) -> str | None:
        """What a paragraph's style lays behind its text."""
        return next((style.behind for _, style in self.chain(style_id) if style.behind is not None), None)

    def table(self, table: etree._Element) -> TableLook:
        """How ``table``'s style looks, and the table's own shading."""
        properties = table.find(_TBLPR)
        style_id = value(properties, _TABLE_STYLE)
        own = None if properties is None else shade(properties.find(_SHADE))
        look = None if properties is None else properties.find(_LOOK)
        return TableLook(self._table_parts(style_id), _wanted(look), own)

    def _table_parts(self, style_id: str | None) -> dict[str, TablePart]:
        if style_id is None:
            return {}
        known = self._known.get(("table", style_id))
        if isinstance(known, dict):
            return known
        parts: dict[str, TablePart] = {}
        for _, style in reversed(list(self.chain(style_id))):
            for name, part in _parts_of_style(style.element):
                below = parts.get(name, TablePart())
                parts[name] = TablePart(
                    over(part.runs, below.runs), below.behind if part.behind is None else part.behind
                )
        self._known["table", style_id] = parts
        return parts

    # How a run looks

    def kind(self, direct: Stated, style_id: str | None, paragraph_style: str | None, around: Around) -> str | None:
        """What is special about a run's text: HIDDEN, STRUCK, SUPERSCRIPT …; None where a person just reads it."""
        key = (direct, style_id, paragraph_style, around)
        if key in self._known:
            known = self._known[key]
            return known if isinstance(known, str) else None
        by_run = NOTHING if style_id is None else self.runs(style_id)
        found = _kind(direct, by_run, self.runs(paragraph_style), around, self.defaults)
        self._known[key] = found
        return found

    def size(self, direct: Stated, style_id: str | None, paragraph_style: str | None, around: Around) -> int:
        """The size of a run's letters, in half points."""
        whole_text = over(over(self.runs(paragraph_style), around.runs), self.defaults)
        by_run = NOTHING if style_id is None else self.runs(style_id)
        return over(over(direct, by_run), whole_text).size or USUAL_SIZE


def _kind(direct: Stated, by_run: Stated, by_paragraph: Stated, around: Around, defaults: Stated) -> str | None:
    levels = (by_run, by_paragraph, around.runs)
    whole_text = over(over(by_paragraph, around.runs), defaults)
    look = over(over(direct, by_run), whole_text)
    if _toggled("hidden", direct, levels, defaults) or _is_unseen(look, around.behind):
        return HIDDEN
    if look.struck_twice or _toggled("struck", direct, levels, defaults):
        return STRUCK
    size = look.size or USUAL_SIZE
    if _is_unsure(look, around.behind) or abs(look.moved or 0) > FARTHEST_MOVED * size:
        return DOUBTFUL
    if look.vertical in {SUPERSCRIPT, SUBSCRIPT}:
        return look.vertical
    small = size < SMALL * (whole_text.size or USUAL_SIZE)
    moved = look.moved or 0
    if abs(moved) < (LEAST_MOVED_SMALL if small else LEAST_MOVED):
        return None
    return NUDGED_UP if moved > 0 else NUDGED_DOWN


def _toggled(name: str, direct: Stated, levels: tuple[Stated, ...], defaults: Stated) -> bool:
    settled: bool | None = getattr(direct, name)
    if settled is not None:
        return settled
    return bool(getattr(defaults, name)) or sum(bool(getattr(level, name)) for level in levels) % 2 == 1


def _is_unseen(look: Stated, behind: str) -> bool:
    if look.filling == HOLLOW or (look.size or USUAL_SIZE) <= LARGEST_UNSEEN or (look.width or 100) < NARROWEST_SEEN:
        return True
    letters = look.filling or look.colour or ""
    return bool(letters) and alike(letters, look.marked or look.behind or behind)


def _is_unsure(look: Stated, behind: str) -> bool:
    """Whether letters are hardly there, lie on each other, or show as signs by a style."""
    size = look.size or USUAL_SIZE
    if size < SMALLEST_SURE or (look.width or 100) < NARROWEST_SURE or look.symbols:
        return True
    if (look.spacing or 0) < -CLOSEST * 10 * size:
        return True
    letters = look.filling or look.colour or ""
    if letters == THEMED or (not letters and look.marked == "000000"):
        return True
    return bool(letters) and alike(letters, look.marked or look.behind or behind, NEAREST_SURE)


def _parts_of_style(element: etree._Element) -> Iterator[tuple[str, TablePart]]:
    yield "wholeTable", _table_part(element)
    for part in element.findall(qn("w:tblStylePr")):
        yield part.get(TYPE, ""), _table_part(part)


def _table_part(element: etree._Element) -> TablePart:
    cell, table = element.find(TCPR), element.find(_TBLPR)
    behind = shade(None if cell is None else cell.find(_SHADE))
    if behind is None and table is not None:
        behind = shade(table.find(_SHADE))
    return TablePart(stated(element.find(RPR)), behind)


# styles.xml ------------------------------------------------------------------------------------------------------


def read_styles(root: etree._Element) -> Styles:
    """The styles that styles.xml defines."""
    styles: dict[str | None, _Style] = {}
    for element in root.findall(qn("w:style")):
        style = _read_style(element)
        styles[element.get(qn("w:styleId"))] = style
        if element.get(TYPE) == "paragraph" and element.get(qn("w:default"), "0") not in OFF:
            styles[None] = style
    defaults = root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{RPR}")
    return Styles(styles, stated(defaults))


def _read_style(element: etree._Element) -> _Style:
    paragraph = element.find(PPR)
    numbers = None if paragraph is None else paragraph.find(NUMBERS)
    return _Style(
        element,
        parent=value(element, qn("w:basedOn")),
        list_id=value(numbers, qn("w:numId")),
        level=value(numbers, qn("w:ilvl")),
        runs=stated(element.find(RPR)) if element.get(TYPE) != "table" else NOTHING,
        behind=None if paragraph is None else shade(paragraph.find(_SHADE)),
        line=exact_height(paragraph),
    )


def exact_height(paragraph: etree._Element | None) -> int | None:
    """The height that a ``w:pPr`` keeps lines to, in twentieths of a point; 0 for none, None where it says nothing."""
    spacing = None if paragraph is None else paragraph.find(qn("w:spacing"))
    if spacing is None or spacing.get(qn("w:line")) is None:
        return None
    return (whole(spacing.get(qn("w:line"))) or 0) if spacing.get(qn("w:lineRule")) == "exact" else 0
