"""OpenDocument sheets (.ods), from their XML (OpenDocument 1.3 part 3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree
from openpyxl.utils.cell import column_index_from_string

from ..document import hidden, without_signs
from ..errors import ReadError
from ..limits import Limits
from ..messages import told
from .colours import UNKNOWN, WHITE
from .package import Parts, parsed
from .sheet_model import (
    BOX,
    MAX_COLUMN,
    MAX_ROW,
    PICTURE,
    USUAL_FONT,
    Drawing,
    Font,
    Room,
    Sheet,
    outside,
    place_name,
    put_unevaluated,
    room_for,
    told_runs,
    whole,
)

_OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _TEXT, _OFFICE, _STYLE, _DRAW = (
    f"{{{_OPEN_DOCUMENT}{name}:1.0}}" for name in ("table", "text", "office", "style", "drawing")
)
_FORMAT = f"{{{_OPEN_DOCUMENT}xsl-fo-compatible:1.0}}"
_MAX_SPACES = 1000
_NO_ZEROS = re.compile(rb'"ShowZeroValues"[^>]*>\s*false')
_LEAST_MOVED = 5
"""Percent of the letters' height off the line that make a mark of them."""


def ods_sheets(package: Parts, limits: Limits) -> list[Sheet]:
    """The sheets of a file in order; ReadError ``encrypted``, ``damaged``, ``too_many_cells``."""
    if b"encryption-data" in (package.read("META-INF/manifest.xml") or b""):
        raise ReadError("encrypted", told("readers.encrypted"))
    root = parsed(package, "content.xml")
    book = root.find(f"{_OFFICE}body/{_OFFICE}spreadsheet")
    if book is None:
        raise ReadError("damaged", told("readers.no_spreadsheet"), "content.xml")
    reader = _Reader(_read_styles(package, root), room_for(limits), not _NO_ZEROS.search(_settings(package)))
    return [reader.sheet(table) for table in book.findall(f"{_TABLE}table")]


def _settings(package: Parts) -> bytes:
    return package.read("settings.xml") or b""


# Styles ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Styles:
    """The styles of a file by kind and name: what each says of letters and cells, and its parent."""

    elements: dict[tuple[str, str], etree._Element]
    _known: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    _looks: dict[tuple[str, ...], tuple[Font, str]] = field(default_factory=dict)

    def properties(self, family: str, name: str) -> Mapping[str, str]:
        """What a style and those above it say, by the full names of the attributes."""
        key = (family, name)
        if key not in self._known:
            chain: list[etree._Element] = []
            while (element := self.elements.get((family, name))) is not None and element not in chain:
                chain.append(element)
                name = element.get(f"{_STYLE}parent-style-name", "")
            found: dict[str, str] = {}
            for element in reversed(chain):
                found.update(_own_properties(element))
            self._known[key] = found
        return self._known[key]

    def look(self, cell: str, spans: tuple[str, ...] = ()) -> tuple[Font, str]:
        """The letters of a cell of style ``cell``, within text of the styles ``spans``, and what lies behind them."""
        key = (cell, *spans)
        if key not in self._looks:
            stated = dict(self.properties("table-cell", cell))
            for span in spans:
                stated.update(self.properties("text", span))
            self._looks[key] = _font(stated), _behind(stated)
        return self._looks[key]


def _own_properties(element: etree._Element) -> Iterator[tuple[str, str]]:
    for child in element:
        if child.tag in _PROPERTIES:
            yield from ((str(name), str(stated)) for name, stated in child.attrib.items())
        elif child.tag == f"{_STYLE}map":
            yield _CONDITIONAL, "true"


_PROPERTIES = frozenset(f"{_STYLE}{name}-properties" for name in ("text", "table-cell", "table"))
_CONDITIONAL = "conditional"
"""Stands for a look that depends on the cell's value, which is not evaluated."""


def _read_styles(package: Parts, root: etree._Element) -> _Styles:
    roots = [parsed(package, "styles.xml")] if "styles.xml" in package else []
    return _Styles(
        {
            (style.get(f"{_STYLE}family", ""), style.get(f"{_STYLE}name", "")): style
            for part in (*roots, root)
            for style in part.iter(f"{_STYLE}style")
        }
    )


