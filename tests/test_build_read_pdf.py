"""The PDF reader: grids equal cell for cell to the tables printed, however pages end, turn or are put together."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from build.document import Document, Grid, Paragraph
from build.errors import ReadError
from build.limits import Limits
from build.parse.values import read_value
from build.readers import read_documents
from build.readers.pdf import read
from tests.render.office import convert
from tests.render.pdf import (
    Row,
    applications_table,
    disclosures_table,
    encrypted_pdf,
    expanded,
    line,
    page_html,
    print_html,
    require,
    reviews_table,
    ruled,
    say,
    shared_page_pdf,
    table_html,
    write_docx,
    write_pdf,
)

LIMITS = Limits()
SECTIONS = ("二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、复议诉讼情况", "五、存在问题")
SECTION_THREE_WIDTHS = (30, 60, 200, 50, 50, 50, 50, 50, 50, 50)
PRINTED = ("", "0", "12", "345", "0", "7", "10086")


def figure(item: str, column: str) -> str:
    """A figure for each cell, blanks among them, the same in every run."""
    return PRINTED[(sum(map(ord, item)) + 3 * sum(map(ord, column))) % len(PRINTED)]


def statutory_tables(form: str) -> list[list[Row]]:
    return [disclosures_table(form, figure), applications_table(form, figure), reviews_table(figure)]


def report_body(form: str, head: int = 0) -> str:
    tables = statutory_tables(form)
    shown = [
        table_html(tables[0]),
        table_html(tables[1], SECTION_THREE_WIDTHS, head),
        table_html(tables[2]),
        "<p>公开渠道还不够多。</p>",
    ]
    return "<h1>某某市2021年年度报告</h1>" + "".join(f"<h2>{t}</h2>{s}" for t, s in zip(SECTIONS, shown, strict=True))


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def texts(grid: Grid) -> list[list[str | None]]:
    return [[cell.text if cell else None for cell in row] for row in grid.matrix()]


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def assert_positions(document: Document) -> None:
    for block in document.blocks:
        for part in block.cells if isinstance(block, Grid) else (block,):
            assert document.text[part.start : part.end] == part.text


def assert_report(document: Document, form: str) -> None:
    """All three tables cell for cell, and nothing else but the title, the section titles and one paragraph."""
    assert [texts(grid) for grid in grids(document)] == [expanded(table) for table in statutory_tables(form)]
    assert paragraphs(document) == ["某某市2021年年度报告", *SECTIONS, "公开渠道还不够多。"]
    assert_positions(document)


def read_one(data: bytes, limits: Limits = LIMITS, ocr: bool = False) -> Document:
    (document,) = read(data, limits, ocr)
    return document


def read_page(*operators: str, size: tuple[float, float] = (400, 300)) -> Document:
    return read_one(write_pdf([operators], size))


def read_error(data: bytes, limits: Limits = LIMITS, ocr: bool = False) -> ReadError:
    with pytest.raises(ReadError) as caught:
        read(data, limits, ocr)
    assert caught.value.message.en
    return caught.value


# Reports printed by Chromium and LibreOffice -----------------------------------------------------------------------


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("height", [70, 93, 105, 154, 186, 297])
def test_statutory_tables_are_read_wherever_pages_end(form: str, height: int, tmp_path: Path) -> None:
    document = read_one(print_html(page_html(report_body(form), 180, height), tmp_path))
    assert document.format == "pdf"
    assert document.fact("title") == "年度报告"
    assert_report(document, form)


@pytest.mark.parametrize(("form", "height"), [("2019", 88), ("2021", 79), ("2019", 124)])
def test_header_rows_printed_again_on_each_page_are_read_once(form: str, height: int, tmp_path: Path) -> None:
    assert_report(read_one(print_html(page_html(report_body(form, head=3), 180, height), tmp_path)), form)


MARKS = ('"- " counter(page) " -"', '"第" counter(page) "页 共" counter(pages) "页"', "counter(page)")


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("height", [107, 116])
def test_page_marks_and_running_heads_stand_neither_in_tables_nor_in_text(
    mark: str, height: int, tmp_path: Path
) -> None:
    margins = f'@page {{ @bottom-center {{ content: {mark} }} @top-left {{ content: "某某市2021年年报" }} }}'
    document = read_one(print_html(page_html(report_body("2019"), 180, height, extra=margins), tmp_path))
    assert_report(document, "2019")


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_shown_turned_is_read_as_it_was_written(rotation: int, tmp_path: Path) -> None:
    opened = pdfium.PdfDocument(print_html(page_html(report_body("2021"), 180, 154), tmp_path))
    for page in opened:
        page.set_rotation(rotation)
    stream = io.BytesIO()
    opened.save(stream)
    assert_report(read_one(stream.getvalue()), "2021")


def test_prose_broken_over_lines_and_pages_is_joined_to_its_paragraphs(tmp_path: Path) -> None:
    prose = ["".join(f"第{n}句写到受理{n * 37}件,占{n}.5%。" for n in range(k, k + 14)) for k in range(1, 6)]
    body = "".join(f"<p>{text}</p>" for text in prose)
    document = read_one(print_html(page_html(body, 120, 110), tmp_path))
    assert paragraphs(document) == prose


def test_paragraphs_without_indent_are_told_by_the_space_between(tmp_path: Path) -> None:
    prose = ["".join(f"第{n}段的句子。" for _ in range(30)) for n in range(3)]
    body = "".join(f"<p>{text}</p>" for text in prose)
    style = "p { text-indent: 0; margin: 1em 0 }"
    assert paragraphs(read_one(print_html(page_html(body, 120, 200, extra=style), tmp_path))) == prose


CUT_BY_PAGE_ENDS = [("2019", 101), ("2021", 87), ("2021", 155)]
CUT_WITHIN_FIGURES = ("2019", 297)


@pytest.fixture(scope="module")
def word_made(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int], bytes]:
    """(form, height of the page in millimetres) → the PDF that LibreOffice makes of a Word file."""
    folder = tmp_path_factory.mktemp("word")
    made = [*CUT_BY_PAGE_ENDS, CUT_WITHIN_FIGURES]
    sources = [word_file(form, height, folder) for form, height in made]
    printed = convert(require("soffice"), sources, "pdf", folder)
    return {each: pdf.read_bytes() for each, pdf in zip(made, printed, strict=True)}


@pytest.mark.parametrize(("form", "height"), CUT_BY_PAGE_ENDS)
def test_tables_made_with_word_are_read_though_page_ends_cut_their_rows(
    form: str, height: int, word_made: dict[tuple[str, int], bytes]
) -> None:
    assert_report(read_one(word_made[form, height]), form)


def test_figures_that_a_page_end_cuts_in_two_are_no_figures(word_made: dict[tuple[str, int], bytes]) -> None:
    """The page ends within the figures of section four: 15 columns on A4 leave room for three digits a line."""
    *_, reviews = (block for block in read_one(word_made[CUT_WITHIN_FIGURES]).blocks if isinstance(block, Grid))
    wanted = expanded(statutory_tables("2019")[-1])[-1]
    assert "10086" in wanted
    cut = [cell.replace("10086", "100 86") for cell in wanted]
    assert [cell.text if cell else "" for cell in reviews.matrix()[-1]] == cut
    assert read_value("100 86").kind == "text"


def word_file(form: str, height: int, folder: Path) -> Path:
    """A report as a Word file on pages ``height`` millimetres high."""
    parts: list[str | list[Row]] = ["某某市2021年年度报告"]
    for title, table in zip(SECTIONS, statutory_tables(form), strict=False):
        parts += [title, table]
    source = folder / f"{form}-{height}.docx"
    write_docx(source, [*parts, SECTIONS[3], "公开渠道还不够多。"], height, (8, 18, 40, 15, 15, 15, 15, 15, 15, 14))
    return source


# Tables by their lines ---------------------------------------------------------------------------------------------

XS, YS = (50, 150, 200, 250, 300), (60, 90, 120, 150)
CELLS = {
    (60, 130): "信息内容",
    (155, 130): "本年制发",
    (205, 130): "本年废止",
    (255, 130): "现行有效",
    (60, 100): "规章",
    (160, 100): "3",
    (260, 100): "12",
    (60, 70): "规范性文件",
    (160, 70): "0",
    (210, 70): "4",
    (260, 70): "345",
}
MATRIX = [
    ["信息内容", "本年制发", "本年废止", "现行有效"],
    ["规章", "3", "", "12"],
    ["规范性文件", "0", "4", "345"],
]


def drawn(lines: Sequence[str]) -> list[str]:
    return [*lines, *(say(x, y, text) for (x, y), text in CELLS.items())]


def test_order_of_text_in_the_file_does_not_matter() -> None:
    operators = drawn(ruled(XS, YS))
    shuffle = random.Random(7).shuffle
    for _ in range(20):
        shuffle(operators)
        (grid,) = grids(read_page(*operators))
        assert texts(grid) == MATRIX


def test_figures_drawn_glyph_by_glyph_from_right_to_left_read_from_left_to_right() -> None:
    document = read_page(*ruled((50, 150, 200), (50, 80)), say(171, 60, "3"), say(166, 60, "2"), say(161, 60, "1"))
    assert texts(grids(document)[0]) == [["", "123"]]


def test_one_text_drawn_over_several_cells_is_parted_by_the_lines() -> None:
    document = read_page(*ruled((50, 72, 95, 115), (50, 80)), say(52, 60, "规章12"), say(98, 60, "7"))
    assert texts(grids(document)[0]) == [["规章", "12", "7"]]
    document = read_page(*ruled((50, 71, 76, 100), (50, 80)), say(52, 60, "规章1234"))
    assert texts(grids(document)[0]) == [["规章", "1", "234"]]


QUARTERS = ((0, 1, -1, 0, 300, 0), (-1, 0, 0, -1, 400, 300), (0, -1, 1, 0, 0, 400))


@pytest.mark.parametrize("matrix", QUARTERS)
def test_a_table_turned_on_its_page_is_read_along_its_text(matrix: tuple[int, ...]) -> None:
    turned = " ".join(map(str, matrix)) + " cm"
    size = (300, 400) if matrix[0] == 0 else (400, 300)
    document = read_page("q", turned, *drawn(ruled(XS, YS)), "Q", say(10, 10, "4"), size=size)
    assert [texts(grid) for grid in grids(document)] == [MATRIX]


def test_a_label_turned_on_its_side_is_read_along_its_direction() -> None:
    upwards = say(80, 60, "本年度结果", turn=(0, 1))
    document = read_page(*ruled((60, 100, 300), (50, 130)), upwards, say(120, 90, "自然人与法人的申请数量"))
    assert texts(grids(document)[0]) == [["本年度结果", "自然人与法人的申请数量"]]


def boxes(xs: Sequence[float], ys: Sequence[float], operator: str) -> list[str]:
    return [f"{x0} {y0} {x1 - x0} {y1 - y0} re {operator}" for x0, x1 in pairwise(xs) for y0, y1 in pairwise(ys)]


def thin_rectangles() -> list[str]:
    across = [f"{XS[0]} {y} {XS[-1] - XS[0]} 0.5 re f" for y in YS]
    return across + [f"{x} {YS[0]} 0.5 {YS[-1] - YS[0]} re f" for x in XS]


def pieces() -> list[str]:
    """Lines cut at every crossing, a dot at each, as Word writes them."""
    dots = [f"{x} {y} 0.5 0.5 re f" for x in XS for y in YS]
    across = [line(x0 + 0.5, y, x1, y) for x0, x1 in pairwise(XS) for y in YS]
    down = [line(x, y0 + 0.5, x, y1) for y0, y1 in pairwise(YS) for x in XS]
    return dots + across + down


def one_path() -> list[str]:
    return [*(text.removesuffix(" S") for text in ruled(XS, YS)), "S"]


def one_filled_path() -> list[str]:
    return [*(text.removesuffix(" f") for text in thin_rectangles()), "f"]


def scaled_lines() -> list[str]:
    inner = ruled([x / 2 for x in XS], [y / 2 for y in YS])
    return ["q 2 0 0 2 0 0 cm", *inner, "Q"]


def with_distractions() -> list[str]:
    """A shaded header, an underlined word, a white box without lines, a curve, an invisible clip."""
    return [
        "0.8 g 50 120 250 30 re f 0 g",
        *ruled(XS, YS),
        line(60, 98, 80, 98),
        "320 10 m 330 40 350 40 360 10 c S",
        "1 g 0 0 1 1 re f 0 g",
        "10 10 300 200 re W n",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        lambda: ruled(XS, YS),
        lambda: boxes(XS, YS, "S"),
        lambda: ["[3 2] 0 d", *ruled(XS, YS), "[] 0 d"],
        thin_rectangles,
        pieces,
        one_path,
        one_filled_path,
        scaled_lines,
        with_distractions,
    ],
)
def test_lines_are_seen_however_they_are_drawn(lines: Callable[[], list[str]]) -> None:
    assert [texts(grid) for grid in grids(read_page(*drawn(lines())))] == [MATRIX]


def test_a_table_drawn_within_a_form_is_read() -> None:
    content = "\n".join(drawn(ruled(XS, YS)))
    data = write_pdf([["q 1 0 0 1 20 30 cm /Fm Do Q"]], form=content)
    assert [texts(grid) for grid in grids(read_one(data))] == [MATRIX]


def test_places_without_a_line_between_are_one_merged_cell() -> None:
    lines = [line(50, y, 250, y) for y in (50, 140)] + [line(100, y, 250, y) for y in (80, 110)]
    lines += [line(x, 50, x, 140) for x in (50, 100, 250)] + [line(200, 50, 200, 110)]
    words = [say(52, 90, "分组"), say(130, 120, "横跨两列"), say(110, 90, "甲"), say(210, 90, "1"), say(110, 60, "乙")]
    (grid,) = grids(read_page(*lines, *words))
    spans = [(cell.text, cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells]
    assert spans == [
        ("分组", 0, 0, 3, 1),
        ("横跨两列", 0, 1, 1, 2),
        ("甲", 1, 1, 1, 1),
        ("1", 1, 2, 1, 1),
        ("乙", 2, 1, 1, 1),
        ("", 2, 2, 1, 1),
    ]


def test_cells_that_leave_no_rectangle_are_cut_into_rectangles() -> None:
    """The line between the lower places is missing and that below the left upper one too."""
    lines = [line(50, y, 150, y) for y in (50, 110)] + [line(100, 80, 150, 80)]
    lines += [line(x, 50, x, 110) for x in (50, 150)] + [line(100, 80, 100, 110)]
    document = read_page(*lines, say(60, 90, "甲"), say(110, 90, "1"), say(60, 60, "乙"), say(110, 60, "2"))
    assert texts(grids(document)[0]) == [["甲\n乙", "1"], ["甲\n乙", "2"]] or texts(grids(document)[0]) == [
        ["甲乙", "1"],
        ["甲乙", "2"],
    ]


def test_a_frame_round_text_is_no_table() -> None:
    document = read_page(*ruled((20, 380), (20, 280)), say(40, 200, "框内的一句话"), line(40, 195, 100, 195))
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["框内的一句话"]
    assert not grids(document)


def test_a_table_without_outer_sides_reaches_as_far_as_its_lines() -> None:
    lines = [line(50, y, 250, y) for y in (50, 80, 110)] + [line(150, 50, 150, 110)]
    document = read_page(*lines, say(60, 90, "规章"), say(160, 90, "3"), say(60, 60, "收费"), say(160, 60, "7"))
    assert texts(grids(document)[0]) == [["规章", "3"], ["收费", "7"]]


# The text of a cell ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["29550.", "7315"], "29550.7315"),
        (["1234567", "8"], "12345678"),
        (["本年新", "制作数量"], "本年新制作数量"),
        (["总", "计"], "总计"),
        (["251000", "元"], "251000元"),
        (["3", "0"], "3 0"),
        (["12", "+3"], "12 +3"),
        (["18", "(19年起)"], "18(19年起)"),
        (["Open", "data"], "Open data"),
        (["IPv6", "改造"], "IPv6改造"),
        (["1 234"], "1 234"),
    ],
)
def test_lines_of_a_cell_are_joined_as_one_value_or_kept_apart(lines: list[str], text: str) -> None:
    """The cell is 50 points wide, a figure 5: the first line of a figure that goes on is full, else it is another."""
    words = [say(155, 80 - 12 * number, shown) for number, shown in enumerate(lines)]
    document = read_page(*ruled((50, 150, 200), (50, 100)), say(60, 70, "标签"), *words)
    assert texts(grids(document)[0]) == [["标签", text]]


def test_figures_printed_twice_for_bold_are_read_once() -> None:
    words = [say(160.0 + shift, 60, "10086") for shift in (0, 0.4)] + [say(171, 61, "7")]
    document = read_page(*ruled((50, 150, 165, 200), (50, 80)), say(60, 60, "新收"), say(60.3, 60, "新收"))
    assert texts(grids(document)[0])[0][0] == "新收"
    assert texts(grids(read_page(*ruled((50, 150, 250), (50, 80)), *words[:2]))[0]) == [["", "10086"]]


@pytest.mark.parametrize(
    ("first", "second", "right", "up"),
    [
        ("12", "12", 6, 0),
        ("12", "12", 3, 1.5),
        ("7", "7", 3, 0),
        ("12", "34", 4, 0),
        ("316", "45", 12, 0),
    ],
)
def test_figures_printed_on_each_other_are_no_longer_figure(first: str, second: str, right: float, up: float) -> None:
    """A digit is 5 points wide."""
    words = [say(160, 60, first), say(160 + right, 60 + up, second)]
    assert texts(grids(read_page(*ruled((50, 150, 250), (50, 80)), *words))[0]) == [["", "〔不能确定〕"]]


@pytest.mark.parametrize(("second", "right"), [("34", 10), ("34", 9), ("4", 9.5)])
def test_figures_side_by_side_are_one(second: str, right: float) -> None:
    words = [say(160, 60, "12"), say(160 + right, 60, second)]
    assert texts(grids(read_page(*ruled((50, 150, 250), (50, 80)), *words))[0]) == [["", "12" + second]]


def test_upright_headers_of_section_four_are_words() -> None:
    glyphs = [say(60 + 30 * column, 100 - 12 * row, word[row]) for column, word in UPRIGHT for row in range(4)]
    figures = [say(60 + 30 * column, 40, str(column)) for column in range(4)]
    document = read_page(*ruled((50, 80, 110, 140, 170), (30, 55, 115)), *glyphs, *figures)
    assert texts(grids(document)[0]) == [[word for _, word in UPRIGHT], ["0", "1", "2", "3"]]


UPRIGHT = list(enumerate(("结果维持", "结果纠正", "其他结果", "尚未审结")))


# Tables without column lines ---------------------------------------------------------------------------------------

COLUMNS = (200, 240, 280, 320)


def unruled(rows: Sequence[tuple[str, Sequence[str]]], top: float = 200, pitch: float = 16) -> list[str]:
    """Rows of a label and one figure a column, blanks left out."""
    words: list[str] = []
    for number, (label, values) in enumerate(rows):
        y = top - number * pitch
        words.append(say(50, y, label))
        words += [say(x, y, value) for x, value in zip(COLUMNS, values, strict=False) if value]
    return words


def test_blanks_of_an_unruled_table_keep_their_places() -> None:
    rows = [("予以公开", "3004"), ("部分公开", ["", "12", "", "5"]), ("其他处理", ["7", "", "", "7"])]
    (grid,) = grids(read_page(*unruled(rows)))
    assert texts(grid) == [
        ["予以公开", "3", "0", "0", "4"],
        ["部分公开", "", "12", "", "5"],
        ["其他处理", "7", "", "", "7"],
    ]


def test_columns_that_no_row_fills_are_told_by_the_header() -> None:
    rows = [
        ("项目", ["自然", "企业", "其他", "总计"]),
        ("予以公开", ["3", "", "", "3"]),
        ("部分公开", ["1", "2", "", ""]),
    ]
    (grid,) = grids(read_page(*unruled(rows)))
    assert texts(grid) == [
        ["项目", "自然", "企业", "其他", "总计"],
        ["予以公开", "3", "", "", "3"],
        ["部分公开", "1", "2", "", ""],
    ]


def test_without_a_full_row_or_header_lines_stay_lines() -> None:
    rows = [("予以公开", ["3", "", "", "3"]), ("部分公开", ["", "2", "", "5"])]
    document = read_page(*unruled(rows))
    assert not grids(document)
    assert paragraphs(document) == ["予以公开\t3\t3", "部分公开\t2\t5"]


def test_figures_that_stand_between_columns_leave_lines() -> None:
    words = [*unruled([("予以公开", "3004"), ("部分公开", "1001")]), say(50, 168, "其他"), say(205, 168, "12345678901")]
    document = read_page(*words, say(280, 168, "3"))
    assert not grids(document)
    assert paragraphs(document)[0] == "予以公开\t3\t0\t0\t4"


def test_prose_round_an_unruled_table_stays_prose() -> None:
    words = [
        say(50, 250, "三、申请情况"),
        say(50, 230, "全年情况见下。"),
        *unruled([("公开", "3004"), ("其他", "1001")]),
    ]
    document = read_page(*words, say(50, 150, "四、复议诉讼"), say(50, 130, "全年没有复议。"))
    assert paragraphs(document) == ["三、申请情况", "全年情况见下。", "四、复议诉讼", "全年没有复议。"]
    assert [texts(grid) for grid in grids(document)] == [[["公开", "3", "0", "0", "4"], ["其他", "1", "0", "0", "1"]]]


def test_a_label_of_two_lines_with_its_figures_half_way_is_one_row() -> None:
    words = [*unruled([("公开", "3004")], top=220), say(50, 200, "要求确认或"), say(50, 189, "重新出具信息")]
    words += [say(x, 194.5, value) for x, value in zip(COLUMNS, "1001", strict=True)]
    document = read_page(*words, *unruled([("其他", "2002")], top=160))
    assert texts(grids(document)[0]) == [
        ["公开", "3", "0", "0", "4"],
        ["要求确认或重新出具信息", "1", "0", "0", "1"],
        ["其他", "2", "0", "0", "2"],
    ]


def test_group_labels_beside_item_labels_are_a_column() -> None:
    words = [say(50, 200, "不予公开"), say(110, 200, "国家秘密"), say(110, 184, "其他法律"), say(50, 168, "其他处理")]
    words += [say(x, 200 - 16 * row, "1") for row in range(3) for x in COLUMNS]
    (grid,) = grids(read_page(*words))
    assert [row[:3] for row in texts(grid)] == [
        ["不予公开", "国家秘密", "1"],
        ["", "其他法律", "1"],
        ["其他处理", "", "1"],
    ]


def test_labels_in_each_others_way_are_joined_and_leave_the_figures_in_their_columns() -> None:
    words = [say(50, 200, "三"), say(75, 200, "予以公开"), say(50, 184, "、部分公开"), say(50, 168, "其他处理情况")]
    words += [say(x, 200 - 16 * row, "1") for row in range(3) for x in COLUMNS[row:]]
    (grid,) = grids(read_page(*words))
    assert [list(row[-4:]) for row in texts(grid)] == [
        ["1", "1", "1", "1"],
        ["", "1", "1", "1"],
        ["", "", "1", "1"],
    ]


@pytest.mark.parametrize("label", ["申请数量", ""])
def test_a_figure_of_an_unruled_table_that_may_go_on_in_the_next_line_is_no_figure(label: str) -> None:
    """Without lines nothing tells whether 4207 and 35 are one figure or two: neither may be published."""
    rows = [
        ("全年新收", ["4207", "0", "18", "9"]),
        (label or " ", ["35", "", "", ""]),
        ("其他处理", ["3", "0", "1", "2"]),
    ]
    (grid,) = grids(read_page(*unruled(rows)))
    assert texts(grid) == [[f"全年新收{label}", "4207 35", "0", "18", "9"], ["其他处理", "3", "0", "1", "2"]]
    assert read_value("4207 35").kind == "text"


def test_a_figure_below_a_group_label_between_is_joined_to_the_row_it_may_belong_to() -> None:
    words = [*unruled([("国家秘密", ["4207", "0", "18", "9"]), ("之类", ["35", "", "", ""])]), say(20, 192, "理")]
    document = read_page(*words, *unruled([("其他处理", ["3", "0", "1", "2"])], top=160))
    assert "4207 35" in document.text
    assert not any(cell.text in {"4207", "35"} for grid in grids(document) for cell in grid.cells)


@pytest.mark.parametrize(
    "rows",
    [
        [("规章", ["1114", "4647", "6300", "25"]), ("文件", ["411", "690", "2317", "7"])],
        [("规章", ["1114", "4647", "6300", "25"]), ("(二)文件", ["411", "", "", ""]), ("其他", ["3", "0", "1", "2"])],
        [("规章", ["11", "4647", "6300", "25"]), ("文件", ["4", "", "", ""]), ("其他", ["3", "0", "1", "2"])],
        [("规章", ["111", "4647", "6300", "25"]), ("文件", ["4", "", "", ""]), ("其他", ["41200", "0", "1", "2"])],
    ],
)
def test_rows_of_an_unruled_table_stay_rows_where_no_figure_goes_on(rows: list[tuple[str, list[str]]]) -> None:
    """A full row, a numbered label, a short figure, or a wider one in the column: each tells that the row ends."""
    (grid,) = grids(read_page(*unruled(rows)))
    assert texts(grid) == [[label, *values] for label, values in rows]


@pytest.mark.parametrize("matrix", [(1, 0, 0, 1, 0, 0), *QUARTERS])
def test_figures_of_two_columns_that_nearly_touch_are_not_one(matrix: tuple[int, ...]) -> None:
    turned = " ".join(map(str, matrix)) + " cm"
    words = [say(50, 200, "新收"), say(100, 200, "1842170"), say(137, 200, "4"), say(200, 200, "79")]
    size = (300, 400) if matrix[0] == 0 else (400, 300)
    document = read_page("q", turned, *words, "Q", size=size)
    assert "1842170 4" in document.text
    assert "18421704" not in document.text


def test_header_words_over_several_columns_span_them() -> None:
    rows = [("项目", ["甲", "乙", "丙", "丁"]), ("公开", "3004"), ("其他", "1001")]
    (grid,) = grids(read_page(say(240, 216, "法人或其他组织"), *unruled(rows)))
    assert [(cell.text, cell.column, cell.column_span) for cell in grid.cells if cell.row == 0 and cell.text] == [
        ("法人或其他组织", 2, 2)
    ]


def test_horizontal_lines_alone_bound_rows() -> None:
    rules = [line(40, y, 360, y) for y in (215, 180, 145, 110)]
    words = [say(50, 200, "要求行政"), say(50, 188, "机关确认"), say(50, 165, "重复"), say(50, 125, "其他")]
    words += [say(x, y, "8") for y in (200, 165, 125) for x in COLUMNS]
    (grid,) = grids(read_page(*rules, *words))
    assert texts(grid) == [["要求行政机关确认", *"8888"], ["重复", *"8888"], ["其他", *"8888"]]


# Tables over page ends ---------------------------------------------------------------------------------------------


def two_pages(first: Sequence[str], second: Sequence[str]) -> Document:
    return read_one(write_pdf([first, second], (400, 300)))


def test_tables_with_other_columns_on_the_next_page_stay_two() -> None:
    first = [*ruled((50, 150, 250), (40, 70)), say(60, 50, "规章"), say(160, 50, "3")]
    second = [*ruled((50, 120, 180, 250), (230, 260)), say(60, 240, "许可"), say(130, 240, "7")]
    assert [texts(grid) for grid in grids(two_pages(first, second))] == [[["规章", "3"]], [["许可", "7", ""]]]


def test_a_paragraph_between_parts_two_tables() -> None:
    first = [*ruled((50, 150, 250), (40, 70)), say(60, 50, "规章"), say(160, 50, "3")]
    second = [*ruled((50, 150, 250), (190, 220)), say(60, 200, "许可"), say(160, 200, "7")]
    assert len(grids(two_pages(first, [*second, say(50, 240, "下表另计")]))) == 2
    (grid,) = grids(two_pages(first, [*second, say(50, 240, "(续表)")]))
    assert texts(grid) == [["规章", "3"], ["许可", "7"]]


def test_rows_stay_two_where_a_page_end_takes_the_line_between() -> None:
    first = [
        line(50, 70, 250, 70),
        *(line(x, 40, x, 70) for x in (50, 150, 250)),
        say(60, 50, "规章"),
        say(160, 50, "3"),
    ]
    second = [line(50, 230, 250, 230), *(line(x, 230, x, 260) for x in (50, 150, 250))]
    document = two_pages(first, [*second, say(60, 240, "许可"), say(160, 240, "7")])
    assert texts(grids(document)[0]) == [["规章", "3"], ["许可", "7"]]


def test_a_blank_value_behind_a_page_end_stays_blank() -> None:
    first = [*ruled((50, 150, 250), (40, 70)), say(60, 50, "规章"), say(160, 50, "3")]
    second = [*ruled((50, 150, 250), (230, 260)), say(60, 240, "许可")]
    assert texts(grids(two_pages(first, second))[0]) == [["规章", "3"], ["许可", ""]]


NARROW = (50, 150, 178, 206)


@pytest.mark.parametrize("bordered", [True, False])
def test_a_figure_that_a_page_end_may_cut_is_no_figure(bordered: bool) -> None:
    """Four glyphs of 5 points do not fit into 28 less the padding: neither 1008 nor 6 may be published, nor 10086."""
    first = [line(50, 70, 206, 70), *(line(x, 54, x, 70) for x in NARROW)]
    second = [line(50, 240, 206, 240), *(line(x, 240, x, 260) for x in NARROW)]
    if bordered:
        first.append(line(50, 54, 206, 54))
        second.append(line(50, 260, 206, 260))
    first += [say(60, 58, "规章"), say(152, 58, "1008"), say(190, 58, "3")]
    (grid,) = grids(two_pages(first, [*second, say(152, 247, "6")]))
    assert texts(grid) == [["规章", "1008 6", "3"]]
    assert read_value("1008 6").kind == "text"


@pytest.mark.parametrize(
    ("before", "behind", "label"),
    [
        ([say(52, 44, "办理行")], [say(52, 248, "政事项")], ["办理行政事项", "办理行政事项"]),
        ([say(52, 44, "结"), say(72, 44, "公开")], [say(52, 249, "果"), say(52, 238, "表")], ["结果表", "公开"]),
    ],
)
def test_a_figure_cut_by_a_page_end_is_no_figure_beside_a_label_that_goes_on(
    before: list[str], behind: list[str], label: list[str]
) -> None:
    """Three glyphs of 5 points fill a column of 28, so 123 and 45 may be one figure: the row has none."""
    inner = [70] if label[0] != label[1] else []
    xs = (50, *inner, 100, 128)
    first = [*ruled(xs, (40, 56)), *before, say(102, 44, "123")]
    second = [*ruled(xs, (234, 260)), *behind, say(102, 248, "45")]
    assert texts(grids(two_pages(first, second))[0]) == [[*label[: len(xs) - 2], "123 45"]]


def test_a_figure_of_two_lines_behind_a_page_end_is_no_part_of_the_upright_header_before_it() -> None:
    first = [*ruled((50, 80, 130), (40, 100)), line(80, 70, 130, 70), say(90, 80, "诉讼"), say(90, 50, "纠正")]
    first += [say(60, 88 - 12 * number, glyph) for number, glyph in enumerate("其他结果")]
    second = [*ruled((50, 80, 130), (220, 260)), say(60, 245, "100"), say(60, 233, "86"), say(90, 240, "7")]
    assert texts(grids(two_pages(first, second))[0]) == [["其他结果", "诉讼"], ["其他结果", "纠正"], ["10086", "7"]]


@pytest.mark.parametrize("label", ["行政许可", "2.处罚"])
def test_rows_of_figures_in_narrow_columns_are_not_joined_over_a_page_end(label: str) -> None:
    narrow = (50, 110, 128, 146)
    first = [*ruled(narrow, (40, 56)), say(52, 44, "规章"), say(115, 44, "3"), say(133, 44, "1")]
    second = [*ruled(narrow, (244, 260)), say(52, 248, label), say(115, 248, "0"), say(133, 248, "7")]
    assert texts(grids(two_pages(first, second))[0]) == [["规章", "3", "1"], [label, "0", "7"]]


def test_a_blank_behind_a_page_end_is_no_part_of_the_header_before_it() -> None:
    """Section four has no row label: its first figure may be blank."""
    first = [*ruled((50, 100, 150), (40, 100)), line(100, 70, 150, 70)]
    first += [say(60, 65, "维持"), say(110, 80, "诉讼"), say(110, 50, "纠正")]
    second = [*ruled((50, 100, 150), (230, 260)), say(110, 240, "7")]
    assert texts(grids(two_pages(first, second))[0]) == [["维持", "诉讼"], ["维持", "纠正"], ["", "7"]]


def test_a_group_label_printed_before_the_page_end_stands_beside_the_rows_behind_it() -> None:
    first = [
        *ruled((50, 100, 200, 250), (40, 70)),
        say(52, 50, "不予公开"),
        say(110, 50, "1.属于秘密"),
        say(210, 50, "3"),
    ]
    second = [*ruled((50, 100, 200, 250), (230, 260)), say(110, 240, "2.其他法律"), say(210, 240, "4")]
    assert texts(grids(two_pages(first, second))[0]) == [
        ["不予公开", "1.属于秘密", "3"],
        ["不予公开", "2.其他法律", "4"],
    ]


def test_rows_of_their_own_label_are_never_joined_over_a_page_end() -> None:
    first = [*ruled((50, 100, 150), (40, 56)), say(52, 44, "行政许可")]
    second = [*ruled((50, 100, 150), (244, 260)), say(52, 248, "2.处罚"), say(110, 248, "4")]
    assert texts(grids(two_pages(first, second))[0]) == [["行政许可", ""], ["2.处罚", "4"]]


def test_page_marks_are_left_out_but_figures_at_the_foot_stay() -> None:
    marked = [[say(50, 200, f"正文{n}"), say(190, 10, f"- {n} -")] for n in (4, 5)]
    assert paragraphs(read_one(write_pdf(marked))) == ["正文4", "正文5"]
    bare = [[say(50, 200, f"正文{n}"), say(190, 10, str(n))] for n in (4, 5)]
    assert paragraphs(read_one(write_pdf(bare))) == ["正文4", "正文5"]
    figures = [[say(50, 200, f"正文{n}"), say(190, 10, str(n * 37))] for n in (4, 5)]
    assert paragraphs(read_one(write_pdf(figures))) == ["正文4", "148", "正文5", "185"]


def test_running_heads_are_left_out_but_rows_alike_stay() -> None:
    pages = [[say(50, 280, "某某局年报"), say(50, 200, f"第{n}部分")] for n in "一二三"]
    assert paragraphs(read_one(write_pdf(pages))) == ["第一部分", "第二部分", "第三部分"]
    rows = [[say(50, 280, "规章 0 0 0"), say(50, 200, f"第{n}部分")] for n in "一二"]
    assert paragraphs(read_one(write_pdf(rows))) == ["规章 0 0 0", "第一部分", "规章 0 0 0", "第二部分"]


# Text that is left out or not trusted --------------------------------------------------------------------------------


def test_a_watermark_does_not_mix_with_figures_and_is_told() -> None:
    across = say(60, 60, "内部资料请勿外传", 30, (0.8, 0.6))
    document = read_page(*drawn(ruled(XS, YS)), across)
    assert [texts(grid) for grid in grids(document)] == [MATRIX]
    assert [(notice.code, notice.excerpt) for notice in document.notices] == [("slanted_text", "内部资料请勿外传")]


def test_text_outside_the_visible_page_is_left_out() -> None:
    assert paragraphs(read_page(say(50, 200, "正文"), say(900, 200, "看不见"), say(50, -40, "也看不见"))) == ["正文"]


PICTURE = "q 400 0 0 300 0 0 cm /Im Do Q"
PROSE = "这一页的文字由程序辨认得来,与图上可能不一致"


def test_a_scan_is_told_with_what_to_do() -> None:
    for data in (write_pdf([[PICTURE]]), write_pdf([[PICTURE, say(190, 10, "- 1 -")]]), write_pdf([[]])):
        error = read_error(data)
        assert error.code == "scan"
        assert "--ocr" in error.message.en


def test_pages_that_are_pictures_are_told_in_a_file_with_text() -> None:
    document = read_one(write_pdf([[say(50, 200, PROSE)], [PICTURE]]))
    assert [notice.code for notice in document.notices] == ["pages_without_text"]
    assert "2" in document.notices[0].message.en


def test_text_hidden_below_a_scan_marks_the_report_as_read_by_ocr() -> None:
    document = read_one(write_pdf([[PICTURE, say(5, 200, PROSE, mode=3)]]))
    assert [(notice.severity, notice.code) for notice in document.notices] == [("warning", "ocr")]
    assert not read_one(write_pdf([[PICTURE, say(5, 200, PROSE)]])).notices


def test_glyphs_without_characters_are_no_text() -> None:
    broken = write_pdf([[say(50, 200, "规章数量")]], unicode_map={"规": "\ue001", "章": "\ufffd", "数": "\ue123"})
    assert read_error(broken).code == "mojibake"
    few = write_pdf([[say(50, 200, "规章的数量合计如下表所示的内容"), say(50, 180, "●")]], unicode_map={"●": "\uf06c"})
    document = read_one(few)
    assert paragraphs(document) == ["规章的数量合计如下表所示的内容", "\ufffd"]
    assert [notice.code for notice in document.notices] == ["damaged_characters"]


# OCR -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Puts shell scripts in place of all installed programs; ``$READ`` is a PDF with text."""
    folder = tmp_path / "programs"
    folder.mkdir()
    text = tmp_path / "read.pdf"
    text.write_bytes(write_pdf([[PICTURE, say(5, 200, PROSE, mode=3)]]))

    def install(name: str, script: str) -> None:
        path = folder / name
        path.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\nREAD={text}\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    monkeypatch.setenv("PATH", str(folder))
    return install


