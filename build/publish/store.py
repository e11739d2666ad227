"""Reports, problems and checks → an SQLite file, written beside the old one and moved into its place."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlite_utils

from .. import PARSER_VERSION, forms
from ..checks import RULES, Check
from ..checks.wording import subject_labels
from ..join.authorities import Reporting
from ..join.corrections import Correction
from ..join.coverage import Coverage
from ..join.similarity import Similarity
from ..report import ApplicationRow, Evidence, PlacedRow, Problem, Report, ReviewRow, Span
from . import schema, views
from .form_headings import heading_rows
from .masking import mask, mask_problem, mask_report
from .places import (
    agency_name_rows,
    agency_rows,
    agency_search_rows,
    division_rows,
    population_rows,
    published_agencies,
)
from .search_index import create_index
from .summary import OutcomeSum, SummaryRow

Row = Mapping[str, Any]
PAGE_SIZE = 4096


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything a database holds. ``reports`` are (report, current) pairs.

    ``agencies`` are the authorities that reports refer to, with the names under which they do; the governments of all
    areas are published besides.
    """

    reports: Sequence[tuple[Report, bool]]
    problems: Iterable[Problem]
    checks: Iterable[Check]
    outcomes: Iterable[OutcomeSum]
    summaries: Iterable[SummaryRow]
    corrections: Iterable[Correction] = ()
    agencies: Sequence[Reporting] = ()
    coverage: Iterable[Coverage] = ()
    similarities: Iterable[Similarity] = ()


