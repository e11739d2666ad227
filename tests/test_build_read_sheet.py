"""Spreadsheets: cells as the sheet shows them, merged cells where they stand, nothing that is hidden."""

from __future__ import annotations

import datetime
import struct
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from build.document import Document, Grid
from build.errors import ReadError
from build.limits import Limits
from build.readers import ole, sheet, sheet_xls
from build.readers import text as text_files
from build.readers.number_format import plain, shown

from .render.figures import Figures, figures
from .render.grids import Part, Placed, matrix, report_parts
from .render.pdf import require
from .render.sheet import corners, ods, report_cells, saved, sheet_csv, sheet_ods, sheet_xlsx
from .render.tables import Options
from .render.word import converted, package, relationships
from .test_build_read_word import compound

LIMITS = Limits()
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def read(data: bytes, limits: Limits = LIMITS) -> Document:
    (document,) = sheet.read(data, limits)
    for block in document.blocks:
        for piece in block.cells if isinstance(block, Grid) else (block,):
            assert document.text[piece.start : piece.end] == piece.text
    return document


def parts(document: Document) -> list[str | list[list[str | None]]]:
    """Paragraphs, and grids as rows × columns of texts."""
    return [
        [[place.text if place else None for place in line] for line in block.matrix()]
        if isinstance(block, Grid)
        else block.text
        for block in document.blocks
    ]


def notices(document: Document) -> list[tuple[str, str]]:
    return [(notice.code, notice.excerpt) for notice in document.notices]


def refusal(data: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(ReadError) as caught:
        sheet.read(data, limits)
    assert caught.value.message.en
    return caught.value.code


# Figures ---------------------------------------------------------------------------------------------------------


def expected_parts(drawn: list[Part], *, merged: bool = True) -> list[str | list[list[str | None]]]:
    """What a sheet gives back of a report: the title row of a sub-table of section 二 stands alone, as a paragraph."""
    result: list[str | list[list[str | None]]] = []
    for part in drawn:
        if isinstance(part, str):
            result.append(part)
            continue
        titled = part[0].row == 0 and part[1].row == 1
        rows = matrix(part) if merged else [list[str | None](line) for line in corners(part)]
        result.extend([part[0].text, rows[1:]] if titled else [rows])
    return result


DRAWN = {"max_examples": 10, "deadline": None, "suppress_health_check": list(HealthCheck)}
SPELT = st.builds(Options, blank=st.sampled_from(("slash", "dash")), digits=st.sampled_from(("plain", "full-width")))


@settings(**DRAWN)  # type: ignore[arg-type]
@given(figures(), SPELT)
def test_every_cell_of_a_report_comes_back_from_xlsx_and_ods(drawn: Figures, options: Options) -> None:
    cells, expected = report_cells(drawn, options), expected_parts(report_parts(drawn, options))
    for data in (sheet_xlsx(cells), sheet_ods(cells)):
        assert parts(read(data)) == expected


@settings(**DRAWN)  # type: ignore[arg-type]
@given(figures(), SPELT, st.sampled_from(sheet.DELIMITERS))
def test_every_cell_of_a_report_comes_back_from_csv(drawn: Figures, options: Options, delimiter: str) -> None:
    data = sheet_csv(report_cells(drawn, options), delimiter).encode()
    found = parts(read(data))
    expected = expected_parts(report_parts(drawn, options), merged=False)
    assert [part for part in found if not isinstance(part, str)] == [
        part for part in expected if not isinstance(part, str)
    ]


# .xlsx -----------------------------------------------------------------------------------------------------------


def book(values: Mapping[str, object], formats: Mapping[str, str] | None = None, merged: tuple[str, ...] = ()) -> bytes:
    made = openpyxl.Workbook()
    page = made.worksheets[0]
    for name, value in values.items():
        page[name] = value
    for name, code in (formats or {}).items():
        page[name].number_format = code
    for area in merged:
        page.merge_cells(area)
    return saved(made)


def test_a_zero_stays_a_zero_and_a_blank_a_blank() -> None:
    data = book({"A1": "规章", "B1": 0, "C1": 3.0, "A2": "许可", "C2": 1, "B3": "/", "C3": True})
    assert parts(read(data)) == [[["规章", "0", "3"], ["许可", "", "1"], ["", "/", "TRUE"]]]


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (0.9567, "0.00%", "95.67%"),
        (0.1 + 0.2, "General", "0.3"),
        (264434.64, "#,##0.00", "264,434.64"),
        (251000, '"¥"#,##0.00', "¥251,000.00"),
        (12, '0"件"', "12件"),
        (0, '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"??_ ;_ @_ ', "-"),
        (datetime.date(2021, 1, 27), "yyyy-mm-dd", "2021-01-27"),
        (datetime.datetime(2021, 1, 27, 8, 30), "yyyy/m/d h:mm", "2021-01-27 08:30:00"),
        (datetime.time(8, 30), "h:mm", "08:30:00"),
        ("#DIV/0!", "General", "#DIV/0!"),
        ("00123", "@", "00123"),
        (7, "@", "7"),
        ("一_x000D_\n二", "General", "一\n二"),
    ],
)
def test_a_cell_is_read_as_it_shows(value: object, code: str, expected: str) -> None:
    data = book({"A1": "标签", "B1": value}, {"B1": code})
    assert parts(read(data)) == [[["标签", expected]]]


