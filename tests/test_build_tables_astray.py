"""Figures above their labels, or behind the label of another row: none of them is told to be what it may not be."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from build import forms
from build.report import Report
from tests.render.html import Box
from tests.test_build_mutations import (
    APPLICATIONS,
    CELL_A_LINE,
    DISCLOSURES,
    EXPECTED,
    TABS,
    WRITERS,
    Rows,
    Write,
    codes,
    disclosure_figures,
    in_columns,
    read,
    tables,
)

OTHER_WAYS = {"columns between pipes", "merged cells repeated"}
"""They print a cell below each heading, so that a row of figures alone has empty cells before it."""

ways = pytest.mark.parametrize("write", [pytest.param(way, id=name) for name, way in WRITERS.items()])
ways_of_lines = pytest.mark.parametrize(
    "write", [pytest.param(way, id=name) for name, way in WRITERS.items() if name not in OTHER_WAYS]
)


def is_figure(box: Box) -> bool:
    return not box.text or box.text.removesuffix("万元").lstrip("-").replace(".", "").isdigit()


def above(rows: Rows) -> Rows:
    """Each row's figures on a row of their own, above that of its labels."""
    apart: Rows = []
    for row in rows:
        figures = [box for box in row if is_figure(box)]
        labels = [box for box in row if not is_figure(box)]
        apart.extend([figures, labels] if figures and labels else [row])
    return apart


def labels_last(rows: Rows) -> Rows:
    """Each row's figures before its labels."""
    return [sorted(row, key=lambda box: not is_figure(box)) for row in rows]


def found_otherwise(report: Report) -> list[str]:
    """The items of section 三 of which a figure is published that is not theirs."""
    return [
        row.item
        for row in report.applications
        if any(EXPECTED.applications[row.item][column] != count for column, count in row.cells)
    ]


def placed(report: Report) -> set[str]:
    """The items of section 三 of which a figure is published, or a blank told."""
    return {row.item for row in report.applications if row.placement != "unplaced"}


def is_nothing_told(report: Report) -> bool:
    """Whether of both tables neither a figure nor a blank is told."""
    kinds = {figure.kind for figure in report.disclosures}
    return not placed(report) and kinds <= {"unplaced"} and not any(disclosure_figures(report).values())


@ways_of_lines
@pytest.mark.parametrize("change", [above, labels_last])
def test_figures_before_their_labels_are_not_those_of_the_row_above(
    write: Write, change: Callable[[Rows], Rows]
) -> None:
    """Every row is as long as the form has it and adds up, and each label has the next row's figures behind it."""
    found = tables()
    for table in (DISCLOSURES, APPLICATIONS):
        found[table] = change(found[table])
    report = read(found, write)
    assert len(report.applications) == len(EXPECTED.applications)
    assert is_nothing_told(report)
    assert {"row_unplaced", "cells_without_label"} <= codes(report)
    assert {row.channel: row.get("total") for row in report.reviews} == {
        channel: row["total"] for channel, row in EXPECTED.reviews.items()
    }


@ways_of_lines
@pytest.mark.parametrize("number", ["3", "- 3 -", "第 3 页", "3 / 8"])
def test_a_page_s_number_behind_the_last_label_is_not_its_row(write: Write, number: str) -> None:
    found = tables()
    found[APPLICATIONS] = [*above(found[APPLICATIONS]), [Box(number)]]
    assert not placed(read(found, write))


@ways
@pytest.mark.parametrize("first", [True, False], ids=["until a row", "from a row on"])
def test_figures_above_their_labels_in_one_part_of_a_table(write: Write, first: bool) -> None:
    """As where a page of a document is copied in another order than the next."""
    found = tables()
    head, rest = found[APPLICATIONS][:12], found[APPLICATIONS][12:]
    found[APPLICATIONS] = [*above(head), *rest] if first else [*head, *above(rest)]
    assert found_otherwise(read(found, write)) == []


@pytest.mark.parametrize("labels", [2, 3, 9])
def test_labels_one_after_another_and_then_the_figures_of_their_rows(labels: int) -> None:
    """The first labels have nothing behind them, which is no blank, and the last has the figures of all of them."""
    found = tables()
    rows = found[APPLICATIONS]
    begin = next(at for at, row in enumerate(rows) if row[0].text.startswith("三、"))
    stacked = rows[begin : begin + labels]
    found[APPLICATIONS] = [
        *rows[:begin],
        *([box for box in row if not is_figure(box)] for row in stacked),
        *([box for box in row if is_figure(box)] for row in stacked),
        *rows[begin + labels :],
    ]
    report = read(found, CELL_A_LINE)
    results = [item.code for item in forms.APPLICATION_ITEMS if item.code in EXPECTED.applications][2:]
    assert placed(report) == set(EXPECTED.applications) - set(results[:labels])
    assert found_otherwise(report) == []


@pytest.mark.parametrize("write", [CELL_A_LINE, TABS], ids=["a cell a line", "a row a line"])
def test_a_first_row_whose_label_is_lost_leaves_the_others_their_figures(write: Write) -> None:
    found = tables()
    rows = found[APPLICATIONS]
    at = next(at for at, row in enumerate(rows) if row[0].text.startswith("一、"))
    found[APPLICATIONS] = [*rows[:at], rows[at][1:], *rows[at + 1 :]]
    report = read(found, write)
    assert placed(report) == set(EXPECTED.applications) - {"received"}
    assert found_otherwise(report) == []
    assert "cells_without_label" in codes(report)


