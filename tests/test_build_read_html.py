"""Web pages and saved pages: exact grids, positions, what is left out, hostile input."""

from __future__ import annotations

import itertools
from dataclasses import replace
from email.message import EmailMessage

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from build.document import STRUCK, Document, Grid
from build.errors import ReadError
from build.limits import Limits
from build.readers import html, mhtml, read_documents

from .render import html as render
from .render.figures import Figures, figures
from .render.tables import Options

LIMITS = Limits()
Texts = list[list[str | None]]


def read(page: str | bytes, limits: Limits = LIMITS) -> Document:
    """The document of a page given as text or bytes; every position in it has been checked."""
    data = page if isinstance(page, bytes) else f"<meta charset=utf-8>{page}".encode()
    (document,) = html.read(data, limits)
    assert_positions(document)
    return document


def assert_positions(document: Document) -> None:
    """Every block says what the text says at its place."""
    for block in document.blocks:
        cells = block.cells if isinstance(block, Grid) else (block,)
        for cell in cells:
            assert document.text[cell.start : cell.end] == cell.text


def texts(grid: Grid) -> Texts:
    """A grid as rows of texts; a merged cell's text stands in every place, None where no cell is."""
    return [[None if cell is None else cell.text for cell in row] for row in grid.matrix()]


def grids(document: Document) -> list[Texts]:
    """The document's grids as texts."""
    return [texts(block) for block in document.blocks if isinstance(block, Grid)]


def lines(document: Document) -> list[str]:
    """The document's paragraphs."""
    return [block.text for block in document.blocks if not isinstance(block, Grid)]


def codes(document: Document) -> list[str]:
    """The codes of the document's notices."""
    return [notice.code for notice in document.notices]


def table(body: str) -> list[Texts]:
    """The grids of a page that holds one table."""
    return grids(read(f"<table>{body}</table>"))


def refused(data: bytes, limits: Limits = LIMITS) -> ReadError:
    """The error that reading ``data`` ends in."""
    with pytest.raises(ReadError) as caught:
        html.read(data, limits)
    return caught.value


# The statutory tables, however they are written -------------------------------------------------------------------

PAGES = [
    render.Page(cells=cells, layout=layout, end_tags=end_tags or cells == "table", noise=noise, head_rows=not noise)
    for cells, layout, end_tags, noise in itertools.product(render.CELLS, render.LAYOUTS, (True, False), (True, False))
]
ENCODINGS = [
    ("utf-8", "utf-8"), ("utf-8", None), ("utf-8", "gb2312"), ("gb18030", "gb2312"), ("gb18030", "gbk"),
    ("gb18030", None), ("gb18030", "utf-8"), ("utf-16", "utf-16"), ("utf-16-le", None), ("utf-8-sig", None),
]  # fmt: skip


def assert_tables(page: render.Page, written: Figures, options: Options) -> None:
    """A rendered page gives back the grids of its three tables and its prose in order."""
    document = read(render.written(written, options, page))
    expected = [render.expanded(rows) for rows in render.tables(written, options)]
    if page.caption == "row":
        expected[1].insert(0, ["申请情况统计表"] * 10)
    assert grids(document) == expected
    titles = [line for line in lines(document) if line in (render.title(written), *render.SECTION_TITLES)]
    assert titles == [render.title(written), *render.SECTION_TITLES]
    assert f"来源:{written.agency} 发布日期:2021-01-29" in lines(document)
    assert render.CLOSING in lines(document)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(
    written=figures(),
    page=st.sampled_from(PAGES),
    caption=st.sampled_from(("none", "element", "row")),
    wide_header=st.booleans(),
    surroundings=st.booleans(),
    encoding=st.sampled_from(ENCODINGS),
    blank=st.sampled_from(("empty", "no-break", "entity", "slash", "dash", "dropped")),
    header=st.sampled_from(("whole", "split", "partly-lost")),
    full_width=st.booleans(),
)
def test_the_tables_of_a_page_come_back_cell_for_cell(
    written: Figures,
    page: render.Page,
    caption: str,
    wide_header: bool,
    surroundings: bool,
    encoding: tuple[str, str | None],
    blank: str,
    header: str,
    full_width: bool,
) -> None:
    if page.cells == "source-lines" and header == "split":
        header = "whole"
    page = replace(
        page,
        caption=caption,
        wide_header=wide_header,
        surroundings=surroundings,
        encoding=encoding[0],
        meta=encoding[1],
    )
    assert_tables(page, written, Options(blank=blank, header=header, full_width=full_width))


FORM_2019 = """
<tr><td rowspan="3" colspan="3">(关系)</td><td colspan="7">申请人情况</td></tr>
<tr><td rowspan="2">自然人</td><td colspan="5">法人或其他组织</td><td rowspan="2">总计</td></tr>
<tr><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td></tr>
<tr><td colspan="3">一、本年新收</td><td>3</td><td>0</td><td>&nbsp;</td><td>/</td><td></td><td>0</td><td>3</td></tr>
<tr><td rowspan="3">三、本年度办理结果</td><td colspan="2">(一)予以公开</td><td>1</td><td>0</td><td>0</td><td>0</td>
<td>0</td><td>0</td><td>1</td></tr>
<tr><td rowspan="2">(三)不予公开</td><td>1.属于国家秘密</td><td>2</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td>
<td>2</td></tr>
<tr><td>2.其他</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td></tr>
"""


