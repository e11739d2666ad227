"""Word files (.docx, .docm, .dotx; made by Word, WPS or LibreOffice) → Document.

The body's paragraphs and tables in reading order, as they stand on the page when all tracked changes are accepted:
insertions kept, deletions and hidden text dropped, the results of fields kept without their instructions, the numbers
that Word generates written in front of their paragraph. Headers, footers, comments and notes are left out, and so are
the marks that point to notes: a mark must not become a digit of the figure before it.

- A table of one cell, or one that merely arranges other tables on a page (nested tables hold more cells than it has
  of its own), is a frame: what it holds stands in its place. Any other nested table becomes a grid of its own behind
  the grid it stands in, and a notice says so; a nested table of one cell is the text of its cell, if that has no other.
- Text boxes follow the paragraph they are anchored to; those anchored in a table follow the table, so that their words
  never mix with a figure.
- Inside a cell paragraphs and line breaks are line feeds, empty paragraphs are dropped.
- Digits raised behind a digit (a note by hand, a power) become Unicode superscripts: 12 with a raised 1 is not 121.

python-docx supplies the parser and the names of elements. Its package reader is not used: it unpacks every picture, and
stops at the dangling relationships that WPS writes and at macro-enabled files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from ..document import Document, DocumentBuilder, GridCell, Notice
from ..errors import ReadError
from ..limits import Limits
from .numbering import MAX_LEVELS, Numbering, read_numbering
from .ole import is_ole, kind
from .package import Parts, parsed, parts, related, root_of

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_VAL, _TYPE = qn("w:val"), qn("w:type")
_P, _TBL, _TR, _TC, _R, _T = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc", "r", "t"))
_PPR, _RPR, _TRPR, _TCPR = (qn(f"w:{name}") for name in ("pPr", "rPr", "trPr", "tcPr"))
_SDT, _TEXT_BOX, _ALT_CHUNK = (qn(f"w:{name}") for name in ("sdt", "txbxContent", "altChunk"))
_ALTERNATIVE = _COMPATIBILITY + "AlternateContent"
_WRAPPERS = frozenset(qn(f"w:{name}") for name in ("sdtContent", "customXml", "smartTag", "ins", "moveTo"))
_REMOVED = (qn("w:del"), qn("w:moveFrom"))
_OFF = frozenset({"0", "false", "off", "none"})
_LEVELS = frozenset(map(str, range(MAX_LEVELS)))
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUPERSCRIPTS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_NOT_TEXT = "\ufffc"
"""Stands for a formula with a structure (a fraction, a root), whose parts must not be read as one number."""


def read(data: bytes, limits: Limits) -> tuple[Document, ...]:
    """The document in a Word file. ReadError ``encrypted``, ``damaged``, ``too_large``, ``too_many_cells``."""
    return (read_as(data, limits, "docx"),)


def read_as(data: bytes, limits: Limits, format: str) -> Document:
    """``read`` for a file that became .docx by conversion: ``format`` is what it was."""
    if is_ole(data):
        raise _ole_error(data)
    package = parts(data, limits)
    main = _main_part(package)
    body = _parsed(package, main).find(qn("w:body"))
    if body is None:
        raise ReadError("damaged", "the file holds no Word document", main)
    if sum(1 for _ in body.iter(_TC)) > limits.max_cells:
        raise _too_many_cells(limits.max_cells)
    styles, numbering = _definitions(package, main)
    reader = _Reader(styles, numbering, limits.max_cells)
    reader.blocks(body)
    return reader.builder.build(format, _facts(package), reader.all_notices())


def _too_many_cells(limit: int) -> ReadError:
    return ReadError("too_many_cells", f"tables with more than {limit} cells; raise the limit")


def _ole_error(data: bytes) -> ReadError:
    if kind(data) == "encrypted":
        return ReadError("encrypted", "the file is protected by a password; save it without one")
    return ReadError("damaged", "an old binary Office file, not a .docx; it is read as .doc")


# The package -----------------------------------------------------------------------------------------------------


def _parsed(package: Parts, name: str) -> etree._Element:
    return parsed(package, name, parse_xml)


def _main_part(package: Parts) -> str:
    return related(package, "").get("officeDocument", "word/document.xml")


def _definitions(package: Parts, main: str) -> tuple[_Styles, Numbering]:
    named = related(package, main)
    styles_part, numbering_part = named.get("styles", ""), named.get("numbering", "")
    styles = _styles(package, styles_part)
    numbering = Numbering()
    if numbering_part in package:
        numbering = read_numbering(_parsed(package, numbering_part), styles.list_styles())
    return styles, numbering


def _styles(package: Parts, name: str) -> _Styles:
    """The styles, if any of them numbers or hides paragraphs; most files' styles do neither."""
    data = package.read(name) or b""
    if b"numPr" not in data and b"vanish" not in data:
        return _Styles()
    return _read_styles(root_of(data, name, parse_xml))


