"""The report page: the form as printed, figures linked to their words and back, in a browser, on a phone, on paper."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from gongkai_site.citations import Citation, Reference, cite, data_version
from gongkai_site.pages.report.marked_text import marked_sections
from gongkai_site.pages.report.stretches import Stretch
from gongkai_site.texts import Text, Words
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from build import forms
from tests.render import LAYOUTS, Options, Printed
from tests.samples import report_text, sound_figures

from .conftest import emptied
from .site_server import Site, build_database, running, written

VOID = {"meta", "link", "input", "br", "hr", "img", "path"}
PHONE_WIDTH = 390
CONTACT = "联系人:张三,手机13812345678。"


class Reading(HTMLParser):
    """A page as read: ids with their attributes and text, links, and whether every tag closes what it opened."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.attributes: dict[str, dict[str, str]] = {}
        self.texts: dict[str, str] = {}
        self.links: list[str] = []
        self.twice: list[str] = []
        self.badly_nested: list[str] = []
        self._open: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        own = found.get("id", "")
        if own:
            self.twice += [own] if own in self.attributes else []
            self.attributes[own], self.texts[own] = found, ""
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
            self.badly_nested += [found["href"]] if any(name == "a" for name, _ in self._open) else []
        if tag not in VOID:
            self._open.append((tag, own))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and (not self._open or self._open.pop()[0] != tag):
            self.badly_nested.append(tag)

    def handle_data(self, data: str) -> None:
        for _, own in self._open:
            if own:
                self.texts[own] += data


@cache
def read_page(site: Site, report: str) -> Reading:
    """The page of a report, read once."""
    return Reading(site.get(f"/gongkai/reports/{report}").text)


def page_of(site: Site, agency: str) -> tuple[str, Reading]:
    """(id, page) of the report of ``agency``."""
    (report,) = site.json("/gongkai/reports.json", _shape="array", agency=agency, _nolabels="on")
    return report["id"], read_page(site, report["id"])


def every_page(site: Site) -> Iterator[tuple[str, Reading]]:
    """(id, page) of every report."""
    for report in site.json("/gongkai/reports.json", _shape="array", _nolabels="on"):
        yield report["id"], read_page(site, report["id"])


@pytest.fixture(scope="module")
def odd_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Reports of other shapes: form 2021, a hybrid, blanks dropped or printed, a mirror's address, a contact person."""
    folder = tmp_path_factory.mktemp("odd")
    reports = folder / "reports"
    reports.mkdir()
    new = sound_figures(forms.FORM_2021, "青山县人民政府", 2022)
    rows = {**new.applications, "granted": {**new.applications["granted"], "business": None}}
    blank = replace(new, applications=rows)
    write(reports / "new.txt", LAYOUTS["lines_between_blanks"](blank, Options(blank="slash")))
    hybrid = sound_figures(forms.FORM_2021, "白水县人民政府", 2021)
    documents = {
        place: cell
        for place, cell in sound_figures().disclosures.items()
        if place[1] in {"made", "published", "public_total"}
    }
    others = {
        place: cell for place, cell in hybrid.disclosures.items() if place[1] not in {"issued", "repealed", "in_force"}
    }
    mixed = replace(hybrid, disclosures={**documents, **others}, documents_form=forms.FORM_2019)
    write(reports / "mixed.txt", LAYOUTS["pipe_rows_with_fillers"](mixed, Options()))
    money = {**sound_figures().disclosures, ("procurement", "amount"): Printed("251000元")}
    plain = replace(sound_figures(), disclosures=money)
    write(reports / "mirror.txt", report_text(above="<b>&amp;", below=CONTACT, figures=plain))
    write(
        reports / "mirror.txt.meta.yml",
        "source_url: https://mirror.example/a?b=1\nsource_kind: mirror\nagency: 东明县人民政府\n",
    )
    build_database(reports, folder / "gongkai.db")
    with running(folder / "gongkai.db") as served:
        yield served


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


@pytest.fixture(params=["published", "odd"])
def either_site(request: pytest.FixtureRequest) -> Site:
    """The published site, and the one with reports of other shapes."""
    served: Site = request.getfixturevalue("site" if request.param == "published" else "odd_site")
    return served


