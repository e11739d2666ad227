"""What the eye sees of a web page: struck, raised and hidden words, style sheets, fields, copies for other screens."""

from __future__ import annotations

from dataclasses import replace
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build import forms
from build.document import HIDDEN, RAISED, STRUCK, Document, Grid, Paragraph
from build.limits import Limits
from build.readers import html, mhtml
from build.readers.html_colours import attribute_colour
from build.report import Report

from .assertions import read_bytes
from .render import html as render
from .render.figures import Figures, Printed
from .render.tables import Options
from .samples import sound_figures


def read(page: str) -> Document:
    """The document of a page."""
    (document,) = html.read(f"<meta charset=utf-8>{page}".encode(), Limits())
    return document


def table(document: Document) -> list[list[str]]:
    """The words of the document's first table."""
    grid = next(block for block in document.blocks if isinstance(block, Grid))
    return [["" if cell is None else cell.text for cell in row] for row in grid.matrix()]


def cell(inside: str, sheet: str = "") -> Document:
    """The document of a page with a small table, of which one cell holds ``inside``."""
    rows = f"<tr><td>规章<td>{inside}</td></tr><tr><td>规范性文件<td>5"
    return read(f"<style>{sheet}</style><table>{rows}</table>")


def seen(inside: str, sheet: str = "") -> str:
    """What is read as the words of such a cell, white space at its ends left out."""
    return table(cell(inside, sheet).as_shown())[0][1].strip()


def marks(document: Document) -> list[tuple[str, str]]:
    """Kind and words of the document's marks."""
    return [(mark.kind, mark.words) for mark in document.marks]


def codes(document: Document) -> list[str]:
    """The codes of the document's notices."""
    return [notice.code for notice in document.notices]


# Struck -------------------------------------------------------------------------------------------------------------

STRUCK_CELLS = [
    ("", '<span style="text-decoration:line-through">38</span>62'),
    ("", '<span style="TEXT-DECORATION: underline LINE-THROUGH #f00">38</span>62'),
    (".old{text-decoration-line:line-through}", "<b class='x old'>38</b>62"),
    ("#old{text-decoration:line-through}", "<font id=old>38</font>62"),
    ("td i{text-decoration:line-through}", "<i>38</i>62"),
    ("i[title=旧]{text-decoration:line-through}", "<i title=旧>38</i>62"),
    ("i{text-decoration:none} .old{text-decoration:line-through}", "<i class=old>38</i>62"),
    (".old b{text-decoration:none} .old{text-decoration:line-through}", "<i class=old><b>38</b></i>62"),
    ("i{text-decoration:line-through!important} .new{text-decoration:none}", "<i class=new>38</i>62"),
    ("", "<s>38</s>62"),
    ("", "<del>3<b>8</b></del><ins>62</ins>"),
    ("", "<strike>38</strike>62"),
    ("", "<s><p>38</p></s><p>62</p>"),
    ("", "<b><s>3</b>8</s>62"),
    (".m::before{content:'38';text-decoration:line-through}", "<i class=m></i>62"),
    ("", '<p style="text-decoration:line-through">3<b>8</b></p><p>62</p>'),
    ("", "3&#822;8&#x336;62"),
    ("", "3\u03358\u033862"),
]


@pytest.mark.parametrize(("sheet", "inside"), STRUCK_CELLS)
def test_what_is_crossed_out_makes_no_figure_and_stays_in_the_text(sheet: str, inside: str) -> None:
    document = cell(inside, sheet)
    assert seen(inside, sheet) == "62"
    assert [kind for kind, _ in marks(document)] == [STRUCK]
    assert "划去:3" in document.text


NOT_STRUCK = [
    ("", "<u>38</u>62"),
    ("", '<span style="text-decoration:underline overline">38</span>62'),
    ("i{text-decoration:line-through} td i{text-decoration:none}", "<i>38</i>62"),
    (".old{text-decoration:line-through}", "<i class=older>38</i>62"),
    (".menu .old{text-decoration:line-through}", "<i class=old>38</i>62"),
    ("@media print{i{text-decoration:line-through}}", "<i>38</i>62"),
    ("del{text-decoration:none}", "<del>38</del>62"),
    ("/* i{text-decoration:line-through} */", "<i>38</i>62"),
    ("i:hover{text-decoration:line-through}", "<i>38</i>62"),
    ("", "<font>3</font><font>8</font><font>6</font><font>2</font>"),
]


@pytest.mark.parametrize(("sheet", "inside"), NOT_STRUCK)
def test_what_no_line_goes_through_is_read_whole(sheet: str, inside: str) -> None:
    assert (seen(inside, sheet), marks(cell(inside, sheet))) == ("3862", [])


def test_a_struck_menu_leaves_the_report_alone() -> None:
    document = read(
        "<style>.nav{text-decoration:line-through}</style><div class=nav><p>旧版</p></div><p>全年收到申请38件。</p>"
    )
    assert "全年收到申请38件。" in document.as_shown().text


# Raised -------------------------------------------------------------------------------------------------------------

RAISED_CELLS = [
    ("", "62<sup>1</sup>"),
    ("", "62<sub>1</sub>"),
    ("sup{vertical-align:baseline;position:relative;top:-.5em;font-size:75%}", "62<sup>1</sup>"),
    ("", '62<span style="vertical-align:super">1</span>'),
    ("", '62<font style="Vertical-Align: SUB">1</font>'),
    (".n{vertical-align:super}", "62<i class=n>1</i>"),
    ("", '62<i style="vertical-align:40%;font-size:8px">1</i>'),
    ("", '62<i style="vertical-align:5px">1</i>'),
    ("", '62<i style="vertical-align:text-top;font-size:60%">1</i>'),
    ("", "62<span style='position:relative;top:-6.0pt;mso-text-raise:6.0pt'>1</span>"),
    ("", "62<span style='font-size:6pt;position:relative;bottom:3pt'>1</span>"),
    ("", '62<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a>'),
    ("", '62<a href="#fn1" class="footnote-ref">1</a>'),
    ("", '62<a href="#t3">1</a>'),
    ("", '62<a href="zhu.html#n1" epub:type="noteref">1</a>'),
    ("", '62<a href="zhu.html#n1" role="doc-noteref">①</a>'),
]


@pytest.mark.parametrize(("sheet", "inside"), RAISED_CELLS)
def test_a_note_mark_is_no_digit_of_a_figure(sheet: str, inside: str) -> None:
    assert seen(inside, sheet) == "62"
    assert [kind for kind, _ in marks(cell(inside, sheet))] == [RAISED]


NOT_RAISED = [
    ("", '6<span style="position:relative;top:-2px">2</span>', "62"),
    ("", '6<span style="vertical-align:middle">2</span>', "62"),
    ("", '6<span style="vertical-align:top">2</span>', "62"),
    ("", '6<span style="vertical-align:baseline">2</span>', "62"),
    ("td{vertical-align:super}", "62", "62"),
    ("", "<span style='position:relative;top:5.0pt;mso-text-raise:-5.0pt'>62</span>", "62"),
    ("", "<span style='font-size:9.0pt;position:relative;top:1.5pt'>62</span>", "62"),
    ("", "<span style='font-size:8pt;vertical-align:top'>62</span>", "62"),
    ("", '<a href="#t3">62</a>', "62"),
    ("", '6<a href="/62.html">2</a>', "62"),
    ("", '<a href="#t3">其中62件</a>', "其中62件"),
    ("", "<small>62</small>", "62"),
]


@pytest.mark.parametrize(("sheet", "inside", "shown"), NOT_RAISED)
def test_what_stands_on_the_line_is_read_whole(sheet: str, inside: str, shown: str) -> None:
    assert (seen(inside, sheet), marks(cell(inside, sheet))) == (shown, [])


