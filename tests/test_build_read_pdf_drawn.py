"""Tables of PDF pages drawn with letters, and what is read of them: of lines alone, and of words in their places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from build.document import GridCell, unread
from build.readers.pdf_aligned import Stretch, stretches
from build.readers.pdf_lines import Line, is_wide, lines_of
from build.readers.pdf_page import Page
from build.readers.pdf_places import Ruling, Run
from build.readers.pdf_tables import Table, continued, grid_cells, tables_of

DRAWINGS = Path(__file__).parent / "data" / "drawings"
EM = 10.0
ACROSS, DOWN = EM / 2, 0.6 * EM
"""A letter is half an em wide, a Chinese character one; a line of a drawing stands 0.6 em below the one above."""
ACROSS_THE_PAGE = re.compile(r"[-+]*--[-+]*")
PAGE_END, BECOMES = "~", "=>"
LEFT, ABOVE = "<", "^"
MOST_PLACES = 1000


class Drawing(NamedTuple):
    """A drawing of pages, and what is read of them, a line a row, its cells parted by ``|``."""

    name: str
    pages: Sequence[Sequence[str]]
    read: Sequence[str]


def drawings_in(name: str) -> list[Drawing]:
    """The drawings of a file: each begins with its name after a #, and its reading stands behind ``=>``."""
    text = (DRAWINGS / name).read_text(encoding="utf-8")
    found = []
    for part in re.split(r"^# ", text, flags=re.MULTILINE)[1:]:
        title, *lines = part.rstrip("\n").split("\n")
        at = lines.index(BECOMES)
        pages = [list(page) for is_end, page in groupby(lines[:at], lambda line: line == PAGE_END) if not is_end]
        found.append(Drawing(title, pages, [line.strip() for line in lines[at + 1 :] if line.strip()]))
    return found


def placed(line: str) -> Iterator[tuple[int, str, float, float]]:
    """Every character that is no blank, with its number, its left and its right end."""
    x = 0.0
    for at, character in enumerate(line):
        width = 2 * ACROSS if is_wide(character) else ACROSS
        if character != " ":
            yield at, character, x, x + width
        x += width


def page_of(lines: Sequence[str]) -> Page:
    """A page as drawn: ``--`` is a line across, ``|`` a piece of one downwards, ``+`` where they meet."""
    runs: list[Run] = []
    across: list[Ruling] = []
    down: dict[float, list[tuple[float, float]]] = {}
    for number, line in enumerate(lines):
        y = number * DOWN
        ruled = {at for found in ACROSS_THE_PAGE.finditer(line) for at in range(*found.span())}
        pieces: list[tuple[str, float, float]] = []
        rules: list[tuple[float, float]] = []
        for at, character, x0, x1 in placed(line):
            middle = (x0 + x1) / 2
            if character in "|+":
                down.setdefault(middle, []).append((y - DOWN / 2, y + DOWN / 2))
            if at in ruled:
                rules.append((middle, middle) if character == "+" else (x0 - ACROSS / 2, x1 + ACROSS / 2))
            elif character not in "|+":
                pieces.append((character, x0, x1))
        across += [Ruling(y, start, end) for start, end in joined(rules)]
        words = ["".join(each for each, left, _ in pieces if x0 <= left < x1) for x0, x1 in joined(pieces)]
        for text, (x0, x1) in zip(words, joined(pieces), strict=True):
            runs.append(Run(text, x0, y - EM / 2, x1, y + EM / 2, text != words[0]))
    return Page(600, 800, tuple(runs), tuple(across), tuple(downwards(down)), "", False, False, 0, 0)


def joined(places: Sequence[tuple[Any, ...]]) -> list[tuple[float, float]]:
    """Places (their last two values) from left to right, those that touch as one."""
    found: list[tuple[float, float]] = []
    for *_, start, end in places:
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def downwards(pieces: Mapping[float, Sequence[tuple[float, float]]]) -> Iterator[Ruling]:
    """Lines downwards of pieces that touch; a line ends in the middle of the first and last of its drawing's lines."""
    for x, found in sorted(pieces.items()):
        for start, end in joined(found):
            yield Ruling(x, start + DOWN / 2, end - DOWN / 2)


