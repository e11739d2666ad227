"""The database: its schema, its bytes, its replacement in one move, and the way from each figure to its words."""

from __future__ import annotations

import itertools
import json
import multiprocessing
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import Mock, patch

import pytest

from build.__main__ import main
from build.parse.values import read_value
from build.publish.draft_database import opened
from build.publish.drafts import abandoned, copy_shared, draft_name, drafted_folder, flush_folder, is_running
from build.publish.store import (
    Around,
    Change,
    Entry,
    Publication,
    change_database,
    report_label,
    write_database,
)
from build.report import Identity
from tests.assertions import REPORTS, ROOT, SHARED, accuses, build, query
from tests.render import Options
from tests.samples import AGENCY, made_report, report_text, sound_figures

APPLICANTS = "natural_person business research_institution public_welfare_org legal_service_org other_org total"


def rate(name: str) -> str:
    """The columns of a rate: why there is none behind it, and what it was divided from."""
    return f"{name}_rate {name}_rate_reason {name}_numerator {name}_denominator"


COLUMNS: dict[str, str] = {
    "reports": "id label current year agency_id agency agency_printed agency_kind scope includes_lower level province"
    " city county adcode evidence title published published_basis index_number form period_start period_end source_url"
    " source_kind retrieved source_file source_format sha256 abridged parser"
    " superseded_by superseded_reason corrected_cells",
    "applications": f"report item {APPLICANTS} placement printed unplaced text_start text_end cell_spans cell_kinds"
    " corrected_cells",
    "disclosures": "report item measure count amount_wan placement printed note text_start text_end cell_kind"
    " corrected_cells",
    "reviews": "report channel upheld corrected other pending total placement printed unplaced text_start text_end"
    " cell_spans cell_kinds corrected_cells",
    "hotline": "report position channel channel_text owner period received transferred answered_directly handled"
    " completed pending overdue completion_rate on_time_rate reply_rate satisfaction_rate satisfaction_kind"
    " connect_rate direct_rate approximate unit breakdown sentence text_start text_end"
    " corrected_cells",
    "sections": "report position number title text text_start table_spans",
    "statements": "report position kind value unit scope_text sentence text_start text_end",
    "problems": "source_file position report stage severity code message message_zh excerpt acknowledged"
    " acknowledged_why",
    "checks": "report rule subject status left_value right_value difference on_inferred explanation",
    "corrections": "report position subject printed printed_value corrected_value corrected_text error_of reason"
    " confirmed_by date status",
    "items": "code label_zh label_en in_2019 in_2021 item_group sort_order",
    "measures": "code label_zh label_en unit_zh unit_en in_2019 in_2021 sort_order",
    "outcomes": "code label_zh label_en sort_order",
    "review_channels": "code label_zh label_en sort_order",
    "hotline_channels": "code label_zh label_en sort_order",
    "form_headings": "form code parent axis label_zh label_en optional sort_order",
    "check_subjects": "code label_zh label_en",
    "rules": "code kind severity label_zh label_en statement_zh statement_en why_zh why_en source sort_order",
    "divisions": "adcode name level parent province city valid_from valid_to",
    "population": "adcode year persons",
    "agencies": "id name name_en kind level adcode parent valid_from valid_to",
    "agency_names": "agency position name basis valid_from valid_to",
    "agency_search": "agency area pinyin initials",
    "applications_by_outcome": f"report outcome {APPLICANTS} corrected_cells",
    "report_summary": "report agency_id agency year province city county adcode level scope includes_lower residents"
    " form source_kind abridged received brought_forward granted partly_granted withheld unavailable not_processed"
    f" other closed carried_forward {rate('disclosure')} {rate('full_disclosure')} {rate('substantive_disclosure')}"
    f" reconsiderations {rate('reconsideration_correction')} lawsuits_direct {rate('lawsuit_direct_correction')}"
    f" lawsuits_after_reconsideration {rate('lawsuit_after_reconsideration_correction')}"
    " hotline_received hotline_received_approximate hotline_received_reason"
    " failing_printed failing_inferred failing_across_years corrections corrected_cells",
    "report_similarity": "report before agency_id scope year figures_compared figures_equal figures_equal_share"
    " figures_reason clauses clauses_same text_overlap text_reason",
    "superseded_differences": "report subject current_report value current_value has_cell current_has_cell",
    "coverage": "adcode year status report",
    "columns": "table_name column_name sort_order title_zh title_en meaning_zh meaning_en unit_zh unit_en null_zh"
    " null_en code_list",
    "codes": "code_list code label_zh label_en sort_order",
    "release": "version date inputs_sha256 reader_version licence licence_url licence_terms_zh licence_terms_en"
    " title_zh title_en source_zh source_en citation_zh citation_en homepage",
    "report_counts": "position year level scope reports abridged_reports with_requests with_reconsiderations"
    " with_hotline",
    "request_sums": "position year level scope item applicant requests reports_with_figure inferred_reports",
    "outcome_sums": "position year level scope outcome requests reports_with_figure",
    "check_counts": "position year rule fails fails_on_inferred explained unknown reports",
    "row_counts": "table_name rows",
    "value_counts": "table_name column_name value rows",
    "sections_grams_reports": "section report current year province number",
}
"""Tables of the contract and their columns, in its order: what a row is of, its code before its words, Chinese first,
a part before the whole that it is of."""

