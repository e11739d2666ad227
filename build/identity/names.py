"""The names of authorities: what could be one, what is written out in full, what kind of authority it names.

Names are taken and given as printed; only their copies folded for matching are looked at.
"""

from __future__ import annotations

import re
from functools import cache

from ..text.fold import fold
from .departments import AREA_COMMITTEE
from .place import NATIONAL_ORGANS, NO_REGION, ZONE, is_region
from .places import rows_of
from .wording import Wording, wording

LONGEST_AGENCY = 40

BETTING_WORDS = re.compile(
    r"(?<![省市县区州盟旗和与])(?<!教育)(?<!文化)(?<!旅游)(?<!广电)(?<!科技)(?<!卫生)(?<!新闻)(?<!广播)(?<!电视)(?<!国家)体育(?![局委厅])|"
    r"博彩|娱乐|(?<!福利)(?<!体育)彩票|赌|棋牌|官网|投注|竞猜|真人|葡京|威尼斯|澳门金沙|金沙(?=娱乐|集团|国际|平台|网|城|会|体育)|皇冠|"
    r"bet|casino|365|188|下载|注册|登录|[a-z]{3,}\d|\.com",
    re.IGNORECASE,
)
"""Words of hijackers, as far as they are none of an authority's own: 教育体育局, 金沙县."""

MASKED = re.compile(r"[某×✕╳〇○□■*＊X]", re.IGNORECASE)
"""What stands where a name was taken out: 某某县, XX局."""

SHORT_FORM = re.compile(r"\((?:以下|下文|后文)?(?:统一|统|均)?(?:简称|下称|称)为?[^()]{0,15}\)")
"""(以下简称我局): how a text will call whose name stands before it."""
_SECOND_NAME = re.compile(r"(?<=局|厅|委|会|室|处|府|署|院|心|关)\([^()]+\)$")
_OWN_LEVEL = re.compile(
    r"\((?:[省市县区]?本级(?:机关)?|机关本级|[部局署厅委总]*机关)\)$|(?<=海关)(?:关区|本级)$|(?<=[局厅署])(?:机关|本级)$|(?<=委员会)(?:机关|本级)$|"
    r"(?<=[省市县区州盟旗府])[省市县区州盟旗]?本级$"
)
"""What says that an organ reports of itself, without those below it, or with them (海关关区); it is no second organ."""
_WITH_ITS_ZONE = re.compile(
    r"^(?P<city>[\u4e00-\u9fff]{2,4})市[\u4e00-\u9fff]{1,5}(?<!新)区(?P<zone>\((?P=city)市?(?:经济技术|高新技术产业|经济|高新)?"
    r"(?:技术)?(?:开发区|高新区|经开区)\))$"
)
"""广州市黄埔区(广州开发区): a district whose government is the city's zone's, too."""

ORGAN = re.compile(
    r"(?:人民政府(?:机关)?|政府|办公厅|办公室|管理委员会|管委会|委员会|办事处|局|厅|委|办|署|院|部|会|中心|馆|处|所|队|站|公司|集团|"
    r"(?:残|妇|文|侨|工商|社科)联|科协|电视台|大学|学院|学校|党校|中学|小学|幼儿园|银行|支行|分行|社|厂|分局|支队|公署|行署|海关|兵团)$"
)
COMMITTEE = re.compile(rf"{AREA_COMMITTEE.pattern}|{ZONE.pattern}")
STREET = re.compile(r"街道(?:办事处|办)?$|地区办事处$")
AGENCY_KINDS = (
    ("government_office", re.compile(r"人民政府(?:办公室|办公厅|机关)$|^国务院办公厅$")),
    ("government", re.compile(r"(?:人民政府|行政公署|行署)$|^国务院$")),
    ("subdistrict_office", re.compile(r"(?:街道?|地区)办事处$|街道?办$")),
    ("development_zone", COMMITTEE),
    (
        "department",
        re.compile(
            r"(?:局|厅|委员会|管委会|委|办公室|署|部|办|分局|海关|调查总?队|支队|大队|总队)$|^中国人民银行(?:.*[分支]行|$)"
        ),
    ),
    ("other", re.compile(rf"(?!.*兵团$).*{ORGAN.pattern}")),
)
"""Kinds of authority by the end of the full name, first match wins. ``other``: schools, hospitals, enterprises and
what else reports on the same form without being an organ of the administration."""