def test_merged_cells_stand_in_every_place_they_cover() -> None:
    kinds = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    relation = ["(关系)"] * 3
    results = "三、本年度办理结果"
    assert table(FORM_2019) == [
        [
            [*relation, *["申请人情况"] * 7],
            [*relation, "自然人", *["法人或其他组织"] * 5, "总计"],
            [*relation, "自然人", *kinds, "总计"],
            [*["一、本年新收"] * 3, "3", "0", "\u00a0", "/", "", "0", "3"],
            [results, "(一)予以公开", "(一)予以公开", "1", "0", "0", "0", "0", "0", "1"],
            [results, "(三)不予公开", "1.属于国家秘密", "2", "0", "0", "0", "0", "0", "2"],
            [results, "(三)不予公开", "2.其他", "0", "0", "0", "0", "0", "0", "0"],
        ]
    ]


def test_a_merged_cell_stands_once_in_the_text() -> None:
    document = read("<table><tr><td colspan=2>甲</td></tr><tr><td>1</td><td>2</td></tr></table>")
    assert document.text == "甲\n1\t2"


# Cells -----------------------------------------------------------------------------------------------------------

CELLS = [
    ("0", "0"),
    ("", ""),
    (" \r\n ", ""),
    ("&nbsp;", "\u00a0"),
    ("&nbsp;\n<p>&nbsp;</p>", "\u00a0\n\u00a0"),
    (" 12 ", "12"),
    ("本年新<br>制作数量", "本年新\n制作数量"),
    ("<br>12<br/>", "12"),
    ("<p>29550.73</p><p>15万元</p>", "29550.73\n15万元"),
    ("<div><div><p>甲</p></div>乙</div>", "甲\n乙"),
    ("<span>29</span><b>550</b><font>万</font>元", "29550万元"),
    ("本年新\r\n      制作数量", "本年新制作数量"),
    ("行政\n许可、\n处罚", "行政许可、处罚"),
    ("12\n 34", "12 34"),
    ("2020\n年", "2020 年"),
    ("a\n\tb", "a b"),
    ("15<sup>1</sup>", "15¹"),
    ("15<sup>[1]</sup>", "15[¹]"),
    ('15<span style="vertical-align: super">1</span>', "15¹"),
    ("<sup>1</sup>15", "¹15"),
    ("10<sub>2</sub>", "10₂"),
    ("m<sup>2</sup>", "m²"),
    ("<s>5</s>7", "〔划去:5〕7"),
    ("<del>5</del><ins>7</ins>", "〔划去:5〕7"),
    ("7<span style='DISPLAY:none'>8</span>9", "79"),
    ("<em hidden>8</em>7", "7"),
    ("7<!-- 8 -->", "7"),
    ('7<span style="font-size:0">8</span>', "7"),
    ('7<span style="color:red;font-size: 0px"><b>8</b></span>9', "79"),
    ('<span style="font-size:0.5em">78</span>', "78"),
    ('<p style="font-size:0"><span style="font-size:12px">7</span></p>', "7"),
    ('7<i style="visibility:hidden">8</i>', "7"),
    ('<i style="visibility: hidden">8<b style="visibility: visible">7</b></i>', "7"),
    ('<input value="7">', "7"),
    ('<INPUT type="text" readonly value=" +12 ">', "+12"),
    ('7<input value="关键词"><input type="hidden" value="8"><input type="checkbox" value="1">', "7 关键词 ☐"),
    ("7<script>8</script>", "7"),
    ("7<select><option>8</select>", "7 8"),
    ("7<textarea>8</textarea><button>8</button>", "7 8"),
    ("<ruby>规<rt>gui</rt></ruby>章", "规章"),
    ("<o:p></o:p>7<o:p>&nbsp;</o:p>", "7\u00a0"),
    ("<![if !supportEmptyParas]>7<![endif]>", "7"),
    ("&lt;7&gt; &amp; 8", "<7> & 8"),
    ("\u200b7\ufeff", "\u200b7\ufeff"),
    ("1&#0;2\u3000", "1\ufffd2\u3000"),
    ("<pre>1\n  2\t3</pre>", "1\n  2\t3"),
    ("<pre>1</pre>4\n  5", "1\n4 5"),
    ("<unknown>7</unknown>", "7"),
    ("<a href=/x>7</a>", "7"),
    ("<table><tr><td>7</td></tr></table>", "7"),
    ("<table><tr><td>7</td><td>8</td></tr></table>", "7 8"),
    ("<table><tr><td>7</td></tr><tr><td>8</td></tr></table>", "7 8"),
]


@pytest.mark.parametrize(("inside", "text"), CELLS)
def test_the_text_of_a_cell_is_what_the_page_shows(inside: str, text: str) -> None:
    document = read(f"<table><tr><td>甲<td>1<tr><td>乙<td>2<td>3<tr><td>丙<td>{inside}</td><td>末</td></table>")
    assert grids(document) == [[["甲", "1", None], ["乙", "2", "3"], ["丙", text, "末"]]]


