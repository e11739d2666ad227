"""Serve one database with Datasette as this site is published: python scripts/serve.py gongkai.db --port 8001.

Everything the publication asks of Datasette stands here: `make serve` and the tests both start it through this file.
"""

from __future__ import annotations

import argparse
import re
import resource
import socket
import sqlite3
import sys
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import uvicorn

ROOT = Path(__file__).resolve().parent.parent
IS_INSTALLED = (ROOT / "__init__.py").is_file()
"""Whether this script lies in our package, as in an installed one, rather than beside it."""
PACKAGE, BUILD = ("gongkai", "gongkai build") if IS_INSTALLED else ("build", "python -m build")
# What lies in our package must not become a module by itself: its folder is never searched for modules.
sys.path[:0] = [str(ROOT / "plugins"), *([] if IS_INSTALLED else [str(ROOT)])]
messages, options = import_module(f"{PACKAGE}.messages"), import_module(f"{PACKAGE}.options")

from gongkai_site.unneeded import load_datasette  # noqa: E402

load_datasette()

from datasette.app import Datasette  # noqa: E402
from gongkai_site.language import LANGUAGES  # noqa: E402
from gongkai_site.metadata import published  # noqa: E402
from gongkai_site.patience import PatientProtocol  # noqa: E402
from gongkai_site.publication import SQLITE_HEADER, Site, forget_the_dead, publish  # noqa: E402
from gongkai_site.released import SUMS, offered  # noqa: E402
from gongkai_site.settings import bounds_of  # noqa: E402
from gongkai_site.site import SpeakingDatasette  # noqa: E402
from gongkai_site.yaml_files import content_of  # noqa: E402

# The name is the first part of every address, and people keep addresses.
DATABASE_NAME = "gongkai.db"
MOST_PORT = 65_535
MOST_FILES = 8192

UVICORN: dict[str, Any] = {
    "lifespan": "on",
    "http": PatientProtocol,
    "ws": "none",
    "access_log": False,  # each request is a line of our own log
    "log_level": "error",
    "server_header": False,
    "limit_concurrency": 1000,
    "timeout_keep_alive": 15,
    "timeout_graceful_shutdown": 5,
    "h11_max_incomplete_event_size": 64 * 1024,
}

SETTINGS: dict[str, int | str] = {
    "sql_time_limit_ms": 5000,
    "default_page_size": 100,
    # The longest canned query lists one row a report; a longer result is cut, and the page says so.
    "max_returned_rows": 10_000,
    "suggest_facets": "off",
    "facet_time_limit_ms": 1000,
    "allow_download": "on",
    "allow_csv_stream": "on",
    "max_csv_mb": 0,
    "truncate_cells_html": 400,
    "default_cache_ttl": 300,
}


SWITCHES: dict[int | str, bool] = {"on": True, "off": False}


def datasette_over(
    database: Path,
    known: dict[str, Any],
    base_url: str = "/",
    log_addresses: bool = False,
    contact: str | None = None,
    release: str | None = None,
) -> Datasette:
    """The site over ``database``, immutable, of which hash and row counts are ``known``."""
    metadata = site_metadata()
    if log_addresses:
        for content in metadata.values():
            content["plugins"].setdefault("web-server", {})["log_addresses"] = True
    if contact:
        for content in metadata.values():
            content["plugins"].setdefault("publication", {})["contact"] = contact
    for content in metadata.values():
        content["plugins"]["publication"] = offered(content["plugins"].get("publication") or {}, release)
    return SpeakingDatasette(
        immutables=[str(database)],
        inspect_data=known,
        metadata=metadata,
        plugins_dir=str(ROOT / "plugins"),
        template_dir=str(ROOT / "templates"),
        static_mounts=[("static", str(ROOT / "static"))],
        settings={name: SWITCHES.get(value, value) for name, value in SETTINGS.items()} | {"base_url": base_url},
    )


