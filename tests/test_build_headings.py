"""The forms' headings: every figure of the forms has its row and its column, under the headings that are printed."""

from __future__ import annotations

import pytest

from build import forms
from build.publish.form_headings import FormHeading, form_headings, heading_rows

FORMS = (forms.FORM_2019, forms.FORM_2021)
LABELS = [
    (forms.FORM_2019, "disclosures-article20_9-amount", "采购总金额", "disclosures-article20_9"),
    (forms.FORM_2021, "disclosures-article20_8-amount", "本年收费金额", "disclosures-article20_8"),
    (forms.FORM_2021, "disclosures-article20_5-decisions", "本年处理决定数量", "disclosures-article20_5"),
    (forms.FORM_2019, "applications-business", "商业企业", "applications-organisations"),
    (forms.FORM_2019, "applications-organisations", "法人或其他组织", "applications-applicants"),
    (forms.FORM_2019, "applications-group_withheld", "(三)不予公开", "applications-results"),
    (forms.FORM_2019, "applications-withheld_state_secret", "1.属于国家秘密", "applications-group_withheld"),
    (forms.FORM_2019, "applications-other", "(六)其他处理", "applications-results"),
    (forms.FORM_2021, "applications-other_rest", "3.其他", "applications-group_other"),
    (forms.FORM_2021, "applications-closed", "(七)总计", "applications-results"),
    (forms.FORM_2019, "applications-received", "一、本年新收政府信息公开申请数量", "applications"),
    (forms.FORM_2019, "reviews-lawsuit_direct", "未经复议直接起诉", "reviews-lawsuits"),
    (forms.FORM_2021, "reviews-reconsideration-total", "总计", "reviews-reconsideration"),
]


def tree(form: str) -> dict[str, FormHeading]:
    """Code → heading of one form."""
    return {heading.code: heading for heading in form_headings() if heading.form == form}


@pytest.mark.parametrize("form", FORMS)
def test_codes_are_unique_and_parents_come_first(form: str) -> None:
    headings = [heading for heading in form_headings() if heading.form == form]
    assert len({heading.code for heading in headings}) == len(headings)
    seen: set[str | None] = {None}
    for heading in headings:
        assert heading.parent in seen
        seen.add(heading.code)


def test_the_rows_of_the_table_are_the_headings_numbered_as_printed() -> None:
    numbered = list(enumerate(form_headings(), 1))
    assert heading_rows() == [
        {
            "form": heading.form,
            "code": heading.code,
            "parent": heading.parent,
            "axis": heading.axis,
            "label_zh": heading.label_zh,
            "label_en": heading.label_en,
            "optional": heading.optional,
            "sort_order": order,
        }
        for order, heading in numbered
    ]


@pytest.mark.parametrize(("form", "tables"), [(forms.FORM_2019, 5), (forms.FORM_2021, 4)])
def test_what_stands_above_the_labels_of_the_rows(form: str, tables: int) -> None:
    stubs = [(heading.parent, heading.label_zh) for heading in tree(form).values() if heading.axis == "stub"]
    *of_documents, (parent, remark) = stubs
    clauses = [code for code, heading in tree(form).items() if heading.parent == "disclosures"]
    assert of_documents == [(clause, "信息内容") for clause in clauses] and len(clauses) == tables
    assert (parent, remark[:10]) == ("applications", "(本列数据的勾稽关系")


@pytest.mark.parametrize(("form", "code", "label", "parent"), LABELS)
def test_labels_are_those_of_the_form(form: str, code: str, label: str, parent: str) -> None:
    heading = tree(form)[code]
    assert (heading.label_zh, heading.parent) == (label, parent)


