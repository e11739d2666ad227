"""Typed tokens of folded text: the longest word of the lexicon, a number, or a date; what is unknown is left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from . import lexicon as lex
from .numbers import BARE, NO_MONEY, Number, number_at, unread_at


class Token(NamedTuple):
    """A stretch ``start:end`` of folded text with its kind and sense; ``inner`` are the tokens of a bracket.

    ``year`` is the year that a period, or a verb (结转2023年办理), names, None if it names none.
    """

    kind: str
    start: int
    end: int
    text: str
    sense: str = ""
    code: str = ""
    number: Number | None = None
    year: int | None = None
    inner: tuple[Token, ...] = ()


_DICTIONARY = lex.Dictionary(lex.lexicon())
_PUNCTUATION = {
    ",": lex.BREAK,
    "，": lex.BREAK,
    ";": lex.BREAK,
    ":": lex.BREAK,
    "、": lex.LIST,
    "(": lex.OPEN,
    ")": lex.CLOSE,
}
_SKIPPED = re.compile(
    r"《[^《》]{1,80}》"  # names of documents
    r"|[(〔\[][12]\d{3}[)〕\]]第?\d+号"  # document numbers
    r"|\([一二三四五六七八九十\d]{1,3}\)|[(〔\[]bookmark[^)〕\]]*[)〕\]]"  # numbering
    r"|https?:[\w./:?=&%-]+|www\.[\w./-]+"
    r"|[48]00-?\d{3}-?\d{4}|0\d{2,3}-\d{7,8}|1[3-9]\d{9}(?!\d)|\d{7,8}(?:[、/]\d{7,8})+"  # telephone numbers
)
_SKIP_MARKS = frozenset("《(〔[hw4801235679")
_NUMBERING = re.compile(r"\d{1,2}[.](?=12345|\D)|\d{1,2}(?=、)|[一二三四五六七八九十]{1,3}、")
_YEAR = r"(?P<{0}year>20\d\d)年"
_DAY = r"(?P<{0}month>\d{{1,2}})月(?:份|底|末|初|(?P<{0}day>\d{{1,2}})日)?"
_DATE = re.compile(
    rf"(?:{_YEAR.format('')}度?)?(?:{_DAY.format('')})?"
    rf"(?:(?P<to>[-~至到])(?:(?:{_YEAR.format('last_')})?{_DAY.format('last_')}|(?P<until_year>20\d\d)年))?"
    r"(?:间|期间)?(?P<end>底|末)?(?P<since>[^,，、:\d]{0,8}?以来)?"
)
_MONTHS = re.compile(r"(?:(?P<year>20\d\d)年)?(?P<first>\d{1,2})月?[-~至到](?P<last>\d{1,2})月(?:份|底)?")
_YEARS = re.compile(
    r"近(?:[二两三四五六七八九十]|\d{1,2})年来?|(?:[二两三四五六七八九十]|\d{1,2})年来|[一二三四]五(?:期间|时期|以来)"
    r"|十[一二三四]五(?:期间|时期|以来)"
)
"""近三年, 10年来, 十三五期间: several years together."""
_SINCE = re.compile(r"自(?P<event>[^,，。;；:：\d]{1,24}?)(?:以来|之日起)")
_OWN_YEAR = re.compile("今年|本年|年初")
_WITH_LEFT_OVER = re.compile(r"[与同](?=(?:上年|上年度|上一年|上一年度|去年)(?:结转|转结|遗留|顺延))")
_PART_OF_YEAR = re.compile(r"第(?:\d{1,2}周|[一二三四1-4]季度?)")
_NEXT_YEAR = re.compile(r"(?:次|翌)年度?(?:\d{1,2}月(?:份|底|初|\d{1,2}日)?)?")
"""次年1月办结: of the year behind the report's, whatever month it is."""
_SORTED = re.compile(
    r"(?:按照?|从|依)[^,，:、\d。]{1,12}?(?:划分|分类|分为|分|来看|看|统计)(?=[,，:、]|主要|求|咨|投|其|涉)"
)
_SHORT_CODE = re.compile(r"(?:123\d\d|96\d{3,4}|11[0249]|12[02])(?!\d)")
_NAMING = r"(?:(?!受理|[接收]到|接[听收办]|[办处]理|转办|共[接收受办处]|累计)[^\d,，、:()])"
_LINE_HEAD = re.compile(
    rf"(?:{_NAMING}{{0,8}}?(?:(?:热线|专线|举报投诉|投诉举报|举报|投诉)(?:电话|平台|中心)?|(?:监督|服务|咨询)电话)"
    rf"|平台|电话|{_NAMING}{{9,20}}?热线)"
)
_ENDS_A_NUMBER = re.compile(r"(?:[^-]-|\.|\+)\Z")
"""0558-12345 ends a telephone number; behind a dash that opens a line, or behind ——, it is a name."""
_OWNED_BY = re.compile("人力资源|人社|人事")
"""12333人力资源…热线 does not count people."""
_BEGINS_ANOTHER = re.compile(
    "中(?:[国央心共华介医学考标铁石山]|小(?:学|企|微|型|区))|单[位独元身项]|民政(?=[局厅办部所])"
)
"""中, 单 and 民 at the head of a word, not behind one that is going on (办理中), nor what is counted (90单)."""
_COMING_IN = re.compile("来[电信件访]")
"""In 12345来电 nothing is counted; 来 behind a number means that it is approximate elsewhere."""
_NAMED_YEAR = re.compile(
    r"(?P<ahead>20\d\d)年度?(?:结转|转结|遗留|顺延)(?![至到入下次明]|20)"
    r"|(?:20\d\d年度?)?(?:结转|转结|转接|顺延|延续|延|转)[至到入]?(?P<behind>20\d\d)年度?(?!\d{1,2}月)"
    r"(?:继续)?(?:办理|处理|答复|办结)?"
)
_NO_FEE = re.compile(
    r"(?<![如若凡])(?:未|没有|不存在|无)(?:有|曾|实际|发生|存在|[向对][^,，、;:()\d]{1,8}?|"
    r"[向对](?:任何)?(?:公民|个人|自然人)、?法人(?:、|和|及|或者?)?其[他它]组织|"
    r"因(?:依申请|政府信息|信息公开)[^,，、;:()\d]{0,8}?)?"
    r"(?:(?:收取|收到|产生|发生)(?:过|任何|相关|有关|各类|的|政府|依申请公开|信息公开)*(?:信息|公开|信息公开)处理费用?(?:收费|收取)?|"
    r"(?:任何|政府|信息公开)*信息处理费用?的?(?:产生|收取|发生))"
    r"(?=\Z|[,，;:()、和及也]|的?(?:情况|情形|现象|行为)(?:\Z|[,，;]))"
)
"""Nothing but whom and what stands between: 未足额收取, 未按标准收取 are not nothing."""
_FEE_OF_ZERO = re.compile(r"(?<=处理费)(?:收取|收费)?(?:情况|金额|总额|总金额)?均?为?(?:零元?|0)(?=\Z|[,，;])")
_SUMS_OF_FEES = (
    *("处理费金额", "处理费总金额", "处理费总额", "处理费收取金额"),
    *("实际收取的总金额", "实际收取总金额", "实际收取金额", "实际收取的金额"),
)
_FEE_NAMED = re.compile("处理费|收费通知")
_SUM_OF_ZERO = re.compile(r"(?:均|都)?为(?:零元?|0(?![\d.]))(?=\Z|[,，;])")
"""实际收取的总金额均为0: the sum that was collected, whatever else 均 is said of."""
_OPENED = re.compile(r"(?<![^,，;:、(中])公开(?=\d+[件条份宗起](?![\u4e00-\u9fff]*(?:文件|信息)))")
"""公开0件,不予公开2件: no 予以 before it, and nothing else that was made public behind its number."""
_REQUEST = re.compile(
    "(?:(?<![^,，;:、()了到理复办收件条共类结])|(?<=[到理收办]的)|(?<=政务))公开申请"
    "(?![表人书]|渠道|平台|系统|栏目|专栏|指南|目录|窗口|流程|办法|方式|受理点)"
)
"""收到公开申请9件; behind anything but a verb it would be an application to something that was made public."""
_NOT_HELD = re.compile(r"(?<![^,，;:、(和及为])不存在(?=的?(?:有|共|为)?\d+[件份宗起])")
_CAME_IN = re.compile(
    r"(?<![接新回征签查代验招没丰税创营未不])收(?=(?:各类|公众|公民|群众|的)?(?:(?:政府)?信息公开申请|依申请公开(?:申请)?|公开申请|申请公开)件?\d)"
)
_NONE_LEFT_OVER = re.compile(r"[上去往]一?年度?(?:没有|并?无)(?:结转|转结|遗留|顺延)(?=\Z|[,，;:、()])")
_INCLUDING = re.compile(r"包[括含](?=(?:[上去往]一?年|20\d\d年|以前年|年初)度?(?:结转|转结|遗留|顺延|未办结))")
_COMPARED = re.compile(
    r"[较比](?P<year>20\d\d)年(?:度|全年|同期)*(?:相比)?|[与同](?P<with>20\d\d)年(?:度|全年|同期)*相?比"
)
_BETWEEN = r"[^,，、;:()\d]{0,12}?"
_SUED = r"(?:行政)?(?:诉讼|起诉)"
_COURSE = re.compile(
    rf"(?P<direct>(?:未经过?|不经过?|未)(?:行政)?复议{_BETWEEN}{_SUED}|直接(?:{_BETWEEN}提[起出]{_BETWEEN}诉讼|{_SUED}))"
    rf"|(?:提[出起]|经过?)?(?:行政)?复议(?:决定|维持|程序|结果|结束)*(?:后|之后|不服){_BETWEEN}{_SUED}|经过?(?:行政)?复议{_BETWEEN}{_SUED}"
)
"""Which course a lawsuit took: without a reconsideration or behind one, as section 四 tells them apart."""
_REVIEWER = re.compile("(?:由|(?<=[被经])|(?<=正在))(?:行政)?复议机[关构](?:[作做]出)?")
_NO_SCOPE = re.compile(
    r"(?:(?<=[非因])|(?<=属于))[本我](?:行政机关|机关|单位|部门|[局委办厅])"
    r"|[本我](?:行政机关|机关|单位|部门|[局委办厅])(?=[不未]掌握|不予|未?制作|公开|掌握|负责|的?职[责权])"
)
_AGENCY = re.compile(
    r"(?:(?:省|市|县|区|州|盟|旗|镇|乡|街道)(?:人民)?(?:政府|委员会|管委会)|管委会)(?:办公厅|办公室|本级|部门|办(?!理|结|复|件))?(?:层面)?"
    r"(?!研究室|研究中心|政务服务|政务信息|信息中心|信访局|机关事务)"
)


