"""SQL that a visitor writes runs apart, inside bounds; pages never wait for it.

Such a request (``?sql=``, ``_where=``) takes one of a few places, one a client at a time; who finds none within a
moment is asked to come back (429). The statement itself runs in a process of its own (``gongkai_site.sql_pool``). What
our own pages ask runs in Datasette's threads as ever, with SQLite's limits set and a bound on its bytes.

Bounds stand in metadata.yml under ``plugins: query-bounds``; BOUNDS has their defaults.
"""

# No postponed annotations: Datasette loads a plugin without entering it in sys.modules, where dataclasses look them up.
import asyncio
import contextlib
import contextvars
import json
import os
import sqlite3
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from datasette.app import Datasette
from datasette.database import Database, QueryInterrupted, Results
from datasette.utils import sqlite_timelimit
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from gongkai_site.sql_bounds import MEBIBYTE, ResultTooLargeError, fetch, set_limits  # noqa: E402
from gongkai_site.sql_pool import INTERRUPTED, OK, SqlPool  # noqa: E402
from gongkai_site.sql_worker import IN_WORKER  # noqa: E402

hookimpl = HookimplMarker("datasette")

Message = dict[str, Any]
App = Callable[[Message, Any, Any], Awaitable[None]]

BOUNDS: dict[str, float] = {
    "workers": 2,
    "worker_mebibytes": 320,
    "result_mebibytes": 32,
    "wait_seconds": 3,
    "retry_after_seconds": 10,
    "most_waiting": 40,
    "nice": 10,
}
"""Statements of visitors at once; memory of each beyond its start; most of a result; how long a visitor waits for a
place and after how long to ask again; how many may wait; how far behind pages they stand for the processor."""

ASKED_SQL: contextvars.ContextVar[tuple[str, ...]] = contextvars.ContextVar("asked_sql", default=())
"""The SQL that the request under way brought with it."""

TOO_MANY = 429


def sql_in(scope: Mapping[str, Any]) -> tuple[str, ...]:
    """The SQL that a request brings: whole statements, or conditions for a table."""
    if scope["type"] != "http":
        return ()
    query = scope.get("query_string", b"")
    if b"sql" not in query and b"_where" not in query:
        return ()
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=False)
    return tuple(_whole(value) for name, value in pairs if name in ("sql", "_where"))


def _whole(value: str) -> str:
    """The statement as Datasette passes it on: without blanks and a semicolon at its ends."""
    return value.strip().rstrip(";").strip()


class BoundedDatabase(Database):  # type: ignore[misc]
    """Datasette's database, whose results have a bound on bytes, and which runs SQL of visitors in a pool apart."""

    pool: SqlPool | None = None
    threads: ThreadPoolExecutor
    most_bytes: int

    async def execute(
        self,
        sql: str,
        params: Any = None,
        truncate: bool = False,
        custom_time_limit: int | None = None,
        page_size: int | None = None,
        log_sql_errors: bool = True,
    ) -> Results:
        """As Datasette's own. Raises sqlite3.OperationalError where a bound is met, QueryInterrupted after the time."""
        limit = min(custom_time_limit or self.ds.sql_time_limit_ms, self.ds.sql_time_limit_ms)
        most_rows = self.ds.max_returned_rows if truncate else None
        if most_rows is not None and most_rows == page_size:
            most_rows += 1
        if self.pool is not None and any(words and words in sql for words in ASKED_SQL.get()):
            return await self._execute_apart(sql, params, limit, most_rows)
        return await self.execute_fn(lambda connection: self._execute_here(connection, sql, params, limit, most_rows))

    def _execute_here(
        self, connection: sqlite3.Connection, sql: str, params: Any, limit: int, most_rows: int | None
    ) -> Results:
        with sqlite_timelimit(connection, limit):
            try:
                cursor = connection.cursor()
                cursor.execute(sql, params if params is not None else {})
                fetched = fetch(cursor, most_rows, self.most_bytes)
            except sqlite3.DatabaseError as error:
                if error.args == ("interrupted",):
                    raise QueryInterrupted(error, sql, params) from error
                raise
            except (ResultTooLargeError, MemoryError) as error:
                raise sqlite3.OperationalError(str(error) or "out of memory") from error
        return Results(fetched.rows, fetched.truncated, cursor.description)

    async def _execute_apart(self, sql: str, params: Any, limit: int, most_rows: int | None) -> Results:
        assert self.pool is not None
        loop = asyncio.get_running_loop()
        given = dict(params) if isinstance(params, Mapping) else params
        answer = await loop.run_in_executor(self.threads, self.pool.run, sql, given, limit, most_rows, self.most_bytes)
        if answer.status == INTERRUPTED:
            raise QueryInterrupted(sqlite3.OperationalError("interrupted"), sql, params)
        if answer.status != OK:
            raise sqlite3.OperationalError(answer.message)
        return _results(answer.rows, answer.truncated, answer.names)


def _results(rows: list[tuple[Any, ...]], truncated: bool, names: list[str]) -> Results:
    """Rows from another process as Datasette expects them: ``sqlite3.Row`` with the columns of their statement."""
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        columns = ", ".join('NULL AS "{}"'.format(name.replace('"', '""')) for name in names)
        cursor = connection.execute(f"SELECT {columns or 'NULL'} WHERE 0")
        return Results([sqlite3.Row(cursor, row) for row in rows], truncated, cursor.description)


