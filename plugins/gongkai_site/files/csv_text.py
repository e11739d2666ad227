"""Rows as CSV.

``_excel=on`` gives the same cells after a byte order mark, as a file to save: Excel takes a CSV without that mark for
the system's own encoding and shows Chinese as rubbish. There, and only there, a text that a spreadsheet would take for
a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request

from gongkai_site.spreadsheet_cells import BYTE_ORDER_MARK, as_literal, harmless

from .rows import Rows, is_on

PIECE = 64 * 1024
PLAIN, FILE = "text/plain; charset=utf-8", "text/csv; charset=utf-8"


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


def as_csv(datasette: Datasette, request: Request, name: str, table: Rows) -> CsvAnswer:
    """``table`` as CSV."""
    return CsvAnswer(table, request, name)
