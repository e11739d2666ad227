"""Which authorities a printed name may be: every candidate that stood in the report's year, never a guess.

An authority is an organ (``departments``) of an area (``places``), a town, a zone, a corps division or an organ of the
State Council. Its id is the area's lineage and the organ's code, so a renamed or recoded county keeps it:
洪泽县人民政府 and 淮安市洪泽区人民政府 are both ``320829-government``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from ..text.fold import CACHE_SIZE
from . import places
from .departments import (
    GOVERNMENT,
    ZONE_COMMITTEE,
    NationalOrgan,
    Organ,
    department,
    national_named,
    national_organs,
    office_of_zone,
    organ,
    prefixes,
    unknown_organ,
    without_committee,
    without_government,
    zone_key,
)
from .places import Division, Town

NATIONAL = "000000"
"""What stands in the id of an organ of the State Council where the area's code would stand."""

CORPS = "650000-xpcc"
LONGEST_PLACE = 17
NEXT_YEAR = 1
"""A report of one year, published in the next, may use the next year's name, or still the one before."""

_GAPS = re.compile(r"[\s·,，。:：]+")
_TOWN = re.compile(
    r"^(?P<town>.{1,12}?(?:街道|镇|乡|苏木|地区))(?P<organ>办事处|人民政府|政府|人民政府办公室|党政办公室|)$"
)
_OTHER_AREA_S_TOWN = re.compile(r"[省市县区旗州].")
_CORPS = re.compile(
    r"^(?:(?P<corps>新疆生产建设兵团|新疆兵团|兵团)|(?=第[一二三四五六七八九十]+师))"
    r"(?P<division>第[一二三四五六七八九十]{1,3}师)?"
)


@dataclass(frozen=True, slots=True)
class Agency:
    """An authority: ``organ`` is its name behind that of the area.

    ``adcode`` is the area's first code since 2008, that of the county for a town; None for the State Council's organs.
    """

    id: str
    kind: str
    level: str
    adcode: str | None
    organ: Organ
    town: Town | None = None

    def __hash__(self) -> int:
        return hash(self.id)  # all fields together take ten times as long, and rows are looked up by authority


@dataclass(frozen=True, slots=True)
class Candidate:
    """An authority that a printed name may be.

    ``rank``: 0 the name stood in the report's year, 1 in the year before or after, 2 only in others. ``place`` is the
    area's state under which the name was found, ``printed`` the areas named before it, the largest first.
    """

    agency: Agency
    rank: int
    place: Division | None
    printed: tuple[str, ...] = ()


def candidates(name: str, year: int | None) -> tuple[Candidate, ...]:
    """Every authority that ``name`` may be in ``year`` (in any year, without one), the best rank first.

    Empty where the name holds no area, or one that never was. Ambiguous names give all; a name of which only one
    authority is left among those of rank 0 and 1 is unique: see ``unique``.
    """
    return _best(_candidate(reading, year) for reading in _readings(_GAPS.sub("", name)))


def candidate(name: str, year: int | None, agency_id: str) -> Candidate | None:
    """The authority with that id among the ``candidates``, which are not all made for it; None if it is none."""
    own = (each for each in _readings(_GAPS.sub("", name)) if each.agency.id == agency_id)
    return min((_candidate(reading, year) for reading in own), key=lambda found: found.rank, default=None)


def unique(found: tuple[Candidate, ...]) -> Candidate | None:
    """The one authority that ``found`` leaves: one id among ranks 0 and 1. None where there are several, or none."""
    near = [candidate for candidate in found if candidate.rank <= NEXT_YEAR]
    return near[0] if near and len({candidate.agency.id for candidate in near}) == 1 else None


@dataclass(frozen=True, slots=True)
class _Reading:
    """An authority that a name may be in some year: the areas named, the largest first, and the name's own years."""

    agency: Agency
    chain: tuple[Division, ...] = ()
    years: tuple[int | None, int | None] = (None, None)
    printed: tuple[str, ...] = ()


