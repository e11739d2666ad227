"""metadata.yml: every table and column described, in both languages, with its unit and what NULL means."""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from datasette.app import Datasette
from gongkai_site.column_words import column_text
from gongkai_site.metadata import KEPT_WHOLE, is_text
from gongkai_site.site import SpeakingDatasette
from gongkai_site.texts import Text

from .site_server import ROOT, Site, metadata, published, written

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{3}")
QUERIES = published()["queries"]
READING_ORDER = [
    "what_is_here",
    "authority_over_years",
    "requests_received",
    "request_outcomes",
    "disclosure_rates",
    "withholding_grounds",
    "unavailable_and_not_processed",
    "who_asks",
    "reconsideration_outcomes",
    "lawsuit_outcomes",
    "challenges_by_year",
    "information_fees",
    "hotline_figures",
    "compare_two_reports",
    "search_text",
    "search_counts",
    "same_as_last_year",
    "relations_that_do_not_add_up",
    "checks_by_rule",
    "data_dictionary",
    "section_three_as_printed",
    "hotline_completion_and_satisfaction",
    "hotline_rate_recomputed",
    "hotline_volume",
    "requests_per_10000_residents",
    "demand_on_a_balanced_panel",
    "change_from_year_to_year",
    "biggest_changes",
    "reviews_before_and_after_2024",
    "reports_of_a_province",
    "who_is_missing",
    "coverage_by_province",
    "place_history",
    "compare_authorities",
    "find_authority",
]


LANGUAGES = ("zh", "en")
PARTS = ("", "qualifier_", "unit_", "more_", "null_")


def parts_of(table: str) -> Mapping[str, Mapping[str, str]]:
    """Column of a table or view → the parts of its text."""
    parts: Mapping[str, Mapping[str, str]] = written()["databases"]["gongkai"]["tables"][table]["columns"]
    return parts


def schema(site: Site) -> dict[str, list[tuple[str, str, bool]]]:
    """Table or view → (column, type, may be NULL as far as a table says)."""
    with site.connect() as connection:
        names = connection.execute(
            "SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view') "
            " AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name NOT LIKE 'sections!_grams%' ESCAPE '!'"
        ).fetchall()
        return {
            name: [
                (column, declared, kind == "table" and not required and not key)
                for _, column, declared, required, _, key in connection.execute(f"PRAGMA table_info([{name}])")
            ]
            for name, kind in names
        }


def described_columns() -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """(table, column, parts) of everything that metadata.yml describes, queries included."""
    for section in ("tables", "queries"):
        for name, about in written()["databases"]["gongkai"][section].items():
            for column, parts in about["columns"].items():
                if parts is not None:
                    yield name, column, parts


def test_every_table_and_view_is_described_and_nothing_else(site: Site) -> None:
    assert set(published()["tables"]) == set(schema(site))


def test_no_query_hides_a_table() -> None:
    """Both live at /gongkai/NAME, and Datasette would show the query."""
    assert set(QUERIES) & set(published()["tables"]) == set()


def test_every_column_is_described_and_no_description_lacks_its_column(site: Site) -> None:
    columns = {name: {column for column, _, _ in found} for name, found in schema(site).items()}
    assert {name: set(about["columns"]) for name, about in published()["tables"].items()} == columns


@pytest.mark.parametrize("name", QUERIES)
def test_every_column_of_a_query_is_described_and_no_other(site: Site, name: str) -> None:
    columns = site.json(f"/gongkai/{name}.json")["columns"]
    assert {column for column, text in QUERIES[name]["columns"].items() if text is not None} == set(columns)


def test_every_column_is_told_in_chinese_and_in_english() -> None:
    for name, column, parts in described_columns():
        assert CHINESE.search(parts["zh"]), f"{name}.{column}: no Chinese"
        assert LATIN.search(parts["en"]), f"{name}.{column}: no English"


def test_a_text_has_no_parts_but_those_that_a_sentence_is_made_of() -> None:
    known = {f"{part}{language}" for part in PARTS for language in LANGUAGES} | {"codes", "language"}
    assert [(name, column) for name, column, parts in described_columns() if set(parts) - known] == []
    told_in_one_language = [
        (name, column)
        for name, column, parts in described_columns()
        for part in ("", "unit_", "null_")
        if (f"{part}zh" in parts) != (f"{part}en" in parts)
    ]
    assert told_in_one_language == []