# Links and fragments -------------------------------------------------------------------------------------------


def test_tags_nest_and_fragments_are_unique(either_site: Site) -> None:
    for report, page in every_page(either_site):
        assert (page.twice, page.badly_nested) == ([], []), report


def test_every_link_within_the_page_arrives(either_site: Site) -> None:
    for report, page in every_page(either_site):
        fragments = {link[1:] for link in page.links if link.startswith("#")}
        assert len(fragments) > 100
        assert fragments - set(page.attributes) == set(), report


def test_every_subject_of_a_check_is_on_the_page(either_site: Site) -> None:
    with closing(either_site.connect()) as connection:
        rows = connection.execute("SELECT report, subject FROM checks").fetchall()
    pages = dict(every_page(either_site))
    assert [(report, subject) for report, subject in rows if subject not in pages[report].attributes] == []


def test_every_figure_leads_to_its_words_and_back(either_site: Site) -> None:
    for report, page in every_page(either_site):
        for cell, words in figures_of(either_site, report):
            assert f"#t-{cell}" in page.links and f"#{cell}" in page.links, cell
            assert page.texts[f"t-{cell}"].strip() == words.strip()


def figures_of(site: Site, report: str) -> Iterator[tuple[str, str]]:
    """(fragment, words) of every figure that has a place of its own in the text."""
    with closing(site.connect()) as connection:
        text = "".join(
            row[0]
            for row in connection.execute("SELECT text FROM sections WHERE report = ? ORDER BY position", [report])
        )
        for table, key in (("applications", "item"), ("reviews", "channel")):
            for code, spans in connection.execute(f"SELECT {key}, cell_spans FROM {table} WHERE report = ?", [report]):
                for column, (start, end) in json.loads(spans).items():
                    yield f"{table}-{code}-{column}", text[start:end]
        for item, measure, start, end in connection.execute(
            "SELECT item, measure, text_start, text_end FROM disclosures WHERE report = ?", [report]
        ):
            yield f"disclosures-{item}-{measure}", text[start:end]


def test_the_text_is_shown_whole(either_site: Site) -> None:
    for report, page in every_page(either_site):
        with closing(either_site.connect()) as connection:
            for position, text in connection.execute("SELECT position, text FROM sections WHERE report = ?", [report]):
                assert page.texts[f"sections-{position}"] == text


# The form ------------------------------------------------------------------------------------------------------


def test_cells_show_the_figures_of_the_database(site: Site) -> None:
    report, page = page_of(site, "保山市人民政府办公室")
    with closing(site.connect()) as connection:
        rows = connection.execute(
            "SELECT item, natural_person, business, total FROM applications WHERE report = ?", [report]
        )
        for item, person, business, total in rows:
            for column, count in (("natural_person", person), ("business", business), ("total", total)):
                shown = page.texts[f"applications-{item}-{column}"].replace("≠", "").replace("≈", "").strip()
                assert shown == ("" if count is None else str(count)), (item, column)


def test_blank_inferred_and_failing_cells_are_told_apart(site: Site) -> None:
    _, page = page_of(site, "保山市人民政府办公室")
    kinds = {
        "applications-granted-natural_person": {"figure", "inferred"},
        "applications-granted-business": {"blank"},
        "applications-received-total": {"figure", "inferred", "fails-on-inferred"},
        "reviews-lawsuit_after_reconsideration-total": {"figure", "fails"},
        "reviews-reconsideration-total": {"figure"},
    }
    assert {cell: set(page.attributes[cell]["class"].split()) for cell in kinds} == kinds
    assert "空白" in page.attributes["applications-granted-business"]["title"]


def test_a_cell_that_a_value_without_column_may_belong_to_is_not_called_blank(site: Site) -> None:
    _, page = page_of(site, "三明市人民政府办公室")
    kinds = [page.attributes[f"applications-{item}-business"]["class"] for item in ("received", "brought_forward")]
    assert kinds == ["unplaced", "blank"]


def test_a_blank_says_how_it_was_printed_and_is_no_zero(odd_site: Site) -> None:
    _, page = page_of(odd_site, "青山县人民政府")
    assert page.texts["applications-granted-business"].strip() == ""
    assert "印作 /" in page.attributes["applications-granted-business"]["title"]


