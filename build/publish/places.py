"""Rows of the tables of places and authorities: divisions, population, agencies, agency_names."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

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


def published_agencies(named: Iterable[Agency]) -> OnDisk[Agency]:
    """``named``, their zones, the government of every area, the State Council's organs, the corps; by id."""
    known = OnDisk(Agency)
    for agency in (*registry.central_agencies(), *registry.governments()):
        known.put(agency.id, agency)
    for agency in named:
        zone = registry.zone_of(agency)
        for each in (agency, zone):
            if each is not None:
                known.put(each.id, each)
    return known


def may_be_others(published: OnDisk[Agency], stored: Iterable[str]) -> Iterator[str]:
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
        names = [*registry.names_of(agency)]
        parent = registry.parent_of(agency, names[-1].valid_to)
        yield {
            "id": agency.id,
            "name": names[-1].name,
            "name_en": english_name(agency, None),
            "kind": agency.kind,
            "level": agency.level,
            "adcode": registry.newest_adcode(agency),
            "parent": parent if parent in published else None,
            "valid_from": names[0].valid_from,
            "valid_to": names[-1].valid_to,
        }


def agency_search_rows(agencies: Iterable[Agency]) -> Iterator[Row]:
    """What an authority can be looked up by besides its names: its own area or town, and how that is spelt."""
    for agency in agencies:
        area = agency.town or (places.state_in(agency.adcode, None) if agency.adcode else None)
        said = area.pinyin.split() if area else []
        yield {
            "agency": agency.id,
            "area": area.name if area else None,
            "pinyin": "".join(said) or None,
            "initials": "".join(syllable[0] for syllable in said) or None,
        }


def agency_name_rows(agencies: Iterable[Agency], printed: Callable[[str], Sequence[AgencyName]]) -> Iterator[Row]:
    """Every full name of every authority with its years, the oldest first, then what reports print besides."""
    for agency in agencies:
        full = registry.names_of(agency)
        listed = {named.name for named in full}
        others = [named for named in printed(agency.id) if named.name not in listed]
        for position, named in enumerate((*full, *others), 1):
            yield {
                "agency": agency.id,
                "position": position,
                "name": named.name,
                "basis": "registry" if position <= len(full) else "printed",
                "valid_from": named.valid_from,
                "valid_to": named.valid_to,
            }
