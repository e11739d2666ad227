"""One search box over everything, at /find: authorities, places, questions, columns, the words of reports."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from markupsafe import Markup
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from gongkai_site.metadata import COLUMN_TEXTS  # noqa: E402
from gongkai_site.pages.dictionary.view import dictionary  # noqa: E402
from gongkai_site.pages.find.view import (  # noqa: E402
    QUERIES,
    Kind,
    authorities,
    columns,
    places,
    questions,
    texts,
    told_of,
)
from gongkai_site.queries import Row  # noqa: E402
from gongkai_site.texts import Text, configured, titles_of_tables  # noqa: E402
from search_grams import marked_snippet  # noqa: E402

hookimpl = HookimplMarker("datasette")

DATABASE = "gongkai"
MOST_CHARACTERS = 200


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Response]]]]:
    """/find."""
    return [(r"/find$", find)]


async def find(request: Request, datasette: Datasette) -> Response:
    """The page for the words ``q``; without any, the box alone."""
    asked = " ".join(str(request.args.get("q") or "").split())[:MOST_CHARACTERS]
    kinds = await found_for(datasette, asked) if asked else []
    shown = {"asked": asked, "kinds": kinds, "found": sum(kind.found for kind in kinds), "marked": _marked(asked)}
    return Response.html(await datasette.render_template("find.html", shown, request=request))


async def found_for(datasette: Datasette, asked: str) -> list[Kind]:
    """What is found of each kind, in the order in which it is shown."""
    queries = await datasette.get_canned_queries(DATABASE, None)
    statements = {**QUERIES, "authorities": queries["find_authority"]["sql"]}
    names = ("authorities", "places", "texts")
    answers = await asyncio.gather(*(_rows(datasette, statements[name], asked) for name in names))
    rows = dict(zip(names, answers, strict=True))

    def text(name: str, key: str) -> Text | None:
        found: Text | None = datasette.text_in_all("databases", DATABASE, "queries", name, key)
        return found

    titles = titles_of_tables(datasette, DATABASE)
    described = {name: told for name, told in configured(datasette, COLUMN_TEXTS)[DATABASE].items() if name in titles}
    return [
        authorities(rows["authorities"], asked),
        places(rows["places"], asked),
        questions(told_of(queries, text), asked),
        texts(rows["texts"], asked),
        columns(dictionary(described, titles, asked, "")),
    ]


async def _rows(datasette: Datasette, statement: str, asked: str) -> list[Row]:
    result = await datasette.get_database(DATABASE).execute(statement, {"q": asked})
    return [dict(row) for row in result.rows]


def _marked(asked: str) -> Callable[[str], Markup]:
    """What marks the words in a stretch of a report's text."""
    return lambda snippet: marked_snippet(snippet, asked)