_UNNAMED = re.compile(
    r"(?:中共)?(?:省|自治[区州县旗]|市(?![中南北]区)|县|区|州|盟|旗|街道|人民政府|政府|办公室|管委会|管理委员会|开发区|园区|新区|示范区|合作区|实验区|风景区|"
    r"高新|经济(?:技术)?开发)"
    r"|经开区"
    r"|(?:旅游|产业|工业|科技|物流|农业|综合|现代|国家级?|省级|生态|文化|教育|商务|化工|经济|示范)*"
    r"(?:(?:产业|工业|科技|物流)园区?|工业区|度假区|保税区|(?:风景)?名胜区|景区|旅游区|试验区|商务区)(?:管委会|管理委员会)?$"
    r"|(?:镇|乡)(?:人民)?政府"
    r"|(?:各|部门|[县市区]直|机关|单位|街道)*(?:乡镇|镇乡|街镇|镇街|街乡|乡街)(?:街道)?(?:(?:人民)?政府)?$"
    r"|(?:公安(?=局)|教育|财政|民政|司法|人力资源|人社|自然资源|生态环境|环境保护|住房|住建|城乡|交通|水利|水务|农业|农牧|商务|文化|文旅|卫生|卫健|"
    r"退役|应急|审计|市场监|统计|医疗保障|医保|林业|行政审批|政务|信访|发展和?改革|发改|工业和信息化|工信|科学技术|科技|体育|广播|粮食|乡村振兴|"
    r"扶贫|城市管理|综合行政执法|机关事务|人民防空|人防|地方金融|国有资产|大数据|民族|外事|气象|地震|税务|档案|供销)"
    r".*(?:局|委员会|委|办|办公室|中心|厅)$"
    r"|(?:公司|集团|学校|学院|大学|医院|中心|海关|机关|单位|部门|委员会|办事处|自来水公司|供电公司|公交公司|供水公司)$"
)
"""Names that hundreds of authorities share, because the place is left out: 县财政局, 教育局, 开发区管委会."""
_OF_A_MINISTRY = re.compile("(?:水利|自然资源|生态环境|农业农村|交通运输|应急管理)部(?!门)")
"""水利部淮河水利委员会, 自然资源部东海局."""
UNNAMED_PLACE = re.compile(r"^(?:省|自治[区州县旗]|市|县|区|州|盟|旗|镇|乡)")

_OF_ITSELF = re.compile(
    r"(?:我|本)(?:们|国|省|自治区|市|县|区|州(?!县)|盟|旗|镇|乡|街道?|局|厅|委|办|署|部|机关|单位|部门|系统|级|行政|校|院|处|所|中心|馆|站|公司|"
    r"集团|社|会|海关|关|年|次|报告|人)"
    r"|全(?:省|市|县|区|州(?!县)|盟|旗|镇|乡|街道?|系统|体|局|厅|院|校|年|面|文|域)"
    r"|全国(?:海关|税务|公安|统计|气象|法院)(?:系统|部门)?$"
    r"|各(?:省|市|县|区|州|盟|旗|镇|乡|街道|级|单位|部门|有关|相关|地|局|处|科|委)"
)
"""How a report speaks of whose it is, or of all and each: 我局, 全市, 各镇; 全椒县, 全州县 and 本溪市 are names."""


_COLLECTIVE = re.compile(
    "各(?:乡镇|镇街|街镇|乡|镇|街道|部门|单位|委办|局)|(?:所属|下属|直属)(?:各|单位|机构|部门|学校|事业)"
)
"""Words for several authorities, inside a name: 东明县各乡镇, 东明县教育局所属学校."""


