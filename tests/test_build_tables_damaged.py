"""Tables that a paste, a conversion or a slip of their author left damaged: no figure is read in another's place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from build import forms
from build.report import Report
from tests.assertions import read_bytes
from tests.render import LAYOUTS, Figures, Options
from tests.render import html as pages
from tests.render.figures import Cells
from tests.render.html import Box
from tests.samples import TITLE, sound_figures
from tests.test_build_mutations import (
    APPLICATIONS,
    CELL_A_LINE,
    EXPECTED,
    PIPES,
    REVIEWS,
    SECTIONS,
    SPACES,
    TABS,
    Rows,
    Write,
    application_figures,
    assert_all,
    codes,
    disclosure_figures,
    places,
    read,
    report_text,
    review_figures,
    tables,
)
from tests.test_build_tables_rows import row_at

COLUMNS = forms.APPLICATION_COLUMNS
NOTHING = dict.fromkeys(COLUMNS)


def page(found: dict[str, Rows]) -> Report:
    """The report in a web page whose tables have the merged cells of these rows."""
    plain = pages.Page()
    body = "".join(f"<p>{SECTIONS[name]}</p>{pages.table(rows, plain)}" for name, rows in found.items())
    (report,) = read_bytes(f"<html><body><h1>{TITLE}</h1>{body}<p>五、存在的主要问题</p></body></html>".encode())
    assert isinstance(report, Report)
    return report


def without(rows: Mapping[str, Cells], *items: str) -> dict[str, Cells]:
    """The rows of section 三 but these."""
    return {item: row for item, row in rows.items() if item not in items}


# Blanks that are lost at the end of a line -------------------------------------------------------------------------


def blank_in(columns: Sequence[str]) -> Figures:
    """Figures of which section 三 has no results in these columns."""
    rows = {
        item: {**row, **dict.fromkeys(columns)} if item in forms.RESULT_ITEMS else row
        for item, row in EXPECTED.applications.items()
    }
    return replace(EXPECTED, applications=rows)


def pasted(rows: Rows) -> str:
    """A table as pasted out of a spreadsheet, with no white space at the end of its lines."""
    return "\n".join("\t".join(row).rstrip() for row in places(rows))


@pytest.mark.parametrize("columns", [["total"], ["other_org", "total"], ["natural_person", "total"], COLUMNS, []])
def test_lines_between_tabs_that_keep_columns_are_counted_from_the_left(columns: Sequence[str]) -> None:
    figures = blank_in(columns)
    options = Options(blank="empty")
    found = dict(zip(SECTIONS, pages.tables(figures, options), strict=True))
    assert_all(read(found, pasted), figures)


def test_words_in_the_last_column_leave_lines_between_tabs_their_columns() -> None:
    found = tables()
    rows = found[APPLICATIONS]
    at = row_at(rows, "(七)总计")
    rows[at][-1] = Box("(147)")
    report = read(found, pasted)
    closed = {**EXPECTED.applications["closed"], "total": None}
    assert application_figures(report) == {**EXPECTED.applications, "closed": closed}
    assert codes(report) == {"no_count"}


@pytest.mark.parametrize("write", [TABS, PIPES, CELL_A_LINE, SPACES], ids=["tabs", "pipes", "lines", "spaces"])
def test_a_number_in_brackets_at_a_row_s_end_is_told_and_moves_no_figure(write: Write) -> None:
    found = tables()
    rows = found[APPLICATIONS]
    rows[row_at(rows, "4.保护第三方合法权益")][-1] = Box("(147)")
    report = read(found, write)
    expected, figures = EXPECTED.applications["withheld_third_party"], application_figures(report)
    assert without(figures, "withheld_third_party") == without(EXPECTED.applications, "withheld_third_party")
    read_row = figures["withheld_third_party"]
    assert all(count in {None, expected[column]} for column, count in read_row.items())
    assert read_row["total"] is None
    assert codes(report)


def test_lines_between_tabs_without_places_for_merged_cells_keep_no_columns() -> None:
    """A group's label stands on the line of its first row alone, figures right behind 一、本年新收: cells count."""
    found = tables()
    rows = found[APPLICATIONS]
    rows[row_at(rows, "(一)予以公开")][-1] = Box("")
    text = "\n".join("\t".join(box.text for box in row).rstrip() for row in rows)
    report = read({**found, APPLICATIONS: rows}, lambda other: text if other is rows else TABS(other))
    assert without(application_figures(report), "granted") == without(EXPECTED.applications, "granted")


