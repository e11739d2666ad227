"""What the columns mean, as an SQL function: metadata.yml's descriptions for the data dictionary."""

from __future__ import annotations

import re
import sqlite3

from datasette.app import Datasette
from pluggy import HookimplMarker

hookimpl = HookimplMarker("datasette")

BOUNDARY = re.compile(r"(?<=。)(?=[A-Za-z0-9(\[])")


def in_language(description: str, language: str) -> str:
    """The Chinese or the English half of a description; the first 。 before a Latin letter parts them."""
    chinese, *english = BOUNDARY.split(description, maxsplit=1)
    return chinese if language == "zh" else "".join(english)


@hookimpl
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Datasette) -> None:
    """Add ``column_description(table, column, 'zh' or 'en')`` to SQL; NULL for an undescribed column."""

    def column_description(table: str, column: str, language: str) -> str | None:
        columns = datasette.table_metadata(database, table).get("columns") or {}
        description = columns.get(column)
        return in_language(description, language) if description else None

    conn.create_function("column_description", 3, column_description)
