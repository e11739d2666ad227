"""Markdown as the site's pages of text are written in it.

CommonMark with tables; no markup of HTML goes through, and no address but http, https and mailto. A heading may end
with its fragment, ``{#blank}``, which is then the same in every language. A block of SQL can be run with one click.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

FRAGMENT = re.compile(r"\s*\{#([\w-]+)\}$")
FOREIGN = {
    "zh": (re.compile(r"[A-Za-z][A-Za-z'’,:;() -]*[a-z]{3}(?:[A-Za-z'’,:;() -]*[A-Za-z)])?"), "en"),
    "en": (re.compile(r"[\u3007\u3400-\u9fff](?:[\u3000-\u9fff\uff00-\uffef“”]*[\u3007\u3400-\u9fff])?"), "zh-Hans"),
}
"""Language of a text → what in it is of another, and which that is."""
SQL = "sql"
PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")

Leading = Callable[[str], str]
"""A path of the site → how it is reached from the page that is made."""


@dataclass(frozen=True)
class Heading:
    """A heading of the second level, which the list of contents leads to."""

    fragment: str
    words: str


@dataclass(frozen=True)
class Written:
    """A text: its title is the heading of the first level, its summary the first paragraph."""

    title: str
    summary: str
    headings: Sequence[Heading]
    body: Markup


def statements_in(text: str) -> list[str]:
    """Every block of SQL in ``text``."""
    return [token.content.strip() for token in PARSER.parse(text) if token.type == "fence" and token.info == SQL]


def links_in(text: str) -> list[str]:
    """Every address that ``text`` leads to."""
    inner = [child for token in PARSER.parse(text) for child in token.children or ()]
    return [str(child.attrGet("href")) for child in inner if child.type == "link_open"]


def written(text: str, leading: Leading, run: str, language: str = "en") -> Written:
    """``text``, in ``language``, as a page; ``run`` are the words of the link that runs a block of SQL."""
    tokens = PARSER.parse(text)
    headings = [*_named(tokens)]
    title = _words(next(tokens[place + 1] for place, token in enumerate(tokens) if token.tag == "h1"))
    summary = _words(next(tokens[place + 1] for place, token in enumerate(tokens) if token.type == "paragraph_open"))
    for token in tokens:
        for child in token.children or ():
            _lead(child, leading)
            _mark_foreign(child, language)
    return Written(
        title,
        summary,
        [heading for level, heading in headings if level == "h2"],
        Markup("").join(_rendered(tokens, leading, run)),
    )


def _named(tokens: Sequence[Token]) -> Iterator[tuple[str, Heading]]:
    """Take the fragments out of the headings' words and make them ids."""
    for place, token in enumerate(tokens):
        if token.type != "heading_open" or token.tag == "h1":
            continue
        inline = tokens[place + 1]
        found = FRAGMENT.search(inline.content)
        if found is None:
            continue
        last = (inline.children or [])[-1]
        last.content = FRAGMENT.sub("", last.content)
        token.attrSet("id", found[1])
        yield token.tag, Heading(found[1], _words(inline))


def _words(inline: Token) -> str:
    return FRAGMENT.sub(
        "", "".join(child.content or " " * (child.type == "softbreak") for child in inline.children or ())
    )


def _lead(token: Token, leading: Leading) -> None:
    address = token.attrGet("href")
    if token.type != "link_open" or not isinstance(address, str):
        return
    if address.startswith("/"):
        token.attrSet("href", leading(address))
    elif not address.startswith("#"):
        token.attrSet("rel", "noopener noreferrer")


def _mark_foreign(token: Token, language: str) -> None:
    """Make words of another language known as such, for whoever has the page read out."""
    words, other = FOREIGN[language]
    if not words.search(token.content):
        return
    if token.type == "text":
        token.type, token.content = "html_inline", "".join(_marked(token.content, words, other))
    elif token.type == "code_inline" and language == "en":
        token.type, token.content = "html_inline", f'<code lang="{other}">{escape(token.content)}</code>'


def _marked(text: str, words: re.Pattern[str], other: str) -> Iterator[str]:
    behind = 0
    for found in words.finditer(text):
        yield str(escape(text[behind : found.start()]))
        yield f'<span lang="{other}">{escape(found[0])}</span>'
        behind = found.end()
    yield str(escape(text[behind:]))


def _rendered(tokens: Sequence[Token], leading: Leading, run: str) -> Iterator[Markup]:
    """HTML block by block: wide tables can be scrolled, SQL can be run, the title stands in the template."""
    renderer, options = PARSER.renderer, PARSER.options
    pending: list[Token] = []
    hidden = False
    for token in tokens:
        if token.tag == "h1":
            hidden = token.type == "heading_open"
            continue
        if hidden:
            continue
        if token.type == "fence" and token.info == SQL:
            yield Markup(renderer.render(pending, options, {}))
            yield _runnable(token.content.strip(), leading, run)
            pending = []
            continue
        pending.append(token)
    yield Markup(
        renderer.render(pending, options, {})
        .replace("<table>", '<div class="table-wrapper" tabindex="0" role="region"><table>')
        .replace("</table>", "</table></div>")
        .replace("<th>", '<th scope="col">')
    )


def _runnable(statement: str, leading: Leading, run: str) -> Markup:
    address = leading("/gongkai") + "?" + urlencode({"sql": statement})
    return Markup('<pre class="sql-text"><code>{}</code></pre>\n<p class="run"><a href="{}">{}</a></p>\n').format(
        escape(statement), address, run
    )
