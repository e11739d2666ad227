"""Workbooks: whole or plainly cut, numbers as numbers, texts never formulas, blanks empty, and where they come from."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import openpyxl
import pytest
from gongkai_site.column_words import heading
from gongkai_site.files import workbook
from gongkai_site.files.addresses import cell_address, with_addresses
from gongkai_site.files.rows import Rows
from gongkai_site.files.sources import Source
from gongkai_site.files.workbook import write_workbook
from gongkai_site.texts import Words

from .site_server import Answer, Site, published, serve_settings

MOST = int(serve_settings()["max_returned_rows"])
HEADINGS = workbook.HEADING_ROWS


def sheets(answer: Answer) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of each sheet of a workbook; its sheets are called by their place."""
    assert answer.status == 200
    book = openpyxl.load_workbook(io.BytesIO(answer.body))
    names = ("rows", "columns", "source")
    return {name: list(sheet.iter_rows(values_only=True)) for name, sheet in zip(names, book, strict=True)}


def rows_of(answer: Answer) -> list[dict[str, Any]]:
    """The rows below the headings, by code."""
    found = sheets(answer)["rows"]
    return [dict(zip(found[HEADINGS - 1], row, strict=True)) for row in found[HEADINGS:]]


@pytest.mark.parametrize(
    ("path", "sql"),
    [
        ("/gongkai/reports", "SELECT count(*) FROM reports"),
        ("/gongkai/applications_full", "SELECT count(*) FROM applications_full"),
        ("/gongkai/applications", "SELECT count(*) FROM applications"),
        ("/gongkai/disclosure_rates", None),
    ],
)  # fmt: skip
def test_every_address_has_its_rows_as_a_workbook(site: Site, path: str, sql: str | None) -> None:
    answer = site.get(f"{path}.xlsx", _size=3)
    as_csv = site.get(f"{path}.csv", _stream="on").text
    assert answer.headers["X-Gongkai-Truncated"] is None
    assert int(answer.headers["X-Gongkai-Rows"]) == len(rows_of(answer))
    if sql:
        with site.connect() as connection:
            assert connection.execute(sql).fetchone() == (len(rows_of(answer)),)
    assert list(rows_of(answer)[0]) == as_csv.splitlines()[0].split(",")


def test_own_sql_and_a_row_are_workbooks_too(site: Site) -> None:
    assert rows_of(site.get("/gongkai.xlsx", sql="SELECT 1 AS a, 2.5 AS b")) == [{"a": 1, "b": 2.5}]
    (row,) = site.json("/gongkai/reports.json", _shape="array", _size=1, _nolabels="on")
    assert [found["id"] for found in rows_of(site.get(f"/gongkai/reports/{row['id']}.xlsx"))] == [row["id"]]


def test_filters_and_order_hold_and_are_told(site: Site) -> None:
    answer = site.get("/gongkai/report_summary.xlsx", year=2020, _sort="agency", _nocol="abridged")
    found = rows_of(answer)
    assert {row["year"] for row in found} == {2020} and len(found) > 1
    told = [(row[0], str(row[1])) for row in sheets(answer)["source"]]
    assert [words for name, words in told if "Filter" in name] == ["year = 2020", "_sort = agency"]
    assert any(words == str(len(found)) for name, words in told if "Rows" in name)


def test_a_sheet_says_whence_it_comes(site: Site) -> None:
    answer = site.get("/gongkai/report_summary.xlsx", year=2020)
    told = dict(sheets(answer)["source"])
    columns = openpyxl.load_workbook(io.BytesIO(answer.body)).worksheets[-1].column_dimensions
    assert 20 < columns["A"].width < columns["B"].width
    words = " ".join(str(value) for value in told.values())
    (database,) = [database for database in site.json("/-/databases.json") if database["name"] == "gongkai"]
    assert f"{site.address}/gongkai/report_summary?year=2020" in told.values()
    for said in (database["hash"][:12], "CC BY 4.0", "[DS/OL]", "Retrieved", "非官方", "whole"):
        assert said in words


def test_headings_are_in_both_languages_above_the_codes(site: Site) -> None:
    zh, en, codes = sheets(site.get("/gongkai/applications.xlsx"))["rows"][:HEADINGS]
    assert codes[:3] == ("report", "item", "natural_person")
    assert zh[0].startswith("报告编号") and "report" in en[0] and len(zh) == len(en) == len(codes)