@pytest.mark.parametrize(
    ("parts", "zh", "en"),
    [
        ({"zh": "代码", "en": "Code"}, "代码。", "Code."),
        (
            {"zh": "件数", "unit_zh": "件", "null_zh": "没有", "en": "Cases", "unit_en": "cases", "null_en": "none"},
            "件数[件]，空=没有。",
            "Cases [cases]; NULL = none.",
        ),
        (
            {"zh": "比率", "qualifier_zh": "照印", "unit_zh": "%", "more_zh": "不求平均", "null_zh": "没写"}
            | {"en": "Rate", "unit_en": "%", "more_en": "; no means", "null_en": "not stated"},
            "比率，照印[%]，不求平均，空=没写。",
            "Rate [%]; no means; NULL = not stated.",
        ),
    ],
)
def test_a_sentence_is_put_together_of_its_parts(parts: dict[str, str], zh: str, en: str) -> None:
    assert (column_text(parts, "zh"), column_text(parts, "en")) == (zh, en)


@pytest.mark.parametrize("language", LANGUAGES)
def test_datasette_gets_one_text_where_it_wants_one(language: str) -> None:
    def in_all_languages(value: Any, key: str = "") -> Iterator[str]:
        if key in KEPT_WHOLE:
            return
        if is_text(value):
            yield key
        elif isinstance(value, Mapping):
            for name, inner in value.items():
                yield from in_all_languages(inner, name)

    assert list(in_all_languages(metadata(language))) == []
    for name, about in published(language)["tables"].items():
        assert about["title"] == written()["databases"]["gongkai"]["tables"][name]["title"][language]
        assert about["columns"] == {column: column_text(parts, language) for column, parts in parts_of(name).items()}


def test_every_word_of_a_page_stands_in_both_languages_and_once() -> None:
    pages = written()["plugins"]["page-words"]
    for page, words in pages.items():
        one_for_both = {"standard"}
        assert {name for name, text in words.items() if set(text) != set(LANGUAGES)} <= one_for_both, page
    everywhere = set(pages["every_page"])
    assert [(page, everywhere & set(words)) for page, words in pages.items() if everywhere & set(words)] == [
        ("every_page", everywhere)
    ]


def test_every_number_names_its_unit_in_both_languages(site: Site) -> None:
    for name, columns in schema(site).items():
        for column, declared, _ in columns:
            if declared in {"INTEGER", "REAL"}:
                assert {"unit_zh", "unit_en"} <= set(parts_of(name)[column]), f"{name}.{column}"


def test_every_column_that_may_be_null_says_what_null_means(site: Site) -> None:
    columns = schema(site)
    always_there = {column for column, _, nullable in columns["reports"] if not nullable} | {"report", "value"}
    silent = [
        f"{name}.{column}"
        for name, found in columns.items()
        for column, _, nullable in found
        if nullable and column not in always_there
        if not {"null_zh", "null_en"} <= set(parts_of(name)[column])
    ]
    assert silent == []


def test_tables_and_queries_have_titles_and_descriptions_in_both_languages() -> None:
    for section in ("tables", "queries"):
        for name, about in published("zh")[section].items():
            assert CHINESE.search(about["title"]) and CHINESE.search(about["description"]), name
        for name, about in published("en")[section].items():
            assert LATIN.search(about["title"]) and not CHINESE.search(about["title"]), name
            assert LATIN.search(about["description"]), name


def test_queries_stand_in_reading_order(site: Site) -> None:
    assert list(QUERIES) == READING_ORDER
    page = site.get("/gongkai").text
    places = [page.index(f'href="/gongkai/{name}"') for name in READING_ORDER]
    assert places == sorted(places)


def test_every_parameter_is_explained() -> None:
    for name, query in QUERIES.items():
        assert set(query.get("params", [])) == set(query.get("parameters", {})), name


def test_licence_source_and_about_are_stated() -> None:
    stated = metadata()
    for word in ("著作权法", "CC BY 4.0", "MIT"):
        assert word in stated["license"]
    assert stated["source"] and stated["about"] and (ROOT / "LICENSE").is_file()


