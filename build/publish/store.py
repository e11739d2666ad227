"""Reports, problems and checks → an SQLite file, written beside the old one and moved into its place."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from hashlib import sha256
from itertools import chain, groupby, islice, repeat
from operator import attrgetter
from pathlib import Path

from .. import forms
from ..checks import Check
from ..checks.wording import subject_labels
from ..identity.registry import Agency, AgencyName
from ..join.authorities import Reporting
from ..join.corrections import Correction
from ..join.coverage import Coverage
from ..join.differing import Difference
from ..join.marking import Marks, marks_of_outcomes, marks_of_rows, marks_of_summary
from ..join.similarity import Similarity
from ..join.table_stretches import table_rows, table_stretches
from ..reading.on_disk import OnDisk
from ..reading.sums import OutcomeSum
from ..reading.version import reader_version
from ..report import ApplicationRow, Evidence, PlacedRow, Problem, Report, Span
from . import schema
from .beginning import begin, describe
from .counts import write_counts
from .counts_changed import NEW, OLD, change_counts
from .descriptions import Descriptions, descriptions, release_row
from .difference import Listing, difference
from .draft_database import opened
from .drafts import abandoned, copy_shared, draft_name
from .indexing import Indexing, indexing
from .masking import mask, mask_problem, mask_report
from .places import Published, agency_name_rows, agency_rows, agency_search_rows, may_be_others, published_agencies
from .rows import Row, Values, as_stored, bring_up_to_date, insert, insert_instead, insert_rows
from .schema import BY_NAME
from .search_facts import add_facts, take_facts, write_facts
from .search_index import index_of, unindex
from .summary import summarise


@dataclass(frozen=True, slots=True)
class Replaced:
    """In whose place ``by`` (its id) is current, and why (a code); the figures that ``differ``."""

    by: str
    reason: str
    differ: Sequence[Difference] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A report with all that the database holds of it: whether it is current, its checks, sums and corrections, how
    much of it stood in the authority's report of the year before, where there is one, and what is current in its place.
    """

    report: Report
    current: bool
    checks: Sequence[Check]
    sums: Sequence[OutcomeSum]
    corrections: Sequence[Correction] = ()
    similarity: Similarity | None = None
    replaced: Replaced | None = None


Agencies = OnDisk[Reporting]
"""The authorities that reports refer to, by id."""


def no_agencies() -> Agencies:
    """Where no report refers to any."""
    return OnDisk(Reporting)


@dataclass(frozen=True, slots=True)
class Around:
    """What the database holds besides the reports, and what speaks of all of them.

    ``subjects``: what checks speak of, cells of the forms left out or not. ``agencies`` are the authorities that
    reports refer to, with the names under which they do; the governments of all areas are published besides.
    ``descriptions``: what the columns mean. ``inputs``: the SHA-256 of all that was read.
    """

    subjects: Iterable[str] = ()
    agencies: Agencies = field(default_factory=no_agencies)
    coverage: Iterable[Coverage] = ()
    descriptions: Descriptions = field(default_factory=descriptions)
    inputs: str = sha256().hexdigest()


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything a database holds: reports in the order of their ids, problems in the order of their files.

    Both are asked for once, from the first to the last, so that no more than a few need to be held at a time.
    """

    entries: Iterable[Entry]
    problems: Iterable[Problem]
    around: Around = field(default_factory=Around)


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a database: reports and files' problems that go, and those that come in their place or anew.

    ``agencies``: the authorities that are others than before, or are referred to under other names.
    """

    gone: Collection[str]
    entries: Iterable[Entry]
    files: Collection[str]
    problems: Iterable[Problem]
    around: Around
    agencies: Collection[str]


def write_database(path: Path, publication: Publication, apart: bool = False) -> Listing:
    """Write everything to ``path``, atomically: a reader of ``path`` sees the old database whole or the new one.

    Gives what is new in it against the old one. Rows are written in an order that follows from their keys, so that the
    same input gives the same bytes. ``apart``: a second process may help. Raises OSError or sqlite3.Error, the old file
    then being untouched.
    """
    with _draft_of(path) as draft, indexing(draft_name(path, "index"), apart) as index:
        _write_draft(draft, publication, index)
        return difference(path, draft)


