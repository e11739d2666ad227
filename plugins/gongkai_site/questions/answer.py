"""A page of a question's answer: its rows, how many there are in all, why some have no figure, what was asked."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from datasette.database import Database, QueryInterrupted

from ..remembered import rows_of
from .question import Question, in_language

PAGE_ROWS = 100
COUNT_MILLISECONDS = 1000
"""A page does not wait longer than so for the number of all rows."""
MOST_CHOICES = 60
"""A parameter with more choices than these is a box to write in that lists them."""

Given = Mapping[str, str]


@dataclass(frozen=True)
class Choice:
    """A value of a parameter, in words."""

    value: str
    words: str


@dataclass(frozen=True)
class Parameter:
    """A parameter of the form: its value and what else it can be."""

    name: str
    label: str
    hint: str
    value: str
    choices: Sequence[Choice]
    is_free: bool

    @property
    def is_list(self) -> bool:
        """Whether it is one of a few choices, and not a matter of writing."""
        return not self.is_free and len(self.choices) <= MOST_CHOICES

    @property
    def words(self) -> str:
        """The value in words."""
        return next((choice.words for choice in self.choices if choice.value == self.value), self.value)


@dataclass(frozen=True)
class LeftOut:
    """Rows without a figure in ``column``: how many, and the code of the reason; None where the figure is blank."""

    column: str
    code: str | None
    count: int


@dataclass(frozen=True)
class Answer:
    """Rows ``first`` to ``last`` of ``total``, numbered from 1; None where to count them would take too long."""

    columns: Sequence[str]
    rows: Sequence[Any]
    page: int
    total: int | None
    left_out: Sequence[LeftOut]
    has_next: bool

    @property
    def first(self) -> int:
        """The number of the first row shown."""
        return (self.page - 1) * PAGE_ROWS + 1

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return self.first + len(self.rows) - 1


async def answer_to(database: Database, question: Question, given: Given, page: int, is_counted: bool = True) -> Answer:
    """Page ``page`` of the answer, from 1. Raises sqlite3.Error where the statement does not run in its bounds.

    Where it has more than a page of rows, what is told of all of them is told only if ``is_counted``.
    """
    sql = question.sql
    shown = await database.execute(
        f"SELECT * FROM (\n{sql}\n) LIMIT {PAGE_ROWS + 1} OFFSET {(page - 1) * PAGE_ROWS}", dict(given)
    )
    is_whole = page == 1 and len(shown.rows) <= PAGE_ROWS
    columns = [column[0] for column in shown.description]
    total: int | None = len(shown.rows) if is_whole else None
    reasons = _left_out(question, Counter(_reasons_of(question, row) for row in shown.rows)) if is_whole else []
    if is_counted and not is_whole:
        with contextlib.suppress(QueryInterrupted):
            if question.counted:
                total = (await rows_of(database, question.counted, given, COUNT_MILLISECONDS))[0][0]
            else:
                groups = await _grouped(database, question, given)
                total, reasons = groups.total(), _left_out(question, groups)
    return Answer(columns, shown.rows[:PAGE_ROWS], page, total, reasons, len(shown.rows) > PAGE_ROWS)


Groups = Counter[tuple[Any, ...]]
"""Values of the columns that say why a figure is missing → how many rows have them."""


def _reasons_of(question: Question, row: Any) -> tuple[Any, ...]:
    return tuple(row[column] for column in question.left_out)


async def _grouped(database: Database, question: Question, given: Given) -> Groups:
    """All rows of the answer, counted in one go; of a figure, only whether there is one."""
    columns = [
        f"[{column}]" if is_reason(column) else f"nullif([{column}] IS NOT NULL, 0)" for column in question.left_out
    ]
    places = ", ".join(str(place) for place, _ in enumerate(columns, 1))
    statement = f"SELECT {', '.join((*columns, 'count(*)'))} FROM (\n{question.sql}\n)"
    grouped = f"{statement} GROUP BY {places}" if columns else statement
    return Counter({tuple(row)[:-1]: row[-1] for row in await rows_of(database, grouped, given, COUNT_MILLISECONDS)})


def _left_out(question: Question, groups: Groups) -> list[LeftOut]:
    found = []
    for place, column in enumerate(question.left_out):
        counts: Counter[Any] = Counter()
        for values, count in groups.items():
            counts[values[place]] += count
        found += [
            LeftOut(column, code, count)
            for code, count in sorted(counts.items(), key=lambda pair: str(pair[0]))
            if is_reason(column) == (code is not None)
        ]
    return found


def is_reason(column: str) -> bool:
    """Whether a column holds codes of reasons, NULL where there is a figure; of any other, NULL is what is missing."""
    return column.endswith("reason")


async def parameters_of(database: Database, question: Question, given: Given, codes: Any) -> list[Parameter]:
    """The parameters of the form. ``codes(column)`` gives the names of a column's codes."""
    found = []
    for name, about in question.parameters.items():
        rows = await rows_of(database, about["options"]) if about.get("options") else []
        choices = [Choice(value, in_language(about[key], question.language)) for key, value in EDGES if about.get(key)]
        names = codes(about["codes"]) if about.get("codes") else {}
        choices += [Choice(str(row[0]), _choice_words(row, names, question.language)) for row in rows]
        value = given[name]
        if rows and value not in {choice.value for choice in choices}:
            choices.append(Choice(value, value))
        label, hint = (in_language(about.get(key), question.language) for key in ("label", "hint"))
        found.append(Parameter(name, label or name, hint, value, choices, not rows))
    return found


NAMES_FROM = 2
"""Where the English name of a choice stands."""

ALL = "all"
CHOSEN = "chosen"
"""In a question's words: all that was chosen."""
BETWEEN = {"zh": "；", "en": "; "}
EDGES = (("blank", ""), ("all", ALL))
"""Key of a parameter's texts → the value that they speak of."""


def _choice_words(row: Sequence[Any], names: Mapping[str, str], language: str) -> str:
    """The name of a choice: a choice is a value, its Chinese name and its English one.

    One that has a single name, or none but its value, is called so in every language.
    """
    if names:
        return names.get(str(row[0]), str(row[0]))
    if len(row) > NAMES_FROM:
        return str(row[1] if language == "zh" else row[NAMES_FROM] or row[1])
    return str(row[-1])


def sentence(question: Question, parameters: Iterable[Parameter], answer: Answer, codes: Any) -> str:
    """The question with its parameters filled in; what was left to the query is told by the answer."""
    given = list(parameters)
    words = {each.name: _told(question, each, answer, codes) for each in given}
    chosen = [words[each.name] for each in given if each.value.strip()]
    words[CHOSEN] = BETWEEN[question.language].join(chosen)
    return (question.asked if chosen else question.asked_unchosen).format_map(_Filled(words))


class _Filled(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return ""


def _told(question: Question, parameter: Parameter, answer: Answer, codes: Any) -> str:
    declared = question.parameters[parameter.name]
    named, column = in_language(declared.get("named", "{value}"), question.language), declared.get("told_by")
    if parameter.value:
        return parameter.words if parameter.value == ALL else named.format(value=parameter.words)
    value = answer.rows[0][column] if column and answer.rows else None
    return parameter.words if value is None else named.format(value=codes(column).get(str(value), value))
