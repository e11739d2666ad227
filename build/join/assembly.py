"""All files of a build side by side: what of each is published, and what a report's rows depend on beside its file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b, sha256

from ..checks import consecutive_years
from ..reading.key import Key
from ..reading.readings import Item
from ..report import Problem, Report
from .authorities import with_sisters
from .combine import Collection, combine
from .corrections import Applied, Correction, Entry, apply_corrections

STAMP_BYTES = 12


@dataclass(frozen=True, slots=True)
class Assembly:
    """``reports``: by id, with whether each is current. ``earlier``: id → the report of the year before that it is
    compared with. ``problems``: source file → in their order, problems, or the report whose problems they are.
    ``seen``: the reports of every file, copies too.
    """

    reports: tuple[tuple[Key, bool], ...]
    earlier: Mapping[str, Key]
    problems: Mapping[str, Sequence[Problem | Key]]
    applied: Applied
    seen: tuple[Key, ...]

    @property
    def unread(self) -> Iterator[Problem]:
        """Files, or members of archives, that gave no report."""
        for problems in self.problems.values():
            yield from (each for each in problems if isinstance(each, Problem) and each.severity == "error")

    @property
    def remarks(self) -> int:
        """How many problems there are besides those."""
        return sum(_remarks(each) for problems in self.problems.values() for each in problems)

    @property
    def subjects(self) -> frozenset[str]:
        """What the reports' checks speak of besides the cells of the forms."""
        return frozenset(subject for key, _ in self.reports for subject in key.subjects)

    def corrections(self, key: Key) -> tuple[Correction, ...]:
        """What stands corrected in a report."""
        return self.applied.by_report.get(key.id, ())


def _remarks(of: Problem | Key) -> int:
    if isinstance(of, Key):
        return of.problems - (of.doubts if of.sister is not None else 0)
    return int(of.severity != "error")


def assemble(items: Sequence[Item], corrections: Sequence[Entry], whole: Callable[[Key], Report]) -> Assembly:
    """``items`` side by side; ``whole`` gives the report of a key. Raises CorrectionError."""
    seen = with_sisters([key for item in items for key in item.keys])
    collection = combine(seen)
    applied = apply_corrections(corrections, [key for key, _ in collection.reports], whole)
    pairs = consecutive_years(key for key, current in collection.reports if current)
    return Assembly(
        collection.reports,
        {later.id: earlier for earlier, later in pairs},
        _problems(items, seen, collection, applied.problems),
        applied,
        seen,
    )


def _problems(
    items: Iterable[Item], seen: Iterable[Key], collection: Collection, unused: Iterable[Problem]
) -> Mapping[str, Sequence[Problem | Key]]:
    """By file: of files that were not read, of the reports published (of copies once), of joining them."""
    published = {id(key) for key, _ in collection.reports}
    found: dict[str, list[Problem | Key]] = defaultdict(list)
    for item in items:
        for problem in item.problems:
            found[problem.source_file].append(problem)
    for key in seen:
        if id(key) in published and _remarks(key):
            found[key.source_file].append(key)
    for problem in (*collection.problems, *unused):
        found[problem.source_file].append(problem)
    return {name: found[name] for name in sorted(found)}


# Stamps ------------------------------------------------------------------------------------------------------------


def stamp_of_report(assembly: Assembly, key: Key, current: bool) -> bytes:
    """Bytes that are others where a row of this report may be another."""
    before = assembly.earlier.get(key.id)
    return stamp(
        _where(key),
        key.source_file,
        current,
        key.sister,
        before and _where(before),
        assembly.corrections(key),
    )


def stamp_of_problems(problems: Iterable[Problem | Key]) -> bytes:
    """Bytes that are others where a problem of this file may be another."""
    return stamp(*((*_where(each), each.sister) if isinstance(each, Key) else each for each in problems))


def stamp_of_all(items: Iterable[Item], *options: object) -> bytes:
    """Bytes that are others where any row of the database may be another."""
    told = blake2b(repr(options).encode("utf-8", "surrogatepass"), digest_size=STAMP_BYTES)
    for item in items:
        parts = (item.source_file, item.problems, [_where(key) for key in item.keys])
        told.update(repr(parts).encode("utf-8", "surrogatepass"))
    return told.digest()


def inputs_hash(items: Iterable[Item], *options: object) -> str:
    """The SHA-256 of all that a database is made of, hexadecimal, whoever makes it: every file and ``options``."""
    told = sha256(repr(options).encode("utf-8", "surrogatepass"))
    for item in items:
        told.update(repr((item.source_file, item.content)).encode("utf-8", "surrogatepass"))
    return told.hexdigest()


def _where(key: Key) -> tuple[bytes, int]:
    return key.reading, key.place


def stamp(*parts: object) -> bytes:
    """Bytes that are others where any of ``parts`` is written otherwise."""
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=STAMP_BYTES).digest()
