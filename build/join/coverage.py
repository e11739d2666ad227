"""Who is here and who is not: one row a province, prefecture or county and year that the collection claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..identity import places
from ..identity.names import full_name
from ..identity.resolution import resolve
from ..report import Problem

FIRST_YEAR = 2019
"""The first year of the statutory form; ``--coverage-from`` states another."""

PUBLISHED, WITHOUT_TABLES, UNREADABLE, NOT_HERE = "published", "without_tables", "unreadable", "not_here"


class Coverage(NamedTuple):
    """A row of ``coverage``. ``not_here``: not in this collection, which is not "did not publish"."""

    adcode: str
    year: int
    status: str
    report: str | None = None


Place = tuple[str | None, int]
"""The lineage of a division, None where no list has it, and a year."""


Current = Mapping[tuple[str, int], tuple[str, bool]]
"""Authority and year → the id of its current report, and whether that has tables."""


def coverage(current: Current, newest: int | None, problems: Iterable[Problem], first: int) -> Iterator[Coverage]:
    """Every division of every year from ``first`` to the ``newest`` of which there is a report, in the order of the
    keys.

    A division's report is its government's, the current one. Nothing where no report has a year.
    """
    if newest is None:
        return
    unread = _unread(problems)
    for adcode, year, lineage in _states(first, newest):
        report = current.get((f"{lineage}-government", year))
        if report is not None:
            yield Coverage(adcode, year, PUBLISHED if report[1] else WITHOUT_TABLES, report[0])
        else:
            yield Coverage(adcode, year, UNREADABLE if (lineage, year) in unread else NOT_HERE)


@lru_cache(1)
def _states(first: int, newest: int) -> Sequence[tuple[str, int, str]]:
    """(code, year, lineage) of every division of every year, in that order."""
    rows = (row for row in places.divisions() if row.level in places.LEVELS[:3])
    return sorted((row.adcode, year, row.lineage) for row in rows for year in _years(row, first, newest))


def _years(row: places.Division, first: int, newest: int) -> range:
    since = row.valid_from if row.valid_from > places.FIRST_YEAR else first
    return range(max(first, since), min(newest, row.valid_to or newest) + 1)


def _unread(problems: Iterable[Problem]) -> set[Place]:
    """The divisions and years of files that gave no report, as far as they are stated beside it."""
    return {key for problem in problems if problem.severity == "error" for key in _stated(problem)}


def _stated(problem: Problem) -> Iterator[Place]:
    stated = problem.stated
    if stated is None or stated.year is None:
        return
    if stated.agency is not None:
        found = resolve(full_name(stated.agency), stated.year, (), "").agency
        if found is not None:
            yield found.id.removesuffix("-government"), stated.year
    elif stated.adcode is not None:
        yield places.lineage(stated.adcode, stated.year), stated.year
