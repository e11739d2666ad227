"""Reading in several processes: the same bytes whatever their number, and each file apart from the others."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from build.limits import Limits
from build.pipeline import Means
from build.reading import isolation
from build.reading.isolation import Ended, spread
from build.reading.kept import FOLDER
from build.reading.read import Content, read_content
from build.reading.readings import local_engine
from tests.assertions import ROOT, query
from tests.build_histories import built, small_report, texts_of

AGENCY = "东明县人民政府"


def work(task: bytes) -> object:
    """What a file may do to the process that reads it."""
    if task.startswith(b"die"):
        os.kill(os.getpid(), signal.SIGKILL)
    if task.startswith(b"hang"):
        time.sleep(600)
    return len(task)


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_every_task_is_answered_once_whatever_the_others_do(jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "GRACE_SECONDS", 1.5)
    monkeypatch.setattr(isolation, "ENDING_SECONDS", 0.2)
    tasks = [b"die" if at in {3, 4, 11} else b"hang" if at == 7 else b"x" * at for at in range(16)]
    answers = dict(spread(work, enumerate(tasks), 0.5, jobs))
    expected = {at: Ended("SIGKILL") if at in {3, 4, 11} else Ended() if at == 7 else at for at in range(16)}
    assert answers == expected


@pytest.mark.parametrize("jobs", [1, 3])
def test_large_tasks_and_large_answers_do_not_wait_for_each_other(jobs: int) -> None:
    tasks = [bytes([at]) * (3_000_000 if at % 2 else 10) for at in range(8)]
    answers = dict(spread(lambda task: task * 3, enumerate(tasks), 30, jobs))
    assert answers == {at: task * 3 for at, task in enumerate(tasks)}


def test_no_more_tasks_are_taken_than_there_is_room_for() -> None:
    taken = 0

    def tasks() -> Iterator[tuple[int, bytes]]:
        nonlocal taken
        for at in range(50):
            taken += 1
            yield at, b""

    answers = spread(work, tasks(), 10, 2)
    next(answers)
    assert taken <= 2 * isolation.AHEAD + 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Reports, a copy, and files that are none."""
    texts = [small_report(AGENCY, 2019 + at % 4, f"第{at}份") for at in range(10)]
    return texts_of(tmp_path / "reports", [*texts, texts[0], "", "不是报告"])


def test_the_bytes_are_the_same_whatever_the_number_of_jobs(folder: Path, tmp_path: Path) -> None:
    for jobs in (1, 3):
        outcome = built(folder, tmp_path / f"{jobs}.db", Means(engine=local_engine(jobs)))
        assert (outcome.reports, len(outcome.failed_files)) == (10, 2)
    assert (tmp_path / "1.db").read_bytes() == (tmp_path / "3.db").read_bytes()


def test_a_worker_that_dies_on_one_file_costs_that_file(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from build.reading import reading

    plain = read_content

    def deadly(content: Content, limits: Limits) -> object:
        if "第4份".encode() in content.data:
            os.kill(os.getpid(), signal.SIGSEGV)
        return plain(content, limits)

    monkeypatch.setattr(reading, "read_content", deadly)
    means = Means(tmp_path / "readings", engine=local_engine(2))
    outcome = built(folder, tmp_path / "a.db", means)
    assert outcome.reports == 9
    assert {(problem.source_file, problem.code) for problem in outcome.failed_files} >= {("4.txt", "reader_failed")}
    monkeypatch.setattr(reading, "read_content", plain)
    again = built(folder, tmp_path / "a.db", means)
    assert (again.reports, again.remembered) == (10, 12)


def test_ctrl_c_keeps_what_was_read_and_the_next_build_goes_on_from_there(tmp_path: Path) -> None:
    folder = texts_of(tmp_path / "reports", [small_report(AGENCY, 2020, f"第{at}份" * 300) for at in range(150)])
    command = [sys.executable, "-m", "build", str(folder), "--output", str(tmp_path / "a.db"), "--jobs", "2"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        readings = tmp_path / FOLDER / "readings.db-wal"
        deadline = time.monotonic() + 60
        while not readings.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    outcome = built(folder, tmp_path / "a.db", Means(tmp_path / FOLDER))
    assert outcome.reports == 150
    if process.returncode == 2:
        assert [line for line in said.splitlines() if "interrupted" in line] == [said.splitlines()[-1]]
        assert 0 < outcome.remembered <= 150


@pytest.mark.parametrize("words", [["--jobs", "0"], ["--jobs", "two"], ["--jobs", "-1"]])
def test_a_number_of_jobs_is_asked_for(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    from build.__main__ import main

    with pytest.raises(SystemExit):
        main(words)
    assert "from 1 on" in capsys.readouterr().err or words[1] == "-1"


def test_the_command_reads_in_as_many_processes_as_told(folder: Path, tmp_path: Path) -> None:
    from build.__main__ import main

    for jobs in ("1", "3"):
        assert main([str(folder), "--output", str(tmp_path / f"{jobs}.db"), "--jobs", jobs, "--fresh"]) == 1
    assert len(query(tmp_path / "3.db", "SELECT 1 FROM reports")) == 10
    assert (tmp_path / "1.db").read_bytes() == (tmp_path / "3.db").read_bytes()
