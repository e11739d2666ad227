"""The page of a place for templates/row-gongkai-divisions.html, and its short address by code alone."""

from __future__ import annotations

import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from gongkai_site.pages.division.view import QUERIES, DivisionPage, view_of  # noqa: E402
from gongkai_site.queries import answers_to  # noqa: E402

hookimpl = HookimplMarker("datasette")

DATABASE = "gongkai"
SHORT_ADDRESS = rf"/{DATABASE}/divisions/(?P<adcode>\d{{6}})$"


@hookimpl
def extra_template_vars(datasette: Datasette) -> dict[str, Callable[..., Coroutine[Any, Any, DivisionPage]]]:
    """``division_page(database, adcode, valid_from)`` gives the page of a place in one stretch of years."""

    async def division_page(database: str, adcode: str, valid_from: str) -> DivisionPage:
        parameters = {"adcode": adcode, "valid_from": int(valid_from)}
        return view_of(await answers_to(QUERIES, datasette.get_database(database), parameters), int(valid_from))

    return {"division_page": division_page}


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Coroutine[Any, Any, Response]]]]:
    """A code alone leads to the place that has it now, or had it last."""
    return [(SHORT_ADDRESS, newest_of_a_code)]


async def newest_of_a_code(datasette: Datasette, request: Request) -> Response:
    """To the page of the newest division with the code in the address; NotFound if no year has it."""
    adcode = request.url_vars["adcode"]
    found = await datasette.get_database(DATABASE).execute(QUERIES["stretches"], {"adcode": adcode})
    newest = found.first()
    if newest is None:
        raise NotFound(f"No division has the code {adcode}")
    return Response.redirect(datasette.urls.path(f"/{DATABASE}/divisions/{adcode},{newest['valid_from']}"))
