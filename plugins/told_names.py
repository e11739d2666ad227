"""What the database names in two languages, for the templates: in the language of the page."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from gongkai_site.texts import Text  # noqa: E402

hookimpl = HookimplMarker("datasette")


def told(row: Any, stem: str) -> Text:
    """What ``row``, a row or an object, has as ``stem_zh`` and ``stem_en``."""
    if isinstance(row, Mapping):
        return Text(row[f"{stem}_zh"] or "", row[f"{stem}_en"] or "")
    return Text(getattr(row, f"{stem}_zh") or "", getattr(row, f"{stem}_en") or "")


@hookimpl
def extra_template_vars() -> dict[str, Callable[..., Any]]:
    """``told(row, stem)``: a text that shows itself in the language of the page."""
    return {"told": told}
