"""Five real reports: every contradiction known to stand in them is found with its status, and nothing else fails.

The reports in full stand in ``../shared``, outside the repository; without it these tests are skipped. What is known
was read by hand; figures of the prose are compared by value, since their positions say nothing.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from build.checks import Check, check_report

from .assertions import REPORTS, SHARED, read_file

ORIGINALS = SHARED / "reports"
NEEDS_SHARED = pytest.mark.skipif(
    not ORIGINALS.is_dir(), reason="../shared, which holds the reports in full, is absent"
)

Known = tuple[str, str, float | None, float | None, bool]
"""(rule, status, left, right, on_inferred) of a check that does not simply hold."""

KNOWN: dict[str, tuple[Known, ...]] = {
    "baoshan-office-2020": (
        ("R3", "fails", 1, 0, True),
        ("R1", "fails", 19, 20, True),
        ("R4", "fails", 2, 0, False),
        ("prose_outcomes", "unknown", 225, 20, True),
        ("prose_received", "explained", 20, 20, True),
        ("prose_lawsuits", "explained", 2, 2, False),
        ("hotline_breakdown", "explained", 16212, 16136, False),
    ),
    "echeng-2020": (
        ("R1", "fails", 15, 0, False),
        ("R1", "fails", 15, 0, False),
        ("R2", "fails", 15, 0, False),
        ("R2", "fails", 15, 0, False),
        ("prose_received", "explained", 15, 15, False),
    ),
    "nanchang-2020": (
        ("section_title", "explained", None, None, False),
        ("prose_received", "unknown", 64, None, False),
        ("prose_reconsiderations", "unknown", 1, None, False),
        ("prose_lawsuits", "unknown", 3, None, False),
    ),
    "qingtongxia-2020": (
        ("hotline_rate", "explained", 99.885, 99.8, False),
        ("made_not_public", "explained", 21, 20, False),
        ("plan_year", "explained", 2020, 2021, False),
    ),
    "sanming-office-2019": (("unit_missing", "fails", 241800, None, False),),
}
"""Report → its contradictions and what else must be said of it."""


def known(check: Check) -> Known:
    """A check as ``KNOWN`` writes it."""
    left, right = (None if value is None else float(value) for value in (check.left, check.right))
    return check.rule, check.status, left, right, check.on_inferred


def checks_of(folder: Path, name: str) -> list[Known]:
    """The checks of one report that do not simply hold."""
    return [known(check) for check in check_report(read_file(folder / f"{name}.txt")) if check.status != "holds"]


@NEEDS_SHARED
@pytest.mark.parametrize("name", sorted(KNOWN))
def test_every_known_contradiction_is_found_and_nothing_else_said(name: str) -> None:
    found = checks_of(ORIGINALS, name)
    told = [check for check in found if check[1] in {"fails", "explained"}]
    assert sorted(told, key=repr) == sorted((row for row in KNOWN[name] if row[1] != "unknown"), key=repr)
    assert {row for row in KNOWN[name] if row[1] == "unknown"} <= set(found)


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_nothing_else_fails_in_the_abridged_reports(name: str) -> None:
    failing = sorted((check for check in checks_of(REPORTS, name) if check[1] == "fails"), key=repr)
    assert failing == sorted((row for row in KNOWN[name] if row[1] == "fails"), key=repr)


@NEEDS_SHARED
def test_a_recomputed_rate_is_shown_to_three_places() -> None:
    rates = [
        check
        for check in check_report(read_file(ORIGINALS / "baoshan-office-2020.txt"))
        if check.rule == "hotline_rate"
    ]
    assert [(check.status, check.left, check.right) for check in rates] == [
        ("holds", Decimal("99.531"), Decimal("99.53"))
    ]
