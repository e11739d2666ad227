"""The whole way: sources → readings → join → publish. Of all reports nothing is held but rows in temporary files."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path

from .checks import check_pair
from .join.acknowledged import Acknowledgement, Register
from .join.amending import with_amended
from .join.assembly import Assembly, Decisions, Shelf, acknowledgements, assemble, inputs_hash, stamp_of_all
from .join.authorities import with_sister, without_doubt
from .join.corrections import Entry as Correction
from .join.coverage import FIRST_YEAR, coverage
from .join.differing import differing
from .join.roll import Standing, Superseded
from .join.similarity import similarity_to
from .limits import Limits
from .messages import Message, spoken
from .publish.descriptions import Descriptions, descriptions
from .publish.difference import NO_DIFFERENCE, Listed, Listing
from .publish.manifest import Counts, Manifest, manifest_of, plan_change, read_manifest
from .publish.store import Around, Change, Entry, Publication, Replaced, change_database, write_database
from .reading.codec import DamagedError
from .reading.kept import Readings, opened
from .reading.key import Key
from .reading.ledger import Ledger
from .reading.reading import body_of, unpacked_body, unpacked_problems
from .reading.readings import Engine, Gathering, local_engine
from .reading.sources import Source
from .report import Problem, Report

Progress = Callable[[str, int], "Callable[[], None]"]
"""(stage, number of steps) → a function to call after each step."""

READ, REMEMBERED, STORE = "read", "remembered", "store"
"""Stages. Every file is a step of the first; those of which a reading was kept are steps of the second too."""

WORTH_A_PROCESS = 200
"""Of fewer reports the index is made before a second process has begun."""

TRIES = 3
"""So often is a build begun anew where readings turn out to be damaged."""


def say_on_stderr(message: Message) -> None:
    """Say something of the build that is no problem of a file."""
    sys.stderr.write(f"build: {spoken(message)}\n")


@dataclass(frozen=True, slots=True)
class Means:
    """How a build is done, which changes nothing in what it yields.

    ``readings``: folder in which readings are remembered, None to remember nothing. ``fresh``: read every file.
    ``engine``: what reads. ``jobs``: processes that may write; more than two have nothing to do.
    """

    readings: Path | None = None
    fresh: bool = False
    engine: Engine = field(default_factory=lambda: local_engine(1))
    jobs: int = 1
    say: Callable[[Message], None] = say_on_stderr


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build yielded: how many reports, the files without one, how many other problems.

    ``failed_files``: a problem for each document that gave no report, of which an archive may hold several.
    ``remembered``: how many files were not read again. ``files``: how many there are, ``files_without`` a report so
    many of them, and ``files_acknowledged`` so many more, of which somebody has looked at why. ``copies``: documents
    that are a report once more, byte for byte. ``unused_manifests``: a problem for each manifest of which nothing could
    be used. ``acknowledged``: problems that somebody has looked at, which are in neither ``remarks`` nor
    ``failed_files``; ``acknowledged_files``: those of them that say why a document gave no report. ``new``,
    ``changed``, ``gone``: reports against the database that was there before, as (file, label).
    """

    reports: int
    failed_files: tuple[Problem, ...]
    remarks: int
    remembered: int
    files: int
    files_without: int
    copies: int
    acknowledged: int = 0
    files_acknowledged: int = 0
    acknowledged_files: tuple[Problem, ...] = ()
    unused_manifests: tuple[Problem, ...] = ()
    new: Sequence[Listed] = ()
    changed: Sequence[Listed] = ()
    gone: Sequence[Listed] = ()


