"""SQL in templates: ``query_rows`` for the choices of a query's parameters."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from datasette.app import Datasette
from pluggy import HookimplMarker

hookimpl = HookimplMarker("datasette")


@hookimpl
def extra_template_vars(datasette: Datasette) -> dict[str, Callable[..., Coroutine[Any, Any, Any]]]:
    """``query_rows(database, sql)`` gives the rows as dictionaries, under the site's time and row limits."""

    async def query_rows(database: str, sql: str) -> list[dict[str, Any]]:
        result = await datasette.execute(database, sql, truncate=True)
        return [dict(row) for row in result.rows]

    return {"query_rows": query_rows}