def test_a_number_whose_format_cannot_be_followed_is_no_blank_and_reported() -> None:
    data = book({"A1": "标签", "B1": 12000, "C1": 5}, {"B1": '0!.0,"万"'})
    document = read(data)
    assert parts(document) == [[["标签", "〔数值〕", "5"]]]
    assert notices(document) == [("number_format", 'B1 12000 [0!.0,"万"]')]


def test_a_date_that_no_calendar_has_is_no_blank_and_reported() -> None:
    document = read(book({"A1": "标签", "B1": 10**12, "C1": 5}, {"B1": "yyyy-mm-dd"}))
    assert parts(document) == [[["标签", "〔数值〕", "5"]]]
    assert [code for code, _ in notices(document)] == ["number_format"]


def test_merged_cells_cover_their_places() -> None:
    data = book({"A1": "申请人", "C1": "总计", "A2": "甲", "B2": 1, "C2": 2}, merged=("A1:B1",))
    (grid,) = read(data).blocks
    assert isinstance(grid, Grid)
    assert [(c.text, c.row, c.column, c.row_span, c.column_span) for c in grid.cells] == [
        ("申请人", 0, 0, 1, 2),
        ("总计", 0, 2, 1, 1),
        ("甲", 1, 0, 1, 1),
        ("1", 1, 1, 1, 1),
        ("2", 1, 2, 1, 1),
    ]


def test_a_merged_range_larger_than_the_table_is_cut_to_it() -> None:
    data = book({"A1": "标题", "A2": "甲", "B2": 1}, merged=("A1:Z1",))
    assert parts(read(data)) == ["标题", [["甲", "1"]]]
    data = book({"A1": "甲", "B1": 1, "A2": "乙"}, merged=("B1:Z9",))
    assert parts(read(data)) == [[["甲", "1"], ["乙", "1"]]]


def test_hidden_sheets_rows_and_columns_are_left_out_and_said_so() -> None:
    made = openpyxl.Workbook()
    page = made.worksheets[0]
    for line in (("甲", 1, 2), ("乙", 3, 4), ("丙", 5, 6)):
        page.append(line)
    page.row_dimensions[2].hidden = True
    page.column_dimensions["B"].hidden = True
    page.merge_cells("A2:A3")
    secret = made.create_sheet("底稿")
    secret.append(("丁", 7))
    secret.sheet_state = "hidden"
    made.create_sheet("空").sheet_state = "veryHidden"
    document = read(saved(made))
    assert parts(document) == [[["甲", "2"], ["乙", "6"]]]
    assert notices(document) == [("hidden_cells", "Sheet"), ("hidden_sheet", "底稿")]


