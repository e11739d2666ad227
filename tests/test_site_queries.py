"""The canned queries: they answer, with and without parameters, and never add what may not be added."""

from __future__ import annotations

import csv
import io
import re
from functools import cache
from html import unescape
from typing import Any

import pytest

from .site_server import Site, published, written

QUERIES = published()["queries"]
PARAMETERS: dict[str, dict[str, str]] = {
    "authority_over_years": {"agency": "南昌市"},
    "requests_received": {"level": "county", "year": "2020"},
    "request_outcomes": {"year": "2019"},
    "disclosure_rates": {"year": "2020", "level": "prefecture"},
    "withholding_grounds": {"year": "all"},
    "unavailable_and_not_processed": {"year": "2020"},
    "who_asks": {"year": "2019"},
    "reconsideration_outcomes": {"year": "2020", "level": "county"},
    "lawsuit_outcomes": {"year": "all", "level": "all"},
    "hotline_figures": {"year": "all", "channel": "leader_mailbox"},
    "compare_two_reports": {"a": "南昌市人民政府 2020", "b": "鄂州市鄂城区人民政府 2020"},
    "search_text": {"q": "疫情"},
    "relations_that_do_not_add_up": {"year": "all"},
    "section_three_as_printed": {"report": "南昌市人民政府 2020"},
}
SUMMED = ["request_outcomes", "withholding_grounds", "unavailable_and_not_processed", "who_asks"]
LEVELS = {"province": "省级", "prefecture": "市级", "county": "县级", None: "不明"}
SCOPES = {"region": "全区域", "own": "本机关", None: "不明"}
REGION_AND_CITY = {"year": 2020, "level": "prefecture", "scope": "region"}


def rows_where(rows: list[dict[str, Any]], **values: object) -> list[dict[str, Any]]:
    """The rows that have these values."""
    return [row for row in rows if all(row[column] == value for column, value in values.items())]


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize("given", [False, True], ids=["defaults", "with parameters"])
def test_every_query_answers_in_json_csv_and_html(site: Site, name: str, given: bool) -> None:
    parameters = PARAMETERS.get(name, {}) if given else {}
    answer = site.json(f"/gongkai/{name}.json", **parameters)
    assert answer["ok"] and not answer["truncated"]
    assert answer["rows"]
    text = site.get(f"/gongkai/{name}.csv", **parameters).text
    assert len(list(csv.reader(io.StringIO(text)))) == len(answer["rows"]) + 1
    page = site.get(f"/gongkai/{name}", **parameters)
    title = written()["databases"]["gongkai"]["queries"][name]["title"]["zh"]
    assert page.status == 200 and f"<h1>{title}</h1>" in unescape(page.text)


@pytest.mark.parametrize("name", sorted(PARAMETERS))
def test_a_parameter_that_matches_nothing_gives_no_rows(site: Site, name: str) -> None:
    if name != "compare_two_reports":
        assert site.query(name, **dict.fromkeys(PARAMETERS[name], "没有这个")) == []


def test_one_authority_by_part_of_its_name(site: Site) -> None:
    rows = site.query("authority_over_years", agency="南昌")
    assert [(row["year"], row["received"], row["closed"]) for row in rows] == [(2020, 569, 569)]


def test_who_asks_gives_the_six_kinds_without_the_total(site: Site) -> None:
    rows = rows_where(site.query("who_asks", year=2020), **REGION_AND_CITY)
    assert [(row["applicant_zh"], row["requests"]) for row in rows] == [
        ("自然人", 518),
        ("商业企业", 8),
        ("科研机构", 3),
        ("社会公益组织", 14),
        ("法律服务机构", 6),
        ("其他", 20),
    ]


def test_outcomes_give_the_six_groups_without_the_total(site: Site) -> None:
    rows = rows_where(site.query("request_outcomes", year=2020), **REGION_AND_CITY)
    assert [row["requests"] for row in rows] == [304, 34, 40, 135, 54, 2]


def test_withholding_grounds_and_refusals_give_rows_as_printed(site: Site) -> None:
    grounds = rows_where(site.query("withholding_grounds", year=2020), **REGION_AND_CITY)
    assert [row["requests"] for row in grounds] == [1, 3, 0, 9, 5, 12, 7, 3]
    refusals = rows_where(site.query("unavailable_and_not_processed", year=2020), **REGION_AND_CITY)
    assert [row["requests"] for row in refusals] == [126, 8, 1, 8, 42, 1, 0, 3]


@pytest.mark.parametrize("name", SUMMED)
def test_sums_stay_within_one_year_level_and_scope(site: Site, name: str) -> None:
    rows = site.query(name, year="all")
    with site.connect() as connection:
        groups = connection.execute("SELECT DISTINCT year, level, scope FROM report_summary").fetchall()
    assert {(row["year"], row["level"], row["scope"]) for row in rows} == set(groups)
    assert {len(rows_where(rows, year=year, level=level, scope=scope)) for year, level, scope in groups} == {
        len(rows) // len(groups)
    }


