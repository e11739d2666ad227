"""Cells of the tables: counts below 0, two readings, note marks, numbers over lines, and cells parted by lone pipes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from build import forms
from build.document import DocumentBuilder, GridCell
from build.parse.cells import fillers_trail, read_cells
from build.parse.values import BLANK_MARKS, read_value
from build.report import Report
from tests.assertions import build, failing, query, read_text
from tests.render.html import Box
from tests.samples import AGENCY, TITLE, sound_figures
from tests.test_build_mutations import (
    APPLICATIONS,
    CELL_A_LINE,
    DISCLOSURES,
    EXPECTED,
    PIPES,
    REVIEWS,
    SPACES,
    TABS,
    WAYS,
    Rows,
    Write,
    application_figures,
    assert_all,
    codes,
    disclosure_figures,
    in_columns,
    read,
    report_text,
    review_figures,
    tables,
)

ways = pytest.mark.parametrize("write", WAYS.values(), ids=WAYS)


few = pytest.mark.parametrize("write", [CELL_A_LINE, TABS, in_columns], ids=["lines", "tabs", "columns"])


def with_cell(table: str, label: str, cell: int, text: str) -> dict[str, Rows]:
    """The tables with ``text`` in a row's cell, counted from the end; ``label`` "" is the last row."""
    found = tables()
    rows = found[table]
    row = rows[-1] if not label else next(row for row in rows if any(box.text == label for box in row))
    row[cell] = Box(text)
    return found


# Figures and no figures --------------------------------------------------------------------------------------------

NO_COUNT = (
    "-12",
    "—12",
    "－12",
    "减4",
    "12(更正为13)",
    "12(13)",
    "12（13）",
    "12(十三)",
    "12(应为13)",
    "12%",
    "12[更正为13]",
)


@few
@pytest.mark.parametrize("text", NO_COUNT)
def test_what_is_no_count_of_cases_is_no_figure_and_is_told(write: Write, text: str) -> None:
    report = read(with_cell(APPLICATIONS, "2.重复申请", -3, text), write)
    row = EXPECTED.applications["not_processed_repeat"] | {"legal_service_org": None}
    assert application_figures(report) == {**EXPECTED.applications, "not_processed_repeat": row}
    assert codes(report) == {"no_count"}
    assert failing(report) == set()


@few
def test_words_in_every_cell_of_a_row_are_no_blanks(write: Write) -> None:
    found = with_cell(DISCLOSURES, "规章", -1, "本单位不制定")
    row = next(row for row in found[DISCLOSURES] if row[0].text == "规章")
    row[1:] = [row[-1]] * len(row[1:])
    report = read(found, write)
    rules = [figure for figure in report.disclosures if figure.item == "government_rule"]
    assert [(figure.count, figure.printed) for figure in rules] == [(None, "本单位不制定")] * 3
    assert [problem.code for problem in report.problems] == ["no_count"] * 3


def test_words_below_a_row_that_lacks_no_cell_are_none_of_its_cells() -> None:
    table = "信息内容\n本年处理决定数量\n行政处罚\n2\n行政强制\n4\n本机关无其他职能\n"
    text = f"东明县教育局2023年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第（六）项\n{table}"
    report = read_text(text)
    found = [(figure.item, figure.count) for figure in report.disclosures]
    assert found == [("penalty", 2), ("compulsion", 4)]


@few
@pytest.mark.parametrize("text", NO_COUNT)
def test_what_is_no_count_of_reviews_is_no_figure(write: Write, text: str) -> None:
    report = read(with_cell(REVIEWS, "", -2, text), write)
    channel = EXPECTED.reviews["lawsuit_after_reconsideration"] | {"pending": None}
    assert review_figures(report) == {**EXPECTED.reviews, "lawsuit_after_reconsideration": channel}
    assert codes(report) == {"no_count"}


@ways
def test_a_decrease_of_matters_is_a_figure_and_decisions_below_0_are_none(write: Write) -> None:
    found = with_cell(DISCLOSURES, "行政许可", -2, "-12")
    row = next(row for row in found[DISCLOSURES] if row[0].text == "行政处罚")
    row[-1] = Box("-12")
    figures = disclosure_figures(read(found, write))
    assert figures["licence", "change"] == -12
    assert figures["penalty", "decisions"] is None


@few
@pytest.mark.parametrize("mark", ["[3]", "*", "①", "注1", "(注1)", "※", "[13]", "【2】"])
def test_a_note_mark_behind_a_figure_is_no_part_of_it_and_is_told(write: Write, mark: str) -> None:
    printed = EXPECTED.applications["not_processed_repeat"]["legal_service_org"]
    report = read(with_cell(APPLICATIONS, "2.重复申请", -3, f"{printed}{mark}"), write)
    assert_all(report)
    assert codes(report) == {"note_mark"}


@pytest.mark.parametrize("mark", ["[3]", "*", "①"])
def test_a_note_mark_behind_an_amount_is_told_with_the_cell(mark: str) -> None:
    found = tables()
    found[DISCLOSURES][-1][-1] = Box(f"230万元{mark}")
    report = read(found, TABS)
    assert disclosure_figures(report)["procurement", "amount"] == 230
    assert [(problem.code, problem.excerpt) for problem in report.problems] == [("note_mark", f"230万元{mark}")]


