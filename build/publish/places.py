"""Rows of the tables of places and authorities: divisions, population, agencies, agency_names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..identity import places, registry
from ..identity.english import english_name
from ..identity.registry import Agency

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


def published_agencies(named: Iterable[Agency]) -> list[Agency]:
    """``named`` with everything above it, the government of every area, the State Council's organs, the corps."""
    known = {agency.id: agency for agency in registry.central_agencies()}
    known |= {agency.id: agency for agency in registry.governments()}
    known |= {agency.id: agency for agency in named}
    return [known[key] for key in sorted(known)]


def agency_rows(agencies: Iterable[Agency]) -> Iterator[Row]:
    """One row an authority under its newest name."""
    for agency in agencies:
        names = [*registry.names_of(agency)]
        yield {
            "id": agency.id,
            "name": names[-1].name,
            "name_en": english_name(agency, names[-1].valid_from if names[-1].valid_to else None),
            "kind": agency.kind,
            "level": agency.level,
            "adcode": registry.newest_adcode(agency),
            "parent": registry.parent_of(agency, names[-1].valid_to),
            "valid_from": names[0].valid_from,
            "valid_to": names[-1].valid_to,
        }


def agency_name_rows(agencies: Iterable[Agency]) -> Iterator[Row]:
    """Every full name of every authority with its years, the oldest first."""
    for agency in agencies:
        for position, named in enumerate(registry.names_of(agency), 1):
            yield {
                "agency": agency.id,
                "position": position,
                "name": named.name,
                "valid_from": named.valid_from,
                "valid_to": named.valid_to,
            }
