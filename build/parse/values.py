"""Printed cells → figures: signs, units, notes and blanks, with Decimal throughout."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from ..text.fold import CACHE_SIZE, INVISIBLE
from ..text.traditional import to_simplified

BLANK_MARKS = frozenset(
    {"", "/", "//", "\\", "-", "--", "---", "—", "——", "–", "––", "−", "∕", "―", "_", "__", "___", "____"}
)
"""What agencies print in a cell for nothing, in half-width: the one list there is."""

FIGURE, BLANK_CELL, WORDS, NOT_PLACED = "figure", "blank", "words", "unplaced"
"""Kinds of cell: a figure; blank as printed; words that are no figure; not known, since its row is not placed."""

WORDS_FOR_NONE = frozenset({"无", "無", "零", "〇"})
"""Words that agencies write where a count belongs: a cell each, but no figure."""

_UNREAD = re.compile(r"[\d,.\s]*〔[^〔〕\d]+〕[\d,.\s]*")
"""A cell that shows something that could not be read (``document.unread``): no figure, where a figure stands."""

LARGEST_COUNT = 10**15
"""Above this no count is believed: a report of any authority counts at most some hundred million decisions."""

WAN_YUAN = {"元": Decimal("0.0001"), "万元": Decimal(1), "亿元": Decimal(10_000), "千元": Decimal("0.1")}
"""Units of money → 万元, exactly."""

_FOOTNOTE_MARK = re.compile(r"\s*[\u00b9\u00b2\u00b3\u2070\u2074-\u2079①-⑳❶-❿]+\s*$")
_MARK_DIGIT = re.compile(
    r"[\u00b9\u00b2\u00b3\u2070\u2074-\u2079\u2080-\u2089\u2460-\u249b\u24ea-\u24ff\u2776-\u2793½¼¾⅓⅔]"
)
_LOOSE_SPACE = re.compile(r"\s+(?=[^\d\s.,])|(?<=[^\d\s.,])\s+")
_SPACE_IN_BRACKETS = re.compile(r"(?<=[(\[])\s+|\s+(?=[)\]])")
_NUMBER = re.compile(
    r"(?P<yuan>¥)?"
    r"(?P<sign>[+\-−–—]|减少|增加|下降|减|增|降)?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?"
    r"(?:\(?(?P<unit>万元|亿元|千元|元|件次|人次|件|项|个|条|宗|起|份|篇|部|次)\)?)?"
    r"(?P<rest>.*)",
    re.DOTALL,
)
_DISPUTED = re.compile(r"[+\-−–—]?\d[\d,]*(?:\.\d+)?\s*(?:%|[(\[【][^()\[\]【】]*[)\]】])|\d*,[\d,.]*\d|\d[\d,]*,")
_ENDS_DISPUTED = frozenset(")）]］】%％,，0123456789０１２３４５６７８９")
"""What fills a figure's cell and is none: a share, another reading in brackets, a piece of a number (``,234``)."""
_BEGINS_IN_WORDS = re.compile(r"[\u3400-\u9fff]{3}")
"""No figure, whatever stands behind: before a number stand at most two such characters (增加, 减少)."""
_NEGATIVE = frozenset({"-", "−", "–", "—", "减少", "减", "下降", "降"})
_NOTE = re.compile(
    r"(?P<mark>[*※#①-⑳]+|[(\[]?注\d*[)\]]?|[\[【〔]\d{1,2}[\]】〕]|[(\[【〔][*※#①-⑳]+[)\]】〕])|"
    r"[(\[](?P<inside>[^()\[\]]+)[)\]]?"
)
_MARK = re.compile(r"[\W_]*注?\d{0,2}[\W_]*|[①-⑳❶-❿\u00b2\u00b3\u00b9]+")
_DATE = re.compile(r"\d{4}\s*[年.\-/]|(?<![\d.])\d{1,2}\s*[月日]|第\s*\d+|\d+\s*[号条]")
_OTHER_NUMBER = re.compile(r"[^\d,.]{0,4}[\d,.]+(?:万元|元|件|项|个|条|宗|次|%)?|[〇零一二三四五六七八九十百千万两]+")
_BESIDE = re.compile(r"其中|含|包括|包含|不含|另|较|比|同比|上年|上一年|去年|新|增|减")
"""How a note begins that tells another quantity than the figure before it."""
_CORRECTS = re.compile(r"更正|改[为正]|应为|应是|修正|勘误|订正|原为|误")
_MAY_BREAK = re.compile(rf"[\r\n<{INVISIBLE}]")
_BREAKS = re.compile(rf"[ \t\u00a0\u3000]*[\r\n]+[ \t\u00a0\u3000]*|[{INVISIBLE}]|<br */?>")
_BEHIND_ZERO = re.compile(r"(?<![\d.,])0[ \t\u00a0\u3000]*(?:[\r\n]|<br */?>)\s*(?=\d)")
"""Where a number ends that a line break does not cut: none of two digits begins with 0."""
_ESCAPED = re.compile(r"\\(?=[-+*._~()])")
"""The backslash that Markdown sets before a sign that would mean something else."""


