"""/sitemap.xml and its parts: every page for search engines."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from gongkai_site.files.addresses import site_address  # noqa: E402
from gongkai_site.pages.sitemap.view import QUERIES, asked_for, pages_of, parts_in  # noqa: E402
from gongkai_site.queries import answers_to  # noqa: E402

hookimpl = HookimplMarker("datasette")

XML = "application/xml; charset=utf-8"


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Response]]]]:
    """/sitemap.xml, and /sitemap-1.xml and so on."""
    return [(r"/sitemap\.xml$", index), (r"/sitemap-(?P<part>[1-9]\d{0,5})\.xml$", part)]


async def index(request: Request, datasette: Datasette) -> Response:
    """The list of the parts."""
    answers = await answers_to(QUERIES, datasette.get_database("gongkai"), asked_for(1))
    address = site_address(datasette, request)
    parts = [f"{address}/sitemap-{number + 1}.xml" for number in range(parts_in(answers))]
    return await _xml(datasette, "sitemap_index.xml", parts=parts)


async def part(request: Request, datasette: Datasette) -> Response:
    """Some of the pages. Raises NotFound behind the last part."""
    number, address = int(request.url_vars["part"]), site_address(datasette, request)
    answers = await answers_to(QUERIES, datasette.get_database("gongkai"), asked_for(number))
    if number > parts_in(answers):
        raise NotFound(f"No part {number} of the sitemap")
    return await _xml(
        datasette, "sitemap.xml", pages=[(address + path, day) for path, day in pages_of(answers, number)]
    )


async def _xml(datasette: Datasette, template: str, **shown: Any) -> Response:
    return Response(await datasette.render_template(template, shown), content_type=XML)