def test_the_name_of_a_sheet_is_a_paragraph_unless_it_is_a_default() -> None:
    made = openpyxl.Workbook()
    for name in ("Sheet1", "工作表2", "主动公开", "Sheet3 (2)"):
        made.create_sheet(name).append((name[-1], 1))
    del made["Sheet"]
    assert parts(read(saved(made))) == [
        [["1", "1"]],
        [["2", "1"]],
        "主动公开",
        [["开", "1"]],
        [[")", "1"]],
    ]


def test_formulas_show_their_result_and_those_without_are_reported() -> None:
    document = read(book({"A1": "合计", "B1": "=1+1", "C1": 3}))
    assert parts(document) == [[["合计", "〔公式〕", "3"]]]
    assert notices(document) == [("formula_without_result", "B1")]


def xlsx(rows: str, more: str = "", others: Mapping[str, str] | None = None) -> bytes:
    """A workbook of one sheet, written as XML."""
    links = relationships({"worksheet": "sheet.xml", "sharedStrings": "strings.xml", "styles": "NULL"})
    made = {
        "_rels/.rels": relationships({"officeDocument": "xl/workbook.xml"}),
        "xl/workbook.xml": f'<workbook {S} {R}><workbookPr date1904="1"/><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="r0"/><sheet name="图" sheetId="2" r:id="r9"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": links,
        "xl/strings.xml": f"<sst {S}><si><t>甲</t><rPh><t>jia</t></rPh></si>"
        "<si><r><t>乙</t></r><r><t>丙</t></r></si></sst>",
        "xl/sheet.xml": f"<worksheet {S}><sheetData>{rows}</sheetData>{more}</worksheet>",
    }
    return package({**made, **(others or {})})


FORMATS_BY_NUMBER = [
    ((5, 6, 37, 38), "-1234.6", "-1,235"),
    ((7, 8, 39, 40), "-1234.6", "-1,234.60"),
    ((41, 42), "1234.6", "1,235"),
    ((43, 44), "1234.6", "1,234.60"),
    ((41, 42, 43, 44), "0", "-"),
    ((27, 36, 50, 58), "44223", "2021-01-27"),
    ((3,), "1234.6", "1,235"),
    ((4,), "1234.6", "1,234.60"),
    ((49,), "1234.6", "1234.6"),
]
"""Formats that a file names by number alone, as the Chinese edition shows them: number, value, what is shown."""


def test_formats_that_are_known_by_number_show_what_they_show_in_china() -> None:
    told = [(number, value, words) for numbers, value, words in FORMATS_BY_NUMBER for number in numbers]
    cells = "".join(
        f'<row><c t="str"><v>甲</v></c><c s="{at}"><v>{value}</v></c></row>' for at, (_, value, _) in enumerate(told)
    )
    styles = "".join(f'<xf numFmtId="{number}"/>' for number, _, _ in told)
    others = {
        "xl/workbook.xml": f"<workbook {S} {R}><sheets>"
        '<sheet name="Sheet1" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relationships({"worksheet": "sheet.xml", "styles": "styles.xml"}),
        "xl/styles.xml": f"<styleSheet {S}><cellXfs>{styles}</cellXfs></styleSheet>",
    }
    (grid,) = parts(read(xlsx(cells, others=others)))
    assert [(number, value, shown) for (number, value, _), (_, shown) in zip(told, grid, strict=True)] == told


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ('<c t="s"><v>0</v></c><c t="s"><v>1</v></c>', ["甲", "乙丙"]),
        ('<c r="B1" t="inlineStr"><is><t>文</t></is></c><c><v>2</v></c>', ["文", "2"]),
        ('<c t="inlineStr"/><c r="B1"><f>1+1</f><v>2</v></c><c t="str"><f>A1</f><v>x</v></c>', ["2", "x"]),
        ('<c t="e"><v>#N/A</v></c><c t="b"><v>0</v></c>', ["#N/A", "FALSE"]),
        ('<c><v>not a number</v></c><c t="d"><v>2021-01-27</v></c>', ["not a number", "2021-01-27"]),
        ("<c><v>1E+2</v></c><c><v>264434.64000000001</v></c>", ["100", "264434.64"]),
    ],
)
def test_stored_values_of_every_kind(cells: str, expected: list[str]) -> None:
    assert parts(read(xlsx(f"<row>{cells}</row>"))) == [[expected]]


