"""The language of a page: told by its address, kept by every link on it.

``/en/gongkai/reports`` is English, ``/zh/gongkai/reports`` Chinese; ``/gongkai/reports`` is what the reader's browser
prefers. Data (JSON, CSV, the database, styles and scripts) are the same in every language and have one address, without
a language. A language is a file in languages/.
"""

from __future__ import annotations

import contextvars
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from .yaml_files import content_of

FOLDER = Path(__file__).resolve().parent / "languages"
DEFAULT = "zh"
FALLBACK = "en"
"""The language of Datasette's own words: whatever a language lacks is said in it."""
LANGUAGES: tuple[str, ...] = (DEFAULT, *sorted({file.stem for file in FOLDER.glob("*.yml")} - {DEFAULT}))

SAME_IN_ALL = re.compile(r"^/(?:static/|-/static)|\.(?!atom$)\w+$")
"""Paths of what is no page: styles, scripts, pictures, data. A feed is read as a page is."""

URL_SAFE = "/~:@!$&'()*+,;=-._"
"""What stands in an address as it is."""
Scope = Mapping[str, Any]
App = Callable[[dict[str, Any], Any, Any], Awaitable[None]]
SPOKEN = "gongkai.spoken"
"""Where a request's scope has its ``Spoken``."""


@dataclass(frozen=True)
class Spoken:
    """What a request is answered in: ``chosen`` is the language in its address, or empty. The path has neither that
    nor the site's own prefix; ``root`` is that prefix, with a slash at either end."""

    language: str = DEFAULT
    chosen: str = ""
    path: str = "/"
    query: str = ""
    root: str = "/"


NOTHING_SPOKEN = Spoken()
_spoken: contextvars.ContextVar[Spoken] = contextvars.ContextVar("spoken", default=NOTHING_SPOKEN)


def spoken_now() -> Spoken:
    """What the request under way is answered in."""
    return _spoken.get()


def language_now() -> str:
    """The language of the page that is being made."""
    return _spoken.get().language


def language_of(scope: Scope) -> str:
    """The language of whoever asks: that of the address, else what the browser prefers."""
    spoken: Spoken | None = scope.get(SPOKEN)
    return (spoken.chosen if spoken else "") or preferred(_accepted(scope))


def preferred(accept_language: str) -> str:
    """The language of ours that ``accept_language``, a header of HTTP, ranks first; DEFAULT if it names none."""
    ranked = []
    for place, part in enumerate(accept_language.split(",")):
        name, _, quality = part.partition(";q=")
        language = name.strip().lower().partition("-")[0]
        if language in LANGUAGES:
            ranked.append((-_weight(quality), place, language))
    return min(ranked)[2] if ranked else DEFAULT


def _weight(quality: str) -> float:
    try:
        return float(quality) if quality else 1.0
    except ValueError:
        return 0.0


def _accepted(scope: Scope) -> str:
    values = [value for name, value in scope.get("headers", ()) if name.lower() == b"accept-language"]
    return values[0].decode("latin-1") if values else ""


def language_in(path: str) -> str:
    """The language that ``path`` begins with; empty if it begins with none."""
    head = path[1:].partition("/")[0]
    return head if head in LANGUAGES else ""


def without_language(path: str) -> str:
    """``path`` without the language that it begins with."""
    language = language_in(path)
    return (path[len(language) + 1 :] or "/") if language else path


def address_in(path: str, language: str) -> str:
    """The page at ``path``, a path below the site's own prefix, in ``language``."""
    return f"/{language}{without_language(path)}"


def is_same_in_all(path: str) -> bool:
    """Whether what stands at ``path`` is the same in every language; it is then not led to by a language."""
    return SAME_IN_ALL.search(path.partition("?")[0].partition("#")[0]) is not None


def spoken_of(scope: Scope, root: str = "/") -> Spoken:
    """What a request is to be answered in; its path may have the site's prefix ``root`` before the language."""
    path: str = scope["path"]
    below = path[len(root) - 1 :] if root != "/" and path.startswith(root) else path
    if not language_in(below) and language_in(path):  # a proxy has taken the prefix off
        below = path
    chosen, own = language_in(below), without_language(below)
    language = chosen or (DEFAULT if is_same_in_all(own) else preferred(_accepted(scope)))
    query = quote(bytes(scope.get("query_string", b"")), safe=URL_SAFE + "%?")
    return Spoken(language, chosen, own, query, root)


def speaking(app: App, root: str = "/") -> App:
    """``app`` that knows in which language it answers; what the scope says already stands."""

    async def answered(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        spoken = scope.get(SPOKEN) or spoken_of(scope, root)
        token = _spoken.set(spoken)
        try:
            await app({**scope, SPOKEN: spoken}, receive, send)
        finally:
            _spoken.reset(token)

    return answered


def led_by_language(app: App) -> App:
    """``app`` that sees paths without their language; it stands where the site's prefix is off."""

    async def stripped(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "http" and (language := language_in(scope["path"])):
            raw = (scope.get("raw_path") or scope["path"].encode())[len(language) + 1 :]
            raw = raw if raw.startswith(b"/") else b"/" + raw
            spoken: Spoken = scope.get(SPOKEN) or spoken_of(scope)
            path = without_language(scope["path"])
            scope = {**scope, "path": path, "raw_path": raw, SPOKEN: replace(spoken, path=path)}
        await app(scope, receive, send)

    return stripped


@cache
def catalogue(language: str) -> Mapping[str, Any]:
    """What languages/ says for ``language``: ``name``, ``tag``, ``words``, ``templates``, ``scripts``."""
    content: Mapping[str, Any] = content_of(FOLDER / f"{language}.yml")
    return content


def tag_of(language: str) -> str:
    """``language`` as ``lang=`` and ``hreflang=`` name it."""
    tag: str = catalogue(language)["tag"]
    return tag


def said(words: object, language: str | None = None) -> str:
    """Datasette's ``words``, made in its code, in the page's language; as they are where the catalogue lacks them."""
    table: Mapping[str, str] = catalogue(language or language_now()).get("words") or {}
    return table.get(str(words), str(words))
