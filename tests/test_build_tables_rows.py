"""Rows that the form does not have, rows that stand twice, and labels that lost a character: what may be published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from build import forms
from build.checks import check_report
from build.document import DocumentBuilder, GridCell
from build.parse.layout import read_layout
from build.report import Report
from tests.assertions import failing, read_bytes
from tests.render.figures import Cells
from tests.render.html import Box
from tests.samples import TITLE, sound_figures
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
    has_figures,
    in_columns,
    lines,
    merged_cells_repeated,
    places,
    read,
    report_text,
    review_figures,
    tables,
)

ways = pytest.mark.parametrize("write", [*WAYS.values(), merged_cells_repeated], ids=[*WAYS, "merged"])


def row_at(rows: Rows, label: str) -> int:
    """Where the row with a cell ``label`` stands."""
    return next(at for at, row in enumerate(rows) if any(box.text == label for box in row))


# The order of the columns ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", [TABS, CELL_A_LINE, SPACES], ids=["tabs", "lines", "spaces"])
def test_a_row_that_does_not_add_up_does_not_make_a_header_in_the_form_s_order_another(write: Write) -> None:
    """自然人, 总计, 商业企业 in a flattened header; 3, 1 and a misprinted 2 look like a total of 3 in front."""
    found = tables()
    rows = found[APPLICATIONS]
    row = rows[row_at(rows, "(一)予以公开")]
    row[-7:] = map(Box, ("3", "1", "0", "0", "0", "0", "2"))
    report = read(found, write)
    printed = dict(zip(forms.APPLICATION_COLUMNS, (3, 1, 0, 0, 0, 0, 2), strict=True))
    assert application_figures(report) == {**EXPECTED.applications, "granted": printed}
    assert {row.placement for row in report.applications} == {"printed"}


def test_a_header_in_disorder_on_one_page_and_in_order_on_the_next_have_the_same_columns() -> None:
    """总计 before 自然人 where a program flattened the first page, the figures behind it in the form's order."""
    found = tables()
    rows = found[APPLICATIONS]
    again = [list(row) for row in rows[:3]]
    rows[1].insert(0, rows[1].pop())
    assert_all(read({**found, APPLICATIONS: [*rows[:6], *again, *rows[6:]]}, TABS))


def test_a_blank_total_below_a_header_in_order_is_blank_whatever_the_first_page_s_header() -> None:
    found = tables()
    rows = found[APPLICATIONS]
    again = [list(row) for row in rows[:3]]
    rows[1].insert(0, rows[1].pop())
    rows[-1][-1] = Box("")
    report = read({**found, APPLICATIONS: [*rows[:6], *again, *rows[6:]]}, TABS)
    row = EXPECTED.applications["carried_forward"] | {"total": None}
    assert application_figures(report) == {**EXPECTED.applications, "carried_forward": row}
    assert {row.placement for row in report.applications} == {"printed"}


@pytest.mark.parametrize("unread", ["科研机构", "总计", ""])
def test_a_column_that_stands_elsewhere_than_in_the_form_is_not_read_in_its_order(unread: str) -> None:
    """自然人 behind the organisations: its heading is on the first line, and still the last but one."""
    title, rows = "三、收到和处理政府信息公开申请情况", places(tables()[APPLICATIONS])
    labels = len(rows[0]) - len(forms.APPLICATION_COLUMNS)
    moved = [[*row[:labels], *row[labels + 1 : -1], row[labels], row[-1]] for row in rows]
    cells = [["字迹不清" if unread and word == unread else word for word in row] for row in moved]
    body = "".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in cells)
    (report,) = read_bytes(f"<html><body><h1>{TITLE}</h1><p>{title}</p><table>{body}</table></body></html>".encode())
    assert isinstance(report, Report)
    known = {(row.item, column, count) for row in report.applications for column, count in row.cells}
    printed = {(item, column, count) for item, row in EXPECTED.applications.items() for column, count in row.items()}
    assert known <= printed
    assert {column for _, column, _ in known} >= {"natural_person", "business"}


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize(("one", "other"), [(0, 1), (0, 4), (7, 9)])
def test_columns_are_told_by_a_header_in_their_own_grid_alone(one: int, other: int, apart: bool) -> None:
    """Of two tables below each other nothing says that their columns are the same ones."""
    rows = places(tables()[REVIEWS], repeated=True)
    for row in rows:
        row[one], row[other] = row[other], row[one]
    grids = (rows[:-1], rows[-1:]) if apart else (rows,)
    written = ("".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in grid) for grid in grids)
    body = (
        f"<h1>{TITLE}</h1><p>四、政府信息公开行政复议、行政诉讼情况</p><table>{'</table><table>'.join(written)}</table>"
    )
    (report,) = read_bytes(f"<html><body>{body}<p>五、存在的主要问题及改进情况</p></body></html>".encode())
    assert isinstance(report, Report)
    assert review_figures(report) == {
        channel: dict.fromkeys(row) if apart else row for channel, row in EXPECTED.reviews.items()
    }


@pytest.mark.parametrize("write", [TABS, CELL_A_LINE, PIPES], ids=["tabs", "lines", "pipes"])
def test_a_number_before_the_first_label_of_a_table_without_a_known_header_belongs_to_nothing(write: Write) -> None:
    found = tables()
    rows = [[Box("序号"), Box("名目"), Box("数")], [Box("1"), Box("行政许可"), Box("317")]]
    report = read({**found, DISCLOSURES: rows}, write)
    assert disclosure_figures(report) == {}
    assert "measures_unknown" in codes(report)
    assert application_figures(report) == EXPECTED.applications


@pytest.mark.parametrize("write", [TABS, CELL_A_LINE], ids=["tabs", "lines"])
@pytest.mark.parametrize("headed", [True, False], ids=["below a header", "without a header"])
def test_a_label_with_nothing_behind_it_is_an_empty_row(write: Write, headed: bool) -> None:
    """Blanks were dropped: the row is there and printed blank, which is neither a zero nor a row that is missing."""
    found = tables()
    rows = found[APPLICATIONS]
    at = row_at(rows, "一、本年新收政府信息公开申请数量")
    rows[at] = rows[at][:1]
    report = read({**found, APPLICATIONS: rows if headed else rows[at:]}, write)
    assert application_figures(report)["received"] == dict.fromkeys(forms.APPLICATION_COLUMNS)
    assert {row.item: row.placement for row in report.applications}["received"] == "empty"
    assert "rows_missing" not in codes(report)


# Sub-totals --------------------------------------------------------------------------------------------------------


@ways
@pytest.mark.parametrize("word", ["合计", "小计", "总计", "其中:涉企", "不予公开小计"])
@pytest.mark.parametrize("behind", ["1.属于国家秘密", "8.属于行政查询事项", "3.补正后申请内容仍不明确"])
def test_a_sub_total_below_a_ground_is_no_row_of_the_form(write: Write, word: str, behind: str) -> None:
    found = tables()
    rows = found[APPLICATIONS]
    rows.insert(row_at(rows, behind) + 1, [Box(word), *map(Box, ("9", "8", "7", "6", "5", "4", "39"))])
    report = read(_unmerged(found) if write in (in_columns, merged_cells_repeated) else found, write)
    assert_all(report)
    assert codes(report) == {"subtotal_row"}
    assert failing(report) == set()


def _unmerged(found: dict[str, Rows]) -> dict[str, Rows]:
    """Section 三 with its rows' own labels alone, so that a row more shifts no merged cell."""
    kept = found[APPLICATIONS][:3]
    heads = [[Box(""), *(Box(box.text) for box in row)][-8:] for row in found[APPLICATIONS][3:]]
    columns = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    assert kept
    return {**found, APPLICATIONS: [[Box("申请人情况"), *map(Box, columns)], *heads]}


@pytest.mark.parametrize(("label", "taken"), [("总计", True), ("合计", False), ("小计", False)])
@pytest.mark.parametrize("others", [True, False], ids=["其他处理 is there", "其他处理 is lost"])
def test_a_total_right_above_what_is_carried_forward_is_that_of_all_results(
    label: str, taken: bool, others: bool
) -> None:
    """Where the rows of (六) are lost, 合计 may be a sub-total of (五); 总计 above the last row is none."""
    found = tables()
    rows = found[APPLICATIONS]
    rows[row_at(rows, "(七)总计")][0] = Box(label, *_spans(rows[row_at(rows, "(七)总计")][0]))
    if not others:
        del rows[row_at(rows, "(六)其他处理")]
    report = read(found, TABS)
    assert ("closed" in application_figures(report)) == (label != "小计" and (others or taken))


