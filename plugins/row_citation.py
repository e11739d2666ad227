"""The citation of a row on its own page: what of which report it is, or which row of which table of ours."""

from __future__ import annotations

import sys
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request
from pluggy import HookimplMarker

PLUGINS = Path(__file__).resolve().parent
if str(PLUGINS) not in sys.path:
    sys.path.append(str(PLUGINS))

from gongkai_site.citations import Citation, Reference, cite, cite_row_of_ours, data_version, day_of_access  # noqa: E402
from gongkai_site.contact import Report, report_an_error  # noqa: E402
from gongkai_site.files.addresses import site_address  # noqa: E402
from gongkai_site.queries import queries_in  # noqa: E402
from gongkai_site.report_places import fragment_of  # noqa: E402
from gongkai_site.requests import first_language  # noqa: E402
from gongkai_site.texts import Text, text_of, words_of  # noqa: E402

hookimpl = HookimplMarker("datasette")

QUERIES = queries_in(Path(__file__).parent / "gongkai_site" / "pages" / "row" / "queries")
WORDS = ("printed", "sentence", "explanation", "excerpt")
"""Columns that hold a row's words, the first that is there."""
NOT_FIGURES = frozenset({"text_start", "text_end", "position", "current", "year"})


@dataclass(frozen=True)
class CitedRow:
    """A row's citation, and where to report an error in it; None if there is no contact."""

    citation: Citation
    report_error: str | None


@hookimpl
def extra_template_vars(
    datasette: Datasette, request: Request | None
) -> dict[str, Callable[..., Coroutine[Any, Any, CitedRow]] | Callable[..., str | None]]:
    """``cite_row(database, table, row, keys)``, and ``report_error(title, address)`` for a page as a whole."""

    def language() -> str:
        return first_language(request.scope) if request else "zh"

    async def cite_row(database: str, table: str, row: Mapping[str, Any], keys: Sequence[str]) -> CitedRow:
        plain = {name: value["value"] if isinstance(value, dict) else value for name, value in dict(row).items()}
        citation = await _citation(datasette, request, database, table, plain, keys)
        words = next((str(plain[name]) for name in WORDS if plain.get(name)), "")
        about = Report(f"{table} {','.join(keys)}", citation.address, figures_of(plain), words)
        return CitedRow(citation, report_an_error(datasette, about, language()))

    def report_error(title: str, address: str) -> str | None:
        return report_an_error(datasette, Report(title, address), language())

    return {"cite_row": cite_row, "report_error": report_error}


async def _citation(
    datasette: Datasette,
    request: Request | None,
    database: str,
    table: str,
    row: Mapping[str, Any],
    keys: Sequence[str],
) -> Citation:
    source, said = datasette.get_database(database), words_of(datasette, "citation")
    about: Any = datasette.metadata(database=database) or {}
    title = text_of(about.get("tables", {}).get(table, {}).get("title", table))
    address, day = site_address(datasette, request), day_of_access()
    found = await source.execute(QUERIES["report"], {"report": row.get("report")})
    report = found.first()
    if report is None:
        own = f"{address}/{database}/{table}/{','.join(keys)}"
        return cite_row_of_ours(said, title, ",".join(keys), own, data_version(database_hash=source.hash), day)
    names = (
        await source.execute(QUERIES["names"], {name: row.get(name) for name in ("item", "measure", "channel")})
    ).first()
    part = Text(
        *(": ".join(filter(None, (title.of(language), names[f"name_{language}"]))) for language in ("zh", "en"))
    )
    fragment = fragment_of(table, row) if set(row) >= {"report"} else None
    place = f"{address}/{database}/reports/{report['id']}{f'#{fragment}' if fragment else ''}"
    return cite(said, report, Reference(place, data_version(report["parser"], source.hash), day, part))


def figures_of(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The numbers of a row with the codes of their columns; a blank is said to be one."""
    return [
        (f"{name}:", f"{value:.15g}")
        for name, value in row.items()
        if isinstance(value, int | float) and name not in NOT_FIGURES
    ]
