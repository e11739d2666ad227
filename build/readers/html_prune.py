"""What of a web page is not the report: scripts, navigation, search forms, what it does not show."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree
from lxml.etree import _Element as Element

from ..document import Notice
from .html_fields import FIELDS, show_fields, show_generated, tell_unshown
from .html_letters import doubt_small_figures
from .html_shown import cascade, fold_details, mark_looks, remove
from .html_words import by_tag, words

DROPPED = (
    "script", "style", "noscript", "template", "title", "meta", "link", "nav", "select", "option", "datalist",
    "noframes", "noembed", "button", "textarea", "input", "svg", "canvas", "audio", "video", "iframe", "rt", "rp",
)  # fmt: skip
"""Elements that are left out with all they hold. ``rt``: a pronunciation set over the characters. ``head`` is not among
them: the parser puts elements that it does not know into it when the page forgets to end it."""

INLINE = (
    "span", "font", "b", "strong", "i", "em", "u", "ins", "small", "big", "tt", "code", "label", "abbr", "acronym",
    "cite", "dfn", "kbd", "samp", "var", "mark", "bdi", "bdo", "nobr", "o:p", "st1:chsdate", "ruby", "rb", "basefont",
    "sup", "sub", "del", "s", "strike", "wbr",
)  # fmt: skip
"""Elements that change the look of words and nothing else; their words join those around them."""

FURNITURE = ("header", "footer", "aside")
LONG_TEXT = 400
"""A page's header, footer or margin with more characters than this is no furniture."""

SMALL_FORM = 100
"""A form with fewer characters and no table or part of one is a search box or a login."""

_TITLE = re.compile(r"报告|報告|年报|年報")


def prune(root: Element, source: bytes, sheets: Sequence[str], elsewhere: bool) -> tuple[Notice, ...]:
    """Take out of ``root`` whatever is not shown as words of the page, and the tags that only change their look.

    ``source`` is the page before parsing, in UTF-8; ``sheets``: style sheets that came with it; ``elsewhere``: whether
    it has others. Words that are struck,
    raised or hidden among others stay, between the signs of ``html_words``.
    """
    if b"<details" in source.lower():
        fold_details(root)
    found = by_tag(root, "form", "nav", *FURNITURE, *FIELDS)
    _keep_figures([element for tag in ("form", "nav", *FURNITURE) for element in found[tag]])
    tell_unshown(found)
    looks = cascade(root, source, sheets)
    show_fields(found)
    show_generated(looks)
    etree.strip_elements(root, *DROPPED, with_tail=False)
    notices = mark_looks(root, looks, elsewhere, source)
    _prune_furniture(
        [part for tag in FURNITURE for part in found[tag] if part.tag == tag],
        [form for form in found["form"] if form.tag == "form"],
    )
    doubt_small_figures(root, source, INLINE)
    etree.strip_tags(root, *INLINE)
    return notices


def _keep_figures(parts: Sequence[Element]) -> None:
    """Make plain blocks of forms, margins and menus that hold nothing but a figure of a table."""
    for part in parts:
        if words(part).strip().isdecimal() and next(part.iterancestors("td", "th"), None) is not None:
            part.tag = "div"


def _prune_furniture(margins: Sequence[Element], forms: Sequence[Element]) -> None:
    for element in margins:
        if _is_furniture(element):
            remove(element)
    for form in forms:
        if next(form.iter("table", "td"), None) is None and not _is_longer(form, SMALL_FORM):
            remove(form)


def _is_furniture(element: Element) -> bool:
    """A header, footer or margin of the page, not of the article, without table, much text or the report's title."""
    if any(True for _ in element.iterancestors("article", "main")) or element.find(".//table") is not None:
        return False
    if _is_longer(element, LONG_TEXT):
        return False
    return not any(_TITLE.search(words(title)) for title in element.iter("h1", "h2"))


def _is_longer(element: Element, characters: int) -> bool:
    """Whether an element holds that many characters; reads no further than it must."""
    for text in element.itertext():
        characters -= len(text.strip())
        if characters <= 0:
            return True
    return False
