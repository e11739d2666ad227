"""What points to a place in a document's small print and words about itself, piece by piece with its weight.

Pieces decide between authorities of one name; what a document's prose says of other governments is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set

from ..document import Document
from ..report import Evidence
from ..text.addresses import government_host
from . import hints, places
from .fields import ADDRESS, PUBLISHER
from .places import Division
from .registry import Candidate

SIDECAR_WEIGHT = 4
"""What a person states beside the document outweighs whatever the document says."""

FIELDS_END = 4000
"""Characters in which the fields of a page stand."""
LONGEST_SIGNATURE = 40

_TELEPHONE = re.compile(r"0\d{2,3}[)）]?[-—–\s]{0,2}\d{7,8}(?!\d)")
_POSTCODE = re.compile(r"(?:邮\s*编|邮政编码)\s*[:：]?\s*(?P<value>\d{6})(?!\d)")
_SITE_CODE = re.compile(r"标识码\s*[:：]?\s*(?P<value>\d{10})(?!\d)")
_ICP = re.compile(r"[\u4e00-\u9fff]\s*ICP\s*[备证]", re.IGNORECASE)
_HOSTING_PROVINCES = "京沪粤浙"
"""Where firms host sites of the whole country: their ICP numbers say little."""

Areas = Mapping[Candidate, tuple[Division, ...]]
"""Candidates with their areas, each with those around it, the province first."""


def stated_facts(document: Document, source_url: str | None) -> Iterator[Evidence]:
    """What a page's head and address say of its place: the site's number, ICP number, host name, publisher."""
    for kind, weight in (("site_code", 3), ("publisher", 2)):
        fact = document.fact(kind)
        if fact:
            yield Evidence("place", kind, fact, fact, None, weight)
    icp = document.fact("icp")
    if icp:
        yield _icp(icp, None)
    yield from host_of(source_url)


def host_of(source_url: str | None) -> Iterator[Evidence]:
    """A government's host name in an address."""
    host = government_host(source_url)
    if host:
        yield Evidence("place", "host", host, host, None, 2)


def small_print(text: str) -> Iterator[Evidence]:
    """Addresses, telephones, postal codes, ICP numbers and site codes in a text, and who publishes it."""
    publisher = PUBLISHER.search(text, 0, FIELDS_END)
    if publisher is not None:
        yield _piece("publisher", publisher, 2)
    for kind, words, pattern, weight in _NUMBERS:
        if any(word in text for word in words):
            yield from (_piece(kind, match, weight) for match in pattern.finditer(text))
    yield from (_piece("telephone", match, 2) for match in _TELEPHONE.finditer(text) if _begins(match))
    if "ICP" in text or "icp" in text:
        yield from (_icp(match.group(), match.span()) for match in _ICP.finditer(text))


_NUMBERS = (
    ("address", ("址", "办公地点", "办公场所"), ADDRESS, 2),
    ("postcode", ("邮",), _POSTCODE, 2),
    ("site_code", ("标识码",), _SITE_CODE, 3),
)
"""Kind, words of which one stands in every such piece, pattern, weight."""


def _begins(match: re.Match[str]) -> bool:
    return not match.string[max(0, match.start() - 1) : match.start()].isdigit()


def _piece(kind: str, match: re.Match[str], weight: int) -> Evidence:
    value = match["value"] if "value" in match.re.groupindex else match.group()
    return Evidence("place", kind, value, match.group(), None, weight)


def _icp(number: str, span: tuple[int, int] | None) -> Evidence:
    return Evidence("place", "icp", number, number, None, 1 if number[0] in _HOSTING_PROVINCES else 2)


def signatures(text: str, name: str) -> Iterator[Evidence]:
    """Lines that are nothing but a fuller form of ``name``: 徐州市鼓楼区人民政府 above the date at the end."""
    at = text.find(name)
    while at >= 0:
        start, end = text.rfind("\n", 0, at) + 1, at + len(name)
        line = text[start:end].strip()
        stop = text.find("\n", end)
        is_last = not text[end : stop if stop >= 0 else len(text)].strip()
        if is_last and _FULLER.fullmatch(line) and line != name:
            yield Evidence("place", "signature", line, line, None, 2)
        at = text.find(name, end)


