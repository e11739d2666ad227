"""Every figure leads back to its words: the text at a figure's position is what the report prints there."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from build import forms
from build.limits import Limits
from build.parse.values import read_value
from build.reading.read import read
from build.report import PlacedRow, Report
from tests.render import LAYOUTS, Figures, Options, figures
from tests.render import html as html_render
from tests.render import options as layout_options
from tests.test_build_formats import WRITERS
from tests.test_build_formats import options as file_options
from tests.test_build_formats import pages as html_pages

ROOT = Path(__file__).resolve().parent.parent
REPORTS = [path for folder in (ROOT, ROOT.parent / "shared") for path in sorted((folder / "reports").glob("*.txt"))]
"""The published reports, and beside the repository, where they are there, the same reports in full."""
FEW = settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
numbers = itertools.count()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for this module's reports."""
    return tmp_path_factory.mktemp("positions")


def read_bytes(folder: Path, data: bytes, ending: str = "") -> Report:
    """The one report in a file with ``data``."""
    path = folder / f"{next(numbers)}{ending}"
    path.write_bytes(data)
    (report,) = read(path, path.name, Limits())
    assert isinstance(report, Report), report
    return report


def assert_positions(report: Report) -> None:
    """Sections tile the text; every row, cell, figure and sentence stands where its position says."""
    assert [section.text_start for section in report.sections] == list(
        itertools.accumulate((len(section.text) for section in report.sections[:-1]), initial=0)
    )
    for row in report.applications:
        assert_row(report, row, forms.APPLICATION_COLUMNS)
    for review in report.reviews:
        assert_row(report, review, forms.REVIEW_COLUMNS)
    for figure in report.disclosures:
        words = report.text[slice(*figure.span)]
        if figure.placement != "printed":
            assert_in_order(figure.printed.split("|"), words)
        else:
            assert figure.printed in (words, words.strip()), figure
    sentences = [(hotline.span, hotline.sentence) for hotline in report.hotline]
    sentences += [(statement.span, statement.sentence) for statement in report.statements]
    for span, sentence in sentences:
        assert report.text[slice(*span)] == sentence


def assert_row(report: Report, row: PlacedRow, columns: tuple[str, ...]) -> None:
    """The row's printed cells stand in its span, in order; each placed cell in its own."""
    assert_in_order(row.printed, report.text[slice(*row.span)])
    spans = dict(row.cell_spans)
    for column, count in row.cells:
        start, end = spans[column]
        assert row.span[0] <= start < end <= row.span[1]
        assert read_value(report.text[start:end]).count == count, (row, column)
    if row.placement == "printed" and len(row.printed) == len(columns):
        for column, printed in zip(columns, row.printed, strict=True):
            if column in spans:
                assert report.text[slice(*spans[column])].strip() == printed.strip()


def assert_in_order(cells: Iterable[str], words: str) -> None:
    """The printed cells stand in ``words``, one behind the other."""
    place = 0
    for printed in cells:
        assert printed in words[place:], (printed, words)
        place = words.index(printed, place) + len(printed)


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_real_reports(path: Path) -> None:
    (report,) = read(path, path.name, Limits())
    assert isinstance(report, Report)
    assert report.applications and (report.disclosures or report.reviews)
    assert_positions(report)


@pytest.mark.parametrize("layout", LAYOUTS)
@given(data=st.data())
@FEW
def test_layouts_of_text(folder: Path, layout: str, data: st.DataObject) -> None:
    written = LAYOUTS[layout](data.draw(figures()), data.draw(layout_options(layout)))
    assert_positions(read_bytes(folder, written.encode(), ".txt"))


@pytest.mark.parametrize("layout", ["lines_between_blanks", "one_cell_a_line_with_pipe", "tab_indented"])
@given(expected=figures())
@FEW
def test_rows_whose_blanks_were_dropped(folder: Path, layout: str, expected: Figures) -> None:
    written = LAYOUTS[layout](expected, Options(blank="dropped"))
    assert_positions(read_bytes(folder, written.encode(), ".txt"))


@given(expected=figures(), spelling=file_options, page=html_pages)
@FEW
def test_web_pages(folder: Path, expected: Figures, spelling: Options, page: html_render.Page) -> None:
    assert_positions(read_bytes(folder, html_render.written(expected, spelling, page)))


@pytest.mark.parametrize("source_format", WRITERS)
@given(expected=figures(), spelling=file_options)
@FEW
def test_office_documents(folder: Path, source_format: str, expected: Figures, spelling: Options) -> None:
    assert_positions(read_bytes(folder, WRITERS[source_format](expected, spelling)))
