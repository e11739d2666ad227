"""What the matcher hands on: figures bound to words, and for every number what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from .numbers import Number
from .tokens import Token

COLUMN, ITEM, SHARE, GROWTH = "column", "item", "share", "growth"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number bound to what it counts.

    ``role``: ``column`` (``column`` is a column of ``hotline`` or a kind of ``statements``), ``item`` (a kind of case
    that ``label`` names), ``share`` (percent of the figure before, or of what ``label`` names), ``growth`` (of
    ``column``; ``base_label`` are the words for what grew, ``falls``: 下降).
    ``clause``, ``topic_clause`` and ``head_clause`` (where the figure stands that a share or growth is of) are
    indexes of clauses in the part. ``sense`` is that of the verb.
    ``carried``: its verb is that of the list.
    ``each``: 均. ``among``: behind 其中, or in a bracket; ``limited``: behind 其中.
    ``kind_label`` names the kind of case where the object is one (受理咨询200件); ``phrase`` is all that stands before
    the number (电话受理). ``partial``: of a part of the year, or of several years.
    """

    domain: str
    topic: Token | None
    role: str
    column: str
    label: str
    number: Number
    clause: int
    topic_clause: int
    scope: str
    period: str
    sense: str = ""
    carried: bool = False
    each: bool = False
    among: bool = False
    limited: bool = False
    kind_label: str = ""
    phrase: str = ""
    base_label: str = ""
    falls: bool = False
    head_clause: int | None = None
    partial: bool = False

    @property
    def of(self) -> int:
        """The clause of the figure, or of what a share or growth is of."""
        return self.clause if self.head_clause is None else self.head_clause


@dataclass(frozen=True, slots=True)
class Decision:
    """What a number was taken for by ``rule``: figures, or none and ``reason``, the key of a
    message, says why. ``absurd``: worth a notice."""

    token: Token
    clause: int
    figures: tuple[Figure, ...]
    reason: str = ""
    rule: str = ""
    absurd: bool = False
