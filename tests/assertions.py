"""Assertions that read like a specification, and the ways to a report or a database that tests share."""

from __future__ import annotations

import re
import sqlite3
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from build.__main__ import main
from build.checks import Check, check_report
from build.limits import Limits
from build.parse.values import printed_cell, read_value
from build.reading.read import read
from build.report import HotlineFigure, PlacedRow, Problem, Report

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "reports"
SHARED = ROOT.parent / "shared"
"""The five reports in full with their figures, outside the repository; tests that need them are skipped without."""

Relation = tuple[str, str]
"""(rule, subject) of a check."""

FORM_RULES = frozenset({"R1", "R2", "R3", "R4", "unit_missing"})
"""The relations that the statutory form itself states; others compare prose, years or agencies."""


_ACCUSING = re.compile(r"错误|错报|虚假|造假|失实|异常|违规|\berror|\bfalse|abnormal|invalid|\bfake", re.IGNORECASE)


def accuses(text: str) -> bool:
    """Whether a sentence says more than that figures do not add up as printed."""
    return _ACCUSING.search(text) is not None


# Reading -----------------------------------------------------------------------------------------------------------


def read_bytes(data: bytes, name: str = "report.txt", limits: Limits | None = None) -> tuple[Report | Problem, ...]:
    """What a file called ``name`` with ``data`` in it yields."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        return read(path, name, limits or Limits())


def read_text(text: str, limits: Limits | None = None) -> Report:
    """The one report that a text file yields."""
    (report,) = read_bytes(text.encode(), limits=limits)
    assert isinstance(report, Report), report
    assert_leads_back(report)
    return report


def read_file(path: Path) -> Report:
    """The one report in a file."""
    (report,) = read(path, path.name, Limits())
    assert isinstance(report, Report), report
    return report


def refusal(data: bytes) -> Problem:
    """The problem that keeps a file from being a report."""
    (problem,) = read_bytes(data)
    assert isinstance(problem, Problem), problem
    return problem


# The way back to the words -----------------------------------------------------------------------------------------


NO_QUOTATIONS = frozenset({"agency_ambiguous", "two_tables"})
"""Problems that name an authority as the registry does, or put rows of two tables side by side."""


def assert_leads_back(report: Report) -> None:
    """What is read of a report, and what is told of it, stands in its text, where it says that it stands."""
    text = "".join(section.text for section in report.sections)
    for row in (*report.applications, *report.reviews):
        assert_row_leads_back(row, text)
    for figure in report.disclosures:
        start, end = figure.span
        assert 0 <= start <= end <= len(text)
        if figure.placement == "printed":
            assert "".join(printed_cell(text[start:end]).split()) == "".join(figure.printed.split()), figure
    words = "".join(unicodedata.normalize("NFKC", text).split())
    for problem in report.problems:
        if problem.stage == "parse" and problem.code not in NO_QUOTATIONS:
            quoted = re.split(r"[|/\s]+", unicodedata.normalize("NFKC", problem.excerpt))
            assert all(piece in words for piece in quoted), problem


def assert_row_leads_back(row: PlacedRow, text: str) -> None:
    """The words at the spans of a row's cells say its figures, inside the row; what is not placed is printed in it."""
    spans = dict(row.cell_spans)
    for column, count in row.cells:
        start, end = spans[column]
        assert row.span[0] <= start < end <= row.span[1], (row, column)
        assert read_value(printed_cell(text[start:end])).count == count, (row, column)
    assert not Counter(row.unplaced) - Counter(row.printed), row


# A report's figures ------------------------------------------------------------------------------------------------


def cells(row: PlacedRow, columns: Iterable[str]) -> dict[str, int | None]:
    """A row's figures in ``columns``, None where there is none."""
    return {column: row.get(column) for column in columns}


def assert_figures(report: Report, truth: Mapping[str, Any]) -> None:
    """Every figure of the statutory tables, and how it came to its column, is as ``truth`` has it, nothing besides."""
    assert_application_figures(report, truth["applications"])
    assert_disclosure_figures(report, truth["disclosures"])
    assert_review_figures(report, truth["reviews"])


