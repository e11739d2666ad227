"""Folders that are called as provinces and cities are state the place of what lies in them, last of all that does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from build.limits import Limits
from build.reading.folders import division_of, naming_places, with_place
from build.reading.read import read
from build.report import Evidence, Identity, Report
from tests.build_histories import small_report
from tests.samples import made_report

PREFECTURE_IN_COUNTY = ("江苏省", "淮安市", "洪泽区")


@pytest.mark.parametrize(
    ("path", "folders"),
    [
        ("江苏省/淮安市/洪泽区/2023.txt", PREFECTURE_IN_COUNTY),
        ("年报/江苏/2023/南京/a/b.txt", ("江苏", "南京")),
        ("江苏省.txt", ()),
        ("a/b.txt", ()),
    ],
)
def test_only_names_of_divisions_are_part_of_what_is_known_of_a_file(path: str, folders: Sequence[str]) -> None:
    assert naming_places(path) == tuple(folders)


@pytest.mark.parametrize(
    ("folders", "year", "adcode"),
    [
        (PREFECTURE_IN_COUNTY, 2023, "320813"),
        (("江苏省", "淮安市"), 2023, "320800"),
        (("江苏", "淮安", "洪泽"), 2023, "320813"),
        (("江苏省", "洪泽区"), 2023, "320813"),
        (("淮安市", "洪泽区"), 2023, "320813"),
        (("上海", "浦东新区"), 2020, "310115"),
        (("吉林", "吉林"), 2020, "220200"),
        (("湖北省", "恩施土家族苗族自治州", "恩施市"), 2020, "422801"),
        (("江苏省", "淮安市", "洪泽县"), 2010, "320829"),
        # not of that year, not nested, not one
        (("江苏省", "淮安市", "洪泽县"), 2023, "320800"),
        (("江苏省", "南京市", "洪泽区"), 2023, None),
        (("江苏省", "朝阳区"), 2023, None),
        (("洪泽区", "淮安市"), 2023, "320800"),
        (("鼓楼区",), 2023, None),
        (("城区",), 2023, None),
        (("南京",), 2023, None),
        (("江苏省", "合作"), 2023, "320000"),
        ((), 2023, None),
    ],
)
def test_folders_name_a_division_where_each_lies_in_the_one_around_it(
    folders: Sequence[str], year: int, adcode: str | None
) -> None:
    found = division_of(folders, year)
    assert (found.adcode if found is not None else None) == adcode


def report_in(folder: Path, agency: str, year: int = 2020) -> Report:
    """A report of ``agency`` that lies in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "a.txt"
    path.write_text(small_report(agency, year), encoding="utf-8")
    (report,) = read(path, "/".join((*folder.parts[-3:], "a.txt")), Limits())
    assert isinstance(report, Report)
    return report


def codes(report: Report) -> set[str]:
    return {problem.code for problem in report.problems}


def kinds(report: Report) -> set[tuple[str, str]]:
    return {(piece.about, piece.kind) for piece in report.evidence}


def test_folders_decide_between_authorities_of_one_name(tmp_path: Path) -> None:
    report = report_in(tmp_path / "江苏省/徐州市/鼓楼区", "鼓楼区人民政府")
    assert (report.identity.agency_id, report.identity.city) == ("320302-government", "徐州市")
    assert {("place", "folder"), ("authority", "folder")} <= kinds(report)
    assert (report.candidates, codes(report) & {"agency_ambiguous", "folder_contradiction"}) == ((), set())


def test_folders_where_none_of_the_authorities_lies_are_said_and_decide_nothing(tmp_path: Path) -> None:
    report = report_in(tmp_path / "江苏省/南京市/玄武区", "鼓楼区人民政府")
    assert report.identity.agency_id is None
    assert {"agency_ambiguous", "folder_contradiction"} <= codes(report)


def test_what_is_stated_beside_the_file_goes_before_its_folders(tmp_path: Path) -> None:
    folder = tmp_path / "江苏省/徐州市/x"
    folder.mkdir(parents=True)
    (folder / "a.meta.yml").write_text("adcode: '350102'\n", encoding="utf-8")
    report = report_in(folder, "鼓楼区人民政府")
    assert report.identity.agency_id == "350102-government"
    assert "folder_contradiction" in codes(report)


@pytest.mark.parametrize(
    ("folders", "is_said"),
    [
        (("山东省", "菏泽市"), False),
        (("山东省", "菏泽市", "东明县"), False),
        (("山东",), False),
        (("河南省",), True),
        (("山东省", "菏泽市", "曹县"), True),
    ],
)
def test_the_document_wins_over_its_folders(folders: Sequence[str], is_said: bool) -> None:
    identity = Identity(
        year=2020, agency="东明县人民政府", agency_id="371728-government", level="county",
        province="山东省", city="菏泽市", county="东明县", adcode="371728",
    )  # fmt: skip
    report = with_place(made_report(identity=identity), folders, {})
    assert report.identity == identity
    assert ("folder_contradiction" in codes(report)) == is_said
    assert (("place", "folder") in kinds(report)) != is_said


FOLDERS = ("江苏省", "淮安市", "洪泽区")
UNKNOWN = Identity(year=2023, agency="湖滨示范学校")


@pytest.mark.parametrize(
    ("identity", "place"),
    [
        (UNKNOWN, FOLDERS),
        (replace(UNKNOWN, county="洪泽区", level="county"), FOLDERS),
        (replace(UNKNOWN, city="淮安市", level="prefecture"), ("江苏省", "淮安市", None)),
        (replace(UNKNOWN, city="淮安市"), ("江苏省", "淮安市", None)),
        (replace(UNKNOWN, city="南京市"), (None, "南京市", None)),
        (replace(UNKNOWN, level="province", province="江苏省"), ("江苏省", None, None)),
        (replace(UNKNOWN, level="national"), (None, None, None)),
        (replace(UNKNOWN, level="township", city="淮安市"), FOLDERS),
        (replace(UNKNOWN, year=None), (None, None, None)),
    ],
)
def test_of_an_authority_that_nobody_knows_the_folders_fill_what_is_open(
    identity: Identity, place: tuple[str | None, ...]
) -> None:
    found = with_place(made_report(identity=identity), FOLDERS, {}).identity
    assert (found.province, found.city, found.county) == place
    assert found.adcode is None


def test_the_evidence_quotes_the_folders() -> None:
    report = with_place(made_report(identity=UNKNOWN), FOLDERS, {})
    assert report.evidence == (Evidence("place", "folder", "320813", "江苏省/淮安市/洪泽区", None, 2),)
