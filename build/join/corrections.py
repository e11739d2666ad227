"""``corrections.yml``: known errors, of our reading or of a source, confirmed elsewhere; one entry each.

The tables keep the printed value; a correction is published beside it. Every entry states the value that it expects to
find printed, so that the build stops when the source or our reading changes under it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from .. import forms
from ..errors import ToldError
from ..messages import Message, alike, told
from ..reading.key import Key
from ..report import ApplicationRow, DisclosureFigure, HotlineFigure, PlacedRow, Problem, Report

STANDS = "confirmed"
STATUSES = (STANDS, "reported", "withdrawn")
"""``confirmed``: stands. ``reported``: told to us, not yet confirmed. ``withdrawn``: kept for the record only."""

_VALUE = {"type": ["integer", "number", "null"]}
SCHEMA: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": [
            "table", "cell", "expect", "corrected", "error_of", "reason", "confirmed_by", "date", "status",
        ],
        "anyOf": [{"required": ["report"]}, {"required": ["source_file", "sha256"]}],
        "dependentRequired": {"sha256": ["source_file"]},
        "properties": {
            "report": {"type": "string", "pattern": "^[a-z2-7]{10}(-[0-9]+)?$"},
            "source_file": {"type": "string", "minLength": 1},
            "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "table": {"enum": ["applications", "disclosures", "reviews", "hotline"]},
            "cell": {"type": "string", "pattern": "^[a-z0-9_]+-[a-z_]+$"},
            "expect": {"type": ["integer", "number", "string", "null"]},
            "corrected": _VALUE,
            "error_of": {"enum": ["reading", "source"]},
            "reason": {"type": "string", "minLength": 1},
            "confirmed_by": {"type": "string", "minLength": 1},
            "date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
            "status": {"enum": list(STATUSES)},
        },
    },
}  # fmt: skip
"""What the file must look like (JSON Schema 2020-12)."""


class CorrectionError(ToldError):
    """The file cannot be used: which file, line and entry, and why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as written; ``line`` and ``number`` (from 1) say where it stands in ``file``."""

    file: str
    line: int
    number: int
    report: str | None
    source_file: str | None
    sha256: str | None
    table: str
    cell: str
    expect: Decimal | str | None
    corrected: Decimal | None
    error_of: str
    reason: str
    confirmed_by: str
    date: str
    status: str

    @property
    def subject(self) -> str:
        """The fragment of the report page: ``applications-received-total``."""
        return f"{self.table}-{self.cell}"

    def error(self, reason: Message) -> CorrectionError:
        """An error that names this entry."""
        return _error(self.file, self.line, self.number, reason)


@dataclass(frozen=True, slots=True)
class Correction:
    """A row of ``corrections``: an entry that was found to fit its report. ``printed`` is the cell's own text."""

    report: str
    subject: str
    printed: str
    printed_value: Decimal | None
    entry: Entry


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a file of corrections: rows by report, and a problem for every entry whose report is not here."""

    by_report: Mapping[str, tuple[Correction, ...]]
    problems: tuple[Problem, ...] = ()


NOTHING = Applied({})


def _error(file: str, line: int, number: int | None, reason: Message) -> CorrectionError:
    if number is None:
        return CorrectionError(told("join.in_line", file=file, line=line, reason=reason))
    return CorrectionError(told("join.in_entry", file=file, line=line, number=number, reason=reason))


# The file ----------------------------------------------------------------------------------------------------------


class _Loader(yaml.SafeLoader):
    """Safe YAML with figures as Decimal, and dates as the text that stands there."""


_TIMESTAMP = "tag:yaml.org,2002:timestamp"
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _TIMESTAMP]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _decimal(_: yaml.SafeLoader, node: yaml.ScalarNode) -> Decimal:
    try:
        number = Decimal(str(node.value).replace("_", ""))
    except InvalidOperation:
        raise yaml.constructor.ConstructorError(None, None, f"{node.value!r} is no figure", node.start_mark) from None
    return number


_Loader.add_constructor("tag:yaml.org,2002:float", _decimal)


def read_corrections(path: Path) -> tuple[Entry, ...]:
    """Every entry of ``path``. Raises CorrectionError, naming file, line, entry and reason."""
    file = str(path)
    try:
        text = path.read_bytes().decode("utf-8")
        node = yaml.compose(text, _Loader)
        content = yaml.load(text, _Loader)
    except UnicodeDecodeError as error:
        raise _error(file, 1, None, told("join.no_utf_8", reason=error.reason, at=error.start)) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise _error(file, mark.line + 1 if mark else 1, None, told("join.no_yaml", reason=error.problem)) from error
    except yaml.YAMLError as error:
        raise _error(file, 1, None, told("join.no_yaml", reason=error)) from error
    if content is None:
        return ()
    if not isinstance(node, yaml.SequenceNode):
        raise _error(file, 1, None, told("join.no_list"))
    lines = [item.start_mark.line + 1 for item in node.value]
    if content:
        _check_keys(file, node)
        _check_schema(file, content, lines)
    entries = tuple(
        _entry(file, line, number, raw) for number, (line, raw) in enumerate(zip(lines, content, strict=True), 1)
    )
    _check_doubles(entries)
    return entries


def _check_keys(file: str, node: yaml.SequenceNode) -> None:
    """YAML lets a key that stands twice win silently; here it is an error."""
    for number, item in enumerate(node.value, 1):
        if not isinstance(item, yaml.MappingNode):
            continue
        seen = set()
        for key, _ in item.value:
            if key.value in seen:
                raise _error(file, key.start_mark.line + 1, number, told("join.key_twice", key=key.value))
            seen.add(key.value)


def _check_schema(file: str, content: Sequence[Any], lines: Sequence[int]) -> None:
    # Imported here: it takes longer than many a build, and most builds have no corrections.
    from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # noqa: PLC0415

    errors = sorted(Draft202012Validator(SCHEMA).iter_errors(content), key=lambda error: list(error.absolute_path)[:1])
    if errors:
        path = list(errors[0].absolute_path)
        reason = told("join.nameless") if errors[0].validator in _ON_NAMES else alike(errors[0].message)
        number = int(path[0]) + 1
        raise _error(
            file, lines[number - 1], number, told("join.in_key", key=path[1], reason=reason) if path[1:] else reason
        )


_ON_NAMES = frozenset({"anyOf", "dependentRequired"})


def _entry(file: str, line: int, number: int, raw: Mapping[str, Any]) -> Entry:
    expect, corrected = raw["expect"], raw["corrected"]
    try:
        datetime.date.fromisoformat(raw["date"])
    except ValueError:
        raise _error(file, line, number, told("join.no_day", date=raw["date"])) from None
    return Entry(
        file,
        line,
        number,
        raw.get("report"),
        raw.get("source_file"),
        raw.get("sha256"),
        raw["table"],
        raw["cell"],
        Decimal(expect) if isinstance(expect, int) else expect,
        Decimal(corrected) if isinstance(corrected, int) else corrected,
        raw["error_of"],
        raw["reason"],
        raw["confirmed_by"],
        raw["date"],
        raw["status"],
    )


def _check_doubles(entries: Iterable[Entry]) -> None:
    first: dict[tuple[str | None, str], Entry] = {}
    for entry in entries:
        if entry.status == "withdrawn":
            continue
        held = first.setdefault((entry.report or entry.sha256, entry.subject), entry)
        if held is not entry:
            raise entry.error(told("join.corrected_twice", subject=entry.subject, number=held.number))


# Against the reports -------------------------------------------------------------------------------------------------


def apply_corrections(entries: Sequence[Entry], keys: Sequence[Key], whole: Callable[[Key], Report]) -> Applied:
    """Each entry beside the cell that it corrects. Raises CorrectionError where another value than expected is printed.

    ``whole`` gives the report of a key. An entry whose report is not among ``keys`` gives a note; a changed file under
    its name raises CorrectionError.
    """
    found: dict[str, list[Correction]] = {}
    problems = []
    by_id = {key.id: key for key in keys} if entries else {}
    by_file = {key.source_file: key for key in keys} if entries else {}
    by_hash = {key.sha256: key for key in reversed(keys)} if entries else {}
    for entry in entries:
        key = by_id.get(entry.report) if entry.report else by_hash.get(entry.sha256 or "")
        if key is None:
            changed = by_file.get(entry.source_file or "")
            if changed is not None:
                raise entry.error(_changed(entry, changed))
            problems.append(_unused(entry))
            continue
        if entry.sha256 is not None and entry.sha256 != key.sha256:
            raise entry.error(told("join.other_hash", report=key.id, theirs=key.sha256, ours=entry.sha256))
        found.setdefault(key.id, []).append(_applied(entry, whole(key)))
    return Applied({report: tuple(rows) for report, rows in found.items()}, tuple(problems))


def _changed(entry: Entry, report: Key) -> Message:
    return told("join.changed_file", file=entry.source_file, report=report.id, sha256=report.sha256)


def _unused(entry: Entry) -> Problem:
    name = entry.report or entry.source_file
    message = told("join.correction_unused", number=entry.number, line=entry.line, subject=entry.subject, report=name)
    return Problem(Path(entry.file).name, "combine", "note", "correction_unused", message)


def _applied(entry: Entry, report: Report) -> Correction:
    row, _, column = entry.cell.rpartition("-")
    cell = _READERS[entry.table](report, row, column)
    if cell is None:
        raise entry.error(told("join.no_cell", report=report.id, subject=entry.subject))
    value, printed = cell
    stands = printed if isinstance(entry.expect, str) else value
    if stands != entry.expect:
        raise entry.error(
            told(
                "join.not_expected",
                expected=_shown(entry.expect),
                subject=entry.subject,
                file=report.source_file,
                found=_shown(stands),
            )
        )
    if entry.corrected == value:
        raise entry.error(told("join.already_there", value=_shown(value), subject=entry.subject))
    if not _is_possible(column, entry.corrected):
        raise entry.error(told("join.impossible", value=_shown(entry.corrected), subject=entry.subject))
    return Correction(report.id, entry.subject, printed, value, entry)


def _is_possible(column: str, value: Decimal | None) -> bool:
    """Whether the form has room for ``value`` there: counts are whole and not negative, an increase may be."""
    if value is None:
        return True
    if column == "amount" or column.endswith("_rate"):
        return value >= 0
    return value == value.to_integral_value() and (value >= 0 or column == "change")


def _shown(value: Decimal | str | None) -> Message:
    return told("join.blank") if value is None else alike(str(value))


Cell = tuple[Decimal | None, str]
"""A cell's figure as published, and its text as printed."""