def _facts(package: Parts) -> list[tuple[str, str]]:
    """``title`` and ``publisher`` of the core properties, where they say anything."""
    name = related(package, "").get("core-properties", "")
    if name not in package:
        return []
    root = _parsed(package, name)
    stated = ((fact, root.findtext(qn(f"dc:{fact}")) or "") for fact in ("title", "publisher"))
    return [(fact, text.strip()) for fact, text in stated if text.strip()]


# Styles ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style says of numbering (``w:numId``, ``w:ilvl``) and of being hidden; None where it says nothing."""

    parent: str | None = None
    list_id: str | None = None
    level: str | None = None
    hidden: bool | None = None


@dataclass(frozen=True, slots=True)
class _Styles:
    """The styles of a document by their id, None standing for the default paragraph style."""

    by_id: dict[str | None, _Style] = field(default_factory=dict)

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

    def hidden(self, style_id: str | None) -> bool:
        """Whether text of this style is hidden."""
        return next((style.hidden for _, style in self.chain(style_id) if style.hidden is not None), False)

    def list_styles(self) -> dict[str, str]:
        """Styles that name a list, and its id."""
        return {name: style.list_id for name, style in self.by_id.items() if name is not None and style.list_id}


def _read_styles(root: etree._Element) -> _Styles:
    styles: dict[str | None, _Style] = {}
    for element in root.findall(qn("w:style")):
        paragraph = element.find(_PPR)
        numbers = None if paragraph is None else paragraph.find(qn("w:numPr"))
        style = _Style(
            parent=_value(element, qn("w:basedOn")),
            list_id=_value(numbers, qn("w:numId")),
            level=_value(numbers, qn("w:ilvl")),
            hidden=_hidden(element.find(_RPR)),
        )
        styles[element.get(qn("w:styleId"))] = style
        if element.get(_TYPE) == "paragraph" and element.get(qn("w:default"), "0") not in _OFF:
            styles[None] = style
    return _Styles(styles)


def _value(parent: etree._Element | None, name: str) -> str | None:
    found = None if parent is None else parent.find(name)
    return None if found is None else found.get(_VAL)


def _stated(parent: etree._Element | None, name: str) -> bool | None:
    """A property that is switched on by being there; None where it is not there."""
    found = None if parent is None else parent.find(name)
    return None if found is None else found.get(_VAL, "1") not in _OFF


_VANISH = qn("w:vanish")


def _hidden(properties: etree._Element | None) -> bool | None:
    return _stated(properties, _VANISH)


# The words of a paragraph ----------------------------------------------------------------------------------------


