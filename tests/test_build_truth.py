"""Every figure of five real reports, against figures read from them by hand.

``tests/truth`` holds those figures, without any sentence. The abridged reports of ``reports/`` must give all of them;
the reports in full stand in ``../shared``, outside the repository: tests that need them are skipped where it is absent.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from build import forms
from build.report import Report
from tests.assertions import (
    REPORTS,
    ROOT,
    SHARED,
    Relation,
    assert_figures,
    assert_hotline_figures,
    failing,
    form_checks,
    read_file,
    status_by_definition,
)

TRUTH = ROOT / "tests" / "truth"
NAMES = tuple(sorted(path.stem for path in TRUTH.glob("*.json")))
ORIGINALS = SHARED / "reports"
NEEDS_SHARED = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared, which holds the reports in full, is absent")

FAILING: dict[str, set[Relation]] = {
    "baoshan-office-2020": {
        ("R1", "applications-received-total"),
        ("R3", "applications-brought_forward-total"),
        ("R4", "reviews-lawsuit_after_reconsideration-total"),
    },
    "echeng-2020": {
        ("R1", "applications-received-natural_person"),
        ("R1", "applications-received-total"),
        ("R2", "applications-closed-natural_person"),
        ("R2", "applications-closed-total"),
    },
    "nanchang-2020": set(),
    "qingtongxia-2020": set(),
    "sanming-office-2019": {("unit_missing", "disclosures-procurement-amount")},
}
"""Report → the relations that do not add up as printed: 19 + 0 against 20 + 0, 1 against 0, 2 against 0 (Baoshan);
15 results against a total of 0 (Echeng); 241800 of no unit (Sanming)."""

IN_BOTH = pytest.mark.parametrize(
    "folder", [pytest.param(REPORTS, id="abridged"), pytest.param(ORIGINALS, id="in-full", marks=NEEDS_SHARED)]
)
EACH = pytest.mark.parametrize("name", NAMES)


def truth(folder: Path, name: str) -> dict[str, Any]:
    """The figures of one report; amounts and rates are Decimals."""
    content: dict[str, Any] = json.loads(
        (folder / f"{name}.json").read_text(encoding="utf-8"), parse_float=Decimal, parse_int=int
    )
    return content


@cache
def report_in(folder: Path, name: str) -> Report:
    """A report, read once."""
    return read_file(folder / f"{name}.txt")


def test_five_reports_are_known() -> None:
    assert set(NAMES) == set(FAILING)
    assert len(NAMES) == 5
    assert {path.stem for path in REPORTS.glob("*.txt")} > set(NAMES)


@EACH
@NEEDS_SHARED
def test_the_figures_kept_here_are_those_of_shared(name: str) -> None:
    known = truth(SHARED / "truth", name)
    del known["inconsistencies"]
    for row in known["hotline"]:
        del row["sentence"]
    kept = truth(TRUTH, name)
    # The registry names a district with its city before it; what was read by hand is what is printed.
    assert kept["report"]["agency"].endswith(known["report"]["agency"])
    kept["report"]["agency"] = known["report"]["agency"]
    assert kept == known


@IN_BOTH
@EACH
def test_every_figure_of_the_tables(folder: Path, name: str) -> None:
    assert_figures(report_in(folder, name), truth(TRUTH, name))


@IN_BOTH
@EACH
def test_every_figure_about_hotlines(folder: Path, name: str) -> None:
    assert_hotline_figures(report_in(folder, name), truth(TRUTH, name)["hotline"])


@EACH
@NEEDS_SHARED
def test_the_sentences_about_hotlines(name: str) -> None:
    known = {row["sentence"] for row in truth(SHARED / "truth", name)["hotline"]}
    assert {figure.sentence for figure in report_in(ORIGINALS, name).hotline} == known


@IN_BOTH
@EACH
def test_identity(folder: Path, name: str) -> None:
    report = report_in(folder, name)
    expected = truth(TRUTH, name)["report"]
    stated = {key: getattr(report.identity, key) for key in expected if key != "form"}
    assert {**stated, "form": report.form} == expected


@IN_BOTH
@EACH
def test_only_the_abridged_reports_say_so(folder: Path, name: str) -> None:
    assert report_in(folder, name).identity.abridged == (folder == REPORTS)


@IN_BOTH
@EACH
def test_no_report_leaves_a_remark(folder: Path, name: str) -> None:
    assert report_in(folder, name).problems == ()


@IN_BOTH
@EACH
def test_relations_that_do_not_add_up(folder: Path, name: str) -> None:
    assert failing(report_in(folder, name)) == FAILING[name]


def relations(figures: dict[str, Any]) -> Iterator[tuple[Relation, str | None]]:
    """Every relation of the form and how it stands, from the figures alone."""
    rows = {item: row["cells"] for item, row in figures["applications"].items()}
    results = [item for item in rows if item in forms.RESULT_ITEMS]
    for column in forms.APPLICATION_COLUMNS:
        intake, outcome = ([rows[item][column] for item in pair] for pair in (ROWS_IN, ROWS_OUT))
        yield ("R1", f"applications-received-{column}"), status_by_definition(intake, outcome)
        parts = [rows[item][column] for item in results]
        yield ("R2", f"applications-closed-{column}"), status_by_definition(parts, [rows["closed"][column]])
    for item, row in figures["applications"].items():
        *applicants, total = row["cells"].values()
        loose = [int(value) for value in (row["unplaced"] or "").split("|") if value]
        yield ("R3", f"applications-{item}-total"), status_by_definition([*applicants, *loose], [total])
    for channel, review in figures["reviews"].items():
        *outcomes, total = review.values()
        yield ("R4", f"reviews-{channel}-total"), status_by_definition(outcomes, [total])


ROWS_IN, ROWS_OUT = ("received", "brought_forward"), ("closed", "carried_forward")


@IN_BOTH
@EACH
def test_every_relation_stands_as_its_figures_say(folder: Path, name: str) -> None:
    expected = {relation: status for relation, status in relations(truth(TRUTH, name)) if status is not None}
    found = {
        (check.rule, check.subject): check.status
        for check in form_checks(report_in(folder, name))
        if check.rule != "unit_missing"
    }
    assert found == expected


@pytest.mark.parametrize(
    ("name", "holding"),
    [
        pytest.param("nanchang-2020", {"R1": 7, "R2": 7, "R3": 23, "R4": 3}, id="every cell printed"),
        pytest.param("qingtongxia-2020", {"R1": 7, "R2": 7, "R3": 23, "R4": 3}, id="every cell printed, too"),
        pytest.param("echeng-2020", {"R1": 5, "R2": 5, "R3": 23, "R4": 3}, id="closed is 0 throughout"),
    ],
)
def test_relations_that_hold(name: str, holding: dict[str, int]) -> None:
    counted = dict.fromkeys(holding, 0)
    for check in form_checks(report_in(REPORTS, name)):
        if check.status == "holds" and check.rule in counted:
            counted[check.rule] += 1
    assert counted == holding


def test_failures_on_inferred_cells_are_told_apart() -> None:
    checks = {(check.rule, check.subject): check for check in form_checks(report_in(REPORTS, "baoshan-office-2020"))}
    inferred = {relation: checks[relation].on_inferred for relation in FAILING["baoshan-office-2020"]}
    assert inferred == {
        ("R1", "applications-received-total"): True,
        ("R3", "applications-brought_forward-total"): True,
        ("R4", "reviews-lawsuit_after_reconsideration-total"): False,
    }
