"""Questions answered by clicking: right values from made-up reports, and pages that say what was asked and left out."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from .site_server import Ask, Rows, Site, asking, running, written

TOWN, BOROUGH, VALE = "320116-government", "320281-government", "321322-government"
"""Three counties of Jiangsu that the collection has no report of."""
PLACES = {
    TOWN: ("320116", "一县", "甲区人民政府"),
    BOROUGH: ("320281", "二县", "乙市人民政府"),
    VALE: ("321322", "三县", "丙县人民政府"),
}
"""Code, county and authority: by the county's name they stand in another order than by the authority's."""
RECEIVED = {
    (TOWN, 2030): 40,
    (TOWN, 2031): 60,
    (TOWN, 2032): 45,
    (BOROUGH, 2031): 500,
    (BOROUGH, 2032): 0,
    (VALE, 2031): None,
    (VALE, 2032): 9,
}
REVIEWS: dict[tuple[str, int], tuple[int | None, ...]] = {
    (TOWN, 2031): (20, 10, 5, 3, 38),
    (BOROUGH, 2031): (10, 30, 0, 1, 41),
    (VALE, 2031): (4, None, 1, 0, 5),
    (TOWN, 2032): (7, 8, 9, 1, 25),
    (BOROUGH, 2032): (7, 8, 9, 1, 24),
}
"""Upheld, corrected, other, pending, total of reconsiderations; the last two do not go into a sum."""
FEES = [
    ("information_fee", 3940.0, "元"),
    ("information_fee_billed", 1.25, "万元"),
    ("information_fee_notices", 3.0, "份"),
]

DISCLOSED: dict[tuple[str, str, str], dict[str, object]] = {
    (TOWN, "normative_document", "issued"): {"count": 5},
    (TOWN, "licence", "decisions"): {"count": 0},
    (BOROUGH, "licence", "decisions"): {"count": 7},
    (VALE, "licence", "decisions"): {"count": 8},
    (TOWN, "charge", "amount"): {"amount_wan": 12.5},
    (BOROUGH, "charge", "amount"): {"amount_wan": None},
}
REQUESTED: dict[tuple[str, str], dict[str, object]] = {
    (TOWN, "received"): {"natural_person": 59, "total": 60},
    (BOROUGH, "received"): {"natural_person": 499, "total": 500},
    (TOWN, "closed"): {"natural_person": 57, "total": 58},
    (VALE, "closed"): {"natural_person": 1, "total": 2},
    (BOROUGH, "carried_forward"): {"natural_person": 3, "total": None},
}
"""Of the year 2031, item by item."""

NAMESAKES = {
    TOWN: {"province": "江苏省", "level": "county"},
    BOROUGH: {"province": "江苏省", "level": "county"},
    VALE: {"province": "浙江省", "level": "prefecture"},
}
"""Three bureaus of one name, and where each is."""

COMPARED = {"320124": "南京市溧水区人民政府", "320125": "南京市高淳区人民政府"}
CHAIN: tuple[dict[str, object], ...] = (
    {"year": 2010, "received": 10},
    {"year": 2011, "received": 20},
    {"year": 2012, "received": 10},
    {"year": 2012, "received": 30, "form": "2019"},
    {"year": 2013, "received": 40},
    {"year": 2014, "received": 44, "includes_lower": "yes"},
    {"year": 2015, "received": 50, "includes_lower": "yes"},
    {"year": 2016, "received": 1, "includes_lower": "yes"},
    {"year": 2017, "received": 3, "includes_lower": "yes"},
)
BESIDE: tuple[dict[str, object], ...] = (
    {"year": 2010, "received": 1, "scope": None},
    {"year": 2011, "received": 5},
    {"year": 2012, "received": 6},
    {"year": 2013, "received": 7, "level": "prefecture"},
    {"year": 2014, "received": 8},
    {"year": 2015, "received": 9, "scope": "own"},
)
"""Reports of two more counties, of which not all can be compared with those of the year before, or with each other."""
CALLS: tuple[dict[str, object], ...] = (
    {"received": 100, "completed": 90, "completion_rate": 90.5, "approximate": 0},
    {"received": 100, "completed": 90, "completion_rate": 90.5, "approximate": 1},
    {"received": 0, "completed": 0, "completion_rate": 100.0, "approximate": 0},
    {"received": 50, "completion_rate": 98.0, "approximate": 0},
    {"received": 8, "completed": 7, "approximate": 0},
    {"satisfaction_rate": 99.0, "approximate": 0},
    {"channel": "leader_mailbox", "received": 3, "reply_rate": 100.0, "approximate": 0},
)
"""Statements about a hotline in one report: only of the first a rate can be worked out again."""


def put(connection: sqlite3.Connection, table: str, **row: object) -> None:
    """Insert a row."""
    marks = ", ".join(f":{name}" for name in row)
    connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", row)


def put_report(connection: sqlite3.Connection, county: str, year: int, **said: object) -> str:
    """A report of a county's whole area, in ``reports`` and ``report_summary``; its id."""
    adcode, place, name = PLACES[county]
    report = f"{county[:6]}{year}{len(said)}"
    about: dict[str, object] = {"agency_id": county, "agency": name, "year": year, "adcode": adcode, "county": place}
    about |= {"province": "江苏省", "level": "county", "scope": "region", "includes_lower": "unstated"}
    about |= {"form": "2021", "abridged": 0, "source_kind": "unknown", **said}
    put(connection, "report_summary", report=report, **about)
    plain = {name: value for name, value in about.items() if name not in {"received", "disclosure_rate"}}
    file = {"source_file": report, "source_format": "text", "sha256": report, "evidence": "[]"}
    put(connection, "reports", id=report, label=f"{about['agency']} {year}", current=1, **plain, **file)
    return report