@pytest.mark.parametrize(
    "note", ["(2019年起)", "(其中网上2件)", "(含上年结转3件)", "(机构改革)", "(较上年增加5)", "(截至12月31日)"]
)
def test_a_note_on_another_quantity_leaves_the_figure(note: str) -> None:
    printed = EXPECTED.applications["not_processed_repeat"]["legal_service_org"]
    report = read(with_cell(APPLICATIONS, "2.重复申请", -3, f"{printed}{note}"), TABS)
    assert_all(report)
    assert codes(report) == set()


# Kinds of cell -----------------------------------------------------------------------------------------------------


def test_every_mark_of_a_blank_is_published_as_one(tmp_path: Path) -> None:
    marks = sorted(mark for mark in BLANK_MARKS if mark)
    assert all(read_value(mark).kind == "blank" for mark in marks)
    for at, mark in enumerate(marks):
        found = with_cell(APPLICATIONS, "2.重复申请", -3, mark)
        name = f"{chr(0x7532 + at)}县人民政府"
        text = report_text(found, TABS, title=f"{name}2020年政府信息公开工作年度报告")
        (tmp_path / f"{at}.txt").write_text(text, encoding="utf-8")
    database = tmp_path / "gongkai.db"
    build(tmp_path, output=database)
    rows = query(database, "select cell_kinds from applications where item = 'not_processed_repeat'")
    assert [row["cell_kinds"] for row in rows] == ['{"legal_service_org": "blank"}'] * len(marks)
    assert {row["cell_kind"] for row in query(database, "select cell_kind from disclosures")} == {"figure"}


def kinds(report: Report) -> dict[str, str]:
    return dict(next(row for row in report.applications if row.item == "not_processed_repeat").kinds)


def test_words_a_blank_and_an_unplaced_row_are_told_apart() -> None:
    found = with_cell(APPLICATIONS, "2.重复申请", -3, "见附件")
    row = next(row for row in found[APPLICATIONS] if row[0].text == "2.重复申请")
    row[-4] = Box("/")
    assert kinds(read(found, TABS)) == {"public_welfare_org": "blank", "legal_service_org": "words"}
    row.append(Box("7"))
    assert kinds(read(found, TABS)) == dict.fromkeys(forms.APPLICATION_COLUMNS, "unplaced")


# Numbers over lines ------------------------------------------------------------------------------------------------

CUTS = ("1\n,234", "1,\n234")


def decisions(report: Report) -> int | None:
    """行政许可's decisions; None where there is no figure."""
    found = disclosure_figures(report).get(("licence", "decisions"))
    assert found is None or isinstance(found, int)
    return found


@pytest.mark.parametrize("write", [CELL_A_LINE, TABS, PIPES, SPACES], ids=["lines", "tabs", "pipes", "spaces"])
@pytest.mark.parametrize("cut", [*CUTS, "12\n34", "1\n234", "12,\n\n345", "12\n\n,345"])
def test_a_number_over_two_lines_is_never_a_part_of_it(write: Write, cut: str) -> None:
    report = read(with_cell(DISCLOSURES, "行政许可", -1, cut), write)
    assert decisions(report) in (None, int(cut.replace("\n", "").replace(",", "")))
    assert decisions(report) is not None or codes(report) & {"no_count", "row_unplaced", "cells_without_label"}
    others = {place: count for place, count in disclosure_figures(report).items() if place[0] != "licence"}
    assert others == {
        place: cell.amount_wan if place[1] == "amount" else cell.count
        for place, cell in EXPECTED.disclosures.items()
        if place[0] != "licence"
    }
    assert application_figures(report) == EXPECTED.applications


@pytest.mark.parametrize("cut", CUTS)
def test_a_pipe_behind_the_second_line_proves_that_both_are_one_number(cut: str) -> None:
    found = with_cell(DISCLOSURES, "行政许可", -1, cut)
    assert decisions(read(found, lambda rows: "".join(f"{box.text} |\n" for row in rows for box in row))) == 1234


@pytest.mark.parametrize("cut", CUTS)
def test_where_no_cell_shows_its_end_the_number_is_no_figure_and_keeps_its_place(cut: str) -> None:
    report = read(with_cell(DISCLOSURES, "行政许可", -1, cut))
    figures = disclosure_figures(report)
    assert (figures["licence", "previous"], figures["licence", "change"]) == (107, 108)
    assert figures["licence", "decisions"] is None
    assert codes(report) == {"no_count"}


@pytest.mark.parametrize("write", [TABS, SPACES, PIPES], ids=["tabs", "spaces", "pipes"])
def test_a_page_s_number_below_a_row_is_no_digit_of_its_last_cell(write: Write) -> None:
    text = report_text(tables(), write)
    at = text.index("2.重复申请")
    end = text.index("\n", at)
    report = read_text(f"{text[:end]}\n12{text[end:]}")
    figures = application_figures(report)
    known = EXPECTED.applications["not_processed_repeat"]
    assert all(figures["not_processed_repeat"][column] in (None, count) for column, count in known.items())
    assert {item: row for item, row in figures.items() if item != "not_processed_repeat"} == {
        item: row for item, row in EXPECTED.applications.items() if item != "not_processed_repeat"
    }


@pytest.mark.parametrize("write", [TABS, PIPES], ids=["tabs", "pipes"])
@pytest.mark.parametrize("blank", [-7, -1])
def test_a_page_s_number_below_a_row_with_a_blank_at_its_end_moves_no_figure(write: Write, blank: int) -> None:
    text = report_text(with_cell(APPLICATIONS, "2.重复申请", blank, ""), write)
    end = text.index("\n", text.index("2.重复申请"))
    report = read_text(f"{text[:end]}\n12{text[end:]}")
    figures = application_figures(report)
    known = EXPECTED.applications["not_processed_repeat"] | {forms.APPLICATION_COLUMNS[blank]: None}
    assert all(figures["not_processed_repeat"][column] in (None, count) for column, count in known.items())
    assert figures["not_processed_petition"] == EXPECTED.applications["not_processed_petition"]
    assert codes(report) & {"no_count", "cells_without_label"}


