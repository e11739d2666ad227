"""The archive of all tables, what their columns mean among them: one CSV each, and a few words on what it is.

Run as a process of its own, behind everything else in the queue for the processor, by ``Archive``: once for each
database that is published, when it is first asked for. What it costs does not depend on how many ask.
"""

from __future__ import annotations

import asyncio
import contextlib
import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from gongkai_site.spreadsheet_cells import as_literal
from gongkai_site.texts import words_of

NAME = "gongkai-csv.zip"
ABOUT = "README.txt"
WAIT_SECONDS = 50.0
NICE = 19
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The day of every file in the archive: the same database gives the same bytes."""


class Archive:
    """The archive of one published database, made when somebody first asks: beside it, or, where nothing may be written
    there, in a folder that goes with the server.
    """

    def __init__(self, datasette: Any, database: Path) -> None:
        self._datasette = datasette
        self._database = database
        self._own_folder = None if os.access(database.parent, os.W_OK) else tempfile.TemporaryDirectory("-gongkai")
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = asyncio.Lock()

    @property
    def path(self) -> Path:
        """Where it stands once it is made."""
        folder = self._database.parent if self._own_folder is None else Path(self._own_folder.name)
        return folder / NAME

    async def made(self) -> bool:
        """Whether it is there, after some waiting; else it is still being made."""
        async with self._lock:
            if not self.path.exists() and (self._process is None or self._process.poll() is not None):
                order = await order_for(self._datasette, self._database, self.path)
                self._process = await asyncio.to_thread(_started, order)
        for _ in range(int(WAIT_SECONDS * 10)):
            if self.path.exists() or self._process is None or self._process.poll() is not None:
                break
            await asyncio.sleep(0.1)
        return self.path.exists()

    def close(self) -> None:
        """End the making."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        if self._own_folder is not None:
            self._own_folder.cleanup()


async def order_for(datasette: Any, database: Path, target: Path) -> dict[str, Any]:
    """All that the process has to know."""
    held = datasette.get_database(database.stem)
    tables = [name for name in await held.table_names() if name not in set(await held.hidden_table_names())]
    return {
        "database": str(database),
        "target": str(target),
        "tables": sorted(tables),
        "about": words_of(datasette, "archive")["archive_about"].in_all,
        "sha256": held.hash,
    }


def _started(order: Mapping[str, Any]) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, str(Path(__file__))], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    if process.stdin is not None:
        with process.stdin as line:
            line.write(json.dumps(order).encode())
    return process


def write_archive(order: Mapping[str, Any]) -> None:
    """Write the archive that ``order`` describes, whole or not at all."""
    target = Path(order["target"])
    unfinished = target.with_suffix(".unfinished")
    with (
        closing(sqlite3.connect(f"file:{order['database']}?immutable=1", uri=True)) as connection,
        zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        about = order["about"]
        archive.writestr(_entry(ABOUT), f"{about['zh']}\n\n{about['en']}\n\ngongkai.db SHA-256 {order['sha256']}\n")
        for table in order["tables"]:
            cursor = connection.execute(f'SELECT * FROM "{table}"')
            columns = [name for name, *_ in cursor.description]
            _write_csv(archive, f"{table}.csv", columns, cursor)
    unfinished.replace(target)


def _write_csv(archive: zipfile.ZipFile, name: str, columns: Sequence[str], rows: Any) -> None:
    with (
        archive.open(_entry(name), "w", force_zip64=True) as file,
        io.TextIOWrapper(file, encoding="utf-8", newline="") as text,
    ):
        writer = csv.writer(text)
        writer.writerow(columns)
        writer.writerows(map(as_literal, row) for row in rows)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, FIRST_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


if __name__ == "__main__":
    with contextlib.suppress(OSError):
        os.nice(NICE)
    write_archive(json.loads(sys.stdin.buffer.read()))
