"""What needs several reports: which of two reports of one agency and year is current."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..identity.departments import departments
from ..messages import Message, alike, told
from ..reading.key import Key
from ..report import Problem

AreaNames = tuple[str | None, str | None, str | None]
"""Province, city and county as far as known."""


@dataclass(frozen=True, slots=True)
class Superseded:
    """In whose place which text is current, and by which of ``REASONS``."""

    by: Key
    reason: str


@dataclass(frozen=True, slots=True)
class Collection:
    """All reports by id with whether each is current, and the problems that only show when they stand side by side.

    ``superseded``: id of a report that is not current → what is current in its place. ``copies``: how many files are
    byte for byte others.
    """

    reports: tuple[tuple[Key, bool], ...]
    problems: tuple[Problem, ...]
    superseded: Mapping[str, Superseded] = field(default_factory=dict)
    copies: int = 0


def combine(reports: Sequence[Key]) -> Collection:
    """Mark one report an agency and year as current, by the first of ``REASONS`` that tells them apart.

    A file that is byte for byte another one yields no second report but a problem ``duplicate_file``.
    """
    distinct, copies = _distinct(reports)
    superseded: dict[str, Superseded] = {}
    for group in _same_agency_and_year(distinct):
        if len(group) == 1:
            continue
        best = max(group, key=_standing)
        superseded.update({report.id: _why(report, best) for report in group if report.id != best.id})
    return Collection(
        tuple((report, report.id not in superseded) for report in distinct),
        (
            *(_superseded(report, superseded[report.id]) for report in distinct if report.id in superseded),
            *copies,
        ),
        superseded,
        len(copies),
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
    gathered: list[tuple[list[AreaNames], list[Key]]] = []
    homes: dict[AreaNames, list[Key]] = {}
    for report in sorted(group, key=lambda report: (_area_names(report).count(None), report.id)):
        names = _area_names(report)
        home = homes.get(names)
        if home is None:
            areas, home = _home_of(names, gathered)
            areas.append(names)
            homes[names] = home
        home.append(report)
    yield from (home for _, home in gathered)


def _home_of(names: AreaNames, gathered: list[tuple[list[AreaNames], list[Key]]]) -> tuple[list[AreaNames], list[Key]]:
    """The first group whose places all agree with ``names``, which none has yet; a new one where there is none.

    Where nothing is left open, nothing was in those before either: no other place agrees with it.
    """
    open_to = gathered if None in names else ()
    home = next((each for each in open_to if all(_agree(names, held) for held in each[0])), None)
    if home is None:
        home = [], []
        gathered.append(home)
    return home


def _area_names(report: Key) -> AreaNames:
    return report.identity.province, report.identity.city, report.identity.county


def _agree(one: AreaNames, other: AreaNames) -> bool:
    return all(mine is None or theirs is None or mine == theirs for mine, theirs in zip(one, other, strict=True))


Standing = tuple[bool, str, bool, str, int, tuple[int, ...]]


def _standing(report: Key) -> Standing:
    """What is compared, the weightiest first, the hash at the very end: the order of files decides nothing."""
    published, retrieved = report.identity.published, report.identity.retrieved
    smaller_hash_first = tuple(-ord(character) for character in report.sha256)
    return (
        published is not None,
        published or "",
        retrieved is not None,
        retrieved or "",
        report.figures,
        smaller_hash_first,
    )


REASONS: Mapping[str, Callable[[Key, Key], Message]] = {
    "published_stated": lambda best, report: told("curation.published_stated", day=best.identity.published),
    "published_later": lambda best, report: told(
        "curation.published_later", day=best.identity.published, other=report.identity.published
    ),
    "retrieved_stated": lambda best, report: told("curation.retrieved_stated", day=best.identity.retrieved),
    "retrieved_later": lambda best, report: told(
        "curation.retrieved_later", day=best.identity.retrieved, other=report.identity.retrieved
    ),
    "more_figures": lambda best, report: told("curation.more_figures", figures=best.figures, other=report.figures),
    "nothing_stated": lambda best, report: told("curation.nothing_stated"),
}
"""Why a text is current in another's place: code → in words. The order is that of ``_standing``."""


def _why(report: Key, best: Key) -> Superseded:
    pairs = zip(REASONS, _standing(best), _standing(report), strict=True)
    return Superseded(best, next(reason for reason, mine, other in pairs if mine != other))


def _superseded(report: Key, by: Superseded) -> Problem:
    message = told(
        "curation.superseded",
        agency=report.identity.agency,
        year=report.identity.year,
        file=by.by.source_file,
        report=by.by.id,
        reason=REASONS[by.reason](by.by, report),
    )
    return Problem(report.source_file, "combine", "note", "superseded", message, "", report.id)


def _copy(report: Key, of: Key) -> Problem:
    same = report.fingerprint == of.fingerprint
    differs = alike("") if same else told("join.sidecars_differ", other=of.source_file)
    return Problem(
        report.source_file,
        "combine",
        "note",
        "duplicate_file",
        told("join.duplicate_file", other=of.source_file, differs=differs),
        "",
        of.id,
    )
