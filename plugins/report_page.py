"""The page of a report for templates/row-gongkai-reports.html."""

from __future__ import annotations

import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from gongkai_site.citations import Reference, data_version, day_of_access  # noqa: E402
from gongkai_site.files.addresses import site_address  # noqa: E402
from gongkai_site.pages.report.view import QUERIES, ReportPage, view_of  # noqa: E402
from gongkai_site.queries import answers_to  # noqa: E402
from gongkai_site.texts import Words, column_texts, words_of  # noqa: E402

hookimpl = HookimplMarker("datasette")


@hookimpl
def extra_template_vars(
    datasette: Datasette, request: Request | None
) -> dict[str, Callable[..., Coroutine[Any, Any, ReportPage]]]:
    """``report_page(database, id)`` gives the page of a report."""

    async def report_page(database: str, report: str) -> ReportPage:
        source = datasette.get_database(database)
        answers = await answers_to(QUERIES, source, {"report": report})
        address = f"{site_address(datasette, request)}/{database}/reports/{report}"
        version = data_version(answers["report"][0]["parser"], source.hash)
        reference = Reference(address, version, day_of_access())
        said = Words({**words_of(datasette, "citation"), **words_of(datasette, "report")})
        return view_of(answers, said, column_texts(datasette, database, "hotline"), reference)

    return {"report_page": report_page}
