"""Tables whose shape departs from the form: header and row label decide where a figure goes, never its position."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from build import forms
from build.report import Report
from tests.assertions import read_bytes, read_text
from tests.samples import sound_figures

Cell = str | tuple[str, int, int]
"""A cell's words, or words with column span and row span."""

OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
RECONSIDERATION = ["12", "3", "4", "5", "24"]
DIRECT = ["7", "1", "2", "6", "16"]
AFTER = ["9", "8", "11", "13", "41"]
REVIEWS = {
    "reconsideration": [12, 3, 4, 5, 24],
    "lawsuit_direct": [7, 1, 2, 6, 16],
    "lawsuit_after_reconsideration": [9, 8, 11, 13, 41],
}
APPLICANT_HEADS = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
ROWS = ["一、本年新收政府信息公开申请数量", "（一）予以公开", "2.重复申请", "（七）总计"]
ITEMS = ["received", "granted", "not_processed_repeat", "closed"]


def table(*rows: Sequence[Cell]) -> str:
    """An HTML table."""
    return "<table>" + "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows) + "</table>"


def _cell(cell: Cell) -> str:
    text, columns, rows = cell if isinstance(cell, tuple) else (cell, 1, 1)
    return f'<td colspan="{columns}" rowspan="{rows}"><p>{text}</p></td>'


def report(*parts: str) -> Report:
    """The report in a page with these parts."""
    title = "<p>东明县教育局2021年政府信息公开工作年度报告</p>"
    (found,) = read_bytes(f"<html><body>{title}{''.join(parts)}</body></html>".encode(), "report.html")
    assert isinstance(found, Report)
    return found


def reviews(*tables: str) -> dict[str, list[int | None]]:
    """Section 四 of a page with these tables: channel → its five figures."""
    found = report("<p>四、政府信息公开行政复议、行政诉讼情况</p>", *tables)
    return {row.channel: [row.get(column) for column in forms.REVIEW_COLUMNS] for row in found.reviews}


def applications(*rows: Sequence[Cell]) -> dict[str, list[int | None]]:
    """Section 三 of a page with a table of these rows: item → its seven cells."""
    found = report("<p>三、收到和处理政府信息公开申请情况</p>", table(*rows))
    return {row.item: [row.get(column) for column in forms.APPLICATION_COLUMNS] for row in found.applications}


# Section 四 --------------------------------------------------------------------------------------------------------

TOP: list[Cell] = [("行政复议", 5, 1), ("行政诉讼", 10, 1)]
TALL: list[Cell] = [(outcome, 1, 2) for outcome in OUTCOMES]
TOTAL_FIRST = [OUTCOMES[-1], *OUTCOMES[:-1]]


def total_first(values: Sequence[str]) -> list[str]:
    """Five figures with the total before the four outcomes."""
    return [values[-1], *values[:-1]]


