"""Reports whose tables are pictures, and cover letters: no rows, a problem that says so, the prose still read."""

from __future__ import annotations

from pathlib import Path

import pytest

from build import forms
from build.document import DocumentBuilder, Notice
from build.limits import Limits
from build.messages import alike
from build.reading.read import read
from build.reading.reports import Origin, parse
from build.report import Problem, Report

PICTURES = """<html><head><meta charset="utf-8"></head><body><h1>东明县人民政府2022年政府信息公开工作年度报告</h1>
<p>一、总体情况</p><p>2022年,12345热线受理诉求3200件,办结3180件,办结率99.4%。</p>
<p>二、主动公开政府信息情况</p><p><img src="1.png"></p>
<p>三、收到和处理政府信息公开申请情况</p><p><img src="2.png"></p><p>全年收到政府信息公开申请12件。</p>
<p>四、政府信息公开行政复议、行政诉讼情况</p><p><img src="3.png"></p></body></html>"""
COVER_LETTER = """<html><head><meta charset="utf-8"></head><body><p>本局的年报现予发布,正文见附件。</p>
<p><a href="nianbao.docx">附件:年报</a></p></body></html>"""


def read_page(folder: Path, page: str) -> tuple[Report | Problem, ...]:
    """What a web page yields."""
    path = folder / "page"
    path.write_text(page, encoding="utf-8")
    return read(path, path.name, Limits())


def test_tables_as_pictures_yield_no_rows_and_say_so(tmp_path: Path) -> None:
    (report,) = read_page(tmp_path, PICTURES)
    assert isinstance(report, Report)
    assert (report.applications, report.disclosures, report.reviews, report.form) == ((), (), (), None)
    missing = [problem.message.en for problem in report.problems if problem.code == "tables_missing"]
    assert [section for section in "二三四" if any(f"section {section}" in message for message in missing)] == list(
        "二三四"
    )
    assert "images" in [problem.code for problem in report.problems]


def test_labels_without_figures_are_told_from_a_broken_text_layer() -> None:
    """Where signs of the text are garbled, that is why nothing could be read; else the figures have no place."""
    titles = "东明县人民政府2022年政府信息公开工作年度报告\n二、主动公开政府信息情况"
    labels = ("本年新制作数量", "本年新公开数量", "对外公开总数量", "处理决定数量", "采购项目数量", "采购总金额")
    found = {}
    for codes in (["mojibake"], ["images", "damaged_characters"], ["images"], []):
        builder = DocumentBuilder()
        builder.add_paragraph("\n".join((titles, *labels)))
        document = builder.build("pdf", notices=[Notice("warning", code, alike(code), "") for code in codes])
        (report,) = parse(document, Origin("a.pdf", "0" * 64), lambda: "abcdefghij", Limits())
        missing = next(each for each in report.problems if each.code == "tables_missing" and "二" in each.message.zh)
        found[*codes] = "text layer" in missing.message.en
    assert [*found.values()] == [True, True, False, False]


def test_the_prose_beside_pictures_is_read(tmp_path: Path) -> None:
    (report,) = read_page(tmp_path, PICTURES)
    assert isinstance(report, Report)
    (hotline,) = report.hotline
    assert (hotline.received, hotline.completed, str(hotline.completion_rate)) == (3200, 3180, "99.4")
    (statement,) = report.statements
    assert (statement.kind, int(statement.value)) == ("applications_received", 12)


def test_a_cover_letter_is_no_report_and_says_that_it_has_an_attachment(tmp_path: Path) -> None:
    (problem,) = read_page(tmp_path, COVER_LETTER)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.severity) == ("not_a_report", "error")
    assert "links to 1 documents" in problem.message.en
    assert "附件" in problem.excerpt


def test_counts_that_words_tell_behind_a_row_s_label_are_no_blank(tmp_path: Path) -> None:
    rows = "<p>一、本年新收政府信息公开申请数量</p><p>{}</p><p>二、上年结转政府信息公开申请数量</p><p>{}</p>"
    page = "<html><meta charset=utf-8><body><h1>东明县水利局2022年政府信息公开工作年度报告</h1>{}</body></html>"
    told = {}
    for received in ("自然人25、商业企业4、总计29", "工作平稳。"):
        (report,) = read_page(tmp_path, page.format(rows.format(received, "")))
        assert isinstance(report, Report)
        first, second = report.applications
        counted = "25" in received
        assert (first.placement, second.placement) == ("unplaced" if counted else "empty", "empty")
        assert {kind for _, kind in first.kinds} == {"unplaced" if counted else "blank"}
        told[received] = [problem.excerpt for problem in report.problems if problem.code == "no_count"]
    assert list(told.values()) == [["自然人25"], []]


