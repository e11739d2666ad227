"""Look at documents as a person does: python scripts/eye.py FILE...

Each page is rendered to a picture, the box of every cell of the statutory tables is cut out of it and read with
tesseract, digits only, and what stands there is compared with the figure that the build publishes. Listed are cells
whose picture shows another figure, figures whose box shows no ink, and ink in cells that are NULL. What `problems`
tells of the document stands beside each; a difference that it does not tell makes the exit code 1.

PDF is rendered by pdfium; web pages and texts are printed by Chromium, Word files and sheets by LibreOffice. Boxes are
found by pdfplumber on the printed page and not by our own readers: a second pair of eyes. A maintainer's tool;
its packages are in requirements-dev.txt.
"""

from __future__ import annotations

import argparse
import io
import json
import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2 as pdfium
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from build import forms  # noqa: E402
from build.errors import ReadError  # noqa: E402
from build.limits import Limits  # noqa: E402
from build.messages import alike  # noqa: E402
from build.parse.labels import meanings  # noqa: E402
from build.readers import format_of  # noqa: E402
from build.readers.doc import OFFICE_MEMORY  # noqa: E402
from build.readers.pdf_ocr import ONE_THREAD  # noqa: E402
from build.reading.read import read  # noqa: E402
from build.report import ApplicationRow, DisclosureFigure, Problem, Report, ReviewRow  # noqa: E402

POINTS_AN_INCH = 72
DOTS_AN_INCH, DOTS_OF_SMALL_PRINT = 300, 600
LOW_CELL = 13.0
"""A cell of fewer points in height holds small print."""
INSET = 1.5
"""Points left out along each side of a cell, its ruling line, at the most."""
INSET_SHARE = 0.07
"""And of a low cell this share of its height."""
INK = 110
"""A pixel this much darker or lighter than its cell's background is ink."""
FEWEST_INK = 12
"""So many pixels of ink are a mark; fewer are dust."""
MARGIN = 24
"""White pixels around a crop: tesseract misses glyphs at the edge of a picture."""
WAYS = ((7, 1), (8, 1), (10, 1), (13, 1), (6, 1), (7, 2), (10, 2), (13, 2), (6, 2), (6, 3))
"""How tesseract takes a crop (as a line 7, a word 8, a character 10, a block 6) and how much enlarged; the next way is
tried where one reads otherwise than is published: its slips on single digits differ, a wrong figure stays wrong."""
MIDDLE = (0.3, 0.7)
"""Between these shares of the height of a figure a line strikes it out."""
STRIKE_LENGTH = 0.75
"""Times the height of a figure: the bar of a 4 is shorter, a line through one digit and its room longer."""
MOST_LINES = 12
SECONDS = 120

TELLING_OF_ALL = frozenset({"mojibake", "two_tables", "older_form", "tables_missing", "hidden_content"})
"""Codes of `problems` that speak of a whole table; any other row speaks of one cell, or of as many as it lists."""
NOT_TELLING = frozenset(
    {"superseded", "agency_unknown", "year_unknown", "year_from_publication", "slanted_text", "ocr", "attachment_links"}
)
"""Codes that say nothing of figures."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table on a rendered page: its figure's name, what is published (None: NULL), and its place.

    ``box``: left, top, right, bottom in points from the page's upper left corner.
    """

    name: str
    published: str | None
    printed: str
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Seen:
    """What one document's picture shows against what is published of it. Each list holds lines for a person."""

    file: str
    cells: int
    not_located: tuple[str, ...]
    differing: tuple[str, ...]
    without_ink: tuple[str, ...]
    ink_in_null: tuple[str, ...]
    told: tuple[str, ...]

    @property
    def untold(self) -> int:
        """Differences that are more than the rows of `problems` that may tell of them."""
        if TELLING_OF_ALL.intersection(self.told):
            return 0
        return max(0, len(self.differing) + len(self.without_ink) + len(self.ink_in_null) - len(self.told))