@pytest.mark.parametrize(
    "inside",
    [
        "38<small>2</small>",
        '38<span style="font-size:60%">2</span>',
        "3<small>8</small>2",
        '<span style="font-size:16px">38</span><span style="font-size:10.5px">2</span>',
        '<span style="font-size:16px"><b>38</b></span><span style="font-size:10.5px">2</span>',
        "<font size=4>38</font><font size=1>2</font>",
    ],
)
def test_digits_of_two_sizes_are_no_one_figure(inside: str) -> None:
    assert not seen(inside).isdecimal()
    assert "不能确定" in seen(inside)


@pytest.mark.parametrize(
    "inside",
    [
        "<small>382</small>",
        '<span style="font-size:14px">38</span><span style="font-size:12px">2</span>',
        '38<span style="font-size:9px">2</span>',
        "<b>38</b><font size=3>2</font>",
    ],
)
def test_digits_of_much_the_same_or_of_no_stated_size_are_one_figure(inside: str) -> None:
    assert seen(inside) == "382"


def test_a_cell_that_holds_nothing_but_a_note_mark_has_no_figure() -> None:
    assert table(cell("<sup>12</sup>"))[0][1] == "¹²"
    assert seen('<a href="#fn12">12</a>') == ""


# Not seen -----------------------------------------------------------------------------------------------------------

CUT = "position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip:rect(0,0,0,0)"
UNSEEN_CELLS = [
    ("", '<span style="color:#fff">38</span>62'),
    ("", '<span style="color:WHITE">38</span>62'),
    ("", '<span style="color:rgb(254, 254, 253)">38</span>62'),
    ("", "<font color=white>38</font>62"),
    ("", "<font color='#FFFFFF'>38</font>62"),
    (".w{color:hsl(0,0%,100%)}", "<i class=w>38</i>62"),
    ("table{background:#0a4b8c} .w{color:#0b4c8d} td{color:#fff}", "<i class=w>38</i>62"),
    ("", '<span style="color:transparent">38</span>62'),
    ("", '<span style="color:rgba(0,0,0,0)">38</span>62'),
    ("table{text-shadow:0 0 5px #000} .m{color:transparent;text-shadow:none}", "<i class=m>38</i>62"),
    ("#m{display:inline}", "<i id=m style='display:none'>38</i>62"),
    ("#m{display:none!important}", "<i id=m style='display:inline'>38</i>62"),
    ("", '<span style="opacity:0">38</span>62'),
    (".o{opacity:0.0}", "<span class=o><b style='opacity:1'>38</b></span>62"),
    ("", '<span style="font-size:0">38</span>62'),
    (".z{font-size:0px} .z b{font-size:2em}", "<span class=z><b>38</b></span>62"),
    ("", '<span style="visibility:hidden">38</span>62'),
    (".v{visibility:collapse}", "<span class=v>38</span>62"),
    ("", '<span style="position:absolute;left:-9999px">38</span>62'),
    ("", '<span style="position:fixed;top:-200em">38</span>62'),
    ("", '<div style="text-indent:-9999px">38</div>62'),
    ("", '<div style="margin-left:-5000px">38</div>62'),
    ("", '<i style="display:inline-block;transform:translateX(-9999px)">38</i>62'),
    (f".sr-only{{{CUT}}}", "<span class=sr-only>38</span>62"),
    ("", '<i style="position:absolute;clip-path:inset(50%)">38</i>62'),
    ("", '<i style="position:absolute;clip:rect(1px 1px 1px 1px)">38</i>62'),
    ("", '<div style="height:0;overflow:hidden">38</div>62'),
    ("", '<i style="display:inline-block;width:0;overflow-x:hidden">38</i>62'),
    ("", '<span style="display:none">38</span>62'),
    ("", "<span hidden>38</span>62"),
    (".m{display:none}", "<div class=m>38</div>62"),
    ("#m{display:none}", "<i id=m>38</i>62"),
    ("", "<dialog>38</dialog>62"),
    ("", "<details><summary></summary>38</details>62"),
    ("", "<details>3<summary></summary><b>8</b></details>62"),
    ("", "<details><p>38</p></details>62"),
    ("", "<div popover>38</div>62"),
    (".m{content-visibility:hidden}", "<div class=m>38</div>62"),
    ("td>i+b{display:none}", "<i>6</i><b>38</b>2"),
    (".m.n{display:none} .m{display:inline}", '<i class="m n">38</i>62'),
    ("@media (max-width:700px){.pc{display:none}} @media(min-width:701px){.m{display:none}}",
     "<i class=m>38</i><i class=pc>62</i>"),
    ("@media only screen and (min-width: 60em){.m{display:none}}", "<i class=m>38</i>62"),
    ("@media (width >= 1000px){.m{display:none}}", "<i class=m>38</i>62"),
    ("@media print, screen{.m{display:none}}", "<i class=m>38</i>62"),
    ("@media not print{.m{display:none}}", "<i class=m>38</i>62"),
    ("@supports (display:grid){.m{display:none}}", "<i class=m>38</i>62"),
    ("@supports (display:grid) and (not (display:foo)){.m{display:none}}", "<i class=m>38</i>62"),
    ("@media (min-width:1px) or (print){.m{display:none}}", "<i class=m>38</i>62"),
    ("@media ((min-width:1px) and (max-width:9999px)){.m{display:none}}", "<i class=m>38</i>62"),
    ("@media (min-aspect-ratio:1/1){.m{display:none}}", "<i class=m>38</i>62"),
    ("@media (color) and (any-pointer:fine){.m{display:none}}", "<i class=m>38</i>62"),
    ("@media (-webkit-min-device-pixel-ratio:1){.m{display:none}}", "<i class=m>38</i>62"),
    ("@layer a{.m{display:none!important}} .m{display:inline!important}", "<i class=m>38</i>62"),
    ("@layer b{.m{display:none}} @layer a{.m{display:block}} .m{display:none}", "<i class=m>38</i>62"),
    ("@import 'data:text/css,.m{display:none}';", "<i class=m>38</i>62"),
    ("td{.m{display:none}}", "<i class=m>38</i>62"),
    ("td{& > .m{display:none}}", "<i class=m>38</i>62"),
    ("table{td{i{&.m{display:none}}}}", "<i class=m>38</i>62"),
    (".m{@media screen{display:none}}", "<i class=m>38</i>62"),
    ("table>tbody>tr .m{display:none}", "<i class=m>38</i>62"),
    (":root{--no:none} .m{display:var(--no)}", "<i class=m>38</i>62"),
    ("td{--w:var(--v)} table{--v:255,255,255} .m{color:rgb(var(--w))}", "<i class=m>38</i>62"),
    (".m{display:var(--q,none)}", "<i class=m>38</i>62"),
    (".m{display:none;display:foo}", "<i class=m>38</i>62"),
    (".m{visibility:hidden;visibility:show}", "<i class=m>38</i>62"),
    (".m{color:#fff;color:#ggg}", "<i class=m>38</i>62"),
    (".m{color:rgb(255 255 255)}", "<i class=m>38</i>62"),
    (".m{color:oklch(1 0 0)}", "<i class=m>38</i>62"),
    (".m{color:lab(100% 0 0)}", "<i class=m>38</i>62"),
    (".m{color:hwb(0 100% 0%)}", "<i class=m>38</i>62"),
    (".m{color:light-dark(white,black)}", "<i class=m>38</i>62"),
    (".m{color:Canvas}", "<i class=m>38</i>62"),
    (".m{color:rgb(0 0 0 / 2%)}", "<i class=m>38</i>62"),
    (".m{-webkit-text-fill-color:transparent}", "<i class=m>38</i>62"),
    (".m{background:currentColor}", "<i class=m>38</i>62"),
    (".m{background:linear-gradient(#000,#000)}", "<i class=m>38</i>62"),
    ("", "<mark style='color:#ff0'>38</mark>62"),
    ("", "<font color=ffffff>38</font>62"),
    ("", '<p style="color:white">38<b style="color:black">62</b></p>'),
    (".m{font:0/0 a}", "<i class=m>38</i>62"),
    (".m{font-size:1px}", "<i class=m>38</i>62"),
    (".m{opacity:1e-3}", "<i class=m>38</i>62"),
    (".m{display:inline-block;transform:rotateY(90deg)}", "<i class=m>38</i>62"),
    (".m{display:inline-block;scale:0}", "<i class=m>38</i>62"),
    (".m{display:inline-block;transform:matrix(0,0,0,0,0,0)}", "<i class=m>38</i>62"),
    (".m{clip-path:inset(0 100% 0 0)}", "<i class=m>38</i>62"),
    (".m{clip-path:ellipse(0 0)}", "<i class=m>38</i>62"),
    (".m{clip-path:polygon(0 0,0 0,0 0)}", "<i class=m>38</i>62"),
    (".m{block-size:0;overflow:hidden}", "<div class=m>38</div>62"),
    (".m{height:0;contain:paint}", "<div class=m>38</div>62"),
    (".m{max-height:0;overflow:auto}", "<div class=m>38</div>62"),
    (".m{position:absolute;inset-inline-start:-9999px}", "<i class=m>38</i>62"),
    (".m{margin:0 0 0 -9999px}", "<div class=m>38</div>62"),
    (".m::before{content:'38';color:#fff}", "<i class=m></i>62"),
    (".m::before{content:'38';position:absolute;left:-999px}", "<i class=m></i>62"),
    ("", "<i style='display:none'><p>38</p></i>62"),
    ("", "<noframes>38</noframes>62"),
    ("", "<template>38</template>62"),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "inside"), UNSEEN_CELLS)
