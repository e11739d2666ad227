"""Which release of the data this is: in the foot of every page, and at /about/release with the files it comes in."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Awaitable, Callable
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import quote
from weakref import WeakKeyDictionary

from datasette.app import Datasette
from datasette.database import Database, QueryInterrupted
from datasette.utils.asgi import NotFound, Request, Response, asgi_send_file
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from gongkai_site.description.view import QUERIES  # noqa: E402
from gongkai_site.queries import Row  # noqa: E402
from gongkai_site.released import FOLDER, ReleasedFile, files_of, folder_of, size_in_words  # noqa: E402
from gongkai_site.texts import words_of  # noqa: E402

hookimpl = HookimplMarker("datasette")

DATABASE = "gongkai"
PIECE = 256 * 1024
BINARY = "application/octet-stream"

_releases: WeakKeyDictionary[Database, Row] = WeakKeyDictionary()


@hookimpl(tryfirst=True)
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Any]]]]:
    """The page, and the files of the release, each release at an address of its own."""
    return [(r"/about/release$", page), (rf"/{FOLDER}/(?P<version>[^/]+)/(?P<name>.+)$", file)]


@hookimpl
def extra_template_vars(datasette: Datasette) -> dict[str, Callable[[], Awaitable[Row | None]]]:
    """``release_now()`` for the templates: the row of table release; None where the database has none."""

    async def release_now() -> Row | None:
        return await _release(datasette)

    return {"release_now": release_now}


async def _release(datasette: Datasette) -> Row | None:
    database = datasette.get_database(DATABASE)
    if database not in _releases:
        try:
            found = (await database.execute(QUERIES["release"])).first()
        except (sqlite3.Error, QueryInterrupted):  # the foot of a page is no reason to have no page
            return None
        if found is None:
            return None
        _releases[database] = dict(found)
    return _releases[database]


async def page(request: Request, datasette: Datasette) -> Response:
    """The version, how to cite it, and the files."""
    folder = folder_of(datasette)
    shown = {
        "words": words_of(datasette, "release"),
        "release": await _release(datasette) or {},
        "files": [(each, _address(datasette, folder, each)) for each in _files(datasette).values()] if folder else [],
        "size_in_words": size_in_words,
        "database_size": datasette.get_database(DATABASE).size,
    }
    return Response.html(await datasette.render_template("release.html", shown, request=request))


async def file(request: Request, datasette: Datasette, send: Any) -> None:
    """A file of the release that is offered. Raises NotFound for any other."""
    folder, asked = folder_of(datasette), request.url_vars
    found = _files(datasette).get(asked["name"]) if folder and folder.name == asked["version"] else None
    if found is None:
        raise NotFound("404")
    kind = guess_type(found.path.name)[0] or BINARY
    await asgi_send_file(send, found.path, found.path.name, kind, chunk_size=PIECE)


def _files(datasette: Datasette) -> dict[str, ReleasedFile]:
    """The files of the release; none where its folder is gone."""
    folder = folder_of(datasette)
    try:
        return files_of(folder) if folder else {}
    except (OSError, UnicodeDecodeError):
        return {}


def _address(datasette: Datasette, folder: Path, of: ReleasedFile) -> str:
    return f"{datasette.root.rstrip('/')}/{FOLDER}/{quote(folder.name)}/{quote(of.name)}"
