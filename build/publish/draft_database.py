"""A database file while it is written: it is thrown away if the build dies, so no journal is kept of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlite_utils

PAGE_SIZE = 4096
HELD = 1000
"""KiB of the database that are held while it is written, and in each place where rows are sorted: counting has several
at a time. Twice as much, which SQLite takes by itself, is no quicker.
"""


@contextmanager
def opened(draft: Path) -> Iterator[sqlite_utils.Database]:
    """The database in ``draft``, to be written; what was done is committed at the end."""
    database = sqlite_utils.Database(sqlite3.connect(draft.resolve().as_uri(), uri=True))
    try:
        database.conn.execute(f"PRAGMA page_size = {PAGE_SIZE}")
        database.conn.execute(f"PRAGMA cache_size = -{HELD}")
        database.conn.execute("PRAGMA journal_mode = OFF")
        database.conn.execute("PRAGMA synchronous = OFF")
        yield database
        database.conn.commit()
    finally:
        database.conn.close()