def test_what_cannot_be_seen_is_no_part_of_a_figure_and_is_remembered(sheet: str, inside: str) -> None:
    document = cell(inside, sheet)
    assert seen(inside, sheet) == "62"
    assert table(document)[0][1].strip() == "62"
    assert marks(document) == [(HIDDEN, "38")]


SEEN_CELLS = [
    ("", '<span style="color:#fff;background:#c00">38</span>62'),
    ("", '<span style="color:#fff;background:url(red.png)">38</span>62'),
    (".head{background-color:#036} .head i{color:#fff}", "<div class=head><i>38</i>62</div>"),
    ("", "<table bgcolor=navy><tr><td><font color=white>3862</font></table>"),
    ("", '<span style="color:#999">38</span>62'),
    ("", '<a style="color:#06c" href=/x>38</a>62'),
    ("", '<span style="opacity:.4">38</span>62'),
    ("", '<i style="visibility:hidden"><b style="visibility:visible">38</b></i>62'),
    ("", '<i style="font-size:0"><b style="font-size:12px">38</b></i>62'),
    ("", '<div style="text-indent:-2em">3862</div>'),
    ("", '<div style="overflow:hidden;height:auto;width:100px">3862</div>'),
    ("", '<span style="width:0;overflow:hidden">38</span>62'),
    ("td{height:0;overflow:hidden}", "3862"),
    ("td{background:linear-gradient(to right,#fff,#fff)}", "3862"),
    ("tr{overflow:hidden;position:absolute}", "3862"),
    ("", "<aside>3862</aside>"),
    ("", "<form>3862</form>"),
    ("", '<div style="clip:rect(0,0,0,0)">3862</div>'),
    ("@layer a,b; @layer b{.x{display:inline}} @layer a{@layer c{.x{display:none}}}", "<i class=x>38</i>62"),
    ("", '<span style="position:relative;left:-3px">38</span>62'),
    ("", "<span aria-hidden=true>38</span>62"),
    (".m{display:none} td .m{display:inline}", "<i class=m>38</i>62"),
    (".m{display:none} .m{display:inline}", "<i class=m>38</i>62"),
    (".m{display:inline!important} i.m{display:none}", "<i class=m>38</i>62"),
    ("#x .m{display:none}", "<i class=m>38</i>62"),
    ("@media print{.m{display:none}}", "<i class=m>38</i>62"),
    ("@media (max-width:1000px){.m{display:none}}", "<i class=m>38</i>62"),
    ("@media screen and (orientation:portrait){.m{display:none}}", "<i class=m>38</i>62"),
    ("@media (prefers-color-scheme:dark){.m{color:#fff}}", "<i class=m>38</i>62"),
    ("@media screen and (strange:1){.m{display:none}}", "<i class=m>38</i>62"),
    ("dialog{position:static}", "<dialog open>3862</dialog>"),
    ("", '<div style="position:relative"><i style="position:absolute;left:20px;top:20px">3862</i></div>'),
    ("", '<span style="position:absolute">3862</span>'),
    ("", '<div style="width:80px;height:28px;line-height:28px;overflow:hidden;padding:0 5px">3862</div>'),
    ("td{box-shadow:inset 0 0 0 9999px rgba(0,0,0,.05)}", "3862"),
    ("td{box-shadow:inset -1px -1px 0 #000}", "3862"),
    ("td{box-shadow:inset 0 0 0 9999px #ebeef5}", "3862"),
    ("td{box-shadow:inset 0 0 0 9999px var(--q,transparent)}", "3862"),
    ("", '<div style="filter:grayscale(100%)">3862</div>'),
    ("html{filter:progid:DXImageTransform.Microsoft.BasicImage(grayscale=1);-webkit-filter:grayscale(100%)}", "3862"),
    ("", '<i style="transform:scale(0)">38</i>62'),
    ("", '<div style="transform:translate3d(0,0,0) rotate(360deg)">3862</div>'),
    ("", '<div style="clip-path:inset(0)">3862</div>'),
    ("", '<div style="float:right">3862</div>'),
    ("", '<i style="float:left">38</i>62'),
    ("", '<div style="height:2em;overflow:hidden">3862</div>'),
    ("", '<div style="padding:10px;height:20px;overflow:hidden;box-sizing:border-box;height:3em">3862</div>'),
    (".x{display:none;display:var(--nothing)}", "<i class=x>38</i>62"),
    (
        "@layer a{.x{display:none}} .x{display:inline}",
        "<i class=x>38</i>62",
    ),
    (".x{color:#000} @layer a{.x{color:#fff}}", "<i class=x>38</i>62"),
    ("@layer a,b; @layer b{.x{display:inline}} @layer a{.x{display:none}}", "<i class=x>38</i>62"),
    ("@supports not (display:grid){.x{display:none}}", "<i class=x>38</i>62"),
    ("@supports (-moz-appearance:none){.x{display:none}}", "<i class=x>38</i>62"),
    (".x{@media print{display:none}}", "<i class=x>38</i>62"),
    ("@media not (min-width:1px){.x{display:none}}", "<i class=x>38</i>62"),
    ("@media (min-resolution:3dppx){.x{display:none}}", "<i class=x>38</i>62"),
    (".x{display:none!ie;color:#fff\\9}", "<i class=x>38</i>62"),
    ("", "<font color=transparent>38</font>62"),
    ("", "<a href='#'>38</a>62"),
    (".x{color:#fff;-webkit-text-fill-color:#000}", "<i class=x>38</i>62"),
    (".x{color:transparent} .x b{color:#000}", "<i class=x><b>38</b></i>62"),
    (".x{background:linear-gradient(#036,#036);color:#fff}", "<div class=x>3862</div>"),
    ("[hidden]{display:inline}", "<i hidden>38</i>62"),
    ("i{content-visibility:hidden} div{content-visibility:auto}", "<div><i>3862</i></div>"),
    ("", "<details open><summary></summary>3862</details>"),
    (".m{display:none", "<details><summary>3862</summary></details>"),
    (
        ".c{height:28px;line-height:28px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;padding:0 5px}",
        "<div class=c>3862</div>",
    ),
    ("", '<div style="overflow:hidden;height:30px;padding:3px 0;box-sizing:border-box">3862</div>'),
    (".x{display:none}", '<p style="margin-left:-5.4pt;margin-right:-5.25pt;text-indent:0cm">3862</p>'),
    (
        "td{box-shadow:inset 0 0 0 9999px var(--state, var(--accent))} table{--state:initial;--accent:transparent}",
        "3862",
    ),
    ("td{box-shadow:inset 0 0 0 9999px rgba(0,0,0,.05)}", "3862"),
    ("td{box-shadow:inset -1px -1px 0 #000}", "3862"),
    ("td{box-shadow:inset 0 0 0 9999px #ebeef5}", "3862"),
    ("#m{display:none}", "<i id=m style='display:inline'>38</i>62"),
    (
        ".m{font-family:-apple-system,Arial,'Apple Color Emoji','Segoe UI Symbol','Noto Color Emoji'}",
        "<i class=m>3862</i>",
    ),
]


