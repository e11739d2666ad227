"""What a page that came is: a report, a list of links, a cover letter to an attachment, or an empty shell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urljoin, urlsplit

import lxml.html

from .. import forms
from ..errors import ReadError
from ..readers.encoding import decode

DOCUMENTS = (".pdf", ".docx", ".doc", ".wps", ".xlsx", ".xls", ".et", ".ofd", ".odt", ".ods", ".rtf", ".zip", ".rar")
TITLE = re.compile(r"信息公开.{0,12}(?:年度?报告|年报|报告)|年度?信息公开.{0,8}报告")
"""Words of a link that leads to an annual report."""
YEAR = re.compile(r"(?:19|20)\d\d|二[〇○零O]")
"""The title of one report names its year; that of a list does not."""
NOT_A_REPORT = re.compile(r"指南|目录|制度|通知|规定|条例|办法|解读")
NEXT_PAGE = re.compile(r"^\s*(?:下一页|下页|后一页|后页|>|>>|›|»|next)\s*$", re.IGNORECASE)
NUMBERED = re.compile(r"createPageHTML\w*\(\s*(\d+)\s*,\s*(\d+)\s*,\s*['\"]([\w-]+)['\"]\s*,\s*['\"](\w+)['\"]")
"""The script by which many government sites number the pages of a list: pages, this page, name, ending."""
FEWEST_LINKS = 3
FEWEST_ITEMS = 2
LITTLE_TEXT = 200
"""A page with fewer characters and a script shows nothing to who runs no scripts."""
COOKIES = re.compile(r"document\.cookie|cookie", re.IGNORECASE)
LONGEST_COVER = 2_500
"""Characters of a page, its menus included, that only brings an attachment."""
SHORTEST_LABEL = 6
LABELS = tuple(
    label
    for item in forms.APPLICATION_ITEMS
    if len(label := re.sub(r"^[\W\d一二三四五六七]*[、.)）]?", "", item.label_zh)) >= SHORTEST_LABEL
)
"""Words of the form that no cover letter has: labels of section three, without their numbers."""


@dataclass(frozen=True, slots=True)
class Page:
    """A web page as far as fetching goes. ``reports``, ``documents``: absolute addresses with their words.

    ``shell``: why the page shows nothing, ``javascript`` or ``cookies``; "" if it does show something.
    """

    is_report: bool
    titled: bool
    """Whether its own title is that of a report."""
    characters: int
    reports: tuple[tuple[str, str], ...]
    documents: tuple[tuple[str, str], ...]
    next_page: str | None
    published: str | None
    shell: str

    @property
    def is_list(self) -> bool:
        """Whether it is a page of links to reports, though nobody said so."""
        return not (self.is_report or self.titled or self.documents) and len(self.reports) >= FEWEST_LINKS

    @property
    def is_cover(self) -> bool:
        """Whether it only brings the report that is attached to it."""
        return not self.is_report and bool(self.documents) and self.characters < LONGEST_COVER


def read_page(url: str, body: bytes, declared: str = "") -> Page | None:
    """The page at ``url``; ``declared``: the encoding that the server states. None if there is no page in it."""
    try:
        text = decode(body, declared or None).text
        root = lxml.html.document_fromstring(text)
    except (ReadError, lxml.etree.LxmlError, ValueError):
        return None
    words = _words(root)
    links = tuple(_links(root, url))
    return Page(
        sum(label in words for label in LABELS) >= FEWEST_ITEMS,
        TITLE.search(title := _title(root)) is not None and YEAR.search(title) is not None,
        len(words),
        tuple((target, said) for target, said in links if TITLE.search(said) and not NOT_A_REPORT.search(said)),
        tuple((target, said) for target, said in links if _ending(target) in DOCUMENTS),
        _next_page(links, text, url),
        _published(root),
        _shell(root, words, text),
    )


def _title(root: lxml.html.HtmlElement) -> str:
    named = root.xpath("string(//meta[translate(@name, 'ARTICLE', 'article')='articletitle']/@content)")
    return str(named or root.xpath("string(//title)"))


def _words(root: lxml.html.HtmlElement) -> str:
    body = root.find("body")
    shown = root if body is None else body
    pieces = (
        "" if element.tag in ("script", "style", "noscript") or not isinstance(element.tag, str) else element.text or ""
        for element in shown.iter()
    )
    tails = (element.tail or "" for element in shown.iter())
    return re.sub(r"\s+", "", "".join(piece + tail for piece, tail in zip(pieces, tails, strict=True)))


def _links(root: lxml.html.HtmlElement, url: str) -> Iterator[tuple[str, str]]:
    base = root.xpath("string(//base/@href)")
    seen: set[str] = set()
    for link in root.iter("a"):
        target = _absolute(urljoin(url, base), link.get("href") or "")
        if target and target not in seen:
            seen.add(target)
            yield target, (link.get("title") or "") + " " + re.sub(r"\s+", "", link.text_content())


def _absolute(url: str, reference: str) -> str:
    try:
        target = urljoin(url, reference.strip()).partition("#")[0]
        return target if urlsplit(target).scheme in ("http", "https") and target != url else ""
    except ValueError:
        return ""


def _ending(url: str) -> str:
    return PurePosixPath(urlsplit(url).path).suffix.lower()


def _next_page(links: tuple[tuple[str, str], ...], text: str, url: str) -> str | None:
    for target, said in links:
        if NEXT_PAGE.match(said.strip()) and urlsplit(target).netloc == urlsplit(url).netloc:
            return target
    numbered = NUMBERED.search(text)
    if numbered and int(numbered[2]) + 1 < int(numbered[1]):
        return urljoin(url, f"{numbered[3]}_{int(numbered[2]) + 1}.{numbered[4]}")
    return None


def _published(root: lxml.html.HtmlElement) -> str | None:
    """The day that the page's head states, as the guideline for government web sites (国办发〔2017〕47号) asks."""
    for meta in root.iter("meta"):
        if (meta.get("name") or "").lower() in ("pubdate", "publishdate"):
            day = re.match(r"\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})", meta.get("content") or "")
            if day:
                return f"{int(day[1]):04}-{int(day[2]):02}-{int(day[3]):02}"
    return None


def _shell(root: lxml.html.HtmlElement, words: str, text: str) -> str:
    if len(words) >= LITTLE_TEXT or next(root.iter("a", "table", "img", "iframe", "embed", "object"), None) is not None:
        return ""
    if next(root.iter("script"), None) is None and not re.search(r"http-equiv=.?refresh", text, re.IGNORECASE):
        return ""
    return "cookies" if COOKIES.search(text) else "javascript"
