"""A process that runs SQL of visitors, one statement at a time; ``sql_pool`` starts it and speaks with it.

A frame is eight bytes of length and a pickle; the first one holds the options. The process has bounds of its own on
memory, stands behind the pages in the queue for the processor, and can be killed where SQLite cannot be interrupted.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import resource
import sqlite3
import struct
import sys
import time
from pathlib import Path
from typing import Any, BinaryIO

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from gongkai_site.sql_bounds import MEBIBYTE, ResultTooLargeError, authorize, fetch, set_limits

HEADER = struct.Struct(">Q")
STEPS_A_LOOK = 1000
"""SQLite's virtual machine runs so many instructions between two looks at the clock."""
HEAP_SHARE = 2
"""SQLite's heap is at most one in so many bytes that the process may have."""

IN_WORKER = "GONGKAI_SQL_WORKER"
"""Set in the environment of a worker, so that the plugins loaded there start no workers of their own."""

OK, INTERRUPTED, TOO_LARGE, FAILED = "ok", "interrupted", "too_large", "failed"


def read_frame(stream: BinaryIO) -> Any:
    """The next value on ``stream``; EOFError at its end."""
    head = stream.read(HEADER.size)
    if len(head) < HEADER.size:
        raise EOFError
    return pickle.loads(stream.read(HEADER.unpack(head)[0]))


def write_frame(stream: BinaryIO, value: Any) -> None:
    """Put ``value`` on ``stream``."""
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(HEADER.pack(len(data)) + data)
    stream.flush()


def answer(connection: sqlite3.Connection, task: dict[str, Any]) -> tuple[str, Any]:
    """What became of a statement: OK with (rows, truncated, column names), or why not with words for a person."""
    deadline = time.monotonic() + task["milliseconds"] / 1000
    connection.set_progress_handler(lambda: time.monotonic() >= deadline, STEPS_A_LOOK)
    try:
        cursor = connection.execute(task["sql"], task["params"] or {})
        fetched = fetch(cursor, task["most_rows"], task["most_bytes"])
        names = [column[0] for column in cursor.description or ()]
    except ResultTooLargeError as error:
        return TOO_LARGE, str(error)
    except MemoryError:
        return TOO_LARGE, "the statement needs more memory than it may have"
    except sqlite3.Error as error:
        if str(error) == "interrupted":
            return INTERRUPTED, str(error)
        return FAILED, str(error)
    return OK, (fetched.rows, fetched.truncated, names)


def connected(options: dict[str, Any]) -> sqlite3.Connection:
    """A connection with Datasette's SQL functions, limits and authorizer."""
    from datasette.app import Datasette  # noqa: PLC0415 (only in the process that needs it)

    site = Datasette(metadata=options["metadata"], plugins_dir=options["plugins_dir"], immutables=[options["database"]])
    connection = sqlite3.connect(f"file:{options['database']}?immutable=1", uri=True)
    site._prepare_connection(connection, Path(options["database"]).stem)
    connection.row_factory = None
    set_limits(connection)
    connection.execute(f"PRAGMA hard_heap_limit = {options['memory'] // HEAP_SHARE}")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.set_authorizer(authorize)
    return connection


def main() -> None:
    """Answer statements until standard input ends."""
    tasks, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing that prints may come between the frames
    options = read_frame(tasks)
    connection = connected(options)
    resource.setrlimit(resource.RLIMIT_AS, (_mapped() + options["memory"],) * 2)
    with contextlib.suppress(OSError):
        os.nice(options["nice"])
    write_frame(answers, OK)
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            task = read_frame(tasks)
            try:
                write_frame(answers, answer(connection, task))
            except MemoryError:
                write_frame(answers, (TOO_LARGE, f"the result needs more than {options['memory'] // MEBIBYTE} MiB"))


def _mapped() -> int:
    """Bytes of address space that the process has already."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:
        return 512 * MEBIBYTE


if __name__ == "__main__":
    main()
