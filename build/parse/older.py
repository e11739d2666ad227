"""Statistics tables of the reports of 2008–2018: told by their labels, and not read.

Every province had its own table, and from 2014 on there was a national one; their rows are not those of the forms of
2019 and 2021, and nothing of them may stand in a row of these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .. import forms
from ..text.fold import CACHE_SIZE, fold, without_numbering
from .cells import PrintedCell
from .figures import Figures

FEWEST_LABELS = 4
"""So many different labels of older tables make one."""

FEWEST_ROWS = 10
"""So many rows of section 三, or figures of section 二, are of the forms of 2019 and 2021, whatever else there is."""

_BEHIND = 3
"""So many cells behind a label may hold its unit and its figure."""


@dataclass(frozen=True, slots=True)
class OlderTable:
    """What of an older statistics table is in a document: its labels, and where their rows' first cells begin.

    ``beside_later``: whether tables of the forms of 2019 and 2021 are there; then none is looked for.
    """

    labels: frozenset[str] = frozenset()
    starts: frozenset[int] = frozenset()
    beside_later: bool = False

    @property
    def is_table(self) -> bool:
        """Whether these are the labels of a table, and not a few words."""
        return len(self.labels) >= FEWEST_LABELS


def find_older_table(tokens: Sequence[PrintedCell], figures: Figures) -> OlderTable:
    """The labels of an older table that have a figure or a blank behind them; none where later tables stand."""
    if _has_later_tables(figures):
        return OlderTable(beside_later=True)
    labels: set[str] = set()
    starts: set[int] = set()
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


def _has_later_tables(figures: Figures) -> bool:
    """Whether rows of the forms of 2019 and 2021 are there, or are refused since they stand twice."""
    if figures.refused or len(figures.applications) >= FEWEST_ROWS:
        return True
    return figures.form is not None and len(figures.disclosures) >= FEWEST_ROWS
