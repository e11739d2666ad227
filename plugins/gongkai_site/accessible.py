"""Datasette's templates mended where they are compiled, so that everybody can use the pages made of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2.ext import Extension

from .yaml_files import content_of

MENDS = Path(__file__).with_suffix(".yml")
TEMPLATES = "templates"


@cache
def mends() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Package → template → a piece of its source → what stands there instead."""
    content: Mapping[str, Mapping[str, Mapping[str, str]]] = content_of(MENDS)
    return content


def mended(source: str, package: str, template: str) -> str:
    """``source`` of ``template`` with its pieces in place."""
    for piece, better in mends().get(package, {}).get(template, {}).items():
        source = source.replace(piece, better)
    return source


class MendTemplates(Extension):
    """Mends the templates of Datasette and of its plugins, before they are translated."""

    priority = 40

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """``source`` as it should be."""
        file = Path(filename or "")
        return mended(source, file.parent.parent.name, file.name) if file.parent.name == TEMPLATES else source
