"""The start page for templates/index.html."""

from __future__ import annotations

import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from gongkai_site.pages.home.view import QUERIES, UNGROUPED, Home, view_of  # noqa: E402
from gongkai_site.queries import answers_to  # noqa: E402
from gongkai_site.texts import Text, configured, words_of  # noqa: E402

hookimpl = HookimplMarker("datasette")

GROUPS = "query-groups"


@hookimpl
def extra_template_vars(datasette: Datasette) -> dict[str, Callable[..., Coroutine[Any, Any, Home]]]:
    """``home_page(database)`` gives the page of a database."""

    async def home_page(database: str) -> Home:
        queries = await datasette.get_canned_queries(database, None)
        answers = await answers_to(QUERIES, datasette.get_database(database), {})
        return view_of(answers, queries, groups_of(datasette))

    return {"home_page": home_page}


def groups_of(datasette: Datasette) -> dict[str, Text]:
    """The groups of questions in their order, and last the one for those without."""
    stated = configured(datasette, GROUPS)
    named = {name: Text(**words) if isinstance(words, dict) else Text(words) for name, words in stated.items()}
    return {**named, UNGROUPED: words_of(datasette, "home")["other_questions"]}
