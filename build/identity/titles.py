"""The title of a report: where it stands, over how many lines, and the agency and year that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import NamedTuple

from ..document import Document
from ..forms import TABLE_WORDS
from ..parse.cells import PrintedCell
from ..parse.sections import find_headings
from ..report import Span
from ..text.fold import fold, without_invisible
from .fields import FIELD_BEHIND, TITLE_LABELS, field_of, is_label, with_labels_whole
from .names import LONGEST_AGENCY, ORGAN, SHORT_FORM, could_be_agency, is_agency, is_national, is_unnamed
from .place import ZONE, is_region
from .places import begins_with_a_place, ends_as_a_place, has_a_place_inside, is_called_so
from .wording import Wording, wording
from .years import SEVERAL_YEARS, YEAR, year_in

ABRIDGED_MARK = re.compile(r"^\ufeff?\s*【转述[,，]非原文")
CELLS_OF_HEAD = 160
LINES_OF_TITLE = 4
"""Lines above its last one that a title may take."""

LONGEST_TITLE = 70
LONGEST_TAIL = 16
_WITH_OPENNESS = "政务公开(?:工作)?[和与暨及、(]?政府"
_KINDS = rf"{_WITH_OPENNESS}|政府|政务|海关|公共企事业单位|企事业单位|医院|学校|高校|院校|学院|大学|企业|公司"
KIND_BEFORE = re.compile(rf"(?:{_KINDS})$")
_INSIDE = r"(?:19|20)\d{2}年?(?:[-—–~至到/]+(?:19|20)?\d{2}年?)?(?:学年)?度?"
_OF_A_YEAR = (
    rf"(?:工作)?(?:情况)?的?(?P<inside>{_INSIDE})?"
    r"(?:工作)?(?:年度)?(?:工作)?(?:开展)?(?:情况)?(?:年度)?(?:总结)?(?:报告|年报)"
)
_REPORT = rf"信息(?:和政务|与政务)?公开(?:和政务公开)?\)?{_OF_A_YEAR}"
REPORT_NAME = re.compile(_REPORT)
_OF_ENVIRONMENT = "环境"
TITLE = re.compile(rf"(?P<kind>{_KINDS}|{_OF_ENVIRONMENT})?{_REPORT}")
_OF_OPENNESS = re.compile(f"政务公开{_OF_A_YEAR}")
"""The name that some offices give to the report under the statute, and others to one on all that they make open."""
_PART_OF_TITLE = re.compile(
    r"[\u3400-\u9fff\U00020000-\U0003ffff〇○()]*(?:\d{1,4}年?度?)?[-—–~]?(?:\d{4})?[\u3400-\u9fff\U00020000-\U0003ffff〇○()]*\d{0,4}"
)
_AROUND_AGENCY = re.compile(
    r"^(?:[\[【](?:年报|年度报告|公告|公示|通知公告|公示公告|置顶|原创|图文|最新|推荐|更正|更新|修订|补充|(?:政务|政府信息|信息)公开)[\]】]|"
    r"[(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)、.]|附件\d{0,2}:?|[\u4e00-\u9fffA-Za-z]{1,8}\d{0,2}:|[★☆●■◆▲※▪►•]|公布|发布|关于|[现兹谨特](?:将(?!乐县)|(?=公布|发布|公开)|向社会)|[-—_·.()\[\]【】])+|"
    r"(?:关于|的|公布|发布|公开|印发|[-—_·.()\[\]【】])+$"
)
_ABOUT = re.compile(r"关于(?:报送|印发|公布|发布|编制|上报|公示)?")
"""What parts who announces a report from whose it is."""

_TOLD_OF = re.compile(r"(?:公布|发布|公开|印发|出台|晒出|亮出)(?:了|《)?$")
_TELLS = re.compile(
    r"^(?:已|正式|全文|近日|今日|日前|新鲜|面?向社会|对外)*(?:公布|发布|公开|出炉|上线|亮相|显示|指出|印发)"
)
"""Words before and behind the report's name by which another text tells of it: 《…年度报告》公布."""

