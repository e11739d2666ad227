"""Addresses in files: what leads to a page within the site is a path, in a file it has to be whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request

from gongkai_site.report_places import PLACES, SUBJECTS, place_of
from gongkai_site.texts import configured

PUBLICATION = "publication"
FIGURE_COLUMNS: dict[str, tuple[str, ...]] = {
    "applications": (
        *("natural_person", "business", "research_institution", "public_welfare_org", "legal_service_org"),
        *("other_org", "total"),
    ),
    "reviews": ("upheld", "corrected", "other", "pending", "total"),
    "hotline": (
        *("received", "transferred", "answered_directly", "handled", "completed", "pending", "overdue"),
        *("completion_rate", "on_time_rate", "reply_rate", "satisfaction_rate", "connect_rate", "direct_rate"),
    ),
}
"""Table → its columns that have a place of their own on a report's page, behind that of their row."""
OWN_PATH = re.compile(
    r"/gongkai/(?:reports/[a-z2-7]{10}(?:-\d+)?(?:#[\w-]+)?|divisions/[\d,]+|agencies/[\w-]+|report_summary\?[\w=&]+)"
)
BEGINNING = "/gongkai/"
LENGTH = len(BEGINNING)
REPORT_URL = "report_url"

Row = Sequence[Any]


def site_address(datasette: Datasette, request: Request | None) -> str:
    """The site's address without a slash at its end: as metadata.yml has it, else as it was asked for."""
    stated = configured(datasette, PUBLICATION).get("address")
    if stated:
        return str(stated).rstrip("/")
    return str(datasette.absolute_url(request, datasette.root)).rstrip("/")


def with_addresses(address: str, table: str | None, columns: Sequence[str]) -> Callable[[Row], list[Any]]:
    """What makes the paths in a row of ``table`` whole addresses, those of reports with the row's own fragment."""
    place = columns.index(REPORT_URL) if REPORT_URL in columns else None
    placed = table if table is not None and table.removesuffix("_full") in {*PLACES, *SUBJECTS} else None

    def whole(row: Row) -> list[Any]:
        cells = list(row)
        if place is not None and placed is not None:
            cells[place] = place_of(placed, dict(zip(columns, row, strict=True))) or cells[place]
        return [
            address + cell if cell.__class__ is str and cell[:LENGTH] == BEGINNING and is_own_path(cell) else cell
            for cell in cells
        ]

    return whole


def is_own_path(cell: Any) -> bool:
    """Whether a whole cell is the path of a page of ours."""
    return isinstance(cell, str) and cell.startswith(BEGINNING) and OWN_PATH.fullmatch(cell) is not None


def cell_address(table: str | None, column: str) -> str | None:
    """How the address of a cell follows from that of its row; None for a column whose cells have no place."""
    name = (table or "").removesuffix("_full")
    if column in FIGURE_COLUMNS.get(name, ()):
        return f"report_url-{column}"
    return REPORT_URL if name == "disclosures" and column in {"count", "amount_wan"} else None
