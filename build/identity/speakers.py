"""Who reports and of when, where the title does not say: the sentence that presents this report, the page's fields,
whom to ask, and the year of which the text tells. What the text says of other reports is none of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from ..document import Document
from ..report import Evidence
from ..text.fold import compact, fold
from ..text.near import first_near, first_up_to
from .fields import PUBLISHER, SOURCE
from .names import ORGAN, SHORT_FORM, agency_kind, full_name, is_agency
from .titles import KIND_BEFORE, REPORT_NAME
from .wording import Wording, wording
from .years import SEVERAL_YEARS, YEAR, year_in

OPENING = 3000
"""Characters in which a report's prose says whose report it is."""
FIELDS_END = 4000
"""Characters in which the fields of a page stand."""
LONGEST_LEAD = 120
LONGEST_CUT = 30
"""Characters; a longer line may be cut in mid-sentence, as pages of a PDF are."""

_FIRST_SECTION = re.compile(r"总体情况|概述|基本情况|一、")

_PRESENTS = re.compile(
    r"(?:现|兹|特|谨)(?!有|场|代|实|状|行|阶段|别|点|色|殊|定)(?:就|将|把|予以|依法|依规|面?向社会|公众|全文|对外|[,、])*"
    r"(?:公布|发布|公开|编制|制作|撰写|形成|报告)?(?:本机关|我[局厅委办市县区镇乡街道]{1,2}|本[局厅委办市县区镇乡]{1,2})?$"
    r"|本(?:年度)?(?:报告|年报)(?:是|为|系)$"
)
"""How a sentence begins that presents the report in which it stands."""
_PLAIN_VERB = re.compile(r"(?:公布|发布|公开|编制|制作|撰写|形成|将)$|(?:编制|撰写|形成)了$")
"""The same without 现: only in what stands before the first section."""
_COMPILED = re.compile("(?:编制|撰写|形成)了$")
"""In what stands before the first section this is said of the report itself, as 现公布 is."""
_LIKE_THIS = re.compile(
    r"^(?:,|予以|依法|面?向社会|公众|进行)*(?:公布|公开|发布|报告|通报)?如下|^(?:,|依法)*予以(?:公布|公开|发布)"
)
_TELLS_OF_WORK = re.compile(
    r"\d{1,2}月(?:\d{1,2}日|底|初|份|中旬|上旬|下旬)?[^,。]{0,10}$|近日|日前|去年|上年|上一年度|一是|二是|三是|完成|组织|督促|指导|及时|按时|"
    r"显示|报讯|记者|曾|已(?:经|在|于)?"
)
_BEFORE_NAME = re.compile(
    r"(?:公布|发布|公开|编制|制作|撰写|形成)了?|(?:报告|年报)(?:是|为|系|将(?!乐县))?|条例|要求|规定|有关|[,:、]|"
    r"[现特兹谨](?:将|就)|(?:^|(?<=,))将(?!乐县)|本年度?"
)
"""What ends right before the name of the report: its agency and year."""
_NAME_OF_REPORT = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff()\d〇○~—–-]{0,44}")
_NO_REPORT_BEHIND = re.compile(r"格式|模板|模版|制度|的?通知|编制|发布工作|和|及|的?要求|的?函")

