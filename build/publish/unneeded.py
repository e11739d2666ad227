"""Packages that a library imports wherever they are installed, and that nothing here has a use for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(*packages: str) -> Iterator[None]:
    """Within, ``packages`` cannot be imported, as if they were not installed; afterwards all is as before.

    For libraries that try an import and do without where it fails. sqlite-utils takes pandas, and Datasette's units of
    measure take dask and numpy: up to a second of each start, and tens of megabytes.
    """
    loaded = {name: sys.modules[name] for name in packages if name in sys.modules}
    absent: dict[str, None] = dict.fromkeys(packages)
    sys.modules.update(absent)  # type: ignore[arg-type]  # None is how Python notes what cannot be imported
    try:
        yield
    finally:
        for name in packages:
            del sys.modules[name]
        sys.modules.update(loaded)
