"""What a database holds, kept beside it: stamps tell which of its rows another build would write otherwise."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass
from itertools import islice
from math import inf

from ..join.assembly import Assembly, stamps_of_agencies, stamps_of_problems, stamps_of_reports
from ..reading.codec import DamagedError, seal, unseal
from ..reading.on_disk import Pieces
from ..reading.version import build_version
from .rows import differences

MOST_CHANGED = 0.3
"""Where more of the reports than this change, writing the database anew is quicker, and packs it better."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many ``reports`` there are; ``remarks``: problems that are no errors; ``acknowledged``: problems of any kind
    that somebody has looked at, which are no remarks; ``copies``: files that are byte for byte others.
    """

    reports: int
    remarks: int
    acknowledged: int
    copies: int


Stamps = Iterator[tuple[str, bytes]]
"""(name, stamp) pairs in the order of the names: there may be as many as reports."""
Parts = Callable[[], Iterable[bytes]]
"""Gives sealed stamps, as often as it is asked."""

AT_A_TIME = 1000
"""Stamps that are sealed together."""
REPORTS, FILES, AGENCIES, END = "reports", "files", "agencies", "end"
"""What the stamps of a sealed part are of; the last part, which has none, shows that none is missing."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """``made_by``: by what build, with which options. ``whole``: the stamp of all. ``parts``: the sealed stamps of
    each report, of each file's problems, and of each authority.

    ``subjects``: what its checks speak of. ``counts``: how many reports there are, and what else a build says of all.
    """

    made_by: str
    whole: bytes
    parts: Parts
    subjects: tuple[str, ...]
    counts: Counts

    def stamps(self, kind: str) -> Stamps:
        """The stamps of one kind. Raises DamagedError where they are not those that were sealed, all of them."""
        of_kind = None
        for sealed in self.parts():
            of, of_kind, pairs = unseal(sealed)
            if of != self.whole:
                raise DamagedError
            if of_kind == kind:
                yield from pairs
        if of_kind != END:
            raise DamagedError

    def sealed(self) -> bytes:
        """The manifest without its stamps as bytes."""
        return seal((self.made_by, self.whole, self.subjects, astuple(self.counts)))


def _sealed_stamps(assembly: Assembly, whole: bytes) -> Iterator[bytes]:
    of_kinds = ((REPORTS, stamps_of_reports), (FILES, stamps_of_problems), (AGENCIES, stamps_of_agencies))
    for kind, stamps_of in of_kinds:
        stamps = stamps_of(assembly)
        while pairs := tuple(islice(stamps, AT_A_TIME)):
            yield seal((whole, kind, pairs))
    yield seal((whole, END, ()))


@dataclass(frozen=True, slots=True)
class Plan:
    """``gone``: reports whose rows go; ``reports``: those that are written. ``files_gone`` and ``files``: likewise.

    ``agencies``: the authorities that are others than before, or are referred to under other names.
    """

    gone: frozenset[str]
    reports: frozenset[str]
    files_gone: frozenset[str]
    files: frozenset[str]
    agencies: frozenset[str]


def _made_by(coverage_from: int) -> str:
    return f"{build_version()} {sqlite3.sqlite_version} {coverage_from}"


def manifest_of(assembly: Assembly, whole: bytes, coverage_from: int) -> Manifest:
    """The manifest of a database that holds ``assembly``."""
    return Manifest(
        _made_by(coverage_from),
        whole,
        Pieces(_sealed_stamps(assembly, whole)).__iter__,
        tuple(sorted(assembly.roll.subjects())),
        Counts(len(assembly.roll), assembly.remarks, assembly.acknowledged, assembly.copies),
    )


def read_manifest(sealed: bytes | None, parts: Parts, coverage_from: int) -> Manifest | None:
    """What was sealed, None where it is damaged, or of a build that wrote otherwise. ``parts`` gives its stamps."""
    if sealed is None:
        return None
    try:
        made_by, whole, subjects, counts = unseal(sealed)
    except (DamagedError, ValueError):
        return None
    if made_by != _made_by(coverage_from):
        return None
    return Manifest(made_by, whole, parts, subjects, Counts(*counts))


def plan_change(old: Manifest, new: Manifest) -> Plan | None:
    """What makes of a database of ``old`` one of ``new``, None if it is better written anew, or ``old`` is damaged."""
    if old.subjects != new.subjects:
        return None
    most = MOST_CHANGED * max(old.counts.reports, new.counts.reports)
    try:
        reports, files, agencies = (
            _differing(old.stamps(kind), new.stamps(kind), bound)
            for kind, bound in ((REPORTS, most), (FILES, inf), (AGENCIES, inf))
        )
    except DamagedError:
        return None
    if reports is None or files is None or agencies is None:
        return None
    return Plan(*reports, *files, frozenset().union(*agencies))


def _differing(old: Stamps, new: Stamps, most: float) -> tuple[frozenset[str], frozenset[str]] | None:
    """Names whose rows go, and names whose rows come; None where more than ``most`` are others than before."""
    going: set[str] = set()
    coming: set[str] = set()
    for others, (name, before, after) in enumerate(differences(old, new), 1):
        if others > most:
            return None
        going.update([name] if before is not None else ())
        coming.update([name] if after is not None else ())
    return frozenset(going), frozenset(coming)
