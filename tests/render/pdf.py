"""Reports as PDF for tests: statutory tables printed by Chromium or LibreOffice, and PDFs written byte by byte.

A table is a list of rows of ``Box``; ``expanded`` says what grid it is, ``table_html`` prints it. Nothing here knows
the reader, so what a test expects never comes from the program under test.
"""

from __future__ import annotations

import html
import os
import shutil
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Mm
from playwright.sync_api import Page, sync_playwright

from build import forms

from . import chromium
from .office import convert

PRINTER = ThreadPoolExecutor(1, thread_name_prefix="printer")
"""The thread that Chromium is spoken to from: Playwright keeps an event loop running in whatever thread starts it."""
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


def require(*names: str) -> str:
    """Path of an outside program, the first of its ``names`` that is found; without it the test is skipped, or fails
    where GONGKAI_REQUIRE_TOOLS=1."""
    path = next((path for name in names if (path := shutil.which(name))), None)
    if path is None:
        message = f"{names[-1]} is not installed"
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
    items = [item for item in forms.APPLICATION_ITEMS if forms.BY_CODE[form].has(item.code)]
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
            if item.group == group and forms.BY_CODE[form].has(item.code):
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
    """The PDF that Chromium prints of a page, on the paper that its style sheet names."""
    program = require(*chromium.NAMES)
    page = folder / "page.html"
    page.write_text(source, encoding="utf-8")
    return PRINTER.submit(_printed, program, page.as_uri()).result(timeout=120)


def _printed(program: str, address: str) -> bytes:
    sheet = _open_page(program)
    sheet.goto(address)
    printed: bytes = sheet.pdf(prefer_css_page_size=True, print_background=True, tagged=True)
    return printed


@cache
def _open_page(program: str) -> Page:
    """One Chromium for all that this process prints; it ends with the process."""
    flags = list(chromium.FLAGS)
    return sync_playwright().start().chromium.launch(executable_path=program, args=flags).new_page()


def convert_office(source: Path, folder: Path) -> bytes:
    """The PDF that LibreOffice makes of a document."""
    (made,) = convert(require("soffice"), [source], "pdf", folder)
    return made.read_bytes()


# PDF, byte by byte -----------------------------------------------------------------------------------------------

FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
    b"/DW 1000/W[1 95 500 814 939 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6"
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


def write_pdf(
    pages: Iterable[Sequence[str]],
    size: tuple[float, float] = (400, 300),
    form: str = "",
    unicode_map: Mapping[str, str] | None = None,
) -> bytes:
    """A PDF with one page for each list of content operators.

    ``/Im Do`` draws a picture, ``/Fm Do`` the content ``form``; the font ``/V`` writes downwards. ``unicode_map``:
    glyph → the character that the file says it stands for.
    """
    contents = ["\n".join(page).encode() for page in pages]
    kids = " ".join(f"{FIRST_PAGE + 2 * number} 0 R" for number in range(len(contents)))
    downwards = FONT.replace(b"UCS2-H", b"UCS2-V").decode()
    resources = f"/Resources<</Font<</F 3 0 R/V {downwards}>>/XObject<</Fm 4 0 R/Im 6 0 R>>>>"
    font = FONT if unicode_map is None else FONT.replace(b"/DescendantFonts", b"/ToUnicode 5 0 R/DescendantFonts")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(contents)}/Kids[{kids}]>>".encode(),
        font,
        _stream(form.encode(), "/Type/XObject/Subtype/Form/BBox[-999 -999 999 999]/Resources<</Font<</F 3 0 R>>>>"),
        _stream(_unicode_stream(unicode_map or {}).encode()),
        _stream(b"\x99", PICTURE),
    ]
    box = f"/MediaBox[0 0 {size[0]} {size[1]}]"
    for number, content in enumerate(contents):
        content_at = f"/Contents {FIRST_PAGE + 1 + 2 * number} 0 R"
        objects.append(f"<</Type/Page/Parent 2 0 R{box}{resources}{content_at}>>".encode())
        objects.append(_stream(content))
    return _assemble(objects)


FIRST_EXTRA = 7
"""The number of the first further object of ``write_page``."""


def write_page(
    content: Sequence[str],
    resources: str = "",
    annotations: str = "",
    catalog: str = "",
    further: Sequence[bytes] = (),
    size: tuple[float, float] = (400, 300),
    fonts: str = "",
) -> bytes:
    """A PDF of one page with whatever else it names.

    ``resources``, ``annotations``, ``catalog``: entries of the page's resources, its annotations, entries of the
    catalogue. ``fonts``: entries of the resources' fonts. ``further``: objects from number ``FIRST_EXTRA`` on;
    ``/Im Do`` draws a picture of four dots.
    """
    page = (
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {size[0]} {size[1]}]/Contents 5 0 R/Annots[{annotations}]"
        f"/Resources<</Font<</F 4 0 R{fonts}>>{resources or '/XObject<</Im 6 0 R>>'}>>>>"
    )
    return _assemble(
        [
            f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode(),
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            page.encode(),
            FONT,
            _stream("\n".join(content).encode()),
            _stream(b"\x10\x90\x90\x10", PICTURE.replace("Width 1/Height 1", "Width 2/Height 2")),
            *further,
        ]
    )


