"""Numbers as reports print them: 16212件, 1.2万余件, 9.67万, 三千二百件, 百分之九十八, 98.7％, about and at least."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from . import lexicon

COUNT, PERCENT, POINTS, MONEY, OTHER, BARE = "count", "percent", "points", "money", "other", "bare"
BROKEN, HUGE, UNREADABLE = "broken", "huge", "unreadable"

MAX_COUNT = Decimal(10) ** 10
"""No report counts ten thousand million cases; a larger number is a slip or two numbers run together."""

_SCALES = {
    "万": Decimal(10_000),
    "亿": Decimal(100_000_000),
    "千": Decimal(1000),
    "百": Decimal(100),
    "十万": Decimal(100_000),
}
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_SEVERAL = tuple("数几上成")
_TENS = {"十": 10, "百": 100, "千": 1000}


def _alternatives(words: str) -> str:
    ordered = sorted(lexicon.words_of(words), key=len, reverse=True)
    return "|".join(re.escape(word) for word in ordered)


_FORMS = {
    OTHER: lexicon.OTHER_UNITS,
    MONEY: lexicon.MONEY_UNITS,
    PERCENT: lexicon.PERCENT_UNITS,
    POINTS: lexicon.POINT_UNITS,
    COUNT: lexicon.CASE_UNITS,
}
_FORM_OF = {unit: form for form, units in _FORMS.items() for unit in lexicon.words_of(units)}
_ALL_UNITS = "|".join(_FORMS.values())

_ABOUT = r"(?P<about>大约|约为|约|将近|接近|近|超过|超|逾|突破|不足|不到|多达)?"
_ORDINAL = r"(?P<ordinal>第)?"
_ARABIC = r"(?P<digits>\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.(?P<fraction>\d+))?"
_NUMERALS = "零〇一二三四五六七八九两十百千"
_CHINESE = rf"(?P<chinese>[一二三四五六七八九两十][{_NUMERALS}]*万?[{_NUMERALS}]*|[百千万](?=[余多]))"
_SCALE = r"(?P<scale>十万|万|亿|千|百(?!分[点比]))?(?:(?<=\d万)(?P<low>\d{4}(?!\d)|\d千))?"
_MORE = r"(?P<more>余|多|来|几)?"
_UNIT = rf"(?:(?P<unit>{_alternatives(_ALL_UNITS)})(?!(?<=次)[年日月]))?"
"""In 3件次年办结 the 次 is none of the unit."""
_AFTER = r"(?P<after>左右|以上|上下|余|多)?"
_NUMBER = re.compile(
    _ABOUT + _ORDINAL + rf"(?:{_ARABIC}|{_CHINESE})" + r"(?P<some>余|多|几)?" + _SCALE + _MORE + _UNIT + _AFTER
)
_TWICE = re.compile(
    rf"(?:(?P<words>[{_NUMERALS}万]{{1,12}})\((?P<digits>\d[\d,]{{0,9}})\)"
    rf"|(?P<digits_behind>\d[\d,]{{0,9}})\((?P<words_behind>[{_NUMERALS}万]{{1,12}})\))(?P<unit>{_alternatives(lexicon.CASE_UNITS)})"
)
_PERCENT_WORDS = re.compile(
    _ABOUT
    + r"百分之(?P<whole>[零〇一二三四五六七八九十百]+|\d+(?:\.\d+)?)(?:点(?P<part>[零〇一二三四五六七八九]+))?"
    + _AFTER
)
APPLICATION_UNITS = frozenset(("件", "条", "份", "宗", "起", "项", "例", "封", "件次", "件(次)"))
"""In which requests are counted."""
_ONE_OF = frozenset(("件", "条", "起", "宗", "份"))
_COUNTED_ONE = re.compile(
    r"(?:申请|复议|诉讼|案件|收到|受理|接到|办结|答复|公开|提供|处理|结转|办理|新收|维持|撤销|纠正)\Z"
)
_ANOTHER_ONE = re.compile("一[件条起宗份]")
_NEAR_ONE = 10
_BEHIND_ONE = re.compile(r"\Z|[,，;:、()]|均|已|并|为|是|申请|政府信息|信息公开|依申请")
_RANGE_BEFORE = re.compile(
    r"[\d%件条次万][-~至到]$|\d[万亿千百]零?$|\d/$|\d[.,]$|\d，$|\d $|[A-Za-z]-?$|[+*×±]$|(?:^|[^-])-$|万$"
    r"|\d[零〇○]$|\d[^\w\s,，、;；:：。()%‰℃件条]{1,2}$|[^\d\[]\]$|[□\ufffc\ufffd]$|.[\ue000-\uf8ff]$"
)
"""万三千件 is 13,000, or a slip: no 3,000. Nor is what stands behind a digit and a sign that parts no words (3□2件,
3|2件), or behind words that stand for something else (3[图片]2件), the whole of a number.
"""
_RANGE_BEHIND = re.compile(r"[-~至到/]\d|[,，.]\d|[A-Za-z]| \d")
_UNREAD = re.compile(
    rf"(?:{_ARABIC})?(?:〔[^〔〕\d]{{1,8}}〕[\d,.]*)+{_SCALE}{_MORE}"
    rf"(?:(?P<unit>{_alternatives('|'.join((lexicon.CASE_UNITS, lexicon.PERCENT_UNITS, lexicon.MONEY_UNITS)))})"
    r"|(?<=[\d万亿千百余多来几])(?![^,，;:、()]))"
)
"""3〔不能确定〕62件, 〔图片〕件: a number of which something cannot be read in the document (``document.unread``)."""
_COUNTED_SLASH = re.compile(rf"(?:{_alternatives(lexicon.CASE_UNITS)}|[万亿千百余多来])/\Z")
"""受理诉求300件/290件: two numbers for one word; 受理300件/办结290件 has a word for each."""
_LONGEST_UNIT = max(map(len, lexicon.words_of(lexicon.CASE_UNITS)))


@dataclass(frozen=True, slots=True)
class Number:
    """A number with what it counts.

    ``form``: ``count`` (cases), ``percent``, ``points`` (percentage points), ``money`` (``value`` in yuan), ``other``
    (days, people, ordinals, a unit that is no case), ``bare`` (no unit), ``broken`` (a range, a fraction, digits torn
    apart), ``huge`` (more than anything countable) or ``unreadable`` (a part of it cannot be read in the document): the
    last five are never a figure.
    """

    value: Decimal
    form: str
    unit: str
    approximate: bool
    digits: str


NO_MONEY = Number(Decimal(0), MONEY, "元", False, "")
"""A sum that words say is none: 未收取."""


def chinese_integer(words: str) -> int | None:
    """三千二百 → 3200, 一万二 → 12000, 二〇二〇 → None (a row of digits is no quantity). None if malformed."""
    if "万" in words:
        high, low = words.split("万", 1)
        return _joined(_below_ten_thousand(high or "一"), low)
    return _below_ten_thousand(words)


def _joined(high: int | None, low: str) -> int | None:
    if high is None:
        return None
    if len(low) == 1 and low in _DIGITS:
        return high * 10_000 + _DIGITS[low] * 1000
    rest = _below_ten_thousand(low) if low else 0
    return None if rest is None else high * 10_000 + rest


def _below_ten_thousand(words: str) -> int | None:
    total, digit, last = 0, None, 10_000
    for character in words:
        if character in _TENS:
            if _TENS[character] >= last:
                return None
            last = _TENS[character]
            total += (1 if digit is None else digit) * last
            digit = None
        elif digit is None or digit == 0:
            digit = _DIGITS.get(character)
        else:
            return None
    if digit is None:
        return total
    trailing = last // 10 if 100 <= last < 10_000 and words[-2] in _TENS else 1
    return total + digit * trailing


def number_at(text: str, at: int) -> tuple[Number, int] | None:
    """The number that begins at ``at`` in folded text, and where it ends; None if none does."""
    found = _PERCENT_WORDS.match(text, at)
    if found:
        return _percent_in_words(found), found.end()
    match = _NUMBER.match(text, at)
    if match is not None and match["digits"] and text.startswith("〔", match.end()):
        return unread_at(text, match.start("digits")) or (_read(match, text), match.end())
    if match is not None and text.startswith("(", match.end()) and (twice := _TWICE.match(text, at)):
        return _said_twice(twice), twice.end()
    if match is None or (match["chinese"] and not _counts(match)):
        return None
    if match["chinese"] == "一" and not _stands_for_one(text, match):
        return None
    return _read(match, text), match.end()


def unread_at(text: str, at: int) -> tuple[Number, int] | None:
    """A number that begins at ``at`` and of which a part cannot be read, and where it ends; None if there is none."""
    match = _UNREAD.match(text, at)
    if match is None:
        return None
    return Number(Decimal(0), UNREADABLE, match["unit"] or "", False, match["digits"] or ""), match.end()


def _said_twice(match: re.Match[str]) -> Number:
    """八百六十(860)件, 860(八百六十)件: one number; broken where the two differ."""
    written = match["words"] or match["words_behind"]
    digits = (match["digits"] or match["digits_behind"]).replace(",", "")
    unit = match["unit"]
    form = _FORM_OF[unit] if chinese_integer(written) == int(digits) else BROKEN
    return Number(Decimal(digits), form, unit, False, digits)


def _stands_for_one(text: str, match: re.Match[str]) -> bool:
    """申请一件, 收到一件: behind a verb or what is counted, with nothing behind it; not 办成一件事, 每一件.

    受理一件、办结一件 is a way of speaking.
    """
    if match["scale"]:
        return True
    around = text[max(0, match.start() - _NEAR_ONE) : match.start()] + "," + text[match.end() : match.end() + _NEAR_ONE]
    if _ANOTHER_ONE.search(around):
        return False
    if match["unit"] not in _ONE_OF or not _COUNTED_ONE.search(text[max(0, match.start() - 2) : match.start()]):
        return False
    return _BEHIND_ONE.match(text, match.end()) is not None


def _counts(match: re.Match[str]) -> bool:
    """Whether Chinese digits stand for a quantity: 两件, 三十余条; not 一体化, 三是."""
    return bool(match["unit"] or match["ordinal"])


def _percent_in_words(match: re.Match[str]) -> Number:
    whole = match["whole"]
    integer = Decimal(whole) if whole[0].isdigit() and whole.isascii() else _decimal(chinese_integer(whole))
    part = "".join(str(_DIGITS[character]) for character in match["part"] or "")
    value = integer if integer is None or not part else Decimal(f"{integer}.{part}")
    form = BROKEN if value is None else PERCENT
    return Number(value or Decimal(0), form, "%", bool(match["about"] or match["after"]), whole)


def _decimal(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _read(match: re.Match[str], text: str) -> Number:
    value = _value(match)
    approximate = any(match[group] for group in ("about", "some", "more", "after"))
    digits = match["digits"] or match["chinese"]
    return Number(value or Decimal(0), _form(match, value, text), match["unit"] or "", approximate, digits)


def _value(match: re.Match[str]) -> Decimal | None:
    """The quantity, scale applied; None if the words are no number."""
    if match["chinese"]:
        value = _decimal(10_000 if match["chinese"] == "万" else chinese_integer(match["chinese"]))
    else:
        fraction = f".{match['fraction']}" if match["fraction"] else ""
        value = Decimal(match["digits"].replace(",", "") + fraction)
    if value is None or not match["scale"]:
        return value
    if match["low"]:
        return None if match["fraction"] else value * _SCALES["万"] + _low(match["low"])
    value *= _SCALES[match["scale"]]
    return Decimal(int(value)) if value == value.to_integral_value() else value


def _low(words: str) -> Decimal:
    """What stands behind 万 in 2万3456 and 1万2千."""
    return Decimal(words[0]) * _SCALES["千"] if words.endswith("千") else Decimal(words)


def _form(match: re.Match[str], value: Decimal | None, text: str) -> str:
    form = OTHER if match["ordinal"] else _FORM_OF.get(match["unit"] or "", BARE)
    if value is None or _torn(match, text):
        return BROKEN
    if value > MAX_COUNT:
        return HUGE if form in (COUNT, PERCENT) else BROKEN
    return BROKEN if form == COUNT and value != value.to_integral_value() else form


def _torn(match: re.Match[str], text: str) -> bool:
    """Whether the number is a part of something else: a range, a fraction, a code, digits with a blank between."""
    start, end = match.start(), match.end()
    whole_unit = bool(match["unit"])
    behind = _RANGE_BEHIND.match(text, end)
    joining = "-~至到/" if _FORM_OF.get(match["unit"] or "") == COUNT else "-~至到"
    torn_behind = bool(behind) and (not whole_unit or text[end] in joining)
    if (match["chinese"] or "")[:1] in _TENS and text[max(0, start - 1) : start] in _SEVERAL:
        return True
    before = text[max(0, start - 3) : start]
    if before.endswith("/") and _COUNTED_SLASH.search(text, max(0, start - 1 - _LONGEST_UNIT), start):
        return True
    return torn_behind or bool(_RANGE_BEFORE.search(before))
