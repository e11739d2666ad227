"""Which reader this is: a hash of all that a reading depends on besides the file, so that nobody counts versions."""

from __future__ import annotations

import shutil
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ..publication import publication_folder

ROOT = Path(__file__).resolve().parent.parent
SAID = ("readers", "prose", "parse", "identity", "inputs", "reading")
"""Subjects of the catalogue of messages that stand in readings."""
GROUND = (
    *("forms.py", "report.py", "document.py", "limits.py", "errors.py"),
    *("messages/__init__.py", *(f"messages/{subject}.yml" for subject in SAID)),
)
ROOMS = ("text", "readers", "prose", "parse", "identity", "checks", "reading")
LIBRARIES = (
    *(
        "agate",
        "agate-excel",
        "charset-normalizer",
        "cssselect2",
        "fonttools",
        "lxml",
        "opencc",
        "openpyxl",
        "pypdfium2",
        "python-docx",
    ),
    *("PyYAML", "tinycss2", "xlrd"),
)
PROGRAMS = ("antiword", "ocrmypdf", "tesseract")
"""Programs that readers start: a file that could not be read for want of one is read once it is there."""
LENGTH = 16


@cache
def program_version() -> str:
    """The version of the program, from pyproject.toml in a checkout, else from what was installed."""
    project = ROOT.parent / "pyproject.toml"
    if publication_folder() == ROOT or not project.is_file():
        return version("gongkai")
    stated: str = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"]
    return stated


@cache
def reader_version() -> str:
    """16 hexadecimal digits: of the code and data of the rooms up to this one, of libraries, programs and Python."""
    told = blake2b(digest_size=LENGTH // 2)
    for part in _parts():
        told.update(len(part).to_bytes(8, "big"))
        told.update(part)
    return told.hexdigest()


@cache
def build_version() -> str:
    """The same of the whole package and of SQLite: with another one a database is written anew."""
    told = blake2b(reader_version().encode(), digest_size=LENGTH // 2)
    for path in sorted(_files_of(ROOT)):
        told.update(path.read_bytes())
    return told.hexdigest()


def _parts() -> Iterator[bytes]:
    yield sys.version.encode()
    for name in LIBRARIES:
        yield f"{name} {_installed(name)}".encode()
    for program in PROGRAMS:
        yield f"{program} {shutil.which(program)}".encode()
    for path in (*(ROOT / name for name in GROUND), *sorted(path for room in ROOMS for path in _files_of(ROOT / room))):
        yield path.relative_to(ROOT).as_posix().encode()
        yield path.read_bytes()


def _installed(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "absent"


def _files_of(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
