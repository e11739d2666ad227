"""Prints what the grammar did: every clause with its tokens, what every number was taken for or why it is left, and by
which rule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from . import hotline, statements
from . import lexicon as lex
from .clauses import Part
from .model import COLUMN, Decision, Figure
from .tokens import Token

_UNPUBLISHED = (
    " - not published: approximate, not of the whole year alone, a part of what was stated before, "
    "or of which channel is not said"
)


def explained(part: Part, decisions: Sequence[Decision], source: str) -> Iterator[str]:
    """Lines of text on one part, the clauses and the numbers in order."""
    figures = [figure for decision in decisions for figure in decision.figures]
    unpublished = {id(figure) for figure in (*hotline.left_out(figures), *statements.left_out(figures))}
    yield f"[{part.start}:{part.end}] {source[part.start : part.end].strip()}"
    for index, clause in enumerate(part.clauses):
        yield f"  clause {index + 1}: {part.folded.text[clause.start : clause.end]}"
        words = " ".join(_word(token) for token in clause.tokens)
        yield f"    words: {words or 'none known'}"
        for decision in sorted(decisions, key=lambda decision: decision.token.start):
            if decision.clause == index:
                yield f"    {decision.token.text} -> {_outcome(decision, unpublished)} [{decision.rule}]"


def _word(token: Token) -> str:
    if token.kind == lex.BRACKET:
        return "(" + " ".join(_word(inner) for inner in token.inner) + ")"
    sense = token.code or token.sense
    return f"{token.text}/{token.kind}{':' + sense if sense else ''}"


def _outcome(decision: Decision, unpublished: Collection[int]) -> str:
    if not decision.figures:
        return f"left: {decision.reason}"
    return "; ".join(
        _meaning(figure) + (_UNPUBLISHED if id(figure) in unpublished else "") for figure in decision.figures
    )


def _meaning(figure: Figure) -> str:
    topic = figure.topic.code or figure.topic.sense if figure.topic else "no topic"
    what = figure.column if figure.role == COLUMN else f"{figure.role} of {figure.column or 'the breakdown'}"
    about = ", approximate" if figure.number.approximate else ""
    scope = f", scope {figure.scope}" if figure.scope else ""
    value = f"{figure.number.value}{figure.number.unit}"
    return f"{topic}: {what} = {value} ({figure.label}{about}{scope}, period {figure.period})"
