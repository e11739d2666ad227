"""Authorities over several reports: what sister reports of the same source tell, and which authorities there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from pathlib import PurePosixPath

from ..identity import places, registry
from ..identity.names import agency_kind, full_name
from ..identity.registry import Agency, AgencyName, Candidate
from ..identity.resolution import area_of, chain, known_as, place_in
from ..reading.key import DOUBT, Key, Sister
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


def with_sisters(reports: Sequence[Key]) -> tuple[Key, ...]:
    """``reports``, those whose name several authorities share resolved where reports of the same source leave one.

    A source is a government's host, or a folder that holds one authority's reports of other years.
    """
    asking = [report for report in reports if report.candidates]
    if not asking:
        return tuple(reports)
    by_host, by_folder = (_grouped(reports, source, asking) for source in (attrgetter("host"), _folder))
    return tuple(
        _resolved(report, by_host.get(report.host), by_folder.get(_folder(report))) if report.candidates else report
        for report in reports
    )


@dataclass(frozen=True)
class _Sisters:
    """Reports of one source whose authority is known. What they tell together is found once for all that ask."""

    reports: Sequence[Key]

    @cached_property
    def around(self) -> frozenset[frozenset[str]]:
        """Of each authority, the areas around it."""
        return frozenset(map(_lineages, self.reports))

    @cached_property
    def ids(self) -> frozenset[str | None]:
        """The authorities."""
        return frozenset(report.identity.agency_id for report in self.reports)

    @cached_property
    def years(self) -> frozenset[int | None]:
        """The years of the reports."""
        return frozenset(report.identity.year for report in self.reports)


def _folder(report: Key) -> str:
    return str(PurePosixPath(report.source_file.partition("#")[0]).parent)


def _grouped(reports: Iterable[Key], source: Callable[[Key], str], asking: Iterable[Key]) -> Mapping[str, _Sisters]:
    """Reports whose authority is known, by their source, as far as others of it ask; the empty source is none."""
    asked = {source(report) for report in asking} - {""}
    groups: dict[str, list[Key]] = defaultdict(list)
    for report in reports:
        if report.identity.agency_id is not None and (name := source(report)) in asked:
            groups[name].append(report)
    return {name: _Sisters(group) for name, group in groups.items()}


def _resolved(report: Key, same_host: _Sisters | None, same_folder: _Sisters | None) -> Key:
    identity = report.identity
    found = [known_as(identity.agency, identity.year, candidate) for candidate in report.candidates]
    candidates = [candidate for candidate in found if candidate is not None]
    for sisters, chosen in ((same_host, _of_host), (same_folder, _of_series)):
        only = chosen(report, candidates, sisters) if sisters is not None else None
        if sisters is not None and only is not None:
            return _as(report, only, sisters.reports)
    return report


def _of_host(report: Key, candidates: Sequence[Candidate], sisters: _Sisters) -> Candidate | None:
    """The one candidate that lies where all other reports of the host do: in the same county, or the same city."""
    year = report.identity.year
    below = [(each, _below_province(each, year)) for each in candidates]
    fitting = [each for each, areas in below if all(areas & sister for sister in sisters.around)]
    if len(fitting) != 1:
        return None
    own = {row.lineage for row in (area_of(fitting[0], year),) if row is not None}
    same_area = all(own & sister for sister in sisters.around)
    return fitting[0] if same_area or len(sisters.reports) >= FEWEST_SISTERS else None


def _of_series(report: Key, candidates: Sequence[Candidate], sisters: _Sisters) -> Candidate | None:
    """The candidate of which all other reports of the folder are, each of another year."""
    if len(sisters.ids) != 1 or report.identity.year in sisters.years or None in sisters.years:
        return None
    if _folder(report) == "." and len(sisters.reports) < FEWEST_SISTERS:
        return None
    return next((candidate for candidate in candidates if candidate.agency.id in sisters.ids), None)


def _lineages(report: Key) -> frozenset[str]:
    """The areas around a report's authority, its own included, the province left out."""
    found = known_as(report.identity.agency, report.identity.year, report.identity.agency_id or "")
    return _below_province(found, report.identity.year) if found is not None else frozenset()


def _below_province(candidate: Candidate, year: int | None) -> frozenset[str]:
    area = area_of(candidate, year)
    return frozenset(row.lineage for row in chain(area, year)[1:]) if area is not None else frozenset()


def _as(report: Key, only: Candidate, sisters: Sequence[Key]) -> Key:
    """``report`` as one of this authority, by the sister reports that tell it."""
    year, place = report.identity.year, place_in(only, report.identity.year)
    words = "; ".join(f"{sister.identity.agency} {sister.source_file}" for sister in sisters[:FEWEST_SISTERS])
    name = registry.full_name(only.agency, year)
    sister = Sister(
        only.agency.id, name, agency_kind(name),
        place.level, place.province, place.city, place.county, place.adcode, words,
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


def reporting(reports: Iterable[Key]) -> tuple[Reporting, ...]:
    """Every authority of which there is a report, in the order of ids, with the names that its reports print."""
    agencies: dict[str, Agency] = {}
    printed: dict[str, dict[str, list[int | None]]] = defaultdict(lambda: defaultdict(list))
    for report in reports:
        identity = report.identity
        agency = _agency(report)
        if agency is not None:
            agencies.setdefault(agency.id, agency)
            if identity.agency_printed:
                printed[agency.id][identity.agency_printed].append(identity.year)
    return tuple(Reporting(agencies[key], tuple(_names(key, printed[key]))) for key in sorted(agencies))


def _agency(report: Key) -> Agency | None:
    identity = report.identity
    if identity.agency_id is None:
        return None
    for name in (identity.agency, full_name(identity.agency_printed or ""), identity.agency_printed):
        found = known_as(name, identity.year, identity.agency_id) if name else None
        if found is not None:
            return found.agency
    return None


def _names(agency: str, printed: Mapping[str, Sequence[int | None]]) -> Iterator[AgencyName]:
    for name, years in sorted(printed.items()):
        known = [year for year in years if year is not None]
        yield AgencyName(agency, name, min(known, default=None), max(known, default=None))


def residents(report: Report) -> int | None:
    """Residents at the census of the area that a government's report is of; None for other authorities."""
    identity = report.identity
    if identity.adcode is None or identity.year is None or identity.agency_id is None:
        return None
    origin = places.lineage(identity.adcode, identity.year)
    if identity.agency_id != f"{origin}-government":
        return None
    return places.residents(identity.adcode, identity.year)
