"""Copies of printed words folded for matching; the printed text itself is never changed.

Folding brings full-width forms to half-width, traditional characters to simplified ones, and drops white space,
quotes, numbering and punctuation, so that ``3.危及“三安全一稳定”`` and ``３、危及三安全 一稳定`` are one label.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from .traditional import may_be_traditional, to_simplified

CACHE_SIZE = 2048
"""So many texts each of the small functions remembers: the words of the forms, which every report says again, and what
the last few reports said. More of them cost memory in every process and save no time that can be measured.
"""
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_BREAK = re.compile("<br */?>", re.IGNORECASE)
_DROPPED = re.compile(rf"[\s{INVISIBLE}“”‘’\"'`´「」『』《》〈〉]+")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_NUMBERING = re.compile(
    r"^(?:\([一二三四五六七八九十\d]{1,3}\)|\(?[一二三四五六七八九十]{1,3}[、.,:)]|\(?\d{1,2}[、.,:)]*)+"
)
_PUNCTUATION = re.compile(r"[、,。.;:·/\\()\[\]|*※-]+")
_FOOTNOTE_MARK = re.compile(r"(?<=\S)(?:\s*(?:[\[【〔]\s*注?\s*\d{0,2}\s*[\]】〕]|[①-⑳\u00b9\u00b2\u00b3]))+\s*$")
_LABEL_INSIDE = re.compile(
    r"(?<=[\u3400-\u9fff)])(?:\([一二三四五六七八九十\d]{1,2}\)|\d{1,2}[、.]|(?<=\))[一二三四五六七八九十]、)(?=[\u3400-\u9fff]{2})"
)
"""The numbering of a second label behind the words of a first."""
_PINYIN = re.compile(r"\(?[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüɑɡ]+\)?", re.IGNORECASE)
PINYIN_BEHIND = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüɑɡ]{1,7}\)", re.IGNORECASE)
"""What altered copies in traditional characters set behind a character: 報(bào)告."""
_HAN = re.compile(r"[\u3400-\u9fff]")
SHORTEST_DOUBLED = 4
_NO_NUMBER_BEFORE = re.compile(r"^\d+$")


@lru_cache(maxsize=CACHE_SIZE)
def fold(text: str) -> str:
    """``text`` with half-width, simplified characters and without white space, quotes and invisible characters."""
    return to_simplified(compact(text))


def compact(text: str) -> str:
    """``text`` with half-width characters and without white space, quotes and invisible characters: its own words."""
    words = unicodedata.normalize("NFKC", text)
    return _DROPPED.sub("", _BREAK.sub("", words) if "<" in words else words)


def without_invisible(text: str) -> str:
    """``text`` without characters that nobody sees; most texts have none."""
    return _INVISIBLE.sub("", text) if any(sign in text for sign in INVISIBLE) else text


def without_pinyin(text: str) -> str:
    """``text`` without the pinyin in brackets that altered copies set behind characters: 報(bào)告."""
    return PINYIN_BEHIND.sub("", text) if "(" in text else text


def in_simplified(text: str) -> str:
    """The words of a whole text in simplified characters and without pinyin; itself where none is traditional."""
    return without_pinyin(to_simplified(text)) if may_be_traditional(text) else text


@lru_cache(maxsize=CACHE_SIZE)
def fold_label(text: str) -> tuple[str, ...]:
    """The forms under which a label is looked up, fullest first; empty if nothing but numbering is left.

    With what stands in brackets (``部分公开(区分处理的…)``), and without it; not without a second label, as in
    ``1.属于国家秘密(一)予以公开``. Copies that set pinyin or a second glyph
    behind each character are read without these.
    """
    folded = fold(_FOOTNOTE_MARK.sub("", text))
    if has_doubled_glyphs(text):
        folded = folded[::2]
    core = _NUMBERING.sub("", _PINYIN.sub("", folded) if _HAN.search(folded) else folded)
    if not core:
        return ()
    core = core.replace("其它", "其他")
    whole = _PUNCTUATION.sub("", core)
    if _LABEL_INSIDE.search(core):
        return (whole,)
    stem = _PUNCTUATION.sub("", core.split("(", 1)[0])
    return (whole, stem) if stem and stem != whole else (whole,)


@lru_cache(maxsize=CACHE_SIZE)
def has_doubled_glyphs(text: str) -> bool:
    """Whether every character of a label stands twice, as in ``行行政政许许可可``."""
    folded = fold(text)
    return len(folded) >= SHORTEST_DOUBLED and folded[::2] == folded[1::2] and _HAN.search(folded) is not None


def without_numbering(folded: str) -> str:
    """A folded label without the numbering before it: 予以公开 of (一)予以公开."""
    return _NUMBERING.sub("", folded)


def holds_two_labels(text: str) -> bool:
    """Whether numbering stands behind the words of a label, so that another one begins there."""
    return _LABEL_INSIDE.search(without_numbering(fold(text))) is not None


@lru_cache(maxsize=CACHE_SIZE)
def is_numbered(text: str) -> bool:
    """Whether a label carries numbering of its own, as in ``(七)总计``."""
    folded = fold(text)
    return bool(_NUMBERING.match(folded)) and not _NO_NUMBER_BEFORE.match(folded)
