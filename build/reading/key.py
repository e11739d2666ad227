"""What combining sees of a report: whose it is and of when, and little besides."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from hashlib import blake2b
from operator import attrgetter
from typing import Any

from ..report import Identity, Report
from ..text.addresses import government_host

FINGERPRINT = 8
"""Bytes by which two identities are told apart."""


DOUBT = "agency_ambiguous"
"""Code of the problem that is none any more once sister reports tell whose a report is."""


@dataclass(frozen=True, slots=True)
class Sister:
    """The authority that a report's sister reports tell, and where it lies; ``words`` name those reports."""

    agency_id: str
    agency: str
    agency_kind: str | None
    level: str | None
    province: str | None
    city: str | None
    county: str | None
    adcode: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Amended:
    """Whose a report is and of when, where a person has put that right. ``columns``: which of agency and year.

    ``words``: the person's reasons, in the order of the columns. The others are columns of ``reports``.
    """

    columns: tuple[str, ...]
    words: tuple[str, ...]
    year: int | None
    agency_id: str | None
    agency: str | None
    agency_kind: str | None
    scope: str | None
    level: str | None
    province: str | None
    city: str | None
    county: str | None
    adcode: str | None


@dataclass(frozen=True, slots=True)
class Key:
    """A report without its figures and text. ``identity`` lacks what only the report itself is asked for.

    ``host``: of the address it came from, "" if not known. ``figures``: how many its tables hold. ``stated``: how many
    columns of its identity are known. ``fingerprint``: of its whole identity. ``problems``: how many there are of it,
    ``doubts``: how many of them only say that its name is that of several authorities. ``subjects``: of its checks.
    ``reading`` and ``place``: where the report itself is kept. ``sister``: what its sister reports told.
    ``amended``: what a person has put right.
    """

    id: str
    source_file: str
    sha256: str
    identity: Identity
    candidates: tuple[str, ...]
    host: str
    figures: int
    has_tables: bool
    stated: int
    fingerprint: bytes
    problems: int
    doubts: int
    subjects: tuple[str, ...] = ()
    reading: bytes = b""
    place: int = 0
    sister: Sister | None = None
    amended: Amended | None = None


def key_of(report: Report, subjects: tuple[str, ...] = ()) -> Key:
    """The key of ``report``, whose checks speak of ``subjects``."""
    identity = _in_order(report.identity)
    return Key(
        report.id,
        report.source_file,
        report.sha256,
        replace(report.identity, **ONLY_PUBLISHED),
        report.candidates,
        government_host(report.identity.source_url),
        count_figures(report),
        bool(report.applications or report.disclosures or report.reviews),
        sum(value is not None for value in identity),
        blake2b(repr(identity).encode("utf-8", "surrogatepass"), digest_size=FINGERPRINT).digest(),
        len(report.problems),
        sum(problem.code == DOUBT for problem in report.problems),
        subjects,
    )


_in_order = attrgetter(*(column.name for column in fields(Identity)))
"""The values of an identity's columns."""


ONLY_PUBLISHED: dict[str, Any] = dict.fromkeys(
    ("title", "published_basis", "index_number", "period_start", "period_end", "source_url")
)
"""Columns of an identity that no other report is compared with."""


def count_figures(report: Report) -> int:
    """How many figures were read from a report's tables."""
    return (
        sum(len(row.cells) for row in report.applications)
        + sum(figure.count is not None or figure.amount_wan is not None for figure in report.disclosures)
        + sum(len(row.cells) for row in report.reviews)
    )


Plain = tuple[Any, ...]
"""A key as a tuple of plain values, as it is kept."""

_FILE, _READING, _PLACE = (
    [each.name for each in fields(Key)].index(name) for name in ("source_file", "reading", "place")
)


def shelved(key: Plain, source_file: str, reading: bytes, place: int) -> Plain:
    """``key`` as that of a file with a name, kept at that place."""
    values = [*key]
    values[_FILE], values[_READING], values[_PLACE] = source_file + key[_FILE], reading, place
    return tuple(values)
