"""Every format by round trip: a report's figures, written as a file of that format, come back cell for cell."""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from build.limits import Limits
from build.reading.read import read
from build.report import Problem, Report
from tests.render import Figures, Options, figures
from tests.render import html as html_render
from tests.render import sheet as sheet_render
from tests.render import word as word_render
from tests.test_build_text_layouts import assert_figures

ROUND_TRIPS = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
Writer = Callable[[Figures, Options], bytes]

options = st.builds(
    Options,
    blank=st.sampled_from(("empty", "no-break", "slash", "dash")),
    digits=st.sampled_from(("plain", "full-width", "thousands")),
    header=st.sampled_from(("whole", "split")),
    quotes=st.sampled_from(("curly", "straight", "none")),
    numbering=st.sampled_from((".", "、", "．")),
    spaced=st.booleans(),
    full_width=st.booleans(),
)
pages = st.builds(
    html_render.Page,
    cells=st.sampled_from(sorted(html_render.CELLS)),
    layout=st.sampled_from(sorted(html_render.LAYOUTS)),
    noise=st.booleans(),
    end_tags=st.booleans(),
    caption=st.sampled_from(("none", "element", "row")),
    head_rows=st.booleans(),
    wide_header=st.booleans(),
    surroundings=st.booleans(),
)
numbers = itertools.count()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for one test module's reports."""
    return tmp_path_factory.mktemp("formats")


def read_bytes(folder: Path, data: bytes, name: str = "report") -> tuple[Report | Problem, ...]:
    """What a file with ``data`` yields; its name says nothing of its format."""
    path = folder / f"{next(numbers)}-{name}"
    path.write_bytes(data)
    return read(path, path.name, Limits())


def only_report(results: tuple[Report | Problem, ...]) -> Report:
    """The one report among ``results``."""
    (report,) = results
    assert isinstance(report, Report), report
    return report


@given(expected=figures(), spelling=options, page=pages)
@settings(ROUND_TRIPS, max_examples=40)
def test_web_pages(folder: Path, expected: Figures, spelling: Options, page: html_render.Page) -> None:
    report = only_report(read_bytes(folder, html_render.written(expected, spelling, page)))
    assert report.source_format == "html"
    assert_figures(report, expected)


WRITERS: dict[str, Writer] = {
    "docx": word_render.report_docx,
    "xlsx": lambda truth, spelling: sheet_render.sheet_xlsx(sheet_render.report_cells(truth, spelling)),
    "ods": lambda truth, spelling: sheet_render.sheet_ods(sheet_render.report_cells(truth, spelling)),
    "csv": lambda truth, spelling: sheet_render.sheet_csv(sheet_render.report_cells(truth, spelling)).encode(),
}


@pytest.mark.parametrize("source_format", WRITERS)
@given(expected=figures(), spelling=options)
@settings(ROUND_TRIPS)
def test_office_documents(folder: Path, source_format: str, expected: Figures, spelling: Options) -> None:
    # Of separated values a wholly blank row cannot be told from no row.
    figures_of_reviews = [count for cells in expected.reviews.values() for count in cells.values() if count is not None]
    assume(source_format != "csv" or figures_of_reviews or spelling.blank in {"slash", "dash"})
    report = only_report(read_bytes(folder, WRITERS[source_format](expected, spelling)))
    assert report.source_format == source_format
    assert_figures(report, expected)


@given(first=figures(), second=figures())
@settings(ROUND_TRIPS, max_examples=3)
def test_an_archive_yields_each_of_its_reports(folder: Path, first: Figures, second: Figures) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("年报/甲.docx", word_render.report_docx(first, Options()))
        archive.writestr("年报/乙.html", html_render.written(second, Options(), html_render.Page()))
        archive.writestr("年报/说明.txt", "这是一封随寄的信,没有报告。".encode())
    results = read_bytes(folder, stream.getvalue())
    reports = {result.source_file.split("#")[1]: result for result in results if isinstance(result, Report)}
    assert_figures(reports["年报/甲.docx"], first)
    assert_figures(reports["年报/乙.html"], second)
    assert len({report.id for report in reports.values()}) == 2
    (left_over,) = [result for result in results if isinstance(result, Problem)]
    assert (left_over.code, left_over.severity) == ("not_a_report", "warning")
    assert left_over.source_file.endswith("#年报/说明.txt")
