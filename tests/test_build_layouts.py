"""The facts on how reports look in the wild (LAYOUTS.md), one by one: a small report of that shape, read end to end.

Goes with that list: what other files show by round trip with drawn figures stands here once more in its own shape,
so that every layout, blank, label, value and wording has a case that can be read beside its sentence.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from build import forms
from build.checks import Check, check_report, check_years
from build.report import Problem, Report
from tests.assertions import form_checks, hotline_figures, read_bytes, read_text
from tests.render import BLANKS, HEADERS, KEPT, LAYOUTS, Figures, Options, Printed
from tests.render import html as html_render
from tests.render import word as word_render
from tests.render.figures import Cells, application_items
from tests.samples import AGENCY, TITLE, report_text, sound_figures
from tests.test_build_read_word import WORD_HEAD, compound
from tests.test_build_text_layouts import assert_figures

Counts = dict[tuple[str, str], int | None]
"""(item, measure) → count."""

DOCUMENTS = "二、主动公开政府信息情况"
APPLICATIONS = "三、收到和处理政府信息公开申请情况"


def page(body: str) -> Report:
    """The report in a web page."""
    (report,) = read_bytes(f"<html><head><meta charset=utf-8></head><body>{body}</body></html>".encode(), "report.html")
    assert isinstance(report, Report), report
    return report


def written(figures: Figures, options: Options, shape: str) -> Report:
    """The report of these figures as text in a layout, or as a web page."""
    if shape != "html":
        return read_text(LAYOUTS[shape](figures, options))
    (report,) = read_bytes(html_render.written(figures, options, html_render.Page()), "report.html")
    assert isinstance(report, Report), report
    return report


def codes(report: Report) -> set[str]:
    """The codes of a report's problems."""
    return {problem.code for problem in report.problems}


# How a table row becomes text --------------------------------------------------------------------------------------

RULES: Counts = {
    ("government_rule", "made"): 0,
    ("government_rule", "published"): 0,
    ("government_rule", "public_total"): 0,
    ("normative_document", "made"): 7,
    ("normative_document", "published"): 5,
    ("normative_document", "public_total"): 43,
}
LICENCE: Counts = {("licence", "decisions"): 316, ("penalty", "decisions"): 27, ("compulsion", "decisions"): 0}
MATTERS: Counts = {
    ("licence", "previous"): 318,
    ("licence", "change"): 46,
    ("licence", "decisions"): 20511,
    ("other_service", "previous"): None,
    ("other_service", "change"): -9,
    ("other_service", "decisions"): 0,
}

DISCLOSED: dict[str, tuple[str, Counts]] = {
    "one cell a line, blank lines between": (
        "信息内容\n\n本年新制作数量\n\n本年新公开数量\n\n对外公开总数量\n\n规章\n\n0\n\n0\n\n0\n\n规范性文件\n\n7\n\n5\n\n43",
        RULES,
    ),
    "pipe rows, no cell merged": (
        "信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n规章 | 0 | 0 | 0 |\n规范性文件 | 7 | 5 | 43 |",
        RULES,
    ),
    "pipe rows with fillers for merged cells": (
        "第二十条第(五)项 | |||\n信息内容 | 本年处理决定数量 | ||\n行政许可 | 316 | ||\n"
        "第二十条第(六)项 | |||\n信息内容 | 本年处理决定数量 | ||\n行政处罚 | 27 | ||\n行政强制 | 0 | ||",
        LICENCE,
    ),
    "one cell a line, each ending in a pipe": (
        "信息内容 |\n本年新制作数量 |\n本年新公开数量 |\n对外公开总数量 |\n"
        "规章 |\n0 |\n|\n0 |\n规范性文件 |\n7 |\n5 |\n43 |",
        {**RULES, ("government_rule", "published"): None},
    ),
    "one cell a line with fillers": (
        "第二十条第(五)项 |\n||\n信息内容 |\n本年处理决定数量 |\n||\n行政许可 |\n316 |\n||\n"
        "第二十条第(六)项 |\n||\n信息内容 |\n本年处理决定数量 |\n||\n行政处罚 |\n27 |\n||\n行政强制 |\n0 |\n||",
        LICENCE,
    ),
    "pipes with line breaks inside cells": (
        "| \n信息内容 | \n本年新制作数量 | \n本年新公开数量 | \n对外公开总数量 |\n| \n规章 | \n0 | \n0 | \n0 |\n"
        "| \n规范性文件 | \n7 | \n5 | \n43 |",
        RULES,
    ),
    "tab-indented": (
        "\t信息内容\n\t上一年项目数量\n\t本年增/减\n\t处理决定数量\n\n\t行政许可\n\t318\n\t+46\n\t20511\n\n"
        "\t其他对外管理服务事项\n\t\n\t-9\n\t0\n\n",
        MATTERS,
    ),
    "tab-indented, headers and labels going on in a line without tab": (
        "\t信息内容\n\t上一年\n项目数量\n\t本年\n增/减\n\t处理决定\n数量\n\n\t行政许可\n\t318\n\t+46\n\t20511\n\n"
        "\t其他对外管\n理服务事项\n\t\n\t-9\n\t0\n\n",
        MATTERS,
    ),
    "one cell a line with pipes, labels over two lines": (
        "信息内容 |\n上一年\n项目数量 |\n本年\n增/减 |\n处理决定\n数量 |\n行政许可 |\n318 |\n+46 |\n20511 |\n"
        "其他对外管\n理服务事项 |\n|\n-9 |\n0 |",
        MATTERS,
    ),
    "pipes with line breaks, labels over two lines": (
        "| \n信息内容 | \n上一年\n项目数量 | \n本年\n增/减 | \n处理决定\n数量 |\n"
        "| \n行政许可 | \n318 | \n+46 | \n20511 |\n| \n其他对外管\n理服务事项 | \n/ | \n-9 | \n0 |",
        MATTERS,
    ),
    "a header in the wrong order on one line": (
        "信息内容 本年新 本年新 对外公开总数量 制作数量 公开数量\n规章 0 0 0\n规范性文件 7 5 43",
        RULES,
    ),
    "a header in the wrong order on two lines": (
        "信息内容 本年新 本年新 对外公开总数量\n制作数量 公开数量\n\n规章\n\n0\n\n0\n\n0\n\n规范性文件\n\n7\n\n5\n\n43",
        RULES,
    ),
    "pages of a PDF, cut by a page mark": (
        "第二十条第(五)项\n信息内容 本年处理决定数量\n行政许可 316\n第二十条第(六)项\n信息内容 本年处理决定数量\n"
        "行政处罚 27\n- 4 -\n行政强制 0",
        LICENCE,
    ),
}
"""Shape → section 二 as it is printed, and what it says."""


