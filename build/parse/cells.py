"""A document's blocks → one stream of cells, whatever the layout: the only place that knows layouts.

Text keeps no table structure of its own, so a line is cut by what separates its cells: pipes, tabs, or white space
before figures. Grids bring their rows and columns along. Layouts are those of LAYOUTS.md.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, count, groupby, pairwise, zip_longest
from typing import Any, NamedTuple

from ..document import Cell, Document, Grid, Paragraph
from ..text.fold import CACHE_SIZE, INVISIBLE
from .labels import is_glossed_label, is_row_label, may_go_on, meanings
from .section_titles import begins_anew
from .values import (
    BLANK_MARKS,
    TEXT,
    WAN_YUAN,
    Value,
    case_count,
    looks_like_value,
    printed_cell,
    read_value,
    says_nothing,
)

LONGEST_LABEL = 70
"""Characters that are no figures; a longer line is prose. The longest statutory label has 38."""

SHORTEST_PROSE = 20
"""Characters; no line that short is prose, whatever stops in it."""

FEWEST_COLUMNS, FEWEST_ROWS = 2, 2
"""Of a table of text whose rows all have the same number of cells, so that its columns are known."""

FEWEST_LABEL_COLUMNS = 2
"""In so many columns labels begin where groups of rows have a label of their own."""

MOST_CELLS_IN_ROW = 20
"""No row of the forms has more cells, labels included: a longer line holds several rows."""

SHORTEST_RULE = 3
"""Dashes; two alone are a blank cell."""

FEWEST_LONE_PIPES = 6
"""Lines that are a pipe and nothing else, where no pipe stands beside words: they part cells."""

FIGURES_IN_TABLE = 5
"""At least one word in so many is a figure where a table stands in one line."""

_BLANK_CELL = re.compile(r"[\s\u200b\ufeff]*[\u00a0\u3000][\s\u200b\ufeff]*")
_PAGE_MARK = re.compile(
    r"[-—–－―~·]+\s*\d{1,4}\s*[-—–－―~·]+|第\s*\d{1,4}\s*页([,，/\s]*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}\s*页?|"
    r"Page\s*\d{1,4}(?:\s*of\s*\d{1,4})?"
)
_BEGINS_PAGE_MARK, _ENDS_PAGE_MARK = frozenset("-—–－―~·第P"), frozenset("-—–－―~·页")
"""What stands there if no digit does; one begins only the mark of a page of several (3/12)."""
_SHORTEST_PAGE_MARK = 3
_RULE_LINE = re.compile(r"[|\s:：+]*[-─━=]{2,}[|\s:：+\-─━=]*")
_FILLER_END = re.compile(r"(?:\|\s+)?\|{2,}\s*$")
_TRAILING_FILLER = re.compile(r"[^|\s][^|\n]*\|\s*\|{2,}[ \t]*$")
_SPACED_PIPE = re.compile(r"[^|\s]\s+\||\|\s+[^|\s]")
_SPACE = re.compile(r"\s")
_WORD = re.compile(r"\S+")
_FIGURES = re.compile(r"[\s\d,，.+\-/|]+")
_BELONGS_TO_FIGURE = re.compile(
    r"[(（]?(万元|亿元|千元|元|件|项|个|条)[)）]?|[(（][^()（）]*[)）]?|[①-⑳\u00b9\u00b2\u00b3*※]+|\[\d{1,2}\]|注\d{1,2}"
)
_REMARK = re.compile(r"[(（]\s*(?:本列数据|备?注\s*[:：]|说明|单位)")
"""How a remark in brackets begins that speaks of the table, not of the figure before it."""
_GLOSSED_ROW = re.compile(r"(?P<label>.*[)）])(?P<figures>\s+[^()（）]*)")
_INSIDE_NUMBER = (",", "，", ".", "．")
_SEVERAL_NUMBERS = re.compile(r"\d[\d,.]*(?:\s*/\s*\d[\d,.]*|(?:\s+\d[\d,.]*)+)")
"""Numbers and nothing else in one cell, as where two cells ran together or blanks part a number's digits."""
_PART_OF_NUMBER = re.compile(r"[\d,，.．]+(?:[亿万千]?元|件)?")
_PIECE_AT_END = re.compile(r"[,，](?:\d{1,2}|\d{4,})\Z")
_SENTENCE = re.compile(r"[。;；!！?？]")
_MARKDOWN = re.compile(r"\s*(?:#{1,6}[ \t]+)?(?P<bold>\*{2,3}|)(?P<words>[^*\s](?:.*[^*\s])?)(?P=bold)\s*")
"""A heading of Markdown, or words all in bold type."""

