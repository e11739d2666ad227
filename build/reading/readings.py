"""Every file of a build read, one after another, each apart: whatever one of them does, the others are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from ..limits import Limits
from ..report import Problem, Report
from .isolation import MAX_MEMORY, Ended, isolated
from .read import read, stated_about
from .sources import Source


def read_all(sources: Sequence[Source], limits: Limits, step: Callable[[], None]) -> Iterator[Report | Problem]:
    """The reports and problems of every file, in the order of ``sources``; ``step`` is called after each file.

    A file that ends the process reading it, or takes far too long, is a problem and ends no other.
    """
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
