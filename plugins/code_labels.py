"""Names of codes that have no lookup table: in cells in the page's language, and as SQL functions.

The names stand in metadata.yml under ``plugins: code-labels``, as list → code → [Chinese, English]. A code there that
begins with an underscore is an ending: a code without a name of its own has that of its beginning and its ending. A
column's list bears its name; ``code-columns`` has the lists of columns that bear one name in several tables.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from markupsafe import Markup
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from gongkai_site.cells import speaking_of  # noqa: E402
from gongkai_site.language import language_now, tag_of  # noqa: E402
from gongkai_site.texts import Text, configured, words_of  # noqa: E402

hookimpl = HookimplMarker("datasette")

Labels = Mapping[str, Mapping[str, list[str]]]
NAMED_IN = ("zh", "en")
"""The languages of a code's names, in their order; another language has the English ones."""


@cache
def labels_of(datasette: Datasette) -> Labels:
    """Column, or list → code → its names."""
    labels = configured(datasette, "code-labels")
    together = {
        column: {code: names for each in lists for code, names in labels[each].items()}
        for column, lists in configured(datasette, "code-columns").items()
    }
    return {**labels, **together}


def names_of(labels: Labels, column: str) -> Mapping[str, list[str]]:
    """The names of a column's codes; a key serves the columns that end in it too (rate_reason)."""
    return next((codes for key, codes in labels.items() if column == key or column.endswith(f"_{key}")), {})


@cache
def column_names(datasette: Datasette, column: str) -> Mapping[str, list[str]]:
    """The names of a column's codes, looked up once: a page asks for every cell."""
    return names_of(labels_of(datasette), column)


def name_of(names: Mapping[str, list[str]], code: str) -> list[str] | None:
    """The Chinese and the English name of ``code``; None if neither it nor its beginning and ending are named."""
    if code in names:
        return names[code]
    for ending in (key for key in names if key.startswith("_") and code.endswith(key)):
        beginning = name_of(names, code.removesuffix(ending))
        if beginning:
            return [beginning[0] + names[ending][0], beginning[1] + names[ending][1]]
    return None


def code_label(labels: Labels, unclear: Text, column: str, code: str | None, language: str) -> str | None:
    """The name of ``code`` in ``column``; of a missing code ``unclear``, of an unknown one the code itself."""
    if code is None:
        return unclear.of(language)
    names = name_of(names_of(labels, column), str(code))
    return _in(language, names) if names else str(code)


def _in(language: str, names: list[str]) -> str:
    return names[NAMED_IN.index(language) if language in NAMED_IN else -1]


@hookimpl
def prepare_connection(conn: sqlite3.Connection, datasette: Datasette) -> None:
    """Add ``code_label(column, code, 'zh' or 'en')`` to SQL."""
    labels, unclear = labels_of(datasette), words_of(datasette)["unclear"]
    conn.create_function("code_label", 3, lambda *words: code_label(labels, unclear, *words), deterministic=True)


@hookimpl
@speaking_of(columns=column_names)
def render_cell(value: Any, column: str, datasette: Datasette) -> Markup | None:
    """The code, with its name behind it."""
    names = name_of(column_names(datasette, column), str(value))
    return _with_name(value, names) if names else None


@hookimpl
def extra_template_vars(datasette: Datasette) -> dict[str, Callable[[Iterable[Any]], str]]:
    """``name_codes(facets)`` for the templates: puts the name behind each code that a facet lists."""

    def name_codes(facets: Iterable[Any]) -> str:
        for facet in facets:
            names = column_names(datasette, facet["name"])
            for found in facet["results"]:
                if name := name_of(names, str(found["value"])):
                    found["label"] = _with_name(found["label"], name)
        return ""

    return {"name_codes": name_codes}


def _with_name(code: object, name: list[str]) -> Markup:
    language = language_now()
    return Markup('{} <span class="code-label" lang="{}">{}</span>').format(code, tag_of(language), _in(language, name))
