"""What a column is called and means, as the build puts it together (see ``build_files``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from build.publish.column_words import Parts, column_meaning, column_text, heading
else:
    from .build_files import become

    become(__name__, "column_words.py")

__all__ = ["Parts", "column_meaning", "column_text", "heading"]