_HAN = r"[\u4e00-\u9fff]"
_SPEAKER = (
    rf"(?P<value>{_HAN}{{2,30}}?(?:人民政府办公室|人民政府办公厅|人民政府|管委会|委员会|局|厅|办事处|"
    r"大学|学院|学校|医院|公司))"
)
_OWN_ORGAN = "[局厅委院校]?"
"""东明县教育局局办公室: the bureau's own office, no 教育局局."""
_COMPILED_BY = re.compile(
    rf"由{_SPEAKER}(?:[(（]以下简称[^()（）]*[)）]|{_OWN_ORGAN}(?:党政|综合|机关)?(?:综合)?办公室)?"
    r"(?:负责|(?:按照|根据|依据|依照)[^。\n]{0,80}?)?编制"
)
_OF_WHOSE_WORK = re.compile(
    rf"结合{_SPEAKER}(?:[(（]以下简称[^()（）]*[)）])?(?:20\d\d年度?)?(?:政府信息公开|政务公开)(?:工作)?"
    r"(?=[^。\n]{0,8}(?:统计|数据|实际|情况|编制|撰写|编写))(?![^。\n]{0,4}(?:要求|部署|要点|规定|安排))"
)
"""Whose work the report was compiled of, by its own words: that is who reports, however it speaks of itself."""
_ASK = re.compile(
    rf"(?:[请可]与|[请可]直接与|[请可]联系[:：]?|(?<!{_HAN})联系[:：]?){_SPEAKER}"
    rf"(?={_OWN_ORGAN}(?:联系|办公室|党政|综合|政务公开|政府信息|信息公开|法规|指挥|机关)|(?!{_HAN}).)"
)
_ASK_SIGNS = ("请与", "请直接与", "可与", "可直接与", "联系")
_COMPILED_THIS = re.compile(rf"(?<!{_HAN}){_SPEAKER}(?:编制|撰写|形成)了?本(?:年度)?报告")
"""东明县教育局编制了本报告."""
_PUBLISHES = re.compile(
    rf"(?<!{_HAN}){_SPEAKER}(?:[(（][^()（）\n]{{0,20}}[)）])?现?(?:面?向社会)?(?:公开|公布|发布|编制|形成)了?《?(?:20\d\d年度?)?"
    r"政府信息公开(?:工作)?(?:年度报告|年报)"
)
_PUBLISHED_SIGNS = re.compile("政府信息公开(?:工作)?(?:年度报告|年报)")
_LONGEST_PUBLISHER = 80
"""Characters from an organ's name to 政府信息公开, with what may stand between."""

_THIS_REPORT = re.compile("本(?:年度)?报告")

_find_whose_work = _OF_WHOSE_WORK.search
_CONTACTS: tuple[Callable[[str], re.Match[str] | None], ...] = (
    _find_whose_work,
    _COMPILED_BY.search,
    lambda words: first_up_to(_COMPILED_THIS, words, _THIS_REPORT, _LONGEST_PUBLISHER),
    lambda words: first_near(_ASK, words, _ASK_SIGNS, len("请")),
    lambda words: first_up_to(_PUBLISHES, words, _PUBLISHED_SIGNS, _LONGEST_PUBLISHER),
)
"""Who compiled the report, whom to ask about it, or who publishes it."""

_LAST_SECTIONS = (re.compile("存在的?(?:主要)?问题"), re.compile("其[他它]需要报告"))
"""Each begins with its own character: so both are found in a third of the time that one pattern of the two takes."""
_SIGNED = re.compile(
    rf"^[ \t\u3000\xa0]{{0,200}}(?P<value>{_HAN}{{4,30}})[ \t\u3000\xa0]{{0,200}}\n?\s{{0,50}}"
    r"[12１２二][\d０-９〇○零一二三四五六七八九]{3}年[^\n年]{1,3}月(?:[^\n月]{1,3}日)?[ \t\u3000\xa0]{0,200}$",
    re.MULTILINE,
)
_TELLS_OF_ITSELF = re.compile(
    r"20(?<=[。;]20)\d\d年(?:度|来|以来|全年)?,(?:在[^。;,]{4,40}[下中],)?"
    rf"(?P<value>(?![我本全在]){_HAN}{{2,30}}?(?:局|厅|委员会|管委会|中心支行|海关|(?:镇|乡|苏木)(?:人民政府)?|街道(?:办事处)?))"
    r"(?=认真|坚持|深入|严格|全面|持续|始终|紧紧|高度重视|积极|切实|扎实|贯彻|进一步|着力|不断|依法|围绕|聚焦|坚决|主动公开|"
    r"[以在]习近平|在(?:[省市区县州旗]委)[^。;]{0,30}下)"
)
_SMALL_AREAS = ("镇", "乡", "苏木", "镇人民政府", "乡人民政府", "苏木人民政府", "街道", "街道办事处")
_RANKS = "省市州盟区县旗镇乡"
_SHORTEST_SPOKEN = 3
"""Characters of a name from a rank on (县水务局) by which a text may speak of it."""
_OF_A_GOVERNMENT = ("人民政府", "办事处")
_AN_AREA_SPEAKS = re.compile("我[省市州盟区县旗镇乡]")
_A_DEPARTMENT_SPEAKS = re.compile("我[局委厅院校办]|本[局厅院校]")

