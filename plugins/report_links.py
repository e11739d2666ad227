"""Ways to a report's page: from the column ``report_url``, and from every row to its own place on that page."""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from markupsafe import Markup
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from gongkai_site.texts import words_of  # noqa: E402

hookimpl = HookimplMarker("datasette")

REPORT_PATH = re.compile(r"/gongkai/reports/[a-z2-7]{10}(-\d+)?(#[\w-]+)?")
SUMMED_PATH = re.compile(r"/gongkai/report_summary\?[\w=&]+")
PLACES: dict[str, tuple[str, ...]] = {
    "applications": ("item",),
    "disclosures": ("item", "measure"),
    "reviews": ("channel",),
    "hotline": ("position",),
    "statements": ("position",),
    "sections": ("position",),
}
"""Table → the columns that, behind its name, make the fragment of a row's place."""
SUBJECTS = frozenset({"checks", "corrections"})
"""Tables whose column ``subject`` is the fragment itself."""
SUMMARY = "report_summary"
HEADINGS = {"applications_by_outcome": "applications", "problems": "problems", SUMMARY: ""}
"""Tables whose rows stand for more than one place: the heading above those places, if there is one."""


def fragment_of(table: str, row: Mapping[str, Any]) -> str | None:
    """Where a row of ``table``, or of its view, stands on its report's page; None for what stands on none."""
    name = table.removesuffix("_full")
    if name in PLACES:
        return "-".join((name, *(str(_plain(row[column])) for column in PLACES[name])))
    if name in SUBJECTS:
        return str(row["subject"])
    return HEADINGS.get(name)


def place_of(table: str, row: Mapping[str, Any]) -> str | None:
    """The path of a row's place on its report's page; None if it has none, or a reader has hidden the columns."""
    try:
        fragment = fragment_of(table, row)
        report = None if fragment is None else _plain(row["report"])
    except (KeyError, IndexError):
        return None
    return None if report is None else f"/gongkai/reports/{report}{f'#{fragment}' if fragment else ''}"


def _plain(value: Any) -> Any:
    """A foreign key that Datasette has given its label is a dictionary."""
    return value["value"] if isinstance(value, dict) else value


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


@hookimpl
def render_cell(row: Mapping[str, Any], value: Any, table: str | None, datasette: Datasette) -> Markup | None:
    """A link where the whole cell is a path of this site, also when the site is served below another path."""
    if not isinstance(value, str):
        return None
    if REPORT_PATH.fullmatch(value):
        place = place_of(table, row) if table else None
        return _link(datasette, place or value, "link_to_report")
    if SUMMED_PATH.fullmatch(value):
        return _link(datasette, value, "link_to_reports")
    return None


def _link(datasette: Datasette, path: str, words: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(datasette.urls.path(path), words_of(datasette)[words].both)


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
            for cell in row:
                if cell["value_type"] == "pk" and (address := place(table, row)):
                    cell["value"] = _led_to_place(cell, address, table, words_of(datasette)["link_to_place"].both)
        return ""

    return {"place": place, "lead_to_places": lead_to_places}


def _led_to_place(cell: Mapping[str, Any], address: str, table: str, words: str) -> Markup:
    """The cell that names its row, with a link to the row's place; a summary's row is the report itself."""
    if table == SUMMARY:
        return Markup('<a href="{}">{}</a>').format(address, cell["raw"])
    return Markup('{} <a class="place" href="{}">{}</a>').format(cell["value"], address, words)
