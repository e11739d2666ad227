"""Which figures of a text that is not current differ from those of the text that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from .. import forms
from ..report import PlacedRow, Report


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that two texts print otherwise; ``subject`` is its fragment on both pages.

    ``value`` and ``current_value``: the figure in the text that is not current and in the one that is, None for a
    blank. ``has_cell`` and ``current_has_cell``: whether the text has such a cell at all.
    """

    subject: str
    value: Decimal | None
    current_value: Decimal | None
    has_cell: bool
    current_has_cell: bool


Cells = Mapping[str, Decimal | None]


def differing(report: Report, current: Report) -> Iterator[Difference]:
    """Every cell of the three tables that differs, in the order of the current text, then of the other one."""
    here, there = _cells(report), _cells(current)
    for subject in (*there, *(each for each in here if each not in there)):
        found = Difference(subject, here.get(subject), there.get(subject), subject in here, subject in there)
        if found.value != found.current_value or found.has_cell != found.current_has_cell:
            yield found


def _cells(report: Report) -> Cells:
    """Fragment → figure, None for a blank or what could not be placed."""
    return {
        **{
            f"disclosures-{figure.item}-{figure.measure}": _figure(
                figure.amount_wan if figure.count is None else figure.count
            )
            for figure in report.disclosures
        },
        **dict(_placed("applications", report.applications, forms.APPLICATION_COLUMNS)),
        **dict(_placed("reviews", report.reviews, forms.REVIEW_COLUMNS)),
    }


def _placed(table: str, rows: tuple[PlacedRow, ...], columns: tuple[str, ...]) -> Iterator[tuple[str, Decimal | None]]:
    for row in rows:
        for column in columns:
            yield f"{table}-{row.code}-{column}", _figure(row.get(column))


def _figure(value: Decimal | int | None) -> Decimal | None:
    return None if value is None else Decimal(value)
