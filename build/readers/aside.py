"""Files that are no documents: what systems and programs add of their own, and what people state beside documents.

One rule for folders and archives. What is ignored on purpose stands here and nowhere else.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import TypeVar

HIDDEN = (".", "~$")
"""How the names of hidden files and folders begin, and of the files by which Word locks a document."""
SYSTEM_FOLDERS = ("__macosx",)
SYSTEM_FILES = ("thumbs.db", "desktop.ini")
SYSTEM_ENDINGS = (".lnk", ".warc.gz")
"""Shortcuts of Windows; answers of servers as they came, which scripts/fetch.py keeps beside what was fetched."""

SIDECAR = ".meta.yml"
"""Behind the name of a document, or behind its stem: the file that states something of that document."""
SIDECARS = tuple(map("".join, product((SIDECAR, ".meta.yaml"), ("", ".txt"))))
"""Every way to write it, in any letter case: Windows hides an ending, and its editor adds .txt."""
MANIFEST = "manifest.csv"
MANIFESTS = (MANIFEST, f"{MANIFEST}.txt", "manifest.xlsx")
"""Tables that state something of the files of their folder and those below, in any letter case."""

_IN_SIDECARS = SIDECAR.removesuffix("ml")
"""In all of them: most names are told from them by this."""
_SIDECAR = re.compile(rf"(?P<of>.+)(?:{'|'.join(map(re.escape, SIDECARS))})", re.IGNORECASE | re.DOTALL)


def is_ignored(name: str) -> bool:
    """Whether a file or folder of this name, without the path, is passed over on purpose."""
    plain = name.lower()
    return (
        plain.startswith(HIDDEN) or plain in SYSTEM_FILES or plain in SYSTEM_FOLDERS or plain.endswith(SYSTEM_ENDINGS)
    )


def is_manifest(name: str) -> bool:
    """Whether a file of this name, without the path, is a manifest."""
    return name.lower() in MANIFESTS


def described_by(name: str) -> str | None:
    """The document's name or stem, of which a sidecar states something; None where ``name`` is no sidecar's."""
    if _IN_SIDECARS not in name.lower():
        return None
    found = _SIDECAR.fullmatch(name)
    return found["of"] if found is not None else None


def is_aside(name: str) -> bool:
    """Whether a file of this name states something of documents and is none itself."""
    return is_manifest(name) or described_by(name) is not None


def sidecars_among(names: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """The sidecars among the names of a folder, by the name or stem of the documents of which they state something."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        of = described_by(name)
        if of is not None:
            found[written(of)].append(name)
    return found


Sidecar = TypeVar("Sidecar")


def sidecars_of(document: str, sidecars: Mapping[str, Sequence[Sidecar]]) -> tuple[Sidecar, ...]:
    """Those of a folder's sidecars that state something of a document, those of its whole name before its stem's."""
    whole, stem = written(document), written(document.rpartition(".")[0])
    return (*sidecars.get(whole, ()), *sidecars.get(stem, ()))


def written(name: str) -> str:
    """``name`` as names are compared: systems write an accented letter as one character or as two."""
    return unicodedata.normalize("NFC", name)
