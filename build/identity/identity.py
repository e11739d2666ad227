"""Whose report it is and of when: title, agency, dates, index number, as the document itself states them.

What the document says of itself is gathered as evidence first; agency, year, period and place follow from it. What it
does not state stays None, and so does what it states in two ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..document import Document, Notice
from ..parse.cells import Token
from ..report import Evidence, Identity
from ..text.fold import INVISIBLE, fold, without_pinyin
from ..text.traditional import to_simplified
from .dates import Period, find_cut_off, find_date, find_periods, find_published, half_width
from .fields import ADDRESS, HEAD, find_index_number
from .names import (
    BETTING_WORDS,
    MASKED,
    UNNAMED_PLACE,
    agency_kind,
    are_one_organ,
    ends_in,
    full_name,
    is_agency,
    is_unnamed,
    scope_of,
)
from .place import Place, place_of
from .source import has_mirror_signs, printed_retrieval, printed_source, source_kind_of
from .speakers import (
    FEWEST_SENTENCES_AGAINST,
    Presented,
    contacts,
    find_presented,
    find_told_years,
    opening_of,
    speakers,
)
from .titles import ABRIDGED_MARK, NumberedTitle, Title, find_title, find_titles
from .wording import Wording

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_STATE_IT = "State it in a .meta.yml file beside the document."
_YEAR_NAMED = re.compile(r"(?<![\d〔\[(（])(20\d{2})\s*年")


@dataclass(frozen=True, slots=True)
class SelfDescription:
    """What a document says of itself: the columns that follow, what could not be told, and the evidence for both.

    ``titles``: every line of its head that is the title of some report; ``title``: the one that is its own.
    """

    identity: Identity
    notices: tuple[Notice, ...]
    evidence: tuple[Evidence, ...]
    title: Title | None
    titles: tuple[NumberedTitle, ...]
    presented: bool


def read_identity(document: Document, tokens: Sequence[Token]) -> SelfDescription:
    """What the document says of itself, and what could not be told."""
    text = half_width(_INVISIBLE.sub("", document.text))
    printed = without_pinyin(text[:HEAD])
    head = Wording(printed, to_simplified(printed))
    periods = find_periods(text)
    titles = find_titles(tokens)
    title = find_title(titles, document, tokens, periods[0].end[:4] if len(periods) == 1 else None)
    opening = opening_of(head)
    presented = find_presented(opening)
    published, basis = find_published(document, head.folded)
    said = tuple(_agencies_said(document, title, presented, head))
    years = tuple(_years_said(title, presented, periods, opening))
    notices: list[Notice] = [*_period_notices(periods)]
    agency_printed = _agency_as_printed(said, title, notices)
    agency = full_name(agency_printed) if agency_printed else None
    url, link = _source_of(document)
    period = periods[0] if len(periods) == 1 else None
    place = _place(agency, title, said, text)
    identity = Identity(
        year=_year(_several_years(title, presented, periods), years, published, text, notices),
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
        index_number=find_index_number(document, head.folded),
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        source_url=url,
        source_kind="mirror" if link is not None and has_mirror_signs(text) else source_kind_of(url, text, agency),
        retrieved=find_date(document.fact("retrieved") or "") or printed_retrieval(document.text),
        abridged=bool(ABRIDGED_MARK.match(text)),
    )
    dated = (Evidence("published", basis or "", published, published, None, 2),) if published else ()
    evidence = (
        *said,
        *years,
        *_period_evidence(periods, document.text),
        *dated,
        *((link,) if link is not None else ()),
    )
    return SelfDescription(identity, tuple(notices), evidence, title, titles, bool(presented))


# Agency ------------------------------------------------------------------------------------------------------------


def _agencies_said(
    document: Document, title: Title | None, presented: Iterable[Presented], head: Wording
) -> Iterator[Evidence]:
    """Who the document may say it is, likeliest first: title, presenting sentence, the page's fields, whom to ask."""
    if title is not None and title.agency:
        yield Evidence("agency", "title", title.agency, title.printed, title.span, 3)
    for sentence in presented:
        if sentence.agency:
            yield Evidence("agency", "presented", sentence.agency, sentence.words, None, 3)
    yield from speakers(document, head)
    if title is None or is_unnamed(title.agency) or not is_agency(title.agency):
        yield from contacts(document, head)