def test_a_sheet_that_claims_to_be_huge_is_read_by_what_it_holds() -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
        '<row r="1048576"><c r="A1048576" s="3"/><c r="XFD1048576"/></row>'
    )
    claims = '<mergeCells><mergeCell ref="A1:A1"/><mergeCell ref="C9:XFD1048576"/></mergeCells>'
    data = xlsx(rows, f'<cols><col min="3" max="999999" hidden="1"/></cols>{claims}<dimension ref="A1:XFD1048576"/>')
    assert parts(read(data)) == [[["1", "2"]]]


def test_a_stray_cell_far_away_does_not_make_a_table_of_millions() -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
        '<row r="3"><c r="A3"><v>3</v></c></row>'
        '<row r="900000"><c r="XFD900000"><v>4</v></c><c r="A900000"><v>5</v></c></row>'
    )
    assert parts(read(xlsx(rows))) == [[["1", "2", ""], ["3", "", ""], ["5", "", "4"]]]
    far = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>'
        '<row r="4"><c r="A4"><v>3</v></c><c r="B4"><v>4</v></c></row>'
    )
    assert parts(read(xlsx(far))) == [[["1", "", "2"], ["", "", ""], ["", "", ""], ["3", "4", ""]]]


def test_a_row_inside_a_table_with_a_single_text_stays_a_row() -> None:
    cells = [
        Placed("三、办理结果", 0, 0, 3),
        Placed("予以公开", 0, 1),
        Placed("1", 0, 2),
        Placed("", 1, 1),
        Placed("部分公开", 2, 1),
        Placed("没有别的事项。", 3, 0),
    ]
    assert parts(read(sheet_xlsx(cells))) == [
        [
            ["三、办理结果", "予以公开", "1"],
            ["三、办理结果", "", ""],
            ["三、办理结果", "部分公开", ""],
        ],
        "没有别的事项。",
    ]


def test_a_section_s_title_parts_the_tables_of_a_sheet() -> None:
    cells = [
        Placed("规章", 0, 0),
        Placed("1", 0, 1),
        Placed("三、收到和处理政府信息公开申请情况", 1, 0),
        Placed("二、上年结转政府信息公开申请数量", 2, 0),
        Placed("重复申请", 3, 0),
        Placed("2", 3, 1),
    ]
    _, title, *rest = parts(read(sheet_xlsx(cells)))
    assert title == "三、收到和处理政府信息公开申请情况"
    assert rest == ["二、上年结转政府信息公开申请数量", [["重复申请", "2"]]]


def test_an_empty_workbook_is_refused() -> None:
    assert refusal(saved(openpyxl.Workbook())) == "empty"


