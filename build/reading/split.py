"""Several reports in one document → one document each, cut at the titles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ..document import Block, Document, Grid, Paragraph
from ..identity.names import full_name
from ..identity.titles import LINES_OF_TITLE, read_title
from ..parse.cells import PrintedCell
from ..parse.tables import Tables

ONCE_A_REPORT = ("received", "government_rule", "licence")
"""Rows that a report has once: the first of section 三, and such as stand where its table is left out."""


def split_reports(document: Document, cells: Sequence[PrintedCell], tables: Tables) -> tuple[Document, ...]:
    """The reports in ``document``, each with its own text; ``document`` alone if it holds one.

    A new report begins at a title that stands between two rows of which a report has one, and names another agency or
    year than the one before.
    """
    for code in ONCE_A_REPORT:
        starts = [row.start for row in tables.rows if row.code == code]
        if len(starts) > 1 and (inner := list(_title_cuts(cells, starts))):
            return tuple(_part(document, start, end) for start, end in pairwise([0, *inner, len(document.text)]))
    return (document,)


def _title_cuts(cells: Sequence[PrintedCell], table_starts: Sequence[int]) -> Iterator[int]:
    titles = list(_titles(cells))
    for before, behind in pairwise(table_starts):
        held = [title for start, title in titles if start < before]
        between = [(start, title) for start, title in titles if before < start < behind]
        cut = next((start for start, title in between if held and title != held[-1]), None)
        if cut is not None:
            yield cut


def _titles(cells: Sequence[PrintedCell]) -> Iterator[tuple[int, tuple[str, int | None]]]:
    above: list[PrintedCell] = []
    for cell in cells:
        if cell.kind == "text":
            title = read_title(cell.text, [other.text for other in above])
            if title is not None and title.agency:
                yield _title_start(title.printed, [*above, cell]), (full_name(title.agency), title.year)
        above = [*above, cell][-LINES_OF_TITLE:] if cell.kind == "text" else []


def _title_start(printed: str, lines: Sequence[PrintedCell]) -> int:
    """Where the line stands in which ``printed``, the title without white space, begins."""
    joined = ""
    for cell in reversed(lines):
        joined = "".join(cell.text.split()) + joined
        if joined == printed:
            return cell.start
    return lines[-1].start


def _part(document: Document, start: int, end: int) -> Document:
    blocks = tuple(_moved(block, start) for block in document.blocks if start <= _start(block) < end)
    marks = tuple(
        mark._replace(start=mark.start - start, end=mark.end - start)
        for mark in document.marks
        if start <= mark.start < end
    )
    return replace(document, text=document.text[start:end].rstrip("\n"), blocks=blocks, facts=(), marks=marks)


def _start(block: Block) -> int:
    if isinstance(block, Paragraph):
        return block.start
    return block.cells[0].start if block.cells else 0


def _moved(block: Block, by: int) -> Block:
    if isinstance(block, Paragraph):
        return block._replace(start=block.start - by)
    return Grid(tuple(cell._replace(start=cell.start - by) for cell in block.cells), block.rows, block.columns)