def fill(connection: sqlite3.Connection) -> None:
    """Put every made-up report into the database."""
    ids = {}
    for (agency, year), received in RECEIVED.items():
        rate = {"disclosure_rate": 80.0 if agency == TOWN else 65.5} if year == 2031 else {}
        ids[agency, year] = put_report(connection, agency, year, received=received, **rate)
    put_report(connection, TOWN, 2031, received=1000, scope="own", agency_id="320116-x", agency="甲区人民政府办公室")
    fill_odd(connection)
    for (agency, year), counts in REVIEWS.items():
        cells = dict(zip(("upheld", "corrected", "other", "pending", "total"), counts, strict=True))
        put(
            connection,
            "reviews",
            report=ids[agency, year],
            channel="reconsideration",
            placement="printed",
            printed="",
            **cells,
        )
    for position, (kind, value, unit) in enumerate(FEES, 1):
        sentence = {"sentence": f"{value}{unit}", "text_start": 0, "text_end": 1}
        put(
            connection,
            "statements",
            report=ids[TOWN, 2031],
            position=position,
            kind=kind,
            value=value,
            unit=unit,
            **sentence,
        )
    printed = {"placement": "printed", "printed": ""}
    for (agency, item, measure), figures in DISCLOSED.items():
        put(connection, "disclosures", report=ids[agency, 2031], item=item, measure=measure, **printed, **figures)
    for (agency, item), figures in REQUESTED.items():
        put(connection, "applications", report=ids[agency, 2031], item=item, **printed, **figures)
    counted = {"figures_compared": 40, "figures_equal": 30, "clauses": 20, "clauses_same": 19}
    shares = {"figures_equal_share": 75.0, "text_reason": "few_clauses"}
    for agency, year in ((TOWN, 2031), (VALE, 2032), (BOROUGH, 2032), (TOWN, 2032)):
        compared = {"report": ids[agency, year], "before": ids[agency, year - 1], "agency_id": agency, "year": year}
        put(connection, "report_similarity", scope="region", **compared, **counted, **shares)


