"""What the build counts and adds up at its end is what the rows say, added up one by one."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from build import forms
from build.pipeline import Means
from build.publish import schema, views
from build.publish.counts import write_counts

from .assertions import ROOT
from .build_histories import built, small_report, texts_of

Row = dict[str, Any]

TEXTS = (
    small_report("东明县人民政府", 2020, "全年12345热线受理工单812件,办结800件,办结率98.5%。"),
    small_report("东明县人民政府", 2020, "另一份。"),
    small_report("东明县人民政府", 2021, received=77),
    small_report("东明县财政局", 2020),
    small_report("南昌市人民政府", 2020, received=78),
    small_report("南昌市人民政府", 2021),
    small_report("鼓楼区人民政府", 2021),
)
"""Two texts of one report, figures that do not add up within a report and from year to year, several levels."""

ODDITIES = (
    "UPDATE {table} SET year = NULL WHERE agency = '东明县财政局'",
    "UPDATE {table} SET level = NULL WHERE agency = '鼓楼区人民政府'",
    "UPDATE {table} SET scope = NULL WHERE agency = '南昌市人民政府' AND year = 2021",
)
BLANKS = (
    "UPDATE applications SET total = NULL WHERE item = 'unavailable_not_held' AND report > 'f'",
    "UPDATE applications SET business = NULL WHERE item = 'received'",
    "UPDATE applications SET placement = 'inferred' WHERE item = 'received'",
    "DELETE FROM applications WHERE item = 'withheld_third_party'",
    "UPDATE checks SET status = 'explained' WHERE rowid % 7 = 0",
    "UPDATE checks SET status = 'fails', on_inferred = 1 WHERE rowid % 11 = 0",
)
"""What reports may lack, which these do not."""


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """A small collection with everything that may be missing, counted."""
    place = tmp_path_factory.mktemp("counts")
    built(texts_of(place / "reports", TEXTS), place / "gongkai.db", Means())
    with closing(sqlite3.connect(place / "gongkai.db")) as opened:
        opened.row_factory = sqlite3.Row
        for statement in ODDITIES:
            opened.execute(statement.format(table="reports"))
            opened.execute(statement.format(table="report_summary"))
        for statement in BLANKS:
            assert opened.execute(statement).rowcount, statement
        write_counts(opened)
        yield opened


def rows_in(connection: sqlite3.Connection, name: str) -> list[Row]:
    return [dict(row) for row in connection.execute(f"SELECT * FROM [{name}]")]


def answers(connection: sqlite3.Connection, query: str, **given: str) -> list[Row]:
    """The rows of a canned query; what is not given is blank."""
    statement = (ROOT / "queries" / f"{query}.sql").read_text(encoding="utf-8")
    return [dict(row) for row in connection.execute(statement, Blank(given))]


class Blank(dict[str, str]):
    """Parameters of which every one that is not given is blank."""

    def __missing__(self, key: str) -> str:
        return ""


def place_of(row: Row) -> tuple[Any, ...]:
    return row["year"], row["level"], row["scope"]


def collected(connection: sqlite3.Connection) -> dict[tuple[Any, ...], list[Row]]:
    """The current reports of each year, level and scope."""
    found = defaultdict(list)
    for row in rows_in(connection, "report_summary"):
        found[place_of(row)].append(row)
    return found


def figures_of(connection: sqlite3.Connection, table: str, key: str, column: str) -> dict[tuple[str, str], Any]:
    return {(row["report"], row[key]): row[column] for row in rows_in(connection, table)}


def summed(reports: list[Row], figures: dict[tuple[str, str], Any], code: str) -> tuple[Any, int, int]:
    """The sum, how many reports have a figure, how many have none; no sum where level or scope is unclear."""
    held = [found for row in reports if (found := figures.get((row["report"], code))) is not None]
    clear = reports[0]["level"] is not None and reports[0]["scope"] is not None
    return (sum(held) if held and clear else None), len(held), len(reports) - len(held)


SUMS = {
    "request_outcomes": ("applications_by_outcome", "outcome", "outcomes", "outcome_zh", ()),
    "withholding_grounds": ("applications", "item", "items", "item_zh", ("withheld",)),
    "unavailable_and_not_processed": ("applications", "item", "items", "item_zh", ("unavailable", "not_processed")),
}
"""Query → table of figures, its key, the lookup of the key, the column that names it, item groups (none: all)."""


@pytest.mark.parametrize("query", SUMS)
def test_sums_of_a_query_are_those_of_the_rows(connection: sqlite3.Connection, query: str) -> None:
    table, key, lookup, named, groups = SUMS[query]
    figures = figures_of(connection, table, key, "total")
    expected = {
        (*place, code["label_zh"]): summed(reports, figures, code["code"])
        for place, reports in collected(connection).items()
        for code in rows_in(connection, lookup)
        if not groups or code["item_group"] in groups
    }
    found = {
        (*place_of(row), row[named]): (row["requests"], row["reports_with_figure"], row["reports_without_figure"])
        for row in answers(connection, query, year="all")
    }
    assert found == expected
    assert {place[0] for place in found} == {None, 2020, 2021}


def test_sums_by_applicant_are_those_of_the_rows(connection: sqlite3.Connection) -> None:
    expected = {
        (*place, column.code): summed(reports, figures_of(connection, "applications", "item", column.code), "received")
        for place, reports in collected(connection).items()
        for column in forms.APPLICANTS
    }
    found = {
        (*place_of(row), row["applicant"]): (
            row["requests"],
            row["reports_with_figure"],
            row["reports_without_figure"],
        )
        for row in answers(connection, "who_asks", year="all")
    }
    assert found == expected


def test_inferred_figures_are_counted_apart(connection: sqlite3.Connection) -> None:
    current = {row["report"]: place_of(row) for row in rows_in(connection, "report_summary")}
    expected = Counter(
        (*current[row["report"]], row["item"])
        for row in rows_in(connection, "applications")
        if row["report"] in current and row["placement"] == "inferred" and row["total"] is not None
    )
    found = {
        (*place_of(row), row["item"]): row["inferred_reports"]
        for row in rows_in(connection, "request_sums")
        if row["applicant"] == "total" and row["inferred_reports"]
    }
    assert found == expected and found


def test_reports_are_counted_by_what_they_have(connection: sqlite3.Connection) -> None:
    with_hotline = {row["report"] for row in rows_in(connection, "hotline")}
    expected = {
        place: (
            len(reports),
            sum(bool(row["abridged"]) for row in reports),
            sum(row["received"] is not None for row in reports),
            sum(row["reconsiderations"] is not None for row in reports),
            sum(row["report"] in with_hotline for row in reports),
        )
        for place, reports in collected(connection).items()
    }
    columns = ("reports", "abridged_reports", "with_requests", "with_reconsiderations", "with_hotline")
    found = {place_of(row): tuple(row[column] for column in columns) for row in answers(connection, "what_is_here")}
    assert found == expected


@pytest.mark.parametrize("year", ["", "2020", "2021", "1999"])
def test_checks_are_counted_by_rule(connection: sqlite3.Connection, year: str) -> None:
    years = {row["id"]: row["year"] for row in rows_in(connection, "reports") if row["current"]}
    checks = [row for row in rows_in(connection, "checks") if row["report"] in years and row["status"] != "holds"]
    chosen = int(year) if year else max(years[row["report"]] or 0 for row in checks)
    expected: dict[str, Counter[str]] = defaultdict(Counter)
    reports = defaultdict(set)
    for row in checks:
        if years[row["report"]] == chosen:
            expected[row["rule"]][f"{row['status']}{row['on_inferred'] if row['status'] == 'fails' else ''}"] += 1
            reports[row["rule"]].add(row["report"])
    found = {row["rule"]: row for row in answers(connection, "checks_by_rule", year=year)}
    assert found.keys() == expected.keys()
    for rule, row in found.items():
        told = (row["fails"], row["fails_on_inferred"], row["explained"], row["unknown"], row["reports"])
        counted = expected[rule]
        each = (counted["fails0"], counted["fails1"], counted["explained"], counted["unknown"], len(reports[rule]))
        assert told == each, rule


@pytest.mark.parametrize("year", ["", "2020", "all"])
def test_every_failing_check_is_told_once_and_in_order(connection: sqlite3.Connection, year: str) -> None:
    failing = [row for row in rows_in(connection, "checks_full") if row["status"] == "fails"]
    latest = max(row["year"] or 0 for row in failing)
    chosen = [row for row in failing if year == "all" or row["year"] == (int(year) if year else latest)]
    chosen.sort(
        key=lambda row: (
            row["rule_kind"] == "across years",
            row["on_inferred"],
            -(row["year"] or 0),
            row["agency"],
            row["report"],
            row["rule"],
            row["subject"],
        )
    )
    found = answers(connection, "relations_that_do_not_add_up", year=year)
    assert [row["report_url"] for row in found] == [row["report_url"] for row in chosen]
    assert [row["on_inferred"] for row in found] == [row["on_inferred"] for row in chosen]
    assert found


@pytest.mark.parametrize("query", ["requests_received", "disclosure_rates", "reconsideration_outcomes"])
@pytest.mark.parametrize("year", ["", "2020", "all"])
def test_lists_hold_every_current_report_of_the_year(connection: sqlite3.Connection, query: str, year: str) -> None:
    reports = rows_in(connection, "report_summary")
    latest = max(row["year"] or 0 for row in reports)
    expected = [row["report"] for row in reports if year == "all" or row["year"] == (int(year) if year else latest)]
    found = [
        row["report_url"].split("/")[-1].split("#")[0] for row in answers(connection, query, year=year, level="all")
    ]
    assert sorted(found) == sorted(expected)


COUNTED = (
    *(table.name for table in schema.TABLES if table not in schema.COUNTS),
    *(view.name for view in views.VIEWS),
)


def test_a_count_for_every_table_and_view(connection: sqlite3.Connection) -> None:
    assert [row["table_name"] for row in rows_in(connection, "row_counts")] == list(COUNTED)


@pytest.mark.parametrize("name", [name for name in COUNTED if name not in {table.name for table in schema.LOOKUPS}])
def test_rows_and_their_values_are_counted(connection: sqlite3.Connection, name: str) -> None:
    rows = rows_in(connection, name)
    (told,) = connection.execute("SELECT rows FROM row_counts WHERE table_name = ?", (name,)).fetchone()
    assert told == len(rows)
    stored = "SELECT column_name, value, rows FROM value_counts WHERE table_name = ?"
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for column, value, count in connection.execute(stored, (name,)):
        found[column][value] = count
    for column, counts in found.items():
        assert counts == Counter(str(row[column]) for row in rows if row[column] is not None), column


def test_values_of_what_is_asked_for_most_are_counted(connection: sqlite3.Connection) -> None:
    held = {tuple(row) for row in connection.execute("SELECT DISTINCT table_name, column_name FROM value_counts")}
    for name in ("applications_full", "disclosures_full", "reviews_full", "checks_full", "report_summary"):
        assert (name, "year") in held
    assert not [name for name, _ in held if name in {table.name for table in schema.PLACES}]


def test_counting_again_changes_nothing(connection: sqlite3.Connection) -> None:
    before = {table.name: rows_in(connection, table.name) for table in schema.COUNTS}
    write_counts(connection)
    assert {table.name: rows_in(connection, table.name) for table in schema.COUNTS} == before
