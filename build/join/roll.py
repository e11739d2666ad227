"""The reports of a build side by side: which are published, which is current of an authority and year, in whose place.

It stands beside the ledger in the same temporary file: what is gone through are rows, and no more than the reports of
one authority are held at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from ..checks.years import Whose
from ..identity.departments import departments
from ..reading.key import Key
from ..reading.ledger import KEY, Ledger, key_of_row, read_problems, written_problems
from ..report import Problem

_TABLES = (
    "CREATE TABLE published (id TEXT PRIMARY KEY, key INTEGER, by INTEGER, reason TEXT, earlier INTEGER) WITHOUT ROWID",
    "CREATE TABLE joined (at INTEGER PRIMARY KEY, source_file TEXT, rank INTEGER, problem BLOB)",
    "CREATE INDEX joined_by_file ON joined (source_file)",
)
_PUBLISH = """
INSERT INTO published (id, key)
SELECT id, at FROM (
    SELECT id, at, row_number() OVER (PARTITION BY id ORDER BY stated DESC, source_file, at) AS place FROM keys
) WHERE place = 1
"""
_RIVALS = """
SELECT k.at, k.agency_id, k.name, k.year FROM (
    SELECT k.at, k.id, k.agency_id, k.year, name_apart(k.agency_id, k.agency) AS name,
           count(*) OVER (PARTITION BY k.agency_id, name_apart(k.agency_id, k.agency), k.year) AS reports
    FROM published p JOIN keys k ON k.at = p.key WHERE k.agency IS NOT NULL AND k.year IS NOT NULL
) k WHERE k.reports > 1 ORDER BY k.agency_id, k.name, k.year, k.id
"""
_YEARS = """
SELECT coalesce(k.agency_id, k.agency) AS authority, k.at, k.id, k.agency_id, k.agency, k.year, k.scope,
       k.province, k.city, k.county
FROM published p JOIN keys k ON k.at = p.key
WHERE p.by IS NULL AND authority IS NOT NULL AND k.year IS NOT NULL ORDER BY authority, k.id
"""
_TRAITS = """
SELECT p.id, k.reading, k.place, k.source_file, k.sister, k.amended, e.reading, e.place, e.amended,
       b.reading, b.place, b.id, p.reason
FROM published p JOIN keys k ON k.at = p.key LEFT JOIN keys e ON e.at = p.earlier LEFT JOIN keys b ON b.at = p.by
ORDER BY p.id
"""
_STANDING = f"SELECT p.by, p.reason, p.earlier, {KEY} FROM published p JOIN keys k ON k.at = p.key"

OF_FILES, OF_REPORTS, OF_JOINING, OF_CORRECTIONS, OF_ACKNOWLEDGEMENTS = range(5)
"""In this order stand the problems under the name of one file."""
_REMARKS = "k.problems - iif(k.sister IS NULL, 0, k.doubts)"
"""How many problems of the report of ``k`` are left: with sisters there is no doubt whose it is."""
_PROBLEMS = f"""
SELECT source_file, {OF_REPORTS} AS rank, k.at AS place, NULL, k.at
FROM keys k JOIN published p ON p.id = k.id AND p.key = k.at
WHERE {_REMARKS} > 0 {{of_reports}}
UNION ALL SELECT source_file, rank, at, problem, NULL FROM joined {{of_joined}} ORDER BY 1, 2, 3
"""
_TRAITS_OF_PROBLEMS = f"""
SELECT source_file, {OF_REPORTS} AS rank, k.at AS place, NULL, k.id, k.reading, k.place, k.sister
FROM keys k JOIN published p ON p.id = k.id AND p.key = k.at WHERE {_REMARKS} > 0
UNION ALL SELECT source_file, rank, at, problem, NULL, NULL, NULL, NULL FROM joined ORDER BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class Superseded:
    """In whose place which text is current, and by which of ``combine.REASONS``."""

    by: Key
    reason: str


class Dated(NamedTuple):
    """Of a current report what its authority's other years are found by. ``at``: number of its key."""

    at: int
    id: str
    identity: Whose


