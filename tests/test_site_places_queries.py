"""Queries about places over the years: per resident, a panel, changes, reviews, who is missing, coverage."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from .site_server import Ask, Rows, Site, asking, published

COUNTIES = {"320116-government": "320116", "320281-government": "320281", "321322-government": "321322"}
"""Three counties of Jiangsu whose reports are not in the collection."""
RESIDENTS = {"320116": 400_000, "320281": 1_000_000, "321322": None}
RECEIVED = {
    ("320116-government", 2030): 40,
    ("320116-government", 2031): 60,
    ("320116-government", 2033): 90,
    ("320281-government", 2030): 500,
    ("320281-government", 2031): 0,
    ("320281-government", 2032): 7,
    ("320281-government", 2033): None,
    ("321322-government", 2031): 9,
}
REVIEWS = {2030: (30, 10, 10), 2031: (None, 10, 10), 2033: (90, 0, 10)}


def summary(agency: str, year: int, received: int | None, **values: object) -> dict[str, object]:
    """A row of report_summary, of a county's whole area unless told otherwise."""
    row = {"report": f"{agency}-{year}", "agency_id": agency, "agency": agency, "year": year, "received": received}
    place = {"adcode": COUNTIES[agency], "province": "江苏省", "residents": RESIDENTS[COUNTIES[agency]]}
    said = {"level": "county", "scope": "region", "includes_lower": "unstated", "abridged": 0, "form": "2021"}
    return {**row, **place, **said, **values}


def invented() -> Iterator[dict[str, object]]:
    """Every county's reports by the table, and an office of one of them that must not be added."""
    for (agency, year), received in RECEIVED.items():
        reviews = dict(
            zip(
                ("reconsiderations", "lawsuits_direct", "lawsuits_after_reconsideration"),
                REVIEWS.get(year, (None, None, None)) if agency == "320116-government" else (None, None, None),
                strict=True,
            )
        )
        yield summary(agency, year, received, **reviews)
    yield summary("320116-government", 2031, 1000, report="office", agency_id="320116-office", scope="own")


