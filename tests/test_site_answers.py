"""What a page or an answer is made of, made once: cells, dear answers, long JSON."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from datasette import hookspecs
from datasette.app import Datasette
from datasette.database import Results
from datasette.renderer import CustomJSONEncoder
from datasette.utils import CustomRow
from markupsafe import Markup
from pluggy import HookimplMarker, PluginManager

from .site_server import ROOT, Site, written

if str(ROOT / "plugins") not in sys.path:
    sys.path.append(str(ROOT / "plugins"))

from gongkai_site import cells
from gongkai_site.cells import Rendering, Shape, TableCells
from gongkai_site.dear_answers import DEAR_SECONDS, DearAnswers
from gongkai_site.dear_answers import key_of as question_of
from gongkai_site.long_answers import LongAnswers
from gongkai_site.paging import sorted_by_keys
from json_answers import PIECE_ROWS, LegibleJSON

hookimpl = HookimplMarker("datasette")


def awaited(answer: Coroutine[Any, Any, Any]) -> Any:
    """What a coroutine answers: in a thread of its own, since an open browser has its loop in this one."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, answer).result()


# Cells ----------------------------------------------------------------------------------------------------------------


class Asked:
    """A plugin that knows how often it was asked of a value, and answers for some."""

    def __init__(self) -> None:
        self.values: list[Any] = []

    @hookimpl
    def render_cell(self, value: Any, column: str) -> Any:
        self.values.append(value)
        return Markup("<b>{}</b>").format(value) if column == "bold" else None


class OfRow:
    """A plugin that looks at the row, before every other."""

    @hookimpl(tryfirst=True)
    def render_cell(self, row: Any, value: Any) -> Any:
        async def late() -> str | None:
            return f"{value}?" if row["doubted"] else None

        return late()


@pytest.fixture
def plugins(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """The two plugins alone; the one that answers is given."""
    manager, asked = PluginManager("datasette"), Asked()
    manager.add_hookspecs(hookspecs)
    for plugin in (asked, OfRow()):
        manager.register(plugin)
    monkeypatch.setattr(cells, "pm", manager)
    return asked


def rows(*values: tuple[Any, ...]) -> list[CustomRow]:
    """Rows of columns ``bold``, ``plain`` and ``doubted``."""
    columns = ["bold", "plain", "doubted"]
    return [CustomRow(columns, dict(zip(columns, value, strict=True))) for value in values]


def shown(found: list[CustomRow], is_led: bool = False) -> list[list[Any]]:
    """What stands in the cells of ``found``."""
    shape = Shape("_memory", "things", ["bold", "plain", "doubted"], ["bold"], {"plain": "others"}, is_led, 10)

    async def made() -> list[list[Any]]:
        made_of = TableCells(Datasette(memory=True), shape)
        return [[str(cell["value"]) for cell in await made_of.of(row)] for row in found]

    result: list[list[Any]] = awaited(made())
    return result


def test_a_plugin_is_asked_once_for_each_value_of_a_column(plugins: Asked) -> None:
    assert shown(rows((1, 7, 0), (1, 7, 0), (2, 7, 0))) == [["<b>1</b>", "7", "0"]] * 2 + [["<b>2</b>", "7", "0"]]
    assert sorted(plugins.values) == [0, 1, 2, 7]


def test_a_plugin_that_looks_at_the_row_is_asked_for_each_row(plugins: Asked) -> None:
    assert shown(rows((1, 7, 0), (1, 7, 1))) == [["<b>1</b>", "7", "0"], ["1?", "7?", "1?"]]


def test_values_of_different_types_are_different_values(plugins: Asked) -> None:
    found = shown(rows(*((1, value, 0) for value in (1, 1.0, "1", None, ""))))
    assert [row[1] for row in found] == ["1", "1.0", "1", "&nbsp;", "&nbsp;"]
    of_plain = [value for value in plugins.values if value not in (0, 1, "1")]
    assert len(plugins.values) == 7 and of_plain == [None, ""]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("<i>", "<i>"),
        ("一" * 11, "一" * 10 + "…"),
        ("https://a.cn/b", '<a href="https://a.cn/b">https://a…</a>'),
        ({"value": "a b", "label": "<A>"}, '<a href="/_memory/others/a+b">&lt;A&gt;</a>&nbsp;<em>a b</em>'),
        ({"value": "a", "label": "a"}, '<a href="/_memory/others/a">a</a>'),
        ({"value": "a", "label": ""}, '<a href="/_memory/others/a">-</a>&nbsp;<em>a</em>'),
    ],
)
def test_a_value_of_which_nobody_says_anything(plugins: Asked, value: Any, expected: str) -> None:
    assert shown(rows((1, value, 0)))[0][1] == expected


def test_the_first_cell_of_a_table_leads_to_its_row(plugins: Asked) -> None:
    assert shown(rows(("a/b", 7, 0)), is_led=True) == [['<a href="/_memory/things/a~2Fb">a/b</a>', "7", "0"]]


def test_nothing_is_said_where_no_plugin_answers(plugins: Asked) -> None:
    rendering = Rendering(Datasette(memory=True), "_memory", None)
    assert awaited(rendering.shown({"doubted": 0}, "plain", 7)) is None