# A document as pages -----------------------------------------------------------------------------------------------


def printed_pdf(path: Path, work: Path) -> bytes:
    """``path`` as a person's program prints it, as a PDF. Raises ReadError if its format is none, OSError or
    CalledProcessError if the program is missing or fails."""
    data = path.read_bytes()
    kind = format_of(data)
    if kind == "pdf":
        return data
    if kind in ("html", "mhtml", "text"):
        return _by_chromium(path, kind, work)
    if kind in ("docx", "doc", "sheet"):
        return _by_office(path, kind, work)
    raise ReadError("unknown_format", alike(f"{path.name} is {kind}: give the documents in it one by one."))


def _program(*names: str) -> str:
    found = next((program for name in names if (program := shutil.which(name))), None)
    if found is None:
        raise OSError(f"none of {', '.join(names)} is installed")
    return found


def _by_chromium(path: Path, kind: str, work: Path) -> bytes:
    ending = {"html": "html", "mhtml": "mhtml", "text": "txt"}[kind]
    page, pdf = work / f"page.{ending}", work / "page.pdf"
    page.write_bytes(path.read_bytes() + (_RULED_PAGE if kind == "html" else b""))
    command = [
        _program("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"),
        *("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--virtual-time-budget=2000"),
        *(f"--user-data-dir={work / 'profile'}", f"--print-to-pdf={pdf}", page.as_uri()),
    ]
    subprocess.run(command, check=True, timeout=SECONDS, capture_output=True)
    return pdf.read_bytes()


_RULED_PAGE = b"<style>table{border-collapse:collapse}td,th{border:1px solid #000 !important}</style>"
"""Lines round the cells of a page's tables, so that the boxes can be found; nothing else of it changes."""


def _by_office(path: Path, kind: str, work: Path) -> bytes:
    """Through .docx or .xlsx, in which the tables get lines, to PDF."""
    modern = "xlsx" if kind == "sheet" else "docx"
    copy = work / f"document{path.suffix}"
    shutil.copy(path, copy)
    if (
        format_of(copy.read_bytes()) != kind
        or not copy.read_bytes().startswith(b"PK")
        or path.suffix in (".ods", ".odt")
    ):
        _convert(copy, modern, work)
        copy = copy.with_suffix(f".{modern}")
    ruled = work / f"ruled.{modern}"
    ruled.write_bytes(with_lines(copy.read_bytes(), _RULED_SHEET if kind == "sheet" else RULED_WORD))
    _convert(ruled, "pdf", work)
    return ruled.with_suffix(".pdf").read_bytes()


def _convert(source: Path, target: str, work: Path) -> None:
    command = [
        _program("soffice", "libreoffice"),
        *("--headless", f"-env:UserInstallation={(work / 'office').as_uri()}"),
        *("--convert-to", target, "--outdir", str(work), str(source)),
    ]
    subprocess.run(command, check=True, timeout=SECONDS, capture_output=True, env={**os.environ, **OFFICE_MEMORY})