_FIELD_OF_TITLE = re.compile(rf"^[\s\-•·*]*(?:{TITLE_LABELS})(?:\s*[:：|]\s*|[ \t\u00a0\u3000]+)")
_NUMBER_OF_PAGE = re.compile(r"^\s*(?:page\s*\d{1,4}|第\s*\d{1,4}\s*页)\s*[-–—_|:：]\s*", re.IGNORECASE)
"""What a book to leaf through sets before what stands on each page: Page 9 - …"""
_DAY_OR_NUMBER = re.compile(
    r"(?<![-—–~至到])[\[【(（]?\s*20\d\d\s*(?:[-./]\s*\d{1,2}(?!\d|学?年)(?:\s*[-./]\s*\d{1,2}(?:(?!\d)|(?=\d{2}:\d{2})))?"
    r"|年\s*\d{1,2}\s*月(?!份?\s*[-—–~至到])(?:\s*\d{1,2}\s*日(?!\s*[-—–~至到]))?)(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?\s*[\])】）]?"
    r"|(?:(?:^|(?<=\s)|[(（])[\u4e00-\u9fff]{1,8})?[〔\[【(（]20\d\d[〕\]】)）]\s*第?\d{1,4}号[)）]?"
)
"""A day, a month or a document's number on a title's line: its year is that of publication."""
_NO_TITLE = re.compile(
    r"^第[一二三四五六七八九十百\d]{1,4}[条章款]|(?:应当|应|须)(?:包括|包含|载明|报送)|(?:下列|以下)(?:内容|事项)|根据|按照|依据|(?<!机构)编制|要求|关于.*通知|指南|目录|格式|模板|模版|范文|范本|样本|样式|示例|解读|图解|一图读懂|问卷|制度|"
    r"上一[篇条]|下一[篇条]|首页|当前位置|>|(?:栏目|频道|位置|分类|类别|来源)[:|]"
)


@dataclass(frozen=True, slots=True)
class Title:
    """A report's title: as printed (without white space), the agency in it as printed ("" if none) and its year.

    ``plain``: nothing stands around it, as in 关于…的公示. ``told``: it is the line of a text that tells of a report.
    ``several``: the words that name more years than one (2022-2023学年), "" if none do. ``span``: its lines.
    ``on_openness``: it calls the report one on 政务公开.
    """

    printed: str
    agency: str
    year: int | None
    plain: bool = True
    told: bool = False
    several: str = ""
    span: Span | None = None
    on_openness: bool = False

    @property
    def names_a_report(self) -> bool:
        """Whether it is the title of a certain report, neither a column of a site nor another text's."""
        return not self.told and bool(self.agency or self.year is not None or self.several)

    @property
    def is_heading(self) -> bool:
        """Whether its line is the report's heading, and does not only speak of it: 欢迎查阅…报告, 通知:…报告已上线."""
        return not self.told and _SPEAKS_OF_IT.match(fold(self.printed)) is None


_SPEAKS_OF_IT = re.compile("欢迎|敬?请|通知:|[现特兹谨](?:将|就|面?向社会|予以|公布|发布|公开)")


class PrintedLine(NamedTuple):
    """A line of the head as a person reads it, and where it stands."""

    text: str
    start: int
    end: int


class NumberedTitle(NamedTuple):
    """A title and the number of its line."""

    line: int
    title: Title


def find_titles(cells: Sequence[PrintedCell]) -> tuple[NumberedTitle, ...]:
    """Every line of the head that is the title of some report.

    An authority's report on 政务公开 is the one under the statute if its sections are: then it has no other title.
    """
    found = tuple(_titles(cells))
    others = tuple(one for one in found if not one.title.on_openness)
    if others or not found:
        return others
    return tuple(one for one in found if one.title.agency) if _is_under_the_statute(cells) else ()


FEWEST_UNDER_THE_STATUTE = 3
"""Section headings by which a report on 政务公开 may be the one under the statute."""