def test_a_total_of_results_above_another_row_than_the_last_is_a_sub_total() -> None:
    found = tables()
    rows = found[APPLICATIONS]
    rows[row_at(rows, "(七)总计")][0] = Box("总计")
    for label in ("(六)其他处理", "四、结转下年度继续办理"):
        del rows[row_at(rows, label)]
    report = read(found, TABS)
    assert "closed" not in application_figures(report)
    assert "subtotal_row" in codes(report)


@pytest.mark.parametrize("word", ["总计", "合计", "(七)合计", "七、总计"])
@ways
def test_the_total_of_all_results_is_still_one(write: Write, word: str) -> None:
    found = tables()
    rows = found[APPLICATIONS]
    rows[row_at(rows, "(七)总计")][0] = Box(word, *_spans(rows[row_at(rows, "(七)总计")][0]))
    report = read(found, write)
    assert_all(report)
    assert codes(report) == set()


def _spans(box: Box) -> tuple[int, int]:
    return box.rows, box.columns


@pytest.mark.parametrize("word", ["其中:", "合计"])
def test_a_word_of_a_sub_total_without_figures_behind_it_is_no_row(word: str) -> None:
    found = tables()
    rows = found[APPLICATIONS]
    rows.insert(row_at(rows, "1.属于国家秘密"), [Box(word)])
    report = read(found, TABS)
    assert_all(report)
    assert codes(report) == set()


@pytest.mark.parametrize("word", ["合计", "小计"])
def test_a_sub_total_whose_label_a_copy_prints_again_is_no_row_of_the_form(word: str) -> None:
    """Labels that were merged over two columns stand in both."""
    found = tables()
    rows = [[row[0], *row] for row in _unmerged(found)[APPLICATIONS]]
    at = row_at(rows, "8.属于行政查询事项") + 1
    rows.insert(at, [Box(word), Box(word), *map(Box, ("9", "8", "7", "6", "5", "4", "39"))])
    for write in (in_columns, TABS):
        report = read({**found, APPLICATIONS: rows}, write)
        assert_all(report)
        assert codes(report) == {"subtotal_row"}


def test_a_sub_total_changes_no_placement_of_short_rows() -> None:
    asked, rows = natural_persons_alone()
    rows.insert(row_at(rows, "1.属于国家秘密") + 1, [Box("小计"), Box("7"), Box("7")])
    report = read({**tables(), APPLICATIONS: rows})
    assert application_figures(report) == asked
    assert {row.placement for row in report.applications} == {"inferred"}


def natural_persons_alone() -> tuple[dict[str, Cells], Rows]:
    """Section 三 where natural persons alone asked, and its rows with a cell for them and one for the total."""
    asked: dict[str, Cells] = {
        item: {**dict.fromkeys(forms.APPLICATION_COLUMNS), "natural_person": count, "total": count}
        for item, count in ((item, row["natural_person"]) for item, row in EXPECTED.applications.items())
    }
    whole = tables(replace(EXPECTED, applications=asked))
    return asked, [[box for box in row if box.text != "/"] for row in whole[APPLICATIONS]]


@pytest.mark.parametrize(
    ("behind", "figures", "placed"),
    [
        ("1.属于国家秘密", ("6", "6"), False),
        ("1.属于国家秘密", ("6",), False),
        ("1.属于国家秘密", ("0", "6"), False),
        ("1.属于国家秘密", ("0", "0"), True),
        ("四、结转下年度继续办理", ("6", "6"), True),
        ("四、结转下年度继续办理", ("6",), True),
    ],
)
def test_short_rows_are_placed_only_where_no_figures_of_an_unknown_row_are_among_them(
    behind: str, figures: tuple[str, ...], placed: bool
) -> None:
    asked, rows = natural_persons_alone()
    rows.insert(row_at(rows, behind) + 1, [Box("外省来件"), *map(Box, figures)])
    report = read({**tables(), APPLICATIONS: rows}, TABS)
    told = [problem.excerpt for problem in report.problems if problem.code == "cells_without_label"]
    assert told == [" ".join(figures)]
    assert ("short_rows_not_placed" in codes(report)) != placed
    assert {row.placement for row in report.applications} == {"inferred" if placed else "unplaced"}
    assert not placed or application_figures(report) == asked


def test_figures_of_an_unknown_row_of_another_table_keep_no_short_row_from_its_columns() -> None:
    """Also not where the prose above that table names a row of section 三."""
    asked, rows = natural_persons_alone()
    found = tables()
    others = found[DISCLOSURES]
    others.insert(row_at(others, "行政许可"), [Box("另行统计的来件"), Box("6"), Box("6")])
    found[DISCLOSURES] = [[Box("2.重复申请"), Box("3")], *others]
    report = read({**found, APPLICATIONS: rows}, TABS)
    assert "cells_without_label" in codes(report)
    assert application_figures(report) == asked


def test_a_blank_row_that_is_longer_than_the_form_is_empty_as_printed() -> None:
    found = tables()
    for name, label in ((APPLICATIONS, "2.重复申请"), (DISCLOSURES, "行政许可")):
        row = found[name][row_at(found[name], label)]
        row[-3:] = [Box("")] * 3
        if name == APPLICATIONS:
            row[-7:] = [Box("")] * 7
        for each in found[name]:
            each.append(Box(""))
    report = read(found, TABS)
    (repeat,) = (row for row in report.applications if row.item == "not_processed_repeat")
    assert (repeat.placement, repeat.printed) == ("empty", ("",) * 8)
    licence = [(figure.placement, figure.count) for figure in report.disclosures if figure.item == "licence"]
    assert licence == [("empty", None)] * 3
    assert application_figures(report) == {
        **EXPECTED.applications,
        "not_processed_repeat": dict.fromkeys(forms.APPLICATION_COLUMNS),
    }


@pytest.mark.parametrize("cell", ["90000000000000000001", "-3", "1.5"])
def test_only_a_number_with_decimals_is_told_as_a_fraction(cell: str) -> None:
    found = tables()
    rows = found[APPLICATIONS]
    rows[row_at(rows, "2.重复申请")][-7] = Box(cell)
    (row,) = (row for row in read(found, TABS).applications if row.item == "not_processed_repeat")
    assert row.get("natural_person") is None
    assert [(name, str(number)) for name, number in row.fractions] == (
        [("natural_person", cell)] if cell == "1.5" else []
    )


def test_short_rows_are_placed_beside_a_row_that_says_nothing() -> None:
    """It adds nothing to any sum, and is blank itself."""
    asked, rows = natural_persons_alone()
    label = "4.无正当理由大量反复申请"
    count = asked["not_processed_excessive"]["natural_person"]
    rows[row_at(rows, label)] = [Box(label)]
    at = row_at(rows, "2.重复申请")
    asked["not_processed_repeat"] |= dict.fromkeys(
        ("natural_person", "total"), int(rows[at][-1].text) + int(str(count))
    )
    rows[at][-2:] = [Box(str(asked["not_processed_repeat"]["total"]))] * 2
    found = application_figures(read({**tables(), APPLICATIONS: rows}, TABS))
    assert found == asked | {"not_processed_excessive": dict.fromkeys(forms.APPLICATION_COLUMNS)}


def test_a_lone_figure_in_a_text_without_a_header_is_told_by_the_sums() -> None:
    asked, rows = natural_persons_alone()
    label = "2.重复申请"
    rows[row_at(rows, label)].pop()
    figures = application_figures(read({**tables(), APPLICATIONS: rows[3:]}, TABS))
    assert figures == asked | {"not_processed_repeat": asked["not_processed_repeat"] | {"total": None}}


@pytest.mark.parametrize(("word", "placed"), [("无", True), ("若干", False)])
def test_short_rows_are_placed_beside_a_whole_row_where_its_words_say_none(word: str, placed: bool) -> None:
    asked, rows = natural_persons_alone()
    label = "2.重复申请"
    count = Box(str(asked["not_processed_repeat"]["total"]))
    rows[row_at(rows, label)] = [Box(label), count, *[Box(word)] * 5, count]
    report = read({**tables(), APPLICATIONS: rows}, TABS)
    assert (application_figures(report) == asked) == placed
    assert ("short_rows_not_placed" in codes(report)) != placed


def test_a_blank_at_the_beginning_of_a_short_row_is_one_of_its_cells() -> None:
    """It is blank for natural persons; where sums leave a choice, figures behind it are not theirs."""
    counts = {"received": [4, 4, 0, 0, 0, 0, 4], "closed": [4, 4, 0, 0, 0, 0, 4]}
    asked: dict[str, Cells] = {
        item: dict(zip(forms.APPLICATION_COLUMNS, counts.get(item, [0] * 7), strict=True))
        for item in EXPECTED.applications
    }
    rows = tables(replace(EXPECTED, applications=asked))[APPLICATIONS]
    rows[row_at(rows, "(一)予以公开")][-7:] = [Box(""), Box("4"), Box("4")]
    report = read({**tables(), APPLICATIONS: rows}, TABS)
    granted = dict.fromkeys(forms.APPLICATION_COLUMNS) | {"business": 4, "total": 4}
    assert application_figures(report)["granted"] == granted
    assert "row_unplaced" not in codes(report)


