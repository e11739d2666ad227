"""Whole reports as copy tools and other agencies' sites change them: no figure may become another one.

A report is written from values, changed in one respect, and read back. Where the change leaves a reader no doubt every
figure is there as it was; where it leaves one, the figures concerned are not published.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from build import forms
from build.parse.values import amount_in_wan_yuan, read_value
from build.report import Report
from tests.assertions import cells, read_bytes, read_text
from tests.render import Figures, Options
from tests.render import html as pages
from tests.render.figures import with_totals
from tests.render.html import Box, Row
from tests.samples import AGENCY, TITLE, sound_figures

Rows = list[Row]
Write = Callable[[Rows], str]
APPLICATIONS, DISCLOSURES, REVIEWS = "applications", "disclosures", "reviews"
SECTIONS = {
    DISCLOSURES: "二、主动公开政府信息情况",
    APPLICATIONS: "三、收到和处理政府信息公开申请情况",
    REVIEWS: "四、政府信息公开行政复议、行政诉讼情况",
}
EXPECTED = sound_figures()
BLANK = "　"


def tables(figures: Figures = EXPECTED) -> dict[str, Rows]:
    """The three tables as rows of cells, those of a merged cell in its first row only."""
    return dict(zip(SECTIONS, pages.tables(figures, Options()), strict=True))


def lines(cell: str, row: str) -> Write:
    """Writes a table with ``cell`` between the cells of a row and ``row`` between rows."""
    return lambda rows: row.join(cell.join(box.text for box in boxes) for boxes in rows)


CELL_A_LINE = lines("\n", "\n")
TABS = lines("\t", "\n")
PIPES = lines(" | ", "\n")
SPACES = lines("   ", "\n")


def places(rows: Rows, *, repeated: bool = False) -> list[list[str]]:
    """A table with a cell in every place: merged ones empty but for the first, or ``repeated``."""
    width = sum(box.columns for box in rows[0])
    found: list[list[str | None]] = [[None] * width for _ in rows]
    for number, row in enumerate(rows):
        for box in row:
            column = found[number].index(None)
            for y in range(number, number + box.rows):
                found[y][column : column + box.columns] = [box.text if repeated else ""] * box.columns
            found[number][column] = box.text
    return [[text or "" for text in row] for row in found]


def in_columns(rows: Rows) -> str:
    """A table between pipes with a cell in every place, as Markdown has it."""
    return "\n".join(f"| {' | '.join(row)} |" for row in places(rows))


def merged_cells_repeated(rows: Rows) -> str:
    """The same with a merged cell's words in each place that it covers."""
    return "\n".join(f"| {' | '.join(row)} |" for row in places(rows, repeated=True))


WAYS: dict[str, Write] = {"lines": CELL_A_LINE, "tabs": TABS, "pipes": PIPES, "spaces": SPACES, "columns": in_columns}
"""The ways in which documents write tables most often."""


def report_text(found: Mapping[str, Rows], write: Write = CELL_A_LINE, above: str = "", title: str = TITLE) -> str:
    """A report whose tables ``write`` writes."""
    sections = (f"{SECTIONS[name]}\n\n{write(rows)}\n" for name, rows in found.items())
    preamble = "本报告的数据,统计期间自2020年1月1日起至2020年12月31日止。"
    return "\n".join((f"{above}{title}\n\n{preamble}\n", *sections, "五、存在的主要问题及改进情况\n\n人手不足。\n"))


def read(found: Mapping[str, Rows], write: Write = CELL_A_LINE) -> Report:
    return read_text(report_text(found, write))


def application_figures(report: Report) -> dict[str, dict[str, int | None]]:
    return {row.item: cells(row, forms.APPLICATION_COLUMNS) for row in report.applications}


def disclosure_figures(report: Report) -> dict[tuple[str, str], int | Decimal | None]:
    return {
        (figure.item, figure.measure): figure.amount_wan if figure.measure == "amount" else figure.count
        for figure in report.disclosures
    }


def review_figures(report: Report) -> dict[str, dict[str, int | None]]:
    return {row.channel: cells(row, forms.REVIEW_COLUMNS) for row in report.reviews}


