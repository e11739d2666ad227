"""What the checks of a report say, in words, in the order in which the page tells it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from gongkai_site.queries import Answers, Row
from gongkai_site.texts import Text

ACROSS_YEARS = "across years"
STATUS_ORDER = ("fails", "explained", "unknown", "holds")


@dataclass(frozen=True)
class Finding:
    """A relation with what it says of the report; ``number`` is its place on the page, from 1."""

    number: int
    rule: str
    rule_names: Text
    subject: str
    subject_names: Text
    status: str
    on_inferred: bool
    across_years: bool
    words: Text


def findings_of(answers: Answers) -> list[Finding]:
    """The report's checks: what fails first, on inferred cells and across years after it; what holds last."""
    rules = {row["code"]: row for row in answers["rules"]}
    stated = {(row["rule"], row["subject"]): row for row in answers["check_statements"]}
    found = [
        _finding(check, rules[check["rule"]], stated.get((check["rule"], check["subject"])))
        for check in answers["checks"]
    ]
    found.sort(key=lambda f: (STATUS_ORDER.index(f.status), f.across_years, f.on_inferred))
    return [replace(finding, number=number) for number, finding in enumerate(found, 1)]


def _finding(check: Row, rule: Row, stated: Row | None) -> Finding:
    if check["explanation"]:
        zh, _, en = check["explanation"].partition("\n")
    else:
        zh, en = (stated["statement_zh"], stated["statement_en"]) if stated else (rule["label_zh"], rule["label_en"])
    return Finding(
        0,
        check["rule"],
        Text(rule["label_zh"], rule["label_en"]),
        check["subject"],
        Text(check["subject_zh"] or check["subject"], check["subject_en"] or check["subject"]),
        check["status"],
        bool(check["on_inferred"]),
        rule.get("kind") == ACROSS_YEARS,
        Text(zh, en),
    )


def marks(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Fragment → the relations there that do not hold as printed."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.status in {"fails", "explained"}:
            found.setdefault(finding.subject, []).append(finding)
    return found