# Lone pipes --------------------------------------------------------------------------------------------------------


def lone_pipes(rows: Rows, end: str = "") -> str:
    """A cell a line, a line that is a pipe between cells, ``end`` behind a row."""
    return "".join("\n|\n".join(box.text for box in row) + f"\n{end}" for row in rows)


def parted(end: str, blank: str = "") -> Write:
    return lambda rows: lone_pipes(
        [[Box(blank) if box.text == "/" else box for box in row] for row in rows], end
    ).replace("\n\n", "\n")


@pytest.mark.parametrize("end", ["", "|\n"], ids=["rows end without", "rows end in one"])
def test_cells_parted_by_lone_pipes(end: str) -> None:
    report = read(tables(), parted(end))
    assert_all(report)
    assert codes(report) == set()


@pytest.mark.parametrize("cell", range(-7, 0))
@pytest.mark.parametrize("end", ["", "|\n"], ids=["rows end without", "rows end in one"])
def test_an_empty_cell_between_lone_pipes_is_a_blank(end: str, cell: int) -> None:
    report = read(with_cell(APPLICATIONS, "2.重复申请", cell, "/"), parted(end))
    row = EXPECTED.applications["not_processed_repeat"] | {forms.APPLICATION_COLUMNS[cell]: None}
    found = application_figures(report)
    assert {item: found[item] for item in found if item != "not_processed_repeat"} == {
        item: row for item, row in EXPECTED.applications.items() if item != "not_processed_repeat"
    }
    assert found["not_processed_repeat"] == row


@pytest.mark.parametrize(("pipes", "is_blank"), [(5, True), (6, False)])
def test_six_lone_pipes_part_cells_and_the_first_of_fewer_is_a_blank_one(pipes: int, is_blank: bool) -> None:
    lines = [line for cell in ("规章", *"123456"[:pipes]) for line in (cell, "|")][:-1]
    assert lines.count("|") == pipes
    assert any(not text for text, _ in streamed(*lines)) == is_blank


@pytest.mark.parametrize(("length", "kind"), [(20, "text"), (21, "prose")])
def test_a_line_with_a_sentence_s_end_in_it_is_prose_from_twenty_one_characters_on(length: int, kind: str) -> None:
    builder = DocumentBuilder()
    builder.add_paragraph("规章" + "办" * (length - 5) + "。公开")
    assert [cell.kind for cell in read_cells(builder.build("text"))] == [kind]


# Section 四 without its header -------------------------------------------------------------------------------------

FIFTEEN = [
    str(EXPECTED.reviews[channel.code][column]) for channel in forms.REVIEW_CHANNELS for column in forms.REVIEW_COLUMNS
]


def reviews_of(cells: list[str], separator: str) -> Report:
    text = separator.join(cells)
    section = "四、政府信息公开行政复议、行政诉讼情况"
    return read_text(f"{TITLE}\n\n{section}\n\n{text}\n\n五、存在的主要问题及改进情况\n\n{AGENCY}人手不足。\n")


SEPARATORS = {"lines": "\n", "tabs": "\t", "spaces": " ", "pipes": " | ", "lone pipes": "\n|\n"}


def test_words_between_a_title_and_its_figures_do_not_end_the_section() -> None:
    prose = "本年度我局依法办理复议和诉讼案件。各类案件的结果如下列数字所示,不再另行说明。"
    report = reviews_of([f"{prose}\n", *FIFTEEN], "\n")
    totals = {channel: row["total"] for channel, row in EXPECTED.reviews.items()}
    assert {channel: row["total"] for channel, row in review_figures(report).items()} == totals


@pytest.mark.parametrize("separator", SEPARATORS.values(), ids=SEPARATORS)
def test_fifteen_cells_that_add_up_give_the_three_totals(separator: str) -> None:
    report = reviews_of(FIFTEEN, separator)
    assert review_figures(report) == {
        channel: {column: count if column == "total" else None for column, count in row.items()}
        for channel, row in EXPECTED.reviews.items()
    }
    assert [row.unplaced for row in report.reviews] == [tuple(FIFTEEN[at : at + 4]) for at in (0, 5, 10)]
    assert failing(report) == set()


@pytest.mark.parametrize("separator", SEPARATORS.values(), ids=SEPARATORS)
@pytest.mark.parametrize("change", ["a cell less", "one does not add up", "a total is blank"])
def test_fewer_cells_or_sums_that_do_not_hold_give_nothing(separator: str, change: str) -> None:
    cells = {
        "a cell less": [*FIFTEEN[:1], *FIFTEEN[2:]],
        "one does not add up": ["21", *FIFTEEN[1:]],
        "a total is blank": [*FIFTEEN[:4], "/", *FIFTEEN[5:]],
    }[change]
    report = reviews_of(cells, separator)
    assert not any(row.cells for row in report.reviews)
    assert codes(report) & {"row_unplaced", "tables_missing", "cells_without_label"}


# Numbers of pages between the rows ---------------------------------------------------------------------------------

