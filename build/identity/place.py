"""Where an authority is and at what level: from its name, and from fuller forms of it that the document itself gives.

A place is read from its own suffix (市, 县, 区, …); no gazetteer is asked. What stands here as data are the few names
that the suffix alone would read wrongly: places called like something else, and words that only look like places.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..text.fold import CACHE_SIZE
from ..text.traditional import to_simplified

PROVINCES = [
    "北京市",
    "天津市",
    "河北省",
    "山西省",
    "内蒙古自治区",
    "辽宁省",
    "吉林省",
    "黑龙江省",
    "上海市",
    "江苏省",
    "浙江省",
    "安徽省",
    "福建省",
    "江西省",
    "山东省",
    "河南省",
    "湖北省",
    "湖南省",
    "广东省",
    "广西壮族自治区",
    "海南省",
    "重庆市",
    "四川省",
    "贵州省",
    "云南省",
    "西藏自治区",
    "陕西省",
    "甘肃省",
    "青海省",
    "宁夏回族自治区",
    "新疆维吾尔自治区",
]
MUNICIPALITIES = frozenset({"北京市", "天津市", "上海市", "重庆市"})
UNDIVIDED_CITIES = frozenset({"东莞市", "中山市", "嘉峪关市", "儋州市"})
"""Prefectures without districts and counties: their towns stand directly below the city."""

_NEW_DISTRICT = re.compile(
    r"^(?:(?:上海市?)?浦东新区|(?:天津市?)?滨海新区|(?:辽宁省?)?(?:沈阳市?)?沈北新区)$|"
    r"(?:^|[省市])(?:下花园|绿园|梁园|清新|红谷滩|冷水滩|沿滩|白碱滩)区$"
)
"""The districts that are called like zones; every other 新区 or 园区 is one, 福州滨海新区 too."""

NATIONAL_ORGANS = frozenset(
    {
        "外交部",
        "国防部",
        "教育部",
        "科学技术部",
        "工业和信息化部",
        "公安部",
        "国家安全部",
        "民政部",
        "司法部",
        "财政部",
        "人力资源和社会保障部",
        "自然资源部",
        "生态环境部",
        "住房和城乡建设部",
        "交通运输部",
        "水利部",
        "农业农村部",
        "商务部",
        "文化和旅游部",
        "退役军人事务部",
        "应急管理部",
        "审计署",
        "海关总署",
        "中国人民银行",
        "中国气象局",
        "中国地震局",
        "中国民用航空局",
        "中国民航局",
        "中国科学院",
        "中国社会科学院",
        "中国工程院",
        "卫生部",
        "环境保护部",
        "国土资源部",
        "农业部",
        "文化部",
        "铁道部",
        "交通部",
        "监察部",
        "人事部",
        "中国证券监督管理委员会",
        "中国银行保险监督管理委员会",
    }
)
"""Organs of the State Council that 国家 does not name; the ends of their names stand everywhere."""

_PREFECTURES_IN_SHORT = (
    "延边州|恩施州|湘西州|阿坝州|甘孜州|凉山州|黔东南州|黔西南州|黔南州|楚雄州|红河州|文山州|西双版纳州|大理州|德宏州|怒江州|"
    "迪庆州|临夏州|甘南州|海北州|黄南州|海南州|果洛州|玉树州|海西州|昌吉州|伊犁州"
)
_NAME = r"(?:(?![区县旗市街局厅])[\u4e00-\u9fff])"
_CITY = rf"(?:{_PREFECTURES_IN_SHORT}|津市市|{_NAME}{{1,9}}?(?:市(?!场)|自治州|盟|地区))"
_COUNTY = rf"(?:市[中南北]区|红旗区|沙市区|津市市|{_NAME}{{1,11}}?(?:县(?!域|级)|旗|区(?!域|街道|乡|镇)|市(?!场)))"
_GOVERNED = r"(?=人民政府|政府|办事处|街道办|办$|管委会|管理委员会|$)"
_TOWN = rf"(?:(?![区县旗局厅])[\u4e00-\u9fff]){{1,9}}?(?:(?:镇|乡|苏木|街道){_GOVERNED}|地区(?=办事处))"
_PLACE = re.compile(rf"(?P<city>{_CITY})?(?P<county>{_COUNTY})?(?P<town>{_TOWN})?")
_NO_PLACES = frozenset({"城市", "山区", "市区", "小区", "库区", "灌区", "滩区", "牧区", "老区", "辖区"})
"""What begins like a place in an organ's own name: 临川市城市管理局, 临川市山区开发办公室."""