def test_struck_out_text_is_kept_and_named_as_such() -> None:
    document = read("<p>共<s> 5件 </s>7件</p><p><del></del>无</p>")
    assert lines(document) == ["共 〔划去:5件〕 7件", "无"]
    assert [(mark.kind, mark.words) for mark in document.marks] == [(STRUCK, "〔划去:5件〕")]


# Spans and broken tables -----------------------------------------------------------------------------------------

TABLES = [
    # a row span ends with the table, with its group, and reaches to its end if it is 0
    ("<tr><td rowspan=9>a<td>1<tr><td>2", [["a", "1"], ["a", "2"]]),
    ("<tr><td rowspan=0>a<td>1<tr><td>2<tr><td>3", [["a", "1"], ["a", "2"], ["a", "3"]]),
    ("<thead><tr><td rowspan=3>a<td>b</thead><tbody><tr><td>c<td>1</tbody>", [["a", "b"], ["c", "1"]]),
    # a column span ends where the last column begins, and before a place that is taken
    ("<tr><td colspan=9>a<tr><td>1<td>2", [["a", "a"], ["1", "2"]]),
    ("<tr><td colspan=100%>a<tr><td>1<td>2", [["a", "a"], ["1", "2"]]),
    ("<tr><td colspan=99999999999>a<tr><td>1<td>2", [["a", "a"], ["1", "2"]]),
    ("<tr><td>a<td rowspan=2>b<tr><td colspan=2>1<td>2", [["a", "b", None], ["1", "b", "2"]]),
    ("<tr><td colspan=0 rowspan=x>a<td>1<tr><td colspan=-1>b<td>2", [["a", "1"], ["b", "2"]]),
    # rows of unequal length
    ("<tr><td>a<td>1<td>2<tr><td>b", [["a", "1", "2"], ["b", None, None]]),
    ("<tr><td>a<td>1<tr></tr><tr><td>b<td>2", [["a", "1"], [None, None], ["b", "2"]]),
    # tags missing or out of place
    ("<td>a<td>1<tr><td>b<td>2", [["a", "1"], ["b", "2"]]),
    ("<tr><td>a</td><td>1</td></tr><td>b</td><td>2</td>", [["a", "1"], ["b", "2"]]),
    ("<tr><td><div>a<td>1<tr><td><p>b<td>2", [["a", "1"], ["b", "2"]]),
    ("<tr><th>a<td>1</th></tr></td><tr><td>b<td>2", [["a", "1"], ["b", "2"]]),
    ("<form><tr><td>a<td>1</form><tr><td>b<td>2", [["a", "1"], ["b", "2"]]),
    ("<colgroup><col><col></colgroup><tfoot><tr><td>a<td>1</tfoot><tr><td>b<td>2", [["a", "1"], ["b", "2"]]),
    # hidden rows and cells do not count
    ("<tr><td>a<td style='display: none'>9<td>1<tr hidden><td>9<td>9<tr><td>b<td>2", [["a", "1"], ["b", "2"]]),
]


@pytest.mark.parametrize(("body", "grid"), TABLES)
def test_spans_and_broken_rows_are_laid_out_as_a_browser_does(body: str, grid: Texts) -> None:
    assert table(body) == [grid]


def test_words_between_cells_come_before_the_grid() -> None:
    document = read("<table><caption>表一</caption>注<tr>7<td>a<td>1</tr><div>单位:件</div></table>后")
    assert sorted(lines(document)[:-1]) == sorted(["表一", "注", "7", "单位:件"])
    assert lines(document)[-1] == "后"
    assert isinstance(document.blocks[4], Grid)


# Which table is the grid -----------------------------------------------------------------------------------------

DATA = "<table><tr><td>规章<td>1<td>2<tr><td>文件<td>3<td>4</table>"
GRID = [["规章", "1", "2"], ["文件", "3", "4"]]
PROSE = "<p>" + "本年工作有序推进," * 60 + "</p>"

NESTED = [
    # the tables around a grid lay out the page
    (f"<table><tr><td>{DATA}</table>", [], [GRID]),
    (f"<table><tr><td>菜单<td>{DATA}<tr><td>页脚<td>版权</table>", ["菜单", "页脚", "版权"], [GRID]),
    (f"<table><tr><td>左<td><table><tr><td>上<td>右<tr><td colspan=2>{DATA}</table></table>",
     ["左", "上", "右"], [GRID]),
    (f"<table><tr><td>1<td>首页<tr><td colspan=2>{DATA}{DATA}</table>", ["1", "首页"], [GRID, GRID]),
    # a small table in a cell of a grid is words of that cell
    ("<table><tr><td>规章<td><table><tr><td>1<td>2</table><tr><td>文件<td>3<tr><td>许可<td>5<tr><td>处罚<td>6</table>",
     [], [[["规章", "1 2"], ["文件", "3"], ["许可", "5"], ["处罚", "6"]]]),
    # each figure in a table of its own
    ("<table><tr><td>规章<td><table><tr><td>1</table><tr><td>文件<td><table><tr><td>3</table></table>",
     [], [[["规章", "1"], ["文件", "3"]]]),
    # one column, or one row without figures, is no grid; prose is none
    ("<table><tr><td>甲<tr><td>乙</table>", ["甲", "乙"], []),
    ("<table><tr><td>来源:甲<td>日期:乙</table>", ["来源:甲", "日期:乙"], []),
    ("<table><tr><td>规章<td>1</table>", [], [[["规章", "1"]]]),
    (f"<table><tr><td>菜单<td>{PROSE}<tr><td>1<td>2</table>", ["菜单", "本年工作有序推进," * 60, "1", "2"], []),
    ("<table></table><table><tr></table>无", ["无"], []),
]  # fmt: skip


