"""Whether a process is still there, as the build asks it of its drafts (see ``build_files``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from build.publish.drafts import is_running
else:
    from .build_files import become

    become(__name__, "drafts.py")

__all__ = ["is_running"]
