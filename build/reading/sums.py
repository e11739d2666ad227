"""The six outcome groups of a report: sums over the results of section 三, which follow from that report alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .. import forms
from ..parse.values import WORDS
from ..report import ApplicationRow, Report


@dataclass(frozen=True, slots=True)
class OutcomeSum:
    """A row of ``applications_by_outcome``: the sums of one outcome group, (column, sum) pairs; None is left out."""

    report: str
    outcome: str
    cells: tuple[tuple[str, int], ...]

    def get(self, column: str) -> int | None:
        """The group's sum in ``column``; None if all its cells are blank, or a row is unplaced or not there."""
        return next((value for name, value in self.cells if name == column), None)


def outcome_sums(report: Report) -> tuple[OutcomeSum, ...]:
    """The six outcome groups of a report; none if it has no table of section 三."""
    rows = {row.item: row for row in report.applications}
    expected = forms.result_items(rows)
    if not any(item in rows for item in expected):
        return ()
    return tuple(
        [_outcome_sum(report.id, outcome, [rows.get(item) for item in items]) for outcome, items in _grouped(expected)]
    )


@lru_cache(maxsize=64)
def _grouped(results: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each outcome with those of ``results`` that are of it."""
    return tuple(
        (outcome.code, tuple(item for item in results if _GROUP_OF[item] == outcome.code)) for outcome in forms.OUTCOMES
    )


_GROUP_OF = {item.code: item.group for item in forms.APPLICATION_ITEMS}
_COLUMNS = frozenset(forms.APPLICATION_COLUMNS)


def _outcome_sum(report: str, outcome: str, found: Sequence[ApplicationRow | None]) -> OutcomeSum:
    """A sum is None if every cell is blank, or one holds words; if a row is unplaced, or is not there (None)."""
    rows = [row for row in found if row is not None and row.placement != "unplaced"]
    if len(rows) < len(found):
        return OutcomeSum(report, outcome, ())
    left_out = {column for row in rows for column, kind in row.kinds if kind == WORDS}
    for row in rows:
        if any(count != 0 for count in row.loose):
            left_out.update(_COLUMNS.difference(column for column, _ in row.cells))
    sums: dict[str, int] = {}
    for row in rows:
        for column, count in row.cells:
            sums[column] = sums.get(column, 0) + count
    summed = [column for column in forms.APPLICATION_COLUMNS if column in sums and column not in left_out]
    return OutcomeSum(report, outcome, tuple([(column, sums[column]) for column in summed]))