def test_short_rows_are_not_placed_beside_a_row_that_is_longer_than_the_form() -> None:
    """Its figures belong to columns that nobody knows, so no sum of a column is whole."""
    _, rows = natural_persons_alone()
    at = row_at(rows, "1.属于国家秘密")
    rows[at] = [Box("1.属于国家秘密"), *map(Box, "987654321")]
    report = read({**tables(), APPLICATIONS: rows}, TABS)
    assert "short_rows_not_placed" in codes(report)
    assert {row.placement for row in report.applications} == {"unplaced"}


@pytest.mark.parametrize("cells", [("-3", "-3"), ("3", "若干")], ids=["below 0", "words"])
def test_short_rows_are_not_placed_beside_a_short_one_with_a_cell_that_is_no_count(cells: tuple[str, str]) -> None:
    _, rows = natural_persons_alone()
    at = row_at(rows, "1.属于国家秘密")
    rows[at] = [Box("1.属于国家秘密"), *map(Box, cells)]
    report = read({**tables(), APPLICATIONS: rows}, TABS)
    assert "short_rows_not_placed" in codes(report)
    assert {row.placement for row in report.applications} == {"unplaced"}
    (row,) = (row for row in report.applications if row.item == "withheld_state_secret")
    assert row.unplaced == cells


def test_short_rows_are_not_placed_beside_words_in_a_column_whose_sum_would_need_them() -> None:
    _, rows = natural_persons_alone()
    at = row_at(rows, "1.属于国家秘密")
    rows[at] = [Box("1.属于国家秘密"), Box("若干"), *map(Box, "000003")]
    report = read({**tables(), APPLICATIONS: rows}, TABS)
    assert {"short_rows_not_placed", "no_count"} <= codes(report)
    assert {row.placement for row in report.applications} == {"unplaced", "printed"}


# Rows and tables that stand twice ----------------------------------------------------------------------------------


def with_other_figures(rows: Rows) -> Rows:
    """The rows with every figure that is not 0 raised by 3."""
    return [[Box(str(int(box.text) + 3)) if box.text.isdigit() else box for box in row] for row in rows]


@ways
@pytest.mark.parametrize("table", [APPLICATIONS, DISCLOSURES, REVIEWS])
def test_of_a_table_that_stands_twice_nothing_is_published_and_nothing_checked(write: Write, table: str) -> None:
    found = tables()
    report = read({**found, table: [*found[table], *with_other_figures(found[table])]}, write)
    assert "two_tables" in codes(report)
    assert "tables_missing" not in codes(report)
    assert not {"applications": report.applications, "disclosures": report.disclosures, "reviews": report.reviews}[
        table
    ]
    if table != APPLICATIONS:
        assert application_figures(report) == EXPECTED.applications
    if table != REVIEWS:
        assert review_figures(report) == EXPECTED.reviews
    assert not [check for check in check_report(report) if check.subject.startswith(table)]


@ways
def test_a_table_that_stands_twice_alike_is_one(write: Write) -> None:
    found = tables()
    report = read({name: [*rows, *rows] for name, rows in found.items()}, write)
    assert_all(report)
    assert codes(report) == set()


@pytest.mark.parametrize("write", [TABS, CELL_A_LINE], ids=["tabs", "lines"])
def test_one_row_that_stands_twice_is_no_second_table_even_where_it_alone_has_figures(write: Write) -> None:
    found = tables()
    rows = [[Box("0") if has_figures([box]) else box for box in row] for row in found[DISCLOSURES]]
    at = row_at(rows, "行政许可")
    label = rows[at][0]
    rows[at : at + 1] = [[label, *map(Box, ("4", "5", "6"))], [label, *map(Box, ("7", "8", "9"))]]
    report = read({**found, DISCLOSURES: rows}, write)
    assert {"row_repeated", "two_tables"} & codes(report) == {"row_repeated"}
    figures = disclosure_figures(report)
    assert not any(item == "licence" for item, _ in figures)
    assert figures["penalty", "decisions"] == 0


def test_two_rows_that_stand_twice_are_a_second_table_where_they_alone_have_figures() -> None:
    found = tables(sound_figures(forms.FORM_2021))
    rows = [[Box("0") if has_figures([box]) else box for box in row] for row in found[DISCLOSURES]]
    for label in ("行政处罚", "行政强制"):
        at = row_at(rows, label)
        rows[at : at + 1] = [[rows[at][0], Box("4")], [rows[at][0], Box("7")]]
    report = read({**found, DISCLOSURES: rows}, TABS)
    assert disclosure_figures(report) == {}
    assert "two_tables" in codes(report)


def test_a_column_that_a_page_cuts_off_from_the_table_is_told() -> None:
    """Of a table of one column the header names too little: its rows are none of the table, but no list either."""
    found = tables()
    rows = [row for row in found[APPLICATIONS] if has_figures(row)]
    labels = [[box.text for box in row[:-7]][-1] for row in rows]
    column = "".join(f"{label}\t{row[-7].text}\n" for label, row in zip(labels, rows, strict=True))
    rest = "".join(
        "\t".join([label, *(box.text for box in row[-6:])]) + "\n" for label, row in zip(labels, rows, strict=True)
    )
    names = "商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计\n"
    (report,) = read_bytes(f"{TITLE}\n项目\t自然人\n{column}项目\t{names}{rest}".encode())
    assert isinstance(report, Report)
    assert [problem.code for problem in report.problems].count("row_repeated") >= 8
    assert not any(row["natural_person"] for row in application_figures(report).values())


def test_of_two_rows_without_figures_the_first_is_published() -> None:
    found = tables()
    rows = found[APPLICATIONS]
    at = row_at(rows, "2.重复申请")
    rows[at : at + 1] = [[Box("2.重复申请"), *[Box("")] * 7], [Box("2.重复申请")]]
    report = read(found, TABS)
    assert {row.item: row.printed for row in report.applications}["not_processed_repeat"] == ("",) * 7


@pytest.mark.parametrize("write", [TABS, CELL_A_LINE], ids=["tabs", "lines"])
def test_two_rows_of_many_that_stand_twice_leave_the_others(write: Write) -> None:
    found = tables()
    rows, items = (
        found[APPLICATIONS],
        {"2.重复申请": "not_processed_repeat", "四、结转下年度继续办理": "carried_forward"},
    )
    for label in items:
        at = row_at(rows, label)
        rows.insert(at + 1, [Box(label), *with_other_figures([rows[at]])[0][-7:]])
    report = read(found, write)
    assert [problem.code for problem in report.problems] == ["row_repeated"] * 2
    assert application_figures(report) == {
        item: row for item, row in EXPECTED.applications.items() if item not in items.values()
    }


@pytest.mark.parametrize("cell", [-7, -1], ids=["first", "last"])
def test_a_row_that_stands_twice_with_one_other_figure_is_not_published(cell: int) -> None:
    found = tables()
    rows = found[APPLICATIONS]
    at = row_at(rows, "2.重复申请")
    again = [Box(box.text) for box in rows[at]]
    again[cell] = Box("941")
    rows.insert(at + 1, again)
    report = read(found, TABS)
    assert "not_processed_repeat" not in application_figures(report)
    assert codes(report) == {"row_repeated"}


@ways
@pytest.mark.parametrize("label", ["2.重复申请", "行政许可"])
def test_a_single_row_that_stands_twice_is_not_published(write: Write, label: str) -> None:
    found = tables()
    name = APPLICATIONS if label[0].isdigit() else DISCLOSURES
    rows = found[name]
    at = row_at(rows, label)
    again = [[Box(box.text) for box in row if not box.text.startswith("(")] for row in with_other_figures([rows[at]])]
    source = _unmerged(found) if write in (in_columns, merged_cells_repeated) and name == APPLICATIONS else found
    target = source[name]
    target.insert(row_at(target, label) + 1, again[0])
    report = read(source, write)
    assert "row_repeated" in codes(report)
    (excerpt,) = [problem.excerpt for problem in report.problems if problem.code == "row_repeated"]
    printed, repeated = excerpt.split(" / ")
    assert printed.count("|") == repeated.count("|") and printed != repeated
    item = "not_processed_repeat" if name == APPLICATIONS else "licence"
    assert item not in application_figures(report)
    assert item not in {place[0] for place in disclosure_figures(report)}
    assert "rows_missing" not in codes(report)
    rest = {code: row for code, row in EXPECTED.applications.items() if code != item}
    assert {code: row for code, row in application_figures(report).items() if code in rest} == rest
    assert failing(report) == set()