_YEAR_TOLD = re.compile(
    r"(?P<year>20\d{2})年(?:度|来|以来|全年)*(?:,|(?=我|本机关|本局|本单位|全[省市县区镇乡州]))(?P<rest>[^。;]{4,})"
)
_BEFORE_TOLD = ("", "。", ";", "!", "况", "述")
"""What stands before a sentence that tells of a year: nothing, the sentence before, or a heading (总体情况, 概述)."""
_PLANS = re.compile(r"将|计划|拟|下一步|下步|力争|打算|争取")

FEWEST_SENTENCES_AGAINST = 2
"""Sentences that tell of another year before it counts against the year of the title."""


@dataclass(frozen=True, slots=True)
class Presented:
    """The sentence that presents the report: its words, the agency in it as printed ("" if none), its year.

    ``sure``: it says 现公布 or 公布如下; a sentence of the preamble that only says 公布 may tell of another report.
    """

    words: str
    agency: str
    year: int | None
    several: str
    sure: bool


def opening_of(head: Wording) -> Wording:
    """The opening of the text in one piece, its sentences, titles and headings ended by full stops.

    ``head``: the beginning of the text, its white space kept.
    """
    folded = compact(_as_sentences(head.folded[:OPENING]))
    if head.folded == head.printed:
        return Wording(folded, folded)
    printed = compact(_as_sentences(head.printed[:OPENING]))
    return Wording(printed, folded) if len(printed) == len(folded) else wording(printed)


def _as_sentences(text: str) -> str:
    """``text`` with a full stop where a line ends that is not cut in mid-sentence: a title, a heading, a paragraph."""
    lines = [*map(str.strip, text.split("\n")), ""]
    return "".join(
        [line if len(line) > LONGEST_CUT and below else f"{line}。" for line, below in pairwise(lines) if line]
    )


def find_presented(opening: Wording) -> tuple[Presented, ...]:
    """What the sentences say that present this report: 现公布东明县教育局2020年政府信息公开工作年度报告.

    A sentence that only names a report, last year's or another organ's, presents none: 1月发布了《…2021年…年度报告》.
    """
    first_section = _FIRST_SECTION.search(opening.folded)
    before = first_section.start() if first_section is not None else len(opening)
    return tuple(_presented(opening, before))


def _presented(opening: Wording, before: int) -> Iterator[Presented]:
    for match in REPORT_NAME.finditer(opening.folded):
        sentence = max(opening.folded.rfind(end, 0, match.start()) for end in "。;!") + 1
        sentence = max(sentence, match.start() - LONGEST_LEAD)
        kind = KIND_BEFORE.search(opening.folded, sentence, match.start())
        name_end = kind.start() if kind is not None else match.start()
        before_it = list(_BEFORE_NAME.finditer(opening.folded[sentence:name_end]))
        at = sentence + before_it[-1].end() if before_it else sentence
        lead = opening.folded[sentence:at]
        tail = opening.folded[match.end() : match.end() + 30]
        is_name = _NAME_OF_REPORT.fullmatch(opening.folded, at, name_end) is not None
        sure = _is_presented(lead, tail)
        may_present = sure or (sentence < before and _may_be_presented(lead, tail))
        sure = sure or (may_present and _COMPILED.search(lead) is not None)
        if not is_name or not may_present:
            continue
        named = _with_kind(opening, at, name_end, match.start()).without(SHORT_FORM)
        printed = (named.folded, match["inside"] or "")
        several = next((found.group() for part in printed if (found := SEVERAL_YEARS.search(part))), "")
        year = next((year for part in printed if (year := year_in(part)) is not None), None)
        agency = named.without(SEVERAL_YEARS).without(YEAR).printed
        words = opening.printed[sentence : match.end()]
        yield Presented(words, agency if is_agency(agency) else "", None if several else year, several, sure)


def _with_kind(opening: Wording, start: int, end: int, behind: int) -> Wording:
    """The words before 信息公开, with 政府 or 海关 where that ends the name: 人民 is none."""
    return opening.cut(start, behind if opening.folded.endswith(("人民", "省", "关"), start, end) else end)


def _is_presented(lead: str, tail: str) -> bool:
    if _is_told(lead, tail):
        return False
    return _PRESENTS.search(lead) is not None or (
        _LIKE_THIS.match(tail) is not None and (not lead or _TAKES.search(lead) is not None)
    )


def _may_be_presented(lead: str, tail: str) -> bool:
    return _PLAIN_VERB.search(lead) is not None and not _is_told(lead, tail)


