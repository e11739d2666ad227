"""Word files: what stands on the page is read, cell for cell; what does not show is not."""

from __future__ import annotations

import io
import os
import shutil
import struct
from collections.abc import Callable
from pathlib import Path

import docx as python_docx
import pytest
from docx.shared import Pt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from build.document import Document, Grid
from build.errors import ReadError
from build.limits import Limits
from build.readers import doc, docx, format_of, ole, read_documents
from build.readers.numbering import FORMATS

from .render.figures import Figures, figures
from .render.grids import matrix, report_parts
from .render.pdf import require
from .render.tables import Options
from .render.word import body_docx, cell, converted, package, paragraph, relationships, report_docx, row, table

LIMITS = Limits()


def read_body(body: str, *, numbering: str = "", styles: str = "") -> Document:
    (document,) = docx.read(body_docx(body, numbering=numbering, styles=styles), LIMITS)
    assert_positions(document)
    return document


def assert_positions(document: Document) -> None:
    for block in document.blocks:
        for piece in block.cells if isinstance(block, Grid) else (block,):
            assert document.text[piece.start : piece.end] == piece.text


def grids(document: Document) -> list[list[list[str | None]]]:
    found = [block for block in document.blocks if isinstance(block, Grid)]
    return [[[place.text if place else None for place in line] for line in grid.matrix()] for grid in found]


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if not isinstance(block, Grid)]


def notices(document: Document) -> list[str]:
    return [notice.code for notice in document.notices]