class TooFewError(Exception):
    """Fewer reports than asked for: nothing was written. ``reports``, of at ``least`` so many; ``failed_files``."""

    def __init__(self, reports: int, least: int, failed_files: tuple[Problem, ...]) -> None:
        super().__init__(f"{reports} reports, fewer than {least}")
        self.reports = reports
        self.least = least
        self.failed_files = failed_files


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be built, of what, and what it depends on besides."""

    sources: Collection[Source]
    output: Path
    limits: Limits
    decisions: Decisions
    coverage_from: int
    at_least: int
    descriptions: Descriptions


def build_database(
    sources: Collection[Source],
    output: Path,
    limits: Limits,
    progress: Progress,
    corrections: Sequence[Correction] = (),
    coverage_from: int = FIRST_YEAR,
    means: Means | None = None,
    at_least: int = 0,
    acknowledged: Sequence[Acknowledgement] = (),
) -> Outcome:
    """Read ``sources``, check them and write ``output`` atomically; coverage is told from ``coverage_from`` on.

    Raises OSError if it cannot be written, CorrectionError where a correction does not fit its report, TooFewError
    where there are fewer reports than ``at_least``, MetadataError where metadata.yml cannot be used; the old database
    is then as it was.
    """
    task = Task(sources, output, limits, Decisions(corrections, acknowledged), coverage_from, at_least, descriptions())
    means = means or Means()
    for _ in range(TRIES - 1):
        try:
            return _build(task, means, progress)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            continue
    return _build(task, replace(means, readings=None), progress)


def _build(task: Task, means: Means, progress: Progress) -> Outcome:
    with opened(means.readings, means.say) as readings:
        for _ in range(TRIES - 1):
            try:
                return _gather_and_write(task, means, readings, progress)
            except DamagedError:
                readings.forget_damaged()
        return _gather_and_write(task, replace(means, fresh=True), readings, progress)


def _gather_and_write(task: Task, means: Means, readings: Readings, progress: Progress) -> Outcome:
    gathering = Gathering(
        task.sources,
        task.limits,
        readings,
        means.fresh,
        progress(READ, len(task.sources)),
        progress(REMEMBERED, len(task.sources)),
    )
    ledger = gathering.gather(means.engine)
    step = progress(STORE, 1)
    edition = _edition(ledger, task)
    held = None if means.fresh else _held(task, readings)
    if held is not None and held.whole == edition.stamp:
        counts, listing = held.counts, NO_DIFFERENCE
        _hold_to_floor(task, counts.reports, ledger)
    else:
        counts, listing = _write(task, means, readings, ledger, edition, held)
    step()
    readings.prune()
    return _outcome(task, ledger, counts, listing, gathering.remembered)


def _held(task: Task, readings: Readings) -> Manifest | None:
    """What the database holds that is there."""
    return read_manifest(
        readings.written(task.output), partial(readings.written_parts, task.output), task.coverage_from
    )


def _outcome(task: Task, ledger: Ledger, counts: Counts, listing: Listing, remembered: int) -> Outcome:
    register = acknowledgements(task.decisions, ledger)
    failed, answered = _unread(ledger, register)
    unanswered, without = _without_report(ledger, register)
    return Outcome(
        reports=counts.reports,
        failed_files=failed,
        remarks=counts.remarks,
        remembered=remembered,
        files=len(task.sources),
        files_without=unanswered,
        copies=counts.copies,
        acknowledged=counts.acknowledged,
        files_acknowledged=without - unanswered,
        acknowledged_files=answered,
        unused_manifests=_unread(ledger, register, manifests=True)[0],
        new=listing.new,
        changed=listing.changed,
        gone=listing.gone,
    )


@dataclass(frozen=True, slots=True)
class _Edition:
    """What a database is made of. ``inputs``: SHA-256 of what was read. ``stamp``: another where a row may be."""

    inputs: str
    descriptions: Descriptions
    stamp: bytes


def _edition(ledger: Ledger, task: Task) -> _Edition:
    inputs = inputs_hash(ledger, task.decisions.as_named, task.coverage_from)
    return _Edition(inputs, task.descriptions, stamp_of_all(ledger, inputs, task.descriptions.stamp))


def _unread(
    ledger: Ledger, register: Register, manifests: bool = False
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Why files, or manifests, gave nothing, in their order: what nobody has looked at, and what somebody has."""
    problems = chain.from_iterable(ledger.problems(manifests))
    errors = (problem for problem in problems if problem.severity == "error")
    marked = sorted(map(register.of_problem, errors), key=lambda problem: problem.source_file)
    return (
        tuple(problem for problem in marked if problem.acknowledged is None),
        tuple(problem for problem in marked if problem.acknowledged is not None),
    )


def _without_report(ledger: Ledger, register: Register) -> tuple[int, int]:
    """How many files gave no report and nobody has looked at why; how many gave none."""
    answered = [register.answers_all(problems) for problems in ledger.problems_without_report()]
    return answered.count(False), len(answered)


def _hold_to_floor(task: Task, reports: int, ledger: Ledger) -> None:
    """Raise TooFewError where there are fewer reports than asked for."""
    if reports < task.at_least:
        raise TooFewError(reports, task.at_least, _unread(ledger, acknowledgements(task.decisions, ledger))[0])


