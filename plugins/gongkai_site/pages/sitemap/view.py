"""What the sitemap holds."""

from __future__ import annotations

from pathlib import Path

from gongkai_site.pages.text.view import PAGES, path_of
from gongkai_site.queries import queries_in

QUERIES = queries_in(Path(__file__).with_name("queries"))
MOST = 10_000
"""Pages of a part; the protocol allows five times as many."""
STANDING = ("/", "/gongkai", *map(path_of, PAGES), "/about/dictionary")
"""Pages that are there whatever the database holds."""


def parts_for(pages: int) -> int:
    """How many parts so many pages of the database take, at least one."""
    return max(-(-pages // MOST), 1)