def form_object(content: str, entries: str = "") -> bytes:
    """A form (content within content) as an object of its own, in the font of the page."""
    head = "/Type/XObject/Subtype/Form/BBox[-999 -999 999 999]/Resources<</Font<</F 4 0 R>>>>"
    return _stream(content.encode(), head + entries)


def glyph_font(program: bytes | None, first: int, glyph_of: bytes | None = None) -> list[bytes]:
    """A font whose codes are glyph numbers and that names no characters, as objects numbered from ``first``.

    ``program``: the TrueType font to put in, if any. ``glyph_of``: the table of code → glyph (two bytes each), without
    which a code is its glyph's number.
    """
    base = "/BaseFont/ABCDEF+Figures"
    map_of = "/Identity" if glyph_of is None else f" {first + 4} 0 R"
    file = "" if program is None else f"/FontFile2 {first + 3} 0 R"
    return [
        f"<</Type/Font/Subtype/Type0{base}/Encoding/Identity-H/DescendantFonts[{first + 1} 0 R]>>".encode(),
        (
            f"<</Type/Font/Subtype/CIDFontType2{base}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/DW 600/CIDToGIDMap{map_of}/FontDescriptor {first + 2} 0 R>>"
        ).encode(),
        (
            f"<</Type/FontDescriptor/FontName/ABCDEF+Figures/Flags 4/FontBBox[0 -200 600 800]/ItalicAngle 0"
            f"/Ascent 800/Descent -200/CapHeight 700/StemV 80{file}>>"
        ).encode(),
        _stream(program or b"", f"/Length1 {len(program or b'')}"),
        _stream(glyph_of or b""),
    ]


FIRST_PAGE = 7
"""The number of the first page's object; its content follows, then the next page."""


def _unicode_stream(characters: Mapping[str, str]) -> str:
    pairs = "".join(f"<{ord(glyph):04x}><{ord(meaning):04x}>" for glyph, meaning in characters.items())
    return (
        "/CIDInit/ProcSet findresource begin 12 dict begin begincmap /CMapName/X def "
        "1 begincodespacerange<0000><ffff>endcodespacerange "
        f"{len(characters)} beginbfchar{pairs}endbfchar endcmap end end"
    )


def shared_page_pdf(count: int) -> bytes:
    """A PDF of ``count`` pages that are one and the same object."""
    kids = "3 0 R " * count
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]>>"
    return _assemble([b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {count}/Kids[{kids}]>>".encode(), page])


def encrypted_pdf() -> bytes:
    """A PDF that opens with a password only (the keys match none)."""
    keys = f"/O<{'ab' * 32}>/U<{'cd' * 32}>"
    extra = f"/Encrypt<</Filter/Standard/V 1/R 2/P -44{keys}>>/ID[<{'01' * 16}><{'01' * 16}>]"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]>>"
    return _assemble([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page], extra)


def form_within_itself() -> bytes:
    """A PDF of one page, whose form draws itself ten times: pdfium unfolds it until the memory is full."""
    entries = "/Type/XObject/Subtype/Form/BBox[0 0 400 300]/Resources<</XObject<</X 4 0 R>>>>"
    resources = "/Resources<</XObject<</X 4 0 R>>>>"
    return _assemble(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents 5 0 R{resources}>>".encode(),
            _stream(b"/X Do " * 10, entries),
            _stream(b"/X Do " * 10),
        ]
    )


PICTURE = "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"


def _stream(content: bytes, entries: str = "") -> bytes:
    packed = zlib.compress(content)
    head = f"<</Length {len(packed)}/Filter/FlateDecode{entries}>>stream\n"
    return head.encode() + packed + b"\nendstream"


def _assemble(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """Objects numbered from 1 with their cross-reference table; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    offsets: list[int] = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += f"trailer<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)


# Word ------------------------------------------------------------------------------------------------------------


def write_docx(path: Path, parts: Iterable[str | list[Row]], height: int, widths: Sequence[float] = ()) -> None:
    """A Word file of paragraphs and ruled tables on pages of ``height`` mm; ``widths`` in mm, for tables as wide."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(height)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
        else:
            _add_docx_table(document, part, widths)
    document.save(str(path))


def _add_docx_table(document: Any, rows: list[Row], widths: Sequence[float]) -> None:
    columns = sum(box.columns for box in rows[0])
    table = document.add_table(len(rows), columns, style="Table Grid")
    table.autofit = False
    if len(widths) == columns:
        for column, width in zip(table.columns, widths, strict=True):
            for cell in column.cells:
                cell.width = Mm(width)
    places = [list(row.cells) for row in table.rows]
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(rows):
        for box in row:
            x = next(x for x in range(columns) if (y, x) not in taken)
            taken |= {(y + down, x + right) for down in range(box.rows) for right in range(box.columns)}
            cell = places[y][x]
            if box.rows > 1 or box.columns > 1:
                cell = cell.merge(places[y + box.rows - 1][x + box.columns - 1])
            cell.text = "\n".join(box.text) if box.upright else box.text
