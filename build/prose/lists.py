"""Rules for numbers in lists: 分别 gives each its word in order, and what has no words at all is left."""

from __future__ import annotations

from collections.abc import Sequence

from . import lexicon as lex
from .heads import (
    CHANGED_BY,
    NO_HEAD,
    OF_A_KIND,
    governing,
    in_bare_list,
    last_of,
    listed_numbers,
    of_one_kind,
    respective_heads,
)
from .point import Outcome, Point
from .state import State, state_behind
from .tokens import Token


def with_own_word(point: Point) -> Point:
    """Behind 分别 the number's own word, in the order of the list, is all that stands on its left."""
    state = point.state if point.state.queue else _queued(point)
    if not state.queue:
        return point
    head, state = state.queue[0], state._replace(queue=state.queue[1:])
    return point._replace(state=state_behind(state, head, ()), left=(head,), right=(), given=True)


def _queued(point: Point) -> State:
    """分别: as many heads as numbers, bound in order; else, and behind 分别增加, none is."""
    at = last_of(point.left, lex.RESPECTIVELY)
    if at < 0:
        return point.state
    numbers = 1 + len(listed_numbers(point.right))
    heads = respective_heads(point.left, at)
    if heads and _tells_changes(point.left, heads[0]):
        heads = [CHANGED_BY] * numbers
    heads = [OF_A_KIND if of_one_kind(point.left, head) else head for head in heads]
    queue = tuple(heads) if len(heads) == numbers else (NO_HEAD,) * numbers
    state, verb = point.state._replace(queue=queue), governing(point.left)
    return state if verb is None else state._replace(carry=verb, carry_clause=state.clause)


def _tells_changes(left: Sequence[Token], head: Token) -> bool:
    """Whether 分别 goes with 提升 or 比上年 behind the first ``head``; 提升至98% says what it is, not by how much."""
    at = max(last_of(left, lex.GROWTH), last_of(left, lex.COMPARED))
    return at >= 0 and left[at].start > head.start and last_of(left[at:], lex.TO) < 0


def unlike_lists(point: Point) -> Outcome | None:
    """分别 between two words and three numbers."""
    if point.given and point.left[0] is NO_HEAD:
        return Outcome(reason="prose.unlike_numbers")
    return None


def changes_of_several(point: Point) -> Outcome | None:
    """办结率、满意率分别提升2.1%、3.4%: by how much each changed, which nothing here is published as."""
    return Outcome(reason="prose.changes_of_several") if point.given and point.left[0] is CHANGED_BY else None


def counts_of_kinds(point: Point) -> Outcome | None:
    """投诉受理量、咨询受理量分别为120件、400件: neither is of all."""
    return Outcome(reason="prose.of_one_kind") if point.given and point.left[0] is OF_A_KIND else None


def bare_list(point: Point) -> Outcome | None:
    """56件、43件: nothing says which is which."""
    if not point.given and in_bare_list(point.token, point.left, point.right):
        return Outcome(reason="prose.list_without_words")
    return None