@pytest.mark.parametrize(("sheet", "inside"), SEEN_CELLS)
def test_what_can_be_seen_is_read_whole(sheet: str, inside: str) -> None:
    assert (seen(inside, sheet), marks(cell(inside, sheet))) == ("3862", [])


DOUBTFUL = [
    ".m{box-shadow:inset 0 0 0 99px #000}",
    ".m{box-shadow:inset 0 0 0 99px currentcolor}",
    ".m{box-shadow:inset 0 0 0 2em rgba(0, 0, 0, .9)}",
    ".m{display:block;height:20px;padding:10px 5px;overflow:hidden;box-sizing:border-box}",
    ".m{display:block;height:30px;padding-top:2em;overflow:hidden;box-sizing:border-box}",
    ".m{clip-path:inset(50% 0 0 0)}",
    ".m{clip-path:path('M0 0')}",
    ".m{position:absolute;clip:rect(0px,20px,40px,10px)}",
    ".m{mask:linear-gradient(transparent,transparent)}",
    ".m{-webkit-mask-image:url(x.png)}",
    ".m{filter:blur(8px)}",
    ".m{filter:opacity(0)}",
    ".m{mix-blend-mode:screen}",
    ".m{-webkit-text-security:disc}",
    ".m{opacity:.1}",
    ".m{color:#eee}",
    ".m{color:ivory}",
    ".m{color:color-mix(in srgb,white,white)}",
    ".m{color:ButtonFace}",
    ".m{color:rgba(0,0,0,.1)}",
    ".m{font-size:3px}",
    ".m{font-size:calc(0px)}",
    ".m{font-size-adjust:0}",
    ".m{zoom:.2}",
    ".m{color:transparent;text-shadow:0 0 5px rgba(0,0,0,.5)}",
    "table{text-shadow:0 0 5px #000} .m{color:transparent}",
    ".m{background:linear-gradient(#fff,#fff);background-clip:text;color:transparent}",
    ".m{background:linear-gradient(transparent 45%,#000 45%,#000 55%,transparent 55%)}",
    ".m{background-image:linear-gradient(#000,#f00);background-size:100% 1px}",
    ".m{text-decoration:underline;text-underline-offset:-.4em}",
    ".m{text-decoration:line-through #fff}",
    ".m{letter-spacing:-8px}",
    ".m{font-family:Wingdings}",
    ".m{transform:scaleX(-1)}",
    ".m{rotate:180deg}",
    ".m{transform:translateX(90px)}",
    ".m{height:5px;overflow:hidden}",
    ".m{width:8px;overflow:hidden}",
    ".m{line-height:0;overflow:hidden}",
    ".m{height:0;padding:10px;overflow:hidden}",
    ".m{text-indent:-100px}",
    ".m{text-indent:100%;white-space:nowrap;overflow:hidden;width:50px}",
    ".m{position:absolute;left:20px;top:20px}",
    ".m{position:fixed;bottom:0}",
    ".m{position:relative;left:300px}",
    ".m{position:relative;z-index:-1}",
    ".m{margin-left:-40px}",
    ".m{animation:k 1s forwards} @keyframes k{to{opacity:0}}",
    ".m::first-letter{font-size:0}",
    ".m::first-line{color:white}",
    ".m{display:flex;flex-direction:row-reverse}",
    ".m:dir(ltr){display:none}",
    "@container (min-width:1px){.m{display:none}}",
    "@supports (foo:bar) or (color-foo:red){.m{display:none}}",
    "@supports selector(td:has(i)){.m{display:none}}",
    "@supports (display:grid) something{.m{display:none}}",
    ".m{position:relative} .m::after{content:'';position:absolute;inset:0;background:#fff}",
    ".m{position:relative} .m::after{content:'';position:absolute;border-top:1px solid red;left:0;width:100%;top:50%}",
]


@pytest.mark.parametrize("sheet", DOUBTFUL)
def test_of_digits_of_which_nobody_can_be_sure_no_figure_is_made(sheet: str) -> None:
    assert seen("<div class=m>3862</div>", sheet) == "〔不能确定〕"
    assert seen("<div class=m>3.其他处理</div>", sheet) in ("3.其他处理", "")


IN_PROSE = [
    ".m{float:right}",
    ".m{font-family:Wingdings}",
    ".m{letter-spacing:-8px}",
    ".m{display:inline-block;transform:scaleX(-1)}",
    ".m{display:inline-block;width:4px;overflow:hidden}",
    ".m{position:relative;left:300px}",
    ".m{margin-left:-40px}",
    ".m{margin:0 0 0 3000px}",
    ".m{-webkit-text-security:disc}",
    ".m{position:fixed;bottom:0}",
    ".m{position:absolute;left:20px;top:20px}",
    ".m{position:relative} .m::after{content:'';position:absolute;inset:0;background:#fff}",
    ".m{mask:linear-gradient(transparent,#000)}",
    ".m{background:linear-gradient(transparent 45%,#000 45%,#000 55%,transparent 55%)}",
]


def line(inside: str, sheet: str = "") -> str:
    """What is read of a paragraph in which ``inside`` stands behind a verb."""
    more = f"<p>{'各单位按季自查栏目。' * 6}</p>"
    document = read(f"<style>{sheet}</style><p>12345热线受理工单{inside}2件，办结30件。</p>{more}")
    return document.as_shown().text.split("\n")[0]


@pytest.mark.parametrize("sheet", IN_PROSE)
@pytest.mark.parametrize("inside", ["<span class=m>38</span>", "<b class=m>38,</b>", "<font class=m>3万</font>"])
def test_a_figure_of_a_paragraph_of_which_nobody_can_be_sure_is_told_so(sheet: str, inside: str) -> None:
    assert line(inside, sheet).replace(" ", "") == "12345热线受理工单〔不能确定〕2件，办结30件。"


@pytest.mark.parametrize("sheet", [".m{float:right}", ".m{position:relative;left:300px}", ".m{margin-left:-40px}"])
def test_days_and_words_of_a_paragraph_stay_whatever_is_done_to_them(sheet: str) -> None:
    assert line("<span class=m>2023-01-30</span>", sheet) == "12345热线受理工单2023-01-302件，办结30件。"
    assert line("<span class=m>共计大约38</span>", sheet) == "12345热线受理工单共计大约382件，办结30件。"


def test_a_style_that_does_nothing_to_a_figure_of_a_paragraph_leaves_it() -> None:
    for sheet in (".m{transform:scaleX(-1)}", ".m{letter-spacing:.5px}", ".m{position:relative;top:1px}"):
        assert line("<span class=m>38</span>", sheet) == "12345热线受理工单382件，办结30件。"


