"""What of a web page is not the report: scripts, navigation, forms, hidden and struck-out text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree
from lxml.etree import _Element as Element

from ..document import Notice
from .html_words import by_tag, words

DROPPED = (
    "script", "style", "noscript", "template", "title", "meta", "link", "nav", "select", "option", "datalist",
    "button", "textarea", "input", "svg", "canvas", "audio", "video", "iframe", "rt", "rp",
)  # fmt: skip
"""Elements that are left out with all they hold. ``rt``: a pronunciation set over the characters. ``head`` is not among
them: the parser puts elements that it does not know into it when the page forgets to end it."""

STRUCK = ("del", "s", "strike")
"""Struck-out text: the page shows that it no longer stands."""

INLINE = (
    "span", "font", "b", "strong", "i", "em", "u", "ins", "small", "big", "tt", "code", "label", "abbr", "acronym",
    "cite", "dfn", "kbd", "samp", "var", "mark", "bdi", "bdo", "nobr", "o:p", "st1:chsdate", "ruby", "rb", "basefont",
)  # fmt: skip
"""Elements that change the look of words and nothing else; their words join those around them."""

FURNITURE = ("header", "footer", "aside")
LONG_TEXT = 400
"""A page's header, footer or margin with more characters than this is no furniture."""

SMALL_FORM = 100
"""A form with fewer characters and no table or part of one is a search box or a login."""

EXCERPT = 80
_TITLE = re.compile(r"报告|報告|年报|年報")
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)
_RAISED = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.I)
_SIGNS: dict[bytes, etree.XPath] = {
    b"hidden": etree.XPath("//*[@hidden]"),
    b"display": etree.XPath("//*[contains(@style, 'display')]"),
    b"DISPLAY": etree.XPath("//*[contains(@style, 'DISPLAY')]"),
}
"""A word that the source holds if something is hidden → the elements that may be so."""

_UNSEEN = re.compile(
    r"visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0+(?:\.0+)?\s*(?:[a-z]+|%)?\s*(?:;|!|$)", re.IGNORECASE
)
_UNSEEN_SIGNS = (b"isibility:", b"font-size:0", b"font-size: 0")
_maybe_unseen = etree.XPath("//*[contains(@style, 'isibility') or contains(@style, 'font-size')]")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.S)
_BRACE = re.compile(r"[{}]")
_CLASS = re.compile(r"(\*|[a-z][a-z0-9]*)?\.([\w-]+)", re.I)
_CLASSES = re.compile(r"\.([\w-]+)")
_LOOKS = re.compile(r"display\s*:|visibility\s*:|font-size\s*:", re.I)

_SHOWN_INPUTS = frozenset({"text", "number"})
_FIGURE = re.compile(r"\s*[+\-]?\d[\d,.]*%?\s*")

_RAISED_SIGN = b"vertical-align"
_maybe_raised = etree.XPath("//span[contains(@style, 'vertical-align')]")


def prune(root: Element, source: bytes) -> tuple[Notice, ...]:
    """Take out of ``root`` whatever is not shown as words of the page, and the tags that only change their look.

    ``source`` is the page before parsing, in UTF-8: words that it does not hold need not be looked for in the tree.
    """
    notices = (*_prune_hidden(root, source), *_prune_struck(root))
    if any(sign in source for sign in _UNSEEN_SIGNS):
        _blank_unseen(root)
    _prune_hidden_classes(root)
    found = by_tag(root, "input", "form", *FURNITURE)
    _show_inputs(found["input"])
    etree.strip_elements(root, *DROPPED, with_tail=False)
    _prune_furniture([element for tag in FURNITURE for element in found[tag]], found["form"])
    for span in _elements(_maybe_raised(root)) if _RAISED_SIGN in source else ():
        match = _RAISED.search(span.get("style", ""))
        if match:
            span.tag = {"super": "sup", "sub": "sub"}[match[1].lower()]
    etree.strip_tags(root, *INLINE)
    return notices


def _elements(found: object) -> Iterable[Element]:
    """The elements among what an XPath gave."""
    return [item for item in found if isinstance(item, Element)] if isinstance(found, list) else []


def _prune_hidden(root: Element, source: bytes) -> tuple[Notice, ...]:
    """Hidden elements; they stay where all tables of the page are in them, for then a script shows them."""
    hidden = [
        element
        for sign, elements_with in _SIGNS.items()
        if sign in source
        for element in _elements(elements_with(root))
        if element.get("hidden") is not None or _HIDDEN.search(element.get("style", ""))
    ]
    hidden = [element for element in hidden if element.tag not in ("html", "body")]
    if not hidden:
        return ()
    inside = _tables_within(hidden)
    if inside and len(inside) == sum(1 for _ in root.iter("table")):
        message = "every table of the page is in a part that it hides; what is hidden was read"
        return (Notice("warning", "hidden_content", message),)
    for element in hidden:
        _remove(element)
    return ()