def _is_told(lead: str, tail: str) -> bool:
    return _NO_REPORT_BEHIND.match(tail) is not None or _TELLS_OF_WORK.search(lead[-40:]) is not None


_TAKES = re.compile(r"[将把就]")


def find_told_years(opening: Wording) -> tuple[tuple[int, str], ...]:
    """The years of which sentences of the opening tell (2022年,我局…), each with its words; plans are none."""
    folded = opening.folded
    return tuple(
        (int(match["year"]), match.group()[:40])
        for match in _YEAR_TOLD.finditer(folded)
        if folded[max(0, match.start() - 1) : match.start()] in _BEFORE_TOLD and _PLANS.search(match["rest"]) is None
    )


# Fields and contacts -----------------------------------------------------------------------------------------------


def speakers(document: Document, head: Wording) -> Iterator[Evidence]:
    """Who may be the authority, by the fields of the page, likeliest first.

    ``head``: the beginning of the text, its white space kept.
    """
    text, folded = document.text, head.folded
    publisher = PUBLISHER.search(folded, 0, FIELDS_END)
    if publisher is not None and _may_speak_for_itself(publisher["value"], text):
        yield _evidence("publisher", publisher, head.printed, text)
    fact = document.fact("publisher")
    if fact and ORGAN.search(fold(fact)) and _may_speak_for_itself(fact, text):
        yield Evidence("agency", "publisher", fact, fact, None, 2)
    source = SOURCE.search(folded, 0, FIELDS_END)
    if source is not None and _is_department(source["value"]) and _speaks_for_itself(source["value"], text):
        yield _evidence("source", source, head.printed, text)


def contacts(document: Document, head: Wording) -> Iterator[Evidence]:
    """Who compiled the report, whom to ask about it, or who publishes it, if the text speaks as that organ."""
    for find in _CONTACTS:
        for words, shown in ((head.folded[:OPENING], head.printed), (document.text, document.text)):
            asked = find(words)
            sure = find is _find_whose_work
            if asked is not None and (sure or _speaks_for_itself(asked["value"], document.text)):
                yield _evidence("contact", asked, shown, document.text)
                break


def signed(text: str) -> Iterator[Evidence]:
    """The organ that signs behind the last section, above a date or before it on its line, if the text speaks as it or
    of it; none where several sign.
    """
    last = max((match.end() for title in _LAST_SECTIONS for match in title.finditer(text)), default=len(text))
    found = [match for match in _SIGNED.finditer(text, last) if is_agency(match["value"])]
    if len({match["value"] for match in found}) == 1 and _may_sign(found[-1]["value"], text):
        before = text[: found[-1].start()].rstrip().rpartition("\n")[2].strip()
        if is_agency(before) and before != found[-1]["value"]:
            return  # 某县教育局 above 某县民政局: both sign
        yield _evidence("signature", found[-1], text, text)


def tellers(opening: Wording, text: str) -> Iterator[Evidence]:
    """Who did what the report tells of, where that is one organ: 2024年,东明县水务局认真贯彻落实条例.

    A government may be told of in its office's report, too; a town, a street and a department tell of themselves.
    """
    found = [match for match in _TELLS_OF_ITSELF.finditer(opening.folded) if is_agency(match["value"])]
    names = {match["value"] for match in found}
    if len(names) != 1:
        return
    (name,) = names
    if (_begins_to_tell(opening.folded, found[0].start()) or _got_requests(name, text)) and _may_tell(name, text):
        yield _evidence("text", found[0], opening.printed, text)


def _begins_to_tell(folded: str, at: int) -> bool:
    """Whether nothing has been told of a year's work before: what stands there are headings, or presents the report."""
    before = re.split("[。;!]", folded[:at])
    return all(len(words) <= LONGEST_CUT or _OF_THE_REPORT.search(words) for words in before) and not any(
        _TOLD_BEFORE.match(words) for words in before
    )


def _got_requests(name: str, text: str) -> bool:
    """Whether the text says of an organ what requests it got, or that it got none: 小井镇没有收到…申请."""
    return re.search(rf"{re.escape(name)}(?:没有|未|共)?收到[^。;；\n]{{0,30}}申请", text) is not None


_OF_THE_REPORT = re.compile("报告|年报|条例|如有疑问|请[与联]|网址|查阅|下载|组成|部分")
_TOLD_BEFORE = re.compile("[一二三四]是|全[省市州盟区县旗]|20\\d\\d年(?:度|来|以来|全年)?,")