def _is_under_the_statute(cells: Sequence[PrintedCell]) -> bool:
    """Whether sections that the statute asks for, that on requests among them, stand in a report that names the
    statute or has its tables.
    """
    headings = [fold(heading.title) for heading in find_headings(cells)]
    if len(headings) < FEWEST_UNDER_THE_STATUTE or not any("申请" in heading for heading in headings):
        return False
    return any(cell.text in TABLE_WORDS or STATUTE in fold(cell.text) for cell in cells)


STATUTE = "信息公开条例"


def find_title(
    found: Sequence[NumberedTitle], document: Document, cells: Sequence[PrintedCell], year: str | None
) -> Title | None:
    """The first line that is a report's title and nothing more and names an agency, else the first that names one.

    One that states a year comes before one that does not (东明县政府信息公开年报 may be a column of the site). Where no
    line is a title, one may open the first paragraph. ``year``: that of the stated period.
    """
    titles = _own_titles(found, document.text, year) or list(_opening_title(cells))
    stated = read_title(document.fact("title") or "")
    if stated is not None and (not stated.on_openness or any(title.on_openness for title in titles)):
        titles.append(stated)
    named = [title for title in titles if title.agency]
    plain = [title for title in named if title.plain]
    kept = plain or named or titles
    own = next((title for title in kept if title.year is not None or title.several), kept[0] if kept else None)
    return own and _with_year_of_another_line(_named_in_order(own, kept), titles)


def _named_in_order(own: Title, titles: Iterable[Title]) -> Title:
    """2024年政府信息公开年报 over 东明县教育局 over 2024年政府信息公开年报: the second and third line are the title."""
    if not own.agency or not own.printed.endswith(own.agency):
        return own
    same = (title for title in titles if (title.agency, title.year) == (own.agency, own.year))
    return next((title for title in same if title.printed.startswith(own.agency)), own)


def _with_year_of_another_line(own: Title, titles: Iterable[Title]) -> Title:
    """东明县教育局政府信息公开年报 over a page, 2022年政府信息公开年报 on it: the year of the line without a name."""
    nameless = {title.year for title in titles if not title.agency and not title.told} - {None}
    if own.year is not None or own.several or not own.agency or len(nameless) != 1:
        return own
    return replace(own, year=nameless.pop())


def _opening_title(cells: Sequence[PrintedCell]) -> Iterator[Title]:
    """The title of agency and year with which the first paragraph begins (copies that lost their line breaks)."""
    first = next((cell for cell in cells if cell.kind == "prose"), None)
    if first is None:
        return
    opening = first.text[: 2 * LONGEST_TITLE]
    match = TITLE.search(fold(opening))
    if match is None:
        return
    wanted = match.string[: match.end()]
    end = next((end for end in range(len(wanted), len(opening) + 1) if fold(opening[:end]) == wanted), 0)
    title = _title_of(opening[:end])
    if title is not None and title.plain and title.year is not None and could_be_agency(title.agency):
        yield replace(title, span=(first.start, first.start + end))


def _titles(cells: Sequence[PrintedCell]) -> Iterator[NumberedTitle]:
    head = cells[:CELLS_OF_HEAD]
    last = max((cell.start for cell in head if cell.kind != "prose" and _may_end_title(cell.text)), default=-1)
    lines: list[PrintedLine] = []
    held: Title | None = None
    for number, line in enumerate(lines_of(head)):
        if line.start > last and held is None:
            return  # no title ends below
        lines.append(line)
        title = None
        if _may_end_title(line.text):
            above = lines[max(0, number - LINES_OF_TITLE) : number]
            title = read_title(line.text, [other.text for other in above])
            title = title and replace(title, span=_lines_of_title(title, line, above))
        if title is not None:
            yield NumberedTitle(number, title)
        elif held is not None and (completed := _completed(held, line)) is not None:
            yield NumberedTitle(number, completed)
        held = title


def _lines_of_title(title: Title, line: PrintedLine, above: Sequence[PrintedLine]) -> Span:
    """The lines that ``title``, which ends in ``line``, takes."""
    joined = len("".join(line.text.split()))
    start = line.start
    for other in reversed(above):
        if joined >= len(title.printed):
            break
        joined += len("".join(other.text.split()))
        start = other.start
    return start, line.end


