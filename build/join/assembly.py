"""All files of a build side by side: what of each is published, and what a report's rows depend on beside its file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import blake2b, sha256
from itertools import chain, groupby
from operator import itemgetter

from ..checks import consecutive_years
from ..reading.key import Key
from ..reading.ledger import Ledger, read_problems
from ..reading.on_disk import OnDisk
from ..report import Problem, Report
from .acknowledged import Acknowledgement, Answers, Register, register, unused
from .amending import amendments, key_amended
from .authorities import Reporting, identities, reporting, tell_sisters
from .combine import combine
from .corrections import IDENTITY, Applied, Correction, CorrectionError, Entry, apply_corrections
from .roll import OF_ACKNOWLEDGEMENTS, OF_CORRECTIONS, Roll

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
    """``roll``: the reports as they stand beside each other. ``register``: what has been acknowledged.

    ``agencies``: the authorities of the reports of every file, copies too. ``remarks``: how many problems stand that
    are no errors; ``acknowledged``: how many problems are answered; ``copies``: how many files are byte for byte
    others.
    """

    roll: Roll
    applied: Applied
    register: Register
    agencies: OnDisk[Reporting]
    remarks: int
    acknowledged: int
    copies: int

    @property
    def unread(self) -> Iterator[Problem]:
        """Files, or members of archives, that gave no report."""
        return (each for each in self.roll.joined() if each.severity == "error")

    def corrections(self, report: str) -> tuple[Correction, ...]:
        """What stands corrected in a report."""
        return self.applied.by_report.get(report, ())

    def answers_to(self, key: Key) -> Answers:
        """What answers the problems of a report."""
        return _answers(self.register, self.applied, key.source_file, key.id)

    def problems(self, source_file: str | None = None) -> Iterator[Problem | Key]:
        """Problems, those that are answered marked so, or the report whose problems they are, by file."""
        found = self.roll.problems(source_file)
        return (self.register.of_problem(each) if isinstance(each, Problem) else each for each in found)


def assemble(ledger: Ledger, decisions: Decisions, shelf: Shelf) -> Assembly:
    """The files of ``ledger`` side by side, as ``decisions`` have it. Raises CorrectionError."""
    roll = Roll(ledger)
    copies, applied = _corrected(roll, decisions, shelf)
    _find_earlier(roll)
    for problem in applied.problems:
        roll.note(problem, OF_CORRECTIONS)
    register = acknowledgements(decisions, ledger)
    count = _counted(roll, register, applied, shelf)
    for entry in decisions.acknowledged:
        if entry not in count.used:
            roll.note(unused(entry), OF_ACKNOWLEDGEMENTS)
            count.remarks += 1
    agencies = OnDisk(Reporting)
    for each in reporting(identities(ledger)):
        agencies.put(each.agency.id, each)
    return Assembly(roll, applied, register, agencies, count.remarks, count.acknowledged, copies)


def _corrected(roll: Roll, decisions: Decisions, shelf: Shelf) -> tuple[int, Applied]:
    """Mark who is current, authority and year as they stand corrected; how many copies there are, and what became of
    the corrections.
    """
    ledger = roll.ledger
    if decisions.corrections:
        ledger.make_quick("keys", "sha256")
    tell_sisters(ledger)
    copies = combine(roll)
    amended = amendments(decisions.corrections, roll, partial(_as_read, ledger), shelf.whole)
    if amended.by_report:
        ledger.restore()
        for report, each in amended.by_report.items():
            for at, key in ledger.as_read(report):
                ledger.change(at, key_amended(key, each, shelf.whole))
        tell_sisters(ledger)
        copies = combine(roll)
    applied = amended.applied.and_also(apply_corrections(decisions.corrections, roll, shelf.whole))
    if applied.faults:
        raise CorrectionError(applied.faults)
    return copies, applied


def _as_read(ledger: Ledger, key: Key) -> Key:
    return next(each for _, each in ledger.as_read(key.id) if each.source_file == key.source_file)


def _find_earlier(roll: Roll) -> None:
    """Find the report of the year before with which each is compared."""
    pairs = chain.from_iterable(map(consecutive_years, roll.series()))
    roll.follow((earlier.at, later.id) for earlier, later in pairs)


def acknowledgements(decisions: Decisions, ledger: Ledger) -> Register:
    """What has been acknowledged of the files, and of the reports that are published."""
    if decisions.acknowledged:
        ledger.make_quick("files", "source_file")
    return register(decisions.acknowledged, partial(_hash_of, ledger), ledger.sha256_of)


def _hash_of(ledger: Ledger, report: str) -> str | None:
    key = next(ledger.keys("WHERE k.id = ?", report), None)
    return key.sha256 if key is not None else None


def _answers(acknowledged: Register, applied: Applied, source_file: str, report: str) -> Answers:
    rows = applied.by_report.get(report, ())
    of_identity = tuple(row for row in rows if row.entry.table == IDENTITY and row.entry.stands)
    return Answers(acknowledged.naming(source_file, report), of_identity)


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


def _counted(roll: Roll, acknowledged: Register, applied: Applied, shelf: Shelf) -> _Count:
    count = _Count()
    for problem in roll.joined():
        count.take(acknowledged.of_problem(problem), acknowledged.naming(problem.source_file, problem.report))
    if acknowledged.is_empty and not applied.by_report:
        count.remarks += roll.own_remarks()
        return count
    for standing in roll.reports():
        answers = _answers(acknowledged, applied, standing.key.source_file, standing.key.id)
        if answers:
            for problem in answers.given(shelf.problems(standing.key)):
                count.take(problem, answers.acknowledged)
        else:
            count.remarks += _remarks(standing.key)
    return count


def _remarks(key: Key) -> int:
    return key.problems - (key.doubts if key.sister is not None else 0)


# Stamps ------------------------------------------------------------------------------------------------------------


def stamps_of_reports(assembly: Assembly) -> Iterator[tuple[str, bytes]]:
    """By the ids of reports, in their order, bytes that are others where a row of the report may be another."""
    for report, *parts in assembly.roll.traits():
        yield report, stamp(*parts, assembly.corrections(report))


def stamps_of_problems(assembly: Assembly) -> Iterator[tuple[str, bytes]]:
    """By the names of files, in their order, bytes that are others where a problem of the file may be another."""
    for name, rows in groupby(assembly.roll.traits_of_problems(), itemgetter(0)):
        yield name, stamp(*(_as_answered(assembly, *row) for row in rows))


def stamps_of_agencies(assembly: Assembly) -> Iterator[tuple[str, bytes]]:
    """By the ids of authorities that reports refer to, bytes that are others where it or a printed name is another."""
    for agency, content in assembly.agencies.contents():
        yield agency, blake2b(content, digest_size=STAMP_BYTES).digest()


def _as_answered(
    assembly: Assembly, source_file: str, problem: bytes | None, report: str, *traits: object
) -> tuple[object, ...]:
    """A problem, or the traits of a report whose problems they are, with what answers it."""
    if problem is None:
        return *traits, _answers(assembly.register, assembly.applied, source_file, report)
    told = () if assembly.register.is_empty else map(assembly.register.of_problem, read_problems(problem))
    return problem, [each for each in told if each.acknowledged is not None]


def stamp_of_all(ledger: Ledger, *options: object) -> bytes:
    """Bytes that are others where any row of the database may be another."""
    told = blake2b(repr(options).encode("utf-8", "surrogatepass"), digest_size=STAMP_BYTES)
    for parts in ledger.all_of_files():
        told.update(repr(parts).encode("utf-8", "surrogatepass"))
    return told.digest()


def inputs_hash(ledger: Ledger, *options: object) -> str:
    """The SHA-256 of all that a database is made of, hexadecimal, whoever makes it: every file and ``options``."""
    told = sha256(repr(options).encode("utf-8", "surrogatepass"))
    for file in ledger.contents():
        told.update(repr(file).encode("utf-8", "surrogatepass"))
    return told.hexdigest()


def stamp(*parts: object) -> bytes:
    """Bytes that are others where any of ``parts`` is written otherwise."""
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=STAMP_BYTES).digest()