@pytest.mark.parametrize("shape", DISCLOSED)
def test_a_row_of_section_two_in_its_shape(shape: str) -> None:
    table, expected = DISCLOSED[shape]
    found = read_text(f"{TITLE}\n\n{DOCUMENTS}\n\n{table}\n").disclosures
    assert {(figure.item, figure.measure): figure.count for figure in found} == expected
    assert {figure.placement for figure in found if figure.count is not None} == {"printed"}


NEW = "一、本年新收政府信息公开申请数量"
ROWS: dict[str, tuple[str, tuple[int | None, ...]]] = {
    "one cell a line": (f"{NEW}\n\n3\n\n1\n\n0\n\n0\n\n0\n\n2\n\n6", (3, 1, 0, 0, 0, 2, 6)),
    "pipe row with fillers": (f"{NEW} | 3 | 1 | 0 | 0 | 0 | 2 | 6 | |||", (3, 1, 0, 0, 0, 2, 6)),
    "one cell a line with pipes": (f"{NEW} |\n3 |\n|\n0 |\n|\n|\n2 |\n5 |\n||", (3, None, 0, None, None, 2, 5)),
    "compact pipe row": (f"{NEW} | 3 | 1 | 0 | 0 | 0 | 2 | 6 |", (3, 1, 0, 0, 0, 2, 6)),
    "compact pipe row with blanks": (f"| {NEW} | 4 | | | | | | 4 |", (4, None, None, None, None, None, 4)),
    "values below the label": (f"{NEW}\n| 0 | | | | | | 0 |", (0, None, None, None, None, None, 0)),
    "pipes with line breaks": (f"| \n{NEW} | \n3 | \n1 | \n0 | \n0 | \n0 | \n2 | \n6 |", (3, 1, 0, 0, 0, 2, 6)),
    "tab-indented": (
        "\t一、本年新收政府信息\n公开申请数量\n\t\n\t\n\t3\n\t1\n\t0\n\t0\n\t0\n\t2\n\t6\n\n",
        (3, 1, 0, 0, 0, 2, 6),
    ),
    "a line of a PDF": (f"{NEW} 3 1 0 0 0 2 6", (3, 1, 0, 0, 0, 2, 6)),
    "a wrapped line of a PDF": (
        "申请人情况\n自然人 法人或其他组织 总计\n商业企业 科研机构 社会公益组织 法律服务机构 其他\n"
        "一、本年新收政府信息公开申\n3 1 0 0 0 2 6\n请数量",
        (3, 1, 0, 0, 0, 2, 6),
    ),
}
"""Shape → row 一 of section 三 as it is printed, and its seven columns."""


@pytest.mark.parametrize("shape", ROWS)
def test_a_row_of_section_three_in_its_shape(shape: str) -> None:
    printed, expected = ROWS[shape]
    (row,) = read_text(f"{TITLE}\n\n{APPLICATIONS}\n\n{printed}\n").applications
    assert (row.item, row.placement, row.unplaced) == ("received", "printed", ())
    assert tuple(row.get(column) for column in forms.APPLICATION_COLUMNS) == expected


def test_merged_cells_and_no_break_spaces_of_a_web_page_within_its_layout_tables() -> None:
    labels = ("1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益",
              "5.属于三类内部事务信息", "6.属于四类过程性信息", "7.属于行政执法案卷", "8.属于行政查询事项")  # fmt: skip
    rows = [
        f"{'<tr>' if at else '<tr><td rowspan=8>(三)不予公开</td>'}<td>{label}</td><td>{at}</td><td>&nbsp;</td>"
        f"<td>0</td><td>0</td><td>0</td><td>0</td><td>{at}</td></tr>"
        for at, label in enumerate(labels)
    ]
    head = (
        "<tr><td rowspan=3 colspan=2></td><td colspan=7>申请人情况</td></tr>"
        "<tr><td rowspan=2>自然人</td><td colspan=5>法人或其他组织</td><td rowspan=2>总计</td></tr>"
        "<tr><td>商业企业<td>科研机构<td>社会公益组织<td>法律服务机构<td>其他</tr>"
    )
    table = f"<table>{head}{''.join(rows)}</table>"
    frame = f"<table><tr><td>栏目<td>{TITLE}</td></tr><tr><td colspan=2><p>{APPLICATIONS}</p>{table}</td></tr></table>"
    found = page(f"<table><tr><td>{frame}</td></tr></table>").applications
    items = [item.code for item in forms.APPLICATION_ITEMS if item.code.startswith("withheld_")]
    assert [row.item for row in found] == items
    for at, row in enumerate(found):
        assert [row.get(column) for column in forms.APPLICATION_COLUMNS] == [at, None, 0, 0, 0, 0, at]


# Empty cells -------------------------------------------------------------------------------------------------------


def with_blanks() -> Figures:
    """A sound report with a few cells blank, beside cells that print 0."""
    figures = sound_figures()
    granted, pending = figures.applications["granted"], figures.reviews["lawsuit_direct"]
    return replace(
        figures,
        applications={
            **figures.applications,
            "granted": {**granted, "business": None, "research_institution": 0, "total": None},
        },
        reviews={**figures.reviews, "lawsuit_direct": {**pending, "pending": None, "other": 0}},
        disclosures={
            **figures.disclosures,
            ("penalty", "previous"): Printed(""),
            ("penalty", "change"): Printed("0", 0),
            ("procurement", "amount"): Printed(""),
        },
    )


@pytest.mark.parametrize(
    ("shape", "blank"),
    [
        *((layout, blank) for layout in LAYOUTS for blank in BLANKS.get(layout, KEPT)),
        *(("html", blank) for blank in KEPT),
    ],
)
def test_blank_is_not_zero_however_it_is_kept(shape: str, blank: str) -> None:
    assert_figures(written(with_blanks(), Options(blank=blank), shape), with_blanks())


def without_totals() -> Figures:
    """A report whose column 总计 is blank but in rows 一, 二, (七) and 四."""
    figures = sound_figures()
    rows = {
        item: {**row, "total": None} if item in forms.RESULT_ITEMS else row
        for item, row in figures.applications.items()
    }
    return replace(figures, applications=rows)


