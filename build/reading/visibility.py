"""What a document holds and does not show as words or figures, told beside the figures that it touches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..document import HIDDEN, RAISED, STRUCK, Document, Mark, Notice
from ..messages import told
from ..report import Span

MOST_TOLD = 20
"""Marks beside figures that are told one by one; of more only their number."""

_EXCERPT = 80
_CODES = {STRUCK: "struck_text", RAISED: "note_mark", HIDDEN: "hidden_text"}
_ALONE = {STRUCK: "reading.struck_text", RAISED: "reading.note_mark", HIDDEN: "reading.hidden_text"}
_MORE = {STRUCK: "reading.more_struck_text", HIDDEN: "reading.more_hidden_text"}


def mark_notices(document: Document, figures: Sequence[Span]) -> Iterator[Notice]:
    """A note for each mark that touches a figure's row or sentence (``figures``: their spans in the text).

    A last one for each kind of mark that holds digits elsewhere.
    """
    beside = [mark for mark in document.marks if any(_touches(mark, span) for span in figures)]
    for mark in beside[:MOST_TOLD]:
        message = told(_ALONE[mark.kind], words=mark.words.strip())
        yield Notice("note", _CODES[mark.kind], message, _around(document, mark))
    for kind, key in _MORE.items():
        rest = [
            mark
            for mark in (*beside[MOST_TOLD:], *(mark for mark in document.marks if mark not in beside))
            if mark.kind == kind and any(character.isdecimal() for character in mark.words)
        ]
        if rest:
            yield Notice("note", _CODES[kind], told(key, places=len(rest)), rest[0].words.strip()[:_EXCERPT])


def _touches(mark: Mark, span: Span) -> bool:
    return mark.start <= span[1] and mark.end >= span[0]


def _around(document: Document, mark: Mark) -> str:
    start = document.text.rfind("\n", 0, mark.start) + 1
    end = document.text.find("\n", mark.end)
    line = document.text[start : end if end >= 0 else len(document.text)]
    return line.strip()[:_EXCERPT]