BOX_RULES = "│┃║｜"
"""What stands for a pipe in tables drawn with glyphs (text browsers, programs that read pictures)."""
_BOX_LINES = "─━┄┈═╌"
_BOX_CORNERS = "┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝╭╮╰╯┏┳┓┣╋┫┗┻┛╞╪╡╟╫╢"
_BOX_AS_TYPED = str.maketrans(
    BOX_RULES + _BOX_LINES + _BOX_CORNERS, "|" * len(BOX_RULES) + "-" * len(_BOX_LINES) + "+" * len(_BOX_CORNERS)
)


class PrintedCell(NamedTuple):
    """One cell of the stream. ``kind``: value, empty, text, or prose (a paragraph that can be no cell).

    ``text`` is the cell as printed, trimmed; ``start``/``end`` point at it. ``row`` tells which cells the document
    itself puts into one row (None where every line stands alone); ``grid`` and ``column`` are set in grids.
    ``piped``: typed signs part the cell from others, pipes or the tabs of a table. ``shared``: it is merged over rows
    that have labels of their own, so that what it counts is none of theirs. A number that a line break cuts, where
    nothing proves that it is one, is a value with a space in it: no figure, and still a cell.
    """

    kind: str
    text: str
    start: int
    end: int
    row: int | None = None
    grid: int | None = None
    column: int | None = None
    column_span: int = 1
    piped: bool = False
    shared: bool = False

    @property
    def value(self) -> Value:
        """What the cell says of its row."""
        return TEXT if self.shared else read_value(self.text)

    @property
    def cases(self) -> int | None:
        """The count of cases that the cell prints for its row; None for a blank and for all else."""
        return None if self.shared else case_count(self.text)

    @property
    def is_blank(self) -> bool:
        """Whether the cell says nothing."""
        return says_nothing(self.text)


_new_cell: Callable[[type[PrintedCell], tuple[Any, ...]], PrintedCell] = tuple.__new__
"""Makes a cell of all its fields in half the time: a report has hundreds."""


def read_cells(document: Document) -> list[PrintedCell]:
    """All cells of ``document`` in reading order."""
    rows, grids = count(), count()
    tokens: list[PrintedCell] = []
    lines: list[Paragraph] = []
    boxed = any(glyph in document.text for glyph in BOX_RULES)
    for block in document.blocks:
        if isinstance(block, Paragraph):
            lines.append(Paragraph(block.text.translate(_BOX_AS_TYPED), block.start) if boxed else block)
        else:
            tokens.extend(_read_lines(lines, rows, grids))
            lines = []
            tokens.extend(_read_grid(block, next(grids), rows))
    tokens.extend(_read_lines(lines, rows, grids))
    return tokens


def fillers_trail(text: str) -> bool:
    """Whether rows of ``text`` end in the filler of merged cells (``||``), so that a row begins behind its label."""
    return "||" in text and any(_TRAILING_FILLER.search(line) for line in text.split("\n") if "||" in line)


def _with_columns(tokens: list[PrintedCell], grids: Iterator[int]) -> list[PrintedCell]:
    """Rows of text that all have the same number of cells, as Markdown writes them, are a grid: columns are known."""
    found: list[PrintedCell] = []
    for width, table in groupby(_rows_of(tokens), key=len):
        rows = list(table)
        if width < FEWEST_COLUMNS or len(rows) < FEWEST_ROWS:
            found.extend(chain.from_iterable(rows))
            continue
        grid = next(grids)
        for row in rows:
            found.extend(
                [
                    _new_cell(PrintedCell, (kind, text, start, end, number, grid, column, 1, piped, False))
                    for column, (kind, text, start, end, number, _, _, _, piped, _) in enumerate(row)
                ]
            )
    return found


