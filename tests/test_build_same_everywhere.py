"""One set of figures, one set of rows: the same report in every format that a file can have."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from build import forms
from build.limits import Limits
from build.reading.read import read
from build.report import Report
from tests.render import LAYOUTS, Figures, Options, figures
from tests.render import html as html_render
from tests.render import sheet as sheet_render
from tests.render import word as word_render
from tests.render.office import convert
from tests.render.pdf import print_html, require
from tests.test_build_pdf_round_trip import STYLE

EXAMPLES = settings(
    max_examples=1,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=(Phase.generate,),
)
Rows = dict[str, object]

PRINTERS = ("chromium.pdf", "word.pdf", "sheet.pdf")
"""Pages on which a figure may be lost to the printer's line breaks; then problems says so."""


def same_report_in_every_format(truth: Figures, spelling: Options, folder: Path) -> dict[str, bytes]:
    """File name → bytes of the report."""
    page = html_render.written(truth, spelling, html_render.Page(surroundings=False))
    written = {
        "lines.txt": LAYOUTS["one_cell_a_line_with_pipe"](truth, spelling).encode(),
        "rows.md": LAYOUTS["markdown_rows"](truth, spelling).encode(),
        "page.html": page,
        "page.mhtml": saved_page(page),
        "word.docx": word_render.report_docx(truth, spelling),
        "sheet.xlsx": sheet_render.sheet_xlsx(sheet_render.report_cells(truth, spelling)),
        "sheet.csv": sheet_render.sheet_csv(sheet_render.report_cells(truth, spelling)).encode(),
        "drawn.ods": sheet_render.sheet_ods(sheet_render.report_cells(truth, spelling)),
    }
    ruled = page.decode().replace("<head>", f"<head><style>{STYLE.format(height=297, size=8)}</style>")
    written["chromium.pdf"] = print_html(ruled, folder)
    return written


def saved_page(page: bytes) -> bytes:
    """A page as browsers save it in one file."""
    message = EmailMessage()
    message["Subject"] = "report"
    message.set_content("see the page")
    message.add_alternative(page.decode(), subtype="html")
    return message.as_bytes()


def with_converted(every: Sequence[dict[str, bytes]], folder: Path) -> list[dict[str, bytes]]:
    """The files of several reports, and what LibreOffice makes of the Word file and of the sheet of each."""
    found = [dict(written) for written in every]
    for name, target in (("word.docx", "doc"), ("word.docx", "odt"), ("word.docx", "pdf"), ("sheet.xlsx", "xls")):
        sources = [folder / f"{number}-{name}" for number in range(len(every))]
        for source, written in zip(sources, every, strict=True):
            source.write_bytes(written[name])
        for written, made in zip(found, convert(require("soffice"), sources, target, folder), strict=True):
            written[f"{Path(name).stem}.{target}"] = made.read_bytes()
    return found


def rows_of(report: Report) -> Rows:
    """Every published row: its figures, and what says how they came."""
    applications = {f"applications.{row.item}": (row.cells, row.placement, row.unplaced) for row in report.applications}
    disclosures = {
        f"disclosures.{row.item}.{row.measure}": (row.count, row.amount_wan, row.placement, row.note)
        for row in report.disclosures
    }
    reviews = {f"reviews.{row.channel}": (row.cells, row.placement, row.unplaced) for row in report.reviews}
    return {**applications, **disclosures, **reviews}


def figures_of(report: Report) -> dict[str, object]:
    """Every published figure, without the blanks."""
    found: dict[str, object] = {}
    for name, row in rows_of(report).items():
        if name.startswith("disclosures"):
            count, amount = row[0], row[1]  # type: ignore[index]
            found |= {name: count if count is not None else amount} if count is not None or amount is not None else {}
        else:
            found |= {f"{name}.{column}": value for column, value in row[0]}  # type: ignore[index]
    return found


@given(data=st.data())
@EXAMPLES
def test_every_format_gives_the_same_rows_or_says_why_not(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("same")
    truths = [data.draw(figures(form)) for form in (forms.FORM_2019, forms.FORM_2021)]
    every = [same_report_in_every_format(truth, Options(blank="slash"), folder) for truth in truths]
    for truth, files in zip(truths, with_converted(every, folder), strict=True):
        reports = {name: only_report(folder / "in", name, content) for name, content in files.items()}
        first = reports["page.html"]
        assert first.identity.agency_printed == truth.agency
        for name, report in reports.items():
            assert (report.identity.year, report.identity.agency_printed, report.form) == (
                truth.year,
                truth.agency,
                first.form,
            ), name
            if name in PRINTERS:
                assert_none_wrong_and_losses_told(report, figures_of(first), name)
            else:
                assert rows_of(report) == rows_of(first), name
    shutil.rmtree(folder)


def assert_none_wrong_and_losses_told(report: Report, expected: dict[str, object], name: str) -> None:
    """No figure differs; what is missing is spoken of in problems."""
    found = figures_of(report)
    assert {key: value for key, value in found.items() if expected.get(key) != value} == {}, name
    if set(expected) - set(found):
        assert report.problems, (name, set(expected) - set(found))


def only_report(folder: Path, name: str, content: bytes) -> Report:
    """The one report in a file of that name."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    (report,) = read(path, name, Limits(max_seconds=180))
    assert isinstance(report, Report), (name, report)
    return report
