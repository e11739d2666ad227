"""Collections of small reports that change, and the rows of a database to compare."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from build.join.acknowledged import read_acknowledgements
from build.join.corrections import read_corrections
from build.limits import Limits
from build.messages import Message
from build.pipeline import Means, Outcome, build_database
from build.reading.sources import find_sources
from tests.render import Options
from tests.samples import report_text, sound_figures

Rows = dict[str, list[tuple[Any, ...]]]


def small_report(agency: str, year: int, extra: str = "", received: int | None = None) -> str:
    """A report of one authority and year; ``extra`` words make it another file, ``received`` another figure."""
    figures = sound_figures(agency=agency, year=year)
    if received is not None:
        row = {**figures.applications["brought_forward"], "total": received}
        figures = replace(figures, applications={**figures.applications, "brought_forward": row})
    return report_text(f"{agency}{year}年政府信息公开工作年度报告", figures=figures, options=Options(overview=extra))


def quietly(_stage: str, _steps: int) -> Callable[[], None]:
    """Progress that nobody sees."""
    return lambda: None


def built(
    folder: Path, output: Path, means: Means, corrections: Path | None = None, acknowledged: Path | None = None
) -> Outcome:
    """A build of a folder in this process."""
    entries = read_corrections(corrections) if corrections is not None and corrections.exists() else ()
    seen = read_acknowledgements(acknowledged) if acknowledged is not None and acknowledged.exists() else ()
    return build_database(find_sources([folder]), output, Limits(), quietly, entries, 2019, means, acknowledged=seen)


def rows_of(database: Path) -> Rows:
    """Every row of every table, sorted, and what the search index finds where."""
    return {name: sorted(found, key=repr) for name, found in _rows_as_they_lie(database).items()}


def _rows_as_they_lie(database: Path) -> Rows:
    with closing(sqlite3.connect(database)) as connection:
        sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        names = [name for (name,) in connection.execute(sql) if not name.startswith("sections_grams")]
        rows = {name: connection.execute(f"SELECT * FROM [{name}]").fetchall() for name in names}
        connection.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'sections_grams', 'instance')")
        rows["sections_grams"] = connection.execute(
            "SELECT s.report, s.position, t.term, t.offset FROM temp.terms t LEFT JOIN sections s ON s.rowid = t.doc"
        ).fetchall()
        rows["sections_grams_reports"] = connection.execute(
            "SELECT s.report, s.position, r.id, k.current, k.year, k.province, k.number FROM sections_grams_reports k"
            " LEFT JOIN sections s ON s.rowid = k.section LEFT JOIN reports r ON r.rowid = k.report"
        ).fetchall()
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return rows


def assert_same_rows(one: Path, other: Path) -> None:
    """Two databases hold the same rows, table by table, wherever they lie; most lie alike and need no sorting."""
    found, expected = _rows_as_they_lie(one), _rows_as_they_lie(other)
    assert found.keys() == expected.keys()
    for name, rows in expected.items():
        assert found[name] == rows or sorted(found[name], key=repr) == sorted(rows, key=repr), name


def listened() -> tuple[list[str], Callable[[Message], None]]:
    """A list, and a function that puts into it what a build says."""
    said: list[str] = []
    return said, lambda message: said.append(message.en)


def texts_of(folder: Path, texts: Sequence[str]) -> Path:
    """A folder with these texts."""
    folder.mkdir(parents=True, exist_ok=True)
    for at, text in enumerate(texts):
        (folder / f"{at}.txt").write_text(text, encoding="utf-8")
    return folder
