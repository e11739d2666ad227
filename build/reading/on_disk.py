"""What there is one of for every report of a build, in temporary files: no list of all is held in memory."""

from __future__ import annotations

import marshal
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar, overload

from .codec import from_plain, to_plain

Value = TypeVar("Value")

PLAIN = 0
"""The version of ``marshal`` whose bytes are those of the value alone, whatever else refers to it."""


SMALL, LARGE = 256, 2048
"""KiB of a temporary file that are held in memory: where it is gone through in order, and where it is asked here and
there. There are half a dozen of them.
"""


def temporary(held: int = SMALL) -> sqlite3.Connection:
    """A database that SQLite keeps in a file of its own, as far as its cache does not hold it, and removes."""
    connection = sqlite3.connect("", isolation_level=None)
    connection.execute(f"PRAGMA cache_size = -{held}")
    return connection


def written(value: object) -> bytes:
    """A frozen value as bytes, the same for equal values."""
    return written_plain(to_plain(value))


def written_plain(value: Any) -> bytes:
    """A value of plain parts as bytes, the same for equal values."""
    return marshal.dumps(value, PLAIN)


def read(kind: Callable[..., Value], content: bytes) -> Value:
    """The value of class ``kind`` that was written."""
    return from_plain(kind, marshal.loads(content))


class OnDisk(Generic[Value]):
    """Frozen values of one class by name; they are gone through in the order of their names."""

    def __init__(self, kind: Callable[..., Value]) -> None:
        self._kind = kind
        self._connection = temporary()
        self._connection.execute("CREATE TABLE held (name TEXT PRIMARY KEY, content BLOB) WITHOUT ROWID")
        self._connection.execute("BEGIN")

    def put(self, name: str, value: Value) -> None:
        """Keep ``value``; one of that name that was kept before is gone."""
        self._connection.execute("INSERT OR REPLACE INTO held VALUES (?, ?)", (name, written(value)))

    def get(self, name: str) -> Value | None:
        """The value of a name, None if there is none."""
        row: tuple[Any, ...] | None = self._connection.execute(
            "SELECT content FROM held WHERE name = ?", (name,)
        ).fetchone()
        return None if row is None else read(self._kind, row[0])

    def contents(self) -> Iterator[tuple[str, bytes]]:
        """The names, in their order, with what is written of each: the same for equal values."""
        return iter(self._connection.execute("SELECT name, content FROM held ORDER BY name"))

    def __contains__(self, name: object) -> bool:
        return self._connection.execute("SELECT 1 FROM held WHERE name = ?", (name,)).fetchone() is not None

    def __iter__(self) -> Iterator[Value]:
        for _, content in self.contents():
            yield read(self._kind, content)


class Pieces(Iterable[bytes]):
    """Bytes in the order in which they are given, of which there may be many."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._connection = temporary()
        self._connection.execute("CREATE TABLE pieces (at INTEGER PRIMARY KEY, content BLOB)")
        self._connection.execute("BEGIN")
        self._connection.executemany("INSERT INTO pieces VALUES (NULL, ?)", ((piece,) for piece in pieces))

    def __iter__(self) -> Iterator[bytes]:
        return (content for (content,) in self._connection.execute("SELECT content FROM pieces ORDER BY at"))


Row = tuple[str, ...]


class Rows(Sequence[Row]):
    """Rows of texts in the order in which they are given, of which there may be as many as reports."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._connection = temporary()
        self._connection.execute("CREATE TABLE rows (at INTEGER PRIMARY KEY, content BLOB)")
        self._connection.execute("BEGIN")
        told = ((at, marshal.dumps(row, PLAIN)) for at, row in enumerate(rows))
        self._count = max(0, self._connection.executemany("INSERT INTO rows VALUES (?, ?)", told).rowcount)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Row]:
        for (content,) in self._connection.execute("SELECT content FROM rows ORDER BY at"):
            yield marshal.loads(content)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        chosen = range(self._count)[at]
        if isinstance(chosen, range):
            return tuple(self[each] for each in chosen)
        found = self._connection.execute("SELECT content FROM rows WHERE at = ?", (chosen,)).fetchone()
        row: Row = marshal.loads(found[0])
        return row

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]
