"""Bytes → text: declared, undeclared, wrongly declared, damaged and binary files."""

from __future__ import annotations

import pytest

from build.errors import ReadError
from build.limits import Limits
from build.readers import text as text_files
from build.readers.encoding import declared_charset, decode

SIMPLIFIED = "某县政府信息公开工作年度报告,本年新收申请数量12件,予以公开7件。\n"
TRADITIONAL = "某縣政府資訊公開工作年度報告,本年新收申請數量12件,予以公開7件。\n"

READ_AS = [
    # text, bytes in, declared, read as
    (SIMPLIFIED, "utf-8", "utf-8", "utf-8"),
    (SIMPLIFIED, "utf-8", "UTF8", "utf-8"),
    (SIMPLIFIED, "utf-8", None, "utf-8"),
    (SIMPLIFIED, "utf-8-sig", None, "utf-8"),
    (SIMPLIFIED, "gb2312", "gb2312", "gb18030"),
    (SIMPLIFIED, "gbk", "GBK", "gb18030"),
    (SIMPLIFIED + "㐂𠀀", "gb18030", "gb2312", "gb18030"),
    (SIMPLIFIED, "gbk", None, "gb18030"),
    (SIMPLIFIED, "gbk", "iso-8859-1", "gb18030"),
    (SIMPLIFIED, "gbk", "no-such-encoding", "gb18030"),
    (TRADITIONAL, "big5", "big5", "big5hkscs"),
    (TRADITIONAL, "big5", None, "big5hkscs"),
    (SIMPLIFIED, "utf-16", None, "utf-16-le"),
    (SIMPLIFIED, "utf-16-le", "utf-16", "utf-16-le"),
    (SIMPLIFIED, "utf-16-be", "utf-16be", "utf-16-be"),
    ("<p>1</p>" * 20 + SIMPLIFIED, "utf-16-le", None, "utf-16-le"),
    ("<p>1</p>" * 20 + SIMPLIFIED, "utf-16-be", None, "utf-16-be"),
    ("<p>1</p>" * 20 + SIMPLIFIED, "utf-16-be", "utf-16", "utf-16-be"),
    ("信息公开,依法公开。" * 9, "utf-16", None, "utf-16-le"),
    ("信息公开依法公开。" * 9, "utf-16-le", None, "utf-16-le"),
    ("信息公开依法公开。" * 9, "utf-16-be", None, "utf-16-be"),
    ("12 34", "ascii", None, "utf-8"),
    ("", "ascii", None, "utf-8"),
]


@pytest.mark.parametrize(("text", "written", "declared", "encoding"), READ_AS)
def test_text_is_read_in_its_encoding(text: str, written: str, declared: str | None, encoding: str) -> None:
    decoded = decode(text.encode(written), declared)
    assert (decoded.text, decoded.encoding, decoded.notices) == (text, encoding, ())


MISDECLARED = [
    (SIMPLIFIED, "gbk", "utf-8", "gb18030"),
    (SIMPLIFIED, "utf-8", "gb2312", "utf-8"),
    (SIMPLIFIED, "utf-8", "utf-16", "utf-8"),
    ("<p>1</p>" * 20 + SIMPLIFIED, "utf-16-le", "gb18030", "utf-16-le"),
    (TRADITIONAL, "big5", "utf-8", "big5hkscs"),
]


@pytest.mark.parametrize(("text", "written", "declared", "encoding"), MISDECLARED)
def test_a_wrong_declaration_gives_way_and_is_reported(text: str, written: str, declared: str, encoding: str) -> None:
    decoded = decode(text.encode(written), declared)
    assert (decoded.text, decoded.encoding) == (text, encoding)
    assert [notice.code for notice in decoded.notices] == ["encoding_mismatch"]
    assert declared in decoded.notices[0].message.en
    assert encoding in decoded.notices[0].message.en


def test_a_byte_order_mark_that_lies_gives_way() -> None:
    assert decode(b"\xef\xbb\xbf" + SIMPLIFIED.encode("gbk")).text == SIMPLIFIED


def test_a_word_that_is_valid_in_both_encodings_is_read_as_declared() -> None:
    assert decode("联通".encode("gbk"), "gbk").text == "联通"


def test_text_of_no_chinese_encoding_is_left_to_charset_normalizer() -> None:
    text = "Le rapport annuel a été publié à la fin de l'année dernière, très complet et détaillé.\n" * 5
    assert decode(text.encode("cp1252")).text.startswith("Le rapport annuel a été publié")


