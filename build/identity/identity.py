"""Whose report it is and of when: title, agency, dates, index number, as the document itself states them.

What the document does not state stays None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from ..document import Document, Notice
from ..parse.cells import Token
from ..parse.figures import Figures
from ..report import Identity
from ..text.fold import INVISIBLE, fold, without_pinyin
from ..text.traditional import to_simplified
from .place import NATIONAL_ORGANS, NO_REGION, is_region, place_of

ABRIDGED_MARK = re.compile(r"^\ufeff?\s*【转述[,，]非原文")
LINES_OF_HEAD = 80
LINES_OF_TITLE = 3
"""Lines above its last one that a title may take."""

LONGEST_TITLE = 70
LONGEST_TAIL = 12
LONGEST_AGENCY = 40

HEAD = 6000
"""Characters in which a page says when and by whom it was published."""

OPENING = 3000
"""Characters in which a report's prose says whose report it is."""

BETTING_WORDS = re.compile(
    r"(?<![省市县区州盟旗和与])(?<!教育)(?<!文化)(?<!旅游)(?<!广电)(?<!科技)(?<!卫生)(?<!新闻)(?<!广播)(?<!电视)(?<!国家)体育|"
    r"博彩|娱乐|(?<!福利)(?<!体育)彩票|赌|棋牌|官网|投注|竞猜|真人|葡京|威尼斯|澳门金沙|金沙(?=娱乐|集团|国际|平台|网|城|会|体育)|皇冠|"
    r"bet|casino|365|188|下载|注册|登录|[a-z]{3,}\d|\.com",
    re.IGNORECASE,
)
"""Words of hijackers, as far as they are none of an authority's own: 教育体育局, 金沙县."""

MIRROR_WORDS = ("官网", "投注网", "Baidu")
"""One of them stands in every sign of a mirror: looking for the words first is cheap."""
MIRROR_SIGNS = re.compile(
    r"(?:体育(?!局|总局|和|旅游|中心|事业)|娱乐|博彩|棋牌)[^\s。]{0,8}官网|投注网|(?:^|\n)\s*Baidu\s*\n\s*map",
    re.IGNORECASE,
)

_TITLE = re.compile(
    r"(?:政府|政务)?信息公开(?:工作)?(?:情况)?的?(?P<inside>(?:19|20)\d{2}年度?)?(?:工作)?(?:年度)?(?:工作)?(?:情况)?(?:报告|年报)"
)
_PART_OF_TITLE = re.compile(r"[\u3400-\u9fff〇○]*(?:(?:19|20)\d{2}年度?)?[\u3400-\u9fff〇○]*")
_AROUND_AGENCY = re.compile(
    r"^(?:[\[【](?:年报|年度报告|公告|公示|(?:政务|政府信息|信息)公开)[\]】]|公布|发布|关于|[-—_·.()\[\]【】])+|"
    r"(?:关于|的|[-—_·.()\[\]【】])+$"
)
_ABOUT = re.compile(r"关于(?:报送|印发|公布|发布|编制|上报|公示)?")
"""What parts who announces a report from whose it is."""

_SECOND_NAME = re.compile(r"(?<=局|厅|委|会|室|处|府|署|院|心)\([^()]+\)$")
_FIELD_OF_TITLE = re.compile(r"^\s*(?:信息|文件|公文)?(?:名\s*称|标\s*题|题\s*名)\s*[:：]\s*")
_LAST_WORDS = ("告", "报", "報")
_NO_TITLE = re.compile(
    r"根据|按照|依据|编制|要求|关于.*通知|指南|目录|格式|模板|制度|上一[篇条]|下一[篇条]|首页|当前位置|>"
)
_YEAR = re.compile(
    r"(?P<digits>(?:19|20)\d{2})年?度?|(?P<words>二[〇○零OＯ0]{1}[一二][〇○零OＯ0一二三四五六七八九])年?度?",
    re.IGNORECASE,
)
_CHINESE_DIGITS = str.maketrans("〇○零OoＯ一二三四五六七八九", "000000123456789")

