"""What a statement may do and take: SQLite's own limits, an authorizer, and a bound on the bytes of a result.

Every connection has the limits; the authorizer stands guard while SQL that a visitor wrote is running.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from sys import getsizeof
from typing import Any

MEBIBYTE = 1024 * 1024

LIMITS: dict[int, int] = {
    sqlite3.SQLITE_LIMIT_LENGTH: 8 * MEBIBYTE,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 500,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 200,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 50,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 60,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 200,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 20_000,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
"""SQLite's limits for every connection. A text of 8 MiB holds the longest report many times over."""

CACHE_KIBIBYTES = 16 * 1024
MMAP_BYTES = 0
HEAP_SHARE = 2
"""SQLite's heap is at most one in so many bytes that a process may have: the rows of a result need the rest."""

FORBIDDEN_FUNCTIONS = frozenset(
    {
        *("load_extension", "fts3_tokenizer", "writefile", "readfile", "edit", "sqlite_offset"),
        *("sqlite_compileoption_get", "sqlite_compileoption_used", "sqlite_log"),
        *("pragma_database_list", "pragma_module_list", "pragma_vfs_list", "pragma_compile_options"),
    }
)
"""Functions that serve nobody who reads the database."""

READABLE_PRAGMAS = frozenset(
    {
        *("table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list"),
        *("function_list", "collation_list", "data_version"),
    }
)
"""PRAGMAs that tell the shape of the database and change nothing."""

_READING = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE})


def authorize(action: int, first: str | None, second: str | None, _database: str | None, _source: str | None) -> int:
    """SQLite's authorizer for SQL of a visitor: reading is allowed, but for what FORBIDDEN_FUNCTIONS names."""
    if action in _READING:
        table = (first or "").lower() if action == sqlite3.SQLITE_READ else ""
        return sqlite3.SQLITE_DENY if table in FORBIDDEN_FUNCTIONS else sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION:
        return sqlite3.SQLITE_DENY if (second or "").lower() in FORBIDDEN_FUNCTIONS else sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_PRAGMA:
        return sqlite3.SQLITE_OK if (first or "").lower() in READABLE_PRAGMAS else sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_UPDATE and first == "sqlite_master":
        return sqlite3.SQLITE_OK  # SQLite notes a table-valued function so; the file cannot be written anyway
    # Table-valued functions come as virtual tables that SQLite makes for itself.
    made_by_sqlite = action == sqlite3.SQLITE_CREATE_VTABLE and (first or "").lower() not in FORBIDDEN_FUNCTIONS
    return sqlite3.SQLITE_OK if made_by_sqlite else sqlite3.SQLITE_DENY


def set_limits(connection: sqlite3.Connection) -> None:
    """Bound what any statement on ``connection`` can take."""
    for limit, most in LIMITS.items():
        connection.setlimit(limit, most)
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
    connection.execute(f"PRAGMA mmap_size = {MMAP_BYTES}")


def set_heap_limit(connection: sqlite3.Connection, memory: int) -> None:
    """Bound what SQLite takes in a process that may take ``memory`` bytes; sorting stays in memory, so inside that."""
    connection.execute(f"PRAGMA hard_heap_limit = {memory // HEAP_SHARE}")
    connection.execute("PRAGMA temp_store = MEMORY")


class ResultTooLargeError(Exception):
    """A result has more bytes than a bound allows."""


@dataclass(frozen=True)
class Fetched:
    """Rows of a result as far as the bounds allow; ``truncated``: there are more."""

    rows: list[tuple[Any, ...]]
    truncated: bool


def fetch(cursor: sqlite3.Cursor, most_rows: int | None, most_bytes: int) -> Fetched:
    """The first ``most_rows`` rows (None: all). Raises ResultTooLargeError past ``most_bytes``."""
    rows: list[tuple[Any, ...]] = []
    left = most_bytes
    for row in _rows(cursor):
        if most_rows is not None and len(rows) == most_rows:
            return Fetched(rows, truncated=True)
        left -= size_of(row)
        if left < 0:
            raise ResultTooLargeError(f"the result has more than {most_bytes // MEBIBYTE} MiB")
        rows.append(row)
    return Fetched(rows, truncated=False)


def _rows(cursor: sqlite3.Cursor) -> Iterator[Any]:
    while (row := cursor.fetchone()) is not None:
        yield row


ROW_BYTES = 120


def size_of(row: Any) -> int:
    """What a row takes in memory, about."""
    return ROW_BYTES + sum(map(getsizeof, row))