def labels(column: str) -> dict[str, list[str]]:
    """The names of a column's codes in metadata.yml."""
    named: dict[str, list[str]] = metadata()["plugins"]["code-labels"][column]
    return named


def test_every_problem_code_of_the_build_has_a_chinese_name() -> None:
    """The name says in a few words what a message is about."""
    stating = re.compile(r'\b(?:ReadError|Notice|warn|_notice)\(\s*"([a-z_]+)"(?:,\s*"([a-z_]+)")?')
    severities = {"warning", "note", "error"}
    of_problems = (path for path in (ROOT / "build").rglob("*.py") if path.name != "library.py")
    sources = [path.read_text(encoding="utf-8") for path in of_problems]
    codes = {code for text in sources for found in stating.findall(text) for code in found if code} - severities
    assert len(codes) > 40
    assert sorted(codes - set(labels("code"))) == []


def test_every_kind_of_statement_has_a_chinese_name(site: Site) -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "build" / "prose").glob("*.py"))
    kinds = set(re.findall(r'"((?:applications|reviews|information)_[a-z_]*[a-z])"', sources))
    assert len(kinds) > 20
    assert sorted(kinds - set(labels("statement_kind"))) == []
    named = site.json("/gongkai.json", sql="SELECT DISTINCT kind, code_label('kind', kind, 'zh') FROM statements")
    assert [kind for kind, name in named["rows"] if not CHINESE.search(name)] == []


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("applications_received", "收到申请", "requests received"),
        ("reviews_reconsideration_upheld", "行政复议·维持", "reconsiderations, upheld"),
        ("reviews_reconsideration_upheld_share", "行政复议·维持占比", "reconsiderations, upheld, share"),
        ("applications_other", "其他处理", "other handling"),
        ("nobody_knows_share", "nobody_knows_share", "nobody_knows_share"),
    ],
)
def test_a_code_without_a_name_has_that_of_its_beginning_and_ending(code: str, zh: str, en: str) -> None:
    code_label = runpy.run_path(str(ROOT / "plugins" / "code_labels.py"))["code_label"]
    names = metadata()["plugins"]["code-labels"]
    unclear = Text("不明", "unclear")
    assert tuple(code_label(names, unclear, "statement_kind", code, language) for language in LANGUAGES) == (zh, en)


def test_foreign_keys_show_names(site: Site) -> None:
    with site.connect() as connection:
        targets = {
            row[2] for table in schema(site) for row in connection.execute(f"PRAGMA foreign_key_list([{table}])")
        }
    assert {table: "label_column" in published()["tables"][table] for table in targets} == dict.fromkeys(targets, True)


def test_no_unit_setting_rewrites_figures() -> None:
    """Datasette's `units` would show 2204543 as 2.204543 M."""
    assert not [name for name, about in published()["tables"].items() if "units" in about]


def test_data_dictionary_holds_every_column_and_every_code(site: Site) -> None:
    rows = site.query("data_dictionary")
    entries = {(row["belongs_to"], row["name"]) for row in rows}
    assert entries >= {(table, column) for table, columns in schema(site).items() for column, _, _ in columns}
    assert {("items", "granted"), ("measures", "amount"), ("scope", "region"), ("rules", "R1")} <= entries
    undescribed: list[Any] = [row for row in rows if not (row["meaning_zh"] and row["meaning_en"])]
    assert undescribed == []


PERMISSIONS: list[dict[str, Any]] = [
    {},
    {"databases": {"gongkai": {"tables": {"Reports": {"title": "x", "allow": {"id": "a"}, "columns": {"id": "y"}}}}}},
    {"databases": {"gongkai": {"allow": False, "tables": {"reports": {"allow": False}, "REPORTS": {"allow": True}}}}},
    {"tables": {"reports": {"allow": {"id": "b"}}}, "title": "x"},
    {"databases": {"other": {"tables": {"reports": {"allow": False}}}, "gongkai": {"title": "x"}}},
]


@pytest.mark.parametrize("content", PERMISSIONS)
def test_who_may_see_a_table_is_what_datasette_says(content: dict[str, Any]) -> None:
    ours, theirs = SpeakingDatasette(metadata=dict.fromkeys(LANGUAGES, content)), Datasette(metadata=content)
    for table in ("reports", "items"):
        assert ours._table_permission_allows("gongkai", table) == theirs._table_permission_allows("gongkai", table)
