"""What the database says of a report's values: labels, kinds of cell, positions, NULL where there is nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from build.checks import check_report
from build.join.corrections import Correction
from build.join.corrections import Entry as Written
from build.join.entries import Origin
from build.messages import alike
from build.publish.store import Around, Entry, Publication, write_database
from build.reading.sums import outcome_sums
from build.report import DisclosureFigure, Identity, Problem, Report, Section

from .assertions import query
from .rule_samples import HOTLINE, REVIEWS, line, row, sample, say

AGENCY = "东明县财政局"
LAST, FIRST, NAMELESS = "zzzzzzzzzz", "aaaaaaaaaa", "mmmmmmmmmm"


def figure(item: str, measure: str, printed: str, placement: str = "printed", **values: Any) -> DisclosureFigure:
    """A figure of section 二 without a count or an amount, unless the test gives one."""
    empty: dict[str, Any] = {"count": None, "amount_wan": None, "note": None}
    return DisclosureFigure(item, measure, placement=placement, printed=printed, span=(3, 9), **{**empty, **values})


DISCLOSURES = (
    figure("licence", "decisions", "7", count=7),
    figure("penalty", "decisions", "0", count=0),
    figure("compulsion", "decisions", "/", kind="blank"),
    figure("charge", "change", "见附件", kind="words"),
    figure("procurement", "amount", "0.5万元", amount_wan=Decimal("0.5"), note="约"),
    figure("procurement", "projects", "3|4", "unplaced", kind="unplaced"),
)


def reports() -> list[tuple[Report, bool]]:
    """Three reports in no order, the first of them superseded."""
    whole = replace(
        sample(),
        id=LAST,
        disclosures=DISCLOSURES,
        applications=(
            row("closed", 1, 0, 1),
            row("granted", 1, None, 1, placement="inferred", printed=("1", "1", "0"), unplaced=("0", "2")),
            row("received", 1, 0, 1, kinds=(("business", "words"),), cell_spans=(("total", (4, 5)),), span=(2, 6)),
        ),
        hotline=(line(**HOTLINE), line(received=2)),
        statements=(say("applications_received", 3, at=5), say("applications_granted_share", "0.5", unit="%")),
        sections=(Section(None, None, "开头\n", 0), Section("一", "一、总体情况", "一、总体情况\n甲", 3)),
    )
    yearless = replace(sample(), id=FIRST, identity=Identity(year=None, agency=AGENCY))
    nameless = replace(sample(), id=NAMELESS, identity=Identity(year=2020), source_file="folder/third.txt")
    return [(whole, False), (yearless, True), (nameless, True)]


def correction(report: str, cell: str) -> Correction:
    """A correction of 1 to 2 in section 三."""
    reasons = ("source", "机关已确认", AGENCY, "2026-01-06", "confirmed")
    origin = Origin("corrections.yml", 1, 1)
    entry = Written(origin, report, None, None, "applications", cell, Decimal(1), Decimal(2), *reasons)
    return Correction(report, f"applications-{cell}", "1", Decimal(1), entry, Decimal(2))


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The three reports with problems and corrections."""
    path = tmp_path_factory.mktemp("publication") / "gongkai.db"
    pairs = reports()
    problems = [
        Problem(name, "parse", "note", code, alike("手机13812345678"))
        for name, code in (("a.txt", "one"), ("a.txt", "two"), ("b.txt", "three"))
    ]
    corrections = [
        correction(LAST, "granted-total"),
        correction(FIRST, "closed-total"),
        correction(LAST, "closed-total"),
    ]
    entries = [
        Entry(
            report,
            is_current,
            tuple(check_report(report)) if is_current else (),
            outcome_sums(report) if is_current else (),
            [each for each in corrections if each.report == report.id],
        )
        for report, is_current in sorted(pairs, key=lambda pair: pair[0].id)
    ]
    write_database(path, Publication(entries, problems, Around({check.subject for e in entries for check in e.checks})))
    yield path


def column(database: Path, sql: str) -> list[Any]:
    """The only column of a query."""
    return [next(iter(found.values())) for found in query(database, sql)]


def test_a_report_is_named_by_agency_and_year_as_far_as_known_else_by_its_file(database: Path) -> None:
    assert {found["id"]: found["label"] for found in query(database, "SELECT id, label FROM reports")} == {
        FIRST: AGENCY,
        NAMELESS: "third.txt",
        LAST: f"{AGENCY} 2020",
    }


def test_reports_stand_in_the_order_of_their_ids_and_say_which_are_current(database: Path) -> None:
    found = query(database, "SELECT id, current FROM reports ORDER BY rowid")
    assert [(row["id"], row["current"]) for row in found] == [(FIRST, 1), (NAMELESS, 1), (LAST, 0)]


def test_rows_stand_in_the_order_of_the_form_with_what_is_unplaced_or_null(database: Path) -> None:
    found = query(database, f"SELECT * FROM applications WHERE report = '{LAST}' ORDER BY rowid")
    assert [row["item"] for row in found] == ["received", "granted", "closed"]
    assert [row["unplaced"] for row in found] == [None, "0|2", None]
    assert [row["printed"] for row in found] == ["", "1|1|0", ""]
    assert [row["business"] for row in found] == [0, None, 0]
    first = found[0]
    assert (first["cell_spans"], first["cell_kinds"]) == ('{"total": [4, 5]}', '{"business": "words"}')
    assert (first["text_start"], first["text_end"], first["placement"]) == (2, 6, "printed")


