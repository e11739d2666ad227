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
    from build.publish.grams import BREAK as BREAK
    from build.publish.grams import CHINESE as CHINESE
    from build.publish.grams import GAP as GAP
    from build.publish.grams import HAN as HAN
    from build.publish.grams import LETTERS as LETTERS
    from build.publish.grams import WORD as WORD
    from build.publish.grams import grams_of as grams_of
    from build.publish.grams import half_width as half_width
    from build.publish.grams import kind_of as kind_of
    from build.publish.grams import pieces as pieces
else:
    ROOT = Path(__file__).resolve().parents[2]
    FILE = next(root / "publish" / "grams.py" for root in (ROOT / "build", ROOT) if (root / "publish").is_dir())
    SourceFileLoader(__name__, str(FILE)).exec_module(sys.modules[__name__])
