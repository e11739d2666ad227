"""Bad input: what was expected, what was found, what to do; and that the other files are built."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from build.report import Report
from tests.assertions import ROOT, build, failing, query, read_bytes, read_text, refusal
from tests.render import Options
from tests.samples import TITLE, report_text, sound_figures

OTHER_DOCUMENT = (
    "东明县人民政府2021年工作要点\n\n一、稳住农业。全县粮食面积不减,新修水渠12条。\n\n二、修好道路。年内通车3条,共45公里。\n\n"
    "三、办好学校。新建小学2所。\n"
)
BINARY = bytes(range(256)) * 40
TO_DO = re.compile(r"supply|remove|save|state|unpack|check|see|report it", re.IGNORECASE)
"""What tells the person who publishes what to do."""

BAD_FILES: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "empty"),
    "white-space.txt": (b" \n\n\t\n", "empty"),
    "no-break-spaces.txt": ("\u00a0\u3000\n".encode(), "empty"),
    "binary.txt": (BINARY, "binary"),
    "zeros.txt": (b"\x00" * 5000, "binary"),
    "another-document.txt": (OTHER_DOCUMENT.encode(), "not_a_report"),
    "english.txt": (b"Minutes of the meeting. Nothing was decided.\n" * 20, "not_a_report"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_what_is_no_report_is_a_problem_that_says_what_to_do(name: str) -> None:
    data, code = BAD_FILES[name]
    problem = refusal(data)
    assert (problem.severity, problem.report) == ("error", None)
    assert problem.code == code
    assert problem.stage in {"read", "parse"}
    assert TO_DO.search(problem.message.en), problem.message.en
    assert len(problem.message.en) > 25


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of one good report among every kind of bad file."""
    folder = tmp_path_factory.mktemp("mixed")
    reports = folder / "reports"
    reports.mkdir()
    for name, (data, _) in BAD_FILES.items():
        (reports / name).write_bytes(data)
    (reports / "good.txt").write_text(report_text(), encoding="utf-8")
    (reports / "cut.txt").write_text(cut_report(), encoding="utf-8")
    assert build(reports, output=folder / "gongkai.db") == 1
    return folder / "gongkai.db"


def cut_report() -> str:
    """Another agency's report that ends in the middle of section 三."""
    text = report_text(TITLE.replace("东明县", "云山区"))
    return text[: text.index("(四)无法提供")]


def test_every_bad_file_is_a_row_and_the_others_are_built(mixed: Path) -> None:
    errors = query(mixed, "SELECT source_file, code FROM problems WHERE severity = 'error' ORDER BY source_file")
    assert {row["source_file"]: row["code"] for row in errors} == {name: code for name, (_, code) in BAD_FILES.items()}
    read = query(mixed, "SELECT source_file FROM reports ORDER BY source_file")
    assert [row["source_file"] for row in read] == ["cut.txt", "good.txt"]


def test_every_input_file_ends_in_reports_or_problems(mixed: Path) -> None:
    known = query(mixed, "SELECT source_file FROM reports UNION SELECT source_file FROM problems")
    assert {row["source_file"] for row in known} == {*BAD_FILES, "good.txt", "cut.txt"}


def test_no_figure_comes_of_a_bad_file(mixed: Path) -> None:
    strays = "SELECT report FROM applications UNION SELECT report FROM disclosures UNION SELECT report FROM reviews"
    assert query(mixed, f"SELECT * FROM ({strays}) EXCEPT SELECT id FROM reports") == []


# A report cut off --------------------------------------------------------------------------------------------------


def test_a_report_cut_in_the_middle_keeps_what_is_there_and_says_what_is_not() -> None:
    report = read_text(cut_report())
    figures = sound_figures()
    expected = [
        item
        for item in figures.applications
        if item.startswith(("received", "brought", "granted", "partly", "withheld"))
    ]
    assert [row.item for row in report.applications] == expected
    assert all(dict(row.cells) == figures.applications[row.item] for row in report.applications)
    assert report.reviews == ()
    problems = {problem.code: problem for problem in report.problems}
    assert {"rows_missing", "tables_missing"} <= set(problems)
    assert "结转下年度" in problems["rows_missing"].message.en
    assert "四" in problems["tables_missing"].message.en
    assert all(TO_DO.search(problem.message.en) for problem in report.problems)
    assert {problem.severity for problem in report.problems} == {"warning"}


@pytest.mark.parametrize("share", [0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 0.99])
def test_a_report_cut_anywhere_gives_no_figure_that_is_not_printed(share: float) -> None:
    """But for the row at the cut itself, whose last figure may have lost digits."""
    text = report_text()
    (result,) = read_bytes(text[: int(len(text) * share)].encode())
    assert isinstance(result, Report)
    figures = sound_figures()
    for row in result.applications[:-1]:
        assert dict(row.cells) == figures.applications[row.item]
    last = result.disclosures[-1].item if result.disclosures else None
    for figure in (figure for figure in result.disclosures if figure.item != last):
        assert figure.printed == figures.disclosures[figure.item, figure.measure].text


def test_a_title_alone_is_a_report_whose_tables_are_missing() -> None:
    report = read_text(f"{TITLE}\n\n详见附件。\n")
    assert (report.applications, report.disclosures, report.reviews) == ((), (), ())
    missing = [problem for problem in report.problems if problem.code == "tables_missing"]
    assert len(missing) == 3
    assert {problem.severity for problem in missing} == {"warning"}


