"""Writes a report's figures in any layout in which such reports reach us: reading is tested by round trip."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from hypothesis import strategies as st

from . import text
from .figures import Figures, Printed, figures
from .tables import BLANK_CELLS, Options

Layout = Callable[[Figures, Options], str]

LAYOUTS: dict[str, Layout] = {
    layout.__name__: layout
    for layout in (
        text.lines_between_blanks,
        text.pipe_rows_with_fillers,
        text.one_cell_a_line_with_pipe,
        text.compact_pipe_rows,
        text.compact_pipe_rows_with_leading_pipe,
        text.compact_pipe_rows_below_labels,
        text.pipes_with_line_breaks,
        text.tab_indented,
        text.markdown_rows,
        text.pdf_page_text,
    )
}
"""Every layout of text: name → what writes it."""

MARKED = ("slash", "dash")
BLANKS: dict[str, tuple[str, ...]] = {
    "lines_between_blanks": ("no-break", *MARKED),
    "pdf_page_text": MARKED,
    "pipes_with_line_breaks": MARKED,
}
"""Layout → how it keeps blank cells; any other: all ways but dropping them."""

HEADERS: dict[str, tuple[str, ...]] = {
    "lines_between_blanks": ("whole", "split", "wrong-order", "partly-lost"),
    "one_cell_a_line_with_pipe": ("whole", "split", "wrong-order", "partly-lost"),
}
"""Layout → how its headers may be broken; any other: whole or split."""

KEPT = tuple(blank for blank in BLANK_CELLS if blank != "dropped")


@cache
def options(layout: str) -> st.SearchStrategy[Options]:
    """Every spelling in which ``layout`` keeps a place for each cell."""
    return st.builds(
        Options,
        blank=st.sampled_from(BLANKS.get(layout, KEPT)),
        digits=st.sampled_from(("plain", "full-width", "thousands")),
        header=st.sampled_from(HEADERS.get(layout, ("whole", "split"))),
        quotes=st.sampled_from(("curly", "straight", "none")),
        numbering=st.sampled_from((".", "、", "．")),
        spaced=st.booleans(),
        full_width=st.booleans(),
    )


__all__ = ["BLANKS", "HEADERS", "LAYOUTS", "Figures", "Layout", "Options", "Printed", "figures", "options"]
