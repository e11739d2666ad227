"""Statements of the prose on applications, reconsiderations, lawsuits and the fee."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from gongkai_site.yaml_files import content_of

from build.prose import read_prose

SENTENCES: list[dict[str, Any]] = content_of(Path(__file__).parent / "data" / "statement_sentences.yml")


def stated(text: str, year: int | None = 2020) -> list[tuple[str, Decimal, str | None, str | None]]:
    found = read_prose(text, [(0, len(text))], year).statements
    return [(row.kind, row.value, row.unit, row.scope_text) for row in found]


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: case["text"][:40])
def test_a_sentence_gives_exactly_its_statements(case: dict[str, Any]) -> None:
    expected = [(kind, Decimal(str(value)), unit, scope) for kind, value, unit, scope in case["statements"]]
    assert stated(case["text"]) == expected


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: case["text"][:40])
def test_a_statement_quotes_its_clause(case: dict[str, Any]) -> None:
    text = "导语。\n" + case["text"]
    for row in read_prose(text, [(4, len(text))], 2020).statements:
        assert text[row.span[0] : row.span[1]] == row.sentence
        assert row.sentence
        assert row.sentence[-1] not in "。；，"


def test_the_clause_is_quoted_with_the_period_before_it() -> None:
    text = "2020年，全县收到政府信息公开申请8件，办结7件。"
    sentences = [row.sentence for row in read_prose(text, [(0, len(text))], 2020).statements]
    assert sentences == ["2020年，全县收到政府信息公开申请8件", "办结7件"]


def test_growth_is_quoted_with_what_grew() -> None:
    text = "收到政府信息公开申请8件，同比增长100%。"
    growth = read_prose(text, [(0, len(text))], 2020).statements[1]
    assert growth.sentence == "收到政府信息公开申请8件，同比增长100%"


def test_a_share_and_growth_side_by_side_are_both_quoted_with_the_count() -> None:
    first = "收到政府信息公开申请8件"
    for one, other in (("占总数的15%", "同比下降5%"), ("同比下降5%", "占总数的15%")):
        text = f"{first}，{one}，{other}。"
        sentences = [row.sentence for row in read_prose(text, [(0, len(text))], 2020).statements]
        assert sentences == [first, f"{first}，{one}", f"{first}，{one}，{other}"]


def test_outcomes_without_a_topic_need_applications_before_them_in_the_paragraph() -> None:
    assert stated("予以公开5件；不予公开3件。") == []
    assert stated("受理依申请公开8件。予以公开5件；不予公开3件。")[1:] == [
        ("applications_granted", Decimal(5), "件", None),
        ("applications_withheld", Decimal(3), "件", None),
    ]


def test_answers_go_on_behind_a_semicolon_where_nothing_else_is_named() -> None:
    received = ("applications_received", Decimal(31), "件", None)
    closed = ("applications_closed", Decimal(29), "件", None)
    assert stated("全年收到政府信息公开申请31件；已办结29件。") == [received, closed]
    for other in ("答复提案29件", "回复29条", "办结工单29件", "受理29件", "答复咨询29件", "办结信访29件"):
        assert stated(f"全年收到政府信息公开申请31件；{other}。") == [received]
    assert stated("全年收到政府信息公开申请31件，其中网站收到6件；答复29件。") == [received]


@pytest.mark.parametrize(
    ("part", "received"),
    [
        ("(其中3件为上年结转)", "applications_received_with_brought_forward"),
        ("，其中3件为上年度结转", "applications_received_with_brought_forward"),
        ("，另有3件为上年结转", "applications_received"),
        ("，另有上年结转3件", "applications_received"),
        ("(另有上年结转3件)", "applications_received"),
        ("，办结33件，其中3件为上年结转", "applications_received"),
        ("，3件为上年结转", "applications_received"),
    ],
)
def test_a_count_before_its_verb_is_a_part_of_those_received_where_it_is_said(part: str, received: str) -> None:
    statements = {kind: value for kind, value, *_ in stated(f"全年收到政府信息公开申请31件{part}。")}
    assert statements[received] == 31
    assert len([kind for kind in statements if kind.startswith("applications_received")]) == 1


def test_one_class_of_applicants_is_not_all_of_them() -> None:
    assert stated("收到自然人政府信息公开申请14件，收到法人或其他组织政府信息公开申请6件。") == []
    assert stated("依申请公开方面，答复自然人14件，商业企业6件。") == []
    for others in ("，法人申请6件", "、律师提交的政府信息公开申请6件", "，企业信息公开申请6件"):
        assert stated(f"新收公民提交的政府信息公开申请14件{others}。") == []
    assert stated("收到公民政府信息公开申请3件。") == [("applications_received", Decimal(3), "件", None)]
    for all_of_them in ("公民、法人和其他组织", "自然人、商业企业", ""):
        text = f"全年收到{all_of_them}政府信息公开申请20件，其中自然人14件。"
        assert stated(text) == [("applications_received", Decimal(20), "件", None)]
    assert stated("全年共收到自然人政府信息公开申请3件。") == [("applications_received", Decimal(3), "件", None)]


def test_cases_that_an_organ_decides_for_others_are_not_about_disclosure() -> None:
    request = "收到依申请公开5件。"
    for cases in ("办理以县政府为被申请人的行政复议38件", "审结行政复议案件38件", "代理行政诉讼案件38件"):
        assert [kind for kind, *_ in stated(f"{request}{cases}，其中维持20件。")] == ["applications_received"]
    ours = "以我局为被申请人的政府信息公开行政复议3件，其中维持2件。"
    assert [kind for kind, *_ in stated(ours)] == ["reviews_reconsideration", "reviews_reconsideration_upheld"]


def test_one_sentence_fills_both_tables() -> None:
    text = "全年受理12345热线诉求300件，收到依申请公开5件。"
    found = read_prose(text, [(0, len(text))], 2020)
    assert [(row.channel, row.received) for row in found.hotline] == [("hotline_12345", 300)]
    assert [(row.kind, row.value) for row in found.statements] == [("applications_received", Decimal(5))]


def headed(heading: str, text: str) -> list[tuple[str, Decimal]]:
    """What a paragraph states under a heading that is a paragraph of its own."""
    whole = f"{heading}\n{text}"
    stretches = [(0, len(heading)), (len(heading) + 1, len(whole))]
    return [(row.kind, row.value) for row in read_prose(whole, stretches, 2020).statements]


def test_a_heading_says_which_requests_the_next_paragraph_counts() -> None:
    text = "2020年，我局共收到申请53件，均已答复。"
    received = [("applications_received", Decimal(53))]
    assert headed("（二）依申请公开情况", text) == received
    assert headed("2.依申请公开", text) == received
    assert headed("2.依申请公开", "全年收到8件申请。") == [("applications_received", Decimal(8))]
    for other in ("全年收到8件申请表。", "全年收到8件申请书。", "全年收到8件申请人来信。", "全年8件申请。"):
        assert headed("2.依申请公开", other) == []
    assert headed("（三）政府信息管理", text) == []
    assert headed("（二）完善依申请公开制度，2020年修订规程。", text) == []


def test_a_heading_reaches_no_further_than_the_next_paragraph() -> None:
    text = "（二）依申请公开\n规范办理。\n全年收到申请53件。"
    stretches, at = [], 0
    for line in text.split("\n"):
        stretches.append((at, at + len(line)))
        at += len(line) + 1
    assert read_prose(text, stretches, 2020).statements == ()
