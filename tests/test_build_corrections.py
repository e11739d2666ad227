"""corrections.yml: what has been put right stands beside the printed value; what does not fit stops the build."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from build import forms
from build.__main__ import main
from build.join import corrections
from build.join.corrections import (
    Applied,
    Correction,
    CorrectionError,
    Entry,
    correction_notes,
    note_of,
    read_corrections,
)
from build.join.entries import Origin
from build.join.marking import marks_of_outcomes, marks_of_rows, marks_of_summary
from build.messages import alike
from build.publish import schema
from build.reading.key import key_of
from build.report import Report, Section

from .assertions import query
from .rolls import roll_of
from .rule_samples import APPLICATIONS, HOTLINE, line, row, sample, section
from .samples import report_text

SHA = "0" * 64
SUMMARY_COLUMNS = next(table.columns for table in schema.TABLES if table.name == "report_summary")
ENTRY = {
    "report": "abcdefghij",
    "table": "applications",
    "cell": "received-total",
    "expect": "20",
    "corrected": "21",
    "error_of": "source",
    "reason": "机关已书面确认",
    "confirmed_by": "东明县财政局",
    "date": "2026-01-06",
    "status": "confirmed",
}


def written(folder: Path, *entries: Mapping[str, str | None]) -> Path:
    """A file with these entries; a key with None is left out. Each entry begins on line 1, 1 + its length, …"""
    blocks = []
    for entry in entries:
        lines = [f"{key}: {value}" for key, value in entry.items() if value is not None]
        blocks.append("- " + "\n  ".join(lines) + "\n")
    path = folder / "corrections.yml"
    path.write_text("".join(blocks), encoding="utf-8")
    return path


def apply_corrections(entries: Sequence[Entry], reports: Sequence[Report]) -> Applied:
    """``entries`` applied to reports that are all at hand."""
    whole = {report.id: report for report in reports}
    published = roll_of(map(key_of, reports))
    applied = corrections.apply_corrections(entries, published, lambda key: whole[key.id])
    if applied.faults:
        raise CorrectionError(applied.faults)
    return applied


def entry(**changes: str | None) -> dict[str, str | None]:
    """The entry with other values."""
    return {**ENTRY, **changes}


def test_an_entry_stands_beside_the_printed_value(tmp_path: Path) -> None:
    report = sample()
    applied = apply_corrections(read_corrections(written(tmp_path, entry(reason="误"))), [report])
    (correction,) = applied.by_report[report.id]
    assert (correction.subject, correction.printed_value) == ("applications-received-total", Decimal(20))
    assert correction.printed == ""
    assert (correction.entry.corrected, correction.entry.reason) == (Decimal(21), "误")
    assert not applied.problems


def test_the_corrections_of_a_report_stand_in_the_order_of_their_entries(tmp_path: Path) -> None:
    """Whichever were applied first: those of authority and year come before those of figures."""
    report = sample()
    other = entry(cell="granted-total", expect="9", corrected="10")
    (first, second) = read_corrections(written(tmp_path, entry(), other))
    early, late = (apply_corrections([each], [report]) for each in (first, second))
    for both in (early.and_also(late), late.and_also(early)):
        subjects = [correction.subject for correction in both.by_report[report.id]]
        assert subjects == ["applications-received-total", "applications-granted-total"]


@pytest.mark.parametrize(
    ("table", "cell", "expect", "corrected"),
    [
        ("applications", "received-total", "20", "null"),
        ("applications", "granted-total", "9", "10"),
        ("reviews", "lawsuit_direct-pending", "1", "0"),
        ("reviews", "reconsideration-total", "6", "7"),
        ("reviews", "lawsuit_after_reconsideration-total", "2", "3"),
        ("disclosures", "licence-change", "2", "-2"),
        ("disclosures", "procurement-amount", "230", "23.0"),
        ("disclosures", "procurement-amount", "230.0", "23.0"),
        ("disclosures", "procurement-amount", "'230万元'", "23.0"),
        ("disclosures", "procurement-amount", "230", "0"),
        ("disclosures", "procurement-amount", "230", "2_300.5"),
        ("disclosures", "licence-change", "2", "0"),
        ("hotline", "1-received", "1000", "1001"),
        ("hotline", "1-received", "1000", "0"),
        ("hotline", "1-completion_rate", "98", "0"),
        ("hotline", "1-completion_rate", "98", "98.1"),
        ("hotline", "1-pending", "null", "20"),
    ],
)
def test_every_kind_of_cell_can_be_corrected(
    tmp_path: Path, table: str, cell: str, expect: str, corrected: str
) -> None:
    report = sample(hotline=(line(**HOTLINE),))
    stated = entry(table=table, cell=cell, expect=expect, corrected=corrected)
    (correction,) = apply_corrections(read_corrections(written(tmp_path, stated)), [report]).by_report[report.id]
    assert correction.subject == f"{table}-{cell}"
    assert correction.entry.corrected == (None if corrected == "null" else Decimal(corrected))


@pytest.mark.parametrize(
    ("table", "cell", "expect", "corrected"),
    [
        ("applications", "received-total", "20", "20"),
        ("applications", "received-total", "20", "20.0"),
        ("applications", "received-total", "20", "-1"),
        ("applications", "received-total", "20", "2.5"),
        ("reviews", "lawsuit_direct-pending", "1", "0.5"),
        ("disclosures", "licence-change", "2", "2.5"),
        ("disclosures", "procurement-amount", "230", "-23"),
        ("hotline", "1-completion_rate", "98", "-98"),
        ("hotline", "1-pending", "null", "null"),
    ],
)
def test_what_stands_there_already_or_cannot_stand_there_is_no_correction(
    tmp_path: Path, table: str, cell: str, expect: str, corrected: str
) -> None:
    entries = read_corrections(written(tmp_path, entry(table=table, cell=cell, expect=expect, corrected=corrected)))
    with pytest.raises(CorrectionError, match=f"line 1, entry 1: corrected: .*{table}-{cell}"):
        apply_corrections(entries, [sample(hotline=(line(**HOTLINE),))])


@pytest.mark.parametrize(
    ("cell", "expect", "is_blank"), [("granted-business", "null", True), ("granted-business", "0", False)]
)
def test_a_blank_cell_can_be_corrected_and_is_not_zero(tmp_path: Path, cell: str, expect: str, is_blank: bool) -> None:
    report = sample({**APPLICATIONS, "granted": (8, None, 9)}, sections=(section("一", "一、总体情况"),))
    entries = read_corrections(written(tmp_path, entry(cell=cell, expect=expect, corrected="1")))
    if is_blank:
        (correction,) = apply_corrections(entries, [report]).by_report[report.id]
        assert (correction.printed, correction.printed_value, correction.entry.corrected) == ("", None, Decimal(1))
    else:
        with pytest.raises(CorrectionError, match="there stands a blank"):
            apply_corrections(entries, [report])


def test_an_entry_is_read_as_it_is_written(tmp_path: Path) -> None:
    (read,) = read_corrections(written(tmp_path, entry()))
    assert (read.report, read.table, read.cell) == (ENTRY["report"], ENTRY["table"], ENTRY["cell"])
    said = (read.error_of, read.reason, read.confirmed_by, read.date, read.status)
    assert said == tuple(ENTRY[name] for name in ("error_of", "reason", "confirmed_by", "date", "status"))


@pytest.mark.parametrize(("corrected", "figure"), [("1_021", "1021"), ("1_021.5", "1021.5"), ("21.50", "21.50")])
def test_a_figure_is_the_decimal_that_is_written(tmp_path: Path, corrected: str, figure: str) -> None:
    """YAML lets digits be set apart."""
    changes = entry(cell="1-completion_rate", table="hotline", corrected=corrected)
    (read,) = read_corrections(written(tmp_path, changes))
    assert str(read.corrected) == figure


@pytest.mark.parametrize("content", ["", "# nothing yet\n", "[]\n", "# nothing yet\n[]\n"])
def test_a_file_without_entries_corrects_nothing(tmp_path: Path, content: str) -> None:
    path = tmp_path / "corrections.yml"
    path.write_text(content, encoding="utf-8")
    assert read_corrections(path) == ()


def test_the_published_file_is_valid() -> None:
    read_corrections(Path(__file__).resolve().parent.parent / "corrections.yml")


@pytest.mark.parametrize(
    ("table", "cell", "row", "column", "summarised"),
    [
        ("applications", "received-total", "applications-received", "total", "received"),
        ("applications", "received-business", "applications-received", "business", ""),
        (
            "applications", "granted-total", "applications-granted", "total",
            "granted disclosure_rate disclosure_numerator full_disclosure_rate full_disclosure_numerator"
            " substantive_disclosure_rate substantive_disclosure_numerator substantive_disclosure_denominator",
        ),
        (
            "applications", "closed-total", "applications-closed", "total",
            "closed disclosure_rate disclosure_denominator full_disclosure_rate full_disclosure_denominator",
        ),
        ("disclosures", "procurement-amount", "disclosures-procurement-amount", "amount_wan", ""),
        ("disclosures", "licence-change", "disclosures-licence-change", "count", ""),
        (
            "reviews", "lawsuit_direct-pending", "reviews-lawsuit_direct", "pending",
            "lawsuit_direct_correction_rate lawsuit_direct_correction_denominator",
        ),
        (
            "reviews", "reconsideration-total", "reviews-reconsideration", "total",
            "reconsiderations reconsideration_correction_rate reconsideration_correction_denominator",
        ),
        *(
            ("applications", f"{item}-total", f"applications-{item}", "total", item)
            for item in ("brought_forward", "carried_forward")
        ),
        (
            "applications", "partly_granted-total", "applications-partly_granted", "total",
            "partly_granted disclosure_rate disclosure_numerator substantive_disclosure_rate"
            " substantive_disclosure_numerator substantive_disclosure_denominator",
        ),
        (
            "applications", "withheld_internal-total", "applications-withheld_internal", "total",
            "withheld substantive_disclosure_rate substantive_disclosure_denominator",
        ),
        ("applications", "not_processed_repeat-total", "applications-not_processed_repeat", "total", "not_processed"),
        (
            "reviews", "lawsuit_after_reconsideration-corrected", "reviews-lawsuit_after_reconsideration", "corrected",
            "lawsuit_after_reconsideration_correction_rate lawsuit_after_reconsideration_correction_numerator",
        ),
        ("reviews", "reconsideration-upheld", "reviews-reconsideration", "upheld", ""),
        ("reports", "year", "reports", "year", "year"),
        ("hotline", "1-received", "hotline-1", "received", "hotline_received"),
        ("hotline", "1-completion_rate", "hotline-1", "completion_rate", ""),
    ],
)  # fmt: skip
def test_a_corrected_cell_marks_every_column_that_shows_it_or_rests_on_it(
    table: str, cell: str, row: str, column: str, summarised: str
) -> None:
    written_entry = Entry(
        Origin("c.yml", 1, 1), "abcdefghij", None, None, table, cell, Decimal(1), Decimal(2),
        *("source", "理由", "何人", "2026-01-06", "confirmed"),
    )  # fmt: skip
    corrected = Correction("abcdefghij", f"{table}-{cell}", "1", Decimal(1), written_entry, Decimal(2))
    assert marks_of_rows([corrected]) == {row: {column: Decimal(2)}}
    summary = marks_of_summary([corrected])
    assert set(summary) == set(summarised.split()) <= set(SUMMARY_COLUMNS)
    assert set(summary.values()) <= {f"{table}-{cell}: 1 → 2"}
    reported = replace(corrected, entry=replace(written_entry, status="reported"))
    assert (marks_of_rows([reported]), marks_of_summary([reported])) == ({}, {})


def corrected_cell(table: str, cell: str, status: str = "confirmed", **changes: Any) -> Correction:
    """A correction of 1 to 2."""
    entry_of = Entry(
        Origin("c.yml", 1, 1), "abcdefghij", None, None, table, cell, Decimal(1), Decimal(2),
        *("source", "理由", "何人", "2026-01-06", status),
    )  # fmt: skip
    return replace(Correction("abcdefghij", entry_of.subject, "1", Decimal(1), entry_of, Decimal(2)), **changes)


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({}, "1 → 2"),
        ({"printed_value": None}, "— → 2"),
        ({"value": None}, "1 → —"),
        ({"printed_value": Decimal("1E+2"), "value": Decimal("2.50")}, "100 → 2.50"),
        ({"printed": "甲县", "text": "乙县"}, "甲县 → 乙县"),
        ({"printed": "", "text": "乙县"}, "— → 乙县"),
    ],
)
def test_a_correction_is_told_in_one_line(changes: dict[str, Any], note: str) -> None:
    told = corrected_cell("applications", "received-total", **changes)
    assert note_of(told) == f"applications-received-total: {note}"


def test_what_stands_corrected_in_a_report_is_told_in_the_order_of_the_entries() -> None:
    cells = ("received-total", "closed-total")
    first, last = (corrected_cell("applications", cell) for cell in cells)
    reported = corrected_cell("applications", "granted-total", "reported")
    both = "; ".join(f"applications-{cell}: 1 → 2" for cell in cells)
    assert correction_notes([first, reported, last]) == both
    assert correction_notes([reported]) is None
    assert correction_notes([]) is None


def test_an_authority_s_name_marks_its_column() -> None:
    named = corrected_cell("reports", "agency", value=None, text="乙县人民政府")
    assert marks_of_rows([named]) == {"reports": {"agency": "乙县人民政府"}}
    assert marks_of_summary([named]) == {"agency": "reports-agency: 1 → 乙县人民政府"}


@pytest.mark.parametrize("cell", ["received-total", "brought_forward-business", "closed-total"])
def test_a_cell_of_no_outcome_marks_no_outcome(cell: str) -> None:
    assert marks_of_outcomes([corrected_cell("applications", cell)]) == {}


def test_two_corrections_that_one_figure_rests_on_are_both_told() -> None:
    cells = ("withheld_internal-total", "withheld_process-total")
    rows = [corrected_cell("applications", cell) for cell in cells]
    both = "; ".join(f"applications-{cell}: 1 → 2" for cell in cells)
    assert marks_of_outcomes(rows) == {"withheld": {"total": both}}
    assert marks_of_summary(rows)["withheld"] == both
    assert marks_of_outcomes([corrected_cell("applications", cells[0], "reported")]) == {}


def test_a_cell_is_told_as_it_is_printed(tmp_path: Path) -> None:
    received = replace(row("received", 18, 2, 20), cell_spans=(("total", (3, 7)),))
    report = replace(sample(), sections=(Section(None, None, "总计  20 件", 0),), applications=(received,))
    stated = entry(expect="'20'", corrected="21")
    (correction,) = apply_corrections(read_corrections(written(tmp_path, stated)), [report]).by_report[report.id]
    assert (correction.printed, correction.printed_value) == ("20", Decimal(20))


@pytest.mark.parametrize("cell", ["0-received", "2-received", "x-received", "1-unit"])
def test_only_a_figure_of_a_row_that_is_there_is_corrected(tmp_path: Path, cell: str) -> None:
    stated = entry(table="hotline", cell=cell, expect="1000", corrected="1001")
    with pytest.raises(CorrectionError, match="has no cell"):
        apply_corrections(read_corrections(written(tmp_path, stated)), [sample()])


def test_what_becomes_of_entries_is_kept_of_both_kinds(tmp_path: Path) -> None:
    """Of authority and year, and of figures: the reports, problems and faults of either."""
    (one,) = read_corrections(written(tmp_path, entry()))
    first, second = (corrected_cell("applications", "received-total", report=name) for name in "ab")
    problems = [corrections._unused(replace(one, report=name)) for name in "ab"]
    faults = [(Origin("c.yml", line, line), alike(str(line))) for line in (1, 2)]
    halves = [
        Applied({name: (each,)}, (problem,), (fault,))
        for name, each, problem, fault in zip("ab", (first, second), problems, faults, strict=True)
    ]
    for this, that in ((halves[0], halves[1]), (halves[1], halves[0])):
        both = this.and_also(that)
        assert both.by_report == {"a": (first,), "b": (second,)}
        assert both.problems == (*this.problems, *that.problems)
        assert both.faults == (*this.faults, *that.faults)


def test_a_group_s_sum_is_marked_where_one_of_its_rows_stands_corrected() -> None:
    items = [item for item in forms.APPLICATION_ITEMS if item.group == "withheld"]
    for item in items[:2]:
        entry_of = Entry(
            Origin("c.yml", 1, 1), "abcdefghij", None, None, "applications", f"{item.code}-total", None, Decimal(2),
            *("source", "理由", "何人", "2026-01-06", "confirmed"),
        )  # fmt: skip
        corrected = Correction("abcdefghij", entry_of.subject, "", None, entry_of, Decimal(2))
        assert marks_of_outcomes([corrected]) == {"withheld": {"total": f"{entry_of.subject}: — → 2"}}


# Malformed files: file, line, entry and reason -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"status": None}, "required and not there: status"),
        ({"reason": None}, "required and not there: reason"),
        ({"status": None, "reason": None}, "required and not there: reason, status"),
        ({"expect": None}, "required and not there: expect"),
        ({"note": "more"}, "not expected here: note"),
        ({"remark": "more", "note": "more"}, "not expected here: note, remark"),
        ({"status": "certain"}, "status: 'certain' is not one of"),
        ({"table": "sections"}, "table: 'sections' is not one of"),
        ({"corrected": "many"}, "corrected: 'many' is not of type"),
        ({"report": "Nanchang"}, "report: 'Nanchang' does not match"),
        ({"cell": "received"}, "cell: 'received' does not match"),
        ({"date": "2026-13-01"}, "date: '2026-13-01' is no day of the calendar"),
        ({"date": "yesterday"}, "date: 'yesterday' does not match"),
        ({"report": None}, "an entry names its report by"),
        ({"sha256": SHA}, "an entry names its report by"),
        ({"report": None, "source_file": "a.txt"}, "an entry names its report by"),
        ({"expect": ".nan"}, "is no figure"),
        ({"reason": "''"}, "reason: a text is expected"),
    ],
)
def test_a_malformed_entry_is_named_with_its_line(tmp_path: Path, changes: dict[str, str | None], reason: str) -> None:
    path = written(tmp_path, ENTRY | {"cell": "closed-total"}, entry(**changes))
    with pytest.raises(CorrectionError) as raised:
        read_corrections(path)
    message = str(raised.value)
    second = len(ENTRY) + 1
    assert message.startswith(f"{path}, line ")
    assert second <= int(message.removeprefix(f"{path}, line ").split(",")[0].split(":")[0]) < 2 * second
    assert reason in message
    if ".nan" not in changes.values():
        assert f"line {second}, entry 2: " in message


@pytest.mark.parametrize(
    ("content", "line_number", "reason"),
    [
        (b"- report: [", 1, "no YAML"),
        (b"\n- report: a\n  table: 'b\n", 4, "no YAML"),
        (b"report: abcdefghij\n", 1, "expected a list of entries"),
        (b"just words\n", 1, "expected a list of entries"),
        (b"- just words\n", 1, "is not of type 'object'"),
        (b"- report: \xff\n", 1, "no UTF-8 text"),
        (b"- report: \x01\n", 1, "no YAML: .*special characters are not allowed"),
        (b"- a: b: c\n", 1, "no YAML: mapping values are not allowed here$"),
        (
            b"- report: abcdefghij\n  table: reviews\n  report: klmnopqrst\n",
            3,
            "entry 1: the key 'report' stands twice",
        ),
        (b"- report: abcdefghij\n- table: reviews\n  table: reviews\n", 3, "entry 2: the key 'table' stands twice"),
        (b"- just words\n- table: reviews\n  table: reviews\n", 3, "entry 2: the key 'table' stands twice"),
        (b"- !!set {a, b}\n", 1, "is not of type 'object'"),
    ],
)
def test_a_malformed_file_is_refused_with_its_line(
    tmp_path: Path, content: bytes, line_number: int, reason: str
) -> None:
    path = tmp_path / "corrections.yml"
    path.write_bytes(content)
    with pytest.raises(CorrectionError, match=reason) as raised:
        read_corrections(path)
    assert any(fault.startswith(f"{path}, line {line_number}") for fault in str(raised.value).split("\n"))


def test_everything_that_is_wrong_in_a_file_is_told_at_once(tmp_path: Path) -> None:
    wrong = entry(reason=None, cell="closed", error_of="us", note="more", date="2026-02-30")
    path = written(tmp_path, entry(status=None), ENTRY, wrong, entry(date="2026-02-30", cell="other-total"))
    with pytest.raises(CorrectionError) as raised:
        read_corrections(path)
    third = 2 * len(ENTRY)
    last = third + sum(value is not None for value in wrong.values())
    assert sorted(str(raised.value).split("\n")) == sorted(
        [
            f"{path}, line 1, entry 1: required and not there: status",
            f"{path}, line {third}, entry 3: required and not there: reason",
            f"{path}, line {third}, entry 3: not expected here: note",
            f"{path}, line {third}, entry 3: cell: 'closed' does not match ^[a-z0-9_]+-[a-z_]+$",
            f"{path}, line {third}, entry 3: error_of: 'us' is not one of reading, source",
            f"{path}, line {last}, entry 4: date: '2026-02-30' is no day of the calendar",
        ]
    )
    lines = [int(fault.split("line ")[1].split(",")[0]) for fault in str(raised.value).split("\n")]
    assert lines == sorted(lines)


def test_everything_that_does_not_fit_the_reports_is_told_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, entry(expect="19"), entry(cell="closed-total", expect="9", corrected="9"))
    with pytest.raises(CorrectionError) as raised:
        apply_corrections(read_corrections(path), [sample()])
    assert len(str(raised.value).split("\n")) == 2
    assert [message.zh[-1] for message in raised.value.messages] == ["。", "。"]


@pytest.mark.parametrize("empty", ["[]\n", "[ ]  # nothing yet\n", "# none\n[]\n\n"])
def test_entries_may_be_written_below_an_empty_list(tmp_path: Path, empty: str) -> None:
    path = written(tmp_path, ENTRY, entry(cell="closed-total"))
    path.write_text(empty + path.read_text(encoding="utf-8"), encoding="utf-8")
    entries = read_corrections(path)
    assert [each.cell for each in entries] == ["received-total", "closed-total"]
    assert entries[0].origin.line == empty.count("\n") + 1


@pytest.mark.parametrize("words", ["[]\n[1]\n", "[a]\n"])
def test_only_an_empty_list_is_passed_over(tmp_path: Path, words: str) -> None:
    path = tmp_path / "corrections.yml"
    path.write_text(words, encoding="utf-8")
    with pytest.raises(CorrectionError, match="not of type 'object'"):
        read_corrections(path)


def test_a_cell_is_corrected_once(tmp_path: Path) -> None:
    with pytest.raises(CorrectionError, match=r"entry 2: .* corrected by entry 1 already"):
        read_corrections(written(tmp_path, entry(), entry(corrected="22")))


HASHED = {"report": None, "source_file": "sample.txt"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"report": "klmnopqrst"}),
        (HASHED | {"sha256": "e" * 64}, HASHED | {"sha256": "f" * 64}),
        ({}, HASHED | {"sha256": "f" * 64}),
        ({}, {"cell": "received-business"}),
    ],
)
def test_the_same_cell_of_another_report_is_another_cell(
    tmp_path: Path, one: dict[str, str | None], other: dict[str, str | None]
) -> None:
    assert len(read_corrections(written(tmp_path, entry(**one), entry(**other)))) == 2


def test_a_cell_is_corrected_once_in_a_report_named_by_its_hash(tmp_path: Path) -> None:
    named = entry(**HASHED, sha256="f" * 64)
    with pytest.raises(CorrectionError, match=r"entry 2: .* corrected by entry 1 already"):
        read_corrections(written(tmp_path, named, named))


def test_a_withdrawn_entry_hides_no_two_behind_it(tmp_path: Path) -> None:
    path = written(tmp_path, entry(status="withdrawn"), entry(), entry(corrected="22"))
    with pytest.raises(CorrectionError, match="entry 3"):
        read_corrections(path)


def test_a_withdrawn_entry_may_stand_beside_its_successor(tmp_path: Path) -> None:
    assert len(read_corrections(written(tmp_path, entry(status="withdrawn"), entry(corrected="22")))) == 2


# Entries that do not fit ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (
            {"expect": "19"},
            "expect: 19 was to be printed in applications-received-total of sample.txt; there stands 20",
        ),
        ({"expect": "null"}, "expect: a blank was to be printed"),
        ({"cell": "received-pending"}, "has no cell applications-received-pending"),
        ({"cell": "arrived-total"}, "has no cell applications-arrived-total"),
        ({"table": "disclosures", "cell": "licence-repealed"}, "has no cell disclosures-licence-repealed"),
        ({"table": "reviews", "cell": "mediation-total"}, "has no cell reviews-mediation-total"),
        ({"table": "hotline", "cell": "2-received"}, "has no cell hotline-2-received"),
        ({"table": "hotline", "cell": "1-sentence"}, "has no cell hotline-1-sentence"),
        ({"source_file": "sample.txt", "sha256": "f" * 64}, "sha256: the report abcdefghij has 000"),
        ({"report": "klmnopqrst", "source_file": "sample.txt"}, "is not the file this entry was written for"),
        (
            {"report": None, "source_file": "sample.txt", "sha256": "f" * 64},
            "is not the file this entry was written for",
        ),
    ],
)
def test_an_entry_that_does_not_fit_is_refused(tmp_path: Path, changes: dict[str, str | None], reason: str) -> None:
    path = written(tmp_path, entry(**changes))
    with pytest.raises(CorrectionError) as raised:
        apply_corrections(read_corrections(path), [sample()])
    assert str(raised.value).startswith(f"{path}, line 1, entry 1: ")
    assert reason in str(raised.value)


def test_a_report_is_found_by_the_hash_of_its_file_whatever_its_name(tmp_path: Path) -> None:
    report = replace(sample(), sha256="f" * 64)
    other = replace(report, id="klmnopqrst", sha256="e" * 64, source_file="other.txt")
    named = entry(report=None, source_file="moved/sample.txt", sha256=report.sha256)
    applied = apply_corrections(read_corrections(written(tmp_path, named)), [other, report])
    assert list(applied.by_report) == [report.id]
    assert not applied.problems


def test_a_file_that_is_not_among_those_of_the_build_is_named(tmp_path: Path) -> None:
    named = entry(report=None, source_file="elsewhere.txt", sha256="e" * 64)
    (problem,) = apply_corrections(read_corrections(written(tmp_path, named)), [sample()]).problems
    assert (problem.code, "elsewhere.txt" in problem.message.en) == ("correction_unused", True)


def test_a_report_that_is_named_is_not_looked_for_by_the_hash(tmp_path: Path) -> None:
    report = replace(sample(), sha256="f" * 64)
    named = entry(report="klmnopqrst", source_file="elsewhere.txt", sha256=report.sha256)
    applied = apply_corrections(read_corrections(written(tmp_path, named)), [report])
    assert ([problem.code for problem in applied.problems], applied.by_report) == (["correction_unused"], {})


def test_of_several_reports_in_one_file_the_hash_means_the_first(tmp_path: Path) -> None:
    report = replace(sample(), sha256="f" * 64)
    named = entry(report=None, source_file=report.source_file, sha256=report.sha256)
    reports = [report, replace(report, id=f"{report.id}-2")]
    assert list(apply_corrections(read_corrections(written(tmp_path, named)), reports).by_report) == [report.id]


def test_an_entry_for_a_report_of_another_build_is_a_note(tmp_path: Path) -> None:
    applied = apply_corrections(read_corrections(written(tmp_path, entry(report="klmnopqrst"))), [sample()])
    (problem,) = applied.problems
    assert "klmnopqrst" in problem.message.en
    assert (problem.severity, problem.code, problem.source_file) == ("note", "correction_unused", "corrections.yml")
    assert not applied.by_report


# The whole build -----------------------------------------------------------------------------------------------------


def built(folder: Path, *corrections: dict[str, str | None]) -> tuple[int, Path]:
    """The exit code of a build of one report with these corrections, and its database."""
    reports = folder / "reports"
    reports.mkdir(exist_ok=True)
    (reports / "dongming.txt").write_text(report_text(), encoding="utf-8")
    database = folder / "gongkai.db"
    path = written(folder, *corrections)
    return main([str(reports), "--output", str(database), "--corrections", str(path)]), database


def received_total(folder: Path) -> tuple[str, int]:
    """The id of the built report and its 本年新收, 总计."""
    code, database = built(folder)
    assert code == 0
    (found,) = query(database, "SELECT report, total FROM applications WHERE item = 'received'")
    return found["report"], found["total"]


def test_the_database_keeps_the_printed_value_and_shows_the_correction(tmp_path: Path) -> None:
    report, total = received_total(tmp_path)
    code, database = built(tmp_path, entry(report=report, expect=str(total), corrected=str(total + 1)))
    assert code == 0
    shown = query(database, "SELECT total, corrected_cells FROM applications WHERE item = 'received'")
    assert shown == [{"total": total, "corrected_cells": f'{{"total": {total + 1}}}'}]
    (row,) = query(database, "SELECT * FROM corrections")
    assert (row["report"], row["position"], row["subject"]) == (report, 1, "applications-received-total")
    assert (row["printed"], row["printed_value"], row["corrected_value"]) == (str(total), total, total + 1)
    assert (row["error_of"], row["status"], row["date"]) == ("source", "confirmed", "2026-01-06")
    (summary,) = query(database, "SELECT corrections FROM report_summary")
    assert summary["corrections"] == f"applications-received-total: {total} → {total + 1}"


def test_only_confirmed_corrections_stand_in_the_summary(tmp_path: Path) -> None:
    report, total = received_total(tmp_path)
    _, database = built(tmp_path, entry(report=report, expect=str(total), status="reported"))
    assert query(database, "SELECT status FROM corrections") == [{"status": "reported"}]
    assert query(database, "SELECT corrections FROM report_summary") == [{"corrections": None}]


@pytest.mark.parametrize("changes", [{"expect": "99999"}, {"status": "certain"}, {"cell": "received-pending"}])
def test_a_wrong_entry_stops_the_build_and_leaves_the_old_database(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], changes: dict[str, str | None]
) -> None:
    report, _ = received_total(tmp_path)
    before = (tmp_path / "gongkai.db").read_bytes()
    capsys.readouterr()
    code, database = built(tmp_path, entry(report=report, **changes))
    assert code == 2
    assert database.read_bytes() == before
    assert f"{tmp_path / 'corrections.yml'}, line 1, entry 1: " in capsys.readouterr().err


def test_a_file_of_corrections_that_is_not_there_stops_the_build(tmp_path: Path) -> None:
    reports = tmp_path / "dongming.txt"
    reports.write_text(report_text(), encoding="utf-8")
    arguments = [str(reports), "--output", str(tmp_path / "gongkai.db"), "--corrections", str(tmp_path / "none.yml")]
    assert main(arguments) == 2
    assert not (tmp_path / "gongkai.db").exists()


def test_the_file_in_the_working_directory_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report, total = received_total(tmp_path)
    written(tmp_path, entry(report=report, expect=str(total)))
    monkeypatch.chdir(tmp_path)
    assert main(["reports"]) == 0
    assert query(tmp_path / "gongkai.db", "SELECT count(*) AS rows FROM corrections") == [{"rows": 1}]
