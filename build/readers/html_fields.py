"""What a web page shows that is no text of its own: fields of forms, pictures, words that a style sheet writes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import tinycss2
from lxml import etree
from lxml.etree import _Element as Element

from ..document import unread
from .html_doubts import is_cover
from .html_styles import Styles
from .html_words import PICTURE_TAG, words

_SHOWN_VALUES = frozenset(
    ("text", "number", "tel", "email", "url", "search", "date", "month", "time", "datetime-local")
)
_WITHOUT_WORDS = frozenset(("hidden", "submit", "button", "reset", "image"))
_TICKS = {True: "☑", False: "☐"}
_PICTURES = ("svg", "canvas", "object", "embed", "iframe", "video", "meter", "progress", "image")
_SHOWN_ELSEWHERE = ("script", "noscript", "template", "noframes", "noembed")
FIELDS = ("input", "textarea", "select", "button", *_PICTURES, "img", "math", "rt", "q", "ol", *_SHOWN_ELSEWHERE)
"""Elements that show something besides words."""

SPACER = 2
"""Pixels; an image no wider or no higher than this shows nothing."""

LONGEST_CONTENT = 200
"""Characters; more than this no style sheet writes before or behind an element."""

_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
"""Characters of a font's own: pictures."""

_INTEGER = re.compile(r"\s*(\d{1,6})")


def show_fields(found: Mapping[str, Sequence[Element]]) -> None:
    """Put what fields and pictures show into the tree, as words or as a PICTURE_TAG.

    ``found``: the page's elements with the tags of FIELDS. A field outside a table and a paragraph asks the reader
    something, but for a ``textarea`` with words in it.
    """
    for field in found["textarea"]:
        if _in_cell(field) or words(field).strip():
            _show(field, words(field).strip() or _prompt(field), "pre" if "\n" in words(field).strip() else "span")
    for field in filter(_in_words, found["select"]):
        _show(field, _chosen(field))
    for field in filter(_in_words, found["input"]):
        _show_input(field)
    for button in filter(_in_cell, found["button"]):
        _show_button(button, words(button))
    for tag in _PICTURES:
        for picture in filter(_in_words, found[tag]):
            if _in_cell(picture) or next(picture.iter("p", "div", "table"), None) is None:
                _picture(picture)
    for image in found["img"]:
        if _is_spacer(image):
            image.tag = "wbr"
    _show_signs(found)


def _show_signs(found: Mapping[str, Sequence[Element]]) -> None:
    """The same of formulas, quotation marks and the numbers of lists."""
    for formula in filter(_in_words, found["math"]):
        if not _is_plain_formula(formula):
            _picture(formula)
    for quoted in filter(_in_words, found["q"]):
        quoted.text, quoted.tail = f"“{quoted.text or ''}", f"”{quoted.tail or ''}"
    for numbered in filter(_in_cell, found["ol"]):
        for item in numbered.iterchildren("li"):
            if not words(item).strip():
                _picture(item)


def tell_unshown(found: Mapping[str, Sequence[Element]]) -> None:
    """Put what cells and paragraphs hold for browsers of other kinds into a closed ``dialog``; a script that writes is
    a picture, and a figure set over a word as a pronunciation is raised. ``found``: as for ``show_fields``.
    """
    for tag in _SHOWN_ELSEWHERE:
        for part in filter(_in_words, found[tag]):
            _tell(part)
    for gloss in found["rt"]:
        if any(map(str.isdecimal, words(gloss))):
            gloss.tag = "span" if next(gloss.iterancestors("ruby"), None) is None else "sup"


def _is_plain_formula(formula: Element) -> bool:
    """Whether a formula is nothing but numbers and letters side by side."""
    return not formula.attrib and all(part.tag in _FORMULA and not part.attrib for part in formula.iterdescendants())


_FORMULA = frozenset(("mrow", "mn", "mi", "mtext", "mspace"))


def _tell(part: Element) -> None:
    """Make of what a browser with scripts does not show, or shows only by one, something that is told."""
    text = words(part)
    if part.get("shadowrootmode") is not None or (part.tag == "script" and "document.write" in text):
        _picture(part)
    elif part.tag != "script" and any(map(str.isdecimal, text)):
        part.tag = "dialog"