@pytest.fixture(scope="module")
def database(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published database with invented counties of years to come."""
    path = tmp_path_factory.mktemp("places") / "gongkai.db"
    shutil.copy(site.database, path)
    with closing(sqlite3.connect(path)) as connection, connection:
        for row in invented():
            names = ", ".join(row)
            marks = ", ".join(f":{name}" for name in row)
            connection.execute(f"INSERT INTO report_summary ({names}) VALUES ({marks})", row)
    return path


@pytest.fixture(scope="module")
def ask(database: Path) -> Iterator[Ask]:
    """``ask(query, parameter=…)`` over the database of this file."""
    with asking(database) as rows:
        yield rows


def columns(rows: Rows, *names: str) -> list[tuple[Any, ...]]:
    """Some columns of every row."""
    return [tuple(row[name] for name in names) for row in rows]


def test_requests_per_resident_say_how_many_areas_and_of_which_census(ask: Ask) -> None:
    rows = ask("requests_per_10000_residents", level="county", year="2031")
    rates = {row["series"]: row["requests_per_10000"] for row in rows}
    assert rates == {"320116-government": 1.5, "320281-government": 0, "321322-government": None}
    assert set(columns(rows, "areas_with_rate", "areas", "census_year")) == {(2, 3, 2020)}


def test_requests_per_resident_open_at_the_newest_year_with_a_rate(ask: Ask) -> None:
    assert columns(ask("requests_per_10000_residents", level="county"), "year", "requests_per_10000") == [
        (2033, 2.25),
        (2033, None),
    ]


def test_a_zone_or_an_office_has_no_rate(site: Site) -> None:
    for level in ("county", "prefecture", "province"):
        series = {row["series"] for row in site.query("requests_per_10000_residents", level=level, year=2020)}
        assert not [name for name in series if "管理委员会" in name or "办公" in name]


def test_a_panel_adds_only_areas_that_are_there_every_year(ask: Ask) -> None:
    rows = ask("demand_on_a_balanced_panel", level="county", first="2030", last="2031")
    assert columns(rows, "year", "areas_in_panel", "areas_left_out", "requests") == [
        (2030, 2, 0, 540),
        (2031, 2, 1, 60),
    ]
    rows = ask("demand_on_a_balanced_panel", level="county", first="2030", last="2032")
    assert columns(rows, "year", "areas_in_panel", "requests") == [(2030, 1, 500), (2031, 1, 0), (2032, 1, 7)]
    whole = ask("demand_on_a_balanced_panel", level="县级", first="all", last="all")
    assert (whole[0]["year"], whole[-1]["year"]) == (2020, 2033)
    assert whole == ask("demand_on_a_balanced_panel", level="county")


def test_a_panel_that_nobody_is_in_has_no_sum(ask: Ask) -> None:
    rows = ask("demand_on_a_balanced_panel", level="county", first="2030", last="2033")
    assert set(columns(rows, "areas_in_panel", "requests")) == {(0, None)}


def test_no_change_is_computed_over_a_missing_year_or_a_blank(ask: Ask) -> None:
    changed = ("year", "received", "change", "change_percent", "change_reason")
    assert columns(ask("change_from_year_to_year", agency="320116-government"), *changed) == [
        (2030, 40, None, None, "year_before_missing"),
        (2031, 60, 20, 50, None),
        (2032, None, None, None, "year_missing"),
        (2033, 90, None, None, "year_before_missing"),
    ]
    assert columns(ask("change_from_year_to_year", agency="320281-government"), *changed) == [
        (2030, 500, None, None, "year_before_missing"),
        (2031, 0, -500, -100, None),
        (2032, 7, 7, None, None),
        (2033, None, None, None, "blank_figure"),
    ]


def test_no_change_is_computed_where_the_scope_is_unclear(ask: Ask) -> None:
    rows = ask("change_from_year_to_year", agency="洪泽区人民政府")
    assert columns(rows, "year", "change", "change_reason") == [
        (2023, None, "scope_unclear"),
        (2024, None, "scope_unclear"),
    ]


def test_an_authority_is_found_by_a_name_that_it_had(ask: Ask) -> None:
    named = [ask("change_from_year_to_year", agency=name) for name in ("洪泽县人民政府", "320829-government")]
    assert named[0] == named[1] != []


def test_reviews_are_shared_out_before_and_since_the_law_of_2024(ask: Ask) -> None:
    shares = ("areas_with_figures", "areas_left_out", "reconsideration_share", "lawsuit_direct_share")
    rows = {row["year"]: row for row in ask("reviews_before_and_after_2024", level="county")}
    assert columns([rows[2030], rows[2031], rows[2033]], *shares) == [
        (1, 1, 60, 20),
        (0, 3, None, None),
        (1, 1, 90, 0),
    ]
    assert {row["series"] for row in rows.values()} == {f"{year} 县级" for year in rows}
    assert {year: row["law_of_2024"] for year, row in rows.items()} == {
        year: "before" if year < 2024 else "since" for year in rows
    }


def test_reports_of_a_province_are_those_of_no_other(site: Site) -> None:
    rows = site.query("reports_of_a_province", province="江苏省")
    assert {row["province"] for row in rows} == {"江苏省"}
    assert {row["agency"] for row in rows} >= {"淮安市洪泽区人民政府", "沭阳县发展和改革局"}
    assert {row["year"] for row in site.query("reports_of_a_province", province="江苏省", year=2024)} == {2024}


def test_who_is_missing_are_the_counties_whose_report_is_not_here(site: Site) -> None:
    rows = site.query("who_is_missing", province="江苏省", year=2023)
    with site.connect() as connection:
        (counties,) = connection.execute(
            "SELECT count(*) FROM divisions WHERE province = '江苏省' AND level = 'county' "
            "AND valid_from <= 2023 AND coalesce(valid_to, 2023) >= 2023"
        ).fetchone()
    assert len(rows) == counties - 1
    assert "洪泽区" not in {row["name"] for row in rows} and "沭阳县" in {row["name"] for row in rows}
    assert {row["status"] for row in rows} == {"not_here"}


def test_coverage_of_a_province_agrees_with_who_is_missing(site: Site) -> None:
    rows = site.query("coverage_by_province", year=2023, level="县级")
    (jiangsu,) = [row for row in rows if row["province"] == "江苏省"]
    assert jiangsu["not_here"] == len(site.query("who_is_missing", province="江苏省", year=2023))
    for row in rows:
        assert row["divisions"] == sum(row[name] for name in ("published", "without_tables", "unreadable", "not_here"))
    assert len({row["province"] for row in rows}) == len(rows) >= 31


def test_a_county_counts_in_its_last_year_and_no_longer(ask: Ask) -> None:
    """In Jiangsu two districts and a city of 2019 became two districts in 2020: 96 counties, then 95."""
    for year, counties in ((2019, 96), (2020, 95)):
        rows = {row["province"]: row for row in ask("coverage_by_province", year=str(year), level="county")}
        missing = ask("who_is_missing", province="江苏省", year=str(year))
        assert (rows["江苏省"]["divisions"], rows["江苏省"]["not_here"], len(missing)) == (counties,) * 3


def test_a_parameter_that_matches_nothing_gives_no_rows(ask: Ask) -> None:
    names = [name for name in published()["queries"] if name in ASKED]
    assert len(names) == len(ASKED)
    for name in names:
        assert ask(name, **dict.fromkeys(published()["queries"][name]["params"], "没有这个")) == [], name


ASKED = {
    "requests_per_10000_residents",
    "demand_on_a_balanced_panel",
    "change_from_year_to_year",
    "reviews_before_and_after_2024",
    "reports_of_a_province",
    "who_is_missing",
    "coverage_by_province",
}


@pytest.mark.parametrize(
    ("words", "agency"),
    [
        ("洪泽", "320829-government"),
        ("洪泽县人民政府", "320829-government"),
        ("hongze", "320829-government"),
        ("Hong Ze", "320829-government"),
        ("hzq", "320829-government"),
        ("320813", "320829-government"),
        ("320829-gov", "320829-government"),
        ("Hongze District", "320829-government"),
        ("yinchuan", "640100-government"),
        ("lvliang", "141100-government"),
        ("lüliang", "141100-government"),
        ("平潭综合实验区", "350128-zone-pingtan"),
        ("沭阳县发展", "321322-development_reform"),
    ],
)
def test_a_few_letters_find_an_authority(site: Site, words: str, agency: str) -> None:
    rows = site.query("find_authority", q=words)
    assert f"{site.address}/gongkai/agencies/{agency}" in [row["agency_url"] for row in rows[:3]]
    assert site.get(f"/gongkai/agencies/{agency}").status == 200


def test_an_area_of_the_words_comes_before_others_that_only_hold_them(site: Site) -> None:
    """朝阳市, the districts 朝阳区 of Beijing and Changchun, and the counties of 朝阳市 begin with them alike."""
    found = [row["agency_url"].rpartition("/")[2] for row in site.query("find_authority", q="朝阳")]
    assert found[:2] == ["211300-government", "110105-government"]
    assert found.index("220104-government") < 10


def test_of_authorities_that_begin_alike_those_with_reports_come_first(site: Site) -> None:
    reports = [row["reports"] for row in site.query("find_authority", q="3601")]
    assert reports[0] > 0 and reports[-1] == 0 and len(reports) > 5
    assert all(row["reports"] for row in site.query("find_authority"))


@pytest.mark.parametrize("words", ["%", "_", "'", "没有这个"])
def test_signs_of_sql_find_no_more_than_other_words(site: Site, words: str) -> None:
    found = site.query("find_authority", q=words)
    assert found == ([] if words != "'" else site.query("find_authority"))


@pytest.mark.parametrize(("path", "asks"), [("/", "/find"), ("/gongkai/agencies", "/gongkai/find_authority")])
def test_the_start_page_and_the_list_have_a_box_to_find_authorities(site: Site, path: str, asks: str) -> None:
    page = site.get(path).text
    assert f'action="{asks}"' in page and 'name="q"' in page
