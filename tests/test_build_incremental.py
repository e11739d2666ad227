"""One more file costs what one file costs, and the database holds the rows of one that was written anew."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from build.join.assembly import stamps_of_reports
from build.join.corrections import CorrectionError
from build.pipeline import Means, Outcome
from build.publish import manifest, store
from build.publish.counts_changed import change_counts
from build.publish.difference import Listing
from build.publish.places import agency_rows
from build.publish.store import Change, change_database
from build.reading.ledger import key_of_row
from build.reading.read import report_id
from tests.assertions import query
from tests.build_histories import assert_same_rows, built, rows_of, small_report, texts_of

AUTHORITIES = ("东明县人民政府", "东明县财政局", "南昌市人民政府", "鼓楼区人民政府")
YEARS = (2019, 2020, 2021)
OF_THE_REGION = "本报告数据包括各县市、乡镇、街道。"
SIDECARS = (
    "",
    "published: 2021-03-01\n",
    "retrieved: 2022-03-01\n",
    "city: 南京市\n",
    "year: 2020\n",
    "agency: 福州市鼓楼区人民政府\n",
)
FILES = tuple(f"{folder}{number}.txt" for folder in ("", "a/", "b/") for number in range(3))

CORRECTION = """- report: {report}
  table: applications
  cell: received-total
  expect: {printed}
  corrected: 99
  error_of: source
  reason: 机关已确认
  confirmed_by: 东明县
  date: 2026-01-06
  status: confirmed
"""

OF_A_YEAR = """- report: {report}
  table: reports
  cell: year
  expect: {year}
  corrected: {corrected}
  error_of: source
  reason: 机关已确认
  confirmed_by: 东明县
  date: 2026-01-06
  status: confirmed
"""
OF_AN_AGENCY = OF_A_YEAR.replace("cell: year", "cell: agency").replace("{year}", "{agency}")
ACKNOWLEDGED = """- source_file: {file}
  code: {code}
  reason: 看过
  by: 编辑
  date: 2026-02-01
