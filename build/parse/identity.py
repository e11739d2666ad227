"""Whose report it is and of when: title, agency, place, dates, index number, as the document itself states them.

What the document does not state stays None. A place is taken from the agency's name and from words that name the
places one inside the other (鄂州市鄂城区); nothing is looked up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ..document import Document, Notice
from ..report import Identity
from .cells import Token
from .figures import Figures
from .fold import fold

ABRIDGED_MARK = re.compile(r"^\ufeff?\s*【转述[,，]非原文")
LINES_OF_HEAD = 80
LINES_OF_TITLE = 3
"""Lines above its last one that a title may take."""

LONGEST_TITLE = 70
LONGEST_TAIL = 12
LONGEST_AGENCY = 40

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

BETTING_WORDS = re.compile(
    r"体育|博彩|娱乐|彩票|赌|棋牌|官网|投注|竞猜|真人|葡京|威尼斯|金沙|皇冠|bet|casino|365|188|下载|注册|登录|[a-z]{3,}\d|\.com",
    re.IGNORECASE,
)
MIRROR_WORDS = ("官网", "投注网", "Baidu")
"""One of them stands in every sign of a mirror: looking for the words first is cheap."""
MIRROR_SIGNS = re.compile(r"(?:体育|娱乐|博彩|棋牌)[^\s。]{0,8}官网|投注网|(?:^|\n)\s*Baidu\s*\n\s*map", re.IGNORECASE)

_TITLE = re.compile(
    r"(?:政府|政务)?信息公开(?:工作)?(?:情况)?的?(?P<inside>(?:19|20)\d{2}年度?)?(?:工作)?(?:年度)?(?:工作)?(?:情况)?(?:报告|年报)"
)
_PART_OF_TITLE = re.compile(r"[\u3400-\u9fff]*(?:(?:19|20)\d{2}年度?)?[\u3400-\u9fff]*")
_LAST_WORDS = ("告", "报", "報")
_NO_TITLE = re.compile(r"根据|按照|依据|编制|要求|关于.*通知|指南|目录|上一[篇条]|下一[篇条]|首页|当前位置|>")
_YEAR = re.compile(
    r"(?P<digits>(?:19|20)\d{2})年?度?|(?P<words>二[〇○零OＯ0]{1}[一二][〇○零OＯ0一二三四五六七八九])年?度?",
    re.IGNORECASE,
)
_CHINESE_DIGITS = str.maketrans("〇○零OoＯ一二三四五六七八九", "000000123456789")

_ORGAN = re.compile(
    r"(?:人民政府|政府|办公厅|办公室|管理委员会|管委会|委员会|办事处|局|厅|委|办|署|院|部|会|中心|馆|处|所|队|站|公司|集团|大学|学院|学校|银行|社|分局|支队)$"
)
_REGION = re.compile(r"(?:省|自治区|市|自治州|州|盟|地区|县|区|旗|镇|乡|苏木)$")
_NO_REGION = re.compile(r"(?:开发区|高新区|新区|园区|示范区|景区|试验区|合作区|保税区|管理区|风景区|度假区)$")
AGENCY_KINDS = (
    ("government_office", re.compile(r"人民政府(?:办公室|办公厅)$|^国务院办公厅$")),
    ("government", re.compile(r"人民政府$|^国务院$")),
    ("subdistrict_office", re.compile(r"街道办事处$")),
    ("development_zone", re.compile(r"(?:管理委员会|管委会)$")),
    ("department", re.compile(r"(?:局|厅|委员会|委|办公室|署|部|办|分局)$")),
    ("institution", _ORGAN),
)
"""Kinds of authority by the end of the full name, first match wins."""

_FIELDS = [
    "索引号",
    "发布机构",
    "发文机关",
    "发布日期",
    "发布时间",
    "生成日期",
    "成文日期",
    "公开日期",
    "公开目录",
    "信息分类",
    "主题分类",
    "文号",
    "发文字号",
    "名称",
    "标题",
    "来源",
    "时间",
    "浏览量",
    "浏览次数",
    "点击数",
    "主题词",
    "有效性",
    "体裁",
    "责任编辑",
    "作者",
    "字体",
    "字号",
    "打印",
    "分享",
]
_FIELD_END = rf"(?=[\s\t]+(?:{'|'.join(_FIELDS)})|\t|[ \u00a0]{{3,}}|\n|$)"
_INDEX = re.compile(rf"索\s*引\s*号\s*[:：]?[ \t\u00a0]*(?P<value>[^\n]*?\d[^\n]*?){_FIELD_END}")
_PUBLISHER = re.compile(
    rf"(?:发布机构|公开主体|发布单位|发文机关|公开责任部门)\s*[:：]?[ \t\u00a0]*(?P<value>[^\n\t]{{2,40}}?){_FIELD_END}"
)
_PUBLISHED = re.compile(
    r"(?:发\s*布\s*日\s*期|发布时间|公开日期|公布日期|发文日期|生成日期|成文日期|时间|日期)\s*[:：]?\s*"
    r"(?P<year>(?:19|20)\d{2})\s*[-年/.]\s*(?P<month>\d{1,2})\s*[-月/.]\s*(?P<day>\d{1,2})"
)
_DATE = re.compile(r"(?P<year>(?:19|20)\d{2})\s*[-年/.]\s*(?P<month>\d{1,2})\s*[-月/.]\s*(?P<day>\d{1,2})\s*日?")
_PERIOD = re.compile(
    r"(?P<year>20\d{2})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日?\s*(?:起)?\s*(?:[-—–－~～至到]+)\s*"
    r"(?:(?P<year2>20\d{2})\s*年)?\s*(?P<month2>\d{1,2})\s*月\s*(?P<day2>\d{1,2})\s*日"
)
_PERIOD_SIGN = re.compile(r"统计|期限|期间|时限|数据|所列|涵盖|截止|截至")
_CONTACT = re.compile(
    r"(?:请与|请联系|联系|请直接与|由)(?P<value>[\u4e00-\u9fff]{4,30}?(?:人民政府办公室|人民政府办公厅|人民政府|局|委员会|办事处|厅))"
)


@dataclass(frozen=True, slots=True)
class Title:
    """A report's title: as printed (without white space), the agency in it ("" if none) and its year.

    ``plain``: nothing stands around it, as in 关于…的公示.
    """

    printed: str
    agency: str
    year: int | None
    plain: bool = True


def read_identity(document: Document, tokens: Sequence[Token], figures: Figures) -> tuple[Identity, tuple[Notice, ...]]:
    """What the document says of itself, and what could not be told."""
    text = document.text
    notices: list[Notice] = []
    title = _find_title(document, tokens)
    period = _find_period(text)
    published, basis = _find_published(document, text)
    agency_printed = _agency_as_printed(document, title, text, notices)
    agency = full_name(agency_printed) if agency_printed else None
    place = place_of(agency, text)
    identity = Identity(
        year=_year(title, period, published, notices),
        agency=agency,
        agency_printed=agency_printed,
        agency_kind=agency_kind(agency),
        level=place.level,
        province=place.province,
        city=place.city,
        county=place.county,
        scope=_scope(agency, agency_printed, text),
        title=title.printed if title else None,
        published=published,
        published_basis=basis,
        index_number=_find_index_number(document, text),
        period_start=period[0] if period else None,
        period_end=period[1] if period else None,
        source_url=document.fact("source_url"),
        source_kind=source_kind_of(document.fact("source_url"), text),
        abridged=bool(ABRIDGED_MARK.match(text)),
    )
    return identity, tuple(notices)


# Title -------------------------------------------------------------------------------------------------------------


def _find_title(document: Document, tokens: Sequence[Token]) -> Title | None:
    """The first line that is a report's title and nothing more and names an agency, else the first that names one."""
    titles = list(_titles(tokens))
    stated = document.fact("title")
    if stated:
        found = read_title(stated)
        titles.extend([found] if found else [])
    named = [title for title in titles if title.agency]
    plain = [title for title in named if title.plain]
    return next(iter(plain or named or titles), None)


