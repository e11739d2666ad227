"""Files and folders that are written beside what they replace: a reader sees the old one whole or the new one.

The site takes this very file for what it asks of processes: it needs nothing but Python.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ENDING = ".draft"
AT_ONCE = 2**30
"""Bytes that are asked for at a time when a file is copied."""


def is_running(process: int) -> bool:
    """Whether there is a process of that number."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def abandoned(path: Path) -> Iterator[Path]:
    """Drafts of ``path`` that were left by processes which were killed; those of running ones are theirs."""
    for draft in path.parent.glob(f".{path.name}.*{ENDING}"):
        process = draft.name.removesuffix(ENDING).rsplit(".", 1)[-1]
        if process.isdigit() and not is_running(int(process)):
            yield draft


def draft_name(path: Path, part: str = "") -> Path:
    """The draft of ``path`` that this process writes, or of a ``part`` that it writes into a file of its own."""
    return path.with_name(f".{path.name}.{f'{part}.' if part else ''}{os.getpid()}{ENDING}")


def copy_shared(source: Path, target: Path) -> None:
    """Copy a file; where the file system can let both share what they have in common, no byte is copied.

    Raises OSError.
    """
    if not _shared(source, target):
        shutil.copyfile(source, target)


def _shared(source: Path, target: Path) -> bool:
    """Whether the system could copy by itself: not every system, nor from every file system to every other."""
    with source.open("rb") as given, target.open("wb") as taken:
        try:
            while os.copy_file_range(given.fileno(), taken.fileno(), AT_ONCE):
                pass
        except (AttributeError, OSError):
            return False
        return os.fstat(given.fileno()).st_size == os.fstat(taken.fileno()).st_size


@contextmanager
def drafted_folder(path: Path) -> Iterator[Path]:
    """An empty folder beside ``path`` in which to write; what still stands there at the end is removed."""
    for left in abandoned(path):
        shutil.rmtree(left, ignore_errors=True)
    draft = draft_name(path)
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def flush_folder(folder: Path) -> None:
    """Have every file of ``folder`` on the disk before it is moved."""
    for path in sorted(folder.rglob("*")):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
