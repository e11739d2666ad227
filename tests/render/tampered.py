"""Reports in which single cells show something else than they hold: struck, raised, hidden, covered, typed over.

Each format has its own ways; a cell is changed by one of them, drawn from the given random numbers. What a person reads
in such a cell is not said here: a picture of the page tells it (scripts/eye.py).
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from random import Random

import docx
import openpyxl
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from . import html as html_render
from . import sheet as sheet_render
from . import word as word_render
from .figures import Figures
from .tables import Options

CHANGED_CELLS = 8
"""Cells that are changed in a document."""

_BLANK_GIF = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"

WEB_WAYS: tuple[str, ...] = (
    "<s>47</s>{0}",
    "<del>{0}</del>",
    '<span style="text-decoration:line-through">36</span>{0}',
    '<span class="gone">36</span> {0}',
    "{0}<sup>1</sup>",
    '{0}<a href="#_ftn1" style="vertical-align:super;font-size:60%">2</a>',
    '<span style="opacity:0">9</span>{0}',
    '<span style="color:#ffffff">9</span>{0}',
    '<span style="position:absolute;left:-9999px">9</span>{0}',
    '<span class="unseen">9</span>{0}',
    '<span style="display:none">9</span>{0}',
    '<span style="font-size:0">9</span>{0}',
    "<textarea>{0}</textarea>",
    "<select><option>7</option><option selected>{0}</option></select>",
    f'<img width=30 height=12 src="{_BLANK_GIF}">',
)
"""What a cell of a web page is made of; ``{0}`` is the figure."""

_SHEET = "<style>.gone{text-decoration:line-through}.unseen{display:none}</style>"
_CELL = re.compile(r"(<td[^>]*>)(?:<[^>]*>\s*)*(\d+)(?:\s*</(?:p|span|font|div|strong)>)*(</td>)")


def web_page(figures: Figures, random: Random) -> bytes:
    """The report as a web page with some cells changed."""
    page = html_render.written(figures, Options(blank="empty"), html_render.Page(surroundings=False)).decode()
    places = list(_CELL.finditer(page))
    for match in sorted(random.sample(places, min(CHANGED_CELLS, len(places))), key=lambda m: -m.start()):
        content = random.choice(WEB_WAYS).format(match[2])
        page = f"{page[: match.start()]}{match[1]}{content}{match[3]}{page[match.end() :]}"
    return page.replace("</head>", f"{_SHEET}</head>", 1).encode()


def _struck_before(paragraph: Paragraph, text: str) -> None:
    paragraph.add_run("47").font.strike = True
    paragraph.add_run(text)


def _doubly_struck(paragraph: Paragraph, text: str) -> None:
    paragraph.add_run(text).font.double_strike = True


def _raised_behind(paragraph: Paragraph, text: str) -> None:
    paragraph.add_run(text)
    paragraph.add_run("1").font.superscript = True


def _raised_by_position(paragraph: Paragraph, text: str) -> None:
    paragraph.add_run(text)
    run = paragraph.add_run("1")
    run.font.size = docx.shared.Pt(6)
    position = OxmlElement("w:position")
    position.set(qn("w:val"), "10")
    run._r.get_or_add_rPr().append(position)


def _hidden_before(paragraph: Paragraph, text: str) -> None:
    paragraph.add_run("9").font.hidden = True
    paragraph.add_run(text)


def _white_before(paragraph: Paragraph, text: str) -> None:
    paragraph.add_run("9").font.color.rgb = docx.shared.RGBColor(255, 255, 255)
    paragraph.add_run(text)


WORD_WAYS: tuple[Callable[[Paragraph, str], None], ...] = (
    _struck_before,
    _doubly_struck,
    _raised_behind,
    _raised_by_position,
    _hidden_before,
    _white_before,
)


def word_file(figures: Figures, random: Random) -> bytes:
    """The report as a Word file with some cells changed."""
    document = docx.Document(io.BytesIO(word_render.report_docx(figures, Options(blank="empty"))))
    cells = [
        cell
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        if cell.text.isdecimal() and cell.text.isascii()
    ]
    for cell in random.sample(cells, min(CHANGED_CELLS, len(cells))):
        text = cell.text
        if not text.isdecimal():
            continue
        paragraph = cell.paragraphs[0]
        for run in list(paragraph.runs):
            run._r.getparent().remove(run._r)
        random.choice(WORD_WAYS)(paragraph, text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _struck_run(cell: Cell, text: str) -> None:
    cell.value = CellRichText(TextBlock(InlineFont(strike=True), "47"), text)


def _struck_cell(cell: Cell, _text: str) -> None:
    cell.font = Font(strike=True)


def _raised_run(cell: Cell, text: str) -> None:
    cell.value = CellRichText(text, TextBlock(InlineFont(vertAlign="superscript"), "1"))


def _white_cell(cell: Cell, _text: str) -> None:
    cell.font = Font(color="FFFFFFFF")


def _without_format(cell: Cell, _text: str) -> None:
    cell.number_format = ";;;"


SHEET_WAYS: tuple[Callable[[Cell, str], None], ...] = (
    _struck_run,
    _struck_cell,
    _raised_run,
    _white_cell,
    _without_format,
)


def workbook(figures: Figures, random: Random) -> bytes:
    """The report as a workbook with some cells changed."""
    data = sheet_render.sheet_xlsx(sheet_render.report_cells(figures, Options(blank="empty")))
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if isinstance(cell.value, int)]
    for cell in random.sample(cells, min(CHANGED_CELLS, len(cells))):
        random.choice(SHEET_WAYS)(cell, str(cell.value))
    return sheet_render.saved(book)
