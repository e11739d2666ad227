"""What makes a Datasette one that no visitor can take down: bounds, refusals, headers, health. The layers are in
``gongkai_site``; their bounds stand in metadata.yml under ``plugins: web-server``.
"""

# No postponed annotations: Datasette loads a plugin without entering it in sys.modules, where dataclasses look them up.
import re
import sqlite3
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response, asgi_send_file
from jinja2 import Environment
from pluggy import HookimplMarker

if str(Path(__file__).parent) not in sys.path:
    sys.path.append(str(Path(__file__).parent))

from gongkai_site.answers import BEING_MADE, App, refuse
from gongkai_site.bounded_database import is_apart, put_inside
from gongkai_site.scripts_allowed import MarkScripts
from gongkai_site.server import published, server_of, wrapped
from gongkai_site.settings import bounds_of
from gongkai_site.sql_bounds import set_heap_limit, set_limits

hookimpl = HookimplMarker("datasette")

OPEN = ("charts", "dashboards", "static", "static-plugins", "health", "settings", "databases")
"""What there is below /-/; the rest of Datasette's pages there tells of the machine, or is for its keeper."""
CLOSED_PATH = re.compile(rf"/-(?:/(?!(?:{'|'.join(OPEN)})(?:[/.]|$)).*)?$|/_internal(?:[/.].*)?$")
UNKNOWN_FORMAT = re.compile(
    r"/(?!robots\.txt$|llms\.txt$|sitemap|feeds/|release/|favicon\.ico$|static/|-/)(?P<database>[^/.]+)(?:/[^/.]+)?\.(?!(?:json|jsono|csv|xlsx|blob|db|zip)$)\w+$"
)
DOWNLOAD_PIECE = 256 * 1024
STARTED = time.monotonic()


@hookimpl(trylast=True)
def asgi_wrapper(datasette: Datasette) -> Callable[[App], App]:
    """Every layer, around all other plugins."""
    return lambda app: wrapped(datasette, app)


@hookimpl
def startup(datasette: Datasette) -> None:
    """Put the database inside its bounds."""
    put_inside(datasette, bounds_of(datasette))
    if not is_apart():
        server_of(datasette).warm()


@hookimpl
def prepare_connection(conn: sqlite3.Connection, datasette: Datasette) -> None:
    """SQLite's limits on every connection; where visitors' SQL runs, one on its heap too."""
    set_limits(conn)
    if is_apart():
        set_heap_limit(conn, bounds_of(datasette).child_bytes)


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Mark the scripts of templates as ours."""
    env.add_extension(MarkScripts)


@hookimpl
def register_routes() -> list[tuple[Any, Callable[..., Awaitable[Any]]]]:
    """``/-/health``, the list of databases without their paths, and 404 for what is closed."""
    return [
        (r"/-/health$", health),
        (r"/-/databases(?:\.json)?$", databases),
        (r"/(?P<database>[^/.]+)\.db$", download),
        (r"/(?P<database>[^/.]+)\.zip$", archive),
        (CLOSED_PATH, closed),
        (UNKNOWN_FORMAT, closed),
    ]


async def health(datasette: Datasette) -> Response:
    """Whether the database can be read, which one it is, its rows, and seconds since the start."""
    (name,) = published(datasette)
    database = datasette.get_database(name)
    await database.execute("select 1 from sqlite_master limit 1")
    hidden = set(await database.hidden_table_names())
    counts = await database.table_counts()
    return Response.json(
        {
            "ok": True,
            "database": {"name": name, "sha256": database.hash, "bytes": database.size},
            "rows": {table: count for table, count in counts.items() if table not in hidden},
            "uptime_seconds": round(time.monotonic() - STARTED),
        }
    )


async def databases(datasette: Datasette) -> Response:
    """The published databases, without where they lie on the machine."""
    return Response.json(
        [
            {"name": name, "route": found.route, "size": found.size, "is_mutable": found.is_mutable, "hash": found.hash}
            for name in published(datasette)
            for found in [datasette.get_database(name)]
        ]
    )


async def download(request: Request, datasette: Datasette, send: Any) -> None:
    """The database itself, in pieces that a thread reads; Datasette's own are so small that they keep it busy."""
    name = request.url_vars["database"]
    if name not in published(datasette):
        raise NotFound("Database not found")
    path = datasette.get_database(name).path
    await asgi_send_file(send, path, f"{name}.db", "application/octet-stream", chunk_size=DOWNLOAD_PIECE)


async def archive(request: Request, datasette: Datasette, scope: Any, send: Any) -> None:
    """All tables as CSV in one file, made once; who asks while it is made waits, or is asked to come back."""
    name = request.url_vars["database"]
    if name not in published(datasette) or is_apart():
        raise NotFound("Database not found")
    made = server_of(datasette).archive
    if await made.made():
        await asgi_send_file(send, made.path, f"{name}-csv.zip", "application/zip", chunk_size=DOWNLOAD_PIECE)
    else:
        await refuse(datasette, scope, send, BEING_MADE, [(b"retry-after", b"60")])


async def closed(request: Request) -> Response:
    """Nothing to see here."""
    raise NotFound("404")