def _write(
    task: Task, means: Means, readings: Readings, ledger: Ledger, edition: _Edition, old: Manifest | None
) -> tuple[Counts, Listing]:
    """Write the database, by changing the ``old`` one where that is possible; what it holds, and what is new in it."""
    shelf = Shelf(lambda key: _whole(readings, key), lambda key: _own_problems(readings, key))
    assembly = assemble(ledger, task.decisions, shelf)
    new = manifest_of(assembly, edition.stamp, task.coverage_from)
    _hold_to_floor(task, new.counts.reports, ledger)
    listing = _changed(task, readings, assembly, edition, old, new)
    apart = means.jobs > 1 and new.counts.reports >= WORTH_A_PROCESS
    if listing is None:
        entries = (_entry(readings, assembly, standing) for standing in assembly.roll.reports())
        problems = _problems(readings, assembly, assembly.problems())
        around = _around(task, assembly, edition)
        listing = write_database(task.output, Publication(entries, problems, around), apart)
    readings.note_written(task.output, new.sealed(), new.parts())
    return new.counts, listing


def _around(task: Task, assembly: Assembly, edition: _Edition) -> Around:
    roll = assembly.roll
    return Around(
        roll.subjects(),
        assembly.agencies,
        coverage(roll.of_governments(), roll.newest_year(), assembly.unread, task.coverage_from),
        edition.descriptions,
        edition.inputs,
    )


def _changed(
    task: Task, readings: Readings, assembly: Assembly, edition: _Edition, old: Manifest | None, new: Manifest
) -> Listing | None:
    """What is new in the database that could be brought up to date; None where it has to be written anew."""
    plan = plan_change(old, new) if old is not None else None
    if plan is None:
        return None
    standing = filter(None, map(assembly.roll.report, sorted(plan.reports)))
    entries = (_entry(readings, assembly, each) for each in standing)
    named = chain.from_iterable(map(assembly.problems, sorted(plan.files)))
    problems = _problems(readings, assembly, named)
    around = _around(task, assembly, edition)
    try:
        return change_database(
            task.output, Change(plan.gone, entries, plan.files | plan.files_gone, problems, around, plan.agencies)
        )
    except sqlite3.DatabaseError as error:  # it is not what it was said to be, or cannot be written at all
        if isinstance(error, sqlite3.OperationalError):
            raise
        return None


def _whole(readings: Readings, key: Key) -> Report:
    """The report of a key, its problems left out."""
    return _as_told(unpacked_body(readings.body(key.reading, key.place), key.source_file).report, key)


def _as_told(report: Report, key: Key) -> Report:
    """``report`` with what a person has put right of it, and what its sister reports tell."""
    if key.amended is not None:
        report = with_amended(report, key.amended)
    return report if key.sister is None else with_sister(report, key.sister)


def _entry(readings: Readings, assembly: Assembly, standing: Standing) -> Entry:
    """All that the database holds of a report."""
    key = standing.key
    body = unpacked_body(readings.body(key.reading, key.place), key.source_file)
    if key.sister is not None or key.amended is not None:
        body = body_of(_as_told(body.report, key))
    checks, alike = body.checks, None
    if standing.earlier is not None:
        earlier = _whole(readings, standing.earlier)
        across = check_pair(earlier, body.report)
        checks = tuple(sorted((*checks, *across), key=lambda check: (check.rule, check.subject)))
        alike = similarity_to(earlier, body.report)
    replaced = _replaced(readings, standing.superseded, body.report)
    return Entry(body.report, standing.current, checks, body.sums, assembly.corrections(key.id), alike, replaced)


def _replaced(readings: Readings, superseded: Superseded | None, report: Report) -> Replaced | None:
    """What is current in a report's place, and what differs; None where it is current itself."""
    if superseded is None:
        return None
    return Replaced(superseded.by.id, superseded.reason, tuple(differing(report, _whole(readings, superseded.by))))


def _problems(readings: Readings, assembly: Assembly, found: Iterable[Problem | Key]) -> Iterator[Problem]:
    """Problems as they are, of reports those that they have."""
    for each in found:
        if isinstance(each, Problem):
            yield each
        else:
            yield from assembly.answers_to(each).given(_own_problems(readings, each))


def _own_problems(readings: Readings, key: Key) -> tuple[Problem, ...]:
    """What the reading of a report found, under the name of its file."""
    problems = unpacked_problems(readings.problems(key.reading))[key.place]
    left = problems if key.sister is None else without_doubt(problems)
    return tuple(replace(problem, source_file=key.source_file) for problem in left)
