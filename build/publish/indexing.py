"""The search index is made in a process apart while the reports' rows are written: telling its grams is a third of it.

It is made in a file of its own, by this process where there is no other, and copied from there: the same bytes.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from itertools import chain
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Queue
from threading import Thread

from ..reading.isolation import can_fork, forked, leave_when_told
from .draft_database import opened
from .search_index import Section, create_index, sections_from, take_over_index

Sections = Sequence[Section]


class Indexing:
    """An index that is being made in ``file``."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def follow(self, connection: sqlite3.Connection) -> None:
        """Take notice that more sections stand in the database; where nobody else makes the index, all wait."""

    def finish(self, connection: sqlite3.Connection) -> None:
        """Bring the index of all sections into the database."""
        _begin(self._file)
        with opened(self._file) as database:
            create_index(database.conn, sections_from(connection))
        take_over_index(connection, self._file)


class _IndexingApart(Indexing):
    """A process makes it; one that is lost is made here in the end, and what went wrong is then seen here, too."""

    def __init__(self, file: Path, line: Connection) -> None:
        super().__init__(file)
        self._line = line
        self._next = 0
        self._is_whole = True
        self._coming: Queue[Sections | None] = Queue(maxsize=1)
        self._sending = Thread(target=self._send, daemon=True)
        self._sending.start()

    def follow(self, connection: sqlite3.Connection) -> None:
        """Hand over the sections that came, without waiting for the process to take them."""
        sections = [*sections_from(connection, self._next)]
        if sections:
            self._next = sections[-1][0] + 1
            self._coming.put(sections)

    def finish(self, connection: sqlite3.Connection) -> None:
        """Wait for the process, and bring its index into the database."""
        self.end()
        if self._is_whole and _is_done(self._line):
            take_over_index(connection, self._file)
        else:
            super().finish(connection)

    def end(self) -> None:
        """Say that no more sections come."""
        self._coming.put(None)
        self._sending.join()

    def _send(self) -> None:
        for sections in iter(self._coming.get, None):
            self._hand_over(sections)
        self._hand_over(None)

    def _hand_over(self, sections: Sections | None) -> None:
        """Send sections; once some were lost, no more: an index without them must never be taken for whole."""
        if self._is_whole:
            try:
                self._line.send(sections)
            except (OSError, MemoryError):
                self._is_whole = False


def _is_done(line: Connection) -> bool:
    try:
        return bool(line.recv())
    except (EOFError, OSError):
        return False


@contextmanager
def indexing(file: Path, apart: bool) -> Iterator[Indexing]:
    """An index made in ``file``, which is gone at the end; ``apart``: in a process of its own, where there are any."""
    try:
        if apart and can_fork():
            _begin(file)
            process = forked(partial(_make, file))
            index = _IndexingApart(file, process.line)
            try:
                yield index
            finally:
                process.process.terminate()  # so that nothing waits for it to take sections
                index.end()
                process.end()
        else:
            yield Indexing(file)
    finally:
        file.unlink(missing_ok=True)


def _begin(file: Path) -> None:
    """Begin an empty file that nobody else may read: what stands in it may be read by fewer people than that."""
    file.unlink(missing_ok=True)
    os.close(os.open(file, os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR))


def _make(file: Path, line: Connection) -> None:
    """In the process apart: make the index of the sections that come, and say so once it is made."""
    leave_when_told()
    coming: Iterable[Sections] = iter(line.recv, None)
    with suppress(EOFError, OSError, sqlite3.Error):
        with opened(file) as database:
            create_index(database.conn, chain.from_iterable(coming))
        line.send(True)
