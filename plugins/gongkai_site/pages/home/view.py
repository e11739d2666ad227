"""What the start page shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongkai_site.queries import Answers, Row, queries_in
from gongkai_site.texts import Text

QUERIES = queries_in(Path(__file__).with_name("queries"))
UNGROUPED = "other"
"""Where a question stands that names no group."""


@dataclass(frozen=True)
class Glance:
    """The collection in numbers.

    Current reports, their authorities, years and provinces; files that were not read. ``held`` of ``expected``: reports
    of governments that are here, of those that the register of divisions leads one to expect from ``first_expected`` to
    ``last_expected``. ``as_of`` is the newest day on which a report was published or fetched. Years are None where no
    report has one, the day empty where no report has one.
    """

    reports: int
    agencies: int
    first_year: int | None
    last_year: int | None
    provinces: int
    unread: int
    held: int
    expected: int
    first_expected: int | None
    last_expected: int | None
    as_of: str


@dataclass(frozen=True)
class Card:
    """A question: the name of its query, its words, whether its answer has a chart."""

    name: str
    title: str
    description: str
    has_chart: bool


@dataclass(frozen=True)
class Group:
    """Questions of one kind."""

    name: str
    title: Text
    cards: Sequence[Card]


@dataclass(frozen=True)
class Home:
    """The start page: the collection in numbers, questions in groups, newest reports (id, label, year, day, …)."""

    glance: Glance
    groups: Sequence[Group]
    newest: Sequence[Row]


def view_of(answers: Answers, queries: Mapping[str, Mapping[str, Any]], groups: Mapping[str, Text]) -> Home:
    """The page of one database with its canned ``queries``, in the order of ``groups``."""
    (glance,) = answers["glance"]
    return Home(Glance(**glance), grouped(queries, groups), answers["newest"])


def grouped(queries: Mapping[str, Mapping[str, Any]], groups: Mapping[str, Text]) -> list[Group]:
    """The questions in their groups; one whose group is none of ``groups`` stands in the last."""
    cards: dict[str, list[Card]] = {name: [] for name in groups}
    for name, query in queries.items():
        card = Card(name, str(query.get("title") or name), str(query.get("description") or ""), _has_chart(query))
        stated = query.get("group")
        cards[stated if stated in cards else UNGROUPED].append(card)
    return [Group(name, groups[name], held) for name, held in cards.items() if held]


def _has_chart(query: Mapping[str, Any]) -> bool:
    return bool(query.get("chart") or query.get("fragment"))
