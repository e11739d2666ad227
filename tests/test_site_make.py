"""The Makefile: what it sets up, when, and when it serves."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from scripts import environment

from .site_server import ROOT, free_port, wait_until_served

pytestmark = pytest.mark.skipif(
    shutil.which("make") is None and not os.environ.get("GONGKAI_REQUIRE_TOOLS"), reason="no make on the path"
)

READY = ".venv/.ready-to-serve"


def make(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run make; its exit code and output are in the answer."""
    return subprocess.run(["make", *arguments], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with what setting up needs, no environment set up; `build` is a folder as in ours."""
    for name in ("Makefile", "requirements.txt", "requirements.lock", "requirements-dev.txt"):
        shutil.copy(ROOT / name, tmp_path)
    for name in ("build", "scripts"):
        (tmp_path / name).mkdir()
    shutil.copy(ROOT / "scripts" / "environment.py", tmp_path / "scripts")
    return tmp_path


def set_up(checkout: Path, seconds_later: int) -> None:
    """Pretend that the environment was set up so long after the requirements were written."""
    ready = checkout / READY
    ready.parent.mkdir(exist_ok=True)
    ready.touch()
    written = (checkout / "requirements.txt").stat().st_mtime
    os.utime(ready, (written + seconds_later, written + seconds_later))


def test_help_has_a_line_for_every_target() -> None:
    targets = re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert {"serve", "build", "test", "clean", "help"} <= set(targets)
    listed = re.findall(r"^make ([a-z]+) — \S", make("help").stdout, re.MULTILINE)
    assert listed == targets


def test_the_first_serve_sets_up_and_the_second_does_not(checkout: Path) -> None:
    assert "pip install" in make("-n", "serve", folder=checkout).stdout
    set_up(checkout, seconds_later=5)
    assert "pip install" not in make("-n", "serve", folder=checkout).stdout


def test_changed_requirements_are_installed_again(checkout: Path) -> None:
    set_up(checkout, seconds_later=-5)
    assert "pip install" in make("-n", "serve", folder=checkout).stdout


def test_build_runs_although_a_folder_is_called_build(checkout: Path) -> None:
    set_up(checkout, seconds_later=5)
    assert "-m build" in make("-n", "build", folder=checkout).stdout


def test_port_and_reports_can_be_given(checkout: Path) -> None:
    planned = make("-n", "serve", "PORT=8080", "REPORTS=/path/to reports", folder=checkout).stdout
    assert '-m build "/path/to reports"' in planned and '--port "8080"' in planned


PASSED_ON = ("--ocr", '--corrections "my file.yml"', '--at-least "7"', '--max-bytes "1"', '--max-cells "2"',
             '--max-pages "3"', '--max-seconds "4"', '--search-steps "5"', '--jobs "6"', "--fresh --quiet")  # fmt: skip


def test_what_the_commands_take_is_passed_on(checkout: Path) -> None:
    set_up(checkout, seconds_later=5)
    given = ("OCR=1", "CORRECTIONS=my file.yml", "AT_LEAST=7", "MAX_BYTES=1", "MAX_CELLS=2", "MAX_PAGES=3",
             "MAX_SECONDS=4", "SEARCH_STEPS=5", "JOBS=6", "BUILD_OPTIONS=--fresh --quiet")  # fmt: skip
    planned = make("-n", "build", *given, folder=checkout).stdout
    assert [words for words in PASSED_ON if words not in planned] == []
    assert "--ocr" not in make("-n", "build", "OCR=0", folder=checkout).stdout
    planned = make("-n", "serve", "HOST=0.0.0.0", "SERVE_OPTIONS=--base-url /data/", folder=checkout).stdout
    assert planned.count('--host "0.0.0.0"') == 2 and "--base-url /data/" in planned


@pytest.mark.parametrize("failing", ["", "ruff", "mypy", "python"])
def test_make_test_looks_at_style_types_and_behaviour_and_fails_where_one_does(
    failing: str, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GONGKAI_REQUIRE_TOOLS", raising=False)
    set_up(checkout, seconds_later=5)
    shutil.copy2(checkout / READY, checkout / ".venv" / ".ready-to-test")
    programs = checkout / "programs"
    programs.mkdir()
    for name in ("ruff", "mypy", "python"):
        program = programs / name
        told = f'echo "{name} $* ${{PYTHONDONTWRITEBYTECODE-unset}}" >> {checkout}/run'
        program.write_text(f"#!/bin/sh\n{told}\nexit {int(name == failing)}\n", encoding="utf-8")
        program.chmod(0o755)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    answer = make("test", f"BIN={programs}", folder=checkout)
    ran = (checkout / "run").read_text(encoding="utf-8").splitlines()
    assert (answer.returncode == 0) == (failing == "")
    if failing != "ruff":
        assert [line.split()[0] for line in sorted(ran)] == ["mypy", "python", "ruff", "ruff"]
        (tests,) = [line for line in ran if line.startswith("python -m pytest")]
        assert tests.endswith(" ")  # bytecode is written


def test_the_environment_s_host_opens_no_site_to_everybody(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(checkout, seconds_later=5)
    monkeypatch.setenv("HOST", "0.0.0.0")
    assert '--host "127.0.0.1"' in make("-n", "serve", folder=checkout).stdout


@pytest.mark.parametrize(("code", "given", "answer"), [(0, (), 0), (1, (), 0), (1, ("STRICT=1",), 2), (2, (), 2)])
def test_make_build_succeeds_where_the_database_was_written(
    code: int, given: tuple[str, ...], answer: int, tmp_path: Path
) -> None:
    """make knows no exit code but 0 and 2; it names the build's own in its last line."""
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\nexit {code}\n", encoding="utf-8")
    python.chmod(0o755)
    ended = make("-o", READY, "build", f"BIN={tmp_path}", *given)
    assert ended.returncode == answer
    assert ("(the build's exit code 1)" in ended.stderr) is (code == 1 and answer == 0)
    assert (f"Error {code}" in ended.stderr) is (answer == 2)


# Setting up --------------------------------------------------------------------------------------------------------


def test_a_python_that_makes_no_environments_is_named_and_nothing_is_made(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Debian's Python is without the package python3-venv."""
    (tmp_path / "without").mkdir()
    (tmp_path / "without" / "sitecustomize.py").write_text(
        "import importlib.util as util\nfind = util.find_spec\n"
        "util.find_spec = lambda name, *rest: None if name == 'ensurepip' else find(name, *rest)\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "without"))
    ended = make("build", f"PYTHON={sys.executable}", folder=checkout)
    assert ended.returncode == 2
    assert "apt install python3-venv" in ended.stderr and "Traceback" not in ended.stderr
    assert not (checkout / ".venv").exists()


def half_made(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
    """An attempt at an environment that breaks off, as where the disk is full."""
    (Path(command[-1]) / "bin").mkdir(parents=True)
    (Path(command[-1]) / "bin" / "python").touch()
    return subprocess.CompletedProcess(command, 1, "", "made a little\nNo space left on device\n")


def interrupted(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
    half_made(command)
    raise KeyboardInterrupt


@pytest.mark.parametrize(("attempt", "said"), [(half_made, "No space left on device"), (interrupted, "interrupted")])
def test_no_half_made_environment_is_left_behind(
    attempt: object, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(subprocess, "run", attempt)
    assert environment.main([str(tmp_path / ".venv"), str(ROOT / "requirements.txt")]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / ".venv").exists()


def test_setting_up_says_what_it_does_and_how_long_it_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 0, "", ""))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = len(re.findall(r"^[\w.-]+==", lock, re.MULTILINE))
    assert environment.main([str(tmp_path / ".venv"), str(ROOT / "requirements.txt")]) == 0
    assert f"installs {pinned} packages" in capsys.readouterr().err
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert environment.main([str(tmp_path / ".venv"), str(ROOT / "requirements.txt")]) == 0
    assert f"安装 {pinned} 个软件包" in capsys.readouterr().err


def test_an_old_python_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "OLDEST", (3, 99))
    assert "Python 3.99 or newer is needed" in (environment.obstacle_to_environments() or "")


def test_every_message_of_setting_up_stands_in_both_languages() -> None:
    for english, chinese in environment.WORDS.values():
        fields = [set(re.findall(r"{\w+}", words)) for words in (english, chinese)]
        assert fields[0] == fields[1] and re.search("[\u4e00-\u9fff]", chinese)


# Serving -----------------------------------------------------------------------------------------------------------


def serve_arguments(reports: Path, database: Path, port: int) -> list[str]:
    """`make serve` with this Python's environment instead of one of its own."""
    tools = f"BIN={Path(sys.executable).parent}"
    return ["-o", READY, "serve", tools, f"REPORTS={reports}", f"DATABASE={database}", f"PORT={port}"]


def test_what_could_be_read_is_served(tmp_path: Path) -> None:
    """Exit code 1 of the build: the database is there, some file gave no report."""
    reports = tmp_path / "reports"
    reports.mkdir()
    shutil.copy(next((ROOT / "reports").glob("nanchang*.txt")), reports)
    (reports / "empty.txt").touch()
    port = free_port()
    with subprocess.Popen(
        ["make", *serve_arguments(reports, tmp_path / "gongkai.db", port)],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    ) as process:  # fmt: skip
        try:
            wait_until_served(f"http://127.0.0.1:{port}", process)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)


def test_nothing_is_served_if_nothing_could_be_written(tmp_path: Path) -> None:
    """Exit code 2 of the build."""
    answer = make(*serve_arguments(tmp_path / "missing", tmp_path / "gongkai.db", free_port()))
    assert answer.returncode != 0
    assert not (tmp_path / "gongkai.db").exists()


def serve(database: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """scripts/serve.py where it is expected to refuse."""
    command = [sys.executable, str(ROOT / "scripts" / "serve.py"), str(database), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def refusal(answer: subprocess.CompletedProcess[str]) -> str:
    """The one line that says why; a refusal is no traceback."""
    (line,) = answer.stderr.splitlines()
    assert answer.returncode == 1
    return line


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """An SQLite file of the right name."""
    path = tmp_path / "gongkai.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE reports (id TEXT)")
    return path


def test_serving_a_missing_database_says_how_to_make_it(tmp_path: Path) -> None:
    assert "python -m build" in refusal(serve(tmp_path / "gongkai.db"))


def test_a_database_of_another_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.db").touch()
    assert "gongkai.db" in refusal(serve(tmp_path / "other.db"))


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "gongkai.db").write_bytes(b"half a download")
    assert "no SQLite database" in refusal(serve(tmp_path / "gongkai.db"))


def test_a_port_that_is_taken_is_named(database: Path) -> None:
    with socket.socket() as older:
        older.bind(("127.0.0.1", 0))
        older.listen()
        port = str(older.getsockname()[1])
        reason = refusal(serve(database, "--port", port))
    assert port in reason and "older server" in reason


@pytest.mark.parametrize("port", ["65536", "-1"])
def test_a_port_out_of_range_is_refused(database: Path, port: str) -> None:
    assert port in refusal(serve(database, "--port", port))
