"""What a page or an answer is made of, made once: cells, dear answers, finished answers, long JSON."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
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

from gongkai_site import cells, kept_answers
from gongkai_site.bounded_database import BoundedDatabase
from gongkai_site.cells import Rendering, Shape, TableCells, speaking_of
from gongkai_site.dear_answers import DEAR_SECONDS, DearAnswers
from gongkai_site.dear_answers import key_of as question_of
from gongkai_site.kept_answers import Keepable, KeptAnswers
from gongkai_site.long_answers import LongAnswers
from gongkai_site.paging import sorted_by_keys
from gongkai_site.requests import WHOLE
from gongkai_site.settings import Bounds
from gongkai_site.sql_bounds import MEBIBYTE
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
    asked = Asked()
    monkeypatch.setattr(cells, "pm", manager_of(asked, OfRow()))
    return asked


def manager_of(*plugins: Any) -> PluginManager:
    """Datasette's hooks with these plugins alone."""
    manager = PluginManager("datasette")
    manager.add_hookspecs(hookspecs)
    for plugin in plugins:
        manager.register(plugin)
    return manager


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


class OfSomeRows:
    """A plugin that speaks of doubted rows, or of the value 9, alone, and says which cells it was asked of."""

    def __init__(self, told: Any) -> None:
        self.asked: list[Any] = []

        @hookimpl(tryfirst=True)
        @told  # type: ignore[untyped-decorator]
        def render_cell(row: Any, column: str, value: Any) -> str | None:
            self.asked.append(value)
            return f"{value}!" if (row["doubted"] or value == 9) and column == "plain" else None

        self.render_cell = render_cell


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        (speaking_of(), [1, 7, 0, 1, 7, 1, 1, 7, 0]),
        (speaking_of(rows=lambda row: row["doubted"]), [1, 7, 1]),
    ],
)
def test_a_plugin_that_says_of_which_rows_it_speaks_is_asked_of_no_others(
    monkeypatch: pytest.MonkeyPatch, told: Any, asked: list[int]
) -> None:
    plugin = OfSomeRows(told)
    monkeypatch.setattr(cells, "pm", manager_of(plugin))
    assert [row[1] for row in shown(rows((1, 7, 0), (1, 7, 1), (1, 7, 0)))] == ["7", "7!", "7"]
    assert plugin.asked == asked


def test_a_plugin_that_says_of_which_values_it_speaks_is_asked_of_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    plugin = OfSomeRows(speaking_of(values=lambda value: value == 9))
    monkeypatch.setattr(cells, "pm", manager_of(plugin))
    assert [row[1] for row in shown(rows((1, 7, 0), (1, 9, 0), (1, 9, 0)))] == ["7", "9!", "9!"]
    assert plugin.asked == [9, 9]


def test_a_plugin_that_says_of_which_columns_it_speaks_is_asked_of_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    class OfOneColumn:
        @hookimpl
        @speaking_of(columns=lambda _, column: column == "plain")
        def render_cell(self, value: Any, column: str) -> str:
            asked.append((column, value))
            return f"{value}!"

    monkeypatch.setattr(cells, "pm", manager_of(OfOneColumn()))
    assert shown(rows((1, 7, 0), (1, 7, 0), (1, 9, 0))) == [["1", "7!", "0"]] * 2 + [["1", "9!", "0"]]
    assert asked == [("plain", 7), ("plain", 9)]


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


def test_the_shape_of_a_table_is_asked_once_and_nobody_can_change_what_is_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "shapes.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE others (code TEXT PRIMARY KEY)")
        connection.execute("CREATE TABLE things (a INTEGER, b TEXT REFERENCES others (code), PRIMARY KEY (a, b))")
    database = BoundedDatabase(Datasette(memory=True), str(path), Bounds())
    database.name = "shapes"

    async def shapes() -> list[Any]:
        found = [await database.table_columns("things"), await database.primary_keys("things")]
        return [*found, await database.foreign_keys_for_table("things"), await database.primary_keys("absent")]

    expected = [["a", "b"], ["a", "b"], [{"column": "b", "other_table": "others", "other_column": "code"}], []]
    first = awaited(shapes())
    assert first == expected
    first[1].clear()
    first[2][0]["column"] = "a"
    monkeypatch.setattr(BoundedDatabase, "execute_fn", None)  # nobody asks SQLite again
    assert awaited(shapes()) == expected
    database.close()


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


# Kept answers ---------------------------------------------------------------------------------------------------------

START = {"type": "http.response.start", "status": 200, "headers": [(b"etag", b"1")]}


class Maker:
    """Makes the same answer each time, and knows how often it did."""

    def __init__(
        self,
        *pieces: bytes,
        start: dict[str, Any] = START,
        fails: bool = False,
        before: Callable[[], None] = lambda: None,
    ) -> None:
        self.pieces, self.start, self.fails, self.before, self.times = pieces, start, fails, before, 0

    async def __call__(self, send: Any) -> None:
        self.times += 1
        self.before()
        await send(self.start)
        for place, piece in enumerate(self.pieces, 1):
            more = self.fails or place < len(self.pieces)
            await send({"type": "http.response.body", "body": piece, "more_body": more})
        if self.fails:
            raise ConnectionError


class Reader:
    """Takes an answer; ``meanwhile`` happens once it has begun."""

    def __init__(self, meanwhile: Any = None) -> None:
        self.start: dict[str, Any] = {}
        self.body = b""
        self.is_complete = False
        self._meanwhile = meanwhile

    async def __call__(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.start = message
            if self._meanwhile:
                await self._meanwhile()
        else:
            assert not self.is_complete
            self.body += message["body"]
            self.is_complete = not message["more_body"]


@pytest.fixture
def everything_is_dear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_answers, "DEAR_SECONDS", 0)