@pytest.mark.parametrize(
    ("inside", "read_as"),
    [
        ("<img src=3.gif>", "〔图片〕2件"),
        ("3<img src=8.gif>", "3〔图片〕2件"),
        ("<img src=3.gif><img src=8.gif>", "〔图片〕2件"),
        ("<img src=line.gif height=1>", "2件"),
        ("共<img src=3.gif>次。", "共〔图片〕次。2件"),
        ("简报<img src=new.gif>，", "简报，2件"),
        ("3<img src=8.gif>万", "3〔图片〕万2件"),
        ("3<svg><text>8</text></svg>", "3〔图片〕2件"),
        ("3<canvas>8</canvas>", "3〔图片〕2件"),
        ("3<object data=8.swf>8</object>", "3〔图片〕2件"),
        ("3<meter value=8>8</meter>", "3〔图片〕2件"),
        ("3<script>document.write(8)</script>", "3〔图片〕2件"),
        ("3<math><mfrac><mn>8</mn><mn>9</mn></mfrac></math>", "3〔图片〕2件"),
        ("3<math><mn>8</mn></math>", "382件"),
        ("3<q>8</q>", "3“8”2件"),
        ("3<script>count(8)</script>", "32件"),
        ("3<noscript>8</noscript>", "32件"),
    ],
)
def test_a_picture_within_a_figure_of_a_paragraph_is_told(inside: str, read_as: str) -> None:
    assert line(inside) == f"12345热线受理工单{read_as}，办结30件。"


def test_what_stands_in_a_frame_that_nobody_ended_is_read() -> None:
    document = read("<p>概述<object data=a.swf><p>受理工单3件。</p><table><tr><td>规章<td>5</table>")
    assert "受理工单3件。" in document.text
    assert table(document) == [["规章", "5"]]


def test_a_picture_at_the_end_or_beginning_of_a_paragraph_is_no_part_of_a_figure() -> None:
    document = read("<p><img src=a.gif>2022年1月3日</p><p>共3<img src=b.gif></p><p>电话 <img src=c.gif>12345</p>")
    assert document.as_shown().text.split("\n") == ["2022年1月3日", "共3", "电话 12345"]


def test_a_picture_beside_a_day_or_a_name_is_no_part_of_a_figure() -> None:
    document = read(
        "<p>发布日期：<img src=a.gif>2022-01-03<img src=b.gif>打印</p>"
        "<p>概况<img src=c.gif>12345<img src=c.gif>热线</p>"
    )
    assert document.as_shown().text.split("\n") == ["发布日期：2022-01-03打印", "概况12345热线"]


def test_a_dialog_that_is_open_stands_in_the_middle_of_the_page_and_not_in_its_cell() -> None:
    assert seen("<dialog open>3862</dialog>") == "〔不能确定〕"
    assert seen("<dialog open>38</dialog>62").split() == ["38", "62"]


MORE_DOUBTFUL = [
    "td{height:5px;overflow:hidden;display:block}",
    ".m{height:calc(0px);overflow:hidden}",
    ".m{contain:strict}",
    ".m{container-type:size}",
    ".m{position:relative;top:-40px}",
    ".m{margin-left:9999px}",
    ".m{margin:0 0 0 3000px}",
    ".m{margin:0 3000px}",
    ".m{text-indent:9999px}",
    "td{max-width:1px;overflow:hidden}",
]


@pytest.mark.parametrize("sheet", MORE_DOUBTFUL)
def test_of_digits_that_are_cut_or_out_of_their_cell_no_figure_is_made(sheet: str) -> None:
    assert seen("<div class=m>3862</div>", sheet) == "〔不能确定〕"


def test_what_a_page_s_design_moves_or_cuts_around_a_table_leaves_the_table_alone() -> None:
    moved = '<div style="position:relative;left:300px;overflow:hidden;height:90px;filter:blur(1px)">'
    document = read(f"<table><tr><td style='transform:scale(.4)'>{moved}{FORM.format(3, 4, 5)}</div></table>")
    assert table(document) == [["行政许可", "3"], ["行政处罚", "4"], ["行政强制", "5"]]


OUT_OF_VIEW = [
    "transform:translateX(-100%)",
    "transform:translate3d(0, -200%, 0)",
    "translate:-100vw",
    "position:absolute;top:-100vh",
    "position:fixed;right:100%",
    "position:relative;left:-100%",
    "overflow:hidden;max-height:0",
    "overflow:hidden;height:20px",
]


@pytest.mark.parametrize("style", OUT_OF_VIEW)
def test_a_table_that_is_out_of_view_by_its_own_size_or_cut_before_its_last_rows_is_not_read(style: str) -> None:
    around = read(f"<p>2023年</p><div style='{style}'>{FORM.format(3, 4, 5)}</div>")
    assert not any(isinstance(block, Grid) for block in around.blocks)


def test_what_a_filter_leaves_nothing_of_to_read_is_not_read() -> None:
    for style in ("filter:blur(6px)", "filter:grayscale(1) blur(.4em)", "filter:opacity(0)"):
        document = read(
            f"<p>2023年</p><p style='{style}'>受理3862件</p><div style='{style}'>{FORM.format(3, 4, 5)}</div>"
        )
        assert document.text.strip() == "2023年"
        assert not any(isinstance(block, Grid) for block in document.blocks)


def test_words_behind_the_line_at_which_a_style_cuts_are_not_read() -> None:
    clamped = "display:-webkit-box;-webkit-line-clamp:2;overflow:hidden"
    assert "3862" not in read(f"<p>甲</p><div style='{clamped}'>{'受理' * 400}3862件</div>").text
    assert "3862" in read(f"<p>甲</p><div style='{clamped}'>受理3862件</div>").text


def test_what_stands_in_the_middle_or_as_high_as_its_rows_is_read() -> None:
    moved_back = "position:absolute;left:100%;transform:translateX(-100%)"
    for style in (moved_back, "transform:translate(-50%,-50%)", "left:-100%", "position:relative;right:100%"):
        assert len(table(read(f"<div style='{style}'>{FORM.format(3, 4, 5)}</div>"))) == 3
    tall = FORM.format(3, 4, 5).replace("<table", "<table style='overflow:hidden;max-height:0'")
    assert len(table(read(tall))) == 3  # a table's rows make its height


def test_what_a_reader_can_scroll_to_is_read() -> None:
    low = "height:20px;overflow-y:auto;overflow-x:hidden"
    for page in (f"<div style='{low}'>", f"<div style='height:20px;overflow:hidden'><div style='{low}'>"):
        assert len(table(read(page + FORM.format(3, 4, 5)))) == 3


def test_a_day_set_to_the_side_is_read() -> None:
    assert seen('发布<span style="float:right">2023-01-15</span>') == "发布2023-01-15"


def test_words_behind_some_that_are_moved_off_the_screen_go_with_them() -> None:
    document = cell('<b style="margin-left:-9999px">38</b>62')
    assert table(document.as_shown())[0][1] == "〔不能确定〕"
    assert marks(document) == [(HIDDEN, "38")]


