"""``corrections.yml``: known errors, of our reading or of a source, confirmed elsewhere; one entry each.

The tables keep the printed value; a correction of a figure is published beside it, one of the authority or the year is
what is published. Every entry states the value that it expects to find, so that the build stops when the source or our
reading changes under it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

from .. import forms
from ..messages import Message, told
from ..reading.key import Key
from ..report import ApplicationRow, DisclosureFigure, HotlineFigure, PlacedRow, Problem, Report
from .entries import DAY, HOW_NAMED, REPORT_ID, SHA256, WORDS, DecisionError, Fault, Origin, Written, read_entries

STANDS = "confirmed"
STATUSES = (STANDS, "reported", "withdrawn")
"""``confirmed``: stands. ``reported``: told to us, not yet confirmed. ``withdrawn``: kept for the record only."""

IDENTITY = "reports"
"""The table whose cells ``agency`` and ``year`` say whose a report is and of when."""
AGENCY, YEAR = "agency", "year"

_FIGURE = {
    "cell": {"pattern": "^[a-z0-9_]+-[a-z_]+$"},
    "expect": {"type": ["integer", "number", "string", "null"]},
    "corrected": {"type": ["integer", "number", "null"]},
    "adcode": {"not": {}},
}
_OF_AGENCY = {
    "expect": {"type": ["string", "null"]},
    "corrected": {"type": ["string", "null"], "minLength": 1},
    "adcode": {"type": "string", "pattern": "^[0-9]{6}$"},
}
_OF_YEAR = {
    "expect": {"type": ["integer", "null"]},
    "corrected": {"type": ["integer", "null"], "minimum": 2000, "maximum": 2099},
    "adcode": {"not": {}},
}


def _where(key: str, value: str) -> dict[str, Any]:
    return {"required": [key], "properties": {key: {"const": value}}}


SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["table", "cell", "expect", "corrected", "error_of", "reason", "confirmed_by", "date", "status"],
    HOW_NAMED: "curation.nameless",
    "anyOf": [{"required": ["report"]}, {"required": ["source_file", "sha256"]}],
    "dependentRequired": {"sha256": ["source_file"]},
    "properties": {
        "report": {"type": "string", "pattern": REPORT_ID},
        "source_file": WORDS,
        "sha256": {"type": "string", "pattern": SHA256},
        "table": {"enum": ["applications", "disclosures", "reviews", "hotline", IDENTITY]},
        "cell": {"type": "string"},
        "expect": True,
        "corrected": True,
        "adcode": True,
        "error_of": {"enum": ["reading", "source"]},
        "reason": WORDS,
        "confirmed_by": WORDS,
        "date": {"type": "string", "pattern": DAY},
        "status": {"enum": list(STATUSES)},
    },
    "if": _where("table", IDENTITY),
    "then": {
        "properties": {"cell": {"enum": [AGENCY, YEAR]}},
        "if": _where("cell", YEAR),
        "then": {"properties": _OF_YEAR},
        "else": {"properties": _OF_AGENCY},
    },
    "else": {"properties": _FIGURE},
}
"""What an entry must look like (JSON Schema 2020-12)."""


class CorrectionError(DecisionError):
    """The file of corrections cannot be used, or does not fit the reports: everything that is wrong with it."""


Value = Decimal | str | None
"""A figure or a name; None is a blank."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as written; ``origin``: where. ``adcode``: of the authority's area, where its name needs it."""

    origin: Origin
    report: str | None
    source_file: str | None
    sha256: str | None
    table: str
    cell: str
    expect: Value
    corrected: Value
    error_of: str
    reason: str
    confirmed_by: str
    date: str
    status: str
    adcode: str | None = None

    @property
    def subject(self) -> str:
        """The fragment of the report page: ``applications-received-total``."""
        return f"{self.table}-{self.cell}"

    @property
    def stands(self) -> bool:
        """Whether it is confirmed."""
        return self.status == STANDS


