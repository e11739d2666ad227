"""Bytes → Documents. The format is decided by content, never by file name; one module reads each format."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator

from ..document import Document, Part
from ..errors import ReadError
from ..limits import Limits
from ..messages import told

Reader = Callable[[bytes, Limits], tuple[Document, ...]]

_ZIP_SIGNS = (b"PK\x03\x04", b"PK\x05\x06")
_OLE_SIGN = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML_SIGN = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|table|div|span|p|h[1-6]|font|center|script|style)[\s>/]",
    re.IGNORECASE,
)
_MHTML_SIGN = re.compile(
    rb"^(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*(?:multipart/(?:related|mixed|alternative)|text/html)",
    re.IGNORECASE,
)
_TEXT_SIGNS = (("mhtml", _MHTML_SIGN), ("html", _HTML_SIGN))
"""Formats of text that is more than plain text, the stricter first: module that reads it → what tells it."""

_OFFICE_2003 = (
    (b"http://schemas.microsoft.com/office/word/2003/wordml", "readers.word_2003_xml"),
    (b"urn:schemas-microsoft-com:office:spreadsheet", "readers.excel_2003_xml"),
)
"""Namespaces of the XML that Office 2003 writes, under the names .doc and .xls as often as .xml, and what to do with it
(LibreOffice reads it, but loses which cells are merged). A page that Excel saved for the web names the second too."""
_PICTURE = "readers.picture"
_NOT_READ = (
    (b"Rar!\x1a\x07", "readers.rar"),
    (b"7z\xbc\xaf\x27\x1c", "readers.seven_zip"),
    (b"\x1f\x8b\x08", "readers.gzip"),
    *((sign, _PICTURE) for sign in (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")),
)
"""How files begin that are no documents, and what to do with them."""
_SNIFFED = 8192
_PDF_HEAD = 1024


def read_documents(data: bytes, limits: Limits) -> tuple[Document | ReadError, ...]:
    """Every document in ``data``; in an archive a ReadError stands where a member could not be read.

    Raises ReadError where nothing could be read at all.
    """
    return tuple(document for part in read_parts(data, limits) for document in part.documents)


def read_parts(data: bytes, limits: Limits) -> tuple[Part, ...]:
    """The file with its documents; of an archive its members with theirs, those that state something of others too.

    What a member's folder states of it comes before it. Raises ReadError where nothing could be read at all.
    """
    if not data:
        raise ReadError("empty", told("readers.no_bytes"))
    if format_of(data) == "archive":
        return tuple(_read_members(data, limits))
    return (Part("", data, _read_one(data, limits)),)


def format_of(data: bytes) -> str:
    """What ``data`` is: text, html, mhtml, docx, doc, pdf, sheet or archive; the name of the module that reads it."""
    head = data[:_SNIFFED]
    for sign, what in _NOT_READ:
        if head.startswith(sign):
            raise ReadError("unknown_format", told("readers.file_is", what=told(what)))
    if b"%PDF-" in head[:_PDF_HEAD]:
        return "pdf"
    if head.startswith(_ZIP_SIGNS):
        return _package_format(data)
    if head.startswith(_OLE_SIGN):
        return _compound_format(data)
    if head.lstrip().startswith(b"{\\rtf"):
        return "doc"
    return _text_format(head)


def _text_format(head: bytes) -> str:
    plain = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")  # UTF-16 has a zero beside each letter
    if plain.startswith(b"<?xml") and not _HTML_SIGN.search(plain):
        return _xml_format(plain)
    return next((name for name, sign in _TEXT_SIGNS if sign.search(plain)), "text")


def _xml_format(head: bytes) -> str:
    for namespace, what in _OFFICE_2003:
        if namespace in head:
            raise ReadError("unknown_format", told("readers.file_is", what=told(what)))
    return "text"


def _package_format(data: bytes) -> str:
    from . import archive  # noqa: PLC0415 (loaded only where a zip file was found)

    names = archive.entry_names(data)
    if any(name.startswith("word/") for name in names):
        return "docx"
    if "xl/workbook.xml" in names:
        return "sheet"
    if "content.xml" in names and "mimetype" in names:
        return "doc" if archive.is_open_document_text(data) else "sheet"
    if archive.OFD_PART in names:
        raise ReadError("unknown_format", told("readers.ofd"))
    if archive.is_package(data):
        raise ReadError(
            "unknown_format",
            told("readers.office_other"),
        )
    return "archive"


def _compound_format(data: bytes) -> str:
    from . import ole  # noqa: PLC0415

    kind = ole.kind(data)
    if kind == "ppt":
        raise ReadError("unknown_format", told("readers.presentation"))
    return "sheet" if kind == "xls" else "doc"


def _read_one(data: bytes, limits: Limits) -> tuple[Document, ...]:
    name = format_of(data)
    if name == "archive":
        raise ReadError("nested_too_deep", told("readers.archive_in_archive"))
    module = importlib.import_module(f".{name}", __name__)
    if name == "pdf":
        return tuple(module.read(data, limits, ocr=limits.ocr))
    reader: Reader = module.read
    return reader(data, limits)


def _read_members(data: bytes, limits: Limits) -> Iterator[Part]:
    from . import archive  # noqa: PLC0415

    yield from archive.read_members(data, limits, _read_one)
