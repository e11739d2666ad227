"""Search in Chinese: a reader's words become phrases of the grams that the index of ``sections`` holds.

What a gram is stands in the build, beside the index (``search_index``); plugins do not import the build, so the rule
is here a second time, and a test holds the two together. Words parted by blanks must all occur; words in double
quotes are one phrase. What was searched for in the search box of ``sections`` is shown where it stands.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from markupsafe import Markup, escape
from pluggy import HookimplMarker

hookimpl = HookimplMarker("datasette")

HAN = "\u3005\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
BLANK = r"[^\S\n\t]"
GAP = rf"(?:{BLANK}+\n?{BLANK}*|\n{BLANK}*)"
GAP_IN_HAN = re.compile(rf"(?<=[{HAN}]){GAP}(?=[{HAN}])")
PIECE = re.compile(rf"(?P<han>[{HAN}]+)|(?P<word>[^\W_{HAN}]+)|(?P<break>\s*(?:\t|\n{BLANK}*\n)\s*)|(?P<mark>\S)")
ASCII_WORDS = {full: full - 0xFEE0 for full in range(0xFF10, 0xFF5B) if chr(full).isalnum()}
PLANE_15 = 0xF0000
FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ]")
LETTER = re.compile(rf"[^\W\d_{HAN}]")

TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
NO_TERM = '""'
CONTEXT = 30
ELLIPSIS = "…"


class Piece(NamedTuple):
    """A part of a term: ``kind`` is han, word, break or mark."""

    kind: str
    text: str


def pieces(text: str) -> list[Piece]:
    """``text`` cut where grams begin and end, in the width and without the gaps that the index leaves out."""
    joined = GAP_IN_HAN.sub("", half_width(text))
    return [Piece(str(found.lastgroup), found[0]) for found in PIECE.finditer(joined)]


def terms(query: str) -> list[str]:
    """The words of a search box: parted by blanks, or held together by double quotes."""
    found = (quoted or bare for quoted, bare in TERM.findall(query))
    return [term for term in found if pieces(term)]


def match_expression(query: str | None) -> str:
    """``query`` for FTS5's MATCH: every term a phrase of grams. What holds no term finds nothing."""
    return " ".join(_phrase(term) for term in terms(query or "")) or NO_TERM


def _phrase(term: str) -> str:
    cut = pieces(term)
    grams = [gram for piece in cut for gram in _grams(piece)]
    last = cut[-1]
    if last.kind != "han":
        return f'"{" ".join(grams)}"'
    # The text may go on after the term: its last character alone is a gram only where the stretch ends there.
    if len(last.text) > 1:
        grams.pop()
        return f'"{" ".join(grams)}"'
    return f'"{" ".join(grams)}" *'


def _grams(piece: Piece) -> Iterator[str]:
    if piece.kind == "han":
        yield from (piece.text[at : at + 2] for at in range(len(piece.text)))
    elif piece.kind == "word":
        yield piece.text
    else:
        yield chr(PLANE_15 + (ord("\n" if piece.kind == "break" else piece.text) & 0xFFFF))


@lru_cache(maxsize=256)
def pattern(query: str) -> re.Pattern[str] | None:
    """Finds in a text what the index finds: any term of ``query``. None if there is no term."""
    found = [f"{GAP}?".join(_piece_pattern(piece) for piece in pieces(term)) for term in terms(query)]
    # Without letters there is no case, and a pattern that minds none is several times slower.
    flags = re.IGNORECASE if LETTER.search(query) else re.NOFLAG
    return re.compile("|".join(found), flags) if found else None


def _piece_pattern(piece: Piece) -> str:
    if piece.kind == "han":
        return f"{GAP}?".join(piece.text)
    if piece.kind == "word":
        return rf"(?<![^\W_{HAN}]){re.escape(piece.text)}(?![^\W_{HAN}])"
    return r"\s+" if piece.kind == "break" else re.escape(piece.text)


def half_width(text: str) -> str:
    """``text`` with full-width letters and digits in the width of the index; as long as before."""
    return text.translate(ASCII_WORDS) if FULL_WIDTH.search(text) else text


def times_found(text: str | None, query: str | None) -> int:
    """How often the terms of ``query`` occur in ``text``."""
    found = pattern(query or "")
    return sum(1 for _ in found.finditer(half_width(text or ""))) if found else 0


def snippet_around(text: str | None, query: str | None) -> str | None:
    """The first place of ``query`` in ``text`` with thirty characters on either side, on one line.

    The beginning of the text where the words do not occur. NULL for NULL.
    """
    if text is None:
        return None
    sought = pattern(query or "")
    found = sought.search(half_width(text)) if sought else None
    start, end = found.span() if found else (0, 0)
    before, after = max(0, start - CONTEXT), min(len(text), end + CONTEXT)
    shown = " ".join(text[before:after].split())
    return f"{ELLIPSIS if before else ''}{shown}{ELLIPSIS if after < len(text) else ''}"


# Datasette registers its own escape_fts in the same hook; the last one to come is the one that counts.
@hookimpl(trylast=True)
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Put ``escape_fts`` in place of Datasette's, and add ``snippet_around`` and ``times_found``."""
    conn.create_function("escape_fts", 1, match_expression, deterministic=True)
    conn.create_function("snippet_around", 2, snippet_around, deterministic=True)
    conn.create_function("times_found", 2, times_found, deterministic=True)


App = Callable[[dict[str, Any], Any, Any], Awaitable[None]]

_searched: ContextVar[str] = ContextVar("searched", default="")


@hookimpl
def asgi_wrapper() -> Callable[[App], App]:
    """Remember what this request searches for: a cell is rendered without knowing its request."""

    def wrap(app: App) -> App:
        async def with_words(scope: dict[str, Any], receive: Any, send: Any) -> None:
            asked = parse_qs(scope.get("query_string", b"").decode("latin-1"))
            _searched.set(asked.get("_search", [""])[0])
            await app(scope, receive, send)

        return with_words

    return wrap


@hookimpl
def render_cell(value: Any, column: str, table: str | None) -> Markup | None:
    """The place that was searched for, instead of the section's beginning."""
    words = _searched.get()
    if (table, column) != ("sections", "text") or not isinstance(value, str) or pattern(words) is None:
        return None
    return marked_snippet(value, words)


def marked_snippet(text: str, query: str) -> Markup:
    """``snippet_around`` as HTML, with the words marked."""
    snippet, sought = snippet_around(text, query) or "", pattern(query)
    parts, place = [], 0
    for found in sought.finditer(half_width(snippet)) if sought else ():
        parts += [escape(snippet[place : found.start()]), Markup("<mark>{}</mark>").format(found[0])]
        place = found.end()
    return Markup("").join([*parts, escape(snippet[place:])])