@lru_cache(maxsize=CACHE_SIZE)
def _readings(name: str) -> tuple[_Reading, ...]:
    """What the first way to read ``name`` that finds an authority finds, whatever the year."""
    return next(filter(None, (tuple(way(name)) for way in _WAYS)), ())


def _candidate(reading: _Reading, year: int | None) -> Candidate:
    agency, chain = reading.agency, reading.chain
    rank = max((_years_rank(*reading.years, year), *(_rank(row, year) for row in chain)))
    place = chain[-1] if chain else None
    if agency.town is not None and agency.adcode is not None:
        place = places.state_in(agency.adcode, year)
    return Candidate(agency, rank, place, reading.printed or tuple(row.name for row in chain[:-1]))


def _best(found: Iterator[Candidate]) -> tuple[Candidate, ...]:
    """One candidate an authority, its best rank, in the order of rank and id."""
    best: dict[str, Candidate] = {}
    for candidate in found:
        known = best.get(candidate.agency.id)
        if known is None or candidate.rank < known.rank:
            best[candidate.agency.id] = candidate
    return tuple(sorted(best.values(), key=lambda candidate: (candidate.rank, candidate.agency.id)))


def _rank(row: Division, year: int | None) -> int:
    return 0 if year is None or row.level == "zone" else min(2, row.years_from(year))


def _years_rank(first: int | None, last: int | None, year: int | None) -> int:
    if year is None or (first or year) <= year <= (last or year):
        return 0
    return 1 if (first or year) - NEXT_YEAR <= year <= (last or year) + NEXT_YEAR else 2


def _national(name: str) -> Iterator[_Reading]:
    found = national_named().get(name) or national_named().get(name.removesuffix("办公厅"))
    if found is not None:
        yield _Reading(national_agency(found), years=(found.valid_from, found.valid_to))


def national_agency(found: NationalOrgan) -> Agency:
    """The authority that an organ of the State Council is."""
    return Agency(f"{NATIONAL}-{found.code}", found.kind, "national", None, Organ(found.code, found.kind, found.name))


def _corps(name: str) -> Iterator[_Reading]:
    match = _CORPS.match(name)
    if match is None:
        return
    code = corps_divisions()[match["division"]]["code"] if match["division"] in corps_divisions() else "xpcc"
    rest = name[match.end() :]
    city = next((row.name for row in _states_of_city(match["division"]) if rest.startswith(row.name)), "")
    rest = rest.removeprefix(city).removeprefix("机关")
    yield _Reading(corps_agency(code, rest), printed=tuple(filter(None, (match["corps"], match["division"]))))


@cache
def corps_divisions() -> Mapping[str | None, Mapping[str, str]]:
    """The corps' divisions by name, with their code, English name and city."""
    return {row["name"]: row for row in places.rows_of("corps.csv")}


def _states_of_city(division: str | None) -> tuple[Division, ...]:
    city = corps_divisions().get(division, {}).get("city")
    return places.states(places.lineage(city) or "") if city else ()


def corps_agency(code: str, office: str = "") -> Agency:
    """The corps (``xpcc``), one of its divisions (``xpcc-08``), or an office of either."""
    level = "province" if code == "xpcc" else "prefecture"
    base = f"650000-{code}"
    within = without_government(office)
    if within in ("", "办公厅", "办公室"):
        kind = "corps"
        return Agency(base if not within else f"{base}-office", kind, level, "650000", Organ(code, kind, within))
    found = organ(office) or unknown_organ(office)
    level = "township" if _TOWN_OF_CORPS.search(found.name) else level
    return Agency(f"{base}-{found.code}", found.kind, level, "650000", found)


_TOWN_OF_CORPS = re.compile("(?:[镇乡](?:人民政府)?|街道(?:办事处)?|团场?)$")
"""第一师十六团新开岭镇: a town that a regiment runs, no office of its division."""


