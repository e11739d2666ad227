"""A report in which every rule has something to look at, and the ways to change one figure of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from build.checks import RULES, Check, check_report, check_years
from build.report import (
    ApplicationRow,
    DisclosureFigure,
    HotlineFigure,
    Identity,
    Report,
    ReviewRow,
    Section,
    Statement,
)
from tests.samples import number_in

AGENCY = "东明县财政局"
OWN = Identity(year=2020, agency=AGENCY, scope="own", level="county")
REGION = Identity(year=2020, agency="东明县人民政府", scope="region", level="county")
TOWNSHIP = Identity(year=2020, agency="东明县柳林镇人民政府", scope="region", level="township")

COLUMNS = ("natural_person", "business", "research_institution", "public_welfare_org", "legal_service_org", "other_org")
ZEROS = (
    "withheld_state_secret", "withheld_by_other_law", "withheld_security", "withheld_internal", "withheld_process",
    "withheld_enforcement_file", "withheld_statutory_lookup", "unavailable_needs_creation", "unavailable_unclear",
    "not_processed_repeat", "not_processed_publication", "not_processed_excessive", "not_processed_confirmation",
)  # fmt: skip
APPLICATIONS: dict[str, tuple[int | None, int | None, int | None]] = {
    "received": (18, 2, 20),
    "brought_forward": (2, 1, 3),
    "granted": (8, 1, 9),
    "partly_granted": (2, 0, 2),
    "withheld_third_party": (3, 1, 4),
    "unavailable_not_held": (4, 0, 4),
    "not_processed_petition": (1, 0, 1),
    "other": (1, 0, 1),
    **dict.fromkeys(ZEROS, (0, 0, 0)),
    "closed": (19, 2, 21),
    "carried_forward": (1, 1, 2),
}
"""Item → natural persons, businesses, total; the other columns are 0."""
REVIEWS: dict[str, tuple[int | None, ...]] = {
    "reconsideration": (3, 1, 1, 1, 6),
    "lawsuit_direct": (2, 0, 1, 1, 4),
    "lawsuit_after_reconsideration": (1, 1, 0, 0, 2),
}
"""Channel → upheld, corrected, other, pending, total."""
DISCLOSURES: dict[tuple[str, str], int | None] = {
    ("government_rule", "made"): 0,
    ("government_rule", "published"): 0,
    ("government_rule", "public_total"): 0,
    ("normative_document", "made"): 6,
    ("normative_document", "published"): 5,
    ("normative_document", "public_total"): 30,
    ("licence", "previous"): 40,
    ("licence", "change"): 2,
    ("licence", "decisions"): 300,
    ("charge", "previous"): 5,
    ("charge", "change"): 1,
}


def row(item: str, natural: int | None, business: int | None, total: int | None, **changes: Any) -> ApplicationRow:
    """A row of section 三."""
    cells = {**dict.fromkeys(COLUMNS, 0), "natural_person": natural, "business": business, "total": total}
    known = tuple((column, count) for column, count in cells.items() if count is not None)
    return replace(ApplicationRow(item, known, "printed", (), (), (0, 0), ()), **changes)


def review(channel: str, *counts: int | None) -> ReviewRow:
    """A row of section 四."""
    named = zip(("upheld", "corrected", "other", "pending", "total"), counts, strict=True)
    known = tuple((column, count) for column, count in named if count is not None)
    return ReviewRow(channel, known, "printed", (), (), (0, 0), ())


def count(item: str, measure: str, number: int | None) -> DisclosureFigure:
    """A count of section 二."""
    printed = "" if number is None else str(number)
    shown = None if number is None else Decimal(number)
    return DisclosureFigure(item, measure, number, None, "printed", printed, None, (0, 0), shown)


def amount(printed: str, wan: str | None) -> DisclosureFigure:
    """An amount of money, as printed and in 万元."""
    value = None if wan is None else Decimal(wan)
    return DisclosureFigure("procurement", "amount", None, value, "printed", printed, None, (0, 0), number_in(printed))


def say(
    kind: str, value: object, scope: str | None = None, unit: str = "件", sentence: str = "政府信息公开", at: int = 0
) -> Statement:
    """A figure in prose."""
    return Statement(kind, Decimal(str(value)), unit, scope, sentence, (at, at + 5))


STATEMENTS: tuple[Statement, ...] = (
    say("applications_received", 20),
    say("applications_received_change", 4),
    say("applications_received_growth", "25", unit="%"),
    say("applications_brought_forward", 3),
    say("applications_closed", 21),
    say("applications_carried_forward", 2),
    say("applications_granted", 9),
    say("applications_granted_share", "42.9", unit="%"),
    say("applications_partly_granted", 2),
    say("applications_withheld", 4),
    say("applications_unavailable", 4),
    say("applications_not_processed", 1),
    say("applications_other", 1),
    say("applications_completion_rate", "91.3", unit="%"),
    say("reviews_reconsideration", 6),
    say("reviews_lawsuit", 6),
    say("information_fee_billed", 500, unit="元"),
    say("information_fee", 300, unit="元"),
)


def line(**figures: Any) -> HotlineFigure:
    """A statement about a hotline; rates as text, ``breakdown`` as (kind, count, percent) triples."""
    values: dict[str, Any] = {
        name: Decimal(value) if name.endswith("_rate") and value is not None else value
        for name, value in figures.items()
    }
    if "breakdown" in values:
        entries = [{"kind": kind, "count": number, "percent": share} for kind, number, share in values["breakdown"]]
        values["breakdown"] = json.dumps(entries)
    sentence = values.pop("sentence", "")
    return HotlineFigure("hotline_12345", "12345热线", "city", "year", sentence, (0, 0), **values)


HOTLINE: dict[str, Any] = {
    "received": 1000,
    "completed": 980,
    "completion_rate": "98.0",
    "transferred": 600,
    "answered_directly": 400,
    "breakdown": (("咨询", 700, 70), ("求助", 300, 30)),
}


def section(number: str | None, title: str | None, below: str = "甲乙丙丁戊己庚辛") -> Section:
    """A section; its text begins with its title."""
    return Section(number, title, f"{title or ''}\n{below}", 0)


SECTIONS = (
    section(None, None),
    section("三", "三、收到和处理政府信息公开申请情况"),
    section("四", "四、政府信息公开行政复议、行政诉讼情况"),
    section("五", "五、存在的主要问题及改进情况", "2021年,我局将继续做好公开。"),
)


def sample(
    applications: Mapping[str, tuple[int | None, int | None, int | None]] = APPLICATIONS,
    reviews: Mapping[str, tuple[int | None, ...]] = REVIEWS,
    disclosures: Mapping[tuple[str, str], int | None] = DISCLOSURES,
    money: DisclosureFigure | None = None,
    **changes: Any,
) -> Report:
    """The report in which every relation holds, with other figures where the test gives some."""
    report = Report(
        id="abcdefghij",
        source_file="sample.txt",
        source_format="text",
        sha256="0" * 64,
        form="2019",
        identity=OWN,
        applications=tuple(row(item, *counts) for item, counts in applications.items()),
        disclosures=(
            *(count(item, measure, number) for (item, measure), number in disclosures.items()),
            money or amount("230万元", "230"),
        ),
        reviews=tuple(review(channel, *counts) for channel, counts in reviews.items()),
        hotline=(line(**HOTLINE),),
        statements=STATEMENTS,
        sections=SECTIONS,
    )
    return replace(report, **changes)


def checks_of(report: Report, rule: str) -> dict[str, Check]:
    """The checks of one rule, by subject."""
    assert rule in {known.code for known in RULES}
    return {check.subject: check for check in check_report(report) if check.rule == rule}


def statuses(report: Report, rule: str) -> dict[str, str]:
    """Subject → status of one rule's checks."""
    return {subject: check.status for subject, check in checks_of(report, rule).items()}


def status_of(report: Report, rule: str, subject: str) -> str | None:
    """One status; None where there is no row."""
    return statuses(report, rule).get(subject)


def across(earlier: Report, later: Report, rule: str) -> dict[str, Check]:
    """The checks of one rule between two reports, by subject."""
    return {check.subject: check for check in check_years([later, earlier]) if check.rule == rule}


def only(statement: Statement, identity: Identity = OWN, **changes: Any) -> Report:
    """The sample with one figure in its prose."""
    return sample(identity=identity, statements=(statement,), **changes)
