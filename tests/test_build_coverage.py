"""Who is here and who is not, which reports compare, and that nothing adds reports that overlap."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from build.__main__ import main
from build.checks import check_report
from build.identity import places
from build.identity.names import agency_kind
from build.identity.resolution import resolve
from build.join.authorities import residents
from build.join.combine import combine
from build.join.coverage import FIRST_YEAR, NOT_HERE, PUBLISHED, UNREADABLE, WITHOUT_TABLES, Coverage, coverage
from build.join.roll import Roll
from build.messages import alike
from build.publish.schema import COUNTS
from build.publish.store import Around, Entry, Publication, write_database
from build.reading.key import key_of
from build.reading.sums import outcome_sums
from build.report import Identity, Problem, Report, Stated
from tests.assertions import query
from tests.render.figures import Cells
from tests.samples import made_report, report_text

from .rolls import reporting_of, roll_of
from .rule_samples import count
from .site_server import published

TITLE = "年政府信息公开工作年度报告"


def report_of(agency: str, year: int = 2020, scope: str = "region", unit: int = 1, id_: str = "") -> Report:
    """A report with figures that are small multiples of ``unit``."""
    whose = resolve(agency, year, (), "")
    assert whose.agency is not None
    identity = Identity(
        year=year,
        agency_id=whose.agency.id,
        agency=whose.name(agency, year),
        agency_printed=agency,
        agency_kind=agency_kind(agency),
        scope=scope,
        level=whose.place.level,
        province=whose.place.province,
        city=whose.place.city,
        county=whose.place.county,
        adcode=whose.place.adcode,
    )
    applications: dict[str, Cells] = {
        item: {"natural_person": count * unit, "total": count * unit}
        for item, count in (
            *(("received", 6), ("brought_forward", 1), ("granted", 2), ("partly_granted", 1)),
            *(("withheld_internal", 1), ("unavailable_not_held", 2), ("not_processed_repeat", 1), ("closed", 7)),
            ("carried_forward", 0),
        )
    }
    outcomes = {"upheld": 2 * unit, "corrected": unit, "other": 0, "pending": 0, "total": 3 * unit}
    reviews: dict[str, Cells] = {"reconsideration": {**outcomes}}
    made = made_report(applications, reviews, identity=identity)
    name = id_ or f"{agency}{year}"
    return replace(made, id=name, source_file=name, sha256=name.encode().hex().ljust(64, "0"))


def rows(reports: list[Report], problems: tuple[Problem, ...] = (), first: int = 2019) -> dict[tuple[str, int], Any]:
    return {
        (row.adcode, row.year): (row.status, row.report)
        for row in coverage_of(roll_of(map(key_of, reports)), problems, first)
    }


def coverage_of(roll: Roll, problems: tuple[Problem, ...], first: int) -> Iterator[Coverage]:
    return coverage(roll.of_governments(), roll.newest_year(), problems, first)


def lost(name: str, stated: Stated | None) -> Problem:
    return Problem(name, "read", "error", "scan", alike(""), stated=stated)


def test_every_division_of_every_year_has_a_row() -> None:
    found = rows([report_of("沭阳县人民政府", 2021), report_of("南昌市财政局", 2020, "own")])
    for year in (2019, 2020, 2021):
        standing = {row.adcode for row in places.divisions() if row.stands_in(year) and row.level != "zone"}
        assert {adcode for adcode, of in found if of == year} == standing
    assert found["321322", 2021] == (PUBLISHED, "沭阳县人民政府2021")
    assert found["321322", 2020] == found["360100", 2020] == (NOT_HERE, None)
    assert not any(year > 2021 for _, year in found)


def test_coverage_begins_with_the_first_year_of_the_statutory_form() -> None:
    assert FIRST_YEAR == 2019


def test_rows_stand_in_the_order_of_their_codes_and_years() -> None:
    reports = [report_of("沭阳县人民政府", 2021)]
    keys = [(row.adcode, row.year) for row in coverage_of(roll_of(map(key_of, reports)), (), 2020)]
    assert keys == sorted(keys)
    assert {year for _, year in keys} == {2020, 2021}


def test_a_code_has_a_row_only_in_the_years_in_which_it_stood() -> None:
    found = rows([report_of("洪泽县人民政府", 2015), report_of("淮安市洪泽区人民政府", 2018)], first=2014)
    assert [year for adcode, year in sorted(found) if adcode == "320829"] == [2014, 2015]
    assert [year for adcode, year in sorted(found) if adcode == "320813"] == [2016, 2017, 2018]
    assert found["320829", 2015][0] == found["320813", 2018][0] == PUBLISHED


def test_a_code_of_the_first_list_has_a_row_in_every_year_that_is_asked_for() -> None:
    """The list begins in 2008, the divisions on it do not."""
    found = rows([report_of("洪泽县人民政府", 2009)], first=2006)
    assert [year for adcode, year in sorted(found) if adcode == "320829"] == [2006, 2007, 2008, 2009]


def test_reports_without_tables_and_files_without_a_report() -> None:
    bare = made_report(identity=report_of("泗阳县人民政府").identity)
    problems = (
        lost("a.pdf", Stated("沭阳县人民政府", 2020)),
        lost("b.pdf", Stated(None, 2020, "321302")),
        lost("c.pdf", Stated("泗阳县人民政府", 2020)),
        lost("d.pdf", Stated("泗洪县财政局", 2020)),
        lost("e.pdf", Stated("泗洪县人民政府", None)),
        lost("f.pdf", Stated("鼓楼区人民政府", 2020)),
        lost("g.pdf", None),
        lost("i.pdf", Stated(None, None, "321311")),
        replace(lost("h.pdf", Stated("泗洪县人民政府", 2020)), severity="warning"),
    )
    found = {adcode: status for (adcode, year), (status, _) in rows([bare], problems).items() if year == 2020}
    assert {adcode: status for adcode, status in found.items() if status != NOT_HERE} == {
        "321323": WITHOUT_TABLES,
        "321322": UNREADABLE,
        "321302": UNREADABLE,
    }


@pytest.mark.parametrize("kept", ["applications", "disclosures", "reviews"])
def test_one_table_is_enough_for_a_report_with_tables(kept: str) -> None:
    printed = replace(report_of("泗阳县人民政府"), disclosures=(count("licence", "decisions", 3),))
    without: dict[str, Any] = {name: () for name in ("applications", "disclosures", "reviews") if name != kept}
    assert rows([replace(printed, **without)])["321323", 2020][0] == PUBLISHED


def test_only_a_file_that_gave_no_report_is_unreadable() -> None:
    stated = Stated(agency="南昌市人民政府", year=2020)
    here = [report_of("江西省人民政府")]
    for severity, status in (("error", UNREADABLE), ("warning", NOT_HERE), ("note", NOT_HERE)):
        problem = replace(lost("a.pdf", stated), severity=severity)
        assert rows(here, (problem,))["360100", 2020] == (status, None)


def test_a_report_without_a_year_a_place_or_an_authority_has_no_residents() -> None:
    report = report_of("南昌市人民政府")
    assert residents(report) == places.population()["360100"]
    unknown: list[dict[str, Any]] = [{"year": None}, {"adcode": None}, {"agency_id": None}]
    for changes in unknown:
        assert residents(replace(report, identity=replace(report.identity, **changes))) is None


def test_of_several_current_reports_of_a_government_the_smallest_id_is_named() -> None:
    reports = [report_of("泗阳县人民政府", id_=name) for name in ("m", "a", "z")]
    assert rows(reports)["321323", 2020] == (PUBLISHED, "a")
    roll = roll_of(map(key_of, reports[:2]))
    roll.supersede("a", 0, "nothing_stated")
    assert {row.report for row in coverage_of(roll, (), 2020)} == {None, "m"}


def test_nothing_is_claimed_without_a_report_of_a_year() -> None:
    assert rows([]) == {}
    assert rows([report_of("沭阳县人民政府", 2018)]) == {}


def test_files_that_cannot_be_read_are_told_by_sidecar_or_name(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(report_text(f"沭阳县人民政府2021{TITLE}"), encoding="utf-8")
    for name in (f"泗阳县人民政府2021{TITLE}.pdf", "scan.pdf", "unknown.pdf"):
        (folder / name).write_bytes(b"%PDF-1.4 cut off")
    (folder / "scan.pdf.meta.yml").write_text("agency: 泗洪县人民政府\nyear: 2020\n", encoding="utf-8")
    assert main([str(folder), "--coverage-from", "2020", "--output", str(tmp_path / "out.db")]) == 1
    found = query(tmp_path / "out.db", "SELECT adcode, year, status FROM coverage WHERE status <> 'not_here'")
    assert {(row["adcode"], row["year"], row["status"]) for row in found} == {
        ("321322", 2021, "published"),
        ("321323", 2021, "unreadable"),
        ("321324", 2020, "unreadable"),
    }
    assert query(tmp_path / "out.db", "SELECT min(year) AS first, max(year) AS last FROM coverage")[0]["first"] == 2020


# Sums ----------------------------------------------------------------------------------------------------------------

UNIT, BASE = 4096, 64
"""Figures of one report are below BASE units of it, and no year or count reaches UNIT: a sum tells what is in it."""

OVERLAPPING: tuple[Report, ...] = tuple(
    report_of(agency, 2020, scope, UNIT * BASE**at)
    for at, (agency, scope) in enumerate(
        (
            ("江西省人民政府", "region"),
            ("南昌市人民政府", "region"),
            ("南昌市财政局", "own"),
            ("南昌市人民政府办公室", "own"),
            ("南昌县人民政府", "region"),
            ("进贤县人民政府", "region"),
        )
    )
)
MAY_BE_ADDED = frozenset({frozenset({2, 3}), frozenset({4, 5})})
"""Offices of one city, and counties, are beside each other; any other two are a whole and its part, or two levels."""


def stored(path: Path, reports: tuple[Report, ...]) -> Path:
    """A database of reports of values."""
    keys = [key_of(report) for report in reports]
    roll, whole = roll_of(keys), {report.id: report for report in reports}
    combine(roll)
    entries = (
        Entry(
            whole[each.key.id], each.current, tuple(check_report(whole[each.key.id])), outcome_sums(whole[each.key.id])
        )
        for each in roll.reports()
    )
    problems = (each for each in roll.problems() if isinstance(each, Problem))
    around = Around((), reporting_of(keys), coverage_of(roll, (), 2019))
    write_database(path, Publication(entries, problems, around))
    return path


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A province, its city, two offices and two counties of it, and a superseded text of the city."""
    city = report_of("南昌市", unit=UNIT * BASE, id_="again")
    again = replace(city, identity=replace(city.identity, published="2019-01-01"))
    latest = tuple(replace(report, identity=replace(report.identity, published="2021-03-01")) for report in OVERLAPPING)
    return stored(tmp_path_factory.mktemp("sums") / "sums.db", (*latest, again))