def with_cells_more(rows: Rows, more: int) -> Rows:
    """``rows`` with the first ``more`` rows of figures once more behind themselves, with others."""
    found: Rows = []
    for row in rows:
        found.append(row)
        if has_figures(row) and more:
            more -= 1
            label = next(box for box in reversed(row[:-7]) if box.text)
            found.append([Box(label.text), *with_other_figures([row])[0][-7:]])
    return found


@pytest.mark.parametrize(
    ("twice", "zeros", "refused"), [(11, False, False), (12, False, True), (11, True, False), (12, True, True)]
)
def test_a_table_stands_twice_where_more_than_half_of_its_rows_do(twice: int, zeros: bool, refused: bool) -> None:
    """23 rows, or 22 besides one of zeros: with 11 of them twice the others stand, with 12 none is published."""
    found = tables()
    if zeros:
        found[APPLICATIONS][-1][-7:] = map(Box, "0000000")
    report = read({**found, APPLICATIONS: with_cells_more(found[APPLICATIONS], twice)}, TABS)
    assert len(application_figures(report)) == (0 if refused else len(EXPECTED.applications) - twice)
    assert ("two_tables" in codes(report)) == refused
    first = EXPECTED.applications["received"].values()
    printed, again = ("|".join(str((count or 0) + more) for count in first) for more in (0, 3))
    quoted = [problem.excerpt for problem in report.problems if problem.code == "two_tables"]
    assert quoted == ([f"一、本年新收政府信息公开申请数量: {printed} / {again}"] if refused else [])


def test_a_list_in_the_prose_with_the_label_of_a_row_leaves_the_row_and_is_told() -> None:
    found = tables()
    found[DISCLOSURES].append([Box("本年各项工作有序推进，没有其他需要说明的情况发生。全年另有统计。")])
    found[DISCLOSURES].append([Box("行政许可")])
    found[DISCLOSURES] += [[Box("41")], [Box("42")]]
    report = read(found)
    assert_all(report)
    (problem,) = report.problems
    assert (problem.code, problem.severity, problem.excerpt) == ("row_repeated", "warning", "41|42")
    assert "行政许可" in problem.message.en


@pytest.mark.parametrize("blank", ["/", ""])
def test_a_list_in_the_prose_fills_no_blank_row_of_the_table(blank: str) -> None:
    found = tables()
    rows = found[DISCLOSURES]
    rows[row_at(rows, "行政许可")][1:] = [Box(blank)] * 3
    rows.append([Box("本年各项工作有序推进，没有其他需要说明的情况发生。全年另有统计。")])
    rows.append([Box("行政许可"), *map(Box, "456")])
    report = read(found, TABS)
    licence = [(figure.count, figure.kind) for figure in report.disclosures if figure.item == "licence"]
    assert licence == [(None, "blank")] * 3
    assert codes(report) == {"row_repeated"}


def parts_of_section_four(*parts: tuple[str, list[str], list[str]]) -> Report:
    """Section 四 as a table for each channel: its name, the names of its outcomes and its figures."""
    found = tables()
    found[REVIEWS] = [[*map(Box, cells)] for name, heads, values in parts for cells in ([name], heads, values)]
    return read(found, CELL_A_LINE)


OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
SIX, SEVEN, EIGHT = ["3", "1", "0", "2", "6"], ["3", "1", "1", "2", "7"], ["3", "2", "1", "2", "8"]


def test_a_part_of_section_four_that_stands_twice_alike_is_one() -> None:
    report = parts_of_section_four(*[("行政复议", OUTCOMES, SIX)] * 2, ("复议后起诉", OUTCOMES, SEVEN))
    assert {row.channel: (list(row.printed), dict(row.cells)) for row in report.reviews} == {
        "reconsideration": (SIX, dict(zip(forms.REVIEW_COLUMNS, map(int, SIX), strict=True))),
        "lawsuit_after_reconsideration": (SEVEN, dict(zip(forms.REVIEW_COLUMNS, map(int, SEVEN), strict=True))),
    }
    assert codes(report) == set()


def test_a_part_of_section_four_that_stands_again_with_other_figures_is_not_published_and_told_once() -> None:
    repeated = [("行政复议", OUTCOMES, values) for values in (SIX, SEVEN, EIGHT)]
    report = parts_of_section_four(*repeated, ("复议后起诉", OUTCOMES, SEVEN))
    assert set(review_figures(report)) == {"lawsuit_after_reconsideration"}
    assert [(problem.code, problem.excerpt) for problem in report.problems] == [
        ("row_repeated", "3|1|0|2|6 / 3|1|1|2|7")
    ]


@pytest.mark.parametrize("swapped", [False, True])
def test_a_part_of_section_four_with_two_channels_has_them_in_the_form_s_order(swapped: bool) -> None:
    channels = [["未经复议直接起诉"], ["复议后起诉"]]
    rows = [*(reversed(channels) if swapped else channels), OUTCOMES * 2, SIX + SEVEN]
    report = read({**tables(), REVIEWS: [[*map(Box, cells)] for cells in rows]}, CELL_A_LINE)
    totals = {row.channel: row.get("total") for row in report.reviews}
    if swapped:
        assert set(totals.values()) == {None}
    else:
        assert totals == {"lawsuit_direct": 6, "lawsuit_after_reconsideration": 7}


@pytest.mark.parametrize("channel", ["行政复议", "复议后起诉"])
def test_a_part_of_section_four_with_a_blank_stands_above_another_table(channel: str) -> None:
    """A page may have section 三 behind section 四, and its header is then no part of the one above."""
    found = tables()
    part = [[*map(Box, cells)] for cells in ([channel], OUTCOMES, [*SIX[:2], "", *SIX[3:]])]
    report = read({REVIEWS: part, APPLICATIONS: found[APPLICATIONS]}, TABS)
    assert [[*row.values()] for row in review_figures(report).values()] == [[3, 1, None, 2, 6]]
    assert application_figures(report) == EXPECTED.applications


@pytest.mark.parametrize("values", [SIX, SEVEN], ids=["alike", "differing"])
def test_of_two_parts_of_section_four_of_which_one_cannot_be_read_nothing_is_published(values: list[str]) -> None:
    unread = [*OUTCOMES[:4], "结果维持"]
    report = parts_of_section_four(("行政复议", OUTCOMES, SIX), ("复议后起诉", unread, values))
    assert not any(row.cells for row in report.reviews)
    assert codes(report) & {"row_unplaced", "two_tables"}


def test_a_part_of_section_four_with_a_blank_stands_above_another_part() -> None:
    found = tables()
    parts = [("行政复议", [*SIX[:2], "", *SIX[3:]]), ("复议后起诉", SEVEN)]
    found[REVIEWS] = [[*map(Box, cells)] for name, values in parts for cells in ([name], OUTCOMES, values)]
    report = read(found, TABS)
    assert {channel: [*row.values()] for channel, row in review_figures(report).items()} == {
        "reconsideration": [3, 1, None, 2, 6],
        "lawsuit_after_reconsideration": [3, 1, 1, 2, 7],
    }


def section_four_without_header(*cells: str) -> Report:
    found = tables()
    found[REVIEWS] = [[*map(Box, cells)]]
    return read(found, TABS)


def test_fifteen_figures_without_a_header_that_add_up_tell_the_totals() -> None:
    report = section_four_without_header(*SIX, *SEVEN, *EIGHT)
    assert [dict(row.cells) for row in report.reviews] == [{"total": 6}, {"total": 7}, {"total": 8}]


@pytest.mark.parametrize(
    "cells",
    [
        ["行政复议", *SIX, *SEVEN, *EIGHT],
        ["3", "1", "若干", "2", "6", *SEVEN, *EIGHT],
        ["3", "1", "1.5", "2", "6", *SEVEN, *EIGHT],
        ["3", "1", "0", "2", "5", *SEVEN, *EIGHT],
        [*SIX, *SEVEN, *EIGHT[:4]],
    ],
    ids=["behind a channel", "a word", "a fraction", "no sum", "fourteen"],
)
def test_figures_of_section_four_without_a_header_tell_nothing_unless_all_add_up(cells: list[str]) -> None:
    assert not any(row.cells for row in section_four_without_header(*cells).reviews)


def test_a_blank_section_four_has_its_three_rows() -> None:
    found = tables()
    found[REVIEWS][-1] = [Box("")] * 15
    report = read(found, TABS)
    assert [(row.channel, row.placement) for row in report.reviews] == [
        (channel.code, "empty") for channel in forms.REVIEW_CHANNELS
    ]


