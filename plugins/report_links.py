"""Ways to a page of this site: from columns that hold its path, and from every row to its place in a report."""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from markupsafe import Markup
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from gongkai_site.cells import speaking_of  # noqa: E402
from gongkai_site.report_places import SUMMARY, place_of  # noqa: E402
from gongkai_site.texts import words_of  # noqa: E402

hookimpl = HookimplMarker("datasette")

OWN_PATHS = "/gongkai/"
REPORT_PATH = re.compile(r"/gongkai/reports/[a-z2-7]{10}(-\d+)?(#[\w-]+)?")
SUMMED_PATH = re.compile(r"/gongkai/report_summary\?[\w=&]+")
OTHER_PATHS = {
    "link_to_reports": SUMMED_PATH,
    "link_to_division": re.compile(r"/gongkai/divisions/\d{6}"),
    "link_to_authority": re.compile(r"/gongkai/agencies/[\w-]+"),
}
"""The words of a link → the paths that it may lead to."""


def reports_path(year: int | None, level: str | None, scope: str | None) -> str:
    """The path of the list of those reports that a sum within one year, level and scope is made of."""
    chosen = {"year": year, "level": level, "scope": scope}
    return "/gongkai/report_summary?" + "&".join(
        f"{column}__isnull=1" if value is None else f"{column}={value}" for column, value in chosen.items()
    )


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Add ``reports_path(year, level, scope)`` to SQL."""
    conn.create_function("reports_path", 3, reports_path, deterministic=True)


def is_own_path(value: Any) -> bool:
    """Whether ``value`` may be a path of this site."""
    return isinstance(value, str) and value.startswith(OWN_PATHS)


@hookimpl
@speaking_of(values=is_own_path)
def render_cell(row: Mapping[str, Any], value: Any, table: str | None, datasette: Datasette) -> Markup | None:
    """A link where the whole cell is a path of this site, also when the site is served below another path."""
    if not is_own_path(value):
        return None
    if REPORT_PATH.fullmatch(value):
        place = place_of(table, row) if table else None
        return _link(datasette, place or value, "link_to_report")
    words = next((words for words, path in OTHER_PATHS.items() if path.fullmatch(value)), None)
    return None if words is None else _link(datasette, value, words)


def _link(datasette: Datasette, path: str, words: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(datasette.urls.path(path), words_of(datasette)[words])


@hookimpl
def extra_template_vars(datasette: Datasette) -> dict[str, Callable[..., str | None]]:
    """``place(table, row)`` for the templates: the address of a row's place on its report's page.

    ``lead_to_places(table, rows)`` puts a link to it into the first cell of each row that a table page shows.
    """

    def place(table: str, row: Mapping[str, Any]) -> str | None:
        path = place_of(table, row)
        return None if path is None else str(datasette.urls.path(path))

    def lead_to_places(table: str, rows: Iterable[Any]) -> str:
        for row in rows:
            for cell in islice(row, 1):
                if cell["value_type"] == "pk" and (address := place(table, row)):
                    cell["value"] = _led_to_place(cell, address, table, str(words_of(datasette)["link_to_place"]))
        return ""

    return {"place": place, "lead_to_places": lead_to_places}


def _led_to_place(cell: Mapping[str, Any], address: str, table: str, words: str) -> Markup:
    """The cell that names its row, with a link to the row's place; a summary's row is the report itself."""
    if table == SUMMARY:
        return Markup('<a href="{}">{}</a>').format(address, cell["raw"])
    return Markup('{} <a class="place" href="{}">{}</a>').format(cell["value"], address, words)
