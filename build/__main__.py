"""``python -m build PATH... --output FILE.db``: documents → SQLite."""

from __future__ import annotations

import argparse
import gc
import os
import sqlite3
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import fields
from pathlib import Path

from .errors import ReadError
from .interruption import WORDS, end_in_peace, interrupt_from_now_on
from .join.acknowledged import Acknowledgement, read_acknowledgements
from .join.corrections import Entry, read_corrections
from .join.coverage import FIRST_YEAR
from .join.entries import DecisionError
from .limits import Limits
from .messages import Message, listed, spoken, told
from .options import add_language, add_version, count_of, path_of, seconds_of, speak_as_asked, words_of, year_of
from .pipeline import Means, Outcome, TooFewError, build_database
from .progress import progress
from .publish.descriptions import MetadataError
from .publish.release.content import ReleaseError
from .publish.release.parquet import parquet_obstacle, write_parquet_folder
from .readers.aside import is_manifest
from .reading.about import lonely
from .reading.cluster import ClusterError, cluster_engine
from .reading.kept import FOLDER
from .reading.read import explain
from .reading.readings import local_engine
from .reading.sources import Source, find_sources
from .report import Problem
from .voice import Voice, opened, shown

ALL_READ, SOME_NOT_READ, NOTHING_WRITTEN = 0, 1, 2
MOST_LISTED = 20
SELDOM = 200_000
"""New objects before Python looks for cycles (its own default is 700)."""
DEFAULT_CORRECTIONS, DEFAULT_ACKNOWLEDGED = Path("corrections.yml"), Path("acknowledged.yml")
SQLITE_HEADER = b"SQLite format 3\0"
PROGRAM = "python -m build"
LIMITS_MEAN = {
    "max_bytes": "command.limit_max_bytes",
    "max_cells": "command.limit_max_cells",
    "max_pages": "command.limit_max_pages",
    "max_seconds": "command.limit_max_seconds",
    "search_steps": "command.limit_search_steps",
}
"""What each limit counts; a file past one is not read, and `problems` says so."""


def main(arguments: Sequence[str] | None = None, program: str = PROGRAM) -> int:
    """Run the command line; the exit code is 0, 1 or 2 as DESIGN.md says."""
    speak_as_asked(arguments)
    options = _parser(program).parse_args(arguments)
    if options.explain is not None:
        return _explain(options.explain, _limits(options))
    obstacle = _obstacle_to_log(options)
    if obstacle is not None:
        return _refuse(Voice(), obstacle)
    try:
        log = options.log and opened(options.log)
    except OSError as error:
        return _refuse(Voice(), told("command.log_not_written", path=options.log, reason=error.strerror))
    with log or nullcontext():
        return _run(options, Voice(options.quiet, log))


def _run(options: argparse.Namespace, voice: Voice) -> int:
    try:
        sources = find_sources(options.paths)
    except FileNotFoundError as error:
        return _refuse(voice, told("command.no_such_path", path=error.args[0]))
    except OSError as error:
        return _refuse(voice, told("command.not_listed", path=error.filename, reason=error.strerror))
    if not sources:
        return _refuse(voice, told("command.no_files", paths=listed(map(str, options.paths))))
    _name_lonely_sidecars(options.paths, sources, voice)
    obstacle: Message | str | None = _obstacle(options.output, sources)
    if obstacle is None and options.parquet is not None:
        obstacle = parquet_obstacle(options.parquet, options.output)
    return _build(options, sources, voice) if obstacle is None else _refuse(voice, obstacle)


# What must not be written to ---------------------------------------------------------------------------------------


def _obstacle(output: Path, sources: Collection[Source]) -> Message | None:
    """Why ``output`` cannot or must not be written, None if it may: found before hours of reading, not after."""
    for key, stands_in_the_way in _OBSTACLES.items():
        if stands_in_the_way(output):
            return told(key, path=output.parent if key in _OF_ITS_FOLDER else output)
    if output.exists() and _is_among(output, sources):
        return told("command.output_is_report", path=output)
    return None if _may_be_replaced(output) else told("command.output_no_database", path=output)


_OBSTACLES: dict[str, Callable[[Path], bool]] = {
    "command.output_folder": Path.is_dir,
    "command.output_link": Path.is_symlink,
    "command.output_no_file": lambda output: output.exists() and not output.is_file(),
    "command.no_output_folder": lambda output: not output.parent.is_dir(),
    "command.no_permission": lambda output: not os.access(output.parent, os.W_OK),
}
_OF_ITS_FOLDER = frozenset({"command.no_output_folder", "command.no_permission"})