"""

STANDING = "SELECT 1 FROM problems WHERE severity <> 'error' AND acknowledged IS NULL"

files, authorities, years = st.sampled_from(FILES), st.sampled_from(AUTHORITIES), st.sampled_from(YEARS)


class Histories(RuleBasedStateMachine):
    """A folder that people change, and after every change a build that changes the database."""

    def __init__(self) -> None:
        super().__init__()
        self.place = tempfile.TemporaryDirectory()
        self.home = Path(self.place.name)
        self.folder = self.home / "reports"
        self.corrections = self.home / "corrections.yml"
        self.acknowledged = self.home / "acknowledged.yml"
        self.changed = 0

    def teardown(self) -> None:
        self.place.cleanup()

    @initialize()
    def begin(self) -> None:
        for at, name in enumerate(FILES[::2]):
            self.write(name, AUTHORITIES[at % 4], YEARS[at % 3], "")

    def write(self, name: str, agency: str, year: int, extra: str, received: int | None = None) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(small_report(agency, year, extra, received), encoding="utf-8")

    def here(self) -> list[Path]:
        return sorted(path for path in self.folder.rglob("*.txt"))

    @rule(
        name=files,
        agency=authorities,
        year=years,
        extra=st.sampled_from(("", "甲", OF_THE_REGION)),
        received=st.sampled_from((None, 5)),
    )
    def write_a_report(self, name: str, agency: str, year: int, extra: str, received: int | None) -> None:
        self.write(name, agency, year, extra, received)

    @rule(name=files, words=st.sampled_from(("", "不是报告", "手机13812345678")))
    def write_something_else(self, name: str, words: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")

    @rule(chosen=st.integers(0, 8))
    def remove(self, chosen: int) -> None:
        here = self.here()
        if len(here) > 1:
            here[chosen % len(here)].unlink()

    @rule(chosen=st.integers(0, 8), name=files)
    def rename(self, chosen: int, name: str) -> None:
        here = self.here()
        target = self.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        here[chosen % len(here)].replace(target)

    @rule(chosen=st.integers(0, 8), name=files)
    def copy(self, chosen: int, name: str) -> None:
        here = self.here()
        data = here[chosen % len(here)].read_bytes()
        target = self.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)

    @rule(chosen=st.integers(0, 8), words=st.sampled_from(SIDECARS))
    def state(self, chosen: int, words: str) -> None:
        here = self.here()
        path = here[chosen % len(here)]
        path.with_name(f"{path.name}.meta.yml").write_text(words, encoding="utf-8")

    @rule(
        folder=st.sampled_from(("", "a/")),
        name=files,
        agency=st.sampled_from(("", *AUTHORITIES)),
        columns=st.sampled_from(("file,year,agency", "file,agency,agency", "year,agency")),
    )
    def state_in_a_manifest(self, folder: str, name: str, agency: str, columns: str) -> None:
        path = self.folder / folder / "manifest.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{columns}\n{name.removeprefix(folder)},2020,{agency}\n", encoding="utf-8")

    @rule(chosen=st.integers(0, 8))
    def correct(self, chosen: int) -> None:
        output = self.home / "gongkai.db"
        sql = "SELECT report, total FROM applications WHERE item = 'received' AND total <> 99 ORDER BY report"
        found = query(output, sql) if output.exists() else []
        if found:
            row = found[chosen % len(found)]
            text = CORRECTION.format(report=row["report"], printed=row["total"])
            self.corrections.write_text(text, encoding="utf-8")

    def published(self, sql: str) -> list[dict[str, Any]]:
        output = self.home / "gongkai.db"
        return query(output, sql) if output.exists() else []

    @rule(chosen=st.integers(0, 8), corrected=years)
    def correct_a_year(self, chosen: int, corrected: int) -> None:
        sql = "SELECT id AS report, year FROM reports WHERE year IS NOT NULL AND corrected_cells IS NULL ORDER BY id"
        if found := self.published(sql):
            row = found[chosen % len(found)]
            text = OF_A_YEAR.format(**row, corrected=corrected if corrected != row["year"] else 2018)
            self.corrections.write_text(text, encoding="utf-8")

    @rule(chosen=st.integers(0, 8), corrected=st.sampled_from(("东明县财政局", "福州市鼓楼区人民政府")))
    def correct_an_authority(self, chosen: int, corrected: str) -> None:
        sql = "SELECT id AS report, agency FROM reports WHERE agency <> '' AND corrected_cells IS NULL ORDER BY id"
        if found := [row for row in self.published(sql) if row["agency"] != corrected]:
            text = OF_AN_AGENCY.format(**found[chosen % len(found)], corrected=corrected)
            self.corrections.write_text(text, encoding="utf-8")

    @rule(chosen=st.integers(0, 8))
    def acknowledge(self, chosen: int) -> None:
        if found := self.published("SELECT source_file AS file, code FROM problems ORDER BY source_file, position"):
            text = ACKNOWLEDGED.format(**found[chosen % len(found)])
            self.acknowledged.write_text(text, encoding="utf-8")

    @invariant()
    def the_rows_are_those_of_a_full_build(self) -> None:
        means = Means(self.home / "readings")
        with patch("build.pipeline.change_database", side_effect=change_database) as change:
            try:
                outcome = built(self.folder, self.home / "gongkai.db", means, self.corrections, self.acknowledged)
            except CorrectionError:  # what it speaks of has changed: the publisher takes it out
                self.corrections.unlink()
                outcome = built(self.folder, self.home / "gongkai.db", means, None, self.acknowledged)
        self.changed += change.call_count
        full = self.home / "full.db"
        full.unlink(missing_ok=True)
        expected = built(self.folder, full, means, self.corrections, self.acknowledged)
        assert_same_rows(self.home / "gongkai.db", full)
        assert said_of_all(outcome) == said_of_all(expected)
        assert len(query(full, STANDING)) == outcome.remarks


def said_of_all(outcome: Outcome) -> tuple[object, ...]:
    """What a build says whatever was there before."""
    counts = (outcome.reports, outcome.remarks, outcome.acknowledged, outcome.copies, outcome.files_without)
    return (
        *counts,
        outcome.files_acknowledged,
        outcome.failed_files,
        outcome.acknowledged_files,
        outcome.unused_manifests,
    )


@pytest.fixture(autouse=True)
def any_change(monkeypatch: pytest.MonkeyPatch) -> None:
    """In so small collections nearly every change is a large one."""
    monkeypatch.setattr(manifest, "MOST_CHANGED", 1.0)
    monkeypatch.setattr(store, "MOST_FOLLOWED", 2.0)


def test_after_any_history_the_rows_are_those_of_a_full_build() -> None:
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=3, stateful_step_count=6, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two authorities, two years each."""
    texts = [small_report(agency, year) for agency in AUTHORITIES[:2] for year in YEARS[:2]]
    return texts_of(tmp_path / "reports", texts)


def changes(folder: Path, output: Path, means: Means) -> list[Change]:
    """What a build changed in the database; nothing where it had to be written anew."""
    done: list[Change] = []

    def changed(path: Path, change: Change) -> Listing:
        listing = change_database(path, change)
        done.append(change)
        return listing

    with patch("build.pipeline.change_database", side_effect=changed):
        built(folder, output, means)
    return done


