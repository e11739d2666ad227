"""Word files (.docx, .docm, .dotx; made by Word, WPS or LibreOffice) → Document.

The body's paragraphs and tables in reading order, as they stand on the page when all tracked changes are accepted:
insertions kept, deletions dropped, the results of fields kept without their instructions, the numbers that Word
generates written in front of their paragraph. Headers, footers, comments and notes are left out, and so are the marks
that point to notes: a mark must not become a digit of the figure before it. Text that is struck out, raised, lowered or
not to be seen is told as such (``docx_styles``).

- A table of one cell, or one that merely arranges other tables on a page (nested tables hold more cells than it has
  of its own), is a frame: what it holds stands in its place. Any other nested table becomes a grid of its own behind
  the grid it stands in, and a notice says so; a nested table of one cell is the text of its cell, if that has no other.
- Text boxes follow the paragraph they are anchored to; those anchored in a table follow the table, so that their words
  never mix with a figure.
- Inside a cell paragraphs and line breaks are line feeds, empty paragraphs are dropped.
- What a cell shows and the file does not hold as words (a picture, a field that was never computed, a text box on an
  empty cell) stands as a placeholder, so that the cell is not taken for blank.

python-docx supplies the parser and the names of elements. Its package reader is not used: it unpacks every picture, and
stops at the dangling relationships that WPS writes and at macro-enabled files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from ..document import Document, DocumentBuilder, GridCell, Notice, hidden, shown_words, unread
from ..errors import ReadError
from ..limits import Limits
from ..messages import Message, told
from .colours import UNKNOWN
from .docx_styles import (
    NUMBERS,
    PAGE,
    PPR,
    RPR,
    TCPR,
    VAL,
    Around,
    Styles,
    TableLook,
    exact_height,
    over,
    read_styles,
    shade,
    switched,
    value,
    whole,
)
from .docx_words import ALTERNATIVE, INLINE, PROMPT, SDT, SHAPE, WRAPPERS, Words, branch, shows_prompt, unsure
from .numbering import MAX_LEVELS, Numbering, read_numbering
from .ole import is_ole, kind
from .package import Parts, parsed, parts, related
from .pictures import told_in_figures

_P, _TBL, _TR, _TC, _T = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc", "t"))
_TRPR, _ALT_CHUNK, _SHADE = (qn(f"w:{name}") for name in ("trPr", "altChunk", "shd"))
_REMOVED = (qn("w:del"), qn("w:moveFrom"))
_LEVELS = frozenset(map(str, range(MAX_LEVELS)))

FLATTEST_ROW = 40
"""Twentieths of a point: a row kept to 2 points shows nothing of its words."""


def read(data: bytes, limits: Limits) -> tuple[Document, ...]:
    """The document in a Word file. ReadError ``encrypted``, ``damaged``, ``too_large``, ``too_many_cells``."""
    return (read_as(data, limits, "docx"),)


def read_as(data: bytes, limits: Limits, format: str) -> Document:
    """``read`` for a file that became .docx by conversion: ``format`` is what it was.

    LibreOffice computes the formulas in tables anew when it converts, and makes 0 of a SUM(ABOVE): what the page showed
    is lost, and a placeholder stands for it.
    """
    if is_ole(data):
        raise _ole_error(data)
    package = parts(data, limits)
    main = related(package, "").get("officeDocument", "word/document.xml")
    body = _parsed(package, main).find(qn("w:body"))
    if body is None:
        raise ReadError("damaged", told("readers.no_word_document"), main)
    if sum(1 for _ in body.iter(_TC)) > limits.max_cells:
        raise _too_many_cells(limits.max_cells)
    styles, numbering = _definitions(package, main)
    reader = _Reader(styles, numbering, limits.max_cells, recomputed=format != "docx")
    reader.blocks(body)
    return reader.builder.build(format, _facts(package), reader.all_notices())


def _too_many_cells(limit: int) -> ReadError:
    return ReadError("too_many_cells", told("readers.more_cells_than", limit=limit))


def _ole_error(data: bytes) -> ReadError:
    if kind(data) == "encrypted":
        return ReadError("encrypted", told("readers.encrypted"))
    return ReadError("damaged", told("readers.old_office"))


# The package -----------------------------------------------------------------------------------------------------


def _parsed(package: Parts, name: str) -> etree._Element:
    return parsed(package, name, parse_xml)


def _definitions(package: Parts, main: str) -> tuple[Styles, Numbering]:
    named = related(package, main)
    styles_part, numbering_part = named.get("styles", ""), named.get("numbering", "")
    styles = read_styles(parsed(package, styles_part)) if styles_part in package else Styles()
    numbering = Numbering()
    if numbering_part in package:
        numbering = read_numbering(_parsed(package, numbering_part), styles.list_styles())
    return styles, numbering


def _facts(package: Parts) -> list[tuple[str, str]]:
    """``title`` and ``publisher`` of the core properties, where they say anything."""
    name = related(package, "").get("core-properties", "")
    if name not in package:
        return []
    root = _parsed(package, name)
    stated = ((fact, root.findtext(qn(f"dc:{fact}")) or "") for fact in ("title", "publisher"))
    return [(fact, text.strip()) for fact, text in stated if text.strip()]


# Blocks ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph's text with its number, the text boxes in it, what it shows that is no words, and deleted words."""

    text: str
    boxes: tuple[etree._Element, ...] = ()
    shows: frozenset[str] = frozenset()
    removed: str = ""


