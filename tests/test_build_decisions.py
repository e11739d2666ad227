"""What a publisher decides beside the documents: whose a report is and of when, and which problems are looked at."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from build.__main__ import main
from build.join import acknowledged, corrections, entries
from build.join.acknowledged import (
    Acknowledgement,
    AcknowledgementError,
    read_acknowledgements,
    register,
    unused,
)
from build.join.amending import Amendments, amendments, key_amended, with_amended
from build.join.assembly import Decisions, acknowledgements
from build.join.corrections import CorrectionError, read_corrections
from build.join.entries import DecisionError, Origin
from build.messages import alike
from build.pipeline import Means
from build.reading.key import Amended, key_of
from build.reading.read import report_id
from build.report import Problem, Report

from .assertions import query, read_text
from .build_histories import assert_same_rows, built, small_report, texts_of
from .rolls import ledger_of_keys, reporting_of, roll_of

AGENCY, OFFICE, SHARED_NAME = "东明县人民政府", "东明县财政局", "鼓楼区人民政府"
SIGNED: dict[str, object] = {
    "error_of": "reading", "reason": "机关说明", "confirmed_by": "某机关", "date": "2026-01-06", "status": "confirmed",
}  # fmt: skip


def entries_in(path: Path, *entries: Mapping[str, object]) -> Path:
    """A file with these entries; JSON is YAML."""
    path.write_text("".join(f"- {json.dumps(entry, ensure_ascii=False)}\n" for entry in entries), encoding="utf-8")
    return path


class Home:
    """A folder of reports, what is decided about them, and the database."""

    def __init__(self, folder: Path, *texts: str) -> None:
        self.folder, self.output = folder, folder / "gongkai.db"
        self.reports = texts_of(folder / "reports", texts)
        self.corrections, self.acknowledged = folder / "corrections.yml", folder / "acknowledged.yml"
        self.corrections.write_text("", encoding="utf-8")

    def build(self) -> int:
        return main([str(self.reports), "--output", str(self.output), "--corrections", str(self.corrections)])

    def id_of(self, file: str) -> str:
        return report_id(sha256((self.reports / file).read_bytes()).hexdigest())

    def correct(self, *entries: Mapping[str, object]) -> None:
        """Each names its ``file``, the ``cell`` of its report, and what is expected and corrected."""
        written = [
            {"report": self.id_of(str(entry["file"])), "table": "reports", **SIGNED, **entry} for entry in entries
        ]
        entries_in(self.corrections, *({name: entry[name] for name in entry if name != "file"} for entry in written))

    def acknowledge(self, *entries: Mapping[str, object]) -> None:
        said = {"reason": "看过", "by": "编辑", "date": "2026-02-01"}
        entries_in(self.acknowledged, *({**said, **entry} for entry in entries))

    def report(self, file: str) -> dict[str, Any]:
        return query(self.output, "SELECT * FROM reports WHERE source_file = ?", file)[0]

    def problems(self) -> list[tuple[str, str | None]]:
        rows = query(self.output, "SELECT code, acknowledged FROM problems ORDER BY source_file, position")
        return [(row["code"], row["acknowledged"]) for row in rows]

    def full(self) -> Path:
        """The database as a build that remembers nothing writes it."""
        output = self.folder / "full.db"
        output.unlink(missing_ok=True)
        built(self.reports, output, Means(), self.corrections, self.acknowledged)
        return output


@pytest.fixture
def home(tmp_path: Path) -> Callable[..., Home]:
    """Makes a home of texts."""
    return lambda *texts: Home(tmp_path, *texts)


# Authority and year --------------------------------------------------------------------------------------------------


def test_everything_follows_from_a_corrected_year(home: Callable[..., Home]) -> None:
    """What was a second text of 2020 is the report of 2021: compared with the year before, and here by coverage."""
    place = home(small_report(AGENCY, 2020), small_report(AGENCY, 2020, "又一份"))
    place.build()
    superseded = next(file for file in ("0.txt", "1.txt") if not place.report(file)["current"])
    before = place.report(superseded)
    place.correct({"file": superseded, "cell": "year", "expect": 2020, "corrected": 2021})
    assert place.build() == 0
    row = place.report(superseded)
    assert (row["id"], row["year"], row["current"], row["superseded_by"]) == (before["id"], 2021, 1, None)
    assert json.loads(row["corrected_cells"]) == {"year": 2021}
    assert json.loads(row["evidence"])[-1]["kind"] == "correction"
    (summary,) = query(place.output, "SELECT * FROM report_summary WHERE report = ?", row["id"])
    assert (summary["year"], "year" in json.loads(summary["corrected_cells"])) == (2021, True)
    coverage = query(place.output, "SELECT report FROM coverage WHERE adcode = ? AND year = 2021", row["adcode"])
    assert coverage == [{"report": row["id"]}]
    across = query(place.output, "SELECT 1 FROM checks c JOIN rules r ON r.code = c.rule WHERE r.kind = 'across years'")
    assert across
    assert place.problems() == []
    (correction,) = query(place.output, "SELECT * FROM corrections")
    assert (correction["printed"], correction["printed_value"], correction["corrected_value"]) == ("2020", 2020, 2021)
    assert_same_rows(place.output, place.full())


def test_a_superseded_text_is_no_rival_of_the_current_one_across_years(home: Callable[..., Home]) -> None:
    place = home(small_report(AGENCY, 2020), small_report(AGENCY, 2020, "又一份"), small_report(AGENCY, 2021))
    place.build()
    assert sum(place.report(f"{at}.txt")["current"] for at in range(3)) == 2
    later = place.report("2.txt")["id"]
    sql = "SELECT DISTINCT c.report FROM checks c JOIN rules r ON r.code = c.rule WHERE r.kind = 'across years'"
    assert query(place.output, sql) == [{"report": later}]


def test_a_corrected_authority_has_its_place_and_answers_the_doubt(
    home: Callable[..., Home], capsys: pytest.CaptureFixture[str]
) -> None:
    place = home(small_report(SHARED_NAME, 2020))
    place.correct({"file": "0.txt", "cell": "agency", "expect": SHARED_NAME, "corrected": f"福州市{SHARED_NAME}"})
    assert place.build() == 0
    row = place.report("0.txt")
    found = {name: row[name] for name in ("agency_id", "agency", "province", "city", "county", "level", "adcode")}
    assert found == {
        "agency_id": "350102-government", "agency": "福州市鼓楼区人民政府", "province": "福建省", "city": "福州市",
        "county": "鼓楼区", "level": "county", "adcode": "350102",
    }  # fmt: skip
    assert json.loads(row["corrected_cells"])["agency"] == "福州市鼓楼区人民政府"
    (summary,) = query(place.output, "SELECT corrections FROM report_summary")
    assert summary["corrections"] == f"reports-agency: {SHARED_NAME} → 福州市鼓楼区人民政府"
    assert (row["agency_printed"], row["year"]) == (SHARED_NAME, 2020)
    assert place.problems() == [("agency_ambiguous", "2026-01-06")]
    assert "0 remarks in table problems; 1 problem acknowledged" in capsys.readouterr().err
    (correction,) = query(place.output, "SELECT * FROM corrections")
    assert (correction["printed"], correction["corrected_text"]) == (SHARED_NAME, "福州市鼓楼区人民政府")


def all_amended(report: Report, *entries: Mapping[str, object]) -> Amendments:
    """What entries of authority or year make of ``report``."""
    with TemporaryDirectory() as folder:
        named = ({"report": report.id, "table": "reports", **SIGNED, **entry} for entry in entries)
        read = read_corrections(entries_in(Path(folder) / "c.yml", *named))
    key = key_of(report)
    return amendments(read, roll_of([key]), lambda key: key, lambda _: report)


def amendments_of(report: Report, **entry: object) -> Mapping[str, Amended]:
    """What one entry makes of it."""
    found = all_amended(report, entry)
    assert not found.applied.faults and len(found.applied.by_report[report.id]) == 1
    return found.by_report


@pytest.mark.parametrize(("adcode", "fault"), [("360100", "no authority called"), ("371728", None), (None, None)])
def test_an_authority_must_be_where_its_entry_says_that_it_is(adcode: str | None, fault: str | None) -> None:
    report = read_text(small_report(OFFICE, 2020))
    entry = {"cell": "agency", "expect": OFFICE, "corrected": AGENCY}
    found = all_amended(report, entry if adcode is None else {**entry, "adcode": adcode})
    said = [message.en for _, message in found.applied.faults]
    assert [fault is not None and fault in words for words in said] == [True] * (fault is not None)
    assert all("by this name: 371728-government 东明县人民政府" in words for words in said)
    assert bool(found.by_report) == (fault is None)


def test_a_name_that_is_only_reported_is_told_as_written_beside_a_year_that_stands() -> None:
    report = read_text(small_report(AGENCY, 2020))
    year = {"cell": "year", "expect": 2020, "corrected": 2021}
    name = {"cell": "agency", "expect": AGENCY, "corrected": OFFICE, "status": "reported"}
    found = all_amended(report, year, name)
    told = {row.entry.cell: (row.value, row.text) for row in found.applied.by_report[report.id]}
    assert told == {"year": (Decimal(2021), None), "agency": (None, OFFICE)}
    identity = with_amended(report, found.by_report[report.id]).identity
    assert (identity.agency, identity.year) == (AGENCY, 2021)


@pytest.mark.parametrize(
    ("read", "entry", "agency_id", "agency", "year"),
    [
        (SHARED_NAME, {"corrected": SHARED_NAME, "adcode": "320106"},
         "320106-government", f"南京市{SHARED_NAME}", 2020),
        (OFFICE, {"corrected": AGENCY}, "371728-government", AGENCY, 2020),
        (AGENCY, {"corrected": None}, None, None, 2020),
        (AGENCY, {"corrected": OFFICE, "status": "reported"}, "371728-government", AGENCY, 2020),
        (AGENCY, {"cell": "year", "expect": 2020, "corrected": None}, "371728-government", AGENCY, None),
        (AGENCY, {"cell": "year", "expect": 2020, "corrected": 2021, "status": "withdrawn"},
         "371728-government", AGENCY, 2020),
        ("淮安市洪泽区人民政府", {"cell": "year", "expect": 2020, "corrected": 2014}, "320829-government",
         "洪泽县人民政府", 2014),
        ("東明縣人民政府", {"cell": "year", "expect": 2020, "corrected": 2021}, "371728-government",
         "東明縣人民政府", 2021),
    ],
)  # fmt: skip
def test_the_registry_has_the_authority_of_the_corrected_year(
    read: str, entry: dict[str, object], agency_id: str | None, agency: str | None, year: int | None
) -> None:
    report = read_text(small_report(read, 2020))
    found = amendments_of(report, **{"cell": "agency", "expect": read, **entry})
    identity = with_amended(report, found[report.id]).identity if found else report.identity
    assert (identity.agency_id, identity.agency, identity.year) == (agency_id, agency, year)
    assert identity.agency_printed == read
    assert identity.adcode == (agency_id.partition("-")[0] if agency_id else None)


@pytest.mark.parametrize(
    ("entry", "scope"),
    [
        ({"cell": "agency", "expect": AGENCY, "corrected": OFFICE}, "own"),
        ({"cell": "year", "expect": 2020, "corrected": 2021}, "region"),
    ],
    ids=["another authority", "another year"],
)
def test_a_department_s_report_is_its_own_and_another_year_leaves_whose_it_is(
    entry: dict[str, object], scope: str
) -> None:
    report = read_text(small_report(AGENCY, 2020))
    report = replace(report, identity=replace(report.identity, scope="region"))
    assert with_amended(report, amendments_of(report, **entry)[report.id]).identity.scope == scope


@pytest.mark.parametrize("adcode", [{}, {"adcode": "371728"}])
def test_an_authority_that_nothing_places_has_its_name_and_no_more(adcode: dict[str, str]) -> None:
    report = read_text(small_report(OFFICE, 2020))
    found = amendments_of(report, cell="agency", expect=OFFICE, corrected="渔灯局", **adcode)
    identity = with_amended(report, found[report.id]).identity
    assert (identity.agency, identity.agency_id, identity.adcode) == ("渔灯局", None, None)


def test_a_year_that_was_not_found_is_put_in() -> None:
    found_none = read_text(small_report(AGENCY, 2020))
    report = replace(found_none, identity=replace(found_none.identity, year=None))
    found = all_amended(report, {"cell": "year", "expect": None, "corrected": 2020})
    assert found.by_report[report.id].year == 2020
    (row,) = found.applied.by_report[report.id]
    assert (row.printed, row.printed_value, row.value) == ("", None, Decimal(2020))


def test_a_year_that_is_taken_back_is_told_as_the_number_that_was_read() -> None:
    report = read_text(small_report(AGENCY, 2020))
    found = all_amended(report, {"cell": "year", "expect": 2020, "corrected": None})
    (row,) = found.applied.by_report[report.id]
    assert (row.report, row.subject, row.printed, row.printed_value) == (
        report.id, "reports-year", "2020", Decimal(2020),
    )  # fmt: skip
    assert (row.value, row.text) == (None, None)
    assert evidence_of_corrections(report, found) == [("year", "")]


def evidence_of_corrections(report: Report, found: Amendments) -> list[tuple[str, str]]:
    """What a report's evidence says of what was corrected: the column and what stands there now."""
    amended = with_amended(report, found.by_report[report.id])
    return [(piece.about, piece.value) for piece in amended.evidence if piece.kind == "correction"]