def could_be_agency(text: str) -> bool:
    """Whether words end as the name of an organ, a region, a street or a zone does."""
    if not 2 <= len(text) <= LONGEST_AGENCY:
        return False
    name = _without_zone(_OWN_LEVEL.sub("", fold(text)))
    return bool(ORGAN.search(first_name(name)) or is_region(name) or STREET.search(name) or ZONE.search(name))


def _without_zone(folded: str) -> str:
    match = _WITH_ITS_ZONE.match(folded)
    return folded if match is None else folded[: match.start("zone")]


def first_name(agency: str) -> str:
    """An agency's name without its second one in brackets, as an organ with two name plates prints it."""
    return _SECOND_NAME.sub("", agency)


def ends_in(full: str, unnamed: str) -> bool:
    """Whether ``full`` is a place and what ``unnamed`` names, in full or in short: 东明县发展和改革委员会, 发改委."""
    full, unnamed = fold(full), fold(unnamed)
    if full.endswith(unnamed):
        return True
    return len(unnamed) > 1 and re.search(rf"[省市县区旗州盟]{'.*'.join(unnamed)}(?:员会|公室)?$", full) is not None


def are_one_organ(one: str, other: str) -> bool:
    """Whether two names may be the same authority's: the one within the other, or its short form (发改委)."""
    short, long = sorted((fold(full_name(one)), fold(full_name(other))), key=len)
    letters = iter(long)
    return short in long or all(letter in letters for letter in short)


def is_unnamed(printed: str) -> bool:
    """Whether a name is one that hundreds share, because its place is left out."""
    name = fold(printed)
    return not is_national(name) and _UNNAMED.match(name) is not None


def is_national(name: str) -> bool:
    """Whether a folded name is that of an organ of the State Council, or of one of its branches, and needs no place."""
    return name in NATIONAL_ORGANS or name.endswith("总局") or _OF_A_MINISTRY.match(name) is not None


def is_agency(printed: str) -> bool:
    """Whether words are an authority's name and nothing else; masked names and 我局 are none."""
    name = fold(printed)
    return (
        re.fullmatch(r"[\u3400-\u9fff\U00020000-\U0003ffff()、]{2,40}", name) is not None
        and (could_be_agency(name) or NO_REGION.search(name) is not None)
        and _OF_ITSELF.match(name) is None
        and MASKED.search(name) is None
        and _COLLECTIVE.search(name) is None
    )


def full_name(printed: str) -> str:
    """The authority's full name: 南昌市 is 南昌市人民政府, 三明市政府办公室 is 三明市人民政府办公室.

    A zone's authority is its 管理委员会, a street's its 办事处.
    """
    name = _with_inserted(_without_end(wording(printed), _OWN_LEVEL), _BARE_GOVERNMENT, "人民")
    name = name.cut(0, len(_without_zone(name.folded)))
    if name.folded.endswith(("街道", "街道办")):
        return _ended(_without_end(name, _OFFICE_IN_SHORT), "办事处")
    if name.folded.endswith("管委会") and agency_kind(name.folded) == "development_zone":
        return _ended(name.cut(0, -2), "理委员会")
    return _ended(name, _missing_end(name.folded))


def _ended(name: Wording, end: str) -> str:
    """``name`` as printed with ``end`` in the characters in which it is printed."""
    is_traditional = name.printed != name.folded and any(sign in name.printed for sign in _TRADITIONAL_SIGNS)
    return name.printed + (end.translate(_TRADITIONAL) if is_traditional else end)


_TRADITIONAL_SIGNS = "區縣鎮鄉園會開發經濟"
"""Characters that stand in names of places and organs; 乾 stands in simplified names, too."""
_TRADITIONAL = str.maketrans("员会办处", "員會辦處")