class _Nested(NamedTuple):
    """A table or a text box that stands in a cell, and what it stands in."""

    element: etree._Element
    around: Around


@dataclass(frozen=True, slots=True)
class _TableCell:
    """A ``w:tc`` and where it stands. ``merge``: restart, continue (it belongs to the cell above), or None."""

    element: etree._Element
    column: int
    span: int
    merge: str | None


_BLOCKS = frozenset({_P, _TBL, _ALT_CHUNK})
_ROWS, _CELLS = frozenset({_TR}), frozenset({_TC})


class _Reader:
    """Goes through a document's blocks in order and builds the Document."""

    def __init__(self, styles: Styles, numbering: Numbering, max_cells: int, *, recomputed: bool) -> None:
        self.builder = DocumentBuilder()
        self._styles = styles
        self._numbering = numbering
        self._max_cells = max_cells
        self._recomputed = recomputed
        self._cells = 0
        self._notices: dict[str, Notice] = {}

    def all_notices(self) -> list[Notice]:
        """One notice a kind, with the first place where it was seen."""
        unknown = ", ".join(sorted(self._numbering.unknown))
        if unknown:
            self._notice("numbering_unknown", told("readers.numbering_unknown"), unknown)
        return list(self._notices.values())

    def _notice(self, code: str, message: Message, excerpt: str) -> None:
        self._notices.setdefault(code, Notice("warning", code, message, excerpt[:200]))

    def blocks(self, parent: etree._Element, around: Around = PAGE) -> None:
        """Paragraphs and tables of ``parent``: the body, a text box, a frame's cell."""
        for item in self._items(parent, around):
            if isinstance(item, _Line):
                self.builder.add_paragraph(item.text)
                for box in item.boxes:
                    self.blocks(box, _IN_BOX)
            else:
                self._table(item, around)

    def _items(self, parent: etree._Element, around: Around) -> Iterator[_Line | etree._Element]:
        """Paragraphs as lines, tables as they are. A paragraph whose end was deleted goes on in the next one."""
        carried = _Line("")
        for block in _children(parent, _BLOCKS):
            if block.tag == _ALT_CHUNK:
                self._notice("embedded_part", told("readers.embedded_document"), "")
                if parent.tag == _TC:
                    yield _Line(unread("嵌入的文件"))
            elif block.tag == _TBL:
                yield block
            else:
                properties = block.find(PPR)
                line = self._line(block, properties, carried, around)
                carried = line if _end_removed(properties) else _Line("")
                if carried is not line:
                    yield line
        if carried.text or carried.boxes or carried.shows or carried.removed:
            yield carried

    def _line(
        self, paragraph: etree._Element, properties: etree._Element | None, before: _Line, around: Around
    ) -> _Line:
        style = value(properties, _PARAGRAPH_STYLE)
        words = Words(self._styles, style, self._around_words(properties, style, around), recomputed=self._recomputed)
        words.read(paragraph)
        number = "" if _end_removed(properties) else self._number(properties, style)
        text = _as_lines_are_set(told_in_figures(words.words()), self._line_height(properties, style))
        if _is_shoved(properties):
            text = unsure(text)
        boxes, shows = (*before.boxes, *words.boxes), before.shows | words.shows
        return _Line(number + before.text + text, boxes, shows, before.removed + words.removed)

    def _around_words(self, properties: etree._Element | None, style: str | None, around: Around) -> Around:
        """What the words of a paragraph stand in: ``around``, and the paragraph's own shading."""
        behind = None if properties is None else shade(properties.find(_SHADE))
        behind = self._styles.behind(style) if behind is None else behind
        return around._replace(behind=behind) if behind else around

    def _line_height(self, properties: etree._Element | None, style: str | None) -> int | None:
        """The height that lines are kept to, in twentieths of a point; None where they are as high as their words."""
        own = exact_height(properties)
        stated = (found for _, by_style in self._styles.chain(style) if (found := by_style.line) is not None)
        height = next(stated, 0) if own is None else own
        return height or None

    def _number(self, properties: etree._Element | None, style: str | None) -> str:
        numbers = None if properties is None else properties.find(NUMBERS)
        list_id, level = value(numbers, _LIST_ID), value(numbers, _LEVEL)
        if list_id is None:
            list_id, level = self._style_number(style, level)
        return self._numbering.next(list_id, int(level or 0)) if list_id and (level or "0") in _LEVELS else ""

    def _style_number(self, style: str | None, level: str | None) -> tuple[str | None, str | None]:
        for name, stated in self._styles.chain(style):
            if stated.list_id is not None:
                numbered = self._numbering.lists.get(stated.list_id)
                by_style = 0 if numbered is None else numbered.level_of_style(name)
                return stated.list_id, level or stated.level or str(by_style)
        return None, None

    # Tables

    def _table(self, table: etree._Element, around: Around) -> None:
        self._report_hidden_rows(table)
        if _is_frame(table):
            look = self._styles.table(table)
            for row in _rows(table):
                for cell in _children(row, _CELLS):
                    self.blocks(cell, _in_cell(cell, look, (0, 0), (True, True), around))
            return
        cells, behind = self._grid(table, around)
        if cells:
            self.builder.add_grid(cells)
        for element, inside in behind:
            if element.tag == _TBL:
                self._table(element, inside)
            else:
                self.blocks(element, inside)

    def _grid(self, table: etree._Element, around: Around) -> tuple[list[GridCell], list[_Nested]]:
        """The cells of a table, and the nested tables and text boxes that stand in them."""
        cells: list[GridCell] = []
        behind: list[_Nested] = []
        growing: dict[int, int] = {}  # column → the cell there that the next row may continue
        width = height = 0
        look, rows = self._styles.table(table), list(_rows(table))
        for row, element in enumerate(rows):
            in_row = list(_row_cells(element))
            for placed in in_row:
                width = max(width, placed.column + placed.span)
                self._check_size(width * (row + 1))
                at = growing.get(placed.column)
                if placed.merge == "continue" and at is not None and _adjoins(cells[at], row, placed.span):
                    cells[at] = _taller(cells[at])
                    self._report_covered(placed.element)
                    continue
                ends = (row + 1 == len(rows), placed is in_row[-1])
                inside = _in_cell(placed.element, look, (row, placed.column), ends, around)
                text, more = self._cell(placed.element, inside)
                if _is_crossed(placed.element) or _is_cut(element):
                    text = unsure(text)
                behind.extend(more)
                growing[placed.column] = len(cells)
                cells.append(GridCell(text, row, placed.column, 1, placed.span))
            height = row + 1
        self._cells += width * height
        return cells, behind

    def _check_size(self, size: int) -> None:
        if self._cells + size > self._max_cells:
            raise _too_many_cells(self._max_cells)

    def _cell(self, cell: etree._Element, around: Around) -> tuple[str, list[_Nested]]:
        """A cell's words, and the tables and text boxes that stand in it."""
        if _is_prompt(cell):
            return unread("未填写"), []
        lines = [_Line("", shows=frozenset({PROMPT})) for block in cell.iterchildren(SDT) if shows_prompt(block)]
        nested: list[_Nested] = []
        for item in self._items(cell, around):
            if isinstance(item, _Line):
                lines.append(item)
            else:
                nested.append(_Nested(item, around))
        text, boxes = _cell_text(lines), [_Nested(box, _IN_BOX) for line in lines for box in line.boxes]
        if not text.strip() and len(nested) == 1:
            inner = _only_cell(nested[0].element)
            if inner is not None:
                text, more = self._cell(inner, around)
                return text, more + boxes
        if nested:
            self._notice("nested_table", told("readers.nested_table"), text)
            if not any(map(str.isalpha, text)) and any(_holds_figures(item.element) for item in nested):
                text += unread("表格")
        return text, nested + boxes

    def _report_hidden_rows(self, table: etree._Element) -> None:
        for row in _children(table, _ROWS):
            properties = row.find(_TRPR)
            if properties is not None and not _is_removed(properties) and _is_hidden(properties):
                text = " ".join(found.text or "" for found in row.iter(_T)).strip()
                if text:
                    self._notice("hidden_text", told("readers.rows_not_shown"), text)

    def _report_covered(self, cell: etree._Element) -> None:
        text = "".join(found.text or "" for found in cell.iter(_T)).strip()
        if text:
            self._notice("covered_text", told("readers.covered_text"), text)


