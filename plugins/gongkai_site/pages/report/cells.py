"""A cell of the form: its figure as printed, or why it shows none, and the way to its words."""

from __future__ import annotations

import json
from dataclasses import dataclass

from gongkai_site.queries import Row
from gongkai_site.texts import Words

FIGURE, BLANK, MISSING, UNPLACED, WORDS = "figure", "blank", "missing", "unplaced", "words"
"""Kinds of cell, as ``cell_kinds`` and ``cell_kind`` have them: a figure; printed blank; no such row in the report; not
placed; words where a figure belongs.

Each but the figure has a text of that name, which says so.
"""

INFERRED = "inferred"


@dataclass(frozen=True)
class Cell:
    """A cell of the form. ``id`` is its fragment, ``words`` the fragment of its words, None if they have no place."""

    id: str
    kind: str
    text: str = ""
    title: str = ""
    words: str | None = None
    inferred: bool = False
    note: str = ""


def placed_cell(said: Words, text: str, row: Row | None, row_id: str, column: str) -> Cell:
    """A cell of a row of ``applications`` or ``reviews``; ``row`` is None where the report has no such row.

    ``text`` is the report's, ``said`` are the words of the page.
    """
    own = f"{row_id}-{column}"
    if row is None:
        return Cell(own, MISSING, title=str(said[MISSING]))
    span = json.loads(row["cell_spans"] or "{}").get(column)
    words = f"t-{own}" if span else f"t-{row_id}" if row["text_start"] is not None else None
    inferred = row["placement"] == INFERRED
    if row[column] is not None:
        return Cell(own, FIGURE, str(row[column]), str(said[INFERRED]) if inferred else "", words, inferred)
    printed = text[span[0] : span[1]].strip() if span else ""
    return _without_figure(said, own, printed, words, json.loads(row["cell_kinds"] or "{}").get(column, BLANK))


def disclosure_cell(said: Words, row: Row | None, own: str, unit: str) -> Cell:
    """A cell of section 二 as printed; an amount that was converted has its 万元 beside it."""
    if row is None:
        return Cell(own, MISSING, title=str(said[MISSING]))
    words = f"t-{own}" if row["text_start"] is not None else None
    if row["count"] is None and row["amount_wan"] is None:
        return _without_figure(said, own, row["printed"].strip(), words, row["cell_kind"])
    inferred = row["placement"] == INFERRED
    printed, amount, title = row["printed"].strip(), row["amount_wan"], str(said[INFERRED]) if inferred else ""
    converted = f"= {amount:.15g} {unit}" if amount and unit not in row["printed"] else ""
    return Cell(own, FIGURE, printed, title, words, inferred, converted)


def _without_figure(said: Words, own: str, printed: str, words: str | None, kind: str) -> Cell:
    if kind == UNPLACED:
        return Cell(own, UNPLACED, title=str(said[UNPLACED]), words=words)
    if kind == BLANK:
        remark = f"({said['printed_as']} {printed})" if printed else ""
        return Cell(own, BLANK, title=f"{said[BLANK]}{remark}", words=words)
    return Cell(own, WORDS, printed, str(said[WORDS]), words)
