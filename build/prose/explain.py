"""Prints what the grammar did: every clause with its tokens, what every number was taken for or why it is left, and by
which rule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ..messages import spoken, told
from . import hotline, statements
from . import lexicon as lex
from .clauses import Part
from .model import COLUMN, Decision, Figure
from .tokens import Token


def explained(part: Part, decisions: Sequence[Decision], source: str) -> Iterator[str]:
    """Lines of text on one part, the clauses and the numbers in order."""
    figures = [figure for decision in decisions for figure in decision.figures]
    unpublished = {id(figure) for figure in (*hotline.left_out(figures, part), *statements.left_out(figures))}
    yield f"[{part.start}:{part.end}] {source[part.start : part.end].strip()}"
    for index, clause in enumerate(part.clauses):
        folded = part.folded.text[clause.start : clause.end]
        yield f"  {spoken(told('prose.clause', number=index + 1, words=folded))}"
        words = " ".join(_word(token) for token in clause.tokens)
        yield f"    {spoken(told('prose.words', words=words or told('prose.no_words')))}"
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
        return spoken(told("prose.left", reason=told(decision.reason)))
    behind = spoken(told("prose.unpublished"))
    return "; ".join(_meaning(figure) + (behind if id(figure) in unpublished else "") for figure in decision.figures)


def _meaning(figure: Figure) -> str:
    topic = figure.topic.code or figure.topic.sense if figure.topic else told("prose.no_topic")
    of = figure.column or told("prose.breakdown")
    what = figure.column if figure.role == COLUMN else told("prose.role_of", role=figure.role, of=of)
    message = told(
        "prose.meaning",
        topic=topic,
        what=what or "",
        value=f"{figure.number.value}{figure.number.unit}",
        label=figure.label,
        about=told("prose.approximate") if figure.number.approximate else "",
        scope=told("prose.scope", scope=figure.scope) if figure.scope else "",
        period=figure.period,
    )
    return spoken(message)
