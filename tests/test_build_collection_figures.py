"""The abridged reports that come from a collection of figures read by hand: every figure comes back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from build import forms
from build.limits import Limits
from build.reading.read import read
from build.report import Report

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ROOT.parent / "shared" / "collection" / "reports.json"
NEEDS_SHARED = pytest.mark.skipif(not FIGURES.exists(), reason="the collection of figures is not beside the repository")
SLUGS = (
    *(f"pingtan-{year}" for year in range(2019, 2026)),
    *("hongze-2023", "hongze-2024", "huaian-2024", "shanghai-office-2019"),
    *("shuyang-drc-2023", "suqian-2023", "suqian-2024"),
)


@cache
def collection() -> dict[str, dict[str, Any]]:
    """The figures of each report, by its name."""
    return {entry["slug"]: entry for entry in json.loads(FIGURES.read_text(encoding="utf-8"))}


@cache
def read_report(slug: str) -> Report:
    """The abridged report of that name."""
    (report,) = read(ROOT / "reports" / f"{slug}.txt", f"{slug}.txt", Limits())
    assert isinstance(report, Report), report
    return report


def cells(rows: Mapping[str, list[int | None]], columns: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """Row → column → figure, without blanks."""
    return {
        name: {column: value for column, value in zip(columns, row, strict=True) if value is not None}
        for name, row in rows.items()
    }


@NEEDS_SHARED
def test_every_report_of_the_collection_is_published() -> None:
    assert set(collection()) == set(SLUGS)
    assert all((ROOT / "reports" / f"{slug}.txt").exists() for slug in SLUGS)


@NEEDS_SHARED
@pytest.mark.parametrize("slug", SLUGS)
def test_tables_are_as_they_were_read_by_hand(slug: str) -> None:
    entry, report = collection()[slug], read_report(slug)
    assert (report.identity.year, report.form) == (entry["year"], entry["form"])
    assert {row.item: dict(row.cells) for row in report.applications} == cells(
        entry["applications"], forms.APPLICATION_COLUMNS
    )
    assert {row.channel: dict(row.cells) for row in report.reviews} == cells(
        entry["reviews"] or {}, forms.REVIEW_COLUMNS
    )
    disclosed = {
        f"{row.item}/{row.measure}": float(row.amount_wan) if row.amount_wan is not None else row.count
        for row in report.disclosures
    }
    assert disclosed == (entry["disclosures"] or {})


@NEEDS_SHARED
@pytest.mark.parametrize("slug", SLUGS)
def test_prose_states_what_the_report_stated(slug: str) -> None:
    entry, report = collection()[slug], read_report(slug)
    assert {row.kind: float(row.value) for row in report.statements} == entry["statements"]
    assert [(row.channel, row.received, row.period) for row in report.hotline] == [
        (row["channel"], row["received"], row["period"]) for row in entry["hotline"]
    ]
