"""A site below a path of another: behind a proxy that keeps that path and behind one that strips it.

Datasette always sees its own paths; what leads on keeps the prefix.
"""

from __future__ import annotations

from .answers import App, Message
from .language import LANGUAGES

HEADS = frozenset({"", "-", "static", "about", "feeds", "robots.txt", "llms.txt", "favicon.ico", "sitemap.xml"})
HEADS |= frozenset(LANGUAGES)
"""What may stand first in a path of the site, beside its database."""
PARTS = "sitemap-"


def is_below(path: str, prefix: str, database: str) -> bool:
    """Whether ``path`` still has ``prefix``; the database may be called as the prefix is."""
    if not path.startswith(prefix):
        return False
    head = path[len(prefix) :].partition("/")[0].partition("?")[0]
    return head in HEADS or head.startswith(PARTS) or head.partition(".")[0] == database


def without_prefix(prefix: str, database: str, app: App) -> App:
    """``app`` with ``prefix`` (it begins and ends with a slash) taken off every path that has it."""
    if prefix == "/":
        return app

    async def stripped(scope: Message, receive: object, send: object) -> None:
        if scope["type"] == "http":
            scope = _stripped(scope, prefix, database)
        await app(scope, receive, _leading_on(send, prefix))

    return stripped


def _stripped(scope: Message, prefix: str, database: str) -> Message:
    path = scope["path"]
    if path == prefix.rstrip("/") and path.strip("/") != database:
        path = prefix
    if not is_below(path, prefix, database):
        return scope
    raw = scope.get("raw_path") or b""
    return {
        **scope,
        "path": path[len(prefix) - 1 :],
        "raw_path": raw[len(prefix) - 1 :] or b"/" if raw.startswith(prefix[:-1].encode()) else raw,
    }


def _leading_on(send: object, prefix: str) -> object:
    async def send_prefixed(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [_prefixed(name, value, prefix) for name, value in message["headers"]]}
        await send(message)  # type: ignore[operator]

    return send_prefixed


def _prefixed(name: bytes, value: bytes, prefix: str) -> tuple[bytes, bytes]:
    own = value.startswith(b"/") and not value.startswith(prefix.encode())
    return name, prefix.encode() + value.lstrip(b"/") if name.lower() == b"location" and own else value