@pytest.mark.parametrize(("readable", "published"), [(1, False), (2, True)])
def test_two_outcomes_that_are_read_make_a_header_of_section_four(readable: int, published: bool) -> None:
    found = tables()
    kept = OUTCOMES[:readable]
    found[REVIEWS] = [
        [replace(box, text=box.text if box.text in kept or box.text.isdigit() else "〇〇") for box in row]
        for row in found[REVIEWS]
    ]
    report = read(found, TABS)
    assert (review_figures(report) == EXPECTED.reviews) == published


@pytest.mark.parametrize("at", [0, 4])
def test_a_header_of_section_four_that_stands_again_in_another_order_tells_no_columns(at: int) -> None:
    found = tables()
    *head, values = found[REVIEWS]
    again = [list(row) for row in head]
    again[-1][at], again[-1][at - 1] = again[-1][at - 1], again[-1][at]
    assert not any(row.cells for row in read({**found, REVIEWS: [*head, *again, values]}).reviews)


@pytest.mark.parametrize("last", ["结果维持", "结果纠正"])
def test_a_part_of_section_four_whose_header_names_an_outcome_twice_has_no_figures(last: str) -> None:
    report = parts_of_section_four(("行政复议", [*OUTCOMES[:4], last], SIX))
    assert not any(row.cells for row in report.reviews)


@pytest.mark.parametrize(
    ("cells", "published"),
    [
        (["11", "22", "", "", "", "", "33"], False),
        (["11", "5", "0", "0", "0", "0", "16"], True),
        (["5", "11", "0", "0", "0", "0", "16"], True),
    ],
)
def test_figures_beside_a_label_of_doubled_glyphs_are_figures_unless_all_may_be_doubled(
    cells: list[str], published: bool
) -> None:
    found = tables()
    rows = found[APPLICATIONS]
    row = rows[row_at(rows, "2.重复申请")]
    row[-8] = Box("".join(2 * character for character in "2.重复申请"))
    row[-7:] = map(Box, cells)
    figures = application_figures(read(found, TABS))["not_processed_repeat"]
    printed = [int(cell) if cell else None for cell in cells]
    assert list(figures.values()) == (printed if published else [None] * 7)


def test_blank_marks_beside_a_label_of_doubled_glyphs_are_blank() -> None:
    found = tables()
    row = found[DISCLOSURES][row_at(found[DISCLOSURES], "行政许可")]
    row[:] = [Box("行行政政许许可可"), *[Box("/")] * 3]
    report = read(found, TABS)
    licence = [(figure.count, figure.kind) for figure in report.disclosures if figure.item == "licence"]
    assert licence == [(None, "blank")] * 3
    assert codes(report) == set()


def test_figures_may_be_doubled_where_a_part_of_the_label_is() -> None:
    found = tables()
    rows = found[APPLICATIONS]
    row = rows[row_at(rows, "1.信访举报投诉类申请")]
    row[-8:] = [Box("11..信信访访举举报报投投诉诉类类申申请请"), *map(Box, ("11", "22", "", "", "", "", "33"))]
    figures = application_figures(read(found, TABS))
    assert set(figures["not_processed_petition"].values()) == {None}


@pytest.mark.parametrize("write", [TABS, CELL_A_LINE], ids=["tabs", "lines"])
@pytest.mark.parametrize("label", ["3.其他处理", "其他"])
def test_other_handling_below_the_other_details_is_the_rest_with_a_number_or_a_short_name(
    write: Write, label: str
) -> None:
    figures = sound_figures(forms.FORM_2021)
    assert_all(read(damaged(tables(figures), {"3.其他": label}), write), figures)


def test_the_header_of_a_page_that_begins_among_the_other_details_has_no_row() -> None:
    figures = sound_figures(forms.FORM_2021)
    found = tables(figures)
    rows = found[APPLICATIONS]
    at = row_at(rows, "3.其他")
    assert_all(read({**found, APPLICATIONS: [*rows[:at], *rows[:3], *rows[at:]]}, TABS), figures)


@pytest.mark.parametrize(("words", "kept"), [("此项数据现正在核对统计中", True), ("此项数据现正在核对和统计中", False)])
def test_words_in_a_cell_of_a_line_of_its_own_are_a_remark_up_to_twelve_characters(words: str, kept: bool) -> None:
    assert (len(words) <= 12) == kept
    found = tables()
    rows = found[APPLICATIONS]
    rows[row_at(rows, "2.重复申请")][-3] = Box(words)
    report = read(found, CELL_A_LINE)
    row = EXPECTED.applications["not_processed_repeat"]
    expected = row | {"legal_service_org": None} if kept else dict.fromkeys(row)
    assert application_figures(report)["not_processed_repeat"] == expected
    assert ("no_count" in codes(report)) == kept


def test_what_the_tables_hold_is_no_prose_and_what_stands_around_them_is() -> None:
    """A remark in a cell and a sub-total as well: a paragraph each."""
    found = tables()
    rows = found[APPLICATIONS]
    rows[row_at(rows, "2.重复申请")][-3] = Box("约有三件")
    rows.insert(row_at(rows, "(七)总计"), [Box("小计"), *map(Box, ("9", "8", "7", "6", "5", "4", "39"))])
    rows.insert(row_at(rows, "2.重复申请"), [Box("另行统计的来件"), Box("777")])
    builder = DocumentBuilder()
    for line in report_text(found, CELL_A_LINE).split("\n"):
        builder.add_paragraph(line)
    document = builder.build("text")
    prose = [document.text[start:end] for start, end in read_layout(document).prose()]
    titles = [line for line in report_text({name: [] for name in found}).split("\n") if line.strip()]
    assert {*titles} <= {*prose}
    assert [words for words in prose if words.isdigit() or words in {"约有三件", "小计", "2.重复申请"}] == []


@pytest.mark.parametrize("beginning", ["5.要求行政机关确认或", "补正后申请内容", "其他主动公开"])
def test_the_beginning_of_a_label_with_a_figure_outside_its_table_is_no_row(beginning: str) -> None:
    builder = DocumentBuilder()
    for line in ("一、总体情况", beginning, "7"):
        builder.add_paragraph(line)
    assert read_layout(builder.build("text")).tables.rows == ()


def rows_of(*printed: str) -> dict[str, list[str]]:
    """The rows of lines of text: code → its cells."""
    builder = DocumentBuilder()
    for line in printed:
        builder.add_paragraph(line)
    return {row.code: [cell.text for cell in row.cells] for row in read_layout(builder.build("text")).tables.rows}


@pytest.mark.parametrize(
    ("printed", "items"),
    [
        (("一、本年新收政府信息公开申请数量",), {"received"}),
        (("规章",), set()),
        (("行政处罚", "行政强制"), set()),
        (("(一)予以公开\t4", "其他\t3"), {"granted"}),
        (("(一)予以公开\t4", "3.其他"), {"granted"}),
        (("(六)其他处理", "1.申请人无正当理由逾期不补正\t4", "其他\t3"), {"other_uncorrected", "other_rest"}),
        (("(一)予以公开\t4\t4", "自然人\t商业企业", "总计", "(二)部分公开\t3\t3"), {"granted", "partly_granted"}),
        (("(一)予以公开\t4\t4", "总计", "(二)部分公开\t3\t3"), {"granted", "partly_granted"}),
        (("(一)予以公开\t4", "补正后申请内容\t7"), {"granted", "unavailable_unclear"}),
        (("(一)予以公开\t4", "补正后申请内容", "情况说明"), {"granted"}),
        (("2.重复审请\t3", "规章"), set()),
    ],
    ids=[
        *("long", "short", "two short ones", "其他 elsewhere", "3.其他 elsewhere", "其他 in (六)", "总计 in a header"),
        *("总计 between rows", "a beginning with a figure", "a beginning", "below a damaged one without a table"),
    ],
)
def test_a_label_alone_is_a_row_only_where_it_can_be_nothing_else(printed: tuple[str, ...], items: set[str]) -> None:
    assert set(rows_of(*printed)) == items


@pytest.mark.parametrize(
    ("figures", "kept"),
    [
        ("4\t▲\t5", ["4", "▲", "5"]),
        ("4\t5\t▲", ["4", "5"]),
        ("4\t5\t3.要求", ["4", "5"]),
        ("4\t5\t约有七件", ["4", "5", "约有七件"]),
        ("4\t5\t约有七件；", ["4", "5", "约有七件；"]),
    ],
    ids=["a sign among figures", "a sign behind them", "a number and words", "words", "words and a sign"],
)
@pytest.mark.parametrize("below", [(), ("规章\t1",)], ids=["last", "above another"])
def test_a_sign_behind_a_row_s_figures_is_torn_from_a_label_and_one_among_them_is_a_remark(
    figures: str, kept: list[str], below: tuple[str, ...]
) -> None:
    assert rows_of(f"2.重复申请\t{figures}", *below)["not_processed_repeat"] == kept


