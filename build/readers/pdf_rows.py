"""Lines of a table without column lines → its rows, labels of several lines and of several rows with them.

The lines on which figures stand are the rows. A label belongs to the row with which it is set level (its first line
where cells are set to the top, its middle where they are centred, its last where they are set to the bottom), or from
which no line parts it while lines part it from all others. Where none of these holds for every row, no row is made of
the block; where several do, the one that tears the fewest labels: their numbers stand at their beginning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from .pdf_labels import begins_anew, is_value
from .pdf_lines import Line, Segment, glue
from .pdf_page import Ruling

LEVEL = 0.4
"""Text is level with figures if their middles are at most this many em apart."""
NEXT = 1.35
"""A line goes on with the one above if it is at most this many times as far away as lines of one cell are."""
SNUG = 1.45
"""Lines this many em apart are lines of one cell, where nothing else parts them."""
CLOSEST = 0.9
"""Lines of one cell are never closer than this many em."""
FLUSH = 1.2
"""Lines of one cell are set to one side or to the middle, to this many em."""
RULED = 0.7
"""A line parts two texts if it runs along this share of the upper one's width."""
CENTRED = 0.35
"""A word is set to the middle of columns if it stands within this share of a column of it."""
PAPER = 100_000.0
"""Pages as one long sheet: so far apart are their upper ends."""


class Setting(Enum):
    """How the cells of a table are set against its figures: their first line level with them, their middle or last.

    Where a page end cuts rows none holds for all: figures then stand beside one numbered label, and each beside its
    own.
    """

    TOP = "top"
    MIDDLE = "middle"
    BESIDE = "beside"
    BOTTOM = "bottom"


class Columns(Protocol):
    """Places of the columns: labels first, then figures."""

    @property
    def labels(self) -> Sequence[tuple[float, float]]:
        """Columns of labels, from the left."""

    @property
    def every(self) -> Sequence[tuple[float, float]]:
        """All columns."""

    def over(self, segment: Segment) -> range | None:
        """The columns a segment stands in, None if in none."""


@dataclass(slots=True)
class Held:
    """A cell: its columns, its text, and the place of its lines on the long sheet."""

    first: int
    last: int
    text: str
    x0: float
    x1: float
    middles: list[float] = field(default_factory=list)

    @property
    def middle(self) -> float:
        """Half way between its first line and its last."""
        return (self.middles[0] + self.middles[-1]) / 2

    def meets(self, other: Held) -> bool:
        """Whether both stand in some column."""
        return self.first <= other.last and other.first <= self.last

    def take(self, other: Held, between: str | None = None) -> None:
        """Join a text that goes on here."""
        self.text += (glue(self.text, other.text) if between is None else between) + other.text
        self.first, self.last = min(self.first, other.first), max(self.last, other.last)
        self.x0, self.x1 = min(self.x0, other.x0), max(self.x1, other.x1)
        self.middles += other.middles


@dataclass(slots=True)
class _Row:
    """A row of figures: where it stands, and what stands in it."""

    at: float
    cells: list[Held]


def rows_of(
    lines: Sequence[Line], columns: Columns, rulings: Mapping[int, Sequence[Ruling]]
) -> list[list[Held]] | None:
    """The rows of a block from the top; None where figures compete for a place or labels cannot be given to rows."""
    block = _Block.of(lines, columns, rulings)
    if block is None:
        return None
    found: list[tuple[int, list[list[Held]]]] = []
    for setting in Setting:
        rows = block.rows(setting)
        if rows is not None:
            found.append((block.torn(rows), rows))
            if not found[-1][0]:
                break
    return min(found, key=lambda pair: pair[0])[1] if found else None