def _as_lines_are_set(words: str, height: int | None) -> str:
    """The words of a paragraph as they show in lines of this height: not at all, cut, or whole."""
    if height is None or height >= LOWEST_LINE or not words.strip():
        return words
    return hidden(shown_words(words)) if height <= FLATTEST_ROW else unsure(words)


def _is_shoved(paragraph: etree._Element | None) -> bool:
    """Whether a paragraph begins or ends so far outside its place that its words leave it."""
    indent = None if paragraph is None else paragraph.find(qn("w:ind"))
    if indent is None:
        return False
    stated = {name: whole(indent.get(qn(f"w:{name}"))) or 0 for name in ("left", "start", "right", "end", "firstLine")}
    start, end = stated["left"] + stated["start"], stated["right"] + stated["end"]
    return min(start + min(stated["firstLine"], 0), end) < -FARTHEST_OUT or max(start, end) > FARTHEST_IN


FARTHEST_OUT, FARTHEST_IN = 400, 8_000
"""Twentieths of a point: words that are moved by more over the edge of their cell stand in another one; words that are
moved by more from the edge are beyond the cell's other side."""

LOWEST_LINE = 120
"""Twentieths of a point: lines that are kept lower cut the words of a table."""

_IN_BOX = Around(behind=UNKNOWN)
"""Around a paragraph in a text box, which may have any colour."""

