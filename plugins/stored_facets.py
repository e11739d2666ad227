"""Facets of whole tables and views from ``value_counts``: what the build has counted is not counted again.

A facet of chosen rows is counted as Datasette counts it; but on every page of all of them, and its links lead to the
first page of what they choose.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import datasette.facets
from datasette.facets import ArrayFacet, ColumnFacet, DateFacet, Facet
from datasette.plugins import pm
from datasette.utils import escape_sqlite
from datasette.utils.asgi import Request
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from gongkai_site.paging import of_all_pages  # noqa: E402

hookimpl = HookimplMarker("datasette")

NEXT = "_next"
"""The argument of a page that goes on behind another."""

COUNTED_BY = re.compile(
    r"\s*select (?P<column>.+?) as value, count\(\*\) as count from \(.*limit (?P<most>\d+)\s*", re.S
)
"""Datasette's statement for a facet of one column."""
STORED = """
SELECT CASE (SELECT type FROM pragma_table_info(:name) WHERE name = :column)
         WHEN 'INTEGER' THEN CAST(value AS INTEGER) ELSE value END AS value, rows AS count
FROM value_counts
WHERE table_name = :name AND column_name = :column
ORDER BY count DESC, 1
LIMIT :most
"""


class Counting:
    """A Datasette that answers from ``value_counts`` where a facet of the whole of ``table`` is asked for."""

    def __init__(self, datasette: Any, table: str) -> None:
        self._datasette = datasette
        self._table = table

    def __getattr__(self, name: str) -> Any:
        return getattr(self._datasette, name)

    async def execute(self, database: str, sql: str, *arguments: Any, **options: Any) -> Any:
        """As Datasette's own."""
        asked = COUNTED_BY.fullmatch(sql)
        if asked:
            given = {"name": self._table, "column": unquoted(asked["column"]), "most": int(asked["most"])}
            stored = await self._datasette.execute(database, STORED, given)
            if stored.rows:
                return stored
        return await self._datasette.execute(database, sql, *arguments, **options)


def unquoted(name: str) -> str:
    """The name of a column as the database has it."""
    return name[1:-1] if name.startswith("[") else name


class OfAllPages(Facet):  # type: ignore[misc]
    """Whatever page is asked for: what the rows of all pages have. What is asked for twice stands there once."""

    sql: str
    request: Any

    def get_configs(self) -> list[dict[str, Any]]:
        """As Datasette's own: what metadata.yml tells to show comes first, and need not be asked for."""
        told: list[dict[str, Any]] = super().get_configs()
        columns = [each["config"].get("column") or each["config"].get("simple") for each in told]
        return [each for at, each in enumerate(told) if columns[at] not in columns[:at]]

    async def facet_results(self) -> Any:
        """As Datasette's own."""
        if self.request.args.get(NEXT):
            if self.table not in await self.ds.get_database(self.database).view_names():
                self.sql = of_all_pages(self.sql)
            asked = [pair for pair in self.get_querystring_pairs() if pair[0] != NEXT]
            scope = {**self.request.scope, "query_string": urlencode(asked).encode()}
            self.request = Request(scope, self.request.receive)
        return await super().facet_results()


class OnDates(OfAllPages, DateFacet):  # type: ignore[misc]
    """Days of a column."""


class OnArrays(OfAllPages, ArrayFacet):  # type: ignore[misc]
    """Values of the lists of a column."""


class StoredFacet(ColumnFacet):  # type: ignore[misc]
    """The values of a column, from what is stored where all rows are asked for."""

    async def facet_results(self) -> Any:
        """As Datasette's own."""
        whole: Any = self.ds
        database = whole.get_database(self.database)
        if self._is_of_all() and await database.table_exists("value_counts"):
            self.ds: Any = Counting(whole, self.table)
        try:
            return await super().facet_results()
        finally:
            self.ds = whole

    def _is_of_all(self) -> bool:
        return bool(self.table) and self.sql.rstrip().endswith(f" from {escape_sqlite(self.table)}")


class OnColumns(OfAllPages, StoredFacet):
    """Values of a column."""


@hookimpl
def register_facet_classes() -> list[type[Facet]]:
    """Datasette's own, of all pages."""
    return [OnColumns, OnDates, OnArrays]


if pm.is_registered(datasette.facets):
    pm.unregister(datasette.facets)