def _in_cell(element: Element) -> bool:
    return next(element.iterancestors("td", "th"), None) is not None


def _in_words(field: Element) -> bool:
    return next(field.iterancestors("td", "th", "p"), None) is not None


def _show(field: Element, text: str, tag: str = "span") -> None:
    """Put ``text`` in place of a field, parted from the words beside it, as the field's frame parts them."""
    for child in list(field):
        field.remove(child)
    field.tag = tag
    field.text = f" {text} " if text else None


def _chosen(field: Element) -> str:
    """What a ``select`` shows: the option chosen, or the first."""
    options = list(field.iter("option"))
    if field.get("multiple") is not None or (field.get("size") or "1") not in ("", "0", "1"):
        return " ".join(map(_label, options))
    chosen = [option for option in options if option.get("selected") is not None]
    chosen = chosen or [option for option in options if option.get("disabled") is None][:1] or options[:1]
    return _label(chosen[-1]) if chosen else ""


def _label(option: Element) -> str:
    return " ".join((option.get("label") or words(option)).split())


def _prompt(field: Element) -> str:
    """What an empty field shows where it asks for a figure, told as what nobody filled in."""
    return unread("未填写") if any(map(str.isdecimal, field.get("placeholder") or "")) else ""


def _show_button(button: Element, text: str) -> None:
    """Show what stands on a button that is all there is in its cell: a figure, if it is one."""
    cell = next(button.iterancestors("td", "th"))
    if text.strip().isdecimal() and words(cell).strip() in ("", text.strip()):
        _show(button, text.strip())


def _show_input(field: Element) -> None:
    kind = (field.get("type") or "text").strip().lower()
    if kind in ("checkbox", "radio"):
        _show(field, _TICKS[field.get("checked") is not None])
    elif kind == "image" and _in_cell(field):
        _picture(field)
    elif kind in _WITHOUT_WORDS:
        if kind != "hidden" and _in_cell(field):
            _show_button(field, field.get("value") or "")
    elif kind in _SHOWN_VALUES or kind not in ("password", "file", "color", "range"):
        _show(field, (field.get("value") or "").strip() or _prompt(field))
    else:
        _picture(field)


def _picture(element: Element) -> None:
    for child in list(element):
        element.remove(child)
    element.tag, element.text = PICTURE_TAG, None


def _is_spacer(image: Element) -> bool:
    sizes = (_INTEGER.match(image.get(side) or "") for side in ("width", "height"))
    return any(int(size[1]) <= SPACER for size in sizes if size)


# Words of style sheets --------------------------------------------------------------------------------------------


def show_generated(looks: Styles) -> None:
    """Put the words that style sheets set before and behind elements into the tree; a picture for what is no text.

    What is declared of them goes with them. One without words is put there where it may lie on others.
    """
    for element, values in looks.before.items():
        if (shown := _generated(element, values)) is not None:
            looks.declared[shown] = values
            shown.tail, element.text = element.text, None
            element.insert(0, shown)
    for element, values in looks.after.items():
        if (shown := _generated(element, values)) is not None:
            looks.declared[shown] = values
            element.append(shown)


def _generated(element: Element, values: dict[str, str]) -> Element | None:
    text = _content_words(element, values["content"])
    if text == "" and not is_cover(element, values):
        return None
    shown = etree.Element(PICTURE_TAG if text is None else "span")
    shown.text = text or None
    return shown


def _content_words(element: Element, content: str) -> str | None:
    """What ``content`` writes; None where it is no text."""
    if len(content) > LONGEST_CONTENT:
        return None
    written = ""
    for token in tinycss2.parse_component_value_list(content, skip_comments=True):
        if token == "/":
            break
        if token.type == "string":
            written += token.value
        elif token.type == "function" and token.lower_name == "attr":
            written += element.get(tinycss2.serialize(token.arguments).strip()) or ""
        elif token.type == "ident":
            return None if token.lower_value.endswith("-quote") else ""
        elif token.type != "whitespace":
            return None
    if not _PRIVATE.search(written):
        return _valid(written)
    return None if any(character.isdecimal() for character in written) else ""


def _valid(text: str) -> str:
    """``text`` without characters that no tree may hold."""
    return re.sub("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