# Cells that are none ----------------------------------------------------------------------------------------------


def test_a_text_where_a_count_belongs_is_null_and_a_problem() -> None:
    figures = sound_figures()
    granted = figures.applications["granted"]["natural_person"]
    text = report_text().replace(f"(一)予以公开\n\n{granted}\n", "(一)予以公开\n\n若干\n")
    report = read_text(text)
    row = next(row for row in report.applications if row.item == "granted")
    assert row.get("natural_person") is None
    assert row.printed[0] == "若干"
    assert row.get("business") == figures.applications["granted"]["business"]
    (problem,) = (problem for problem in report.problems if problem.code == "no_count")
    assert problem.severity == "warning"
    assert "若干" in problem.message.en


def test_figures_behind_an_unknown_label_are_reported_and_not_published() -> None:
    text = report_text().replace("(二)部分公开(区分处理的,只计这一情形,不计其他情形)", "(二)另一种结果")
    report = read_text(text)
    assert "partly_granted" not in {row.item for row in report.applications}
    granted = next(row for row in report.applications if row.item == "granted")
    assert dict(granted.cells) == sound_figures().applications["granted"]
    problem = next(problem for problem in report.problems if problem.code == "cells_without_label")
    assert "另一种结果" in problem.message.en


def test_a_row_printed_twice_with_other_figures_is_reported_and_neither_is_published() -> None:
    text = report_text()
    row = "2.重复申请\n\n"
    begin = text.index(row)
    end = text.index("3.要求提供公开出版物")
    again = text[:end] + row + "\n\n".join(["9", "0", "0", "0", "0", "0", "9"]) + "\n\n" + text[end:]
    assert begin < end
    report = read_text(again)
    expected = {item: row for item, row in sound_figures().applications.items() if item != "not_processed_repeat"}
    assert {row.item: dict(row.cells) for row in report.applications} == expected
    codes = {problem.code for problem in report.problems}
    assert codes == {"row_repeated"}
    assert failing(report) == set()


def test_a_sound_report_leaves_no_problem() -> None:
    assert read_text(report_text()).problems == ()
    assert read_text(report_text(options=Options(blank="slash", digits="thousands", full_width=True))).problems == ()


# Two reports of one agency and year --------------------------------------------------------------------------------


def built(tmp_path: Path, **files: str) -> tuple[int, Path]:
    """The exit code and the database of files by name."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return build(folder, output=tmp_path / "gongkai.db"), tmp_path / "gongkai.db"


def problems(database: Path) -> list[dict[str, Any]]:
    """Every problem."""
    return query(database, "SELECT source_file, report, stage, severity, code, message FROM problems")


def test_two_reports_of_one_agency_and_year_both_stay(tmp_path: Path) -> None:
    code, database = built(
        tmp_path, first=report_text(above="发布日期:2021-01-20"), again=report_text(above="发布日期:2021-02-20")
    )
    assert code == 0
    rows = {row["source_file"]: row for row in query(database, "SELECT id, source_file, current FROM reports")}
    assert {name: row["current"] for name, row in rows.items()} == {"first.txt": 0, "again.txt": 1}
    (problem,) = problems(database)
    assert (problem["code"], problem["source_file"], problem["severity"]) == ("superseded", "first.txt", "note")
    assert problem["report"] == rows["first.txt"]["id"]
    assert "again.txt" in problem["message"]


def test_a_copy_byte_for_byte_is_published_once(tmp_path: Path) -> None:
    code, database = built(tmp_path, one=report_text(), two=report_text())
    assert code == 0
    assert len(query(database, "SELECT id FROM reports")) == 1
    (problem,) = problems(database)
    assert problem["code"] == "duplicate_file"
    assert query(database, "SELECT current FROM reports") == [{"current": 1}]


def test_a_superseded_report_keeps_its_figures_and_its_checks(tmp_path: Path) -> None:
    _, database = built(
        tmp_path, first=report_text(above="发布日期:2021-01-20"), again=report_text(above="发布日期:2021-02-20")
    )
    for table in ("applications", "disclosures", "reviews", "checks", "sections"):
        counts = query(database, f"SELECT count(*) AS n FROM {table} GROUP BY report")
        assert len(counts) == 2, table


def test_warnings_alone_leave_the_exit_code_0(tmp_path: Path) -> None:
    code, database = built(tmp_path, cut=cut_report())
    assert code == 0
    assert {problem["severity"] for problem in problems(database)} == {"warning"}


def test_positions_count_the_problems_of_each_file(tmp_path: Path) -> None:
    _, database = built(tmp_path, cut=cut_report(), empty="")
    rows = query(database, "SELECT source_file, position FROM problems ORDER BY source_file, position")
    for name in {row["source_file"] for row in rows}:
        positions = [row["position"] for row in rows if row["source_file"] == name]
        assert positions == list(range(1, len(positions) + 1))


def test_problems_name_codes_in_one_spelling() -> None:
    """Codes are words joined by underscores, so that a query can select them."""
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "build").rglob("*.py")]
    stated = {
        code for text in sources for code in re.findall(r'(?:ReadError|Notice|notices\.warn)\(\s*"([^"]+)"', text)
    }
    severities = {"warning", "note", "error"}
    assert {code for code in stated - severities if not re.fullmatch(r"[a-z][a-z_0-9]*", code)} == set()
