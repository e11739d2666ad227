"""Reports as PDF for tests: statutory tables as HTML printed by Chromium or LibreOffice, and PDFs written byte by byte.

A table is a list of rows of ``Box``; ``expanded`` says what grid it is, ``table_html`` prints it. Nothing here knows the
reader, so what a test expects never comes from the program under test.
"""

from __future__ import annotations

import html
import os
import shutil
import subprocess
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from build import forms

CHROMIUM_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--no-pdf-header-footer",
)
ROMAN = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Box:
    """A table cell to be printed; ``upright`` prints one glyph a line."""

    text: str
    rows: int = 1
    columns: int = 1
    upright: bool = False


Row = list[Box]
Value = Callable[[str, str], str]
"""(item or channel code, column code) → what the cell shows, "" for a blank."""


def require(tool: str) -> str:
    """Path of an outside program; without it the test is skipped, or fails where GONGKAI_REQUIRE_TOOLS=1."""
    path = shutil.which(tool)
    if path is None:
        message = f"{tool} is not installed"
        if os.environ.get("GONGKAI_REQUIRE_TOOLS") == "1":
            pytest.fail(message)
        pytest.skip(message)
    return path


# The statutory tables --------------------------------------------------------------------------------------------


def applications_table(form: str, value: Value) -> list[Row]:
    """Section 三: three header rows, then 23 (2019) or 25 (2021) rows of up to three labels and seven values."""
    rows: list[Row] = [
        [Box("(本列数据的勾稽关系)", 3, 3), Box("申请人情况", 1, 7)],
        [Box("自然人", 2), Box("法人或其他组织", 1, 5), Box("总计", 2)],
        [Box(column.label_zh) for column in forms.APPLICANTS[1:]],
    ]
    items = [item for item in forms.APPLICATION_ITEMS if (item.in_2019 if form == "2019" else item.in_2021)]
    if form == "2021":
        items = [item for item in items if item.code != forms.OTHER_ITEM]
    results = [item for item in items if item.group in RESULT_GROUPS]
    seen: set[str] = set()
    for item in items:
        labels = _labels(item, results, seen, form)
        rows.append([*labels, *(Box(value(item.code, column)) for column in forms.APPLICATION_COLUMNS)])
    return rows


RESULT_GROUPS = ("granted", "partly_granted", "withheld", "unavailable", "not_processed", "other", "closed")


def _labels(item: forms.Item, results: list[forms.Item], seen: set[str], form: str) -> Row:
    """The label boxes of a row; a group's label spans its rows and is printed in the first."""
    label = item.label_zh.split("三、", maxsplit=1)[-1]
    if item.group not in RESULT_GROUPS:
        return [Box(item.label_zh, 1, 3)]
    labels: Row = [] if seen else [Box("三、本年度办理结果", len(results), 1, upright=True)]
    members = [other for other in results if other.group == item.group]
    if len(members) == 1:
        labels.append(Box(label, 1, 2))
    else:
        group, _, name = label.partition(" ")
        labels += [] if item.group in seen else [Box(group, len(members))]
        labels.append(Box(name))
    seen.add(item.group)
    return labels


def reviews_table(value: Value) -> list[Row]:
    """Section 四: 15 columns under three header rows whose last prints one glyph a line."""
    outcomes = [*(column.label_zh for column in forms.REVIEW_OUTCOMES), "总计"]
    channels = [channel.code for channel in forms.REVIEW_CHANNELS]
    return [
        [Box("行政复议", 1, 5), Box("行政诉讼", 1, 10)],
        [*(Box(name, 2, 1, upright=True) for name in outcomes), Box("未经复议直接起诉", 1, 5), Box("复议后起诉", 1, 5)],
        [Box(name, 1, 1, upright=True) for _ in channels[1:] for name in outcomes],
        [Box(value(channel, column)) for channel in channels for column in forms.REVIEW_COLUMNS],
    ]


def disclosures_table(form: str, value: Value) -> list[Row]:
    """Section 二: its sub-tables under one another, four columns wide."""
    rows: list[Row] = []
    for number, group in enumerate(("documents", "decisions", "charges", "procurement")):
        codes = forms.DISCLOSURE_COLUMNS.get((form, group))
        if codes is None:
            continue
        measures = [next(m.label_zh for m in forms.MEASURES if m.code == code) for code in codes]
        widths = _widths(len(codes))
        rows.append([Box(f"第二十条第({ROMAN[number]})项", 1, 4)])
        rows.append([Box("信息内容"), *(Box(name, 1, width) for name, width in zip(measures, widths, strict=True))])
        for item in forms.DISCLOSURE_ITEMS:
            if item.group == group and (item.in_2019 if form == "2019" else item.in_2021):
                shown = [value(item.code, code) for code in codes]
                rows.append([Box(item.label_zh), *(Box(t, 1, w) for t, w in zip(shown, widths, strict=True))])
    return rows


def _widths(columns: int) -> tuple[int, ...]:
    """How many of the three value columns each measure covers."""
    return {1: (3,), 2: (1, 2), 3: (1, 1, 1)}[columns]


