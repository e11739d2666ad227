"""Mobile numbers and the names behind 联系人 are masked at equal length; nothing else is, and no figure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build.limits import Limits
from build.messages import Message
from build.publish.masking import mask, mask_report
from build.reading.read import read
from build.report import Problem, Report, Section
from tests.rule_samples import line, sample
from tests.samples import report_text, sound_figures, sound_report

MASKED = [
    ("电话:13812345678。", "电话:138********。"),
    ("138-1234-5678", "138-****-****"),
    ("138 1234 5678,", "138 **** ****,"),
    ("1381 234 5678", "138* *** ****"),
    ("138\u00a0123\u00a045678", "138\u00a0***\u00a0*****"),
    ("+86-13812345678", "+86-138********"),
    ("138-12345678", "138-********"),
    ("13812 345678", "138** ******"),
    ("1381234 5678", "138**** ****"),
    ("手机13812345678/13912345678", "手机138********/139********"),
    ("１３８１２３４５６７８", "１３８********"),
    ("13812345678人事科", "138********人事科"),
    ("13812345678@example.cn", "138********@example.cn"),
    ("联系人:张三,电话:0871-1234567", "联系人:**,电话:0871-1234567"),
    ("联系人：张 三", "联系人：* *"),
    ("联系人:张三、李四 电话", "联系人:**、** 电话"),
    ("联系人:张三 李四", "联系人:** **"),
    ("联系人张三同志", "联系人**同志"),
    ("联系人为王五。", "联系人为**。"),
    ("聯繫人:張三、陳小四,電話:0871-1234567", "聯繫人:**、***,電話:0871-1234567"),
    ("聯系人張三同志", "聯系人**同志"),
    ("联系人\t张三\t联系电话\t1", "联系人\t**\t联系电话\t1"),
    ("联系人\n\n张三\n\n联系电话", "联系人\n\n**\n\n联系电话"),
    ("联系人|王小二|电话", "联系人|***|电话"),
    ("联系人:欧阳小明", "联系人:****"),
    ("联系人:买买提·艾合买提,", "联系人:***·****,"),
    ("联系人:张三联系电话:13812345678", "联系人:**联系电话:138********"),
    ("联系人及联系电话:张三,138 1234 5678", "联系人及联系电话:**,138 **** ****"),
    ("联 系 人:张三", "联 系 人:**"),
    ("联系人(周一至周五):赵六", "联系人(周一至周五):**"),
    ("电话:027-1234567,13812345678", "电话:027-1234567,138********"),
    ("联系人:张三,特此公告。", "联系人:**,特此公告。"),
]
LEFT_ALONE = [
    "138123456789",
    "013812345678",
    "1381234567",
    "12812345678",
    "金额13812345678元",
    "合计 13812345678 件",
    "13812345678.50",
    "1.13812345678",
    "13,812,345,678",
    "0871-13812345678",
    "2021-13812345678",
    "11530500MB13812345678",
    "138\n1234\n5678",
    "13 812345678",
    "138 12 345678",
    "138123 45678",
    "138\t1234\t5678",
    "电话:0871-1234567",
    "联系人:办公室",
    "联系人：市政府办公室信息公开科",
    "联系人员名单见附件",
    "联系人制度,",
    "联系人 电话 地址",
    "联系单位:张家港市",
]


@pytest.mark.parametrize(("text", "expected"), MASKED)
def test_personal_data_is_masked(text: str, expected: str) -> None:
    assert mask(text) == expected


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_everything_else_is_left_alone(text: str) -> None:
    assert mask(text) == text


@given(st.text(alphabet="联系人电话张三13800123456:、 -,\n\t.", max_size=60))
def test_masking_keeps_the_length_and_is_settled_at_once(text: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text)
    assert all(new in (old, "*") for new, old in zip(masked, text, strict=True))


def test_a_figure_of_a_table_is_never_masked() -> None:
    assert mask("采购总金额 13812345678", kept=[(6, 17)]) == "采购总金额 13812345678"


@pytest.mark.parametrize(
    ("kept", "masked"), [((0, 3), True), ((11, 12), True), ((10, 11), False), ((3, 4), False), ((0, 4), False)]
)
def test_only_a_number_that_touches_a_figure_is_kept(kept: tuple[int, int], masked: bool) -> None:
    assert mask("13812345678。", kept=[kept]) == ("138********。" if masked else "13812345678。")


def read_text(folder: Path, text: str) -> Report:
    """The one report in ``text``."""
    path = folder / "report.txt"
    path.write_text(text, encoding="utf-8")
    (report,) = read(path, path.name, Limits())
    assert isinstance(report, Report)
    return report


def test_a_report_keeps_its_positions_and_figures(tmp_path: Path) -> None:
    below = "12345热线共受理工单300件,办结290件,联系人:张三,手机13812345678。"
    report = read_text(tmp_path, report_text(below=below, figures=sound_figures()))
    masked = mask_report(report)
    assert "张三" not in masked.text and "13812345678" not in masked.text
    assert masked.text == report.text.replace("张三", "**").replace("13812345678", "138********")
    assert masked.applications == report.applications and masked.disclosures == report.disclosures
    assert [section.text_start for section in masked.sections] == [section.text_start for section in report.sections]
    for figure in masked.hotline:
        assert figure.sentence == masked.text[slice(*figure.span)]
    for statement in masked.statements:
        assert statement.sentence == masked.text[slice(*statement.span)]


def test_figures_of_all_three_tables_that_read_like_mobile_numbers_stay() -> None:
    report = sound_report()
    text = "13812345678，13912345678，13712345678，手机13612345678"
    masked = mask_report(
        replace(
            report,
            sections=(Section(None, None, text, 0),),
            applications=(replace(report.applications[0], cell_spans=(("total", (0, 11)),)),),
            disclosures=(replace(sample().disclosures[0], span=(12, 23)),),
            reviews=(replace(report.reviews[0], cell_spans=(("total", (24, 35)),)),),
            hotline=(replace(line(sentence=text[36:]), span=(36, 49)),),
        )
    )
    assert [figure.sentence for figure in masked.hotline] == ["手机136********"]
    assert masked.text == text.replace("13612345678", "136********")


def test_what_a_problem_quotes_is_masked(tmp_path: Path) -> None:
    problem = Problem(
        "report.txt",
        "parse",
        "warning",
        "row_unplaced",
        Message("See 联系人:张三。", "见联系人:张三。"),
        "手机13812345678",
    )
    report = replace(read_text(tmp_path, report_text()), problems=(problem,))
    (masked,) = mask_report(report).problems
    assert (masked.message, masked.excerpt) == (("See 联系人:**。", "见联系人:**。"), "手机138********")


def test_a_number_behind_a_figure_that_is_kept_is_masked() -> None:
    text = "行政许可 13812345678 件,联系电话 13912345678,传真 13712345678"
    start = text.index("138")
    masked = mask(text, [(start, start + 11)])
    assert masked == "行政许可 13812345678 件,联系电话 139********,传真 137********"
