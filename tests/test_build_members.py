"""Reports in archives: whose they are depends on the member alone, and on what the archive states of it."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from build.limits import Limits
from build.pipeline import Means
from build.reading.about import About
from build.reading.manifest import Row
from build.reading.read import Content, read_content, report_id
from build.reading.sidecar import Beside
from build.report import Problem, Report
from tests.assertions import query
from tests.build_histories import built, small_report

AGENCY, OTHER = "东明县人民政府", "东明县财政局"
REPORT, ANOTHER = small_report(AGENCY, 2020), small_report(OTHER, 2020)


def packed(*members: tuple[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as opened:
        for name, content in members:
            opened.writestr(name, content)
    return stream.getvalue()


def results(data: bytes, about: About | None = None) -> tuple[Report | Problem, ...]:
    return read_content(Content(data, about or About()), Limits())


def reports(data: bytes, about: About | None = None) -> dict[str, Report]:
    """Member → its report."""
    return {each.source_file[1:]: each for each in results(data, about) if isinstance(each, Report)}


def codes(found: tuple[Report | Problem, ...]) -> list[tuple[str, str]]:
    return [(each.source_file, each.code) for each in found if isinstance(each, Problem)]


def test_the_id_of_a_member_comes_from_its_own_bytes() -> None:
    digest = hashlib.sha256(REPORT.encode()).hexdigest()
    alone = reports(packed(("a.txt", REPORT)))["a.txt"]
    assert (alone.id, alone.sha256) == (report_id(digest), digest)
    more = packed(("0.txt", ANOTHER), ("x/in.zip", packed(("a.txt", REPORT))), ("notes.txt", "记录"))
    assert reports(more)["x/in.zip/a.txt"].id == alone.id
    (bare,) = read_content(Content(REPORT.encode()), Limits())
    assert isinstance(bare, Report)
    assert (bare.id, bare.sha256) == (alone.id, digest)


def test_the_same_bytes_are_published_once_wherever_they_lie(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(REPORT, encoding="utf-8")
    (folder / "p.zip").write_bytes(packed(("a.txt", REPORT), ("b.txt", REPORT), ("a.txt.meta.yml", "city: 菏泽市")))
    built(folder, tmp_path / "out.db", Means())
    assert [row["source_file"] for row in query(tmp_path / "out.db", "SELECT source_file FROM reports")] == ["a.txt"]
    copies = query(tmp_path / "out.db", "SELECT source_file FROM problems WHERE code = 'duplicate_file'")
    assert [row["source_file"] for row in copies] == ["p.zip#a.txt", "p.zip#b.txt"]


@pytest.mark.parametrize("name", ["x/a.txt.meta.yml", "x/a.META.YAML.txt", "x/in.zip.meta.yml"])
def test_a_sidecar_in_an_archive_is_read_wherever_it_stands_in_it(name: str) -> None:
    member = ("x/in.zip", packed(("a.txt", REPORT))) if "in.zip" in name else ("x/a.txt", REPORT)
    found = reports(packed(member, ("b.txt", ANOTHER), (name, "published: 2021-03-01\nyear: 2019\n")))
    assert {label: report.identity.published for label, report in found.items()} == {
        "x/in.zip/a.txt" if "in.zip" in name else "x/a.txt": "2021-03-01",
        "b.txt": None,
    }
    (told,) = [each for report in found.values() for each in report.problems if each.code == "sidecar_contradiction"]
    assert name.rpartition("/")[2] in told.message.en


def test_a_manifest_in_an_archive_is_read_and_what_in_it_is_wrong_is_named() -> None:
    table = "file,published,year\nx/a.txt,2021/3/1,two\nb.txt,,2020\n"
    found = results(packed(("x/a.txt", REPORT), ("manifest.csv", table)))
    (report,) = [each for each in found if isinstance(each, Report)]
    assert (report.identity.published, report.identity.year) == ("2021-03-01", 2020)
    assert codes(found) == [("#manifest.csv", "manifest_value"), ("#manifest.csv", "manifest_file_missing")]


def test_what_cannot_be_used_in_an_archive_is_named_and_costs_no_report() -> None:
    found = results(packed(("a.txt", REPORT), ("lost.meta.yml", "year: 2020"), ("manifest.csv", "file,file\n")))
    assert [type(each) for each in found] == [Report, Problem, Problem]
    assert codes(found) == [("#lost.meta.yml", "sidecar_lonely"), ("#manifest.csv", "manifest_malformed")]
    nothing = results(packed(("a.txt.meta.yml", "year: 2020")))
    assert codes(nothing) == [("", "empty_archive"), ("#a.txt.meta.yml", "sidecar_lonely")]


def test_what_is_stated_without_holds_for_members_and_gives_way_to_what_is_stated_within() -> None:
    about = About(
        (Beside("p.zip.meta.yml", b"published: 2021-01-01"),),
        (Row("manifest.csv", "b.txt", (("title", "b"),)), Row("manifest.csv", "c.txt", (("title", "c"),))),
    )
    data = packed(("a.txt", REPORT), ("b.txt", ANOTHER), ("b.meta.yml", "published: 2021-02-02"))
    found = reports(data, about)
    stated = {label: (report.identity.published, report.identity.title) for label, report in found.items()}
    assert stated["b.txt"] == ("2021-02-02", "b")
    assert stated["a.txt"][0] == "2021-01-01" and stated["a.txt"][1] != "b"
    assert "statement_contradiction" in [problem.code for problem in found["b.txt"].problems]
    assert codes(results(data, about)) == [("", "manifest_file_missing")]


def test_the_folders_of_an_archive_may_state_a_place() -> None:
    data = packed(("江苏省/南京市/a.txt", small_report("鼓楼区人民政府", 2020)))
    assert reports(data)["江苏省/南京市/a.txt"].identity.adcode == "320106"
    inner = packed(("南京/a.txt", small_report("鼓楼区人民政府", 2020)))
    assert reports(inner, About(folders=("江苏",)))["南京/a.txt"].identity.adcode == "320106"