KEYS: dict[str, str] = {
    "reports": "id",
    "report_similarity": "report",
    "coverage": "adcode year",
    "applications": "report item",
    "disclosures": "report item measure",
    "reviews": "report channel",
    "hotline": "report position",
    "sections": "report position",
    "sections_grams_reports": "section",
    "checks": "report rule subject",
    "applications_by_outcome": "report outcome",
    "report_summary": "report",
    "superseded_differences": "report subject",
    "items": "code",
    "measures": "code",
    "review_channels": "code",
    "hotline_channels": "code",
    "rules": "code",
    "outcomes": "code",
    "form_headings": "form code",
    "check_subjects": "code",
    "statements": "report position",
    "problems": "source_file position",
    "corrections": "report position",
    "divisions": "adcode valid_from",
    "population": "adcode year",
    "agencies": "id",
    "agency_names": "agency position",
    "agency_search": "agency",
    "columns": "table_name column_name",
    "codes": "code_list code",
    "release": "version",
    "row_counts": "table_name",
    "value_counts": "table_name column_name value",
}
POINTING: dict[str, dict[str, str]] = {
    "applications": {"report": "reports", "item": "items"},
    "disclosures": {"report": "reports", "item": "items", "measure": "measures"},
    "reviews": {"report": "reports", "channel": "review_channels"},
    "hotline": {"report": "reports", "channel": "hotline_channels"},
    "sections": {"report": "reports"},
    "statements": {"report": "reports"},
    "checks": {"report": "reports", "rule": "rules"},
    "report_summary": {"report": "reports", "agency_id": "agencies"},
    "reports": {"agency_id": "agencies", "superseded_by": "reports"},
    "superseded_differences": {"report": "reports", "current_report": "reports"},
    "report_similarity": {"report": "reports", "before": "reports", "agency_id": "agencies"},
    "coverage": {"report": "reports"},
    "applications_by_outcome": {"report": "reports", "outcome": "outcomes"},
    "problems": {"report": "reports"},
    "corrections": {"report": "reports"},
    "agencies": {"parent": "agencies"},
    "agency_names": {"agency": "agencies"},
    "agency_search": {"agency": "agencies"},
    "request_sums": {"item": "items"},
    "outcome_sums": {"outcome": "outcomes"},
    "check_counts": {"rule": "rules"},
}
"""Table → its foreign keys: column → table it points to."""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published reports as a database."""
    path = tmp_path_factory.mktemp("store") / "gongkai.db"
    assert build(REPORTS, output=path) == 0
    return path


NEVER_NULL: dict[str, str] = {
    "items": "code label_zh label_en item_group sort_order",
    "measures": "code label_zh label_en sort_order",
    "form_headings": "form code axis label_zh label_en optional sort_order",
    "rules": "code kind severity label_zh label_en sort_order",
    "divisions": "adcode valid_from name level province",
    "population": "adcode year persons",
    "agencies": "id name kind level valid_from",
    "agency_names": "agency position name basis",
    "reports": "id label current includes_lower evidence source_kind source_file source_format sha256 abridged",
    "applications": "report item placement printed",
    "disclosures": "report item measure placement printed",
    "reviews": "report channel placement printed",
    "hotline": "report position channel owner period approximate sentence",
    "sections": "report position text text_start",
    "statements": "report position kind value sentence",
    "problems": "source_file position stage severity code message message_zh",
    "checks": "report rule subject status on_inferred",
    "corrections": "report position subject printed error_of reason confirmed_by date status",
    "report_similarity": "report before agency_id scope year figures_compared figures_equal clauses clauses_same",
    "superseded_differences": "report subject current_report has_cell current_has_cell",
    "coverage": "adcode year status",
    "columns": "table_name column_name sort_order title_zh title_en",
    "codes": "code_list code label_zh label_en sort_order",
    "value_counts": "table_name column_name value rows",
}
"""Table → columns in which no row may be without a value, its key among them."""


@pytest.fixture(scope="module")
def two_texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of both forms, a second text of one, a file that is no report."""
    folder = tmp_path_factory.mktemp("two-texts")
    (folder / "a.txt").write_text(report_text(), encoding="utf-8")
    (folder / "b.txt").write_text(report_text(above="发布日期:2021-02-01"), encoding="utf-8")
    later = report_text("东明县人民政府2021年政府信息公开工作年度报告", figures=sound_figures("2021"))
    (folder / "c.txt").write_text(later, encoding="utf-8")
    (folder / "d.txt").write_text("", encoding="utf-8")
    path = folder / "out" / "gongkai.db"
    path.parent.mkdir()
    assert build(*sorted(folder.glob("*.txt")), output=path) == 1
    return path


