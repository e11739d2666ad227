"""What a page says to its reader: its words, without data, code and scripts."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser

from .site_server import written

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
UNSAID = frozenset({"title", "script", "style", "code", "pre", "textarea", "kbd", "var"})
SAID_BY_ATTRIBUTES = ("title", "aria-label", "placeholder", "alt")
BUTTONS = frozenset({"submit", "button", "reset"})


class PageWords(HTMLParser):
    """Collects the words of a page in ``language`` that no mark says to be in another language, or data."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.tag_of_page = ""
        self._language = language
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attributes}
        if tag == "html":
            self.tag_of_page = named.get("lang", "")
        is_other = self._is_other(tag, named)
        if not is_other and not self._is_unsaid():
            self.said += [named[name] for name in SAID_BY_ATTRIBUTES if name in named]
            if tag == "input" and named.get("type") in BUTTONS:
                self.said.append(named.get("value", ""))
        if tag not in VOID:
            self._open.append((tag, is_other))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        while self._open and (closed := self._open.pop()[0]) != tag:
            assert closed in {"p", "li", "dt", "dd", "option", "td", "th", "tr", "path", "circle"}, (tag, closed)

    def handle_data(self, data: str) -> None:
        if not self._is_unsaid() and data.strip():
            self.said.append(" ".join(data.split()))

    def _is_other(self, tag: str, named: dict[str, str]) -> bool:
        # Chinese marks data on every page: names of authorities, words of reports. English is marked on Chinese pages.
        marked = named.get("lang", "") if tag != "html" else ""
        return tag in UNSAID or marked.startswith("zh") or (marked == "en" and self._language == "zh")

    def _is_unsaid(self) -> bool:
        return any(is_other for _, is_other in self._open)


def words_of_page(page: str, language: str) -> PageWords:
    """The words of ``page``, which is to be in ``language``."""
    found = PageWords(language)
    found.feed(page)
    return found


HAN = re.compile("[\u3400-\u9fff]")
LATIN = re.compile(r"_?[A-Za-z]\w*[A-Za-z0-9_]", re.ASCII)
"""A word of the Latin alphabet; single letters name things in every language."""
NAMES = re.compile(
    r"https?://\S+|\b[\w-]+\.(?:txt|html|pdf|docx?|db|json|zip)\b|\d+-[a-z_-]+|\b[0-9a-f]{8,}\b|\b(?=\w*\d)[a-z2-7]{10}\b",
    re.ASCII,
)
"""Addresses, names of files, ids of authorities, hashes."""
INTERNATIONAL = frozenset(
    {
        *(
            "Excel",
            "CSV",
            "JSON",
            "SQL",
            "SQLite",
            "JavaScript",
            "ZIP",
            "PNG",
            "SVG",
            "PDF",
            "HTML",
            "xlsx",
            "csv",
            "json",
        ),
        *("SHA", "UTF", "URL", "GB", "APA", "CC", "BY", "MIT", "OCR", "ICP", "MB", "KB", "OL", "DS", "base32"),
        *("Datasette", "Gongkai", "Atom", "SELECT", "WITH", "LIKE", "GLOB", "NULL", "AND", "OR", "IS", "README", "GET"),
    }
)
"""What is called so in Chinese too."""
INSIDE_CELLS = frozenset({"about", "value", "words", "span", "weight", "figure", "blank"})
"""Names inside cells that hold JSON."""
PINYIN = frozenset({"hongze", "hzq"})
"""Examples of what to type."""


@cache
def codes() -> frozenset[str]:
    """What the database calls its things, and its codes: the same in every language."""
    stated = written()
    database = stated["databases"]["gongkai"]
    found: set[str] = {
        "gongkai",
        "_size",
        "_stream",
        "_next",
        "_shape",
        "_sort",
        "_sort_desc",
        "all",
        "arrays",
        "objects",
        "array",
    }
    for section in ("tables", "queries"):
        for name, about in database[section].items():
            found |= {name, *about.get("columns", {}), *about.get("params", [])}
    for column, names in stated["plugins"]["code-labels"].items():
        found |= {column, *(word for name in names for word in re.split("[ _]", str(name)))}
    return frozenset(found)


def foreign(page: str, language: str) -> list[str]:
    """What ``page`` says in another language than ``language``."""
    said = words_of_page(page, language).said
    if language != "zh":
        return [words for words in said if HAN.search(words)]
    known = INTERNATIONAL | INSIDE_CELLS | PINYIN | codes()
    unknown = {words: set(LATIN.findall(NAMES.sub("", words))) - known for words in said}
    return [words for words, left in unknown.items() if any("_" not in word for word in left)]