def expanded(rows: Sequence[Row]) -> list[list[str]]:
    """The grid a table is: a merged cell's text in every place it covers."""
    width = sum(box.columns for box in rows[0])
    places: list[list[str | None]] = [[None] * width for _ in rows]
    for number, row in enumerate(rows):
        for box in row:
            column = places[number].index(None)
            for y in range(number, number + box.rows):
                for x in range(column, column + box.columns):
                    places[y][x] = box.text
    return [[text or "" for text in row] for row in places]


# HTML ------------------------------------------------------------------------------------------------------------


def table_html(rows: Sequence[Row], widths: Sequence[int] = (), head: int = 0) -> str:
    """A bordered table; ``widths`` in CSS pixels a column; the first ``head`` rows repeat after a page end."""
    columns = "".join(f'<col style="width:{width}px">' for width in widths)
    body = "".join(map(_row_html, rows[head:]))
    top = "".join(map(_row_html, rows[:head]))
    return f"<table><colgroup>{columns}</colgroup>{f'<thead>{top}</thead>' if top else ''}<tbody>{body}</tbody></table>"


def _row_html(row: Row) -> str:
    return "<tr>" + "".join(map(_box_html, row)) + "</tr>"


def _box_html(box: Box) -> str:
    text = "<br>".join(box.text) if box.upright else html.escape(box.text)
    return f'<td rowspan="{box.rows}" colspan="{box.columns}">{text or "&nbsp;"}</td>'


STYLE = """
@page {{ size: {width}mm {height}mm; margin: 15mm }}
body {{ font: {size}pt "Noto Serif CJK SC"; margin: 0 }}
table {{ border-collapse: collapse; width: 100%; table-layout: fixed }}
td {{ border: 0.75pt solid black; padding: 1px 3px; text-align: center }}
p {{ text-indent: 2em; margin: 0; line-height: 1.7 }}
h1, h2 {{ font-size: 1.2em }}
{extra}
"""


def page_html(body: str, width: int = 210, height: int = 297, size: float = 10, extra: str = "") -> str:
    """A whole HTML page for printing on paper of ``width`` × ``height`` mm."""
    style = STYLE.format(width=width, height=height, size=size, extra=extra)
    return f'<!doctype html><meta charset="utf-8"><title>年度报告</title><style>{style}</style><body>{body}</body>'


def print_html(source: str, folder: Path) -> bytes:
    """The PDF that Chromium prints of a page."""
    chromium = require("chromium")
    page, target = folder / "page.html", folder / "page.pdf"
    page.write_text(source, encoding="utf-8")
    command = [chromium, *CHROMIUM_FLAGS, f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={target}"]
    subprocess.run([*command, page.as_uri()], check=True, capture_output=True, timeout=120)
    return target.read_bytes()


def convert_office(source: Path, folder: Path) -> bytes:
    """The PDF that LibreOffice makes of a document."""
    soffice = require("soffice")
    command = [soffice, f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(folder), str(source)], check=True, capture_output=True, timeout=180)
    return (folder / source.with_suffix(".pdf").name).read_bytes()


# PDF, byte by byte -----------------------------------------------------------------------------------------------

FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
    b"/DW 1000/W[1[500] 814 939 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6"
    b"/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>"
)


def say(x: float, y: float, text: str, size: float = 10, turn: tuple[float, float] = (1, 0), mode: int = 0) -> str:
    """A text object at (x, y) in points from the lower left corner; ``turn`` is (cos, sin) of its direction."""
    cos, sin = turn
    code = text.encode("utf-16-be").hex()
    return f"BT /F {size} Tf {mode} Tr {cos} {sin} {-sin} {cos} {x} {y} Tm <{code}> Tj ET"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """A stroked line."""
    return f"{x0} {y0} m {x1} {y1} l S"


def ruled(xs: Sequence[float], ys: Sequence[float]) -> list[str]:
    """All lines of a full grid."""
    return [line(xs[0], y, xs[-1], y) for y in ys] + [line(x, ys[0], x, ys[-1]) for x in xs]


def write_pdf(pages: Iterable[Sequence[str]], size: tuple[float, float] = (400, 300), extra: str = "") -> bytes:
    """A PDF with one page for each list of content operators; ``extra`` goes into every page's dictionary."""
    contents = ["\n".join(page).encode() for page in pages]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(contents)}/Kids[{kids}]>>".encode(),
        FONT,
    ]
    for number, content in enumerate(contents):
        box = f"/MediaBox[0 0 {size[0]} {size[1]}]"
        resources = f"/Resources<</Font<</F 3 0 R>>{PICTURE if b'/Im' in content else ''}>>"
        objects.append(f"<</Type/Page/Parent 2 0 R{box}{resources}/Contents {5 + 2 * number} 0 R{extra}>>".encode())
        objects.append(_stream(content))
    return _assemble(objects)


PICTURE = "/XObject<</Im<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8>>>>"


def _stream(content: bytes) -> bytes:
    packed = zlib.compress(content)
    return b"<</Length %d/Filter/FlateDecode>>stream\n" % len(packed) + packed + b"\nendstream"


def _assemble(objects: Sequence[bytes]) -> bytes:
    """Objects numbered from 1 with their cross-reference table; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    offsets: list[int] = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)