@pytest.mark.parametrize("table", ["applications", "reviews"])
def test_a_row_without_a_figure_left_over_has_none_not_an_empty_text(two_texts: Path, table: str) -> None:
    placed, left = (f"SELECT count(*) AS rows FROM {table} WHERE unplaced IS {null} NULL" for null in ("", "NOT"))
    assert query(two_texts, placed)[0]["rows"] > 0
    assert query(two_texts, left) == [{"rows": 0}]


@pytest.mark.parametrize(
    ("agency", "year", "label"),
    [
        (AGENCY, 2020, f"{AGENCY} 2020"),
        (AGENCY, None, AGENCY),
        (None, 2020, "a.txt"),
        (None, None, "a.txt"),
    ],
)
def test_a_report_is_called_by_what_is_known_of_it(agency: str | None, year: int | None, label: str) -> None:
    report = made_report({}, identity=Identity(agency=agency, year=year))
    assert report_label(replace(report, source_file="folder/a.txt")) == label


# Drafts ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("answer", "runs"), [(None, True), (PermissionError, True), (ProcessLookupError, False)])
def test_whether_a_process_runs_is_asked_without_a_signal(
    monkeypatch: pytest.MonkeyPatch, answer: type[OSError] | None, runs: bool
) -> None:
    kill = Mock(side_effect=answer)
    monkeypatch.setattr(os, "kill", kill)
    assert is_running(4321) == runs
    kill.assert_called_once_with(4321, 0)


def test_drafts_of_this_very_file_whose_process_is_gone_are_abandoned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("build.publish.drafts.is_running", lambda process: process == os.getpid())
    path = tmp_path / "a.b.db"
    names = (".a.b.db.17.draft", ".a.b.db.x.draft", ".a.b.db-wal.17.draft", ".a.b.17.draft", "a.b.db.17.draft")
    for name in (*names, draft_name(path).name):
        (tmp_path / name).touch()
    assert draft_name(path).name == f".a.b.db.{os.getpid()}.draft"
    assert [draft.name for draft in abandoned(path)] == [names[0]]


def test_a_drafted_folder_begins_empty_and_is_gone_however_its_writing_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("build.publish.drafts.is_running", lambda process: process == os.getpid())
    path = tmp_path / "folder"
    for name in (".folder.17.draft", draft_name(path).name):
        (tmp_path / name / "left").mkdir(parents=True)
    with pytest.raises(KeyboardInterrupt), drafted_folder(path) as draft:
        assert [*tmp_path.rglob("*")] == [draft]
        (draft / "half").touch()
        raise KeyboardInterrupt
    assert [*tmp_path.iterdir()] == []


def test_a_folder_on_the_disk_is_all_its_files_and_folders_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "inner").mkdir()
    for name in ("a", "inner/b"):
        (tmp_path / name).touch()
    flushed: list[tuple[int, Path]] = []
    monkeypatch.setattr(os, "fsync", lambda at: flushed.append((at, Path(f"/dev/fd/{at}").resolve())))
    flush_folder(tmp_path)
    assert {path for _, path in flushed} == {tmp_path / name for name in ("a", "inner", "inner/b")}
    assert not any(Path(f"/dev/fd/{at}").exists() for at, _ in flushed)


def test_a_draft_of_a_database_has_no_journal_and_is_closed_however_its_writing_ends(tmp_path: Path) -> None:
    path = tmp_path / "a?b#c%20.db"
    told = {"page_size": 4096, "journal_mode": "off", "synchronous": 0, "cache_size": -1000}
    with opened(path) as kept:
        assert {name: kept.conn.execute(f"PRAGMA {name}").fetchone()[0] for name in told} == told
        kept.conn.execute("CREATE TABLE t (a)")
        kept.conn.execute("INSERT INTO t VALUES (7)")
    with pytest.raises(KeyboardInterrupt), opened(path) as broken:
        assert broken.conn.execute("SELECT a FROM t").fetchall() == [(7,)]
        raise KeyboardInterrupt
    for database in (kept, broken):
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            database.conn.execute("SELECT 1")


# What is written ---------------------------------------------------------------------------------------------------


def an_entry(name: str, published: str | None, retrieved: str | None = None) -> Entry:
    """A report without figures, and without a word that tells what it is."""
    report = made_report({}, identity=Identity(agency=AGENCY, year=2020, published=published, retrieved=retrieved))
    return Entry(replace(report, id=name, source_file=f"{name}.txt"), True, (), ())


