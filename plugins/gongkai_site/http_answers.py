"""What HTTP says of every answer: who may keep it, whether it has changed, how it is packed, who may use it.

A published database does not change, so an address names the same bytes until the next one is published: the strong
ETag is a hash of the database, of the site's own files, of path, query and language.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import zlib
from collections.abc import Callable, Mapping
from typing import Any

from .answers import App, Headers, Message
from .citations import day_of_access
from .kept_answers import Keepable, KeptAnswers
from .language import SPOKEN, Spoken, is_same_in_all
from .requests import header
from .scripts_allowed import DATA_POLICY, with_policy
from .static_files import FOR_EVER, is_for_ever

FIRST_ERROR = 400
GZIP_LEVEL = 5
LEAST_PACKED = 1000
PACKED = "-gzip"
"""What ends the tag of a packed answer."""
PACKED_FILES = (".xlsx", ".zip")
"""Endings of files that are packed already."""
AT_ONCE = 100_000
"""More bytes than that are packed in a thread."""
PACKED_KINDS = re.compile(rb"text/|application/(?:json|javascript)|image/svg")
DATA = re.compile(r"\.(?:json|csv|xlsx|zip|db)$|^/-/health$")
UNCACHED = re.compile(r"^/-/(?!static)(?!dashboards)(?!charts)")
DAY_TOLD = re.compile(r"/[^/]+(?:/[^/.]+){1,2}|.*\.xlsx")
"""Paths of questions, rows and workbooks: they tell the day on which they were seen, for the citation."""
EXPOSED = b"ETag, Link, Retry-After, X-Gongkai-Truncated"

ALWAYS: Headers = [(b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"no-referrer")]
OPEN_DATA: Headers = [(b"access-control-allow-origin", b"*"), (b"access-control-expose-headers", EXPOSED)]
PREFLIGHT: Headers = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-allow-methods", b"GET, HEAD"),
    (b"access-control-allow-headers", b"*"),
    (b"access-control-max-age", b"86400"),
    (b"content-length", b"0"),
]
REPLACED = frozenset({b"cache-control", b"vary", b"referrer-policy", b"access-control-allow-origin", b"etag"})


class HttpAnswers:
    """Headers, 304 and gzip around the site with this ``version``, a hash of all that its answers depend on."""

    def __init__(self, version: str, seconds: int, keepable: Keepable, kept: KeptAnswers) -> None:
        self._version = version
        self._keepable = keepable
        self._kept_answers = kept
        self._cache_control = f"public, max-age={seconds}".encode()

    def etag(self, scope: Mapping[str, Any]) -> str:
        """The strong tag of an address's answer, before packing."""
        day = day_of_access() if DAY_TOLD.fullmatch(scope["path"]) else ""
        parts = (self._version.encode(), (scope.get("raw_path") or scope["path"].encode()).partition(b"?")[0],
                 scope["query_string"], scope.get("scheme", "").encode(), header(scope, b"host").encode(),
                 day.encode(), _language(scope))  # fmt: skip
        return hashlib.sha256(b"\0".join(parts)).hexdigest()[:32]

    def around(self, app: App) -> App:
        """``app`` with all this; preflights are answered here."""
        guarded = with_policy(app)

        async def answered(scope: Message, receive: Any, send: Any) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            takes_packed = "gzip" in header(scope, b"accept-encoding").lower()
            packs = takes_packed and not scope["path"].endswith(PACKED_FILES)
            tag = None if UNCACHED.search(scope["path"]) else self.etag(scope)
            if tag and _is_known(header(scope, b"if-none-match"), tag):
                await self._send_unchanged(scope, tag, packs, send)
                return

            async def make(send: Any) -> None:
                await guarded(scope, receive, _Packing(send, packs, lambda start: self._headed(scope, start, tag)))

            if tag and self._keepable.holds_for(scope):
                await self._kept_answers.answer(f"{tag}{PACKED if packs else ''}", make, send)
            else:
                await make(send)

        return answered

    async def _send_unchanged(self, scope: Message, tag: str, packs: bool, send: Any) -> None:
        # No policy here: the page that the browser has kept has its own.
        suffix = PACKED if packs and f"{tag}{PACKED}" in header(scope, b"if-none-match") else ""
        headers = [(b"etag", f'"{tag}{suffix}"'.encode()), (b"cache-control", self._kept(scope)),
                   (b"vary", _vary(scope, 304)), *ALWAYS]  # fmt: skip
        headers += OPEN_DATA if DATA.search(scope["path"]) else []
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    def _kept(self, scope: Mapping[str, Any]) -> bytes:
        return FOR_EVER if is_for_ever(scope["path"], scope["query_string"]) else self._cache_control

    def _headed(self, scope: Message, start: Message, tag: str | None) -> Message:
        given = [(bytes(name).lower(), bytes(value)) for name, value in start["headers"]]
        headers = [pair for pair in given if pair[0] not in REPLACED]
        headers += ALWAYS
        if start["status"] == 200 and tag:
            headers += [(b"etag", f'"{tag}"'.encode()), (b"cache-control", self._kept(scope))]
        elif start["status"] >= FIRST_ERROR or UNCACHED.search(scope["path"]):
            headers.append((b"cache-control", b"no-store"))
        headers.append((b"vary", _vary(scope, start["status"])))
        headers += OPEN_DATA if DATA.search(scope["path"]) else []
        if not any(name == b"content-security-policy" for name, _ in headers):
            headers.append((b"content-security-policy", DATA_POLICY))
        return {**start, "headers": headers}


