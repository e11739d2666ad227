"""What a release says of the one before it: every change in changes.csv, the first of them in CHANGES.md."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from build.publish import schema
from build.publish.descriptions import Descriptions
from build.publish.release.changes import attach_before, changed_figures, new_corrections
from build.publish.release.content import Content, ReleaseError
from build.publish.release.documents import MOST_FIGURES, MOST_LISTED, write_changes

CONTENT = Content((), {"version": "2"}, None, None, Descriptions(b""))
Stored = dict[str, list[dict[str, Any]]]
"""Table → its rows, by column; what a row does not state is NULL."""


def database(path: Path, rows: Stored) -> Path:
    """A database with the tables that a release is compared by, and ``rows`` in them."""
    names = {"reports", "release", "corrections", *(table.name for table in schema.FIGURES)}
    with closing(sqlite3.connect(path)) as connection, connection:
        for table in schema.TABLES:
            if table.name in names:
                connection.execute(f"CREATE TABLE [{table.name}] ({', '.join(f'[{name}]' for name in table.columns)})")
        for name, each in rows.items():
            for row in each:
                marks = ", ".join("?" * len(row))
                connection.execute(f"INSERT INTO [{name}] ({', '.join(row)}) VALUES ({marks})", list(row.values()))
    return path


def report(code: str, label: str, current: int = 1) -> dict[str, Any]:
    return {"id": code, "label": label, "current": current}


def count(code: str, item: str, **figures: int | None) -> dict[str, Any]:
    return {"report": code, "item": item, **figures}


@dataclass(frozen=True)
class Told:
    """CHANGES.md by the English name of a part, a line an entry; and changes.csv without its header."""

    page: dict[str, list[str]]
    rows: list[list[str]]


def told(tmp_path: Path, before: Stored, after: Stored) -> Told:
    old, new = database(tmp_path / "old.db", before), database(tmp_path / "new.db", after)
    with closing(sqlite3.connect(f"{new.as_uri()}?mode=ro", uri=True)) as connection:
        write_changes(connection, CONTENT, attach_before(connection, old), tmp_path)
    parts = (tmp_path / "CHANGES.md").read_text(encoding="utf-8").split("\n## ")
    with (tmp_path / "changes.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["change", "report", "label", "table", "row", "column", "before", "after"]
    return Told(
        {
            name.partition(" / ")[2]: [line for line in lines if line]
            for name, *lines in (part.split("\n") for part in parts)
        },
        rows,
    )


def rows_of(changes: Told, change: str) -> list[list[str]]:
    return [row[1:] for row in changes.rows if row[0] == change]


ADDED, REMOVED, SUPERSEDED = "Reports added", "Reports removed", "Reports superseded by another text"
FIGURES, CORRECTIONS = "Reports whose figures changed", "New corrections"


def test_where_nothing_changed_every_part_says_so(tmp_path: Path) -> None:
    same: Stored = {"reports": [report("a", "甲县 2020")], "applications": [count("a", "received", total=3)]}
    changes = told(tmp_path, same, same)
    for part in (ADDED, REMOVED, SUPERSEDED, FIGURES, CORRECTIONS):
        assert changes.page[part] == ["没有 / none"], part
    assert changes.rows == []


def test_reports_come_and_go_in_the_order_of_their_labels(tmp_path: Path) -> None:
    before: Stored = {"reports": [report("x", "乙县 2020"), report("k", "丁县 2020"), report("w", "丙县 2020")]}
    after: Stored = {
        "reports": [
            report("k", "丁县 2020", current=0),
            report("c", "乙县 2021"),
            report("b", "乙县 2021"),
            report("d", "丁县 2021", current=0),
        ]
    }
    changes = told(tmp_path, before, after)
    assert [row[:2] for row in rows_of(changes, "added")] == [
        ["d", "丁县 2021"], ["b", "乙县 2021"], ["c", "乙县 2021"],
    ]  # fmt: skip
    assert [row[0] for row in rows_of(changes, "removed")] == ["w", "x"]
    assert [row[0] for row in rows_of(changes, "no_longer_current")] == ["k"]
    assert changes.page[ADDED] == ["- 丁县 2021 (`d`)", "- 乙县 2021 (`b`)", "- 乙县 2021 (`c`)"]
    assert changes.page[SUPERSEDED] == ["- 丁县 2020 (`k`)"]


@pytest.mark.parametrize("more", [0, 1, 2])
def test_the_page_lists_so_many_reports_and_counts_the_others(tmp_path: Path, more: int) -> None:
    many = [report(f"r{number:03}", f"{number:03}") for number in range(MOST_LISTED + more)]
    changes = told(tmp_path, {}, {"reports": many})
    assert len(rows_of(changes, "added")) == len(many)
    *listed, last = changes.page[ADDED] if more else [*changes.page[ADDED], ""]
    assert listed == [f"- {row['label']} (`{row['id']}`)" for row in many[:MOST_LISTED]]
    assert last == (f"- 还有 {more} 份，见 changes.csv / {more} more, see changes.csv" if more else "")


def both(*rows: dict[str, Any], table: str = "applications", reports: Iterable[str] = ("a",)) -> Stored:
    return {"reports": [report(code, f"{code}县") for code in reports], table: list(rows)}


def test_a_figure_that_came_went_or_is_another_is_told(tmp_path: Path) -> None:
    changes = told(
        tmp_path,
        both(
            count("a", "received", total=3, business=0, other_org=1),
            count("a", "granted", total=1, business=None),
            count("a", "closed", total=8),
        ),
        both(
            count("a", "received", total=4, business=None, other_org=1),
            count("a", "granted", total=1, business=0),
            count("a", "carried_forward", total=0),
        ),
    )
    assert rows_of(changes, "figures") == [
        ["a", "a县", "applications", "carried_forward", "total", "", "0"],
        ["a", "a县", "applications", "closed", "total", "8", ""],
        ["a", "a县", "applications", "granted", "business", "", "0"],
        ["a", "a县", "applications", "received", "business", "0", ""],
        ["a", "a县", "applications", "received", "total", "3", "4"],
    ]
    assert changes.page[FIGURES] == [
        "- a县 (`a`), applications",
        r"  - carried\_forward total: 空/blank → 0",
        "  - closed total: 8 → 空/blank",
        "  - granted business: 空/blank → 0",
        "  - received business: 0 → 空/blank",
        "  - received total: 3 → 4",
    ]


def test_figures_of_reports_that_are_only_in_one_and_places_in_the_text_are_none_that_changed(tmp_path: Path) -> None:
    place = {"text_start": 5, "text_end": 9}
    before = both(count("a", "received", total=3, text_start=1, text_end=4), count("b", "received", total=7))
    after = both(count("a", "received", total=3, **place), count("c", "received", total=9), reports=("a", "c"))
    assert rows_of(told(tmp_path, before, after), "figures") == []


def test_what_the_database_before_did_not_hold_yet_is_not_compared(tmp_path: Path) -> None:
    """Of an older program: a table that was not there, and a column."""
    now: Stored = {
        **both(count("a", "received", total=4, business=1)),
        "hotline": [{"report": "a", "position": 1, "received": 9}],
        "corrections": [correction("a", 1, "s", "why")],
    }
    new = database(tmp_path / "new.db", now)
    with closing(sqlite3.connect(tmp_path / "old.db")) as old, old:
        old.execute("CREATE TABLE reports (id, label, current)")
        old.execute("INSERT INTO reports VALUES ('a', 'a县', 1)")
        old.execute("CREATE TABLE applications (report, item, total)")
        old.execute("INSERT INTO applications VALUES ('a', 'received', 3)")
    with closing(sqlite3.connect(f"{new.as_uri()}?mode=ro", uri=True)) as connection:
        before = attach_before(connection, tmp_path / "old.db")
        found = list(changed_figures(connection, before))
        assert [row.reason for row in new_corrections(connection, before)] == ["why"]
    assert [(row.table, row.column, row.before, row.after) for row in found] == [("applications", "total", 3, 4)]
    assert before.version is None


def test_a_row_of_two_keys_is_named_by_both_and_money_is_a_figure(tmp_path: Path) -> None:
    def charge(amount: float) -> dict[str, Any]:
        return {"report": "a", "item": "charge", "measure": "amount", "amount_wan": amount}

    changes = told(tmp_path, both(charge(2.5), table="disclosures"), both(charge(25.1), table="disclosures"))
    assert rows_of(changes, "figures") == [
        ["a", "a县", "disclosures", "charge amount", "amount_wan", "2.5", "25.1"],
    ]


def test_changed_figures_stand_by_table_and_report_each_named_once(tmp_path: Path) -> None:
    reports = ("b", "a")

    def figures(number: int) -> Stored:
        rows = [count(code, item, total=number) for code in reports for item in ("received", "closed")]
        stored = both(*rows, reports=reports)
        return {**stored, "reviews": [{"report": "a", "channel": "reconsideration", "total": number}]}

    changes = told(tmp_path, figures(1), figures(2))
    named = [line for line in changes.page[FIGURES] if not line.startswith(" ")]
    assert named == ["- a县 (`a`), applications", "- b县 (`b`), applications", "- a县 (`a`), reviews"]
    assert [(row[0], row[3]) for row in rows_of(changes, "figures")] == [
        ("a", "closed"), ("a", "received"), ("b", "closed"), ("b", "received"), ("a", "reconsideration"),
    ]  # fmt: skip


@pytest.mark.parametrize("more", [0, 1])
def test_the_page_lists_so_many_figures_of_a_report_and_counts_the_others(tmp_path: Path, more: int) -> None:
    items = [f"item{number:02}" for number in range(MOST_FIGURES + more)]
    before, after = (both(*(count("a", item, total=number) for item in items)) for number in (1, 2))
    changes = told(tmp_path, before, after)
    assert len(rows_of(changes, "figures")) == len(items)
    _, *lines = changes.page[FIGURES]
    assert lines[:MOST_FIGURES] == [f"  - {item} total: 1 → 2" for item in items[:MOST_FIGURES]]
    assert lines[MOST_FIGURES:] == ["  - 还有 1 个，见 changes.csv / 1 more, see changes.csv"][:more]


def test_reports_with_changed_figures_are_counted_too_where_they_are_many(tmp_path: Path) -> None:
    codes = [f"r{number:03}" for number in range(MOST_LISTED + 1)]
    before, after = (
        both(*(count(code, "received", total=number) for code in codes), reports=codes) for number in (1, 2)
    )
    changes = told(tmp_path, before, after)
    lines = changes.page[FIGURES]
    assert len(rows_of(changes, "figures")) == MOST_LISTED + 1
    assert lines[-1] == "- 还有 1 份，见 changes.csv / 1 more, see changes.csv"
    assert sum(line.startswith("  - ") for line in lines) == MOST_LISTED


def correction(code: str, position: int, subject: str, reason: str) -> dict[str, Any]:
    return {
        "report": code, "position": position, "subject": subject, "printed": "1|9", "corrected_value": 19.0,
        "reason": reason,
    }  # fmt: skip


def test_only_corrections_that_are_new_are_told_in_the_order_of_report_and_place(tmp_path: Path) -> None:
    known, other = correction("a", 1, "applications-closed-total", "x"), correction("a", 2, "reviews-x-total", "old")
    before: Stored = {**both(), "corrections": [known, other]}
    first, second = correction("a", 2, "reviews-x-total", "new"), correction("a", 3, "statements-1", "z")
    after: Stored = {**both(reports=("b", "a")), "corrections": [second, correction("b", 1, "s", "b"), first, known]}
    changes = told(tmp_path, before, after)
    assert rows_of(changes, "corrections") == [
        ["a", "a县", "", "reviews-x-total", "", "1|9", "19.0"],
        ["a", "a县", "", "statements-1", "", "1|9", "19.0"],
        ["b", "b县", "", "s", "", "1|9", "19.0"],
    ]
    assert changes.page[CORRECTIONS][0] == r"- a县 (`a`), reviews-x-total: 1\|9 → 19.0. new"


def test_new_corrections_are_counted_too_where_they_are_many(tmp_path: Path) -> None:
    many = [correction("a", number, f"statements-{number}", "z") for number in range(MOST_LISTED + 1)]
    changes = told(tmp_path, both(), {**both(), "corrections": many})
    assert len(rows_of(changes, "corrections")) == MOST_LISTED + 1
    *listed, last = changes.page[CORRECTIONS]
    assert len(listed) == MOST_LISTED and last == "- 还有 1 份，见 changes.csv / 1 more, see changes.csv"


def test_the_version_before_is_named_or_said_to_be_unknown(tmp_path: Path) -> None:
    for stored, words in (({"release": [{"version": "1"}]}, "against the release before, 1."), ({}, "not known")):
        folder = tmp_path / words[-4:-1]
        folder.mkdir()
        told(folder, stored, {})
        assert words in (folder / "CHANGES.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("statements", [(), ("CREATE TABLE mine (id)",)])
def test_a_database_without_reports_is_nothing_to_compare_with(tmp_path: Path, statements: Sequence[str]) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as other, other:
        for statement in statements:
            other.execute(statement)
    with closing(sqlite3.connect(":memory:", uri=True)) as connection, pytest.raises(ReleaseError, match=r"other\.db"):
        attach_before(connection, tmp_path / "other.db")


def test_what_is_not_there_cannot_be_read(tmp_path: Path) -> None:
    with closing(sqlite3.connect(":memory:", uri=True)) as connection, pytest.raises(ReleaseError, match=r"gone\.db"):
        attach_before(connection, tmp_path / "gone.db")
