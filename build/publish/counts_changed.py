"""The tables of counts after a change of the database: what changed reports have taken away, and what they brought.

Both are counted over the changed reports alone, in the database as it was (``OLD``) and as it is, by the statements of
``counts``. So the work grows with what has changed and with the number of groups, not with the collection.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from . import schema, views
from .counts import GROUPS, Groups, count_table, counted_tables, dimensions

OLD, NEW = "old", "main"
"""The database before the change, attached under this name; the one that is being changed."""

CHANGED = {"reports": "changed_reports", "files": "changed_files", "agencies": "changed_agencies"}
"""What changed → the temporary table of the names."""

OF_REPORT, OF_FILE = (f"IN (SELECT name FROM temp.{CHANGED[each]})" for each in ("reports", "files"))
CHOSEN = {"reports": f"id {OF_REPORT}", "problems": f"source_file {OF_FILE}"}
"""Table → which of its rows may be others than before; of all others those whose ``report`` is a changed one."""
BY_REPORT = f"report {OF_REPORT}"

ROWS = "rows_of_changed"


def change_counts(
    connection: sqlite3.Connection, reports: Collection[str], files: Collection[str], agencies: Collection[str]
) -> None:
    """Make the tables of ``schema.COUNTS``, which are those of ``OLD``, tell what the database holds now.

    Rows may differ that belong to ``reports``, problems of ``files``, ``agencies``, and those of tables that do not
    grow with the reports.
    """
    with _changed(connection, {"reports": reports, "files": files, "agencies": agencies}):
        for groups in GROUPS:
            _change_groups(connection, groups)
        for table in counted_tables():
            if table in schema.OF_REPORTS and table is not schema.COVERAGE:
                _change_rows(connection, table.name, CHOSEN.get(table.name, BY_REPORT))
            else:
                _recount(connection, table)
        for view in views.VIEWS:
            _change_rows(connection, view.name, BY_REPORT)
        connection.execute("DELETE FROM value_counts WHERE rows = 0")


@contextmanager
def _changed(connection: sqlite3.Connection, names: dict[str, Collection[str]]) -> Iterator[None]:
    """The names in temporary tables; with the reports those that stand in a view, or not, because of them."""
    for of, table in CHANGED.items():
        connection.execute(f"CREATE TEMP TABLE {table} (name TEXT PRIMARY KEY) WITHOUT ROWID")
        connection.executemany(f"INSERT INTO temp.{table} VALUES (?)", ((name,) for name in sorted(set(names[of]))))
    for view in views.VIEWS:
        for statement in view.beside:
            for of in (OLD, NEW):
                beside = statement.format(of=of, new=NEW, **CHANGED)
                connection.execute(f"INSERT OR IGNORE INTO temp.{CHANGED['reports']} {beside}")
    yield
    for table in CHANGED.values():
        connection.execute(f"DROP TABLE temp.{table}")


def _change_groups(connection: sqlite3.Connection, groups: Groups) -> None:
    """What is left of every group, those without rows left out; their places are numbered anew."""
    keys, added = ", ".join(groups.keys), (*groups.figures, "rows")
    parts = (
        f"SELECT {keys}, {', '.join(groups.figures)}, 0 AS rows FROM {NEW}.{groups.name}",
        f"SELECT {keys}, {', '.join(added)} FROM ({groups.counted_in(NEW, f's.{BY_REPORT}')})",
        f"SELECT {keys}, {', '.join(f'-{name}' for name in added)} FROM ({groups.counted_in(OLD, f's.{BY_REPORT}')})",
    )
    sums = ", ".join(f"sum({name}) AS {name}" for name in added)
    connection.execute(
        f"CREATE TEMP TABLE {ROWS} AS SELECT * FROM"
        f" (SELECT {keys}, {sums} FROM ({' UNION ALL '.join(parts)}) GROUP BY {keys}) g"
        f" WHERE g.rows >= 0 OR {groups.has_rows}"
    )
    connection.execute(f"DELETE FROM [{groups.name}]")
    connection.execute(f"INSERT INTO [{groups.name}] {groups.numbered(f'SELECT * FROM temp.{ROWS}')}")
    connection.execute(f"DROP TABLE temp.{ROWS}")


def _change_rows(connection: sqlite3.Connection, name: str, which: str) -> None:
    """``row_counts`` and ``value_counts`` of a table or view of which only the rows ``which`` may be others."""
    columns = dimensions(connection, name)
    for of, sign in ((OLD, -1), (NEW, 1)):
        chosen = ", ".join(f"[{column}]" for column in columns) or "1"
        connection.execute(f"CREATE TEMP TABLE {ROWS} AS SELECT {chosen} FROM {of}.[{name}] WHERE {which}")
        counted = f"(SELECT count(*) FROM temp.{ROWS})"
        connection.execute(f"UPDATE row_counts SET rows = rows + ? * {counted} WHERE table_name = ?", (sign, name))
        for column in columns:
            connection.execute(
                f"INSERT INTO value_counts SELECT ?, ?, [{column}], ? * count(*) FROM temp.{ROWS}"
                f" WHERE [{column}] IS NOT NULL GROUP BY [{column}]"
                " ON CONFLICT DO UPDATE SET rows = rows + excluded.rows",
                (name, column, sign),
            )
        connection.execute(f"DROP TABLE temp.{ROWS}")


def _recount(connection: sqlite3.Connection, table: schema.Table) -> None:
    for counts in ("row_counts", "value_counts"):
        connection.execute(f"DELETE FROM {counts} WHERE table_name = ?", (table.name,))
    count_table(connection, table)