DISORDERED = [
    ("", '<i style="float:right">38</i>62'),
    ("", '38<i style="float:left">62</i>'),
    ("", '<i style="position:relative;left:16px">38</i><i style="position:relative;left:-16px">62</i>'),
    ("", '<i style="margin-left:16px">38</i><i style="margin-left:-32px">62</i>'),
    ("span{display:inline-flex} .x{order:2}", "<span><i class=x>38</i><i>62</i></span>"),
    ("", "<p dir=rtl><bdi>38</bdi><bdi>62</bdi></p>"),
    ("", "<p style='direction:rtl'><i style='unicode-bidi:isolate'>38</i><i style='unicode-bidi:isolate'>62</i></p>"),
    (".x{float:right} .x::before{content:'38'}", "<i class=x></i>62"),
    (".x::before{content:open-quote} .x{quotes:'38' 'x'}", "<i class=x>62</i>"),
    (".x{display:list-item;list-style-position:inside} .x::marker{content:'38'}", "<i class=x>62</i>"),
    ("", "<marquee>38</marquee>62"),
    ("", "<math><msup><mn>38</mn><mn>62</mn></msup></math>"),
    ("", "<q>38</q>62"),
    ("", "<div><template shadowrootmode=open>1</template>3862</div>"),
    ("", "<script>document.write(38)</script>62"),
]


@pytest.mark.parametrize(("sheet", "inside"), DISORDERED)
def test_digits_that_may_stand_in_another_order_make_no_figure(sheet: str, inside: str) -> None:
    assert not seen(inside, sheet).isdecimal()
    assert seen(inside, sheet) != ""


def test_a_style_sheet_in_an_address_or_of_another_title_counts_as_it_does_in_browsers() -> None:
    link = "<link rel=stylesheet href='data:text/css;base64,Lm17ZGlzcGxheTpub25lfQ=='>"
    page = "<table><tr><td>规章<td><i class=m>38</i>62<tr><td>规范性文件<td>5</table>"
    assert table(read(f"{link}{page}").as_shown())[0][1].strip() == "62"
    sheets = "<style title=a>.m{color:#000}</style><style title=b>.m{display:none}</style>"
    assert table(read(f"{sheets}{page}"))[0][1] == "3862"
    assert table(read(f"<noscript><style>.m{{display:none}}</style></noscript>{page}"))[0][1] == "3862"


def test_a_hidden_table_in_a_shown_cell_is_not_read() -> None:
    document = cell("<table style='display:none'><tr><td>38</table>62")
    assert table(document.as_shown())[0][1].strip() == "62"
    assert codes(document) == ["hidden_text"]


def test_words_set_elsewhere_on_the_page_do_not_join_a_figure() -> None:
    assert seen('<span style="position:absolute;left:40px">38</span>62') == "38 62"


LINKED = '<link rel=stylesheet href="/site.css"><table><tr><td>规章<td{0}>{1}<tr><td>规范性文件<td>5</table>'


def test_white_digits_that_a_missing_style_sheet_may_set_off_are_no_figure() -> None:
    document = read(LINKED.format(" class=h", "<i style='color:#fff'>38</i>62"))
    assert table(document)[0][1] == "〔与底色相近〕62"
    document = read(LINKED.format(" class=h", "<i style='color:#fff'>自然人</i>"))
    assert table(document)[0][1] == "自然人"
    document = read(LINKED.format("", "<i style='color:#fff'>38</i>62"))
    assert table(document)[0][1] == "62"
    for name, shown in ((" class=h", "乙〔与底色相近〕\n"), ("", "乙\n")):
        page = f"<p{name}>乙<i style='color:#fff'>38</i></p>" + LINKED.format("", "62")
        assert read(page).text.startswith(shown)


def test_digits_shown_back_to_front_are_no_figure() -> None:
    assert seen("<bdo dir=rtl>12</bdo>") == "〔倒序〕"
    assert seen('<b style="direction:rtl;unicode-bidi:bidi-override">12</b>') == "〔倒序〕"
    assert seen('<b style="direction:rtl">12</b>') == "12"


# Shown, and no text of the page's own -------------------------------------------------------------------------------

FIELD_CELLS = [
    ("", "<textarea readonly>38</textarea>", "38"),
    ("", "<textarea placeholder=38></textarea>", "〔未填写〕"),
    ("", "<input placeholder=38>", "〔未填写〕"),
    ("", "<input placeholder=件数>", ""),
    ("", "<button>38</button>", "38"),
    ("", "<input type=button value=38>", "38"),
    ("", "<input type=image alt=38>", "〔图片〕"),
    ("", "<meter value=38 max=100></meter>", "〔图片〕"),
    ("", "<select><option disabled>3<option>8</select>", "8"),
    ("", "<select><option label=38>3</select>", "38"),
    ("", "<select size=2><option>3<option>8</select>", "3 8"),
    ("", "<ruby>38<rt>62</rt></ruby>", "38"),
    ("", "<rt>38</rt>62", "3862"),
    ("", "<math><mn>38</mn></math>", "38"),
    ("", "<ol start=38><li></ol>", "〔图片〕"),
    ("", "<nav>38</nav>", "38"),
    ("", "<form>38</form>", "38"),
    ("i::before{content:'38' / 'x'}", "<i>62</i>", "3862"),
    ("", "<select><option>1<option selected>38</select>", "38"),
    ("", "<select><option>38<option>2</select>", "38"),
    ("", "<input value=38>", "38"),
    ("", "<input type=number value=38 style='border:0'>", "38"),
    ("", "<input type=hidden value=9>38", "38"),
    ("", "<input type=submit value=9>38", "38"),
    ("", "38<input value=9>", "38 9"),
    ("", "<input style='text-decoration:line-through' value=9>38", "38"),
    ("", "<input style='display:none' value=9>38", "38"),
    ("", "<input type=password value=9>", "〔图片〕"),
    ("", "<input type=checkbox checked>", "☑"),
    ("", "<img src=a.png>", "〔图片〕"),
    ("", "3<img src=a.png>", "3〔图片〕"),
    ("", "<img src=a.png>许可", "许可"),
    ("", "<img src=a.gif width=1 height=1>38", "38"),
    ("", "<img src=a.png style='display:none'>38", "38"),
    ("", "<svg><text>9</text></svg>", "〔图片〕"),
    ("", "<canvas>9</canvas>", "〔图片〕"),
    ("", "<iframe src=a.html></iframe>", "〔图片〕"),
    ("i:before{content:'38'}", "<i></i>", "38"),
    ("i::after{content:'件'}", "<i>38</i>", "38件"),
    ("i::before{content:attr(data-n)}", "<i data-n=38></i>", "38"),
    ("i::after{content:counter(n)}", "<i>3</i>", "3〔图片〕"),
    ("i::after{content:url(8.png)}", "<i>3</i>", "3〔图片〕"),
    ("i::after{content:'.';display:block;height:0;visibility:hidden}", "<i>38</i>", "38"),
    ("i::before{content:'\\e601'}", "<i>38</i>", "38"),
    ("i::before{content:none}", "<i>38</i>", "38"),
]


@pytest.mark.parametrize(("sheet", "inside", "shown"), FIELD_CELLS)
def test_what_fields_and_pictures_show_is_read_or_leaves_the_cell_not_blank(
    sheet: str, inside: str, shown: str
) -> None:
    assert seen(inside, sheet) == shown


def test_a_field_in_a_sentence_is_a_part_of_it() -> None:
    asks = "<form><label>搜索<input value=99></label><textarea placeholder=请留言></textarea></form>"
    document = read(f"<p>全年收到申请<input value=38>件。</p>{asks}<textarea> 另有说明 </textarea>")
    assert document.text == "全年收到申请 38 件。\n另有说明"


# Parts of the page --------------------------------------------------------------------------------------------------


def test_a_numbered_title_in_a_table_begins_a_section_and_other_words_head_its_rows() -> None:
    page = "<table><tr><td colspan=2>{}收到和处理政府信息公开申请情况<tr><td>行政许可<td>3<tr><td>行政处罚<td>4</table>"
    for number, blocks in (("三、", [Paragraph, Grid]), ("", [Grid])):
        assert [type(block) for block in read(page.format(number)).blocks] == blocks


