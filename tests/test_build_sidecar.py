"""``NAME.meta.yml`` beside a document: what it states wins, and a contradiction is said."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from build import forms
from build.limits import Limits
from build.reading.read import read
from build.report import Report
from tests.render import LAYOUTS, Figures, Options, Printed
from tests.render.figures import application_items, disclosure_cells


@pytest.fixture
def report_file(tmp_path: Path) -> Path:
    """A text report of 东明县人民政府 for 2020 in which every figure is 0."""
    truth = Figures(
        agency="东明县人民政府",
        year=2020,
        form=forms.FORM_2019,
        applications={item: dict.fromkeys(forms.APPLICATION_COLUMNS, 0) for item in application_items("2019")},
        disclosures=dict.fromkeys(disclosure_cells("2019"), Printed("0", 0)),
        reviews={channel.code: dict.fromkeys(forms.REVIEW_COLUMNS, 0) for channel in forms.REVIEW_CHANNELS},
    )
    path = tmp_path / "report.txt"
    path.write_text(LAYOUTS["lines_between_blanks"](truth, Options()), encoding="utf-8")
    return path


def read_one(path: Path) -> Report:
    """The report in ``path``."""
    (report,) = read(path, path.name, Limits())
    assert isinstance(report, Report)
    return report


def codes(report: Report) -> list[str]:
    """The codes of a report's problems."""
    return [problem.code for problem in report.problems]


@pytest.mark.parametrize("name", ["report.txt.meta.yml", "report.meta.yml"])
def test_what_is_stated_is_published(report_file: Path, name: str) -> None:
    report_file.with_name(name).write_text(
        "source_url: https://www.dongming.gov.cn/r.html\npublished: 2021-01-29\nretrieved: 2026-11-01\n"
        "province: 山东省\ncity: 菏泽市\n",
        encoding="utf-8",
    )
    report = read_one(report_file)
    identity = report.identity
    assert identity.source_url == "https://www.dongming.gov.cn/r.html"
    assert identity.source_kind == "official"
    assert (identity.published, identity.published_basis) == ("2021-01-29", "sidecar")
    assert identity.retrieved == "2026-11-01"
    assert (identity.province, identity.city, identity.county) == ("山东省", "菏泽市", "东明县")
    assert codes(report) == []


def test_a_contradiction_is_a_problem_and_the_statement_wins(report_file: Path) -> None:
    report_file.with_name("report.meta.yml").write_text("year: 2019\nagency: 西明县人民政府\n", encoding="utf-8")
    report = read_one(report_file)
    assert (report.identity.year, report.identity.agency) == (2019, "西明县人民政府")
    assert report.identity.county == "西明县"
    messages = [problem.message.en for problem in report.problems if problem.code == "sidecar_contradiction"]
    assert len(messages) == 2
    assert "2019" in messages[0] and "2020" in messages[0]


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        ("year: two thousand", "sidecar_value", "a year"),
        ("published: soon", "sidecar_value", "2021-01-29"),
        ("level: city", "sidecar_value", "prefecture"),
        ("colour: red", "sidecar_value", "not known"),
        ("published: 2021-02-30", "sidecar_value", "2021-01-29"),
        ("published: 2021-13-45 99:00:00", "sidecar_value", "2021-01-29"),
        ("year: " + "9" * 6000, "sidecar_value", "a year"),
        ("source_url: www.dongming.gov.cn/r.html", "sidecar_value", "https://"),
        ("year: true", "sidecar_value", "a year"),
        ("year: [2019, 2020]", "sidecar_value", "a list"),
        ("year: &a [*a]", "sidecar_value", "a list"),
        ("agency:", "sidecar_value", "a text"),
        ("agency: ~", "sidecar_value", "a text"),
        ('agency: "\\ud800"', "sidecar_value", "on one line"),
        ('agency: "甲县\\n乙县"', "sidecar_value", "on one line"),
        ("year: 2018\nyear: 2019", "sidecar_value", "more than once"),
        ("? [a, b]\n: 3", "sidecar_value", "not known"),
        ("[" * 60_000, "sidecar_malformed", "no YAML"),
        ("# " + "x" * 70_000 + "\nyear: 2019", "sidecar_malformed", "65536"),
        ("year: 2018\n---\nyear: 2019", "sidecar_malformed", "no YAML"),
        ("- a\n- list", "sidecar_malformed", "year: 2020"),
        ("year: [", "sidecar_malformed", "no YAML"),
    ],
)
def test_what_cannot_be_used_is_said_and_left_out(report_file: Path, content: str, code: str, words: str) -> None:
    report_file.with_name("report.meta.yml").write_text(content, encoding="utf-8")
    report = read_one(report_file)
    (problem,) = report.problems
    assert problem.code == code
    assert words in problem.message.en
    assert (report.identity.year, report.identity.agency) == (2020, "东明县人民政府")


