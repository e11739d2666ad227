"""Tables and rows of the form that a document should hold, and that were not found in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from .. import forms
from ..document import Document, Notice
from ..messages import Message, told
from .applications import expected_items
from .figures import Figures
from .labels import ITEM, MEASURE, OUTCOME, meanings
from .notices import SECTION_NAMES
from .row_cells import EMPTY, UNPLACED
from .tables import APPLICATIONS, DISCLOSURES, REVIEWS
from .values import NOT_PLACED

LABELS_OF_A_TABLE = 3
"""With so many of a table's labels in the text the table is there, whatever became of its figures."""

FARTHEST_WORDS = 120
"""Characters behind a row's label in which words may tell its counts."""
_COUNT_IN_WORDS = re.compile(
    rf"(?:{'|'.join(column.label_zh for column in forms.APPLICANTS)}|总计|合计|共计?)[^\d\n、，,;；]{{0,4}}\d+"
)

_COUNTED = re.compile(r"\d[\d,.，．]*\s*(?:件|项|条|部|份|宗|次|个|[亿万千]?元)")
_COUNTED_BEHIND = re.compile(rf"\s*[:：(（]?\s*(?:共计?|合计|总计)?\s*{_COUNTED.pattern}")


def missing_tables(figures: Figures, document: Document) -> Iterator[Notice]:
    """A warning for each table without a row, and one for the rows of section 三 that the form has besides."""
    for table, kinds, rows in (
        (DISCLOSURES, {MEASURE}, figures.disclosures),
        (APPLICATIONS, {ITEM}, figures.applications),
        (REVIEWS, {OUTCOME}, figures.reviews),
    ):
        if not rows and table not in figures.refused:
            yield Notice("warning", "tables_missing", _why_missing(told(SECTION_NAMES[table]), kinds, document))
    if figures.applications:
        yield from _missing_rows(figures)


def _why_missing(name: Message, kinds: Collection[str], document: Document) -> Message:
    """What keeps a table away: it is not in the text, or its labels are and its figures could not be read."""
    parts = re.split(r"[\t\n|]+", document.as_shown().text)
    labels = {meant.code: part.strip() for part in parts for meant in meanings(part.strip()) if meant.kind in kinds}
    if len(labels) < LABELS_OF_A_TABLE:
        return told("parse.table_missing", section=name)
    broken = any(notice.code in {"mojibake", "damaged_characters"} for notice in document.notices)
    why = told("parse.text_layer_broken" if broken else "parse.figures_without_place")
    return told("parse.table_not_read", section=name, labels=len(labels), label=next(iter(labels.values())), why=why)


def _missing_rows(figures: Figures) -> Iterator[Notice]:
    """Rows of section 三 that the form has and the document does not: lost labels, or a table cut off."""
    found = {row.item for row in figures.applications}
    expected = expected_items(found)
    labels = {item.code: item.label_zh for item in forms.APPLICATION_ITEMS}
    missing = [labels[item] for item in expected if item not in {*found, *figures.refused}]
    if missing:
        yield Notice(
            "warning",
            "rows_missing",
            told("parse.rows_missing", found=len(found), expected=len(expected), missing="; ".join(missing)),
        )


def with_words_told(figures: Figures, document: Document) -> tuple[Figures, tuple[Notice, ...]]:
    """Rows without a cell are unplaced, not blank, where words in or behind their labels tell figures: 自然人25."""
    text = document.as_shown().text
    requests, items = _requests_in_words(figures, text), _items_in_words(figures, text)
    unknown = tuple((column, NOT_PLACED) for column in forms.APPLICATION_COLUMNS)
    applications = tuple(
        replace(row, placement=UNPLACED, kinds=unknown) if row.item in requests else row for row in figures.applications
    )
    disclosures = tuple(
        replace(figure, placement=UNPLACED, kind=NOT_PLACED) if figure.item in items else figure
        for figure in figures.disclosures
    )
    notices = tuple(
        Notice(
            "warning",
            "no_count",
            told("parse.counts_in_words", section=told(SECTION_NAMES[table]), rows=len(found)),
            next(iter(found.values())),
        )
        for table, found in ((DISCLOSURES, items), (APPLICATIONS, requests))
        if found
    )
    return replace(figures, applications=applications, disclosures=disclosures), notices


def _requests_in_words(figures: Figures, text: str) -> dict[str, str]:
    """Items of section 三 without a cell → the first figure that words tell between their label and the next one."""
    starts = sorted(row.span[0] for row in figures.applications)
    found: dict[str, str] = {}
    for row in figures.applications:
        if row.placement == EMPTY:
            begin = row.span[1]
            end = next((start for start in starts if start >= begin), begin + FARTHEST_WORDS)
            count = _COUNT_IN_WORDS.search(text, row.span[0], min(end, begin + FARTHEST_WORDS))
            if count is not None:
                found[row.item] = count.group()
    return found


def _items_in_words(figures: Figures, text: str) -> dict[str, str]:
    """Items of section 二 without a cell → the figure in the remark that ends their label, or right behind it."""
    found: dict[str, str] = {}
    for figure in figures.disclosures:
        if figure.placement == EMPTY and not figure.printed and figure.item not in found:
            count = _COUNTED.search(text, *figure.span) or _COUNTED_BEHIND.match(text, figure.span[1])
            if count is not None:
                found[figure.item] = count.group().strip()
    return found