def _completed(held: Title, line: PrintedLine) -> Title | None:
    """The title above with what it lacks on the line below: the year, or the authority; None if that is neither."""
    words, printed = wording(line.text), held.printed + _unspaced(line.text)
    bare = words.folded.strip("()")
    span = held.span and (held.span[0], line.end)
    if held.year is None and not held.several and YEAR.fullmatch(bare):
        return replace(held, printed=printed, year=year_in(bare), span=span)
    if held.agency or held.year is None or _OF_THE_PAGE.search(bare):
        return None
    if is_agency(bare) and not is_unnamed(bare) and _is_placed(bare):
        return replace(held, printed=printed, agency=words.printed.strip("()"), span=span)
    return None


def _own_titles(found: Sequence[NumberedTitle], text: str, year: str | None) -> list[Title]:
    """The titles without those of other reports, to which pages of such a site link above and below the report.

    Where titles cannot all be one report's, those of the year that the report says its figures are of stay, of them
    those that stand in no list of links, and of these those whose agency the text speaks of: each where any is left.
    """
    titles = [title for _, title in found]
    if not any(_are_of_two_reports(one, other) for one, other in combinations(titles, 2)):
        return titles
    joined = "".join(text.split())
    named = [title for title in titles if joined.count(title.agency) > _count_printed(title.agency, titles)]
    kept = titles
    for fitting in ([title for title in titles if str(title.year) == year], _outside_lists(found), named):
        kept = [title for title in kept if title in fitting] or kept
    return kept


def _count_printed(agency: str, titles: Iterable[Title]) -> int:
    return sum(agency in title.printed for title in titles)


def _outside_lists(found: Sequence[NumberedTitle]) -> list[Title]:
    """The titles that do not stand line by line with other reports' titles."""
    return [
        title
        for run in runs_of(found)
        if not any(_are_of_two_reports(one, other) for (_, one), (_, other) in combinations(run, 2))
        for _, title in run
    ]


def runs_of(found: Sequence[NumberedTitle]) -> list[list[NumberedTitle]]:
    """Titles that stand line by line, together."""
    runs: list[list[NumberedTitle]] = []
    for numbered in found:
        if not runs or numbered.line > runs[-1][-1].line + 1:
            runs.append([])
        runs[-1].append(numbered)
    return runs


def _are_of_two_reports(one: Title, other: Title) -> bool:
    """Whether two titles name different years, or agencies of which neither is the other's shorter name."""
    if not one.agency or not other.agency or one.year is None or other.year is None:
        return False
    short, long = fold(one.agency), fold(other.agency)
    return one.year != other.year or not (short in long or long in short)


def lines_of(cells: Iterable[PrintedCell]) -> Iterator[PrintedLine]:
    """The head of the document line by line: the words of one line together again, title lines split by Word too.

    Of a table of fields, what stands behind 名称 or 标题 is a line; the labels and the other fields' values are none.
    """
    words: list[PrintedCell] = []
    for cell in cells:
        alone = cell.kind == "prose" or cell.row is None
        if words and (alone or cell.row != words[-1].row or (cell.grid is not None and not is_label(words[0].text))):
            yield from _lines_in(words)
            words = []
        if not alone:
            words.append(cell)
        elif cell.kind != "prose":
            yield PrintedLine(cell.text, cell.start, cell.end)
    if words:
        yield from _lines_in(words)


def _lines_in(words: Sequence[PrintedCell]) -> Iterator[PrintedLine]:
    """The line of one row's words; of a row of fields the values that are titles."""
    words = with_labels_whole(words)
    texts = [word.text for word in words if word.kind == "text"]
    if not any(is_label(text) or field_of(text) for text in texts):
        yield PrintedLine("".join(word.text for word in words), words[0].start, words[-1].end)
        return
    label = ""
    for word in words:
        if is_label(word.text):
            label = fold(word.text).strip(":")
            continue
        of = field_of(word.text) or label
        if not of or re.fullmatch(TITLE_LABELS, of):
            yield PrintedLine(word.text, word.start, word.end)


