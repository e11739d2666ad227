"""The site in a real browser: Chinese text, charts drawn, nothing asked of any other host."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, Page, Request

from .conftest import emptied
from .site_server import Site, written

PAGES = [
    "/",
    "/gongkai",
    "/gongkai/report_summary",
    "/gongkai/checks_full",
    "/gongkai/request_outcomes",
    "/-/dashboards/overview",
]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def page(window: Page) -> Iterator[Page]:
    """A fresh page that fails the test if it asks anything of another host or meets a script error."""
    asked: list[str] = []
    errors: list[str] = []

    def note_request(request: Request) -> None:
        asked.append(request.url)

    def note_error(error: Error) -> None:
        errors.append(str(error))

    opened = emptied(window)
    opened.on("request", note_request)
    opened.on("pageerror", note_error)
    yield opened
    opened.remove_listener("request", note_request)
    opened.remove_listener("pageerror", note_error)
    assert asked and [address for address in asked if is_foreign(address)] == [] and errors == []


def is_foreign(address: str) -> bool:
    """Whether a request leaves this machine."""
    parts = urlsplit(address)
    return parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname != "127.0.0.1"


def test_home_page_is_chinese(site: Site, page: Page) -> None:
    page.goto(site.address)
    assert page.get_by_role("heading", level=1).inner_text().startswith("公开年报库")
    assert page.get_by_role("link", name="总览图表").is_visible()


def test_the_dashboard_draws_every_chart(site: Site, page: Page) -> None:
    page.goto(f"{site.address}/-/dashboards/overview")
    for at, question in enumerate(written()["plugins"]["question-dashboards"]["overview"]["questions"]):
        card = page.locator(f'section[aria-labelledby="card-{question}"]')
        card.scroll_into_view_if_needed()
        card.locator("[data-state=drawn]").wait_for()
        assert page.locator("[data-state=drawn]").count() > at
    assert page.locator(".chart-canvas svg").count() >= 4


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_a_phone(site: Site, page: Page, path: str) -> None:
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    page.goto(site.address + path, wait_until="networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
