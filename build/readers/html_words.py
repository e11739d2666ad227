"""The words of an element as a browser sets them: white space, line breaks, raised figures."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby

from lxml import etree
from lxml.etree import _Element as Element

from ..document import hidden, raised, struck, unread
from .pictures import PICTURE

BREAK = "\x00"
"""Stands for a line feed that the page really makes; source text never holds it."""

STRUCK, RAISED, LOWERED, NUDGED_UP, NUDGED_DOWN, HIDDEN, REVERSED, DOUBTFUL, FAINT = map(chr, range(0xFDE0, 0xFDE9))
"""Stand in the tree before words that are not plain; CLOSE stands behind them. One such run never holds another.
Nudged words are a note mark only beside words that are not. Reversed words are shown back to front. Doubtful ones
may be seen otherwise than they stand there, or not at all. Faint ones have the colour of the page, and what is behind
them is not known."""

CLOSE = "\ufde9"
PICTURE_TAG = "shown-picture"
"""The element that stands in the tree for a PICTURE, besides ``img``."""

SIGNS = re.compile("[\ufdd0-\ufdef]")
"""Characters that are none in any text; the reader keeps its signs among them."""

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul",
))  # fmt: skip
"""Elements that begin and end a line."""

TABLE_PARTS = frozenset(("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"))
_WRAPPERS = frozenset(("p", "div", "center"))
SPACE = " \t\n\r\f"
"""What HTML calls white space; a no-break space is not among it."""

_KEPT_SPACE = {ord(" "): "\x02", ord("\t"): "\x03", ord("\n"): BREAK, ord("\r"): None}
_KEPT_SPACE_AGAIN = {2: " ", 3: "\t"}
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003ffff“”‘’…—·"
_BETWEEN_WIDE = re.compile(f"[{_WIDE}]{{2}}")
_SPACES = re.compile(rf"[{SPACE}]+")
_UNEVEN_SPACES = ("\t", "\f", "  ")
"""White space that shows otherwise than it is written."""
_RUN = re.compile(f"([{STRUCK}-{FAINT}])([^{STRUCK}-{CLOSE}]*){CLOSE}")


def lines_of(text: str) -> list[str]:
    """Text nodes run together → lines: white space collapsed, cut at BREAK, none empty.

    A line break of the source between two wide characters is nothing (CSS Text 3, 4.1.3), elsewhere a space: two
    figures that the source prints on two lines stay two.
    """
    if text.isalnum():
        return [text]
    text = text.strip(SPACE)
    if "\n" in text or "\r" in text:
        text = _without_source_breaks(text)
    if any(space in text for space in _UNEVEN_SPACES):
        text = _SPACES.sub(" ", text)
    lines = [line for part in text.split(BREAK) if (line := part.strip(" "))]
    if CLOSE in text:
        lines = [told(line) for line in lines]
    if "\x02" in text or "\x03" in text:
        return [line.translate(_KEPT_SPACE_AGAIN) for line in lines]
    return lines


def told(line: str) -> str:
    """A line as the document takes it: its runs that are not plain told as struck, raised or hidden."""
    runs = _runs(line)
    is_plain = any(not sign and words.strip() for sign, words in runs)
    return "".join([_TOLD[sign](words) if is_plain or sign not in _NUDGED else words for sign, words in runs])


def _runs(line: str) -> list[tuple[str, str]]:
    """The line's runs in order, each with its sign, "" for plain; runs of one kind side by side are one."""
    pieces: list[tuple[str, str]] = []
    at = 0
    for run in _RUN.finditer(line):
        pieces += (("", line[at : run.start()]), (run[1], run[2]))
        at = run.end()
    pieces.append(("", line[at:]))
    some = [(sign, words) for sign, words in pieces if words]
    return [(sign, "".join(words for _, words in run)) for sign, run in groupby(some, key=lambda piece: piece[0])]


def _reversed(words: str) -> str:
    return unread("倒序") if any(character.isdecimal() for character in words) else words


def _faint(words: str) -> str:
    is_figure = any(map(str.isdecimal, words)) and not any(map(str.isalpha, words))
    return unread("与底色相近") if is_figure else words


def _doubtful(words: str) -> str:
    return unread("不能确定") if is_figure(words) else words


