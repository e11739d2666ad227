"""What metadata.yml says of the database, as rows of it: tables ``columns``, ``codes`` and ``release``.

So the database stands on its own: whoever has the file alone has the meaning of its columns and codes, their units,
what a missing value means, and what to cite.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b, sha256
from typing import Any

import yaml

from ..errors import ToldError
from ..messages import told
from ..publication import publication_folder
from ..reading.version import reader_version
from . import schema, views
from .column_words import Parts, column_meaning, heading

Row = Mapping[str, Any]

FILE = "metadata.yml"
DATABASE = "gongkai"
LANGUAGES = ("zh", "en")
ENDING = "_"
"""A code of metadata.yml that begins so is an ending: with it, every other code of its list is one more."""
VERSION_DIGITS = 8


class MetadataError(ToldError):
    """metadata.yml cannot be used as it is."""


@dataclass(frozen=True, slots=True)
class Descriptions:
    """metadata.yml: ``data`` are its bytes."""

    data: bytes

    @property
    def stamp(self) -> str:
        """Other digits wherever the file is another."""
        return blake2b(self.data, digest_size=16).hexdigest()

    @property
    def content(self) -> Mapping[str, Any]:
        """What the file says. Raises MetadataError where it is no YAML, or describes no tables."""
        return _content_of(self.data)

    def columns_of(self, table: str) -> Mapping[str, Parts]:
        """Column of ``table`` → what is said of it; empty for a table that is not described."""
        tables: Mapping[str, Any] = self.content["described"][DATABASE]["tables"]
        return (tables.get(table) or {}).get("columns") or {}

    @property
    def code_lists(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """List → code → its names; those of the forms and rules stand in tables of their own."""
        return self._plugins.get("code-labels") or {}

    @property
    def _plugins(self) -> Mapping[str, Any]:
        return self.content.get("plugins") or {}

    def release_texts(self) -> dict[str, str | None]:
        """What ``release`` takes from the file as it stands; ``citation`` with its braces."""
        site: Mapping[str, Any] = self.content["site"]
        own: Mapping[str, Any] = self._plugins.get("publication") or {}
        return {
            "licence": own.get("licence"),
            "licence_url": site.get("license_url"),
            **_in_languages("licence_terms", site.get("license")),
            **_in_languages("title", site.get("title")),
            **_in_languages("source", site.get("source")),
            **_in_languages("citation", own.get("citation")),
            "homepage": own.get("address"),
        }


@lru_cache(maxsize=2)
def _content_of(data: bytes) -> Mapping[str, Any]:
    try:
        content: Mapping[str, Any] = yaml.load(data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        _ = content["site"], content["described"][DATABASE]["tables"]
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise MetadataError(told("descriptions.no_yaml", file=FILE, reason=str(error))) from None
    except (KeyError, TypeError):
        raise MetadataError(told("descriptions.no_tables", file=FILE, database=DATABASE)) from None
    return content


def descriptions() -> Descriptions:
    """Those of this publication. Raises FileNotFoundError where it has none, MetadataError for what cannot be used."""
    found = Descriptions((publication_folder() / FILE).read_bytes())
    _content_of(found.data)
    return found


def _in_languages(name: str, text: Mapping[str, str] | None) -> dict[str, str | None]:
    return {f"{name}_{language}": (text or {}).get(language) for language in LANGUAGES}


# columns -----------------------------------------------------------------------------------------------------------


def column_rows(of: Descriptions, columns: Mapping[str, Iterable[str]]) -> Iterator[Row]:
    """Rows of ``columns``; ``columns``: table or view → the names of its columns, in their order."""
    for table, names in columns.items():
        described = of.columns_of(table)
        for order, name in enumerate(names, 1):
            parts = described.get(name) or {}
            yield {
                "table_name": table,
                "column_name": name,
                "sort_order": order,
                **{f"title_{language}": heading(parts, language, name) for language in LANGUAGES},
                **{f"meaning_{language}": column_meaning(parts, language) if parts else None for language in LANGUAGES},
                **{f"unit_{language}": parts.get(f"unit_{language}") for language in LANGUAGES},
                **{f"null_{language}": parts.get(f"null_{language}") for language in LANGUAGES},
                "code_list": code_list_of(of, table, name, parts),
            }


def code_list_of(of: Descriptions, table: str, column: str, parts: Parts) -> str | None:
    """The list of ``codes`` that the values of a column are of: as metadata.yml says, else by key or name."""
    if "codes" in parts:
        return parts["codes"]
    own = _SHOWN_BY.get(table, table)
    if (own, column) in _LOOKED_UP:
        return _LOOKED_UP[own, column]
    return column if column in of.code_lists else None


_SHOWN_BY = {view.name: view.of for view in views.VIEWS}
_CODE_TABLES = frozenset({"items", "measures", "outcomes", "review_channels", "hotline_channels", "rules"})
_LOOKED_UP = {
    **{
        (table.name, column): target
        for table in schema.TABLES
        for column, (target, _) in table.foreign_keys.items()
        if target in _CODE_TABLES
    },
    **{(name, "code"): name for name in _CODE_TABLES},
}
"""(table, column) → the table of codes that it refers to, or is the key of."""


# codes -------------------------------------------------------------------------------------------------------------


def code_rows(of: Descriptions, lookups: Mapping[str, Sequence[Row]]) -> Iterator[Row]:
    """Rows of ``codes``: of the lookup tables' codes and of those that metadata.yml names."""
    for name, rows in lookups.items():
        if name in _CODE_TABLES:
            for row in rows:
                yield {"code_list": name, **{key: row[key] for key in ("code", "label_zh", "label_en", "sort_order")}}
    for name, codes in of.code_lists.items():
        for order, (code, names) in enumerate(_with_endings(codes).items(), 1):
            yield {"code_list": name, "code": code, **_labels(name, code, names), "sort_order": order}


