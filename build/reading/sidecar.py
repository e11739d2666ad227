"""``NAME.meta.yml`` beside a document: what the person who publishes states about it wins over what was guessed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from ..document import Notice
from ..errors import ReadError
from ..identity.names import agency_kind
from ..identity.resolution import locate
from ..identity.source import source_kind_of
from ..readers.encoding import decode
from ..readers.html_facts import is_web_address
from ..report import Identity, Problem, Report

TEXT_KEYS = ("source_url", "agency", "title", "index_number", "province", "city", "county", "adcode")
DATE_KEYS = ("published", "retrieved")
CHOICES = {
    "level": ("national", "province", "prefecture", "county", "township"),
    "scope": ("region", "own"),
    "source_kind": ("official", "archive", "mirror", "unknown"),
}
KEYS = (*TEXT_KEYS, *DATE_KEYS, *CHOICES, "year")
EXPECTED = {
    **dict.fromkeys(TEXT_KEYS, "a text on one line"),
    **dict.fromkeys(DATE_KEYS, "a date such as 2021-01-29"),
    **{key: " or ".join(choices) for key, choices in CHOICES.items()},
    "source_url": "an address that begins with http:// or https://",
    "year": "a year",
}
"""What the value of each key must be."""
ENDING = ".meta.yml"
MAX_BYTES = 64 * 1024
"""A sidecar holds a dozen lines."""
MOST_COMPLAINTS = 20
SHOWN = 80
"""So much of a value is quoted in a problem."""
_NOT_ON_A_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_YEAR = re.compile(r"(?:199|20\d)\d", re.ASCII)
SETTLED = {
    "agency": ("agency_unknown", "agency_hijacked", "agency_contradiction"),
    "year": ("year_unknown", "year_from_publication", "year_contradiction"),
}
"""Problems that a stated value settles."""


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What the file states, by column of ``reports``, and what in it could not be used."""

    values: Mapping[str, Any]
    notices: tuple[Notice, ...] = ()


def read_sidecar(document: Path) -> Sidecar | None:
    """The sidecar of ``document``: ``report.pdf.meta.yml`` or ``report.meta.yml`` beside ``report.pdf``."""
    for path in (document.with_name(document.name + ENDING), document.with_name(document.stem + ENDING)):
        try:
            if path.is_file():
                return parse_sidecar(path.name, _head(path))
        except OSError as error:
            if path.name in _names_beside(path):
                return _unused(f"{path.name} could not be read: {error.strerror}.")
    return None


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _names_beside(path: Path) -> Iterator[str]:
    """The names in a folder: one that is too long to exist is an error to ask for, and no sidecar."""
    try:
        yield from (entry.name for entry in path.parent.iterdir())
    except OSError:
        return


def parse_sidecar(name: str, data: bytes) -> Sidecar:
    """Read the keys of a sidecar; what is malformed becomes a notice and is left out.

    Values are taken as they are written: 00123 and 1.10 are texts, not the numbers 83 and 1.1 that YAML makes of them.
    """
    if len(data) > MAX_BYTES:
        return _unused(f"{name} has more than {MAX_BYTES} bytes; it must hold lines like `year: 2020`.")
    try:
        decoded = decode(data)
        root = yaml.compose(decoded.text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ReadError, RecursionError) as error:
        return _unused(f"{name} is no YAML: {str(error)[: 4 * SHOWN]}.")
    if root is None:
        return Sidecar({})
    if not isinstance(root, yaml.MappingNode):
        return _unused(f"{name} must hold lines like `year: 2020`.")
    stated: dict[str, list[str | None]] = {}
    for key, value in root.value:
        stated.setdefault(_written(key) or "(a list)", []).append(_written(value))
    readings = {key: _read_value(key, found) for key, found in stated.items()}
    complaints = [_complaint(name, key, found) for key, found in stated.items() if readings[key] is None]
    values = {key: value for key, value in readings.items() if value is not None}
    return Sidecar(values, (*decoded.notices, *_shortened(name, complaints)))


