"""How to cite a report: by GB/T 7714—2025 and plainly, with the version of the data and the day of access."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai_site.queries import Row
from gongkai_site.texts import Words

MIRROR = "mirror"
HASH_DIGITS = 12


@dataclass(frozen=True)
class Reference:
    """What a citation says besides the report: the page's address, the version of the data, the day of access (ISO)."""

    address: str
    data_version: str
    accessed: str


@dataclass(frozen=True)
class Citation:
    """The same reference three times, and what it rests on."""

    standard: str
    plain_zh: str
    plain_en: str
    data_version: str
    accessed: str


def cite(said: Words, report: Row, reference: Reference) -> Citation:
    """The citation of ``report``, a row of ``reports``, in the words that ``said`` has for it."""
    unknown = f"[{said['authority_unknown'].both}]"
    named = {
        "agency": report["agency"] or report["agency_printed"] or unknown,
        "title": report["title"] or report["label"],
        "report": report["id"],
        "data_version": reference.data_version,
        "address": reference.address,
        "accessed": reference.accessed,
    }
    restated = f"[{said['restated'].zh} / {said['restated'].en}]" if report["abridged"] else ""
    behind = f" {restated}" if restated else ""
    day = f"({report['published']})" if report["published"] else ""
    source = f" {report['source_url']}." if report["source_url"] and report["source_kind"] != MIRROR else ""
    published = said["published"] if report["published"] else None
    return Citation(
        said["standard"].zh.format(**named, day=day, source=source) + behind,
        said["plain"].zh.format(**named, published=published.zh.format(report["published"]) if published else "")
        + restated,
        said["plain"].en.format(**named, published=published.en.format(report["published"]) if published else "")
        + behind,
        reference.data_version,
        reference.accessed,
    )


def data_version(parser: str | None, database_hash: str | None) -> str:
    """What the figures were read with, and the database they stand in: the file to download has this SHA-256."""
    held = f"gongkai.db SHA-256 {database_hash[:HASH_DIGITS]}" if database_hash else ""
    read_by = f"parser {parser}" if parser else ""
    return ", ".join(part for part in (read_by, held) if part) or "—"
