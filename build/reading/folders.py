"""Where a report is of, by the names of the folders it lies in: 江苏省/淮安市/洪泽区/2023.pdf.

Whoever arranges a collection so states the place, as in a ``.meta.yml``, but of many files at once: of all evidence the
weakest. It counts only where the folders are divisions of the report's year, each in the one around it; what the
document or a ``.meta.yml`` says wins, and a contradiction is a problem.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from ..identity import places
from ..identity.places import Division
from ..identity.resolution import area_of, chain, known_as, resolve
from ..messages import told
from ..readers.aside import written
from ..report import Evidence, Identity, Problem, Report
from .key import DOUBT
from .sidecar import decided_by, lies_in, name_of, stated_places, with_authority

FOLDER = "folder"
"""Kind of the evidence."""
WEIGHT = 2
COLUMNS = {"province": "province", "prefecture": "city", "county": "county"}
"""Level of a division → the column of its name in ``reports``, the largest first."""


def naming_places(path: str) -> tuple[str, ...]:
    """The folders in the path of a file, the outermost first, that are called as a division of any year is."""
    return tuple(name for name in map(written, path.split("/")[:-1]) if name and name in _called())


def division_of(folders: Sequence[str], year: int) -> Division | None:
    """The division of ``year`` that folders name, one within the other; None where they leave it open.

    It begins with a province or a prefecture: 城区 or 鼓楼区 alone may be anything.
    """
    found: list[Division] = []
    for name in folders:
        named = [row for row in _called().get(name, ()) if row.stands_in(year)]
        inside = [row for row in named if (_lies_in(row, name, found) if found else _may_begin(row, name))]
        if inside:
            found = inside
        elif found and any(row.name == name for row in named):
            return None
    return found[0] if len(found) == 1 else None


def _may_begin(row: Division, name: str) -> bool:
    return row.level == "province" or (row.level == "prefecture" and row.name == name)


def _lies_in(row: Division, name: str, around: Sequence[Division]) -> bool:
    """Whether a division lies in one of those around it; called without its rank, directly."""
    return any(row.parent == each.adcode if row.name != name else row.lies_in(each.adcode) for each in around)


@cache
def _called() -> Mapping[str, Sequence[Division]]:
    """Name, with or without its rank → the divisions of any year that are called so."""
    found: dict[str, list[Division]] = defaultdict(list)
    for row in places.divisions():
        if row.level in COLUMNS:
            for name in {row.name, row.stem, *_short(row)}:
                found[name].append(row)
    return found


def _short(row: Division) -> Iterator[str]:
    if row.level == "province":
        yield places.provinces()[row.adcode]["short"]


def with_place(report: Report, folders: Sequence[str], stated: Mapping[str, Any]) -> Report:
    """``report`` with what the folders say of its place, where nothing else says it. ``stated``: beside the file."""
    year = report.identity.year
    place = division_of(folders, year) if year is not None else None
    if place is None or year is None or report.identity.level == "national":
        return report
    piece = Evidence("place", FOLDER, place.adcode, "/".join(folders), None, WEIGHT)
    if report.candidates:
        return _decided(report, piece, place, stated)
    if not _agrees(report.identity, place, year):
        return _contradicted(report, piece)
    return _placed(replace(report, evidence=(*report.evidence, piece)), place, year)


def _decided(report: Report, piece: Evidence, place: Division, stated: Mapping[str, Any]) -> Report:
    """A report of one of several authorities of its name: of the one that lies in the folders' place, if it is one."""
    identity, year = report.identity, report.identity.year
    found = [known_as(identity.agency, year, candidate) for candidate in report.candidates]
    areas = [area for each in found if each is not None and (area := area_of(each, year)) is not None]
    if not any(place.lineage in {row.lineage for row in chain(area, year)} for area in areas):
        return _contradicted(report, piece)
    said = [*stated_places(stated), *(each for each in report.evidence if each.about in ("agency", "place")), piece]
    whose = resolve(name_of(identity, stated), year, said, report.text)
    if whose.agency is None:
        return report
    problems = tuple(problem for problem in report.problems if problem.code != DOUBT)
    known = replace(report, evidence=(*report.evidence, piece), problems=problems)
    return replace(decided_by(known, whose), identity=with_authority(identity, whose, stated))


def _agrees(identity: Identity, place: Division, year: int) -> bool:
    """Whether the report may be of the folders' place: its area is that place or lies in it.

    A branch of a central authority has the area of a city and may be filed under a county where it works.
    """
    if identity.adcode is not None:
        around = identity.agency_kind == "vertical" and lies_in(place.adcode, identity.adcode, year)
        return around or lies_in(identity.adcode, place.adcode, year)
    known = {level: getattr(identity, column) for level, column in COLUMNS.items()}
    return all(known[row.level] is None or _is_called(row, known[row.level]) for row in chain(place, year))


def _is_called(row: Division, name: str) -> bool:
    return name in (row.name, row.stem, *places.short_names(row))


def _placed(report: Report, place: Division, year: int) -> Report:
    """A report of an authority that the registry does not know, with the names of the areas around it."""
    identity = report.identity
    if identity.agency_id is not None:
        return report
    deepest = _deepest(identity)
    named = {COLUMNS[row.level]: row.name for row in chain(place, year)}
    open_columns = [column for column in list(COLUMNS.values())[:deepest] if getattr(identity, column) is None]
    filled: dict[str, Any] = {each: named[each] for each in open_columns if each in named}
    return replace(report, identity=replace(identity, **filled))


def _deepest(identity: Identity) -> int:
    """How many of province, city and county a report may have: those around what is known of its place."""
    known = [at for at, column in enumerate(COLUMNS.values(), 1) if getattr(identity, column) is not None]
    levels = {level: at for at, level in enumerate(COLUMNS, 1)} | {"township": len(COLUMNS)}
    return max([*known, levels.get(identity.level or "", 0)]) or len(COLUMNS)


def _contradicted(report: Report, piece: Evidence) -> Report:
    message = told("inputs.folder_contradiction", folders=piece.words)
    problem = Problem(report.source_file, "read", "warning", "folder_contradiction", message, piece.words, report.id)
    return replace(report, problems=(*report.problems, problem))