def assert_all(report: Report, figures: Figures = EXPECTED) -> None:
    """Every figure of the three tables is there, as it was written."""
    assert application_figures(report) == figures.applications
    assert review_figures(report) == figures.reviews
    assert disclosure_figures(report) == {
        place: cell.amount_wan if place[1] == "amount" else cell.count for place, cell in figures.disclosures.items()
    }


def has_figures(row: Row) -> bool:
    return any(read_value(box.text).number is not None for box in row)


def codes(report: Report) -> set[str]:
    return {problem.code for problem in report.problems}


def told(report: Report, code: str) -> list[str]:
    """What the problems of one kind say; there is at least one."""
    found = [problem.message.en for problem in report.problems if problem.code == code]
    assert found
    return found


# Line breaks -------------------------------------------------------------------------------------------------------

WRITERS: Mapping[str, Write] = {
    "cell a line": CELL_A_LINE,
    "cell a line, blank lines between": lines("\n\n", "\n\n"),
    "row a line, tabs": TABS,
    "row a line, spaces": SPACES,
    "row a line, ideographic spaces": lines(BLANK, "\n"),
    "row a line, pipes": lines(" | ", " |\n"),
    "pipes between cells only": lines("|", "\n"),
    "columns between pipes": in_columns,
    "merged cells repeated": merged_cells_repeated,
    "a tab ends each cell": lambda rows: "".join(f"{box.text}\t\n" for row in rows for box in row),
    "all in one line, spaces": lines(" ", " "),
    "all in one line, tabs": lines("\t", "\t"),
}


@pytest.mark.parametrize("form", [forms.FORM_2019, forms.FORM_2021])
@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_every_way_to_break_lines_keeps_every_figure(write: Write, form: str) -> None:
    figures = sound_figures(form)
    assert_all(read(tables(figures), write), figures)


@pytest.mark.parametrize("name", ["row a line, tabs", "pipes between cells only", "columns between pipes"])
def test_a_blank_at_the_end_of_a_row_is_a_blank(name: str) -> None:
    found = tables()
    for rows in found.values():
        rows[-1][-1] = Box("")
    report = read(found, WRITERS[name])
    assert application_figures(report)["carried_forward"] == EXPECTED.applications["carried_forward"] | {"total": None}
    assert review_figures(report)["lawsuit_after_reconsideration"]["total"] is None
    assert review_figures(report)["reconsideration"] == EXPECTED.reviews["reconsideration"]
    procurement = {place: count for place, count in disclosure_figures(report).items() if place[0] == "procurement"}
    assert procurement == {
        ("procurement", "projects"): EXPECTED.disclosures["procurement", "projects"].count,
        ("procurement", "amount"): None,
    }


@pytest.mark.parametrize("write", [TABS, PIPES, SPACES], ids=["tabs", "pipes", "spaces"])
def test_a_label_that_begins_on_the_line_above_its_row(write: Write) -> None:
    text = report_text(tables(), write)
    for label in ("本年新收政府信息公开申请数量", "属于三类内部事务信息", "行政事业性收费"):
        text = text.replace(label, f"{label[:5]}\n{label[5:]}", 1)
    assert_all(read_text(text))


# Header and rows ---------------------------------------------------------------------------------------------------


def swapped(rows: Rows, one: int, other: int) -> Rows:
    """Two value columns of section 三 in each other's place, headings and figures."""
    headings = rows[2]
    headings[one], headings[other] = headings[other], headings[one]
    for row in rows[3:]:
        first = len(row) - len(forms.APPLICATION_COLUMNS) + 1
        row[first + one], row[first + other] = row[first + other], row[first + one]
    return rows


@pytest.mark.parametrize("write", [CELL_A_LINE, TABS, PIPES, SPACES], ids=["lines", "tabs", "pipes", "spaces"])
def test_applicants_in_another_order_are_not_read_in_the_form_s(write: Write) -> None:
    found = tables()
    swapped(found[APPLICATIONS], 1, 3)
    report = read(found, write)
    assert {row.placement for row in report.applications} == {"unplaced"}
    assert not any(row.cells for row in report.applications)
    assert all("applicants in another order" in words for words in told(report, "row_unplaced"))


