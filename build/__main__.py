"""``python -m build PATH... --output FILE.db``: documents → SQLite."""

from __future__ import annotations

import argparse
import gc
import os
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path

from .errors import ReadError
from .interruption import WORDS, end_in_peace, interrupt_from_now_on
from .join.corrections import CorrectionError, Entry, read_corrections
from .join.coverage import FIRST_YEAR
from .limits import Limits
from .pipeline import Means, Outcome, build_database
from .progress import progress
from .publish.descriptions import MetadataError
from .publish.release.content import ReleaseError
from .publish.release.parquet import parquet_obstacle, write_parquet_folder
from .reading.cluster import ClusterError, cluster_engine
from .reading.kept import FOLDER
from .reading.read import explain
from .reading.readings import local_engine
from .reading.sidecar import ENDING
from .reading.sources import Source, find_sources
from .report import Problem

ALL_READ, SOME_NOT_READ, NOTHING_WRITTEN = 0, 1, 2
MOST_LISTED = 20
SELDOM = 200_000
"""New objects before Python looks for cycles (its own default is 700)."""
DEFAULT_CORRECTIONS = Path("corrections.yml")
SQLITE_HEADER = b"SQLite format 3\0"
LIMITS_MEAN = {
    "max_bytes": "bytes of a file, and of all it unpacks to",
    "max_cells": "places of a file's tables, merged cells expanded",
    "max_pages": "pages of a PDF",
    "max_seconds": "seconds spent on a file",
    "search_steps": "partial placements tried for a table's short rows; past it they are unplaced",
}
"""What each limit counts; a file past one is not read, and `problems` says so."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code is 0, 1 or 2 as DESIGN.md says."""
    options = _parser().parse_args(arguments)
    if options.explain is not None:
        return _explain(options.explain, _limits(options))
    try:
        sources = find_sources(options.paths)
    except FileNotFoundError as error:
        return _refuse(f"{error.args[0]}: no such file or folder")
    except OSError as error:
        return _refuse(f"{error.filename}: could not be listed: {error.strerror}")
    if not sources:
        return _refuse(f"no report files in {', '.join(map(str, options.paths))}; put the agencies' documents there")
    _name_lonely_sidecars(options.paths, sources)
    obstacle = _obstacle(options.output, sources)
    if obstacle is None and options.parquet is not None:
        obstacle = parquet_obstacle(options.parquet, options.output)
    return _build(options, sources) if obstacle is None else _refuse(obstacle)


def _obstacle(output: Path, sources: Sequence[Source]) -> str | None:
    """Why ``output`` cannot or must not be written, None if it may: found before hours of reading, not after."""
    if output.is_dir():
        return f"{output}: a folder; --output takes the file to write, e.g. gongkai.db"
    if not output.parent.is_dir():
        return f"{output.parent}: no such folder to write the database to"
    if not os.access(output.parent, os.W_OK):
        return f"{output.parent}: no permission to write into this folder"
    if output.exists() and any(_are_one_file(output, source.path) for source in sources):
        return f"{output}: one of the report files; the database would take its place"
    if output.is_file() and not _may_be_replaced(output):
        return f"{output}: no SQLite database; it is left as it is. Give another --output, or remove it first"
    return None


def _name_lonely_sidecars(paths: Sequence[Path], sources: Sequence[Source]) -> None:
    """Say which sidecars have no document beside them: they are read by nobody, and a misspelt name is easily made."""
    documents = [source.path for source in sources]
    beside = {document.with_name(name + ENDING) for document in documents for name in (document.name, document.stem)}
    for folder in filter(Path.is_dir, paths):
        for sidecar in sorted(set(_sidecars_below(folder)) - beside):
            sys.stderr.write(f"build: {_shown(sidecar)}: no document of this name beside it; nothing in it is used\n")


def _sidecars_below(folder: Path) -> Iterator[Path]:
    """Sidecars in ``folder`` and the folders in it, but for hidden ones; what cannot be listed has none."""
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(place, name) for name in files if name.endswith(ENDING) and not name.startswith("."))


def _are_one_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # gone, or of a name too long to ask for
        return False


def _may_be_replaced(output: Path) -> bool:
    """Whether ``output`` is a database, or empty: whatever else stands there is not ours to overwrite."""
    with output.open("rb") as file:
        return file.read(len(SQLITE_HEADER)) in {SQLITE_HEADER, b""}


def _build(options: argparse.Namespace, sources: Sequence[Source]) -> int:
    _collect_garbage_seldom()
    try:
        corrections = _corrections(options.corrections)
        with progress() as stage:
            outcome = build_database(
                sources, options.output, _limits(options), stage, corrections, options.coverage_from, _means(options)
            )
    except CorrectionError as error:
        return _refuse(f"{error}; nothing was written, the old database, if any, is as it was")
    except (ClusterError, MetadataError) as error:
        return _refuse(f"{error}; nothing was written, the old database, if any, is as it was")
    except (OSError, sqlite3.Error) as error:
        return _refuse(f"the database could not be written: {error}; the old one, if any, is as it was")
    except KeyboardInterrupt:
        return _refuse(f"{WORDS}; what has been read is remembered")
    code = _summarise(sources, outcome, options.output)
    return code if options.parquet is None else max(code, _write_parquet(options.output, options.parquet))


