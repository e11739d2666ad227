"""What was fetched, on disk: the bytes as sent, what is stated of them, the answer as WARC, and what is remembered."""

from __future__ import annotations

import hashlib
import io
import json
import re
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import yaml
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from ..readers.aside import MANIFEST, SIDECAR, is_aside, is_ignored
from . import manifest
from .visits import Answer

BOTH, MANIFESTS, SIDECARS = "both", "manifest", "sidecars"
REMEMBERED, RECORDS = ".fetched.db", ".warc"
LONGEST_NAME = 80
ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/zip": ".zip",
    "text/plain": ".txt",
}
PAGE_ENDINGS = ("", ".htm", ".html", ".shtml", ".jsp", ".jspx", ".aspx", ".asp", ".php", ".do", ".action")
SCHEMA = """
CREATE TABLE IF NOT EXISTS fetched (
  url TEXT PRIMARY KEY, file TEXT, sha256 TEXT, etag TEXT, last_modified TEXT, retrieved TEXT, run INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS attached (page TEXT NOT NULL, url TEXT NOT NULL, PRIMARY KEY (page, url));
CREATE TABLE IF NOT EXISTS unstated (file TEXT PRIMARY KEY, stated TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS runs (run INTEGER PRIMARY KEY, ended INTEGER NOT NULL DEFAULT 0);
"""


@dataclass(frozen=True, slots=True)
class Memory:
    """What an earlier visit to an address left. ``file``: below the folder; None where nothing was kept."""

    file: str | None
    sha256: str | None
    etag: str | None
    last_modified: str | None
    run: int

    @property
    def conditions(self) -> Mapping[str, str]:
        """Headers that ask for the answer only if it has changed."""
        found = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in found.items() if value}


