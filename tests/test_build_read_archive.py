"""Archives: every member is read or refused by itself; nothing in an archive leads out of it or fills the memory."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Iterable

import pytest

from build.document import Document, DocumentBuilder
from build.errors import ReadError
from build.limits import Limits
from build.messages import alike
from build.readers import archive, read_documents

from .render.word import body_docx, paragraph

LIMITS = Limits()
Named = tuple[str | zipfile.ZipInfo, bytes]


def packed(*members: Named, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as opened:
        for name, content in members:
            opened.writestr(name, content)
    return stream.getvalue()


def found(data: bytes, limits: Limits = LIMITS) -> list[tuple[str, bytes | str]]:
    """(label, content), or (label, code of the refusal)."""
    members = archive.members(data, limits)
    return [(label, content.code if isinstance(content, ReadError) else content) for label, content in members]


def refusal(data: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(ReadError) as caught:
        list(archive.members(data, limits))
    assert caught.value.message.en
    return caught.value.code


def labels(*names: str) -> list[str]:
    return [label for label, _ in found(packed(*((name, b"x") for name in names)))]


def test_members_come_in_the_archive_s_order() -> None:
    data = packed(("二/b.txt", b"2"), ("a.txt", b"1"), ("空/", b""))
    assert found(data) == [("二/b.txt", b"2"), ("a.txt", b"1")]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/cron.d/x", "etc/cron.d/x"),
        ("C:\\windows\\x.doc", "windows/x.doc"),
        ("a\\..\\..\\b.doc", "a/b.doc"),
        ("./a/./b.doc", "a/b.doc"),
        ("a/\u202egnp.doc", "a/gnp.doc"),
        ("..", "unnamed"),
    ],
)
def test_a_name_is_only_a_label(name: str, label: str) -> None:
    assert labels(name) == [label]


def test_what_systems_add_is_left_out() -> None:
    names = ("__MACOSX/a.txt", ".DS_Store", "x/.hidden", "x/~$a.docx", "Thumbs.db", "x.lnk", "w.warc.gz", "a.txt")
    assert labels(*names) == ["a.txt"]


def renamed(data: bytes, old: bytes, new: bytes) -> bytes:
    assert len(old) == len(new)
    return data.replace(old, new)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_without_a_stated_encoding_are_read_as_chinese(encoding: str) -> None:
    raw = "年报.txt".encode(encoding)
    data = renamed(packed(("x" * len(raw), b"1")), b"x" * len(raw), raw)
    assert found(data) == [("年报.txt", b"1")]


def test_names_in_no_known_encoding_stay_as_they_are() -> None:
    assert found(renamed(packed(("xxx", b"1")), b"xxx", b"a\xffb")) == [("a\u00a0b", b"1")]
    info = zipfile.ZipInfo("a.txt")
    info.filename = "\u4e00.txt"
    assert archive.member_label(info) == "一.txt"


def special(name: str, kind: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (kind | 0o777) << 16
    return info


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_are_refused(kind: int) -> None:
    assert found(packed((special("a", kind), b"/etc/passwd"), ("b.txt", b"1"))) == [("a", "symlink"), ("b.txt", b"1")]


def marked(data: bytes, name: bytes, flag: int) -> bytes:
    """The archive with a flag set in the central entry of ``name``."""
    changed = bytearray(data)
    at = data.index(b"PK\x01\x02")
    while data[at + 46 : at + 46 + len(name)] != name:
        at = data.index(b"PK\x01\x02", at + 1)
    changed[at + 8] |= flag
    return bytes(changed)


def test_a_member_with_a_password_is_refused_and_the_others_read() -> None:
    data = marked(packed(("a.txt", b"1"), ("b.txt", b"2")), b"a.txt", 1)
    assert found(data) == [("a.txt", "encrypted"), ("b.txt", b"2")]


def test_a_damaged_member_is_refused_and_the_others_read() -> None:
    data = packed(("a.txt", b"first content"), ("b.txt", b"2"), method=zipfile.ZIP_STORED)
    assert found(data.replace(b"first content", b"fIrst content")) == [("a.txt", "damaged"), ("b.txt", b"2")]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_cannot_be_unpacked_in_steps_are_refused(method: int) -> None:
    assert found(packed(("a.txt", b"1" * 100), method=method)) == [("a.txt", "damaged")]


def test_archives_in_archives_are_read_one_level_deep() -> None:
    inner = packed(("c.txt", b"3"))
    data = packed(("甲.zip", packed(("b.txt", b"2"), ("乙.zip", inner))), ("a.txt", b"1"))
    assert found(data) == [("甲.zip/b.txt", b"2"), ("甲.zip/乙.zip", "nested_too_deep"), ("a.txt", b"1")]


def test_a_document_that_is_a_package_is_no_archive() -> None:
    document = body_docx(paragraph("甲"))
    assert found(packed(("a.docx", document))) == [("a.docx", document)]
    assert archive.is_package(document)
    assert not archive.is_package(packed(("a.txt", b"1")))
    assert not archive.is_package(b"PK\x03\x04 damaged")


def test_a_damaged_nested_archive_is_refused_by_itself() -> None:
    assert found(packed(("a.zip", b"PK\x03\x04 rest"), ("b.txt", b"2"))) == [("a.zip", "damaged"), ("b.txt", b"2")]


def test_the_names_of_parts_are_compared_without_case() -> None:
    assert archive.entry_names(packed(("Word\\Document.xml", b""), ("/a", b""))) == {"word/document.xml", "a"}


# Hostile ---------------------------------------------------------------------------------------------------------


def lying(stated: int) -> bytes:
    """An archive whose member unpacks to 1 MB and states another size in both places."""
    data = bytearray(packed(("a.txt", bytes(1_000_000))))
    struct.pack_into("<I", data, 22, stated)
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, stated)
    return bytes(data)


def test_what_is_stated_about_sizes_is_not_trusted() -> None:
    assert found(lying(10)) == [("a.txt", "damaged")]


def test_bytes_are_counted_over_all_members_and_levels() -> None:
    limits = Limits(max_bytes=100_000)
    half = b"x" * 60_000
    assert refusal(packed(("a.txt", half), ("b.txt", half)), limits) == "too_large"
    assert refusal(packed(("a.txt", half), ("b.zip", packed(("c.txt", half)))), limits) == "too_large"
    assert [label for label, _ in found(packed(("a.txt", half)), limits)] == ["a.txt"]


def test_a_member_that_unpacks_to_far_more_than_its_size_is_refused() -> None:
    data = packed(("bomb.txt", bytes(9_000_000)), ("b.txt", b"2"))
    assert found(data) == [("bomb.txt", "too_large"), ("b.txt", b"2")]
    most = bytes(archive.RATIO_FROM)
    assert found(packed(("most.txt", most), ("more.txt", most + b"0"))) == [
        ("most.txt", most), ("more.txt", "too_large"),
    ]  # fmt: skip


def test_too_many_members_are_refused() -> None:
    many = ((f"{number}.txt", b"") for number in range(archive.MAX_MEMBERS + 1))
    assert refusal(packed(*many)) == "too_many_members"


def test_too_many_members_of_nested_archives_are_refused() -> None:
    many = packed(*((f"{number}.txt", b"") for number in range(archive.MAX_MEMBERS)))
    assert refusal(packed(("a.zip", many))) == "too_many_members"


def test_more_entries_than_memory_is_worth_are_refused_unseen() -> None:
    assert refusal(b"PK\x03\x04" + b"PK\x01\x02" * (archive.MAX_PARTS + 1)) == "too_many_members"


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04", b"", b"PK\x05\x06" + bytes(17), packed(("a", b"1"))[:-10]],
    ids=["no entry", "nothing", "no end", "cut off"],
)
def test_a_damaged_archive_is_refused(data: bytes) -> None:
    assert refusal(data) == "damaged"


def test_an_archive_of_nothing_is_refused() -> None:
    assert refusal(packed((".DS_Store", b"x"))) == "empty_archive"
    assert refusal(packed()) == "empty_archive"


# Documents -------------------------------------------------------------------------------------------------------


def read_text(data: bytes, _limits: Limits) -> tuple[Document, ...]:
    if not data:
        raise ReadError("empty", alike("nothing in it"))
    builder = DocumentBuilder()
    builder.add_paragraph(data.decode())
    return (builder.build("text"),)


def read_members(data: bytes, limits: Limits) -> list[Document | ReadError]:
    return [one for part in archive.read_members(data, limits, read_text) for one in part.documents]


def outcomes(read: Iterable[Document | ReadError]) -> list[tuple[str, str]]:
    return [(one.code, one.message.en) if isinstance(one, ReadError) else (one.member, one.text) for one in read]


def test_documents_carry_their_member_and_problems_name_it() -> None:
    data = packed(("a.txt", "甲".encode()), ("b.txt", b""), (special("c", stat.S_IFLNK), b"x"))
    first, second, third = outcomes(read_members(data, LIMITS))
    assert first == ("a.txt", "甲")
    assert second == ("empty", "b.txt: nothing in it")
    assert third[0] == "symlink"
    assert third[1].startswith("c: ")


SLIDES = packed(("[Content_Types].xml", b"<Types/>"), ("ppt/presentation.xml", b"<p/>"))


def test_an_office_file_of_another_kind_is_named_by_itself_and_within_an_archive() -> None:
    with pytest.raises(ReadError) as caught:
        read_documents(SLIDES, LIMITS)
    assert caught.value.code == "unknown_format"
    assert ".docx or .pdf" in caught.value.message.en
    data = packed(("a.pptx", SLIDES), ("b.txt", "信息公开".encode()))
    assert [code for code, _ in outcomes(read_documents(data, LIMITS))] == ["unknown_format", "b.txt"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"Rar!\x1a\x07\x01\x00 rest", "RAR archive"),
        (b"7z\xbc\xaf\x27\x1c rest", "7z archive"),
        (b"\x1f\x8b\x08 rest", "gzip"),
        (b"\x89PNG\r\n\x1a\n rest", "picture"),
        (b"\xff\xd8\xff\xe0 rest", "picture"),
        (packed(("OFD.xml", b"<OFD/>"), ("Doc_0/Document.xml", b"<Document/>")), "OFD"),
        (b"<?xml version='1.0'?><w xmlns='http://schemas.microsoft.com/office/word/2003/wordml'/>", "save it as .docx"),
        (b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>", "save it as .xlsx"),
    ],
)
def test_a_file_that_is_not_read_is_called_by_its_name(data: bytes, words: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_documents(data, LIMITS)
    assert caught.value.code == "unknown_format"
    assert words in caught.value.message.en
    (outcome,) = read_documents(packed(("a.bin", data)), LIMITS)
    assert isinstance(outcome, ReadError)
    assert (outcome.code, words in outcome.message.en) == ("unknown_format", True)


def test_members_are_read_by_what_is_in_them_whatever_their_names_say() -> None:
    data = packed(("a.pdf", body_docx(paragraph("甲"))), ("b.docx", "乙".encode()), ("c", "<p>丙</p>".encode()))
    read = [one for one in read_documents(data, LIMITS) if isinstance(one, Document)]
    assert [(one.member, one.format, one.text) for one in read] == [
        ("a.pdf", "docx", "甲"),
        ("b.docx", "text", "乙"),
        ("c", "html", "丙"),
    ]


def test_an_archive_refused_as_a_whole_is_an_error() -> None:
    with pytest.raises(ReadError):
        list(archive.read_members(packed(), LIMITS, read_text))


def test_what_was_read_before_an_archive_is_refused_stays() -> None:
    half = b"x" * 60_000
    inner = packed(("c.txt", half))
    data = packed(("a.txt", half), ("b.zip", inner))
    read = outcomes(read_members(data, Limits(max_bytes=100_000)))
    assert [name for name, _ in read] == ["a.txt", "too_large"]