def added_in(value: object) -> frozenset[int]:
    """Which reports' figures are in ``value``; none in what is no figure."""
    if not isinstance(value, int | float) or value < UNIT or value != int(value):
        return frozenset()
    units, found = int(value) // UNIT, set()
    for at in range(len(OVERLAPPING)):
        units, digit = divmod(units, BASE)
        if digit:
            found.add(at)
    return frozenset(found)


def adding_queries() -> Iterator[tuple[str, str]]:
    """(name, SQL) of everything published that adds figures, or shows what the build has added."""
    added = "|".join(table.name for table in COUNTS)
    every = [*((name, about["sql"]) for name, about in published()["queries"].items())]
    every += [(table.name, f"SELECT * FROM {table.name}") for table in COUNTS]
    return (
        (name, sql)
        for name, sql in every
        if re.search(rf"\b(?:sum|total|avg)\s*\(|\b(?:{added})\b", sql, re.IGNORECASE)
    )


ADDING = dict(adding_queries())


@pytest.mark.parametrize("name", ADDING)
@pytest.mark.parametrize("given", ["", "all"])
def test_no_query_or_chart_adds_reports_that_overlap(database: Path, name: str, given: str) -> None:
    parameters = dict.fromkeys(re.findall(r"(?<!:):([a-z_]+)", ADDING[name]), given)
    with closing(sqlite3.connect(database)) as connection:
        connection.create_function("code_label", 3, lambda _, code, __: code)
        connection.create_function("reports_path", -1, lambda *_: "/")
        for of_texts in ("fts_outside_tables", "is_told_by_times", "stands_outside_tables", "times_outside_tables"):
            connection.create_function(of_texts, -1, lambda *_: '""')  # a phrase that no text has
        found = connection.execute(ADDING[name], parameters).fetchall()
    for row in found:
        for value in row:
            for pair in map(frozenset, combinations(added_in(value), 2)):
                assert pair in MAY_BE_ADDED, (name, row)


