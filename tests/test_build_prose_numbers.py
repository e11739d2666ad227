"""Numbers as printed: values, units, what makes them approximate, and what is no number to count."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build.prose.folding import fold_stretch
from build.prose.numbers import chinese_integer, number_at

READINGS = [
    ("300件", "300", "count", "件", False),
    ("12,480件", "12480", "count", "件", False),
    ("1.2万余件", "12000", "count", "件", True),
    ("9.67万件", "96700", "count", "件", False),
    ("285万余件", "2850000", "count", "件", True),
    ("300余万件", "3000000", "count", "件", True),
    ("1.05亿次", "105000000", "count", "次", False),
    ("约300人次", "300", "count", "人次", True),
    ("近百余条", "100", "count", "条", True),
    ("两千三百件", "2300", "count", "件", False),
    ("三百二十余条", "320", "count", "条", True),
    ("十二起", "12", "count", "起", False),
    ("98.5%", "98.5", "percent", "%", False),
    ("百分之百", "100", "percent", "%", False),
    ("百分之九十八点五", "98.5", "percent", "%", False),
    ("超过95%", "95", "percent", "%", True),
    ("3.2个百分点", "3.2", "points", "个百分点", False),
    ("1.2万元", "12000", "money", "元", False),
    ("0元", "0", "money", "元", False),
    ("5个工作日", "5", "other", "个工作日", False),
    ("第20条", "20", "other", "条", False),
    ("35名", "35", "other", "名", False),
    ("2020", "2020", "bare", "", False),
    ("300-400件", "300", "broken", "", False),
    ("1/3", "1", "broken", "", False),
    ("12.5件", "12.5", "broken", "件", False),
    ("9" * 40 + "件", "9" * 40, "huge", "件", False),
]


@pytest.mark.parametrize("printed,value,form,unit,approximate", READINGS)
def test_a_number_is_read_as_printed(printed: str, value: str, form: str, unit: str, approximate: bool) -> None:
    found = number_at(printed, 0)
    assert found is not None
    number, _ = found
    assert (number.value, number.form, number.unit, number.approximate) == (Decimal(value), form, unit, approximate)


@pytest.mark.parametrize("words", ["件", "一件", "千件", "一体化", "三是", "百姓", "万一"])
def test_words_that_are_no_number(words: str) -> None:
    assert number_at(words, 0) is None


TAILS = [
    *(("10 235件", 3), ("3至5件", 2), ("12，480件", 3), ("数十件", 1), ("A4件", 1), ("36|2件", 3), ("3□62%", 2)),
    *(
        ("□62件", 1),
        ("3\ufffd62件", 2),
        ("3〇2件", 2),
        ("3零2件", 2),
        ("3‚862件", 2),
        ("3…62件", 2),
        ("3[图片]62件", 5),
    ),
    *(("[图]62件", 3), ("单\uf03862件", 2), ("99·5%", 3), ("3<>62件", 3)),
]


@pytest.mark.parametrize("text,at", TAILS)
def test_the_tail_of_something_else_is_broken(text: str, at: int) -> None:
    found = number_at(text, at)
    assert found is not None
    assert found[0].form == "broken"


@pytest.mark.parametrize(
    "words,value",
    [
        ("三百二", 320),
        ("三百零二", 302),
        ("一万二", 12000),
        ("十万", 100000),
        ("二〇二〇", None),
        ("三三", None),
        ("百千", None),
        ("二三万", None),
    ],
)
def test_chinese_numerals(words: str, value: int | None) -> None:
    assert chinese_integer(words) == value


def in_chinese(value: int) -> str:
    """A number below 10,000 in Chinese numerals, as a person writes it."""
    digits, out, gap = str(value), "", False
    for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit == "0":
            gap = bool(out)
            continue
        out += ("零" if gap else "") + "零一二三四五六七八九"[int(digit)] + ("", "十", "百", "千")[place]
        gap = False
    return out


@given(st.integers(min_value=1, max_value=9999))
@settings(max_examples=200, deadline=None)
def test_chinese_numerals_come_back(value: int) -> None:
    assert chinese_integer(in_chinese(value)) == value


@given(st.text(alphabet="12345０５热线“” 　\n件，,。万", max_size=40))
@settings(max_examples=200, deadline=None)
def test_folding_keeps_the_way_back(text: str) -> None:
    folded = fold_stretch(text, 0, len(text))
    assert len(folded.offsets) == len(folded.text)
    for character, offset in zip(folded.text, folded.offsets, strict=True):
        is_mark = character == " " or (character == "、" and text[offset] == "”")
        assert character == text[offset] or is_mark or ord(text[offset]) - ord(character) == 0xFEE0


@pytest.mark.parametrize(
    "text,folded",
    [
        ("“ 12345 ” 热线", "12345热线"),
        ("“12345”“12315”热线", "12345、12315热线"),
        ('"12345" "12315"热线', "12345、12315热线"),
        ("“12345 12315”热线", "12345 12315热线"),
        ("３０５件", "305件"),
        ("3 0件", "3 0件"),
        ("９９．５％", "99.5%"),
        ("(１)", "(1)"),
    ],
)
def test_folding_for_matching(text: str, folded: str) -> None:
    assert fold_stretch(text, 0, len(text)).text == folded


def test_printed_words_keep_the_quotes_they_would_tear() -> None:
    text = "拨打“12345”热线，“区长信箱”"
    folded = fold_stretch(text, 0, len(text))
    start = folded.text.index("12345")
    assert folded.printed(start, start + 7) == "“12345”热线"
    start = folded.text.index("区长")
    assert folded.printed(start, start + 4) == "区长信箱"
