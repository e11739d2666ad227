"""Serve one database with Datasette as this site is published: python scripts/serve.py gongkai.db --port 8001.

Everything the publication asks of Datasette stands here: `make serve` and the tests both start it through this file.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
PLUGINS = ROOT / "plugins"
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from gongkai_site.metadata import published  # noqa: E402

# The name is the first part of every address, and people keep addresses.
DATABASE_NAME = "gongkai.db"
SQLITE_HEADER = b"SQLite format 3\0"
MOST_PORT = 65_535

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


def datasette_command(database: Path, inspect_file: Path, metadata_file: Path, host: str, port: int) -> list[str]:
    """The command line that serves ``database``, immutable, with its row counts and metadata from these files."""
    settings = [word for name, value in SETTINGS.items() for word in ("--setting", name, str(value))]
    return [
        *(sys.executable, "-m", "datasette", "serve", "--immutable", str(database)),
        *("--inspect-file", str(inspect_file)),
        *("--metadata", str(metadata_file)),
        *("--plugins-dir", str(PLUGINS)),
        *("--template-dir", str(ROOT / "templates")),
        *("--static", f"static:{ROOT / 'static'}"),
        *("--host", host, "--port", str(port)),
        *settings,
    ]


def write_inspect_file(database: Path, inspect_file: Path) -> None:
    """Count the rows once, so that no page has to. Raises CalledProcessError if ``database`` cannot be read."""
    inspect = [sys.executable, "-m", "datasette", "inspect", str(database), "--inspect-file", str(inspect_file)]
    subprocess.run(inspect, check=True)


def site_metadata() -> dict[str, Any]:
    """metadata.yml and the query files as Datasette takes them."""
    content = yaml.safe_load((ROOT / "metadata.yml").read_text(encoding="utf-8"))
    return published(content, ROOT / "queries")


def write_metadata_file(metadata_file: Path) -> None:
    """Write the one metadata that Datasette gets."""
    metadata_file.write_text(json.dumps(site_metadata(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def unfit_database(database: Path) -> str | None:
    """Why ``database`` cannot be served, in words for the person who publishes; None if it can."""
    if database.name != DATABASE_NAME:
        return f"{database}: the database must be called {DATABASE_NAME}, for it names every address"
    if not database.is_file():
        return f"{database}: no such database; make it with: python -m build reports --output {DATABASE_NAME}"
    with database.open("rb") as file:
        if file.read(len(SQLITE_HEADER)) != SQLITE_HEADER:
            return f"{database}: no SQLite database; make it with: python -m build reports --output {DATABASE_NAME}"
    if not os.access(database.parent, os.W_OK):
        return f"{database.parent}: no permission to write the file of row counts into this folder"
    return None


def unfit_address(host: str, port: int) -> str | None:
    """Why nothing can be served at ``host`` and ``port``; None if it can."""
    if not 0 <= port <= MOST_PORT:
        return f"--port {port}: a port is a number up to {MOST_PORT}"
    if not _is_free(host, port):
        return f"{host}:{port} cannot be listened on: is an older server still running? Stop it, or give another --port"
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
    parser = argparse.ArgumentParser(description="Serve the published database with Datasette.")
    parser.add_argument("database", type=Path, help="the SQLite file, e.g. gongkai.db")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8001)
    return parser.parse_args()


def main() -> None:
    """Write the inspect and the metadata file, then become Datasette."""
    arguments = _arguments()
    reason = unfit_database(arguments.database) or unfit_address(arguments.host, arguments.port)
    if reason is not None:
        sys.exit(reason)
    inspect_file = arguments.database.with_suffix(".inspect.json")
    write_inspect_file(arguments.database, inspect_file)
    metadata_file = arguments.database.with_suffix(".metadata.json")
    write_metadata_file(metadata_file)
    print(f"http://{arguments.host}:{arguments.port}/", flush=True)
    command = datasette_command(arguments.database, inspect_file, metadata_file, arguments.host, arguments.port)
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