def test_bytes_that_fit_no_encoding_are_read_in_the_likeliest_with_a_notice() -> None:
    data = (SIMPLIFIED * 20).encode()
    broken = data[:100] + b"\xff" + data[100:]
    decoded = decode(broken)
    assert decoded.encoding == "utf-8"
    assert decoded.text.count("\ufffd") <= 4
    assert [(notice.severity, notice.code) for notice in decoded.notices] == [("warning", "damaged_characters")]
    assert "\ufffd" in decoded.notices[0].excerpt


def test_broken_gbk_stays_gbk() -> None:
    data = (SIMPLIFIED * 20).encode("gbk")
    decoded = decode(data[:101] + b"\xff" + data[101:], "gb2312")
    assert decoded.encoding == "gb18030"
    assert decoded.text.endswith(SIMPLIFIED)


def test_few_zero_bytes_are_left_out() -> None:
    assert decode(b"12\x0034" + b" " * 1000).text == "1234" + " " * 1000
    assert decode(b"12\x0034" + b" " * 1001).text == "1234" + " " * 1001


def test_one_damaged_word_far_off_in_a_long_text_is_a_notice_only() -> None:
    decoded = decode((SIMPLIFIED * 50 + "锟斤拷").encode())
    assert [notice.code for notice in decoded.notices] == ["damaged_characters"]
    assert "锟斤拷" in decoded.notices[0].excerpt


def test_damage_all_over_a_long_text_is_found() -> None:
    with pytest.raises(ReadError) as caught:
        decode(("<p class=x>" * 500 + "锟斤拷锟斤拷信息" * 400).encode() * 8)
    assert caught.value.code == "mojibake"


MOJIBAKE = {
    "replacement characters": (("信息" + "\ufffd" * 8) * 9).encode(),
    "replacement characters read as gbk": ("锟斤拷锟斤拷公开" * 9).encode(),
    "question marks": ("2020?????????? 12 ????????" * 9).encode(),
    "utf-8 read as latin-1": SIMPLIFIED.encode().decode("latin-1").encode(),
    "utf-8 read as windows-1252": SIMPLIFIED.encode().decode("cp1252", "ignore").encode(),
    "gbk read as latin-1": SIMPLIFIED.encode("gbk").decode("latin-1").encode(),
    "utf-8 read as gbk": SIMPLIFIED.encode().decode("gb18030", "replace").encode(),
    "uninitialised memory": ("烫烫烫烫烫屯屯屯" * 9).encode(),
}


@pytest.mark.parametrize("data", MOJIBAKE.values(), ids=MOJIBAKE.keys())
def test_damaged_text_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        decode(data)
    assert caught.value.code == "mojibake"
    assert caught.value.excerpt


HARMLESS = ["····························" + SIMPLIFIED, "\u00a0" * 40 + SIMPLIFIED, "“本报告”—…·" * 9]


@pytest.mark.parametrize("text", HARMLESS)
def test_chinese_punctuation_is_no_damage(text: str) -> None:
    assert decode(text.encode()).notices == ()


BINARY = {
    "zeros": b"\x00" * 500,
    "program": bytes(range(256)) * 20,
    "old word file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00\x01\x02\x03\xfe\xff" * 300,
}


@pytest.mark.parametrize("data", BINARY.values(), ids=BINARY.keys())
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        decode(data)
    assert caught.value.code == "binary"


DECLARED = [
    (b'<meta charset="gb2312">', "gb2312"),
    (b"<META http-equiv=Content-Type content='text/html; charset=GBK'>", "GBK"),
    (b'<meta content="text/html;charset = utf-8" http-equiv="Content-Type"/>', "utf-8"),
    (b'<?xml version="1.0" encoding="big5"?>', "big5"),
    (b"<p>charset=gbk</p>", None),
    (b"<p>" + b" " * 5000 + b"<meta charset=gbk>", None),
    (b"", None),
]


@pytest.mark.parametrize(("head", "name"), DECLARED)
def test_the_head_of_a_page_declares_its_encoding(head: bytes, name: str | None) -> None:
    assert declared_charset(head) == name


def test_a_text_file_over_the_limit_is_not_decoded() -> None:
    with pytest.raises(ReadError) as caught:
        text_files.read(SIMPLIFIED.encode(), Limits(max_bytes=20))
    assert caught.value.code == "too_large"
    (document,) = text_files.read(SIMPLIFIED.encode(), Limits(max_bytes=len(SIMPLIFIED.encode())))
    assert document.text == SIMPLIFIED


def test_a_text_cut_within_a_character_is_read_and_says_so() -> None:
    decoded = decode(("\ufeff" + SIMPLIFIED * 9).encode("utf-16-le")[:-1])
    assert decoded.text.startswith(SIMPLIFIED * 8)
    assert [notice.code for notice in decoded.notices] == ["damaged_characters"]
