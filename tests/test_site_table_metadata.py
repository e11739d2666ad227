"""NAME.metadata.json: what a table, view or canned query holds, told to a program."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

import pytest

from .site_server import Site, published, written

TABLES = written()["databases"]["gongkai"]["tables"]
QUERIES = written()["databases"]["gongkai"]["queries"]


def test_a_column_has_title_meaning_unit_null_and_type_in_both_languages(site: Site) -> None:
    told = site.json("/gongkai/applications.metadata.json")
    assert told["kind"] == "table" and told["title"] == TABLES["applications"]["title"]
    assert told["columns"]["business"] == {
        "title": {"zh": "商业企业", "en": "Businesses"},
        "meaning": {"zh": "商业企业。", "en": "Businesses."},
        "unit": {"zh": "件", "en": "cases"},
        "null": {"zh": "印作空白或栏位不明", "en": "printed blank or not placed"},
        "type": "INTEGER",
        "code_list": None,
    }
    assert told["columns"]["report"]["null"] is None and told["columns"]["report"]["unit"] is None
    assert list(told["columns"]) == list(published()["tables"]["applications"]["columns"])


def test_the_codes_of_its_columns_have_their_names(site: Site) -> None:
    told = site.json("/gongkai/applications.metadata.json")
    assert told["columns"]["item"]["code_list"] == "items"
    assert told["code_lists"]["items"]["granted"]["en"] == "3.1 Granted in full"
    assert told["code_lists"]["placement"]["inferred"] == {"zh": "推定栏位", "en": "placed by inference"}
    assert set(told["code_lists"]) == {column["code_list"] for column in told["columns"].values()} - {None}
    coverage = site.json("/gongkai/coverage.metadata.json")
    assert set(coverage["code_lists"]["coverage_status"]) == {"published", "without_tables", "unreadable", "not_here"}


@pytest.mark.parametrize("name", [*TABLES, *QUERIES])
def test_everything_that_can_be_downloaded_is_described(site: Site, name: str) -> None:
    told = site.json(f"/gongkai/{name}.metadata.json")
    assert told["name"] == name
    described = {**published()["tables"], **published()["queries"]}[name]["columns"]
    assert set(told["columns"]) == {column for column, words in described.items() if words}
    assert all(column["title"]["zh"] and column["meaning"]["en"] for column in told["columns"].values())
    assert set(told["code_lists"]) == {column["code_list"] for column in told["columns"].values()} - {None}


def test_it_says_where_the_data_come_from_and_how_to_cite_them(site: Site) -> None:
    told = site.json("/gongkai/reviews_full.metadata.json")
    (release,) = site.json("/gongkai/release.json", _shape="array")
    assert told["kind"] == "view"
    assert told["licence"]["name"] == "CC-BY-4.0" and told["licence"]["url"].startswith("https://creativecommons.org/")
    assert told["release"]["version"] == release["version"]
    for language, title in TABLES["reviews_full"]["title"].items():
        assert release["version"] in told["citation"][language] and title in told["citation"][language]
        assert told["citation"][language].endswith(f"{site.address}/gongkai/reviews_full")


def test_its_addresses_answer_with_what_was_asked_for(site: Site) -> None:
    told = site.json("/gongkai/requests_received.metadata.json", year="2020", level="all")
    assert set(told["addresses"]) == {"page", "csv", "json", "xlsx"}
    assert told["parameters"]["year"]["label"] == {"zh": "年度", "en": "Year"}
    for address in told["addresses"].values():
        assert "year=2020&level=all" in address
        assert site.get(address).status == 200
    columns = site.get(told["addresses"]["csv"]).text.splitlines()[0].removeprefix("\ufeff").split(",")
    assert set(columns) == set(told["columns"])


@pytest.mark.parametrize(
    "path", ["/zh/gongkai/applications", "/en/gongkai/applications", "/gongkai/who_asks?year=2020"]
)
def test_the_page_leads_to_it(site: Site, path: str) -> None:
    page = site.get(path).text
    (link,) = re.findall(r'<link rel="describedby" type="application/json" href="([^"]+)">', page)
    assert f'class="described-by" href="{link}"' in page
    told = site.json(link.replace("&amp;", "&"))
    assert urlsplit(path).path.endswith(f"/gongkai/{told['name']}")


@pytest.mark.parametrize("path", ["/zh/", "/zh/gongkai", "/zh/about", "/en/gongkai?sql=select+1"])
def test_other_pages_lead_to_none(site: Site, path: str) -> None:
    assert 'rel="describedby"' not in site.get(path).text


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "没有这张表或这个查询。"), ("en", "There is no such table or query.")]
)
@pytest.mark.parametrize("name", ["nothing", "sections_grams", "sqlite_master"])
def test_what_is_not_there_is_said_in_the_reader_s_language(site: Site, name: str, language: str, words: str) -> None:
    answer = site.get(f"/gongkai/{name}.metadata.json", {"Accept-Language": language})
    assert (answer.status, answer.headers.get_content_type()) == (404, "application/json")
    assert json.loads(answer.body)["error"] == words
