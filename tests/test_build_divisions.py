"""Divisions, towns and residents: the data files, and what is asked of them by code and year."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import pytest

from build.identity import places, registry
from build.identity.departments import ZONE_COMMITTEE, national_organs
from build.identity.registry import Agency, AgencyName
from build.publish.places import (
    Published,
    agency_name_rows,
    agency_rows,
    agency_search_rows,
    division_rows,
    may_be_others,
    population_rows,
    published_agencies,
)
from build.reading.on_disk import OnDisk

from .site_server import Site

COMMUNIQUE = {
    "110000": 21893095,
    "120000": 13866009,
    "130000": 74610235,
    "140000": 34915616,
    "150000": 24049155,
    "210000": 42591407,
    "220000": 24073453,
    "230000": 31850088,
    "310000": 24870895,
    "320000": 84748016,
    "330000": 64567588,
    "340000": 61027171,
    "350000": 41540086,
    "360000": 45188635,
    "370000": 101527453,
    "410000": 99365519,
    "420000": 57752557,
    "430000": 66444864,
    "440000": 126012510,
    "450000": 50126804,
    "460000": 10081232,
    "500000": 32054159,
    "510000": 83674866,
    "520000": 38562148,
    "530000": 47209277,
    "540000": 3648100,
    "610000": 39528999,
    "620000": 25019831,
    "630000": 5923957,
    "640000": 7202654,
    "650000": 25852345,
}
"""Residents of every province: communiqué no. 3 of the seventh census (National Bureau of Statistics, 11 May 2021)."""

MAINLAND = 1409778724


def test_residents_of_provinces_are_the_communique_s() -> None:
    assert sum(COMMUNIQUE.values()) == MAINLAND
    assert {code: n for code, n in places.population().items() if code.endswith("0000")} == COMMUNIQUE


def test_residents_of_a_prefecture_are_the_sum_of_its_counties() -> None:
    """东莞 and the like have no counties: the census counts the city itself."""
    figures = places.population()
    for row in places.divisions():
        within = [figures.get(each.adcode, 0) for each in places.within(row.adcode, 2020)] if row.parent else []
        if row.level == "prefecture" and row.stands_in(2020) and within and row.adcode != "654000":
            assert figures[row.adcode] == sum(within), row


def test_every_area_of_the_census_year_has_residents_but_those_that_the_census_leaves_out() -> None:
    listed = {row.adcode for row in places.divisions() if row.stands_in(places.CENSUS_YEAR)}
    assert listed - set(places.population()) == {"350527", "460302", "460303", "710000", "810000", "820000"}
    assert set(places.population()) <= listed


@pytest.mark.parametrize(
    ("adcode", "year", "persons"),
    [
        ("440000", 2020, 126012510),
        ("320813", 2023, 285097),
        ("320829", 2012, 285097),
        ("450127", 2019, places.population()["450127"]),
        ("450181", 2022, places.population()["450127"]),
        ("350527", 2020, None),
        ("330105", 2020, 635136),
        ("330105", 2021, None),
        ("330113", 2021, None),
        ("320106", 2010, None),
        ("999999", 2020, None),
    ],
)
def test_residents_of_an_area_while_its_territory_is_the_census_s(adcode: str, year: int, persons: int | None) -> None:
    assert places.residents(adcode, year) == persons


def test_years_of_a_code_do_not_overlap() -> None:
    rows = places.divisions()
    for before, after in pairwise(rows):
        if before.adcode == after.adcode:
            assert before.valid_to is not None and before.valid_to < after.valid_from, after


def test_every_division_lies_in_one_that_stands_in_its_years() -> None:
    for row in places.divisions():
        for year in {row.valid_from, row.valid_to or 2026} if row.parent else ():
            assert places.division(row.parent, year) is not None, (row, year)


@pytest.mark.parametrize(
    ("year", "provinces", "prefectures", "counties"),
    [(2008, 34, 333, 2859), (2015, 34, 334, 2850), (2020, 34, 333, 2844), (2024, 34, 333, 2846)],
)
def test_how_many_divisions_a_year_has(year: int, provinces: int, prefectures: int, counties: int) -> None:
    """The ministry's yearly numbers; 金门县 is one of the counties."""
    levels = Counter(row.level for row in places.divisions() if row.stands_in(year))
    assert (levels["province"], levels["prefecture"], levels["county"]) == (provinces, prefectures, counties)


