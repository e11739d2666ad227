"""The limits on one input file; each can be set on the command line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may cost before it ends in ``problems`` instead.

    ``max_bytes``: size of the file, and of all it unpacks to. ``max_cells``: table places after merged cells are
    expanded. ``max_pages``: pages of a PDF. ``max_seconds``: time for the whole file.
    ``search_steps``: partial placements tried for the short rows of one table. ``ocr``: whether scans are read at all,
    through a program that recognises text in pictures; slow, and the report is marked.
    """

    max_bytes: int = 64 * 1024 * 1024
    max_cells: int = 200_000
    max_pages: int = 500
    max_seconds: float = 60.0
    search_steps: int = 200_000
    ocr: bool = False
