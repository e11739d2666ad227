"""Files to download: .csv and .xlsx behind the address of every table, view, row, canned query and SQL of one's own."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from gongkai_site.files.box import Downloads, downloads_of  # noqa: E402
from gongkai_site.files.csv_text import as_csv  # noqa: E402
from gongkai_site.files.rows import Answering, FileView, QueryFile, RowFile, TableFile  # noqa: E402
from gongkai_site.files.workbook import as_workbook  # noqa: E402
from gongkai_site.texts import words_of  # noqa: E402

hookimpl = HookimplMarker("datasette")

Route = tuple[str, Callable[..., Awaitable[Any]]]
PLACES: tuple[tuple[str, type[FileView]], ...] = (
    (r"/(?P<database>[^\/\.]+)\.(?P<format>{})$", QueryFile),
    (r"/(?P<database>[^\/\.]+)/(?P<table>[^\/\.]+)\.(?P<format>{})$", TableFile),
    (r"/(?P<database>[^\/\.]+)/(?P<table>[^/]+?)/(?P<pks>[^/]+?)\.(?P<format>{})$", RowFile),
)
"""Where rows are → the view that reads them."""


@hookimpl
def register_routes() -> list[Route]:
    """Paths that end in .csv or .xlsx, before Datasette's own."""
    return [*_routes("csv", as_csv), *_routes("xlsx", as_workbook, always_whole=True)]


@hookimpl
def extra_template_vars(datasette: Datasette, request: Request | None) -> dict[str, Any]:
    """``download_box(columns, rows, at_most)`` for the templates: the files of the page's rows."""

    def download_box(columns: int, rows: int | None, at_most: int | None = None) -> Downloads:
        return downloads_of(datasette, request, columns, rows, at_most)

    return {"download_box": download_box, "downloads_words": words_of(datasette, "downloads")}


def _routes(ending: str, answering: Answering, always_whole: bool = False) -> Iterator[Route]:
    for pattern, view in PLACES:
        yield pattern.format(ending), _answer(view, answering, always_whole)


def _answer(view: type[FileView], answering: Answering, always_whole: bool) -> Callable[..., Awaitable[Any]]:
    async def answer(request: Request, datasette: Datasette) -> Any:
        return await view(datasette).file(request, answering, always_whole)

    return answer
