"""Statistics tables of the reports of 2008–2018: told by their labels, and not read.

Every province had its own table, and from 2014 on there was a national one; their rows are not those of the forms of
2019 and 2021, and nothing of them may stand in a row of these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .. import forms
from ..document import Notice
from ..messages import told
from ..text.fold import CACHE_SIZE, fold, without_numbering
from .cells import PrintedCell
from .figures import Figures

LAST_YEAR = forms.FORMS[0].first_year - 1
"""The last report year of the older forms."""

FEWEST_LABELS, FEWEST_LATER = 4, 8
"""So many different labels of older tables make one; more in a report that names no year, or a later one."""

FEWEST_ROWS = 10
"""So many rows of section 三, or figures of section 二, are of the forms of 2019 and 2021, whatever else there is."""

_BEHIND = 3
"""So many cells behind a label may hold its unit and its figure."""


@dataclass(frozen=True, slots=True)
class OlderTable:
    """What of an older statistics table is in a document: its labels, and where their rows' first cells begin."""

    labels: frozenset[str]
    starts: frozenset[int]

    @property
    def is_table(self) -> bool:
        """Whether these are the labels of a table, and not a few words."""
        return len(self.labels) >= FEWEST_LABELS


def find_older_table(tokens: Sequence[PrintedCell], figures: Figures) -> OlderTable:
    """The labels of an older table that have a figure or a blank behind them; none where later tables stand."""
    labels: set[str] = set()
    starts: set[int] = set()
    if _has_later_tables(figures):
        return OlderTable(frozenset(), frozenset())
    for at, token in enumerate(tokens):
        word = _older_label(token.text) if token.kind == "text" else None
        behind = tokens[at + 1 : at + _BEHIND]
        if word is not None and any(other.kind in {"value", "empty"} for other in behind):
            labels.add(word)
            starts.update(other.start for other in (token, *behind))
    return OlderTable(frozenset(labels), frozenset(starts))


@lru_cache(maxsize=CACHE_SIZE)
def _older_label(text: str) -> str | None:
    core = without_numbering(fold(text)).removeprefix("其中").lstrip(":")
    core = without_numbering(core)
    return next((word for word in forms.OLDER_LABELS if core.startswith(word)), None)


def is_of_older_form(figures: Figures, table: OlderTable, year: int | None) -> bool:
    """Whether a report's statistics are of an older form: by its table, or by its year where it has no later table."""
    if _has_later_tables(figures):
        return False
    of_its_time = year is not None and year <= LAST_YEAR
    return of_its_time or len(table.labels) >= (FEWEST_LATER if year is not None else FEWEST_LABELS)


def _has_later_tables(figures: Figures) -> bool:
    """Whether rows of the forms of 2019 and 2021 are there, or are refused since they stand twice."""
    if figures.refused or len(figures.applications) >= FEWEST_ROWS:
        return True
    return figures.form is not None and len(figures.disclosures) >= FEWEST_ROWS


def older_form_notice(table: OlderTable, year: int | None) -> Notice:
    """What is said, once, of a report whose statistics table is of a form that is not read."""
    message = told("parse.older_table") if table.is_table else told("parse.older_report", year=year)
    return Notice("note", "older_form", message)
