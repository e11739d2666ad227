"""One language a page: which one, how it is chosen and kept, and that no page speaks another one beside it."""

from __future__ import annotations

import asyncio
import importlib.util
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from gongkai_site import language
from gongkai_site.filter_words import described
from gongkai_site.han import marked_html
from gongkai_site.language import DEFAULT, FALLBACK, FOLDER, LANGUAGES, address_in, preferred, speaking, tag_of
from gongkai_site.metadata import KEPT_WHOLE
from gongkai_site.metadata import published as published_metadata
from gongkai_site.texts import Text
from gongkai_site.translation import pieces_of, translated
from gongkai_site.yaml_files import content_of
from jinja2 import Environment

from .page_words import foreign, words_of_page
from .site_server import ROOT, Site, published, running

PREFERS_ENGLISH = {"Accept-Language": "en-GB,en;q=0.9,zh;q=0.5"}

PAGES = {
    "start": "/",
    "database": "/gongkai",
    "table": "/gongkai/report_summary",
    "table with filters, facets and an order": (
        "/gongkai/checks?status=fails&rule__contains=R&on_inferred__isblank=1&_facet=rule&_sort_desc=difference&_where=1=1"
    ),
    "table without rows": "/gongkai/reports?year=1066",
    "table with a search box": "/gongkai/sections?_search=12345",
    "view": "/gongkai/applications_full?_size=5",
    "list of authorities": "/gongkai/agencies",
    "problems": "/gongkai/problems",
    "dictionary": "/about/dictionary?table=statements",
    "text": "/about",
    "method": "/about/method",
    "glossary": "/about/glossary",
    "search": "/find?q=hongze",
    "search for nothing": "/find?q=qqqqqq",
    "authority by name": "/gongkai/find_authority?q=hongze",
    "search in texts": "/gongkai/search_text",
    "question without rows": "/gongkai/authority_over_years?agency=1234",
    "question": "/gongkai/hotline_figures",
    "question with choices": "/gongkai/compare_two_reports",
    "own SQL": "/gongkai?sql=select+year+from+reports",
    "own SQL without rows": "/gongkai?sql=select+year+from+reports+where+0",
    "dashboards": "/-/dashboards",
    "dashboard": "/-/dashboards/overview",
    "settings": "/-/settings",
    "misspelt SQL": "/gongkai?sql=selec+year+from+reports",
    "unknown column in SQL": "/gongkai?sql=select+q+from+reports",
    "unknown column to sort by": "/gongkai/checks?_sort=99",
    "wrong size": "/gongkai/checks?_size=x",
    "unknown page": "/gongkai/1234",
    "unknown site part": "/1234",
    "unknown authority": "/gongkai/agencies/1234",
    "unknown report": "/gongkai/reports/1234",
    "too long": f"/gongkai?sql=select+{'1' * 17_000}",
}