_SIDES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
RULED_WORD = (
    ("word/document.xml", rb"<w:tblBorders>.*?</w:tblBorders>", b""),
    (
        "word/document.xml",
        rb"(<w:tblPr>(?:<w:tblStyle[^>]*>|<w:tblW[^>]*>|<w:jc[^>]*>)*)",
        rb"\1" + f"<w:tblBorders>{_SIDES}</w:tblBorders>".encode(),
    ),
    ("word/document.xml", rb"<w:tblPr/>", f"<w:tblPr><w:tblBorders>{_SIDES}</w:tblBorders></w:tblPr>".encode()),
)
_EDGED = b"<border>%s<diagonal/></border>" % b"".join(
    b'<%s style="thin"><color rgb="FF000000"/></%s>' % (side, side) for side in (b"left", b"right", b"top", b"bottom")
)
_RULED_SHEET = (
    ("xl/worksheets/", rb"<sheetPr\s*/>|<sheetPr>.*?</sheetPr>", b""),
    ("xl/worksheets/", rb"(<worksheet[^>]*>)", rb'\1<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'),
    ("xl/worksheets/", rb"<printOptions[^>]*/>|<pageSetup[^>]*/>", b""),
    (
        "xl/worksheets/",
        rb"(<pageMargins[^>]*/>)",
        rb'\1<pageSetup paperSize="8" orientation="landscape" fitToHeight="0"/>',
    ),
    ("xl/worksheets/", rb'<col (?![^>]*hidden="(?:1|true)")[^>]*/>', b""),
    ("xl/worksheets/", rb"<cols>\s*</cols>", b""),
    ("xl/worksheets/", rb"<sheetFormatPr[^>]*/>", b'<sheetFormatPr defaultColWidth="24" defaultRowHeight="15"/>'),
    ("xl/styles.xml", rb"<border(?:\s[^>]*)?/>|<border(?:\s[^>]*[^/])?>.*?</border>", _EDGED),
    ("xl/styles.xml", rb'applyBorder="[^"]*"', b""),
    ("xl/styles.xml", rb"<xf ", b'<xf applyBorder="1" '),
)
"""Part of the package → what is written otherwise in it: lines round every cell, columns that hold their labels, and a
sheet as wide as the page."""


def with_lines(data: bytes, changes: Sequence[tuple[str, bytes, bytes]]) -> bytes:
    """An Office package with ``changes`` made in its parts (RULED_WORD)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            for prefix, pattern, replacement in changes:
                if name.startswith(prefix) and name.endswith(".xml"):
                    part = re.sub(pattern, replacement, part, flags=re.DOTALL)
            new.writestr(name, part)
    return stream.getvalue()


# Where the figures stand -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _PageRow:
    """A row of a table on a page: the words before its cells, and every cell's box and words."""

    page: int
    boxes: tuple[Box, ...]
    words: tuple[str, ...]

    def cells_of(self, item: str, width: int) -> tuple[Box, ...] | None:
        """The boxes of the ``width`` cells behind the label of ``item``; None if the row has no such label."""
        for at, words in enumerate(self.words[: len(self.words) - width]):
            if not _means(words, item):
                continue
            end = len(self.words)
            while end > at + 1 + width and not self.words[end - 1]:
                end -= 1  # a sheet's rows are as long as its widest table
            if _is_figures(self.words[at + 1 : end]):
                return self.boxes[end - width : end]
        return None


def _page_rows(pdf: bytes, work: Path) -> list[_PageRow]:
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every font without a box
    path = work / "look.pdf"
    path.write_bytes(pdf)
    rows: list[_PageRow] = []
    with pdfplumber.open(path) as document:
        for number, page in enumerate(document.pages):
            for table in page.find_tables():
                rows.extend(_rows_of(number, table))
    return [_with_label_over_page_end(row, following) for row, following in zip_longest(rows, rows[1:])]


def _rows_of(number: int, table: Any) -> Iterator[_PageRow]:
    for row, words in zip(table.rows, table.extract(), strict=True):
        kept = [(box, text or "") for box, text in zip(row.cells, words, strict=True) if box is not None]
        if kept:
            yield _PageRow(number, tuple(box for box, _ in kept), tuple(text for _, text in kept))


def _with_label_over_page_end(row: _PageRow, following: _PageRow | None) -> _PageRow:
    """``row`` with the whole label where its end stands alone on the next page."""
    if following is None or following.page != row.page + 1 or len(following.words) < len(row.words):
        return row
    ends = following.words[-len(row.words) :]
    if any(ends[1:]) or not ends[0]:
        return row
    return replace(row, words=(row.words[0] + ends[0], *row.words[1:]))


