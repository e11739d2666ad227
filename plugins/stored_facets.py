"""Facets of whole tables and views from ``value_counts``: what the build has counted is not counted again.

A facet of chosen rows is counted as Datasette counts it.
"""

from __future__ import annotations

import re
from typing import Any

import datasette.facets
from datasette.facets import ArrayFacet, ColumnFacet, DateFacet, Facet
from datasette.plugins import pm
from datasette.utils import escape_sqlite
from pluggy import HookimplMarker

hookimpl = HookimplMarker("datasette")

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


@hookimpl
def register_facet_classes() -> list[type[Facet]]:
    """Datasette's own, the first of them replaced."""
    return [StoredFacet, DateFacet, ArrayFacet]


if pm.is_registered(datasette.facets):
    pm.unregister(datasette.facets)
