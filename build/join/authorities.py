"""Authorities over several reports: what sister reports of the same source tell, and which authorities there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from ..identity import places, registry
from ..identity.names import agency_kind, full_name
from ..identity.registry import Agency, AgencyName, Candidate
from ..identity.resolution import area_of, chain, known_as, place_in
from ..reading.key import DOUBT, Key, Sister
from ..reading.ledger import Ledger, folder_of
from ..report import Evidence, Identity, Problem, Report

FEWEST_SISTERS = 2
"""Reports of other areas of one city before a host counts as that city's, and series in a folder that has no name."""
WEIGHT = 2


@dataclass(frozen=True, slots=True)
class Reporting:
    """An authority of which there is a report, with the names under which its reports print it."""

    agency: Agency
    printed: tuple[AgencyName, ...]


# Sister reports ------------------------------------------------------------------------------------------------------


def tell_sisters(ledger: Ledger) -> None:
    """Resolve reports whose name several authorities share where reports of the same source leave one.

    A source is a government's host, or a folder that holds one authority's reports of other years.
    """
    if next(ledger.keys(f"{_ASKING} LIMIT 1"), None) is None:
        return
    for column, chosen in (("host", _of_host), ("folder", _of_series)):
        ledger.make_quick("keys", column, "agency_id")
        for source in _sources_asked(ledger, column):
            sisters = _Sisters.of(ledger.keys(f"WHERE k.{column} = ? AND {_KNOWN} ORDER BY k.at", source))
            if sisters is not None:
                _resolve(ledger, column, source, partial(chosen, sisters))


_KNOWN = "k.agency_id IS NOT NULL AND k.sister IS NULL"
"""Of the keys ``k``: those whose authority is known without any other report."""
_ASKING = "WHERE k.candidates IS NOT NULL"
"""Those whose name is that of several."""


def _sources_asked(ledger: Ledger, column: str) -> list[str]:
    """The hosts, or the folders, of reports that ask; the empty one is none."""
    sql = f"SELECT DISTINCT k.{column} FROM keys k {_ASKING} AND k.{column} <> '' ORDER BY 1"
    return [source for (source,) in ledger.connection.execute(sql)]


def _resolve(
    ledger: Ledger, column: str, source: str, chosen: Callable[[Key, Sequence[Candidate]], Key | None]
) -> None:
    """Change those of the reports of one source that ask for which one authority is left."""
    asking = ledger.connection.execute(f"SELECT k.at FROM keys k {_ASKING} AND k.{column} = ?", (source,)).fetchall()
    for (at,) in asking:
        report = ledger.key(at)
        found = chosen(report, _candidates(report))
        if found is not None:
            ledger.change(at, found)


def _candidates(report: Key) -> Sequence[Candidate]:
    identity = report.identity
    found = [known_as(identity.agency, identity.year, candidate) for candidate in report.candidates]
    return [candidate for candidate in found if candidate is not None]


@dataclass(frozen=True, slots=True)
class _Sisters:
    """What the reports of one source whose authority is known tell together.

    ``around``: of each authority, the areas around it. ``ids``: the authorities. ``years``: the years of the reports.
    ``count``: how many there are. ``first``: the names of some.
    """

    around: frozenset[frozenset[str]]
    ids: frozenset[str | None]
    years: frozenset[int | None]
    count: int
    first: tuple[str, ...]

    @classmethod
    def of(cls, reports: Iterable[Key]) -> _Sisters | None:
        """What ``reports`` tell; None where there are none."""
        around, ids, years, first, count = set(), set(), set(), [], 0
        for count, report in enumerate(reports, 1):
            around.add(_lineages(report))
            ids.add(report.identity.agency_id)
            years.add(report.identity.year)
            if count <= FEWEST_SISTERS:
                first.append(f"{report.identity.agency} {report.source_file}")
        return cls(frozenset(around), frozenset(ids), frozenset(years), count, tuple(first)) if count else None


def _of_host(sisters: _Sisters, report: Key, candidates: Sequence[Candidate]) -> Key | None:
    """As of the one candidate that lies where all others of the host do: in the same county, or the same city."""
    year = report.identity.year
    below = [(each, _below_province(each, year)) for each in candidates]
    fitting = [each for each, areas in below if all(areas & sister for sister in sisters.around)]
    if len(fitting) != 1:
        return None
    own = {row.lineage for row in (area_of(fitting[0], year),) if row is not None}
    same_area = all(own & sister for sister in sisters.around)
    return _as(report, fitting[0], sisters) if same_area or sisters.count >= FEWEST_SISTERS else None


