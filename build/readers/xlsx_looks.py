"""How the cells of an .xlsx workbook look: fonts, what lies behind them, number formats (ECMA-376 part 1, 18.8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from lxml import etree
from openpyxl.styles.colors import COLOR_INDEX

from .colours import UNKNOWN, WHITE, alike, tinted
from .package import Parts, parsed
from .sheet_model import USUAL_FONT, Font, Look, whole

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ON = frozenset({"1", "true", "on"})
_MAIN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_THEME = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
"""The colours of a theme in the order in which cells number them."""
_OFFICE_THEME = ("FFFFFF", "000000")
"""White paper and black letters, where a file brings no theme."""

SYMBOL_FONTS = frozenset({"Wingdings", "Wingdings 2", "Wingdings 3", "Webdings"})
"""Fonts that show signs in place of letters and digits."""

_USUAL_LOOK = Look(USUAL_FONT, WHITE)


@dataclass(frozen=True, slots=True)
class _Palette:
    """The colours that cells name by number: of the theme, and of the list of old."""

    theme: Sequence[str] = _OFFICE_THEME
    indexed: Sequence[str] = COLOR_INDEX

    def colour(self, element: etree._Element | None) -> str:
        """RRGGBB, "" for automatic, UNKNOWN for a number that nothing explains."""
        if element is None or element.get("auto") in ON:
            return ""
        if element.get("rgb"):
            return element.get("rgb", "")[-6:].upper()
        number = whole(element.get("theme"), -1)
        if number >= 0:
            known = self.theme[number] if number < len(self.theme) else UNKNOWN
            return tinted(known, _decimal(element.get("tint")))
        number = whole(element.get("indexed"), -1)
        return self.indexed[number][-6:].upper() if 0 <= number < len(self.indexed) else _SYSTEM.get(number, UNKNOWN)


_SYSTEM = {64: "", 65: WHITE}
"""Letters and paper as the system has them."""


@dataclass(frozen=True, slots=True)
class Looks:
    """The looks of a workbook's cells by the index that cells carry, and what else its styles say."""

    cells: tuple[Look, ...] = ()
    shrinking: frozenset[int] = frozenset()
    filling: frozenset[int] = frozenset()
    crossed: frozenset[int] = frozenset()
    conditional: tuple[etree._Element, ...] = ()
    palette: _Palette = field(default_factory=_Palette)
    usual_size: float = USUAL_FONT.size

    def cell(self, index: int) -> Look:
        """How cells of style ``index`` look."""
        return self.cells[index] if 0 <= index < len(self.cells) else _USUAL_LOOK

    def shrinks(self, index: int) -> bool:
        """Whether cells of style ``index`` make their text smaller until it fits."""
        return index in self.shrinking

    def fills(self, index: int) -> bool:
        """Whether cells of style ``index`` repeat their text until they are full."""
        return index in self.filling

    def crosses_out(self, index: int) -> bool:
        """Whether a line runs through cells of style ``index`` from corner to corner."""
        return index in self.crossed

    def font(self, element: etree._Element) -> Font:
        """The font that a part of a text states (``rPr``), or a style (``font``)."""
        return _font(element, self.palette)

    def may_hide(self, index: int) -> bool:
        """Whether conditional format ``index`` strikes cells out, writes them white on white, or shows nothing."""
        if not 0 <= index < len(self.conditional):
            return False
        styled = self.conditional[index]
        fill, number, written = (styled.find(f"{S}{name}") for name in ("fill", "numFmt", "font"))
        font = USUAL_FONT if written is None else self.font(written)
        behind = WHITE if fill is None else _conditional_behind(fill, self.palette)
        blank = number is not None and not number.get("formatCode", "").strip('; "')
        return font.struck or blank or (bool(font.colour) and alike(font.colour, behind))