def _rows_of(tokens: Iterable[PrintedCell]) -> list[list[PrintedCell]]:
    """The cells between pipes row by row; every other cell is a row of its own."""
    rows: list[list[PrintedCell]] = []
    above: int | None = None
    for token in tokens:
        row = token.row if token.piped else None
        if row is not None and row == above:
            rows[-1].append(token)
        else:
            rows.append([token])
        above = row
    return rows


def _read_grid(grid: Grid, number: int, rows: Iterator[int]) -> Iterator[PrintedCell]:
    ids = [next(rows) for _ in range(grid.rows)]
    shared = _shared_by_rows(grid)
    for cell in grid.cells:
        printed = _grid_cell(cell, number, ids[cell.row])
        yield printed._replace(shared=True) if shared and cell in shared else printed


def _shared_by_rows(grid: Grid) -> frozenset[Cell]:
    """The cells with figures that reach down into rows with a label of their own: their figure is no single row's."""
    tall = [cell for cell in grid.cells if cell.row_span > 1 and read_value(printed_cell(cell.text)).kind == "number"]
    if not tall:
        return frozenset()
    labelled = {cell.row for cell in grid.cells if is_row_label(printed_cell(cell.text))}
    return frozenset(
        cell for cell in tall if any(row in labelled for row in range(cell.row + 1, cell.row + cell.row_span))
    )


def _grid_cell(cell: Cell, grid: int, row: int) -> PrintedCell:
    start, end = _trimmed(cell.text, cell.start)
    text = printed_cell(cell.text)
    return PrintedCell(_kind_in_borders(text), text, start, end, row, grid, cell.column, cell.column_span)


def _trimmed(text: str, start: int) -> tuple[int, int]:
    stripped = text.strip()
    if not stripped:
        return start, start + len(text)
    begin = start + text.index(stripped[0])
    return begin, begin + len(stripped)


@lru_cache(maxsize=CACHE_SIZE)
def _kind_of(text: str) -> str:
    if not text:
        return "empty"
    if looks_like_value(text):
        return "value"
    return "prose" if _is_prose(text) and not is_glossed_label(text) else "text"


def _kind_in_borders(text: str) -> str:
    """The kind of a cell that the document itself delimits: several numbers in it are no figure, and still its cell."""
    kind = _kind_of(text)
    return "value" if kind == "text" and _is_figures(text) else kind


def _is_figures(text: str) -> bool:
    """Whether a cell says what a cell of figures may say, or several numbers."""
    return looks_like_value(text) or _SEVERAL_NUMBERS.fullmatch(text) is not None


def _is_prose(text: str) -> bool:
    if len(text) <= SHORTEST_PROSE:
        return False
    return "。" in text[:-1] or (len(text) > LONGEST_LABEL and len(_FIGURES.sub("", text)) > LONGEST_LABEL)


# Lines of text ---------------------------------------------------------------------------------------------------


def _read_lines(lines: list[Paragraph], rows: Iterator[int], grids: Iterator[int]) -> Iterable[PrintedCell]:
    tables = _tables_in_tabs(lines)
    if not tables:
        return _read_free_lines(lines, rows, grids)
    tokens: list[PrintedCell] = []
    ends = 0
    for first, end in tables:
        tokens.extend(_read_free_lines(lines[ends:first], rows, grids))
        tokens.extend(_read_table_in_tabs(lines[first:end], rows, next(grids)))
        ends = end
    tokens.extend(_read_free_lines(lines[ends:], rows, grids))
    return tokens


def _tables_in_tabs(lines: Sequence[Paragraph]) -> list[tuple[int, int]]:
    """Where lines of cells between tabs begin and end whose columns are known, as pasted out of a spreadsheet."""
    if not any("\t" in line.text for line in lines):
        return []
    found = []
    at = 0
    for tabbed, run in groupby(lines, key=lambda line: "\t" in line.text):
        table = list(run)
        if tabbed and _keeps_columns([_cut(line.text, "\t") for line in table]):
            found.append((at, at + len(table)))
        at += len(table)
    return found


