"""sqlite-utils, without pandas and numpy, which it loads where they are installed: half of a small build's start."""

from __future__ import annotations

from .unneeded import without

with without("pandas", "numpy"):
    import sqlite_utils
    from sqlite_utils.db import DescIndex

__all__ = ["DescIndex", "sqlite_utils"]
