"""Serve one database with Datasette as this site is published: python scripts/serve.py gongkai.db --port 8001.

Everything the publication asks of Datasette stands here: `make serve` and the tests both start it through this file.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# The name is the first part of every address, and people keep addresses.
DATABASE_NAME = "gongkai.db"

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


def datasette_command(database: Path, inspect_file: Path, host: str, port: int) -> list[str]:
    """The command line that serves ``database``, immutable, with its row counts from ``inspect_file``."""
    settings = [word for name, value in SETTINGS.items() for word in ("--setting", name, str(value))]
    return [
        *(sys.executable, "-m", "datasette", "serve", "--immutable", str(database)),
        *("--inspect-file", str(inspect_file)),
        *("--metadata", str(ROOT / "metadata.yml")),
        *("--plugins-dir", str(ROOT / "plugins")),
        *("--template-dir", str(ROOT / "templates")),
        *("--static", f"static:{ROOT / 'static'}"),
        *("--host", host, "--port", str(port)),
        *settings,
    ]


def write_inspect_file(database: Path, inspect_file: Path) -> None:
    """Count the rows once, so that no page has to. Raises CalledProcessError if ``database`` cannot be read."""
    inspect = [sys.executable, "-m", "datasette", "inspect", str(database), "--inspect-file", str(inspect_file)]
    subprocess.run(inspect, check=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Serve the published database with Datasette.")
    parser.add_argument("database", type=Path, help="the SQLite file, e.g. gongkai.db")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8001)
    return parser.parse_args()


def main() -> None:
    """Write the inspect file, then become Datasette."""
    arguments = _arguments()
    if arguments.database.name != DATABASE_NAME:
        sys.exit(f"{arguments.database}: the database must be called {DATABASE_NAME}, for it names every address")
    if not arguments.database.is_file():
        sys.exit(f"{arguments.database}: no such database; make it with: python -m build reports --output gongkai.db")
    inspect_file = arguments.database.with_suffix(".inspect.json")
    write_inspect_file(arguments.database, inspect_file)
    command = datasette_command(arguments.database, inspect_file, arguments.host, arguments.port)
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
