"""How a document is laid out: its cells, section headings and the rows of its tables, and the prose between them."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ..document import Document, Paragraph
from ..report import Span
from .cells import PrintedCell, read_cells
from .sections import SectionHeading, find_headings
from .settling import settle_rows
from .tables import Tables, find_tables


@dataclass(frozen=True, slots=True)
class Layout:
    """A document as a person reads it (``shown``), and its cells, headings and table rows."""

    shown: Document
    cells: Sequence[PrintedCell]
    headings: tuple[SectionHeading, ...]
    tables: Tables

    def prose(self, of_other_tables: Collection[int] | None = None) -> list[Span]:
        """The paragraphs that no table claims.

        ``of_other_tables``: where the cells of tables begin that are none of the form's; they claim instead of these.
        """
        own = [self.cells[at].start for at in self.tables.used]
        starts = sorted(own if of_other_tables is None else of_other_tables)
        starts.append(sys.maxsize)  # of a part that was cut off, blank paragraphs may stand behind the text
        found = []
        at = 0
        for block in self.shown.blocks:
            if not isinstance(block, Paragraph) or not block.text:
                continue
            text, start = block
            end = start + len(text)
            while starts[at] < start:
                at += 1
            if starts[at] >= end and not text.isspace():
                found.append((start, end))
        return found


def read_layout(document: Document) -> Layout:
    """The layout of ``document``, every row of its tables named or without a label."""
    shown = document.as_shown()
    cells = read_cells(shown)
    headings = find_headings(cells)
    tables = find_tables(
        cells,
        frozenset(heading.start for heading in headings),
        frozenset(heading.start for heading in headings if heading.about_reviews),
    )
    return Layout(shown, cells, headings, settle_rows(tables))
