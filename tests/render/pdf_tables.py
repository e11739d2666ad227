"""Tables of placed cells printed on PDF pages by coordinates, as word processors set them: lines drawn or not.

Nothing here knows the reader: a table is rows as high as their cells need, columns of given widths, and text wrapped to
them, set to the top, the middle or the bottom.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .grids import Part, Placed
from .pdf import line, say, write_pdf

SHARE_ABOVE = {"top": 0.0, "middle": 0.5, "bottom": 1.0}
"""How much of the room that a cell's lines leave is above them."""

LEFT, RIGHT, TOP, BOTTOM = 60.0, 540.0, 60.0, 60.0
"""Margins of a page 600 points wide."""


@dataclass(frozen=True, slots=True)
class Style:
    """How tables are printed. ``borders``: none, horizontal, three (top, below the header, bottom) or full.

    ``set_to``: where in the height of a cell its lines are set: top, middle or bottom; ``centred``: and to the middle
    of its width. Sizes are in points:
    ``size`` of glyphs, ``padding`` around the text of a cell, ``height`` of a page.
    """

    borders: str
    set_to: str = "top"
    centred: bool = False
    size: float = 9
    padding: float = 4
    height: float = 900


def printed_report(parts: Sequence[Part], style: Style) -> bytes:
    """Paragraphs and tables one under the other, on as many pages as they need; no row is cut by a page end."""
    pages: list[list[str]] = [[]]
    y = style.height - TOP
    for part in parts:
        if isinstance(part, str):
            y -= 2 * style.size
            if y < BOTTOM:
                pages.append([])
                y = style.height - TOP - style.size
            pages[-1].append(say(LEFT, y, part, style.size))
            y -= style.size
        else:
            y = _print_table(part, style, pages, y - style.size)
    return write_pdf(pages, (RIGHT + LEFT, style.height))


def _print_table(cells: Sequence[Placed], style: Style, pages: list[list[str]], y: float) -> float:
    xs = _column_edges(cells)
    heights = _row_heights(cells, xs, style)
    header = min(cell.row for cell in cells if cell.text[:1].isdigit() and cell.column and "." not in cell.text[:2])
    tops: list[tuple[int, float]] = []
    for height in heights:
        if y - height < BOTTOM:
            pages.append([])
            y = style.height - TOP
        tops.append((len(pages) - 1, y))
        y -= height
    ends = [(page, top - height) for (page, top), height in zip(tops, heights, strict=True)]
    for cell in cells:
        page, top = tops[cell.row]
        last = max(row for row in range(cell.row, cell.row + cell.rows) if tops[row][0] == page)
        pages[page] += _cell(cell, (xs[cell.column], xs[cell.column + cell.columns]), (top, ends[last][1]), style)
        for row in (cell.row, cell.row + cell.rows):
            if _is_ruled(row, header, len(heights), style):
                number, at = tops[row] if row < len(tops) else ends[-1]
                pages[number].append(line(xs[cell.column], at, xs[cell.column + cell.columns], at))
        if style.borders == "full":
            pages[page] += [
                line(xs[at], top, xs[at], ends[last][1]) for at in (cell.column, cell.column + cell.columns)
            ]
    return y


def _is_ruled(row: int, header: int, rows: int, style: Style) -> bool:
    return style.borders in {"horizontal", "full"} or (style.borders == "three" and row in {0, header, rows})


def _column_edges(cells: Sequence[Placed]) -> list[float]:
    """Columns of labels wider than those of figures: section three has three of them, section four none."""
    columns = max(cell.column + cell.columns for cell in cells)
    shares = {10: [1.2, 1.6, 3.2, *[1.0] * 7], 4: [1.6, 1.0, 1.0, 1.0]}.get(columns, [1.0] * columns)
    edges = [LEFT]
    for share in shares:
        edges.append(edges[-1] + share * (RIGHT - LEFT) / sum(shares))
    return edges


def _row_heights(cells: Sequence[Placed], xs: Sequence[float], style: Style) -> list[float]:
    heights = [0.0] * max(cell.row + cell.rows for cell in cells)
    for cell in sorted(cells, key=lambda cell: cell.rows):
        need = len(_wrapped(cell, xs, style)) * _pitch(style) + 2 * style.padding
        rows = range(cell.row, cell.row + cell.rows)
        heights[rows[-1]] += max(0.0, need - sum(heights[row] for row in rows))
    return heights


def _pitch(style: Style) -> float:
    return 1.3 * style.size


def _wrapped(cell: Placed, xs: Sequence[float], style: Style) -> list[str]:
    room = xs[cell.column + cell.columns] - xs[cell.column] - 2 * style.padding
    return list(_lines(cell.text, room / style.size))


def _lines(text: str, room: float) -> Iterator[str]:
    """The text in lines of at most ``room`` em; figures are never cut."""
    if text.replace(".", "").isdigit():
        yield text
        return
    shown = ""
    for char in text:
        if shown and _width(shown + char) > room:
            yield shown
            shown = ""
        shown += char
    yield shown


def _width(text: str) -> float:
    """How wide a text is, in em."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def _cell(cell: Placed, sides: tuple[float, float], ends: tuple[float, float], style: Style) -> Iterator[str]:
    """The lines of a cell between its left and right side and its upper and lower end."""
    room = (sides[1] - sides[0] - 2 * style.padding) / style.size
    lines = list(_lines(cell.text, room))
    spare = ends[0] - ends[1] - 2 * style.padding - len(lines) * _pitch(style)
    y = ends[0] - style.padding - spare * SHARE_ABOVE[style.set_to]
    for text in lines:
        y -= _pitch(style)
        slack = (room - _width(text)) * style.size
        if text:
            yield say(
                sides[0] + style.padding + (slack / 2 if style.centred else 0), y + 0.3 * style.size, text, style.size
            )