def test_a_sign_in_the_last_cell_of_a_grid_s_row_is_a_remark() -> None:
    builder = DocumentBuilder()
    builder.add_grid([GridCell(text, 0, at) for at, text in enumerate(("2.重复申请", "4", "5", "▲"))])
    (row,) = read_layout(builder.build("html")).tables.rows
    assert [cell.text for cell in row.cells] == ["4", "5", "▲"]


@pytest.mark.parametrize(
    ("label", "words", "kept"),
    [
        ("2.重复申请", "申请数量", ["7"]),
        ("2.重复申请", "5.申请数量", []),
        ("2.重复申请", "外省单位的来件和其他各类情况", []),
        ("(六)其他处理", "申请数量", []),
    ],
    ids=["its end", "a number before it", "other words", "其他处理"],
)
def test_figures_behind_words_below_a_label_are_the_row_s_only_where_those_words_may_be_its_end(
    label: str, words: str, kept: list[str]
) -> None:
    first, *cells = rows_of("(一)予以公开\t4", label, words, "7").values()
    assert (first, *cells) == (["4"], kept)


def test_figures_on_a_line_of_several_go_on_with_those_on_lines_of_one() -> None:
    assert rows_of("2.重复申请", "4", "5 6", "7")["not_processed_repeat"] == ["4", "5", "6", "7"]


def test_a_sub_total_s_label_that_stands_twice_at_the_end_of_a_text_is_no_row() -> None:
    assert rows_of("2.重复申请\t4\t5", "小计\t小计") == {"not_processed_repeat": ["4", "5"]}


@pytest.mark.parametrize("below", [("约有七件 | 5 |", "6 |"), ("约有七件 |",)], ids=["with others", "at the end"])
def test_words_below_a_row_are_no_remark_of_it_where_they_begin_a_line_or_no_figure_follows(
    below: tuple[str, ...],
) -> None:
    assert rows_of("2.重复申请 |", "4 |", *below) == {"not_processed_repeat": ["4"]}


def test_words_in_the_last_column_are_a_cell_where_rows_above_lack_none() -> None:
    found = tables()
    rows = found[APPLICATIONS]
    rows[row_at(rows, "2.重复申请")][-1] = Box("见上表")
    report = read(found, lines("\n", "\n"))
    row = EXPECTED.applications["not_processed_repeat"] | {"total": None}
    assert application_figures(report) == {**EXPECTED.applications, "not_processed_repeat": row}
    assert codes(report) == {"no_count"}


@pytest.mark.parametrize(("label", "is_cell"), [("(一)予以公开", False), ("(二)部分公开", True)])
def test_three_rows_above_that_lack_none_tell_that_words_in_the_last_column_are_a_cell(
    label: str, is_cell: bool
) -> None:
    found = tables()
    rows = found[APPLICATIONS]
    at = next(at for at, row in enumerate(rows) if any(box.text.startswith(label) for box in row))
    rows[at][-1] = Box("见上表")
    assert ("no_count" in codes(read(found, lines("\n", "\n")))) == is_cell


def test_words_behind_a_row_that_lost_a_blank_and_ends_in_its_total_are_no_cell_of_it() -> None:
    """A page's head stands behind 5, a blank that is lost, 0, 0, 0, 1 and the total 6."""
    found = tables()
    rows = found[APPLICATIONS]
    row = rows[row_at(rows, "2.重复申请")]
    row[-7:] = map(Box, ("5", "0", "0", "0", "1", "6", "东明县教育局"))
    report = read(found, lines("\n", "\n"))
    told = application_figures(report)["not_processed_repeat"]
    other, total = forms.APPLICATION_COLUMNS[-2:]
    assert told[other] in (1, None) and told[total] in (6, None)


@pytest.mark.parametrize(("length", "is_cell"), [(12, True), (13, False)])
def test_words_of_twelve_characters_may_stand_where_a_count_belongs_and_longer_ones_not(
    length: int, is_cell: bool
) -> None:
    found = tables()
    rows = found[APPLICATIONS]
    rows[row_at(rows, "2.重复申请")][-1] = Box("见" * length)
    assert ("no_count" in codes(read(found, lines("\n", "\n")))) == is_cell


def test_cells_of_a_line_that_pipes_end_may_hold_a_remark() -> None:
    found = tables()
    rows = found[APPLICATIONS]
    rows[row_at(rows, "2.重复申请")][-3] = Box("约有三件")
    report = read(found, lines(" |\n", " |\n"))
    row = EXPECTED.applications["not_processed_repeat"] | {"legal_service_org": None}
    assert application_figures(report) == {**EXPECTED.applications, "not_processed_repeat": row}
    assert codes(report) == {"no_count"}


def test_a_group_s_figures_beside_those_of_its_details_are_a_row_of_the_other_form() -> None:
    figures = sound_figures(forms.FORM_2021)
    found = tables(figures)
    rows = found[APPLICATIONS]
    at = next(at for at, row in enumerate(rows) if row[0].text == "(六)其他处理")
    rows.insert(at, [Box("(六)其他处理"), *SUM])
    del rows[at + 1][0]
    report = read(found, TABS)
    assert list(application_figures(report)[forms.OTHER_ITEM].values()) == [9, 8, 7, 6, 5, 4, 39]


@pytest.mark.parametrize("form", [forms.FORM_2019, forms.FORM_2021])
def test_a_report_with_section_three_alone_is_of_the_form_whose_rows_it_has(form: str) -> None:
    found = tables(sound_figures(form))
    assert read({APPLICATIONS: found[APPLICATIONS]}).form == form


SUM = [*map(Box, ("9", "8", "7", "6", "5", "4", "39"))]


def moved_up(rows: Rows, label: str, above: str) -> None:
    """Put the row ``label`` above the row ``above``; each has cells of its own, none merged."""
    row = rows.pop(row_at(rows, label))
    rows.insert(row_at(rows, above), row)


def test_a_sum_between_the_last_result_and_the_total_is_a_sub_total() -> None:
    found = tables()
    rows = found[APPLICATIONS]
    rows.insert(row_at(rows, "(七)总计"), [Box("合计"), *SUM])
    report = read(found)
    assert application_figures(report) == EXPECTED.applications
    assert [(problem.code, problem.excerpt) for problem in report.problems] == [("subtotal_row", "9|8|7|6|5|4|39")]


@pytest.mark.parametrize("copied", ["5.要求行政机关确认或重新出具已获取信息", "5.要求行政机关确让或重新出具已获取信息"])
def test_a_sum_above_a_result_is_a_sub_total_also_where_the_result_s_label_is_damaged(copied: str) -> None:
    found = damaged(tables(), {"5.要求行政机关确认或重新出具已获取信息": copied})
    rows = found[APPLICATIONS]
    del rows[row_at(rows, "(七)总计")]
    moved_up(rows, "(六)其他处理", copied)
    rows.insert(row_at(rows, copied), [Box("合计"), *SUM])
    report = read(found)
    assert "closed" not in application_figures(report)
    assert "subtotal_row" in codes(report)


def test_a_total_without_its_number_above_a_damaged_last_row_is_the_total() -> None:
    report = read(damaged(tables(), {"(七)总计": "总计", "四、结转下年度继续办理": "四、结转下年度继绩办里"}))
    assert_all(report)
    assert codes(report) == {"label_damaged"}


def test_each_of_two_tables_that_are_alike_has_its_total() -> None:
    found = damaged(tables(), {"(七)总计": "合计"})
    report = read({**found, APPLICATIONS: found[APPLICATIONS] * 2})
    assert_all(report)
    assert codes(report) == set()


@pytest.mark.parametrize("word", ["小计", "其中：网上申请"])
def test_the_figures_of_a_sub_total_are_told(word: str) -> None:
    found = tables()
    rows = found[APPLICATIONS]
    rows.insert(row_at(rows, "2.重复申请"), [Box(word), *SUM])
    report = read(found)
    assert [(problem.code, problem.excerpt) for problem in report.problems] == [("subtotal_row", "9|8|7|6|5|4|39")]
    assert word in report.problems[0].message.zh


def test_a_sum_of_what_came_in_is_a_sub_total() -> None:
    found = tables()
    rows = found[APPLICATIONS]
    rows.insert(row_at(rows, "二、上年结转政府信息公开申请数量") + 1, [Box("合计"), *SUM])
    report = read(found)
    assert application_figures(report) == EXPECTED.applications
    assert [(problem.code, problem.excerpt) for problem in report.problems] == [("subtotal_row", "9|8|7|6|5|4|39")]


