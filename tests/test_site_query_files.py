"""Query files: each is one statement that the database understands, is used, and reads well in an editor."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from gongkai_site.metadata import QUERY_ENDING, published
from gongkai_site.queries import queries_in, statement_in

from .site_server import ROOT, Rows, Site, written

PAGES = ROOT / "plugins" / "gongkai_site" / "pages"
PAGE_FILES = sorted(PAGES.glob("*/queries/*.sql"))
PUBLICATION_FILES = sorted((ROOT / "queries").rglob("*.sql"))
FILES = [*PAGE_FILES, *PUBLICATION_FILES]
PARAMETER = re.compile(r":([a-z_]+)")
LITERAL = re.compile(r"'(?:[^']|'')*'")
MOST_COLUMNS = 130


def names_in(value: Any) -> Iterator[str]:
    """Every query file that metadata.yml names."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from names_in(inner)
    elif isinstance(value, str) and value.endswith(QUERY_ENDING) and "\n" not in value:
        yield value


def called(file: Path) -> str:
    """A file's path for people."""
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("file", FILES, ids=called)
def test_the_database_understands_the_statement(site: Site, file: Path) -> None:
    statement = statement_in(file)
    given = dict.fromkeys(PARAMETER.findall(statement), "")
    answer = site.json("/gongkai.json", sql=f"EXPLAIN {statement}", **given)
    assert answer["ok"], answer.get("error")


@pytest.mark.parametrize("file", FILES, ids=called)
def test_a_file_is_one_statement_written_for_an_editor(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.endswith("\n") and not text.endswith("\n\n")
    assert ";" not in LITERAL.sub("''", text) and sqlite3.complete_statement(text + ";")
    lines = text.splitlines()
    assert [line for line in lines if line != line.rstrip() or "\t" in line or len(line) > MOST_COLUMNS] == []


def test_metadata_names_every_query_file_and_no_other() -> None:
    held = {str(file.relative_to(ROOT / "queries")) for file in PUBLICATION_FILES}
    assert len(held) > 20
    assert set(names_in(written())) == held


def test_a_query_is_in_the_file_of_its_own_name() -> None:
    queries = written()["databases"]["gongkai"]["queries"]
    assert {name: query["sql"] for name, query in queries.items()} == {name: f"{name}.sql" for name in queries}


def test_every_query_of_a_page_is_used_by_it() -> None:
    for page in {file.parent.parent for file in PAGE_FILES}:
        view = "".join(path.read_text(encoding="utf-8") for path in page.glob("*.py"))
        templates = re.findall(r"templates/([\w-]+\.(?:html|xml))", view)
        assert templates, f"{page.name}: its __init__ names no template"
        shown = "".join((ROOT / "templates" / name).read_text(encoding="utf-8") for name in templates)
        unused = [name for name in queries_in(page / "queries") if f'"{name}"' not in view + shown]
        assert unused == [], page.name


def test_every_page_is_made_the_same_way() -> None:
    for page in sorted(path for path in PAGES.iterdir() if path.is_dir() and path.name != "__pycache__"):
        assert {"__init__.py", "view.py"} <= {path.name for path in page.iterdir()}, page.name
        plugin = (ROOT / "plugins" / f"{page.name}_page.py").read_text(encoding="utf-8")
        # A page of text is made of Markdown, the dictionary of metadata.yml: neither has a query.
        begins = r"(?:\(.*\n\s+)?QUERIES\b" if (page / "queries").is_dir() else ""
        assert re.search(rf"from gongkai_site\.pages\.{page.name}\.view import {begins}", plugin), page.name


def test_a_query_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"nothing\.sql"):
        published(
            {"site": {}, "described": {"gongkai": {"queries": {"nothing": {"sql": "nothing.sql"}}}}}, tmp_path, "zh"
        )


# What the queries of pages find ------------------------------------------------------------------------------------

Put = Callable[..., None]
Found = Callable[..., Rows]
UNCLEAR = {"agency": "辛局", "year": 2020, "province": "江苏省", "city": "南京市", "county": "六合区"}
"""A report whose authority is not in the registry."""


@pytest.fixture
def held(site: Site) -> Iterator[sqlite3.Connection]:
    """The published database in memory, without its reports."""
    with closing(sqlite3.connect(":memory:")) as connection:
        with closing(site.connect()) as published_one:
            published_one.backup(connection)
        connection.execute("DELETE FROM report_summary")
        connection.execute("DELETE FROM reports")
        connection.row_factory = sqlite3.Row
        connection.create_function("code_label", 3, lambda _, code, __: code)
        yield connection


@pytest.fixture
def put(held: sqlite3.Connection) -> Put:
    """``put(id, column=…)``: a report, current unless told otherwise, in ``reports`` and, if it is, in the summary."""

    def inserted(name: str, **said: object) -> None:
        about: dict[str, object] = {"label": f"{said.get('agency')} {said.get('year')}", "current": 1, **said}
        about |= {"source_file": name, "source_format": "text", "sha256": name, "evidence": "[]"}
        about |= {"source_kind": "unknown", "abridged": 0, "includes_lower": "unstated", "form": "2021"}
        for table, key in (("reports", "id"), ("report_summary", "report"))[: 2 if about["current"] else 1]:
            columns = {row["name"] for row in held.execute(f"PRAGMA table_info({table})")}
            row = {key: name, **{column: value for column, value in about.items() if column in columns}}
            marks = ", ".join(f":{column}" for column in row)
            held.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", row)

    return inserted


