"""The start page, the search box over everything, and tables: in each language, light, helpful when asked wrongly."""

from __future__ import annotations

import re
from html import unescape

import pytest
from gongkai_site.pages.find.view import Told, questions
from gongkai_site.texts import Text, text_of
from playwright.sync_api import Browser, Response

from .site_server import Site, published

LANGUAGES = ("zh", "en")
MOST_BYTES = 100_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_start_page_leads_to_every_question_in_its_group(site: Site, language: str) -> None:
    page = site.get(f"/{language}/").text
    groups = re.findall(r'<section class="question-group".*?</section>', page, re.DOTALL)
    assert len(groups) > 4
    cards = re.findall(r'<li class="card"><a href="/\w\w/gongkai/(\w+)">([^<]+)</a>', "".join(groups))
    assert {name: unescape(title) for name, title in cards} == {
        name: query["title"] for name, query in published(language)["queries"].items()
    }


def test_the_start_page_counts_the_database(site: Site) -> None:
    with site.connect() as connection:
        held, expected = connection.execute(
            "SELECT sum(status IN ('published', 'without_tables')), count(*) FROM coverage"
        ).fetchone()
        days = connection.execute("SELECT published FROM reports UNION SELECT retrieved FROM reports").fetchall()
    page = site.get("/en/").text
    assert f"<strong>{held:,} / {expected:,}</strong>" in page
    assert f"Data as of {max(day[:10] for (day,) in days if day)}" in page
    assert "not an official site" in page and "非官方网站" in site.get("/zh/").text


def test_the_start_page_is_light(site: Site, browser: Browser) -> None:
    context = browser.new_context()
    page, answers = context.new_page(), list[Response]()

    def note(answer: Response) -> None:
        answers.append(answer)

    page.on("response", note)
    page.goto(f"{site.address}/zh/", wait_until="networkidle")
    bytes_sent = sum(len(answer.body()) for answer in answers)
    context.close()
    assert 0 < bytes_sent < MOST_BYTES


@pytest.mark.parametrize("path", ["/", "/gongkai/reports", "/gongkai/report_summary?year=2020"])
def test_no_page_loads_what_it_does_not_use(site: Site, path: str) -> None:
    page = site.get(path).text
    for script in ("datasette_vega", "datasette_dashboards", "codemirror"):
        assert script not in page


def test_styles_and_scripts_are_fetched_once(site: Site) -> None:
    addresses = re.findall(r'(?:href|src)="(/(?:-/)?static/[^"]+\.(?:css|js)[^"]*)"', site.get("/gongkai/reports").text)
    assert len(addresses) > 2
    for address in addresses:
        assert "immutable" in site.get(address).headers["cache-control"]
        assert "immutable" not in site.get(f"{address}0").headers["cache-control"]


@pytest.mark.parametrize(
    ("asked", "kind", "path"),
    [
        ("南昌", "authorities", "/gongkai/agencies/360100-government"),
        ("nanchang", "authorities", "/gongkai/agencies/360100-government"),
        ("ncs", "authorities", "/gongkai/agencies/360100-government"),
        ("南昌", "places", "/gongkai/divisions/360100"),
        ("360100", "places", "/gongkai/divisions/360100"),
        ("hotline", "questions", "/gongkai/hotline_volume"),
        ("不予公开理由", "questions", "/gongkai/withholding_grounds"),
        ("carried_forward", "columns", "/about/dictionary?table=report_summary#report_summary-carried_forward"),
        ("热线", "texts", "/gongkai/reports/"),
    ],
)
def test_one_box_finds_every_kind(site: Site, asked: str, kind: str, path: str) -> None:
    page = unescape(site.get("/en/find", q=asked).text)
    (section,) = re.findall(rf'<section class="found-kind" aria-labelledby="{kind}">.*?</section>', page, re.DOTALL)
    assert f'href="/en{path}' in section


@pytest.mark.parametrize(
    ("asked", "found"), [("收到多少", 1), ("收到申请", 1), ("申请热到", 0), ("申请 各地", 1), ("申请 热线", 0), ("", 0)]
)
def test_a_question_is_found_by_most_pairs_of_a_long_word(asked: str, found: int) -> None:
    assert len(questions([Told("received", Text("各地收到多少申请"), Text(""))], asked).hits) == found


