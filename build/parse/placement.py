"""Short rows: which column does a figure belong to when the blanks between the figures were dropped?

The rule is DESIGN.md's. (a) All short rows of a table are placed together so that most of the form's relations are
true, a blank read as 0 for this search only. (b) Among equals, if every row can begin in the first column, all do.
(c) A figure gets a column only if all remaining optima agree on it. (d), (e) rows still open follow the pattern of
the table's other short rows. What is left is unplaced; so is all where most of many totals do not add up.
The search is exact within a budget of partial placements.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations, count
from operator import getitem

from .. import forms

COLUMNS = forms.APPLICATION_COLUMNS
WIDTH = len(COLUMNS)
FIRST, LAST = 0, WIDTH - 1
FEWEST_TOTALS = 6
"""In a table of fewer short rows that end in 总计, how many add up tells nothing of that column."""

Vector = tuple[int, ...]
Values = tuple[int | None, ...]
Choice = tuple[int, ...]
"""A column index for each of a row's cells, rising."""
Columns = tuple[int | None, ...]
"""The column of each of a row's cells, None where nothing decides."""


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


def place_short_rows(rows: Sequence[TableRow], budget: int) -> dict[str, Columns]:
    """For each short row the column of each of its figures, None where nothing decides.

    Raises SearchBudgetError.
    """
    short = [row for row in rows if row.values]
    agreed = _agreed_columns(rows, short, budget)
    if not _totals_hold(short, agreed):
        return {row.item: (None,) * len(row.values) for row in short}
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
def _vectors(values: Values, choices: tuple[Choice, ...]) -> tuple[Vector, ...]:
    """The distinct ways a row can contribute to the columns.

    Zeros change no sum, so choices that differ only in where zeros stand are one.
    """
    return tuple(dict.fromkeys(_vector(values, choice) for choice in choices))


def _vector(values: Values, choice: Choice) -> Vector:
    vector = [0] * WIDTH
    for value, column in zip(values, choice, strict=True):
        vector[column] = value or 0
    return tuple(vector)


_INTAKE = {"received": 1, "brought_forward": 1, "closed": -1, "carried_forward": -1}
_LOST = 10**18
"""Stands for a difference that can no longer come to 0, whatever the remaining rows do; its cost is counted."""

_WIDEST = 8191
"""Sums are told apart as remainders of at most this number: a far-off one may seem within reach, never the other way
round."""


def _weights(item: str) -> tuple[int, int]:
    """What a row adds to left side minus right side of R1 and of R2."""
    return _INTAKE.get(item, 0), -1 if item == "closed" else int(item in forms.RESULT_ITEMS)


def _differences(rows: Sequence[TableRow]) -> Vector:
    """Left side minus right side of R1 in every column, then of R2, as far as the rows with all columns go."""
    fixed = [(_weights(row.item), row.fixed) for row in rows if row.fixed is not None]
    return tuple(
        sum(weights[side] * vector[column] for weights, vector in fixed) for side in (0, 1) for column in range(WIDTH)
    )


State = tuple[int, ...]
"""The differences of both sides of R1 and R2, column by column, or _LOST; those of R2 alone once R1 is settled."""
Node = tuple[State, int]
"""A state, and how many relations are broken on the way to it, those among them that are _LOST."""


@dataclass(frozen=True, slots=True)
class _Effect:
    """One way to place a row: what it adds to each difference, and how many relations it breaks by itself (R3)."""

    vector: Vector
    amounts: State
    breaks: int


@dataclass(frozen=True, slots=True)
class _Effects:
    """The effects of a row that break R3, or those that do not: ``breaks`` is 1 or 0.

    ``amounts`` holds by place what they add there, each amount with the effects that add it as bits of a number.
    """

    effects: tuple[_Effect, ...]
    breaks: int
    amounts: tuple[tuple[tuple[int, int], ...], ...]

    @property
    def every(self) -> int:
        """The bits of all effects."""
        return (1 << len(self.effects)) - 1


@dataclass(frozen=True, slots=True)
class _Layer:
    """One short row in the search. ``ends_r1``: no row behind it has a part in R1."""

    row: TableRow
    kinds: tuple[_Effects, _Effects]
    ends_r1: bool

    @property
    def size(self) -> int:
        """How many ways there are to place the row."""
        return sum(len(kind.effects) for kind in self.kinds)


