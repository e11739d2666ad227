"""Words for the templates: those of a page by name, and the two languages of what the database names."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from markupsafe import Markup, escape
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from gongkai_site.language import DEFAULT, language_now  # noqa: E402
from gongkai_site.texts import Text, Words, words_of  # noqa: E402

hookimpl = HookimplMarker("datasette")


HAN = re.compile(r"[\u3400-\u9fff][\u3000-\u9fff\uff00-\uffef]*")


def in_han(words: object) -> Markup:
    """``words`` with what is Chinese in them known as such, on a page of another language."""
    text = str(words)
    if language_now() == DEFAULT:
        return escape(text)
    marked, behind = Markup(""), 0
    for found in HAN.finditer(text):
        marked += escape(text[behind : found.start()]) + Markup('<span lang="zh-Hans">{}</span>').format(found[0])
        behind = found.end()
    return marked + escape(text[behind:])


def told(row: Any, stem: str) -> Text:
    """What ``row``, a row or an object, has as ``stem_zh`` and ``stem_en``."""
    if isinstance(row, Mapping):
        return Text(row[f"{stem}_zh"] or "", row[f"{stem}_en"] or "")
    return Text(getattr(row, f"{stem}_zh") or "", getattr(row, f"{stem}_en") or "")


@hookimpl
def extra_template_vars(datasette: Datasette) -> dict[str, Callable[..., Any]]:
    """``page_words(page)`` and ``told(row, stem)``: texts that show themselves in the language of the page.

    ``in_han(words)`` marks what is Chinese in them.
    """

    def page_words(page: str) -> Words:
        return words_of(datasette, page)

    return {"page_words": page_words, "told": told, "in_han": in_han}
