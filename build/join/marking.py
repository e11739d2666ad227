"""Where a corrected figure is shown: the columns of each table that hold it, or that rest on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from .. import forms
from .corrections import IDENTITY, Correction, note_of

Marks = Mapping[str, Decimal | str | None]
"""Column → the corrected value of its cell (None: none belongs there), or the corrections that its value rests on."""

_GROUPS = {item.code: item.group for item in forms.APPLICATION_ITEMS if item.code in forms.RESULT_ITEMS}
_RATES = {
    "disclosure": (("granted", "partly_granted"), ("closed",)),
    "full_disclosure": (("granted",), ("closed",)),
    "substantive_disclosure": (("granted", "partly_granted"), ("granted", "partly_granted", "withheld")),
}
"""Rate of ``report_summary`` → the outcome groups, or rows, whose totals make its numerator and its denominator."""
_CORRECTION_RATE = (("corrected",), ("total", "pending"))
"""The columns of ``reviews`` that make numerator and denominator of a correction rate."""
_CHANNELS = {
    "reconsideration": ("reconsiderations", "reconsideration_correction"),
    "lawsuit_direct": ("lawsuits_direct", "lawsuit_direct_correction"),
    "lawsuit_after_reconsideration": ("lawsuits_after_reconsideration", "lawsuit_after_reconsideration_correction"),
}
"""Review channel → the columns of ``report_summary`` for its total and its rate."""
_HEADLINES = frozenset({"received", "brought_forward", "closed", "carried_forward"})
_HOTLINE = "hotline_received"


def standing(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """The corrections that are confirmed."""
    return tuple(correction for correction in corrections if correction.entry.stands)


def marks_of_rows(corrections: Iterable[Correction]) -> Mapping[str, Marks]:
    """Fragment of a row (``applications-received``) → what of it stands corrected.

    Of the table ``reports`` the fragment is its name alone, of disclosures the cell's own.
    """
    found: dict[str, dict[str, Decimal | str | None]] = defaultdict(dict)
    for correction in standing(corrections):
        row, column = _place(correction)
        found[row][column] = correction.value if correction.text is None else correction.text
    return found


def _place(correction: Correction) -> tuple[str, str]:
    if correction.entry.table == "disclosures":
        return correction.subject, "amount_wan" if correction.entry.cell.endswith("-amount") else "count"
    row, _, column = correction.subject.rpartition("-")
    return row, column


def marks_of_outcomes(corrections: Iterable[Correction]) -> Mapping[str, Marks]:
    """Outcome group → its columns that rest on corrected cells."""
    found: dict[str, dict[str, list[Correction]]] = defaultdict(lambda: defaultdict(list))
    for correction in standing(corrections):
        row, _, column = correction.entry.cell.rpartition("-")
        if correction.entry.table == "applications" and row in _GROUPS:
            found[_GROUPS[row]][column].append(correction)
    return {group: {column: _notes(own) for column, own in columns.items()} for group, columns in found.items()}


def marks_of_summary(corrections: Iterable[Correction]) -> Marks:
    """Column of ``report_summary`` → the corrections that it rests on."""
    found: dict[str, list[Correction]] = defaultdict(list)
    for correction in standing(corrections):
        for column in _summarised(correction):
            found[column].append(correction)
    return {column: _notes(own) for column, own in found.items()}


def _notes(corrections: Iterable[Correction]) -> str:
    return "; ".join(map(note_of, corrections))


def _summarised(correction: Correction) -> Iterator[str]:
    """The columns of ``report_summary`` that show a cell, or are reckoned from it."""
    table, (row, _, column) = correction.entry.table, correction.entry.cell.rpartition("-")
    if table == IDENTITY:
        yield correction.entry.cell
    elif table == "applications" and column == "total":
        yield from _of_total(row)
    elif table == "reviews":
        count, rate = _CHANNELS[row]
        yield from (count,) if column == "total" else ()
        yield from _rate(rate, column, *_CORRECTION_RATE)
    elif table == "hotline" and column == "received":
        yield _HOTLINE


def _of_total(item: str) -> Iterator[str]:
    part = _GROUPS.get(item, item)
    if item in _GROUPS or item in _HEADLINES:
        yield part
    for rate, parts in _RATES.items():
        yield from _rate(rate, part, *parts)


def _rate(name: str, part: str, numerator: tuple[str, ...], denominator: tuple[str, ...]) -> Iterator[str]:
    """The columns of a rate that rest on ``part``."""
    if part in numerator or part in denominator:
        yield f"{name}_rate"
    if part in numerator:
        yield f"{name}_numerator"
    if part in denominator:
        yield f"{name}_denominator"
