"""Markdown that keeps its tables as HTML, as converters write it where cells are merged: made a page of paragraphs."""

from __future__ import annotations

import re

from .typed_marks import as_html

_TABLE = re.compile(r"<table\b.*?(?:</table\s*>|\Z)", re.I | re.S)
_TABLE_CELL = re.compile(r"<t[dh][\s>]", re.I)
_RULE_OF_PIPES = re.compile(r"^[ \t]*\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+", re.M)
"""The line below the header of a Markdown table."""
_STYLED = re.compile(r"<(?:span|font|b|i|em|strong|u)\s[^<>]*\bstyle\s*=", re.I)
_PAGE = re.compile(r"<(?:!doctype|html|head|body|meta|div|p|center|script|style)[\s>/]", re.I)
"""Tags that lay out a page, so that its line ends mean nothing."""


def is_markdown(text: str) -> bool:
    """Whether ``text`` is words by the line with tables of HTML, or of pipes with tags in them, between them."""
    if "<" not in text or text.lstrip("\ufeff \t\r\n").startswith("<"):
        return False
    if _TABLE_CELL.search(text) is None and (_RULE_OF_PIPES.search(text) is None or _STYLED.search(text) is None):
        return False
    return _PAGE.search(_TABLE.sub("", text)) is None


def as_page(text: str) -> str:
    """``text`` with each line outside the tables as a paragraph."""
    page: list[str] = []
    at = 0
    for table in _TABLE.finditer(text):
        page += [*_paragraphs(text[at : table.start()]), table.group()]
        at = table.end()
    return "\n".join([*page, *_paragraphs(text[at:])])


def _paragraphs(text: str) -> list[str]:
    return [f"<p>{as_html(line)}</p>" for line in text.splitlines() if line.strip()]
