"""Word files: what is struck out, raised, lowered or not to be seen makes no figure; what is no text is no blank."""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path

import docx as python_docx
import pytest
from docx.oxml import parse_xml
from docx.table import Table

from build import forms
from build.document import HIDDEN, RAISED, STRUCK, Document, Grid
from build.limits import Limits
from build.readers import docx
from build.report import Report

from .assertions import read_bytes
from .render.figures import Figures, Printed, application_items, disclosure_cells, result_items, with_totals
from .render.tables import Options
from .render.word import W, body_docx, cell, converted, paragraph, report_docx, row, table

LIMITS = Limits()
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def run(text: str, properties: str = "") -> str:
    return f'<w:r xmlns:w14="{W14}"><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def read_cell(content: str, *, styles: str = "", cell_properties: str = "", table_properties: str = "") -> Document:
    """A table of a label and this cell (runs in one paragraph, or whole paragraphs)."""
    inner = content if content.startswith("<w:p>") else paragraph(content)
    made = table(row("标签", cell(inner, cell_properties)), row("其他", "0"))
    made = made.replace("<w:tblPr/>", f"<w:tblPr>{table_properties}</w:tblPr>")
    (document,) = docx.read(body_docx(made, styles=styles), LIMITS)
    return document


def seen(document: Document) -> str:
    """What a person reads as a figure in the second cell."""
    grid = next(block for block in document.as_shown().blocks if isinstance(block, Grid))
    return grid.cells[1].text.strip()


def marked(document: Document) -> list[tuple[str, str]]:
    return [(mark.kind, mark.words) for mark in document.marks]


# Struck out, raised, hidden: by the run itself ----------------------------------------------------------------------