def test_one_more_report_touches_what_depends_on_it_alone(folder: Path, tmp_path: Path) -> None:
    output, means = tmp_path / "gongkai.db", Means(tmp_path / "readings")
    built(folder, output, means)
    (folder / "new.txt").write_text(small_report(AUTHORITIES[0], 2021), encoding="utf-8")
    (change,) = changes(folder, output, means)
    assert change.gone == frozenset()
    assert [row["year"] for row in query(output, "SELECT year FROM reports WHERE source_file = 'new.txt'")] == [2021]
    assert len(query(output, "SELECT 1 FROM reports")) == 5


def test_a_report_of_the_year_between_touches_the_year_after_it(folder: Path, tmp_path: Path) -> None:
    output, means = tmp_path / "gongkai.db", Means(tmp_path / "readings")
    (folder / "0.txt").unlink()
    built(folder, output, means)
    earlier = small_report(AUTHORITIES[0], 2019)
    (folder / "0.txt").write_text(earlier, encoding="utf-8")
    (change,) = changes(folder, output, means)
    (later,) = query(output, "SELECT id FROM reports WHERE agency = ? AND year = 2020", AUTHORITIES[0])
    assert change.gone == {later["id"]}


def test_only_authorities_that_come_or_go_are_written(folder: Path, tmp_path: Path) -> None:
    """A department of a zone brings the zone's committee with it, and takes it away."""
    output, means, full = tmp_path / "gongkai.db", Means(tmp_path / "readings"), tmp_path / "full.db"
    built(folder, output, means)
    new, before = folder / "new.txt", query(output, "SELECT * FROM agencies ORDER BY id")
    new.write_text(small_report("苏州工业园区财政局", 2020), encoding="utf-8")
    assert authorities_written(folder, output, means) == ["320571-finance", "320571-zone"]
    built(folder, full, Means(means.readings, fresh=True))
    assert_same_rows(output, full)
    new.unlink()
    assert authorities_written(folder, output, means) == []
    assert query(output, "SELECT * FROM agencies ORDER BY id") == before


def authorities_written(folder: Path, output: Path, means: Means) -> list[str]:
    """The authorities of which a build that changed the database made rows."""
    with patch("build.publish.store.agency_rows", side_effect=agency_rows) as made:
        assert len(changes(folder, output, means)) == 1
    return [agency.id for call in made.call_args_list for agency in call.args[0]]


def test_of_files_that_are_as_they_were_little_is_asked(folder: Path, tmp_path: Path) -> None:
    """Their keys are not taken apart; a stamp is made of each once, to compare it and to keep it."""
    output, means = tmp_path / "gongkai.db", Means(tmp_path / "readings")
    built(folder, output, means)
    (folder / "3.txt").write_text(small_report(AUTHORITIES[1], 2020, "改"), encoding="utf-8")
    with (
        patch("build.join.roll.key_of_row", side_effect=key_of_row) as taken_apart,
        patch("build.publish.manifest.stamps_of_reports", side_effect=stamps_of_reports) as stamped,
    ):
        assert len(changes(folder, output, means)) == 1
    assert {call.args[0][1] for call in taken_apart.call_args_list} == {"3.txt"}
    assert stamped.call_count == 1


def test_what_is_new_changed_and_gone_is_said(folder: Path, tmp_path: Path) -> None:
    output, means = tmp_path / "gongkai.db", Means(tmp_path / "readings")
    first = built(folder, output, means)
    labels = [f"{agency} {year}" for agency in AUTHORITIES[:2] for year in YEARS[:2]]
    listed = tuple((f"{at}.txt", label) for at, label in enumerate(labels))
    assert (first.new, first.changed, first.gone) == (listed, (), ())
    (folder / "0.txt").unlink()
    (folder / "1.txt").write_text(small_report(AUTHORITIES[0], 2020, received=5), encoding="utf-8")
    (folder / "2.txt.meta.yml").write_text("published: 2021-03-01\n", encoding="utf-8")
    (folder / "new.txt").write_text(small_report(AUTHORITIES[0], 2021), encoding="utf-8")
    second = built(folder, output, means)
    assert (second.new, second.gone) == ((("new.txt", f"{AUTHORITIES[0]} 2021"),), (listed[0],))
    assert second.changed == (listed[1], listed[2])
    third = built(folder, output, means)
    assert (third.new, third.changed, third.gone) == ((), (), ())


