"""What is counted and added up once, at the end of a build, so that no page has to go through the collection.

Sums stand within one year, level and scope, over current reports (the rows of ``report_summary``); where level or scope
is unclear nothing is added. The tables depend on nothing but the other tables of the same database. How a build that
changes a database changes them is in ``counts_changed``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field

from .. import forms
from . import schema, views

DIMENSIONS = frozenset(
    {
        *("year", "level", "scope", "province", "form", "source_kind", "abridged", "current", "agency_kind"),
        *("item", "measure", "channel", "outcome", "rule", "status", "placement", "on_inferred", "number"),
        *("owner", "period", "kind", "unit", "severity", "code", "stage"),
    }
)
"""Columns whose few values tell rows apart: rows are counted by each."""

ALL = "true"


@dataclass(frozen=True, slots=True)
class Groups:
    """A table of ``schema.COUNTS`` of which a row is a group of reports: its place, its ``keys``, its ``figures``.

    ``counted``: SELECTs of the keys, the figures, and how many ``rows`` are behind them; ``{of}`` is the database,
    ``{which}`` a condition of its rows ``s``. ``order``: that of the groups ``g``, for which there may be a
    ``lookup``. ``shown``: figures that stand otherwise in the table than they are added up. ``has_rows``: a condition
    of groups ``g`` that have lost some of their ``rows``, whether any is left.
    """

    name: str
    keys: tuple[str, ...]
    figures: tuple[str, ...]
    counted: tuple[str, ...]
    order: str
    has_rows: str
    lookup: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)

    def counted_in(self, database: str, which: str = ALL) -> str:
        """SQL of the groups of ``database``, over the rows of which ``which`` is true."""
        return " UNION ALL ".join(part.format(of=database, which=which) for part in self.counted)

    def numbered(self, groups: str) -> str:
        """SQL of the table's rows for ``groups``. Those whose year, level or scope is unknown have no key of their own,
        so every row has its place.
        """
        columns = (*(f"g.{key}" for key in self.keys), *(self.shown.get(name, f"g.{name}") for name in self.figures))
        return f"SELECT row_number() OVER (ORDER BY {self.order}), {', '.join(columns)} FROM ({groups}) g {self.lookup}"


PLACE = ("year", "level", "scope")

REPORT_COUNTS = Groups(
    "report_counts",
    PLACE,
    ("reports", "abridged_reports", "with_requests", "with_reconsiderations", "with_hotline"),
    (
        "SELECT s.year, s.level, s.scope, count(*) AS reports, count(nullif(s.abridged, 0)) AS abridged_reports,"
        " count(s.received) AS with_requests, count(s.reconsiderations) AS with_reconsiderations,"
        " count(CASE WHEN s.report IN (SELECT report FROM {of}.hotline) THEN 1 END) AS with_hotline, count(*) AS rows"
        " FROM {of}.report_summary s WHERE {which} GROUP BY s.year, s.level, s.scope",
    ),
    order="g.year, g.level, g.scope",
    has_rows="g.reports > 0",
)

SHOWN_SUM = {
    "requests": "CASE WHEN g.level IS NULL OR g.scope IS NULL OR g.reports_with_figure = 0 THEN NULL"
    " ELSE g.requests END"
}
"""No sum over no figures, which may be blanks: a blank is not 0."""

SAME_PLACE = " AND ".join(f"s.{key} IS g.{key}" for key in PLACE)

TOTAL, ONLY_RECEIVED = "total", "AND a.item = 'received'"
REQUESTS = (
    "SELECT s.year, s.level, s.scope, a.item, '{column}' AS applicant, sum(a.{column}) AS requests,"
    " count(a.{column}) AS reports_with_figure,"
    " count(CASE a.placement WHEN 'inferred' THEN a.{column} END) AS inferred_reports, count(*) AS rows"
    " FROM {{of}}.report_summary s CROSS JOIN {{of}}.applications a ON a.report = s.report {only} WHERE {{which}}"
    " GROUP BY s.year, s.level, s.scope, a.item"
)
APPLICANTS = ", ".join(f"('{column}', {order})" for order, column in enumerate(forms.APPLICATION_COLUMNS))

REQUEST_SUMS = Groups(
    "request_sums",
    (*PLACE, "item", "applicant"),
    ("requests", "reports_with_figure", "inferred_reports"),
    tuple(
        REQUESTS.format(column=column, only="" if column == TOTAL else ONLY_RECEIVED)
        for column in forms.APPLICATION_COLUMNS
    ),
    order="g.year, g.level, g.scope, i.sort_order, n.column2",
    lookup=f"JOIN items i ON i.code = g.item JOIN (VALUES {APPLICANTS}) n ON n.column1 = g.applicant",
    shown=SHOWN_SUM,
    has_rows="g.reports_with_figure > 0 OR EXISTS (SELECT 1 FROM report_summary s CROSS JOIN applications a"
    f" ON a.report = s.report AND a.item = g.item WHERE {SAME_PLACE})",
)
"""The total column of every item; of what was received, each applicant's column besides."""

OUTCOME_SUMS = Groups(
    "outcome_sums",
    (*PLACE, "outcome"),
    ("requests", "reports_with_figure"),
    (
        "SELECT s.year, s.level, s.scope, a.outcome, sum(a.total) AS requests, count(a.total) AS reports_with_figure,"
        " count(*) AS rows FROM {of}.report_summary s JOIN {of}.applications_by_outcome a ON a.report = s.report"
        " WHERE {which} GROUP BY s.year, s.level, s.scope, a.outcome",
    ),
    order="g.year, g.level, g.scope, o.sort_order",
    lookup="JOIN outcomes o ON o.code = g.outcome",
    shown=SHOWN_SUM,
    has_rows="g.reports_with_figure > 0 OR EXISTS (SELECT 1 FROM report_summary s CROSS JOIN applications_by_outcome a"
    f" ON a.report = s.report AND a.outcome = g.outcome WHERE {SAME_PLACE})",
)

