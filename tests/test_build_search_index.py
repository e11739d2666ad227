"""The search index: what it finds is what stands in the text, in Chinese, in Latin letters, in figures and in marks."""

from __future__ import annotations

import re
import runpy
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import sqlite_utils
from hypothesis import given, settings
from hypothesis import strategies as st

from build.publish.grams import GAP, GAP_IN_HAN, HAN, grams_in, grams_of, pieces
from build.publish.search_index import create_index, sections_from
from tests.site_server import ROOT

PLUGIN: dict[str, Any] = runpy.run_path(str(ROOT / "plugins" / "search_grams.py"))
TEXTS = (
    "本年信访举报三件,疫情防控信息已公开。",
    "收到12345热线工单697条(办结率99.53%)",
    "政府网站支持IPv6访问,APP同步上线",
    "第一行末尾信\n访两字被切开;2020 年印作分开",
    "规章\t6\n\n规范性文件\t34",
    "Open Government data 、 开放",
    "二〇二〇年度,甲、乙;“三安全一稳定”",
    "全角ＡＢＣ１２３与半角ABC123",
    "编号ＧＫ７８９，印作全角",
)
SECTIONS = (
    "CREATE TABLE sections (report TEXT, position INTEGER, text TEXT, text_start INTEGER, title TEXT, table_spans TEXT,"
    " PRIMARY KEY (report, position))"
)
FOUND = [
    ("信访", {0, 3}),
    ("疫情", {0}),
    ("信访举报", {0}),
    ("访举", {0}),
    ("举报三件,疫情", {0}),
    ("举报三件，疫情", set()),
    ("信", {0, 3}),
    ("访", {0, 2, 3}),
    ("开。", {0}),
    ("12345", {1}),
    ("12345热线", {1}),
    ("1234", set()),
    ("热线12345", set()),
    ("97条", set()),
    ("697条", {1}),
    ("99.53%", {1}),
    ("99", {1}),
    ("(办结率", {1}),
    ("%", {1}),
    ("ipv6", {2}),
    ("IPv", set()),
    ("app", {2}),
    ("IPv6访问", {2}),
    ("2020年", {3}),
    ("规章6", set()),
    ("规范性文件", {4}),
    ("open government", {5}),
    ('"Open Government"', {5}),
    ('"Government Open"', set()),
    ("Government Open", {5}),
    ("二〇二〇年", {6}),
    ("、", {5, 6}),
    ("甲、乙", {6}),
    ("甲乙", set()),
    ("“三安全一稳定”", {6}),
    ("ABC123", {7}),
    ("ａｂｃ１２３", {7}),
    ("GK789", {8}),
    ("ｇｋ７８９", {8}),
    ("疫情 信访", {0}),
    ("疫情 热线", set()),
    ("", set()),
    ("  ", set()),
    ('"', set()),
    ('""', set()),
    ("NOT OR *", set()),
]


def indexed(texts: Iterable[str], path: Path | None = None) -> sqlite3.Connection:
    """A database of one section a text, all prose, indexed, with the site's functions for a reader's words."""
    return with_index(((text, None, None) for text in texts), path)


def with_index(sections: Iterable[tuple[str, str | None, str | None]], path: Path | None = None) -> sqlite3.Connection:
    """A database of sections, each its text, title and stretches of tables, which begins as the first of its report."""
    database = sqlite_utils.Database(sqlite3.connect(path or ":memory:"))
    connection: sqlite3.Connection = database.conn
    connection.execute(SECTIONS)
    rows = [("r", place, text, 0, title, tables) for place, (text, title, tables) in enumerate(sections)]
    connection.executemany("INSERT INTO sections VALUES (?, ?, ?, ?, ?, ?)", rows)
    create_index(connection, sections_from(connection))
    connection.commit()
    PLUGIN["prepare_connection"](connection)
    return connection


def find(connection: sqlite3.Connection, words: str) -> set[int]:
    """Positions of the sections found."""
    sql = (
        "SELECT position FROM sections WHERE rowid IN "
        "(SELECT rowid FROM sections_grams WHERE sections_grams MATCH escape_fts(?))"
    )
    if not PLUGIN["is_told_by_grams"](words):
        return {place for (place,) in connection.execute(f"{sql} AND holds_words(text, ?)", [words, words])}
    return {place for (place,) in connection.execute(sql, [words])}


