"""One input file → its reports, or the problem that kept it from being one. No state, no side effects."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path, PurePosixPath
from typing import TypeVar

from ..document import Document, Part
from ..errors import ReadError
from ..identity.titles import read_title
from ..limits import Limits
from ..messages import spoken, told
from ..readers import read_documents, read_parts
from ..readers.aside import is_aside
from ..report import Problem, Report, Stated
from . import reports as parse
from .about import NOTHING, About, Surroundings, Within, joined
from .deadline import time_limit
from .folders import with_place
from .reports import Origin
from .sidecar import Sidecar, apply_sidecar

ID_LENGTH = 10


def report_id(sha256: str, ordinal: int = 1) -> str:
    """``reports.id``: the first characters of the hash's lower-case base32; ``-2`` behind it for a second report."""
    stem = base64.b32encode(bytes.fromhex(sha256)).decode("ascii").lower()[:ID_LENGTH]
    return stem if ordinal == 1 else f"{stem}-{ordinal}"


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds, wherever it lies: its bytes, and what is known of it besides."""

    data: bytes
    about: About = NOTHING


def read(path: Path, source_file: str, limits: Limits) -> tuple[Report | Problem, ...]:
    """Read every report in ``path``; ``source_file`` is the name it is published under.

    A file that yields no report yields a Problem of severity ``error``. Raises nothing for bad content.
    """
    about = Surroundings().about(path, source_file)
    try:
        content = Content(data_of(path, limits)[0], about)
    except ReadError as error:
        return (unread(error, about, source_file),)
    return tuple(named(result, source_file) for result in read_content(content, limits))


def read_content(content: Content, limits: Limits) -> tuple[Report | Problem, ...]:
    """The reports and problems of a file, which has no name yet: ``named`` gives it."""
    try:
        with time_limit(limits.max_seconds):
            return _read(content, limits)
    except ReadError as error:
        return tuple(_with_stated([_problem(error, "", "read")], joined(content.about.stated())))


def unread(error: ReadError, about: About, source_file: str) -> Problem:
    """The problem of a file whose bytes could not be had."""
    problem = replace(_problem(error, "", "read"), stated=stated_beside(about))
    return named(problem, source_file)


Result = TypeVar("Result", bound=Report | Problem)


def named(result: Result, source_file: str) -> Result:
    """``result`` as one of the file called ``source_file``; a member of an archive keeps its own name behind it.

    Whose report a file would be that could not be read, its name says where its sidecar does not.
    """
    full = source_file + result.source_file
    if isinstance(result, Report):
        problems = tuple(replace(problem, source_file=source_file + problem.source_file) for problem in result.problems)
        return replace(result, source_file=full, problems=problems)
    return replace(result, source_file=full, stated=_stated_by_name(result, source_file))


def _stated_by_name(problem: Problem, source_file: str) -> Stated | None:
    if problem.severity != "error" or problem.code in NO_REPORTS:
        return problem.stated
    stated = problem.stated or Stated()
    title = read_title(PurePosixPath(source_file).stem.split(".")[0])
    agency = stated.agency or (title.agency if title is not None else None)
    year = stated.year or (title.year if title is not None else None)
    known = Stated(agency or None, year, stated.adcode)
    return known if known != Stated() else None


def stated_beside(about: About) -> Stated | None:
    """Whose report of which year a file is, by what is stated beside it."""
    return _stated(joined(about.stated()))


def _stated(sidecar: Sidecar | None) -> Stated | None:
    values = sidecar.values if sidecar is not None else {}
    stated = Stated(values.get("agency"), values.get("year"), values.get("adcode"))
    return stated if stated != Stated() else None


def _with_stated(results: Iterable[Report | Problem], sidecar: Sidecar | None) -> Iterator[Report | Problem]:
    """``results``, the problems of files that gave no report with what their sidecar says of whose they would be."""
    for result in results:
        if isinstance(result, Problem) and result.severity == "error":
            yield replace(result, stated=_stated(sidecar))
        else:
            yield result


NO_REPORTS = frozenset({"not_a_report", "empty"})
"""Codes of files that are something else than a report that could not be read, whatever they are called."""


def explain(path: Path, limits: Limits) -> Iterator[str]:
    """How the prose of the reports in ``path`` is read, line by line for a person. Raises ReadError."""
    for document in read_documents(data_of(path, limits)[0], limits):
        if isinstance(document, ReadError):
            yield f"{document.code}: {spoken(document.message)}"
        else:
            yield from parse.explain(document)


def _read(content: Content, limits: Limits) -> tuple[Report | Problem, ...]:
    within = Within()
    results: list[Report | Problem] = []
    for part in read_parts(content.data, limits):
        if is_aside(PurePosixPath(part.member).name) and not part.documents:
            within.add(part)
            continue
        around = within.about(part.member) if part.member else NOTHING
        sidecar = joined((*around.stated(), *content.about.stated(part.member)))
        folders = (*content.about.folders, *around.folders)
        results.extend(_with_stated(_read_part(part, sidecar, folders, limits), sidecar))
    results.extend(_problems_of_members(content.about, within))
    return tuple(_softened(results))


def _read_part(
    part: Part, sidecar: Sidecar | None, folders: tuple[str, ...], limits: Limits
) -> Iterator[Report | Problem]:
    """What a file or a member of an archive yields; its ids come from its own bytes, whatever lies beside it."""
    digest = hashlib.sha256(part.data).hexdigest()
    ordinals = count(1)
    name = f"#{part.member}" if part.member else ""
    for document in part.documents:
        if isinstance(document, ReadError):
            yield _problem(document, "", "read")
        elif not _is_unicode(document):
            yield _problem(ReadError("mojibake", told("reading.half_characters")), name, "read")
        else:
            origin = Origin(name, digest)
            for result in _parse(document, origin, lambda: report_id(digest, next(ordinals)), limits):
                yield _with_stated_place(result, sidecar, folders) if isinstance(result, Report) else result


def _with_stated_place(report: Report, sidecar: Sidecar | None, folders: tuple[str, ...]) -> Report:
    known = apply_sidecar(report, sidecar) if sidecar is not None else report
    return with_place(known, folders, sidecar.values if sidecar is not None else {}) if folders else known


def _problems_of_members(about: About, within: Within) -> Iterator[Problem]:
    """What is stated in an archive and cannot be used, and what is stated outside of members that it has not."""
    yield from within.problems()
    for row in about.rows:
        if row.member and row.member not in within.members:
            message = told("inputs.manifest_member_missing", manifest=row.manifest, member=row.member)
            yield Problem("", "read", "warning", "manifest_file_missing", message)


def _is_unicode(document: Document) -> bool:
    """Whether all that ``document`` says can be stored: half a surrogate pair cannot, and would end the whole build."""
    try:
        "\n".join((document.text, *(value for _, value in document.facts))).encode("utf-16-le")  # the quickest
    except UnicodeEncodeError:
        return False
    return True


def data_of(path: Path, limits: Limits) -> tuple[bytes, os.stat_result]:
    """The bytes of a file as it stood at one moment, and its state then.

    Raises ReadError: too large, no file, or written to all the while.
    """
    try:
        for _ in range(TRIES):
            before = path.stat()
            if before.st_size > limits.max_bytes:
                raise ReadError(
                    "too_large",
                    told("reading.file_too_large", size=before.st_size, limit=limits.max_bytes),
                )
            if not path.is_file():
                raise ReadError("unreadable", told("reading.no_file"))
            data = path.read_bytes()
            if _state(before) == _state(path.stat()) and len(data) == before.st_size:
                return data, before
    except OSError as error:
        raise ReadError("unreadable", told("reading.not_opened", reason=error.strerror)) from error
    raise ReadError("unreadable", told("reading.changing"))


TRIES = 3
"""So often is a file read that somebody writes to meanwhile, before it is given up."""


def _state(found: os.stat_result) -> tuple[int, ...]:
    """What changes when a file is written to or another takes its place."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev


def _parse(
    document: Document, origin: Origin, new_id: Callable[[], str], limits: Limits
) -> tuple[Report | Problem, ...]:
    try:
        return parse.parse(document, origin, new_id, limits)
    except ReadError as error:
        return (_problem(error, origin.source_file, "parse"),)


def _problem(error: ReadError, source_file: str, stage: str) -> Problem:
    return Problem(source_file, stage, "error", error.code, error.message, error.excerpt)


def _softened(results: list[Report | Problem]) -> list[Report | Problem]:
    """Where a file gave a report, what else it holds (a cover letter in an archive) is a warning, not an error."""
    if not any(isinstance(result, Report) for result in results):
        return results
    return [replace(result, severity="warning") if isinstance(result, Problem) else result for result in results]