def test_columns_in_another_order_are_followed_where_each_cell_stands_below_its_heading() -> None:
    found = tables()
    swapped(found[APPLICATIONS], 1, 3)
    for row in found[DISCLOSURES]:
        if len(row) == 4:
            row[1], row[3] = row[3], row[1]
    assert_all(read(found, in_columns))


@pytest.mark.parametrize("write", [CELL_A_LINE, TABS, SPACES], ids=["lines", "tabs", "spaces"])
def test_measures_in_another_order_are_not_read_in_the_form_s(write: Write) -> None:
    found = tables()
    for row in found[DISCLOSURES]:
        if len(row) == 4:
            row[1], row[3] = row[3], row[1]
    report = read(found, write)
    for (item, measure), value in disclosure_figures(report).items():
        wide = len(forms.DISCLOSURE_COLUMNS[forms.FORM_2019, _group(item)]) == 3
        assert (value is None) == wide, (item, measure)
    assert all("has another order than the form" in words for words in told(report, "row_unplaced"))


def _group(code: str) -> str:
    return next(item.group for item in forms.DISCLOSURE_ITEMS if item.code == code)


@pytest.mark.parametrize("lost", [False, True], ids=["whole", "a_heading_unread"])
def test_outcomes_in_another_order_are_not_read_in_the_form_s(lost: bool) -> None:
    found = tables()
    _, headings, below, values = found[REVIEWS]
    for row, starts in ((headings, [0]), (below, [0, 5]), (values, [0, 5, 10])):
        for start in starts:
            row[start], row[start + 1] = row[start + 1], row[start]
    if lost:
        below[9] = Box("小结")
    assert not any(row.cells for row in read(found).reviews)


def test_a_total_before_the_applicants_in_rows_of_unequal_length() -> None:
    found = tables()
    rows = found[APPLICATIONS]
    rows[1].insert(0, rows[1].pop())
    for row in rows[3:]:
        row.insert(len(row) - len(forms.APPLICATION_COLUMNS), row.pop())
    assert not any(row.cells for row in read(found, PIPES).applications)


@pytest.mark.parametrize("at", range(4, 26))
def test_a_header_that_a_page_repeats_changes_no_figure(at: int) -> None:
    found = tables()
    rows = found[APPLICATIONS]
    assert_all(read({**found, APPLICATIONS: [*rows[:at], *rows[:3], *rows[at:]]}))


def test_the_next_table_s_header_is_not_that_of_section_four() -> None:
    found = tables()
    text = report_text({name: found[name] for name in (DISCLOSURES, REVIEWS, APPLICATIONS)})
    assert_all(read_text(text.replace(SECTIONS[APPLICATIONS], "")))


@pytest.mark.parametrize(
    "cells_of_licence",
    [pytest.param(["317", "", ""], id="merged"), pytest.param(["317"] * 3, id="merged_and_repeated")],
)
def test_a_row_without_header_that_may_be_of_either_form_has_no_columns(cells_of_licence: Sequence[str]) -> None:
    found = tables(sound_figures(forms.FORM_2021))
    rows = [row for row in found[DISCLOSURES] if has_figures(row)]
    licence = next(row for row in rows if row[0].text == "行政许可")
    licence[1:] = [Box(text) for text in cells_of_licence]
    report = read({**found, DISCLOSURES: rows}, PIPES)
    assert not any(item == "licence" for item, _ in disclosure_figures(report))
    assert "measures_unknown" in codes(report)


@pytest.mark.parametrize("write", [CELL_A_LINE, TABS, lines(" |\n", " |\n")], ids=["lines", "tabs", "piped lines"])
def test_a_column_that_numbers_the_rows_gives_no_row_a_figure(write: Write) -> None:
    found = tables()
    for rows in (found[DISCLOSURES], found[APPLICATIONS]):
        number = 0
        for row in rows:
            number += has_figures(row)
            row.insert(0, Box(str(number) if has_figures(row) else "序号"))
    report = read(found, write)
    assert_all(report)
    assert codes(report) == set()


def test_only_the_next_number_is_taken_from_a_row_and_given_to_none() -> None:
    """2 is the last figure of its row, and the number of the next is not printed."""
    rows = tables(sound_figures(forms.FORM_2021))[DISCLOSURES]
    at = next(at for at, row in enumerate(rows) if row[0].text == "规章")
    head, first, second = rows[:at], rows[at], rows[at + 1]
    head[-1].insert(0, Box("序号"))
    first[-1] = Box("2")
    report = read({DISCLOSURES: [*head, [Box("1"), *first], second]}, TABS)
    assert disclosure_figures(report)["government_rule", "in_force"] == 2