def _keeps_columns(rows: Sequence[Sequence[_Stretch]]) -> bool:
    """Whether a merged cell keeps a tab for each place that it covers, so that every cell stands in its column.

    Then some labels begin in another column than others, behind blanks below the label of a group; and no figure
    stands in a column of labels. Blanks at the end of a line may be lost: cells are counted from the left.
    """
    if any(len(row) > MOST_CELLS_IN_ROW or any(cell[0] == "prose" for cell in row) for row in rows):
        return False
    labels: list[list[int]] = []
    begins: list[int] = []
    for row in rows:
        kinds = [kind for kind, *_ in row]
        if "value" in kinds:
            begins.append(kinds.index("value"))
            labels.append([at for at, kind in enumerate(kinds[: begins[-1]]) if kind == "text"])
    if len({found[0] for found in labels if found}) < FEWEST_LABEL_COLUMNS:
        return False
    return max(found[-1] for found in labels if found) < min(begins)


def _read_table_in_tabs(lines: Sequence[Paragraph], rows: Iterator[int], grid: int) -> Iterator[PrintedCell]:
    """The cells of a table whose lines keep its columns; those at the end of a line that lost its blanks are blank."""
    cut = [_cut(line.text, "\t") for line in lines]
    width = max(map(len, cut))
    for line, cells in zip(lines, cut, strict=True):
        row = next(rows)
        lost = [("empty", "", len(line.text), len(line.text))] * (width - len(cells))
        for column, (kind, text, start, end) in enumerate((*cells, *lost)):
            yield PrintedCell(kind, text, line.start + start, line.start + end, row, grid, column, piped=True)


def _read_free_lines(lines: list[Paragraph], rows: Iterator[int], grids: Iterator[int]) -> Iterable[PrintedCell]:
    piped = [line.text for line in lines if "|" in line.text]
    closed = sum(text.rstrip().endswith("|") for text in piped)
    if len(piped) >= FEWEST_LONE_PIPES and all(text.strip() == "|" for text in piped):
        lines = _with_cells_closed(lines)
    pipes_close_cells = 2 * closed > len(piped)
    reader = _LineReader(rows, pipes_close_cells)
    for line, following in zip_longest(lines, lines[1:]):
        reader.read(line, following.text if following else "")
    reader.close()
    tokens = _with_cut_numbers(reader.tokens, lines, pipes_close_cells)
    return _with_columns(tokens, grids) if piped else tokens


def _with_cut_numbers(
    tokens: list[PrintedCell], lines: Sequence[Paragraph], pipes_close_cells: bool
) -> list[PrintedCell]:
    """``tokens`` with the pieces of a number that a line break cuts as one cell, which is no figure.

    What cannot begin a number (``,234``), or end one (``1,``), is a piece; bare digits are pieces where each cell ends
    in a pipe and the first of them does not.
    """
    filled = [text for line in lines if (text := line.text.strip())]
    if not any(_cuts_a_number(above, below, pipes_close_cells) for above, below in pairwise(filled)):
        return tokens
    starts = [line.start for line in lines]
    found: list[PrintedCell] = []
    for token in tokens:
        above = found[-1] if found else None
        if above is not None and _may_be_pieces(above, token, pipes_close_cells):
            first, last = bisect_right(starts, above.start) - 1, bisect_right(starts, token.start) - 1
            if first < last and not _words_between(lines[first : last + 1], above.end, token.start):
                pieces = f"{above.text} {token.text}"
                found[-1] = above._replace(kind="value", text=pieces, end=token.end, piped=token.piped)
                continue
        found.append(token)
    return found


def _cuts_a_number(above: str, below: str, pipes_close_cells: bool) -> bool:
    """Whether a number may go on from one line to the next: the end of ``above`` and the beginning of ``below``."""
    end, begin = above[-1], below[0]
    if end in _INSIDE_NUMBER:
        return begin.isdecimal() and above[-2:-1].isdecimal()
    if not end.isdecimal():
        return False
    if begin in _INSIDE_NUMBER:
        return below[1:2].isdecimal()
    if not begin.isdecimal():
        return False
    return pipes_close_cells or (not above.isdecimal() and _PIECE_AT_END.search(above) is not None)