def _blank_unseen(root: Element) -> None:
    """Take out words that keep their place on the page and cannot be seen there: printed in size 0, or invisible.

    Where something in the element says how it looks itself, it may be seen again; it is left as it is.
    """
    for element in _elements(_maybe_unseen(root)):
        if not _UNSEEN.search(element.get("style", "")):
            continue
        if any(child.attrib or child.tag in ("font", "table") for child in element.iterdescendants()):
            continue
        element.text = None
        for child in element.iterdescendants():
            child.text = child.tail = None


def _prune_hidden_classes(root: Element) -> None:
    """Words in the line that the page's own style sheet hides by their class; Word saves deleted text so.

    Parts of the page that a class hides are left: scripts fold and unfold those.
    """
    hidden = _hidden_classes("\n".join(sheet.text or "" for sheet in root.iter("style")))
    if not hidden:
        return
    for element in list(root.iter(*INLINE)):
        names = (f"{tag}.{name}" for tag in ("", element.tag) for name in element.get("class", "").split())
        if any(name in hidden for name in names) and element.find(".//table") is None:
            _remove(element)


def _hidden_classes(sheet: str) -> set[str]:
    """What a style sheet hides always: ``.class``, where the last rule for it does, and ``tag.class``.

    A class that a rule shows in some place, tag or medium is not among them: a printed figure must not lose a
    digit because of a rule that does not hold there.
    """
    hidden: set[str] = set()
    shown: set[str] = set()
    for conditional, selectors, declarations in _rules(_COMMENT.sub("", sheet)):
        if not _LOOKS.search(declarations):
            continue
        hides = _HIDDEN.search(declarations) or _UNSEEN.search(declarations)
        for selector in map(str.strip, selectors.split(",")):
            named = None if conditional else _CLASS.fullmatch(selector)
            if hides and named is not None:
                hidden.add(f"{(named[1] or '').strip('*').lower()}.{named[2]}")
            elif named is not None and not named[1]:
                hidden.discard(f".{named[2]}")
            elif not hides:
                shown.update(_CLASSES.findall(selector))
    return {name for name in hidden if name.partition(".")[2] not in shown}


def _rules(sheet: str) -> Iterator[tuple[bool, str, str]]:
    """Whether a rule stands within ``@media print {…}`` or the like, its selectors, its declarations."""
    at = 0
    outer: list[str] = []
    for brace in _BRACE.finditer(sheet):
        words_before, at = sheet[at : brace.start()], brace.end()
        if brace[0] == "{":
            outer.append(words_before.rpartition(";")[2].strip())
        elif outer:
            selectors = outer.pop()
            if not selectors.startswith("@"):
                yield bool(outer), selectors, words_before


def _show_inputs(fields: Sequence[Element]) -> None:
    """Figures that stand in a table's cells as fields of a form, which shows them like any other words."""
    for field in fields:
        value = field.get("value", "")
        shown = field.get("type", "text").lower() in _SHOWN_INPUTS and _FIGURE.fullmatch(value)
        if shown and next(field.iterancestors("td", "th"), None) is not None:
            field.tag, field.text = "span", value.strip()


def _tables_within(elements: Iterable[Element]) -> set[Element]:
    """The tables that ``elements`` hold; one that stands in another, earlier one is not searched again."""
    found: set[Element] = set()
    for element in elements:
        if next(element.iter("table"), None) not in found:
            found.update(element.iter("table"))
    return found


def _prune_struck(root: Element) -> tuple[Notice, ...]:
    struck = (str(text).strip() for element in root.iter(*STRUCK) for text in element.itertext())
    excerpt = next((text[:EXCERPT] for text in struck if text), "")
    etree.strip_elements(root, *STRUCK, with_tail=False)
    if not excerpt:
        return ()
    return (Notice("note", "struck_text", "words that the page shows struck out were left out", excerpt),)


def _prune_furniture(margins: Sequence[Element], forms: Sequence[Element]) -> None:
    for element in margins:
        if _is_furniture(element):
            _remove(element)
    for form in forms:
        if next(form.iter("table", "td"), None) is None and not _is_longer(form, SMALL_FORM):
            _remove(form)


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


def _remove(element: Element) -> None:
    """Take ``element`` out, leaving the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