def _agency_as_printed(said: Sequence[Evidence], title: Title | None, notices: list[Notice]) -> str | None:
    """The likeliest agency that is one by its name; None where the report names itself in two ways.

    Never a hijacker's word, nor a name without its place (县财政局): that only tells how the full name ends.
    """
    if (contradiction := _two_agencies(said)) is not None:
        notices.append(contradiction)
        return None
    unnamed = ""
    for evidence in said:
        printed = evidence.value
        if BETTING_WORDS.search(fold(printed)):
            notices.append(_HIJACKED)
        elif is_agency(name := "".join(_bracketed(printed))) and ends_in(name, unnamed):
            if not is_unnamed(name):
                return name
            unnamed = unnamed or UNNAMED_PLACE.sub("", fold(name))
    masked = next((evidence.words for evidence in said if MASKED.search(fold(evidence.value))), "")
    notices.append(
        Notice(
            "warning",
            "agency_unknown",
            f"Expected the authority's full name in the title; found none. {_STATE_IT}",
            masked or (title.printed if title else ""),
        )
    )
    return None


def _bracketed(printed: str) -> Iterator[str]:
    """The letters of a name without white space, its brackets half-width."""
    yield from (_BRACKETS.get(letter, letter) for letter in printed if not letter.isspace())


_BRACKETS = {"（": "(", "）": ")"}

_HIJACKED = Notice(
    "warning",
    "agency_hijacked",
    "The place of the agency's name holds words of a hijacked copy; they are not published. "
    "State the agency in a .meta.yml file beside the document.",
)


def _two_agencies(said: Sequence[Evidence]) -> Notice | None:
    """A notice if title and presenting sentence name authorities that cannot be one."""
    sure = [
        evidence
        for evidence in said
        if evidence.weight == 3 and is_agency(evidence.value) and not BETTING_WORDS.search(fold(evidence.value))
    ]
    other = next((one for one in sure[1:] if not are_one_organ(sure[0].value, one.value)), None)
    if other is None:
        return None
    return Notice(
        "warning",
        "agency_contradiction",
        f"The report names itself in two ways: as {sure[0].value} ({_QUOTED[sure[0].kind]}) and as {other.value} "
        f"({_QUOTED[other.kind]}). Neither is published. {_STATE_IT}",
        f"{sure[0].words} / {other.words}",
    )


_QUOTED = {
    "title": "the title",
    "presented": "the sentence that presents it",
    "period": "the stated period",
    "cut_off": "the day with which its figures end",
    "told_year": "the sentences that tell of the year",
}


def _place(agency: str | None, title: Title | None, said: Sequence[Evidence], text: str) -> Place:
    """The place, from the name and from its fuller forms in title, fields, contacts and address."""
    own = [evidence.words for evidence in said]
    own += [match["value"] for match in ADDRESS.finditer(text)]
    return place_of(agency, "\n".join([title.printed if title else "", *own]), text)


# Year --------------------------------------------------------------------------------------------------------------


def _years_said(
    title: Title | None, presented: Iterable[Presented], periods: Sequence[Period], opening: Wording
) -> Iterator[Evidence]:
    """The years that the document says it is of, the surest first."""
    if title is not None and title.year is not None:
        yield Evidence("year", "title", str(title.year), title.printed, title.span, 3)
    for sentence in presented:
        if sentence.year is not None:
            yield Evidence("year", "presented", str(sentence.year), sentence.words, None, 3)
    for period in periods if len(periods) == 1 else ():
        years = range(int(period.start[:4]), int(period.end[:4]) + 1)
        if period.year is not None or (title is not None and title.year is not None and title.year not in years):
            yield Evidence("year", "period", str(years[-1]), period.words, None, 3)
    cut_off = find_cut_off(opening.folded) if not periods else None
    if cut_off is not None:
        yield Evidence("year", "cut_off", cut_off["year"], cut_off.group(), None, 3)
    for year, words in find_told_years(opening):
        yield Evidence("year", "told_year", str(year), words, None, 2)


