"""Text layouts by round trip: figures are written in a layout, read back, and must be the same, cell for cell."""

from __future__ import annotations

import dataclasses
import itertools
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, assume, example, given, settings
from hypothesis import strategies as st

from build import forms
from build.limits import Limits
from build.reading.read import read
from build.report import ApplicationRow, PlacedRow, Report
from tests.render import LAYOUTS, Figures, Options, Printed, figures, options
from tests.render.figures import (
    Cells,
    application_items,
    counts,
    disclosure_cells,
    result_items,
    with_totals,
)
from tests.render.tables import LOST_HEADERS, printed_count
from tests.samples import sound_figures

ROUND_TRIPS = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
"""The same reports on every run. A report that fails is not shrunk: that takes minutes, and it can be read as it is."""

DROPPING = ("lines_between_blanks", "one_cell_a_line_with_pipe", "tab_indented", "pdf_page_text")
"""Layouts of which documents are known, or to be expected, that leave blank cells out altogether."""

FIRST_BLANK_IS_LEADING_PIPE = ("pipe_rows_with_fillers", "compact_pipe_rows")
"""Layouts where a row without label that begins with an empty cell looks like one with a pipe before it."""

file_numbers = itertools.count()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for one test module's reports."""
    return tmp_path_factory.mktemp("reports")


def read_text(folder: Path, text: str) -> Report:
    """The one report that a text file with ``text`` yields."""
    path = folder / f"{next(file_numbers)}.txt"
    path.write_text(text, encoding="utf-8")
    (report,) = read(path, path.name, Limits())
    assert isinstance(report, Report), report
    return report


def filled(cells: Cells) -> dict[str, int]:
    """The cells that have a figure."""
    return {column: count for column, count in cells.items() if count is not None}


def assert_rows(rows: Iterable[PlacedRow], expected: Mapping[str, Cells], text: str) -> None:
    """Every row has the expected cells, was read as printed, and its cells' positions lead back to their words."""
    named = {row.code: row for row in rows}
    assert {name: dict(row.cells) for name, row in named.items()} == {
        name: filled(cells) for name, cells in expected.items()
    }
    for name, row in named.items():
        assert row.placement == ("printed" if filled(expected[name]) else "empty"), name
        assert row.unplaced == ()
        for column, (start, end) in row.cell_spans:
            if row.get(column) is not None:
                digits = unicodedata.normalize("NFKC", text[start:end]).replace(",", "")
                assert int(digits) == row.get(column)


def disclosed(report: Report) -> dict[tuple[str, str], Printed]:
    """Section 二 as read; the printed words are compared apart."""
    return {
        (figure.item, figure.measure): Printed("", figure.count, figure.amount_wan, figure.note)
        for figure in report.disclosures
    }


def assert_figures(report: Report, expected: Figures) -> None:
    """All tables and the identity of ``report`` are those of ``expected``."""
    assert report.identity.year == expected.year
    assert report.identity.agency_printed == expected.agency
    assert_rows(report.applications, expected.applications, report.text)
    assert_rows(report.reviews, expected.reviews, report.text)
    assert disclosed(report) == {
        place: dataclasses.replace(cell, text="") for place, cell in expected.disclosures.items()
    }
    assert not [figure for figure in report.disclosures if figure.placement not in ("printed", "empty")]


def may_end_where_its_header_does(rows: Mapping[str, Cells], spelling: Options) -> bool:
    """Whether a table whose header lost names may have had no more columns: no row reaches over more than are named."""
    if spelling.header != "partly-lost" or spelling.blank not in ("empty", "no-break"):
        return False
    named = [column for column in (*forms.APPLICANTS, forms.TOTAL) if column.label_zh not in LOST_HEADERS]
    filled_at = ([at for at, count in enumerate(row.values()) if count is not None] for row in rows.values())
    return all(not at or at[-1] - at[0] < len(named) for at in filled_at)


@pytest.mark.parametrize("layout", LAYOUTS)
@given(data=st.data())
@ROUND_TRIPS
def test_figures_come_back_cell_for_cell(folder: Path, layout: str, data: st.DataObject) -> None:
    expected, spelling = data.draw(figures()), data.draw(options(layout))
    first = expected.reviews["reconsideration"]["upheld"]
    invisible = spelling.blank in ("empty", "no-break")
    assume(not (layout in FIRST_BLANK_IS_LEADING_PIPE and invisible and first is None))
    assume(not may_end_where_its_header_does(expected.applications, spelling))
    report = read_text(folder, LAYOUTS[layout](expected, spelling))
    assert_figures(report, expected)
    assert report.form == expected.form


