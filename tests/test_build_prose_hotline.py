"""Hotline figures from sentences: what each wording gives, and what gives nothing."""

from __future__ import annotations

import json
from dataclasses import fields
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from gongkai_site.yaml_files import content_of

from build.prose import Prose, read_prose
from build.report import HotlineFigure

SENTENCES: list[dict[str, Any]] = content_of(Path(__file__).parent / "data" / "hotline_sentences.yml")
COMPARED_IF_GIVEN = {"channel_text", "sentence", "span"}
DEFAULTS: dict[str, Any] = {"owner": "unstated", "period": "unstated", "approximate": False}
YEAR = 2020


def prose(text: str, year: int | None = YEAR) -> Prose:
    return read_prose(text, [(0, len(text))], year)


def comparable(row: HotlineFigure) -> dict[str, Any]:
    """A row as the sentence collection writes it: breakdown as a list, rates as Decimal."""
    values = {field.name: getattr(row, field.name) for field in fields(row)}
    values["breakdown"] = json.loads(row.breakdown) if row.breakdown else None
    return values


def assert_rows(text: str, rows: list[dict[str, Any]], year: int | None = YEAR) -> None:
    """Exactly ``rows``, in this order; a column that a row does not name is empty."""
    found = [comparable(row) for row in prose(text, year).hotline]
    assert len(found) == len(rows), found
    for actual, expected in zip(found, rows, strict=True):
        for name, value in actual.items():
            if name in COMPARED_IF_GIVEN and name not in expected:
                continue
            wanted = expected.get(name, DEFAULTS.get(name))
            if isinstance(wanted, float):
                wanted = Decimal(str(wanted))
            assert value == wanted, (name, value, wanted)


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: case["text"][:40])
def test_a_sentence_gives_exactly_its_rows(case: dict[str, Any]) -> None:
    assert_rows(case["text"], case["rows"])


def test_the_collection_is_large_enough() -> None:
    assert len(SENTENCES) >= 150
    assert sum(not case["rows"] for case in SENTENCES) >= 50
    assert len({case["text"] for case in SENTENCES}) == len(SENTENCES)


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: case["text"][:40])
def test_sentence_is_the_text_at_its_span(case: dict[str, Any]) -> None:
    text = "前言，\n" + case["text"] + "\n结尾12345"
    start = text.index(case["text"])
    for row in read_prose(text, [(start, start + len(case["text"]))], YEAR).hotline:
        assert text[row.span[0] : row.span[1]] == row.sentence
        assert row.sentence in case["text"]
        assert row.channel_text in text


VERBS = {
    "received": ("受理", "接听", "接到", "收到", "接收"),
    "transferred": ("转办", "交办", "派单"),
    "answered_directly": ("直接答复", "直办", "自行处理"),
    "completed": ("办结", "结案", "答复完毕"),
    "handled": ("办理", "处理", "回复", "回应"),
}
OBJECTS = ("工单", "诉求", "群众来电", "来信", "各类事项", "案件")
NUMBERS = (
    ("16212件", 16212, False),
    ("1.2万余件", 12000, True),
    ("9.67万件", 96700, False),
    ("近300件", 300, True),
    ("３０５件", 305, False),
    ("二百一十五件", 215, False),
)
RATES = {
    "completion_rate": ("办结率", "结案率"),
    "on_time_rate": ("按时办结率", "按期办结率", "按时答复率"),
    "reply_rate": ("办复率", "回复率", "答复率"),
    "satisfaction_rate": ("满意率", "满意度", "回访满意度"),
    "connect_rate": ("接通率",),
    "direct_rate": ("直接答复率", "直办率", "在线解答率"),
}
PERCENTAGES = (("98.5%", "98.5", False), ("99％", "99", False), ("百分之九十八", "98", False), ("95%以上", "95", True))


@pytest.mark.parametrize("column,verb", [(column, verb) for column, verbs in VERBS.items() for verb in verbs])
@pytest.mark.parametrize("thing", OBJECTS)
@pytest.mark.parametrize("printed,count,approximate", NUMBERS)
def test_every_verb_with_every_object_and_number(
    column: str, verb: str, thing: str, printed: str, count: int, approximate: bool
) -> None:
    text = f"12345热线共{verb}{thing}{printed}。"
    row = {"channel": "hotline_12345", column: count, "approximate": approximate, "unit": "件"}
    assert_rows(text, [row])


@pytest.mark.parametrize("column,words", [(column, words) for column, all_ in RATES.items() for words in all_])
@pytest.mark.parametrize("printed,value,approximate", PERCENTAGES)
@pytest.mark.parametrize("joint", ["", "为", "达", "达到了", "保持在"])
def test_every_rate_with_every_percentage(
    column: str, words: str, printed: str, value: str, approximate: bool, joint: str
) -> None:
    row: dict[str, Any] = {"channel": "hotline_12345", column: Decimal(value), "approximate": approximate}
    if column == "satisfaction_rate":
        row["satisfaction_kind"] = words
    assert_rows(f"12345热线{words}{joint}{printed}。", [row])


