"""Files made to hurt: each ends as a row in ``problems``, quickly, and costs no other file."""

from __future__ import annotations

import io
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from build.document import Document, Part
from build.limits import Limits
from build.pipeline import build_database
from build.reading.isolation import MAX_MEMORY, Ended, isolated
from build.reading.read import read
from build.reading.sources import find_sources
from build.report import Problem, Report

from .render.pdf import form_within_itself

ROOT = Path(__file__).resolve().parent.parent
GOOD = ROOT / "reports" / "sanming-office-2019.txt"


def problem_of(path: Path, limits: Limits | None = None) -> Problem:
    """The one problem that a file yields, and no report."""
    (problem,) = read(path, path.name, limits or Limits())
    assert isinstance(problem, Problem), problem
    assert problem.severity == "error"
    assert problem.message.en
    return problem


def written(folder: Path, data: bytes, name: str = "report.html") -> Path:
    """A file with ``data``."""
    path = folder / name
    path.write_bytes(data)
    return path


def zipped(**members: bytes) -> bytes:
    """An archive of these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (bytes(range(256)) * 40, "binary"),
        ("今天天气很好。\n".encode() * 20, "not_a_report"),
        (
            b"<html><table><tr><td rowspan=100000 colspan=900>1<td>2<tr><td>3<td>4</table></html>",
            "too_many_cells",
        ),
        (b"<html><body>" + b"<div>" * 100_000 + b"</body></html>", "too_deep"),
        (b"<html><head></head><body><script>render()</script></body></html>", "script_only"),
        (b"%PDF-1.7\nnothing more", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "damaged"),
        (zipped(), "empty_archive"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_hostile_file_ends_as_a_problem(tmp_path: Path, data: bytes, code: str) -> None:
    assert problem_of(written(tmp_path, data)).code == code


def test_a_file_over_the_limit_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "huge.html"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)  # 200 MB that take no disk
    problem = problem_of(path)
    assert problem.code == "too_large"
    assert "--max-bytes" in problem.message.en


def test_an_archive_is_counted_while_it_is_unpacked(tmp_path: Path) -> None:
    bomb = zipped(**{"report.txt": b"0" * 3_000_000})
    assert len(bomb) < 10_000
    assert problem_of(written(tmp_path, bomb), Limits(max_bytes=1_000_000)).code == "too_large"


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    page = f'<!DOCTYPE html [<!ENTITY a0 "ha">{levels}]><html><body><p>&a11;</p></body></html>'
    assert problem_of(written(tmp_path, page.encode())).code in {"not_a_report", "empty"}


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>{n}</td><td>0</td></tr>" for n in range(60_000))
    path = written(tmp_path, f"<html><body><table>{rows}</table></body></html>".encode())
    problem = problem_of(path, Limits(max_seconds=0.05))
    assert problem.code == "too_slow"
    assert "--max-seconds" in problem.message.en


def test_a_pipe_and_a_file_without_rights_are_problems(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    assert problem_of(pipe).code == "unreadable"
    assert problem_of(tmp_path / "gone.txt").code == "unreadable"


def test_links_that_lead_back_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    shutil.copy(GOOD, tmp_path / "sub" / "report.txt")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    assert [source.name for source in find_sources([tmp_path])] == ["sub/report.txt"]


def test_names_in_an_archive_lead_nowhere(tmp_path: Path) -> None:
    text = GOOD.read_bytes()
    path = written(tmp_path, zipped(**{"../../escape.txt": text}), "a.zip")
    (report,) = read(path, path.name, Limits())
    assert isinstance(report, Report)
    assert ".." not in report.source_file
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.zip"]


def test_a_name_that_is_no_utf_8_is_published_in_readable_letters(tmp_path: Path) -> None:
    for name in ("年报.txt".encode("gbk"), b"\xff\xfe.txt", "好.txt".encode()):
        (tmp_path / os.fsdecode(name)).write_bytes(b"")
    assert {source.name for source in find_sources([tmp_path])} == {"年报.txt", "\\xff\\xfe.txt", "好.txt"}


def test_a_folder_that_cannot_be_listed_is_a_problem_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "locked").mkdir()
    shutil.copy(GOOD, tmp_path / "good.txt")
    plain = os.scandir

    def forbidden(path: Path | str) -> Iterator[os.DirEntry[str]]:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied")
        return plain(path)

    monkeypatch.setattr(os, "scandir", forbidden)
    sources = [*find_sources([tmp_path])]
    assert [source.name for source in sources] == ["good.txt", "locked"]
    assert problem_of(sources[1].path).code == "unreadable"


def test_halves_of_characters_never_reach_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document("年报\ud800", (), "text")
    monkeypatch.setattr("build.reading.read.read_parts", lambda data, _limits: (Part("", data, (document,)),))
    assert problem_of(written(tmp_path, b"x")).code == "mojibake"


@pytest.mark.parametrize(
    ("given", "name"),
    [(".", "docs/b.txt"), ("docs", "b.txt"), ("docs/b.txt", "b.txt"), ("./docs", "b.txt"), ("docs/../docs", "b.txt")],
)
def test_a_file_is_called_by_its_place_in_the_path_given_and_lies_where_it_was_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, name: str
) -> None:
    (tmp_path / "docs").mkdir()
    written(tmp_path / "docs", b"x", "b.txt")
    monkeypatch.chdir(tmp_path)
    for path in (Path(given), tmp_path / given):
        (source,) = find_sources([path])
        assert (source.name, source.path.read_bytes()) == (name, b"x")


# A process apart -------------------------------------------------------------------------------------------------


def strange(task: str) -> str:
    """What a library may do to the process it runs in."""
    if task == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if task == "leave":
        os._exit(3)
    if task == "hang":
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM, signal.SIGTERM})
        time.sleep(600)
    if task == "fill":
        try:
            return str(len(bytearray(2 * MAX_MEMORY)))  # what it inherits from here and frees is room beside the bound
        except MemoryError:
            return "too much"
    return task.upper()


def test_what_ends_the_process_apart_costs_one_task_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("build.reading.isolation.GRACE_SECONDS", 6.0)
    monkeypatch.setattr("build.reading.isolation.ENDING_SECONDS", 0.5)
    results = list(isolated(strange, ["a", "crash", "b", "leave", "hang", "c", "fill", "d"], 0.5))
    assert results == ["A", Ended("SIGSEGV"), "B", Ended("exit code 3"), Ended(), "C", "too much", "D"]


def test_a_process_apart_is_gone_once_nobody_listens() -> None:
    results = isolated(lambda _task: os.getpid(), range(3), 10)
    process = next(results)
    assert isinstance(process, int)
    assert process != os.getpid()
    del results
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_where_processes_cannot_be_forked_tasks_are_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("multiprocessing.get_all_start_methods", lambda: ["spawn"])
    assert list(isolated(lambda task: (task, os.getpid()), "ab", 10)) == [("a", os.getpid()), ("b", os.getpid())]


@pytest.mark.parametrize(("end", "code"), [(Ended(), "too_slow"), (Ended("SIGSEGV"), "reader_failed")])
def test_a_file_that_ended_its_reader_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: Ended, code: str
) -> None:
    monkeypatch.setattr("build.reading.readings.spread", lambda _work, tasks, *_: ((key, end) for key, _ in tasks))
    outcome = build_database(
        find_sources([GOOD]), tmp_path / "gongkai.db", Limits(), lambda _name, _steps: lambda: None
    )
    (problem,) = outcome.failed_files
    assert (problem.source_file, problem.code, outcome.reports) == (GOOD.name, code, 0)
    assert "Supply" in problem.message.en


def test_a_file_that_takes_too_much_memory_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("build.reading.reading.read_content", fill)
    outcome = build_database(
        find_sources([GOOD]), tmp_path / "gongkai.db", Limits(), lambda _name, _steps: lambda: None
    )
    assert [problem.code for problem in outcome.failed_files] == ["too_large"]


def test_a_pdf_whose_form_holds_itself_costs_itself_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("build.reading.isolation.MAX_MEMORY", 256 * 1024**2)
    monkeypatch.setattr("build.reading.isolation.GRACE_SECONDS", 1.0)
    reports = tmp_path / "reports"
    reports.mkdir()
    shutil.copy(GOOD, reports / "good.txt")
    written(reports, form_within_itself(), "bad.pdf")
    outcome = build_database(
        find_sources([reports]), tmp_path / "gongkai.db", Limits(max_seconds=20), lambda _name, _steps: lambda: None
    )
    assert outcome.reports == 1
    (problem,) = outcome.failed_files
    assert problem.source_file == "bad.pdf"
    assert problem.code in {"reader_failed", "too_large", "too_slow"}


def test_one_bad_file_costs_no_other(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    shutil.copy(GOOD, reports / "good.txt")
    written(reports, b"", "empty.txt")
    written(reports, zipped(**{"x.txt": b"0" * 10_000_000}), "bomb.zip")
    database = tmp_path / "gongkai.db"
    command = [sys.executable, "-m", "build", str(reports), "--output", str(database), "--max-bytes", "2000000"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "empty.txt" in done.stderr and "bomb.zip" in done.stderr
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT source_file FROM reports").fetchall() == [("good.txt",)]
        rows = connection.execute("SELECT source_file, code FROM problems WHERE severity = 'error'").fetchall()
    assert rows == [("bomb.zip", "too_large"), ("empty.txt", "empty")]