def _obstacle_to_log(options: argparse.Namespace) -> Message | None:
    """Why the log must not be written where it is asked for: lines behind a report or in the database destroy it."""
    if options.log is None:
        return None
    log = options.log.resolve()
    if log == options.output.resolve():
        return told("command.log_is_output", path=options.log)
    if not log.name.startswith(".") and any(log.is_relative_to(path.resolve()) for path in options.paths):
        return told("command.log_among_reports", path=options.log)
    return None


def _is_among(output: Path, sources: Iterable[Source]) -> bool:
    own = output.stat()
    return any(_is_file(own, source.spelt) for source in sources)


def _is_file(state: os.stat_result, path: str) -> bool:
    try:
        return os.path.samestat(state, os.stat(path))  # noqa: PTH116 (a Path takes five times as long to make)
    except OSError:  # gone, or of a name too long to ask for
        return False


def _may_be_replaced(output: Path) -> bool:
    """Whether ``output`` is a database, empty or not there: whatever else stands there is not ours to overwrite."""
    if not output.exists():
        return True
    with output.open("rb") as file:
        return file.read(len(SQLITE_HEADER)) in {SQLITE_HEADER, b""}


# What is not used --------------------------------------------------------------------------------------------------


def _name_lonely_sidecars(paths: Sequence[Path], sources: Collection[Source], voice: Voice) -> None:
    """Say which sidecars have no document beside them: they are read by nobody, and a misspelt name is easily made."""
    for path in lonely(paths, (source.path for source in sources)):
        key = "command.lonely_manifest" if is_manifest(path.name) else "command.lonely_sidecar"
        voice.say(told(key, path=shown(path)))


# The build ---------------------------------------------------------------------------------------------------------


def _build(options: argparse.Namespace, sources: Collection[Source], voice: Voice) -> int:
    _collect_garbage_seldom()
    try:
        corrections, acknowledged = _corrections(options.corrections), _acknowledged(options)
        with progress(voice) as stage:
            outcome = build_database(
                sources, options.output, _limits(options), stage, corrections, options.coverage_from,
                _means(options, voice), 0 if options.allow_empty else options.at_least, acknowledged,
            )  # fmt: skip
    except DecisionError as error:
        return _refuse_all(error, voice)
    except (ClusterError, MetadataError) as error:
        return _refuse(voice, told("command.old_stays", reason=error.message))
    except TooFewError as error:
        _list_failed(error.failed_files, voice)
        return _refuse(voice, told("command.old_stays", reason=_too_few(error)))
    except (OSError, sqlite3.Error) as error:
        return _refuse(voice, told("command.not_written", reason=str(error)))
    except KeyboardInterrupt:
        return _refuse(voice, told("command.interrupted"))
    code = _summarise(outcome, options.output, voice)
    _tell_difference(outcome, voice)
    return code if options.parquet is None else max(code, _write_parquet(options.output, options.parquet, voice))


def _write_parquet(database: Path, folder: Path, voice: Voice) -> int:
    """Write ``database`` once more, as Parquet; the exit code of that alone."""
    try:
        content = write_parquet_folder(database, folder)
    except (OSError, sqlite3.Error, ReleaseError) as error:
        return _refuse(voice, told("command.no_parquet", folder=folder, reason=error, database=database))
    files = told("command.files", count=len(content.holdings))
    voice.say(told("command.parquet_written", folder=folder, files=files))
    return ALL_READ


def _too_few(error: TooFewError) -> Message:
    if not error.reports:
        return told("command.no_report_at_all")
    return told("command.too_few", reports=told("command.reports", count=error.reports), least=error.least)


def _means(options: argparse.Namespace, voice: Voice) -> Means:
    jobs = options.jobs or usable_cores()
    return Means(
        readings=options.readings or options.output.parent / FOLDER,
        fresh=options.fresh,
        engine=cluster_engine(options.scheduler) if options.scheduler else local_engine(jobs),
        jobs=jobs,
        say=voice.say,
    )


def usable_cores() -> int:
    """The cores that this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _collect_garbage_seldom() -> None:
    """Reports are trees of plain values: searching them for cycles again and again costs time and finds nothing."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(SELDOM, 50, 100)


