"""What a database holds, kept beside it: stamps tell which of its rows another build would write otherwise."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass
from functools import partial
from heapq import merge
from itertools import groupby, islice
from math import inf
from operator import itemgetter

from ..join.assembly import Assembly, stamp_of_each, stamps_of_problems, stamps_of_reports
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


Stamps = Callable[[], Iterator[tuple[str, bytes]]]
"""Gives (name, stamp) pairs in the order of the names, as often as it is asked: there are as many as reports."""

AT_A_TIME = 1000
"""Stamps that are sealed together."""
REPORTS, FILES, END = "reports", "files", "end"
"""What the stamps of a sealed part are of; the last part, which has none, shows that none is missing."""


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
        """The manifest without its stamps as bytes."""
        return seal((self.made_by, self.whole, self.agencies, self.subjects, astuple(self.counts)))

    def sealed_stamps(self) -> Iterator[bytes]:
        """Its stamps as bytes, part by part."""
        for kind, stamps in ((REPORTS, self.reports()), (FILES, self.files())):
            while pairs := tuple(islice(stamps, AT_A_TIME)):
                yield seal((self.whole, kind, pairs))
        yield seal((self.whole, END, ()))


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


def manifest_of(assembly: Assembly, whole: bytes, coverage_from: int) -> Manifest:
    """The manifest of a database that holds ``assembly``."""
    return Manifest(
        _made_by(coverage_from),
        whole,
        stamp_of_each(assembly.agencies),
        partial(stamps_of_reports, assembly),
        partial(stamps_of_problems, assembly),
        tuple(sorted(assembly.roll.subjects())),
        Counts(len(assembly.roll), assembly.remarks, assembly.acknowledged, assembly.copies),
    )


def read_manifest(sealed: bytes | None, parts: Callable[[], Iterator[bytes]], coverage_from: int) -> Manifest | None:
    """What was sealed, None where it is damaged, or of a build that wrote otherwise. ``parts`` gives its stamps."""
    if sealed is None:
        return None
    try:
        made_by, whole, agencies, subjects, counts = unseal(sealed)
    except (DamagedError, ValueError):
        return None
    if made_by != _made_by(coverage_from):
        return None
    reports, files = (partial(_unsealed, parts, whole, kind) for kind in (REPORTS, FILES))
    return Manifest(made_by, whole, agencies, reports, files, subjects, Counts(*counts))


def _unsealed(parts: Callable[[], Iterator[bytes]], whole: bytes, kind: str) -> Iterator[tuple[str, bytes]]:
    """The stamps of one kind. Raises DamagedError where they are not those that were sealed, all of them."""
    of_kind = None
    for sealed in parts():
        of, of_kind, pairs = unseal(sealed)
        if of != whole:
            raise DamagedError
        if of_kind == kind:
            yield from pairs
    if of_kind != END:
        raise DamagedError


def plan_change(old: Manifest, new: Manifest) -> Plan | None:
    """What makes of a database of ``old`` one of ``new``, None if it is better written anew, or ``old`` is damaged."""
    if old.subjects != new.subjects:
        return None
    try:
        most = MOST_CHANGED * max(old.counts.reports, new.counts.reports)
        reports, files = _differing(old.reports(), new.reports(), most), _differing(old.files(), new.files())
    except DamagedError:
        return None
    if reports is None or files is None:
        return None
    return Plan(*reports, *files, old.agencies != new.agencies)


Pairs = Iterator[tuple[str, bytes]]


def _differing(old: Pairs, new: Pairs, most: float = inf) -> tuple[frozenset[str], frozenset[str]] | None:
    """Names whose rows go, and names whose rows come; None where more than ``most`` are others than before."""
    going: set[str] = set()
    coming: set[str] = set()
    others = 0
    for name, found in groupby(merge(_with_side(old, 0), _with_side(new, 1)), itemgetter(0)):
        before, after = _sides(found)
        if before != after:
            others += 1
            going.update([name] if before is not None else ())
            coming.update([name] if after is not None else ())
        if others > most:
            return None
    return frozenset(going), frozenset(coming)


def _with_side(pairs: Pairs, is_new: int) -> Iterator[tuple[str, int, bytes]]:
    return ((name, is_new, stamp) for name, stamp in pairs)


def _sides(found: Iterable[tuple[str, int, bytes]]) -> tuple[bytes | None, bytes | None]:
    """The stamps of one name, the old one and the new one."""
    stamps = {is_new: stamp for _, is_new, stamp in found}
    return stamps.get(0), stamps.get(1)
