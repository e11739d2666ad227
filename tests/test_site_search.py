"""Search on the site: Datasette's own search box and the canned query, with the same words found and a snippet."""

from __future__ import annotations

import json
import re
from collections import Counter
from contextlib import closing
from html import unescape

import pytest
import search_grams
from gongkai_site.queries import statement_in

from .site_server import ROOT, Site, written

TEXTS = ROOT / "plugins" / "gongkai_site" / "pages" / "find" / "queries" / "texts.sql"
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


@pytest.mark.parametrize("words", ["公开", "热线", "信息公开", "zzzz"])
def test_pages_of_a_search_show_every_section_once_in_order_and_their_parts_add_up(site: Site, words: str) -> None:
    found = sorted(sections_with(site, words))
    asked = {"_search": words, "_size": 3, "_facet": "number", "_nolabels": "on", "_shape": "objects"}
    shown: list[tuple[str, int]] = []
    following: str | None = ""
    while following is not None:
        page = site.json("/gongkai/sections.json", **asked, **({"_next": following} if following else {}))
        shown += [(row["report"], row["position"]) for row in page["rows"]]
        assert page["filtered_table_rows_count"] == len(found)
        following = page["next"]
    assert shown == found
    with site.connect() as connection:
        numbers = {(report, at): number for report, at, number in connection.execute(NUMBERS)}
    parts = Counter(numbers[section] for section in found)
    facet = {part["value"]: part["count"] for part in page["facet_results"]["number"]["results"]}
    assert facet == {number: count for number, count in parts.items() if number is not None}


NUMBERS = "SELECT report, position, number FROM sections"

ROWS = """
    SELECT text_start, text_end FROM applications WHERE report = :report
    UNION ALL SELECT text_start, text_end FROM disclosures WHERE report = :report
    UNION ALL SELECT text_start, text_end FROM reviews WHERE report = :report
"""


def is_of_the_form(words: str, text: str, title: str | None, rows: list[tuple[int, int]]) -> bool:
    """Whether ``words`` stand in ``text`` only in its title, in rows of a table, or in the heading above one.

    A heading goes from the end of a sentence to a row: no full stop stands between it and the row.
    """

    def is_heading(place: int) -> bool:
        return any(place < start and "。" not in text[place:start] for start, _ in rows)

    return all(
        found.start() < len(title or "")
        or any(start <= found.start() < end for start, end in rows)
        or is_heading(found.start())
        for found in re.finditer(re.escape(words), text)
    )


@pytest.mark.parametrize("words", WORDS)
def test_the_query_finds_the_same_outside_the_forms_own_words_with_a_snippet(site: Site, words: str) -> None:
    found = site.query("search_text", q=words)
    assert all(words.lower() in row["snippet"].lower() and row["times"] >= 1 for row in found)
    hits = {
        (row["report_url"].split("/")[-1].split("#")[0], int(row["report_url"].rpartition("-")[2])) for row in found
    }
    assert len(hits) == len(found) and hits <= sections_with(site, words)
    with site.connect() as connection:
        for report, position in sections_with(site, words) - hits:
            text, title, start = connection.execute(
                "SELECT text, title, text_start FROM sections WHERE report = ? AND position = ?", (report, position)
            ).fetchone()
            rows = [(first - start, last - start) for first, last in connection.execute(ROWS, {"report": report})]
            assert is_of_the_form(words, text, title, rows), (report, position)


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
    assert '<input type="search" name="_search" value="疫情">' in page
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


def test_the_box_over_everything_shows_six_sections_and_counts_the_reports(site: Site) -> None:
    reports = {row["report_url"].partition("#")[0] for row in site.query("search_text", q="政府信息公开")}
    with closing(site.connect()) as connection:
        search_grams.prepare_connection(connection)
        found = connection.execute(statement_in(TEXTS), {"q": "政府信息公开"}).fetchall()
    assert len(reports) > 6 and [row[-1] for row in found] == [len(reports)] * 6


