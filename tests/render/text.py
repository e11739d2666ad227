"""A report as plain text, one function a layout: how tables of web pages, Word files and PDFs reach us as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .figures import Figures
from .tables import Header, Options, Row, Table, application_table, disclosure_tables, review_table

WRAP_AT = 14
"""Glyphs of a label that a narrow PDF column holds on one line."""

ROWS_A_PAGE = 9
"""Rows of a table that stand on one page of a PDF."""


def report_text(figures: Figures, options: Options, table_text: Callable[[Table], str], gap: str = "\n\n") -> str:
    """A whole report: title, preamble, six sections, their tables written by ``table_text``; ``gap`` between parts."""
    year = figures.year

    def tables(*found: Table) -> str:
        return gap.join(table_text(table) for table in found)

    parts = (
        f"{figures.agency}{year}年政府信息公开工作年度报告",
        f"本报告按《条例》编成,数据统计期限为{year}年1月1日至{year}年12月31日。",
        "一、总体情况",
        options.overview,
        "二、主动公开政府信息情况",
        tables(*disclosure_tables(figures, options)),
        "三、收到和处理政府信息公开申请情况",
        tables(application_table(figures, options)),
        "四、政府信息公开行政复议、行政诉讼情况",
        tables(review_table(figures, options)),
        "五、存在的主要问题及改进情况",
        "人手偏少,来年加强培训。",
        "六、其他需要报告的事项",
        "没有别的事项。",
    )
    return gap.join(parts) + "\n"


def rows_with_new_labels(table: Table) -> Iterator[tuple[int, Row]]:
    """Each row, and how many of its labels are merged with the row above and not printed again."""
    above: tuple[str, ...] = ()
    for row in table.rows:
        merged = next((at for at, label in enumerate(row.labels) if above[at : at + 1] != (label,)), len(row.labels))
        yield merged, row
        above = row.labels


def row_cells(table: Table) -> Iterator[tuple[str, ...]]:
    """The cells that each row prints: labels that are not merged, then values; a dropped blank is no cell."""
    for merged, row in rows_with_new_labels(table):
        yield (*row.labels[merged:], *(value for value in row.values if value is not None))


def header_labels(row: tuple[Header, ...]) -> tuple[str, ...]:
    """A header row's words; lost cells left out."""
    return tuple(header.label for header in row if header.label)


def _joined(label: str) -> str:
    return label.replace("\n", " ")


def lines_between_blanks(figures: Figures, options: Options) -> str:
    """One cell a line, blank lines between."""

    def table_text(table: Table) -> str:
        headers = (label for row in table.headers for label in header_labels(row))
        return "\n\n".join((*headers, *(cell for row in row_cells(table) for cell in row))).replace("\n", "\n\n")

    return report_text(figures, options, lambda table: table_text(table).replace("\n\n\n\n", "\n\n"))


def pipe_rows_with_fillers(figures: Figures, options: Options) -> str:
    """A row a line; a pipe more at its end for each cell that is merged: ``行政许可 | 0 | ||``."""

    def line(cells: tuple[str, ...], columns: int) -> str:
        return (" | ".join(map(_joined, cells)) + " | " + "|" * (columns - len(cells))).rstrip()

    def table_text(table: Table) -> str:
        columns = table.depth + table.width
        rows = (*(header_labels(row) for row in table.headers), *row_cells(table))
        return "\n".join(line(cells, columns) for cells in rows)

    return report_text(figures, options, table_text)


def one_cell_a_line_with_pipe(figures: Figures, options: Options) -> str:
    """One cell a line, each ending in a pipe; a lone pipe is an empty cell, two are filler for merged ones."""

    def lines(cells: tuple[str, ...], columns: int) -> Iterator[str]:
        yield from (f"{cell} |" if cell else "|" for cell in cells)
        if len(cells) < columns:
            yield "||"

    def table_text(table: Table) -> str:
        columns = table.depth + table.width
        rows = (*(header_labels(row) for row in table.headers), *row_cells(table))
        return "\n".join(line for cells in rows for line in lines(cells, columns))

    return report_text(figures, options, table_text)


def _compact(cells: tuple[str, ...]) -> str:
    return "".join(f"{_joined(cell)} | " if cell else "| " for cell in cells).rstrip()


def compact_pipe_rows(figures: Figures, options: Options) -> str:
    """A row a line, a pipe behind each cell: ``规章 | 0 | 0 | 0 |``."""

    def table_text(table: Table) -> str:
        rows = (*(header_labels(row) for row in table.headers), *row_cells(table))
        return "\n".join(_compact(cells) for cells in rows)

    return report_text(figures, options, table_text)


def compact_pipe_rows_with_leading_pipe(figures: Figures, options: Options) -> str:
    """A row a line, pipes at both ends: ``| 规章 | 0 | 0 | 0 |``."""

    def table_text(table: Table) -> str:
        rows = (*(header_labels(row) for row in table.headers), *row_cells(table))
        return "\n".join(f"| {_compact(cells)}" for cells in rows)

    return report_text(figures, options, table_text)


