"""What the page of a place shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from gongkai_site.queries import Answers, Row, queries_in

QUERIES = queries_in(Path(__file__).with_name("queries"))
HERE = frozenset({"published", "without_tables"})


@dataclass(frozen=True)
class Reporting:
    """An authority of the place with its reports, the oldest first."""

    agency: Row
    reports: Sequence[Row]


@dataclass(frozen=True)
class Part:
    """A division directly below, over the years in which it stayed; ``years`` are those of the collection."""

    division: Row
    years: Sequence[Row]

    @property
    def here(self) -> int:
        """In how many of the years its government's report is here."""
        return sum(year["status"] in HERE for year in self.years)


@dataclass(frozen=True)
class DivisionPage:
    """Everything the template shows: the place in one stretch of years, and the ``others`` that have its code.

    ``own`` are the reports of its government, ``others_reporting`` its offices, departments and towns.
    """

    division: Row
    others: Sequence[Row]
    coverage: Sequence[Row]
    own: Sequence[Reporting]
    others_reporting: Sequence[Reporting]
    silent: Sequence[Row]
    parts: Sequence[Part]


def view_of(answers: Answers, valid_from: int) -> DivisionPage:
    """The page of the division that has its code since ``valid_from``. Raises StopIteration if there is none."""
    stretches = answers["stretches"]
    division = next(row for row in stretches if row["valid_from"] == valid_from)
    reports = answers["reports"]
    reporting = {row["agency_id"] for row in reports}
    return DivisionPage(
        division,
        [row for row in stretches if row is not division],
        answers["coverage"],
        _by_agency([row for row in reports if row["is_own"]]),
        _by_agency([row for row in reports if not row["is_own"]]),
        [row for row in answers["authorities"] if row["id"] not in reporting],
        _parts(answers["parts"]),
    )


def _by_agency(rows: Sequence[Row]) -> list[Reporting]:
    """The reports of each authority, the authorities in the rows' order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(str(row["agency_id"] or row["agency"]), []).append(row)
    return [Reporting(group[-1], group) for group in found.values()]


def _parts(rows: Sequence[Row]) -> list[Part]:
    groups = [[*group] for _, group in groupby(rows, key=lambda row: (row["adcode"], row["valid_from"]))]
    return [Part(group[0], [row for row in group if row["year"] is not None]) for group in groups]
