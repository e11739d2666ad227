"""What is counted and added up once, at the end of a build, so that no page has to go through the collection.

Sums stand within one year, level and scope, over current reports (the rows of ``report_summary``); where level or scope
is unclear nothing is added. The tables depend on nothing but the other tables of the same database.
"""

from __future__ import annotations

import sqlite3

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

GROUPED = "row_number() OVER (ORDER BY s.year, s.level, s.scope{more})"
"""The place of a row: groups whose year, level or scope is unknown have no key of their own."""

REPORT_COUNTS = f"""
SELECT {GROUPED.format(more="")}, s.year, s.level, s.scope, count(*), count(nullif(s.abridged, 0)), count(s.received),
       count(s.reconsiderations), count(h.report)
FROM report_summary s LEFT JOIN (SELECT DISTINCT report FROM hotline) h ON h.report = s.report
GROUP BY s.year, s.level, s.scope
"""

ADDED = "CASE WHEN s.level IS NULL OR s.scope IS NULL THEN NULL ELSE sum({figure}) END"

OF_FIGURE = "count({figure}) AS figures, count(CASE a.placement WHEN 'inferred' THEN {figure} END) AS inferred"
TOTAL, ONLY_RECEIVED = "total", "AND a.item = 'received'"
SUMMED = (
    f"SELECT s.year, s.level, s.scope, a.item, '{{column}}' AS applicant, {{order}} AS applicant_order,"
    f" {ADDED.format(figure='{figure}')} AS requests, {OF_FIGURE}"
    " FROM report_summary s CROSS JOIN applications a ON a.report = s.report {only}"
    " GROUP BY s.year, s.level, s.scope, a.item"
)
REQUEST_SUMS = f"""
SELECT {GROUPED.format(more=", i.sort_order, s.applicant_order")}, s.year, s.level, s.scope, s.item, s.applicant,
       s.requests, s.figures, s.inferred
FROM ({{parts}}) s JOIN items i ON i.code = s.item
"""

OUTCOME_SUMS = f"""
SELECT {GROUPED.format(more=", o.sort_order")}, s.year, s.level, s.scope, a.outcome,
       {ADDED.format(figure="a.total")}, count(a.total)
FROM report_summary s JOIN applications_by_outcome a ON a.report = s.report JOIN outcomes o ON o.code = a.outcome
GROUP BY s.year, s.level, s.scope, a.outcome
"""

CHECK_COUNTS = """
SELECT row_number() OVER (ORDER BY r.year, u.sort_order), r.year, c.rule,
       count(CASE WHEN c.status = 'fails' AND c.on_inferred = 0 THEN 1 END),
       count(CASE WHEN c.status = 'fails' AND c.on_inferred = 1 THEN 1 END),
       count(CASE WHEN c.status = 'explained' THEN 1 END), count(CASE WHEN c.status = 'unknown' THEN 1 END),
       count(DISTINCT c.report)
FROM checks c JOIN reports r ON r.id = c.report AND r.current = 1 JOIN rules u ON u.code = c.rule
WHERE c.status IN ('fails', 'explained', 'unknown')
GROUP BY r.year, c.rule
"""


def write_counts(connection: sqlite3.Connection) -> None:
    """Write the tables of ``schema.COUNTS`` anew from what the database holds; the same rows give the same bytes."""
    for table in schema.COUNTS:
        connection.execute(f"DELETE FROM [{table.name}]")
    for name, statement in _STATEMENTS.items():
        connection.execute(f"INSERT INTO [{name}] {statement}")
    _count_rows(connection)


def _request_sums() -> str:
    """The total column of every item; of what was received, each applicant's column besides."""
    parts = (
        SUMMED.format(column=column, order=order, figure=f"a.{column}", only="" if column == TOTAL else ONLY_RECEIVED)
        for order, column in enumerate(forms.APPLICATION_COLUMNS)
    )
    return REQUEST_SUMS.format(parts=" UNION ALL ".join(parts))


_STATEMENTS = {
    "report_counts": REPORT_COUNTS,
    "request_sums": _request_sums(),
    "outcome_sums": OUTCOME_SUMS,
    "check_counts": CHECK_COUNTS,
}


# Rows of tables and views, and of each value ------------------------------------------------------------------------

IN_TURN = "kept_rows"
"""A table for the time of counting: current reports and how many rows of one table each has."""


def _count_rows(connection: sqlite3.Connection) -> None:
    """``row_counts`` and ``value_counts``: of a view of current reports by what each report has, not row by row."""
    counted = [table for table in schema.TABLES if table not in schema.COUNTS]
    for table in counted:
        _count_of(connection, table.name, f"SELECT count(*) FROM [{table.name}]")
        if table in schema.OF_REPORTS:
            for column in _dimensions(connection, table.name):
                _values_of(connection, table.name, column, f"SELECT [{column}] AS value, 1 AS rows FROM [{table.name}]")
    for view in views.VIEWS:
        if view.is_whole:
            _count_view(connection, view.name, view.of)
        else:
            _count_chosen(connection, view.name)


def _count_chosen(connection: sqlite3.Connection, name: str) -> None:
    columns = _dimensions(connection, name)
    connection.execute(f"CREATE TEMP TABLE {IN_TURN} AS SELECT {', '.join(columns)} FROM [{name}]")
    _count_of(connection, name, f"SELECT count(*) FROM temp.{IN_TURN}")
    for column in columns:
        _values_of(connection, name, column, f"SELECT [{column}] AS value, 1 AS rows FROM temp.{IN_TURN}")
    connection.execute(f"DROP TABLE temp.{IN_TURN}")


def _count_view(connection: sqlite3.Connection, name: str, table: str) -> None:
    own = set(_dimensions(connection, table))
    of_reports = [column for column in _dimensions(connection, name) if column not in own]
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


def _dimensions(connection: sqlite3.Connection, name: str) -> list[str]:
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