PAGE_MARKS = (
    "- 4 -",
    "—12—",
    "·3·",
    "第4页",
    "第 ４ 页",
    "第2页，共12页",
    "第2页/共12页",
    "4/12",
    "４/１２",
    "4/12页",
    "Page 4 of 12",
)
NO_PAGE_MARKS = ("412", "-4", "4-", "4页", "第4号", "Page", "4/")


def cells_of(*lines: str) -> list[str]:
    """The text of every cell that lines of text are cut into."""
    builder = DocumentBuilder()
    builder.add_paragraph("\n".join(lines))
    return [cell.text for cell in read_cells(builder.build("text"))]


@pytest.mark.parametrize("between", [(), ("",), ("", "", ""), ("", " ", "", "")], ids=len)
@pytest.mark.parametrize(("begin", "end"), [("1,", "234"), ("1", ",234"), ("12.", "5"), ("12", "．5")])
def test_blank_lines_between_the_pieces_of_a_number_make_no_cells_of_them(
    begin: str, end: str, between: tuple[str, ...]
) -> None:
    assert cells_of("规章", begin, *between, end, "规范性文件", "9") == ["规章", f"{begin} {end}", "规范性文件", "9"]
    assert cells_of("规章", begin, *between, "另有", end)[-1] == end


@pytest.mark.parametrize("begin", ["5.", "12.", "-5.", "+3."])
def test_a_pipe_proves_the_pieces_of_a_decimal_one_number_whatever_its_sign(begin: str) -> None:
    assert cells_of("规章 |", begin, "2 |", "9 |") == ["规章", f"{begin}2", "9"]


@pytest.mark.parametrize(
    ("line", "alone"), [("5", True), ("5 件", True), ("5 ①", True), ("5 6", False), ("规章 5", False)]
)
def test_a_line_that_is_one_cell_stands_in_no_row(line: str, alone: bool) -> None:
    builder = DocumentBuilder()
    builder.add_paragraph(line)
    assert all((cell.row is None) == alone for cell in read_cells(builder.build("text")))


@pytest.mark.parametrize("mark", PAGE_MARKS)
def test_the_number_of_a_page_is_no_cell(mark: str) -> None:
    assert cells_of("规章", "7", f" {mark}", "规范性文件", "9") == ["规章", "7", "规范性文件", "9"]


@pytest.mark.parametrize("words", NO_PAGE_MARKS)
def test_what_looks_like_the_number_of_a_page_is_a_cell(words: str) -> None:
    assert cells_of("规章", words, "规范性文件", "9") == ["规章", words, "规范性文件", "9"]


@pytest.mark.parametrize(("words", "kinds"), [(70, {"text", "value"}), (71, {"prose"})])
def test_a_table_that_lost_its_line_breaks_has_no_word_longer_than_a_label(words: int, kinds: set[str]) -> None:
    """A line of figures around a sentence is a paragraph: it is not cut into cells."""
    builder = DocumentBuilder()
    builder.add_paragraph(" ".join(("规" * words, *map(str, range(10, 40)), "共收到申请。其中部分公开")))
    assert {cell.kind for cell in read_cells(builder.build("text"))} == kinds


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("共收到政府信息公开申请十二件。其中予以公开十件", "prose"),
        ("共收到政府信息公开申请十二件，其中予以公开十件。", "text"),
        ("共收到申请十二件。其中公开十件", "text"),
        ("称" * 70 + "12", "text"),
        ("称" * 71 + "12", "prose"),
    ],
)
def test_a_cell_with_a_sentence_that_ends_inside_it_or_too_long_for_a_label_is_prose(words: str, kind: str) -> None:
    builder = DocumentBuilder()
    builder.add_grid([GridCell(words, 0, 0), GridCell("7", 0, 1)])
    assert [cell.kind for cell in read_cells(builder.build("html"))] == [kind, "value"]


@pytest.mark.parametrize("printed", ["", " ", "\u3000"])
def test_a_cell_of_a_grid_without_words_is_empty(printed: str) -> None:
    builder = DocumentBuilder()
    builder.add_grid([GridCell("规章", 0, 0), GridCell(printed, 0, 1)])
    label, blank = read_cells(builder.build("html"))
    assert [(cell.kind, cell.text) for cell in (label, blank)] == [("text", "规章"), ("empty", "")]
    assert blank.end - blank.start == len(printed)


@pytest.mark.parametrize("printed", ["7", "  7", " 7 ", "\u30007\u3000"])
def test_a_cell_of_a_grid_stands_where_its_words_do(printed: str) -> None:
    builder = DocumentBuilder()
    builder.add_paragraph("政府信息公开")
    builder.add_grid([GridCell("规章", 0, 0), GridCell(printed, 0, 1)])
    document = builder.build("html")
    _, label, cell = read_cells(document)
    assert [document.text[each.start : each.end] for each in (label, cell)] == ["规章", "7"]


@pytest.mark.parametrize("blank", ["\u3000", "\u00a0", " \u3000 "])
def test_a_blank_cell_that_is_a_line_of_its_own_stands_where_that_line_does(blank: str) -> None:
    builder = DocumentBuilder()
    for line in ("规章", blank, "规范性文件"):
        builder.add_paragraph(line)
    document = builder.build("text")
    (empty,) = (cell for cell in read_cells(document) if cell.kind == "empty")
    assert document.text[empty.start : empty.end] == blank


