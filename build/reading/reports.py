"""Document → Report: sections, tables, prose and identity of one annual report."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from .. import forms
from ..document import Document, Notice, Paragraph
from ..errors import ReadError
from ..identity.evidence import SelfDescription, gather
from ..identity.genre import FEWEST_SECTIONS, Genre, count_sections, genre_of
from ..identity.identity import read_identity
from ..limits import Limits
from ..messages import Message, listed, sentences, spoken, told
from ..parse.cells import PrintedCell, fillers_trail, read_cells
from ..parse.figures import SECTION_NAMES, Figures, expected_items, read_figures
from ..parse.labels import ITEM, MEASURE, OUTCOME, meanings
from ..parse.older import OlderTable, find_older_table, is_of_older_form, older_form_notice
from ..parse.sections import SectionHeading, cut_sections, find_headings
from ..parse.settling import settle_rows
from ..parse.tables import APPLICATIONS, DISCLOSURES, REVIEWS, Tables, find_tables
from ..prose import Prose, explain_prose, read_prose
from ..report import Problem, Report, Span
from .blank_form import refuse_blank_form
from .split import split_reports
from .visibility import mark_notices

LABELS_OF_A_TABLE = 3
"""With so many of a table's labels in the text the table is there, whatever became of its figures."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a report keeps of the file it came from."""

    source_file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class _Layout:
    """A document as a person reads it, and its cells, headings and table rows."""

    shown: Document
    tokens: Sequence[PrintedCell]
    headings: tuple[SectionHeading, ...]
    tables: Tables


def parse(document: Document, origin: Origin, new_id: Callable[[], str], limits: Limits) -> tuple[Report, ...]:
    """Read every report out of ``document``; ``new_id`` gives each its id.

    Raises ReadError ``not_a_report`` if the document presents no report of its own.
    """
    layout = _read_layout(document)
    parts = split_reports(document, layout.tokens, layout.tables)
    if len(parts) == 1:
        return (_read_report(document, layout, origin, new_id, limits),)
    return tuple(_read_report(part, _read_layout(part), origin, new_id, limits) for part in parts)


def explain(document: Document) -> Iterator[str]:
    """The prose of ``document`` clause by clause: what was taken for what, and what was left."""
    layout = _read_layout(document)
    for whole in split_reports(document, layout.tokens, layout.tables):
        found = _read_layout(whole)
        part = found.shown
        identity, _, _ = read_identity(gather(part, found.tokens))
        agency = identity.agency or told("reading.no_agency")
        year = str(identity.year) if identity.year else told("reading.no_year")
        yield f"# {spoken(listed((agency, year)))}"
        yield from explain_prose(part.text, _prose_stretches(part, found.tokens, found.tables), identity.year)


def _read_layout(document: Document) -> _Layout:
    shown = document.as_shown()
    tokens = read_cells(shown)
    headings = find_headings(tokens)
    tables = find_tables(
        tokens,
        frozenset(heading.start for heading in headings),
        frozenset(heading.start for heading in headings if heading.about_reviews),
    )
    return _Layout(shown, tokens, headings, settle_rows(tables))


def _read_report(
    document: Document, layout: _Layout, origin: Origin, new_id: Callable[[], str], limits: Limits
) -> Report:
    shown, tokens, headings, tables = layout.shown, layout.tokens, layout.headings, layout.tables
    figures = read_figures(tables, limits, fillers_trail(shown.text), _is_scan(document))
    older, sections = find_older_table(tokens, figures), cut_sections(document.text, headings)
    said = gather(shown, tokens)
    identity, whose, identity_notices = read_identity(said)
    evidence = (*said.evidence, *whose.decided)
    is_older = is_of_older_form(figures, older, identity.year)
    if is_older:
        figures = Figures(forms.OLDER, (), (), (), (older_form_notice(older, identity.year),))
    reason = _why_no_report(shown, layout, figures, said, older)
    prose = read_prose(shown.text, _prose_stretches(shown, tokens, tables, older if is_older else None), identity.year)
    refuse_blank_form(tables, prose, identity, shown.text)
    if reason is not None:
        raise ReadError("not_a_report", reason, document.text.strip()[:120])
    report_id = new_id()
    notices = (
        *document.notices,
        *identity_notices,
        *figures.notices,
        *prose.notices,
        *mark_notices(document, _spans_of_figures(figures, prose)),
        *(() if is_older else _missing_tables(figures, document)),
    )
    return Report(
        id=report_id,
        source_file=origin.source_file,
        source_format=document.format,
        sha256=origin.sha256,
        form=figures.form,
        identity=identity,
        applications=figures.applications,
        disclosures=figures.disclosures,
        reviews=figures.reviews,
        hotline=tuple(replace(row, sentence=document.text[slice(*row.span)]) for row in prose.hotline),
        statements=tuple(replace(row, sentence=document.text[slice(*row.span)]) for row in prose.statements),
        sections=sections,
        problems=tuple(_problem(notice, origin.source_file, report_id) for notice in notices),
        evidence=evidence,
        candidates=tuple(candidate.id for candidate in whose.candidates),
    )


