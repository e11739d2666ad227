"""The pages of text at /about and below it, from the Markdown in docs/site."""

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

from gongkai_site.contact import Report, contact_of, report_an_error  # noqa: E402
from gongkai_site.language import language_of  # noqa: E402
from gongkai_site.pages.text.view import START, text_page  # noqa: E402
from gongkai_site.texts import words_of  # noqa: E402

hookimpl = HookimplMarker("datasette")


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Response]]]]:
    """/about, and /about/NAME."""
    return [(r"/about$", text), (r"/about/(?!(?:dictionary|release)$)(?P<name>[a-z-]+)$", text)]


@hookimpl
def extra_template_vars(datasette: Datasette) -> dict[str, Any]:
    """``text_words`` for the templates of these pages, and ``contact_link(language)``."""

    def contact_link(language: str) -> str | None:
        about = Report(words_of(datasette, "text")["site_name"].of(language), "")
        return report_an_error(datasette, about, language)

    return {"text_words": words_of(datasette, "text"), "contact_link": contact_link}


async def text(request: Request, datasette: Datasette) -> Response:
    """A page of text. Raises NotFound for one that is not there."""
    name, language = request.url_vars.get("name", START), language_of(request.scope)
    run = words_of(datasette, "text")["run_sql"].of(language)
    dictionary = words_of(datasette, "dictionary")["dictionary_title"].of(language)
    release = words_of(datasette, "release")["release_heading"].of(language)
    others = [("/about/dictionary", dictionary), ("/about/release", release)]
    try:
        page = text_page(name, language, datasette.urls.path, run, others)
    except KeyError as error:
        raise NotFound(f"No page {name}") from error
    shown = {"page": page, "language": language, "contact": contact_of(datasette)}
    return Response.html(await datasette.render_template("text.html", shown, request=request))