@pytest.mark.parametrize(("body", "paragraphs", "found"), NESTED)
def test_the_table_with_the_most_figures_of_its_own_is_the_grid(
    body: str, paragraphs: list[str], found: list[Texts]
) -> None:
    document = read(body)
    assert (lines(document), grids(document)) == (paragraphs, found)


def test_a_long_note_does_not_undo_a_table_of_figures() -> None:
    rows = "<tr><td>甲<td>1<tr><td>乙<td>2<tr><td>丙<td>3<tr><td>丁<td>4"
    assert len(table(f"{rows}<tr><td colspan=2>{PROSE}")[0]) == 5


# Paragraphs ------------------------------------------------------------------------------------------------------

PARAGRAPHS = [
    ("<h1>一</h1><h6>二</h6><div>三<p>四</p>五</div><ul><li>六<li>七</ul><center>八</center>",
     ["一", "二", "三", "四", "五", "六", "七", "八"]),
    ("<section><dl><dt>一<dd>二</dl></section>", ["一", "二"]),
    ("<ol><li>甲<li>乙</ol>", ["甲", "乙"]),
    ("一<br>二<br><br>三", ["一", "二", "三"]),
    ("一\n<b>二</b>\n三 <i>4</i>\n5", ["一二三 4 5"]),
    ("　　缩进&nbsp;<p>&nbsp;</p>", ["　　缩进\u00a0", "\u00a0"]),
    ("<pre>规章  1\n\t文件\r\n</pre>后", ["规章  1", "\t文件", "后"]),
    ("<p>a<sup>2</sup>、共10<sup>①</sup></p>", ["a²、共10①"]),
    ("<noscript>请打开脚本</noscript><template><p>样</p></template><svg><text>图</text></svg>文", ["文"]),
    ("<p>甲<p hidden>乙</p>丙<div style='color:red;display : none'>丁</div>戊", ["甲", "丙戊"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "paragraphs"), PARAGRAPHS)
def test_paragraphs_are_what_the_page_shows_as_lines(body: str, paragraphs: list[str]) -> None:
    assert lines(read(body)) == paragraphs


STYLED: list[tuple[str, str, str]] = [
    (".x{display:none}", '7<span class="x">8</span>9', "79"),
    (".y { color: red } b.x, .x {font-size:0}", '7<span class="y x">8</span>', "7"),
    ("<!-- span.msoDel {mso-style-type:export-only; display:none; color:red} -->", "7<span class=msoDel>8</span>", "7"),
    ("@import url(a.css);.x{visibility:hidden}", "7<i class=x>8</i>", "7"),
    (".x{display:none} .x{display:inline}", "7<i class=x>8</i>", "78"),
    ("b.x{display:none}", "7<i class=x>8</i>", "78"),
    ("/* .x{display:none} */", "7<i class=x>8</i>", "78"),
    ("@media print {.x{display:none}}", "7<i class=x>8</i>", "78"),
    (".y .x{display:none}", "7<i class=x>8</i>", "78"),
    (".x{display:none", "7<i class=x>8</i>", "7"),
    (".x{display:none} td .x{display:inline}", "7<i class=x>8</i>", "78"),
    ("@media screen {.x{display:inline}} .x{display:none}", "7<i class=x>8</i>", "7"),
    ("b.x{display:inline} .x{display:none}", "7<b class=x>8</b>", "78"),
    ("i.x{display:none}", "7<i class=x>8</i>", "7"),
    ("} .x{display:none}", "7<i class=x>8</i>", "78"),
    (".x{display:none}", "<div class=x>7</div>8", "8"),
]


@pytest.mark.parametrize(("sheet", "cell", "shown"), STYLED)
def test_words_that_the_style_sheet_hides_by_their_class_are_left_out(sheet: str, cell: str, shown: str) -> None:
    page = f"<style>{sheet}</style><table><tr><td>规章<td>{cell}<tr><td>规范性文件<td>1</table>"
    assert grids(read(page)) == [[["规章", shown], ["规范性文件", "1"]]]


def test_a_report_that_is_hidden_until_a_script_shows_it_is_read_with_a_warning() -> None:
    document = read(f"<script src=tabs.js></script><p>标题</p><div style='display:none'><div hidden>{DATA}</div></div>")
    assert grids(document) == [GRID]
    assert codes(document) == ["hidden_content"]


# The report within the page --------------------------------------------------------------------------------------

HEADINGS = "<p>一、总体情况</p><p>甲</p><p>二、主动公开政府信息情况</p>" + DATA
MENU = "<div><ul><li><a href=/1>新闻</a><li><a href=/2>政务</a><li><a href=/3>服务</a></ul><p>今天是周一</p></div>"
BOTTOM = "<div><p>版权所有 某地</p></div>"

CONTENT = [
    # title, number, source and date beside the report are kept, what is further out is not
    (f"<div><h2>甲县2020年政府信息公开年报</h2><div>{HEADINGS}</div></div>", "甲县2020年政府信息公开年报"),
    (f"<p>点击</p><p>索引号:001</p><p>点击</p><div>{HEADINGS}</div>", "索引号:001"),
    (f"<p>字号</p><p>來源:甲</p><div>{HEADINGS}</div>", "來源:甲"),
    (f"<div>{HEADINGS}</div>", "一、总体情况"),
]


@pytest.mark.parametrize(("report", "first"), CONTENT)
def test_the_report_is_found_within_the_site(report: str, first: str) -> None:
    document = read(f"{MENU}{report}{BOTTOM}")
    assert lines(document)[0] == first
    assert lines(document)[-1] == "二、主动公开政府信息情况"
    assert grids(document) == [GRID]


def test_all_is_kept_of_the_element_that_holds_title_and_report() -> None:
    document = read(f"{MENU}<h1>甲县2020年政府信息公开年报</h1><div>{HEADINGS}</div>{BOTTOM}")
    assert lines(document)[0] == "今天是周一"
    assert lines(document)[-1] == "版权所有 某地"


def test_a_report_whose_last_section_stands_in_an_element_of_its_own_is_kept_whole() -> None:
    last = "<div><p>六、其他需要报告的事项</p><p>无</p></div>"
    document = read(f"{MENU}<div><div>{HEADINGS}</div>{last}</div>{BOTTOM}")
    assert lines(document) == ["一、总体情况", "甲", "二、主动公开政府信息情况", "六、其他需要报告的事项", "无"]


def test_a_small_table_with_number_and_date_above_the_report_is_kept() -> None:
    details = "<table><tr><td>索引号<td>甲-1<tr><td>发布日期<td>2021年</table>"
    assert grids(read(f"{MENU}{details}<div>{HEADINGS}</div>{BOTTOM}")) == [
        [["索引号", "甲-1"], ["发布日期", "2021年"]],
        GRID,
    ]


def test_prose_that_goes_on_behind_the_report_is_kept() -> None:
    closing = "下一步将继续完善制度,加强培训,并且把各项工作落到实处,请大家监督。"
    assert lines(read(f"{MENU}<div>{HEADINGS}</div><p>{closing}</p>{BOTTOM}"))[-1] == closing


def test_a_page_without_headings_is_kept_but_for_its_link_lists() -> None:
    document = read(f"{MENU}<p>现将年报公布如下,详见附件。</p><p><a href=/a.docx>年报</a></p>{BOTTOM}")
    assert lines(document) == ["今天是周一", "现将年报公布如下,详见附件。", "年报", "版权所有 某地"]


def test_links_within_the_page_are_no_menu() -> None:
    contents = "".join(f'<li><a href="#{number}">第{number}部分</a>' for number in range(4))
    assert len(lines(read(f"<ul>{contents}</ul>"))) == 4


FURNITURE = [
    (f"<header>某地政府网</header><nav><a href=/>首页</a></nav>{DATA}<aside>相关</aside><footer>备案</footer>", []),
    (f"<header><h1>甲县年度报告</h1></header>{DATA}", ["甲县年度报告"]),
    (f"<article><header>甲县</header>{DATA}<footer>乙</footer></article>", ["甲县", "乙"]),
    (f"{DATA}<footer>{PROSE}</footer>", ["本年工作有序推进," * 60]),
    (f"<form action=/s>搜索<input></form><form>{PROSE}{DATA}</form>", ["本年工作有序推进," * 60]),
    (f"前<form>登录</form>后{DATA}", ["前后"]),
    (f"前<b>中</b><form>登录</form>后{DATA}", ["前中后"]),
]


@pytest.mark.parametrize(("page", "paragraphs"), FURNITURE)
def test_furniture_is_left_out_unless_it_holds_the_report(page: str, paragraphs: list[str]) -> None:
    document = read(page)
    assert (lines(document), grids(document)) == (paragraphs, [GRID])


# Facts and notices -----------------------------------------------------------------------------------------------

FACTS = [
    ('<title> 甲县\n年报 </title><meta name="ArticleTitle" content="甲县年报">',
     (("title", "甲县年报"), ("title", "甲县 年报"))),
    ('<meta property="og:title" content="甲"><title>甲</title>', (("title", "甲"),)),
    ('<meta name="PubDate" content="2021-01-29 10:00"><meta name=publishdate content="2021-01-30">',
     (("published", "2021-01-29 10:00"), ("published", "2021-01-30"))),
    ('<meta property="article:published_time" content="2021-01-29">', (("published", "2021-01-29"),)),
    ('<link rel="canonical" href="http://a.cn/1.html"><meta property="og:url" content="http://a.cn/2.html">',
     (("source_url", "http://a.cn/2.html"), ("source_url", "http://a.cn/1.html"))),
    ('<meta name="Url" content="/art/1.html">', ()),
    ('<base href="https://a.cn/x/"><meta name="Url" content="art/1.html">', (("source_url", "https://a.cn/x/art/1.html"),)),
    ('<meta name="SiteDomain" content="a.cn"><meta name="Url" content="/1.html">', (("source_url", "http://a.cn/1.html"),)),
    ('<!-- saved from url=(0017)http://a.cn/3.htm --><p>', (("source_url", "http://a.cn/3.htm"),)),
    ('<meta name="ContentSource" content="甲局"><meta name=author content=" ">', (("publisher", "甲局"),)),
    ('<base href="http://[a"><meta name="Url" content="/1.html">', ()),
    ('<link rel="canonical" href="http://[a"><meta name="Url" content="http://a.cn/1.html">',
     (("source_url", "http://a.cn/1.html"),)),
    ('<meta name="IndexNumber" content="001-2"><meta><title> </title>', (("index_number", "001-2"),)),
    ('<meta name="keywords" content="年报"><meta name="ArticleTitle" content="">', ()),
]  # fmt: skip


@pytest.mark.parametrize(("head", "facts"), FACTS)
def test_the_head_states_facts(head: str, facts: tuple[tuple[str, str], ...]) -> None:
    assert tuple(fact for fact in read(f"{head}<body>正文").facts if fact[0] != "host") == facts


def test_images_and_linked_documents_are_reported() -> None:
    document = read(
        "<p>附件:<a href='/f/年报.docx?x=1'>下载</a><a href=/f/表.xls>表</a><a href=/f/表.xls>表</a>"
        "<a href=/p.html>页</a></p>"
        "<img src=1.jpg width=600><img src=2.jpg><img src=i.gif height=16px><iframe src=/v.pdf></iframe>"
        "<object data=o.doc></object>"
    )
    assert [(notice.severity, notice.code) for notice in document.notices] == [
        ("note", "images"),
        ("note", "attachment_links"),
    ]
    assert "2 images" in document.notices[0].message.en
    assert document.notices[1].excerpt == "/f/年报.docx?x=1 /f/表.xls /v.pdf o.doc"


def test_a_wrongly_declared_page_is_read_and_says_so() -> None:
    document = read("<meta charset=utf-8><p>政府信息公开工作年度报告</p>".encode("gbk"))
    assert lines(document) == ["政府信息公开工作年度报告"]
    assert codes(document) == ["encoding_mismatch"]


# What is no report -----------------------------------------------------------------------------------------------

REFUSED = [
    (b"", "empty"),
    (b" \n ", "empty"),
    (b"<!-- nothing -->", "empty"),
    (b"<html><body><p><img src=a.jpg></p></body></html>", "empty"),
    (b"<html><frameset><frame src=a.htm></frameset></html>", "empty"),
    (b"<html><body><div id=app></div><script src=a.js></script>", "script_only"),
    ("<noscript>请打开脚本</noscript><p>加载中</p><script>f()</script>".encode(), "script_only"),
    ("<meta charset=utf-8><p>锟斤拷锟斤拷锟斤拷</p>".encode(), "mojibake"),
    (bytes(range(256)) * 9, "binary"),
]


@pytest.mark.parametrize(("data", "code"), REFUSED)
def test_a_page_without_words_is_refused(data: bytes, code: str) -> None:
    assert refused(data).code == code


# Hostile input ---------------------------------------------------------------------------------------------------

HOSTILE = [
    ("<div>" * 100_000 + "x", "too_deep"),
    ("<table><tr><td>" * 100_000, "too_deep"),
    ("<p>" + "x" * 12_000_000, "too_large"),
    ("<b>x</b>" * 300_000, "too_large"),
    ("<table><tr><td rowspan=100000>1<td>2", "too_many_cells"),
    ("<table>" + "<tr><td colspan=1000>1" * 300 + "<td>2", "too_many_cells"),
    ("<table>" + "<tr><td rowspan=60000>1<td>2" * 2_000, "too_many_cells"),
    ("<table>" + "<tr><td colspan=900>1<td>2" + "<tr><td>1" * 300, "too_many_cells"),
]


@pytest.mark.parametrize(("page", "code"), HOSTILE, ids=[page[:40] for page, _ in HOSTILE])
def test_hostile_pages_are_refused(page: str, code: str) -> None:
    assert refused(page.encode()).code == code


def test_a_page_over_the_limit_is_not_looked_at() -> None:
    error = refused(b"\x00" * 1001, Limits(max_bytes=1000))
    assert error.code == "too_large"
    assert "1001" in error.message.en


@pytest.mark.parametrize("page", ["<table>" + "<tr><td>1<td>2" * 501, "<table></table>" * 1001])
def test_cells_and_tables_are_counted_before_they_are_laid_out(page: str) -> None:
    assert refused(page.encode(), Limits(max_cells=1000)).code == "too_many_cells"


def test_the_limit_of_cells_counts_all_tables_of_a_page() -> None:
    page = ("<table>" + "<tr><td>1<td>2" * 10 + "</table>") * 3
    assert len(grids(read(page, Limits(max_cells=60)))) == 3
    assert refused(page.encode(), Limits(max_cells=59)).code == "too_many_cells"


def test_missing_end_tags_may_nest_a_page_deeply() -> None:
    assert len(lines(read("<div>行" * 1000))) == 1000


def test_a_cell_may_be_nested_deeply() -> None:
    assert table("<tr><td>1<td>" + "<i><p>" * 400 + "2") == [[["1", "2"]]]


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;">]><body><p>' + "&b;" * 100
    assert "xx" not in read(bomb.encode()).text


# Saved pages -----------------------------------------------------------------------------------------------------


Part = tuple[str, bytes, dict[str, str]]


def saved(*parts: Part, head: str = "") -> bytes:
    """A saved page of parts: (content type with its parameters, body in quoted-printable, headers)."""
    lines_ = ["MIME-Version: 1.0", *head.splitlines(), 'Content-Type: multipart/related; boundary="=_x"', ""]
    data = "\r\n".join([*lines_, ""]).encode()
    for content_type, body, headers in parts:
        stated = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        data += f"--=_x\r\nContent-Type: {content_type}\r\n{stated}\r\n".encode() + body + b"\r\n"
    return data + b"--=_x--\r\n"


PAGE_PART = (
    "text/html; charset=gb2312",
    "<p>甲县年度报告</p>".encode("gbk"),
    {"Content-Location": "http://a.cn/1.html"},
)
PICTURE_PART = ("image/png", b"\x89PNG", {"Content-Location": "http://a.cn/1.png"})


def read_saved(data: bytes) -> Document:
    """The document of a saved page."""
    (document,) = mhtml.read(data, LIMITS)
    assert_positions(document)
    return document


def test_a_saved_page_is_read_with_its_address() -> None:
    document = read_saved(saved(PICTURE_PART, PAGE_PART))
    assert (document.format, document.text) == ("mhtml", "甲县年度报告")
    assert document.fact("source_url") == "http://a.cn/1.html"


@pytest.mark.parametrize("head", ["", "From: <Saved by Blink>\nSubject: =?utf-8?Q?=E5=B9=B4?=\n =?utf-8?Q?=E6=8A=A5?="])
def test_a_saved_page_is_told_by_its_head(head: str) -> None:
    (document,) = read_documents(saved(PAGE_PART, head=head), LIMITS)
    assert isinstance(document, Document)
    assert (document.format, document.text) == ("mhtml", "甲县年度报告")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_page_is_told_by_its_tags_in_any_encoding(encoding: str) -> None:
    (document,) = read_documents("\n<TABLE><tr><td>甲县年度报告<td>1</TABLE>".encode(encoding), LIMITS)
    assert isinstance(document, Document)
    assert (document.format, document.text) == ("html", "甲县年度报告\t1")


def test_the_address_of_the_snapshot_comes_first() -> None:
    document = read_saved(saved(PAGE_PART, head="Snapshot-Content-Location: https://a.cn/0.html"))
    assert document.facts[:2] == (("source_url", "https://a.cn/0.html"), ("source_url", "http://a.cn/1.html"))


def test_an_address_within_the_saved_file_is_no_source() -> None:
    part = ("text/html", "<p>年报</p>".encode(), {"Content-Location": "cid:frame@mhtml"})
    assert read_saved(saved(part)).fact("source_url") is None


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_the_transfer_encoding_is_undone(encoding: str) -> None:
    message = EmailMessage()
    message.set_content("<p>甲县年度报告</p>", subtype="html", cte=encoding)
    assert read_saved(bytes(message)).text == "甲县年度报告"


def test_the_part_that_the_file_names_is_the_page() -> None:
    other = ("text/html", b"<p>frame</p>", {"Content-ID": "<f>"})
    page = ("text/html", b"<p>page</p>", {"Content-ID": "<p>"})
    data = saved(other, page).replace(b"multipart/related;", b'multipart/related; start="<p>";', 1)
    assert read_saved(data).text == "page"


def test_where_the_page_is_a_frame_set_the_frame_with_words_is_read() -> None:
    frames: Part = ("text/html", b"<frameset><frame src=cid:a></frameset>", {})
    assert read_saved(saved(frames, PAGE_PART)).text == "甲县年度报告"


NOT_SAVED = [
    (b"", "damaged"),
    (b"From: a\n\ntext", "damaged"),
    (saved(PICTURE_PART), "damaged"),
    (saved(("text/html", b"<frameset></frameset>", {}), ("text/html", b"", {})), "empty"),
    (saved(("text/html; charset=utf-8", "锟斤拷锟斤拷".encode(), {}), PAGE_PART), "mojibake"),
    (b"\n--x" * 20_000, "too_large"),
    (b"\x00" * (LIMITS.max_bytes + 1), "too_large"),
    (
        b"".join(b"Content-Type: multipart/related; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000)),
        "too_deep",
    ),
]


@pytest.mark.parametrize(("data", "code"), NOT_SAVED, ids=[code for _, code in NOT_SAVED])
def test_a_saved_page_without_a_readable_page_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        mhtml.read(data, LIMITS)
    assert caught.value.code == code


MARKDOWN = """# 某县年报

第一行说的话。
第二行说的话。

<table><tr><td>规章</td><td colspan="2">7</td></tr><tr><td>甲</td><td>1</td><td>2</td></tr></table>

## 三、收到和处理政府信息公开申请情况
"""


def test_markdown_with_tables_of_html_keeps_its_lines() -> None:
    (document,) = html.read(MARKDOWN.encode(), LIMITS)
    assert lines(document) == [
        "# 某县年报",
        "第一行说的话。",
        "第二行说的话。",
        "## 三、收到和处理政府信息公开申请情况",
    ]
    assert grids(document) == [[["规章", "7", "7"], ["甲", "1", "2"]]]


def test_a_table_far_down_in_markdown_is_found_too() -> None:
    long = "讲了很多的一行。\n" * 2_000
    (document,) = read_documents((long + MARKDOWN).encode(), LIMITS)
    assert isinstance(document, Document)
    assert grids(document) == [[["规章", "7", "7"], ["甲", "1", "2"]]]


def test_markdown_with_tables_of_pipes_keeps_its_lines_where_a_tag_styles_words() -> None:
    rows = "| 规章 | 甲 |\n|---|---|\n| 一 | <span style='display:none'>4</span>12 |\n\n第一行说的话。\n"
    (document,) = html.read(rows.encode(), LIMITS)
    assert len(lines(document)) == 4
    assert ("hidden", "4") in [(mark.kind, mark.words) for mark in document.marks]


def test_a_page_s_line_ends_mean_nothing_where_tags_lay_it_out() -> None:
    assert lines(read("<div>一行里\n的话</div><table><tr><td>1</td><td>2</td></tr></table>")) == ["一行里的话"]


def test_titles_and_prose_in_rows_of_a_table_part_it() -> None:
    rows = (
        "<tr><td colspan=2>二、主动公开政府信息情况</td></tr><tr><td>规章</td><td>1</td></tr>"
        "<tr><td colspan=2>三、收到和处理政府信息公开申请情况</td></tr><tr><td>重复申请</td><td>2</td></tr>"
        "<tr><td colspan=2>注：数字截至年底。</td></tr>"
    )
    document = read(f"<table>{rows}</table>")
    assert lines(document) == [
        "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "注：数字截至年底。",
    ]  # fmt: skip
    assert grids(document) == [[["规章", "1"]], [["重复申请", "2"]]]


def test_a_cell_beside_a_merged_one_parts_no_table() -> None:
    rows = "<tr><td rowspan=2>规章</td><td>1</td></tr><tr><td>本年没有。</td></tr>"
    assert grids(read(f"<table>{rows}</table>")) == [[["规章", "1"], ["规章", "本年没有。"]]]


def test_prose_in_a_table_without_section_titles_stays_in_it() -> None:
    rows = (
        "<tr><td>规章</td><td>1</td></tr><tr><td colspan=2>本年没有。</td></tr><tr><td>规范性文件</td><td>2</td></tr>"
    )
    assert grids(read(f"<table>{rows}</table>")) == [[["规章", "1"], ["本年没有。", "本年没有。"], ["规范性文件", "2"]]]


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<html><body><p>甲</p></body></html><p>乙</p>", ["甲", "乙"]),
        ("<div><p>甲</p></body></html>\n<p>乙</p></div>", ["甲", "乙"]),
        ("<HTML><BODY><p>甲</BODY></HTML><p>乙", ["甲", "乙"]),
        ("<html><body><p>甲</p></body></html><html><head><title>丙</title></head><body><p>乙</p></html>", ["甲", "乙"]),
        ("<html><body><p>甲</p></body></html>\n<!-- 乙 -->", ["甲"]),
    ],
)
def test_words_behind_a_page_s_end_are_read(page: str, shown: list[str]) -> None:
    assert lines(read(page)) == shown


