"""The home page for templates/index.html."""

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

from gongkai_site.pages.home.view import QUERIES, Home, view_of  # noqa: E402
from gongkai_site.queries import answers_to  # noqa: E402

hookimpl = HookimplMarker("datasette")


@hookimpl
def extra_template_vars(datasette: Datasette) -> dict[str, Callable[..., Coroutine[Any, Any, Home]]]:
    """``home_page(database)`` gives the page of a database."""

    async def home_page(database: str) -> Home:
        return view_of(await answers_to(QUERIES, datasette.get_database(database), {}))

    return {"home_page": home_page}
