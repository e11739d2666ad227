"""How much of a report stood in the authority's report of the year before: figures that are equal, prose that is.

Only an authority's own reports of one scope and two consecutive years are compared, each the only current one of its
year. A figure counts where both reports have the cell and at least one of the two is not 0. Prose is compared clause by
clause: a clause is what stands between two figures or marks of punctuation, of at least CLAUSE_CHARACTERS characters,
outside the titles and the forms' tables. Restated reports have no prose of the authority's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..report import Report
from .table_stretches import prose_of, table_rows

CLAUSE_CHARACTERS = 8
"""Shorter ones are phrases that any two reports share."""
SMALLEST_DENOMINATOR = 30
"""A share of fewer figures or clauses says nothing."""

FEW_FIGURES, FEW_CLAUSES, RESTATED = "few_figures", "few_clauses", "restated"

_CLAUSE = re.compile(rf"[^\W\d_]{{{CLAUSE_CHARACTERS},}}")


@dataclass(frozen=True, slots=True)
class Similarity:
    """A row of ``report_similarity``. The counts are of figures and of distinct clauses; the reasons are codes."""

    report: str
    before: str
    agency_id: str
    scope: str
    year: int
    figures_compared: int
    figures_equal: int
    clauses: int
    clauses_same: int
    is_restated: bool

    @property
    def figures_equal_share(self) -> float | None:
        """Percent of the figures compared; None where there are too few."""
        return _share(self.figures_equal, self.figures_compared)

    @property
    def figures_reason(self) -> str | None:
        """Why there is no share of figures."""
        return FEW_FIGURES if self.figures_equal_share is None else None

    @property
    def text_overlap(self) -> float | None:
        """Percent of the report's clauses that stood in the one before; None where restated, or there are too few."""
        return None if self.is_restated else _share(self.clauses_same, self.clauses)

    @property
    def text_reason(self) -> str | None:
        """Why there is no share of clauses."""
        if self.is_restated:
            return RESTATED
        return FEW_CLAUSES if self.text_overlap is None else None


def _share(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole >= SMALLEST_DENOMINATOR else None


def similarity_to(earlier: Report, later: Report) -> Similarity | None:
    """``later`` against ``earlier``, the authority's report of the year before (``checks.consecutive_years``); None
    where the authority is not in the registry, or either does not say what its scope is.
    """
    said, before = later.identity, earlier.identity
    if said.agency_id is None or said.scope is None or said.year is None:
        return None
    if (said.agency_id, said.scope) != (before.agency_id, before.scope):
        return None
    held = dict(_figures(earlier))
    compared = [pair for cell, value in _figures(later) if cell in held and any(pair := (held[cell], value))]
    clauses = {*clauses_of(later)}
    return Similarity(
        later.id,
        earlier.id,
        said.agency_id,
        said.scope,
        said.year,
        len(compared),
        sum(one == other for one, other in compared),
        len(clauses),
        len(clauses.intersection(clauses_of(earlier))),
        before.abridged or said.abridged,
    )


def _figures(report: Report) -> Iterator[tuple[str, float]]:
    for application in report.applications:
        yield from ((f"applications {application.item} {column}", count) for column, count in application.cells)
    for review in report.reviews:
        yield from ((f"reviews {review.channel} {column}", count) for column, count in review.cells)
    for figure in report.disclosures:
        value = figure.count if figure.count is not None else figure.amount_wan
        if value is not None:
            yield f"disclosures {figure.item} {figure.measure}", float(value)


def clauses_of(report: Report) -> Iterator[str]:
    """The clauses of a report's own prose."""
    rows = table_rows(report)
    for section in report.sections:
        for prose in prose_of(section, rows):
            yield from _CLAUSE.findall(prose)
