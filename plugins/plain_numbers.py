"""A number in a cell as it is written on paper: 20, not 20.0. CSV and JSON keep the database's own form."""

from __future__ import annotations

from typing import Any

from pluggy import HookimplMarker

hookimpl = HookimplMarker("datasette")


@hookimpl(trylast=True)
def render_cell(value: Any) -> str | None:
    """A whole number without its decimal point; any other value is left to Datasette."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else None
