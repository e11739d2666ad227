"""The printed layout of the forms: every heading of sections 二, 三 and 四, as a tree, for the report page.

Codes are fragments of the report page: a heading of a figure's column or row is named like the figure. Wording and
order come from ``forms``; here stands only which heading stands under which.

Source: the annexes of 国办公开办函〔2019〕60号 and 国办公开办函〔2021〕30号.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .. import forms


@dataclass(frozen=True, slots=True)
class FormHeading:
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


def form_headings() -> tuple[FormHeading, ...]:
    """Every heading of all forms, parents before children, in printed order."""
    return tuple(
        heading
        for form in forms.FORMS
        for headings in (_disclosures(form), _applications(form), _reviews(form))
        for heading in headings
    )


def heading_rows() -> list[dict[str, object]]:
    """The rows of table ``form_headings``."""
    return [
        {name: getattr(heading, name) for name in heading.__slots__} | {"sort_order": order}
        for order, heading in enumerate(form_headings(), 1)
    ]


def _disclosures(form: forms.Form) -> Iterator[FormHeading]:
    items = {item.code: item for item in forms.DISCLOSURE_ITEMS if item.code in form.disclosures}
    yield _title(form, "disclosures", forms.DISCLOSURE_SECTION)
    for clause, title, codes in forms.CLAUSES:
        rows = [items[code] for code in codes if code in items]
        if not rows:
            continue
        place = f"disclosures-{clause}"
        yield FormHeading(form.code, place, "disclosures", "title", *title)
        yield FormHeading(form.code, f"{place}-content", place, "stub", *forms.CONTENT)
        for measure in form.measures[rows[0].group]:
            words = _measure_heading(form, rows[0].group, measure)
            yield FormHeading(form.code, f"{place}-{measure}", place, "column", *words)
        for item in rows:
            yield FormHeading(
                form.code, f"disclosures-{item.code}", place, "row", item.label_zh, item.label_en,
                item.code in form.optional,
            )  # fmt: skip


def _measure_heading(form: forms.Form, group: str, code: str) -> forms.Words:
    (measure,) = (measure for measure in forms.MEASURES if measure.code == code)
    return form.headings.get((group, code), (measure.label_zh, measure.label_en))


def _applications(form: forms.Form) -> Iterator[FormHeading]:
    title = "applications"
    yield _title(form, title, forms.APPLICATION_SECTION)
    yield FormHeading(form.code, "applications-relation", title, "stub", *forms.RELATION_REMARK)
    applicants, organisations = "applications-applicants", "applications-organisations"
    yield FormHeading(form.code, applicants, title, "column", *forms.APPLICANTS_ABOVE)
    person, *others = forms.APPLICANTS
    yield _column(form, "applications", applicants, person)
    yield FormHeading(form.code, organisations, applicants, "column", *forms.ORGANISATIONS_ABOVE)
    for column in others:
        yield _column(form, "applications", organisations, column)
    yield _column(form, "applications", applicants, forms.TOTAL)
    yield from _application_rows(form)


def _title(form: forms.Form, code: str, section: forms.FormSection) -> FormHeading:
    zh, en = section.title
    number = forms.SECTIONS.index(section) + 1
    return FormHeading(form.code, code, None, "title", f"{section.number}、{zh}", f"{number}. {en}")


def _column(form: forms.Form, prefix: str, parent: str, column: forms.Column) -> FormHeading:
    return FormHeading(form.code, f"{prefix}-{column.code}", parent, "column", column.label_zh, column.label_en)


RESULTS = "三、"
"""How the label of every result of section 三 begins; the results stand under a heading of their own."""


def _application_rows(form: forms.Form) -> Iterator[FormHeading]:
    results = "applications-results"
    groups: set[str] = set()
    for item in forms.APPLICATION_ITEMS:
        if item.code not in form.applications:
            continue
        if not item.label_zh.startswith(RESULTS):
            yield FormHeading(
                form.code, f"applications-{item.code}", "applications", "row", item.label_zh, item.label_en
            )
            continue
        if not groups:
            yield FormHeading(form.code, results, "applications", "row", *forms.RESULTS_ABOVE)
        group_zh, _, own_zh = item.label_zh.removeprefix(RESULTS).partition(" ")
        group_en, _, own_en = item.label_en.partition(": ")
        if not own_zh:
            groups.add(item.group)
            yield FormHeading(form.code, f"applications-{item.code}", results, "row", group_zh, item.label_en)
            continue
        number, _, words = group_en.partition(" ")
        parent = f"applications-group_{item.group}"
        if item.group not in groups:
            groups.add(item.group)
            yield FormHeading(form.code, parent, results, "row", group_zh, f"{number.rpartition('.')[0]} {words}")
        yield FormHeading(
            form.code, f"applications-{item.code}", parent, "row", own_zh, own_en[:1].upper() + own_en[1:]
        )


LAWSUITS = "reviews-lawsuits"


def _reviews(form: forms.Form) -> Iterator[FormHeading]:
    yield _title(form, "reviews", forms.REVIEW_SECTION)
    above = "reviews"
    for channel in forms.REVIEW_CHANNELS:
        if channel.code.startswith("lawsuit") and above != LAWSUITS:
            above = LAWSUITS
            yield FormHeading(form.code, LAWSUITS, "reviews", "column", *forms.LAWSUITS_ABOVE)
        place = f"reviews-{channel.code}"
        yield FormHeading(form.code, place, above, "column", channel.label_zh, channel.label_en)
        for column in (*forms.REVIEW_OUTCOMES, forms.TOTAL):
            yield _column(form, place, place, column)
