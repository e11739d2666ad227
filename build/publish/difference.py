"""What a build changed: reports that are new in a database, whose rows are others, or that are gone from it."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from ..reading.on_disk import Row, Rows

Listed = Row
"""A report: the name of its file, and its label."""

OLD = "old"
COMPARED = {
    "reports": ("id", frozenset({"parser"})),
    **{
        table: ("report", frozenset[str]())
        for table in ("applications", "disclosures", "reviews", "hotline", "statements", "sections", "corrections")
    },
}
"""Table → its column of the report, and columns that say nothing of it; what follows from other reports is left out."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Reports in the order of their files. A file whose content is another one under the same name is ``changed``."""

    new: Sequence[Listed] = ()
    changed: Sequence[Listed] = ()
    gone: Sequence[Listed] = ()


NO_DIFFERENCE = Listing()


def difference(before: Path, after: Path, among: Collection[str] | None = None) -> Listing:
    """What the database ``after`` holds otherwise than ``before``, which need not be there, or be one of ours.

    ``among``: the ids of the reports that may differ; None: any. Raises sqlite3.Error where ``after`` cannot be read.
    """
    with closing(sqlite3.connect(f"{after.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        for name in (HERE, THERE):
            connection.execute(f"CREATE TEMP TABLE {name} (report TEXT PRIMARY KEY, file TEXT, label TEXT)")
        connection.execute(f"CREATE TEMP TABLE {DIFFERING} (report TEXT PRIMARY KEY)")
        _take(connection, HERE, "main", among)
        try:
            connection.execute(f"ATTACH ? AS {OLD}", (f"{before.resolve().as_uri()}?mode=ro",))
            _take(connection, THERE, OLD, among)
            others = ((report,) for report in _others(connection, among))
            connection.executemany(f"INSERT OR IGNORE INTO {DIFFERING} VALUES (?)", others)
        except sqlite3.DatabaseError:  # not there, or no database of ours: everything is new
            for name in (THERE, DIFFERING):
                connection.execute(f"DELETE FROM {name}")
        return Listing(*(_listed(connection, sql) for sql in (_NEW, _CHANGED, _GONE)))


HERE, THERE, DIFFERING = "here", "there", "differing"
"""Tables for the time of comparing: report, its file and label, in each of the databases; and those that differ."""

# Reports of one file that come and go are, one for one, that file changed.
_ONLY = (
    "(SELECT file, label, row_number() OVER (PARTITION BY file ORDER BY report) AS place FROM {one}"
    " WHERE report NOT IN (SELECT report FROM {other}))"
)
_COME, _LEFT = _ONLY.format(one=HERE, other=THERE), _ONLY.format(one=THERE, other=HERE)
_UNPAIRED = (
    "SELECT o.file, o.label FROM {one} o LEFT JOIN {other} p ON p.file = o.file AND p.place = o.place"
    " WHERE p.file IS NULL ORDER BY 1, 2"
)
_NEW, _GONE = _UNPAIRED.format(one=_COME, other=_LEFT), _UNPAIRED.format(one=_LEFT, other=_COME)
_CHANGED = f"""
SELECT o.file, o.label FROM {_COME} o JOIN {_LEFT} p ON p.file = o.file AND p.place = o.place
UNION ALL SELECT file, label FROM {HERE}
WHERE report IN (SELECT report FROM {DIFFERING}) AND report IN (SELECT report FROM {THERE}) ORDER BY 1, 2
"""


def _take(connection: sqlite3.Connection, name: str, schema: str, among: Collection[str] | None) -> None:
    sql = f"INSERT INTO {name} SELECT id, source_file, label FROM {schema}.reports"
    if among is None:
        connection.execute(sql)
    else:
        connection.executemany(f"{sql} WHERE id = ?", [(report,) for report in sorted(among)])


def _listed(connection: sqlite3.Connection, sql: str) -> Sequence[Listed]:
    rows = connection.execute(sql)
    first = rows.fetchone()
    return () if first is None else Rows(chain((first,), rows))


def _others(connection: sqlite3.Connection, among: Collection[str] | None) -> Iterator[str]:
    """Reports of which a row stands in one of the databases alone; columns that only one of them has are left out."""
    for table, (of, aside) in COMPARED.items():
        columns = [name for name in _columns(connection, "main", table) if name not in aside]
        shared = [name for name in columns if name in _columns(connection, OLD, table)]
        if of in shared:
            for one, other in (("main", OLD), (OLD, "main")):
                yield from _only_in(connection, one, other, table, of, shared, among)


def _columns(connection: sqlite3.Connection, schema: str, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA {schema}.table_info([{table}])")]


def _only_in(
    connection: sqlite3.Connection,
    one: str,
    other: str,
    table: str,
    of: str,
    columns: Iterable[str],
    among: Collection[str] | None,
) -> Iterator[str]:
    names = ", ".join(f"[{name}]" for name in columns)
    where = f" WHERE [{of}] = :report" if among is not None else ""
    sql = (
        f"SELECT DISTINCT [{of}] FROM (SELECT {names} FROM {one}.[{table}]{where}"
        f" EXCEPT SELECT {names} FROM {other}.[{table}]{where})"
    )
    for report in sorted(among) if among is not None else (None,):
        yield from (row[0] for row in connection.execute(sql, {"report": report} if report is not None else {}))