@pytest.mark.parametrize("shape", ["compact_pipe_rows", "one_cell_a_line_with_pipe", "tab_indented", "html"])
def test_a_blank_column_of_totals_stays_blank_and_is_held_against_nothing(shape: str) -> None:
    report = written(without_totals(), Options(blank="no-break"), shape)
    assert_figures(report, without_totals())
    found = {(check.rule, check.subject): check.status for check in check_report(report)}
    assert {found["R3", f"applications-{item}-total"] for item in forms.RESULT_ITEMS if item in dict(
        without_totals().applications)} == {"unknown"}  # fmt: skip
    assert found["R2", "applications-closed-total"] == "unknown"
    assert found["R2", "applications-closed-natural_person"] == "holds"
    assert {found["R1", f"applications-received-{column}"] for column in forms.APPLICATION_COLUMNS} == {"holds"}


# Labels ------------------------------------------------------------------------------------------------------------


def assert_same_figures(text: str, figures: Figures) -> None:
    """A report's text says these figures and leaves no problem."""
    report = read_text(text)
    assert_figures(report, figures)
    assert report.problems == ()


def test_the_total_stands_before_businesses_in_a_flattened_header() -> None:
    header = (
        "申请人情况\n\n自然人\n\n法人或其他组织\n\n总计\n\n商业企业\n\n科研机构\n\n社会公益组织\n\n法律服务机构\n\n其他"
    )
    assert header.replace("申请人情况\n\n", "") in report_text()
    (row,) = read_text(f"{TITLE}\n\n{APPLICATIONS}\n\n{header}\n\n{ROWS['one cell a line'][0]}\n").applications
    assert dict(row.cells) == dict(zip(forms.APPLICATION_COLUMNS, (3, 1, 0, 0, 0, 2, 6), strict=True))


@pytest.mark.parametrize(
    ("shape", "header"),
    [(layout, header) for layout in LAYOUTS for header in HEADERS.get(layout, ("whole", "split"))],
)
def test_headers_cut_in_disorder_or_partly_lost_change_no_figure(shape: str, header: str) -> None:
    for form in (forms.FORM_2019, forms.FORM_2021):
        assert_figures(written(sound_figures(form), Options(header=header), shape), sound_figures(form))


REVIEWS_TITLE = "四、政府信息公开行政复议、行政诉讼情况"
NO_HEADER = "4 1 2 0 7 3 0 1 2 6 0 0 0 0 0"


@pytest.mark.parametrize("header", ["", "行政复议行政诉讼\n"])
@pytest.mark.parametrize("figures", [NO_HEADER, " ".join("0" * 15), NO_HEADER.replace(" 0 7", " / 7")])
def test_section_four_without_its_header_gives_the_totals_that_its_sums_decide(header: str, figures: str) -> None:
    row = "| " + figures.replace(" ", " | ") + " |"
    report = read_text(f"{TITLE}\n\n{REVIEWS_TITLE}\n{header}{row}\n\n五、存在的主要问题及改进情况\n")
    printed = figures.split()
    assert [(review.cells, review.placement, review.unplaced) for review in report.reviews] == [
        (
            (("total", int(printed[begin + 4])),),
            "inferred",
            tuple(cell for cell in printed[begin : begin + 4] if cell != "/"),
        )
        for begin in (0, 5, 10)
    ]
    codes = [problem.code for problem in report.problems if "四" in problem.message.en]
    assert codes == ["row_unplaced"]
    assert {check.status for check in form_checks(report)} <= {"unknown", "holds"}


@pytest.mark.parametrize(
    "figures",
    [
        NO_HEADER.replace("7 3", "8 3"),
        NO_HEADER.removesuffix(" 0"),
        f"{NO_HEADER} 0",
        NO_HEADER.replace("4 1", "/ 1"),
        "7 4 1 2 0 6 3 0 1 2 0 0 0 0 0",
    ],
    ids=["wrong total", "a cell less", "a cell more", "a blank", "totals first"],
)
def test_figures_below_the_title_of_section_four_that_do_not_add_up_are_not_taken_for_its_row(figures: str) -> None:
    row = "| " + figures.replace(" ", " | ") + " |"
    report = read_text(f"{TITLE}\n\n{REVIEWS_TITLE}\n行政复议行政诉讼\n{row}\n\n五、存在的主要问题及改进情况\n")
    assert report.reviews == ()
    assert "tables_missing" in [problem.code for problem in report.problems]


FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
VARIANTS: list[tuple[str, str, str]] = [
    (forms.FORM_2019, "规范性文件", "行政规范性文件"),
    (forms.FORM_2021, "规范性文件", "行政规范性文件"),
    (forms.FORM_2019, "本年增/减", "本年度增/减"),
    (forms.FORM_2019, "本年增/减", "本年增/"),
    (forms.FORM_2019, "“三安全一稳定”", '"三安全一稳定"'),
    (forms.FORM_2019, "“三安全一稳定”", "三安全一稳定"),
    (forms.FORM_2019, "(一)予以公开", "（一）予以公开"),
    (forms.FORM_2019, "(七)总计", "（七）总计"),
    (forms.FORM_2019, "第二十条第(五)项", "第二十条第（五）项"),
    (forms.FORM_2021, "(单位:万元)", "（单位：万元）"),
    (forms.FORM_2019, "1.属于国家秘密", "１.属于国家秘密"),
    (forms.FORM_2019, "1.属于国家秘密", "1、属于国家秘密"),
    (forms.FORM_2019, "1.属于国家秘密", "1．属于国家秘密"),
    (forms.FORM_2019, "规章", "规 章"),
    (forms.FORM_2019, "行政许可", "行 政 许 可"),
    (forms.FORM_2019, "自然人", "自 然 人"),
    (forms.FORM_2019, "2.重复申请", "2. 重复 申请"),
    (forms.FORM_2019, "一、本年新收", "一、 本年新收"),
    (forms.FORM_2019, "处理决定数量", "处理决定数量(指2020年办件量)"),
    (forms.FORM_2021, "本年处理决定数量", "本年处理决定数量(指2021年办件量)"),
]


@pytest.mark.parametrize(("form", "printed", "variant"), VARIANTS)
def test_a_label_in_another_spelling_is_the_same_label(form: str, printed: str, variant: str) -> None:
    figures = replace(sound_figures(form), unit_in_header=form == forms.FORM_2021)
    text = report_text(figures=figures)
    assert printed in text
    assert_same_figures(text.replace(printed, variant), figures)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "options",
    [Options(quotes="straight"), Options(quotes="none"), Options(numbering="、"), Options(numbering="．"),
     Options(spaced=True), Options(full_width=True)],
    ids=["straight quotes", "no quotes", "1、", "1．", "blanks inside words", "full width"],
)  # fmt: skip
def test_a_report_in_another_spelling_throughout_says_the_same(layout: str, options: Options) -> None:
    assert_same_figures(LAYOUTS[layout](sound_figures(), options), sound_figures())


