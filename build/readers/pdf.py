"""PDF → Document: ruled tables as grids, the rest as paragraphs in reading order, page marks left out.

pdfium gives glyphs and lines with their places; all else follows from the places (``pdf_page``, ``pdf_lines``,
``pdf_tables``, ``pdf_aligned``, ``pdf_text``). Pictures of text are read only where asked for (``pdf_ocr``).
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ..document import Document, DocumentBuilder, GridCell, Notice
from ..errors import ReadError
from ..limits import Limits
from ..messages import Message, listed, told
from .pdf_aligned import stretches
from .pdf_annotations import with_annotations
from .pdf_cells import beside_words, pictures_in_figures, with_pictures
from .pdf_lines import Line, lines_of
from .pdf_ocr import with_text
from .pdf_page import Page, Ruling, page_of
from .pdf_sheets import pages_of
from .pdf_tables import Table, continued, grid_cells, tables_of
from .pdf_text import PageLines, Setting, paragraphs, setting_of, without_furniture

FEW_GLYPHS = 20
"""A page with a large picture and fewer glyphs than this (a page mark, a stamp) is a scan."""
BROKEN_SHARE = 0.1
"""With more glyphs than this share that stand for no character, figures cannot be trusted."""
SHOWN = 80
"""So much of a text is quoted in a problem."""

_CONTINUED = re.compile(r"[((]?\s*(?:续\s*上?\s*表|接\s*上\s*表|上接)[^,。]{0,4}[))]?")
_LAYER_SIGN = re.compile(rb"/(?:O|#4[fF])(?:C|#43)|/ObjStm")
"""A file without this has no layers: none in sight, and none in packed objects."""
_TWO_FIGURES = re.compile(r"\d[\d.,]*(?: \d[\d.,]*)+")
_PASSWORD_ERRORS = frozenset([pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY])


@dataclass(frozen=True, slots=True)
class _Content:
    """A page taken apart: its tables, the lines outside them, and horizontal lines that belong to no table."""

    tables: tuple[Table, ...]
    lines: tuple[Line, ...]
    rulings: tuple[Ruling, ...]
    width: float
    height: float
    glyphs: int
    broken: int
    picture: bool
    hidden: bool
    slanted: str
    from_fonts: bool

    @property
    def is_scan(self) -> bool:
        """Whether the page is a picture without text."""
        return self.picture and self.glyphs < FEW_GLYPHS


def read(data: bytes, limits: Limits, ocr: bool = False) -> tuple[Document, ...]:
    """The document in a PDF, with everything in it, however many reports that is.

    ``ocr``: read pictures of text through an outside program; the document then carries a notice ``ocr``.
    Raises ReadError: ``too_large``, ``too_many_pages``, ``too_many_cells``, ``too_slow``, ``encrypted``, ``damaged``,
    ``scan`` (no text, and ``ocr`` not asked for), ``needs_ocr`` (asked for, but no program installed), ``ocr_failed``,
    ``mojibake`` (glyphs that stand for no characters).
    """
    if len(data) > limits.max_bytes:
        raise ReadError("too_large", told("readers.bytes_over_limit", size=len(data), limit=limits.max_bytes))
    deadline = time.monotonic() + limits.max_seconds
    pages, facts = _contents(data, limits, deadline)
    notices: list[Notice] = []
    if ocr and (_is_scan(pages) or any(page.is_scan for page in pages)):
        data, program = with_text(data, limits)
        pages, _ = _contents(data, limits, time.monotonic() + limits.max_seconds)
        notices.append(_ocr_notice(told("readers.pages_read_by", program=program)))
    _check_text(pages)
    notices += _page_notices(pages)
    return (_document(pages, limits, facts, notices),)


# Pages -----------------------------------------------------------------------------------------------------------


def _contents(data: bytes, limits: Limits, deadline: float) -> tuple[list[_Content], list[tuple[str, str]]]:
    document = _opened(data)
    try:
        count = len(document)
        layers = _LAYER_SIGN.search(data) is not None
        if count > limits.max_pages:
            raise ReadError("too_many_pages", told("readers.too_many_pages", pages=count, limit=limits.max_pages))
        if not count:
            raise ReadError("damaged", told("readers.pdf_without_pages"))
        title = str(document.get_metadata_value("Title")).replace("\x00", "").strip()
        pages: list[_Content] = []
        left = limits.max_cells
        for number in range(count):
            if time.monotonic() > deadline:
                message = told("readers.page_not_reached", page=number + 1, pages=count, seconds=limits.max_seconds)
                raise ReadError("too_slow", message)
            for page in pages_of(_page(document, number, layers)):
                pages.append(_taken_apart(page, len(pages), left))
                left -= sum(table.places for table in pages[-1].tables)
        return pages, [("title", title)] if title else []
    finally:
        document.close()


def _opened(data: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(data)
        if document.get_formtype() != pdfium_c.FORMTYPE_NONE:
            document.init_forms()
        return document
    except pdfium.PdfiumError as error:
        if error.err_code in _PASSWORD_ERRORS:
            raise ReadError("encrypted", told("readers.encrypted")) from error
        raise ReadError("damaged", told("readers.pdf_unopened"), str(error)[:SHOWN]) from error


def _page(document: pdfium.PdfDocument, number: int, layers: bool) -> Page:
    try:
        loaded = document[number]
    except pdfium.PdfiumError as error:
        raise ReadError("damaged", told("readers.page_damaged", page=number + 1)) from error
    try:
        loaded, annotations = with_annotations(document, number, loaded)
        return page_of(loaded, annotations, layers)
    except pdfium.PdfiumError as error:
        raise ReadError("damaged", told("readers.page_text_damaged", page=number + 1)) from error
    finally:
        loaded.close()


def _taken_apart(page: Page, number: int, max_places: int) -> _Content:
    if page.pictures:
        page = replace(page, runs=(*page.runs, *pictures_in_figures(page.runs, page.pictures, page.verticals)))
    tables, outside, rulings = tables_of(page, number, max_places)
    if tables and page.pictures:
        shown = replace(page, runs=(*page.runs, *page.pictures))
        tables = list(map(with_pictures, tables, tables_of(shown, number, max_places)[0]))
    if sum(table.places for table in tables) > max_places:
        raise _too_many_cells()
    return _Content(
        tuple(tables),
        tuple(lines_of(beside_words(outside), number)),
        tuple(rulings),
        page.width,
        page.height,
        page.glyphs,
        page.broken,
        page.picture,
        page.hidden,
        page.slanted,
        page.from_fonts,
    )


def _too_many_cells() -> ReadError:
    return ReadError("too_many_cells", told("readers.pdf_places"))


# What the pages are worth ----------------------------------------------------------------------------------------


def _is_scan(pages: Sequence[_Content]) -> bool:
    """No text at all, or none but page marks on pictures."""
    return not any(page.glyphs for page in pages) or all(page.is_scan for page in pages)


def _check_text(pages: Sequence[_Content]) -> None:
    glyphs, broken = sum(page.glyphs for page in pages), sum(page.broken for page in pages)
    if _is_scan(pages):
        message = told("readers.scan")
        raise ReadError("scan", message)
    if broken > BROKEN_SHARE * glyphs:
        shown = " ".join(line.text for page in pages for line in page.lines)[:SHOWN]
        message = told("readers.glyphs_unknown", broken=broken, glyphs=glyphs)
        raise ReadError("mojibake", message, shown)


def _page_notices(pages: Sequence[_Content]) -> Iterator[Notice]:
    scans = [str(number) for number, page in enumerate(pages, start=1) if page.is_scan]
    if scans:
        message = told("readers.pages_without_text", pages=listed(scans))
        yield Notice("warning", "pages_without_text", message)
    hidden = [str(number) for number, page in enumerate(pages, start=1) if page.picture and page.hidden]
    if hidden:
        yield _ocr_notice(told("readers.text_below_scan", pages=listed(hidden)))
    slanted = "".join(page.slanted for page in pages)
    if slanted:
        yield Notice("note", "slanted_text", told("readers.slanted_text"), slanted[:SHOWN])
    by_font = [str(number) for number, page in enumerate(pages, start=1) if page.from_fonts]
    if by_font:
        yield Notice("note", "characters_from_font", told("readers.characters_from_font", pages=listed(by_font)))
    tables = [str(number) for number, page in enumerate(pages, start=1) if any(map(_holds_unknown, page.tables))]
    if tables:
        yield Notice("warning", "mojibake", told("readers.table_glyphs_unknown", pages=listed(tables)))
    broken = sum(page.broken for page in pages)
    if broken:
        message = told("readers.glyphs_printed", broken=broken)
        yield Notice("warning", "damaged_characters", message)


def _holds_unknown(table: Table) -> bool:
    return any("\ufffd" in segment.text for p in table.patches for line in p.lines for segment in line.segments)


def _ocr_notice(what: Message) -> Notice:
    return Notice("warning", "ocr", told("readers.ocr", what=what))


# Pages → document ------------------------------------------------------------------------------------------------

_Item = Line | Table


def _document(
    pages: Sequence[_Content], limits: Limits, facts: Sequence[tuple[str, str]], notices: Sequence[Notice]
) -> Document:
    items = _items(pages)
    lines = [item for item in items if isinstance(item, Line)]
    setting = setting_of(lines, max(page.width for page in pages))
    rulings = {number: page.rulings for number, page in enumerate(pages)}
    builder = DocumentBuilder()
    left = limits.max_cells
    cut: list[str] = []
    for block in _blocks(items, rulings, setting):
        if isinstance(block, str):
            builder.add_paragraph(block)
            cut += [cell for cell in block.split("\t") if "\t" in block and _TWO_FIGURES.fullmatch(cell)]
            continue
        left -= sum(cell.row_span * cell.column_span for cell in block)
        if left < 0:
            raise _too_many_cells()
        builder.add_grid(block)
        cut += [cell.text for cell in block if _TWO_FIGURES.fullmatch(cell.text)]
    return builder.build("pdf", facts, [*notices, *_cut_figures(cut)])


def _cut_figures(cells: Sequence[str]) -> Iterator[Notice]:
    """What is said of cells that hold two figures, or one that a line or page end cuts."""
    if cells:
        message = told("readers.cut_figures", count=len(cells))
        yield Notice("warning", "cut_figures", message, "|".join(cells)[:SHOWN])


def _items(pages: Sequence[_Content]) -> list[_Item]:
    """Lines and tables of all pages in reading order, tables cut by page ends as one, page marks left out."""
    kept = without_furniture([PageLines(page.lines, page.height) for page in pages])
    items: list[_Item] = []
    for page, lines in zip(pages, kept, strict=True):
        found: list[_Item] = [*lines, *page.tables]
        for item in sorted(found, key=lambda item: item.y0):
            _add_item(items, item)
    return items


def _add_item(items: list[_Item], item: _Item) -> None:
    """Append an item; a table goes on with the one before if only a page end lies between (or the word 续表)."""
    if isinstance(item, Table):
        note = bool(items) and isinstance(items[-1], Line) and _CONTINUED.fullmatch(items[-1].text) is not None
        before = items[-2 if note and len(items) > 1 else -1] if items else None
        if isinstance(before, Table) and before.last_page < item.page:
            whole = continued(before, item)
            if whole is not None:
                del items[-2 if note else -1 :]
                item = whole
    items.append(item)


def _blocks(
    items: Sequence[_Item], rulings: dict[int, tuple[Ruling, ...]], setting: Setting
) -> Iterator[str | list[GridCell]]:
    """Paragraphs and the cells of grids, in reading order."""
    for is_line, group in groupby(items, key=lambda item: isinstance(item, Line)):
        if not is_line:
            yield from (grid_cells(item) for item in group if isinstance(item, Table))
            continue
        for stretch in stretches([item for item in group if isinstance(item, Line)], rulings):
            if stretch.cells:
                yield list(stretch.cells)
            else:
                yield from paragraphs(stretch.lines, setting)
