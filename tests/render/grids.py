"""The statutory tables as merged cells in places, for formats that state rows and columns (Word, spreadsheets)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .figures import Figures
from .tables import Header, Options, Table, application_table, disclosure_tables, review_table

Matrix = list[list[str | None]]


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell at its upper left place, covering ``rows`` × ``columns`` places."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


Part = str | list[Placed]
"""A paragraph, or a table."""


def report_parts(figures: Figures, options: Options) -> list[Part]:
    """A report in short: title, section titles, and all its tables."""
    return [
        f"{figures.agency}{figures.year}年政府信息公开工作年度报告",
        "一、总体情况",
        options.overview,
        "二、主动公开政府信息情况",
        *(placed_cells(table) for table in disclosure_tables(figures, options)),
        "三、收到和处理政府信息公开申请情况",
        placed_cells(application_table(figures, options)),
        "四、政府信息公开行政复议、行政诉讼情况",
        placed_cells(review_table(figures, options)),
        "五、存在的主要问题及改进情况",
    ]


def matrix(cells: Sequence[Placed]) -> Matrix:
    """Rows × columns of texts; a merged cell's text in every place it covers, None where no cell is."""
    height = max(cell.row + cell.rows for cell in cells)
    width = max(cell.column + cell.columns for cell in cells)
    places: Matrix = [[None] * width for _ in range(height)]
    for cell in cells:
        for row in range(cell.row, cell.row + cell.rows):
            places[row][cell.column : cell.column + cell.columns] = [cell.text] * cell.columns
    return places


def placed_cells(table: Table) -> list[Placed]:
    """Header, labels and values of a table, merged as in the form. No blank may have been dropped."""
    top = len(table.headers)
    return _headers(table) + [
        cell
        for number in range(len(table.rows))
        for cell in (*_labels(table, number, top), *_values(table, number, top))
    ]


def _headers(table: Table) -> list[Placed]:
    width = table.depth + table.width
    cells: list[Placed] = []
    for row, headers in enumerate(table.headers):
        for at, header in enumerate(headers):
            following = headers[at + 1].column if at + 1 < len(headers) else width
            end = min([following, *_ends_above(cells, header.column)])
            rows = _rows_down(table.headers[row + 1 :], header.column, end)
            cells.append(Placed(header.label, row, header.column, rows, end - header.column))
    return cells


def _ends_above(cells: list[Placed], column: int) -> list[int]:
    above = [cell for cell in cells if cell.column <= column < cell.column + cell.columns]
    return [above[-1].column + above[-1].columns] if above else []


def _rows_down(below: Sequence[Sequence[Header]], first: int, end: int) -> int:
    """A header cell reaches down to the next row that begins a cell under it."""
    for rows, headers in enumerate(below, start=1):
        if any(first <= header.column < end for header in headers):
            return rows
    return len(below) + 1


def _labels(table: Table, number: int, top: int) -> list[Placed]:
    row = table.rows[number]
    cells = []
    for level, label in enumerate(row.labels):
        head = row.labels[: level + 1]
        if number and table.rows[number - 1].labels[: level + 1] == head and level + 1 < len(row.labels):
            continue
        below = table.rows[number + 1 :]
        same = next((at for at, other in enumerate(below) if other.labels[: level + 1] != head), len(below))
        last = level + 1 == len(row.labels)
        columns = table.depth - level if last else 1
        cells.append(Placed(label, top + number, level, 1 if last else same + 1, columns))
    return cells


def _values(table: Table, number: int, top: int) -> list[Placed]:
    return [
        Placed(value or "", top + number, table.depth + column)
        for column, value in enumerate(table.rows[number].values)
    ]