@pytest.mark.parametrize("blank", ["empty", "no-break", "slash"])
def test_a_table_of_which_no_row_reaches_beyond_its_lost_header_may_be_cut_off(folder: Path, blank: str) -> None:
    """Blank cells of another column than the figures' may be no cells at all; those that are marked blank are."""
    nothing: Cells = dict.fromkeys(forms.APPLICATION_COLUMNS)
    counts_of = {"withheld_process": {"business": 293}, "closed": {"natural_person": 2004}}
    rows = {item: {**nothing, **counts_of.get(item, {})} for item in application_items(forms.FORM_2021)}
    spelling = Options(blank=blank, header="partly-lost")
    assert may_end_where_its_header_does(rows, spelling) == (blank != "slash")
    figures = dataclasses.replace(sound_figures(forms.FORM_2021), applications=rows)
    report = read_text(folder, LAYOUTS["one_cell_a_line_with_pipe"](figures, spelling))
    found = {row.item: dict(row.cells) for row in report.applications if row.cells}
    assert found == (counts_of if blank == "slash" else {})


@pytest.mark.parametrize("layout", LAYOUTS)
def test_empty_tables_have_labels_without_figures(folder: Path, layout: str) -> None:
    nothing = Figures(
        agency="东明县人民政府",
        year=2020,
        form=forms.FORM_2019,
        applications={item: dict.fromkeys(forms.APPLICATION_COLUMNS) for item in application_items(forms.FORM_2019)},
        disclosures=dict.fromkeys(disclosure_cells(forms.FORM_2019), Printed("")),
        reviews={channel.code: dict.fromkeys(forms.REVIEW_COLUMNS) for channel in forms.REVIEW_CHANNELS},
    )
    assert_figures(read_text(folder, LAYOUTS[layout](nothing, Options(blank="slash"))), nothing)


@pytest.mark.parametrize("layout", LAYOUTS)
@given(data=st.data())
@settings(ROUND_TRIPS, max_examples=4)
def test_first_sub_table_of_one_form_among_tables_of_the_other(folder: Path, layout: str, data: st.DataObject) -> None:
    known = data.draw(figures(forms.FORM_2021))
    documents = {
        place: Printed(str(count), count)
        for count, place in enumerate(disclosure_cells(forms.FORM_2019)[:6], start=data.draw(st.integers(0, 5000)))
    }
    others = {place: cell for place, cell in known.disclosures.items() if place not in disclosure_cells("2021")[:6]}
    hybrid = dataclasses.replace(known, disclosures={**documents, **others}, documents_form=forms.FORM_2019)
    report = read_text(folder, LAYOUTS[layout](hybrid, Options(blank="slash")))
    assert_figures(report, hybrid)
    assert report.form == forms.MIXED


def printed_row(cells: Cells) -> tuple[str, ...]:
    """What a row prints where blanks are dropped."""
    shown = (printed_count(count, Options(blank="dropped")) for count in cells.values())
    return tuple(cell for cell in shown if cell is not None)


def assert_short_row(row: ApplicationRow, truth: Cells) -> None:
    """No figure of the row is lost, changed, doubled or said to be printed where it was inferred."""
    shown = printed_row(truth)
    assert row.printed == shown
    placed = [str(count) for column in forms.APPLICATION_COLUMNS if (count := row.get(column)) is not None]
    assert sorted([*placed, *row.unplaced]) == sorted(shown)
    remaining = iter(shown)
    assert all(cell in remaining for cell in placed), "values stand in the order of the form"
    if row.placement == "printed":
        assert dict(row.cells) == filled(truth)
    if not shown:
        assert row.placement == "empty"


def assert_no_disclosure_is_wrong(report: Report, truth: Figures) -> None:
    """Every figure of section 二 is the true one, or left out."""
    for figure in report.disclosures:
        cell = truth.disclosures[figure.item, figure.measure]
        assert figure.count in (None, cell.count), figure
        assert figure.amount_wan in (None, cell.amount_wan), figure


@given(truth=figures(), blank=st.sampled_from(("empty", "no-break")))
@ROUND_TRIPS
def test_white_space_between_pipes_and_line_breaks_makes_no_figure_wrong(
    folder: Path, truth: Figures, blank: str
) -> None:
    report = read_text(folder, LAYOUTS["pipes_with_line_breaks"](truth, Options(blank=blank)))
    assert_no_disclosure_is_wrong(report, truth)
    for row in report.applications:
        assert row.placement != "printed" or dict(row.cells) == filled(truth.applications[row.item])
    for channel in report.reviews:
        assert channel.placement != "printed" or dict(channel.cells) == filled(truth.reviews[channel.channel])


