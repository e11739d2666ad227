"""The database stands on its own: what its columns and codes mean, and which release it is, stand in it."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from build.pipeline import Means
from build.publication import publication_folder
from build.publish import descriptions
from build.publish.column_words import column_text
from build.publish.descriptions import Descriptions, MetadataError, code_rows, column_rows, release_row
from tests.assertions import query
from tests.build_histories import built, rows_of, small_report, texts_of

CONTENT = {
    "site": {
        "title": {"zh": "小库", "en": "Small"},
        "license": {"zh": "随意", "en": "Do as you like"},
        "license_url": "https://example.org/licence",
        "source": {"zh": "报告", "en": "Reports"},
    },
    "described": {
        "gongkai": {
            "tables": {
                "applications": {
                    "columns": {
                        "item": {"zh": "项目，一行", "en": "Item, a row"},
                        "total": {
                            "zh": "总计",
                            "qualifier_zh": "照录",
                            "unit_zh": "件",
                            "more_zh": "勿加",
                            "null_zh": "空白",
                            "en": "Total",
                            "unit_en": "cases",
                            "more_en": "; never add",
                            "null_en": "blank",
                        },
                        "placement": {"zh": "栏位：怎样认的", "en": "Place"},
                    }
                },
                "checks": {"columns": {"status": {"zh": "结论", "en": "Result", "codes": "check_status"}}},
            }
        }
    },
    "plugins": {
        "publication": {
            "licence": "CC0-1.0",
            "address": "https://example.org/",
            "citation": {"zh": "{title}。{source}，{version}。", "en": "{title}. {source}. {version}."},
        },
        "code-labels": {
            "placement": {"printed": ["印明", "printed"]},
            "check_status": {"holds": ["相符", "holds"], "_twice": ["两次", " twice"]},
        },
    },
}


def described(content: Mapping[str, Any]) -> Descriptions:
    return Descriptions(yaml.safe_dump(content, allow_unicode=True).encode())


def test_a_column_has_its_name_its_meaning_its_unit_and_what_null_means() -> None:
    rows = list(column_rows(described(CONTENT), {"applications": ["item", "total", "placement"], "checks": ["status"]}))
    assert [(row["table_name"], row["column_name"], row["sort_order"]) for row in rows] == [
        ("applications", "item", 1),
        ("applications", "total", 2),
        ("applications", "placement", 3),
        ("checks", "status", 1),
    ]
    assert [(row["title_zh"], row["title_en"]) for row in rows[:3]] == [
        ("项目", "Item"), ("总计", "Total"), ("栏位", "Place"),
    ]  # fmt: skip
    total = rows[1]
    assert (total["meaning_zh"], total["meaning_en"]) == ("总计，照录，勿加。", "Total; never add.")
    assert (total["unit_zh"], total["unit_en"], total["null_zh"], total["null_en"]) == ("件", "cases", "空白", "blank")
    assert [row["code_list"] for row in rows] == ["items", None, "placement", "check_status"]


def test_a_column_without_words_in_a_language_is_told_in_english() -> None:
    parts = {"en": "Total", "unit_en": "cases", "null_en": "blank"}
    assert column_text(parts, "zh") == column_text(parts, "en") == "Total [cases]; NULL = blank."
    both = {**parts, "zh": "总计", "qualifier_zh": "照录", "unit_zh": "件", "more_zh": "勿加", "null_zh": "空白"}
    assert column_text(both, "zh") == "总计，照录[件]，勿加，空=空白。"


def test_a_column_that_is_not_described_bears_its_code_and_no_meaning() -> None:
    (row,) = column_rows(described(CONTENT), {"applications": ["mystery"]})
    assert (row["title_zh"], row["title_en"]) == ("mystery", "mystery")
    assert {row["meaning_zh"], row["meaning_en"], row["unit_zh"], row["null_zh"], row["code_list"]} == {None}


def test_a_code_with_an_ending_has_both_names() -> None:
    item = {"code": "granted", "label_zh": "予以公开", "label_en": "Granted", "sort_order": 7}
    rows = list(code_rows(described(CONTENT), {"items": [item], "form_headings": [item]}))
    found = {(row["code_list"], row["code"]): (row["label_zh"], row["label_en"], row["sort_order"]) for row in rows}
    assert found == {
        ("items", "granted"): ("予以公开", "Granted", 7),
        ("placement", "printed"): ("印明", "printed", 1),
        ("check_status", "holds"): ("相符", "holds", 1),
        ("check_status", "holds_twice"): ("相符两次", "holds twice", 2),
    }


def test_a_release_is_named_for_the_last_day_of_its_data_and_for_what_was_read() -> None:
    row = release_row(described(CONTENT), "2024-05-06", "0123456789ab")
    version = row["version"]
    assert re.fullmatch("2024-05-06-[0-9a-f]{8}", version)
    assert row["citation_zh"] == f"小库。报告，{version}。 https://example.org/"
    assert row["citation_en"] == f"Small. Reports. {version}. https://example.org/"
    assert (row["licence"], row["licence_url"], row["licence_terms_en"]) == (
        "CC0-1.0", "https://example.org/licence", "Do as you like",
    )  # fmt: skip
    assert release_row(described(CONTENT), None, "0123456789ab")["version"] == version.rpartition("-")[2]
    assert release_row(described(CONTENT), None, "0123456789ac")["version"] != version.rpartition("-")[2]


def test_a_release_without_an_address_is_cited_without_one() -> None:
    citation = {"zh": "{title}。{source}，{version}。", "en": "{title}."}
    content = {**CONTENT, "plugins": {"publication": {"citation": citation}}}
    row = release_row(described(content), "2024-05-06", "0123456789ab")
    assert (row["homepage"], row["citation_zh"]) == (None, f"小库。报告，{row['version']}。")


def test_what_metadata_leaves_out_is_null() -> None:
    of = described(
        {"site": {}, "described": {"gongkai": {"tables": {"applications": None, "checks": {"columns": None}}}}}
    )
    columns = list(column_rows(of, {"applications": ["item"], "checks": ["status"], "reports": ["year"]}))
    assert [(row["title_en"], row["meaning_en"]) for row in columns] == [
        ("item", None), ("status", None), ("year", None),
    ]  # fmt: skip
    assert list(code_rows(of, {})) == []
    row = release_row(of, None, "0123456789ab")
    assert {name for name, value in row.items() if value is not None} == {"version", "inputs_sha256", "reader_version"}


def test_a_code_with_names_of_its_own_has_them_whatever_it_ends_in() -> None:
    codes = {"holds": ["相符", "holds"], "holds_twice": ["再符", "again"], "_twice": ["两次", " twice"]}
    rows = list(code_rows(described({**CONTENT, "plugins": {"code-labels": {"check_status": codes}}}), {}))
    found = {row["code"]: row["label_zh"] for row in rows}
    assert (found["holds"], found["holds_twice"]) == ("相符", "再符")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"title: [", "no YAML"),
        (b"\xff\xfe\x00", "no YAML"),
        (b"title: 1\n", "describes no tables"),
        (b"- 1\n", "describes no tables"),
        (b"", "describes no tables"),
    ],
)
def test_a_file_that_cannot_be_used_is_an_error_that_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(MetadataError, match=f"metadata.yml.*{reason}"):
        _ = Descriptions(data).content


def test_a_code_with_a_comma_too_many_is_named() -> None:
    labels = {"placement": {"printed": ["印明", "printed", "as it stands"]}}
    content = {**CONTENT, "plugins": {"code-labels": labels}}
    with pytest.raises(MetadataError, match="`placement`, `printed`"):
        list(code_rows(described(content), {}))


# A database ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return texts_of(tmp_path / "reports", [small_report("东明县人民政府", 2020)])


@pytest.fixture
def means(tmp_path: Path) -> Means:
    return Means(tmp_path / "readings")


def test_every_column_of_every_table_and_view_has_its_row_and_every_list_its_codes(
    folder: Path, tmp_path: Path, means: Means
) -> None:
    output = tmp_path / "gongkai.db"
    built(folder, output, means)
    rows = query(output, "SELECT * FROM columns")
    with closing(sqlite3.connect(output)) as connection:
        names = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT GLOB 'sections_grams*'"
                " AND name NOT GLOB 'sqlite_*'"
            )
        ]
        expected = {
            (name, column, order + 1)
            for name in names
            for order, column, *_ in connection.execute(f"PRAGMA table_info([{name}])")
        }
    assert {(row["table_name"], row["column_name"], row["sort_order"]) for row in rows} == expected
    assert [row["column_name"] for row in rows if not (row["meaning_zh"] and row["meaning_en"])] == []
    assert [row["column_name"] for row in rows if (row["null_zh"] is None) != (row["null_en"] is None)] == []
    lists = {row["code_list"] for row in query(output, "SELECT DISTINCT code_list FROM codes")}
    assert {row["code_list"] for row in rows if row["code_list"]} <= lists


def test_a_view_has_the_code_lists_of_its_table(folder: Path, tmp_path: Path, means: Means) -> None:
    output = tmp_path / "gongkai.db"
    built(folder, output, means)
    sql = "SELECT code_list FROM columns WHERE column_name = ? AND table_name IN (?, ?)"
    for column, table, code_list in (
        ("item", "applications", "items"),
        ("channel", "reviews", "review_channels"),
        ("channel", "hotline", "hotline_channels"),
        ("rule", "checks", "rules"),
        ("level", "applications", "level"),
    ):
        found = query(output, sql, column, table, f"{table}_full")
        assert {row["code_list"] for row in found} == {code_list}


def test_other_words_in_metadata_reach_the_database_with_the_next_build(
    folder: Path, tmp_path: Path, means: Means, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "gongkai.db"
    built(folder, output, means)
    before = query(output, "SELECT * FROM release")
    own = tmp_path / "publication"
    own.mkdir()
    text = (publication_folder() / descriptions.FILE).read_text(encoding="utf-8")
    (own / descriptions.FILE).write_text(text.replace("zh: 商业企业", "zh: 工商企业"), encoding="utf-8")
    monkeypatch.setattr(descriptions, "publication_folder", lambda: own)
    built(folder, output, means)
    found = query(output, "SELECT title_zh FROM columns WHERE table_name = 'reviews' OR column_name = 'business'")
    assert "工商企业" in {row["title_zh"] for row in found}
    assert query(output, "SELECT * FROM release") == before
    built(folder, tmp_path / "anew.db", Means())
    assert rows_of(output) == rows_of(tmp_path / "anew.db")


def test_the_hash_of_the_inputs_is_of_what_was_read_and_of_nothing_else(folder: Path, tmp_path: Path) -> None:
    def version() -> str:
        output = tmp_path / "gongkai.db"
        built(folder, output, Means(tmp_path / "readings"))
        (row,) = query(output, "SELECT version, date, inputs_sha256 FROM release")
        assert re.fullmatch(rf"({row['date']}-)?[0-9a-f]{{8}}", row["version"])
        versions[row["inputs_sha256"]].add(row["version"])
        return str(row["inputs_sha256"])

    versions: dict[str, set[str]] = defaultdict(set)

    (report,) = folder.iterdir()
    first = version()
    report.touch()
    assert version() == first
    sidecar = report.with_name(f"{report.name}.meta.yml")
    sidecar.write_text("retrieved: 2021-07-08\n", encoding="utf-8")
    second = version()
    assert query(tmp_path / "gongkai.db", "SELECT date FROM release") == [{"date": "2021-07-08"}]
    (folder / "empty.txt").write_text("", encoding="utf-8")
    third = version()
    (folder / "empty.txt").write_text("别的文件，不是报告\n", encoding="utf-8")
    fourth = version()
    (folder / "empty.txt").unlink()
    assert len({first, second, third, fourth}) == 4
    assert version() == second
    assert [len(named) for named in versions.values()] == [1, 1, 1, 1] and len(set.union(*versions.values())) == 4


def test_another_reader_makes_another_version_of_the_same_inputs(monkeypatch: pytest.MonkeyPatch) -> None:
    of = Descriptions(yaml.safe_dump(CONTENT, allow_unicode=True).encode())
    first = release_row(of, "2021-07-08", "ab" * 32)
    monkeypatch.setattr(descriptions, "reader_version", lambda: "another")
    second = release_row(of, "2021-07-08", "ab" * 32)
    assert first["inputs_sha256"] == second["inputs_sha256"] and first["version"] != second["version"]


def test_means_do_not_show_in_a_release(folder: Path, tmp_path: Path, means: Means) -> None:
    """Same inputs, same row, whether readings are kept or made anew."""
    for name, by in (("one.db", means), ("two.db", replace(means, fresh=True)), ("three.db", Means())):
        built(folder, tmp_path / name, by)
    rows = [query(tmp_path / name, "SELECT * FROM release") for name in ("one.db", "two.db", "three.db")]
    assert rows[0] == rows[1] == rows[2] and len(rows[0]) == 1
