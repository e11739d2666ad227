"""Reports as spreadsheets for tests: .xlsx by openpyxl, .csv, .ods written as XML; LibreOffice turns them into .xls."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import count
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from .figures import Figures
from .grids import Matrix, Part, Placed, report_parts
from .tables import Options
from .word import package

_ODS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMESPACES = " ".join(f'xmlns:{name}="{_ODS}:{name}:1.0"' for name in ("office", "table", "text", "style"))


def report_cells(figures: Figures, options: Options) -> list[Placed]:
    """The report on one sheet: a paragraph a row, its tables below each other with a row free between them."""
    cells: list[Placed] = []
    top = 0
    for part in report_parts(figures, options):
        cells.extend(_moved(part, top))
        top = max(cell.row + cell.rows for cell in cells) + (0 if isinstance(part, str) else 1)
    return cells


def _moved(part: Part, down: int) -> list[Placed]:
    if isinstance(part, str):
        return [Placed(part, down, 0)]
    return [Placed(cell.text, cell.row + down, cell.column, cell.rows, cell.columns) for cell in part]


def filled(matrix: Matrix) -> list[list[str]]:
    """The matrix with empty cells where no cell was placed, as sheets have them, without those at its end."""
    rows = [[text or "" for text in row] for row in matrix]
    width = max(number + 1 for row in rows for number, text in enumerate(row) if text)
    return [row[:width] for row in rows]


def sheet_xlsx(cells: Sequence[Placed], name: str = "Sheet1") -> bytes:
    """A workbook of one sheet; plain figures are stored as numbers."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    for cell in cells:
        _write(sheet, cell)
    return saved(book)


def _write(sheet: Worksheet, cell: Placed) -> None:
    number = cell.text.isascii() and cell.text.isdecimal()
    sheet.cell(cell.row + 1, cell.column + 1, int(cell.text) if number else cell.text)
    if cell.rows > 1 or cell.columns > 1:
        sheet.merge_cells(
            start_row=cell.row + 1,
            end_row=cell.row + cell.rows,
            start_column=cell.column + 1,
            end_column=cell.column + cell.columns,
        )


def saved(book: openpyxl.Workbook) -> bytes:
    """The workbook's bytes."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def corners(cells: Sequence[Placed]) -> list[list[str]]:
    """Rows × columns with a merged cell's text in its first place only, as CSV keeps it."""
    height = max(cell.row + cell.rows for cell in cells)
    width = max(cell.column + cell.columns for cell in cells)
    places = [[""] * width for _ in range(height)]
    for cell in cells:
        places[cell.row][cell.column] = cell.text
    return places


def sheet_csv(cells: Sequence[Placed], delimiter: str = ",") -> str:
    """The sheet as separated values."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(corners(cells))
    return stream.getvalue()


def sheet_ods(cells: Sequence[Placed], name: str = "Sheet1") -> bytes:
    """The sheet as OpenDocument: covered cells, runs of empty cells stored once."""
    return ods(f'<table:table table:name="{name}">{"".join(_ods_rows(cells))}</table:table>')


def ods(tables: str, styles: str = "") -> bytes:
    """An .ods file with this XML as its tables and automatic styles."""
    content = (
        f"<office:document-content {_NAMESPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return package({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def _ods_rows(cells: Sequence[Placed]) -> list[str]:
    covered = {
        (row, column)
        for cell in cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }
    begins = {(cell.row, cell.column): cell for cell in cells}
    height, width = max(row for row, _ in covered) + 1, max(column for _, column in covered) + 1
    rows = []
    for row in range(height):
        written = []
        columns = count()
        while (column := next(columns)) < width:
            if (row, column) in begins:
                written.append(_ods_cell(begins[row, column]))
            elif (row, column) in covered:
                written.append("<table:covered-table-cell/>")
            else:
                empty = next((at for at in range(column, width) if (row, at) in covered), width) - column
                written.append(f'<table:table-cell table:number-columns-repeated="{empty}"/>')
                columns = count(column + empty)
        rows.append(f"<table:table-row>{''.join(written)}</table:table-row>")
    return rows


def _ods_cell(cell: Placed) -> str:
    spans = f'table:number-rows-spanned="{cell.rows}" table:number-columns-spanned="{cell.columns}"'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.text.split("\n"))
    return f"<table:table-cell {spans}>{lines if cell.text else ''}</table:table-cell>"