@pytest.mark.parametrize("layout", DROPPING)
@given(truth=figures())
@settings(ROUND_TRIPS, max_examples=15)
def test_dropped_blanks_make_no_figure_wrong(folder: Path, layout: str, truth: Figures) -> None:
    report = read_text(folder, LAYOUTS[layout](truth, Options(blank="dropped")))
    assert {row.item for row in report.applications} == set(truth.applications)
    for row in report.applications:
        assert_short_row(row, truth.applications[row.item])
    assert_no_disclosure_is_wrong(report, truth)
    complete = all(None not in cells.values() for cells in truth.reviews.values())
    for channel in report.reviews:
        if complete:
            assert dict(channel.cells) == filled(truth.reviews[channel.channel])
        else:
            assert channel.placement != "printed" or dict(channel.cells) == filled(truth.reviews[channel.channel])


def report_of(applications: Mapping[str, Cells], form: str = forms.FORM_2019) -> Figures:
    """A report whose section 三 has these rows; its other tables are 0."""
    return Figures(
        agency="东明县人民政府",
        year=2020 if form == forms.FORM_2019 else 2022,
        form=form,
        applications=applications,
        disclosures=dict.fromkeys(disclosure_cells(form), Printed("0", 0)),
        reviews={channel.code: dict.fromkeys(forms.REVIEW_COLUMNS, 0) for channel in forms.REVIEW_CHANNELS},
    )


def only(columns: Iterable[str], rows: Mapping[str, Cells]) -> dict[str, Cells]:
    """The rows with every other column blank."""
    return {
        item: {name: count if name in columns else None for name, count in row.items()} for item, row in rows.items()
    }


def placed_rows(folder: Path, layout: str, truth: Mapping[str, Cells]) -> dict[str, ApplicationRow]:
    """Section 三 of a report that prints ``truth`` with its blanks dropped."""
    report = read_text(folder, LAYOUTS[layout](report_of(truth), Options(blank="dropped")))
    return {row.item: row for row in report.applications}


@pytest.mark.parametrize("layout", DROPPING)
@given(
    parts=st.dictionaries(st.sampled_from(result_items(forms.FORM_2019)), counts, min_size=1, max_size=8),
    brought=st.integers(0, 20),
    carried=st.integers(0, 20),
)
@example(parts={"granted": 5}, brought=0, carried=0)
@example(parts={"granted": 5}, brought=5, carried=5)
@settings(ROUND_TRIPS, max_examples=15)
def test_rows_of_natural_persons_and_total_alone_have_one_reading(
    folder: Path, layout: str, parts: dict[str, int], brought: int, carried: int
) -> None:
    every = {item: {"natural_person": parts.get(item, 0)} for item in result_items(forms.FORM_2019)}
    rows = with_totals(every, {"natural_person": brought}, {"natural_person": carried})
    in_order = {item: rows[item] for item in application_items(forms.FORM_2019)}
    truth = only(("natural_person", "total"), in_order)
    got = placed_rows(folder, layout, truth)
    assert {item: dict(row.cells) for item, row in got.items()} == {item: filled(row) for item, row in truth.items()}
    assert {row.placement for row in got.values()} == {"inferred"}


def baoshan() -> dict[str, Cells]:
    """Section 三 of the Baoshan office's report of 2020: 总计 of row 二 is 0 where 自然人 is 1."""
    pairs = {
        "received": (19, 19),
        "brought_forward": (1, 0),
        "granted": (2, 2),
        "partly_granted": (1, 1),
        "unavailable_not_held": (15, 15),
        "unavailable_needs_creation": (1, 1),
        "other": (1, 1),
        "closed": (20, 20),
        "carried_forward": (0, 0),
    }
    blank: Cells = dict.fromkeys(forms.APPLICATION_COLUMNS)
    return {
        item: {**blank, **dict(zip(("natural_person", "total"), pairs.get(item, ()), strict=False))}
        for item in application_items(forms.FORM_2019)
    }


@pytest.mark.parametrize("layout", DROPPING)
def test_a_pair_that_does_not_add_up_is_placed_like_the_rest_of_the_table(folder: Path, layout: str) -> None:
    truth = baoshan()
    got = placed_rows(folder, layout, truth)
    assert {item: dict(row.cells) for item, row in got.items()} == {item: filled(row) for item, row in truth.items()}
    assert got["brought_forward"].placement == "inferred"