def test_every_column_is_explained_with_the_address_of_its_cells(site: Site) -> None:
    columns = {row[0]: row for row in sheets(site.get("/gongkai/reviews_full.xlsx"))["columns"][1:]}
    assert set(columns) == set(published()["tables"]["reviews_full"]["columns"])
    assert all(row[5] and row[6] for row in columns.values())
    assert columns["upheld"][9] == "report_url-upheld" and columns["agency"][9] is None


CELLS = (
    "SELECT '=1+1' AS a, '+1' AS b, '-' AS c, '@x' AS d, '0012' AS e, "
    "-5 AS f, 2.5 AS g, NULL AS h, x'00ff' AS i, {} AS j"
)


def test_numbers_are_numbers_and_texts_are_never_formulas(site: Site) -> None:
    answer = site.get("/gongkai.xlsx", sql=CELLS.format("1234567890123456789"))
    (row,) = rows_of(answer)
    assert row == {
        "a": "=1+1", "b": "+1", "c": "-", "d": "@x", "e": "0012", "f": -5, "g": 2.5, "h": None, "i": "X'00FF'",
        "j": "1234567890123456789",
    }  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(answer.body))
    assert {cell.data_type for line in book.worksheets[0].iter_rows(min_row=HEADINGS + 1) for cell in line} <= {
        "s",
        "n",
    }
    with zipfile.ZipFile(io.BytesIO(answer.body)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_a_blank_is_an_empty_cell_and_its_placement_stands_beside(site: Site) -> None:
    found = rows_of(site.get("/gongkai/applications.xlsx", _col="natural_person"))
    blank = [row for row in found if row["natural_person"] is None]
    assert blank and all(row["placement"] for row in blank)
    assert all(row["natural_person"] != "" for row in found)


def test_addresses_are_whole_and_lead_to_the_very_row(site: Site) -> None:
    row = rows_of(site.get("/gongkai/applications_full.xlsx", item="received"))[0]
    assert row["report_url"] == f"{site.address}/gongkai/reports/{row['report']}#applications-received"
    path, _, fragment = row["report_url"].partition("#")
    page = site.get(path).text
    assert f'id="{fragment}"' in page and f'id="{fragment}-total"' in page
    for address in (site.csv("/gongkai/requests_received.csv")[0], site.query("requests_received")[0]):
        assert address["report_url"].startswith(f"{site.address}/gongkai/reports/")


def test_a_cut_result_says_so_in_its_name_its_last_row_and_its_source(site: Site) -> None:
    many = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <= {MOST}) SELECT i FROM n"
    answer = site.get("/gongkai.xlsx", sql=many)
    assert answer.headers["X-Gongkai-Truncated"] == "true"
    assert f"first-{MOST}-rows" in answer.headers["Content-Disposition"]
    found = sheets(answer)
    assert len(found["rows"]) == HEADINGS + MOST + 1 and f"{MOST:,}" in found["rows"][-1][0]
    assert any("cut" in str(words) for _, words in found["source"])


def written(path: Path, rows: Sequence[Sequence[Any]], most_cells: int) -> tuple[Any, list[tuple[Any, ...]]]:
    """What was written, and the rows of the first sheet."""
    done = write_workbook(path, Rows(["a", "b"], iter(rows)), {}, Source([], []), Words(), most_cells)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return done, list(sheet.iter_rows(values_only=True))


def test_a_workbook_tells_the_day_and_not_the_second_in_which_it_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "day_of_access", lambda: "2026-03-01")
    path = tmp_path / "a.xlsx"
    written(path, [(1, 2)], 100)
    properties = openpyxl.load_workbook(path).properties
    assert properties.created == properties.modified == datetime(2026, 3, 1)


@pytest.mark.parametrize(("rows", "most_cells", "held", "cut"), [(3, 6, 3, False), (4, 6, 3, True), (0, 6, 0, False)])
def test_a_sheet_holds_as_many_rows_as_its_cells_allow(
    tmp_path: Path, rows: int, most_cells: int, held: int, cut: bool
) -> None:
    done, found = written(tmp_path / "x.xlsx", [(n, "x") for n in range(rows)], most_cells)
    assert (done.rows, done.cut) == (held, cut)
    assert len(found) == HEADINGS + held + cut


def test_a_sheet_never_has_more_rows_than_a_spreadsheet_takes() -> None:
    assert workbook.most_rows(1, 10**9) + HEADINGS + workbook.LAST_ROW == 1_048_576


def test_a_cell_that_is_too_long_says_that_it_was_cut(tmp_path: Path) -> None:
    done, found = written(tmp_path / "x.xlsx", [("长" * 40_000, 1)], 100)
    assert done.cells_cut == 1 and len(found[HEADINGS][0]) == 32_767
    assert found[HEADINGS][0].endswith("cell_cut cell_cut")