def test_ocr_without_a_program_says_what_to_install(programs: Callable[[str, str], None]) -> None:
    error = read_error(write_pdf([[PICTURE]]), ocr=True)
    assert error.code == "needs_ocr"
    assert "ocrmypdf" in error.message.en


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("ocrmypdf", 'for last; do :; done; cp "$READ" "$last"'),
        ("tesseract", 'test -s "$(head -n 1 "$1")" && cp "$READ" "$2.pdf"'),
    ],
)
def test_a_scan_is_read_by_ocr_where_asked_for(name: str, script: str, programs: Callable[[str, str], None]) -> None:
    programs(name, script)
    document = read_one(write_pdf([[PICTURE]]), ocr=True)
    assert paragraphs(document) == [PROSE]
    assert {(notice.severity, notice.code) for notice in document.notices} == {("warning", "ocr")}
    assert name in document.notices[0].message.en


def test_ocr_is_not_run_for_a_file_with_text(programs: Callable[[str, str], None]) -> None:
    programs("ocrmypdf", "exit 9")
    assert not read_one(write_pdf([[say(50, 200, PROSE)]]), ocr=True).notices


@pytest.mark.parametrize(
    ("name", "script", "code", "excerpt"),
    [
        ("ocrmypdf", "echo no chi_sim >&2; exit 3", "ocr_failed", "no chi_sim"),
        ("ocrmypdf", "exit 0", "ocr_failed", ""),
        ("ocrmypdf", "exec sleep 5", "too_slow", ""),
        ("tesseract", "exec sleep 5", "too_slow", ""),
    ],
)
def test_ocr_that_fails_is_told(
    name: str, script: str, code: str, excerpt: str, programs: Callable[[str, str], None]
) -> None:
    programs(name, script)
    error = read_error(write_pdf([[PICTURE]]), Limits(max_seconds=0.8), ocr=True)
    assert (error.code, error.excerpt) == (code, excerpt)


