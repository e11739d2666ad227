"""Pages of a sorted table: rows of one value stand in the order of their keys, on the first page as on the next ones.

Datasette sorts the first page by the column alone, each next one by the column and the keys, from the key on which the
last one ended. Where many rows have one value, those that the first page shows by chance decide which are never shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

SORTED_ONCE = re.compile(
    r"select .+ from \[?(?P<table>\w+)\]? .*order by \[?(?P<column>\w+)\]?(?: desc)?(?= limit \d+$)", re.S
)
"""Datasette's statement for the first page of a sorted table, up to its limit."""


def table_sorted_once(sql: str) -> str | None:
    """The table of which ``sql`` is the first page, sorted by one column; None for any other statement."""
    found = SORTED_ONCE.match(sql)
    return found["table"] if found else None


def sorted_by_keys(sql: str, keys: Sequence[str]) -> str:
    """``sql``, for which ``table_sorted_once`` tells a table with ``keys``, sorted by these besides."""
    found = SORTED_ONCE.match(sql)
    more = [key for key in keys if found is None or key != found["column"]]
    if found is None or not keys:
        return sql
    return f"{sql[: found.end()]}{''.join(f', [{key}]' for key in more)}{sql[found.end() :]}"
