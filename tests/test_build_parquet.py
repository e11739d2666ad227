"""``python -m build --parquet FOLDER``: every table as Parquet; what is in the way is said first."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from build.__main__ import main
from build.publish.release import parquet
from build.publish.release.content import AT_A_TIME, ReleaseError, content_of, opened
from build.publish.schema import TABLES
from build.publish.views import VIEWS
from tests.assertions import query
from tests.optional import absent, skipped_without
from tests.samples import report_text

NEEDED = ("pyarrow", "duckdb")
pytestmark = skipped_without(*NEEDED)
if not absent(*NEEDED):
    import duckdb

NAMES = [table.name for table in TABLES] + [view.name for view in VIEWS]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database and its Parquet, of one report."""
    place = tmp_path_factory.mktemp("parquet")
    (place / "report.txt").write_text(report_text(), encoding="utf-8")
    assert main([*asked(place), "--parquet", str(place / "parquet")]) == 0
    return place


def asked(place: Path) -> list[str]:
    return [str(place / "report.txt"), "--output", str(place / "gongkai.db"), "--jobs", "1"]


def test_another_engine_reads_as_many_rows_as_the_database_has(folder: Path) -> None:
    assert {path.stem for path in (folder / "parquet").iterdir()} == set(NAMES)
    with duckdb.connect() as engine:
        for name in NAMES:
            found = engine.execute("SELECT count(*) FROM read_parquet(?)", [f"{folder}/parquet/{name}.parquet"])
            (expected,) = query(folder / "gongkai.db", f"SELECT count(*) AS rows FROM [{name}]")
            assert found.fetchall() == [(expected["rows"],)], name


def test_another_engine_adds_up_the_same_figures(folder: Path) -> None:
    sql = "SELECT item, sum(total), count(total) FROM {} GROUP BY item ORDER BY item"
    with duckdb.connect() as engine:
        found = engine.execute(sql.format(f"read_parquet('{folder}/parquet/applications_full.parquet')")).fetchall()
    assert found == [tuple(row.values()) for row in query(folder / "gongkai.db", sql.format("applications_full"))]


def test_a_folder_of_parquet_is_replaced_whole(folder: Path) -> None:
    (folder / "parquet" / "of_yesterday.parquet").write_bytes(b"")
    assert main([*asked(folder), "--parquet", str(folder / "parquet")]) == 0
    assert {path.stem for path in (folder / "parquet").iterdir()} == set(NAMES)
    assert [path.name for path in folder.iterdir() if "parquet" in path.name] == ["parquet"]


@pytest.mark.parametrize("before", [[], ["parquet", "parquet/old.parquet"]], ids=["nothing before", "one before"])
def test_what_stood_there_stands_there_again_where_the_new_one_cannot_take_its_place(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: list[str]
) -> None:
    if before:
        (tmp_path / "parquet").mkdir()
        (tmp_path / "parquet" / "old.parquet").write_bytes(b"")
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path.suffix == ".draft":
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(parquet, "write_parquet_files", lambda *_: None)
    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(OSError, match="No space left on device"):
        parquet.write_parquet_folder(folder / "gongkai.db", tmp_path / "parquet")
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == before


def test_what_a_person_puts_into_the_folder_meanwhile_is_kept(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "parquet").mkdir()
    monkeypatch.setattr(
        parquet, "write_parquet_files", lambda *_: (tmp_path / "parquet" / "mine.txt").write_bytes(b"mine")
    )
    with pytest.raises(ReleaseError, match=r"mine\.txt"):
        parquet.write_parquet_folder(folder / "gongkai.db", tmp_path / "parquet")
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")] == ["parquet", "parquet/mine.txt"]


def test_an_old_folder_that_a_killed_build_has_left_is_not_in_the_way(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (".parquet.old", "parquet"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "old.parquet").write_bytes(b"")
    monkeypatch.setattr(parquet, "write_parquet_files", lambda *_: None)
    parquet.write_parquet_folder(folder / "gongkai.db", tmp_path / "parquet")
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")] == ["parquet"]


@pytest.mark.parametrize(("most", "in_one"), [(1, False), (parquet.GROUP_BYTES, True)])
def test_rows_are_written_in_one_group_unless_they_are_too_many_to_be_held(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, in_one: bool
) -> None:
    monkeypatch.setattr(parquet, "GROUP_BYTES", most)
    with opened(folder / "gongkai.db") as connection:
        content = content_of(connection)
        (divisions,) = (holding for holding in content.holdings if holding.name == "divisions")
        parquet.write_parquet_files(connection, replace(content, holdings=(divisions,)), tmp_path)
    with duckdb.connect() as engine:
        sql = f"SELECT num_rows, num_row_groups FROM parquet_file_metadata('{tmp_path}/divisions.parquet')"
        groups = 1 if in_one else -(-divisions.rows // AT_A_TIME)
        assert engine.execute(sql).fetchall() == [(divisions.rows, groups)]
    assert divisions.rows > AT_A_TIME


def test_a_licence_that_is_not_stated_is_empty_in_a_file(folder: Path, tmp_path: Path) -> None:
    with opened(folder / "gongkai.db") as connection:
        content = content_of(connection)
        holdings = tuple(holding for holding in content.holdings if holding.name == "release")
        stated = {**content.release, "version": "2", "licence": None, "licence_url": None}
        parquet.write_parquet_files(connection, replace(content, holdings=holdings, release=stated), tmp_path)
    with duckdb.connect() as engine:
        told = engine.execute(f"SELECT key, value FROM parquet_kv_metadata('{tmp_path}/release.parquet')").fetchall()
    assert {(b"version", b"2"), (b"licence", b""), (b"licence_url", b"")} <= set(told)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("file", "no folder"),
        ("link", "no folder"),
        ("others", "holds other files (mine.txt)"),
        ("nowhere/parquet", "no such folder"),
        (".", "the database is written in there"),
    ],
)
def test_what_is_in_the_way_is_said_before_anything_is_built(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, words: str
) -> None:
    (tmp_path / "report.txt").write_text(report_text(), encoding="utf-8")
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "others").mkdir()
    for other in ("others/z.txt", "others/a.parquet", "others/mine.txt", "others/p"):
        (tmp_path / other).write_bytes(b"")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert main([*asked(tmp_path), "--parquet", str(tmp_path / name)]) == 2
    assert words in capsys.readouterr().err
    assert not (tmp_path / "gongkai.db").exists()


def test_a_folder_that_may_not_be_written_is_told_before_anything_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: path != tmp_path or not mode & os.W_OK)
    obstacle = parquet.parquet_obstacle(tmp_path / "parquet", tmp_path / "elsewhere" / "gongkai.db")
    assert obstacle is not None and "permission" in obstacle and str(tmp_path) in obstacle


def test_without_the_library_it_says_what_to_install(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "LIBRARY", "no_such_library")
    (tmp_path / "report.txt").write_text(report_text(), encoding="utf-8")
    assert main([*asked(tmp_path), "--parquet", str(tmp_path / "parquet")]) == 2
    assert "pip install -r requirements-release.txt" in capsys.readouterr().err
    assert not (tmp_path / "gongkai.db").exists()


def test_a_full_disk_leaves_the_old_parquet(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(parquet, "flush_folder", full)
    assert main([*asked(folder), "--parquet", str(folder / "parquet")]) == 2
    assert "No space left on device" in capsys.readouterr().err
    assert {path.stem for path in (folder / "parquet").iterdir()} == set(NAMES)
    assert [path.name for path in folder.iterdir() if "parquet" in path.name] == ["parquet"]