def _branches(name: str) -> Iterator[_Reading]:
    """Branches of central organs, named with the organ before the place: 国家税务总局沭阳县税务局."""
    for prefix in prefixes():
        if name.startswith(prefix):
            yield from _branch(name[len(prefix) :], prefix)
    yield from (found for found in _by_stems(name, "") if found.agency.organ.code in NAMED_BY_STEM)


def _branch(rest: str, prefix: str) -> Iterator[_Reading]:
    for chain, end in _chains(rest):
        found = department(rest[end:], prefix)
        if found is not None:
            yield _of_area(chain, found)
    yield from _by_stems(rest, prefix)


def _by_stems(name: str, prefix: str) -> Iterator[_Reading]:
    """Departments behind a place that is named without its rank: 沭阳调查队."""
    for at in range(len(name) - 2, 1, -1):
        found = department(name[at:], prefix)
        if found is not None:
            for row in _by_stem().get(name[:at], ()):
                yield _of_area((row,), found)


def _of_area(chain: tuple[Division, ...], found: Organ) -> _Reading:
    return _Reading(area_agency(chain[-1], found), chain)


def area_agency(row: Division, found: Organ) -> Agency:
    """The organ ``found`` of the area ``row``."""
    if row.level == "zone":
        return _zone_agency(row, found)
    return Agency(f"{row.lineage}-{found.code}", found.kind, row.level, row.lineage, found)


def _zone_agency(row: Division, found: Organ) -> Agency:
    managing = ZONE_COMMITTEE if found.code == GOVERNMENT else found
    return Agency(f"{row.lineage}-{managing.code}", managing.kind, "zone", row.lineage, managing)


def _areas(name: str) -> Iterator[_Reading]:
    """Organs of areas, and towns and zones below them: 淮安市洪泽区财政局."""
    longest: dict[int, list[_Reading]] = {}
    for chain, end in _chains(name):
        longest.setdefault(end, []).extend(_behind(chain, name[end:]))
    for end in sorted(longest, reverse=True):
        known = [reading for reading in longest[end] if reading.agency.organ.known]
        if known:
            yield from known
            return
    if longest:
        yield from longest[max(longest)]


def _behind(chain: tuple[Division, ...], rest: str) -> Iterator[_Reading]:
    """What ``rest`` is behind the area that ``chain`` ends in."""
    row = chain[-1]
    match = _TOWN.match(without_government(rest)) if rest else None
    if match is not None and match["town"] != "地区":
        yield from _towns_in(chain, match["town"])
        return
    zones = tuple(_managed_as(rest, zone) for zone in _zones_in(row, rest)) if zone_key(rest) else ()
    yield from (_Reading(zone, chain) for zone in zones)
    if not zones:
        found = office_of_zone(rest) if row.level == "zone" else _organ_of_area(rest)
        if found is not None:
            yield _of_area(chain, found)


def _organ_of_area(rest: str) -> Organ | None:
    if rest in ("", "机关"):
        return Organ(GOVERNMENT, "government", "人民政府")
    found = organ(rest)
    return None if found is not None and not found.known and _begins_with_area(rest) else found


def _begins_with_area(rest: str) -> bool:
    """Whether ``rest`` begins with an area that lies elsewhere: 金华市金林区财政局 is no organ of 金华市."""
    return not rest.startswith(WORDS_FOR_AREAS) and any(
        rest[:end] in _by_name() for end in range(2, min(LONGEST_PLACE, len(rest)) + 1)
    )


WORDS_FOR_AREAS = ("城区", "郊区", "矿区")
"""Names of districts that are words too: 沭阳县城区管理局."""