def _may_be_pieces(above: PrintedCell, token: PrintedCell, pipes_close_cells: bool) -> bool:
    if _PART_OF_NUMBER.fullmatch(token.text) is None:
        return False
    if token.text.startswith(_INSIDE_NUMBER):
        return above.kind == "value"
    if _PART_OF_NUMBER.fullmatch(above.text) is None:
        return False
    if read_value(above.text).kind == "text":
        return above.text[:1].isdigit()
    return pipes_close_cells and token.piped and above.text.isdigit() and token.text.isdigit()


def _words_between(lines: Sequence[Paragraph], start: int, end: int) -> bool:
    """Whether anything but white space stands between an offset in the first line and one in the last."""
    pieces = [line.text for line in lines]
    pieces[-1] = pieces[-1][: end - lines[-1].start]
    pieces[0] = pieces[0][start - lines[0].start :]
    return bool("".join(pieces).strip())


def _with_cells_closed(lines: Sequence[Paragraph]) -> list[Paragraph]:
    """Lines whose cells a lone pipe parts (at a row's end there may be none), with a pipe behind each cell instead.

    A pipe behind a pipe keeps an empty cell; so does one between a row's last figure and the next label where rows
    end without a pipe.
    """
    kept = [line for line in lines if line.text.strip()]
    texts = [line.text.strip() for line in kept]
    pairs = list(zip(texts, [*texts[1:], ""], strict=True))
    ends_bare = any(looks_like_value(text) and is_row_label(following) for text, following in pairs)
    closed: list[Paragraph] = []
    above = "|"
    for line, (text, following) in zip(kept, pairs, strict=True):
        if text != "|":
            wrapped = following != "|" and (not looks_like_value(text) or following.isdigit())
            closed.append(line if wrapped else Paragraph(f"{line.text} |", line.start))
        elif above == "|" or (ends_bare and looks_like_value(above) and is_row_label(following)):
            closed.append(line)
        above = text
    return closed


def _is_page_mark(text: str) -> bool:
    """Whether a line without pipes is the number of a page; two characters tell of nearly every one that it is none."""
    if len(text) < _SHORTEST_PAGE_MARK:
        return False
    first, last = text[0], text[-1]
    begins = first in _BEGINS_PAGE_MARK or ("/" in text and first.isdecimal())
    may_be = begins and (last in _ENDS_PAGE_MARK or last.isdecimal())
    return may_be and _PAGE_MARK.fullmatch(text) is not None


class _Part(NamedTuple):
    """A stretch of one line; several make one cell when the cell goes on over a line break."""

    text: str
    start: int

    def trimmed(self) -> tuple[str, int, int]:
        start, end = _trimmed(self.text, self.start)
        return self.text.strip(), start, end


