"""Chinese and English names of codes that have no lookup table: in cells, and as SQL functions.

The names stand in metadata.yml under ``plugins: code-labels``, as column → code → [Chinese, English].
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from datasette.app import Datasette
from markupsafe import Markup
from pluggy import HookimplMarker

hookimpl = HookimplMarker("datasette")

Labels = Mapping[str, Mapping[str, list[str]]]
LANGUAGES = ("zh", "en")
UNSTATED = ("不明", "unclear")


@cache
def _labels(datasette: Datasette) -> Labels:
    """The names, read once: Datasette copies its configuration whenever it is asked for, and cells ask often."""
    return cast(Labels, datasette.plugin_config("code-labels") or {})


def names_of(labels: Labels, column: str) -> Mapping[str, list[str]]:
    """The names of a column's codes; a key serves the columns that end in it too (rate_reason)."""
    return next((codes for key, codes in labels.items() if column == key or column.endswith(f"_{key}")), {})


def code_label(labels: Labels, column: str, code: str | None, language: str) -> str | None:
    """The name of ``code`` in ``column``; of a missing code 不明, of an unknown one the code itself."""
    place = LANGUAGES.index(language)
    if code is None:
        return UNSTATED[place]
    names = names_of(labels, column).get(str(code))
    return names[place] if names else str(code)


def labels_as_json(labels: Labels) -> str:
    """Every name, as a JSON array of [column, code, Chinese, English]."""
    return json.dumps([[column, code, *names] for column, codes in labels.items() for code, names in codes.items()])


@hookimpl
def prepare_connection(conn: sqlite3.Connection, datasette: Datasette) -> None:
    """Add ``code_label(column, code, 'zh' or 'en')`` and ``code_labels()`` to SQL."""
    labels = _labels(datasette)
    conn.create_function("code_label", 3, lambda *words: code_label(labels, *words), deterministic=True)
    conn.create_function("code_labels", 0, lambda: labels_as_json(labels), deterministic=True)


@hookimpl
def render_cell(value: Any, column: str, datasette: Datasette) -> Markup | None:
    """The code, with its Chinese name behind it."""
    names = names_of(_labels(datasette), column).get(str(value))
    return Markup('{} <span class="code-label" lang="zh-CN">{}</span>').format(value, names[0]) if names else None
