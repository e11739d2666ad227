"""/feeds/reports.atom and /feeds/corrections.atom: what is new, to subscribe to."""

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
from gongkai_site.language import language_of  # noqa: E402
from gongkai_site.pages.feeds.view import QUERIES, feed_of, is_feed  # noqa: E402
from gongkai_site.queries import answers_to  # noqa: E402
from gongkai_site.texts import words_of  # noqa: E402

hookimpl = HookimplMarker("datasette")

ATOM = "application/atom+xml; charset=utf-8"


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Response]]]]:
    """/feeds/NAME.atom."""
    return [(r"/feeds/(?P<name>\w+)\.atom$", feed)]


@hookimpl
def extra_template_vars(datasette: Datasette) -> dict[str, Any]:
    """``feed_words`` for the head of every page."""
    return {"feed_words": words_of(datasette, "feeds")}


async def feed(request: Request, datasette: Datasette) -> Response:
    """The feed. Raises NotFound for one that is not there."""
    name, language = request.url_vars["name"], language_of(request.scope)
    if not is_feed(name):
        raise NotFound(f"No feed {name}")
    answers = await answers_to({name: QUERIES[name]}, datasette.get_database("gongkai"), {})
    said, address = words_of(datasette, "feeds"), site_address(datasette, request)
    shown: dict[str, Any] = {
        "feed": feed_of(answers[name], address),
        "language": language,
        "title": said[f"feed_{name}"].of(language),
        "subtitle": said[f"feed_{name}_more"].of(language),
        "publisher": said["feed_publisher"].of(language),
        "restated": words_of(datasette)["restated"].of(language),
        "own_address": f"{address}/feeds/{name}.atom",
        "page_address": f"{address}/gongkai/{name}",
    }
    return Response(await datasette.render_template("feed.xml", shown), content_type=ATOM)
