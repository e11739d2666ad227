"""English names by rule: places by pinyin and the word for their rank, departments by the lexicon.

Finance Bureau of Hongze District, Huai'an; nothing is translated that no table has, so a name may be None.
"""

from __future__ import annotations

from functools import lru_cache

from ..text.fold import CACHE_SIZE
from . import places
from .departments import GOVERNMENT, OFFICE, departments, national_organs
from .places import Division
from .registry import Agency, corps_divisions, listed_zones, national_name

RANKS = {
    "自治州": "Autonomous Prefecture",
    "自治县": "Autonomous County",
    "自治旗": "Autonomous Banner",
    "地区": "Prefecture",
    "特区": "Special District",
    "林区": "Forestry District",
    "新区": "New Area",
    "盟": "League",
    "市": "City",
    "县": "County",
    "区": "District",
    "旗": "Banner",
}
"""The word for a division's rank by the end of its name, longer ends first."""

CUSTOMARY = {
    "150100": "Hohhot",
    "150600": "Ordos",
    "150700": "Hulunbuir",
    "152500": "Xilin Gol",
    "230100": "Harbin",
    "230200": "Qiqihar",
    "540100": "Lhasa",
    "650100": "Urumqi",
    "650200": "Karamay",
}
"""Names that English has besides pinyin, by the division's first code."""

ZONES = {
    "经济技术开发区": "Economic and Technological Development Zone",
    "经济开发区": "Economic Development Zone",
    "高新技术产业开发区": "High-tech Industrial Development Zone",
    "高新技术产业园区": "High-tech Industrial Park",
    "高技术产业开发区": "High-tech Industrial Development Zone",
    "高新技术开发区": "High-tech Development Zone",
    "城乡一体化示范区": "Urban-Rural Integration Demonstration Zone",
    "示范区": "Demonstration Zone",
    "管理区": "Administrative Zone",
    "新区": "New Area",
    "工业园区": "Industrial Park",
}
TERMS = {
    "委员会": "Commission",
    "办公室": "Office",
    "厅": "Department",
    "局": "Bureau",
    "室": "Office",
    "中心": "Centre",
    "队": "",
    "关": "",
    "社": "",
    "馆": "",
}
_VOWELS = "aeo"


def spelt(syllables: list[str]) -> str:
    """Syllables as one word: an apostrophe before a, e, o inside it, ü for v: lu an is Lu'an."""
    word = "".join(f"'{each}" if at and each[0] in _VOWELS else each for at, each in enumerate(syllables))
    return word.replace("v", "ü").capitalize()


@lru_cache(CACHE_SIZE)
def place_english(row: Division) -> str:
    """An area's English name with its rank: Hongze District, Qianxian County, Chongqing."""
    if row.level == "province":
        return places.provinces()[row.adcode]["name_en"]
    if row.level == "zone":
        return _zone_english(row)
    rank = next((word for word in RANKS if row.name.endswith(word)), "")
    bare, peoples = places.without_peoples(row.name.removesuffix(rank))
    bare = bare if len(bare) > 1 else bare + rank[:1]
    own = CUSTOMARY.get(row.lineage) or places.peoples().get(bare) or spelt(row.pinyin.split()[: len(bare)])
    names = [places.peoples()[people] for people in peoples]
    return " ".join(filter(None, (own, _joined(names), RANKS.get(rank, ""))))


def _joined(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def _zone_english(row: Division) -> str:
    rank = next((word for word in ZONES if row.name.endswith(word)), "")
    said = row.pinyin.split()[: len(row.name) - len(rank)]
    return f"{spelt(said)} {ZONES[rank]}" if rank and said else spelt(row.pinyin.split())


@lru_cache(CACHE_SIZE)
def area_english(row: Division, year: int | None) -> str:
    """An area with what lies around it, the province left out: Hongze District, Huai'an."""
    around = places.above(row, year or row.valid_from)
    above = [
        place_english(place).removesuffix(" City")
        for place in around
        if place.level == "prefecture" or place.name.endswith("市")
    ]
    return ", ".join((place_english(row), *reversed(above)))


@lru_cache(CACHE_SIZE)
def english_name(agency: Agency, year: int | None) -> str | None:
    """The authority's English name; None for an organ that the lexicon does not have."""
    if agency.adcode is None:
        name = national_name(agency, year)
        return next(each.name_en for each in national_organs() if each.name == name)
    if agency.id.startswith("650000-xpcc"):
        return _corps_english(agency)
    if agency.organ.code.startswith("zone-"):
        return _listed_zone_english(agency)
    area = area_english(places.state_in(agency.adcode, year), year)
    if agency.kind == "township":
        return _town_english(agency, area)
    what = _organ_english(agency)
    return f"{what} of {area}" if what else None


def _organ_english(agency: Agency) -> str | None:
    code = agency.organ.code
    if code == GOVERNMENT:
        return "People's Government"
    if code == OFFICE:
        return "General Office of the People's Government" if agency.level == "province" else "Government Office"
    if code == "zone":
        return "Administrative Committee"
    known = departments().get(code)
    if known is None:
        return None
    return f"{known.name_en} {_term(agency.organ.name)}".strip()


def _listed_zone_english(agency: Agency) -> str | None:
    """A zone of the lexicon, or a department of one; None for zones that no list has."""
    for row in listed_zones():
        code = f"zone-{row['code']}"
        if agency.organ.code == code:
            return f"Administrative Committee of {row['name_en']}"
        known = departments().get(agency.organ.code.removeprefix(f"{code}-"))
        if known is not None:
            return f"{known.name_en} {_term(agency.organ.name)}".strip() + f" of {row['name_en']}"
    return None


def _term(name: str) -> str:
    """The word for an organ's rank by the end of its name: Bureau for 局."""
    return next((TERMS[end] for end in TERMS if name.endswith(end)), "")


def _town_english(agency: Agency, area: str) -> str | None:
    if agency.town is None:
        return None
    own = spelt(agency.town.pinyin.split())
    if agency.town.name.endswith("街道"):
        return f"{own} Sub-district Office, {area}"
    rank = {"镇": "Town", "乡": "Township", "木": "Sumu"}.get(agency.town.name[-1], "")
    return f"People's Government of {own} {rank}, {area}".replace(" ,", ",")


def _corps_english(agency: Agency) -> str | None:
    rest = agency.id.removeprefix("650000-")
    division = next((row for row in corps_divisions().values() if rest.startswith(row["code"])), None)
    corps = "Xinjiang Production and Construction Corps"
    whole = f"{division['name_en']}, {corps}" if division is not None else corps
    if agency.kind == "corps":
        return whole
    what = _organ_english(agency)
    return f"{what} of the {whole}" if what else None
