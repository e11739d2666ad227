"""Every file of a build and the key of every report in it: in a temporary file of SQLite, no more than a few in memory.

What has to be seen of all is asked for in the order in which it is needed. The numbers of files are those of the
sources, whatever the order in which they were read; manifests follow. The reports of a file follow its number.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from operator import itemgetter
from typing import Any

from ..report import Identity, Problem
from .codec import to_plain
from .key import ONLY_PUBLISHED, Amended, Key, Plain, Sister
from .on_disk import LARGE, read, temporary, written, written_plain

AT_A_TIME = 200
"""Files that are entered together."""
MOST_OF_A_FILE = 1 << 20
"""Between the numbers of two files there is room for so many reports."""

_BETWEEN = "\n"
_FIELDS = tuple(each.name for each in fields(Key))
_FILE, _IDENTITY = _FIELDS.index("source_file"), _FIELDS.index("identity")
_CANDIDATES, _SUBJECTS, _SISTER, _AMENDED = map(_FIELDS.index, ("candidates", "subjects", "sister", "amended"))
_SAID = tuple(each.name for each in fields(Identity) if each.name not in ONLY_PUBLISHED)
_OWN = tuple(
    each.name
    for each in fields(Key)
    if each.name not in {"identity", "candidates", "subjects", "sister", "amended", "has_tables"}
)
_TURNED = ("has_tables", "candidates", "subjects", "sister", "amended")
_COLUMNS = (*_OWN, *_TURNED, *_SAID)
KEY = ", ".join(f"k.[{name}]" for name in _COLUMNS)
"""The columns of a key, for queries in which the table ``keys`` is called ``k``; ``key_of_row`` makes a key of them."""

_WRITTEN = ("candidates", "subjects", "sister", "amended")
_AT_HAND = (
    *("at", "file", "folder", *(f"written {name}" for name in _WRITTEN)),
    *(f"own {name}" for name in _FIELDS),
    *(each.name for each in fields(Identity)),
)
"""What a row is made of, in the order in which ``_row`` puts it side by side."""
_TO_ROW = itemgetter(
    *map(_AT_HAND.index, ("at", "file", "folder", *(f"own {name}" for name in _OWN), "own has_tables")),
    *(_AT_HAND.index(f"written {name}") for name in _WRITTEN),
    *map(_AT_HAND.index, _SAID),
)

_TABLES = f"""
CREATE TABLE files (at INTEGER PRIMARY KEY, source_file, content, sha256, problems, reports, is_manifest);
CREATE TABLE keys (at INTEGER PRIMARY KEY, file, folder, {", ".join(f"[{name}]" for name in _COLUMNS)});
CREATE TABLE as_read (at INTEGER PRIMARY KEY, file, folder, {", ".join(f"[{name}]" for name in _COLUMNS)});
"""


@dataclass(frozen=True, slots=True)
class Item:
    """What is held of one file: its reports' keys as plain values, the file's own problems; a manifest has these.

    ``content``: hash of the file and of what is known of it besides; empty where the file could not be read.
    ``sha256``: of its bytes, "" where they could not be had.
    """

    source_file: str
    keys: tuple[Plain, ...]
    problems: tuple[Problem, ...]
    content: bytes = b""
    sha256: str = ""
    is_manifest: bool = False


class Ledger:
    """The files and keys of one build."""

    def __init__(self) -> None:
        self.connection = temporary(LARGE)
        self.connection.executescript(_TABLES)
        self.connection.execute("BEGIN")
        self._files: list[tuple[object, ...]] = []
        self._keys: list[tuple[object, ...]] = []

    # Entering ----------------------------------------------------------------------------------------------------

    def enter(self, at: int, item: Item) -> None:
        """Enter the file of number ``at``."""
        problems = written_problems(item.problems) if item.problems else None
        self._files.append(
            (at, item.source_file, item.content, item.sha256, problems, len(item.keys), item.is_manifest)
        )
        self._keys += [_row(at * MOST_OF_A_FILE + place, at, key) for place, key in enumerate(item.keys)]
        if len(self._files) >= AT_A_TIME:
            self._write()

    def _write(self) -> None:
        _insert(self.connection, "files", self._files)
        _insert(self.connection, "keys", self._keys)
        self._files, self._keys = [], []

    def close(self) -> None:
        """No more files are entered: from now on the ledger is asked."""
        self._write()

    # Asking ------------------------------------------------------------------------------------------------------

    def make_quick(self, table: str, *columns: str) -> None:
        """Have rows of ``table`` found by ``columns`` without going through all of them."""
        name = "_".join((table, *columns)).replace(" ", "_")
        self.connection.execute(f"CREATE INDEX IF NOT EXISTS [{name}] ON [{table}] ({', '.join(columns)})")

    def contents(self) -> Iterator[tuple[str, bytes]]:
        """Name and content hash of every file, in their order."""
        yield from self.connection.execute("SELECT source_file, content FROM files ORDER BY at")

    def all_of_files(self) -> Iterator[tuple[object, ...]]:
        """All that rows depend on of every file, then of every report, in their order."""
        yield from self.connection.execute("SELECT source_file, sha256, problems FROM files ORDER BY at")
        yield from self.connection.execute("SELECT file, reading, place FROM keys ORDER BY at")

    def problems(self, of_manifests: bool | None = None) -> Iterator[tuple[Problem, ...]]:
        """The problems of each file that has some, in the order of the files; of manifests, or all others, alone."""
        chosen = "problems IS NOT NULL AND is_manifest = ifnull(?, is_manifest)"
        sql = f"SELECT problems FROM files WHERE {chosen} ORDER BY at"
        return (read_problems(row[0]) for row in self.connection.execute(sql, (of_manifests,)))

    def problems_without_report(self) -> Iterator[tuple[Problem, ...]]:
        """The problems of each file that gave no report; manifests are none."""
        sql = "SELECT problems FROM files WHERE reports = 0 AND NOT is_manifest ORDER BY at"
        return (read_problems(row[0]) if row[0] is not None else () for row in self.connection.execute(sql))

    def sha256_of(self, source_file: str) -> str | None:
        """The hash of a file's bytes, "" where they could not be had; None where there is no such file."""
        sql = "SELECT sha256 FROM files WHERE source_file = ? ORDER BY at DESC LIMIT 1"
        row = self.connection.execute(sql, (source_file,)).fetchone()
        return None if row is None else str(row[0])

    def keys(self, rest: str = "ORDER BY k.at", *values: object) -> Iterator[Key]:
        """The keys that ``rest`` of a query chooses, in its order."""
        return map(key_of_row, self.connection.execute(f"SELECT {KEY} FROM keys k {rest}", values))

    def key(self, at: int) -> Key:
        """The key of that number. Raises ValueError where there is none: StopIteration would end a loop around it."""
        (key,) = self.keys("WHERE k.at = ?", at)
        return key

    def as_read(self, report: str) -> Iterator[tuple[int, Key]]:
        """The keys of a report, with their numbers, as they were entered; several where files are copies."""
        sql = (
            f"SELECT k.at, {KEY} FROM as_read k WHERE k.id = ?1 UNION ALL SELECT k.at, {KEY} FROM keys k"
            " WHERE k.id = ?1 AND k.at NOT IN (SELECT at FROM as_read) ORDER BY 1"
        )
        return ((row[0], key_of_row(row[1:])) for row in self.connection.execute(sql, (report,)).fetchall())

    # Changing ----------------------------------------------------------------------------------------------------

    def change(self, at: int, key: Key) -> None:
        """Let ``key`` stand in the place of the one of that number, which can be had ``as_read``."""
        (file,) = self.connection.execute("SELECT file FROM keys WHERE at = ?", (at,)).fetchone()
        self.connection.execute("INSERT OR IGNORE INTO as_read SELECT * FROM keys WHERE at = ?", (at,))
        self.connection.execute("DELETE FROM keys WHERE at = ?", (at,))
        _insert(self.connection, "keys", [_row(at, file, to_plain(key))])

    def restore(self) -> None:
        """Let every key stand as it was entered."""
        self.connection.execute("INSERT OR REPLACE INTO keys SELECT * FROM as_read")
        self.connection.execute("DELETE FROM as_read")


