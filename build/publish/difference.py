"""What a build changed: reports that are new in a database, whose rows are others, or that are gone from it."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

Listed = tuple[str, str]
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

    new: tuple[Listed, ...] = ()
    changed: tuple[Listed, ...] = ()
    gone: tuple[Listed, ...] = ()


NO_DIFFERENCE = Listing()


def difference(before: Path, after: Path, among: Collection[str] | None = None) -> Listing:
    """What the database ``after`` holds otherwise than ``before``, which need not be there, or be one of ours.

    ``among``: the ids of the reports that may differ; None: any. Raises sqlite3.Error where ``after`` cannot be read.
    """
    with closing(sqlite3.connect(f"{after.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        here = _reports(connection, "main", among)
        try:
            connection.execute(f"ATTACH ? AS {OLD}", (f"{before.resolve().as_uri()}?mode=ro",))
            there = _reports(connection, OLD, among)
            others = set(_others(connection, among)) & here.keys() & there.keys()
        except sqlite3.DatabaseError:  # not there, or no database of ours: everything is new
            return _listing(here, {}, frozenset())
    return _listing(here, there, others)


Reports = Mapping[str, Listed]


def _reports(connection: sqlite3.Connection, schema: str, among: Collection[str] | None) -> Reports:
    """Report → its file and label."""
    rows = _chosen(connection, f"SELECT id, source_file, label FROM {schema}.reports", "id", among)
    return {report: (file, label) for report, file, label in rows}


def _chosen(
    connection: sqlite3.Connection, sql: str, column: str, among: Collection[str] | None
) -> Iterator[tuple[str, ...]]:
    if among is None:
        yield from connection.execute(sql)
        return
    for report in sorted(among):
        yield from connection.execute(f"{sql} WHERE [{column}] = ?", (report,))


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


def _listing(here: Reports, there: Reports, others: Collection[str]) -> Listing:
    """Reports of one file that come and go are, one for one, that file changed."""
    come = _by_file(listed for report, listed in here.items() if report not in there)
    left = _by_file(listed for report, listed in there.items() if report not in here)
    changed = [listed for file, own in come.items() for listed in own[: len(left.get(file, ()))]]
    return Listing(
        tuple(sorted(listed for file, own in come.items() for listed in own[len(left.get(file, ())) :])),
        tuple(sorted((*changed, *(here[report] for report in others)))),
        tuple(sorted(listed for file, own in left.items() for listed in own[len(come.get(file, ())) :])),
    )


def _by_file(reports: Iterable[Listed]) -> Mapping[str, list[Listed]]:
    found: dict[str, list[Listed]] = defaultdict(list)
    for listed in reports:
        found[listed[0]].append(listed)
    return found