def test_nobody_reads_a_draft_who_may_not_read_the_database_it_replaces(tmp_path: Path) -> None:
    path = tmp_path / "gongkai.db"
    path.touch()
    path.chmod(0o440)
    seen: list[int] = []

    def watching() -> Iterator[Entry]:
        seen.extend(stat.S_IMODE(draft.stat().st_mode) for draft in tmp_path.glob(".gongkai.db.*"))
        yield an_entry("a", None)

    write_database(path, Publication(watching(), ()))
    assert [mode & 0o077 for mode in seen] == [0o040] and seen[0] & 0o600 == 0o600
    assert stat.S_IMODE(path.stat().st_mode) == 0o440
    assert query(path, "SELECT evidence FROM reports") == [{"evidence": "[]"}]


def test_the_day_of_the_data_follows_the_reports_that_come_and_go(tmp_path: Path) -> None:
    path = tmp_path / "gongkai.db"

    def day() -> str | None:
        (row,) = query(path, "SELECT date FROM release")
        return row["date"] and str(row["date"])

    def changed(gone: str, *coming: Entry) -> str | None:
        change_database(path, Change([*gone], coming, (), (), Around(), ()))
        return day()

    first = (an_entry("a", "2021-03-01"), an_entry("b", "2021-01-01", "2022-05-05"), an_entry("c", "去年"))
    write_database(path, Publication(first, ()))
    assert day() == "2022-05-05"
    assert changed("b") == "2021-03-01"
    assert changed("", an_entry("d", "2020-01-01", "2023-01-01")) == "2023-01-01"
    assert changed("a", an_entry("e", "2019-01-01")) == "2023-01-01"
    assert changed("d", an_entry("f", "2018-01-01")) == "2019-01-01"
    assert changed("ef") is None


# Schema ------------------------------------------------------------------------------------------------------------


def names(database: Path, table: str) -> list[str]:
    """A table's columns in order."""
    return [row["name"] for row in query(database, "SELECT name FROM pragma_table_info(?) ORDER BY cid", table)]


@pytest.mark.parametrize("table", COLUMNS)
def test_columns_are_those_of_the_contract_in_its_order(database: Path, table: str) -> None:
    assert names(database, table) == COLUMNS[table].split()


