"""Sentences made from the grammar's own words: what is written in comes back, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from build.prose import read_prose
from build.report import HotlineFigure, Statement

CHANNELS = {
    "hotline_12345": "“12345”热线",
    "leader_mailbox": "县长信箱",
    "web_message": "网民留言",
    "other": "12329热线",
}
VERBS = {
    "received": ("受理", "接听", "收到"),
    "transferred": ("转办", "交办"),
    "answered_directly": ("直接答复", "自行处理"),
    "completed": ("办结", "结案"),
    "handled": ("办理", "回复"),
    "pending": ("正在办理",),
    "overdue": ("逾期",),
}
RATES = {
    "completion_rate": ("办结率", "结案率"),
    "on_time_rate": ("按时办结率", "按期答复率"),
    "reply_rate": ("办复率", "回复率"),
    "satisfaction_rate": ("满意率", "回访满意度"),
    "connect_rate": ("接通率",),
    "direct_rate": ("直接答复率", "直办率"),
}
PERIODS = {"全年": "year", "2020年，": "year", "截至目前，": "to_date", "累计": "cumulative", "": "unstated"}
NOISE = (
    "政务公开工作扎实推进。",
    "召开会议3次，培训120人次；",
    "制定《关于12345热线300件工单办理的通知》。",
    "力争办结率达到99%；",
    "联系电话：0735-2286123。",
)


@dataclass(frozen=True)
class Figure:
    column: str
    words: str
    printed: str
    value: Decimal
    approximate: bool


def full_width(text: str) -> str:
    return "".join(chr(ord(character) + 0xFEE0) if character.isdigit() else character for character in text)


@st.composite
def counts(draw: st.DrawFn) -> tuple[str, Decimal, bool]:
    """A count as printed, its value, whether it is approximate."""
    value = draw(st.integers(min_value=0, max_value=999_999))
    tenths = draw(st.integers(min_value=1, max_value=9_999))
    return draw(
        st.sampled_from(
            [
                (f"{value}件", Decimal(value), False),
                (f"{value:,}件", Decimal(value), False),
                (f"{full_width(str(value))}件", Decimal(value), False),
                (f"{value}余件", Decimal(value), True),
                (f"近{value}件", Decimal(value), True),
                (f"{Decimal(tenths) / 100}万件", Decimal(tenths) * 100, False),
                (f"{Decimal(tenths) / 10}万余件", Decimal(tenths) * 1000, True),
            ]
        )
    )


@st.composite
def percentages(draw: st.DrawFn) -> tuple[str, Decimal, bool]:
    """A percentage as printed, its value, whether it is approximate."""
    value = Decimal(draw(st.integers(min_value=0, max_value=1000))) / 10
    return draw(
        st.sampled_from(
            [
                (f"{value}%", value, False),
                (f"达{value}％", value, False),
                (f"为{value}%", value, False),
                (f"{value}%以上", value, True),
            ]
        )
    )


@st.composite
def figures(draw: st.DrawFn) -> list[Figure]:
    """Some counts, then some rates, no column twice."""
    verbs = draw(st.lists(st.sampled_from(sorted(VERBS)), unique=True, max_size=4))
    rates = draw(st.lists(st.sampled_from(sorted(RATES)), unique=True, min_size=0 if verbs else 1, max_size=3))
    found = [Figure(column, draw(st.sampled_from(VERBS[column])), *draw(counts())) for column in verbs]
    found += [Figure(column, draw(st.sampled_from(RATES[column])), *draw(percentages())) for column in rates]
    return found


def sentence(channel: str, period: str, parts: list[Figure], comma: str) -> str:
    clauses = [f"{part.words}{part.printed}" for part in parts]
    return f"{period}{CHANNELS[channel]}{clauses[0]}" + "".join(comma + clause for clause in clauses[1:])


def assert_reads(row: HotlineFigure, channel: str, period: str, parts: list[Figure]) -> None:
    expected = {part.column: part.value for part in parts}
    for column in (*VERBS, *RATES):
        assert getattr(row, column) == expected.get(column), column
    assert (row.channel, row.channel_text, row.period) == (channel, CHANNELS[channel], PERIODS[period])
    assert row.approximate == any(part.approximate for part in parts)
    assert row.breakdown is None


@given(
    st.sampled_from(sorted(CHANNELS)),
    st.sampled_from(sorted(PERIODS)),
    figures(),
    st.sampled_from("，,、"),
    st.lists(st.sampled_from(NOISE), max_size=2),
)
@settings(max_examples=250, deadline=None)
def test_a_generated_sentence_comes_back(
    channel: str, period: str, parts: list[Figure], comma: str, noise: list[str]
) -> None:
    stated = sentence(channel, period, parts, comma)
    text = "".join(noise) + stated + "。" + "".join(noise)
    found = read_prose(text, [(0, len(text))], 2020)
    assert len(found.hotline) == 1
    assert_reads(found.hotline[0], channel, period, parts)
    assert found.hotline[0].sentence == stated


@given(
    st.lists(st.tuples(st.sampled_from(sorted(CHANNELS)), figures()), min_size=1, max_size=3, unique_by=lambda x: x[0])
)
@settings(max_examples=100, deadline=None)
def test_one_sentence_a_channel_gives_one_row_a_channel(stated: list[tuple[str, list[Figure]]]) -> None:
    text = "；".join(sentence(channel, "", parts, "，") for channel, parts in stated) + "。"
    rows = read_prose(text, [(0, len(text))], 2020).hotline
    assert len(rows) == len(stated)
    for row, (channel, parts) in zip(rows, stated, strict=True):
        assert_reads(row, channel, "", parts)


@given(st.sampled_from(sorted(CHANNELS)), figures(), st.sampled_from("；;"))
@settings(max_examples=100, deadline=None)
def test_a_channel_goes_on_behind_a_semicolon_where_nothing_else_is_named(
    channel: str, parts: list[Figure], semicolon: str
) -> None:
    text = sentence(channel, "", parts, semicolon) + "。"
    rows = read_prose(text, [(0, len(text))], 2020).hotline
    assert len(rows) == 1
    assert_reads(rows[0], channel, "", parts)


@given(figures(), st.sampled_from(("制发文件", "办理案件", "答复提案", "全县办结", "办结信息公开申请", "举办培训")))
@settings(max_examples=60, deadline=None)
def test_another_thing_behind_a_semicolon_adds_nothing_to_the_channel(parts: list[Figure], other: str) -> None:
    text = sentence("hotline_12345", "", parts, "，") + f"；{other}77件。"
    rows = read_prose(text, [(0, len(text))], 2020).hotline
    assert len(rows) == 1
    assert_reads(rows[0], "hotline_12345", "", parts)


@given(
    st.text(
        alphabet="12345热线信箱受理办结转回复率满意%件条，、。；（）()其中占由到和同比增长共0 9.万余《》“”\n第二",
        max_size=120,
    )
)
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_without_error_and_quoted_exactly(text: str) -> None:
    found = read_prose(text, [(0, len(text))], 2020)
    rows: list[HotlineFigure | Statement] = [*found.hotline, *found.statements]
    for row in rows:
        assert text[row.span[0] : row.span[1]] == row.sentence