@pytest.mark.parametrize(
    "tables",
    [
        [table(TOP, [*TALL, ("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)], OUTCOMES * 2,
               RECONSIDERATION + DIRECT + AFTER)],
        [table(TOP, [*TALL, ("复议后起诉", 5, 1), ("未经复议直接起诉", 5, 1)], OUTCOMES * 2,
               RECONSIDERATION + AFTER + DIRECT)],
        [table(TOP, [*((outcome, 1, 2) for outcome in TOTAL_FIRST), ("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)],
               TOTAL_FIRST * 2, total_first(RECONSIDERATION) + total_first(DIRECT) + total_first(AFTER))],
        [table(["", *OUTCOMES], ["行政复议", *RECONSIDERATION], ["未经复议直接起诉", *DIRECT], ["复议后起诉", *AFTER])],
        [table([("", 2, 1), *OUTCOMES], [("行政复议", 2, 1), *RECONSIDERATION],
               [("行政诉讼", 1, 2), "未经复议直接起诉", *DIRECT], ["复议后起诉", *AFTER])],
        [table([("行政复议", 5, 1)], OUTCOMES, RECONSIDERATION),
         table([("行政诉讼", 5, 1)], [("未经复议直接起诉", 5, 1)], OUTCOMES, DIRECT),
         table([("复议后起诉", 5, 1)], OUTCOMES, AFTER)],
        [table([("行政复议", 5, 1)], OUTCOMES, RECONSIDERATION, [("未经复议直接起诉", 5, 1)], OUTCOMES, DIRECT,
               [("复议后起诉", 5, 1)], OUTCOMES, AFTER)],
        [table([("行政诉讼", 10, 1), ("行政复议", 5, 1)], [("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1), *TALL],
               OUTCOMES * 2, DIRECT + AFTER + RECONSIDERATION)],
        [table([("", 1, 3), *TOP], [*TALL, ("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)], OUTCOMES * 2,
               ["数量", *RECONSIDERATION, *DIRECT, *AFTER])],
    ],
    ids=["form", "lawsuits_swapped", "total_first", "channels_in_rows", "lawsuits_in_rows", "three_tables", "stacked",
         "reconsideration_last", "labelled_row"],
)  # fmt: skip
def test_review_figures_go_where_header_and_label_say(tables: list[str]) -> None:
    assert reviews(*tables) == REVIEWS


def test_a_header_in_another_order_that_names_no_columns_places_nothing() -> None:
    words = ["行政复议", "行政诉讼", *OUTCOMES, "复议后起诉", "未经复议直接起诉", *OUTCOMES, *OUTCOMES]
    lines = "".join(f"<p>{word}</p>" for word in (*words, *RECONSIDERATION, *AFTER, *DIRECT))
    found = reviews(lines)
    assert set(found) == set(REVIEWS)
    assert all(value is None for values in found.values() for value in values)


def test_outcomes_without_a_channel_above_them_are_told_and_not_published() -> None:
    found = report("<p>四、政府信息公开行政复议、行政诉讼情况</p>", table(OUTCOMES, RECONSIDERATION))
    assert not any(row.cells for row in found.reviews)
    told = [problem.excerpt for problem in found.problems if problem.code == "row_unplaced"]
    assert told == ["|".join(RECONSIDERATION)]


def test_a_blank_section_four_below_a_header_of_single_glyphs_has_the_cells_that_are_printed() -> None:
    glyphs: list[list[Cell]] = [
        [(line, 15, 1)] for line in ("结 结 其 尚 总", "果 果 他 未 计", "维 纠 审", "持 正 议 诉 复 起")
    ]
    above = "<p>三、收到和处理政府信息公开申请情况</p>", table(["情形", "总计"], [ROWS[0], "7"])
    found = report(*above, "<p>四、政府信息公开行政复议、行政诉讼情况</p>", table(*glyphs, [""] * 15))
    assert [(row.placement, row.printed) for row in found.reviews] == [("empty", ("",) * 5)] * 3


def test_of_two_tables_of_one_channel_that_differ_neither_is_published() -> None:
    tables = [table([("行政复议", 5, 1)], OUTCOMES, RECONSIDERATION), table([("行政复议", 5, 1)], OUTCOMES, DIRECT)]
    found = report("<p>四、政府信息公开行政复议、行政诉讼情况</p>", *tables)
    assert found.reviews == ()
    assert "row_repeated" in {problem.code for problem in found.problems}


def test_a_channel_whose_table_stands_twice_alike_is_read_once() -> None:
    found = report(
        "<p>四、政府信息公开行政复议、行政诉讼情况</p>", *[table([("行政复议", 5, 1)], OUTCOMES, RECONSIDERATION)] * 2
    )
    assert [(row.channel, [row.get(column) for column in forms.REVIEW_COLUMNS]) for row in found.reviews] == [
        ("reconsideration", [12, 3, 4, 5, 24])
    ]
    assert "row_repeated" not in {problem.code for problem in found.problems}


# Section 三 --------------------------------------------------------------------------------------------------------

PERSONS_AND_ORGANISATIONS: list[Sequence[Cell]] = [
    [("", 1, 3), ("申请人情况", 7, 1)],
    [("自然人", 1, 2), ("法人或其他组织", 5, 1), ("总计", 1, 2)],
    APPLICANT_HEADS,
]


def test_a_lone_column_that_no_header_names_is_no_applicant_s() -> None:
    found = applications(["情形", "数量"], *([label, str(7 + at)] for at, label in enumerate(ROWS)))
    assert found == dict.fromkeys(ITEMS, [None] * 7)


@pytest.mark.parametrize(
    ("labels", "blank", "filled"),
    [
        ("(一)予以公开 (二)部分公开(区分处理的,只计这一情形)", "granted", "partly_granted"),
        ("(一)予以公开(含主动) (二)部分公开", "granted", "partly_granted"),
        ("1.信访举报投诉类申请(含咨询) 2.重复申请", "not_processed_petition", "not_processed_repeat"),
    ],
)
def test_of_two_labels_below_each_other_the_first_row_is_blank(labels: str, blank: str, filled: str) -> None:
    """A cell a line, blanks dropped: words behind a remark in brackets are the next label, never the same one."""
    title = "东明县教育局2021年政府信息公开工作年度报告 三、收到和处理政府信息公开申请情况"
    heads = ["自然人", *APPLICANT_HEADS, "总计"]
    lines = [*title.split(), *heads, ROWS[0], *"123456", "21", *labels.split(), *"123456", "21"]
    rows = {row.item: (row.get("total"), row.placement) for row in read_text("\n".join(lines) + "\n").applications}
    assert rows == {"received": (21, "printed"), blank: (None, "empty"), filled: (21, "printed")}


def test_the_last_pipe_of_a_line_that_begins_with_one_is_no_blank_cell() -> None:
    """The other lines neither begin nor end with a pipe; of this row a cell is lost, and which one is not told."""
    heads = ["情形", "自然人", *APPLICANT_HEADS, "总计"]
    others = [" | ".join([label, *"123456", "21"]) for label in ROWS[1:]]
    lines = [" | ".join(heads), f"| {ROWS[0]} | 1 | 2 | 3 | 4 | 5 | 6 |", *others]
    title = "东明县教育局2021年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n"
    first, second, *_ = read_text(title + "\n".join(lines) + "\n").applications
    assert (first.item, first.cells, first.placement) == ("received", (), "unplaced")
    assert (second.get("other_org"), second.get("total"), second.placement) == (6, 21, "printed")


@pytest.mark.parametrize("word", ["自然人", "商业企业"])
def test_a_table_before_with_words_of_the_header_does_not_hide_the_columns(word: str) -> None:
    """A column's name stands in a small table of its own too; the columns are in an order of their own."""
    heads = ["情形", "总计", "其他", "自然人", *APPLICANT_HEADS[:-1]]
    figures = table(heads, *([label, "21", "6", "1", "2", "3", "4", "5"] for label in ROWS))
    found = report("<p>三、收到和处理政府信息公开申请情况</p>", table(["申请人", word]), figures)
    rows = {
        row.item: ([row.get(name) for name in forms.APPLICATION_COLUMNS], row.placement) for row in found.applications
    }
    assert rows == dict.fromkeys(ITEMS, ([1, 2, 3, 4, 5, 6, 21], "printed"))


def test_figures_below_columns_that_are_named_may_be_doubled_where_the_label_is() -> None:
    doubled = ["".join(2 * character for character in label) for label in ROWS]
    found = applications(["情形", "自然人", "总计"], *([label, "1155", "1155"] for label in doubled))
    assert found == dict.fromkeys(ITEMS, [None] * 7)


def test_a_lone_column_of_a_whole_table_that_no_header_names_is_no_applicant_s() -> None:
    """The sums hold in any column: they do not tell which."""
    figures = sound_figures()
    labels = {item.code: item.label_zh.removeprefix("三、").split(" ")[-1] for item in forms.APPLICATION_ITEMS}
    rows = [[labels[item], str(row["total"])] for item, row in figures.applications.items()]
    found = applications(["情形", "数量"], *rows)
    assert found == dict.fromkeys(figures.applications, [None] * 7)


def test_a_lone_figure_below_a_header_in_a_table_of_its_own_is_told_by_the_sums() -> None:
    """Natural persons alone asked; one row's total is not printed, and only there one figure stands."""
    counts = {"received": 9, "granted": 5, "not_processed_repeat": 4, "closed": 9}
    rows = [[label, *[str(count)] * 2] for label, count in zip(ROWS, counts.values(), strict=True)]
    rows[1].pop()
    others = ["二、上年结转政府信息公开申请数量", "四、结转下年度继续办理"]
    labels = {item.code: item.label_zh.removeprefix("三、").split(" ")[-1] for item in forms.APPLICATION_ITEMS}
    missing = [code for code in forms.result_items(ITEMS) if code not in ITEMS]
    rest = [[label, "0", "0"] for label in (*others, *(labels[code] for code in missing))]
    header = table(["情形", "自然人", *APPLICANT_HEADS, "总计"])
    found = report("<p>三、收到和处理政府信息公开申请情况</p>", header, table(*rows, *rest))
    natural = {row.item: row.get("natural_person") for row in found.applications if row.item in ITEMS}
    assert natural == counts


def test_a_row_of_figures_without_a_label_is_no_part_of_the_row_above() -> None:
    heads = ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"]
    found = report("<p>二、主动公开政府信息情况</p>", table(heads, ["行政许可", "5", "2", "7"], ["", "4", "1", "3"]))
    assert [figure.count for figure in found.disclosures] == [5, 2, 7]
    assert [problem.excerpt for problem in found.problems if problem.code == "cells_without_label"] == ["4 1 3"]


@pytest.mark.parametrize(
    ("heads", "cells"), [(["自然人", "自然人"], ["3", "4"]), (["自然人", "商业企业", "总计"], ["3", "4"])]
)
def test_columns_that_are_named_twice_or_without_a_cell_tell_nothing(heads: list[str], cells: list[str]) -> None:
    found = applications(["情形", *heads], *([label, *cells] for label in ROWS))
    assert found == dict.fromkeys(ITEMS, [None] * 7)


def test_a_blank_below_a_heading_has_its_column_among_headings_that_are_not_known() -> None:
    heads = ["情形", "自然人", "商业企业", "科研机构", "甲", "乙", "丙", "总计"]
    found = applications(heads, *([label, "", "3", "4", *[""] * 4] for label in ROWS))
    assert found == {item: [None, 3, 4, *[None] * 4] for item in ITEMS}


def test_a_lone_column_of_totals_is_the_total() -> None:
    found = applications(["情形", "总计"], *([label, str(7 + at)] for at, label in enumerate(ROWS)))
    assert found == {item: [*[None] * 6, 7 + at] for at, item in enumerate(ITEMS)}


@pytest.mark.parametrize("apart", [False, True])
def test_columns_of_applicants_are_told_by_a_header_in_their_own_grid_alone(apart: bool) -> None:
    """Natural persons last but one; in a table of its own the header tells neither columns nor the form's order."""
    heads = ["情形", *APPLICANT_HEADS, "自然人", "总计"]
    rows = [[label, "2", "3", "4", "5", "6", "1", "21"] for label in ROWS]
    tables = [table(heads), table(*rows)] if apart else [table(heads, *rows)]
    found = report("<p>三、收到和处理政府信息公开申请情况</p>", *tables)
    figures = {row.item: [row.get(column) for column in forms.APPLICATION_COLUMNS] for row in found.applications}
    assert figures == dict.fromkeys(ITEMS, [None] * 7 if apart else [1, 2, 3, 4, 5, 6, 21])


def test_a_row_with_more_figures_than_the_form_has_columns_is_not_placed() -> None:
    heads = ["情形", "自然人", *APPLICANT_HEADS, "总计", "较上年"]
    found = applications(heads, *([label, "1", "2", "3", "4", "5", "6", "21", "9"] for label in ROWS))
    assert found == dict.fromkeys(ITEMS, [None] * 7)


@pytest.mark.parametrize("words", ["12'345", "见附件"])
def test_words_in_a_row_of_their_own_are_no_cell_of_the_row_above(words: str) -> None:
    rows: list[Sequence[Cell]] = [["情形", "自然人", "总计"], [ROWS[0], "3", "3"], [(words, 3, 1)], [("5", 3, 1)]]
    found = report("<p>三、收到和处理政府信息公开申请情况</p>", table(*rows))
    assert [(row.item, row.printed) for row in found.applications] == [("received", ("3", "3"))]


def test_a_table_without_a_total_column_gets_no_total() -> None:
    head: list[Sequence[Cell]] = [[("", 1, 2), ("自然人", 1, 2), ("法人或其他组织", 5, 1)], APPLICANT_HEADS]
    found = applications(*head, *([label, "5", "4", "3", "2", "1", str(at)] for at, label in enumerate(ROWS)))
    assert found == {item: [5, 4, 3, 2, 1, at, None] for at, item in enumerate(ITEMS)}


@pytest.mark.parametrize(
    ("cells", "placed"),
    [
        ([("6", 7, 1)], [None] * 7),
        (["", ("6", 6, 1)], [None] * 7),
        (["4", ("2", 5, 1), "6"], [4, None, None, None, None, None, 6]),
    ],
)
def test_a_figure_in_merged_cells_belongs_to_none_of_their_columns(cells: list[Cell], placed: list[int | None]) -> None:
    found = applications(*PERSONS_AND_ORGANISATIONS, *([label, *cells] for label in ROWS))
    assert found == dict.fromkeys(ITEMS, placed)


def test_a_number_in_front_of_the_label_costs_no_row() -> None:
    numbered = [[str(at), label, "1", "2", "3", "4", "5", "6", "21"] for at, label in enumerate(ROWS, start=1)]
    assert applications(*numbered) == {item: [1, 2, 3, 4, 5, 6, 21] for item in ITEMS}


def test_the_last_row_may_be_headed_with_another_word_for_total() -> None:
    rows = [*ROWS[:-1], "（七）合计"]
    found = applications(*PERSONS_AND_ORGANISATIONS, *([label, *"0000077"] for label in rows))
    assert found["closed"] == [0, 0, 0, 0, 0, 7, 7]


def test_a_label_above_its_figures_in_a_column_of_the_header_places_none() -> None:
    found = applications(["自然人", "总计"], [("一、本年新收政府信息公开申请数量", 2, 1)], ["5", "6"])
    assert found == {"received": [None] * len(forms.APPLICATION_COLUMNS)}


# Section 二 --------------------------------------------------------------------------------------------------------


def test_a_figure_beside_a_blank_without_a_header_is_in_no_column_of_section_two() -> None:
    found = report("<p>二、主动公开政府信息情况</p>", table(["行政许可", "5", ""]))
    assert found.disclosures == ()
    assert "measures_unknown" in {problem.code for problem in found.problems}


def test_a_figure_merged_over_two_columns_of_section_two_is_in_neither() -> None:
    heads: list[Cell] = ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"]
    found = report("<p>二、主动公开政府信息情况</p>", table(heads, ["行政许可", ("5", 2, 1), "7"]))
    assert [(figure.measure, figure.count) for figure in found.disclosures] == [
        ("previous", None), ("change", None), ("decisions", None),
    ]  # fmt: skip


def measures(heads: Sequence[Cell], *rows: Sequence[Cell]) -> dict[str, list[int | None]]:
    """Section 二 of a page with a table of these heads and rows: item → its cells in the form's order."""
    found: dict[str, list[int | None]] = {}
    for figure in report("<p>二、主动公开政府信息情况</p>", table(heads, *rows)).disclosures:
        found.setdefault(figure.item, []).append(figure.count)
    return found


def test_measures_in_another_order_are_followed_in_a_grid() -> None:
    heads = ["信息内容", "处理决定数量", "本年增/减", "上一年项目数量"]
    assert measures(heads, ["行政许可", "7", "2", "5"]) == {"licence": [5, 2, 7]}


def test_a_row_with_a_measure_printed_twice_with_different_figures_has_none() -> None:
    heads = ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量", "处理决定数量"]
    rows = [["行政许可", "5", "2", "7", "8"], ["其他对外管理服务事项", "6", "3", "9", "9"]]
    assert measures(heads, *rows) == {"licence": [None] * 3, "other_service": [6, 3, 9]}


def test_a_row_that_ends_in_a_blank_below_an_unread_heading_has_its_figures_in_order() -> None:
    heads = ["信息内容", "上一年项目数量", "本年增/减", "处里央定数"]
    rows = [["行政许可", "5", "2", ""], ["其他对外管理服务事项", "6", "3", "9"]]
    assert measures(heads, *rows) == {"licence": [5, 2, None], "other_service": [6, 3, 9]}


@pytest.mark.parametrize(
    ("clause", "head", "cell", "wan"),
    [
        ("第二十条第（八）项", "本年收费金额（单位：万元）", "12.5", "12.5"),
        ("第二十条第（八）项", "本年收费金额（单位：万元）", "￥12.50", "12.50"),
        ("第二十条第（八）项（单位：万元）", "本年收费金额", "12.5", "12.5"),
        ("第二十条第（八）项（单位：元）", "本年收费金额", "125000", "12.5"),
        ("第二十条第（八）项（单位：元）", "本年收费金额（万元）", "12.5", "12.5"),
        ("第二十条第（八）项", "本年收费金额", "12.5", None),
    ],
)
@pytest.mark.parametrize("unit", ["", "（万元）", "（单位：元）"])
def test_the_unit_of_money_stands_in_cell_header_or_caption_else_in_the_label(
    clause: str, head: str, cell: str, wan: str | None, unit: str
) -> None:
    if unit and wan is None:
        wan = {"（万元）": "12.5", "（单位：元）": "0.00125"}[unit]
    elif unit and ("万元" in unit) != ("万元" in head or "万元" in clause):
        wan = None  # header and label contradict each other
    rows: list[Sequence[Cell]] = [
        [("第二十条第（六）项", 2, 1)],
        ["信息内容", "本年处理决定数量"],
        ["行政处罚", "3"],
        ["行政强制", "_"],
        [(clause, 2, 1)],
        ["信息内容", head],
        [f"行政事业性收费{unit}", cell],
    ]
    figures = {figure.item: figure for figure in report("<p>二、主动公开政府信息情况</p>", table(*rows)).disclosures}
    amount = figures["charge"].amount_wan
    assert (None if amount is None else f"{amount:f}".rstrip("0")) == (None if wan is None else wan.rstrip("0"))
    assert (figures["penalty"].count, figures["compulsion"].count) == (3, None)


@pytest.mark.parametrize("unit", ["百元", "单位：百万元", "单位：万美元", "人民币十元"])
def test_a_unit_of_money_that_only_ends_in_another_s_name_is_not_that_one(unit: str) -> None:
    rows: list[Sequence[Cell]] = [
        [("第二十条第（八）项", 2, 1)],
        ["信息内容", f"本年收费金额（{unit}）"],
        ["行政事业性收费", "12.5"],
    ]
    (charge,) = report("<p>二、主动公开政府信息情况</p>", table(*rows)).disclosures
    assert (charge.amount_wan, charge.printed) == (None, "12.5")


@pytest.mark.parametrize(
    ("cells", "count"), [(["31", "31", "31"], 31), (["31", "", ""], 31), (["31", "32", "31"], None)]
)
def test_a_merged_cell_that_a_copy_prints_in_each_place_is_one_figure(cells: list[str], count: int | None) -> None:
    rows: list[Sequence[Cell]] = [
        [("第二十条第（五）项", 4, 1)],
        ["信息内容", *["本年处理决定数量"] * 3],
        ["行政许可", *cells],
    ]
    (licence,) = report("<p>二、主动公开政府信息情况</p>", table(*rows)).disclosures
    assert (licence.measure, licence.count) == ("decisions", count)


# Beside the tables -------------------------------------------------------------------------------------------------

SECTION_TWO = table(
    [("第二十条第（六）项", 2, 1)], ["信息内容", "本年处理决定数量"], ["行政处罚", "27"], ["行政强制", "4"]
)  # fmt: skip
SECTION_THREE = table(*PERSONS_AND_ORGANISATIONS, *([label, *"0000077"] for label in ROWS))
LIST_IN_THE_PROSE = "".join(
    f"<p>{line}</p>"
    for line in (
        "其他：",
        "行政处罚 5 件",
        "行政许可 41 件",
        "本年新收政府信息公开申请 12 件",
        "重复申请 3 件",
        "总计 12 件",
    )
)


@pytest.mark.parametrize("figures", [LIST_IN_THE_PROSE, table(["类别", "数量"], ["行政处罚", "5"], ["行政许可", "41"])])
@pytest.mark.parametrize("place", ["above", "below"])
def test_a_list_in_the_prose_is_no_row_of_a_table(figures: str, place: str) -> None:
    parts = [f"<p>一、总体情况</p>{figures}" if place == "above" else "",
             "<p>二、主动公开政府信息情况</p>", SECTION_TWO,
             "<p>三、收到和处理政府信息公开申请情况</p>", SECTION_THREE,
             "<p>四、政府信息公开行政复议、行政诉讼情况</p>",
             table(TOP, [*TALL, ("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)], OUTCOMES * 2,
                   RECONSIDERATION + DIRECT + AFTER),
             f"<p>六、其他需要报告的事项</p>{figures}" if place == "below" else ""]  # fmt: skip
    found = report(*parts)
    assert {figure.item: figure.count for figure in found.disclosures} == {"penalty": 27, "compulsion": 4}
    assert {row.item: row.get("total") for row in found.applications} == dict.fromkeys(ITEMS, 7)
    assert "row_repeated" not in {problem.code for problem in found.problems}


def test_words_in_a_column_that_the_form_lacks_cost_no_figure() -> None:
    (top, *heads) = PERSONS_AND_ORGANISATIONS
    rows = [[label, *"1234567", "含网上件" if at == 0 else ""] for at, label in enumerate(ROWS)]
    assert applications([*top, ("备注", 1, 3)], *heads, *rows) == {item: [1, 2, 3, 4, 5, 6, 7] for item in ITEMS}


def test_a_figure_in_a_column_that_the_form_lacks_leaves_its_row_open() -> None:
    (top, *heads) = PERSONS_AND_ORGANISATIONS
    rows = [[label, *"1234567", "8"] for label in ROWS]
    assert applications([*top, ("备注", 1, 3)], *heads, *rows) == dict.fromkeys(ITEMS, [None] * 7)


def test_the_rest_of_other_handling_may_repeat_the_group_s_name() -> None:
    labels = ["1.申请人无正当理由逾期不补正", "2.申请人逾期未按收费通知要求缴纳费用", "3.其他处理"]
    found = applications(*PERSONS_AND_ORGANISATIONS, *([label, *"0000088"] for label in labels))
    assert found == {item: [0, 0, 0, 0, 0, 8, 8] for item in forms.OTHER_DETAILS}
