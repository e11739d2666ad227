"""Where a row of a table stands on the page of its report: path and fragment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PLACES: dict[str, tuple[str, ...]] = {
    "applications": ("item",),
    "disclosures": ("item", "measure"),
    "reviews": ("channel",),
    "hotline": ("position",),
    "statements": ("position",),
    "sections": ("position",),
}
"""Table → the columns that, behind its name, make the fragment of a row's place."""
SUBJECTS = frozenset({"checks", "corrections", "superseded_differences"})
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
