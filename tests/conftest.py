"""Fixtures that several behaviour areas share."""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from build.limits import Limits
from build.publish.counts import write_counts
from build.reading.read import Content
from build.reading.reading import read_packed

from .render import chromium
from .site_server import ROOT, Site, build_database, running

os.environ["LC_ALL"] = "C.UTF-8"
"""What programs say is tested in English, whatever the developer speaks."""

os.environ["OMP_THREAD_LIMIT"] = "1"
"""What reads pictures has one processor of those that the tests share: threads that wait for each other burn them."""

COLLECTED = pytest.StashKey[list[str]]()
"""The names of all tests that this run has found, those included that it was told to leave out."""

FIRST = frozenset({"test_site_accessible", "test_site_report_page", "test_site_scans", "test_site_swap"})
"""Files that take long and would be among the last: one process would have nothing to do while the other runs them."""

GARBAGE = 10_000
"""So many new objects bring the collector of garbage: by itself it comes after 700, and finds little."""
gc.set_threshold(GARBAGE)

DESK = ViewportSize(width=1280, height=720)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep what was found before anything is deselected; let ``FIRST`` run first."""
    config.stash[COLLECTED] = [item.nodeid for item in items]
    items.sort(key=lambda item: item.path.stem not in FIRST)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was loaded and found stays until the end: the collector of garbage need not look through it each time.

    So does what a first reading loads, which each process that is forked to read would load for itself.
    """
    if hasattr(session.config, "workerinput"):
        read_packed(Limits(), Content((ROOT / "reports" / "echeng-2020.txt").read_bytes()))
    gc.collect()
    gc.freeze()


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """In one of several processes: run ``item``, and send the others only what says something.

    Of a test that passed that is one report of three, without its keywords, and neither that it begins nor that it
    ends: to pack and unpack all of them takes as long as many a test.
    """
    if not hasattr(item.config, "workerinput"):
        return None
    for report in runtestprotocol(item, log=False, nextitem=nextitem):
        if report.when == "call" or not report.passed:
            report.keywords = {}
            item.ihook.pytest_runtest_logreport(report=report)
    return True


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site as published: reports/ built and served."""
    database = tmp_path_factory.mktemp("site") / "gongkai.db"
    build_database(ROOT / "reports", database)
    with running(database) as served:
        yield served


@pytest.fixture(scope="session")
def site_with_second_text(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site with a second text of one report, so that one of the two is superseded."""
    folder = tmp_path_factory.mktemp("two-texts")
    reports = folder / "reports"
    shutil.copytree(ROOT / "reports", reports)
    first = next(iter(sorted(reports.glob("nanchang*.txt"))))
    Path(reports / "again.txt").write_text(first.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    build_database(reports, folder / "gongkai.db")
    with running(folder / "gongkai.db") as served:
        yield served


@pytest.fixture(scope="session")
def site_with_unclear_scope(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site with the scope and year of two reports unknown, as where a report does not say."""
    database = tmp_path_factory.mktemp("unclear") / "gongkai.db"
    shutil.copy(site.database, database)
    with closing(sqlite3.connect(database)) as connection, connection:
        for table, key in (("reports", "id"), ("report_summary", "report")):
            city = f"SELECT {key} FROM {table} WHERE agency = '南昌市人民政府'"
            district = f"SELECT {key} FROM {table} WHERE agency = '鄂州市鄂城区人民政府'"
            connection.execute(f"UPDATE {table} SET scope = NULL WHERE {key} IN ({city})")
            connection.execute(f"UPDATE {table} SET year = NULL WHERE {key} IN ({district})")
        write_counts(connection)
    with running(database) as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without it these tests are skipped, or fail where GONGKAI_REQUIRE_TOOLS is set."""
    if chromium.PATH is None:
        if os.environ.get("GONGKAI_REQUIRE_TOOLS"):
            pytest.fail("GONGKAI_REQUIRE_TOOLS is set and no Chromium is installed")
        pytest.skip("no Chromium on the path")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium.PATH, args=list(chromium.FLAGS))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[Page]:
    """One Chinese reader's page for all tests that need no more of a page than that it is empty: see ``emptied``."""
    context = browser.new_context(locale="zh-CN")
    yield context.new_page()
    context.close()


def emptied(page: Page) -> Page:
    """``page`` as if it had just been opened; to open one takes twice as long as to load any of our pages."""
    page.goto("about:blank")
    page.context.clear_cookies()
    page.set_viewport_size(DESK)
    page.emulate_media(media="null", color_scheme="null")
    return page