CHECK_COUNTS = Groups(
    "check_counts",
    ("year", "rule"),
    ("fails", "fails_on_inferred", "explained", "unknown", "reports"),
    (
        "SELECT r.year, s.rule, count(CASE WHEN s.status = 'fails' AND s.on_inferred = 0 THEN 1 END) AS fails,"
        " count(CASE WHEN s.status = 'fails' AND s.on_inferred = 1 THEN 1 END) AS fails_on_inferred,"
        " count(CASE WHEN s.status = 'explained' THEN 1 END) AS explained,"
        " count(CASE WHEN s.status = 'unknown' THEN 1 END) AS unknown,"
        " count(DISTINCT s.report) AS reports, count(*) AS rows"
        " FROM {of}.checks s JOIN {of}.reports r ON r.id = s.report AND r.current = 1"
        " WHERE s.status IN ('fails', 'explained', 'unknown') AND {which} GROUP BY r.year, s.rule",
    ),
    order="g.year, u.sort_order",
    lookup="JOIN rules u ON u.code = g.rule",
    has_rows="g.reports > 0",
)

GROUPS = (REPORT_COUNTS, REQUEST_SUMS, OUTCOME_SUMS, CHECK_COUNTS)


def write_counts(connection: sqlite3.Connection) -> None:
    """Write the tables of ``schema.COUNTS`` anew from what the database holds; the same rows give the same bytes."""
    for table in schema.COUNTS:
        connection.execute(f"DELETE FROM [{table.name}]")
    for groups in GROUPS:
        connection.execute(f"INSERT INTO [{groups.name}] {groups.numbered(groups.counted_in('main'))}")
    _count_rows(connection)


# Rows of tables and views, and of each value ------------------------------------------------------------------------

IN_TURN = "kept_rows"
"""A table for the time of counting: current reports and how many rows of one table each has."""


def counted_tables() -> list[schema.Table]:
    """The tables whose rows are counted."""
    return [table for table in schema.TABLES if table not in schema.COUNTS]


def count_table(connection: sqlite3.Connection, table: schema.Table) -> None:
    """The rows of ``row_counts`` and ``value_counts`` that speak of ``table``."""
    _count_of(connection, table.name, f"SELECT count(*) FROM [{table.name}]")
    if table in schema.OF_REPORTS:
        for column in dimensions(connection, table.name):
            _values_of(connection, table.name, column, f"SELECT [{column}] AS value, 1 AS rows FROM [{table.name}]")


def _count_rows(connection: sqlite3.Connection) -> None:
    """``row_counts`` and ``value_counts``: of a view of current reports by what each report has, not row by row."""
    for table in counted_tables():
        count_table(connection, table)
    for view in views.VIEWS:
        if view.is_whole:
            _count_view(connection, view.name, view.of)
        else:
            _count_chosen(connection, view.name)


def _count_chosen(connection: sqlite3.Connection, name: str) -> None:
    columns = dimensions(connection, name)
    connection.execute(f"CREATE TEMP TABLE {IN_TURN} AS SELECT {', '.join(columns)} FROM [{name}]")
    _count_of(connection, name, f"SELECT count(*) FROM temp.{IN_TURN}")
    for column in columns:
        _values_of(connection, name, column, f"SELECT [{column}] AS value, 1 AS rows FROM temp.{IN_TURN}")
    connection.execute(f"DROP TABLE temp.{IN_TURN}")


def _count_view(connection: sqlite3.Connection, name: str, table: str) -> None:
    own = set(dimensions(connection, table))
    of_reports = [column for column in dimensions(connection, name) if column not in own]
    connection.execute(
        f"CREATE TEMP TABLE {IN_TURN} AS SELECT {', '.join(f'r.{column}' for column in of_reports)}, n.rows"
        f" FROM (SELECT report, count(*) AS rows FROM [{table}] GROUP BY report) n"
        " CROSS JOIN reports r ON r.id = n.report WHERE r.current = 1"
    )
    _count_of(connection, name, f"SELECT coalesce(sum(rows), 0) FROM temp.{IN_TURN}")
    for column in of_reports:
        _values_of(connection, name, column, f"SELECT [{column}] AS value, rows FROM temp.{IN_TURN}")
    connection.execute(f"DROP TABLE temp.{IN_TURN}")
    for column in sorted(own):
        of_rows = (
            f"SELECT value, rows FROM value_counts WHERE table_name = '{table}' AND column_name = '{column}' UNION ALL"
            f" SELECT CAST(t.[{column}] AS TEXT), -1 FROM reports r CROSS JOIN [{table}] t ON t.report = r.id"
            " WHERE r.current = 0"
        )
        _values_of(connection, name, column, of_rows)


def dimensions(connection: sqlite3.Connection, name: str) -> list[str]:
    """The columns of a table or view by which its rows are counted."""
    found = connection.execute("SELECT name FROM pragma_table_info(?)", (name,))
    return sorted(column for (column,) in found if column in DIMENSIONS)


def _count_of(connection: sqlite3.Connection, name: str, statement: str) -> None:
    connection.execute(f"INSERT INTO row_counts SELECT ?, ({statement})", (name,))


def _values_of(connection: sqlite3.Connection, name: str, column: str, statement: str) -> None:
    connection.execute(
        f"INSERT INTO value_counts SELECT ?, ?, value, sum(rows) FROM ({statement}) WHERE value IS NOT NULL"
        " GROUP BY value HAVING sum(rows) > 0 ORDER BY value",
        (name, column),
    )
