"""The printed layout of the two forms: every heading of sections 二, 三 and 四, as a tree, for the report page.

Codes are fragments of the report page: a heading of a figure's column or row is named like the figure. Wording and
order come from ``forms``; here stands only what the forms print round the figures: clauses of article 20 of the
Regulations, headings that span several rows or columns.

Source: the annexes of 国办公开办函〔2019〕60号 and 国办公开办函〔2021〕30号.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .. import forms


@dataclass(frozen=True, slots=True)
class Heading:
    """A row of ``form_headings``. ``parent`` is the code of the heading it stands under, None for a table's title.

    ``axis``: title, stub (what stands above the row labels), column or row. ``optional``: a row that only some
    places print.
    """

    form: str
    code: str
    parent: str | None
    axis: str
    label_zh: str
    label_en: str
    optional: bool = False


CLAUSES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        "article20_1",
        "第二十条第(一)项",
        "Article 20, item 1",
        ("government_rule", "normative_document", "other_document"),
    ),
    ("article20_5", "第二十条第(五)项", "Article 20, item 5", ("licence", "other_service")),
    ("article20_6", "第二十条第(六)项", "Article 20, item 6", ("penalty", "compulsion")),
    ("article20_8", "第二十条第(八)项", "Article 20, item 8", ("charge",)),
    ("article20_9", "第二十条第(九)项", "Article 20, item 9", ("procurement",)),
)
"""Clauses of article 20 of the Regulations → the items of their sub-table of section 二."""

MEASURE_HEADINGS: dict[tuple[str, str, str], tuple[str, str]] = {
    (forms.FORM_2021, "decisions", "decisions"): ("本年处理决定数量", "Decisions taken this year"),
    (forms.FORM_2021, "charges", "amount"): ("本年收费金额", "Charged this year"),
    (forms.FORM_2019, "procurement", "amount"): ("采购总金额", "Amount in total"),
}
"""(form, item group, measure) → the heading, where the forms word one measure differently."""

OPTIONAL_ITEMS = frozenset({"other_document"})


def form_headings() -> tuple[Heading, ...]:
    """Every heading of both forms, parents before children, in printed order."""
    return tuple(
        heading
        for form in (forms.FORM_2019, forms.FORM_2021)
        for headings in (_disclosures(form), _applications(form), _reviews(form))
        for heading in headings
    )


def heading_rows() -> list[dict[str, object]]:
    """The rows of table ``form_headings``."""
    return [
        {name: getattr(heading, name) for name in heading.__slots__} | {"sort_order": order}
        for order, heading in enumerate(form_headings(), 1)
    ]


def _in_form(item: forms.Item, form: str) -> bool:
    return item.in_2019 if form == forms.FORM_2019 else item.in_2021


def _disclosures(form: str) -> Iterator[Heading]:
    items = {item.code: item for item in forms.DISCLOSURE_ITEMS if _in_form(item, form)}
    yield Heading(
        form, "disclosures", None, "title", "二、主动公开政府信息情况", "2. Information disclosed on own initiative"
    )
    for clause, clause_zh, clause_en, codes in CLAUSES:
        rows = [items[code] for code in codes if code in items]
        measures = forms.DISCLOSURE_COLUMNS.get((form, rows[0].group)) if rows else None
        if not measures:
            continue
        place = f"disclosures-{clause}"
        yield Heading(form, place, "disclosures", "title", clause_zh, clause_en)
        yield Heading(form, f"{place}-content", place, "stub", "信息内容", "Content")
        for measure in measures:
            zh, en = _measure_heading(form, rows[0].group, measure)
            yield Heading(form, f"{place}-{measure}", place, "column", zh, en)
        for item in rows:
            yield Heading(
                form, f"disclosures-{item.code}", place, "row", item.label_zh, item.label_en,
                item.code in OPTIONAL_ITEMS,
            )  # fmt: skip


def _measure_heading(form: str, group: str, code: str) -> tuple[str, str]:
    (measure,) = (measure for measure in forms.MEASURES if measure.code == code)
    return MEASURE_HEADINGS.get((form, group, code), (measure.label_zh, measure.label_en))


def _applications(form: str) -> Iterator[Heading]:
    title = "applications"
    yield Heading(
        form, title, None, "title", "三、收到和处理政府信息公开申请情况", "3. Requests received and dealt with"
    )
    yield Heading(
        form, "applications-relation", title, "stub",
        "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)",
        "(In each column rows 1 and 2 add up to rows 3 and 4)",
    )  # fmt: skip
    applicants, organisations = "applications-applicants", "applications-organisations"
    yield Heading(form, applicants, title, "column", "申请人情况", "Applicants")
    person, *others = forms.APPLICANTS
    yield _column(form, "applications", applicants, person)
    yield Heading(form, organisations, applicants, "column", "法人或其他组织", "Legal persons or other organisations")
    for column in others:
        yield _column(form, "applications", organisations, column)
    yield _column(form, "applications", applicants, forms.TOTAL)
    yield from _application_rows(form)


def _column(form: str, prefix: str, parent: str, column: forms.Column) -> Heading:
    return Heading(form, f"{prefix}-{column.code}", parent, "column", column.label_zh, column.label_en)


RESULTS = "三、"
"""How the label of every result of section 三 begins; the results stand under a heading of their own."""


def _application_rows(form: str) -> Iterator[Heading]:
    results = "applications-results"
    groups: set[str] = set()
    for item in forms.APPLICATION_ITEMS:
        if not _in_form(item, form) or _is_split(item, form):
            continue
        if not item.label_zh.startswith(RESULTS):
            yield Heading(form, f"applications-{item.code}", "applications", "row", item.label_zh, item.label_en)
            continue
        if not groups:
            yield Heading(form, results, "applications", "row", "三、本年度办理结果", "3. Results of the year")
        group_zh, _, own_zh = item.label_zh.removeprefix(RESULTS).partition(" ")
        group_en, _, own_en = item.label_en.partition(": ")
        if not own_zh:
            groups.add(item.group)
            yield Heading(form, f"applications-{item.code}", results, "row", group_zh, item.label_en)
            continue
        number, _, words = group_en.partition(" ")
        parent = f"applications-group_{item.group}"
        if item.group not in groups:
            groups.add(item.group)
            yield Heading(form, parent, results, "row", group_zh, f"{number.rpartition('.')[0]} {words}")
        yield Heading(form, f"applications-{item.code}", parent, "row", own_zh, own_en[:1].upper() + own_en[1:])


def _is_split(item: forms.Item, form: str) -> bool:
    """Whether ``form`` prints the details of (六)其他处理 instead of its one row."""
    return form == forms.FORM_2021 and item.code == forms.OTHER_ITEM


LAWSUITS = "reviews-lawsuits"


def _reviews(form: str) -> Iterator[Heading]:
    yield Heading(
        form, "reviews", None, "title", "四、政府信息公开行政复议、行政诉讼情况", "4. Reconsiderations and lawsuits"
    )
    above = "reviews"
    for channel in forms.REVIEW_CHANNELS:
        if channel.code.startswith("lawsuit") and above != LAWSUITS:
            above = LAWSUITS
            yield Heading(form, LAWSUITS, "reviews", "column", "行政诉讼", "Administrative lawsuits")
        place = f"reviews-{channel.code}"
        yield Heading(form, place, above, "column", channel.label_zh, channel.label_en)
        for column in (*forms.REVIEW_OUTCOMES, forms.TOTAL):
            yield _column(form, place, place, column)
