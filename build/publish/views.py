"""The views that people download: a figure table with everything that lets a CSV stand on its own.

Views show current reports only; the tables below them keep superseded ones too.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..checks.model import EXPLAINED, FAILS, HOLDS, STATUS_ZH, UNKNOWN
from ..checks.wording import DIFFERENCE, LEFT, RIGHT, SUBJECT
from ..identity.places import YILI, YILI_S_PREFECTURES

REPORT_COLUMNS = (
    "r.agency_id AS agency_id, r.agency AS agency, r.year AS year, r.province AS province, r.city AS city,"
    " r.county AS county, r.adcode AS adcode, r.level AS level, r.scope AS scope, r.form AS form,"
    " r.source_kind AS source_kind, r.abridged AS abridged"
)
REPORT_URL = "'/gongkai/reports/' || r.id AS report_url"


@dataclass(frozen=True, slots=True)
class View:
    """A view: its name, the SELECT behind it, the table of which its rows are; ``is_whole``: all of current reports.

    ``beside``: SELECTs of the reports that may stand in it, or not, because of others: those of ``temp.{reports}`` and
    authorities of ``temp.{agencies}``, as they are in the database ``{of}``, among the reports of ``{new}``.
    """

    name: str
    sql: str
    of: str
    is_whole: bool = True
    beside: tuple[str, ...] = ()


def _labelled(table: str, *lookups: tuple[str, str, str]) -> View:
    """The view over ``table`` with report columns, labels of its codes and the report page's URL.

    Every code has its label. The LEFT JOINs say so to SQLite, which else may begin with the labels and ask for every
    report what it has of each.
    """
    labels = ", ".join(
        f"{lookup}.label_zh AS {column}_label_zh, {lookup}.label_en AS {column}_label_en"
        for column, lookup, _ in lookups
    )
    joins = " ".join(f"LEFT JOIN {lookup} ON {lookup}.{code} = t.{column}" for column, lookup, code in lookups)
    return View(
        f"{table}_full",
        f"SELECT {REPORT_COLUMNS}, {labels}, t.*, {REPORT_URL} "
        f"FROM {table} t JOIN reports r ON r.id = t.report AND r.current = 1 {joins}",
        table,
    )


def _number(column: str) -> str:
    """SQL that writes a REAL as printed on paper: 19, not 19.0; a missing figure as —."""
    return (
        f"CASE WHEN {column} IS NULL THEN '—' "
        f"WHEN {column} = CAST({column} AS INTEGER) THEN CAST(CAST({column} AS INTEGER) AS TEXT) "
        f"ELSE CAST({column} AS TEXT) END"
    )


def _status() -> str:
    """SQL for what the status of a check ``c`` is called."""
    cases = " ".join(f"WHEN '{status}' THEN '{STATUS_ZH[status]}'" for status in (HOLDS, FAILS, EXPLAINED))
    return f"CASE c.status {cases} ELSE '{STATUS_ZH[UNKNOWN]}' END AS status_zh"


def _statement(language: str) -> str:
    template = f"u.statement_{language}"
    for mark, value in (
        (SUBJECT, f"coalesce(s.label_{language}, c.subject)"),
        (LEFT, _number("c.left_value")),
        (RIGHT, _number("c.right_value")),
        (DIFFERENCE, _number("c.difference")),
    ):
        template = f"replace({template}, '{mark}', {value})"
    return f"{template} AS statement_{language}"


OVERLAPPING = (
    f"substr(s.adcode, 1, 4) IN {YILI_S_PREFECTURES} AND EXISTS (SELECT 1 FROM report_summary y WHERE y.year = s.year"
    f" AND y.adcode = '{YILI}' AND y.scope = 'region')"
)
"""塔城 and 阿勒泰 lie in 伊犁, which is of their level: where its report is here, theirs are not beside it."""

CHANGED = "FROM temp.{reports} c CROSS JOIN {of}.report_summary s ON s.report = c.name"
BESIDE_COMPARABLE = (
    f"SELECT o.report {CHANGED} JOIN {{new}}.report_summary o ON o.agency_id = s.agency_id AND o.year = s.year",
    "SELECT o.report FROM temp.{agencies} c CROSS JOIN {new}.report_summary o ON o.agency_id = c.name",
    *(
        f"SELECT o.report {CHANGED} JOIN {{new}}.report_summary o ON o.year = s.year AND o.adcode GLOB '{prefecture}*'"
        f" WHERE s.adcode = '{YILI}'"
        for prefecture in YILI_S_PREFECTURES
    ),
)
"""One report of an authority and year is comparable, and what lies in 伊犁 only without 伊犁."""

VIEWS: tuple[View, ...] = (
    View(
        "comparable",
        f"SELECT s.*, '/gongkai/reports/' || s.report AS report_url FROM report_summary s "
        "JOIN agencies a ON a.id = s.agency_id AND a.kind = 'government' "
        "WHERE s.scope = 'region' AND s.includes_lower <> 'no' AND s.year IS NOT NULL AND s.adcode IS NOT NULL "
        "AND s.level IN ('province', 'prefecture', 'county') "
        "AND s.report = (SELECT min(o.report) FROM report_summary o WHERE o.agency_id = s.agency_id "
        f"AND o.year = s.year AND o.scope = 'region') AND NOT ({OVERLAPPING})",
        "report_summary",
        is_whole=False,
        beside=BESIDE_COMPARABLE,
    ),
    _labelled("applications", ("item", "items", "code")),
    _labelled("disclosures", ("item", "items", "code"), ("measure", "measures", "code")),
    _labelled("reviews", ("channel", "review_channels", "code")),
    _labelled("hotline", ("channel", "hotline_channels", "code")),
    View(
        "checks_full",
        f"SELECT {REPORT_COLUMNS}, u.kind AS rule_kind, u.severity AS rule_severity, "
        "u.label_zh AS rule_label_zh, u.label_en AS rule_label_en, "
        "s.label_zh AS subject_label_zh, s.label_en AS subject_label_en, c.*, "
        f"{_status()}, {_statement('zh')}, {_statement('en')}, "
        "'/gongkai/reports/' || r.id || '#' || c.subject AS report_url "
        "FROM checks c JOIN reports r ON r.id = c.report AND r.current = 1 LEFT JOIN rules u ON u.code = c.rule "
        "LEFT JOIN check_subjects s ON s.code = c.subject",
        "checks",
    ),
)