def sanming() -> dict[str, Cells]:
    """Section 三 of the Sanming office's report of 2019: four short rows before rows that are whole."""
    zeros: Cells = dict.fromkeys(forms.APPLICATION_COLUMNS, 0)
    whole = {"unavailable_not_held": 2, "closed": 3}
    rows: dict[str, Cells] = {
        item: {**zeros, "natural_person": whole.get(item, 0), "total": whole.get(item, 0)}
        for item in application_items(forms.FORM_2019)
    }
    blank: Cells = dict.fromkeys(forms.APPLICATION_COLUMNS)
    short: dict[str, Cells] = {
        "received": {**blank, "natural_person": 3, "business": 0, "research_institution": 0, "total": 3},
        "brought_forward": {**blank, "natural_person": 0, "total": 0},
        "granted": {**blank, "natural_person": 1, "business": 0, "research_institution": 0, "total": 1},
        "partly_granted": {**blank, "natural_person": 0, "business": 0, "total": 0},
    }
    return {**rows, **short}


@pytest.mark.parametrize("layout", DROPPING)
@pytest.mark.parametrize(
    ("item", "cells", "unplaced"),
    [
        ("received", {"natural_person": 3, "total": 3}, ("0", "0")),
        ("brought_forward", {"natural_person": 0, "total": 0}, ()),
        ("granted", {"natural_person": 1, "total": 1}, ("0", "0")),
        ("partly_granted", {"natural_person": 0, "total": 0}, ("0",)),
    ],
)
def test_zeros_that_fit_in_several_columns_stay_unplaced(
    folder: Path, layout: str, item: str, cells: dict[str, int], unplaced: tuple[str, ...]
) -> None:
    row = placed_rows(folder, layout, sanming())[item]
    assert (dict(row.cells), row.unplaced, row.placement) == (cells, unplaced, "inferred")


@pytest.mark.parametrize("layout", DROPPING)
def test_detail_rows_without_total_get_no_total(folder: Path, layout: str) -> None:
    applicants = [column.code for column in forms.APPLICANTS]
    details = {
        "granted": (211, 17, 5, 41, 13, 2),
        "partly_granted": (29, 3, 1, 7, 19, 31),
        "unavailable_not_held": (101, 23, 11, 53, 37, 61),
    }
    parts = {
        item: dict(zip(applicants, details.get(item, (0,) * 6), strict=True)) for item in result_items(forms.FORM_2019)
    }
    rows = with_totals(parts, dict.fromkeys(applicants, 1), dict.fromkeys(applicants, 2))
    truth = {item: {**rows[item]} for item in application_items(forms.FORM_2019)}
    for item in result_items(forms.FORM_2019):
        truth[item]["total"] = None
    got = placed_rows(folder, layout, truth)
    for item in details:
        assert dict(got[item].cells) == filled(truth[item])
    assert {got[item].get("total") for item in result_items(forms.FORM_2019)} == {None}
    for item in ("received", "brought_forward", "closed", "carried_forward"):
        assert (dict(got[item].cells), got[item].placement) == (filled(truth[item]), "printed")


def test_a_heading_right_behind_a_row_of_tabs_is_no_part_of_its_last_cell(folder: Path) -> None:
    title = "东明县教育局2020年政府信息公开工作年度报告"
    rows = "\n\n".join(
        "\t".join(["", label, "1", "2", "3", "4", "5", "6", "21"])
        for label in ("一、本年新收政府信息公开申请数量", "（一）予以公开", "四、结转下年度继续办理")
    )
    heading = "四、政府信息公开行政复议、行政诉讼情况"
    report = read_text(folder, f"{title}\n三、收到和处理政府信息公开申请情况\n{rows}\n{heading}\n没有。\n")
    assert [row.get("total") for row in report.applications] == [21, 21, 21]
    assert heading in [section.title for section in report.sections]


# Shapes that only some programs write -------------------------------------------------------------------------------

HEADERS = [
    ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况"],
    ["自然人", "法人或其他组织", "总计"],
    ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
]
LABELS = {"一、本年新收政府信息公开申请数量": "received", "（一）予以公开": "granted", "（七）总计": "closed"}
APPLICATION_ROWS = [[label, "1", "2", "3", "4", "5", "6", "21"] for label in LABELS]
REVIEW_HEADERS = [
    ["行政复议", "行政诉讼"],
    [*(column.label_zh for column in forms.REVIEW_OUTCOMES), "总计", "未经复议直接起诉", "复议后起诉"],
    [*(column.label_zh for column in forms.REVIEW_OUTCOMES), "总计"] * 2,
]
OUTCOME_NAMES = REVIEW_HEADERS[2][:5]
REVIEW_VALUES = {
    "reconsideration": ["3", "1", "0", "2", "6"],
    "lawsuit_direct": ["7", "0", "5", "1", "13"],
    "lawsuit_after_reconsideration": ["2", "4", "8", "0", "14"],
}
REVIEW_ROW = [value for values in REVIEW_VALUES.values() for value in values]
DISCLOSURE_ROWS = [["第二十条第（五）项"], ["信息内容", "本年处理决定数量"], ["行政许可", "4123"]]
Rows = list[list[str]]


