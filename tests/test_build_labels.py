"""Printed labels and what they mean: words decide, never the number in front of them."""

from __future__ import annotations

import pytest

from build import forms
from build.parse.labels import (
    Meaning,
    behind_group,
    damaged_labels,
    is_glossed_label,
    is_label_end,
    is_row_label,
    may_go_on,
    meanings,
    number_of,
    prefix_of,
)
from build.text.fold import fold, fold_label, is_numbered
from tests.assertions import read_text
from tests.render import Options
from tests.samples import report_text, sound_figures


def codes(label: str, kind: str) -> list[str]:
    """What a label may mean in one kind."""
    return [meaning.code for meaning in meanings(label) if meaning.kind == kind]


@pytest.mark.parametrize("item", forms.APPLICATION_ITEMS, ids=lambda item: item.code)
def test_every_row_of_the_forms_is_known_by_the_last_words_of_its_label(item: forms.Item) -> None:
    printed = item.label_zh.split(" ")[-1].removeprefix("三、")
    assert item.code in codes(printed, "item")


@pytest.mark.parametrize(
    ("printed", "item"),
    [
        ("3.危及“三安全一稳定”", "withheld_security"),
        ('3.危及"三安全一稳定"', "withheld_security"),
        ("３．危及三安全一稳定", "withheld_security"),
        ("3、危及「三安全一稳定」", "withheld_security"),
        ("3. 危及 三安全 一稳定", "withheld_security"),
        ("危及三安全一稳定", "withheld_security"),
        ("7.危及三安全一稳定", "withheld_security"),
        ("一、本年新收政府信息公开申请数量", "received"),
        ("一.本年新收政府信息公开申请数量", "received"),
        ("1、本年新收政府信息公开申请数量", "received"),
        ("（一）予以公开", "granted"),
        ("(一) 予以 公开", "granted"),
        ("(二)部分公开(区分处理的,只计这一情形,不计其他情形)", "partly_granted"),
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "partly_granted"),
        ("(二)部分公开", "partly_granted"),
        ("2.重复申请", "not_processed_repeat"),
        ("5.要求行政机关确认或重新出具已获取信息", "not_processed_confirmation"),
        ("四、结转下年度继续办理", "carried_forward"),
        ("四、結轉下年度繼續辦理", "carried_forward"),
    ],
)
def test_spellings_of_rows(printed: str, item: str) -> None:
    assert codes(printed, "item") == [item]


@pytest.mark.parametrize(
    ("printed", "item"),
    [
        ("规范性文件", "normative_document"),
        ("行政规范性文件", "normative_document"),
        ("规 章", "government_rule"),
        ("规章", "government_rule"),
    ],
)
def test_spellings_of_disclosure_rows(printed: str, item: str) -> None:
    assert codes(printed, "disclosure") == [item]


@pytest.mark.parametrize(
    ("printed", "measure"),
    [
        ("本年增/减", "change"),
        ("本年度增/减", "change"),
        ("本年增/", "change"),
        ("本年增／减", "change"),
        ("处理决定数量(指2020年办件量)", "decisions"),
        ("处理决定数量（指2020年办件量）", "decisions"),
        ("采购总金额(万元)", "amount"),
        ("本年收费金额(单位:万元)", "amount"),
        ("上一年项目数量", "previous"),
    ],
)
def test_spellings_of_measures(printed: str, measure: str) -> None:
    assert codes(printed, "measure") == [measure]


def test_other_is_a_column_and_a_row() -> None:
    kinds = {(meaning.kind, meaning.code) for meaning in meanings("其他")}
    assert kinds == {("applicant", "other_org"), ("item", "other_rest")}


def test_total_is_a_column_and_a_row() -> None:
    assert {(meaning.kind, meaning.code) for meaning in meanings("(七)总计")} == {
        ("total", "total"),
        ("item", "closed"),
    }


@pytest.mark.parametrize(
    "printed", ["", "1.", "(三)", "三", "总", "公开", "申请", "政府信息", "其他需要报告的事项", "2020"]
)
def test_what_is_no_label_means_nothing(printed: str) -> None:
    assert meanings(printed) == ()