ZONE = re.compile(
    r"(?:开发区|高新区|经开区|新区|园区|产业园|示范区|景区|名胜区|试验区|实验区|合作区|保税区|综保区|保税港区|管理区|风景区|度假区|旅游区|工业区|"
    r"商务区|功能区|集聚区|聚集区|先行区|先导区|自贸区|自由贸易区|物流区|空港区)$"
)
"""Ends of the names of zones, whose authority is a 管理委员会."""

NO_REGION = re.compile(rf"{ZONE.pattern}|(?:保护区|社区|老区|库区|灌区|滩区|校区|小区|海关关区)$")
"""Ends of names that are no region of the state's administration, though they end like one."""

_BELOW_TOWN = re.compile(r"(?<!城)(?:镇|乡(?!镇|村)|街道|社区)")
_ABOVE = re.compile(
    r"(?:中共|民航[\u4e00-\u9fff]{2}地区(?=管理局)|新疆生产建设兵团|第[一二三四五六七八九十]{1,3}师|中华人民共和国|中国.{2,14}?(?:银行|委员会|局|公司))+"
)
_STATE_ORGAN = re.compile(r"国家(?!级|高新|经济).{1,16}?(?:总局|局|委员会|署|办公室)")
_OWN_OFFICES = frozenset({"", "办公厅", "办公室"})

_PREFECTURE_SIGNS = re.compile(r"县[、(（]?(?:市、)?区|县区|区县|各县|县[(（]市|市县两级|市、县")
_COUNTY_SIGNS = re.compile(r"乡镇|镇街|各镇|乡[(（]镇|镇[(（]街|街镇")

_LONG_CITIES = "呼和浩特|鄂尔多斯|齐齐哈尔|乌兰察布|呼伦贝尔|巴彦淖尔|乌鲁木齐|克拉玛依"
_LEADING_WORDS = (
    r"[请与由于经对现及在将按据是从到至为我该各原省]|根据|按照|依据|依照|结合|围绕|关于|落实|贯彻|联系|位于"
)
"""Words before a city's name that are none of it, where nothing sets them apart from it."""

_AROUND = re.compile(
    rf"(?:(?<![\u4e00-\u9fff])|(?<=[省与由于系])|(?<=自治区))(?!{_LEADING_WORDS})"
    rf"(?P<city>(?:{_LONG_CITIES}|[\u4e00-\u9fff]{{2,3}})市|(?:(?![省市县区])[\u4e00-\u9fff]){{2,14}}族自治州|{_PREFECTURES_IN_SHORT}|"
    r"(?:兴安|锡林郭勒|阿拉善)盟|(?:大兴安岭|阿里|喀什|阿克苏|和田|塔城|阿勒泰)地区)$"
)
"""A prefecture's name that ends where the county's begins."""

_COUNTY_BEFORE = re.compile(
    rf"(?:(?<![\u4e00-\u9fff])|(?<=[省市州盟由系]))(?!{_LEADING_WORDS}|[本全各])"
    r"(?P<county>(?:(?![省市县区旗])[\u4e00-\u9fff]){1,10}(?:县|旗|区))$"
)
"""A county's name that ends where the town's begins."""

LONGEST_PREFECTURE = 18


@dataclass(frozen=True, slots=True)
class Place:
    """Where an authority is and at what level, as far as known; ``adcode`` is the area's code in the report's year."""

    level: str | None = None
    province: str | None = None
    city: str | None = None
    county: str | None = None
    adcode: str | None = None


@dataclass(frozen=True, slots=True)
class _Named:
    """The places that a name holds, and ``zone`` where it is a development zone's."""

    province: str | None
    city: str | None
    county: str | None
    town: str | None
    zone: bool
    organ: str


def is_region(name: str) -> bool:
    """Whether ``name`` ends like a region of the state's administration and is none of the zones that only do so."""
    return _REGION.search(name) is not None and (
        _NEW_DISTRICT.search(name) is not None or NO_REGION.search(name) is None
    )


_REGION = re.compile(r"(?:省|自治区|市|自治州|州|盟|地区|县|区|旗|镇|乡|苏木)$")


