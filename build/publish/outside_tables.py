"""What of a section stands outside its title and the forms' tables: what the authority wrote itself.

The site loads this very file under a name of its own (``gongkai_site.outside_tables``), so it needs nothing but Python.
"""

from __future__ import annotations

import json


def stretches_outside(text: str, start: int, title: str | None, tables: str | None) -> list[tuple[int, int]]:
    """The stretches of ``text`` before, between and behind its tables, without its title: one more than tables.

    ``start`` is where the text begins in its report, ``tables`` the stretches of tables there (``table_spans``).
    """
    place = len(title) if title and text.startswith(title) else 0
    outside = []
    for first, last in json.loads(tables) if tables else ():
        outside.append((place, first - start))
        place = last - start
    outside.append((place, len(text)))
    return outside