def _titles(tokens: Sequence[Token]) -> Iterator[Title]:
    above: tuple[str, ...] = ()
    for line in _lines(tokens[: LINES_OF_HEAD * 2]):
        title = read_title(line, above)
        if title is not None:
            yield title
        above = (*above, line)[-LINES_OF_TITLE:]


def _lines(tokens: Iterable[Token]) -> Iterator[str]:
    """The head of the document line by line: the words of one line together again, title lines split by Word too."""
    row: int | None = None
    words: list[str] = []
    for token in tokens:
        if token.kind == "prose":
            if words:
                yield "".join(words)
            words, row = [], None
            continue
        if words and (token.row is None or token.row != row or token.grid is not None):
            yield "".join(words)
            words = []
        words.append(token.text)
        row = token.row
    if words:
        yield "".join(words)


def read_title(line: str, above: Sequence[str] = ()) -> Title | None:
    """The title of an annual report that ends in ``line``; None if there is none.

    ``above``: the lines before it, nearest last; as many of them belong to the title as it takes to name agency and
    year.
    """
    if not any(word in line for word in _LAST_WORDS) or ABRIDGED_MARK.match(line):
        return None
    alone = _title_of(line)
    if alone is not None and alone.agency and alone.year is not None:
        return alone
    joined = (_joined_title(line, above[len(above) - count :]) for count in range(1, len(above) + 1))
    found = [title for title in joined if title is not None]
    whole = [title for title in found if title.year is not None]
    return next(iter(whole or ([alone] if alone is not None and alone.agency else []) or found), alone)