def place_of(agency: str | None, own: str, prose: str = "") -> Place:
    """Province, city, county and level: from the agency's name, and from fuller forms of it in ``own``.

    ``own``: what the document says of its authority outside the prose (title, publisher, address); ``prose``: its
    text, which tells by how it speaks of districts or towns below whether X市 is a prefecture. What other governments
    the prose names says nothing of where this one is.
    """
    if agency is None:
        return Place()
    if _is_national(agency):
        return Place("national")
    named = _places_in(agency)
    level, city, county = _levelled(named, own, f"{own}\n{prose}")
    if named.town and county is None and city is None:
        county = _county_around(named.town, own)
    if county and city is None and named.province not in MUNICIPALITIES:
        city = _city_around(county, own)
    return Place(level, named.province, city, county)


def _is_national(agency: str) -> bool:
    folded = to_simplified(agency)
    if folded.startswith("国务院"):
        return True
    name = folded.removeprefix("中华人民共和国")
    organ = _STATE_ORGAN.match(name)
    return name in NATIONAL_ORGANS or (organ is not None and name[organ.end() :] in _OWN_OFFICES)


@lru_cache(maxsize=CACHE_SIZE)
def _places_in(agency: str) -> _Named:
    """The places in a name: found in its folded copy, given as printed."""
    folded = to_simplified(agency)
    at = 0
    for above in (_ABOVE, _STATE_ORGAN):
        match = above.match(folded, at)
        at = match.end() if match is not None and match.end() < len(folded) else at
    province = next((name for name in PROVINCES if folded.startswith(name, at)), None)
    at += len(province or "")
    found = _PLACE.match(folded, at)
    assert found is not None
    city, county, town = (
        agency[slice(*found.span(part))] if found[part] else None for part in ("city", "county", "town")
    )
    if found["city"] in _NO_PLACES or found["county"] in _NO_PLACES:
        return _Named(province, city if found["city"] not in _NO_PLACES else None, None, None, False, folded[at:])
    if province in MUNICIPALITIES:
        city = None
    zone = county is not None and not _is_new_district(found) and NO_REGION.search(found["county"]) is not None
    return _Named(province, city, None if zone else county, town, zone, folded[found.end() :])


def _is_new_district(found: re.Match[str]) -> bool:
    return _NEW_DISTRICT.search(f"{found['city'] or ''}{found['county']}") is not None


def _levelled(named: _Named, own: str, text: str) -> tuple[str | None, str | None, str | None]:
    """Level, city and county; None where the name leaves it open."""
    city, county = named.city, named.county
    if county:
        return _level_below(named, "county"), city, county
    if city is None:
        return _level_below(named, "province" if named.province else None), None, None
    if not city.endswith("市"):
        return _level_below(named, "prefecture"), city, None
    level = _city_level(text) if not named.town else _level_of_towns_city(city, own, text)
    return (
        _level_below(named, level),
        city if level == "prefecture" else None,
        city if level == "county" else None,
    )


def _level_below(named: _Named, level: str | None) -> str | None:
    if named.town:
        return "township"
    return None if named.zone or _BELOW_TOWN.search(named.organ) else level


def _city_level(text: str) -> str | None:
    """Whether X市 is a prefecture or a county: the text must name districts and counties below it, or towns only."""
    if "县级市" in text:
        return "county"
    if _PREFECTURE_SIGNS.search(text):
        return "prefecture"
    return "county" if _COUNTY_SIGNS.search(text) else None


def _level_of_towns_city(city: str, own: str, text: str) -> str | None:
    """Whether X市 with a town directly below it is a prefecture or a county; None if that is not told."""
    if city in UNDIVIDED_CITIES:
        return "prefecture"
    return "county" if "县级市" in text or _city_around(city, own) is not None else None


def _city_around(county: str, text: str) -> str | None:
    """The city that the text names directly before the county, if it is always the same."""
    found = {_city_before(text, match.start()) for match in re.finditer(re.escape(county), text)} - {None}
    return found.pop() if len(found) == 1 else None


def _city_before(text: str, end: int) -> str | None:
    match = _AROUND.search(text, max(0, end - LONGEST_PREFECTURE), end)
    return match["city"] if match is not None else None


def _county_around(town: str, text: str) -> str | None:
    """The county or district that the text names directly before the town, if it is always the same."""
    ends = (match.start() for match in re.finditer(re.escape(town), text))
    named = (_COUNTY_BEFORE.search(text, max(0, end - LONGEST_PREFECTURE), end) for end in ends)
    found = {match["county"] for match in named if match is not None and not NO_REGION.search(match["county"])}
    return found.pop() if len(found) == 1 else None
