"""The packages that .docx, .xlsx and .ods files are: zip files of XML parts that name each other."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from ..errors import ReadError
from ..limits import Limits
from ..messages import told
from .archive import ENCRYPTED_FLAG, Budget, open_zip, part_name, unpack

MAX_TAGS = 1_000_000
"""Opening and closing tags of one part; each element costs memory many times its few bytes."""

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DOCTYPES = tuple(
    word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le", "utf-16-be")
)
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/"
_MAIN_NAMESPACES = ("wordprocessingml/main", "spreadsheetml/main", "officeDocument/relationships")


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a package, unpacked one by one as they are asked for."""

    opened: zipfile.ZipFile
    entries: dict[str, zipfile.ZipInfo]
    budget: Budget

    def __contains__(self, name: str) -> bool:
        return part_name(name) in self.entries

    def read(self, name: str) -> bytes | None:
        """The bytes of part ``name``, None if there is none; ReadError ``too_large`` or ``damaged``."""
        info = self.entries.get(part_name(name))
        return None if info is None else unpack(self.opened, info, self.budget)


def parts(data: bytes, limits: Limits) -> Parts:
    """Open a package. ReadError ``damaged``, ``encrypted``, or ``too_large`` where all it says it holds is too much."""
    opened = open_zip(data)
    entries = {part_name(info.filename): info for info in opened.infolist()}
    if any(info.flag_bits & ENCRYPTED_FLAG for info in entries.values()):
        raise ReadError("encrypted", told("readers.encrypted"))
    Budget(limits.max_bytes, limits.max_bytes).spend(sum(info.file_size for info in opened.infolist()))
    return Parts(opened, entries, Budget(limits.max_bytes, limits.max_bytes))


def _parse(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def parsed(package: Parts, name: str, parse: Callable[[bytes], etree._Element] = _parse) -> etree._Element:
    """The root of part ``name``, its namespaces those of ISO 29500 Transitional.

    ReadError ``damaged`` where the part is missing, is no XML, or defines entities (which no office program writes),
    ``too_large`` beyond ``MAX_TAGS``.
    """
    data = package.read(name)
    if data is None:
        raise ReadError("damaged", told("readers.part_missing"), name)
    return root_of(data, name, parse)


def root_of(data: bytes, name: str, parse: Callable[[bytes], etree._Element] = _parse) -> etree._Element:
    """``parsed`` for a part that has been unpacked already."""
    if any(sign in data for sign in _DOCTYPES):
        raise ReadError("damaged", told("readers.doctype"), name)
    if data.count(b"<") > MAX_TAGS:
        raise ReadError("too_large", told("readers.part_tags", limit=MAX_TAGS), name)
    try:
        return parse(_transitional(data))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError("damaged", told("readers.part_damaged", error=error), name) from error


def _transitional(data: bytes) -> bytes:
    """Strict files differ from the usual ones in little but the names of their namespaces."""
    if _STRICT in data:
        for name in _MAIN_NAMESPACES:
            kind, _, last = name.partition("/")
            usual = _TRANSITIONAL + f"{kind}/2006/{last}".encode()
            data = data.replace(_STRICT + name.encode(), usual)
    return data


def related(package: Parts, of: str) -> dict[str, str]:
    """The parts that part ``of`` names, by kind (last word of the relationship's type); "" is the package itself."""
    return {kind: target for _, kind, target in reversed(relations(package, of))}


def relations(package: Parts, of: str) -> list[tuple[str, str, str]]:
    """(id, kind, part) of every relationship of part ``of``; parts need not exist (WPS writes some that do not)."""
    folder, name = posixpath.split(of)
    part = posixpath.join(folder, "_rels", f"{name}.rels")
    if part not in package:
        return []
    found = []
    for relation in parsed(package, part).iter(_RELATION):
        target = posixpath.normpath(posixpath.join("/" + folder, relation.get("Target", "")))
        found.append((relation.get("Id", ""), relation.get("Type", "").rpartition("/")[2], target.lstrip("/")))
    return found
