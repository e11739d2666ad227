"""What a release has that the one before had not: reports, figures, corrections."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ...messages import spoken, told
from .. import schema
from .content import ReleaseError

BEFORE = "before"
"""The name under which the older database is attached."""
NO_FIGURES = frozenset({"position", "text_start", "text_end"})


class Listed(NamedTuple):
    """A report as readers know it: ``label`` is authority and year."""

    report: str
    label: str


class ChangedFigure(NamedTuple):
    """A figure that is another than before: ``row`` is its key within the report; None is a missing figure."""

    report: str
    label: str
    table: str
    row: str
    column: str
    before: float | int | None
    after: float | int | None


class CorrectionLine(NamedTuple):
    """A correction that is new: what stood there, what should, and why."""

    report: str
    label: str
    subject: str
    printed: str
    corrected: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Before:
    """The release before: its version, and the columns of its tables."""

    version: str | None
    columns: Mapping[str, frozenset[str]]


def attach_before(connection: sqlite3.Connection, database: Path) -> Before:
    """Attach the database of the release before. Raises ReleaseError where that is none."""
    try:
        connection.execute(f"ATTACH ? AS {BEFORE}", [f"{database.resolve().as_uri()}?mode=ro"])
        names = [
            name for (name,) in connection.execute(f"SELECT name FROM {BEFORE}.sqlite_master WHERE type = 'table'")
        ]
        columns = {name: frozenset(_columns(connection, name)) for name in names}
    except sqlite3.Error as error:
        raise ReleaseError(spoken(told("release.last_unreadable", path=database, error=error))) from None
    if "reports" not in columns:
        raise ReleaseError(spoken(told("release.nothing_to_compare", path=database)))
    version = None
    if "release" in columns:
        version = (connection.execute(f"SELECT version FROM {BEFORE}.release").fetchone() or (None,))[0]
    return Before(version, columns)


def _columns(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    return (row[1] for row in connection.execute(f"PRAGMA {BEFORE}.table_info([{table}])"))


def added(connection: sqlite3.Connection) -> Iterator[Listed]:
    """Reports that were not there before, by authority and year."""
    return _only_in(connection, "main", BEFORE)


def removed(connection: sqlite3.Connection) -> Iterator[Listed]:
    """Reports that are no longer there."""
    return _only_in(connection, BEFORE, "main")


def _only_in(connection: sqlite3.Connection, one: str, other: str) -> Iterator[Listed]:
    sql = f"SELECT id, label FROM {one}.reports WHERE id NOT IN (SELECT id FROM {other}.reports) ORDER BY label, id"
    return map(Listed._make, connection.execute(sql))


def no_longer_current(connection: sqlite3.Connection) -> Iterator[Listed]:
    """Reports whose place another text of the same authority and year has taken."""
    sql = (
        f"SELECT n.id, n.label FROM main.reports n JOIN {BEFORE}.reports o ON o.id = n.id "
        "WHERE o.current = 1 AND n.current = 0 ORDER BY n.label, n.id"
    )
    return map(Listed._make, connection.execute(sql))


def changed_figures(connection: sqlite3.Connection, before: Before) -> Iterator[ChangedFigure]:
    """Figures of reports that were there before and are others now, or missing now, or not missing any more."""
    for table in schema.FIGURES:
        numbers = [name for name, kind in table.columns.items() if kind != schema.TEXT and name not in NO_FIGURES]
        held = before.columns.get(table.name, frozenset())
        if held.issuperset(table.primary_key):
            common = [name for name in numbers if name in held]
            yield from _changed(connection, table, common)


def _changed(connection: sqlite3.Connection, table: schema.Table, names: list[str]) -> Iterator[ChangedFigure]:
    """The changed figures of a table, in the order of its key."""
    key = [name for name in table.primary_key if name != "report"]
    sql = _rows_that_differ(table, key, names)
    for report, label, row, *values in connection.execute(sql):
        for name, old, new in zip(names, values[: len(names)], values[len(names) : 2 * len(names)], strict=True):
            if old != new:
                yield ChangedFigure(report, label, table.name, row, name, old, new)


def _rows_that_differ(table: schema.Table, key: list[str], names: list[str]) -> str:
    """SQL for rows of either database, of reports in both, that differ in a figure: report, label, key, old, new."""
    same = " AND ".join(f"o.[{name}] = n.[{name}]" for name in table.primary_key)
    differs = " OR ".join(f"o.[{name}] IS NOT n.[{name}]" for name in names)
    olds, news = (", ".join(f"{side}.[{name}]" for name in names) for side in ("o", "n"))

    def selected(side: str, joined: str, where: str) -> str:
        row = " || ' ' || ".join(f"{side}.[{name}]" for name in key)
        order = ", ".join(f"{side}.[{name}] AS k{place}" for place, name in enumerate(key))
        return (
            f"SELECT r.id AS report, r.label AS label, {row} AS row, {olds}, {news}, {order} FROM {joined} "
            f"JOIN main.reports r ON r.id = {side}.report "
            f"JOIN {BEFORE}.reports b ON b.id = {side}.report WHERE {where}"
        )

    new, old = f"main.[{table.name}] n", f"{BEFORE}.[{table.name}] o"
    parts = (
        selected("n", f"{new} LEFT JOIN {old} ON {same}", differs),
        selected("o", f"{old} LEFT JOIN {new} ON {same}", f"n.report IS NULL AND ({differs})"),
    )
    return " UNION ALL ".join(parts) + " ORDER BY report, " + ", ".join(f"k{place}" for place in range(len(key)))


def new_corrections(connection: sqlite3.Connection, before: Before) -> Iterator[CorrectionLine]:
    """Corrections that the release before had not."""
    columns = ("report", "subject", "printed", "corrected_value", "reason")
    sql = "SELECT c.report, r.label, c.subject, c.printed, c.corrected_value, c.reason FROM main.corrections c "
    sql += "JOIN main.reports r ON r.id = c.report"
    if before.columns.get("corrections", frozenset()).issuperset(columns):
        same = " AND ".join(f"o.[{name}] IS c.[{name}]" for name in columns)
        sql += f" WHERE NOT EXISTS (SELECT 1 FROM {BEFORE}.corrections o WHERE {same})"
    return map(CorrectionLine._make, connection.execute(f"{sql} ORDER BY c.report, c.position"))