def test_requests_received_are_those_of_one_level(site: Site) -> None:
    rows = site.query("requests_received", level="prefecture", year=2020)
    assert {row["level"] for row in rows} == {"prefecture"}
    assert {(row["scope"], row["received"]) for row in rows} == {("region", 569), ("own", 19)}


def test_rates_come_with_their_parts_or_the_reason(site: Site) -> None:
    for row in site.query("disclosure_rates", year="all"):
        for name in ("disclosure", "full_disclosure", "substantive_disclosure"):
            rate, reason = row[f"{name}_rate"], row[f"{name}_rate_reason"]
            assert (rate is None) != (reason is None)
    city = rows_where(site.query("disclosure_rates", year=2020), **REGION_AND_CITY)[0]
    assert (city["disclosure_numerator"], city["disclosure_denominator"]) == (338, 569)
    assert (city["substantive_disclosure_numerator"], city["substantive_disclosure_denominator"]) == (338, 378)


def test_review_outcomes_are_as_printed(site: Site) -> None:
    columns = ("upheld", "corrected", "other", "pending", "total_as_printed")
    first = rows_where(site.query("reconsideration_outcomes", year=2020), **REGION_AND_CITY)
    assert [tuple(row[column] for column in columns) for row in first] == [(13, 2, 10, 0, 25)]
    lawsuits = rows_where(site.query("lawsuit_outcomes", year=2020), **REGION_AND_CITY)
    assert [tuple(row[column] for column in columns) for row in lawsuits] == [(30, 1, 8, 3, 42), (4, 1, 1, 1, 7)]


def test_section_three_is_printed_in_the_order_of_the_form_with_its_blanks(site: Site) -> None:
    rows = site.query("section_three_as_printed", report="南昌市人民政府 2020")
    assert len(rows) == 23
    assert [rows[place]["total"] for place in (0, 1, 2, 21, 22)] == [569, 7, 304, 569, 7]
    blank = site.query("section_three_as_printed", report="保山市人民政府办公室 2020")
    assert {row["business"] for row in blank} == {None}


def test_two_reports_stand_side_by_side(site: Site) -> None:
    rows = site.query("compare_two_reports", **PARAMETERS["compare_two_reports"])
    received = rows_where(rows, label_en="1. Requests newly received this year")
    assert [(row["a"], row["b"]) for row in received] == [(569, 15)]
    scopes = rows_where(rows, label_en="Level")
    assert [(row["a"], row["b"]) for row in scopes] == [("市级", "县级")]


def test_hotline_figures_come_with_their_sentence(site: Site) -> None:
    rows = rows_where(site.query("hotline_figures", year=2020, channel="hotline_12345"), received=16212)
    columns = ("transferred", "answered_directly", "completed", "completion_rate", "abridged")
    assert [tuple(row[column] for column in columns) for row in rows] == [(3041, 13171, 16136, 99.53, 1)]
    assert all(figure in rows[0]["sentence"] for figure in ("16212", "3041", "13171", "16136", "99.53%"))


@pytest.mark.parametrize("words", ["热线", "疫情", "IPv6", "12345政府热线"])
def test_search_finds_exactly_the_words(site: Site, words: str) -> None:
    with site.connect() as connection:
        expected = connection.execute(
            "SELECT count(*) FROM sections WHERE instr(lower(text), lower(?))", [words]
        ).fetchone()[0]
    rows = site.query("search_text", q=words)
    assert len(rows) == expected
    assert all(words.lower() in row["snippet"].lower() for row in rows)


def test_what_does_not_add_up_is_ordered_by_year_and_authority_inferred_last(site: Site) -> None:
    rows = site.query("relations_that_do_not_add_up", year="all")
    order = [(row["on_inferred"], -row["year"], row["agency"]) for row in rows]
    assert order == sorted(order)
    assert {row["finding_zh"] for row in rows_where(rows, on_inferred=0)} <= {"勾稽不符"}
    assert all(row["finding_zh"] != "勾稽不符" for row in rows_where(rows, on_inferred=1))
    assert all(row["statement_zh"] and row["statement_en"] for row in rows)


def test_no_query_ranks_by_what_does_not_add_up() -> None:
    for name, query in QUERIES.items():
        last_order = query["sql"].upper().rpartition("ORDER BY")[2].partition("LIMIT")[0]
        assert "FAIL" not in last_order and "DIFFERENCE" not in last_order, name


def test_a_problem_is_told_in_the_language_of_the_page(site_with_second_text: Site) -> None:
    site = site_with_second_text
    (problem,) = site.json("/gongkai/problems.json", code="superseded", _shape="array")
    for page in ("gongkai/problems?code=superseded", f"gongkai/reports/{problem['report']}"):
        chinese, english = site.get(f"/zh/{page}").text, site.get(f"/en/{page}").text
        assert problem["message_zh"][-10:] in chinese and "Another report" not in chinese
        assert "Another report" in english and problem["message_zh"][-10:] not in english


