"""Whose report it is and of when: title, agency, dates, index number, as the document itself states them.

What the document says of itself is gathered as evidence first; agency, year, period and place follow from it. What it
does not state stays None, and so does what it states in two ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..document import Notice
from ..messages import Message, capitalised, listed, told
from ..report import Evidence, Identity
from ..text.fold import fold, in_simplified
from . import registry
from .dates import Period
from .evidence import SelfDescription
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
from .place import Place, is_region
from .places import has_a_place_inside, is_called_so
from .reach import includes_lower
from .registry import Agency
from .resolution import Resolution, may_be_one, resolve
from .source import has_mirror_signs, source_kind_of
from .speakers import FEWEST_SENTENCES_AGAINST
from .titles import ABRIDGED_MARK, Title

_YEAR_NAMED = re.compile(r"(?<![\d〔\[(（])(20\d{2})\s*年")


def read_identity(said: SelfDescription) -> tuple[Identity, Resolution, tuple[Notice, ...]]:
    """The columns that follow from what a document says of itself, whose it is, and what could not be told."""
    notices = [*_period_notices(said.periods)]
    agency_printed = _agency_as_printed(said.agencies, said.title, notices)
    named = full_name(agency_printed) if agency_printed else None
    year = _year(said, notices)
    whose = _whose(named, year, said)
    notices.extend(ambiguous(named, whose.candidates, year))
    agency = whose.name(named, year) if named else None
    place = whose.place
    words = in_simplified(said.text)
    lower = includes_lower(words, agency_printed or "")
    published, basis = said.published
    identity = Identity(
        year=year,
        agency_id=whose.agency.id if whose.agency is not None else None,
        agency=agency,
        agency_printed=agency_printed,
        agency_kind=agency_kind(agency),
        includes_lower=lower,
        level=place.level,
        province=place.province,
        city=place.city,
        county=place.county,
        adcode=place.adcode,
        scope=scope_of(agency, agency_printed, words, lower),
        title=said.title.printed if said.title and said.title.is_heading else None,
        published=published,
        published_basis=basis,
        index_number=said.index_number,
        period_start=said.period.start if said.period else None,
        period_end=said.period.end if said.period else None,
        source_url=said.source_url,
        source_kind=_source_kind(said, agency),
        retrieved=said.retrieved,
        abridged=bool(ABRIDGED_MARK.match(said.text)),
    )
    return identity, whose, tuple(notices)


def _source_kind(said: SelfDescription, agency: str | None) -> str:
    """A hijacked copy stays a mirror, whatever address it prints."""
    if any(evidence.kind == "link" for evidence in said.others) and has_mirror_signs(said.text):
        return "mirror"
    return source_kind_of(said.source_url, said.text, agency)


# Agency ------------------------------------------------------------------------------------------------------------


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
            notices.append(_hijacked())
        elif is_agency(name := "".join(_bracketed(printed))) and ends_in(name, unnamed) and not _governs_nothing(name):
            if not is_unnamed(name):
                bare = _without_words_before(name)
                if not _names_several(name, bare):
                    return bare
                break
            unnamed = unnamed or UNNAMED_PLACE.sub("", fold(name))
    masked = next((evidence.words for evidence in said if MASKED.search(fold(evidence.value))), "")
    notices.append(
        Notice(
            "warning",
            "agency_unknown",
            told("identity.agency_unknown"),
            masked or (title.printed if title else ""),
        )
    )
    return None


def _governs_nothing(name: str) -> bool:
    """Whether 政府 is only the first word of 政府信息公开 behind words of the page: 历年政府信息公开年报.

    What stands before it must be a region by its end, or be called like a place: 洪泽政府, 黔东南政府.
    """
    folded = fold(name)
    if not folded.endswith("政府") or folded.endswith("人民政府"):
        return False
    area = folded.removesuffix("政府")
    return not (is_region(area) or is_called_so(area) or registry.candidates(full_name(name), None))


def _without_words_before(name: str) -> str:
    """东明县教育局 of 走进东明县教育局: words of the page before a known authority's name are none of it.

    A name that the registry has as it is stays whole, and so does one whose place follows another place or an organ.
    """
    folded = fold(name)
    if not has_a_place_inside(folded) or registry.candidates(full_name(name), None):
        return name
    rests = (name[start:] for start in range(1, len(name)))
    return next((rest for rest in rests if _is_known(rest)), name)


def _names_several(name: str, bare: str) -> bool:
    """Whether a name is that of several areas or organs (涪陵区、南川区), of which ``bare`` is only the last."""
    if name.removesuffix(bare).endswith(_JOINTS):
        return True
    if _is_two(name):
        return True
    areas = [part.removesuffix("人民政府") for part in fold(name).split("、")]
    return len(areas) > 1 and all(map(is_region, areas))


def _is_two(name: str) -> bool:
    """东明县教育局东明县科技局: two authorities that are known, one behind the other."""
    if _is_known(name):
        return False
    parts = (name[:at] for at in range(4, len(name) - 3) if name[at - 1] in _ENDS_OF_ORGANS)
    return any(_is_known(part) and _is_known(name.removeprefix(part)) for part in parts)


_ENDS_OF_ORGANS = frozenset("局厅委会室府处署")
_JOINTS = ("、", "和", "与", "及", "暨", "/")


def _is_known(name: str) -> bool:
    return any(found.agency.organ.known for found in registry.candidates(full_name(name), None))


def _bracketed(printed: str) -> Iterator[str]:
    """The letters of a name without white space, its brackets half-width."""
    yield from (_BRACKETS.get(letter, letter) for letter in printed if not letter.isspace())


_BRACKETS = {"（": "(", "）": ")"}


def _hijacked() -> Notice:
    return Notice("warning", "agency_hijacked", told("identity.agency_hijacked"))


def _two_agencies(said: Sequence[Evidence]) -> Notice | None:
    """A notice if title and presenting sentence name authorities that cannot be one."""
    sure = [
        evidence
        for evidence in said
        if evidence.weight == 3 and is_agency(evidence.value) and not BETTING_WORDS.search(fold(evidence.value))
    ]
    differing = (one for one in sure[1:] if not are_one_organ(sure[0].value, one.value))
    other = next((one for one in differing if not may_be_one(sure[0].value, one.value)), None)
    if other is None:
        return None
    return Notice(
        "warning",
        "agency_contradiction",
        told(
            "identity.agency_contradiction",
            one=sure[0].value,
            one_place=told(_QUOTED[sure[0].kind]),
            other=other.value,
            other_place=told(_QUOTED[other.kind]),
        ),
        f"{sure[0].words} / {other.words}",
    )


_QUOTED = {
    "title": "identity.in_title",
    "presented": "identity.in_presented",
    "period": "identity.in_period",
    "cut_off": "identity.in_cut_off",
    "told_year": "identity.in_told_year",
}


def _whose(name: str | None, year: int | None, said: SelfDescription) -> Resolution:
    """The authority and its place, by its name and by what title, fields, contacts and small print say of it."""
    if name is None:
        return Resolution(Place())
    return resolve(name, year, (*_title_words(said.title), *said.agencies, *places_said(said.others)), said.text)


def _title_words(title: Title | None) -> Iterator[Evidence]:
    if title is not None:
        yield Evidence("agency", "title", title.agency, title.printed, title.span, 3)


def places_said(pieces: Iterable[Evidence]) -> Iterator[Evidence]:
    """The pieces of evidence that point to a place."""
    return (piece for piece in pieces if piece.about == "place")


def ambiguous(name: str | None, candidates: Sequence[Agency], year: int | None) -> Iterator[Notice]:
    """The problem of a name that several authorities share, with all of them."""
    if name is not None and candidates:
        shown = "; ".join(f"{each.id} {registry.full_name(each, year)}" for each in candidates[:MOST_CANDIDATES])
        left = len(candidates) - MOST_CANDIDATES
        more = told("identity.more", count=left) if left > 0 else ""
        yield Notice(
            "warning",
            "agency_ambiguous",
            told("identity.agency_ambiguous", name=name, candidates=shown, more=more),
            name,
        )


MOST_CANDIDATES = 20
"""So many authorities of one name are listed in a problem."""


# Year --------------------------------------------------------------------------------------------------------------


def _year(said: SelfDescription, notices: list[Notice]) -> int | None:
    """The year that all evidence agrees on; None with a problem that quotes both sides where it does not."""
    if said.several:
        notices.append(_year_unknown(told("identity.several_years", years=said.several), said.several))
        return None
    sure = [evidence for evidence in said.years if evidence.weight == 3]
    telling = [evidence for evidence in said.years if evidence.weight == 2]
    against = _evidence_against(sure, telling)
    if against is not None:
        notices.append(_two_years(*against))
        return None
    stated = sure or telling
    return int(stated[0].value) if stated else _year_before_publication(said, notices)


def _evidence_against(sure: Sequence[Evidence], telling: Sequence[Evidence]) -> tuple[Evidence, Evidence] | None:
    """Two pieces of evidence for different years, if there are such.

    What several sentences tell of counts against a year that is stated once and of which no sentence tells.
    """
    if sure:
        other = next((one for one in sure if one.value != sure[0].value), None)
        alone = len(sure) == 1 and len(telling) >= FEWEST_SENTENCES_AGAINST
        if other is None and alone and all(one.value != sure[0].value for one in telling):
            other = telling[0]
        return (sure[0], other) if other is not None else None
    other = next((one for one in telling if one.value != telling[0].value), None)
    return (telling[0], other) if other is not None else None


def _two_years(one: Evidence, other: Evidence) -> Notice:
    return Notice(
        "warning",
        "year_contradiction",
        told(
            "identity.year_contradiction",
            one_place=capitalised(told(_QUOTED[one.kind])),
            one=one.value,
            other_place=told(_QUOTED[other.kind]),
            other=other.value,
        ),
        f"{one.words} / {other.words}",
    )


def _year_before_publication(said: SelfDescription, notices: list[Notice]) -> int | None:
    """The year before publication, if the document names no other one."""
    published, _ = said.published
    before = int(published[:4]) - 1 if published is not None else None
    named = {int(year) for year in _YEAR_NAMED.findall(said.text)}
    if before is not None and (not named or (before in named and named <= {before, before + 1})):
        notices.append(Notice("note", "year_from_publication", told("identity.year_from_publication")))
        return before
    found = (
        told("identity.years_found", years=listed(map(str, sorted(named)))) if named else told("identity.no_year_found")
    )
    notices.append(_year_unknown(told("identity.year_expected", found=found)))
    return None


def _year_unknown(reason: Message, excerpt: str = "") -> Notice:
    return Notice("warning", "year_unknown", told("identity.year_unknown", reason=reason), excerpt)


# Period -------------------------------------------------------------------------------------------------


def _period_notices(periods: Sequence[Period]) -> Iterator[Notice]:
    if len(periods) > 1:
        yield Notice(
            "warning",
            "period_contradiction",
            told("identity.period_contradiction", one=periods[0].words, other=periods[1].words),
            f"{periods[0].words} / {periods[1].words}",
        )
