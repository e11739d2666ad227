"""Reports and checks → the database: everything that knows SQL.

sqlite-utils loads pandas and numpy wherever they are installed, half a second of each start, for tables that nobody
here asks it for: so it is loaded without them, before any module here imports it.
"""

from __future__ import annotations

from .unneeded import without

with without("pandas", "numpy"):
    import sqlite_utils  # noqa: F401
