"""What a printed cell says: numbers, signs, units, notes and blanks."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build.parse.values import BLANK, TEXT, amount_in_wan_yuan, is_note_mark, looks_like_value, printed_cell, read_value

SAME_EVERY_TIME = settings(derandomize=True, deadline=None, max_examples=150)
FULL_WIDTH = {ord("0") + digit: ord("０") + digit for digit in range(10)}
SPACES = ("", " ", "\u00a0", "\u3000", "\t", "       ")


@pytest.mark.parametrize(
    "printed", ["", " ", "\u00a0", "\u3000", "\u200b", "&nbsp;", "/", "／", "-", "－", "--", "—", "——", "–", "−"]
)
def test_blank_cells_are_blank_and_not_zero(printed: str) -> None:
    assert read_value(printed) == BLANK
    assert read_value(printed).count is None


@pytest.mark.parametrize(
    ("printed", "count"),
    [
        ("0", 0),
        ("00", 0),
        ("7", 7),
        ("163", 163),
        ("2204543", 2204543),
        ("2,204,543", 2204543),
        ("2，204，543", 2204543),
        ("１２１６", 1216),
        ("１，２１６", 1216),
        ("       0", 0),
        ("\u00a0\u00a034", 34),
        ("34\u3000", 34),
        ("\ufeff34", 34),
        ("12\n16", 1216),
        ("12 \r\n 16", 1216),
        ("+64", 64),
        ("＋64", 64),
        ("+ 64", 64),
        ("增64", 64),
        ("增加64", 64),
        ("-1788", -1788),
        ("－1788", -1788),
        ("−1788", -1788),
        ("–1788", -1788),
        ("—1788", -1788),
        ("- 1788", -1788),
        ("减4", -4),
        ("减少4", -4),
        ("减 4", -4),
        ("下降4", -4),
        ("374", 374),
        ("20件", 20),
        ("20 件", 20),
        ("3.0", 3),
    ],
)
def test_counts(printed: str, count: int) -> None:
    assert read_value(printed).count == count


@pytest.mark.parametrize(
    "printed",
    [
        "无",
        "见附件",
        "约20",
        "20余",
        "1 0",
        "15 0 0",
        "1/2",
        "12,34",
        "1,2345",
        "2020年",
        "1-2",
        "+",
        "减",
        "1.2.3",
        "12345678901234567 8",
        "O",
        "l5",
        "○",
        "(5",
    ],
)
def test_what_is_no_figure_is_text(printed: str) -> None:
    value = read_value(printed)
    assert (value.kind, value.number, value.count) == ("text", None, None)


@pytest.mark.parametrize("printed", ["见附件①", "①", "/①", "- ②"])
def test_a_mark_behind_words_or_a_blank_makes_neither_a_figure_nor_a_note_of_them(printed: str) -> None:
    assert read_value(printed) == TEXT


def test_the_largest_count_that_is_believed() -> None:
    assert read_value("1000000000000000").count == 10**15
    assert read_value("-1000000000000000").count == -(10**15)


@pytest.mark.parametrize("printed", ["1.5", "0.5", "-2.25", "1000000000000001"])
def test_a_fraction_or_a_number_beyond_belief_is_no_count(printed: str) -> None:
    value = read_value(printed)
    assert value.kind == "number"
    assert value.count is None


@pytest.mark.parametrize(
    ("printed", "count", "note"),
    [
        ("18(2019年起)", 18, "2019年起"),
        ("18（2019年起）", 18, "2019年起"),
        ("18 (2019年起)", 18, "2019年起"),
        ("18(2019年起", 18, "2019年起"),
        ("18[2019年起]", 18, "2019年起"),
        ("-3(机构改革)", -3, "机构改革"),
        ("18*", 18, "*"),
        ("12①", 12, "①"),
        ("12²", 12, "²"),
        ("18(2019年起)①", 18, "2019年起①"),
        ("18(机构改革 合并)", 18, "机构改革 合并"),
    ],
)
def test_notes_beside_a_number(printed: str, count: int, note: str) -> None:
    value = read_value(printed)
    assert (value.count, value.note) == (count, note)


@pytest.mark.parametrize(
    "note", ["经核实后更正为13件", "含误计2件", "上年数据有误", "新增部分应为2", "原为二十三", "其中网上2件修正"]
)
def test_a_note_that_says_the_number_is_put_right_leaves_none(note: str) -> None:
    assert read_value(f"12({note})").kind == "text"


@pytest.mark.parametrize("printed", ["①12", "③12", "²0", "¹5", "1²0"])
def test_a_footnote_mark_never_becomes_a_digit(printed: str) -> None:
    digits = int("".join(character for character in printed if character in "0123456789"))
    assert read_value(printed).count in (None, digits)


@pytest.mark.parametrize(
    ("printed", "header_unit", "wan"),
    [
        ("29550.7315万元", None, "29550.7315"),
        ("264434.64(万元", None, "264434.64"),
        ("264434.64(万元)", None, "264434.64"),
        ("264434.64（万元）", None, "264434.64"),
        ("29550.7315 万元", None, "29550.7315"),
        ("29550.\n7315万元", None, "29550.7315"),
        ("251000元", None, "25.1"),
        ("251,000元", None, "25.1"),
        ("1元", None, "0.0001"),
        ("0.5元", None, "0.00005"),
        ("3.2亿元", None, "32000"),
        ("12千元", None, "1.2"),
        ("¥251000", None, "25.1"),
        ("￥251000", None, "25.1"),
        ("￥12.50", "万元", "12.50"),
        ("230", "万元", "230"),
        ("2300", "元", "0.23"),
        ("251000元", "万元", "25.1"),
        ("0", None, "0"),
        ("0.00", None, "0"),
        ("0元", None, "0"),
        ("0件", None, "0"),
        ("0件", "万元", "0"),
        ("0元", "万元", "0"),
        ("0.00亿元", None, "0"),
        ("¥0", None, "0"),
        ("-5万元", None, "-5"),
    ],
)
def test_amounts_in_wan_yuan_are_exact(printed: str, header_unit: str | None, wan: str) -> None:
    assert amount_in_wan_yuan(read_value(printed), header_unit) == Decimal(wan)


@pytest.mark.parametrize("printed", ["241800", "241800(含税)", "", "/", "无", "241800件"])
def test_an_amount_without_unit_is_none(printed: str) -> None:
    assert amount_in_wan_yuan(read_value(printed), None) is None


@pytest.mark.parametrize("header_unit", ["元", "万元"])
def test_what_counts_something_is_no_amount_whatever_the_header_says(header_unit: str) -> None:
    assert amount_in_wan_yuan(read_value("5件"), header_unit) is None


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("29550.7315万元", True),
        ("+64", True),
        ("/", True),
        ("", True),
        ("规章", False),
        ("1.属于国家秘密", False),
        ("无", True),
        ("無", True),
        ("零", True),
        ("〇", True),
        ("零件", False),
        ("〔图〕", True),
        ("1〔图〕2", True),
        ("〔12〕", False),
        ("12(13)", True),
        ("12（13）", True),
        ("12%", True),
        (",234", True),
        ("12(13)件", False),
        ("无此类", False),
    ],
)
def test_a_label_does_not_look_like_a_value(printed: str, expected: bool) -> None:
    assert looks_like_value(printed) == expected


@pytest.mark.parametrize(
    ("printed", "mark"),
    [("18*", True), ("18[3]", True), ("18(注1)", True), ("12①", True), ("18(2019年起)", False), ("18", False)],
)
def test_a_mark_points_to_a_note_and_says_nothing_itself(printed: str, mark: bool) -> None:
    assert is_note_mark(read_value(printed).note) == mark


@pytest.mark.parametrize(
    ("text", "printed"), [("  18(2019年起) ", "18(2019年起)"), ("29550.\n7315万元", "29550.7315万元"), ("\u00a00", "0")]
)
def test_printed_cells_keep_their_words(text: str, printed: str) -> None:
    assert printed_cell(text) == printed


@given(
    number=st.integers(0, 10**15),
    spelling=st.sampled_from(("{}", "{:,}")),
    wide=st.booleans(),
    space=st.sampled_from(SPACES),
)
@SAME_EVERY_TIME
def test_thousands_separators_full_width_digits_and_white_space_change_nothing(
    number: int, spelling: str, wide: bool, space: str
) -> None:
    printed = spelling.format(number)
    printed = printed.translate({**FULL_WIDTH, ord(","): ord("，")}) if wide else printed
    assert read_value(space + printed + space).count == number


@given(
    number=st.integers(1, 10**9),
    sign=st.sampled_from((("", 1), ("+", 1), ("增", 1), ("-", -1), ("减", -1), ("－", -1))),
)
@SAME_EVERY_TIME
def test_an_unsigned_change_is_positive(number: int, sign: tuple[str, int]) -> None:
    assert read_value(f"{sign[0]}{number}").count == sign[1] * number


@given(
    amount=st.decimals(min_value=0, max_value=10**11, places=4, allow_nan=False, allow_infinity=False),
    unit=st.sampled_from((("元", 4), ("千元", 1), ("万元", 0), ("亿元", -4))),
)
@SAME_EVERY_TIME
def test_units_move_the_decimal_point_and_nothing_else(amount: Decimal, unit: tuple[str, int]) -> None:
    found = amount_in_wan_yuan(read_value(f"{amount:f}{unit[0]}"), None)
    assert found == amount.scaleb(-unit[1])


@given(first=st.integers(0, 99999), second=st.integers(0, 99999), space=st.sampled_from(SPACES[1:]))
@SAME_EVERY_TIME
def test_two_numbers_on_one_line_are_never_one(first: int, second: int, space: str) -> None:
    assert read_value(f"{first}{space}{second}").kind == "text"


@given(text=st.text(alphabet="0123456789０１,，.．+-－减增元万件()（） \u00a0/约", max_size=8))
@settings(SAME_EVERY_TIME, max_examples=400)
def test_a_count_never_has_digits_that_are_not_printed(text: str) -> None:
    count = read_value(text).count
    if count is not None:
        digits = "".join(
            character for character in text.translate({ord("０"): "0", ord("１"): "1"}) if character in "0123456789"
        )
        assert digits.lstrip("0").startswith(str(abs(count)).lstrip("0"))