def tokenize(text: str) -> list[Token]:
    """The tokens of folded text, in order; time is linear in its length."""
    tokens: list[Token] = []
    at = 0
    if numbering := _NUMBERING.match(text):
        at = numbering.end()
    for start in range(at, len(text)):
        if start < at or not (text[start] in _FIRSTS or text[start : start + 2] in _PAIRS):
            continue
        token = _token_at(text, start)
        if token is not None:
            at = token.end
            if token.kind:
                tokens.append(token)
    return tokens


def _token_at(text: str, at: int) -> Token | None:
    character = text[at]
    if character in _SKIP_MARKS and (skipped := _SKIPPED.match(text, at)):
        return Token("", at, skipped.end(), skipped.group())
    if (kind := _PUNCTUATION.get(character)) is not None:
        return Token(kind, at, at + 1, character)
    for reader in _READERS.get(character, ()):
        if (token := reader(text, at)) is not None:
            return token
    return _word(text, at)


def _number(text: str, at: int) -> Token | None:
    found = number_at(text, at)
    return None if found is None else Token(lex.NUMBER, at, found[1], text[at : found[1]], number=found[0])


def _unread(text: str, at: int) -> Token | None:
    """〔图片〕件, 〔不能确定〕62件: a number that begins with what cannot be read."""
    found = unread_at(text, at)
    return None if found is None else Token(lex.NUMBER, at, found[1], text[at : found[1]], number=found[0])


