"""What the build has counted is not counted again by a page, and what every page asks is asked once."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from .site_server import ROOT, Site, published

if str(ROOT / "plugins") not in sys.path:
    sys.path.append(str(ROOT / "plugins"))

from gongkai_site import remembered
from stored_facets import Counting

FACETS = {name: about["facets"] for name, about in published()["tables"].items() if about.get("facets")}


def awaited(answer: Coroutine[Any, Any, Any]) -> Any:
    """What a coroutine answers: in a thread of its own, since an open browser has its loop in this one."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, answer).result()


def counted_by(site: Site, table: str, column: str, where: str = "1") -> dict[str, int]:
    """How many rows of a table have each value, counted row by row."""
    statement = f"SELECT [{column}], count(*) FROM [{table}] WHERE [{column}] IS NOT NULL AND {where} GROUP BY 1"
    with site.connect() as connection:
        return {str(value): count for value, count in connection.execute(statement)}


def facets_of(answer: dict[str, Any]) -> dict[str, dict[str, int]]:
    """Column → value → rows, as a table page tells them."""
    return {
        name: {str(found["value"]): found["count"] for found in facet["results"]}
        for name, facet in answer["facet_results"].items()
    }


@pytest.mark.parametrize("table", FACETS)
def test_a_facet_of_all_rows_tells_what_counting_them_tells(site_with_second_text: Site, table: str) -> None:
    site = site_with_second_text
    facets = facets_of(site.json(f"/gongkai/{table}.json", _size=1, _facet_size="max"))
    assert facets == {column: counted_by(site, table, column) for column in FACETS[table]}


def test_a_facet_that_is_asked_for_though_it_is_shown_anyway_stands_once(site_with_second_text: Site) -> None:
    site = site_with_second_text
    usual = facets_of(site.json("/gongkai/reports.json", _size=1))
    asked = facets_of(site.json("/gongkai/reports.json?_facet=year&_facet=agency&_facet=agency&_size=1"))
    assert list(asked) == [*usual, "agency"]
    assert asked["year"] == usual["year"]


def test_a_facet_of_chosen_rows_counts_these(site_with_second_text: Site) -> None:
    site = site_with_second_text
    facets = facets_of(site.json("/gongkai/applications_full.json", item="received", _size=1))
    assert facets["placement"] == counted_by(site, "applications_full", "placement", "item = 'received'")
    assert facets["placement"] != counted_by(site, "applications_full", "placement")


@pytest.mark.parametrize(
    ("table", "column", "asked", "where"),
    [
        ("reports", "year", {}, "1"),
        ("reports", "year", {"year__gte": 2020, "_sort_desc": "year"}, "year >= 2020"),
        ("reports", "form", {"_sort": "period_start"}, "1"),
        ("reports", "level", {"_sort_desc": "published", "agency__contains": "市"}, "agency LIKE '%市%'"),
        ("sections", "number", {"_search": "公开"}, "text LIKE '%公开%'"),
        ("statements", "kind", {"_where": "position > 1"}, "position > 1"),
        ("applications_full", "placement", {"item": "received"}, "item = 'received'"),
    ],
)
def test_every_page_of_a_table_tells_the_same_facets_and_leads_to_first_pages(
    site: Site, table: str, column: str, asked: dict[str, object], where: str
) -> None:
    counted = counted_by(site, table, column, where)
    following: str | None = ""
    pages = 0
    while following is not None and pages < 4:
        page = site.json(
            f"/gongkai/{table}.json", **asked, _facet=column, _size=3, **({"_next": following} if pages else {})
        )
        assert facets_of(page)[column] == counted
        assert not any("_next" in value["toggle_url"] for value in page["facet_results"][column]["results"])
        following, pages = page["next"], pages + 1
    assert pages > 1


def test_a_next_page_of_nothing_is_the_first_one_with_its_filters(site: Site) -> None:
    for asked in ({"year__gte": 2020}, {"_search": "公开"}):
        table, column = ("sections", "number") if "_search" in asked else ("reports", "year")
        first = site.json(f"/gongkai/{table}.json", **asked, _facet=column)
        page = site.json(f"/gongkai/{table}.json", **asked, _facet=column, _next="")
        assert facets_of(page)[column] == facets_of(first)[column] != {}


def test_values_of_a_facet_keep_their_type(site: Site) -> None:
    answer = site.json("/gongkai/reports.json", _size=1)["facet_results"]
    assert {type(found["value"]) for found in answer["year"]["results"]} == {int}
    assert {type(found["value"]) for found in answer["form"]["results"]} == {str}


class Told:
    """What answers statements in place of a Datasette or a database: how often it was asked, and for what."""

    def __init__(self, rows: list[Any]) -> None:
        self.rows = rows
        self.asked: list[str] = []

    async def execute(self, *arguments: Any, **_options: Any) -> Told:
        self.asked.append(next(each for each in arguments if "select" in each.lower()))
        return self


FACET = "select [year] as value, count(*) as count from (select * from reports) where [year] is not null limit 31"


@pytest.mark.parametrize(("rows", "asked"), [([(2020, 1)], 1), ([], 2)], ids=["counted by the build", "not counted"])
def test_rows_are_counted_only_where_the_build_has_not(rows: list[Any], asked: int) -> None:
    datasette = Told(rows)
    awaited(Counting(datasette, "reports").execute("gongkai", FACET))
    assert len(datasette.asked) == asked
    assert (datasette.asked[-1] == FACET) is not bool(rows)


def test_any_other_statement_is_asked_as_it_stands() -> None:
    datasette = Told([])
    awaited(Counting(datasette, "reports").execute("gongkai", "select 1"))
    assert datasette.asked == ["select 1"]


def test_an_answer_is_kept_by_statement_and_parameters() -> None:
    database: Any = Told([(1,)])
    for given in ({"a": "1"}, {"a": "1"}, {"a": "2"}, None, None):
        assert awaited(remembered.rows_of(database, "SELECT :a", given)) == [(1,)]
    assert len(database.asked) == 3


def test_what_was_asked_longest_ago_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST_KEPT", 2)
    database: Any = Told([])
    for sql in ("SELECT 1", "SELECT 2", "SELECT 1", "SELECT 3", "SELECT 1", "SELECT 2"):
        awaited(remembered.rows_of(database, sql))
    assert database.asked == ["SELECT 1", "SELECT 2", "SELECT 3", "SELECT 2"]


def test_a_long_answer_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST_ROWS", 1)
    database: Any = Told([(1,), (2,)])
    for _ in range(2):
        awaited(remembered.rows_of(database, "SELECT 1"))
    assert len(database.asked) == 2


class Failing(Told):
    """What fails."""

    async def execute(self, *arguments: Any, **options: Any) -> Told:
        await super().execute(*arguments, **options)
        raise TimeoutError


def test_a_failure_is_not_kept() -> None:
    database: Any = Failing([])
    for _ in range(2):
        with pytest.raises(TimeoutError):
            awaited(remembered.rows_of(database, "SELECT 1"))
    assert len(database.asked) == 2