def _joined_title(line: str, above: Sequence[str]) -> Title | None:
    """The title in several lines, each short; its agency must be one by its name, or the lines are none of it."""
    if not all(len(part) <= LONGEST_AGENCY and _PART_OF_TITLE.fullmatch(fold(part)) for part in above):
        return None
    title = _title_of("".join((*above, line)))
    return title if title is not None and _could_be_agency(title.agency) else None


def _title_of(text: str) -> Title | None:
    folded = fold(text)
    match = _TITLE.search(folded) if len(folded) <= LONGEST_TITLE else None
    if match is None or _NO_TITLE.search(folded) or "。" in folded:
        return None
    head, tail = folded[: match.start()], folded[match.end() :]
    if len(tail) > LONGEST_TAIL:
        return None
    if match.group().startswith("政府") and head.endswith("人民"):
        head += "政府"
    year = _year_in(head) or _year_in(match["inside"] or "") or _year_in(tail)
    agency = _YEAR.sub("", head).strip("的关于-—_·.()")
    plain = not folded.startswith("关于") and _YEAR.sub("", tail).strip("()") == ""
    return Title("".join(text.split()), agency, year, plain)


def _could_be_agency(text: str) -> bool:
    return 2 <= len(text) <= LONGEST_AGENCY and bool(_ORGAN.search(text) or _REGION.search(text))


def _year_in(text: str) -> int | None:
    match = _YEAR.search(text)
    if match is None:
        return None
    return int(match["digits"] or match["words"].translate(_CHINESE_DIGITS))


# Agency ------------------------------------------------------------------------------------------------------------


def _agency_as_printed(document: Document, title: Title | None, text: str, notices: list[Notice]) -> str | None:
    """The agency from the title, else from the page's own fields, else from whom to ask; never a hijacker's word."""
    candidates = [title.agency] if title is not None and title.agency else []
    candidates += [match["value"] for match in (_PUBLISHER.search(text[:4000]),) if match]
    candidates += [fact for fact in (document.fact("publisher"),) if fact and _ORGAN.search(fold(fact))]
    candidates += [match["value"] for match in _CONTACT.finditer(text)][:1]
    for candidate in candidates:
        printed = fold(candidate)
        if BETTING_WORDS.search(printed):
            notices.append(
                Notice(
                    "warning",
                    "agency_hijacked",
                    "The place of the agency's name holds words of a hijacked copy; they are not published. "
                    "State the agency in a .meta.yml file beside the document.",
                )
            )
        elif _is_agency(printed):
            return printed
    notices.append(
        Notice(
            "warning",
            "agency_unknown",
            "Expected the authority's name in the title; found none. State it in a .meta.yml file beside the document.",
            title.printed if title else "",
        )
    )
    return None


