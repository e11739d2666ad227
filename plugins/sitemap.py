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
from gongkai_site.pages.sitemap.view import MOST, QUERIES, STANDING, parts_for  # noqa: E402
from gongkai_site.queries import answers_to  # noqa: E402

hookimpl = HookimplMarker("datasette")

XML = "application/xml; charset=utf-8"


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Response]]]]:
    """/sitemap.xml, and /sitemap-1.xml and so on."""
    return [(r"/sitemap\.xml$", index), (r"/sitemap-(?P<part>[1-9]\d{0,5})\.xml$", part)]


async def index(request: Request, datasette: Datasette) -> Response:
    """The list of the parts."""
    parts, address = await _parts(datasette), site_address(datasette, request)
    return await _xml(datasette, "sitemap_index.xml", parts=[f"{address}/sitemap-{n + 1}.xml" for n in range(parts)])


async def part(request: Request, datasette: Datasette) -> Response:
    """Some of the pages. Raises NotFound behind the last part."""
    number = int(request.url_vars["part"])
    if number > await _parts(datasette):
        raise NotFound(f"No part {number} of the sitemap")
    asked = {"most": MOST, "behind": (number - 1) * MOST}
    answers = await answers_to({"pages": QUERIES["pages"]}, datasette.get_database("gongkai"), asked)
    standing = [(path, None) for path in STANDING] if number == 1 else []
    address = site_address(datasette, request)
    found = [*standing, *((row["path"], row["day"]) for row in answers["pages"])]
    return await _xml(datasette, "sitemap.xml", pages=[(address + path, day) for path, day in found])


async def _parts(datasette: Datasette) -> int:
    answers = await answers_to({"count": QUERIES["count"]}, datasette.get_database("gongkai"), {})
    return parts_for(answers["count"][0]["pages"])


async def _xml(datasette: Datasette, template: str, **shown: Any) -> Response:
    return Response(await datasette.render_template(template, shown), content_type=XML)
