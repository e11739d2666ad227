"""The grams by which text is found, as the build cuts them for the index (see ``build_files``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from build.publish.grams import (
        BREAK,
        CHINESE,
        GAP,
        HAN,
        IN_FORM,
        LETTERS,
        WORD,
        grams_of,
        half_width,
        kind_of,
        pieces,
    )
else:
    from .build_files import become

    become(__name__, "grams.py")

__all__ = [
    "BREAK",
    "CHINESE",
    "GAP",
    "HAN",
    "IN_FORM",
    "LETTERS",
    "WORD",
    "grams_of",
    "half_width",
    "kind_of",
    "pieces",
]