def test_a_blank_before_the_next_row_s_number_stays_one() -> None:
    found = tables(sound_figures(forms.FORM_2021))
    rows = [row for row in found[DISCLOSURES] if row[0].text not in {"规章", "行政规范性文件", "规范性文件"}]
    number = 0
    for row in rows:
        figures = has_figures(row)
        number += figures
        if row[0].text == "行政处罚":
            row[1] = Box(BLANK)
        row.insert(0, Box(str(number) if figures else "序号"))
    assert disclosure_figures(read({**found, DISCLOSURES: rows}))["penalty", "decisions"] is None


@pytest.mark.parametrize("before", [0, 1, 2], ids=["behind", "around", "before"])
@pytest.mark.parametrize("name", ["row a line, tabs", "row a line, pipes", "pipes between cells only"])
def test_blanks_at_the_ends_of_a_row_keep_their_places_among_empty_cells_around_it(name: str, before: int) -> None:
    """Where each row has two cells more, the rows without blanks tell on which side of the figures they are."""
    found = tables()
    for row in found[DISCLOSURES]:
        if row[0].text == "规范性文件":
            row[1], row[3] = Box(""), Box("")
        if has_figures(row):
            row[1:] = [*[Box("")] * before, *row[1:], *[Box("")] * (2 - before)]
    expected = {place: cell.amount_wan or cell.count for place, cell in EXPECTED.disclosures.items()}
    blank = {("normative_document", measure): None for measure in ("made", "public_total")}
    assert disclosure_figures(read(found, WRITERS[name])) == expected | blank


def test_a_row_whose_place_among_its_cells_is_open_is_placed_by_the_sums() -> None:
    """Two cells more than columns, and blanks on both sides of the figures: only in one place do they add up."""
    applicants = [column.code for column in forms.APPLICANTS]
    results = [item for item in EXPECTED.applications if item in forms.RESULT_ITEMS]
    parts = {item: {name: EXPECTED.applications[item][name] or 0 for name in applicants} for item in results}
    parts["withheld_state_secret"] = {"business": 3}
    sums = with_totals(parts, dict.fromkeys(applicants, 2), dict.fromkeys(applicants, 1))
    figures = replace(EXPECTED, applications={item: sums[item] for item in EXPECTED.applications})
    found = tables(figures)
    for row in found[APPLICATIONS]:
        at = next((number for number, box in enumerate(row) if box.text == "1.属于国家秘密"), None)
        if at is not None:
            row[at + 1 :] = map(Box, ("", "", "3", "", "", "", "", "3", ""))
    read_back = {row.item: row for row in read(found, TABS).applications}
    placed = read_back.pop("withheld_state_secret")
    assert (dict(placed.cells), placed.placement) == ({"business": 3, "total": 3}, "inferred")
    others = {item: cells(row, forms.APPLICATION_COLUMNS) for item, row in read_back.items()}
    assert others == {item: row for item, row in figures.applications.items() if item != "withheld_state_secret"}


def test_what_a_row_prints_are_its_cells_without_the_empty_ones_around_them() -> None:
    found = tables()
    rows = found[APPLICATIONS]
    for row in rows:
        if has_figures(row):
            row.extend([Box(""), Box("")])
    report = read(found, TABS)
    assert_all(report)
    expected = {item: [str(count) for count in cells.values()] for item, cells in EXPECTED.applications.items()}
    assert {row.item: list(row.printed) for row in report.applications} == expected


@pytest.mark.parametrize(("name", "published"), [("pipes between cells only", 105), ("row a line, tabs", None)])
def test_where_no_other_row_tells_where_a_row_begins_only_fillers_do(name: str, published: int | None) -> None:
    """Fillers (``|||``) stand behind a row; empty cells may stand on either side of it."""
    found = tables()
    for row in found[DISCLOSURES]:
        if row[0].text == "规范性文件":
            row[1:] = map(Box, ("", "105", "", "", ""))
    report = read(found, WRITERS[name])
    measures = {"made": None, "published": published, "public_total": None}
    got = disclosure_figures(report)
    assert {measure: got["normative_document", measure] for measure in measures} == measures
    assert ("row_unplaced" in codes(report)) == (published is None)


