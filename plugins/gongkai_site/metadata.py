"""metadata.yml as Datasette takes it: one text where it wants one text, SQL where a query file is named.

In metadata.yml every text stands once a language, in parts that are told apart by their keys:

- ``title``, ``description`` and their like: ``zh`` and ``en``, and whatever other language there is;
- a column: ``zh`` and ``en`` name it; ``unit_zh`` is the unit of a number, ``qualifier_zh`` stands between the two,
  ``more_zh`` behind them; ``null_zh`` says what a missing value means (each with ``_en`` beside it); ``language``:
  the one in which its values are written, where there is a column for each;
- ``sql`` of a canned query and ``query`` of a chart name a query file below queries/.

Texts of the whole stand under ``site``, those of tables and queries under ``described``: Datasette passes over both.

``published`` makes of that the metadata of Datasette 0.65 in one language. The parts of the columns are kept besides,
as configuration of a plugin, for whoever wants the name alone or all languages: ``column-texts``, database → table or
query → column → parts. So is all that is said of a canned query, with its statement: ``questions``, name → texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .column_words import column_text
from .language import DEFAULT, FALLBACK, LANGUAGES
from .queries import statement_in

COLUMNS, COLUMN_TEXTS, QUESTIONS = "columns", "column-texts", "questions"
SECTIONS = ("tables", "queries")
"""Of a database: what has columns."""
QUERY_KEYS = frozenset({"sql", "plain_sql", "query"})
QUERY_ENDING = ".sql"
KEPT_WHOLE = frozenset(
    {
        "page-words",
        "code-labels",
        "code-columns",
        "web-server",
        "chart-breaks",
        "question-dashboards",
        COLUMN_TEXTS,
        QUESTIONS,
    }
)
"""Configuration of plugins that hold all languages in themselves."""


def as_written(content: Mapping[str, Any]) -> dict[str, Any]:
    """What people write in metadata.yml, in Datasette's places: each text once a language, queries by their files."""
    return {**content["site"], "databases": content["described"], "plugins": content.get("plugins") or {}}


def published(content: Mapping[str, Any], queries: Path, language: str) -> dict[str, Any]:
    """The metadata for Datasette in ``language``: ``content`` is metadata.yml, ``queries`` the folder of query files.

    Raises FileNotFoundError for a query file that is not there.
    """
    content = as_written(content)
    parts = {
        database: {
            name: {column: stated for column, stated in about[COLUMNS].items() if stated}
            for section in SECTIONS
            for name, about in (held.get(section) or {}).items()
            if COLUMNS in about
        }
        for database, held in content["databases"].items()
    }
    questions = {
        name: {**about, "sql": statement_in(queries / about["sql"])}
        for held in content["databases"].values()
        for name, about in (held.get("queries") or {}).items()
    }
    found: dict[str, Any] = _in_language(content, queries, language)
    return {**found, "plugins": {**found.get("plugins", {}), COLUMN_TEXTS: parts, QUESTIONS: questions}}


def is_text(value: Any) -> bool:
    """Whether ``value`` is one text, once a language."""
    return isinstance(value, Mapping) and DEFAULT in value and set(value) <= set(LANGUAGES)


def _in_language(value: Any, queries: Path, language: str, *keys: str) -> Any:
    """``value``, which stands below ``keys``."""
    if is_text(value):
        return value.get(language) or value.get(FALLBACK) or value[DEFAULT]
    if isinstance(value, Mapping):
        if keys[4:] == (COLUMNS,) and keys[2] in SECTIONS:
            return {column: _column(parts, language) for column, parts in value.items()}
        return {
            name: held if name in KEPT_WHOLE else _in_language(held, queries, language, *keys, name)
            for name, held in value.items()
        }
    if isinstance(value, list):
        return [_in_language(each, queries, language, *keys) for each in value]
    if keys[-1:] and keys[-1] in QUERY_KEYS and isinstance(value, str) and value.endswith(QUERY_ENDING):
        return statement_in(queries / value)
    return value


def _column(parts: Mapping[str, str] | None, language: str) -> str | None:
    """None is a column that a query leaves out of those it takes over."""
    return None if parts is None else column_text(parts, language)