def written_problems(problems: Iterable[Problem]) -> bytes:
    """Problems as bytes, the same for equal ones."""
    return written(_Several(tuple(problems)))


def read_problems(content: bytes) -> tuple[Problem, ...]:
    """The problems that were written."""
    return read(_Several, content).problems


@dataclass(frozen=True, slots=True)
class _Several:
    problems: tuple[Problem, ...]


def folder_of(source_file: str) -> str:
    """The folder of a file, or of the archive in which it lies."""
    return source_file.partition("#")[0].rpartition("/")[0] or "."


def _insert(connection: sqlite3.Connection, table: str, rows: list[tuple[object, ...]]) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _row(at: int, file: int, key: Plain) -> tuple[object, ...]:
    sister, amended = key[_SISTER], key[_AMENDED]
    said: tuple[object, ...] = _TO_ROW(
        (
            *(at, file, folder_of(key[_FILE])),
            _BETWEEN.join(key[_CANDIDATES]) or None,
            _BETWEEN.join(key[_SUBJECTS]) or None,
            written_plain(sister) if sister is not None else None,
            written_plain(amended) if amended is not None else None,
            *key,
            *key[_IDENTITY],
        )
    )
    return said


def key_of_row(row: tuple[Any, ...]) -> Key:
    """The key that a row of the columns ``KEY`` holds."""
    own, turned, said = row[: len(_OWN)], row[len(_OWN) : -len(_SAID)], row[-len(_SAID) :]
    has_tables, candidates, subjects, sister, amended = turned
    identity = dict(zip(_SAID, said, strict=True))
    identity["abridged"] = bool(identity["abridged"])
    return Key(
        **dict(zip(_OWN, own, strict=True)),
        identity=Identity(**identity),
        has_tables=bool(has_tables),
        candidates=tuple(candidates.split(_BETWEEN)) if candidates else (),
        subjects=tuple(subjects.split(_BETWEEN)) if subjects else (),
        sister=sister_of(sister),
        amended=amended_of(amended),
    )


def sister_of(content: bytes | None) -> Sister | None:
    """What the column ``sister`` holds."""
    return read(Sister, content) if content is not None else None


def amended_of(content: bytes | None) -> Amended | None:
    """What the column ``amended`` holds."""
    return read(Amended, content) if content is not None else None