def test_a_form_with_a_row_more_of_documents_has_that_row() -> None:
    more = {("other_document", measure): Printed(str(count), count)
            for measure, count in (("made", 61), ("published", 52), ("public_total", 733))}  # fmt: skip
    known = sound_figures().disclosures
    documents = {place: cell for place, cell in known.items() if place[1] in ("made", "published", "public_total")}
    others = {place: cell for place, cell in known.items() if place not in documents}
    figures = replace(sound_figures(), disclosures={**documents, **more, **others})
    text = report_text(figures=figures).replace("处理决定数量", "处理决定数量(指2020年办件量)")
    assert "其他主动公开文件" in text
    assert_same_figures(text, figures)


def test_tables_are_found_by_what_is_in_them() -> None:
    text = report_text()
    for title in (DOCUMENTS, APPLICATIONS, "四、政府信息公开行政复议、行政诉讼情况"):
        assert title in text
        text = text.replace(f"{title}\n\n", "")
    assert_same_figures(text, sound_figures())


# Forms -------------------------------------------------------------------------------------------------------------


def test_a_report_of_2021_on_the_form_of_2019_has_that_form() -> None:
    figures = sound_figures(forms.FORM_2019, year=2021)
    report = read_text(LAYOUTS["lines_between_blanks"](figures, Options()))
    assert_figures(report, figures)
    assert (report.form, report.identity.year) == (forms.FORM_2019, 2021)


def test_a_first_sub_table_of_2019_among_tables_of_2021_is_a_mixed_form() -> None:
    old, new = sound_figures(forms.FORM_2019), sound_figures(forms.FORM_2021, year=2021)
    documents = {
        place: cell for place, cell in old.disclosures.items() if place[1] in ("made", "published", "public_total")
    }
    others = {
        place: cell
        for place, cell in new.disclosures.items()
        if place[0] not in ("government_rule", "normative_document")
    }
    hybrid = replace(new, disclosures={**documents, **others}, documents_form=forms.FORM_2019)
    for layout in LAYOUTS.values():
        report = read_text(layout(hybrid, Options()))
        assert_figures(report, hybrid)
        assert report.form == forms.MIXED


def test_a_single_row_of_other_handling_on_the_form_of_2021() -> None:
    figures = sound_figures(forms.FORM_2021, year=2022)
    details = [figures.applications[item] for item in forms.OTHER_DETAILS]
    single: Cells = {column: sum(row[column] or 0 for row in details) for column in forms.APPLICATION_COLUMNS}
    rows = {**figures.applications, forms.OTHER_ITEM: single}
    one = replace(
        figures, applications={item: rows[item] for item in application_items(forms.FORM_2021, details=False)}
    )
    report = read_text(LAYOUTS["lines_between_blanks"](one, Options()))
    assert_figures(report, one)
    assert (report.form, report.problems) == (forms.FORM_2021, ())
    assert "fails" not in {check.status for check in check_report(report)}


# Values ------------------------------------------------------------------------------------------------------------

TOTALS, CHANGE, AMOUNT = ("government_rule", "public_total"), ("licence", "change"), ("procurement", "amount")
VALUES: list[tuple[tuple[str, str], Printed, bool]] = [
    (CHANGE, Printed("+37", 37), False),
    (CHANGE, Printed("-2406", -2406), False),
    (CHANGE, Printed("减8", -8), False),
    (CHANGE, Printed("519", 519), False),
    (AMOUNT, Printed("30817.4206万元", amount_wan=Decimal("30817.4206")), False),
    (AMOUNT, Printed("118902.75(万元", amount_wan=Decimal("118902.75")), False),
    (AMOUNT, Printed("377000元", amount_wan=Decimal("37.7")), False),
    (AMOUNT, Printed("418", amount_wan=Decimal(418)), True),
    (AMOUNT, Printed("418", amount_wan=None), False),
    (TOTALS, Printed("26(2019年起)", 26, note="2019年起"), False),
    (TOTALS, Printed("\u00a0\u00a026", 26), False),
    (TOTALS, Printed("1,260,417", 1260417), False),
    (TOTALS, Printed("１２６０", 1260), False),
]
"""Where it stands, the cell as printed with what it says, and whether the header states 万元."""


@pytest.mark.parametrize("shape", [*LAYOUTS, "html"])
@pytest.mark.parametrize(("place", "cell", "in_header"), VALUES, ids=lambda case: getattr(case, "text", None))
def test_a_value_as_it_is_printed(shape: str, place: tuple[str, str], cell: Printed, in_header: bool) -> None:
    sound = sound_figures()
    amount = Printed("5", amount_wan=Decimal(5)) if in_header else sound.disclosures[AMOUNT]
    figures = replace(sound, disclosures={**sound.disclosures, AMOUNT: amount, place: cell}, unit_in_header=in_header)
    report = written(figures, Options(), shape)
    assert_figures(report, figures)
    (figure,) = (found for found in report.disclosures if (found.item, found.measure) == place)
    assert figure.printed == cell.text.strip()
    units = [check.status for check in check_report(report) if check.rule == "unit_missing"]
    assert units == ["fails" if place == AMOUNT and cell.amount_wan is None else "holds"]


@pytest.mark.parametrize(
    "shape", ["lines_between_blanks", "compact_pipe_rows", "pipe_rows_with_fillers", "tab_indented", "html"]
)
@pytest.mark.parametrize("text", ["若干", "见附件", "约20"])
def test_a_text_where_a_count_belongs_is_null_and_said(shape: str, text: str) -> None:
    place = ("government_rule", "published")
    sound = sound_figures()
    figures = replace(sound, disclosures={**sound.disclosures, place: Printed(text)})
    report = written(figures, Options(), shape)
    assert_figures(report, figures)
    (figure,) = (found for found in report.disclosures if (found.item, found.measure) == place)
    assert figure.printed == text
    (problem,) = report.problems
    assert (problem.code, problem.severity) == ("no_count", "warning")
    assert text in problem.excerpt


CUTS = ["30817.\n4206万元", "30817.4206\n万元", "3081\n7.4206万元"]
KEEPING_LINES_TOGETHER = (
    "pipe_rows_with_fillers", "compact_pipe_rows", "compact_pipe_rows_with_leading_pipe",
    "compact_pipe_rows_below_labels", "tab_indented", "markdown_rows",
)  # fmt: skip
"""Layouts of text whose cells show where they end, so that a line break within one is seen."""


def amount_of(report: Report) -> tuple[Decimal | None, str]:
    """The amount of procurement, and as printed."""
    (figure,) = (found for found in report.disclosures if (found.item, found.measure) == AMOUNT)
    return figure.amount_wan, figure.printed


