"""The search index made in a process apart: the same bytes as here, whatever becomes of that process."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import sqlite3
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, cast

import pytest

from build import pipeline
from build.pipeline import Means
from build.publish.draft_database import opened
from build.publish.indexing import _IndexingApart, indexing
from build.publish.search_index import Section, create_index, take_over_index
from build.reading.isolation import Apart, forked
from tests.build_histories import built, small_report, texts_of

BATCHES: tuple[list[str], ...] = (["市政府收到申请", "热线受理"], [], ["信访局", "", "政府网站"], ["12345热线"])
WHERE = {'"政府"': [1, 5], '"热线"': [2, 6], '"12345"': [6], '"信访"': [3], '"没有"': []}
"""What stands in ``BATCHES`` in which place, counted by hand."""
COMMAND = (
    "CREATE TABLE sections (report TEXT, position INTEGER, text TEXT, text_start INTEGER, title TEXT, table_spans TEXT,"
    " PRIMARY KEY (report, position))"
)


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    return tmp_path / ".g.db.1.draft"


def write(draft: Path, apart: bool, batches: Iterable[Sequence[str]] = BATCHES) -> None:
    """A database of sections with their index."""
    with indexing(draft.with_name("index"), apart) as index, opened(draft) as database:
        database.conn.execute(COMMAND)
        for number, batch in enumerate(batches):
            database.conn.executemany("INSERT INTO sections VALUES (?, ?, ?, 0, NULL, NULL)", rows(number, batch))
            index.follow(database.conn)
        index.finish(database.conn)


def rows(number: int, batch: Sequence[str]) -> list[tuple[str, int, str]]:
    return [(f"r{number}", at, text) for at, text in enumerate(batch)]


def found(draft: Path) -> dict[str, list[int]]:
    """Where each word of ``WHERE`` is found."""
    with closing(sqlite3.connect(draft)) as connection:
        sql = "SELECT rowid FROM sections_grams WHERE sections_grams MATCH ? ORDER BY rowid"
        return {word: [row for (row,) in connection.execute(sql, [word])] for word in WHERE}


def others() -> list[int]:
    """The processes that this one has begun."""
    return [process.pid for process in multiprocessing.active_children() if process.pid is not None]


@pytest.mark.parametrize("apart", [False, True])
def test_every_word_is_found_where_it_stands(apart: bool, draft: Path) -> None:
    write(draft, apart)
    assert found(draft) == WHERE
    assert [path.name for path in draft.parent.iterdir()] == [draft.name]
    assert not others()


def test_the_bytes_are_the_same_here_and_apart(tmp_path: Path) -> None:
    batches = [[f"第{number}份报告第{at}段，收到申请{number * at}件。" for at in range(40)] for number in range(60)]
    for apart in (False, True):
        write(tmp_path / f"{apart}.db", apart, batches)
    assert (tmp_path / "False.db").read_bytes() == (tmp_path / "True.db").read_bytes()


@pytest.mark.parametrize("apart", [False, True])
def test_a_whole_build_gives_the_same_bytes_with_one_process_and_with_two(
    apart: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = texts_of(tmp_path / "reports", [small_report("东明县人民政府", 2018 + at) for at in range(5)])
    begun = []

    def seen(serve: Callable[[Connection], None]) -> Apart[Any]:
        begun.append(serve)
        return forked(serve)

    monkeypatch.setattr("build.publish.indexing.forked", seen)
    monkeypatch.setattr(pipeline, "WORTH_A_PROCESS", 5 if apart else 6)
    for jobs in (1, 2):
        built(folder, tmp_path / f"{jobs}.db", Means(jobs=jobs))
    assert len(begun) == apart
    assert (tmp_path / "1.db").read_bytes() == (tmp_path / "2.db").read_bytes()


def killing(batches: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    """``batches``, the process that makes the index being killed before the third."""
    for number, batch in enumerate(batches):
        if number == 2:
            (process,) = others()
            os.kill(process, signal.SIGKILL)
        yield batch


def test_an_index_whose_process_was_killed_is_made_here(draft: Path) -> None:
    write(draft, True, killing(BATCHES))
    assert found(draft) == WHERE
    assert [path.name for path in draft.parent.iterdir()] == [draft.name]


class Line:
    """An end of a line on which the second batch is lost, and whose other end says that all is done."""

    def __init__(self) -> None:
        self.sent: list[Sequence[Section] | None] = []

    def send(self, sections: Sequence[Section] | None) -> None:
        self.sent.append(sections)
        if len(self.sent) == 2:
            raise OSError(errno.ENOMEM, "out of memory")

    def recv(self) -> bool:
        return True


def test_an_index_that_lost_sections_on_the_way_is_never_taken_for_whole(draft: Path) -> None:
    line = Line()
    index = _IndexingApart(draft.with_name("index"), cast("Connection[Any, Any]", line))
    with opened(draft) as database:
        database.conn.execute(COMMAND)
        for number, batch in enumerate(BATCHES):
            database.conn.executemany("INSERT INTO sections VALUES (?, ?, ?, 0, NULL, NULL)", rows(number, batch))
            index.follow(database.conn)
        index.finish(database.conn)
    assert found(draft) == WHERE
    assert len(line.sent) == 2


def refuse(monkeypatch: pytest.MonkeyPatch, here: bool, apart: bool = True) -> None:
    """Let the disk be full for what makes the index: apart or ``here``."""
    ours = os.getpid()

    def full(connection: sqlite3.Connection, sections: Iterable[Section]) -> None:
        if here if os.getpid() == ours else apart:
            raise sqlite3.OperationalError("database or disk is full")
        create_index(connection, sections)

    monkeypatch.setattr("build.publish.indexing.create_index", full)


def test_an_index_that_could_not_be_written_apart_is_made_here(draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, here=False)
    write(draft, True)
    assert found(draft) == WHERE


def test_an_index_that_was_made_apart_is_not_made_here_again(draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, here=True, apart=False)
    write(draft, True)
    assert found(draft) == WHERE


@pytest.mark.parametrize("apart", [False, True])
def test_what_went_wrong_is_said_here_and_nothing_stays_behind(
    apart: bool, draft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, here=True)
    with pytest.raises(sqlite3.OperationalError, match="disk is full"):
        write(draft, apart)
    assert [path.name for path in draft.parent.iterdir()] == [draft.name]
    assert not others()


def test_a_build_that_fails_between_two_batches_ends_the_process(draft: Path) -> None:
    def failing() -> Iterator[Sequence[str]]:
        yield BATCHES[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(draft, True, failing())
    assert not others()
    assert [path.name for path in draft.parent.iterdir()] == [draft.name]


@pytest.mark.parametrize("apart", [False, True])
def test_nobody_else_may_read_the_index_while_it_is_made(
    apart: bool, draft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes = []

    def seen(connection: sqlite3.Connection, made: Path) -> None:
        modes.append(stat.S_IMODE(made.stat().st_mode))
        take_over_index(connection, made)

    monkeypatch.setattr("build.publish.indexing.take_over_index", seen)
    write(draft, apart)
    assert modes == [0o600]
