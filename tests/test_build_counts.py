"""What the build counts and adds up at its end is what the rows say, added up one by one."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from build import forms
from build.pipeline import Means
from build.publish import schema, views
from build.publish.counts import write_counts
from build.publish.counts_changed import change_counts

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
        opened.commit()
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
    connection.rollback()


# After a change ------------------------------------------------------------------------------------------------------

OF_A_REPORT = tuple(
    table for table in schema.OF_REPORTS if "report" in table.columns and table.name not in ("problems", "coverage")
)
SUMMARISED = ("reports", "id"), ("report_summary", "report")


def of_identity(changed: str) -> tuple[str, ...]:
    return tuple(f"UPDATE {table} SET {changed} WHERE {key} = :report" for table, key in SUMMARISED)


def copied(table: schema.Table, key: str) -> str:
    """A report's rows of a table once more, for the report ``{twin}``."""
    columns = ", ".join(column for column in table.columns if column != key)
    chosen = f"SELECT {{twin}}, {columns} FROM {table.name} WHERE {key} = :report"
    return f"INSERT OR IGNORE INTO {table.name} ({key}, {columns}) {chosen}"


def twin(letter: str) -> tuple[str, ...]:
    tables = ((schema.REPORTS, "id"), *((table, "report") for table in OF_A_REPORT))
    return tuple(copied(table, key).format(twin=f"'{letter}' || :report") for table, key in tables)


TWINS = {"has a twin before it": "0", "has a twin behind it": "z"}
"""What comes beside a report that stays as it is → the letter that its id has before that one's."""


CHANGES = {
    "goes": (
        "DELETE FROM reports WHERE id = :report",
        *(f"DELETE FROM {table.name} WHERE report = :report" for table in OF_A_REPORT),
    ),
    "is superseded": (
        "UPDATE reports SET current = 0 WHERE id = :report",
        "DELETE FROM report_summary WHERE report = :report",
    ),
    **{step: twin(letter) for step, letter in TWINS.items()},
    "loses its year": of_identity("year = NULL"),
    "is of another year": of_identity("year = 2019"),
    "loses its level": of_identity("level = NULL"),
    "speaks of its region": of_identity("scope = 'region', level = 'county'"),
    "is 伊犁": of_identity("scope = 'region', level = 'prefecture', adcode = '654000', year = 2020"),
    "is 塔城": of_identity("scope = 'region', level = 'prefecture', adcode = '654200', year = 2020"),
    "lies in 阿勒泰": of_identity("scope = 'region', level = 'county', adcode = '654301', year = 2020"),
    "loses figures": (
        "UPDATE applications SET total = NULL, business = NULL WHERE report = :report",
        "UPDATE applications_by_outcome SET total = NULL WHERE report = :report",
        "UPDATE report_summary SET received = NULL WHERE report = :report",
    ),
    "has zeros": (
        "UPDATE applications SET total = 0, business = 0 WHERE report = :report",
        "UPDATE applications_by_outcome SET total = 0 WHERE report = :report",
    ),
    "loses items": ("DELETE FROM applications WHERE report = :report AND item > 'r'",),
    "loses outcomes": ("DELETE FROM applications_by_outcome WHERE report = :report AND outcome > 'n'",),
    "is inferred": ("UPDATE applications SET placement = 'inferred' WHERE report = :report",),
    "fails": ("UPDATE checks SET status = 'fails', on_inferred = rowid % 2 WHERE report = :report",),
    "holds": ("UPDATE checks SET status = 'holds' WHERE report = :report",),
    "loses its hotline": ("DELETE FROM hotline WHERE report = :report",),
}
"""What becomes of a report → statements that make it so."""

NEXT_TO = {
    "an authority": "UPDATE agencies SET kind = iif(kind = 'government', 'other', 'government') WHERE id = :agency",
    "problems": "UPDATE problems SET severity = 'error', code = 'another' WHERE source_file = :file",
    "no problems": "DELETE FROM problems WHERE source_file = :file",
    "coverage": "UPDATE coverage SET status = 'unreadable' WHERE adcode = :adcode",
    "no coverage": "DELETE FROM coverage WHERE adcode = :adcode",
}
"""What changes besides the rows of a report."""


COMPARABLE = """
UPDATE report_summary SET scope = 'region' WHERE agency = '东明县人民政府';
UPDATE report_summary SET scope = 'region', adcode = '654200' WHERE agency = '南昌市人民政府' AND year = 2020;
"""
"""Reports that stand in the view ``comparable``, one of them for as long as 伊犁 has none."""