def tables_report(write: Callable[[Rows], str], reviews: Rows | None = None, mark: str = "") -> str:
    """A report whose tables ``write`` writes, with ``mark`` before its title and section titles."""
    parts = [
        f"{mark}东明县教育局2022年政府信息公开工作年度报告",
        f"{mark}二、主动公开政府信息情况",
        write(DISCLOSURE_ROWS),
        f"{mark}三、收到和处理政府信息公开申请情况",
        write([*HEADERS, *APPLICATION_ROWS]),
        f"{mark}四、政府信息公开行政复议、行政诉讼情况",
        write([*REVIEW_HEADERS, REVIEW_ROW] if reviews is None else reviews),
        f"{mark}五、存在的主要问题及改进情况",
    ]
    return "\n".join(parts) + "\n没有。\n"


def assert_tables(report: Report) -> None:
    """Agency, titles and figures are those of ``tables_report``."""
    assert (report.identity.agency, report.identity.year) == ("东明县教育局", 2022)
    assert [section.number for section in report.sections] == [None, *"二三四五"]
    assert [(figure.measure, figure.count) for figure in report.disclosures] == [("decisions", 4123)]
    rows = {row.item: [row.get(column) for column in forms.APPLICATION_COLUMNS] for row in report.applications}
    assert rows == {item: [1, 2, 3, 4, 5, 6, 21] for item in LABELS.values()}
    reviews = {row.channel: [row.get(column) for column in forms.REVIEW_COLUMNS] for row in report.reviews}
    assert reviews == {channel: list(map(int, values)) for channel, values in REVIEW_VALUES.items()}


def joined(cell: str, row: str = "\n") -> Callable[[Rows], str]:
    """Tables with ``cell`` between the cells of a row and ``row`` between rows."""
    return lambda rows: row.join(cell.join(cells) for cells in rows)


def boxed(rows: Rows) -> str:
    """A table as text browsers draw it."""
    return "\n".join(f"├──┼──┤\n│ {' │ '.join(cells)} │" for cells in rows)


def in_markdown(rows: Rows) -> str:
    """A table in Markdown, the labels and one figure in bold type, signs escaped."""
    head, *others = rows
    lines = [head, ["---"] * len(head), *([f"**{cells[0]}**", *cells[1:-1], f"**{cells[-1]}**"] for cells in others)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines).replace("1.", "1\\.") + "\n"


@pytest.mark.parametrize(
    ("write", "mark"),
    [
        (joined("\t"), ""),
        (joined("\n\n\t\n\n", "\n\n"), ""),
        (joined("\n\t\n", "\n\n"), ""),
        (joined("｜"), ""),
        (boxed, ""),
        (in_markdown, "## "),
        (in_markdown, "# **"),
    ],
    ids=["tabs", "tab between paragraphs", "tab between lines", "wide pipes", "box", "markdown", "bold titles"],
)
def test_programs_of_which_reports_are_copied(folder: Path, write: Callable[[Rows], str], mark: str) -> None:
    text = tables_report(write, mark=mark)
    if mark.endswith("**"):
        text = "\n".join(f"{line}**" if line.startswith(mark) else line for line in text.split("\n"))
    assert_tables(read_text(folder, text))


def test_a_blank_cell_between_two_tabs_is_a_blank(folder: Path) -> None:
    cell = "\n\n\t\n\n"
    row = cell.join(["一、本年新收政府信息公开申请数量", "4", "", "", "1", "", "", "5"])
    others = cell.join(["四、结转下年度继续办理", "", "", "2", "", "", "", "2"])
    headers = "\n\n".join(cell.join(cells) for cells in HEADERS)
    report = read_text(folder, f"东明县教育局2022年政府信息公开工作年度报告\n\n{headers}\n\n{row}\n\n{others}\n")
    assert {row.item: dict(row.cells) for row in report.applications} == {
        "received": {"natural_person": 4, "public_welfare_org": 1, "total": 5},
        "carried_forward": {"research_institution": 2, "total": 2},
    }


@pytest.mark.parametrize(
    "reviews",
    [
        [["（一）行政复议"], OUTCOME_NAMES, REVIEW_ROW[:5], ["（二）行政诉讼"], ["未经复议直接起诉", "复议后起诉"],
         OUTCOME_NAMES * 2, REVIEW_ROW[5:]],
        [["行政复议"], OUTCOME_NAMES, REVIEW_ROW[:5], ["未经复议直接起诉"], OUTCOME_NAMES, REVIEW_ROW[5:10],
         ["复议后起诉"], OUTCOME_NAMES, REVIEW_ROW[10:]],
    ],
    ids=["two tables", "three tables"],
)  # fmt: skip
def test_section_four_in_several_tables_of_text(folder: Path, reviews: Rows) -> None:
    assert_tables(read_text(folder, tables_report(joined("\n\n", "\n\n"), reviews)))


