"""What was read once is remembered, as long as it is what was read; what cannot be remembered is read again."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from build.checks import Check
from build.errors import ReadError
from build.limits import Limits
from build.messages import alike
from build.pipeline import Means
from build.reading import kept, version
from build.reading.about import About
from build.reading.codec import DamagedError, from_plain, is_whole, seal, to_plain, unseal
from build.reading.kept import FILE, Readings
from build.reading.read import Content, data_of, read_content
from build.reading.reading import Body, body_of, packed, unpacked_body, unpacked_digest, unpacked_problems
from build.reading.sidecar import Beside
from build.report import Problem, Report
from tests.assertions import ROOT, query
from tests.build_histories import built, listened, small_report, texts_of

AGENCY = "东明县人民政府"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three years of one authority."""
    return texts_of(tmp_path / "reports", [small_report(AGENCY, year) for year in (2019, 2020, 2021)])


@pytest.fixture
def means(tmp_path: Path) -> Means:
    """Readings that are remembered."""
    return Means(tmp_path / "readings")


# Values and bytes ------------------------------------------------------------------------------------------------


def test_a_reading_comes_back_as_it_was() -> None:
    (report,) = read_content(
        Content(small_report(AGENCY, 2020).encode(), About((Beside("x.meta.yml", b"level: city"),))), Limits()
    )
    assert isinstance(report, Report) and report.problems
    made = packed([report, Problem("#x", "read", "error", "empty", alike("nothing"))])
    assert unpacked_body(made.bodies[0], "") == body_of(report)
    assert unpacked_problems(made.problems) == (report.problems,)
    assert unpacked_digest(made.digest).keys[0][0] == report.id
    assert unpacked_digest(made.digest).problems == (Problem("#x", "read", "error", "empty", alike("nothing")),)


def test_numbers_come_back_exactly() -> None:
    check = Check("a", "R1", "x", "holds", Decimal("0.10"), None, True, None)
    (report,) = read_content(Content(small_report(AGENCY, 2020).encode()), Limits())
    assert isinstance(report, Report)
    body = Body(report, (check,), ())
    back = from_plain(Body, unseal(seal(to_plain(body))))
    assert back == body
    assert str(back.checks[0].left) == "0.10"


def test_every_damaged_byte_is_noticed() -> None:
    sealed = seal(("text", 1, None))
    for at in range(len(sealed)):
        damaged = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        assert not is_whole(damaged)
        with pytest.raises(DamagedError):
            unseal(damaged)
    with pytest.raises(DamagedError):
        unseal(sealed[:-1])


# Remembering -----------------------------------------------------------------------------------------------------


def test_an_unchanged_file_is_not_read_again(folder: Path, tmp_path: Path, means: Means) -> None:
    assert built(folder, tmp_path / "a.db", means).remembered == 0
    assert built(folder, tmp_path / "a.db", means).remembered == 3
    assert built(folder, tmp_path / "b.db", means).remembered == 3
    assert (tmp_path / "a.db").read_bytes() == (tmp_path / "b.db").read_bytes()


