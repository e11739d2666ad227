"""What the home page shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gongkai_site.queries import Answers, queries_in

QUERIES = queries_in(Path(__file__).with_name("queries"))


@dataclass(frozen=True)
class Home:
    """The collection in numbers: current reports, their authorities, years and provinces; files that were not read.

    The years are None where no report has one.
    """

    reports: int
    agencies: int
    first_year: int | None
    last_year: int | None
    provinces: int
    unread: int


def view_of(answers: Answers) -> Home:
    """The page of one database."""
    (glance,) = answers["glance"]
    return Home(**glance)
