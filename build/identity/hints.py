"""Where a document's small print points: site codes, ICP numbers, postal codes, telephone area codes, host names.

Each function gives lineages (first codes since 2008), none where the number says nothing for sure. One of them alone
never says whose report it is; they decide between candidates.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from . import places

_ICP = re.compile(r"(?P<province>[\u4e00-\u9fff])\s*ICP\s*(?:备|证)", re.IGNORECASE)
_SITE_CODE = re.compile(r"(?<!\d)(?P<adcode>[1-8]\d{5})\d{4}(?!\d)")
_POSTCODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
_TELEPHONE = re.compile(r"(?<!\d)(?:\+?86[-\s]?)?[(]?(?P<area>0(?:10|2\d|[3-9]\d{2}))[)]?[-—\s]?\d{7,8}(?!\d)")
_HOST_WORDS = frozenset({"www", "zwgk", "xxgk", "zfxxgk", "gk", "public", "gov", "cn", "com", "zw", "m", "new"})

SHARED_POSTCODES = frozenset({"137"})
"""First digits that two provinces share: 白城 and 兴安盟."""

PINYIN, INITIALS = "pinyin", "initials"


def province_of_icp(text: str) -> str | None:
    """The province that registered a site: 鄂ICP备… is Hubei's. None without a number."""
    match = _ICP.search(text)
    return _provinces_by("icp").get(match["province"]) if match is not None else None


def province_of_postcode(postcode: str) -> str | None:
    """The province of a postal code of six digits; None where it is none, or where provinces share its beginning."""
    if not _POSTCODE.fullmatch(postcode) or postcode[:3] in SHARED_POSTCODES:
        return None
    return _provinces_by("postal").get(postcode[:2])


@cache
def _provinces_by(column: str) -> Mapping[str, str]:
    return {word: code for code, row in places.provinces().items() for word in row[column].split()}


def area_of_site_code(site_code: str, year: int | None = None) -> str | None:
    """The area of a government site's identification code (网站标识码, ten digits that begin with a division's code).

    The code keeps the division's code of the year in which the site was registered, so any year's is taken where the
    year's own is not known. None where no division ever had it.
    """
    match = _SITE_CODE.fullmatch(site_code.strip())
    if match is None:
        return None
    return (places.lineage(match["adcode"], year) if year is not None else None) or places.lineage(match["adcode"])


def areas_of_telephone(telephone: str) -> tuple[str, ...]:
    """The prefectures, or counties directly below a province, with a telephone number's area code; empty if unknown."""
    match = _TELEPHONE.search(telephone)
    return _areas_by_area_code().get(match["area"], ()) if match is not None else ()


@cache
def _areas_by_area_code() -> Mapping[str, tuple[str, ...]]:
    return {
        row["area_code"]: tuple(places.lineage(code) or code for code in row["adcodes"].split())
        for row in places.rows_of("area_codes.csv")
    }


def areas_of_host(host: str) -> tuple[tuple[str, str], ...]:
    """(lineage, how) of the areas that a government's host name may mean: www.shuyang.gov.cn, www.yc.gov.cn.

    ``how``: ``pinyin`` where a label is the area's name written out, or a province's own label, ``initials`` where it
    is made of first letters, which many areas share. Empty for hosts that are not below gov.cn.
    """
    labels = host.lower().removesuffix(".").split(".")
    if labels[-2:] != ["gov", "cn"]:
        return ()
    words = [word for label in labels[:-2] for word in (label, *label.split("-")) if word not in _HOST_WORDS]
    found: dict[str, str] = {}
    for how, index in ((PINYIN, _by_pinyin()), (INITIALS, _by_initials())):
        for word in words:
            for origin in index.get(word, ()):
                found.setdefault(origin, how)
    return tuple(found.items())


@cache
def _by_pinyin() -> Mapping[str, tuple[str, ...]]:
    """Names written out, with and without the rank, and the provinces' own labels → lineages."""
    found: dict[str, dict[str, None]] = {}
    for row in places.divisions():
        said = row.pinyin.split()
        for written in ("".join(said), "".join(said[: len(row.stem)])):
            found.setdefault(written, {})[row.lineage] = None
    for word, code in _provinces_by("host").items():
        found.setdefault(word, {})[code] = None
    return {word: tuple(origins) for word, origins in found.items()}


@cache
def _by_initials() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for row in places.divisions():
        letters = "".join(each[0] for each in row.pinyin.split())
        for written in {letters, letters[: len(row.stem)]}:
            if len(written) > 1 and row.level != "zone":
                found.setdefault(written, {})[row.lineage] = None
    return {word: tuple(origins) for word, origins in found.items()}