def _towns_in(chain: tuple[Division, ...], town: str) -> Iterator[_Reading]:
    """The towns of that name in the last area, or one that no list has; a province alone does not place such a one."""
    row = chain[-1]
    newest = places.states(row.lineage)[-1]
    found = [each for each in places.towns_named(town) if _is_in(each, newest)]
    yield from (_Reading(town_agency(each), chain) for each in found)
    if not found and row.level != "province" and not _OTHER_AREA_S_TOWN.search(town):
        unlisted = Organ(unknown_organ(town).code, "township", town, known=False)
        yield _Reading(Agency(f"{row.lineage}-{unlisted.code}", "township", "township", row.lineage, unlisted), chain)


def _is_in(town: Town, row: Division) -> bool:
    return town.code.startswith(row.adcode.rstrip("0") if row.level != "county" else row.adcode)


def town_agency(town: Town) -> Agency:
    """The authority of a town; its code is its county's lineage and the three digits of its own."""
    county = places.lineage(town.code[:6]) or town.code[:6]
    kind = Organ(f"town-{town.code[6:]}", "township", town.name)
    return Agency(f"{county}-{kind.code}", "township", "township", county, kind, town)


def _towns(name: str) -> Iterator[_Reading]:
    """Towns that are named without their county: 打浦桥街道办事处."""
    match = _TOWN.match(name)
    for town in places.towns_named(match["town"]) if match is not None else ():
        yield _Reading(town_agency(town))


def _zones(name: str) -> Iterator[_Reading]:
    """Zones that are named without the area in which they lie: 平潭综合实验区管理委员会."""
    key = zone_key(name)
    for zone in _zones_by_key().get(key, ()) if key else ():
        yield _Reading(_managed_as(name, zone))
    for written, listed in _zones_in_writing() if not key else ():
        rest = name[len(written) :] if name.startswith(written) else ""
        found = office_of_zone(rest) if rest else None
        if rest and rest == listed["authority"]:
            yield _Reading(listed_zone(listed))
        elif found is not None:
            yield _Reading(_listed_office(listed, found))


def _managed_as(name: str, zone: Agency) -> Agency:
    """The authority of ``zone``, or its 管理委员会 where ``name`` names that and another is the authority."""
    listed = next((row for row in listed_zones() if row["authority"] and listed_zone(row) == zone), None)
    return zone if listed is None or without_committee(name) == name else _listed_office(listed, ZONE_COMMITTEE)


@cache
def _zones_in_writing() -> tuple[tuple[str, Mapping[str, str]], ...]:
    """(name as written, zone) of every zone that no list of divisions counts."""
    return tuple((written, row) for row in listed_zones() for written in (row["name"], *row["short"].split()))


def _listed_office(row: Mapping[str, str], found: Organ) -> Agency:
    """An office or a department of a zone that no list of divisions counts."""
    zone = listed_zone(row)
    own = Organ(f"{zone.organ.code}-{found.code}", found.kind, row["name"] + found.name)
    return Agency(f"{zone.id}-{found.code}", found.kind, "zone", zone.adcode, own)


@cache
def _zones_inside() -> Mapping[str, tuple[Agency, ...]]:
    """Zones by what is left of their names without the city's: 经开区, which means one only behind a city's name."""
    found: dict[str, list[Agency]] = {}
    for row in places.divisions():
        if row.level == "zone":
            zone = _zone_agency(row, Organ(GOVERNMENT, "government", ""))
            for key in {zone_key(written) for written in _without_place(row)} - {""}:
                found.setdefault(key, []).append(zone)
    return {key: tuple(dict.fromkeys(zones)) for key, zones in found.items()}


def _zones_in(row: Division, rest: str) -> Iterator[Agency]:
    """The listed zones of ``row`` that ``rest`` names, with or without the place in front of the zone's own name."""
    key = zone_key(rest)
    for written in (key, row.stem + key, row.name + key):
        for zone in (*_zones_inside().get(written, ()), *_zones_by_key().get(written, ())):
            if zone.adcode is not None and _is_in_area(zone.adcode, row):
                yield zone