def test_every_table_has_its_columns_stated(database: Path) -> None:
    tables = query(database, "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    assert {row["name"] for row in tables} - {"sqlite_schema", "sqlite_stat1", "sqlite_stat4"} == set(COLUMNS)


@pytest.mark.parametrize("table", KEYS)
def test_primary_keys(database: Path, table: str) -> None:
    rows = query(database, "SELECT name FROM pragma_table_info(?) WHERE pk ORDER BY pk", table)
    assert [row["name"] for row in rows] == KEYS[table].split()


@pytest.mark.parametrize("table", POINTING)
def test_foreign_keys(database: Path, table: str) -> None:
    rows = query(database, 'SELECT "from" AS column, "table" AS parent FROM pragma_foreign_key_list(?)', table)
    found = {row["column"]: row["parent"] for row in rows}
    assert {column: found.get(column) for column in POINTING[table]} == POINTING[table]


def test_every_table_is_strict(database: Path) -> None:
    """Left alone are SQLite's own tables and those in which it keeps a full-text index."""
    rows = query(database, "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    loose = {row["name"] for row in rows if not row["strict"]}
    assert {name for name in loose if not name.startswith("sqlite_")} == set()


@pytest.mark.parametrize("name", ["database", "two_texts"])
def test_the_database_is_whole(name: str, request: pytest.FixtureRequest) -> None:
    path: Path = request.getfixturevalue(name)
    assert query(path, "PRAGMA foreign_key_check") == []
    assert query(path, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]


def test_statistics_for_the_planner_are_there(database: Path) -> None:
    analysed = {row["tbl"] for row in query(database, "SELECT tbl FROM sqlite_stat1")}
    assert {"applications", "disclosures", "reviews", "checks"} <= analysed


def test_every_label_names_agency_and_year_or_the_file(two_texts: Path) -> None:
    labels = query(two_texts, "SELECT label, agency, year, source_file FROM reports")
    assert len(labels) == 3
    assert all(row["label"] and (str(row["year"]) in row["label"]) for row in labels)


def test_the_six_outcomes_of_every_report_are_stored(two_texts: Path) -> None:
    counts = query(two_texts, "SELECT report, count(*) AS groups FROM applications_by_outcome GROUP BY report")
    assert [row["groups"] for row in counts] == [6, 6, 6]


def test_the_summary_has_current_reports_only(two_texts: Path) -> None:
    current = query(two_texts, "SELECT id FROM reports WHERE current = 1 ORDER BY id")
    assert query(two_texts, "SELECT report AS id FROM report_summary ORDER BY report") == current
    assert len(current) == 2


@pytest.mark.parametrize("view", ["applications_full", "disclosures_full", "reviews_full", "hotline_full"])
def test_views_show_current_reports_only_and_stand_on_their_own(two_texts: Path, view: str) -> None:
    columns = set(names(two_texts, view))
    places = {"agency", "year", "province", "city", "county", "level", "scope", "form", "source_kind", "report_url"}
    assert places <= columns
    assert set(COLUMNS[view.removesuffix("_full")].split()) <= columns
    stray = f"SELECT DISTINCT report FROM {view} EXCEPT SELECT id FROM reports WHERE current = 1"
    assert query(two_texts, stray) == []


@pytest.mark.parametrize("table", ["applications", "disclosures", "reviews"])
def test_views_lose_no_row_of_a_current_report(two_texts: Path, table: str) -> None:
    kept = f"SELECT count(*) AS n FROM {table} JOIN reports ON id = report WHERE current"
    assert query(two_texts, f"SELECT count(*) AS n FROM {table}_full") == query(two_texts, kept)


def test_nothing_that_is_published_about_a_relation_accuses(published: Path) -> None:
    spoken = "SELECT label_zh, label_en, statement_zh, statement_en FROM rules"
    rendered = "SELECT status_zh, statement_zh, statement_en, explanation FROM checks_full"
    texts = [text for sql in (spoken, rendered) for row in query(published, sql) for text in row.values() if text]
    assert len(texts) > 100
    assert [text for text in texts if accuses(text)] == []


STATUSES = {"holds": "相符", "fails": "勾稽不符", "explained": "按另述口径相符", "unknown": "无法核对"}


def test_every_status_has_its_chinese_name(database: Path) -> None:
    rows = query(database, "SELECT DISTINCT status, status_zh FROM checks_full")
    assert {row["status"] for row in rows} >= {"holds", "fails", "explained"}
    assert {row["status"]: row["status_zh"] for row in rows}.items() <= STATUSES.items()


def test_statements_are_rendered_with_both_figures(database: Path) -> None:
    rows = query(database, "SELECT * FROM checks_full WHERE rule = 'R1' AND status = 'fails'")
    assert len(rows) == 3
    for row in rows:
        for statement in (row["statement_zh"], row["statement_en"]):
            assert "{" not in statement
            assert f"{row['left_value']:.0f}" in statement
            assert f"{row['right_value']:.0f}" in statement


def test_item_lookups_say_which_form_has_a_row(database: Path) -> None:
    """25 rows in form 2021, and (六)其他处理 as a single row, which some reports of that form keep."""
    groups = "('received', 'brought_forward', 'closed', 'carried_forward')"
    sql = f"SELECT code FROM items WHERE in_{{}} AND (item_group IN (SELECT code FROM outcomes) OR code IN {groups})"
    codes = {form: {row["code"] for row in query(database, sql.format(form))} for form in ("2019", "2021")}
    assert len(codes["2019"]) == 23
    assert len(codes["2021"] - {"other"}) == 25


# Blanks ------------------------------------------------------------------------------------------------------------


def test_a_blank_cell_is_null_and_a_zero_is_zero(tmp_path: Path) -> None:
    figures = sound_figures()
    row = {**figures.applications["granted"], "natural_person": 0, "business": None}
    changed = type(figures)(
        figures.agency, figures.year, figures.form, {**figures.applications, "granted": row}, figures.disclosures,
        figures.reviews,
    )  # fmt: skip
    (tmp_path / "a.txt").write_text(report_text(figures=changed, options=Options(blank="slash")), encoding="utf-8")
    assert build(tmp_path / "a.txt", output=tmp_path / "a.db") == 0
    sql = "SELECT natural_person, business, typeof(business) AS kind, printed FROM applications WHERE item = 'granted'"
    (found,) = query(tmp_path / "a.db", sql)
    assert (found["natural_person"], found["business"], found["kind"]) == (0, None, "null")
    assert found["printed"].startswith("0|/|")


def test_rates_and_amounts_are_the_decimals_printed(database: Path) -> None:
    amounts = {
        row["amount_wan"] for row in query(database, "SELECT amount_wan FROM disclosures WHERE measure = 'amount'")
    }
    assert amounts > {None, 0.0, 230.0, 264434.64, 29550.7315, 5949.088667, 25.1}


# Determinism -------------------------------------------------------------------------------------------------------


def test_the_same_input_gives_the_same_bytes(database: Path, tmp_path: Path) -> None:
    assert build(REPORTS, output=tmp_path / "again.db") == 0
    assert (tmp_path / "again.db").read_bytes() == database.read_bytes()


def test_what_a_process_has_built_before_changes_nothing(database: Path, tmp_path: Path) -> None:
    """Each database begins as a copy of what the process has made once."""
    (one, *_) = sorted(REPORTS.glob("*.txt"))
    assert build(one, output=tmp_path / "one.db") == 0
    assert build(REPORTS, output=tmp_path / "again.db") == 0
    assert (tmp_path / "again.db").read_bytes() == database.read_bytes()


def test_times_and_order_of_the_files_change_nothing(database: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copied"
    folder.mkdir()
    for at, source in enumerate(sorted(REPORTS.iterdir(), reverse=True)):
        shutil.copyfile(source, folder / source.name)
        os.utime(folder / source.name, (1_000_000_000 + at, 1_000_000_000 + at))
    assert build(folder, output=tmp_path / "folder.db") == 0
    files = sorted(folder.glob("*.txt"), reverse=True)
    assert build(*files, output=tmp_path / "files.db") == 0
    assert (tmp_path / "folder.db").read_bytes() == database.read_bytes()
    assert (tmp_path / "files.db").read_bytes() == database.read_bytes()


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_order_of_hashes_changes_nothing(database: Path, tmp_path: Path, seed: str) -> None:
    command = [sys.executable, "-m", "build", str(REPORTS), "--output", str(tmp_path / "again.db")]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True)
    assert (tmp_path / "again.db").read_bytes() == database.read_bytes()


def test_a_report_keeps_its_id_whatever_stands_beside_it(database: Path, tmp_path: Path) -> None:
    known = {row["source_file"]: row["id"] for row in query(database, "SELECT source_file, id FROM reports")}
    names = sorted(known)
    for some in (names[:1], names[1::2], names[2::2]):
        assert build(*(REPORTS / name for name in some), output=tmp_path / "some.db") == 0
        rows = query(tmp_path / "some.db", "SELECT source_file, id FROM reports")
        assert {Path(row["source_file"]).name: row["id"] for row in rows} == {name: known[name] for name in some}
    assert all(len(each) == 10 and each == each.lower() for each in known.values())


# Replacement -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fails", [None, [0], OSError(95, "Operation not supported"), AttributeError("copy_file_range")]
)
def test_a_copy_is_whole_whether_the_system_can_make_it_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: Exception | list[int] | None
) -> None:
    """[0]: it says that all was copied, and nothing was, as of files that it makes up while they are read."""
    if fails is not None:
        monkeypatch.setattr(os, "copy_file_range", Mock(side_effect=fails), raising=False)
    (tmp_path / "source").write_bytes(bytes(range(256)) * 1000)
    (tmp_path / "target").write_bytes(b"what stood there before" * 20_000)
    copy_shared(tmp_path / "source", tmp_path / "target")
    assert (tmp_path / "target").read_bytes() == bytes(range(256)) * 1000