def _is_agency(printed: str) -> bool:
    return (
        2 <= len(printed) <= LONGEST_AGENCY
        and re.fullmatch(r"[\u3400-\u9fff()、]+", printed) is not None
        and (_ORGAN.search(printed) is not None or _REGION.search(printed) is not None or printed.endswith("街道"))
        and not printed.startswith(("我", "本", "各"))
    )


def full_name(printed: str) -> str:
    """The authority's full name: 南昌市 is 南昌市人民政府, 三明市政府办公室 is 三明市人民政府办公室."""
    name = re.sub(r"(?<!人民)政府(?=办公室$|办公厅$|$)", "人民政府", printed)
    if name.endswith("街道"):
        return name + "办事处"
    if _REGION.search(name) and not _NO_REGION.search(name) and not _ORGAN.search(name):
        return name + "人民政府"
    return name


def agency_kind(agency: str | None) -> str | None:
    """What kind of authority a full name names; None if its end tells nothing."""
    if agency is None:
        return None
    return next((kind for kind, pattern in AGENCY_KINDS if pattern.search(agency)), None)


def _scope(agency: str | None, printed: str | None, text: str) -> str | None:
    kind = agency_kind(agency)
    if kind is None or agency is None:
        return None
    if kind != "government":
        return "own"
    if printed is not None and not printed.endswith("政府"):
        return "region"
    return "region" if re.search(r"全[省市县区州旗镇乡][^。\n]{0,30}(?:申请|公开)", text) else None


# Place -------------------------------------------------------------------------------------------------------------

_CITY = r"[\u4e00-\u9fff]{2,9}?(?:市|自治州|地区|盟)"
_COUNTY = r"[\u4e00-\u9fff]{1,9}?(?:自治县|县|自治旗|旗|区|市)"
_TOWN = r"[\u4e00-\u9fff]{1,9}?(?:镇|乡|苏木|街道)"
_PLACE = re.compile(rf"(?P<city>{_CITY})?(?P<county>(?!区|市){_COUNTY})?(?P<town>{_TOWN})?")
_PREFECTURE_SIGNS = re.compile(r"县[、(]?(?:市、)?区|县区|区县|各县|县\(市|市县两级|市、县")
_COUNTY_SIGNS = re.compile(r"乡镇|镇街|各镇|乡\(镇|镇\(街|街镇")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an authority is and at what level, as far as known."""

    level: str | None = None
    province: str | None = None
    city: str | None = None
    county: str | None = None


def place_of(agency: str | None, text: str) -> Place:
    """Province, city, county and level, from the agency's name and from places named one inside the other."""
    if agency is None:
        return Place()
    if agency.startswith(("中华人民共和国", "国务院", "国家")):
        return Place("national")
    province = next((name for name in PROVINCES if agency.startswith(name)), None)
    rest = agency.removeprefix(province or "")
    match = _PLACE.match(rest)
    assert match is not None
    city, county, town = match["city"], match["county"], match["town"]
    if province in MUNICIPALITIES and city is not None and county is None:
        city, county = None, city
    if city is not None and county is not None and _is_part_of_organ(county, rest):
        county = None
    if city is not None and county is None and province not in MUNICIPALITIES and not town:
        level = _city_level(city, text)
        city, county = (city if level == "prefecture" else None), (city if level == "county" else None)
    else:
        level = _level(province, city, county, town)
    city = city or (_city_around(county, text) if county and province not in MUNICIPALITIES else None)
    return Place(level, province or _only_province(text), city, county)


def _is_part_of_organ(county: str, rest: str) -> bool:
    """Whether what looks like a county belongs to the organ's own name (南昌市园区管委会)."""
    return bool(_NO_REGION.search(county)) or rest.find(county) < 0


def _level(province: str | None, city: str | None, county: str | None, town: str | None) -> str | None:
    if town:
        return "township"
    if county:
        return None if _NO_REGION.search(county) else "county"
    if city:
        return "prefecture"
    return "province" if province else None


