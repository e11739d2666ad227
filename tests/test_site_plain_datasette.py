"""`datasette gongkai.db -m metadata.yml`, and nothing else of ours: tables, what they mean, and every canned query."""

from __future__ import annotations

import html
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from gongkai_site.plain_metadata import MARK, with_plain_part

from .site_server import ROOT, Site, free_port, wait_until_served, written

METADATA = ROOT / "metadata.yml"
TABLES = written()["databases"]["gongkai"]["tables"]
QUERIES = written()["databases"]["gongkai"]["queries"]


@pytest.fixture(scope="module")
def plain(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The database of the site, served by Datasette alone from a folder that holds nothing of ours."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("datasette")), "serve", str(site.database), "-m", str(METADATA)]
    with subprocess.Popen(
        [*command, "--port", str(port)],
        cwd=tmp_path_factory.mktemp("elsewhere"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            wait_until_served(address, process, "/-/versions.json")
            yield Site(address, site.database, process.pid)
        finally:
            process.terminate()


def test_the_last_part_of_metadata_is_made_of_the_rest() -> None:
    text = METADATA.read_text(encoding="utf-8")
    assert with_plain_part(text, ROOT / "queries") == text, "make metadata"


def test_nothing_of_the_site_takes_part(plain: Site) -> None:
    assert "gongkai.css" not in plain.get("/gongkai").text
    assert not [found["name"] for found in plain.json("/-/plugins.json") if not found["name"].startswith("datasette")]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_shown_with_what_its_columns_mean(plain: Site, name: str) -> None:
    page = plain.get(f"/gongkai/{name}")
    assert page.status == 200
    title = TABLES[name]["title"]
    assert f"{title['zh']} {title['en']}" in html.unescape(page.text)
    assert "{&#39;zh&#39;" not in page.text and "{'zh'" not in page.text


def test_a_column_is_described_in_both_languages_with_its_unit_and_what_null_means(plain: Site) -> None:
    columns = plain.json("/-/metadata.json")["databases"]["gongkai"]["tables"]["applications"]["columns"]
    assert columns["business"].startswith("商业企业[件]，空=")
    assert " Businesses [cases]; NULL = " in columns["business"]


@pytest.mark.parametrize("name", QUERIES)
def test_a_canned_query_answers_as_page_and_as_data(plain: Site, name: str) -> None:
    page = plain.get(f"/gongkai/{name}")
    assert page.status == 200, page.text[-500:]
    answer: dict[str, Any] = json.loads(plain.get(f"/gongkai/{name}.json").body)
    lines = plain.get(f"/gongkai/{name}.csv").text.splitlines()
    assert answer["ok"] and lines[0] == ",".join(answer["columns"])
    assert (len(lines) > 1) == bool(answer["rows"])
    title = QUERIES[name]["title"]
    assert f"{title['zh']} {title['en']}" in html.unescape(page.text)


def test_the_part_that_people_write_stays_as_it_is() -> None:
    text = METADATA.read_text(encoding="utf-8")
    by_hand = text.partition(MARK)[0]
    assert with_plain_part(by_hand, ROOT / "queries").startswith(by_hand.rstrip())


@pytest.mark.parametrize("words", ["", "申请", "政府信息公开", "12345", "12345政府热线", "没有这样的词"])
def test_a_search_in_plain_sql_finds_what_that_of_the_site_finds(plain: Site, site: Site, words: str) -> None:
    counts, hits = (
        [each.query(name, q=words, year="", province="", section="") for each in (site, plain)]
        for name in ("search_counts", "search_text")
    )
    assert counts[0] == counts[1]
    found = [
        {(row["section_number"], row["report_url"].rpartition("/")[2], row["times"]) for row in rows} for rows in hits
    ]
    assert found[0] == found[1] and len(hits[0]) == len(hits[1])
