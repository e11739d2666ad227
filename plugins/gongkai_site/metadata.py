"""metadata.yml as Datasette takes it: one text where it wants one text, SQL where a query file is named.

In metadata.yml every text stands once a language, in parts that are told apart by their keys:

- ``title``, ``description`` and their like (see JOINED): ``zh`` and ``en``;
- a column: ``zh`` and ``en`` name it; ``unit_zh`` is the unit of a number, ``qualifier_zh`` stands between the two,
  ``more_zh`` behind them; ``null_zh`` says what a missing value means (each with ``_en`` beside it);
- ``sql`` of a canned query and ``query`` of a chart name a query file below queries/.

``published`` makes of that the metadata of Datasette 0.65. The parts of the tables' columns are kept besides, as
configuration of a plugin, for whoever wants one language or the name alone: ``column-texts``, database → table →
column → parts. So is everything that is said of a canned query, its statement included: ``questions``, name → texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from .queries import statement_in

COLUMNS, COLUMN_TEXTS, QUESTIONS = "columns", "column-texts", "questions"
QUERY_KEYS = frozenset({"sql", "query"})
QUERY_ENDING = ".sql"
JOINED: dict[str, str] = {
    "title": "{zh} · {en}",
    "description": "{zh} {en}",
    "description_html": '<p lang="zh-CN">{zh}</p>\n<p lang="en">{en}</p>',
    "license": "{zh} {en}",
    "source": "{zh} · {en}",
    "about": "{zh} · {en}",
    "label": "{zh} {en}",
    "hint": "{zh} · {en}",
}
"""Key → how its two languages stand in one text."""


class Sentence(NamedTuple):
    """How a language puts the parts of a column's text together."""

    unit: str
    comma: str
    null: str
    end: str


SENTENCES: dict[str, Sentence] = {
    "zh": Sentence("[{}]", "，", "，空={}", "。"),
    "en": Sentence(" [{}]", ", ", "; NULL = {}", "."),
}
OWN_PUNCTUATION = ("；", ";", "（", " (")
"""What is added to a sentence follows a comma, unless it brings one of these."""


def column_text(parts: Mapping[str, str], language: str) -> str:
    """What a column means, as a sentence in ``language``."""
    unit, comma, null, end = SENTENCES[language]

    def part(name: str, form: str) -> str:
        words = parts.get(f"{name}_{language}")
        return form.format(words) if words else ""

    more = parts.get(f"more_{language}", "")
    behind = more if not more or more.startswith(OWN_PUNCTUATION) else comma + more
    return parts[language] + part("qualifier", comma + "{}") + part("unit", unit) + behind + part("null", null) + end


def published(content: Mapping[str, Any], queries: Path) -> dict[str, Any]:
    """The metadata for Datasette: ``content`` is metadata.yml, ``queries`` the folder of its query files.

    Raises FileNotFoundError for a query file that is not there.
    """
    parts = {
        database: {
            name: {column: stated for column, stated in about[COLUMNS].items() if stated}
            for section in ("tables", "queries")
            for name, about in (held.get(section) or {}).items()
            if COLUMNS in about
        }
        for database, held in (content.get("databases") or {}).items()
    }
    questions = {
        name: {**about, "sql": statement_in(queries / about["sql"])}
        for held in (content.get("databases") or {}).values()
        for name, about in (held.get("queries") or {}).items()
    }
    joined = _joined(content, queries)
    return {**joined, "plugins": {**joined.get("plugins", {}), COLUMN_TEXTS: parts, QUESTIONS: questions}}


def _joined(content: Mapping[str, Any], queries: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in content.items():
        if key == COLUMNS and isinstance(value, Mapping):
            found[key] = {column: _column(parts) for column, parts in value.items()}
        elif key in JOINED and isinstance(value, Mapping):
            found[key] = JOINED[key].format(**value)
        elif key in QUERY_KEYS and isinstance(value, str) and value.endswith(QUERY_ENDING):
            found[key] = statement_in(queries / value)
        else:
            found[key] = _joined(value, queries) if isinstance(value, Mapping) else value
    return found


def _column(parts: Mapping[str, str] | None) -> str | None:
    """None is a column that a query leaves out of those it takes over."""
    return None if parts is None else column_text(parts, "zh") + column_text(parts, "en")
