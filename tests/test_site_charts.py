"""Charts of the questions, drawn in Chromium from made-up rows with traps, and read back from the marks themselves."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from itertools import product
from typing import Any

import pytest
from gongkai_site.questions.chart import chart_of, place_of
from gongkai_site.questions.question import Question
from playwright.sync_api import Browser, Page

from .site_server import ROOT, Site, written

QUERIES: dict[str, Any] = written()["databases"]["gongkai"]["queries"]
CHARTS: dict[str, Any] = {name: query["chart"] for name, query in QUERIES.items() if "chart" in query}
Rows = list[dict[str, Any]]
Draw = Callable[..., dict[str, Any]]
Trapped = Callable[[str], dict[str, Any]]

YEARS = (2018, 2019, 2020, 2023, 2024)
"""2021 and 2022 are missing."""
SCOPES = ("region", "own")

READ_MARKS = """
async ([name, rows, choice, language]) => {
  const page = await (await fetch(`/-/charts/${name}`)).text();
  const made = new DOMParser().parseFromString(page, "text/html").querySelector("[data-chart]");
  const chart = JSON.parse(made.dataset.chart);
  const box = document.querySelector("[data-chart]");
  await gongkaiCharts.show(box, chart, rows, choice || {});
  const told = box.querySelector(".chart-told").textContent;
  if (!box.gongkaiView) return { chart, told, marks: null };
  await box.gongkaiView.runAsync();
  const marks = [];
  const walk = (item) => {
    if (item.marktype && item.role === "mark")
      for (const each of item.items)
        marks.push({ kind: item.marktype, name: item.name, x: each.x, y: each.y, width: each.width, text: each.text,
                     fill: each.fill, stroke: each.stroke, defined: each.defined, datum: each.datum || {} });
    for (const inner of item.items || []) walk(inner);
  };
  walk(box.gongkaiView.scenegraph().root);
  const paths = [...box.querySelectorAll(".mark-line path")].map((path) => path.getAttribute("d"));
  const ticks = [...box.querySelectorAll(".role-axis-label text")].map((text) => text.textContent);
  const drawing = box.querySelector("[role='graphics-document'][aria-label]");
  const label = drawing ? drawing.getAttribute("aria-label") : null;
  return { chart, told, marks, paths, ticks, label };
}
"""


@pytest.fixture(scope="module")
def page(site: Site, browser: Browser) -> Iterator[Page]:
    """One page with the drawing library loaded, on which every chart is drawn; no script error, no other host."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1000, "height": 800})
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    opened.on("request", lambda request: errors.append(request.url) if site.address not in request.url else None)
    opened.goto(f"{site.address}/-/charts/what_is_here")
    opened.wait_for_selector("[data-state=drawn]", state="attached")
    yield opened
    context.close()
    assert [error for error in errors if not error.startswith(("data:", "blob:"))] == []


@pytest.fixture(scope="module")
def trapped(draw: Draw) -> Trapped:
    """``trapped(question)``: the question's chart over its trap rows, drawn once."""
    return cache(lambda name: draw(name, trap_rows(CHARTS[name])))


@pytest.fixture(scope="module")
def draw(page: Page) -> Draw:
    """``draw(question, rows)``: the marks of the question's chart over ``rows``."""

    def drawn(name: str, rows: Rows, choice: dict[str, Any] | None = None) -> dict[str, Any]:
        found: dict[str, Any] = page.evaluate(READ_MARKS, [name, rows, choice, "zh"])
        return found

    return drawn


def of_language(column: str) -> str:
    """A column that stands once a language."""
    return column.replace("*", "zh")


def named_series(chart: dict[str, Any]) -> list[dict[str, str]]:
    """Two series that differ in one column alone: the last that the chart tells them apart by."""
    columns = [of_language(column) for column in chart.get("series", [])]
    if not columns:
        return [{}]
    same = {column: f"{column} one" for column in columns[:-1]}
    two = SCOPES if columns[-1] == "scope" else (f"{columns[-1]} one", f"{columns[-1]} two")
    return [{**same, columns[-1]: last} for last in two]


