"""Search in Chinese: a reader's words become the grams that the index of ``sections`` holds.

The index tells which sections hold all of a word's grams. Where the word is more than one gram, the text itself is
looked into, so that what is found is what stands there.

Words parted by blanks must all occur; words in double quotes are one phrase. What was searched for in the search box
of ``sections`` is shown where it stands.
"""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from datasette.filters import FilterArguments
from datasette.utils.asgi import Request
from markupsafe import Markup, escape
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from gongkai_site.cells import speaking_of  # noqa: E402
from gongkai_site.grams import (  # noqa: E402
    BREAK,
    CHINESE,
    GAP,
    HAN,
    IN_FORM,
    LETTERS,
    WORD,
    grams_of,
    half_width,
    kind_of,
    pieces,
)
from gongkai_site.outside_tables import stretches_outside  # noqa: E402

hookimpl = HookimplMarker("datasette")

LETTER = re.compile(rf"[^\W\d_{HAN}]")

PAIR = re.compile(f"[{HAN}]{{2}}")
TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
NO_TERM = '""'
MOST_BYTES = 4
"""A character in UTF-8 has no more."""
LAST_BLANK = 0x3000
BLANKS = b"|".join(re.escape(chr(code).encode()) for code in range(LAST_BLANK + 1) if chr(code).isspace())
"""Blanks in UTF-8, as a pattern."""
APART = "\n\n"
"""No words are found across it."""
CONTEXT = 30
ELLIPSIS = "…"
AS_JSON = json.JSONEncoder(ensure_ascii=False).encode
"""Made once: ``json.dumps`` makes it anew for every text."""


def terms(query: str) -> list[str]:
    """The words of a search box: parted by blanks, or held together by double quotes."""
    found = (quoted or bare for quoted, bare in TERM.findall(query))
    return [term for term in found if pieces(term)]


def match_expression(query: str | None) -> str:
    """``query`` for FTS5's MATCH: every gram of every term. What holds no term finds nothing."""
    grams = (f'("{gram}"{end} OR "{IN_FORM}{gram}"{end})' for gram, end in _grams_of_terms(query))
    return " AND ".join(grams) or NO_TERM


def match_outside_tables(query: str | None) -> str:
    """What is ``match_expression`` for sections that hold every gram outside their title and the forms' tables."""
    return " ".join(f'"{gram}"{end}' for gram, end in _grams_of_terms(query)) or NO_TERM


Gram = tuple[str, str]
"""A gram, and the sign behind it, in FTS5, where it is the beginning of one."""


def _grams_of_terms(query: str | None) -> Iterator[Gram]:
    for term in terms(query or ""):
        yield from _grams(term)


def _grams(term: str) -> list[Gram]:
    """The grams that stand where ``term`` does."""
    cut = pieces(term)
    grams = [gram for piece in cut for gram in grams_of(piece)]
    last, beginning = cut[-1], ""
    # The text may go on after the term: its last character alone is a gram only where the stretch ends there.
    if kind_of(last) == CHINESE:
        if len(last) > 1:
            grams.pop()
        else:
            beginning = " *"
    return [(gram, "") for gram in dict.fromkeys(grams[:-1])] + [(grams[-1], beginning)]


@lru_cache(maxsize=256)
def is_told_by_grams(query: str | None) -> bool:
    """Whether the index alone tells where ``query`` stands: each of its terms is one gram."""
    return all(len(_grams(term)) == 1 for term in terms(query or ""))


@lru_cache(maxsize=256)
def is_told_by_times(query: str | None) -> bool:
    """Whether ``query`` stands wherever the index and ``times_outside_tables`` find it: grams tell, or it is one term,
    and that all Chinese, which stands nowhere in part.
    """
    words = terms(query or "")
    return is_told_by_grams(query) or (len(words) == 1 and all(kind_of(piece) == CHINESE for piece in pieces(words[0])))


def holds_words(text: str | None, query: str | None) -> bool:
    """Whether every term of ``query`` stands in ``text``; the index knows only that all their grams do."""
    return text is not None and all(_stands(term, text) for term in terms(query or ""))


def _stands(term: str, text: str) -> bool:
    cut = pieces(term)
    if LETTERS not in (kind_of(cut[0]), kind_of(cut[-1])) and term in text:  # most are, and this is quick
        return True
    quoted = f'"{term}"'
    sought = pattern(quoted)
    return sought is not None and sought.search(as_sought(text, quoted)) is not None


