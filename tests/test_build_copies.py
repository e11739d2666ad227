"""Copies that are not as the agency wrote them: traditional characters, pinyin or second glyphs set between."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import opencc
import pytest

from build.limits import Limits
from build.reading.read import read
from build.report import Report

ABRIDGED = Path(__file__).parent.parent / "reports" / "nanchang-2020.txt"
PINYIN = {"行": "xíng", "政": "zhèng", "公": "gōng", "开": "kāi", "申": "shēn", "请": "qǐng", "年": "nián", "其": "qí"}


def traditional(text: str) -> str:
    """The text in traditional characters."""
    converted: str = opencc.OpenCC("s2t").convert(text)
    return converted


def with_pinyin(text: str) -> str:
    """The text with pinyin behind some characters."""
    return "".join(character + PINYIN.get(character, "") for character in text)


def with_pinyin_in_brackets(text: str) -> str:
    """The text with pinyin in brackets behind some characters."""
    return "".join(character + (f"({PINYIN[character]})" if character in PINYIN else "") for character in text)


def with_doubled_labels(text: str) -> str:
    """The labels of the tables with every Chinese character twice; brackets and numbering too, figures once."""
    lines = text.split("\n")
    tables = next(at for at, line in enumerate(lines) if line.startswith("第二十条"))
    doubled = (
        "".join(character * 2 for character in line) if re.search(r"[\u4e00-\u9fff]", line) else line
        for line in lines[tables:]
    )
    return "\n".join([*lines[:tables], *doubled])


def read_text(folder: Path, text: str) -> Report:
    """The report in ``text``."""
    path = folder / "copy.txt"
    path.write_text(text, encoding="utf-8")
    (report,) = read(path, path.name, Limits())
    assert isinstance(report, Report)
    return report


def figures(report: Report) -> list[object]:
    """Every figure of the tables."""
    return [
        {row.item: row.cells for row in report.applications},
        [(figure.item, figure.measure, figure.count, figure.amount_wan) for figure in report.disclosures],
        {row.channel: row.cells for row in report.reviews},
    ]


@pytest.mark.parametrize("copy", [traditional, with_pinyin, with_pinyin_in_brackets])
def test_labels_are_found_and_figures_are_the_same(tmp_path: Path, copy: Callable[[str], str]) -> None:
    text = ABRIDGED.read_text(encoding="utf-8")
    report = read_text(tmp_path, copy(text))
    assert figures(report) == figures(read_text(tmp_path, text))
    assert report.text == copy(text)


def test_labels_of_doubled_glyphs_are_found(tmp_path: Path) -> None:
    report = read_text(tmp_path, with_doubled_labels(ABRIDGED.read_text(encoding="utf-8")))
    received = next(row for row in report.applications if row.item == "received")
    assert dict(received.cells)["total"] == 569
    assert {row.item: row.get("total") for row in report.applications}["closed"] == 569


def test_figures_that_may_be_doubled_too_are_not_published(tmp_path: Path) -> None:
    doubled = "".join(character if character == "\n" else character * 2 for character in "行政许可\n12\n30\n5\n")
    head = "东明县2020年政府信息公开工作年度报告\n二、主动公开政府信息情况\n"
    header = "信息内容\n上一年项目数量\n本年增/减\n处理决定数量\n"
    report = read_text(tmp_path, head + header + doubled)
    licence = [figure for figure in report.disclosures if figure.item == "licence"]
    assert [figure.count for figure in licence] == [None, None, None]
    assert {figure.printed for figure in licence} == {"1122|3300|55"}
    assert "row_unplaced" in [problem.code for problem in report.problems]
