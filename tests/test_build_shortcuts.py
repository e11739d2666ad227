"""Short ways of looking, against the plain ones that they stand for: what is found must be the same."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from build.identity import dates, speakers
from build.parse import cells, values
from build.text.near import first_near, first_up_to

ASKED = "请与直接联系:局县教育人民政府办公室综合,。 \n"
PUBLISHED = (
    "县教育局",
    "现",
    "面向社会",
    "公布",
    "《",
    "2020年度",
    "政府信息公开",
    "工作",
    "年度报告",
    "年报",
    "。",
    "(一)",
)
MADE = ("更新", "发文", "时间", "日期", ":", "2021-03-04", "2021-3-4日起至", "甲", "\n", " ")

CUT_NUMBER = re.compile(r"\d[,，.．]\s*\n\s*\d|\d\s*\n\s*[,，.．]\d|[,，](?:\d{1,2}|\d{4,})\s*\n\s*\d")
DIGITS_BELOW_DIGITS = re.compile(r"\d\s*\n\s*\d")


def span(match: re.Match[str] | None) -> tuple[int, int] | None:
    """Where a match stands; None for none."""
    return None if match is None else match.span()


@given(text=st.text(ASKED, max_size=40))
@settings(max_examples=300, deadline=None)
def test_whom_to_ask_is_found_near_its_words_as_everywhere(text: str) -> None:
    for words in (text, f"{text}请与县教育局办公室联系", f"县{text}联系县教育局综合科"):
        near = first_near(speakers._ASK, words, speakers._ASK_SIGNS, len("请"))
        assert span(near) == span(speakers._ASK.search(words))


@given(pieces=st.lists(st.sampled_from(PUBLISHED), max_size=14))
@settings(max_examples=200, deadline=None)
def test_who_publishes_is_found_before_the_name_of_the_report_as_everywhere(pieces: list[str]) -> None:
    text = "".join(pieces)
    near = first_up_to(speakers._PUBLISHES, text, speakers._PUBLISHED_SIGNS, speakers._LONGEST_PUBLISHER)
    assert span(near) == span(speakers._PUBLISHES.search(text))


@given(pieces=st.lists(st.sampled_from(MADE), max_size=12))
@settings(max_examples=300, deadline=None)
def test_when_a_page_was_made_is_found_near_its_words_as_everywhere(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert span(first_near(dates._MADE, text, dates._MADE_SIGNS, len("发文"))) == span(dates._MADE.search(text))


def test_the_longest_publisher_is_reached() -> None:
    name = f"{'县' * 30}人民政府办公室"
    text = f"。{name}(以下简称{'本办' * 8})现面向社会公布了《2020年度政府信息公开工作年度报告"
    found = first_up_to(speakers._PUBLISHES, text, speakers._PUBLISHED_SIGNS, speakers._LONGEST_PUBLISHER)
    assert found is not None
    assert found["value"] == name


@given(lines=st.lists(st.text("12２,，.． \t\x0b\u3000甲|", max_size=7), max_size=5), closed=st.booleans())
@settings(max_examples=300, deadline=None)
def test_a_cut_number_is_seen_by_ends_of_lines_as_in_the_whole_text(lines: list[str], closed: bool) -> None:
    filled = [line.strip() for line in lines if line.strip()]
    whole = "\n".join(lines)
    expected = CUT_NUMBER.search(whole) is not None or (closed and DIGITS_BELOW_DIGITS.search(whole) is not None)
    assert any(cells._cuts_a_number(above, below, closed) for above, below in pairwise(filled)) == expected


@given(text=st.text("增加减少下降元件零甲12,.-()（）①※ \n<>", max_size=12))
@settings(max_examples=300, deadline=None)
def test_three_characters_of_writing_begin_no_figure(text: str) -> None:
    if values._BEGINS_IN_WORDS.match(text):
        plain = values._SPACE_IN_BRACKETS.sub("", values.printed_cell(text))
        assert values._read_number(plain).kind == "text"
        assert values._read_number(values._LOOSE_SPACE.sub("", plain)).kind == "text"
    assert values.printed_cell(text) == values._BREAKS.sub("", text).strip()
