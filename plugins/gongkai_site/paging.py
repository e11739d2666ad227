"""Pages of a table: where rows of one value stand, and what is counted of all pages.

Datasette sorts the first page by the column alone, each next one by the column and the keys, from the key on which the
last one ended. Where many rows have one value, those that the first page shows by chance decide which are never shown.
So rows of one value stand in the order of their keys here, on the first page as on the next ones.

And it counts the facets of a next page from that key on, so that each page tells other numbers, beneath the number of
all rows. Here they are of all pages (``of_all_pages``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

SORTED_ONCE = re.compile(
    r"select .+? from \[?(?P<table>\w+)\]? .*order by \[?(?P<column>\w+)\]?(?: desc)?(?= limit \d+$)", re.S
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


def of_all_pages(sql: str) -> str:
    """``sql``, Datasette's statement for a next page of a table, without the condition added last: where it begins.

    That condition stands in brackets, whatever the table is sorted by, if the table has a key; all of ours have one.
    """
    depth = 0
    for at in range(len(sql.rstrip()) - 1, -1, -1):
        depth += (sql[at] == ")") - (sql[at] == "(")
        if depth == 0:
            return f"{BEFORE_LAST.sub('', sql[:at])} " if sql[at] == "(" else sql
    return sql


BEFORE_LAST = re.compile(r" (?:and|where) $")