def _decimal(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0


def _font(element: etree._Element, palette: _Palette) -> Font:
    struck, raised, size = (element.find(f"{S}{name}") for name in ("strike", "vertAlign", "sz"))
    place = "baseline" if raised is None else raised.get("val", "baseline")
    return Font(
        struck=struck is not None and struck.get("val", "1") in ON,
        raised="" if place == "baseline" else place,
        colour=palette.colour(element.find(f"{S}color")),
        size=USUAL_FONT.size if size is None else _decimal(size.get("val")),
        signs=any(name.get("val") in SYMBOL_FONTS for name in element.iterchildren(f"{S}name", f"{S}rFont")),
    )


def _behind(fill: etree._Element, palette: _Palette) -> str:
    pattern = fill.find(f"{S}patternFill")
    if pattern is None:
        return UNKNOWN
    kind = pattern.get("patternType", "none")
    if kind == "none":
        return WHITE
    return (palette.colour(pattern.find(f"{S}fgColor")) or UNKNOWN) if kind == "solid" else UNKNOWN


def _conditional_behind(fill: etree._Element, palette: _Palette) -> str:
    """A conditional format states what is behind a cell as its pattern's background."""
    colour = palette.colour(fill.find(f"{S}patternFill/{S}bgColor"))
    return colour or UNKNOWN


def read_looks(package: Parts, styles: str, theme: str, formats: Mapping[int, str]) -> Looks:
    """The looks that part ``styles`` defines; ``formats``: number formats that need no definition."""
    if styles not in package:
        return Looks()
    root = parsed(package, styles)
    palette = _Palette(_theme(package, theme), _indexed(root))
    fonts = [_font(font, palette) for font in root.findall(f"{S}fonts/{S}font")]
    behind = [_behind(fill, palette) for fill in root.findall(f"{S}fills/{S}fill")]
    own = {whole(found.get("numFmtId")): found.get("formatCode", "") for found in root.iter(f"{S}numFmt")}
    known = {**formats, **own}
    cells = root.findall(f"{S}cellXfs/{S}xf")
    crossing = {at for at, border in enumerate(root.findall(f"{S}borders/{S}border")) if _crosses(border)}
    return Looks(
        tuple(
            Look(
                _at(fonts, cell.get("fontId"), USUAL_FONT),
                _at(behind, cell.get("fillId"), WHITE),
                known.get(whole(cell.get("numFmtId")), "General"),
            )
            for cell in cells
        ),
        frozenset(at for at, cell in enumerate(cells) if _shrinks(cell)),
        frozenset(at for at, cell in enumerate(cells) if _fills(cell)),
        frozenset(at for at, cell in enumerate(cells) if whole(cell.get("borderId")) in crossing),
        tuple(root.findall(f"{S}dxfs/{S}dxf")),
        palette,
        fonts[0].size if fonts else USUAL_FONT.size,
    )


_Stated = TypeVar("_Stated")


def _at(found: Sequence[_Stated], index: str | None, otherwise: _Stated) -> _Stated:
    number = whole(index)
    return found[number] if number < len(found) else otherwise


def _shrinks(cell: etree._Element) -> bool:
    alignment = cell.find(f"{S}alignment")
    return alignment is not None and alignment.get("shrinkToFit") in ON


def _fills(cell: etree._Element) -> bool:
    alignment = cell.find(f"{S}alignment")
    return alignment is not None and alignment.get("horizontal") == "fill"


def _crosses(border: etree._Element) -> bool:
    line = border.find(f"{S}diagonal")
    is_drawn = any(border.get(direction, "0") in ON for direction in ("diagonalUp", "diagonalDown"))
    return is_drawn and line is not None and line.get("style", "none") != "none"


def _theme(package: Parts, name: str) -> Sequence[str]:
    if name not in package:
        return _OFFICE_THEME
    scheme = parsed(package, name).find(f"{_MAIN}themeElements/{_MAIN}clrScheme")
    return _OFFICE_THEME if scheme is None else [_theme_colour(scheme.find(f"{_MAIN}{name}")) for name in _THEME]


def _theme_colour(element: etree._Element | None) -> str:
    for stated in () if element is None else element:
        return (stated.get("lastClr") or stated.get("val") or UNKNOWN).upper()
    return UNKNOWN


def _indexed(root: etree._Element) -> Sequence[str]:
    own = [colour.get("rgb", "") for colour in root.findall(f"{S}colors/{S}indexedColors/{S}rgbColor")]
    return own or COLOR_INDEX
