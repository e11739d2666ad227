"""Datasette's words in the page's language, put in where its templates are compiled and its scripts are sent.

languages/XX.yml says, package by package and template by template, which piece of a template's source stands in that
language as which other; a piece that a language lacks stays as it is, which is English. Words that Datasette makes in
its code are looked up by ``said``.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from jinja2.ext import Extension

from .language import LANGUAGES, catalogue

TEMPLATES, SCRIPTS, STATIC = "templates", "scripts", "static"

Pieces = Mapping[str, Mapping[str, str]]
"""A piece of a template's source → language → what stands there in it."""


def pieces_of(package: str, template: str) -> Pieces:
    """What the languages say for ``template`` of ``package``, the longest piece first."""
    found: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        own = ((catalogue(language).get(TEMPLATES) or {}).get(package) or {}).get(template) or {}
        for piece, words in own.items():
            found.setdefault(piece, {})[language] = words
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


def chosen_at_render(piece: str, words: Mapping[str, str]) -> str:
    """Source of a template that is ``words`` of the page's language, or ``piece`` in a language that has none."""
    branches = "".join(
        f'{{% {"elif" if place else "if"} language_now() == "{language}" %}}{said}'
        for place, (language, said) in enumerate(words.items())
    )
    return f"{branches}{{% else %}}{piece}{{% endif %}}"


def translated(source: str, pieces: Pieces) -> str:
    """``source`` with each of ``pieces`` chosen when the page is made."""
    # Placeholders first, so that what is put in for one piece is not searched for the next.
    for place, piece in enumerate(pieces):
        source = source.replace(piece, f"\0{place}\0")
    for place, (piece, words) in enumerate(pieces.items()):
        source = source.replace(f"\0{place}\0", chosen_at_render(piece, words))
    return source


class TranslateTemplates(Extension):
    """Translates the templates of Datasette and of its plugins; ours say for themselves what they say."""

    priority = 50

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """``source`` in every language, chosen when a page is made."""
        file = Path(filename or "")
        if file.parent.name != TEMPLATES:
            return source
        return translated(source, pieces_of(file.parent.parent.name, file.name))


def script_in(package: str, script: str, language: str) -> str | None:
    """The text of a script of ``package`` in ``language``; None where that language says nothing for it."""
    own = ((catalogue(language).get(SCRIPTS) or {}).get(package) or {}).get(script)
    if own is None:
        return None
    text = (resources.files(package) / STATIC / script).read_text(encoding="utf-8")
    for piece, words in own.items():
        text = text.replace(piece, words)
    return text