def streamed(*lines: str) -> list[tuple[str, int | None]]:
    """Every cell that lines of text are cut into, with its row, counted from 0; None where it stands alone."""
    builder = DocumentBuilder()
    for line in lines:
        builder.add_paragraph(line)
    numbers: dict[int, int] = {}
    return [
        (cell.text, None if cell.row is None else numbers.setdefault(cell.row, len(numbers)))
        for cell in read_cells(builder.build("text"))
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(("规章", "---", "规范性文件"), ("规章", "规范性文件"), id="three dashes above words"),
        pytest.param(("规章", "---", "7"), ("规章", "---", "7"), id="three dashes above a figure"),
        pytest.param(("规章", "---", "7 |"), ("规章", "---", "7"), id="above a figure that a pipe ends"),
        pytest.param(("规章", "--", "规范性文件"), ("规章", "--", "规范性文件"), id="two dashes"),
        pytest.param(("规章", "-----", "7"), ("规章", "7"), id="five dashes"),
        pytest.param(("规章", "7", "---"), ("规章", "7"), id="at the end"),
        pytest.param(("规章 |", "--- |", "规范性文件 |"), ("规章", "---", "规范性文件"), id="a pipe ends each cell"),
        pytest.param(("规章 |", "---", "规范性文件 |"), ("规章", "规范性文件"), id="between cells that pipes end"),
        pytest.param(
            ("规章 | 7", "--- |", "规范性文件 | 9"), ("规章", "7", "规范性文件", "9"), id="no pipe ends a cell"
        ),
        pytest.param(("规章", "2019--2020", "规范性文件"), ("规章", "2019--2020", "规范性文件"), id="among words"),
    ],
)
def test_a_line_of_dashes_is_a_rule_or_a_blank_cell(lines: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert tuple(text for text, _ in streamed(*lines)) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(("规章\t", "7\t", "8\t"), [("规章", None), ("7", None), ("8", None)], id="a tab ends each cell"),
        pytest.param(
            ("规章\t1", "规范性文件\t", "\t9"),
            [("规章", 0), ("1", 0), ("规范性文件", None), ("9", 1)],
            id="a cell that a tab ends stands in no row, nor does what follows stand in the row above it",
        ),
        pytest.param(
            ("\t规章\t", "办法"), [("规章", 0), ("", 0), ("办法", None)], id="an empty cell goes on with nothing"
        ),
        pytest.param(
            ("规章 |", "7 |", "8 |", "| 行", "政许可 | 行政", "处罚 | 9 |"),
            [("规章", 0), ("7", 1), ("8", 2), ("行政许可", 3), ("行政处罚", 3), ("9", 3)],
            id="two cells in turn that a line break cuts between pipes",
        ),
        pytest.param(
            ("规章 |", "7 |", "五、存在的主要问题", "人手不足"),
            [("规章", 0), ("7", 1), ("五、存在的主要问题", None), ("人手不足", None)],
            id="words below the last cell that a pipe ends",
        ),
        pytest.param(("规章\t1", "\t7"), [("规章", 0), ("1", 0), ("7", 0)], id="a cell behind a tab goes on"),
        pytest.param(
            ("规章\t1", "\t7\t8"), [("规章", 0), ("1", 0), ("7", 1), ("8", 1)], id="two behind a tab are a row"
        ),
        pytest.param(
            ("规章 |", "7", "|", "8", "|"), [("规章", 0), ("7", None), ("8", None)], id="a lone pipe ends a cell"
        ),
        pytest.param(
            ("规章\t1", "", "规范性文件 | 2 | 3", "| 4 |", "行政许可 |"),
            [("规章", 0), ("1", 0), ("规范性文件", 1), ("2", 1), ("3", 1), ("4", 1), ("行政许可", 2)],
            id="a row between pipes that a line break cuts, below a row between tabs",
        ),
        pytest.param(
            ("规章\t5\t1,", "234", "规范性文件\t9"),
            [("规章", 0), ("5", 0), ("1, 234", 0), ("规范性文件", 1), ("9", 1)],
            id="a number at a row's end that a line break cuts",
        ),
        pytest.param(
            ("规章 |", "2020年12", "34 |", "规范性文件 |"),
            [("规章", 0), ("2020年12", None), ("34", 1), ("规范性文件", 2)],
            id="digits below words that end in digits",
        ),
        pytest.param(
            ("规章\t约七件", "全年共有五件；其余没有"),
            [("规章", 0), ("约七件", 0), ("全年共有五件；其余没有", None)],
            id="a sentence goes on with no cell",
        ),
        pytest.param(
            ("规章 1, 234", "5,", "678"),
            [("规章", 0), ("1,", 0), ("234", 0), ("5, 678", None)],
            id="pieces on one line are two cells",
        ),
        pytest.param(
            ("规章 |", "7", "8 |", "9 |"), [("规章", 0), ("7 8", None), ("9", 1)], id="digits that no pipe parts"
        ),
        pytest.param(("规章\t约有", "七件"), [("规章", 0), ("约有七件", 0)], id="words over two lines"),
        pytest.param(("规章\t7", "约有"), [("规章", 0), ("7", 0), ("约有", None)], id="words below a figure"),
        pytest.param(
            ("| 规章 | 7", "规范性文件 | 8"),
            [("规章", 0), ("7", 0), ("规范性文件", 1), ("8", 1)],
            id="a pipe before a row and none behind it",
        ),
        pytest.param(("规章 5", "件"), [("规章", 0), ("5", 0), ("件", None)], id="a unit below a row"),
        pytest.param(("规章 5", "万元"), [("规章", 0), ("5万元", 0)], id="a unit of money below a row"),
        pytest.param(("规章", "2.5", "万", "元"), [("规章", None), ("2.5万元", None)], id="a unit of money cut in two"),
        pytest.param(("规章", "2.5万", "元"), [("规章", None), ("2.5万元", None)], id="a unit of money cut behind 万"),
        pytest.param(("规章", "万", "元"), [("规章", None), ("万", None), ("元", None)], id="a unit of money of none"),
        pytest.param(
            ("(二)部分公开(区分处理的，只计这一情形，不计其他情形) 1 2",),
            [("(二)部分公开(区分处理的，只计这一情形，不计其他情形)", 0), ("1", 0), ("2", 0)],
            id="figures behind a label with a long remark",
        ),
        pytest.param(
            ("（二）部分公开（区分处理的，只计这一情形，不计其他情形） 1 2",),
            [("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", 0), ("1", 0), ("2", 0)],
            id="figures behind a label with a long remark in wide brackets",
        ),
        pytest.param(
            ("(二)部分公开(区分处理的，只计这一情形，不计其他情形，全年约有三件。全部办结) 约有三件",),
            [("(二)部分公开(区分处理的，只计这一情形，不计其他情形，全年约有三件。全部办结) 约有三件", None)],
            id="words behind a label with a long remark",
        ),
        pytest.param(("规章", "  ", "7"), [("规章", None), ("7", None)], id="a line of spaces is no cell"),
        pytest.param(
            ("(二)部分公开(区分处理的，只计这一情形，不计其他情形)",),
            [("(二)部分公开(区分处理的，只计这一情形，不计其他情形)", None)],
            id="a label with a long remark alone",
        ),
        pytest.param(
            ("(二)部分公开(区分处理的，只计这一情形。不计其他情形)", "7"),
            [("(二)部分公开(区分处理的，只计这一情形。不计其他情形)", None), ("7", None)],
            id="a label alone with a sentence in its remark",
        ),
        pytest.param(
            ("规章 |", "1,234", "5 |", "1,", "6 |"),
            [("规章", 0), ("1,234", None), ("5", 1), ("1, 6", None)],
            id="a whole number above digits",
        ),
        pytest.param(
            ("规章", "1,", "234", "5,", "规范性文件", "9"),
            [("规章", None), ("1, 234", None), ("5,", None), ("规范性文件", None), ("9", None)],
            id="a label below a number that goes on with nothing",
        ),
        pytest.param(("规章", "3", ".5万元"), [("规章", None), ("3 .5万元", None)], id="an amount cut at its point"),
        pytest.param(("规章 \u200b 7 8",), [("规章", 0), ("7", 0), ("8", 0)], id="a word that cannot be seen"),
    ],
)
def test_cells_and_rows_of_lines(lines: tuple[str, ...], expected: list[tuple[str, int | None]]) -> None:
    assert streamed(*lines) == expected


