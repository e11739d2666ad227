"""The rows of tables and views on their pages: each value is rendered once, each row written in one piece."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from datasette.plugins import pm
from datasette.views import row, table
from markupsafe import Markup, escape
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from gongkai_site.cells import columns_and_rows, speaking_of  # noqa: E402

hookimpl = HookimplMarker("datasette")

table.display_columns_and_rows = columns_and_rows
row.display_columns_and_rows = columns_and_rows
"""Datasette offers no setting for it; it looks the name up when it makes a page."""

_markdown = pm.get_plugin("render_markdown")
if _markdown is not None:  # it comes with the dashboards, and asks for its settings at every cell, to find none
    speaking_of(columns=lambda _, column: column.endswith("_markdown"))(_markdown.render_cell)


Frame = tuple[str, str]
"""HTML of a column's cells, around the kind of their value and before the value itself."""


@hookimpl
def extra_template_vars() -> dict[str, Callable[..., Any]]:
    """``frame_of(css, card, label)`` for each column of a table, and ``cells_of(row, frames)`` for each row."""
    return {"frame_of": frame_of, "cells_of": cells_of}


def frame_of(css: str, card: str, label: str) -> Frame:
    """What stands around the cells of a column: their class, and their heading for where each row is a card."""
    return f'<td class="col-{escape(css)} type-', f'{escape(card)}" data-label="{escape(label)}">'


def cells_of(cells: Iterable[Mapping[str, Any]], frames: Mapping[str, Frame]) -> Markup:
    """The cells of a row as HTML, those of columns that have a frame."""
    written = [
        f"{frame[0]}{cell['value_type']}{frame[1]}{escape(cell['value'])}</td>\n      "
        for cell in cells
        if (frame := frames.get(cell["column"])) is not None
    ]
    return Markup("".join(written))
