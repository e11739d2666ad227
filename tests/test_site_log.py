"""The log: one JSON object a line, no addresses unless asked, slow statements, nothing else."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .site_server import SERVE, Site, free_port, wait_until_served

SLOW = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def log_of(site: Site, folder: Path, *options: str) -> list[dict[str, Any]]:
    """The lines that a server of its own writes while it is asked for a few things."""
    shutil.copy(site.database, folder / "gongkai.db")
    port, log = free_port(), folder / "log"
    command = [sys.executable, str(SERVE), str(folder / "gongkai.db"), "--port", str(port), *options]
    with log.open("w") as errors, subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors) as process:
        try:
            served = Site(f"http://127.0.0.1:{port}", folder / "gongkai.db")
            wait_until_served(served.address, process)
            client = {"X-Forwarded-For": "10.7.7.7"}
            served.get("/gongkai/reports.json", client)
            served.get("/gongkai/nothing", client)
            served.get("/gongkai/applications?_sort=nonsense", client)
            served.get("/gongkai.json", client, sql=SLOW, _timelimit=1100)
        finally:
            process.terminate()
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("options", [(), ("--log-addresses",)], ids=["by default", "addresses asked for"])
def test_each_request_is_a_line(site: Site, tmp_path: Path, options: tuple[str, ...]) -> None:
    lines = log_of(site, tmp_path, *options)
    requests = [line for line in lines if line["event"] == "request" and line["path"] != "/robots.txt"]
    assert [(line["method"], line["path"], line["status"]) for line in requests] == [
        ("GET", "/gongkai/reports.json", 200),
        ("GET", "/gongkai/nothing", 404),
        ("GET", "/gongkai/applications", 400),
        ("GET", "/gongkai.json", 400),
    ]
    assert all(line["ms"] > 0 and line["bytes"] > 0 for line in requests)
    assert {line.get("client") for line in requests} == ({"10.7.7.7"} if options else {None})
    (slow,) = [line for line in lines if line["event"] == "slow_query"]
    assert slow["sql"] == SLOW and slow["ms"] >= 1000
    assert {line["event"] for line in lines} == {"request", "slow_query"}
