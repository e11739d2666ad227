"""Rows of ``statements`` from the figures of one part: applications, reconsiderations, lawsuits and the fee."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..report import Statement
from . import lexicon as lex
from .clauses import Part
from .model import COLUMN, GROWTH, SHARE, Figure
from .numbers import PERCENT

_DOMAINS = frozenset((lex.APPLICATIONS, lex.REVIEWS, lex.FEES))
_YUAN = "元"
_YEAR, _CUMULATIVE = "year", "cumulative"
_WITHDRAWN = frozenset(("withdrawn", "self_revoked", "not_pursued"))


def statements_of(part: Part, figures: Sequence[Figure], source: str) -> Iterator[Statement]:
    """One statement a figure, in the order of the text. There is no column to say that a count is approximate, or of
    a part of the year, or of several years: such ones give none.

    A second figure of one kind behind 其中 that names no scope of its own is a part of the first: it is left out,
    since nothing here could say which part. 驳回5件,维持4件 are no parts of each other: both stay. Beside the
    year's own number one of 累计 is of several years, and beside 其他处理 what was withdrawn, or 不再处理, is a part of
    it.
    """
    for figure in _published(figures):
        kind = _kind(figure)
        if kind is not None:
            yield _statement(part, figure, kind, source)


def left_out(figures: Sequence[Figure]) -> list[Figure]:
    """The figures of these domains that give no statement: approximate ones, those of another stretch of time than
    the year, and parts of a figure stated before.
    """
    kept = {id(figure) for figure in _published(figures)}
    return [figure for figure in figures if figure.domain in _DOMAINS and id(figure) not in kept]


def _published(figures: Sequence[Figure]) -> Iterator[Figure]:
    stated: set[tuple[str, str, str]] = set()
    others = {(figure.column, figure.scope) for figure in figures if figure.sense == "other_outcome"}
    years = {(figure.column, figure.scope) for figure in figures if figure.period == _YEAR}
    for figure in figures:
        kind, place = _kind(figure), (figure.column, figure.scope)
        if figure.domain not in _DOMAINS or kind is None or figure.number.approximate or figure.partial:
            continue
        if (figure.period == _CUMULATIVE and place in years) or (figure.sense in _WITHDRAWN and place in others):
            continue
        key = (kind, figure.scope, figure.label if figure.domain == lex.REVIEWS else "")
        if not (figure.among and key in stated):
            stated.add(key)
            yield figure


def _kind(figure: Figure) -> str | None:
    if figure.role == COLUMN:
        return figure.column
    if figure.role == SHARE:
        return f"{figure.column}_share"
    if figure.role == GROWTH:
        column = lex.RATE_KINDS.get(figure.column, figure.column)
        return f"{column}_growth" if figure.number.form == PERCENT else f"{column}_change"
    return None


def _statement(part: Part, figure: Figure, kind: str, source: str) -> Statement:
    first = figure.of
    if first and part.clauses[first - 1].is_period:
        first -= 1
    start, end = part.folded.quoted_span(part.clauses[first].start, part.clauses[figure.clause].end)
    value: Decimal = -figure.number.value if figure.falls else figure.number.value
    unit = _YUAN if figure.domain == lex.FEES and figure.number.form == "money" else figure.number.unit
    scope = part.folded.in_print(figure.scope) or ("其中" if figure.limited else None)
    return Statement(kind, value, unit or None, scope, source[start:end], (start, end))
