"""``/gongkai/NAME.metadata.json``: what a table, view or canned query holds, beside its CSV and JSON, for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from gongkai_site.description.view import (  # noqa: E402
    QUERIES,
    Described,
    columns_of_query,
    description_of,
    lists_in,
)
from gongkai_site.files.addresses import site_address  # noqa: E402
from gongkai_site.files.sources import filters_of  # noqa: E402
from gongkai_site.metadata import QUESTIONS  # noqa: E402
from gongkai_site.queries import Row  # noqa: E402
from gongkai_site.texts import Text, column_texts, configured, titles_of  # noqa: E402

hookimpl = HookimplMarker("datasette")

DATABASE = "gongkai"
ENDING = ".metadata.json"


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Response]]]]:
    """Every table, view and canned query."""
    return [(rf"/{DATABASE}/(?P<name>[^/.]+)\.metadata\.json$", description)]


@hookimpl
def extra_template_vars(datasette: Datasette, request: Request | None) -> dict[str, Callable[[], str | None]]:
    """``described_by()`` for the templates: where it is told what the page's table or query holds; None elsewhere."""

    def described_by() -> str | None:
        if request is None:
            return None
        base = datasette.root.rstrip("/")
        database, _, name = request.path.removeprefix(base).strip("/").partition("/")
        if database != DATABASE or titles_of(datasette, DATABASE, name) is None:
            return None
        return f"{base}/{DATABASE}/{quote(name)}{ENDING}{_asked(request, '?')}"

    return {"described_by": described_by}


async def description(request: Request, datasette: Datasette) -> Response:
    """The JSON. Raises NotFound for what is no table, view or query."""
    name = request.url_vars["name"]
    described = await _described(datasette, name)
    codes = await _rows(datasette, "codes", lists=json.dumps(lists_in(described.columns)))
    (release,) = await _rows(datasette, "release")
    page = f"{site_address(datasette, request)}/{DATABASE}/{quote(name)}"
    told = description_of(described, codes, release, page, _asked(request))
    return Response(json.dumps(told, ensure_ascii=False, indent=1), content_type="application/json; charset=utf-8")


async def _described(datasette: Datasette, name: str) -> Described:
    title, about = titles_of(datasette, DATABASE, name) or (None, Text(""))
    if title is None:
        raise NotFound("Table not found")
    query = configured(datasette, QUESTIONS).get(name)
    if query is not None:
        lists = await _rows(datasette, "lists")
        columns = columns_of_query(column_texts(datasette, DATABASE, name), [row["code_list"] for row in lists])
        return Described(name, "query", title, about, columns, query.get("parameters") or {})
    columns = await _rows(datasette, "columns", name=name)
    is_view = name in await datasette.get_database(DATABASE).view_names()
    return Described(name, "view" if is_view else "table", title, about, columns, {})


async def _rows(datasette: Datasette, query: str, **parameters: Any) -> list[Row]:
    found = await datasette.get_database(DATABASE).execute(QUERIES[query], parameters)
    return [dict(row) for row in found.rows]


def _asked(request: Request, before: str = "") -> str:
    """The parameters that choose rows, as they stand in an address."""
    asked = urlencode([*filters_of(request)])
    return before + asked if asked else ""