STRIKE = "<w:strike/>"
LEFT_OUT = {
    "struck": (STRIKE, STRUCK),
    "struck twice": ("<w:dstrike/>", STRUCK),
    "superscript": ('<w:vertAlign w:val="superscript"/>', RAISED),
    "subscript": ('<w:vertAlign w:val="subscript"/>', RAISED),
    "moved up": ('<w:position w:val="6"/>', RAISED),
    "moved down": ('<w:position w:val="-6"/>', RAISED),
    "small and moved a little": ('<w:position w:val="3"/><w:sz w:val="12"/>', RAISED),
    "hidden": ("<w:vanish/>", HIDDEN),
    "hidden for good": ("<w:vanish/><w:specVanish/>", HIDDEN),
    "white": ('<w:color w:val="FFFFFF"/>', HIDDEN),
    "nearly white": ('<w:color w:val="FEFEFE"/>', HIDDEN),
    "white of the theme": ('<w:color w:val="auto" w:themeColor="background1"/>', HIDDEN),
    "in the colour of its shading": ('<w:color w:val="1F4E79"/><w:shd w:val="clear" w:fill="1F4E79"/>', HIDDEN),
    "black on a black highlight": ('<w:color w:val="000000"/><w:highlight w:val="black"/>', HIDDEN),
    "of one point": ('<w:sz w:val="2"/>', HIDDEN),
    "one percent wide": ('<w:w w:val="1"/>', HIDDEN),
    "in the colour of its highlight": ('<w:color w:val="FF0000"/><w:highlight w:val="red"/>', HIDDEN),
    "in the colour of its highlight, not of its shading": (
        '<w:color w:val="000000"/><w:highlight w:val="black"/><w:shd w:val="clear" w:fill="FFFFFF"/>',
        HIDDEN,
    ),
    "filled with white": (
        '<w14:textFill><w14:solidFill><w14:srgbClr w14:val="FFFFFF"/></w14:solidFill></w14:textFill>',
        HIDDEN,
    ),
    "white on a shading that the theme makes white": (
        '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="auto" w:themeFill="background1"/>',
        HIDDEN,
    ),
    "without a filling": ("<w14:textFill><w14:noFill/></w14:textFill>", HIDDEN),
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_is_left_out_beside_a_figure_is_no_part_of_it(name: str) -> None:
    properties, kind = LEFT_OUT[name]
    document = read_cell(run("58") + run("4", properties))
    assert seen(document) == "58"
    assert [mark.kind for mark in document.marks] == [kind]
    assert "584" not in document.text


@pytest.mark.parametrize("theme", ['w:themeFill="accent1"', 'w:themeFill="background1" w:themeFillShade="80"'])
def test_white_digits_on_another_colour_of_the_theme_are_seen(theme: str) -> None:
    properties = f'<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="auto" {theme}/>'
    document = read_cell(run("58") + run("4", properties))
    assert (seen(document), document.marks) == ("584", ())


UNSURE = {
    "hardly darker than the page": '<w:color w:val="EEEEEE"/>',
    "hardly lighter than its shading": '<w:color w:val="303030"/><w:shd w:val="clear" w:fill="202020"/>',
    "white by the theme alone": '<w:color w:val="000000" w:themeColor="background1"/>',
    "automatic on a black highlight": '<w:color w:val="auto"/><w:highlight w:val="black"/>',
    "of two points": '<w:sz w:val="4"/>',
    "a fifth as wide": '<w:w w:val="20"/>',
    "drawn together": '<w:spacing w:val="-120"/>',
    "moved up into the row above": '<w:position w:val="100"/>',
    "moved down into the row below": '<w:position w:val="-100"/>',
    "signs by a style": '<w:rStyle w:val="signs"/>',
}


@pytest.mark.parametrize("name", UNSURE)
def test_of_a_look_in_which_nobody_can_be_sure_of_a_digit_no_figure_is_made(name: str) -> None:
    document = read_cell(run("58") + run("4", UNSURE[name]), styles=STYLES)
    assert seen(document) == "58〔不能确定〕"
    assert seen(read_cell(run("行政许可4", UNSURE[name]), styles=STYLES)) == "行政许可4"


UNSURE_CELLS = {
    "lines of three points": ('<w:spacing w:line="60" w:lineRule="exact"/>', "", ""),
    "begun in the cell before": ('<w:ind w:left="-3000"/>', "", ""),
    "begun beyond the cell": ('<w:ind w:left="20000"/>', "", ""),
    "crossed out from corner to corner": ("", '<w:tcBorders><w:tl2br w:val="single"/></w:tcBorders>', ""),
    "a line drawn through": ("", "", '<w:r><w:pict><v:line from="0,5pt" to="40pt,5pt"/></w:pict></w:r>'),
}


@pytest.mark.parametrize("name", UNSURE_CELLS)
def test_of_a_cell_whose_words_are_cut_moved_or_crossed_out_no_figure_is_made(name: str) -> None:
    properties, cell_properties, drawn = UNSURE_CELLS[name]
    document = read_cell(paragraph(drawn + run("58"), properties=properties), cell_properties=cell_properties)
    assert seen(document) in ("〔不能确定〕", "58〔图形〕")
    assert seen(read_cell(paragraph(drawn, properties=properties), cell_properties=cell_properties)) == ""


@pytest.mark.parametrize("line", ['<w:spacing w:line="240" w:lineRule="exact"/>', '<w:spacing w:line="20"/>'])
def test_lines_that_are_high_enough_show_their_words(line: str) -> None:
    assert seen(read_cell(paragraph(run("58"), properties=f'{line}<w:ind w:left="-100" w:firstLine="420"/>'))) == "58"


def test_lines_of_one_point_show_nothing() -> None:
    document = read_cell(paragraph(run("58"), properties='<w:spacing w:line="20" w:lineRule="exact"/>'))
    assert (seen(document), marked(document)) == ("", [(HIDDEN, "58")])
    document = read_cell(in_style("low", run("58")), styles=STYLES)
    assert (seen(document), marked(document)) == ("", [(HIDDEN, "58")])


def test_a_row_of_five_points_shows_no_figure() -> None:
    low = row("行政许可处理决定", "58", properties='<w:trHeight w:val="100" w:hRule="exact"/>')
    (document,) = docx.read(body_docx(table(row("甲", "1"), low)), LIMITS)
    assert document.text == "甲\t1\n行政许可处理决定\t〔不能确定〕"


def test_figures_over_characters_are_raised_and_digits_turned_round_are_none() -> None:
    empty = "<w:r><w:t/></w:r>"
    above = f"<w:r><w:ruby><w:rt>{empty}{run('9')}</w:rt><w:rubyBase>{run('58')}</w:rubyBase></w:ruby></w:r>"
    assert seen(read_cell(above)) == "58"
    assert marked(read_cell(above)) == [(RAISED, "⁹")]
    assert seen(read_cell(f'<w:bdo w:val="rtl">{empty}{run("58")}</w:bdo>')) == "〔倒序〕"
    assert seen(read_cell(f'<w:bdo w:val="ltr">{run("58")}</w:bdo>')) == "58"


def test_a_cell_whose_only_figure_was_deleted_is_told() -> None:
    deleted = '<w:del w:id="1"><w:r><w:delText>58</w:delText></w:r></w:del>'
    assert marked(read_cell(deleted)) == [(HIDDEN, "58")]
    assert seen(read_cell(deleted)) == ""
    assert marked(read_cell(deleted + run("7"))) == []


SHOWN = {
    "underlined": '<w:u w:val="single"/>',
    "bold and coloured": '<w:b/><w:color w:val="C00000"/>',
    "not struck": '<w:strike w:val="0"/><w:dstrike w:val="false"/>',
    "not raised": '<w:vertAlign w:val="baseline"/>',
    "nudged by half a point": '<w:position w:val="1"/>',
    "nudged by a point in full size": '<w:position w:val="-2"/>',
    "not hidden": '<w:vanish w:val="off"/>',
    "hidden on the web only": "<w:webHidden/>",
    "white on a dark shading": '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F4E79"/>',
    "white on a highlight": '<w:color w:val="FFFFFF"/><w:highlight w:val="darkBlue"/>',
    "white on a pattern": '<w:color w:val="FFFFFF"/><w:shd w:val="pct50" w:color="000000" w:fill="FFFFFF"/>',
    "black on black by itself": '<w:color w:val="auto"/><w:shd w:val="solid" w:color="000000"/>',
    "light grey": '<w:color w:val="D9D9D9"/>',
    "a little smaller": '<w:sz w:val="18"/>',
    "narrow": '<w:w w:val="66"/>',
    "a change of format that was recorded": "<w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>",
}


@pytest.mark.parametrize("name", SHOWN)
def test_a_look_that_only_decorates_takes_nothing_away(name: str) -> None:
    document = read_cell(run("58") + run("4", SHOWN[name]))
    assert (seen(document), document.marks) == ("584", ())


@pytest.mark.parametrize(
    ("first", "second"), [("", '<w:sz w:val="12"/>'), ('<w:sz w:val="12"/>', ""), ('<w:sz w:val="32"/>', "")]
)
def test_digits_of_two_sizes_are_no_one_figure(first: str, second: str) -> None:
    for digits in ("58", "共58"):
        shown = seen(read_cell(run(digits, first) + run("4", second)))
        assert "不能确定" in shown
        assert not shown.isdecimal() and f"{digits}4" not in shown


def test_digits_of_one_small_size_are_one_figure() -> None:
    small = '<w:sz w:val="12"/>'
    assert seen(read_cell(run("58", small) + run("4", "<w:b/>" + small))) == "584"


def test_struck_text_is_named_as_such_and_joined_over_its_runs() -> None:
    document = read_cell(run("41", STRIKE) + run("07", "<w:b/>" + STRIKE) + run("52"))
    assert marked(document) == [(STRUCK, "〔划去:4107〕")]
    assert "〔划去:4107〕52" in document.text


def test_a_figure_that_is_struck_in_its_middle_is_none() -> None:
    assert seen(read_cell(run("1") + run("2", STRIKE) + run("3"))).split() == ["1", "3"]


def test_a_cell_that_is_moved_as_a_whole_is_set_so_and_one_raised_as_a_whole_is_a_mark() -> None:
    moved = '<w:position w:val="-8"/>'
    assert seen(read_cell(run("5", moved) + run("8", "<w:b/>" + moved))) == "58"
    assert seen(read_cell(run("58", '<w:vertAlign w:val="superscript"/>'))) == ""


def test_a_unit_s_power_is_no_digit() -> None:
    document = read_cell(run("12m") + run("2", '<w:vertAlign w:val="superscript"/>'))
    assert (document.text.split()[1], seen(document)) == ("12m²", "12m")


# By styles ----------------------------------------------------------------------------------------------------------


def style(kind: str, name: str, runs: str, *, parent: str = "", more: str = "", default: bool = False) -> str:
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"{" w:default=" + chr(34) + "1" + chr(34) if default else ""}>'
        f"{f'<w:basedOn w:val={chr(34)}{parent}{chr(34)}/>' if parent else ''}<w:rPr>{runs}</w:rPr>{more}</w:style>"
    )