def read_title(line: str, above: Sequence[str] = ()) -> Title | None:
    """The title of an annual report that ends in ``line``; None if there is none.

    ``above``: the lines before it, nearest last; as many of them belong to the title as it takes to name agency and
    year, and as it takes for the agency to have its place (…打浦桥街 / 道办事处…).
    """
    if not _may_end_title(line) or ABRIDGED_MARK.match(line):
        return None
    line = _NUMBER_OF_PAGE.sub("", line)
    line = _DAY_OR_NUMBER.sub("", FIELD_BEHIND.sub("", _FIELD_OF_TITLE.sub("", line)))
    alone = _title_of(line)
    if alone is not None and alone.agency and _names_time(alone):
        return alone if _has_place(alone.agency) else _with_place(line, above) or _without_cut_name(alone)
    joined = (_joined_title(line, above[len(above) - count :]) for count in range(1, len(above) + 1))
    found = [title for title in joined if title is not None]
    whole = [title for title in found if _names_time(title)]
    placed = [title for title in whole if _has_place(title.agency)]
    return next(iter(placed or whole or ([alone] if alone is not None and alone.agency else []) or found), alone)


def _may_end_title(line: str) -> bool:
    return "告" in line or "报" in line or "報" in line


def _names_time(title: Title) -> bool:
    return title.year is not None or bool(title.several)


_PLACE_SIGN = re.compile(
    r"[省市县区州盟旗镇乡](?=.)|街道(?=.)|[市县区镇乡]$|街道$|国|中央|中华|兵团|大学|学院|海关|总署"
)
_OF_THE_SITE = re.compile(r"[-_—–]+(?!.*(?:19|20)\d\d)[\u4e00-\u9fffA-Za-z]{2,}$")
"""What a site writes behind every page's title: -某某网, _东明县人民政府."""
_OF_THE_PAGE = re.compile(
    r"请(?:输入|选择)|搜索|检索|登[录陆]|首页|无障碍|长者|关怀|适老|繁[体體]|字[体号]|打印|分享|扫一扫|收藏|收听|播报|朗读|语音|浏览|阅读|"
    r"访问|下载|欢迎|走进|魅力|您|返回|问答|导航|顶部|底部|移动端|客户端|手机版|热门|正文|当前|大厅|网站|[本子分主]站$|(?:个人|用户|会员|帮助)中心|"
    r"^(?:来源|作者|编辑|责任编辑|发布机构|主办|各)|年报$|^(?:乡镇|镇街|街镇|部门|县直|市直|区直|县区|区县|街道|单位|机关|办)+$"
)
"""Words of the page that may stand above a title and are none of it."""


def _has_place(agency: str) -> bool:
    """Whether a name seems to begin where it should: it holds a place, or is an organ that needs none."""
    name = fold(agency)
    return is_national(name) or _PLACE_SIGN.search(name, 1) is not None


def _with_place(line: str, above: Sequence[str]) -> Title | None:
    """The title whose agency begins on the line above and goes on, as 道办事处 or 教育局, on ``line``."""
    if not above or (ORGAN.search(fold(above[-1])) and not _goes_on(fold(above[-1]), fold(line))):
        return None
    if fold(line).startswith("国") and not ends_as_a_place(fold(above[-1])):
        return None  # 国家统计局 needs no place, though 国家税务局 and 国有资产管理局 may have one
    title = _joined_title(line, above[-1:])
    return title if title is not None and _has_place(title.agency) else None


def _goes_on(above: str, line: str) -> bool:
    """Whether the organ with which ``above`` ends goes on: 街道办 / 事处, 人民政府 / 办公室."""
    return _CUT_NAME.match(line) is not None or (above.endswith("人民政府") and line.startswith(("办公室", "办公厅")))


_CUT_NAME = re.compile("事处|公室|公厅|员会|理委员会|民政府")
"""What is left of an organ's name whose beginning ends another line, as an organ's name itself: 街道办 / 事处."""


