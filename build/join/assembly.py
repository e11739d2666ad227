"""All files of a build side by side: what of each is published, and what a report's rows depend on beside its file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b, sha256
from itertools import chain

from ..checks import consecutive_years
from ..reading.key import Key
from ..reading.readings import Item
from ..report import Problem, Report
from .acknowledged import NO_ANSWERS, Acknowledgement, Answers, Register, register, unused
from .amending import amendments, with_amendments
from .authorities import with_sisters
from .combine import Collection, Superseded, combine
from .corrections import IDENTITY, Applied, Correction, CorrectionError, Entry, apply_corrections

STAMP_BYTES = 12


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the publisher has decided: known errors, and problems that have been looked at."""

    corrections: Sequence[Entry] = ()
    acknowledged: Sequence[Acknowledgement] = ()

    @property
    def as_named(self) -> tuple[object, ...]:
        """The decisions as they are wherever their files lie."""
        return (
            *(replace(entry, origin=entry.origin.as_named) for entry in self.corrections),
            *(replace(entry, origin=entry.origin.as_named) for entry in self.acknowledged),
        )


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the report of a key is to be had, and the problems that its own reading found."""

    whole: Callable[[Key], Report]
    problems: Callable[[Key], Sequence[Problem]]


@dataclass(frozen=True, slots=True)
class Assembly:
    """``reports``: by id, with whether each is current. ``earlier``: id → the report of the year before that it is
    compared with. ``problems``: source file → in their order, problems, or the report whose problems they are.
    ``seen``: the reports of every file, copies too. ``superseded``: id → what is current instead. ``answers``: id →
    what answers its problems. ``remarks``: how many problems stand that are no errors; ``acknowledged``: how many
    problems are answered; ``copies``: how many files are byte for byte others.
    """

    reports: tuple[tuple[Key, bool], ...]
    earlier: Mapping[str, Key]
    problems: Mapping[str, Sequence[Problem | Key]]
    applied: Applied
    seen: tuple[Key, ...]
    superseded: Mapping[str, Superseded] = field(default_factory=dict)
    answers: Mapping[str, Answers] = field(default_factory=dict)
    remarks: int = 0
    acknowledged: int = 0
    copies: int = 0

    @property
    def unread(self) -> Iterator[Problem]:
        """Files, or members of archives, that gave no report."""
        for problems in self.problems.values():
            yield from (each for each in problems if isinstance(each, Problem) and each.severity == "error")

    @property
    def subjects(self) -> frozenset[str]:
        """What the reports' checks speak of besides the cells of the forms."""
        return frozenset(subject for key, _ in self.reports for subject in key.subjects)

    def corrections(self, key: Key) -> tuple[Correction, ...]:
        """What stands corrected in a report."""
        return self.applied.by_report.get(key.id, ())

    def answers_to(self, key: Key) -> Answers:
        """What answers the problems of a report."""
        return self.answers.get(key.id, NO_ANSWERS)


def assemble(items: Sequence[Item], decisions: Decisions, shelf: Shelf) -> Assembly:
    """``items`` side by side, as ``decisions`` have it. Raises CorrectionError."""
    seen, collection, applied = _corrected([key for item in items for key in item.keys], decisions, shelf)
    keys = [key for key, _ in collection.reports]
    pairs = consecutive_years(key for key, current in collection.reports if current)
    acknowledged = register(decisions.acknowledged, items, keys)
    answers = _answers(keys, acknowledged, applied)
    problems = _problems(items, seen, collection, applied.problems, acknowledged)
    count = _counted(problems, answers, acknowledged, shelf)
    for entry in decisions.acknowledged:
        if entry not in count.used:
            problem = unused(entry)
            problems.setdefault(problem.source_file, []).append(problem)
            count.remarks += 1
    return Assembly(
        collection.reports,
        {later.id: earlier for earlier, later in pairs},
        {name: tuple(problems[name]) for name in sorted(problems)},
        applied,
        seen,
        collection.superseded,
        answers,
        count.remarks,
        count.acknowledged,
        collection.copies,
    )