def _line(text: str, at: int) -> Token | None:
    """12345 and the other short codes, where they name a line and count nothing."""
    code = _SHORT_CODE.match(text, at)
    if code is None or _ENDS_A_NUMBER.search(text, max(0, at - 2), at):
        return None
    found = number_at(text, at)
    if found is None or found[0].digits != code.group():
        return None
    if found[0].form != BARE and not _OWNED_BY.match(text, code.end()):
        return None
    if code.group() == "12345":
        return _word(text, at) if found[1] == code.end() or _COMING_IN.match(text, code.end()) else None
    head = _LINE_HEAD.match(text, code.end())
    if head is None and not code.group().startswith("123"):
        return None
    end = head.end() if head else code.end()
    return Token(lex.TOPIC, at, end, text[at:end], lex.HOTLINE, "other")


def _word(text: str, at: int) -> Token | None:
    """The longest word; 答复中 of 答复中国政府网 is none, as its last character begins the next one."""
    word = _DICTIONARY.longest_at(text, at)
    if word is not None and word.text[-1] in "中单民" and _BEGINS_ANOTHER.match(text, at + len(word.text) - 1):
        word = _DICTIONARY.longest_at(text[: at + len(word.text) - 1], at) if len(word.text) > 1 else None
    if word is None:
        return None
    end = at + len(word.text)
    if word.code in _LIKE_A_KIND and text.startswith("类", end):  # 电话咨询类: of cases, not of calls
        return Token(lex.KIND, at, end, word.text)
    return Token(word.kind, at, end, word.text, word.sense, word.code)


