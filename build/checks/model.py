"""What a check is made of: findings, sides of a relation with their blanks, and a report's figures ready to look up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from .. import forms
from ..report import DisclosureFigure, HotlineFigure, Identity, PlacedRow, Report, Statement
from .wording import FAILED, Words

HOLDS, FAILS, EXPLAINED, UNKNOWN = "holds", "fails", "explained", "unknown"
STATUS_ZH = {HOLDS: "相符", FAILS: FAILED[0], EXPLAINED: "按另述口径相符", UNKNOWN: "无法核对"}
"""What a status is called in Chinese, the last where it is none of the others."""

FORM, WITHIN, PROSE, HOTLINE, ACROSS_YEARS = "form", "within", "prose", "hotline", "across years"
"""Kinds of rule. What fails ``across years`` is shown apart and counted apart: scopes change and agencies merge."""

TOTAL = forms.TOTAL.code
INFERRED = "inferred"


class Check(NamedTuple):
    """A row of ``checks``. ``left`` and ``right`` are the sums of the printed figures, None where a side has none."""

    report: str
    rule: str
    subject: str
    status: str
    left: Decimal | None
    right: Decimal | None
    on_inferred: bool
    explanation: str | None = None

    @property
    def difference(self) -> Decimal | None:
        """Left minus right; None if a side has no figure."""
        return None if self.left is None or self.right is None else self.left - self.right


class Finding(NamedTuple):
    """What a rule's function says of one subject; ``Check`` without the report and the rule."""

    subject: str
    status: str
    left: Decimal | None = None
    right: Decimal | None = None
    on_inferred: bool = False
    explanation: str | None = None


class Side(NamedTuple):
    """One side of a relation: the printed figures, whether a blank is among its cells, whether one was inferred."""

    figures: tuple[int, ...]
    has_blank: bool
    inferred: bool

    @property
    def total(self) -> int | None:
        """The sum of the printed figures; None if there is none."""
        return sum(self.figures) if self.figures else None


class Term(NamedTuple):
    """A side of a relation with the words that name it, Chinese and English."""

    words: Words
    side: Side


def relation_status(left: Side, right: Side) -> str | None:
    """How a relation stands when a blank may be any integer ≥ 0; None where both sides are wholly blank."""
    if not left.figures and not right.figures:
        return None
    if not left.figures or not right.figures:
        return UNKNOWN
    left_total, right_total = sum(left.figures), sum(right.figures)
    if left_total == right_total:
        return UNKNOWN if left.has_blank and right.has_blank else HOLDS
    smaller = right if left_total > right_total else left
    return UNKNOWN if smaller.has_blank else FAILS


def bound_status(smaller: int | None, larger: int | None) -> str | None:
    """How ``smaller`` ≤ ``larger`` stands; a blank leaves it open, None where both are blank."""
    if smaller is None and larger is None:
        return None
    if smaller is None or larger is None:
        return UNKNOWN
    return HOLDS if smaller <= larger else FAILS


@lru_cache(maxsize=4096)
def decimal(value: int | None) -> Decimal | None:
    """A count as the tables of checks keep it; a blank stays None."""
    return None if value is None else Decimal(value)


class Cells(NamedTuple):
    """A placed row of section 三 or 四 with its figures by column; a blank has none."""

    row: PlacedRow
    figures: Mapping[str, int]
    inferred: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """A report's figures by item, channel and kind of statement, made once for all rules."""

    report: Report
    applications: Mapping[str, Cells]
    results: tuple[str, ...]
    reviews: Mapping[str, Cells]
    disclosures: Mapping[tuple[str, str], DisclosureFigure]
    statements: Mapping[str, tuple[tuple[int, Statement], ...]]
    hotline: tuple[tuple[int, HotlineFigure], ...]

    @property
    def identity(self) -> Identity:
        """Whose report it is and of when."""
        return self.report.identity

    def count(self, item: str, measure: str) -> int | None:
        """The count printed in section 二; None where it is blank or not there."""
        figure = self.disclosures.get((item, measure))
        return None if figure is None else figure.count


def facts_of(report: Report) -> Facts:
    """``report`` ready to look up. Positions of statements and hotline rows are those of their tables, from 1."""
    statements: dict[str, tuple[tuple[int, Statement], ...]] = {}
    for position, statement in enumerate(report.statements, 1):
        statements[statement.kind] = (*statements.get(statement.kind, ()), (position, statement))
    applications = {row.item: _cells(row) for row in report.applications}
    return Facts(
        report,
        applications,
        forms.result_items(applications),
        {row.channel: _cells(row) for row in report.reviews},
        {(figure.item, figure.measure): figure for figure in report.disclosures},
        statements,
        tuple(enumerate(report.hotline, 1)),
    )


def _cells(row: PlacedRow) -> Cells:
    return Cells(row, dict(row.cells), row.placement == INFERRED)


def column_side(rows: Mapping[str, Cells], names: Iterable[str], column: str) -> Side:
    """The cells of ``column`` in the rows called ``names``; a row that is not there is a blank."""
    figures = []
    has_blank = inferred = False
    for name in names:
        cells = rows.get(name)
        if cells is None or column not in cells.figures:
            has_blank = True
            continue
        figures.append(cells.figures[column])
        inferred = inferred or cells.inferred
    return Side(tuple(figures), has_blank, inferred)


def row_side(cells: Cells, columns: Sequence[str]) -> Side:
    """The cells of one row in ``columns``."""
    known = cells.figures
    figures = tuple([known[column] for column in columns if column in known])
    return Side(figures, len(figures) < len(columns), cells.inferred)
