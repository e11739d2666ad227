"""What a document says of itself, gathered piece by piece; what follows from it is decided elsewhere (identity)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..document import Document
from ..parse.cells import PrintedCell
from ..report import Evidence
from ..text.fold import without_invisible, without_pinyin
from ..text.traditional import to_simplified
from .clues import stated_facts
from .dates import Period, find_cut_off, find_date, find_periods, find_published, half_width
from .fields import HEAD, find_index_number
from .names import is_agency, is_unnamed
from .source import printed_retrieval, printed_source
from .speakers import (
    Presented,
    contacts,
    find_presented,
    find_told_years,
    may_be_whose,
    opening_of,
    signed,
    speakers,
    tellers,
)
from .titles import NumberedTitle, Title, find_title, find_titles
from .wording import Wording


@dataclass(frozen=True, slots=True)
class SelfDescription:
    """What a document says of itself.

    ``text``: its text without invisible characters, digits half-width; ``head``: the beginning of it. ``titles``: every
    line of the head that is the title of some report; ``title``: the one that is its own. ``several``: the words by
    which it says that it is of more than one year, "" if it does not. ``agencies``, ``years``: the likeliest first.
    """

    text: str
    head: Wording
    title: Title | None
    titles: tuple[NumberedTitle, ...]
    periods: tuple[Period, ...]
    several: str
    published: tuple[str | None, str | None]
    source_url: str | None
    retrieved: str | None
    index_number: str | None
    agencies: tuple[Evidence, ...]
    years: tuple[Evidence, ...]
    others: tuple[Evidence, ...]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All pieces."""
        return (*self.agencies, *self.years, *self.others)

    @property
    def period(self) -> Period | None:
        """The period of its figures, if it states one and no other."""
        return self.periods[0] if len(self.periods) == 1 else None


def gather(document: Document, cells: Sequence[PrintedCell]) -> SelfDescription:
    """Every piece of evidence in ``document``."""
    text = half_width(without_invisible(document.text))
    printed = without_pinyin(text[:HEAD])
    head = Wording(printed, to_simplified(printed))
    periods, titles, opening = find_periods(text), find_titles(cells), opening_of(head)
    title = find_title(titles, document, cells, periods[0].end[:4] if len(periods) == 1 else None)
    presented = find_presented(opening)
    published = find_published(document, head.folded, title.span[1] if title is not None and title.span else None)
    url, link = _source_of(document)
    return SelfDescription(
        text,
        head,
        title,
        titles,
        periods,
        _several_years(title, presented, periods) or "",
        published,
        url,
        find_date(document.fact("retrieved") or "") or printed_retrieval(document.text),
        find_index_number(document, head.folded),
        tuple(_agencies_said(document, title, presented, head, opening)),
        tuple(_years_said(title, presented, periods, opening)),
        (
            *_period_evidence(periods, document.text),
            *_published_evidence(*published),
            *link,
            *stated_facts(document, url),
        ),
    )


def _published_evidence(day: str | None, basis: str | None) -> Iterator[Evidence]:
    if day is not None:
        yield Evidence("published", basis or "", day, day, None, 2)


def _agencies_said(
    document: Document, title: Title | None, presented: Iterable[Presented], head: Wording, opening: Wording
) -> Iterator[Evidence]:
    """Who the document may say it is, likeliest first: title, presenting sentence, page, whom to ask, who
    signs, who did what it tells of.
    """
    is_of_the_title = title is not None and (_is_one_line(title, document) or may_be_whose(title.agency, document.text))
    if title is not None and title.agency and is_of_the_title:
        yield Evidence("agency", "title", title.agency, title.printed, title.span, 3)
    for sentence in presented:
        if sentence.agency:
            yield Evidence("agency", "presented", sentence.agency, sentence.words, None, 3 if sentence.sure else 2)
    yield from speakers(document, head)
    if title is None or not is_of_the_title or is_unnamed(title.agency) or not is_agency(title.agency):
        yield from contacts(document, head)
        yield from signed(document.text)
        yield from tellers(opening, document.text)


def _is_one_line(title: Title, document: Document) -> bool:
    """Whether a title names its authority on its own line; a line above may be the name of the site."""
    return title.span is None or "\n" not in document.text[slice(*title.span)].strip()


def _years_said(
    title: Title | None, presented: Iterable[Presented], periods: Sequence[Period], opening: Wording
) -> Iterator[Evidence]:
    """The years that the document says it is of, the surest first."""
    if title is not None and title.year is not None:
        yield Evidence("year", "title", str(title.year), title.printed, title.span, 3)
    for sentence in presented:
        if sentence.year is not None:
            yield Evidence("year", "presented", str(sentence.year), sentence.words, None, 3 if sentence.sure else 2)
    for period in periods if len(periods) == 1 else ():
        years = range(int(period.start[:4]), int(period.end[:4]) + 1)
        if period.year is not None or (title is not None and title.year is not None and title.year not in years):
            yield Evidence("year", "period", str(years[-1]), period.words, None, 3)
    cut_off = find_cut_off(opening.folded) if not periods else None
    if cut_off is not None:
        yield Evidence("year", "cut_off", cut_off["year"], cut_off.group(), None, 3)
    for year, words in find_told_years(opening):
        yield Evidence("year", "told_year", str(year), words, None, 2)


def _several_years(title: Title | None, presented: Sequence[Presented], periods: Sequence[Period]) -> str | None:
    """The words by which the report says that it is of more than one year: 2022-2023学年."""
    if title is not None and (title.several or title.year is not None):
        return title.several or None
    if any(sentence.several or sentence.year is not None for sentence in presented):
        return next((sentence.several for sentence in presented if sentence.several), None)
    return periods[0].words if len(periods) == 1 and periods[0].year is None else None


def _period_evidence(periods: Iterable[Period], text: str) -> Iterator[Evidence]:
    for period in periods:
        stands = " ".join(text[slice(*period.span)].split()) == period.words
        value = f"{period.start}/{period.end}"
        yield Evidence("period", "period", value, period.words, period.span if stands else None, 3)


def _source_of(document: Document) -> tuple[str | None, tuple[Evidence, ...]]:
    """The address of the document: what the file states, else what the copy prints, with its evidence."""
    stated = document.fact("source_url")
    if stated is not None:
        return stated, ()
    linked = document.fact("printed_url")
    if linked is not None:
        return linked, (Evidence("source", "link", linked, linked, None, 2),)
    found = printed_source(document.text)
    if found is None:
        return None, ()
    url, span = found
    return url, (Evidence("source", "link", url, document.text[slice(*span)], span, 2),)