def _write_parquet(database: Path, folder: Path) -> int:
    """Write ``database`` once more, as Parquet; the exit code of that alone."""
    try:
        content = write_parquet_folder(database, folder)
    except (OSError, sqlite3.Error, ReleaseError) as error:
        return _refuse(f"{folder}: no Parquet could be written: {error}; the database is written, see {database}")
    sys.stderr.write(f"build: {folder}: {_counted(len(content.holdings), 'file')} of Parquet\n")
    return ALL_READ


def _means(options: argparse.Namespace) -> Means:
    return Means(
        readings=options.readings or options.output.parent / FOLDER,
        fresh=options.fresh,
        engine=cluster_engine(options.scheduler) if options.scheduler else local_engine(options.jobs or usable_cores()),
    )


def usable_cores() -> int:
    """The cores that this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _collect_garbage_seldom() -> None:
    """Reports are trees of plain values: searching them for cycles again and again costs time and finds nothing."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(SELDOM, 50, 100)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m build", description="Build gongkai.db from annual reports on government information disclosure."
    )
    parser.add_argument(
        "paths", metavar="PATH", nargs="*", type=_path, default=[Path("reports")],
        help="files or folders, read recursively (default: reports/)",
    )  # fmt: skip
    parser.add_argument(
        "--output", metavar="FILE.db", type=_path, default=Path("gongkai.db"), help="default: gongkai.db"
    )
    parser.add_argument(
        "--explain",
        metavar="FILE",
        type=_path,
        help="print clause by clause how the prose of FILE is read, and write no database",
    )
    parser.add_argument(
        "--corrections", metavar="FILE.yml", type=_path,
        help=f"what has been put right (default: {DEFAULT_CORRECTIONS}, if there is one here)",
    )  # fmt: skip
    parser.add_argument(
        "--coverage-from", metavar="YEAR", type=int, default=FIRST_YEAR,
        help="first year that the collection claims, for table coverage (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--jobs", metavar="N", type=_count, help="processes that read (default: one for each core)"
    )  # fmt: skip
    parser.add_argument(
        "--scheduler", metavar="ADDRESS",
        help="read on the Dask cluster whose scheduler listens there (tcp://…), see docs/cluster.md",
    )  # fmt: skip
    parser.add_argument(
        "--readings", metavar="FOLDER", type=_path,
        help=f"where what was read is remembered (default: {FOLDER}/ beside the database)",
    )  # fmt: skip
    parser.add_argument(
        "--parquet", metavar="FOLDER", type=_path,
        help="write every table and view as Parquet into FOLDER besides, which is replaced (needs pyarrow)",
    )  # fmt: skip
    parser.add_argument(
        "--fresh", action="store_true", help="read every file again and write the whole database anew"
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
            help=f"{LIMITS_MEAN[limit.name]} (default: %(default)s)",
        )
    return parser


def _path(word: str) -> Path:
    """A path that was really given: an empty word (`make build REPORTS=`) would be the working directory."""
    if not word.strip():
        raise argparse.ArgumentTypeError("a path is expected, not an empty word")
    return Path(word)


def _count(word: str) -> int:
    """A whole number from 1 on."""
    if not word.isdecimal() or int(word) < 1:
        raise argparse.ArgumentTypeError(f"a number from 1 on is expected, not {word!r}")
    return int(word)


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
    if path.is_dir():
        return _refuse(f"{path}: a folder; --explain takes one file")
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


def _summarise(sources: Sequence[Source], outcome: Outcome, output: Path) -> int:
    failed = outcome.failed_files
    sys.stderr.write(
        f"build: {output}: {_counted(outcome.reports, 'report')} from {_counted(len(sources), 'file')}, "
        f"{_counted(len(failed), _noun_of(failed, sources))} without a report, "
        f"{_counted(outcome.remarks, 'remark')} in table problems{_remembered(outcome)}\n"
    )
    for problem in failed[:MOST_LISTED]:
        sys.stderr.write(f"  {_shown(problem.source_file)}: {problem.code}: {_shown(problem.message)}\n")
    if len(failed) > MOST_LISTED:
        sys.stderr.write(f"  … and {len(failed) - MOST_LISTED} more; see table problems, severity error\n")
    return SOME_NOT_READ if failed else ALL_READ


def _remembered(outcome: Outcome) -> str:
    return f"; {_counted(outcome.remembered, 'file')} remembered, not read again" if outcome.remembered else ""


def _noun_of(failed: Sequence[Problem], sources: Sequence[Source]) -> str:
    """What gave no report: files, or documents where some of them are members of an archive."""
    files, named = {source.name for source in sources}, {problem.source_file for problem in failed}
    return "file" if named <= files and len(named) == len(failed) else "document"


def _shown(text: object) -> str:
    """``text`` for a terminal: what a file's name may hold besides letters would steer it."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in str(text))


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun if number == 1 else noun + 's'}"


def run() -> int:
    """The command line as a program: Ctrl-C at any moment ends it in one line."""
    interrupt_from_now_on()
    try:
        return main()
    except KeyboardInterrupt:
        return _refuse(WORDS)
    finally:
        end_in_peace()


if __name__ == "__main__":
    sys.exit(run())
