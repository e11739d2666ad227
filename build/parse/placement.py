"""Short rows: which column does a figure belong to when the blanks between the figures were dropped?

The rule is DESIGN.md's. (a) All short rows of a table are placed together so that most of the form's relations are
true, a blank read as 0 for this search only. (b) Among equals, if every row can begin in the first column, all do.
(c) A figure gets a column only if all remaining optima agree on it. (d), (e) rows still open follow the pattern of
the table's other short rows. What is left is unplaced. The search is exact within a budget of partial placements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from .. import forms

COLUMNS = forms.APPLICATION_COLUMNS
WIDTH = len(COLUMNS)
FIRST, LAST = 0, WIDTH - 1

Vector = tuple[int, ...]
Values = tuple[int | None, ...]
Choice = tuple[int, ...]
"""A column index for each of a row's cells, rising."""
Weight = Callable[[str], int]
"""Item → its sign in a relation: what it adds to left side minus right side."""


class SearchBudgetError(Exception):
    """The joint search would need more than the stated number of partial placements."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row as the search sees it: ``fixed`` holds all columns, else ``values`` the cells that are there, in order.

    A value is None for a cell that is printed blank. ``choices``: the only columns the values can have, where the
    row has cells to spare (fillers of merged cells) and only the place where it begins is open.
    """

    item: str
    fixed: Vector | None = None
    values: Values = ()
    choices: tuple[Choice, ...] | None = None


def place_short_rows(rows: Sequence[TableRow], budget: int) -> dict[str, tuple[int | None, ...]]:
    """For each short row the column of each of its figures, None where nothing decides.

    Raises SearchBudgetError.
    """
    short = [row for row in rows if row.fixed is None and row.values]
    if not short:
        return {}
    agreed = _agreed_columns(_Problem(rows), short, budget)
    free = [row for row in short if row.choices is None]
    agreed = _follow_equal_rows(free, agreed)
    return _follow_ends(free, agreed)


# (a)–(c) the search ------------------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _choices(count: int, first_at_start: bool) -> tuple[Choice, ...]:
    if not first_at_start:
        return tuple(combinations(range(WIDTH), count))
    return tuple((FIRST, *rest) for rest in combinations(range(FIRST + 1, WIDTH), count - 1))


def _row_choices(row: TableRow, first_at_start: bool) -> tuple[Choice, ...]:
    return _choices(len(row.values), first_at_start) if row.choices is None else row.choices


@lru_cache(maxsize=4096)
def _effects(values: Values, choices: tuple[Choice, ...]) -> tuple[tuple[Vector, bool], ...]:
    """The distinct ways a row can contribute to the columns, each with whether R3 holds in it.

    Zeros change no sum, so choices that differ only in where zeros stand are one.
    """
    seen: dict[Vector, bool] = {}
    for choice in choices:
        vector = _vector(values, choice)
        seen.setdefault(vector, sum(vector[:LAST]) == vector[LAST])
    return tuple(seen.items())


def _vector(values: Values, choice: Choice) -> Vector:
    vector = [0] * WIDTH
    for value, column in zip(values, choice, strict=True):
        vector[column] = value or 0
    return tuple(vector)


_INTAKE = {"received": 1, "brought_forward": 1, "closed": -1, "carried_forward": -1}
_DONE = 10**9
"""Stands for a column whose relation can no longer become true, whatever the remaining rows do."""


class _Problem:
    """The relations R1 and R2 of one table, as what each row adds to the difference of their sides."""

    def __init__(self, rows: Sequence[TableRow]) -> None:
        self.r1 = self._fixed_sides(rows, self.weight_r1)
        self.r2 = self._fixed_sides(rows, self.weight_r2)

    @staticmethod
    def weight_r1(item: str) -> int:
        return _INTAKE.get(item, 0)

    @staticmethod
    def weight_r2(item: str) -> int:
        return -1 if item == "closed" else int(item in forms.RESULT_ITEMS)

    @staticmethod
    def _fixed_sides(rows: Sequence[TableRow], weight: Weight) -> Vector:
        return tuple(
            sum(weight(row.item) * row.fixed[column] for row in rows if row.fixed is not None)
            for column in range(WIDTH)
        )


State = tuple[Vector, Vector]
_Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Layer:
    """One short row in the search, with what the rows behind it can still add to each relation at most."""

    row: TableRow
    weight_r1: int
    weight_r2: int
    effects: tuple[tuple[Vector, bool], ...]


@dataclass(frozen=True, slots=True)
class _Solution:
    cost: int
    vectors: dict[str, frozenset[Vector]]