@dataclass(frozen=True, slots=True)
class Value:
    """A printed cell as read. ``kind``: number, blank, or text (something that is no figure).

    ``unit`` is a unit of money or of counting as printed (or ¥, which goes with any unit of money); ``note`` what else
    the cell says. ``count`` is the number as a count; None if it is none (blank, text, a fraction, beyond belief).
    """

    kind: str
    number: Decimal | None = None
    unit: str | None = None
    note: str | None = None
    count: int | None = None


BLANK = Value("blank")
TEXT = Value("text")


@lru_cache(maxsize=CACHE_SIZE)
def printed_cell(text: str) -> str:
    """A cell's words as printed, without the white space around them and line breaks inside.

    A space stays between a 0 and a number on the next line: those are two.
    """
    return (_BREAKS.sub("", _BEHIND_ZERO.sub("0 ", text)) if _MAY_BREAK.search(text) else text).strip()


@lru_cache(maxsize=CACHE_SIZE)
def read_value(text: str) -> Value:
    """What a cell says. A value printed over two lines is one; two numbers with a space between them are none."""
    if text.isascii() and text.isdecimal():  # as nearly every cell of figures: there is nothing to look for
        number = Decimal(text)
        return Value("number", number, count=_count(number))
    if _BEGINS_IN_WORDS.match(text):
        return TEXT
    printed = _ESCAPED.sub("", printed_cell(text).replace("&nbsp;", " "))
    mark = _FOOTNOTE_MARK.search(printed)  # before NFKC, which would make 121 of 12①
    body = printed[: mark.start()] if mark else printed
    plain = _SPACE_IN_BRACKETS.sub("", to_simplified(unicodedata.normalize("NFKC", body).strip()))
    if plain in BLANK_MARKS:
        return TEXT if mark else BLANK
    if _MARK_DIGIT.search(body):
        return TEXT
    read = _read_number(plain)
    if read.kind == "text":
        read = _read_number(_LOOSE_SPACE.sub("", plain))
    return replace(read, note=(read.note or "") + mark.group().strip()) if mark and read.kind == "number" else read


def _read_number(plain: str) -> Value:
    match = _NUMBER.fullmatch(plain)
    if match is None:
        return TEXT
    rest = match["rest"].strip()
    note = _read_note(rest)
    if rest and note is None:
        return TEXT
    unit = match["unit"] or match["yuan"]
    number = Decimal(match["digits"].replace(",", "") + (match["fraction"] or ""))
    if match["sign"] in _NEGATIVE:
        number = -number
    return Value("number", number, unit, note, _count(number))


def _count(number: Decimal) -> int | None:
    if number != number.to_integral_value() or abs(number) > LARGEST_COUNT:
        return None
    return int(number)


def _read_note(rest: str) -> str | None:
    match = _NOTE.fullmatch(rest)
    if match is None:
        return None
    if match["mark"] is not None:
        return str(match["mark"])
    inside = str(match["inside"])
    return None if _is_another_reading(inside) else inside


def _is_another_reading(inside: str) -> bool:
    """Whether a note in brackets puts another number in the figure's place: ``12(13)``, ``12(更正为13)``."""
    if _CORRECTS.search(inside):
        return True
    return not _BESIDE.match(inside) and _OTHER_NUMBER.fullmatch(_DATE.sub("", inside).strip()) is not None


def is_note_mark(note: str | None) -> bool:
    """Whether a value's ``note`` is a mark that points to a note elsewhere (``*``, ``[3]``) and says nothing."""
    return note is not None and _MARK.fullmatch(note) is not None


@lru_cache(maxsize=CACHE_SIZE)
def case_count(text: str) -> int | None:
    """The count of cases that a cell prints: a whole number, never negative; None for blanks, money and all else."""
    value = read_value(text)
    if value.count is None or value.count < 0 or value.unit == "¥" or value.unit in WAN_YUAN:
        return None
    return value.count


@lru_cache(maxsize=CACHE_SIZE)
def says_nothing(text: str) -> bool:
    """Whether a cell is blank as printed."""
    return read_value(text).kind == "blank"


def kind_of_cell(text: str) -> str:
    """The kind of a cell that is in its place and has no figure: blank as printed, or words."""
    return BLANK_CELL if says_nothing(text) else WORDS


def looks_like_value(text: str) -> bool:
    """Whether a word on a line is a figure or fills the cell of one, so that a line of text can be cut into cells."""
    if read_value(text).kind != "text" or text in WORDS_FOR_NONE or _UNREAD.fullmatch(text) is not None:
        return True
    return text[-1:] in _ENDS_DISPUTED and _DISPUTED.fullmatch(unicodedata.normalize("NFKC", text)) is not None


def amount_in_wan_yuan(value: Value, header_unit: str | None) -> Decimal | None:
    """``value`` in 万元, by the unit in the cell, else that of the header; 0 needs none. None where none is stated.

    None as well where the cell counts something: 5 件 are no amount, whatever the header says.
    """
    if value.number is None:
        return None
    if value.number != 0 and value.unit not in {None, "¥", *WAN_YUAN}:
        return None
    unit = value.unit if value.unit in WAN_YUAN else header_unit or ("元" if value.unit == "¥" else None)
    if unit is not None:
        return value.number * WAN_YUAN[unit]
    return Decimal(0) if value.number == 0 else None