def _city_level(city: str, text: str) -> str | None:
    """Whether X市 is a prefecture or a county: the text must name districts and counties below it, or towns only."""
    if not city.endswith("市"):
        return "prefecture"
    plain = unicodedata.normalize("NFKC", text)
    if "县级市" in plain:
        return "county"
    if _PREFECTURE_SIGNS.search(plain):
        return "prefecture"
    return "county" if _COUNTY_SIGNS.search(plain) else None


def _city_around(county: str, text: str) -> str | None:
    """The city that the text names directly before the county, if it is always the same."""
    found = {match[1] for match in re.finditer(rf"([\u4e00-\u9fff]{{2,3}}(?:市|自治州|盟)){re.escape(county)}", text)}
    return found.pop() if len(found) == 1 else None


def _only_province(text: str) -> str | None:
    """The province whose government the text names, if it is only one."""
    found = {name for name in PROVINCES if f"{name}人民政府" in text}
    return found.pop() if len(found) == 1 else None


# Dates and numbers -------------------------------------------------------------------------------------------------


def _year(
    title: Title | None, period: tuple[str, str] | None, published: str | None, notices: list[Notice]
) -> int | None:
    if title is not None and title.year is not None:
        if period is not None and period[1][:4] != str(title.year):
            notices.append(
                Notice(
                    "note",
                    "year_contradiction",
                    f"The title says {title.year}, the stated period ends on {period[1]}; "
                    "the title's year is published.",
                )
            )
        return title.year
    if period is not None:
        return int(period[1][:4])
    if published is not None:
        notices.append(
            Notice("note", "year_from_publication", "No year in title or period; taken as the year before publication.")
        )
        return int(published[:4]) - 1
    notices.append(
        Notice(
            "warning",
            "year_unknown",
            "Expected the report's year in the title, the stated period or a date of publication; found none. "
            "State it in a .meta.yml file beside the document.",
        )
    )
    return None


def _iso_date(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _find_published(document: Document, text: str) -> tuple[str | None, str | None]:
    stated = _DATE.search(document.fact("published") or "")
    for match, basis in (
        (_PUBLISHED.search(text[:6000]), "page"),
        (stated, "head"),
        (_signature(text), "signature"),
    ):
        if match is not None:
            found = _iso_date(match["year"], match["month"], match["day"])
            if found is not None:
                return found, basis
    return None, None


def _signature(text: str) -> re.Match[str] | None:
    """A line near the end that is nothing but a date."""
    for line in reversed(text[-800:].split("\n")):
        match = _DATE.fullmatch(line.strip())
        if match is not None:
            return match
    return None


def _find_period(text: str) -> tuple[str, str] | None:
    for match in _PERIOD.finditer(text):
        around = text[max(0, match.start() - 60) : match.end() + 30]
        start = _iso_date(match["year"], match["month"], match["day"])
        end = _iso_date(match["year2"] or match["year"], match["month2"], match["day2"])
        if start and end and start < end and _PERIOD_SIGN.search(around):
            return start, end
    return None


def _find_index_number(document: Document, text: str) -> str | None:
    match = _INDEX.search(text[:6000])
    if match is not None and len(match["value"].strip()) <= 60:
        return match["value"].strip()
    return document.fact("index_number")


def source_kind_of(url: str | None, text: str) -> str:
    """``official``, ``archive``, ``mirror`` or ``unknown``, by the host of the address and signs of a hijacked copy."""
    host = re.sub(r"^https?://([^/:]+).*$", r"\1", url) if url else ""
    if host.endswith((".gov.cn", ".gov.mo", ".gov.hk")) or host == "gov.cn":
        return "official"
    if host in {"web.archive.org", "archive.org", "archive.today", "archive.ph"}:
        return "archive"
    return "mirror" if host or _has_mirror_signs(text) else "unknown"


def _has_mirror_signs(text: str) -> bool:
    return any(word in text for word in MIRROR_WORDS) and MIRROR_SIGNS.search(text) is not None
