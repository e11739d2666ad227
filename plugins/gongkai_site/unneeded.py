"""Datasette, loaded without what its units of measure would load (see ``build_files``)."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from build.publish.unneeded import without
else:
    from .build_files import become

    become(__name__, "unneeded.py")


def load_datasette() -> None:
    """Load Datasette's units of measure, where nothing of Datasette is loaded yet, without dask and numpy."""
    with without("dask", "numpy"):
        import_module("datasette.vendored.pint")