def test_a_total_is_not_told_by_the_few_rows_that_add_up_by_chance() -> None:
    """其他 and 总计 are lost: five figures a row, and in few rows the last of them is the sum of the others."""
    found = tables()
    rows = found[APPLICATIONS]
    known = {
        "一、本年新收政府信息公开申请数量": "8 7 8 3 12",
        "二、上年结转政府信息公开申请数量": "1 0 0 2 0",
        "(一)予以公开": "0 4 0 0 0",
        "1.属于国家秘密": "0 1 4 1 3",
        "3.危及“三安全一稳定”": "1 0 0 0 1",
        "4.保护第三方合法权益": "3 0 1 0 4",
        "1.本机关不掌握相关政府信息": "1 1 0 1 1",
        "2.重复申请": "4 0 0 0 1",
        "(六)其他处理": "0 1 2 2 1",
        "(七)总计": "9 7 7 4 11",
        "四、结转下年度继续办理": "0 0 1 1 1",
    }
    for row in rows[3:]:
        label = row[-len(COLUMNS) - 1].text
        row[-len(COLUMNS) :] = map(Box, known.get(label, "0 0 0 0 0").split())
    figures = application_figures(read(found, TABS))
    assert set(figures) == set(EXPECTED.applications)
    assert {row["total"] for row in figures.values()} == {None}


# Merged cells ------------------------------------------------------------------------------------------------------


def test_a_filler_behind_a_row_with_merged_figures_is_no_blank_cell() -> None:
    """科研机构 and 社会公益组织 in one cell: the row has six cells and a filler more, and none of them moves."""
    text = LAYOUTS["pipe_rows_with_fillers"](EXPECTED, Options())
    row = EXPECTED.applications["granted"]
    counts = [str(row[column]) for column in COLUMNS]
    printed = f"(一)予以公开 | {' | '.join(counts)} | "
    merged = [*counts[:2], str(int(counts[2]) + int(counts[3])), *counts[4:]]
    assert printed in text
    (report,) = read_bytes(text.replace(printed, f"(一)予以公开 | {' | '.join(merged)} | |").encode())
    assert isinstance(report, Report)
    found = application_figures(report)
    assert without(found, "granted") == without(EXPECTED.applications, "granted")
    assert all(count in {None, row[column]} for column, count in found["granted"].items())
    assert found["granted"]["total"] == row["total"]


@pytest.mark.parametrize("label", ["(一)予以公开", "6.属于四类过程性信息"])
def test_a_figure_merged_over_two_rows_is_of_neither(label: str) -> None:
    found = tables()
    rows = found[APPLICATIONS]
    at = row_at(rows, label)
    rows[at][-1] = replace(rows[at][-1], rows=2)
    del rows[at + 1][-1]
    report = page(found)
    items = list(EXPECTED.applications)
    first, second = items[at - 3], items[at - 2]
    figures = application_figures(report)
    assert without(figures, first, second) == without(EXPECTED.applications, first, second)
    assert figures[first] == {**EXPECTED.applications[first], "total": None}
    assert figures[second]["total"] is None
    assert codes(report) >= {"no_count"}
    kinds = {row.item: dict(row.kinds) for row in report.applications}
    assert {kinds[first]["total"], kinds[second]["total"]} <= {"words", "unplaced"}


def test_a_figure_as_tall_as_its_own_row_s_label_is_that_row_s() -> None:
    found = tables()
    rows = found[APPLICATIONS]
    at = row_at(rows, "一、本年新收政府信息公开申请数量")
    rows[at] = [replace(box, rows=2) for box in rows[at]]
    rows.insert(at + 1, [])
    assert_all(page(found))


def test_a_heading_merged_over_a_place_too_few_moves_no_figure() -> None:
    """法人或其他组织 over four columns: 总计 then stands above 其他, and 其他 above the totals."""
    found = tables()
    heads = found[APPLICATIONS][1]
    heads[1] = replace(heads[1], columns=heads[1].columns - 1)
    report = page(found)
    assert set(application_figures(report)) == set(EXPECTED.applications)
    assert all(row == NOTHING for row in application_figures(report).values())
    assert {row.placement for row in report.applications} == {"unplaced"}
    assert codes(report) == {"row_unplaced"}


