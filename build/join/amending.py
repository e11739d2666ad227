"""Authority and year of a report where a person has put them right: these are published, and all else follows.

The id of a report stays. Its authority's code, place and level are those that the registry has for the corrected year.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal

from ..identity import registry
from ..identity.clues import SIDECAR_WEIGHT
from ..identity.identity import MOST_CANDIDATES
from ..identity.names import agency_kind, could_be_agency, full_name, scope_of
from ..identity.place import Place
from ..identity.registry import Agency
from ..identity.resolution import known_as, place_in, resolve
from ..messages import Message, alike, told
from ..reading.key import Amended, Key
from ..reading.reading import body_of, subjects_of
from ..report import Evidence, Identity, Report
from ..text.fold import in_simplified
from .corrections import (
    AGENCY,
    IDENTITY,
    YEAR,
    Applied,
    Correction,
    Entry,
    Finding,
    Published,
    Value,
    unexpected,
)

DOUBTS = {
    AGENCY: frozenset({"agency_unknown", "agency_ambiguous", "agency_contradiction", "agency_hijacked"}),
    YEAR: frozenset({"year_unknown", "year_contradiction", "year_from_publication"}),
}
"""What is corrected → codes of the problems that are answered by it."""
WEIGHT = 3


@dataclass(frozen=True, slots=True)
class Amendments:
    """What a person has put right of authorities and years: by report's id; and the rows of ``corrections``."""

    by_report: Mapping[str, Amended]
    applied: Applied


AsRead = Callable[[Key], Key]
"""Gives a report as it was read by itself."""


def amendments(
    entries: Sequence[Entry], published: Published, as_read: AsRead, whole: Callable[[Key], Report]
) -> Amendments:
    """The entries of authority and year beside the reports ``published`` as they would be without them.

    ``whole`` gives the report of a key. What does not fit is a fault, an entry whose report is not here a note.
    """
    stated: dict[str, tuple[Key, list[Entry]]] = {}
    finding = Finding(published)
    for entry in entries:
        key = finding.report_of(entry) if entry.table == IDENTITY else None
        if key is not None:
            stated.setdefault(key.id, (key, []))[1].append(entry)
    by_report, rows = {}, {}
    for report, (key, own) in stated.items():
        wrong = [(entry, reason) for entry in own if (reason := _unfit(entry, key)) is not None]
        amended = _amended(as_read(key), [entry for entry in own if entry.stands], whole)
        if isinstance(amended, Amended) and not wrong:
            by_report[report] = amended
        elif isinstance(amended, tuple):
            wrong.append(amended)
        for entry, reason in wrong:
            finding.fault(entry, reason)
        rows[report] = tuple(_row(entry, key, by_report.get(report)) for entry in own)
    return Amendments(by_report, Applied(rows, tuple(finding.problems), tuple(finding.faults)))


def _unfit(entry: Entry, key: Key) -> Message | None:
    """Why an entry does not fit what was read of its report; None if it does."""
    held = _held(key.identity, entry.cell)
    if entry.expect != held:
        return unexpected(entry, key.source_file, held)
    if entry.corrected == held and entry.adcode is None:
        return told("curation.stands_already", value=str(held), subject=entry.subject)
    return None


def _held(identity: Identity, cell: str) -> Value:
    year = identity.year
    return identity.agency if cell == AGENCY else None if year is None else Decimal(year)


def _row(entry: Entry, key: Key, amended: Amended | None) -> Correction:
    held = _held(key.identity, entry.cell)
    printed = "" if held is None else str(held)
    if entry.cell == YEAR:
        number = held if isinstance(held, Decimal) else None
        return Correction(key.id, entry.subject, printed, number, entry, _figure(entry.corrected))
    name = amended.agency if amended is not None and entry.stands else entry.corrected
    return Correction(key.id, entry.subject, printed, None, entry, None, str(name) if name is not None else None)


def _figure(value: Value) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


# Whose it is then ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Whose:
    """An authority with its full name and place in a year; ``id`` None where the registry does not have it."""

    id: str | None = None
    name: str | None = None
    place: Place = field(default_factory=Place)


