"""The numbers in front of paragraphs that Word generates and does not store as text (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from docx.oxml.ns import qn
from lxml import etree

MAX_LEVELS = 9
"""Levels of a Word list."""
MAX_PATTERN = 255
"""Characters of a level's pattern; Word writes no longer ones."""

_VAL, _ID = qn("w:val"), qn("w:numId")
_PLACE = re.compile(r"%([1-9])")
_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_CLOSING = "、，。．）)】」：:"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. ``text`` is its pattern (``（%1）``), ``restart`` the level above which it starts anew."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A list as paragraphs name it (``w:num``): lists with the same ``key`` share their counters."""

    key: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)

    def level_of_style(self, style: str | None) -> int:
        """The level that belongs to paragraph style ``style``, else 0."""
        return next((number for number, level in self.levels.items() if style and level.style == style), 0)


def _roman(number: int) -> str:
    if number > 5000:
        return str(number)
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text + _ROMAN_ONES[number]


def _letters(number: int) -> str:
    """a … z, aa, bb …: Word repeats the letter."""
    repeats, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (min(repeats, 100) + 1)


def _thousands(digits: str, units: str, *, short_ten: bool) -> Callable[[int], str]:
    """Chinese counting: 一 … 十, 十一, 二十, 一百零三, 一万."""

    def below_ten_thousand(number: int) -> str:
        text, zero = "", False
        for power in (3, 2, 1, 0):
            digit = number // 10**power % 10
            if digit:
                text += ("零" if zero and text else "") + digits[digit] + units[power].strip()
            zero = not digit
        return text

    def spelt(number: int) -> str:
        high, low = divmod(number, 10_000)
        text = f"{below_ten_thousand(high)}万" if high else ""
        text += ("零" if high and 0 < low < 1000 else "") + below_ten_thousand(low)
        ten = digits[1] + units[1]
        return text[1:] if short_ten and text.startswith(ten) else text

    return lambda number: spelt(number) if 0 < number < 10**8 else str(number)


def _each(digits: str) -> Callable[[int], str]:
    return lambda number: "".join(digits[int(digit)] for digit in str(number))


def _cycle(signs: str) -> Callable[[int], str]:
    """Signs in order; Word goes on with Arabic digits behind the last one."""
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else str(number)


def _run(first: str, count: int) -> Callable[[int], str]:
    return _cycle("".join(chr(ord(first) + step) for step in range(count)))


_counting = _thousands(_DIGITS, " 十百千", short_ten=True)
_legal = _thousands(_LEGAL_DIGITS, " 拾佰仟", short_ten=False)
FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": "{:02d}".format,
    "decimalFullWidth": _each("０１２３４５６７８９"),
    "decimalFullWidth2": _each("０１２３４５６７８９"),
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counting,
    "japaneseCounting": _counting,
    "ideographDigital": _each(_DIGITS),
    "taiwaneseDigital": _each(_DIGITS),
    "japaneseDigitalTenThousand": _each(_DIGITS),
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _thousands("零壹貳參肆伍陸柒捌玖", " 拾佰仟", short_ten=False),
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": _run("㊀", 10),
    "decimalEnclosedCircle": _run("①", 20),
    "decimalEnclosedCircleChinese": _run("①", 20),
    "decimalEnclosedFullstop": _run("⒈", 20),
    "decimalEnclosedParen": _run("⑴", 20),
    "none": lambda _number: "",
}
"""``w:numFmt`` → how a number is written. A bullet is not written at all: it could be taken for a sign."""


