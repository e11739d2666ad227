"""Pages of text: written in both languages, nothing in them broken, every query in them runs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from gongkai_site.pages.dictionary.view import dictionary, examples_in
from gongkai_site.pages.text.markdown import links_in, statements_in, written
from gongkai_site.pages.text.view import FOLDER, PAGES, path_of
from gongkai_site.texts import Text

from .site_server import Site

LANGUAGES = ("zh", "en")
TEXTS = [(language, name) for language in LANGUAGES for name in PAGES]
LLMS = ("en", "llms")
TUTORIALS = [name for name in PAGES if name.startswith("tutorial-")]
CHINESE = re.compile(r"[一-鿿]")


def source(language: str, name: str) -> str:
    """The Markdown of a page."""
    return (FOLDER / language / f"{name}.md").read_text(encoding="utf-8")


def test_every_page_is_written_in_both_languages_and_no_other() -> None:
    files = {(path.parent.name, path.stem) for path in FOLDER.glob("*/*.md")}
    assert files == {*TEXTS, LLMS}


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_have_the_same_places_and_queries(name: str) -> None:
    zh, en = (source(language, name) for language in LANGUAGES)
    assert re.findall(r"\{#([\w-]+)\}", zh) == re.findall(r"\{#([\w-]+)\}", en)
    assert len(statements_in(zh)) == len(statements_in(en))
    assert {link for link in links_in(zh) if link.startswith("/")} == {
        link for link in links_in(en) if link.startswith("/")
    }


@pytest.mark.parametrize(("language", "name"), TEXTS)
def test_a_page_is_served_in_its_language(site: Site, language: str, name: str) -> None:
    answer = site.get(f"/{language}{path_of(name)}")
    title = source(language, name).splitlines()[0].removeprefix("# ")
    assert answer.status == 200 and f"<h1>{title}</h1>" in answer.text
    assert f"<title>{title} ·" in answer.text.replace("\n", "")
    assert bool(CHINESE.search(title)) == (language == "zh")


@pytest.mark.parametrize(("language", "name"), [*TEXTS, LLMS])
def test_every_address_in_a_text_leads_somewhere(site: Site, language: str, name: str) -> None:
    for link in sorted(
        {link.partition("?")[0] if ".zip" in link else link for link in links_in(source(language, name))}
    ):
        path, _, fragment = link.partition("#")
        if not path.startswith("/"):
            continue
        answer = site.get(path if "." in path.rpartition("/")[2] else f"/{language}{path}")
        assert answer.status == 200, link
        assert not fragment or f'id="{fragment}"' in answer.text, link


@pytest.mark.parametrize(("language", "name"), TEXTS)
def test_every_query_in_a_text_runs_and_finds_something(site: Site, language: str, name: str) -> None:
    for statement in statements_in(source(language, name)):
        answer: Any = site.json("/gongkai.json", sql=statement)
        assert answer.get("ok", True) and answer["rows"] and not answer["truncated"], statement


def test_every_tutorial_has_something_to_run() -> None:
    assert len(TUTORIALS) == 3 and all(statements_in(source("en", name)) for name in TUTORIALS)


def test_a_query_in_a_text_is_run_with_one_click(site: Site) -> None:
    page = site.get("/en/about/tutorial-sql").text
    links = re.findall(r'class="run"><a href="([^"]+)"', page)
    assert len(links) == len(statements_in(source("en", "tutorial-sql")))
    assert all(link.startswith("/en/gongkai?sql=") for link in links)
    assert site.get(links[0].replace("&amp;", "&")).status == 200


ARTICLES = {
    "予以公开": "第三十六条", "部分公开": "第三十七条", "属于国家秘密": "第十四条", "保护第三方合法权益": "第十五条",
    "内部事务信息": "第十六条", "需要另行制作": "第三十八条", "信访举报投诉": "第三十九条",
    "大量反复申请": "第三十五条",
    "信息处理费": "第四十二条", "补正": "第三十条", "年度报告": "第四十九条、第五十条", "行政诉讼": "第五十一条",
}  # fmt: skip
"""Terms and the articles of the Regulations as revised in 2019."""


@pytest.mark.parametrize(("term", "article"), ARTICLES.items())
def test_the_glossary_names_the_article_of_a_term(term: str, article: str) -> None:
    lines = [line for line in source("zh", "glossary").splitlines() if term in line and line.startswith("|")]
    assert any(article in line for line in lines)


def test_every_outcome_of_the_form_is_in_the_glossary(site: Site) -> None:
    text = source("en", "glossary")
    for group in ("withheld:", "unavailable:", "not processed:", "other:"):
        assert group in text
    assert text.count("withheld:") == 8 and text.count("not processed:") == 4 and text.count("unavailable:") == 3


def test_markup_of_html_and_scripts_do_not_go_through() -> None:
    page = written("# T\n\nA <b>x</b> [y](javascript:alert) \n\n<script>1</script>\n", str, "run")
    assert "<b>" not in page.body and "<script>" not in page.body and 'href="javascript' not in page.body
    assert page.title == "T" and page.summary.startswith("A ")


def test_a_heading_keeps_its_fragment_to_itself() -> None:
    page = written("# T\n\np\n\n## Two words {#two}\n\n| a |\n| --- |\n| b |\n", lambda path: f"/en{path}", "run")
    assert '<h2 id="two">Two words</h2>' in page.body and "{#" not in page.body
    assert [(heading.fragment, heading.words) for heading in page.headings] == [("two", "Two words")]
    assert 'tabindex="0"' in page.body and '<th scope="col">' in page.body


def test_an_unknown_page_is_not_found(site: Site) -> None:
    assert site.get("/about/nothing").status == 404
    assert site.get("/about/../etc").status == 404


def test_words_in_full_width_punctuation_stand_in_chinese() -> None:
    for name in PAGES:
        prose = re.sub(
            r"```.*?```|`[^`]*`|\{#[\w-]+\}|\]\([^)]*\)",
            "",
            source("zh", name),
            flags=re.DOTALL,
        )
        assert re.findall(r"[一-鿿][,;:?!]|[,;:?!][一-鿿]", prose) == [], name


# The dictionary -------------------------------------------------------------------------------------------------

COLUMNS = {
    "a": {"x": {"zh": "不予公开件数", "en": "Cases withheld", "unit_zh": "件", "unit_en": "cases"}},
    "b": {"x": {"zh": "年度", "en": "Year"}, "y": {"zh": "代码", "en": "Withheld or not, a code"}},
}
TITLES = {"a": Text("甲", "A"), "b": Text("乙", "B")}


@pytest.mark.parametrize(
    ("asked", "table", "found"),
    [
        ("withheld", "", ["a.x", "b.y"]),
        ("WITHHELD code", "", ["b.y"]),
        ("不予公开", "", ["a.x"]),
        ("件", "a", ["a.x"]),
        ("", "b", ["b.x", "b.y"]),
        ("", "", []),
        ("nothing", "", []),
    ],
)
def test_columns_are_found_by_words_in_either_language(asked: str, table: str, found: list[str]) -> None:
    page = dictionary(COLUMNS, TITLES, asked, table)
    assert [f"{section.table}.{entry.column}" for section in page.sections for entry in section.entries] == found
    assert page.found == len(found)


def test_examples_are_different_values_and_no_blanks() -> None:
    rows = [{"v": value} for value in (None, 2.50, 2.5, "字" * 50, None, 0, 7)]
    assert examples_in(rows, "v") == ["2.5", "字" * 40 + "…", "0"]


def test_the_dictionary_shows_values_of_the_database(site: Site) -> None:
    page = site.get("/en/about/dictionary", table="reports", q="report year").text
    assert "<code>year</code>" in page and "2020" in page
    assert "No such column" in site.get("/en/about/dictionary", q="zzzz").text
    assert "没有这样的栏" in site.get("/zh/about/dictionary", q="zzzz").text
    hostile = site.get("/en/about/dictionary", q='"><script>1</script>').text
    assert "<script>1" not in hostile


def test_every_table_is_in_the_dictionary(site: Site) -> None:
    page = site.get("/zh/about/dictionary").text
    with site.connect() as connection:
        views = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'")]
    assert all(f"?table={name}" in page for name in [*views, "reports", "applications"])


def test_the_folder_of_texts_is_that_of_the_repository() -> None:
    assert Path(__file__).resolve().parent.parent / "docs" / "site" == FOLDER


def test_links_lead_on_within_the_site_and_out_of_it_without_telling_whence() -> None:
    text = "# T\n\nSee [here](/about), [there](https://example.org/a), [below](#b).\n\n## Low {#b}\n"
    made = written(text, "/at/en{}".format, "Run")
    assert made.body.partition("\n")[0] == (
        '<p>See <a href="/at/en/about">here</a>, <a href="https://example.org/a" rel="noopener noreferrer">there</a>, '
        '<a href="#b">below</a>.</p>'
    )
    assert '<h2 id="b">' in made.body and [heading.fragment for heading in made.headings] == ["b"]