_LIKE_A_KIND = frozenset(("agency_phone", "web_message"))


def _months(text: str, at: int) -> Token | None:
    match = _MONTHS.match(text, at)
    if match is None:
        return None
    whole = (match["first"], match["last"]) == ("1", "12")
    return _period(match, "year" if whole else "months" if match["first"] == "1" else "part", match["year"])


def _part_of_year(text: str, at: int) -> Token | None:
    """第二季度, 第28周: no ordinal of what is counted."""
    match = _PART_OF_YEAR.match(text, at)
    return _period(match, "part", None) if match else None


def _years(text: str, at: int) -> Token | None:
    match = _YEARS.match(text, at)
    return _period(match, "years", None) if match else None


def _since(text: str, at: int) -> Token | None:
    """自条例施行以来: several years, unless this year is named."""
    match = _SINCE.match(text, at)
    if match is None:
        return None
    return _period(match, "year" if _OWN_YEAR.search(match["event"]) else "years", None)


def _next_year(text: str, at: int) -> Token | None:
    match = _NEXT_YEAR.match(text, at)
    return _period(match, "other_year", None) if match else None


def _with_left_over(text: str, at: int) -> Token | None:
    """同上年结转的3件一并办理: beside them, not compared with them."""
    match = _WITH_LEFT_OVER.match(text, at)
    return Token(lex.JOINT, at, match.end(), match.group()) if match else None


def _date(text: str, at: int) -> Token | None:
    match = _DATE.match(text, at)
    if match is None or not (match["year"] or match["month"]):
        return None
    return _period(match, _date_sense(match), match["year"])


def _date_sense(match: re.Match[str]) -> str:
    if match["since"]:
        return "since"
    if match["to"]:
        days = tuple(match[name] for name in ("month", "day", "last_month", "last_day"))
        last_year = match["last_year"] or match["until_year"] or match["year"]
        if last_year != match["year"]:
            return "years"
        return "year" if days in (("1", "1", "12", "31"), ("1", None, "12", None)) else "months"
    if match["end"] or match["day"]:
        return "day"
    return "month" if match["month"] else "year"


def _period(match: re.Match[str], sense: str, year: str | None) -> Token:
    return Token(lex.PERIOD, match.start(), match.end(), match.group(), sense, year=int(year) if year else None)


def _of_named_year(text: str, at: int) -> Token | None:
    """2021年结转, 结转至2023年继续办理: into the report's year or out of it, as the year decides."""
    match = _NAMED_YEAR.match(text, at)
    if match is None:
        return None
    sense = "brought_forward" if match["ahead"] else "carried_forward"
    year = int(match["ahead"] or match["behind"])
    return Token(lex.VERB, at, match.end(), match.group(), sense, year=year)


def _no_fee(text: str, at: int) -> Token | None:
    """未收取信息处理费, 信息处理费为零: a sum of money stated as none, in words."""
    match = _NO_FEE.match(text, at) or _FEE_OF_ZERO.match(text, at)
    if match is None and text.endswith(_SUMS_OF_FEES, 0, at) and _FEE_NAMED.search(text, 0, at):
        match = _SUM_OF_ZERO.match(text, at)
    if match is None:
        return None
    return Token(lex.NUMBER, at, match.end(), match.group(), lex.FEES, number=NO_MONEY)


def _opened_or_request(text: str, at: int) -> Token | None:
    if text[at + 2 : at + 3].isdigit():
        match = _OPENED.match(text, at)
        return Token(lex.VERB, at, match.end(), match.group(), "opened") if match else None
    match = _REQUEST.match(text, at) if text.startswith("申请", at + 2) else None
    return Token(lex.TOPIC, at, match.end(), match.group(), lex.APPLICATIONS) if match else None


