"""What of a section stands outside tables, as the build tells the index (see ``build_files``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from build.publish.outside_tables import stretches_outside
else:
    from .build_files import become

    become(__name__, "outside_tables.py")

__all__ = ["stretches_outside"]
