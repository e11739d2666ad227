"""Datasette's database inside bounds: limits of SQLite, bytes of a result, threads, and who may do what."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from datasette.database import Database, QueryInterrupted, Results, connections
from datasette.utils import sqlite_timelimit

from .apart import APART
from .deadline import ended_after
from .dear_answers import DearAnswers, key_of
from .found_sections import quickly
from .log import slow_query
from .paging import sorted_by_keys, table_sorted_once
from .requests import ASKED_SQL, IS_PLAIN, LEAVE, WHOLE
from .settings import MEBIBYTE, Bounds
from .sql_bounds import ResultTooLargeError, authorize, fetch

KIND, VIEW = "kind", "view"
"""What a thing with rows is, beside their number in what is known of a database."""

GRACE_SECONDS = 0.5
"""How long after its time limit a statement that SQLite does not interrupt costs the process apart its life."""

MOST_SHAPES = 1000
"""Whoever asks for tables that are not there fills no memory with them."""


class TooLongHereError(Exception):
    """A result so long that to write a page of it would keep every other page waiting."""


class BoundedDatabase(Database):  # type: ignore[misc]
    """A database that no statement can lead past its bounds."""

    def __init__(self, datasette: Any, path: str, bounds: Bounds) -> None:
        super().__init__(datasette, path, is_mutable=False)
        self._bounds = bounds
        self._dear = DearAnswers()
        self._shapes: dict[tuple[str, str], Any] = {}
        self._asked_threads = ThreadPoolExecutor(bounds.page_threads, thread_name_prefix="asked")

    @property
    def cached_table_counts(self) -> dict[str, int]:
        """Rows of the tables. Those of the views are known too, for their own pages; they are no tables."""
        known = (self.ds.inspect_data or {}).get(self.name, {}).get("tables", {})
        return {name: each["count"] for name, each in known.items() if each.get(KIND) != VIEW}

    async def table_columns(self, table: str) -> list[str]:
        """The names of the columns of ``table``."""
        return [*await self._shape(super().table_columns, table)]

    async def table_column_details(self, table: str) -> list[Any]:
        """The columns of ``table``, with their types."""
        return [*await self._shape(super().table_column_details, table)]

    async def primary_keys(self, table: str) -> list[str]:
        """The columns of the primary key of ``table``."""
        return [*await self._shape(super().primary_keys, table)]

    async def foreign_keys_for_table(self, table: str) -> list[dict[str, str]]:
        """Where the columns of ``table`` lead to."""
        return [dict(each) for each in await self._shape(super().foreign_keys_for_table, table)]

    async def _shape(self, ask: Callable[[str], Awaitable[Any]], table: str) -> Any:
        """What ``ask`` says of ``table``. It never changes, and a page asks for it ten times over."""
        key = ask.__name__, table
        found = self._shapes.get(key)
        if found is None:
            found = await ask(table)
            if len(self._shapes) < MOST_SHAPES:
                self._shapes[key] = found
        return found

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
        asked = any(words in sql for words in ASKED_SQL.get())
        if truncate and sql not in ASKED_SQL.get() and (table := table_sorted_once(sql)):
            sql = sorted_by_keys(sql, await self.primary_keys(table))
        if not asked:
            sql = quickly(sql)
        leave = LEAVE.get()
        key = None if asked else key_of(sql, params, most_rows)
        results: Results = self._dear.found(key) if key else None
        if results is None:
            results, seconds = await self._found(lambda conn: self._run(conn, sql, params, limit, most_rows, asked))
            if key:
                self._dear.keep(key, results, seconds)
        if most_rows is not None and self._is_long(results) and not (leave and leave.take()):
            raise TooLongHereError
        return results

    async def _found(self, run: Callable[[sqlite3.Connection], Any]) -> Any:
        try:
            return await self.execute_fn(run)
        except QueryInterrupted:
            whole = WHOLE.get()
            if whole is not None:
                whole.is_cut_short = True
            raise

    def _is_long(self, results: Results) -> bool:
        return len(results.rows) > self._bounds.rows_on_a_page + 1 and not is_apart()

    def _run(
        self, connection: sqlite3.Connection, sql: str, params: Any, limit: int, most_rows: int | None, asked: bool
    ) -> tuple[Results, float]:
        began = time.monotonic()
        if asked:
            connection.set_authorizer(authorize)
        try:
            with sqlite_timelimit(connection, limit), ended_after(limit / 1000 + GRACE_SECONDS):
                cursor = connection.cursor()
                cursor.execute(sql, params if params is not None else {})
                fetched = fetch(cursor, most_rows, self._bounds.result_mebibytes * MEBIBYTE)
        except sqlite3.DatabaseError as error:
            if error.args == ("interrupted",):
                raise QueryInterrupted(error, sql, params) from error
            raise
        except (ResultTooLargeError, MemoryError) as error:
            raise sqlite3.OperationalError(str(error) or "out of memory") from error
        finally:
            if asked:
                connection.set_authorizer(None)
            seconds = time.monotonic() - began
            slow_query(sql, seconds, self._bounds.slow_query_ms)
        return Results(fetched.rows, fetched.truncated, cursor.description), seconds

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], Any]) -> Any:
        """As Datasette's own; pages with parameters have threads of their own, so that plain pages do not wait."""
        if self.ds.executor is None or IS_PLAIN.get():
            return await super().execute_fn(fn)
        return await asyncio.get_running_loop().run_in_executor(self._asked_threads, self._in_thread, fn)

    def _in_thread(self, fn: Callable[[sqlite3.Connection], Any]) -> Any:
        connection = getattr(connections, self.name, None)
        if connection is None:
            connection = self.connect()
            self.ds._prepare_connection(connection, self.name)
            setattr(connections, self.name, connection)
        return fn(connection)

    def close(self) -> None:
        """End the threads and close every connection."""
        self._asked_threads.shutdown(wait=True, cancel_futures=True)
        super().close()


def is_apart() -> bool:
    """Whether this process is the one that answers dear requests."""
    return APART in os.environ


def put_inside(datasette: Any, bounds: Bounds) -> None:
    """Put every immutable file among Datasette's databases inside the bounds."""
    for name, database in list(datasette.databases.items()):
        if database.path is not None and not database.is_mutable:
            bounded = BoundedDatabase(datasette, database.path, bounds)
            bounded.name, bounded.route = database.name, database.route
            datasette.databases = {**datasette.databases, name: bounded}