def with_amount(text: str) -> Figures:
    """A sound report that prints ``text`` as the amount of procurement."""
    sound = sound_figures()
    return replace(sound, disclosures={**sound.disclosures, AMOUNT: Printed(text)})


WHOLE = (Decimal("30817.4206"), "30817.4206万元")


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("layout", KEEPING_LINES_TOGETHER)
def test_a_value_printed_over_two_lines_of_a_text_is_one_value(layout: str, cut: str) -> None:
    text = LAYOUTS[layout](with_amount("31.5万元"), Options())
    assert text.count("31.5万元") == 1
    assert amount_of(read_text(text.replace("31.5万元", cut))) == WHOLE


@pytest.mark.parametrize("cut", CUTS)
def test_a_value_printed_over_two_lines_of_a_cell_is_one_value(cut: str) -> None:
    (word,) = read_bytes(word_render.report_docx(with_amount(cut), Options()), "report.docx")
    assert isinstance(word, Report), word
    assert amount_of(word) == WHOLE
    html = html_render.written(with_amount("31.5万元"), Options(), html_render.Page()).decode()
    for inside in (cut.replace("\n", "<br>"), "".join(f"<p>{line}</p>" for line in cut.split("\n"))):
        assert amount_of(page(html.replace("31.5万元", inside))) == WHOLE


@pytest.mark.parametrize(
    ("layout", "cut"),
    [
        ("one_cell_a_line_with_pipe", "30817.\n4206万元"),
        ("one_cell_a_line_with_pipe", "30817.4206\n万元"),
        ("lines_between_blanks", "30817.4206\n万元"),
        ("lines_between_blanks", "30817.4206\n\n万元"),
        ("pdf_page_text", "30817.4206\n万元"),
    ],
)
def test_a_figure_cut_behind_its_point_or_before_its_unit_is_whole_again(layout: str, cut: str) -> None:
    """Bare digits are not: a page number could stand between."""
    text = LAYOUTS[layout](with_amount("31.5万元"), Options())
    assert amount_of(read_text(text.replace("31.5万元", cut))) == WHOLE


@pytest.mark.parametrize("layout", ["lines_between_blanks", "one_cell_a_line_with_pipe", "pdf_page_text"])
def test_where_no_cell_shows_its_end_a_value_over_two_lines_is_never_a_part_of_it(layout: str) -> None:
    text = LAYOUTS[layout](with_amount("31.5万元"), Options())
    for cut in CUTS:
        assert amount_of(read_text(text.replace("31.5万元", cut)))[0] in (None, WHOLE[0])


@pytest.mark.parametrize("at", [0, 1])
def test_a_text_in_a_line_that_a_pipe_ends_keeps_its_place(at: int) -> None:
    cells = ["12", "28", "31"]
    cells[at] = "若干"
    header = "信息内容 |\n本年新制作数量 |\n本年新公开数量 |\n对外公开总数量 |"
    body = "\n".join(f"{cell} |" for cell in ("规章", *cells, "规范性文件", "1", "2", "3"))
    report = read_text(f"{TITLE}\n\n{DOCUMENTS}\n\n{header}\n{body}\n")
    rules = [figure for figure in report.disclosures if figure.item == "government_rule"]
    assert [figure.printed for figure in rules] == cells
    assert [figure.count for figure in rules] == [int(cell) if cell.isdigit() else None for cell in cells]
    assert "no_count" in codes(report)


@pytest.mark.parametrize("piece", ["、", "(三)不予"])
def test_a_piece_of_the_next_label_behind_a_lines_figures_is_no_cell(piece: str) -> None:
    """PDF page text: six figures and such a piece would be seven cells, the first of them wrongly below 自然人."""
    header = "自然人\t法人或其他组织\t总计\n商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他"
    whole = "一、本年新收政府信息公开申请数量\t12\t1\t7\t0\t0\t0\t20"
    short = f"二、上年结转政府信息公开申请数量\t12\t0\t7\t0\t0\t7\t{piece}"
    report = read_text(f"{TITLE}\n\n{APPLICATIONS}\n\n{header}\n{whole}\n{short}\n")
    rows = {row.item: row for row in report.applications}
    assert rows["received"].placement == "printed"
    assert rows["brought_forward"].placement in {"inferred", "unplaced"}
    assert rows["brought_forward"].printed == ("12", "0", "7", "0", "0", "7")


def test_two_values_on_one_line_are_two() -> None:
    header = "信息内容\n\n本年新制作数量\n\n本年新公开数量\n\n对外公开总数量"
    found = read_text(f"{TITLE}\n\n{DOCUMENTS}\n\n{header}\n\n规章\n\n12 16\n\n28\n").disclosures
    assert {figure.measure: figure.count for figure in found} == {"made": 12, "published": 16, "public_total": 28}


def test_two_values_in_one_cell_of_a_grid_are_none() -> None:
    rows = "<tr><td>信息内容<td>本年新制作数量<td>本年新公开数量<td>对外公开总数量<tr><td>规章<td>12 16<td>28<td>31"
    found = page(f"<p>{TITLE}</p><p>{DOCUMENTS}</p><table>{rows}</table>")
    assert [figure.count for figure in found.disclosures] == [None, 28, 31]
    assert "no_count" in codes(found)


# Arithmetic --------------------------------------------------------------------------------------------------------


def statuses(report: Report, rule: str) -> dict[str, str]:
    """Subject → status of one rule's checks."""
    return {check.subject: check.status for check in check_report(report) if check.rule == rule}


BREACHES: list[tuple[str, str, str, str, str]] = [
    ("applications", "received", "natural_person", "R1", "applications-received-natural_person"),
    ("applications", "brought_forward", "business", "R1", "applications-received-business"),
    ("applications", "closed", "total", "R1", "applications-received-total"),
    ("applications", "carried_forward", "other_org", "R1", "applications-received-other_org"),
    ("applications", "granted", "legal_service_org", "R2", "applications-closed-legal_service_org"),
    ("applications", "closed", "public_welfare_org", "R2", "applications-closed-public_welfare_org"),
    ("applications", "granted", "research_institution", "R3", "applications-granted-total"),
    ("applications", "other", "total", "R3", "applications-other-total"),
    ("reviews", "reconsideration", "corrected", "R4", "reviews-reconsideration-total"),
    ("reviews", "lawsuit_after_reconsideration", "total", "R4", "reviews-lawsuit_after_reconsideration-total"),
]


