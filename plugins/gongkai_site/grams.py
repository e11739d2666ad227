"""The grams by which text is found, as the build cuts them for the index: one rule for both.

The site does not import the build, whose name others use too; this module is the build's own file under another name.
It needs nothing but Python. In a checkout that file stands in build/, in an installed package a folder higher.
"""

from __future__ import annotations

import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from build.publish.grams import (
        BREAK,
        CHINESE,
        GAP,
        HAN,
        LETTERS,
        WORD,
        grams_of,
        half_width,
        kind_of,
        pieces,
    )
else:
    ROOT = Path(__file__).resolve().parents[2]
    FILE = next(root / "publish" / "grams.py" for root in (ROOT / "build", ROOT) if (root / "publish").is_dir())
    SourceFileLoader(__name__, str(FILE)).exec_module(sys.modules[__name__])

__all__ = ["BREAK", "CHINESE", "GAP", "HAN", "LETTERS", "WORD", "grams_of", "half_width", "kind_of", "pieces"]