STYLES = (
    style("character", "out", STRIKE)
    + style("character", "below", "<w:b/>", parent="out")
    + style("character", "back", '<w:strike w:val="0"/>', parent="out")
    + style("character", "note", '<w:vertAlign w:val="superscript"/>')
    + style("character", "secret", "<w:vanish/>")
    + style("character", "pale", '<w:color w:val="FFFFFF"/>')
    + style("paragraph", "p-out", STRIKE)
    + style("paragraph", "p-secret", "<w:vanish/>")
    + style("character", "signs", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>')
    + style("paragraph", "low", "", more='<w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr>')
    + style("paragraph", "dark", "", more='<w:pPr><w:shd w:val="clear" w:fill="203864"/></w:pPr>')
)
RUN_STYLES = {
    "out": ([STRUCK], "58"),
    "below": ([STRUCK], "58"),
    "back": ([], "584"),
    "note": ([RAISED], "58"),
    "secret": ([HIDDEN], "58"),
    "pale": ([HIDDEN], "58"),
}


@pytest.mark.parametrize("name", RUN_STYLES)
def test_a_character_style_leaves_out_as_the_run_itself_does(name: str) -> None:
    kinds, expected = RUN_STYLES[name]
    document = read_cell(run("58") + run("4", f'<w:rStyle w:val="{name}"/>'), styles=STYLES)
    assert ([mark.kind for mark in document.marks], seen(document)) == (kinds, expected)


def in_style(name: str, *runs: str) -> str:
    return paragraph(*runs, properties=f'<w:pStyle w:val="{name}"/>')


def test_what_two_styles_toggle_is_off_again_and_the_run_itself_settles_it() -> None:
    out, secret = '<w:rStyle w:val="out"/>', '<w:rStyle w:val="secret"/>'
    assert marked(read_cell(in_style("p-out", run("4")), styles=STYLES)) == [(STRUCK, "〔划去:4〕")]
    assert seen(read_cell(in_style("p-out", run("4", out)), styles=STYLES)) == "4"
    assert seen(read_cell(in_style("p-out", run("4", '<w:strike w:val="0"/>')), styles=STYLES)) == "4"
    assert seen(read_cell(in_style("p-out", run("4", out + STRIKE)), styles=STYLES)) == ""
    assert seen(read_cell(in_style("p-secret", run("4", secret)), styles=STYLES)) == "4"


def test_the_document_s_defaults_and_its_default_style_hold_for_all() -> None:
    default = f"<w:docDefaults><w:rPrDefault><w:rPr>{STRIKE}</w:rPr></w:rPrDefault></w:docDefaults>"
    for styles in (default, style("paragraph", "a", STRIKE, default=True)):
        document = read_cell(run("4") + run("7", '<w:strike w:val="0"/>'), styles=styles)
        assert seen(document) == "7"


def test_white_letters_show_on_the_shading_of_paragraph_cell_or_table() -> None:
    pale, dark = run("58", '<w:color w:val="FFFFFF"/>'), '<w:shd w:val="clear" w:fill="203864"/>'
    assert seen(read_cell(paragraph(pale, properties=dark))) == "58"
    assert seen(read_cell(in_style("dark", pale), styles=STYLES)) == "58"
    assert seen(read_cell(pale, cell_properties=dark)) == "58"
    assert seen(read_cell(pale, table_properties=dark)) == "58"
    assert seen(read_cell(pale, cell_properties='<w:shd w:val="clear" w:fill="FFFFFF"/>')) == ""
    assert seen(read_cell(run("58", '<w:color w:val="203864"/>'), cell_properties=dark)) == ""


TABLE_STYLE = style(
    "table",
    "t",
    "",
    more='<w:tblStylePr w:type="firstRow"><w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
    '<w:tcPr><w:shd w:val="clear" w:fill="000000"/></w:tcPr></w:tblStylePr>'
    f'<w:tblStylePr w:type="lastRow"><w:rPr>{STRIKE}</w:rPr></w:tblStylePr>',
)


def test_a_table_style_looks_different_in_its_rows() -> None:
    def read(look: str) -> Document:
        made = table(row("甲", "1"), row("乙", "2"), row("丙", "3"))
        look = f'<w:tblPr><w:tblStyle w:val="t"/><w:tblLook {look}/></w:tblPr>'
        (document,) = docx.read(body_docx(made.replace("<w:tblPr/>", look), styles=TABLE_STYLE), LIMITS)
        return document

    assert marked(read('w:firstRow="1" w:lastRow="0"')) == []
    assert marked(read('w:val="0060"')) == [(STRUCK, "〔划去:丙〕"), (STRUCK, "〔划去:3〕")]


BANDS = style(
    "table",
    "t",
    "",
    more=f'<w:tblStylePr w:type="band2Vert"><w:rPr>{STRIKE}</w:rPr></w:tblStylePr>'
    '<w:tblStylePr w:type="band2Horz"><w:rPr><w:vanish/></w:rPr></w:tblStylePr>'
    '<w:tblStylePr w:type="neCell"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:tblStylePr>',
)


def test_a_table_style_looks_different_in_every_second_column_or_row_and_in_a_corner() -> None:
    def read(look: str) -> list[tuple[str, str]]:
        made = table(row("甲", *"123"), row("乙", *"456"), row("丙", *"789"), row("丁", *"012"))
        look = f'<w:tblPr><w:tblStyle w:val="t"/><w:tblLook {look}/></w:tblPr>'
        (document,) = docx.read(body_docx(made.replace("<w:tblPr/>", look), styles=BANDS), LIMITS)
        return marked(document)

    corner = 'w:firstRow="1" w:firstColumn="1" w:lastColumn="1"'
    struck = [(STRUCK, f"〔划去:{figure}〕") for figure in "2581"]
    assert read(f'{corner} w:noHBand="1" w:noVBand="0"') == [struck[0], (RAISED, "³"), *struck[1:]]
    assert read(f'{corner} w:noHBand="0" w:noVBand="1"') == [(RAISED, "³"), *((HIDDEN, text) for text in "丙789")]
    assert read('w:firstRow="0" w:firstColumn="0" w:lastColumn="1" w:noHBand="1" w:noVBand="1"') == []


def test_no_table_style_of_word_hides_a_figure() -> None:
    """One of them prints its own first cell white on white; every other cell shows in all of them."""
    styles = [found for found in python_docx.Document().styles if found.type == 3]
    for name in [found.name for found in styles[:: len(styles) // 12]]:
        made = python_docx.Document()
        grid = made.add_table(4, 4, style=name)
        for number, place in enumerate(grid._cells):
            place.text = str(number)
        stream = io.BytesIO()
        made.save(stream)
        (document,) = docx.read(stream.getvalue(), LIMITS)
        assert document.marks == (), name


# Rows that do not show -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("properties", ["<w:hidden/>", '<w:trHeight w:val="1" w:hRule="exact"/>'])
def test_a_row_that_does_not_show_is_left_out_and_said_so(properties: str) -> None:
    body = table(row("甲", "1"), row("乙", "2", properties=properties), row("丙", "3"))
    (document,) = docx.read(body_docx(body), LIMITS)
    assert document.text == "甲\t1\n丙\t3"
    assert [(notice.code, notice.excerpt) for notice in document.notices] == [("hidden_text", "乙 2")]


@pytest.mark.parametrize("properties", ['<w:trHeight w:val="1"/>', '<w:trHeight w:val="400" w:hRule="exact"/>'])
def test_a_row_of_a_least_height_or_of_a_line_shows(properties: str) -> None:
    (document,) = docx.read(body_docx(table(row("甲", "1"), row("乙", "2", properties=properties))), LIMITS)
    assert document.text == "甲\t1\n乙\t2"


# Shown, and no text --------------------------------------------------------------------------------------------------


def complex_field(instruction: str, result: str | None = None, form: str = "") -> str:
    separated = "" if result is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}'
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{form}</w:fldChar></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>{separated}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def tick_box(*stated: str) -> str:
    """A box to tick: ``checked`` or ``default``, each with its value behind ``=``."""
    parts = (name.partition("=") for name in stated)
    entries = "".join(f'<w:{name} w:val="{value or 1}"/>' for name, _, value in parts)
    return f"<w:ffData><w:checkBox>{entries}</w:checkBox></w:ffData>"


def drop_down(result: str) -> str:
    entries = "".join(f'<w:listEntry w:val="{entry}"/>' for entry in ("31", "47", "62"))
    return f"<w:ffData><w:ddList>{result}{entries}</w:ddList></w:ffData>"


def control(properties: str, content: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def drawing(inside: str, *, anchored: bool = False, extent: int = 900_000) -> str:
    kind = "anchor" if anchored else "inline"
    return (
        f'<w:r><w:drawing><wp:{kind} xmlns:wp="{WP}"><wp:extent cx="{extent}" cy="{extent}"/>'
        f'<a:graphic xmlns:a="{A}"><a:graphicData>{inside}</a:graphicData></a:graphic></wp:{kind}></w:drawing></w:r>'
    )


def alternatives(needed: str, choice: str, fallback: str) -> str:
    return (
        f'<mc:AlternateContent xmlns:w14="{W14}" xmlns:x="urn:x"><mc:Choice Requires="{needed}">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


BLIP = '<a:blip r:embed="r9"/>'
BOX = f"<wps:txbx><w:txbxContent>{paragraph('58')}</w:txbxContent></wps:txbx>"
SHOWN_CELLS = {
    "a sum that was computed": (complex_field("=SUM(ABOVE)", "58"), "58"),
    "a sum that was not": (complex_field("=SUM(ABOVE)"), "〔公式〕"),
    "a sum with an empty result": (complex_field("=SUM(ABOVE)", ""), "〔公式〕"),
    "a merge field that was filled": ('<w:fldSimple w:instr="MERGEFIELD n">' + run("58") + "</w:fldSimple>", "58"),
    "a property that was not looked up": ('<w:fldSimple w:instr=" DOCPROPERTY n "/>', "〔域〕"),
    "an index entry shows nothing": (run("58") + complex_field("XE 许可"), "58"),
    "a text field left empty": (complex_field("FORMTEXT", "\u2002\u2002"), ""),
    "the chosen option": (complex_field("FORMDROPDOWN", None, drop_down('<w:result w:val="1"/>')), "47"),
    "the option by default": (complex_field("FORMDROPDOWN", None, drop_down('<w:default w:val="2"/>')), "62"),
    "the first option": (complex_field("FORMDROPDOWN", None, drop_down("")), "31"),
    "a box that is ticked": (
        complex_field("FORMCHECKBOX", None, "<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>"),
        "☒",
    ),
    "a box that is ticked at first and no more": (
        complex_field("FORMCHECKBOX", None, tick_box("default", "checked=0")),
        "☐",
    ),
    "a box that is ticked at first": (complex_field("FORMCHECKBOX", None, tick_box("default")), "☒"),
    "a box that is not": (complex_field("FORMCHECKBOX", None, tick_box()), "☐"),
    "the option of a control": (
        control('<w:dropDownList><w:listItem w:value="9"/></w:dropDownList>', run("58")),
        "58",
    ),
    "a prompt": (control("<w:showingPlcHdr/>", run("选择一项。")), "〔未填写〕"),
    "a prompt as a paragraph": ("<w:p/>" + control("<w:showingPlcHdr/>", paragraph("选择一项。")), "〔未填写〕"),
    "a figure that is called a prompt": (control("<w:showingPlcHdr/>", run("58")), "58"),
    "a picture": (drawing(BLIP), "〔图片〕"),
    "an old picture": ('<w:r><w:pict><v:shape><v:imagedata r:id="r9"/></v:shape></w:pict></w:r>', "〔图片〕"),
    "letters drawn as a picture": (
        '<w:r><w:pict><v:shape><v:textpath string="58"/></v:shape></w:pict></w:r>',
        "〔图片〕",
    ),
    "an embedded object": ('<w:r><w:object><v:shape><v:imagedata r:id="r9"/></v:shape></w:object></w:r>', "〔图片〕"),
    "a picture in line with a figure": (run("5") + drawing(BLIP), "5〔图片〕"),
    "a picture within a figure": (run("5") + drawing(BLIP) + run("8"), "5〔图片〕8"),
    "a picture that floats beside a figure": (run("58") + drawing(BLIP, anchored=True), "58"),
    "a picture that floats on an empty cell": (drawing(BLIP, anchored=True), "〔图片〕"),
    "a picture that keeps a place free": (drawing(BLIP, extent=9525), ""),
    "a picture behind many words": (run("行政许可决定数量") + drawing(BLIP), "行政许可决定数量"),
    "a drawn line": (drawing("<wps:wsp/>"), ""),
    "a text box on an empty cell": (drawing(BOX), "〔文本框〕"),
    "a text box beside a figure": (run("12") + drawing(BOX), "12"),
    "the day on which one looks": (run("5") + "<w:r><w:dayShort/></w:r>", "5〔域〕"),
    "what Word shows of two renderings": (alternatives("w14", run("58"), run("3")), "58"),
    "what Word shows where it does not know what one needs": (alternatives("x", run("3"), run("58")), "58"),
    "an embedded page": ("<w:p/><w:altChunk/>", "〔嵌入的文件〕"),
    "digits in a font of symbols": (run("5", '<w:rFonts w:ascii="Wingdings"/>'), "\uf035"),
}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (run("受理3") + drawing(BLIP) + run("62件。"), "受理3〔图片〕62件。"),
        (run("受理") + drawing(BLIP) + run("件。"), "受理〔图片〕件。"),
        (run("受理") + drawing(BLIP) + drawing(BLIP) + run("62件。"), "受理〔图片〕62件。"),
        (run("受理62件") + drawing(BLIP) + run("。"), "受理62件。"),
        (drawing(BLIP) + run("62件。"), "62件。"),
        (run("受理3") + drawing(BLIP, anchored=True) + run("62件。"), "受理362件。"),
        (run("受理3") + drawing(BLIP, extent=9525) + run("62件。"), "受理362件。"),
    ],
    ids=["within", "instead", "before", "behind", "at the begin", "floating", "keeping a place free"],
)
def test_a_picture_within_a_figure_of_a_paragraph_is_told(content: str, expected: str) -> None:
    (document,) = docx.read(body_docx(paragraph(content)), LIMITS)
    assert document.text.strip() == expected


@pytest.mark.parametrize("name", SHOWN_CELLS)
def test_a_cell_is_blank_only_if_it_shows_nothing(name: str) -> None:
    content, expected = SHOWN_CELLS[name]
    content = content if content.startswith("<w:p/>") else paragraph(content)
    (document,) = docx.read(body_docx(table(row("标签", f"<w:tc>{content}</w:tc>"), row("其他", "0"))), LIMITS)
    assert seen(document) == expected


def test_a_cell_that_is_a_prompt_keeps_its_place() -> None:
    prompt = control("<w:showingPlcHdr/>", cell("点此输入"))
    body = table(f"<w:tr>{cell('甲')}{prompt}{cell('3')}</w:tr>", row("乙", "4", "5"))
    (document,) = docx.read(body_docx(body), LIMITS)
    assert document.text == "甲\t〔未填写〕\t3\n乙\t4\t5"


# Whole reports -------------------------------------------------------------------------------------------------------

LICENCE, PENALTY, COMPULSION = 30517, 6284, 471
FORM = forms.FORM_2021


def report_of_figures() -> Figures:
    """A report whose every count is known: only 公民 apply, and every outcome of a review is 0."""
    results = {item: {"natural_person": 3 * at} for at, item in enumerate(result_items(FORM), start=1)}
    decisions = {"licence": LICENCE, "penalty": PENALTY, "compulsion": COMPULSION}
    return Figures(
        agency="清溪县人民政府",
        year=2023,
        form=FORM,
        applications={
            item: with_totals(results, {"natural_person": 8}, {"natural_person": 5})[item]
            for item in application_items(FORM)
        },
        disclosures={
            place: Printed("77.5万元") if place[1] == "amount" else Printed(str(decisions.get(place[0], 2)))
            for place in disclosure_cells(FORM)
        },
        reviews={channel.code: dict.fromkeys(_OUTCOMES, 0) for channel in forms.REVIEW_CHANNELS},
    )


_OUTCOMES = (*(column.code for column in forms.REVIEW_OUTCOMES), "total")


def edited_docx() -> bytes:
    """The report with old figures struck, notes raised, white and hidden digits, a picture and no computed sum."""
    made = python_docx.Document(io.BytesIO(report_docx(report_of_figures(), Options())))
    runs = {
        str(LICENCE): run("29988", STRIKE) + run(str(LICENCE)),
        str(PENALTY): run(str(PENALTY)) + run("1", '<w:vertAlign w:val="superscript"/>'),
        str(COMPULSION): run(str(COMPULSION)) + run("9", '<w:color w:val="FFFFFF"/>') + run("8", "<w:vanish/>"),
    }
    for found in made.tables:
        for text, content in runs.items():
            _replace(found, text, content)
    _replace(made.tables[-1], "0", complex_field("=SUM(ABOVE)"), first_only=True)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def _replace(found: Table, text: str, content: str, *, first_only: bool = False) -> None:
    for place in found._cells:
        if place.text == text:
            place.text = ""
            for element in parse_xml(f'<w:x xmlns:w="{W}">{content}</w:x>'):
                place.paragraphs[0]._p.append(element)
            if first_only:
                return


def assert_edited(report: object) -> None:
    assert isinstance(report, Report)
    counts = {figure.item: figure.count for figure in report.disclosures if figure.measure == "decisions"}
    assert counts == {"licence": LICENCE, "penalty": PENALTY, "compulsion": COMPULSION}
    codes = [problem.code for problem in report.problems]
    assert {"struck_text", "note_mark", "hidden_text"} <= set(codes)
    told = [problem.message.en for problem in report.problems if problem.code == "no_count"]
    assert len(told) == 1
    assert "〔公式〕" in told[0]


def test_figures_beside_what_is_left_out_are_published_and_told() -> None:
    (report,) = read_bytes(edited_docx(), "report.docx")
    assert_edited(report)


@pytest.mark.parametrize("suffix", ["doc", "odt"])
def test_old_and_open_files_show_the_same(suffix: str, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        if os.environ.get("GONGKAI_REQUIRE_TOOLS") == "1":
            pytest.fail("soffice is not installed")
        pytest.skip("soffice is not installed")
    data = converted(office, edited_docx(), tmp_path, "docx", suffix)
    (report,) = read_bytes(data, f"report.{suffix}")
    assert_edited(report)


def test_a_sum_that_the_converter_computed_anew_is_no_figure() -> None:
    made = table(row("标签", cell(paragraph(complex_field("=SUM(ABOVE)", "0")))), row("其他", "0"))
    assert seen(docx.read_as(body_docx(made), LIMITS, "doc")) == "〔公式〕"
    assert seen(docx.read_as(body_docx(made), LIMITS, "docx")) == "0"
