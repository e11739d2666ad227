"""Cells of files that spreadsheets open, as the build writes them (see ``build_files``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from build.publish.cells import (
        BYTE_ORDER_MARK,
        CELL_CHARACTERS,
        EXACT_DIGITS,
        SHEET_ROWS,
        as_literal,
        harmless,
        is_sheet_number,
    )
else:
    from .build_files import become

    become(__name__, "cells.py")

__all__ = [
    "BYTE_ORDER_MARK",
    "CELL_CHARACTERS",
    "EXACT_DIGITS",
    "SHEET_ROWS",
    "as_literal",
    "harmless",
    "is_sheet_number",
]
