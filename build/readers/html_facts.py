"""What a web page says of itself outside its words: the head's title, dates, addresses and publisher."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urljoin, urlsplit

from lxml.etree import _Element as Element

from .html_words import words
from .printed_facts import printed_facts, with_host

HEAD_CHARACTERS = 4096

META: dict[str, str] = {
    "articletitle": "title",
    "og:title": "title",
    "pubdate": "published",
    "publishdate": "published",
    "publish_date": "published",
    "article:published_time": "published",
    "og:url": "source_url",
    "url": "source_url",
    "contentsource": "publisher",
    "author": "publisher",
    "article:author": "publisher",
    "indexnumber": "index_number",
    "index_number": "index_number",
    "syh": "index_number",
    "siteidcode": "site_code",
    "sitename": "site_name",
    "sitedomain": "host",
}
"""Names of ``<meta>`` elements, in lower case → the fact they state. ArticleTitle, PubDate, ContentSource, Author,
Url, SiteIDCode (its first six digits are the place's code), SiteName and SiteDomain are those of the guideline for
government web sites (国办发〔2017〕47号, annex)."""

Head = Mapping[str, Sequence[Element]]
HEAD = ("meta", "link", "title", "base")
"""Elements that state facts, wherever they stand."""

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)", re.I)


def page_facts(head: Head, source: str) -> tuple[tuple[str, str], ...]:
    """(name, value) pairs, the likeliest of each name first; ``head``: the page's elements with the tags of HEAD,
    ``source``: the page before parsing."""
    found = [*_meta_facts(head), *_link_facts(head), *_title_facts(head)]
    saved = _SAVED_FROM.search(source, 0, HEAD_CHARACTERS)
    if saved:
        found.insert(0, ("source_url", saved[1]))
    base = _base(head)
    absolute = [(name, _absolute(base, value) if name == "source_url" else value) for name, value in found]
    usable = [(name, value) for name, value in absolute if name != "source_url" or is_web_address(value)]
    known = {name for name, _ in usable}
    printed = [fact for fact in printed_facts(source) if fact[0] not in known]
    return with_host([*usable, *printed])


def _absolute(base: str, address: str) -> str:
    """``address`` as a whole one; "" where it, or the base, is none at all (``http://[``)."""
    try:
        return urlsplit(urljoin(base, address)).geturl()
    except ValueError:
        return ""


def is_web_address(value: str) -> bool:
    """Whether ``value`` is an address others can open."""
    return value.lower().startswith(("http://", "https://"))


def _meta_facts(head: Head) -> Iterator[tuple[str, str]]:
    stated = [
        (
            META.get((meta.get("name") or meta.get("property") or "").strip().lower()),
            (meta.get("content") or "").strip(),
        )
        for meta in head["meta"]
    ]
    yield from ((name, content) for name, content in stated if name is not None and content)


def _link_facts(head: Head) -> Iterator[tuple[str, str]]:
    for link in head["link"]:
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            yield "source_url", str(link.get("href")).strip()


def _title_facts(head: Head) -> Iterator[tuple[str, str]]:
    for title in head["title"][:1]:
        printed = " ".join(words(title).split())
        if printed:
            yield "title", printed


def _base(head: Head) -> str:
    """The address against which the page's own addresses are read; "" if it states none."""
    for base in head["base"]:
        if is_web_address(base.get("href") or ""):
            return str(base.get("href"))
    for meta in head["meta"]:
        if (meta.get("name") or "").lower() == "sitedomain" and meta.get("content"):
            domain = str(meta.get("content")).strip()
            return domain if is_web_address(domain) else f"http://{domain}"
    return ""