# Two rows in one ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("break_", ["\n", ""])
@pytest.mark.parametrize(
    ("first", "second", "items"),
    [
        ("(六)其他处理", "(七)总计", ("other", "closed")),
        ("5.要求行政机关确认或重新出具已获取信息", "(六)其他处理", ("not_processed_confirmation", "other")),
        ("(一)予以公开", "(二)部分公开", ("granted", "partly_granted")),
    ],
)
def test_two_labels_in_one_cell_are_no_row_s(first: str, second: str, items: tuple[str, str], break_: str) -> None:
    found = tables()
    rows = found[APPLICATIONS]
    at = row_at(rows, first)
    below = rows[at + 1]
    own = len(rows[at]) - len(COLUMNS) - 1
    label = Box(f"{first}{break_}{second}", 1, rows[at][own].columns)
    figures = [
        replace(one, text=f"{one.text}{break_}{other.text}")
        for one, other in zip(rows[at][-len(COLUMNS) :], below[-len(COLUMNS) :], strict=True)
    ]
    rows[at] = [*rows[at][:own], label, *figures]
    for row in rows[: at + 1]:
        for number, box in enumerate(row):
            if box.rows > at + 1 - rows.index(row):
                row[number] = replace(box, rows=box.rows - 1)
    del rows[at + 1]
    report = page(found)
    assert without(application_figures(report), *items) == without(EXPECTED.applications, *items)
    assert not set(application_figures(report)) & set(items)
    assert codes(report) == {"rows_missing", "cells_without_label"}


@pytest.mark.parametrize(("cell", "count"), [("1<br>2", 12), ("10<br>5", 105), ("0<br>5", None), ("0<br>0", None)])
def test_no_number_that_a_line_break_cuts_begins_with_zero(cell: str, count: int | None) -> None:
    found = tables()
    row = found[APPLICATIONS][row_at(found[APPLICATIONS], "(一)予以公开")]
    row[-2] = replace(row[-2], text=cell.replace("<br>", "\n"))
    report = page(found)
    expected = {**EXPECTED.applications["granted"], "other_org": count}
    assert application_figures(report) == {**EXPECTED.applications, "granted": expected}
    assert codes(report) == ({"no_count"} if count is None else set())


def test_figures_behind_a_group_whose_first_detail_lost_its_label_are_not_the_group_s() -> None:
    figures = sound_figures(forms.FORM_2021)
    found = dict(zip(SECTIONS, pages.tables(figures, Options()), strict=True))
    rows = found[APPLICATIONS]
    lost = next(box.text for row in rows for box in row if box.text.startswith("1.申请人无正当理由"))
    row = rows[row_at(rows, lost)]
    row[[box.text for box in row].index(lost)] = Box("")
    report = page(found)
    items = {"other", "other_uncorrected"}
    assert application_figures(report) == without(figures.applications, *items)
    assert codes(report) == {"row_unplaced", "rows_missing"}


def test_a_blank_table_of_reviews_above_a_filled_one_hides_none_of_its_figures() -> None:
    rows = tables()[REVIEWS]
    blank = [*rows[:-1], [Box("") for _ in rows[-1]]]
    written = "<p>见下表。</p>".join(pages.table(each, pages.Page()) for each in (blank, rows))
    (report,) = read_bytes(f"<html><h1>{TITLE}</h1><p>{SECTIONS[REVIEWS]}</p>{written}</html>".encode())
    assert isinstance(report, Report)
    assert review_figures(report) == EXPECTED.reviews


# Columns in another order, or one more -----------------------------------------------------------------------------


def test_a_total_that_stands_first_in_header_and_rows_is_no_natural_person_s() -> None:
    """Rows that end in the filler of merged cells, whose figures the totals lead."""
    found = tables()
    rows = found[APPLICATIONS]
    rows[1].insert(0, rows[1].pop())
    for row in rows[3:]:
        row.insert(1 - len(COLUMNS), row.pop())
    width = sum(box.columns for box in rows[0])
    report = read(found, lambda given: "\n".join(
        " | ".join(box.text for box in row) + " | " + "|" * (width - len(row)) for row in given))  # fmt: skip
    assert set(application_figures(report)) == set(EXPECTED.applications)
    assert all(row == NOTHING for row in application_figures(report).values())
    assert "row_unplaced" in codes(report)


