"""One database on the air, and how the next one takes its place: each answer is from one of them, whole.

A build moves a new file into the place of the old one. The server holds on to the file that it serves by a link of its
own beside it; when another file stands in that place, the site is made anew over that one, tried, and from then on
asked; the old one goes when its last answer is sent.

In a folder that may not be written (a container's image, a read-only disk) no file takes another's place, and the
server reads the database where it lies.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from datasette.inspect import inspect_hash

from .answers import Message
from .bounded_database import KIND, VIEW
from .log import write
from .processes import is_running
from .server import server_of

FOLDER = ".served"
ROW_COUNTS = "row_counts"
VIEW_SECONDS = 2.0
"""What counting a view may cost when a database is taken into service."""
STEPS = 10_000
"""Instructions of SQLite between two looks at the clock."""
WATCH_SECONDS = 1.0
SQLITE_HEADER = b"SQLite format 3\0"

_numbers = itertools.count(1)
Maker = Callable[[Path, dict[str, Any]], Any]
"""(database, what is known of it) → a Datasette over it."""


def identity_of(path: Path) -> tuple[int, int, int] | None:
    """What tells one file in a place from the next one; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size


def is_for_good(database: Path) -> bool:
    """Whether ``database`` stays what it is as long as this server runs: nothing may be written beside it."""
    return not os.access(database.parent, os.W_OK)


def held(database: Path) -> Path:
    """A name of the server's own for the file that is ``database`` now. Raises OSError."""
    if is_for_good(database):
        return database
    folder = database.parent / FOLDER / f"{os.getpid()}-{next(_numbers)}"
    folder.mkdir(parents=True)
    copy = folder / database.name
    try:
        os.link(database, copy)
    except OSError:  # a file system without links
        shutil.copyfile(database, copy)
    return copy


def forget(copy: Path) -> None:
    """Give up the server's name for a file; the folder goes with the last one. The database itself stays."""
    if copy.parent.parent.name != FOLDER:
        return
    shutil.rmtree(copy.parent, ignore_errors=True)
    with contextlib.suppress(OSError):
        copy.parent.parent.rmdir()


def forget_the_dead(database: Path) -> None:
    """Give up what servers that were killed have held."""
    for folder in (database.parent / FOLDER).glob("*-*"):
        process = folder.name.partition("-")[0]
        if process.isdecimal() and not is_running(int(process)):
            forget(folder / database.name)


def known_of(database: Path) -> dict[str, Any]:
    """Hash, size and row counts, as `datasette inspect` tells them, and those of the views: Datasette would count them
    again for every page. A view that takes long to count is left to it. Raises sqlite3.Error.
    """
    with closing(sqlite3.connect(f"file:{database}?immutable=1", uri=True)) as connection:
        kinds = connection.execute("SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
        known = _counted(connection) if (ROW_COUNTS, "table") in kinds else {}
        counts = (
            (name, kind, known[name] if name in known else _count(connection, name, kind == VIEW))
            for name, kind in kinds
        )
        tables = {name: {"count": count, KIND: kind} for name, kind, count in counts if count is not None}
    return {
        database.stem: {
            "hash": inspect_hash(database),
            "size": database.stat().st_size,
            "file": database.name,
            "tables": tables,
        }
    }


def _counted(connection: sqlite3.Connection) -> dict[str, int]:
    """Rows of tables and views as the build has counted them."""
    return dict(connection.execute(f"SELECT table_name, rows FROM {ROW_COUNTS}"))


def _count(connection: sqlite3.Connection, name: str, is_view: bool) -> int | None:
    """The rows of a table or view, None for a view that is not counted in VIEW_SECONDS."""
    end = time.monotonic() + VIEW_SECONDS
    connection.set_progress_handler((lambda: time.monotonic() > end) if is_view else None, STEPS)
    quoted = name.replace('"', '""')
    try:
        count: int = connection.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0]
    except sqlite3.OperationalError:
        if is_view:
            return None
        raise
    return count


@dataclass(eq=False)
class Publication:
    """A database that is served: how many are being answered from it, and whether it has been replaced."""

    identity: tuple[int, int, int]
    copy: Path
    datasette: Any
    app: Any
    answering: int = 0
    replaced: bool = False
    closed: bool = field(default=False)

    async def answers(self) -> bool:
        """Whether its start page and its tables can be seen."""
        await self.datasette.invoke_startup()
        for path in ("/", f"/{self.copy.stem}"):
            response = await self.datasette.client.get(path)
            if response.status_code != 200:
                return False
        return True

    def close(self) -> None:
        """End what belongs to it."""
        if not self.closed:
            self.closed = True
            server_of(self.datasette).close()
            forget(self.copy)


def publish(database: Path, make: Maker) -> Publication:
    """A publication of the file that is ``database`` now. Raises OSError or sqlite3.Error where it cannot be served."""
    identity = identity_of(database)
    if identity is None:
        raise FileNotFoundError(database)
    copy = held(database)
    try:
        # The file held is perhaps a newer one than that seen before: a second look then finds out.
        datasette = make(copy, known_of(copy))
    except BaseException:
        forget(copy)
        raise
    return Publication(identity, copy, datasette, datasette.app())


class Site:
    """The ASGI application: the publication of today, watching for that of tomorrow."""

    def __init__(self, database: Path, make: Maker, first: Publication) -> None:
        self._database = database
        self._make = make
        self._current = first
        self._watch: asyncio.Task[None] | None = None

    async def __call__(self, scope: Message, receive: Any, send: Any) -> None:
        """Answer from one publication from beginning to end."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        publication = self._current
        publication.answering += 1
        try:
            await publication.app(scope, receive, send)
        finally:
            publication.answering -= 1
            self._close_if_done(publication)

    async def _live(self, receive: Any, send: Any) -> None:
        await receive()
        await self._current.datasette.invoke_startup()
        if not is_for_good(self._database):
            self._watch = asyncio.create_task(self._watching())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        if self._watch is not None:
            self._watch.cancel()
        self._current.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _watching(self) -> None:
        seen, refused = self._current.identity, None
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            found = identity_of(self._database)
            # Only a file that stays as it is for one look is taken over; a build moves whole ones, a copy grows.
            if found is not None and found == seen and found not in (self._current.identity, refused):
                refused = None if await self._take_over() else found
            seen = found or seen

    async def _take_over(self) -> bool:
        try:
            new = await asyncio.to_thread(publish, self._database, self._make)
        except (OSError, sqlite3.Error) as error:
            write("database", taken_over=False, error=str(error).replace(str(self._database.parent), ""))
            return False
        if not await new.answers():
            new.close()
            write("database", taken_over=False, error="its start page does not answer")
            return False
        old, self._current = self._current, new
        old.replaced = True
        self._close_if_done(old)
        write("database", taken_over=True, sha256=new.datasette.get_database(self._database.stem).hash)
        return True

    def _close_if_done(self, publication: Publication) -> None:
        if publication.replaced and not publication.answering:
            asyncio.get_running_loop().run_in_executor(None, publication.close)
