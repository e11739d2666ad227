"""Tables of PDF files without column lines, fonts that mislead, figures set wide, two pages on one sheet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from build import forms
from build.document import Document, Grid
from build.errors import ReadError
from build.limits import Limits
from build.parse.values import read_value
from build.readers.pdf import read as read_pdf
from build.reading.read import read
from build.report import Problem, Report
from tests.render import Figures, Options
from tests.render.figures import Printed, application_items, disclosure_cells, with_totals
from tests.render.grids import report_parts
from tests.render.pdf import convert_office, line, require, ruled, say, write_pdf
from tests.render.pdf_tables import Style, printed_report
from tests.render.word import report_docx
from tests.test_build_text_layouts import assert_figures

QUICK = settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
)
STYLES = [
    Style(borders, middle, centred)
    for borders in ("none", "horizontal", "three", "full")
    for middle, centred in ((False, False), (True, True), (True, False))
]


def named(style: Style) -> str:
    """A name for a style of tables."""
    return f"{style.borders}-{'middle' if style.middle else 'top'}-{'centred' if style.centred else 'left'}"


@st.composite
def small_figures(draw: st.DrawFn, form: str) -> Figures:
    """Figures that fit into one line of a narrow column; R1 to R4 hold."""
    counts = st.integers(0, 480)
    names = [column.code for column in forms.APPLICANTS]
    items = application_items(form)
    row = st.fixed_dictionaries({name: st.one_of(st.just(0), st.integers(0, 60)) for name in names})
    results = {item: draw(row) for item in items if item in forms.RESULT_ITEMS}
    rows = with_totals(results, draw(row), draw(row))
    reviews = {}
    for channel in forms.REVIEW_CHANNELS:
        outcomes = {column.code: draw(st.integers(0, 90)) for column in forms.REVIEW_OUTCOMES}
        reviews[channel.code] = {**outcomes, forms.TOTAL.code: sum(outcomes.values())}
    cells = {}
    for item, measure in disclosure_cells(form):
        count = draw(counts)
        cells[item, measure] = Printed("0", amount_wan=0) if measure == "amount" else Printed(str(count), count)
    return Figures(
        agency="东明县人民政府",
        year=2020 if form == forms.FORM_2019 else 2023,
        form=form,
        applications={item: rows[item] for item in items},
        disclosures=cells,
        reviews=reviews,
        unit_in_header=True,
    )


def read_report(data: bytes, folder: Path) -> Report:
    """The one report in a file."""
    path = folder / "report"
    path.write_bytes(data)
    (report,) = read(path, path.name, Limits())
    assert isinstance(report, Report), report
    return report


def document_of(*operators: str, size: tuple[float, float] = (400, 300)) -> Document:
    (document,) = read_pdf(write_pdf([operators], size), Limits())
    return document


def grid_texts(document: Document) -> list[list[list[str | None]]]:
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    return [[[cell.text if cell else None for cell in row] for row in grid.matrix()] for grid in grids]


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for one test."""
    return tmp_path_factory.mktemp("pdf-tables")


# Whole reports -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [forms.FORM_2019, forms.FORM_2021])
@pytest.mark.parametrize("style", STYLES, ids=named)
@given(data=st.data())
@QUICK
def test_figures_come_back_whatever_lines_a_table_has(
    folder: Path, style: Style, form: str, data: st.DataObject
) -> None:
    truth = data.draw(small_figures(form))
    report = read_report(printed_report(report_parts(truth, Options()), style), folder)
    assert_figures(report, truth)
