"""Whose report it is and of when: title, agency, dates, index number, as the document itself states them.

What the document does not state stays None.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..document import Document, Notice
from ..parse.cells import Token
from ..parse.figures import Figures
from ..report import Identity
from ..text.fold import fold, without_pinyin
from ..text.traditional import to_simplified
from .dates import find_period, find_published
from .fields import find_index_number
from .names import BETTING_WORDS, UNNAMED_PLACE, agency_kind, ends_in, full_name, is_agency, is_unnamed, scope_of
from .place import place_of
from .source import source_kind_of
from .speakers import candidates, stated_year
from .titles import ABRIDGED_MARK, INVISIBLE_CHARACTERS, Title, find_title

HEAD = 6000
"""Characters in which a page says when and by whom it was published."""


def read_identity(document: Document, tokens: Sequence[Token], figures: Figures) -> tuple[Identity, tuple[Notice, ...]]:
    """What the document says of itself, and what could not be told."""
    text = INVISIBLE_CHARACTERS.sub("", document.text)
    head = without_pinyin(to_simplified(text[:HEAD]))
    notices: list[Notice] = []
    title = find_title(document, tokens)
    period = find_period(text)
    published, basis = find_published(document, head)
    agency_printed = _agency_as_printed(document, title, head, notices)
    agency = full_name(agency_printed) if agency_printed else None
    place = place_of(agency, text)
    identity = Identity(
        year=_year(title, period, published, head, notices),
        agency=agency,
        agency_printed=agency_printed,
        agency_kind=agency_kind(agency),
        level=place.level,
        province=place.province,
        city=place.city,
        county=place.county,
        scope=scope_of(agency, agency_printed, text),
        title=title.printed if title else None,
        published=published,
        published_basis=basis,
        index_number=find_index_number(document, head),
        period_start=period[0] if period else None,
        period_end=period[1] if period else None,
        source_url=document.fact("source_url"),
        source_kind=source_kind_of(document.fact("source_url"), text),
        abridged=bool(ABRIDGED_MARK.match(text)),
    )
    return identity, tuple(notices)


def _agency_as_printed(document: Document, title: Title | None, head: str, notices: list[Notice]) -> str | None:
    """The agency from the title, else from the sentence that presents the report, the page's fields, or whom to ask.

    Never a hijacker's word, nor a name without its place (县财政局): that only tells how the full name ends.
    """
    unnamed = ""
    for candidate in candidates(document, title, head):
        printed = fold(candidate)
        if BETTING_WORDS.search(printed):
            notices.append(
                Notice(
                    "warning",
                    "agency_hijacked",
                    "The place of the agency's name holds words of a hijacked copy; they are not published. "
                    "State the agency in a .meta.yml file beside the document.",
                )
            )
        elif is_agency(printed) and ends_in(printed, unnamed):
            if not is_unnamed(printed):
                return printed
            unnamed = unnamed or UNNAMED_PLACE.sub("", printed)
    notices.append(
        Notice(
            "warning",
            "agency_unknown",
            "Expected the authority's full name in the title; found none. "
            "State it in a .meta.yml file beside the document.",
            title.printed if title else "",
        )
    )
    return None


def _year(
    title: Title | None, period: tuple[str, str] | None, published: str | None, head: str, notices: list[Notice]
) -> int | None:
    if title is not None and title.year is not None:
        if period is not None and period[1][:4] != str(title.year):
            notices.append(
                Notice(
                    "note",
                    "year_contradiction",
                    f"The title says {title.year}, the stated period ends on {period[1]}; "
                    "the title's year is published.",
                )
            )
        return title.year
    if period is not None:
        return int(period[1][:4])
    stated = stated_year(head)
    if stated is not None:
        return stated
    if published is not None:
        notices.append(
            Notice("note", "year_from_publication", "No year in title or period; taken as the year before publication.")
        )
        return int(published[:4]) - 1
    notices.append(
        Notice(
            "warning",
            "year_unknown",
            "Expected the report's year in the title, the stated period or a date of publication; found none. "
            "State it in a .meta.yml file beside the document.",
        )
    )
    return None