def test_section_four_with_a_row_a_channel_between_tabs(folder: Path) -> None:
    names = {channel.code: channel.label_zh for channel in forms.REVIEW_CHANNELS}
    rows = [["类型", *OUTCOME_NAMES], *([names[code], *values] for code, values in REVIEW_VALUES.items())]
    assert_tables(read_text(folder, tables_report(joined("\t"), rows)))


@pytest.mark.parametrize("words", ["见附件", "13†", "13㈠"])
@pytest.mark.parametrize("between", ["\t", " | "])
def test_words_in_one_cell_of_section_four_keep_no_other_away(folder: Path, between: str, words: str) -> None:
    row = [*REVIEW_ROW[:9], words, *REVIEW_ROW[10:]]
    report = read_text(folder, tables_report(joined(between), [*REVIEW_HEADERS, row]))
    figures = {
        review.channel: [review.get(outcome) for outcome in ("upheld", "corrected", "other", "pending", "total")]
        for review in report.reviews
    }
    assert figures == {
        "reconsideration": [3, 1, 0, 2, 6],
        "lawsuit_direct": [7, 0, 5, 1, None],
        "lawsuit_after_reconsideration": [2, 4, 8, 0, 14],
    }
    assert "no_count" in {problem.code for problem in report.problems}


@pytest.mark.parametrize("words", ["N/A", "*", "O", "①", "…"])
@pytest.mark.parametrize("between", ["\t", " | ", "\n"])
def test_words_behind_a_label_are_no_part_of_it_where_a_figure_would_be_missing(
    folder: Path, between: str, words: str
) -> None:
    """Taken for the label's end, they would move the figures behind them to the left."""
    rows = [[label, words, "0", "3", "4", "5", "6", "18"] for label in LABELS]
    tables = [
        *["第二十条第（一）项", between.join(["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"])],
        *[between.join(["规章", words, "5", "6"]), "三、收到和处理政府信息公开申请情况"],
        *map(between.join, [*HEADERS, *rows]),
    ]
    title = "东明县教育局2022年政府信息公开工作年度报告\n二、主动公开政府信息情况"
    report = read_text(folder, "\n".join([title, *tables]) + "\n")
    columns = ("natural_person", "business", "research_institution", "total")
    assert [[row.get(column) for column in columns] for row in report.applications] == [[None, 0, 3, 18]] * 3
    assert [row.count for row in report.disclosures] == [None, 5, 6]
    assert "no_count" in {problem.code for problem in report.problems}


@pytest.mark.parametrize("printed", ["12'345", "(147)"])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_digits_and_signs_alone_behind_a_label_are_no_blank(folder: Path, between: str, printed: str) -> None:
    cells = [
        "自然人",
        "总计",
        "一、本年新收政府信息公开申请数量",
        printed,
        "（一）予以公开",
        "2",
        "2",
        "（七）总计",
        "5",
        "5",
    ]
    head = ["东明县教育局2021年政府信息公开工作年度报告", "三、收到和处理政府信息公开申请情况"]
    report = read_text(folder, between.join([*head, *cells]))
    first = report.applications[0]
    assert (first.item, first.placement, first.unplaced) == ("received", "unplaced", (printed,))


@pytest.mark.parametrize("printed", ["4'312", "约300件", "1258.46万"])
@pytest.mark.parametrize("between", ["\t", "\n"])
def test_words_above_a_heading_that_say_how_much_are_no_blank(folder: Path, between: str, printed: str) -> None:
    """The heading of the next sub-table, and of the next section, is no part of them either."""
    title = "东明县教育局2022年政府信息公开工作年度报告\n二、主动公开政府信息情况"
    heads = ["第二十条第（五）项", "第二十条第（八）项（单位：万元）"]
    decided = [heads[0], between.join(["信息内容", "本年处理决定数量"]), between.join(["行政许可", printed])]
    charged = [heads[1], between.join(["信息内容", "本年收费金额"]), between.join(["行政事业性收费", printed])]
    requests = ["三、收到和处理政府信息公开申请情况", *map(between.join, [*HEADERS, *APPLICATION_ROWS])]
    report = read_text(folder, "\n".join([title, *decided, *charged, *requests]) + "\n")
    assert [(row.item, row.count, row.amount_wan, row.printed) for row in report.disclosures] == [
        ("licence", None, None, printed),
        ("charge", None, None, printed),
    ]
    assert {"no_count", "no_amount"} <= {problem.code for problem in report.problems}
    assert [section.number for section in report.sections] == [None, "二", "三"]


