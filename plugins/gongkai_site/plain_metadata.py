"""metadata.yml for Datasette by itself, without this site's plugins: all languages in one text, the SQL in its place.

It is the last part of metadata.yml, made of the rest and of the query files, so that ``datasette gongkai.db -m
metadata.yml`` shows what tables and columns mean and answers every canned query.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from .column_words import column_text
from .language import LANGUAGES
from .metadata import COLUMNS, as_written, is_text
from .queries import statement_in

MARK = "# Made of the above and of queries/ by `make metadata`, not by hand: what Datasette by itself reads.\n"
OF_ALL = ("title", "description_html", "license", "license_url", "source", "about", "about_url")
OF_A_DATABASE = ("title", "description")
OF_A_TABLE = (*OF_A_DATABASE, "label_column", "sort", "sort_desc", "facets", "fts_table", "fts_pk")
OF_A_QUERY = (*OF_A_DATABASE, "params")
"""What Datasette reads of each."""
WIDTH = 10**6


def with_plain_part(text: str, queries: Path) -> str:
    """The ``text`` of metadata.yml with its last part made anew; ``queries`` is the folder of query files.

    Raises FileNotFoundError for a query file that is not there.
    """
    written = text.partition(MARK)[0]
    plain = plain_metadata(as_written(yaml.load(written, Loader=_LOADER)), queries)
    made = yaml.dump(plain, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)
    return f"{written.rstrip()}\n\n{MARK}{made}"


def plain_metadata(written: Mapping[str, Any], queries: Path) -> dict[str, Any]:
    """Of what is written, what Datasette reads, in its own form."""
    databases = {name: _database(about, queries) for name, about in written["databases"].items()}
    return {**_of(written, OF_ALL), "databases": databases}


def _database(about: Mapping[str, Any], queries: Path) -> dict[str, Any]:
    return {
        **_of(about, OF_A_DATABASE),
        "tables": {name: _table(table) for name, table in about["tables"].items()},
        "queries": {
            name: {**_of(query, OF_A_QUERY), "sql": statement_in(queries / query.get("plain_sql", query["sql"]))}
            for name, query in about["queries"].items()
        },
    }


def _table(about: Mapping[str, Any]) -> dict[str, Any]:
    columns = {
        column: _joined(column_text(parts, language) for language in LANGUAGES) for column, parts in _stated(about)
    }
    return {**_of(about, OF_A_TABLE), COLUMNS: columns}


def _stated(about: Mapping[str, Any]) -> Iterable[tuple[str, Mapping[str, str]]]:
    return ((column, parts) for column, parts in about[COLUMNS].items() if parts)


def _of(about: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    return {key: _in_all(about[key]) for key in keys if about.get(key)}


def _in_all(value: Any) -> Any:
    return _joined(value[language] for language in LANGUAGES if language in value) if is_text(value) else value


def _joined(texts: Iterable[str]) -> str:
    """Texts of several languages as one; each stands once."""
    return " ".join(dict.fromkeys(" ".join(text.split()) for text in texts))


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Dumper(yaml.SafeDumper):
    """Writes a statement as it stands in its file, and nothing as a reference to something above."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)
