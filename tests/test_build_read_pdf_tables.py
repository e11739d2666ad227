"""Tables of PDF files without column lines, fonts that mislead, figures set wide, two pages on one sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from build import forms
from build.document import Document, Grid
from build.errors import ReadError
from build.limits import Limits
from build.parse.values import read_value
from build.readers.pdf import read as read_pdf
from build.reading.read import read
from build.report import Problem, Report
from tests.render import Figures, Options
from tests.render.figures import Cells, Printed, application_items, disclosure_cells, with_totals
from tests.render.grids import report_parts
from tests.render.pdf import convert_office, line, require, ruled, say, write_pdf
from tests.render.pdf_tables import Style, printed_report
from tests.render.word import report_docx
from tests.test_build_text_layouts import assert_figures

QUICK = settings(
    max_examples=1,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
)
STYLES = [
    Style(borders, set_to, centred)
    for borders in ("none", "horizontal", "three", "full")
    for set_to, centred in (("top", False), ("middle", True), ("middle", False), ("bottom", False))
]


def named(style: Style) -> str:
    """A name for a style of tables."""
    return f"{style.borders}-{style.set_to}-{'centred' if style.centred else 'left'}"


@st.composite
def small_figures(draw: st.DrawFn, form: str) -> Figures:
    """Figures that fit into one line of a narrow column; R1 to R4 hold."""
    counts = st.integers(0, 480)
    names = [column.code for column in forms.APPLICANTS]
    items = application_items(form)
    row = st.fixed_dictionaries({name: st.one_of(st.just(0), st.integers(0, 60)) for name in names})
    results = {item: draw(row) for item in items if item in forms.RESULT_ITEMS}
    rows = with_totals(results, draw(row), draw(row))
    reviews: dict[str, Cells] = {}
    for channel in forms.REVIEW_CHANNELS:
        outcomes = {column.code: draw(st.integers(0, 90)) for column in forms.REVIEW_OUTCOMES}
        reviews[channel.code] = {**outcomes, forms.TOTAL.code: sum(outcomes.values())}
    cells = {}
    for item, measure in disclosure_cells(form):
        count = draw(counts)
        cells[item, measure] = (
            Printed("0", amount_wan=Decimal(0)) if measure == "amount" else Printed(str(count), count)
        )
    return Figures(
        agency="东明县人民政府",
        year=2020 if form == forms.FORM_2019 else 2023,
        form=form,
        applications={item: rows[item] for item in items},
        disclosures=cells,
        reviews=reviews,
        unit_in_header=True,
    )


def read_report(data: bytes, folder: Path) -> Report:
    """The one report in a file."""
    path = folder / "report"
    path.write_bytes(data)
    (report,) = read(path, path.name, Limits())
    assert isinstance(report, Report), report
    return report


def document_of(*operators: str, size: tuple[float, float] = (400, 300)) -> Document:
    (document,) = read_pdf(write_pdf([operators], size), Limits())
    return document


def grid_texts(document: Document) -> list[list[list[str | None]]]:
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    return [[[cell.text if cell else None for cell in row] for row in grid.matrix()] for grid in grids]


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for one test."""
    return tmp_path_factory.mktemp("pdf-tables")


# Whole reports -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [forms.FORM_2019, forms.FORM_2021])
@pytest.mark.parametrize("style", STYLES, ids=named)
@given(data=st.data())
@QUICK
def test_figures_come_back_whatever_lines_a_table_has(
    folder: Path, style: Style, form: str, data: st.DataObject
) -> None:
    truth = data.draw(small_figures(form))
    report = read_report(printed_report(report_parts(truth, Options()), style), folder)
    assert_figures(report, truth)


@pytest.mark.parametrize("height", [400, 460])
def test_tables_without_lines_go_on_over_page_ends(folder: Path, height: int) -> None:
    truth = fixed_figures()
    style = Style("none", height=height)
    assert_figures(read_report(printed_report(report_parts(truth, Options()), style), folder), truth)