CHANNELS = {
    "hotline_12345": ("12345热线", "“12345”政府热线", "12345政务服务便民热线", "市民热线12345", "便民热线"),
    "leader_mailbox": ("县长信箱", "领导信箱", "书记信箱", "县长热线", "区长邮箱"),
    "web_message": ("网民留言", "领导留言板", "网络问政平台", "在线咨询"),
    "agency_phone": ("咨询电话", "监督热线", "值班电话"),
    "other": ("12329热线", "12366热线", "12315", "12388举报电话", "政风行风热线"),
}


@pytest.mark.parametrize("channel,words", [(channel, words) for channel, all_ in CHANNELS.items() for words in all_])
def test_every_channel_keeps_its_words(channel: str, words: str) -> None:
    row = {"channel": channel, "channel_text": words, "received": 31, "unit": "件"}
    assert_rows(f"{words}共受理诉求31件。", [row])


def test_another_year_is_a_figure_where_the_reports_year_is_unknown() -> None:
    row = {"channel": "hotline_12345", "period": "year", "received": 800, "unit": "件"}
    assert_rows("2019年12345热线受理诉求800件。", [row], year=None)


def test_rows_follow_the_text() -> None:
    text = "县长信箱收到来信5封。12345热线受理诉求9件。"
    assert [row.channel for row in prose(text).hotline] == ["leader_mailbox", "hotline_12345"]


def test_parts_are_written_with_their_keys_in_order() -> None:
    (row,) = prose("12345热线受理诉求9件，其中咨询类6件。").hotline
    assert row.breakdown == '[{"count": 6, "kind": "咨询类"}]'


def test_paragraphs_do_not_leak_into_each_other() -> None:
    text = "发挥12345热线作用，\n共受理诉求9件。"
    middle = text.index("\n")
    assert read_prose(text, [(0, middle), (middle + 1, len(text))], YEAR).hotline == ()
    assert len(read_prose(text, [(0, len(text))], YEAR).hotline) == 1


def test_only_the_given_stretches_are_read() -> None:
    text = "12345热线受理诉求9件。\n县长信箱收到来信5封。"
    second = text.index("\n") + 1
    assert [row.received for row in read_prose(text, [(second, len(text))], YEAR).hotline] == [5]


@pytest.mark.parametrize(
    "text",
    [
        f"12345热线受理诉求{'9' * 40}件。",
        "12345热线满意率500%。",
        "12345热线受理诉求300000000000件。",
    ],
)
def test_an_absurd_figure_is_left_out_and_said_so(text: str) -> None:
    found = prose(text)
    assert found.hotline == ()
    assert [(notice.severity, notice.code) for notice in found.notices] == [("warning", "prose_unplaced")]
    assert "12345热线" in found.notices[0].excerpt


@pytest.mark.parametrize(
    "text",
    [
        "12345热线受理诉求3〔不能确定〕62件。",
        "收到政府信息公开申请〔图片〕件。",
        "行政复议1〔图片〕件。",
        "收取信息处理费〔图片〕元。",
    ],
)
def test_a_figure_that_cannot_be_read_whole_is_left_out_and_said_so(text: str) -> None:
    found = prose(text)
    assert (found.hotline, found.statements) == ((), ())
    assert [(notice.severity, notice.code) for notice in found.notices] == [("warning", "prose_unplaced")]
    assert "〔" in found.notices[0].excerpt


def test_of_what_is_nobody_s_figure_it_need_not_be_said_that_it_cannot_be_read() -> None:
    assert prose("12345热线受理诉求9件。开展培训3〔图片〕次。").notices == ()


def test_the_other_figures_of_an_absurd_sentence_stay() -> None:
    found = prose("12345热线受理诉求300件，满意率500%，办结率99%。")
    assert [(row.received, row.satisfaction_rate, row.completion_rate) for row in found.hotline] == [
        (300, None, Decimal(99))
    ]
    assert len(found.notices) == 1


def test_text_without_full_stops_is_reported_not_read() -> None:
    found = prose("12345热线受理诉求300件，办结298件，" * 5000)
    assert found.hotline == ()
    assert [notice.code for notice in found.notices] == ["prose_unplaced"]


@pytest.mark.parametrize(
    "text",
    [
        "12345热线受理诉求300件" + "(" * 1900,
        "12345热线受理诉求300件" + "()" * 900,
        "12345热线受理诉求300件" + ")" * 1900,
        "12345热线受理诉求300件" + "((" * 400 + "))" * 400,
    ],
    ids=["open", "pairs", "closed", "nested"],
)
def test_thousands_of_brackets_change_nothing(text: str) -> None:
    assert [row.received for row in prose(text).hotline] == [300]


def test_words_in_traditional_characters_are_given_as_printed() -> None:
    text = "導語。\n縣長信箱收到來信90件，辦結率300%。"
    found = read_prose(text, [(4, len(text))], 2020)
    (row,) = found.hotline
    assert (row.channel_text, row.sentence) == ("縣長信箱", "縣長信箱收到來信90件")
    assert text[row.span[0] : row.span[1]] == row.sentence
    assert [notice.excerpt for notice in found.notices] == ["辦結率300%"]


@pytest.mark.parametrize("text", ["", "。；，", "12345", "（（（", "%%%件件件12345热线", "1,,,2,,3件12345热线受理"])
def test_scraps_give_nothing(text: str) -> None:
    assert prose(text) == Prose()