def test_a_numbered_label_that_is_not_known_is_no_cell_of_the_row_above(folder: Path) -> None:
    """Else the figures behind it were the row's that lost its last cells."""
    rows = [*APPLICATION_ROWS[:2], ["（六）其他处理", "1", "2"], ["（七）总汁", "2", "4", "6"]]
    title = "东明县教育局2020年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况"
    report = read_text(folder, "\n".join([title, *("\n".join(cells) for cells in [*HEADERS, *rows])]) + "\n")
    other = next(row for row in report.applications if row.item == "other")
    assert other.printed == ("1", "2")
    assert "cells_without_label" in {problem.code for problem in report.problems}


@pytest.mark.parametrize("between", ["\t", "\n"])
def test_reviews_below_a_header_that_puts_lawsuits_first_are_not_taken_in_the_form_s_order(
    folder: Path, between: str
) -> None:
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    header = [["行政诉讼", "行政复议"], ["未经复议直接起诉", "复议后起诉", *outcomes], outcomes * 2]
    figures = ["0", "0", "0", "1", "1", "2", "0", "0", "0", "2", "3", "0", "0", "0", "3"]
    lines = ["东明县教育局2022年政府信息公开工作年度报告", "四、政府信息公开行政复议、行政诉讼情况"]
    report = read_text(folder, "\n".join([*lines, *map(between.join, [*header, figures])]) + "\n")
    assert [dict(row.cells) for row in report.reviews] == [{}, {}, {}]
    assert "row_unplaced" in {problem.code for problem in report.problems}


def test_the_last_sign_of_a_label_that_is_cut_twice_is_no_cell(folder: Path) -> None:
    label = ["3.危及“三安全", "一稳定", "”"]
    cells = ["自然人", "总计", "一、本年新收政府信息公开申请数量", "5", "5", *label, "2", "2", "（七）总计", "5", "5"]
    head = ["东明县教育局2021年政府信息公开工作年度报告", "三、收到和处理政府信息公开申请情况"]
    report = read_text(folder, "\n\n".join([*head, *cells]))
    assert {row.item: row.printed for row in report.applications}["withheld_security"] == ("2", "2")


def test_a_channel_cut_by_a_line_break_has_the_figures_behind_its_end(folder: Path) -> None:
    lines = ["东明县教育局2021年政府信息公开工作年度报告", "四、政府信息公开行政复议、行政诉讼情况"]
    lines += ["结果维持 结果纠正 其他结果 尚未审结 总计", "行政复议 12 3 4 5 24"]
    lines += ["未经复议", "直接起诉 7 1 2 6 16", "复议后", "起诉 9 8 11 13 41"]
    report = read_text(folder, "\n".join(lines))
    assert {row.channel: row.printed for row in report.reviews} == {
        "reconsideration": ("12", "3", "4", "5", "24"),
        "lawsuit_direct": ("7", "1", "2", "6", "16"),
        "lawsuit_after_reconsideration": ("9", "8", "11", "13", "41"),
    }


def test_a_part_of_section_four_with_a_cell_less_is_not_placed(folder: Path) -> None:
    reviews = [["行政复议"], OUTCOME_NAMES, REVIEW_ROW[:4]]
    report = read_text(folder, tables_report(joined("\n\n", "\n\n"), reviews))
    assert all(not row.cells for row in report.reviews)


def test_columns_that_begin_with_the_total_are_not_taken_for_the_form_s(folder: Path) -> None:
    headers = [HEADERS[0], ["总计", "自然人", "法人或其他组织"], HEADERS[2]]
    rows = [[label, "21", "1", "2", "3", "4", "5", "6"] for label in LABELS]
    report = read_text(
        folder, tables_report(lambda found: joined("\t")([*headers, *rows] if found[0] == HEADERS[0] else found))
    )
    assert [(dict(row.cells), row.placement) for row in report.applications] == [({}, "unplaced")] * 3
    told = [problem.message.en for problem in report.problems if problem.code == "row_unplaced"]
    assert ["names 总计 first" in words for words in told] == [True] * 3


def test_a_total_first_that_the_figures_do_not_bear_out_is_a_header_in_disorder(folder: Path) -> None:
    headers = [HEADERS[0], ["总计", "自然人", "法人或其他组织"], HEADERS[2]]
    rows = [[label, "1", "2", "3", "4", "5", "6", "21"] for label in LABELS]
    report = read_text(
        folder, tables_report(lambda found: joined("\t")([*headers, *rows] if found[0] == HEADERS[0] else found))
    )
    expected = dict(zip(forms.APPLICATION_COLUMNS, (1, 2, 3, 4, 5, 6, 21), strict=True))
    assert [(dict(row.cells), row.placement) for row in report.applications] == [(expected, "printed")] * 3