def test_a_heading_that_begins_above_the_labels_heads_its_figures_alone(folder: Path) -> None:
    """Wider than its column, and of two lines: the second stands above the figures alone."""
    middles = range(180, 460, 40)
    heads = ("自然人", "企业", "科研", "公益", "法律", "其他", "总计")
    rows = {
        "received": ("一、本年新收", (9, 0, 1, 0, 0, 2, 12)),
        "brought_forward": ("二、上年结转", (1, 0, 0, 0, 0, 0, 1)),
        "granted": ("(一)予以公开", (8, 0, 1, 0, 0, 2, 11)),
        "closed": ("(七)总计", (10, 0, 1, 0, 0, 2, 13)),
    }

    def set_to_middle(texts: Sequence[str], y: float) -> Iterator[str]:
        for x, text in zip(middles, texts, strict=True):
            width = 4 * len(text) if text.isdigit() else 8 * len(text)
            yield say(x - width / 2, y, text, 8)

    printed = [
        say(60, 740, "东明县人民政府2020年政府信息公开工作年度报告", 12),
        say(60, 710, "三、收到和处理政府信息公开申请情况", 12),
        *set_to_middle(heads, 692),
        *set_to_middle(["数"] * len(heads), 682),
        *(
            operator
            for at, (label, counts) in enumerate(rows.values())
            for operator in (say(60, 668 - 16 * at, label, 8), *set_to_middle([*map(str, counts)], 668 - 16 * at))
        ),
    ]
    report = read_report(write_pdf([printed], (600, 800)), folder)
    assert {row.item: tuple(count for _, count in row.cells) for row in report.applications} == {
        item: counts for item, (_, counts) in rows.items()
    }


def test_tables_as_libreoffice_prints_them_without_borders_lose_no_figure(folder: Path) -> None:
    require("soffice")
    truth = fixed_figures()
    source = folder / "report.docx"
    source.write_bytes(report_docx(truth, Options()))
    assert_figures(read_report(convert_office(source, folder), folder), truth)


def fixed_figures() -> Figures:
    """Figures of a report on the form of 2021, the same in every run."""
    names = [column.code for column in forms.APPLICANTS]
    items = application_items(forms.FORM_2021)
    results = [item for item in items if item in forms.RESULT_ITEMS]
    parts = {item: {names[at % 6]: 3 + 2 * at, names[(at + 2) % 6]: at % 5} for at, item in enumerate(results)}
    rows = with_totals(parts, {names[0]: 4}, {names[0]: 9, names[1]: 2})
    reviews: dict[str, Cells] = {}
    for at, channel in enumerate(forms.REVIEW_CHANNELS):
        outcomes = {column.code: (7 * at + 3 * place) % 11 for place, column in enumerate(forms.REVIEW_OUTCOMES)}
        reviews[channel.code] = {**outcomes, forms.TOTAL.code: sum(outcomes.values())}
    cells = {
        cell: Printed("0", amount_wan=Decimal(0)) if cell[1] == "amount" else Printed(str(37 * at + 2), 37 * at + 2)
        for at, cell in enumerate(disclosure_cells(forms.FORM_2021))
    }
    applications = {item: rows[item] for item in items}
    return Figures("东明县人民政府", 2023, forms.FORM_2021, applications, cells, reviews, unit_in_header=True)


# Labels and figures without lines ------------------------------------------------------------------------------------

COLUMNS = (200, 240, 280, 320)


def row(y: float, label: str, values: Sequence[str], x: float = 50) -> list[str]:
    """A label and a figure a column; an empty one prints nothing."""
    figures = [say(at, y, value) for at, value in zip(COLUMNS, values, strict=False) if value]
    return [*([say(x, y, label)] if label else []), *figures]


def test_a_label_of_many_lines_belongs_to_the_row_with_which_its_first_line_is_level() -> None:
    words = [*row(250, "1.申请人", "4016"), say(50, 237, "逾期不补"), say(50, 224, "正的申请")]
    words += [*row(198, "2.重复", "5203"), say(50, 185, "申请"), *row(159, "3.其他", "6112")]
    (grid,) = grid_texts(document_of(*words))
    assert grid == [["1.申请人逾期不补正的申请", *"4016"], ["2.重复申请", *"5203"], ["3.其他", *"6112"]]


def test_a_row_whose_label_is_nowhere_level_leaves_lines() -> None:
    words = [*row(250, "公开", "4016"), *row(218, "其他", "5203"), *row(186, "", "6112"), say(50, 178, "处理")]
    document = document_of(*words)
    assert not grid_texts(document)
    assert "处理\t6" not in document.text


def test_a_group_label_beside_its_rows_is_no_part_of_their_labels() -> None:
    words = [say(30, 234, "(四)无"), say(30, 221, "法提供")]
    for number, label in enumerate(("1.没有掌握", "2.没有现成", "3.仍不明确")):
        words += row(247 - 20 * number, label, "7" * 4, x=90)
    (grid,) = grid_texts(document_of(*words))
    assert [cells[1:] for cells in grid if "7" in cells] == [
        ["1.没有掌握", *"7777"],
        ["2.没有现成", *"7777"],
        ["3.仍不明确", *"7777"],
    ]
    assert [cells[0] for cells in grid if cells[0]] == ["(四)无法提供"]


