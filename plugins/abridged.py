"""Marks what comes from an abridged report: restated, not quoted."""

from __future__ import annotations

import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from datasette.app import Datasette
from datasette.database import Database
from markupsafe import Markup
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from gongkai_site.cells import speaking_of  # noqa: E402
from gongkai_site.language import language_now, tag_of  # noqa: E402
from gongkai_site.texts import words_of  # noqa: E402

hookimpl = HookimplMarker("datasette")

MARK = Markup('<strong class="abridged" lang="{}" title="{}">{}</strong>')
WITH_ABRIDGED = "SELECT id FROM reports WHERE abridged = 1"

_ids: WeakKeyDictionary[Database, frozenset[str]] = WeakKeyDictionary()


async def abridged_reports(datasette: Datasette, database: str) -> frozenset[str]:
    """Ids of the abridged reports, read once: the published database does not change."""
    source = datasette.get_database(database)
    if source not in _ids:
        result = await source.execute(WITH_ABRIDGED)
        _ids[source] = frozenset(row["id"] for row in result.rows)
    return _ids[source]


def mark(datasette: Datasette) -> Markup:
    """What stands beside an abridged report."""
    words = words_of(datasette)
    return MARK.format(tag_of(language_now()), words["restated_more"], words["restated"])


async def _marked_link(value: dict[str, Any], database: str, datasette: Datasette) -> Markup | None:
    if value["value"] not in await abridged_reports(datasette, database):
        return None
    address = datasette.urls.row(database, "reports", value["value"])
    return Markup('<a href="{}">{}</a> {}').format(address, value["label"], mark(datasette))


@hookimpl
@speaking_of(columns=lambda _, column: column in ("abridged", "report"))
def render_cell(
    value: Any, column: str, database: str, datasette: Datasette
) -> Markup | Coroutine[Any, Any, Markup | None] | None:
    """``abridged`` 1 in words, and the mark behind every link to an abridged report."""
    if column == "abridged" and value == 1:
        return Markup("1 {}").format(mark(datasette))
    if column == "report" and isinstance(value, dict):
        return _marked_link(value, database, datasette)
    return None


@hookimpl
def extra_template_vars(datasette: Datasette) -> dict[str, Callable[..., Coroutine[Any, Any, Any]]]:
    """``count_abridged(database)`` and ``is_abridged(database, report)`` for the templates."""

    async def count_abridged(database: str) -> int:
        return len(await abridged_reports(datasette, database))

    async def is_abridged(database: str, report: object) -> bool:
        return str(report) in await abridged_reports(datasette, database)

    return {"count_abridged": count_abridged, "is_abridged": is_abridged}