@dataclass(frozen=True, slots=True)
class Standing:
    """A report that is published; ``superseded``: what is current in its place, None where it is current itself.

    ``earlier``: the report of the year before that it is compared with.
    """

    key: Key
    superseded: Superseded | None = None
    earlier: Key | None = None

    @property
    def current(self) -> bool:
        """Whether it is the current one of its authority and year."""
        return self.superseded is None


_GOVERNMENT = "[0-9]" * 6 + "-government"


class Roll:
    """The reports of a ledger as they stand beside each other."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._connection = ledger.connection
        self._connection.create_function("name_apart", 2, _name_apart, deterministic=True)
        for table in _TABLES:
            self._connection.execute(table)
        for columns in (("id", "stated DESC", "source_file"), ("source_file",), ("agency_id", "year")):
            ledger.make_quick("keys", *columns)
        for problems in ledger.problems():
            for problem in problems:
                self.note(problem, OF_FILES)

    # Side by side ------------------------------------------------------------------------------------------------

    def publish(self) -> None:
        """Begin with one report an id: that about which most is stated, for one of two equal files may have a
        ``.meta.yml``, which the other has not.
        """
        self._connection.execute("DELETE FROM published")
        self._connection.execute("DELETE FROM joined WHERE rank > ?", (OF_FILES,))
        self._connection.execute(_PUBLISH)

    def copies(self) -> Iterator[tuple[Key, Key]]:
        """Reports that are published under another file's name, each with that which is."""
        rows = self._connection.execute(
            f"SELECT p.key, {KEY} FROM keys k JOIN published p ON p.id = k.id AND p.key <> k.at"
            " ORDER BY k.id, k.stated DESC, k.source_file, k.at"
        )
        return ((key_of_row(row[1:]), self.ledger.key(row[0])) for row in rows)

    def rivals(self) -> Iterator[list[tuple[int, Key]]]:
        """The reports, with their numbers, of each authority and year that has several; of one that the registry does
        not know, of each name.

        The lexicon may hold two offices of one area as one department (民族事务局, 宗教事务局); names tell them apart.
        """
        rows = self._connection.execute(_RIVALS)
        for _, group in groupby(rows, itemgetter(1, 2, 3)):
            yield [(row[0], self.ledger.key(row[0])) for row in group]

    def supersede(self, report: str, by: int, reason: str) -> None:
        """Let the report of number ``by`` be current in the place of another."""
        self._connection.execute("UPDATE published SET by = ?, reason = ? WHERE id = ?", (by, reason, report))

    def series(self) -> Iterator[list[Dated]]:
        """The current reports of each authority, by id."""
        for _, rows in groupby(self._connection.execute(_YEARS), itemgetter(0)):
            yield [Dated(row[1], row[2], Whose._make(row[3:])) for row in rows]

    def follow(self, pairs: Iterable[tuple[int, str]]) -> None:
        """Let reports be compared with earlier ones: (number of the earlier one, id of the report)."""
        self._connection.executemany("UPDATE published SET earlier = ? WHERE id = ?", pairs)

    # Asking ------------------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        """How many reports are published."""
        return int(self._connection.execute("SELECT count(*) FROM published").fetchone()[0])

    def reports(self) -> Iterator[Standing]:
        """Every report, in the order of their ids."""
        return map(self._standing, self._connection.execute(f"{_STANDING} ORDER BY p.id"))

    def report(self, report: str) -> Standing | None:
        """The report of that id."""
        row = self._connection.execute(f"{_STANDING} WHERE p.id = ?", (report,)).fetchone()
        return self._standing(row) if row is not None else None

    def superseded(self) -> Iterator[Standing]:
        """The reports that are not current, in the order of their ids."""
        return map(self._standing, self._connection.execute(f"{_STANDING} WHERE p.by IS NOT NULL ORDER BY p.id"))

    def _standing(self, row: tuple[Any, ...]) -> Standing:
        by, reason, earlier, *key = row
        return Standing(
            key_of_row(tuple(key)),
            Superseded(self.ledger.key(by), reason) if by is not None else None,
            self.ledger.key(earlier) if earlier is not None else None,
        )

    def traits(self) -> Iterator[tuple[Any, ...]]:
        """Of every report, by id, its id and all of the others that its rows depend on."""
        yield from self._connection.execute(_TRAITS)

    def traits_of_problems(self) -> Iterator[tuple[Any, ...]]:
        """Of all ``problems``, in their order: the file; the problem as written, or None and the report's traits (id,
        where it is kept, what its sisters tell).
        """
        for source_file, _, _, *traits in self._connection.execute(_TRAITS_OF_PROBLEMS):
            yield source_file, *traits

    def key_of(self, report: str) -> Key | None:
        """The key of the report of that id."""
        return next(self.ledger.keys("JOIN published p ON p.id = k.id AND p.key = k.at WHERE p.id = ?", report), None)

    def of_file(self, source_file: str | None) -> Key | None:
        """The report that is published under the name of a file, the last one where there are several."""
        return self._found("source_file", source_file, "DESC")

    def of_hash(self, sha256: str | None) -> Key | None:
        """The report of a file with that hash, the first one where there are several."""
        return self._found("sha256", sha256, "ASC")

    def _found(self, column: str, value: str | None, order: str) -> Key | None:
        rest = f"JOIN published p ON p.id = k.id AND p.key = k.at WHERE k.{column} = ? ORDER BY p.id {order} LIMIT 1"
        return next(self.ledger.keys(rest, value), None)

    def newest_year(self) -> int | None:
        """The newest year of a current report."""
        sql = "SELECT max(k.year) FROM published p JOIN keys k ON k.at = p.key WHERE p.by IS NULL"
        year: int | None = self._connection.execute(sql).fetchone()[0]
        return year

    def of_governments(self) -> dict[tuple[str, int], tuple[str, bool]]:
        """Government of a division and year → id of its current report, and whether that has tables; the smallest id of
        several.
        """
        rows = self._connection.execute(
            "SELECT k.agency_id, k.year, p.id, k.has_tables FROM keys k"
            " JOIN published p ON p.id = k.id AND p.key = k.at"
            " WHERE k.agency_id GLOB ? AND k.year IS NOT NULL AND p.by IS NULL ORDER BY p.id DESC",
            (_GOVERNMENT,),
        )
        return {(agency, year): (report, bool(tables)) for agency, year, report, tables in rows}

    def subjects(self) -> frozenset[str]:
        """What the reports' checks speak of besides the cells of the forms."""
        sql = "SELECT DISTINCT k.subjects FROM published p JOIN keys k ON k.at = p.key WHERE k.subjects IS NOT NULL"
        return frozenset(each for (subjects,) in self._connection.execute(sql) for each in subjects.split("\n"))

    # Problems ----------------------------------------------------------------------------------------------------

    def note(self, problem: Problem, rank: int) -> None:
        """Add a problem of a file, or one that shows where reports stand side by side."""
        row = (problem.source_file, rank, written_problems((problem,)))
        self._connection.execute("INSERT INTO joined (source_file, rank, problem) VALUES (?, ?, ?)", row)

    def joined(self) -> Iterator[Problem]:
        """The problems that are of no report's own reading, in no order that says anything."""
        return (read_problems(row[0])[0] for row in self._connection.execute("SELECT problem FROM joined"))

    def own_remarks(self) -> int:
        """How many problems the reports' own readings found."""
        sql = f"SELECT ifnull(sum({_REMARKS}), 0) FROM published p JOIN keys k ON k.at = p.key"
        return int(self._connection.execute(sql).fetchone()[0])

    def problems(self, source_file: str | None = None) -> Iterator[Problem | Key]:
        """Problems, or reports whose problems they are, by file and in their order; of ``source_file`` alone."""
        if source_file is None:
            rows = self._connection.execute(_PROBLEMS.format(of_reports="", of_joined=""))
        else:
            sql = _PROBLEMS.format(of_reports="AND source_file = ?1", of_joined="WHERE source_file = ?1")
            rows = self._connection.execute(sql, (source_file,))
        for _, _, _, problem, at in rows:
            yield self.ledger.key(at) if problem is None else read_problems(problem)[0]


def _name_apart(agency_id: str | None, agency: str | None) -> str | None:
    """The name by which reports of one authority are told apart; None where its code does that alone."""
    is_one = agency_id is not None and agency_id.partition("-")[2] not in departments()
    return None if is_one else agency
