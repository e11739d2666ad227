"""The log: one JSON object a line on standard error, for a request, a slow query, a defect. No addresses of visitors
unless the server was asked for them."""

from __future__ import annotations

import json
import sys
import traceback
from pathlib import Path
from typing import Any

MOST_CHARACTERS = 500


def write(event: str, **facts: Any) -> None:
    """One line of the log."""
    line = json.dumps({"event": event, **facts}, ensure_ascii=False, default=str)
    # One write a line: lines of several processes do not run into each other.
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def slow_query(sql: str, seconds: float, slow_ms: int) -> None:
    """Note a statement that took ``slow_ms`` milliseconds or more."""
    if seconds * 1000 >= slow_ms:
        write("slow_query", ms=round(seconds * 1000), sql=" ".join(sql.split())[:MOST_CHARACTERS])


def defect(error: BaseException, path: str) -> None:
    """Note an exception that nobody foresaw: its kind, its words and where it came from."""
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames[-4:]]
    write("unexpected", path=path, error=f"{type(error).__name__}: {error}"[:MOST_CHARACTERS], where=where)
