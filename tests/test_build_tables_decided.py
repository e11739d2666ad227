"""What decides which row and which column a figure belongs to: a document for each case where it would be another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from build import forms
from build.document import DocumentBuilder
from build.parse.layout import read_layout
from build.report import Report
from tests.assertions import read_bytes, read_text
from tests.render import html as pages
from tests.render.figures import with_totals
from tests.render.html import Box
from tests.samples import TITLE, sound_figures
from tests.test_build_mutations import (
    APPLICATIONS,
    BLANK,
    CELL_A_LINE,
    DISCLOSURES,
    EXPECTED,
    PIPES,
    REVIEWS,
    SECTIONS,
    TABS,
    Rows,
    Write,
    application_figures,
    codes,
    disclosure_figures,
    in_columns,
    lines,
    read,
    report_text,
    review_figures,
    tables,
)
from tests.test_build_tables_damaged import page
from tests.test_build_tables_rows import row_at

A_PIPE_ENDS_EACH = lines(" |\n", " |\n")
A_PIPE_ENDS_EACH_ROW = lines(" | ", " |\n")
HEADS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")


@pytest.mark.parametrize(
    ("opened", "placed"),
    [((True, True), True), ((True, False), False), ((False, False), False), ((), False)],
    ids=["every row", "one of two", "none", "no other row"],
)
def test_an_empty_cell_opens_the_row_of_section_four_where_one_opens_every_row(
    opened: tuple[bool, ...], placed: bool
) -> None:
    """Fillers on both sides, and the first figure blank: the row begins at one of two cells."""
    found = tables()
    licence = next(row for row in found[DISCLOSURES] if row[0].text == "行政许可")
    penalty = next(row for row in found[DISCLOSURES] if row[0].text == "行政处罚")
    header = next(row for row in found[DISCLOSURES] if any(box.text == "处理决定数量" for box in row))
    rows = [[*([Box("")] if first else []), *row] for first, row in zip(opened, (licence, penalty), strict=False)]
    *head, values = found[REVIEWS]
    section_two = {DISCLOSURES: [header, *rows]} if rows else {}
    report = read(
        {**section_two, REVIEWS: [*head, [Box(""), Box(""), *values[1:], Box(""), Box("")]]}, A_PIPE_ENDS_EACH
    )
    first, *others = review_figures(report).values()
    expected = [dict(row) for row in EXPECTED.reviews.values()]
    expected[0]["upheld"] = None
    assert [first, *others] == (expected if placed else [dict.fromkeys(row) for row in expected])


def test_a_row_whose_first_figure_is_blank_begins_behind_its_label_where_fillers_trail() -> None:
    """The only row of the document: no other one tells on which side of the figures the filler stands."""
    heads = "信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |"
    report = read_text(f"{TITLE}\n\n二、主动公开政府信息情况\n\n{heads}\n行政许可 |  | 2 | 7 | |||\n")
    assert [figure.count for figure in report.disclosures] == [None, 2, 7]


def test_rows_that_begin_on_both_sides_of_a_filler_tell_nothing_of_one_that_may_do_either() -> None:
    found = tables()
    header = next(row for row in found[DISCLOSURES] if any(box.text == "处理决定数量" for box in row))
    rows = (("行政许可", "5", "2", "7", ""), ("行政处罚", "", "4", "1", "6"), ("行政强制", "", "3", "8", ""))
    report = read({DISCLOSURES: [header, *([*map(Box, row)] for row in rows)]}, TABS)
    assert [figure.count for figure in report.disclosures] == [5, 2, 7, 4, 1, 6, None, None, None]


@pytest.mark.parametrize("at", [0, 2], ids=["above the header", "between two rows"])
def test_words_outside_a_header_tell_nothing_of_the_columns(at: int) -> None:
    """本年制发件数 and 现行有效件数 are columns of the other form."""
    header, *rows = tables()[DISCLOSURES][1:4]
    table = [header, *rows]
    table.insert(at, [Box("本年制发件数、现行有效件数另见附表")])
    figures = disclosure_figures(read({DISCLOSURES: table}, TABS))
    documents = {place: cell for place, cell in EXPECTED.disclosures.items() if place[0] != "other_document"}
    assert figures == {place: documents[place].count for place in figures}
    assert set(figures) == {
        (item, measure)
        for item in ("government_rule", "normative_document")
        for measure in ("made", "published", "public_total")
    }


def test_the_last_figure_above_the_next_header_is_no_number_of_a_row() -> None:
    """In a table with a column 序号 the number before a label is the row's; before a header stands a figure."""
    first = [["序号", "信息内容", "本年处理决定数量"], ["1", "行政处罚", "5"], ["2", "行政强制", "1"]]
    second = [["信息内容", "本年收费金额"], ["1", "行政事业性收费", "3万元"]]
    report = read({DISCLOSURES: [[*map(Box, row)] for row in (*first, *second)]}, lines("\n", "\n"))
    assert disclosure_figures(report) == {
        ("penalty", "decisions"): 5,
        ("compulsion", "decisions"): 1,
        ("charge", "amount"): 3,
    }


