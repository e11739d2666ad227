"""``NAME.meta.yml`` beside a document: what the person who publishes states about it wins over what was guessed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from ..document import Notice
from ..errors import ReadError
from ..identity import places
from ..identity.clues import SIDECAR_WEIGHT, host_of
from ..identity.identity import ambiguous
from ..identity.names import agency_kind, full_name
from ..identity.resolution import Resolution, may_be_one, resolve
from ..identity.source import source_kind_of
from ..messages import Message, any_of, listed, told
from ..readers.encoding import decode
from ..readers.html_facts import is_web_address
from ..report import Evidence, Identity, Problem, Report

TEXT_KEYS = ("source_url", "agency", "title", "index_number", "province", "city", "county", "adcode")
DATE_KEYS = ("published", "retrieved")
CHOICES = {
    "level": ("national", "province", "prefecture", "county", "township"),
    "scope": ("region", "own"),
    "source_kind": ("official", "archive", "mirror", "unknown"),
}
KEYS = (*TEXT_KEYS, *DATE_KEYS, *CHOICES, "year")
_EXPECTED = {
    **dict.fromkeys(TEXT_KEYS, "reading.one_line"),
    **dict.fromkeys(DATE_KEYS, "reading.a_date"),
    "source_url": "reading.an_address",
    "year": "reading.a_year",
}
MAX_BYTES = 64 * 1024
"""A sidecar holds a dozen lines."""
MOST_COMPLAINTS = 20
SHOWN = 80
"""So much of a value is quoted in a problem."""
_NOT_ON_A_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_YEAR = re.compile(r"(?P<year>(?:199|20\d)\d)(?:\.0|年)?", re.ASCII)
_DAY = re.compile(
    r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?(?: \d{1,2}:\d{2}(?::\d{2})?)?", re.ASCII
)
"""A day as spreadsheets of Chinese systems show it, the year first; in another order nobody can tell day from month."""
_CODE = re.compile(r"(?P<digits>\d{6})\.0", re.ASCII)
"""A code of which a spreadsheet has made a number."""
SETTLED = {
    "agency": ("agency_unknown", "agency_hijacked", "agency_contradiction", "agency_ambiguous"),
    "year": ("year_unknown", "year_from_publication", "year_contradiction"),
}
"""Problems that a stated value settles."""


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What is stated beside a document, by column of ``reports``; ``origins``: column → the file that states it.

    ``notices``: what of it could not be used.
    """

    values: Mapping[str, Any]
    notices: tuple[Notice, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Beside:
    """A file that states something, as it was found: its name, its first bytes, or why they could not be had."""

    name: str
    data: bytes = b""
    trouble: str | None = None


def sidecar_of(found: Beside) -> Sidecar:
    """What a sidecar states."""
    if found.trouble is not None:
        return _unused(told("reading.sidecar_unreadable", name=found.name, reason=found.trouble))
    return parse_sidecar(found.name, found.data)


def parse_sidecar(name: str, data: bytes) -> Sidecar:
    """Read the keys of a sidecar; what is malformed becomes a notice and is left out.

    Values are taken as they are written: 00123 and 1.10 are texts, not the numbers 83 and 1.1 that YAML makes of them.
    """
    if len(data) > MAX_BYTES:
        return _unused(told("reading.sidecar_too_large", name=name, limit=MAX_BYTES))
    try:
        decoded = decode(data)
        root = yaml.compose(decoded.text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ReadError, RecursionError) as error:
        return _unused(told("reading.sidecar_no_yaml", name=name, reason=str(error)[: 4 * SHOWN]))
    if root is None:
        return Sidecar({})
    if not isinstance(root, yaml.MappingNode):
        return _unused(told("reading.sidecar_no_lines", name=name))
    stated: dict[str, list[str | None]] = {}
    for key, value in root.value:
        stated.setdefault(_written(key) or "(a list)", []).append(_written(value))
    readings = {key: read_value(key, found) for key, found in stated.items()}
    complaints = [_complaint(name, key, found) for key, found in stated.items() if readings[key] is None]
    values = {key: value for key, value in readings.items() if value is not None}
    return Sidecar(values, (*decoded.notices, *_shortened(name, complaints)), dict.fromkeys(values, name))


def _written(node: yaml.Node) -> str | None:
    """What stands there ("" for YAML's ``null`` and ``~``), None for a list or a mapping."""
    if not isinstance(node, yaml.ScalarNode):
        return None
    return "" if node.tag == _NULL else str(node.value)


_NULL = "tag:yaml.org,2002:null"


def _unused(message: Message) -> Sidecar:
    return Sidecar({}, (_notice("sidecar_malformed", told("reading.sidecar_unused", reason=message)),))


def _shortened(name: str, complaints: list[Message]) -> Iterator[Notice]:
    yield from (_notice("sidecar_value", complaint) for complaint in complaints[:MOST_COMPLAINTS])
    if len(complaints) > MOST_COMPLAINTS:
        more = len(complaints) - MOST_COMPLAINTS
        yield _notice("sidecar_value", told("reading.more_keys", name=name, more=more))


def _notice(code: str, message: Message) -> Notice:
    return Notice("warning", code, message)


def _complaint(name: str, key: str, found: list[str | None]) -> Message:
    if key not in KEYS:
        return told("reading.unknown_key", name=name, key=key[:SHOWN], known=listed(KEYS))
    values = [_quoted(value) for value in found[:2]]
    shown = values[0] if len(values) == 1 else told("reading.two_values", one=values[0], other=values[1])
    if len(set(found)) > 1:
        return told("reading.stated_twice", name=name, key=key, shown=shown)
    return told("reading.not_expected", name=name, key=key, shown=shown, expected=expected(key))


def _quoted(value: str | None) -> Message:
    return told("reading.a_list") if value is None else told("reading.value", value=value[:SHOWN])


def expected(key: str) -> Message:
    """What the value of a key must be."""
    if key in CHOICES:
        return any_of(CHOICES[key])
    return told(_EXPECTED[key])


def read_value(key: str, found: Sequence[str | None]) -> str | int | None:
    """The value of ``key``, None if what is stated, once or again, is none."""
    if len(set(found)) > 1 or found[0] is None:
        return None
    value = found[0].strip()
    if key == "year":
        return _year(value)
    if key in DATE_KEYS:
        return _iso_date(value)
    if key in CHOICES:
        return value if value in CHOICES[key] else None
    return _text(key, value) if key in TEXT_KEYS and value and not _NOT_ON_A_LINE.search(value) else None


def _year(value: str) -> int | None:
    year = _YEAR.fullmatch(value)
    return int(year["year"]) if year is not None else None


def _text(key: str, value: str) -> str | None:
    if key == "source_url":
        return value if is_web_address(value) else None
    code = _CODE.fullmatch(value) if key == "adcode" else None
    return value if code is None else code["digits"]


def _iso_date(value: str) -> str | None:
    """The day of a date, or of a date and time."""
    day = _DAY.fullmatch(value)
    try:
        if day is not None:
            return datetime.date(int(day["year"]), int(day["month"]), int(day["day"])).isoformat()
        return datetime.datetime.fromisoformat(value).date().isoformat()
    except ValueError:
        return None


def apply_sidecar(report: Report, sidecar: Sidecar) -> Report:
    """``report`` with what the sidecar states in place of what was read; a contradiction becomes a problem."""
    year = sidecar.values.get("year", report.identity.year)
    unknown = _unknown_code(sidecar, year)
    stated = {key: value for key, value in sidecar.values.items() if key != "adcode" or not unknown}
    identity = replace(report.identity, **stated)
    if "published" in stated:
        identity = replace(identity, published_basis="sidecar")
    settled = {code for key, codes in SETTLED.items() if key in stated for code in codes}
    notices: tuple[Notice, ...] = (*sidecar.notices, *unknown)
    if identity.agency is not None and any(key in stated for key in SAYS_WHOSE):
        whose = _whose(report, identity, stated)
        identity = with_authority(identity, whose, stated)
        report = decided_by(report, whose)
        settled.add("agency_ambiguous")
        notices = (*notices, *ambiguous(identity.agency, whose.candidates, year))
    if "source_url" in stated and "source_kind" not in stated:
        identity = replace(identity, source_kind=source_kind_of(identity.source_url, report.text, identity.agency))
    problems = (
        *(problem for problem in report.problems if problem.code not in settled),
        *_contradictions(report, stated, sidecar.origins),
        *(_problem(report, notice) for notice in notices),
    )
    return replace(report, identity=identity, problems=problems)


SAYS_WHOSE = ("agency", "adcode", "province", "city", "county", "year", "source_url")
"""Keys that may tell whose report it is, or under what name and code."""


def _unknown_code(sidecar: Sidecar, year: int | None) -> tuple[Notice, ...]:
    """A notice of a code that no division of the report's year has, or of any year where that is not known."""
    adcode = sidecar.values.get("adcode")
    if adcode is None:
        return ()
    known = places.lineage(adcode) if year is None else places.division(adcode, year)
    if known is not None:
        return ()
    origin = sidecar.origins["adcode"]
    message = told("reading.adcode_unknown", origin=origin, adcode=adcode, year=year or told("reading.any_year"))
    return (_notice("adcode_unknown", message),)


def name_of(identity: Identity, stated: Mapping[str, Any]) -> str:
    """The full name by the document, or as stated, before the registry gives its own."""
    printed = identity.agency if "agency" in stated else identity.agency_printed or identity.agency
    return full_name(printed or "")


def _whose(report: Report, identity: Identity, stated: Mapping[str, Any]) -> Resolution:
    """The authority by the stated name, or of those of the document's name the one that fits what is stated."""
    said = [piece for piece in report.evidence if piece.about in ("agency", "place")]
    whose = resolve(name_of(identity, stated), identity.year, [*stated_places(stated), *said], report.text)
    adcode = stated.get("adcode")
    if whose.agency is None or adcode is None:
        return whose
    own = whose.place.adcode or whose.agency.adcode
    return whose if lies_in(own, adcode, identity.year) else Resolution(whose.place)


def stated_places(stated: Mapping[str, Any]) -> Iterator[Evidence]:
    """What is stated of the place, as evidence."""
    if "adcode" in stated:
        yield Evidence("place", "sidecar", stated["adcode"], f"adcode: {stated['adcode']}", None, SIDECAR_WEIGHT)
    words = "".join(stated.get(key, "") for key in ("province", "city", "county"))
    if words:
        yield Evidence("place", "stated", words, words, None, SIDECAR_WEIGHT)
    yield from host_of(stated.get("source_url"))


def lies_in(own: str | None, adcode: str, year: int | None) -> bool:
    """Whether the area with the code ``own`` is that with the code ``adcode`` or lies in it."""
    lineages = [places.lineage(code, year) or places.lineage(code) for code in (own or "", adcode)]
    if None in lineages:
        return False
    chains = [(*places.above(row, row.valid_from if year is None else year), row) for row in _rows(lineages, year)]
    return chains[1][-1].lineage in {row.lineage for row in chains[0]}


def _rows(lineages: list[str | None], year: int | None) -> Iterator[places.Division]:
    yield from (places.state_in(lineage, year) for lineage in lineages if lineage is not None)


def with_authority(identity: Identity, whose: Resolution, stated: Mapping[str, Any]) -> Identity:
    """``identity`` with the authority's name, code and place; what is stated of the place stays."""
    agency = whose.name(name_of(identity, stated), identity.year)
    place = _stated_place(stated.get("adcode"), identity.year) if "adcode" in stated else {}
    found = {name: getattr(whose.place, name) for name in ("level", "province", "city", "county", "adcode")}
    return replace(
        identity,
        agency_id=whose.agency.id if whose.agency is not None else None,
        agency=agency,
        agency_kind=agency_kind(agency),
        **{name: stated.get(name, place.get(name, value)) for name, value in found.items()},
    )


def _stated_place(adcode: str | None, year: int | None) -> dict[str, str | None]:
    """Province, city and county of the division with a stated code."""
    origin = places.lineage(adcode or "", year) or places.lineage(adcode or "")
    if origin is None:
        return {}
    row = places.state_in(origin, year)
    named = {each.level: each.name for each in (*places.above(row, year or row.valid_from), row)}
    return {"province": named.get("province"), "city": named.get("prefecture"), "county": named.get("county")}


def decided_by(report: Report, whose: Resolution) -> Report:
    """``report`` with what decided on its authority in place of what decided before."""
    kept = (piece for piece in report.evidence if piece.about != "authority")
    return replace(report, evidence=(*kept, *whose.decided), candidates=tuple(each.id for each in whose.candidates))


def _contradictions(report: Report, stated: Mapping[str, Any], origins: Mapping[str, str]) -> Iterator[Problem]:
    for key, value in stated.items():
        read = getattr(report.identity, key)
        if key == "agency" and read is not None and may_be_one(read, full_name(value)):
            continue
        if read is not None and read != value and not (key == "source_kind" and read == "unknown"):
            message = told("reading.sidecar_contradiction", origin=origins[key], key=key, value=value, read=read)
            yield _problem(report, _notice("sidecar_contradiction", message))


def _problem(report: Report, notice: Notice) -> Problem:
    return Problem(report.source_file, "read", notice.severity, notice.code, notice.message, notice.excerpt, report.id)
