"""Statistics tables of 2008–2018, and forms that nobody has filled in: what is published of them, and what is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from build import forms
from build.document import DocumentBuilder
from build.parse.cells import read_cells
from build.parse.figures import Figures as LaterFigures
from build.parse.older import OlderTable, find_older_table
from build.report import DisclosureFigure, Problem, Report
from tests.assertions import read_bytes, read_text
from tests.render import LAYOUTS, Options
from tests.render.html import Box
from tests.samples import AGENCY, sound_figures
from tests.test_build_mutations import (
    APPLICATIONS,
    CELL_A_LINE,
    DISCLOSURES,
    PIPES,
    SECTIONS,
    TABS,
    Rows,
    Write,
    codes,
    tables,
)
from tests.test_build_mutations import report_text as with_tables

HEADER_ROWS = 3
"""Of section 三."""

OLDER_ROWS = (
    "一、主动公开情况|——|",
    "(一)主动公开政府信息数|条|4817",
    "其中:主动公开规范性文件数|条|36",
    "制发规范性文件总数|件|38",
    "规范性文件|件|38",
    "行政处罚|件|203",
    "行政许可|件|511",
    "二、依申请公开情况|——|",
    "(一)收到申请数|件|57",
    "1.当面申请数|件|21",
    "2.网络申请数|件|36",
    "(二)申请答复数|件|55",
    "1.同意公开答复数|件|40",
    "予以公开|件|40",
    "部分公开|件|9",
    "2.同意部分公开答复数|件|9",
    "3.不同意公开答复数|件|2",
    "其他处理|件|4",
    "总计|件|55",
    "三、行政复议数量|件|3",
    "行政复议|件|3",
    "(一)维持具体行政行为数|件|2",
    "四、行政诉讼数量|件|1",
    "五、举报投诉数量|件|0",
)
WAYS: dict[str, tuple[str, str]] = {
    "lines": ("\n", "\n"),
    "tabs": ("\t", "\n"),
    "pipes": (" | ", "\n"),
    "spaces": ("  ", "\n"),
}


def older_report(
    year: int | None = 2016, ways: tuple[str, str] = ("\t", "\n"), rows: tuple[str, ...] = OLDER_ROWS
) -> str:
    """A report of that time: prose under its own titles, and its own statistics table."""
    stated = f"{year}年" if year else ""
    table = ways[1].join(row.strip("|").replace("|", ways[0]) for row in rows)
    return (
        f"{AGENCY}{stated}政府信息公开工作年度报告\n\n一、概述\n\n{stated}12345热线受理诉求310件,办结308件。\n\n"
        "二、主动公开政府信息的情况\n\n各科室按规定公开。\n\n三、依申请公开政府信息的情况\n\n全年收到政府信息公开申请57件。\n\n"
        f"四、行政复议、提起行政诉讼情况\n\n没有新情况。\n\n附表\n\n{table}\n"
    )


@pytest.mark.parametrize("ways", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("year", [2009, 2014, 2018, 2019])
def test_an_older_table_is_said_once_and_none_of_its_figures_is_a_row(ways: tuple[str, str], year: int) -> None:
    report = read_text(older_report(year, ways))
    assert (report.form, report.identity.year) == ("older", year)
    assert (report.applications, report.disclosures, report.reviews) == ((), (), ())
    assert [problem.code for problem in report.problems] == ["older_form"]
    (note,) = report.problems
    assert note.severity == "note"
    assert "not read" in note.message.en


def test_labels_of_an_older_table_are_known_behind_the_word_that_makes_them_parts() -> None:
    rows = tuple(f"其中:{row}" for row in OLDER_ROWS)
    assert read_text(older_report(2019, rows=rows)).form == "older"


@pytest.mark.parametrize(("count", "later"), [(9, False), (10, True), (11, True)])
def test_ten_rows_of_section_three_are_of_the_later_forms_whatever_the_year(count: int, later: bool) -> None:
    found = tables()
    rows = {APPLICATIONS: found[APPLICATIONS][: HEADER_ROWS + count]}
    report = read_text(with_tables(rows, TABS).replace("2020年", "2017年"))
    assert (report.form == "older") != later
    assert len(report.applications) == (count if later else 0)


def test_ten_figures_of_section_two_are_of_the_later_forms_whatever_the_year() -> None:
    """Two rows of 3 figures, and two of 2."""
    dropped = {"行政许可", "其他对外管理服务事项", "行政处罚", "行政强制"}
    rows = [row for row in tables()[DISCLOSURES] if dropped.isdisjoint(box.text for box in row)]
    report = read_text(with_tables({DISCLOSURES: rows}, TABS).replace("2020年", "2017年"))
    assert (len(report.disclosures), report.form == "older") == (10, False)


@pytest.mark.parametrize(("count", "later"), [(3, False), (4, True), (5, True)])
def test_four_sub_tables_of_section_two_are_of_the_later_forms_whatever_the_year(count: int, later: bool) -> None:
    """Documents have 2 rows of 3 figures, then each decision a row of 3."""
    rows = tables()[DISCLOSURES]
    figures = [at for at, row in enumerate(rows) if any(box.text.isdigit() for box in row)]
    kept = {DISCLOSURES: rows[: figures[count - 1] + 1]}
    report = read_text(with_tables(kept, TABS).replace("2020年", "2017年"))
    assert (report.form == "older") != later
    assert len(report.disclosures) == (3 * count if later else 0)


@pytest.mark.parametrize(
    ("rows", "year", "said"),
    [(OLDER_ROWS, 2016, "of an older form (reports of 2008–2018)"), ((), 2016, "of 2016, before the statutory tables")],
)
def test_a_note_says_whether_an_older_table_was_seen_or_only_the_year(
    rows: tuple[str, ...], year: int, said: str
) -> None:
    (note,) = read_text(older_report(year, rows=rows)).problems
    assert (note.code, note.severity) == ("older_form", "note")
    assert said in note.message.en


def test_an_older_report_keeps_its_prose() -> None:
    report = read_text(older_report())
    (hotline,) = report.hotline
    assert (hotline.received, hotline.completed) == (310, 308)
    assert ("applications_received", 57) in {(found.kind, int(found.value)) for found in report.statements}
    assert report.identity.agency == AGENCY


def test_a_report_of_that_time_without_any_table_is_of_an_older_form_too() -> None:
    report = read_text(older_report(2011, rows=()))
    assert report.form == "older"
    assert codes(report) == {"older_form"}


def test_a_report_after_that_time_without_tables_misses_them() -> None:
    report = read_text(older_report(2019, rows=()))
    assert report.form is None
    assert codes(report) == {"tables_missing"}


def test_a_few_labels_of_older_tables_make_none() -> None:
    report = read_text(older_report(2021, rows=OLDER_ROWS[8:11]))
    assert report.form is None
    assert "tables_missing" in codes(report)


@pytest.mark.parametrize("header", [(), ("字迹", "不清", "无法", "辨认")])
def test_a_row_of_one_form_alone_needs_no_header_and_one_of_both_does(header: tuple[str, ...]) -> None:
    rows = {"政府集中采购": ("22", "230万元"), "规范性文件": ("1", "2", "3")}
    found = {}
    for label, cells in rows.items():
        table = [[*map(Box, row)] for row in (header, (label, *cells)) if row]
        found[label] = read_text(with_tables({**tables(), DISCLOSURES: table}, TABS))
    procured, documents = found.values()
    assert [(each.measure, each.count, each.amount_wan) for each in procured.disclosures] == [
        ("projects", 22, None), ("amount", None, 230),
    ]  # fmt: skip
    assert (documents.disclosures, "measures_unknown" in codes(documents)) == ((), True)


@pytest.mark.parametrize(("labels", "older"), [(3, False), (4, True)])
def test_four_labels_of_older_tables_make_one_where_no_year_is_stated(labels: int, older: bool) -> None:
    report = read_text(older_report(None, rows=OLDER_ROWS[8 : 8 + labels]))
    assert (report.form, "tables_missing" in codes(report)) == (("older", False) if older else (None, True))


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_the_statutory_tables_stay_what_they_are_beside_older_labels(form: str) -> None:
    figures = sound_figures(form, year=2020)
    text = with_tables(tables(figures), TABS).replace(
        "人手不足。", "收到申请数\t件\t57\n举报投诉数\t件\t1\n专职人员\t人\t2"
    )
    report = read_text(text)
    assert report.form == form
    assert {row.item: dict(row.cells) for row in report.applications} == figures.applications


# Forms that nobody has filled in -----------------------------------------------------------------------------------


def unfilled(title: str, write: Write, mark: str = "") -> str:
    """The three tables without any figure."""
    found: dict[str, Rows] = {
        name: [
            [
                Box(mark, box.rows, box.columns) if box.text[:1].isdigit() and _is_figure(box.text) else box
                for box in row
            ]
            for row in rows
        ]
        for name, rows in tables().items()
    }
    assert set(found) == set(SECTIONS)
    return with_tables(found, write, title=title).replace(
        "统计期间自2020年1月1日起至2020年12月31日止", "统计期间为一年"
    )


def _is_figure(text: str) -> bool:
    return text.removesuffix("万元").replace(".", "").isdigit()


BLANK_TITLES = (
    "政府信息公开工作年度报告格式模板",
    "XX县人民政府XX年政府信息公开工作年度报告",
    "____县人民政府____年政府信息公开工作年度报告",
    "××局20××年政府信息公开工作年度报告",
)


@pytest.mark.parametrize("mark", ["/", "____", "-"])
@pytest.mark.parametrize("write", [TABS, PIPES, CELL_A_LINE], ids=["tabs", "pipes", "lines"])
@pytest.mark.parametrize("title", BLANK_TITLES)
def test_a_form_that_nobody_has_filled_in_is_no_report(title: str, write: Write, mark: str) -> None:
    (problem,) = read_bytes(unfilled(title, write, mark).encode())
    assert isinstance(problem, Problem), problem
    assert (problem.severity, problem.code) == ("error", "blank_form")


def test_blank_tables_of_an_authority_and_a_year_are_a_report() -> None:
    (report,) = read_bytes(unfilled(f"{AGENCY}2020年政府信息公开工作年度报告", TABS, "/").encode())
    assert isinstance(report, Report), report
    assert {row.placement for row in report.applications} == {"empty"}


@pytest.mark.parametrize("figure", ["0", "17"])
def test_one_figure_makes_a_form_a_report(figure: str) -> None:
    text = unfilled(BLANK_TITLES[1], TABS, "/")
    at = text.index("2.重复申请") + len("2.重复申请\t")
    (report,) = read_bytes(f"{text[:at]}{figure}{text[at + 1 :]}".encode())
    assert isinstance(report, Report), report


def test_a_form_that_shares_headers_with_others_is_told_by_what_it_has_more(monkeypatch: pytest.MonkeyPatch) -> None:
    earlier = forms.BY_CODE[forms.FORM_2021]
    documents = (*earlier.measures["documents"], "made")
    later = replace(
        earlier,
        code="2027",
        measures={**earlier.measures, "documents": documents},
        signs={**earlier.signs, "documents": (*earlier.signs["documents"], "新制作")},
    )
    monkeypatch.setattr(forms, "FORMS", (*forms.FORMS, later))
    monkeypatch.setitem(forms.BY_CODE, "2027", later)
    for group, measures in later.measures.items():
        monkeypatch.setitem(forms.DISCLOSURE_COLUMNS, ("2027", group), measures)
    for form in (forms.FORM_2019, forms.FORM_2021, "2027"):
        figures = sound_figures(form)
        report = read_text(LAYOUTS["markdown_rows"](figures, Options()))
        assert report.form == form
        assert {(row.item, row.measure) for row in report.disclosures if row.number is not None} == set(
            figures.disclosures
        )


# The labels of an older table, one by one ---------------------------------------------------------------------------

NOTHING_READ = LaterFigures(None, (), (), (), ())
ONE_FIGURE = DisclosureFigure("licence", "decisions", 5, None, "printed", "5", None, (0, 1))


def older_words(*lines: str, figures: LaterFigures = NOTHING_READ) -> tuple[set[str], list[str]]:
    """The labels of an older table in lines of text, and the words at the places of its cells, in their order."""
    builder = DocumentBuilder()
    for line in lines:
        builder.add_paragraph(line)
    document = builder.build("text")
    cells = read_cells(document)
    found = find_older_table(cells, figures)
    return set(found.labels), [cell.text for cell in cells if cell.start in found.starts]


@pytest.mark.parametrize(
    ("lines", "labels", "cells"),
    [
        (("(一)收到申请数\t件\t57",), {"收到申请数"}, ["(一)收到申请数", "件", "57"]),
        (("收到申请数\t57", "人数\t3"), {"收到申请数"}, ["收到申请数", "57", "人数"]),
        (("收到申请数\t件\t——",), {"收到申请数"}, ["收到申请数", "件", "——"]),
        (("收到申请数\t统计\t单位\t57",), set(), []),
        (("收到申请数\t见下文", "人数"), set(), []),
        (("收到申请数比上年多。其中当面申请的居多，网络申请的不多", "57"), set(), []),
        (("收到申请数",), set(), []),
    ],
    ids=["a row", "no unit", "a blank", "a figure far off", "words", "prose", "alone"],
)
def test_a_label_of_an_older_table_has_a_figure_or_a_blank_in_the_two_cells_behind_it(
    lines: tuple[str, ...], labels: set[str], cells: list[str]
) -> None:
    assert older_words(*lines) == (labels, cells)


@pytest.mark.parametrize(("labels", "table"), [("甲乙丙", False), ("甲乙丙丁", True)])
def test_four_labels_are_a_table(labels: str, table: bool) -> None:
    assert OlderTable(frozenset(labels)).is_table == table


@pytest.mark.parametrize(
    ("figures", "later"),
    [
        (replace(NOTHING_READ, refused=frozenset({APPLICATIONS})), True),
        (replace(NOTHING_READ, disclosures=(ONE_FIGURE,) * 10), False),
        (replace(NOTHING_READ, form="2021", disclosures=(ONE_FIGURE,) * 10), True),
        (replace(NOTHING_READ, form="2021", disclosures=(ONE_FIGURE,) * 9), False),
    ],
    ids=["a table that stands twice", "ten figures of no form", "ten of a form", "nine of a form"],
)
def test_no_older_table_is_looked_for_beside_later_ones(figures: LaterFigures, later: bool) -> None:
    labels, _ = older_words("收到申请数\t57", figures=figures)
    assert (labels == set()) == later
