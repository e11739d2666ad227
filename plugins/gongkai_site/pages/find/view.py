"""What the page of search results shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from gongkai_site.pages.dictionary.view import Dictionary
from gongkai_site.queries import Row, queries_in
from gongkai_site.texts import Text

QUERIES = queries_in(Path(__file__).with_name("queries"))
MOST_SHOWN = 6
"""So many of each kind; the rest stands behind the kind's own page."""
HAN = re.compile(r"[\u3400-\u9fff]{3,}")
ENOUGH = 0.6
"""A long Chinese term is found where so much of its pairs of characters stand."""


@dataclass(frozen=True)
class Hit:
    """Something found: its title, where it leads, what is said beside it.

    ``is_data`` says that the title is Chinese whatever the page's language; ``note`` and ``code`` may be empty.
    ``is_restated``: it is of a report whose words are ours.
    """

    title: str
    path: str
    note: str = ""
    code: str = ""
    is_data: bool = False
    note_is_data: bool = False
    is_restated: bool = False


@dataclass(frozen=True)
class Kind:
    """What was found of one kind: ``found`` in all, the first of them, and where the rest is."""

    name: str
    found: int
    hits: Sequence[Hit]
    more: str


def authorities(rows: Sequence[Row], asked: str) -> Kind:
    """Rows of the query ``find_authority``."""
    hits = [
        Hit(row["name"], row["agency_url"], row["name_en"] or "", f"{row['reports']}", True, True)
        for row in rows[:MOST_SHOWN]
    ]
    return Kind("authorities", len(rows), hits, f"/gongkai/find_authority?{urlencode({'q': asked})}")


def places(rows: Sequence[Row], asked: str) -> Kind:
    """Rows of queries/places.sql."""
    hits = [
        Hit(row["name"], f"/gongkai/divisions/{row['adcode']}", _above(row), row["adcode"], True, True) for row in rows
    ]
    found = rows[0]["found"] if rows else 0
    return Kind("places", found, hits, f"/gongkai/divisions?{urlencode({'name__contains': asked})}")


def _above(row: Row) -> str:
    return " ".join(name for name in (row["province"], row["city"]) if name and name != row["name"])


def texts(rows: Sequence[Row], asked: str) -> Kind:
    """Rows of queries/texts.sql; the notes are words of reports."""
    hits = [
        Hit(
            row["label"],
            f"/gongkai/reports/{row['id']}#sections-{row['position']}",
            row["snippet"],
            is_data=True,
            note_is_data=True,
            is_restated=bool(row["abridged"]),
        )
        for row in rows
    ]
    found = rows[0]["found"] if rows else 0
    return Kind("texts", found, hits, f"/gongkai/search_text?{urlencode({'q': asked})}")


def columns(found: Dictionary) -> Kind:
    """What the data dictionary has for the words."""
    entries = [(section, entry) for section in found.sections for entry in section.entries]
    hits = [
        Hit(
            str(entry.name),
            f"/about/dictionary?{urlencode({'table': section.table})}#{section.table}-{entry.column}",
            str(section.title),
            f"{section.table}.{entry.column}",
        )
        for section, entry in entries[:MOST_SHOWN]
    ]
    return Kind("columns", found.found, hits, f"/about/dictionary?{urlencode({'q': found.asked})}")


@dataclass(frozen=True)
class Told:
    """A canned query with its words in every language."""

    name: str
    title: Text
    description: Text


def questions(told: Iterable[Told], asked: str) -> Kind:
    """The canned queries whose titles or descriptions hold all words of ``asked``; titles first."""
    terms = asked.casefold().split()
    ranked = (
        sorted((rank, place, query) for place, query in enumerate(told) if (rank := _rank(query, terms)) is not None)
        if terms
        else []
    )
    hits = [Hit(str(query.title), f"/gongkai/{query.name}", str(query.description)) for _, _, query in ranked]
    return Kind("questions", len(hits), hits[:MOST_SHOWN], "/#queries")


def _rank(query: Told, terms: Sequence[str]) -> int | None:
    title, description = (" ".join(text.in_all.values()).casefold() for text in (query.title, query.description))
    whole = f"{query.name.replace('_', ' ')} {title} {description}"
    if not all(_stands_in(term, whole) for term in terms):
        return None
    return 0 if all(term in title for term in terms) else 1


def _stands_in(term: str, text: str) -> bool:
    if term in text:
        return True
    if not HAN.fullmatch(term):
        return False
    pairs = [term[place : place + 2] for place in range(len(term) - 1)]
    return sum(pair in text for pair in pairs) >= ENOUGH * len(pairs)


def told_of(queries: Mapping[str, Any], text: Any) -> list[Told]:
    """The canned ``queries``; ``text(name, key)`` gives a text of one in all languages, or None."""
    return [Told(name, text(name, "title") or Text(name), text(name, "description") or Text("")) for name in queries]