def test_a_frame_and_lines_between_rows_alone_make_no_one_column_table() -> None:
    rules = [line(40, y, 360, y) for y in (265, 240, 215, 190)]
    sides = [line(x, 190, x, 265) for x in (40, 360)]
    words = [*row(248, "规章", "4016"), *row(223, "文件", ["5", "", "0", "3"]), *row(198, "其他", "6112")]
    (grid,) = grid_texts(document_of(*rules, *sides, *words))
    assert grid == [["规章", *"4016"], ["文件", "5", "", "0", "3"], ["其他", *"6112"]]


def test_a_single_row_is_a_table_only_under_a_header_word_for_each_figure() -> None:
    places = range(40, 400, 60)
    header = [
        say(x, 200, word) for x, word in zip(places, ("维持", "纠正", "其他", "未结", "总计", "合计"), strict=True)
    ]
    figures = [say(x, 170, value) for x, value in zip(places, "50319", strict=False)]
    assert grid_texts(document_of(*header, *figures, say(340, 170, "18")))[0][-1] == [*"50319", "18"]
    assert not grid_texts(document_of(*header[1:], *figures, say(340, 170, "18")))


def test_a_figure_in_two_lines_set_to_the_middle_of_its_row_is_one() -> None:
    words = [*row(250, "1.公开", ["4016", "0", "18", "9"]), *row(210, "2.其他", ["", "31", "5", "7"])]
    words += [say(200, 216.5, "5203"), say(205, 203.5, "77"), *row(170, "3.处理", "6112")]
    (grid,) = grid_texts(document_of(*words))
    assert grid[1] == ["2.其他", "520377", "31", "5", "7"]


def test_the_first_line_of_figures_cut_by_their_cells_is_never_published_alone(folder: Path) -> None:
    words = [*row(250, "一、本年新收", ["2784", "2472", "3231", "8487"]), *row(237, "申请的数量", ["9", "5", "8", "2"])]
    words += [*row(224, "二、上年", ["12", "0", "3", "15"]), *row(211, "三、结转", ["1", "0", "3", "4"])]
    document = document_of(*words)
    assert "2784 9" in document.text
    assert "cut_figures" in [notice.code for notice in document.notices]
    assert read_value("2784 9").kind == "text"


# Figures set wide ----------------------------------------------------------------------------------------------------

WIDE_GRID = ruled((50, 150, 250, 350), (60, 90, 120))


def wide(x: float, y: float, digits: str, pitch: float = 10) -> list[str]:
    """A figure set wide: each digit by itself, ``pitch`` points apart."""
    return [say(x + pitch * number, y, digit) for number, digit in enumerate(digits)]


def wide_cells(*figures: Sequence[str]) -> list[str | None]:
    words = [word for figure in figures for word in figure]
    (grid,) = grid_texts(document_of(*WIDE_GRID, say(60, 70, "规章"), say(60, 100, "数量"), *words))
    return [*grid[0][1:], *grid[1][1:]]


def test_a_figure_set_wide_between_column_lines_is_one() -> None:
    assert wide_cells(wide(160, 70, "48213"), [say(260, 70, "7")]) == ["", "", "48213", "7"]


def test_two_digits_set_wide_are_one_figure_where_another_shows_the_same_gap() -> None:
    assert wide_cells(wide(160, 70, "48213"), wide(260, 70, "12")) == ["", "", "48213", "12"]
    assert wide_cells(wide(160, 70, "48"), wide(260, 70, "12")) == ["", "", "4 8", "1 2"]


@pytest.mark.parametrize(
    "figure",
    [
        wide(160, 70, "0012"),
        [*wide(160, 70, "48"), say(184, 70, "21")],
        [say(160, 70, "4 8 2 1 3")],
    ],
    ids=["zero-first", "uneven-gaps", "typed-spaces"],
)
def test_digits_that_nothing_proves_to_be_one_figure_stay_apart(figure: list[str]) -> None:
    text = wide_cells(figure)[2]
    assert text is not None
    assert read_value(text).kind == "text"


def test_digits_of_columns_without_lines_between_never_join() -> None:
    words = [say(50, 200 - 16 * at, label) for at, label in enumerate(("规章", "文件", "其他"))]
    words += [digit for at in range(3) for digit in wide(150, 200 - 16 * at, "483", 11)]
    assert "483" not in document_of(*words).text