def test_every_cell_of_section_two_says_its_kind(database: Path) -> None:
    found = query(database, f"SELECT * FROM disclosures WHERE report = '{LAST}' ORDER BY rowid")
    assert [row["cell_kind"] for row in found] == ["figure", "figure", "blank", "words", "figure", "unplaced"]
    assert [row["count"] for row in found] == [7, 0, None, None, None, None]
    assert [row["amount_wan"] for row in found] == [None, None, None, None, 0.5, None]
    assert [row["note"] for row in found] == [None, None, None, None, "约", None]
    assert {(row["text_start"], row["text_end"]) for row in found} == {(3, 9)}


def test_rows_of_section_four_are_the_channels(database: Path) -> None:
    found = query(database, f"SELECT channel, upheld, total FROM reviews WHERE report = '{FIRST}' ORDER BY rowid")
    assert [(row["channel"], row["upheld"], row["total"]) for row in found] == [
        (channel, counts[0], counts[-1]) for channel, counts in REVIEWS.items()
    ]


def test_positions_begin_at_1_and_those_of_sections_at_0(database: Path) -> None:
    for table, first in (("hotline", 1), ("statements", 1), ("sections", 0)):
        positions = column(database, f"SELECT position FROM {table} WHERE report = '{LAST}' ORDER BY rowid")
        assert positions == [first, first + 1], table
    assert column(database, f"SELECT value FROM statements WHERE report = '{LAST}' ORDER BY position") == [3.0, 0.5]
    assert column(database, f"SELECT text_start FROM sections WHERE report = '{LAST}' ORDER BY position") == [0, 3]


def test_problems_are_counted_for_each_file_and_masked(database: Path) -> None:
    found = query(database, "SELECT source_file, position, code, message FROM problems ORDER BY rowid")
    assert [(row["source_file"], row["position"], row["code"]) for row in found] == [
        ("a.txt", 1, "one"),
        ("a.txt", 2, "two"),
        ("b.txt", 1, "three"),
    ]
    assert {row["message"] for row in found} == {"手机138********"}


def test_corrections_are_counted_for_each_report_in_the_order_of_their_file(database: Path) -> None:
    found = query(database, "SELECT * FROM corrections ORDER BY rowid")
    assert [(row["report"], row["position"], row["subject"]) for row in found] == [
        (FIRST, 1, "applications-closed-total"),
        (LAST, 1, "applications-granted-total"),
        (LAST, 2, "applications-closed-total"),
    ]
    assert {(row["printed"], row["printed_value"], row["corrected_value"]) for row in found} == {("1", 1.0, 2.0)}


def test_a_check_keeps_both_sides_and_their_difference(database: Path) -> None:
    sql = f"SELECT * FROM checks WHERE report = '{FIRST}' AND subject = 'applications-received-total' AND rule = 'R1'"
    (found,) = query(database, sql)
    assert (found["left_value"], found["right_value"], found["difference"]) == (23.0, 23.0, 0.0)
    assert (found["status"], found["on_inferred"], found["explanation"]) == ("holds", 0, None)


def test_everything_that_a_check_speaks_of_has_a_name(database: Path) -> None:
    spoken = set(column(database, "SELECT DISTINCT subject FROM checks"))
    named = {found["code"]: found for found in query(database, "SELECT * FROM check_subjects")}
    assert spoken <= set(named)
    assert named["statements-1"]["label_zh"] == "正文数字第1条"
    assert all(found["label_zh"] and found["label_en"] for found in named.values())


@pytest.mark.parametrize("table", ["items", "measures", "outcomes", "review_channels", "hotline_channels", "rules"])
def test_what_is_looked_up_is_in_order_from_1(database: Path, table: str) -> None:
    orders = column(database, f"SELECT sort_order FROM {table} ORDER BY rowid")
    assert orders == list(range(1, len(orders) + 1))
    assert len(orders) > 2


def test_names_of_an_authority_are_counted_from_the_oldest(database: Path) -> None:
    found = query(database, "SELECT agency, position, valid_from FROM agency_names ORDER BY agency, position")
    positions: dict[str, list[int]] = {}
    for name in found:
        positions.setdefault(name["agency"], []).append(name["position"])
    assert {tuple(counted) for counted in positions.values()} == {
        tuple(range(1, len(counted) + 1)) for counted in positions.values()
    }
    assert max(map(len, positions.values())) > 1


@pytest.mark.parametrize(
    ("adcode", "province", "city"),
    [
        ("350000", "福建省", None),
        ("350100", "福建省", "福州市"),
        ("350102", "福建省", "福州市"),
        ("110101", "北京市", None),
    ],
)
def test_a_division_names_the_province_and_the_city_that_it_lies_in(
    database: Path, adcode: str, province: str, city: str | None
) -> None:
    (found,) = query(
        database, f"SELECT province, city FROM divisions WHERE adcode = '{adcode}' ORDER BY valid_from DESC LIMIT 1"
    )
    assert (found["province"], found["city"]) == (province, city)
