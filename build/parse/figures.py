"""Rows of tables as found → figures in columns, with what could not be given a column said so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from .. import forms
from ..document import Notice
from ..limits import Limits
from ..messages import told
from ..report import ApplicationRow, DisclosureFigure, ReviewRow
from .applications import WIDTH, is_row_lost, read_applications
from .astray import rows_astray
from .columns import habit_of, of_narrow_tables
from .disclosures import forms_of_tables, row_figures, with_measures
from .notices import SECTION_NAMES, Notices
from .reviews import read_reviews
from .row_cells import texts_of
from .rows_once import one_row_an_item, tell_odd_rows
from .tables import APPLICATIONS, DISCLOSURES, REVIEWS, Row, Tables


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one report's tables, its form, and what to tell the person who publishes.

    ``refused``: tables (and items of section 三) that stand twice with different figures: they are there, and nothing
    of them is published.
    """

    form: str | None
    applications: tuple[ApplicationRow, ...]
    disclosures: tuple[DisclosureFigure, ...]
    reviews: tuple[ReviewRow, ...]
    notices: tuple[Notice, ...]
    refused: frozenset[str] = frozenset()


def read_figures(tables: Tables, limits: Limits, fillers_trail: bool, scanned: bool) -> Figures:
    """Give every cell of ``tables`` its column, by label and header, or by the relations of the form.

    ``fillers_trail``: the document's rows end in the filler of merged cells. ``scanned``: a program read pictures of
    the pages, so that cells may be lost (no short row is placed) or misread (a row counts only if it adds up).
    """
    notices = Notices(scanned=scanned)
    if scanned:
        limits = replace(limits, search_steps=0)
    tell_odd_rows(tables.rows, notices)
    astray = rows_astray(tables)
    application_rows, twice = one_row_an_item(tables.rows, APPLICATIONS, notices)
    disclosure_rows, twice_disclosed = one_row_an_item(tables.rows, DISCLOSURES, notices)
    forms_seen = forms_of_tables(disclosure_rows)
    measured = with_measures(disclosure_rows, forms_seen)
    habit = habit_of(
        [
            *((row.cells, WIDTH) for row in application_rows),
            *((row.cells, len(measures)) for row, measures in measured if measures is not None),
        ],
        default=0 if fillers_trail else None,
    )
    row_lost = bool(twice) or is_row_lost(tables)
    applications = read_applications(application_rows, habit, limits, notices, row_lost, astray)
    narrow = of_narrow_tables(measured)
    disclosures = tuple(
        chain.from_iterable(row_figures(*row, row[0].code in narrow, habit, notices, astray) for row in measured)
    )
    labelled = [*application_rows, *disclosure_rows]
    review_begin = 1 if labelled and all(row.opened for row in labelled) else None
    reviews = read_reviews([row for row in tables.rows if row.table == REVIEWS], review_begin, notices)
    refused = twice | twice_disclosed | ({REVIEWS} if reviews is None else set())
    _warn_astray([*application_rows, *disclosure_rows], astray, notices)
    for stray in tables.strays:
        notices.warn(
            "cells_without_label",
            told("parse.cells_without_label", before=stray.before),
            " ".join(token.text for token in stray.cells[:20]),
        )
    return Figures(
        _form(forms_seen.values(), applications),
        applications,
        disclosures,
        reviews or (),
        tuple(notices.found),
        frozenset(refused),
    )


def _warn_astray(rows: Iterable[Row], astray: Collection[int], notices: Notices) -> None:
    for table, section in SECTION_NAMES.items():
        found = [row for row in rows if row.table == table and row.start in astray]
        if found:
            notices.warn(
                "row_unplaced",
                told("parse.rows_astray", section=told(section), rows=len(found), first=found[0].label_text),
                "|".join(texts_of(found[0].cells)),
            )


def _form(seen: Iterable[str | None], applications: Sequence[ApplicationRow]) -> str | None:
    """``reports.form``: by section 二's headers; section 三's rows decide where there are none, or make it mixed.

    A row that only one form has tells it; one that a form prints and another allows for (其他处理), where nothing else
    does.
    """
    known = {form for form in seen if form is not None}
    rows = {row.item for row in applications}
    fitting = [form for form in forms.FORMS if all(form.has(row) for row in rows)]
    printing = [form for form in fitting if any(row in form.applications for row in rows - forms.PRINTED_IN_EVERY_FORM)]
    if len(fitting) == 1:
        known.add(fitting[0].code)
    elif not known and len(printing) == 1:
        known.add(printing[0].code)
    if len(known) > 1:
        return forms.MIXED
    return known.pop() if known else None