def rows_of(cells: Sequence[GridCell]) -> list[str]:
    """A grid a line a row: a cell that goes on to the right as ``<``, one that goes on below as ``^``."""
    width = max(cell.column + cell.column_span for cell in cells)
    rows = [["?"] * width for _ in range(max(cell.row + cell.row_span for cell in cells))]
    for cell in cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                rows[row][column] = cell.text if row == cell.row and column == cell.column else LEFT
                if row > cell.row:
                    rows[row][column] = ABOVE
    return [" | ".join(row).strip() for row in rows]


def read_as_lines(drawing: Drawing) -> list[str]:
    """What is read where no lines part columns: a row of a table a line, other lines behind a colon.

    Between tables one right behind the other stands ``--``. No word is lost or read twice.
    """
    pages = [page_of(lines) for lines in drawing.pages]
    lines = [line for number, page in enumerate(pages) for line in lines_of(page.runs, number)]
    found = list(stretches(lines, {number: page.horizontals for number, page in enumerate(pages)}))
    assert all(stretch.lines for stretch in found)
    assert glyphs(line for stretch in found for line in stretch.lines) == glyphs(lines)
    parted = [not last.cells or not stretch.cells for last, stretch in pairwise([Stretch(()), *found])]
    return [row for apart, stretch in zip(parted, found, strict=True) for row in ["--"] * (not apart) + shown(stretch)]


def glyphs(lines: Iterable[Line]) -> Counter[str]:
    """How often each glyph stands on lines."""
    return Counter(glyph for line in lines for glyph in line.text if not glyph.isspace())


def shown(stretch: Stretch) -> list[str]:
    if stretch.cells:
        return rows_of(stretch.cells)
    return [": " + " | ".join(segment.text for segment in line.segments) for line in stretch.lines]


def read_as_ruled(drawing: Drawing) -> list[str]:
    """What is read where lines enclose cells: a table's rows, tables parted by ``--``, words outside behind a colon."""
    tables: list[Table] = []
    outside: list[str] = []
    for number, lines in enumerate(drawing.pages):
        found, runs, _ = tables_of(page_of(lines), number, MOST_PLACES)
        outside += [": " + " | ".join(segment.text for segment in line.segments) for line in lines_of(runs, number)]
        for table in found:
            whole = continued(tables[-1], table) if tables and tables[-1].last_page < number else None
            tables[len(tables) - (whole is not None) :] = [whole or table]
    parts = [rows_of(grid_cells(table)) for table in tables]
    return [*(line for number, part in enumerate(parts) for line in (["--"] if number else []) + part), *outside]


@pytest.mark.parametrize("drawing", drawings_in("lines.txt"), ids=lambda drawing: drawing.name)
def test_words_in_their_places_are_read_as_a_person_sees_them(drawing: Drawing) -> None:
    assert read_as_lines(drawing) == drawing.read


@pytest.mark.parametrize("drawing", drawings_in("ruled.txt"), ids=lambda drawing: drawing.name)
def test_cells_that_lines_enclose_are_read_as_a_person_sees_them(drawing: Drawing) -> None:
    assert read_as_ruled(drawing) == drawing.read


# Words on one line -----------------------------------------------------------------------------------------------

SPACED = " "
"""Behind a word: white space stands before it in the file."""