@pytest.mark.parametrize(("extra", "whole"), [("5", False), ("", True)])
def test_a_figure_below_no_heading_of_section_four_leaves_all_of_them_open(extra: str, whole: bool) -> None:
    found = tables()
    *heads, values = places(found[REVIEWS])
    rows = [*([*row, ""] for row in heads), [*values, extra]]
    report = read({**found, REVIEWS: [[*map(Box, row)] for row in rows]}, in_columns)
    assert any(row.cells for row in report.reviews) == whole
    assert not whole or review_figures(report) == EXPECTED.reviews
    assert ("row_unplaced" in codes(report)) != whole


@pytest.mark.parametrize(
    ("order", "placement"),
    [
        ("label person total", "inferred"),
        ("label total person", "inferred"),
        ("total label person", "unplaced"),
    ],
)
def test_a_table_with_some_of_the_columns_is_read_by_headings_behind_its_labels(order: str, placement: str) -> None:
    labels = {item.code: item.label_zh.split(" ")[-1].removeprefix("三、") for item in forms.APPLICATION_ITEMS}
    heads = {"label": "申请人情况", "person": "自然人", "total": "总计"}
    rows: Rows = [[Box(heads[name]) for name in order.split()]]
    for number, item in enumerate(EXPECTED.applications, 1):
        cell = {"label": labels[item], "person": str(number), "total": str(2 * number)}
        rows.append([Box(cell[name]) for name in order.split()])
    report = read({APPLICATIONS: rows}, in_columns)
    assert {row.placement for row in report.applications} == {placement}
    told = {row.item: dict(row.cells) for row in report.applications}
    assert told == {
        item: {"natural_person": number, "total": 2 * number} if placement == "inferred" else {}
        for number, item in enumerate(EXPECTED.applications, 1)
    }


def test_rows_without_header_have_the_columns_of_the_one_form_that_has_so_many() -> None:
    rows = [row for row in tables()[DISCLOSURES] if row[0].text == "行政事业性收费"]
    found = tables()
    for cells_of_charge in (["11", "3"], ["11"]):
        rows[0][1:] = [Box(text) for text in cells_of_charge]
        report = read({**found, DISCLOSURES: rows}, PIPES)
        whole = len(cells_of_charge) == len(forms.DISCLOSURE_COLUMNS[forms.FORM_2019, "charges"])
        assert disclosure_figures(report) == ({("charge", "previous"): 11, ("charge", "change"): 3} if whole else {})
        assert ("measures_unknown" in codes(report)) != whole


@pytest.mark.parametrize("repeated", [["", ""], [BLANK, "/"]], ids=["empty", "marked"])
def test_a_row_printed_twice_with_other_blanks_around_it_is_one(repeated: Sequence[str]) -> None:
    found = tables()
    rows = found[APPLICATIONS]
    for label in ("1.属于国家秘密", "四、结转下年度继续办理"):
        at = next(at for at, row in enumerate(rows) if any(box.text == label for box in row))
        again = [box for box in rows[at] if box.rows == 1]
        rows.insert(at + 1, [*again, *map(Box, repeated)])
    report = read(found, TABS)
    assert_all(report)
    assert "row_repeated" not in codes(report)


# Labels ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "copied"),
    [
        ("其他", "其它"),
        ("一、本年新收", "一本年新收"),
        ("四、结转", "四 结转"),
        ("5.属于三类内部事务信息", "5.属于三类内部事务信息①"),
        ("行政处罚", "行政处罚[1]"),
        ("2.重复申请", "2.重复申请【注】"),
        ("采购总金额", "采购总金额/万元"),
        ("采购项目数量", "采购项目数量(单位:项)"),
        ("总计", "总\u200b计"),
        ("规章", "规章 \u200b"),
    ],
)
@pytest.mark.parametrize("write", [CELL_A_LINE, in_columns], ids=["lines", "columns"])
def test_spellings_of_a_label(printed: str, copied: str, write: Write) -> None:
    found = {
        name: [[replace(box, text=box.text.replace(printed, copied)) for box in row] for row in rows]
        for name, rows in tables().items()
    }
    assert any(copied in box.text for rows in found.values() for row in rows for box in row)
    assert_all(read(found, write))


