"""Cells of files that spreadsheets open. This module needs nothing but Python: the site takes it from here.

Excel takes a CSV without a byte order mark for the system's own encoding and shows Chinese as rubbish, and any text
that begins with one of a few signs for a formula.
"""

from __future__ import annotations

from typing import Any

BYTE_ORDER_MARK = "\ufeff"
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
SHEET_ROWS = 1_048_576
CELL_CHARACTERS = 32_767
EXACT_DIGITS = 10**15
"""A spreadsheet's numbers have fifteen digits; a longer one stays whole as text."""


def harmless(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else as_literal(cell)


def as_literal(cell: Any) -> Any:
    """Bytes as SQL writes them; any other value as it is."""
    return f"X'{cell.hex().upper()}'" if isinstance(cell, bytes) else cell


def is_sheet_number(cell: Any) -> bool:
    """Whether a spreadsheet keeps ``cell`` as the number that it is."""
    return isinstance(cell, float) or (isinstance(cell, int) and abs(cell) < EXACT_DIGITS)
