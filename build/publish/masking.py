"""Personal data that reports print but this publication does not: mobile numbers, and the names of contact persons.

What is masked keeps its length, so that every position in the text stays right. Landlines, offices and addresses stay:
they are the agency's. Figures are never masked, whatever they look like.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..messages import Message
from ..report import PlacedRow, Problem, Report, Span
from ..text.traditional import to_simplified

MASK = "*"
SHOWN_DIGITS = 3
"""What is left of a mobile number: it tells a masked number from a lost one, and nobody."""

_DIGIT = r"[0-9０-９]"
_SEPARATOR = r"[ \u00a0\u3000\-‐‑–—－]"
_UNITS = r"[.．]?\d|万|亿|元|美元|余|多|件|条|次|[%％‰]"
_GROUPS = ((11,), (3, 4, 4), (4, 3, 4), (3, 3, 5), (3, 8), (5, 6), (7, 4))
"""How the eleven digits are set apart: never one of the first three."""

_FIELD_WORDS = (
    "联系|电话|手机|号码|地址|邮箱|邮编|邮政|传真|单位|部门|科室|职务|职位|姓名|方式|电子|网址|办公|微信|时间|备注|性别"
    "|序号"
)
_OFFICES = "科|室|处|局|办|中心|股|部|组|委|队|站|厅|院|府|会|公司|窗口|机构|单位|机关|大厅"
_TITLES = (
    "同志|先生|女士|老师|小姐|主任|副主任|科长|副科长|处长|副处长|局长|副局长|股长|科员|干事|秘书长|秘书|部长|站长|所长"
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏"
    "韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞"
    "左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜"
    "冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊"
)
_HAN = r"[\u3400-\u9fff]"
_NAME_END = rf"(?:{_TITLES})?(?=$|[^\u3400-\u9fff·•]|{_FIELD_WORDS}|[和与及])"
_NAME = (
    rf"(?:{_HAN}{{1,7}}(?:[·•]{_HAN}{{1,7}})+|{_HAN}[ \u00a0\u3000]{_HAN}(?!{_HAN})|{_HAN}{{2,4}}?|{_HAN}(?={_TITLES}))"
)
_NOT_A_NAME = rf"(?!{_FIELD_WORDS}|{_HAN}{{0,5}}(?:{_OFFICES})(?:$|[^\u3400-\u9fff]|{_FIELD_WORDS}))"
_CONTACT = (
    r"联\s*系\s*人(?:\s*姓\s*名)?(?:\s*(?:及|和|与|、|/)\s*(?:联系)?(?:电话|方式|手机)(?:号码)?)?"
    r"(?:\([^()\n]{0,12}\)|（[^（）\n]{0,12}）)?"
)
_INTRODUCTION = rf"(?:\s*[:：|│]\s*|\s*[为是]\s*|\s+|(?=[{_SURNAMES}]))"
"""What stands between: a colon, a cell's border, a verb, a blank; or nothing, if a surname follows."""

_ONE_NAME = re.compile(f"{_NOT_A_NAME}({_NAME}){_NAME_END}")
_AFTER_CONTACT = re.compile(f"{_CONTACT}{_INTRODUCTION}")
_NEXT_NAME = re.compile(rf"(?:{_TITLES})?(?:\s*[、/／和与及]\s*|[ \u00a0\u3000]+(?=[{_SURNAMES}]))")


def _mobile_pattern() -> re.Pattern[str]:
    shapes = (_SEPARATOR.join(f"{_DIGIT}{{{size}}}" for size in sizes) for sizes in _GROUPS)
    country = r"(?:(?:\+|＋|00)?86[ \-—]?)?"
    return re.compile(
        rf"(?<![0-9０-９A-Za-z+])(?<![0-9０-９][\-‐‑–—－.．])(?<![0-9０-９][ \u00a0]\-)"
        rf"{country}(?=[1１][ \-]?[3-9３-９])(?P<number>{'|'.join(shapes)})"
        rf"(?!{_SEPARATOR}?{_DIGIT}|[A-Za-z]|\s?(?:{_UNITS}))"
    )


_MOBILE = _mobile_pattern()


_BEHIND_ITS_ONE = rf"[ \-]?[3-9３-９](?:{_SEPARATOR}?{_DIGIT}){{9}}"
_MAYBE_MOBILE = re.compile(f"1{_BEHIND_ITS_ONE}")
_MAYBE_WIDE_MOBILE = re.compile(f"１{_BEHIND_ITS_ONE}")
"""What every mobile number holds, by its first sign; nearly no report does, and one sign is soon looked for."""


def _may_hold_mobile(text: str) -> bool:
    return _MAYBE_MOBILE.search(text) is not None or _MAYBE_WIDE_MOBILE.search(text) is not None


def mask(text: str, kept: Iterable[Span] = ()) -> str:
    """``text`` with mobile numbers and the names behind 联系人 masked, as long as before.

    A mobile number is eleven digits from 13 to 19, together or in groups, that are no part of a longer number and carry
    no unit of a quantity; its first three digits stay. Behind 联系人 every name is masked, an office's is not.
    Nothing within the spans ``kept`` (half-open) changes: figures of the tables.
    """
    found = (*_mobile_digits(text), *_contact_names(text))
    if not found:
        return text
    masked = list(text)
    protected = list(kept)
    for start, end in found:
        if any(start < kept_end and kept_start < end for kept_start, kept_end in protected):
            continue
        masked[start:end] = [MASK if character.isalnum() else character for character in text[start:end]]
    return "".join(masked)


def _mobile_digits(text: str) -> Iterator[Span]:
    for found in _MOBILE.finditer(text) if _may_hold_mobile(text) else ():
        start, end = found.span("number")
        yield start + SHOWN_DIGITS, end


def _contact_names(text: str) -> Iterator[Span]:
    words = to_simplified(text) if "聯" in text else text
    for contact in _AFTER_CONTACT.finditer(words) if "联" in words else ():
        at = contact.end()
        while name := _ONE_NAME.match(words, at):
            yield name.span(1)
            following = _NEXT_NAME.match(words, name.end())
            if following is None:
                break
            at = following.end()


def mask_report(report: Report) -> Report:
    """``report`` as it may be published: its text, and every sentence taken from it, masked; no figure changed."""
    printed = report.text
    text = mask(printed, _figure_spans(report))
    if text == printed:
        problems = tuple(map(mask_problem, report.problems))
        return report if problems == report.problems else replace(report, problems=problems)
    return replace(
        report,
        sections=tuple(
            replace(section, text=text[section.text_start : section.text_start + len(section.text)])
            for section in report.sections
        ),
        hotline=tuple(replace(figure, sentence=text[slice(*figure.span)]) for figure in report.hotline),
        statements=tuple(replace(statement, sentence=text[slice(*statement.span)]) for statement in report.statements),
        problems=tuple(map(mask_problem, report.problems)),
    )


def mask_problem(problem: Problem) -> Problem:
    """``problem`` with its message and the place it quotes masked."""
    return replace(problem, message=Message(*map(mask, problem.message)), excerpt=mask(problem.excerpt))


def _figure_spans(report: Report) -> Iterator[Span]:
    rows: tuple[PlacedRow, ...] = (*report.applications, *report.reviews)
    yield from (span for row in rows for _, span in row.cell_spans)
    yield from (figure.span for figure in report.disclosures)
