"""What the page of a row shows of how to cite it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongkai_site.citations import Citation
from gongkai_site.contact import Report
from gongkai_site.queries import Answers, Row, queries_in
from gongkai_site.texts import Text

QUERIES = queries_in(Path(__file__).with_name("queries"))
WORDS = ("printed", "sentence", "explanation", "excerpt")
"""Columns that hold a row's words, the first that is there."""
NOT_FIGURES = frozenset({"text_start", "text_end", "position", "current", "year"})
LOOKED_UP = ("item", "measure", "channel")
"""Columns whose codes have names."""


@dataclass(frozen=True)
class CitedRow:
    """A row's citation, and where to report an error in it; None if there is no contact."""

    citation: Citation
    report_error: str | None


def plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row without the labels that Datasette puts beside foreign keys."""
    return {name: value["value"] if isinstance(value, dict) else value for name, value in dict(row).items()}


def asked_for(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the queries are asked about a row."""
    return {name: row.get(name) for name in ("report", *LOOKED_UP)}


def report_of(answers: Answers) -> Row | None:
    """The report that the row is from; None if it is from none."""
    return next(iter(answers["report"]), None)


def part_of_report(title: Text, answers: Answers) -> Text:
    """What of a report the row is: its table, and its item if it has one."""
    (names,) = answers["names"]

    def words(language: str) -> str:
        return ": ".join(part for part in (title.of(language), names[f"name_{language}"]) if part)

    return Text(words("zh"), words("en"))


def reported(title: str, address: str, row: Mapping[str, Any]) -> Report:
    """What a report of an error in ``row`` is about."""
    return Report(title, address, figures_of(row), words_in(row))


def words_in(row: Mapping[str, Any]) -> str:
    """The report's words that the row was read from; empty where it holds none."""
    return next((str(row[name]) for name in WORDS if row.get(name)), "")


def figures_of(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The numbers of a row behind the codes of their columns."""
    return [
        (f"{name}:", f"{value:.15g}")
        for name, value in row.items()
        if isinstance(value, int | float) and name not in NOT_FIGURES
    ]