@pytest.mark.parametrize("between", ["", "：", "为", "="])
@pytest.mark.parametrize(
    ("opened", "closed"), [("（", "）"), ("\n", ""), (" ", "件")], ids=["in brackets", "below", "behind"]
)
def test_a_table_whose_rows_are_told_in_words_has_no_blank_cells(opened: str, closed: str, between: str) -> None:
    names = [column.label_zh for column in (*forms.APPLICANTS, forms.TOTAL)]
    labels = [item.label_zh for item in forms.APPLICATION_ITEMS[:2]]
    lines = [
        f"{label}{opened}{'；'.join(f'{name}{between}{at}' for name in names)}{closed}"
        for at, label in enumerate(labels, 3)
    ]
    builder = DocumentBuilder()
    for line in ("东明县人民政府2022年政府信息公开工作年度报告", "\n".join(lines), "三、存在问题"):
        builder.add_paragraph(line)
    (report,) = parse(builder.build("text"), Origin("a.txt", "0" * 64), lambda: "abcdefghij", Limits())
    assert [row.item for row in report.applications] == ["received", "brought_forward"]
    assert {kind for row in report.applications for _, kind in row.kinds} == {"unplaced"}
    assert not any(row.cells for row in report.applications)
    assert "no_count" in {problem.code for problem in report.problems}


@pytest.mark.parametrize("words", ["（{}件）", "\n共{}项", "：{} 件", "（共计{}份）", "\n共{}.5万元", "（1,{}0件）"])
def test_a_row_of_section_two_whose_figure_stands_in_words_is_not_blank(words: str) -> None:
    builder = DocumentBuilder()
    lines = ["信息内容", "本年处理决定数量", f"行政许可{words.format(15)}", "行政处罚", "行政强制", "", "三、存在问题"]
    for line in ("东明县人民政府2022年政府信息公开工作年度报告", "二、主动公开政府信息情况", "\n".join(lines)):
        builder.add_paragraph(line)
    (report,) = parse(builder.build("text"), Origin("a.txt", "0" * 64), lambda: "abcdefghij", Limits())
    told = {figure.item: (figure.count, figure.kind) for figure in report.disclosures}
    if "：" not in words:  # a colon makes a sentence of the label
        assert told.pop("licence") == (None, "unplaced")
        assert "no_count" in {problem.code for problem in report.problems}
    assert told == {"penalty": (None, "blank"), "compulsion": (None, "blank")}


def test_a_blank_cell_is_blank_whatever_a_paragraph_behind_the_table_counts(tmp_path: Path) -> None:
    rows = "<tr><td>行政许可<td>5<tr><td>行政处罚<td>6<tr><td>行政强制<td>"
    table = f"<p>二、主动公开政府信息情况</p><table><tr><td>信息内容<td>本年处理决定数量{rows}</table>"
    title = "<html><meta charset=utf-8><h1>东明县人民政府2022年政府信息公开工作年度报告</h1>"
    (report,) = read_page(tmp_path, f"{title}{table}<p>3件规范性文件已清理。</p>")
    assert isinstance(report, Report)
    told = {figure.item: (figure.count, figure.kind) for figure in report.disclosures}
    assert told == {"licence": (5, "figure"), "penalty": (6, "figure"), "compulsion": (None, "blank")}
    assert "no_count" not in {problem.code for problem in report.problems}


FIRST_ROWS = "<p>一、本年新收政府信息公开申请数量</p><p>{}</p><p>二、上年结转政府信息公开申请数量</p><p>{}</p>"


@pytest.mark.parametrize(
    ("received", "brought_forward", "told"),
    [
        ("自然人25、总计25", "自然人4、总计4", ["自然人25"]),
        ("", "自然人4、总计4", ["自然人4"]),
        (f"{'情况良好，' * 23}共7件", "", ["共7"]),
        (f"{'情况良好，' * 24}共7件", "", []),
        ("", f"{'情况良好，' * 24}共7件", []),
    ],
    ids=["both rows", "the last row", "within 120 characters", "beyond 120 characters", "beyond, behind the last row"],
)
def test_words_that_count_stand_between_a_row_s_label_and_the_next_and_not_far_off(
    tmp_path: Path, received: str, brought_forward: str, told: list[str]
) -> None:
    page = "<html><meta charset=utf-8><body><h1>东明县水利局2022年政府信息公开工作年度报告</h1>{}</body></html>"
    (report,) = read_page(tmp_path, page.format(FIRST_ROWS.format(received, brought_forward)))
    assert isinstance(report, Report)
    assert [problem.excerpt for problem in report.problems if problem.code == "no_count"] == told


@pytest.mark.parametrize(
    ("labels", "there"),
    [
        (("本年新制作数量", "本年新公开数量", "对外公开总数量"), True),
        (("本年新制作数量", "本年新公开数量"), False),
        (("本年新制作数量", "本年新公开数量", "予以公开", "结果维持", "自然人"), False),
    ],
)
def test_three_labels_of_a_table_s_own_show_that_it_is_there(labels: tuple[str, ...], there: bool) -> None:
    builder = DocumentBuilder()
    for line in ("东明县人民政府2022年政府信息公开工作年度报告", "二、主动公开政府信息情况", *labels):
        builder.add_paragraph(line)
    (report,) = parse(builder.build("text"), Origin("a.txt", "0" * 64), lambda: "abcdefghij", Limits())
    missing = next(each for each in report.problems if each.code == "tables_missing" and "二" in each.message.zh)
    assert (labels[0] in missing.message.zh) == there
