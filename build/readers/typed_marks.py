"""How plain text and Markdown write what is struck, raised or hidden; told where it stands, the text as found."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..document import RAISED, STRUCK, hidden, left_out
from ..text.near import holds

_STROKES = "\u0335-\u0338"
STRUCK_CHARACTERS = re.compile(f"(?:[^\\s{_STROKES}][{_STROKES}]+)+")
"""Characters with a stroke set over each."""

_TILDES = r"~~(?=[^\s~])[^\n|]{1,300}?(?<=[^\s~])~~"
STRUCK_TILDES = re.compile(rf"(?<![~\d]){_TILDES}(?!~)|(?<!~){_TILDES}(?![~\d])")
"""Struck words of Markdown. ``9:00~~11:00,14:00~~17:00`` are two stretches of time."""

NOTE_REFERENCE = re.compile(r"\[\^[^\]\s]{1,40}\](?!:)")
_STRUCK_TAG = re.compile(r"<(del|s|strike)(?:\s[^<>\n]{0,200})?>[^\n]{0,300}?</\1\s*>", re.I)
_RAISED_TAG = re.compile(r"<(su[pb])(?:\s[^<>\n]{0,200})?>[^\n]{0,100}?</\1\s*>", re.I)

_MARKS: tuple[tuple[tuple[str, ...], re.Pattern[str], str], ...] = (
    (("\u0335", "\u0336", "\u0337", "\u0338"), STRUCK_CHARACTERS, STRUCK),
    (("~~",), STRUCK_TILDES, STRUCK),
    (("</",), _STRUCK_TAG, STRUCK),
    (("[^",), NOTE_REFERENCE, RAISED),
    (("</",), _RAISED_TAG, RAISED),
)
"""Characters of which one stands in a text that holds such a mark, the mark, and what it says of the words."""


def typed(text: str) -> str:
    """``text``, without the signs of marks, as a reader yields it: marked where it is struck or raised.

    Comments (``<!-- … -->``) are hidden, and no part of the document's text.
    """
    for signs, pattern, kind in _MARKS:
        if any(holds(text, sign) for sign in signs):
            text = pattern.sub(_telling(kind), text)
    return _without_comments(text) if holds(text, "<!--") else text


def _telling(kind: str) -> Callable[[re.Match[str]], str]:
    return lambda match: left_out(kind, match[0])


def _without_comments(text: str) -> str:
    kept: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept += (text[at:start], hidden(text[start : end + 3]))
        at = end + 3
    return "".join((*kept, text[at:]))


def as_html(line: str) -> str:
    """A line of Markdown with its struck words and note references as tags of HTML."""
    if "~~" in line:
        line = STRUCK_TILDES.sub(lambda match: f"<del>{match[0][2:-2]}</del>", line)
    return NOTE_REFERENCE.sub(r"<sup>\g<0></sup>", line) if "[^" in line else line
