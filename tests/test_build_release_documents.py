"""What a release's own documents say of it: each thing where it is stated, and nothing in its place where it is not."""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from build.publish.cells import is_sheet_number
from build.publish.descriptions import Descriptions
from build.publish.release import files
from build.publish.release.content import DATE, Both, Column, Content, Holding, Reference, ReleaseError
from build.publish.release.documents import as_cell, citation, readme
from build.publish.release.files import write_workbook
from build.publish.release.profiles import File, croissant, data_package, dcat

TEXTS = {
    "site": {},
    "described": {"gongkai": {"tables": {}}},
    "plugins": {
        "page-words": {
            "linked_data": {
                "dataset_name": {"zh": "小库数据", "en": "Small data"},
                "dataset_description": {"zh": "都是小的。", "en": "All is small."},
                "dataset_keywords": {"zh": "甲；乙", "en": "one; two"},
            },
            "workbook": {
                "of_title": {"zh": "表名", "en": "Table"},
                "of_version": {"zh": "版本", "en": "Version"},
                "of_rows": {"zh": "行数", "en": "Rows"},
            },
        }
    },
}
STATED: dict[str, str | None] = {
    "version": "2025-02-03-abcd",
    "date": "2025-02-03",
    "licence": "CC0-1.0",
    "licence_url": "https://example.org/licence",
    "licence_terms_zh": "随意",
    "licence_terms_en": "Do as you like",
    "homepage": "https://example.org/",
    "title_zh": "小库",
    "title_en": "Small",
    "source_zh": "报告",
    "source_en": "Reports",
    "citation_zh": "小库。报告。",
    "citation_en": "Small. Reports.",
}
NONE = Both("", "")


def column(name: str, kind: str, required: bool = False, **said: Both) -> Column:
    texts = {part: said.get(part, NONE) for part in ("title", "meaning", "unit", "null")}
    return Column(name, kind, required, **texts, code_list="items" if name == "item" else None)


COUNTS = Holding(
    "counts",
    False,
    Both("件数", "Counts"),
    Both("一行一份。", "A row each."),
    (
        column("report", "TEXT", required=True, title=Both("报告", "Report")),
        column("item", "TEXT", title=Both("项目", "Item")),
        column(
            "total",
            "INTEGER",
            title=Both("总计", "Total"),
            meaning=Both("照录。", "As printed."),
            unit=Both("件", "cases"),
            null=Both("空白", "blank"),
        ),
        column("share", "REAL"),
        column("day", DATE),
    ),
    ("report", "item"),
    (Reference("report", "reports", "id"), Reference("item", "counts", "item")),
    12_345,
)
FILES = (
    File("csv/counts.csv", 67_890, "ab" * 32, COUNTS),
    File("gongkai.db.zst", 5, "cd" * 32),
)


def content(first: int | None = 2019, last: int | None = 2024, /, **changes: str | None) -> Content:
    data = yaml.safe_dump(TEXTS, allow_unicode=True).encode()
    return Content((COUNTS,), {**STATED, **changes}, first, last, Descriptions(data))


def nothing_stated() -> Content:
    missing = dict.fromkeys(("date", "licence", "licence_url", "homepage"))
    return content(None, None, **missing)


def test_what_the_metadata_have_no_words_for_is_empty() -> None:
    assert content().words("workbook", "of_licence") == content().words("nowhere", "of_title") == NONE


@pytest.mark.parametrize(
    ("both", "joined"),
    [(("甲", "one"), "甲 / one"), (("甲", ""), "甲"), (("", "one"), "one"), (("CC0", "CC0"), "CC0"), (("", ""), "")],
)
def test_a_text_in_one_language_stands_alone(both: tuple[str, str], joined: str) -> None:
    assert Both(*both).joined(" / ") == joined


# README ------------------------------------------------------------------------------------------------------------


def test_the_page_tells_version_years_licence_and_tables() -> None:
    lines = readme(content(), 1_234, FILES).splitlines()
    assert lines[0] == "# 小库数据 / Small data"
    assert {
        "- 版本 / Version: 2025-02-03-abcd",
        "- 报告数 / Reports: 1,234",
        "- 年度 / Years: 2019–2024",
        "<https://example.org/licence>",
        "Do as you like",
        "Small. Reports.",
        "|---|---|--:|--:|",
        "| `counts` | 件数 / Counts | 12,345 | 67,890 |",
        "    sha256sum -c SHA256SUMS",
    } <= set(lines)
    assert not any("gongkai.db.zst" in line for line in lines if line.startswith("|"))