def test_the_form_of_2021_has_its_own_rows(odd_site: Site) -> None:
    _, page = page_of(odd_site, "青山县人民政府")
    assert {"applications-other_rest-total", "disclosures-charge-amount", "disclosures-licence-decisions"} <= set(
        page.attributes
    )
    assert not {"applications-other-total", "disclosures-licence-previous", "disclosures-procurement-amount"} & set(
        page.attributes
    )


def test_a_hybrid_shows_each_sub_table_in_the_form_it_is_printed_in(odd_site: Site) -> None:
    _, page = page_of(odd_site, "白水县人民政府")
    assert {"disclosures-government_rule-made", "disclosures-licence-decisions"} <= set(page.attributes)
    assert not {"disclosures-government_rule-issued", "disclosures-licence-previous"} & set(page.attributes)


@pytest.mark.parametrize(
    ("agency", "rows", "columns"), [("鄂州市鄂城区人民政府", 23, 7), ("三明市人民政府办公室", 23, 7)]
)
def test_section_three_is_laid_out_like_the_form(site: Site, agency: str, rows: int, columns: int) -> None:
    report, _ = page_of(site, agency)
    page = site.get(f"/gongkai/reports/{report}").text
    table = page[page.index('data-table="applications"') :]
    body = table[table.index("<tbody>") : table.index("</tbody>")]
    assert body.count("<tr>") == rows and len(re.findall(r"<td id=", body)) == rows * columns
    spans = [int(span) for span in re.findall(r'rowspan="(\d+)"', body)]
    assert spans == [20, 8, 3, 5]
    head = table[: table.index("<tbody>")]
    assert head.count("<tr>") == 3 and len(re.findall(r"<th ", head)) == 2 + 3 + 5


def test_section_four_is_one_line_under_three_levels(site: Site) -> None:
    report, _ = page_of(site, "鄂州市鄂城区人民政府")
    page = site.get(f"/gongkai/reports/{report}").text
    table = page[page.index('data-table="reviews"') :]
    assert table[: table.index("<tbody>")].count("<tr>") == 3
    assert table[table.index("<tbody>") : table.index("</tbody>")].count("<td") == 15


def test_money_is_shown_as_printed_with_its_conversion(odd_site: Site) -> None:
    _, page = page_of(odd_site, "东明县人民政府")
    assert page.texts["disclosures-procurement-amount"].replace(" ", "").startswith("251000元=25.1万元")


def test_hotline_figures_stand_with_their_sentence(site: Site) -> None:
    report, page = page_of(site, "保山市人民政府办公室")
    with closing(site.connect()) as connection:
        (sentence,) = connection.execute(
            "SELECT sentence FROM hotline WHERE report = ? AND received = 16212", [report]
        ).fetchone()
    places = [own for own in page.attributes if own.startswith("hotline-") and own.endswith("-received")]
    assert [page.texts[place] for place in places if "16212" in page.texts[place]]
    assert any(page.texts[own] == sentence for own in page.attributes if own.startswith("t-hotline-"))


def test_hotline_figures_name_their_unit_and_what_the_report_calls_them(site: Site) -> None:
    _, page = page_of(site, "鄂州市鄂城区人民政府")
    assert page.texts["hotline-1-handled"].endswith("14850件")
    assert page.texts["hotline-1-completion_rate"].endswith("98.7%")
    assert page.texts["hotline-1-satisfaction_rate"].startswith("回访满意度")


def test_what_kind_a_figure_of_the_prose_is_stands_in_words(site: Site) -> None:
    _, page = page_of(site, "鄂州市鄂城区人民政府")
    assert "办理申请" in page.texts["statements-1"] and "applications_dealt_with" not in page.texts["statements-1"]


CORRECTED = [
    ("applications-closed-total", 0, 15, "confirmed"),
    ("applications-received-total", 15, 16, "reported"),
    ("applications-granted-total", 15, 17, "withdrawn"),
    ("hotline-1-handled", 14850, 14851, "confirmed"),
]


