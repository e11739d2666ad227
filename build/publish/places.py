"""Rows of the tables of places and authorities: divisions, population, agencies, agency_names."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cache
from heapq import merge
from operator import attrgetter

from ..identity import places, registry
from ..identity.english import english_name
from ..identity.registry import Agency, AgencyName
from ..reading.on_disk import OnDisk
from .rows import differences

Row = Mapping[str, object]


def division_rows() -> Iterator[Row]:
    """Every division of every year; province and city are the names of what it lay in at that time."""
    for row in places.divisions():
        around = (*places.above(row, row.valid_from), row)
        yield {
            "adcode": row.adcode,
            "name": row.name,
            "level": row.level,
            "parent": row.parent or None,
            "province": around[0].name,
            "city": next((each.name for each in around if each.level == "prefecture"), None),
            "valid_from": row.valid_from,
            "valid_to": row.valid_to,
        }


def population_rows() -> Iterator[Row]:
    """Residents at the census, by the codes of its year."""
    for adcode, persons in sorted(places.population().items()):
        yield {"adcode": adcode, "year": places.CENSUS_YEAR, "persons": persons}


class Published:
    """Authorities in the order of their ids: ``standing``, which every build has, and ``named``, of which there may be
    as many as reports; those are as named where an authority is among both.
    """

    def __init__(self, standing: Mapping[str, Agency], named: Iterable[Agency]) -> None:
        self._others = {**standing}
        self.named = OnDisk(Agency)
        for agency in named:
            self._others.pop(agency.id, None)
            self.named.put(agency.id, agency)

    def get(self, name: str) -> Agency | None:
        """The authority with this id, None if it is not among them."""
        return self._others.get(name) or self.named.get(name)

    def __contains__(self, name: object) -> bool:
        return name in self._others or name in self.named

    def __iter__(self) -> Iterator[Agency]:
        return merge(self._others.values(), self.named, key=attrgetter("id"))


def published_agencies(named: Iterable[Agency]) -> Published:
    """``named``, their zones, the government of every area, the State Council's organs, the corps; by id."""
    return Published(_standing(), _with_zones(named))


@cache
def _standing() -> Mapping[str, Agency]:
    known = {agency.id: agency for agency in (*registry.central_agencies(), *registry.governments())}
    return dict(sorted(known.items()))


def _with_zones(named: Iterable[Agency]) -> Iterator[Agency]:
    for agency in named:
        zone = registry.zone_of(agency)
        yield from (agency,) if zone is None else (agency, zone)


def may_be_others(published: Published, stored: Iterable[str]) -> Iterator[str]:
    """Ids of authorities that may be others than those ``stored``, whose ids these are in order, though the same
    reports refer to them under the same names: those that come or go with others, and those of zones.

    The departments of a zone bring it with them, under its listed name; reports may print it under another.
    """
    here = ((agency.id, agency.level == "zone") for agency in published)
    there = ((agency, False) for agency in stored)
    return (agency for agency, _, _ in differences(there, here))


def agency_rows(agencies: Iterable[Agency], published: Container[str]) -> Iterator[Row]:
    """One row an authority under its newest name; its parent is NULL where that is not ``published``."""
    for agency in agencies:
        row = _agency_row(agency)
        yield row if row["parent"] in published else {**row, "parent": None}


def _agency_row(agency: Agency) -> Mapping[str, str | int | None]:
    """The row of an authority whose parent is among those that are published."""
    names = registry.names_of(agency)
    return {
        "id": agency.id,
        "name": names[-1].name,
        "name_en": english_name(agency, None),
        "kind": agency.kind,
        "level": agency.level,
        "adcode": registry.newest_adcode(agency),
        "parent": registry.parent_of(agency, names[-1].valid_to),
        "valid_from": names[0].valid_from,
        "valid_to": names[-1].valid_to,
    }


def agency_search_rows(agencies: Iterable[Agency]) -> Iterator[Row]:
    """What an authority can be looked up by besides its names: its own area or town, and how that is spelt."""
    return map(_search_row, agencies)


def _search_row(agency: Agency) -> Row:
    area = agency.town or (places.state_in(agency.adcode, None) if agency.adcode else None)
    said = area.pinyin.split() if area else []
    return {
        "agency": agency.id,
        "area": area.name if area else None,
        "pinyin": "".join(said) or None,
        "initials": "".join(syllable[0] for syllable in said) or None,
    }


def agency_name_rows(agencies: Iterable[Agency], printed: Callable[[str], Sequence[AgencyName]]) -> Iterator[Row]:
    """Every full name of every authority with its years, the oldest first, then what reports print besides."""
    for agency in agencies:
        listed = _listed_rows(agency)
        yield from listed
        if others := printed(agency.id):
            known = {row["name"] for row in listed}
            besides = (named for named in others if named.name not in known)
            yield from (_name_row(named, at, "printed") for at, named in enumerate(besides, len(listed) + 1))


def _listed_rows(agency: Agency) -> tuple[Row, ...]:
    return tuple(_name_row(named, at, "registry") for at, named in enumerate(registry.names_of(agency), 1))


def _name_row(named: AgencyName, position: int, basis: str) -> Row:
    return {
        "agency": named.agency,
        "position": position,
        "name": named.name,
        "basis": basis,
        "valid_from": named.valid_from,
        "valid_to": named.valid_to,
    }