@pytest.mark.parametrize(
    ("form", "code", "zh", "en"),
    [
        (forms.FORM_2019, "applications-group_withheld", "(三)不予公开", "3.3 Withheld"),
        (forms.FORM_2019, "applications-group_unavailable", "(四)无法提供", "3.4 Unavailable"),
        (forms.FORM_2019, "applications-group_not_processed", "(五)不予处理", "3.5 Not processed"),
        (forms.FORM_2021, "applications-group_other", "(六)其他处理", "3.6 Other"),
        (forms.FORM_2021, "applications-other_rest", "3.其他", "Rest"),
        (forms.FORM_2019, "applications-granted", "(一)予以公开", "3.1 Granted in full"),
        (forms.FORM_2019, "applications-withheld_state_secret", "1.属于国家秘密", "State secrets"),
        (forms.FORM_2019, "applications-results", "三、本年度办理结果", "3. Results of the year"),
        (forms.FORM_2019, "disclosures", "二、主动公开政府信息情况", "2. Information disclosed on own initiative"),
        (forms.FORM_2019, "reviews", "四、政府信息公开行政复议、行政诉讼情况", "4. Reconsiderations and lawsuits"),
    ],
)
def test_a_heading_has_its_number_and_words_in_both_languages(form: str, code: str, zh: str, en: str) -> None:
    heading = tree(form)[code]
    assert (heading.label_zh, heading.label_en) == (zh, en)


@pytest.mark.parametrize("form", FORMS)
def test_section_three_has_a_column_for_each_kind_of_applicant_and_the_total(form: str) -> None:
    headings = [heading for heading in form_headings() if heading.form == form and heading.axis == "column"]
    below = {
        parent: [heading.label_zh for heading in headings if heading.parent == f"applications-{parent}"]
        for parent in ("applicants", "organisations")
    }
    assert below == {
        "applicants": ["自然人", "法人或其他组织", "总计"],
        "organisations": ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
    }


def test_only_the_rows_that_some_places_print_are_optional() -> None:
    optional = [(heading.form, heading.label_zh) for heading in form_headings() if heading.optional]
    assert optional == [(forms.FORM_2019, "其他主动公开文件")]


def test_one_heading_stands_above_both_kinds_of_lawsuit() -> None:
    for form in FORMS:
        headings = [heading for heading in form_headings() if heading.form == form]
        below = [heading.label_zh for heading in headings if heading.parent == "reviews"]
        lawsuits = [heading.label_zh for heading in headings if heading.parent == "reviews-lawsuits"]
        assert (below, lawsuits) == (["行政复议", "行政诉讼"], ["未经复议直接起诉", "复议后起诉"])


@pytest.mark.parametrize("form", FORMS)
def test_english_labels_are_the_items_words_and_begin_with_a_capital_or_a_number(form: str) -> None:
    headings = tree(form)
    for item in forms.APPLICATION_ITEMS:
        heading = headings.get(f"applications-{item.code}")
        if heading is not None:
            assert heading.label_en.lower() in item.label_en.lower()
    assert [heading.label_en for heading in headings.values() if heading.label_en[:1].islower()] == []


@pytest.mark.parametrize("form", FORMS)
def test_every_item_of_a_form_has_its_row(form: str) -> None:
    headings = tree(form)
    rows = {code for code, heading in headings.items() if heading.axis == "row"}
    for item in (*forms.APPLICATION_ITEMS, *forms.DISCLOSURE_ITEMS):
        in_form = forms.BY_CODE[form].has(item.code)
        prefix = "applications" if item in forms.APPLICATION_ITEMS else "disclosures"
        split = form == forms.FORM_2021 and item.code == forms.OTHER_ITEM
        assert (f"{prefix}-{item.code}" in rows) == (in_form and not split), item.code


@pytest.mark.parametrize(("form", "rows"), [(forms.FORM_2019, 23), (forms.FORM_2021, 25)])
def test_section_three_has_as_many_rows_as_the_form(form: str, rows: int) -> None:
    headings = tree(form)
    parents = {heading.parent for heading in headings.values()}
    leaves = [h for h in headings.values() if h.axis == "row" and h.code not in parents]
    assert sum(heading.code.startswith("applications-") for heading in leaves) == rows


@pytest.mark.parametrize("form", FORMS)
def test_measures_of_a_sub_table_are_those_of_the_form(form: str) -> None:
    headings = tree(form)
    groups = {item.code: item.group for item in forms.DISCLOSURE_ITEMS}
    for code, heading in headings.items():
        if heading.axis == "row" and code.startswith("disclosures-"):
            group = groups[code.removeprefix("disclosures-")]
            measures = tuple(
                column.code.rpartition("-")[2]
                for column in headings.values()
                if column.parent == heading.parent and column.axis == "column"
            )
            assert measures == forms.DISCLOSURE_COLUMNS[form, group]
