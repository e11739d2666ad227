"""What search engines for data read: the catalogue and the data set as JSON-LD of schema.org."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request
from markupsafe import Markup
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))
from gongkai_site.files.addresses import site_address  # noqa: E402
from gongkai_site.pages.linked_data.view import QUERIES, catalogue, data_set  # noqa: E402
from gongkai_site.queries import answers_to  # noqa: E402
from gongkai_site.texts import words_of  # noqa: E402

hookimpl = HookimplMarker("datasette")


@hookimpl
def extra_template_vars(
    datasette: Datasette, request: Request | None
) -> dict[str, Callable[..., Coroutine[Any, Any, Markup]]]:
    """``linked_data(kind, language)`` for the templates: "catalogue" for the start page, else the data set."""

    async def linked_data(kind: str, language: str) -> Markup:
        database = datasette.get_database("gongkai")
        answers = await answers_to(QUERIES, database, {})
        address, said = site_address(datasette, request), words_of(datasette, "linked_data")
        made = data_set(said, language, address, answers, str(database.hash))
        return as_script(catalogue(said, language, address, made) if kind == "catalogue" else made)

    return {"linked_data": linked_data}


def as_script(content: dict[str, Any]) -> Markup:
    """``content`` as JSON that no browser takes for markup."""
    return Markup(json.dumps(content, ensure_ascii=False, indent=1).replace("<", "\\u003c"))
