"""The package as a library: what docs/library.md shows, and what it does where something is wrong."""

from __future__ import annotations

import doctest
import importlib
import inspect
import re
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

import build
from build import (
    ReadError,
    TooFewError,
    build_database,
    connect,
    library,
    read_report,
    read_reports,
)
from tests.assertions import REPORTS, ROOT
from tests.samples import report_text

PAGE = ROOT / "docs" / "library.md"


def test_every_example_of_the_page_gives_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "reports").symlink_to(REPORTS)
    (tmp_path / "corrections.yml").symlink_to(ROOT / "corrections.yml")
    monkeypatch.chdir(tmp_path)
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)
    assert (failed, tried > 20) == (0, True)


def test_the_page_names_every_function_and_its_arguments() -> None:
    page = PAGE.read_text(encoding="utf-8")
    functions = [getattr(build, name) for name in build.__all__ if inspect.isfunction(getattr(build, name))]
    assert {function.__name__ for function in functions} <= set(re.findall(r"`(\w+)\(", page))
    assert [
        (function.__name__, name)
        for function in functions
        for name in inspect.signature(function).parameters
        if not re.search(rf"\b{name}\b", page)
    ] == []


def test_the_package_gives_what_the_library_has_and_nothing_else() -> None:
    assert build.__all__ == library.__all__
    assert all(inspect.getdoc(getattr(build, name)) for name in build.__all__)
    with pytest.raises(AttributeError, match="no_such_name"):
        importlib.import_module("build").no_such_name  # noqa: B018


def test_importing_the_package_loads_no_reader() -> None:
    code = "import sys, build; print(*sys.modules, sep='\\n')"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(ended.stdout.split())
    assert "build" in loaded and not loaded & {
        "build.library",
        "build.readers",
        "build.forms",
        "lxml",
        "yaml",
        "sqlite3",
    }


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    for read in (read_report, read_reports, connect):
        with pytest.raises(FileNotFoundError, match="nowhere"):
            read(tmp_path / "nowhere")


def test_one_report_is_asked_of_a_file_that_holds_several(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for place in ("东明县", "云山区"):
            archive.writestr(f"{place}.txt", report_text(f"{place}人民政府2020年政府信息公开工作年度报告"))
    with pytest.raises(ReadError, match="2 reports") as told:
        read_report(tmp_path / "all.zip")
    assert told.value.code == "several_reports"
    assert len(read_reports(tmp_path / "all.zip")) == 2


def test_a_sidecar_is_taken_in(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(report_text(), encoding="utf-8")
    (tmp_path / "a.txt.meta.yml").write_text("source_url: https://www.example.gov.cn/a\n", encoding="utf-8")
    assert read_report(tmp_path / "a.txt").identity.source_url == "https://www.example.gov.cn/a"


def test_a_database_is_held_to_a_floor_and_opened_for_reading_only(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(report_text(), encoding="utf-8")
    output = tmp_path / "a.db"
    with pytest.raises(TooFewError):
        build_database([tmp_path / "a.txt"], output, at_least=2)
    assert not output.exists()
    assert build_database([tmp_path / "a.txt"], output).reports == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.db", "a.txt"]
    with closing(connect(output)) as database, pytest.raises(sqlite3.OperationalError, match="readonly"):
        database.execute("DELETE FROM reports")
