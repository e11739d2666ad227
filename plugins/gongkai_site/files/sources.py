"""What a file says of itself: source, address, filters, version of the data, citation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.utils.asgi import Request

from gongkai_site.citations import cite_result, data_version, day_of_access
from gongkai_site.requests import parameters
from gongkai_site.texts import Text, titles_of, words_of

from .addresses import site_address
from .rows import Rows

OF_THE_FILE = frozenset(
    {"_size", "_next", "_stream", "_excel", "_dl", "_labels", "_shape", "_header", "_nocount", "_nofacet", "_facet"}
)
"""Parameters that change how the rows are given, not which."""


@dataclass(frozen=True)
class Source:
    """Lines of name and words, both in two languages, before and behind what is known only when all is written."""

    lines: list[tuple[str, str]]
    citations: list[tuple[str, str]]


def source_of(datasette: Datasette, request: Request, table: Rows) -> Source:
    """What is known of ``table`` before it is read."""
    said = words_of(datasette, "workbook")
    title, description = titles_for(datasette, table)
    page = page_address(datasette, request)
    version = data_version(database_hash=datasette.get_database("gongkai").hash)
    lines = [
        (said["of_title"].both, title.both),
        (said["of_description"].both, description.both),
        (said["of_publisher"].both, said["publisher"].both),
        (said["of_source"].both, said["sources"].both),
        (said["of_address"].both, page),
        (said["of_file"].both, str(datasette.absolute_url(request, request.full_path))),
        *((said["of_filter"].both, f"{name} = {value}") for name, value in filters_of(request)),
        *([(said["of_sql"].both, table.sql)] if table.sql else []),
        (said["of_version"].both, version),
        (said["of_day"].both, day_of_access()),
        (said["of_licence"].both, said["licence"].both),
        (said["of_blank"].both, said["blanks_are"].both),
    ]
    cited = cite_result(words_of(datasette, "citation"), title, page, version, day_of_access())
    return Source(lines, [(said[f"of_{name}"].both, words) for name, words in cited])


def titles_for(datasette: Datasette, table: Rows) -> tuple[Text, Text]:
    """Title and description of a table or a canned query; of SQL of one's own that it is that."""
    said = words_of(datasette, "workbook")
    return titles_of(datasette, "gongkai", table.name or "") or (said["own_sql"], said["own_sql_more"])


def page_address(datasette: Datasette, request: Request) -> str:
    """The address of the page that shows what the file holds."""
    path: str = request.path.rpartition(".")[0]
    kept = [(name, value) for name, value in parameters(request.scope) if name not in OF_THE_FILE]
    path = path.removeprefix(datasette.root.rstrip("/"))
    return site_address(datasette, request) + path + (f"?{urlencode(kept)}" if kept else "")


def filters_of(request: Request) -> Iterator[tuple[str, str]]:
    """What chose the rows: the parameters of the address, a statement apart."""
    for name, value in parameters(request.scope):
        if name not in OF_THE_FILE | {"sql", "_col", "_nocol"} and value:
            yield name, value
