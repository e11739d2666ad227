"""``python -m build``: exit codes, messages, which files are read and under which names."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from pathlib import Path

import pytest

from build import command
from build.__main__ import main
from build.limits import Limits
from build.publish import store
from build.publish.indexing import Indexing
from build.reading.version import reader_version
from tests.assertions import REPORTS, ROOT, build, query
from tests.samples import report_text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good report."""
    path = tmp_path / "reports"
    path.mkdir()
    (path / "good.txt").write_text(report_text(), encoding="utf-8")
    return path


def source_files(database: Path) -> set[str]:
    """Every file that the database knows of."""
    sql = "SELECT source_file FROM reports UNION SELECT source_file FROM problems WHERE severity = 'error'"
    return {row["source_file"] for row in query(database, sql)}


# Exit codes --------------------------------------------------------------------------------------------------------


def test_0_where_every_file_became_a_report(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build(folder, output=tmp_path / "a.db") == 0
    output = capsys.readouterr()
    assert output.out == ""
    assert "1 reports from 1 files" in output.err or "1 report from 1 file" in output.err


def test_1_where_a_file_yielded_none_and_the_database_is_written(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "empty.txt").write_bytes(b"")
    assert build(folder, output=tmp_path / "a.db") == 1
    error = capsys.readouterr().err
    assert "empty.txt" in error
    assert "good.txt" not in error
    assert len(query(tmp_path / "a.db", "SELECT id FROM reports")) == 1


def test_2_and_the_old_database_where_no_file_at_all_is_a_report(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(folder, output=tmp_path / "a.db") == 0
    (folder / "good.txt").write_bytes(b"")
    assert main([str(folder), "--output", str(tmp_path / "a.db")]) == 2
    assert source_files(tmp_path / "a.db") == {"good.txt"}
    error = capsys.readouterr().err
    assert "good.txt: empty" in error and "--allow-empty" in error
    assert main([str(folder), "--output", str(tmp_path / "b.db")]) == 2
    assert not (tmp_path / "b.db").exists()


def test_an_empty_database_is_written_where_it_is_allowed(folder: Path, tmp_path: Path) -> None:
    assert build(folder, output=tmp_path / "a.db") == 0
    (folder / "good.txt").write_bytes(b"")
    assert main([str(folder), "--output", str(tmp_path / "a.db"), "--allow-empty"]) == 1
    assert query(tmp_path / "a.db", "SELECT id FROM reports") == []
    assert source_files(tmp_path / "a.db") == {"good.txt"}
    # A second build finds nothing changed, and is held to the same floor.
    assert main([str(folder), "--output", str(tmp_path / "a.db")]) == 2


@pytest.mark.parametrize(("least", "code"), [(1, 0), (2, 0), (3, 2)])
def test_fewer_reports_than_asked_for_leave_the_old_database(
    least: int, code: int, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = report_text("云山区教育局2020年政府信息公开工作年度报告")
    (folder / "other.txt").write_text(other, encoding="utf-8")
    (folder / "copy.txt").write_text(other, encoding="utf-8")
    assert main([str(folder), "--output", str(tmp_path / "a.db"), "--at-least", str(least)]) == code
    assert (tmp_path / "a.db").exists() is (code == 0)
    assert ("2 reports, fewer than the 3 of --at-least" in capsys.readouterr().err) is (code == 2)


@pytest.mark.parametrize("name", ["missing", "missing.txt"])
def test_2_for_a_path_that_is_not_there(
    name: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(folder, tmp_path / name, output=tmp_path / "a.db") == 2
    assert name in capsys.readouterr().err
    assert not (tmp_path / "a.db").exists()


def test_2_for_a_folder_without_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "nothing-here"
    empty.mkdir()
    (empty / ".hidden.txt").write_text(report_text(), encoding="utf-8")
    assert build(empty, output=tmp_path / "a.db") == 2
    assert "nothing-here" in capsys.readouterr().err
    assert not (tmp_path / "a.db").exists()


def test_2_where_the_database_cannot_be_written(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(folder, output=tmp_path / "no-such-folder" / "a.db") == 2
    assert "no-such-folder" in capsys.readouterr().err


def test_2_where_a_folder_stands_in_the_database_s_place(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a.db").mkdir()
    assert build(folder, output=tmp_path / "a.db") == 2
    assert (tmp_path / "a.db").is_dir()
    assert [path.name for path in tmp_path.iterdir() if "draft" in path.name] == []


def test_2_before_reading_where_a_report_would_be_overwritten(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (folder / "good.txt").read_bytes()
    assert build(folder, output=folder / "good.txt") == 2
    assert "good.txt" in capsys.readouterr().err
    assert (folder / "good.txt").read_bytes() == before


def test_2_where_something_else_than_a_database_would_be_overwritten(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.odt").write_bytes(b"the work of years")
    assert build(folder, output=tmp_path / "thesis.odt") == 2
    assert "no SQLite database" in capsys.readouterr().err
    assert (tmp_path / "thesis.odt").read_bytes() == b"the work of years"


def test_an_old_database_and_an_empty_file_are_replaced(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a.db").touch()
    assert build(folder, output=tmp_path / "a.db") == 0
    assert build(folder, output=tmp_path / "a.db") == 0
    assert source_files(tmp_path / "a.db") == {"good.txt"}


def test_2_where_a_folder_cannot_be_listed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(paths: object) -> None:
        raise PermissionError(13, "Permission denied", "reports/closed")

    monkeypatch.setattr("build.__main__.find_sources", refused)
    assert build(folder, output=tmp_path / "a.db") == 2
    assert "reports/closed" in capsys.readouterr().err


def test_2_and_the_old_database_where_a_build_is_interrupted(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    assert build(folder, output=tmp_path / "a.db") == 0
    before = (tmp_path / "a.db").read_bytes()
    monkeypatch.setattr("build.__main__.build_database", interrupted)
    assert build(folder, output=tmp_path / "a.db") == 2
    assert "interrupted" in capsys.readouterr().err
    assert (tmp_path / "a.db").read_bytes() == before


def test_a_sidecar_without_its_document_is_named(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("good.meta.yml", "good.txt.meta.yml", "goood.txt.meta.yml"):
        (folder / name).write_text("year: 2020\n", encoding="utf-8")
    assert build(folder, output=tmp_path / "a.db") == 0
    named = [line for line in capsys.readouterr().err.splitlines() if ".meta.yml" in line]
    assert len(named) == 1 and "goood.txt.meta.yml" in named[0]


def test_a_file_s_name_cannot_steer_the_terminal(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("\x1b[2Jbad.txt", "\x1b[2Jlonely.txt.meta.yml"):
        (folder / name).write_text("no report\n", encoding="utf-8")
    assert main([str(folder), "--output", str(tmp_path / "a.db")]) == 1
    error = capsys.readouterr().err
    assert "\x1b[2J" not in error
    assert r"\x1b[2Jbad.txt: not_a_report" in error and r"\x1b[2Jlonely.txt.meta.yml: no document" in error


def test_to_explain_a_folder_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--explain", str(folder)]) == 2
    assert "one file is explained" in capsys.readouterr().err


# Where the database goes -------------------------------------------------------------------------------------------


def test_a_device_a_pipe_and_a_link_keep_their_place(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As root a build would put a file in the place of /dev/null."""
    assert main([str(folder), "--output", "/dev/null"]) == 2
    assert Path("/dev/null").is_char_device()
    assert "/dev/null: a device" in capsys.readouterr().err
    os.mkfifo(tmp_path / "pipe.db")
    assert main([str(folder), "--output", str(tmp_path / "pipe.db")]) == 2
    assert (tmp_path / "pipe.db").is_fifo()
    (tmp_path / "real.db").touch()
    for name, target in (("link.db", "real.db"), ("dangling.db", "nowhere.db")):
        (tmp_path / name).symlink_to(tmp_path / target)
        assert main([str(folder), "--output", str(tmp_path / name)]) == 2
        assert (tmp_path / name).is_symlink()
        assert f"{name}: a link" in capsys.readouterr().err
    assert (tmp_path / "real.db").read_bytes() == b""


@pytest.mark.parametrize("mode", [0o600, 0o444, 0o664])
def test_the_database_keeps_its_mode(mode: int, folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "a.db"
    output.touch()
    output.chmod(mode)
    assert build(folder, output=output) == 0
    assert stat.S_IMODE(output.stat().st_mode) == mode


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a file away")
def test_the_database_keeps_its_owner(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "a.db"
    output.touch()
    os.chown(output, 12345, 23456)
    assert build(folder, output=output) == 0
    assert (output.stat().st_uid, output.stat().st_gid) == (12345, 23456)


def test_nobody_else_reads_the_draft_of_a_closed_database(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes = []

    def seen(draft: Path, publication: store.Publication, index: Indexing) -> None:
        modes.append(stat.S_IMODE(draft.stat().st_mode))
        written(draft, publication, index)

    written = store._write_draft
    monkeypatch.setattr(store, "_write_draft", seen)
    (tmp_path / "a.db").touch(mode=0o600)
    assert build(folder, output=tmp_path / "a.db") == 0
    assert modes == [0o600]


# What is said, and where -------------------------------------------------------------------------------------------


def test_a_quiet_build_says_only_what_went_wrong(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "lonely.txt.meta.yml").write_text("year: 2020\n", encoding="utf-8")
    arguments = [str(folder), "--output", str(tmp_path / "a.db"), "--quiet"]
    assert main(arguments) == 0
    assert capsys.readouterr().err == ""
    (folder / "bad.txt").write_bytes(b"")
    assert main(arguments) == 1
    first, second = capsys.readouterr().err.splitlines()
    assert "1 file without a report" in first and second.startswith("  bad.txt: empty")


def test_a_log_gets_every_line_with_its_time_behind_what_stands_there(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "build.log"
    log.write_text("an older line\n", encoding="utf-8")
    for place in range(23):
        (folder / f"{place}.txt").write_bytes(b"no report")
    assert main([str(folder), "--output", str(tmp_path / "a.db"), "--quiet", "--log", str(log)]) == 1
    said = capsys.readouterr().err.splitlines()
    older, *lines = log.read_text(encoding="utf-8").splitlines()
    assert older == "an older line"
    moments, words = zip(*(line.split(" ", 1) for line in lines), strict=True)
    assert all(datetime.fromisoformat(moment).tzinfo for moment in moments)
    assert set(said) <= {words if words.startswith(" ") else f"build: {words}" for words in words}
    assert words[0] == "read (24 steps)"
    assert len([line for line in words if ".txt: " in line]) == 23
    assert len([line for line in said if ".txt: " in line]) == 20 and "and 3 more" in said[-1]


def test_a_log_never_goes_into_a_report_or_the_database(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (folder / "good.txt").read_bytes()
    for log in (folder / "good.txt", folder / "new.log", tmp_path / "a.db", tmp_path / "none" / "x.log", tmp_path):
        assert main([str(folder), "--output", str(tmp_path / "a.db"), "--log", str(log)]) == 2
        assert str(log) in capsys.readouterr().err
    assert (folder / "good.txt").read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == ["good.txt"]
    assert not (tmp_path / "a.db").exists()


def test_the_language_of_what_is_said(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "bad.txt").write_bytes(b"")
    assert main([str(folder), "--output", str(tmp_path / "a.db"), "--language", "zh"]) == 1
    error = capsys.readouterr().err
    assert "2 个文件中的 1 个，读出1 份年报；1 个文件没有读出年报" in error
    assert "bad.txt: empty: 文件是空的" in error
    (row,) = query(tmp_path / "a.db", "SELECT message, message_zh FROM problems WHERE severity = 'error'")
    assert row["message"].startswith("The file is empty") and row["message_zh"].startswith("文件是空的")
    with pytest.raises(SystemExit):
        main(["--help", "--language", "zh"])
    assert "数据库文件" in capsys.readouterr().out


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert capsys.readouterr().out == f"gongkai {stated}, reader {reader_version()}\n"


def test_the_counts_of_the_last_lines_add_up(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Files with and without a report are all files; reports and copies are all that gave one; what is read is new."""
    other = report_text("云山区教育局2020年政府信息公开工作年度报告")
    (folder / "copy.txt").write_text(report_text(), encoding="utf-8")
    (folder / "bad.txt").write_bytes(b"")
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        archive.writestr("one.txt", report_text("东明县教育局2019年政府信息公开工作年度报告"))
        archive.writestr("two.txt", other)
        archive.writestr("three.txt", "nothing")
    with zipfile.ZipFile(folder / "bad.zip", "w") as archive:
        archive.writestr("one.txt", "")
        archive.writestr("two.txt", "nothing")
    assert build(folder, output=tmp_path / "a.db") == 1
    lines = capsys.readouterr().err.splitlines()
    (first,) = (line for line in lines if "a.db" in line)
    assert "3 reports from 3 of 5 files; 3 documents without a report in 2 files; 1 document is a copy" in first
    assert len(query(tmp_path / "a.db", "SELECT id FROM reports")) == 3
    assert len(query(tmp_path / "a.db", "SELECT 1 FROM problems WHERE severity = 'error'")) == 3
    (counted,) = query(tmp_path / "a.db", "SELECT count(*) AS n FROM problems WHERE severity <> 'error'")
    assert f"5 files read now, 0 remembered and not read again; {counted['n']} remarks" in lines[-2]


def test_what_is_new_changed_and_gone_is_told(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def said() -> list[str]:
        assert build(folder, output=tmp_path / "a.db") == 0
        lines = capsys.readouterr().err.splitlines()
        return lines[lines.index(next(line for line in lines if "the database before" in line)) :]

    assert said() == ["build: against the database before: 1 report new, 0 changed, 0 gone"]
    assert said() == ["build: against the database before: 0 reports new, 0 changed, 0 gone"]
    other = report_text("云山区教育局2020年政府信息公开工作年度报告")
    (folder / "other.txt").write_text(other, encoding="utf-8")
    (folder / "good.txt").write_text(report_text(below="附:另一段文字。"), encoding="utf-8")
    assert said() == [
        "build: against the database before: 1 report new, 1 changed, 0 gone",
        "  + other.txt: 云山区教育局 2020",
        "  ~ good.txt: 东明县人民政府 2020",
    ]
    (folder / "other.txt").unlink()
    assert said()[1:] == ["  - other.txt: 云山区教育局 2020"]


@pytest.mark.parametrize(
    "arguments",
    [
        *(["--no-such-option"], ["--output"], ["--max-bytes", "many"], [""], ["--output", ""], ["--corrections", " "]),
        *(["--max-seconds", words] for words in ("-1", "0", "nan", "inf", "1e999", "soon")),
        *([option, "0"] for option in ("--max-bytes", "--max-cells", "--max-pages", "--search-steps", "--jobs")),
        *(["--max-pages", words] for words in ("-3", "2.5", "¹")),
        *(["--coverage-from", words] for words in ("20", "-2019", "20200", "2007")),
        *(["--at-least", "0"], ["--at-least", "3", "--allow-empty"], ["--log", ""], ["--language", "fr"]),
    ],
)
def test_2_for_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err


# The command -------------------------------------------------------------------------------------------------------


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The command itself, outside this process."""
    return subprocess.run(
        [sys.executable, "-m", "build", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_arguments_reports_becomes_gongkai_db(folder: Path) -> None:
    ended = run(cwd=folder.parent)
    assert ended.returncode == 0, ended.stderr
    assert source_files(folder.parent / "gongkai.db") == {"good.txt"}


def test_stages_are_a_line_each_where_there_is_no_terminal(folder: Path) -> None:
    ended = run(str(folder), "--output", "a.db", cwd=folder.parent)
    assert ended.stdout == ""
    lines = ended.stderr.splitlines()
    assert [line for line in lines if "read" in line and "1" in line]
    assert all("\r" not in line and "\x1b" not in line for line in lines)


def test_help_names_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    text = capsys.readouterr().out
    for limit in fields(Limits):
        assert f"--{limit.name.replace('_', '-')}" in text
    assert "--output" in text


AS_PYTHON_STARTS_IT = (
    "import runpy, sys; print('now', flush=True); sys.argv[0] = '-m'; "
    "runpy.run_module('build', run_name='__main__', alter_sys=True)"
)
"""`python -m build` from the moment on at which Python itself is there; before it, Ctrl-C is Python's own affair."""


@pytest.mark.parametrize("seconds", [0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 1.3, 1.6])
def test_ctrl_c_ends_a_build_in_one_line_whenever_it_comes(folder: Path, tmp_path: Path, seconds: float) -> None:
    """While Python loads the program, while it reads, while it ends; a second one does not add to it."""
    text = report_text()
    for place in range(300):
        (folder / f"{place}.txt").write_text(f"{text}\n{place}\n", encoding="utf-8")
    command = [sys.executable, "-c", AS_PYTHON_STARTS_IT, str(folder), "--output", str(tmp_path / "a.db")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline()
        time.sleep(seconds)
        for _ in range(2):
            process.send_signal(signal.SIGINT)
            time.sleep(0.01)
        _, said = process.communicate(timeout=60)
    lines = [line for line in said.splitlines() if not line.startswith(("build: read (", "build: store ("))]
    assert "Traceback" not in said
    if process.returncode == 2:
        assert [line.partition(";")[0] for line in lines] == ["build: interrupted"]
        assert not (tmp_path / "a.db").exists()


def test_ctrl_c_is_not_lost_while_a_process_is_begun(folder: Path, tmp_path: Path) -> None:
    """It comes in the middle of what Python does by itself after a fork, where no exception goes further."""
    (folder / "a.txt").write_text(report_text(), encoding="utf-8")
    comes = "import os, signal; os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), signal.SIGINT))"
    command = [sys.executable, "-c", f"{comes}\n{AS_PYTHON_STARTS_IT}", str(folder), "--output", str(tmp_path / "a.db")]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 2 and "Traceback" not in ended.stderr
    assert ended.stderr.splitlines()[-1].startswith("build: interrupted;")
    assert not (tmp_path / "a.db").exists()


DEAF = """
import multiprocessing, os, signal, time
from build.interruption import interrupt_from_now_on
from build.reading import isolation
isolation.ENDING_SECONDS = 0.2
signal.signal(signal.SIGTERM, signal.SIG_IGN)
os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), signal.SIGINT))
interrupt_from_now_on()
try:
    isolation.forked(lambda line: time.sleep(60))
except KeyboardInterrupt:
    print(len(multiprocessing.active_children()))
"""


def test_ctrl_c_ends_the_process_that_is_begun_also_if_that_does_not_hear_that_it_is_to_leave() -> None:
    command = [sys.executable, "-c", DEAF]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=30)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "0\n", "")


FORGOTTEN = """
import os, signal, time, weakref
from build.reading import isolation

class Thing:
    pass

def told_where_no_exception_gets_out(line):
    isolation.leave_when_told()
    thing = Thing()
    watch = weakref.ref(thing, lambda _: os.kill(os.getpid(), signal.SIGTERM))
    del thing
    time.sleep(60)

apart = isolation.forked(told_where_no_exception_gets_out)
apart.process.join(20)
print(apart.process.exitcode)
"""


def test_a_process_that_is_told_to_leave_where_no_exception_gets_out_leaves_all_the_same() -> None:
    command = [sys.executable, "-c", FORGOTTEN]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=30)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "1\n", "")


def test_members_of_an_archive_without_a_report_are_counted_as_documents(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        archive.writestr("empty.txt", "")
        archive.writestr("other.txt", "")
    build(folder, output=tmp_path / "a.db")
    assert "2 documents without a report" in capsys.readouterr().err


# The command of an installed package ------------------------------------------------------------------------------


@pytest.fixture
def interruptible() -> Iterator[None]:
    """A build as a program takes Ctrl-C for itself; afterwards it is pytest's again."""
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_gongkai_runs_the_command_that_is_named(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["gongkai"])
    assert command.main(["build", str(folder), "--output", str(tmp_path / "a.db"), "--quiet"]) == 0
    assert source_files(tmp_path / "a.db") == {"good.txt"}
    assert command.main(["explain", str(folder / "good.txt")]) == 0
    assert command.main(["explain", str(folder)]) == 2
    assert "one file is explained" in capsys.readouterr().err


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize(
    "words", [[], ["dance"], ["build", "--max-seconds", "-1"], ["explain"], ["fetch"], ["release"]]
)
def test_gongkai_refuses_wrong_usage(
    words: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["gongkai"])
    with pytest.raises(SystemExit) as ended:
        command.main(words)
    assert ended.value.code == 2
    assert f"usage: gongkai {words[0] if words and words[0] != 'dance' else '['}" in capsys.readouterr().err


def test_gongkai_names_what_a_command_needs_besides(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["gongkai"])

    def missing(*_: object) -> None:
        raise ModuleNotFoundError("No module named 'httpx'", name="httpx")

    monkeypatch.setattr(command, "import_module", missing)
    assert command.main(["fetch", "addresses.csv"]) == 2
    assert "pip install 'gongkai[fetch]'" in capsys.readouterr().err


# Which files -------------------------------------------------------------------------------------------------------


def test_files_that_are_ignored_on_purpose(folder: Path, tmp_path: Path) -> None:
    for name in (".DS_Store", ".hidden.txt", "~$good.docx", "good.meta.yml", "good.txt.meta.yml"):
        (folder / name).write_text("", encoding="utf-8")
    (folder / ".git").mkdir()
    (folder / ".git" / "a.txt").write_text("", encoding="utf-8")
    assert build(folder, output=tmp_path / "a.db") == 0
    assert source_files(tmp_path / "a.db") == {"good.txt"}


def test_no_other_file_is_passed_over(folder: Path, tmp_path: Path) -> None:
    for name in ("notes.md", "photo.jpg", "README", "meta.yml", "good.txt~"):
        (folder / name).write_bytes(b"no report")
    assert build(folder, output=tmp_path / "a.db") == 1
    assert source_files(tmp_path / "a.db") == {"good.txt", "notes.md", "photo.jpg", "README", "meta.yml", "good.txt~"}


def test_folders_are_read_to_their_depth_and_names_are_relative(folder: Path, tmp_path: Path) -> None:
    deep = folder / "东明县" / "2020"
    deep.mkdir(parents=True)
    shutil.move(folder / "good.txt", deep / "年报.txt")
    assert build(folder, output=tmp_path / "a.db") == 0
    assert source_files(tmp_path / "a.db") == {"东明县/2020/年报.txt"}


def test_a_file_given_by_itself_is_named_by_its_name(folder: Path, tmp_path: Path) -> None:
    assert build(folder / "good.txt", output=tmp_path / "a.db") == 0
    assert source_files(tmp_path / "a.db") == {"good.txt"}


def test_two_files_of_one_name_from_two_folders_are_both_kept_apart(folder: Path, tmp_path: Path) -> None:
    """Neither is lost: two reports, or one row of problems for each that is none."""
    other = tmp_path / "others"
    other.mkdir()
    (other / "good.txt").write_text(report_text("云山区教育局2020年政府信息公开工作年度报告"), encoding="utf-8")
    (folder / "bad.txt").write_bytes(b"")
    (other / "bad.txt").write_bytes(b"")
    assert build(folder, other, output=tmp_path / "a.db") == 1
    assert len(query(tmp_path / "a.db", "SELECT id FROM reports")) == 2
    assert len(query(tmp_path / "a.db", "SELECT * FROM problems WHERE severity = 'error'")) == 2


def test_the_ending_of_a_name_decides_nothing(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_text(report_text(), encoding="utf-8")
    assert build(tmp_path / "report.pdf", output=tmp_path / "a.db") == 0
    assert query(tmp_path / "a.db", "SELECT source_format FROM reports") == [{"source_format": "text"}]


def test_a_link_to_a_folder_that_leads_back_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    assert build(folder, output=tmp_path / "a.db") == 0
    assert source_files(tmp_path / "a.db") == {"good.txt"}


def test_a_link_to_a_folder_elsewhere_is_a_problem(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "lost.txt").write_text(report_text(), encoding="utf-8")
    (folder / "more").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert build(folder, output=tmp_path / "a.db") == 1
    (problem,) = query(tmp_path / "a.db", "SELECT source_file, code, message FROM problems WHERE severity = 'error'")
    assert (problem["source_file"], problem["code"]) == ("more", "unreadable")
    assert "a link to a folder" in problem["message"]


def test_a_broken_link_is_a_problem(folder: Path, tmp_path: Path) -> None:
    (folder / "broken.txt").symlink_to(tmp_path / "nowhere.txt")
    assert build(folder, output=tmp_path / "a.db") == 1
    assert source_files(tmp_path / "a.db") == {"broken.txt", "good.txt"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_a_problem_and_does_not_halt_the_build(folder: Path, tmp_path: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    assert build(folder, output=tmp_path / "a.db") == 1
    assert source_files(tmp_path / "a.db") == {"good.txt", "pipe.txt"}


# Limits ------------------------------------------------------------------------------------------------------------


def test_a_file_over_the_limit_is_a_problem(folder: Path, tmp_path: Path) -> None:
    size = (folder / "good.txt").stat().st_size
    arguments = [str(folder), "--output", str(tmp_path / "a.db"), "--max-bytes"]
    assert main([*arguments, str(size)]) == 0
    assert main([*arguments, str(size - 1), "--allow-empty"]) == 1
    (problem,) = query(tmp_path / "a.db", "SELECT code, message FROM problems")
    assert problem["code"] == "too_large"
    assert "--max-bytes" in problem["message"]


def test_search_steps_can_be_set(tmp_path: Path) -> None:
    office = REPORTS / "baoshan-office-2020.txt"
    assert main([str(office), "--output", str(tmp_path / "a.db"), "--search-steps", "1"]) == 0
    codes = {row["code"] for row in query(tmp_path / "a.db", "SELECT code FROM problems")}
    assert "placement_search_too_long" in codes
    placements = query(tmp_path / "a.db", "SELECT DISTINCT placement FROM applications ORDER BY placement")
    assert placements == [{"placement": "empty"}, {"placement": "unplaced"}]
