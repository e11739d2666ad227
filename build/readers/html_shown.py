"""What a web page shows of its words: style sheets applied, hidden parts taken out, struck and raised words marked.

A part that the page hides and a script or a reader may show (the other pages of a set of tabs) is read where it holds
the only copy of a statutory table, or every table of the page; beside a copy that is shown it is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element as Element

from ..document import Notice
from ..forms import TABLE_WORDS
from ..messages import told
from .html_colours import attribute_colour, may_be_one
from .html_declarations import ODD
from .html_doubts import (
    cell_of,
    covered_by,
    is_cover,
    is_doubtful,
    is_out_of_view,
    may_be_doubtful,
    moves_others,
    place_of,
)
from .html_looks import Look, look_of
from .html_media import on_screen
from .html_styles import Styles, styles
from .html_variables import resolved
from .html_words import CLOSE, FAINT, HIDDEN, NUDGED_UP, PICTURE_TAG, RAISED, SIGNS, SPACE, TABLE_PARTS, words

LONGEST_MARK = 200
"""Characters; more hidden text than this is told once for the page, not at its place."""

MANY_ELEMENTS = 300
"""With so many elements of their own look the whole page is gone through."""

EXCERPT = 80

STRUCK_TAGS = ("del", "s", "strike")
_RAISED_TAGS = ("sup", "sub")
_TELLING = (
    "line-through", "display", "visibility", "opacity", "clip", "overflow", "transform", "bidi", "direction", "filter",
    "mask", "blend", "zoom", "animation", "offset", "fill-color", "text-security", "text-emphasis", "inset", "float",
    "wingding", "webding", "dingbat", "symbol", "marlett", "barcode", ":first-l", "gradient(", "container-type",
    "font-size-adjust", "font-variant-pos", "font-feature", "outline-offset", "content",
)  # fmt: skip
"""What is declared where some words are not seen as plain ones, or more words than there are …"""

_TELLING_VALUES = {
    "position": re.compile(r"position\s*:"),
    "vertical-align": re.compile(r"vertical-align\s*:\s*(?:su|text-top|-?[.\d])"),
    "font": re.compile(r"font(?:-size)?\s*:[^;}]*?(?<![\d.])(?:0|0?\.\d|[1-6](?:\.\d+)?(?=p[tx]|%))"),
    "margin": re.compile(r"margin[^:;{}]*:[^;}]*?(?:-\.?\d|\d{3})"),
    "text-indent": re.compile(r"text-indent\s*:\s*(?:-|[^;}]*?\d{3}|[^;}]*?\d\d\s*(?:em|%))"),
    "rotate": re.compile(r"(?<![-\w])rotate\s*:"),
    "scale": re.compile(r"(?<![-\w])scale\s*:"),
    "translate": re.compile(r"(?<![-\w])translate\s*:"),
    "order": re.compile(r"(?<![-\w])order\s*:"),
    "letter-spacing": re.compile(r"letter-spacing\s*:\s*-"),
    "contain": re.compile(r"contain\s*:"),
    "\\": re.compile(r"\\0*[4-7][0-9a-f]"),
}
"""… and what is declared so by some of its values: a word → what holds it then."""


def _tells(declared: str) -> bool:
    """Whether style sheets, or the values of ``style`` attributes, decide what is seen. A search for one word after the
    other is many times as fast as one for any of them."""
    text = declared.lower()
    return any(word in text for word in _TELLING) or any(
        word in text and pattern.search(text) is not None for word, pattern in _TELLING_VALUES.items()
    )


_INLINE = ("span", "a", "b", "em", "font", "i", "label", "strong")
_SETTING_APART = frozenset(("flex", "grid", "inline-flex", "inline-grid"))
"""Values of ``display`` that put what an element holds beside one another, as cells."""
_APART = frozenset((
    "block", "flex", "grid", "list-item", "table", "table-row", "table-cell", "table-caption", "flow-root",
    "-webkit-box", "-webkit-flex",
))  # fmt: skip

_UNDOES = re.compile("text-decoration", re.I)
_COLOURS = re.compile(r"(?:(?<![-\w])|text-fill-)color\s*:\s*([#\w][^;}!\n]*)", re.I)
_GROUNDS = re.compile(r"background(?:-color)?\s*:\s*([#\w][^;}!\n]*)", re.I)
_COLOUR_HINTS = {"bgcolor": "background-color", "text": "color", "color": "color", "background": "background-image"}
_with_colours = etree.XPath("//font[@color] | //body[@text] | //*[@bgcolor or @background]")
_style_attributes = etree.XPath("//@style", smart_strings=False)
_colour_attributes = etree.XPath("//font/@color | //body/@text", smart_strings=False)
_ground_attributes = etree.XPath("//@bgcolor", smart_strings=False)
_with_hidden = etree.XPath("//*[@hidden or @popover]")
_with_direction = etree.XPath("//*[@dir]")
_links_within = etree.XPath("//a[contains(@href, '#') and @href != '#' and not(starts-with(@href, 'javascript'))]")

_NOTE_NAME = re.compile(r"#_?(?:ftn|edn|fn|en|footnote|endnote|note|cite|ref|zhu|jz)", re.I)
_NOTE_CLASS = re.compile(r"footnote|noteref|endnote", re.I)
_NOTE_WORDS = re.compile(r"\s*[\[(〔【［（]?\s*(?:注?\d{1,2}|[①-⑳*†‡]|注)\s*[\])〕】］）]?\s*")


def mark_looks(root: Element, looks: Styles, elsewhere: bool, source: bytes) -> tuple[Notice, ...]:
    """Mark the words under ``root`` that are not plain, take out what is not shown; what to say of it.

    ``elsewhere``: whether the page has style sheets that are not here. ``source``: the page before parsing.
    """
    tellings = () if looks.complete else (_too_complex(),)
    if not looks.declared:
        return tellings
    shown = _Shown(looks, elsewhere)
    for element in _outermost(root, looks):
        shown.look_through(element)
    settled = tuple(_settle(root, shown, source))
    _set_apart(looks)
    return (*tellings, *settled)


def _set_apart(looks: Styles) -> None:
    """Make a ``div`` of each inline element that a style sheet shows as a cell, a row or a block of its own, and set
    blanks round one that stands in a width of its own.
    """
    for element, values in looks.declared.items():
        display = values.get("display")
        if _has_own_width(element, values):
            element.text, element.tail = f" {element.text or ''}", f" {element.tail or ''}"
        if display in _APART and element.tag in _INLINE:
            element.tag = "div"
        if display in _SETTING_APART and element.tag not in TABLE_PARTS:
            for child in element.iterchildren(*_INLINE):
                child.tag = "div"


def _has_own_width(element: Element, values: dict[str, str]) -> bool:
    floats = values.get("float", "none") != "none" or values.get("display") == "inline-block"
    return floats and element.tag in _INLINE and values.get("width", "auto") != "auto"


def cascade(root: Element, source: bytes, sheets: Sequence[str]) -> Styles:
    """What is declared of the page's elements, as far as it decides what is seen; empty for most pages.

    ``source`` is the page before parsing, in UTF-8: words that it does not hold need not be looked for in the tree.
    ``sheets``: style sheets that came with the page, before those within it.
    """
    texts = [*sheets, *_own_sheets(root)]
    if any("tbody" in sheet for sheet in texts):
        group_rows(root)
    attributes = "\n".join(_strings(_style_attributes(root)))
    hued = _colours_matter(root, "\n".join((*texts, attributes)))
    hints = _hints(root, source, hued)
    worth = any(hued or _tells(sheet) or (hints and _UNDOES.search(sheet)) for sheet in texts)
    inline = hued or _tells(attributes)
    found = styles(root, texts if worth else (), inline, hints)
    if not hued:
        _drop_plain(found)
    return found


def group_rows(root: Element) -> None:
    """Put rows that stand in no group into one, as browsers do: style sheets may speak of it."""
    for table in root.iter("table"):
        group: Element | None = None
        for child in list(table):
            if child.tag != "tr":
                group = None
                continue
            if group is None:
                group = table.makeelement("tbody")
                child.addprevious(group)
            group.append(child)


def _own_sheets(root: Element) -> list[str]:
    """The style sheets within the page that hold on a screen; of those with a title, the ones titled as the first."""
    found = [element for element in root.iter("style") if on_screen(element.get("media", "")) and _is_css(element)]
    titles = [title for element in found if (title := element.get("title"))]
    return [element.text or "" for element in found if element.get("title") in (None, "", *titles[:1])]


def _is_css(style: Element) -> bool:
    if next(style.iterancestors("template", "noscript", "textarea"), None) is not None:
        return False
    return (style.get("type") or "text/css").strip().lower() == "text/css"


def _colours_matter(root: Element, declared: str) -> bool:
    """Whether any words may have the colour of what is behind them."""
    stated = map(attribute_colour, _strings(_colour_attributes(root)))
    colours = {*(value.strip().lower() for value in _COLOURS.findall(declared)), *stated}
    grounds = {part for value in _GROUNDS.findall(declared.lower()) for part in (value.strip(), *value.split())}
    behind = {attribute_colour(value) for value in _strings(_ground_attributes(root))}
    marked = {MARKED} if next(root.iter("mark"), None) is not None else set()
    return may_be_one(colours, grounds | behind | marked)


_PLAIN_ALONE = frozenset((
    "color", "background-color", "background-image", "width", "height", "max-width", "max-height", "float",
    "margin-left", "margin-top", "left", "right", "top", "bottom",
))  # fmt: skip
"""Properties that, alone, hide nothing in a page whose colours all differ from what is behind them."""


def _drop_plain(found: Styles) -> None:
    plain = [
        element
        for element, values in found.declared.items()
        if values.keys() <= _PLAIN_ALONE
        and element not in found.partly
        and not (_far(values) or _has_own_width(element, values) or _matters_to_figures(element, values))
    ]
    for element in plain:
        del found.declared[element]


def _far(values: dict[str, str]) -> bool:
    margins = [values.get(f"margin-{side}", "") for side in ("left", "top", "right")]
    return any(margin.startswith("-") or len(margin) > len("99px") for margin in margins)


def _matters_to_figures(element: Element, values: dict[str, str]) -> bool:
    is_marked = values.get("float", "none") != "none" or values.get("background-image") in ("gradient", "lined")
    return is_marked and place_of(element) is not None


def fold_details(root: Element) -> None:
    """Put what a closed ``details`` holds behind its summary into a closed ``dialog``: a browser shows neither."""
    for details in root.iter("details"):
        if details.get("open") is None:
            summary = details.find("summary")
            folded = details.makeelement("dialog")
            folded.text, details.text = details.text, None
            folded.extend(child for child in list(details) if child is not summary)
            if summary is not None:
                details.append(summary)
                folded.text, summary.tail = (folded.text or "") + (summary.tail or ""), None
            details.append(folded)


def _hints(root: Element, source: bytes, hued: bool) -> dict[Element, dict[str, str]]:
    """What tags and attributes declare of an element."""
    hints: dict[Element, dict[str, str]] = {}
    for element in root.iter(*_TELLING_TAGS):
        hints[element] = _tag_hints(element)
    if b"hidden" in source or b"popover" in source:
        for element in _elements(_with_hidden(root)):
            hints.setdefault(element, {})["display"] = "none"
    if hued:
        _hint_colours(root, hints)
    if b"rtl" in source or b"RTL" in source:
        for element in _elements(_with_direction(root)):
            hints.setdefault(element, {}).setdefault("direction", (element.get("dir") or "").strip().lower())
    for element in _elements(_links_within(root)) if b"#" in source else ():
        if _NOTE_WORDS.fullmatch(words(element)):
            hints.setdefault(element, {})["note"] = RAISED if _is_note(element) else NUDGED_UP
    return hints


MARKED = "#ff0"
"""What browsers set behind the words of a ``mark``."""

_TELLING_TAGS = (*STRUCK_TAGS, *_RAISED_TAGS, "bdo", "dialog", "marquee")


def _tag_hints(element: Element) -> dict[str, str]:
    """What the tag of an element declares of it, one of _TELLING_TAGS."""
    if element.tag in STRUCK_TAGS:
        return {"text-decoration-line": "line-through"}
    if element.tag == "dialog":
        return (
            {"display": "none"} if element.get("open") is None else {"position": "absolute", "left": "0", "right": "0"}
        )
    if element.tag == "marquee":
        return {"doubt": ODD}
    if element.tag == "bdo":
        return {"direction": (element.get("dir") or "").lower(), "unicode-bidi": "bidi-override"}
    return {"vertical-align": "super" if element.tag == "sup" else "sub"}


def _hint_colours(root: Element, hints: dict[Element, dict[str, str]]) -> None:
    for element in _elements(_with_colours(root)):
        stated = {name: (element.get(attribute) or "") for attribute, name in _COLOUR_HINTS.items()}
        stated = {name: attribute_colour(value) if "color" in name else value for name, value in stated.items()}
        hints.setdefault(element, {}).update({name: value for name, value in stated.items() if value})
    for element in root.iter("mark"):
        hints.setdefault(element, {}).update({"background-color": MARKED, "color": "#000"})


def _is_note(link: Element) -> bool:
    """Whether a link says itself that it leads to a note."""
    role = " ".join(link.get(name, "") for name in ("class", "role", "epub:type", "rel"))
    return bool(_NOTE_NAME.search(link.get("href") or "") or _NOTE_CLASS.search(role))


def _strings(found: object) -> set[str]:
    """The different strings among what an XPath gave."""
    return {str(item) for item in found} if isinstance(found, list) else set()


def _elements(found: object) -> Iterable[Element]:
    """The elements among what an XPath gave."""
    return [item for item in found if isinstance(item, Element)] if isinstance(found, list) else []


def _outermost(root: Element, looks: Styles) -> list[Element]:
    """Elements of their own look, without those within another one."""
    if len(looks.declared) > MANY_ELEMENTS:
        return [root]
    told = looks.declared
    return [element for element in told if not any(around in told for around in element.iterancestors())]


# Words that are not plain ----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Shown:
    """The page as it is gone through; ``absent``: the parts that are not seen, in order; ``covered``: what may
    lie on the words of a cell."""

    looks: Styles
    elsewhere: bool
    absent: list[Element] = field(default_factory=list)
    covered: list[Element] = field(default_factory=list)

    def look_through(self, top: Element, reveal: bool = False) -> None:
        """Mark the words within ``top``; ``reveal``: show it, and what is hidden within it, whatever is declared."""
        stack = [Look()]
        walker = etree.iterwalk(top, events=("start", "end"))
        for event, element in walker:
            if event == "end":
                look = stack.pop()
                if element is not top and element.tail:
                    element.tail = _marked(element.tail, stack[-1])
                if look.apart:
                    element.tail = f" {element.tail or ''}"
                continue
            values = self._declared(element)
            look = stack[-1] if values is None else self._look(element, values, stack[-1], reveal)
            stack.append(look)
            if values is not None and not reveal and _is_absent(element, values, look, self.looks.declared):
                self.absent.append(element)
                stack[-1] = look._replace(apart=False)
                walker.skip_subtree()
                continue
            if element.text:
                element.text = _marked(element.text, look)
            if look.apart:
                element.text = f" {element.text or ''}"

    def _declared(self, element: Element) -> dict[str, str] | None:
        """What is declared of an element, None for nothing."""
        declared = self.looks.declared
        values = declared.get(element)
        if values is not None and self.looks.has_variables:
            values = declared[element] = resolved(element, declared)
        return values

    def _look(self, element: Element, values: dict[str, str], around: Look, reveal: bool) -> Look:
        declared = tuple(values.items())
        look = look_of(str(element.tag), declared, around)
        if "note" in values:
            look = look._replace(shift=values["note"])
        if may_be_doubtful(declared):
            if is_cover(element, values) or moves_others(element, values, look.size):
                self.covered.append(element)
            if is_doubtful(element, look, self.looks.declared):
                look = look._replace(doubtful=True)
        if self.looks.partly and element in self.looks.partly and cell_of(element) is not None:
            look = look._replace(doubtful=True)
        if self.elsewhere and look.is_page_coloured and _may_be_painted(element):
            look = look._replace(colour=None, shift=FAINT)
        if reveal or element.tag in ("html", "body"):
            look = look._replace(unseen=False, invisible=False, opacity=1.0)
        return look


def _may_be_painted(element: Element) -> bool:
    """Whether a style sheet may speak of an element, or of the cell, row or table around it, by a name."""
    cell = next(element.iterancestors("td", "th"), None)
    around = (element, element.getparent()) if cell is None else (element, cell, *cell.iterancestors("tr", "table"))
    return any(part is not None and (part.get("class") or part.get("id")) for part in around)


def _is_absent(
    element: Element, values: dict[str, str], look: Look, declared: Mapping[Element, Mapping[str, str]]
) -> bool:
    """Whether nothing of an element can be seen, whatever is declared of what it holds."""
    if element.tag in ("html", "body"):
        return False
    if values.get("display") == "none" or look.unseen:
        return True
    if is_out_of_view(element, values, look.size, declared):
        return True
    return look.sign == HIDDEN and (
        element.tag in ("img", PICTURE_TAG) or element.find(".//table") is not None or element.tag == "table"
    )


def _marked(text: str, look: Look) -> str:
    sign = look.sign
    if not sign:
        return text
    lines = text.split("\n")
    return "\n".join([f"{sign}{line}{CLOSE}" if line.strip(SPACE) else line for line in lines])


def _doubt(cell: Element) -> None:
    """Mark all plain words of a cell as doubtful."""
    for element in cell.iter():
        if element.text and not SIGNS.search(element.text):
            element.text = _marked(element.text, _DOUBTED)
        if element is not cell and element.tail and not SIGNS.search(element.tail):
            element.tail = _marked(element.tail, _DOUBTED)


_DOUBTED = Look(doubtful=True)

# Parts that are not shown ----------------------------------------------------------------------------------------


def _too_complex() -> Notice:
    return Notice("warning", "style_too_complex", told("readers.style_too_complex"))


_OPENS = re.compile(rb"<script|<details|\son[a-z]{4,}\s*=|javascript:|:(?:checked|target|hover|focus)", re.I)
"""What may show a part of a page that it hides: a script, or what a reader opens or points at."""


def _settle(root: Element, shown: _Shown, source: bytes) -> Iterator[Notice]:
    """Take out the parts that are not seen, but for those that only a script, or a reader, shows."""
    revealed, every = _revealed(root, shown.absent)
    if revealed and _OPENS.search(source) is None:
        revealed = []
    for element in revealed:
        shown.look_through(element, reveal=True)
    if revealed:
        yield Notice(
            "warning", "hidden_content", told("readers.every_table_hidden" if every else "readers.tables_hidden")
        )
    untold = [text for element in shown.absent if element not in revealed and (text := _take_out(element, shown.looks))]
    for cell in dict.fromkeys(map(covered_by, shown.covered)):
        if cell is not None:
            _doubt(cell)
    if untold:
        message = told("readers.parts_hidden", count=len(untold))
        yield Notice("note", "hidden_text", message, untold[0][:EXCERPT])


def _revealed(root: Element, absent: Sequence[Element]) -> tuple[list[Element], bool]:
    """The hidden parts that are read, and whether they hold every table of the page."""
    holding = [element for element in absent if next(element.iter("table"), None) is not None]
    if not holding:
        return [], False
    hidden = {table for element in holding for table in element.iter("table")}
    inner = {table for table in hidden if next(table.iterancestors("table"), None) is not None}
    outer = {around for table in root.iter("table") if table not in inner for around in table.iterancestors("table")}
    shown = [table for table in root.iter("table") if table not in hidden and table not in outer]
    seen = {word for table in shown for word in _statutory_words(table)}
    revealed: list[Element] = []
    for element in holding:
        found = _statutory_words(element)
        is_only_copy = len(found) > 1 and 2 * len(found & seen) < len(found)
        if is_only_copy or (not shown and len(found) < 2):
            revealed.append(element)
            seen |= found
    return revealed, not shown


def _statutory_words(element: Element) -> set[str]:
    text = words(element)
    return {word for word in TABLE_WORDS if word in text}


def _take_out(element: Element, looks: Styles) -> str:
    """Take out a part that is not seen; short words are remembered at their place, longer ones are given back."""
    text = " ".join(words(element).split())
    is_long = len(text) > LONGEST_MARK or next(element.iter("table", "tr"), None) is not None
    told = "" if is_long or not text else f"{HIDDEN}{text}{CLOSE}"
    is_gone = looks.declared[element].get("display") == "none"
    if element.tag in TABLE_PARTS and (is_gone or element.tag not in ("td", "th")):
        remove(element)
        told = ""
    else:
        for child in list(element):
            element.remove(child)
        element.text = told or None
        element.tag = element.tag if element.tag in ("td", "th") else "span"
    return text if not told and any(character.isdecimal() for character in text) else ""


def remove(element: Element) -> None:
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