# Dear answers ---------------------------------------------------------------------------------------------------------


def results(*found: Any) -> Results:
    return Results(list(found), False, (("a",),))


def test_a_dear_answer_is_kept_a_cheap_one_is_not() -> None:
    kept = DearAnswers()
    kept.keep(("dear",), results((1,)), DEAR_SECONDS)
    kept.keep(("cheap",), results((1,)), DEAR_SECONDS / 2)
    kept.keep(("long",), results(*[(1,)] * 1001), DEAR_SECONDS)
    found = kept.found(("dear",))
    assert found is not None and found.rows == [(1,)]
    assert kept.found(("cheap",)) is None and kept.found(("long",)) is None


def test_what_is_done_with_a_kept_answer_does_not_change_it() -> None:
    kept = DearAnswers()
    kept.keep(("dear",), results((1,), (2,)), 1.0)
    for _ in range(2):
        found = kept.found(("dear",))
        assert found is not None
        assert found.rows.pop() == (2,)


def test_what_was_not_asked_for_longest_goes_first() -> None:
    kept = DearAnswers(most_bytes=3000)
    for name in ("a", "b"):
        kept.keep((name,), results(("x" * 1000,)), 1.0)
    assert kept.found(("a",))
    kept.keep(("c",), results(("x" * 1000,)), 1.0)
    assert [name for name in "abc" if kept.found((name,))] == ["a", "c"]


def test_a_question_is_told_by_its_words_and_parameters() -> None:
    assert question_of("SELECT :a", {"a": 1, "b": "x"}) == question_of("SELECT :a", {"b": "x", "a": 1})
    assert question_of("SELECT :a", {"a": 1}) != question_of("SELECT :a", {"a": "1"})
    assert question_of("SELECT :a", {"a": 1}, 100) != question_of("SELECT :a", {"a": 1}, None)
    assert question_of("SELECT :_now_epoch", {}) is None
    assert question_of("SELECT ?", ["a"]) is None


# Long answers ---------------------------------------------------------------------------------------------------------


def test_so_many_long_answers_are_made_at_a_time() -> None:
    answers = LongAnswers(1)
    first, second = answers.leave(), answers.leave()
    assert first.take() and first.take()
    assert not second.take()
    first.give_back()
    assert second.take()
    second.give_back()
    second.give_back()
    assert first.take() and not second.take()


@pytest.mark.parametrize("count", [0, 1, PIECE_ROWS, PIECE_ROWS + 1, 2 * PIECE_ROWS + 1])
def test_json_in_pieces_is_the_json_of_the_whole(count: int) -> None:
    found = [["机关", place, None, 0.5] for place in range(count)]
    for answer in (found, {"ok": True, "rows": found, "query": {"sql": '"', "rows": []}}):
        assert LegibleJSON().encode(answer) == CustomJSONEncoder(ensure_ascii=False).encode(answer)
        assert json.loads(LegibleJSON().encode(answer)) == answer


# On the site ----------------------------------------------------------------------------------------------------------


def test_the_number_of_relations_that_fail_is_that_of_their_rows(site: Site) -> None:
    statement = written()["databases"]["gongkai"]["queries"]["relations_that_do_not_add_up"]["counted"]
    for year in ("", "all", *{str(row["year"]) for row in site.query("relations_that_do_not_add_up", year="all")}):
        found = site.query("relations_that_do_not_add_up", year=year)
        with site.connect() as connection:
            assert connection.execute(statement, {"year": year}).fetchone()[0] == len(found)


def test_rows_that_are_many_come_as_json_from_the_server_itself(site: Site) -> None:
    answer = site.get("/gongkai/data_dictionary.json", _shape="array")
    assert answer.status == 200 and len(json.loads(answer.text)) > PIECE_ROWS
    assert re.search("[\u4e00-\u9fff]", answer.text)


@pytest.mark.parametrize("table", ["report_summary", "reports"])
def test_the_pages_of_a_sorted_table_hold_every_row_once(site_with_second_text: Site, table: str) -> None:
    found, asked = [], {"_size": "3"}
    while True:
        answer = site_with_second_text.json(f"/gongkai/{table}.json", **asked)
        found += [tuple(row[:1]) for row in answer["rows"]]
        if not answer["next_url"]:
            break
        asked = dict(parse_qsl(urlsplit(answer["next_url"]).query))
    assert len(found) == len(set(found)) == answer["filtered_table_rows_count"]


@pytest.mark.parametrize(
    ("sql", "keys", "expected"),
    [
        ("select a, b from t order by b desc limit 101", ["a"], "select a, b from t order by b desc, [a] limit 101"),
        (
            "select a from [t] where x order by a limit 2",
            ["a", "c"],
            "select a from [t] where x order by a, [c] limit 2",
        ),
        ("select a from t order by b, a limit 101", ["a"], None),
        ("select a from t limit 101", ["a"], None),
        ("select a from v order by b limit 101", [], None),
    ],
)
def test_the_first_page_is_sorted_by_its_keys_besides(sql: str, keys: list[str], expected: str | None) -> None:
    assert sorted_by_keys(sql, keys) == (expected or sql)
