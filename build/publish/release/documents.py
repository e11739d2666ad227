"""What people read of a release: README.md, CHANGES.md and CITATION.cff, each in both languages."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, TextIO

import yaml

from . import changes
from .changes import Before, ChangedFigure, Listed
from .content import Both, Content
from .profiles import File, description_of, keywords_of, title_of

MOST_LISTED = 200
"""So many reports are named in a list of CHANGES.md; changes.csv has all."""
MOST_FIGURES = 12
"""So many figures of one report."""
ALL_CHANGES = "changes.csv"
CFF_VERSION = "1.2.0"


@cache
def _words() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    content: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yml").read_text(encoding="utf-8"))
    return content


def said(group: str, name: str, **values: object) -> Both:
    """Words of words.yml with their fields filled in; a value that is a text in both languages, each in its own."""
    words = _words()[group][name]

    def of(language: str) -> str:
        own = {key: getattr(value, language) if isinstance(value, Both) else value for key, value in values.items()}
        return words[language].format(**own)

    return Both(of("zh"), of("en"))


def as_cell(text: str) -> str:
    """``text`` for a cell of a Markdown table, or a line of a list: what marks something up there stands for itself."""
    return "".join(f"\\{sign}" if sign in r"\`*_[]<>|#" else sign for sign in " ".join(text.split()))


# README ------------------------------------------------------------------------------------------------------------

_PLACES = (
    ("gongkai.db.gz, gongkai.db.zst", "of_database"),
    ("csv/", "of_csv"),
    ("csv-excel/", "of_excel"),
    ("parquet/", "of_parquet"),
    ("report_summary.xlsx", "of_workbook"),
    ("datapackage.json, croissant.json, dcat.jsonld", "of_machines"),
    (f"CHANGES.md, {ALL_CHANGES}", "of_changes"),
    ("CITATION.cff", "of_citation"),
)


def readme(content: Content, reports: int, files: Sequence[File]) -> str:
    """README.md."""
    return "\n".join(_readme(content, reports, files)) + "\n"


def _readme(content: Content, reports: int, files: Sequence[File]) -> Iterator[str]:
    yield f"# {title_of(content).joined(' / ')}\n"
    yield from _paragraphs(description_of(content), said("readme", "intro", title=content.said("title")))
    yield f"- {said('readme', 'version').joined(' / ')}: {content.version}"
    yield f"- {said('readme', 'reports').joined(' / ')}: {reports:,}"
    if content.first_year is not None:
        yield f"- {said('readme', 'years').joined(' / ')}: {content.first_year}–{content.last_year}"
    yield f"\n## {said('readme', 'licence').joined(' / ')}\n"
    yield from _paragraphs(content.said("licence_terms"))
    yield f"<{content.release['licence_url']}>\n" if content.release["licence_url"] else ""
    yield f"## {said('readme', 'cite').joined(' / ')}\n"
    yield from _paragraphs(content.said("citation"))
    yield f"## {said('readme', 'files').joined(' / ')}\n"
    yield from (f"- `{path}`: {said('readme', name).joined(' / ')}" for path, name in _PLACES)
    yield ""
    yield from _paragraphs(said("readme", "blank"))
    yield f"## {said('readme', 'tables').joined(' / ')}\n"
    yield from _tables(files)
    yield f"\n## {said('readme', 'verify').joined(' / ')}\n\n    sha256sum -c SHA256SUMS"


def _paragraphs(*texts: Both) -> Iterator[str]:
    return (f"{words}\n" for text in texts for words in text if words)


def _tables(files: Sequence[File]) -> Iterator[str]:
    heads = [said("readme", name).joined(" / ") for name in ("table", "holds", "rows", "bytes")]
    yield f"| {' | '.join(heads)} |"
    yield "|---|---|--:|--:|"
    for file in files:
        held = file.holding
        if held is not None:
            yield f"| `{held.name}` | {as_cell(held.title.joined(' / '))} | {held.rows:,} | {file.size:,} |"


# CHANGES -----------------------------------------------------------------------------------------------------------


def write_changes(connection: sqlite3.Connection, content: Content, before: Before | None, folder: Path) -> None:
    """Write CHANGES.md, and changes.csv with all that it only counts."""
    with (
        (folder / ALL_CHANGES).open("w", encoding="utf-8", newline="") as table,
        (folder / "CHANGES.md").open("w", encoding="utf-8", newline="\n") as page,
    ):
        rows = csv.writer(table)
        rows.writerow(("change", *ChangedFigure._fields))
        page.write(f"# {said('changes', 'title').joined(' / ')}\n\n")
        if before is None:
            (reports,) = connection.execute("SELECT count(*) FROM main.reports").fetchone()
            page.write("\n".join(_paragraphs(said("changes", "first", reports=f"{reports:,}"))))
            return
        named = before.version or said("changes", "unknown")
        page.write("\n".join(_paragraphs(said("changes", "against", version=content.version, before=named))))
        for name in ("added", "removed", "no_longer_current"):
            _write_reports(page, rows, name, getattr(changes, name)(connection))
        _write_figures(page, rows, changes.changed_figures(connection, before))
        _write_corrections(page, rows, changes.new_corrections(connection, before))


def _heading(page: TextIO, name: str) -> None:
    page.write(f"\n## {said('changes', name).joined(' / ')}\n\n")


def _none(page: TextIO) -> None:
    page.write(f"{said('changes', 'none').joined(' / ')}\n")


def _more(page: TextIO, name: str, count: int, indent: str = "") -> None:
    if count > 0:
        page.write(f"{indent}- {said('changes', name, count=f'{count:,}', file=ALL_CHANGES).joined(' / ')}\n")


def _write_reports(page: TextIO, rows: Any, name: str, found: Iterable[Listed]) -> None:
    """A list of reports: the first of them on the page, all in the table."""
    _heading(page, name)
    count = 0
    for count, each in enumerate(found, 1):
        rows.writerow((name, each.report, each.label))
        if count <= MOST_LISTED:
            page.write(f"- {as_cell(each.label)} (`{each.report}`)\n")
    _more(page, "more", count - MOST_LISTED)
    if not count:
        _none(page)


def _write_figures(page: TextIO, rows: Any, found: Iterable[ChangedFigure]) -> None:
    """Reports whose figures changed, with the figures."""
    _heading(page, "figures")
    count = 0
    for count, (_, figures) in enumerate(groupby(found, key=lambda each: (each.table, each.report)), 1):
        _write_figures_of(page if count <= MOST_LISTED else None, rows, figures)
    _more(page, "more", count - MOST_LISTED)
    if not count:
        _none(page)


def _write_figures_of(page: TextIO | None, rows: Any, figures: Iterable[ChangedFigure]) -> None:
    """The figures of one report and table, the first of them on the page."""
    count = 0
    for count, each in enumerate(figures, 1):
        rows.writerow(("figures", *each))
        if page and count == 1:
            page.write(f"- {as_cell(each.label)} (`{each.report}`), {each.table}\n")
        if page and count <= MOST_FIGURES:
            page.write(f"  - {as_cell(f'{each.row} {each.column}')}: {_value(each.before)} → {_value(each.after)}\n")
    if page:
        _more(page, "more_figures", count - MOST_FIGURES, "  ")


def _value(figure: float | int | None) -> str:
    return said("changes", "blank").joined("/") if figure is None else f"{figure}"


def _write_corrections(page: TextIO, rows: Any, found: Iterable[changes.CorrectionLine]) -> None:
    _heading(page, "corrections")
    count = 0
    for count, each in enumerate(found, 1):
        rows.writerow(("corrections", each.report, each.label, "", each.subject, "", each.printed, each.corrected))
        if count <= MOST_LISTED:
            what = f"{as_cell(each.subject)}: {as_cell(each.printed)} → {_value(each.corrected)}"
            page.write(f"- {as_cell(each.label)} (`{each.report}`), {what}. {as_cell(each.reason)}\n")
    _more(page, "more", count - MOST_LISTED)
    if not count:
        _none(page)


# CITATION ----------------------------------------------------------------------------------------------------------


def citation(content: Content) -> str:
    """CITATION.cff, in the Citation File Format."""
    release = content.release
    members = {
        "cff-version": CFF_VERSION,
        "message": said("citation", "message").joined(" / "),
        "type": "dataset",
        "title": title_of(content).joined(" / "),
        "abstract": description_of(content).joined("\n"),
        "authors": [{"name": content.said("title").joined(" / ")}],
        "version": content.version,
        "date-released": release["date"],
        "license": release["licence"],
        "license-url": None if release["licence"] else release["licence_url"],
        "url": release["homepage"],
        "keywords": keywords_of(content),
    }
    said_of = {name: value for name, value in members.items() if value}
    return str(yaml.safe_dump(said_of, allow_unicode=True, sort_keys=False, width=110))