LONE = ("规章", "|", "7", "|", "8", "|", "规范性文件", "|", "1", "|", "2", "|", "行政许可", "|")
BARE = ("规章", "|", "7", "|", "8", "规范性文件", "|", "1", "|", "2", "行政许可", "|", "3", "|", "4", "行政处罚", "|")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(LONE, "规章 7 8 规范性文件 1 2 行政许可", id="a pipe behind each cell"),
        pytest.param(
            ("规章 办法", "|", "约有 七件", *LONE[3:]),
            "规章/办法 约有/七件 8 规范性文件 1 2 行政许可",
            id="words apart",
        ),
        pytest.param(
            ("", *LONE[:3], " ", *LONE[3:5], "", *LONE[5:]), "规章 7 8 规范性文件 1 2 行政许可", id="blank lines"
        ),
        pytest.param((*LONE[:3], "|", *LONE[3:]), "规章 7 _ 8 规范性文件 1 2 行政许可", id="an empty cell"),
        pytest.param((*LONE[:5], "|", *LONE[5:]), "规章 7 8 _ 规范性文件 1 2 行政许可", id="an empty cell at the end"),
        pytest.param(
            (*LONE[:6], "规范性", "文件", *LONE[7:]), "规章 7 8 规范性 文件 1 2 行政许可", id="a label over two lines"
        ),
        pytest.param(
            (*LONE[:4], "12", "34", *LONE[5:]), "规章 7 12/34 规范性文件 1 2 行政许可", id="a figure over two lines"
        ),
        pytest.param(
            (*LONE[:6], "- 3 -", *LONE[6:]), "规章 7 8 规范性文件 1 2 行政许可", id="a page's number below a row"
        ),
        pytest.param(BARE, "规章 7 8 规范性文件 1 2 行政许可 3 4 行政处罚", id="no pipe at a row's end"),
        pytest.param(
            (*BARE[:9], "2（不含 转办）", "行政", "许可", *BARE[11:]),
            "规章 7 8 规范性文件 1 2（不含/转办） 行政 许可 3 4 行政处罚",
            id="no pipe there, words apart behind the last figure",
        ),
        pytest.param(
            (*BARE[:3], "|", *BARE[5:]),
            "规章 7 _ 规范性文件 1 2 行政许可 3 4 行政处罚",
            id="no pipe there, the last cell empty",
        ),
        pytest.param(
            ("行政强制", "|", *BARE),
            "行政强制 规章 7 8 规范性文件 1 2 行政许可 3 4 行政处罚",
            id="a label behind a label",
        ),
    ],
)
def test_cells_of_lines_that_lone_pipes_part(lines: tuple[str, ...], expected: str) -> None:
    """A number that a line break cuts is one cell, and no figure."""
    assert [text.replace(" ", "/") or "_" for text, _ in streamed(*lines)] == expected.split()


