"""Document → Report: sections, tables, prose and identity of one annual report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from .. import forms
from ..document import Document, Notice
from ..errors import ReadError
from ..identity.evidence import SelfDescription, gather
from ..identity.genre import FEWEST_SECTIONS, Genre, count_sections, genre_of
from ..identity.identity import read_identity
from ..identity.older import is_of_older_form, older_form_notice
from ..limits import Limits
from ..messages import Message, listed, sentences, spoken, told
from ..parse.cells import fillers_trail
from ..parse.figures import Figures, read_figures
from ..parse.layout import Layout, read_layout
from ..parse.missing import missing_tables, with_words_told
from ..parse.older import OlderTable, find_older_table
from ..parse.sections import SectionHeading, cut_sections
from ..prose import Prose, explain_prose, read_prose
from ..report import Problem, Report, Span
from .blank_form import refuse_blank_form
from .split import split_reports
from .visibility import mark_notices


@dataclass(frozen=True, slots=True)
class Origin:
    """What a report keeps of the file it came from."""

    source_file: str
    sha256: str


def parse(document: Document, origin: Origin, new_id: Callable[[], str], limits: Limits) -> tuple[Report, ...]:
    """Read every report out of ``document``; ``new_id`` gives each its id.

    Raises ReadError ``not_a_report`` if the document presents no report of its own.
    """
    layout = read_layout(document)
    parts = split_reports(document, layout.cells, layout.tables)
    if len(parts) == 1:
        return (_read_report(document, layout, origin, new_id, limits),)
    return tuple(_read_report(part, read_layout(part), origin, new_id, limits) for part in parts)


def explain(document: Document) -> Iterator[str]:
    """The prose of ``document`` clause by clause: what was taken for what, and what was left."""
    layout = read_layout(document)
    for whole in split_reports(document, layout.cells, layout.tables):
        found = read_layout(whole)
        identity, _, _ = read_identity(gather(found.shown, found.cells))
        agency = identity.agency or told("reading.no_agency")
        year = str(identity.year) if identity.year else told("reading.no_year")
        yield f"# {spoken(listed((agency, year)))}"
        yield from explain_prose(found.shown.text, found.prose(), identity.year)


def _read_report(
    document: Document, layout: Layout, origin: Origin, new_id: Callable[[], str], limits: Limits
) -> Report:
    shown, cells, tables = layout.shown, layout.cells, layout.tables
    figures = read_figures(tables, limits, fillers_trail(shown.text), _is_scan(document))
    figures, told_in_words = with_words_told(figures, document)
    missing = (*missing_tables(figures, document), *told_in_words)
    older, sections = find_older_table(cells, figures), cut_sections(document.text, layout.headings)
    prose_of_form = layout.prose()
    prose_beside_older = prose_of_form if older.beside_later else layout.prose(older.starts)
    said = gather(shown, cells)
    identity, whose, identity_notices = read_identity(said)
    evidence = (*said.evidence, *whose.decided)
    is_older = is_of_older_form(older, identity.year)
    if is_older:
        figures, missing = Figures(forms.OLDER, (), (), (), (older_form_notice(older, identity.year),)), ()
    reason = _why_no_report(shown, layout, figures, said, older)
    prose = read_prose(shown.text, prose_beside_older if is_older else prose_of_form, identity.year)
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
        *missing,
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
    document: Document, layout: Layout, figures: Figures, said: SelfDescription, older: OlderTable
) -> Message | None:
    """Why ``document`` is no report, and what to do; None if it is one."""
    cells, headings, title = layout.cells, layout.headings, said.title
    genre = genre_of(document, cells, title, said.titles, len(headings), _has_figures(figures))
    if genre is not None:
        return _genre_message(genre, document)
    is_named = (title is not None and title.names_a_report) or _is_presented(said, headings)
    if _has_tables(figures) or older.is_table or is_named or count_sections(cells, len(headings)) >= FEWEST_SECTIONS:
        return None
    return _no_report_message(document, headings)


FEWEST_PRESENTED = 2
"""Sections with titles that reports have, where a sentence presents the text as a certain authority's report."""


def _is_presented(said: SelfDescription, headings: Sequence[SectionHeading]) -> bool:
    """Whether a sentence says whose report of which year is published here, and sections of a report follow."""
    presented = (
        any(one.kind == "presented" and one.weight == 3 for one in told) for told in (said.agencies, said.years)
    )
    return len(headings) >= FEWEST_PRESENTED and all(presented)


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
