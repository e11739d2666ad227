"""The files of a build: everything below the paths given, each with the name it is published under."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ..readers.aside import is_aside, is_ignored
from .on_disk import LARGE, temporary


class Source(NamedTuple):
    """An input file: where it lies, and the name it is published under."""

    spelt: str
    name: str

    @property
    def path(self) -> Path:
        """Where the file lies; of 200,000 files most are never opened, and a path takes five times as long to make."""
        return Path(self.spelt)


Found = tuple[str, str, str]
"""What stands before the place of a file (a folder and its separator), the place below it, and the file's name."""


class Sources(Collection[Source]):
    """Every input file of a build, sorted by name; they are kept in a temporary file, not in memory."""

    def __init__(self, found: Iterable[Found]) -> None:
        self._before: list[str] = []
        self._connection = temporary(LARGE)
        self._connection.execute("CREATE TABLE found (name, path BLOB, before INTEGER, place BLOB)")
        self._connection.execute("CREATE TABLE sorted (at INTEGER PRIMARY KEY, name, before INTEGER, place BLOB)")
        self._connection.execute("BEGIN")
        self._connection.executemany("INSERT INTO found VALUES (?, ?, ?, ?)", map(self._row, found))
        sql = "INSERT INTO sorted SELECT NULL, name, before, place FROM found ORDER BY name, path"
        self._count = self._connection.execute(sql).rowcount
        self._connection.execute("DROP TABLE found")

    def _row(self, found: Found) -> tuple[object, ...]:
        before, place, name = found
        if not self._before or self._before[-1] != before:
            self._before.append(before)
        return name, _bytes(before + place), len(self._before) - 1, None if place == name else _bytes(place)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Source]:
        before = self._before
        for name, at, place in self._connection.execute("SELECT name, before, place FROM sorted ORDER BY at"):
            yield Source(before[at] + (name if place is None else _text(place)), name)

    def __contains__(self, source: object) -> bool:
        return any(each == source for each in self)


# The order of texts and that of these bytes are the same; names of files may be no UTF-8.
def _bytes(name: str) -> bytes:
    return name.encode("utf-8", "surrogatepass")


def _text(written: bytes) -> str:
    return written.decode("utf-8", "surrogatepass")


def find_sources(paths: Iterable[Path]) -> Sources:
    """Every input file below ``paths``, sorted by name. Raises FileNotFoundError for a path that is not there.

    Not among them is what is ignored on purpose, and what states something of other files (``readers.aside``): the
    latter also where it is named itself, as ``reports/*`` does.
    """
    return Sources(source for path in paths for source in _found(path))


def _found(path: Path) -> Iterator[Found]:
    if path.is_dir():
        before = _before(path)
        yield from ((before, place, _named(place)) for place in _files_below(path))
    elif not path.exists() and not is_aside(path.name):
        raise FileNotFoundError(path)
    elif not is_aside(path.name):
        yield _before(path.parent), path.name, _named(path.name)


def _before(folder: Path) -> str:
    """What stands before a place below ``folder`` where that is spelt."""
    return "" if folder == Path() else os.path.join(folder, "")  # noqa: PTH118 (a Path has no end)


def _named(place: str) -> str:
    """A name that is no UTF-8 is one in GBK, as old archives unpack to; else its bytes are spelt out."""
    try:
        place.encode()
    except UnicodeEncodeError:
        written = os.fsencode(place)
        try:
            return written.decode("gb18030")
        except UnicodeDecodeError:
            return written.decode("utf-8", "backslashreplace")
    return place


def _files_below(folder: Path) -> Iterator[str]:
    """The place of every file below ``folder``; a folder in it that cannot be listed, or a link to one elsewhere,
    stands for what it holds. A link back into ``folder`` holds nothing more.
    """
    pending = [""]
    while pending:
        place = pending.pop()
        with os.scandir(folder / place) as entries:
            for entry in entries:
                kind = "ignored" if is_ignored(entry.name) else _kind(entry)
                if kind == "folder":
                    pending.append(f"{place}{entry.name}/")
                elif not (
                    kind == "ignored"
                    or (kind == "file" and is_aside(entry.name))
                    or (kind == "link" and Path(entry.path).resolve().is_relative_to(folder.resolve()))
                ):
                    yield place + entry.name


def _kind(entry: os.DirEntry[str]) -> str:
    """``file``, ``folder``, ``link`` to a folder (never followed), ``unlisted`` if that is not told."""
    try:
        if not entry.is_dir():
            return "file"
        if entry.is_symlink():
            return "link"
        with os.scandir(entry.path) as inside:
            next(inside, None)
    except OSError:
        return "unlisted"
    return "folder"