def _written(node: yaml.Node) -> str | None:
    """What stands there ("" for YAML's ``null`` and ``~``), None for a list or a mapping."""
    if not isinstance(node, yaml.ScalarNode):
        return None
    return "" if node.tag == _NULL else str(node.value)


_NULL = "tag:yaml.org,2002:null"


def _unused(message: str) -> Sidecar:
    return Sidecar({}, (_notice("sidecar_malformed", f"{message} Nothing in it is used."),))


def _shortened(name: str, complaints: list[str]) -> Iterator[Notice]:
    yield from (_notice("sidecar_value", complaint) for complaint in complaints[:MOST_COMPLAINTS])
    if len(complaints) > MOST_COMPLAINTS:
        more = len(complaints) - MOST_COMPLAINTS
        yield _notice("sidecar_value", f"{name}: {more} more keys are not used.")


def _notice(code: str, message: str) -> Notice:
    return Notice("warning", code, message)


def _complaint(name: str, key: str, found: list[str | None]) -> str:
    if key not in KEYS:
        return f"{name}: the key {key[:SHOWN]!r} is not known and not used; known are {', '.join(KEYS)}."
    shown = " and ".join("a list" if value is None else repr(value[:SHOWN]) for value in found[:2])
    if len(set(found)) > 1:
        return f"{name}: {key} is stated more than once, as {shown}. None of it is used."
    return f"{name}: {key} is {shown}; expected {EXPECTED[key]}. It is not used."


def _read_value(key: str, found: list[str | None]) -> str | int | None:
    """The value of ``key``, None if what is stated, once or again, is none."""
    if len(set(found)) > 1 or found[0] is None:
        return None
    value = found[0].strip()
    if key == "year":
        return int(value) if _YEAR.fullmatch(value) else None
    if key in DATE_KEYS:
        return _iso_date(value)
    if key in CHOICES:
        return value if value in CHOICES[key] else None
    if key not in TEXT_KEYS or not value or _NOT_ON_A_LINE.search(value):
        return None
    return value if key != "source_url" or is_web_address(value) else None


def _iso_date(value: str) -> str | None:
    """The day of a date, or of a date and time."""
    try:
        return datetime.datetime.fromisoformat(value).date().isoformat()
    except ValueError:
        return None


def apply_sidecar(report: Report, sidecar: Sidecar) -> Report:
    """``report`` with what the sidecar states in place of what was read; a contradiction becomes a problem."""
    stated = dict(sidecar.values)
    identity = replace(report.identity, **stated)
    if "published" in stated:
        identity = replace(identity, published_basis="sidecar")
    if "agency" in stated:
        identity = _with_agency(identity, stated, report.text)
    if "source_url" in stated and "source_kind" not in stated:
        identity = replace(identity, source_kind=source_kind_of(identity.source_url, report.text, identity.agency))
    settled = {code for key, codes in SETTLED.items() if key in stated for code in codes}
    problems = (
        *(problem for problem in report.problems if problem.code not in settled),
        *_contradictions(report, stated),
        *(_problem(report, notice) for notice in sidecar.notices),
    )
    return replace(report, identity=identity, problems=problems)


def _with_agency(identity: Identity, stated: Mapping[str, Any], text: str) -> Identity:
    place = locate(identity.agency, identity.year, identity.title or "", text)
    return replace(
        identity,
        agency_kind=agency_kind(identity.agency),
        level=stated.get("level", place.level),
        province=stated.get("province", place.province),
        city=stated.get("city", place.city),
        county=stated.get("county", place.county),
        adcode=stated.get("adcode", place.adcode),
    )


def _contradictions(report: Report, stated: Mapping[str, Any]) -> Iterator[Problem]:
    for key, value in stated.items():
        read = getattr(report.identity, key)
        if read is not None and read != value and not (key == "source_kind" and read == "unknown"):
            message = f"The sidecar states {key} {value!r}, the document says {read!r}; the sidecar's is published."
            yield _problem(report, _notice("sidecar_contradiction", message))


def _problem(report: Report, notice: Notice) -> Problem:
    return Problem(report.source_file, "read", notice.severity, notice.code, notice.message, notice.excerpt, report.id)
