"""What a build holds of many reports: no list of all of anything, however many there are."""

from __future__ import annotations

import functools
import gc
import importlib
import inspect
import pkgutil
import sys
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import build
from build import pipeline
from build.limits import Limits
from build.messages import Message
from build.pipeline import Means, build_database
from build.publish import grams, indexing, store
from build.reading.key import Key
from build.reading.ledger import AT_A_TIME, Item
from build.reading.on_disk import OnDisk, Rows
from build.reading.read import Content
from build.reading.reading import Packed, packed
from build.reading.sources import Source, find_sources
from build.report import Identity, Problem, Report, Stated
from tests.assertions import query
from tests.build_histories import quietly
from tests.samples import made_report

REPORTS = 2000
MOST_HELD = 3 * max(AT_A_TIME, store.AT_A_TIME)
"""Reports are entered and inserted some at a time, whatever their number; a third of all of them is no few."""
HELD = (Key, Item, Source, Identity, Report)


def reading_of(content: Content) -> Packed:
    """The reading of a file that holds nothing but a number: a report of an authority and year of its own."""
    number = int(content.data)
    identity = Identity(year=2019 + number % 5, agency=f"第{number // 5}办公室", scope="own")
    digest = f"{number:064}"
    return packed([replace(made_report(identity=identity), id=f"{number:010}", source_file="", sha256=digest)])


def without_reading(tasks: Iterable[tuple[bytes, Content]], _: Limits) -> Iterator[tuple[bytes, Packed]]:
    """An engine that has every reading at once."""
    return ((key, reading_of(content)) for key, content in tasks)


def held() -> dict[str, int]:
    """How many objects of each kind are held."""
    found = dict.fromkeys(HELD, 0)
    for each in gc.get_objects():
        if type(each) in found:
            found[type(each)] += 1
    return {kind.__name__: count for kind, count in found.items()}


def watched(monkeypatch: pytest.MonkeyPatch, room: object, name: str, every: int) -> list[dict[str, int]]:
    """What is held whenever ``name`` is called, of so many calls at one."""
    seen: list[dict[str, int]] = []
    plain: Callable[..., object] = getattr(room, name)
    calls = iter(range(10 * REPORTS))

    def watching(*arguments: object) -> object:
        if next(calls) % every == 0:
            seen.append(held())
        return plain(*arguments)

    monkeypatch.setattr(room, name, watching)
    return seen


def test_a_build_holds_few_of_its_files_and_reports_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(REPORTS):
        (folder / f"{number}.txt").write_text(str(number))
    moments = [
        watched(monkeypatch, pipeline, "manifest_of", 1),
        watched(monkeypatch, pipeline, "unpacked_body", REPORTS // 3),
        watched(monkeypatch, indexing, "create_index", 1),
        watched(monkeypatch, store, "difference", 1),
    ]
    outcome = build_database(
        find_sources([folder]), tmp_path / "g.db", Limits(), quietly, means=Means(engine=without_reading)
    )
    assert outcome.reports == len(outcome.new) == REPORTS
    assert [row["n"] for row in query(tmp_path / "g.db", "SELECT count(*) AS n FROM reports WHERE current")] == [
        REPORTS
    ]
    assert all(moments)
    assert max(count for seen in moments for each in seen for count in each.values()) < MOST_HELD < REPORTS


MOST_REMEMBERED = 8192
"""Results that one function remembers in every process: what is asked again is soon asked again."""
BY_CODE = {("build.reading.codec", "_ways"), ("build.messages", "_entries"), ("build.identity.hints", "_provinces_by")}
"""Functions of classes, catalogues and columns, of which there are as many as the program has."""


def test_no_function_remembers_more_the_more_reports_there_are() -> None:
    """What has no bound is asked without arguments: lists and tables of the program's own."""
    names = [module.name for module in pkgutil.walk_packages(build.__path__, "build.")]
    bounds = {
        (each.__module__, each.__name__): each.cache_info().maxsize
        for module in map(importlib.import_module, (name for name in names if not name.endswith("__main__")))
        for each in vars(module).values()
        if isinstance(each, functools._lru_cache_wrapper) and inspect.signature(each.__wrapped__).parameters
        if each.__module__.startswith("build.")
    }
    assert len(bounds) > 30
    assert {name for name, most in bounds.items() if most is None} <= BY_CODE
    assert max(most for most in bounds.values() if most is not None) <= MOST_REMEMBERED


def test_no_more_pairs_of_characters_are_remembered_than_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grams, "PAIRS_KEPT", 2)
    remembered = grams._GramsOfPairs()
    pairs = [int.from_bytes(both.encode(grams.NATIVE), sys.byteorder) for both in ("公开", "开,", "年报", "公开")]
    assert [remembered[pair] for pair in pairs] == [("公开",), ("开",), ("年报",), ("公开",)]
    assert len(remembered) == 2


def test_problems_are_numbered_within_a_file_without_a_list_of_all_files() -> None:
    def problems(files: int) -> Iterator[Problem]:
        for number in range(files):
            for code in ("first", "second"):
                yield Problem(f"{number:06}.txt", "read", "note", code, Message("a remark", "说明"))

    assert [row["position"] for row in store._problem_rows(problems(2))] == [1, 2, 1, 2]
    tracemalloc.start()
    try:
        for _ in store._problem_rows(problems(REPORTS)):
            pass
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 40 * REPORTS


def test_what_is_kept_on_the_disk_comes_back_by_name_in_order() -> None:
    kept = OnDisk(Stated)
    for name in ("乙", "甲", "乙"):
        kept.put(name, Stated(name, 2020 + len([*kept])))
    assert [*kept] == [Stated("乙", 2022), Stated("甲", 2021)]
    assert (kept.get("甲"), kept.get("丙"), "甲" in kept, "丙" in kept) == (Stated("甲", 2021), None, True, False)


def test_rows_on_the_disk_are_a_sequence() -> None:
    given = [(f"{number}.txt", f"第{number}号") for number in range(5)]
    rows = Rows(iter(given))
    assert (len(rows), rows[1], rows[-1], rows[3:]) == (5, given[1], given[-1], tuple(given[3:]))
    assert rows == tuple(given) and [*rows] == [*rows] == given
    assert (Rows() == (), len(Rows())) == (True, 0)
    with pytest.raises(IndexError):
        rows[5]