def test_what_is_corrected_is_evidence_of_what_stands() -> None:
    report = read_text(small_report(OFFICE, 2020))
    found = all_amended(report, {"cell": "agency", "expect": OFFICE, "corrected": AGENCY})
    assert evidence_of_corrections(report, found) == [("agency", AGENCY)]
    told = with_amended(report, found.by_report[report.id]).evidence[-1]
    assert (told.words, told.span, told.weight) == ("机关说明", None, 3)


@pytest.mark.parametrize(
    ("entry", "fits"),
    [
        ({"cell": "agency", "expect": OFFICE, "corrected": OFFICE}, False),
        ({"cell": "agency", "expect": OFFICE, "corrected": OFFICE, "adcode": "371728"}, True),
        ({"cell": "year", "expect": 2020, "corrected": 2020}, False),
    ],
)
def test_what_stands_already_is_corrected_only_to_say_where_it_lies(entry: dict[str, object], fits: bool) -> None:
    found = all_amended(read_text(small_report(OFFICE, 2020)), entry)
    assert bool(found.by_report) == fits
    assert ["already" in message.en for _, message in found.applied.faults] == [True] * (not fits)


def test_a_name_of_several_authorities_corrects_nothing() -> None:
    report = read_text(small_report(OFFICE, 2020))
    found = all_amended(report, {"cell": "agency", "expect": OFFICE, "corrected": SHARED_NAME})
    ((_, message),) = found.applied.faults
    assert "several authorities are called" in message.en and "350102-government" in message.en
    assert found.by_report == {}


