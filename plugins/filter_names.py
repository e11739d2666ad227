"""A filter that names no column of its table, or no condition, is an error that says what there is."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from datasette.app import Datasette
from datasette.filters import Filters
from datasette.utils.asgi import Request
from datasette.views.base import DatasetteError
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from gongkai_site.filter_faults import fault_of  # noqa: E402

hookimpl = HookimplMarker("datasette")

ROWID = "rowid"


@hookimpl(tryfirst=True)
def filters_from_request(
    request: Request, database: str, table: str, datasette: Datasette
) -> Callable[[], Awaitable[None]]:
    """Look at the filters before a statement is made of them. Raises DatasetteError for the first that is amiss."""

    async def look() -> None:
        columns = await datasette.get_database(database).table_columns(table)
        conditions = [condition.key for condition in Filters._filters]
        given = [(name, value) for name in request.args for value in request.args.getlist(name)]
        fault = fault_of(given, [*columns, ROWID], conditions)
        if fault:
            raise DatasetteError(fault, status=400)

    return look