def test_reports_that_stand_or_fall_with_another_are_counted(tmp_path: Path) -> None:
    """塔城 lies in 伊犁: it is comparable as long as 伊犁 has no report, though nothing of its own changes."""
    output, means = tmp_path / "gongkai.db", Means(tmp_path / "readings")
    names = ("东明县人民政府", "塔城地区行政公署", "伊犁哈萨克自治州人民政府")
    folder = texts_of(tmp_path / "reports", [small_report(name, 2020, OF_THE_REGION) for name in names])
    last = folder / "2.txt"
    text = last.read_text(encoding="utf-8")
    last.write_text("不是报告", encoding="utf-8")
    built(folder, output, means)
    for words, rows in ((text, 2), (text.replace("伊犁哈萨克", "昌吉回族"), 3), ("不是报告", 2)):
        last.write_text(words, encoding="utf-8")
        (change,) = changes(folder, output, means)
        assert len(change.gone) <= 1
        assert query(output, "SELECT rows FROM row_counts WHERE table_name = 'comparable'") == [{"rows": rows}]


@pytest.mark.parametrize("share, follows", [(0.1, 0), (1.0, 1)])
def test_where_much_has_changed_all_is_counted_anew(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, share: float, follows: int
) -> None:
    monkeypatch.setattr(store, "MOST_FOLLOWED", share)
    output, means = tmp_path / "gongkai.db", Means(tmp_path / "readings")
    built(folder, output, means)
    (folder / "new.txt").write_text(small_report(AUTHORITIES[0], 2021), encoding="utf-8")
    with patch("build.publish.store.change_counts", side_effect=change_counts) as follow:
        assert len(changes(folder, output, means)) == 1
    assert follow.call_count == follows
    assert query(output, "SELECT rows FROM row_counts WHERE table_name = 'reports'") == [{"rows": 5}]


@pytest.mark.parametrize("remembered", [True, False])
def test_a_database_written_anew_says_the_same(folder: Path, tmp_path: Path, remembered: bool) -> None:
    """Also where the build before left no readings, or another reader has read the files."""
    output, means = tmp_path / "gongkai.db", Means(tmp_path / "readings" if remembered else None)
    built(folder, output, means)
    (folder / "3.txt").rename(folder / "moved.txt")
    (folder / "0.txt").write_text(small_report(AUTHORITIES[0], 2019, "改"), encoding="utf-8")
    again = built(folder, output, Means(means.readings, fresh=True))
    assert (again.new, again.gone) == ((), ())
    assert [file for file, _ in again.changed] == ["0.txt", "moved.txt"]


def test_beside_a_database_of_somebody_else_everything_is_new(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "gongkai.db"
    with closing(sqlite3.connect(output)) as connection:
        connection.execute("CREATE TABLE reports (id TEXT)")
    assert len(built(folder, output, Means()).new) == 4


def test_where_nothing_changed_the_database_stays_as_it_is(folder: Path, tmp_path: Path) -> None:
    output, means = tmp_path / "gongkai.db", Means(tmp_path / "readings")
    built(folder, output, means)
    before = output.stat()
    assert built(folder, output, means).remembered == 4
    assert (output.stat().st_ino, output.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_database_that_somebody_else_wrote_is_written_anew(folder: Path, tmp_path: Path) -> None:
    output, means = tmp_path / "gongkai.db", Means(tmp_path / "readings")
    built(folder, output, means)
    expected = rows_of(output)
    with closing(sqlite3.connect(output)) as connection:
        connection.execute("DELETE FROM reports")
        connection.commit()
    assert changes(folder, output, means) == []
    assert rows_of(output) == expected


def test_a_full_build_gives_the_same_bytes_whatever_was_before(folder: Path, tmp_path: Path) -> None:
    output, means = tmp_path / "gongkai.db", Means(tmp_path / "readings")
    (folder / "old.txt").write_text(small_report(AUTHORITIES[2], 2020), encoding="utf-8")
    built(folder, output, means)
    (folder / "old.txt").unlink()
    built(folder, output, means)
    built(folder, output, Means(tmp_path / "readings", fresh=True))
    built(folder, tmp_path / "other.db", Means())
    assert output.read_bytes() == (tmp_path / "other.db").read_bytes()


def test_a_server_never_sees_half_a_change(folder: Path, tmp_path: Path) -> None:
    output, means = tmp_path / "gongkai.db", Means(tmp_path / "readings")
    built(folder, output, means)
    before = output.read_bytes()
    (folder / "new.txt").write_text(small_report(AUTHORITIES[0], 2021), encoding="utf-8")
    with (
        patch("build.publish.store._flush_to_disk", side_effect=OSError(28, "No space left on device")),
        pytest.raises(OSError, match="No space"),
    ):
        built(folder, output, means)
    assert output.read_bytes() == before
    assert built(folder, output, means).reports == 5


def test_ids_are_those_of_the_files(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "gongkai.db"
    built(folder, output, Means())
    for row in query(output, "SELECT id, sha256 FROM reports"):
        assert row["id"] == report_id(row["sha256"])
