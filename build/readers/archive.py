"""Zip archives of reports, read safely.

Names inside an archive are labels only; nothing is ever written to a disk. Bytes are counted while they are
unpacked, since an archive's own statements about sizes may lie.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from ..document import Document, Part
from ..errors import ReadError
from ..limits import Limits
from ..messages import told
from .aside import is_aside, is_ignored

Reader = Callable[[bytes, Limits], tuple[Document, ...]]

MAX_MEMBERS = 1_000
"""Files in one archive of reports, nested archives included."""
MAX_PARTS = 20_000
"""Entries of any zip file, folders and pictures included; each costs memory before it is looked at."""
MAX_DEPTH = 2
"""An archive may hold archives, these may not hold further ones."""
MAX_RATIO = 200
"""Unpacked to packed size beyond which a member is refused, if it unpacks to more than ``RATIO_FROM`` bytes."""
RATIO_FROM = 8 * 1024 * 1024

_CHUNK = 256 * 1024
_ENTRY_SIGN = b"PK\x01\x02"
_ZIP_SIGNS = (b"PK\x03\x04", b"PK\x05\x06")
_UTF8_FLAG = 0x800
ENCRYPTED_FLAG = 0x1
_DRIVE = re.compile(r"^[A-Za-z]:")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_UNREADABLE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError)
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
OFD_PART = "ofd.xml"
"""The part that makes a zip file a document of the Chinese fixed-layout format OFD (GB/T 33190)."""
_PACKAGE_PARTS = frozenset({"[content_types].xml", "mimetype", OFD_PART})
_TEXT_DOCUMENT = b"application/vnd.oasis.opendocument.text"


@dataclass
class Budget:
    """Bytes that may still be unpacked, and members that may still be read, of one input file."""

    left: int
    limit: int
    members: int = MAX_MEMBERS

    def spend(self, count: int) -> None:
        """Take ``count`` bytes; ReadError ``too_large`` when there are not so many left."""
        self.left -= count
        if self.left < 0:
            raise ReadError("too_large", told("readers.unpacks_too_large", limit=self.limit))


def is_zip(data: bytes) -> bool:
    """Whether ``data`` begins as a zip file does."""
    return data.startswith(_ZIP_SIGNS)


def entry_names(data: bytes) -> frozenset[str]:
    """The names in a zip file, in small letters; ReadError ``damaged`` or ``too_many_members``."""
    with open_zip(data) as opened:
        return frozenset(part_name(info.filename) for info in opened.infolist())


def is_package(data: bytes) -> bool:
    """Whether a zip file is one document (Office Open XML, OpenDocument) and not an archive of files."""
    try:
        return bool(entry_names(data) & _PACKAGE_PARTS)
    except ReadError:
        return False


def is_open_document_text(data: bytes) -> bool:
    """Whether a package says that it is an OpenDocument text (.odt)."""
    with open_zip(data) as opened:
        stated = next((info for info in opened.infolist() if part_name(info.filename) == "mimetype"), None)
        room = 2 * len(_TEXT_DOCUMENT)
        if stated is None or stated.file_size > room:
            return False
        return unpack(opened, stated, Budget(room, room)).strip() == _TEXT_DOCUMENT


def read_members(data: bytes, limits: Limits, read: Reader) -> Iterator[Part]:
    """The members of an archive with their documents; a ReadError, naming the member, for one that was not read.

    Of a file that states something of others the bytes alone. Raises ReadError where the archive is refused before any
    member was read.
    """
    found = False
    try:
        for label, content in members(data, limits):
            found = True
            yield _part(label, content, limits, read)
    except ReadError as error:
        if not found:
            raise
        yield Part("", b"", (error,))


def _part(label: str, content: bytes | ReadError, limits: Limits, read: Reader) -> Part:
    try:
        if isinstance(content, ReadError):
            raise content
        if is_aside(_last(label)):
            return Part(label, content)
        return Part(label, content, tuple(replace(document, member=label) for document in read(content, limits)))
    except ReadError as error:
        message = told("readers.member", label=label, message=error.message)
        return Part(label, b"", (ReadError(error.code, message, error.excerpt),))


def members(data: bytes, limits: Limits) -> Iterator[tuple[str, bytes | ReadError]]:
    """The files in an archive, in its order: (label, content), or (label, why it is refused).

    A label is the member's path, made harmless; of a member of a nested archive, the paths of both joined by ``/``.
    Folders and what is ignored on purpose (``aside``) are left out; what states something of others comes before them.
    Refused one by one: ``encrypted``, ``symlink``, ``too_large`` (it unpacks to more than ``MAX_RATIO`` times its
    size), ``damaged``, ``nested_too_deep``. ReadError is raised where the archive as a whole is refused: ``damaged``,
    ``too_large`` (all members together, counted while unpacking, exceed ``limits.max_bytes``), ``too_many_members``,
    ``empty_archive``: nothing in it could be a report.
    """
    budget = Budget(limits.max_bytes, limits.max_bytes)
    found = False
    for label, content in _walk(data, budget, MAX_DEPTH, ""):
        found = found or not is_aside(_last(label))
        yield label, content
    if not found:
        raise ReadError("empty_archive", told("readers.archive_empty"))


def _walk(data: bytes, budget: Budget, depth: int, prefix: str) -> Iterator[tuple[str, bytes | ReadError]]:
    with open_zip(data) as opened:
        infos = [(member_label(info), info) for info in opened.infolist() if not info.is_dir()]
        wanted = [(label, info) for label, info in infos if not any(map(is_ignored, label.split("/")))]
        wanted.sort(key=lambda member: not is_aside(_last(member[0])))
        budget.members -= sum(not is_aside(_last(label)) for label, _ in wanted)
        if budget.members < 0:
            raise ReadError("too_many_members", told("readers.archive_files", limit=MAX_MEMBERS))
        _check_stated(wanted, budget)
        for label, info in wanted:
            yield from _member(opened, info, budget, depth, prefix + label)


def _last(label: str) -> str:
    return PurePosixPath(label).name


def _check_stated(wanted: list[tuple[str, zipfile.ZipInfo]], budget: Budget) -> None:
    """Refuse at once what would be refused later by what the archive itself says."""
    stated = sum(info.file_size for _, info in wanted if _refusal(info) is None)
    Budget(budget.left, budget.limit).spend(stated)


def _member(
    opened: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget, depth: int, label: str
) -> Iterator[tuple[str, bytes | ReadError]]:
    refusal = _refusal(info)
    if refusal is not None:
        yield label, refusal
        return
    try:
        content = unpack(opened, info, budget)
        nested = is_zip(content) and not is_package(content)
    except ReadError as error:
        if error.code == "too_large":
            raise
        yield label, error
        return
    if not nested:
        yield label, content
    elif depth > 1:
        yield from _nested(content, budget, depth - 1, label)
    else:
        yield label, ReadError("nested_too_deep", told("readers.archive_too_deep"), label)


def _nested(content: bytes, budget: Budget, depth: int, label: str) -> Iterator[tuple[str, bytes | ReadError]]:
    try:
        yield from _walk(content, budget, depth, label + "/")
    except ReadError as error:
        if error.code != "damaged":
            raise
        yield label, error


def _refusal(info: zipfile.ZipInfo) -> ReadError | None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return ReadError("symlink", told("readers.archive_link"))
    if info.flag_bits & ENCRYPTED_FLAG:
        return ReadError("encrypted", told("readers.member_encrypted"))
    if info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * info.compress_size:
        return ReadError("too_large", told("readers.unpacks_too_far", times=MAX_RATIO))
    return None


def member_label(info: zipfile.ZipInfo) -> str:
    """The member's path for people to read: its characters decoded, nothing left in it that leads anywhere."""
    name = _DRIVE.sub("", _decoded_name(info).replace("\\", "/"))
    pieces = (_CONTROL.sub("", piece).strip() for piece in name.split("/"))
    return "/".join(piece for piece in pieces if piece not in {"", ".", ".."}) or "unnamed"


