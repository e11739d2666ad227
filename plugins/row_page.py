"""The citation of a row on its own page: what of which report it is, or which row of which table of ours."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from gongkai_site.citations import Citation, Reference, cite, cite_row_of_ours, data_version, day_of_access  # noqa: E402
from gongkai_site.contact import Report, report_an_error  # noqa: E402
from gongkai_site.files.addresses import site_address  # noqa: E402
from gongkai_site.language import language_now  # noqa: E402
from gongkai_site.pages.row.view import QUERIES, CitedRow, asked_for, part_of_report, plain, report_of, reported  # noqa: E402
from gongkai_site.queries import answers_to  # noqa: E402
from gongkai_site.report_places import place_of  # noqa: E402
from gongkai_site.texts import Text, titles_of, words_of  # noqa: E402

hookimpl = HookimplMarker("datasette")


@hookimpl
def extra_template_vars(datasette: Datasette, request: Request | None) -> dict[str, Callable[..., Any]]:
    """``cite_row(database, table, row, keys)``, and ``report_error(title, address)`` for a page as a whole."""

    async def cite_row(database: str, table: str, row: Mapping[str, Any], keys: Sequence[str]) -> CitedRow:
        found = plain(row)
        citation = await _citation(datasette, site_address(datasette, request), database, table, found, keys)
        about = reported(f"{table} {','.join(keys)}", citation.address, found)
        return CitedRow(citation, report_an_error(datasette, about, language_now()))

    def report_error(title: str, address: str) -> str | None:
        return report_an_error(datasette, Report(title, address), language_now())

    return {"cite_row": cite_row, "report_error": report_error}


async def _citation(
    datasette: Datasette, address: str, database: str, table: str, row: Mapping[str, Any], keys: Sequence[str]
) -> Citation:
    source, said = datasette.get_database(database), words_of(datasette, "citation")
    title, _ = titles_of(datasette, database, table) or (Text(table), Text(""))
    answers = await answers_to(QUERIES, source, asked_for(row))
    report = report_of(answers)
    if report is None:
        own = f"{address}/{database}/{table}/{','.join(keys)}"
        named = " ".join(filter(None, (row.get("name"), ",".join(keys))))
        return cite_row_of_ours(said, title, named, own, data_version(database_hash=source.hash), day_of_access())
    place = address + (place_of(table, row) or f"/{database}/reports/{report['id']}")
    version = data_version(report["parser"], source.hash)
    return cite(said, report, Reference(place, version, day_of_access(), part_of_report(title, answers)))