def test_a_page_of_what_is_found_needs_no_sorting_of_all(site: Site) -> None:
    statement = (ROOT / "queries" / "search_text.sql").read_text(encoding="utf-8")
    asked = {"q": "热线", "year": "", "province": "", "section": ""}
    with closing(site.connect()) as connection:
        search_grams.prepare_connection(connection)
        plan = [step[3] for step in connection.execute(f"EXPLAIN QUERY PLAN {statement}", asked)]
        found = [(row[1], row[0]) for row in connection.execute(statement, asked)]
    assert any("idx_reports_year_label_id" in step for step in plan)
    assert "USE TEMP B-TREE FOR ORDER BY" not in plan
    assert found == sorted(found, key=lambda row: (-row[0], row[1])) and len(set(found)) > 2


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "公开"},
        {"q": "热线"},
        {"q": ""},
        {"q": "公开 12345"},
        {"q": "公开", "year": "2023"},
        {"q": "公开", "province": "山东省", "section": "一"},
        {"q": "行政"},
        {"q": "没有这个"},
    ],
)
def test_the_index_alone_tells_how_many_sections_hold_a_word_of_two_characters(
    site: Site, asked: dict[str, str]
) -> None:
    given = {"q": "", "year": "", "province": "", "section": "", **asked}
    with closing(site.connect()) as connection:
        search_grams.prepare_connection(connection)
        counted = written()["databases"]["gongkai"]["queries"]["search_text"]["counted"]
        (number,) = connection.execute(counted, given).fetchone()
    expected = len(site.query("search_text", **asked))
    assert number == (expected if search_grams.is_told_by_grams(given["q"] or "热线") else None)


BLANKS = ["", " ", "\n", "\u3000", "\u00a0", "\t", "\n\n"]


@pytest.mark.parametrize("words", ["热线", "热热", "线热", "市热线", "热", "热线 12345", "１2"])
@pytest.mark.parametrize("blank", BLANKS)
def test_a_text_in_utf_8_is_searched_as_the_text_is(words: str, blank: str) -> None:
    title = "一、热线"
    for text in (f"{title}。市热{blank}线、热线热热热12", f"热{blank}", f"𠮷热{blank}热线", blank):
        for tables in (None, "[[6, 8]]", "[[8, 9], [11, 13]]"):
            prose = search_grams.outside_tables(text, 2, title, tables)
            asked = (text.encode(), 2, title, tables, words)
            assert search_grams.times_outside_tables(*asked) == search_grams.times_found(prose, words)
            found = search_grams.found_outside_tables(*asked)
            assert (found is None) == (search_grams.times_found(prose, words) == 0)
            if found is not None:
                assert json.loads(found)[1] == search_grams.snippet_around(prose, words)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("热线", True),
        ("热线 12345", True),
        ("政府热线", True),
        ("政府 热线电话", False),
        ('"政府 热线电话"', True),
        ("热线12345", False),
        ("热线，", False),
    ],
)
def test_a_text_is_looked_into_once_where_what_is_found_tells_all(words: str, expected: bool) -> None:
    assert search_grams.is_told_by_times(words) is expected


def test_each_group_is_counted_as_the_sections_found_stand_in_it(site: Site) -> None:
    for words in ("公开", "政府信息公开", "疫情", "2020"):
        found = site.query("search_text", q=words)
        counts = {(row["facet_en"], row["value"]): row for row in site.query("search_counts", q=words)}
        facets = {"Year": "year", "Province": "province", "Section": "section_number"}
        groups = {(facet, row[column]) for row in found for facet, column in facets.items()} | {("All", "全部报告")}
        assert found and set(counts) == groups
        for (facet, value), told in counts.items():
            there = [row for row in found if facet == "All" or row[facets[facet]] == value]
            reports = {row["report_url"].partition("#")[0] for row in there}
            assert told["reports"] == len(reports) and told["sections"] == len(there)
            assert told["times"] == sum(row["times"] for row in there)


def test_the_sections_of_a_report_follow_each_other(site: Site) -> None:
    with site.connect() as connection:
        rows = connection.execute("SELECT report, position, text_start, length(text) FROM sections ORDER BY 1, 2")
        places = {(report, position): (start, start + length) for report, position, start, length in rows}
    pairs = [(places[key], places[key[0], key[1] + 1]) for key in places if (key[0], key[1] + 1) in places]
    assert pairs and all(end <= start for (_, end), (start, _) in pairs)
