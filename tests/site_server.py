"""A published site for tests: the database as `python -m build` makes it, served as `make serve` serves it."""

from __future__ import annotations

import csv
import io
import json
import runpy
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.message import Message
from functools import cache
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from gongkai_site.metadata import as_written
from gongkai_site.yaml_files import content_of

ROOT = Path(__file__).resolve().parent.parent
SERVE = ROOT / "scripts" / "serve.py"
SERVER = (sys.executable, str(SERVE))
START_SECONDS = 60


@cache
def metadata(language: str = "zh") -> dict[str, Any]:
    """The site's metadata as Datasette gets it: metadata.yml in one language, its query files read."""
    content: dict[str, Any] = runpy.run_path(str(SERVE))["site_metadata"](language)
    return content


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
    """Build ``database`` from ``reports`` with the command that README names; RuntimeError if a file was not read."""
    command = [sys.executable, "-m", "build", str(reports), "--output", str(database)]
    build = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    if build.returncode:
        raise RuntimeError(build.stderr)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_until_served(address: str, process: subprocess.Popen[bytes], path: str = "/robots.txt") -> None:
    """Return when ``address`` answers; RuntimeError if ``process`` ends first or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            urlopen(f"{address}{path}").close()
        except URLError:
            time.sleep(0.1)
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


@contextmanager
def running(database: Path, *options: str, server: Sequence[str] = SERVER) -> Iterator[Site]:
    """Serve ``database`` on a free port, by the command ``server``, for as long as the context lasts."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(
        [*server, str(database), "--port", str(port), *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            wait_until_served(address, process)
            yield Site(address, database, process.pid)
        finally:
            process.terminate()
