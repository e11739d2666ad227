"""A finished database → ``gongkai-VERSION/``: written beside its place, moved there once it is whole."""

from __future__ import annotations

import gzip
import json
import shutil
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from ...messages import spoken, told
from ..drafts import drafted_folder, flush_folder
from .changes import Before, attach_before
from .content import Content, Holding, ReleaseError, content_of, opened, rows_of
from .documents import citation, readme, write_changes
from .files import PIECE, SUMMARY, csv_file, pack_database, write_workbook
from .parquet import missing_library, parquet_file
from .profiles import NAME, File, croissant, data_package, dcat

SUMS = "SHA256SUMS"
CSV, EXCEL, PARQUET = "csv", "csv-excel", "parquet"
PACKED = "gongkai.db.gz"


@dataclass(frozen=True, slots=True)
class Release:
    """Where a release stands; ``made`` is False where the very same was there already."""

    folder: Path
    version: str
    made: bool


def make_release(database: Path, into: Path, last: Path | None = None) -> Release:
    """Make the release of ``database`` in the folder ``into``.

    ``last``: the release before, as a folder or a database, to tell what is new. Raises ReleaseError where none can be
    made, and OSError; nothing half is left.
    """
    if missing := missing_library():
        raise ReleaseError(missing)
    if not database.is_file():
        raise ReleaseError(spoken(told("release.no_database", path=database)))
    into.mkdir(parents=True, exist_ok=True)
    with _last_database(last) as before, opened(database) as connection:
        content = _content(connection, database)
        folder = into / f"{NAME}-{content.version}"
        with drafted_folder(into / NAME) as draft:
            compared = attach_before(connection, before) if before is not None else None
            _write(connection, content, compared, database, draft)
            return _moved(draft, folder, content.version)


def _content(connection: sqlite3.Connection, database: Path) -> Content:
    try:
        return content_of(connection)
    except ReleaseError as error:
        raise ReleaseError(spoken(told("release.of_file", path=database, error=error))) from None


@contextmanager
def _last_database(last: Path | None) -> Iterator[Path | None]:
    """The database of the release before, unpacked for as long as it is needed."""
    if last is None or last.is_file():
        yield last
        return
    packed = last / PACKED
    if not packed.is_file():
        raise ReleaseError(spoken(told("release.no_last", path=last, name=PACKED)))
    with tempfile.TemporaryDirectory(prefix="gongkai-release-") as folder:
        unpacked = Path(folder) / "before.db"
        try:
            with gzip.open(packed) as file, unpacked.open("wb") as written:
                shutil.copyfileobj(file, written, PIECE)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise ReleaseError(spoken(told("release.damaged", path=packed, error=error))) from None
        yield unpacked


def _write(
    connection: sqlite3.Connection, content: Content, before: Before | None, database: Path, folder: Path
) -> None:
    for name in (CSV, EXCEL, PARQUET):
        (folder / name).mkdir()
    for holding in content.holdings:
        _write_rows(connection, content, holding, folder)
    summary = next(holding for holding in content.holdings if holding.name == SUMMARY)
    write_workbook(connection, content, summary, folder / f"{SUMMARY}.xlsx")
    pack_database(database, folder)
    _write_documents(connection, content, before, folder)
    _write_sums(folder)
    flush_folder(folder)


def _write_rows(connection: sqlite3.Connection, content: Content, holding: Holding, folder: Path) -> None:
    """Write the rows of ``holding`` in every format; they are read once."""
    with (
        csv_file(holding, folder / CSV) as plain,
        csv_file(holding, folder / EXCEL, excel=True) as excel,
        parquet_file(content, holding, folder / PARQUET) as parquet,
    ):
        for rows in rows_of(connection, holding):
            plain(rows)
            excel(rows)
            parquet(rows)


def _write_documents(connection: sqlite3.Connection, content: Content, before: Before | None, folder: Path) -> None:
    """What programs and people read of the files that stand in ``folder``."""
    holdings = {holding.name: holding for holding in content.holdings}
    files = [_file(path, folder, holdings) for path in _files_of(folder)]
    tables = [file for file in files if file.path.startswith(f"{CSV}/")]
    (reports,) = connection.execute("SELECT count(*) FROM main.reports").fetchone()
    _write_json(folder / "datapackage.json", data_package(content, tables))
    _write_json(folder / "croissant.json", croissant(content, tables))
    _write_json(folder / "dcat.jsonld", dcat(content, files))
    _write_text(folder / "CITATION.cff", citation(content))
    _write_text(folder / "README.md", readme(content, reports, tables))
    write_changes(connection, content, before, folder)


def _files_of(folder: Path) -> list[Path]:
    return sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.as_posix())


def _file(path: Path, folder: Path, holdings: Mapping[str, Holding]) -> File:
    return File(path.relative_to(folder).as_posix(), path.stat().st_size, _sum(path), holdings.get(path.stem))


def _sum(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    told = sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            told.update(piece)
    return told.hexdigest()


def _write_json(path: Path, content: Mapping[str, Any]) -> None:
    _write_text(path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _write_sums(folder: Path) -> None:
    """SHA256SUMS as ``sha256sum -c`` reads it, of every file but itself."""
    lines = [f"{_sum(path)}  {path.relative_to(folder).as_posix()}\n" for path in _files_of(folder)]
    _write_text(folder / SUMS, "".join(lines))


def _moved(draft: Path, folder: Path, version: str) -> Release:
    """Put ``draft`` in its place; what stands there already stays, and must be the same."""
    if not folder.exists():
        draft.rename(folder)
        return Release(folder, version, True)
    if other := _differing(draft, folder):
        raise ReleaseError(spoken(told("release.another", path=folder, names=", ".join(other[:3]))))
    return Release(folder, version, False)


def _differing(one: Path, other: Path) -> Sequence[str]:
    """Files that stand in one of two folders only, or are not the same in both."""
    sums = [{path.relative_to(folder).as_posix(): _sum(path) for path in _files_of(folder)} for folder in (one, other)]
    return sorted({name for name, _ in sums[0].items() ^ sums[1].items()})