ENTITY = '<!DOCTYPE x [<!ENTITY a "1">]>'
HOSTILE = {
    "no zip": (b"PK\x03\x04 rest", "damaged"),
    "no spreadsheet": (package({"a.txt": "甲"}), "damaged"),
    "a Word file": (xlsx("", others={"xl/workbook.xml": "<document/>"}), "damaged"),
    "entities": (xlsx("", others={"xl/sheet.xml": f"{ENTITY}<worksheet {S}/>"}), "damaged"),
    "a sheet that is missing": (
        xlsx("", others={"xl/_rels/workbook.xml.rels": relationships({"worksheet": "x"})}),
        "damaged",
    ),
    "a text that is missing": (xlsx('<row><c t="s"><v>9</v></c></row>'), "damaged"),
    "a cell outside of the sheet": (xlsx('<row r="9999999"><c><v>1</v></c></row>'), "damaged"),
    "a cell without a place": (xlsx('<row><c r="?"><v>1</v></c></row>'), "damaged"),
    "a merged range without a place": (xlsx("", '<mergeCells><mergeCell ref="A1:B2:C3"/></mergeCells>'), "damaged"),
    "merged cells over each other": (
        xlsx(
            '<row r="1"><c><v>1</v></c><c><v>2</v></c></row>',
            '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A1:B1"/></mergeCells>',
        ),
        "damaged",
    ),
    "columns described more than once": (
        xlsx("", '<cols><col min="1" max="16000" hidden="1"/><col min="1" max="16000" hidden="1"/></cols>'),
        "damaged",
    ),
    "a million empty cells": (xlsx(f"<row>{'<c/>' * 1_000_001}</row>"), "too_large"),
    "a text that stands in too many cells": (
        xlsx(
            2 * ("<row>" + 70 * '<c t="s"><v>0</v></c>' + "</row>"),
            others={"xl/strings.xml": f"<sst {S}><si><t>{'甲' * 500_000}</t></si></sst>"},
        ),
        "too_large",
    ),
    "unpacks to too much": (package({"xl/workbook.xml": "0" * (LIMITS.max_bytes + 1)}), "too_large"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_damaged_workbook_is_refused(name: str) -> None:
    data, code = HOSTILE[name]
    assert refusal(data) == code


def test_half_a_character_by_its_number_is_none_and_two_halves_are_one() -> None:
    halves = "<row><c t='inlineStr'><is><t>甲_xD840_乙_xD840__xDC00_丙</t></is></c><c><v>1</v></c></row>"
    assert parts(read(xlsx(halves))) == [[["甲\ufffd乙\U00020000丙", "1"]]]


def test_the_sheets_of_a_file_share_one_limit_of_cells() -> None:
    rows = f"<row>{'<c/>' * 15}</row>"
    sheets = '<sheet name="甲" r:id="r0"/>'
    others = {"xl/workbook.xml": f"<workbook {S} {R}><sheets>{sheets * 2}</sheets></workbook>"}
    assert refusal(xlsx(rows, others=others), Limits(max_cells=5)) == "too_many_cells"
    assert parts(read(xlsx(rows, others=others), Limits(max_cells=6))) == ["甲", "甲"]
    table = ods_table(line(words("1") * 15))
    assert refusal(ods(table * 2), Limits(max_cells=5)) == "too_many_cells"


def test_limits_can_be_set() -> None:
    data = book({"A1": "甲", "B1": 1, "A2": "乙", "B2": 2})
    assert refusal(data, Limits(max_cells=3)) == "too_many_cells"
    assert refusal(data, Limits(max_bytes=100)) == "too_large"
    assert refusal(xlsx(f"<row>{'<c/>' * 20}</row>"), Limits(max_cells=3)) == "too_many_cells"
    assert parts(read(data, Limits(max_cells=4))) == [[["甲", "1"], ["乙", "2"]]]


# Number formats --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        ("3.0", "General", "3"),
        ("-3.50", "", "-3.5"),
        ("0", "0", "0"),
        ("1234567", "#,##0", "1,234,567"),
        ("123", "#,##0", "123"),
        ("0", "#", ""),
        ("5", "000", "005"),
        ("1.005", "0.00", "1.01"),
        ("1.5", "0.0##", "1.5"),
        ("2", "0.##", "2"),
        ("2.5", "#.##", "2.5"),
        ("-5", "0", "-5"),
        ("-0.2", "0", "0"),
        ("-5", "0_);(0)", "(5)"),
        ("-5", "0;-0", "-5"),
        ("0", '0;-0;"无"', "无"),
        ("0", "0;-0;;@", ""),
        ("12", "[Red]0", "12"),
        ("12", "[$¥-804]#,##0.00", "¥12.00"),
        ("12", "[DBNum1][$-804]General", "12"),
        ("12", 'G/通用格式"件"', "12件"),
        ("0", '[=0]"";General', ""),
        ("-5", '[=0]"";General', "-5"),
        ("5", '[>=100]"多";[<100]0"件"', "5件"),
        ("150", '[>=100]"多";[<100]0"件"', "多"),
        ("7", '[>100]"多";[<0]0', None),
        ("12", '0" a;b "', "12 a;b"),
        ("12", "0\\件", "12件"),
        ("0.5", "0%", "50%"),
        ("12345", "0,", None),
        ("12345", "0.0,", None),
        ("12345", '0!.0,"万"', None),
        ("0.5", "# ?/?", None),
        ("12345", "0.00E+00", None),
        ("12345", "0.00000000000000000001", None),
        ("-5", "0;[Red]0", None),
        ("-5", "0_ ;0", None),
        ("-0.2", "0;[Red]0", "0"),
        ("-5", "▲0;▼0", "▼5"),
        ("-5", "0;;", ""),
        ("12", "0" * 61, None),
        ("12", "0%%", None),
        ("12", "[DBNum1]", None),
        ("12", "[$-804]", None),
        ("-12", "0;[Red]", None),
        ("0", "[=0];0", ""),
        ("12", "[$-804]0", "12"),
    ],
)
def test_a_number_shows_as_its_format_says(value: str, code: str, expected: str | None) -> None:
    assert shown(Decimal(value), code) == expected