def change_database(path: Path, change: Change) -> Listing:
    """Write the database ``path`` with ``change`` done to it, atomically; its rows are those of one written anew.

    Gives what is new in it. Raises OSError or sqlite3.Error, the old file then being untouched.
    """
    with _draft_of(path) as draft:
        copy_shared(path, draft)
        coming = _change_draft(path, draft, change)
        return difference(path, draft, {*change.gone, *coming})


@contextmanager
def _draft_of(path: Path) -> Iterator[Path]:
    """A file beside ``path`` that takes its place once it is written."""
    _remove_drafts(path)
    draft = draft_name(path)
    draft.unlink(missing_ok=True)
    old = _state_of(path)
    try:
        if old is not None:
            # Never, not for a moment, may more people read the draft than the database.
            os.close(os.open(draft, os.O_CREAT | os.O_EXCL, stat.S_IMODE(old.st_mode) | stat.S_IRUSR | stat.S_IWUSR))
        yield draft
        _flush_to_disk(draft)
        if old is not None:
            _take_after(draft, old)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _state_of(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _take_after(draft: Path, old: os.stat_result) -> None:
    """Let ``draft`` belong to whom the old database belongs to, as far as this user may give it away, with its mode."""
    if hasattr(os, "chown"):
        with suppress(PermissionError):
            os.chown(draft, old.st_uid, old.st_gid)
    draft.chmod(stat.S_IMODE(old.st_mode))


def _remove_drafts(path: Path) -> None:
    """Remove what builds that were killed have left beside ``path``; a draft whose process runs is another build's."""
    for draft in abandoned(path):
        draft.unlink(missing_ok=True)


def _write_draft(draft: Path, publication: Publication, index: Indexing) -> None:
    with opened(draft) as database:
        connection = database.conn
        indexes = begin(connection, publication.around.descriptions)
        _insert_around(connection, publication.around)
        for _ in _insert_entries(connection, publication.entries):
            index.follow(connection)
        _insert(connection, "problems", _problem_rows(map(mask_problem, publication.problems)))
        for statement in indexes:
            connection.execute(statement)
        index.finish(connection)
        write_facts(connection)
        _insert_release(connection, publication.around, _date_of(connection))
        write_counts(connection)
        connection.commit()
        database.analyze()


def _insert_around(connection: sqlite3.Connection, around: Around) -> None:
    """Insert what stands besides the reports: what speaks of all of them, and the authorities that they refer to."""
    for name, values in _values_of_all(around).items():
        insert(connection, BY_NAME[name], values)
    published = _published(around.agencies)
    for name, rows in _agency_rows(around.agencies, published, published.named).items():
        table, referred = BY_NAME[name], (agency.id for agency in published.named)
        insert_instead(connection, table, referred, as_stored(table, rows))


def _change_draft(path: Path, draft: Path, change: Change) -> list[str]:
    """Do ``change`` in ``draft``, a copy of ``path``; the ids of the reports whose rows came."""
    with opened(draft) as database:
        connection = database.conn
        connection.execute(f"ATTACH ? AS [{OLD}]", (f"{path.resolve().as_uri()}?mode=ro",))
        _take_away(connection, change)
        others = _bring_around(connection, change)
        coming: list[str] = []
        for ids in _insert_entries(connection, change.entries):
            index_of(connection, ids)
            add_facts(connection, ids)
            coming += ids
        _insert(connection, "problems", _problem_rows(map(mask_problem, change.problems)))
        describe(connection, change.around.descriptions)
        _insert_release(connection, change.around, _date_after(connection, change.gone, coming))
        _count_changed(connection, {*change.gone, *coming}, change.files, others)
    return coming


MOST_FOLLOWED = 0.1
"""Where more of the reports than this changed, counting all anew is quicker."""


def _count_changed(
    connection: sqlite3.Connection, reports: Collection[str], files: Collection[str], agencies: Collection[str]
) -> None:
    (there,) = connection.execute("SELECT count(*) FROM reports").fetchone()
    if len(reports) > MOST_FOLLOWED * there:
        write_counts(connection)
    else:
        change_counts(connection, reports, files, agencies)


def _take_away(connection: sqlite3.Connection, change: Change) -> None:
    """Delete the rows of the reports and of the files' problems that go, and what the database says of itself."""
    unindex(connection, change.gone)
    take_facts(connection, change.gone)
    for table in _OF_A_REPORT:
        column = "id" if table == "reports" else "report"
        connection.executemany(f"DELETE FROM [{table}] WHERE [{column}] = ?", [(each,) for each in change.gone])
    connection.executemany("DELETE FROM problems WHERE source_file = ?", [(each,) for each in change.files])
    for described in schema.DESCRIPTIONS:
        connection.execute(f"DELETE FROM [{described.name}]")


def _bring_around(connection: sqlite3.Connection, change: Change) -> set[str]:
    """Bring up to date what stands besides the reports; the ids of authorities whose rows are others."""
    for name, values in _values_of_all(change.around).items():
        bring_up_to_date(connection, BY_NAME[name], values)
    if not change.agencies:
        return set()
    reporting = change.around.agencies
    published = _published(reporting)
    among = {*change.agencies, *may_be_others(published, _ids_of_agencies(connection))}
    chosen = [*filter(None, map(published.get, sorted(among)))]
    others = {
        name: bring_up_to_date(connection, BY_NAME[name], as_stored(BY_NAME[name], rows), among)
        for name, rows in _agency_rows(reporting, published, chosen).items()
    }
    return {key[0] for key in others["agencies"]}


def _ids_of_agencies(connection: sqlite3.Connection) -> Iterator[str]:
    return (agency for (agency,) in connection.execute("SELECT id FROM agencies ORDER BY id"))


def _insert_release(connection: sqlite3.Connection, around: Around, date: str | None) -> None:
    """Insert which release of the data this is, once all reports stand there."""
    _insert(connection, "release", [release_row(around.descriptions, date, around.inputs)])


def _date_of(connection: sqlite3.Connection, of: str = NEW, among: Collection[str] | None = None) -> str | None:
    """The last day on which a report, of all or ``among`` these, was published or retrieved."""
    days = ", ".join(f"max(CASE WHEN {day} GLOB '????-??-??' THEN {day} END)" for day in ("published", "retrieved"))
    which, given = ("", ()) if among is None else (_AMONG, (json.dumps([*among]),))
    found = connection.execute(f"SELECT {days} FROM {of}.reports{which}", given).fetchone()
    return max(filter(None, found), default=None)


_AMONG = " WHERE id IN (SELECT value FROM json_each(?))"


def _date_after(connection: sqlite3.Connection, gone: Collection[str], coming: Collection[str]) -> str | None:
    """``_date_of`` after a change: all are asked only where the day before it was that of a report that is gone."""
    (before,) = connection.execute(f"SELECT date FROM {OLD}.release").fetchone()
    left, come = _date_of(connection, OLD, gone) or "", _date_of(connection, NEW, coming) or ""
    if come >= (before or ""):
        return come or None
    return before if left < before else _date_of(connection)


def _values_of_all(around: Around) -> dict[str, Iterable[Values]]:
    """What speaks of all reports, as it is stored; a row of ``coverage`` is its values in the order of its columns."""
    return {
        "check_subjects": as_stored(BY_NAME["check_subjects"], _subject_rows(around.subjects)),
        "coverage": around.coverage,
    }


AT_A_TIME = 200
"""Reports whose rows are made before they are inserted, a table after another: so a table's rows lie together."""

_OF_A_REPORT = (
    *("reports", "applications", "disclosures", "reviews", "hotline", "sections", "statements", "checks"),
    *("applications_by_outcome", "corrections", "report_summary", "report_similarity", "superseded_differences"),
)
"""Tables of which a row belongs to one report and depends on nothing but its entry."""


def _insert_entries(connection: sqlite3.Connection, entries: Iterable[Entry]) -> Iterator[list[str]]:
    """Insert the rows of reports, some at a time; gives the ids of those."""
    coming = iter(entries)
    while batch := [replace(entry, report=mask_report(entry.report)) for entry in islice(coming, AT_A_TIME)]:
        for table in _OF_A_REPORT:
            _insert(connection, table, chain.from_iterable(_ROWS[table](entry) for entry in batch))
        yield [entry.report.id for entry in batch]


def _flush_to_disk(draft: Path) -> None:
    descriptor = os.open(draft, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _insert(connection: sqlite3.Connection, name: str, rows: Iterable[Row]) -> None:
    insert_rows(connection, BY_NAME[name], rows)


def _published(reporting: Agencies) -> Published:
    return published_agencies(each.agency for each in reporting)


def _agency_rows(reporting: Agencies, published: Published, chosen: Iterable[Agency]) -> dict[str, Iterable[Row]]:
    """The rows of those ``chosen`` of the authorities that are published, which come in the order of their ids."""
    return {
        "agencies": agency_rows(chosen, published),
        "agency_names": agency_name_rows(chosen, _printed_in_order(reporting)),
        "agency_search": agency_search_rows(chosen),
    }


def _printed_in_order(reporting: Agencies) -> Callable[[str], Sequence[AgencyName]]:
    """The names under which reports print an authority, by its id; ids are asked for in their order."""
    coming = chain(reporting, repeat(None))
    at = next(coming)

    def printed(agency: str) -> Sequence[AgencyName]:
        nonlocal at
        while at is not None and at.agency.id < agency:
            at = next(coming)
        return at.printed if at is not None and at.agency.id == agency else ()

    return printed


def report_label(report: Report) -> str:
    """What names a report to a person: agency and year, as far as known, else its file's name."""
    agency, year = report.identity.agency, report.identity.year
    if agency and year:
        return f"{agency} {year}"
    return agency or Path(report.source_file).name


def _identity_row(entry: Entry) -> Row:
    report = entry.report
    identity = report.identity
    return {
        **{name: getattr(identity, name) for name in identity.__slots__},
        "evidence": _as_json(report.evidence),
        "id": report.id,
        "label": report_label(report),
        "current": entry.current,
        "superseded_by": entry.replaced.by if entry.replaced is not None else None,
        "superseded_reason": entry.replaced.reason if entry.replaced is not None else None,
        "form": report.form,
        "source_file": report.source_file,
        "source_format": report.source_format,
        "sha256": report.sha256,
        "parser": reader_version(),
        "corrected_cells": _marks(marks_of_rows(entry.corrections).get("reports")),
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
        "cell_spans": _object([f'"{name}": [{start}, {end}]' for name, (start, end) in row.cell_spans]),
        "cell_kinds": _object([f'"{name}": "{kind}"' for name, kind in row.kinds]),
        **_span_columns(row.span),
    }


def _object(members: Iterable[str]) -> str:
    """A JSON object of ``members`` (codes need no escaping; ``json`` takes four times as long)."""
    return f"{{{', '.join(members)}}}"


def _span_columns(span: Span) -> Row:
    return {"text_start": span[0], "text_end": span[1]}


Marked = Mapping[str, Marks]
"""Fragment of a row → what of it stands corrected."""


def _application_rows(report: Report, marked: Marked) -> Iterator[Row]:
    for row in _in_form_order(report):
        marks = _marks(marked.get(f"applications-{row.item}"))
        yield {"report": report.id, "item": row.item, **_placed_columns(row), "corrected_cells": marks}


def _review_rows(report: Report, marked: Marked) -> Iterator[Row]:
    for row in report.reviews:
        marks = _marks(marked.get(f"reviews-{row.channel}"))
        yield {"report": report.id, "channel": row.channel, **_placed_columns(row), "corrected_cells": marks}


def _disclosure_rows(report: Report, marked: Marked) -> Iterator[Row]:
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
            "corrected_cells": _marks(marked.get(f"disclosures-{figure.item}-{figure.measure}")),
        }


def _hotline_rows(report: Report, marked: Marked) -> Iterator[Row]:
    for position, figure in enumerate(report.hotline, 1):
        columns = {name: getattr(figure, name) for name in figure.__slots__ if name != "span"}
        marks = _marks(marked.get(f"hotline-{position}"))
        place = {"report": report.id, "position": position}
        yield {**place, **columns, **_span_columns(figure.span), "corrected_cells": marks}


def _marks(marks: Marks | None) -> str | None:
    """What stands corrected of a row, as JSON; None where nothing does."""
    if not marks:
        return None
    plain = {column: _plain(value) for column, value in sorted(marks.items())}
    return json.dumps(plain, ensure_ascii=False)


def _plain(value: Decimal | str | None) -> int | float | str | None:
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def _section_rows(report: Report) -> Iterator[Row]:
    rows = table_rows(report)
    for position, section in enumerate(report.sections):
        columns = {name: getattr(section, name) for name in section.__slots__}
        tables = ", ".join(f"[{start}, {end}]" for start, end in table_stretches(section, rows))
        yield {"report": report.id, "position": position, **columns, "table_spans": f"[{tables}]" if tables else None}


def _statement_rows(report: Report) -> Iterator[Row]:
    for position, statement in enumerate(report.statements, 1):
        columns = {name: getattr(statement, name) for name in statement.__slots__ if name != "span"}
        yield {"report": report.id, "position": position, **columns, **_span_columns(statement.span)}


def _problem_rows(problems: Iterable[Problem]) -> Iterator[Row]:
    """Rows of problems that come file by file: no more than one file's are counted at a time."""
    for _, of_file in groupby(problems, attrgetter("source_file")):
        for position, problem in enumerate(of_file, 1):
            columns = {name: getattr(problem, name) for name in problem.__slots__ if name not in ("message", "stated")}
            yield {"position": position, **columns, "message": problem.message.en, "message_zh": problem.message.zh}


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


def _subject_rows(subjects: Iterable[str]) -> list[Row]:
    """Every cell of the forms, and whatever else the checks speak of, with its name."""
    known = {code for code, _, _ in forms.check_subjects()} | {*subjects}
    labels = ((subject, subject_labels(subject)) for subject in sorted(known))
    return [{"code": subject, "label_zh": zh, "label_en": en} for subject, (zh, en) in labels]


def _correction_rows(corrections: Iterable[Correction]) -> Iterator[Row]:
    for position, correction in enumerate(corrections, 1):
        entry = correction.entry
        yield {
            "report": correction.report,
            "position": position,
            "subject": correction.subject,
            "printed": correction.printed,
            "printed_value": correction.printed_value,
            "corrected_value": correction.value,
            "corrected_text": correction.text,
            **{name: getattr(entry, name) for name in ("error_of", "reason", "confirmed_by", "date", "status")},
        }


def _similarity_rows(similarity: Similarity | None) -> Iterator[Row]:
    if similarity is not None:
        yield {name: getattr(similarity, name) for name in schema.SIMILARITY.columns}


def _outcome_rows(outcomes: Iterable[OutcomeSum], marked: Marked) -> Iterator[Row]:
    for outcome in outcomes:
        marks = _marks(marked.get(outcome.outcome))
        yield {"report": outcome.report, "outcome": outcome.outcome, **dict(outcome.cells), "corrected_cells": marks}


def _summary_rows(entry: Entry) -> Iterator[Row]:
    if entry.current:
        columns = summarise(entry.report, entry.checks, entry.corrections, entry.sums).columns
        yield {**columns, "corrected_cells": _marks(marks_of_summary(entry.corrections))}


def _difference_rows(report: Report, replaced: Replaced | None) -> Iterator[Row]:
    if replaced is not None:
        for each in replaced.differ:
            columns = {name: getattr(each, name) for name in each.__slots__}
            yield {"report": report.id, "current_report": replaced.by, **columns}


_ROWS: Mapping[str, Callable[[Entry], Iterable[Row]]] = {
    "reports": lambda entry: [_identity_row(entry)],
    "applications": lambda entry: _application_rows(entry.report, marks_of_rows(entry.corrections)),
    "disclosures": lambda entry: _disclosure_rows(entry.report, marks_of_rows(entry.corrections)),
    "reviews": lambda entry: _review_rows(entry.report, marks_of_rows(entry.corrections)),
    "hotline": lambda entry: _hotline_rows(entry.report, marks_of_rows(entry.corrections)),
    "sections": lambda entry: _section_rows(entry.report),
    "statements": lambda entry: _statement_rows(entry.report),
    "checks": lambda entry: _check_rows(entry.checks),
    "applications_by_outcome": lambda entry: _outcome_rows(entry.sums, marks_of_outcomes(entry.corrections)),
    "corrections": lambda entry: _correction_rows(entry.corrections),
    "report_summary": _summary_rows,
    "report_similarity": lambda entry: _similarity_rows(entry.similarity),
    "superseded_differences": lambda entry: _difference_rows(entry.report, entry.replaced),
}
"""Table → the rows of one report in it."""
