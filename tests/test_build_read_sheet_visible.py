"""Spreadsheets: what is crossed out, raised or not to be seen makes no figure; what is no text is no blank."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.colors import Color
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Pixels

from build.document import HIDDEN, RAISED, STRUCK, Document, Grid
from build.limits import Limits
from build.readers import sheet, xls_records
from build.report import Report

from .assertions import read_bytes
from .render.sheet import ods, report_cells, saved, sheet_xlsx
from .render.tables import Options
from .render.word import converted, package
from .test_build_read_sheet import line, ods_table, words, xlsx
from .test_build_read_word_visible import COMPULSION, LICENCE, PENALTY, report_of_figures

LIMITS = Limits()
DARK, NAVY = PatternFill("solid", fgColor="000000"), PatternFill("solid", fgColor="203864")


def read(data: bytes) -> Document:
    (document,) = sheet.read(data, LIMITS)
    return document


def seen(document: Document) -> list[list[str]]:
    """What a person reads in the cells of the first grid."""
    grid = next(block for block in document.as_shown().blocks if isinstance(block, Grid))
    return [[place.text.strip() if place else "" for place in line] for line in grid.matrix()]


def marked(document: Document) -> list[tuple[str, str]]:
    return [(mark.kind, mark.words) for mark in document.marks]


def codes(document: Document) -> list[tuple[str, str]]:
    return [(notice.code, notice.excerpt) for notice in document.notices]


def book(write: Callable[[Worksheet], object]) -> bytes:
    """A table of labels and counts, B2 of which ``write`` may change: 甲 1, 乙 58, 丙 3."""
    made = openpyxl.Workbook()
    page = made.worksheets[0]
    for row in (("甲", 1), ("乙", 58), ("丙", 3)):
        page.append(row)
    write(page)
    return saved(made)


def styled(**looks: object) -> Callable[[Worksheet], None]:
    def write(page: Worksheet) -> None:
        for name, look in looks.items():
            setattr(page["B2"], name, look)

    return write


# Whole cells and parts of texts --------------------------------------------------------------------------------------

LEFT_OUT = {
    "struck": (styled(font=Font(strike=True)), STRUCK),
    "raised": (styled(font=Font(vertAlign="superscript")), RAISED),
    "white": (styled(font=Font(color="FFFFFF")), HIDDEN),
    "white of the theme": (styled(font=Font(color=Color(theme=0))), HIDDEN),
    "in the colour of its filling": (styled(font=Font(color="203864"), fill=NAVY), HIDDEN),
    "white by number": (styled(font=Font(color=Color(indexed=9))), HIDDEN),
    "of one point": (styled(font=Font(size=1)), HIDDEN),
    "a format that shows nothing": (styled(number_format=";;;"), HIDDEN),
    "a format of an empty text": (styled(number_format='""'), HIDDEN),
    "a format in white": (styled(number_format="[White]0"), HIDDEN),
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_a_cell_left_out_is_no_figure(name: str) -> None:
    write, kind = LEFT_OUT[name]
    document = read(book(write))
    assert seen(document) == [["甲", "1"], ["乙", ""], ["丙", "3"]]
    assert [mark.kind for mark in document.marks] == [kind]


SHOWN = {
    "underlined and bold": styled(font=Font(underline="single", bold=True)),
    "not struck": styled(font=Font(strike=False)),
    "white on a dark filling": styled(font=Font(color="FFFFFF"), fill=NAVY),
    "white of the theme on black": styled(font=Font(color=Color(theme=0)), fill=DARK),
    "white on a filling of the theme": styled(
        font=Font(color="FFFFFF"), fill=PatternFill("solid", fgColor=Color(theme=4))
    ),
    "white on a pattern": styled(font=Font(color="FFFFFF"), fill=PatternFill("darkGrid", fgColor="000000")),
    "a grey of the theme": styled(font=Font(color=Color(theme=0, tint=-0.35))),
    "automatic": styled(font=Font(color=Color(indexed=64))),
    "black by number": styled(font=Font(color=Color(indexed=8))),
    "a format with a colour": styled(number_format="[Red]0"),
    "a format that is white below zero": styled(number_format="0;[White]-0"),
    "no format for texts": styled(number_format="0;-0;0;"),
    "narrow, and wide enough": lambda page: page.column_dimensions.__getitem__("B").__setattr__("width", 3),
}


@pytest.mark.parametrize("name", SHOWN)
def test_a_look_that_only_decorates_takes_nothing_away(name: str) -> None:
    document = read(book(SHOWN[name]))
    assert seen(document) == [["甲", "1"], ["乙", "58"], ["丙", "3"]]
    assert document.marks == ()


def rich(*parts: tuple[str, InlineFont] | str) -> CellRichText:
    return CellRichText(*(part if isinstance(part, str) else TextBlock(part[1], part[0]) for part in parts))


RICH = {
    "struck": (rich(("41", InlineFont(strike=True)), "58"), [(STRUCK, "〔划去:41〕")]),
    "struck in two parts": (
        rich(("4", InlineFont(strike=True)), ("1", InlineFont(strike=True, sz=9)), "58"),
        [(STRUCK, "〔划去:41〕")],
    ),
    "raised": (rich("58", ("1", InlineFont(vertAlign="superscript"))), [(RAISED, "¹")]),
    "lowered": (rich("58", ("1", InlineFont(vertAlign="subscript"))), [(RAISED, "₁")]),
    "white": (rich("58", ("1", InlineFont(color="FFFFFF"))), [(HIDDEN, "1")]),
    "bold": (rich("5", ("8", InlineFont(b=True))), []),
}


@pytest.mark.parametrize("name", RICH)
def test_a_part_of_a_text_may_be_left_out(name: str) -> None:
    text, marks = RICH[name]
    document = read(book(lambda page: page.__setitem__("B2", text)))
    assert seen(document)[1] == ["乙", "58"]
    assert marked(document) == marks


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        (rich(("58", InlineFont(sz=11)), ("1", InlineFont(sz=8))), "58〔不能确定〕"),
        (rich(("3", InlineFont(sz=6)), ("58", InlineFont(sz=11))), "〔不能确定〕58"),
        (rich("58", ("1", InlineFont(sz=8))), "58〔不能确定〕"),
        (rich(("58", InlineFont(sz=11)), ("1", InlineFont(sz=10))), "581"),
        (rich(("58", InlineFont(sz=11)), ("件", InlineFont(sz=8))), "58件"),
        (rich(("约", InlineFont(sz=16)), ("58", InlineFont(sz=9))), "约58"),
        (rich("58", ("1", InlineFont(sz=8, vertAlign="superscript"))), "58"),
    ],
)
def test_digits_of_two_sizes_are_no_one_figure(text: CellRichText, read_as: str) -> None:
    assert seen(read(book(lambda page: page.__setitem__("B2", text))))[1][1].strip() == read_as


def test_shared_texts_are_left_out_in_part_as_inline_ones() -> None:
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>乙</t></si>'
        "<si><r><rPr><strike/></rPr><t>41</t></r><r><t>58</t></r></si></sst>"
    )
    data = xlsx('<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>', others={"xl/strings.xml": strings})
    assert (seen(read(data)), marked(read(data))) == ([["乙", "58"]], [(STRUCK, "〔划去:41〕")])


def test_a_format_may_hide_texts() -> None:
    def write(page: Worksheet) -> None:
        page["B2"] = "58"
        page["B2"].number_format = ";;;"

    assert marked(read(book(write))) == [(HIDDEN, "58")]


def test_a_zero_that_the_sheet_does_not_show_is_blank_and_said_so() -> None:
    def write(page: Worksheet) -> None:
        page["B2"] = 0
        page.sheet_view.showZeros = False

    document = read(book(write))
    assert seen(document) == [["甲", "1"], ["乙", ""], ["丙", "3"]]
    assert codes(document) == [("hidden_text", "B2")]
    assert codes(read(book(lambda page: page.__setitem__("B2", 0)))) == []


def test_a_column_of_no_width_and_a_row_of_no_height_are_hidden() -> None:
    rows = '<row r="1"><c><v>1</v></c><c><v>2</v></c></row><row r="2" ht="0"><c><v>3</v></c><c><v>4</v></c></row>'
    document = read(xlsx(rows, '<cols><col min="2" max="2" width="0"/></cols>'))
    assert document.text == "1"
    assert codes(document) == [("hidden_cells", "Sheet1")]


def test_what_a_merged_cell_covers_is_hidden() -> None:
    made = openpyxl.Workbook()
    page = made.worksheets[0]
    for row in (("甲", 12), ("乙", 58), ("丙", 3)):
        page.append(row)
    data = saved(made)
    rows = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    merged = rows.replace("</sheetData>", '</sheetData><mergeCells><mergeCell ref="B1:B2"/></mergeCells>')
    document = read(_with_part(data, "xl/worksheets/sheet1.xml", merged))
    assert seen(document) == [["甲", "12"], ["乙", "12"], ["丙", "3"]]
    assert marked(document) == [(HIDDEN, "58")]


def _with_part(data: bytes, name: str, content: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return package({part: content if part == name else opened.read(part) for part in opened.namelist()})


def test_a_number_wider_than_its_column_is_not_read_and_one_that_shrinks_is() -> None:
    def write(page: Worksheet) -> None:
        page["B2"] = 123456
        page["B3"] = 654321
        page["B3"].alignment = Alignment(shrink_to_fit=True)
        page.column_dimensions["B"].width = 4

    assert seen(read(book(write))) == [["甲", "1"], ["乙", "〔####〕"], ["丙", "654321"]]


def test_digits_kept_as_text_that_their_column_cuts_are_no_figure() -> None:
    def write(page: Worksheet) -> None:
        page["B2"] = "123456"
        page["B3"] = "12"
        page.column_dimensions["B"].width = 4

    assert seen(read(book(write))) == [["甲", "1"], ["乙", "〔不能确定〕"], ["丙", "12"]]


UNSURE_FONTS = [Font(color="EEEEEE"), Font(size=3), Font(name="Wingdings")]


@pytest.mark.parametrize("font", UNSURE_FONTS)
def test_of_letters_of_which_nobody_can_be_sure_no_figure_is_made(font: Font) -> None:
    assert seen(read(book(styled(font=font))))[1] == ["乙", "〔不能确定〕"]


def test_a_number_that_is_repeated_until_its_cell_is_full_is_no_figure() -> None:
    assert seen(read(book(styled(alignment=Alignment(horizontal="fill")))))[1] == ["乙", "〔不能确定〕"]
    assert seen(read(book(styled(alignment=Alignment(horizontal="center")))))[1] == ["乙", "58"]


def test_a_row_that_cuts_its_words_holds_no_figure() -> None:
    def low(page: Worksheet) -> None:
        page.row_dimensions[2].height = 4

    assert seen(read(book(low)))[1] == ["乙", "〔不能确定〕"]


def test_signs_in_place_of_values_are_told() -> None:
    bars = '<conditionalFormatting sqref="B1:B3"><cfRule type="dataBar"><dataBar showValue="0"/></cfRule>'
    row = '<row><c t="inlineStr"><is><t>甲</t></is></c><c><v>1</v></c></row>'
    document = read(xlsx(row, f"{bars}</conditionalFormatting>"))
    assert codes(document) == [("conditional_format", "B1:B3")]


# Colours that depend on something ------------------------------------------------------------------------------------


def test_white_letters_in_a_table_or_conditional_format_may_show() -> None:
    def in_table(page: Worksheet) -> None:
        page.insert_rows(1)
        page["A1"], page["B1"] = "项目", "数量"
        page["A1"].font = page["B1"].font = Font(color="FFFFFF")
        styled_table = Table(displayName="表", ref="A1:B4", tableStyleInfo=TableStyleInfo(name="TableStyleMedium2"))
        page.add_table(styled_table)

    assert seen(read(book(in_table)))[0] == ["项目", "数量"]

    def filled(page: Worksheet) -> None:
        styled(font=Font(color="FFFFFF"))(page)
        page.conditional_formatting.add("B1:B3", CellIsRule("greaterThan", ["9"], fill=PatternFill(bgColor="203864")))

    assert (seen(read(book(filled)))[1], codes(read(book(filled)))) == (["乙", "58"], [])

    for beside in ("B3:B4", "A1:A4"):

        def filled_beside(page: Worksheet, area: str = beside) -> None:
            styled(font=Font(color="FFFFFF"))(page)
            page.conditional_formatting.add(area, CellIsRule("greaterThan", ["9"], fill=PatternFill(bgColor="203864")))

        assert seen(read(book(filled_beside)))[1] == ["乙", ""]


RULES = [
    ("greaterThan", ["9"], "〔不能确定〕"),
    ("equal", ["58"], "〔不能确定〕"),
    ("between", ["50", "60"], "〔不能确定〕"),
    ("notBetween", ["50", "60"], "58"),
    ("lessThan", ["9"], "58"),
    ("equal", ["$A$1"], "58"),
]


@pytest.mark.parametrize(("operator", "bounds", "shown"), RULES)
def test_a_conditional_format_that_hides_makes_no_figure_and_one_that_may_hide_is_told(
    operator: str, bounds: list[str], shown: str
) -> None:
    for font in (Font(strike=True), Font(color="FFFFFF")):
        rule = CellIsRule(operator, bounds, font=font)
        document = read(book(lambda page, rule=rule: page.conditional_formatting.add("B1:B3", rule)))  # type: ignore[misc]
        assert (seen(document)[1], codes(document)) == (["乙", shown], [("conditional_format", "B1:B3")])


def test_a_line_from_corner_to_corner_crosses_a_number_out() -> None:
    crossing = Border(diagonal=Side("thin"), diagonalUp=True)
    assert seen(read(book(styled(border=crossing))))[1] == ["乙", "〔不能确定〕"]
    assert seen(read(book(styled(border=Border(diagonal=Side("thin"))))))[1] == ["乙", "58"]


def test_a_conditional_format_of_whole_columns_refuses_no_file() -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row>"
    document = read(xlsx(rows, '<conditionalFormatting sqref="A:B 1:2"><cfRule dxfId="7"/></conditionalFormatting>'))
    assert document.text == "1\t2"


# Shown, and no text --------------------------------------------------------------------------------------------------


def picture(anchor: str, width: int = 40, height: int = 15) -> Image:
    stream = io.BytesIO()
    Pixels.new("RGB", (width, height)).save(stream, "PNG")
    made = Image(stream)
    made.anchor = anchor
    return made


def test_a_picture_on_an_empty_cell_is_no_blank_and_one_on_figures_is_a_stamp() -> None:
    def write(page: Worksheet) -> None:
        page["B2"] = None
        page.add_image(picture("B2"))

    assert seen(read(book(write))) == [["甲", "1"], ["乙", "〔图片〕"], ["丙", "3"]]
    assert seen(read(book(lambda page: page.add_image(picture("B2", 90, 60)))))[1] == ["乙", "58"]


def test_a_picture_over_most_of_two_empty_cells_makes_neither_a_blank() -> None:
    def write(page: Worksheet) -> None:
        page["B1"] = page["B2"] = None
        page.add_image(picture("B1", 40, 38))

    assert seen(read(book(write))) == [["甲", "〔图片〕"], ["乙", "〔图片〕"], ["丙", "3"]]


def test_a_picture_beside_the_table_is_nothing_of_it() -> None:
    assert seen(read(book(lambda page: page.add_image(picture("E9"))))) == [["甲", "1"], ["乙", "58"], ["丙", "3"]]


DRAWING = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor>'
    "<xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
    "<xdr:to><xdr:col>2</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>2</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
    "<xdr:sp><xdr:nvSpPr/>{}<xdr:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    "</xdr:twoCellAnchor></xdr:wsDr>"
)
SOLID = '<xdr:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></xdr:spPr>'
CLEAR = "<xdr:spPr><a:noFill/></xdr:spPr>"
HALF = '<xdr:spPr><a:solidFill><a:srgbClr val="FFFFFF"><a:alpha val="50000"/></a:srgbClr></a:solidFill></xdr:spPr>'
BY_STYLE = '<xdr:spPr/><xdr:style><a:fillRef idx="{}"/></xdr:style>'
"""Filled as the theme says; 0 is no filling."""


@pytest.mark.parametrize(
    ("value", "fill", "text", "expected"),
    [
        (None, CLEAR, "58", "〔文本框〕"),
        (58, SOLID, "", "〔遮盖〕"),
        (58, SOLID, "60", "〔遮盖〕"),
        (58, CLEAR, "", "58"),
        (58, CLEAR, "注", "58"),
        (None, CLEAR, "", ""),
        (58, HALF, "", "58"),
        (58, BY_STYLE.format(1), "", "〔遮盖〕"),
        (58, BY_STYLE.format(0), "", "58"),
        (58, CLEAR + BY_STYLE.removeprefix("<xdr:spPr/>").format(1), "", "58"),
        (58, "<xdr:spPr/>", "", "58"),
        (58, "", "", "58"),
    ],
)
def test_a_box_over_a_cell(value: int | None, fill: str, text: str, expected: str) -> None:
    def write(page: Worksheet) -> None:
        page["B2"] = value
        page.add_image(picture("B2"))

    data = _with_part(book(write), "xl/drawings/drawing1.xml", DRAWING.format(fill, text))
    assert seen(read(data))[1] == ["乙", expected]


def test_a_formula_of_old_that_was_never_computed_is_found() -> None:
    def record(kind: int, content: bytes) -> bytes:
        return kind.to_bytes(2, "little") + len(content).to_bytes(2, "little") + content

    def formula(row: int, result: bytes, tokens: bytes) -> bytes:
        head = row.to_bytes(2, "little") + b"\x01\x00\x0f\x00" + result + bytes(6) + len(tokens).to_bytes(2, "little")
        return record(0x0006, head + tokens)

    empty, number = b"\x03\x00\x00\x00\x00\x00\xff\xff", b"\x00\x00\x00\x00\x00\x00\x45\x40"
    total, worded = b"\x25\x00\x00\x01\x00\x01\x00\x01\x00\x19\x10\x00\x00", b"\x17\x00\x00"
    stream = record(0x0809, bytes(16)) + formula(1, empty, total) + formula(2, number, total)
    stream += formula(3, empty, worded) + record(0x000A, b"") + formula(4, empty, total)
    assert list(xls_records.unevaluated(stream, 0)) == [(1, 1)]


# .ods ----------------------------------------------------------------------------------------------------------------

FO = 'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'


def ods_style(name: str, family: str, text: str = "", cell: str = "", parent: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="{family}" style:parent-style-name="{parent}">'
        f"<style:table-cell-properties {FO} {cell}/><style:text-properties {FO} {text}/></style:style>"
    )


ODS_STYLES = (
    ods_style("out", "table-cell", 'style:text-line-through-style="solid"')
    + ods_style("below", "table-cell", parent="out")
    + ods_style("back", "table-cell", 'style:text-line-through-style="none"', parent="out")
    + ods_style("pale", "table-cell", 'fo:color="#ffffff"')
    + ods_style("dark", "table-cell", 'fo:color="#ffffff"', 'fo:background-color="#203864"')
    + ods_style("tiny", "table-cell", 'fo:font-size="1pt"')
    + ods_style("t-out", "text", 'style:text-line-through-type="double"')
    + ods_style("t-up", "text", 'style:text-position="super 58%"')
    + ods_style("t-down", "text", 'style:text-position="-33% 58%"')
    + ods_style("t-line", "text", 'style:text-position="0% 100%" style:text-line-through-type="none"')
)


@pytest.mark.parametrize(
    ("style", "expected", "kinds"),
    [
        ("out", "", [STRUCK]),
        ("below", "", [STRUCK]),
        ("back", "58", []),
        ("pale", "", [HIDDEN]),
        ("dark", "58", []),
        ("tiny", "", [HIDDEN]),
    ],
)
@pytest.mark.parametrize("by", ["cell", "column"])
def test_a_cell_of_opendocument_may_be_left_out(style: str, expected: str, kinds: list[str], by: str) -> None:
    name = f'table:style-name="{style}"' if by == "cell" else ""
    columns = "<table:table-column/>"
    columns += f'<table:table-column table:default-cell-style-name="{style if by == "column" else ""}"/>'
    cell = f'<table:table-cell {name} office:value="58"><text:p>58</text:p></table:table-cell>'
    plain = '<table:table-cell table:style-name="none"><text:p>3</text:p></table:table-cell>'
    document = read(ods(ods_table(columns, line(words("甲"), cell), line(words("乙"), plain)), ODS_STYLES))
    assert (seen(document), [mark.kind for mark in document.marks]) == ([["甲", expected], ["乙", "3"]], kinds)


@pytest.mark.parametrize(
    ("inner", "kinds"),
    [
        ('<text:span text:style-name="t-out">41</text:span>58', [STRUCK]),
        ('58<text:span text:style-name="t-up">1</text:span>', [RAISED]),
        ('58<text:span text:style-name="t-down">1</text:span>', [RAISED]),
        ('5<text:span text:style-name="t-line">8</text:span>', []),
    ],
)
def test_a_part_of_a_text_of_opendocument_may_be_left_out(inner: str, kinds: list[str]) -> None:
    document = read(ods(ods_table(line(words("甲"), words(inner))), ODS_STYLES))
    assert (seen(document), [mark.kind for mark in document.marks]) == ([["甲", "58"]], kinds)


def test_a_value_of_opendocument_that_its_format_does_not_show_is_hidden() -> None:
    unseen = '<table:table-cell office:value-type="float" office:value="{}"><text:p/></table:table-cell>'
    document = read(ods(ods_table(line(words("甲"), unseen.format(58)), line(words("乙"), words("3")))))
    assert (seen(document), marked(document)) == ([["甲", ""], ["乙", "3"]], [(HIDDEN, "58")])
    document = read(ods(ods_table(line(words("甲"), unseen.format(0)), line(words("乙"), words("3")))))
    assert (marked(document), codes(document)) == ([], [("hidden_text", "B1")])


def test_a_zero_of_opendocument_that_the_sheet_does_not_show_is_blank_and_said_so() -> None:
    zero = '<table:table-cell office:value-type="float" office:value="0"><text:p>0</text:p></table:table-cell>'
    data = ods(ods_table(line(words("甲"), words("1")), line(words("乙"), zero), line(words("丙"), words("3"))))
    assert seen(read(data)) == [["甲", "1"], ["乙", "0"], ["丙", "3"]]
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    item = '<config:config-item config:name="ShowZeroValues" config:type="boolean">false</config:config-item>'
    document = read(package({**parts, "settings.xml": item}))
    expected = [["甲", "1"], ["乙", ""], ["丙", "3"]]
    assert (seen(document), codes(document)) == (expected, [("hidden_text", "B2")])


def test_what_lies_on_an_empty_cell_of_opendocument_is_no_blank() -> None:
    frame = '<draw:frame xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0">{}</draw:frame>'
    shown = f"<table:table-cell>{frame.format('<draw:image/>')}</table:table-cell>"
    box = f"<table:table-cell>{frame.format('<draw:text-box><text:p>8</text:p></draw:text-box>')}</table:table-cell>"
    empty, last = box.replace(">8<", "> <"), line(words("丁"), words("3"))
    document = read(ods(ods_table(line(words("甲"), shown), line(words("乙"), box), line(words("丙"), empty), last)))
    assert seen(document) == [["甲", "〔图片〕"], ["乙", "〔文本框〕"], ["丙", ""], ["丁", "3"]]
    wide = shown.replace("<draw:frame ", '<draw:frame table:end-cell-address="表.C2" ')
    blank, last = "<table:table-cell/>", line(words("丙"), "<table:table-cell/>", words("3"), words("4"))
    document = read(ods(ods_table(line(words("甲"), wide, blank, blank), line(words("乙"), blank, blank, blank), last)))
    assert seen(document) == [
        ["甲", "〔图片〕", "〔图片〕", ""], ["乙", "〔图片〕", "〔图片〕", ""], ["丙", "", "3", "4"],
    ]  # fmt: skip


# Whole reports, in three formats -------------------------------------------------------------------------------------


def edited_xlsx() -> bytes:
    """The report with an old figure struck, a note raised, white digits, a hidden count and a picture for a 0."""
    made = openpyxl.load_workbook(io.BytesIO(sheet_xlsx(report_cells(report_of_figures(), Options()))))
    page = made.worksheets[0]
    places = {cell.value: cell for row in page.iter_rows() for cell in row if cell.value is not None}
    places[LICENCE].value = rich(("29988", InlineFont(strike=True)), str(LICENCE))
    places[PENALTY].value = rich(str(PENALTY), ("1", InlineFont(vertAlign="superscript")))
    places[COMPULSION].value = rich(str(COMPULSION), ("9", InlineFont(color="FFFFFF")))
    last = max(cell.row for row in page.iter_rows() for cell in row if cell.value == 0)
    zeros = [cell for cell in page[last] if cell.value == 0]
    zeros[1].value, zeros[2].number_format = None, '0;-0;""'
    zeros[3].value, zeros[3].font = 7, Font(strike=True)
    page.add_image(picture(zeros[1].coordinate))
    return saved(made)


@pytest.fixture(scope="module")
def formats(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    data = {"xlsx": edited_xlsx()}
    office = shutil.which("soffice")
    if office is None and os.environ.get("GONGKAI_REQUIRE_TOOLS") == "1":
        pytest.fail("soffice is not installed")
    folder = tmp_path_factory.mktemp("sheets")
    return data | {
        target: converted(office, data["xlsx"], Path(folder), "xlsx", target) for target in ("xls", "ods") if office
    }


@pytest.mark.parametrize("format", ["xlsx", "xls", "ods"])
def test_a_report_shows_the_same_in_every_format(format: str, formats: dict[str, bytes]) -> None:
    if format not in formats:
        pytest.skip("soffice is not installed")
    (report,) = read_bytes(formats[format], f"report.{format}")
    assert isinstance(report, Report)
    counts = {figure.item: figure.count for figure in report.disclosures if figure.measure == "decisions"}
    assert counts == {"licence": LICENCE, "penalty": PENALTY, "compulsion": COMPULSION}
    by_column = [report.reviews[0].get(column) for column in ("upheld", "corrected", "other", "pending", "total")]
    assert by_column == [0, None, None, None, 0]
    told = {problem.code: problem.message.en for problem in report.problems}
    assert {"struck_text", "note_mark", "hidden_text"} <= set(told)
    assert "〔图片〕" in told["no_count"]