@pytest.fixture(scope="module")
def corrected_site(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site with a correction of every status."""
    database = tmp_path_factory.mktemp("corrected") / "gongkai.db"
    shutil.copy(site.database, database)
    with closing(sqlite3.connect(database)) as connection, connection:
        (report,) = connection.execute("SELECT id FROM reports WHERE agency = '鄂州市鄂城区人民政府'").fetchone()
        connection.executemany(
            "INSERT INTO corrections (report, position, subject, printed, printed_value, corrected_value, error_of, "
            "reason, confirmed_by, date, status) "
            "VALUES (?, ?, ?, ?, ?, ?, 'source', '核对原件', '档案室', '2026-01-06', ?)",
            [
                (report, position, subject, str(printed), printed, corrected, status)
                for position, (subject, printed, corrected, status) in enumerate(CORRECTED, 1)
            ],
        )
        connection.execute(
            """UPDATE applications SET corrected_cells = '{"total": 15}' WHERE report = ? AND item = 'closed'""",
            (report,),
        )
        connection.execute(
            """UPDATE report_summary SET corrected_cells = '{"closed": "applications-closed-total: 0 → 15"}'"""
            " WHERE report = ?",
            (report,),
        )
        connection.execute(
            "INSERT INTO problems (source_file, position, report, stage, severity, code, message, message_zh, excerpt,"
            " acknowledged, acknowledged_why)"
            " VALUES ('x.txt', 1, ?, 'parse', 'note', 'images', 'Images.', '图片。', '', '2026-02-01', '看过 (编辑)')",
            (report,),
        )
    with running(database) as served:
        yield served


def test_only_a_correction_that_stands_is_set_beside_its_figure(corrected_site: Site) -> None:
    _, page = page_of(corrected_site, "鄂州市鄂城区人民政府")
    beside = {subject: f"更正 {value}" in page.texts[subject] for subject, _, value, _ in CORRECTED}
    assert beside == {subject: status == "confirmed" for subject, _, _, status in CORRECTED}


@pytest.mark.parametrize(
    ("table", "marked"),
    [
        ("applications", "更正为 15</strong>"),
        ("applications_full", "更正为 15</strong>"),
        ("report_summary", 'title="applications-closed-total: 0 → 15">更正</strong>'),
    ],
)
def test_every_table_marks_what_stands_corrected(corrected_site: Site, table: str, marked: str) -> None:
    report, _ = page_of(corrected_site, "鄂州市鄂城区人民政府")
    page = corrected_site.get(f"/zh/gongkai/{table}?report={report}").text
    assert page.count('<strong class="corrected"') == 1
    assert marked in page
    assert '<strong class="corrected"' not in corrected_site.get(f"/zh/gongkai/{table}?report__not={report}").text


def test_what_the_publisher_has_looked_at_is_marked(corrected_site: Site) -> None:
    report, _ = page_of(corrected_site, "鄂州市鄂城区人民政府")
    page = corrected_site.get(f"/zh/gongkai/reports/{report}").text
    (item,) = re.findall(r"<li>[^\n]*<code>images</code>[^\n]*</li>", page)
    assert "已看过 2026-02-01：" in item and "看过 (编辑)" in item


def test_every_correction_is_listed_with_its_status_in_words(corrected_site: Site) -> None:
    report, _ = page_of(corrected_site, "鄂州市鄂城区人民政府")
    page = corrected_site.get(f"/gongkai/reports/{report}").text
    listed = page[page.index('id="corrections"') : page.index('id="text"')]
    for words in ("成立", "待证实", "撤回", "出处有误", "核对原件", ">15<", ">17<"):
        assert words in listed


def test_what_does_not_add_up_is_said_in_words_and_not_called_wrong(site: Site) -> None:
    report, reading = page_of(site, "保山市人民政府办公室")
    english = Reading(site.get(f"/en/gongkai/reports/{report}").text)
    told = "".join(text for own, text in english.texts.items() if own.startswith("finding-"))
    words = "".join(text for own, text in reading.texts.items() if own.startswith("finding-"))
    assert "勾稽不符" in words and "2 + 0 + 0 + 0 = 2" in words
    assert "oes not add up as printed" in told and "2 + 0 + 0 + 0 = 2" in told
    assert not re.search("错误|异常|虚假|error|false|abnormal", words + told)


# The head ------------------------------------------------------------------------------------------------------


def test_a_mirrors_address_is_text_and_no_link(odd_site: Site) -> None:
    report, page = page_of(odd_site, "东明县人民政府")
    assert "https://mirror.example/a?b=1" not in page.links
    assert (
        '<span class="source" lang="en">https://mirror.example/a?b=1</span>'
        in odd_site.get(f"/gongkai/reports/{report}").text
    )


def test_an_abridged_report_says_that_it_is_restated(site: Site) -> None:
    report, page = page_of(site, "南昌市人民政府")
    assert "转述，非原文" in site.get(f"/gongkai/reports/{report}").text
    assert all(
        "转述，非原文 / restated, not quoted" in page.texts[own] for own in ("cite-standard", "cite-apa", "cite-plain")
    )


def test_the_citation_names_report_data_version_and_day(site: Site) -> None:
    report, page = page_of(site, "鄂州市鄂城区人民政府")
    (database,) = [database for database in site.json("/-/databases.json") if database["name"] == "gongkai"]
    cited = page.texts["cite-standard"]
    for words in ("鄂州市鄂城区人民政府. ", "[R/OL]", report, database["hash"][:12], f"/gongkai/reports/{report}"):
        assert words in cited
    assert re.search(r"\[\d{4}-\d\d-\d\d\]", cited)


ROW = {
    "id": "abcdefghij",
    "agency": "甲市人民政府",
    "agency_printed": None,
    "title": "甲市2020年年度报告",
    "label": "甲市 2020",
    "published": "2021-01-31",
    "source_url": "https://example.gov.cn/1",
    "source_kind": "official",
    "abridged": 0,
}
WHOSE = "甲市人民政府. 甲市2020年年度报告[R/OL]. "
HELD = "公开年报库（Gongkai）：报告 abcdefghij, 数据版本 v. https://here/1."
RESTATED = " [转述，非原文 / restated, not quoted]"


def cited(**changed: Any) -> Citation:
    """The citation of ``ROW``, with changes."""
    pages = written()["plugins"]["page-words"]
    said = Words({name: Text(**text) for name, text in {**pages["every_page"], **pages["citation"]}.items()})
    return cite(said, {**ROW, **changed}, Reference("https://here/1", "v", "2026-01-02"))


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, f"{WHOSE}(2021-01-31)[2026-01-02]. https://example.gov.cn/1. {HELD}"),
        ({"published": None, "source_url": None}, f"{WHOSE}[2026-01-02]. {HELD}"),
        ({"source_kind": "mirror", "abridged": 1}, f"{WHOSE}(2021-01-31)[2026-01-02]. {HELD}{RESTATED}"),
    ],
)
def test_citation_by_the_national_standard(changed: dict[str, Any], expected: str) -> None:
    assert cited(**changed).standard.zh == expected


def test_citation_in_apa_style_tells_the_day_or_that_there_is_none() -> None:
    dated, undated = (cited(published=day).apa for day in ("2021-01-31", None))
    assert "(2021, January 31)" in dated.en and dated.en.endswith("Retrieved January 2, 2026, from https://here/1")
    assert "(2021年1月31日)" in dated.zh and dated.zh.endswith("2026年1月2日取自 https://here/1")
    assert "(n.d.)" in undated.en and "(日期不详)" in undated.zh


def test_a_data_version_is_told_as_far_as_it_is_known() -> None:
    assert data_version("7", "0123456789abcdef" * 4) == "parser 7, gongkai.db SHA-256 0123456789ab"
    assert (data_version("7"), data_version(None, None)) == ("parser 7", "—")


def test_no_personal_data_is_published_anywhere(odd_site: Site) -> None:
    report, page = page_of(odd_site, "东明县人民政府")
    for path in (
        f"/gongkai/reports/{report}", "/gongkai/sections", "/gongkai/sections.json", "/gongkai/sections.csv",
        "/gongkai/search_text?q=联系人".replace("联系人", "%E8%81%94%E7%B3%BB%E4%BA%BA"), "/gongkai/problems.json",
    ):  # fmt: skip
        text = odd_site.get(path).text
        assert "张三" not in text and "13812345678" not in text and "2345678" not in text, path
    assert any("联系人:**,手机138********。" in text for text in page.texts.values())


def test_what_a_report_prints_is_never_markup(odd_site: Site) -> None:
    report, _ = page_of(odd_site, "东明县人民政府")
    page = odd_site.get(f"/gongkai/reports/{report}").text
    assert "&lt;b&gt;&amp;amp;" in page and "<b>" not in page


# Marked words --------------------------------------------------------------------------------------------------


@given(
    text=st.text("甲乙 \n<&12", min_size=1, max_size=30),
    places=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=8),
    cut=st.integers(0, 30),
)
@settings(max_examples=300)
def test_stretches_nest_however_they_overlap(text: str, places: Sequence[tuple[int, int]], cut: int) -> None:
    spans = [(min(place), min(max(place), len(text))) for place in places]
    stretches = [
        Stretch(start, end, f"t-{number}", f"f-{number}", "prose" if number % 2 else "cell")
        for number, (start, end) in enumerate(spans)
        if start < end
    ]
    cut = min(cut, len(text))
    sections = [{"text": text[:cut], "text_start": 0}, {"text": text[cut:], "text_start": cut}]
    written = "".join(f'<div id="s">{part}</div>' for part in marked_sections(sections, stretches))
    page = Reading(written.replace('<div id="s">', "<div>"))
    assert page.badly_nested == [] and page.twice == []
    assert {own for own in page.attributes if own.startswith("t-")} == {stretch.id for stretch in stretches}
    whole = Reading(
        f'<div id="all">{written.replace(chr(60) + "div id=" + chr(34) + "s" + chr(34) + chr(62), "<div>")}</div>'
    )
    assert whole.texts["all"] == text


def test_words_lead_to_the_shortest_stretch_they_lie_in() -> None:
    stretches = [Stretch(0, 8, "t-row", "row", "row"), Stretch(3, 5, "t-cell", "cell", "cell")]
    (written,) = marked_sections([{"text": "予以公12 34", "text_start": 0}], stretches)
    assert written == (
        '<span class="words row" id="t-row"><a href="#row">予以公</a><span class="words cell" id="t-cell">'
        '<a href="#cell">12</a></span> <a href="#row">34</a></span>'
    )


# In a browser --------------------------------------------------------------------------------------------------

CELL = "applications-closed-total"


@pytest.fixture(scope="module")
def window_without_scripts(browser: Browser) -> Iterator[Page]:
    """A Chinese reader's page that runs no JavaScript."""
    context = browser.new_context(locale="zh-CN", java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture(params=["window", "window_without_scripts"], ids=["with-scripts", "without-scripts"])
def tab(request: pytest.FixtureRequest) -> Page:
    """A fresh page, with and without JavaScript."""
    return emptied(request.getfixturevalue(request.param))


def address_of(site: Site, agency: str) -> str:
    """The address of the report page of ``agency``."""
    return f"{site.address}/gongkai/reports/{page_of(site, agency)[0]}"


def test_a_click_leads_from_the_cell_to_its_words_and_back(site: Site, tab: Page) -> None:
    address = address_of(site, "鄂州市鄂城区人民政府")
    tab.goto(address)
    for _ in range(2):
        tab.locator(f"#{CELL} > a").first.click()
        tab.wait_for_url(f"{address}#t-{CELL}")
        words = tab.locator(f"#t-{CELL}")
        assert words.inner_text() == "0" and in_view(tab, words.bounding_box())
        words.locator("a").click()
        tab.wait_for_url(f"{address}#{CELL}")
        assert in_view(tab, tab.locator(f"#{CELL}").bounding_box())


def in_view(tab: Page, box: Any) -> bool:
    """Whether ``box`` lies within the window."""
    size = tab.viewport_size
    assert box and size
    return bool(
        box["y"] >= 0 and box["y"] + box["height"] <= size["height"] and box["x"] + box["width"] <= size["width"]
    )


def test_an_address_with_a_fragment_opens_at_its_cell(site: Site, tab: Page) -> None:
    tab.set_viewport_size({"width": PHONE_WIDTH, "height": 800})
    tab.goto(f"{address_of(site, '鄂州市鄂城区人民政府')}#{CELL}")
    assert in_view(tab, tab.locator(f"#{CELL}").bounding_box())
    assert tab.evaluate("document.querySelector(':target').id") == CELL


def test_a_failing_cell_leads_to_its_arithmetic(site: Site, tab: Page) -> None:
    tab.goto(address_of(site, "鄂州市鄂城区人民政府"))
    tab.locator(f"#{CELL} .mark").first.click()
    finding = tab.locator(":target")
    assert "勾稽不符" in finding.inner_text() and in_view(tab, finding.bounding_box())


@pytest.mark.parametrize("width", [320, PHONE_WIDTH])
def test_on_a_phone_tables_scroll_inside_their_box(site: Site, tab: Page, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    for agency in ("鄂州市鄂城区人民政府", "保山市人民政府办公室"):
        tab.goto(address_of(site, agency))
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
    box = tab.locator('.form-box:has([data-table="reviews"])')
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")


def test_on_paper_the_tables_are_whole(site: Site, tab: Page) -> None:
    tab.set_viewport_size({"width": 700, "height": 1000})
    tab.emulate_media(media="print")
    tab.goto(address_of(site, "鄂州市鄂城区人民政府"))
    for table in ("applications", "reviews"):
        box = tab.locator(f'[data-table="{table}"]').bounding_box()
        assert box and box["x"] + box["width"] <= 700
    assert not tab.locator("header").is_visible() and not tab.locator(".contents").is_visible()
    assert tab.locator("#cite-standard").is_visible() and tab.locator(".legend").is_visible()
    assert tab.pdf(format="A4").startswith(b"%PDF")


# Other texts and years -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def revised(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Two texts of one authority and year, of which the later has another figure and lacks a row; and another year."""
    folder = tmp_path_factory.mktemp("revised")
    reports = folder / "reports"
    reports.mkdir()
    first = sound_figures(forms.FORM_2021, "青山县人民政府", 2022)
    later = replace(
        first, reviews={**first.reviews, "reconsideration": {**first.reviews["reconsideration"], "upheld": 91}}
    )
    other = sound_figures(forms.FORM_2021, "青山县人民政府", 2023)
    for name, figures, day in (
        ("first", first, "2023-01-10"),
        ("later", later, "2023-03-10"),
        ("other", other, "2024-01-10"),
    ):
        write(reports / f"{name}.txt", LAYOUTS["pipe_rows_with_fillers"](figures, Options()))
        write(reports / f"{name}.txt.meta.yml", f"published: {day}\n")
    build_database(reports, folder / "gongkai.db")
    with running(folder / "gongkai.db") as served:
        yield served


def texts_of(site: Site) -> dict[str, str]:
    """File → id of its report."""
    rows = site.json("/gongkai/reports.json", _shape="array", _nolabels="on")
    return {row["source_file"].partition(".")[0]: row["id"] for row in rows}


def test_a_superseded_text_leads_to_the_current_one_and_shows_what_differs(revised: Site) -> None:
    ids = texts_of(revised)
    page = revised.get(f"/en/gongkai/reports/{ids['first']}").text
    box = page[page.index('class="notice superseded"') : page.index("</section>")]
    assert f'href="/en/gongkai/reports/{ids["later"]}"' in box
    differing = re.findall(rf'reports/{ids["later"]}#([\w-]+)">([\d.]+)</a>', box)
    assert differing == [("reviews-reconsideration-upheld", "91")]
    with revised.connect() as connection:
        (upheld,) = connection.execute(
            "SELECT upheld FROM reviews WHERE report = ? AND channel = 'reconsideration'", (ids["first"],)
        ).fetchone()
    assert f'<a href="#reviews-reconsideration-upheld">{upheld}</a>' in box
    assert "the other was published later" in box


def test_the_current_text_names_the_other_ones_and_the_other_years(revised: Site) -> None:
    ids = texts_of(revised)
    page = revised.get(f"/zh/gongkai/reports/{ids['later']}").text
    assert 'class="notice superseded"' not in page
    years = page[page.index("other-years") :].partition("</div>")[0]
    assert f"/zh/gongkai/reports/{ids['other']}" in years and f"{ids['first']}" not in years
    texts = page[page.index("other-texts") :].partition("</div>")[0]
    assert f"/zh/gongkai/reports/{ids['first']}" in texts
    assert f"/zh/gongkai/report_summary/{ids['later']}" in page