def test_the_page_says_what_it_is_how_to_cite_it_and_where_each_file_lies() -> None:
    lines = [line for line in readme(content(), 1_234, FILES).splitlines() if line]
    assert lines[1:3] == ["都是小的。", "All is small."]
    assert "小库" in lines[3] and "Small" in lines[4]
    headings = [line.rpartition(" / ")[2] for line in lines if line.startswith("## ")]
    assert headings == ["Licence", "Cite as", "Files", "Tables and views", "Check the files"]
    behind = {heading: lines[lines.index(line) + 1] for line in lines for heading in headings if heading in line}
    assert behind["Licence"] == "随意" and behind["Cite as"] == "小库。报告。"
    assert behind["Tables and views"].split(" | ")[0].startswith("| ") and behind["Tables and views"].count("|") == 5
    places = {line.split("`")[1] for line in lines if line.startswith("- `")}
    assert {"csv/", "csv-excel/", "parquet/", "report_summary.xlsx", "CITATION.cff"} <= places and len(places) == 8
    assert any(line.startswith("A blank is not zero.") for line in lines)


def test_what_marks_something_up_in_markdown_stands_for_itself_in_a_cell() -> None:
    assert as_cell(" a|b\n *c* [d] ") == r"a\|b \*c\* \[d\]"
    assert as_cell("件数 (3)") == "件数 (3)"


def test_a_paragraph_behind_a_list_is_parted_from_it() -> None:
    """Markdown takes a line right below a list for a part of its last entry."""
    lines = readme(content(), 1_234, FILES).splitlines()
    below = [following for line, following in pairwise(lines) if line.startswith("- ")]
    assert {line for line in below if not line.startswith("- ")} == {""}


def test_the_page_has_no_years_and_no_licence_where_there_are_none() -> None:
    page = readme(nothing_stated(), 0, FILES)
    assert "年度" not in page and "None" not in page and "<" not in page
    assert "- 报告数 / Reports: 0\n" in page


# What programs read ------------------------------------------------------------------------------------------------


def test_a_data_package_holds_what_is_stated() -> None:
    package = data_package(content(), FILES)
    assert (package["title"], package["version"]) == ("小库数据 / Small data", "2025-02-03-abcd")
    assert (package["homepage"], package["created"]) == ("https://example.org/", "2025-02-03T00:00:00Z")
    assert package["licenses"] == [
        {"name": "CC0-1.0", "path": "https://example.org/licence", "title": "Do as you like"}
    ]
    assert package["keywords"] == ["甲", "乙", "one", "two"]
    (resource,) = package["resources"]
    assert (resource["name"], resource["bytes"], resource["hash"]) == ("counts", 67_890, f"sha256:{'ab' * 32}")
    report, item, total, share, day = resource["schema"]["fields"]
    assert total == {
        "name": "total", "type": "integer", "title": "总计 / Total", "description": "照录。 As printed.",
        "unit": "件 / cases", "missing": "空白 / blank",
    }  # fmt: skip
    assert (report["constraints"], item["codeList"]) == ({"required": True}, "items")
    assert (share, day) == ({"name": "share", "type": "number"}, {"name": "day", "type": "date"})
    assert resource["schema"]["primaryKey"] == ["report", "item"]
    assert [key["reference"] for key in resource["schema"]["foreignKeys"]] == [
        {"resource": "reports", "fields": ["id"]}, {"resource": "", "fields": ["item"]},
    ]  # fmt: skip


@pytest.mark.parametrize("one", ["licence", "licence_url"])
def test_a_licence_may_be_a_name_or_an_address(one: str) -> None:
    missing: dict[str, str | None] = {name: None for name in ("licence", "licence_url") if name != one}
    (licence,) = data_package(content(**missing), FILES)["licenses"]
    assert licence == {{"licence": "name", "licence_url": "path"}[one]: STATED[one], "title": "Do as you like"}


def test_a_data_package_leaves_out_what_is_not_stated() -> None:
    package = data_package(nothing_stated(), FILES)
    assert package.keys() & {"homepage", "created", "licenses"} == set()