def _of_series(sisters: _Sisters, report: Key, candidates: Sequence[Candidate]) -> Key | None:
    """As of the candidate of which all other reports of the folder are, each of another year."""
    if len(sisters.ids) != 1 or report.identity.year in sisters.years or None in sisters.years:
        return None
    if folder_of(report.source_file) == "." and sisters.count < FEWEST_SISTERS:
        return None
    only = next((candidate for candidate in candidates if candidate.agency.id in sisters.ids), None)
    return _as(report, only, sisters) if only is not None else None


def _lineages(report: Key) -> frozenset[str]:
    """The areas around a report's authority, its own included, the province left out."""
    found = known_as(report.identity.agency, report.identity.year, report.identity.agency_id or "")
    return _below_province(found, report.identity.year) if found is not None else frozenset()


def _below_province(candidate: Candidate, year: int | None) -> frozenset[str]:
    area = area_of(candidate, year)
    return frozenset(row.lineage for row in chain(area, year)[1:]) if area is not None else frozenset()


def _as(report: Key, only: Candidate, sisters: _Sisters) -> Key:
    """``report`` as one of this authority, by the sister reports that tell it."""
    year, place = report.identity.year, place_in(only, report.identity.year)
    name = registry.full_name(only.agency, year)
    sister = Sister(
        only.agency.id, name, agency_kind(name),
        place.level, place.province, place.city, place.county, place.adcode, "; ".join(sisters.first),
    )  # fmt: skip
    return replace(report, identity=_told(report.identity, sister), candidates=(), sister=sister)


def _told(identity: Identity, sister: Sister) -> Identity:
    return replace(
        identity,
        agency_id=sister.agency_id,
        agency=sister.agency,
        agency_kind=sister.agency_kind,
        level=sister.level,
        province=sister.province,
        city=sister.city,
        county=sister.county,
        adcode=sister.adcode,
    )


def with_sister(report: Report, sister: Sister) -> Report:
    """``report`` as one of the authority that its sister reports tell."""
    evidence = Evidence("authority", "sister", sister.agency_id, sister.words, None, WEIGHT)
    return replace(
        report,
        identity=_told(report.identity, sister),
        candidates=(),
        evidence=(*report.evidence, evidence),
        problems=without_doubt(report.problems),
    )


def without_doubt(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems of a report that are left once it is known whose it is."""
    return tuple(problem for problem in problems if problem.code != DOUBT)


# Authorities ---------------------------------------------------------------------------------------------------------


class Named(NamedTuple):
    """An authority as reports of one year name it: by its full name, and by what they print."""

    agency_id: str
    agency: str | None
    agency_printed: str | None
    year: int | None


def reporting(reports: Iterable[Named]) -> Iterator[Reporting]:
    """Every authority of which there is a report, with the names that its reports print.

    ``reports``: whose they are, in the order of their authorities' ids; so the authorities come.
    """
    for _, own in groupby(reports, attrgetter("agency_id")):
        found = [(agency, identity) for identity in own if (agency := _agency(identity)) is not None]
        if found:
            yield Reporting(found[0][0], tuple(_names(found[0][0].id, (identity for _, identity in found))))


def identities(ledger: Ledger) -> Iterator[Named]:
    """Whose the reports of a ledger are, in the order of authorities, as far as ``reporting`` asks: each once."""
    sql = (
        "SELECT agency_id, agency, agency_printed, year FROM keys WHERE agency_id IS NOT NULL"
        " GROUP BY 1, 2, 3, 4 ORDER BY agency_id, min(at)"
    )
    return map(Named._make, ledger.connection.execute(sql))


def _agency(identity: Named) -> Agency | None:
    for name in _spellings(identity):
        found = known_as(name, identity.year, identity.agency_id) if name else None
        if found is not None:
            return found.agency
    return None


def _spellings(identity: Named) -> Iterator[str | None]:
    yield identity.agency
    yield full_name(identity.agency_printed or "")
    yield identity.agency_printed


def _names(agency: str, identities: Iterable[Named]) -> Iterator[AgencyName]:
    printed: dict[str, list[int | None]] = defaultdict(list)
    for identity in identities:
        if identity.agency_printed:
            printed[identity.agency_printed].append(identity.year)
    for name, years in sorted(printed.items()):
        known = [year for year in years if year is not None]
        yield AgencyName(agency, name, min(known, default=None), max(known, default=None))


def residents(report: Report) -> int | None:
    """Residents at the census of the area that a government's report is of; None for other authorities."""
    identity = report.identity
    if identity.adcode is None or identity.year is None:
        return None
    origin = places.lineage(identity.adcode, identity.year)
    if identity.agency_id != f"{origin}-government":
        return None
    return places.residents(identity.adcode, identity.year)