def _decoded_name(info: zipfile.ZipInfo) -> str:
    """Chinese Windows packs names in GBK without saying so; zipfile then reads them as code page 437."""
    if info.flag_bits & _UTF8_FLAG:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def part_name(name: str) -> str:
    """A name inside a package as parts are compared: without regard to letter case and the kind of slash."""
    return name.replace("\\", "/").lstrip("/").lower()


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The zip file in ``data``; ReadError ``damaged`` or ``too_many_members``."""
    if data.count(_ENTRY_SIGN) > MAX_PARTS:
        raise ReadError("too_many_members", told("readers.archive_entries", limit=MAX_PARTS))
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _UNREADABLE as error:
        raise ReadError("damaged", told("readers.zip_damaged", error=error)) from error


def unpack(opened: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> bytes:
    """One member's bytes, counted as they come; ReadError ``too_large`` or ``damaged``."""
    if info.compress_type not in _METHODS:
        # bzip2 and LZMA are unpacked a block at a time whatever one asks for: their size could not be bounded.
        raise ReadError("damaged", told("readers.packing_unknown"), info.filename)
    chunks = []
    try:
        with opened.open(info) as member:
            while chunk := member.read(_CHUNK):
                budget.spend(len(chunk))
                chunks.append(chunk)
    except _UNREADABLE as error:
        raise ReadError("damaged", told("readers.member_damaged", error=error), info.filename) from error
    return b"".join(chunks)
