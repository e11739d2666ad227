"""How to cite a report: by GB/T 7714—2025 and plainly, with the version of the data and the day of access."""

# No postponed annotations: Datasette loads a plugin without entering it in sys.modules, where dataclasses look them up.
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request
from pluggy import HookimplMarker

hookimpl = HookimplMarker("datasette")

BEIJING = timezone(timedelta(hours=8))
RESTATED = "转述,非原文 / restated, not quoted"
MIRROR = "mirror"
HASH_DIGITS = 12


@dataclass(frozen=True)
class Citation:
    """The same reference three times, and what it rests on."""

    standard: str
    plain_zh: str
    plain_en: str
    data_version: str
    accessed: str


def cite(report: Mapping[str, Any], address: str, data_version: str, accessed: str) -> Citation:
    """The citation of ``report`` (a row of ``reports``) as published at ``address``."""
    agency = report["agency"] or report["agency_printed"] or "[机关不详 authority unknown]"
    title = report["title"] or report["label"]
    restated = f" [{RESTATED}]" if report["abridged"] else ""
    day = f"({report['published']})" if report["published"] else ""
    source = f" {report['source_url']}." if report["source_url"] and report["source_kind"] != MIRROR else ""
    held = f"公开年报库(Gongkai): 报告 {report['id']}, 数据版本 {data_version}"
    return Citation(
        f"{agency}. {title}[R/OL]. {day}[{accessed}].{source} {held}. {address}.{restated}",
        f"{agency}:《{title}》{_published(report, ',发布于 {}')},据公开年报库,报告 {report['id']},"
        f"数据版本 {data_version},{address},{accessed}访问。{restated.strip()}",
        f"{agency}, “{title}”{_published(report, ', published {}')}, via Gongkai, report {report['id']}, data version "
        f"{data_version}, {address}, accessed {accessed}.{restated}",
        data_version,
        accessed,
    )


def _published(report: Mapping[str, Any], words: str) -> str:
    return words.format(report["published"]) if report["published"] else ""


def data_version(parser: str | None, database_hash: str | None) -> str:
    """What the figures were read with, and the database they stand in: the file to download has this SHA-256."""
    held = f"gongkai.db SHA-256 {database_hash[:HASH_DIGITS]}" if database_hash else ""
    read_by = f"parser {parser}" if parser else ""
    return ", ".join(part for part in (read_by, held) if part) or "—"


@hookimpl
def extra_template_vars(datasette: Datasette, request: Request | None) -> dict[str, Callable[..., Citation]]:
    """``citation(database, report)`` for the template of a report's page."""

    def citation(database: str, report: Mapping[str, Any]) -> Citation:
        address = datasette.absolute_url(request, datasette.urls.row(database, "reports", report["id"]))
        version = data_version(report["parser"], datasette.get_database(database).hash)
        return cite(report, address, version, datetime.now(BEIJING).date().isoformat())

    return {"citation": citation}
