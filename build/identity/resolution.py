"""Where the authority of a report is: what the registry knows of its name, else what the name itself says."""

from __future__ import annotations

from collections.abc import Sequence

from ..text.traditional import to_simplified
from . import hints, places, registry
from .place import Place, place_of
from .places import Division
from .registry import NEXT_YEAR, Candidate

_LEVELS = frozenset({"national", "province", "prefecture", "county", "township"})
"""Levels of ``reports``: a zone is none of them."""


def locate(agency: str | None, year: int | None, own: str, prose: str, site_code: str = "") -> Place:
    """Province, city, county, level and code of an authority, in the report's year where that is known.

    The registry decides where its name is the only one of that kind, or where what the document says of its authority
    outside the prose (``own``: title, publisher, address; ``site_code``: the site's own number) leaves one. Otherwise
    only what the name itself says is given.
    """
    found = _only(_candidates(agency, year), own, site_code) if agency is not None else None
    return _place_of_candidate(found, year) if found is not None else place_of(agency, own, prose)


def may_be_one(one: str, other: str) -> bool:
    """Whether the registry knows two names as one authority's: 东明县教体局, 东明县教育局."""
    ids = [{candidate.agency.id for candidate in registry.candidates(name, None)} for name in (one, other)]
    return bool(ids[0] & ids[1])


def _candidates(agency: str, year: int | None) -> tuple[Candidate, ...]:
    """The authorities that may be meant; by simplified characters only where the printed ones name none."""
    found = registry.candidates(agency, year) or registry.candidates(to_simplified(agency), year)
    return tuple(candidate for candidate in found if candidate.rank <= NEXT_YEAR)


def _only(found: Sequence[Candidate], own: str, site_code: str) -> Candidate | None:
    """The one authority among ``found`` that fits, None if there is none or are several."""
    if len(found) > 1:
        area = hints.area_of_site_code(site_code) if site_code else None
        fitting = [each for each in found if each.place is not None and each.place.lineage == area]
        fitting = fitting or [each for each in found if _is_named_in(each, own)]
        found = fitting
    return found[0] if len({candidate.agency.id for candidate in found}) == 1 else None


def _is_named_in(candidate: Candidate, own: str) -> bool:
    """Whether the document's own words name the area around the candidate's, city or province."""
    around = _chain(candidate.place)[:-1] if candidate.place is not None else ()
    return any(row.name in own for row in around)


def _chain(row: Division, year: int | None = None) -> tuple[Division, ...]:
    """The area and those around it, the province first."""
    return (*places.above(row, row.valid_from if year is None else year), row)


def _place_of_candidate(found: Candidate, year: int | None) -> Place:
    level = found.agency.level if found.agency.level in _LEVELS else None
    area = found.place or _area_around(found, year)
    if area is None:
        return Place(level)
    named = {row.level: row.name for row in _chain(area, year)}
    return Place(
        level,
        named.get("province"),
        named.get("prefecture"),
        named.get("county") if level is not None else None,
        area.adcode if level is not None else None,
    )


def _area_around(found: Candidate, year: int | None) -> Division | None:
    """The area of an authority that is named without it: a zone's, the corps'."""
    return places.state_in(found.agency.adcode, year) if found.agency.adcode is not None else None
