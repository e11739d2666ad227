"""``manifest.csv`` or ``manifest.xlsx``: one table for a folder and those below it in place of a ``.meta.yml`` a file.

Its column ``file`` names a file by its path from the manifest's folder (``pack.zip#a.txt``: a member of an archive),
the others are the keys of a ``.meta.yml``. What cannot be used is a problem that names the row, and is left out; a
row's place in the table is no part of what it states, so that a row more changes no other file's reading.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..messages import Message, listed, told
from ..readers.aside import written
from ..report import Problem
from .listing import Listing, ListingError, listing_of
from .sidecar import DATE_KEYS, KEYS, SHOWN, TEXT_KEYS, Beside, expected, read_value

FILE = "file"
"""The column that names the file."""
MEMBER = "#"
"""Between the name of an archive and that of a file in it, as in ``source_file``."""
MOST_PROBLEMS = 1_000
MOST_NAMED = 20
"""So many files are named in one problem."""
_ABSOLUTE = re.compile(r"/|[A-Za-z]:")
_DAYS = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
"""A date as a number of days; from which day a program counts, the number does not say."""
_REWRITTEN = re.compile(r"\d{4}-\d\d-\d\d(?: 00:00:00)?|\d(?:\.\d+)?E\+?\d+", re.ASCII)
"""What a spreadsheet makes of words that look to it like a date (1-2) or a long number."""


class Row(NamedTuple):
    """What a manifest states of a file: (column of ``reports``, value) pairs. ``member``: of an archive, else ""."""

    manifest: str
    member: str
    values: tuple[tuple[str, str | int], ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest as read. ``values``: by file, named from the manifest's folder. ``numbers``: the rows that name it.

    ``members``: by archive, those of its members that rows name. ``problems``: what in the table could not be used.
    """

    name: str
    values: Mapping[str, tuple[tuple[str, str | int], ...]] = field(default_factory=dict)
    numbers: Mapping[str, Sequence[int]] = field(default_factory=dict)
    members: Mapping[str, Sequence[str]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def rows_of(self, file: str) -> Iterator[Row]:
        """What is stated of a file, before it what is stated of single members of it; a row may state nothing."""
        named = [(member, self.values[f"{file}{MEMBER}{member}"]) for member in self.members.get(file, ())]
        for member, values in (*named, ("", self.values.get(file, ()))):
            if values:
                yield Row(self.name, member, values)


def read_manifest(found: Beside) -> Manifest:
    """The rows of a manifest; one that cannot be read at all states nothing and is a problem of severity ``error``."""
    try:
        listing = _listing(found)
    except ListingError as error:
        message = told("inputs.manifest_malformed", what=error.message)
        return Manifest(found.name, problems=(_problem(found.name, "manifest_malformed", message, "error"),))
    complaints: list[Problem] = [_unknown(found.name, name) for name in listing.columns if name not in (FILE, *KEYS)]
    grouped = _by_file(found.name, listing, complaints)
    values = {file: tuple(_values(found.name, file, rows, complaints)) for file, rows in grouped.items()}
    numbers = {file: [number for number, _ in rows] for file, rows in grouped.items()}
    return Manifest(found.name, values, numbers, _members(values), tuple(_shortened(found.name, complaints)))


def _members(files: Iterable[str]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for archive, sign, member in (name.partition(MEMBER) for name in sorted(files)):
        if sign:
            found[archive].append(member)
    return found


def _listing(found: Beside) -> Listing:
    """Raises ListingError."""
    if found.trouble is not None:
        raise ListingError(told("inputs.list_unreadable", reason=found.trouble))
    listing = listing_of(found.data, len(found.data))
    if FILE not in listing.columns:
        raise ListingError(told("inputs.manifest_no_file_column", column=FILE, columns=listed(listing.columns)))
    return listing


def _unknown(name: str, column: str) -> Problem:
    message = told("inputs.manifest_column", column=column[:SHOWN], known=listed((FILE, *KEYS)))
    return _problem(name, "manifest_column", message)


Numbered = tuple[int, Mapping[str, str]]


def _by_file(name: str, listing: Listing, complaints: list[Problem]) -> dict[str, list[Numbered]]:
    grouped: dict[str, list[Numbered]] = defaultdict(list)
    for number, cells in listing.rows:
        file = _path(cells[FILE])
        if file is None:
            message = told("inputs.manifest_file", row=number, file=cells[FILE][:SHOWN])
            complaints.append(_problem(name, "manifest_file", message))
        else:
            grouped[file].append((number, cells))
    return grouped


def _path(words: str) -> str | None:
    """The path of a file as names are compared, None where it leads elsewhere than into the manifest's folder."""
    path = written(words.replace("\\", "/"))
    parts = [part for part in path.split("/") if part not in ("", ".")]
    return None if not parts or ".." in parts or _ABSOLUTE.match(path) else "/".join(parts)


def _values(
    name: str, file: str, rows: Sequence[Numbered], complaints: list[Problem]
) -> Iterator[tuple[str, str | int]]:
    """What the rows of a file state; where they differ, nothing."""
    differing = []
    for key in KEYS:
        values = []
        for number, cells in rows:
            words = cells.get(key, "")
            value = _value(key, words)
            if value is not None:
                values.append(value)
            elif words:
                complaints.append(_problem(name, "manifest_value", _complaint(key, words, number, file), words=words))
        if len(set(values)) == 1:
            yield key, values[0]
        elif values:
            differing.append(key)
    if len(rows) > 1:
        complaints.append(_twice(name, file, [number for number, _ in rows], differing))


def _value(key: str, words: str) -> str | int | None:
    return None if key in TEXT_KEYS and _REWRITTEN.fullmatch(words) else read_value(key, [words])


def _complaint(key: str, words: str, number: int, file: str) -> Message:
    what = expected(key)
    if (key in DATE_KEYS and _DAYS.fullmatch(words)) or (key in TEXT_KEYS and _REWRITTEN.fullmatch(words)):
        what = told("inputs.expected_unchanged", expected=what)
    return told("inputs.manifest_value", row=number, file=file, column=key, value=words[:SHOWN], expected=what)


def _twice(name: str, file: str, numbers: Sequence[int], differing: Sequence[str]) -> Problem:
    rows = listed(map(str, numbers))
    if differing:
        message = told("inputs.manifest_file_twice_differing", rows=rows, file=file, keys=listed(differing))
    else:
        message = told("inputs.manifest_file_twice", rows=rows, file=file)
    return _problem(name, "manifest_file_twice", message)


def _shortened(name: str, found: Sequence[Problem]) -> Iterator[Problem]:
    yield from found[:MOST_PROBLEMS]
    if len(found) > MOST_PROBLEMS:
        message = told("inputs.manifest_more", count=len(found) - MOST_PROBLEMS)
        yield _problem(name, "manifest_value", message)


def missing(manifest: Manifest, is_there: Callable[[str], bool]) -> Iterator[Problem]:
    """A problem for every file that a row names and that is not there."""
    absent = [
        _problem(
            manifest.name,
            "manifest_file_missing",
            told("inputs.manifest_file_missing", row=numbers[0], file=file),
        )
        for file, numbers in manifest.numbers.items()
        if not is_there(file) and not (MEMBER in file and is_there(file.partition(MEMBER)[0]))
    ]
    yield from _shortened(manifest.name, absent)


def unnamed(manifest: Manifest, files: Sequence[str]) -> Iterator[Problem]:
    """A note of the files that no row names, if there are such and the manifest could be read."""
    if files and not any(problem.severity == "error" for problem in manifest.problems):
        names = [*files[:MOST_NAMED], *(["…"] if len(files) > MOST_NAMED else [])]
        message = told("inputs.manifest_unnamed", count=len(files), files=listed(names))
        yield _problem(manifest.name, "manifest_unnamed", message, "note")


def _problem(name: str, code: str, message: Message, severity: str = "warning", words: str = "") -> Problem:
    return Problem(name, "read", severity, code, message, words[:SHOWN])