@dataclass(frozen=True, slots=True)
class _Block:
    """Figures by rows, words with their columns, and the lines between, all on the long sheet."""

    rows_of_figures: tuple[tuple[float, tuple[Held, ...]], ...]
    words: tuple[Held, ...]
    rulings: tuple[Ruling, ...]
    places: tuple[tuple[float, float], ...]
    labels: int
    em: float
    pitch: float

    @classmethod
    def of(cls, lines: Sequence[Line], columns: Columns, rulings: Mapping[int, Sequence[Ruling]]) -> _Block | None:
        figures: list[tuple[float, tuple[Held, ...]]] = []
        words: list[Held] = []
        labels = len(columns.labels)
        for line in lines:
            held = _held(line, columns)
            if held is None:
                return None
            behind = [cell for cell in held if cell.last >= labels]
            if any(_is_figure(cell, labels) for cell in held):
                if not _stand_apart(behind, labels):
                    return None
                figures.append((_middle(line), tuple(behind)))
                held = [cell for cell in held if cell.last < labels]
            words += held
        em = max(line.em for line in lines)
        drawn = tuple(
            Ruling(ruling.at + page * PAPER, ruling.start, ruling.end)
            for page, found in rulings.items()
            for ruling in found
        )
        return cls(tuple(figures), tuple(words), drawn, tuple(columns.every), labels, em, _pitch(words, em))

    # Words → cells -----------------------------------------------------------------------------------------------

    def cells(self, setting: Setting) -> list[Held]:
        """Words with the lines that go on below them."""
        latest: dict[int, Held] = {}
        cells: list[Held] = []
        for word in self.words:
            above = latest.get(word.first)
            if above is None or not self._goes_on(above, word, latest, setting):
                above = Held(word.first, word.last, word.text, word.x0, word.x1, list(word.middles))
                cells.append(above)
            else:
                above.take(word)
            latest.update((column, above) for column in range(above.first, above.last + 1))
        return cells

    def _goes_on(self, above: Held, word: Held, latest: Mapping[int, Held], setting: Setting) -> bool:
        if any(latest.get(column) is not above for column in range(word.first, word.last + 1)):
            return False
        if begins_anew(word.text) or not self._is_flush(above, word):
            return False
        if word.last >= self.labels and (above.first, above.last) != (word.first, word.last):
            return False
        at, before = word.middles[0], above.middles[-1]
        if at // PAPER != before // PAPER:
            return self._crosses_page_end(above, word)
        if at - before > max(NEXT * self.pitch, SNUG * self.em) or self._is_parted(above, before, at):
            return False
        return word.last >= self.labels or self._is_of_one_label(above, word, setting)

    def _is_of_one_label(self, above: Held, word: Held, setting: Setting) -> bool:
        """Whether figures beside the two lines leave both to one label."""
        if setting is Setting.BOTTOM:
            return not self._level_rows(above.middles[-1]) or self._has_label_behind(above)
        return not self._is_next_row(above, word, setting)

    def _is_flush(self, above: Held, word: Held) -> bool:
        left, right = word.x0 - above.x0, word.x1 - above.x1
        return min(abs(left), abs(right), abs(left + right) / 2) <= FLUSH * self.em

    def _crosses_page_end(self, above: Held, word: Held) -> bool:
        """Whether a label goes on at the top of the next page: nothing stands below or over it in the table."""
        at, before = word.middles[0], above.middles[-1]
        places = [*(y for cell in self.words for y in cell.middles), *(y for y, _ in self.rows_of_figures)]
        slack = LEVEL * self.em
        return (
            word.last < self.labels
            and at // PAPER == before // PAPER + 1
            and not any(before + slack < y < at - slack for y in places)
            and not self._level_rows(at)
        )

    def _is_next_row(self, above: Held, word: Held, setting: Setting) -> bool:
        """Whether a line of a label is another row's label: it is level with figures, and so is the one above.

        A label beside several rows passes their figures; words to its right are those rows' own labels.
        """
        rows = self._level_rows(word.middles[0])
        if not rows or self._has_label_behind(word):
            return False
        if setting is Setting.TOP:
            return True
        if setting is Setting.BESIDE:
            return False
        return any(self._level_rows(y) for y in above.middles)

    def _has_label_behind(self, word: Held) -> bool:
        at = word.middles[-1]
        return any(
            other.first > word.last and other.last < self.labels and abs(other.middles[0] - at) <= LEVEL * self.em
            for other in self.words
        )

    def _level_rows(self, at: float) -> list[int]:
        return [n for n, (y, _) in enumerate(self.rows_of_figures) if abs(y - at) <= LEVEL * self.em]

    def _is_parted(self, cell: Held, start: float, end: float) -> bool:
        """Whether a line runs between two heights along most of a cell's width."""
        low, high = min(start, end), max(start, end)
        width = RULED * (cell.x1 - cell.x0)
        return any(
            low < at < high and min(right, cell.x1) - max(left, cell.x0) >= width for at, left, right in self.rulings
        )

    # Cells → rows ------------------------------------------------------------------------------------------------

    def rows(self, setting: Setting) -> list[list[Held]] | None:
        """Every row with its labels, and words of no row as rows of their own; None where a row has no label."""
        rows = [_Row(at, list(cells)) for at, cells in self.rows_of_figures]
        labelled: set[int] = set()
        loose: list[Held] = []
        every = self.cells(setting)
        beside = self._beside(every) if setting is Setting.BESIDE else {}
        if beside is None:
            return None
        for cell in every:
            number = beside.get(id(cell))
            if number is None and cell.last < self.labels and setting is not Setting.BESIDE:
                number = self._row_of(cell, setting)
            if number is None:
                loose.append(cell)
            else:
                _add(rows[number].cells, cell)
                labelled.add(number)
        if self.labels and len(labelled) < len(rows):
            return None
        others = list(self._loose_rows(loose))
        self._spread([row.cells for row in others if row.at < rows[0].at])
        return [row.cells for row in sorted([*rows, *others], key=lambda row: row.at)]

    def torn(self, rows: Sequence[Sequence[Held]]) -> int:
        """Of how many rows of figures the label does not begin with a number: it may be the end of one."""
        labels = (
            max((cell for cell in cells if cell.last < self.labels), key=lambda cell: cell.first, default=None)
            for cells in rows
            if any(_is_figure(cell, self.labels) for cell in cells)
        )
        return sum(label is None or not begins_anew(label.text) for label in labels)

    def _spread(self, header: Sequence[Sequence[Held]]) -> None:
        """Let words of a header that are set to the middle of several columns take those columns."""
        if self._is_set_left(header):
            return
        for number, tier in enumerate(header):
            above = [cell for upper in header[:number] for cell in upper if cell.first < cell.last]
            for cell in [cell for cell in tier if cell.first >= self.labels]:
                over = next((upper for upper in reversed(above) if upper.meets(cell)), None)
                low = max(over.first, self.labels) if over else self.labels
                high = over.last if over else len(self.places) - 1
                below = [other for lower in header[number + 1 :] for other in lower if other.first == other.last]
                others = [other for other in tier if other is not cell]
                cell.first, cell.last = self._span(cell, (low, high), others, {other.first for other in below})

    def _is_set_left(self, header: Sequence[Sequence[Held]]) -> bool:
        """Whether words over one column begin where its figures do, rather than have their middle there."""
        figures = {cell.first: cell for _, cells in self.rows_of_figures for cell in cells}
        pairs = [
            (word, figures[word.first])
            for tier in header
            for word in tier
            if word.first == word.last and word.first in figures
        ]
        left = sum(abs(word.x0 - figure.x0) for word, figure in pairs)
        middle = sum(abs(word.x0 + word.x1 - figure.x0 - figure.x1) / 2 for word, figure in pairs)
        return left <= middle

    def _span(self, cell: Held, bounds: tuple[int, int], others: Sequence[Held], headed: set[int]) -> tuple[int, int]:
        """The most columns round a word whose middle is the word's, each with a word of its own below."""
        middle = (cell.x0 + cell.x1) / 2
        best = cell.first, cell.last
        for first in range(bounds[0], cell.first + 1):
            for last in range(cell.last, bounds[1] + 1):
                x0, x1 = self._edge(first), self._edge(last + 1)
                free = not any(first <= other.last and other.first <= last for other in others)
                own = headed.issuperset(range(first, last + 1))
                centred = abs((x0 + x1) / 2 - middle) <= CENTRED * (x1 - x0) / (last - first + 1)
                if free and own and centred and last - first > best[1] - best[0]:
                    best = first, last
        return best

    def _edge(self, column: int) -> float:
        """Half way between a column and the one before; the outer edges lie as far out as the next one in."""
        if self.labels < column < len(self.places):
            return (self.places[column - 1][1] + self.places[column][0]) / 2
        if column == self.labels:
            return self.places[column][0] - (self._edge(column + 1) - self.places[column][1])
        return self.places[-1][1] + (self.places[-1][0] - self._edge(column - 1))

    def _row_of(self, cell: Held, setting: Setting) -> int | None:
        """The row that a label belongs to, None if to none or to several."""
        at = {Setting.TOP: cell.middles[0], Setting.BOTTOM: cell.middles[-1]}.get(setting, cell.middle)
        beside = [n for n, (y, _) in enumerate(self.rows_of_figures) if not self._is_parted(cell, cell.middle, y)]
        if len(beside) == 1 and len(self.rows_of_figures) > 1:
            return beside[0]
        level = [n for n in self._level_rows(at) if n in beside]
        return level[0] if len(level) == 1 else None

    def _beside(self, cells: Sequence[Held]) -> dict[int, int] | None:
        """The row beside each label (the last from the left); None where a row has none or labels share it."""
        found: dict[int, int] = {}
        for number, (at, _) in enumerate(self.rows_of_figures):
            slack = LEVEL * self.em
            labels = [
                cell
                for cell in cells
                if cell.last < self.labels and cell.middles[0] - slack <= at <= cell.middles[-1] + slack
            ]
            own = max(labels, key=lambda cell: cell.first, default=None)
            if own is None or id(own) in found or not begins_anew(own.text):
                return None
            if sum(cell.first == own.first for cell in labels) > 1:
                return None
            found[id(own)] = number
        return found

    def _loose_rows(self, cells: Sequence[Held]) -> Iterator[_Row]:
        """Words that stand level in different columns as one row."""
        row: _Row | None = None
        for cell in sorted(cells, key=lambda cell: cell.middle):
            level = row is not None and cell.middle - row.at <= LEVEL * self.em
            if row is not None and level and not any(cell.meets(other) for other in row.cells):
                row.cells.append(cell)
                continue
            if row is not None:
                yield row
            row = _Row(cell.middle, [cell])
        if row is not None:
            yield row


