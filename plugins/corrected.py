"""Marks a figure that stands corrected, or rests on one that does, wherever a table or a view shows it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from markupsafe import Markup
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from gongkai_site.cells import speaking_of  # noqa: E402
from gongkai_site.language import language_now, tag_of  # noqa: E402
from gongkai_site.texts import words_of  # noqa: E402

hookimpl = HookimplMarker("datasette")

CELLS = "corrected_cells"
"""The column that says, as JSON, which columns of a row are meant."""
MARK = Markup('{} <strong class="corrected" lang="{}"{}>{}</strong>')


def marks_of(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Column → corrected value, or the corrections that the value rests on; empty where a row has none."""
    try:
        written = row[CELLS]
    except (KeyError, IndexError):
        return {}
    try:
        marks = json.loads(written) if isinstance(written, str) else None
    except ValueError:
        return {}
    return marks if isinstance(marks, dict) else {}


@hookimpl(tryfirst=True)
@speaking_of(rows=marks_of)
def render_cell(row: Mapping[str, Any], value: Any, column: str, datasette: Datasette) -> Markup | None:
    """The figure as printed, and behind it what it was corrected to, or that it rests on what was."""
    if column == CELLS:
        return None
    marks = marks_of(row)
    if column not in marks:
        return None
    words, mark = words_of(datasette), marks[column]
    tag = tag_of(language_now())
    if isinstance(mark, str) or mark == value:
        title = Markup(' title="{}"').format(mark) if isinstance(mark, str) else ""
        return MARK.format(_shown(value), tag, title, words["corrected"])
    return MARK.format(_shown(value), tag, "", Markup("{} {}").format(words["corrected_as"], _shown(mark)))


@hookimpl
def extra_template_vars() -> dict[str, Callable[[Mapping[str, Any]], Mapping[str, Any]]]:
    """``corrected_parts(row)`` for the templates: which columns of a row stand corrected or rest on what does."""
    return {"corrected_parts": marks_of}


def _shown(value: Any) -> str:
    """A value on paper: 20, not 20.0; — for none."""
    if value is None:
        return "—"
    return f"{value:.15g}" if isinstance(value, float) else str(value)
