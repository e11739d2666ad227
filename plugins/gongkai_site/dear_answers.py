"""Answers that took long to find, kept for whoever asks the same: the database does not change, and neither do they.

What is kept is bounded in number and bytes; what was not asked for the longest time goes first. A long answer is not
kept: what it costs is the writing, not the finding.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from datasette.database import Results

from .sql_bounds import MEBIBYTE, size_of

DEAR_SECONDS = 0.03
"""An answer found sooner is found anew."""
MAGIC = ":_"
MOST_ROWS = 1000
MOST_BYTES = 16 * MEBIBYTE

Key = tuple[Any, ...]


class DearAnswers:
    """The dear answers of one database."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[Key, tuple[Results, int]] = OrderedDict()

    def found(self, key: Key) -> Results | None:
        """The answer to what ``key`` names; None where it is not kept."""
        kept = self._kept.get(key)
        if kept is None:
            return None
        self._kept.move_to_end(key)
        return copy_of(kept[0])

    def keep(self, key: Key, results: Results, seconds: float) -> None:
        """Keep an answer that took ``seconds``, if that is dear."""
        if seconds < DEAR_SECONDS or len(results.rows) > MOST_ROWS or key in self._kept:
            return
        size = sum(map(size_of, results.rows))
        self._kept[key] = copy_of(results), size
        self._bytes += size
        while self._bytes > self._most_bytes:
            _, (_, freed) = self._kept.popitem(last=False)
            self._bytes -= freed


def key_of(sql: str, parameters: Any, *more: Any) -> Key | None:
    """What tells a question from every other; None where more than its parameters does: what Datasette calls magic."""
    if not isinstance(parameters, dict | None) or MAGIC in sql:
        return None
    given: Mapping[str, Any] = parameters or {}
    if not all(isinstance(value, str | int | float | None) for value in given.values()):
        return None
    return (sql, tuple(sorted((name, type(value), value) for name, value in given.items())), *more)


def copy_of(results: Results) -> Results:
    """The same rows in a list of their own."""
    return Results(list(results.rows), results.truncated, results.description)
