"""What a page of text shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .markdown import Leading, Written, written

FOLDER = Path(__file__).resolve().parents[4] / "docs" / "site"
START = "about"
PAGES = (START, "method", "rates", "glossary", "tutorial-authority", "tutorial-compare", "tutorial-sql", "changes")
"""The pages in reading order; each is a file of that name in the folder of each language."""


@dataclass(frozen=True)
class TextPage:
    """A page of text with the others around it: ``others`` are (path, title), this page among them."""

    name: str
    path: str
    text: Written
    others: Sequence[tuple[str, str]]


def path_of(name: str) -> str:
    """Where the page ``name`` stands."""
    return "/about" if name == START else f"/about/{name}"


@cache
def source_of(name: str, language: str) -> str:
    """The Markdown of a page. Raises FileNotFoundError if there is none of that name."""
    return (FOLDER / language / f"{name}.md").read_text(encoding="utf-8")


@cache
def title_of(name: str, language: str) -> str:
    """The title of a page."""
    return written(source_of(name, language), str, "").title


def text_page(
    name: str, language: str, leading: Leading, run: str, besides: Sequence[tuple[str, str]] = ()
) -> TextPage:
    """The page ``name`` in ``language``. Raises KeyError for a name that is none."""
    if name not in PAGES:
        raise KeyError(name)
    others = [(leading(path_of(other)), title_of(other, language)) for other in PAGES]
    others += [(leading(path), title) for path, title in besides]
    return TextPage(name, path_of(name), written(source_of(name, language), leading, run, language), others)
