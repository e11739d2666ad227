"""What the cells of one row say together: figures, blanks, and the kind of each that has no figure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from .cells import PrintedCell
from .tables import Row
from .values import BLANK_CELL, NOT_PLACED, Value, kind_of_cell

EMPTY, PRINTED, INFERRED, UNPLACED = "empty", "printed", "inferred", "unplaced"


def said_by(row: Row) -> list[Value]:
    """What a row's cells say, however they are printed; without the empty ones around them."""
    said = [token.value for token in row.cells]
    filled = [at for at, value in enumerate(said) if value.kind != "blank"]
    return said[filled[0] : filled[-1] + 1] if filled else []


def has_figures(row: Row | None) -> bool:
    """Whether a row, if there is one, has a cell with a value."""
    return row is not None and any(token.kind == "value" for token in row.cells)


def texts_of(tokens: Iterable[PrintedCell]) -> list[str]:
    """What is printed in each cell."""
    return [token.text for token in tokens]


def reach_of(cells: Sequence[PrintedCell]) -> int:
    """How many cells there are from the first to the last that is not blank."""
    if cells and cells[0].text and cells[-1].text:
        return len(cells)
    filled = [at for at, token in enumerate(cells) if token.text]
    return filled[-1] - filled[0] + 1 if filled else 0


def filled_cells(cells: Sequence[PrintedCell]) -> list[PrintedCell]:
    """The cells that are not blank."""
    return [token for token in cells if not token.is_blank]


def adds_up(cells: Sequence[PrintedCell]) -> bool:
    """Whether the last of ``cells`` is the sum of the others, blanks being 0."""
    counts = [0 if token.value.kind == "blank" else token.value.count for token in cells]
    known = [count for count in counts if count is not None]
    return len(known) == len(counts) and sum(known[:-1]) == known[-1]


Counts = tuple[tuple[str, int], ...]
"""Columns with the counts that stand in them."""


def counts_of(cells: Iterable[tuple[str, PrintedCell]]) -> Counts:
    """The columns in whose cells a count of cases stands, with it."""
    return tuple([(name, count) for name, token in cells if (count := token.cases) is not None])


def fractions_of(counts: Counts, cells: Sequence[tuple[str, PrintedCell]]) -> tuple[tuple[str, Decimal], ...]:
    """The columns in whose cells a number stands that is not whole, with it."""
    if len(counts) == len(cells):
        return ()
    numbers = ((name, token.value.number) for name, token in cells if token.value.count is None)
    return tuple((name, number) for name, number in numbers if number is not None and number % 1)


def kinds_of_rest(
    columns: Sequence[str],
    counts: Counts,
    cells: Iterable[tuple[str, PrintedCell]],
    is_open: bool,
    unnamed: Collection[str] = (),
) -> tuple[tuple[str, str], ...]:
    """The kind of each column's cell that has no figure: while a value of the row has no column, it is not known.

    ``is_open``: there is such a value, or may be. Nor is that of a column that the table does not have (``unnamed``).
    """
    if len(counts) == len(columns):
        return ()
    placed = dict(cells)

    def kind(column: str) -> str:
        if column in placed:
            return kind_of_cell(placed[column].text)
        return NOT_PLACED if is_open or column in unnamed else BLANK_CELL

    return tuple([(column, kind(column)) for column in columns if column not in placed or placed[column].cases is None])


def covering(cells: Iterable[PrintedCell], column: int | None) -> PrintedCell | None:
    """The cell of a grid that lies in ``column`` or is merged over it."""
    return next(
        (
            token
            for token in cells
            if column is not None
            and token.column is not None
            and token.column <= column < token.column + token.column_span
        ),
        None,
    )