def test_a_number_without_format_has_no_exponent_and_at_most_fifteen_digits() -> None:
    assert plain(Decimal("1E+3")) == "1000"
    assert plain(Decimal("0.30000000000000004")) == "0.3"
    assert plain(Decimal("-0.0")) == "0"
    assert plain(Decimal("1E-7")) == "0.0000001"


# .csv ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_separated_values_in_the_usual_encodings(encoding: str, delimiter: str) -> None:
    lines = ["信息内容,本年制发件数,本年废止件数", "规章,0,3.0", '行政规范性文件,"1,234",', '"行政\n许可",/,-', ""]
    text = "\r\n".join(line.replace(",", delimiter) if '"1,' not in line else line for line in lines)
    text = text.replace('行政规范性文件,"1,234",', f'行政规范性文件{delimiter}"1,234"{delimiter}')
    document = read(text.encode(encoding))
    assert document.format == "csv"
    assert parts(document) == [
        [
            ["信息内容", "本年制发件数", "本年废止件数"],
            ["规章", "0", "3.0"],
            ["行政规范性文件", "1,234", ""],
            ["行政\n许可", "/", "-"],
        ]
    ]


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_rows_of_counts_far_below_prose_are_separated_values(delimiter: str) -> None:
    counts = delimiter.join(["标签", "25", "4", "10", "0", "1", "0", "40"])
    (document,) = text_files.read(("工作平稳。\n" * 60 + f"{counts}\n" * 9).encode(), Limits())
    assert document.format == "csv"


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_rows_of_three_cells_are_separated_values_and_sentences_of_two_parts_are_text(delimiter: str) -> None:
    rows = ["规章,3,4", "规范性文件,5,6", "行政许可,7,8", "行政处罚,9,10"]
    (table,) = text_files.read("\n".join(rows).replace(",", delimiter).encode(), Limits())
    assert parts(table) == [[row.split(",") for row in rows]]
    (prose,) = text_files.read("\n".join(["工作平稳,成效明显。"] * 9).replace(",", delimiter).encode(), Limits())
    assert prose.format == "text"


def test_a_table_of_separated_values_is_told_from_text() -> None:
    assert sheet.looks_like_csv("标签,甲,乙\n规章,0,1\n许可,2,3\n处罚,4,5\n强制,6,7\n")
    assert sheet.looks_like_csv(
        "某局年报\n规章,0,1\n许可,2,3\n处罚,4,5\n强制,6,7\n" + "标签,1,2,3,4\n" * 4 + "维持,纠正\n" * 4
    )
    assert not sheet.looks_like_csv("受理,办结\n甲,乙,丙\n受理,办结\n甲,乙,丙,丁\n受理,1,2,3,4\n")
    assert not sheet.looks_like_csv("一、总体情况\n收到申请12件, 办结12件.\n二、主动公开\n规章\n0\n")
    assert not sheet.looks_like_csv("甲,乙\n")
    above = "某局年报\n一、总体情况\n" + "工作平稳。\n" * 30
    counts = "标签,25,4,10,0,1,0,40\n" * 9
    assert sheet.looks_like_csv(above + counts)
    assert not sheet.looks_like_csv(above + counts + "2022年,收到申请9件,办结9件。\n")


def test_a_field_longer_than_any_cell_is_refused() -> None:
    assert refusal(b'a,b\n"' + b"x" * 200_000 + b'",1\n') == "damaged"


def test_too_many_separated_values_are_refused() -> None:
    assert refusal(b"1,2\n" * 120_000) == "too_many_cells"
    assert refusal(b"1,,,,,,,,,,,,,,,,,,,,\n" * 60_000) == "too_many_cells"


