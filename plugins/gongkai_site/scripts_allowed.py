"""Content-Security-Policy: a page runs the scripts of its templates and no others.

What a template writes as a script is marked when the template is read; the hash of each marked script goes into the
page's header, and the mark is taken out. A script that came in with somebody's words has no mark: no browser runs it.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from typing import Any

from jinja2.ext import Extension

from .answers import App, Message
from .static_files import versioned

MARK = secrets.token_hex(16)
"""Unknown to whoever writes words into a page; new in each process."""
OPENING = re.compile(r"<script(?=[\s>{])")
MARKED = re.compile(rf'<script data-ours="{MARK}"([^>]*)>(.*?)</script>'.encode(), re.DOTALL)
SOURCE = re.compile(rb'\ssrc="([^"]*)"')
EXPLORER = re.compile(rb"datasette[-_]vega")
"""The script of the free explorer: it makes functions out of a chart's formulas."""

POLICY = (
    "default-src 'self'; script-src 'self'{scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}"
)
DATA_POLICY = b"default-src 'none'; frame-ancestors 'none'; sandbox"
EMBEDDABLE = re.compile(r"(?:/[a-z]{2})?/-/charts/[^/]+")
"""Paths that other sites may show in a frame: charts made for it."""


class MarkScripts(Extension):
    """Marks the scripts of a template as ours."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """``source`` with the mark in every tag that opens a script."""
        return OPENING.sub(f'<script data-ours="{MARK}"', source)


def hash_of(script: bytes) -> str:
    """``script`` as a policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"


def allowed(page: bytes, path: str) -> tuple[bytes, str]:
    """A page without the marks, and its policy."""
    allowed_words: list[str] = []

    def unmark(found: re.Match[bytes]) -> bytes:
        attributes, script = found[1], found[2]
        source = SOURCE.search(attributes)
        if source is None:
            allowed_words.append(hash_of(script))
        elif EXPLORER.search(source[1]):
            allowed_words.append("'unsafe-eval'")
        return b"<script" + attributes + b">" + script + b"</script>"

    shown = versioned(MARKED.sub(unmark, page))
    words = "".join(f" {word}" for word in dict.fromkeys(allowed_words))
    return shown, POLICY.format(scripts=words, ancestors="*" if EMBEDDABLE.fullmatch(path) else "'none'")


def with_policy(app: App) -> App:
    """``app`` whose pages have a policy; they are sent whole."""

    async def guarded(scope: Message, receive: Any, send: Any) -> None:
        start: Message | None = None
        body = bytearray()

        async def send_guarded(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _is_unguarded_page(message["headers"]):
                start = message
            elif start is None:
                await send(message)
            else:
                body.extend(message.get("body", b""))
                if not message.get("more_body"):
                    await _send_page(start, bytes(body), scope["path"], send)

        await app(scope, receive, send_guarded)

    return guarded


def _is_unguarded_page(headers: Any) -> bool:
    named = {bytes(name).lower(): bytes(value) for name, value in headers}
    return named.get(b"content-type", b"").startswith(b"text/html") and b"content-security-policy" not in named


async def _send_page(start: Message, page: bytes, path: str, send: Any) -> None:
    shown, policy = allowed(page, path)
    headers = [pair for pair in start["headers"] if bytes(pair[0]).lower() != b"content-length"]
    headers += [(b"content-security-policy", policy.encode()), (b"content-length", str(len(shown)).encode())]
    await send({**start, "headers": headers})
    await send({"type": "http.response.body", "body": shown})