def answered(kept: KeptAnswers, *asked: tuple[str, Maker]) -> list[Reader]:
    """What readers get who ask one after another."""

    async def all_of_them() -> list[Reader]:
        readers = []
        for name, maker in asked:
            readers.append(Reader())
            with suppress(ConnectionError):
                await kept.answer(name, maker, readers[-1])
        return readers

    found: list[Reader] = awaited(all_of_them())
    return found


@pytest.mark.usefixtures("everything_is_dear")
@pytest.mark.parametrize("pieces", [(b"x",), (b"a", b"b", b"c"), (b"0123456789" * 200_000, b"end"), (b"", b"late")])
def test_a_kept_answer_is_made_once_and_sent_as_it_was(pieces: tuple[bytes, ...]) -> None:
    kept, maker = KeptAnswers(64 * MEBIBYTE), Maker(*pieces)
    for reader in answered(kept, *[("name", maker)] * 3):
        assert (reader.start, reader.body, reader.is_complete) == (START, b"".join(pieces), True)
    assert maker.times == 1
    kept.close()


def test_a_cheap_answer_is_made_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_answers, "DEAR_SECONDS", 3600)
    maker = Maker(b"x")
    answered(KeptAnswers(MEBIBYTE), *[("name", maker)] * 2)
    assert maker.times == 2


@pytest.mark.usefixtures("everything_is_dear")
@pytest.mark.parametrize(
    "maker",
    [
        Maker(b"x", start={**START, "status": 400}),
        Maker(b"half", b"half", fails=True),
        Maker(b"x" * (MEBIBYTE + 1)),
        Maker(b""),
    ],
    ids=["a refusal", "one that broke off", "one too long", "one without a body"],
)
def test_such_an_answer_is_not_kept(maker: Maker) -> None:
    first, second = answered(KeptAnswers(8 * MEBIBYTE), *[("name", maker)] * 2)
    assert maker.times == 2 and first.body == second.body == b"".join(maker.pieces)


@pytest.mark.usefixtures("everything_is_dear")
def test_whoever_has_read_an_answer_to_its_end_finds_it_kept() -> None:
    kept, maker, again = KeptAnswers(MEBIBYTE), Maker(b"half", b"half"), Reader()

    async def asked_at_the_end(message: dict[str, Any]) -> None:
        if not message.get("more_body", True):
            await kept.answer("name", maker, again)

    awaited(kept.answer("name", maker, asked_at_the_end))
    assert maker.times == 1 and again.body == b"halfhalf"
    kept.close()


@pytest.mark.usefixtures("everything_is_dear")
def test_what_a_statement_had_no_time_for_is_not_kept() -> None:
    maker = Maker(b"without the number of all rows", before=lambda: setattr(WHOLE.get(), "is_cut_short", True))
    answered(KeptAnswers(MEBIBYTE), *[("name", maker)] * 2)
    assert maker.times == 2 and WHOLE.get() is None


@pytest.mark.usefixtures("everything_is_dear")
def test_the_answer_that_was_not_asked_for_longest_goes_first() -> None:
    kept, makers = KeptAnswers(20), {name: Maker(b"12") for name in "abcdefghijk"}
    answered(kept, *((name, makers[name]) for name in "abcdefghijakbacd"))
    assert {name: maker.times for name, maker in makers.items()} == dict.fromkeys("aefghijk", 1) | dict.fromkeys(
        "bcd", 2
    )
    kept.close()


@pytest.mark.usefixtures("everything_is_dear")
def test_who_is_being_sent_an_answer_gets_all_of_it_though_it_is_given_up() -> None:
    kept, maker = KeptAnswers(64 * MEBIBYTE), Maker(b"0123456789" * 100_000)

    async def given_up() -> None:
        kept.close()

    async def asked() -> Reader:
        await kept.answer("name", maker, Reader())
        reader = Reader(given_up)
        await kept.answer("name", maker, reader)
        return reader

    reader = awaited(asked())
    assert reader.body == maker.pieces[0] and reader.is_complete and maker.times == 1
    answered(kept, *[("name", maker)] * 2)
    assert maker.times == 3


@pytest.mark.usefixtures("everything_is_dear")
def test_a_full_disk_keeps_nobody_from_an_answer(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    def full(*_: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    for maker in (Maker(b"x"), Maker(b"x" * 3 * MEBIBYTE, b"end")):
        first, second = answered(KeptAnswers(64 * MEBIBYTE), *[("name", maker)] * 2)
        assert first.body == second.body == b"".join(maker.pieces) and maker.times == 2
    assert "No space left" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/", True),
        ("/gongkai", True),
        ("/gongkai/asked", True),
        ("/gongkai/asked.json?_shape=objects&year=all", True),
        ("/gongkai/asked.csv?_stream=on", True),
        ("/-/charts/asked?year=2021", True),
        ("/gongkai/reports", True),
        ("/gongkai/reports?_facet=year", True),
        ("/gongkai/reports.json", True),
        ("/gongkai/reports.csv", False),
        ("/gongkai/reports?_next=100", False),
        ("/gongkai/reports?year=2021", False),
        ("/gongkai/reports/22buh2lls2", False),
        ("/gongkai?sql=select+1", False),
        ("/gongkai/reports?_where=1", False),
        ("/gongkai/asked?sql=select+1", False),
        ("/gongkai.db", False),
        ("/-/health", False),
    ],
)
def test_what_may_be_kept_is_told_by_its_address(address: str, expected: bool) -> None:
    path, _, query = address.partition("?")
    scope = {"method": "GET", "path": path, "query_string": query.encode()}
    assert Keepable("gongkai", ["asked"]).holds_for(scope) is expected
    assert not Keepable("gongkai", ["asked"]).holds_for({**scope, "method": "HEAD"})


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
