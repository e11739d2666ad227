"""Whose report it is: the registry's authority of the printed name, or NULL where several share it and nothing decides.

A name that only one authority has in the report's year is that authority's. Between several of one name decides what
the document says of itself (``clues``), and only where all of it agrees.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..report import Evidence
from ..text.traditional import to_simplified
from . import places, registry
from .clues import SIDECAR_WEIGHT, fuller_names, named_in, pointed_at, signatures, small_print
from .place import Place, place_of
from .places import Division
from .registry import NEXT_YEAR, Agency, Candidate

_LEVELS = frozenset({"national", "province", "prefecture", "county", "township"})
"""Levels of ``reports``: a zone is none of them."""

ENOUGH = 2
"""The weight of evidence that decides between authorities of one name."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name comes to: the authority, or ``candidates`` where several share it; ``decided``: what decided.

    ``as_printed``: the authority is known, but the name stays as it is printed: in other characters than the
    registry's, long out of use, an office with a second name in brackets that no lexicon has, or a branch that is
    called after a place without its rank (中国人民银行南京分行).
    """

    place: Place
    agency: Agency | None = None
    candidates: tuple[Agency, ...] = ()
    decided: tuple[Evidence, ...] = ()
    as_printed: bool = False

    def name(self, printed: str, year: int | None) -> str:
        """The authority's full name in ``year``; as it is printed where the registry does not have it."""
        return printed if self.agency is None or self.as_printed else registry.full_name(self.agency, year)


def resolve(name: str, year: int | None, said: Sequence[Evidence], text: str) -> Resolution:
    """Whose report it is by its authority's ``name``, with its place in the report's year where that is known.

    ``said``: what the document says of its authority and place, ``text``: the document, whose small print (site code,
    address, telephone …) is looked at only where several authorities have the name.
    """
    if name.endswith(_OWN_OFFICES):
        return Resolution(resolve(name.removesuffix("机关"), year, said, text).place)
    found = _candidates(name, year)
    if not found:
        return Resolution(_place_by_words(name, said, text))
    if len({candidate.agency.id for candidate in found}) == 1:
        return _resolved(found[0], year, (_by_name(found[0], name),), name)
    only, decided = decide(found, year, [*said, *small_print(text), *signatures(text, name), *fuller_names(text, name)])
    if only is not None:
        return _resolved(only, year, decided, name)
    return Resolution(_common_place(found, year), candidates=tuple(candidate.agency for candidate in found))


_OWN_OFFICES = "人民政府机关"
"""A government's own offices: neither the area's government nor its general office; the registry does not have them."""


def may_be_one(one: str, other: str) -> bool:
    """Whether the registry knows two names as one authority's: 东明县教体局, 东明县教育局."""
    ids = [{candidate.agency.id for candidate in registry.candidates(name, None)} for name in (one, other)]
    return bool(ids[0] & ids[1])


def known_as(name: str | None, year: int | None, agency_id: str) -> Candidate | None:
    """The authority with this id among those that ``name`` may be; None if it is none of them."""
    if name is None:
        return None
    near = registry.candidate(name, year, agency_id)
    if near is not None and near.rank <= NEXT_YEAR:
        return near
    found = _candidates(name, year)
    return next((candidate for candidate in found if candidate.agency.id == agency_id), None)


def place_in(candidate: Candidate, year: int | None) -> Place:
    """Province, city, county, level and code of an authority in the report's year, as far as that is known."""
    level = candidate.agency.level if candidate.agency.level in _LEVELS else None
    area = area_of(candidate, year)
    if area is None:
        return Place(level)
    if branch := _BRANCH.search(candidate.agency.organ.name):
        return _place_of_branch(branch["where"] or branch["there"], area, year)
    named = {row.level: row.name for row in chain(area, year)}
    if level == "province" and _SCHOOL.search(candidate.agency.organ.name):
        return Place(None, named.get("province"))
    return Place(
        level,
        named.get("province"),
        named.get("prefecture"),
        named.get("county") if level is not None else None,
        area.adcode if level is not None and not candidate.agency.id.startswith(registry.CORPS) else None,
    )


_BRANCH = re.compile(
    r"(?:局|委员会|委|厅|队|中心)(?P<where>[^局心]{2,6})(?:分局|管理部|分中心)$|^(?P<there>[^局心]{2,6})生态环境局$"
)
"""A local organ's own branch: 青岛市生态环境局市南分局, 苏州市吴江生态环境局; 北碚区公安分局 is none."""
_SCHOOL = re.compile("(?:中学|小学|幼儿园)$")
"""江苏省盱眙中学 is a county's: the province in its name is where it is, not whose."""


def _place_of_branch(where: str, area: Division, year: int | None) -> Place:
    """Below ``area`` and not at its level: in the district or county it is called after, if there is just one."""
    below = () if year is None else places.within(area.adcode, year)
    found = [row for row in below if row.level == "county" and where in (row.name, row.stem)]
    within = chain(found[0] if len(found) == 1 else area, year)
    named = {row.level: row.name for row in within}
    level, adcode = ("county", found[0].adcode) if len(found) == 1 else (None, None)
    county = named.get("county") if level is not None else None
    return Place(level, named.get("province"), named.get("prefecture"), county, adcode)


