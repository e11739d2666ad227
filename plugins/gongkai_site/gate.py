"""The way in and out of the server: what is no request for reading is refused, whatever fails is told without details,
a reader who stops reading is left, and each request is a line of the log."""

from __future__ import annotations

import asyncio
import time
from typing import Any
from urllib.parse import unquote_to_bytes

from .answers import METHOD, NOT_UTF8, PATH_TOO_LONG, TOO_MANY_PARAMETERS, UNEXPECTED, App, Message, Refusal, refuse
from .http_answers import send_preflight
from .log import defect, write
from .requests import client_of, path_in_words
from .settings import Bounds

READING = frozenset({"GET", "HEAD"})
ALLOWED = b"GET, HEAD, OPTIONS"
DROPPED = frozenset({b"cookie", b"authorization", b"range"})
"""Headers of a request that no answer of this site may depend on: an answer is the same for everybody."""


def refusal_of(scope: Message, bounds: Bounds) -> Refusal | None:
    """Why a request is not even looked at; None if it is."""
    path, query = scope.get("raw_path") or scope["path"].encode(), scope["query_string"]
    if scope["method"] not in READING:
        return METHOD
    if len(path) + len(query) > bounds.most_address_bytes:
        return PATH_TOO_LONG
    if query.count(b"&") >= bounds.most_parameters:
        return TOO_MANY_PARAMETERS
    return None if _is_utf8(path) and _is_utf8(query) else NOT_UTF8


def _is_utf8(part: bytes) -> bool:
    try:
        unquote_to_bytes(part).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


class ReaderStoppedError(Exception):
    """Whoever asked does not take the answer any more."""


def gated(datasette: Any, bounds: Bounds, app: App) -> App:
    """``app`` behind the gate."""

    async def behind(scope: Message, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        scope = {**scope, "headers": [pair for pair in scope["headers"] if pair[0].lower() not in DROPPED]}
        sent = _Sent(send, bounds.send_seconds)
        try:
            await _answer(datasette, bounds, app, scope, receive, sent)
        except ReaderStoppedError:
            pass
        finally:
            facts = {"client": client_of(scope)} if bounds.log_addresses else {}
            write("request", method=scope["method"], path=path_in_words(scope), status=sent.status,
                  ms=round((time.monotonic() - sent.began) * 1000, 1), bytes=sent.length, **facts)  # fmt: skip

    return behind


async def _answer(datasette: Any, bounds: Bounds, app: App, scope: Message, receive: Any, sent: _Sent) -> None:
    if scope["method"] == "OPTIONS":
        await send_preflight(sent)
        return
    refusal = refusal_of(scope, bounds)
    if refusal is not None:
        extra = [(b"allow", ALLOWED)] if refusal is METHOD else []
        await refuse(datasette, scope, sent, refusal, extra)
        return
    try:
        await app(scope, receive, sent)
    except ReaderStoppedError:
        raise
    except Exception as error:
        defect(error, path_in_words(scope))
        if sent.status:
            raise ReaderStoppedError from error
        await refuse(datasette, scope, sent, UNEXPECTED)


class _Sent:
    """``send`` that counts, and gives up a reader who takes no piece for ``seconds``."""

    def __init__(self, send: Any, seconds: float) -> None:
        self._send = send
        self._seconds = seconds
        self.began = time.monotonic()
        self.status = 0
        self.length = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        self.length += len(message.get("body", b""))
        try:
            async with asyncio.timeout(self._seconds):
                await self._send(message)
        except (TimeoutError, OSError) as error:
            raise ReaderStoppedError from error
