"""A report as a web page: the statutory tables with their merged cells, as sites, Word and WPS write them.

A table is a list of rows of ``Box``; ``expanded`` says what grid that is. Nothing here knows the reader.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from build import forms

from .figures import Figures
from .tables import Options, Table, application_table, disclosure_tables, review_table

NO_BREAK = "\u00a0"
RESULT_GROUPS = frozenset(outcome.code for outcome in forms.OUTCOMES) | {"closed"}
MEASURE_WIDTHS = {1: (3,), 2: (1, 2), 3: (1, 1, 1)}
"""How many of the three value columns of section 二 each measure covers."""

SECTION_TITLES = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
SITE_LINKS = ("网站首页", "新闻中心", "政务服务", "互动交流", "走进本地", "数据开放")
FOOTER = "主办单位:某地人民政府办公室 备案号:00000000"
CLOSING = "本年没有需要另行说明的事项,以后各年照此办理,有疑问的可以来电询问。"


@dataclass(frozen=True, slots=True)
class Box:
    """A table cell to be written; ``text`` may hold line feeds."""

    text: str
    rows: int = 1
    columns: int = 1


Row = list[Box]


@dataclass(frozen=True, slots=True)
class Page:
    """How a page is written.

    ``cells``: a key of CELLS, what stands around the words of a cell. ``layout``: plain, one-cell (a layout table of
    one cell), columns (layout tables within each other, with a menu beside the report) or details (number and date in
    the layout table's own cells). ``noise``: attributes of Word and WPS on every element. ``end_tags``: whether </td>,
    </tr> and </p> are written. ``caption``: none, element or row. ``head_rows``: header rows in <thead>.
    ``wide_header``: 申请人情况 spans two columns more than there are. ``surroundings``: menu, footer, scripts and
    comments around. ``meta``: what the <meta> says of the encoding, None for no <meta>.
    """

    cells: str = "plain"
    layout: str = "plain"
    noise: bool = False
    end_tags: bool = True
    caption: str = "none"
    head_rows: bool = False
    wide_header: bool = False
    surroundings: bool = True
    encoding: str = "utf-8"
    meta: str | None = "utf-8"


CELLS: Mapping[str, str] = {
    "plain": "{}",
    "p": "<p>{}</p>",
    "p-span": '<p style="text-align: center"><span style="font-family: 宋体"><font>{}</font></span></p>',
    "div": "<div>\n   <strong>{}</strong>\n  </div>",
    "word": "<p class=MsoNormal align=center style='mso-pagination:widow-orphan'><span lang=EN-US "
    "style='font-size:9.0pt;mso-ascii-font-family:宋体'>{}<o:p></o:p></span></p>",
    "source-lines": "\r\n      {}\r\n    ",
    "table": "<table><tr><td>{}</td></tr></table>",
}
"""What stands around the words of a cell; none of it changes what the page shows."""

LAYOUTS: Mapping[str, str] = {
    "plain": "<div class=box>{}</div>",
    "one-cell": '<table width="100%"><tr><td>{}</td></tr></table>',
    "columns": "<table><tr><td><ul><li><a href=/a>机构职能</a><li><a href=/b>领导信息</a><li><a href=/c>法规文件</a>"
    "</ul></td><td><table><tr><td>&nbsp;</td><td>{}</td><td>&nbsp;</td></tr></table></td></tr></table>",
    "details": "<table><tr><td>索引号</td><td>001-2</td><td>发布日期</td><td>2021-01-29</td></tr>"
    "<tr><td colspan=4>{}</td></tr></table>",
}
"""What stands around the whole report."""

CELL_NOISE = " width=83 valign=top style='width:62.35pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt'"


# Tables as boxes -------------------------------------------------------------------------------------------------


def shown(text: str | None) -> str:
    """A cell's text as the page shows it: an entity is its character, a dropped blank an empty cell."""
    return (text or "").replace("&nbsp;", NO_BREAK)


def applications(figures: Figures, options: Options) -> list[Row]:
    """Section 三: three header rows, then a row an item with up to three labels and seven values."""
    form = application_table(figures, options)
    (relation, situation), (natural, organisations, total), kinds = _header_labels(form)
    rows = [
        [Box(relation, 3, 3), Box(situation, 1, 7)],
        [Box(natural, 2), Box(organisations, 1, 5), Box(total, 2)],
        [Box(name) for name in kinds],
    ]
    known = {item.code: item for item in forms.APPLICATION_ITEMS}
    groups = [known[code].group for code in figures.applications]
    seen: set[str] = set()
    for code, row in zip(figures.applications, form.rows, strict=True):
        rows.append([*_labels(known[code], row.labels, groups, seen), *(Box(shown(value)) for value in row.values)])
    return rows


def _header_labels(table: Table) -> list[list[str]]:
    return [[header.label for header in row] for row in table.headers]


def _labels(item: forms.Item, labels: Sequence[str], groups: Sequence[str], seen: set[str]) -> Row:
    """The label boxes that begin in a row; a group's label is written in its first row only."""
    if len(labels) == 1:
        return [Box(labels[0], 1, 3)]
    boxes = [] if "results" in seen else [Box(labels[0], sum(group in RESULT_GROUPS for group in groups))]
    if len(labels) == 2:
        boxes.append(Box(labels[1], 1, 2))
    else:
        boxes += [] if item.group in seen else [Box(labels[1], groups.count(item.group))]
        boxes.append(Box(labels[2]))
    seen |= {"results", item.group}
    return boxes


def reviews(figures: Figures, options: Options) -> list[Row]:
    """Section 四: 15 columns under three header rows, one row of figures."""
    form = review_table(figures, options)
    (reconsideration, lawsuits), (*outcomes, direct, after), lawsuit_outcomes = _header_labels(form)
    return [
        [Box(reconsideration, 1, 5), Box(lawsuits, 1, 10)],
        [*(Box(name, 2) for name in outcomes), Box(direct, 1, 5), Box(after, 1, 5)],
        [Box(name) for name in lawsuit_outcomes],
        [Box(shown(value)) for value in form.rows[0].values],
    ]


def disclosures(figures: Figures, options: Options) -> list[Row]:
    """Section 二: its sub-tables under one another, four columns wide."""
    return [row for table in disclosure_tables(figures, options) for row in _disclosure_rows(table)]


def _disclosure_rows(table: Table) -> list[Row]:
    (clause,), (content, *measures) = _header_labels(table)
    widths = MEASURE_WIDTHS[len(measures)]
    return [
        [Box(clause, 1, 4)],
        [Box(content), *(Box(name, 1, width) for name, width in zip(measures, widths, strict=True))],
        *(
            [Box(row.labels[0]), *(Box(shown(text), 1, width) for text, width in zip(row.values, widths, strict=True))]
            for row in table.rows
        ),
    ]


def tables(figures: Figures, options: Options) -> tuple[list[Row], list[Row], list[Row]]:
    """The tables of sections 二, 三 and 四; header cells out of order do not occur in HTML."""
    options = replace(options, header="whole") if options.header == "wrong-order" else options
    return disclosures(figures, options), applications(figures, options), reviews(figures, options)


def expanded(rows: Sequence[Row]) -> list[list[str]]:
    """The grid that a table is: a merged cell's text in every place it covers."""
    width = sum(box.columns for box in rows[0])
    places: list[list[str | None]] = [[None] * width for _ in rows]
    for number, row in enumerate(rows):
        for box in row:
            column = places[number].index(None)
            for y in range(number, number + box.rows):
                places[y][column : column + box.columns] = [box.text] * box.columns
    return [[text or "" for text in row] for row in places]


# Pages -----------------------------------------------------------------------------------------------------------


def table(rows: Sequence[Row], page: Page, header_rows: int = 0, caption: str = "") -> str:
    """A table as the page writes it; ``header_rows`` stand in <thead> where the page has one."""
    lines = [_row(row, page) for row in rows]
    if page.head_rows and header_rows:
        lines = ["<thead>", *lines[:header_rows], "</thead><tbody>", *lines[header_rows:], "</tbody>"]
    if page.caption == "element" and caption:
        lines.insert(0, f"<caption>{caption}</caption>")
    attributes = (
        " class=MsoTableGrid border=1 style='border-collapse:collapse;mso-yfti-tbllook:1184'" if page.noise else ""
    )
    return f"<table{attributes}>\n" + "\n".join(lines) + "\n</table>\n"


def _row(row: Row, page: Page) -> str:
    attributes = " style='mso-yfti-irow:1;height:14.25pt'" if page.noise else ""
    end = "</tr>" if page.end_tags else ""
    return f"<tr{attributes}>" + "".join(_cell(box, page) for box in row) + end


def _cell(box: Box, page: Page) -> str:
    words = html.escape(box.text, quote=False).replace(NO_BREAK, "&nbsp;").replace("\n", "<br>")
    spans = "".join(f' {name}="{span}"' for name, span in (("rowspan", box.rows), ("colspan", box.columns)) if span > 1)
    inside = CELLS[page.cells].format(words)
    if not page.end_tags:
        inside = inside.replace("</p>", "")
    return f"<td{CELL_NOISE if page.noise else ''}{spans}>{inside}" + ("</td>" if page.end_tags else "")


def _section(title: str, body: str) -> str:
    return f"<p><strong>{title}</strong></p>\n{body}\n"


def title(figures: Figures) -> str:
    """The report's title."""
    return f"{figures.agency}{figures.year}年政府信息公开工作年度报告"


def report(figures: Figures, options: Options, page: Page) -> str:
    """The report itself: title, source line, six sections."""
    disclosed, applied, reviewed = tables(figures, options)
    if page.caption == "row":
        applied = [[Box("申请情况统计表", 1, 10)], *applied]
    if page.wide_header:
        applied = [[Box(box.text, box.rows, 9) if box.columns == 7 else box for box in row] for row in applied]
    bodies = (
        f"<p>{options.overview}</p>",
        table(disclosed, page, 0, "主动公开统计表"),
        table(applied, page, 3 + (page.caption == "row"), "申请情况统计表"),
        table(reviewed, page, 3, "复议诉讼统计表"),
        "<p>工作还不够细。</p>",
        f"<p>{CLOSING}</p>",
    )
    sections = "".join(map(_section, SECTION_TITLES, bodies))
    return f"<h1>{title(figures)}</h1>\n<div>来源:{figures.agency} 发布日期:2021-01-29</div>\n{sections}"


def written(figures: Figures, options: Options, page: Page) -> bytes:
    """The whole page in the bytes of its encoding."""
    meta = "" if page.meta is None else f'<meta http-equiv="Content-Type" content="text/html; charset={page.meta}">'
    body = LAYOUTS[page.layout].format(report(figures, options, page))
    if page.surroundings:
        body = surrounded(body)
    head = f"<head>{meta}<title>{title(figures)}_某地政府网</title></head>"
    return f"<!DOCTYPE html>\n<html>{head}\n<body>\n{body}</body></html>".encode(page.encoding)


def surrounded(body: str) -> str:
    """The body of a page with the site around it."""
    links = "".join(f'<li><a href="/{number}.html">{name}</a></li>' for number, name in enumerate(SITE_LINKS))
    return (
        "<script>document.write('<table><tr><td>9</td><td>9</td></tr></table>')</script><style>td{color:red}</style>"
        f"<div class=top><ul>{links}</ul></div><nav><a href=/>首页</a></nav><!-- <table><tr><td>8</td></tr></table> -->"
        f"<div class=main>{body}</div>"
        f"<div class=bottom><p>{FOOTER}</p></div><form action=/s><input value=搜索><select><option>7</select></form>"
    )
