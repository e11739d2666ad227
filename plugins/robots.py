"""/robots.txt and /llms.txt: this is a publication, search engines and programs that read are welcome; the icon."""

from __future__ import annotations

import re
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))
from gongkai_site.files.addresses import site_address  # noqa: E402
from gongkai_site.pages.text.view import source_of  # noqa: E402

hookimpl = HookimplMarker("datasette")

ALLOWED = "User-agent: *\nAllow: /\nSitemap: {}/sitemap.xml\n"
LINK = re.compile(r"\]\((/[^)]*)\)")
ICON = PLUGINS.parent / "static" / "icon.png"


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Response]]]]:
    """/robots.txt, /llms.txt, /favicon.ico."""
    return [(r"/robots\.txt$", robots), (r"/llms\.txt$", llms), (r"/favicon\.ico$", icon)]


async def robots(request: Request, datasette: Datasette) -> Response:
    """Everything may be read by everyone."""
    return Response.text(ALLOWED.format(site_address(datasette, request)))


async def llms(request: Request, datasette: Datasette) -> Response:
    """What this is and where things are, in Markdown for programs, with whole addresses."""
    address = site_address(datasette, request)
    return Response.text(LINK.sub(lambda found: f"]({address}{found[1]})", source_of("llms", "en")))


async def icon() -> Response:
    """The icon where browsers look for one that ask no page."""
    return Response(ICON.read_bytes(), content_type="image/png")