class _Words:
    """Reads the words of one paragraph, and finds the text boxes anchored in it."""

    def __init__(self, styles: _Styles, hidden: bool) -> None:
        self.pieces: list[str] = []
        self.boxes: list[etree._Element] = []
        self._styles = styles
        self._hidden = hidden
        self._in_instruction: list[bool] = []  # one entry for each field that is open
        self._raised = False
        self._mark_follows = False

    def read(self, parent: etree._Element) -> None:
        """Take up everything in ``parent`` that is known to carry words."""
        for child in parent:
            reader = _READERS.get(child.tag)
            if reader is not None:
                reader(self, child)

    def run(self, run: etree._Element) -> None:
        properties = run.find(_RPR)
        if properties is None:
            self._raised = False
            hidden = self._hidden
        else:
            self._raised = _value(properties, _VERTICAL) == "superscript"
            hidden = self._run_hidden(properties)
        self._mark_follows = False
        if hidden:
            for mark in run.findall(_FIELD_MARK):
                self.field_mark(mark)
        else:
            self.read(run)
        self._raised = False

    def _run_hidden(self, properties: etree._Element) -> bool:
        direct = _hidden(properties)
        if direct is not None:
            return direct
        style = _value(properties, _RUN_STYLE)
        return self._hidden or (style is not None and self._styles.hidden(style))

    def text(self, element: etree._Element) -> None:
        self.put(element.text or "")

    def put(self, text: str) -> None:
        if self._mark_follows or any(self._in_instruction):
            return
        if self._raised and _ends_in_digit(self.pieces):
            text = text.translate(_RAISED)
        if text:
            self.pieces.append(text)

    def symbol(self, element: etree._Element) -> None:
        """A character by its number; those of symbol fonts have no meaning outside and stay in the private area."""
        code = _code_point(element.get(qn("w:char"), ""))
        if code is not None:
            self.put(chr(code + 0xF000 if code < 0x100 else code))

    def field_mark(self, element: etree._Element) -> None:
        kind = element.get(_FIELD_MARK_KIND)
        if kind == "begin":
            self._in_instruction.append(True)
        elif kind == "separate" and self._in_instruction:
            self._in_instruction[-1] = False
        elif kind == "end" and self._in_instruction:
            self._in_instruction.pop()

    def note_mark(self, element: etree._Element) -> None:
        """A mark of the author's own stands as text behind the reference, and is a mark all the same."""
        self._mark_follows = element.get(qn("w:customMarkFollows"), "0") not in _OFF

    def control(self, element: etree._Element) -> None:
        if not _shows_placeholder(element):
            self.read(element)

    def alternative(self, element: etree._Element) -> None:
        self.read(_branch(element))

    def drawing(self, element: etree._Element) -> None:
        self.boxes.extend(_text_boxes(element))

    def ruby(self, element: etree._Element) -> None:
        """Characters with their pronunciation above: the characters."""
        for base in element.findall(qn("w:rubyBase")):
            self.read(base)

    def formula(self, element: etree._Element) -> None:
        plain = all(child.tag == qn("m:r") for child in element)
        self.put("".join(text.text or "" for text in element.iter(qn("m:t"))) if plain else _NOT_TEXT)


_VERTICAL, _RUN_STYLE = qn("w:vertAlign"), qn("w:rStyle")
_FIELD_MARK, _FIELD_MARK_KIND = qn("w:fldChar"), qn("w:fldCharType")
_Reading = Callable[[_Words, etree._Element], None]


def _puts(text: str) -> _Reading:
    return lambda words, _element: words.put(text)


_READERS: dict[str, _Reading] = {
    _T: _Words.text,
    _R: _Words.run,
    **{qn(f"w:{name}"): _Words.read for name in ("hyperlink", "fldSimple", "dir", "bdo")},
    **dict.fromkeys(_WRAPPERS, _Words.read),
    _SDT: _Words.control,
    _ALTERNATIVE: _Words.alternative,
    **{qn(f"w:{name}"): _puts("\t") for name in ("tab", "ptab")},
    **{qn(f"w:{name}"): _puts("\n") for name in ("br", "cr")},
    qn("w:noBreakHyphen"): _puts("-"),
    qn("w:sym"): _Words.symbol,
    _FIELD_MARK: _Words.field_mark,
    **{qn(f"w:{name}"): _Words.note_mark for name in ("footnoteReference", "endnoteReference")},
    **{qn(f"w:{name}"): _Words.drawing for name in ("drawing", "pict", "object")},
    qn("w:ruby"): _Words.ruby,
    qn("m:oMath"): _Words.formula,
    qn("m:oMathPara"): _Words.read,
}
"""What carries words inside a paragraph. Left out on purpose: deletions, instructions, marks of notes and comments."""


def _ends_in_digit(pieces: list[str]) -> bool:
    last = pieces[-1][-1] if pieces else ""
    return last.isdecimal() or last in _SUPERSCRIPTS


