"""Gongkai as a library: one report or a whole database from Python. ``docs/library.md`` shows it at work.

The names below are given by the package itself: ``from build import read_report`` in a checkout, ``from gongkai import
read_report`` where it is installed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

from . import pipeline
from .checks import Check
from .checks import check_report as _checks_of
from .errors import ReadError
from .join.acknowledged import read_acknowledgements
from .join.corrections import read_corrections
from .join.coverage import FIRST_YEAR
from .join.entries import DecisionError
from .limits import Limits
from .messages import told
from .pipeline import Means, Outcome, TooFewError
from .reading.read import read
from .reading.readings import local_engine
from .reading.sources import find_sources
from .report import (
    ApplicationRow,
    DisclosureFigure,
    HotlineFigure,
    Identity,
    Problem,
    Report,
    ReviewRow,
    Section,
    Statement,
)

__all__ = [
    "ApplicationRow",
    "Check",
    "DecisionError",
    "DisclosureFigure",
    "HotlineFigure",
    "Identity",
    "Limits",
    "Outcome",
    "Problem",
    "ReadError",
    "Report",
    "ReviewRow",
    "Section",
    "Statement",
    "TooFewError",
    "build_database",
    "check_report",
    "connect",
    "read_report",
    "read_reports",
]


def read_reports(path: str | Path, limits: Limits | None = None) -> tuple[Report | Problem, ...]:
    """Everything that the file ``path`` yields: its reports, and a ``Problem`` for each document that gave none.

    Whatever the file holds, it yields at least one of the two, and bad content raises nothing. Figures are as printed:
    counts are ``int``, rates ``Decimal`` in percent, amounts ``Decimal`` in 万元; a cell that is printed blank has no
    figure (None), which is not 0. What a ``.meta.yml`` beside the file states is taken in.

    The file is read in this process. A build reads in processes apart, with bounds on memory, and is the better way to
    read files of strangers. Raises FileNotFoundError.
    """
    file = Path(path)
    if not file.exists():
        raise FileNotFoundError(file)
    return read(file, file.name, limits or Limits())


def read_report(path: str | Path, limits: Limits | None = None) -> Report:
    """The one report in the file ``path``, its figures as ``read_reports`` says.

    Raises FileNotFoundError; ReadError where no report can be read (its ``code`` and ``message`` are those of table
    ``problems``), and ReadError ``several_reports`` where the file holds more than one.
    """
    results = read_reports(path, limits)
    reports = [result for result in results if isinstance(result, Report)]
    if len(reports) > 1:
        raise ReadError("several_reports", told("command.several_reports", count=len(reports)))
    if not reports:
        (problem, *_) = (result for result in results if isinstance(result, Problem))
        raise ReadError(problem.code, problem.message, problem.excerpt)
    return reports[0]


def check_report(report: Report) -> tuple[Check, ...]:
    """Every relation that the figures of ``report`` should hold, in the order of rule and subject.

    ``status``: ``holds``, ``fails`` (does not add up as printed: whose slip it is, nobody has said), ``explained``
    (another stated reading holds), ``unknown`` (a blank where a figure is needed).
    """
    return tuple(sorted(_checks_of(report), key=lambda check: (check.rule, check.subject)))


def build_database(
    paths: Iterable[str | Path],
    output: str | Path,
    *,
    corrections: str | Path | None = None,
    acknowledged: str | Path | None = None,
    readings: str | Path | None = None,
    jobs: int = 1,
    limits: Limits | None = None,
    coverage_from: int = FIRST_YEAR,
    at_least: int = 1,
) -> Outcome:
    """Read every file in ``paths`` (files, or folders with all below them) and write the database ``output``.

    The same files give the same bytes. ``corrections`` and ``acknowledged``: files like those of that name.
    ``readings``: a folder in which what was read is remembered for the next time; None: nothing is. ``jobs``: processes
    that read and write. ``coverage_from``: the first year of table ``coverage``. The outcome says how many reports
    there are and which documents gave none.

    Raises FileNotFoundError for a path that is not there, TooFewError where there are fewer reports than ``at_least``,
    DecisionError where a correction or an acknowledgement does not fit, OSError or sqlite3.Error where the database
    cannot be written; the old one is then as it was.
    """
    means = Means(
        readings=None if readings is None else Path(readings),
        engine=local_engine(jobs),
        jobs=jobs,
        say=lambda words: None,
    )
    return pipeline.build_database(
        find_sources(map(Path, paths)),
        Path(output),
        limits or Limits(),
        _no_progress,
        () if corrections is None else read_corrections(Path(corrections)),
        coverage_from,
        means,
        at_least,
        () if acknowledged is None else read_acknowledgements(Path(acknowledged)),
    )


def connect(database: str | Path) -> sqlite3.Connection:
    """A connection to a built database that can only read; rows are ``sqlite3.Row``: by number and by column name.

    Columns and their meanings stand in table ``columns``; NULL means blank, which is not 0. Raises FileNotFoundError.
    """
    file = Path(database).resolve()
    if not file.is_file():
        raise FileNotFoundError(file)
    connection = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    return connection


def _no_progress(stage: str, steps: int) -> Callable[[], None]:
    return lambda: None
