"""A published site for tests: the database as `python -m build` makes it, served as `make serve` serves it."""

from __future__ import annotations

import atexit
import csv
import io
import json
import os
import runpy
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, redirect_stderr, suppress
from dataclasses import dataclass
from email.message import Message
from functools import cache
from pathlib import Path
from typing import Any, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from gongkai_site.metadata import as_written
from gongkai_site.yaml_files import content_of

from build.__main__ import main

ROOT = Path(__file__).resolve().parent.parent
SERVE = ROOT / "scripts" / "serve.py"
PREPARED = (sys.executable, str(ROOT / "tests" / "prepared_server.py"))
START_SECONDS = 60
END_SECONDS = 60


@cache
def _metadata() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = runpy.run_path(str(SERVE))["site_metadata"]()
    return found


def metadata(language: str = "zh") -> dict[str, Any]:
    """The site's metadata as Datasette gets it: metadata.yml in one language, its query files read."""
    return _metadata()[language]


@cache
def written() -> dict[str, Any]:
    """metadata.yml as people write it."""
    return as_written(content_of(ROOT / "metadata.yml"))


def published(language: str = "zh") -> dict[str, Any]:
    """What the metadata says of the database gongkai: ``tables`` and ``queries``."""
    database: dict[str, Any] = metadata(language)["databases"]["gongkai"]
    return database


def serve_settings() -> dict[str, int | str]:
    """The settings under which the site is published."""
    settings: dict[str, int | str] = runpy.run_path(str(SERVE))["SETTINGS"]
    return settings


@dataclass(frozen=True)
class Answer:
    """An HTTP answer, errors included."""

    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


@dataclass(frozen=True)
class Site:
    """A running site; paths begin with a slash."""

    address: str
    database: Path
    process: int = 0

    def get(self, path: str, headers: Mapping[str, str] | None = None, /, **parameters: object) -> Answer:
        """The answer to a GET, whatever its status; ``path`` may be a whole address of the site."""
        address = self.address + path.removeprefix(self.address) + (f"?{urlencode(parameters)}" if parameters else "")
        try:
            with urlopen(Request(address, headers=dict(headers or {}))) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except HTTPError as error:
            return Answer(error.code, error.headers, error.read())

    def open_without_reading(self, path: str, client: str) -> socket.socket:
        """A connection on which ``path`` was asked for by ``client``, and whose answer nobody takes."""
        host, port = self.address.removeprefix("http://").split(":")
        line = socket.create_connection((host, int(port)))
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nX-Forwarded-For: {client}\r\n\r\n".encode())
        return line

    def json(self, path: str, **parameters: object) -> Any:
        """The JSON behind ``path``."""
        return json.loads(self.get(path, **parameters).body)

    def csv(self, path: str, **parameters: object) -> list[dict[str, str]]:
        """The rows of the CSV behind ``path``."""
        return list(csv.DictReader(io.StringIO(self.get(path, **parameters).text)))

    def query(self, name: str, **parameters: object) -> list[dict[str, Any]]:
        """The rows of a canned query."""
        rows: list[dict[str, Any]] = self.json(f"/gongkai/{name}.json", _shape="array", **parameters)
        return rows

    def connect(self) -> sqlite3.Connection:
        """The published database itself, read-only."""
        return sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)


def build_database(reports: Path, database: Path) -> None:
    """Build ``database`` from ``reports`` as README's command does; RuntimeError if a file was not read."""
    said = io.StringIO()
    with redirect_stderr(said):
        code = main([str(reports), "--output", str(database)])
    if code:
        raise RuntimeError(said.getvalue())


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


class Process(Protocol):
    """A server's process: what it ended with, None while it runs."""

    def poll(self) -> int | None: ...


def wait_until_served(address: str, process: Process, path: str = "/robots.txt") -> None:
    """Return when ``address`` answers; RuntimeError if ``process`` ends first or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if (ended := process.poll()) is not None:
            raise RuntimeError(f"the server ended with {ended}")
        try:
            urlopen(f"{address}{path}").close()
        except URLError:
            time.sleep(0.03)
        else:
            return
    raise RuntimeError(f"nothing answers at {address}")


Rows = list[dict[str, Any]]
Ask = Callable[..., Rows]


@contextmanager
def asking(database: Path) -> Iterator[Ask]:
    """``ask(query, parameter=…)``: the rows of a canned query; a parameter that is not given is blank."""
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        connection.create_function("code_label", 3, lambda _, code, __: code)

        def rows(name: str, **given: str) -> Rows:
            query: Mapping[str, Any] = published()["queries"][name]
            parameters = {**dict.fromkeys(query.get("params", []), ""), **given}
            return [dict(row) for row in connection.execute(query["sql"], parameters)]

        yield rows


@dataclass(frozen=True)
class Forked:
    """A server that another process than this one has started."""

    pid: int

    def poll(self) -> int | None:
        """0 once it has ended, with whatever that was."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def end(self) -> None:
        """Ask it to end and return when it has; TimeoutError if it does not."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)
        deadline = time.monotonic() + END_SECONDS
        while self.poll() is None:
            if time.monotonic() > deadline:
                raise TimeoutError(f"the server {self.pid} does not end")
            time.sleep(0.01)


@cache
def _prepared() -> subprocess.Popen[str]:
    """The process that forks servers for this one, until this one ends; see ``prepared_server``."""
    process = subprocess.Popen(PREPARED, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True)
    assert process.stdin is not None
    atexit.register(process.wait)
    atexit.register(process.stdin.close)
    return process


@contextmanager
def _forked(*arguments: str) -> Iterator[Forked]:
    """`python scripts/serve.py` with these arguments, forked from a process that has loaded it."""
    prepared = _prepared()
    assert prepared.stdin is not None and prepared.stdout is not None
    prepared.stdin.write(f"{json.dumps(arguments)}\n")
    prepared.stdin.flush()
    process = Forked(int(prepared.stdout.readline()))
    try:
        yield process
    finally:
        process.end()


@contextmanager
def _started(command: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A server as a command of its own."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.terminate()


@contextmanager
def running(database: Path, *options: str, server: Sequence[str] = ()) -> Iterator[Site]:
    """Serve ``database`` on a free port, by `scripts/serve.py` or the command ``server``, until the context ends."""
    port = free_port()
    arguments = (str(database), "--port", str(port), *options)
    with _started([*server, *arguments]) if server else _forked(*arguments) as process:
        site = Site(f"http://127.0.0.1:{port}", database, process.pid)
        wait_until_served(site.address, process)
        yield site
