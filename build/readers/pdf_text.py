"""Printed lines → paragraphs; page marks and running heads left out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .pdf_lines import Line, first_word_width, glue

MARGIN = 0.14
"""Page marks and running heads stand within this share of the page's height from its upper or lower end."""
HEADER_REACH = 2.5
"""The header of a table, printed again on each page, reaches this many times as far down."""
SAME_HEIGHT = 2.0
"""A running head stands on every page at the same height, to this many points."""
INDENT = 1.2
"""A line that begins this many em to the right of the one before begins a paragraph."""
SLACK = 0.6
"""A line is full if the next line's first word and this many em would not have fitted behind it."""
NARROWEST = 0.66
"""Full lines of prose reach at least this far over the page."""
WIDER_PITCH = 1.3
"""Lines further apart than this many times the usual distance are parted by space between paragraphs."""

_MARK = re.compile(
    r"[-—–―_·~\s]*(?:第\s*)?(?P<number>\d{1,4})\s*(?:页)?(?:\s*[/,，]?\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–―_·~\s]*"
)
_CERTAIN_MARK = re.compile(r"[-—–―_·~]\s*\d{1,4}\s*[-—–―_·~]|.*[第页].*")
_HEADING = re.compile(
    r"[((]?[一二三四五六七八九十]{1,3}[))]?[、.．]|[((][一二三四五六七八九十]{1,3}[))]|第[一二三四五六七八九十]+[章节条部]"
)
_TABULAR = re.compile(r"(?:\s\d+){2}")


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of a page that stand in no ruled table. ``body``: y of the first and last thing on the page."""

    lines: tuple[Line, ...]
    height: float


def without_furniture(pages: Sequence[PageLines]) -> list[list[Line]]:
    """The lines of each page without page marks and running heads and feet."""
    edges = [_edge_lines(page) for page in pages]
    running = _running(edges)
    step = _numbering(edges)
    kept: list[list[Line]] = []
    for number, (page, outer) in enumerate(zip(pages, edges, strict=True)):
        left_out = {id(line) for line in outer if _is_furniture(line, number, running, step)}
        kept.append([line for line in page.lines if id(line) not in left_out])
    return kept


def _edge_lines(page: PageLines) -> list[Line]:
    low, high = MARGIN * page.height, (1 - MARGIN) * page.height
    head = HEADER_REACH * low
    return [line for line in page.lines if line.y1 < (head if len(line.segments) > 1 else low) or line.y0 > high]


def _running(edges: Sequence[list[Line]]) -> set[tuple[str, int]]:
    """Text and height of what stands alike on at least two pages and on half of all."""
    seen: Counter[tuple[str, int]] = Counter()
    for lines in edges:
        seen.update({(line.text, shelf) for line in lines for shelf in _shelves(line)})
    enough = max(2, len(edges) / 2)
    return {key for key, count in seen.items() if count >= enough and not _TABULAR.search(key[0])}


def _shelves(line: Line) -> tuple[int, int]:
    """The height in steps: a line belongs to its own and the next, so that lines on two sides of a step still meet."""
    step = int(line.y0 / SAME_HEIGHT)
    return step, step + 1


def _numbering(edges: Sequence[list[Line]]) -> int | None:
    """Page mark minus place of the page in the file, where at least two pages agree; None without page marks."""
    steps: Counter[int] = Counter()
    for number, lines in enumerate(edges):
        steps.update({mark - number for line in lines if (mark := _mark(line)) is not None})
    step, count = max(steps.items(), key=lambda item: (item[1], -abs(item[0])), default=(0, 0))
    return step if count > 1 or len(edges) == 1 == count == step else None


def _mark(line: Line) -> int | None:
    match = _MARK.fullmatch(line.text)
    return int(match["number"]) if match else None


def _is_furniture(line: Line, page: int, running: set[tuple[str, int]], step: int | None) -> bool:
    if any((line.text, shelf) in running for shelf in _shelves(line)):
        return True
    mark = _mark(line)
    if mark is None:
        return False
    return _CERTAIN_MARK.fullmatch(line.text) is not None or (step is not None and mark == page + step)


# Paragraphs ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Setting:
    """How the document's prose is set: its right margin on each page, and the usual distance of lines a glyph size."""

    right: dict[int, float]
    pitch: dict[int, float]


def setting_of(lines: Sequence[Line], width: float) -> Setting:
    """Margins and line distances as most lines have them. ``width``: of a page."""
    right: dict[int, float] = defaultdict(float)
    for line in lines:
        right[line.page] = max(right[line.page], line.x1)
    widest = max([NARROWEST * width, *right.values()])
    margins = {page: max(x1, widest * 0.98) if x1 > widest * 0.8 else widest for page, x1 in right.items()}
    pitches: dict[int, Counter[float]] = defaultdict(Counter)
    for before, line in pairwise(lines):
        if before.page == line.page and 0 < line.y0 - before.y0 < 4 * line.em:
            pitches[round(line.em)][round(line.y0 - before.y0)] += 1
    usual = {em: max(found.items(), key=lambda item: (item[1], -item[0]))[0] for em, found in pitches.items()}
    return Setting(margins, usual)


def paragraphs(lines: Sequence[Line], setting: Setting) -> list[str]:
    """Lines joined to paragraphs: a line goes on where the one before is full and nothing tells of a new paragraph."""
    found: list[str] = []
    before: Line | None = None
    start = 0.0
    for line in lines:
        if before is not None and _goes_on(before, line, start, setting):
            found[-1] += glue(found[-1], line.text) + line.text
        else:
            found.append(line.text)
            start = line.x0
        before = line
    return found


def _goes_on(before: Line, line: Line, start: float, setting: Setting) -> bool:
    em = max(before.em, line.em)
    room = setting.right.get(before.page, before.x1) - before.x1
    if len(line.segments) > 1 or len(before.segments) > 1 or abs(before.em - line.em) > 0.2 * em:
        return False
    if room > first_word_width(line.text, line.em) + SLACK * em or line.x0 > min(start, before.x0) + INDENT * em:
        return False
    return not _HEADING.match(line.text) and (before.page != line.page or not _is_apart(before, line, setting))


def _is_apart(before: Line, line: Line, setting: Setting) -> bool:
    usual = setting.pitch.get(round(line.em))
    return usual is not None and line.y0 - before.y0 > WIDER_PITCH * usual + 1
