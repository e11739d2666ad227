"""A table, view or canned query as JSON: its columns, their codes, where the data come from, how to cite them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongkai_site.column_words import column_meaning, heading
from gongkai_site.queries import Row, queries_in
from gongkai_site.texts import Parts, Text

QUERIES = queries_in(Path(__file__).with_name("queries"))
NAMED_IN = ("zh", "en")
OF_A_COLUMN = ("title", "meaning", "unit", "null")
FILES = {"csv": ".csv?_stream=on", "json": ".json", "xlsx": ".xlsx"}
OF_THE_RELEASE = ("version", "date", "inputs_sha256", "reader_version", "homepage")

Words = dict[str, str] | None
"""Words in each language; None where there are none."""


@dataclass(frozen=True)
class Described:
    """What is described: ``name`` among the database's tables, views and queries, ``parameters`` those of a query."""

    name: str
    kind: str
    title: Text
    description: Text
    columns: Sequence[Row]
    parameters: Mapping[str, Mapping[str, Any]]


def lists_in(columns: Iterable[Row]) -> list[str]:
    """The lists of codes that ``columns`` have."""
    return sorted({column["code_list"] for column in columns if column["code_list"]})


def columns_of_query(parts: Mapping[str, Parts], lists: Iterable[str]) -> list[Row]:
    """The columns of a canned query, as those of a table stand in ``columns``; ``lists``: every list of codes."""
    known = set(lists)
    return [
        {
            "name": name,
            "type": None,
            **{f"title_{language}": heading(told, language, name) for language in NAMED_IN},
            **{f"meaning_{language}": column_meaning(told, language) for language in NAMED_IN},
            **{
                f"{part}_{language}": told.get(f"{part}_{language}")
                for part in ("unit", "null")
                for language in NAMED_IN
            },
            "code_list": told.get("codes", name if name in known else None),
        }
        for name, told in parts.items()
    ]


def description_of(of: Described, codes: Iterable[Row], release: Row, page: str, asked: str) -> dict[str, Any]:
    """What is said of it. ``page``: its whole address without parameters, ``asked``: these, as they were asked for."""
    return {
        "name": of.name,
        "kind": of.kind,
        "title": of.title.in_all,
        "description": of.description.in_all,
        "columns": {column["name"]: _column(column) for column in of.columns},
        **({"parameters": {name: _parameter(told) for name, told in of.parameters.items()}} if of.parameters else {}),
        "code_lists": _code_lists(codes),
        "source": _words(release, "source"),
        "licence": {
            "name": release["licence"],
            "url": release["licence_url"],
            "terms": _words(release, "licence_terms"),
        },
        "citation": {
            language: f"{words} {of.title.of(language)}. {page}"
            for language, words in (_words(release, "citation") or {}).items()
        },
        "release": {name: release[name] for name in OF_THE_RELEASE},
        "addresses": {"page": _with(page, asked)} | {kind: _with(page + end, asked) for kind, end in FILES.items()},
    }


def _with(address: str, asked: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{asked}" if asked else address


def _column(column: Row) -> dict[str, Any]:
    told: dict[str, Any] = {part: _words(column, part) for part in OF_A_COLUMN}
    return {**told, "type": column["type"], "code_list": column["code_list"]}


def _parameter(told: Mapping[str, Any]) -> dict[str, Words]:
    """What a form field is called, and what it means to leave it blank."""
    return {name: dict(told[name]) for name in ("label", "hint", "blank") if told.get(name)}


def _words(row: Row, name: str) -> Words:
    found = {language: row[f"{name}_{language}"] for language in NAMED_IN if row[f"{name}_{language}"]}
    return found or None


def _code_lists(codes: Iterable[Row]) -> dict[str, dict[str, Words]]:
    found: dict[str, dict[str, Words]] = {}
    for row in codes:
        found.setdefault(row["code_list"], {})[row["code"]] = _words(row, "label")
    return found