ON_A_LINE: list[tuple[Sequence[tuple[str, float]], str]] = [
    ([("年", 0), ("报", 0.7)], "年报"),
    ([("年", 0), ("报", 0.9)], "年 报"),
    ([("年", 0), ("报", 1.3)], "年|报"),
    ([("AB", 0), ("CD", 0.3)], "ABCD"),
    ([("AB", 0), ("CD", 0.5)], "AB CD"),
    ([("年", 0), ("5", 0.3)], "年5"),
    ([("年", 0), ("A5", 0.5)], "年 A5"),
    ([("5A", 0), ("年", 0.5)], "5A 年"),
    ([("AB", 0), ("CD" + SPACED, 0.05)], "ABCD"),
    ([("AB", 0), ("CD" + SPACED, 0.1)], "AB CD"),
    ([("年", 0), ("报" + SPACED, 0.1)], "年 报"),
    ([("12", 0), ("34", 0.1)], "1234"),
    ([("12", 0), ("34", 0.5)], "12 34"),
    ([("12", 0), ("34", 0.7)], "12|34"),
    ([("甲1", 0), ("2乙", 0.7)], "甲1|2乙"),
    ([("1甲", 0), ("34", 1.1)], "1甲 34"),
    ([("34", 0), ("乙2", 1.1)], "34 乙2"),
    ([("34", 0), ("件", 1.3)], "34|件"),
    ([("甲", 0), ("乙", 0.9), ("丙", 0.9)], "甲 乙 丙"),
    ([("甲", 0), ("乙", 0.9), ("丙", 0.9), ("丁", 0.9)], "甲|乙|丙|丁"),
    ([("12", 0), ("34", -0.3)], "1234"),
    ([("12", 0), ("34", -0.5)], "12 34"),
    ([("甲1", 0), ("2乙", -0.5)], "甲1 2乙"),
    ([("1甲", 0), ("34", -0.5)], "1甲34"),
    ([("34", 0), ("乙2", -0.5)], "34乙2"),
    ([("12", 0), ("12", -0.9)], "12"),
    ([("12", 0), ("12", -0.8)], "12 12"),
    ([("12", 0), ("13", -0.9)], "12 13"),
    ([("甲", 0), ("甲", -0.8)], "甲"),
    ([("甲", 0), ("甲", -0.6)], "甲甲"),
]
"""Words, each with the gap in em that stands before it → the texts that are read, cells parted by ``|``."""


@pytest.mark.parametrize(("words", "read"), ON_A_LINE)
def test_gaps_between_words_are_read_as_a_person_sees_them(words: Sequence[tuple[str, float]], read: str) -> None:
    runs: list[Run] = []
    for word, gap in words:
        text = word.removesuffix(SPACED)
        x0 = (runs[-1].x1 if runs else 0.0) + gap * EM
        runs.append(Run(text, x0, 0.0, x0 + width_of(text), EM, word.endswith(SPACED)))
    (line,) = lines_of(runs)
    assert "|".join(segment.text for segment in line.segments) == read


def width_of(text: str) -> float:
    return sum(2 * ACROSS if is_wide(character) else ACROSS for character in text)


@pytest.mark.parametrize(
    ("text", "width", "sure"),
    [("123", 0.74, False), ("123", 0.76, True), ("1", 0.1, True), ("12", 0.1, False), ("A23", 0.1, True)],
)
def test_digits_that_lie_on_each_other_are_no_figure(text: str, width: float, sure: bool) -> None:
    figure = Run(text, 0.0, 0.0, width * EM, EM, False)
    for runs in ([figure], [Run("甲", -3 * EM, 0.0, -2 * EM, EM, False), figure]):
        (line,) = lines_of(runs)
        assert line.segments[-1].text == (text if sure else unread("不能确定"))


@pytest.mark.parametrize(
    ("places", "read"),
    [
        ([(0.4, 1)], ["甲乙"]),
        ([(0.6, 1)], ["甲", "乙"]),
        ([(0.9, 2)], ["甲乙"]),
        ([(1.1, 2)], ["甲", "乙"]),
        ([(0.4, 2), (1.2, 1)], ["甲乙丙"]),
        ([(0.4, 1), (0.6, 1)], ["甲乙", "丙"]),
    ],
)
def test_words_less_than_half_their_height_apart_stand_on_one_line(
    places: Sequence[tuple[float, int]], read: list[str]
) -> None:
    """``places``: by how many em the middle of a word lies below that of the first, and how many em it is high."""
    runs = [
        Run(word, 2 * EM * at, (lower - height / 2) * EM, 2 * EM * at + EM, (lower + height / 2) * EM, False)
        for at, (word, (lower, height)) in enumerate(zip("甲乙丙", [(0.0, 1), *places], strict=False))
    ]
    assert ["".join(line.text.split()) for line in lines_of(reversed(runs))] == read
