"""What needs several reports: which of two reports of one agency and year is current."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ..messages import Message, alike, told
from ..reading.key import Key
from ..report import Problem
from .roll import OF_JOINING, Roll, Standing

AreaNames = tuple[str | None, str | None, str | None]
"""Province, city and county as far as known."""


Numbered = tuple[int, Key]
"""A report's key with its number in the ledger."""


def combine(roll: Roll) -> int:
    """Mark one report an agency and year as current, by the first of ``REASONS`` that tells them apart.

    A file that is byte for byte another one yields no second report but a problem ``duplicate_file``. How many do.
    """
    roll.publish()
    for of_one_name in roll.rivals():
        for group in _of_one_authority(of_one_name):
            _choose(roll, group)
    for standing in roll.superseded():
        roll.note(_superseded(standing), OF_JOINING)
    copies = 0
    for copy, original in roll.copies():
        roll.note(_copy(copy, original), OF_JOINING)
        copies += 1
    return copies


def _choose(roll: Roll, group: Sequence[Numbered]) -> None:
    """Mark all but one of a group as superseded by that one."""
    number, best = max(group, key=lambda numbered: _rank(numbered[1]))
    for _, report in group:
        if report.id != best.id:
            roll.supersede(report.id, number, _why(report, best))


def _of_one_authority(reports: Sequence[Numbered]) -> Iterable[Sequence[Numbered]]:
    """Reports of one name, or code, and year by the authorities that they are of."""
    return [reports] if reports[0][1].identity.agency_id is not None else _by_place(reports)


Home = tuple[list[AreaNames], list[Numbered]]
"""The places of a group, and its reports."""


def _by_place(group: Sequence[Numbered]) -> Iterator[list[Numbered]]:
    """Each report joins the first group whose places all agree with its own, as far as both are known: those that say
    most of theirs first, then by id, as they come.
    """
    gathered: list[Home] = []
    homes: dict[AreaNames, list[Numbered]] = {}
    for report in sorted(group, key=lambda each: _area_names(each[1]).count(None)):
        names = _area_names(report[1])
        home = homes.get(names)
        if home is None:
            areas, home = _home_of(names, gathered)
            areas.append(names)
            homes[names] = home
        home.append(report)
    yield from (home for _, home in gathered)


def _home_of(names: AreaNames, gathered: list[Home]) -> Home:
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


Rank = tuple[bool, str, bool, str, int, tuple[int, ...]]


def _rank(report: Key) -> Rank:
    """What is compared, the weightiest first, the hash at the very end: the order of files decides nothing.

    Of a report that stands twice in one file the first counts.
    """
    published, retrieved = report.identity.published, report.identity.retrieved
    smaller_hash_first = (*(-ord(character) for character in report.sha256), -report.place)
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
"""Why a text is current in another's place: code → in words. The order is that of ``_rank``."""


def _why(report: Key, best: Key) -> str:
    pairs = zip(REASONS, _rank(best), _rank(report), strict=True)
    return next(reason for reason, mine, other in pairs if mine != other)


def _superseded(standing: Standing) -> Problem:
    report, superseded = standing.key, standing.superseded
    assert superseded is not None
    message = told(
        "curation.superseded",
        agency=report.identity.agency,
        year=report.identity.year,
        file=superseded.by.source_file,
        report=superseded.by.id,
        reason=REASONS[superseded.reason](superseded.by, report),
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