def test_a_text_may_be_stated_for_all_languages_at_once() -> None:
    assert text_of("甲") == Text("甲") and text_of({"zh": "甲", "en": "one"}) == Text("甲", "one")


def test_words_of_reports_are_shown_where_they_stand(site: Site) -> None:
    assert "<mark>热线</mark>" in site.get("/zh/find", q="热线").text


def test_the_rest_of_a_kind_is_one_click_away(site: Site) -> None:
    page = unescape(site.get("/zh/find", q="县").text)
    for address in re.findall(r'<p class="more"><a href="([^"]+)"', page):
        assert site.get(address).status == 200


@pytest.mark.parametrize("asked", ["", " ", "zzzzqq", "'", '"', "%", "<b>", "a" * 500, "* OR NEAR("])
def test_words_that_find_nothing_are_no_error(site: Site, asked: str) -> None:
    answer = site.get("/en/find", q=asked)
    assert answer.status == 200 and "<b>" not in answer.text
    assert ("Nothing was found" in answer.text) == (asked == "zzzzqq") or asked not in ("", " ", "zzzzqq")


@pytest.mark.parametrize(
    ("parameters", "word"),
    [
        ({"yaer": "2020"}, "year"),
        ({"year__over": "2020"}, "gte"),
        ({"agncy__contains": "x"}, "agency"),
        ({"_facet": "levle"}, "level"),
        ({"_sort": "recieved"}, "recieved"),
    ],
)
def test_an_unknown_filter_is_an_error_that_helps(site: Site, parameters: dict[str, str], word: str) -> None:
    for language in LANGUAGES:
        answer = site.get(f"/{language}/gongkai/report_summary", **parameters)
        assert answer.status == 400
        (told,) = re.findall(r'<p class="message-error">(.*?)</p>', answer.text, re.DOTALL)
        assert word in told
    assert site.get("/gongkai/report_summary.json", **parameters).status == 400


def test_known_filters_are_none(site: Site) -> None:
    for query in ("year__gte=2020", "level__isnull=1", "agency__contains=x", "_facet=year", "_size=5", "_col=year"):
        assert site.get(f"/gongkai/report_summary?{query}").status == 200


def test_json_holds_chinese_as_it_is(site: Site) -> None:
    for path in (
        "/gongkai/reports.json?_shape=array",
        "/gongkai/reports.json?_shape=array&_nl=on",
        "/gongkai/requests_received.json",
        "/gongkai.json?sql=select+label+from+reports",
        "/gongkai/items/received.json",
    ):
        text = site.get(path).text
        assert "\\u" not in text and re.search(r"[\u4e00-\u9fff]", text)


def test_views_offer_their_rows_by_value(site: Site) -> None:
    for view in ("applications_full", "disclosures_full", "reviews_full", "hotline_full", "checks_full"):
        page = site.get(f"/en/gongkai/{view}").text
        assert 'id="facet-year"' in page and 'id="facet-level"' in page


def test_headings_are_in_the_readers_language_beside_their_codes(site: Site) -> None:
    for language, words in (("zh", "报告年度"), ("en", "Report year")):
        (heading,) = re.findall(
            r'<th scope="col" class="col-year".*?</th>', site.get(f"/{language}/gongkai/checks_full").text, re.DOTALL
        )
        assert words in heading and "<code>year</code>" in heading


def test_own_sql_shows_200_rows_and_offers_the_file(site: Site) -> None:
    page = site.get("/en/gongkai", sql="SELECT adcode FROM divisions LIMIT 900").text
    assert len(re.findall(r'<td class="col-adcode', page)) == 200
    assert "The first 200 rows of 900" in page and ".xlsx?" in page


@pytest.mark.parametrize(
    "sql",
    [
        "SELEC 1",
        "SELECT nope FROM reports",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT count(*) FROM n",
    ],
)
def test_the_statement_is_never_lost(site: Site, sql: str) -> None:
    answer = site.get("/en/gongkai", sql=sql, _timelimit=500)
    (editor,) = re.findall(r"<textarea[^>]*>(.*?)</textarea>", answer.text, re.DOTALL)
    assert answer.status == 400 and unescape(editor) == sql
