"""The chart of a question as static/charts.js draws it: what metadata.yml declares, in the words of one language.

A chart's ``kind`` is ``years`` (lines over a true scale of years), ``categories`` (bars in the order of the form) or
``reports`` (a mark a row). ``values`` are the columns with the figures, ``series`` those that tell one line or one
group of bars from another; ``category`` and ``label`` name what a bar stands for; ``also`` is told of each besides.
``unnamed`` says what a bar without a category is, by what stands in another column: column → its value → words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from .question import Declared, Question, in_language

Codes = Mapping[str, Mapping[str, str]]
BREAKS = "chart-breaks"


def place_of(day: date) -> float:
    """Where ``day`` lies among report years: the year 2020 lies at 2020, its first day at 2019.5."""
    beginning = date(day.year, 1, 1)
    return round(day.year - 0.5 + (day - beginning).days / 365, 3)


def breaks_of(declared: Declared, language: str) -> list[dict[str, Any]]:
    """The days on which figures change their meaning, with their words."""
    return [
        {"at": place_of(date.fromisoformat(str(each["day"]))), "words": in_language(each["short"], language)}
        for each in declared.values()
    ]


def chart_of(
    question: Question,
    words: Mapping[str, str],
    breaks: Declared,
    codes: Callable[[str], Mapping[str, str]],
) -> dict[str, Any] | None:
    """What the drawing needs besides rows and addresses; None for a question without a chart.

    ``codes`` gives the names of a column's codes.
    """
    declared = question.chart
    if declared is None:
        return None
    named = question.with_language
    series = [named(column) for column in declared.get("series", ())]
    label, category = named(declared.get("label", "")), named(declared.get("category", ""))
    also = [named(column) for column in declared.get("also", ())]
    return {
        "kind": declared["kind"],
        "name": question.name,
        "title": question.title,
        "language": question.language,
        "year": declared.get("year"),
        "values": [_headed(question, column) for column in declared["values"]],
        "value_name": in_language(declared.get("value_name"), question.language),
        "series": series,
        "category": category,
        "label": label,
        "also": [_headed(question, column) for column in also],
        "order": declared.get("order", "query"),
        "line": declared.get("line", True),
        "breaks": breaks_of(breaks, question.language) if declared["kind"] == "years" else [],
        "codes": _named_codes((*series, label, category, *also), codes),
        "blanks": _blanks(question, (*series, label, category, *also)),
        "unnamed": _unnamed(declared.get("unnamed"), question.language),
        "words": dict(words),
    }


def _headed(question: Question, column: str) -> dict[str, str]:
    heading = question.heading(column)
    return {"column": column, "name": heading.short, "unit": heading.unit}


def _named_codes(columns: Iterable[str], codes: Callable[[str], Mapping[str, str]]) -> Codes:
    found = {column: codes(column) for column in columns if column}
    return {column: names for column, names in found.items() if names}


def _blanks(question: Question, columns: Iterable[str]) -> Mapping[str, str]:
    """Column → what a blank in it means, as far as that is declared."""
    meanings = {column: question.heading(column).meaning for column in columns if column}
    return {column: meaning for column, meaning in meanings.items() if meaning}


def _unnamed(declared: Declared | None, language: str) -> dict[str, Any] | None:
    """What a bar without a category is called: ``by`` which column, and the words for its values."""
    if declared is None:
        return None
    ((by, words),) = declared.items()
    return {"by": by, "words": {value: in_language(text, language) for value, text in words.items()}}