_FEW_WORDS = re.compile(r"[\W\d]*\d[\W\d]*\w{0,3}")
"""A figure with at most a unit behind it: with a picture beside it in the line it may be cut."""


def _cell_text(lines: list[_Line]) -> str:
    """The words of a cell; where it shows something else in their place, or beside a figure, what that is."""
    text = ""
    for line in lines:
        parted = shown_words(line.text).strip() and shown_words(text).strip()
        text += ("\n" if parted else "") + (line.text if line.text.strip() or not text else "")
    words = shown_words(text).strip()
    shows = {what for line in lines for what in line.shows}
    if (INLINE in shows and _FEW_WORDS.fullmatch(words)) or (shows - {PROMPT, SHAPE} and not words):
        return text + unread("图片")
    if SHAPE in shows and _FEW_WORDS.fullmatch(words):
        return text + unread("图形")
    if PROMPT in shows and not words:
        return text + unread("未填写")
    removed = "".join(line.removed for line in lines)
    if not words and any(map(str.isdecimal, removed)):
        return text + hidden(removed)
    boxed = any(found.text for line in lines for box in line.boxes for found in box.iter(_T))
    return text + unread("文本框") if boxed and not words else text


def _is_prompt(cell: etree._Element) -> bool:
    """Whether a cell is the whole of a content control that nobody filled in."""
    content = cell.getparent()
    control = content.getparent() if content is not None and len(content) == 1 else None
    return control is not None and control.tag == SDT and shows_prompt(control)


def _in_cell(
    cell: etree._Element, look: TableLook, place: tuple[int, int], last: tuple[bool, bool], around: Around
) -> Around:
    """What the paragraphs of a cell stand in; ``last``: whether it is in the last row, in the last column."""
    by_style = look.cell(*place, last_row=last[0], last_column=last[1])
    properties = cell.find(TCPR)
    own = None if properties is None else shade(properties.find(_SHADE))
    behind = by_style.behind if own is None else own
    return Around(over(by_style.runs, around.runs), behind or around.behind)


_PARAGRAPH_STYLE, _LIST_ID, _LEVEL = (qn(f"w:{name}") for name in ("pStyle", "numId", "ilvl"))
_SPAN, _ROW_MERGE, _COLUMN_MERGE, _BEFORE = (qn(f"w:{name}") for name in ("gridSpan", "vMerge", "hMerge", "gridBefore"))
_CELL_REMOVED, _ROW_HIDDEN, _ROW_HEIGHT, _HEIGHT_RULE = (
    qn(f"w:{name}") for name in ("cellDel", "hidden", "trHeight", "hRule")
)