@pytest.mark.parametrize(
    ("printed", "item"),
    [
        ("(三)不予公开1.属于国家秘密", "withheld_state_secret"),
        ("(五)不予处理 2.重复申请", "not_processed_repeat"),
        ("（四）无法提供1.本机关不掌握相关政府信息", "unavailable_not_held"),
    ],
)
def test_a_group_glued_to_its_first_row(printed: str, item: str) -> None:
    assert behind_group(printed) == (Meaning("item", item),)


@pytest.mark.parametrize("printed", ["(三)不予公开", "(三)不予公开自然人", "(三)不予公开的理由", "属于国家秘密"])
def test_what_no_row_stands_behind_is_no_group_glued_to_one(printed: str) -> None:
    assert behind_group(printed) == ()


def test_the_beginning_of_a_label_names_a_row_only_if_it_fits_one() -> None:
    assert prefix_of("5.要求行政机关确认或") == Meaning("item", "not_processed_confirmation")
    assert prefix_of("属于国家") == Meaning("item", "withheld_state_secret")
    assert prefix_of("本年新") is None
    assert prefix_of("属于国") is None


@pytest.mark.parametrize(("printed", "expected"), [("(七)总计", True), ("总计", False), ("12", False), ("三、", True)])
def test_numbering(printed: str, expected: bool) -> None:
    assert is_numbered(printed) == expected


def test_folding_leaves_the_words() -> None:
    assert fold("１. 危及“三安全\u3000一稳定”") == "1.危及三安全一稳定"
    assert fold_label("(二)部分公开(区分处理的)") == ("部分公开区分处理的", "部分公开")
    assert fold_label("(三)") == ()


def test_a_row_label_is_told_from_a_section_title() -> None:
    assert is_row_label("四、结转下年度继续办理")
    assert not is_row_label("四、政府信息公开行政复议、行政诉讼情况")


RESTARTED = {"1.": "9.", "2.": "9.", "3.": "9.", "4.": "9."}


def test_numbers_in_front_of_labels_decide_nothing() -> None:
    """A report whose rows all carry the number 9 gives the same figures."""
    text = report_text(options=Options())
    renumbered = text
    for number, wrong in RESTARTED.items():
        renumbered = renumbered.replace(f"\n{number}", f"\n{wrong}")
    assert renumbered != text
    expected = sound_figures().applications
    assert {row.item: dict(row.cells) for row in read_text(renumbered).applications} == expected


@pytest.mark.parametrize("form", [forms.FORM_2019, forms.FORM_2021])
def test_the_two_meanings_of_other_are_told_apart_in_a_report(form: str) -> None:
    figures = sound_figures(form)
    report = read_text(report_text(figures=figures))
    assert {row.item: dict(row.cells) for row in report.applications} == figures.applications
    assert report.form == form


@pytest.mark.parametrize(
    ("printed", "item"),
    [
        ("1.属于国家秘密的", "withheld_state_secret"),
        ("1.本机关不掌握的相关政府信息", "unavailable_not_held"),
        ("5.要求行政机关确认或重新出具已获取的信息", "not_processed_confirmation"),
        ("四、结转到下年度继续办理", "carried_forward"),
        ("1\\.属于国家秘密", "withheld_state_secret"),
        ("重复<br/>申请", "not_processed_repeat"),
    ],
)
def test_words_that_copies_add_to_a_row_s_label(printed: str, item: str) -> None:
    assert codes(printed, "item") == [item]


