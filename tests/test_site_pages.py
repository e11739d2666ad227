"""The pages and addresses of the running site: downloads, notices, links, settings."""

from __future__ import annotations

import re
import sqlite3
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest

from .site_server import ROOT, Site, published, serve_settings, written

MANY_ROWS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) SELECT i FROM n"


def test_home_page_says_what_this_is(site: Site) -> None:
    assert "Gongkai" in site.get("/en/").text
    page = unescape(site.get("/").text)
    for words in (
        "公开年报库",
        "勾稽不符",
        "转述，非原文",
        "怎样引用",
        "CC BY 4.0",
        "MIT",
        "/-/dashboards/overview",
    ):
        assert words in page
    for name, query in published()["queries"].items():
        assert query["title"] in page
        if "fragment" in query:
            assert f"/gongkai/{name}#{query['fragment']}" in page


def test_search_engines_are_allowed(site: Site) -> None:
    answer = site.get("/robots.txt")
    assert answer.status == 200
    assert answer.headers.get_content_type() == "text/plain"
    assert answer.text.split() == ["User-agent:", "*", "Allow:", "/", "Sitemap:", f"{site.address}/sitemap.xml"]


@pytest.mark.parametrize("table", published()["tables"])
def test_a_streamed_csv_holds_every_row(site: Site, table: str) -> None:
    with site.connect() as connection:
        (count,) = connection.execute(f"SELECT count(*) FROM [{table}]").fetchone()
    assert len(site.csv(f"/gongkai/{table}.csv", _stream="on")) == count


def test_json_as_an_array(site: Site) -> None:
    rows = site.json("/gongkai/applications.json", _shape="array", item="received", _nolabels="on")
    assert len(rows) == len(list((ROOT / "reports").glob("*.txt")))
    assert {row["item"] for row in rows} == {"received"}


