"""The form's own relations, R1 to R4: a blank is any integer ≥ 0, never 0.

R1 per column: 一 + 二 = 三(七) + 四. R2 per column: all results = 三(七). R3 per row: the applicants = 总计.
R4 per channel: the four outcomes = 总计.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from .. import forms
from .model import FAILS, TOTAL, Cells, Facts, Finding, Side, Term, column_side, decimal, relation_status, row_side
from .wording import Sum, Words, explain_failure, failure, subject_labels

APPLICANT_COLUMNS = tuple(column.code for column in forms.APPLICANTS)
OUTCOME_COLUMNS = tuple(column.code for column in forms.REVIEW_OUTCOMES)

_TOTAL_ONLY = (TOTAL,)

IN: Words = ("本年新收 + 上年结转", "received + brought forward")
OUT: Words = ("办理结果总计 + 结转下年度", "closed + carried forward")
RESULTS: Words = ("各项办理结果", "the results")
CLOSED: Words = ("（七）总计", "row 3.7, all results")
APPLICANTS: Words = ("自然人 + 各类组织", "natural persons + organisations")
ROW_TOTAL: Words = ("总计", "total")
OUTCOMES: Words = ("维持 + 纠正 + 其他 + 未审结", "upheld + corrected + other + pending")


def requests_in_and_out(facts: Facts) -> Iterator[Finding]:
    """R1, column by column."""
    rows = facts.applications
    for column in forms.APPLICATION_COLUMNS:
        yield from equality(
            f"applications-received-{column}",
            Term(IN, column_side(rows, ("received", "brought_forward"), column)),
            Term(OUT, column_side(rows, ("closed", "carried_forward"), column)),
            column_only=True,
        )


def results_add_up(facts: Facts) -> Iterator[Finding]:
    """R2, column by column."""
    rows = facts.applications
    for column in forms.APPLICATION_COLUMNS:
        yield from equality(
            f"applications-closed-{column}",
            Term(RESULTS, column_side(rows, facts.results, column)),
            Term(CLOSED, column_side(rows, ("closed",), column)),
            column_only=True,
        )


def applicants_add_up(facts: Facts) -> Iterator[Finding]:
    """R3, row by row; a row's unplaced figures belong to some applicant."""
    for item, cells in facts.applications.items():
        left, right = Term(APPLICANTS, _applicants(cells)), Term(ROW_TOTAL, row_side(cells, _TOTAL_ONLY))
        yield from equality(f"applications-{item}-total", left, right)


def review_outcomes_add_up(facts: Facts) -> Iterator[Finding]:
    """R4, channel by channel."""
    for channel, cells in facts.reviews.items():
        yield from equality(
            f"reviews-{channel}-total",
            Term(OUTCOMES, row_side(cells, OUTCOME_COLUMNS)),
            Term(ROW_TOTAL, row_side(cells, (TOTAL,))),
        )


def equality(subject: str, left: Term, right: Term, column_only: bool = False) -> tuple[Finding, ...]:
    """The finding on ``left`` = ``right``; none where both sides are wholly blank."""
    status = relation_status(left.side, right.side)
    if status is None:
        return ()
    on_inferred = left.side.inferred or right.side.inferred
    explanation = _failure(subject, left, right, on_inferred, column_only) if status == FAILS else None
    return (Finding(subject, status, decimal(left.side.total), decimal(right.side.total), on_inferred, explanation),)


def _failure(subject: str, left: Term, right: Term, on_inferred: bool, column_only: bool) -> str:
    zh, en = subject_labels(subject)
    if column_only:
        zh, en = zh.rpartition("·")[2], en.rpartition(", ")[2]
    return explain_failure(
        (zh, en), (left.words, Sum(left.side.figures)), (right.words, Sum(right.side.figures)), on_inferred
    )


def _applicants(cells: Cells) -> Side:
    side = row_side(cells, APPLICANT_COLUMNS)
    loose = tuple([count for count in cells.row.loose if count is not None and count >= 0])
    return Side(side.figures + loose, side.has_blank, cells.inferred) if loose else side


def unsound_counts(facts: Facts) -> Iterator[Finding]:
    """Counts that are negative or no whole number, cell by cell; sound ones give no row."""
    for table, rows in (("applications", facts.applications), ("reviews", facts.reviews)):
        for name, cells in rows.items():
            if min(cells.figures.values(), default=0) < 0:
                yield from _negatives(f"{table}-{name}", cells)
            for column, fraction in cells.row.fractions:
                yield _unsound(f"{table}-{name}-{column}", fraction, cells.inferred)
    for (item, measure), figure in facts.disclosures.items():
        if measure == "amount" or figure.placement != "printed":
            continue
        number = figure.number if figure.count is None else Decimal(figure.count)
        negative = figure.count is not None and figure.count < 0 and measure != "change"
        if number is not None and (negative or number != number.to_integral_value()):
            yield _unsound(f"disclosures-{item}-{measure}", number, False)


def _negatives(row: str, cells: Cells) -> Iterator[Finding]:
    for column, count in cells.figures.items():
        if count < 0:
            yield _unsound(f"{row}-{column}", Decimal(count), cells.inferred)


def _unsound(subject: str, number: Decimal, on_inferred: bool) -> Finding:
    explanation = failure(
        subject_labels(subject),
        f"印作{number}，而件数应为不小于0的整数。",
        f"{number} is printed where a whole number of cases, 0 or more, belongs.",
        on_inferred,
    )
    return Finding(subject, FAILS, number, None, on_inferred, explanation)
