"""``_excel=on`` behind a CSV's address: the same bytes after a byte order mark, as a file to save.

Excel takes a CSV without that mark for the system's own encoding and shows Chinese as rubbish; scripts are better off
without it, so it comes only where it is asked for.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

from pluggy import HookimplMarker

hookimpl = HookimplMarker("datasette")

Message = dict[str, Any]
App = Callable[[Message, Any, Any], Awaitable[None]]

BYTE_ORDER_MARK = "\ufeff".encode()
ASKED = frozenset({"on", "1"})
OK = 200
CSV = b"text/csv; charset=utf-8"


def asks_for_mark(scope: Message) -> bool:
    """Whether this is a request for a CSV that ends up in Excel."""
    if scope["type"] != "http" or not scope["path"].endswith(".csv"):
        return False
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    return asked.get("_excel", [""])[0] in ASKED


def as_file(headers: list[tuple[bytes, bytes]], path: str) -> list[tuple[bytes, bytes]]:
    """The headers of a CSV to save under the last part of ``path``; its length is no longer known."""
    replaced = {b"content-type", b"content-disposition", b"content-length"}
    name = path.rsplit("/", 1)[-1].encode("ascii", "ignore").replace(b'"', b"")
    kept = [(key, value) for key, value in headers if key.lower() not in replaced]
    return [*kept, (b"content-type", CSV), (b"content-disposition", b'attachment; filename="' + name + b'"')]


@hookimpl
def asgi_wrapper() -> Callable[[App], App]:
    """Put the mark before the first bytes of such an answer; errors stay as they are."""

    def wrap(app: App) -> App:
        async def with_mark(scope: Message, receive: Any, send: Any) -> None:
            if not asks_for_mark(scope):
                await app(scope, receive, send)
                return
            pending = False

            async def send_marked(message: Message) -> None:
                nonlocal pending
                if message["type"] == "http.response.start" and message["status"] == OK:
                    pending = True
                    message = {**message, "headers": as_file(message["headers"], scope["path"])}
                elif message["type"] == "http.response.body" and pending:
                    pending = False
                    message = {**message, "body": BYTE_ORDER_MARK + message.get("body", b"")}
                await send(message)

            await app(scope, receive, send_marked)

        return with_mark

    return wrap