def _add(cells: list[Held], label: Held) -> None:
    """Put a label into a row; labels in one place are joined."""
    for other in [other for other in cells if other.meets(label)]:
        cells.remove(other)
        other.take(label, "" if other.middles[0] != label.middles[0] else " ")
        label = other
    cells.append(label)


def _held(line: Line, columns: Columns) -> list[Held] | None:
    held: list[Held] = []
    for segment in line.segments:
        over = columns.over(segment)
        if over is None:
            return None
        held.append(Held(over[0], over[-1], segment.text, segment.x0, segment.x1, [_middle(line)]))
    return held


def _middle(line: Line) -> float:
    return (line.y0 + line.y1) / 2 + line.page * PAPER


def _is_figure(cell: Held, labels: int) -> bool:
    return cell.last >= labels and is_value(cell.text)


def _stand_apart(cells: Sequence[Held], labels: int) -> bool:
    """Whether each of a row's cells has a column, and each figure one alone."""
    taken = [column for cell in cells for column in range(cell.first, cell.last + 1)]
    one_column = all(cell.first == cell.last for cell in cells if any(map(str.isdigit, cell.text)))
    return one_column and len(taken) == len(set(taken)) and all(cell.first >= labels for cell in cells)


def _pitch(words: Sequence[Held], em: float) -> float:
    """How far lines of one cell are apart: the least distance of two words in the same columns."""
    latest: dict[tuple[int, int], float] = {}
    found: list[float] = []
    for word in words:
        at, columns = word.middles[0], (word.first, word.last)
        before = latest.get(columns)
        if before is not None and CLOSEST * em < at - before < PAPER / 2:
            found.append(at - before)
        latest[columns] = at
    return min(found, default=em)
