"""``manifest.csv`` of the folder that is fetched into: a row for every file, with what its ``.meta.yml`` states.

What a person has written into it stays: rows, columns, values. Only rows of files that it does not name are added.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from agate import csv

from ..messages import told
from ..reading.listing import Listing, ListingError, read_listing
from ..reading.manifest import FILE
from ..reading.sidecar import KEYS

EMPTY = Listing((FILE,), ())
Stated = Mapping[str, str]
"""Key of a ``.meta.yml`` → what is stated."""


def read(path: Path) -> Listing:
    """The manifest as it stands. Raises ListingError where it cannot be read, for then it cannot be added to."""
    listing = read_listing(path) if path.exists() else EMPTY
    if FILE not in listing.columns:
        raise ListingError(told("inputs.in_file", file=path, what=told("inputs.addresses_no_file", column=FILE)))
    return listing


def with_rows(listing: Listing, stated: Mapping[str, Stated]) -> bytes | None:
    """The manifest with a row for each of these files that it does not name, sorted by file; None where it names all.

    UTF-8 with a byte order mark, without which Excel takes it for another encoding.
    """
    named = {cells[FILE].replace("\\", "/").removeprefix("./") for _, cells in listing.rows}
    added = [{FILE: file, **said} for file, said in stated.items() if file not in named]
    if not added:
        return None
    columns = _columns(listing.columns, added)
    rows = sorted([*(cells for _, cells in listing.rows), *added], key=lambda cells: cells[FILE])
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(columns)
    writer.writerows([[cells.get(column, "") for column in columns] for cells in rows])
    return written.getvalue().encode("utf-8-sig")


def _columns(there: Sequence[str], added: Iterable[Stated]) -> list[str]:
    """The columns that are there, and behind them those that the added rows need."""
    needed = {key for row in added for key, value in row.items() if value}
    return [*there, *(key for key in KEYS if key in needed and key not in there)]