@dataclass
class Numbering:
    """The lists of a document and where each stands; ``next`` goes through its paragraphs in order."""

    lists: dict[str, NumberedList] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def next(self, list_id: str, level: int) -> str:
        """What Word writes before the next paragraph of this list and level; "" for bullets and unknown lists."""
        numbered = self.lists.get(list_id)
        if numbered is None or level not in numbered.levels:
            return ""
        counts = self._counts.setdefault(numbered.key, [None] * MAX_LEVELS)
        self._count(list_id, numbered, level, counts)
        shown = numbered.levels[level]
        if shown.format == "bullet":
            return ""
        text = _PLACE.sub(lambda match: self._number(numbered, shown, int(match[1]) - 1, counts), shown.text)
        return _with_suffix(text, shown.suffix)

    def _count(self, list_id: str, numbered: NumberedList, level: int, counts: list[int | None]) -> None:
        at = counts[level]
        if level in numbered.starts and (list_id, level) not in self._begun:
            at = None
        self._begun.add((list_id, level))
        start = numbered.starts.get(level, numbered.levels[level].start)
        counts[level] = start if at is None else at + 1
        for deeper in range(level + 1, MAX_LEVELS):
            if _restarts(numbered.levels.get(deeper, Level()), level):
                counts[deeper] = None

    def _number(self, numbered: NumberedList, shown: Level, place: int, counts: list[int | None]) -> str:
        level = numbered.levels.get(place, Level())
        number = counts[place]
        if number is None:
            number = counts[place] = numbered.starts.get(place, level.start)
        name = "decimal" if shown.legal else level.format
        if name not in FORMATS:
            self.unknown.add(name)
            return ""
        return FORMATS[name](number)


def _restarts(deeper: Level, level: int) -> bool:
    return deeper.restart is None or level < deeper.restart


def _with_suffix(text: str, suffix: str) -> str:
    """A number never runs into the figure behind it, whatever the list says; 、 or a bracket parts them too."""
    return text if not text or (text[-1] in _CLOSING and suffix == "nothing") else text + " "


# numbering.xml ---------------------------------------------------------------------------------------------------


def read_numbering(root: etree._Element, style_lists: dict[str, str]) -> Numbering:
    """The lists that numbering.xml defines. ``style_lists``: list style → ``w:numId`` it names (``w:numStyleLink``)."""
    abstract = {element.get(qn("w:abstractNumId")): element for element in root.findall(qn("w:abstractNum"))}
    named = {element.get(_ID, ""): element for element in root.findall(qn("w:num"))}
    lists = {}
    for list_id, element in named.items():
        key = _abstract_key(element, abstract, named, style_lists)
        if key is not None:
            lists[list_id] = _read_list(key, abstract[key], element)
    return Numbering(lists)


def _abstract_key(
    element: etree._Element,
    abstract: dict[str | None, etree._Element],
    named: dict[str, etree._Element],
    style_lists: dict[str, str],
) -> str | None:
    key = _value(element, "w:abstractNumId")
    linked = _value(abstract[key], "w:numStyleLink") if key in abstract else None
    if linked is not None:
        target = named.get(style_lists.get(linked, ""))
        key = _value(target, "w:abstractNumId") if target is not None else key
    return key if key in abstract else None


def _read_list(key: str, abstract: etree._Element, element: etree._Element) -> NumberedList:
    levels = dict(_read_levels(abstract))
    starts = {}
    for override in element.findall(qn("w:lvlOverride")):
        levels.update(_read_levels(override))
        start = _value(override, "w:startOverride")
        if start is not None:
            starts[_integer(override.get(qn("w:ilvl")), 0)] = _integer(start, 1)
    return NumberedList(key, levels, starts)


def _read_levels(parent: etree._Element) -> Iterator[tuple[int, Level]]:
    for element in parent.findall(qn("w:lvl")):
        number = _integer(element.get(qn("w:ilvl")), MAX_LEVELS)
        if number < MAX_LEVELS:
            yield number, _read_level(element)


def _read_level(element: etree._Element) -> Level:
    restart = _value(element, "w:lvlRestart")
    legal = element.find(qn("w:isLgl"))
    return Level(
        start=_integer(_value(element, "w:start"), 0),
        format=_value(element, "w:numFmt") or _alternative_format(element),
        text=(_value(element, "w:lvlText") or "")[:MAX_PATTERN],
        suffix=_value(element, "w:suff") or "tab",
        restart=None if restart is None else _integer(restart, 0),
        legal=legal is not None and legal.get(_VAL, "1") not in {"0", "false", "off"},
        style=_value(element, "w:pStyle"),
    )


def _alternative_format(element: etree._Element) -> str:
    """A format newer than 2007 stands in mc:AlternateContent, its stand-in in the last branch."""
    formats = [found.get(_VAL, "") for found in element.iter(qn("w:numFmt"))]
    return formats[-1] if formats else "decimal"


def _value(element: etree._Element, name: str) -> str | None:
    found = element.find(qn(name))
    return None if found is None else found.get(_VAL)


def _integer(text: str | None, otherwise: int) -> int:
    if text is None or not text.isdecimal() or len(text) > 9:
        return otherwise
    return int(text)