class Folder:
    """The folder that is fetched into. Any thread may use it; a file is written whole or not at all.

    What is stated of a file stands in its .meta.yml, in the folder's manifest, or in both alike (``state_in``).
    """

    def __init__(self, path: Path, state_in: str = BOTH) -> None:
        """Raises ListingError where there is a manifest that cannot be read, and so not be added to."""
        self.path = path
        self._state_in = state_in
        if state_in != SIDECARS:
            manifest.read(path / MANIFEST)
        path.mkdir(parents=True, exist_ok=True)
        self._guard = threading.RLock()
        self._database = sqlite3.connect(path / REMEMBERED, check_same_thread=False, isolation_level=None)
        self._database.executescript(SCHEMA)
        unfinished = self._database.execute("SELECT max(run) FROM runs WHERE ended = 0").fetchone()[0]
        self.resumed = unfinished is not None
        self.run = unfinished or self._database.execute("INSERT INTO runs DEFAULT VALUES RETURNING run").fetchone()[0]
        self._by_hash = dict(self._hashes())

    def _hashes(self) -> Iterator[tuple[str, str]]:
        """Every document that lies in the folder already, whoever put it there."""
        for file in sorted(self.path.rglob("*")):
            name = file.relative_to(self.path)
            if file.is_file() and not any(part.startswith(".") for part in name.parts) and not is_aside(name.name):
                with file.open("rb") as data:
                    yield hashlib.file_digest(data, "sha256").hexdigest(), name.as_posix()

    def end_run(self) -> None:
        """Every address was tried: the next run asks anew."""
        with self._guard:
            self._database.execute("UPDATE runs SET ended = 1 WHERE run = ?", (self.run,))

    def close(self) -> None:
        """Close what is remembered."""
        self._database.close()

    def remembered(self, url: str) -> Memory | None:
        """What an earlier visit to ``url`` left; nothing if its file is not there any more."""
        with self._guard:
            row = self._database.execute(
                "SELECT file, sha256, etag, last_modified, run FROM fetched WHERE url = ?", (url,)
            ).fetchone()
        memory = Memory(*row) if row else None
        return memory if memory is None or memory.file is None or (self.path / memory.file).is_file() else None

    def attachments(self, page: str) -> tuple[str, ...]:
        """The addresses that ``page`` led to when it was fetched."""
        with self._guard:
            rows = self._database.execute("SELECT url FROM attached WHERE page = ? ORDER BY rowid", (page,))
            return tuple(url for (url,) in rows)

    def remember(self, url: str, answer: Answer, file: str | None, leads_to: tuple[str, ...] = ()) -> None:
        """Note the visit, in one step with the addresses that the page led to."""
        with self._guard, self._step():
            self._database.execute(
                "REPLACE INTO fetched VALUES (?, ?, ?, ?, ?, ?, ?)",
                (url, file, _hash(answer.body), answer.header("etag") or None,
                 answer.header("last-modified") or None, answer.moment.isoformat(), self.run),
            )  # fmt: skip
            self._database.execute("DELETE FROM attached WHERE page = ?", (url,))
            self._database.executemany("INSERT OR IGNORE INTO attached VALUES (?, ?)", [(url, to) for to in leads_to])

    def still_as_it_was(self, url: str) -> None:
        """Note that ``url`` was asked in this run and has not changed."""
        with self._guard:
            self._database.execute("UPDATE fetched SET run = ? WHERE url = ?", (self.run, url))

    @contextmanager
    def _step(self) -> Iterator[None]:
        self._database.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    def holding(self, answer: Answer) -> str | None:
        """The file that holds these bytes already, whatever its name."""
        return self._by_hash.get(_hash(answer.body))

    def keep(self, answer: Answer, stated: Mapping[str, str], before: str | None) -> str:
        """Write the bytes, their record and what is stated of them; the file's name below the folder.

        ``before``: the file of an earlier state of the page, which stays; the new one gets its day behind the name.
        """
        with self._guard:
            name = self._free_name(answer, before)
            target = self.path / name
            target.parent.mkdir(parents=True, exist_ok=True)
            self._record(answer, name)
            self._state(name, {key: value for key, value in stated.items() if value})
            _write(target, answer.body)
            self._by_hash[_hash(answer.body)] = name
            return name

    def _state(self, name: str, stated: Mapping[str, str]) -> None:
        """State it before the file is there; a row of the manifest waits until the manifest is written."""
        if self._state_in != MANIFESTS:
            sidecar = self.path / f"{name}{SIDECAR}"
            _write(sidecar, yaml.safe_dump(dict(stated), allow_unicode=True, sort_keys=False, width=10_000).encode())
        if self._state_in != SIDECARS:
            self._database.execute("REPLACE INTO unstated VALUES (?, ?)", (name, json.dumps(stated)))

    def write_manifest(self) -> None:
        """Add the rows that wait, of a run that was broken off too. Raises ListingError, OSError: they wait on."""
        with self._guard:
            waiting = {file: json.loads(stated) for file, stated in self._database.execute("SELECT * FROM unstated")}
            kept = {file: stated for file, stated in waiting.items() if (self.path / file).is_file()}
            written = manifest.with_rows(manifest.read(self.path / MANIFEST), kept) if kept else None
            if written is not None:
                _write(self.path / MANIFEST, written)
            self._database.executemany("DELETE FROM unstated WHERE file = ?", [(file,) for file in waiting])

    def _free_name(self, answer: Answer, before: str | None) -> str:
        wanted = PurePosixPath(before or name_of(answer))
        stem, ending = wanted.stem, wanted.suffix
        if before:
            stem = f"{stem}-{answer.moment:%Y%m%d}"
        for behind in ("", *(f"-{number}" for number in range(2, 10_000))):
            name = str(wanted.with_name(f"{stem}{behind}{ending}"))
            if not (self.path / name).exists():
                return name
        raise OSError(f"{wanted}: ten thousand files of this name")

    def _record(self, answer: Answer, name: str) -> None:
        """The answer as it came, as a WARC file of its own."""
        written = io.BytesIO()
        writer = WARCWriter(written, gzip=True)
        # The transfer coding was taken off on the way, so its header would be wrong about the bytes that follow.
        headers = [(key, value) for key, value in answer.headers if key.lower() != "transfer-encoding"]
        status = StatusAndHeaders(f"{answer.status} {answer.reason}", headers, protocol="HTTP/1.1")
        moment = answer.moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        writer.write_record(
            writer.create_warc_record(
                answer.url, "response", payload=io.BytesIO(answer.sent), http_headers=status,
                warc_headers_dict={"WARC-Date": moment},
            )
        )  # fmt: skip
        _write(self.path / RECORDS / f"{name}.warc.gz", written.getvalue())


def name_of(answer: Answer) -> str:
    """``host/last part of the path.ending`` for what was answered, of letters that every system takes."""
    parts = urlsplit(answer.url)
    path = PurePosixPath(unquote(parts.path))
    ending = path.suffix.lower()
    if ending in PAGE_ENDINGS:
        ending = ENDINGS.get(answer.media_type, _by_content(answer.body) or ".html")
    words = "-".join([*path.parts[-2:-1], path.stem]) if path.stem in ("", "index", "content") else path.stem
    asked = f"-{_hash(parts.query.encode())[:8]}" if parts.query else ""
    stem = re.sub(r"[^\w.-]+", "-", words).strip("-. ")[:LONGEST_NAME] or "page"
    host = re.sub(r"[^\w.-]+", "-", parts.netloc.lower()).strip(".-") or "host"
    ending = re.sub(r"[^.a-z0-9]", "", ending)
    name = f"{stem}{asked}{ending}"
    if is_aside(name) or is_ignored(name):  # a document that its host calls manifest.csv states nothing of others
        name = f"{stem}{asked}-document{ending}"
    return f"{host}/{name}"


def _by_content(body: bytes) -> str | None:
    signs = ((b"%PDF-", ".pdf"), (b"PK\x03\x04", ".zip"), (b"\xd0\xcf\x11\xe0", ".doc"))
    return next((ending for sign, ending in signs if body.startswith(sign)), None)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _write(path: Path, data: bytes) -> None:
    """``data`` at ``path``, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name[:100]}.part")
    draft.write_bytes(data)
    draft.replace(path)


def today(moment: datetime) -> str:
    """The day of a visit, for ``retrieved``."""
    return moment.date().isoformat()