def test_an_unknown_detail_is_not_published_as_its_group() -> None:
    found = tables(sound_figures(forms.FORM_2021))
    for row in found[APPLICATIONS]:
        row[:] = [replace(box, text="3.余下各种情形") if box.text == "3.其他" else box for box in row]
    report = read(found, merged_cells_repeated)
    assert "other" not in application_figures(report)
    assert "other_rest" not in application_figures(report)
    assert "cells_without_label" in codes(report)


# Cells -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["无", "零"])
@pytest.mark.parametrize("write", [CELL_A_LINE, TABS, SPACES], ids=["lines", "tabs", "spaces"])
def test_a_word_where_a_count_belongs_keeps_its_place(word: str, write: Write) -> None:
    found = tables()
    for row in found[APPLICATIONS][3:]:
        row[-5:-2] = [Box(word)] * 3
    absent = dict.fromkeys(forms.APPLICATION_COLUMNS[2:5])
    report = read(found, write)
    assert application_figures(report) == {item: row | absent for item, row in EXPECTED.applications.items()}
    assert "no_count" in codes(report)


@pytest.mark.parametrize("write", [TABS, PIPES])
@pytest.mark.parametrize("several", ["6 8 2 2", "57 8", "57/8"])
def test_several_numbers_in_one_cell_are_no_figure_and_no_blank(several: str, write: Write) -> None:
    found = tables()
    found[APPLICATIONS][5][-1] = Box(several)
    report = read(found, write)
    lost = next(row for row in report.applications if row.code == "granted")
    assert dict(lost.kinds) == {"total": "words"}
    assert "no_count" in codes(report)


@pytest.mark.parametrize("write", [TABS, PIPES])
@pytest.mark.parametrize("several", ["6 8 2 2", "57 8", "57/8"])
def test_several_numbers_at_the_end_of_a_row_of_section_two_leave_no_blank(several: str, write: Write) -> None:
    found = tables()
    (place,) = (at for at, row in enumerate(found["disclosures"]) if row[0].text == "行政事业性收费")
    found["disclosures"][place][1:] = [Box(several)]
    report = read(found, write)
    assert not [row for row in report.disclosures if row.item == "charge" and row.kind == "blank"]
    assert "row_unplaced" in codes(report)


@pytest.mark.parametrize("remark", ["(单位:件)", "(注:含下属各站)", "（说明：口径同上年）", "(备注:无)"])
def test_a_remark_below_rows_is_no_note_of_their_last_figure(remark: str) -> None:
    text = report_text(tables()).replace("第二十条第(六)项", f"{remark}\n第二十条第(六)项")
    report = read_text(text)
    assert_all(report)
    assert {figure.note for figure in report.disclosures} == {None}


@pytest.mark.parametrize("mark", ["①", "*", "[1]", "²"])
def test_a_footnote_mark_apart_from_its_figure_is_no_cell(mark: str) -> None:
    found = tables()
    for row in found[APPLICATIONS][3:]:
        row[-2] = replace(row[-2], text=f"{row[-2].text} {mark}")
    assert_all(read(found, SPACES))


def test_a_count_is_no_amount_whatever_the_header_says() -> None:
    assert amount_in_wan_yuan(read_value("518件"), "万元") is None
    assert amount_in_wan_yuan(read_value("0件"), "万元") == 0
    assert amount_in_wan_yuan(read_value("518( 元 )"), "万元") == Decimal("0.0518")


def test_blank_lines_below_the_header_of_section_four_are_no_figures() -> None:
    found = tables()
    found[REVIEWS][-1] = [Box(BLANK)] * len(found[REVIEWS][-1])
    for text in (report_text(found), report_text(found).replace(f"\n{BLANK}", "", 9)):
        assert not any(row.cells for row in read_text(text).reviews)


# Short rows --------------------------------------------------------------------------------------------------------