FORM = "<table><tr><td>行政许可<td>{0}<tr><td>行政处罚<td>{1}<tr><td>行政强制<td>{2}</table>"
OTHER_FORM = "<table><tr><td>结果维持<td>尚未审结<td>自然人<tr><td>{0}<td>{1}<td>{2}</table>"
BOTH_SCREENS = ".m{display:none} @media(max-width:600px){.pc{display:none}.m{display:block}}"
TABS = ".pane{display:none} .pane.on{display:block}"
OPENED = "<script src=tabs.js></script>"


def test_of_a_copy_for_telephones_and_one_for_desks_the_second_is_read() -> None:
    page = f"<style>{BOTH_SCREENS}</style><div class=m>{FORM.format(8, 8, 8)}</div>"
    document = read(f"{page}<div class=pc>{FORM.format(3, 4, 5)}</div>")
    assert table(document) == [["行政许可", "3"], ["行政处罚", "4"], ["行政强制", "5"]]
    assert "8" not in document.text
    assert codes(document) == ["hidden_text"]


def test_a_table_for_print_alone_is_not_read() -> None:
    sheet = ".print{display:none} @media print{.print{display:table}.screen{display:none}}"
    page = f"<style>{sheet}</style><div class=print>{FORM.format(8, 8, 8)}</div>"
    document = read(f"{page}<div class=screen>{FORM.format(3, 4, 5)}</div>")
    assert table(document)[0] == ["行政许可", "3"]
    assert "8" not in document.text


def test_a_hidden_tab_with_the_only_copy_of_a_statutory_table_is_read_with_a_warning() -> None:
    panes = f"<div class='pane on'>{FORM.format(3, 4, 5)}</div><div class=pane>{OTHER_FORM.format(6, 7, 8)}</div>"
    document = read(f"<style>{TABS}</style>{OPENED}{panes}")
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    assert [grid.cells[-1].text for grid in grids] == ["5", "8"]
    assert codes(document) == ["hidden_content"]


def test_a_hidden_table_is_a_copy_where_half_of_its_statutory_words_are_shown() -> None:
    rows = "<table>{}</table>".format("".join(f"<tr><td>{word}<td>{{0}}" for word in ("行政许可", "行政处罚", "{1}")))
    shown = rows.format(3, "")
    for others, seen in (("结果维持、尚未审结、自然人", ["3", "8"]), ("结果维持、尚未审结", ["3"])):
        panes = f"<div class='pane on'>{shown}</div><div class=pane>{rows.format(8, others)}</div>"
        document = read(f"<style>{TABS}</style>{OPENED}{panes}")
        assert [block.cells[1].text for block in document.blocks if isinstance(block, Grid)] == seen


def test_where_every_copy_is_hidden_one_is_read() -> None:
    copies = f"<div class=pane>{FORM.format(3, 4, 5)}</div><div class=pane>{FORM.format(3, 4, 5)}</div>"
    document = read(f"<style>{TABS}</style>{OPENED}{copies}")
    assert sum(isinstance(block, Grid) for block in document.blocks) == 1
    assert "hidden_content" in codes(document)


def test_a_table_that_nothing_can_show_is_not_read() -> None:
    panes = f"<div class='pane on'>{FORM.format(3, 4, 5)}</div><div class=pane>{OTHER_FORM.format(6, 7, 8)}</div>"
    for page in (panes, f"<p>标题</p><div hidden>{OTHER_FORM.format(6, 7, 8)}</div>"):
        document = read(f"<style>{TABS}</style>{page}")
        assert "结果维持" not in document.text
        assert codes(document) == ["hidden_text"]
    opened = read(f"<style>{TABS} :target{{display:block}}</style>{panes}")
    assert codes(opened) == ["hidden_content"]


def test_hidden_rows_and_cells_are_no_part_of_a_table() -> None:
    page = "<style>.no{display:none}</style><table><tr><td>行政许可<td class=no>8<td>3<tr class=no><td>行政处罚<td>9"
    document = read(f"{page}<tr><td>行政强制<td>5</table>")
    assert table(document) == [["行政许可", "3"], ["行政强制", "5"]]
    assert "hidden_text" in codes(document)


def test_a_page_that_hides_itself_until_its_scripts_run_is_read() -> None:
    document = read(f"<style>body{{opacity:0;visibility:hidden}}</style><body>{FORM.format(3, 4, 5)}</body>")
    assert table(document)[0] == ["行政许可", "3"]


def test_a_saved_page_is_read_with_the_style_sheets_saved_with_it() -> None:
    message = EmailMessage()
    message["Content-Type"] = "multipart/related; type=text/html"
    page = EmailMessage()
    links = '<link rel=stylesheet href="cid:css-1@x"><link rel=stylesheet href="/p.css" media=print>'
    links += '<link rel=stylesheet href="/site.css">'
    rows = "<tr><td>规章<td><i class=old>38</i>62<tr><td>规范性文件<td><i class=gone>4</i>5"
    page.set_content(f"{links}<table>{rows}</table>", "html")
    page["Content-Location"] = "http://www.example.gov.cn/1.html"
    sheets = []
    for name, location, text in (
        ("css-1@x", "cid:css-1@x", ".old{text-decoration:line-through}"),
        ("css-2@x", "http://www.example.gov.cn/p.css", "td{display:none}"),
        ("css-3@x", "http://www.example.gov.cn/site.css", ".gone{text-decoration:line-through}"),
    ):
        sheet = EmailMessage()
        sheet.set_content(text, "css")
        sheet["Content-ID"], sheet["Content-Location"] = f"<{name}>", location
        sheets.append(sheet)
    message.set_payload([page, *sheets])
    (document,) = mhtml.read(message.as_bytes(), Limits())
    assert marks(document) == [(STRUCK, "〔划去:38〕"), (STRUCK, "〔划去:4〕")]
    assert [row[1].strip() for row in table(document.as_shown())] == ["62", "5"]


# Whole reports ------------------------------------------------------------------------------------------------------

HEAD = "<style>.old{text-decoration:line-through} .m{display:none} @media(max-width:9em){.m{display:inline}}</style>"
DISGUISES = {
    '<span class="old">{0}</span>{1}': "struck_text",
    "<s>{0}</s>{1}": "struck_text",
    '<span class="m">{0}</span>{1}': "hidden_text",
    '<font color="#fff">{0}</font>{1}': "hidden_text",
    '<i style="position:absolute;left:-3000px">{0}</i>{1}': "hidden_text",
    "{1}<sup>{0}</sup>": "note_mark",
    '{1}<a href="#_ftn{0}">{0}</a>': "note_mark",
}


def with_penalties(count: int) -> Figures:
    """A sound report of the form of 2021 with so many penalties."""
    figures = sound_figures(forms.FORM_2021, year=2022)
    return replace(figures, disclosures={**figures.disclosures, ("penalty", "decisions"): Printed(str(count), count)})


@settings(max_examples=12, deadline=None)
@given(
    disguise=st.sampled_from(sorted(DISGUISES)),
    count=st.integers(40_000, 99_999),
    other=st.integers(1, 99),
    cells=st.sampled_from(sorted(render.CELLS)),
)
def test_a_figure_beside_words_that_are_none_is_published_whole_and_told(
    disguise: str, count: int, other: int, cells: str
) -> None:
    page = render.written(with_penalties(count), Options(), render.Page(cells=cells, surroundings=False))
    page = page.replace(b"</head>", f"{HEAD}</head>".encode())
    assert page.count(f"{count}".encode()) == 1
    page = page.replace(f"{count}".encode(), disguise.format(other, count).encode())
    found = read_bytes(page, "a.html")
    report = next(item for item in found if isinstance(item, Report))
    figure = next(row for row in report.disclosures if (row.item, row.measure) == ("penalty", "decisions"))
    assert figure.count == count
    problems = [problem.code for problem in report.problems]
    assert DISGUISES[disguise] in problems


