"""What the columns mean, as an SQL function: metadata.yml's descriptions for the data dictionary."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

from datasette.app import Datasette
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from gongkai_site.metadata import column_text  # noqa: E402
from gongkai_site.texts import column_texts  # noqa: E402

hookimpl = HookimplMarker("datasette")


@hookimpl
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Datasette) -> None:
    """Add ``column_description(table, column, 'zh' or 'en')`` to SQL; NULL for an undescribed column."""

    def column_description(table: str, column: str, language: str) -> str | None:
        parts = column_texts(datasette, database, table).get(column)
        return column_text(parts, language) if parts else None

    conn.create_function("column_description", 3, column_description)
