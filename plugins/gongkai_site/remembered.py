"""Answers that are kept for as long as a database is served: it does not change, and neither do they.

For what every page asks again, whoever reads it: the choices of a parameter, how many rows an answer has.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from datasette.database import Database

MOST_KEPT = 500
"""Statements a database; the one that was not asked for the longest time goes first."""
MOST_ROWS = 5000
"""A longer answer is not kept."""

_kept: WeakKeyDictionary[Database, OrderedDict[Any, Sequence[Any]]] = WeakKeyDictionary()


async def rows_of(
    database: Database, sql: str, parameters: Mapping[str, Any] | None = None, time_limit: int | None = None
) -> Sequence[Any]:
    """The rows of ``sql``. Raises what ``Database.execute`` raises; a failure is not kept."""
    key = (sql, tuple(sorted((parameters or {}).items())))
    kept = _kept.setdefault(database, OrderedDict())
    if key in kept:
        kept.move_to_end(key)
        return kept[key]
    rows: Sequence[Any] = (await database.execute(sql, dict(parameters or {}), custom_time_limit=time_limit)).rows
    if len(rows) <= MOST_ROWS:
        kept[key] = rows
        if len(kept) > MOST_KEPT:
            kept.popitem(last=False)
    return rows