@dataclass(frozen=True, slots=True)
class Correction:
    """A row of ``corrections``: an entry that was found to fit its report.

    ``printed`` is the cell's own text, of authority and year what was read; ``value`` and ``text``: what stands
    corrected, a figure or the name of an authority.
    """

    report: str
    subject: str
    printed: str
    printed_value: Decimal | None
    entry: Entry
    value: Decimal | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a file of corrections: rows by report, and a problem for every entry whose report is not here.

    ``faults``: what is wrong with entries that do not fit.
    """

    by_report: Mapping[str, tuple[Correction, ...]]
    problems: tuple[Problem, ...] = ()
    faults: tuple[Fault, ...] = ()

    def and_also(self, other: Applied) -> Applied:
        """What became of both, the rows of a report in the order of their entries."""
        rows = {
            report: tuple(sorted((*self.by_report.get(report, ()), *other.by_report.get(report, ())), key=_number))
            for report in (*self.by_report, *other.by_report)
        }
        return Applied(rows, (*self.problems, *other.problems), (*self.faults, *other.faults))


def _number(correction: Correction) -> int:
    return correction.entry.origin.number or 0


# The file ----------------------------------------------------------------------------------------------------------


def read_corrections(path: Path) -> tuple[Entry, ...]:
    """Every entry of ``path``. Raises CorrectionError with everything that is wrong in it."""
    entries = tuple(_entry(written) for written in read_entries(path, SCHEMA, CorrectionError))
    faults = [*_doubles(entries)]
    if faults:
        raise CorrectionError(faults)
    return entries


def _entry(written: Written) -> Entry:
    values = written.values
    return Entry(
        written.origin,
        values.get("report"),
        values.get("source_file"),
        values.get("sha256"),
        values["table"],
        values["cell"],
        _value(values["expect"]),
        _value(values["corrected"]),
        values["error_of"],
        values["reason"],
        values["confirmed_by"],
        values["date"],
        values["status"],
        values.get("adcode"),
    )


def _value(written: Decimal | int | str | None) -> Value:
    return Decimal(written) if isinstance(written, int) else written


def _doubles(entries: Iterable[Entry]) -> Iterator[Fault]:
    first: dict[tuple[str | None, str], Entry] = {}
    for entry in entries:
        if entry.status == "withdrawn":
            continue
        held = first.setdefault((entry.report or entry.sha256, entry.subject), entry)
        if held is not entry:
            reason = told("curation.corrected_twice", subject=entry.subject, number=held.origin.number)
            yield entry.origin, reason


# Against the reports -------------------------------------------------------------------------------------------------


class Published(Protocol):
    """Where the reports that are published are found."""

    def key_of(self, report: str) -> Key | None:
        """The report of that id."""

    def of_file(self, source_file: str | None) -> Key | None:
        """The report that is published under the name of a file, the last one where there are several."""

    def of_hash(self, sha256: str | None) -> Key | None:
        """The report of a file with that hash, the first one where there are several."""


@dataclass(slots=True)
class Finding:
    """Entries beside the reports that they name: what fits, and what is wrong."""

    published: Published
    problems: list[Problem] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def report_of(self, entry: Entry) -> Key | None:
        """The report that ``entry`` names; None where it is not here, or another one stands under its name."""
        key = self.published.key_of(entry.report) if entry.report else self.published.of_hash(entry.sha256)
        if key is None:
            self._note_absent(entry)
        elif entry.sha256 is not None and entry.sha256 != key.sha256:
            self.fault(entry, told("curation.other_hash", report=key.id, found=key.sha256, stated=entry.sha256))
            return None
        return key

    def _note_absent(self, entry: Entry) -> None:
        changed = self.published.of_file(entry.source_file)
        if changed is None:
            self.problems.append(_unused(entry))
            return
        reason = told("curation.changed", file=entry.source_file, report=changed.id, sha256=changed.sha256)
        self.fault(entry, reason)

    def fault(self, entry: Entry, reason: Message) -> None:
        """Note what is wrong with ``entry``."""
        self.faults.append((entry.origin, reason))


def apply_corrections(entries: Sequence[Entry], published: Published, whole: Callable[[Key], Report]) -> Applied:
    """Each entry beside the cell that it corrects; the entries of authority and year are left to ``amending``.

    ``whole`` gives the report of a key. An entry whose report is not ``published`` gives a note; a changed file under
    its name, and a cell that holds another value than expected, a fault.
    """
    found: dict[str, list[Correction]] = {}
    finding = Finding(published)
    for entry in entries:
        if entry.table == IDENTITY:
            continue
        key = finding.report_of(entry)
        if key is None:
            continue
        correction = _applied(entry, whole(key))
        if isinstance(correction, Message):
            finding.fault(entry, correction)
        else:
            found.setdefault(key.id, []).append(correction)
    return Applied(
        {report: tuple(rows) for report, rows in found.items()}, tuple(finding.problems), tuple(finding.faults)
    )


def _unused(entry: Entry) -> Problem:
    message = told(
        "curation.correction_unused",
        number=entry.origin.number,
        line=entry.origin.line,
        subject=entry.subject,
        report=entry.report or entry.source_file,
    )
    return Problem(Path(entry.origin.file).name, "combine", "note", "correction_unused", message)


def _applied(entry: Entry, report: Report) -> Correction | Message:
    """The row of ``corrections``, or what is wrong with the entry."""
    row, _, column = entry.cell.rpartition("-")
    cell = _READERS[entry.table](report, row, column)
    if cell is None:
        return told("curation.no_cell", report=report.id, subject=entry.subject)
    value, printed = cell
    stands = printed if isinstance(entry.expect, str) else value
    if stands != entry.expect:
        return unexpected(entry, report.source_file, stands)
    corrected = entry.corrected if isinstance(entry.corrected, Decimal) else None
    if corrected == value:
        return told("curation.stands_already", value=shown(value), subject=entry.subject)
    if not _is_possible(column, corrected):
        return told("curation.impossible", value=shown(corrected), subject=entry.subject)
    return Correction(report.id, entry.subject, printed, value, entry, corrected)


def unexpected(entry: Entry, source_file: str, stands: Value) -> Message:
    """What is said where another value stands than ``entry`` expects."""
    return told(
        "curation.unlike_expected",
        expected=shown(entry.expect),
        subject=entry.subject,
        file=source_file,
        found=shown(stands),
    )


def _is_possible(column: str, value: Decimal | None) -> bool:
    """Whether the form has room for ``value`` there: counts are whole and not negative, an increase may be."""
    if value is None:
        return True
    if column == "amount" or column.endswith("_rate"):
        return value >= 0
    return value == value.to_integral_value() and (value >= 0 or column == "change")


def shown(value: Value) -> Message | str:
    """A value in a message."""
    return told("curation.blank") if value is None else str(value)


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
    return "; ".join(note_of(correction) for correction in corrections if correction.entry.stands) or None


def note_of(correction: Correction) -> str:
    """A correction in one line."""
    printed = correction.printed or None if correction.text is not None else correction.printed_value
    corrected = correction.value if correction.text is None else correction.text
    return f"{correction.subject}: {_noted(printed)} → {_noted(corrected)}"


def _noted(value: Value) -> str:
    return "—" if value is None else f"{value:f}" if isinstance(value, Decimal) else value
