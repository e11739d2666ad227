"""What a database holds, kept beside it: stamps tell which of its rows another build would write otherwise."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass

from ..join.assembly import STAMP_BYTES, Assembly, stamp, stamp_of_problems, stamp_of_report
from ..join.authorities import Reporting
from ..reading.codec import DamagedError, seal, unseal
from ..reading.version import build_version

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


@dataclass(frozen=True, slots=True)
class Stamps:
    """A stamp a name, all in one piece: there are as many as reports."""

    names: tuple[str, ...]
    joined: bytes

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, bytes]]) -> Stamps:
        """Those of (name, stamp) pairs."""
        names: list[str] = []
        joined = bytearray()
        for name, each in pairs:
            names.append(name)
            joined += each
        return cls(tuple(names), bytes(joined))

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        """(name, stamp) pairs in their order."""
        places = range(0, STAMP_BYTES * len(self.names), STAMP_BYTES)
        return ((name, self.joined[at : at + STAMP_BYTES]) for name, at in zip(self.names, places, strict=True))


@dataclass(frozen=True, slots=True)
class Manifest:
    """``made_by``: by what build, with which options. ``whole``: the stamp of all; ``reports`` and ``files``: of each.

    ``agencies``: the stamp of the authorities. ``subjects``: what its checks
    speak of. ``counts``: how many reports there are, and what else a build says of all.
    """

    made_by: str
    whole: bytes
    agencies: bytes
    reports: Stamps
    files: Stamps
    subjects: tuple[str, ...]
    counts: Counts

    def sealed(self) -> bytes:
        """The manifest as bytes."""
        return seal(
            (
                *(self.made_by, self.whole, self.agencies, self.subjects, astuple(self.counts)),
                *(self.reports.names, self.reports.joined),
                *(self.files.names, self.files.joined),
            )
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """``gone``: reports whose rows go; ``reports``: those that are written. ``files_gone`` and ``files``: likewise.

    ``agencies``: whether the authorities are others."""

    gone: frozenset[str]
    reports: frozenset[str]
    files_gone: frozenset[str]
    files: frozenset[str]
    agencies: bool


def _made_by(coverage_from: int) -> str:
    return f"{build_version()} {sqlite3.sqlite_version} {coverage_from}"


def manifest_of(assembly: Assembly, agencies: Iterable[Reporting], whole: bytes, coverage_from: int) -> Manifest:
    """The manifest of a database that holds ``assembly``."""
    return Manifest(
        _made_by(coverage_from),
        whole,
        stamp(*agencies),
        Stamps.of((key.id, stamp_of_report(assembly, key, current)) for key, current in assembly.reports),
        Stamps.of((name, stamp_of_problems(assembly, name)) for name in assembly.problems),
        tuple(sorted(assembly.subjects)),
        Counts(len(assembly.reports), assembly.remarks, assembly.acknowledged, assembly.copies),
    )


def read_manifest(sealed: bytes | None, coverage_from: int) -> Manifest | None:
    """What was sealed, None where it is damaged, or of a build that wrote otherwise."""
    if sealed is None:
        return None
    try:
        made_by, whole, agencies, subjects, counts, reports, stamps, files, file_stamps = unseal(sealed)
    except (DamagedError, ValueError):
        return None
    if made_by != _made_by(coverage_from):
        return None
    held = Stamps(reports, stamps), Stamps(files, file_stamps)
    return Manifest(made_by, whole, agencies, *held, subjects, Counts(*counts))


def plan_change(old: Manifest, new: Manifest) -> Plan | None:
    """What makes of a database of ``old`` one of ``new``, None if it is better written anew."""
    gone, reports = _differing(old.reports, new.reports)
    if old.subjects != new.subjects or len(gone | reports) > MOST_CHANGED * max(old.counts.reports, new.counts.reports):
        return None
    files_gone, files = _differing(old.files, new.files)
    return Plan(gone, reports, files_gone, files, old.agencies != new.agencies)


def _differing(old: Stamps, new: Stamps) -> tuple[frozenset[str], frozenset[str]]:
    """Names whose rows go, and names whose rows come."""
    left = dict(old)
    coming = frozenset(name for name, stamp in new if left.pop(name, None) != stamp)
    return frozenset(left) | (coming & frozenset(old.names)), coming