@pytest.mark.parametrize(("table", "row", "column", "rule", "subject"), BREACHES)
def test_a_relation_of_the_form_holds_as_printed_or_is_said_not_to(
    table: str, row: str, column: str, rule: str, subject: str
) -> None:
    sound = sound_figures()
    rows: Mapping[str, Cells] = getattr(sound, table)
    changed: dict[str, Any] = {table: {**rows, row: {**rows[row], column: (rows[row][column] or 0) + 5}}}
    for figures, expected in ((sound, "holds"), (replace(sound, **changed), "fails")):
        report = read_text(LAYOUTS["compact_pipe_rows"](figures, Options()))
        assert_figures(report, figures)
        assert statuses(report, rule)[subject] == expected


def year_after(earlier: Figures, **counts: int) -> Figures:
    """A sound report of the next year that goes on from ``earlier``; ``counts`` are added to what it should say."""
    by = {"brought_forward": 0, "in_force": 0, "previous": 0, **counts}
    later = sound_figures(earlier.form, year=earlier.year + 1)
    carried = earlier.applications["carried_forward"]
    brought: Cells = {column: (carried[column] or 0) + by["brought_forward"] for column in forms.APPLICATION_COLUMNS}
    disclosures = dict(later.disclosures)
    before = {place: cell.count or 0 for place, cell in earlier.disclosures.items()}
    for item, measure in disclosures:
        if measure == "in_force":
            issued, repealed = (disclosures[item, name].count or 0 for name in ("issued", "repealed"))
            count = before[item, measure] + issued - repealed + by["in_force"]
            disclosures[item, measure] = Printed(str(count), count)
        if measure == "previous":
            count = before[item, measure] + before[item, "change"] + by["previous"]
            disclosures[item, measure] = Printed(str(count), count)
    rows = {**later.applications, "brought_forward": brought}
    return replace(later, applications=rows, disclosures=disclosures)


def two_years(form: str, **counts: int) -> list[Check]:
    """The checks across two years of one agency, as read from two reports."""
    earlier = sound_figures(form, year=2020 if form == forms.FORM_2019 else 2022)
    texts = [LAYOUTS["compact_pipe_rows"](year, Options()) for year in (earlier, year_after(earlier, **counts))]
    return list(check_years([read_text(text) for text in texts]))


ACROSS = [
    (forms.FORM_2019, "brought_forward", "years_carried"),
    (forms.FORM_2021, "brought_forward", "years_carried"),
    (forms.FORM_2019, "previous", "years_matters"),
    (forms.FORM_2021, "in_force", "years_in_force"),
]


@pytest.mark.parametrize(("form", "changed", "rule"), ACROSS)
def test_a_relation_across_years_holds_as_printed_or_is_said_not_to(form: str, changed: str, rule: str) -> None:
    assert {check.status for check in two_years(form)} == {"holds"}
    broken = two_years(form, **{changed: 4})
    assert {check.status for check in broken if check.rule == rule} == {"fails"}
    assert {check.status for check in broken if check.rule != rule} <= {"holds"}


@pytest.mark.parametrize(("form", "changed", "rule"), ACROSS)
def test_a_breach_across_years_names_what_is_common_there_and_one_within_a_year_does_not(
    form: str, changed: str, rule: str
) -> None:
    across = [check.explanation or "" for check in two_years(form, **{changed: 4}) if check.rule == rule]
    assert across
    assert all("口径" in text and "机构" in text and "merge" in text for text in across)
    rows = sound_figures(form).applications
    slip = replace(sound_figures(form), applications={**rows, "closed": {**rows["closed"], "total": 1}})
    report = read_text(LAYOUTS["compact_pipe_rows"](slip, Options()))
    within = [check.explanation or "" for check in check_report(report) if check.status == "fails"]
    assert within
    assert not [text for text in within if "机构" in text or "merge" in text]


# Words decide the quantity in prose --------------------------------------------------------------------------------

OWN = "东明县教育局"


def told(sentence: str, agency: str = OWN) -> Report:
    """A report whose prose holds ``sentence``."""
    return read_text(LAYOUTS["compact_pipe_rows"](sound_figures(agency=agency), Options(overview=sentence)))


def quantities() -> dict[str, int]:
    """The quantities of section 三 that prose may mean, all different."""
    rows = sound_figures().applications
    totals = {item: rows[item]["total"] or 0 for item in ("received", "brought_forward", "closed", "carried_forward")}
    found = {
        "一": totals["received"],
        "一+二": totals["received"] + totals["brought_forward"],
        "(七)": totals["closed"],
        "四": totals["carried_forward"],
    }
    assert len(set(found.values())) == len(found)
    return found


WORDS = [
    ("本局受理政府信息公开申请{}件。", "prose_received", "一"),
    ("本局收到政府信息公开申请{}件。", "prose_received", "一"),
    ("本局新收政府信息公开申请{}件。", "prose_received", "一"),
    ("本局受理政府信息公开申请{}件(含上年结转)。", "prose_received", "一+二"),
    ("本局收到政府信息公开申请{}件,其中含上年结转12件。", "prose_received", "一+二"),
    ("本局收办政府信息公开申请{}件。", "prose_received", "一+二"),
    ("本局办结政府信息公开申请{}件。", "prose_closed", "(七)"),
    ("本局答复政府信息公开申请{}件。", "prose_closed", "(七)"),
    ("本局政府信息公开申请结转下年度继续办理{}件。", "prose_carried_forward", "四"),
    ("本局政府信息公开申请顺延至下年度办理{}件。", "prose_carried_forward", "四"),
    ("本局政府信息公开申请在办{}件。", "prose_carried_forward", "四"),
]


@pytest.mark.parametrize(("sentence", "rule", "quantity"), WORDS)
def test_words_decide_which_figure_of_the_table_prose_restates(sentence: str, rule: str, quantity: str) -> None:
    for name, count in quantities().items():
        found = statuses(told(sentence.format(count)), rule)
        assert (found.get("statements-1") == "holds") == (name == quantity), (name, found)


def test_prose_that_means_another_row_than_its_words_say_is_explained_or_fails() -> None:
    both = quantities()["一+二"]
    assert statuses(told(f"本局收到政府信息公开申请{both}件。"), "prose_received") == {"statements-1": "explained"}
    assert statuses(told(f"本局新收政府信息公开申请{both}件。"), "prose_received") == {"statements-1": "fails"}


@pytest.mark.parametrize(
    ("sentence", "rule", "expected"),
    [
        ("因信息公开提起的行政复议案件31件。", "prose_reconsiderations", "holds"),
        ("因信息公开提起的行政复议案件30件。", "prose_reconsiderations", "explained"),
        ("因信息公开提起的行政复议案件29件。", "prose_reconsiderations", "fails"),
        ("因信息公开提起的行政诉讼案件68件。", "prose_lawsuits", "holds"),
        ("因信息公开提起的行政诉讼案件66件。", "prose_lawsuits", "explained"),
        ("因信息公开提起的行政诉讼案件71件。", "prose_lawsuits", "fails"),
    ],
)
def test_reviews_may_leave_out_what_is_pending(sentence: str, rule: str, expected: str) -> None:
    assert statuses(told(sentence), rule) == {"statements-1": expected}


