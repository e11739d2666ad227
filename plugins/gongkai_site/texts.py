"""Texts of the site as metadata.yml holds them: each once a language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from datasette.app import Datasette

from .metadata import COLUMN_TEXTS

PAGE_WORDS, EVERY_PAGE = "page-words", "every_page"


class Text(NamedTuple):
    """The same words in Chinese and in English; a text that is one for both stands under Chinese alone."""

    zh: str
    en: str = ""

    @property
    def both(self) -> str:
        """Both, Chinese first: for what has one place only, such as a title of a cell."""
        return f"{self.zh} {self.en}".strip()

    def of(self, language: str) -> str:
        """In ``language``; a text that is one for both is that."""
        return self.en or self.zh if language == "en" else self.zh


class Words(dict[str, Text]):
    """Name of a text → the text; one that metadata.yml lacks shows its name."""

    def __missing__(self, name: str) -> Text:
        return Text(name, name)


def text_of(stated: str | Mapping[str, str]) -> Text:
    """A title or description of the metadata, whether its languages stand apart or in one text."""
    return Text(stated) if isinstance(stated, str) else Text(**stated)


Parts = Mapping[str, str]
"""The parts of a column's text, as ``metadata`` has them."""


@cache
def configured(datasette: Datasette, name: str) -> Mapping[str, Any]:
    """What metadata.yml says under ``plugins:``, read once: Datasette copies it whenever it is asked for."""
    return datasette.plugin_config(name) or {}


@cache
def words_of(datasette: Datasette, page: str = EVERY_PAGE) -> Words:
    """The words that ``page`` puts together, and those of every page, from metadata.yml: ``plugins: page-words``."""
    pages = configured(datasette, PAGE_WORDS)
    texts = {**pages.get(EVERY_PAGE, {}), **pages.get(page, {})}
    return Words({name: Text(**text) for name, text in texts.items()})


def column_texts(datasette: Datasette, database: str, table: str) -> Mapping[str, Parts]:
    """Column of ``table`` → what metadata.yml says of it, part by part; empty for a table that it does not describe."""
    texts: Mapping[str, Parts] = configured(datasette, COLUMN_TEXTS).get(database, {}).get(table, {})
    return texts