def _code_point(text: str) -> int | None:
    try:
        code = int(text, 16)
    except ValueError:
        return None
    return code if 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE else None


def _shows_placeholder(control: etree._Element) -> bool:
    """A content control that nobody filled in shows a prompt, which is no text of the report."""
    return bool(_stated(control.find(qn("w:sdtPr")), qn("w:showingPlcHdr")))


def _branch(alternative: etree._Element) -> etree._Element:
    """One of the renderings of the same thing: the first that has text boxes, else the first."""
    branches = [child for child in alternative if isinstance(child.tag, str)]
    filled = (branch for branch in branches if next(branch.iter(_TEXT_BOX), None) is not None)
    return next(filled, branches[0] if branches else alternative)


def _text_boxes(parent: etree._Element) -> Iterator[etree._Element]:
    """The outermost text boxes, each once."""
    for child in parent:
        if child.tag == _TEXT_BOX:
            yield child
        elif child.tag == _ALTERNATIVE:
            yield from _text_boxes(_branch(child))
        else:
            yield from _text_boxes(child)


# Blocks ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph's text with its number, and the text boxes anchored in it."""

    text: str
    boxes: tuple[etree._Element, ...]


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

    def __init__(self, styles: _Styles, numbering: Numbering, max_cells: int) -> None:
        self.builder = DocumentBuilder()
        self._styles = styles
        self._numbering = numbering
        self._max_cells = max_cells
        self._cells = 0
        self._notices: dict[str, Notice] = {}

    def all_notices(self) -> list[Notice]:
        """One notice a kind, with the first place where it was seen."""
        unknown = ", ".join(sorted(self._numbering.unknown))
        if unknown:
            self._notice("numbering_unknown", "paragraphs are numbered in a way that is not known; left out", unknown)
        return list(self._notices.values())

    def _notice(self, code: str, message: str, excerpt: str) -> None:
        self._notices.setdefault(code, Notice("warning", code, message, excerpt[:200]))

    def blocks(self, parent: etree._Element) -> None:
        """Paragraphs and tables of ``parent``: the body, a text box, a frame's cell."""
        for item in self._items(parent):
            if isinstance(item, _Line):
                self.builder.add_paragraph(item.text)
                for box in item.boxes:
                    self.blocks(box)
            else:
                self._table(item)

    def _items(self, parent: etree._Element) -> Iterator[_Line | etree._Element]:
        """Paragraphs as lines, tables as they are. A paragraph whose end was deleted goes on in the next one."""
        carried = _Line("", ())
        for block in _children(parent, _BLOCKS):
            if block.tag == _ALT_CHUNK:
                self._notice("embedded_part", "the file embeds another document, which is not read", "")
            elif block.tag == _TBL:
                yield block
            else:
                properties = block.find(_PPR)
                line = self._line(block, properties, carried)
                carried = line if _end_removed(properties) else _Line("", ())
                if carried is not line:
                    yield line
        if carried.text or carried.boxes:
            yield carried

    def _line(self, paragraph: etree._Element, properties: etree._Element | None, before: _Line) -> _Line:
        style = _value(properties, _PARAGRAPH_STYLE)
        words = _Words(self._styles, self._styles.hidden(style))
        words.read(paragraph)
        number = "" if _end_removed(properties) else self._number(properties, style)
        return _Line(number + before.text + "".join(words.pieces), (*before.boxes, *words.boxes))

    def _number(self, properties: etree._Element | None, style: str | None) -> str:
        numbers = None if properties is None else properties.find(_NUMBERS)
        list_id, level = _value(numbers, _LIST_ID), _value(numbers, _LEVEL)
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

    def _table(self, table: etree._Element) -> None:
        if _is_frame(table):
            for row in _rows(table):
                for cell in _children(row, _CELLS):
                    self.blocks(cell)
            return
        cells, behind = self._grid(table)
        if cells:
            self.builder.add_grid(cells)
        for element in behind:
            if element.tag == _TBL:
                self._table(element)
            else:
                self.blocks(element)

    def _grid(self, table: etree._Element) -> tuple[list[GridCell], list[etree._Element]]:
        """The cells of a table, and the nested tables and text boxes that stand in them."""
        cells: list[GridCell] = []
        behind: list[etree._Element] = []
        growing: dict[int, int] = {}  # column → the cell there that the next row may continue
        width = height = 0
        for row, element in enumerate(_rows(table)):
            for placed in _row_cells(element):
                width = max(width, placed.column + placed.span)
                self._check_size(width * (row + 1))
                at = growing.get(placed.column)
                if placed.merge == "continue" and at is not None and _adjoins(cells[at], row, placed.span):
                    cells[at] = _taller(cells[at])
                    self._report_covered(placed.element)
                    continue
                text, more = self._cell(placed.element)
                behind.extend(more)
                growing[placed.column] = len(cells)
                cells.append(GridCell(text, row, placed.column, 1, placed.span))
            height = row + 1
        self._cells += width * height
        return cells, behind

    def _check_size(self, size: int) -> None:
        if self._cells + size > self._max_cells:
            raise _too_many_cells(self._max_cells)

    def _cell(self, cell: etree._Element) -> tuple[str, list[etree._Element]]:
        lines: list[str] = []
        nested: list[etree._Element] = []
        boxes: list[etree._Element] = []
        for item in self._items(cell):
            if isinstance(item, _Line):
                lines.append(item.text)
                boxes.extend(item.boxes)
            else:
                nested.append(item)
        text = "\n".join(line for line in lines if line.strip()) or "".join(lines)
        return self._with_nested(text, nested, boxes)

    def _with_nested(
        self, text: str, nested: list[etree._Element], boxes: list[etree._Element]
    ) -> tuple[str, list[etree._Element]]:
        if not text.strip() and len(nested) == 1:
            inner = _only_cell(nested[0])
            if inner is not None:
                text, more = self._cell(inner)
                return text, more + boxes
        if nested:
            self._notice("nested_table", "a table inside a table's cell is read as a table of its own", text)
        return text, nested + boxes

    def _report_covered(self, cell: etree._Element) -> None:
        text = "".join(found.text or "" for found in cell.iter(_T)).strip()
        if text:
            self._notice("covered_text", "text under a merged cell does not show and is left out", text)


