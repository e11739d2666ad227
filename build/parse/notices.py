"""What is told on the way from rows to figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..document import Notice
from ..messages import Message, told
from .cells import PrintedCell
from .row_cells import texts_of
from .tables import APPLICATIONS, DISCLOSURES, REVIEWS, Row
from .values import is_note_mark

SECTION_NAMES = {
    DISCLOSURES: "parse.section_2",
    APPLICATIONS: "parse.section_3",
    REVIEWS: "parse.section_4",
}


@dataclass(slots=True)
class Notices:
    """What was seen on the way. ``scanned``: a program read the figures from pictures."""

    scanned: bool = False
    found: list[Notice] = field(default_factory=list)

    def warn(self, code: str, message: Message, excerpt: str = "") -> None:
        self.found.append(Notice("warning", code, message, excerpt))

    def note(self, code: str, message: Message, excerpt: str = "") -> None:
        self.found.append(Notice("note", code, message, excerpt))


def warn_repeated(first: Row, second: Row, notices: Notices) -> None:
    """Tell of a row that stands twice with other figures."""
    notices.warn(
        "row_repeated",
        told("parse.row_repeated", row=second.label_text),
        " / ".join("|".join(texts_of(row.cells)) for row in (first, second)),
    )


def warn_two_tables(table: str, pairs: Iterable[tuple[Row, Row]], notices: Notices) -> None:
    """Tell of a table that stands twice with other figures; the first of ``pairs`` is quoted."""
    first, second = next(iter(pairs))
    notices.warn(
        "two_tables",
        told("parse.two_tables", section=told(SECTION_NAMES[table])),
        f"{second.label_text}: " + " / ".join("|".join(texts_of(row.cells)) for row in (first, second)),
    )


def warn_misread(label: str, cells: Sequence[PrintedCell], notices: Notices) -> None:
    """Tell of a row read from a picture whose figures do not add up."""
    notices.warn(
        "row_not_confirmed",
        told("parse.row_not_confirmed", label=label),
        "|".join(texts_of(cells)),
    )


def warn_no_counts(label: str, tokens: Iterable[PrintedCell], notices: Notices, signed: bool = False) -> None:
    """Tell of cells where no count of cases stands (``signed``: or no change of a count), and of note marks."""
    for token in tokens:
        if token.text.isdecimal() and token.cases is not None:
            continue  # a count and nothing else, as nearly everywhere
        value = token.value
        count = value.count if signed else token.cases
        if value.kind != "blank" and count is None:
            notices.warn(
                "no_count",
                told("parse.no_count", label=label, printed=token.text, why=_why_no_count(token)),
                token.text,
            )
        elif is_note_mark(value.note):
            tell_note_mark(label, token, notices)


def _why_no_count(token: PrintedCell) -> Message | str:
    if token.shared:
        return told("parse.shared_by_rows")
    number = token.value.number
    negative = number is not None and number < 0
    return told("parse.below_zero") if negative else ""


def tell_note_mark(label: str, token: PrintedCell, notices: Notices) -> None:
    """Tell of a figure with the mark of a note behind it."""
    notices.note(
        "note_mark",
        told("parse.note_mark", label=label, printed=token.text),
        token.text,
    )