def _located(report: Report, rows: Sequence[_PageRow]) -> tuple[list[Cell], list[str]]:
    """The cells of ``report`` that stand on the pages, and the names of rows that were not found there."""
    cells: list[Cell] = []
    lost: list[str] = []
    at = 0
    for application in report.applications:
        found = _found_row(rows, at, application.item, len(forms.APPLICATION_COLUMNS))
        if found is None:
            lost.append(f"applications.{application.item}")
            continue
        at = found[0] + 1
        cells += _application_cells(application, rows[found[0]].page, found[1])
    for figures in _by_item(report.disclosures):
        found = _found_row(rows, 0, figures[0].item, len(figures))
        if found is None:
            lost.append(f"disclosures.{figures[0].item}")
            continue
        page = rows[found[0]].page
        cells += [_disclosure_cell(figure, page, box) for figure, box in zip(figures, found[1], strict=True)]
    cells += _review_cells(report.reviews, rows)
    if report.reviews and not any(cell.name.startswith("reviews") for cell in cells):
        lost.append("reviews")
    return cells, lost


def _found_row(rows: Sequence[_PageRow], start: int, item: str, width: int) -> tuple[int, tuple[Box, ...]] | None:
    """The first row from ``start`` on that is labelled as ``item``, and the boxes of its ``width`` cells."""
    for at in range(start, len(rows)):
        boxes = rows[at].cells_of(item, width)
        if boxes is not None:
            return at, boxes
    return None


def _means(words: str, item: str) -> bool:
    return any(meaning.code == item for meaning in meanings("".join(words.split())))


def _by_item(figures: Iterable[DisclosureFigure]) -> list[list[DisclosureFigure]]:
    rows: dict[str, list[DisclosureFigure]] = {}
    for figure in figures:
        rows.setdefault(figure.item, []).append(figure)
    return list(rows.values())


def _application_cells(row: ApplicationRow, page: int, boxes: Sequence[Box]) -> Iterator[Cell]:
    printed = row.printed if len(row.printed) == len(forms.APPLICATION_COLUMNS) else ("",) * len(boxes)
    for column, words, box in zip(forms.APPLICATION_COLUMNS, printed, boxes, strict=True):
        count = row.get(column)
        yield Cell(f"applications.{row.item}.{column}", None if count is None else str(count), words, page, box)


def _disclosure_cell(figure: DisclosureFigure, page: int, box: Box) -> Cell:
    known = figure.count is not None or figure.amount_wan is not None
    name = f"disclosures.{figure.item}.{figure.measure}"
    return Cell(name, _figure_in(figure.printed) if known else None, figure.printed, page, box)


def _figure_in(printed: str) -> str:
    match = re.search(r"\d[\d,，.]*", printed)
    return match.group() if match else printed


def _review_cells(reviews: Sequence[ReviewRow], rows: Sequence[_PageRow]) -> Iterator[Cell]:
    names = [(channel.code, column) for channel in forms.REVIEW_CHANNELS for column in forms.REVIEW_COLUMNS]
    found = [row for row in rows if len(row.boxes) == len(names) and _is_figures(row.words)]
    row = next((row for row in reversed(found) if any(row.words)), found[-1] if found else None)
    if row is None:
        return
    by_channel = {review.channel: review for review in reviews}
    for (channel, column), box in zip(names, row.boxes, strict=True):
        if (review := by_channel.get(channel)) is not None:
            count = review.get(column)
            yield Cell(f"reviews.{channel}.{column}", None if count is None else str(count), "", row.page, box)


def _is_figures(words: Iterable[str]) -> bool:
    return not any(re.search(r"[\u4e00-\u9fff]", text) for text in words)


# What the picture shows --------------------------------------------------------------------------------------------


class _Pages:
    """The pages of a PDF as grey pictures, each made when it is first asked for."""

    def __init__(self, pdf: bytes) -> None:
        self._document = pdfium.PdfDocument(pdf)
        self._document.init_forms()
        self._pictures: dict[tuple[int, int], Image.Image] = {}

    def crop(self, cell: Cell) -> Image.Image:
        """The inside of the cell."""
        left, top, right, bottom = cell.box
        dots = DOTS_AN_INCH if bottom - top >= LOW_CELL else DOTS_OF_SMALL_PRINT
        scale = dots / POINTS_AN_INCH
        if (cell.page, dots) not in self._pictures:
            rendered = self._document[cell.page].render(scale=scale, may_draw_forms=True)
            self._pictures[cell.page, dots] = rendered.to_pil().convert("L")
        inset = min(INSET, (bottom - top) * INSET_SHARE)
        inside = (left + inset, top + inset, right - inset, bottom - inset)
        return self._pictures[cell.page, dots].crop(tuple(round(at * scale) for at in inside))  # type: ignore[arg-type]


