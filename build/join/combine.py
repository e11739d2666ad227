"""What needs several reports: which of two reports of one agency and year is current."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..identity.departments import departments
from ..messages import told
from ..reading.key import Key
from ..report import Problem

AreaNames = tuple[str | None, str | None, str | None]
"""Province, city and county as far as known."""


@dataclass(frozen=True, slots=True)
class Collection:
    """All reports by id with whether each is current, and the problems that only show when they stand side by side."""

    reports: tuple[tuple[Key, bool], ...]
    problems: tuple[Problem, ...]


def combine(reports: Sequence[Key]) -> Collection:
    """Mark one report an agency and year as current: latest published, then most figures, then smallest hash.

    A file that is byte for byte another one yields no second report but a problem ``duplicate_file``.
    """
    distinct, copies = _distinct(reports)
    superseded: dict[str, Key] = {}
    for group in _same_agency_and_year(distinct):
        best = max(group, key=_standing)
        superseded.update({report.id: best for report in group if report.id != best.id})
    return Collection(
        tuple((report, report.id not in superseded) for report in distinct),
        (
            *(_superseded(report, superseded[report.id]) for report in distinct if report.id in superseded),
            *copies,
        ),
    )


def _distinct(reports: Sequence[Key]) -> tuple[list[Key], list[Problem]]:
    """One report an id: that about which most is stated, for only one of two equal files may have a ``.meta.yml``."""
    first: dict[str, Key] = {}
    copies = []
    for report in sorted(reports, key=lambda report: (report.id, -report.stated, report.source_file)):
        held = first.setdefault(report.id, report)
        if held is not report:
            copies.append(_copy(report, held))
    return list(first.values()), copies


def _same_agency_and_year(reports: Sequence[Key]) -> Iterator[list[Key]]:
    """Groups of reports of one authority and year; of one the registry does not know, by name and place.

    The lexicon may hold two offices of one area as one department (民族事务局, 宗教事务局); names tell them apart.
    """
    named: dict[tuple[str | None, str | None, int], list[Key]] = defaultdict(list)
    for report in reports:
        identity = report.identity
        if identity.agency is not None and identity.year is not None:
            is_one = identity.agency_id is not None and not _is_department(identity.agency_id)
            named[identity.agency_id, None if is_one else identity.agency, identity.year].append(report)
    for (authority, *_), group in named.items():
        yield from [group] if authority is not None else _by_place(group)


def _is_department(agency_id: str) -> bool:
    return agency_id.partition("-")[2] in departments()


def _by_place(group: Sequence[Key]) -> Iterator[list[Key]]:
    """Each report joins the first group whose places all agree with its own, as far as both are known."""
    gathered: list[list[Key]] = []
    for report in sorted(group, key=lambda report: (_area_names(report).count(None), report.id)):
        home = next(
            (other for other in gathered if all(_agree(_area_names(report), _area_names(held)) for held in other)), None
        )
        if home is None:
            gathered.append([report])
        else:
            home.append(report)
    yield from gathered


def _area_names(report: Key) -> AreaNames:
    return report.identity.province, report.identity.city, report.identity.county


def _agree(one: AreaNames, other: AreaNames) -> bool:
    return all(mine is None or theirs is None or mine == theirs for mine, theirs in zip(one, other, strict=True))


def _standing(report: Key) -> tuple[str, int, tuple[int, ...]]:
    smaller_hash_first = tuple(-ord(character) for character in report.sha256)
    return report.identity.published or "", report.figures, smaller_hash_first


def _superseded(report: Key, by: Key) -> Problem:
    return Problem(
        report.source_file,
        "combine",
        "note",
        "superseded",
        told(
            "join.superseded", agency=report.identity.agency, year=report.identity.year, other=by.source_file, id=by.id
        ),
        "",
        report.id,
    )


def _copy(report: Key, of: Key) -> Problem:
    same = report.fingerprint == of.fingerprint
    differs = "" if same else told("join.sidecars_differ", other=of.source_file)
    return Problem(
        report.source_file,
        "combine",
        "note",
        "duplicate_file",
        told("join.duplicate_file", other=of.source_file, differs=differs),
        "",
        of.id,
    )