def _font(stated: Mapping[str, str]) -> Font:
    lines = [stated.get(f"{_STYLE}text-line-through-{name}") for name in ("style", "type")]
    automatic = stated.get(f"{_STYLE}use-window-font-color") == "true"
    return Font(
        struck=any(lines) and "none" not in lines,
        raised=_raised(stated.get(f"{_STYLE}text-position", "")),
        colour="" if automatic else stated.get(f"{_FORMAT}color", "").removeprefix("#").upper(),
        size=0.0 if stated.get(f"{_TEXT}display") == "none" else _points(stated.get(f"{_FORMAT}font-size", "")),
    )


def _raised(position: str) -> str:
    first = position.split(" ", maxsplit=1)[0]
    if first in {"super", "sub"}:
        return f"{first}script"
    moved = whole(first.removeprefix("-").removesuffix("%"))
    if moved < _LEAST_MOVED:
        return ""
    return "subscript" if first.startswith("-") else "superscript"


def _points(size: str) -> float:
    number = size.removesuffix("pt")
    return float(number) if number != size and number.replace(".", "", 1).isdecimal() else USUAL_FONT.size


def _behind(stated: Mapping[str, str]) -> str:
    colour = stated.get(f"{_FORMAT}background-color", "transparent")
    if _CONDITIONAL in stated:
        return UNKNOWN
    return WHITE if colour == "transparent" else colour.removeprefix("#").upper()


# Cells -----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Reader:
    """Reads the sheets of a file one after another."""

    styles: _Styles
    room: Room
    show_zeros: bool

    def sheet(self, table: etree._Element) -> Sheet:
        """One sheet."""
        look = self.styles.properties("table", table.get(f"{_TABLE}style-name", ""))
        sheet = Sheet(
            without_signs(table.get(f"{_TABLE}name", "")),
            hidden=look.get(f"{_TABLE}display") == "false",
            show_zeros=self.show_zeros,
        )
        by_column = self._columns(sheet, table)
        row_at = 0
        for row in table.iter(f"{_TABLE}table-row"):
            count = _repeated(row, "rows")
            if _invisible(row):
                sheet.hidden_rows.update(range(row_at, min(row_at + count, MAX_ROW)))
            self._row(sheet, row, range(row_at, row_at + count), by_column)
            row_at += count
        return sheet

    def _columns(self, sheet: Sheet, table: etree._Element) -> list[tuple[int, str]]:
        """The styles of cells that state none: (column behind the last that has it, style), in order."""
        styles: list[tuple[int, str]] = []
        column_at = 0
        for column in table.iter(f"{_TABLE}table-column"):
            count = _repeated(column, "columns")
            if _invisible(column):
                sheet.hidden_columns.update(range(column_at, min(column_at + count, MAX_COLUMN)))
            column_at += count
            styles.append((column_at, column.get(f"{_TABLE}default-cell-style-name", "")))
        return styles

    def _row(self, sheet: Sheet, row: etree._Element, places: range, by_column: list[tuple[int, str]]) -> None:
        """A row, written once for all the rows it stands for if it holds any text."""
        column_at = 0
        by_row = row.get(f"{_TABLE}default-cell-style-name")
        for cell in row:
            if cell.tag not in _CELLS:
                continue
            count = _repeated(cell, "columns")
            if len(cell) or cell.attrib:
                default = by_row or next((style for end, style in by_column if column_at < end), "")
                style = cell.get(f"{_TABLE}style-name", default)
                self._cell(sheet, cell, style, places, range(column_at, column_at + count))
            column_at += count

    def _cell(self, sheet: Sheet, cell: etree._Element, style: str, rows: range, columns: range) -> None:
        height = whole(cell.get(f"{_TABLE}number-rows-spanned"), 1)
        width = whole(cell.get(f"{_TABLE}number-columns-spanned"), 1)
        if height > 1 or width > 1:
            sheet.merged.append((rows[0], columns[0], height, width))
        sheet.drawings.extend(_drawings(cell, rows[0], columns[0]))
        if cell.get(f"{_TABLE}formula") is not None and cell.get(f"{_OFFICE}value-type") is None and not _lines(cell):
            put_unevaluated(sheet, (rows[0], columns[0]))
            return
        if cell.get(f"{_OFFICE}value") in _ZEROS and not (_shows_words(cell) and sheet.show_zeros):
            sheet.zeros_unshown.append(place_name((rows[0], columns[0])))
            return
        text = self._text(cell, style)
        if text:
            if rows.stop > MAX_ROW or columns.stop > MAX_COLUMN:
                raise outside(place_name((rows[-1], columns[-1])))
            self.room.take(len(rows) * len(columns))
            sheet.texts.update({(row, column): text for row in rows for column in columns})

    def _text(self, cell: etree._Element, style: str) -> str:
        """The words a cell shows; the stored value where the program that made the file wrote no words."""
        font, behind = self.styles.look(style)
        stored = next((cell.get(f"{_OFFICE}{name}") for name in _VALUES if cell.get(f"{_OFFICE}{name}")), "") or ""
        lines = _lines(cell)
        if not lines:
            return told_runs([(without_signs(stored), font)], behind)
        texts = [told_runs(self._runs(line, style, ()), behind) for line in lines]
        return "\n".join(texts) if any(texts) else hidden(without_signs(stored))

    def _runs(self, element: etree._Element, style: str, spans: tuple[str, ...]) -> Iterator[tuple[str, Font]]:
        """The parts of a line, each with how it looks."""
        font, _ = self.styles.look(style, spans)
        yield without_signs(element.text or ""), font
        for child in element:
            if child.tag in _SPACES:
                yield _SPACES[child.tag] * min(whole(child.get(f"{_TEXT}c"), 1), _MAX_SPACES), font
            elif child.tag in _WRAPPERS:
                yield from self._runs(child, style, (*spans, child.get(f"{_TEXT}style-name", "")))
            yield without_signs(child.tail or ""), font