def _background(picture: Image.Image) -> int:
    histogram = picture.histogram()
    return histogram.index(max(histogram))


def ink(picture: Image.Image) -> int:
    """Pixels that differ from the commonest shade of the picture."""
    ground = _background(picture)
    return sum(count for shade, count in enumerate(picture.histogram()) if abs(shade - ground) > INK)


def is_struck(picture: Image.Image) -> bool:
    """Whether a line longer than the bar of a 4 runs through the middle of what is inked."""
    ground = _background(picture)
    marks = picture.point([255 if abs(shade - ground) > INK else 0 for shade in range(256)])
    box = marks.getbbox()
    if box is None:
        return False
    part = marks.crop(box)
    first, last = round(part.height * MIDDLE[0]), round(part.height * MIDDLE[1])
    longest = max((_longest_run(part, y) for y in range(first, last)), default=0)
    return longest >= STRIKE_LENGTH * part.height


def _longest_run(marks: Image.Image, y: int) -> int:
    row = bytes(marks.crop((0, y, marks.width, y + 1)).tobytes())
    return max(map(len, row.split(b"\0")), default=0)


def _trimmed(picture: Image.Image, scale: int) -> Image.Image:
    """The inked part of a crop on white, with a margin, dark on light."""
    ground = _background(picture)
    marks = picture.point([255 if abs(shade - ground) > INK else 0 for shade in range(256)])
    box = marks.getbbox() or (0, 0, *picture.size)
    part = picture.crop(box).point([min(255, max(0, 255 - abs(shade - ground))) for shade in range(256)])
    part = part.resize((part.width * scale, part.height * scale), Image.Resampling.LANCZOS)
    canvas = Image.new("L", (part.width + 2 * MARGIN, part.height + 2 * MARGIN), 255)
    canvas.paste(part, (MARGIN, MARGIN))
    return canvas


def read_pictures(pictures: Sequence[Image.Image], mode: int, work: Path) -> list[str]:
    """What tesseract reads in each picture, digits and their signs only."""
    if not pictures:
        return []
    names = []
    for number, picture in enumerate(pictures):
        names.append(work / f"crop-{number}.png")
        picture.save(names[-1], dpi=(DOTS_AN_INCH, DOTS_AN_INCH))
    listing = work / "crops.txt"
    listing.write_text("".join(f"{name}\n" for name in names))
    command = [_program("tesseract"), str(listing), "-", "--psm", str(mode), "-l", "eng"]
    command += ["-c", "tessedit_char_whitelist=0123456789.,+-"]
    environment = {**os.environ, **ONE_THREAD}
    done = subprocess.run(command, check=True, timeout=10 * SECONDS, capture_output=True, text=True, env=environment)
    texts = done.stdout.split("\f")
    return ["".join(text.split()) for text in texts[: len(pictures)]]


def _struck(cells: Sequence[tuple[Cell, Image.Image]], besides: Collection[str]) -> list[Cell]:
    """Figures that a line runs through, without those ``besides``; the bars of 4s that touch look like such a line."""
    return [
        cell
        for cell, picture in cells
        if cell.name not in besides and "4" not in (cell.published or "") and is_struck(picture)
    ]


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text.translate(str.maketrans("０１２３４５６７８９", "0123456789")))