SITE = """<style>*{margin:0;padding:0} body{font:12px/1.5 tahoma,宋体;color:#333;background:#fff url(bg.jpg)}
.nav{background:#0a5bb5;height:40px;overflow:hidden} .nav a{color:#fff} td{vertical-align:middle} th{color:white}
.box:after{content:".";display:block;height:0;clear:both;visibility:hidden} .fr{float:right} .no{display:none}
input,select{font-size:100%} @media print{.box,.bottom{display:none}} @media (max-width:768px){table{display:none}}
.tip{position:absolute;left:-9999px} li:before{content:"\\00B7"}</style><link rel=stylesheet href=/site.css>"""
WORD = """<style><!-- @font-face{font-family:宋体;panose-1:2 1 6 0} p.MsoNormal{margin:0cm;font-size:10.5pt;color:black}
span.msoDel{text-decoration:line-through;display:none;color:red} span.MsoFootnoteReference{vertical-align:super}
@page Section1{size:595.3pt 841.9pt} div.Section1{page:Section1} --></style>"""
FONT = "style='font-size:9.0pt;"
HARMLESS = {
    "site": ("</head>", f"{SITE}</head>"),
    "word": ("</head>", f"{WORD}</head>"),
    "nudged cells": (FONT, f"{FONT}position:relative;top:1.5pt;mso-text-raise:-1.5pt;"),
    "printed black": (FONT, f"{FONT}color:#000000;background:#ffffff;vertical-align:baseline;"),
    "white on blue": (FONT, f"{FONT}color:#fff;background:#1a4f9c;"),
    "faded in by a script": ("<div class=main>", "<div class=main style='opacity:0'>"),
    "shown by a script": ("<div class=main>", "<div class=main style='display:none'>"),
}


@pytest.mark.parametrize("name", sorted(HARMLESS))
def test_styles_that_hide_nothing_take_no_figure(name: str) -> None:
    page = render.written(with_penalties(45_678), Options(), render.Page(cells="word", noise=True)).decode()
    old, new = HARMLESS[name]
    assert old in page
    plain, styled = (read_bytes(text.encode(), "a.html")[0] for text in (page, page.replace(old, new)))
    assert isinstance(plain, Report)
    assert isinstance(styled, Report)
    assert [row.cells for row in styled.applications] == [row.cells for row in plain.applications]
    assert sum(len(row.cells) for row in styled.applications) == 25 * 7
    assert [row.count for row in styled.disclosures] == [row.count for row in plain.disclosures]


def test_a_picture_in_a_cell_is_told_and_not_taken_for_a_blank() -> None:
    page = render.written(with_penalties(45_678), Options(), render.Page(surroundings=False))
    found = read_bytes(page.replace(b"45678", b'<img src="n.png">'), "a.html")
    report = next(item for item in found if isinstance(item, Report))
    figure = next(row for row in report.disclosures if (row.item, row.measure) == ("penalty", "decisions"))
    assert figure.count is None
    assert any("图片" in problem.excerpt or "图片" in problem.message.en for problem in report.problems)


# What the page says of its source -----------------------------------------------------------------------------------

FACTS = [
    ('<meta name="SiteIDCode" content="3708300021">', "site_code", "3708300021"),
    ('<meta name="SiteDomain" content="http://www.xx.gov.cn">', "host", "www.xx.gov.cn"),
    ('<meta name="Url" content="http://www.xx.gov.cn/art/1.html">', "host", "www.xx.gov.cn"),
    ("<body><p>正文</p><footer>网站标识码:<b> 3708300021</b></footer>", "site_code", "3708300021"),
    ("<body><p>正文</p><div><a href=/>鲁ICP备 12345678号-2</a></div>", "icp", "鲁ICP备12345678号-2"),
    ('<body><p>原文链接:&nbsp;<a target=_blank href="http://www.xx.gov.cn/2.html">查看</a>', "printed_url",
     "http://www.xx.gov.cn/2.html"),
    ("<body><table><tr><td>原文链接</td><td>http://www.xx.gov.cn/3.html</td></table>", "printed_url",
     "http://www.xx.gov.cn/3.html"),
    ("<body><p>正文提到网站标识码的管理要求。</p>", "site_code", None),
    ("<body><p>来源:某局 2023-04-05</p>", "printed_url", None),
]  # fmt: skip


@pytest.mark.parametrize(("page", "name", "value"), FACTS)
def test_a_page_states_where_it_comes_from(page: str, name: str, value: str | None) -> None:
    assert read(f"{page}<p>本年度的公开工作按计划推进</p>").fact(name) == value


# Hostile style sheets -----------------------------------------------------------------------------------------------

HOSTILE = [
    "<style>" + "".join(f".a{number}{{display:none}}" for number in range(6_000)) + "</style>",
    "<style>" + ":not(" * 2_000 + ".x{display:none}</style>",
    "<style>" + "@media screen{" * 2_000 + ".x{display:none}</style>",
    "<style>" + "div " * 14 + ".x{display:none}</style>" + "<div>" * 150,
    "<style>td:after{content:'" + "9" * 50_000 + "'}</style>",
    "<i style='display:" + "a" * 100_000 + "'></i>",
]


@pytest.mark.parametrize("page", HOSTILE)
def test_a_hostile_style_sheet_does_not_keep_the_table_from_being_read(page: str) -> None:
    document = read(f"{page}<table><tr><td>规章<td class=x>3<tr><td>规范性文件<td>5</table>")
    assert [row[0] for row in table(document)] == ["规章", "规范性文件"]


def test_a_style_sheet_that_is_not_applied_is_told() -> None:
    assert codes(cell("62", "".join(f".a{number}{{display:none}}" for number in range(6_000)))) == ["style_too_complex"]


def test_the_reader_s_own_signs_in_a_page_mean_nothing() -> None:
    document = cell("\ufde03\ufdd0&#xFDE5;8&#64976;\ufde862")
    assert (table(document)[0][1], marks(document)) == ("3862", [])


@pytest.mark.parametrize(
    ("sheet", "row", "shown"),
    [
        (".c{display:table-cell}", "<div>{}</div>", "规章\n1\n0\n9"),
        (".r{display:flex}", "<div class=r>{}</div>", "规章\n1\n0\n9"),
        (".r{display:grid}", "<p class=r>{}</p>", "规章\n1\n0\n9"),
        (".c{display:inline-block;width:80px}", "<p>{}</p>", "规章 1 0 9"),
        (".c{display:inline-block}", "<p>{}</p>", "规章109"),
        (".c{display:inline}", "<p>{}</p>", "规章109"),
    ],
)
def test_words_that_a_style_sheet_sets_apart_are_not_run_together(sheet: str, row: str, shown: str) -> None:
    words = "".join(f"<span class=c>{word}</span>" for word in ("规章", "1", "0", "9"))
    text = read(f"<style>{sheet}</style>{row.format(words)}").text
    assert "\n".join(" ".join(line.split()) for line in text.split("\n")) == shown


@pytest.mark.parametrize(
    ("stated", "made"),
    [
        ("chucknorris", "#c00000"), ("crap", "#c0a000"), ("grass", "#00a000"), ("", ""), (" Transparent ", ""),
        ("6db6ec49efd278cd0bc92d1e5e072d68", "#6ecde0"), ("#000a000b000c", "#0a0b0c"), ("#f", "#0f0000"),
        ("Navy", "navy"), ("#FFF", "#fff"), ("#ffffff", "#ffffff"),
    ],
)  # fmt: skip
def test_a_colour_of_an_attribute_is_what_browsers_make_of_it(stated: str, made: str) -> None:
    """Such as the HTML standard's rules for a legacy colour make of any text."""
    assert attribute_colour(stated) == made
