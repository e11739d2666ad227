"""Pages of an authority and of a place: figures over the years, gaps that stay open, ways from one to the other."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from html import unescape

import pytest
from gongkai_site.pages.agency.series import BREAKS, breaks_between, chart, runs
from gongkai_site.texts import Text, Words

from .site_server import Site, running, written

ZONE = "/gongkai/agencies/350128-zone-pingtan"
DISTRICT = "/gongkai/agencies/320829-government"
WORDS = Words({name: Text(**text) for name, text in written()["plugins"]["page-words"]["agency"].items()})
CIRCLE = re.compile(r'<circle class="point" cx="([\d.]+)" cy="([\d.]+)"')
LINE = re.compile(r'<line class="line" x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)"')


@pytest.fixture(scope="module")
def gapped(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site without the zone's report of 2022 and with a blank for its requests of 2020."""
    database = tmp_path_factory.mktemp("gapped") / "gongkai.db"
    shutil.copy(site.database, database)
    with closing(sqlite3.connect(database)) as connection, connection:
        of_zone = "agency_id = '350128-zone-pingtan' AND year"
        connection.execute(f"DELETE FROM report_summary WHERE {of_zone} = 2022")
        connection.execute(f"UPDATE report_summary SET received = NULL WHERE {of_zone} = 2020")
        corrected = '{"received": "applications-received-total: 1 → 2"}'
        connection.execute(f"UPDATE report_summary SET corrected_cells = ? WHERE {of_zone} = 2021", (corrected,))
    with running(database) as served:
        yield served


def shown(site: Site, path: str) -> str:
    """A page's HTML; it must be there."""
    answer = site.get(path)
    assert answer.status == 200, path
    return unescape(answer.text)


def cells_of(page: str, year: int) -> list[str]:
    """The cells of a year's line."""
    (line,) = re.findall(rf'<tr(?: class="missing")?><th scope="row">(?:<a [^>]*>)?{year}\b.*?</tr>', page, re.DOTALL)
    return re.findall(r"<td[^>]*>([^<]*)", line)


def test_a_figure_that_rests_on_a_corrected_cell_is_marked(gapped: Site) -> None:
    page = shown(gapped, f"/en{ZONE}")
    marked = re.findall(r"(\d{4})</a>(?:(?!</tr>).)*?<strong class=\"corrected\" title=\"([^\"]*)\">([^<]*)<", page)
    assert marked == [("2021", "applications-received-total: 1 → 2", "corrected")]


def test_an_authority_s_figures_stand_by_year_with_a_way_to_each_report(site: Site) -> None:
    page = shown(site, ZONE)
    with site.connect() as connection:
        rows = connection.execute(
            "SELECT year, received, closed, report FROM report_summary WHERE agency_id = '350128-zone-pingtan'"
        ).fetchall()
    assert len(rows) == 7
    for year, received, closed, report in rows:
        assert cells_of(page, year)[:2] == [str(received), str(closed)]
        assert f'href="/gongkai/reports/{report}"' in page
    assert 'class="missing"' not in page


def test_breaks_in_the_series_are_marked_and_named(site: Site) -> None:
    page = shown(site, ZONE)
    for word in ("break_regulations", "break_form", "break_reconsideration"):
        assert page.count(f"<title>{WORDS[word].zh}</title>") == page.count("<svg class")
        assert WORDS[word].en in shown(site, f"/en{ZONE}")


def test_a_zone_has_no_rate_and_an_area_has(site: Site) -> None:
    assert "每万人申请量" not in shown(site, ZONE)
    page = shown(site, "/gongkai/agencies/360100-government")
    with site.connect() as connection:
        ((persons,),) = connection.execute("SELECT persons FROM population WHERE adcode = '360100'").fetchall()
    assert cells_of(page, 2020)[2] == f"{round(569 * 10000 / persons, 3):.15g}"
    assert "2020年普查" in page


def test_an_unclear_scope_has_no_rate(site: Site) -> None:
    page = shown(site, DISTRICT)
    assert "范围不明" in page and "每万人申请量</" not in page


def test_a_missing_year_is_said_and_leaves_a_gap(gapped: Site) -> None:
    page = shown(gapped, ZONE)
    assert "未收录（不等于未公布）" in page and cells_of(page, 2020)[0] == "—"
    received = re.findall(r'<svg class="series".*?</svg>', page, re.DOTALL)[0]
    assert "2020: —" in received and "2022: —" in received
    assert len(CIRCLE.findall(received)) == 5
    assert len(LINE.findall(received)) == 2


def test_names_that_an_authority_had_are_listed_with_their_years(site: Site) -> None:
    page = shown(site, DISTRICT)
    for name, years in (("洪泽县人民政府", "2008–2015"), ("淮安市洪泽区人民政府", "2016–")):
        assert re.search(rf"{name}</span> <small>{years}", page)


def test_an_authority_without_a_report_says_what_that_means(site: Site) -> None:
    assert "未收录不等于未公布" in shown(site, "/gongkai/agencies/330000-government")