def _spans_of_figures(figures: Figures, prose: Prose) -> list[Span]:
    """Where rows of the tables and sentences with figures stand."""
    spans = [row.span for row in figures.applications]
    spans += [row.span for row in figures.disclosures]
    spans += [row.span for row in figures.reviews]
    spans += [row.span for row in prose.hotline]
    return [*spans, *(row.span for row in prose.statements)]


def _problem(notice: Notice, source_file: str, report_id: str) -> Problem:
    return Problem(source_file, "parse", notice.severity, notice.code, notice.message, notice.excerpt, report_id)


def _is_scan(document: Document) -> bool:
    """Whether a program read pictures of pages, so that cells may be lost or misread."""
    return any(notice.code == "ocr" for notice in document.notices)


def _has_tables(figures: Figures) -> bool:
    """Whether at least a few rows of a statutory table were found (a stray 规章 is no table)."""
    return len(figures.applications) >= 3 or len(figures.disclosures) >= 3 or bool(figures.reviews)


def _why_no_report(
    document: Document, layout: _Layout, figures: Figures, said: SelfDescription, older: OlderTable
) -> Message | None:
    """Why ``document`` is no report, and what to do; None if it is one."""
    tokens, headings, title = layout.tokens, layout.headings, said.title
    genre = genre_of(document, tokens, title, said.titles, len(headings), _has_figures(figures))
    if genre is not None:
        return _genre_message(genre, document)
    is_named = title is not None and title.names_a_report
    if _has_tables(figures) or older.is_table or is_named or count_sections(tokens, len(headings)) >= FEWEST_SECTIONS:
        return None
    return _no_report_message(document, headings)


def _has_figures(figures: Figures) -> bool:
    """Whether a table of the form holds a figure: a template's tables hold none."""
    return _has_tables(figures) and (
        any(row.cells or row.unplaced for row in figures.applications)
        or any(row.cells or row.unplaced for row in figures.reviews)
        or any(figure.count is not None or figure.amount_wan is not None for figure in figures.disclosures)
    )


def _genre_message(genre: Genre, document: Document) -> Message:
    message = told("reading.other_genre", is_a=told(genre.is_a), remedy=told(genre.remedy))
    return sentences(message, *_attachments(document))


def _no_report_message(document: Document, headings: Sequence[SectionHeading]) -> Message:
    found = told("reading.section_titles", count=len(headings)) if headings else told("reading.no_section_title")
    return sentences(told("reading.no_report", found=found), *_attachments(document))


def _attachments(document: Document) -> Iterator[Message]:
    """Where a cover letter says its report is: the links that the reader saw."""
    return (notice.message for notice in document.notices if notice.code == "attachment_links")


def _missing_tables(figures: Figures, document: Document) -> Iterator[Notice]:
    for table, kinds, rows in (
        (DISCLOSURES, {MEASURE}, figures.disclosures),
        (APPLICATIONS, {ITEM}, figures.applications),
        (REVIEWS, {OUTCOME}, figures.reviews),
    ):
        if not rows and table not in figures.refused:
            yield Notice("warning", "tables_missing", _why_missing(told(SECTION_NAMES[table]), kinds, document))
    if figures.applications:
        yield from _missing_rows(figures)


def _why_missing(name: Message, kinds: Collection[str], document: Document) -> Message:
    """What keeps a table away: it is not in the text, or its labels are and its figures could not be read."""
    labels = _labels_seen(kinds, document)
    if len(labels) < LABELS_OF_A_TABLE:
        return told("reading.table_missing", section=name)
    broken = any(notice.code in {"mojibake", "damaged_characters"} for notice in document.notices)
    why = told("reading.text_layer_broken" if broken else "reading.figures_without_place")
    return told("reading.table_not_read", section=name, labels=len(labels), label=labels[0], why=why)


def _labels_seen(kinds: Collection[str], document: Document) -> list[str]:
    """The different labels of these kinds that the document's lines and cells hold."""
    shown = document.as_shown()
    parts = re.split(r"[\t\n|]+", shown.text)
    found = {meant.code: part.strip() for part in parts for meant in meanings(part.strip()) if meant.kind in kinds}
    return list(found.values())


def _missing_rows(figures: Figures) -> Iterator[Notice]:
    """Rows of section 三 that the form has and the document does not: lost labels, or a table cut off."""
    found = {row.item for row in figures.applications}
    expected = expected_items(found)
    labels = {item.code: item.label_zh for item in forms.APPLICATION_ITEMS}
    missing = [labels[item] for item in expected if item not in {*found, *figures.refused}]
    if missing:
        yield Notice(
            "warning",
            "rows_missing",
            told("reading.rows_missing", found=len(found), expected=len(expected), missing="; ".join(missing)),
        )


def _prose_stretches(
    document: Document, tokens: Sequence[PrintedCell], tables: Tables, older: OlderTable | None = None
) -> list[Span]:
    """The paragraphs that no table claims; ``older``: in a report of an older form, its table does."""
    claimed = {tokens[at].start for at in tables.used} if older is None else older.starts
    stretches = []
    starts = sorted(claimed)
    at = 0
    starts.append(sys.maxsize)  # of a part that was cut off, blank paragraphs may stand behind the text
    for block in document.blocks:
        if not isinstance(block, Paragraph):
            continue
        text, start = block
        end = start + len(text)
        while starts[at] < start:
            at += 1
        if starts[at] >= end and not text.isspace() and text:
            stretches.append((start, end))
    return stretches
