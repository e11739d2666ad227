"""First visits in a browser, in both languages: from three letters to a reference, from a question to a workbook."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import openpyxl
import pytest
from gongkai_site.files.workbook import HEADING_ROWS
from playwright.sync_api import Browser, Page, expect

from .site_server import Site, running

FIGURE = "applications-received-total"
QUESTION = "request_outcomes"
INITIALS, AUTHORITY = "ncs", "360100-government"


@dataclass(frozen=True)
class Visit:
    """A reader's language and browser."""

    language: str
    page: Page


@pytest.fixture(params=["zh-CN", "en-GB"])
def visit(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A first visit; it fails where a script does."""
    context = browser.new_context(locale=request.param)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield Visit(request.param[:2], page)
    context.close()
    assert errors == []


def test_three_letters_lead_to_an_authority_a_figure_its_words_and_a_citation(site: Site, visit: Visit) -> None:
    page = visit.page
    page.goto(f"{site.address}/{visit.language}/")
    page.get_by_role("searchbox").first.fill(INITIALS)
    page.get_by_role("searchbox").first.press("Enter")
    page.locator(f'a[href*="/agencies/{AUTHORITY}"]').first.click()
    page.locator(".over-years tbody a").first.click()
    figure = page.locator(f"#{FIGURE} > a").first
    number = figure.inner_text()
    figure.click()
    words = page.locator(":target")
    assert number in words.inner_text() and page.url.endswith(f"#t-{FIGURE}")
    address = f"{site.address}{urlsplit(page.url).path.removeprefix(f'/{visit.language}')}#{FIGURE}"
    for place in ("standard", "apa", "plain", "address"):
        expect(page.locator(f"#cite-{place}")).to_contain_text(address)
    assert ("Retrieved" in page.locator("#cite-apa").inner_text()) == (visit.language == "en")
    page.goto(address)
    assert page.locator(":target").inner_text().strip().startswith(number)


def test_a_question_leads_to_its_chart_and_to_a_workbook_of_what_the_chart_shows(site: Site, visit: Visit) -> None:
    page = visit.page
    page.goto(f"{site.address}/{visit.language}/")
    page.locator(f'.card a[href="/{visit.language}/gongkai/{QUESTION}"]').click()
    page.locator("select").first.select_option("all")
    page.locator("form input[type=submit], form button[type=submit]").first.click()
    page.locator(".chart-canvas svg, .chart-canvas canvas").wait_for()
    told = page.locator(".chart-told").inner_text()
    with page.expect_download() as waiting:
        page.locator(".download-xlsx a").click()
    book = openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes()))
    rows = [*book.worksheets[0].iter_rows(values_only=True)][HEADING_ROWS:]
    asked = site.json(f"/gongkai/{QUESTION}.json", year="all", _shape="array")
    assert len(rows) == len(asked) > 12
    assert str(len(asked)) in told.replace(",", "")


def test_an_error_is_reported_with_the_figure_and_its_words_filled_in(
    site: Site, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """With a contact there is a link, and following a figure fills it in; without one there is none."""
    (report,) = site.json("/gongkai/reports.json", _shape="array", agency_id=AUTHORITY, _nolabels="on", year=2020)
    path = f"/en/gongkai/reports/{report['id']}"
    assert "report-error" not in site.get(path).text
    database = tmp_path_factory.mktemp("contact") / "gongkai.db"
    database.write_bytes(site.database.read_bytes())
    with running(database, "--contact", "errors@example.org") as served, browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{served.address}{path}#{FIGURE}")
        link = unquote(page.locator("#report-error").get_attribute("href") or "")
        number = page.locator(f"#{FIGURE} > a").inner_text()
        assert link.startswith("mailto:errors@example.org?subject=") and f"reports/{report['id']}#{FIGURE}" in link
        assert re.search(rf"#{FIGURE}\n{number}\n{number}\b", link)
        row = unquote(served.get(f"/en/gongkai/applications/{report['id']},received").text)
        assert f"total: {number}" in row
