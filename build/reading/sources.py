"""The files of a build: everything below the paths given, each with the name it is published under."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..readers.aside import is_aside, is_ignored


@dataclass(frozen=True, slots=True)
class Source:
    """An input file, at ``place`` below ``base``, and the name it is published under.

    Its path is made where it is asked for: kept, that of each file would take five times the memory of its name.
    """

    base: Path
    place: str
    name: str

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self.base / self.place


def find_sources(paths: Iterable[Path]) -> tuple[Source, ...]:
    """Every input file below ``paths``, sorted by name. Raises FileNotFoundError for a path that is not there.

    Not among them is what is ignored on purpose, and what states something of other files (``readers.aside``): the
    latter also where it is named itself, as ``reports/*`` does.
    """
    found: list[Source] = []
    for path in paths:
        if path.is_dir():
            found.extend(_named(path, file.relative_to(path).as_posix()) for file in _files_below(path))
        elif is_aside(path.name):
            continue
        elif path.exists():
            found.append(_named(path.parent, path.name))
        else:
            raise FileNotFoundError(path)
    return tuple(sorted(found, key=lambda source: (source.name, str(source.path))))


def _named(base: Path, place: str) -> Source:
    """A name that is no UTF-8 is one in GBK, as old archives unpack to; else its bytes are spelt out."""
    name = place
    try:
        name.encode()
    except UnicodeEncodeError:
        written = os.fsencode(name)
        try:
            name = written.decode("gb18030")
        except UnicodeDecodeError:
            name = written.decode("utf-8", "backslashreplace")
    return Source(base, place, name)


def _files_below(folder: Path) -> Iterator[Path]:
    """Every file below ``folder``; a folder in it that cannot be listed, or a link to one elsewhere, stands for what it
    holds. A link back into ``folder`` holds nothing more.
    """
    pending = [folder]
    while pending:
        for entry in sorted(pending.pop().iterdir()):
            kind = _kind(entry)
            if (
                is_ignored(entry.name)
                or (kind == "file" and is_aside(entry.name))
                or (kind == "link" and entry.resolve().is_relative_to(folder.resolve()))
            ):
                continue
            if kind == "folder":
                pending.append(entry)
            else:
                yield entry


def _kind(path: Path) -> str:
    """``file``, ``folder``, ``link`` to a folder (never followed), ``unlisted`` if that is not told."""
    try:
        if not path.is_dir():
            return "file"
        if path.is_symlink():
            return "link"
        next(path.iterdir(), None)
    except OSError:
        return "unlisted"
    return "folder"
