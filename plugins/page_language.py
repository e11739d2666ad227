"""The language of pages: Datasette's templates translated, and what our templates need to speak one language."""

from __future__ import annotations

import sys
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response
from jinja2 import Environment
from markupsafe import Markup
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from gongkai_site.column_words import heading  # noqa: E402
from gongkai_site.filter_words import described  # noqa: E402
from gongkai_site.han import coded, marked, marked_html, tag_of_words  # noqa: E402
from gongkai_site.language import (  # noqa: E402
    DEFAULT,
    FALLBACK,
    LANGUAGES,
    URL_SAFE,
    address_in,
    catalogue,
    language_now,
    said,
    spoken_now,
    tag_of,
)
from gongkai_site.texts import column_texts, words_of  # noqa: E402
from gongkai_site.translation import TranslateTemplates, script_in  # noqa: E402

hookimpl = HookimplMarker("datasette")

WRITTEN = (DEFAULT, FALLBACK)
"""Languages in which words stand in the database."""

TRANSLATED_SCRIPT = rf"/-/static/(?P<language>{'|'.join(LANGUAGES)})/(?P<package>\w+)/(?P<script>[\w.-]+\.js)$"


@hookimpl
def startup() -> None:
    """Read every language now: one that is malformed ends the start, not the first page in it."""
    for language in LANGUAGES:
        catalogue(language)


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Translate templates as they are compiled; the functions that they then call are everywhere."""
    env.add_extension(TranslateTemplates)
    env.filters.update(coded=coded, marked=marked, marked_html=marked_html, tag_of_words=tag_of_words)
    env.globals.update(language_now=language_now, said=said, in_page_language=said)


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Coroutine[Any, Any, Response]]]]:
    """Scripts of Datasette that speak, each in a language."""
    return [(TRANSLATED_SCRIPT, translated_script)]


async def translated_script(request: Request) -> Response:
    """A script in the language of its address; NotFound for one that the language has no words for."""
    asked = request.url_vars
    text = script_in(asked["package"], asked["script"], asked["language"])
    if text is None:
        raise NotFound("There is no such script")
    return Response(text, content_type="text/javascript; charset=utf-8")


@hookimpl
def extra_template_vars(
    datasette: Datasette, request: Request | None, database: str | None, table: str | None
) -> dict[str, Any]:
    """``lang``, the words of every page, this page's addresses in all languages, and the names of columns."""

    def heading_of(table: str, column: str, owner: str = database or "") -> str:
        """The name of a column in the page's language; its code where metadata.yml does not describe it."""
        parts = column_texts(datasette, owner, table).get(column)
        return heading(parts, language_now(), column)

    def is_read(table: str, column: str) -> bool:
        """Whether the words of a column are in the page's language, or in no certain one."""
        wanted = language_now() if language_now() in WRITTEN else FALLBACK
        parts = column_texts(datasette, database or "", table).get(column) or {}
        return parts.get("language", wanted) == wanted

    def described_rows(filters: Any, search: str, sort: str | None, sort_desc: str | None) -> Markup:
        """Which rows of the table are shown, and in which order, in the page's language."""
        return described(
            language_now(),
            filters.selections(),
            lambda column: heading_of(table or "", column),
            search or "",
            len(request.args.getlist("_where")) if request else 0,
            sort,
            sort_desc,
        )

    return {
        "lang": language_now(),
        "lang_tag": tag_of(language_now()),
        "page_languages": page_languages(datasette, request),
        "every_page": words_of(datasette),
        "page_words": lambda page: words_of(datasette, page),
        "heading_of": heading_of,
        "is_read": is_read,
        "described": described_rows,
    }


def page_languages(datasette: Datasette, request: Request | None) -> list[Mapping[str, Any]]:
    """This page in every language: ``language``, ``tag``, ``name``, ``path``, ``address`` (whole) and ``is_this``."""
    spoken = spoken_now()
    query = f"?{spoken.query}" if spoken.query else ""
    found: list[Mapping[str, Any]] = []
    for language in LANGUAGES:
        path = datasette.root.rstrip("/") + quote(address_in(spoken.path, language), safe=URL_SAFE) + query
        address = datasette.absolute_url(request, path) if request else path
        found.append(
            {
                "language": language,
                "tag": tag_of(language),
                "name": catalogue(language)["name"],
                "path": path,
                "address": address,
                "is_this": language == language_now(),
                "is_default": language == DEFAULT,
            }
        )
    return found