def _is_in_area(adcode: str, row: Division) -> bool:
    """Whether the division with this lineage is ``row`` or lies in it."""
    return adcode == row.lineage or any(
        state.lies_in(row.adcode) for state in places.states(adcode.split("-", maxsplit=1)[0])
    )


@cache
def _zones_by_key() -> Mapping[str, tuple[Agency, ...]]:
    """Zones by their whole names, with the city's in front and without the province's."""
    found: dict[str, dict[str, Agency]] = {}
    for row in places.divisions():
        if row.level == "zone":
            zone = _zone_agency(row, Organ(GOVERNMENT, "government", ""))
            *_, with_city = _without_place(row)
            for written in (row.name, with_city):
                found.setdefault(zone_key(written), {})[zone.id] = zone
    for listed in listed_zones():
        zone = listed_zone(listed)
        for written in (listed["name"], *listed["short"].split()):
            found.setdefault(zone_key(written), {})[zone.id] = zone
    return {key: tuple(zones.values()) for key, zones in found.items() if key}


def _without_place(row: Division) -> Iterator[str]:
    """A zone's name, and what is left of it without its province, then without its city's name."""
    around = places.above(row, row.valid_from)
    yield row.name
    rest = row.name
    for place in around:
        for word in (place.name, place.stem):
            if rest.startswith(word) and len(rest) - len(word) > 3:
                rest = rest[len(word) :]
                yield rest
                break
    yield f"{around[-1].stem}{rest}"


@cache
def listed_zones() -> tuple[Mapping[str, str], ...]:
    """Zones that no list of divisions counts, such as 平潭综合实验区: code, area and names; ``authority`` is what those
    few have that is called otherwise than 管理委员会.
    """
    return tuple(places.rows_of("zones.csv"))


def listed_zone(row: Mapping[str, str]) -> Agency:
    """The authority of a zone that no list of divisions counts."""
    origin = places.lineage(row["adcode"]) or row["adcode"]
    managing = Organ(f"zone-{row['code']}", "zone", row["name"] + (row["authority"] or ZONE_COMMITTEE.name))
    return Agency(f"{origin}-{managing.code}", "zone", "zone", origin, managing)


_WAYS: tuple[Callable[[str], Iterator[_Reading]], ...] = (
    _national,
    _corps,
    _branches,
    _zones,
    _areas,
    _towns,
)
"""Ways to read a name; the first that finds an authority is right."""


@cache
def _by_name() -> Mapping[str, tuple[Division, ...]]:
    """Divisions by full name and by the short ones of autonomous places."""
    found: dict[str, list[Division]] = {}
    short = {row["adcode"]: row["alias"] for row in places.rows_of("place_aliases.csv")}
    for row in places.divisions():
        for name in {row.name, *places.short_names(row), short.get(row.adcode, row.name)}:
            found.setdefault(name, []).append(row)
    return {name: tuple(rows) for name, rows in found.items()}


@cache
def _by_stem() -> Mapping[str, tuple[Division, ...]]:
    """Divisions by their names without the rank: 沭阳, 江苏."""
    return _stems_of(places.LEVELS[:3])


@cache
def _large_by_stem() -> Mapping[str, tuple[Division, ...]]:
    """Provinces and prefectures by their names without the rank."""
    return _stems_of(places.LEVELS[:2])


def _stems_of(levels: tuple[str, ...]) -> Mapping[str, tuple[Division, ...]]:
    found: dict[str, list[Division]] = {}
    for row in places.divisions():
        if row.level in levels:
            stem = places.provinces()[row.adcode]["short"] if row.level == "province" else row.stem
            found.setdefault(stem, []).append(row)
    return {name: tuple(rows) for name, rows in found.items()}


def _chains(name: str) -> Iterator[tuple[tuple[Division, ...], int]]:
    """(areas, end) of every way to read areas, each in the one before, from the beginning of ``name``."""
    for chain, end in _first_links(name):
        yield from _longer(name, chain, end)