def test_an_authority_that_the_registry_does_not_have_is_the_same_in_another_year() -> None:
    report = read_text(small_report(AGENCY, 2020))
    unknown = replace(report, identity=replace(report.identity, agency_id=None, agency="东明县某某中心"))
    found = amendments_of(unknown, cell="year", expect=2020, corrected=2021)
    identity = with_amended(unknown, found[report.id]).identity
    assert (identity.agency_id, identity.agency, identity.year) == (None, "东明县某某中心", 2021)
    assert (identity.province, identity.city, identity.county) == ("山东省", "菏泽市", "东明县")
    assert (identity.adcode, identity.level) == ("371728", "county")


def test_the_misread_name_is_no_name_of_the_right_authority() -> None:
    report = read_text(small_report(OFFICE, 2020))
    found = amendments_of(report, cell="agency", expect=OFFICE, corrected=AGENCY)
    (authority,) = reporting_of([key_amended(key_of(report), found[report.id], lambda _: report)])
    assert (authority.agency.id, authority.printed) == ("371728-government", ())


def test_nothing_is_put_right_where_one_of_a_report_s_entries_does_not_fit() -> None:
    report = read_text(small_report(OFFICE, 2020))
    found = all_amended(
        report,
        {"cell": "agency", "expect": OFFICE, "corrected": AGENCY},
        {"cell": "year", "expect": 2019, "corrected": 2021},
    )
    assert len(found.applied.faults) == 1
    assert found.by_report == {}
    assert [row.text for row in found.applied.by_report[report.id]] == [AGENCY, None]