def fill_odd(connection: sqlite3.Connection) -> None:
    """Put reports into it that are hard to compare, to tell apart, or to add up."""
    for year in (2028, 2029):
        put_report(connection, TOWN, year, level=None, scope=None, agency_id="320116-y", agency="丁局", adcode=None)
    put(connection, "report_counts", year=2000, level="county", scope="region", reports=3, abridged_reports=0,
        with_requests=0, with_reconsiderations=0, with_hotline=0)  # fmt: skip
    for county, place in NAMESAKES.items():
        report = put_report(connection, county, 2020, agency_id=f"{county[:6]}-z", agency="戊局", adcode=None, **place)
        for channel in ("reconsideration", "lawsuit_direct"):
            put(connection, "reviews", report=report, channel=channel, placement="printed", printed="", total=1)
    for county, rows in (("320124", CHAIN), ("320125", BESIDE)):
        about = {"agency_id": f"{county}-government", "agency": COMPARED[county], "province": "江苏省"}
        for number, row in enumerate(rows):
            said = {"level": "county", "scope": "region", "includes_lower": "unstated", "form": "2021", **about, **row}
            put(connection, "report_summary", report=f"{county}-{number}", abridged=0, source_kind="unknown", **said)
    for position, row in enumerate(CALLS, 1):
        said = {"channel": "hotline_12345", "owner": "self", "period": "year", "sentence": "热线", **row}
        put(connection, "hotline", report="32011620205", position=position, **said)
    for rule in ("years_carried", "R3"):
        for inferred, cell in ((1, "received-business"), (0, "received-total")):
            put(connection, "checks", report="32011620205", rule=rule, subject=f"applications-{cell}", status="fails",
                difference=1.0 + inferred, on_inferred=inferred)  # fmt: skip