def test_croissant_holds_what_is_stated() -> None:
    about = croissant(content(), FILES)
    assert (about["name"], about["alternateName"]) == ("Small data", "小库数据")
    assert (about["license"], about["url"]) == ("https://example.org/licence", "https://example.org/")
    assert (about["version"], about["datePublished"]) == ("2025-02-03-abcd", "2025-02-03")
    assert about["isAccessibleForFree"] is True
    (file,), (records,) = about["distribution"], about["recordSet"]
    assert (file["@id"], file["contentSize"], file["sha256"]) == ("csv/counts.csv", "67890 B", "ab" * 32)
    assert (records["description"], records["key"]) == (
        "一行一份。 A row each.", [{"@id": "counts/report"}, {"@id": "counts/item"}],
    )  # fmt: skip
    assert [(field["name"], field["dataType"], field.get("description")) for field in records["field"]] == [
        ("report", "sc:Text", "报告 / Report"),
        ("item", "sc:Text", "项目 / Item"),
        ("total", "sc:Integer", "照录。 As printed."),
        ("share", "sc:Float", None),
        ("day", "sc:Date", None),
    ]


def test_croissant_has_the_terms_where_the_licence_has_no_address() -> None:
    about = croissant(nothing_stated(), FILES)
    assert about["license"] == "Do as you like"
    assert about.keys() & {"url", "datePublished"} == set()


def members(content: Content) -> dict[str, Mapping[str, Any]]:
    """What dcat.jsonld says, by what it speaks of."""
    return {each["@id"]: each for each in dcat(content, FILES)["@graph"]}


def test_dcat_holds_what_is_stated() -> None:
    said = members(content())
    assert said["#catalogue"]["foaf:homepage"] == {"@id": "https://example.org/"}
    dataset = said["#dataset"]
    assert dataset["dct:issued"] == {"@value": "2025-02-03", "@type": "xsd:date"}
    assert (dataset["dct:temporal"]["dcat:startDate"]["@value"], dataset["dct:temporal"]["dcat:endDate"]["@value"]) == (
        "2019-01-01", "2024-12-31",
    )  # fmt: skip
    assert [word["@value"] for word in dataset["dcat:keyword"]] == ["甲", "乙", "one", "two"]
    assert [word["@language"] for word in dataset["dcat:keyword"]] == ["zh", "zh", "en", "en"]
    table, database = (said[file.path] for file in FILES)
    assert table["dct:license"] == {"@id": "https://example.org/licence"}
    assert table["dct:title"] == [{"@value": "件数", "@language": "zh"}, {"@value": "Counts", "@language": "en"}]
    assert (database["dct:title"], "dct:format" in database, "dct:format" in table) == ("gongkai.db.zst", False, True)
    assert table["spdx:checksum"]["spdx:checksumValue"]["@value"] == "ab" * 32


def test_dcat_leaves_out_what_is_not_stated() -> None:
    said = members(nothing_stated())
    assert "foaf:homepage" not in said["#catalogue"]
    assert said["#dataset"].keys() & {"dct:issued", "dct:temporal"} == set()
    assert not any("dct:license" in said[file.path] for file in FILES)
    one_language = members(content(licence_terms_en=None))[FILES[0].path]["dct:rights"]
    assert [words["@language"] for words in one_language] == ["zh"]


# CITATION.cff ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "licence"),
    [
        ({}, {"license": "CC0-1.0"}),
        ({"licence": None}, {"license-url": "https://example.org/licence"}),
        ({"licence": None, "licence_url": None}, {}),
    ],
)
def test_a_citation_names_the_licence_by_name_or_by_address(
    changes: dict[str, str | None], licence: dict[str, str]
) -> None:
    said = yaml.safe_load(citation(content(**changes)))
    assert {name: words for name, words in said.items() if name.startswith("license")} == licence
    assert (said["version"], str(said["date-released"]), said["url"]) == (
        "2025-02-03-abcd", "2025-02-03", "https://example.org/",
    )  # fmt: skip


def test_a_citation_begins_with_its_format_and_has_chinese_as_it_is_written() -> None:
    text = citation(content())
    assert text.startswith("cff-version: 1.2.0\nmessage: ") and "\ntitle: 小库数据 / Small data\n" in text


def test_a_citation_leaves_out_what_is_not_stated() -> None:
    assert yaml.safe_load(citation(nothing_stated())).keys() & {"date-released", "url"} == set()


# The workbook ------------------------------------------------------------------------------------------------------


ROWS = (("b", "x", 0, None, "2020-01-02"), ("a", "y", None, 0.5, None), ("a", "x", 10**15, 2.5, None))
"""Their keys are not in order."""