def test_a_whole_page_pasted_into_a_cell_does_not_end_the_table() -> None:
    pasted = "<html><head></head><body><p>3</p></body></html>"
    document = read(
        f"<html><body><table><tr><td>规章<td>{pasted}<td>4<tr><td>规范性文件<td>5<td>6</table></body></html>"
    )
    assert grids(document) == [[["规章", "3", "4"], ["规范性文件", "5", "6"]]]


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<div>甲</br>乙</BR/>丙</div>", ["甲", "乙", "丙"]),
        ("<div>甲5件</p>2.乙</P>丙</div>", ["甲5件", "2.乙", "丙"]),
        ("<p>甲</p>乙</p>丙<p>丁</p>", ["甲", "乙", "丙", "丁"]),
        ("<p>甲<div>乙</div>丙</p>丁</p>", ["甲", "乙", "丙", "丁"]),
        ("<p>甲<b>乙</b></p><pre>丙</pre>", ["甲乙", "丙"]),
    ],
)
def test_an_end_tag_without_a_beginning_ends_a_line(page: str, shown: list[str]) -> None:
    assert lines(read(page)) == shown


def test_figures_parted_by_a_mistyped_break_are_two() -> None:
    document = read("<table><tr><td>规章<td>0</br>0<td>4</tr><tr><td>规范性文件<td>0</p>5<td>6</tr></table>")
    assert grids(document) == [[["规章", "0\n0", "4"], ["规范性文件", "0\n5", "6"]]]


@pytest.mark.parametrize("stray", ["</p>", "</br>"])
def test_a_stray_end_between_cells_and_rows_changes_no_table(stray: str) -> None:
    rows = f"<tr><td>规章</td>{stray}<td>3</td></tr>{stray}<tr>{stray}<td>规范性文件<td>5</table>{stray}"
    document = read(f"<table>{stray}{rows}")
    assert grids(document) == [[["规章", "3"], ["规范性文件", "5"]]]
