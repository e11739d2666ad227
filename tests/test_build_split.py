"""Several reports in one file: each its own report, its text and positions its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from build.limits import Limits
from build.reading.read import read
from build.report import Report
from tests.assertions import build, query
from tests.render import LAYOUTS, Figures, Options, figures
from tests.render import html as html_render
from tests.samples import AGENCY, report_text, sound_figures
from tests.test_build_text_layouts import assert_figures

FEW = settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


def read_reports(path: Path) -> list[Report]:
    """All reports of a file that has nothing else to say."""
    results = read(path, path.name, Limits())
    reports = [result for result in results if isinstance(result, Report)]
    assert len(reports) == len(results)
    return reports


@pytest.mark.parametrize("layout", ["lines_between_blanks", "tab_indented", "compact_pipe_rows", "pdf_page_text"])
@given(first=figures(), second=figures(), third=figures())
@FEW
def test_a_text_with_three_reports(
    tmp_path_factory: pytest.TempPathFactory, layout: str, first: Figures, second: Figures, third: Figures
) -> None:
    expected = (first, second, third)
    assume(len({(truth.agency, truth.year) for truth in expected}) == 3)
    path = tmp_path_factory.mktemp("split") / "three.txt"
    path.write_text("\n\n".join(LAYOUTS[layout](truth, Options()) for truth in expected), encoding="utf-8")
    reports = read_reports(path)
    assert [report.id.partition("-")[2] for report in reports] == ["", "2", "3"]
    for report, truth in zip(reports, expected, strict=True):
        assert_figures(report, truth)
        assert report.sections[0].text_start == 0


@given(first=figures(), second=figures(), data=st.data())
@FEW
def test_a_page_with_two_reports(
    tmp_path_factory: pytest.TempPathFactory, first: Figures, second: Figures, data: st.DataObject
) -> None:
    assume((first.agency, first.year) != (second.agency, second.year))
    page = html_render.Page(cells=data.draw(st.sampled_from(sorted(html_render.CELLS))), surroundings=False)
    bodies = "".join(html_render.report(truth, Options(), page) for truth in (first, second))
    path = tmp_path_factory.mktemp("split") / "two.html"
    path.write_text(f"<html><meta charset=utf-8><body>{bodies}</body></html>", encoding="utf-8")
    for report, truth in zip(read_reports(path), (first, second), strict=True):
        assert_figures(report, truth)


def test_a_report_printed_twice_is_one_report(tmp_path: Path) -> None:
    text = (Path(__file__).parent.parent / "reports" / "nanchang-2020.txt").read_text(encoding="utf-8")
    path = tmp_path / "twice.txt"
    path.write_text(text + "\n" + text, encoding="utf-8")
    (report,) = read(path, path.name, Limits())
    assert isinstance(report, Report)
    assert len(report.applications) == 23


def test_reports_without_the_table_of_applications_are_parted_too(tmp_path: Path) -> None:
    both = {"东明县水利局": 3, "东明县林业局": 8}
    table = "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n规章 | 0 | 0 | 0\n行政规范性文件 | {} | 0 | 20"
    texts = [f"{agency}2022年政府信息公开工作年度报告\n{table.format(count)}\n" for agency, count in both.items()]
    path = tmp_path / "two.txt"
    path.write_text("\n".join(texts), encoding="utf-8")
    reports = [result for result in read(path, path.name, Limits()) if isinstance(result, Report)]
    issued = {
        report.identity.agency: figure.count
        for report in reports
        for figure in report.disclosures
        if (figure.item, figure.measure) == ("normative_document", "issued")
    }
    assert issued == both


def test_a_report_that_stands_twice_in_a_file_with_another_between_counts_once(tmp_path: Path) -> None:
    texts = [report_text(figures=sound_figures(agency=agency)) for agency in (AGENCY, "曹县人民政府", AGENCY)]
    texts[1] = texts[1].replace(AGENCY, "曹县人民政府")
    source, output = tmp_path / "collected.txt", tmp_path / "gongkai.db"
    source.write_text("\n\n".join(texts), encoding="utf-8")
    build(source, output=output)
    columns = "id, agency, current, superseded_by, superseded_reason"
    first, other, last = query(output, f"SELECT {columns} FROM reports ORDER BY length(id), id")
    assert (first["current"], other["current"], last["current"]) == (1, 1, 0)
    assert (first["agency"], other["agency"], last["agency"]) == (AGENCY, "曹县人民政府", AGENCY)
    assert last["id"] == f"{first['id']}-3"
    assert (last["superseded_by"], last["superseded_reason"]) == (first["id"], "nothing_stated")
