"""/robots.txt: this is a publication, search engines are welcome."""

from __future__ import annotations

from collections.abc import Callable

from datasette.utils.asgi import Response
from pluggy import HookimplMarker

hookimpl = HookimplMarker("datasette")

ALLOWED = "User-agent: *\nAllow: /\n"


def robots() -> Response:
    """Everything may be read by everyone."""
    return Response.text(ALLOWED)


@hookimpl
def register_routes() -> list[tuple[str, Callable[[], Response]]]:
    """/robots.txt."""
    return [(r"^/robots\.txt$", robots)]