@pytest.mark.parametrize(
    ("adcode", "year", "name", "parent"),
    [
        ("320829", 2015, "洪泽县", "320800"),
        ("320813", 2016, "洪泽区", "320800"),
        ("110228", 2014, "密云县", "110000"),
        ("429004", 2020, "仙桃市", "420000"),
        ("659001", 2020, "石河子市", "650000"),
        ("441900", 2020, "东莞市", "440000"),
        ("460400", 2020, "儋州市", "460000"),
        ("320571", 2020, "苏州工业园区", "320500"),
        ("500157", 2025, "两江新区", "500000"),
        ("653132", 2026, "岑岭县", "653100"),
        ("421302", 2008, "曾都区", "421300"),
    ],
)
def test_divisions_by_code_and_year(adcode: str, year: int, name: str, parent: str) -> None:
    row = places.division(adcode, year)
    assert row is not None
    assert (row.name, row.parent) == (name, parent)


@pytest.mark.parametrize(
    ("adcode", "year"), [("320829", 2016), ("320813", 2015), ("500105", 2025), ("110103", 2010), ("999999", 2020)]
)
def test_a_code_that_no_division_of_the_year_has(adcode: str, year: int) -> None:
    assert places.division(adcode, year) is None


@pytest.mark.parametrize(
    ("adcode", "year", "lineage"),
    [
        ("320813", None, "320829"),
        ("500110", 2010, "500110"),
        ("500110", 2020, "500222"),
        ("460400", None, "469003"),
        ("520502", None, "522401"),
        ("520500", None, "522400"),
        ("659001", None, "659001"),
        ("999999", None, None),
    ],
)
def test_the_first_code_of_a_division(adcode: str, year: int | None, lineage: str | None) -> None:
    assert places.lineage(adcode, year) == lineage


def test_a_lineage_has_one_state_a_year() -> None:
    for lineage in {row.lineage for row in places.divisions()}:
        rows = places.states(lineage)
        for before, after in pairwise(rows):
            assert before.valid_to is not None and before.valid_to < after.valid_from, (before, after)


def test_what_lies_around_and_within() -> None:
    row = places.division("321322", 2020)
    assert row is not None
    assert [each.name for each in places.above(row, 2020)] == ["江苏省", "宿迁市"]
    assert [each.name for each in places.within("321300", 2020)] == [
        "宿城区",
        "宿豫区",
        "沭阳县",
        "泗阳县",
        "泗洪县",
        "宿迁经济技术开发区",
    ]


