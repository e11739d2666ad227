"""Words for the templates: those of a page by name, and the two languages of what the database names."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from gongkai_site.texts import Text, Words, words_of  # noqa: E402

hookimpl = HookimplMarker("datasette")


def told(row: Any, stem: str) -> Text:
    """What ``row``, a row or an object, has as ``stem_zh`` and ``stem_en``."""
    if isinstance(row, Mapping):
        return Text(row[f"{stem}_zh"] or "", row[f"{stem}_en"] or "")
    return Text(getattr(row, f"{stem}_zh") or "", getattr(row, f"{stem}_en") or "")


@hookimpl
def extra_template_vars(datasette: Datasette) -> dict[str, Callable[..., Any]]:
    """``page_words(page)`` and ``told(row, stem)``: texts that show themselves in the language of the page."""

    def page_words(page: str) -> Words:
        return words_of(datasette, page)

    return {"page_words": page_words, "told": told}