_ORGAN = re.compile(
    r"(?:人民政府(?:机关)?|政府|办公厅|办公室|管理委员会|管委会|委员会|办事处|局|厅|委|办|署|院|部|会|中心|馆|处|所|队|站|公司|集团|大学|学院|学校|银行|支行|分行|社|分局|支队|公署|行署|海关|兵团)$"
)
AGENCY_KINDS = (
    ("government_office", re.compile(r"人民政府(?:办公室|办公厅|机关)$|^国务院办公厅$")),
    ("government", re.compile(r"(?:人民政府|行政公署|行署)$|^国务院$")),
    ("subdistrict_office", re.compile(r"(?:街道?|地区)办事处$|街道?办$")),
    ("development_zone", re.compile(rf"(?<!监督)(?<!城市)(?<!公积金)(?:管理委员会|管委会)$|{NO_REGION.pattern}")),
    ("department", re.compile(r"(?:局|厅|委员会|管委会|委|办公室|署|部|办|分局|海关)$")),
    ("institution", re.compile(rf"(?!.*兵团$).*{_ORGAN.pattern}")),
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
_FIELD_NAME = "|".join(r"\s*".join(name) for name in _FIELDS)
_NEXT_FIELD = r"[\u4e00-\u9fff](?:[ \u3000]*[\u4e00-\u9fff]){1,7}[ \u3000]*[:：]"
_FIELD_END = rf"(?=[\s\t]+(?:{_FIELD_NAME}|{_NEXT_FIELD})|[\t|]|[ \u00a0]{{3,}}|\n|$)"
_INDEX = re.compile(rf"索\s*引\s*号\s*[:：|]?[ \t\u00a0|]*(?P<value>(?!{_FIELD_NAME})[^\n|]*?\d[^\n|]*?){_FIELD_END}")
_INDEX_BELOW = re.compile(r"索\s*引\s*号\s*[:：]?\s*\n\s*(?P<value>(?=[^\n]*\d)[A-Za-z0-9][\w\-/.()]{3,40})[ \t]*\n")
"""The number on the line below its name."""

_PUBLISHER = re.compile(
    r"(?:发布机构|公开主体|发布单位|发文机关|公开责任部门)\s*[:：|]?[ \t\u00a0|]*"
    rf"(?P<value>[^\n\t|]{{2,40}}?){_FIELD_END}"
)
_SOURCE = re.compile(rf"来\s*源\s*[:：|][ \t\u00a0|]*(?P<value>[\u4e00-\u9fff]{{4,30}}?){_FIELD_END}")
_DAY = r"[\s:：|]*(?P<year>(?:19|20)\d{2})\s*[-年/.]\s*(?P<month>\d{1,2})\s*[-月/.]\s*(?P<day>\d{1,2})(?!\d)"
_NO_RANGE = r"(?!\s*日?\s*起?\s*[至到~～—–])"
_PUBLISHED = (
    re.compile(
        r"(?:发\s*布\s*日\s*期|发\s*布\s*时\s*间|公开日期|公开时间|公布日期|公布时间|发表时间|信息提供日期)" + _DAY
    ),
    re.compile(
        r"(?:发文日期|生成日期|成文日期|更新时间|更新日期|添加时间|添加日期|(?<![\u4e00-\u9fff])(?:时间|日期))"
        + _DAY
        + _NO_RANGE
    ),
    re.compile(
        r"(?<![^\n])[\s\[【(（]*(?P<year>20\d{2})\s*[-年/.]\s*(?P<month>\d{1,2})\s*[-月/.]\s*(?P<day>\d{1,2})日?[\])】）]?"
        r"\s*(?:\d{1,2}:\d{2}(?::\d{2})?)?\s*(?:来源|信息来源|文章来源|作者|字体|字号|浏览|阅读|点击|访问|打印|【)"
    ),
)
"""Dates of a page, those of its publication first; 统计时间 and the like are none."""

_DATE = re.compile(r"(?P<year>(?:19|20)\d{2})\s*[-年/.]\s*(?P<month>\d{1,2})\s*[-月/.]\s*(?P<day>\d{1,2})\s*日?")
_PERIOD = re.compile(
    r"(?P<year>20\d{2})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日?\s*(?:起)?\s*(?:[-—–－~～至到]+)\s*"
    r"(?:(?P<year2>20\d{2})\s*年)?\s*(?P<month2>\d{1,2})\s*月\s*(?P<day2>\d{1,2})\s*日"
)
_PERIOD_SIGN = re.compile(r"统计|期限|数据|所列")
_YEAR_SIGN = re.compile(r"期间|时限|涵盖|截止|截至")
"""Words that make a period of a range only if it is a whole year: 疫情期间 is none."""

_CUT_OFF = re.compile(r"(?:统计|数据|核定)[^。\n]{0,20}?(?P<year>20\d{2})\s*年\s*12\s*月\s*31\s*日(?!\s*[至到])")
_ANNOUNCED = re.compile(
    r"(?:公布|发布|公开(?:(?<=社会公开)|(?<=现公开)|(?<![\u4e00-\u9fff]公开))|编制)了?[《<]?"
    r"(?P<head>(?:(?!公布|发布|公开|编制|报告|条例|要求|规定)[\u3400-\u9fff()\d]){2,40}?)"
    rf"{_TITLE.pattern}(?!格式|模板|制度|的?通知|编制|发布|和|及)"
)
"""The sentence that presents the report: 现公布东明县教育局2020年政府信息公开工作年度报告."""

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_HAN = r"[\u4e00-\u9fff]"
_SPEAKER = rf"(?P<value>{_HAN}{{2,30}}?(?:人民政府办公室|人民政府办公厅|人民政府|管委会|委员会|局|厅|办事处))"
_CONTACTS = (
    re.compile(rf"由{_SPEAKER}(?:[(（]以下简称[^()（）]*[)）])?(?:负责)?编制"),
    re.compile(
        rf"(?:请与|请直接与|请联系[:：]?|(?<!{_HAN})联系[:：]?){_SPEAKER}"
        rf"(?=联系|办公室|党政|综合|政务公开|政府信息|信息公开|法规|指挥|机关|(?!{_HAN}).)"
    ),
    re.compile(
        rf"(?<!{_HAN}){_SPEAKER}现?(?:面?向社会)?(?:公开|公布|发布)《?(?:20\d\d年度?)?政府信息公开(?:工作)?(?:年度报告|年报)"
    ),
)
"""Who compiled the report, whom to ask about it, or who publishes it."""


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
    text = _INVISIBLE.sub("", document.text)
    head = without_pinyin(to_simplified(text[:HEAD]))
    notices: list[Notice] = []
    title = _find_title(document, tokens)
    period = _find_period(text)
    published, basis = _find_published(document, head)
    agency_printed = _agency_as_printed(document, title, head, notices)
    agency = full_name(agency_printed) if agency_printed else None
    place = place_of(agency, text)
    identity = Identity(
        year=_year(title, period, published, head, notices),
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
        index_number=_find_index_number(document, head),
        period_start=period[0] if period else None,
        period_end=period[1] if period else None,
        source_url=document.fact("source_url"),
        source_kind=source_kind_of(document.fact("source_url"), text),
        abridged=bool(ABRIDGED_MARK.match(text)),
    )
    return identity, tuple(notices)


# Title -------------------------------------------------------------------------------------------------------------


def _find_title(document: Document, tokens: Sequence[Token]) -> Title | None:
    """The first line that is a report's title and nothing more and names an agency, else the first that names one.

    One that states a year comes before one that does not (东明县政府信息公开年报 may be a column of the site). Where no
    line is a title, one may open the first paragraph.
    """
    titles = _own_titles(list(_titles(tokens)), document.text) or list(_opening_title(tokens))
    stated = read_title(document.fact("title") or "")
    titles.extend([stated] if stated is not None else [])
    named = [title for title in titles if title.agency]
    plain = [title for title in named if title.plain]
    found = plain or named or titles
    return next((title for title in found if title.year is not None), found[0] if found else None)


def _opening_title(tokens: Sequence[Token]) -> Iterator[Title]:
    """The title of agency and year with which the first paragraph begins (copies that lost their line breaks)."""
    opening = next((token.text[: 2 * LONGEST_TITLE] for token in tokens if token.kind == "prose"), "")
    match = _TITLE.search(fold(opening))
    if match is None:
        return
    wanted = match.string[: match.end()]
    printed = next((opening[:end] for end in range(len(wanted), len(opening) + 1) if fold(opening[:end]) == wanted), "")
    title = _title_of(printed)
    if title is not None and title.plain and title.year is not None and _could_be_agency(title.agency):
        yield title


_NumberedTitle = tuple[int, Title]
"""A title and the number of its line."""


def _titles(tokens: Sequence[Token]) -> Iterator[_NumberedTitle]:
    above: tuple[str, ...] = ()
    held: Title | None = None
    for number, line in enumerate(_lines(tokens[: LINES_OF_HEAD * 2])):
        title = read_title(line, above)
        if title is not None:
            yield number, title
        elif held is not None and held.year is None and _YEAR.fullmatch(fold(line).strip("()")):
            yield number, replace(held, printed=held.printed + "".join(line.split()), year=_year_in(fold(line)))
        held = title
        above = (*above, line)[-LINES_OF_TITLE:]


def _own_titles(found: Sequence[_NumberedTitle], text: str) -> list[Title]:
    """The titles without those of other reports, to which pages of such a site link above and below the report.

    Where titles cannot all be one report's, those of the year that the report says its figures are of stay, of them
    those that stand in no list of links, and of these those whose agency the text speaks of: each where any is left.
    """
    titles = [title for _, title in found]
    if not any(_are_of_two_reports(one, other) for one, other in combinations(titles, 2)):
        return titles
    year = (_find_period(text) or ("", ""))[1][:4]
    joined = "".join(text.split())
    named = [title for title in titles if joined.count(title.agency) > _count_printed(title.agency, titles)]
    kept = titles
    for fitting in ([title for title in titles if str(title.year) == year], _outside_lists(found), named):
        kept = [title for title in kept if title in fitting] or kept
    return kept


def _count_printed(agency: str, titles: Iterable[Title]) -> int:
    return sum(agency in fold(title.printed) for title in titles)


def _outside_lists(found: Sequence[_NumberedTitle]) -> list[Title]:
    """The titles that do not stand line by line with other reports' titles."""
    runs: list[list[_NumberedTitle]] = []
    for number, title in found:
        if not runs or number > runs[-1][-1][0] + 1:
            runs.append([])
        runs[-1].append((number, title))
    return [
        title
        for run in runs
        if not any(_are_of_two_reports(one, other) for (_, one), (_, other) in combinations(run, 2))
        for _, title in run
    ]


def _are_of_two_reports(one: Title, other: Title) -> bool:
    """Whether two titles name different years, or agencies of which neither is the other's shorter name."""
    if not one.agency or not other.agency or one.year is None or other.year is None:
        return False
    return one.year != other.year or not (one.agency in other.agency or other.agency in one.agency)


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
    line = _FIELD_OF_TITLE.sub("", line)
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
    folded = without_pinyin(fold(text))
    match = _TITLE.search(folded) if len(folded) <= LONGEST_TITLE else None
    if match is None or _NO_TITLE.search(folded) or "。" in folded:
        return None
    head, tail = folded[: match.start()], folded[match.end() :]
    if len(tail) > LONGEST_TAIL:
        return None
    if match.group().startswith("政府") and head.endswith("人民"):
        head += "政府"
    year = _year_in(head) or _year_in(match["inside"] or "") or _year_in(tail)
    agency = _agency_in(_YEAR.sub("", head)) or _agency_behind(tail)
    plain = not folded.startswith("关于") and _YEAR.sub("", tail).strip("()") == ""
    return Title(_INVISIBLE.sub("", "".join(text.split())), agency, year, plain)


def _agency_in(head: str) -> str:
    """The agency in the words before 政府信息公开: whose report it is, else who announces it (甲关于公布乙…)."""
    announcer, about, subject = head.rpartition(match.group()) if (match := _ABOUT.search(head)) else ("", "", head)
    named = _bare_agency(subject)
    return named if named or not about else _bare_agency(announcer)


def _bare_agency(text: str) -> str:
    """``text`` without what a title sets around an agency's name; a bracket of the name itself is kept."""
    bare = _AROUND_AGENCY.sub("", text)
    return bare + ")" if bare.count("(") > bare.count(")") and f"{bare})" in text else bare


def _agency_behind(tail: str) -> str:
    """The agency in brackets behind the title."""
    inside = tail[1:-1] if tail.startswith("(") and tail.endswith(")") else ""
    return inside if _could_be_agency(inside) else ""


def _could_be_agency(text: str) -> bool:
    return 2 <= len(text) <= LONGEST_AGENCY and bool(_ORGAN.search(_first_name(text)) or is_region(text))


def _first_name(agency: str) -> str:
    """An agency's name without its second one in brackets, as an organ with two name plates prints it."""
    return _SECOND_NAME.sub("", agency)


def _year_in(text: str) -> int | None:
    match = _YEAR.search(text)
    if match is None:
        return None
    return int(match["digits"] or match["words"].translate(_CHINESE_DIGITS))


# Agency ------------------------------------------------------------------------------------------------------------


def _agency_as_printed(document: Document, title: Title | None, head: str, notices: list[Notice]) -> str | None:
    """The agency from the title, else from the sentence that presents the report, the page's fields, or whom to ask.

    Never a hijacker's word, nor a name without its place (县财政局): that only tells how the full name ends.
    """
    unnamed = ""
    for candidate in _candidates(document, title, head):
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
        elif _is_agency(printed) and _ends_in(printed, unnamed):
            if not _is_unnamed(printed):
                return printed
            unnamed = unnamed or _UNNAMED_PLACE.sub("", printed)
    notices.append(
        Notice(
            "warning",
            "agency_unknown",
            "Expected the authority's full name in the title; found none. "
            "State it in a .meta.yml file beside the document.",
            title.printed if title else "",
        )
    )
    return None


_UNNAMED_PLACE = re.compile(r"^(?:省|市|县|区|州|盟|旗|镇|乡)")


def _ends_in(full: str, unnamed: str) -> bool:
    """Whether ``full`` is a place and what ``unnamed`` names, in full or in short: 东明县发展和改革委员会, 发改委."""
    if full.endswith(unnamed):
        return True
    return len(unnamed) > 1 and re.search(rf"[省市县区旗州盟]{'.*'.join(unnamed)}(?:员会|公室)?$", full) is not None


def _is_unnamed(printed: str) -> bool:
    return printed not in NATIONAL_ORGANS and _UNNAMED.match(printed) is not None


def _candidates(document: Document, title: Title | None, head: str) -> Iterator[str]:
    if title is not None and title.agency:
        yield title.agency
    opening = head[:OPENING]
    for match in _ANNOUNCED.finditer(fold(opening)):
        yield _YEAR.sub("", match["head"])
    publisher = _PUBLISHER.search(head[:4000])
    if publisher is not None and _may_speak_for_itself(publisher["value"], document.text):
        yield publisher["value"]
    fact = document.fact("publisher")
    if fact and _ORGAN.search(fold(fact)) and _may_speak_for_itself(fact, document.text):
        yield fact
    source = _SOURCE.search(head[:4000])
    if source is not None and _is_department(source["value"]) and _speaks_for_itself(source["value"], document.text):
        yield source["value"]
    for pattern in _CONTACTS:
        asked = pattern.search(opening) or pattern.search(document.text)
        if asked is not None and _speaks_for_itself(asked["value"], document.text):
            yield asked["value"]


def _is_department(name: str) -> bool:
    return agency_kind(full_name(fold(name))) == "department"


def _may_speak_for_itself(name: str, text: str) -> bool:
    """Whether who publishes is who reports: a government's office publishes the government's report, too."""
    return agency_kind(full_name(fold(name))) != "government_office" or _speaks_for_itself(name, text)


def _speaks_for_itself(name: str, text: str) -> bool:
    """Whether the text speaks as the organ called ``name`` (我局): whom to ask may be another one than who reports."""
    if name.endswith(("人民政府", "办事处")):
        return True
    own = next(word for end, word in _OWN_WORDS.items() if name.endswith(end) or not end)
    return any(f"{speaker}{word}" in text for speaker in "我本" for word in (own, "单位"))


_OWN_WORDS = {"委员会": "委", "管委会": "委", "委": "委", "局": "局", "厅": "厅", "办公厅": "厅", "": "办"}
"""End of an organ's name → what it calls itself."""


def _is_agency(printed: str) -> bool:
    return (
        2 <= len(printed) <= LONGEST_AGENCY
        and re.fullmatch(r"[\u3400-\u9fff()、]+", printed) is not None
        and (_could_be_agency(printed) or printed.endswith("街道") or NO_REGION.search(printed) is not None)
        and not printed.startswith(("我", "本", "各", "全"))
    )


def full_name(printed: str) -> str:
    """The authority's full name: 南昌市 is 南昌市人民政府, 三明市政府办公室 is 三明市人民政府办公室."""
    name = re.sub(r"(?<!人民)政府(?=办公室$|办公厅$|办$|$)", "人民政府", printed)
    name = re.sub(r"(?<=人民政府)办$", "办公室", name)
    if name.endswith(("街道", "街道办")):
        return name.removesuffix("办") + "办事处"
    if not is_region(name) or _ORGAN.search(name):
        return name
    return name + ("行政公署" if name.endswith(("地区", "盟")) else "人民政府")


def agency_kind(agency: str | None) -> str | None:
    """What kind of authority a full name names; None if its end tells nothing."""
    if agency is None:
        return None
    name = _first_name(agency)
    return next((kind for kind, pattern in AGENCY_KINDS if pattern.search(name)), None)


def _scope(agency: str | None, printed: str | None, text: str) -> str | None:
    kind = agency_kind(agency)
    if kind is None or agency is None:
        return None
    if kind != "government":
        return "own" if _ORGAN.search(_first_name(agency)) else None
    if printed is not None and not printed.endswith(("政府", "公署", "行署")):
        return "region"
    return "region" if re.search(r"全[省市县区州旗镇乡][^。\n]{0,30}(?:申请|公开)", text) else None


# Dates and numbers -------------------------------------------------------------------------------------------------


def _year(
    title: Title | None, period: tuple[str, str] | None, published: str | None, head: str, notices: list[Notice]
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
    stated = _stated_year(head)
    if stated is not None:
        return stated
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


def _stated_year(head: str) -> int | None:
    """The year in the sentence that presents the report, else the one with whose end its figures end."""
    for match in _ANNOUNCED.finditer(fold(head[:OPENING])):
        year = _year_in(match["head"]) or _year_in(match["inside"] or "")
        if year is not None:
            return year
    cut_off = _CUT_OFF.search(head)
    return int(cut_off["year"]) if cut_off is not None else None


def _iso_date(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _find_published(document: Document, head: str) -> tuple[str | None, str | None]:
    stated = _DATE.search(document.fact("published") or "")
    for match, basis in (
        *((pattern.search(head), "page") for pattern in _PUBLISHED),
        (stated, "head"),
        (_signature(document.text), "signature"),
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
        if start and end and start < end and (_PERIOD_SIGN.search(around) or _is_stated_year(start, end, around)):
            return start, end
    return None


def _is_stated_year(start: str, end: str, around: str) -> bool:
    whole = start.endswith("-01-01") and end == f"{start[:4]}-12-31"
    return whole and _YEAR_SIGN.search(around) is not None


def _find_index_number(document: Document, head: str) -> str | None:
    match = _INDEX.search(head) or _INDEX_BELOW.search(head)
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