# .ods ------------------------------------------------------------------------------------------------------------


def words(text: str) -> str:
    return f"<table:table-cell><text:p>{text}</text:p></table:table-cell>"


def line(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def ods_table(*lines: str, more: str = 'table:name="Sheet1"') -> str:
    return f"<table:table {more}>{''.join(lines)}</table:table>"


def test_opendocument_cells_are_read_as_they_show() -> None:
    cells = (
        '<table:table-cell office:value="0.9567"><text:p>96%</text:p></table:table-cell>',
        '<table:table-cell office:value-type="float" office:value="5"/>',
        words(
            '甲<text:s text:c="2"/>乙<text:tab/><text:span>丙<text:line-break/></text:span><text:note>1</text:note>丁'
        ),
        "<table:table-cell><office:annotation><text:p>注</text:p></office:annotation><text:p>一</text:p><text:p>二</text:p>"
        "</table:table-cell>",
    )
    document = read(ods(ods_table(line(*cells))))
    assert document.format == "ods"
    assert parts(document) == [[["96%", "5", "甲  乙\t丙\n丁", "一\n二"]]]


def test_repeated_rows_and_cells_stand_as_often_as_stated() -> None:
    twice = '<table:table-cell table:number-columns-repeated="2"><text:p>0</text:p></table:table-cell>'
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    data = ods(
        ods_table(
            line(words("甲"), twice),
            "<table:table-row-group>"
            + line(words("乙"), twice, more='table:number-rows-repeated="2"')
            + "</table:table-row-group>",
            line(empty, more='table:number-rows-repeated="1048570"'),
        )
    )
    assert parts(read(data)) == [[["甲", "0", "0"], ["乙", "0", "0"], ["乙", "0", "0"]]]


def test_hidden_parts_of_an_opendocument_sheet_are_left_out() -> None:
    styles = (
        '<style:style style:name="ta1" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
        '<style:style style:name="ta2" style:family="table">'
        '<style:table-properties table:display="true"/></style:style>'
    )
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column/>'
    data = ods(
        ods_table(
            columns,
            line(words("甲"), words("1"), words("2")),
            line(words("乙"), words("3"), words("4"), more='table:visibility="filter"'),
            line(words("丙"), words("5"), words("6")),
            more='table:name="表1" table:style-name="ta2"',
        )
        + ods_table(line(words("丁"), words("7")), more='table:name="底稿" table:style-name="ta1"'),
        styles,
    )
    document = read(data)
    assert parts(document) == [[["甲", "2"], ["丙", "6"]]]
    assert notices(document) == [("hidden_cells", "表1"), ("hidden_sheet", "底稿")]


def test_rows_and_cells_of_opendocument_may_stand_beside_other_elements() -> None:
    assert parts(read(ods(ods_table(line("<text:soft-page-break/>", words("甲"), words("1")))))) == [[["甲", "1"]]]


def test_an_opendocument_formula_without_result_is_reported() -> None:
    document = read(ods(ods_table(line(words("甲"), words("1"), '<table:table-cell table:formula="of:=1"/>'))))
    assert notices(document) == [("formula_without_result", "C1")]


def test_hostile_opendocument_sheets_are_refused() -> None:
    everywhere = '<table:table-cell table:number-columns-repeated="16384"><text:p>1</text:p></table:table-cell>'
    assert refusal(ods(ods_table(line(everywhere, more='table:number-rows-repeated="1048576"')))) == "too_many_cells"
    assert refusal(package({"content.xml": "<office/>"})) == "damaged"
    far = line("<table:table-cell/>", more='table:number-rows-repeated="999999999"')
    tall = '<table:table-cell table:number-rows-spanned="999999999"><text:p>1</text:p></table:table-cell>'
    assert refusal(ods(ods_table(line(tall), far, line(words("2"))))) == "damaged"
    locked: dict[str, str | bytes] = {"content.xml": b"\x01", "META-INF/manifest.xml": "<manifest:encryption-data/>"}
    assert refusal(package(locked)) == "encrypted"


# .xls ------------------------------------------------------------------------------------------------------------


def test_every_cell_of_a_workbook_of_old_comes_back(tmp_path: Path) -> None:
    office = require("soffice")
    made = openpyxl.Workbook()
    page = made.worksheets[0]
    for row in (
        ("申请人", None, "总计"),
        ("甲", 0, 3.0),
        ("乙", 0.9567, datetime.date(2021, 1, 27)),
        ("丙", True, "=1/0"),
        ("丁", "=1+1", 12000),
        ("隐", 8, 9),
    ):
        page.append(row)
    page.merge_cells("A1:B1")
    page["B3"].number_format = "0.00%"
    page["C5"].number_format = '0!.0,"万"'
    page.row_dimensions[6].hidden = True
    hidden = made.create_sheet("底稿")
    hidden.append(("戊", 7))
    hidden.sheet_state = "hidden"
    document = read(converted(office, saved(made), tmp_path, "xlsx", "xls"))
    assert document.format == "xls"
    assert parts(document) == [
        [
            ["申请人", "申请人", "总计"],
            ["甲", "0", "3"],
            ["乙", "95.67%", "2021-01-27"],
            ["丙", "TRUE", "#DIV/0!"],
            ["丁", "2", "〔数值〕"],
        ]
    ]
    assert [code for code, _ in notices(document)] == ["hidden_cells", "number_format", "hidden_sheet"]


def test_a_report_comes_back_from_files_that_libreoffice_writes(tmp_path: Path) -> None:
    office = require("soffice")
    drawn = [Placed("规章", 0, 0, 2), Placed("0", 0, 1), Placed("12", 0, 2), Placed("5", 1, 1, 1, 2)]
    data = sheet_xlsx(drawn)
    for target in ("xls", "ods"):
        assert parts(read(converted(office, data, tmp_path, "xlsx", target))) == [matrix(drawn)]


def record(kind: int, *values: int) -> bytes:
    return struct.pack(f"<HH{len(values)}H", kind, 2 * len(values), *values)


BEGIN = record(0x0809, 0x0600, 0x0005, 0x1FAF, 0x07CD, 0, 0, 0, 0)
BLANK, MANY_BLANKS, MANY_NUMBERS = 0x0201, 0x00BE, 0x00BD

FEW_CELLS = Limits(max_cells=1000)
XLS_HOSTILE = {
    "not a workbook": (b"rest", "damaged"),
    "a column that no sheet has": (BEGIN + record(BLANK, 0, 256, 15), "damaged"),
    "many columns that no sheet has": (BEGIN + record(MANY_BLANKS, 0, 250, *([15] * 10), 259), "damaged"),
    "rows that are filled to their last column": (
        BEGIN + b"".join(record(BLANK, row, 255, 15) for row in range(40)),
        "too_many_cells",
    ),
    "rows of 250 numbers each": (
        BEGIN + b"".join(record(MANY_NUMBERS, row, 0, *([15, 0, 0] * 250), 249) for row in range(21)),
        "too_many_cells",
    ),
    "rows of 250 blanks each": (
        BEGIN + b"".join(record(MANY_BLANKS, row, 0, *([15] * 250), 249) for row in range(21)),
        "too_many_cells",
    ),
    "records without end": (BEGIN + record(0x00FF) * 3000, "too_large"),
    "nothing behind its beginning": (BEGIN, "damaged"),
    "a password": (BEGIN + record(0x002F, 0, 0, 0), "encrypted"),
}


@pytest.mark.parametrize("name", XLS_HOSTILE)
def test_a_hostile_or_damaged_workbook_of_old_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_xls, "MAX_RECORDS_READ", 2000)
    stream, code = XLS_HOSTILE[name]
    assert refusal(compound(("Workbook", stream)), FEW_CELLS) == code
    if stream.startswith(BEGIN):
        assert refusal(stream, FEW_CELLS) == code


def test_other_office_files_are_no_workbooks() -> None:
    assert refusal(compound(("EncryptedPackage", b"x"))) == "encrypted"
    assert refusal(compound(("WordDocument", b"x"))) == "damaged"
    assert refusal(ole.SIGN + b"x") == "damaged"