def _year(
    several: str | None,
    said: Sequence[Evidence],
    published: str | None,
    text: str,
    notices: list[Notice],
) -> int | None:
    """The year that all evidence agrees on; None with a problem that quotes both sides where it does not."""
    if several is not None:
        notices.append(
            Notice(
                "warning",
                "year_unknown",
                f"The report says it is of {several}, which is more than one year. No year is published. {_STATE_IT}",
                several,
            )
        )
        return None
    sure = [evidence for evidence in said if evidence.weight == 3]
    told = [evidence for evidence in said if evidence.weight == 2]
    against = _evidence_against(sure, told)
    if against is not None:
        notices.append(_two_years(*against))
        return None
    if sure:
        return int(sure[0].value)
    if told:
        return int(told[0].value)
    return _year_before_publication(published, text, notices)


def _several_years(title: Title | None, presented: Sequence[Presented], periods: Sequence[Period]) -> str | None:
    """The words by which the report says that it is of more than one year: 2022-2023学年."""
    if title is not None and (title.several or title.year is not None):
        return title.several or None
    if any(sentence.several or sentence.year is not None for sentence in presented):
        return next((sentence.several for sentence in presented if sentence.several), None)
    return periods[0].words if len(periods) == 1 and periods[0].year is None else None


def _evidence_against(sure: Sequence[Evidence], told: Sequence[Evidence]) -> tuple[Evidence, Evidence] | None:
    """Two pieces of evidence for different years, if there are such.

    What several sentences tell of counts against a year that is stated once and of which no sentence tells.
    """
    if sure:
        other = next((one for one in sure if one.value != sure[0].value), None)
        alone = len(sure) == 1 and len(told) >= FEWEST_SENTENCES_AGAINST
        if other is None and alone and all(one.value != sure[0].value for one in told):
            other = told[0]
        return (sure[0], other) if other is not None else None
    other = next((one for one in told if one.value != told[0].value), None)
    return (told[0], other) if other is not None else None


def _two_years(one: Evidence, other: Evidence) -> Notice:
    return Notice(
        "warning",
        "year_contradiction",
        f"{_QUOTED[one.kind].capitalize()} says {one.value}, {_QUOTED[other.kind]}: {other.value}. "
        f"No year is published. {_STATE_IT}",
        f"{one.words} / {other.words}",
    )


def _year_before_publication(published: str | None, text: str, notices: list[Notice]) -> int | None:
    """The year before publication, if the document names no other one."""
    before = int(published[:4]) - 1 if published is not None else None
    named = {int(year) for year in _YEAR_NAMED.findall(text)}
    if before is not None and (not named or (before in named and named <= {before, before + 1})):
        notices.append(
            Notice("note", "year_from_publication", "No year in title or period; taken as the year before publication.")
        )
        return before
    found = f"found {', '.join(map(str, sorted(named)))}, and nothing that says which" if named else "found none"
    notices.append(
        Notice(
            "warning",
            "year_unknown",
            f"Expected the report's year in the title or the stated period; {found}. {_STATE_IT}",
        )
    )
    return None


# Period and source -------------------------------------------------------------------------------------------------


def _period_evidence(periods: Iterable[Period], text: str) -> Iterator[Evidence]:
    for period in periods:
        stands = " ".join(text[slice(*period.span)].split()) == period.words
        value = f"{period.start}/{period.end}"
        yield Evidence("period", "period", value, period.words, period.span if stands else None, 3)


def _period_notices(periods: Sequence[Period]) -> Iterator[Notice]:
    if len(periods) > 1:
        yield Notice(
            "warning",
            "period_contradiction",
            f"The text states two periods for its figures: {periods[0].words} and {periods[1].words}. "
            "Neither is published.",
            f"{periods[0].words} / {periods[1].words}",
        )


def _source_of(document: Document) -> tuple[str | None, Evidence | None]:
    """The address of the document: what the file states, else what the copy prints, with its evidence."""
    stated = document.fact("source_url")
    if stated is not None:
        return stated, None
    found = printed_source(document.text)
    if found is None:
        return None, None
    url, span = found
    return url, Evidence("source", "link", url, document.text[slice(*span)], span, 2)