@pytest.mark.parametrize("label", ["上年情况", "数额"])
def test_figures_of_section_four_behind_a_label_that_is_none_are_told_and_not_published(label: str) -> None:
    found = tables()
    found[REVIEWS][-1].insert(0, Box(label))
    report = read(found, TABS)
    assert not any(row.cells for row in report.reviews)
    assert [problem.code for problem in report.problems if problem.excerpt.startswith("20 7 3")] == [
        "cells_without_label"
    ]


def test_a_word_for_a_number_in_a_header_of_section_four_is_no_row() -> None:
    found = tables()
    found[REVIEWS][1].insert(0, Box("数量"))
    assert review_figures(read(found, TABS)) == EXPECTED.reviews


def test_a_word_for_a_sum_makes_a_sub_total_below_a_row_of_section_three_alone() -> None:
    found = tables()
    found[DISCLOSURES].insert(row_at(found[DISCLOSURES], "行政许可") + 1, [Box("小计"), *map(Box, "987")])
    found[APPLICATIONS].insert(3, [Box("小计"), *map(Box, "6543")])
    report = read(found, TABS)
    assert_all(report)
    assert [(problem.code, problem.excerpt) for problem in report.problems] == [
        ("cells_without_label", "9 8 7"),
        ("cells_without_label", "6 5 4 3"),
    ]


@pytest.mark.parametrize("name", [APPLICATIONS, DISCLOSURES])
def test_a_row_of_another_table_that_is_called_a_number_is_not_section_four_s(name: str) -> None:
    found = tables()
    found[name].append([Box("数量"), Box("777")])
    report = read(found, TABS)
    assert_all(report)
    assert [(problem.code, problem.excerpt) for problem in report.problems] == [("cells_without_label", "777")]


def test_of_figures_without_a_label_the_first_twenty_are_told() -> None:
    found = tables()
    rows = found[APPLICATIONS]
    numbers = [str(number) for number in range(201, 226)]
    rows.insert(row_at(rows, "2.重复申请"), [Box("另行统计的来件"), *map(Box, numbers)])
    (problem,) = read(found).problems
    assert (problem.code, problem.excerpt) == ("cells_without_label", " ".join(numbers[:20]))
    assert "另行统计的来件" in problem.message.zh


def test_rows_without_headers_are_of_the_one_form_that_has_such_a_table() -> None:
    found = tables()
    rows = [[box for box in row if box.text] for row in found[DISCLOSURES] if has_figures(row)]
    assert read({DISCLOSURES: rows}).form == forms.FORM_2019


@pytest.mark.parametrize(("rows_above", "is_total"), [(1, True), (0, False)])
def test_a_total_without_its_number_is_one_unless_figures_of_an_unknown_row_stand_right_above(
    rows_above: int, is_total: bool
) -> None:
    found = tables()
    rows = found[APPLICATIONS]
    at = row_at(rows, "(七)总计")
    rows[at] = [Box("总计"), *rows[at][-7:]]
    rows.insert(at - rows_above, [Box("另行统计的来件"), *map(Box, ("9", "8", "7", "6", "5", "4", "39"))])
    report = read(found, TABS)
    assert ("closed" in application_figures(report)) == is_total
    assert "cells_without_label" in codes(report)


def test_a_total_below_the_numbered_one_is_a_sub_total() -> None:
    found = tables()
    rows = found[APPLICATIONS]
    at = row_at(rows, "(七)总计")
    rows.insert(at + 1, [Box("总计"), *map(Box, ("9", "8", "7", "6", "5", "4", "39"))])
    report = read(found)
    assert application_figures(report) == EXPECTED.applications
    assert [(problem.code, problem.excerpt) for problem in report.problems] == [("subtotal_row", "9|8|7|6|5|4|39")]


def test_a_damaged_label_of_section_two_stands_between_the_rows_of_its_own_form() -> None:
    figures = sound_figures(forms.FORM_2021)
    report = read(damaged(tables(figures), {"行政处罚": "行政处罰款"}))
    assert_all(report, figures)
    assert codes(report) == {"label_damaged"}


def test_blanks_in_whole_rows_count_as_nothing_where_short_rows_are_placed() -> None:
    business = {"received": 9, "granted": 5, "withheld_internal": 1, "unavailable_unclear": 3, "closed": 9}
    rows = {item: {"business": business.get(item, 0), "total": business.get(item, 0)} for item in EXPECTED.applications}
    whole: dict[str, Cells] = {
        item: {column: row.get(column, 0) for column in forms.APPLICATION_COLUMNS} for item, row in rows.items()
    }
    found = tables(replace(EXPECTED, applications=whole))
    for row in found[APPLICATIONS][3:]:
        row[-7:] = [Box("/") if box.text == "0" else box for box in row[-7:]]
    short = found[APPLICATIONS][row_at(found[APPLICATIONS], "(一)予以公开")]
    short[-7:] = [Box("5"), Box("5")]
    figures = application_figures(read(found, TABS))
    assert {column: count for column, count in figures["granted"].items() if count is not None} == rows["granted"]
    assert figures["received"] == dict.fromkeys(whole["received"]) | rows["received"]


@pytest.mark.parametrize(("unread", "told"), [(0, False), (4, True), (14, False)])
def test_a_header_of_section_four_that_lost_a_word_above_a_blank_may_be_that_of_a_narrower_table(
    unread: int, told: bool
) -> None:
    """Figures on both sides of the blank show that all fifteen cells are there; else nothing is placed."""
    found = tables()
    _, above, below, values = found[REVIEWS]
    values[unread] = Box("")
    if unread < len(forms.REVIEW_COLUMNS):
        above[unread] = replace(above[unread], text="小结")
    else:
        below[unread - len(forms.REVIEW_COLUMNS)] = Box("小结")
    places = [(channel, column) for channel in EXPECTED.reviews for column in forms.REVIEW_COLUMNS]
    expected = {
        (channel, column): EXPECTED.reviews[channel][column] if told and at != unread else None
        for at, (channel, column) in enumerate(places)
    }
    report = read(found, in_columns)
    assert {place: review_figures(report)[place[0]][place[1]] for place in places} == expected
    assert {len(row.printed) for row in report.reviews} == {5 if told else 14}


def test_of_a_damaged_row_that_nothing_decides_the_figures_are_told() -> None:
    found = damaged(tables(), {"2.重复申请": "4.重复审请"})
    rows = found[APPLICATIONS]
    rows[row_at(rows, "4.重复审请")][-7:] = map(Box, ("4", "-", "", "1", "", "", "5"))
    report = read(found, TABS)
    told = {problem.excerpt for problem in report.problems if problem.code == "cells_without_label"}
    assert told == {"4 - 1 5"}


@pytest.mark.parametrize(("label", "group_lost"), [("3.其他", False), ("(七)总计", False), ("(七)总计", True)])
def test_a_numbered_row_without_a_cell_is_an_empty_row_and_no_column(label: str, group_lost: bool) -> None:
    """其他 and 总计 are columns too, and the blanks of the row were dropped."""
    found = tables(sound_figures(forms.FORM_2021))
    rows = found[APPLICATIONS]
    at = row_at(rows, label)
    rows[at] = [Box(label)]
    if group_lost:
        (first, last) = (row_at(rows, "(六)其他处理"), at)
        del rows[first:last]
    placements = {row.item: row.placement for row in read(found, TABS).applications}
    assert placements["closed" if "七" in label else "other_rest"] == "empty"


# Damaged labels ----------------------------------------------------------------------------------------------------

DAMAGES: dict[str, tuple[str, str]] = {
    "three characters lost": ("2.其他法律行政法规禁止公开", "2.其他法律行政止公开"),
    "one lost": ("8.属于行政查询事项", "8.属于行查询事项"),
    "one changed": ("5.属于三类内部事务信息", "5.属于三类内郎事务信息"),
    "the number lost too": ("6.属于四类过程性信息", "属于四类过程信急"),
    "a short one": ("2.重复申请", "2.重复审请"),
    "the last row": ("四、结转下年度继续办理", "四、结转下年度继绩办里"),
    "the first row": ("一、本年新收政府信息公开申请数量", "一、本年新收政府信急公开申请数重"),
    "section 二": ("行政处罚", "行政处罰款"),
    "section 二, lost": ("行政事业性收费", "行政事业收费"),
    "a short one and its number lost": ("(六)其他处理", "其他处里"),
}


