"""``manifest.csv``: one table for a folder, whose rows are read or named, and lead to their files."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from gongkai_site.yaml_files import content_of

from build.document import Part
from build.limits import Limits
from build.pipeline import Means
from build.readers.aside import SYSTEM_ENDINGS, SYSTEM_FILES, SYSTEM_FOLDERS
from build.reading.about import About, Surroundings, Within, joined, lonely
from build.reading.kept import reading_key
from build.reading.manifest import FILE, Row, read_manifest
from build.reading.sidecar import KEYS, Beside
from build.reading.sources import find_sources
from tests.assertions import query
from tests.build_histories import assert_same_rows, built, small_report
from tests.site_server import ROOT

AGENCY = "东明县人民政府"


def stated_by(table: str | bytes, name: str = "manifest.csv") -> tuple[Mapping[str, Mapping[str, Any]], list[str]]:
    """File → what a manifest states of it; and the codes of what in it could not be used."""
    manifest = read_manifest(Beside(name, table.encode() if isinstance(table, str) else table))
    return (
        {file: dict(values) for file, values in manifest.values.items()},
        [problem.code for problem in manifest.problems],
    )


def messages_of(table: str | bytes) -> list[str]:
    return [problem.message.en for problem in read_manifest(Beside("manifest.csv", _bytes(table))).problems]


def _bytes(table: str | bytes) -> bytes:
    return table.encode() if isinstance(table, str) else table


def workbook(*rows: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


# How people write it --------------------------------------------------------------------------------------------------

ROWS = "file,agency,year\na.txt,东明县人民政府,2020\n"


@pytest.mark.parametrize(
    "table",
    [
        ROWS.encode(),
        ROWS.encode("utf-8-sig"),
        ROWS.encode("gbk"),
        ROWS.encode("utf-16"),
        ROWS.replace(",", ";").encode(),
        ROWS.replace(",", "\t").encode("utf-16"),
        ROWS.replace("\n", "\r\n").encode(),
        b"sep=;\r\n" + ROWS.replace(",", ";").encode(),
        ('"file","agency","year"\n\n"./a.txt","东明县人民政府",2020,,\n').encode(),
        workbook(["file", "agency", "year"], ["a.txt", AGENCY, 2020]),
        workbook(["file", "agency", "year", None], ["a.txt", AGENCY, 2020.0, None], [None, None, None, None]),
    ],
    ids=["utf-8", "mark", "gbk", "utf-16", "semicolons", "tabs", "windows", "sep", "quoted", "xlsx", "xlsx numbers"],
)
def test_a_manifest_may_be_in_whatever_a_program_writes(table: bytes) -> None:
    assert stated_by(table) == ({"a.txt": {"agency": AGENCY, "year": 2020}}, [])


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("file,year,year\na.txt,2019,2020\n", "'year' stands there twice"),
        ("file,\na.txt,2020\n", "column 2 has no name"),
        ("year\n2020\n", "no column file"),
        ("file,year\na.txt,2020,x\n", "row 2 has 3 cells"),
        ('file,year\n"a.txt,2020\n' + "x" * 140_000, "quotation mark"),
        ("", "empty"),
        ("file,agency\na.txt,某某".encode("gbk") + b"\xff\xfe\xff\n" * 3, "encoding"),
        (b"\x00\x01\x02" * 100, "control characters"),
        (b"PK\x03\x04 no workbook", "no workbook"),
    ],
)
def test_a_table_that_cannot_be_read_is_one_error_and_states_nothing(table: str | bytes, words: str) -> None:
    manifest = read_manifest(Beside("a/manifest.csv", _bytes(table)))
    (problem,) = manifest.problems
    assert (problem.source_file, problem.severity, problem.code) == ("a/manifest.csv", "error", "manifest_malformed")
    assert words in problem.message.en
    assert not manifest.values


def test_a_manifest_that_may_not_be_read_is_said() -> None:
    (problem,) = read_manifest(Beside("manifest.csv", trouble="Permission denied")).problems
    assert "Permission denied" in problem.message.en


# What cannot be used leads to its row -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "words", "value"),
    [
        ("published", "2020/3/1", "2020-03-01"),
        ("published", "2020年3月1日", "2020-03-01"),
        ("published", "2020.03.01", "2020-03-01"),
        ("published", "2020/3/1 0:00", "2020-03-01"),
        ("published", "2020-03-01 10:30:00", "2020-03-01"),
        ("published", "43891", None),
        ("published", "43891.5", None),
        ("published", "3/1/2020", None),
        ("published", "Mar-20", None),
        ("published", "2020/2/30", None),
        ("year", "2020.0", 2020),
        ("year", "2020年", 2020),
        ("year", "1905-07-12", None),
        ("year", "20", None),
        ("adcode", "371728.0", "371728"),
        ("index_number", "2020-01-02", None),
        ("index_number", "1.23E+11", None),
        ("index_number", "00123", "00123"),
        ("level", "city", None),
        ("source_url", "www.dongming.gov.cn", None),
    ],
)
def test_what_a_spreadsheet_made_of_a_value_is_read_or_refused(key: str, words: str, value: str | int | None) -> None:
    stated, codes = stated_by(f"file,{key}\nb.txt,\na.txt,{words}\n")
    assert stated["a.txt"] == ({key: value} if value is not None else {})
    assert codes == ([] if value is not None else ["manifest_value"])
    if value is None:
        (message,) = messages_of(f"file,{key}\nb.txt,\na.txt,{words}\n")
        assert message.startswith("Row 3 (a.txt): ") and words in message


def test_a_date_that_a_workbook_holds_as_one_is_read() -> None:
    table = workbook(["file", "published", "index_number"], ["a.txt", datetime(2020, 3, 1), datetime(2020, 1, 2)])
    assert stated_by(table) == ({"a.txt": {"published": "2020-03-01"}}, ["manifest_value"])


def test_unknown_columns_and_rows_without_a_usable_file_are_named() -> None:
    table = (
        "file,colour,year\na.txt,red,2020\n,,2020\n../b.txt,,2020\nC:\\b.txt,,2020\n/b.txt,,2020\n.\\x\\c.txt,,2019\n"
    )
    stated, codes = stated_by(table)
    assert stated == {"a.txt": {"year": 2020}, "x/c.txt": {"year": 2019}}
    assert codes == ["manifest_column", *["manifest_file"] * 4]
    assert [message[:6] for message in messages_of(table)[1:]] == ["Row 3:", "Row 4:", "Row 5:", "Row 6:"]


def test_a_file_named_twice_is_said_and_where_the_rows_differ_nothing_is_used() -> None:
    table = "file,agency,year\na.txt,东明县人民政府,2019\nb.txt,,2020\na.txt,东明县人民政府,2020\nb.txt,,2020\n"
    assert stated_by(table) == ({"a.txt": {"agency": AGENCY}, "b.txt": {"year": 2020}}, ["manifest_file_twice"] * 2)
    differing, alike = messages_of(table)
    assert "2, 4" in differing and "year" in differing
    assert "3, 5" in alike and "is used" in alike


def test_of_thousands_of_bad_rows_so_many_are_listed() -> None:
    table = "file,year\n" + "".join(f"{number}.txt,x\n" for number in range(1_050))
    messages = messages_of(table)
    assert len(messages) == 1_001
    assert messages[-1].startswith("50 more")


# Which file a row is about --------------------------------------------------------------------------------------------


def put(folder: Path, files: Mapping[str, str]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def abouts(folder: Path) -> tuple[dict[str, About], dict[str, list[str]]]:
    """What is known of every source of a folder, and the problems of its manifests."""
    surroundings = Surroundings()
    found = {source.name: surroundings.about(source.path, source.name) for source in find_sources([folder])}
    problems = surroundings.problems().items()
    return found, {name: [problem.code for problem in each] for name, each in problems if each}


def test_a_row_is_about_a_file_of_its_folder_or_below_and_the_nearest_manifest_comes_first(tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": "", "x/y/b.txt": "", "x/c.txt": "", "x/y/manifest.xlsx": "", "x/d.txt": ""})
    (tmp_path / "x/y/manifest.xlsx").write_bytes(workbook(["file", "year"], ["b.txt", 2021]))
    put(
        tmp_path,
        {"manifest.csv": "file,year\nx/y/b.txt,2020\nA.txt,2020\n", "x/Manifest.CSV": "file,year\nc.txt,2019\n"},
    )
    found, problems = abouts(tmp_path)
    assert found["x/y/b.txt"].rows == (
        Row("x/y/manifest.xlsx", "", (("year", 2021),)),
        Row("manifest.csv", "", (("year", 2020),)),
    )
    assert [row.manifest for row in found["x/c.txt"].rows] == ["x/Manifest.CSV"]
    assert found["a.txt"].rows == ()
    assert problems == {
        "manifest.csv": ["manifest_file_missing", "manifest_unnamed"],
        "x/Manifest.CSV": ["manifest_unnamed"],
    }


def test_a_file_with_a_sidecar_needs_no_row(tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": "", "a.txt.meta.yml": "year: 2020", "manifest.csv": "file,year\n"})
    assert abouts(tmp_path)[1] == {}


def test_a_row_may_be_about_a_member_of_an_archive(tmp_path: Path) -> None:
    put(tmp_path, {"p.zip": "", "manifest.csv": "file,year\np.zip#x/a.txt,2020\np.zip,2019\nq.zip#a.txt,2020\n"})
    found, problems = abouts(tmp_path)
    stated = [dict(each.values) for each in found["p.zip"].stated("x/a.txt")]
    assert stated == [{"year": 2020}, {"year": 2019}]
    assert [dict(each.values) for each in found["p.zip"].stated("b.txt")] == [{"year": 2019}]
    assert problems == {"manifest.csv": ["manifest_file_missing"]}


def test_the_nearest_place_wins_and_a_contradiction_is_said() -> None:
    near = About((Beside("a.txt.meta.yml", b"year: 2020"), Beside("a.meta.yml", b"year: 2020\ncity: x")))
    far = About(rows=(Row("manifest.csv", "", (("city", "y"), ("title", "z"), ("year", 2021))),))
    both = joined((*near.stated(), *far.stated()))
    assert both is not None
    assert dict(both.values) == {"year": 2020, "city": "x", "title": "z"}
    assert both.origins == {"year": "a.txt.meta.yml", "city": "a.meta.yml", "title": "manifest.csv"}
    assert [notice.code for notice in both.notices] == ["statement_contradiction"] * 2
    assert "a.txt.meta.yml" in both.notices[1].message.en and "manifest.csv" in both.notices[1].message.en


def test_names_of_one_authority_are_no_contradiction() -> None:
    rows = [Row(name, "", (("agency", agency),)) for name, agency in (("a", "东明县教体局"), ("b", "东明县教育局"))]
    both = joined(About(rows=tuple(rows)).stated())
    assert both is not None
    assert (both.values["agency"], both.notices) == ("东明县教体局", ())


# Sidecars of every spelling -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", [".meta.yml", ".meta.yaml", ".meta.yml.txt", ".META.YML", ".Meta.Yaml.TXT"])
@pytest.mark.parametrize("stem", ["a.pdf", "a"])
def test_a_sidecar_is_found_however_its_ending_is_written(tmp_path: Path, stem: str, ending: str) -> None:
    put(tmp_path, {"a.pdf": "", f"{stem}{ending}": "year: 2020"})
    found, _ = abouts(tmp_path)
    assert found == {"a.pdf": About((Beside(f"{stem}{ending}", b"year: 2020"),))}
    assert list(lonely([tmp_path], [tmp_path / "a.pdf"])) == []


def test_what_states_something_of_nothing_is_named(tmp_path: Path) -> None:
    put(tmp_path, {"a.pdf": "", "b.meta.yml.txt": "", "A.meta.yml": "", "x/manifest.csv": "file\n", ".c.meta.yml": ""})
    assert [path.name for path in lonely([tmp_path], [tmp_path / "a.pdf"])] == [
        "A.meta.yml",
        "b.meta.yml.txt",
        "manifest.csv",
    ]
    named = [tmp_path / name for name in ("a.pdf", "b.meta.yml.txt", "a.meta.yml")]
    assert [path.name for path in lonely(named, named[:1])] == ["b.meta.yml.txt"]


def test_what_is_ignored_is_ignored_on_purpose(tmp_path: Path) -> None:
    names = ("Thumbs.db", "desktop.ini", "x.LNK", "__MACOSX/a.txt", ".x", "~$a.docx", "a.warc.gz", "MANIFEST.csv.txt")
    put(tmp_path, dict.fromkeys((*names, "a.meta.yaml.txt", "a.txt", "x.meta.yml/b.txt"), ""))
    assert [source.name for source in find_sources([tmp_path])] == ["a.txt", "x.meta.yml/b.txt"]
    assert [source.name for source in find_sources(sorted(tmp_path.glob("a.*")))] == ["a.txt", "a.warc.gz"]


# In an archive --------------------------------------------------------------------------------------------------------


def within(*parts: tuple[str, str]) -> Within:
    found = Within()
    for member, content in parts:
        found.add(Part(member, content.encode()))
    return found


def test_an_archive_states_things_of_its_members_as_a_folder_does() -> None:
    archive = within(
        ("x/a.txt.META.YML", "year: 2020"),
        ("x/manifest.csv", "file,city\na.txt,甲\nq.txt,乙\n"),
        ("in.zip.meta.yaml", "year: 2019"),
        ("in.zip/b.meta.yml", "city: 丙"),
        ("in.zip/c.meta.yml", "city: 丁"),
        ("manifest.csv", "file,county\nx/a.txt,戊\nin.zip/b.txt,己\nin.zip,庚\n"),
    )
    stated = {
        member: [dict(each.values) for each in archive.about(member).stated()]
        for member in ("x/a.txt", "x/n.txt", "in.zip/b.txt", "d.txt")
    }
    assert stated == {
        "x/a.txt": [{"year": 2020}, {"city": "甲"}, {"county": "戊"}],
        "x/n.txt": [],
        "in.zip/b.txt": [{"city": "丙"}, {"year": 2019}, {"county": "己"}, {"county": "庚"}],
        "d.txt": [],
    }
    assert [(problem.source_file, problem.code) for problem in archive.problems()] == [
        ("#in.zip/c.meta.yml", "sidecar_lonely"),
        ("#manifest.csv", "manifest_unnamed"),
        ("#x/manifest.csv", "manifest_file_missing"),
        ("#x/manifest.csv", "manifest_unnamed"),
    ]


# What docs/inputs.md says ------------------------------------------------------------------------------------------


def test_the_page_on_inputs_names_every_key_code_and_name() -> None:
    page = (ROOT / "docs" / "inputs.md").read_text(encoding="utf-8")
    ticked = set(re.findall(r"`([^`\s]+)`", page))
    assert {FILE, *KEYS} <= ticked
    named = content_of(ROOT / "metadata.yml")["plugins"]["code-labels"]["code"]
    codes = {code for code in named if code.startswith(("manifest_", "folder_", "statement_"))}
    assert codes <= ticked
    ignored = page.partition("## What is passed over on purpose")[2].lower()
    assert all(f"`{name}`" in ignored or f"{name}/`" in ignored for name in (*SYSTEM_FILES, *SYSTEM_FOLDERS))
    assert all(f"*{ending}`" in ignored for ending in SYSTEM_ENDINGS)
    table = page.partition("    file,")[2].partition("\n\n")[0]
    stated, complaints = stated_by("file," + re.sub(r"\n +", "\n", table))
    assert ([*stated], complaints) == (["2023/a.pdf", "2023/pack.zip#b.docx"], [])


# In a build -----------------------------------------------------------------------------------------------------------


def rows(database: Path, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in query(database, sql)]


def test_a_row_that_changes_changes_its_file_alone(tmp_path: Path) -> None:
    reports = {f"x/{number}.txt": small_report(AGENCY, 2019 + number) for number in range(3)}
    folder = put(tmp_path / "in", {**reports, "x/manifest.csv": "file,published\n1.txt,2021-01-05\n"})
    output, means = tmp_path / "out.db", Means(tmp_path / "readings")
    assert built(folder, output, means).remembered == 0
    put(folder, {"x/manifest.csv": "file,published,title\n0.txt,,\n1.txt,2021-01-05,\n2.txt,2022-01-06,\n9.txt,,\n"})
    assert built(folder, output, means).remembered == 2
    published = rows(output, "SELECT source_file, published, published_basis FROM reports ORDER BY source_file")
    assert published == [
        ("x/0.txt", None, None),
        ("x/1.txt", "2021-01-05", "sidecar"),
        ("x/2.txt", "2022-01-06", "sidecar"),
    ]
    found = rows(output, "SELECT source_file, severity, code FROM problems WHERE code LIKE 'manifest%'")
    assert found == [("x/manifest.csv", "warning", "manifest_file_missing")]
    built(folder, tmp_path / "anew.db", Means())
    assert_same_rows(output, tmp_path / "anew.db")


def test_a_manifest_that_cannot_be_read_costs_no_report(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", {"a.txt": small_report(AGENCY, 2020), "manifest.csv": "file,year,year\na.txt,1,2\n"})
    outcome = built(folder, tmp_path / "out.db", Means())
    assert (outcome.reports, [problem.code for problem in outcome.unused_manifests]) == (1, ["manifest_malformed"])


def test_a_reading_depends_on_all_that_is_known_of_a_file() -> None:
    known = (
        About(),
        About((Beside("a.meta.yml", b"x"),)),
        About(rows=(Row("m", "", ()),)),
        About(rows=(Row("m", "a", ()),)),
        About(folders=("江苏省",)),
    )
    assert len({reading_key(b"x", about, Limits()) for about in known}) == len(known)
