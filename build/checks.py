"""The form's own relations, R1 to R4, checked on the figures as printed. A blank is any integer ≥ 0, never 0.

R1 per column: 一 + 二 = 三(七) + 四. R2 per column: all results = 三(七). R3 per row: the applicants = 总计.
R4 per channel: the four outcomes = 总计. Besides: an amount of money whose unit is not stated (``unit_missing``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from . import forms
from .parse.values import read_value
from .report import ApplicationRow, DisclosureFigure, Report, ReviewRow
from .wording import Sum, explain_failure, explain_missing_unit

HOLDS, FAILS, EXPLAINED, UNKNOWN = "holds", "fails", "explained", "unknown"


@dataclass(frozen=True, slots=True)
class Check:
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


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a relation: the printed figures, whether a blank is among its cells, whether one was inferred."""

    figures: tuple[int, ...]
    has_blank: bool
    inferred: bool

    @property
    def total(self) -> int | None:
        """The sum of the printed figures; None if there is none."""
        return sum(self.figures) if self.figures else None


def relation_status(left: Side, right: Side) -> str | None:
    """How a relation stands when a blank may be any integer ≥ 0; None where both sides are wholly blank."""
    if left.total is None and right.total is None:
        return None
    if left.total is None or right.total is None:
        return UNKNOWN
    if left.total == right.total:
        return UNKNOWN if left.has_blank and right.has_blank else HOLDS
    smaller = right if left.total > right.total else left
    return UNKNOWN if smaller.has_blank else FAILS


def check_report(report: Report) -> Iterator[Check]:
    """Every relation of the form that has a figure on either side."""
    rows = {row.item: row for row in report.applications}
    if rows:
        for column in forms.APPLICATION_COLUMNS:
            yield from _relation(
                report, "R1", f"applications-received-{column}",
                _column(rows, ("received", "brought_forward"), column),
                _column(rows, ("closed", "carried_forward"), column),
            )  # fmt: skip
            yield from _relation(
                report, "R2", f"applications-closed-{column}",
                _column(rows, result_items(rows), column),
                _column(rows, ("closed",), column),
            )  # fmt: skip
        for row in report.applications:
            yield from _relation(report, "R3", f"applications-{row.item}-total", *_applicants_and_total(row))
    for review in report.reviews:
        yield from _relation(report, "R4", f"reviews-{review.channel}-total", *_outcomes_and_total(review))
    for figure in report.disclosures:
        yield from _unit_missing(report, figure)


def result_items(rows: Iterable[str]) -> tuple[str, ...]:
    """The result rows that a report's form has: (六)其他处理 as one row, or as its three."""
    detailed = any(item in forms.OTHER_DETAILS for item in rows)
    left_out = (forms.OTHER_ITEM,) if detailed else forms.OTHER_DETAILS
    return tuple(item for item in forms.RESULT_ITEMS if item not in left_out)


def _column(rows: dict[str, ApplicationRow], items: Sequence[str], column: str) -> Side:
    cells = [(rows[item].get(column), rows[item].placement) if item in rows else (None, "") for item in items]
    return Side(
        tuple(value for value, _ in cells if value is not None),
        any(value is None for value, _ in cells),
        any(value is not None and placement == "inferred" for value, placement in cells),
    )


def _applicants_and_total(row: ApplicationRow) -> tuple[Side, Side]:
    return _parts_and_total(row, tuple(column.code for column in forms.APPLICANTS))


def _outcomes_and_total(row: ReviewRow) -> tuple[Side, Side]:
    return _parts_and_total(row, tuple(column.code for column in forms.REVIEW_OUTCOMES))


def _parts_and_total(row: ApplicationRow | ReviewRow, columns: Sequence[str]) -> tuple[Side, Side]:
    inferred = row.placement == "inferred"
    parts = [row.get(column) for column in columns]
    figures = [part for part in parts if part is not None]
    if isinstance(row, ApplicationRow):
        figures += _unplaced_counts(row)
    total = row.get(forms.TOTAL.code)
    return (
        Side(tuple(figures), any(part is None for part in parts), inferred and bool(figures)),
        Side((total,) if total is not None else (), total is None, inferred and total is not None),
    )


def _unplaced_counts(row: ApplicationRow) -> list[int]:
    counts = (read_value(text).count for text in row.unplaced)
    return [count for count in counts if count is not None]


def _relation(report: Report, rule: str, subject: str, left: Side, right: Side) -> Iterator[Check]:
    status = relation_status(left, right)
    if status is None:
        return
    on_inferred = left.inferred or right.inferred
    explanation = None
    if status == FAILS:
        explanation = explain_failure(rule, subject, Sum(left.figures), Sum(right.figures), on_inferred)
    yield Check(report.id, rule, subject, status, _decimal(left.total), _decimal(right.total), on_inferred, explanation)


def _decimal(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _unit_missing(report: Report, figure: DisclosureFigure) -> Iterator[Check]:
    if figure.measure != "amount" or figure.placement != "printed":
        return
    printed = read_value(figure.printed)
    if printed.number is None:
        return
    subject = f"disclosures-{figure.item}-{figure.measure}"
    missing = figure.amount_wan is None
    explanation = explain_missing_unit(subject, figure.printed) if missing else None
    yield Check(
        report.id, "unit_missing", subject, FAILS if missing else HOLDS, printed.number, None, False, explanation
    )