def base_url_of(words: str) -> str:
    """A path with a slash at either end. Raises ArgumentTypeError for what is none."""
    path = f"/{words.strip('/')}/" if words.strip("/") else "/"
    if not re.fullmatch(r"(?:/[\w.~-]+)*/", path, re.ASCII):
        raise argparse.ArgumentTypeError(said("serving.base_url", words=words))
    return path


def bound_memory(datasette: Datasette) -> None:
    """Set the last walls of this process: what it may allocate, so that the machine is never at stake, and files."""
    most = bounds_of(datasette).memory_mebibytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, MOST_FILES), hard))


def site_metadata() -> dict[str, dict[str, Any]]:
    """metadata.yml and the query files as Datasette takes them, once a language."""
    written = content_of(ROOT / "metadata.yml")
    return {language: published(written, ROOT / "queries", language) for language in LANGUAGES}


def said(key: str, **values: object) -> str:
    """The message of ``key`` in the language of whoever serves."""
    words: str = messages.spoken(messages.told(key, **values))
    return words


def unfit_database(database: Path) -> str | None:
    """Why ``database`` cannot be served, in words for the person who publishes; None if it can."""
    if database.name != DATABASE_NAME:
        return said("serving.name", path=database, name=DATABASE_NAME)
    if not database.is_file():
        return said("serving.not_there", path=database, name=DATABASE_NAME, command=BUILD)
    with database.open("rb") as file:
        if file.read(len(SQLITE_HEADER)) != SQLITE_HEADER:
            return said("serving.no_database", path=database, name=DATABASE_NAME, command=BUILD)
    return None


def unfit_release(folder: str | None) -> str | None:
    """Why the files of a release cannot be offered, in words for the person who publishes; None if they can."""
    if folder is not None and not Path(folder, SUMS).is_file():
        return said("serving.no_release", path=folder, name=SUMS)
    return None


def unfit_address(host: str, port: int) -> str | None:
    """Why nothing can be served at ``host`` and ``port``; None if it can."""
    if not 0 <= port <= MOST_PORT:
        return said("serving.port", port=port, most=MOST_PORT)
    if not _is_free(host, port):
        return said("serving.not_free", host=host, port=port)
    return None


def _is_free(host: str, port: int) -> bool:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as listener:
            # As the server does: a port that was closed a moment ago can be used again.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
    except OSError:
        return False
    return True


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=said("serving.program"))
    parser.add_argument("database", type=Path, help=said("serving.option_database"))
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument(
        "--base-url", type=base_url_of, default="/", metavar="/PATH/", help=said("serving.option_base_url")
    )
    parser.add_argument("--log-addresses", action="store_true", help=said("serving.option_log_addresses"))
    parser.add_argument("--contact", metavar="ADDRESS", help=said("serving.option_contact"))
    parser.add_argument("--release", metavar="FOLDER", help=said("serving.option_release"))
    parser.add_argument("--check-port", action="store_true", help=said("serving.option_check_port"))
    options.add_language(parser)
    return parser.parse_args()


def main() -> None:
    """Serve until a signal ends it."""
    options.speak_as_asked(None)
    arguments = _arguments()
    reason = unfit_address(arguments.host, arguments.port)
    if arguments.check_port:
        sys.exit(reason)
    reason = unfit_database(arguments.database) or unfit_release(arguments.release) or reason
    if reason is not None:
        sys.exit(reason)
    database = arguments.database.absolute()
    make = partial(
        datasette_over,
        base_url=arguments.base_url,
        log_addresses=arguments.log_addresses,
        contact=arguments.contact,
        release=arguments.release,
    )
    forget_the_dead(database)
    try:
        first = publish(database, make)
    except (OSError, sqlite3.Error) as error:
        sys.exit(said("serving.cannot", path=arguments.database, error=error))
    bound_memory(first.datasette)
    print(f"http://{arguments.host}:{arguments.port}{arguments.base_url}", flush=True)
    try:
        uvicorn.run(Site(database, make, first), host=arguments.host, port=arguments.port, **UVICORN)
    finally:
        first.close()


if __name__ == "__main__":
    main()
