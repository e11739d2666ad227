"""``acknowledged.yml``: problems that the publisher has looked at; they are marked with the day and the reason.

Such a problem stays in the table and on the page of its report, and is no longer counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..messages import told
from ..report import Problem
from .amending import DOUBTS
from .corrections import Correction
from .entries import DAY, HOW_NAMED, REPORT_ID, SHA256, WORDS, DecisionError, Origin, Written, read_entries

SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["code", "reason", "by", "date"],
    HOW_NAMED: "curation.nameless_problem",
    "anyOf": [{"required": ["report"]}, {"required": ["source_file"]}],
    "dependentRequired": {"sha256": ["source_file"]},
    "properties": {
        "report": {"type": "string", "pattern": REPORT_ID},
        "source_file": WORDS,
        "sha256": {"type": "string", "pattern": SHA256},
        "code": {"type": "string", "pattern": "^[a-z0-9_]+$"},
        "excerpt": WORDS,
        "reason": WORDS,
        "by": WORDS,
        "date": {"type": "string", "pattern": DAY},
    },
}
"""What an entry must look like (JSON Schema 2020-12)."""


class AcknowledgementError(DecisionError):
    """The file of acknowledgements cannot be used: everything that is wrong with it."""


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """Problems of one code that somebody has looked at: those of a report or a file, or the one with ``excerpt``."""

    origin: Origin
    report: str | None
    source_file: str | None
    sha256: str | None
    code: str
    excerpt: str | None
    reason: str
    by: str
    date: str

    @property
    def why(self) -> str:
        """Reason and name, as they are published."""
        return f"{self.reason} ({self.by})"

    def is_of(self, source_file: str, report: str | None, sha256: str | None) -> bool:
        """Whether it speaks of problems of this file and report."""
        return all(
            stated is None or stated == found
            for stated, found in ((self.source_file, source_file), (self.report, report), (self.sha256, sha256))
        )

    def answers(self, problem: Problem) -> bool:
        """Whether ``problem``, of its file and report, is one of those."""
        return self.code == problem.code and (self.excerpt is None or self.excerpt == problem.excerpt)


def read_acknowledgements(path: Path) -> tuple[Acknowledgement, ...]:
    """Every entry of ``path``. Raises AcknowledgementError with everything that is wrong in it."""
    entries = tuple(_entry(written) for written in read_entries(path, SCHEMA, AcknowledgementError))
    first: dict[tuple[str | None, ...], Acknowledgement] = {}
    faults = []
    for entry in entries:
        held = first.setdefault((entry.report, entry.source_file, entry.sha256, entry.code, entry.excerpt), entry)
        if held is not entry:
            faults.append((entry.origin, told("curation.acknowledged_twice", number=held.origin.number)))
    if faults:
        raise AcknowledgementError(faults)
    return entries


def _entry(written: Written) -> Acknowledgement:
    values = written.values
    return Acknowledgement(
        written.origin,
        values.get("report"),
        values.get("source_file"),
        values.get("sha256"),
        values["code"],
        values.get("excerpt"),
        values["reason"],
        values["by"],
        values["date"],
    )


# Against the problems ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answer:
    """What answers a problem: an acknowledgement, or a correction of what the problem leaves open."""

    day: str
    why: str


@dataclass(frozen=True, slots=True)
class Answers:
    """What answers the problems of one report or file."""

    acknowledged: tuple[Acknowledgement, ...] = ()
    corrected: tuple[Correction, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.acknowledged or self.corrected)

    def to(self, problem: Problem) -> Answer | None:
        """The answer to ``problem``; None if there is none."""
        entry = next((each for each in self.acknowledged if each.answers(problem)), None)
        if entry is not None:
            return Answer(entry.date, entry.why)
        found = next((each for each in self.corrected if problem.code in DOUBTS[each.entry.cell]), None)
        return None if found is None else Answer(found.entry.date, found.entry.reason)

    def given(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """``problems``, those that are answered marked so."""
        for problem in problems:
            answer = self.to(problem)
            if answer is None:
                yield problem
            else:
                yield replace(problem, acknowledged=answer.day, acknowledged_why=answer.why)


HashOf = Callable[[str], str | None]
"""A report's id, or a file's name → the SHA-256 of its file; None where there is none."""


@dataclass(frozen=True, slots=True)
class Register:
    """All acknowledgements, by what they name; where the SHA-256 of a report's file and of any file is to be had."""

    by_report: Mapping[str | None, tuple[Acknowledgement, ...]]
    by_file: Mapping[str | None, tuple[Acknowledgement, ...]]
    hash_of_report: HashOf
    hash_of_file: HashOf

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been acknowledged."""
        return not (self.by_report or self.by_file)

    def naming(self, source_file: str, report: str | None) -> tuple[Acknowledgement, ...]:
        """The entries that speak of problems of this file and report."""
        entries = (*self.by_report.get(report, ()), *self.by_file.get(source_file, ()))
        sha256 = self._sha256(source_file, report) if entries else None
        return tuple(entry for entry in entries if entry.is_of(source_file, report, sha256))

    def _sha256(self, source_file: str, report: str | None) -> str | None:
        """Of a report's file; of a member of an archive that gave none, the archive's."""
        if report is not None:
            return self.hash_of_report(report)
        return self.hash_of_file(source_file) or self.hash_of_file(source_file.partition("#")[0])

    def of_problem(self, problem: Problem) -> Problem:
        """A problem of a file, or one that shows where reports stand side by side, marked where it is answered."""
        return next(Answers(self.naming(problem.source_file, problem.report)).given((problem,)))

    def answers_all(self, problems: Iterable[Problem]) -> bool:
        """Whether every reason why a file gave no report is acknowledged."""
        errors = [self.of_problem(problem) for problem in problems if problem.severity == "error"]
        return bool(errors) and all(problem.acknowledged is not None for problem in errors)


def register(entries: Iterable[Acknowledgement], hash_of_report: HashOf, hash_of_file: HashOf) -> Register:
    """``entries`` by the report, else the file that they name."""
    by_report: dict[str | None, tuple[Acknowledgement, ...]] = {}
    by_file: dict[str | None, tuple[Acknowledgement, ...]] = {}
    for entry in entries:
        named, name = (by_file, entry.source_file) if entry.report is None else (by_report, entry.report)
        named[name] = (*named.get(name, ()), entry)
    return Register(by_report, by_file, hash_of_report, hash_of_file)


def unused(entry: Acknowledgement) -> Problem:
    """What is said of an entry that fits no problem of the build."""
    message = told(
        "curation.acknowledgement_unused",
        number=entry.origin.number,
        line=entry.origin.line,
        code=entry.code,
        report=entry.report or entry.source_file,
    )
    return Problem(Path(entry.origin.file).name, "combine", "note", "acknowledgement_unused", message)
