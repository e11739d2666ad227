"""Bytes → text: which encoding a file is really in, whatever it says of itself.

Order: byte order mark, what the file or its container declares, strict UTF-8, the encoding of Chinese text in which
the bytes make the most sense, charset-normalizer, GB 18030. GB 2312 and GBK are read as GB 18030, which contains them.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

from charset_normalizer import from_bytes

from ..document import Notice
from ..errors import ReadError
from ..messages import told

UTF_8 = "utf-8"
UNKNOWN = "\ufffd"
"""Stands in a text for bytes that no character is known for."""

GB_18030 = "gb18030"
BIG_5 = "big5hkscs"
UTF_16 = ("utf-16-le", "utf-16-be")

LABELS: dict[str, str] = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), UTF_8),
    **dict.fromkeys(
        ("gb18030", "gbk", "x-gbk", "gb2312", "gb-2312", "gb_2312", "gb_2312-80", "csgb2312", "cp936", "ms936",
         "windows-936", "euc-cn", "chinese"),
        GB_18030,
    ),
    **dict.fromkeys(("big5", "big-5", "big5-hkscs", "x-x-big5", "cp950", "csbig5"), BIG_5),
    **dict.fromkeys(("utf-16", "utf-16le", "unicode", "ucs-2"), UTF_16[0]),
    "utf-16be": UTF_16[1],
}  # fmt: skip
"""What files call an encoding → the codec that reads it. Other names are taken for no declaration."""

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, UTF_8),
    (codecs.BOM_UTF16_LE, UTF_16[0]),
    (codecs.BOM_UTF16_BE, UTF_16[1]),
    (b"\x84\x31\x95\x33", GB_18030),
)
HEAD_BYTES = 4096
"""How far into a page a declaration is looked for; the HTML standard asks for 1024."""

SAMPLE_BYTES = 65_536
DAMAGE_WINDOW = 4_096
"""Characters looked at for damage in each of four places of a text."""

CONTROL_SHARE = 500
"""A text has fewer than one control character in so many."""

DAMAGE_LIMIT = 20
"""With one damaged character in so many that are not ASCII, the text is worth nothing."""

LEAST_SHARE = 0.1
"""Chinese prose and tables hold at least so many common characters; other bytes read as Chinese do not."""

SURE_UTF_8 = 8
"""So many characters of several bytes that are all valid UTF-8 are no accident, whatever is declared."""

_COMMON = frozenset(
    "的一是不在有了和人大中国国家年月日本市县区政府信息公开工作机关行政申请报告部门规范性文件数量总计情况主动处理"
    "许可处罚强制服务事项提供予以其他自然商业企业社会法律组织复议诉讼结果上下三四五六七八九十无为及对与等进行"
    "國開資訊報請關規範數總計處許罰務項業會組織復議訴訟結無為對與進門"
)
_DECLARED = re.compile(rb"""<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27} | {127})
_LATIN = "\u0080-\u009f\u00a1-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122"
_DAMAGE: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    ((UNKNOWN,), re.compile(f"{UNKNOWN}+")),
    (("????",), re.compile(r"\?{4,}")),
    (("****",), re.compile(r"(?<![\d*])\*{4,7}(?![\d*])|(?<=[\u3400-\u9fff])\*{8,}|\*{8,}(?=[\u3400-\u9fff])")),
    (("锟斤拷", "烫烫烫", "屯屯屯"), re.compile("(?:锟斤拷?|烫烫烫+|屯屯屯+)+")),
    (("锛", "銆", "鏀垮", "淇℃"), re.compile("[锛銆鐨鏀垮簻淇℃伅鍏紑骞村害]")),
    (("Ã", "ã€", "å", "æ", "Õþ", "ÐÅ", "¹«¿ª"), re.compile(f"[\u00c0-\u00ff][{_LATIN}]{{3,}}")),
)
"""Signs of damage: words that are quickly looked for, then the characters that count as damaged. Asterisks are, unless
they mask digits (a telephone number) or rule a line."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file as text. ``encoding`` is the codec that read it; ``notices`` say where the file contradicts itself."""

    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


def declared_charset(data: bytes) -> str | None:
    """The encoding that a page's ``<meta>`` or XML declaration names, as printed."""
    match = _DECLARED.search(data, 0, HEAD_BYTES)
    return match[1].decode("ascii", "replace") if match else None


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """``data`` as text. ``declared`` is the name that a header or the file itself gives its encoding.

    A declaration that the bytes contradict gives way, with the notice ``encoding_mismatch``. Raises ReadError:
    ``binary`` (no text at all), ``mojibake`` (the text was damaged before it came here, or cannot be decoded).
    """
    body, marked = _without_mark(data)
    named = marked or LABELS.get((declared or "").strip().lower())
    wide = marked or _utf_16_by_zeros(body) or named
    if wide in UTF_16:
        text = _strictly(body, wide)
        if text is None and wide == marked:  # cut within a character, or damaged: still in no other encoding
            text = body.decode(wide, "replace")
        if text is not None and not _too_many_controls(text.encode("ascii", "ignore"), len(text)):
            return _checked(text, wide, _contradictions(declared, wide))
    _refuse_binary(body)
    body = body.replace(b"\x00", b"") if b"\x00" in body else body
    return _decoded(body, None if named in UTF_16 else named, declared)


def _decoded(body: bytes, named: str | None, declared: str | None) -> Decoded:
    text, encoding = _strict_reading(body, named) or _lenient_reading(body, named)
    return _checked(text, encoding, _contradictions(declared, encoding))


def _without_mark(data: bytes) -> tuple[bytes, str | None]:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :], encoding
    return data, None


