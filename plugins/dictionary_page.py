"""The data dictionary at /about/dictionary: columns by words in either language, with examples from the database."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from datasette.app import Datasette
from datasette.database import Database
from datasette.utils.asgi import Request, Response
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from gongkai_site.language import language_of  # noqa: E402
from gongkai_site.metadata import COLUMN_TEXTS  # noqa: E402
from gongkai_site.pages.dictionary.view import LOOKED_AT, Section, dictionary, examples_in  # noqa: E402
from gongkai_site.texts import configured, titles_of_tables, words_of  # noqa: E402

hookimpl = HookimplMarker("datasette")

DATABASE = "gongkai"

_looked_at: WeakKeyDictionary[Database, dict[str, Sequence[Mapping[str, Any]]]] = WeakKeyDictionary()


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Response]]]]:
    """/about/dictionary."""
    return [(r"/about/dictionary$", data_dictionary)]


async def data_dictionary(request: Request, datasette: Datasette) -> Response:
    """The page, for the words ``q`` and the table ``table`` of its address."""
    asked, table = (str(request.args.get(name) or "").strip() for name in ("q", "table"))
    titles = titles_of_tables(datasette, DATABASE)
    texts = {name: columns for name, columns in configured(datasette, COLUMN_TEXTS)[DATABASE].items() if name in titles}
    page = dictionary(texts, titles, asked, table)
    page = replace(page, sections=[await _with_examples(datasette, section) for section in page.sections])
    language = language_of(request.scope)
    shown = {"page": page, "language": language, "words": words_of(datasette, "dictionary")}
    return Response.html(await datasette.render_template("dictionary.html", shown, request=request))


async def _with_examples(datasette: Datasette, section: Section) -> Section:
    database = datasette.get_database(DATABASE)
    seen = _looked_at.setdefault(database, {})
    if section.table not in seen:
        result = await database.execute(f'SELECT * FROM "{section.table}" LIMIT {LOOKED_AT}')
        seen[section.table] = [dict(row) for row in result.rows]
    rows = seen[section.table]
    return replace(
        section, entries=[replace(entry, examples=examples_in(rows, entry.column)) for entry in section.entries]
    )