@pytest.mark.parametrize("cells", [14, 16])
def test_a_blank_section_four_with_too_few_or_too_many_cells_is_blank_and_no_problem(cells: int) -> None:
    found = tables()
    found[REVIEWS][-1] = [Box("")] * cells
    report = read(found, TABS)
    assert [row.placement for row in report.reviews] == ["empty"] * 3
    assert "row_unplaced" not in codes(report)


@pytest.mark.parametrize("heading", ["信息内容", "申请人情况"])
def test_figures_below_the_first_heading_of_a_table_are_told_where_their_row_is_not_known(heading: str) -> None:
    report = read({DISCLOSURES: [[Box(heading), Box("件")], [Box("另行统计的来件"), Box("317")]]}, TABS)
    assert [problem.excerpt for problem in report.problems if problem.code == "cells_without_label"] == ["317"]


def test_fifteen_figures_on_lines_below_the_name_of_a_channel_tell_the_totals() -> None:
    figures = ["3", "1", "0", "2", "6", "3", "1", "1", "2", "7", "3", "2", "1", "2", "8"]
    report = read({REVIEWS: [[Box("行政复议")], [*map(Box, figures)]]}, lines("\n", "\n"))
    assert [dict(row.cells) for row in report.reviews] == [{"total": 6}, {"total": 7}, {"total": 8}]


def test_section_four_in_columns_below_outcomes_without_channels_is_that_of_the_form() -> None:
    """The row of headings that names the channels is lost; each of the fifteen columns names its outcome."""
    names = [column.label_zh for _ in forms.REVIEW_CHANNELS for column in (*forms.REVIEW_OUTCOMES, forms.TOTAL)]
    counts = [str(EXPECTED.reviews[channel.code][column]) for channel in forms.REVIEW_CHANNELS
              for column in forms.REVIEW_COLUMNS]  # fmt: skip
    report = read({REVIEWS: [[*map(Box, names)], [*map(Box, counts)]]}, in_columns)
    assert review_figures(report) == EXPECTED.reviews


def test_each_figure_of_section_two_is_one() -> None:
    assert {figure.kind for figure in read(tables()).disclosures} == {"figure"}


@pytest.mark.parametrize("write", [TABS, CELL_A_LINE, PIPES], ids=["tabs", "lines", "pipes"])
def test_the_prose_of_a_document_is_what_no_table_claims(write: Write) -> None:
    text = report_text(tables(), write)
    builder = DocumentBuilder()
    for line in text.split("\n"):
        builder.add_paragraph(line)
    layout = read_layout(builder.build("text"))
    prose = [layout.shown.text[start:end] for start, end in layout.prose()]
    assert [words for words in prose if not words.startswith("(本列数据的勾稽关系为")] == [
        TITLE,
        "本报告的数据,统计期间自2020年1月1日起至2020年12月31日止。",
        *SECTIONS.values(),
        "五、存在的主要问题及改进情况",
        "人手不足。",
    ]