def workbook(folder: Path, of: Content, cells: Sequence[tuple[object, ...]] = ROWS) -> openpyxl.Workbook:
    """The workbook of COUNTS with these rows."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE counts (report, item, total, share, day)")
        connection.executemany("INSERT INTO counts VALUES (?, ?, ?, ?, ?)", cells)
        write_workbook(connection, of, replace(COUNTS, rows=len(cells)), folder / "counts.xlsx")
    return openpyxl.load_workbook(folder / "counts.xlsx")


def test_the_workbook_has_names_above_its_rows_which_stay_in_view_and_can_be_filtered(tmp_path: Path) -> None:
    book = workbook(tmp_path, content())
    rows, columns, source = book.worksheets
    said = {name: words for name, words in source.iter_rows(values_only=True) if name}
    assert said == {"表名 Table": "件数 / Counts", "版本 Version": "2025-02-03-abcd", "行数 Rows": "3"}
    assert list(rows.iter_rows(values_only=True)) == [
        ("报告", "项目", "总计", "", ""),
        ("Report", "Item", "Total", "", ""),
        ("report", "item", "total", "share", "day"),
        ("a", "x", "1000000000000000", 2.5, None),
        ("a", "y", None, 0.5, None),
        ("b", "x", 0, None, "2020-01-02"),
    ]
    assert (rows.freeze_panes, rows.auto_filter.ref) == ("A4", "A3:E6")
    assert columns.freeze_panes == "B2"
    width = columns.column_dimensions["A"]
    assert (int(width.width), width.min, width.max) == (24, 1, 11)
    assert [row[0] for row in columns.iter_rows(min_row=2, values_only=True)] == [each.name for each in COUNTS.columns]
    assert [rows[cell].font.bold for cell in ("A1", "E3", "A4")] == [True, True, False]
    assert [columns[cell].font.bold for cell in ("B1", "A2", "B2")] == [True, True, False]
    assert list(columns.iter_rows(min_row=4, max_row=4, values_only=True)) == [
        ("total", "总计", "Total", "件", "cases", "照录。", "As printed.", "空白", "blank"),
    ]


@pytest.mark.parametrize(("most", "fits"), [(6, True), (5, False)])
def test_three_rows_and_three_headings_need_a_sheet_of_six(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, fits: bool
) -> None:
    monkeypatch.setattr(files, "SHEET_ROWS", most)
    with nullcontext() if fits else pytest.raises(ReleaseError, match=f"counts has 3 rows, a sheet holds {most}"):
        assert len(list(workbook(tmp_path, content()).worksheets[0].iter_rows())) == most


def test_the_rows_of_a_workbook_are_not_held_until_it_is_written(tmp_path: Path) -> None:
    """A workbook that is held shares its texts between cells; one that is written row by row has each in its cell.

    Fifteen of the three headings, empty ones included, eight of the rows.
    """
    workbook(tmp_path, content())
    with zipfile.ZipFile(tmp_path / "counts.xlsx") as packed:
        assert packed.read("xl/worksheets/sheet1.xml").count(b'"inlineStr"') == 15 + 8


def test_a_text_is_cut_at_what_a_cell_holds_and_bytes_are_written_as_sql_has_them(tmp_path: Path) -> None:
    rows = workbook(tmp_path, content(), [("a", "长" * 32_768, 1, b"\x00\xff", None)]).worksheets[0]
    assert [cell.value for cell in rows[4]] == ["a", "长" * 32_767, 1, "X'00FF'", None]


@pytest.mark.parametrize(("day", "created"), [("2025-02-03", date(2025, 2, 3)), (None, date(1980, 1, 1))])
def test_a_workbook_is_of_the_day_of_its_data_and_never_of_today(
    tmp_path: Path, day: str | None, created: date
) -> None:
    assert workbook(tmp_path, content(date=day)).properties.created.date() == created


# Cells of a workbook -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        (0, True), (999_999_999_999_999, True), (-999_999_999_999_999, True),
        (1_000_000_000_000_000, False), (-1_000_000_000_000_000, False), (0.5, True), ("1", False), (None, False),
    ],
)  # fmt: skip
def test_a_number_of_fifteen_digits_stays_one_and_a_longer_one_is_text(cell: object, kept: bool) -> None:
    assert is_sheet_number(cell) == kept
