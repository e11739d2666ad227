"""The divisions of every year since 2008: provinces, prefectures, counties, zones, and their towns.

Data: ``data/divisions.csv`` and its siblings, made by scripts/divisions.py. A code is reused and changes when districts
merge, so a division is found by code and year; what stays is its lineage, the first code that it had since 2008.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from ..text.fold import CACHE_SIZE

DATA = Path(__file__).resolve().parent / "data"

FIRST_YEAR = 2008
CENSUS_YEAR = 2020
LEVELS = ("province", "prefecture", "county", "zone")
"""From the largest to the smallest; a zone is counted apart by the census and has no official code."""

YILI, YILI_S_PREFECTURES = "654000", ("6542", "6543")
"""塔城地区 and 阿勒泰地区 lie in 伊犁哈萨克自治州, a prefecture of prefectures; the codes do not say so."""

SUFFIX = re.compile(
    r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|特区|林区|新区|矿区|街道|苏木|省|市|盟|州|县|区|旗|镇|乡)$"
)
"""The word for a division's rank at the end of its name."""

_SHORT_ENDS = {"自治州": "州", "自治县": "县", "自治旗": "旗"}


class Division(NamedTuple):
    """A division over the years in which name, code, parents and territory stayed.

    ``parent`` is a code, empty for a province. ``area`` counts changes of territory. ``valid_from`` 2008 means 2008 or
    before, ``valid_to`` None that it still stands; both are the state at the end of the year. ``pinyin`` has a syllable
    a character, with spaces, ü as v.
    """

    adcode: str
    lineage: str
    name: str
    level: str
    parent: str
    area: int
    valid_from: int
    valid_to: int | None
    pinyin: str

    def stands_in(self, year: int) -> bool:
        """Whether this is the division's state at the end of ``year``; years before 2008 are read as 2008."""
        return self.valid_from <= max(year, FIRST_YEAR) and (self.valid_to is None or year <= self.valid_to)

    def years_from(self, year: int) -> int:
        """How many years lie between ``year`` and those in which this row holds: 0 inside them."""
        if year < self.valid_from:
            return self.valid_from - max(year, FIRST_YEAR)
        return 0 if self.valid_to is None else max(0, year - self.valid_to)

    def lies_in(self, adcode: str) -> bool:
        """Whether it lies in the division that has ``adcode`` at the same time."""
        if adcode in (self.parent, f"{self.adcode[:2]}0000"):
            return adcode != self.adcode
        return adcode == YILI and self.adcode.startswith(YILI_S_PREFECTURES)

    @property
    def stem(self) -> str:
        """The name without what says its rank: 洪泽 of 洪泽区; whole where only one character would be left."""
        return stem(self.name)


def stem(name: str) -> str:
    """``name`` without the word for its rank; whole where less than two characters would be left."""
    short = SUFFIX.sub("", name)
    return short if len(short) > 1 else name


def rows_of(file: str) -> list[dict[str, str]]:
    """The rows of a data file, as text."""
    with (DATA / file).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


@cache
def divisions() -> tuple[Division, ...]:
    """Every division of every year, in the order of code and year."""
    with (DATA / "divisions.csv").open(encoding="utf-8", newline="") as file:
        table = csv.reader(file)
        next(table)
        return tuple(
            Division(code, origin, name, level, parent, int(area), int(first), int(last) if last else None, pinyin)
            for code, origin, name, level, parent, area, first, last, pinyin in table
        )


@cache
def names() -> frozenset[str]:
    """The names of all divisions of all years."""
    return frozenset(row.name for row in divisions())


@cache
def _stems() -> frozenset[str]:
    return frozenset(row.stem for row in divisions())


def is_called_so(words: str) -> bool:
    """Whether a division is called ``words``, with its rank or without."""
    return words in names() or words in _stems()


def begins_with_a_place(words: str) -> bool:
    """Whether ``words`` begin with a division's name, with its rank or without: 北京协和医院."""
    return any(is_called_so(words[:end]) for end in range(2, len(words) + 1))


def has_a_place_inside(words: str) -> bool:
    """Whether a division's name stands in ``words`` behind others than a place or an organ: 走进东明县教育局."""
    ends = range(_SHORTEST, len(words) + 1)
    found = ((start, end) for end in ends for start in range(1, end - _SHORTEST + 1) if words[start:end] in names())
    return any(words[start - 1] not in _ENDS_A_NAME for start, _ in found)


def ends_as_a_place(words: str) -> bool:
    """Whether ``words`` are a division's name, alone or behind those around it: 东明县, 菏泽市东明县, 河北故城县."""
    return words in names() or any(
        words[at:] in names() and (is_called_so(words[:at]) or words[at - 1] in _ENDS_A_NAME)
        for at in range(2, len(words) - 1)
    )


_SHORTEST = 3
"""Characters; 城区 and 矿区 are divisions and the ends of many other names."""
_ENDS_A_NAME = frozenset("省市县区州盟旗局厅委会社团院队行府部署")


@cache
def _by_code() -> Mapping[str, tuple[Division, ...]]:
    return _grouped("adcode")


@cache
def _by_lineage() -> Mapping[str, tuple[Division, ...]]:
    return {
        key: rows if len(rows) == 1 else tuple(sorted(rows, key=lambda row: row.valid_from))
        for key, rows in _grouped("lineage").items()
    }