def behind_tabs(rows: Rows) -> str:
    """A table with each cell on a line of its own behind a tab, and a blank line between rows."""
    return "\n\n".join("\n".join(f"\t{box.text}" for box in row) for row in rows)


def test_sums_remarks_and_figures_of_no_row_are_no_prose_nor_is_the_label_of_section_four_s_row() -> None:
    found = tables()
    rows = found[APPLICATIONS]
    rows[row_at(rows, "2.重复申请")][-3] = Box("见附注")
    at = row_at(rows, "1.属于国家秘密")
    rows[at:at] = [[Box("小计"), *[Box("8")] * 7], [Box("另行统计的来件"), Box("317")]]
    found[REVIEWS][-1] = [Box("数量"), *found[REVIEWS][-1]]
    builder = DocumentBuilder()
    for line in report_text(found, behind_tabs).split("\n"):
        builder.add_paragraph(line)
    layout = read_layout(builder.build("text"))
    prose = {layout.shown.text[start:end].strip() for start, end in layout.prose()}
    assert prose.isdisjoint({"小计", "8", "317", "见附注", "数量"})
    assert "另行统计的来件" in prose


def test_the_cells_of_another_table_are_no_prose_where_they_are_given() -> None:
    builder = DocumentBuilder()
    for line in ("甲", "", " ", "乙", "丙 5", "丁"):
        builder.add_paragraph(line)
    layout = read_layout(builder.build("text"))
    text = layout.shown.text
    places = {text.index("乙"), text.index("5")}
    assert [text[start:end] for start, end in layout.prose(places)] == ["甲", "丁"]
    assert [text[start:end] for start, end in layout.prose()] == ["甲", "乙", "丙 5", "丁"]


def figures_tall(rows: Rows, *, above: str, tall: int) -> dict[str, dict[str, int | None]]:
    """Section 三 of a page whose row ``above`` has its last figure merged over so many rows."""
    at = row_at(rows, above)
    rows[at][-1] = replace(rows[at][-1], rows=tall)
    return application_figures(page({APPLICATIONS: rows}))


def test_a_figure_merged_over_a_row_whose_label_is_two_rows_high_is_of_neither() -> None:
    rows = tables()[APPLICATIONS]
    at = row_at(rows, "二、上年结转政府信息公开申请数量")
    rows[at] = [replace(box, rows=2) for box in rows[at][:-1]]
    rows.insert(at + 1, [])
    figures = figures_tall(rows, above="一、本年新收政府信息公开申请数量", tall=3)
    assert figures["received"] == {**EXPECTED.applications["received"], "total": None}
    assert figures["brought_forward"]["total"] is None


def test_a_figure_beside_two_blank_cells_of_its_row_is_that_row_s() -> None:
    """All of a row is two rows high, but for a cell that is cut in two."""
    rows = tables()[APPLICATIONS]
    at = row_at(rows, "一、本年新收政府信息公开申请数量")
    rows[at] = [*(replace(box, rows=2) for box in rows[at][:-1]), rows[at][-1]]
    rows.insert(at + 1, [Box("")])
    assert application_figures(page({APPLICATIONS: rows})) == EXPECTED.applications


def test_two_names_of_columns_make_a_header_above_which_a_list_of_the_prose_is_none_of_its_rows() -> None:
    procured = [[Box("政府集中采购"), Box("5"), Box("3万元")], [Box("采购项目数量"), Box("采购总金额")]]
    report = read({DISCLOSURES: [*procured, [Box("政府集中采购"), Box("22"), Box("230万元")]]}, TABS)
    assert disclosure_figures(report) == {("procurement", "projects"): 22, ("procurement", "amount"): 230}


def test_blank_cells_of_a_row_that_only_one_form_has_are_printed_blank_without_a_header_too() -> None:
    report = read({**tables(), DISCLOSURES: [[Box("政府集中采购"), Box(""), Box("")]]}, TABS)
    assert [(figure.measure, figure.count, figure.placement, figure.kind) for figure in report.disclosures] == [
        ("projects", None, "printed", "blank"),
        ("amount", None, "printed", "blank"),
    ]