@pytest.mark.parametrize(
    ("rows", "placed"),
    [
        pytest.param([(2, 0, 0, 0, 0, 0, 2)] * 3, True, id="a sum either way"),
        pytest.param([(0, 0, 0, 0, 0, 0, 0)] * 3, True, id="zeros"),
        pytest.param([(21, 1, 2, 3, 4, 5, 6), (2, 0, 0, 0, 0, 0, 2), (0,) * 7], False, id="one row bears it out"),
        pytest.param([(2, 0, 0, 0, 0, 0, 2), (0,) * 7, (21, 1, 2, 3, 4, 5, 6)], False, id="the last row bears it out"),
        pytest.param([(1, 2, 3, 4, 5, 6, 21), (2, 0, 0, 0, 0, 0, 2), (0,) * 7], True, id="no row bears it out"),
        pytest.param([(1, 2, 3, 4, 5, 6, 22), (2, 0, 0, 0, 0, 0, 2), (0,) * 7], True, id="a total that is wrong"),
        pytest.param([(22, 1, 2, 3, 4, 5, 6), (2, 0, 0, 0, 0, 0, 2), (0,) * 7], True, id="a sum that is none"),
    ],
)
def test_a_header_that_begins_with_the_total_is_believed_if_one_row_bears_it_out(
    folder: Path, rows: list[tuple[int, ...]], placed: bool
) -> None:
    headers = [HEADERS[0], ["总计", "自然人", "法人或其他组织"], HEADERS[2]]
    lines = [[label, *map(str, row)] for label, row in zip(LABELS, rows, strict=True)]
    report = read_text(
        folder, tables_report(lambda found: joined("\t")([*headers, *lines] if found[0] == HEADERS[0] else found))
    )
    expected = [
        (dict(zip(forms.APPLICATION_COLUMNS, row, strict=True)), "printed") if placed else ({}, "unplaced")
        for row in rows
    ]
    assert [(dict(row.cells), row.placement) for row in report.applications] == expected


@pytest.mark.parametrize(
    ("row", "placed"),
    [
        ("3 1 2 / / / /", False),
        ("1 2 / / / / 3", True),
        ("3 1 2", True),
    ],
)
def test_blanks_are_nothing_and_a_short_row_tells_nothing_of_a_total_that_stands_first(
    folder: Path, row: str, placed: bool
) -> None:
    headers = [HEADERS[0], ["总计", "自然人", "法人或其他组织"], HEADERS[2]]
    whole = ["1", "2", "3", "4", "5", "6", "21"]
    first, *others = LABELS
    lines = [[first, *row.split()], *([label, *whole] for label in others)]
    report = read_text(
        folder, tables_report(lambda found: joined("\t")([*headers, *lines] if found[0] == HEADERS[0] else found))
    )
    expected = dict(zip(forms.APPLICATION_COLUMNS, (1, 2, 3, 4, 5, 6, 21), strict=True)) if placed else {}
    assert [dict(row.cells) for row in report.applications[1:]] == [expected] * 2


@pytest.mark.parametrize(("printed", "negative"), [("-3", True), ("0.5", False), ("三", False)])
def test_why_a_cell_is_no_count_is_said(folder: Path, printed: str, negative: bool) -> None:
    lines = [[label, printed, "2", "3", "4", "5", "6", "21"] for label in LABELS]
    report = read_text(
        folder, tables_report(lambda found: joined("\t")([*HEADERS, *lines] if found[0] == HEADERS[0] else found))
    )
    told = [problem.message.en for problem in report.problems if problem.code == "no_count"]
    assert len(told) == len(LABELS)
    assert all(("below 0" in message) == negative for message in told)


def test_a_label_in_a_column_three_glyphs_wide(folder: Path) -> None:
    label = "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"
    lines = "\n".join(label[at : at + 3] for at in range(0, len(label), 3))
    text = tables_report(joined("\n")).replace("（七）总计\n", f"{lines}\n2 0 0 1 1 0 4\n（七）总计\n")
    rows = {row.item: row.get("total") for row in read_text(folder, text).applications}
    assert rows["other_uncorrected"] == 4


@pytest.mark.parametrize("label", ["一、本年新收政府信息公开申请数量", "(一)予以公开"])
def test_a_figure_behind_a_tab_never_joins_one_before_a_pipe(folder: Path, label: str) -> None:
    """12 and 0 on two lines are two figures, whatever closes the second: never 120."""
    text = f"东明县人民政府2022年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n\t{label}\t12\n0 | 3 |\n"
    report = read_text(folder, text)
    assert "120" not in {cell for row in report.applications for cell in (*row.printed, *row.unplaced)}
    assert 120 not in {count for row in report.applications for _, count in row.cells}