def _not_held(text: str, at: int) -> Token | None:
    """予以公开8件、不存在3件: 信息不存在, right before its number."""
    match = _NOT_HELD.match(text, at)
    return Token(lex.VERB, at, match.end(), match.group(), "unavailable") if match else None


def _came_in(text: str, at: int) -> Token | None:
    """全年收政府信息公开申请40件: 收 alone is 收到 right before the requests."""
    match = _CAME_IN.match(text, at)
    return Token(lex.VERB, at, match.end(), match.group(), "receive") if match else None


def _none_left_over(text: str, at: int) -> Token | None:
    """上年度无结转: neither a period of what follows nor what was carried forward."""
    match = _NONE_LEFT_OVER.match(text, at)
    return Token("", at, match.end(), match.group()) if match else None


def _including(text: str, at: int) -> Token | None:
    """包括上年结转: that the figure before contains what was brought forward, no list of its parts."""
    match = _INCLUDING.match(text, at)
    return Token(lex.INCLUDING, at, match.end(), match.group()) if match else None


def _compared(text: str, at: int) -> Token | None:
    """比2020年: no period of what follows."""
    match = _COMPARED.match(text, at)
    if match is None:
        return None
    return Token(lex.COMPARED, at, match.end(), match.group(), year=int(match["year"] or match["with"]))


def _course(text: str, at: int) -> Token | None:
    """未经复议直接诉讼, 经行政复议后提起诉讼: of lawsuits those of one course, never all of them."""
    match = _COURSE.match(text, at)
    if match is None:
        return None
    code = "reviews_lawsuit_direct" if match["direct"] else "reviews_lawsuit_after_reconsideration"
    return Token(lex.TOPIC, at, match.end(), match.group(), lex.REVIEWS, code)


def _reviewer(text: str, at: int) -> Token | None:
    """被复议机关撤销: who decided, no further cases."""
    match = _REVIEWER.match(text, at)
    return Token("", at, match.end(), match.group()) if match else None


def _no_scope(text: str, at: int) -> Token | None:
    """本机关不掌握, 不属于本机关公开: a result in the statutory words, not whose figures follow."""
    match = _NO_SCOPE.match(text, at)
    return Token("", at, match.end(), match.group()) if match else None


def _sorted(text: str, at: int) -> Token | None:
    match = _SORTED.match(text, at)
    return Token(lex.SORTED, at, match.end(), match.group()) if match else None


def _agency(text: str, at: int) -> Token | None:
    """市政府, 市人民政府办公室 …: an agency as scope, unless a channel's name begins here."""
    match = _AGENCY.match(text, at)
    if match is None:
        return None
    words = (_word(text, at), _word(text, at + 1))
    if any(word is not None and word.end >= match.end() and word.kind == lex.TOPIC for word in words):
        return None
    return Token(lex.SCOPE, at, match.end(), match.group())


Reader = Callable[[str, int], Token | None]
_READERS: dict[str, tuple[Reader, ...]] = {
    **dict.fromkeys("03456789", (_years, _months, _date, _number)),
    "2": (_of_named_year, _years, _months, _date, _number),
    **dict.fromkeys("结转顺延", (_of_named_year,)),
    "〔": (_unread,),
    "包": (_including,),
    **dict.fromkeys("没无均为零", (_no_fee,)),
    "收": (_no_fee, _came_in),
    "未": (_no_fee, _course),
    **dict.fromkeys("次翌", (_next_year,)),
    **dict.fromkeys("直提经", (_course,)),
    **dict.fromkeys("复行", (_course, _reviewer)),
    "由": (_reviewer,),
    "公": (_opened_or_request,),
    **dict.fromkeys("上去往", (_none_left_over,)),
    **dict.fromkeys("较比", (_compared,)),
    **dict.fromkeys("与同", (_with_left_over, _compared)),
    "自": (_since,),
    **dict.fromkeys("本我", (_no_scope,)),
    **dict.fromkeys("19", (_line, _years, _months, _date, _number)),
    **dict.fromkeys("一二三四五六七八九两十近", (_years, _number)),
    **dict.fromkeys("百千万约超逾突将接大多", (_number,)),
    "不": (_no_fee, _course, _not_held, _number),
    "第": (_part_of_year, _number),
    **dict.fromkeys("按从依", (_sorted,)),
    **dict.fromkeys("省市县区州盟旗镇乡街管", (_agency,)),
}
_SINGLES, _PAIRS = _DICTIONARY.starts()
_FIRSTS = _SINGLES | _SKIP_MARKS | _PUNCTUATION.keys() | _READERS.keys()
