"""Readings kept on disk, in one SQLite file: what was read once is not read again, and is not held in memory.

Where the file cannot be written (a read-only folder, a full disk) the build goes on with a temporary one and says so.
Everything in it is sealed: what is damaged is noticed, said, and read anew. Two builds may share it: each writes in
short transactions and waits for the other, and a reading is the same whoever has made it.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple
from functools import lru_cache
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any

from ..limits import Limits
from ..messages import Message, told
from .about import About
from .codec import DamagedError, is_whole
from .on_disk import LARGE, temporary
from .reading import Digest, Packed, unpacked_digest
from .version import reader_version

FOLDER, FILE = ".gongkai-readings", "readings.db"
SHAPE = 1
"""Of the tables below, in ``user_version``: a file of another shape is put away and begun anew."""
KEY_BYTES = 16
WAIT_SECONDS = 60.0
"""So long does a build wait for another one that is writing."""
BATCH, BATCH_BYTES = 200, 8 * 1024 * 1024
"""Readings, and bytes of them, that are written in one transaction; Ctrl-C writes what is waiting."""
BUILDS_KEPT = 10
"""A reading that so many builds did not ask for is forgotten."""
ABOUTS_HELD = 64
SETTLED_NS = 2_000_000_000
"""A file changed less than so long ago may change again without its time telling: its hash is not remembered."""

_TABLES = """
CREATE TABLE IF NOT EXISTS readings (key BLOB PRIMARY KEY, made INTEGER, digest BLOB, problems BLOB, bodies INTEGER);
CREATE TABLE IF NOT EXISTS bodies (key BLOB, place INTEGER, body BLOB, PRIMARY KEY (key, place));
CREATE TABLE IF NOT EXISTS uses (key BLOB PRIMARY KEY, build INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (path BLOB PRIMARY KEY, state TEXT, sha256 BLOB, build INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS outputs (path BLOB PRIMARY KEY, state TEXT, content BLOB);
CREATE TABLE IF NOT EXISTS parts (path BLOB, place INTEGER, content BLOB, PRIMARY KEY (path, place));
CREATE TABLE IF NOT EXISTS builds (number INTEGER PRIMARY KEY);
"""

Say = Callable[[Message], None]


def content_hash(digest: bytes, about: About) -> bytes:
    """What is read of a file, whoever reads it: its own hash ``digest`` and all that is known of it besides."""
    told = blake2b(digest, digest_size=KEY_BYTES)
    told.update(_written(about))
    return told.digest()


def reading_key(digest: bytes, about: About, limits: Limits) -> bytes:
    """Under what a reading is kept: the hash of the file, all that is known of it besides, the limits, the reader."""
    told = blake2b(digest, digest_size=KEY_BYTES)
    told.update(_written_with(limits, reader_version(), about))
    return told.digest()


# The files of a folder follow each other, and most often nothing is known of one that is not known of the next.
@lru_cache(maxsize=ABOUTS_HELD)
def _written(about: About) -> bytes:
    return repr(astuple(about)).encode("utf-8", "surrogatepass")


@lru_cache(maxsize=ABOUTS_HELD)
def _written_with(limits: Limits, reader: str, about: About) -> bytes:
    return repr((astuple(limits), reader, about)).encode("utf-8", "surrogatepass")


class Readings:
    """The readings of a build and of those before it."""

    def __init__(self, folder: Path | None, say: Say) -> None:
        """``folder``: None remembers nothing beyond this build."""
        self._say = say
        self._folder = folder
        self._here = os.getcwd()  # noqa: PTH109
        self._spare: sqlite3.Connection | None = None
        self._waiting: dict[bytes, Packed] = {}
        self._waiting_bytes = 0
        self._uses: list[bytes] = []
        self._seen: list[tuple[bytes, str, bytes]] = []
        self.build = 0
        self._kept = self._opened() if folder is not None else None

    # Opening ---------------------------------------------------------------------------------------------------------

    def _opened(self) -> sqlite3.Connection | None:
        assert self._folder is not None
        path = self._folder / FILE
        for _ in range(2):
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                connection = _open(path)
                self.build = _next_build(connection)
            except (OSError, sqlite3.OperationalError) as error:
                return self._read_only(path, error)
            except sqlite3.DatabaseError as error:
                self._say(told("reading.readings_unusable", path=path, error=error))
                _remove(path)
            else:
                return connection
        return None

    def _read_only(self, path: Path, error: Exception) -> sqlite3.Connection | None:
        """What is there may still be read where nothing can be written."""
        self._say(told("reading.readings_unwritable", path=path, reason=_reason(error)))
        with contextlib.suppress(OSError, sqlite3.Error):
            if path.is_file():
                connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
                connection.text_factory = bytes
                if _shape(connection) == SHAPE:
                    self._writable = False
                    return connection
                connection.close()
        return None

    _writable = True

    # Hashes of files -------------------------------------------------------------------------------------------------

    def known_hash(self, path: str, fresh: bool) -> bytes | None:
        """The hash of a file that has not changed since it was taken, None if that is not sure."""
        if self._kept is None or fresh:
            return None
        try:
            state = _state(os.stat(path))  # noqa: PTH116 (a Path takes five times as long to make)
        except OSError:
            return None
        row = self._kept.execute(
            "SELECT sha256 FROM files WHERE path = ? AND state = ?", (self._absolute(path), state)
        ).fetchone()
        return _blob(row[0]) if row is not None else None

    def note_hash(self, path: Path, data: bytes, before: os.stat_result) -> bytes:
        """The hash of a file with ``data`` in it, remembered if its time tells the next change for sure."""
        digest = sha256(data).digest()
        if max(before.st_mtime_ns, before.st_ctime_ns) < time.time_ns() - SETTLED_NS:
            self._seen.append((self._absolute(path), _state(before), digest))
        return digest

    def _absolute(self, path: Path | str) -> bytes:
        return os.fsencode(path if os.path.isabs(path) else os.path.join(self._here, path))  # noqa: PTH117, PTH118

    # Readings --------------------------------------------------------------------------------------------------------

    def find(self, key: bytes, fresh: bool) -> Digest | None:
        """The digest of a reading that is kept, None if there is none; ``fresh``: only of one that this build made."""
        if key in self._waiting:
            return unpacked_digest(self._waiting[key].digest)
        row = self._row("SELECT digest, problems, made FROM readings WHERE key = ?", (key,))
        if row is None or (fresh and row[2] != self.build):
            return None
        digest = _whole(_blob(row[0])) if is_whole(_blob(row[1])) else None
        if digest is None:
            self._forget([key])
            return None
        self._uses.append(key)
        self._write_in_time()
        return digest

    def keep(self, key: bytes, made: Packed) -> None:
        """Keep a reading."""
        self._waiting[key] = made
        self._waiting_bytes += sum(map(len, made.bodies))
        self._write_in_time()

    def _write_in_time(self) -> None:
        if len(self._waiting) + len(self._uses) // 50 >= BATCH or self._waiting_bytes > BATCH_BYTES:
            self.write()

    def body(self, key: bytes, place: int) -> bytes:
        """The bytes of one report. Raises DamagedError where they are not there."""
        row = self._row("SELECT body FROM bodies WHERE key = ? AND place = ?", (key, place))
        if row is None:
            raise DamagedError
        return _blob(row[0])

    def problems(self, key: bytes) -> bytes:
        """The bytes of the problems of a reading's reports. Raises DamagedError where they are not there."""
        row = self._row("SELECT problems FROM readings WHERE key = ?", (key,))
        if row is None:
            raise DamagedError
        return _blob(row[0])

    def forget_damaged(self) -> None:
        """Look through all that is kept and forget what is not whole."""
        for connection in self._connections():
            damaged = {
                key for key, body in connection.execute("SELECT key, body FROM bodies") if not is_whole(_blob(body))
            }
            gone = connection.execute(
                "SELECT key FROM readings r WHERE bodies <> (SELECT count(*) FROM bodies b WHERE b.key = r.key)"
            )
            self._forget([*damaged, *(row[0] for row in gone)])

    def _forget(self, keys: list[bytes]) -> None:
        if not keys:
            return
        self._say(told("reading.readings_damaged", count=len(keys)))
        for connection in self._connections():
            try:
                with _transaction(connection):
                    for table in ("readings", "bodies"):
                        connection.executemany(f"DELETE FROM {table} WHERE key = ?", [(key,) for key in keys])
            except sqlite3.OperationalError as error:
                self._give_up_writing(error)

    def _connections(self) -> Iterator[sqlite3.Connection]:
        yield from (connection for connection in (self._spare, self._kept) if connection is not None)

    def _row(self, sql: str, parameters: tuple[object, ...]) -> tuple[Any, ...] | None:
        for connection in self._connections():
            row: tuple[Any, ...] | None = connection.execute(sql, parameters).fetchone()
            if row is not None:
                return row
        return None

    # Writing ---------------------------------------------------------------------------------------------------------

    def write(self) -> None:
        """Write what is waiting; where the file takes no more, into a temporary one."""
        if self._kept is not None and self._writable:
            try:
                with _transaction(self._kept):
                    self._insert(self._kept, self._waiting)
                    self._note(self._kept)
            except sqlite3.OperationalError as error:
                self._give_up_writing(error)
        if (self._kept is None or not self._writable) and self._waiting:
            self._spare = self._spare or _spare()
            with _transaction(self._spare):
                self._insert(self._spare, self._waiting)
        self._waiting, self._waiting_bytes = {}, 0
        self._uses, self._seen = [], []

    def _insert(self, connection: sqlite3.Connection, waiting: dict[bytes, Packed]) -> None:
        connection.executemany(
            "INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?, ?)",
            [(key, self.build, made.digest, made.problems, len(made.bodies)) for key, made in waiting.items()],
        )
        connection.executemany(
            "INSERT OR REPLACE INTO bodies VALUES (?, ?, ?)",
            [(key, place, body) for key, made in waiting.items() for place, body in enumerate(made.bodies)],
        )

    def _note(self, connection: sqlite3.Connection) -> None:
        uses = [(key, self.build) for key in sorted((*self._waiting, *self._uses))]
        connection.executemany("INSERT OR REPLACE INTO uses VALUES (?, ?)", uses)
        connection.executemany(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", [(*seen, self.build) for seen in self._seen]
        )

    def _give_up_writing(self, error: Exception) -> None:
        if self._writable:
            self._say(told("reading.readings_given_up", reason=_reason(error)))
        self._writable = False

    # What databases were written -------------------------------------------------------------------------------------

    def written(self, output: Path) -> bytes | None:
        """What was said of the database ``output`` when it was written, if it is still that one."""
        if self._kept is None or not output.is_file():
            return None
        row = self._kept.execute(
            "SELECT content FROM outputs WHERE path = ? AND state = ?", (self._absolute(output), _state(output.stat()))
        ).fetchone()
        return _blob(row[0]) if row is not None else None

    def written_parts(self, output: Path) -> Iterator[bytes]:
        """The parts of what was said of it, in their order."""
        assert self._kept is not None
        sql = "SELECT content FROM parts WHERE path = ? ORDER BY place"
        return (_blob(content) for (content,) in self._kept.execute(sql, (self._absolute(output),)))

    def note_written(self, output: Path, content: bytes, parts: Iterable[bytes]) -> None:
        """Say what the database ``output`` holds, which now stands in its place."""
        if self._kept is None or not self._writable:
            return
        path = self._absolute(output)
        numbered = ((path, place, part) for place, part in enumerate(parts))
        try:
            with _transaction(self._kept):
                self._kept.execute("DELETE FROM parts WHERE path = ?", (path,))
                self._kept.executemany("INSERT INTO parts VALUES (?, ?, ?)", numbered)
                row = (path, _state(output.stat()), content)
                self._kept.execute("INSERT OR REPLACE INTO outputs VALUES (?, ?, ?)", row)
        except sqlite3.OperationalError as error:
            self._give_up_writing(error)

    # The end ---------------------------------------------------------------------------------------------------------

    def prune(self) -> None:
        """Forget what no build has asked for any more."""
        if self._kept is None or not self._writable or self.build <= BUILDS_KEPT:
            return
        oldest = self.build - BUILDS_KEPT
        try:
            with _transaction(self._kept):
                for table in ("readings", "bodies"):
                    self._kept.execute(
                        f"DELETE FROM {table} WHERE key IN (SELECT key FROM uses WHERE build < ?)", (oldest,)
                    )
                self._kept.execute("DELETE FROM uses WHERE build < ?", (oldest,))
                self._kept.execute("DELETE FROM files WHERE build < ?", (oldest,))
        except sqlite3.OperationalError as error:
            self._give_up_writing(error)

    def close(self) -> None:
        """Write what is waiting, and close."""
        try:
            self.write()
        finally:
            for connection in self._connections():
                connection.close()

    def discard(self) -> None:
        """Close and remove the file: it is not what SQLite wrote."""
        for connection in self._connections():
            connection.close()
        if self._folder is not None:
            self._say(told("reading.readings_file_damaged", path=self._folder / FILE))
            _remove(self._folder / FILE)


@contextmanager
def opened(folder: Path | None, say: Say) -> Iterator[Readings]:
    """The readings in ``folder``, closed at the end whatever happens; where SQLite finds them damaged, removed."""
    readings = Readings(folder, say)
    try:
        yield readings
    except sqlite3.OperationalError:
        readings.close()
        raise
    except sqlite3.DatabaseError:
        readings.discard()
        raise
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            readings.close()
        raise
    else:
        readings.close()


def _open(path: Path) -> sqlite3.Connection:
    """Raises sqlite3.DatabaseError where the file is another one, OperationalError where it cannot be written."""
    connection = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)
    connection.text_factory = bytes
    try:
        shape = _shape(connection)
        if shape not in (0, SHAPE) or (shape == 0 and connection.execute("SELECT 1 FROM sqlite_master").fetchone()):
            raise sqlite3.DatabaseError(f"of shape {shape}, where {SHAPE} is expected")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA cache_size = -4096")
        connection.executescript(f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = {SHAPE}; COMMIT;")
    except BaseException:
        connection.close()
        raise
    return connection


def _next_build(connection: sqlite3.Connection) -> int:
    """The number of a build that begins now."""
    with _transaction(connection):
        number = int(connection.execute("SELECT ifnull(max(number), 0) + 1 FROM builds").fetchone()[0])
        connection.execute("DELETE FROM builds")
        connection.execute("INSERT INTO builds VALUES (?)", (number,))
    return number


def _spare() -> sqlite3.Connection:
    """Where readings are kept that the file does not take."""
    connection = temporary(LARGE)
    connection.executescript(_TABLES)
    return connection


def _whole(sealed: bytes) -> Digest | None:
    try:
        return unpacked_digest(sealed)
    except DamagedError:
        return None


def _blob(value: object) -> bytes:
    """What stands in a column of bytes; what was put there by somebody else is not whole."""
    return value if isinstance(value, bytes) else b""


def _shape(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
        raise


def _remove(path: Path) -> None:
    for each in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        with contextlib.suppress(OSError):
            each.unlink()


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _state(found: os.stat_result) -> str:
    """What changes when a file is written to or another takes its place."""
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino} {found.st_dev}"