@pytest.mark.parametrize("what", ["file", "sidecar", "limits", "reader", "fresh"])
def test_what_a_reading_depends_on_makes_it_another(
    what: str, folder: Path, tmp_path: Path, means: Means, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(folder, tmp_path / "a.db", means)
    remembered = 2
    if what == "file":
        (folder / "0.txt").write_text(small_report(AGENCY, 2018), encoding="utf-8")
    elif what == "sidecar":
        (folder / "0.txt.meta.yml").write_text("published: 2020-02-03\n", encoding="utf-8")
    elif what == "limits":
        monkeypatch.setattr("tests.build_histories.Limits", lambda: Limits(search_steps=1000))
        remembered = 0
    elif what == "reader":
        monkeypatch.setattr("build.reading.kept.reader_version", lambda: "another")
        remembered = 0
    else:
        means, remembered = replace(means, fresh=True), 0
    assert built(folder, tmp_path / "a.db", means).remembered == remembered
    if what == "sidecar":
        assert query(tmp_path / "a.db", "SELECT published FROM reports WHERE source_file = '0.txt'") == [
            {"published": "2020-02-03"}
        ]


def test_a_file_changed_within_the_same_moment_and_length_is_read_again(
    folder: Path, tmp_path: Path, means: Means
) -> None:
    built(folder, tmp_path / "a.db", means)
    path = folder / "0.txt"
    before, text = path.stat(), path.read_text(encoding="utf-8")
    path.write_text(text.replace("2019", "2017"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert built(folder, tmp_path / "a.db", means).remembered == 2
    assert {row["year"] for row in query(tmp_path / "a.db", "SELECT year FROM reports")} == {2017, 2020, 2021}


def test_a_file_that_has_rested_is_known_without_opening_it(
    folder: Path, tmp_path: Path, means: Means, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "SETTLED_NS", -(10**12))
    built(folder, tmp_path / "a.db", means)

    def closed(*_: object) -> None:
        raise AssertionError("opened")

    monkeypatch.setattr("build.reading.readings.data_of", closed)
    assert built(folder, tmp_path / "a.db", means).remembered == 3


def test_a_renamed_file_keeps_its_reading_and_gets_its_new_name(folder: Path, tmp_path: Path, means: Means) -> None:
    (folder / "东明县2018年报.txt").write_text("", encoding="utf-8")
    built(folder, tmp_path / "a.db", means)
    (folder / "0.txt").rename(folder / "renamed.txt")
    (folder / "东明县2018年报.txt").rename(folder / "empty.txt")
    outcome = built(folder, tmp_path / "a.db", means)
    assert outcome.remembered == 4
    assert [problem.source_file for problem in outcome.failed_files] == ["empty.txt"]
    names = {row["source_file"] for row in query(tmp_path / "a.db", "SELECT source_file FROM reports")}
    assert names == {"renamed.txt", "1.txt", "2.txt"}


def test_the_reader_s_version_follows_its_code_and_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for room in (*version.ROOMS, "publish"):
        (tmp_path / room).mkdir()
    for name in version.GROUND:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(version, "ROOT", tmp_path)
    found = []
    for name, text in (("publish/x.py", "1"), ("parse/x.py", "1"), ("parse/x.py", "2"), ("identity/data.csv", "1")):
        (tmp_path / name).write_text(text)
        version.reader_version.cache_clear()
        found.append(version.reader_version())
    monkeypatch.setattr("shutil.which", lambda name: f"/new/{name}")
    version.reader_version.cache_clear()
    found.append(version.reader_version())
    version.reader_version.cache_clear()
    assert len(set(found)) == 5
    (tmp_path / "publish/x.py").write_text("2")
    assert version.reader_version() == found[-1]
    version.reader_version.cache_clear()


def test_reports_name_the_reader(folder: Path, tmp_path: Path, means: Means) -> None:
    built(folder, tmp_path / "a.db", means)
    found = query(tmp_path / "a.db", "SELECT DISTINCT parser FROM reports")
    assert found == [{"parser": version.reader_version()}]


def test_what_no_build_asks_for_any_more_is_forgotten(folder: Path, tmp_path: Path, means: Means) -> None:
    assert means.readings is not None
    built(folder, tmp_path / "a.db", means)
    (folder / "0.txt").unlink()
    for _ in range(kept.BUILDS_KEPT + 1):
        built(folder, tmp_path / "a.db", means)
    with closing(sqlite3.connect(means.readings / FILE)) as connection:
        assert connection.execute("SELECT count(*) FROM readings").fetchone() == (2,)
        assert connection.execute("SELECT count(*) FROM bodies").fetchone() == (2,)


# Readings that are not what they were ----------------------------------------------------------------------------


def damaged_file(path: Path, how: str) -> None:
    """Make of a file of readings what a disk, a crash or a person may."""
    data = path.read_bytes()
    if how == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "no database":
        path.write_bytes(b"readings" * 1000)
    elif how == "zeroed":
        path.write_bytes(data[:4096] + bytes(len(data) - 4096))
    else:
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(OTHER[how])


OTHER = {
    "another version": "PRAGMA user_version = 99",
    "another's database": "PRAGMA user_version = 0; DROP TABLE readings",
    "a body": "UPDATE bodies SET body = substr(body, 1, length(body) - 1) || x'ff'",
    "bodies gone": "DELETE FROM bodies",
    "a digest": "UPDATE readings SET digest = x'0011223344556677889900'",
    "problems": "UPDATE readings SET problems = substr(problems, 1, 9)",
}


@pytest.fixture(scope="module")
def remembered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with reports, a database of them, and what was remembered."""
    home = tmp_path_factory.mktemp("remembered")
    texts_of(home / "reports", [small_report(AGENCY, year) for year in (2019, 2020)])
    built(home / "reports", home / "a.db", Means(home / "readings"))
    return home


@pytest.mark.parametrize("how", ["cut", "empty", "no database", "zeroed", *OTHER])
def test_damaged_readings_are_noticed_said_and_read_anew(how: str, remembered: Path, tmp_path: Path) -> None:
    shutil.copytree(remembered / "readings", tmp_path / "readings")
    damaged_file(tmp_path / "readings" / FILE, how)
    said, say = listened()
    assert built(remembered / "reports", tmp_path / "b.db", Means(tmp_path / "readings", say=say)).reports == 2
    assert (tmp_path / "b.db").read_bytes() == (remembered / "a.db").read_bytes()
    assert said or how == "empty"
    with closing(sqlite3.connect(tmp_path / "readings" / FILE)) as connection:
        assert all(is_whole(body) for (body,) in connection.execute("SELECT body FROM bodies"))
        assert connection.execute("SELECT count(*) FROM bodies").fetchone() == (2,)


def test_a_folder_that_cannot_be_written_is_said_and_nothing_remembered(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "readings").write_text("a file stands here")
    said, say = listened()
    outcome = built(folder, tmp_path / "a.db", Means(tmp_path / "readings", say=say))
    assert outcome.reports == 3
    assert len(said) == 1 and "remembered" in said[0]


def test_what_can_only_be_read_is_still_remembered(
    folder: Path, tmp_path: Path, means: Means, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(folder, tmp_path / "a.db", means)
    (folder / "3.txt").write_text(small_report(AGENCY, 2018), encoding="utf-8")

    def read_only(_path: Path) -> sqlite3.Connection:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(kept, "_open", read_only)
    said, say = listened()
    outcome = built(folder, tmp_path / "b.db", replace(means, say=say))
    assert (outcome.reports, outcome.remembered) == (4, 3)
    assert len(said) == 1 and "readonly" in said[0]


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from build.limits import Limits
from build.reading import kept
from tests.build_histories import built, Means
kept.BATCH = 1
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder, output, readings = map(Path, sys.argv[1:])
plain = kept.Readings.write
def full(self):
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limits[1]))
    try:
        plain(self)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
kept.Readings.write = full
said = []
outcome = built(folder, output, Means(readings, say=said.append))
print(outcome.reports, len(said), said)
"""


def test_a_full_disk_ends_the_remembering_and_not_the_build(folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", FULL_DISK, str(folder), str(tmp_path / "a.db"), str(tmp_path / "readings")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("3 1 "), done.stdout + done.stderr
    built(folder, tmp_path / "b.db", Means())
    assert (tmp_path / "a.db").read_bytes() == (tmp_path / "b.db").read_bytes()
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


def test_two_builds_at_once_over_the_same_readings_are_both_right(folder: Path, tmp_path: Path) -> None:
    for number in range(40):
        (folder / f"more{number}.txt").write_text(small_report(AGENCY, 2020, f"第{number}份"), encoding="utf-8")
    commands = [
        [sys.executable, "-m", "build", str(folder), "--output", str(tmp_path / f"{name}.db"), "--jobs", "1"]
        for name in "ab"
    ]
    running = [subprocess.Popen(each, cwd=ROOT, stderr=subprocess.PIPE, text=True) for each in commands]
    said = [process.communicate()[1] for process in running]
    assert [process.returncode for process in running] == [0, 0], said
    assert (tmp_path / "a.db").read_bytes() == (tmp_path / "b.db").read_bytes()
    assert built(folder, tmp_path / "c.db", Means(tmp_path / ".gongkai-readings")).remembered == 43


# Files that do not stand still -----------------------------------------------------------------------------------


def test_a_file_that_changes_all_the_while_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = texts_of(tmp_path / "reports", ["x"]) / "0.txt"
    plain = Path.read_bytes

    def read_bytes(self: Path) -> bytes:
        data = plain(self)
        if self == path:
            self.write_bytes(data + b"x")
        return data

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    (problem,) = built(tmp_path / "reports", tmp_path / "a.db", Means()).failed_files
    assert (problem.source_file, problem.code) == ("0.txt", "unreadable")
    assert "changed while it was read" in problem.message.en
    with pytest.raises(ReadError, match="changed while it was read"):
        data_of(path, Limits())


def test_a_file_that_changes_once_is_read_as_it_is_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    plain, times = Path.read_bytes, iter((True, False))

    def read_bytes(self: Path) -> bytes:
        data = plain(self)
        if next(times):
            self.write_bytes(b"newer")
        return data

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    assert data_of(path, Limits())[0] == b"newer"


def test_readings_of_a_build_that_remembers_nothing_are_gone(folder: Path, tmp_path: Path) -> None:
    built(folder, tmp_path / "a.db", Means())
    assert {path.name for path in tmp_path.iterdir()} == {"a.db", "reports"}
    readings = Readings(None, print)
    readings.write()
    readings.close()