@pytest.mark.parametrize(("cell", "kept"), [("year", True), ("agency", False)])
def test_candidates_and_the_printed_name_go_only_with_the_authority(cell: str, kept: bool) -> None:
    """A corrected year leaves open whose of several a report is."""
    report = read_text(small_report(SHARED_NAME, 2020))
    corrected = 2021 if cell == "year" else f"福州市{SHARED_NAME}"
    found = amendments_of(report, cell=cell, expect=2020 if cell == "year" else SHARED_NAME, corrected=corrected)
    key = key_amended(key_of(report), found[report.id], lambda _: report)
    candidates = report.candidates if kept else ()
    assert report.candidates
    assert (key.candidates, with_amended(report, found[report.id]).candidates) == (candidates, candidates)
    assert key.identity.agency_printed == (SHARED_NAME if kept else None)
    assert key.amended == found[report.id]


def test_all_that_does_not_fit_authorities_and_years_is_told(
    home: Callable[..., Home], capsys: pytest.CaptureFixture[str]
) -> None:
    place = home(small_report(SHARED_NAME, 2020), small_report(AGENCY, 2020))
    place.build()
    old = place.output.read_bytes()
    place.correct(
        {"file": "0.txt", "cell": "agency", "expect": SHARED_NAME, "corrected": SHARED_NAME, "adcode": "110101"},
        {"file": "1.txt", "cell": "year", "expect": 2019, "corrected": 2021},
        {"file": "1.txt", "cell": "agency", "expect": AGENCY, "corrected": AGENCY},
    )
    capsys.readouterr()
    assert place.build() == 2
    said = [line for line in capsys.readouterr().err.splitlines() if "corrections.yml" in line]
    assert ["entry 1" in said[0], "entry 2" in said[1], "entry 3" in said[2]] == [True] * 3
    assert "several authorities are called" in said[0] and "there stands 2020" in said[1]
    assert "stands in reports-agency already" in said[2]
    assert place.output.read_bytes() == old


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({"cell": "level", "expect": None, "corrected": "县"}, "cell: 'level' is not one of agency, year"),
        ({"cell": "year", "expect": 2020, "corrected": "2021"}, "corrected: '2021' is not of type"),
        ({"cell": "year", "expect": 2020, "corrected": 21}, "corrected: 21 is out of range"),
        ({"cell": "year", "expect": 2020, "corrected": 1999}, "corrected: 1999 is out of range"),
        ({"cell": "year", "expect": 2020, "corrected": 2100}, "corrected: 2100 is out of range"),
        ({"cell": "agency", "expect": AGENCY, "corrected": 5}, "corrected: 5 is not of type"),
        ({"cell": "year", "expect": 2020, "corrected": 2021, "adcode": "371728"}, "adcode: not expected"),
    ],
)
def test_what_an_authority_or_a_year_cannot_be_is_refused(tmp_path: Path, entry: dict[str, object], fault: str) -> None:
    path = entries_in(tmp_path / "c.yml", {"report": "abcdefghij", "table": "reports", **SIGNED, **entry})
    with pytest.raises(CorrectionError, match=f"entry 1: {fault}"):
        read_corrections(path)