def _without_cut_name(title: Title) -> Title:
    return replace(title, agency="") if _CUT_NAME.fullmatch(fold(title.agency)) else title


def _joined_title(line: str, above: Sequence[str]) -> Title | None:
    """The title in several lines, each short; its agency must be one by its name, or the lines are none of it."""
    parts = [wording(part).folded for part in above]
    if not all(len(part) <= LONGEST_AGENCY and _PART_OF_TITLE.fullmatch(part) for part in parts):
        return None
    if parts[0].startswith("("):
        return None  # a second name in brackets: the first stands above it
    if any(_OF_THE_PAGE.search(part) for part in parts):
        return None
    if any(_has_rank_of_none(upper, lower) for upper, lower in pairwise((*parts, fold(line)))):
        return None
    title = _title_of("".join((*above, line)))
    return title if title is not None and could_be_agency(title.agency) and _is_placed(title.agency) else None


def _is_placed(agency: str) -> bool:
    """Whether the name may go over lines: 服务大厅, 联系我们 (政府信息公开…), 走进东明县 are other lines."""
    name = fold(agency)
    if name.endswith("政府") and not name.endswith("人民政府") and not is_region(name.removesuffix("政府")):
        return is_called_so(name.removesuffix("政府"))
    if begins_with_a_place(name) or _OF_A_REGION.match(name) is not None:
        return True
    return _has_place(agency) and not has_a_place_inside(name)


_OF_A_REGION = re.compile(r"(?:长江|黄河|淮河|海河|珠江|松辽|太湖|三峡|南水北调|最高人民)")
"""Organs of the State that are called after a river, and others that are the only ones of their name."""


def _has_rank_of_none(above: str, below: str) -> bool:
    """Whether a line begins with the rank of a place (县教育局) whose name does not end the line ``above``.

    A zone's name (经济技术开发 / 区管理委员会) is none that is known.
    """
    place = _AROUND_AGENCY.sub("", YEAR.sub("", above)) + below[:1]
    return below[:1] in _RANKS and ZONE.search(place) is None and not ends_as_a_place(place)


_RANKS = frozenset("省市州盟区县旗")


def _title_of(text: str) -> Title | None:
    words = wording(text)
    folded = words.folded
    match = (TITLE.search(folded) or _OF_OPENNESS.search(folded)) if len(words) <= LONGEST_TITLE else None
    if match is None or _NO_TITLE.search(folded) or "。" in folded:
        return None
    tail = words.cut(match.end())
    if len(tail) > LONGEST_TAIL:
        return None
    on_openness = match.re is _OF_OPENNESS
    head = (_without_kind(words.cut(0, match.start())) if on_openness else _head_of(words, match)).without(SHORT_FORM)
    printed = (head.folded, match["inside"] or "", tail.folded)
    several = next((found.group() for part in printed if (found := SEVERAL_YEARS.search(part))), "")
    several = several or _two_years(folded[: match.end()]) or _another_year_behind(folded[: match.end()], tail.folded)
    year = None if several else next((year for part in printed if (year := year_in(part)) is not None), None)
    behind = _agency_behind(tail)
    agency = _agency_in(head.without(SEVERAL_YEARS).without(YEAR)) or behind
    told = _TELLS.match(tail.folded) is not None or _TOLD_OF.search(YEAR.sub("", head.folded)) is not None
    ends_there = YEAR.sub("", tail.folded).strip("()") == "" or (behind != "" and agency == behind)
    plain = not told and not folded.startswith("关于") and ends_there
    ending = _OF_THE_SITE.match(tail.folded)
    printed_title = words.cut(0, match.end()).printed if ending is not None else _unspaced(text)
    return Title(printed_title, agency, year, plain, told and "关于" not in folded, several, on_openness=on_openness)


def _two_years(words: str) -> str:
    """2023年某县2022年度: nothing says which of the years is the report's; "" where there is one, or none."""
    years = [found for found in YEAR.finditer(words) if "年" in found.group()]
    differ = len({year_in(found.group()) for found in years}) > 1
    return words[years[0].start() : years[-1].end()] if differ else ""