def damaged(report_tables: dict[str, Rows], changes: dict[str, str]) -> dict[str, Rows]:
    return {
        name: [[Box(changes.get(box.text, box.text), box.rows, box.columns) for box in row] for row in rows]
        for name, rows in report_tables.items()
    }


@ways
@pytest.mark.parametrize(("label", "copied"), DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_label_is_taken_where_its_place_leaves_one_row(write: Write, label: str, copied: str) -> None:
    report = read(damaged(tables(), {label: copied}), write)
    assert_all(report)
    assert codes(report) == {"label_damaged"}
    (note,) = report.problems
    assert (note.severity, note.excerpt) == ("note", copied)
    assert label in note.message.en


def test_two_damaged_labels_in_turn_are_told_by_their_numbers() -> None:
    changes = {"2.其他法律行政法规禁止公开": "2.其他法律行政法规禁公开", "3.危及“三安全一稳定”": "3.危及“三安全一稳”"}
    assert_all(read(damaged(tables(), changes)))


LEFT: dict[str, tuple[str, str]] = {
    "another number": ("2.重复申请", "4.重复审请"),
    "too much changed": ("2.重复申请", "2.反复来件"),
    "two characters of four": ("2.重复申请", "2.重夏审请"),
    "no number and another row lost": ("2.重复申请", "重复审请"),
}


@pytest.mark.parametrize(("label", "copied"), LEFT.values(), ids=LEFT)
def test_what_is_only_alike_is_no_row(label: str, copied: str) -> None:
    found = tables()
    if copied == "重复审请":
        rows = found[APPLICATIONS]
        del rows[row_at(rows, "3.要求提供公开出版物")]
    report = read(damaged(found, {label: copied}))
    assert "not_processed_repeat" not in application_figures(report)
    assert {"cells_without_label", "rows_missing"} <= codes(report)
    assert "label_damaged" not in codes(report)


@pytest.mark.parametrize(
    ("lost", "taken"),
    [
        (("1.信访举报投诉类申请",), True),
        (("3.要求提供公开出版物",), True),
        (("1.信访举报投诉类申请", "3.要求提供公开出版物"), False),
    ],
)
def test_a_damaged_label_with_its_number_needs_one_of_its_neighbours(lost: tuple[str, ...], taken: bool) -> None:
    found = tables()
    rows = found[APPLICATIONS]
    for label in lost:
        del rows[row_at(rows, label)]
    report = read(damaged(found, {"2.重复申请": "2.重复审请"}))
    assert ("not_processed_repeat" in application_figures(report)) == taken
    assert ("label_damaged" in codes(report)) == taken
    assert ("cells_without_label" in codes(report)) == (not taken)


@pytest.mark.parametrize("copied", ["行政强置", "5.行政强置"])
@pytest.mark.parametrize("lost", ["行政处罚", "行政事业性收费"])
def test_a_damaged_label_of_a_row_without_a_number_needs_both_of_its_neighbours(lost: str, copied: str) -> None:
    found = tables()
    rows = found[DISCLOSURES]
    del rows[row_at(rows, lost)]
    report = read(damaged(found, {"行政强制": copied}))
    assert "compulsion" not in {item for item, _ in disclosure_figures(report)}
    assert "cells_without_label" in codes(report)


def test_a_damaged_label_of_a_row_that_is_there_is_no_second_one() -> None:
    found = tables()
    rows = found[APPLICATIONS]
    rows.insert(row_at(rows, "2.重复申请") + 1, [Box("2.重复审请"), *map(Box, ("4", "0", "0", "0", "0", "0", "4"))])
    report = read(found)
    assert application_figures(report) == EXPECTED.applications
    assert codes(report) == {"cells_without_label"}


def test_a_damaged_label_names_no_row_that_stands_elsewhere_in_the_table() -> None:
    found = tables()
    rows = found[APPLICATIONS]
    own = rows.pop(row_at(rows, "2.重复申请"))
    rows.insert(
        row_at(rows, "3.要求提供公开出版物"), [Box("2.重复审请"), *map(Box, ("4", "0", "0", "0", "0", "0", "4"))]
    )
    rows.insert(row_at(rows, "4.无正当理由大量反复申请"), own)
    report = read(found)
    assert application_figures(report) == EXPECTED.applications
    assert codes(report) == {"cells_without_label"}


def test_a_row_that_only_damage_could_make_a_total_keeps_a_sub_total_out() -> None:
    """合计 below the last ground, and the label of (七) unreadable: which of them is the total is not known."""
    found = tables()
    rows = found[APPLICATIONS]
    at = row_at(rows, "(七)总计")
    rows[at][0] = Box("(七)急汁", *_spans(rows[at][0]))
    rows.insert(at, [Box("合计"), *map(Box, ("9", "8", "7", "6", "5", "4", "39"))])
    report = read(found)
    assert "closed" not in application_figures(report)
    assert {"subtotal_row", "cells_without_label", "rows_missing"} <= codes(report)


@pytest.mark.parametrize("write", [TABS, CELL_A_LINE], ids=["tabs", "lines"])
def test_a_header_of_section_four_that_stands_twice_is_one(write: Write) -> None:
    *heads, values = tables()[REVIEWS]
    report = read({**tables(), REVIEWS: [*heads, *heads, values]}, write)
    assert review_figures(report) == EXPECTED.reviews


def test_the_end_of_a_label_behind_a_row_s_cells_is_none_of_them() -> None:
    found = tables()
    rows = found[APPLICATIONS]
    at = row_at(rows, "2.重复申请")
    rows[at] = [Box("2.重复申请"), Box("4"), Box("0")]
    rows.insert(at + 1, [Box("申请数量"), Box("7")])
    report = read(found, CELL_A_LINE)
    assert {row.item: row.printed for row in report.applications}["not_processed_repeat"] == ("4", "0")
    assert "cells_without_label" in codes(report)


@pytest.mark.parametrize(
    ("below", "closed"),
    [(["四、结转下年度继续办理"], True), (["二、上年结转政府信息公开申请数量"], False), ([], False)],
)
def test_a_total_of_a_table_that_is_cut_is_that_of_the_results_right_above_the_last_row(
    below: list[str], closed: bool
) -> None:
    found = tables()
    rows = found[APPLICATIONS]
    kept = [rows[row_at(rows, label)] for label in ("一、本年新收政府信息公开申请数量", "(一)予以公开")]
    table = [*rows[:3], *kept, [Box("总计"), *map(Box, "1111115")], *(rows[row_at(rows, label)] for label in below)]
    report = read({**found, APPLICATIONS: table}, TABS)
    assert ("closed" in application_figures(report)) == closed
    assert ("subtotal_row" in codes(report)) != closed


# Labels with a gloss -----------------------------------------------------------------------------------------------

GLOSS = (
    "(指本机关以自己名义印发、在一定期限内反复适用、涉及公民和法人权利义务的公文。包括办法、规定、细则、决定、公告和通告等"
    "各种名称的文件,不含内部管理制度和转发上级的文件)"
)


@ways
@pytest.mark.parametrize(
    "label", ["规范性文件", "行政许可", "(二)部分公开(区分处理的,只计这一情形,不计其他情形)", "2.重复申请"]
)
def test_a_label_with_a_gloss_of_any_length_is_the_label(write: Write, label: str) -> None:
    found = tables()
    plain = label.rsplit("(区分", 1)[0]
    assert any(box.text == label for rows in found.values() for row in rows for box in row)
    report = read(damaged(found, {label: plain + GLOSS}), write)
    assert_all(report)
    assert codes(report) == set()


@pytest.mark.parametrize("end", ["共印发41件。", "(见附件)", ""])
def test_a_sentence_that_begins_with_a_label_is_none(end: str) -> None:
    sentence = f"行政许可{GLOSS}全年办理{GLOSS}{end or '按期办结。'}"
    found = tables()
    report = read({**found, DISCLOSURES: [*found[DISCLOSURES], [Box(sentence)], [Box("41")]]})
    figures: Callable[[Report], object] = disclosure_figures
    assert figures(report) == figures(read(found))


# Details that the form does not have -------------------------------------------------------------------------------


@ways
@pytest.mark.parametrize("label", ["4.其他情形", "其他情形", "2.申请人自行撤回"])
def test_a_detail_of_other_handling_that_the_form_lacks_is_not_its_whole(write: Write, label: str) -> None:
    figures = sound_figures(forms.FORM_2021)
    found = damaged(
        tables(figures), {"2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请": label}
    )
    report = read(found, write)
    assert any(box.text == label for row in found[APPLICATIONS] for box in row)
    assert application_figures(report) == {
        item: row for item, row in figures.applications.items() if item != "other_unpaid"
    }
    assert {"cells_without_label", "rows_missing"} <= codes(report)
