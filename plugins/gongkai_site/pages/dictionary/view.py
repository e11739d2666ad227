"""What the data dictionary shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai_site.column_words import column_text
from gongkai_site.files.headings import headings
from gongkai_site.texts import Parts, Text

MOST_ENTRIES = 150
LOOKED_AT = 200
"""So many rows of a table are looked at for examples."""
EXAMPLES, EXAMPLE_CHARACTERS = 3, 40


@dataclass(frozen=True)
class Entry:
    """A column: its short name, what is said of it in each language, and values that stand in it."""

    column: str
    name: Text
    meaning: Text
    examples: Sequence[str] = ()


@dataclass(frozen=True)
class Section:
    """A table or view with those of its columns that were asked for."""

    table: str
    title: Text
    entries: Sequence[Entry]


@dataclass(frozen=True)
class Dictionary:
    """The columns that were asked for; ``found`` is how many there are, shown or not."""

    asked: str
    table: str
    sections: Sequence[Section]
    found: int
    tables: Sequence[tuple[str, Text, int]]


def dictionary(
    texts: Mapping[str, Mapping[str, Parts]], titles: Mapping[str, Text], asked: str, table: str
) -> Dictionary:
    """The columns of ``table``, or of all tables, in which all words of ``asked`` stand, in either language."""
    words = asked.casefold().split()
    sections, found = [], 0
    for name, columns in texts.items():
        if (table or words) and table in ("", name):
            entries = [entry for column in columns if _is_meant(words, name, entry := _entry(columns, column))]
            shown = entries[: max(MOST_ENTRIES - found, 0)]
            found += len(entries)
            sections += [Section(name, titles[name], shown)] if shown else []
    tables = [(name, titles[name], len(columns)) for name, columns in texts.items()]
    return Dictionary(asked, table, sections, found, tables)


def _entry(columns: Mapping[str, Parts], column: str) -> Entry:
    parts = columns[column]
    return Entry(column, Text(*headings(columns, column)), Text(column_text(parts, "zh"), column_text(parts, "en")))


def _is_meant(words: Sequence[str], table: str, entry: Entry) -> bool:
    text = f"{table} {entry.column} {entry.meaning.zh} {entry.meaning.en}".casefold()
    return all(word in text for word in words)


def examples_in(rows: Sequence[Mapping[str, Any]], column: str) -> list[str]:
    """The first few different values of ``column``, NULL left out."""
    values = dict.fromkeys(row[column] for row in rows if row[column] is not None)
    return [_short(value) for value in list(values)[:EXAMPLES]]


def _short(value: object) -> str:
    words = f"{value:.15g}" if isinstance(value, float) else " ".join(str(value).split())
    return words if len(words) <= EXAMPLE_CHARACTERS else f"{words[:EXAMPLE_CHARACTERS]}…"