def compact_pipe_rows_below_labels(figures: Figures, options: Options) -> str:
    """Labels on lines of their own, the values below: ``| 0 | | | | | | 0 |``."""

    def table_text(table: Table) -> str:
        lines = [f"| {_compact(header_labels(row))}" for row in table.headers]
        for merged, row in rows_with_new_labels(table):
            lines.extend(row.labels[merged:])
            lines.append(f"| {_compact(tuple(value for value in row.values if value is not None))}")
        return "\n".join(lines)

    return report_text(figures, options, table_text)


def pipes_with_line_breaks(figures: Figures, options: Options) -> str:
    """Line feeds between pipes and cells: ``| ⏎ 规章 | ⏎ 0 |``."""

    def table_text(table: Table) -> str:
        rows = (*(header_labels(row) for row in table.headers), *row_cells(table))
        return "\n".join("| \n" + " | \n".join(cells) + " |" for cells in rows)

    return report_text(figures, options, table_text)


def markdown_rows(figures: Figures, options: Options) -> str:
    """A Markdown table: every row has all columns, merged cells are empty."""

    def line(cells: list[str]) -> str:
        return "| " + " | ".join(map(_joined, cells)) + " |"

    def table_text(table: Table) -> str:
        columns = table.depth + table.width
        lines: list[str] = []
        for headers in table.headers:
            cells = [""] * columns
            for header in headers:
                cells[header.column] = header.label
            lines.append(line(cells))
        lines.insert(1, line(["---"] * columns))
        for merged, row in rows_with_new_labels(table):
            labels = ["" if at < merged else label for at, label in enumerate(row.labels)]
            lines.append(line([*labels, *[""] * (table.depth - len(labels)), *(value or "" for value in row.values)]))
        return "\n".join(lines)

    return report_text(figures, options, table_text)


def tab_indented(figures: Figures, options: Options) -> str:
    """A tab before each cell, a blank line behind each row; a lone tab is a merged or an empty cell.

    A line without tab goes on with the cell above: ``⇥本年新`` / ``制作数量``.
    """

    def table_text(table: Table) -> str:
        rows = [[*[""] * row[0].column, *(header.label for header in row)] for row in table.headers]
        for merged, row in rows_with_new_labels(table):
            labels = ["" if at < merged else label for at, label in enumerate(row.labels)]
            rows.append([*labels, *(value for value in row.values if value is not None)])
        return "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in rows) + "\n\n"

    return report_text(figures, options, table_text, gap="\n")


def _wrapped(label: str, values: str) -> Iterator[str]:
    """A row of a PDF: a long label stands on several lines, its values in the middle of them."""
    parts = [label[at : at + WRAP_AT] for at in range(0, len(label), WRAP_AT)] or [""]
    if len(parts) % 2:
        parts[len(parts) // 2] = f"{parts[len(parts) // 2]} {values}".strip()
    else:
        parts.insert(len(parts) // 2, values)
    yield from parts


def _glyphs_across(labels: tuple[str, ...]) -> Iterator[str]:
    """Headers that stand upright beside each other, as a PDF's lines read them: ``结 结 其 尚`` / ``果 果 他 未``."""
    height = max(len(label) for label in labels)
    tops = [(height - len(label)) // 2 for label in labels]
    for line in range(height):
        glyphs = [label[line - top] for label, top in zip(labels, tops, strict=True) if top <= line < top + len(label)]
        yield " ".join(glyphs)


def _pdf_header_lines(table: Table) -> Iterator[str]:
    for row in table.headers:
        labels = header_labels(row)
        if table.depth == 0 and len(labels) > 2:
            yield from _glyphs_across(tuple(label.replace("\n", "").replace(" ", "") for label in labels))
            continue
        cells = [label.split("\n") for label in labels]
        yield " ".join(cell[0] for cell in cells)
        if any(len(cell) > 1 for cell in cells):
            yield " ".join(cell[1] for cell in cells if len(cell) > 1)


def pdf_page_text(figures: Figures, options: Options) -> str:
    """Text of PDF pages: label and values on a line, long labels wrapped round their values, page marks between."""

    def table_text(table: Table) -> str:
        lines = list(_pdf_header_lines(table))
        for at, (merged, row) in enumerate(rows_with_new_labels(table), start=1):
            *groups, label = row.labels[merged:] or ("",)
            lines.extend(groups)
            lines.extend(_wrapped(label, " ".join(value for value in row.values if value is not None)))
            if at % ROWS_A_PAGE == 0:
                lines.append(f"- {3 + at // ROWS_A_PAGE} -")
        return "\n".join(lines)

    return report_text(figures, options, table_text, gap="\n")