def as_sought(text: str, query: str) -> str:
    """``text`` in which ``pattern`` finds ``query``: letters and digits in half width, if it is about any."""
    return half_width(text) if _has_letters(query) else text


@lru_cache(maxsize=256)
def _has_letters(query: str) -> bool:
    return any(kind_of(piece) == LETTERS for term in terms(query) for piece in pieces(term))


@lru_cache(maxsize=256)
def pattern(query: str) -> re.Pattern[str] | None:
    """Finds in a text what the index finds: any term of ``query``. None if there is no term."""
    found = [f"{GAP}?".join(_piece_pattern(piece) for piece in pieces(term)) for term in terms(query)]
    # Without letters there is no case, and a pattern that minds none is several times slower.
    flags = re.IGNORECASE if LETTER.search(query) else re.NOFLAG
    return re.compile("|".join(found), flags) if found else None


def _piece_pattern(piece: str) -> str:
    kind = kind_of(piece)
    if kind == CHINESE:
        return f"{GAP}?".join(piece)
    if kind == LETTERS:
        return rf"(?<!{WORD}){re.escape(piece)}(?!{WORD})"
    return r"\s+" if kind == BREAK else re.escape(piece)


def is_pair_unparted(text: str, query: str) -> bool:
    """Whether ``query`` is two Chinese characters, and the first is nowhere in ``text`` parted from the next by blanks.

    Most questions are such, and most texts; there nothing has to be looked for but the two as they stand.
    """
    return PAIR.fullmatch(query) is not None and _before_blank(query[0]).search(text) is None


@lru_cache(maxsize=256)
def _before_blank(character: str) -> re.Pattern[str]:
    return re.compile(rf"{character}\s")


def times_found(text: str | None, query: str | None) -> int:
    """How often the terms of ``query`` occur in ``text``."""
    if is_pair_unparted(text or "", query or ""):
        return (text or "").count(query or "")
    found = pattern(query or "")
    return sum(1 for _ in found.finditer(as_sought(text or "", query or ""))) if found else 0


def snippet_around(text: str | None, query: str | None) -> str | None:
    """The first place of ``query`` in ``text`` with thirty characters on either side, on one line.

    The beginning of the text where the words do not occur. NULL for NULL.
    """
    if text is None:
        return None
    sought = pattern(query or "")
    found = sought.search(as_sought(text, query or "")) if sought else None
    start, end = found.span() if found else (0, 0)
    before, after = max(0, start - CONTEXT), min(len(text), end + CONTEXT)
    shown = " ".join(text[before:after].split())
    return f"{ELLIPSIS if before else ''}{shown}{ELLIPSIS if after < len(text) else ''}"


def outside_tables(text: str | None, start: int, title: str | None, tables: str | None) -> str | None:
    """``text`` without its title and the forms' tables, an empty line for each: what an agency wrote itself.

    ``start`` is where the text begins in its report, ``tables`` the stretches of tables there (``table_spans``).
    """
    if text is None:
        return None
    *kept, last = stretches_outside(text, start, title, tables)
    return APART.join([*(text[begin:end] for begin, end in kept if end > begin), text[slice(*last)]])


def stands_outside_tables(
    text: str | None, start: int, title: str | None, tables: str | None, query: str | None
) -> bool:
    """Whether every term of ``query`` stands in what is ``outside_tables``; the index knows that all their grams do."""
    return holds_words(outside_tables(text, start, title, tables), query)


def times_outside_tables(
    text: bytes | None, start: int, title: str | None, tables: str | None, query: str | None
) -> int:
    """``times_found`` in what is ``outside_tables``; ``text`` is in UTF-8, which most texts need not leave for that."""
    held, heading, sought = text or b"", title or "", query or ""
    times = _times_of_pair(held, heading, sought) if tables is None else None
    if times is not None:
        return times
    whole = held.decode()
    if is_pair_unparted(whole, sought):
        return sum([whole.count(sought, *stretch) for stretch in stretches_outside(whole, start, heading, tables)])
    return times_found(outside_tables(whole, start, heading, tables), sought)