def test_ocr_that_finds_no_words_leaves_a_scan(programs: Callable[[str, str], None]) -> None:
    programs("ocrmypdf", 'previous=; for last; do before=$previous; previous=$last; done; cp "$before" "$last"')
    assert read_error(write_pdf([[PICTURE]]), ocr=True).code == "scan"


# Limits and damage ---------------------------------------------------------------------------------------------------


def test_ten_thousand_pages_are_refused() -> None:
    error = read_error(shared_page_pdf(10_000))
    assert error.code == "too_many_pages"
    assert "10000" in error.message.en


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(max_bytes=100), "too_large"),
        (Limits(max_pages=1), "too_many_pages"),
        (Limits(max_seconds=0), "too_slow"),
        (Limits(max_cells=5), "too_many_cells"),
        (Limits(max_cells=20), "too_many_cells"),
    ],
)
def test_limits_end_in_an_error(limits: Limits, code: str) -> None:
    assert read_error(write_pdf([drawn(ruled(XS, YS))] * 2), limits).code == code


def test_two_tables_of_one_page_count_together() -> None:
    tables = [*ruled((50, 100, 150), (50, 80)), *ruled((50, 100, 150), (150, 180)), say(60, 60, "甲")]
    assert read_error(write_pdf([tables]), Limits(max_cells=3)).code == "too_many_cells"
    assert len(grids(read_one(write_pdf([tables]), Limits(max_cells=4)))) == 2