# Fonts ---------------------------------------------------------------------------------------------------------------

GLYPH_NUMBERS = {digit: chr(0x13 + int(digit)) for digit in "0123456789"}
"""A table that names glyph numbers where it should name characters: 0 stands at 19."""


def test_digits_without_characters_are_no_blanks(folder: Path) -> None:
    words = [say(60, 100, "本年处理决定的数量共有"), say(60, 70, "行政许可"), say(160, 70, "48"), say(260, 70, "7")]
    words.append(say(20, 200, "本年的公开工作按计划推进各科室核对栏目并按季自查汇总"))
    (document,) = read_pdf(write_pdf([[*WIDE_GRID, *words]], unicode_map=GLYPH_NUMBERS), Limits())
    cells = [cell for table in grid_texts(document) for cell in table[-1]]
    assert cells == ["行政许可", "\ufffd\ufffd", "\ufffd"]
    assert {"mojibake", "damaged_characters"} <= {notice.code for notice in document.notices}
    assert all(read_value(cell or "").kind == "text" for cell in cells[1:])


def test_a_file_most_of_whose_figures_have_no_characters_is_refused() -> None:
    words = [say(50, 200 - 16 * at, f"规章{'0123456789'[at:]}") for at in range(6)]
    with pytest.raises(ReadError) as caught:
        read_pdf(write_pdf([words], unicode_map=GLYPH_NUMBERS), Limits())
    assert caught.value.code == "mojibake"


def test_upright_text_of_a_scaled_font_stays_in_its_cell() -> None:
    """The size in the file is 200, scaled to 10 points: pdfium's box of such a glyph is 200 points high."""
    upright = f"BT /V 200 Tf 0.05 0 0 0.05 70 145 Tm <{'办理结果'.encode('utf-16-be').hex()}> Tj ET"
    lines = [*ruled((50, 90), (60, 150)), *ruled((90, 200, 300), (60, 90, 120, 150))]
    words = [say(100, y, label) for y, label in ((130, "予以公开"), (100, "部分公开"), (70, "不予公开"))]
    (grid,) = grid_texts(document_of(*lines, upright, *words, *(say(210, y, "5") for y in (130, 100, 70))))
    assert grid == [["办理结果", "予以公开", "5"], ["办理结果", "部分公开", "5"], ["办理结果", "不予公开", "5"]]


# Several pages on one sheet ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("corners", "height"),
    [(["0 0", "400 0"], 300), (["0 300", "0 0"], 600), (["0 300", "400 300", "0 0", "400 0"], 600)],
)
def test_pages_on_one_sheet_are_read_one_after_the_other(corners: Sequence[str], height: int) -> None:
    page = " ".join([say(40, 250, "一、总体情况"), say(40, 225, "全年公开工作平稳。"), say(40, 200, "二、公开数量")])
    sheet = [f"q 1 0 0 1 {corner} cm /Fm Do Q" for corner in corners]
    (document,) = read_pdf(write_pdf([sheet], (800, height), form=page), Limits())
    assert document.text.split("\n") == ["一、总体情况", "全年公开工作平稳。", "二、公开数量"] * len(corners)


# Reasons -------------------------------------------------------------------------------------------------------------


def test_a_missing_table_whose_labels_are_there_is_not_called_a_picture(folder: Path) -> None:
    text = ["东明县人民政府2023年政府信息公开工作年度报告", "三、收到和处理政府信息公开申请情况"]
    path = folder / "report"
    path.write_bytes(write_pdf([[say(40, 700 - 30 * at, line) for at, line in enumerate(text)]], (600, 800)))
    (picture,) = read(path, path.name, Limits())
    words = [*text, "结果维持", "结果纠正", "其他结果", "尚未审结"]
    path.write_bytes(write_pdf([[say(40, 700 - 30 * at, line) for at, line in enumerate(words)]], (600, 800)))
    (labelled,) = read(path, path.name, Limits())
    assert "may be a picture" in missing(picture, "section 四")
    assert "may be a picture" not in missing(labelled, "section 四")
    assert "结果维持" in missing(labelled, "section 四")
    assert "may be a picture" in missing(labelled, "section 二")


def missing(report: Report | Problem, section: str) -> str:
    """Why a report says that a table is missing."""
    assert isinstance(report, Report), report
    (message,) = [p.message.en for p in report.problems if p.code == "tables_missing" and section in p.message.en]
    return message