def _amended(
    key: Key, entries: Iterable[Entry], whole: Callable[[Key], Report]
) -> Amended | tuple[Entry, Message] | None:
    """What the report's authority and year are by ``entries``; which of them cannot be followed, and why."""
    by_cell = {entry.cell: entry for entry in entries}
    if not by_cell:
        return None
    year = key.identity.year
    if YEAR in by_cell:
        corrected = _figure(by_cell[YEAR].corrected)
        year = int(corrected) if corrected is not None else None
    entry = by_cell.get(AGENCY)
    whose = _in_year(key.identity, year) if entry is None else _named(entry, year)
    if isinstance(whose, Message):
        return by_cell[AGENCY], whose
    identity = key.identity
    scope = identity.scope
    if entry:
        scope = scope_of(whose.name, whose.name, in_simplified(whole(key).text), identity.includes_lower)
    columns = tuple(cell for cell in (AGENCY, YEAR) if cell in by_cell)
    place = whose.place
    return Amended(
        columns, tuple(by_cell[cell].reason for cell in columns), year,
        whose.id, whose.name, agency_kind(whose.name), scope,
        place.level, place.province, place.city, place.county, place.adcode,
    )  # fmt: skip


def _in_year(identity: Identity, year: int | None) -> _Whose:
    """The authority that was read, as it is in another year."""
    place = Place(identity.level, identity.province, identity.city, identity.county, identity.adcode)
    found = known_as(identity.agency, identity.year, identity.agency_id) if identity.agency_id else None
    if found is None:
        return _Whose(identity.agency_id, identity.agency, place)
    own = registry.full_name(found.agency, identity.year) == identity.agency
    name = registry.full_name(found.agency, year) if own else identity.agency
    return _Whose(identity.agency_id, name, place_in(found, year))


def _named(entry: Entry, year: int | None) -> _Whose | Message:
    """The authority that an entry names, or why it cannot be told."""
    if not isinstance(entry.corrected, str):
        return _Whose()
    name = full_name(entry.corrected)
    if not could_be_agency(name):
        return told("curation.not_an_agency", name=entry.corrected)
    said = [Evidence("place", "sidecar", code, code, None, SIDECAR_WEIGHT) for code in (entry.adcode,) if code]
    found = resolve(name, year, said, "")
    if found.candidates:
        return told("curation.agency_ambiguous", name=name, listed=_listed(found.candidates, year))
    if found.agency is not None and entry.adcode is not None and found.place.adcode != entry.adcode:
        listed = _listed((found.agency,), year)
        return told("curation.agency_elsewhere", adcode=entry.adcode, name=name, listed=listed)
    return _Whose(found.agency.id if found.agency is not None else None, found.name(name, year), found.place)


def _listed(agencies: Sequence[Agency], year: int | None) -> Message:
    return alike("; ".join(f"{each.id} {registry.full_name(each, year)}" for each in agencies[:MOST_CANDIDATES]))


# Keys and reports as amended -----------------------------------------------------------------------------------------


def key_amended(key: Key, amended: Amended, whole: Callable[[Key], Report]) -> Key:
    """``key`` with the authority and the year that stand corrected."""
    body = body_of(with_amended(whole(key), amended))
    identity = _told(key.identity, amended)
    if AGENCY in amended.columns:  # the name that is printed is no name of this authority
        identity = replace(identity, agency_printed=None)
    candidates = () if AGENCY in amended.columns else key.candidates
    return replace(key, identity=identity, candidates=candidates, subjects=subjects_of(body.checks), amended=amended)


def with_amended(report: Report, amended: Amended) -> Report:
    """``report`` with the authority and the year that a person has put right."""
    values = {AGENCY: amended.agency, YEAR: amended.year}
    said = tuple(
        Evidence(cell, "correction", "" if values[cell] is None else str(values[cell]), words, None, WEIGHT)
        for cell, words in zip(amended.columns, amended.words, strict=True)
    )
    return replace(
        report,
        identity=_told(report.identity, amended),
        candidates=() if AGENCY in amended.columns else report.candidates,
        evidence=(*report.evidence, *said),
    )


def _told(identity: Identity, amended: Amended) -> Identity:
    return replace(identity, **{name: getattr(amended, name) for name in _COLUMNS})


_COLUMNS = tuple(each.name for each in fields(Amended) if each.name not in {"columns", "words"})