@pytest.mark.parametrize("year", [2000, 2099])
def test_a_year_may_be_any_of_the_century(tmp_path: Path, year: int) -> None:
    entry = {"cell": "year", "expect": 2020, "corrected": year}
    (read,) = read_corrections(
        entries_in(tmp_path / "c.yml", {"report": "abcdefghij", "table": "reports", **SIGNED, **entry})
    )
    assert read.corrected == year


# Problems that somebody has looked at --------------------------------------------------------------------------------


def test_an_acknowledged_file_is_shown_and_no_longer_counted(
    home: Callable[..., Home], capsys: pytest.CaptureFixture[str]
) -> None:
    place = home(small_report(AGENCY, 2020), "通知", "公告")
    place.acknowledge({"source_file": "1.txt", "code": "not_a_report"})
    capsys.readouterr()
    assert place.build() == 1
    said = capsys.readouterr().err
    assert "1 file without a report; 1 file without a report, acknowledged" in said
    assert "2.txt: not_a_report" in said and "1.txt: not_a_report" not in said
    assert "0 remarks in table problems; 1 problem acknowledged" in said
    row = query(place.output, "SELECT * FROM problems WHERE source_file = '1.txt'")[0]
    assert (row["severity"], row["acknowledged"], row["acknowledged_why"]) == ("error", "2026-02-01", "看过 (编辑)")


