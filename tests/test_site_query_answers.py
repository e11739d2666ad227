"""Whole answers of the query files, stated by hand, from a small database that holds what can go wrong."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
import search_grams
from gongkai_site.queries import statement_in

from build.publish import schema, views
from build.publish.counts import write_counts
from build.publish.search_facts import write_facts
from build.publish.search_index import create_index, sections_from

from .site_server import ROOT

STATED = ROOT / "tests" / "data" / "questions"
SITE = ROOT / "plugins" / "gongkai_site"
PLACES = {
    "queries": ROOT / "queries",
    "queries/plain": ROOT / "queries" / "plain",
    "description": SITE / "description" / "queries",
}
PAGES = SITE / "pages"
APART = re.compile(r"\s{2,}")
PARAMETER = re.compile(r":([a-z_]+)")
NAMED_INDEX = re.compile(r"INDEXED BY (\w+)")
NOTHING, EMPTY, ONLY = "-", "''", "only "

Line = list[str]


class Block(NamedTuple):
    """Lines that stand together: what they are about, and below that columns with their rows."""

    about: str
    columns: Line
    rows: Sequence[Line]


def blocks_in(file: Path) -> Iterator[Block]:
    """The blocks of a file, which blank lines part; lines that begin with # are for people."""
    lines = (line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    for block in re.split(r"\n{2,}", "\n".join(lines).strip()):
        about, *table = block.splitlines()
        columns, *rows = [APART.split(line.strip()) for line in table] or [[]]
        assert [row for row in rows if len(row) != len(columns)] == [], about
        yield Block(about, columns, rows)


def value_of(words: str) -> str | None:
    """What is put into the database for ``words``; the column makes a number of it where it holds numbers."""
    return None if words == NOTHING else words.replace(EMPTY, "").replace("\\n", "\n")


def words_of(value: object) -> str:
    """How ``value`` is stated."""
    return NOTHING if value is None else str(value).replace("\n", "\\n") or EMPTY


# The database ------------------------------------------------------------------------------------------------------


def create_tables(connection: sqlite3.Connection) -> None:
    """Tables and views as they are published, of the indexes only those that a query names: rows lie as they came."""
    named = {name for file in PLACES["queries"].glob("*.sql") for name in NAMED_INDEX.findall(statement_in(file))}
    for table in schema.TABLES:
        columns = ", ".join(f"[{name}] {kind}" for name, kind in table.columns.items())
        connection.execute(f"CREATE TABLE [{table.name}] ({columns}, PRIMARY KEY ({', '.join(table.primary_key)}))")
        for indexed in (*table.indexes, *table.partial_indexes.values()):
            name = f"idx_{table.name}_{'_'.join(indexed)}"
            if name in named:
                connection.execute(f"CREATE INDEX {name} ON {table.name} ({', '.join(indexed)})")
    for view in views.VIEWS:
        connection.execute(f"CREATE VIEW [{view.name}] AS {view.sql}")


def insert(connection: sqlite3.Connection, table: str, row: Mapping[str, str | None]) -> None:
    """Insert ``row``, as far as ``table`` has its columns."""
    columns = [name for name in row if name in schema.BY_NAME[table].columns]
    marks = ", ".join(f":{name}" for name in columns)
    connection.execute(f"INSERT INTO [{table}] ({', '.join(columns)}) VALUES ({marks})", row)


def is_there(connection: sqlite3.Connection, table: str, key: str, row: Mapping[str, str | None]) -> bool:
    """Whether ``table`` has a row of this key."""
    return connection.execute(f"SELECT 1 FROM [{table}] WHERE {key} = :{key}", row).fetchone() is not None


def put(connection: sqlite3.Connection, table: str, row: Mapping[str, str | None]) -> None:
    """Put a row of held.txt into the database: a report in the summary too, where it is current.

    What is told of a report that is there is filled in.
    """
    key = {"reports": "id", "report_summary": "report"}.get(table)
    if key is not None and is_there(connection, table, key, row):
        told = ", ".join(f"{name} = :{name}" for name in row)
        connection.execute(f"UPDATE [{table}] SET {told} WHERE {key} = :{key}", row)
    elif table == "reports":
        about = {**row, "report": row["id"], "label": row["label"] or f"{row['agency']} {row['year']}"}
        insert(connection, table, about)
        if row["current"] == "1":
            insert(connection, "report_summary", about)
    else:
        insert(connection, table, row)


@pytest.fixture(scope="module")
def held() -> Iterator[sqlite3.Connection]:
    """The database of held.txt, counted and indexed as a build does it."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.row_factory = sqlite3.Row
        connection.create_function("code_label", 3, lambda of, code, language: code and f"{of}:{code}:{language}")
        search_grams.prepare_connection(connection)
        create_tables(connection)
        for block in blocks_in(STATED / "held.txt"):
            for row in block.rows:
                put(connection, block.about, dict(zip(block.columns, map(value_of, row), strict=True)))
        create_index(connection, sections_from(connection))
        write_facts(connection)
        write_counts(connection)
        connection.commit()
        yield connection


# The answers -------------------------------------------------------------------------------------------------------


class Asked(NamedTuple):
    """A query of ``file`` with its parameters, and the answer that it must give."""

    file: Path
    given: Mapping[str, str]
    columns: Line
    rows: Sequence[Line]
    without: Sequence[str]
    empty: Sequence[str]
    only: Mapping[str, str]


def file_of(name: str) -> Path:
    """The file of a query by its name in answers.txt: of a page, or of another place where queries lie."""
    place, _, query = name.rpartition("/")
    return PLACES.get(place, PAGES / place / "queries") / f"{query}.sql"


def asked_in(file: Path) -> Iterator[Asked]:
    """What answers.txt states.

    Behind a query stand its parameters; `without=` reports that the summary lacks for once, `empty=` a table that
    holds nothing; `only COLUMN=` where the rows are those that have this value.
    """
    for block in blocks_in(file):
        name, *told = APART.split(block.about)
        given = dict(each.split("=", 1) for each in told)
        without, empty = (given.pop(word, "").split(",") for word in ("without", "empty"))
        only = {key.removeprefix(ONLY): given.pop(key) for key in [*given] if key.startswith(ONLY)}
        yield Asked(file_of(name), given, block.columns, block.rows, without, empty, only)


def answer_to(asked: Asked, statement: str, held: sqlite3.Connection) -> list[Line]:
    """The rows that ``held`` answers, as they are stated; sorted where the query leaves their order open."""
    told = {name: value_of(words) for name, words in asked.given.items()}
    given = {**dict.fromkeys(PARAMETER.findall(statement), ""), **told}
    held.executemany("DELETE FROM report_summary WHERE report = ?", [(report,) for report in asked.without])
    for table in filter(None, asked.empty):
        held.execute(f"DELETE FROM [{table}]")
    rows = held.execute(statement, given).fetchall()
    held.rollback()
    chosen = (row for row in rows if all(words_of(row[name]) == words for name, words in asked.only.items()))
    return in_order([[words_of(row[name]) for name in asked.columns] for row in chosen], statement)


def in_order(rows: Sequence[Line], statement: str) -> list[Line]:
    """``rows`` as they came where ``statement`` has an order for them, else sorted."""
    return list(rows) if "ORDER BY" in statement else sorted(rows)


ASKED = [*asked_in(STATED / "answers.txt")]
FILES = sorted({asked.file for asked in ASKED})


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_query_answers_what_was_worked_out_by_hand(held: sqlite3.Connection, file: Path) -> None:
    statement = statement_in(file)
    for asked in ASKED:
        if asked.file == file:
            assert answer_to(asked, statement, held) == in_order(asked.rows, statement), asked.given


def test_an_answer_of_every_query_is_stated_and_every_column_of_every_question(held: sqlite3.Connection) -> None:
    assert sorted([*SITE.rglob("*.sql"), *PLACES["queries"].rglob("*.sql")]) == FILES
    for file in PLACES["queries"].rglob("*.sql"):
        stated = {column for asked in ASKED if asked.file == file for column in asked.columns}
        statement = statement_in(file)
        answered = held.execute(statement, dict.fromkeys(PARAMETER.findall(statement), "")).description
        assert {column for column, *_ in answered} == stated, file.name