@pytest.fixture(scope="module")
def connection() -> sqlite3.Connection:
    """The texts above, indexed."""
    return indexed(TEXTS)


@pytest.mark.parametrize(("words", "expected"), FOUND)
def test_words_are_found_where_they_stand(connection: sqlite3.Connection, words: str, expected: set[int]) -> None:
    assert find(connection, words) == expected


@pytest.mark.parametrize(("words", "expected"), FOUND)
def test_a_snippet_is_found_where_the_index_finds(words: str, expected: set[int]) -> None:
    if len(PLUGIN["terms"](words)) == 1:
        times = [PLUGIN["times_found"](text, words) for text in TEXTS]
        assert {position for position, count in enumerate(times) if count} == expected


ALPHABET = "信访举报疫情〇,。、(%“”.-*_'IPv6年1二\n\t é"


@given(texts=st.lists(st.text(ALPHABET, max_size=24), min_size=1, max_size=5), words=st.text(ALPHABET, max_size=6))
@settings(max_examples=400, deadline=None)
def test_index_and_snippet_agree_on_any_text(texts: list[str], words: str) -> None:
    terms = PLUGIN["terms"](words)
    found = find(indexed(texts), words)
    expected = {
        position
        for position, text in enumerate(texts)
        if terms and all(PLUGIN["times_found"](text, f'"{term}"') for term in terms)
    }
    assert found == expected