def every_page(site: Site) -> Iterator[tuple[str, str]]:
    """A kind of page and an address of it, without a language."""
    yield from PAGES.items()
    for kind, table in (("report", "reports"), ("authority", "agencies")):
        (row,) = site.json(f"/gongkai/{table}.json", _shape="array", _size=1)
        yield kind, f"/gongkai/{table}/{row['id']}"
    row = site.json("/gongkai/divisions.json", _shape="array", _size=1, level="county")[0]
    yield "place", f"/gongkai/divisions/{row['adcode']},{row['valid_from']}"
    row = site.json("/gongkai/hotline.json", _shape="array", _size=1)[0]
    yield "row", f"/gongkai/hotline/{row['report']},{row['position']}"


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_no_page_says_anything_in_another_language(site: Site, spoken: str) -> None:
    said = {}
    for kind, path in every_page(site):
        answer = site.get(f"/{spoken}{path}")
        assert answer.status != 500, kind
        said[kind] = foreign(answer.text, spoken)
        assert words_of_page(answer.text, spoken).tag_of_page == tag_of(spoken), kind
    assert {kind: words for kind, words in said.items() if words} == {}


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_no_text_of_metadata_is_in_another_language(spoken: str) -> None:
    """Every table, column and question, most of which no page above shows."""

    def texts(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
        if isinstance(value, Mapping):
            for key, inner in value.items():
                if key not in KEPT_WHOLE | {"sql", "query", "options", "fragment"}:
                    yield from texts(inner, f"{place}.{key}")
        elif isinstance(value, str) and place.rpartition(".")[2] in {"title", "description", "label", "hint", "asked"}:
            yield place, re.sub(r"\{\w+\}", "", value)  # what was chosen is filled in

    said = {place: foreign(f"<p>{words}</p>", spoken) for place, words in texts(published(spoken))}
    assert len(said) > 100 and {place: words for place, words in said.items() if words} == {}


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_a_page_of_too_many_visitors_speaks_one_language(spoken: str) -> None:
    for refusal in refusals():
        assert foreign(f"<p>{refusal.words(spoken)}</p>", spoken) == [], refusal


def refusals() -> list[Any]:
    """Everything that the site says instead of a page."""
    from gongkai_site import answers

    found = [value for value in vars(answers).values() if isinstance(value, answers.Refusal)]
    return [*found, answers.busy(10)]


@pytest.mark.parametrize("kind", ["start", "table", "unknown page", "misspelt SQL", "dashboard"])
def test_a_page_leads_to_itself_in_every_language(site: Site, kind: str) -> None:
    path = PAGES[kind]
    page = site.get(f"/en{path}").text
    for spoken in LANGUAGES:
        (switch,) = re.findall(
            rf'<(?:a href="([^"]*)"|span)[^>]* lang="{tag_of(spoken)}"[^>]*>[^<]*</(?:a|span)></li>', page
        )
        assert spoken == "en" or unescape(switch) == f"/{spoken}{path}"
        alternate = f'<link rel="alternate" hreflang="{tag_of(spoken)}" href="{site.address}/{spoken}'
        assert alternate in page or kind in {"unknown page", "misspelt SQL"}
    if kind in {"start", "table"}:
        assert f'<link rel="canonical" href="{site.address}/en{path}">' in page


def test_the_chosen_language_is_kept_by_every_link(site: Site) -> None:
    for path in ("/", "/gongkai", "/gongkai/reports?_facet=year&_sort=year", "/gongkai/agencies"):
        page = site.get(f"/en{path}").text
        links = {unescape(link) for link in re.findall(r'<(?:a|form)[^>]* (?:href|action)="(/[^"]*)"', page)}
        elsewhere = {
            link for link in links if not link.startswith(("/en/", "/zh/")) and not language.is_same_in_all(link)
        }
        assert elsewhere == set(), path
        assert len({link for link in links if link.startswith("/en/")}) > 5


def test_without_a_language_the_browser_decides_and_links_leave_it_open(site: Site) -> None:
    chinese, english = site.get("/gongkai/reports"), site.get("/gongkai/reports", PREFERS_ENGLISH)
    assert (words_of_page(chinese.text, "zh").tag_of_page, words_of_page(english.text, "en").tag_of_page) == (
        "zh-Hans",
        "en",
    )
    assert "Accept-Language" in chinese.headers["Vary"] and "Accept-Language" in english.headers["Vary"]
    assert chinese.headers["ETag"] != english.headers["ETag"]
    assert 'href="/gongkai/reports/' in english.text and 'href="/en/gongkai/reports/' not in english.text


def test_an_address_with_a_language_is_one_answer_for_every_reader(site: Site) -> None:
    one, other = site.get("/en/gongkai/reports"), site.get("/en/gongkai/reports", PREFERS_ENGLISH)
    assert one.body == other.body and one.headers["ETag"] == other.headers["ETag"]
    assert "Accept-Language" not in one.headers["Vary"]
    assert site.get("/en/gongkai/reports", {"If-None-Match": one.headers["ETag"]}).status == 304
    assert site.get("/zh/gongkai/reports", {"If-None-Match": one.headers["ETag"]}).status == 200


@pytest.mark.parametrize("path", ["/gongkai/reports.json?_shape=array", "/gongkai/reports.csv", "/gongkai.json"])
def test_data_are_the_same_in_every_language(site: Site, path: str) -> None:
    chinese, english = site.get(path), site.get(path, PREFERS_ENGLISH)
    assert english.headers["ETag"] == chinese.headers["ETag"] and "Accept-Language" not in chinese.headers["Vary"]
    if "reports" in path:
        assert site.get(f"/en{path}").body == chinese.body == english.body


def test_an_error_in_json_is_in_the_reader_s_language_and_in_both(site: Site) -> None:
    told = site.get("/gongkai.json?sql=selec+1", PREFERS_ENGLISH)
    assert "SELECT" in told.text and told.headers["Vary"] == "Accept-Encoding, Accept-Language"
    answer = site.json("/en/gongkai/nothing.json")
    assert answer["error"] == answer["error_en"] != answer["error_zh"]


@pytest.mark.parametrize(
    ("accepted", "spoken"),
    [
        pytest.param("", "zh", id="nothing"),
        pytest.param("en", "en", id="English"),
        pytest.param("zh-TW,zh;q=0.9,en;q=0.8", "zh", id="Chinese of Taiwan"),
        pytest.param("fr,en;q=0.3,zh;q=0.2", "en", id="English before Chinese"),
        pytest.param("fr", "zh", id="a language that is not here"),
        pytest.param("en;q=oops,zh;q=0.1", "zh", id="a weight that is none"),
    ],
)
def test_the_browser_s_preference(accepted: str, spoken: str) -> None:
    assert preferred(accepted) == spoken


def test_an_address_in_another_language() -> None:
    assert address_in("/gongkai/reports", "en") == "/en/gongkai/reports"
    assert address_in("/zh/gongkai", "en") == "/en/gongkai" and address_in("/zh", "en") == "/en/"
    assert address_in("/", "zh") == "/zh/"


def test_below_another_path_the_language_stands_behind_it(site: Site, tmp_path: Path) -> None:
    database = tmp_path / "gongkai.db"
    database.hardlink_to(site.database)
    with running(database, "--base-url", "/open/") as below:
        page = below.get("/open/en/gongkai/checks?_size=2").text
        assert words_of_page(page, "en").tag_of_page == "en"
        assert 'href="/open/en/gongkai/reports' in page and 'href="/open/zh/gongkai/checks?_size=2"' in page
        assert f'<link rel="canonical" href="{below.address}/open/en/gongkai/checks' in page
        assert below.get("/en/gongkai").status == 200  # a proxy that takes the path off
        assert '"/open/-/static/' in page and '"/open/en/static' not in page


def catalogue_entries(kind: str) -> Iterator[tuple[str, str, str, str]]:
    """Language, package, file and piece of every entry."""
    for spoken in LANGUAGES:
        content: Mapping[str, Any] = content_of(FOLDER / f"{spoken}.yml")
        for package, files in (content.get(kind) or {}).items():
            for file, pieces in files.items():
                for piece in pieces:
                    yield spoken, package, file, piece


@pytest.mark.parametrize("kind", ["templates", "scripts"])
def test_every_entry_of_a_catalogue_stands_in_what_is_installed(kind: str) -> None:
    lost = []
    for spoken, package, file, piece in catalogue_entries(kind):
        found = importlib.util.find_spec(package)
        assert found is not None and found.origin is not None
        path = Path(found.origin).parent / {"templates": "templates", "scripts": "static"}[kind] / file
        if piece not in path.read_text(encoding="utf-8"):
            lost.append((spoken, package, file, piece))
    assert lost == []


def test_every_translated_template_compiles() -> None:
    environment = Environment(enable_async=True)
    for package, file in {(package, file) for _, package, file, _ in catalogue_entries("templates")}:
        found = importlib.util.find_spec(package)
        assert found is not None and found.origin is not None
        source = (Path(found.origin).parent / "templates" / file).read_text(encoding="utf-8")
        environment.filters |= dict.fromkeys(re.findall(r"\|\s*(\w+)", source), str)
        environment.compile(translated(source, pieces_of(package, file)))


def test_a_script_of_datasette_speaks_chinese(site: Site) -> None:
    answer = site.get("/-/static/zh/datasette/table.js")
    assert "从小到大排序" in answer.text and "Sort ascending" not in answer.text
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert site.get("/-/static/zh/datasette/nothing.js").status == 404


def test_a_third_language_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a catalogue or a text lacks is said in English."""
    (tmp_path / "de.yml").write_text("name: Deutsch\ntag: de\nwords: {home: Anfang}\n", encoding="utf-8")
    for spoken in LANGUAGES:
        (tmp_path / f"{spoken}.yml").write_bytes((FOLDER / f"{spoken}.yml").read_bytes())
    monkeypatch.setattr(language, "FOLDER", tmp_path)
    language.catalogue.cache_clear()
    assert (language.said("home", "de"), language.said("contains", "de")) == ("Anfang", "contains")
    assert Text("中文", "English").of("de") == "English" and Text("中文", "English", de="Deutsch").of("de") == "Deutsch"
    stated = published_metadata({"site": {"title": {"zh": "题", "en": "Title"}}, "described": {}}, tmp_path, "de")
    assert stated["title"] == "Title"
    language.catalogue.cache_clear()


@pytest.mark.parametrize(
    ("spoken", "told"),
    [
        (
            "en",
            [
                "where search “x”, Year is “2020”, Total is at most “5”, the written condition holds; sorted by Place",
                "sorted by Place, descending",
            ],
        ),
        (
            "zh",
            [
                "条件：检索 “x”，Year 是 “2020”，Total 不大于 “5”，符合所写的条件；按 Place 从小到大排序",
                "按 Place 从大到小排序",
            ],
        ),
    ],
)
def test_conditions_and_order_are_put_into_words(spoken: str, told: list[str]) -> None:
    chosen = [("year", "exact", "2020"), ("total", "lte", "5"), ("year", "nonsense", "1")]
    every = described(spoken, chosen, str.title, search="x", conditions=1, sort="place")
    last = described(spoken, [], str.title, sort_desc="place")
    assert [words.striptags() for words in (every, last)] == told
    assert described(spoken, [], str.title) == ""


def test_the_fallback_is_a_language() -> None:
    assert {DEFAULT, FALLBACK} <= set(LANGUAGES)


async def _said(scope: dict[str, Any]) -> str:
    said: list[str] = []

    async def app(scope: dict[str, Any], receive: object, send: object) -> None:
        said.append(str(marked_html("<b>省</b> of 江苏")) + str(Text("甲", "A")))

    await speaking(app)(scope, None, None)
    return said[0]


def test_chinese_within_english_is_marked() -> None:
    scope = {"type": "http", "path": "/en/", "headers": []}
    with ThreadPoolExecutor(1) as apart:  # a browser that other tests have open runs a loop in this thread
        said = [apart.submit(asyncio.run, _said({**scope, "path": path})).result() for path in ("/en/", "/zh/")]
    assert said[0] == '<b><span lang="zh-Hans">省</span></b> of <span lang="zh-Hans">江苏</span>A'
    assert said[1] == "<b>省</b> of 江苏甲"


def test_metadata_holds_a_text_once_a_language() -> None:
    assert published("zh")["tables"]["reports"]["title"] != published("en")["tables"]["reports"]["title"]
    assert (ROOT / "plugins" / "gongkai_site" / "languages").samefile(FOLDER)