_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_VALUES = ("string-value", "date-value", "time-value", "boolean-value", "value")
_ZEROS = frozenset({"0", "0.0", "-0"})
_SPACES = {f"{_TEXT}s": " ", f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_WRAPPERS = frozenset({f"{_TEXT}span", f"{_TEXT}a"})


def _lines(cell: etree._Element) -> list[etree._Element]:
    return cell.findall(f"{_TEXT}p")


def _shows_words(cell: etree._Element) -> bool:
    """Whether a cell shows words, or nobody wrote what it shows."""
    lines = _lines(cell)
    return not lines or any("".join(map(str, line.itertext())).strip() for line in lines)


# Drawings --------------------------------------------------------------------------------------------------------

_SHAPES = {f"{_DRAW}image": PICTURE, f"{_DRAW}object": PICTURE, f"{_DRAW}object-ole": PICTURE}
_BOXES = (f"{_DRAW}text-box", f"{_DRAW}custom-shape")
_END = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})$")


def _drawings(cell: etree._Element, row: int, column: int) -> Iterator[Drawing]:
    """What is anchored in a cell, and down to which cell it reaches."""
    for shape in cell.iterchildren(f"{_DRAW}frame", f"{_DRAW}custom-shape"):
        what = next((_SHAPES[found.tag] for found in shape if found.tag in _SHAPES), None)
        boxes = [found for found in shape.iter(*_BOXES) if "".join(map(str, found.itertext())).strip()]
        if what is not None or boxes:
            end = _END.search(shape.get(f"{_TABLE}end-cell-address", ""))
            last = (int(end[2]) - 1, column_index_from_string(end[1]) - 1) if end else (row, column)
            yield Drawing(what or BOX, column, row, max(last[1], column) + 0.9, max(last[0], row) + 0.9)


def _repeated(element: etree._Element, what: str) -> int:
    return max(1, whole(element.get(f"{_TABLE}number-{what}-repeated"), 1))


def _invisible(element: etree._Element) -> bool:
    return element.get(f"{_TABLE}visibility", "visible") != "visible"
