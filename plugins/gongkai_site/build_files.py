"""Rules that the build and the site share stand once: in a file of the build, which a module here becomes.

The site does not import the build, whose name others use too. The files shared need nothing but Python. In a checkout
they stand in build/publish/, in an installed package a folder higher.
"""

from __future__ import annotations

import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PUBLISH = next(root / "publish" for root in (ROOT / "build", ROOT) if (root / "publish").is_dir())


def become(module: str, file: str) -> None:
    """Let the module of that name, which is just being imported, be the build's ``file``."""
    SourceFileLoader(module, str(PUBLISH / file)).exec_module(sys.modules[module])
