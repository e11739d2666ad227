"""A scan, read by the programs that people install for it: how the report says that a program read it."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from build import forms
from build.__main__ import main
from tests.assertions import build as build_from
from tests.render import Options
from tests.render import html as html_render
from tests.render.pdf import print_html, require
from tests.samples import sound_figures

from .site_server import Site, running

DOTS_AN_INCH = 300
STYLE = (
    "@page { size: 210mm 297mm; margin: 10mm } body { font: 13pt 'Noto Sans CJK SC' } "
    "table { border-collapse: collapse; width: 100%; font-size: 11pt } td, th { border: 1px solid; padding: 3px }"
)
FIGURES = sound_figures(forms.FORM_2021, "青山县人民政府", 2022)


def scan(folder: Path) -> bytes:
    """A PDF that holds pictures of a report's pages and no text."""
    page = html_render.written(FIGURES, Options(), html_render.Page(surroundings=False)).decode()
    printed = pdfium.PdfDocument(print_html(page.replace("<head>", f"<head><style>{STYLE}</style>"), folder))
    first, *others = [sheet.render(scale=DOTS_AN_INCH / 72, grayscale=True).to_pil() for sheet in printed]
    stream = io.BytesIO()
    first.save(stream, "PDF", save_all=True, append_images=others, resolution=DOTS_AN_INCH)
    return stream.getvalue()


@dataclass(frozen=True)
class Build:
    """A database and what the command said."""

    database: Path
    exit_code: int

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """The rows that ``sql`` gives."""
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one scan."""
    folder = tmp_path_factory.mktemp("scan")
    (folder / "reports").mkdir()
    (folder / "ocrmypdf").mkdir()
    (folder / "tesseract").mkdir()
    (folder / "reports" / "scan.pdf").write_bytes(scan(folder))
    return folder / "reports"


@pytest.fixture(scope="module", params=["ocrmypdf", "tesseract"])
def read_by(request: pytest.FixtureRequest, reports: Path) -> Iterator[Build]:
    """The scan read by one of the two programs."""
    tool: str = request.param
    require("ocrmypdf")
    require("tesseract")
    database = reports.parent / tool / "gongkai.db"
    with pytest.MonkeyPatch.context() as patch:
        if tool == "tesseract":
            only = reports.parent / "programs"
            only.mkdir()
            (only / "tesseract").symlink_to(require("tesseract"))
            patch.setenv("PATH", str(only))
        yield Build(database, main([str(reports), "--ocr", "--max-seconds", "300", "--output", str(database)]))


def test_without_being_asked_a_scan_is_no_report(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build = Build(reports.parent / "plain.db", build_from(reports, output=reports.parent / "plain.db"))
    assert build.exit_code == 1
    assert build.rows("SELECT severity, code FROM problems") == [("error", "scan")]
    assert "--ocr" in capsys.readouterr().err


def test_a_scan_becomes_a_report_that_says_who_read_it(read_by: Build) -> None:
    assert read_by.exit_code == 0
    assert read_by.rows("SELECT count(*) FROM reports") == [(1,)]
    marks = read_by.rows("SELECT severity FROM problems WHERE code = 'ocr' AND report IS NOT NULL")
    assert marks
    assert set(marks) == {("warning",)}


def test_no_figure_of_section_three_is_published_that_the_scan_does_not_print(read_by: Build) -> None:
    columns = ", ".join(forms.APPLICATION_COLUMNS)
    for item, *cells in read_by.rows(f"SELECT item, {columns} FROM applications"):
        printed = FIGURES.applications[str(item)]
        wrong = {
            column: cell
            for column, cell in zip(forms.APPLICATION_COLUMNS, cells, strict=True)
            if cell is not None and cell != printed[column]
        }
        assert not wrong, item


def test_the_report_page_says_so_above_all_figures(read_by: Build) -> None:
    ((report,),) = read_by.rows("SELECT id FROM reports")
    with running(read_by.database) as served:
        page = _page(served, str(report))
    assert page.index("扫描件，机器识读") < page.index('id="disclosures"')


def _page(site: Site, report: str) -> str:
    return site.get(f"/gongkai/reports/{report}").text
