"""The whole way: sources → readings → join → publish. What is held of a report meanwhile is its key alone."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from .checks import check_pair
from .join.assembly import Assembly, assemble, inputs_hash, stamp_of_all
from .join.authorities import reporting, with_sister, without_doubt
from .join.corrections import Entry as Correction
from .join.coverage import FIRST_YEAR, coverage
from .join.similarity import similarity_to
from .limits import Limits
from .publish.descriptions import Descriptions, descriptions
from .publish.manifest import Manifest, manifest_of, plan_change, read_manifest
from .publish.store import Around, Change, Entry, Publication, change_database, write_database
from .reading.codec import DamagedError
from .reading.kept import Readings, opened
from .reading.key import Key
from .reading.reading import body_of, unpacked_body, unpacked_problems
from .reading.readings import Engine, Gathering, Item, local_engine
from .reading.sources import Source
from .report import Problem, Report

Progress = Callable[[str, int], "Callable[[], None]"]
"""(stage, number of steps) → a function to call after each step."""

READ, REMEMBERED, STORE = "read", "remembered", "store"
"""Stages. Every file is a step of the first; those of which a reading was kept are steps of the second too."""

TRIES = 3
"""So often is a build begun anew where readings turn out to be damaged."""


def say_on_stderr(message: str) -> None:
    """Say something of the build that is no problem of a file."""
    sys.stderr.write(f"build: {message}\n")


@dataclass(frozen=True, slots=True)
class Means:
    """How a build is done, which changes nothing in what it yields.

    ``readings``: folder in which readings are remembered, None to remember nothing. ``fresh``: read every file.
    ``engine``: what reads.
    """

    readings: Path | None = None
    fresh: bool = False
    engine: Engine = field(default_factory=lambda: local_engine(1))
    say: Callable[[str], None] = say_on_stderr


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build yielded: how many reports, the files without one, how many other problems.

    ``remembered``: how many files were not read again.
    """

    reports: int
    failed_files: tuple[Problem, ...]
    remarks: int
    remembered: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be built, of what, and what it depends on besides."""

    sources: Sequence[Source]
    output: Path
    limits: Limits
    corrections: Sequence[Correction]
    coverage_from: int
    descriptions: Descriptions


def build_database(
    sources: Sequence[Source],
    output: Path,
    limits: Limits,
    progress: Progress,
    corrections: Sequence[Correction] = (),
    coverage_from: int = FIRST_YEAR,
    means: Means | None = None,
) -> Outcome:
    """Read ``sources``, check them and write ``output`` atomically; coverage is told from ``coverage_from`` on.

    Raises OSError if it cannot be written, CorrectionError where a correction does not fit its report, and
    MetadataError where metadata.yml cannot be used.
    """
    task, means = Task(sources, output, limits, corrections, coverage_from, descriptions()), means or Means()
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
    items = gathering.gather(means.engine)
    step = progress(STORE, 1)
    corrections = [replace(each, file=Path(each.file).name) for each in task.corrections]
    edition = _edition(items, corrections, task)
    old = None if means.fresh else read_manifest(readings.written(task.output), task.coverage_from)
    if old is None or old.whole != edition.stamp:
        old = _write(task, readings, items, edition, old)
    step()
    readings.prune()
    failed = [problem for item in items for problem in item.problems if problem.severity == "error"]
    failed.sort(key=lambda problem: problem.source_file)
    return Outcome(old.count, tuple(failed), old.remarks, gathering.remembered)


@dataclass(frozen=True, slots=True)
class _Edition:
    """What a database is made of. ``inputs``: SHA-256 of what was read. ``stamp``: another where a row may be."""

    inputs: str
    descriptions: Descriptions
    stamp: bytes


def _edition(items: Sequence[Item], corrections: Sequence[Correction], task: Task) -> _Edition:
    inputs = inputs_hash(items, corrections, task.coverage_from)
    return _Edition(inputs, task.descriptions, stamp_of_all(items, inputs, task.descriptions.stamp))


def _write(task: Task, readings: Readings, items: Sequence[Item], edition: _Edition, old: Manifest | None) -> Manifest:
    """Write the database, by changing the ``old`` one where that is possible, and remember what it holds."""
    assembly = assemble(items, task.corrections, lambda key: _whole(readings, key))
    agencies = reporting(assembly.seen)
    new = manifest_of(assembly, agencies, edition.stamp, task.coverage_from)
    around = Around(
        assembly.subjects,
        agencies,
        tuple(coverage(assembly.reports, assembly.unread, task.coverage_from)),
        edition.descriptions,
        edition.inputs,
    )
    if not _changed(task.output, readings, assembly, around, old, new):
        entries = (_entry(readings, assembly, key, current) for key, current in assembly.reports)
        write_database(task.output, Publication(entries, _problems(readings, assembly, assembly.problems), around))
    readings.note_written(task.output, new.sealed())
    return new


def _changed(
    output: Path, readings: Readings, assembly: Assembly, around: Around, old: Manifest | None, new: Manifest
) -> bool:
    """Whether the database could be brought up to date; else it is written anew."""
    plan = plan_change(old, new) if old is not None else None
    if plan is None:
        return False
    entries = (_entry(readings, assembly, key, current) for key, current in assembly.reports if key.id in plan.reports)
    problems = _problems(readings, assembly, [name for name in assembly.problems if name in plan.files])
    try:
        change_database(
            output, Change(plan.gone, entries, plan.files | plan.files_gone, problems, around, plan.agencies)
        )
    except sqlite3.DatabaseError as error:  # it is not what it was said to be, or cannot be written at all
        if isinstance(error, sqlite3.OperationalError):
            raise
        return False
    return True


def _whole(readings: Readings, key: Key) -> Report:
    """The report of a key, its problems left out."""
    report = unpacked_body(readings.body(key.reading, key.place), key.source_file).report
    return report if key.sister is None else with_sister(report, key.sister)


def _entry(readings: Readings, assembly: Assembly, key: Key, current: bool) -> Entry:
    """All that the database holds of a report."""
    body = unpacked_body(readings.body(key.reading, key.place), key.source_file)
    if key.sister is not None:
        body = body_of(with_sister(body.report, key.sister))
    checks, alike = body.checks, None
    before = assembly.earlier.get(key.id)
    if before is not None:
        earlier = _whole(readings, before)
        across = check_pair(earlier, body.report)
        checks = tuple(sorted((*checks, *across), key=lambda check: (check.rule, check.subject)))
        alike = similarity_to(earlier, body.report)
    return Entry(body.report, current, checks, body.sums, assembly.corrections(key), alike)


def _problems(readings: Readings, assembly: Assembly, names: Iterable[str]) -> Iterator[Problem]:
    """The problems of files, in the order of ``names``."""
    for name in names:
        for each in assembly.problems[name]:
            yield from (each,) if isinstance(each, Problem) else _problems_of(readings, each)


def _problems_of(readings: Readings, key: Key) -> Iterator[Problem]:
    problems = unpacked_problems(readings.problems(key.reading))[key.place]
    for problem in problems if key.sister is None else without_doubt(problems):
        yield replace(problem, source_file=key.source_file)