def write_database(path: Path, publication: Publication) -> None:
    """Write everything to ``path``, atomically: a reader of ``path`` sees the old database whole or the new one.

    Rows are written in the order of their keys, so that the same input gives the same bytes. Raises OSError or
    sqlite3.Error, the old file then being untouched.
    """
    _remove_drafts(path)
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    try:
        _write_draft(draft, publication)
        _flush_to_disk(draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _remove_drafts(path: Path) -> None:
    """Remove what builds that were killed have left beside ``path``; a draft whose process runs is another build's."""
    for draft in path.parent.glob(f".{path.name}.*.draft"):
        process = draft.name.removesuffix(".draft").rsplit(".", 1)[-1]
        if process.isdigit() and not _is_running(int(process)):
            draft.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _write_draft(draft: Path, publication: Publication) -> None:
    draft.unlink(missing_ok=True)
    database = sqlite_utils.Database(sqlite3.connect(draft))
    try:
        database.conn.execute(f"PRAGMA page_size = {PAGE_SIZE}")
        # The draft is thrown away if the build dies, so a journal would only cost time.
        database.conn.execute("PRAGMA journal_mode = OFF")
        database.conn.execute("PRAGMA synchronous = OFF")
        _create_tables(database)
        checks = list(publication.checks)
        rows: dict[str, Iterable[Row]] = {
            **_lookup_rows(),
            **_place_rows(publication.agencies),
            "check_subjects": _subject_rows(checks),
            **_report_rows(sorted(map(_masked, publication.reports), key=lambda pair: pair[0].id)),
            "problems": _problem_rows(map(mask_problem, publication.problems)),
            "checks": _check_rows(checks),
            "applications_by_outcome": _outcome_rows(publication.outcomes),
            "corrections": _correction_rows(publication.corrections),
            "report_summary": (summary.columns for summary in publication.summaries),
            "report_similarity": _similarity_rows(publication.similarities),
            "coverage": (asdict(row) for row in publication.coverage),
        }
        for table in schema.TABLES:
            _insert(database, table, rows[table.name])
        _create_indexes(database)
        create_index(database)
        for view in views.VIEWS:
            database.create_view(view.name, view.sql)
        database.conn.commit()
        database.analyze()
        database.conn.commit()
    finally:
        database.conn.close()


def _masked(pair: tuple[Report, bool]) -> tuple[Report, bool]:
    report, current = pair
    return mask_report(report), current


def _flush_to_disk(draft: Path) -> None:
    descriptor = os.open(draft, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_PYTHON_TYPES: dict[str, type] = {schema.INTEGER: int, schema.REAL: float, schema.TEXT: str}


def _create_tables(database: sqlite_utils.Database) -> None:
    for table in schema.TABLES:
        database.table(table.name).create(
            {name: _PYTHON_TYPES[kind] for name, kind in table.columns.items()},
            pk=table.primary_key if len(table.primary_key) > 1 else table.primary_key[0],
            foreign_keys=[(column, parent, key) for column, (parent, key) in table.foreign_keys.items()],
            not_null=set(table.not_null) | set(table.primary_key),
            strict=True,
        )


def _create_indexes(database: sqlite_utils.Database) -> None:
    for table in schema.TABLES:
        for columns in table.indexes:
            database.table(table.name).create_index(list(columns))


def _insert(database: sqlite_utils.Database, table: schema.Table, rows: Iterable[Row]) -> None:
    """Insert ``rows`` as plain values; a column that a row leaves out is NULL."""
    names = list(table.columns)
    reals = [at for at, kind in enumerate(table.columns.values()) if kind == schema.REAL]
    marks = ", ".join("?" * len(names))
    database.conn.executemany(
        f"INSERT INTO [{table.name}] VALUES ({marks})", (_values(row, names, reals) for row in rows)
    )


def _values(row: Row, names: Sequence[str], reals: Sequence[int]) -> list[object]:
    """The values of ``row`` in the order of ``names``; those at ``reals`` as floats: SQLite has no decimals."""
    values: list[object] = [*map(row.get, names)]
    for at in reals:
        value = values[at]
        if isinstance(value, Decimal):
            values[at] = float(value)
    return values


def _lookup_rows() -> dict[str, list[Row]]:
    items = (*forms.APPLICATION_ITEMS, *forms.DISCLOSURE_ITEMS)
    return {
        "form_headings": [*heading_rows()],
        "items": [
            {
                "code": item.code,
                "label_zh": item.label_zh,
                "label_en": item.label_en,
                **_in_forms(item.code),
                "item_group": item.group,
                "sort_order": order,
            }
            for order, item in enumerate(items, 1)
        ],
        "measures": [
            {
                "code": measure.code,
                "label_zh": measure.label_zh,
                "label_en": measure.label_en,
                "unit_zh": measure.unit_zh,
                "unit_en": measure.unit_en,
                **_in_forms(measure.code),
                "sort_order": order,
            }
            for order, measure in enumerate(forms.MEASURES, 1)
        ],
        "outcomes": _coded(forms.OUTCOMES),
        "review_channels": _coded(forms.REVIEW_CHANNELS),
        "hotline_channels": _coded(forms.HOTLINE_CHANNELS),
        "rules": [
            {
                "code": rule.code,
                "kind": rule.kind,
                "severity": rule.severity,
                "label_zh": rule.label_zh,
                "label_en": rule.label_en,
                "statement_zh": rule.statement_zh,
                "statement_en": rule.statement_en,
                "why_zh": rule.why_zh,
                "why_en": rule.why_en,
                "source": rule.source,
                "sort_order": order,
            }
            for order, rule in enumerate(RULES, 1)
        ],
    }


def _in_forms(code: str) -> Row:
    return {schema.in_form(form): form.has(code) for form in forms.FORMS}


def _place_rows(reporting: Sequence[Reporting]) -> dict[str, Iterable[Row]]:
    published = published_agencies(each.agency for each in reporting)
    printed = {each.agency.id: each.printed for each in reporting}
    return {
        "divisions": division_rows(),
        "population": population_rows(),
        "agencies": agency_rows(published),
        "agency_names": agency_name_rows(published, printed),
        "agency_search": agency_search_rows(published),
    }


def _coded(channels: Iterable[forms.Channel]) -> list[Row]:
    return [
        {"code": channel.code, "label_zh": channel.label_zh, "label_en": channel.label_en, "sort_order": order}
        for order, channel in enumerate(channels, 1)
    ]


def report_label(report: Report) -> str:
    """What names a report to a person: agency and year, as far as known, else its file's name."""
    agency, year = report.identity.agency, report.identity.year
    if agency and year:
        return f"{agency} {year}"
    return agency or Path(report.source_file).name


def _report_rows(reports: list[tuple[Report, bool]]) -> dict[str, Iterable[Row]]:
    plain = [report for report, _ in reports]
    return {
        "reports": (_identity_row(report, current) for report, current in reports),
        "applications": (_application_row(report, row) for report in plain for row in _in_form_order(report)),
        "disclosures": _disclosure_rows(plain),
        "reviews": (_review_row(report, row) for report in plain for row in report.reviews),
        "hotline": _hotline_rows(plain),
        "sections": _section_rows(plain),
        "statements": _statement_rows(plain),
    }


def _identity_row(report: Report, current: bool) -> Row:
    identity = report.identity
    return {
        **{name: getattr(identity, name) for name in identity.__slots__},
        "evidence": _as_json(report.evidence),
        "id": report.id,
        "label": report_label(report),
        "current": current,
        "form": report.form,
        "source_file": report.source_file,
        "source_format": report.source_format,
        "sha256": report.sha256,
        "parser": PARSER_VERSION,
    }


def _as_json(evidence: Sequence[Evidence]) -> str:
    """Pieces of evidence as JSON, what they quote masked."""
    if not evidence:
        return "[]"
    texts = (text.replace(_BETWEEN, " ") for piece in evidence for text in (piece.value, piece.words))
    quoted = mask(_BETWEEN.join(texts)).split(_BETWEEN)
    pieces = (
        replace(piece, value=value, words=words)
        for piece, value, words in zip(evidence, quoted[::2], quoted[1::2], strict=True)
    )
    return json.dumps([piece.as_json() for piece in pieces], ensure_ascii=False, separators=(",", ":"))


_BETWEEN = "\n\x1f\n"
"""What parts two texts that are masked together."""


_ITEM_ORDER = {item.code: order for order, item in enumerate(forms.APPLICATION_ITEMS)}


def _in_form_order(report: Report) -> list[ApplicationRow]:
    return sorted(report.applications, key=lambda row: _ITEM_ORDER[row.item])


def _placed_columns(row: PlacedRow) -> Row:
    return {
        **dict(row.cells),
        "placement": row.placement,
        "printed": "|".join(row.printed),
        "unplaced": "|".join(row.unplaced) if row.unplaced else None,
        "cell_spans": _object(f'"{name}": [{start}, {end}]' for name, (start, end) in row.cell_spans),
        "cell_kinds": _object(f'"{name}": "{kind}"' for name, kind in row.kinds),
        **_span_columns(row.span),
    }


def _object(members: Iterable[str]) -> str:
    """A JSON object of ``members`` (codes need no escaping; ``json`` takes four times as long)."""
    return f"{{{', '.join(members)}}}"


def _span_columns(span: Span) -> Row:
    return {"text_start": span[0], "text_end": span[1]}


def _application_row(report: Report, row: ApplicationRow) -> Row:
    return {"report": report.id, "item": row.item, **_placed_columns(row)}


def _review_row(report: Report, row: ReviewRow) -> Row:
    return {"report": report.id, "channel": row.channel, **_placed_columns(row)}


def _disclosure_rows(reports: list[Report]) -> Iterator[Row]:
    for report in reports:
        for figure in report.disclosures:
            yield {
                "report": report.id,
                "item": figure.item,
                "measure": figure.measure,
                "count": figure.count,
                "amount_wan": figure.amount_wan,
                "placement": figure.placement,
                "printed": figure.printed,
                "note": figure.note,
                "cell_kind": figure.kind,
                **_span_columns(figure.span),
            }


def _hotline_rows(reports: list[Report]) -> Iterator[Row]:
    for report in reports:
        for position, figure in enumerate(report.hotline, 1):
            columns = {name: getattr(figure, name) for name in figure.__slots__ if name != "span"}
            yield {"report": report.id, "position": position, **columns, **_span_columns(figure.span)}


def _section_rows(reports: list[Report]) -> Iterator[Row]:
    for report in reports:
        for position, section in enumerate(report.sections):
            columns = {name: getattr(section, name) for name in section.__slots__}
            yield {"report": report.id, "position": position, **columns}


def _statement_rows(reports: list[Report]) -> Iterator[Row]:
    for report in reports:
        for position, statement in enumerate(report.statements, 1):
            columns = {name: getattr(statement, name) for name in statement.__slots__ if name != "span"}
            yield {"report": report.id, "position": position, **columns, **_span_columns(statement.span)}


def _problem_rows(problems: Iterable[Problem]) -> Iterator[Row]:
    counts: dict[str, int] = {}
    for problem in problems:
        position = counts[problem.source_file] = counts.get(problem.source_file, 0) + 1
        columns = {name: getattr(problem, name) for name in problem.__slots__ if name != "stated"}
        yield {"position": position, **columns}


def _check_rows(checks: Iterable[Check]) -> Iterator[Row]:
    for check in checks:
        yield {
            "report": check.report,
            "rule": check.rule,
            "subject": check.subject,
            "status": check.status,
            "left_value": check.left,
            "right_value": check.right,
            "difference": check.difference,
            "on_inferred": check.on_inferred,
            "explanation": check.explanation,
        }


def _subject_rows(checks: Iterable[Check]) -> list[Row]:
    """Every cell of the forms, and whatever else the checks speak of, with its name."""
    subjects = {code for code, _, _ in forms.check_subjects()} | {check.subject for check in checks}
    labels = ((subject, subject_labels(subject)) for subject in sorted(subjects))
    return [{"code": subject, "label_zh": zh, "label_en": en} for subject, (zh, en) in labels]


def _correction_rows(corrections: Iterable[Correction]) -> Iterator[Row]:
    counts: dict[str, int] = {}
    for correction in sorted(corrections, key=lambda correction: correction.report):
        position = counts[correction.report] = counts.get(correction.report, 0) + 1
        entry = correction.entry
        yield {
            "report": correction.report,
            "position": position,
            "subject": correction.subject,
            "printed": correction.printed,
            "printed_value": correction.printed_value,
            "corrected_value": entry.corrected,
            **{name: getattr(entry, name) for name in ("error_of", "reason", "confirmed_by", "date", "status")},
        }


def _similarity_rows(similarities: Iterable[Similarity]) -> Iterator[Row]:
    for similarity in similarities:
        yield {name: getattr(similarity, name) for name in schema.SIMILARITY.columns}


def _outcome_rows(outcomes: Iterable[OutcomeSum]) -> Iterator[Row]:
    for outcome in outcomes:
        yield {"report": outcome.report, "outcome": outcome.outcome, **dict(outcome.cells)}