def build_until(moment: str, output: Path, reports: Path) -> None:
    """Build, and be killed at ``moment``; see ``MOMENTS``."""

    def die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def watch(event: str, _: object) -> None:
        if (event, moment) in (("os.rename", "moved"), ("sqlite3.connect", "connected")):
            die()

    if moment.isdigit():
        connect, left = sqlite3.connect, itertools.count(int(moment) - 1, -1)

        def count() -> int:
            if next(left) <= 0:
                die()
            return 0

        def dying_connect(*arguments: Any, **options: Any) -> sqlite3.Connection:
            connection: sqlite3.Connection = connect(*arguments, **options)
            connection.set_progress_handler(count, 100)
            return connection

        patch.object(sqlite3, "connect", dying_connect).start()
    if moment == "flushed":
        patch.object(os, "fsync", die).start()
    sys.addaudithook(watch)
    main([str(reports), "--output", str(output)])


MOMENTS = ["connected", "1", "20", "60", "120", "flushed", "moved"]
"""Before the draft is opened, after so many hundred steps of SQLite, before it is flushed, before it is moved."""


@pytest.fixture(scope="module")
def new_text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report that no database has yet."""
    path = tmp_path_factory.mktemp("new") / "new.txt"
    path.write_text(report_text("东明县人民政府2021年政府信息公开工作年度报告"), encoding="utf-8")
    return path


def die_while_building(moment: str, output: Path, reports: Path) -> None:
    """Build in a process that kills itself at ``moment``."""
    process = multiprocessing.get_context("fork").Process(target=build_until, args=(moment, output, reports))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_build_killed_at_any_moment_leaves_the_old_database_whole(
    moment: str, tmp_path: Path, new_text: Path
) -> None:
    (tmp_path / "old.txt").write_text(report_text(), encoding="utf-8")
    output = tmp_path / "gongkai.db"
    assert build(tmp_path / "old.txt", output=output) == 0
    old = output.read_bytes()
    die_while_building(moment, output, new_text)
    assert output.read_bytes() == old
    assert {path.name for path in tmp_path.iterdir() if not path.name.startswith(".")} == {"gongkai.db", "old.txt"}


def test_only_the_drafts_of_builds_that_are_no_more_are_removed(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text(report_text(), encoding="utf-8")
    output = tmp_path / "gongkai.db"
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    names = {
        "left behind": f".gongkai.db.{ended.pid}.draft",
        "left of its index": f".gongkai.db.index.{ended.pid}.draft",
        "another build's": f".gongkai.db.{os.getppid()}.draft",
        "another database's": f".other.db.{ended.pid}.draft",
        "no build's": ".gongkai.db.notes.draft",
    }
    for name in names.values():
        (tmp_path / name).write_bytes(b"half")
    assert build(tmp_path / "old.txt", output=output) == 0
    left = {path.name for path in tmp_path.glob(".*.draft")}
    assert left == {names["another build's"], names["another database's"], names["no build's"]}


def test_the_draft_of_another_user_s_build_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "old.txt").write_text(report_text(), encoding="utf-8")
    draft = tmp_path / f".gongkai.db.{os.getppid()}.draft"
    draft.write_bytes(b"half")
    kill = os.kill

    def refuse(process: int, signal_number: int) -> None:
        if process == os.getppid():
            raise PermissionError(process, signal_number)
        kill(process, signal_number)

    monkeypatch.setattr(os, "kill", refuse)
    assert build(tmp_path / "old.txt", output=tmp_path / "gongkai.db") == 0
    assert draft.read_bytes() == b"half"


def test_a_first_build_that_is_killed_leaves_no_half_database_and_the_next_one_works(
    tmp_path: Path, new_text: Path
) -> None:
    output = tmp_path / "gongkai.db"
    die_while_building("60", output, new_text)
    assert not output.exists()
    assert build(new_text, output=output) == 0
    assert len(query(output, "SELECT id FROM reports")) == 1


def test_what_a_killed_build_left_is_gone_after_the_next(tmp_path: Path, new_text: Path) -> None:
    output = tmp_path / "gongkai.db"
    die_while_building("flushed", output, new_text)
    assert build(new_text, output=output) == 0
    assert {path.name for path in tmp_path.iterdir()} == {"gongkai.db", ".gongkai-readings"}


def test_a_reader_keeps_the_old_database_until_it_opens_the_new_one(tmp_path: Path) -> None:
    output = tmp_path / "gongkai.db"
    (tmp_path / "one.txt").write_text(report_text(), encoding="utf-8")
    assert build(tmp_path / "one.txt", output=output) == 0
    with closing(sqlite3.connect(f"file:{output}?mode=ro", uri=True)) as reader:
        reader.execute("SELECT count(*) FROM reports").fetchall()
        assert build(REPORTS, output=output) == 0
        assert reader.execute("SELECT count(*) FROM reports").fetchall() == [(1,)]
    assert len(query(output, "SELECT id FROM reports")) == len(list(REPORTS.glob("*.txt")))


# From a figure to its words ----------------------------------------------------------------------------------------


FIVE = ("baoshan-office-2020", "echeng-2020", "nanchang-2020", "qingtongxia-2020", "sanming-office-2019")
"""The reports that are there abridged and in full."""


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(REPORTS, id="abridged"),
        pytest.param(
            SHARED / "reports",
            id="in-full",
            marks=pytest.mark.skipif(
                not SHARED.is_dir(), reason="../shared, which holds the reports in full, is absent"
            ),
        ),
    ],
)
def published(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the five reports, abridged or in full."""
    path = tmp_path_factory.mktemp("published") / "gongkai.db"
    assert build(*(request.param / f"{name}.txt" for name in FIVE), output=path) == 0
    return path