def is_figure(words: str) -> bool:
    """Whether words are a number, with its unit or without, and not a day."""
    if not any(map(str.isdecimal, words)) or _DAY.search(words):
        return False
    return sum(map(str.isalpha, words)) <= LONGEST_UNIT


_DAY = re.compile(r"\d{4}\s*[-/.年]\s*\d")


LONGEST_UNIT = 3
"""Letters; words with a number and more letters than a unit has are no figure, whatever is done to them."""


def _lowered(words: str) -> str:
    return raised(words, lowered=True)


def _struck(words: str) -> str:
    bare = words.strip(SPACE)
    return words.replace(bare, struck(bare), 1) if bare else words


_NUDGED = (NUDGED_UP, NUDGED_DOWN)
_TOLD: dict[str, Callable[[str], str]] = {
    "": str,
    STRUCK: _struck,
    RAISED: raised,
    LOWERED: _lowered,
    NUDGED_UP: raised,
    NUDGED_DOWN: _lowered,
    HIDDEN: hidden,
    REVERSED: _reversed,
    DOUBTFUL: _doubtful,
    FAINT: _faint,
}


def _without_source_breaks(text: str) -> str:
    pieces = [""]
    for printed in text.replace("\r", "\n").split("\n"):
        line = printed.strip(SPACE)
        if line:
            before = pieces[-1][-1:]
            pieces += (line,) if not before or _BETWEEN_WIDE.fullmatch(before + line[0]) else (" ", line)
    return "".join(pieces)


def by_tag(root: Element, *tags: str) -> dict[str, list[Element]]:
    """The elements under ``root`` with these tags, in one pass: tag → elements in document order, none for some."""
    found: dict[str, list[Element]] = {tag: [] for tag in tags}
    for element in root.iter(*tags):
        found[str(element.tag)].append(element)
    return found


def words(element: Element) -> str:
    """All text within ``element`` as it stands in the source."""
    return "".join(str(text) for text in element.itertext())


def preformatted(text: str) -> str:
    """Text within ``<pre>``, with its white space kept through ``lines_of``."""
    return text.translate(_KEPT_SPACE)


def cell_text(cell: Element) -> str:
    """The text of a table cell; block elements and ``<br>`` make line feeds.

    What a nested table holds is parted by spaces: two figures must not become one.
    """
    plain = _only_text(cell)
    if plain is not None and (plain.isalnum() or not plain):
        return plain
    lines = lines_of("".join(_cell_pieces(cell)) if plain is None else plain)
    text = lines[0] if len(lines) == 1 else "\n".join(lines)
    return _with_picture(text) if PICTURE in text else text


def _with_picture(text: str) -> str:
    """A cell that shows a picture: words without a figure say themselves what it is; else nobody can tell."""
    bare = text.replace(PICTURE, "")
    if bare.strip() and not any(character.isdecimal() for character in bare):
        return "\n".join(line for line in bare.split("\n") if line.strip())
    return text.replace(PICTURE, unread("图片"))


def _only_text(cell: Element) -> str | None:
    """The text of a cell that holds one text node, within paragraphs or not; None where there is more."""
    element = cell
    while inner := len(element):
        text = element.text
        if inner > 1 or (text and text.strip(SPACE)):
            return None
        element = element[0]
        tail = element.tail
        if element.tag not in _WRAPPERS or (tail and tail.strip(SPACE)):
            return None
    return element.text or ""


def _cell_pieces(cell: Element) -> list[str]:
    pieces: list[str] = []
    tables = kept = 0
    walker = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        starts = event == "start"
        if element is not cell:
            if not tables and tag in ("td", "th", "tr"):
                # An end tag is missing: the cell that follows has come to stand in this one.
                walker.skip_subtree()
                pieces.append("" if starts else element.tail or "")
                continue
            pieces.append(_mark(tag, starts))
            tables += (tag == "table") * (1 if starts else -1)
        kept += (tag == "pre") * (1 if starts else -1)
        text = element.text if starts else element.tail
        if text and (starts or element is not cell):
            pieces.append(preformatted(text) if kept else text)
    return pieces


def _mark(tag: object, starts: bool) -> str:
    """What the begin or end of an element puts into the text of a cell."""
    if tag in TABLE_PARTS:
        return " "
    if tag in BLOCKS or (tag == "br" and starts):
        return BREAK
    return PICTURE if starts and tag in ("img", PICTURE_TAG) else ""
