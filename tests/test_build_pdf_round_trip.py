"""PDF by round trip: reports printed by Chromium, on paper of many sizes, come back cell for cell."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from build.limits import Limits
from build.reading.read import read
from build.report import Problem, Report
from tests.render import Figures, Options, figures
from tests.render import html as html_render
from tests.render.pdf import print_html
from tests.test_build_text_layouts import assert_figures

PRINTED = settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
)
STYLE = (
    "@page {{size: 210mm {height}mm; margin: 12mm}} "
    "table {{border-collapse: collapse; width: 100%; font-size: {size}pt}} td, th {{border: 1px solid; padding: 2px}}"
)


def printed(truth: Figures, spelling: Options, folder: Path, height: int = 297, size: int = 8) -> bytes:
    """The PDF that Chromium prints of a report."""
    page = html_render.written(truth, spelling, html_render.Page(surroundings=False)).decode()
    return print_html(page.replace("<head>", f"<head><style>{STYLE.format(height=height, size=size)}</style>"), folder)


def results_of(data: bytes, folder: Path) -> tuple[Report | Problem, ...]:
    """What the PDF yields."""
    path = folder / "report"
    path.write_bytes(data)
    return read(path, path.name, Limits())


def only_report(results: tuple[Report | Problem, ...]) -> Report:
    """The one report among ``results``."""
    (report,) = results
    assert isinstance(report, Report), report
    return report


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for one test."""
    return tmp_path_factory.mktemp("pdf")


@given(truth=figures(), blank=st.sampled_from(("empty", "slash", "no-break")))
@settings(PRINTED)
def test_figures_come_back_cell_for_cell(folder: Path, truth: Figures, blank: str) -> None:
    report = only_report(results_of(printed(truth, Options(blank=blank), folder), folder))
    assert report.source_format == "pdf"
    assert_figures(report, truth)


@pytest.mark.parametrize("height", [120, 150, 190, 230])
@given(truth=figures())
@settings(PRINTED, max_examples=1)
def test_tables_cut_by_page_ends_are_whole(folder: Path, height: int, truth: Figures) -> None:
    data = printed(truth, Options(), folder, height)
    with pdfium.PdfDocument(data) as document:
        assert len(document) >= 3
    assert_figures(only_report(results_of(data, folder)), truth)


@pytest.mark.parametrize("degrees", [90, 180, 270])
@given(truth=figures())
@settings(PRINTED, max_examples=1)
def test_pages_turned_on_their_side(folder: Path, degrees: int, truth: Figures) -> None:
    document = pdfium.PdfDocument(printed(truth, Options(), folder))
    for page in document:
        page.set_rotation(degrees)
    turned = io.BytesIO()
    document.save(turned)
    assert_figures(only_report(results_of(turned.getvalue(), folder)), truth)


def test_a_scan_says_so_and_what_to_do(folder: Path) -> None:
    picture = pdfium.PdfDocument.new()
    picture.new_page(595, 842)
    stream = io.BytesIO()
    picture.save(stream)
    (problem,) = results_of(stream.getvalue(), folder)
    assert isinstance(problem, Problem)
    assert problem.code in {"scan", "empty"}
    assert problem.severity == "error"


def test_more_pages_than_the_limit_are_refused(folder: Path) -> None:
    document = pdfium.PdfDocument.new()
    for _ in range(40):
        document.new_page(100, 100)
    stream = io.BytesIO()
    document.save(stream)
    path = folder / "long"
    path.write_bytes(stream.getvalue())
    (problem,) = read(path, path.name, Limits(max_pages=30))
    assert isinstance(problem, Problem)
    assert problem.code == "too_many_pages"
