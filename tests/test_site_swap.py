"""A new database under a running site: taken over whole, no answer in between is an error or a mix."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from .prepared_server import WATCH_SECONDS
from .site_server import ROOT, SERVE, Site, running

TAKEN_OVER_SECONDS = 60


def titled(source: Path, target: Path, title: str) -> None:
    """A copy of a database in which every report has this title, moved into its place as a build does it."""
    draft = target.with_suffix(".draft")
    shutil.copy(source, draft)
    with closing(sqlite3.connect(draft)) as connection, connection:
        connection.execute("UPDATE reports SET title = ?", [title])
    draft.replace(target)


def titles(site: Site) -> set[str]:
    """The titles in the table of reports."""
    return {row["title"] for row in site.json("/gongkai/reports.json", _shape="array", _size=100)}


def wait_until(site: Site, title: str) -> None:
    """Return when the site shows ``title``; TimeoutError if it does not come to that."""
    deadline = time.monotonic() + TAKEN_OVER_SECONDS
    while titles(site) != {title}:
        if time.monotonic() > deadline:
            raise TimeoutError(title)
        time.sleep(0.05)


def test_a_new_database_is_taken_over_whole_without_an_error(site: Site, tmp_path: Path) -> None:
    database = tmp_path / "gongkai.db"
    titled(site.database, database, "old")
    with running(database) as served:
        seen: list[tuple[int, frozenset[str]]] = []
        done = threading.Event()

        def read() -> None:
            while not done.is_set():
                answer = served.get("/gongkai/reports.csv", _stream="on", _col="title")
                seen.append((answer.status, frozenset(line.partition(",")[2] for line in answer.text.split()[1:])))

        reader = threading.Thread(target=read)
        reader.start()
        try:
            assert titles(served) == {"old"}
            before = served.get("/gongkai/reports").headers["ETag"]
            titled(site.database, database, "new")
            wait_until(served, "new")
        finally:
            done.set()
            reader.join()
        assert {status for status, _ in seen} == {200}
        assert {found for _, found in seen} <= {frozenset({"old"}), frozenset({"new"})}
        assert served.get("/gongkai/reports").headers["ETag"] != before
        assert served.json("/-/health")["database"]["sha256"] == sha256(database)
        assert len(list((tmp_path / ".served").iterdir())) == 1


def sha256(path: Path) -> str:
    """The hash of a file."""
    import hashlib

    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_what_is_no_database_is_not_taken_over(site: Site, tmp_path: Path) -> None:
    database = tmp_path / "gongkai.db"
    titled(site.database, database, "old")
    with running(database) as served:
        draft = tmp_path / "half"
        draft.write_bytes(b"SQLite format 3\0" + b"half a download")
        draft.replace(database)
        time.sleep(4 * WATCH_SECONDS)
        assert titles(served) == {"old"}
        database.unlink()
        time.sleep(2 * WATCH_SECONDS)
        assert titles(served) == {"old"}
        titled(site.database, database, "new")
        wait_until(served, "new")


def test_a_server_that_ends_leaves_nothing_behind(site: Site, tmp_path: Path) -> None:
    database = tmp_path / "gongkai.db"
    shutil.copy(site.database, database)
    with running(database) as served:
        assert served.get("/").status == 200
        killed = served.process
        os.kill(killed, signal.SIGKILL)
    assert list((tmp_path / ".served").iterdir())
    with running(database) as served:
        assert [folder.name.partition("-")[0] for folder in (tmp_path / ".served").iterdir()] == [str(served.process)]
    assert not (tmp_path / ".served").exists()


def test_a_taken_port_is_named_before_anything_is_built(tmp_path: Path) -> None:
    if shutil.which("make") is None and not os.environ.get("GONGKAI_REQUIRE_TOOLS"):
        pytest.skip("no make on the path")
    with socket.socket() as older:
        older.bind(("127.0.0.1", 0))
        older.listen()
        port = older.getsockname()[1]
        words = ["make", "-o", ".venv/.ready-to-serve", "serve", f"BIN={Path(sys.executable).parent}",
                 f"REPORTS={ROOT / 'reports'}", f"DATABASE={tmp_path / 'gongkai.db'}", f"PORT={port}"]  # fmt: skip
        answer = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode != 0 and str(port) in answer.stderr and "older server" in answer.stderr
    assert not (tmp_path / "gongkai.db").exists()


def test_the_port_alone_can_be_asked_for(tmp_path: Path) -> None:
    command = [sys.executable, str(SERVE), str(tmp_path / "gongkai.db"), "--port", "0", "--check-port"]
    assert subprocess.run(command, check=False).returncode == 0
