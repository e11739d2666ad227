"""A canned query as metadata.yml declares it: its texts, parameters and chart, in one language.

Beside what Datasette knows of a query, metadata.yml says: ``group`` (of ``plugins: query-groups``), ``asked`` (the
question in words, with the names of parameters in braces, or ``{chosen}`` for all that have a value), ``unchosen``
(what is ``asked`` where none has), ``chart``, ``left_out`` (columns whose values say why a row has no figure),
``counted`` (a statement that tells how many rows it has, from what the build has counted; NULL where only reading
every text would tell) and ``off_screen`` (columns for programs, which the page's own table does without). A parameter
says besides: ``blank`` and ``all`` (what no value, and ``all``, mean in words), ``codes`` (the column whose codes its
values are), ``told_by`` (the column in which the answer says what was chosen), ``named`` (what a value is in the
question, around ``{value}``: ``{value}年``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from datasette.app import Datasette

from ..column_words import heading
from ..language import FALLBACK
from ..metadata import QUESTIONS
from ..texts import configured

Declared = Mapping[str, Any]


def in_language(text: Declared | str | None, language: str) -> str:
    """``text`` in ``language``; one that is the same in every language stands alone."""
    if text is None:
        return ""
    return str(text.get(language) or text[FALLBACK]) if isinstance(text, Mapping) else str(text)


@dataclass(frozen=True)
class Heading:
    """A column: its code, its name, that as far as it names, its unit, what a blank means; empty where nobody says."""

    code: str
    name: str
    short: str
    unit: str = ""
    meaning: str = ""


@dataclass(frozen=True)
class Question:
    """A canned query in one language. ``declared`` is what metadata.yml says of it."""

    name: str
    language: str
    declared: Declared

    @property
    def sql(self) -> str:
        """The statement."""
        return str(self.declared["sql"])

    @property
    def title(self) -> str:
        """What the question is called."""
        return in_language(self.declared["title"], self.language)

    @property
    def description(self) -> str:
        """What the answer holds."""
        return in_language(self.declared.get("description"), self.language)

    @property
    def asked(self) -> str:
        """The question in words, names of parameters in braces."""
        return in_language(self.declared.get("asked"), self.language) or self.description

    @property
    def asked_unchosen(self) -> str:
        """The question in words where no parameter has a value."""
        unchosen: Declared = self.declared.get("unchosen") or {}
        return in_language(unchosen.get("asked"), self.language) or self.asked

    @property
    def parameters(self) -> Declared:
        """Name of a parameter → what is declared of it."""
        found: Declared = self.declared.get("parameters") or {}
        return found

    @property
    def left_out(self) -> Sequence[str]:
        """The columns whose values say why a row has no figure."""
        return tuple(self.declared.get("left_out") or ())

    @property
    def counted(self) -> str | None:
        """The statement that tells quicker than itself how many rows it has; it takes its parameters."""
        return self.declared.get("counted")

    @property
    def chart(self) -> Declared | None:
        """The chart, as declared."""
        return self.declared.get("chart")

    def heading(self, column: str) -> Heading:
        """What stands above ``column``."""
        parts: Declared = (self.declared.get("columns") or {}).get(column) or {}
        return Heading(
            column,
            str(parts.get(self.language, "")),
            heading(parts, self.language, column),
            str(parts.get(f"unit_{self.language}", "")),
            str(parts.get(f"null_{self.language}", "")),
        )

    def is_on_screen(self, column: str) -> bool:
        """Whether the page's table shows ``column``: not one of another language, nor one for programs alone."""
        if column in self.declared.get("off_screen", ()):
            return False
        stem, _, ending = column.rpartition("_")
        return not stem or ending not in {"zh", "en"} or ending == self.language

    def with_language(self, column: str) -> str:
        """The column that ``column`` is in this language: ``item_*`` is item_zh or item_en."""
        return column.replace("*", self.language)


def questions(datasette: Datasette) -> Mapping[str, Declared]:
    """Name of every canned query → what metadata.yml says of it, in the order in which it stands there."""
    return configured(datasette, QUESTIONS)


def question_of(datasette: Datasette, name: str, language: str) -> Question:
    """The canned query ``name``. Raises KeyError if there is none."""
    return Question(name, language, questions(datasette)[name])