class Places:
    """Who may run SQL of their own now: so many at once, one a client."""

    def __init__(self, bounds: Mapping[str, float]) -> None:
        self._free = int(bounds["workers"])
        self._wait = float(bounds["wait_seconds"])
        self._most_waiting = int(bounds["most_waiting"])
        self._clients: Counter[str] = Counter()
        self._waiting = 0
        self._changed = asyncio.Condition()

    @contextlib.asynccontextmanager
    async def taken(self, client: str) -> AsyncIterator[Callable[[], Awaitable[None]] | None]:
        """A place for ``client`` as a function that gives it back (at the latest it is given back at the end);
        None if there was none within the time that a visitor waits."""
        if not await self._take(client):
            yield None
            return
        held = True

        async def give_back() -> None:
            nonlocal held
            if held:
                held = False
                async with self._changed:
                    self._free += 1
                    self._clients[client] -= 1
                    if not self._clients[client]:
                        del self._clients[client]
                    self._changed.notify_all()

        try:
            yield give_back
        finally:
            await asyncio.shield(give_back())

    async def _take(self, client: str) -> bool:
        if self._waiting >= self._most_waiting:
            return False
        self._waiting += 1
        try:
            async with self._changed:
                await asyncio.wait_for(
                    self._changed.wait_for(lambda: self._free > 0 and not self._clients[client]), self._wait
                )
                self._free -= 1
                self._clients[client] += 1
                return True
        except TimeoutError:
            return False
        finally:
            self._waiting -= 1


def bounds_of(datasette: Datasette) -> dict[str, float]:
    """The bounds in force."""
    return {**BOUNDS, **(datasette.plugin_config("query-bounds") or {})}


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """SQLite's limits on every connection."""
    set_limits(conn)


@hookimpl
def startup(datasette: Datasette) -> None:
    """Put every file database inside the bounds."""
    if os.environ.get(IN_WORKER):
        return
    bounds = bounds_of(datasette)
    for name, database in list(datasette.databases.items()):
        if database.path is not None and not database.is_mutable:
            datasette.databases = {**datasette.databases, name: _bounded(datasette, database, bounds)}


def _bounded(datasette: Datasette, database: Database, bounds: Mapping[str, float]) -> BoundedDatabase:
    bounded = BoundedDatabase(datasette, database.path, is_mutable=False)
    bounded.name, bounded.route = database.name, database.route
    bounded.most_bytes = int(bounds["result_mebibytes"] * MEBIBYTE)
    size = int(bounds["workers"])
    bounded.threads = ThreadPoolExecutor(size, thread_name_prefix="visitor-sql")
    options = {
        "database": str(Path(database.path).resolve()),
        "metadata": json.loads(json.dumps(datasette._metadata_local)),
        "plugins_dir": datasette.plugins_dir,
        "memory": int(bounds["worker_mebibytes"] * MEBIBYTE),
        "nice": int(bounds["nice"]),
    }
    bounded.pool = SqlPool(options, size)
    bounded.threads.submit(bounded.pool.warm)
    return bounded


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[App], App]:
    """Let requests with SQL of their own pass one by one, and say so to those that found no place."""
    bounds = bounds_of(datasette)
    places = Places(bounds)

    def wrap(app: App) -> App:
        async def bounded(scope: Message, receive: Any, send: Any) -> None:
            asked = sql_in(scope)
            if not asked:
                await app(scope, receive, send)
                return
            client = (scope.get("client") or ("", 0))[0]
            async with places.taken(client) as give_back:
                if give_back is None:
                    await send_busy(scope, send, int(bounds["retry_after_seconds"]))
                    return

                async def send_and_leave(message: Message) -> None:
                    if message["type"] == "http.response.start":
                        await give_back()  # what is left is the sending, which a slow reader may draw out
                    await send(message)

                token = ASKED_SQL.set(asked)
                try:
                    await app(scope, receive, send_and_leave)
                finally:
                    ASKED_SQL.reset(token)

        return bounded

    return wrap


BUSY_ZH = "现在有太多人在运行自己的 SQL，请过 {seconds} 秒再试。表、查询和报告页照常可用。"
BUSY_EN = (
    "Too many people are running SQL of their own just now; try again in {seconds} seconds. "
    "Tables, questions and report pages work as ever."
)


async def send_busy(scope: Message, send: Any, seconds: int) -> None:
    """Status 429 with ``Retry-After``, as JSON where JSON was asked for."""
    zh, en = BUSY_ZH.format(seconds=seconds), BUSY_EN.format(seconds=seconds)
    if scope["path"].endswith(".json"):
        kind, body = (
            "application/json; charset=utf-8",
            json.dumps(
                {"ok": False, "status": TOO_MANY, "error": f"{zh} {en}", "retry_after": seconds}, ensure_ascii=False
            ),
        )
    elif scope["path"].endswith(".csv"):
        kind, body = "text/plain; charset=utf-8", f"{zh}\n{en}\n"
    else:
        kind, body = (
            "text/html; charset=utf-8",
            (
                f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{TOO_MANY}</title>'
                f'<p>{zh}</p><p lang="en">{en}</p><p><a href="/">公开年报库 Gongkai</a></p></html>'
            ),
        )
    headers = [
        (b"content-type", kind.encode()),
        (b"retry-after", str(seconds).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": TOO_MANY, "headers": headers})
    await send({"type": "http.response.body", "body": body.encode()})