def _misread(cells: Sequence[tuple[Cell, Image.Image]], work: Path) -> list[tuple[Cell, str]]:
    """Figures whose picture reads otherwise however tesseract takes it, with what it reads first."""
    first: dict[str, str] = {}
    left = list(cells)
    for mode, scale in WAYS:
        read_as = read_pictures([_trimmed(picture, scale) for _, picture in left], mode, work)
        wrong = []
        for (cell, picture), text in zip(left, read_as, strict=True):
            if _digits(text) != _digits(cell.published or ""):
                first.setdefault(cell.name, text)
                wrong.append((cell, picture))
        left = wrong
    return [(cell, first[cell.name]) for cell, _ in left]


def look(path: Path, limits: Limits | None = None) -> list[Seen]:
    """What the pictures of ``path`` show against what is published of each report in it.

    Raises ReadError, OSError or CalledProcessError where it cannot be printed.
    """
    results = read(path, path.name, limits or Limits())
    reports = [result for result in results if isinstance(result, Report)]
    if not reports:
        told = tuple(result.code for result in results if isinstance(result, Problem))
        return [Seen(path.name, 0, (), (), (), (), told)]
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        pdf = printed_pdf(path, work)
        rows, pages = _page_rows(pdf, work), _Pages(pdf)
        return [_compared(report, rows, pages, work) for report in reports]


def _compared(report: Report, rows: Sequence[_PageRow], pages: _Pages, work: Path) -> Seen:
    cells, lost = _located(report, rows)
    pictures = [(cell, pages.crop(cell)) for cell in cells]
    inked = [(cell, picture, ink(picture) >= FEWEST_INK) for cell, picture in pictures]
    published = [(cell, picture) for cell, picture, marks in inked if cell.published is not None and marks]
    misread = _misread(published, work)
    struck = _struck(published, {cell.name for cell, _ in misread})
    return Seen(
        report.source_file,
        len(cells),
        tuple(lost),
        (
            *(
                f"{cell.name}: published {cell.published}, the picture reads {text or 'nothing'!r}"
                for cell, text in misread
            ),
            *(f"{cell.name}: published {cell.published}, a line runs through it" for cell in struck),
        ),
        tuple(
            f"{cell.name}: published {cell.published}, its box shows no ink"
            for cell, _, marks in inked
            if cell.published is not None and not marks
        ),
        tuple(
            f"{cell.name}: NULL, its box shows ink"
            for cell, _, marks in inked
            if cell.published is None and marks and not cell.printed.strip()
        ),
        tuple(sorted(problem.code for problem in report.problems if problem.code not in NOT_TELLING)),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 if nothing differs untold, 1 if something does, 2 if a file could not be looked at."""
    parser = argparse.ArgumentParser(prog="eye.py", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="one JSON object a report")
    options = parser.parse_args(arguments)
    untold = failed = 0
    for path in options.files:
        try:
            for seen in look(path):
                untold += seen.untold
                _print(seen, as_json=options.json)
        except (ReadError, OSError, subprocess.SubprocessError) as error:
            failed += 1
            print(f"{path}: cannot be looked at: {error}", file=sys.stderr)
    return 2 if failed else int(untold > 0)


def _print(seen: Seen, as_json: bool) -> None:
    if as_json:
        names = ("file", "cells", "not_located", "differing", "without_ink", "ink_in_null", "told", "untold")
        print(json.dumps({name: getattr(seen, name) for name in names}, ensure_ascii=False))
        return
    print(f"{seen.file}: {seen.cells} cells looked at, {len(seen.not_located)} rows not located, {seen.untold} untold")
    for title, lines in (
        ("differs", seen.differing),
        ("no ink", seen.without_ink),
        ("ink in NULL", seen.ink_in_null),
        ("not located", seen.not_located),
    ):
        for line in lines[:MOST_LINES]:
            print(f"  {title}: {line}")
        if len(lines) > MOST_LINES:
            print(f"  {title}: {len(lines) - MOST_LINES} more (--json lists all)")
    if seen.told:
        print(f"  problems tells: {', '.join(seen.told)}")


if __name__ == "__main__":
    sys.exit(main())