@pytest.mark.parametrize(
    ("cells", "unplaced"),
    [(["1", "21"], {"withheld_state_secret"}), ([""] * 7, set())],
    ids=["few figures", "blank cells"],
)
def test_only_a_label_without_cells_is_one_whose_figures_may_stand_elsewhere(
    cells: list[str], unplaced: set[str]
) -> None:
    """Between two rows stand two figures of a row that the form does not have; below, a row lost its figures."""
    found = tables()
    rows = found[APPLICATIONS]
    at = next(at for at, row in enumerate(rows) if any(box.text.startswith("(二)部分公开") for box in row))
    rows[at + 1] = [*(box for box in rows[at + 1] if not is_figure(box)), *map(Box, cells)]
    rows.insert(at, [Box("另行统计的来件"), Box("31"), Box("7")])
    report = read(found, TABS)
    assert placed(report) == set(EXPECTED.applications) - unplaced
    assert found_otherwise(report) == []


def test_a_row_with_a_blank_among_its_figures_keeps_them_behind_figures_without_a_label() -> None:
    """Only a row that is blank throughout may be a torn label's."""
    found = tables()
    rows = found[APPLICATIONS]
    at = next(at for at, row in enumerate(rows) if any(box.text.startswith("(二)部分公开") for box in row))
    rows[at] = [*rows[at][:-2], Box(""), rows[at][-1]]
    rows.insert(at, [Box("另行统计的来件"), Box("31"), Box("7")])
    assert placed(read(found, TABS)) == set(EXPECTED.applications)


@pytest.mark.parametrize(("strays", "is_blank"), [(["31"], True), (["31", "7"], False)])
def test_one_figure_without_a_label_is_none_of_the_row_below_it_and_two_may_be(
    strays: list[str], is_blank: bool
) -> None:
    found = tables()
    rows = found[APPLICATIONS]
    at = next(at for at, row in enumerate(rows) if any(box.text.startswith("(二)部分公开") for box in row))
    rows[at] = [box for box in rows[at] if not is_figure(box)]
    rows.insert(at, [Box("另行统计的来件"), *map(Box, strays)])
    assert set(EXPECTED.applications) - placed(read(found, CELL_A_LINE)) == (set() if is_blank else {"partly_granted"})


@pytest.mark.parametrize("item", ["行政许可", "行政处罚"])
def test_a_sub_table_with_figures_above_labels_leaves_the_others_theirs(item: str) -> None:
    found = tables()
    rows = found[DISCLOSURES]
    begin = next(at for at, row in enumerate(rows) if row[0].text == item)
    found[DISCLOSURES] = [*rows[:begin], *above(rows[begin : begin + 2]), *rows[begin + 2 :]]
    report = read(found, CELL_A_LINE)
    astray = {"行政许可": {"licence", "other_service"}, "行政处罚": {"penalty", "compulsion"}}[item]
    assert {figure.item for figure in report.disclosures if figure.kind == "unplaced"} == astray
    assert {figure.item for figure in report.disclosures if figure.kind == "figure"} == {
        item for item, _ in EXPECTED.disclosures
    } - astray


@pytest.mark.parametrize("business", [["3", ""], ["", "4"], ["", ""]], ids=["first", "second", "none"])
def test_columns_that_a_table_does_not_have_are_not_blank(business: list[str]) -> None:
    """As where the edge of a page cuts a wide table off: of what is beyond it nothing is known."""
    heads = ["(本列数据的勾稽关系)", "自然人", "商业企业"]
    labels = ["一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"]
    rows = [[Box(label), Box("7"), Box(count)] for label, count in zip(labels, business, strict=True)]
    rows.append([Box("四、结转下年度继续办理"), Box(""), Box("")])
    report = read({APPLICATIONS: [[Box(head) for head in heads], *rows]}, in_columns)
    beyond = {"research_institution", "public_welfare_org", "legal_service_org", "other_org", "total"}
    for row, count in zip(report.applications, [*business, ""], strict=True):
        kinds = dict(row.kinds)
        assert {column for column, kind in kinds.items() if kind == "unplaced"} == beyond
        assert (kinds.get("business") == "blank") == (not count)
    assert [row.get("natural_person") for row in report.applications] == [7, 7, None]
    assert dict(report.applications[2].kinds)["natural_person"] == "blank"


@pytest.mark.parametrize("between", [" ", "", "\u3000"], ids=["a blank", "nothing", "a wide blank"])
@pytest.mark.parametrize("label", ["1.属于国家秘密", "1.属于国家秘", "5.属于三类内部事务信息"])
def test_a_row_whose_first_figure_is_printed_close_behind_its_label_is_not_short_of_a_blank(
    label: str, between: str
) -> None:
    """The figure is no more than the label's end in the text; the others would move, or the first column be blank."""
    found = tables()
    rows = found[APPLICATIONS]
    at = next(at for at, row in enumerate(rows) if any(box.text.startswith(label) for box in row))
    *groups, _ = [box for box in rows[at] if not is_figure(box)]
    first, *others = [box for box in rows[at] if is_figure(box)]
    rows[at] = [*groups, Box(f"{label}{between}{first.text}"), *others]
    report = read(found, TABS)
    item = {"1": "withheld_state_secret", "5": "withheld_internal"}[label[0]]
    assert placed(report) == set(EXPECTED.applications) - {item}
    assert found_otherwise(report) == []
    assert "cells_without_label" in codes(report)