def test_sums_are_seen_for_what_they_are() -> None:
    assert added_in(7 * UNIT + 6 * UNIT * BASE**4) == {0, 4}
    assert added_in(2020) == added_in("2020") == added_in(33.3) == added_in(None) == frozenset()
    assert len(ADDING) > len(COUNTS) + 5


def test_outcome_groups_of_a_report_hold_that_report_alone(database: Path) -> None:
    for row in query(database, "SELECT * FROM applications_by_outcome"):
        assert len(added_in(row["total"])) <= 1
    for row in query(database, "SELECT * FROM report_summary"):
        assert all(len(added_in(value)) <= 1 for name, value in dict(row).items() if name != "residents")


# Comparable reports --------------------------------------------------------------------------------------------------


def comparable(path: Path) -> list[dict[str, Any]]:
    return query(path, "SELECT agency, year, level, adcode, received, residents FROM comparable ORDER BY adcode")


def test_comparable_reports_are_one_an_area_and_year_and_no_office(database: Path) -> None:
    found = comparable(database)
    assert [row["agency"] for row in found] == ["江西省人民政府", "南昌市人民政府", "南昌县人民政府", "进贤县人民政府"]
    assert {row["level"] for row in found} == {"province", "prefecture", "county"}
    for level in ("province", "prefecture", "county"):
        sums = sum(row["received"] for row in found if row["level"] == level)
        assert all(pair in MAY_BE_ADDED for pair in map(frozenset, combinations(added_in(sums), 2)))


def test_residents_stand_beside_governments_only(database: Path) -> None:
    rows_ = query(database, "SELECT agency_id, adcode, residents FROM report_summary")
    persons = {row["agency_id"]: row["residents"] for row in rows_}
    assert persons["360100-finance"] is None
    assert persons["360100-government"] == places.population()["360100"] > 6_000_000
    assert persons["360000-government"] > persons["360100-government"]


def test_prefectures_within_a_prefecture_do_not_stand_beside_it(tmp_path: Path) -> None:
    reports = (
        report_of("伊犁哈萨克自治州人民政府"),
        report_of("塔城地区行政公署"),
        report_of("塔城地区行政公署", 2021),
    )
    found = {(row["adcode"], row["year"]) for row in comparable(stored(tmp_path / "yili.db", reports))}
    assert found == {("654000", 2020), ("654200", 2021)}