def _corrected(read: Sequence[Key], decisions: Decisions, shelf: Shelf) -> tuple[tuple[Key, ...], Collection, Applied]:
    """All keys, authority and year as they stand corrected; the same side by side; what became of the corrections."""
    seen = with_sisters(read)
    collection = combine(seen)
    amended = amendments(decisions.corrections, [key for key, _ in collection.reports], read, shelf.whole)
    if amended.by_report:
        seen = with_sisters(with_amendments(read, amended.by_report, shelf.whole))
        collection = combine(seen)
    figures = apply_corrections(decisions.corrections, [key for key, _ in collection.reports], shelf.whole)
    applied = amended.applied.and_also(figures)
    if applied.faults:
        raise CorrectionError(applied.faults)
    return seen, collection, applied


def _answers(keys: Iterable[Key], acknowledged: Register, applied: Applied) -> Mapping[str, Answers]:
    """By report, where there are any."""
    found = ((key.id, acknowledged.of_report(key, _of_identity(applied, key))) for key in keys)
    return {report: answers for report, answers in found if answers}


def _of_identity(applied: Applied, key: Key) -> tuple[Correction, ...]:
    rows = applied.by_report.get(key.id, ())
    return tuple(row for row in rows if row.entry.table == IDENTITY and row.entry.stands)


@dataclass(slots=True)
class _Count:
    """How many problems stand that are no errors, how many are answered, and by which acknowledgements."""

    remarks: int = 0
    acknowledged: int = 0
    used: set[Acknowledgement] = field(default_factory=set)

    def take(self, problem: Problem, entries: Iterable[Acknowledgement]) -> None:
        """Count a problem of a file or report that ``entries`` speak of."""
        if problem.acknowledged is not None:
            self.acknowledged += 1
            self.used |= {entry for entry in entries if entry.answers(problem)}
        elif problem.severity != "error":
            self.remarks += 1


def _counted(
    problems: Mapping[str, Sequence[Problem | Key]],
    answers: Mapping[str, Answers],
    acknowledged: Register,
    shelf: Shelf,
) -> _Count:
    count = _Count()
    for each in chain.from_iterable(problems.values()):
        if isinstance(each, Problem):
            count.take(each, acknowledged.naming(each.source_file, each.report))
        elif each.id not in answers:
            count.remarks += _remarks(each)
        else:
            own = answers[each.id]
            for problem in own.given(shelf.problems(each)):
                count.take(problem, own.acknowledged)
    return count


def _remarks(key: Key) -> int:
    return key.problems - (key.doubts if key.sister is not None else 0)


def _problems(
    items: Iterable[Item],
    seen: Iterable[Key],
    collection: Collection,
    unused_corrections: Iterable[Problem],
    acknowledged: Register,
) -> dict[str, list[Problem | Key]]:
    """By file: of files that were not read, of the reports published (of copies once), of joining them."""
    published = {id(key) for key, _ in collection.reports}
    found: dict[str, list[Problem | Key]] = defaultdict(list)
    for item in items:
        for problem in item.problems:
            found[problem.source_file].append(acknowledged.of_problem(problem))
    for key in seen:
        if id(key) in published and _remarks(key):
            found[key.source_file].append(key)
    for problem in (*collection.problems, *unused_corrections):
        found[problem.source_file].append(acknowledged.of_problem(problem))
    return found


# Stamps ------------------------------------------------------------------------------------------------------------


def stamp_of_report(assembly: Assembly, key: Key, current: bool) -> bytes:
    """Bytes that are others where a row of this report may be another."""
    before, superseded = assembly.earlier.get(key.id), assembly.superseded.get(key.id)
    return stamp(
        _where(key),
        key.source_file,
        current,
        key.sister,
        key.amended,
        before and (_where(before), before.amended),
        superseded and (_where(superseded.by), superseded.by.id, superseded.reason),
        assembly.corrections(key),
    )


def stamp_of_problems(assembly: Assembly, name: str) -> bytes:
    """Bytes that are others where a problem of the file ``name`` may be another."""
    return stamp(
        *(
            (_where(each), each.sister, assembly.answers_to(each)) if isinstance(each, Key) else each
            for each in assembly.problems[name]
        )
    )


def stamp_of_all(items: Iterable[Item], *options: object) -> bytes:
    """Bytes that are others where any row of the database may be another."""
    told = blake2b(repr(options).encode("utf-8", "surrogatepass"), digest_size=STAMP_BYTES)
    for item in items:
        parts = (item.source_file, item.sha256, item.problems, [_where(key) for key in item.keys])
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
