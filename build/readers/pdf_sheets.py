"""A sheet on which several pages are printed → those pages, each in its own coordinates.

Programs that print two pages on one sheet draw each page as a whole (a form) beside the other. Read by places alone,
their lines would mix.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from .pdf_page import Page
from .pdf_places import Box, Ruling, Run

OVERLAP = 3.0
"""Pages side by side reach over each other by at most this many points (side bearings, rules on their edges)."""


def pages_of(sheet: Page) -> tuple[Page, ...]:
    """The pages on a sheet in reading order: rows from the top, each from the left; the sheet itself if it is one page.

    It is several only if everything printed lies within forms that stand apart, two of them with text at least.
    """
    boxes = [box for box in sheet.forms if any(_holds(box, run) for run in sheet.runs)]
    if len(boxes) < 2 or not _stand_apart(boxes) or any(_home(boxes, run) is None for run in sheet.runs):
        return (sheet,)
    rows = _rows(boxes)
    height = sheet.height / len(rows)
    return tuple(
        _page(sheet, box, (at * sheet.width / len(row), number * height), (sheet.width / len(row), height))
        for number, row in enumerate(rows)
        for at, box in enumerate(row)
    )


def _holds(box: Box, run: Run) -> bool:
    x, y = (run.x0 + run.x1) / 2, (run.y0 + run.y1) / 2
    return box[0] - OVERLAP <= x <= box[2] + OVERLAP and box[1] - OVERLAP <= y <= box[3] + OVERLAP


def _home(boxes: Sequence[Box], run: Run) -> Box | None:
    return next((box for box in boxes if _holds(box, run)), None)


def _stand_apart(boxes: Sequence[Box]) -> bool:
    return not any(
        _meet(first, second, 0) and _meet(first, second, 1)
        for number, first in enumerate(boxes)
        for second in boxes[number + 1 :]
    )


def _meet(first: Box, second: Box, axis: int) -> bool:
    """Whether two boxes share a stretch of an axis (0: across, 1: down)."""
    return min(first[axis + 2], second[axis + 2]) - max(first[axis], second[axis]) > OVERLAP


def _rows(boxes: Sequence[Box]) -> list[list[Box]]:
    """Boxes that stand beside one another, from left to right; rows from top to bottom."""
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: box[1]):
        if rows and any(_meet(box, other, 1) for other in rows[-1]):
            rows[-1].append(box)
        else:
            rows.append([box])
    return [sorted(row) for row in rows]


def _page(sheet: Page, box: Box, corner: tuple[float, float], size: tuple[float, float]) -> Page:
    x, y = corner
    runs = _runs_within(sheet.runs, box, corner)
    glyphs = sum(len(run.text) for run in runs)
    return replace(
        sheet,
        width=size[0],
        height=size[1],
        runs=runs,
        horizontals=_within(sheet.horizontals, (box[1], box[3]), (box[0], box[2]), _shift(y, x)),
        verticals=_within(sheet.verticals, (box[0], box[2]), (box[1], box[3]), _shift(x, y)),
        glyphs=glyphs,
        broken=sum(run.text.count("\ufffd") for run in runs),
        pictures=_runs_within(sheet.pictures, box, corner),
        forms=(),
    )


def _runs_within(runs: Sequence[Run], box: Box, corner: tuple[float, float]) -> tuple[Run, ...]:
    """The runs that stand in a page's box, in its own coordinates."""
    x, y = corner
    return tuple(
        run._replace(x0=run.x0 - x, x1=run.x1 - x, y0=run.y0 - y, y1=run.y1 - y) for run in runs if _holds(box, run)
    )


def _shift(across: float, along: float) -> Callable[[Ruling], Ruling]:
    return lambda ruling: Ruling(ruling.at - across, ruling.start - along, ruling.end - along)


def _within(
    rulings: Sequence[Ruling],
    across: tuple[float, float],
    along: tuple[float, float],
    moved: Callable[[Ruling], Ruling],
) -> tuple[Ruling, ...]:
    """The lines that lie in a page's box, in its own coordinates."""
    return tuple(
        moved(ruling)
        for ruling in rulings
        if across[0] - OVERLAP <= ruling.at <= across[1] + OVERLAP
        and along[0] - OVERLAP <= ruling.start
        and ruling.end <= along[1] + OVERLAP
    )
