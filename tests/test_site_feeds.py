"""What tells programs of the site: feeds, the sitemap, linked data, llms.txt, robots.txt, the icon."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from xml.etree import ElementTree

import pytest
from gongkai_site.pages.feeds.view import feed_of
from gongkai_site.pages.sitemap.view import MOST, parts_for

from .site_server import Site, running

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def corrected(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site with one correction."""
    database = tmp_path_factory.mktemp("corrected-feed") / "gongkai.db"
    shutil.copy(site.database, database)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(
            "INSERT INTO corrections (report, position, subject, printed, printed_value, corrected_value, error_of, "
            "reason, confirmed_by, date, status) SELECT id, 1, 'applications-closed-total', '12', 12, 21, 'source', "
            "'数字颠倒 <&>', '某办', '2026-01-06', 'confirmed' FROM reports ORDER BY id LIMIT 1"
        )
    with running(database, "--base-url", "/data/") as served:
        yield served


def test_the_newest_reports_are_a_feed(site: Site) -> None:
    answer = site.get("/feeds/reports.atom")
    assert answer.headers.get_content_type() == "application/atom+xml"
    feed = ElementTree.fromstring(answer.body)
    days = [entry.findtext(f"{ATOM}updated") for entry in feed.iter(f"{ATOM}entry")]
    assert days == sorted(days, reverse=True, key=str) and days
    assert feed.findtext(f"{ATOM}updated") == days[0]
    for entry in feed.iter(f"{ATOM}entry"):
        link = entry.find(f"{ATOM}link")
        assert link is not None and entry.findtext(f"{ATOM}title")
        assert link.attrib["href"] == entry.findtext(f"{ATOM}id")
        assert str(link.attrib["href"]).startswith(f"{site.address}/gongkai/reports/")


def test_an_entry_of_a_restated_report_says_so(site: Site) -> None:
    restated = {
        f"{site.address}/gongkai/reports/{row['id']}"
        for row in site.json("/gongkai/reports.json", _shape="array", _size="max")
        if row["abridged"]
    }
    for language, mark in (("zh", " [转述，非原文]"), ("en", " [restated, not quoted]")):
        feed = ElementTree.fromstring(site.get(f"/{language}/feeds/reports.atom").body)
        titles = {entry.findtext(f"{ATOM}id"): entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")}
        assert titles
        assert {address for address, title in titles.items() if str(title).endswith(mark)} == restated & titles.keys()


def test_a_feed_speaks_the_language_of_its_address(site: Site) -> None:
    assert "new reports" in site.get("/en/feeds/reports.atom").text
    assert "新收报告" in site.get("/zh/feeds/reports.atom").text


def test_a_correction_is_an_entry_below_another_path_too(corrected: Site) -> None:
    feed = ElementTree.fromstring(corrected.get("/data/feeds/corrections.atom").body)
    (entry,) = feed.iter(f"{ATOM}entry")
    address = entry.findtext(f"{ATOM}id") or ""
    assert address.startswith(f"{corrected.address}/data/gongkai/reports/") and address.endswith(
        "#applications-closed-total"
    )
    assert entry.findtext(f"{ATOM}summary") == "12 → 21 (confirmed): 数字颠倒 <&>"
    assert entry.findtext(f"{ATOM}updated") == "2026-01-06T00:00:00+08:00"


def test_a_row_without_a_day_is_no_entry() -> None:
    row = {"path": "/p", "title": "t", "author": None, "words": "w", "abridged": 0}
    feed = feed_of([{**row, "day": "2024-02-30"}, {**row, "day": None}, {**row, "day": "2024-02-29"}], "https://x")
    assert [entry.updated for entry in feed.entries] == ["2024-02-29T00:00:00+08:00"]


def test_an_empty_feed_is_one_still(site: Site) -> None:
    feed = ElementTree.fromstring(site.get("/feeds/corrections.atom").body)
    assert not list(feed.iter(f"{ATOM}entry")) and feed.findtext(f"{ATOM}updated")
    assert site.get("/feeds/nothing.atom").status == 404


def test_every_page_is_in_the_sitemap_and_is_there(site: Site) -> None:
    assert f"Sitemap: {site.address}/sitemap.xml" in site.get("/robots.txt").text
    parts = [found.text or "" for found in ElementTree.fromstring(site.get("/sitemap.xml").body).iter(f"{MAP}loc")]
    pages = [
        found.text or "" for part in parts for found in ElementTree.fromstring(site.get(part).body).iter(f"{MAP}loc")
    ]
    with site.connect() as connection:
        reports = [name for (name,) in connection.execute("SELECT id FROM reports WHERE current = 1")]
    assert len(pages) == len(set(pages))
    assert {f"{site.address}/gongkai/reports/{report}" for report in reports} <= set(pages)
    kinds = {re.sub(r"[^/]+$", "", page): page for page in pages}
    assert {site.get(page).status for page in kinds.values()} == {200}
    assert any("/agencies/" in kind for kind in kinds) and any("/divisions/" in kind for kind in kinds)


def test_the_sitemap_ends_where_the_pages_do(site: Site) -> None:
    assert site.get("/sitemap-2.xml").status == 404
    assert [parts_for(pages) for pages in (0, 1, MOST, MOST + 1)] == [1, 1, 1, 2]


def linked_data(page: str) -> dict[str, dict[str, object]]:
    """Type → what the page says of it as JSON-LD."""
    found = [
        json.loads(words)
        for words in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    ]
    return {each["@type"]: each for each in found}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_start_page_tells_of_its_catalogue_and_the_database_of_its_data(site: Site, language: str) -> None:
    catalogue = linked_data(site.get(f"/{language}/").text)["DataCatalog"]
    data = linked_data(site.get(f"/{language}/gongkai").text)["Dataset"]
    held = catalogue["dataset"]
    assert isinstance(held, dict) and held["@id"] == data["@id"]
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    with site.connect() as connection:
        first, last = connection.execute("SELECT min(year), max(year) FROM reports WHERE current = 1").fetchone()
    assert data["temporalCoverage"] == f"{first}/{last}"
    files = data["distribution"]
    assert isinstance(files, list)
    assert {site.get(file["contentUrl"]).status for file in files} == {200}


def test_llms_txt_leads_to_data_and_meaning_by_whole_addresses(site: Site) -> None:
    answer = site.get("/llms.txt")
    assert answer.headers.get_content_type() == "text/plain" and answer.text.startswith("# Gongkai\n\n> ")
    links = re.findall(r"\]\(([^)]+)\)", answer.text)
    assert len(links) > 8 and all(link.startswith(site.address) for link in links)


def test_the_icon_is_ours(site: Site) -> None:
    assert site.get("/favicon.ico").body.startswith(b"\x89PNG")
    head = site.get("/zh/about").text
    for path in re.findall(r'<link rel="(?:icon|apple-touch-icon)" href="([^"]+)"', head):
        assert site.get(path).status == 200
    assert head.count("application/atom+xml") == 2
