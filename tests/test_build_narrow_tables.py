"""Tables that lack a column of the form, its header and all: what is left is not taken for the form's columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from build.limits import Limits
from build.reading.read import Content, read_content
from build.report import Report
from tests.render import LAYOUTS, Figures, Options, grids, text
from tests.render.tables import Table, application_table, disclosure_tables, review_table
from tests.render.word import report_docx
from tests.samples import sound_figures

FIGURES = sound_figures()
NARROWED = [("disclosures", at) for at in range(3)] + [("applications", at) for at in range(7)]
NARROWED += [("reviews", at) for at in (0, 4, 7, 14)]

Narrow = Callable[[str, int, bool], None]


def without_column(table: Table, at: int) -> Table:
    """``table`` without its value column ``at``: the lowest header cell that begins above it, and the values."""
    if table.width < 2 or at >= table.width:
        return table
    column = table.depth + at
    headers = list(table.headers)
    lowest = max(n for n, row in enumerate(headers) if any(header.column == column for header in row))
    headers[lowest] = tuple(header for header in headers[lowest] if header.column != column)
    moved = tuple(
        tuple(replace(header, column=header.column - (header.column > column)) for header in row) for row in headers
    )
    rows = tuple(replace(row, values=row.values[:at] + row.values[at + 1 :]) for row in table.rows)
    return replace(table, headers=moved, rows=rows)


def with_columns_exchanged(table: Table, one: int, other: int) -> Table:
    """``table`` with two of its value columns in each other's place, headings and figures."""
    places = {table.depth + one: table.depth + other, table.depth + other: table.depth + one}
    headers = tuple(
        tuple(
            sorted(
                (replace(header, column=places.get(header.column, header.column)) for header in row),
                key=lambda header: header.column,
            )
        )
        for row in table.headers
    )
    order = [{one: other, other: one}.get(at, at) for at in range(table.width)]
    return replace(
        table,
        headers=headers,
        rows=tuple(replace(row, values=tuple(row.values[at] for at in order)) for row in table.rows),
    )


def with_filler(table: Table) -> Table:
    """``table`` with an empty cell at the end of each row, as merged cells leave it."""
    return replace(table, rows=tuple(replace(row, values=(*row.values, "")) for row in table.rows))


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> Narrow:
    """What takes a column out of a section's tables in all that is rendered from then on."""

    def change(section: str, at: int, filled: bool) -> None:
        def changed(table: Table) -> Table:
            left = without_column(table, at)
            return with_filler(left) if filled and left is not table else left

        for module in (text, grids):
            if section == "disclosures":
                monkeypatch.setattr(module, "disclosure_tables", lambda *a: tuple(map(changed, disclosure_tables(*a))))
            elif section == "applications":
                monkeypatch.setattr(module, "application_table", lambda *a: changed(application_table(*a)))
            else:
                monkeypatch.setattr(module, "review_table", lambda *a: changed(review_table(*a)))

    return change


def read_one(data: bytes) -> Report:
    (report,) = (found for found in read_content(Content(data), Limits()) if isinstance(found, Report))
    return report


def wrong(report: Report, figures: Figures) -> Iterator[tuple[str, str, object]]:
    """Published figures that are not those of their place."""
    for each in report.disclosures:
        if each.count is not None or each.amount_wan is not None:
            printed = figures.disclosures.get((each.item, each.measure))
            if printed is None or (each.count, each.amount_wan) != (printed.count, printed.amount_wan):
                yield each.item, each.measure, each.count
    for row in report.applications:
        yield from (
            (row.item, column, count) for column, count in row.cells if count != figures.applications[row.item][column]
        )
    for review in report.reviews:
        yield from (
            (review.channel, column, count)
            for column, count in review.cells
            if count != figures.reviews[review.channel][column]
        )


@pytest.mark.parametrize(("section", "at"), NARROWED)
def test_no_figure_moves_into_the_place_of_a_column_that_is_not_there(narrow: Narrow, section: str, at: int) -> None:
    narrow(section, at, False)
    for layout in LAYOUTS.values():
        assert list(wrong(read_one(layout(FIGURES, Options()).encode()), FIGURES)) == []


@pytest.mark.parametrize(("section", "at"), NARROWED)
def test_an_empty_cell_at_the_end_of_a_row_does_not_stand_for_the_column(narrow: Narrow, section: str, at: int) -> None:
    narrow(section, at, True)
    assert list(wrong(read_one(report_docx(FIGURES, Options())), FIGURES)) == []


def test_columns_in_another_order_are_followed_below_a_header_that_names_some_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def changed(table: Table) -> Table:
        return without_column(with_columns_exchanged(table, 1, 2), 4)

    monkeypatch.setattr(grids, "application_table", lambda *a: changed(application_table(*a)))
    report = read_one(report_docx(FIGURES, Options()))
    assert list(wrong(report, FIGURES)) == []
    placed = {column for row in report.applications if row.placement == "inferred" for column, _ in row.cells}
    assert placed >= {"business", "research_institution", "total"}


WITH_A_HEADER = {
    "lines between blanks": lambda *how: LAYOUTS["lines_between_blanks"](*how).encode(),
    "one cell a line with pipe": lambda *how: LAYOUTS["one_cell_a_line_with_pipe"](*how).encode(),
    "cells": report_docx,
}


@pytest.mark.parametrize("layout", WITH_A_HEADER)
def test_a_header_that_lost_words_above_whole_rows_names_no_narrow_table(layout: str) -> None:
    report = read_one(WITH_A_HEADER[layout](FIGURES, Options(header="partly-lost")))
    assert {row.placement for row in report.applications} == {"printed"}
    assert {row.placement for row in report.reviews} == {"printed"}
    assert {each.placement for each in report.disclosures} == {"printed"}


def test_a_header_cut_into_pieces_above_rows_with_totals_alone_names_no_narrow_table() -> None:
    totals = {
        item: {column: count if column == "total" else None for column, count in cells.items()}
        for item, cells in FIGURES.applications.items()
    }
    figures = replace(FIGURES, applications=totals)
    whole = LAYOUTS["compact_pipe_rows"](figures, Options(blank="empty"))
    (line,) = (line for line in whole.split("\n") if "商业企业" in line and "科研机构" in line)
    cut = line.replace("商业企业", "商业").replace("科研机构", "科研") + "\n企业 | 机构 |"
    report = read_one(whole.replace(line, cut).encode())
    assert list(wrong(report, figures)) == []
    assert {row.placement for row in report.applications} == {"printed"}