def test_an_outcome_of_the_prose_far_from_the_table_leaves_the_table_as_printed() -> None:
    granted = sound_figures().applications["granted"]["total"] or 0
    report = told(f"本局答复政府信息公开申请{60 * granted}件,其中予以公开{50 * granted}件。")
    (row,) = (row for row in report.applications if row.item == "granted")
    assert row.get("total") == granted
    assert [said.value for said in report.statements] == [60 * granted, 50 * granted]
    assert set(statuses(report, "prose_outcome").values()) <= {"unknown", "fails"}


@pytest.mark.parametrize(
    ("agency", "sentence", "expected"),
    [
        ("东明县人民政府办公室", "全县收到政府信息公开申请9731件。", "unknown"),
        ("东明县人民政府办公室", "县政府办公室收到政府信息公开申请{}件。", "holds"),
        ("东明县", "全县收到政府信息公开申请{}件。", "holds"),
        ("东明县", "县政府办公室收到政府信息公开申请41件。", "unknown"),
    ],
)
def test_prose_of_another_scope_is_not_held_against_the_table(agency: str, sentence: str, expected: str) -> None:
    report = told(sentence.format(quantities()["一"]), agency)
    assert statuses(report, "prose_received") == {"statements-1": expected}


# Documents ---------------------------------------------------------------------------------------------------------

NAVIGATION = (
    "首页 | 走进东明 | 政务公开 | 办事服务 | 互动交流\n\n当前位置:首页 > 政务公开 > 政府信息公开年报\n\n"
    "【字体:大 中 小】 打印 关闭 浏览次数:318"
)
FOOT = (
    "上一篇:东明县人民政府2017年政府信息公开工作年度报告\n\n下一篇:没有了\n\n网站地图 | 联系方式\n\n"
    "版权所有:某某网络公司 备案号:00000000号"
)


@pytest.mark.parametrize(
    ("above", "below"), [(NAVIGATION, ""), ("", FOOT), (NAVIGATION, FOOT), ("", "Baidu\n\nmap"), (TITLE, "")],
    ids=["site above", "site below", "site around", "signs of a mirror", "title twice"],
)  # fmt: skip
def test_what_a_site_sets_around_a_report_changes_nothing_of_it(above: str, below: str) -> None:
    report = read_text(report_text(above=above, below=below))
    assert_figures(report, sound_figures())
    assert (report.identity.title, report.identity.agency) == (TITLE, AGENCY)
    assert report.identity.source_kind == ("mirror" if "Baidu" in below else "unknown")
    assert report.problems == ()


@pytest.mark.parametrize("cut", ["…", "...", ""], ids=["dots", "full stops", "bare"])
@pytest.mark.parametrize("kept", range(9, 22, 3))
def test_a_title_that_is_cut_names_no_other_agency(cut: str, kept: int) -> None:
    beside = read_text(report_text(above=TITLE[:kept] + cut))
    assert (beside.identity.agency, beside.identity.year) == (AGENCY, 2020)
    alone = read_text(report_text(title=TITLE[:kept] + cut))
    assert alone.identity.agency in (None, AGENCY)
    assert ("agency_unknown" in codes(alone)) == (alone.identity.agency is None)
    assert_figures_but_agency(alone)


def assert_figures_but_agency(report: Report) -> None:
    """The figures are the sample's, whoever it is that reports."""
    assert_figures(replace(report, identity=replace(report.identity, agency_printed=AGENCY)), sound_figures())


@pytest.mark.parametrize("words", ["皇冠体育", "bet365中文网", "澳门葡京赌场", "188体育官网"])
def test_a_hijacked_copy_keeps_its_figures_and_has_no_agency(words: str) -> None:
    text = report_text(below=f"电子版见{words}(www.8899bet.com),有疑问请与{words}办公室联系。\n\nBaidu\n\nmap")
    report = read_text(text.replace(AGENCY, words))
    assert_figures_but_agency(report)
    identity = report.identity
    assert (identity.agency, identity.agency_printed, identity.source_kind) == (None, None, "mirror")
    assert {"agency_hijacked", "agency_unknown"} <= codes(report)


def test_a_host_name_rewritten_in_the_body_is_nobody_s_name() -> None:
    report = read_text(report_text(below="本报告电子版可在东明县政府门户网站(http://www.8899bet.com/zwgk)下载。"))
    assert (report.identity.agency, report.identity.source_url) == (AGENCY, None)
    assert_figures(report, sound_figures())


OLD_WORD_FILE = compound(("WordDocument", WORD_HEAD + report_text().encode("utf-16-le")))


def masked_in_part(text: str) -> str:
    """``text`` with every fourth word of Chinese masked."""
    number = itertools.count(1)
    return re.sub("[\u4e00-\u9fff]{2,4}", lambda word: word[0] if next(number) % 4 else "****", text)