@pytest.mark.parametrize(
    ("second", "third", "form"),
    [
        (forms.FORM_2019, forms.FORM_2019, forms.FORM_2019),
        (forms.FORM_2019, forms.FORM_2021, forms.MIXED),
        (forms.FORM_2021, forms.FORM_2019, forms.FORM_2021),
        (forms.FORM_2021, forms.FORM_2021, forms.FORM_2021),
    ],
)
def test_details_of_other_results_below_a_section_two_of_2019_make_a_report_of_both_forms(
    second: str, third: str, form: str
) -> None:
    """The form of 2021 has them; agencies that use it may keep the one row of 2019 instead."""
    found = {
        DISCLOSURES: tables(sound_figures(second))[DISCLOSURES],
        APPLICATIONS: tables(sound_figures(third))[APPLICATIONS],
    }
    assert read(found, TABS).form == form


def test_the_heading_above_the_rows_makes_a_header_of_a_single_column_s_name() -> None:
    """行政处罚 stands in a list of the prose too, above the header."""
    table = [[Box("行政处罚"), Box("41")], [Box("信息内容"), Box("本年处理决定数量")], [Box("行政处罚"), Box("7")]]
    assert disclosure_figures(read({DISCLOSURES: table}, TABS)) == {("penalty", "decisions"): 7}


@pytest.mark.parametrize(("rows", "believed"), [(2, True), (3, False)])
def test_three_rows_that_the_total_leads_gainsay_the_form_s_order_and_two_may_be_misprints(
    rows: int, believed: bool
) -> None:
    labels = ("一、本年新收政府信息公开申请数量", "(一)予以公开", "(二)部分公开")[:rows]
    printed = [[Box(label), *map(Box, ("9", "1", "1", "1", "1", "2", "3"))] for label in labels]
    figures = application_figures(read({APPLICATIONS: printed}, TABS))
    expected = dict(zip(forms.APPLICATION_COLUMNS, (9, 1, 1, 1, 1, 2, 3), strict=True))
    assert [*figures.values()] == [expected if believed else dict.fromkeys(expected)] * rows


def test_a_label_of_seven_characters_stands_for_itself_where_no_header_is_printed() -> None:
    counts = ("1", "0", "0", "0", "0", "0", "1")
    rows = [[Box("2.重复申请")], [Box("(一)予以公开")], [Box("(二)部分公开"), *map(Box, counts)]]
    assert list(application_figures(read({APPLICATIONS: rows}))) == ["granted", "partly_granted"]


def test_a_single_figure_below_the_header_of_section_four_is_in_no_column() -> None:
    *heads, _ = tables()[REVIEWS]
    report = read({REVIEWS: [*heads, [Box("5")]]})
    assert [(row.placement, row.unplaced) for row in report.reviews] == [("unplaced", ("5",))] * 3


def test_a_section_four_that_stands_blank_above_the_filled_one_says_nothing() -> None:
    *heads, values = tables()[REVIEWS]
    report = read({REVIEWS: [*heads, [Box(BLANK)] * len(values), *heads, values]})
    assert review_figures(report) == EXPECTED.reviews


def test_an_amount_is_no_count_and_a_count_of_nothing_no_amount() -> None:
    heads = [Box("信息内容"), Box("采购项目数量"), Box("采购总金额(万元)")]
    report = read({DISCLOSURES: [heads, [Box("政府集中采购"), Box("0"), Box("230")]]}, TABS)
    assert [(figure.count, figure.amount_wan) for figure in report.disclosures] == [(0, None), (None, 230)]


def test_a_sum_of_money_in_a_remark_is_no_unit_of_the_column_behind_it() -> None:
    """The column is not called an amount, and says in no unit what it holds."""
    heads = [Box("信息内容"), Box("采购项目数量(只计5万元以上)"), Box("采购总数额")]
    report = read({DISCLOSURES: [heads, [Box("政府集中采购"), Box("22"), Box("230")]]}, TABS)
    assert [(figure.count, figure.amount_wan) for figure in report.disclosures] == [(22, None), (None, None)]


