"""The folder of a release: which files it offers, as its own list of sums names them, and what the database says of it.

Only what stands in ``SHA256SUMS`` is offered, and only while it lies in the folder: a link out of it is no file of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from datasette.app import Datasette

from .files.addresses import PUBLICATION
from .texts import configured

SUMS = "SHA256SUMS"
LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
FOLDER = "release"
"""The key of metadata.yml's ``plugins: publication`` that has it, and the first part of the files' addresses."""
MOST_FILES = 1000
THOUSAND = 1000
UNITS = ("B", "kB", "MB", "GB", "TB")


@dataclass(frozen=True)
class ReleasedFile:
    """A file of a release: its path in the folder, where it lies, its size in bytes, its SHA-256 in hexadecimal."""

    name: str
    path: Path
    size: int
    sha256: str


def folder_of(datasette: Datasette) -> Path | None:
    """The folder of the release that is offered; None where none is."""
    stated = configured(datasette, PUBLICATION).get(FOLDER)
    return Path(stated) if stated else None


def files_of(folder: Path) -> dict[str, ReleasedFile]:
    """Path in the folder → file, in the order of its list. Raises OSError without a list that can be read."""
    root = folder.resolve()
    found = map(LINE.fullmatch, (root / SUMS).read_text(encoding="utf-8").splitlines()[:MOST_FILES])
    listed = [(line[2], (root / line[2]).resolve(), line[1]) for line in found if line]
    return {
        name: ReleasedFile(name, path, path.stat().st_size, digest)
        for name, path, digest in listed
        if path.is_relative_to(root) and path.is_file()
    }


def sums_of(datasette: Datasette) -> bytes:
    """The list of the release that is offered; empty where none is."""
    folder = folder_of(datasette)
    return (folder / SUMS).read_bytes() if folder and (folder / SUMS).is_file() else b""


def size_in_words(size: int) -> str:
    """``size`` in bytes, in the largest unit of which there is at least one."""
    shown, power = float(size), 0
    while shown >= THOUSAND and power < len(UNITS) - 1:
        shown, power = shown / THOUSAND, power + 1
    return f"{shown:.1f} {UNITS[power]}" if power else f"{size} {UNITS[0]}"


def offered(settings: Mapping[str, Any], folder: str | None) -> dict[str, Any]:
    """``settings`` of the publication with ``folder`` as its release, if one is given."""
    return {**settings, FOLDER: str(Path(folder).absolute())} if folder else {**settings}
