"""What a reader makes of a file: the report's plain text, and blocks that point into it.

The plain text is made once, here: paragraphs and grid rows joined by a line feed, the cells of a grid
row by a tab, NUL removed, otherwise exactly as found. Every position anywhere in Gongkai is a half-open
offset in code points into ``Document.text``. What a document has by the thousand are named tuples: a frozen dataclass
takes three times as long to make.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from .errors import ReadError
from .messages import Message


class Paragraph(NamedTuple):
    """A run of text without line feed (a paragraph, or a line of a text file).

    ``text`` equals ``document.text[start:end]``.
    """

    text: str
    start: int

    @property
    def end(self) -> int:
        """Offset behind the last character."""
        return self.start + len(self.text)


_new_paragraph: Callable[[tuple[str, int]], Paragraph] = partial(tuple.__new__, Paragraph)
"""Makes a paragraph of both its fields in half the time: a report has hundreds."""


class Cell(NamedTuple):
    """One cell of a grid; a merged cell stands once, at its upper left corner.

    ``text`` equals ``document.text[start:end]`` (it may hold line feeds). ``row`` and ``column`` count
    from 0; the cell covers ``row_span`` × ``column_span`` places. An empty cell has an empty text.
    """

    text: str
    start: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1

    @property
    def end(self) -> int:
        """Offset behind the last character."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose rows and columns the file itself states (HTML, Word, spreadsheet, ruled PDF)."""

    cells: tuple[Cell, ...]
    rows: int
    columns: int

    def matrix(self) -> list[list[Cell | None]]:
        """Rows × columns; a merged cell stands in every place it covers, None where no cell is."""
        places: list[list[Cell | None]] = [[None] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            for row in range(cell.row, min(cell.row + cell.row_span, self.rows)):
                for column in range(cell.column, min(cell.column + cell.column_span, self.columns)):
                    places[row][column] = cell
        return places


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader saw that the person who publishes should know; becomes a row of ``problems``.

    ``severity`` is ``warning`` or ``note``.
    """

    severity: str
    code: str
    message: Message
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One document as read: ``text``, its blocks in reading order, and what the file says of itself.

    ``format`` is the value of ``reports.source_format`` (text, html, mhtml, docx, doc, pdf, xlsx, xls, ods, csv).
    ``facts`` are (name, value) pairs that stand in the file outside the text: ``title``, ``published``
    (as printed), ``source_url``, ``publisher``, ``index_number`` from an HTML head or document properties.
    ``member`` names the document inside an archive, else "".
    """

    text: str
    blocks: tuple[Block, ...]
    format: str
    facts: tuple[tuple[str, str], ...] = ()
    notices: tuple[Notice, ...] = ()
    member: str = ""
    marks: tuple[Mark, ...] = ()

    def as_shown(self) -> Document:
        """The document as a person reads it: spaces in place of what ``marks`` leave out, so that positions agree."""
        if not any(mark.end > mark.start for mark in self.marks):
            return self
        pieces: list[str] = []
        at = 0
        for mark in self.marks:
            pieces += (self.text[at : mark.start], _NOT_LINE_END.sub(" ", self.text[mark.start : mark.end]))
            at = mark.end
        text = "".join((*pieces, self.text[at:]))
        return replace(self, text=text, blocks=tuple(_with_text(block, text) for block in self.blocks))

    def fact(self, name: str) -> str | None:
        """The first value stated under ``name``, None if there is none."""
        return next((value for key, value in self.facts if key == name), None)


class Part(NamedTuple):
    """A file that was handed in, or one of those in an archive: its bytes, and the documents in them.

    ``member``: its path within the archive, "" for the file itself. A ReadError stands for what could not be read; a
    file that states something of others has no documents.
    """

    member: str
    data: bytes
    documents: tuple[Document | ReadError, ...] = ()


# What is there and not seen as a figure -----------------------------------------------------------------------------

STRUCK, RAISED, HIDDEN = "struck", "raised", "hidden"
"""Why a stretch of text makes no value: crossed out; raised or lowered as a note mark is; not to be seen at all."""

_OPENS = {"\ufdd0": STRUCK, "\ufdd1": RAISED, "\ufdd2": HIDDEN}
_CLOSE = "\ufdd3"
_SIGNS = {kind: sign for sign, kind in _OPENS.items()}
_SIGN = re.compile("[\ufdd0-\ufdd3]")
_EVERY_SIGN = (*_OPENS, _CLOSE)
"""Characters that Unicode keeps for a program's own use; text from outside loses them (``without_signs``)."""

_NOT_LINE_END = re.compile(r"[^\n]")
_DIGITS_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DIGITS_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class Mark(NamedTuple):
    """A stretch of the document's text that a person does not read as a part of its words and figures.

    ``kind``: STRUCK, RAISED or HIDDEN; ``words`` is what stands there. Struck and raised text is kept in the
    document's text (``text[start:end] == words``); hidden text is not: ``start == end``, the place where it was.
    """

    start: int
    end: int
    kind: str
    words: str


def struck(text: str) -> str:
    """``text`` as a reader yields what is crossed out; the report's text names it as such."""
    return "\n".join(left_out(STRUCK, f"〔划去:{line}〕") if line.strip() else line for line in text.split("\n"))


def raised(text: str, lowered: bool = False) -> str:
    """``text`` as a reader yields a note mark, raised or lowered; its digits stand as ¹ or ₁ in the report's text."""
    return left_out(RAISED, text.translate(_DIGITS_LOWERED if lowered else _DIGITS_RAISED))


def hidden(text: str) -> str:
    """``text`` as a reader yields what the document holds and does not show; the report's text is without it."""
    return left_out(HIDDEN, text)


def left_out(kind: str, text: str) -> str:
    """``text`` (no line feed in it, unless HIDDEN) told as ``kind``, but for that written as it stands."""
    return f"{_SIGNS[kind]}{text}{_CLOSE}" if text else ""


def unread(what: str) -> str:
    """What a reader yields for what is shown and cannot be read, such as 图片: words, so that no cell is blank."""
    return f"〔{what}〕"


def without_signs(text: str) -> str:
    """``text`` from outside without the characters that tell marks apart."""
    return _SIGN.sub("", text) if _has_signs(text) else text


def _has_signs(text: str) -> bool:
    """Whether a sign stands in ``text``; one character after the other is found far faster than any of several."""
    return not text.isascii() and any(sign in text for sign in _EVERY_SIGN)


def shown_words(text: str) -> str:
    """What a person reads in ``text`` as a reader yields it: marks left out, a space in place of each."""
    return _unmarked(text, 0)[2] if _has_signs(text) else text


def _unmarked(text: str, start: int) -> tuple[str, list[Mark], str]:
    """``text`` without signs, its marks (``start`` is where it will stand), and its copy as shown, of the same length.

    Of marks within marks the outermost counts, but what is hidden within one is hidden. A mark left open ends with
    the text.
    """
    parts: list[str] = []
    seen: list[str] = []
    marks: list[Mark] = []
    kinds: list[str] = []
    words: list[str] = []
    unseen: list[str] = []
    begin = length = 0

    def take(piece: str) -> None:
        nonlocal length
        if HIDDEN in kinds:
            unseen.append(piece)
            return
        parts.append(piece)
        seen.append(_NOT_LINE_END.sub(" ", piece) if kinds else piece)
        words.append(piece)
        length += len(piece)

    def close() -> None:
        nonlocal unseen
        kind = kinds.pop()
        if kind == HIDDEN and HIDDEN not in kinds:
            if "".join(unseen).strip():
                marks.append(Mark(start + length, start + length, HIDDEN, "".join(unseen)))
            unseen = []
        elif not kinds and length > begin:
            marks.append(Mark(start + begin, start + length, kind, "".join(words)))

    at = 0
    for sign in _SIGN.finditer(text):
        take(text[at : sign.start()])
        at = sign.end()
        kind = _OPENS.get(sign.group())
        if kind is not None:
            if not kinds:
                begin, words = length, []
            kinds.append(kind)
        elif kinds:
            close()
    take(text[at:])
    while kinds:
        close()
    return "".join(parts), sorted(marks), "".join(seen)


class GridCell(NamedTuple):
    """What a reader knows of a cell before it has a position: text (``struck``, ``raised`` …), place and spans."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


def _with_text(block: Block, text: str) -> Block:
    """``block`` with the words that stand in ``text`` at its positions."""
    if isinstance(block, Paragraph):
        return Paragraph(text[block.start : block.end], block.start)
    cells = tuple(cell._replace(text=text[cell.start : cell.end]) for cell in block.cells)
    return Grid(cells, block.rows, block.columns)


_place = itemgetter(1, 2)
"""Row and column of a ``GridCell``."""


@dataclass
class DocumentBuilder:
    """Collects blocks in reading order and gives each its position; the one place where text is joined."""

    _parts: list[str] = field(default_factory=list)
    _blocks: list[Block] = field(default_factory=list)
    _marks: list[Mark] = field(default_factory=list)
    _length: int = 0

    def _taken(self, text: str, start: int) -> str:
        """``text``, as a reader yields it, without its signs; ``start`` is where it will stand."""
        if not _has_signs(text):
            return text
        words, marks, _ = _unmarked(text, start)
        self._marks.extend(marks)
        return words

    def _append(self, text: str) -> int:
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return start

    def add_paragraph(self, text: str) -> None:
        """Append one paragraph; line feeds in it make several (a paragraph has none)."""
        cleaned = self._taken(_clean(text), self._length)
        start = self._append(cleaned)
        self._append("\n")
        lines = cleaned.split("\n")
        starts = accumulate([len(line) + 1 for line in lines], initial=start)
        self._blocks.extend(map(_new_paragraph, zip(lines, starts, strict=False)))

    def add_grid(self, cells: Iterable[GridCell]) -> None:
        """Append a grid. Cells may come in any order; a cell is written in the row where it begins."""
        placed: list[Cell] = []
        parts = self._parts
        at, row_at, rows, columns = self._length, 0, 0, 0
        first = True
        for printed, row, column, row_span, column_span in _in_order(cells):
            text = _clean(printed) if "\r" in printed or "\x00" in printed else printed
            if row > row_at:
                parts.append("\n" * (row - row_at))
                at += row - row_at
                row_at = row
            elif not first:
                parts.append("\t")
                at += 1
            first = False
            text = self._taken(text, at)
            placed.append(Cell(text, at, row, column, row_span, column_span))
            parts.append(text)
            at += len(text)
            if row + row_span > rows:  # noqa: PLR1730 (max() takes longer than all the rest)
                rows = row + row_span
            if column + column_span > columns:  # noqa: PLR1730
                columns = column + column_span
        parts.append("\n" * (rows - row_at))
        self._length = at + rows - row_at
        self._blocks.append(Grid(tuple(placed), rows, columns))

    def build(
        self,
        format: str,
        facts: Sequence[tuple[str, str]] = (),
        notices: Sequence[Notice] = (),
        member: str = "",
    ) -> Document:
        """The document, without the line feed behind its last block."""
        text = "".join(self._parts)
        return Document(
            text[:-1] if text else "",
            tuple(self._blocks),
            format,
            tuple(facts),
            tuple(notices),
            member,
            tuple(self._marks),
        )


def _in_order(cells: Iterable[GridCell]) -> Sequence[GridCell]:
    """``cells`` row by row, from left to right, as most readers give them already."""
    given = tuple(cells)
    row_at = column_at = 0
    for _, row, column, _, _ in given:
        if row < row_at or (row == row_at and column < column_at):
            return sorted(given, key=_place)
        row_at, column_at = row, column
    return given


def _clean(text: str) -> str:
    if "\r" not in text and "\x00" not in text:
        return text
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