BROKEN: dict[str, tuple[bytes, set[str]]] = {
    "masked": ("".join("*" if "\u4e00" <= at <= "\u9fff" else at for at in report_text()).encode(), {"mojibake"}),
    "masked in part": (masked_in_part(report_text()).encode(), {"mojibake"}),
    "figures masked": (re.sub(r"(?m)^\d+$", "****", report_text()).encode(), {"mojibake"}),
    "question marks": (
        "".join("?" if "\u4e00" <= at <= "\u9fff" else at for at in report_text()).encode(),
        {"mojibake"},
    ),
    "utf-8 read as latin-1": (report_text().encode().decode("latin-1").encode(), {"mojibake"}),
    "utf-8 read as gbk": (report_text().encode().decode("gb18030", "replace").encode(), {"mojibake"}),
    "gbk read as latin-1": (report_text().encode("gb18030").decode("latin-1").encode(), {"mojibake"}),
    "old .doc read as latin-1": (OLD_WORD_FILE.decode("latin-1").encode(), {"mojibake", "binary"}),
    "old .doc read as gbk": (OLD_WORD_FILE.decode("gb18030", "replace").encode(), {"mojibake", "binary"}),
    "old .doc read as utf-8": (OLD_WORD_FILE.decode("utf-8", "replace").encode(), {"mojibake", "binary"}),
    "old .doc read as utf-16": (OLD_WORD_FILE.decode("utf-16-le", "replace").encode(), {"mojibake", "binary"}),
    "old .doc without its zeros": (
        OLD_WORD_FILE.replace(b"\x00", b"").decode("gb18030", "replace").encode(),
        {"mojibake", "binary"},
    ),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_masked_or_broken_text_is_refused_with_what_to_do(kind: str) -> None:
    data, expected = BROKEN[kind]
    (problem,) = read_bytes(data)
    assert isinstance(problem, Problem), "a report was read"
    assert problem.severity == "error"
    assert problem.code in expected
    assert any(words in problem.message.en.lower() for words in ("again", "supply"))


def test_masks_over_telephone_numbers_and_rulers_are_no_damage() -> None:
    report = read_text(report_text(below="咨询电话138****5678,0530-****123。\n\n" + "*" * 40 + "\n"))
    assert_figures(report, sound_figures())
    assert "damaged_characters" not in codes(report)


YEARS = [
    (TITLE, "本报告照《条例》写成。", "2023-05-06", 2020),
    (TITLE, "数据统计期限为2019年1月1日至2019年12月31日。", "2023-05-06", None),
    ("东明县人民政府政府信息公开工作年度报告", "数据统计期限为2019年1月1日至2019年12月31日。", "2023-05-06", 2019),
    ("东明县人民政府政府信息公开工作年度报告", "本报告照《条例》写成。", "2021-03-06", 2020),
]


@pytest.mark.parametrize(("title", "preamble", "published", "year"), YEARS)
def test_the_year_is_the_title_s_else_the_period_s_else_that_before_publication(
    title: str, preamble: str, published: str, year: int | None
) -> None:
    identity = read_text(report_text(title, preamble, above=f"发布日期:{published}")).identity
    assert (identity.year, identity.published) == (year, published)


# Hotline sentences -------------------------------------------------------------------------------------------------

STATED: list[tuple[str, list[dict[str, Any]]]] = [
    (
        "2020年,12345热线共受理工单8123件,办结8100件(交办2100件、直接答复6000件),办结率99.72%。",
        [{"channel": "hotline_12345", "period": "year", "received": 8123, "completed": 8100, "transferred": 2100,
          "answered_directly": 6000, "completion_rate": Decimal("99.72")}],
    ),
    (
        "便民热线共受理工单812件,办结810件。",
        [{"channel": "hotline_12345", "period": "unstated", "received": 812, "completed": 810}],
    ),
    (
        "市长热线共受理工单812件,办结810件。",
        [{"channel": "hotline_12345", "period": "unstated", "received": 812, "completed": 810}],
    ),
    (
        "12345热线累计办理转办案件730件,办结率98.2%、回访满意度96.3%。",
        [{"channel": "hotline_12345", "period": "cumulative", "handled": 730, "completion_rate": Decimal("98.2"),
          "satisfaction_rate": Decimal("96.3")}],
    ),
    (
        "截至目前,12345热线受理诉求610件,办结605件。",
        [{"channel": "hotline_12345", "period": "to_date", "received": 610, "completed": 605}],
    ),
    (
        "转办市长信箱来信60件,已办结59件,办复率98.3%。",
        [{"channel": "leader_mailbox", "period": "unstated", "transferred": 60, "completed": 59,
          "reply_rate": Decimal("98.3")}],
    ),
    (
        "12345热线按时办结率99.1%,满意率97%。",
        [{"channel": "hotline_12345", "period": "unstated", "on_time_rate": Decimal("99.1"),
          "satisfaction_rate": Decimal(97)}],
    ),
    *(
        (f"12345热线接通率97.5%,{direct}61.2%。",
         [{"channel": "hotline_12345", "period": "unstated", "connect_rate": Decimal("97.5"),
           "direct_rate": Decimal("61.2")}])
        for direct in ("直接答复率", "直办率", "在线解答率")
    ),
    *(
        (f"12345热线受理诉求{printed}。", [{"channel": "hotline_12345", "period": "unstated", "received": count}])
        for printed, count in (("285万余件", 2850000), ("1.2万件", 12000), ("9.67万件", 96700))
    ),
    (
        "全年回复网民留言164条。",
        [{"channel": "web_message", "period": "year", "handled": 164}],
    ),
    (
        "通过“县长信箱”“12345”等渠道回应诉求130余条。",
        [{"channel": "mixed", "period": "unstated", "handled": 130}],
    ),
    (
        "县长信箱收到来信12345封。",
        [{"channel": "leader_mailbox", "period": "unstated", "received": 12345}],
    ),
    *(
        (f"{number}热线受理诉求88件。", [{"channel": "other", "period": "unstated", "received": 88}])
        for number in ("12329", "12366", "12315")
    ),
    ("编号为912345的工单办结1件,电话0530-1234567。", []),
    ("网站“领导接听12345”栏目更新31期。", []),
    ("网站设“领导接听12345”专栏,发布信息31条。", []),
    ("12345热线工单须在5个工作日办理完毕。", []),
    ("力争12345热线办结率达到98%。", []),
    ("发挥12345热线作用,及时回应群众关切。", []),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "rows"), STATED, ids=lambda case: case[:30] if isinstance(case, str) else "")
def test_a_sentence_about_a_hotline_in_a_report(sentence: str, rows: list[dict[str, Any]]) -> None:
    report = told(sentence)
    assert [hotline_figures(figure) for figure in report.hotline] == rows
    assert_figures(report, sound_figures(agency=OWN))


@pytest.mark.parametrize(
    ("words", "approximate"),
    [("300余件", True), ("300多件", True), ("近300件", True), ("超过300件", True), ("约300件", True), ("300件", False)],
)
def test_words_that_make_a_figure_approximate(words: str, approximate: bool) -> None:
    (figure,) = told(f"12345热线受理诉求{words}。").hotline
    assert (figure.received, figure.approximate) == (300, approximate)


@pytest.mark.parametrize("wording", ["满意率", "满意度", "回访满意度"])
def test_the_wording_of_satisfaction_is_kept(wording: str) -> None:
    (figure,) = told(f"12345热线{wording}96%。").hotline
    assert (figure.satisfaction_rate, figure.satisfaction_kind) == (Decimal(96), wording)


def test_kinds_of_case_are_a_breakdown_and_several_channels_are_named() -> None:
    (kinds,) = told("12345热线受理诉求800件,按办件性质分:求助类500件,占62.5%;咨询类300件,占37.5%。").hotline
    assert kinds.received == 800
    assert json.loads(kinds.breakdown or "") == [
        {"kind": "求助类", "count": 500, "percent": 62.5},
        {"kind": "咨询类", "count": 300, "percent": 37.5},
    ]
    (mixed,) = told("通过“县长信箱”“12345”等渠道回应诉求130余条。").hotline
    assert (mixed.channel_text, mixed.unit, mixed.approximate) == ("“县长信箱”“12345”", "条", True)