def test_where_every_file_without_a_report_is_acknowledged_the_build_is_whole(home: Callable[..., Home]) -> None:
    place = home(small_report(AGENCY, 2020), "通知")
    assert place.build() == 1
    place.acknowledge({"source_file": "1.txt", "code": "not_a_report"})
    assert place.build() == 0
    assert place.problems() == [("not_a_report", "2026-02-01")]
    assert place.build() == 0
    place.acknowledged.unlink()
    assert place.build() == 1
    assert place.problems() == [("not_a_report", None)]


def test_a_file_that_cannot_be_read_for_another_reason_is_not_the_one_acknowledged(home: Callable[..., Home]) -> None:
    place = home(small_report(AGENCY, 2020), "通知")
    place.acknowledge({"source_file": "1.txt", "code": "not_a_report"})
    (place.reports / "1.txt").write_bytes(b"")
    assert place.build() == 1
    assert ("acknowledgement_unused", None) in place.problems()


def test_a_hash_ties_an_acknowledgement_to_what_the_file_holds(home: Callable[..., Home]) -> None:
    place = home(small_report(AGENCY, 2020), "通知")
    entry = {"source_file": "1.txt", "code": "not_a_report", "sha256": sha256("通知".encode()).hexdigest()}
    place.acknowledge(entry)
    assert place.build() == 0
    (place.reports / "1.txt").write_text("公告", encoding="utf-8")
    assert place.build() == 1
    assert dict(place.problems()) == {"not_a_report": None, "acknowledgement_unused": None}


def test_a_report_s_own_problem_is_acknowledged_by_its_excerpt(home: Callable[..., Home]) -> None:
    place = home(small_report(SHARED_NAME, 2020))
    report = place.id_of("0.txt")
    place.acknowledge({"report": report, "code": "agency_ambiguous", "excerpt": "别的名字"})
    place.build()
    assert sorted(place.problems()) == [("acknowledgement_unused", None), ("agency_ambiguous", None)]
    place.acknowledge({"report": report, "code": "agency_ambiguous", "excerpt": SHARED_NAME})
    place.build()
    assert place.problems() == [("agency_ambiguous", "2026-02-01")]


@pytest.mark.parametrize(
    "entry",
    [
        {"cell": "agency", "expect": SHARED_NAME, "corrected": f"福州市{SHARED_NAME}", "status": "withdrawn"},
        {"table": "applications", "cell": "brought_forward-total", "expect": 777, "corrected": 778},
    ],
)
def test_neither_a_withdrawn_correction_nor_one_of_a_figure_answers_a_doubt(
    home: Callable[..., Home], entry: dict[str, object]
) -> None:
    place = home(small_report(SHARED_NAME, 2020, received=777))
    place.correct({"file": "0.txt", **entry})
    assert place.build() == 0
    assert place.problems() == [("agency_ambiguous", None)]


def test_what_shows_only_beside_another_report_is_acknowledged(home: Callable[..., Home]) -> None:
    place = home(small_report(AGENCY, 2020), small_report(AGENCY, 2020, "又一份"))
    place.build()
    superseded = next(file for file in ("0.txt", "1.txt") if not place.report(file)["current"])
    row = place.report(superseded)
    named = {"source_file": superseded, "code": "superseded"}
    place.acknowledge({**named, "sha256": "0" * 64})
    place.build()
    assert dict(place.problems())["superseded"] is None
    place.acknowledge({**named, "sha256": row["sha256"]})
    place.build()
    assert place.problems() == [("superseded", "2026-02-01")]


def no_hash(_: str) -> None:
    """No file and no report is here."""


def test_each_of_several_acknowledgements_of_a_file_or_report_answers_its_problem(tmp_path: Path) -> None:
    said = {"reason": "看过", "by": "编辑", "date": "2026-02-01"}
    named: list[dict[str, object]] = [{"source_file": "1.txt"}, {"report": "abcdefghij"}, {"source_file": "2.txt"}]
    entries = ({**said, **each, "code": code} for each in named for code in ("scan", "images", "superseded"))
    known = register(read_acknowledgements(entries_in(tmp_path / "a.yml", *entries)), no_hash, no_hash)
    for code in ("scan", "images", "superseded", "two_tables"):
        for file, report in (("1.txt", None), ("2.txt", None), ("3.txt", "abcdefghij"), ("3.txt", None)):
            problem = known.of_problem(Problem(file, "read", "warning", code, alike(""), report=report))
            answered = code != "two_tables" and (file, report) != ("3.txt", None)
            assert problem.acknowledged == ("2026-02-01" if answered else None), (file, report, code)


