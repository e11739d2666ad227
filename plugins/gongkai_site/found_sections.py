"""Datasette's own statements about the sections that a search finds, asked of the narrow table beside the index.

A word that stands in every report finds all sections. Their rows hold the texts, and Datasette opens each of them to
count it, to tell its part of the report, and to sort it. What it asks stands in ``sections_grams_reports``, too.
"""

from __future__ import annotations

import re

_FOUND = (
    r"from sections where rowid in"
    r" \((?P<found>select rowid from sections_grams where sections_grams match escape_fts\(:search\))\) "
)
_COLUMNS = r"select [\w, ]+"
_COUNT = re.compile(rf"select count\(\*\) {_FOUND}")
_PARTS = re.compile(
    rf"(?P<head>\s*select number as value, count\(\*\) as count from \(\s*){_COLUMNS} {_FOUND}"
    r"(?P<tail>\s*\)\s*where number is not null\s*group by number order by count desc, value limit \d+\s*)"
)
_FIRST_PAGE = re.compile(rf"(?P<head>{_COLUMNS}) {_FOUND}order by report, \[position\] (?P<most>limit \d+)")

_FACTS = "({found}) f cross join sections_grams_reports k on k.section = f.rowid"
_QUICKER: dict[re.Pattern[str], str] = {
    _COUNT: "select count(*) from ({found})",
    _PARTS: f"{{head}}select k.number from {_FACTS} {{tail}}",
    # Within a report, the sections were written in their order.
    _FIRST_PAGE: (
        f"{{head}} from sections where rowid in (select k.section from {_FACTS} cross join reports r"
        " on r.rowid = k.report order by r.id, k.section {most}) order by report, position"
    ),
}
"""Statement of Datasette's → the quicker one, made of parts of the first."""


def quickly(sql: str) -> str:
    """A statement that finds what ``sql`` finds; ``sql`` itself where it is none of these."""
    matches = ((statement.fullmatch(sql), quicker) for statement, quicker in _QUICKER.items())
    return next((quicker.format(**match.groupdict()) for match, quicker in matches if match is not None), sql)