def _labels(code_list: str, code: str, names: Sequence[str]) -> Row:
    if len(names) != len(LANGUAGES):
        raise MetadataError(
            told("descriptions.code_names", file=FILE, code_list=code_list, code=code, names=str(list(names)))
        )
    return {f"label_{language}": name for language, name in zip(LANGUAGES, names, strict=True)}


def _with_endings(codes: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    """Every code that can be, with its names; one that has names of its own has them whatever it ends in."""
    whole = {code: names for code, names in codes.items() if not code.startswith(ENDING)}
    made = {
        code + ending: [before + behind for before, behind in zip(names, codes[ending], strict=False)]
        for ending in codes
        if ending.startswith(ENDING)
        for code, names in whole.items()
    }
    return {**whole, **{code: names for code, names in made.items() if code not in whole}}


# release -----------------------------------------------------------------------------------------------------------


def release_row(of: Descriptions, date: str | None, inputs: str) -> Row:
    """The row of ``release``; ``date``: of the data, ISO, None where none is known; ``inputs``: their SHA-256."""
    texts = of.release_texts()
    version = "-".join(part for part in (date, _digits(inputs, reader_version())) if part)
    cited = {f"citation_{language}": _cited(texts, language, version) for language in LANGUAGES}
    return {
        "version": version,
        "date": date,
        "inputs_sha256": inputs,
        "reader_version": reader_version(),
        **texts,
        **cited,
    }


def _digits(*parts: str) -> str:
    """Others wherever the inputs are, or the reader that made figures of them."""
    return sha256("\n".join(parts).encode()).hexdigest()[:VERSION_DIGITS]


def _cited(texts: Mapping[str, str | None], language: str, version: str) -> str | None:
    form = texts[f"citation_{language}"]
    if not form:
        return None
    words = form.format(version=version, title=texts[f"title_{language}"], source=texts[f"source_{language}"])
    return f"{words} {texts['homepage']}" if texts["homepage"] else words