def _children(parent: etree._Element, wanted: frozenset[str]) -> Iterator[etree._Element]:
    """Children of the wanted kinds, also those inside content controls, insertions and the like."""
    for child in parent:
        tag = child.tag
        if tag in wanted:
            yield child
        elif tag in WRAPPERS or (tag == SDT and (wanted is not _BLOCKS or not shows_prompt(child))):
            yield from _children(child, wanted)
        elif tag == ALTERNATIVE:
            yield from _children(branch(child), wanted)


def _end_removed(properties: etree._Element | None) -> bool:
    mark = None if properties is None else properties.find(RPR)
    return mark is not None and any(mark.find(name) is not None for name in _REMOVED)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for row in _children(table, _ROWS):
        properties = row.find(_TRPR)
        if properties is None or not (_is_removed(properties) or _is_hidden(properties)):
            yield row


def _is_removed(properties: etree._Element) -> bool:
    return any(properties.find(name) is not None for name in _REMOVED)


def _holds_figures(table: etree._Element) -> bool:
    """Whether figures and no words stand in a table: part of what the cell around it shows, and no table of its own."""
    words = "".join(found.text or "" for found in table.iter(_T))
    return any(map(str.isdecimal, words)) and not any(map(str.isalpha, words))


def _is_hidden(properties: etree._Element) -> bool:
    height = properties.find(_ROW_HEIGHT)
    flat = height is not None and height.get(_HEIGHT_RULE) == "exact" and (whole(height.get(VAL)) or 0) <= FLATTEST_ROW
    return flat or bool(switched(properties, _ROW_HIDDEN))


def _is_cut(row: etree._Element) -> bool:
    """Whether a row is kept so low that its words are cut."""
    properties = row.find(_TRPR)
    height = None if properties is None else properties.find(_ROW_HEIGHT)
    return height is not None and height.get(_HEIGHT_RULE) == "exact" and (whole(height.get(VAL)) or 0) < LOWEST_ROW


LOWEST_ROW = 150
"""Twentieths of a point: a row that is kept lower cuts the words of a table."""


def _is_crossed(cell: etree._Element) -> bool:
    """Whether a line goes through a cell from corner to corner."""
    properties = cell.find(TCPR)
    borders = None if properties is None else properties.find(qn("w:tcBorders"))
    if borders is None:
        return False
    return any(value(borders, qn(f"w:{name}")) not in (None, "nil", "none") for name in ("tl2br", "tr2bl"))


def _row_cells(row: etree._Element) -> Iterator[_TableCell]:
    """The cells of a row with their columns; cells merged by ``w:hMerge`` (older files) become one."""
    pending: _TableCell | None = None
    column = _count(value(row.find(_TRPR), _BEFORE), 0)
    for element in _children(row, _CELLS):
        properties = element.find(TCPR)
        if properties is not None and properties.find(_CELL_REMOVED) is not None:
            continue
        span = _count(value(properties, _SPAN), 1)
        if pending is not None and _merge(properties, _COLUMN_MERGE) == "continue":
            pending = _TableCell(pending.element, pending.column, pending.span + span, pending.merge)
        else:
            if pending is not None:
                yield pending
            pending = _TableCell(element, column, span, _merge(properties, _ROW_MERGE))
        column += span
    if pending is not None:
        yield pending


def _merge(properties: etree._Element | None, name: str) -> str | None:
    found = None if properties is None else properties.find(name)
    return None if found is None else found.get(VAL, "continue")


def _count(text: str | None, least: int) -> int:
    return max(least, int(text)) if text is not None and text.isdecimal() and len(text) < 10 else least


def _adjoins(cell: GridCell, row: int, span: int) -> bool:
    return cell.row + cell.row_span == row and cell.column_span == span


def _taller(cell: GridCell) -> GridCell:
    return GridCell(cell.text, cell.row, cell.column, cell.row_span + 1, cell.column_span)


def _is_frame(table: etree._Element) -> bool:
    own = sum(1 for row in _rows(table) for _ in _children(row, _CELLS))
    every = sum(1 for _ in table.iter(_TC))
    return own == 1 or every > 2 * own


def _only_cell(table: etree._Element) -> etree._Element | None:
    cells = list(chain.from_iterable(_children(row, _CELLS) for row in _rows(table)))
    return cells[0] if len(cells) == 1 else None
