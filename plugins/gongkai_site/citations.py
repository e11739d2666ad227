"""How to cite: a report, one of its rows, or a result, by GB/T 7714—2025, by APA 7 and in a sentence.

Every citation carries the version of the data and the day of access, for a newer reading may know more.
"""

from __future__ import annotations

from calendar import month_name
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from .queries import Row
from .texts import Text, Words

BEIJING = timezone(timedelta(hours=8))
MIRROR = "mirror"
HASH_DIGITS = 12
NOTHING = Text("", "")


@dataclass(frozen=True)
class Reference:
    """What a citation says besides the report: the page's address, the version of the data, the day of access (ISO).

    ``part`` is what of the report is meant, in words; empty for the whole.
    """

    address: str
    data_version: str
    accessed: str
    part: Text = NOTHING


@dataclass(frozen=True)
class Citation:
    """The same reference three times, each in both languages, and what it rests on."""

    standard: Text
    apa: Text
    plain: Text
    data_version: str
    accessed: str
    address: str


def cite(said: Words, report: Row, reference: Reference) -> Citation:
    """The citation of ``report``, a row of ``reports``, in the words that ``said`` has for it."""

    def written(form: str) -> Text:
        return Text(*(_report(said, report, reference, form, language) for language in ("zh", "en")))

    return Citation(
        written("standard"),
        written("apa"),
        written("plain"),
        reference.data_version,
        reference.accessed,
        reference.address,
    )


def _report(said: Words, report: Row, reference: Reference, form: str, language: str) -> str:
    def word(name: str) -> str:
        return said[name].of(language)

    unknown = f"[{said['authority_unknown'].both}]"
    published = report["published"]
    part = reference.part.of(language)
    restated = f"[{said['restated'].zh} / {said['restated'].en}]" if report["abridged"] else ""
    return word(form).format(
        agency=report["agency"] or report["agency_printed"] or unknown,
        title=report["title"] or report["label"],
        report=report["id"],
        part=word("part").format(part) if part else "",
        data_version=reference.data_version,
        address=reference.address,
        accessed=reference.accessed,
        accessed_day=day_in_words(reference.accessed, language),
        day=f"({published})" if published else "",
        published=word("published").format(published) if published else "",
        published_day=day_in_words(published, language, year_first=True) if published else word("no_date"),
        source=f" {report['source_url']}." if report["source_url"] and report["source_kind"] != MIRROR else "",
    ) + (f" {restated}" if restated and (form, language) != ("plain", "zh") else restated)


def cite_row_of_ours(said: Words, title: Text, key: str, address: str, version: str, accessed: str) -> Citation:
    """The citation of a row that belongs to no single report, such as an authority: as a part of our data."""
    named = Text(f"{title.zh} {key}", f"{title.of('en')} {key}")
    found = dict(cite_result(said, named, address, version, accessed))
    standard, apa = (Text(found[f"{form}_zh"], found[f"{form}_en"]) for form in ("standard", "apa"))
    return Citation(standard, apa, standard, version, accessed, address)


def cite_result(said: Words, title: Text, address: str, version: str, accessed: str) -> Iterator[tuple[str, str]]:
    """(name of the form, citation) for a table, a query's result or a row of ours."""
    for form in ("standard", "apa"):
        for language in ("zh", "en"):
            yield (
                f"{form}_{language}",
                said[f"result_{form}"]
                .of(language)
                .format(
                    title=title.of(language),
                    data_version=version,
                    address=address,
                    accessed=accessed,
                    accessed_day=day_in_words(accessed, language),
                ),
            )


def day_in_words(day: str, language: str, year_first: bool = False) -> str:
    """An ISO day as APA writes it: November 28, 2026, or 2026, November 28; in Chinese 2026年11月28日."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return day
    if language == "zh":
        return f"{found.year}年{found.month}月{found.day}日"
    month_and_day = f"{month_name[found.month]} {found.day}"
    return f"{found.year}, {month_and_day}" if year_first else f"{month_and_day}, {found.year}"


def day_of_access() -> str:
    """Today in Beijing, ISO."""
    return datetime.now(BEIJING).date().isoformat()


def data_version(parser: str | None = None, database_hash: str | None = None) -> str:
    """What the figures were read with, and the database they stand in: the file to download has this SHA-256."""
    held = f"gongkai.db SHA-256 {database_hash[:HASH_DIGITS]}" if database_hash else ""
    read_by = f"parser {parser}" if parser else ""
    return ", ".join(part for part in (read_by, held) if part) or "—"