def texts(database: Path) -> dict[str, str]:
    """Report → its whole text, from its sections."""
    found: dict[str, str] = {}
    for row in query(database, "SELECT report, text, text_start FROM sections ORDER BY report, position"):
        assert row["text_start"] == len(found.get(row["report"], ""))
        found[row["report"]] = found.get(row["report"], "") + row["text"]
    return found


def assert_cells_lead_back(row: dict[str, Any], columns: list[str], text: str) -> None:
    """The words at a row's cell spans say its figures, stand inside the row, and one behind the other."""
    spans = json.loads(row["cell_spans"])
    assert {column for column in columns if row[column] is not None} <= set(spans)
    at = row["text_start"]
    for column in (column for column in columns if column in spans):
        start, end = spans[column]
        assert at <= start < end <= row["text_end"]
        at = end
        assert read_value(text[start:end]).count == row[column]
        assert text[start:end].strip() == text[start:end]


def test_application_cells_lead_back_to_their_words(published: Path) -> None:
    whole = texts(published)
    rows = query(published, "SELECT * FROM applications")
    assert len(rows) == 5 * 23
    for row in rows:
        assert_cells_lead_back(row, APPLICANTS.split(), whole[row["report"]])


@pytest.mark.parametrize(
    ("table", "column"), [("divisions", "name"), ("divisions", "parent"), ("agencies", "name"), ("agencies", "adcode")]
)
def test_what_pages_look_up_is_indexed(database: Path, table: str, column: str) -> None:
    plan = query(database, f"EXPLAIN QUERY PLAN SELECT * FROM [{table}] WHERE [{column}] = ?", "x")
    assert "USING INDEX" in plan[0]["detail"]


def test_only_the_years_of_reports_stand_from_the_last_to_the_first(database: Path) -> None:
    rows = query(
        database,
        "SELECT DISTINCT m.tbl_name, x.name FROM sqlite_master m, pragma_index_xinfo(m.name) x WHERE x.desc = 1",
    )
    assert {tuple(row.values()) for row in rows} == {("reports", "year"), ("report_summary", "year")}


