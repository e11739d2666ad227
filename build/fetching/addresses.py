"""The list of addresses: a CSV or .xlsx file with a column ``url`` and any key of a ``.meta.yml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from ..messages import Message, listed, told
from ..reading.listing import Listing, ListingError, read_listing
from ..reading.sidecar import KEYS

URL, KIND = "url", "kind"
REPORT, LINKS = "report", "links"
"""``kind``: the address is one report's (also where nothing is said), or a page of links to reports."""
LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Address:
    """An address to fetch. ``stated``: keys of its .meta.yml that the list gives. ``row``: where it stands there."""

    url: str
    row: int
    kind: str = REPORT
    stated: Mapping[str, str] | None = None

    @property
    def host(self) -> str:
        """The host that is asked, with its port."""
        return urlsplit(self.url).netloc.lower()


@dataclass(frozen=True, slots=True)
class Unusable:
    """A row of the list that names no address to fetch, and why."""

    url: str
    row: int
    why: Message


def read_addresses(path: Path) -> tuple[Address | Unusable, ...]:
    """The rows of the list, each an address or a reason why it is none.

    Raises ListingError where the file is no list: it cannot be read, lacks the column ``url``, or has a column that is
    not known or stands there twice.
    """
    listing = read_listing(path)
    if URL not in listing.columns:
        raise _refusal(path, told("inputs.addresses_no_url", column=URL))
    known = (URL, KIND, *KEYS)
    for column in listing.columns:
        if column not in known:
            raise _refusal(path, told("inputs.addresses_column", column=column, known=listed(known)))
    return tuple(_rows(listing))


def _refusal(path: Path, what: Message) -> ListingError:
    return ListingError(told("inputs.in_file", file=path, what=what))


def _rows(listing: Listing) -> Iterator[Address | Unusable]:
    first: dict[str, int] = {}
    for number, row in listing.rows:
        url = row[URL]
        why = _fault(url, row.get(KIND, ""))
        if not why and url in first:
            why = told("fetching.twice", line=first[url])
        if why:
            yield Unusable(url, number, why)
            continue
        first[url] = number
        stated = {key: value for key, value in row.items() if value and key not in (URL, KIND)}
        yield Address(url, number, row.get(KIND) or REPORT, stated)


def _fault(url: str, kind: str) -> Message | None:
    """Why ``url`` cannot be fetched as it is written; None if it can."""
    if not url:
        return told("fetching.no_address")
    if kind not in ("", REPORT, LINKS):
        return told("fetching.kind", column=KIND, kind=kind, one=REPORT, other=LINKS)
    if len(url) > LONGEST or any(letter.isspace() or not letter.isprintable() for letter in url):
        return told("fetching.address_form")
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if usable and "@" in parts.netloc:
        return told("fetching.address_password")
    return None if usable else told("fetching.address_beginning")
