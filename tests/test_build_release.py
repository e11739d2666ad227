"""A release: every file holds what the database holds, is described, verifiable, citable, and the same every time."""

from __future__ import annotations

import csv
import gzip
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from build.pipeline import Means
from build.publish.descriptions import Descriptions
from build.publish.release import command, files, parquet
from build.publish.release import make as make_module
from build.publish.release.command import main
from build.publish.release.content import ReleaseError, content_of
from build.publish.release.documents import as_cell
from build.publish.release.make import SUMS, make_release
from tests.assertions import ROOT, query
from tests.build_histories import built, small_report, texts_of
from tests.optional import absent, skipped_without

NEEDED = ("pyarrow", "frictionless", "mlcroissant", "rdflib", "check_jsonschema")
pytestmark = skipped_without(*NEEDED)
if not absent(*NEEDED):
    import pyarrow.parquet

TEXTS = [
    small_report("东明县人民政府", 2023),
    small_report("东明县人民政府", 2024),
    small_report("荣成市人民政府", 2024),
]
FORMULA = "=1+2"
DAY = date(2025, 2, 3)
"""The last day of the data."""


@dataclass(frozen=True)
class Made:
    """A database, its release, and the database and release before it."""

    database: Path
    folder: Path
    before: Path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Two releases of a small collection: one report gone, one new, one with another figure, one text a formula."""
    place = tmp_path_factory.mktemp("release")
    built(texts_of(place / "old", TEXTS[:2]), place / "old.db", Means())
    make_small(place / "old.db")
    before = make_release(place / "old.db", place / "releases").folder
    built(texts_of(place / "new", TEXTS[1:]), place / "new.db", Means())
    make_small(place / "new.db")
    with closing(sqlite3.connect(place / "new.db")) as connection, connection:
        connection.execute("UPDATE applications SET total = total + 7 WHERE item = 'granted'")
        connection.execute("UPDATE reports SET title = ?, retrieved = ? WHERE year = 2024", [FORMULA, DAY.isoformat()])
        connection.execute("UPDATE release SET date = ?", [DAY.isoformat()])
    release = make_release(place / "new.db", place / "releases", before)
    assert release.made
    return Made(place / "new.db", release.folder, before)


def make_small(database: Path) -> None:
    """Take out the places and authorities that no report of these speaks of: they are thousands."""
    with closing(sqlite3.connect(database)) as connection, connection:
        others = "NOT IN (SELECT agency_id FROM reports)"
        for table, which in (("agencies", f"id {others}"), ("agency_names", f"agency {others}")):
            connection.execute(f"DELETE FROM {table} WHERE {which}")
        for table in ("agency_search", "divisions", "population", "coverage"):
            connection.execute(f"DELETE FROM {table} WHERE rowid % 1000")
        connection.execute("DELETE FROM agency_search WHERE agency NOT IN (SELECT id FROM agencies)")
        connection.execute("UPDATE agencies SET parent = NULL")
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("VACUUM")


def rows_of(database: Path, name: str, order: Sequence[str] = ()) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        behind = f" ORDER BY {', '.join(order)}" if order else ""
        return connection.execute(f"SELECT * FROM [{name}]{behind}").fetchall()


def published(database: Path) -> set[str]:
    """Names of all tables and views but those of the search index and of SQLite itself."""
    names = query(database, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
    return {row["name"] for row in names if not row["name"].startswith(("sqlite_", "sections_grams"))}


# The same rows -----------------------------------------------------------------------------------------------------


def test_every_table_and_view_is_there_in_every_format(made: Made) -> None:
    for folder, ending in (("csv", ".csv"), ("csv-excel", ".csv"), ("parquet", ".parquet")):
        assert {path.name for path in (made.folder / folder).iterdir()} == {
            f"{name}{ending}" for name in published(made.database)
        }


def test_every_table_is_listed_under_its_name(made: Made) -> None:
    described = yaml.safe_load((ROOT / "metadata.yml").read_text(encoding="utf-8"))["described"]["gongkai"]["tables"]
    listed = (made.folder / "README.md").read_text(encoding="utf-8").splitlines()
    for name in published(made.database):
        title = " / ".join(described[name]["title"][language] for language in ("zh", "en"))
        assert sum(line.startswith(f"| `{name}` | {title} |") for line in listed) == 1, name


def test_parquet_holds_the_rows_of_the_database_typed_and_sorted(made: Made) -> None:
    keys = {"reports": ["id"], "applications": ["report", "item"], "applications_full": ["report", "item"]}
    for name in published(made.database):
        table = pyarrow.parquet.read_table(made.folder / "parquet" / f"{name}.parquet")
        found = [tuple(_plain(value) for value in row.values()) for row in table.to_pylist()]
        expected = rows_of(made.database, name, keys.get(name, ()))
        assert found == expected if name in keys else sorted(found, key=repr) == sorted(expected, key=repr), name


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def test_parquet_has_types_and_descriptions(made: Made) -> None:
    applications = pyarrow.parquet.ParquetFile(made.folder / "parquet" / "applications.parquet")
    total = applications.schema_arrow.field("total")
    assert str(total.type) == "int64"
    assert {"title_zh", "title_en", "unit_zh", "null_en", "description"} <= {key.decode() for key in total.metadata}
    sql = "SELECT title_zh FROM columns WHERE table_name = 'applications' AND column_name = 'total'"
    assert total.metadata[b"title_zh"].decode() == query(made.database, sql)[0]["title_zh"]
    lists = {field.name: field.metadata.get(b"code_list") for field in applications.schema_arrow}
    assert (lists["item"], lists["placement"], lists["total"]) == (b"items", b"placement", None)
    assert not applications.schema_arrow.field("report").nullable
    assert applications.metadata.row_group(0).column(0).compression == "ZSTD"
    assert [column.column_index for column in applications.metadata.row_group(0).sorting_columns] == [0, 1]
    said = {name.decode(): words.decode() for name, words in applications.schema_arrow.metadata.items()}
    stated = query(made.database, "SELECT * FROM release")[0]
    assert {name: said[name] for name in ("version", "licence", "licence_url", "citation")} == {
        "version": stated["version"],
        "licence": stated["licence"] or "",
        "licence_url": stated["licence_url"] or "",
        "citation": stated["citation_en"],
    }
    reports = pyarrow.parquet.read_schema(made.folder / "parquet" / "reports.parquet")
    assert {str(reports.field(name).type) for name in ("published", "retrieved", "period_start")} == {"date32[day]"}
    amounts = pyarrow.parquet.read_schema(made.folder / "parquet" / "disclosures.parquet")
    assert str(amounts.field("amount_wan").type) == "double"


def test_csv_holds_the_rows_of_the_database(made: Made) -> None:
    for name in published(made.database):
        with (made.folder / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            _, *rows = csv.reader(file)
        expected = [tuple("" if cell is None else str(cell) for cell in row) for row in rows_of(made.database, name)]
        assert sorted(map(tuple, rows)) == sorted(expected), name


def test_csv_for_excel_has_a_mark_and_no_formulas(made: Made) -> None:
    plain, excel = ((made.folder / kind / "reports.csv").read_bytes() for kind in ("csv", "csv-excel"))
    assert excel.startswith(b"\xef\xbb\xbf") and not plain.startswith(b"\xef\xbb\xbf")
    assert f",'{FORMULA},".encode() in excel and f",{FORMULA},".encode() in plain


def test_the_workbook_holds_the_summary_and_says_what_its_columns_mean(made: Made) -> None:
    book = openpyxl.load_workbook(made.folder / "report_summary.xlsx")
    rows, columns, source = book
    assert book.properties.created.date() == DAY
    _, _, codes, *found = rows.iter_rows(values_only=True)
    assert found == rows_of(made.database, "report_summary", ["report"])
    assert [row[0] for row in columns.iter_rows(min_row=2, values_only=True)] == list(codes)
    assert made.folder.name.removeprefix("gongkai-") in [row[1] for row in source.iter_rows(values_only=True)]


def test_the_packed_database_is_the_database(made: Made) -> None:
    whole = made.database.read_bytes()
    packed = (made.folder / "gongkai.db.gz").read_bytes()
    assert gzip.decompress(packed) == whole
    assert packed[3:8] == bytes(5), "no name and no time in its head"
    with pyarrow.input_stream(str(made.folder / "gongkai.db.zst"), compression="zstd") as file:
        assert file.read() == whole


# Described ---------------------------------------------------------------------------------------------------------


def test_the_data_package_is_valid_and_its_keys_hold(made: Made) -> None:
    import frictionless  # here, as the other two: to load them takes longer than all tests of most files

    report = frictionless.validate(str(made.folder / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])[:5]
    text = (made.folder / "datapackage.json").read_text("utf-8")
    assert text.startswith('{\n "$schema"') and text.endswith("\n}\n") and "件 / cases" in text
    package = json.loads(text)
    resources = {each["name"]: each for each in package["resources"]}
    assert resources.keys() == published(made.database)
    received = next(each for each in resources["applications"]["schema"]["fields"] if each["name"] == "total")
    assert (received["type"], received["unit"]) == ("integer", "件 / cases")
    assert resources["applications"]["schema"]["primaryKey"] == ["report", "item"]
    references = {each["fields"][0]: each["reference"] for each in resources["applications"]["schema"]["foreignKeys"]}
    assert references["report"] == {"resource": "reports", "fields": ["id"]}


def test_a_figure_that_was_changed_behind_the_release_is_noticed(made: Made, tmp_path: Path) -> None:
    copy = shutil.copytree(made.folder, tmp_path / "copy")
    path = copy / "csv" / "applications.csv"
    path.write_text(path.read_text("utf-8").replace("granted,", "granted,x", 1), "utf-8")
    summed = subprocess.run(["sha256sum", "-c", "--quiet", SUMS], cwd=copy, capture_output=True, text=True, check=False)
    assert summed.returncode == 1 and summed.stdout.count("FAILED") == 1


def test_the_sums_hold_and_name_every_file(made: Made) -> None:
    assert subprocess.run(["sha256sum", "-c", "--quiet", SUMS], cwd=made.folder, check=False).returncode == 0
    named = {line.split("  ", 1)[1] for line in (made.folder / SUMS).read_text().splitlines()}
    files = {path.relative_to(made.folder).as_posix() for path in made.folder.rglob("*") if path.is_file()}
    assert named == files - {SUMS}


def test_croissant_is_valid_and_loads_every_row(made: Made) -> None:
    import mlcroissant

    data = mlcroissant.Dataset(jsonld=str(made.folder / "croissant.json"))
    assert not data.metadata.ctx.issues.errors
    assert {each.uuid for each in data.metadata.record_sets} == published(made.database)
    for name in ("reports", "applications"):
        records = list(data.records(name))
        assert len(records) == len(rows_of(made.database, name))
    figures = {(each["applications/report"].decode(), each["applications/item"].decode()): each for each in records}
    for report, item, total in ((r[0], r[1], r[8]) for r in rows_of(made.database, "applications")):
        assert figures[report, item]["applications/total"] == total


def test_dcat_has_what_it_must_have_of_every_file(made: Made) -> None:
    import rdflib

    graph = rdflib.Graph().parse(made.folder / "dcat.jsonld", format="json-ld")
    dcat, dct = rdflib.Namespace("http://www.w3.org/ns/dcat#"), rdflib.Namespace("http://purl.org/dc/terms/")
    (catalogue,) = graph.subjects(rdflib.RDF.type, dcat.Catalog)
    (data,) = graph.objects(catalogue, dcat.dataset)
    for node in (catalogue, data):
        assert {getattr(text, "language", None) for text in graph.objects(node, dct.title)} == {"zh", "en"}
        assert list(graph.objects(node, dct.description)) and list(graph.objects(node, dct.publisher))
    distributions = list(graph.objects(data, dcat.distribution))
    rows = [path for path in made.folder.rglob("*") if path.suffix in {".csv", ".parquet", ".xlsx", ".gz", ".zst"}]
    assert len(distributions) == len([path for path in rows if path.name != "changes.csv"])
    assert all(list(graph.objects(each, dcat.accessURL)) for each in distributions)


def test_the_citation_is_valid(made: Made) -> None:
    schema = "vendor.citation-file-format"
    asked = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(made.folder / "CITATION.cff")]
    assert subprocess.run(asked, check=False).returncode == 0


# What is new -------------------------------------------------------------------------------------------------------


def test_changes_name_reports_and_figures(made: Made) -> None:
    with (made.folder / "changes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    label = {(row["agency"], row["year"]): row["label"] for row in query(made.database, "SELECT * FROM reports")}
    kept = label["东明县人民政府", 2024]
    assert [row["label"] for row in rows if row["change"] == "added"] == [label["荣成市人民政府", 2024]]
    assert [row["label"] for row in rows if row["change"] == "removed"] == ["东明县人民政府 2023"]
    (figure,) = (row for row in rows if row["change"] == "figures")
    assert (figure["label"], figure["table"], figure["row"], figure["column"]) == (
        kept,
        "applications",
        "granted",
        "total",
    )
    assert int(figure["after"]) == int(figure["before"]) + 7
    page = (made.folder / "CHANGES.md").read_text("utf-8")
    assert f"granted total: {figure['before']} → {figure['after']}" in page
    assert "新增的报告 / Reports added" in page


@pytest.mark.parametrize("packed", [True, False], ids=["folder", "database"])
def test_the_release_before_is_given_as_a_folder_or_as_a_database(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: bool
) -> None:
    compared = []
    monkeypatch.setattr(make_module, "_write", lambda _connection, _content, before, *_: compared.append(before))
    release = make_release(
        made.database, tmp_path / "not" / "there" / "yet", made.before if packed else made.database.with_name("old.db")
    )
    assert [f"gongkai-{before.version}" for before in compared] == [made.before.name]
    assert release.folder.parent == tmp_path / "not" / "there" / "yet"


PACKED = gzip.compress(bytes(range(256)) * 40)


@pytest.mark.parametrize(
    "damaged",
    [PACKED[:-9], b"text" * 10, PACKED[:-8] + bytes(8), PACKED[:12] + b"\xff" * 8 + PACKED[20:]],
    ids=["cut off", "not packed", "another sum", "no such code"],
)
def test_a_release_before_whose_database_cannot_be_unpacked_is_told(made: Made, tmp_path: Path, damaged: bytes) -> None:
    (tmp_path / "gongkai.db.gz").write_bytes(damaged)
    assert main([str(made.database), "--into", str(tmp_path / "into"), "--last", str(tmp_path)]) == 2
    with pytest.raises(ReleaseError, match=r"gongkai\.db\.gz: damaged"):
        make_release(made.database, tmp_path / "into", tmp_path)


def test_years_are_those_of_the_first_and_the_last_report(made: Made) -> None:
    for folder, years in ((made.before, "2023–2024"), (made.folder, "2024–2024")):
        assert f"- 年度 / Years: {years}\n" in (folder / "README.md").read_text("utf-8")


def test_a_release_without_one_before_says_so(made: Made) -> None:
    page = (made.before / "CHANGES.md").read_text("utf-8")
    assert "没有指定上一版" in page and "No release before was named" in page


def test_words_of_a_report_mark_nothing_up() -> None:
    assert as_cell("a|b\n<script> [x](y) `z` *") == r"a\|b \<script\> \[x\](y) \`z\` \*"


# The same every time, and nothing half -----------------------------------------------------------------------------


def test_the_same_database_gives_the_same_bytes(made: Made) -> None:
    again = make_release(made.database, made.folder.parent, made.before)
    assert (again.folder, again.made) == (made.folder, False)
    assert {path.name for path in made.folder.parent.iterdir()} == {made.folder.name, made.before.name}


def test_another_release_of_the_same_version_is_left_as_it_is(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(make_module, "_write", lambda *_: None)
    folder = tmp_path / made.folder.name
    folder.mkdir()
    for name in ("d.txt", "b.txt", "README.md", "c.txt", "a.txt"):
        (folder / name).write_text("mine", "utf-8")
    assert main([str(made.database), "--into", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "left as it is" in said and "README.md, a.txt, b.txt" in said
    assert {path.read_text("utf-8") for path in folder.iterdir()} == {"mine"}
    assert list(tmp_path.iterdir()) == [folder]


FULL = OSError(28, "No space left on device")


@pytest.mark.parametrize(
    ("at", "error"), [("pack_database", FULL), ("pack_database", KeyboardInterrupt()), ("flush_folder", FULL)]
)
def test_a_release_that_breaks_off_leaves_nothing(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str, error: BaseException
) -> None:
    def broken(*_: object) -> None:
        raise error

    for step in ("_write_rows", "pack_database", "_write_documents"):
        monkeypatch.setattr(make_module, step, lambda *_: None)
    monkeypatch.setattr(make_module, at, broken)
    (tmp_path / ".gongkai.999999999.draft" / "csv").mkdir(parents=True)  # of a process that was killed
    assert main([str(made.database), "--into", str(tmp_path)]) == 2
    assert list(tmp_path.iterdir()) == []


def touched(database: Path) -> None:
    os.utime(database, ns=(0, 7))


def grown(database: Path) -> None:
    then = database.stat().st_mtime_ns
    database.write_bytes(database.read_bytes() + b"more")
    os.utime(database, ns=(then, then))


def replaced(database: Path) -> None:
    shutil.copy2(database, database.with_name("other.db"))
    database.with_name("other.db").rename(database)


@pytest.mark.parametrize("change", [touched, grown, replaced])
def test_a_database_that_another_build_writes_meanwhile_is_not_packed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None]
) -> None:
    database, copied = tmp_path / "gongkai.db", shutil.copyfileobj
    database.write_bytes(b"data")

    def copy(source: Any, target: Any, length: int) -> None:
        copied(source, target, length)
        change(database)

    files.pack_database(database, tmp_path)
    monkeypatch.setattr(shutil, "copyfileobj", copy)
    with pytest.raises(ReleaseError, match=r"gongkai\.db: another build has written it"):
        files.pack_database(database, tmp_path)


@pytest.mark.parametrize(("made_now", "words"), [(True, "made"), (False, "there already")])
def test_where_a_release_stands_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], made_now: bool, words: str
) -> None:
    folder = tmp_path / "gongkai-1"
    monkeypatch.setattr(command, "make_release", lambda *_: make_module.Release(folder, "1", made_now))
    assert main(["x.db", "--into", str(tmp_path)]) == 0
    said = capsys.readouterr().err
    assert said.startswith("release: ") and str(folder) in said and words in said


@pytest.mark.parametrize("arguments", [["", "--into", "x"], [" ", "--into", "x"], ["x.db", "--into", ""], ["x.db"]])
def test_an_empty_path_or_none_is_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_without_the_library_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "LIBRARY", "no_such_library")
    with pytest.raises(ReleaseError, match="pip install -r requirements-release"):
        make_release(tmp_path / "gongkai.db", tmp_path / "releases")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def bare() -> Iterator[sqlite3.Connection]:
    """A database with no more tables than a release needs, and no row in them."""
    tables = {
        "columns": "table_name TEXT, column_name TEXT, title_en TEXT",
        "codes": "list TEXT, code TEXT",
        "release": "version TEXT",
        "reports": "id TEXT, year INTEGER, current INTEGER, period_start TEXT",
    }
    with closing(sqlite3.connect(":memory:")) as connection:
        for name, columns in tables.items():
            connection.execute(f"CREATE TABLE {name} ({columns})")
        yield connection


def test_a_database_that_does_not_say_which_release_it_is_is_refused(bare: sqlite3.Connection) -> None:
    with pytest.raises(ReleaseError, match="its table release is empty"):
        content_of(bare)


def test_what_is_given_away_is_described_by_the_texts_that_are_given(bare: sqlite3.Connection) -> None:
    bare.execute("INSERT INTO release VALUES (NULL)")
    bare.execute("INSERT INTO columns VALUES ('reports', 'year', 'Year')")
    bare.executemany("INSERT INTO reports VALUES (?, ?, ?, NULL)", [("a", 2019, 0), ("b", 2021, 1), ("c", 2023, 1)])
    tables = {"reports": {"title": {"en": "What was sent in"}}}
    texts = {"site": {}, "described": {"gongkai": {"tables": tables}}}
    content = content_of(bare, Descriptions(yaml.safe_dump(texts).encode()))
    assert (content.version, content.first_year, content.last_year) == ("", 2021, 2023)
    rows = {holding.name: holding.rows for holding in content.holdings}
    assert rows == {"columns": 1, "codes": 0, "release": 1, "reports": 3}
    (reports,) = (holding for holding in content.holdings if holding.name == "reports")
    assert (reports.title, reports.description, reports.is_view) == (("", "What was sent in"), ("", ""), False)
    assert reports.references == ()  # its authority is no column here
    assert [(column.name, column.kind, column.required, column.title.en) for column in reports.columns] == [
        ("id", "TEXT", True, ""),
        ("year", "INTEGER", False, "Year"),
        ("current", "INTEGER", True, ""),
        ("period_start", "DATE", False, ""),
    ]


def test_what_is_no_database_is_refused(made: Made, tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("no database, though long enough to be looked at as one" * 20, "utf-8")
    closing(sqlite3.connect(tmp_path / "other.db")).__enter__().execute("CREATE TABLE reports (id TEXT)")
    for name, words in (("missing.db", "no such database"), ("text.db", "cannot be read"), ("other.db", "build it")):
        with pytest.raises(ReleaseError, match=words):
            make_release(tmp_path / name, tmp_path / "into")
    for last in (tmp_path / "text.db", tmp_path / "nowhere"):
        with pytest.raises(ReleaseError, match=r"release before|no database"):
            make_release(made.database, tmp_path / "into", last)
    assert list((tmp_path / "into").iterdir()) == []