def test_a_row_between_pipes_that_stands_alone_has_no_known_columns() -> None:
    builder = DocumentBuilder()
    builder.add_paragraph("规章 | 7 | 8")
    assert [(cell.text, cell.column) for cell in read_cells(builder.build("text"))] == [
        ("规章", None), ("7", None), ("8", None),
    ]  # fmt: skip


def test_a_blank_at_the_end_of_a_row_between_pipes_is_in_the_last_column() -> None:
    builder = DocumentBuilder()
    for line in ("规章 | 7 | ", "规范性文件 | 8 | 9"):
        builder.add_paragraph(line)
    cells = read_cells(builder.build("text"))
    assert [(cell.text, cell.column) for cell in cells] == [
        ("规章", 0), ("7", 1), ("", 2), ("规范性文件", 0), ("8", 1), ("9", 2),
    ]  # fmt: skip
    assert len({cell.grid for cell in cells}) == 1


@pytest.mark.parametrize(
    ("words", "figures", "kind"),
    [(20, "12345", "value"), (21, "12345", "prose"), (16, "12345", "value"), (16, "1234", "prose")],
)
def test_a_long_line_is_a_table_where_more_than_twenty_words_stand_and_one_in_five_is_a_figure(
    words: int, figures: str, kind: str
) -> None:
    builder = DocumentBuilder()
    builder.add_paragraph(" ".join([*(["规范性文件"] * words), *figures]))
    assert read_cells(builder.build("text"))[-1].kind == kind


def test_a_label_with_a_long_remark_and_its_figures_stand_where_their_words_do() -> None:
    builder = DocumentBuilder()
    builder.add_paragraph("三、收到和处理政府信息公开申请情况")
    builder.add_paragraph("  (二)部分公开(区分处理的，只计这一情形，不计其他情形) 12 345")
    builder.add_paragraph("  本年度共收到政府信息公开申请十二件。其中予以公开十件 ")
    document = builder.build("text")
    cells = read_cells(document)
    assert cells[-1].kind == "prose"
    assert [document.text[cell.start : cell.end] for cell in cells] == [cell.text for cell in cells]


@pytest.mark.parametrize(
    ("figure", "behind", "joined"),
    [
        ("7", "件", True),
        ("7", "(含网上2件)", True),
        ("/", "件", False),
        ("7", "(13)", False),
        ("无", "件", False),
        ("7件", "(含网上2件)", True),
        ("7元", "件", False),
    ],
)
def test_a_unit_on_a_line_of_its_own_belongs_to_a_figure(figure: str, behind: str, joined: bool) -> None:
    cells = [figure + behind] if joined else [figure, behind]
    assert cells_of("规章", figure, behind, "规范性文件", "9") == ["规章", *cells, "规范性文件", "9"]


def test_digits_on_lines_are_cells_each_also_beside_a_table_whose_cells_pipes_end() -> None:
    """Where pipes end the cells, the pieces of a number may stand on two lines; below that table no pipe tells."""
    builder = DocumentBuilder()
    for line in ("规章 |", "1,", "234 |", "9 |", "行政许可 |", "7 |"):
        builder.add_paragraph(line)
    for line in ("行政复议", "12", "34", "5"):
        builder.add_paragraph(line)
    assert [cell.text for cell in read_cells(builder.build("text"))] == [
        *("规章", "1,234", "9", "行政许可", "7", "行政复议", "12", "34", "5"),
    ]  # fmt: skip


COLUMN_NAMES = "自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计"


def columns_of(*lines: str) -> list[tuple[int | None, ...]]:
    """The columns of each line's cells, None where they are not known."""
    builder = DocumentBuilder()
    for line in lines:
        builder.add_paragraph(line)
    document = builder.build("text")
    found: dict[int, list[int | None]] = {}
    for cell in read_cells(document):
        found.setdefault(document.text.count("\n", 0, cell.start), []).append(cell.column)
    return [tuple(columns) for columns in found.values()]


@pytest.mark.parametrize("numbers", [(), ("\t\t1\t2\t3\t4\t5\t6\t7",)], ids=["", "numbers below the names"])
def test_two_columns_of_labels_are_enough_to_count_cells_from_the_left(numbers: tuple[str, ...]) -> None:
    lines = (
        f"申请人情况\t\t{COLUMN_NAMES}",
        *numbers,
        "一、本年新收政府信息公开申请数量\t\t3\t0\t0\t0\t0\t0\t3",
        "(三)不予公开\t1.属于国家秘密\t1\t0\t0\t0\t0\t0\t1",
        "\t2.其他法律行政法规禁止公开\t\t2",
    )
    assert columns_of(*lines) == [tuple(range(9))] * len(lines)


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ("\t注:本表的数据由各科室提供，统计口径与上年相同。其他说明见附件", False),
        ("\t2.其他法律行政法规禁止公开" + "\t0" * 18, True),
        ("\t2.其他法律行政法规禁止公开" + "\t0" * 19, False),
    ],
    ids=["a sentence", "20 cells", "21 cells"],
)
def test_a_sentence_or_several_rows_in_a_line_are_none_of_a_table_in_columns(line: str, known: bool) -> None:
    lines = (
        f"申请人情况\t\t{COLUMN_NAMES}",
        "一、本年新收政府信息公开申请数量\t\t3\t0\t0\t0\t0\t0\t3",
        "(三)不予公开\t1.属于国家秘密\t1\t0\t0\t0\t0\t0\t1",
        line,
    )
    assert all((column is not None) == known for columns in columns_of(*lines) for column in columns)


