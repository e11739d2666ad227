"""The whole way: sources → readings → join → publish. Each stage yields frozen values; the database is written last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from .checks import check_all
from .join.authorities import reporting, with_sisters
from .join.combine import Collection, combine
from .join.corrections import Entry, apply_corrections
from .join.coverage import FIRST_YEAR, coverage
from .join.similarity import similarities
from .limits import Limits
from .publish.store import Publication, write_database
from .publish.summary import outcome_sums, summarise
from .reading.readings import read_all
from .reading.sources import Source
from .report import Problem, Report

Progress = Callable[[str, int], "Callable[[], None]"]
"""(stage, number of steps) → a function to call after each step."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build yielded: how many reports, and every problem."""

    reports: int
    problems: tuple[Problem, ...]

    @property
    def failed_files(self) -> tuple[Problem, ...]:
        """The files that yielded no report."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


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
    results = _with_sisters(read_all(sources, limits, progress("read", len(sources))))
    reports = [result for result in results if isinstance(result, Report)]
    collection = combine(reports)
    applied = apply_corrections(corrections, [report for report, _ in collection.reports])
    problems = _all_problems(results, collection, applied.problems)
    checks = check_all(collection.reports)
    step = progress("store", 1)
    publication = Publication(
        collection.reports,
        problems,
        chain.from_iterable(checks.values()),
        (row for report, _ in collection.reports for row in outcome_sums(report)),
        (
            summarise(report, checks[report.id], applied.by_report.get(report.id, ()))
            for report, current in collection.reports
            if current
        ),
        chain.from_iterable(applied.by_report.values()),
        reporting(reports),
        coverage(collection.reports, problems, coverage_from),
        similarities(collection.reports),
    )
    write_database(output, publication)
    step()
    return Outcome(len(collection.reports), problems)


def _with_sisters(results: Iterable[Report | Problem]) -> list[Report | Problem]:
    """``results`` with the reports resolved that only their sisters tell whose they are."""
    found = list(results)
    resolved = iter(with_sisters([result for result in found if isinstance(result, Report)]))
    return [next(resolved) if isinstance(result, Report) else result for result in found]


def _all_problems(
    results: Iterable[Report | Problem], collection: Collection, unused: Iterable[Problem]
) -> tuple[Problem, ...]:
    """Every problem by file: of files that were not read, of the reports kept (of copies once), of joining them."""
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
