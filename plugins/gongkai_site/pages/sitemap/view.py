"""What the sitemap holds."""

from __future__ import annotations

from pathlib import Path

from gongkai_site.pages.text.view import PAGES, path_of
from gongkai_site.queries import Answers, queries_in

QUERIES = queries_in(Path(__file__).with_name("queries"))
MOST = 10_000
"""Pages of a part; the protocol allows five times as many."""
STANDING = ("/", "/gongkai", *map(path_of, PAGES), "/about/dictionary")
"""Pages that are there whatever the database holds."""


def asked_for(part: int) -> dict[str, int]:
    """What the queries are asked for a part, counted from 1."""
    return {"most": MOST, "behind": (part - 1) * MOST}


def pages_of(answers: Answers, part: int) -> list[tuple[str, str | None]]:
    """(path, day of its last change if it is known) of every page of a part."""
    standing = [(path, None) for path in STANDING] if part == 1 else []
    return [*standing, *((row["path"], row["day"]) for row in answers["pages"])]


def parts_in(answers: Answers) -> int:
    """How many parts there are."""
    return parts_for(answers["count"][0]["pages"])


def parts_for(pages: int) -> int:
    """How many parts so many pages of the database take, at least one."""
    return max(-(-pages // MOST), 1)
