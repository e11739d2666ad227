"""One input file → its reports, or the problem that kept it from being one. No state, no side effects."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

from ..document import Document
from ..errors import ReadError
from ..identity.titles import read_title
from ..limits import Limits
from ..readers import read_documents
from ..report import Problem, Report, Stated
from . import reports as parse
from .deadline import time_limit
from .reports import Origin
from .sidecar import Sidecar, apply_sidecar, read_sidecar

ID_LENGTH = 10


def report_id(sha256: str, ordinal: int = 1) -> str:
    """``reports.id``: the first characters of the hash's lower-case base32; ``-2`` behind it for a second report."""
    stem = base64.b32encode(bytes.fromhex(sha256)).decode("ascii").lower()[:ID_LENGTH]
    return stem if ordinal == 1 else f"{stem}-{ordinal}"


def read(path: Path, source_file: str, limits: Limits) -> tuple[Report | Problem, ...]:
    """Read every report in ``path``; ``source_file`` is the name it is published under.

    A file that yields no report yields a Problem of severity ``error``. Raises nothing for bad content.
    """
    try:
        with time_limit(limits.max_seconds):
            return _read(path, source_file, limits)
    except ReadError as error:
        return tuple(_with_stated([_problem(error, source_file, "read")], path, read_sidecar(path)))


def stated_about(path: Path, unreadable: bool) -> Stated | None:
    """Whose report of which year a file without a report is, by its sidecar or, where ``unreadable``, by its name."""
    return _stated(path, read_sidecar(path), unreadable)


def _stated(path: Path, sidecar: Sidecar | None, unreadable: bool) -> Stated | None:
    values = sidecar.values if sidecar is not None else {}
    title = read_title(path.stem.split(".")[0]) if unreadable else None
    agency = values.get("agency") or (title.agency if title is not None else None)
    year = values.get("year") or (title.year if title is not None else None)
    stated = Stated(agency or None, year, values.get("adcode"))
    return stated if stated != Stated() else None


def _with_stated(
    results: Iterable[Report | Problem], path: Path, sidecar: Sidecar | None
) -> Iterator[Report | Problem]:
    """``results``, the problems of files that gave no report with what is known of whose report they would be."""
    for result in results:
        yield _would_be(result, path, sidecar) if isinstance(result, Problem) else result


def _would_be(problem: Problem, path: Path, sidecar: Sidecar | None) -> Problem:
    if problem.severity != "error":
        return problem
    return replace(problem, stated=_stated(path, sidecar, problem.code not in NO_REPORTS))


NO_REPORTS = frozenset({"not_a_report", "empty"})
"""Codes of files that are something else than a report that could not be read, whatever they are called."""


def explain(path: Path, limits: Limits) -> Iterator[str]:
    """How the prose of the reports in ``path`` is read, line by line for a person. Raises ReadError."""
    for document in read_documents(_read_bytes(path, limits), limits):
        if isinstance(document, ReadError):
            yield f"{document.code}: {document.message}"
        else:
            yield from parse.explain(document)


def _read(path: Path, source_file: str, limits: Limits) -> tuple[Report | Problem, ...]:
    data = _read_bytes(path, limits)
    sidecar = read_sidecar(path)
    documents = read_documents(data, limits)
    digest = hashlib.sha256(data).hexdigest()
    ordinals = count(1)
    results: list[Report | Problem] = []
    for document in documents:
        if isinstance(document, ReadError):
            results.append(_problem(document, source_file, "read"))
            continue
        name = f"{source_file}#{document.member}" if document.member else source_file
        if not _is_unicode(document):
            results.append(_problem(_HALF_CHARACTERS, name, "read"))
            continue
        results.extend(_parse(document, Origin(name, digest), lambda: report_id(digest, next(ordinals)), limits))
    if sidecar is not None:
        results = [apply_sidecar(result, sidecar) if isinstance(result, Report) else result for result in results]
    return tuple(_with_stated(_softened(results), path, sidecar))


def _is_unicode(document: Document) -> bool:
    """Whether all that ``document`` says can be stored: half a surrogate pair cannot, and would end the whole build."""
    try:
        "\n".join((document.text, *(value for _, value in document.facts))).encode()
    except UnicodeEncodeError:
        return False
    return True


_HALF_CHARACTERS = ReadError("mojibake", "The text holds halves of characters; fetch the document again.")


def _read_bytes(path: Path, limits: Limits) -> bytes:
    try:
        size = path.stat().st_size
        if size > limits.max_bytes:
            raise ReadError(
                "too_large",
                f"The file has {size:,} bytes, more than the limit of {limits.max_bytes:,} (--max-bytes). "
                "An annual report is a few hundred kilobytes; supply the report itself.",
            )
        if not path.is_file():
            raise ReadError("unreadable", _NO_FILE)
        return path.read_bytes()
    except OSError as error:
        raise ReadError("unreadable", f"The file could not be opened: {error.strerror}.") from error


_NO_FILE = (
    "Expected a file; found a pipe, a device, a link to a folder, or a folder that cannot be listed. Remove it, allow "
    "it to be read, or name the folder itself."
)


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