def _application_cell(report: Report, item: str, column: str) -> Cell | None:
    return _placed_cell(report, next((row for row in report.applications if row.item == item), None), column)


def _review_cell(report: Report, channel: str, column: str) -> Cell | None:
    return _placed_cell(report, next((row for row in report.reviews if row.channel == channel), None), column)


def _placed_cell(report: Report, row: PlacedRow | None, column: str) -> Cell | None:
    if row is None or column not in _columns(row):
        return None
    count = row.get(column)
    spans = dict(row.cell_spans)
    start, end = spans.get(column, (0, 0))
    return (None if count is None else Decimal(count)), report.text[start:end].strip()


def _columns(row: PlacedRow) -> tuple[str, ...]:
    return forms.APPLICATION_COLUMNS if isinstance(row, ApplicationRow) else forms.REVIEW_COLUMNS


def _disclosure_cell(report: Report, item: str, measure: str) -> Cell | None:
    figure = next((f for f in report.disclosures if (f.item, f.measure) == (item, measure)), None)
    return None if figure is None else (_disclosure_value(figure), figure.printed)


def _disclosure_value(figure: DisclosureFigure) -> Decimal | None:
    return figure.amount_wan if figure.count is None else Decimal(figure.count)


def _hotline_cell(report: Report, position: str, column: str) -> Cell | None:
    if not position.isdecimal() or not 1 <= int(position) <= len(report.hotline) or column not in _HOTLINE_COLUMNS:
        return None
    value = getattr(report.hotline[int(position) - 1], column)
    return (None, "") if value is None else (Decimal(value), str(value))


_HOTLINE_COLUMNS = frozenset(
    name for name in HotlineFigure.__slots__ if name.endswith("_rate")
    or name in {"received", "transferred", "answered_directly", "handled", "completed", "pending", "overdue"}
)  # fmt: skip
_READERS = {
    "applications": _application_cell,
    "disclosures": _disclosure_cell,
    "reviews": _review_cell,
    "hotline": _hotline_cell,
}


def correction_notes(corrections: Iterable[Correction]) -> str | None:
    """What stands corrected in a report, for ``report_summary``: ``applications-received-total: 19 → 20``, or None."""
    return "; ".join(_notes(corrections)) or None


def _notes(corrections: Iterable[Correction]) -> Iterator[str]:
    for correction in corrections:
        if correction.entry.status == STANDS:
            printed, corrected = correction.printed_value, correction.entry.corrected
            yield f"{correction.subject}: {_noted(printed)} → {_noted(corrected)}"


def _noted(value: Decimal | None) -> str:
    return "—" if value is None else f"{value:f}"
