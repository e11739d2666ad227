"""What offices are called: departments of every level with their names before and after the reforms of 2018 and 2023.

Data: ``departments.csv`` (code, kind, English name), ``department_names.csv`` (each name as stem and endings, with its
years), ``organs.csv`` (the State Council's). Whoever reads a name here learns which organ it is, never where.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b32encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from ..text.fold import CACHE_SIZE
from .places import rows_of

GOVERNMENT, OFFICE = "government", "office"
"""Codes of the two organs that every area has."""

GOVERNMENTS = {"人民政府": GOVERNMENT, "政府": GOVERNMENT, "行政公署": GOVERNMENT, "行署": GOVERNMENT}
_OFFICES = ("办公室", "办公厅", "办")
_SHORT_ENDINGS = {"委员会": "委", "办公室": "办"}
_SHORT_ONLY = re.compile(r"(?:委员会)?机关$|\([^()]*\)$")

ZONE_WORDS = {
    "经济技术开发区": "经开区",
    "经济开发区": "经开区",
    "经济技术产业开发区": "经开区",
    "高新技术产业开发区": "高新区",
    "高新技术产业园区": "高新区",
    "高技术产业开发区": "高新区",
    "高新技术开发区": "高新区",
}
"""Long names of zones and the short one that stands for all of them."""

_ZONE = re.compile(
    r"(?:开发区|高新区|经开区|新区|园区|产业园|工业园|科技园|示范区|景区|名胜区|试验区|实验区|合作区|保税区|综保区|保税港区|管理区|风景区|度假区|"
    r"保护区|旅游区|工业区|商务区|功能区|集聚区|聚集区|片区|投资区|特区|新城|林区|矿区)$"
)
_ORGAN = re.compile(
    r"(?:局|厅|委员会|委|办公室|办公厅|办|室|署|院|部|会|中心|馆|所|队|站|社|公司|集团|大学|学院|学校|中学|小学|支行|分行|海关|管理处)$"
)
_NO_DISTRICTS = r"(?<!开发|高新|经开|自贸|示范|试验|实验|保税|度假|风景|保护)(?<![园社市辖城灌库景校小老林矿牧])"
"""What makes 区 no district: 自贸区, 社区, 库区."""

_OTHER_AREA = re.compile(
    rf"^[^局委厅办会]{{1,8}}?(?:省|县(?!域|城|级)|旗|(?<!城)市(?!场|区|级)|州|盟|{_NO_DISTRICTS}区(?!域))(?![委局])|人民政府"
)
"""What begins like another area, which stands in no list: its organs are not the organs of the area before it."""

_MANAGED = ("管理委员会", "管委会")

_WORKS = (
    *("监督", "城市", "公积金", "城乡建设", "城市建设", "建设和", "市政", "市容", "卫生", "园林", "绿化", "公用"),
    *("设施", "资产", "交易", "投标", "无线电", "政务服务", "数据", "交通", "水务", "规划", "土地", "房产"),
)
AREA_COMMITTEE = re.compile("".join(f"(?<!{work})" for work in _WORKS) + "(?:管理委员会|管委会)$")
"""What manages an area; who manages a kind of work (住房和城乡建设管理委员会) is a department."""

KINDS_BY_ENDING = (
    ("zone", AREA_COMMITTEE),
    ("department", re.compile(r"(?:局|厅|委员会|办公室|署|委|办|室)$")),
)
"""Kinds of organs that the lexicon does not know, by the end of their names; anything else is ``other``."""


@dataclass(frozen=True, slots=True)
class Department:
    """An organ of the lexicon. ``successor`` is the code of what it was merged into, empty where it goes on."""

    code: str
    name_en: str
    kind: str
    successor: str


@dataclass(frozen=True, slots=True)
class OrganName:
    """One full name of a department: ``prefix`` stands before the place (国家税务总局), ``name`` behind it."""

    code: str
    prefix: str
    name: str
    valid_from: int | None
    valid_to: int | None


@dataclass(frozen=True, slots=True)
class Organ:
    """What a name says behind its place: code, kind, full name; ``known`` 0 where no lexicon has it."""

    code: str
    kind: str
    name: str
    prefix: str = ""
    known: bool = True


ZONE_COMMITTEE = Organ("zone", "zone", "管理委员会")
"""The authority of a zone."""


@dataclass(frozen=True, slots=True)
class NationalOrgan:
    """An organ of the State Council under one of its names; ``short``: what it is called in short (国家发改委)."""

    code: str
    kind: str
    name: str
    valid_from: int | None
    valid_to: int | None
    name_en: str
    short: tuple[str, ...]


@cache
def departments() -> Mapping[str, Department]:
    """Every department of the lexicon by its code."""
    return {row["code"]: Department(**row) for row in rows_of("departments.csv")}


@cache
def names_of_departments() -> tuple[OrganName, ...]:
    """Every full name of every department, in the order of the lexicon: the first of a code is its usual one."""
    return tuple(name for row in rows_of("department_names.csv") for name, _ in _spelt_out(row))


def _spelt_out(row: Mapping[str, str]) -> Iterator[tuple[OrganName, str]]:
    """A row's full names, each with every way to write it."""
    years = (int(row["valid_from"] or 0) or None, int(row["valid_to"] or 0) or None)
    for ending in row["suffixes"].split():
        full = OrganName(row["code"], row["prefix"], row["stem"] + ending, *years)
        for stem in (row["stem"], *row["short"].split()):
            yield full, stem + ending
            if ending in _SHORT_ENDINGS and stem:
                yield full, stem + _SHORT_ENDINGS[ending]


