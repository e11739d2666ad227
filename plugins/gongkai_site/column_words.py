"""What a column is called and means: the build's own rule, under another name.

The site does not import the build, whose name others use too; this module is the build's own file. It needs nothing but
Python. In a checkout that file stands in build/, in an installed package a folder higher.
"""

from __future__ import annotations

import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from build.publish.column_words import Parts, column_meaning, column_text, heading
else:
    ROOT = Path(__file__).resolve().parents[2]
    FILE = next(root / "publish" / "column_words.py" for root in (ROOT / "build", ROOT) if (root / "publish").is_dir())
    SourceFileLoader(__name__, str(FILE)).exec_module(sys.modules[__name__])

__all__ = ["Parts", "column_meaning", "column_text", "heading"]
