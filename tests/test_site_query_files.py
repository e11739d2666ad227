"""Query files: each is one statement that the database understands, is used, and reads well in an editor."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from gongkai_site.metadata import QUERY_ENDING, published
from gongkai_site.queries import queries_in, statement_in

from .site_server import ROOT, Site, written

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