def test_towns_with_their_county() -> None:
    with (places.DATA / "townships.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 38749
    counties = {row.adcode for row in places.divisions() if row.valid_to is None}
    assert {row["code"][:6] for row in rows} <= counties
    assert "打浦桥街道" in {town.name for town in places.towns_of("310101")}
    assert {town.code[:6] for town in places.towns_named("打浦桥街道")} == {"310101"}
    assert all("(" not in town.name and "（" not in town.name for town in places.towns_of("500156"))
    assert any(town.abolished for town in places.towns_of("500156"))
    assert places.towns_named("不存在街道") == () and places.towns_of("999999") == ()


def test_pinyin_has_a_syllable_a_character() -> None:
    for row in places.divisions():
        assert len(row.pinyin.split()) == len(row.name), row


@pytest.mark.parametrize(
    ("adcode", "pinyin"),
    [
        ("610424", "qian xian"),
        ("500000", "chong qing shi"),
        ("341500", "lu an shi"),
        ("331000", "tai zhou shi"),
        ("140400", "chang zhi shi"),
        ("131025", "dai cheng xian"),
        ("350200", "xia men shi"),
        ("610000", "shaan xi sheng"),
        ("341600", "bo zhou shi"),
        ("340300", "beng bu shi"),
    ],
)
def test_places_are_spelt_as_they_are_said(adcode: str, pinyin: str) -> None:
    row = places.division(adcode, 2020)
    assert row is not None and row.pinyin == pinyin


def test_rows_of_divisions_name_what_they_lay_in_at_the_time() -> None:
    rows = {(row["adcode"], row["valid_from"]): row for row in division_rows()}
    assert (rows["420602", 2008]["city"], rows["420602", 2010]["city"]) == ("襄樊市", "襄阳市")
    assert rows["429004", 2008]["city"] is None and rows["429004", 2008]["province"] == "湖北省"
    assert rows["110105", 2008]["parent"] == "110000" and rows["110000", 2008]["parent"] is None
    assert rows["441900", 2008]["city"] == "东莞市"


def test_every_published_authority_has_its_parent_and_its_names() -> None:
    agencies = published_agencies(())
    rows = [*agency_rows(agencies, agencies)]
    known = {row["id"] for row in rows}
    assert {row["parent"] for row in rows} - {None} <= known
    assert {row["agency"] for row in agency_name_rows(agencies, lambda _: ())} == known
    assert [row["id"] for row in rows if row["name_en"] is None] == []
    assert len(known) == len(rows)


def held(agencies: Iterable[Agency]) -> OnDisk[Agency]:
    """Authorities as the build holds them."""
    found = OnDisk(Agency)
    for agency in agencies:
        found.put(agency.id, agency)
    return found


def test_an_authority_has_the_parent_of_its_newest_name_if_that_is_published() -> None:
    """莱芜市莱城区 became 济南市莱芜区 in 2019."""
    governments = {agency.id: agency for agency in registry.governments()}
    district, city = governments["371202-government"], governments["370100-government"]
    both, one = held([district, city]), held([district])
    parents = {row["id"]: row["parent"] for row in agency_rows(both, both)}
    assert parents == {"371202-government": "370100-government", "370100-government": None}
    (alone,) = agency_rows(one, one)
    assert (alone["name"], alone["parent"]) == ("济南市莱芜区人民政府", None)


def test_an_authority_that_every_database_has_stands_below_another_such() -> None:
    """So its row is the same whatever reports bring."""
    agencies = published_agencies(())
    above = {registry.parent_of(agency, registry.names_of(agency)[-1].valid_to) for agency in agencies}
    assert {parent for parent in above if parent is not None and parent not in agencies} == set()


def test_an_authority_is_published_as_reports_name_it() -> None:
    (county,) = (agency for agency in registry.governments() if agency.id == "320829-government")
    named = replace(county, adcode="320813")
    published = published_agencies([named])
    assert (published.get(county.id), [*published.named]) == (named, [named])
    assert [agency for agency in published if agency.id == county.id] == [named]


def test_an_authority_that_is_no_more_has_the_english_name_that_goes_with_its_last() -> None:
    published = published_agencies(())
    rows = {row["id"]: row for row in agency_rows(published, published)}
    organs = {organ.name: organ.name_en for organ in national_organs()}
    national = [row for row in rows.values() if row["name"] in organs]
    assert len(national) > 50 and [row for row in national if row["name_en"] != organs[str(row["name"])]] == []
    ended = rows["000000-rural_revitalisation"]
    assert (ended["name"], ended["name_en"]) == ("国家乡村振兴局", "National Rural Revitalisation Administration")
    assert (ended["valid_to"], rows["000000-state_council"]["valid_to"]) == (2023, None)
    assert rows["000000-state_council"]["parent"] is None


def test_the_committee_of_a_zone_is_published_with_its_departments() -> None:
    (finance,) = registry.candidates("苏州工业园区财政局", 2021)
    published = published_agencies([finance.agency])
    rows = {row["id"]: row for row in agency_rows(published, published)}
    assert (rows["320571-finance"]["parent"], rows["320571-zone"]["parent"]) == ("320571-zone", "320500-government")
    assert rows["320571-zone"]["name"] == "苏州工业园区管理委员会"
    assert rows["320571-finance"]["valid_from"] == 2018
    assert "320571-zone" not in {agency.id for agency in published_agencies(())}
    assert [agency.id for agency in published_agencies([finance.agency])] == sorted(map(str, rows))
    only = OnDisk(Agency)
    only.put(finance.agency.id, finance.agency)
    (alone,) = agency_rows(only, only)
    assert alone["parent"] is None


def an_agency(name: str, level: str = "county", adcode: str = "320829") -> Agency:
    return Agency(name, "zone", level, adcode, ZONE_COMMITTEE)


def test_an_authority_that_reports_name_is_as_they_do_also_where_every_build_has_it() -> None:
    standing = {name: an_agency(name) for name in ("a", "c")}
    named = [an_agency("b"), an_agency("c", adcode="320830"), an_agency("d")]
    published = Published(standing, named)
    assert [*published] == [standing["a"], *named]
    assert [published.get(name) for name in "abcde"] == [standing["a"], *named, None]
    assert [name in published for name in "abcde"] == [True, True, True, True, False]


def test_authorities_that_come_or_go_and_zones_may_be_others_than_before() -> None:
    here = Published({"b": an_agency("b")}, [an_agency("a"), an_agency("d", level="zone"), an_agency("e")])
    assert [*may_be_others(here, iter(["b", "c", "d", "e", "f"]))] == ["a", "c", "d", "f"]


def test_residents_stand_in_the_order_of_codes() -> None:
    codes = [str(row["adcode"]) for row in population_rows()]
    assert codes == sorted(codes) and len(codes) > 3000


def test_what_reports_print_stands_behind_an_authority_s_full_names() -> None:
    (found,) = registry.candidates("沭阳县人民政府", 2021)
    whose = found.agency.id
    printed = [AgencyName(whose, "沭阳县政府", 2019, 2021), AgencyName(whose, "沭阳县人民政府", 2020, 2020)]
    rows = [
        (row["position"], row["name"], row["basis"], row["valid_from"])
        for row in agency_name_rows([found.agency], {whose: printed}.__getitem__)
    ]
    assert rows == [(1, "沭阳县人民政府", "registry", 2008), (2, "沭阳县政府", "printed", 2019)]


def test_a_street_is_looked_up_by_its_own_name() -> None:
    (street,) = registry.candidates("上海市黄浦区人民政府打浦桥街道办事处", 2021)
    (row,) = agency_search_rows([street.agency])
    assert (row["area"], row["pinyin"], row["initials"]) == ("打浦桥街道", "dapuqiao", "dpq")


def test_an_authority_is_looked_up_by_how_its_area_is_spelt() -> None:
    rows = {row["agency"]: row for row in agency_search_rows(published_agencies(()))}
    county = rows["320829-government"]
    assert (county["area"], county["pinyin"], county["initials"]) == ("洪泽区", "hongzequ", "hzq")
    assert rows["141100-government"]["pinyin"] == "lvliangshi"
    assert {rows["000000-education"][column] for column in ("area", "pinyin", "initials")} == {None}


def test_the_tables_are_published_whole_and_join_by_code_and_year(site: Site) -> None:
    with site.connect() as connection:
        tables = ("divisions", "population")
        counted = [connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables]
        residents = connection.execute(
            "SELECT d.name, p.persons FROM population p JOIN divisions d USING (adcode) "
            "WHERE p.year BETWEEN d.valid_from AND ifnull(d.valid_to, p.year) AND d.name = '青海省'"
        ).fetchall()
    assert counted == [len([*division_rows()]), len([*population_rows()])]
    assert [tuple(row) for row in residents] == [("青海省", 5923957)]