def test_cells_are_not_counted_from_the_left_where_figures_stand_in_a_column_of_labels() -> None:
    lines = (
        f"申请人情况\t{COLUMN_NAMES}",
        "一、本年新收政府信息公开申请数量\t2\t0\t0\t0\t0\t2",
        "(三)不予公开\t1.属于国家秘密\t1\t0\t0\t0\t0\t0\t1",
        "\t2.其他法律行政法规禁止公开\t0\t0\t0\t0\t0\t0\t0",
    )
    assert {column for columns in columns_of(*lines) for column in columns} == {None}


# Bold type -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", ["\t", " | ", "|"])
@pytest.mark.parametrize("bold", [(0,), (1, 3), (0, 1, 2, 3)])
def test_cells_in_bold_type_of_markdown_are_what_they_are_without(separator: str, bold: tuple[int, ...]) -> None:
    cells = ("规章", "7", "8", "9")
    line = separator.join(f"**{cell}**" if at in bold else cell for at, cell in enumerate(cells))
    assert tuple(cells_of(line)) == cells


# Money ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "wan"),
    [("25000元", Decimal("2.5")), ("3万元", Decimal(3)), ("0", Decimal(0)), ("25000", None)],
)
def test_where_header_and_label_name_two_units_only_the_cell_s_own_one_counts(
    printed: str, wan: Decimal | None
) -> None:
    found = tables(sound_figures(forms.FORM_2021))
    for row in found[DISCLOSURES]:
        for at, box in enumerate(row):
            if box.text == "行政事业性收费":
                row[at:] = [replace(box, text="行政事业性收费(元)"), *row[at + 1 : -1], replace(row[-1], text=printed)]
            elif box.text == "本年收费金额":
                row[at] = replace(box, text="本年收费金额(单位:万元)")
    assert sum("万元" in box.text or "(元)" in box.text for row in found[DISCLOSURES] for box in row) >= 2
    report = read(found, TABS)
    assert disclosure_figures(report)["charge", "amount"] == wan
    assert [figure.count for figure in report.disclosures if figure.measure == "amount"] == [None]


@pytest.mark.parametrize("heading", ["本年收费数额/万元", "本年收费数额(万元)"])
def test_a_unit_behind_a_heading_that_is_not_known_is_none_of_its_column_s(heading: str) -> None:
    found = tables(sound_figures(forms.FORM_2021))
    for row in found[DISCLOSURES]:
        for at, box in enumerate(row):
            if box.text.startswith("本年收费金额"):
                row[at] = replace(box, text=heading)
            elif box.text == "行政事业性收费":
                row[-1] = replace(row[-1], text="25000")
    (figure,) = [figure for figure in read(found, TABS).disclosures if figure.item == "charge"]
    assert (figure.amount_wan, figure.printed) == (None, "25000")


@pytest.mark.parametrize(
    ("label", "heading", "wan"),
    [
        ("行政事业性收费(元)", "本年收费金额", Decimal("2.5")),
        ("行政事业性收费", "本年收费金额(单位:元)", Decimal("2.5")),
        ("行政事业性收费", "本年收费金额", None),
    ],
)
def test_a_unit_may_stand_in_the_label_or_in_the_heading(label: str, heading: str, wan: Decimal | None) -> None:
    words = {"行政事业性收费": label, "本年收费金额": heading}
    rows = [
        [replace(box, text=words.get(box.text.partition("（")[0].partition("(")[0], box.text)) for box in row]
        for row in tables(sound_figures(forms.FORM_2021))[DISCLOSURES]
    ]
    rows[-1][-1] = replace(rows[-1][-1], text="25000")
    report = read({**tables(sound_figures(forms.FORM_2021)), DISCLOSURES: rows}, TABS)
    assert disclosure_figures(report)["charge", "amount"] == wan


@pytest.mark.parametrize(
    ("printed", "told"),
    [("无法统计", True), ("详见附件", True), ("—3万元", True), ("–3", True), ("3万元", False), ("", False)],
)
def test_words_where_an_amount_belongs_are_no_amount_and_are_told(printed: str, told: bool) -> None:
    found = tables()
    found[DISCLOSURES][-1][-1] = Box(printed)
    report = read(found, TABS)
    (figure,) = (figure for figure in report.disclosures if figure.measure == "amount")
    assert (figure.printed, figure.amount_wan) == (printed, Decimal(3) if printed == "3万元" else None)
    assert [problem.excerpt for problem in report.problems if problem.code == "no_amount"] == [printed] * told


# Bold in Markdown --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", [CELL_A_LINE, in_columns], ids=["lines", "columns"])
def test_what_is_printed_in_bold_is_read_as_if_it_was_not(write: Write) -> None:
    found = {
        name: [[replace(box, text=f"**{box.text}**") if box.text.strip() else box for box in row] for row in rows]
        for name, rows in tables().items()
    }
    assert_all(read(found, write))


# Fillers of merged cells -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "trail"),
    [
        ("行政许可|1|2|3|||", True),
        ("行政许可|1|2|3||||| ", True),
        ("一段文字\n行政许可|1|2|3|||\n又一段", True),
        ("行政许可||1|2|3", False),
        ("||行政许可|1|2|3", False),
        ("行政许可|1|2|3|", False),
        ("一段文字", False),
    ],
)
def test_fillers_trail_only_where_a_row_s_last_cell_has_two_more_pipes_behind_its_own(text: str, trail: bool) -> None:
    assert fillers_trail(text) == trail
