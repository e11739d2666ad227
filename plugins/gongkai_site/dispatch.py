"""Dear requests are answered by a process apart; everything else here, in threads that dear requests never take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from . import apart_client
from .answers import ENDED, MEMORY, OVERRAN, TOO_LARGE, UNAVAILABLE, App, Message, Refusal, busy, refuse
from .apart_client import DONE, Apart, Outcome, pieces
from .language import SPOKEN
from .log import write
from .long_answers import LongAnswers
from .places import Places
from .released import FOLDER as RELEASED
from .requests import ASKED_SQL, IS_PLAIN, LEAVE, SQL_NAMES, client_of, format_of, parameters, sql_in
from .settings import MEBIBYTE, Bounds

REFUSALS: dict[str, Refusal] = {
    apart_client.OVERRAN: OVERRAN,
    apart_client.MEMORY: MEMORY,
    apart_client.ENDED: ENDED,
    apart_client.TOO_LARGE: TOO_LARGE,
    apart_client.FAILED: UNAVAILABLE,
}
TO_BE_APART = "x-gongkai-apart"
"""A header by which an answer of this process says that it would take too long here."""
FILES = (".csv", ".xlsx")
"""Endings of addresses whose answer is all rows of something."""
SENT_AS_THEY_ARE = ("/-/", f"/{RELEASED}/")
"""Beginnings of addresses of files that nobody has to make."""
CACHED_NAMES = frozenset({"_next", "_shape", "_labels", "_nl"})
"""Parameters that cost no more than a page without them."""


@dataclass(frozen=True)
class Kind:
    """A kind of dear request: its places, and what it may take."""

    places: Places
    seconds: float
    most_bytes: int


class Dispatch:
    """Sends each request where it may take its time."""

    def __init__(self, datasette: Any, apart: Apart, bounds: Bounds, own_sql: frozenset[str]) -> None:
        self._datasette = datasette
        self._apart = apart
        self._bounds = bounds
        self._own_sql = own_sql
        self._long = LongAnswers(bounds.long_answers)
        limit = datasette.setting("sql_time_limit_ms") / 1000
        self._sql = Kind(
            Places(bounds.sql_places, bounds.wait_seconds, bounds.most_waiting),
            limit + bounds.render_seconds,
            bounds.answer_mebibytes * MEBIBYTE,
        )
        self._download = Kind(
            Places(bounds.download_places, bounds.download_wait_seconds, bounds.most_waiting),
            bounds.download_seconds,
            bounds.download_mebibytes * MEBIBYTE,
        )

    def around(self, app: App) -> App:
        """``app`` with dear requests sent apart."""

        async def dispatched(scope: Message, receive: Any, send: Any) -> None:
            kind = self._kind_of(scope) if scope["type"] == "http" else None
            if kind is not None:
                await self._answer_apart(kind, scope, send)
                return
            here = _Here(send)
            await self._answer_here(app, scope, receive, here)
            if here.is_too_long:
                await self._answer_apart(self._download, scope, send)

        return dispatched

    async def _answer_here(self, app: App, scope: Message, receive: Any, here: Any) -> None:
        is_http = scope["type"] == "http"
        plain = not is_http or all(name in CACHED_NAMES for name, _ in parameters(scope))
        leave = self._long.leave() if is_http and format_of(scope) == "json" else None
        tokens = IS_PLAIN.set(plain), LEAVE.set(leave)
        try:
            await app(scope, receive, here)
        finally:
            IS_PLAIN.reset(tokens[0])
            LEAVE.reset(tokens[1])
            if leave is not None:
                leave.give_back()

    def _kind_of(self, scope: Message) -> Kind | None:
        if scope["path"].startswith(SENT_AS_THEY_ARE) or scope["path"].endswith(".zip"):
            return None
        file = scope["path"].endswith(FILES)
        if not scope["query_string"]:
            return self._download if file else None
        asked = parameters(scope)
        if any(name in SQL_NAMES and value.strip() not in self._own_sql for name, value in asked):
            return self._sql
        if file or any(name == "_size" and self._is_long(value) for name, value in asked):
            return self._download
        return None

    def _is_long(self, size: str) -> bool:
        return size == "max" or (size.isdecimal() and int(size[:9]) > self._bounds.rows_on_a_page)

    async def _answer_apart(self, kind: Kind, scope: Message, send: Any) -> None:
        async with kind.places.taken(client_of(scope)) as is_taken:
            if not is_taken:
                outcome = None
            else:
                bounds = {"memory": self._bounds.child_bytes, "nice": self._bounds.nice}
                outcome = await self._apart.ask(_portable(scope), kind.seconds, bounds, kind.most_bytes)
        # The place is free again: what is left is the sending, which a slow reader may draw out.
        if outcome is None:
            seconds = self._bounds.retry_after_seconds
            await refuse(self._datasette, scope, send, busy(seconds), [(b"retry-after", str(seconds).encode())])
        elif outcome.state == DONE:
            await _pass_on(outcome, send)
        else:
            if outcome.words:
                write("apart", state=outcome.state, error=outcome.words)
            await refuse(self._datasette, scope, send, REFUSALS[outcome.state])


class _Here:
    """``send`` that keeps back an answer which says that it is to be made apart."""

    def __init__(self, send: Any) -> None:
        self._send = send
        self.is_too_long = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.is_too_long = any(bytes(name).decode() == TO_BE_APART for name, _ in message["headers"])
        if not self.is_too_long:
            await self._send(message)


def _portable(scope: Message) -> Message:
    """What of a request another process needs: values only."""
    names = ("type", "asgi", "http_version", "method", "scheme", "path", "raw_path", "query_string", "root_path",
             "headers", "client", "server", SPOKEN)  # fmt: skip
    return {name: scope[name] for name in names if name in scope}


async def _pass_on(outcome: Outcome, send: Any) -> None:
    headers = [(name, value) for name, value in outcome.headers if name.lower() != b"content-length"]
    headers.append((b"content-length", str(outcome.length).encode()))
    await send({"type": "http.response.start", "status": outcome.status, "headers": headers})
    async for piece, more in pieces(outcome):
        await send({"type": "http.response.body", "body": piece, "more_body": more})


def with_asked_sql(app: App) -> App:
    """``app`` that knows which SQL came with the request: for the process apart."""

    async def knowing(scope: Message, receive: Any, send: Any) -> None:
        token = ASKED_SQL.set(sql_in(scope) if scope["type"] == "http" else ())
        try:
            await app(scope, receive, send)
        finally:
            ASKED_SQL.reset(token)

    return knowing