_PARAGRAPH_STYLE, _NUMBERS, _LIST_ID, _LEVEL = (qn(f"w:{name}") for name in ("pStyle", "numPr", "numId", "ilvl"))
_SPAN, _ROW_MERGE, _COLUMN_MERGE, _BEFORE = (qn(f"w:{name}") for name in ("gridSpan", "vMerge", "hMerge", "gridBefore"))
_CELL_REMOVED, _ROW_HIDDEN = qn("w:cellDel"), qn("w:hidden")


def _children(parent: etree._Element, wanted: frozenset[str]) -> Iterator[etree._Element]:
    """Children of the wanted kinds, also those inside content controls, insertions and the like."""
    for child in parent:
        tag = child.tag
        if tag in wanted:
            yield child
        elif tag in _WRAPPERS or (tag == _SDT and not _shows_placeholder(child)):
            yield from _children(child, wanted)
        elif tag == _ALTERNATIVE:
            yield from _children(_branch(child), wanted)


def _end_removed(properties: etree._Element | None) -> bool:
    mark = None if properties is None else properties.find(_RPR)
    return mark is not None and any(mark.find(name) is not None for name in _REMOVED)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for row in _children(table, _ROWS):
        properties = row.find(_TRPR)
        if properties is None or not _row_removed(properties):
            yield row


def _row_removed(properties: etree._Element) -> bool:
    return any(properties.find(name) is not None for name in _REMOVED) or bool(_stated(properties, _ROW_HIDDEN))


def _row_cells(row: etree._Element) -> Iterator[_TableCell]:
    """The cells of a row with their columns; cells merged by ``w:hMerge`` (older files) become one."""
    pending: _TableCell | None = None
    column = _count(_value(row.find(_TRPR), _BEFORE), 0)
    for element in _children(row, _CELLS):
        properties = element.find(_TCPR)
        if properties is not None and properties.find(_CELL_REMOVED) is not None:
            continue
        span = _count(_value(properties, _SPAN), 1)
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
    return None if found is None else found.get(_VAL, "continue")


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