class _LineReader:
    """Cuts lines into cells. It remembers a cell that the last line left open (tab and pipe layouts)."""

    def __init__(self, rows: Iterator[int], pipes_close_cells: bool) -> None:
        self.tokens: list[PrintedCell] = []
        self._rows = rows
        self._pipes_close_cells = pipes_close_cells
        self._open: list[_Part] = []
        self._ends_row = False
        self._row: int | None = None
        self._after_pipe = False
        self._opened_by_tab = False
        self._after_blank = False
        self._separated_at: int | None = None

    def read(self, line: Paragraph, following: str) -> None:
        """Take the next line; ``following`` is the text of the one behind it."""
        text = line.text
        if "#" in text or "**" in text:
            line = _without_markdown(line)
            text = line.text
        after_blank, self._after_blank = self._after_blank, not text
        if not text:
            self.close()
            self._row = None
        elif "--" in text and self._is_rule(text, following):
            return
        elif "|" in text:
            self._read_pipes(line)
        elif _is_page_mark(text.strip()):
            return
        elif text.strip(" ") == "\t" and after_blank and not following:
            self._read_separator(line)
        elif "\t" in text:
            self._read_tabs(line)
        elif self._continues(text, following):
            self._open.append(_Part(text, line.start))
        else:
            self.close()
            self._row = None
            self._after_pipe = self._after_pipe and not text.strip()
            self._read_plain(line)

    def _is_rule(self, text: str, following: str) -> bool:
        """Whether a line of dashes is a ruling line, and not a blank cell: one that a pipe ends or a figure follows."""
        if _RULE_LINE.fullmatch(text) is None:
            return False
        cell = text.strip().removesuffix("|").strip()
        if cell not in BLANK_MARKS:
            return True
        piped = self._pipes_close_cells and "|" in text
        return not (len(cell) < SHORTEST_RULE or piped or looks_like_value(following.strip(" |") or "?"))

    def close(self) -> None:
        """End the cell that is still open, if any."""
        if self._open:
            parts, self._open = self._open, []
            self._opened_by_tab = False
            self.tokens.append(_printed_cell(parts, self._row))
        self._ends_row = False

    def _continues(self, text: str, following: str) -> bool:
        """Whether a line without tab or pipe goes on with the cell above it (or, between pipes, opens one)."""
        if not (self._open or self._after_pipe) or len(text) > LONGEST_LABEL:
            return False
        if not text.strip() or _SENTENCE.search(text):
            return False
        if self._ends_row and _PART_OF_NUMBER.fullmatch(text.strip()):
            return False  # a row of several cells ends here: the number of a page may stand below it
        held = "".join(part.text.strip() for part in self._open)
        if held and (begins_anew(text.strip()) or (meanings(held) and not may_go_on(held + text.strip()))):
            return False  # the label above is whole: a label cut by a line break begins here
        if held and _is_figures(held) and not _is_figures(held + text.strip()):
            return False  # a figure goes on as a figure, a unit or a note; other words begin something else
        return bool(self._open) or (self._pipes_close_cells and "|" in following)

    def _read_tabs(self, line: Paragraph) -> None:
        """A line of several cells is a row; lines of one cell behind a tab are one row up to a blank line."""
        self.close()
        cells, last = _cut(line.text, "\t"), _last_part(line, "\t")
        begins_blank = not line.text.partition("\t")[0].strip()
        if len(cells) > MOST_CELLS_IN_ROW:
            self._add(cells, line.start, None)
            return
        if len(cells) == 2 and not begins_blank and not last.text:
            self._row = None  # the tab ends the cell
            self._add(cells[:1], line.start, None)
            return
        if self._row is None or len(cells) > 2 or not begins_blank:
            self._row = next(self._rows)
        if begins_blank:
            cells = cells[1:]  # a tab opens a cell: nothing stands before the first
        if len(cells) > 1 and not last.text.strip():
            self._add(cells, line.start, self._row)  # what follows is no part of an empty cell
        else:
            self._add(cells[:-1], line.start, self._row)
            self._open = [last]
            self._opened_by_tab = True
            self._ends_row = len(cells) > 1

    def _read_separator(self, line: Paragraph) -> None:
        """A tab between blank lines parts two cells, as browsers copy cells of paragraphs; two in turn hold a blank."""
        if self._separated_at == len(self.tokens):
            self.tokens.append(PrintedCell("empty", "", line.start, line.start))
        self._separated_at = len(self.tokens)

    def _read_pipes(self, line: Paragraph) -> None:
        text = line.text
        stripped = text.strip()
        self._after_pipe = True
        if not stripped.strip("|"):
            self._read_lone_pipes(line, stripped)
            return
        if self._row is None or not self._open or self._opened_by_tab:
            if not (self._open and self._is_cut_figure(text.split("|", 1)[0])):
                self.close()
            self._row = next(self._rows)
        self._read_piped_cells(line, stripped)

    def _is_cut_figure(self, end: str) -> bool:
        """Whether ``end`` completes a figure cut beside its point or comma or before its unit; bare digits never do."""
        held, end = "".join(part.text.strip() for part in self._open), end.strip()
        cut = held.endswith(_INSIDE_NUMBER) or end.startswith(_INSIDE_NUMBER)
        cut = cut or (bool(end) and _BELONGS_TO_FIGURE.fullmatch(end) is not None)
        return cut and held.rstrip(".,，．")[-1:].isdigit() and read_value(held + end).number is not None

    def _read_lone_pipes(self, line: Paragraph, stripped: str) -> None:
        """One pipe closes a cell: the open one, or an empty one. Two are filler."""
        if self._open:
            self.close()
        elif len(stripped) == 1:
            at = line.start + line.text.index("|")
            self.tokens.append(PrintedCell("empty", "", at, at, next(self._rows)))
        self._row = None

    def _read_piped_cells(self, line: Paragraph, stripped: str) -> None:
        cells = _cut(_without_filler(line.text), "|")
        starts_with_pipe, is_closed = stripped[0] == "|", stripped[-1] == "|"
        if self._open:
            end_of_open = _Part(line.text.split("|", 1)[0], line.start)
            self.tokens.append(_printed_cell([*self._open, end_of_open], self._row, piped=True))
            self._open = []
            self._opened_by_tab = False
            cells = cells[1:]
        elif starts_with_pipe:
            cells = cells[1:]
        if self._pipes_close_cells or (is_closed and (starts_with_pipe or len(cells) == 1)):
            self._add(cells[:-1], line.start, self._row, piped=True)
        else:
            self._add(cells, line.start, self._row, piped=True)
        if self._pipes_close_cells and not is_closed:
            self._open = [_last_part(line, "|")]
        else:
            self._row = None

    def _add(self, cells: Iterable[_Stretch], at: int, row: int | None, piped: bool = False) -> None:
        """Add the cells of a line that begins at ``at``."""
        self.tokens.extend(
            [
                _new_cell(PrintedCell, (kind, text, at + start, at + end, row, None, None, 1, piped, False))
                for kind, text, start, end in cells
            ]
        )

    def _read_plain(self, line: Paragraph) -> None:
        text = line.text.strip()
        if not text:
            if _BLANK_CELL.fullmatch(line.text):
                self.tokens.append(PrintedCell("empty", "", line.start, line.end))
        elif (is_long := _is_prose(text)) and _is_table_in_one_line(text):
            self.tokens.extend(_read_words(line, None))
        elif is_long:
            self.tokens.extend(_read_prose(line, self._rows))
        elif self._is_unit_of_last(text):
            figure = self.tokens.pop()
            self.tokens.append(figure._replace(text=figure.text + text, end=_trimmed(line.text, line.start)[1]))
        elif text == "元" and (amount := self._amount_without_yuan()):
            whole, end = "".join(amount) + text, _trimmed(line.text, line.start)[1]
            figure = self.tokens[-len(amount)]
            self.tokens[-len(amount) :] = [figure._replace(kind=_kind_of(whole), text=whole, end=end)]
        else:
            self.tokens.extend(_read_words(line, next(self._rows)))

    def _is_unit_of_last(self, text: str) -> bool:
        """Whether a line is the unit of the figure before it: one alone on its line, or an amount of money."""
        if not self.tokens or self.tokens[-1].kind != "value" or _BELONGS_TO_FIGURE.fullmatch(text) is None:
            return False
        if _REMARK.match(text):
            return False
        figure = self.tokens[-1]
        whole = read_value(figure.text + text)
        return whole.number is not None and (figure.row is None or whole.unit in WAN_YUAN)

    def _amount_without_yuan(self) -> tuple[str, ...]:
        """The last lines, if they are an amount that lacks its 元: 22.5万, or 22.5 and 万 below it; else none."""
        for pieces in (1, 2):
            last = self.tokens[-pieces:]
            texts = tuple(token.text for token in last)
            alone = len(last) == pieces and not any(token.row is not None for token in last)
            if alone and _WITHOUT_YUAN.fullmatch("".join(texts)):
                return texts
        return ()