def test_a_line_that_fills_a_cell_is_as_printed_where_no_table_is_drawn_with_lines() -> None:
    rows = tables()[APPLICATIONS]
    rows[row_at(rows, "2.重复申请")][-3] = Box("─")
    repeated = next(row for row in read({APPLICATIONS: rows}, TABS).applications if row.item == "not_processed_repeat")
    assert repeated.printed[-3] == "─"


def test_a_blank_cell_at_the_end_of_the_row_above_opens_no_row_of_a_grid() -> None:
    """Nothing tells on which side of section four's figures the empty cell stands that is no figure's."""
    found = tables()
    licence = next(row for row in found[DISCLOSURES] if row[0].text == "行政许可")
    header = next(row for row in found[DISCLOSURES] if any(box.text == "处理决定数量" for box in row))
    *_, values = found[REVIEWS]
    words = [Box("结果维持"), Box("结果纠正"), Box("尚未审结")]
    section_four = [words, [Box(""), Box(""), *values[1:], Box("")]]
    report = page({DISCLOSURES: [[*header, Box("")], [*licence, Box("")]], REVIEWS: section_four})
    assert [row.placement for row in report.reviews] == ["unplaced"] * 3


LONG = (
    "本表所列各项数据均由县政府办公室会同各乡镇人民政府、县直各部门"
    "按照国务院办公厅统一的格式和口径逐件登记、逐级汇总、反复核对后填报,与上年度一致"
)
"""71 characters: one more than a label may have."""


def test_a_long_line_below_a_table_of_cells_behind_tabs_is_none_of_its_last_cell() -> None:
    rows = tables()[APPLICATIONS]
    rows[-1][-1] = Box("")
    text = report_text({APPLICATIONS: rows}, lambda rows: "\n".join(f"\t{box.text}" for row in rows for box in row))
    row_end = "四、结转下年度继续办理" + "\n\t1" * 6 + "\n\t\n"
    assert row_end in text
    report = read_text(text.replace(row_end, f"{row_end}{LONG}\n"))
    assert report.applications[-1].printed == ("1", "1", "1", "1", "1", "1", "")


@pytest.mark.parametrize(("names", "read_in_order"), [(HEADS, True), ((HEADS[2], *HEADS[:2], *HEADS[3:]), False)])
def test_words_on_a_line_above_one_with_pipes_are_each_a_heading(names: tuple[str, ...], read_in_order: bool) -> None:
    rows = [row for row in tables()[APPLICATIONS] if row[0].text[:2] in {"一、", "二、", "四、"}]
    text = report_text({APPLICATIONS: rows}, A_PIPE_ENDS_EACH_ROW)
    report = read_text(text.replace(f"\n{rows[0][0].text}", f"\n申请人情况 {' '.join(names)}\n{rows[0][0].text}", 1))
    figures = application_figures(report)
    assert [*figures.values()] == [
        EXPECTED.applications[item] if read_in_order else dict.fromkeys(forms.APPLICATION_COLUMNS) for item in figures
    ]
    assert len(figures) == len(rows)


@pytest.mark.parametrize(("at", "read_in_order"), [(6, True), (0, False)], ids=["the total last", "the total first"])
def test_seven_figures_of_a_grid_with_a_heading_that_is_not_known_are_in_the_form_s_order(
    at: int, read_in_order: bool
) -> None:
    names = [*HEADS[:5], "其余"]
    names.insert(at, HEADS[-1])
    rows = [row for row in tables()[APPLICATIONS] if row[0].text[:2] in {"一、", "二、"}]
    figures = application_figures(page({APPLICATIONS: [[Box("申请人情况"), *map(Box, names)], *rows]}))
    assert [*figures.values()] == [
        EXPECTED.applications[item] if read_in_order else dict.fromkeys(forms.APPLICATION_COLUMNS) for item in figures
    ]
    assert len(figures) == len(rows)