@pytest.mark.parametrize("printed", ["行政许可的", "自然人的", "结果维持的", "行政复议的"])
def test_words_that_copies_add_to_other_labels_make_them_none(printed: str) -> None:
    assert meanings(printed) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("数量", True),
        ("申请数量", True),
        ("他处理", True),
        ("量", False),
        ("本年新收政府信息公开申请数量", False),
        ("总计", False),
        ("科研机构", False),
        ("人手不足", False),
    ],
)
def test_the_end_of_a_label_has_two_characters_at_least_and_is_no_label(text: str, expected: bool) -> None:
    assert is_label_end(text) == expected


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("采购总金额/万元", ["amount"]),
        ("采购项目数量（个）", ["projects"]),
        ("采购项目数量/个", ["projects"]),
        ("行政许可/件", []),
        ("规章/万元", []),
    ],
)
def test_a_unit_stands_behind_a_column_of_section_two_and_behind_no_row(text: str, measures: list[str]) -> None:
    assert [(meaning.kind, meaning.code) for meaning in meanings(text)] == [("measure", code) for code in measures]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("属于国家", True),
        ("属于国家秘密", False),
        ("属于国家秘密（依法", True),
        ("属于国家秘密(依法", True),
        ("（一）", True),
        ("三、", True),
        ("人手不足", False),
    ],
)
def test_a_label_may_go_on_behind_its_beginning_its_numbering_or_a_bracket(text: str, expected: bool) -> None:
    assert may_go_on(text) == expected


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("5.属于三类内部事务信息", "5"),
        ("(三)1.属于国家秘密", "1"),
        ("四、结转下年度继续办理", "四"),
        ("(六)其他处理", "六"),
        ("属于四类过程性信息", None),
        ("行政处罚", None),
    ],
)
def test_the_number_of_a_label_stands_before_its_words(label: str, number: str | None) -> None:
    assert number_of(label) == number


@pytest.mark.parametrize(
    ("text", "glossed"),
    [
        ("部分公开(区分处理的，只计这一情形，不计其他情形)", True),
        ("(二)部分公开（区分处理的(含更正)，只计这一情形）", True),
        ("部分公开(区分处理的)(只计这一情形)", False),
        ("部分公开((区分处理的)", False),
        ("部分公开", False),
        ("说明(区分处理的)", False),
    ],
)
def test_a_glossed_label_ends_with_its_one_gloss(text: str, glossed: bool) -> None:
    assert is_glossed_label(text) == glossed


@pytest.mark.parametrize("text", [
    "不予以公开", "非部分公开", "本本年度办理结果", "未结转下年度继续办理", "一规章", "二自然人", "三其他", "七总计",
])  # fmt: skip
def test_a_character_before_a_label_makes_it_another(text: str) -> None:
    """But for a numeral that nothing sets apart from it: 三本年度办理结果."""
    assert meanings(text) == ()


def test_a_numeral_that_nothing_sets_apart_from_a_row_s_label_is_its_number() -> None:
    assert meanings("二上年结转政府信息公开申请数量") == (Meaning("item", "brought_forward"),)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("重复申清", {"not_processed_repeat"}),
        ("重复", set()),
        ("重复申请", set()),
        ("规章", set()),
        ("总计", set()),
        ("行政许司", {"licence"}),
        ("行政处许", {"penalty"}),
        ("本机关不掌握相关政府信", {"unavailable_not_held"}),
        ("本机关不掌相关政府信", {"unavailable_not_held"}),
        ("机关掌相关政府", set()),
        ("又重复申请", {"not_processed_repeat"}),
        ("又是复申请", set()),
    ],
)
def test_a_damaged_label_has_lost_or_changed_some_characters_and_not_more(text: str, items: set[str]) -> None:
    """One of 4 to 7 characters, two of 8 to 11, three of more; what is whole is not damaged."""
    assert damaged_labels(text) == items


@pytest.mark.parametrize(
    ("printed", "channel"),
    [
        ("未经复议直接起诉的行政诉讼", "lawsuit_direct"),
        ("未经复议直接提起行政诉讼", "lawsuit_direct"),
        ("复议后起诉的行政诉讼", "lawsuit_after_reconsideration"),
        ("复议后提起行政诉讼", "lawsuit_after_reconsideration"),
    ],
)
def test_words_for_the_course_of_a_lawsuit(printed: str, channel: str) -> None:
    assert [meaning.code for meaning in meanings(printed)] == [channel]