@lru_cache(maxsize=4096)
def _effects(weights: tuple[int, int], values: Values, choices: tuple[Choice, ...]) -> tuple[_Effects, _Effects]:
    effects = [
        _Effect(
            vector,
            tuple(weight * value for weight in weights for value in vector),
            int(sum(vector[:LAST]) != vector[LAST]),
        )
        for vector in _vectors(values, choices)
    ]
    keeping, breaking = ([effect for effect in effects if effect.breaks == breaks] for breaks in (0, 1))
    return _grouped(keeping, 0), _grouped(breaking, 1)


def _grouped(effects: Sequence[_Effect], breaks: int) -> _Effects:
    places: list[dict[int, int]] = [{} for _ in range(2 * WIDTH)]
    for at, effect in enumerate(effects):
        for found, amount in zip(places, effect.amounts, strict=True):
            found[amount] = found.get(amount, 0) | 1 << at
    return _Effects(tuple(effects), breaks, tuple(tuple(found.items()) for found in places))


def _agreed_columns(rows: Sequence[TableRow], short: Sequence[TableRow], budget: int) -> dict[str, Columns]:
    """For each short row the columns on which all optimal placements agree.

    Placements in which every row begins in the first column are tried first at each number of broken relations: among
    equals they count alone.
    """
    start = _differences(rows)
    moving = [row for row in short if any(row.values)]
    counter = _Budget(budget)

    @cache
    def search(begun: bool) -> _Search:
        return _Search(start, moving, begun, counter)

    for bound, begun in ((bound, begun) for bound in count() for begun in (True, False)):
        found = search(begun).within(bound)
        if found is not None:
            nothing = frozenset({(0,) * WIDTH})
            return {row.item: _common_columns(row, found.get(row.item, nothing), begun) for row in short}
    raise AssertionError


def _totals_hold(short: Sequence[TableRow], columns: Mapping[str, Columns]) -> bool:
    """Whether at least half of the rows whose last figure is taken for 总计 add up to it, where there are many.

    If that column is blank all the way down, so that no row can add up, the few that do by chance would decide.
    """
    ended = [row.values for row in short if columns[row.item][-1] == LAST]
    holding = sum(2 * (values[-1] or 0) == sum(value or 0 for value in values) for values in ended)
    return len(ended) < FEWEST_TOTALS or 2 * holding >= len(ended)


def _common_columns(row: TableRow, vectors: Collection[Vector], first_at_start: bool) -> Columns:
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


class _Search:
    """All placements that break at most so many relations, as the set of vectors that each row takes in some."""

    def __init__(self, start: Vector, rows: Sequence[TableRow], first_at_start: bool, budget: _Budget) -> None:
        self.start = start
        self.budget = budget
        self.layers = _layers(rows, first_at_start)
        self.sums = _Sums(start, self.layers)

    def within(self, bound: int) -> dict[str, frozenset[Vector]] | None:
        """The vectors by row, None if no placement breaks at most ``bound`` relations.

        Forward over the layers keeping every node within the bound, then back along what arrives.
        """
        start = self._settled(self.start, self.sums.reached_from(0, bound))
        if start[1] > bound:
            return None
        nodes: Iterable[Node] = [start]
        steps: list[dict[Node, list[tuple[Node, Vector]]]] = []
        for at in range(len(self.layers)):
            arrived = self._advance(nodes, at, bound)
            if not arrived:
                return None
            steps.append(arrived)
            nodes = arrived
        return self._walk_back(steps, set(nodes))

    def _walk_back(
        self, steps: Sequence[Mapping[Node, list[tuple[Node, Vector]]]], ends: set[Node]
    ) -> dict[str, frozenset[Vector]]:
        vectors: dict[str, frozenset[Vector]] = {}
        for layer, arrived in zip(reversed(self.layers), reversed(steps), strict=True):
            links = [link for end in ends for link in arrived[end]]
            vectors[layer.row.item] = frozenset(vector for _, vector in links)
            ends = {node for node, _ in links}
        return vectors

    def _advance(self, nodes: Iterable[Node], at: int, bound: int) -> dict[Node, list[tuple[Node, Vector]]]:
        """The nodes behind a layer, each with those it is reached from."""
        layer = self.layers[at]
        arrived: dict[Node, list[tuple[Node, Vector]]] = {}

        @cache
        def moves(breaks: int, most: int) -> tuple[_Moves, ...]:
            reached = self.sums.reached_from(at + 1, most)
            found = zip(layer.kinds[breaks].amounts, reached, strict=True)
            return tuple(_Moves(amounts, _Remainders(sums, self.sums.modulus)) for amounts, sums in found)

        for node in nodes:
            self.budget.spend(layer.size)
            for kind in layer.kinds:
                most = bound - node[1] - kind.breaks
                if most >= 0 and kind.effects:
                    for following, vector in _followers(node, kind, most, moves(kind.breaks, most)):
                        reached = (following[0][-WIDTH:], following[1]) if layer.ends_r1 else following
                        arrived.setdefault(reached, []).append((node, vector))
        return arrived

    def _settled(self, state: State, reached: Sequence[int]) -> Node:
        """``state`` with every difference that can no longer come to 0 as _LOST, and how many these are."""
        modulus = self.sums.modulus
        settled = tuple(
            have if _Remainders(sums, modulus).hold(-have) else _LOST for have, sums in zip(state, reached, strict=True)
        )
        return settled, settled.count(_LOST)


