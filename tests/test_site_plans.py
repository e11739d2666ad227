"""No question goes through a table that grows with the collection, but for those named here and why.

SQLite tells in its own instructions which tables a statement goes through from end to end. The plan is made as for a
large collection: without statistics, SQLite takes every table for one of a million rows.
"""

from __future__ import annotations

import re
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing

import pytest

from build.publish import schema

from .site_server import ROOT, Site, published

if str(ROOT / "plugins") not in sys.path:
    sys.path.append(str(ROOT / "plugins"))

import search_grams

GROWING = {table.name for table in schema.OF_REPORTS}
QUERIES = {name: about["sql"] for name, about in published()["queries"].items()}

NAMES = "a part of a name may stand in any name"
IN_ORDER = "the rows come in the order of an index, and end with the page"
FIRST_ONE = "the first row of an index"
COMPARED = "adds up or counts comparable areas of all years, which nothing holds summed up"
ALL_DIVISIONS = "a table of divisions and years, which does not grow with the reports"

EXCEPTIONS: Mapping[str, Mapping[str, str]] = {
    "authority_over_years": {"report_summary": NAMES},
    "biggest_changes": {"report_summary": "the last year that has one before it, met at the beginning of an index"},
    "challenges_by_year": {"report_summary": COMPARED},
    "compare_authorities": {"report_summary": NAMES},
    "compare_two_reports": {"report_summary": FIRST_ONE, "reports": "only where no report is of that year and level"},
    "coverage_by_province": {"coverage": ALL_DIVISIONS},
    "demand_on_a_balanced_panel": {"report_summary": COMPARED},
    "hotline_volume": {"reports": IN_ORDER},
    "information_fees": {"reports": IN_ORDER},
    "same_as_last_year": {"report_similarity": IN_ORDER},
    "search_text": {"reports": IN_ORDER},
    "section_three_as_printed": {"report_summary": FIRST_ONE},
    "who_is_missing": {"coverage": FIRST_ONE},
}
"""Question → table that it goes through → why that is as it should be, or cannot be helped."""


@pytest.fixture(scope="module")
def connection(site: Site) -> Iterator[sqlite3.Connection]:
    """The database of the site in memory, of which SQLite does not know how small it is."""
    with closing(site.connect()) as source, closing(sqlite3.connect(":memory:")) as copy:
        source.backup(copy)
        copy.execute("DELETE FROM sqlite_stat1")
        copy.execute("ANALYZE sqlite_master")
        search_grams.prepare_connection(copy)
        yield copy


def gone_through(connection: sqlite3.Connection, statement: str) -> set[str]:
    """The tables that ``statement`` goes through from one end to the other, by themselves or by an index."""
    tables = dict(connection.execute("SELECT rootpage, tbl_name FROM sqlite_master WHERE rootpage > 0"))
    given = dict.fromkeys(re.findall(r"(?<![:\w]):([a-z_]+)", statement), "")
    opened: dict[int, str] = {}
    begun: defaultdict[int, set[int]] = defaultdict(set)
    found = set()
    steps = connection.execute(f"EXPLAIN {statement}", given).fetchall()
    for address, operation, cursor, other, *_ in steps:
        if operation == "OpenRead" and other in tables:
            opened[cursor] = tables[other]
        elif operation in ("Rewind", "Last"):
            begun[cursor] |= {address + 1, address + 2}
    for _, operation, cursor, back_to, *_ in steps:
        if operation in ("Next", "Prev") and back_to in begun[cursor] and cursor in opened:
            found.add(opened[cursor])
    return found


@pytest.mark.parametrize("name", QUERIES)
def test_a_question_goes_through_no_table_that_grows(connection: sqlite3.Connection, name: str) -> None:
    assert gone_through(connection, QUERIES[name]) & GROWING == set(EXCEPTIONS.get(name, {}))


@pytest.mark.parametrize(
    ("statement", "tables"),
    [
        ("SELECT * FROM reports ORDER BY title", {"reports"}),
        ("SELECT count(*) FROM checks GROUP BY rule", {"checks"}),
        ("SELECT * FROM reports WHERE id = :id", set()),
        ("SELECT s.* FROM report_summary s JOIN reports r ON r.id = s.report WHERE s.year = 2023", set()),
    ],
)
def test_going_through_a_table_is_seen(connection: sqlite3.Connection, statement: str, tables: set[str]) -> None:
    assert gone_through(connection, statement) & GROWING == tables