@pytest.mark.parametrize("here", [True, False], ids=["a report of the build", "of none"])
def test_a_hash_acknowledges_what_is_said_of_a_report_that_is_here(tmp_path: Path, here: bool) -> None:
    report = read_text(small_report(AGENCY, 2020))
    said = {
        "source_file": report.source_file,
        "sha256": report.sha256,
        "reason": "看过",
        "by": "编辑",
        "date": "2026-02-01",
    }
    entries = read_acknowledgements(entries_in(tmp_path / "a.yml", {**said, "code": "superseded"}))
    known = acknowledgements(Decisions(acknowledged=entries), ledger_of_keys([key_of(report)] if here else []))
    problem = known.of_problem(
        Problem(report.source_file, "read", "warning", "superseded", alike(""), report=report.id)
    )
    assert problem.acknowledged == ("2026-02-01" if here else None)


@pytest.mark.parametrize(("written", "answered"), [("ab", True), ("cd", False)])
@pytest.mark.parametrize(
    ("file", "report"), [("1.txt", "abcdefghij"), ("1.txt", None), ("1.zip#a.txt", None), ("2.zip#b.txt", None)]
)
def test_an_acknowledgement_with_a_hash_is_of_the_file_that_has_it(
    tmp_path: Path, file: str, report: str | None, written: str, answered: bool
) -> None:
    """A report's own file counts; of a member that gave none, the archive around it."""
    said = {"source_file": file, "sha256": written * 32, "reason": "看过", "by": "编辑", "date": "2026-02-01"}
    entries = read_acknowledgements(entries_in(tmp_path / "a.yml", {**said, "code": "scan"}))
    of_report, of_file = {"abcdefghij": "ab" * 32}, {} if report else {"1.txt": "ab" * 32, "1.zip": "ab" * 32}
    of_file |= {"2.zip#b.txt": "ab" * 32, "2.zip": "ef" * 32}
    known = register(entries, of_report.get, of_file.get)
    problem = known.of_problem(Problem(file, "read", "warning", "scan", alike(""), report=report))
    assert (problem.acknowledged is not None) == answered


@pytest.mark.parametrize(
    ("codes", "whole"), [(("scan", "images"), True), (("scan",), False), (("images",), False), ((), False)]
)
def test_a_file_is_answered_where_every_reason_is(tmp_path: Path, codes: tuple[str, ...], whole: bool) -> None:
    said = {"reason": "看过", "by": "编辑", "date": "2026-02-01"}
    entries = ({**said, "source_file": "1.txt", "code": code} for code in codes)
    known = register(read_acknowledgements(entries_in(tmp_path / "a.yml", *entries)), no_hash, no_hash)
    reasons = [Problem("1.txt", "read", "error", code, alike("")) for code in ("scan", "images")]
    remark = Problem("1.txt", "read", "note", "odd", alike(""))
    assert known.answers_all([*reasons, remark]) == whole
    assert not known.answers_all([remark]) and not known.answers_all([])


def test_everything_that_is_wrong_with_a_file_of_acknowledgements_is_told(tmp_path: Path) -> None:
    whole = {"report": "abcdefghij", "code": "scan", "reason": "看过", "by": "编辑", "date": "2026-02-01"}
    path = entries_in(
        tmp_path / "acknowledged.yml",
        {name: whole[name] for name in whole if name != "report"},
        {**whole, "date": "2026-02-30"},
        {name: whole[name] for name in whole if name != "reason"},
    )
    with pytest.raises(AcknowledgementError) as raised:
        read_acknowledgements(path)
    assert [message.en.partition("entry ")[2] for message in raised.value.messages] == [
        "1: an entry names its report by `report`, or by `source_file`",
        "2: date: '2026-02-30' is no day of the calendar",
        "3: required and not there: reason",
    ]


def test_what_is_wrong_is_told_in_the_order_of_the_lines_the_file_itself_first() -> None:
    faults = [(Origin("c.yml", *place), alike("why")) for place in ((9, 2), (3, 1), ())]
    told = [message.en for message in DecisionError(faults).messages]
    assert told == ["c.yml: why", "c.yml, line 3, entry 1: why", "c.yml, line 9, entry 2: why"]