def test_references_to_references_are_not_spelt_out(report_file: Path) -> None:
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 40)]
    report_file.with_name("report.meta.yml").write_text("\n".join(["a0: &a0 [x]", *levels, "year: *a39"]))
    report = read_one(report_file)
    assert set(codes(report)) == {"sidecar_value"}
    assert len(report.problems) == 21
    assert all(len(problem.message.en) < 500 for problem in report.problems)


def test_values_are_taken_as_they_are_written(report_file: Path) -> None:
    report_file.with_name("report.meta.yml").write_text(
        'index_number: 00123\ncity: on\nyear: "2020"\npublished: 2021-01-29 10:00:00\ntitle: 12:30\n', encoding="utf-8"
    )
    identity = read_one(report_file).identity
    assert (identity.index_number, identity.city, identity.title) == ("00123", "on", "12:30")
    assert (identity.year, identity.published) == (2020, "2021-01-29")


@pytest.mark.parametrize("encoding", ["gbk", "utf-8-sig", "utf-16"])
def test_a_sidecar_may_be_in_the_encoding_that_its_editor_writes(report_file: Path, encoding: str) -> None:
    report_file.with_name("report.meta.yml").write_bytes("province: 山东省\ncity: 菏泽市\n".encode(encoding))
    identity = read_one(report_file).identity
    assert (identity.province, identity.city) == ("山东省", "菏泽市")


def test_a_sidecar_that_cannot_be_read_is_said(report_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report_file.with_name("report.meta.yml").write_text("year: 2019\n")
    plain = Path.open

    def forbidden(path: Path, *arguments: Any, **named: Any) -> Any:
        if path.name.endswith(".meta.yml"):
            raise PermissionError(13, "Permission denied")
        return plain(path, *arguments, **named)

    monkeypatch.setattr(Path, "open", forbidden)
    report = read_one(report_file)
    assert codes(report) == ["sidecar_malformed"]
    assert report.identity.year == 2020


def test_a_name_that_leaves_no_room_for_a_sidecar_s_is_read(report_file: Path) -> None:
    long = report_file.rename(report_file.with_name("甲" * 83 + ".txt"))
    assert codes(read_one(long)) == []


def test_a_folder_or_pipe_in_the_place_of_a_sidecar_is_none(report_file: Path) -> None:
    report_file.with_name("report.txt.meta.yml").mkdir()
    os.mkfifo(report_file.with_name("report.meta.yml"))
    assert codes(read_one(report_file)) == []


def test_a_stated_agency_settles_a_hijacked_one(tmp_path: Path, report_file: Path) -> None:
    text = report_file.read_text(encoding="utf-8").replace("东明县人民政府", "188体育365官网")
    report_file.write_text(text, encoding="utf-8")
    assert "agency_hijacked" in codes(read_one(report_file))
    assert read_one(report_file).identity.agency is None
    report_file.with_name("report.meta.yml").write_text("agency: 东明县人民政府\n", encoding="utf-8")
    report = read_one(report_file)
    assert report.identity.agency == "东明县人民政府"
    assert "agency_hijacked" not in codes(report)


def test_an_empty_sidecar_changes_nothing(report_file: Path) -> None:
    before = read_one(report_file)
    report_file.with_name("report.meta.yml").write_text("# nothing yet\n", encoding="utf-8")
    assert read_one(report_file) == before