_WITHOUT_YUAN = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[万亿千]")


def _read_prose(line: Paragraph, rows: Iterator[int]) -> Iterator[PrintedCell]:
    """A long line: prose, or a label with its remark in brackets and the row's figures behind it."""
    start, end = _trimmed(line.text, line.start)
    text = line.text.strip()
    match = _GLOSSED_ROW.fullmatch(text) if ")" in text or "）" in text else None
    label, figures = (text, "") if match is None else (match["label"], match["figures"])
    if not is_glossed_label(label) or (figures and _FIGURES.fullmatch(figures) is None):
        yield PrintedCell("prose", text, start, end)
        return
    row = next(rows) if figures else None
    behind = start + len(label)
    yield PrintedCell("text", label, start, behind, row)
    if row is not None:
        yield from (word._replace(row=row) for word in _read_words(Paragraph(figures, behind), row))


def _is_table_in_one_line(text: str) -> bool:
    """Whether a long line is a whole table that lost its line breaks: mostly figures, and short words besides."""
    words = text.split()
    if len(words) <= MOST_CELLS_IN_ROW or max(map(len, words)) > LONGEST_LABEL:
        return False
    return FIGURES_IN_TABLE * sum(map(looks_like_value, words)) >= len(words)


def _without_markdown(line: Paragraph) -> Paragraph:
    """``line`` without the signs of a Markdown heading and of bold type around it."""
    match = _MARKDOWN.fullmatch(line.text)
    if match is None or (match["bold"] and match["bold"] in match["words"]):  # cells in bold type, each by itself
        return line
    return Paragraph(match["words"], line.start + match.start("words"))