def _missing_end(folded: str) -> str:
    """What a name in short leaves out at its end."""
    if folded.endswith("人民政府办"):
        return "公室"
    if ORGAN.search(folded):
        return ""
    if is_region(folded):
        return "行政公署" if folded.endswith(("地区", "盟")) else "人民政府"
    return _zone_authority(folded) if ZONE.search(folded) else ""


def _zone_authority(folded: str) -> str:
    """How the authority of a zone is called: 管理委员会, but for the few of which it is known to be another."""
    return next((ending for zone, ending in _other_authorities() if folded.endswith(zone)), "管理委员会")


@cache
def _other_authorities() -> tuple[tuple[str, str], ...]:
    rows = (row for row in rows_of("zones.csv") if row["authority"])
    return tuple((written, row["authority"]) for row in rows for written in (row["name"], *row["short"].split()))


_BARE_GOVERNMENT = re.compile(r"(?<!人民)政府(?=办公室$|办公厅$|办$|$)")
_OFFICE_IN_SHORT = re.compile(r"办$")


def _without_end(name: Wording, end: re.Pattern[str]) -> Wording:
    match = end.search(name.folded)
    return name.cut(0, match.start()) if match is not None else name


def _with_inserted(name: Wording, before: re.Pattern[str], words: str) -> Wording:
    match = before.search(name.folded)
    if match is None:
        return name
    return name.cut(0, match.start()) + Wording(words, words) + name.cut(match.start())


def agency_kind(agency: str | None) -> str | None:
    """What kind of authority a full name names; None if its end tells nothing."""
    if agency is None:
        return None
    name = first_name(fold(agency))
    if name in NATIONAL_ORGANS:
        return "department"
    if any(name.endswith(zone + ending) for zone, ending in _other_authorities()):
        return "development_zone"
    return next((kind for kind, pattern in AGENCY_KINDS if pattern.search(name)), None)


def scope_of(agency: str | None, printed: str | None, text: str, includes_lower: str = "unstated") -> str | None:
    """``region``, ``own``, or None where it is not clear.

    A government's report is the region's if it is named by the region alone, or its words count the whole region. A
    town, a street and a zone report as one organ, however they are named, unless their words count the applications of
    the whole area. ``includes_lower``: what a government's report says of the offices and areas below it decides; one
    that a government's office made of the reports of all of them, in its own name, is neither.
    """
    kind = agency_kind(agency)
    if kind is None or agency is None:
        return None
    small = next((words for end, words in _AREA_OF_ONE_ORGAN if end.search(fold(agency))), None)
    if small is not None:
        return "region" if re.search(small + _COUNTED, text) else "own"
    if kind != "government":
        return None if kind == "government_office" and includes_lower == "yes" else "own"
    if includes_lower != "unstated":
        return "region" if includes_lower == "yes" else "own"
    return _scope_of_government(fold(printed) if printed is not None else agency, text)


def _scope_of_government(named: str, text: str) -> str | None:
    if _WITH_ITS_OFFICE.search(named):
        return "own"
    if not first_name(named).endswith(("政府", "公署", "行署")):
        return "region"
    return "region" if re.search(r"全[省市县区州旗][^。\n]{0,30}(?:申请|公开)", text) else None


_WITH_ITS_OFFICE = re.compile(r"(?<=府|署)\((?:含|及|和)?[^()]{0,12}(?:办公厅|办公室|政府办)\)$")
"""贵阳市人民政府(市人民政府办公厅) reports of itself beside the report of the whole city."""
_COUNTED = r"[^。\n]{0,30}申请"
_AREA_OF_ONE_ORGAN = (
    (re.compile(r"(?:镇|乡|苏木)人民政府$"), "全[镇乡]"),
    (re.compile(r"(?:街道?|地区)办事处$"), "全街道?"),
    (COMMITTEE, "全区"),
)
"""Authorities without offices that report apart: the end of the name, and the words for their whole area."""