@pytest.mark.parametrize(("report", "file", "named"), [("abcdefghij", "1.txt", "abcdefghij"), (None, "1.txt", "1.txt")])
def test_an_acknowledgement_that_answers_nothing_is_told_with_its_place(
    report: str | None, file: str, named: str
) -> None:
    said = ("scan", None, "看过", "编辑", "2026-02-01")
    problem = unused(Acknowledgement(Origin("in/a.yml", 7, 2), report, file, None, *said))
    assert (problem.source_file, problem.stage, problem.severity) == ("a.yml", "combine", "note")
    assert (problem.code, problem.report) == ("acknowledgement_unused", None)
    for words in (problem.message.en, problem.message.zh):
        assert all(each in words for each in ("7", "2", "scan", named))


def test_a_key_that_stands_twice_is_told_with_its_line_and_entry(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    lines = ("# seen", "- {source_file: 1.txt, code: scan, reason: 看过, by: 编辑, date: '2026-02-01'}", "# more", "")
    path.write_text("\n".join((*lines, lines[1].replace("code: scan", "code: scan, code: images"))), encoding="utf-8")
    with pytest.raises(AcknowledgementError, match=r"a\.yml, line 5, entry 2: .*code"):
        read_acknowledgements(path)


@pytest.mark.parametrize(
    ("origin", "where"),
    [
        (Origin("c.yml"), "c.yml: "),
        (Origin("c.yml", 7), "c.yml, line 7: "),
        (Origin("c.yml", 7, 2), "c.yml, line 7, entry 2: "),
    ],
)
def test_what_is_wrong_is_told_with_as_much_of_its_place_as_there_is(origin: Origin, where: str) -> None:
    assert origin.told(alike("why")).en == f"{where}why"


def keywords(schema: object) -> set[str]:
    """The keywords of a schema, those of its properties and branches too."""
    if not isinstance(schema, dict):
        return set()
    named = schema.get("properties", {})
    branches = (*named.values(), *(schema[name] for name in ("then", "else") if name in schema))
    return {*schema}.union(*map(keywords, branches))


@pytest.mark.parametrize("schema", [corrections.SCHEMA, acknowledged.SCHEMA])
def test_whatever_a_schema_asks_for_can_be_told_in_words(schema: dict[str, Any]) -> None:
    tells_nothing_itself = {"properties", "if", "then", "else", entries.HOW_NAMED}
    assert keywords(schema) - tells_nothing_itself <= {*entries._REASONS}


def test_an_acknowledgement_is_read_as_it_is_written(tmp_path: Path) -> None:
    named = {"report": "abcdefghij", "source_file": "1.txt", "sha256": "ab" * 32}
    said = {"code": "scan", "excerpt": "某处", "reason": "看过", "by": "编辑", "date": "2026-02-01"}
    (read,) = read_acknowledgements(entries_in(tmp_path / "a.yml", {**named, **said}))
    assert {name: getattr(read, name) for name in (*named, *said)} == {**named, **said}
    assert read.why == "看过 (编辑)"
    problem = Problem("1.txt", "read", "warning", "scan", alike(""), "某处")
    others = (replace(problem, excerpt="别处"), replace(problem, code="images"))
    assert [read.answers(each) for each in (problem, *others)] == [True, False, False]


def test_the_same_is_acknowledged_once(tmp_path: Path) -> None:
    whole = {"report": "abcdefghij", "code": "scan", "reason": "看过", "by": "编辑", "date": "2026-02-01"}
    with pytest.raises(AcknowledgementError, match="entry 2: entry 1 acknowledges the same"):
        read_acknowledgements(entries_in(tmp_path / "a.yml", whole, {**whole, "reason": "又看过"}))


def test_a_named_file_that_is_not_there_stops_the_build(home: Callable[..., Home], tmp_path: Path) -> None:
    place = home(small_report(AGENCY, 2020))
    arguments = [str(place.reports), "--output", str(place.output), "--acknowledged", str(tmp_path / "none.yml")]
    assert main(arguments) == 2


def test_the_shipped_files_hold_no_entries() -> None:
    root = Path(__file__).resolve().parent.parent
    assert read_acknowledgements(root / "acknowledged.yml") == ()
