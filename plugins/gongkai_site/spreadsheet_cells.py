"""Cells of files that spreadsheets open: the build's own rule, under another name (see ``column_words``)."""

from __future__ import annotations

import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
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
    ROOT = Path(__file__).resolve().parents[2]
    FILE = next(root / "publish" / "cells.py" for root in (ROOT / "build", ROOT) if (root / "publish").is_dir())
    SourceFileLoader(__name__, str(FILE)).exec_module(sys.modules[__name__])

__all__ = [
    "BYTE_ORDER_MARK",
    "CELL_CHARACTERS",
    "EXACT_DIGITS",
    "SHEET_ROWS",
    "as_literal",
    "harmless",
    "is_sheet_number",
]
