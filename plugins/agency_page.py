"""The page of an authority for templates/row-gongkai-agencies.html."""

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

from gongkai_site.pages.agency.view import QUERIES, AgencyPage, view_of  # noqa: E402
from gongkai_site.queries import answers_to  # noqa: E402
from gongkai_site.texts import words_of  # noqa: E402

hookimpl = HookimplMarker("datasette")


@hookimpl
def extra_template_vars(datasette: Datasette) -> dict[str, Callable[..., Coroutine[Any, Any, AgencyPage]]]:
    """``agency_page(database, id)`` gives the page of an authority."""

    async def agency_page(database: str, agency: str) -> AgencyPage:
        answers = await answers_to(QUERIES, datasette.get_database(database), {"agency": agency})
        return view_of(answers, words_of(datasette, "agency"))

    return {"agency_page": agency_page}
