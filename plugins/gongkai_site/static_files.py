"""Styles, scripts and pictures: a page names each with the version of all of them, so that a browser fetches it once.

The version changes with any of these files, and with the packages that bring some of them.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib.metadata import version as version_of
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "static"
PACKAGES = ("datasette", "datasette-vega", "datasette-dashboards")
PATH = re.compile(r"/(?:-/)?static(?:-plugins)?/")
IN_PAGE = re.compile(rb"""((?:href|src)="[^"?#]*/(?:-/)?static(?:-plugins)?/[^"?#]+)(?:\?[^"#]*)?(?=")""")
FOR_EVER = b"public, max-age=31536000, immutable"


@cache
def version() -> str:
    """What names the state of all the files, ten characters long."""
    found = hashlib.sha256(" ".join(version_of(package) for package in PACKAGES).encode())
    for file in sorted(FOLDER.rglob("*")):
        if file.is_file():
            found.update(file.read_bytes())
    return found.hexdigest()[:10]


def versioned(page: bytes) -> bytes:
    """``page`` with the version behind every address of such a file."""
    return IN_PAGE.sub(rb"\1?v=" + version().encode(), page)


def is_for_ever(path: str, query: bytes) -> bool:
    """Whether the file at ``path`` will never be another under this address."""
    return bool(PATH.match(path)) and query == b"v=" + version().encode()
