"""The files of a build: everything below the paths given, each with the name it is published under."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..readers.aside import is_aside, is_ignored
from .on_disk import temporary


@dataclass(frozen=True, slots=True)
class Source:
    """An input file, at ``place`` below ``base``, and the name it is published under."""

    base: Path
    place: str
    name: str

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self.base / self.place

    @property
    def spelt(self) -> str:
        """The same as text, which takes a fifth of the time."""
        folder = str(self.base)
        return self.place if folder == "." else os.path.join(folder, self.place)  # noqa: PTH118


class Sources(Collection[Source]):
    """Every input file of a build, sorted by name; they are kept in a temporary file, not in memory."""

    def __init__(self, found: Iterable[Source]) -> None:
        self._bases: list[Path] = []
        self._connection = temporary()
        self._connection.execute("CREATE TABLE found (name BLOB, path BLOB, base INTEGER, place BLOB)")
        self._connection.execute("CREATE TABLE sorted (at INTEGER PRIMARY KEY, name BLOB, base INTEGER, place BLOB)")
        self._connection.execute("BEGIN")
        self._connection.executemany("INSERT INTO found VALUES (?, ?, ?, ?)", map(self._row, found))
        sql = "INSERT INTO sorted SELECT NULL, name, base, place FROM found ORDER BY name, path"
        self._count = self._connection.execute(sql).rowcount
        self._connection.execute("DROP TABLE found")

    def _row(self, source: Source) -> tuple[object, ...]:
        if not self._bases or self._bases[-1] != source.base:
            self._bases.append(source.base)
        return _bytes(source.name), _bytes(source.spelt), len(self._bases) - 1, _bytes(source.place)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Source]:
        for name, base, place in self._connection.execute("SELECT name, base, place FROM sorted ORDER BY at"):
            yield Source(self._bases[base], _text(place), _text(name))

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


def _found(path: Path) -> Iterator[Source]:
    if path.is_dir():
        yield from (_named(path, place) for place in _files_below(path))
    elif not path.exists() and not is_aside(path.name):
        raise FileNotFoundError(path)
    elif not is_aside(path.name):
        yield _named(path.parent, path.name)


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
