"""Reports as Word files for tests: whole ones by python-docx, and packages written part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import docx

from .figures import Figures
from .grids import Placed, report_parts
from .office import convert
from .tables import Options

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def report_docx(figures: Figures, options: Options) -> bytes:
    """The report as Word writes it."""
    document = docx.Document()
    for part in report_parts(figures, options):
        if isinstance(part, str):
            document.add_paragraph(part)
        else:
            _add_table(document, part)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add_table(document: docx.document.Document, cells: Sequence[Placed]) -> None:
    height = max(cell.row + cell.rows for cell in cells)
    width = max(cell.column + cell.columns for cell in cells)
    table = document.add_table(height, width)
    places = [list(row.cells) for row in table.rows]
    for cell in cells:
        place = places[cell.row][cell.column]
        if cell.rows > 1 or cell.columns > 1:
            place = place.merge(places[cell.row + cell.rows - 1][cell.column + cell.columns - 1])
        place.text = cell.text


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            opened.writestr(name, content)
    return stream.getvalue()


def relationships(targets: Mapping[str, str]) -> str:
    """A part that names others: kind → target."""
    links = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items())
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'
    )


def body_docx(body: str, *, numbering: str = "", styles: str = "", others: Mapping[str, str] | None = None) -> bytes:
    """A Word file with this XML as its body, and as its numbering and styles."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": relationships({"officeDocument": "word/document.xml"}),
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relationships({"numbering": "numbering.xml", "styles": "/word/styles.xml"}),
    }
    if numbering:
        parts["word/numbering.xml"] = f"<w:numbering {_NAMESPACES}>{numbering}</w:numbering>"
    if styles:
        parts["word/styles.xml"] = f"<w:styles {_NAMESPACES}>{styles}</w:styles>"
    return package({**parts, **(others or {})})


def paragraph(*runs: str, properties: str = "") -> str:
    """A ``w:p`` of runs; a run that begins with ``<`` stands as it is, any other is text."""
    inner = "".join(run if run.startswith("<") else f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>' for run in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def cell(content: str, properties: str = "") -> str:
    """A ``w:tc`` of text, or of XML if it begins with ``<``."""
    inner = content if content.startswith("<") else paragraph(content)
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A ``w:tr``; cells that are no XML are text."""
    inner = "".join(content if content.startswith("<w:tc") else cell(content) for content in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inner}</w:tr>"


def table(*rows: str) -> str:
    """A ``w:tbl``."""
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def converted(office: str, data: bytes, folder: Path, source: str, target: str) -> bytes:
    """``data`` turned by LibreOffice from one format to another, both named by their suffix."""
    path = folder / f"source.{source}"
    path.write_bytes(data)
    (made,) = convert(office, [path], target, folder)
    return made.read_bytes()
