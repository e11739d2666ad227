"""Plain text and Markdown: the decoded text as it stands, a paragraph a line. Tables of HTML in it are read as such."""

from __future__ import annotations

import re

from ..document import Document, DocumentBuilder, without_signs
from ..errors import ReadError
from ..limits import Limits
from ..messages import told
from .encoding import decode
from .html_markdown import is_markdown
from .printed_facts import printed_facts, with_host
from .typed_marks import typed

_SAMPLE_LINES = 20
_ROWS_OF_COUNTS = (re.compile(r",(?<=\d,)\d+(?:,\d+){3}"), re.compile(r";(?<=\d;)\d+(?:;\d+){3}"))
"""Each begins with its sign: so it is found many times as fast as from the digit before."""
_MARKS_OF_A_TABLE = 60
"""Half-width commas or semicolons; the rows of a report's table have more, however few stand above them."""


def read(data: bytes, limits: Limits) -> tuple[Document, ...]:
    """Read a text file; comma-separated values go to the reader of spreadsheets, tables of HTML to that of web pages.

    Raises ReadError ``empty``, ``binary``, ``mojibake`` or ``too_large``.
    """
    if len(data) > limits.max_bytes:
        raise ReadError("too_large", told("readers.file_bytes", size=len(data), limit=limits.max_bytes))
    decoded = decode(data)
    if not decoded.text.strip():
        raise ReadError("empty", told("readers.no_text"))
    if is_markdown(decoded.text):
        from . import html  # noqa: PLC0415 (loaded only where its tables call for it)

        return html.read(data, limits)
    if _may_be_separated_values(decoded.text):
        from . import sheet  # noqa: PLC0415 (loaded only where its commas call for it)

        if sheet.looks_like_csv(decoded.text):
            return sheet.read(data, limits)
    builder = DocumentBuilder()
    builder.add_paragraph(typed(without_signs(decoded.text)))
    return (builder.build("text", with_host([*printed_facts(decoded.text)]), decoded.notices),)


def _may_be_separated_values(text: str) -> bool:
    lines = [line for line in text[:4000].split("\n")[:_SAMPLE_LINES] if line.strip()]
    often = text.count(",") >= _MARKS_OF_A_TABLE or text.count(";") >= _MARKS_OF_A_TABLE
    if often and any(row.search(text) for row in _ROWS_OF_COUNTS):
        return True
    return 3 * sum(line.count(",") >= 2 or line.count(";") >= 2 for line in lines) > len(lines)
