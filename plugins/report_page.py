"""The page of a report for templates/row-gongkai-reports.html."""

from __future__ import annotations

import sys
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from gongkai_site.pages.report.citation import Reference, data_version  # noqa: E402
from gongkai_site.pages.report.view import QUERIES, ReportPage, view_of  # noqa: E402
from gongkai_site.queries import answers_to  # noqa: E402
from gongkai_site.texts import column_texts, words_of  # noqa: E402

hookimpl = HookimplMarker("datasette")

BEIJING = timezone(timedelta(hours=8))


@hookimpl
def extra_template_vars(
    datasette: Datasette, request: Request | None
) -> dict[str, Callable[..., Coroutine[Any, Any, ReportPage]]]:
    """``report_page(database, id)`` gives the page of a report."""

    async def report_page(database: str, report: str) -> ReportPage:
        source = datasette.get_database(database)
        answers = await answers_to(QUERIES, source, {"report": report})
        address = datasette.absolute_url(request, datasette.urls.row(database, "reports", report))
        version = data_version(answers["report"][0]["parser"], source.hash)
        reference = Reference(address, version, datetime.now(BEIJING).date().isoformat())
        return view_of(answers, words_of(datasette, "report"), column_texts(datasette, database, "hotline"), reference)

    return {"report_page": report_page}