_FULLER = re.compile(r"[\u4e00-\u9fff]{4,40}")


def fuller_names(text: str, name: str) -> Iterator[Evidence]:
    """A town with its county's name directly before it, wherever it stands: 可在涟水县高沟镇网站下载.

    A town names no other town of its own name in another county.
    """
    town = _TOWN.fullmatch(name)
    if town is None:
        return
    for words in dict.fromkeys(_with_county(town["town"]).findall(text)):
        yield Evidence("place", "text", words, words, None, 2)


_TOWN = re.compile(r"(?P<town>[\u4e00-\u9fff]{2,10}(?:镇|乡|苏木|街道))(?:人民政府|办事处)")


def _with_county(town: str) -> re.Pattern[str]:
    return re.compile(rf"[\u4e00-\u9fff]{{1,18}}[县区市旗]{re.escape(town)}")


def pointed_at(piece: Evidence, areas: Areas) -> Set[Candidate]:
    """The candidates in an area to which a number or a host name points."""
    if piece.kind == "host":
        return _by_host(piece.value, areas)
    lineages = _POINTS[piece.kind](piece.value) if piece.kind in _POINTS else frozenset()
    return {candidate for candidate, chain in areas.items() if any(row.lineage in lineages for row in chain)}


_POINTS = {
    "site_code": lambda value: frozenset(filter(None, (hints.area_of_site_code(value),))),
    "sidecar": lambda value: frozenset(filter(None, (places.lineage(value),))),
    "folder": lambda value: frozenset(filter(None, (places.lineage(value),))),
    "icp": lambda value: frozenset(filter(None, (hints.province_of_icp(value),))),
    "postcode": lambda value: frozenset(filter(None, (hints.province_of_postcode(value),))),
    "telephone": lambda value: frozenset(hints.areas_of_telephone(value)),
}


def named_in(piece: Evidence, areas: Areas) -> Set[Candidate]:
    """The candidates around which the words name most: 江苏省南京市 fits 南京市鼓楼区 better than 徐州市鼓楼区."""
    named = {candidate: _depth(candidate, chain, piece.words) for candidate, chain in areas.items()}
    deepest = max(named.values(), default=0)
    return {candidate for candidate, depth in named.items() if depth == deepest > 0}


def _depth(candidate: Candidate, chain: tuple[Division, ...], words: str) -> int:
    """How many of the areas around an authority the words name; 巢湖市 does not name the city around 巢湖市."""
    own = candidate.place.name if candidate.place is not None else ""
    around = chain if candidate.agency.town is not None else [row for row in chain[:-1] if row.name != own]
    return sum(row.name in words or _before(row, chain[-1]) in words for row in around)


def _before(row: Division, area: Division) -> str:
    """An area named without its rank before the one in it: 南京鼓楼区."""
    short = places.provinces()[row.adcode]["short"] if row.level == "province" else row.stem
    return short + area.name


def _by_host(host: str, areas: Areas) -> Set[Candidate]:
    labels = set(re.split(r"[.-]", host))
    strongest: dict[Candidate, int] = {
        candidate: max((len(word) for word in _host_words(chain) if word in labels), default=0)
        for candidate, chain in areas.items()
    }
    longest = max(strongest.values(), default=0)
    return {candidate for candidate, length in strongest.items() if length == longest >= SHORTEST_HOST_WORD}


SHORTEST_HOST_WORD = 4
"""Letters; two initials are shared by dozens of cities."""


def _host_words(chain: tuple[Division, ...]) -> Iterator[str]:
    """How host names write an area with those around it: nanjing, njgulou, nanjinggulou, njgl."""
    for at, row in enumerate(chain):
        own = _spellings(row)
        yield from own
        for above in _spellings(chain[at - 1]) if at else ():
            yield from (above + word for word in own)


def _spellings(row: Division) -> tuple[str, ...]:
    said = row.pinyin.split()
    letters = "".join(each[0] for each in said)
    length = len(row.stem)
    return "".join(said), "".join(said[:length]), letters, letters[:length]
