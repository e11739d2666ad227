"""Rows whose figures may be another row's: those between figures too many and a label that has none.

Where a text prints each row's figures above its label, the figures of the first row stand behind no label, and each
label would have those of the row below it, up to the last, which has none. Nothing in such a table says that it is so:
every row is as long as the form has it, and adds up. Nor do two labels with the figures of two rows behind them. What
is printed so is not taken apart, for the document does not say how.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

from .. import forms
from .tables import APPLICATIONS, DISCLOSURES, Row, StrayCells, Tables

FEWEST_STRAY = 2
"""So many figures without a label may be a row's; a single one between two rows may be the number of a page."""

_TABLES = (APPLICATIONS, DISCLOSURES)


def rows_astray(tables: Tables) -> frozenset[int]:
    """The rows, by where each starts, of which nothing tells whether the figures behind the label are its own."""
    return frozenset(row.start for part in _parts(tables) for row in _astray(part))


_Part = Sequence[Row | StrayCells]
"""A table, or a sub-table of section 二, in reading order: rows, and figures that stand behind no label."""


def _parts(tables: Tables) -> Iterator[_Part]:
    if not tables.strays and not any(map(_is_bare, tables.rows)):
        return  # every figure has a label, and every label its cells, as in most documents
    with_cells = {(row.table, row.code) for row in tables.rows if not _is_bare(row)}
    rows_once = [row for row in tables.rows if not _is_bare(row) or (row.table, row.code) not in with_cells]
    for table in _TABLES:
        rows = [row for row in rows_once if row.table == table]
        strays = [stray for stray in tables.strays if stray.table == table]
        if table == APPLICATIONS:
            yield sorted([*rows, *strays], key=_start)
            continue
        below = [list(group) for _, group in groupby(rows, key=lambda row: id(row.header))]
        begins = [min([group[0].start, *(cell.token.start for cell in group[0].header.cells)]) for group in below]
        for group, begin, end in zip(below, begins, [*begins, sys.maxsize][1:], strict=True):
            inside = [stray for stray in strays if begin <= _start(stray) < end]
            yield sorted([*group, *inside], key=_start)


def _start(found: Row | StrayCells) -> int:
    return found.start if isinstance(found, Row) else found.cells[0].start


def _astray(part: _Part) -> Iterator[Row]:
    """The rows from each place with figures too many to the next labels without any, before and behind it."""
    for at in range(len(part)):
        if _has_too_many(part, at):
            yield from _up_to_bare(part[at:])
            yield from _up_to_bare(part[at::-1])
    if _are_above_labels(part):
        yield from (found for found in part if isinstance(found, Row))


def _up_to_bare(run: _Part) -> list[Row]:
    """The rows of ``run`` up to the first that is bare, and those behind it that are bare, too; none if none is.

    A row of empty cells tells that they are blank, but not beside figures without a label: a label may be torn.
    """
    rows = [found for found in run if isinstance(found, Row)]
    if isinstance(run[0], StrayCells) and rows and not any(token.text for token in rows[0].cells):
        return [rows[0], *takewhile(_is_bare, rows[1:])]
    first = next((at for at, row in enumerate(rows) if _is_bare(row)), len(rows))
    bare = list(takewhile(_is_bare, rows[first:]))
    return [*rows[:first], *bare] if bare else []


def _are_above_labels(part: _Part) -> bool:
    """Whether a whole row stands above the first label, and what stands behind the last is none: a page's number."""
    if not part or not isinstance(part[0], StrayCells) or not isinstance(part[-1], Row):
        return False
    return len(part[-1].cells) < _width(part[-1]) <= len(part[0].cells)


def _has_too_many(part: _Part, at: int) -> bool:
    found = part[at]
    if isinstance(found, Row):
        return sum(bool(token.text) for token in found.cells) > _width(found)
    return len(found.cells) >= FEWEST_STRAY or at == 0


def _is_bare(row: Row) -> bool:
    """Whether a label has neither figures nor all the empty cells of its row; 其他处理 above its details needs none.

    Nor does one that a copy prints in each place which its merged cell covers: see ``_parts``.
    """
    if row.table not in _TABLES or row.code == forms.OTHER_ITEM:
        return False
    return len(row.cells) < _width(row) and not any(token.text for token in row.cells)


def _width(row: Row) -> int:
    """The most columns that a row of its table, or sub-table, can have."""
    if row.table == APPLICATIONS:
        return len(forms.APPLICATION_COLUMNS)
    return forms.MOST_MEASURES[forms.DISCLOSURE_GROUPS[row.code]]