def filled(row: dict[str, Any], chart: dict[str, Any], value: float | None) -> dict[str, Any]:
    """``row`` with ``value`` in each of the chart's figures."""
    return {**row, **dict.fromkeys(chart["values"], value)}


def trap_rows(chart: dict[str, Any]) -> Rows:
    """Two series; a NULL in the last, a 0 in both, and for years two that are missing."""
    if chart["kind"] == "years":
        return [
            filled(
                {**series, chart["year"]: year},
                chart,
                None if last and year == 2024 else 0 if year == 2020 else year - 2000,
            )
            for last, series in enumerate(named_series(chart))
            for year in YEARS
        ]
    place = of_language(chart.get("category") or chart["label"])
    values = (7, 0, None)
    return [
        filled(
            {**series, place: f"Z{3 - at} 第{at}项" if chart["kind"] == "categories" else f"甲{number}-{at}"},
            chart,
            value,
        )
        for number, series in enumerate(named_series(chart))
        for at, value in enumerate(values)
    ]


def marks_of(drawn: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """Marks of a kind that stand for rows."""
    return [mark for mark in drawn["marks"] if mark["kind"] == kind and "value" in mark["datum"]]


def count_of(chart: dict[str, Any]) -> int:
    """How many lines or groups the trap rows make."""
    return len(named_series(chart)) * len(chart["values"])


YEARLY = [name for name, chart in CHARTS.items() if chart["kind"] == "years"]
OTHERS = [name for name, chart in CHARTS.items() if chart["kind"] != "years"]


def test_every_question_with_figures_has_a_chart() -> None:
    lists = {
        *("compare_two_reports", "search_text", "relations_that_do_not_add_up", "data_dictionary"),
        *("section_three_as_printed", "who_is_missing", "find_authority"),
    }
    assert set(QUERIES) - set(CHARTS) == lists


@pytest.mark.parametrize("name", YEARLY)
def test_years_stand_on_a_true_scale_and_gaps_stay_open(trapped: Trapped, name: str) -> None:
    chart = CHARTS[name]
    drawn = trapped(name)
    points = marks_of(drawn, "symbol")
    assert len(points) == count_of(chart) * len(YEARS) - len(chart["values"])
    places = {point["datum"]["year"]: point["x"] for point in points}
    step = places[2019] - places[2018]
    for year, place in places.items():
        assert place == pytest.approx(places[2018] + step * (year - 2018), abs=0.01)
    assert {tick for tick in drawn["ticks"] if tick.startswith("20")} >= {"2018", "2021", "2022", "2024"}
    if chart.get("line") is False:
        assert drawn["paths"] == []
        return
    assert len(drawn["paths"]) == count_of(chart)
    # A line is drawn in stretches: 2018 to 2020, then 2023 to 2024 or, where 2024 is NULL, 2023 alone.
    assert [path.count("M") for path in drawn["paths"]] == [2] * count_of(chart)
    assert sum(path.count("L") for path in drawn["paths"]) == count_of(chart) * 3 - len(chart["values"])


@pytest.mark.parametrize("name", YEARLY)
def test_zero_is_a_point_on_the_axis_and_null_is_none(trapped: Trapped, name: str) -> None:
    points = marks_of(trapped(name), "symbol")
    zeros = [point for point in points if point["datum"]["year"] == 2020]
    assert len(zeros) == count_of(CHARTS[name]) and {point["datum"]["value"] for point in zeros} == {0}
    lowest = max(point["y"] for point in points)
    assert {point["y"] for point in zeros} == {lowest}
    assert None not in {point["datum"]["value"] for point in points}


@pytest.mark.parametrize("name", YEARLY)
def test_the_days_on_which_figures_change_their_meaning_are_marked_in_words(trapped: Trapped, name: str) -> None:
    drawn = trapped(name)
    rules = [mark for mark in drawn["marks"] if mark["kind"] == "rule" and "at" in mark["datum"]]
    assert [rule["datum"]["at"] for rule in rules] == [2018.867, 2020.5, 2023.5]
    words = [mark["text"] for mark in drawn["marks"] if mark["kind"] == "text" and "at" in mark["datum"]]
    assert ["《条例》" in words[0], "2021" in words[1], "《行政复议法》" in words[2]] == [True] * 3


@pytest.mark.parametrize("name", CHARTS)
def test_two_scopes_are_never_one(trapped: Trapped, name: str) -> None:
    chart = CHARTS[name]
    drawn = trapped(name)
    series = {mark["datum"]["series"] for mark in drawn["marks"] if "series" in mark["datum"]}
    assert len(series) == count_of(chart)
    if len(series) > 1:
        colours = {
            mark["fill"]
            for mark in drawn["marks"]
            if mark["kind"] in {"symbol", "rect"} and mark["datum"].get("series")
        }
        assert len(colours) == len(series)


@pytest.mark.parametrize("name", OTHERS)
def test_bars_keep_the_order_of_the_form_and_tell_zero_from_blank(trapped: Trapped, name: str) -> None:
    chart = CHARTS[name]
    drawn = trapped(name)
    kind = "symbol" if chart["kind"] == "reports" and len(chart["values"]) > 1 else "rect"
    figured = marks_of(drawn, kind)
    assert len(figured) == 2 * count_of(chart)
    assert {mark["datum"]["value"] for mark in figured} == {7, 0}
    if kind == "rect":
        told = sorted(mark["text"] for mark in drawn["marks"] if mark["kind"] == "text" and "told" in mark["datum"])
        assert told == sorted(["7", "0", "无数字"] * count_of(chart))
    place = "category" if chart["kind"] == "categories" else "label"
    order = sorted(figured, key=lambda mark: mark["y"])
    assert order[0]["datum"]["value"] == 7
    if chart["kind"] == "categories":
        assert list(dict.fromkeys(mark["datum"][place] for mark in order)) == ["Z3 第0项", "Z2 第1项"]
    assert "没有数字" in drawn["told"]


def test_bars_of_counts_are_sorted(draw: Draw) -> None:
    rows = [{"series": name, "level": "county", "scope": "own", "year": 2020, "received": count}
            for name, count in (("乙", 3), ("甲", 9), ("丙", 5))]  # fmt: skip
    bars = sorted(marks_of(draw("requests_received", rows), "rect"), key=lambda mark: mark["y"])
    assert [bar["datum"]["value"] for bar in bars] == [9, 5, 3]
    assert [bar["width"] / bars[0]["width"] for bar in bars] == pytest.approx([1, 5 / 9, 3 / 9], abs=0.01)


@pytest.mark.parametrize(("name", "value"), [("requests_received", "received"), ("biggest_changes", "change")])
@pytest.mark.parametrize(("least", "most"), [(0, 1), (0, 2), (0, 3), (0, 7), (-1, 1), (-2, 0), (-3, 2)])
def test_an_axis_of_counts_prints_no_number_twice(draw: Draw, name: str, value: str, least: int, most: int) -> None:
    rows = [{CHARTS[name]["label"]: called, "level": "county", "scope": "own", "year": 2020, value: count}
            for called, count in (("甲", least), ("乙", most))]  # fmt: skip
    ticks = [tick.replace("\u2212", "-") for tick in draw(name, rows)["ticks"] if tick not in "甲乙"]
    numbers = [int(tick) for tick in ticks]
    assert numbers == sorted(set(numbers))
    assert numbers[0] <= least < most <= numbers[-1] + 1


def test_a_blank_is_called_what_it_means_in_its_column(draw: Draw) -> None:
    row = {"agency": "甲", "scope": None, "year": 2020, "received": 3, "closed": None, "form": "2019"}
    (point,) = marks_of(draw("authority_over_years", [row]), "symbol")
    meanings = QUERIES["authority_over_years"]["columns"]
    assert point["datum"]["series"] == f"甲 · {meanings['scope']['null_zh']}"
    assert point["datum"]["also0"] == meanings["closed"]["null_zh"]


def test_a_group_without_a_name_is_called_what_it_is(draw: Draw) -> None:
    facets = (("全部", "All"), ("年度", "Year"), ("省份", "Province"), ("部分", "Section"))
    rows = [{"facet_zh": zh, "facet_en": en, "value": None, "reports": 5, "reports_held": None} for zh, en in facets]
    bars = marks_of(draw("search_counts", rows), "rect")
    meaning = QUERIES["search_counts"]["columns"]["value"]["null_zh"]
    called = [meaning, "年度未能认定", "省份未能认定", "没有编号的部分"]
    assert [bar["datum"]["category"] for bar in bars] == called
    assert {bar["datum"]["also0"] for bar in bars} == {"部分不计"}
    english = chart_of(Question("search_counts", "en", QUERIES["search_counts"]), {}, {}, lambda _: {})
    assert english is not None and english["unnamed"]["words"]["Section"] == "section without a number"


@pytest.mark.parametrize("name", CHARTS)
def test_one_row_is_drawn_and_no_row_is_said(draw: Draw, name: str) -> None:
    chart = CHARTS[name]
    drawn = draw(name, trap_rows(chart)[:1])
    if chart["series"] and len(chart["values"]) == 1:
        assert "图中是：" in drawn["told"]
    kinds = ("symbol", "rect")
    assert sum(len(marks_of(drawn, kind)) for kind in kinds) == len(chart["values"])
    nothing = draw(name, [filled(trap_rows(chart)[0], chart, None)])
    assert nothing["marks"] is None and "没有可以画的数字" in nothing["told"]


@pytest.mark.parametrize("name", ["requests_received", "disclosure_rates"])
def test_thousands_of_rows_are_all_drawn_side_by_side(draw: Draw, name: str) -> None:
    chart = CHARTS[name]
    rows = [
        filled({"series": f"机关{at}", "year": 2020, "level": "county", "scope": SCOPES[at % 2]}, chart, at % 97)
        for at in range(1200)
    ]
    drawn = draw(name, rows)
    strokes = marks_of(drawn, "rect")
    assert len(strokes) == 1200 * len(chart["values"])
    assert f"{1200 * len(chart['values']):,}" in drawn["told"]
    assert len({stroke["y"] for stroke in strokes}) == 2 * len(chart["values"])
    few = draw_few(draw, name, rows)
    assert len(marks_of(few, "rect")) + len(marks_of(few, "symbol")) == 11 * len(chart["values"])


def draw_few(draw: Draw, name: str, rows: Rows) -> dict[str, Any]:
    """The chart of those rows alone whose name contains 机关119: 119 and 1190 to 1199."""
    found: dict[str, Any] = draw(name, rows, {"words": "机关119"})
    return found


def test_more_lines_than_can_be_told_apart_are_chosen_and_the_words_say_so(draw: Draw) -> None:
    chart = CHARTS["authority_over_years"]
    rows = [
        filled({"agency": f"机关{at}", "scope": "own", "year": year}, chart, at)
        for at, year in product(range(30), (2019, 2020))
    ]
    drawn = draw("authority_over_years", rows)
    assert len(drawn["paths"]) == 8 and "共 30 条，图中 8 条" in drawn["told"]
    chosen = draw("authority_over_years", rows, {"series": ["机关29 · 本机关"]})
    assert {point["datum"]["value"] for point in marks_of(chosen, "symbol")} == {29}


def test_two_figures_of_one_line_and_year_are_points_without_a_line(draw: Draw) -> None:
    chart = CHARTS["authority_over_years"]
    rows = [
        filled({"agency": "甲", "scope": "own", "year": year}, chart, value)
        for year, value in ((2019, 1), (2020, 5), (2020, 6), (2021, 2), (2022, 3))
    ]
    drawn = draw("authority_over_years", rows)
    assert len(marks_of(drawn, "symbol")) == 5
    assert sum(path.count("L") for path in drawn["paths"]) == 1
    assert "不止一个数字" in drawn["told"]


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_told_in_words(trapped: Trapped, name: str) -> None:
    label = trapped(name)["label"]
    assert QUERIES[name]["title"]["zh"] in label and "同样的数字在表里" in label


def test_a_day_has_its_place_among_report_years() -> None:
    assert place_of(date(2020, 1, 1)) == 2019.5
    assert place_of(date(2019, 5, 15)) == pytest.approx(2019 - 0.5 + 134 / 365, abs=0.001)


def test_no_chart_adds_anything_up() -> None:
    script = (ROOT / "static" / "charts.js").read_text(encoding="utf-8")
    assert "aggregate" not in script and '"sum"' not in script
    assert "aggregate" not in json.dumps(CHARTS)
