"""Tables and views as Parquet: sorted by key, typed, compressed with zstd, described column by column.

Rows are written as they are read, a row group at a time, so that memory does not grow with the collection.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ...messages import spoken, told
from .. import schema
from ..drafts import drafted_folder, flush_folder
from .content import DATE, Column, Content, Holding, ReleaseError, Write, content_of, opened, rows_of

LIBRARY = "pyarrow"
REQUIREMENTS = "requirements-release.txt"
ENDING = ".parquet"
GROUP_BYTES = 32 * 1024 * 1024
"""A row group is written once its columns take so much memory."""
COMPRESSION = "zstd"


def missing_library() -> str | None:
    """What to do where what writes Parquet is not installed, None where it is."""
    if find_spec(LIBRARY) is None:
        return spoken(told("release.library", library=LIBRARY, requirements=REQUIREMENTS))
    return None


def parquet_obstacle(folder: Path, database: Path) -> str | None:
    """Why no Parquet can or may be written into ``folder``, None if it may: known before anything is built."""
    if missing := missing_library():
        return missing
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        return spoken(told("release.no_folder", path=folder))
    if not folder.parent.is_dir():
        return spoken(told("release.no_parent", path=folder.parent, name=folder.name))
    if not os.access(folder.parent, os.W_OK):
        return spoken(told("release.no_permission", path=folder.parent))
    if folder.resolve() in database.resolve().parents:
        return spoken(told("release.holds_database", path=folder))
    return _foreign(folder)


def _foreign(folder: Path) -> str | None:
    """What stands in ``folder`` that is no Parquet: it would be lost when the folder is replaced."""
    others = sorted(path.name for path in folder.iterdir() if path.suffix != ENDING) if folder.is_dir() else []
    if others:
        return spoken(told("release.other_files", path=folder, name=others[0]))
    return None


def write_parquet_folder(database: Path, folder: Path) -> Content:
    """Write every table and view of ``database`` into ``folder``, which takes the place of an older one whole.

    Raises OSError or ReleaseError; what stood there before is then as it was.
    """
    with drafted_folder(folder) as draft, opened(database) as connection:
        content = content_of(connection)
        write_parquet_files(connection, content, draft)
        flush_folder(draft)
        if obstacle := _foreign(folder):
            raise ReleaseError(obstacle)
        _replace(folder, draft)
    return content


def _replace(folder: Path, draft: Path) -> None:
    """Put ``draft`` in the place of ``folder``."""
    old = draft.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    try:
        draft.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def write_parquet_files(connection: sqlite3.Connection, content: Content, folder: Path) -> None:
    """A file a table or view into ``folder``, which is there."""
    for holding in content.holdings:
        with parquet_file(content, holding, folder) as write:
            for rows in rows_of(connection, holding):
                write(rows)


@contextmanager
def parquet_file(content: Content, holding: Holding, folder: Path) -> Iterator[Write]:
    """What writes rows of ``holding``, which come sorted, into its file in ``folder``."""
    from pyarrow import parquet  # noqa: PLC0415 (optional)

    shape, path = _arrow_schema(content, holding), folder / f"{holding.name}{ENDING}"
    order = parquet.SortingColumn.from_ordering(shape, [(name, "ascending") for name in holding.key])
    with parquet.ParquetWriter(path, shape, compression=COMPRESSION, sorting_columns=order) as file:
        groups = _RowGroups(file, holding, shape)
        yield groups.add
        groups.flush()


@dataclass
class _RowGroups:
    """Rows that are gathered until they make a row group."""

    file: Any
    holding: Holding
    shape: Any
    held: list[Any] = field(default_factory=list)

    def add(self, rows: Sequence[tuple[Any, ...]]) -> None:
        self.held.append(_batch(rows, self.holding, self.shape))
        if sum(batch.nbytes for batch in self.held) >= GROUP_BYTES:
            self.flush()

    def flush(self) -> None:
        import pyarrow  # noqa: PLC0415 (optional)

        if self.held:
            self.file.write_table(pyarrow.Table.from_batches(self.held, self.shape))
            self.held = []


def _batch(rows: Sequence[tuple[Any, ...]], holding: Holding, shape: Any) -> Any:
    import pyarrow  # noqa: PLC0415 (optional)

    columns = zip(*rows, strict=True)
    arrays = [
        pyarrow.array(map(_day, values) if column.kind == DATE else values, field.type)
        for values, column, field in zip(columns, holding.columns, shape, strict=True)
    ]
    return pyarrow.RecordBatch.from_arrays(arrays, schema=shape)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text is not None else None


def _arrow_schema(content: Content, holding: Holding) -> Any:
    import pyarrow  # noqa: PLC0415 (optional)

    types = {
        schema.INTEGER: pyarrow.int64(),
        schema.REAL: pyarrow.float64(),
        schema.TEXT: pyarrow.string(),
        DATE: pyarrow.date32(),
    }
    fields = [
        pyarrow.field(column.name, types[column.kind], nullable=not column.required, metadata=_about(column))
        for column in holding.columns
    ]
    about = {
        "title": holding.title.joined(" / "),
        "description": holding.description.joined(),
        "version": content.version,
        "licence": content.release["licence"] or "",
        "licence_url": content.release["licence_url"] or "",
        "citation": content.said("citation").en,
    }
    return pyarrow.schema(fields, metadata=about)


def _about(column: Column) -> dict[str, str]:
    """What is said of a column, as metadata of its field."""
    parts = {"title": column.title, "meaning": column.meaning, "unit": column.unit, "null": column.null}
    told = {f"{part}_{language}": getattr(text, language) for part, text in parts.items() for language in text._fields}
    told = {"description": column.meaning.joined(), **told, "code_list": column.code_list or ""}
    return {name: words for name, words in told.items() if words}
