"""A reading: all that follows from one file and its sidecar alone, whatever other files there are and wherever it lies.

It is made in any process, on any machine, and kept on disk: ``packed`` bytes, so that nothing but a key has to be
looked at to combine it with others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter

from .. import forms
from ..checks import Check, check_report
from ..limits import Limits
from ..messages import told
from ..report import Problem, Report
from .codec import from_plain, seal, squeezed, to_plain, unseal, unsqueezed
from .isolation import MAX_MEMORY
from .key import Plain, key_of
from .read import Content, read_content
from .sums import OutcomeSum, outcome_sums

PASSING = frozenset({"too_slow", "reader_failed"})
"""Codes of what may go otherwise next time, on another machine or with a mended reader: not remembered."""


@dataclass(frozen=True, slots=True)
class Body:
    """A report, its problems left out, with the checks and sums within it."""

    report: Report
    checks: tuple[Check, ...]
    sums: tuple[OutcomeSum, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """What is held of a reading while others are combined with it: keys of its reports, problems of the file itself.

    The keys are plain values, for at most of a nation's files nothing looks any further.
    """

    keys: tuple[Plain, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Problems:
    """The problems of each report of a reading."""

    of: tuple[tuple[Problem, ...], ...]


@dataclass(frozen=True, slots=True)
class Packed:
    """A reading as bytes: the digest, the reports' problems, a body a report. ``lasting``: worth to be remembered."""

    digest: bytes
    problems: bytes
    bodies: tuple[bytes, ...]
    lasting: bool = True


def read_packed(limits: Limits, content: Content) -> Packed:
    """The reading of a file's content; a defect of ours that it brings to light costs that file, not the build."""
    try:
        return packed(read_content(content, limits))
    except MemoryError:
        pass  # what filled the memory is let go before anything is said
    except Exception as error:  # noqa: BLE001 (the edge: one file must not end the build of all others)
        message = told("reading.reader_failed", kind=type(error).__name__, error=error)
        return packed((Problem("", "read", "error", "reader_failed", message),))
    message = told("reading.too_much_memory", gigabytes=MAX_MEMORY // 1024**3)
    return replace(packed((Problem("", "read", "error", "too_large", message),)), lasting=False)


def packed(results: Iterable[Report | Problem]) -> Packed:
    """What a file yields, checked and summed, as bytes."""
    found = list(results)
    reports = [result for result in found if isinstance(result, Report)]
    problems = tuple(result for result in found if isinstance(result, Problem))
    bodies = [body_of(report) for report in reports]
    keys = tuple(key_of(report, subjects_of(body.checks)) for report, body in zip(reports, bodies, strict=True))
    return Packed(
        seal((tuple(map(to_plain, keys)), tuple(map(to_plain, problems)))),
        seal(to_plain(Problems(tuple(report.problems for report in reports)))),
        tuple(map(packed_body, bodies)),
        not any(problem.code in PASSING for problem in problems),
    )


def packed_body(body: Body) -> bytes:
    """``body`` as bytes, with its text by itself, compressed.

    The text is most of them, and shrinks to a tenth for a fifth of what it would cost to compress figures and checks.
    """
    report = body.report
    bare = replace(report, sections=tuple([replace(section, text="") for section in report.sections]))
    return seal((squeezed(report.text), to_plain(replace(body, report=bare))), is_small=True)


def body_of(report: Report) -> Body:
    """``report`` with all that follows from it alone."""
    checks = tuple(sorted(check_report(report), key=_IN_ORDER))
    return Body(replace(report, problems=()), checks, outcome_sums(report))


_IN_ORDER = attrgetter("rule", "subject")


def subjects_of(checks: Iterable[Check]) -> tuple[str, ...]:
    """What checks speak of besides the cells of the forms, in order."""
    return tuple(sorted({check.subject for check in checks} - _OF_THE_FORMS))


_OF_THE_FORMS = frozenset(code for code, _, _ in forms.check_subjects())


def unpacked_digest(sealed: bytes) -> Digest:
    """Raises DamagedError."""
    keys, problems = unseal(sealed)
    return Digest(keys, tuple([from_plain(Problem, problem) for problem in problems]))


def unpacked_problems(sealed: bytes) -> tuple[tuple[Problem, ...], ...]:
    """The problems of each report. Raises DamagedError."""
    return from_plain(Problems, unseal(sealed)).of


def unpacked_body(sealed: bytes, source_file: str) -> Body:
    """The body of the report that is published under ``source_file``. Raises DamagedError."""
    squeezed_text, plain = unseal(sealed)
    body, text = from_plain(Body, plain), unsqueezed(squeezed_text)
    starts = [*(section.text_start for section in body.report.sections), len(text)]
    sections = tuple(
        [
            replace(section, text=text[start:end])
            for section, (start, end) in zip(body.report.sections, pairwise(starts), strict=True)
        ]
    )
    return replace(body, report=replace(body.report, source_file=source_file, sections=sections))