def test_a_heading_on_a_line_above_a_grid_is_its_first_column_s() -> None:
    """The cell below it is blank in the grid, whose other headings are those of the form."""
    rows = [row for row in tables()[APPLICATIONS] if row[0].text[:2] in {"一、", "二、"}]
    grid = pages.table([[Box("申请人情况"), Box(""), *map(Box, HEADS[1:])], *rows], pages.Page())
    body = f"<h1>{TITLE}</h1><p>{SECTIONS[APPLICATIONS]}</p><p>{HEADS[0]}</p>{grid}"
    (report,) = read_bytes(f"<html><body>{body}</body></html>".encode())
    assert isinstance(report, Report)
    assert application_figures(report) == {
        item: EXPECTED.applications[item] for item in ("received", "brought_forward")
    }


def test_the_one_figure_of_each_row_is_nobody_s_where_no_heading_names_who_asked() -> None:
    rows = [[next(box for box in row if box.text.startswith(label)), row[-1]]
            for row in tables()[APPLICATIONS][3:] for label in [row[-8].text]]  # fmt: skip
    report = page({APPLICATIONS: [[Box("申请人情况"), Box("件")], *rows]})
    assert len(report.applications) == len(rows)
    assert not any(row.cells for row in report.applications)


def test_a_row_of_other_results_with_its_group_s_label_before_its_own() -> None:
    """As where a copy prints the label of a merged cell before each of its rows."""
    rows = tables(sound_figures(forms.FORM_2021))[APPLICATIONS]
    at = row_at(rows, "3.其他")
    rows[at] = [Box("(六)其他处理3.其他"), *rows[at][1:]]
    assert application_figures(read({APPLICATIONS: rows}, TABS)) == sound_figures(forms.FORM_2021).applications


def test_the_head_of_a_page_below_a_row_that_lost_its_blanks_is_no_cell_of_it() -> None:
    rows = tables()[APPLICATIONS]
    at = row_at(rows, "2.重复申请")
    rows[at][1:] = [Box("4"), Box("4")]
    rows.insert(at + 1, [Box("县政府年报2020")])
    repeated = next(row for row in read({APPLICATIONS: rows}).applications if row.item == "not_processed_repeat")
    assert repeated.printed == ("4", "4")


def test_two_figures_of_a_grid_without_headings_are_where_the_sums_leave_them() -> None:
    applicants = [column.code for column in forms.APPLICANTS]
    parts = {item: {name: row[name] or 0 for name in applicants}
             for item, row in EXPECTED.applications.items() if item in forms.RESULT_ITEMS}  # fmt: skip
    parts["not_processed_repeat"] = {"natural_person": 10}
    rows_of = with_totals(parts, dict.fromkeys(applicants, 2), dict.fromkeys(applicants, 1))
    figures = replace(EXPECTED, applications={item: rows_of[item] for item in EXPECTED.applications})
    rows = tables(figures)[APPLICATIONS][3:]
    at = row_at(rows, "2.重复申请")
    rows[at] = [*rows[at][:-7], Box("10"), Box("10")]
    printed = application_figures(page({APPLICATIONS: rows}))
    left = {**dict.fromkeys(applicants), "natural_person": 10, "total": 10}
    assert printed == {**figures.applications, "not_processed_repeat": left}


@pytest.mark.parametrize(
    ("printed", "counts"),
    [
        ("行政许可 | 4 | 1 | 行政处罚 | 5 | 2 | 7 行政强制", [4, 1, None, 5, 2, 7, None, None, None]),
        ("行政许可 | | 7 行政处罚 | | 6 行政强制 4 | 3", [None, None, 7, None, None, 6, 4, None, 3]),
    ],
    ids=["six", "five"],
)
def test_six_lines_of_one_pipe_part_cells_and_five_are_one_each(printed: str, counts: list[int | None]) -> None:
    words = f"信息内容 上一年项目数量 本年增/减 处理决定数量 {printed}"
    report = read_text(f"{TITLE}\n\n{SECTIONS[DISCLOSURES]}\n\n{words.replace(' ', chr(10))}\n")
    assert [figure.count for figure in report.disclosures] == counts