def _agreed_columns(problem: _Problem, short: Sequence[TableRow], budget: int) -> dict[str, tuple[int | None, ...]]:
    counter = _Budget(budget)
    begun = _search(problem, short, True, None, counter)
    assert begun is not None
    better = _search(problem, short, False, begun.cost - 1, counter) if begun.cost else None
    solution, first_at_start = (begun, True) if better is None else (better, False)
    return {row.item: _common_columns(row, solution.vectors[row.item], first_at_start) for row in short}


def _common_columns(row: TableRow, vectors: frozenset[Vector], first_at_start: bool) -> tuple[int | None, ...]:
    columns: list[set[int]] = [set() for _ in row.values]
    for choice in _row_choices(row, first_at_start):
        if _vector(row.values, choice) in vectors:
            for seen, column in zip(columns, choice, strict=True):
                seen.add(column)
    return tuple(seen.pop() if len(seen) == 1 else None for seen in columns)


class _Budget:
    def __init__(self, steps: int) -> None:
        self.left = steps

    def spend(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise SearchBudgetError


def _search(
    problem: _Problem, short: Sequence[TableRow], first_at_start: bool, most: int | None, budget: _Budget
) -> _Solution | None:
    """All optimal placements, as the set of vectors each row takes in some optimum.

    ``most``: only placements that break at most so many relations are of interest; None if there are none.
    """
    moving = [row for row in short if any(row.values)]
    layers = _layers(moving, first_at_start)
    unavoidable = _unavoidable(layers)
    bounds = range(unavoidable[0], (most if most is not None else _worst(layers)) + 1)
    for bound in bounds:
        found = _paths(problem, layers, unavoidable, bound, budget)
        if found is not None:
            return _Solution(bound, {**{row.item: frozenset({(0,) * WIDTH}) for row in short}, **found})
    return None


def _worst(layers: Sequence[_Layer]) -> int:
    return len(layers) + 2 * WIDTH


def _layers(rows: Sequence[TableRow], first_at_start: bool) -> list[_Layer]:
    """Rows that fix the sums first, then the results from the largest down: dead ends show early."""
    order = sorted(
        rows, key=lambda row: (row.item not in _INTAKE, row.item != "closed", -_largest(row.values), row.item)
    )
    return [
        _Layer(
            row,
            _Problem.weight_r1(row.item),
            _Problem.weight_r2(row.item),
            _effects(row.values, _row_choices(row, first_at_start)),
        )
        for row in order
    ]


def _largest(values: Values) -> int:
    return max(value or 0 for value in values)


def _unavoidable(layers: Sequence[_Layer]) -> list[int]:
    """From each layer on: how many rows cannot satisfy R3 in any placement."""
    totals = [0]
    for layer in reversed(layers):
        totals.append(totals[-1] + (not any(holds for _, holds in layer.effects)))
    return totals[::-1]


def _paths(
    problem: _Problem, layers: Sequence[_Layer], unavoidable: Sequence[int], bound: int, budget: _Budget
) -> dict[str, frozenset[Vector]] | None:
    """Forward over the layers keeping every state within ``bound`` broken relations, then back along what arrives."""
    reach = _reach(layers)
    start = _settled((problem.r1, problem.r2), reach[0])
    frontiers: list[dict[State, dict[int, None]]] = [{start: {0: None}}]
    steps: list[dict[tuple[State, int], list[tuple[State, int, Vector]]]] = []
    for at, layer in enumerate(layers):
        arrived, links = _advance(frontiers[-1], layer, reach[at + 1], bound - unavoidable[at + 1], budget)
        if not arrived:
            return None
        frontiers.append(arrived)
        steps.append(links)
    ends = {(state, cost) for state, costs in frontiers[-1].items() for cost in costs if cost + _broken(state) <= bound}
    return _walk_back(layers, steps, ends) if ends else None


def _walk_back(
    layers: Sequence[_Layer],
    steps: Sequence[Mapping[tuple[State, int], list[tuple[State, int, Vector]]]],
    ends: set[tuple[State, int]],
) -> dict[str, frozenset[Vector]]:
    vectors: dict[str, frozenset[Vector]] = {}
    for layer, links in zip(reversed(layers), reversed(steps), strict=True):
        arrivals = [link for end in ends for link in links[end]]
        vectors[layer.row.item] = frozenset(vector for _, _, vector in arrivals)
        ends = {(state, cost) for state, cost, _ in arrivals}
    return vectors


def _advance(
    frontier: Mapping[State, Iterable[int]],
    layer: _Layer,
    reach: tuple[_Interval, _Interval],
    most: int,
    budget: _Budget,
) -> tuple[dict[State, dict[int, None]], dict[tuple[State, int], list[tuple[State, int, Vector]]]]:
    arrived: dict[State, dict[int, None]] = {}
    links: dict[tuple[State, int], list[tuple[State, int, Vector]]] = {}
    for state, costs in frontier.items():
        for vector, holds in layer.effects:
            budget.spend(1)
            following = _settled(_moved(state, vector, layer), reach)
            broken = _lost(following)
            for cost in costs:
                spent = cost + (not holds)
                if spent + broken <= most:
                    arrived.setdefault(following, {})[spent] = None
                    links.setdefault((following, spent), []).append((state, cost, vector))
    return arrived, links


def _moved(state: State, vector: Vector, layer: _Layer) -> State:
    r1, r2 = state
    if layer.weight_r1:
        r1 = tuple(
            have if have == _DONE else have + layer.weight_r1 * value for have, value in zip(r1, vector, strict=True)
        )
    if layer.weight_r2:
        r2 = tuple(
            have if have == _DONE else have + layer.weight_r2 * value for have, value in zip(r2, vector, strict=True)
        )
    return r1, r2


def _reach(layers: Sequence[_Layer]) -> list[tuple[_Interval, _Interval]]:
    """Before each layer: the least and the most that the rows from there on can add to R1 and R2 of one column."""
    intervals = [((0, 0), (0, 0))]
    for layer in reversed(layers):
        largest = _largest(layer.row.values)
        (low1, high1), (low2, high2) = intervals[-1]
        add1, add2 = layer.weight_r1 * largest, layer.weight_r2 * largest
        intervals.append(((low1 + min(add1, 0), high1 + max(add1, 0)), (low2 + min(add2, 0), high2 + max(add2, 0))))
    return intervals[::-1]


def _settled(state: State, reach: tuple[_Interval, _Interval]) -> State:
    """``state`` with every difference that can no longer come to 0 marked as lost, so that such states are one."""
    (low1, high1), (low2, high2) = reach
    r1, r2 = state
    return (
        tuple(have if have == _DONE or low1 <= -have <= high1 else _DONE for have in r1),
        tuple(have if have == _DONE or low2 <= -have <= high2 else _DONE for have in r2),
    )


def _lost(state: State) -> int:
    return state[0].count(_DONE) + state[1].count(_DONE)


def _broken(state: State) -> int:
    return sum(difference != 0 for side in state for difference in side)


# (d), (e) the pattern of the table ---------------------------------------------------------------------------------


def _follow_equal_rows(
    short: Sequence[TableRow], agreed: Mapping[str, tuple[int | None, ...]]
) -> dict[str, tuple[int | None, ...]]:
    """(d) An open row takes the columns of the other short rows with as many figures, if those say one thing."""
    columns = dict(agreed)
    changed = True
    while changed:
        changed = False
        for row in short:
            if None in columns[row.item]:
                pattern = _pattern(row, short, columns)
                if pattern is not None and _compatible(columns[row.item], pattern):
                    columns[row.item] = pattern
                    changed = True
    return columns


def _pattern(
    row: TableRow, short: Sequence[TableRow], columns: Mapping[str, tuple[int | None, ...]]
) -> tuple[int | None, ...] | None:
    alike = [
        columns[other.item]
        for other in short
        if other.item != row.item and len(other.values) == len(row.values) and any(other.values)
    ]
    if len(alike) < 2 or len(set(alike)) != 1 or None in alike[0]:
        return None
    return alike[0]


def _compatible(agreed: Sequence[int | None], pattern: Sequence[int | None]) -> bool:
    return all(mine is None or mine == theirs for mine, theirs in zip(agreed, pattern, strict=True))


def _follow_ends(
    short: Sequence[TableRow], agreed: Mapping[str, tuple[int | None, ...]]
) -> dict[str, tuple[int | None, ...]]:
    """(e) An all-zero row gets 自然人 first and 总计 last where the table's non-zero short rows do so."""
    filled = [row for row in short if any(row.values)]
    at_ends = [row for row in filled if agreed[row.item][0] == FIRST and agreed[row.item][-1] == LAST]
    columns = dict(agreed)
    if len(filled) < 2 or len(at_ends) < len(filled) - 1:
        return columns
    for row in short:
        open_zeros = not any(row.values) and len(row.values) >= 2 and None in columns[row.item]
        if open_zeros and columns[row.item][0] in {None, FIRST} and columns[row.item][-1] in {None, LAST}:
            columns[row.item] = (FIRST, *columns[row.item][1:-1], LAST)
    return columns