def _spoken(scope: Mapping[str, Any]) -> Spoken:
    spoken: Spoken = scope.get(SPOKEN) or Spoken()
    return spoken


def _language(scope: Mapping[str, Any]) -> bytes:
    """What of an answer depends on its language: a page the words, and all the addresses in it on the one chosen."""
    spoken = _spoken(scope)
    return f"{'' if is_same_in_all(scope['path']) else spoken.language} {spoken.chosen}".encode()


def _vary(scope: Mapping[str, Any], status: int) -> bytes:
    """The headers of a request that decide on its answer; what is said of an error is in the reader's language."""
    is_one = _spoken(scope).chosen or (status < FIRST_ERROR and is_same_in_all(scope["path"]))
    return b"Accept-Encoding" if is_one else b"Accept-Encoding, Accept-Language"


def _is_known(if_none_match: str, tag: str) -> bool:
    """Whether the browser has the answer already, packed or not; proxies that pack weaken a tag to W/."""
    known = {each.strip().removeprefix("W/") for each in if_none_match.split(",")}
    return bool(known & {f'"{tag}"', f'"{tag}{PACKED}"'})


class _Packing:
    """``send`` that packs what is worth it; the tag of a packed answer is another one, for its bytes are."""

    def __init__(self, send: Any, packs: bool, headed: Callable[[Message], Message]) -> None:
        self._send = send
        self._packs = packs
        self._headed = headed
        self._start: Message | None = None
        self._packer: Any = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = self._headed(message)
            return
        body, more = message.get("body", b""), message.get("more_body", False)
        if self._start is not None:
            start, self._start = self._start, None
            self._packer = self._packer_for(start, len(body), more)
            await self._send(_packed_start(start) if self._packer else start)
        if self._packer is not None:
            body = await self._pack(body, more)
        await self._send({"type": "http.response.body", "body": body, "more_body": more})

    def _packer_for(self, start: Message, length: int, more: bool) -> Any:
        named = dict(start["headers"])
        fits = PACKED_KINDS.match(named.get(b"content-type", b"")) and b"content-encoding" not in named
        worth = self._packs and fits and (more or length >= LEAST_PACKED) and start["status"] != 304
        return zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, 16 + zlib.MAX_WBITS) if worth else None

    async def _pack(self, body: bytes, more: bool) -> bytes:
        def packed() -> bytes:
            data: bytes = self._packer.compress(body)
            return data if more else data + self._packer.flush()

        return await asyncio.to_thread(packed) if len(body) > AT_ONCE else packed()


def _packed_start(start: Message) -> Message:
    headers = [
        (name, value[:-1] + f'{PACKED}"'.encode() if name == b"etag" else value)
        for name, value in start["headers"]
        if name != b"content-length"
    ]
    return {**start, "headers": [*headers, (b"content-encoding", b"gzip")]}


async def send_preflight(send: Any) -> None:
    """Tell a browser's script that it may read."""
    await send({"type": "http.response.start", "status": 204, "headers": PREFLIGHT})
    await send({"type": "http.response.body", "body": b""})
