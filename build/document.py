"""What a reader makes of a file: the report's plain text, and blocks that point into it.

The plain text is made once, here: paragraphs and grid rows joined by a line feed, the cells of a grid
row by a tab, NUL removed, otherwise exactly as found. Every position anywhere in Gongkai is a half-open
offset in code points into ``Document.text``. What a document has by the thousand are named tuples: a frozen dataclass
takes three times as long to make.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple


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
    message: str
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

    def fact(self, name: str) -> str | None:
        """The first value stated under ``name``, None if there is none."""
        return next((value for key, value in self.facts if key == name), None)


class GridCell(NamedTuple):
    """What a reader knows of a cell before it has a position: text, place and spans."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


_place = itemgetter(1, 2)
"""Row and column of a ``GridCell``."""


@dataclass
class DocumentBuilder:
    """Collects blocks in reading order and gives each its position; the one place where text is joined."""

    _parts: list[str] = field(default_factory=list)
    _blocks: list[Block] = field(default_factory=list)
    _length: int = 0

    def _append(self, text: str) -> int:
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return start

    def add_paragraph(self, text: str) -> None:
        """Append one paragraph; line feeds in it make several (a paragraph has none)."""
        cleaned = _clean(text)
        start = self._append(cleaned)
        self._append("\n")
        for line in cleaned.split("\n"):
            self._blocks.append(Paragraph(line, start))
            start += len(line) + 1

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
        return Document(text[:-1] if text else "", tuple(self._blocks), format, tuple(facts), tuple(notices), member)


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