def _contradictions(declared: str | None, encoding: str) -> tuple[Notice, ...]:
    known = LABELS.get((declared or "").strip().lower())
    if known is None or known == encoding or (known in UTF_16 and encoding in UTF_16):
        return ()
    message = told("readers.encoding_mismatch", declared=declared, encoding=encoding)
    return (Notice("note", "encoding_mismatch", message),)


# Which encoding --------------------------------------------------------------------------------------------------


def _strictly(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError:
        return None


Reading = tuple[str, str]
"""A text, and the encoding in which it was read."""


def _strict_reading(body: bytes, named: str | None) -> Reading | None:
    """``body`` in the encoding in which every byte of it makes sense; None if there is none."""
    as_utf_8 = _strictly(body, UTF_8)
    if as_utf_8 is not None and (named in (None, UTF_8) or _is_surely_utf_8(as_utf_8)):
        return as_utf_8, UTF_8
    if named is not None and (as_named := _strictly(body, named)) is not None:
        return as_named, named
    possible = [(text, encoding) for encoding in (GB_18030, BIG_5) if (text := _strictly(body, encoding)) is not None]
    best = _most_sensible(possible)
    if best is not None and _common_share(best[0]) >= LEAST_SHARE:
        return best
    return _normalizer_reading(body) or best


def _lenient_reading(body: bytes, named: str | None) -> Reading:
    """``body`` in the encoding that makes the most sense of it, with marks for bytes that make none."""
    encodings = (*((named,) if named else ()), UTF_8, GB_18030, BIG_5)
    readings = [(body.decode(encoding, "replace"), encoding) for encoding in encodings]
    return _most_sensible(readings) or readings[0]


def _is_surely_utf_8(text: str) -> bool:
    return not text.isascii() and _wide_characters(text) >= SURE_UTF_8


def _wide_characters(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _most_sensible(readings: Iterable[Reading]) -> Reading | None:
    """The reading with the largest share of common Chinese characters, the first of equals."""
    return max(readings, key=lambda reading: _common_share(reading[0]), default=None)


def _common_share(text: str) -> float:
    wide = [character for character in text[:SAMPLE_BYTES] if character > "\u007f"]
    return sum(character in _COMMON for character in wide) / len(wide) if wide else 0.0


def _normalizer_reading(body: bytes) -> Reading | None:
    """The reading that charset-normalizer proposes, where the whole of ``body`` can be read so."""
    best = from_bytes(body[:SAMPLE_BYTES]).best()
    if best is None:
        return None
    text = _strictly(body, best.encoding)
    return None if text is None else (text, best.encoding)


def _utf_16_by_zeros(body: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte of mark-up, digits and line ends is 0."""
    if b"\x00" not in body:
        return None
    sample = body[:SAMPLE_BYTES]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 50 < len(sample):
        return None
    if min(even, odd) * 20 > max(even, odd):
        return None
    likely = UTF_16 if odd > even else UTF_16[::-1]
    # 开 has a byte of 0 as well, on the other side: in a text almost without digits it may be the more frequent one.
    best = _most_sensible([(sample.decode(encoding, "replace"), encoding) for encoding in likely])
    return likely[0] if best is None else best[1]


# What is no text -------------------------------------------------------------------------------------------------


def _refuse_binary(body: bytes) -> None:
    if controls := _too_many_controls(body, len(body)):
        raise ReadError(
            "binary",
            told("readers.binary", controls=controls, size=len(body)),
        )


def _too_many_controls(characters: bytes, length: int) -> int:
    """How many control characters there are, if that is too many for a text of ``length`` characters, else 0."""
    if not any(control in characters for control in _CONTROLS):  # as in nearly every text: far quicker than to count
        return 0
    controls = len(characters) - len(characters.translate(None, _CONTROLS))
    return controls if controls > max(3, length // CONTROL_SHARE) else 0


def _checked(text: str, encoding: str, notices: tuple[Notice, ...]) -> Decoded:
    """``text``, refused where it is full of damage, with a notice where there is some."""
    damaged, excerpt = _damage(text)
    if not damaged:
        return Decoded(text, encoding, notices)
    if damaged * DAMAGE_LIMIT >= _wide_characters(text) + damaged and (damaged > 2 or len(text) < 100):
        message = told("readers.mojibake", damaged=damaged, encoding=encoding)
        raise ReadError("mojibake", message, excerpt)
    notice = Notice("warning", "damaged_characters", told("readers.damaged_characters", damaged=damaged), excerpt)
    return Decoded(text, encoding, (*notices, notice))


def _damage(text: str) -> tuple[int, str]:
    """How many characters are damaged, and the first place. Replacement marks are counted all, the rest in samples."""
    sample = _sample(text)
    damaged, excerpt = 0, ""
    for signs, pattern in _DAMAGE:
        looked_at = text if signs == (UNKNOWN,) else sample
        if any(sign[0] in looked_at and sign in looked_at for sign in signs):  # one character is found ten times faster
            matches = list(pattern.finditer(looked_at))
            damaged += sum(len(match[0]) for match in matches) * (len(text) // len(looked_at) or 1)
            excerpt = excerpt or next((_around(looked_at, match.start()) for match in matches), "")
    return damaged, excerpt


def _sample(text: str) -> str:
    if len(text) <= 4 * DAMAGE_WINDOW:
        return text
    step = (len(text) - DAMAGE_WINDOW) // 3
    return "".join(text[start : start + DAMAGE_WINDOW] for start in range(0, 3 * step + 1, step))


def _around(text: str, at: int) -> str:
    return text[max(0, at - 20) : at + 20].replace("\n", " ")
