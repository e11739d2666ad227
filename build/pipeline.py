"""The whole way: files → reports → checks → database. Stages are pure; only this module and the store touch files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from .checks import Check, check_report, check_years
from .join.authorities import reporting, with_sisters
from .join.combine import Collection, combine
from .join.corrections import Entry, apply_corrections
from .join.coverage import FIRST_YEAR, coverage
from .limits import Limits
from .publish.store import Publication, write_database
from .publish.summary import outcome_sums, summarise
from .reading.isolation import MAX_MEMORY, Ended, isolated
from .reading.read import read, stated_about
from .report import Problem, Report

Progress = Callable[[str, int], "Callable[[], None]"]
"""(stage, number of steps) → a function to call after each step."""


@dataclass(frozen=True, slots=True)
class Source:
    """An input file and the name it is published under (relative to the PATH it was found in)."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build yielded: how many reports, and every problem."""

    reports: int
    problems: tuple[Problem, ...]

    @property
    def failed_files(self) -> tuple[Problem, ...]:
        """The files that yielded no report."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def find_sources(paths: Iterable[Path]) -> tuple[Source, ...]:
    """Every input file below ``paths``, sorted by name. Raises FileNotFoundError for a path that is not there.

    Ignored on purpose: dot files and folders, ``~$*`` (Word's lock files) and ``*.meta.yml``.
    """
    found: list[Source] = []
    for path in paths:
        if path.is_dir():
            found.extend(_named(file, file.relative_to(path).as_posix()) for file in _files_below(path))
        elif path.exists():
            found.append(_named(path, path.name))
        else:
            raise FileNotFoundError(path)
    return tuple(sorted(found, key=lambda source: (source.name, str(source.path))))


def _named(path: Path, name: str) -> Source:
    """A name that is no UTF-8 is one in GBK, as old archives unpack to; else its bytes are spelt out."""
    try:
        name.encode()
    except UnicodeEncodeError:
        written = os.fsencode(name)
        try:
            name = written.decode("gb18030")
        except UnicodeDecodeError:
            name = written.decode("utf-8", "backslashreplace")
    return Source(path, name)


def _files_below(folder: Path) -> Iterator[Path]:
    """Every file below ``folder``; a folder in it that cannot be listed, or a link to one elsewhere, stands for what it
    holds. A link back into ``folder`` holds nothing more.
    """
    pending = [folder]
    while pending:
        for entry in sorted(pending.pop().iterdir()):
            kind = _kind(entry)
            if _is_ignored(entry.name) or (kind == "link" and entry.resolve().is_relative_to(folder.resolve())):
                continue
            if kind == "folder":
                pending.append(entry)
            else:
                yield entry


def _kind(path: Path) -> str:
    """``file``, ``folder``, ``link`` to a folder (never followed), ``unlisted`` if that is not told."""
    try:
        if not path.is_dir():
            return "file"
        if path.is_symlink():
            return "link"
        next(path.iterdir(), None)
    except OSError:
        return "unlisted"
    return "folder"


def _is_ignored(name: str) -> bool:
    return name.startswith((".", "~$")) or name.endswith(".meta.yml")


def build_database(
    sources: Sequence[Source],
    output: Path,
    limits: Limits,
    progress: Progress,
    corrections: Sequence[Entry] = (),
    coverage_from: int = FIRST_YEAR,
) -> Outcome:
    """Read ``sources``, check them and write ``output`` atomically; coverage is told from ``coverage_from`` on.

    Raises OSError if it cannot be written, and CorrectionError where a correction does not fit its report.
    """
    results = _with_sisters(_read_all(sources, limits, progress))
    reports = [result for result in results if isinstance(result, Report)]
    collection = combine(reports)
    applied = apply_corrections(corrections, [report for report, _ in collection.reports])
    problems = _all_problems(results, collection, applied.problems)
    checks = _all_checks(collection)
    step = progress("store", 1)
    publication = Publication(
        collection.reports,
        problems,
        _sorted_checks(checks),
        (row for report, _ in collection.reports for row in outcome_sums(report)),
        (
            summarise(report, checks[report.id], applied.by_report.get(report.id, ()))
            for report, current in collection.reports
            if current
        ),
        (correction for rows in applied.by_report.values() for correction in rows),
        reporting(reports),
        coverage(collection.reports, problems, coverage_from),
    )
    write_database(output, publication)
    step()
    return Outcome(len(collection.reports), problems)


def _with_sisters(results: Iterable[Report | Problem]) -> list[Report | Problem]:
    """``results`` with the reports resolved that only their sisters tell whose they are."""
    found = list(results)
    resolved = iter(with_sisters([result for result in found if isinstance(result, Report)]))
    return [next(resolved) if isinstance(result, Report) else result for result in found]


def _read_all(sources: Sequence[Source], limits: Limits, progress: Progress) -> Iterator[Report | Problem]:
    step = progress("read", len(sources))
    read_one = partial(_read_whatever_it_is, limits)
    for source, results in zip(sources, isolated(read_one, sources, limits.max_seconds), strict=True):
        yield from (_unfinished(source, results, limits),) if isinstance(results, Ended) else results
        step()


def _read_whatever_it_is(limits: Limits, source: Source) -> tuple[Report | Problem, ...]:
    """Read one file; a defect of ours that a document brings to light costs that document, not the build."""
    try:
        return read(source.path, source.name, limits)
    except MemoryError:
        return (Problem(source.name, "read", "error", "too_large", _TOO_MUCH_MEMORY),)
    except Exception as error:  # noqa: BLE001 (the edge: one file must not end the build of all others)
        message = (
            f"Reading the file failed unexpectedly ({type(error).__name__}: {error}). This is a defect of the reader, "
            "not of the file; please report it with the file."
        )
        return (Problem(source.name, "read", "error", "reader_failed", message),)


_TOO_MUCH_MEMORY = (
    f"Reading the file takes more than {MAX_MEMORY // 1024**3} GB of memory. An annual report takes a hundredth of "
    "that; supply a simpler copy of it."
)


def _unfinished(source: Source, ended: Ended, limits: Limits) -> Problem:
    """The problem of a file on which the process that reads did not come back."""
    stated = stated_about(source.path, unreadable=True)
    if not ended.signal:
        message = (
            f"Reading the file took much longer than {limits.max_seconds:g} seconds (--max-seconds) and could only be "
            "ended from outside. Supply a simpler copy of the report."
        )
        return Problem(source.name, "read", "error", "too_slow", message, stated=stated)
    message = (
        f"Reading the file ended the program that reads it ({ended.signal}): it is damaged or made so that a library "
        f"fails on it, or takes more than {MAX_MEMORY // 1024**3} GB of memory. Supply the report in another format."
    )
    return Problem(source.name, "read", "error", "reader_failed", message, stated=stated)


def _all_problems(
    results: Iterable[Report | Problem], collection: Collection, unused: Iterable[Problem]
) -> tuple[Problem, ...]:
    kept = {report.id for report, _ in collection.reports}
    found: list[Problem] = []
    seen: set[str] = set()
    for result in results:
        if isinstance(result, Problem):
            found.append(result)
        elif result.id in kept and result.id not in seen:
            seen.add(result.id)
            found.extend(result.problems)
    found.extend(collection.problems)
    found.extend(unused)
    return tuple(sorted(found, key=lambda problem: problem.source_file))


def _all_checks(collection: Collection) -> dict[str, tuple[Check, ...]]:
    """The checks of every report, and of the current ones those that compare an agency's years."""
    checks = {report.id: list(check_report(report)) for report, _ in collection.reports}
    for check in check_years([report for report, current in collection.reports if current]):
        checks[check.report].append(check)
    return {report: tuple(found) for report, found in checks.items()}


def _sorted_checks(checks: dict[str, tuple[Check, ...]]) -> Iterator[Check]:
    for identifier in sorted(checks):
        yield from sorted(checks[identifier], key=lambda check: (check.rule, check.subject))
