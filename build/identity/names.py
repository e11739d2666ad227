"""The names of authorities: what could be one, what is written out in full, what kind of authority it names."""

from __future__ import annotations

import re

from .place import NATIONAL_ORGANS, NO_REGION, is_region

LONGEST_AGENCY = 40

BETTING_WORDS = re.compile(
    r"(?<![省市县区州盟旗和与])(?<!教育)(?<!文化)(?<!旅游)(?<!广电)(?<!科技)(?<!卫生)(?<!新闻)(?<!广播)(?<!电视)(?<!国家)体育|"
    r"博彩|娱乐|(?<!福利)(?<!体育)彩票|赌|棋牌|官网|投注|竞猜|真人|葡京|威尼斯|澳门金沙|金沙(?=娱乐|集团|国际|平台|网|城|会|体育)|皇冠|"
    r"bet|casino|365|188|下载|注册|登录|[a-z]{3,}\d|\.com",
    re.IGNORECASE,
)
"""Words of hijackers, as far as they are none of an authority's own: 教育体育局, 金沙县."""

_SECOND_NAME = re.compile(r"(?<=局|厅|委|会|室|处|府|署|院|心)\([^()]+\)$")
ORGAN = re.compile(
    r"(?:人民政府(?:机关)?|政府|办公厅|办公室|管理委员会|管委会|委员会|办事处|局|厅|委|办|署|院|部|会|中心|馆|处|所|队|站|公司|集团|大学|学院|学校|银行|支行|分行|社|分局|支队|公署|行署|海关|兵团)$"
)
AGENCY_KINDS = (
    ("government_office", re.compile(r"人民政府(?:办公室|办公厅|机关)$|^国务院办公厅$")),
    ("government", re.compile(r"(?:人民政府|行政公署|行署)$|^国务院$")),
    ("subdistrict_office", re.compile(r"(?:街道?|地区)办事处$|街道?办$")),
    ("development_zone", re.compile(rf"(?<!监督)(?<!城市)(?<!公积金)(?:管理委员会|管委会)$|{NO_REGION.pattern}")),
    ("department", re.compile(r"(?:局|厅|委员会|管委会|委|办公室|署|部|办|分局|海关)$")),
    ("institution", re.compile(rf"(?!.*兵团$).*{ORGAN.pattern}")),
)
"""Kinds of authority by the end of the full name, first match wins."""

_UNNAMED = re.compile(
    r"(?:中共)?(?:省|市(?![中南北]区)|县|区|州|盟|旗|街道|人民政府|政府|办公室|管委会|管理委员会|开发区|园区|新区|高新|经济(?:技术)?开发)"
    r"|(?:镇|乡)(?:人民)?政府"
    r"|(?:公安(?=局)|教育|财政|民政|司法|人力资源|人社|自然资源|生态环境|环境保护|住房|住建|城乡|交通|水利|水务|农业|农牧|商务|文化|文旅|卫生|卫健|"
    r"退役|应急|审计|市场监|统计|医疗保障|医保|林业|行政审批|政务|信访|发展和?改革|发改|工业和信息化|工信|科学技术|科技|体育|广播|粮食|乡村振兴|"
    r"扶贫|城市管理|综合行政执法|机关事务|人民防空|人防|地方金融|国有资产|大数据|民族|外事|气象|地震|税务|档案|供销)"
    r".*(?:局|委员会|委|办|办公室|中心|厅)$"
)
"""Names that hundreds of authorities share, because the place is left out: 县财政局, 教育局, 开发区管委会."""
UNNAMED_PLACE = re.compile(r"^(?:省|市|县|区|州|盟|旗|镇|乡)")


def could_be_agency(text: str) -> bool:
    return 2 <= len(text) <= LONGEST_AGENCY and bool(ORGAN.search(first_name(text)) or is_region(text))


def first_name(agency: str) -> str:
    """An agency's name without its second one in brackets, as an organ with two name plates prints it."""
    return _SECOND_NAME.sub("", agency)


def ends_in(full: str, unnamed: str) -> bool:
    """Whether ``full`` is a place and what ``unnamed`` names, in full or in short: 东明县发展和改革委员会, 发改委."""
    if full.endswith(unnamed):
        return True
    return len(unnamed) > 1 and re.search(rf"[省市县区旗州盟]{'.*'.join(unnamed)}(?:员会|公室)?$", full) is not None


def is_unnamed(printed: str) -> bool:
    return printed not in NATIONAL_ORGANS and _UNNAMED.match(printed) is not None


def is_agency(printed: str) -> bool:
    return (
        2 <= len(printed) <= LONGEST_AGENCY
        and re.fullmatch(r"[\u3400-\u9fff()、]+", printed) is not None
        and (could_be_agency(printed) or printed.endswith("街道") or NO_REGION.search(printed) is not None)
        and not printed.startswith(("我", "本", "各", "全"))
    )


def full_name(printed: str) -> str:
    """The authority's full name: 南昌市 is 南昌市人民政府, 三明市政府办公室 is 三明市人民政府办公室."""
    name = re.sub(r"(?<!人民)政府(?=办公室$|办公厅$|办$|$)", "人民政府", printed)
    name = re.sub(r"(?<=人民政府)办$", "办公室", name)
    if name.endswith(("街道", "街道办")):
        return name.removesuffix("办") + "办事处"
    if not is_region(name) or ORGAN.search(name):
        return name
    return name + ("行政公署" if name.endswith(("地区", "盟")) else "人民政府")


def agency_kind(agency: str | None) -> str | None:
    """What kind of authority a full name names; None if its end tells nothing."""
    if agency is None:
        return None
    name = first_name(agency)
    return next((kind for kind, pattern in AGENCY_KINDS if pattern.search(name)), None)


def scope_of(agency: str | None, printed: str | None, text: str) -> str | None:
    kind = agency_kind(agency)
    if kind is None or agency is None:
        return None
    if kind != "government":
        return "own" if ORGAN.search(first_name(agency)) else None
    if printed is not None and not printed.endswith(("政府", "公署", "行署")):
        return "region"
    return "region" if re.search(r"全[省市县区州旗镇乡][^。\n]{0,30}(?:申请|公开)", text) else None
