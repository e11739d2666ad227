"""The rows behind an address, for whatever file they are to stand in: a page of them, or all.

All rows are one statement read to its end, not pages: what a file costs grows with its rows alone. It is made in the
process apart and sent when it is complete, so that a file that came is whole.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.utils import escape_sqlite, path_with_added_args, tilde_decode
from datasette.utils.asgi import BadRequest, NotFound, Request, Response
from datasette.views.base import DatasetteError
from datasette.views.database import DatabaseView
from datasette.views.row import RowView
from datasette.views.table import TableView

from gongkai_site.requests import parameters

from .addresses import site_address, with_addresses

ON = frozenset({"on", "1", "true"})
LIMITED = re.compile(r" limit 2$")


@dataclass(frozen=True)
class Rows:
    """What stands in a file: headings and rows; ``cut``: there are more, ``more`` is where.

    ``name`` is the table, view or canned query, None for SQL of one's own; ``sql`` is what was run.
    """

    headings: Sequence[str]
    rows: Iterable[Sequence[Any]]
    cut: bool = False
    more: str | None = None
    name: str | None = None
    is_query: bool = False
    sql: str | None = None


WITHOUT_PAGES = frozenset({"_next", "_size"})
PLACEMENT = "placement"
WITH_PLACEMENT = frozenset({"applications", "disclosures", "reviews"})
"""Tables that say of each row how its cells were placed."""

Answering = Callable[[Datasette, Request, str, Rows], Any]
"""(site, request, name for the file, rows) → what Datasette sends as a response."""


class FileView:
    """What the views below have in common; ``data`` and ``ds`` are Datasette's own."""

    ds: Datasette
    data: Callable[..., Awaitable[Any]]

    def __init__(self, datasette: Datasette) -> None:
        super().__init__(datasette)  # type: ignore[call-arg]

    async def file(self, request: Request, answering: Answering, always_whole: bool) -> Any:
        """The file that ``answering`` makes. Raises NotFound for a database that is not published."""
        route = tilde_decode(request.url_vars["database"])
        try:
            database = self.ds.get_database(route=route)
        except KeyError as error:
            raise NotFound("Database not found") from error
        asked = as_asked(request, WITHOUT_PAGES if always_whole else ())
        found = await self.found(asked, always_whole or is_on(request, "_stream"))
        if isinstance(found, Response):
            return found
        name = re.sub(r"[^\w.-]", "_", request.url_vars.get("table") or database.name, flags=re.ASCII)
        return answering(self.ds, request, name, found)

    async def found(self, request: Request, whole: bool) -> Rows | Response:
        """The rows with whole addresses. Raises DatasetteError where the statement does not run."""
        if whole and request.args.get("_next"):
            raise BadRequest("_next not allowed for CSV streaming")
        answer = await self.data(request, **self.size_for(whole))
        if isinstance(answer, Response):
            return answer
        content = answer[0]
        if content.get("error"):
            raise DatasetteError(content["error"], title="Invalid SQL", status=400)
        found = await self.rows_of(request, content, whole)
        whole_addresses = with_addresses(site_address(self.ds, request), content.get("table"), found.headings)
        return replace(
            found,
            rows=map(whole_addresses, found.rows),
            name=content.get("table") or content.get("query_name"),
            is_query=bool(content.get("query_name")),
            sql=LIMITED.sub("", ((content.get("query") or {}).get("sql") or "").strip()) or None,
        )

    def size_for(self, whole: bool) -> dict[str, Any]:
        """Arguments for ``data``."""
        return {}

    async def rows_of(self, request: Request, content: dict[str, Any], whole: bool) -> Rows:
        """What goes into the file."""
        if whole and content.get("truncated") and content.get("query_name"):
            query = content["query"]
            return Rows(content["columns"], await self.cursor(content["database"], query["sql"], query["params"]))
        return self.page(request, content)

    def page(self, request: Request, content: dict[str, Any]) -> Rows:
        """Those rows that ``data`` gave, with a word on where the rest is."""
        expanded = set(content.get("expanded_columns") or ())
        headings = list(with_labels(content["columns"], expanded))
        rows = [list(labelled(row, content["columns"], expanded)) for row in content["rows"]]
        more = None
        if content.get("next_url"):
            next_url = content["next_url"].replace("&_nofacet=1", "").replace("&_nocount=1", "")
            more = f'<{next_url}>; rel="next"'
        elif content.get("truncated") and content.get("query_name"):
            path = path_with_added_args(request, {"_stream": "on"})
            more = f'<{self.ds.absolute_url(request, self.ds.urls.path(path))}>; rel="alternate"'
        return Rows(headings, rows, bool(content.get("next_url") or content.get("truncated")), more)

    async def cursor(self, database: str, sql: str, params: Any) -> sqlite3.Cursor:
        """The rows of a statement, read as they are taken; without threads a connection stays where it is."""
        connection = await self.ds.get_database(database).execute_fn(lambda conn: conn)
        cursor: sqlite3.Cursor = connection.execute(sql, params)
        return cursor