def without_zeros() -> dict[str, Rows]:
    """A report of natural persons alone, whose blanks were dropped when it became text."""
    applications = {
        item: {
            column: count if column in {"natural_person", "total"} else None
            for column, count in (row | {"total": row["natural_person"]}).items()
        }
        for item, row in EXPECTED.applications.items()
    }
    found = tables(replace(EXPECTED, applications=applications))
    found[APPLICATIONS] = [[box for box in row if box.text != "/"] for row in found[APPLICATIONS]]
    return found


def test_short_rows_are_placed_where_every_row_is_known() -> None:
    report = read(without_zeros())
    assert {row.placement for row in report.applications} == {"inferred"}


@pytest.mark.parametrize("change", ["row lost", "label unknown", "row too long"])
def test_short_rows_are_not_placed_by_sums_that_lack_a_row(change: str) -> None:
    found = without_zeros()
    rows = found[APPLICATIONS]
    at = next(number for number, row in enumerate(rows) if row[0].text == "2.重复申请")
    if change == "row lost":
        del rows[at]
    elif change == "label unknown":
        rows[at][0] = Box("2.同一人再次来件")
    else:
        rows[at][1:] = [Box("/"), *[Box("4")] * 6, *[Box("/")] * 2, Box("24")]
    report = read(found)
    assert {row.placement for row in report.applications} == {"unplaced"}
    assert "short_rows_not_placed" in codes(report)


def test_a_row_longer_than_the_form_with_marks_at_both_ends_is_unplaced() -> None:
    found = tables()
    row = next(row for row in found[APPLICATIONS] if row[0].text == "2.重复申请")
    row[1:] = [Box("/"), Box("/"), Box("6"), *[Box("/")] * 5, Box("6"), Box("/")]
    rows = application_figures(read(found))
    assert set(rows["not_processed_repeat"].values()) == {None}
    assert rows.pop("not_processed_repeat") != EXPECTED.applications["not_processed_repeat"]
    assert rows == {item: row for item, row in EXPECTED.applications.items() if item != "not_processed_repeat"}


# Whose report ------------------------------------------------------------------------------------------------------

LINKS = {
    "another agency's": "临川市教育局2020年政府信息公开工作年度报告\n",
    "another year's": f"{AGENCY}2019年政府信息公开工作年度报告\n网站首页\n",
    "a list of one agency's": "2018年临川市教育局政府信息公开工作年度报告\n临川市教育局2018年度政府信息公开年报\n",
    "a list right above": (
        f"云山区人民政府2019年政府信息公开工作年度报告\n{AGENCY}2018年政府信息公开工作年度报告\n"
        "临川市教育局2020年政府信息公开工作年度报告\n"
    ),
    "a list, then the page's own lines": (
        "云山区人民政府2020年政府信息公开工作年度报告\n临川市教育局2020年政府信息公开工作年度报告\n信息来源:综合股\n"
    ),
}


@pytest.mark.parametrize("links", LINKS.values(), ids=LINKS)
def test_links_to_other_reports_above_the_title_name_no_report(links: str) -> None:
    text = report_text(tables(), above=links).replace("人手不足。", f"{AGENCY}人手不足。")
    identity = read_text(text).identity
    assert (identity.agency, identity.year, identity.title) == (AGENCY, 2020, TITLE)


def test_links_below_the_report_name_no_report() -> None:
    identity = read_text(report_text(tables()) + "".join(LINKS.values())).identity
    assert (identity.agency, identity.year) == (AGENCY, 2020)


def test_one_report_twice_under_its_agency_s_short_and_full_name_is_one() -> None:
    short = report_text(tables(), title="2020年东明县政府信息公开工作年度报告")
    (report,) = read_bytes((short + report_text(tables())).encode())
    assert isinstance(report, Report)
    assert_all(report)


def test_invisible_characters_in_the_head_hide_nothing() -> None:
    head = "索引号:0114-2\u200b021-007 发\u200b布机构:东明县人民政府办公室\n发布日\ufeff期:2021-01-2\u200b6\n"
    text = report_text(tables(), above=head).replace("统计期间自2020", "统计期\u200b间自20\u200b20")
    identity = read_text(text).identity
    assert identity.index_number == "0114-2021-007"
    assert identity.published == "2021-01-26"
    assert (identity.period_start, identity.period_end) == ("2020-01-01", "2020-12-31")
