"""CSV of tables, views, canned queries and SQL of one's own: whole where ``_stream=on`` asks for it, told where cut.

``_excel=on`` gives the same cells after a byte order mark, as a file to save: Excel takes a CSV without that mark for
the system's own encoding and shows Chinese as rubbish. There, and only there, a text that a spreadsheet would take for
a formula begins with an apostrophe.

A whole file is one statement read to its end, not pages: what it costs grows with its rows alone. It is made in the
process apart and sent when it is complete, so that a file that came is whole.
"""

# No postponed annotations: Datasette loads a plugin without entering it in sys.modules, where dataclasses look them up.
import csv
import io
import re
import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from datasette.app import Datasette
from datasette.utils import escape_sqlite, path_with_added_args
from datasette.utils.asgi import BadRequest, Request, Response
from datasette.views.base import DatasetteError
from datasette.views.database import DatabaseView
from datasette.views.row import RowView
from datasette.views.table import TableView
from pluggy import HookimplMarker

hookimpl = HookimplMarker("datasette")

BYTE_ORDER_MARK = "\ufeff"
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
ON = frozenset({"on", "1", "true"})
PIECE = 64 * 1024
LIMITED = re.compile(r" limit 2$")
PLAIN, FILE = "text/plain; charset=utf-8", "text/csv; charset=utf-8"


@dataclass(frozen=True)
class Rows:
    """What stands in a CSV: its headings and rows; ``cut``: there are more, ``more`` is where."""

    headings: Sequence[str]
    rows: Iterable[Sequence[Any]]
    cut: bool = False
    more: str | None = None


def is_on(request: Request, name: str) -> bool:
    """Whether a parameter is switched on."""
    return str(request.args.get(name) or "") in ON


def harmless(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else as_literal(cell)


def as_literal(cell: Any) -> Any:
    """Bytes as SQL writes them; any other value as it is."""
    return f"X'{cell.hex().upper()}'" if isinstance(cell, bytes) else cell


def pieces_of(table: Rows, with_header: bool, for_excel: bool) -> Iterator[str]:
    """The text of a CSV, piece by piece."""
    text = io.StringIO()
    writer = csv.writer(text)
    if for_excel:
        text.write(BYTE_ORDER_MARK)
    if with_header:
        writer.writerow(table.headings)
    guarded = harmless if for_excel else as_literal
    for row in table.rows:
        writer.writerow(map(guarded, row))
        if text.tell() >= PIECE:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


@dataclass(frozen=True)
class CsvAnswer:
    """A CSV as Datasette sends a response."""

    table: Rows
    request: Any
    name: str

    async def asgi_send(self, send: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
        """Send the headers, then piece after piece."""
        for_excel = is_on(self.request, "_excel")
        saved = for_excel or bool(self.request.args.get("_dl"))
        headers = [(b"content-type", (FILE if saved else PLAIN).encode())]
        if saved:
            headers.append((b"content-disposition", f'attachment; filename="{self.name}.csv"'.encode()))
        if self.table.cut:
            headers.append((b"x-gongkai-truncated", b"true"))
        if self.table.more:
            headers.append((b"link", self.table.more.encode("latin-1", "ignore")))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for piece in pieces_of(self.table, self.request.args.get("_header") != "off", for_excel):
            await send({"type": "http.response.body", "body": piece.encode("utf-8"), "more_body": True})
        await send({"type": "http.response.body", "body": b""})


class CsvView:
    """What the views below have in common; ``data`` and ``ds`` are Datasette's own."""

    ds: Datasette
    data: Callable[..., Awaitable[Any]]

    async def as_csv(self, request: Request, database: str) -> Any:
        """The answer to a request for CSV. Raises DatasetteError where the statement does not run."""
        whole = is_on(request, "_stream")
        if whole and request.args.get("_next"):
            raise BadRequest("_next not allowed for CSV streaming")
        answer = await self.data(uncounted(request), **self.size_for(whole))
        if isinstance(answer, Response):
            return answer
        content = answer[0]
        if content.get("error"):
            raise DatasetteError(content["error"], title="Invalid SQL", status=400)
        name = re.sub(r"[^\w.-]", "_", request.url_vars.get("table") or database, flags=re.ASCII)
        return CsvAnswer(await self.rows_of(request, content, whole), request, name)

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


class QueryCsv(CsvView, DatabaseView):  # type: ignore[misc]
    """SQL of one's own."""


class RowCsv(CsvView, RowView):  # type: ignore[misc]
    """One row."""


class TableCsv(CsvView, TableView):  # type: ignore[misc]
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


def uncounted(request: Request) -> Request:
    """The request for rows alone: no facets, no counts."""
    added = [f"{name}=1" for name in ("_nofacet", "_nocount") if not request.args.get(name)]
    query = "&".join(part for part in (request.query_string, *added) if part)
    return Request(dict(request.scope, query_string=query.encode("latin-1")), request.receive)


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Any]]]]:
    """Paths that end in .csv, before Datasette's own."""

    async def of_query(request: Request, datasette: Datasette) -> Any:
        return await QueryCsv(datasette).dispatch_request(request)

    async def of_table(request: Request, datasette: Datasette) -> Any:
        return await TableCsv(datasette).dispatch_request(request)

    async def of_row(request: Request, datasette: Datasette) -> Any:
        return await RowCsv(datasette).dispatch_request(request)

    return [
        (r"/(?P<database>[^\/\.]+)\.(?P<format>csv)$", of_query),
        (r"/(?P<database>[^\/\.]+)/(?P<table>[^\/\.]+)\.(?P<format>csv)$", of_table),
        (r"/(?P<database>[^\/\.]+)/(?P<table>[^/]+?)/(?P<pks>[^/]+?)\.(?P<format>csv)$", of_row),
    ]