def _grouped(field: str) -> dict[str, tuple[Division, ...]]:
    groups: dict[str, list[Division]] = {}
    for row in divisions():
        groups.setdefault(getattr(row, field), []).append(row)
    return {key: tuple(rows) for key, rows in groups.items()}


@lru_cache(maxsize=CACHE_SIZE)
def division(adcode: str, year: int) -> Division | None:
    """The division that had ``adcode`` at the end of ``year``; None where no division had it."""
    return next((row for row in _by_code().get(adcode, ()) if row.stands_in(year)), None)


def lineage(adcode: str, year: int | None = None) -> str | None:
    """The first code since 2008 of the division with ``adcode``, in ``year`` or else of the latest that had it."""
    rows = _by_code().get(adcode, ())
    if year is not None:
        rows = tuple(row for row in rows if row.stands_in(year))
    return rows[-1].lineage if rows else None


def states(origin: str) -> tuple[Division, ...]:
    """Every state of the division with this lineage, in the order of years."""
    return _by_lineage().get(origin, ())


def state_in(origin: str, year: int | None) -> Division:
    """The division with this lineage in ``year``: the nearest state where it did not stand, the last without a year."""
    rows = states(origin)
    if year is None:
        return rows[-1]
    return min(rows, key=lambda row: (row.years_from(year), -row.valid_from))


def above(row: Division, year: int) -> tuple[Division, ...]:
    """The divisions around ``row``, the province first; empty for a province."""
    around = []
    while row.parent:
        parent = division(row.parent, year) or _nearest(row.parent, row)
        around.append(parent)
        row = parent
    return tuple(reversed(around))


def _nearest(adcode: str, row: Division) -> Division:
    """The parent's state in the years of ``row``, where it is asked for another year."""
    return division(adcode, row.valid_from) or _by_code()[adcode][-1]


def within(adcode: str, year: int) -> tuple[Division, ...]:
    """The divisions directly below ``adcode`` in ``year``, zones included, in the order of codes."""
    return tuple(row for row in divisions() if row.parent == adcode and row.stands_in(year))


@cache
def population() -> Mapping[str, int]:
    """Residents (常住人口) on 1 November 2020 by the codes of that year, prefectures and provinces summed."""
    return {row["adcode"]: int(row["persons"]) for row in rows_of("population.csv")}


def residents(adcode: str, year: int) -> int | None:
    """Residents at the census of 2020 of the area that has ``adcode`` in ``year``.

    None where the census has no figure, or where whole districts have been joined to the area or parted from it between
    the two years.
    """
    row = division(adcode, year)
    counted = None if row is None else next((r for r in states(row.lineage) if r.stands_in(CENSUS_YEAR)), None)
    if row is None or counted is None or counted.area != row.area:
        return None
    return population().get(counted.adcode)


@cache
def provinces() -> Mapping[str, Mapping[str, str]]:
    """Code of a province → short name, letters before ICP numbers, first digits of postal codes, English name."""
    return {row["adcode"]: row for row in rows_of("provinces.csv")}


@cache
def peoples() -> Mapping[str, str]:
    """A people's name inside the name of an autonomous place → its English name."""
    return {row["name"]: row["name_en"] for row in rows_of("peoples.csv")}


def without_peoples(name: str) -> tuple[str, tuple[str, ...]]:
    """(name, peoples) of an autonomous place without its rank: 本溪满族 is 本溪 and 满族; 东乡族 is kept."""
    found: list[str] = []
    longest = max(map(len, peoples()))
    while True:
        people = next((name[-n:] for n in range(longest, 1, -1) if name[-n:] in peoples()), None)
        if people is None or people == name:
            return name, tuple(found)
        found.insert(0, people)
        name = name[: -len(people)]


def short_names(row: Division) -> Iterator[str]:
    """The names by which an autonomous place is called besides its full one: 本溪县, 延边州, 鄂伦春旗."""
    for long, short in _SHORT_ENDS.items():
        if row.name.endswith(long):
            bare, _ = without_peoples(row.name.removesuffix(long))
            bare = bare.removesuffix("族")
            yield bare + short
            yield bare + long


class Town(NamedTuple):
    """A town or sub-district (乡镇街道) of the newest list; ``code`` has nine digits, the first six its county's."""

    code: str
    name: str
    pinyin: str
    abolished: bool


@cache
def _list_of_towns() -> bytes:
    """The whole list: a search in it costs less than an index of 38,749 towns that few reports ask for."""
    return (DATA / "townships.csv").read_bytes()


def _town(line: str) -> Town:
    code, name, pinyin, abolished = line.split(",")
    return Town(code, name, pinyin, abolished == "1")


def _lines_with(word: str) -> Iterator[str]:
    """The lines of the list of towns that hold ``word``; a line feed at its beginning is the one before the line."""
    data, sought = _list_of_towns(), word.encode()
    at = data.find(sought)
    while at >= 0:
        end = data.find(b"\n", at + len(sought))
        yield data[data.rfind(b"\n", 0, at + 1) + 1 : end].decode()
        at = data.find(sought, end - 1)


@lru_cache(maxsize=4096)
def towns_named(name: str) -> tuple[Town, ...]:
    """Every town of that name, over the whole country, in the order of codes."""
    return tuple(_town(line) for line in _lines_with(f",{name},"))


def towns_of(adcode: str) -> tuple[Town, ...]:
    """The towns of a county of the newest list; the list has none for the prefectures without counties (东莞)."""
    return tuple(_town(line) for line in _lines_with(f"\n{adcode}"))