def area_of(candidate: Candidate, year: int | None) -> Division | None:
    """The state in ``year`` of the area in which the authority is; None for an organ of the State Council."""
    if candidate.agency.adcode is None:
        return None
    return places.state_in(candidate.agency.adcode, year)


def chain(row: Division, year: int | None = None) -> tuple[Division, ...]:
    """The area and those around it, the province first."""
    return (*places.above(row, row.valid_from if year is None else year), row)


def decide(
    found: Sequence[Candidate], year: int | None, said: Iterable[Evidence]
) -> tuple[Candidate | None, tuple[Evidence, ...]]:
    """The one among ``found`` on which all evidence agrees, with that evidence; None where it does not, or is too weak.

    What fits all of them or none says nothing. What a person states beside the document outweighs the rest.
    """
    areas = {candidate: _areas(candidate, year) for candidate in found}
    left = set(found)
    agreeing: list[Evidence] = []
    for piece in sorted(said, key=lambda piece: -piece.weight):
        fitting = pointed_at(piece, areas) if piece.kind not in _BY_WORDS else named_in(piece, areas)
        if not fitting or len(fitting) == len(found):
            continue
        if not left & fitting:
            if sum(other.weight for other in agreeing) > ENOUGH * piece.weight:
                continue
            return None, ()
        left &= fitting
        agreeing.append(piece)
        if len(left) == 1 and piece.weight >= SIDECAR_WEIGHT:
            break
    if len(left) > 1 or sum(piece.weight for piece in agreeing) < ENOUGH:
        return None, ()
    (only,) = left
    return only, tuple(_deciding(piece, only) for piece in agreeing)


_BY_WORDS = frozenset(
    {"title", "presented", "publisher", "source", "contact", "page", "head", "address", "signature", "text", "stated"}
)
"""Kinds of evidence that name places; the others are numbers and addresses that point to them."""


def _areas(candidate: Candidate, year: int | None) -> tuple[Division, ...]:
    area = area_of(candidate, year)
    return () if area is None else chain(area, year)


def _deciding(piece: Evidence, only: Candidate) -> Evidence:
    return Evidence("authority", piece.kind, only.agency.id, piece.words, piece.span, piece.weight)


def _by_name(only: Candidate, name: str) -> Evidence:
    return Evidence("authority", "name", only.agency.id, name, None, 3)


def _candidates(name: str, year: int | None) -> tuple[Candidate, ...]:
    """The authorities that may be meant; by simplified characters only where the printed ones name none.

    A name that an authority had long ago is its own where no other ever had it and the authority still stands.
    """
    found = registry.candidates(name, year) or registry.candidates(to_simplified(name), year)
    near = tuple(candidate for candidate in found if candidate.rank <= NEXT_YEAR)
    if near or len({candidate.agency.id for candidate in found}) != 1:
        return near
    return tuple(candidate for candidate in found if _stands(candidate, year))


def _stands(candidate: Candidate, year: int | None) -> bool:
    area = area_of(candidate, year)
    return area is not None and year is not None and area.stands_in(year)


def _resolved(only: Candidate, year: int | None, decided: tuple[Evidence, ...], name: str) -> Resolution:
    second_name = not only.agency.organ.known and (name.endswith(")") or _OF_A_GOVERNMENT.search(name) is not None)
    in_other_characters = not registry.candidates(name, year)
    branch = only.agency.kind == "vertical" and only.place is not None and only.place.name not in name
    as_printed = only.rank > NEXT_YEAR or second_name or in_other_characters or branch
    return Resolution(place_in(only, year), only.agency, decided=decided, as_printed=as_printed)


_OF_A_GOVERNMENT = re.compile("人民政府(?!办公[室厅])(?=.)")
"""上海市人民政府发展研究中心 is its whole name; of an organ that no lexicon has nobody knows a shorter one."""


def _place_by_words(name: str, said: Sequence[Evidence], text: str) -> Place:
    """What the name itself says of its place, and fuller forms of it in the document's own words."""
    own = [piece.words for piece in said]
    own += [piece.words for piece in small_print(text) if piece.kind == "address"]
    place = place_of(name, "\n".join(own), text)
    return replace(place, county=_without_body(place.county), city=_without_body(place.city))


def _without_body(place: str | None) -> str | None:
    """A place's name without the body that has a branch there: 盱眙县 for 共青团盱眙县, 泗县 for 烟草公司泗县."""
    if place is None or place in places.names():
        return place
    ends = (place[at:] for at in range(1, len(place) - 1))
    return next((end for end in ends if end in places.names() and (len(end) > _SHORT or end[-1] == "县")), place)


_SHORT = 2
"""Characters; 城区, 矿区 and 郊区 are names of districts and the ends of many others."""


def _common_place(found: Sequence[Candidate], year: int | None) -> Place:
    """What is the same wherever the authority may be."""
    first, *others = (place_in(candidate, year) for candidate in found)
    same = {
        field: value
        for field in ("level", "province", "city", "county")
        if all(getattr(other, field) == (value := getattr(first, field)) for other in others)
    }
    return Place(**same)
