"""Whatever is asked, the site answers, and says what to do: every kind of address × every parameter."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from itertools import product
from urllib.parse import quote

import pytest
from gongkai_site.error_words import known, of_sql

from .site_server import ROOT, Answer, Site

REFUSED = {400, 404, 414}
ANSWERED = {200, 302, 403} | REFUSED
KINDS = [
    "/",
    "/gongkai",
    "/gongkai.json",
    "/gongkai/applications",
    "/gongkai/applications.json",
    "/gongkai/applications.csv",
    "/gongkai/applications_full.json",
    "/gongkai/checks_full",
    "/gongkai/request_outcomes",
    "/gongkai/request_outcomes.json",
    "/gongkai/request_outcomes.csv",
    "/gongkai/reports/{report}",
    "/gongkai/reports/{report}.json",
    "/-/dashboards/overview",
    "/-/health",
]
PARAMETERS = [
    *("_sort", "_sort_desc", "_sort_by_desc", "_facet", "_facet_date", "_facet_array", "_facet_size", "_next", "_size"),
    *("_fts_table", "_fts_pk", "_search", "_searchmode", "_search_nothing", "_where", "_through", "_col", "_nocol"),
    *("_shape", "_labels", "_label", "_stream", "_ttl", "_timelimit", "_trace", "_json", "_json_infinity", "_nl"),
    *("_extras", "_filter_column", "_filter_op", "_filter_value", "_filter_column_1", "_excel", "_dl", "_header"),
    *("_nofacet", "_nocount", "_nosuggest", "_hide_sql", "_show_sql", "_show_hidden", "_context", "_format", "sql"),
    *("item", "item__contains", "item__nonsense", "nothing", "report__in", "total__gt", "natural_person__glob"),
    *("item__arraycontains", "year", "level", "a", "q", "__", "_", "rowid__gt", "_page", "_explore"),
]
VALUES = [
    *("", "nonsense", "0", "-1", "99999999999999999999", "1.5", "1e999", "NaN", "on", "max", "item", "total", "1,2,3"),
    *("$null", "~zz", "%00", "%FF%FE", "%B9%AB", "{", "[", '{"table":"x"}', "'", '"', "a;b", "](", "*" * 300, "公开"),
    *("<script>alert(1)</script>", "../../etc/passwd", "select 1", "select", "1 or 1", "x" * 3000),
]
ODD_PATHS = [
    *(
        "/gongkai/statements/1",
        "/gongkai/statements/1,2,3,4",
        "/gongkai/statements/,",
        "/gongkai/applications/x,y.json",
    ),
    *("/gongkai/applications.xyz", "/gongkai.xyz", "/gongkai/reports/zzzzzzzzzz.csv", "/gongkai/nothing.csv", "//"),
    *("/nothing.csv", "/nothing.json", "/nothing/at/all/here", "/gongkai/nothing.json", "/gongkai//", "/%FF", "/%00"),
    *("/gongkai/%B9%AB%BF%AA", "/gongkai/applications/%00", "/gongkai/applications_full/1", "/gongkai/rules/x.json"),
    *("/gongkai/~", "/gongkai/~zz", "/gongkai/request_outcomes/1", "/gongkai/sections_grams", "/gongkai/sqlite_master"),
    *("/gongkai.blob", "/gongkai/applications.blob", "/gongkai/reports/x.blob", "/-/nothing", "/-/", "/_internal"),
    *("/_internal.json", "/_internal/databases", "/_memory", "/:memory:", "/static/", "/static/nothing.css"),
    *("/static/../scripts/serve.py", "/static/%2e%2e/metadata.yml", "/-/static/nothing.js", "/gongkai.db.json"),
    *("/gongkai/applications.jsono", "/-/dashboards/nothing", "/-/dashboards/overview/nothing", "/" + "x" * 20_000),
]
LEAKS = re.compile(rb"Traceback|File &#34;|site-packages|/home/|/root/|/tmp/|" + re.escape(str(ROOT).encode()))


def fault(path: str, answer: Answer) -> str | None:
    """What is wrong with an answer, None if nothing is."""
    if answer.status not in ANSWERED:
        return f"{answer.status} {path[:200]}"
    if LEAKS.search(answer.body):
        return f"leaks {path[:200]}"
    if answer.status in REFUSED and "csv" not in path and "static" not in path and not _says_what_to_do(answer):
        return f"says nothing {path[:200]}"
    return None


def _says_what_to_do(answer: Answer) -> bool:
    text = answer.text
    if answer.headers.get_content_type() == "application/json":
        told = json.loads(text)
        return not told["ok"] and bool(re.search("[一-龥]", told.get("error_zh", ""))) and bool(told["error_en"])
    return (
        '<html lang="zh-Hans">' in text
        and "公开年报库" in text
        and re.search("message-error.*[一-龥]", text) is not None
    )


def faults(site: Site, paths: Iterator[str]) -> list[str]:
    """What is wrong with the answers to ``paths``."""
    return [found for path in paths if (found := fault(path, site.get(path))) is not None]


def encoded(value: str) -> str:
    """A value as it stands in an address; what is percent-encoded already stays."""
    return value if value.startswith("%") else quote(value, safe="")


@pytest.fixture(scope="module")
def report(site: Site) -> str:
    """The id of a report."""
    return str(site.json("/gongkai/reports.json", _shape="array")[0]["id"])


def crawl(report: str) -> Iterator[str]:
    """Every parameter at every third kind of address; the values go round, so that each meets kinds and parameters."""
    for place, (name, kind) in enumerate(product(PARAMETERS, KINDS)):
        if place % 7 == 0:
            value = VALUES[(place // 7) % len(VALUES)]
            yield f"{kind.format(report=report)}?{name}={encoded(value)}"


def test_no_parameter_brings_a_500(site: Site, report: str) -> None:
    assert faults(site, crawl(report)) == []


def test_no_path_brings_a_500(site: Site) -> None:
    assert faults(site, iter(ODD_PATHS)) == []


TOLD = [
    ("/gongkai/applications?_sort=nonsense", 400, "不能按“nonsense”排序"),
    ("/gongkai/applications?_sort=item&_sort_desc=item", 400, "只能用一个"),
    ("/gongkai/applications?_size=100001", 400, "_size 最多"),
    ("/gongkai/applications?_size=many", 400, "整数"),
    ("/gongkai/applications?_next=%00", 400, ""),
    ("/gongkai/applications_full?_next=x", 400, ""),
    ("/gongkai/applications?_facet=nonsense", 400, ""),
    ("/gongkai/sections?_search=x&_fts_table=nonsense", 400, ""),
    ("/gongkai/statements/1", 404, ""),
    ("/gongkai/applications.xyz", 404, ""),
    ("/gongkai/applications?item=%B9%AB", 400, "UTF-8"),
    ("/gongkai?sql=select+nonsense", 400, "“nonsense”不存在"),
    ("/gongkai/applications?" + "a=1&" * 300, 400, "参数太多"),
    ("/gongkai/applications?item=" + "x" * 20_000, 414, "太长"),
]


@pytest.mark.parametrize(("path", "status", "words"), TOLD)
def test_a_person_is_told_what_to_do(site: Site, path: str, status: int, words: str) -> None:
    answer = site.get(path)
    assert answer.status == status
    assert fault(path, answer) is None
    assert words in answer.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/gongkai/applications.json?_sort=nonsense", 400),
        ("/gongkai/applications.json?_shape=nonsense", 400),
        ("/gongkai/applications_full.json?_shape=object", 400),
        ("/gongkai.json?sql=select+nonsense", 400),
        ("/gongkai.json?sql=drop+table+reports", 400),
        ("/gongkai/nothing.json", 404),
    ],
)
def test_a_program_is_told_in_json(site: Site, path: str, status: int) -> None:
    answer = site.get(path)
    told = json.loads(answer.body)
    assert answer.status == status == told["status"] and told["ok"] is False
    assert told["error_zh"] and told["error_en"]


@pytest.mark.parametrize(
    ("message", "status", "words"),
    [
        ("Cannot sort table by nothing", 400, "“nothing”"),
        ("Cannot use _sort and _sort_desc at the same time", 400, "not both"),
        ("No column to filter by: nothing; there are: year, level", 400, "are: year, level."),
        ("No such condition: nonsense; there are: exact", 400, "“nonsense”"),
        ("_size must be a positive integer", 400, "whole number"),
        ("_size must be <= 1000", 400, "at most 1000"),
        ("_next not allowed for CSV streaming", 400, "leave out _next"),
        ("_col=x, y - invalid columns", 400, "here: x, y."),
        ("_nocol=x - invalid columns", 400, "here: x."),
        ("Invalid _shape: odd", 400, "“odd”"),
        ("_shape=object needs a table", 400, "primary key"),
        ("Table not found", 404, "table or query"),
        ("Database not found", 404, "table or query"),
        ("Record not found", 404, "no such row"),
        ("404", 404, "no such page"),
        ("no such column: x.y", 400, "“x.y”"),
        ("Statement must be a SELECT", 400, "misspelt"),
        ('near "FORM": syntax error', 400, "“FORM”"),
        ("incomplete input", 400, "not complete"),
        ("ambiguous column name: year", 400, "“year”"),
        ("wrong number of arguments to function instr()", 400, "instr()"),
        ("access to x.y is prohibited", 400, "only read"),
        ("string or blob too big", 400, "too large"),
    ],
)
def test_what_datasette_or_sqlite_says_has_its_status_and_our_words(message: str, status: int, words: str) -> None:
    told = known(message)
    assert told is not None and told.status == status and words in told.en and not told.detail
    assert of_sql(message) == told


def test_what_sqlite_says_that_nobody_foresaw_is_told_as_it_is() -> None:
    assert known("odd") is None
    assert (of_sql("odd").status, of_sql("odd").detail) == (400, "odd")


def test_a_refusal_is_in_the_readers_language(site: Site) -> None:
    def told(language: str) -> str:
        request = urllib.request.Request(
            f"{site.address}/gongkai/applications?_sort=nonsense", headers={"Accept-Language": language}
        )
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(request)
        return caught.value.read().decode()

    for language, is_english in (("en-GB,en;q=0.9,zh;q=0.1", True), ("zh-CN", False), ("de", False)):
        page = told(language)
        assert (("There is no column" in page), ("不能按" in page)) == (is_english, not is_english)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_the_site_is_for_reading(site: Site, method: str) -> None:
    request = urllib.request.Request(f"{site.address}/gongkai.json", method=method, data=b"x" * 10)
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request)
    assert caught.value.code == 405 and "GET" in caught.value.headers["Allow"]


@pytest.mark.parametrize("name", ["threads", "metadata", "plugins", "versions", "actor", "permissions", "patterns"])
def test_pages_that_tell_of_the_machine_are_closed(site: Site, name: str) -> None:
    assert site.get(f"/-/{name}").status == 404 and site.get(f"/-/{name}.json").status == 404


def test_the_list_of_databases_names_no_path(site: Site) -> None:
    assert str(site.database.parent) not in site.get("/-/databases.json").text
