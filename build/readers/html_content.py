"""The report within a web page: which blocks of the page are it, without a rule for any one site.

The report is the smallest element that holds its title, its section headings and its statutory tables, widened by
lines next to it that tell its number, source or date, or go on with its prose. In doubt more is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .. import forms
from ..document import GridCell

LINES_ABOVE = 40
LINES_BELOW = 15
"""How far from the report lines that belong to it are looked for."""

LONGEST_TITLE = 80
LONGEST_HEADING = 50
LONGEST_DETAIL = 200
SHORTEST_PROSE = 30
LINKS_IN_A_LIST = 3
"""So many linked lines on end are a list of other pages."""

_TITLE = re.compile(r"(?:信息|資訊|资讯|政务|政務|政府).*(?:年度报告|年度報告|工作报告|工作報告|年报|年報)", re.S)
HEADING_WORDS = tuple(words for section in forms.SECTIONS for words in section.on_pages)
FEWEST_TABLE_WORDS = 2
_NUMBERED = re.compile(r"\s*[一二三四五六]\s*、")
_DETAIL = re.compile(
    r"索\s*引\s*[号號]|[发發][布佈文](?:日期|时间|時間|机构|機構|机关|機關|字号|字號|单位|單位|人)|公[开開](?:日期|时间|時間|形式|目[录錄])"
    r"|成文日期|生成日期|[来來]\s*源|文\s*[号號]|主\s*[题題]|作者|[日时時][期间間]\s*[:：]|统计期限|[联聯]系"
)


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the page, or (``cells`` is not None) a grid. ``linked``: its words are those of links."""

    text: str
    cells: tuple[GridCell, ...] | None = None
    linked: bool = False


Extent = tuple[int, int]
"""The blocks that an element holds: the first, and the one behind the last."""


def report_blocks(blocks: Sequence[Block], extents: Sequence[Extent]) -> list[Block]:
    """Those of ``blocks`` that are the report, in order. ``extents`` are those of all elements, inner ones first."""
    start, end = _report_extent(blocks, extents)
    return _without_link_lists(blocks[start:end])


def _report_extent(blocks: Sequence[Block], extents: Sequence[Extent]) -> Extent:
    core = [number for number, block in enumerate(blocks) if _is_heading(block) or _is_statutory(block)]
    if len(core) < 2:
        return 0, len(blocks)
    first, last = _from_title(blocks, core[0]), core[-1]
    around = [extent for extent in extents if extent[0] <= first and last < extent[1]]
    start, end = min(around, key=lambda extent: extent[1] - extent[0], default=(0, len(blocks)))
    return _widened(blocks, start, end)


def _from_title(blocks: Sequence[Block], first: int) -> int:
    """The title nearest above the first heading; the heading where there is none."""
    above = range(first - 1, max(-1, first - LINES_ABOVE), -1)
    return next((number for number in above if _is_title(blocks[number])), first)


def _widened(blocks: Sequence[Block], start: int, end: int) -> Extent:
    above = range(max(0, start - LINES_ABOVE), start)
    below = range(min(len(blocks), end + LINES_BELOW) - 1, end - 1, -1)
    start = next((number for number in above if _is_title(blocks[number]) or _is_detail(blocks[number])), start)
    end = next((number + 1 for number in below if _is_prose(blocks[number]) or blocks[number].cells), end)
    return start, end


def parted(cells: tuple[GridCell, ...]) -> Iterator[str | tuple[GridCell, ...]]:
    """A grid that holds section titles, as pages do that are one table throughout, cut at these and at its prose.

    Titles and prose are rows of one cell that no other cell reaches into. Any other grid stays whole.
    """
    if not _holds_section_title(cells):
        yield cells
        return
    rows: dict[int, list[GridCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    reached = 0
    part: list[GridCell] = []
    for row, held in rows.items():
        text = held[0].text
        if len(held) == 1 and row >= reached and ("。" in text or _is_section_title(text)):
            yield from _own_grid(part)
            part = []
            yield text
        else:
            part += held
        reached = max(reached, *(row + cell.row_span for cell in held))
    yield from _own_grid(part)


def _own_grid(part: Sequence[GridCell]) -> Iterator[tuple[GridCell, ...]]:
    """The rows of ``part`` counted from 0; nothing where there are none."""
    if part:
        first = part[0].row
        yield tuple(cell._replace(row=cell.row - first) for cell in part) if first else tuple(part)


def _holds_section_title(cells: Sequence[GridCell]) -> bool:
    text = "\n".join([cell.text for cell in cells])
    return any(word in text for word in HEADING_WORDS) and any(_is_section_title(cell.text) for cell in cells)


def _is_section_title(text: str) -> bool:
    return len(text) <= LONGEST_HEADING and bool(_NUMBERED.match(text)) and any(word in text for word in HEADING_WORDS)


def _is_title(block: Block) -> bool:
    return (
        not block.linked
        and block.cells is None
        and len(block.text) <= LONGEST_TITLE
        and bool(_TITLE.search(block.text))
    )


def _is_heading(block: Block) -> bool:
    return (
        not block.linked
        and block.cells is None
        and len(block.text) <= LONGEST_HEADING
        and any(word in block.text for word in HEADING_WORDS)
    )


def _is_statutory(block: Block) -> bool:
    if block.cells is None:
        return False
    text = "\n".join(cell.text for cell in block.cells if cell.text)
    return sum(word in text for word in forms.TABLE_WORDS) >= FEWEST_TABLE_WORDS


def _is_detail(block: Block) -> bool:
    """A line, or a small table, with the document's number, source or date."""
    if block.linked:
        return False
    text = block.text if block.cells is None else "".join(cell.text for cell in block.cells)
    return len(text) <= LONGEST_DETAIL and bool(_DETAIL.search(text))


def _is_prose(block: Block) -> bool:
    return not block.linked and block.cells is None and len(block.text) >= SHORTEST_PROSE and "。" in block.text


def _without_link_lists(blocks: Sequence[Block]) -> list[Block]:
    """``blocks`` without runs of lines that are nothing but links."""
    kept: list[Block] = []
    run: list[Block] = []
    for block in [*blocks, Block("")]:
        if block.linked:
            run.append(block)
            continue
        kept += run if len(run) < LINKS_IN_A_LIST else []
        kept.append(block)
        run = []
    return kept[:-1]
