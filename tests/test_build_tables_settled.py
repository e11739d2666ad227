"""Rows that their own label does not name: what the rows around them leave for them, and what those leave open."""

from __future__ import annotations

import pytest

from build import forms
from tests.render.html import Box, Row
from tests.samples import sound_figures
from tests.test_build_mutations import (
    APPLICATIONS,
    CELL_A_LINE,
    DISCLOSURES,
    EXPECTED,
    TABS,
    Write,
    application_figures,
    codes,
    disclosure_figures,
    in_columns,
    read,
    tables,
)
from tests.test_build_tables_rows import damaged, row_at

HEADINGS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
COUNTS = ("1", "1", "0", "0", "0", "2", "4")
FOUR = dict(zip(forms.APPLICATION_COLUMNS, map(int, COUNTS), strict=True))


def row(label: str, *counts: str) -> Row:
    return [Box(label), *map(Box, counts)]


def items(*rows: Row, write: Write = TABS) -> tuple[dict[str, dict[str, int | None]], set[str]]:
    """What of section 三 is read of a table with these rows, and the problems but those of rows that are not there."""
    report = read({APPLICATIONS: [row("申请人情况", *HEADINGS), *rows]}, write)
    return application_figures(report), codes(report) - {"rows_missing", "tables_missing"}


# 合计 and 总计 -----------------------------------------------------------------------------------------------------


def test_a_sum_below_what_is_dealt_with_otherwise_is_the_total_of_a_table_that_begins_with_it() -> None:
    """The end of a table on a page of its own."""
    assert items(row("(六)其他处理", *COUNTS), row("合计", *COUNTS)) == ({"other": FOUR, "closed": FOUR}, set())


def test_a_sum_with_no_other_figures_above_it_may_be_that_of_any_rows() -> None:
    found = items(row("(一)予以公开"), row("合计", *COUNTS), write=CELL_A_LINE)
    assert found == ({"granted": dict.fromkeys(FOUR)}, {"subtotal_row"})


def test_a_part_of_the_last_row_behind_it_leaves_the_total_above_the_last_row_one() -> None:
    last, part = row("四、结转下年度继续办理", *COUNTS), row("其中:上年结转", *COUNTS)
    read_rows, told = items(row("(一)予以公开", *COUNTS), row("总计", *COUNTS), last, part)
    assert read_rows == {"granted": FOUR, "closed": FOUR, "carried_forward": FOUR}
    assert told == {"subtotal_row"}


# Remarks in brackets ------------------------------------------------------------------------------------------------

REMARK = "(含另行提供部分内容的,按件计)"


@pytest.mark.parametrize("at", [len(REMARK), 7, 1], ids=["whole", "cut inside the remark", "cut behind its bracket"])
def test_a_label_goes_on_to_the_end_of_its_remark(at: int) -> None:
    label = row("(二)部分公开" + "\n".join(filter(None, (REMARK[:at], REMARK[at:]))), *COUNTS)
    found = items(row("(一)予以公开", *COUNTS), label, row("1.属于国家秘密", *COUNTS), write=CELL_A_LINE)
    assert found == ({"granted": FOUR, "partly_granted": FOUR, "withheld_state_secret": FOUR}, set())


def test_a_label_ends_with_its_remark_where_the_next_row_stands_right_behind_it() -> None:
    """The blank cells of 规章 are dropped: its label stands right above that of the next row."""
    head = row("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")
    rows = [head, row("规章(含修订)"), row("规范性文件", "3", "1", "9")]
    figures = disclosure_figures(read({**tables(), DISCLOSURES: rows}, CELL_A_LINE))
    measures = ("issued", "repealed", "in_force")
    assert [figures["government_rule", measure] for measure in measures] == [None, None, None]
    assert [figures["normative_document", measure] for measure in measures] == [3, 1, 9]


def test_the_beginning_of_a_label_without_figures_is_no_row() -> None:
    found = items(row("(一)予以公开", *COUNTS), row("属于国家"), write=CELL_A_LINE)
    assert found == ({"granted": FOUR}, set())


def test_a_table_in_columns_whose_header_names_the_total_alone_has_totals_alone() -> None:
    rows = [row("申请人情况", "总计", "备注"), row("(一)予以公开", "4", "2"), row("(七)总计", "4", "2")]
    total = {**dict.fromkeys(FOUR), "total": 4}
    assert application_figures(read({APPLICATIONS: rows}, in_columns)) == {"granted": total, "closed": total}


# Damaged labels ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("above", [True, False], ids=["behind", "before"])
def test_of_two_rows_that_a_damaged_label_may_be_one_stands_in_its_place(above: bool) -> None:
    """行政许罚 may be 行政许可 or 行政处罚, both of them lost; 其他对外管理服务事项 stands between the two."""
    rows = tables()[DISCLOSURES]
    licence, penalty = row_at(rows, "行政许可"), row_at(rows, "行政处罚")
    kept = penalty if above else licence
    rows[kept] = [Box("行政许罚"), *rows[kept][1:]]
    del rows[licence if above else penalty]
    figures = disclosure_figures(read({**tables(), DISCLOSURES: rows}))
    code = "penalty" if above else "licence"
    assert {item for item, _ in figures}.isdisjoint({"licence", "penalty"} - {code})
    expected = {place: cell.count for place, cell in EXPECTED.disclosures.items() if place[0] == code}
    assert {place: count for place, count in figures.items() if place[0] == code} == expected


def test_a_damaged_label_without_number_is_none_where_the_next_detail_is_lost() -> None:
    """Three details has (六); behind the first the second is lost, so that either may be the one that is left."""
    found = tables(sound_figures(forms.FORM_2021))
    rows = found[APPLICATIONS]
    first, second = (
        next(box.text for row in rows for box in row if box.text.startswith(sign))
        for sign in ("1.申请人无正当理由", "2.申请人逾期未按")
    )
    del rows[row_at(rows, second)]
    report = read(damaged(found, {first: first[2:].replace("逾期", "愈期")}), TABS)
    assert not {"other_uncorrected", "other_unpaid"} & set(application_figures(report))
    assert "cells_without_label" in codes(report)


def test_the_rows_of_other_tables_and_sub_totals_are_no_neighbours_of_a_damaged_label() -> None:
    found = tables()
    rows = found[APPLICATIONS]
    last, lookup = "四、结转下年度继续办理", "8.属于行政查询事项"
    rows.insert(row_at(rows, lookup), row("合计", "9", "8", "7", "6", "5", "4", "39"))
    report = read(damaged(found, {last: "结转下年度继绩办里", lookup: "属于行政查旬事项"}), TABS)
    assert application_figures(report) == EXPECTED.applications
    assert codes(report) == {"label_damaged", "subtotal_row"}


def test_a_row_that_nothing_names_is_no_neighbour_of_a_damaged_label() -> None:
    """A page repeats the row above the break with a label that is cut; the next label lost a character."""
    found = tables()
    rows = found[APPLICATIONS]
    rows.insert(row_at(rows, "4.保护第三方合法权益"), row("危及三安全一稳走", *"0000000"))
    report = read(damaged(found, {"4.保护第三方合法权益": "保护第三方合法权异"}), TABS)
    assert application_figures(report) == EXPECTED.applications
    assert codes(report) == {"label_damaged", "cells_without_label"}
