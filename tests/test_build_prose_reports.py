"""The prose of the five real reports against the figures read by hand, and the explanation of what was read."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from build.prose import Prose, explain_prose, read_prose

SHARED = Path(__file__).resolve().parents[2] / "shared"
NAMES = ("baoshan-office-2020", "echeng-2020", "nanchang-2020", "qingtongxia-2020", "sanming-office-2019")
COUNTS = ("received", "transferred", "answered_directly", "handled", "completed", "pending", "overdue")
RATES = ("completion_rate", "on_time_rate", "reply_rate", "satisfaction_rate", "connect_rate", "direct_rate")

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared reports are not here")


def lines(text: str) -> list[tuple[int, int]]:
    """Every line as a paragraph."""
    spans, at = [], 0
    for line in text.split("\n"):
        spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


def report(name: str) -> tuple[str, Prose]:
    text = (SHARED / "reports" / f"{name}.txt").read_text(encoding="utf-8")
    return text, read_prose(text, lines(text), int(name[-4:]))


def truth(name: str) -> list[dict[str, Any]]:
    content = (SHARED / "truth" / f"{name}.json").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = json.loads(content, parse_float=Decimal)["hotline"]
    return rows


@pytest.mark.parametrize("name", NAMES)
def test_hotline_rows_are_those_read_by_hand_and_no_others(name: str) -> None:
    text, prose = report(name)
    expected = sorted(truth(name), key=lambda row: text.index(row["sentence"]))
    assert len(prose.hotline) == len(expected)
    for row, wanted in zip(prose.hotline, expected, strict=True):
        assert (row.channel, row.period, row.sentence) == (wanted["channel"], wanted["period"], wanted["sentence"])
        for column in (*COUNTS, *RATES):
            assert getattr(row, column) == wanted.get(column), column
        assert text[row.span[0] : row.span[1]] == row.sentence
    assert prose.notices == ()


STATED = {
    "baoshan-office-2020": [
        ("applications_closed", 20, None),
        ("applications_received", 20, "保山市政府办公室"),
        ("applications_granted", 119, "保山市政府办公室"),
        ("applications_partly_granted", 16, "保山市政府办公室"),
        ("applications_withheld", 16, "保山市政府办公室"),
        ("applications_unavailable", 63, "保山市政府办公室"),
        ("applications_not_processed", 7, "保山市政府办公室"),
        ("applications_other", 4, "保山市政府办公室"),
        ("reviews_reconsideration", 2, None),
        ("reviews_reconsideration_upheld", 2, "其中"),
        ("reviews_reconsideration_upheld_share", 100, "其中"),
        ("reviews_lawsuit", 2, None),
    ],
    "echeng-2020": [("applications_dealt_with", 15, "我区"), ("applications_reply_rate", 100, "我区")],
    "nanchang-2020": [
        ("applications_dealt_with", 569, "全市"),
        ("applications_received", 64, "市政府和市政府办公室"),
        ("reviews_reconsideration", 1, "市政府层面"),
        ("reviews_lawsuit", 3, "市政府层面"),
    ],
    "qingtongxia-2020": [("applications_received", 4, None)],
    "sanming-office-2019": [("applications_on_time_rate", 100, None)],
}


@pytest.mark.parametrize("name", NAMES)
def test_contradictory_prose_is_read_as_it_stands(name: str) -> None:
    _, prose = report(name)
    assert [(row.kind, row.value, row.scope_text) for row in prose.statements] == STATED[name]


def test_the_wording_of_satisfaction_is_kept() -> None:
    _, prose = report("echeng-2020")
    assert prose.hotline[0].satisfaction_kind == "回访满意度"


def test_explanation_says_what_every_number_was_taken_for() -> None:
    text, _ = report("baoshan-office-2020")
    explanation = "\n".join(explain_prose(text, lines(text), 2020))
    for expected in ("hotline_12345: transferred = 3041件", "leader_mailbox: handled = 17件", "27条 -> left:"):
        assert expected in explanation