@given(text=st.text("信访举报疫情,。、(%年度公开", min_size=1, max_size=40), data=st.data())
@settings(max_examples=300, deadline=None)
def test_chinese_is_found_exactly_as_by_comparing_characters(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    words = text[start : data.draw(st.integers(start + 1, len(text)))]
    other = data.draw(st.text("信访举报疫情,。、(%年度公开", max_size=30))
    assert find(indexed([text, other]), words) == {0, *([1] if words in other else [])}


@pytest.mark.parametrize("words", ["cafe", "CAFÉ", "Café", "ｃａｆｅ"])
def test_letters_are_found_in_any_case_with_and_without_marks(words: str) -> None:
    assert find(indexed(["一家CAFÉ", "一家Cafe", "一家cafés", "一家CAF"]), words) == {0, 1}


def find_outside(connection: sqlite3.Connection, words: str) -> set[int]:
    """Positions of the sections that hold ``words`` outside their title and tables."""
    asked = "position FROM sections WHERE rowid IN (SELECT rowid FROM sections_grams WHERE sections_grams MATCH"
    sql = f"SELECT {asked} fts_outside_tables(:q))"
    if not PLUGIN["is_told_by_grams"](words):
        sql += " AND stands_outside_tables(text, text_start, title, table_spans, :q)"
    return {place for (place,) in connection.execute(sql, {"q": words})}


FORM = "二、主动公开\n市局公布\n规章\t6\n行政许可\t70\n另有规章2件,许可证\n行政处罚\t8\n罚没收入9元"


@pytest.mark.parametrize(
    ("words", "everywhere", "outside"),
    [
        ("规章", True, True),
        ("许可", True, True),
        ("行政", True, False),
        ("主动公开", True, False),
        ("主动", True, False),
        ("公开", True, False),
        ("公布", True, True),
        ("公", True, True),
        ("布", True, True),
        ("动", True, False),
        ("70", True, False),
        ("2件", True, True),
        ("行政许可", True, False),
        ("许可证", True, True),
        ("处罚", True, False),
        ("罚没", True, True),
        ("布 罚没", True, True),
        ("布 处罚", True, False),
        ("许可 处罚", True, False),
        ("没有", False, False),
        ("证罚没", False, False),
        ("", False, False),
    ],
)
def test_words_of_the_form_are_told_from_those_of_the_authority(words: str, everywhere: bool, outside: bool) -> None:
    tables = [(FORM.index(begin), FORM.index(end)) for begin, end in (("规章\t6", "另有"), ("行政处罚", "罚没"))]
    connection = with_index([(FORM, "二、主动公开", str([list(stretch) for stretch in tables]))])
    assert find(connection, words) == ({0} if everywhere else set())
    assert find_outside(connection, words) == ({0} if outside else set())


@given(
    text=st.text(ALPHABET, max_size=24),
    cuts=st.lists(st.integers(0, 24), max_size=5),
    words=st.text(ALPHABET, max_size=4),
)
@settings(max_examples=600, deadline=None)
def test_the_index_knows_what_stands_outside_title_and_tables(text: str, cuts: list[int], words: str) -> None:
    """What a title or table cuts in two stands whole nowhere outside."""
    ends = sorted({min(cut, len(text)) for cut in cuts})
    title = text[: ends[0]] if ends else None
    tables = [[first, last] for first, last in zip(ends[1::2], ends[2::2], strict=False)]
    connection = with_index([(text, title, str(tables) if tables else None)])
    terms = PLUGIN["terms"](words)
    edges = [0, len(title or ""), *(edge for table in tables for edge in table), len(text)]
    kept = [text[begin:end] for begin, end in zip(edges[1::2], edges[2::2], strict=True)]
    told = {0} if terms and all(any(stands(part, text, term) for part in kept) for term in terms) else set()
    assert find(connection, words) == ({0} if terms and all(stands(text, text, term) for term in terms) else set())
    assert find_outside(connection, words) == told


def stands(part: str, text: str, term: str) -> bool:
    """Whether ``term`` is found in ``part``, and in the whole ``text`` of which it is one."""
    return all(PLUGIN["times_found"](where, f'"{term}"') for where in (part, text))


PLAIN_GAP = re.compile(rf"(?<=[{HAN}]){GAP}(?=[{HAN}])")


@given(text=st.text("信访〇a1,。 \t\n\n\u3000\x0b", max_size=30))
@settings(max_examples=400, deadline=None)
def test_a_gap_is_what_stands_between_two_chinese_characters(text: str) -> None:
    assert GAP_IN_HAN.sub("", text) == PLAIN_GAP.sub("", text)


@given(text=st.text(f"{ALPHABET}Ｋ７①É²\U00020000\U0001f600", max_size=40))
@settings(max_examples=400, deadline=None)
def test_the_grams_of_a_text_are_those_of_its_pieces(text: str) -> None:
    assert grams_in(text) == {gram for piece in pieces(text) for gram in grams_of(piece)}


def test_no_gram_is_cut_again_by_the_tokenizer(connection: sqlite3.Connection) -> None:
    every = "".join(map(chr, range(0x21, 0x3000))) + "".join(chr(code) for code in (0x4E00, 0x9FA5, 0x20000, 0xE000))
    cut = sorted(grams_in(" ".join(every)))
    connection.execute("CREATE VIRTUAL TABLE temp.cut USING fts5(text)")
    connection.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(temp, cut, instance)")
    marks = [gram for gram in cut if gram >= "\U000f0000"]
    connection.execute("INSERT INTO cut VALUES (?)", [" ".join(marks)])
    (terms,) = connection.execute("SELECT count(*) FROM terms").fetchone()
    assert terms == len(marks)


def test_same_sections_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.db", "b.db"):
        indexed(TEXTS * 50, tmp_path / name).close()
    assert (tmp_path / "a.db").read_bytes() == (tmp_path / "b.db").read_bytes()


def test_the_index_holds_no_text_a_reader_could_see(connection: sqlite3.Connection) -> None:
    assert connection.execute("SELECT DISTINCT text FROM sections_grams").fetchall() == [(None,)]


def test_a_snippet_is_short_and_on_one_line() -> None:
    text = "前" * 50 + "\n\n疫\n情\t" + "后" * 50
    assert PLUGIN["snippet_around"](text, "疫情") == "…" + "前" * 28 + " 疫 情 " + "后" * 29 + "…"
    assert PLUGIN["snippet_around"]("疫情防控", "疫情") == "疫情防控"
    assert PLUGIN["snippet_around"]("别的话", "疫情") == "别的话"
    assert PLUGIN["snippet_around"](None, "疫情") is None
    assert PLUGIN["times_found"]("疫情,疫情", "疫情") == 2


def test_kana_and_signs_that_stand_for_characters_count_as_chinese() -> None:
    assert all(re.match(f"[{HAN}]", sign) for sign in "〇々信ノ")