def _times_of_pair(text: bytes, title: str, query: str) -> int | None:
    """How often two Chinese characters stand behind ``title``; None for others, and where a blank may part the two."""
    sought = _pair_in_utf_8(query)
    found = None if sought is None else sought.findall(text, _end_of(title, text))
    return None if found is None or b"" in found else len(found)


def found_outside_tables(
    text: bytes | None, start: int, title: str | None, tables: str | None, query: str | None
) -> str | None:
    """What is ``times_outside_tables``, and ``snippet_around`` in the same, as a list in JSON; NULL for none.

    One call: a text costs more to hand over than to search.
    """
    times, prose = _times_and_place(text or b"", start, title or "", tables, query or "")
    return AS_JSON([times, snippet_around(prose, query)]) if times else None


def _times_and_place(text: bytes, start: int, title: str, tables: str | None, query: str) -> tuple[int, str]:
    """How often ``query`` stands outside tables and titles, and that prose, or as much of it as a snippet can hold."""
    times = _times_of_pair(text, title, query) if tables is None else None
    if times is not None:
        end = _end_of(title, text)
        return times, _around(text, end, text.find(query.encode(), end))
    prose = outside_tables(text.decode(), start, title, tables) or ""
    return times_found(prose, query), prose


def _end_of(title: str, text: bytes) -> int:
    """Where in ``text`` its title ends, 0 where it begins with none."""
    words = title.encode()
    return len(words) if text.startswith(words) else 0


@lru_cache(maxsize=256)
def _pair_in_utf_8(query: str) -> re.Pattern[bytes] | None:
    """Finds two different Chinese characters, and as another kind of place the first of them before a blank."""
    if PAIR.fullmatch(query) is None or query[0] == query[1]:
        return None
    first, second = (re.escape(character.encode()) for character in query)
    return re.compile(first + b"(?=(" + second + b")|" + BLANKS + b")")


def _around(text: bytes, start: int, place: int) -> str:
    """As much of ``text`` from ``start`` on as a snippet around ``place`` can hold."""
    most = (CONTEXT + 3) * MOST_BYTES
    return text[max(start, place - most) : place + most].decode(errors="ignore")


# Datasette registers its own escape_fts in the same hook; the last one to come is the one that counts.
@hookimpl(trylast=True)
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Put ``escape_fts`` in place of Datasette's; add what looks into a text that the index has found."""
    conn.create_function("escape_fts", 1, match_expression, deterministic=True)
    conn.create_function("fts_outside_tables", 1, match_outside_tables, deterministic=True)
    conn.create_function("is_told_by_grams", 1, is_told_by_grams, deterministic=True)
    conn.create_function("is_told_by_times", 1, is_told_by_times, deterministic=True)
    conn.create_function("holds_words", 2, holds_words, deterministic=True)
    conn.create_function("snippet_around", 2, snippet_around, deterministic=True)
    conn.create_function("stands_outside_tables", 5, stands_outside_tables, deterministic=True)
    conn.create_function("times_outside_tables", 5, times_outside_tables, deterministic=True)
    conn.create_function("found_outside_tables", 5, found_outside_tables, deterministic=True)


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
def filters_from_request(request: Request, table: str) -> FilterArguments | None:
    """Look into the sections that the index has found for a word of several grams."""
    words = request.args.get("_search") or ""
    if table != "sections" or is_told_by_grams(words):
        return None
    return FilterArguments(["holds_words([text], :words_sought)"], params={"words_sought": words})


@hookimpl
@speaking_of(columns=lambda _, column: column == "text")
def render_cell(value: Any, column: str, table: str | None) -> Markup | None:
    """The place that was searched for, instead of the section's beginning."""
    words = _searched.get()
    if (table, column) != ("sections", "text") or not isinstance(value, str) or pattern(words) is None:
        return None
    return marked_snippet(value, words)


def marked_snippet(text: str, query: str) -> Markup:
    """``snippet_around`` as HTML, with the words marked."""
    return marked_words(snippet_around(text, query) or "", query)


def marked_words(snippet: str, query: str) -> Markup:
    """``snippet`` as HTML, with the words marked."""
    sought = pattern(query)
    parts, place = [], 0
    for found in sought.finditer(as_sought(snippet, query)) if sought else ():
        parts += [escape(snippet[place : found.start()]), Markup("<mark>{}</mark>").format(found[0])]
        place = found.end()
    return Markup("").join([*parts, escape(snippet[place:])])
