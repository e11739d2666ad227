"""``python -m build PATH... --output FILE.db``: documents → SQLite."""

from __future__ import annotations

import argparse
import gc
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from .corrections import CorrectionError, Entry, read_corrections
from .errors import ReadError
from .limits import Limits
from .pipeline import Outcome, Source, build_database, find_sources
from .read import explain

ALL_READ, SOME_NOT_READ, NOTHING_WRITTEN = 0, 1, 2
MOST_LISTED = 20
SELDOM = 200_000
"""New objects before Python looks for cycles (its own default is 700)."""
DEFAULT_CORRECTIONS = Path("corrections.yml")

Stage = Callable[[str, int], Callable[[], None]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code is 0, 1 or 2 as DESIGN.md says."""
    options = _parser().parse_args(arguments)
    if options.explain is not None:
        return _explain(options.explain, _limits(options))
    try:
        sources = find_sources(options.paths)
    except FileNotFoundError as error:
        return _refuse(f"{error.args[0]}: no such file or folder")
    if not sources:
        return _refuse(f"no report files in {', '.join(map(str, options.paths))}; put the agencies' documents there")
    if not options.output.parent.is_dir():
        return _refuse(f"{options.output.parent}: no such folder to write the database to")
    return _build(options, sources)


def _build(options: argparse.Namespace, sources: Sequence[Source]) -> int:
    _collect_garbage_seldom()
    try:
        corrections = _corrections(options.corrections)
        with _progress() as stage:
            outcome = build_database(sources, options.output, _limits(options), stage, corrections)
    except CorrectionError as error:
        return _refuse(f"{error}; nothing was written, the old database, if any, is as it was")
    except (OSError, sqlite3.Error) as error:
        return _refuse(f"the database could not be written: {error}; the old one, if any, is as it was")
    return _summarise(sources, outcome, options.output)


def _collect_garbage_seldom() -> None:
    """Reports are trees of plain values that stay until the end: searching them for cycles again and again costs a
    third of the time and finds nothing."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(SELDOM, 50, 100)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m build", description="Build gongkai.db from annual reports on government information disclosure."
    )
    parser.add_argument(
        "paths", metavar="PATH", nargs="*", type=Path, default=[Path("reports")],
        help="files or folders, read recursively (default: reports/)",
    )  # fmt: skip
    parser.add_argument(
        "--output", metavar="FILE.db", type=Path, default=Path("gongkai.db"), help="default: gongkai.db"
    )
    parser.add_argument(
        "--explain",
        metavar="FILE",
        type=Path,
        help="print clause by clause how the prose of FILE is read, and write no database",
    )
    parser.add_argument(
        "--corrections", metavar="FILE.yml", type=Path,
        help=f"what has been put right (default: {DEFAULT_CORRECTIONS}, if there is one here)",
    )  # fmt: skip
    parser.add_argument(
        "--ocr",
        action="store_true",
        help="read scans through ocrmypdf or tesseract, where installed; such reports are marked in table problems",
    )
    for limit in fields(Limits):
        if limit.name == "ocr":
            continue
        parser.add_argument(
            f"--{limit.name.replace('_', '-')}",
            dest=limit.name,
            metavar="N",
            type=type(limit.default),
            default=limit.default,
            help=f"limit a file: {limit.name.replace('_', ' ')} (default: %(default)s)",
        )
    return parser


def _corrections(path: Path | None) -> Sequence[Entry]:
    """The entries of ``path``; without it those of the file of that name in the working directory, if there is one."""
    if path is not None:
        if not path.is_file():
            raise CorrectionError(f"{path}: no such file")
        return read_corrections(path)
    return read_corrections(DEFAULT_CORRECTIONS) if DEFAULT_CORRECTIONS.is_file() else ()


def _limits(options: argparse.Namespace) -> Limits:
    return Limits(**{limit.name: getattr(options, limit.name) for limit in fields(Limits)})


def _explain(path: Path, limits: Limits) -> int:
    try:
        for line in explain(path, limits):
            sys.stdout.write(f"{line}\n")
    except ReadError as error:
        return _refuse(f"{path}: {error.code}: {error.message}")
    except BrokenPipeError:  # the reader has seen enough (| head)
        sys.stderr.close()
    return ALL_READ


def _refuse(message: str) -> int:
    sys.stderr.write(f"build: {message}\n")
    return NOTHING_WRITTEN


@contextmanager
def _progress() -> Iterator[Stage]:
    """A bar on a terminal, one line a stage elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _announce
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as bars:

        def stage(name: str, steps: int) -> Callable[[], None]:
            task = bars.add_task(name, total=steps)
            return lambda: bars.advance(task)

        yield stage


def _announce(name: str, steps: int) -> Callable[[], None]:
    sys.stderr.write(f"build: {name} ({steps} {'step' if steps == 1 else 'steps'})\n")
    return lambda: None


def _summarise(sources: Sequence[Source], outcome: Outcome, output: Path) -> int:
    failed = outcome.failed_files
    warnings = len(outcome.problems) - len(failed)
    sys.stderr.write(
        f"build: {output}: {outcome.reports} reports from {len(sources)} files, "
        f"{len(failed)} files without a report, {warnings} remarks in table problems\n"
    )
    for problem in failed[:MOST_LISTED]:
        sys.stderr.write(f"  {problem.source_file}: {problem.code}: {problem.message}\n")
    if len(failed) > MOST_LISTED:
        sys.stderr.write(f"  … and {len(failed) - MOST_LISTED} more; see table problems, severity error\n")
    return SOME_NOT_READ if failed else ALL_READ


if __name__ == "__main__":
    sys.exit(main())