@pytest.mark.parametrize("write", [TABS, SPACES, PIPES, CELL_A_LINE], ids=["tabs", "spaces", "pipes", "lines"])
def test_numbers_of_rows_behind_their_labels_move_no_figure(write: Write) -> None:
    found = tables()
    rows = found[APPLICATIONS]
    rows[0].insert(1, Box("行次", 3))
    for number, row in enumerate(rows[3:], start=1):
        row.insert(-len(COLUMNS), Box(str(number)))
    figures = application_figures(read(found, write))
    for item, read_row in figures.items():
        assert read_row in (NOTHING, EXPECTED.applications[item]), item


def test_numbers_of_rows_behind_their_labels_on_one_line_move_no_figure() -> None:
    found = tables()
    rows = found[APPLICATIONS]
    rows[0].insert(1, Box("行次", 3))
    for number, row in enumerate(rows[3:], start=1):
        row.insert(-len(COLUMNS), Box(str(number)))
    text = report_text(found, lambda given: " ".join(re.sub(r"\s", "", box.text) for row in given for box in row))
    (report,) = read_bytes(text.encode())
    assert isinstance(report, Report)
    for item, read_row in application_figures(report).items():
        assert read_row in (NOTHING, EXPECTED.applications[item]), item


# What is no figure where one belongs -------------------------------------------------------------------------------


@pytest.mark.parametrize("printed", ["12’345", "12'345", "5<12", "8、0", "33·46", "≤21", "2元", "3万元"])
@pytest.mark.parametrize("write", [TABS, PIPES, CELL_A_LINE, SPACES], ids=["tabs", "pipes", "lines", "spaces"])
@pytest.mark.parametrize("label", ["一、本年新收政府信息公开申请数量", "4.保护第三方合法权益"])
def test_digits_and_signs_in_the_last_cell_are_told(label: str, write: Write, printed: str) -> None:
    found = tables()
    rows = found[APPLICATIONS]
    at = row_at(rows, label)
    rows[at][-1] = Box(printed)
    item = list(EXPECTED.applications)[at - 3]
    report = read(found, write)
    assert application_figures(report) == {
        **EXPECTED.applications,
        item: {**EXPECTED.applications[item], "total": None},
    }
    assert codes(report) == {"no_count"}
    assert review_figures(report) == EXPECTED.reviews
    assert disclosure_figures(report) == disclosure_figures(read(tables(), write))


def sparse(rows: Rows) -> list[tuple[str, int, int]]:
    """Makes most rows of section 三 zeros; of the others the label, what businesses and what other bodies asked."""
    filled = [("(一)予以公开", 3, 4), ("2.重复申请", 1, 5), ("(六)其他处理", 2, 6), ("(七)总计", 6, 15)]
    asked = {label: [0, business, 0, 0, 0, other, business + other] for label, business, other in filled}
    for row in rows[3:]:
        counts = asked.get(row[-len(COLUMNS) - 1].text, [0] * len(COLUMNS))
        row[-len(COLUMNS) :] = [Box(str(count)) for count in counts]
    return filled


def test_rows_of_zeros_do_not_speak_for_a_heading_over_a_place_too_few() -> None:
    found = tables()
    rows = found[APPLICATIONS]
    sparse(rows)
    rows[1][1] = replace(rows[1][1], columns=rows[1][1].columns - 1)
    report = page(found)
    assert all(
        row["other_org"] in {None, 0} and row["total"] in {None, 0} for row in application_figures(report).values()
    )
    assert "row_unplaced" in codes(report)


@pytest.mark.parametrize("write", [TABS, PIPES, CELL_A_LINE], ids=["tabs", "pipes", "lines"])
@pytest.mark.parametrize("headed", [True, False], ids=["form's header", "no header"])
def test_figures_that_a_total_leads_are_in_no_column_of_a_header_that_ends_in_it(headed: bool, write: Write) -> None:
    found = tables()
    rows = found[APPLICATIONS]
    sparse(rows)
    for row in rows[3:]:
        row.insert(1 - len(COLUMNS), row.pop())
    report = read({**found, APPLICATIONS: rows if headed else rows[3:]}, write)
    assert all(not any(row.values()) for row in application_figures(report).values())
    assert "row_unplaced" in codes(report)


