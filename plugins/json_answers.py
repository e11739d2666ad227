"""JSON as Datasette makes it, with a header where it is cut, and without the milliseconds that no two answers share;
the words for a statement that does not run, there and on its page."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from datasette import renderer
from datasette.app import Datasette
from datasette.renderer import json_renderer
from datasette.utils import CustomJSONEncoder
from datasette.utils.asgi import Request, Response
from datasette.views.base import DatasetteError
from pluggy import HookimplMarker

if str(Path(__file__).parent) not in sys.path:
    sys.path.append(str(Path(__file__).parent))

from gongkai_site.error_words import of_sql
from gongkai_site.files.addresses import site_address, with_addresses

hookimpl = HookimplMarker("datasette")


PIECE_ROWS = 500


class LegibleJSON(CustomJSONEncoder):  # type: ignore[misc]
    """Datasette's JSON in UTF-8: a Chinese character is itself, not an escape six characters long."""

    def __init__(self, *words: Any, **options: Any) -> None:
        super().__init__(*words, **{**options, "ensure_ascii": False})

    def encode(self, o: Any) -> str:
        """As ever, long lists of rows in pieces: while one is written, no other thread of this process has its turn."""
        if isinstance(o, list) and len(o) > PIECE_ROWS:
            pieces = (o[start : start + PIECE_ROWS] for start in range(0, len(o), PIECE_ROWS))
            return f"[{', '.join(super(LegibleJSON, self).encode(piece)[1:-1] for piece in pieces)}]"
        if isinstance(o, dict) and len(o.get("rows") or ()) > PIECE_ROWS:
            return f"{{{', '.join(f'{super(LegibleJSON, self).encode(key)}: {self.encode(o[key])}' for key in o)}}}"
        text: str = super().encode(o)
        return text


renderer.CustomJSONEncoder = LegibleJSON
"""Datasette offers no setting for it; it looks the name up when it writes an answer."""

SHAPES = frozenset({"arrays", "objects", "object", "array", "arrayfirst"})


async def render_json(
    datasette: Datasette, request: Request, args: Any, data: dict[str, Any], view_name: str
) -> Response:
    """The rows as JSON; ``X-Gongkai-Truncated`` says to a program that there are more, whatever the shape.

    Many rows are written in a thread, so that nobody else waits for them.
    """
    data.pop("query_ms", None)
    if data.get("error"):
        refusal = of_sql(data["error"])
        data |= {"status": refusal.status, "error_zh": refusal.zh, "error_en": refusal.en}
    elif fault := _fault_of_shape(args.get("_shape", "arrays"), data):
        raise DatasetteError(fault, status=400)
    address = site_address(datasette, request)
    if len(data.get("rows") or ()) > PIECE_ROWS:
        return await asyncio.to_thread(_written, address, args, data, view_name)
    return _written(address, args, data, view_name)


def _written(address: str, args: Any, data: dict[str, Any], view_name: str) -> Response:
    if data.get("rows"):
        data["rows"] = with_whole_addresses(address, data)
    is_cut = bool(data.get("truncated") or data.get("next_url"))
    response = json_renderer(args, data, view_name)
    if is_cut:
        response.headers["x-gongkai-truncated"] = "true"
    return response


def with_whole_addresses(address: str, data: dict[str, Any]) -> list[Any]:
    """The rows with whole addresses in place of paths."""
    whole = with_addresses(address, data.get("table"), data["columns"])
    return [whole(row) for row in data["rows"]]


def _fault_of_shape(shape: str, data: dict[str, Any]) -> str | None:
    """Why rows cannot be given in this shape; Datasette would say so under status 200."""
    if shape not in SHAPES:
        return f"Invalid _shape: {shape}"
    return "_shape=object needs a table" if shape == "object" and not data.get("primary_keys") else None


@hookimpl
def register_output_renderer() -> dict[str, str | Callable[..., Awaitable[Response]]]:
    """In place of Datasette's own renderer of that name."""
    return {"extension": "json", "render": render_json}


@hookimpl
def extra_template_vars() -> dict[str, Callable[[str], Any]]:
    """``words_of_error(message)`` for the page of a query that does not run."""
    return {"words_of_error": of_sql}