def _first_links(name: str) -> Iterator[tuple[tuple[Division, ...], int]]:
    for end in range(min(LONGEST_PLACE, len(name)), 1, -1):
        for row in _by_name().get(name[:end], ()):
            yield (row,), end
        for row in _large_by_stem().get(name[:end], ()):
            yield (row, row), end


def _longer(name: str, chain: tuple[Division, ...], end: int) -> Iterator[tuple[tuple[Division, ...], int]]:
    """``chain`` and everything that goes on from it; an area named without its rank stands only before another."""
    doubled = len(chain) > 1 and chain[-1] is chain[-2]
    for to in range(min(end + LONGEST_PLACE, len(name)), end + 1, -1):
        for row in _by_name().get(name[end:to], ()):
            if row.lies_in(chain[-1].adcode) and _together(row, chain[-1]):
                yield from _longer(name, (*(chain[:-1] if doubled else chain), row), to)
    if not doubled:
        yield chain, end


def _together(row: Division, above: Division) -> bool:
    """Whether two areas stood at the same time, or one in the year after the other."""
    first, last = max(row.valid_from, above.valid_from), min(row.valid_to or 9999, above.valid_to or 9999)
    return row.level == "zone" or first <= last + NEXT_YEAR


def full_name(agency: Agency, year: int | None) -> str:
    """The authority's full name in ``year``, with the city's name before a district's: 淮安市洪泽区人民政府."""
    if agency.adcode is None:
        return national_name(agency, year)
    if agency.id.startswith(CORPS):
        return _corps_name(agency)
    if agency.organ.code.startswith("zone-") and agency.organ.known:
        return agency.organ.name
    row = places.state_in(agency.adcode, year)
    area = row.stem if agency.organ.code in NAMED_BY_STEM else area_name(row, year)
    if agency.kind == "township":
        return area + _town_organ(agency)
    return f"{agency.organ.prefix}{area}{_organ_name(agency, row)}"


NAMED_BY_STEM = frozenset({"survey", "customs", "maritime"})
"""Branches that are named after the place without its rank: 国家统计局沭阳调查队, 南京海关."""


def national_name(agency: Agency, year: int | None) -> str:
    """The name of an organ of the State Council in ``year``, the newest where it had none then."""
    own = [each for each in national_organs() if each.code == agency.organ.code]
    ranked = sorted(own, key=lambda each: _years_rank(each.valid_from, each.valid_to, year))
    return ranked[0].name if year is not None else own[-1].name


def _corps_name(agency: Agency) -> str:
    code = agency.id.removeprefix("650000-")
    division = next((name for name, row in corps_divisions().items() if code.startswith(row["code"])), "") or ""
    return f"新疆生产建设兵团{division}{agency.organ.name}"


def _town_organ(agency: Agency) -> str:
    name = agency.organ.name
    if name.endswith(("街道", "地区")):
        return f"人民政府{name}办事处"
    return f"{name}人民政府"


def _organ_name(agency: Agency, row: Division) -> str:
    """The organ's name behind the area's: a region's government is its 行政公署."""
    regional = row.name.endswith(("地区", "盟"))
    if regional and agency.organ.code in ("government", "office"):
        return agency.organ.name.replace("人民政府", "行政公署")
    if row.level == "province" and agency.organ.name == "人民政府办公室":
        return "人民政府办公厅"
    return agency.organ.name


def area_name(row: Division, year: int | None) -> str:
    """The area's name as its authorities write it: a district's with its city's before it, others' alone."""
    around = places.above(row, year or row.valid_from)
    if row.level == "zone":
        return row.name if around[-1].stem in row.name else around[-1].name + row.name
    is_district = row.level == "county" and row.name.endswith("区") and not row.name.endswith(("特区", "林区"))
    return around[-1].name + row.name if is_district else row.name