@pytest.fixture(scope="module")
def database(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published database with made-up counties of years to come."""
    path = tmp_path_factory.mktemp("questions") / "gongkai.db"
    shutil.copy(site.database, path)
    with closing(sqlite3.connect(path)) as connection, connection:
        fill(connection)
    return path


@pytest.fixture(scope="module")
def ask(database: Path) -> Iterator[Ask]:
    """``ask(query, parameter=…)`` over the database of this file."""
    with asking(database) as rows:
        yield rows


@pytest.fixture(scope="module")
def made_up(database: Path) -> Iterator[Site]:
    """The made-up reports served."""
    with running(database) as served:
        yield served


def columns(rows: Rows, *names: str) -> list[tuple[Any, ...]]:
    """Some columns of every row."""
    return [tuple(row[name] for name in names) for row in rows]


# Right values ------------------------------------------------------------------------------------------------------


def test_challenges_are_added_over_reports_that_add_up_and_the_others_are_counted(ask: Ask) -> None:
    rows = [
        row
        for row in ask("challenges_by_year", level="county")
        if row["channel_zh"] == "行政复议" and row["year"] > 2029
    ]
    assert columns(rows, "year", "corrected", "upheld", "other", "pending", "decided", "correction_rate") == [
        (2030, None, None, None, None, None, None),
        (2031, 40, 30, 5, 4, 75, 53.33),
        (2032, 8, 7, 9, 1, 24, None),
    ]
    assert columns(rows, "areas_added", "areas_with_blanks", "areas_not_adding_up", "areas_without_row", "areas") == [
        (0, 0, 0, 1, 1),
        (2, 1, 0, 0, 3),
        (1, 0, 1, 1, 3),
    ]
    assert [row["correction_rate_reason"] for row in rows] == ["blank_figure", None, "denominator_under_30"]
    assert ask("challenges_by_year", level="县级") == ask("challenges_by_year", level="county")


def test_fees_are_told_statement_by_statement_in_yuan_where_they_are_money(ask: Ask) -> None:
    rows = ask("information_fees", year="2031", level="county")
    assert columns(rows, "kind", "yuan", "value", "unit") == [
        ("information_fee", 3940, 3940, "元"),
        ("information_fee_billed", 12500, 1.25, "万元"),
        ("information_fee_notices", None, 3, "份"),
    ]


def test_the_biggest_changes_come_first_and_what_cannot_be_compared_last(ask: Ask) -> None:
    rows = ask("biggest_changes", year="2032", level="county")
    assert columns(rows, "agency", "received_before", "received", "change", "change_percent", "change_reason") == [
        ("乙市人民政府", 500, 0, -500, -100.0, None),
        ("甲区人民政府", 60, 45, -15, -25.0, None),
        ("丙县人民政府", None, 9, None, None, "blank_figure"),
    ]
    early = ask("biggest_changes", year="2030", level="county")
    assert columns(early, "agency", "change", "change_reason") == [("甲区人民政府", None, "year_before_missing")]


def test_authorities_are_compared_with_the_first_year_by_year_in_one_scope(ask: Ask) -> None:
    rows = ask("compare_authorities", a="甲区", b="乙市", c="丙县")
    told = ("year", "agency", "received", "received_difference", "difference_reason")
    assert columns(rows, *told) == [
        (2030, "甲区人民政府", 40, None, "the_first"),
        (2031, "甲区人民政府", 60, None, "the_first"),
        (2031, "乙市人民政府", 500, 440, None),
        (2031, "丙县人民政府", None, None, "blank_figure"),
        (2032, "甲区人民政府", 45, None, "the_first"),
        (2032, "乙市人民政府", 0, -45, None),
        (2032, "丙县人民政府", 9, -36, None),
    ]
    (rate,) = [
        row["disclosure_rate_difference"] for row in rows if row["agency"] == "乙市人民政府" and row["year"] == 2031
    ]
    assert rate == -14.5
    unasked, alone = ask("compare_authorities"), ask("compare_authorities", e="丙县")
    assert columns(unasked[:3], "year", "agency") == [
        (2030, "甲区人民政府"), (2031, "甲区人民政府"), (2031, "乙市人民政府"),
    ]  # fmt: skip
    assert len(unasked) == 5 and {row["agency"] for row in alone} == {"丙县人民政府"}
    office = ask("compare_authorities", a="甲区人民政府", b="甲区人民政府办公室")
    assert [row["difference_reason"] for row in office if row["scope"] == "own"] == ["first_missing"]


def test_two_reports_are_compared_figure_by_figure_in_the_order_of_the_form(ask: Ask) -> None:
    rows = ask("compare_two_reports", a="甲区人民政府 2031", b=" 32028120312 ")
    assert columns(rows, "part_en", "label_zh", "a", "b") == [
        ("Report", "报告页", "/gongkai/reports/32011620312", "/gongkai/reports/32028120312"),
        ("Report", "机关", "甲区人民政府", "乙市人民政府"),
        ("Report", "年度", 2031, 2031),
        ("Report", "层级", "县级", "县级"),
        ("Report", "范围", "全区域", "全区域"),
        ("Report", "格式", "2021", "2021"),
        ("Report", "转述，非原文（1是）", 0, 0),
        ("Own initiative", "规范性文件·本年制发件数（件）", 5, None),
        ("Own initiative", "行政许可·处理决定数量（件）", 0, 7),
        ("Own initiative", "行政事业性收费·金额（万元）", 12.5, None),
        ("Requests (total column)", "一、本年新收政府信息公开申请数量", 60, 500),
        ("Requests (total column)", "三、(七)总计", 58, None),
        ("Requests (total column)", "四、结转下年度继续办理", None, None),
        ("Reviews", "行政复议·结果维持", 20, 10),
        ("Reviews", "行政复议·结果纠正", 10, 30),
        ("Reviews", "行政复议·其他结果", 5, 0),
        ("Reviews", "行政复议·尚未审结", 3, 1),
        ("Reviews", "行政复议·总计", 38, 41),
    ]
    parts = ["报告"] * 7 + ["二、主动公开"] * 3 + ["三、依申请公开（总计栏）"] * 3 + ["四、复议与诉讼"] * 5
    assert [row["part_zh"] for row in rows] == parts


def test_a_report_is_compared_with_one_of_its_year_level_and_scope_where_none_is_chosen(ask: Ask) -> None:
    beside = {year: ask("compare_two_reports", a=f"乙市人民政府 {year}") for year in (2031, 2032)}
    assert [rows[1]["b"] for rows in beside.values()] == ["甲区人民政府", "甲区人民政府"]
    assert [rows[2]["b"] for rows in beside.values()] == [2031, 2032]
    office = {row["label_zh"]: row["b"] for row in ask("compare_two_reports", a="甲区人民政府办公室 2031")}
    assert (office["年度"], office["层级"], office["范围"]) == (2031, "县级", "全区域")
    unclear = ask("compare_two_reports", a="丁局 2029")
    assert columns(unclear[1:5], "a", "b") == [("丁局", "丁局"), (2029, 2028), ("不明", "不明"), ("不明", "不明")]


@pytest.mark.parametrize(
    "name", ["requests_received", "disclosure_rates", "reconsideration_outcomes", "lawsuit_outcomes"]
)
def test_reports_of_one_name_are_told_apart_where_they_stand_in_one_answer(ask: Ask, name: str) -> None:
    town, borough, vale = (f"戊局 2020（{number}20205）" for number in ("320116", "320281", "321322"))
    for given, series in (
        ({"level": "all"}, [town, borough, vale]),
        ({"level": "all", "year": "all"}, [town, borough, vale]),
        ({"level": "all", "province": "江苏省"}, [town, borough]),
        ({"level": "all", "province": "浙江省"}, ["戊局 2020"]),
        ({"level": "county"}, [town, borough]),
        ({"level": "县级"}, [town, borough]),
        ({"level": "prefecture"}, ["戊局 2020"]),
        ({"level": "市级"}, ["戊局 2020"]),
        ({"province": "浙江省"}, ["戊局 2020"]),
        ({"province": "江苏省"}, [town, borough]),
    ):
        rows = ask(name, **{"year": "2020", **given})
        assert sorted(row["series"] for row in rows if "戊局" in row["series"]) == series, given


def test_what_does_not_add_up_stands_before_what_is_inferred_or_differs_across_years(ask: Ask) -> None:
    found = [row for row in ask("relations_that_do_not_add_up", year="2020") if row["agency"] == "戊局"]
    assert columns(found, "finding_zh", "on_inferred", "rule", "difference") == [
        ("勾稽不符", 0, "R3", 1),
        ("按推定栏位勾稽不符（推定未必准确）", 1, "R3", 2),
        ("跨年不符（口径常有变动，另列）", 0, "years_carried", 1),
        ("跨年不符（口径常有变动，另列）", 1, "years_carried", 2),
    ]


def test_reports_stand_by_level_scope_and_place(ask: Ask) -> None:
    by = ("level", "scope", "province", "city", "county")
    places = columns(ask("requests_received", year="2020", level="all"), *by)
    order = [tuple(each or "" for each in place) for place in places]
    assert order == sorted(order) and len({place[:2] for place in order}) > 3
    for name in ("disclosure_rates", "reconsideration_outcomes", "lawsuit_outcomes"):
        order = [tuple(each or "" for each in place) for place in columns(ask(name, year="2020"), *by[:2])]
        assert order == sorted(order) and len(set(order)) > 3


@pytest.mark.parametrize(
    ("name", "rows"),
    [("request_outcomes", 6), ("withholding_grounds", 8), ("unavailable_and_not_processed", 8), ("who_asks", 6)],
)
def test_a_group_without_any_figure_has_its_rows_without_a_sum(ask: Ask, name: str, rows: int) -> None:
    told = columns(
        ask(name, year="2000"), "level", "scope", "requests", "reports_with_figure", "reports_without_figure"
    )
    assert told == [("county", "region", None, 0, 3)] * rows


def test_of_authorities_that_have_reports_the_government_comes_first(ask: Ask) -> None:
    rows = ask("find_authority", q="沭阳县")
    assert columns(rows[:2], "name", "reports", "first_year", "last_year") == [
        ("沭阳县人民政府", 2, 2031, 2032),
        ("沭阳县发展和改革局", 1, 2023, 2023),
    ]


def test_no_change_is_told_between_reports_that_may_not_be_compared(ask: Ask) -> None:
    told = ("year", "received", "change", "change_percent", "change_reason")
    changes = [
        (2010, 10, None, None, "year_before_missing"),
        (2011, 20, 10, 100, None),
        (2012, None, None, None, "several_reports"),
        (2013, 40, None, None, "several_reports"),
        (2014, 44, None, None, "lower_units_differ"),
        (2015, 50, 6, 13.6, None),
        (2016, 1, -49, -98, None),
        (2017, 3, 2, 200, None),
    ]
    assert columns(ask("change_from_year_to_year", agency=COMPARED["320124"]), *told) == changes
    for change in changes[3:]:
        rows = ask("biggest_changes", year=str(change[0]), level="县级")
        assert change in columns([row for row in rows if row["agency"] == COMPARED["320124"]], *told)
    (several,) = [row for row in ask("biggest_changes", year="2012") if row["agency"] == COMPARED["320124"]]
    assert (several["change"], several["change_reason"]) == (None, "several_reports")


def test_no_difference_is_told_between_authorities_that_may_not_be_compared(ask: Ask) -> None:
    rows = ask("compare_authorities", a=COMPARED["320124"], c="320125-government")
    beside = [row for row in rows if row["agency"] == COMPARED["320125"]]
    assert columns(beside, "year", "received_difference", "compared_with", "difference_reason") == [
        (2010, None, None, "scope_unclear"),
        (2011, -15, COMPARED["320124"], None),
        (2012, None, None, "several_reports"),
        (2013, None, None, "levels_differ"),
        (2014, None, None, "lower_units_differ"),
        (2015, None, None, "first_missing"),
    ]


def test_a_rate_of_a_hotline_is_worked_out_again_only_from_whole_figures(ask: Ask) -> None:
    def places(name: str, **given: str) -> list[int]:
        rows = ask(name, **given)
        return [int(row["report_url"].rpartition("-")[2]) for row in rows if "32011620205" in row["report_url"]]

    recomputed = ask("hotline_rate_recomputed", year="2020")
    told = ("received", "completed", "stated_rate", "recomputed_rate")
    assert columns([row for row in recomputed if row["report_label"] == "戊局 2020"], *told) == [(100, 90, 90.5, 90)]
    assert places("hotline_figures", year="2020") == [1, 2, 3, 4, 5, 6, 7]
    assert places("hotline_completion_and_satisfaction", year="2020") == [1, 2, 3, 4, 6, 7]
    assert places("hotline_completion_and_satisfaction", year="2020", channel="领导信箱(热线)") == [7]
    assert places("hotline_volume", agency="戊局") == places("hotline_volume") == [1, 2, 3, 4, 5]


def test_reports_of_a_province_stand_by_county(ask: Ask) -> None:
    rows = ask("reports_of_a_province", province="江苏省", year="2031")
    assert columns(rows, "county", "agency") == [
        ("一县", "甲区人民政府"), ("一县", "甲区人民政府办公室"), ("三县", "丙县人民政府"), ("二县", "乙市人民政府"),
    ]  # fmt: skip


def test_a_place_has_every_report_and_every_year_that_is_not_here(ask: Ask) -> None:
    rows = ask("place_history", place="320116")
    later = [row for row in rows if row["year"] >= 2030]
    assert columns(later, "year", "agency", "scope", "status", "received") == [
        (2030, "甲区人民政府", "region", "published", 40),
        (2031, "甲区人民政府", "region", "published", 60),
        (2031, "甲区人民政府办公室", "own", "published", 1000),
        (2032, "甲区人民政府", "region", "published", 45),
    ]
    earlier = [row for row in rows if row["year"] < 2030]
    assert (
        earlier
        and {row["status"] for row in earlier} == {"not_here"}
        and {row["received"] for row in earlier} == {None}
    )


def test_a_place_is_one_through_all_its_names_and_codes(ask: Ask) -> None:
    by_name, by_code = ask("place_history", place="洪泽区"), ask("place_history", place="320829")
    held = [{row["report_url"] for row in rows if row["report_url"]} for rows in (by_name, by_code)]
    assert held[0] == held[1] and len(held[0]) >= 2
    merged = ask("place_history", place="崇川区")  # 320602 until 2019, then with 港闸区 320613
    assert {row["adcode"] for row in merged} == {"320613"} and merged[0]["year"] == 2020


def test_what_is_the_same_as_last_year_comes_with_its_counts_or_the_reason(ask: Ask) -> None:
    (row,) = ask("same_as_last_year", year="2031")
    assert (row["agency"], row["figures_equal_share"], row["figures_equal"], row["figures_compared"]) == (
        "甲区人民政府",
        75,
        30,
        40,
    )
    assert (row["text_overlap"], row["text_reason"]) == (None, "few_clauses")
    assert columns(ask("same_as_last_year", year="2031", level="province"), "agency") == []
    agencies = [("甲区人民政府",), ("丙县人民政府",), ("乙市人民政府",)]
    assert columns(ask("same_as_last_year", level="县级"), "agency") == agencies
    assert columns(ask("same_as_last_year", year="all", level="county")[:4], "agency") == [*agencies, agencies[0]]


# A phrase ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("label", ["本年新收政府信息公开申请数量", "社会公益组织", "结转下年度继续办理", "勾稽关系"])
def test_the_forms_own_labels_are_no_hits(site: Site, label: str) -> None:
    with site.connect() as connection:
        (printed,) = connection.execute("SELECT count(*) FROM sections WHERE instr(text, ?)", [label]).fetchone()
    found = site.query("search_text", q=label)
    assert printed > 3 * len(found)
    assert all(label in row["snippet"] for row in found)


def test_a_phrase_is_counted_by_year_province_and_section(site: Site) -> None:
    hits, counts = site.query("search_text", q="热线"), site.query("search_counts", q="热线")
    assert list(dict.fromkeys(row["facet_en"] for row in counts)) == ["All", "Year", "Province", "Section"]
    years = [row["value"] for row in counts if row["facet_en"] == "Year"]
    assert [row["facet_en"] for row in counts[1 : 1 + len(years)]] == ["Year"] * len(years) and years == sorted(years)
    everything = counts[0]
    assert everything["reports"] == len({row["report_label"] for row in hits})
    assert (everything["sections"], everything["times"]) == (len(hits), sum(row["times"] for row in hits))
    for row in (row for row in counts if row["facet_en"] == "Year"):
        own = [hit for hit in hits if hit["year"] == row["value"]]
        assert (row["sections"], row["times"]) == (len(own), sum(hit["times"] for hit in own))
        assert row["reports"] <= row["reports_held"]
        chosen = site.query("search_text", q="热线", year=row["value"]) if row["value"] else own
        assert chosen == own


def test_the_words_are_marked_where_they_stand(site: Site) -> None:
    page = site.get("/gongkai/search_text", q="疫情").text
    assert page.count("<mark>疫情</mark>") >= len(site.query("search_text", q="疫情")) > 0


# The page ----------------------------------------------------------------------------------------------------------


def page_of(site: Site, name: str, language: str = "zh", **given: object) -> str:
    """The page of a question, its entities resolved."""
    return unescape(site.get(f"/gongkai/{name}", {"Accept-Language": language}, **given).text)


def test_a_page_says_what_was_asked_with_the_choice_made_for_the_reader(made_up: Site) -> None:
    page = page_of(made_up, "biggest_changes", level="county")
    assert "2032年，县级：哪些机关的申请比上一年变化最大？" in page
    page = page_of(made_up, "biggest_changes", "en", year="2031")
    assert "biggest change in requests in 2031, every level?" in page


def test_no_year_follows_words_for_one(made_up: Site) -> None:
    assert "各年，申请是怎样办理的？" in page_of(made_up, "request_outcomes", year="all")
    assert "最近一年，没有这个，" in page_of(made_up, "requests_received", province="没有这个")


def test_a_page_says_what_is_left_out_and_why(made_up: Site) -> None:
    page = page_of(made_up, "biggest_changes", year="2032", level="county")
    assert "“为什么不算增减”：所需数字空白，1 行。" in page
    page = page_of(made_up, "same_as_last_year", "en", year="2031")
    assert "Why there is no such share: fewer than 30 clauses, rows 1." in page


def test_a_question_that_nothing_matches_says_so(made_up: Site) -> None:
    page = page_of(made_up, "biggest_changes", year="1999")
    assert "没有符合的行" in page and "data-chart" not in page


def test_a_page_holds_a_hundred_rows_and_tells_of_the_others(site: Site) -> None:
    every = site.query("data_dictionary")
    first, second = page_of(site, "data_dictionary"), page_of(site, "data_dictionary", _page=2)
    assert f"第 1–100 行，共 {len(every):,} 行" in first and f"第 101–200 行，共 {len(every):,} 行" in second
    assert first.count("<tr>") == 101 and 'rel="next"' in first and 'rel="prev"' in second
    assert len(site.csv("/gongkai/data_dictionary.csv", _stream="on")) == len(every)
    last = page_of(site, "data_dictionary", _page=(len(every) + 99) // 100)
    assert 'rel="next"' not in last


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "99999999999999999999"])
def test_a_page_that_cannot_be_is_refused(site: Site, page: str) -> None:
    assert site.get("/gongkai/data_dictionary", _page=page).status == 400


def test_every_question_is_in_a_group_and_every_group_has_one() -> None:
    groups = {query["group"] for query in written()["databases"]["gongkai"]["queries"].values()}
    assert groups == set(written()["plugins"]["query-groups"])


@pytest.mark.parametrize("name", written()["databases"]["gongkai"]["queries"])
def test_every_question_is_asked_in_words_with_its_parameters(name: str) -> None:
    query = written()["databases"]["gongkai"]["queries"][name]
    names = dict.fromkeys(query.get("parameters", {}), "§")
    names["chosen"] = "§" * len(names)
    for language in ("zh", "en"):
        asked = query["asked"][language]
        assert asked.format(**names).count("§") >= len(names) - 1, language
    for about in query.get("parameters", {}).values():
        assert "blank" in about or "told_by" in about


@pytest.mark.parametrize(
    ("language", "given", "words"),
    [
        ("/zh", {}, "年份最多的两个县级政府，历年的申请与答复相比如何？"),
        ("/zh", {"a": " ", "c": "宿迁"}, "几个机关历年的申请与答复相比如何？（宿迁）"),
        ("/en", {"a": "宿迁", "c": "南昌"}, "How do authorities compare over the years (宿迁; 南昌)?"),
    ],
)
def test_a_question_names_what_was_chosen_and_nothing_else(
    site: Site, language: str, given: dict[str, str], words: str
) -> None:
    page = site.get(f"{language}/gongkai/compare_authorities", **given).text
    (asked,) = re.findall(r'<p class="asked">(.*?)</p>', page)
    assert re.sub("<[^>]*>", "", asked) == words


def test_a_chart_can_stand_in_a_frame_of_another_site_and_nothing_else_can(site: Site) -> None:
    chart = site.get("/-/charts/requests_received")
    assert "frame-ancestors *" in chart.headers["content-security-policy"]
    page = site.get("/gongkai/requests_received")
    policy = page.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy and "unsafe-eval" not in policy
    assert f'<iframe src="{site.address}/zh/-/charts/requests_received"' in unescape(page.text)
    assert site.get("/-/charts/data_dictionary").status == 404
    assert site.get("/-/charts/nothing").status == 404


def test_the_explorer_is_loaded_only_where_it_is_asked_for(site: Site) -> None:
    for path in ("/gongkai/report_summary", "/gongkai?sql=select+1", "/"):
        asked = site.get(path + ("&" if "?" in path else "?") + "_explore=on").text
        assert "datasette_vega" not in site.get(path).text and "datasette_vega" in asked
    script = site.get("/gongkai/report_summary?_explore=on").text.split('src="/-/static-plugins/datasette_vega/')[1]
    assert site.get("/-/static-plugins/datasette_vega/" + script.partition('"')[0]).status == 200