def refusal(read: Callable[[bytes, Limits], object], data: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(ReadError) as caught:
        read(data, limits)
    assert caught.value.message.en
    return caught.value.code


# Figures ---------------------------------------------------------------------------------------------------------


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(figures(), st.sampled_from(("empty", "slash", "no-break")), st.sampled_from(("whole", "split")))
def test_every_cell_of_a_report_comes_back(drawn: Figures, blank: str, header: str) -> None:
    options = Options(blank=blank, header=header)
    (document,) = docx.read(report_docx(drawn, options), LIMITS)
    parts = report_parts(drawn, options)
    assert grids(document) == [matrix(part) for part in parts if not isinstance(part, str)]
    assert paragraphs(document) == [part for part in parts if isinstance(part, str)]
    assert_positions(document)


# Tables ----------------------------------------------------------------------------------------------------------

TABLES = {
    "merged columns": (
        table(row(cell("申请人情况", '<w:gridSpan w:val="2"/>'), "总计"), row("1", "2", "3")),
        [["申请人情况", "申请人情况", "总计"], ["1", "2", "3"]],
    ),
    "merged rows": (
        table(
            row(cell("(三)不予公开", '<w:vMerge w:val="restart"/>'), "4"),
            row(cell("", "<w:vMerge/>"), "5"),
            row(cell("", '<w:vMerge w:val="continue"/>'), "6"),
        ),
        [["(三)不予公开", "4"], ["(三)不予公开", "5"], ["(三)不予公开", "6"]],
    ),
    "two merged ranges below each other": (
        table(
            row(cell("甲", '<w:vMerge w:val="restart"/>'), "1"),
            row(cell("", "<w:vMerge/>"), "2"),
            row(cell("乙", '<w:vMerge w:val="restart"/>'), "3"),
            row(cell("", "<w:vMerge/>"), "4"),
        ),
        [["甲", "1"], ["甲", "2"], ["乙", "3"], ["乙", "4"]],
    ),
    "a continued cell of another width is none": (
        table(row(cell("甲", '<w:vMerge w:val="restart"/>'), "1"), row(cell("", '<w:gridSpan w:val="2"/><w:vMerge/>'))),
        [["甲", "1"], ["", ""]],
    ),
    "a continued cell without a first": (table(row(cell("甲", "<w:vMerge/>"), "1")), [["甲", "1"]]),
    "older horizontal merge": (
        table(row(cell("总计", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), "3"), row("1", "2", "3")),
        [["总计", "总计", "3"], ["1", "2", "3"]],
    ),
    "columns left free at the sides": (
        table(
            row("甲", "1", "2"),
            row("3", properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
        ),
        [["甲", "1", "2"], [None, "3", None]],
    ),
    "a deleted row": (
        table(row("甲", "1"), row("乙", "2", properties='<w:del w:id="1"/>'), row("丙", "3")),
        [["甲", "1"], ["丙", "3"]],
    ),
    "an inserted row": (
        table(row("甲", "1"), row("乙", "2", properties='<w:ins w:id="1"/>')),
        [["甲", "1"], ["乙", "2"]],
    ),
    "a hidden row": (table(row("甲", "1"), row("乙", "2", properties="<w:hidden/>")), [["甲", "1"]]),
    "a deleted cell": (
        table(row("甲", cell("乙", '<w:cellDel w:id="1"/>'), "1"), row("丙", "2")),
        [["甲", "1"], ["丙", "2"]],
    ),
    "rows and cells in content controls": (
        table(
            f"<w:sdt><w:sdtPr/><w:sdtContent>{row('甲', '1')}</w:sdtContent></w:sdt>",
            row("乙", "2"),
            f"<w:tr>{cell('丙')}<w:sdt><w:sdtContent>{cell('3')}</w:sdtContent></w:sdt></w:tr>",
        ),
        [["甲", "1"], ["乙", "2"], ["丙", "3"]],
    ),
    "paragraphs and line breaks in a cell": (
        table(
            row(f"<w:tc>{paragraph('本年新')}{paragraph()}{paragraph('制作数量')}</w:tc>", "1"),
            row(cell(paragraph("<w:r><w:t>商业</w:t><w:br/><w:t>企业</w:t></w:r>")), "2"),
        ),
        [["本年新\n制作数量", "1"], ["商业\n企业", "2"]],
    ),
    "blank cells as printed": (
        table(row("规章", "", "0"), row("收费", "\u00a0", "/")),
        [["规章", "", "0"], ["收费", "\u00a0", "/"]],
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_becomes_the_grid_that_shows(name: str) -> None:
    body, expected = TABLES[name]
    assert grids(read_body(body)) == [expected]


def test_text_under_a_merged_cell_is_left_out_and_said_so() -> None:
    document = read_body(
        table(row(cell("甲", '<w:vMerge w:val="restart"/>'), "1"), row(cell("77", "<w:vMerge/>"), "2"))
    )
    assert grids(document) == [[["甲", "1"], ["甲", "2"]]]
    assert [(notice.code, notice.excerpt) for notice in document.notices] == [("covered_text", "77")]


INNER = table(row("a", "1"), row("b", "2"))


def test_a_layout_table_is_a_frame_whose_contents_stand_in_their_order() -> None:
    outer = table(
        row(f"<w:tc>{paragraph('前文')}{INNER}{paragraph('中文')}{INNER}{paragraph('后文')}</w:tc>", "侧栏"),
    )
    document = read_body(outer)
    assert grids(document) == [[["a", "1"], ["b", "2"]]] * 2
    assert document.text == "前文\na\t1\nb\t2\n中文\na\t1\nb\t2\n后文\n侧栏"


def test_a_table_of_one_cell_is_a_frame() -> None:
    document = read_body(table(row(f"<w:tc>{paragraph('一、总体情况')}{paragraph('没有。')}</w:tc>")))
    assert (paragraphs(document), grids(document)) == (["一、总体情况", "没有。"], [])


def test_a_table_inside_a_data_cell_is_a_grid_of_its_own_behind() -> None:
    outer = table(
        row("项目", "数量", "备注"), row("许可", "3", f"<w:tc>{paragraph('见')}{INNER}</w:tc>"), row("处罚", "4", "")
    )
    document = read_body(outer)
    assert grids(document) == [
        [["项目", "数量", "备注"], ["许可", "3", "见"], ["处罚", "4", ""]],
        [["a", "1"], ["b", "2"]],
    ]
    assert notices(document) == ["nested_table"]


@pytest.mark.parametrize("words", ["", "3"])
def test_figures_in_a_table_inside_a_data_cell_leave_it_neither_blank_nor_a_figure(words: str) -> None:
    inner = table(row("12", "5"))
    document = read_body(table(row("许可", f"<w:tc>{paragraph(words)}{inner}</w:tc>"), row("处罚", "4")))
    assert grids(document) == [[["许可", f"{words}〔表格〕"], ["处罚", "4"]], [["12", "5"]]]
    assert notices(document) == ["nested_table"]


def test_a_nested_table_of_one_cell_is_the_text_of_its_cell() -> None:
    document = read_body(table(row("许可", f"<w:tc>{table(row('12'))}{paragraph()}</w:tc>"), row("处罚", "4")))
    assert grids(document) == [[["许可", "12"], ["处罚", "4"]]]
    assert notices(document) == []


# Words -----------------------------------------------------------------------------------------------------------

FOOTNOTE = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
RAISED = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{}</w:t></w:r>'
BOX = "<w:txbxContent>{}</w:txbxContent>"

WORDS = {
    "inserted text is kept": (["甲", '<w:ins w:id="1"><w:r><w:t>乙</w:t></w:r></w:ins>'], "甲乙"),
    "deleted text is dropped": (['<w:del w:id="1"><w:r><w:delText>9</w:delText></w:r></w:del>', "8"], "8"),
    "moved text stands where it went": (
        [
            '<w:moveFrom w:id="1"><w:r><w:t>9</w:t></w:r></w:moveFrom>',
            '<w:moveTo w:id="2"><w:r><w:t>7</w:t></w:r></w:moveTo>',
        ],
        "7",
    ),
    "hidden text is dropped": (["1", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>2</w:t></w:r>", "3"], "13"),
    "text that is switched to visible is kept": (['<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>2</w:t></w:r>'], "2"),
    "tab, break, carriage return and hyphen": (
        ["<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>5</w:t><w:softHyphen/></w:r>"],
        "a\tb-5",
    ),
    "an ordinary symbol is its character": (['<w:r><w:sym w:font="宋体" w:char="2103"/></w:r>'], "℃"),
    "a symbol of a symbol font stays private": (['<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'], "\uf0fe"),
    "a symbol written as a byte is private too": (['<w:r><w:sym w:font="Wingdings" w:char="52"/></w:r>'], "\uf052"),
    "a symbol without number is nothing": (['<w:r><w:sym w:char="zz"/><w:sym w:char="D800"/></w:r>', "1"], "1"),
    "content controls are read": (["<w:sdt><w:sdtContent><w:r><w:t>5</w:t></w:r></w:sdtContent></w:sdt>"], "5"),
    "a prompt of an empty control is not": (
        [
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>点此输入</w:t></w:r></w:sdtContent></w:sdt>",
            "5",
        ],
        "5",
    ),
    "a field's result is kept, its instruction not": (
        [
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
            "<w:r><w:instrText>=SUM(ABOVE)</w:instrText></w:r>",
            '<w:r><w:fldChar w:fldCharType="begin"/><w:t>内</w:t><w:fldChar w:fldCharType="end"/></w:r>',
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            "<w:r><w:t>42</w:t></w:r>",
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        ],
        "42",
    ),
    "hidden field marks still count": (
        [
            '<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r>',
            "<w:r><w:t>内</w:t></w:r>",
            '<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="end"/></w:r>',
            "5",
        ],
        "5",
    ),
    "field ends without beginning do no harm": (
        ['<w:r><w:fldChar w:fldCharType="separate"/><w:fldChar w:fldCharType="end"/></w:r>', "5"],
        "5",
    ),
    "a simple field's result is kept": (['<w:fldSimple w:instr="PAGE"><w:r><w:t>3</w:t></w:r></w:fldSimple>'], "3"),
    "a link's words are kept": (["<w:hyperlink><w:r><w:t>附件</w:t></w:r></w:hyperlink>"], "附件"),
    "a footnote's mark is no digit": (["12", FOOTNOTE], "12"),
    "a footnote's own mark is none either": (
        ["12", '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>3</w:t></w:r>', "件"],
        "12件",
    ),
    "a digit raised by hand is no digit of the figure": (["12", RAISED.format("1"), RAISED.format("0")], "12¹⁰"),
    "digits raised before or behind words are marks too": ([RAISED.format("5"), "件", RAISED.format("1")], "⁵件¹"),
    "pronunciation above characters is dropped": (
        [
            "<w:r><w:ruby><w:rt><w:r><w:t>gong</w:t></w:r></w:rt>"
            "<w:rubyBase><w:r><w:t>公</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        ],
        "公",
    ),
    "a plain formula is its characters": (["<m:oMath><m:r><m:t>15</m:t></m:r></m:oMath>"], "15"),
    "a formula with an empty part is its characters": (
        ["<m:oMath><m:r><m:t/></m:r><m:r><m:t>15</m:t></m:r></m:oMath>"],
        "15",
    ),
    "a fraction is no number": (
        [
            "1",
            "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
        ],
        "1\ufffc",
    ),
    "unknown elements, comments and instructions are passed by": (
        ["<w:proofErr/>", "<!-- 9 -->", "<?x 9?>", "<w:unknown><w:r><w:t>9</w:t></w:r></w:unknown>", "5"],
        "5",
    ),
}


@pytest.mark.parametrize("name", WORDS)
def test_the_words_of_a_cell_are_those_that_show(name: str) -> None:
    runs, expected = WORDS[name]
    assert grids(read_body(table(row("标签", cell(paragraph(*runs)))))) == [[["标签", expected]]]


def test_line_breaks_part_paragraphs_outside_tables() -> None:
    document = read_body(paragraph("<w:r><w:t>一</w:t><w:br/><w:t>二</w:t><w:cr/><w:t>三</w:t></w:r>"))
    assert paragraphs(document) == ["一", "二", "三"]


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    shape = (
        "<w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{BOX.format(paragraph("框内") + INNER)}</wps:txbx>'
        "</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{BOX.format(paragraph('框内') + INNER)}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    document = read_body(paragraph("文", shape) + paragraph("尾"))
    assert document.text == "文\n框内\na\t1\nb\t2\n尾"


def test_the_branch_that_holds_the_text_box_is_the_one_read() -> None:
    inner = f"<w:pict><v:textbox>{BOX.format(paragraph('框内'))}</v:textbox></w:pict>"
    choices = f"<mc:Choice/><mc:Fallback>{inner}</mc:Fallback>"
    nested = f"<w:drawing><mc:AlternateContent>{choices}</mc:AlternateContent></w:drawing>"
    shape = f"<w:r><mc:AlternateContent><mc:Choice/><mc:Fallback>{nested}</mc:Fallback></mc:AlternateContent></w:r>"
    assert paragraphs(read_body(paragraph("文", shape))) == ["文", "框内"]


def test_a_text_box_in_a_table_never_mixes_with_a_figure() -> None:
    box = f"<w:r><w:pict><v:textbox>{BOX.format(paragraph('3'))}</v:textbox></w:pict></w:r>"
    document = read_body(table(row("许可", cell(paragraph("12", box)))))
    assert (grids(document), paragraphs(document)) == ([[["许可", "12"]]], ["3"])


def test_alternatives_of_a_whole_block_are_read_once() -> None:
    branches = f"<mc:Choice>{paragraph('甲')}</mc:Choice><mc:Fallback>{paragraph('甲')}</mc:Fallback>"
    block = f"<mc:AlternateContent>{branches}</mc:AlternateContent>"
    assert paragraphs(read_body(block)) == ["甲"]


def test_paragraphs_joined_by_a_deleted_end_are_one() -> None:
    removed = '<w:rPr><w:del w:id="1"/></w:rPr>'
    body = paragraph("本年新收", properties=removed) + paragraph("5件") + paragraph("末", properties=removed)
    assert paragraphs(read_body(body)) == ["本年新收5件", "末"]


def test_an_embedded_document_is_not_read_and_said_so() -> None:
    assert notices(read_body(paragraph("甲") + "<w:altChunk/>")) == ["embedded_part"]


def test_styles_can_hide_text() -> None:
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="p"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="q"><w:basedOn w:val="p"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="loop"><w:basedOn w:val="loop"/></w:style>'
    )
    body = (
        paragraph("1", '<w:r><w:rPr><w:rStyle w:val="h"/></w:rPr><w:t>2</w:t></w:r>')
        + paragraph("3", properties='<w:pStyle w:val="q"/>')
        + paragraph("4", properties='<w:pStyle w:val="loop"/>')
    )
    assert paragraphs(read_body(body, styles=styles)) == ["1", "", "4"]


# Numbers that Word generates -------------------------------------------------------------------------------------


def level(number: int, format: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{more}'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbers(*levels: str, lists: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{lists}'


def item(text: str, number: int = 0, list_id: int = 1) -> str:
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{number}"/><w:numId w:val="{list_id}"/></w:numPr>')


SECTIONS = numbers(
    level(0, "chineseCounting", "%1、"), level(1, "chineseCountingThousand", "（%2）"), level(2, "decimal", "%3.")
)


def test_numbers_are_written_before_paragraphs_and_in_cells() -> None:
    body = (
        item("总体情况")
        + item("公开", 1)
        + item("受理", 1)
        + table(row(cell(item("国家秘密", 2)), cell(item("5", 2))))
        + item("复议")
        + item("维持", 1)
    )
    document = read_body(body, numbering=SECTIONS)
    assert paragraphs(document) == ["一、总体情况", "（一）公开", "（二）受理", "二、复议", "（一）维持"]
    assert grids(document) == [[["1. 国家秘密", "2. 5"]]]


@pytest.mark.parametrize(
    ("format", "number", "expected"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 7, "07"),
        ("decimalFullWidth", 12, "１２"),
        ("upperRoman", 14, "XIV"),
        ("lowerRoman", 2019, "mmxix"),
        ("lowerRoman", 6000, "6000"),
        ("lowerRoman", 949, "cmxlix"),
        ("lowerRoman", 494, "cdxciv"),
        ("lowerLetter", 27, "aa"),
        ("upperLetter", 3, "C"),
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 11, "十一"),
        ("chineseCounting", 20, "二十"),
        ("chineseCountingThousand", 105, "一百零五"),
        ("chineseCountingThousand", 1010, "一千零一十"),
        ("chineseCountingThousand", 20_003, "二万零三"),
        ("chineseCountingThousand", 0, "0"),
        ("chineseCounting", 99_999_999, "九千九百九十九万九千九百九十九"),
        ("chineseCounting", 100_000_000, "100000000"),
        ("ideographDigital", 105, "一〇五"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographTraditional", 3, "丙"),
        ("ideographTraditional", 11, "11"),
        ("ideographZodiac", 12, "亥"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("none", 5, ""),
    ],
)
def test_a_number_is_written_in_the_list_s_way(format: str, number: int, expected: str) -> None:
    assert FORMATS[format](number) == expected


def test_a_level_or_a_pattern_that_no_program_writes_costs_nothing() -> None:
    lists = numbers(level(0, "decimal", "%1" * 5000))
    (document,) = docx.read(
        body_docx(item("甲") + item("乙").replace('ilvl w:val="0"', f'ilvl w:val="{"9" * 5000}"'), numbering=lists),
        LIMITS,
    )
    assert len(document.text) < 300
    assert document.text.endswith("\n乙")


def test_a_list_can_start_elsewhere_and_start_again() -> None:
    lists = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        f'<w:lvlOverride w:ilvl="0">{level(0, "lowerLetter", "%1)")}</w:lvlOverride></w:num>'
        '<w:num w:numId="9"><w:abstractNumId w:val="77"/></w:num>'
    )
    numbering = numbers(level(0, "decimal", "%1、"), lists=lists)
    body = (
        item("a") + item("b") + item("c", 0, 2) + item("d", 0, 2) + item("e", 0, 3) + item("f", 0, 9) + item("g", 0, 0)
    )
    assert paragraphs(read_body(body, numbering=numbering)) == ["1、a", "2、b", "7、c", "8、d", "i)e", "f", "g"]


def test_levels_restart_as_the_list_says() -> None:
    numbering = numbers(
        level(0, "upperRoman", "%1、"),
        level(1, "decimal", "%1.%2、", '<w:lvlRestart w:val="0"/>'),
        level(2, "decimal", "%1.%2.%3、", "<w:isLgl/>"),
    )
    body = item("a") + item("b", 1) + item("c") + item("d", 1) + item("e", 2)
    assert paragraphs(read_body(body, numbering=numbering)) == ["I、a", "I.1、b", "II、c", "II.2、d", "2.2.1、e"]


def test_a_level_restarts_behind_the_level_that_the_list_names_and_no_other() -> None:
    numbering = numbers(
        level(0, "decimal", "%1、"),
        level(1, "decimal", "%1.%2、"),
        level(2, "decimal", "%3)", '<w:lvlRestart w:val="1"/>'),
    )
    places = (("a", 0), ("b", 1), ("c", 2), ("d", 1), ("e", 2), ("f", 0), ("g", 1), ("h", 2))
    body = "".join(item(words, place) for words, place in places)
    read = ["1、a", "1.1、b", "1)c", "1.2、d", "2)e", "2、f", "2.1、g", "1)h"]
    assert [words.replace(" ", "") for words in paragraphs(read_body(body, numbering=numbering))] == read


def test_a_level_that_no_paragraph_used_counts_from_its_start() -> None:
    numbering = numbers(level(0, "decimal", "%1、"), level(1, "decimal", "%1.%2、"))
    assert paragraphs(read_body(item("a", 1), numbering=numbering)) == ["1.1、a"]


def test_a_number_never_runs_into_a_figure() -> None:
    numbering = numbers(level(0, "decimal", "%1"))
    assert paragraphs(read_body(item("5件"), numbering=numbering)) == ["1 5件"]


def test_bullets_are_not_written_and_unknown_formats_are_reported() -> None:
    numbering = numbers(level(0, "bullet", "-"), level(1, "hebrew1", "%2."), level(2, "none", ""))
    document = read_body(item("5") + item("a", 1) + item("b", 2) + item("c", 8), numbering=numbering)
    assert paragraphs(document) == ["5", ". a", "b", "c"]
    assert [(notice.code, notice.excerpt) for notice in document.notices] == [("numbering_unknown", "hebrew1")]


def test_a_format_newer_than_its_readers_is_the_stand_in() -> None:
    choice = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001"/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    )
    levels = f'<w:lvl w:ilvl="0"><w:start w:val="3"/>{choice}<w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="x"/>'
    assert paragraphs(read_body(item("a"), numbering=numbers(levels))) == ["3、 a"]


STYLES = (
    '<w:style w:type="paragraph" w:styleId="h1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="h2"><w:basedOn w:val="h1"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="h3"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="numbering" w:styleId="list"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
)


def test_a_paragraph_takes_its_list_from_its_style() -> None:
    numbering = numbers(
        level(0, "chineseCounting", "%1、"),
        level(1, "decimal", "%2、"),
        level(2, "decimal", "%3)", '<w:pStyle w:val="h3"/>'),
    )
    body = (
        paragraph("a", properties='<w:pStyle w:val="h1"/>')
        + paragraph("b", properties='<w:pStyle w:val="h2"/><w:numPr><w:ilvl w:val="1"/></w:numPr>')
        + paragraph("c", properties='<w:pStyle w:val="h3"/>')
        + paragraph("d", properties='<w:pStyle w:val="h1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    assert paragraphs(read_body(body, numbering=numbering, styles=STYLES)) == ["一、a", "1、b", "1)c", "d"]


def test_a_list_can_be_that_of_a_list_style() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="list"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="list"/>{level(0, "decimal", "%1、")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    )
    assert paragraphs(read_body(item("a") + item("b"), numbering=numbering, styles=STYLES)) == ["1、a", "2、b"]


# Packages --------------------------------------------------------------------------------------------------------


def word_file(**properties: str) -> bytes:
    document = python_docx.Document()
    document.add_paragraph("甲").runs[0].font.size = Pt(12)
    document.add_paragraph("乙", style="List Number")
    for name, value in properties.items():
        setattr(document.core_properties, name, value)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_the_title_is_a_fact_and_the_author_is_not() -> None:
    (document,) = docx.read(word_file(title="东明县年报", author="某人"), LIMITS)
    assert (document.facts, document.format) == ((("title", "东明县年报"),), "docx")
    assert paragraphs(document) == ["甲", "1. 乙"]


def test_relationships_that_lead_nowhere_do_no_harm() -> None:
    links = relationships({"numbering": "NULL", "styles": "../../../NULL", "image": "NULL"})
    data = body_docx(item("甲"), others={"word/_rels/document.xml.rels": links})
    assert docx.read(data, LIMITS)[0].text == "甲"


def test_the_main_part_may_have_any_name_and_the_strict_namespace() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    parts = {
        "_rels/.rels": relationships({"officeDocument": "/word/document2.xml"}),
        "word\\document2.xml": f'<w:document xmlns:w="{strict}"><w:body>{paragraph("甲")}</w:body></w:document>',
    }
    assert docx.read(package(parts), LIMITS)[0].text == "甲"


def bomb(size: int) -> bytes:
    return body_docx(paragraph("甲"), others={"word/media/image1.bmp": "0" * size})


ENTITIES = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
DOCUMENT = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:document>'


def with_main(xml: str | bytes) -> bytes:
    return (
        body_docx("", others={"word/document.xml": xml})
        if isinstance(xml, str)
        else package({"word/document.xml": xml})
    )


HOSTILE = {
    "no zip": (b"PK\x03\x04 rest", "damaged"),
    "cut off": (word_file()[:2000], "damaged"),
    "no document in it": (package({"a.txt": "甲"}), "damaged"),
    "columns left free without end": (
        body_docx(table(row("1", "2"), *[row("1", properties='<w:gridBefore w:val="9000"/>')] * 50)),
        "too_many_cells",
    ),
    "a presentation": (with_main("<p:presentation xmlns:p='p'/>"), "damaged"),
    "broken XML": (with_main("<w:document"), "damaged"),
    "entities": (with_main(ENTITIES + DOCUMENT.format("<w:body>&b;</w:body>")), "damaged"),
    "entities in UTF-16": (with_main((ENTITIES + DOCUMENT.format("<w:body/>")).encode("utf-16")), "damaged"),
    "deeper than any document": (with_main(DOCUMENT.format("<w:sdt>" * 5000 + "</w:sdt>" * 5000)), "damaged"),
    "more elements than any document": (
        with_main(DOCUMENT.format("<w:body>" + "<w:p/>" * 1_000_001 + "</w:body>")),
        "too_large",
    ),
    "unpacks to too much": (bomb(LIMITS.max_bytes), "too_large"),
    "a cell of a billion columns": (
        body_docx(table(row("1", cell("2", '<w:gridSpan w:val="999999999"/>')))),
        "too_many_cells",
    ),
    "too many cells": (body_docx(table("<w:tr>" + "<w:tc/>" * 200_001 + "</w:tr>")), "too_many_cells"),
    "a binary Office file": (ole.SIGN + bytes(2000), "damaged"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_damaged_file_is_refused(name: str) -> None:
    data, code = HOSTILE[name]
    assert refusal(docx.read, data) == code


def test_a_password_is_named() -> None:
    data = bytearray(word_file())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refusal(docx.read, bytes(data)) == "encrypted"


def test_a_limit_on_bytes_can_be_set() -> None:
    assert refusal(docx.read, bomb(100_000), Limits(max_bytes=50_000)) == "too_large"
    assert docx.read(bomb(100_000), LIMITS)[0].text == "甲"


# Old files -------------------------------------------------------------------------------------------------------


def compound(*streams: tuple[str, bytes]) -> bytes:
    """An OLE file of 512-byte sectors: allocation table, directory, then the streams (each padded to 4096 bytes)."""
    end, unused, table_sector = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    padded = [(name, content.ljust(4096, b"\0")) for name, content in streams]
    chain = [table_sector, end]
    starts = []
    for _, content in padded:
        starts.append(len(chain))
        sectors = len(content) // 512
        chain += [*range(len(chain) + 1, len(chain) + sectors), end]
    header = struct.pack("<8s16xHHHHH6xIIIIIIIII", ole.SIGN, 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0)
    header = header + struct.pack("<I", 0) + struct.pack("<I", unused) * 108
    entries = [_entry("Root Entry", 5, 1 if padded else unused, unused, end, 0)]
    for number, ((name, content), start) in enumerate(zip(padded, starts, strict=True), start=1):
        following = number + 1 if number < len(padded) else unused
        entries.append(_entry(name, 2, unused, following, start, len(content)))
    entries += [_entry("", 0, unused, unused, 0, 0)] * (4 - len(entries))
    fat = struct.pack("<128I", *(chain + [unused] * (128 - len(chain))))
    return header + fat + b"".join(entries) + b"".join(content for _, content in padded)


def _entry(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0" if name else b""
    unused = 0xFFFFFFFF
    return struct.pack("<64sHBBIII36xIQ", raw, len(raw), kind, 1, unused, right, child, start, size)


WORD_HEAD = struct.pack("<H8xH", 0xA5EC, 0)
LOCKED_HEAD = struct.pack("<H8xH", 0xA5EC, 0x0100)


@pytest.mark.parametrize(
    ("streams", "expected"),
    [
        ([("WordDocument", WORD_HEAD)], "doc"),
        ([("WordDocument", LOCKED_HEAD)], "encrypted"),
        ([("WordDocument", struct.pack("<H8xH", 0xA5EC, 0xFEFF))], "doc"),
        ([("EncryptedPackage", b"x")], "encrypted"),
        ([("Workbook", b"x")], "xls"),
        ([("PowerPoint Document", b"x")], "ppt"),
        ([("Something", b"x")], "unknown"),
    ],
)
def test_an_old_file_says_whose_it_is(streams: list[tuple[str, bytes]], expected: str) -> None:
    assert ole.kind(compound(*streams)) == expected


def test_a_stream_is_found_by_any_of_its_names() -> None:
    data = compound(("Book", b"abc"), ("Other", b"x"))
    assert ole.stream(data, "Workbook", "Book") == b"abc".ljust(4096, b"\0")
    assert ole.stream(data, "Workbook") is None
    with pytest.raises(ReadError):
        ole.stream(ole.SIGN, "Book")


def test_an_old_word_file_cut_off_at_its_head_is_no_encrypted_one() -> None:
    data = compound(("WordDocument", WORD_HEAD))
    assert refusal(docx.read, data) == "damaged"


def test_encrypted_old_and_new_files_are_named_by_every_reader() -> None:
    assert refusal(docx.read, compound(("EncryptedPackage", b"x"))) == "encrypted"
    assert refusal(doc.read, compound(("EncryptedPackage", b"x"))) == "encrypted"
    assert refusal(doc.read, compound(("WordDocument", LOCKED_HEAD))) == "encrypted"


def test_other_office_files_are_no_old_word_files() -> None:
    assert refusal(doc.read, compound(("Workbook", b"x"))) == "damaged"
    assert refusal(doc.read, ole.SIGN + b"rest") == "damaged"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (compound(("WordDocument", WORD_HEAD)), "doc"),
        (compound(("Workbook", b"x")), "sheet"),
        (compound(("Something", b"x")), "doc"),
        (b"{\\rtf1\\ansi }", "doc"),
        (b"\r\n {\\rtf1\\ansi }", "doc"),
        (word_file(), "docx"),
        (package({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "doc"),
        (package({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}), "sheet"),
        (b"<?xml version='1.0'?><report/>", "text"),
        (b"<?xml version='1.0'?><!DOCTYPE html><html><body/></html>", "html"),
    ],
)
def test_content_decides_who_reads_a_file_of_word_s(data: bytes, expected: str) -> None:
    assert format_of(data) == expected


def test_a_presentation_is_told_to_be_one() -> None:
    with pytest.raises(ReadError) as caught:
        read_documents(compound(("PowerPoint Document", b"x")), LIMITS)
    assert caught.value.code == "unknown_format"
    assert "presentation" in caught.value.message.en


def test_without_a_converter_the_problem_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(ReadError) as caught:
        doc.read(compound(("WordDocument", WORD_HEAD)), LIMITS)
    assert caught.value.code == "needs_converter"
    assert "LibreOffice" in caught.value.message.en


def program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.mark.parametrize(
    ("script", "limits", "code"),
    [
        ("exit 0", LIMITS, "damaged"),
        ("exit 77", LIMITS, "damaged"),
        ("sleep 600 & sleep 600", Limits(max_seconds=0.2), "timeout"),
        (
            'for last; do :; done; head -c 5000 /dev/zero > "$(dirname "$last")/source.docx"',
            Limits(max_bytes=4000),
            "too_large",
        ),
        ('for last; do :; done; echo text > "$(dirname "$last")/source.docx"', LIMITS, "damaged"),
    ],
)
def test_a_converter_that_fails_ends_in_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, limits: Limits, code: str
) -> None:
    program(tmp_path, "soffice", script)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert refusal(doc.read, compound(("WordDocument", WORD_HEAD)), limits) == code


def test_antiword_s_tables_are_lines_and_a_notice_says_what_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, "antiword", "printf '年报\\n|规章  |0 |\\n'")
    monkeypatch.setattr(doc, "OFFICE_PROGRAMS", ())
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    (document,) = doc.read(compound(("WordDocument", WORD_HEAD)), LIMITS)
    assert (document.text, document.format, notices(document)) == ("年报\n|规章  |0 |", "doc", ["merged_cells_lost"])
    struck = compound(("WordDocument", WORD_HEAD + b"\x37\x08\x01"))
    assert refusal(doc.read, struck) == "needs_converter"
    program(tmp_path, "antiword", "exit 1")
    assert refusal(doc.read, compound(("WordDocument", WORD_HEAD))) == "damaged"
    assert refusal(doc.read, b"{\\rtf1 }") == "needs_converter"


BODY = (
    paragraph("东明县2021年报告")
    + table(
        row(
            cell("一、", '<w:tcW w:w="2000" w:type="dxa"/><w:vMerge w:val="restart"/>'),
            cell("申请人情况", '<w:tcW w:w="4000" w:type="dxa"/><w:gridSpan w:val="2"/>'),
        ),
        row(
            cell("", '<w:tcW w:w="2000" w:type="dxa"/><w:vMerge/>'),
            cell("自然人", '<w:tcW w:w="2000" w:type="dxa"/>'),
            cell("总计", '<w:tcW w:w="2000" w:type="dxa"/>'),
        ),
        row("新收", "12", "13"),
    ).replace(
        "<w:tblPr/>",
        '<w:tblPr/><w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>',
    )
    + paragraph("完")
)


@pytest.mark.parametrize(("target", "format"), [("doc:MS Word 97", "doc"), ("rtf", "doc"), ("odt", "doc")])
def test_old_files_are_read_through_libreoffice(tmp_path: Path, target: str, format: str) -> None:
    office = require("soffice")
    content_types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    source = body_docx(BODY, others={"[Content_Types].xml": content_types})
    data = converted(office, source, tmp_path, "docx", target)
    (document,) = doc.read(data, LIMITS)
    assert document.format == format
    assert paragraphs(document) == ["东明县2021年报告", "完"]
    assert grids(document) == [[["一、", "申请人情况", "申请人情况"], ["一、", "自然人", "总计"], ["新收", "12", "13"]]]
    assert_positions(document)


def test_nothing_of_a_conversion_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require("soffice")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    assert doc.read(b"{\\rtf1\\ansi\\ansicpg936 \\'b9\\'ab\\par}", LIMITS)[0].text.strip() == "公"
    assert list(tmp_path.iterdir()) == []