@pytest.fixture(scope="module")
def changing(connection: sqlite3.Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """The collection as it is, and as it was, attached. Whoever changes it takes that back."""
    place = tmp_path_factory.mktemp("changing")
    for name in ("old.db", "new.db"):
        with closing(sqlite3.connect(place / name)) as copy, copy:
            connection.backup(copy)
            copy.executescript(COMPARABLE)
            write_counts(copy)
    with closing(sqlite3.connect(place / "new.db")) as opened:
        opened.row_factory = sqlite3.Row
        opened.execute("ATTACH ? AS old", (str(place / "old.db"),))
        yield opened


def told(connection: sqlite3.Connection) -> dict[str, list[Row]]:
    return {table.name: sorted(rows_in(connection, table.name), key=repr) for table in schema.COUNTS}


Step = tuple[str, int]
"""What becomes of which report, by the order of their ids."""


@contextmanager
def changed(connection: sqlite3.Connection, *steps: Step) -> Iterator[None]:
    """The collection after these changes, with counts that have followed them."""
    found = "SELECT id AS report, agency_id AS agency, source_file AS file, adcode FROM old.reports ORDER BY id"
    reports = [dict(row) for row in connection.execute(found)]
    touched = [reports[number % len(reports)] for _, number in steps]
    try:
        for (step, _), report in zip(steps, touched, strict=True):
            for statement in CHANGES[step] if step in CHANGES else (NEXT_TO[step],):
                connection.execute(statement, report)
        ids = [f"{TWINS.get(step, '')}{report['report']}" for (step, _), report in zip(steps, touched, strict=True)]
        agencies = {report["agency"] for report in touched if report["agency"] is not None}
        change_counts(connection, ids, {report["file"] for report in touched}, agencies)
        yield
    finally:
        connection.rollback()


def assert_counted(connection: sqlite3.Connection) -> None:
    """The counts are those of a collection that is counted anew."""
    found = told(connection)
    write_counts(connection)
    assert found == told(connection)


@pytest.mark.parametrize("step", [*CHANGES, *NEXT_TO])
def test_counts_follow_a_change_of_every_report(changing: sqlite3.Connection, step: str) -> None:
    with changed(changing, *((step, number) for number in range(len(TEXTS)))):
        assert_counted(changing)


steps = st.tuples(st.sampled_from((*CHANGES, *NEXT_TO)), st.integers(0, len(TEXTS) - 1))


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, min_size=1, max_size=5))
def test_counts_follow_any_changes(changing: sqlite3.Connection, history: list[Step]) -> None:
    with changed(changing, *history):
        assert_counted(changing)


def comparable(connection: sqlite3.Connection) -> tuple[int, set[tuple[str, str]]]:
    """How many comparable reports the counts tell of, and authority and id of those that there are."""
    (rows,) = connection.execute("SELECT rows FROM row_counts WHERE table_name = 'comparable'").fetchone()
    return rows, {(row["agency"], row["report"]) for row in rows_in(connection, "comparable")}


def number_of(connection: sqlite3.Connection, agency: str, year: int | None) -> int:
    reports = connection.execute("SELECT agency, year, current FROM old.reports ORDER BY id").fetchall()
    return [tuple(row) for row in reports].index((agency, year, 1))


def test_what_a_report_keeps_from_being_comparable_is_counted_too(changing: sqlite3.Connection) -> None:
    rows, before = comparable(changing)
    assert rows == len(before) == 3
    with changed(changing, ("is 伊犁", number_of(changing, "东明县财政局", None))):
        assert comparable(changing)[0] == 2
        assert_counted(changing)
    with changed(changing, ("has a twin before it", number_of(changing, "东明县人民政府", 2021))):
        rows, after = comparable(changing)
        assert rows == 3 and after != before
        assert_counted(changing)
    with changed(changing, ("an authority", number_of(changing, "东明县人民政府", 2021))):
        assert comparable(changing)[0] == 1
        assert_counted(changing)


def sums(connection: sqlite3.Connection, place: str) -> set[tuple[Any, ...]]:
    found = connection.execute(f"SELECT requests, reports_with_figure FROM outcome_sums WHERE {place}")
    return {tuple(row) for row in found}


def test_a_sum_of_no_figures_is_blank_again(changing: sqlite3.Connection) -> None:
    """南昌市 is alone with its level and scope."""
    place = "level = 'prefecture' AND scope = 'region'"
    only = number_of(changing, "南昌市人民政府", 2020)
    with changed(changing, ("loses figures", only)):
        assert sums(changing, place) == {(None, 0)}
    with changed(changing, ("has zeros", only)):
        assert sums(changing, place) == {(0, 1)}
    with changed(changing, ("is superseded", only)):
        assert sums(changing, place) == set()


def test_what_has_not_changed_is_not_counted_again(changing: sqlite3.Connection) -> None:
    changing.execute("UPDATE report_counts SET reports = 1000 WHERE year IS NULL")
    changing.execute("UPDATE value_counts SET rows = 1000 WHERE column_name = 'year' AND value = '2020'")
    with changed(changing, ("is superseded", number_of(changing, "东明县人民政府", 2021))):
        assert [row["reports"] for row in rows_in(changing, "report_counts") if row["year"] is None] == [1000]
        values = [
            row for row in rows_in(changing, "value_counts") if (row["column_name"], row["value"]) == ("year", "2020")
        ]
        assert {row["rows"] for row in values if row["table_name"] in ("reports", "checks_full")} == {1000}