def test_a_series_is_cut_where_a_year_or_a_figure_is_missing() -> None:
    figures = {2019: 1.0, 2020: None, 2021: 3.0, 2022: 4.0, 2024: 6.0}
    assert [*runs(figures)] == [[(2019, 1)], [(2021, 3), (2022, 4)], [(2024, 6)]]
    assert [*runs({2019: None})] == [*runs({})] == []


def test_years_stand_on_a_true_scale_and_values_begin_at_zero() -> None:
    drawn = str(chart(Text("甲", "A"), {2019: 0, 2020: 5, 2023: 10}, (2019, 2023), WORDS).svg)
    points = [(float(x), float(y)) for x, y in CIRCLE.findall(drawn)]
    (zero, half, whole) = points
    assert (whole[0] - half[0]) == pytest.approx(3 * (half[0] - zero[0]), abs=0.3)
    assert (zero[1] - whole[1]) == pytest.approx(2 * (zero[1] - half[1]), abs=0.3)


def test_a_series_of_blanks_or_zeros_is_drawn_for_what_it_is() -> None:
    blank = chart(Text("甲", "A"), {2019: None, 2020: None}, (2019, 2020), WORDS)
    assert blank.empty and not CIRCLE.findall(str(blank.svg))
    zeros = chart(Text("甲", "A"), {2019: 0, 2020: 0}, (2019, 2020), WORDS)
    assert not zeros.empty and len(CIRCLE.findall(str(zeros.svg))) == 2


def test_a_name_cannot_break_the_picture() -> None:
    assert "<b>" not in str(chart(Text("<b>", '"'), {2020: 1}, (2020, 2020), WORDS).svg)


@pytest.mark.parametrize(
    ("first", "last", "number"), [(2019, 2025, 3), (2020, 2020, 0), (2020, 2021, 1), (2021, 2023, 0), (2024, 2025, 0)]
)
def test_a_break_is_marked_only_between_years_that_are_here(first: int, last: int, number: int) -> None:
    assert len(breaks_between(first, last)) == number
    assert len(BREAKS) == 3


def test_a_place_shows_its_own_report_and_who_else_reports(site: Site) -> None:
    county = shown(site, "/gongkai/divisions/321322")
    own, _, others = county.partition("办公室、部门、乡镇的年报")
    assert "沭阳县发展和改革局" in others and "沭阳县发展和改革局" not in own
    city = shown(site, "/gongkai/divisions/360100")
    assert "办公室、部门、乡镇的年报" not in city
    assert 'href="/gongkai/agencies/360100-government"' in city and "2020" in city


def test_a_place_leads_to_its_counties_with_their_coverage(site: Site) -> None:
    page = shown(site, "/gongkai/divisions/320800")
    assert re.search(r'class="here"><a href="/gongkai/divisions/320813,2016">洪泽区</a> <small>\(2/7:', page)
    assert re.search(r'class="not_here"><a href="/gongkai/divisions/320826,\d+">涟水县</a> <small>\(0/7\)', page)
    with site.connect() as connection:
        counties = connection.execute(
            "SELECT adcode, valid_from FROM divisions WHERE parent = '320800' AND level = 'county'"
        ).fetchall()
    for adcode, since in counties:
        assert f'href="/gongkai/divisions/{adcode},{since}"' in page


def test_a_place_says_of_each_year_whether_its_report_is_here(site: Site) -> None:
    page = shown(site, "/gongkai/divisions/320813")
    assert page.count('<li class="published">') == 2 and page.count('<li class="not_here">20') == 5
    assert "未收录（不等于未公布）" in page


def test_a_former_code_is_a_page_of_its_own_years(site: Site) -> None:
    page = shown(site, "/gongkai/divisions/320829,2008")
    assert "洪泽县" in page and "2008–2015" in page and 'class="published"' not in page


def test_a_code_that_no_year_has_is_not_found(site: Site) -> None:
    assert site.get("/gongkai/divisions/999999").status == 404
    assert site.get("/gongkai/divisions/320813,1999").status == 404


def test_every_province_and_a_zone_of_the_census_has_its_page(site: Site) -> None:
    with site.connect() as connection:
        places = connection.execute(
            "SELECT adcode FROM divisions WHERE level = 'province' AND valid_to IS NULL "
            "UNION SELECT min(adcode) FROM divisions WHERE level = 'zone'"
        ).fetchall()
    for (adcode,) in places[::6]:
        assert f"<small>{adcode}</small>" in shown(site, f"/gongkai/divisions/{adcode}")


def test_a_report_leads_to_its_authority_and_its_place(site: Site) -> None:
    (report,) = site.json("/gongkai/reports.json", _shape="array", agency_id="320829-government", year=2024)
    page = shown(site, f"/gongkai/reports/{report['id']}")
    assert 'href="/gongkai/agencies/320829-government">淮安市洪泽区人民政府</a>' in page
    assert 'href="/gongkai/divisions/320813,2016">江苏省 淮安市 洪泽区</a>' in page