def _corrections(path: Path | None) -> Sequence[Entry]:
    """The entries of ``path``; without it those of the file of that name in the working directory, if there is one."""
    if path is not None:
        return read_corrections(path)
    return read_corrections(DEFAULT_CORRECTIONS) if DEFAULT_CORRECTIONS.is_file() else ()


def _acknowledged(options: argparse.Namespace) -> Sequence[Acknowledgement]:
    """The entries of the file that is named; without it those of the one beside the corrections, if there is one."""
    if options.acknowledged is not None:
        return read_acknowledgements(options.acknowledged)
    beside = (options.corrections or DEFAULT_CORRECTIONS).with_name(DEFAULT_ACKNOWLEDGED.name)
    return read_acknowledgements(beside) if beside.is_file() else ()


# The options -------------------------------------------------------------------------------------------------------


def _parser(program: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=program, description=words_of(told("command.program")))
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        type=path_of,
        default=[Path("reports")],
        help=words_of(told("command.option_paths")),
    )
    parser.add_argument(
        "--output",
        metavar="FILE.db",
        type=path_of,
        default=Path("gongkai.db"),
        help=words_of(told("command.option_output")),
    )
    parser.add_argument("--explain", metavar="FILE", type=path_of, help=words_of(told("command.option_explain")))
    parser.add_argument(
        "--corrections", metavar="FILE.yml", type=path_of, help=words_of(told("command.option_corrections"))
    )
    parser.add_argument(
        "--acknowledged", metavar="FILE.yml", type=path_of, help=words_of(told("curation.option_acknowledged"))
    )
    parser.add_argument(
        "--coverage-from", metavar="YEAR", type=year_of, default=FIRST_YEAR,
        help=words_of(told("command.option_coverage", year=FIRST_YEAR)),
    )  # fmt: skip
    floor = parser.add_mutually_exclusive_group()
    floor.add_argument(
        "--at-least", metavar="N", type=count_of, default=1, help=words_of(told("command.option_at_least"))
    )
    floor.add_argument("--allow-empty", action="store_true", help=words_of(told("command.option_allow_empty")))
    _add_means(parser)
    _add_limits(parser)
    _add_voice(parser)
    return parser


