"""``NAME.meta.yml`` beside a document: what the person who publishes states about it wins over what was guessed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from .document import Notice
from .parse.identity import agency_kind, source_kind_of
from .parse.place import place_of
from .report import Identity, Problem, Report

TEXT_KEYS = ("source_url", "agency", "title", "index_number", "province", "city", "county", "adcode")
DATE_KEYS = ("published", "retrieved")
CHOICES = {
    "level": ("national", "province", "prefecture", "county", "township"),
    "scope": ("region", "own"),
    "source_kind": ("official", "archive", "mirror", "unknown"),
}
KEYS = (*TEXT_KEYS, *DATE_KEYS, *CHOICES, "year")
ENDING = ".meta.yml"
SETTLED = {"agency": ("agency_unknown", "agency_hijacked"), "year": ("year_unknown", "year_from_publication")}
"""Problems that a stated value settles."""


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What the file states, by column of ``reports``, and what in it could not be used."""

    values: Mapping[str, Any]
    notices: tuple[Notice, ...] = ()


def read_sidecar(document: Path) -> Sidecar | None:
    """The sidecar of ``document``: ``report.pdf.meta.yml`` or ``report.meta.yml`` beside ``report.pdf``."""
    for path in (document.with_name(document.name + ENDING), document.with_name(document.stem + ENDING)):
        if path.is_file():
            return parse_sidecar(path.name, path.read_bytes())
    return None


def parse_sidecar(name: str, data: bytes) -> Sidecar:
    """Read the keys of a sidecar; what is malformed becomes a notice and is left out."""
    try:
        stated = yaml.safe_load(data)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        return Sidecar({}, (_notice("sidecar_malformed", f"{name} is no YAML: {error}. Nothing in it is used."),))
    if stated is None:
        return Sidecar({})
    if not isinstance(stated, dict):
        return Sidecar(
            {}, (_notice("sidecar_malformed", f"{name} must hold lines like `year: 2020`; it is not used."),)
        )
    values: dict[str, Any] = {}
    notices = []
    for key, value in stated.items():
        read = _read_value(str(key), value)
        if read is None:
            notices.append(_notice("sidecar_value", _complaint(name, str(key), value)))
        else:
            values[str(key)] = read
    return Sidecar(values, tuple(notices))


def _notice(code: str, message: str) -> Notice:
    return Notice("warning", code, message)


def _complaint(name: str, key: str, value: object) -> str:
    if key not in KEYS:
        return f"{name}: the key {key!r} is not known and not used; known are {', '.join(KEYS)}."
    expected = " or ".join(CHOICES.get(key, ())) or ("a year" if key == "year" else "a date such as 2021-01-29")
    return f"{name}: {key} is {value!r}; expected {'a text' if key in TEXT_KEYS else expected}. It is not used."


def _read_value(key: str, value: object) -> str | int | None:
    if key == "year":
        return value if isinstance(value, int) and 1990 <= value <= 2100 else None
    if key in DATE_KEYS:
        return _iso_date(value)
    if key in CHOICES:
        return str(value) if value in CHOICES[key] else None
    return str(value).strip() or None if key in TEXT_KEYS and isinstance(value, str | int) else None


def _iso_date(value: object) -> str | None:
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    try:
        return datetime.date.fromisoformat(str(value)).isoformat()
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
        identity = replace(identity, source_kind=source_kind_of(identity.source_url, report.text))
    settled = {code for key, codes in SETTLED.items() if key in stated for code in codes}
    problems = (
        *(problem for problem in report.problems if problem.code not in settled),
        *_contradictions(report, stated),
        *(_problem(report, notice) for notice in sidecar.notices),
    )
    return replace(report, identity=identity, problems=problems)


def _with_agency(identity: Identity, stated: Mapping[str, Any], text: str) -> Identity:
    place = place_of(identity.agency, text)
    return replace(
        identity,
        agency_kind=agency_kind(identity.agency),
        level=stated.get("level", place.level),
        province=stated.get("province", place.province),
        city=stated.get("city", place.city),
        county=stated.get("county", place.county),
    )


def _contradictions(report: Report, stated: Mapping[str, Any]) -> Iterator[Problem]:
    for key, value in stated.items():
        read = getattr(report.identity, key)
        if read is not None and read != value and not (key == "source_kind" and read == "unknown"):
            message = f"The sidecar states {key} {value!r}, the document says {read!r}; the sidecar's is published."
            yield _problem(report, _notice("sidecar_contradiction", message))


def _problem(report: Report, notice: Notice) -> Problem:
    return Problem(report.source_file, "read", notice.severity, notice.code, notice.message, notice.excerpt, report.id)
