"""Every kind of page is one that everybody can use: checked by axe-core, by keyboard, and on a phone's width."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from datasette import app as datasette_app
from gongkai_site.accessible import mends
from playwright.sync_api import Browser, Page, ViewportSize

from .site_server import Site

COLOURS_READ_ONCE = """{
    const {prototype} = axe.commons.color.Color, read = prototype.parseString, known = new Map();
    prototype.parseString = function (text) {
        const {r, g, b, alpha} = known.get(text) ?? read.call(this, text);
        known.set(text, {r, g, b, alpha});
        return Object.assign(this, {r, g, b, alpha});
    };
}"""
"""axe-core reads the few colours of a page again for each text and what lies below it: a sixth of a report's time."""
AXE: str = Axe().axe_script + COLOURS_READ_ONCE
LANGUAGES = ("zh", "en")
DESK, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=360, height=740)
LOOKS: tuple[tuple[str, ViewportSize, Literal["light", "dark"]], ...] = (("zh", DESK, "light"), ("en", PHONE, "dark"))
"""Each width and each scheme once, and the language in which its colours are measured: both have the same colours."""
WITHOUT_COLOURS = {rule: {"enabled": False} for rule in ("color-contrast", "link-in-text-block")}
RUN_AXE = """async rules => {
    const found = await axe.run({resultTypes: ['violations'], iframes: false, preload: false, rules});
    return found.violations.map(each => `${each.impact} ${each.id}: ${each.nodes[0].html.slice(0, 160)}`);
}"""
HOTLINE = quote("热线")
PATHS = {
    "start": "/",
    "found": f"/find?q={HOTLINE}",
    "nothing found": "/find?q=zzzzqq",
    "database": "/gongkai",
    "table": "/gongkai/checks_full?_size=3",
    "filtered table": "/gongkai/report_summary?year__gte=2020&_facet=level&_size=3",
    "empty table": "/gongkai/reports?year=1900",
    "authorities": "/gongkai/agencies?_size=3",
    "own SQL": "/gongkai?sql=select+id,label+from+reports+limit+5",
    "own SQL that does not run": "/gongkai?sql=selec+1",
    "question": "/gongkai/request_outcomes",
    "search of the texts": f"/gongkai/search_text?q={HOTLINE}",
    "row": "/gongkai/items/received",
    "authority": "/gongkai/agencies/360100-government",
    "place": "/gongkai/divisions/360100",
    "text": "/about/method",
    "dictionary": f"/about/dictionary?q={HOTLINE}",
    "no such page": "/nothing-here",
    "wrong filter": "/gongkai/reports?nope=1",
    "dashboards": "/-/dashboards",
    "dashboard": "/-/dashboards/overview",
}


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """One page for all looks, which loads axe-core with whatever it opens; the site's policy would keep it out."""
    context = browser.new_context(bypass_csp=True)
    context.add_init_script(AXE)
    yield context.new_page()
    context.close()


def paths_of(site: Site) -> dict[str, str]:
    """Kind of page → its path, a report among them."""
    (report, *_) = site.json("/gongkai/reports.json", _shape="array", agency="南昌市人民政府")
    return {**PATHS, "report": f"/gongkai/reports/{report['id']}"}


SETTLED = """() => new Promise(requestAnimationFrame).then(() => new Promise(requestAnimationFrame)).then(() =>
    [...document.querySelectorAll("[data-chart]")].every(box =>
        box.dataset.state === "drawn" || box.getBoundingClientRect().top > innerHeight + 400))"""
"""The page is laid out at its width, and every chart that it shows or is about to show is drawn."""


def faults_of(page: Page, rules: dict[str, dict[str, bool]]) -> list[str]:
    """What axe-core finds, whatever its impact; what is wider than the page. ``rules``: those that are not as usual."""
    faults: list[str] = page.evaluate(RUN_AXE, rules)
    width, room = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    return [*faults, f"{width} wide in {room}"] if width > room else faults


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_kind_of_page_has_a_fault(site: Site, page: Page, language: str) -> None:
    faults = {}
    for kind, path in paths_of(site).items():
        page.set_viewport_size(DESK)
        page.goto(f"{site.address}/{language}{path}", wait_until="load")
        for measured_in, size, scheme in LOOKS:
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            page.wait_for_function(SETTLED)
            if found := faults_of(page, {} if language == measured_in else WITHOUT_COLOURS):
                faults[f"{kind}, {size['width']} {scheme}"] = found
    page.emulate_media(color_scheme="light")
    assert faults == {}


def test_the_first_stop_of_the_keyboard_leads_past_the_head(site: Site, page: Page) -> None:
    page.set_viewport_size(DESK)
    for path in ("/en/", "/en/gongkai/reports"):
        page.goto(site.address + path)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"


def test_a_table_is_sorted_and_filtered_by_keyboard(site: Site, page: Page) -> None:
    page.set_viewport_size(DESK)
    page.goto(f"{site.address}/en/gongkai/report_summary")
    heading = page.locator("th.col-received a")
    heading.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**_sort=received**")
    assert page.locator('th[aria-sort="ascending"]').get_attribute("class") == "col-received"
    page.locator("details.choose-rows > summary").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Column").first.select_option("year")
    page.get_by_label("Value").first.fill("2020")
    page.keyboard.press("Enter")
    page.wait_for_url("**year__exact=2020**")
    assert set(page.locator("td.col-year").all_inner_texts()) == {"2020"}


def test_a_row_is_a_card_of_five_fields_on_a_phone_and_opens_whole(site: Site, page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{site.address}/zh/gongkai/applications_full")
    row = page.locator("table.rows-and-columns tbody tr").first
    shown = row.locator("td:visible:not(.fold-cell)")
    assert shown.count() == 5
    assert shown.first.evaluate("cell => getComputedStyle(cell, '::before').content").strip('"')
    button = row.get_by_role("button")
    button.focus()
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true" and shown.count() > 20
    assert page.get_by_role("link", name="下一页").first.is_visible()


def test_a_table_looks_like_a_table_on_paper(site: Site, page: Page) -> None:
    page.set_viewport_size(DESK)
    page.goto(f"{site.address}/zh/gongkai/reports")
    page.emulate_media(media="print")
    assert not page.locator("form.filters").is_visible() and page.locator("table.rows-and-columns").is_visible()
    page.emulate_media(media="screen")


def test_every_mend_still_fits_the_installed_templates() -> None:
    templates = Path(datasette_app.__file__).parent / "templates"
    for template, pieces in mends()["datasette"].items():
        source = (templates / template).read_text(encoding="utf-8")
        assert [piece for piece in pieces if piece not in source] == []
