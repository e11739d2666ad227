"""Query files: one statement a file, named for what it answers, with named parameters."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from datasette.database import Database

from .remembered import rows_of

Row = Mapping[str, Any]
Answers = Mapping[str, list[Row]]
"""Name of a query → its rows, in its order."""


def statement_in(file: Path) -> str:
    """The statement that ``file`` holds, without the line feed at its end."""
    return file.read_text(encoding="utf-8").rstrip("\n")


def queries_in(folder: Path) -> dict[str, str]:
    """Name → statement of every query file directly in ``folder``."""
    return {file.stem: statement_in(file) for file in sorted(folder.glob("*.sql"))}


async def answers_to(queries: Mapping[str, str], database: Database, parameters: Mapping[str, Any]) -> Answers:
    """What ``database`` answers to every one of ``queries``; each takes the parameters that it names.

    What is asked without parameters is kept.
    """
    found: dict[str, list[Row]] = {}
    for name, statement in queries.items():
        asked = await database.execute(statement, parameters) if parameters else await rows_of(database, statement)
        found[name] = [dict(row) for row in asked]
    return found