def test_a_wrong_address_is_refused_as_a_page_is(site: Site) -> None:
    assert site.get("/gongkai/no_such_table.xlsx").status == 404
    assert site.get("/gongkai.xlsx", sql="SELEKT 1").status == 400


@pytest.mark.parametrize(
    ("table", "row", "expected"),
    [
        ("applications_full", ("abcdefghij", "granted", "/gongkai/reports/abcdefghij"), "#applications-granted"),
        (None, ("abcdefghij", "granted", "/gongkai/reports/abcdefghij#x"), "#x"),
        ("report_summary", ("abcdefghij", "granted", "/gongkai/reports/abcdefghij"), ""),
    ],
)
def test_a_report_address_gets_the_fragment_of_its_row(table: str | None, row: Sequence[str], expected: str) -> None:
    columns = ("report", "item", "report_url")
    whole = with_addresses("https://here", table, columns)(row)
    assert whole == ["abcdefghij", "granted", f"https://here/gongkai/reports/abcdefghij{expected}"]


def test_words_that_look_like_a_path_of_another_site_stay() -> None:
    row = [
        "/gongkai/reports",
        "/gongkai/../etc",
        "见 /gongkai/reports/abcdefghij",
        "https://x/gongkai/reports/abcdefghij",
    ]
    assert with_addresses("https://here", None, ["a", "b", "c", "d"])(row) == row


@pytest.mark.parametrize(
    ("table", "column", "expected"),
    [
        ("applications", "total", "report_url-total"),
        ("hotline_full", "received", "report_url-received"),
        ("disclosures", "count", "report_url"),
        ("reports", "year", None),
        (None, "total", None),
    ],
)
def test_a_cells_address_follows_from_that_of_its_row(table: str | None, column: str, expected: str | None) -> None:
    assert cell_address(table, column) == expected


@pytest.mark.parametrize(
    ("zh", "expected"),
    [
        ("代码", "代码"),
        ("范围：region 全区域", "范围"),
        ("报告编号，永不改变", "报告编号"),
        ("是否（1是）", "是否"),
        ("", "code"),
    ],
)
def test_a_heading_is_what_stands_before_the_explanation(zh: str, expected: str) -> None:
    assert heading({"zh": zh}, "zh", "code") == expected


# The box and the archive ----------------------------------------------------------------------------------------


def links_of(page: str) -> Iterator[str]:
    """The addresses in the box of downloads."""
    box = page[page.index('class="download-box"') : page.index("</section>", page.index('class="download-box"'))]
    for part in box.split('href="')[1:]:
        yield part[: part.index('"')].replace("&amp;", "&")


@pytest.mark.parametrize(
    "path", ["/gongkai/report_summary?year=2020", "/gongkai/disclosure_rates", "/gongkai?sql=SELECT+1+AS+a"]
)
def test_the_box_leads_to_every_format_and_says_how_many_rows(site: Site, path: str) -> None:
    page = site.get(f"/zh{path}").text
    links = [*links_of(page)]
    endings = [link.partition("?")[0].partition(".")[2] for link in links]
    described = [] if "?sql=" in path else ["metadata.json"]
    assert endings == ["xlsx", "csv", "csv", "json", *described]
    counts = {len(rows_of(site.get(links[0]))), len(site.csv(links[2])), len(site.json(links[3]))}
    (count,) = counts
    assert f"全部 {count} 行" in page


def test_the_box_says_what_is_cut(site: Site) -> None:
    many = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <= {MOST}) SELECT i FROM n"
    page = site.get(f"/en/gongkai?{urlencode({'sql': many})}").text
    assert page.count(f"up to {MOST:,} rows") == 4


def test_all_tables_come_in_one_archive(site: Site) -> None:
    answer = site.get("/gongkai.zip")
    assert answer.status == 200 and answer.headers.get_content_type() == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        names = set(archive.namelist())
        text = archive.read("report_summary.csv").decode()
        about, columns = (archive.read(name).decode() for name in ("README.txt", "columns.csv"))
    with site.connect() as connection:
        tables = {
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master "
                "WHERE type = 'table' AND name NOT LIKE '%grams%' AND name NOT LIKE 'sqlite%'"
            )
        }
    assert names == {"README.txt", *(f"{table}.csv" for table in tables)}
    whole = site.get("/gongkai/report_summary.csv", _stream="on").text
    assert sorted(text.splitlines()) == sorted(whole.splitlines())
    assert "非官方" in about and "report_summary,disclosure_rate," in columns
