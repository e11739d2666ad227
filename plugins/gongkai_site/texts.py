"""Texts of the site as metadata.yml holds them: each once a language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from datasette.app import Datasette

from .language import FALLBACK, language_now
from .metadata import COLUMN_TEXTS

TITLES = ("title", "description")
PAGE_WORDS, EVERY_PAGE = "page-words", "every_page"


class Text:
    """The same words in every language; as a string, and in a template, those of the page's language.

    A text that is one for all stands under Chinese alone.
    """

    __slots__ = ("_words",)

    def __init__(self, zh: str, en: str = "", **others: str) -> None:
        given = {"zh": zh, "en": en, **others}
        self._words = {language: words for language, words in given.items() if words}

    @property
    def zh(self) -> str:
        """In Chinese; empty where it has no words there."""
        return self._words.get("zh", "")

    @property
    def en(self) -> str:
        """In English; empty where it has no words there."""
        return self._words.get("en", "")

    @property
    def in_all(self) -> dict[str, str]:
        """Language → words, as far as there are any."""
        return dict(self._words)

    @property
    def both(self) -> str:
        """Chinese and English: for a file, which is one for every reader."""
        return " ".join(words for words in (self.zh, self.en) if words)

    def of(self, language: str) -> str:
        """In ``language``; in English, else in Chinese, where that has no words of its own."""
        return self._words.get(language) or self._words.get(FALLBACK) or self.zh

    def __str__(self) -> str:
        return self.of(language_now())

    def __bool__(self) -> bool:
        return bool(self._words)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self._words == other._words

    def __hash__(self) -> int:
        return hash(tuple(sorted(self._words.items())))

    def __repr__(self) -> str:
        return f"Text({self._words})"

    def format(self, *values: object, **named: object) -> Text:
        """The text with what its braces name put in."""
        return Text(**{language: words.format(*values, **named) for language, words in self._words.items()})


class Words(dict[str, Text]):
    """Name of a text → the text; one that metadata.yml lacks shows its name."""

    def __missing__(self, name: str) -> Text:
        return Text(name, name)


def text_of(stated: str | Mapping[str, str]) -> Text:
    """A title or description of the metadata, whether its languages stand apart or in one text."""
    return Text(stated) if isinstance(stated, str) else Text(**stated)


def titles_of(datasette: Any, database: str, name: str) -> tuple[Text, Text] | None:
    """Title and description of a table, view or canned query, in all languages; None if metadata.yml has none."""
    for section in ("tables", "queries"):
        title, description = (datasette.text_in_all("databases", database, section, name, key) for key in TITLES)
        if title:
            return title, description or Text("")
    return None


def titles_of_tables(datasette: Any, database: str) -> dict[str, Text]:
    """Table or view of ``database`` → its title."""
    tables = (datasette.metadata(database=database) or {}).get("tables", {})
    return {name: found[0] for name in tables if (found := titles_of(datasette, database, name))}


Parts = Mapping[str, str]
"""The parts of a column's text, as ``metadata`` has them."""


def configured(datasette: Datasette, name: str) -> Mapping[str, Any]:
    """What metadata.yml says under ``plugins:`` in the page's language, copied by Datasette once a language."""
    return _configured(datasette, name, language_now())


@cache
def _configured(datasette: Datasette, name: str, _language: str) -> Mapping[str, Any]:
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