def _another_year_behind(words: str, tail: str) -> str:
    """2024年…报告(2023年度): the bracket may say of which year the report is, or the title; "" where they agree."""
    bare = tail.strip("()")
    if "年" not in bare or YEAR.fullmatch(bare) is None:
        return ""
    years = {year_in(found.group()) for found in YEAR.finditer(words) if "年" in found.group()}
    return f"{words}{tail}" if years and year_in(bare) not in years else ""


def _unspaced(text: str) -> str:
    """``text`` as printed, without white space and characters that nobody sees."""
    return without_invisible("".join(text.split()))


def _head_of(words: Wording, match: re.Match[str]) -> Wording:
    """The words before 信息公开, with 政府, 海关 or 医院 where that ends the name and is not the kind of report."""
    head = _without_kind(words.cut(0, match.start()))
    if not match["kind"]:
        return head
    with_kind = words.cut(0, match.end("kind"))
    bare = _agency_in(head.without(SEVERAL_YEARS).without(YEAR))
    if match["kind"] == _OF_ENVIRONMENT:
        return head if not bare or bare.endswith(_OFFICES) else with_kind
    if (bare and could_be_agency(bare)) or not bare or YEAR.search(head.folded[-5:]):
        return head
    return with_kind if could_be_agency(_agency_in(with_kind.without(YEAR))) else head


_OFFICES = ("局", "厅", "委", "委员会", "署", "部")
"""Ends of organs whose 环境信息公开 is their own report on disclosure; a firm's, or an area's, is not."""


def _without_kind(head: Wording) -> Wording:
    """The words before 信息公开 without those behind the year that are none of the agency's name.

    They repeat a word of it (教育部2022年教育信息公开, 东明县2022年县教育局), or stand behind a whole name and name no
    organ (某局2022年某系统).
    """
    year = next(reversed(list(YEAR.finditer(head.folded))), None)
    if year is None:
        return head
    before, behind = _bare_agency(head.cut(0, year.start())), head.cut(year.end())
    again = _RANK_AGAIN.match(behind.folded)
    if again and not begins_with_a_place(behind.folded) and fold(before).endswith(again["rank"]):
        return head.cut(0, year.end()) + behind.cut(again.end())
    repeated = len(behind) > 1 and behind.folded in fold(before)
    is_kind = _NO_KIND.search(behind.folded) is None and not could_be_agency(behind.folded)
    is_alone = again is not None and again.end() == len(behind)
    whole = ORGAN.search(fold(before)) is not None and (is_kind or is_alone)
    return head.cut(0, year.end()) if repeated or whole else head


_NO_KIND = re.compile(r"[年季月半\d]|本级|^$")
"""What says of which part of a year, or of the authority, the report is: no word for the kind of information."""
_RANK_AGAIN = re.compile(r"全?(?P<rank>[省市县区州盟旗镇乡])(?!本级)")
_WHOLE_AREA = re.compile(r"(?<=([省市县区州盟旗镇乡]))全\1$")


def _agency_in(head: Wording) -> str:
    """The agency in the words before 政府信息公开: whose report it is, else who announces it (甲关于公布乙…)."""
    match = _ABOUT.search(head.folded)
    if match is None:
        return _bare_agency(head)
    return _bare_agency(head.cut(match.end())) or _bare_agency(head.cut(0, match.start()))


def _bare_agency(text: Wording) -> str:
    """``text`` without what a title sets around an agency's name; a bracket of the name itself is kept."""
    bare = text.without(_AROUND_AGENCY).without(_WHOLE_AREA).printed
    return bare + ")" if bare.count("(") > bare.count(")") and f"{bare})" in text.printed else bare


def _agency_behind(tail: Wording) -> str:
    """The agency in brackets behind the title."""
    inside = tail.printed[1:-1] if tail.folded.startswith("(") and tail.folded.endswith(")") else ""
    return inside if could_be_agency(inside) else ""