@pytest.fixture
def found(held: sqlite3.Connection) -> Found:
    """``found(page, query, parameter=…)``: the rows of a query of a page."""

    def rows(page: str, query: str, **given: object) -> Rows:
        statement = statement_in(PAGES / page / "queries" / f"{query}.sql")
        return [dict(row) for row in held.execute(statement, given)]

    return rows


def told(rows: Rows, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


def test_a_row_is_called_by_all_that_it_is_about(found: Found) -> None:
    nothing = dict.fromkeys(("item", "measure", "channel"))
    for given, zh, en in (
        ({"item": "received"}, "一、本年新收政府信息公开申请数量", "1. Requests newly received this year"),
        (
            {"item": "licence", "measure": "decisions"},
            "行政许可, 处理决定数量",
            "Administrative licences, Decisions taken",
        ),
        ({"channel": "lawsuit_direct"}, "未经复议直接起诉", "Lawsuits without prior reconsideration"),
        ({"channel": "web_message"}, "网民留言", "Messages left on the web"),
        ({}, "", ""),
    ):
        assert told(found("row", "names", **{**nothing, **given}), "name_zh", "name_en") == [(zh, en)]


def test_a_place_has_its_government_first_and_whom_nobody_knows_last(put: Put, found: Found) -> None:
    town: dict[str, object] = {"adcode": "320116", "level": "county", "agency": "南京市六合区人民政府"}
    put("d", **{**town, "agency": "甲中心"}, agency_id="y", year=2019)
    put("g", **{**town, "agency": "甲中心"}, agency_id="x", year=2020)
    put("c", **{**town, "agency": "六合区民政局"}, agency_id="321322-development_reform", year=2020)
    put("b", **town, agency_id="320116-government", year=2021)
    put("a", **town, agency_id="320116-government", year=2020)
    put("e", **{**town, "adcode": "320115"}, year=2020)
    put("f", **town, agency_id="320116-government", year=2007)
    rows = found("division", "reports", adcode="320116", valid_from=2008)
    assert told(rows, "report", "kind", "is_own") == [
        ("a", "government", 1), ("b", "government", 1), ("c", "department", 0),
        ("g", None, None), ("d", None, None),
    ]  # fmt: skip


def test_the_texts_of_one_authority_and_year_are_those_of_one_place(put: Put, found: Found) -> None:
    put("a", **UNCLEAR)
    put("b", **UNCLEAR, current=0, superseded_by="a", published="2021-03-01")
    put("c", **UNCLEAR, current=0, superseded_by="a", published="2021-02-01")
    put("other-county", **{**UNCLEAR, "county": "江宁区"})
    put("other-city", **{**UNCLEAR, "city": "苏州市"})
    put("other-province", **{**UNCLEAR, "province": "浙江省"})
    put("other-year", **{**UNCLEAR, "year": 2021})
    put("known", **UNCLEAR, agency_id="x")
    put("known-too", **{**UNCLEAR, "county": None}, agency_id="x")
    put("another", **UNCLEAR, agency_id="y")
    assert told(found("report", "texts", report="a"), "id", "is_superseding") == [("c", 0), ("b", 0)]
    assert told(found("report", "texts", report="b"), "id", "is_superseding") == [("a", 1), ("c", 0)]
    assert told(found("report", "texts", report="known"), "id", "current") == [("known-too", 1)]
    assert told(found("report", "years", report="a"), "id", "year") == [("other-year", 2021)]
    put("later", **{**UNCLEAR, "year": 2022}, agency_id="x")
    put("later-old", **{**UNCLEAR, "year": 2022}, agency_id="x", current=0)
    assert told(found("report", "years", report="known"), "id", "year") == [("later", 2022)]


def test_differences_of_two_texts_stand_by_subject(held: sqlite3.Connection, found: Found) -> None:
    requests, challenges = "applications-received-total", "reviews-reconsideration-total"
    for subject, value in ((challenges, None), ("odd", 2), (requests, 4)):
        row = ("a", subject, "b", value, 5, value is not None, 1)
        held.execute("INSERT INTO superseded_differences VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    rows = found("report", "differences", report="a")
    assert told(rows, "fragment", "here", "there", "is_here", "is_there") == [
        (requests, 4, 5, 1, 1), (challenges, None, 5, 0, 1), ("odd", 2, 5, 1, 1),
    ]  # fmt: skip
    assert told(rows[1:], "label_zh") == [("行政复议·总计",), ("odd",)]
    assert found("report", "differences", report="b") == []


def test_the_newest_reports_are_told_by_the_day_that_they_were_published_or_else_fetched(
    put: Put, found: Found
) -> None:
    put("a", agency="甲", year=2019, published="2021-03-01")
    put("b", agency="乙", year=2020, published="2021-03-01T08:00", agency_id="320116-government")
    put("c", agency="丙", year=2020, retrieved="2021-04-02T10:00:00Z")
    put("d", agency="丁", year=2020, published="2021-03-02", retrieved="2025-01-01")
    put("e", agency="戊", year=2020, published="2021-05-01", current=0)
    put("f", agency="己", year=2020)
    put("g", agency="庚", year=2020)
    put("h", agency="辛", year=2020)
    rows = found("home", "newest")
    assert told(rows, "id", "day") == [
        ("c", "2021-04-02"), ("d", "2021-03-02"), ("b", "2021-03-01"), ("a", "2021-03-01"), ("f", None), ("g", None),
    ]  # fmt: skip
    assert [row["id"] for row in rows if row["name_en"]] == ["b"]
    assert told(found("feeds", "reports"), "path", "day") == [
        ("/gongkai/reports/d", "2025-01-01"),
        ("/gongkai/reports/c", "2021-04-02"),
        ("/gongkai/reports/a", "2021-03-01"),
        ("/gongkai/reports/b", "2021-03-01"),
    ]
