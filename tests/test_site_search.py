"""Search on the site: Datasette's own search box and the canned query, with the same words found and a snippet."""

from __future__ import annotations

import re
from html import unescape

import pytest

from .site_server import Site

WORDS = ["信访", "疫情", "政府信息公开", "条例", "12345", "，", "一", "IPv6", "(一)", "行政复议、行政诉讼"]
NOT_THERE = ["热线疫情", "1234五", "ipv", "不存在的话"]
WHOLE_WORD = "(?<![0-9A-Za-z]){}(?![0-9A-Za-z])"


def sections_with(site: Site, words: str) -> set[tuple[str, int]]:
    """(report, position) of the sections of which the text holds ``words``, whole words in Latin letters and digits."""
    pattern = re.escape(words)
    if words[0].isascii() and words[0].isalnum():
        pattern = WHOLE_WORD.format(pattern)
    with site.connect() as connection:
        rows = connection.execute("SELECT report, position, text FROM sections").fetchall()
    return {(report, position) for report, position, text in rows if re.search(pattern, text, re.IGNORECASE)}


@pytest.mark.parametrize("words", WORDS)
def test_the_search_box_finds_the_words(site: Site, words: str) -> None:
    rows = site.json("/gongkai/sections.json", _shape="array", _search=words, _size=1000, _nolabels="on")
    assert {(row["report"], row["position"]) for row in rows} == sections_with(site, words)


@pytest.mark.parametrize("words", WORDS)
def test_the_query_finds_the_same_with_a_snippet(site: Site, words: str) -> None:
    rows = site.query("search_text", q=words)
    assert len(rows) == len(sections_with(site, words))
    assert all(words.lower() in row["snippet"].lower() and row["times"] >= 1 for row in rows)


@pytest.mark.parametrize("words", NOT_THERE)
def test_what_is_not_there_is_not_found(site: Site, words: str) -> None:
    assert site.json("/gongkai/sections.json", _shape="array", _search=words) == []
    assert site.query("search_text", q=words) == []


@pytest.mark.parametrize("words", ['"', "* OR", "NEAR(", "'", "a:b", "-", '""', "信访 AND", "\u200b"])
def test_no_words_break_the_search(site: Site, words: str) -> None:
    assert site.get("/gongkai/sections", _search=words).status == 200
    assert site.get("/gongkai/search_text", q=words).status == 200


def test_without_words_the_query_looks_for_hotlines(site: Site) -> None:
    assert site.query("search_text") == site.query("search_text", q="热线")


def test_readers_see_a_search_box_and_no_grams(site: Site) -> None:
    page = unescape(site.get("/gongkai/sections", _search="疫情").text)
    assert '<input id="_search" type="search" name="_search" value="疫情">' in page
    assert not re.search("[\U000f0000-\U000fffff]", page)
    assert "sections_grams" not in site.get("/gongkai").text


def test_the_search_box_shows_the_words_in_their_place(site: Site) -> None:
    page = site.get("/gongkai/sections", _search="信访").text
    cells = re.findall(r'<td class="col-text type-[^>]*>(.*?)</td>', page, re.DOTALL)
    assert cells and all("<mark>信访</mark>" in cell and len(cell) < 200 for cell in cells)
    assert "<mark>" not in site.get("/gongkai/sections").text


def test_a_hit_leads_to_its_section(site: Site) -> None:
    for row in site.query("search_text", q="疫情"):
        address, _, fragment = row["report_url"].partition("#")
        assert f'id="{fragment}"' in site.get(address).text