class QueryFile(FileView, DatabaseView):  # type: ignore[misc]
    """SQL of one's own."""


class RowFile(FileView, RowView):  # type: ignore[misc]
    """One row."""


class TableFile(FileView, TableView):  # type: ignore[misc]
    """A table, a view or a canned query."""

    def size_for(self, whole: bool) -> dict[str, Any]:
        """Of a whole table only the statement is needed, not its rows."""
        return {"_size": 1} if whole else {}

    async def rows_of(self, request: Request, content: dict[str, Any], whole: bool) -> Rows:
        """A whole table is its page's statement without the limit, with the labels of what it points to."""
        if not whole or "table" not in content:
            return await super().rows_of(request, content, whole)
        sql = LIMITED.sub("", content["query"]["sql"].strip())
        columns, expanded = content["columns"], set(content.get("expanded_columns") or ())
        if expanded:
            sql = await self.labelled_sql(content["database"], content["table"], sql, columns, expanded)
        cursor = await self.cursor(content["database"], sql, content["query"]["params"])
        return Rows(list(with_labels(columns, expanded)), cursor)

    async def labelled_sql(
        self, database: str, table: str, sql: str, columns: Sequence[str], expanded: set[str]
    ) -> str:
        """``sql`` with a column behind each of ``expanded`` that holds its label."""
        labels = {
            key["column"]: label_sql(key, label)
            for key, label in await self.expandable_columns(database, table)
            if key["column"] in expanded
        }
        shown = (part for column in columns for part in (f"t.{escape_sqlite(column)}", labels.get(column)) if part)
        return f"select {', '.join(shown)} from ({sql}) as t"


def label_sql(key: dict[str, str], label: str | None) -> str:
    """The label of what a foreign key points to, as an expression over ``t``."""
    column = f"t.{escape_sqlite(key['column'])}"
    if label is None:
        return f"cast({column} as text)"
    other, pointed = escape_sqlite(key["other_table"]), escape_sqlite(key["other_column"])
    return f"(select {escape_sqlite(label)} from {other} where {pointed} = {column})"


def with_labels(columns: Iterable[str], expanded: set[str]) -> Iterator[str]:
    """The headings: behind each column with labels one for them."""
    for column in columns:
        yield column
        if column in expanded:
            yield f"{column}_label"


def labelled(row: Any, columns: Sequence[str], expanded: set[str]) -> Iterator[Any]:
    """The cells of a row in which Datasette has put labels beside values."""
    for column, cell in zip(columns, row, strict=True):
        value = cell if column not in expanded else cell["value"] if isinstance(cell, dict) else cell
        yield value
        if column in expanded:
            yield cell["label"] if isinstance(cell, dict) else ""


def as_asked(request: Request, without: Collection[str]) -> Request:
    """The request for rows alone: no facets, no counts, not the parameters ``without``.

    Whoever chooses columns of a table whose cells may be blank gets the column that says how they came there too.
    """
    asked = [(name, value) for name, value in parameters(request.scope) if name not in without]
    table = str(request.url_vars.get("table", "")).removesuffix("_full")
    if table in WITH_PLACEMENT and without:
        asked = [pair for pair in asked if pair != ("_nocol", PLACEMENT)]
        if any(name == "_col" for name, _ in asked):
            asked.append(("_col", PLACEMENT))
    asked += [(name, "1") for name in ("_nofacet", "_nocount") if not request.args.get(name)]
    return Request(dict(request.scope, query_string=urlencode(asked).encode("latin-1")), request.receive)


def is_on(request: Request, name: str) -> bool:
    """Whether a parameter is switched on."""
    return str(request.args.get(name) or "") in ON
