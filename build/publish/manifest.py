"""What a database holds, kept beside it: stamps tell which of its rows another build would write otherwise."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
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
class Manifest:
    """``made_by``: by what build, with which options. ``whole``: the stamp of all; ``reports`` and ``files``: of each.

    ``agencies``: the stamp of the authorities. ``subjects``: what its checks
    speak of. ``counts``: how many reports there are, and what else a build says of all.
    """

    made_by: str
    whole: bytes
    agencies: bytes
    reports: Mapping[str, bytes]
    files: Mapping[str, bytes]
    subjects: tuple[str, ...]
    counts: Counts

    def sealed(self) -> bytes:
        """The manifest as bytes."""
        return seal(
            (
                *(self.made_by, self.whole, self.agencies, self.subjects, astuple(self.counts)),
                *(tuple(self.reports), b"".join(self.reports.values())),
                *(tuple(self.files), b"".join(self.files.values())),
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
        {key.id: stamp_of_report(assembly, key, current) for key, current in assembly.reports},
        {name: stamp_of_problems(assembly, name) for name in assembly.problems},
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
    pairs = _paired(reports, stamps), _paired(files, file_stamps)
    return Manifest(made_by, whole, agencies, *pairs, subjects, Counts(*counts))


def _paired(names: tuple[str, ...], stamps: bytes) -> dict[str, bytes]:
    return {name: stamps[at * STAMP_BYTES : (at + 1) * STAMP_BYTES] for at, name in enumerate(names)}


def plan_change(old: Manifest, new: Manifest) -> Plan | None:
    """What makes of a database of ``old`` one of ``new``, None if it is better written anew."""
    gone, reports = _differing(old.reports, new.reports)
    if old.subjects != new.subjects or len(gone | reports) > MOST_CHANGED * max(old.counts.reports, new.counts.reports):
        return None
    files_gone, files = _differing(old.files, new.files)
    return Plan(gone, reports, files_gone, files, old.agencies != new.agencies)


def _differing(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> tuple[frozenset[str], frozenset[str]]:
    """Names whose rows go, and names whose rows come."""
    return (
        frozenset(name for name, stamp in old.items() if new.get(name) != stamp),
        frozenset(name for name, stamp in new.items() if old.get(name) != stamp),
    )