def assert_application_figures(report: Report, truth: Mapping[str, Mapping[str, Any]]) -> None:
    """Section 三: the same rows in the same order, with the same cells, printed words, placement and loose figures."""
    read_rows = {
        row.item: {
            "cells": cells(row, truth[row.item]["cells"]),
            "printed": list(row.printed),
            "placement": row.placement,
            "unplaced": "|".join(row.unplaced) or None,
        }
        for row in report.applications
        if row.item in truth
    }
    assert read_rows == truth
    assert [row.item for row in report.applications] == list(truth)


def assert_disclosure_figures(report: Report, truth: Sequence[Mapping[str, Any]]) -> None:
    """Section 二: the same figures in the same order, amounts exactly, with their printed words and notes."""
    assert [
        {
            "item": figure.item,
            "measure": figure.measure,
            "count": figure.count,
            "amount_wan": figure.amount_wan,
            "printed": figure.printed,
            "note": figure.note,
        }
        for figure in report.disclosures
    ] == list(truth)


def assert_review_figures(report: Report, truth: Mapping[str, Mapping[str, int | None]]) -> None:
    """Section 四: the same figures in every channel."""
    assert {row.channel: cells(row, truth[row.channel]) for row in report.reviews} == truth


HOTLINE_FIGURES = (
    "received", "transferred", "answered_directly", "handled", "completed", "pending", "overdue", "completion_rate",
    "on_time_rate", "reply_rate", "satisfaction_rate", "connect_rate", "direct_rate",
)  # fmt: skip


def hotline_figures(figure: HotlineFigure) -> dict[str, Any]:
    """What a statement about a hotline says, without what it leaves out."""
    stated = {name: getattr(figure, name) for name in ("channel", "period", *HOTLINE_FIGURES)}
    return {name: value for name, value in stated.items() if value is not None}


def assert_hotline_figures(report: Report, truth: Sequence[Mapping[str, Any]]) -> None:
    """The prose: the same statements about hotlines with the same figures, in any order, and no other ones."""
    found = [hotline_figures(figure) for figure in report.hotline]
    assert sorted(found, key=repr) == sorted((dict(row) for row in truth), key=repr)


# Relations ---------------------------------------------------------------------------------------------------------


def form_checks(report: Report) -> list[Check]:
    """The checks of the form's own relations."""
    return [check for check in check_report(report) if check.rule in FORM_RULES]


def failing(report: Report) -> set[Relation]:
    """The form's own relations that do not add up as printed."""
    return {(check.rule, check.subject) for check in form_checks(report) if check.status == "fails"}


@dataclass(frozen=True, slots=True)
class Range:
    """What one side of a relation may come to when each blank in it may be any integer ≥ 0."""

    least: int
    most: float


def status_by_definition(left: Sequence[int | None], right: Sequence[int | None]) -> str | None:
    """How a relation between two sums stands by DESIGN.md's wording; None: no row. Blanks are None."""
    sides = [[value for value in side if value is not None] for side in (left, right)]
    if not any(sides):
        return None
    if not all(sides):
        return "unknown"
    one, other = (
        Range(sum(known), float("inf") if len(known) < len(side) else sum(known))
        for known, side in zip(sides, (left, right), strict=True)
    )
    if one.most < other.least or other.most < one.least:
        return "fails"
    both_open = one.most == other.most == float("inf")
    return "holds" if one.least == other.least and not both_open else "unknown"


# Building ----------------------------------------------------------------------------------------------------------


def build(*paths: Path, output: Path) -> int:
    """Build a database as the command line does, be it an empty one; the exit code."""
    return main([*map(str, paths), "--output", str(output), "--allow-empty"])


def query(database: Path, sql: str, *parameters: object) -> list[dict[str, Any]]:
    """The rows of a query."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(sql, parameters)]


def exactly(value: float | str) -> Decimal:
    """A number as the Decimal of its digits."""
    return Decimal(str(value))