def test_the_database_itself_can_be_downloaded(site: Site, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(site.get("/gongkai.db").body)
    with sqlite3.connect(copy) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_cut_page_of_a_table_says_so_and_offers_all_rows(site: Site) -> None:
    page = site.get("/gongkai/applications").text
    assert 'id="cut"' in page and "本页只有 100 行" in page
    assert "This page holds 100 rows" in site.get("/en/gongkai/applications").text
    address = re.search(r'href="([^"]*_stream=on)"', page)
    assert address is not None
    with site.connect() as connection:
        (count,) = connection.execute("SELECT count(*) FROM applications").fetchone()
    assert len(site.csv(address[1].replace("&amp;", "&"))) == count


def test_a_page_that_is_whole_claims_no_cut(site: Site) -> None:
    for path in ("/gongkai/reports", "/gongkai/what_is_here"):
        assert 'id="cut"' not in site.get(path).text


def test_a_cut_query_says_so(site: Site) -> None:
    most = int(serve_settings()["max_returned_rows"])
    page = site.get("/gongkai", sql=MANY_ROWS.format(most + 1)).text
    assert 'id="cut"' in page and "结果太长" in page
    assert "结果太长" not in site.get("/gongkai", sql=MANY_ROWS.format(most)).text


def test_abridged_reports_are_marked_wherever_they_appear(site: Site) -> None:
    (report,) = site.json("/gongkai/reports.json", _shape="array", agency="南昌市人民政府")
    paths = [
        "/",
        "/gongkai",
        "/gongkai/reports",
        "/gongkai/hotline_full",
        "/gongkai/sections",
        "/gongkai/search_text",
        f"/find?q={quote('公开')}",
        f"/gongkai/reports/{report['id']}",
        f"/gongkai/sections/{report['id']},1",
    ]
    assert [path for path in paths if "转述，非原文" not in site.get(path).text] == []


def test_a_reports_address_is_a_link(site: Site) -> None:
    address = site.query("requests_received")[0]["report_url"]
    assert f'<a href="{address.removeprefix(site.address)}">' in site.get("/gongkai/requests_received").text


def test_codes_show_their_chinese_names(site: Site) -> None:
    page = site.get("/gongkai/report_summary").text
    assert "市级" in page and "本机关" in page


def test_every_row_of_a_report_leads_to_its_own_place(site: Site) -> None:
    """Table → place on the report page → words: two clicks, and each fragment is really there."""
    pages: dict[str, str] = {}
    for table in ("applications", "disclosures", "reviews", "hotline", "statements", "sections", "checks"):
        found = re.findall(
            r'class="place" href="(/gongkai/reports/[^"#]+)#([^"]+)"', site.get(f"/gongkai/{table}").text
        )
        assert found, table
        for path, fragment in found:
            if path not in pages:
                pages[path] = site.get(path).text
            assert f'id="{fragment}"' in pages[path], (table, path, fragment)


def test_a_row_by_itself_leads_to_its_place(site: Site) -> None:
    (report,) = site.json("/gongkai/reports.json", _shape="array", agency="南昌市人民政府")
    for row, fragment in (
        (f"applications/{report['id']},received", "#applications-received"),
        ("items/received", None),
    ):
        page = site.get(f"/gongkai/{row}")
        assert page.status == 200
        assert ("在报告里的原处" in page.text) is (fragment is not None)
        assert fragment is None or f'href="/gongkai/reports/{report["id"]}{fragment}"' in page.text


def test_a_summary_and_a_view_lead_to_the_report(site: Site) -> None:
    (report,) = site.json("/gongkai/reports.json", _shape="array", agency="南昌市人民政府")
    assert f'href="/gongkai/reports/{report["id"]}"' in site.get("/gongkai/report_summary").text
    page = site.get("/gongkai/applications_full", item="granted").text
    assert f'href="/gongkai/reports/{report["id"]}#applications-granted"' in page
    whole = site.get("/gongkai/applications_full", report=report["id"]).text
    places = re.findall(rf'href="/gongkai/reports/{report["id"]}#applications-(\w+)"', whole)
    assert len(set(places)) == 23 and {"received", "granted", "carried_forward"} <= set(places)


def test_hidden_columns_only_take_the_way_to_the_place(site: Site) -> None:
    for path in ("/gongkai/applications_full?_nocol=item", "/gongkai/hotline_full?_col=report_url"):
        assert site.get(path).status == 200


@pytest.mark.parametrize("path", ["/gongkai/applications.csv?_stream=on", "/gongkai/request_outcomes.csv?year=2019"])
def test_a_csv_for_excel_is_the_same_after_a_mark_and_a_file(site: Site, path: str) -> None:
    plain, marked = site.get(path), site.get(f"{path}&_excel=on")
    assert marked.body == "\ufeff".encode() + plain.body
    assert marked.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert marked.headers["Content-Disposition"].startswith("attachment; filename=")
    assert not plain.body.startswith("\ufeff".encode())


def test_a_refused_csv_for_excel_is_no_file(site: Site) -> None:
    answer = site.get("/gongkai/applications.csv?_size=many&_excel=on")
    assert answer.status == 400 and "Content-Disposition" not in answer.headers


def test_blank_and_zero_stay_apart_in_a_csv(site: Site) -> None:
    """One report prints its penalties as 0, 0 and a blank."""
    (report,) = site.json("/gongkai/reports.json", _shape="array", agency="鄂州市鄂城区人民政府")
    rows = site.csv("/gongkai/disclosures.csv", _stream="on", item="penalty", report=report["id"])
    assert {row["measure"]: row["count"] for row in rows} == {"previous": "0", "change": "0", "decisions": ""}


@pytest.mark.parametrize(
    ("path", "status"), [("/gongkai/nothing", 404), ("/gongkai/reports/zzzzzzzzzz", 404), ("/nothing", 404)]
)
def test_an_error_page_leads_on_in_the_language_of_its_address(site: Site, path: str, status: int) -> None:
    for address, said in ((path, "没有这一页"), (f"/en{path}", "No such page")):
        answer = site.get(address)
        assert answer.status == status and said in answer.text
        assert f'href="{address.removesuffix(path)}/gongkai/reports"' in answer.text


def test_the_table_page_speaks_chinese(site: Site) -> None:
    page = site.get("/gongkai/checks").text
    for words in ("下载", "各栏含义", "应用", "筛选与排序", "首页"):
        assert words in page
    for facet in ("相符", "勾稽不符"):
        assert f'<span class="code-label" lang="zh-Hans">{facet}</span>' in page


def test_whole_numbers_have_no_decimal_point_on_a_page(site: Site) -> None:
    page = site.get("/gongkai/statements").text
    assert ">569<" in page and ">569.0<" not in page


def test_figures_are_shown_as_they_are(site: Site) -> None:
    page = site.get("/gongkai/disclosures", item="licence", measure="decisions").text
    assert ">2204543<" in page


def test_the_site_is_served_as_settings_say(site: Site) -> None:
    served = site.json("/-/settings.json")
    for name, value in serve_settings().items():
        assert served[name] == {"on": True, "off": False}.get(str(value), value)
    (database,) = [database for database in site.json("/-/databases.json") if database["name"] == "gongkai"]
    assert not database["is_mutable"]


def test_the_longest_lists_of_a_query_fit() -> None:
    """10,000 reports, one row each: `max_returned_rows` may not be below."""
    assert int(serve_settings()["max_returned_rows"]) >= 10_000


@pytest.mark.parametrize(
    "path", ["/", "/gongkai", "/gongkai/reports", "/gongkai/request_outcomes", "/-/dashboards/overview"]
)
def test_pages_load_nothing_from_elsewhere(site: Site, path: str) -> None:
    loaded = re.findall(r'<(?:script|link|img|iframe)[^>]+(?:src|href)="([^"]+)"', site.get(path).text)
    assert loaded
    assert [address for address in loaded if address.startswith(("http", "//")) and site.address not in address] == []


def test_dashboard_has_its_charts(site: Site) -> None:
    queries, boards = written()["databases"]["gongkai"]["queries"], written()["plugins"]["question-dashboards"]
    assert set(boards) == {"overview", "province", "authority", "checks", "hotline"}
    for name, board in boards.items():
        page = site.get(f"/-/dashboards/{name}").text
        assert board["title"]["zh"] in page
        assert all(queries[question]["title"]["zh"] in page for question in board["questions"])
        assert all(f'name="{each}"' in page for each in board["filters"])


def test_a_filter_of_a_dashboard_that_matches_nothing_says_so(site: Site) -> None:
    assert "nothing-matches" in site.get("/-/dashboards/hotline", year=1999).text
    assert "nothing-matches" not in site.get("/-/dashboards/hotline", year=2020).text
    assert "nothing-matches" not in site.get("/-/dashboards/hotline").text


def test_plugins_do_not_import_the_build() -> None:
    """`build` is a name that others use too; plugins read the lookup tables."""
    importing = re.compile(r"^\s*(?:from|import)\s+build\b", re.MULTILINE)
    for_types_only = re.compile(r"^if TYPE_CHECKING:\n(?: .*\n)+", re.MULTILINE)
    code = {path.name: for_types_only.sub("", path.read_text("utf-8")) for path in (ROOT / "plugins").rglob("*.py")}
    assert [name for name, text in code.items() if importing.search(text)] == []