def test_what_supersedes_a_text_is_marked_where_it_is_restated(site_with_second_text: Site) -> None:
    site = site_with_second_text
    (problem,) = site.json("/gongkai/problems.json", code="superseded", _shape="array")
    page = site.get(f"/zh/gongkai/reports/{problem['report']}").text
    (notice,) = re.findall(r'class="notice superseded".*?</section>', page, re.DOTALL)
    assert "转述，非原文</strong>" in notice


def test_a_superseded_text_is_in_no_query(site_with_second_text: Site) -> None:
    site = site_with_second_text
    with site.connect() as connection:
        (old,) = connection.execute("SELECT id FROM reports WHERE current = 0").fetchone()
        (new,) = connection.execute(
            "SELECT n.id FROM reports n JOIN reports o USING (agency, year) WHERE n.current = 1 AND o.id = ?", [old]
        ).fetchone()
    for name in QUERIES:
        assert old not in site.get(f"/gongkai/{name}.json", **PARAMETERS.get(name, {})).text, name
    assert new in site.get("/gongkai/requests_received.json", level="prefecture", year=2020).text


def test_every_row_about_a_report_links_to_it(site: Site) -> None:
    queries = {name for name in QUERIES if "report_url" in QUERIES[name]["columns"]}
    pages = {
        row["report_url"].partition("#")[0]
        for name in queries - {"compare_two_reports", "data_dictionary"}
        for row in site.query(name, **PARAMETERS.get(name, {}))
        if row["report_url"]
    }
    assert len(pages) > 10
    assert {page: site.get(page).status for page in pages} == dict.fromkeys(pages, 200)


@pytest.mark.parametrize("name", [*SUMMED, "what_is_here"])
def test_every_sum_leads_to_its_reports(site_with_unclear_scope: Site, name: str) -> None:
    site = site_with_unclear_scope

    @cache
    def listed_at(address: str) -> list[dict[str, Any]]:
        path, _, chosen = address.partition("?")
        rows: list[dict[str, Any]] = site.json(f"{path}.json?{chosen}&_shape=array")
        return rows

    for row in site.query(name, **({"year": "all"} if name in SUMMED else {})):
        assert row["series"] == f"{row['year'] or '年度不明'} {LEVELS[row['level']]}·{SCOPES[row['scope']]}"
        listed = listed_at(row["reports_url"])
        assert {(each["year"], each["level"], each["scope"]) for each in listed} == {
            (row["year"], row["level"], row["scope"])
        }
        expected = (
            row["reports"] if name == "what_is_here" else row["reports_with_figure"] + row["reports_without_figure"]
        )
        assert len(listed) == expected


def test_levels_and_channels_answer_to_their_chinese_names(site: Site) -> None:
    for name in ("requests_received", "disclosure_rates", "reconsideration_outcomes", "lawsuit_outcomes"):
        rows = site.query(name, year="all", level="县级")
        assert rows and rows == site.query(name, year="all", level="county")
    rows = site.query("hotline_figures", year="2020", channel="12345政务服务便民热线")
    assert rows and rows == site.query("hotline_figures", year="2020", channel="hotline_12345")


def test_compared_figures_name_their_unit(site: Site) -> None:
    labels = {row["label_zh"] for row in site.query("compare_two_reports")}
    assert any("政府集中采购" in label and "（万元）" in label for label in labels)


def test_choices_of_parameters_run(site: Site) -> None:
    for query in QUERIES.values():
        for about in query.get("parameters", {}).values():
            if "options" in about:
                assert site.json("/gongkai.json", sql=about["options"])["ok"]


@pytest.mark.parametrize("name", SUMMED)
def test_nothing_is_summed_where_the_scope_is_unclear(site_with_unclear_scope: Site, name: str) -> None:
    rows = rows_where(site_with_unclear_scope.query(name, year="all"), scope=None)
    assert rows
    assert {row["requests"] for row in rows} == {None}
    assert {row["reports_with_figure"] for row in rows if row["year"] == 2020} == {1}
    assert all("不明" in row["series"] for row in rows)


@pytest.mark.parametrize("name", SUMMED)
def test_a_report_without_year_stands_in_its_own_group(site_with_unclear_scope: Site, name: str) -> None:
    rows = rows_where(site_with_unclear_scope.query(name, year="all"), year=None)
    assert rows and all(row["series"].startswith("年度不明") for row in rows)


def test_a_restated_report_without_year_is_marked_on_its_authoritys_page(site_with_unclear_scope: Site) -> None:
    site = site_with_unclear_scope
    (report, *_) = site.json("/gongkai/reports.json", _shape="array", year__isnull="1", _nolabels="on")
    page = site.get(f"/zh/gongkai/agencies/{report['agency_id']}").text
    (entry,) = re.findall(rf"<li><a [^>]*reports/{report['id']}.*?</li>", page)
    assert report["abridged"] == 1 and "转述，非原文" in entry


def test_every_query_answers_where_scope_and_year_are_unclear(site_with_unclear_scope: Site) -> None:
    for name in QUERIES:
        for parameters in ({}, PARAMETERS.get(name, {}), dict.fromkeys(QUERIES[name].get("params", []), "all")):
            assert site_with_unclear_scope.json(f"/gongkai/{name}.json", **parameters)["ok"], (name, parameters)