@cache
def _written() -> Mapping[tuple[str, str], OrganName]:
    """(prefix, name as written) → the full name."""
    found: dict[tuple[str, str], OrganName] = {}
    for row in rows_of("department_names.csv"):
        for full, written in _spelt_out(row):
            found.setdefault((row["prefix"], written), full)
    return found


@cache
def prefixes() -> tuple[str, ...]:
    """Names of central organs that stand before the place of their branches, longest first."""
    return tuple(sorted({prefix for prefix, _ in _written() if prefix}, key=lambda word: (-len(word), word)))


def department(name: str, prefix: str = "") -> Organ | None:
    """The department that ``name`` is, behind its place; None where the lexicon does not have it."""
    full = _written().get((prefix, name))
    if full is None:
        return None
    return Organ(full.code, departments()[full.code].kind, full.name, prefix)


@lru_cache(CACHE_SIZE)
def organ(name: str) -> Organ | None:
    """The organ that ``name`` says behind a place: 人民政府, 财政局, 发改委, or one that no lexicon knows.

    None where it is no organ at all, or that of another area that stands in no list.
    """
    name = _SHORT_ONLY.sub("", name) or name
    bare = without_government(name)
    if bare == "":
        return Organ(GOVERNMENT, "government", "人民政府")
    if bare in _OFFICES and bare != name:
        return Organ(OFFICE, "government_office", f"人民政府{bare}")
    known = department(bare)
    if known is not None or zone_key(bare):
        return known or unknown_organ(bare)
    return unknown_organ(bare) if _ORGAN.search(bare) and not _OTHER_AREA.search(bare) else None


def without_government(name: str) -> str:
    """``name`` without 人民政府 or the like in front: 人民政府办公室 is 办公室; 政府采购中心 stays whole."""
    for word in GOVERNMENTS:
        if name.startswith(word):
            return name[len(word) :] if not name.startswith("政府采购") else name
    return name


def unknown_organ(name: str) -> Organ:
    """An organ by its printed name: its code is made of the name, so that it stays the same from build to build."""
    zone = zone_key(name)
    if zone:
        return Organ(f"zone-{_digest(zone)}", "zone", _managed(name), known=False)
    kind = next((kind for kind, ending in KINDS_BY_ENDING if ending.search(name)), "other")
    return Organ(f"x-{_digest(name)}", kind, name, known=False)


def _digest(name: str) -> str:
    return b32encode(hashlib.sha256(name.encode()).digest()).decode().lower()[:8]


def _managed(name: str) -> str:
    """A zone's authority in full: 管委会 and the zone's bare name are its 管理委员会."""
    return f"{without_committee(name)}{_MANAGED[0]}"


def office_of_zone(rest: str) -> Organ | None:
    """What stands behind a zone's name: its 管理委员会, an office of that, a department; None where it is no organ."""
    within = next((rest.removeprefix(word) for word in _MANAGED if rest.startswith(word)), rest)
    if within in ("", *_OFFICES) and rest != "办":
        return Organ("office", "government_office", f"{_MANAGED[0]}{within}") if within else ZONE_COMMITTEE
    return organ(within)


def without_committee(name: str) -> str:
    """A zone's own name, without 管理委员会 or 管委会."""
    for ending in _MANAGED:
        name = name.removesuffix(ending)
    return name


def zone_key(name: str) -> str:
    """What is the same in all ways to write a zone's name; empty where ``name`` is no zone's."""
    zone = without_committee(name)
    if not _ZONE.search(zone):
        return ""
    for long, short in ZONE_WORDS.items():
        zone = zone.replace(long, short)
    return zone


@cache
def national_organs() -> tuple[NationalOrgan, ...]:
    """The State Council's organs under all their names, older ones first."""
    return tuple(
        NationalOrgan(
            row["code"],
            row["kind"],
            row["name"],
            int(row["valid_from"] or 0) or None,
            int(row["valid_to"] or 0) or None,
            row["name_en"],
            tuple(row["short"].split()),
        )
        for row in rows_of("organs.csv")
    )


@cache
def national_named() -> Mapping[str, NationalOrgan]:
    """The State Council's organs by name, with and without 中华人民共和国 before it, and in short."""
    found = {name: organ for organ in national_organs() for name in (organ.name, *organ.short)}
    return found | {f"中华人民共和国{name}": organ for name, organ in found.items()}