class _Remainders:
    """The sums that can still be reached at a place, asked one by one: a bit of a byte is found without a shift."""

    def __init__(self, sums: int, modulus: int) -> None:
        self._modulus = modulus
        self._bits = None if sums == _ZERO else sums.to_bytes(modulus // 8 + 1, "little")

    def hold(self, wanted: int) -> bool:
        """Whether ``wanted`` may be one of them."""
        if self._bits is None:
            return wanted == 0
        byte, bit = divmod(wanted % self._modulus, 8)
        return bool(self._bits[byte] >> bit & 1)


class _Moves(dict[int, tuple[dict[int, int], int]]):
    """A difference at one place → what each amount makes of it, and the effects by which the place is lost, as bits.

    Few differences stand at a place however many nodes there are, so that each is looked into once. Effects that add
    the same at a place are looked at together.
    """

    def __init__(self, amounts: Sequence[tuple[int, int]], reached: _Remainders) -> None:
        super().__init__()
        self._amounts = amounts
        self._reached = reached

    def __missing__(self, have: int) -> tuple[dict[int, int], int]:
        found = dict.fromkeys((amount for amount, _ in self._amounts), _LOST)
        lost = 0
        for amount, effects in self._amounts if have != _LOST else ():
            if self._reached.hold(-have - amount):
                found[amount] = have + amount
            else:
                lost |= effects
        self[have] = found, lost
        return found, lost


def _followers(node: Node, kind: _Effects, most: int, moves: Sequence[_Moves]) -> Iterator[tuple[Node, Vector]]:
    """Where the effects lead that lose at most ``most`` differences."""
    state, spent = node
    moved = [places[have] for places, have in zip(moves[-len(state) :], state, strict=True)]
    refused = _losing_more((lost for _, lost in moved if lost), most)
    if refused == kind.every:
        return
    differences = [found for found, _ in moved]
    spent += kind.breaks - state.count(_LOST)
    left = kind.every & ~refused
    while left:
        lowest = left & -left
        left ^= lowest
        effect = kind.effects[lowest.bit_length() - 1]
        following = tuple(map(getitem, differences, effect.amounts[-len(state) :]))
        yield (following, spent + following.count(_LOST)), effect.vector


def _losing_more(losses: Iterable[int], most: int) -> int:
    """The effects, as bits, by which more than ``most`` places are lost."""
    losing = [0] * (most + 1)  # more than 0, 1, … places
    deeper = range(most, 0, -1)
    for lost in losses:
        for more in deeper:
            losing[more] |= losing[more - 1] & lost
        losing[0] |= lost
    return losing[most]


def _layers(rows: Sequence[TableRow], first_at_start: bool) -> list[_Layer]:
    """Rows that fix the sums first, then the results from the one with the largest applicant down, among equals those
    with fewest figures first: dead ends show early, and few ways branch before they do.
    """
    order = sorted(
        rows, key=lambda row: (row.item not in _INTAKE, row.item != "closed", *_branching(row.values), row.item)
    )
    last_of_r1 = sum(row.item in _INTAKE for row in order) - 1
    return [
        _Layer(
            row,
            _effects(_weights(row.item), row.values, _row_choices(row, first_at_start)),
            at == last_of_r1,
        )
        for at, row in enumerate(order)
    ]


def _branching(values: Values) -> tuple[int, int, int]:
    """What a row's place among the results is told by: its second largest figure (the largest is its total), if it has
    two; how many figures are not 0; and its largest.
    """
    falling = sorted((value or 0 for value in values), reverse=True)
    return -falling[:2][-1], len(falling) - falling.count(0), -falling[0]


def _largest(values: Values) -> int:
    return max(value or 0 for value in values)


class _Sums:
    """What the rows from a layer on can still add to each difference, if at most so many of them break R3.

    A set of sums is a number whose bits are set at the sums' remainders.
    """

    def __init__(self, start: Vector, layers: Sequence[_Layer]) -> None:
        farthest = max(map(abs, start)) + sum(_largest(layer.row.values) for layer in layers)
        self.modulus = min(2 * farthest + 1, _WIDEST)
        self._ways = [_ways(layer.kinds) for layer in layers]
        self._by_slack: list[list[tuple[int, ...]]] = []

    def reached_from(self, at: int, slack: int) -> tuple[int, ...]:
        """The sums by place that the rows from ``at`` on can come to with ``slack`` of them breaking R3."""
        while len(self._by_slack) <= slack:
            self._by_slack.append(self._with_slack(len(self._by_slack)))
        return self._by_slack[slack][at]

    def _with_slack(self, slack: int) -> list[tuple[int, ...]]:
        found = [(_ZERO,) * (2 * WIDTH)]
        for at in range(len(self._ways) - 1, -1, -1):
            sources = (found[-1], self._by_slack[slack - 1][at + 1] if slack else _NOTHING)
            found.append(tuple(self._added(ways, sources, place) for place, ways in enumerate(self._ways[at])))
        return found[::-1]

    def _added(self, ways: Iterable[tuple[int, int]], sources: Sequence[tuple[int, ...]], place: int) -> int:
        reached = [(amount, source) for amount, breaks in ways if (source := sources[breaks][place])]
        if all(amount == 0 and source == _ZERO for amount, source in reached):
            return _ZERO if reached else 0
        sums = 0
        for amount, source in reached:
            moved = (1 if source == _ZERO else source) << amount % self.modulus
            sums |= moved | moved >> self.modulus
        return sums & (1 << self.modulus) - 1


_NOTHING = (0,) * (2 * WIDTH)
_ZERO = -1
"""The sums where no row has anything to add: 0 alone, and nothing of the same remainder."""


def _ways(kinds: Iterable[_Effects]) -> list[set[tuple[int, int]]]:
    """By place: the amounts that a row can add to a difference, each with whether it breaks R3."""
    ways: list[set[tuple[int, int]]] = [set() for _ in range(2 * WIDTH)]
    for kind in kinds:
        for found, amounts in zip(ways, kind.amounts, strict=True):
            found.update((amount, kind.breaks) for amount, _ in amounts)
    return ways


# (d), (e) the pattern of the table ---------------------------------------------------------------------------------


def _follow_equal_rows(short: Sequence[TableRow], agreed: Mapping[str, Columns]) -> dict[str, Columns]:
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


def _pattern(row: TableRow, short: Sequence[TableRow], columns: Mapping[str, Columns]) -> Columns | None:
    alike = [
        columns[other.item]
        for other in short
        if other.item != row.item and len(other.values) == len(row.values) and any(other.values)
    ]
    if len(alike) < 2 or len(set(alike)) != 1:
        return None
    (pattern,) = set(alike)
    return None if None in pattern else pattern


def _compatible(agreed: Sequence[int | None], pattern: Sequence[int | None]) -> bool:
    return all(mine is None or mine == theirs for mine, theirs in zip(agreed, pattern, strict=True))


def _follow_ends(short: Sequence[TableRow], agreed: Mapping[str, Columns]) -> dict[str, Columns]:
    """(e) An all-zero row gets 自然人 first and 总计 last where the table's non-zero short rows do so."""
    filled = [row for row in short if any(row.values)]
    at_ends = [row for row in filled if agreed[row.item][0] == FIRST and agreed[row.item][-1] == LAST]
    columns = dict(agreed)
    if len(filled) < 2 or len(at_ends) < len(filled) - 1:
        return columns
    for row in short:
        if not any(row.values) and len(row.values) >= 2:
            columns[row.item] = (FIRST, *columns[row.item][1:-1], LAST)
    return columns
