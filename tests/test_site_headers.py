"""What HTTP says of an answer: policy, tags, packing, and who may use it."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
import urllib.request
from collections.abc import Iterator

import pytest
from gongkai_site import http_answers
from gongkai_site.http_answers import HttpAnswers
from gongkai_site.kept_answers import Keepable, KeptAnswers
from playwright.sync_api import ConsoleMessage, Page

from .conftest import emptied
from .site_server import Site

PAGES = ["/", "/gongkai", "/gongkai/applications", "/gongkai/request_outcomes", "/gongkai?sql=select+1",
         "/-/dashboards/overview", "/-/charts/requests_received", "/gongkai/nothing"]  # fmt: skip
DATA = [
    "/gongkai/applications.json",
    "/gongkai/applications.csv",
    "/gongkai.json?sql=select+1",
    "/gongkai.db",
    "/-/health",
]


def directives(policy: str) -> dict[str, list[str]]:
    """A policy as directive → its words."""
    return {name: words for name, *words in (part.split() for part in policy.split(";"))}


def inline_scripts(page: str) -> Iterator[str]:
    """Scripts that stand in the page itself."""
    for attributes, script in re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL):
        if " src=" not in attributes:
            yield script


@pytest.mark.parametrize("path", PAGES)
def test_a_page_runs_the_scripts_that_its_policy_names_and_no_others(site: Site, path: str) -> None:
    answer = site.get(path)
    policy = directives(answer.headers["Content-Security-Policy"])
    assert "'unsafe-inline'" not in policy["script-src"] and policy["object-src"] == ["'none'"]
    for script in inline_scripts(answer.text):
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy["script-src"]
    assert "data-ours" not in answer.text


def test_words_of_a_visitor_are_no_script(site: Site) -> None:
    answer = site.get("/gongkai", sql="select '<script>alert(1)</script>' as \"<script>alert(2)</script>\"")
    digest = base64.b64encode(hashlib.sha256(b"alert(1)").digest()).decode()
    assert digest not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/", "/gongkai/applications", "/gongkai?sql=select+1+as+a", "/-/dashboards/overview"])
def test_no_browser_refuses_anything_on_our_pages(site: Site, window: Page, path: str) -> None:
    told: list[str] = []

    def note(message: ConsoleMessage) -> None:
        told.append(message.text)

    page = emptied(window)
    page.on("console", note)
    page.goto(site.address + path, wait_until="networkidle")
    page.remove_listener("console", note)
    assert [words for words in told if "Content Security" in words] == []


def test_only_embeddable_charts_may_be_framed(site: Site) -> None:
    def ancestors(path: str) -> list[str]:
        return directives(site.get(path).headers["Content-Security-Policy"])["frame-ancestors"]

    assert ancestors("/-/charts/requests_received") == ["*"]
    assert ancestors("/en/-/charts/requests_received") == ["*"]
    for path in ("/", "/gongkai/applications", "/-/dashboards/overview"):
        assert ancestors(path) == ["'none'"]


@pytest.mark.parametrize("path", [*PAGES, *DATA, "/static/gongkai.css"])
def test_every_answer_is_taken_for_what_it_is(site: Site, path: str) -> None:
    answer = site.get(path)
    assert answer.headers["X-Content-Type-Options"] == "nosniff" and answer.headers["Referrer-Policy"]


@pytest.mark.parametrize("path", DATA)
def test_data_may_be_fetched_from_anywhere(site: Site, path: str) -> None:
    answer = site.get(path)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "X-Gongkai-Truncated" in answer.headers["Access-Control-Expose-Headers"]


def test_a_preflight_is_answered(site: Site) -> None:
    with urllib.request.urlopen(urllib.request.Request(f"{site.address}/gongkai.json", method="OPTIONS")) as answer:
        assert answer.status == 204 and answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["/", "/gongkai/applications", *DATA[:4], "/static/gongkai.css"])
def test_what_has_not_changed_is_not_sent_again(site: Site, path: str) -> None:
    first = site.get(path)
    tag = first.headers["ETag"]
    assert tag.startswith('"') and "max-age=" in first.headers["Cache-Control"]
    assert "Cookie" not in first.headers["Vary"]
    again = site.get(path, {"If-None-Match": tag})
    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)
    assert site.get(path, {"If-None-Match": f"W/{tag}"}).status == 304
    assert site.get(path, {"If-None-Match": '"another"'}).body == first.body == site.get(path).body


def test_another_address_has_another_tag_and_an_error_none(site: Site) -> None:
    tags = {site.get(path).headers["ETag"] for path in ("/gongkai/rules", "/gongkai/rules?_size=3", "/gongkai/items")}
    assert len(tags) == 3
    refused = site.get("/gongkai/nothing")
    assert refused.headers["ETag"] is None and refused.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "is_of_a_day"),
    [
        ("/gongkai/requests_received", True),
        ("/gongkai/reports/22buh2lls2", True),
        ("/-/charts/requests_received", True),
        ("/gongkai/requests_received.xlsx", True),
        ("/gongkai/requests_received.json", False),
        ("/", False),
    ],
)
def test_what_tells_the_day_has_another_tag_on_the_next(
    monkeypatch: pytest.MonkeyPatch, path: str, is_of_a_day: bool
) -> None:
    answers = HttpAnswers("1", 300, Keepable("gongkai", []), KeptAnswers(0))
    tags = set()
    for day in ("2026-03-01", "2026-03-02"):
        monkeypatch.setattr(http_answers, "day_of_access", lambda day=day: day)
        tags.add(answers.etag({"path": path, "query_string": b"", "headers": [], "scheme": "http"}))
    assert (len(tags) == 2) is is_of_a_day


def test_addresses_of_another_scheme_have_another_tag() -> None:
    answers = HttpAnswers("1", 300, Keepable("gongkai", []), KeptAnswers(0))
    scope = {"path": "/gongkai/reports.json", "query_string": b"", "headers": []}
    assert answers.etag({**scope, "scheme": "http"}) != answers.etag({**scope, "scheme": "https"})


@pytest.mark.parametrize("path", ["/", "/gongkai/applications.json", "/gongkai/applications.csv?_stream=on"])
def test_texts_are_packed_for_who_takes_it(site: Site, path: str) -> None:
    plain, packed = site.get(path), site.get(path, {"Accept-Encoding": "br, gzip"})
    assert packed.headers["Content-Encoding"] == "gzip" and plain.headers["Content-Encoding"] is None
    assert gzip.decompress(packed.body) == plain.body and len(packed.body) < len(plain.body) / 2
    assert packed.headers["ETag"] not in (None, plain.headers["ETag"])
    assert site.get(path, {"If-None-Match": packed.headers["ETag"], "Accept-Encoding": "gzip"}).status == 304


def test_health_tells_which_database_is_served(site: Site) -> None:
    told = site.json("/-/health")
    assert told["ok"] and told["uptime_seconds"] >= 0
    assert told["database"]["sha256"] == hashlib.sha256(site.database.read_bytes()).hexdigest()
    with site.connect() as connection:
        (count,) = connection.execute("SELECT count(*) FROM applications").fetchone()
    assert told["rows"]["applications"] == count
