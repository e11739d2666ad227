"""Rules for numbers in lists: 分别 gives each its word in order, and what has no words at all is left."""

from __future__ import annotations

from . import lexicon as lex
from .heads import NO_HEAD, governing, in_bare_list, last_of, listed_numbers, respective_heads
from .point import Outcome, Point
from .state import State, state_behind


def with_own_word(point: Point) -> Point:
    """Behind 分别 the number's own word, in the order of the list, is all that stands on its left."""
    state = point.state if point.state.queue else _queued(point)
    if not state.queue:
        return point
    head, state = state.queue[0], state._replace(queue=state.queue[1:])
    if head is not NO_HEAD and head.kind not in (lex.RATE, lex.VERB):
        state = state_behind(state, head, ())
    return point._replace(state=state, left=(head,), right=(), given=True)


def _queued(point: Point) -> State:
    """分别: as many heads as numbers, bound in order; else, and behind 分别增加, none of them is."""
    at = last_of(point.left, lex.RESPECTIVELY)
    if at < 0:
        return point.state
    numbers = 1 + len(listed_numbers(point.right))
    heads = respective_heads(point.left, at)
    grown = {word.kind for word in point.left[max(at - 1, 0) :]}
    bound = len(heads) == numbers and (lex.TO in grown or not grown & {lex.GROWTH, lex.COMPARED})
    queue = tuple(heads) if bound else (NO_HEAD,) * numbers
    state, verb = point.state._replace(queue=queue), governing(point.left)
    return state if verb is None else state._replace(carry=verb, carry_clause=state.clause)


def unlike_lists(point: Point) -> Outcome | None:
    """分别 between two words and three numbers."""
    if point.given and point.left[0] is NO_HEAD:
        return Outcome(reason="prose.unlike_numbers")
    return None


def bare_list(point: Point) -> Outcome | None:
    """56件、43件: nothing says which is which."""
    if not point.given and in_bare_list(point.token, point.left, point.right):
        return Outcome(reason="prose.list_without_words")
    return None