def test_a_total_first_in_header_and_rows_that_end_blank_is_no_natural_person_s() -> None:
    found = tables()
    rows = found[APPLICATIONS]
    rows[1].insert(0, rows[1].pop())
    for row in rows[3:]:
        row.insert(1 - len(COLUMNS), row.pop())
        row.append(Box("\u00a0"))
    report = read(found, CELL_A_LINE)
    assert all(row == NOTHING for row in application_figures(report).values())
    assert "row_unplaced" in codes(report)


def test_a_total_first_in_a_header_outside_the_rows_table_is_no_natural_person_s() -> None:
    header = "".join(f"<td>{column.label_zh}" for column in (forms.TOTAL, *forms.APPLICANTS))
    received, brought_forward = (item.label_zh for item in forms.APPLICATION_ITEMS[:2])
    rows = f"<tr><td>{received}<td>5<td>3<td>2{'<td>0' * 4}<tr><td>{brought_forward}<td>4<td>4{'<td>0' * 5}"
    title = f"<meta charset=utf-8><h1>{TITLE}</h1><p>三、收到和处理政府信息公开申请情况</p>"
    (report,) = read_bytes(f"<html>{title}<table><tr>{header}</table><p>单位：件</p><table>{rows}</table>".encode())
    assert isinstance(report, Report)
    assert application_figures(report) == {"received": NOTHING, "brought_forward": NOTHING}
    assert "row_unplaced" in codes(report)


def test_totals_that_are_blank_or_zero_leave_the_other_figures_where_they_are() -> None:
    found = tables()
    rows = found[APPLICATIONS]
    filled = sparse(rows)
    for row in rows[3:]:
        row[-1] = Box("0")
    figures = application_figures(page(found))
    assert [(row["business"], row["other_org"]) for row in figures.values() if row["other_org"]] == [
        (business, other) for _, business, other in filled
    ]


@pytest.mark.parametrize("tall", [False, True])
def test_two_halves_of_a_table_beside_each_other_have_a_header_each(tall: bool) -> None:
    """Another order of the columns in both headers, which name each column twice."""
    order = ["总计", "其他", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构"]
    names = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    left, right = "一、本年新收政府信息公开申请数量", "(一)予以公开"
    counts = {left: ["1", "2", "3", "4", "5", "6", "21"], right: ["7", "0", "0", "1", "0", "2", "10"]}
    printed = {label: [Box(figures[names.index(name)]) for name in order] for label, figures in counts.items()}
    heads = [Box("申请人情况", 1 + tall), *(Box(name, 1 + tall) for name in order)]
    rows = [[*heads, *heads], *([[]] if tall else []), [Box(left), *printed[left], Box(right), *printed[right]]]
    figures = application_figures(page({**tables(), APPLICATIONS: rows}))
    assert figures == {
        item: dict(zip(COLUMNS, map(int, counts[label]), strict=True))
        for item, label in (("received", left), ("granted", right))
    }


def test_a_short_row_below_a_header_in_another_order_is_not_placed_in_the_form_s() -> None:
    found = tables()
    rows = found[APPLICATIONS]
    heads = rows[2]
    heads[0], heads[2] = heads[2], heads[0]
    for row in rows[3:]:
        row[-6], row[-4] = row[-4], row[-6]
    label = "4.保护第三方合法权益"
    rows[row_at(rows, label)].pop(-4)
    report = page(found)
    figures = application_figures(report)
    assert without(figures, "withheld_third_party") == without(EXPECTED.applications, "withheld_third_party")
    assert figures["withheld_third_party"] == NOTHING
    assert "row_unplaced" in codes(report)


def test_a_page_number_below_a_table_is_no_cell_of_its_last_row() -> None:
    heading = "<tr><td>信息内容</td><td>上一年项目数量</td><td>本年增/减</td><td>处理决定数量</td></tr>"
    table = f"<table>{heading}<tr><td>行政许可</td><td>5</td><td>2</td></tr></table><p>7</p>"
    (report,) = read_bytes(
        f"<html><body><h1>{TITLE}</h1><p>{SECTIONS['disclosures']}</p>{table}</body></html>".encode()
    )
    assert isinstance(report, Report)
    assert {figure.printed for figure in report.disclosures} == {"5|2"}
    assert [figure.count for figure in report.disclosures] == [None, None, None]
