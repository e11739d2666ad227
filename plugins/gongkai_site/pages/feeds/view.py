"""What a feed holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gongkai_site.queries import Row, queries_in

QUERIES = queries_in(Path(__file__).with_name("queries"))
FEEDS = ("reports", "corrections")
"""The queries, each a feed of that name."""
START_OF_A_DAY = "T00:00:00+08:00"
NO_ENTRY_YET = "2026-11-22"
"""The day of a feed without entries: that of the first publication."""


@dataclass(frozen=True)
class FeedEntry:
    """An entry: where it leads, and when it came, a day in Beijing. ``is_restated``: of an abridged report."""

    address: str
    title: str
    author: str | None
    words: str
    updated: str
    is_restated: bool


@dataclass(frozen=True)
class Feed:
    """Entries, the newest first, and the moment of the newest."""

    entries: Sequence[FeedEntry]
    updated: str


def is_feed(name: str) -> bool:
    """Whether there is a feed of that name."""
    return name in FEEDS


def feed_of(rows: Sequence[Row], address: str) -> Feed:
    """The feed of ``rows``; those whose day is none are left out."""
    entries = [
        FeedEntry(
            address=address + row["path"],
            title=row["title"],
            author=row["author"],
            words=_words(row),
            updated=row["day"] + START_OF_A_DAY,
            is_restated=bool(row["abridged"]),
        )
        for row in rows
        if _is_day(row["day"])
    ]
    return Feed(entries, entries[0].updated if entries else NO_ENTRY_YET + START_OF_A_DAY)


def _words(row: Row) -> str:
    if "corrected" not in row:
        return str(row["words"])
    return f"{row['printed']} → {_value(row['corrected'])} ({row['status']}): {row['words']}"


def _value(corrected: float | str | None) -> str:
    if corrected is None:
        return "—"
    return corrected if isinstance(corrected, str) else f"{corrected:.15g}"


def _is_day(words: str | None) -> bool:
    try:
        date.fromisoformat(words or "")
    except ValueError:
        return False
    return True