def test_unruled_tables_count_as_cells_too() -> None:
    words = unruled([("予以公开", "3004"), ("部分公开", "1001")])
    assert read_error(write_pdf([words]), Limits(max_cells=9)).code == "too_many_cells"
    assert read_one(write_pdf([words]), Limits(max_cells=10))


def test_a_drawing_of_very_many_lines_is_no_table() -> None:
    many = [line(n, 50, n, 250) for n in range(0, 400 * 5, 4)] + [line(0, 50, 2000, 50), line(0, 250, 2000, 250)]
    document = read_one(write_pdf([[*many, say(50, 280, "图一")]], (2100, 300)))
    assert paragraphs(document) == ["图一"]
    strokes = [line(n % 400, 50 + n % 7, n % 400 + 1, 50 + n % 7) for n in range(21_000)]
    assert paragraphs(read_page(*strokes, say(50, 280, "图二"))) == ["图二"]


def test_a_path_of_very_many_pieces_is_no_table() -> None:
    path = " ".join(f"{n % 390} {n % 290} l" for n in range(2500))
    assert paragraphs(read_page(f"0 0 m {path} S", say(50, 280, "图"))) == ["图"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7\nnothing more", "damaged"),
        (b"%PDF-1.7\n" + b"\x00" * 5000, "damaged"),
        (write_pdf([[say(50, 200, PROSE)]])[:300], "damaged"),
        (write_pdf([]), "damaged"),
        (encrypted_pdf(), "encrypted"),
    ],
)
def test_files_that_cannot_be_opened_are_told(data: bytes, code: str) -> None:
    assert read_error(data).code == code


def test_a_page_that_is_missing_is_told() -> None:
    pages = write_pdf([[say(50, 200, PROSE)], [say(50, 180, PROSE)]])
    assert read_error(pages.replace(b"9 0 obj\n<</Type/Page/", b"9 0 obj\n[</Type/Page/")).code == "damaged"


def test_content_decides_that_a_file_is_a_pdf() -> None:
    (document,) = read_documents(write_pdf([[say(50, 200, PROSE)]]), LIMITS)
    assert isinstance(document, Document)
    assert document.format == "pdf"
    assert document.text == PROSE


def test_two_reports_in_a_file_are_one_document_with_all_of_both() -> None:
    pages = [[say(50, 250, f"{name}年度报告"), *drawn(ruled(XS, YS))] for name in ("甲局", "乙局")]
    document = read_one(write_pdf(pages))
    assert paragraphs(document) == ["甲局年度报告", "乙局年度报告"]
    assert [texts(grid) for grid in grids(document)] == [MATRIX, MATRIX]