def _may_tell(name: str, text: str) -> bool:
    if re.search(rf"称为?\W{{0,2}}{re.escape(name)}", text):
        return False  # (以下简称“佛山市税务局”): a name in short
    if _names_another(name, text):
        return False
    if name.endswith(_SMALL_AREAS):
        return _A_LARGER_AREA_SPEAKS.search(text) is None
    if agency_kind(full_name(name)) not in ("department", "development_zone"):
        return False
    if _speaks_for_itself(name, text):
        return True
    return _AN_AREA_SPEAKS.search(text) is None and _OF_MANY_OFFICES.search(text) is None


def _names_another(name: str, text: str) -> bool:
    """Whether another department of the same place is called by its whole name: 东明县教育局 beside 东明县水务局."""
    ranks = [at for at, letter in enumerate(name[1:-1], 1) if letter in _RANKS]
    if not ranks:
        return False
    place = name[: ranks[0] + 1]
    return any(not name.startswith(found) for found in re.findall(rf"{place}{_HAN}{{2,12}}?(?:局|厅|委员会)", text))


_OF_MANY_OFFICES = re.compile(
    "全[省市州盟区县旗](?:共|各|政务公开|政府信息公开|收到|主动公开)|各(?:乡镇|镇街|部门|县区|区县)"
)
_A_LARGER_AREA_SPEAKS = re.compile("我[省市州盟区县旗]")


def _may_sign(name: str, text: str) -> bool:
    """Whether a report may be that of the organ that signs it: a government's office signs the government's, too."""
    name = fold(name)
    if name.endswith(_OF_A_GOVERNMENT):
        return _A_DEPARTMENT_SPEAKS.search(text) is None
    if agency_kind(full_name(name)) == "government_office":
        return "我办" in text
    return _speaks_for_itself(name, text) or (_is_spoken_of(name, text) and _AN_AREA_SPEAKS.search(text) is None)


def _is_spoken_of(name: str, text: str) -> bool:
    """Whether an organ, or what its name is behind a place (县水务局), stands in the text besides its signature."""
    at_ranks = (name[at:] for at, letter in enumerate(name) if letter in _RANKS or at == 0)
    return any(text.count(words) > 1 for words in at_ranks if len(words) >= _SHORTEST_SPOKEN)


def _evidence(kind: str, match: re.Match[str], printed: str, text: str) -> Evidence:
    """What ``match`` found in ``printed``; its place, where ``printed`` is still what stands in the text."""
    start, end = match.span("value")
    value, words = printed[start:end].strip(), printed[slice(*match.span())]
    return Evidence("agency", kind, value, words, (start, end) if text[start:end] == printed[start:end] else None, 2)


def may_be_whose(name: str, text: str) -> bool:
    """Whether a text may be the report of a government of this name: not where a department alone speaks (我局)."""
    if not fold(name).endswith("人民政府"):
        return True
    return _A_DEPARTMENT_SPEAKS.search(text) is None or _OF_AN_AREA.search(text) is not None


_OF_AN_AREA = re.compile("[我全本][省市州盟区县旗镇乡]")


def _is_department(name: str) -> bool:
    return agency_kind(full_name(fold(name))) == "department"


def _may_speak_for_itself(name: str, text: str) -> bool:
    """Whether who publishes is who reports: a government's office publishes the government's report, too, and a
    government's site those of its departments.
    """
    if not may_be_whose(name, text):
        return False
    return agency_kind(full_name(fold(name))) != "government_office" or _speaks_for_itself(name, text)


def _speaks_for_itself(name: str, text: str) -> bool:
    """Whether the text speaks as the organ called ``name`` (我局): whom to ask may be another one than who reports."""
    name = fold(name)
    if name.endswith(("人民政府", "办事处")):
        return True
    own = next(word for end, word in _OWN_WORDS.items() if name.endswith(end) or not end)
    return any(f"{speaker}{word}" in text for speaker in "我本" for word in (own, "单位"))


_OWN_WORDS = {
    "委员会": "委",
    "管委会": "委",
    "委": "委",
    "局": "局",
    "厅": "厅",
    "办公厅": "厅",
    "大学": "校",
    "学院": "院",
    "学校": "校",
    "医院": "院",
    "公司": "公司",
    "": "办",
}
"""End of an organ's name → what it calls itself."""
