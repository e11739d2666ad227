"""Fetching from a site on this machine that does what real ones do."""

from __future__ import annotations

import csv
import gzip
import ssl
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import trustme
import yaml
from warcio.archiveiterator import ArchiveIterator

from build.fetching import keeping, visits
from build.fetching.command import main
from build.limits import Limits
from build.readers.aside import MANIFEST
from build.reading.read import read
from build.report import Report

REPORT = (Path(__file__).resolve().parent.parent / "reports" / "sanming-office-2019.txt").read_text(encoding="utf-8")
TITLE = "某某区人民政府2023年政府信息公开工作年度报告"


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()


def report_page(words: str = "") -> bytes:
    rows = "".join(f"<p>{line}</p>" for line in REPORT.splitlines())
    return page(f"{rows}<p>{words}</p>", '<meta name="PubDate" content="2024-01-30 09:00:00">')


@dataclass
class Site:
    """What the site answers: path → (status, headers, body); a body that is a function writes by itself."""

    answers: dict[str, tuple[int, dict[str, str], Any]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    conditions: list[dict[str, str]] = field(default_factory=list)
    at_once: Counter[str] = field(default_factory=Counter)
    most_at_once: int = 0
    address: str = ""

    def says(self, path: str, body: Any, status: int = 200, **headers: str) -> str:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (status, {"Content-Type": "text/html; charset=utf-8", **named}, body)
        return self.address + path


def handler_of(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.at_once["now"] += 1
            site.most_at_once = max(site.most_at_once, site.at_once["now"])
            site.asked.append(self.path)
            site.agents.add(self.headers.get("User-Agent", ""))
            site.conditions.append(dict(self.headers.items()))
            status, headers, body = site.answers.get(self.path, (404, {}, b"not here"))
            if status == 200 and headers.get("ETag") and headers["ETag"] == self.headers.get("If-None-Match"):
                status, body = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if callable(body):
                self.send_header("Connection", "close")
                self.end_headers()
                body(self.wfile)
                self.close_connection = True
            else:
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            site.at_once["now"] -= 1

        def log_message(self, *_arguments: Any) -> None:
            pass

    return Handler


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(found))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    found.address = f"http://127.0.0.1:{server.server_port}"
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of an authority that nobody knows, with its key."""
    path = tmp_path / "certificate.pem"
    trustme.CA().issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(path))
    return path


@dataclass
class Fetched:
    """What a run of the command gave: exit code, rows of the summary, documents of the folder."""

    code: int
    rows: list[dict[str, str]]
    folder: Path

    def outcomes(self) -> list[str]:
        return [row["outcome"] for row in self.rows]

    def documents(self) -> list[str]:
        names = (file.relative_to(self.folder) for file in self.folder.rglob("*") if file.is_file())
        return sorted(
            name.as_posix() for name in names if not name.name.startswith(".") and name.parts[0] != keeping.RECORDS
            and not name.name.endswith(".meta.yml") and name.name != MANIFEST
        )  # fmt: skip

    def meta(self, name: str) -> dict[str, Any]:
        loaded: dict[str, Any] = yaml.load((self.folder / f"{name}.meta.yml").read_text(), yaml.BaseLoader)
        return loaded

    def manifest(self) -> list[dict[str, str]]:
        with (self.folder / MANIFEST).open(encoding="utf-8-sig") as file:
            return list(csv.DictReader(file))


def fetch(tmp_path: Path, lines: str | bytes, *options: str, name: str = "addresses.csv") -> Fetched:
    listed, summary, folder = tmp_path / name, tmp_path / "summary.csv", tmp_path / "reports"
    listed.write_bytes(lines if isinstance(lines, bytes) else lines.encode())
    summary.unlink(missing_ok=True)
    arguments = [str(listed), "--into", str(folder), "--delay", "0", "--summary", str(summary), "--private-hosts"]
    code = main([*arguments, *options])
    rows = list(csv.DictReader(summary.open(encoding="utf-8-sig"))) if summary.exists() else []
    return Fetched(code, rows, folder)


def test_a_report_is_kept_as_it_came_with_where_and_when(site: Site, tmp_path: Path) -> None:
    url = site.says("/zwgk/t20240130_1.html", report_page())
    got = fetch(tmp_path, f"url,agency,year\n{url},某某区人民政府,2023\n")
    assert (got.code, got.outcomes()) == (0, ["new"])
    (name,) = got.documents()
    assert (got.folder / name).read_bytes() == report_page()
    meta = got.meta(name)
    assert meta.pop("retrieved") == time.strftime("%Y-%m-%d", time.gmtime())
    assert meta == {"source_url": url, "published": "2024-01-30", "agency": "某某区人民政府", "year": "2023"}
    (record,) = (got.folder / ".warc").rglob("*.warc.gz")
    with record.open("rb") as file:
        (held,) = [
            (each.rec_headers["WARC-Target-URI"], each.content_stream().read()) for each in ArchiveIterator(file)
        ]
    assert held == (url, report_page())
    assert site.asked == ["/robots.txt", "/zwgk/t20240130_1.html"]
    (report,) = read(got.folder / name, name, Limits())
    assert isinstance(report, Report)
    assert (report.identity.source_url, report.identity.published, report.identity.year) == (url, "2024-01-30", 2023)


def test_a_second_run_asks_only_for_what_has_changed(site: Site, tmp_path: Path) -> None:
    tagged = site.says("/tagged.html", report_page("甲"), ETag='"1"')
    plain = site.says("/plain.html", report_page("乙"))
    lines = f"url\n{tagged}\n{plain}\n"
    assert fetch(tmp_path, lines).outcomes() == ["new", "new"]
    again = fetch(tmp_path, lines)
    assert (again.outcomes(), len(again.documents())) == (["unchanged", "unchanged"], 2)
    assert [asked.get("If-None-Match") for asked in site.conditions][-2:] == ['"1"', None]
    site.says("/plain.html", report_page("乙,有改动"))
    changed = fetch(tmp_path, lines)
    assert changed.outcomes() == ["unchanged", "changed"]
    day = time.strftime("%Y%m%d", time.gmtime())
    host = site.address.removeprefix("http://").replace(":", "-")
    assert changed.documents() == [f"{host}/plain-{day}.html", f"{host}/plain.html", f"{host}/tagged.html"]
    assert (changed.folder / host / "plain.html").read_bytes() == report_page("乙")


def test_a_manifest_states_what_the_files_do_and_a_person_s_rows_stay(site: Site, tmp_path: Path) -> None:
    first, second = (site.says(f"/{name}.html", report_page(name)) for name in "ba")
    got = fetch(tmp_path, f"url,agency\n{first},某某区人民政府\n")
    (row,) = got.manifest()
    assert row.pop("file") == got.documents()[0]
    assert row == got.meta(got.documents()[0])
    mine = "file;note;year\nby-hand.pdf;放在柜里;2019\n" + f"{got.documents()[0]};;2020\n"
    (got.folder / MANIFEST).write_bytes(mine.encode("gb18030"))
    got = fetch(tmp_path, f"url\n{first}\n")
    assert (got.folder / MANIFEST).read_bytes() == mine.encode("gb18030")
    got = fetch(tmp_path, f"url\n{first}\n{second}\n")
    new, old = got.documents()
    stated = [(row["file"], row["note"], row["year"], row["source_url"]) for row in got.manifest()]
    assert stated == [(new, "", "", second), (old, "", "2020", ""), ("by-hand.pdf", "放在柜里", "2019", "")]


@pytest.mark.parametrize(("where", "has"), [("manifest", (True, False)), ("sidecars", (False, True))])
def test_it_may_be_stated_in_one_place_alone(site: Site, tmp_path: Path, where: str, has: tuple[bool, bool]) -> None:
    got = fetch(tmp_path, f"url\n{site.says('/a.html', report_page())}\n", "--state-in", where)
    (name,) = got.documents()
    assert ((got.folder / MANIFEST).exists(), (got.folder / f"{name}.meta.yml").exists()) == has


def test_a_manifest_that_cannot_be_added_to_is_left_as_it_is(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = f"url\n{site.says('/a.html', report_page())}\n"
    manifest = tmp_path / "reports" / MANIFEST
    manifest.parent.mkdir()
    manifest.write_text("file,year,year\n")
    assert fetch(tmp_path, lines).code == 2
    assert "'year' stands there twice" in capsys.readouterr().err
    assert (manifest.read_text(), site.asked) == ("file,year,year\n", [])
    manifest.unlink()
    with monkeypatch.context() as patched:
        patched.setattr(keeping.Folder, "write_manifest", refuse)
        assert fetch(tmp_path, lines).code == 1
    assert "added by the next run" in capsys.readouterr().err
    got = fetch(tmp_path, lines)
    assert (got.code, got.outcomes(), [row["file"] for row in got.manifest()]) == (0, ["unchanged"], got.documents())


def refuse(_folder: keeping.Folder) -> None:
    raise OSError(28, "No space left on device")


def test_the_same_bytes_are_kept_once(site: Site, tmp_path: Path) -> None:
    one, two = site.says("/a.html", report_page()), site.says("/b.html", report_page())
    got = fetch(tmp_path, f"url\n{one}\n{two}\n")
    assert (sorted(got.outcomes()), len(got.documents())) == (["new", "same_bytes"], 1)


def test_what_lies_in_the_folder_already_is_not_kept_again(site: Site, tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "by-hand.html").write_bytes(report_page())
    got = fetch(tmp_path, f"url\n{site.says('/a.html', report_page())}\n")
    assert (got.outcomes(), got.documents()) == (["same_bytes"], ["by-hand.html"])


def test_a_list_of_links_is_followed_over_its_pages(site: Site, tmp_path: Path) -> None:
    def links(*years: int, more: str) -> bytes:
        found = "".join(
            f'<li><a href="/r/{year}.html">某某区{year}年政府信息公开工作年度报告</a></li>' for year in years
        )
        return page(f'<ul>{found}<li><a href="/zn.html">政府信息公开指南</a></li></ul>{more}' + "栏目" * 100)

    for year in range(2019, 2024):
        site.says(f"/r/{year}.html", report_page(str(year)))
    first = site.says(
        "/nb/index.html", links(2023, 2022, more='<script>createPageHTML(3, 0, "index", "html");</script>')
    )
    site.says("/nb/index_1.html", links(2021, 2020, more='<a href="index_2.html">下一页</a>'))
    site.says("/nb/index_2.html", links(2019, 2020, more='<script>createPageHTML(3, 2, "index", "html");</script>'))
    got = fetch(tmp_path, f"url,kind,agency\n{first},links,某某区人民政府\n")
    assert got.outcomes() == ["led_on", *["new"] * 5]
    assert len(got.documents()) == 5
    assert {got.meta(name)["agency"] for name in got.documents()} == {"某某区人民政府"}
    assert "/zn.html" not in site.asked
    short = fetch(tmp_path, f"url,kind\n{first},links\n", "--max-pages", "2")
    assert (short.code, short.outcomes()[0]) == (1, "list_not_whole")


def test_a_page_of_links_is_known_without_being_told(site: Site, tmp_path: Path) -> None:
    found = "".join(f'<a href="/r/{year}.html">{year}年政府信息公开工作年度报告</a>' for year in (2021, 2022, 2023))
    for year in (2021, 2022, 2023):
        site.says(f"/r/{year}.html", report_page(str(year)))
    got = fetch(tmp_path, f"url\n{site.says('/list', page(found, '<title>信息公开年报_某某区</title>'))}\n")
    assert got.outcomes() == ["led_on", "new", "new", "new"]


def test_a_report_with_links_to_other_years_is_a_report(site: Site, tmp_path: Path) -> None:
    beside = "".join(f'<a href="/r/{year}.html">{year}年政府信息公开工作年度报告</a>' for year in (2019, 2020, 2021))
    got = fetch(tmp_path, f"url\n{site.says('/r.html', report_page(beside))}\n")
    assert (got.outcomes(), len(site.asked)) == (["new"], 2)


def test_a_cover_page_leads_to_its_attachment(site: Site, tmp_path: Path) -> None:
    pdf = b"%PDF-1.4 a report"
    site.says("/att/2023.pdf", pdf, Content_Type="application/pdf")
    cover = page(
        f"<h1>{TITLE}</h1><p>现将年度报告予以公布。</p><a href='att/2023.pdf'>附件</a>",
        '<meta name="PubDate" content="2024-1-5">',
    )
    got = fetch(tmp_path, f"url,year\n{site.says('/cover.html', cover)},2023\n")
    assert got.outcomes() == ["led_on", "new"]
    (name,) = got.documents()
    assert (got.folder / name).read_bytes() == pdf
    meta = got.meta(name)
    assert (meta["source_url"], meta["published"], meta["year"]) == (
        f"{site.address}/att/2023.pdf",
        "2024-01-05",
        "2023",
    )
    again = fetch(tmp_path, f"url,year\n{site.address}/cover.html,2023\n")
    assert again.outcomes() == ["led_on", "unchanged"]


def test_compressed_pages_are_kept_readable_and_recorded_as_sent(site: Site, tmp_path: Path) -> None:
    sent = gzip.compress(report_page())
    got = fetch(tmp_path, f"url\n{site.says('/z.html', sent, Content_Encoding='gzip')}\n")
    (name,) = got.documents()
    assert (got.folder / name).read_bytes() == report_page()
    (record,) = (got.folder / ".warc").rglob("*.warc.gz")
    with record.open("rb") as file:
        (raw,) = [each.raw_stream.read() for each in ArchiveIterator(file)]
    assert raw == sent


def test_a_wrong_charset_does_not_change_the_bytes(site: Site, tmp_path: Path) -> None:
    body = report_page().decode().replace("charset=utf-8", "charset=gb2312").encode("gb18030")
    got = fetch(tmp_path, f"url\n{site.says('/gbk.html', body, Content_Type='text/html; charset=iso-8859-1')}\n")
    (name,) = got.documents()
    assert ((got.folder / name).read_bytes(), got.meta(name)["published"]) == (body, "2024-01-30")


def endless(file: Any) -> None:
    try:
        while True:
            file.write(b"x" * 65536)
    except OSError:
        pass


def test_what_cannot_be_fetched_is_a_row_with_its_reason(site: Site, tmp_path: Path) -> None:
    dripped: list[int] = []

    def dripping(file: Any) -> None:
        try:
            for number in range(200):
                file.write(b"<p>")
                file.flush()
                dripped.append(number)
                time.sleep(0.05)
        except OSError:
            pass

    shell = "<div id=app></div><script src=/app.js></script>"
    bomb = gzip.compress(b"0" * 3_000_000)
    wanted = {
        site.says("/ok.html", report_page()): "new",
        f"{site.address}/gone.html": "status_404",
        site.says("/broken.html", b"", 500): "status_500",
        site.says("/busy.html", b"", 429, Retry_After="3600"): "come_back_later",
        site.says("/busy2.html", b"", 503): "come_back_later",
        site.says("/endless", endless): "too_large",
        site.says("/drip", dripping): "too_slow",
        site.says("/bomb", bomb, Content_Encoding="gzip"): "too_large",
        site.says("/huge", lambda _file: None, Content_Length="2147483648"): "too_large",
        site.says("/cut", b"no gzip", Content_Encoding="gzip"): "damaged",
        site.says("/round", b"", 302, Location="/round"): "redirect",
        site.says("/mail", b"", 302, Location="mailto:a@example.org"): "redirect",
        site.says("/moved", b"", 301, Location="/ok.html"): "same_bytes",
        site.says("/app", page(shell)): "javascript_only",
        site.says("/wall", page("<script>document.cookie='a=1';location.reload()</script>")): "cookies_only",
        site.says("/nothing", b""): "empty",
        "http://127.0.0.1:1/refused.html": "unreachable",
        "www.example.org/no-scheme.html": "bad_address",
        "ftp://example.org/a.pdf": "bad_address",
        "http://": "bad_address",
        "http://name:word@example.org/": "bad_address",
        "http://exa mple.org/": "bad_address",
    }
    lines = "url\n" + "\n".join(wanted) + "\n" + f"{site.address}/ok.html\n"
    got = fetch(tmp_path, lines, "--max-bytes", "1000000", "--max-seconds", "0.5")
    assert got.code == 1
    assert len(dripped) < 200
    assert {row["url"]: row["outcome"] for row in got.rows[:-1]} == wanted
    assert got.rows[-1]["outcome"] == "bad_address"
    assert "line 2 already" in got.rows[-1]["message"]
    assert all(row["message"] for row in got.rows if row["outcome"] not in ("new", "same_bytes"))
    assert len(got.documents()) == 1
    assert not list(got.folder.rglob("*.part"))


def test_robots_txt_is_obeyed(site: Site, tmp_path: Path) -> None:
    site.says("/robots.txt", b"User-agent: *\nDisallow: /closed/\n", Content_Type="text/plain")
    closed, opened = site.says("/closed/a.html", report_page()), site.says("/open/a.html", report_page())
    got = fetch(tmp_path, f"url\n{closed}\n{opened}\n", "--contact", "https://example.org/us")
    assert got.outcomes() == ["robots", "new"]
    assert "/closed/a.html" not in site.asked
    assert site.agents == {"gongkai-fetch/1.0 (+https://example.org/us)"}


def test_a_host_that_cannot_say_what_it_allows_is_not_asked(site: Site, tmp_path: Path) -> None:
    site.says("/robots.txt", b"", 500)
    got = fetch(tmp_path, f"url\n{site.says('/a.html', report_page())}\n")
    assert (got.code, got.outcomes(), site.asked) == (2, ["robots"], ["/robots.txt"])


def test_a_host_gets_one_request_at_a_time_with_its_delay_between(site: Site, tmp_path: Path) -> None:
    waits: list[float] = []
    site.says("/robots.txt", b"User-agent: *\nCrawl-delay: 7\n", Content_Type="text/plain")
    urls = [site.says(f"/{number}.html", report_page(str(number))) for number in range(4)]
    visitor = visits.Visitor(visits.Manners("test", delay=3, private_hosts=True), waits.append)
    threads = [threading.Thread(target=visitor.visit, args=(url,)) for url in urls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    visitor.close()
    assert site.most_at_once == 1
    assert len(waits) == 5
    assert [round(wait) for wait in waits[1:]] == [3, 7, 7, 7]


def test_retry_after_is_waited_for(site: Site, tmp_path: Path) -> None:
    waits: list[float] = []
    visitor = visits.Visitor(visits.Manners("test", delay=0, private_hosts=True), waits.append)
    url = site.says("/busy.html", b"", 503, Retry_After="9")
    with pytest.raises(visits.RefusedError) as refused:
        visitor.visit(url)
    visitor.close()
    assert refused.value.code == "come_back_later"
    assert [round(wait) for wait in waits] == [0, 0, 9, 9]


def test_an_address_of_this_machine_is_not_asked_unless_allowed(site: Site, tmp_path: Path) -> None:
    url = site.says("/a.html", report_page())
    visitor = visits.Visitor(visits.Manners("test", delay=0))
    with pytest.raises(visits.RefusedError) as refused:
        visitor.visit(url)
    visitor.close()
    assert (refused.value.code, site.asked) == ("private_host", [])


def test_a_certificate_that_nobody_signed_is_not_trusted(tmp_path: Path, site: Site, certificate: Path) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(site))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    got = fetch(tmp_path, f"url\nhttps://127.0.0.1:{server.server_port}/a.html\n")
    server.shutdown()
    server.server_close()
    assert (got.code, got.outcomes(), site.asked) == (2, ["certificate"], [])


def test_a_run_that_was_interrupted_goes_on(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    urls = [site.says(f"/{number}.html", report_page(str(number))) for number in range(4)]
    lines = "url\n" + "\n".join(urls) + "\n"
    whole = visits.Visitor.visit
    visited: list[str] = []

    def visit(visitor: visits.Visitor, url: str, conditions: Any = None) -> visits.Answer:
        if len(visited) == 2:
            raise KeyboardInterrupt
        visited.append(url)
        return whole(visitor, url, conditions)

    with monkeypatch.context() as patched:
        patched.setattr(visits.Visitor, "visit", visit)
        assert fetch(tmp_path, lines).code == 2
    before = len(site.asked)
    got = fetch(tmp_path, lines)
    assert (got.outcomes(), len(got.documents())) == (["unchanged", "unchanged", "new", "new"], 4)
    assert site.asked[before:] == ["/robots.txt", "/2.html", "/3.html"]


def test_the_list_may_be_a_workbook_or_in_gbk_with_semicolons(site: Site, tmp_path: Path) -> None:
    url = site.says("/a.html", report_page())
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["url", "agency", "year"])
    book.active.append([url, "某某区人民政府", 2023])
    book.save(tmp_path / "list.xlsx")
    got = fetch(tmp_path, (tmp_path / "list.xlsx").read_bytes(), name="list.xlsx")
    assert got.meta(got.documents()[0])["year"] == "2023"
    site.says("/a.html", report_page("改"))
    got = fetch(tmp_path, f"url;agency\n{url};某某区人民政府\n".encode("gb18030"))
    assert got.outcomes() == ["changed"]
    assert got.meta(got.documents()[0])["agency"] == "某某区人民政府"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("", "empty"),
        ("address\nhttp://a.example/\n", "no column url"),
        ("url,url\nhttp://a.example/,\n", "stands there twice"),
        ("url,colour\nhttp://a.example/,red\n", "'colour' is not known"),
        ("url,year\nhttp://a.example/,2023,more\n", "more cells than there are columns"),
        ("url,\nhttp://a.example/,\n", "column 2 has no name"),
        ("url\n", "no addresses"),
    ],
)
def test_a_list_that_is_none_is_told_and_nothing_is_fetched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lines: str, said: str
) -> None:
    got = fetch(tmp_path, lines)
    assert (got.code, got.rows) == (2, [])
    assert said in capsys.readouterr().err


def test_names_of_files_are_those_of_addresses_as_far_as_systems_take_them() -> None:
    def named(url: str, media: str = "text/html", body: bytes = b"<html>") -> str:
        from datetime import UTC, datetime

        return keeping.name_of(visits.Answer(url, 200, "OK", (("content-type", media),), body, body, datetime.now(UTC)))

    assert named("https://www.a.gov.cn/zwgk/t2024.htm") == "www.a.gov.cn/t2024.html"
    assert named("https://www.a.gov.cn/nb/2023/") == "www.a.gov.cn/2023.html"
    assert named("https://www.a.gov.cn/nb/2023/index.html") == "www.a.gov.cn/2023-index.html"
    assert named("https://a.gov.cn/down?id=7", "application/pdf").startswith("a.gov.cn/down-")
    assert named("https://a.gov.cn/down?id=7") != named("https://a.gov.cn/down?id=8")
    assert named("https://a.gov.cn/%E5%B9%B4%E6%8A%A5.PDF", "application/octet-stream") == "a.gov.cn/年报.pdf"
    assert named("https://a.gov.cn/..%2F..%2Fetc%2Fpasswd") == "a.gov.cn/passwd.html"
    assert named("https://a.gov.cn/manifest.csv", "text/csv") == "a.gov.cn/manifest-document.csv"
    assert named("https://a.gov.cn/a.meta.yml", "text/html") == "a.gov.cn/a.meta-document.yml"
    assert named("https://a.gov.cn:8080/x.do", "application/octet-stream", b"%PDF-1.7") == "a.gov.cn-8080/x.pdf"
