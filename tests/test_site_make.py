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
    """A folder with the Makefile and the requirements only, no environment set up; `build` is a folder as in ours."""
    for name in ("Makefile", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "build").mkdir()
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
