"""Datasette, loaded without what its units of measure would load (see ``build_files`` for ``without``)."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from build.publish.unneeded import without
else:
    from .build_files import become

    become(__name__, "unneeded.py")


def load_datasette() -> None:
    """Load Datasette, where nothing of it is loaded yet, without dask and numpy and without its table of units.

    It would convert figures of columns that metadata gives ``units``; ours have none. Its units are read when they are
    first asked for instead of at each start, a quarter of a second.
    """
    with without("dask", "numpy"):
        units: Any = import_module("datasette.vendored.pint")
    whole, units.UnitRegistry = units.UnitRegistry, units.LazyRegistry
    try:
        import_module("datasette.views.base")
    finally:
        units.UnitRegistry = whole
