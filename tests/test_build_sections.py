"""The report's text in sections: together they are the whole text, whatever their numbers and titles are."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build.join.table_stretches import prose_of, table_stretches
from build.parse.sections import SectionHeading, cut_sections
from build.report import Report, Section
from tests.assertions import REPORTS, SHARED, read_file, read_text
from tests.samples import PREAMBLE, TITLE, report_text, sound_figures

REVIEWS_TITLE = "四、政府信息公开行政复议、行政诉讼情况"
APPLICATIONS_TITLE = "三、收到和处理政府信息公开申请情况"
TITLES = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    APPLICATIONS_TITLE,
    REVIEWS_TITLE,
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]


def assert_tiled(report: Report, text: str) -> None:
    """The sections stand one behind the other from 0 on, and joined they are ``text``."""
    assert "".join(section.text for section in report.sections) == text
    assert report.sections[0].text_start == 0
    for section, following in pairwise(report.sections):
        assert following.text_start == section.text_start + len(section.text)


def assert_all_figures(report: Report) -> None:
    """Sections are only reading matter: the tables are found by what is in them."""
    figures = sound_figures()
    assert {row.item: dict(row.cells) for row in report.applications} == figures.applications
    assert {row.channel: dict(row.cells) for row in report.reviews} == figures.reviews


@pytest.mark.parametrize(("length", "is_heading"), [(45, True), (46, False)])
def test_a_heading_has_forty_five_characters_at_most(length: int, is_heading: bool) -> None:
    long = "五、存在的主要问题及改进情况" + "好" * (length - 14)
    report = read_text(f"{TITLE}\n\n{TITLES[0]}\n\n甲。\n\n{long}\n\n乙。\n")
    assert [section.title for section in report.sections if section.title] == [TITLES[0], *[long][:is_heading]]


def plain_text(path: Path) -> str:
    """A text file as the contract says: decoded, line ends as line feeds, without NUL."""
    return path.read_bytes().decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n").replace("\x00", "")


@pytest.mark.parametrize("path", sorted(REPORTS.glob("*.txt")), ids=lambda path: path.stem)
def test_the_sections_of_a_published_report_are_its_text(path: Path) -> None:
    assert_tiled(read_file(path), plain_text(path))


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared, which holds the reports in full, is absent")
@pytest.mark.parametrize("name", [path.name for path in sorted((SHARED / "reports").glob("*.txt"))] or ["../shared"])
def test_the_sections_of_a_report_in_full_are_its_text(name: str) -> None:
    path = SHARED / "reports" / name
    assert_tiled(read_file(path), plain_text(path))


@pytest.mark.parametrize("path", sorted(REPORTS.glob("*.txt")), ids=lambda path: path.stem)
def test_the_published_reports_have_six_sections(path: Path) -> None:
    numbers = [section.number for section in read_file(path).sections]
    assert numbers == [None, *"一二三四五六"]


def test_a_report_has_its_preamble_and_six_titled_sections() -> None:
    report = read_text(report_text())
    preamble, *sections = report.sections
    assert (preamble.number, preamble.title) == (None, None)
    assert TITLE in preamble.text
    assert PREAMBLE in preamble.text
    assert [section.title for section in sections] == TITLES
    assert all(section.text.startswith(section.title or "?") for section in sections)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["line feed", "both", "carriage return"])
def test_line_ends_become_line_feeds(end: str) -> None:
    text = report_text()
    assert_tiled(read_text(text.replace("\n", end)), text)


@pytest.mark.parametrize(
    ("printed", "replaced"),
    [
        pytest.param(REVIEWS_TITLE, "四、收到和处理政府信息公开申请公开", id="section 四 with the title of section 三"),
        pytest.param(REVIEWS_TITLE, "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", id="other words"),
        pytest.param(REVIEWS_TITLE, "", id="no title"),
        pytest.param(REVIEWS_TITLE, "一、政府信息公开行政复议、行政诉讼情况", id="numbers begin again"),
        pytest.param(REVIEWS_TITLE, "政府信息公开行政复议、行政诉讼情况", id="no number"),
        pytest.param(REVIEWS_TITLE, "4.政府信息公开行政复议、行政诉讼情况", id="a figure for a number"),
        pytest.param(APPLICATIONS_TITLE, "三、收到和处理政府信息公开申请公开", id="section 三 in other words"),
        pytest.param(APPLICATIONS_TITLE, "", id="section 三 without title"),
        pytest.param(
            "五、存在的主要问题及改进情况", "五、存在的主要问题及下一步工作情况", id="section 五 in other words"
        ),
        pytest.param("二、主动公开政府信息情况", "", id="section 二 without title"),
        pytest.param("一、总体情况", "", id="section 一 without title"),
    ],
)
def test_titles_that_are_missing_or_another_s_cost_no_figure_and_no_word(printed: str, replaced: str) -> None:
    text = report_text().replace(printed, replaced)
    report = read_text(text)
    assert_tiled(report, text)
    assert_all_figures(report)


def test_one_character_before_the_first_title_is_a_section() -> None:
    text = "\n一、总体情况\n有。\n"
    heading = SectionHeading(1, "一", "一、总体情况", False)
    assert [(each.number, each.text, each.text_start) for each in cut_sections(text, [heading])] == [
        (None, "\n", 0),
        ("一", "一、总体情况\n有。\n", 1),
    ]


def test_a_title_without_number_has_none() -> None:
    report = read_text(report_text().replace(REVIEWS_TITLE, REVIEWS_TITLE.removeprefix("四、")))
    section = next(section for section in report.sections if "行政复议、" in (section.title or ""))
    assert section.number is None


def test_sections_in_another_order_are_kept_in_that_order() -> None:
    text = report_text()
    at, behind = text.index(REVIEWS_TITLE), text.index("五、存在的主要问题")
    moved = (
        text[: text.index(APPLICATIONS_TITLE)]
        + text[at:behind]
        + text[text.index(APPLICATIONS_TITLE) : at]
        + text[behind:]
    )
    report = read_text(moved)
    assert_tiled(report, moved)
    assert [section.number for section in report.sections] == [None, *"一二四三五六"]


def test_a_sentence_that_begins_as_a_title_does_is_no_section() -> None:
    sentence = "五、主动公开政府信息情况较好。全年公开信息12条。"
    report = read_text(report_text().replace("五、存在的主要问题", f"{sentence}\n五、存在的主要问题", 1))
    assert [section.number for section in report.sections] == [None, *"一二三四五六"]
    assert sentence in report.sections[4].text


def test_a_row_of_a_table_is_no_section() -> None:
    rows = (
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "三、本年度办理结果",
        "四、结转下年度继续办理",
    )
    titles = {section.title for section in read_text(report_text()).sections}
    assert titles.isdisjoint(rows)


@given(
    lines=st.lists(
        st.sampled_from(
            [
                *TITLES,
                "",
                "规章",
                "0",
                "一、",
                "四、结转下年度继续办理",
                "\u00a0",
                "\t5",
                "| 0 |",
                "行政复议",
                "𠮷野",
                "公开了5件。",
            ]
        ),
        max_size=25,
    )
)
@settings(derandomize=True, deadline=None, max_examples=60)
def test_any_lines_are_tiled(lines: list[str]) -> None:
    text = "\n".join([TITLE, *lines])
    assert_tiled(read_text(text), text)


def test_titles_in_other_words_and_in_markdown_begin_sections_too() -> None:
    text = report_text()
    others = [
        "**一、概述**",
        "## 二、主动公开政府信息的情况",
        "三、依申请公开政府信息办理情况",
        "四、行政复议诉讼情况",
        "五、存在的不足及改进措施",
        "六、其他",
    ]
    for printed, title in zip(TITLES, others, strict=True):
        text = text.replace(printed, title)
    report = read_text(text)
    assert_tiled(report, text)
    assert [section.number for section in report.sections] == [None, *"一二三四五六"]
    assert [section.title for section in report.sections][1:3] == ["一、概述", "二、主动公开政府信息的情况"]


# What of a section is a table -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rows", "tables", "prose"),
    [
        ("三、标题\n甲。表头\n一行 5\n二行 6\n乙。", ("一行 5", "二行 6"), ["表头\n一行 5\n二行 6"], ["甲。", "乙。"]),
        ("三、标题\n表头\n一行 5", ("一行 5",), ["\n表头\n一行 5"], []),
        ("三、标题\n一行 5\n丙。又一表头\n二行 6", ("一行 5", "二行 6"), ["\n一行 5", "又一表头\n二行 6"], ["丙。"]),
        ("三、标题\n一行 5 6\n丁。", ("一行 5", "5 6"), ["\n一行 5 6"], ["丁。"]),
        ("没有标题，没有表。", (), [], ["没有标题，没有表。"]),
    ],
)
@pytest.mark.parametrize("start", [0, 100])
def test_a_table_is_its_rows_and_their_headings_and_the_rest_behind_the_title_is_prose(
    text: str, rows: tuple[str, ...], tables: list[str], prose: list[str], start: int
) -> None:
    section = Section("三", "三、标题", text, start)
    places = [(start + text.index(row), start + text.index(row) + len(row)) for row in rows]
    stretches = table_stretches(section, places)
    assert [text[first - start : last - start] for first, last in stretches] == tables
    assert "".join(prose_of(section, places)).split() == prose


@pytest.mark.parametrize(
    ("row", "stretch"), [((0, 5), []), ((90, 103), [(100, 103)]), ((104, 130), [(102, 108)]), ((108, 130), [])]
)
def test_a_row_that_reaches_beyond_its_section_is_of_both(row: tuple[int, int], stretch: list[tuple[int, int]]) -> None:
    assert table_stretches(Section(None, None, "甲。乙丙丁戊己庚", 100), [row]) == stretch