def _add_means(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--jobs", metavar="N", type=count_of, help=words_of(told("command.option_jobs")))
    parser.add_argument("--scheduler", metavar="ADDRESS", help=words_of(told("command.option_scheduler")))
    parser.add_argument(
        "--readings", metavar="FOLDER", type=path_of, help=words_of(told("command.option_readings", folder=FOLDER))
    )
    parser.add_argument("--parquet", metavar="FOLDER", type=path_of, help=words_of(told("command.option_parquet")))
    parser.add_argument("--fresh", action="store_true", help=words_of(told("command.option_fresh")))


def _add_limits(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--ocr", action="store_true", help=words_of(told("command.option_ocr")))
    for limit in fields(Limits):
        if limit.name in LIMITS_MEAN:
            parser.add_argument(
                f"--{limit.name.replace('_', '-')}",
                metavar="N",
                type=seconds_of if isinstance(limit.default, float) else count_of,
                default=limit.default,
                help=words_of(told(LIMITS_MEAN[limit.name], default=limit.default)),
            )


def _add_voice(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help=words_of(told("command.option_quiet")))
    parser.add_argument("--log", metavar="FILE", type=path_of, help=words_of(told("command.option_log")))
    add_language(parser)
    add_version(parser)


def _limits(options: argparse.Namespace) -> Limits:
    return Limits(**{limit.name: getattr(options, limit.name) for limit in fields(Limits)})


# What is said at the end -------------------------------------------------------------------------------------------


def explain_main(arguments: Sequence[str], program: str) -> int:
    """Explain one file, as ``--explain`` does; the exit code."""
    speak_as_asked(arguments)
    parser = argparse.ArgumentParser(prog=program, description=words_of(told("command.option_explain")))
    parser.add_argument("file", metavar="FILE", type=path_of)
    _add_limits(parser)
    add_language(parser)
    options = parser.parse_args(arguments)
    return _explain(options.file, _limits(options))


def _explain(path: Path, limits: Limits) -> int:
    voice = Voice()
    if path.is_dir():
        return _refuse(voice, told("command.explain_folder", path=path))
    try:
        for line in explain(path, limits):
            sys.stdout.write(f"{line}\n")
    except ReadError as error:
        return _refuse(voice, f"{path}: {error.code}: {spoken(error.message)}")
    except BrokenPipeError:  # the reader has seen enough (| head)
        sys.stderr.close()
    return ALL_READ


def _refuse(voice: Voice, message: Message | str) -> int:
    voice.complain(message)
    return NOTHING_WRITTEN


def _refuse_all(error: DecisionError, voice: Voice) -> int:
    """Every fault of a file in a line of its own."""
    for message in error.messages:
        voice.complain(shown(spoken(message)))
    return _refuse(voice, told("curation.nothing_written"))


def _summarise(outcome: Outcome, output: Path, voice: Voice) -> int:
    failed = (*outcome.failed_files, *outcome.unused_manifests)
    say = voice.complain if failed else voice.say
    say(_sentence(_what_was_read(outcome, output), *_what_was_not(outcome)))
    _list_failed(failed, voice)
    remembered = outcome.remembered
    voice.say(
        _sentence(
            told("command.how_read", count=outcome.files - remembered, remembered=remembered),
            told("command.remarks", count=outcome.remarks),
            *([told("curation.acknowledged", count=outcome.acknowledged)] if outcome.acknowledged else []),
        )
    )
    return SOME_NOT_READ if failed else ALL_READ


def _what_was_read(outcome: Outcome, output: Path) -> Message:
    reports, files = told("command.reports", count=outcome.reports), told("command.files", count=outcome.files)
    given = outcome.files - outcome.files_without - outcome.files_acknowledged
    if given == outcome.files:
        return told("command.all_files", path=output, reports=reports, files=files)
    return told("command.some_files", path=output, reports=reports, given=given, files=files)


def _what_was_not(outcome: Outcome) -> Iterator[Message]:
    """Files without a report, named as documents where some of them are members of an archive; copies."""
    if outcome.files_without:
        files, documents = told("command.files", count=outcome.files_without), len(outcome.failed_files)
        if documents == outcome.files_without:
            yield told("command.files_without", files=files)
        else:
            yield told("command.documents_without", documents=told("command.documents", count=documents), files=files)
    if outcome.files_acknowledged:
        yield told("curation.files_acknowledged", files=told("command.files", count=outcome.files_acknowledged))
    if outcome.copies:
        yield told("command.copies", count=outcome.copies)
    if outcome.unused_manifests:
        yield told("command.unused_manifests", count=len(outcome.unused_manifests))


def _list_failed(failed: Sequence[Problem], voice: Voice) -> None:
    """Name the files that gave no report: the first ones, and all of them in the log."""
    lines = [f"  {shown(each.source_file)}: {each.code}: {shown(spoken(each.message))}" for each in failed]
    for line in lines[:MOST_LISTED]:
        voice.complain(line)
    for line in lines[MOST_LISTED:]:
        voice.note(line)
    if len(lines) > MOST_LISTED:
        voice.complain(told("command.more_problems", count=len(lines) - MOST_LISTED))


def _tell_difference(outcome: Outcome, voice: Voice) -> None:
    """What is new, changed and gone against the database that was there before, the first few by name."""
    kinds = {"command.new": outcome.new, "command.changed": outcome.changed, "command.gone": outcome.gone}
    counts = [told(key, count=len(reports)) for key, reports in kinds.items()]
    voice.say(told("command.difference", counts=listed(counts)))
    if len(outcome.new) == outcome.reports:  # there was none before, or no report of it is left
        kinds.pop("command.new")
    lines = [
        f"  {SIGNS[key]} {shown(file)}: {shown(label)}" for key, reports in kinds.items() for file, label in reports
    ]
    for line in lines[:MOST_LISTED]:
        voice.say(line)
    for line in lines[MOST_LISTED:]:
        voice.note(line)
    if len(lines) > MOST_LISTED:
        voice.say(told("command.more_reports", count=len(lines) - MOST_LISTED))


SIGNS = {"command.new": "+", "command.changed": "~", "command.gone": "-"}


def _sentence(*parts: Message) -> Message:
    """Parts of one line."""
    return Message("; ".join(part.en for part in parts), "；".join(part.zh for part in parts))


def run(arguments: Sequence[str] | None = None, program: str = PROGRAM) -> int:
    """The command line as a program: Ctrl-C at any moment ends it in one line."""
    interrupt_from_now_on()
    try:
        return main(arguments, program)
    except KeyboardInterrupt:
        return _refuse(Voice(), Message(**WORDS))
    finally:
        end_in_peace()


if __name__ == "__main__":
    sys.exit(run())