def parent_of(agency: Agency, year: int | None) -> str | None:
    """The id of the authority above: an organ's own government, a government's next one, a branch's central organ.

    None at the top, and where a branch's central organ is not listed.
    """
    if agency.adcode is None:
        return None if agency.organ.code == "state_council" else f"{NATIONAL}-state_council"
    if agency.id.startswith(CORPS):
        return None if agency.id == CORPS else CORPS
    if agency.kind == "vertical":
        return f"{NATIONAL}-{agency.organ.code}" if agency.organ.code in _national_codes() else None
    row = places.state_in(agency.adcode, year)
    if agency.organ.code != GOVERNMENT and agency.kind != "zone":
        zone = zone_of(agency)
        return zone.id if zone is not None else f"{row.lineage}-{GOVERNMENT}"
    around = places.above(row, year or row.valid_from)
    if agency.kind == "zone":  # a county of the zone's own land is under it, not above
        around = tuple(area for area in around if area.level != "county" or area.lineage != agency.id[:6])
    return f"{around[-1].lineage}-{GOVERNMENT}" if around else f"{NATIONAL}-state_council"


def zone_of(agency: Agency) -> Agency | None:
    """The 管理委员会 of the zone to which an office or a department belongs; None for what is no zone's."""
    if agency.level != "zone" or agency.adcode is None or agency.organ.code == ZONE_COMMITTEE.code:
        return None
    row = places.state_in(agency.adcode, None)
    if row.level == "zone":
        return area_agency(row, ZONE_COMMITTEE)
    own = (listed_zone(listed) for listed in listed_zones())
    return next((zone for zone in own if zone.id != agency.id and agency.id.startswith(f"{zone.id}-")), None)


@cache
def _national_codes() -> frozenset[str]:
    return frozenset(each.code for each in national_organs())


@dataclass(frozen=True, slots=True)
class AgencyName:
    """A name of an authority and the years in which it had it: 2008 is 2008 or before, None still.

    Of a name that reports print, the years of the first and the last report that prints it, None where it has none.
    """

    agency: str
    name: str
    valid_from: int | None
    valid_to: int | None


def governments() -> Iterator[Agency]:
    """The government of every province, prefecture and county since 2008."""
    for row in {row.lineage: row for row in places.divisions() if row.level != "zone"}.values():
        yield area_agency(places.states(row.lineage)[-1], Organ(GOVERNMENT, "government", "人民政府"))


def central_agencies() -> Iterator[Agency]:
    """The organs of the State Council, and the corps with its divisions."""
    yield from {agency.id: agency for agency in map(national_agency, national_organs())}.values()
    yield corps_agency("xpcc")
    yield from (corps_agency(row["code"]) for row in corps_divisions().values())


def newest_adcode(agency: Agency) -> str | None:
    """The code that the authority's area has, or had last; None for an organ of the State Council."""
    return None if agency.adcode is None else places.states(agency.adcode)[-1].adcode


ALL_STANDING = 4096
"""More authorities than every build has: each is asked for its names twice, one after the other of them all."""


@lru_cache(ALL_STANDING)
def names_of(agency: Agency) -> tuple[AgencyName, ...]:
    """The full names of an authority over the years, the oldest first; names of departments as in the newest year."""
    named: list[AgencyName] = []
    for name, first, last in _names_by_years(agency):
        goes_on = bool(named) and named[-1].name == name
        since = named.pop().valid_from if goes_on else first
        named.append(AgencyName(agency.id, name, since, last))
    return tuple(named)


def _names_by_years(agency: Agency) -> Iterator[tuple[str, int, int | None]]:
    if agency.adcode is None:
        own = [each for each in national_organs() if each.code == agency.organ.code]
        yield from ((each.name, each.valid_from or places.FIRST_YEAR, each.valid_to) for each in own)
    elif agency.id.startswith(CORPS):
        yield full_name(agency, None), places.FIRST_YEAR, None
    else:
        for row in places.states(agency.adcode):
            yield full_name(agency, row.valid_from), row.valid_from, row.valid_to
