"""What one visitor may take: memory, time, places; and what pages notice of it."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from gongkai_site.sql_bounds import authorize

from scripts.siege import memory_of

from .site_server import Site, metadata

NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) "
FOR_EVER = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
UNINTERRUPTIBLE = "SELECT instr(hex(zeroblob(4000000)), hex(zeroblob(1999999)) || '1')"
BOUNDS = metadata()["plugins"]["web-server"]
MEBIBYTE = 1024 * 1024


@contextmanager
def watching_memory(site: Site) -> Iterator[list[int]]:
    """What the server has in memory, looked at again and again."""
    seen, done = [memory_of(site.process)], threading.Event()

    def watch() -> None:
        while not done.wait(0.1):
            seen.append(memory_of(site.process))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield seen
    finally:
        done.set()
        watcher.join()


def of_client(number: int) -> dict[str, str]:
    """Headers of a request that comes from one of several visitors."""
    return {"X-Forwarded-For": f"10.0.0.{number}"}


BOMBS = [
    NUMBERS.format(10_000) + "SELECT zeroblob(100000) FROM n",
    "SELECT randomblob(1000000000)",
    NUMBERS.format(10_000) + "SELECT hex(zeroblob(4000000)) FROM n",
    NUMBERS.format(10_000) + "SELECT group_concat(hex(randomblob(10000))) FROM n",
    NUMBERS.format(10_000) + "SELECT a.i, b.i FROM n a, n b ORDER BY random()",
    "SELECT replace(hex(zeroblob(3000000)), '00', hex(zeroblob(1000)))",
]


def test_no_statement_takes_more_memory_than_it_may(site: Site) -> None:
    with watching_memory(site) as seen, ThreadPoolExecutor(2) as visitors:
        answers = list(visitors.map(lambda n: site.get("/gongkai.json", of_client(n), sql=BOMBS[n]), range(len(BOMBS))))
    assert {answer.status for answer in answers} == {400}
    assert max(seen) < BOUNDS["memory_mebibytes"] * MEBIBYTE
    assert site.get("/").status == 200


def test_a_long_blob_is_shown_or_refused_but_no_failure(site: Site) -> None:
    for path in ("/gongkai.json", "/gongkai", "/gongkai.csv"):
        assert site.get(path, sql="SELECT zeroblob(8000000)").status in {200, 400}


@pytest.mark.parametrize("sql", [FOR_EVER, UNINTERRUPTIBLE], ids=["endless", "not interruptible"])
@pytest.mark.parametrize("path", ["/gongkai.json", "/gongkai.csv"])
def test_the_time_limit_ends_every_statement(site: Site, sql: str, path: str) -> None:
    answer = site.get(path, sql=sql, _timelimit=500)
    assert answer.status == 400 and "超过了限额" in answer.text


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT load_extension('x')",
        "SELECT fts3_tokenizer('x')",
        "SELECT * FROM pragma_database_list",
        "SELECT * FROM pragma_compile_options",
        "SELECT writefile('/tmp/x', 'y')",
    ],
)
def test_what_only_helps_an_attacker_is_taken_away(site: Site, sql: str) -> None:
    answer = site.get("/gongkai.json", sql=sql)
    assert answer.status == 400 and str(site.database.parent) not in answer.text


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT name FROM pragma_table_info('reports') LIMIT 2",
        "SELECT name FROM sqlite_master LIMIT 2",
        "SELECT value FROM json_each('[1, 2]')",
        "SELECT label FROM reports WHERE label LIKE '%市%'",
        "WITH s AS (SELECT 1 UNION SELECT 2) SELECT * FROM s",
        "SELECT text FROM sections WHERE rowid IN (SELECT rowid FROM sections_grams WHERE sections_grams MATCH 'x')",
        "SELECT code_label('level', 'county', 'zh')",
    ],
)
def test_what_a_journalist_needs_stays(site: Site, sql: str) -> None:
    assert site.get("/gongkai.json", sql=sql).status == 200


def test_one_client_runs_one_statement_at_a_time_and_is_asked_to_come_back(site: Site) -> None:
    with ThreadPoolExecutor(4) as visitor:
        answers = list(visitor.map(lambda _: site.get("/gongkai.json", sql=FOR_EVER, _timelimit=2000), range(4)))
    busy = [answer for answer in answers if answer.status == 429]
    assert {answer.status for answer in answers} == {400, 429}
    for answer in busy:
        assert int(answer.headers["Retry-After"]) == BOUNDS["retry_after_seconds"]
        assert json.loads(answer.body)["retry_after"] == BOUNDS["retry_after_seconds"]
        assert "请过" in json.loads(answer.body)["error_zh"]


def test_pages_do_not_wait_for_statements_of_others(site: Site) -> None:
    (report,) = site.json("/gongkai/reports.json", _shape="array", agency="南昌市人民政府")
    paths = ["/", "/gongkai/applications", f"/gongkai/reports/{report['id']}"]
    done = threading.Event()

    def repeat(number: int) -> None:
        while not done.is_set():
            site.get("/gongkai.json", of_client(number), sql=FOR_EVER, _timelimit=1000)

    with ThreadPoolExecutor(20) as visitors:
        running = [visitors.submit(repeat, number) for number in range(20)]
        try:
            time.sleep(0.5)
            answers = [site.get(path) for path in paths * 3]
            assert not any(visitor.done() for visitor in running)
        finally:
            done.set()
    assert {answer.status for answer in answers} == {200}


def test_a_slow_reader_holds_no_place(site: Site) -> None:
    """Two downloads at once may be made; four readers who do not read leave room for a fifth who does."""
    with ThreadPoolExecutor(4) as readers:
        slow = [site.open_without_reading("/gongkai/applications_full.csv?_stream=on", f"10.1.0.{n}") for n in range(4)]
        try:
            answer = readers.submit(site.get, "/gongkai/reviews.csv", of_client(9), _stream="on")
            assert answer.result(timeout=30).status == 200
        finally:
            for each in slow:
                each.close()


@pytest.mark.parametrize(
    ("action", "first", "second", "is_allowed"),
    [
        (sqlite3.SQLITE_SELECT, None, None, True),
        (sqlite3.SQLITE_READ, "reports", "year", True),
        (sqlite3.SQLITE_READ, "Pragma_Database_List", "file", False),
        (sqlite3.SQLITE_FUNCTION, None, "instr", True),
        (sqlite3.SQLITE_FUNCTION, None, "Load_Extension", False),
        (sqlite3.SQLITE_PRAGMA, "Table_Info", "reports", True),
        (sqlite3.SQLITE_PRAGMA, "journal_mode", None, False),
        (sqlite3.SQLITE_UPDATE, "sqlite_master", "sql", True),
        (sqlite3.SQLITE_UPDATE, "reports", "year", False),
        (sqlite3.SQLITE_INSERT, "reports", None, False),
        (sqlite3.SQLITE_INSERT, "sqlite_master", None, False),
        (sqlite3.SQLITE_DELETE, "reports", None, False),
        (sqlite3.SQLITE_ATTACH, "x.db", None, False),
        (sqlite3.SQLITE_CREATE_VTABLE, "json_each", "json_each", True),
        (sqlite3.SQLITE_CREATE_VTABLE, "Pragma_Vfs_List", "pragma_vfs_list", False),
    ],
)
def test_a_statement_may_read_and_nothing_else(
    action: int, first: str | None, second: str | None, is_allowed: bool
) -> None:
    assert authorize(action, first, second, "main", None) == (sqlite3.SQLITE_OK if is_allowed else sqlite3.SQLITE_DENY)