@pytest.mark.parametrize(("table", "first"), [("hotline", 1), ("statements", 1), ("sections", 0)])
def test_places_of_a_report_are_numbered_without_a_gap(database: Path, table: str, first: int) -> None:
    """``sections`` from 0: what stands above the first title is no section of the form."""
    rows = query(
        database, f"SELECT min(position) AS first, max(position) - count(*) AS gap FROM {table} GROUP BY report"
    )
    assert {(row["first"], row["gap"]) for row in rows} == {(first, first - 1)}


@pytest.mark.parametrize("table", NEVER_NULL)
def test_labels_and_keys_are_never_null(database: Path, table: str) -> None:
    columns = query(database, f"PRAGMA table_info([{table}])")
    assert {column["name"] for column in columns if column["notnull"]} >= {*NEVER_NULL[table].split()}


def test_evidence_quotes_the_words_at_its_place_and_what_they_say(published: Path) -> None:
    whole = texts(published)
    for row in query(published, "SELECT id, agency, year, evidence FROM reports"):
        pieces = json.loads(row["evidence"])
        assert {"agency", "year"} <= {piece["about"] for piece in pieces}
        for piece in pieces:
            if piece["span"] is not None:
                words = whole[row["id"]][slice(*piece["span"])]
                assert words and "".join(words.split()) in "".join(piece["words"].split())
            if piece["kind"] == "title" and piece["about"] == "year":
                assert piece["value"] == str(row["year"])


def test_an_application_row_s_text_is_its_label_and_its_cells(published: Path) -> None:
    whole = texts(published)
    labels = {row["code"]: row["label_zh"] for row in query(published, "SELECT code, label_zh FROM items")}
    for row in query(published, "SELECT * FROM applications"):
        words = whole[row["report"]][row["text_start"] : row["text_end"]].split()
        printed = row["printed"].split("|") if row["printed"] else []
        label = labels[row["item"]].split(" ")[-1].removeprefix("三、")
        before = "".join(words[: len(words) - len(printed)]).translate(str.maketrans("（）：，", "():,"))
        assert label in before
        assert words[len(words) - len(printed) :] == printed


def test_sections_tell_where_their_tables_stand(published: Path) -> None:
    """Every row stands in one of them, and no sentence that a figure of the prose was taken from does."""
    whole = texts(published)
    tables: dict[str, list[list[int]]] = {report: [] for report in whole}
    for row in query(published, "SELECT report, text, text_start, table_spans FROM sections ORDER BY report, position"):
        spans = json.loads(row["table_spans"]) if row["table_spans"] is not None else []
        ends = [row["text_start"], *(place for span in spans for place in span), row["text_start"] + len(row["text"])]
        assert ends == sorted(ends) and row["table_spans"] != "[]"
        tables[row["report"]] += spans
    for table in ("applications", "disclosures", "reviews"):
        for row in query(published, f"SELECT report, text_start, text_end FROM {table}"):
            place = row["text_start"], row["text_end"]
            assert sum(start <= place[0] and place[1] <= end for start, end in tables[row["report"]]) == 1
    for row in query(published, "SELECT report, text_start FROM hotline"):
        assert not any(start <= row["text_start"] < end for start, end in tables[row["report"]])


def test_disclosure_figures_lead_back_to_their_words(published: Path) -> None:
    whole = texts(published)
    rows = query(published, "SELECT * FROM disclosures")
    assert len(rows) == 4 * 22 + 25
    for row in rows:
        words = whole[row["report"]][row["text_start"] : row["text_end"]]
        assert words.strip() == row["printed"]
        value = read_value(words)
        assert row["measure"] == "amount" or value.count == row["count"]


def test_review_cells_lead_back_to_their_words(published: Path) -> None:
    whole = texts(published)
    rows = query(published, "SELECT * FROM reviews")
    assert len(rows) == 5 * 3
    for row in rows:
        assert_cells_lead_back(row, ["upheld", "corrected", "other", "pending", "total"], whole[row["report"]])
        assert whole[row["report"]][row["text_start"] : row["text_end"]].split() == row["printed"].split("|")


@pytest.mark.parametrize("table", ["hotline", "statements"])
def test_sentences_are_the_words_at_their_positions(published: Path, table: str) -> None:
    whole = texts(published)
    for row in query(published, f"SELECT * FROM {table}"):
        assert whole[row["report"]][row["text_start"] : row["text_end"]] == row["sentence"]


def test_hotline_figures_stand_in_their_sentence(published: Path) -> None:
    figures = ("received", "transferred", "answered_directly", "handled", "completed", "pending", "overdue")
    rows = query(published, "SELECT * FROM hotline")
    assert len(rows) == 5
    for row in rows:
        for name in figures:
            assert row[name] is None or str(row[name]) in row["sentence"]