_Stretch = tuple[str, str, int, int]
"""Kind and text of a cell that stands in one line, and where in the line it begins and ends."""


@lru_cache(maxsize=CACHE_SIZE)
def _cut(line: str, separator: str) -> tuple[_Stretch, ...]:
    """The cells between separators: what most lines of tables say, labels and small figures, others say again."""
    cells = []
    at = 0
    for piece in line.split(separator):
        kind, text, start, end = _read_stretch(piece)
        cells.append((kind, text, at + start, at + end))
        at += len(piece) + 1
    return tuple(cells)


def _last_part(line: Paragraph, separator: str) -> _Part:
    """What stands behind the last separator of a line."""
    behind = line.text.rindex(separator) + 1
    return _Part(line.text[behind:], line.start + behind)


def _without_filler(text: str) -> str:
    """A line without the pipes at its end that only fill a row up."""
    return _FILLER_END.sub("|", text) if "||" in text and _SPACED_PIPE.search(text.strip()) else text


def _printed_cell(parts: list[_Part], row: int | None, piped: bool = False) -> PrintedCell:
    if len(parts) == 1:
        ((printed, at),) = parts
        kind, text, start, end = _read_stretch(printed)
        return _new_cell(PrintedCell, (kind, text, at + start, at + end, row, None, None, 1, piped, False))
    filled = [span for span in (part.trimmed() for part in parts) if span[0]]
    text = printed_cell("".join(span[0] for span in filled))
    return PrintedCell(_kind_in_borders(text), text, filled[0][1], filled[-1][2], row, piped=piped)


@lru_cache(maxsize=CACHE_SIZE)
def _read_stretch(printed: str) -> _Stretch:
    """The cell that a stretch of one line is, and where in the stretch it stands."""
    before = 0
    if "**" in printed:
        printed, before = _without_markdown(Paragraph(printed, 0))
    text = printed.strip()
    if not text:
        return "empty", "", before, before + len(printed)
    start = before + len(printed) - len(printed.lstrip())
    if text.isascii() and text.isdecimal():  # as nearly every figure
        return "value", text, start, start + len(text)
    return _kind_in_borders(text), printed_cell(text), start, start + len(text)


def _read_words(line: Paragraph, row: int | None) -> list[PrintedCell]:
    """A line without separators: its words, the figures among them each a cell of its own."""
    words = _joined_words(line) if _SPACE.search(line.text) else [(line.text, line.start, line.end)]
    of_row = row if len(words) > 1 else None
    return [
        _new_cell(PrintedCell, (_kind_of(text), text, start, end, of_row, None, None, 1, False, False))
        for text, start, end in words
    ]


def _joined_words(line: Paragraph) -> list[tuple[str, int, int]]:
    """The words of a line; a unit or a bracket that stands apart from its figure is joined to it again."""
    words: list[tuple[str, int, int]] = []
    for match in _WORD.finditer(line.text):
        if not match.group().strip(INVISIBLE):
            continue
        text, start, end = match.group(), line.start + match.start(), line.start + match.end()
        if words and _BELONGS_TO_FIGURE.fullmatch(text) and read_value(words[-1][0]).kind == "number":
            _, begin, _ = words.pop()
            text, start = line.text[begin - line.start : match.end()], begin
        words.append((text, start, end))
    return words
